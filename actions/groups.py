"""The association's group chat: linked, let go, moved, asked in, out of order; the way in from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.associations import new_invitation
from domain.records import Actor, Event, GroupChat, Invitation
from domain.roles import Role
from storage.group_chats import Posted, Said
from storage.outbox import Message
from storage.unit_of_work import Rows, UnitOfWork


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
    """The bot was thrown out of a chat, or the chat is no more: it is let go, and the coordinators are
    told."""
    async with uow as rows:
        for group in await rows.group_chats.linked_with(telegram_id):
            await _tell(rows, group.association_id, Message.UNLINKED, now)
            await rows.association(group.association_id).journal.write("group_lost", {}, None, now)
        await rows.group_chats.unlink(telegram_id)
        await uow.commit()


async def move_group(uow: UnitOfWork, old: int, new: int) -> None:
    """Telegram gave a group another id, as it does when it becomes a supergroup."""
    async with uow as rows:
        await rows.group_chats.migrate(old, new)
        await uow.commit()


async def fall_silent(uow: UnitOfWork, telegram_id: int, now: datetime) -> None:
    """The bot may not write in a chat any more: the coordinators are told, once. Cards that cannot be brought
    wait until it may."""
    async with uow as rows:
        for association_id in await rows.group_chats.fall_silent(telegram_id):
            await _tell(rows, association_id, Message.SILENCED, now)
        await uow.commit()


async def speak_again(uow: UnitOfWork, telegram_id: int, now: datetime) -> None:
    """The bot may write in a chat: what it could not bring meanwhile comes now."""
    async with uow as rows:
        await rows.group_chats.speak_again(telegram_id, now)
        await uow.commit()


async def leave_topic(uow: UnitOfWork, telegram_id: int, topic_id: int, now: datetime) -> None:
    """A topic is closed or gone: its cards go outside all topics, and the coordinators are told."""
    async with uow as rows:
        for association_id in await rows.group_chats.leave_topic(telegram_id, topic_id):
            await _tell(rows, association_id, Message.TOPIC, now)
        await uow.commit()


async def _tell(rows: Rows, association_id: int, what: Message, now: datetime) -> None:
    await rows.mailing.tell_coordinators(association_id, what, due_at=now)


@dataclass(frozen=True, slots=True)
class Asked:
    """What «что дальше?» is answered with in a chat.

    `said` NOTHING: with silence. `event` is None where nothing is ahead. With an ANSWER its card is on its
    way, and `posted` is the one that stood in that place until now; with a POINTER, the one to point to.
    """

    said: Said
    event: Event | None = None
    posted: Posted | None = None


async def next_in_group(
    uow: UnitOfWork, telegram_id: int, topic_id: int | None, now: datetime
) -> Asked | None:
    """Somebody asks in a chat what comes next: the card of the gathering to come that is for everybody is put
    there (of several associations the soonest), once a minute. None where the chat is linked with no
    association."""
    async with uow as rows:
        groups = await rows.group_chats.linked_with(telegram_id)
        if not groups:
            return None
        said = await rows.group_chats.take_question(telegram_id)
        ahead = [(event, group) for group in groups if (event := await _next(rows, group, now))]
        event, group = min(ahead, key=lambda one: one[0].starts_at, default=(None, groups[0]))
        posted = None
        if event is not None and said is Said.ANSWER:
            number = await rows.group_chats.show_anew(group, event.id, topic_id, now)
            posted = None if number is None else Posted(number, topic_id)
        elif event is not None and said is Said.POINTER:
            posted = await rows.group_chats.newest_card(telegram_id, event.id)
        await uow.commit()
    return Asked(said, event, posted)


async def _next(rows: Rows, group: GroupChat, now: datetime) -> Event | None:
    to_come = await rows.association(group.association_id).events.to_come(now)
    return next((one for one in to_come if one.for_everybody), None)


async def way_in(uow: UnitOfWork, telegram_id: int, event_id: int, now: datetime) -> Invitation | None:
    """The members' invitation of the association that has an event and shows it in this chat; None where
    none does."""
    async with uow as rows:
        for group in await rows.group_chats.linked_with(telegram_id):
            if await rows.association(group.association_id).events.many([event_id]):
                invitation = await new_invitation(rows, group.association_id, Role.MEMBER, now)
                await uow.commit()
                return invitation
    return None
