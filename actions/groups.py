"""The association's group chat: linked, let go, moved."""

from __future__ import annotations

from datetime import datetime

from domain.records import Actor, GroupChat
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork


async def link_group(
    uow: UnitOfWork, actor: Actor, telegram_id: int, topic_id: int | None, title: str, now: datetime
) -> None:
    """Links the coordinator's association with a chat (and one of its topics); the one it was linked with
    before is let go."""
    async with uow as rows:
        await rows.group_chats.link(actor.home.id, telegram_id, topic_id, title, now)
        await rows.association(actor.home.id).journal.write("group_linked", {}, actor.person_id, now)
        await uow.commit()


async def linked_group(uow: UnitOfWork, actor: Actor) -> GroupChat | None:
    """The chat that her association is linked with."""
    async with uow.reading() as rows:
        return await rows.group_chats.of(actor.home.id)


async def unlink_group(uow: UnitOfWork, actor: Actor, now: datetime) -> GroupChat | None:
    """Lets the chat of her association go; returns it, None where there was none."""
    async with uow as rows:
        group = await rows.group_chats.of(actor.home.id)
        if group is not None:
            await rows.group_chats.unlink(group.telegram_id, actor.home.id)
            await rows.association(actor.home.id).journal.write("group_unlinked", {}, actor.person_id, now)
        await uow.commit()
    return group


async def is_linked(uow: UnitOfWork, telegram_id: int) -> bool:
    """Whether some association is linked with a chat."""
    async with uow.reading() as rows:
        return bool(await rows.group_chats.linked_with(telegram_id))


async def lose_group(uow: UnitOfWork, telegram_id: int, now: datetime) -> None:
    """The bot was thrown out of a chat: it is let go, and the coordinators are told."""
    async with uow as rows:
        for association_id in await rows.group_chats.linked_with(telegram_id):
            await rows.mailing.tell_coordinators(association_id, Message.UNLINKED, due_at=now)
        await rows.group_chats.unlink(telegram_id)
        await uow.commit()


async def move_group(uow: UnitOfWork, old: int, new: int) -> None:
    """Telegram gave a group another id, as it does when it becomes a supergroup."""
    async with uow as rows:
        await rows.group_chats.migrate(old, new)
        await uow.commit()
