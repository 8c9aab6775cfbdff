"""What waits in the outbox for one person: read, put off, brought forward, handed on, withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.local_hours import same_clock
from domain.records import Event
from storage.outbox import TO_COORDINATORS, UNTOLD, Message, State, obsolete
from storage.tables import outbox, questions
from storage.upsert import insert_or_ignore, upsert

# What the lead of a wish to be reminded later begins with.
_SNOOZED = "snooze-"
# What goes with the desk. How far a coordinator's own words have got is hers alone.
_OF_THE_DESK = TO_COORDINATORS - {Message.PROGRESS}
_WHAT_IS_SAID = (
    "association_id",
    "kind",
    "event_id",
    "question_id",
    "lead",
    "version",
    "due_at",
    "useful_until",
)


class Waiting:
    """What people are still to be told, one person at a time."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def told_of(self, event_id: int, person_id: int) -> int | None:
        """The newest revision of an event that she was told of, or is being told of."""
        statement = select(func.max(outbox.c.version)).where(
            outbox.c.event_id == event_id,
            outbox.c.person_id == person_id,
            outbox.c.kind == Message.CHANGE,
            outbox.c.state != State.OBSOLETE,
        )
        newest: int | None = (await self._connection.execute(statement)).scalar_one()
        return newest

    async def mark_seen(self, event_id: int, person_id: int, revision: int, now: datetime) -> None:
        """She has read what she was told of changes of this event up to a revision."""
        await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.event_id == event_id,
                outbox.c.person_id == person_id,
                outbox.c.kind == Message.CHANGE,
                outbox.c.version <= revision,
                outbox.c.seen_at.is_(None),
            )
            .values(seen_at=now)
        )

    async def snooze(self, event: Event, person_id: int, at: datetime, useful_until: datetime) -> None:
        """Reminds one person of an event again at a moment (UTC by the Clock); an earlier wish is
        forgotten."""
        lead = f"{_SNOOZED}{at:%Y%m%d%H%M%S}"
        await self._connection.execute(
            obsolete().where(
                outbox.c.event_id == event.id,
                outbox.c.person_id == person_id,
                outbox.c.state == State.WAITING,
                outbox.c.lead.startswith(_SNOOZED),
                outbox.c.lead != lead,
            )
        )
        wish = upsert(self._connection, outbox).values(
            association_id=event.association_id,
            person_id=person_id,
            kind=Message.REMINDER,
            event_id=event.id,
            lead=lead,
            version=event.schedule_version,
            due_at=at,
            useful_until=useful_until,
        )
        key = [outbox.c.event_id, outbox.c.version, outbox.c.lead, outbox.c.person_id]
        # The same moment wished for, given up and wished for again.
        await self._connection.execute(
            wish.on_conflict_do_update(
                index_elements=key,
                set_={"state": State.WAITING, "done_at": None},
                where=outbox.c.state == State.OBSOLETE,
            )
        )

    async def keep_clocks(self, association_id: int, before: ZoneInfo, after: ZoneInfo) -> None:
        """The association's zone is another one: what people asked to be reminded of comes when the clocks
        there show what they were to show."""
        wishes = select(outbox.c.id, outbox.c.due_at, outbox.c.useful_until).where(
            outbox.c.association_id == association_id,
            outbox.c.state == State.WAITING,
            outbox.c.lead.startswith(_SNOOZED),
        )
        for row in (await self._connection.execute(wishes)).all():
            useful_until = row.useful_until and same_clock(row.useful_until, before, after)
            await self._connection.execute(
                update(outbox)
                .where(outbox.c.id == row.id)
                .values(due_at=same_clock(row.due_at, before, after), useful_until=useful_until)
            )

    async def put_off(self, association_id: int, person_id: int, until: datetime) -> None:
        """She pauses: changes that wait for her wait longer, but for urgent ones."""
        await self._connection.execute(
            update(outbox)
            .where(*_changes_waiting(association_id, person_id), outbox.c.due_at < until, ~outbox.c.urgent)
            .values(due_at=until)
        )

    async def bring_forward(self, association_id: int, person_id: int, now: datetime) -> None:
        """Her pause is over: changes that wait for her go now."""
        await self._connection.execute(
            update(outbox)
            .where(*_changes_waiting(association_id, person_id), outbox.c.due_at > now)
            .values(due_at=now)
        )

    async def hand_on(self, association_id: int, giver: int, heir: int | None = None) -> None:
        """What waits to be said to a coordinator as such is not said to her any more, but to another one
        where there is one."""
        waiting = (
            (outbox.c.association_id == association_id)
            & (outbox.c.person_id == giver)
            & (outbox.c.state == State.WAITING)
            & outbox.c.kind.in_(_OF_THE_DESK)
        )
        if heir is not None:
            kept = [outbox.c[name] for name in _WHAT_IS_SAID]
            await self._connection.execute(
                insert_or_ignore(self._connection, outbox).from_select(
                    ["person_id", *_WHAT_IS_SAID],
                    select(literal(heir, outbox.c.person_id.type), *kept).where(waiting),
                )
            )
        await self._connection.execute(obsolete().where(waiting))

    async def pass_questions(self, association_id: int, heir: int, now: datetime) -> None:
        """Questions that nobody has replied to are put to a new coordinator as well."""
        open_ones = select(
            questions.c.association_id,
            literal(heir, outbox.c.person_id.type),
            literal(Message.QUESTION.value),
            literal(Message.QUESTION.value),
            questions.c.id,
            literal(now, outbox.c.due_at.type),
        ).where(questions.c.association_id == association_id, questions.c.reply.is_(None))
        await self._connection.execute(
            insert_or_ignore(self._connection, outbox).from_select(
                ["association_id", "person_id", "kind", "lead", "question_id", "due_at"], open_ones
            )
        )

    async def withdraw_from(
        self, event: Event, person_id: int, kinds: Collection[Message] | None = None
    ) -> None:
        """Nothing that waits to be said to one person about an event (of these kinds, where they are named)
        goes out any more."""
        conditions = [outbox.c.kind.in_(list(kinds))] if kinds else []
        await self._connection.execute(
            obsolete().where(
                outbox.c.association_id == event.association_id,
                outbox.c.event_id == event.id,
                outbox.c.person_id == person_id,
                outbox.c.state.in_(UNTOLD),
                *conditions,
            )
        )

    async def withdraw(self, association_id: int, person_id: int) -> None:
        """Nothing that waits for a person who left goes out any more."""
        await self._connection.execute(
            obsolete().where(
                outbox.c.association_id == association_id,
                outbox.c.person_id == person_id,
                outbox.c.state.in_(UNTOLD),
            )
        )


def _changes_waiting(association_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.association_id == association_id,
        outbox.c.person_id == person_id,
        outbox.c.kind.in_([Message.CHANGE, Message.CORRECTED]),
        outbox.c.state == State.WAITING,
    )
