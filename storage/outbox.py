"""What is to be sent unasked: kinds and ids, claimed, attempted, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import bindparam, case, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import group_chats, outbox, persons

# A row with so many attempts whose outcome nobody knows is not tried again.
MAX_UNCERTAIN = 2


class Message(StrEnum):
    """Kinds of what is sent unasked."""

    REMINDER = "reminder"  # before an event
    CHANGE = "change"  # a day named, moved; another hour or place; cancelled, restored
    WEEKLY = "weekly"  # digests, to those who want them
    MONTHLY = "monthly"
    BROADCAST = "broadcast"  # what a coordinator wrote to everybody
    REPLY = "reply"  # to the member: what the coordinator answered
    CARD = "card"  # to the group chat: an event with its counts, kept up to date
    # To coordinators:
    NAMING = "naming"  # days still to be named
    SUMMARY = "summary"  # the evening before: who comes
    HELD = "held"  # afterwards: did it take place?
    UNSEEN = "unseen"  # who has not pressed «Вижу» after a change at short notice
    OUTAGE = "outage"  # how many reminders came too late to be sent
    QUESTION = "question"  # a member asks
    UNLINKED = "unlinked"  # the bot was thrown out of the group chat


class State(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    ATTEMPTED = "attempted"  # in flight: its outcome is not committed yet
    SENT = "sent"
    GONE = "gone"  # the person blocked the bot or was never there
    OBSOLETE = "obsolete"  # what it was about changed in between
    LATE = "late"  # of no use any more
    REFUSED = "refused"  # Telegram refuses it for a reason of our making
    UNCERTAIN = "uncertain"  # attempted twice, nobody knows whether it arrived


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A claimed row with the address it goes to."""

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
    attempts: int
    message_id: int | None  # of a card that was sent before, and is to be changed


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


_NEXT = (
    select(outbox.c.id)
    .where(
        outbox.c.state == literal(State.WAITING.value, literal_execute=True),
        outbox.c.due_at <= bindparam("now", type_=outbox.c.due_at.type),
        outbox.c.retry_at.is_(None)
        | (outbox.c.retry_at <= bindparam("real_now", type_=outbox.c.due_at.type)),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    # A plain subquery PostgreSQL may run anew for each row, and then claim more than the limit.
    .cte("next")
)
# A subquery: SQLite returns columns of the table alone that was changed.
_ADDRESS = func.coalesce(
    select(persons.c.telegram_id).where(persons.c.id == outbox.c.person_id).scalar_subquery(),
    select(group_chats.c.telegram_id).where(group_chats.c.id == outbox.c.group_chat_id).scalar_subquery(),
)
_TOPIC = select(group_chats.c.topic_id).where(group_chats.c.id == outbox.c.group_chat_id).scalar_subquery()
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_NEXT.c.id)))
    .values(
        state=State.ATTEMPTED,
        attempts=outbox.c.attempts + 1,
        attempted_at=bindparam("at", type_=outbox.c.attempted_at.type),
        lease=bindparam("holder", type_=outbox.c.lease.type),
    )
    .returning(outbox, _ADDRESS.label("telegram_id"), _TOPIC.label("topic_id"))
)
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.lease == bindparam("holder"))
    .values(
        state=bindparam("to"),
        retry_at=bindparam("again_at", type_=outbox.c.retry_at.type),
        done_at=bindparam("ended_at", type_=outbox.c.done_at.type),
        # A card that is changed stays the message that it was.
        message_id=func.coalesce(bindparam("message", type_=outbox.c.message_id.type), outbox.c.message_id),
        shown=bindparam("now_shown", type_=outbox.c.shown.type),
        attempts=outbox.c.attempts - bindparam("uncounted"),
    )
)


class Outbox:
    """The outbox of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, now: datetime, *, lease: int, most: int) -> list[OutboxRow]:
        """Takes up to so many rows that are due by the Clock (`now`) as attempted; the nearest due first."""
        real_now = datetime.now(UTC)
        result = await self._connection.execute(
            _CLAIM, {"now": now, "real_now": real_now, "at": real_now, "holder": lease, "most": most}
        )
        # RETURNING keeps no order.
        claimed = sorted(result, key=lambda row: (row.due_at, row.id))
        return [
            OutboxRow(
                id=row.id,
                association_id=row.association_id,
                person_id=row.person_id,
                telegram_id=row.telegram_id,
                topic_id=row.topic_id,
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
            )
            for row in claimed
        ]

    async def settle(self, outcomes: Sequence[Settled], *, lease: int) -> None:
        """Writes what became of attempts made under this lease."""
        now = datetime.now(UTC)
        await self._connection.execute(
            _SETTLE,
            [
                {
                    "row": outcome.row_id,
                    "holder": lease,
                    "to": outcome.state,
                    "again_at": outcome.retry_at,
                    "ended_at": None if outcome.state is State.WAITING else now,
                    "message": outcome.message_id,
                    "now_shown": outcome.shown,
                    "uncounted": 0 if outcome.counted else 1,
                }
                for outcome in outcomes
            ],
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
        )
        return result.rowcount

    async def counts(self) -> dict[str, int]:
        """How many rows stand in each state."""
        statement = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        return {row.state: row.number for row in await self._connection.execute(statement)}
