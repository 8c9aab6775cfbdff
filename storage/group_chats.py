"""The chats in Telegram that associations are linked with, and the cards shown there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Answer, GroupChat, Invited
from storage.joins import COMING, JOINING, answers_that_count
from storage.outbox import Message, State
from storage.tables import events, group_chats, outbox
from storage.upsert import insert_or_ignore, upsert

# A card is edited at most once in so long, in real time.
_RESTS = timedelta(seconds=5)
# A card says that its event is over; for so long after that, by the Clock, it is looked after.
_LOOKED_AFTER = timedelta(days=2)
# «Что дальше?» is answered in a chat at most once in so long, in real time, and pointed to as rarely.
_ANSWERED_FOR = timedelta(minutes=1)


class Said(StrEnum):
    """What a question in a chat gets."""

    ANSWER = "answered_at"
    POINTER = "pointed_at"  # to the answer of just now
    NOTHING = ""  # both were there just now


@dataclass(frozen=True, slots=True)
class Posted:
    """A card that stands in a chat; `topic_id` is None outside all topics."""

    message_id: int
    topic_id: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a card in a group says of answers; `shown` stands for the card as it would be now."""

    going: int
    online: int
    declined: int
    undecided: int
    waitlisted: int
    shown: str


_COUNTS = {answer.value: answers_that_count(answer) for answer in Answer}
_COUNTS |= {Answer.GOING.value: COMING, Answer.ONLINE.value: JOINING}


def _shown(now: datetime) -> ColumnElement[str]:
    """What a card shows at a moment of the Clock: the revision, the counts, how far the event is."""
    moment = literal(now, events.c.ends_at.type)
    shown: ColumnElement[str] = cast(events.c.revision, String)
    for number in _COUNTS.values():
        shown = shown + literal(" ") + cast(number, String)
    return shown + case(
        (events.c.ends_at <= moment, " over"), (events.c.answers_until <= moment, " begun"), else_=""
    )


class GroupChats:
    """Linked chats of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def link(
        self, association_id: int, telegram_id: int, topic_id: int | None, title: str, now: datetime
    ) -> None:
        """Links an association with a chat; the one it was linked with before is let go."""
        given = {
            "telegram_id": telegram_id,
            "topic_id": topic_id,
            "title": title,
            "linked_at": now,
            "silent_since": None,
        }
        present = await self.of(association_id)
        if present is not None and present.telegram_id != telegram_id:
            await self.unlink(present.telegram_id, association_id)
        await self._connection.execute(
            upsert(self._connection, group_chats)
            .values(association_id=association_id, **given)
            .on_conflict_do_update(index_elements=[group_chats.c.association_id], set_=given)
        )

    async def unlink(self, telegram_id: int, association_id: int | None = None) -> int:
        """Lets a chat go, with its cards: for one association, or for all that are linked with it. Returns
        how many those were."""
        statement = delete(group_chats).where(group_chats.c.telegram_id == telegram_id)
        if association_id is not None:
            statement = statement.where(group_chats.c.association_id == association_id)
        return (await self._connection.execute(statement)).rowcount

    async def migrate(self, old: int, new: int) -> None:
        """The group became a supergroup, and has another id from now on. Messages of before cannot be edited
        there, nor pointed to: what changes or is asked for comes as a new card."""
        await self._connection.execute(
            update(outbox).where(outbox.c.group_chat_id.in_(_chats(old))).values(message_id=None)
        )
        await self._connection.execute(
            update(group_chats)
            .where(group_chats.c.telegram_id == old)
            .values(telegram_id=new, answered_at=None, pointed_at=None)
        )

    async def leave_topic(self, telegram_id: int, topic_id: int) -> list[int]:
        """Nothing can be written in a topic any more: what was to go there goes outside all topics, and what
        changes comes as a new card. Returns the associations whose cards went there."""
        usual = _chats(telegram_id).where(group_chats.c.topic_id == topic_id)
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.group_chat_id.in_(usual), outbox.c.topic_id.is_(None))
            .values(message_id=None)
        )
        moved = await self._connection.execute(
            update(group_chats)
            .where(group_chats.c.telegram_id == telegram_id, group_chats.c.topic_id == topic_id)
            .values(topic_id=None)
            .returning(group_chats.c.association_id)
        )
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.group_chat_id.in_(_chats(telegram_id)), outbox.c.topic_id == topic_id)
            .values(topic_id=0, message_id=None)
        )
        return list(moved.scalars())

    async def fall_silent(self, telegram_id: int) -> list[int]:
        """The bot may not write in a chat. Returns the associations for which that is news."""
        found = await self._connection.execute(
            update(group_chats)
            .where(group_chats.c.telegram_id == telegram_id, group_chats.c.silent_since.is_(None))
            .values(silent_since=datetime.now(UTC))
            .returning(group_chats.c.association_id)
        )
        return list(found.scalars())

    async def speak_again(self, telegram_id: int, now: datetime) -> bool:
        """The bot may write in a chat again: the cards that it could not bring wait anew. False where it
        could all the time."""
        silent = and_(group_chats.c.telegram_id == telegram_id, group_chats.c.silent_since.is_not(None))
        missed = exists().where(
            group_chats.c.id == outbox.c.group_chat_id, silent, outbox.c.done_at >= group_chats.c.silent_since
        )
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.group_chat_id.is_not(None), outbox.c.state == State.GONE, missed)
            .values(state=State.WAITING, due_at=now, attempts=0, retry_at=None)
        )
        ended = await self._connection.execute(update(group_chats).where(silent).values(silent_since=None))
        return ended.rowcount > 0

    async def take_question(self, telegram_id: int) -> Said:
        """Somebody asks in a chat what comes next: whether she is answered. Who is told of an answer now is
        the only one for a while, in whatever process."""
        now = datetime.now(UTC)
        for said in (Said.ANSWER, Said.POINTER):
            at = group_chats.c[said]
            taken = await self._connection.execute(
                update(group_chats)
                .where(group_chats.c.telegram_id == telegram_id, at.is_(None) | (at <= now - _ANSWERED_FOR))
                .values({at.name: now})
            )
            if taken.rowcount:
                return said
        return Said.NOTHING

    async def of(self, association_id: int) -> GroupChat | None:
        """The chat that an association is linked with."""
        found = await self._connection.execute(
            select(group_chats).where(group_chats.c.association_id == association_id)
        )
        row = found.one_or_none()
        return None if row is None else _to_group_chat(row)

    async def linked_with(self, telegram_id: int) -> list[GroupChat]:
        """A chat as the associations that are linked with it have it, the first linked first."""
        statement = select(group_chats).where(group_chats.c.telegram_id == telegram_id)
        rows = await self._connection.execute(statement.order_by(group_chats.c.linked_at, group_chats.c.id))
        return [_to_group_chat(row) for row in rows]

    async def show(self, association_id: int, event_id: int, now: datetime) -> None:
        """Puts an event's card into the association's chat, if there is one and it has none yet. What is not
        for everybody is not spoken of there."""
        for_all = exists().where(
            events.c.association_id == association_id,
            events.c.id == event_id,
            events.c.invited == Invited.EVERYBODY,
        )
        await self._connection.execute(
            insert_or_ignore(self._connection, outbox).from_select(
                ["association_id", "group_chat_id", "kind", "lead", "event_id", "due_at"],
                select(
                    group_chats.c.association_id,
                    group_chats.c.id,
                    literal(Message.CARD.value),
                    literal(Message.CARD.value),
                    literal(event_id, outbox.c.event_id.type),
                    literal(now, outbox.c.due_at.type),
                ).where(group_chats.c.association_id == association_id, for_all),
            )
        )

    async def show_anew(
        self, group: GroupChat, event_id: int, topic_id: int | None, now: datetime
    ) -> int | None:
        """Puts an event's card where it is asked for, as the last message there. Returns the number of the
        message that was its card there until now; None where there was none, or it is on its way."""
        usual = topic_id == group.topic_id
        lead = Message.CARD.value if usual else f"{Message.CARD}-{topic_id or 0}"
        card = and_(outbox.c.group_chat_id == group.id, outbox.c.event_id == event_id, outbox.c.lead == lead)
        before = (
            await self._connection.execute(select(outbox.c.message_id, outbox.c.state).where(card))
        ).one_or_none()
        if before is None:
            await self._connection.execute(
                insert_or_ignore(self._connection, outbox).values(
                    association_id=group.association_id,
                    group_chat_id=group.id,
                    kind=Message.CARD,
                    lead=lead,
                    event_id=event_id,
                    topic_id=None if usual else topic_id or 0,
                    due_at=now,
                )
            )
            return None
        if before.state == State.ATTEMPTED:
            return None
        await self._connection.execute(
            update(outbox)
            .where(card, outbox.c.state != State.ATTEMPTED)
            .values(state=State.WAITING, due_at=now, attempts=0, retry_at=None, message_id=None, shown=None)
        )
        return None if before.state == State.GONE else before.message_id

    async def newest_card(self, telegram_id: int, event_id: int) -> Posted | None:
        """Where in a chat an event's card stands; the newest of several."""
        statement = (
            select(outbox.c.message_id, func.coalesce(outbox.c.topic_id, group_chats.c.topic_id))
            .join(group_chats, group_chats.c.id == outbox.c.group_chat_id)
            .where(
                group_chats.c.telegram_id == telegram_id,
                outbox.c.event_id == event_id,
                outbox.c.state.in_([State.SENT, State.WAITING]),
                outbox.c.message_id.is_not(None),
            )
            .order_by(outbox.c.message_id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else Posted(row[0], row[1] or None)

    async def refresh(self, now: datetime) -> int:
        """Lets the cards whose event or counts have changed be edited; returns how many."""
        present = select(_shown(now)).where(events.c.id == outbox.c.event_id).scalar_subquery()
        ahead = exists().where(events.c.id == outbox.c.event_id, events.c.ends_at > now - _LOOKED_AFTER)
        result = await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.group_chat_id.is_not(None),
                outbox.c.state == State.SENT,
                outbox.c.done_at <= datetime.now(UTC) - _RESTS,
                ahead,
                outbox.c.shown != present,
            )
            .values(state=State.WAITING, due_at=now, attempts=0, retry_at=None)
        )
        return result.rowcount

    async def counts(self, event_ids: Iterable[int], now: datetime) -> dict[int, Counts]:
        """What the cards of these events would say now."""
        statement = select(
            events.c.id,
            *(number.label(answer) for answer, number in _COUNTS.items()),
            _shown(now).label("shown"),
        ).where(events.c.id.in_(list(event_ids)))
        return {
            row.id: Counts(row.going, row.online, row.declined, row.undecided, row.waitlisted, row.shown)
            for row in await self._connection.execute(statement)
        }


def _chats(telegram_id: int) -> Select[tuple[int]]:
    return select(group_chats.c.id).where(group_chats.c.telegram_id == telegram_id)


def _to_group_chat(row: Any) -> GroupChat:
    return GroupChat(row.id, row.association_id, row.telegram_id, row.topic_id, row.title)
