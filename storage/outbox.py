"""What is to be sent unasked: kinds and ids, claimed, attempted, settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    Update,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.among import Ids, among
from storage.tables import group_chats, outbox, persons

# A row with so many attempts whose outcome nobody knows is not tried again.
MAX_UNCERTAIN = 2


class Message(StrEnum):
    """Kinds of what is sent unasked."""

    REMINDER = "reminder"  # before an event
    CHANGE = "change"  # a day named, moved; another hour or place; cancelled, restored
    CORRECTED = "corrected"  # several changes in one message, where a corrected plan brought them
    WEEKLY = "weekly"  # digests, to those who want them
    MONTHLY = "monthly"
    BROADCAST = "broadcast"  # what a coordinator wrote to everybody
    OFFER = "offer"  # to one who waits: a seat is free
    REPLY = "reply"  # to the member: what the coordinator answered
    ADMITTED = "admitted"  # to the person: she was let in, or was not
    REFUSAL = "refusal"
    CONSENT = "consent"  # to a member: the consent has another wording, does she agree to that as well?
    PRESENTING = "presenting"  # to the person: an event is hers to run
    MATERIALS = "materials"  # to those who come: there is something to read
    SETTLED = "settled"  # to the member: whether her talk is in the programme
    ATTENDED = "attended"  # afterwards, to who promised to come and is unmarked: could she?
    MISSED = "missed"  # to who was not there: what there is to read
    OPINION = "opinion"  # to who was there: a word about it
    ROLE = "role"  # to the person: what she is here has changed, or may; the lead says how
    CARD = "card"  # to the group chat: an event with its counts, kept up to date
    # To coordinators:
    NAMING = "naming"  # days still to be named
    LIST = "list"  # at the deadline for answers: who comes, who waits, who is silent
    SUMMARY = "summary"  # the evening before: who comes
    HELD = "held"  # afterwards: did it take place?
    ROLL = "roll"  # with «Состоялось?», to who presents it too: who was there, to be confirmed
    UNSEEN = "unseen"  # who has not pressed «Вижу» after a change at short notice
    PRESENTER = "presenter"  # what a presenter changed of her event
    OUTAGE = "outage"  # how many reminders came too late to be sent
    QUESTION = "question"  # a member asks
    TALK = "talk"  # a member would speak
    PROGRESS = "progress"  # to the one who wrote to many: how many have it, kept up to date
    REQUEST = "request"  # somebody asks to be let in
    HELPER = "helper"  # there is another coordinator, or a methodist: she came in by her invitation
    CLAIM = "claim"  # «да, это я» of a record: to coordinators, and to those whom it is about (by its lead)
    UNLINKED = "unlinked"  # the bot was thrown out of the group chat
    SILENCED = "silenced"  # the bot may not write to the group chat any more
    TOPIC = "topic"  # the topic that cards went into is closed, or gone


# What coordinators are told as such.
TO_COORDINATORS = frozenset(
    {
        Message.LIST,
        Message.NAMING,
        Message.SUMMARY,
        Message.HELD,
        Message.ROLL,
        Message.UNSEEN,
        Message.PRESENTER,
        Message.OUTAGE,
        Message.QUESTION,
        Message.PROGRESS,
        Message.REQUEST,
        Message.HELPER,
        Message.UNLINKED,
        Message.TALK,
        Message.TOPIC,
        Message.SILENCED,
        Message.CLAIM,
    }
)


class State(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    GATHERED = "gathered"  # told in another row's message (Message.CORRECTED), whose state it takes over
    ATTEMPTED = "attempted"  # in flight: its outcome is not committed yet
    SENT = "sent"
    GONE = "gone"  # the person blocked the bot or was never there
    OBSOLETE = "obsolete"  # what it was about changed in between
    LATE = "late"  # of no use any more
    REFUSED = "refused"  # Telegram refuses it for a reason of our making
    UNCERTAIN = "uncertain"  # attempted twice, nobody knows whether it arrived


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row that waits, with the address it goes to."""

    id: int
    association_id: int
    person_id: int | None  # None where it goes to the group chat
    telegram_id: int
    topic_id: int | None
    kind: Message
    event_id: int | None
    question_id: int | None
    broadcast_id: int | None
    lead: str
    version: int
    since_revision: int | None
    urgent: bool
    useful_until: datetime | None
    attempts: int  # so far, those that certainly never reached Telegram apart
    message_id: int | None  # of a card that was sent before, and is to be changed
    silent: bool = False  # as far as is known, the bot may not write to that chat


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one attempt. `retry_at` (real time) goes with State.WAITING; `counted` is False
    where the request certainly never reached Telegram."""

    row_id: int
    state: State
    retry_at: datetime | None = None
    message_id: int | None = None
    counted: bool = True
    shown: str | None = None  # what a card that is kept up to date shows
    gathers: bool = False  # whether its message tells what stands in other rows


# Nobody was told of these yet, nor is being told.
UNTOLD = (State.WAITING, State.GATHERED)
# What may be attempted now: by the Clock it is due, by real time its pause is over.
_DUE = (
    (outbox.c.state == literal(State.WAITING.value, literal_execute=True))
    & (outbox.c.due_at <= bindparam("now", type_=outbox.c.due_at.type))
    & (outbox.c.retry_at.is_(None) | (outbox.c.retry_at <= bindparam("real_now", type_=outbox.c.due_at.type)))
)
# So many of those that are due are looked at: more are not due at once, and PostgreSQL, where its statistics
# are out of date, goes through the whole table unless the order of the index is asked for.
_LOOKED_AT = 100_000
_ALL_DUE = (
    select(outbox.c.id, outbox.c.useful_until, outbox.c.due_at)
    .where(_DUE)
    .order_by(outbox.c.due_at)
    .limit(literal(_LOOKED_AT, literal_execute=True))
    .subquery("due")
)
_WAITING = (
    select(_ALL_DUE.c.id)
    .order_by(func.coalesce(_ALL_DUE.c.useful_until, _ALL_DUE.c.due_at), _ALL_DUE.c.id)
    .limit(bindparam("most"))
)
_AMONG_IDS = among(outbox.c.id, bindparam("ids", type_=Ids()))
_READ = (
    select(
        outbox,
        func.coalesce(persons.c.telegram_id, group_chats.c.telegram_id).label("telegram_id"),
        # 0 for none: a card that was asked for outside all topics, while cards go into one.
        func.nullif(func.coalesce(outbox.c.topic_id, group_chats.c.topic_id), 0).label("place"),
        group_chats.c.silent_since,
    )
    .outerjoin(persons, persons.c.id == outbox.c.person_id)
    .outerjoin(group_chats, group_chats.c.id == outbox.c.group_chat_id)
    .where(_AMONG_IDS)
)
# Whoever claims at the same time passes over what we are about to take, and waits for nothing.
_FREE = (
    select(outbox.c.id)
    .where(_AMONG_IDS, _DUE)
    .with_for_update(skip_locked=True)
    # A plain subquery PostgreSQL may run anew for each row.
    .cte("free")
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_FREE.c.id)))
    .values(
        state=State.ATTEMPTED,
        attempts=outbox.c.attempts + 1,
        attempted_at=bindparam("real_now", type_=outbox.c.attempted_at.type),
        lease=bindparam("holder", type_=outbox.c.lease.type),
    )
    .returning(outbox.c.id, outbox.c.attempts)
)
_OURS = (outbox.c.id == bindparam("row")) & (outbox.c.lease == bindparam("holder"))
# Nearly every outcome, in as few words as possible.
_SENT = (
    update(outbox)
    .where(_OURS)
    .values(
        state=State.SENT,
        done_at=bindparam("ended_at", type_=outbox.c.done_at.type),
        # An edited card stays the message that it was.
        message_id=func.coalesce(bindparam("message", type_=outbox.c.message_id.type), outbox.c.message_id),
    )
)
_SHOWN = _SENT.values(shown=bindparam("shows"))
_SETTLE = (
    update(outbox)
    .where(_OURS)
    .values(
        state=bindparam("to"),
        retry_at=bindparam("again_at", type_=outbox.c.retry_at.type),
        done_at=bindparam("ended_at", type_=outbox.c.done_at.type),
        attempts=outbox.c.attempts - bindparam("uncounted"),
    )
)


class Outbox:
    """The outbox of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, now: datetime, *, most: int) -> list[int]:
        """Up to so many rows that are due by the Clock (`now`): first what is of use the shortest."""
        due = {"now": now, "real_now": datetime.now(UTC), "most": most}
        return list((await self._connection.execute(_WAITING, due)).scalars().all())

    async def read(self, row_ids: Sequence[int]) -> list[OutboxRow]:
        """Rows with their addresses, in the order given; without those that have none any more."""
        found = (await self._connection.execute(_READ, {"ids": row_ids})).all()
        rows = {row.id: _to_row(row) for row in found if row.telegram_id is not None}
        return [rows[row_id] for row_id in row_ids if row_id in rows]

    async def claim(self, row_ids: Sequence[int], now: datetime, *, lease: int) -> dict[int, int]:
        """Takes those of the rows as attempted that are still due; how often each was attempted by now."""
        claim = {"ids": row_ids, "now": now, "real_now": datetime.now(UTC), "holder": lease}
        return {row.id: row.attempts for row in (await self._connection.execute(_CLAIM, claim)).all()}

    async def drop(self, row_ids: Collection[int]) -> None:
        """Nothing is left to say of these rows; those that were not attempted meanwhile are obsolete."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(row_ids), outbox.c.state == State.WAITING)
            .values(state=State.OBSOLETE, done_at=datetime.now(UTC))
        )
        await self._take_over(row_ids)

    async def drop_late(self, now: datetime) -> Mapping[int, int]:
        """Drops everything due that is of no use any more; returns how many rows of which association."""
        dropped = await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.state == literal(State.WAITING.value, literal_execute=True),
                outbox.c.due_at <= now,
                outbox.c.useful_until < now,
            )
            .values(state=State.LATE, done_at=datetime.now(UTC))
            .returning(outbox.c.association_id)
        )
        return Counter(dropped.scalars())

    async def settle(self, outcomes: Sequence[Settled], *, lease: int) -> None:
        """Writes what became of attempts made under this lease."""
        now = datetime.now(UTC)
        sent: list[dict[str, object]] = []
        shown: list[dict[str, object]] = []
        others: list[dict[str, object]] = []
        for outcome in outcomes:
            row = {"row": outcome.row_id, "holder": lease, "ended_at": now}
            if outcome.state is not State.SENT:
                waits = outcome.state is State.WAITING
                row |= {"to": outcome.state, "again_at": outcome.retry_at}
                others.append(
                    row | {"ended_at": None if waits else now, "uncounted": 0 if outcome.counted else 1}
                )
            elif outcome.shown is None:
                sent.append(row | {"message": outcome.message_id})
            else:
                shown.append(row | {"message": outcome.message_id, "shows": outcome.shown})
        for statement, rows in ((_SENT, sent), (_SHOWN, shown), (_SETTLE, others)):
            if rows:
                await self._connection.execute(statement, rows)
        gathering = [one.row_id for one in outcomes if one.gathers]
        if gathering:
            await self._take_over(gathering)

    async def _take_over(self, row_ids: Collection[int]) -> None:
        """What these rows' messages gathered is as they are, once they are done with."""
        carrier = outbox.alias("carrier")
        gathers = and_(
            carrier.c.id.in_(row_ids),
            carrier.c.kind == Message.CORRECTED,
            carrier.c.done_at.is_not(None),
            carrier.c.association_id == outbox.c.association_id,
            carrier.c.person_id == outbox.c.person_id,
            outbox.c.lead == gathered_by(carrier.c.version),
        )
        state, done_at = (
            select(column).where(gathers).scalar_subquery() for column in (carrier.c.state, carrier.c.done_at)
        )
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.state == State.GATHERED, exists().where(gathers))
            .values(state=state, done_at=done_at)
        )

    async def revive(self, *, lease: int) -> int:
        """Takes back what older holders of the lease left in flight.

        Such a row may have arrived: it is tried once more, and after two attempts left as uncertain.
        Returns how many rows were in flight.
        """
        uncertain = outbox.c.attempts >= MAX_UNCERTAIN
        result = await self._connection.execute(
            update(outbox)
            .where(outbox.c.state == State.ATTEMPTED, outbox.c.lease < lease)
            .values(
                state=case((uncertain, State.UNCERTAIN.value), else_=State.WAITING.value),
                done_at=case((uncertain, literal(datetime.now(UTC), outbox.c.done_at.type)), else_=None),
            )
            .returning(outbox.c.id)
        )
        revived = list(result.scalars())
        if revived:
            await self._take_over(revived)
        return len(revived)

    async def counts(self) -> dict[str, int]:
        """How many rows stand in each state."""
        statement = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        return {row.state: row.number for row in await self._connection.execute(statement)}


def gathered_by(line: ColumnElement[int] | int) -> ColumnElement[str]:
    """The lead of what is told in the message about a corrected plan, by the journal's line of that."""
    number = str(line) if isinstance(line, int) else cast(line, String())
    return literal(f"{Message.CORRECTED}-") + number


def obsolete(at: ColumnElement[datetime] | datetime | None = None) -> Update:
    """Rows to be named by `where` go out no more, from this moment on (real time; the present one)."""
    return update(outbox).values(state=State.OBSOLETE, done_at=datetime.now(UTC) if at is None else at)


def _to_row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        association_id=row.association_id,
        person_id=row.person_id,
        telegram_id=row.telegram_id,
        topic_id=row.place,
        kind=Message(row.kind),
        event_id=row.event_id,
        question_id=row.question_id,
        broadcast_id=row.broadcast_id,
        lead=row.lead,
        version=row.version,
        since_revision=row.since_revision,
        urgent=row.urgent,
        useful_until=row.useful_until,
        attempts=row.attempts,
        message_id=row.message_id,
        silent=row.silent_since is not None,
    )
