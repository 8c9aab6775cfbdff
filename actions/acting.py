"""Who acts, whether Telegram reaches her, and leaving a dialogue: around every update."""

from datetime import datetime

from domain.records import Actor
from storage.unit_of_work import UnitOfWork


async def acting_person(uow: UnitOfWork, telegram_id: int) -> Actor | None:
    """Who is behind a Telegram id, with dialogue, role and association, in one read."""
    async with uow.reading() as rows:
        return await rows.people.actor(telegram_id)


async def wait_for(uow: UnitOfWork, actor: Actor, step: str | None) -> None:
    """Opens the dialogue of a step, or leaves the one that is open (None)."""
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, step)
        await uow.commit()


async def set_reachable(uow: UnitOfWork, telegram_id: int, now: datetime, *, reachable: bool) -> None:
    """The person blocked the bot, or wrote again."""
    async with uow as rows:
        if reachable:
            await rows.people.mark_reachable(telegram_id)
        else:
            await rows.people.mark_unreachable(telegram_id, now)
        await uow.commit()
