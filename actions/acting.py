"""Who acts, whether Telegram reaches her, and leaving a dialogue: around every update."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from domain.errors import DomainError
from domain.records import MEMBERS, Actor, Association, Standing
from domain.roles import Role
from storage.unit_of_work import Rows, UnitOfWork


async def acting_person(uow: UnitOfWork, telegram_id: int) -> Actor | None:
    """Who is behind a Telegram id, with dialogue, role and association, in one read."""
    async with uow.reading() as rows:
        return await rows.people.actor(telegram_id)


async def reread(rows: Rows, telegram_id: int) -> Actor:
    """Who she is after what was done within the unit of work. Raises DomainError `not_a_member` where she is
    gone."""
    actor = await rows.people.actor(telegram_id)
    if actor is None:
        raise DomainError("not_a_member")
    return actor


async def reread_home(rows: Rows, actor: Actor) -> Association:
    """The association she acts in as it stands now within the unit of work: the actor was read a moment ago.
    Raises DomainError `not_a_member` where it is gone."""
    home = await rows.associations.get(actor.home.id)
    if home is None:
        raise DomainError("not_a_member")
    return home


async def wait_for(uow: UnitOfWork, actor: Actor, step: str | None, **facts: object) -> None:
    """Opens the dialogue of a step, or leaves the one that is open (None)."""
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, step, **facts)
        await uow.commit()


async def acting_at(uow: UnitOfWork, actor: Actor, event_id: int) -> Actor:
    """The person as a member, or a guest, of another one of her associations, the one that has this event: a
    reminder from there stays alive while she acts here. Raises DomainError `event_unknown` where none has
    it."""
    async with uow.reading() as rows:
        for home, role in await rows.associations.of_person(actor.person_id):
            if role is not Role.METHODIST and await rows.association(home.id).events.get(event_id):
                return replace(actor, association=home, role=role)
    raise DomainError("event_unknown")


async def acting_where(uow: UnitOfWork, actor: Actor, event_id: int) -> Actor:
    """The person as a member of the association that has this event, the one she acts in first. Raises
    DomainError `event_unknown` where none has it."""
    async with uow.reading() as rows:
        if await rows.association(actor.home.id).events.get(event_id):
            return actor
    return await acting_at(uow, actor, event_id)


async def homes(rows: Rows, person_id: int, standings: Collection[Standing] = MEMBERS) -> list[int]:
    """The associations that a person acts in, as one of those who stand so to them."""
    return [home.id for home, _ in await rows.associations.of_person(person_id, standings)]


async def set_reachable(uow: UnitOfWork, telegram_id: int, now: datetime, *, reachable: bool) -> None:
    """The person blocked the bot, or wrote again."""
    async with uow as rows:
        if reachable:
            await rows.people.mark_reachable(telegram_id)
        else:
            await rows.people.mark_unreachable(telegram_id, now)
        await uow.commit()
