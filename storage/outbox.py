"""What is to be sent unasked: kinds and ids, claimed, attempted, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import bindparam, case, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.roles import Role
from storage.tables import events, memberships, notices, outbox, persons
from storage.upsert import insert_or_ignore

# A row with so many attempts whose outcome nobody knows is not tried again.
MAX_UNCERTAIN = 2


class Message(StrEnum):
    """Kinds of what is sent unasked."""

    REMINDER = "reminder"  # before an event
    CHANGE = "change"  # a day named, moved
    NAMING = "naming"  # to coordinators: days still to be named
    QUESTION = "question"  # to coordinators: a member asks
    REPLY = "reply"  # to the member: what the coordinator answered


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
    person_id: int
    telegram_id: int
    kind: Message
    event_id: int | None
    question_id: int | None
    lead: str
    version: int
    since_revision: int | None
    useful_until: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one attempt. `retry_at` (real time) goes with State.WAITING; `counted` is False
    where the request certainly never reached Telegram."""

    row_id: int
    state: State
    retry_at: datetime | None = None
    message_id: int | None = None
    counted: bool = True


# Somebody to write to: a member, in Telegram, who has not blocked the bot.
_REACHABLE = (
    (memberships.c.status == "active")
    & persons.c.telegram_id.is_not(None)
    & persons.c.unreachable_at.is_(None)
)

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
_ADDRESS = select(persons.c.telegram_id).where(persons.c.id == outbox.c.person_id).scalar_subquery()
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_NEXT.c.id)))
    .values(
        state=State.ATTEMPTED,
        attempts=outbox.c.attempts + 1,
        attempted_at=bindparam("at", type_=outbox.c.attempted_at.type),
        lease=bindparam("holder", type_=outbox.c.lease.type),
    )
    .returning(outbox, _ADDRESS.label("telegram_id"))
)
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.lease == bindparam("holder"))
    .values(
        state=bindparam("to"),
        retry_at=bindparam("again_at", type_=outbox.c.retry_at.type),
        done_at=bindparam("ended_at", type_=outbox.c.done_at.type),
        message_id=bindparam("message"),
        attempts=outbox.c.attempts - bindparam("uncounted"),
    )
)


class Outbox:
    """The outbox of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tell_members(
        self, association_id: int, event_id: int, *, revision: int, since: int, now: datetime, but: int | None
    ) -> int:
        """A change notice to every reachable member but the one who made the change; returns how many.

        Who has an earlier one still waiting was last told of what stood before that: the new notice takes its
        place, and nothing is sent where nothing differs in the end.
        """
        earlier = outbox.alias("earlier")
        last_told = (
            select(func.min(earlier.c.since_revision))
            .where(
                earlier.c.event_id == event_id,
                earlier.c.person_id == memberships.c.person_id,
                earlier.c.kind == Message.CHANGE,
                earlier.c.state == State.WAITING,
            )
            .correlate(memberships)
            .scalar_subquery()
        )
        statement = insert(outbox).from_select(
            [
                "association_id",
                "person_id",
                "kind",
                "event_id",
                "lead",
                "version",
                "since_revision",
                "due_at",
            ],
            select(
                memberships.c.association_id,
                memberships.c.person_id,
                literal(Message.CHANGE.value),
                literal(event_id, outbox.c.event_id.type),
                literal("change"),
                literal(revision),
                func.coalesce(last_told, since),
                literal(now, outbox.c.due_at.type),
            )
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(
                memberships.c.association_id == association_id,
                _REACHABLE,
                memberships.c.person_id != (but or 0),
            ),
        )
        told = (await self._connection.execute(statement)).rowcount
        await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.event_id == event_id,
                outbox.c.kind == Message.CHANGE,
                outbox.c.state == State.WAITING,
                outbox.c.version < revision,
            )
            .values(state=State.OBSOLETE, done_at=datetime.now(UTC))
        )
        return told

    async def count_members_to_tell(self, association_id: int, *, but: int | None) -> int:
        """How many people `tell_members` would reach."""
        statement = (
            select(func.count())
            .select_from(memberships)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(
                memberships.c.association_id == association_id,
                _REACHABLE,
                memberships.c.person_id != (but or 0),
            )
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def ask_to_name_days(self, association_id: int, now: datetime) -> int:
        """One question about days still to be named to every coordinator; returns how many were asked."""
        return await self._to_coordinators(association_id, Message.NAMING, None, now)

    async def pass_question(self, association_id: int, question_id: int, now: datetime) -> int:
        """A member's question to every coordinator; returns how many it goes to."""
        return await self._to_coordinators(association_id, Message.QUESTION, question_id, now)

    async def pass_reply(self, association_id: int, question_id: int, person_id: int, now: datetime) -> None:
        """The coordinator's reply to the member who asked."""
        await self._connection.execute(
            insert(outbox).values(
                association_id=association_id,
                person_id=person_id,
                kind=Message.REPLY,
                question_id=question_id,
                lead=Message.REPLY.value,
                due_at=now,
            )
        )

    async def _to_coordinators(
        self, association_id: int, kind: Message, question_id: int | None, now: datetime
    ) -> int:
        statement = insert(outbox).from_select(
            ["association_id", "person_id", "kind", "question_id", "lead", "due_at"],
            select(
                memberships.c.association_id,
                memberships.c.person_id,
                literal(kind.value),
                literal(question_id, outbox.c.question_id.type),
                literal(kind.value),
                literal(now, outbox.c.due_at.type),
            )
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(
                memberships.c.association_id == association_id,
                memberships.c.role == Role.COORDINATOR,
                _REACHABLE,
            ),
        )
        return (await self._connection.execute(statement)).rowcount

    async def withdraw(self, association_id: int, person_id: int) -> None:
        """Nothing that waits for a person who left goes out any more."""
        await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.association_id == association_id,
                outbox.c.person_id == person_id,
                outbox.c.state == State.WAITING,
            )
            .values(state=State.OBSOLETE, done_at=datetime.now(UTC))
        )

    async def fan_out(self, now: datetime) -> int:
        """Turns every notice that is due into a row for each member who has its timing profile.

        One INSERT … SELECT, unique by event, schedule version, lead and person: a second one is harmless.
        Notices of a schedule that is no longer the event's reach nobody. Of several notices of one event
        only the nearest to it goes: after an outage too nobody hears of an event twice at once. Returns how
        many rows were made.
        """
        due = (notices.c.due_at <= now) & notices.c.fanned_out_at.is_(None)
        nearer = notices.alias("nearer")
        nearest = ~exists().where(
            nearer.c.event_id == notices.c.event_id,
            nearer.c.schedule_version == notices.c.schedule_version,
            nearer.c.profile_id == notices.c.profile_id,
            nearer.c.due_at > notices.c.due_at,
            nearer.c.due_at <= now,
        )
        reached = (
            select(
                notices.c.association_id,
                memberships.c.person_id,
                literal(Message.REMINDER.value),
                notices.c.event_id,
                notices.c.lead,
                notices.c.schedule_version,
                notices.c.due_at,
                notices.c.useful_until,
            )
            .select_from(notices)
            .join(
                events,
                (events.c.id == notices.c.event_id)
                & (events.c.schedule_version == notices.c.schedule_version),
            )
            .join(
                memberships,
                (memberships.c.association_id == notices.c.association_id)
                & (memberships.c.profile_id == notices.c.profile_id),
            )
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(due, nearest, events.c.status == "planned", _REACHABLE)
        )
        # What still waits for one who is reached by the next notice of the same event is told with it.
        superseded = exists().where(
            due,
            notices.c.event_id == outbox.c.event_id,
            memberships.c.association_id == outbox.c.association_id,
            memberships.c.person_id == outbox.c.person_id,
            memberships.c.profile_id == notices.c.profile_id,
            (outbox.c.lead != notices.c.lead) | (outbox.c.version != notices.c.schedule_version),
        )
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.state == State.WAITING, outbox.c.kind == Message.REMINDER, superseded)
            .values(state=State.OBSOLETE, done_at=datetime.now(UTC))
        )
        made = await self._connection.execute(
            insert_or_ignore(self._connection, outbox).from_select(
                [
                    "association_id",
                    "person_id",
                    "kind",
                    "event_id",
                    "lead",
                    "version",
                    "due_at",
                    "useful_until",
                ],
                reached,
            )
        )
        await self._connection.execute(update(notices).where(due).values(fanned_out_at=now))
        return made.rowcount

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
                kind=Message(row.kind),
                event_id=row.event_id,
                question_id=row.question_id,
                lead=row.lead,
                version=row.version,
                since_revision=row.since_revision,
                useful_until=row.useful_until,
                attempts=row.attempts,
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
