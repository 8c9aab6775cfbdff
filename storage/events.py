"""The events of one association, as cards, lists and revisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import DomainError
from domain.local_hours import same_clock
from domain.period import DAY_TO_BE_NAMED, Period
from domain.places import is_online
from domain.plan_draft import Kind
from domain.records import (
    LISTED,
    Answer,
    Card,
    Event,
    Invited,
    Mark,
    Mode,
    PlanRow,
    Revision,
    Standing,
    Status,
    Way,
)
from domain.roles import Part
from domain.rsvp import answers_until
from storage.history import from_json, to_json
from storage.joins import (
    COMING,
    FOR_MEMBER,
    JOINING,
    LETTER,
    MATERIALS,
    MEANT,
    PERSON,
    SAID,
    SEATED,
    SOMETHING_HANGS,
    STAND_IN,
    SUBSTITUTE,
    TALKS,
    answers,
    answers_that_count,
    invites,
    is_shown,
)
from storage.outbox import UNTOLD, State
from storage.tables import (
    activities,
    attendance,
    checkin_words,
    event_activities,
    event_people,
    events,
    groups,
    memberships,
    outbox,
    revisions,
    rsvps,
)
from storage.upsert import insert_or_ignore

# The kind of the first revision of an event that stands in no plan.
CREATED = "created"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is known of an event before it is stored."""

    title: str
    kind: Kind
    gathering: bool
    period: Period
    venue: str
    responsible: str
    audience: str
    starts_at: datetime
    ends_at: datetime
    answers_until: datetime | None
    entrance: str = ""
    bring: str = ""
    mode: Mode = Mode.ONSITE
    link: str = ""
    contact: str = ""
    # When it is announced, and so people are told.
    announced_at: datetime | None = None
    told_at: datetime | None = None
    # Where nobody is invited, `answers_until` is None.
    invited: Invited = Invited.EVERYBODY
    group_id: int | None = None


def _held_at(row: Any) -> tuple[str, Mode]:
    """Where an event is, or was, and how people come, out of a row that says whether they come together.

    Before there was a way to come online, that stood as a place: «Онлайн», at which nobody is.
    """
    mode = Mode(row.mode)
    if row.gathering and mode is Mode.ONSITE and is_online(row.venue):
        return "", Mode.ONLINE
    return row.venue, mode


def to_event(row: Any) -> Event:
    """The record out of a row that holds the events' columns."""
    venue, mode = _held_at(row)
    return Event(
        id=row.id,
        association_id=row.association_id,
        title=row.title,
        kind=Kind(row.kind),
        gathering=row.gathering,
        period=row.period,
        venue=venue,
        entrance=row.entrance,
        bring=row.bring,
        mode=mode,
        link=row.link,
        seats=row.seats,
        responsible=row.responsible,
        audience=row.audience,
        status=Status(row.status),
        reason=row.reason,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        answers_until=row.answers_until,
        answer_by=row.answer_by,
        revision=row.revision,
        schedule_version=row.schedule_version,
        day_version=row.day_version,
        announced_at=row.announced_at,
        told_at=row.told_at,
        joined=row.alone is not None,
        merged_into=row.merged_into,
        contact=row.contact,
        invited=Invited(row.invited),
        group_id=row.group_id,
    )


def _standing(row: Any) -> Any:
    """The row of an event that speaks for itself. Raises DomainError `event_joined`."""
    if row.merged_into is not None:
        raise DomainError("event_joined", event_id=row.merged_into)
    return row


def _to_card(row: Any) -> Card:
    return Card(
        event=to_event(row),
        answer=None if row.answer is None else Answer(row.answer),
        going=row.going,
        seated=row.seated,
        joining=row.joining,
        line=row.line,
        place=row.place,
        offered_until=row.offered_until,
        others_ahead=row.ahead - 1 if row.ends_at > row.asked_at else row.ahead,
        answered_at=row.answered_at,
        reason=row.why or "",
        part=None if row.part is None else Part(row.part),
        materials=row.materials,
        talks=row.talks,
        letter=bool(row.letter),
        asked=bool(row.asked),
        group=row.group_title or "",
        mark=None if row.mark is None else Mark(row.mark),
        way=None if row.way is None else Way(row.way),
        marked_at=row.marked_at,
        word_until=row.word_until,
    )


def _to_revision(row: Any) -> Revision:
    venue, mode = _held_at(row)
    return Revision(
        number=row.number,
        kind=row.kind,
        period=row.period,
        title=row.title,
        venue=venue,
        entrance=row.entrance,
        mode=mode,
        link=row.link,
        status=Status(row.status),
        by_person_id=row.by_person_id,
        at=row.at,
        changes=from_json(row.changes),
    )


_OURS = events.c.association_id == bindparam("association")
_TO_COME = and_(events.c.ends_at > bindparam("now"), events.c.gathering, events.c.status == Status.PLANNED)
# A period's text begins with its precision (storage.tables.PeriodText).
_DAY_TO_BE_NAMED = or_(
    *(type_coerce(events.c.period, Text).startswith(f"{precision} ") for precision in sorted(DAY_TO_BE_NAMED))
)
_AHEAD = events.alias("ahead")
_SEATED = case((events.c.seats.is_not(None), SEATED), else_=0)
_LINE = case((events.c.seats.is_not(None), answers_that_count(Answer.WAITLISTED)), else_=0)
# Her place in the line, where she stands in it.
_PLACE = case(
    (
        answers(rsvps, Answer.WAITLISTED),
        answers_that_count(
            Answer.WAITLISTED,
            (SAID.c.answered_at < rsvps.c.answered_at)
            | ((SAID.c.answered_at == rsvps.c.answered_at) & (SAID.c.person_id <= rsvps.c.person_id)),
        ),
    ),
    else_=0,
)
_ALL_AHEAD = (
    select(func.count())
    .select_from(_AHEAD)
    .where(
        _AHEAD.c.association_id == bindparam("association"),
        _AHEAD.c.ends_at > bindparam("now"),
        _AHEAD.c.gathering,
        _AHEAD.c.status == Status.PLANNED,
        is_shown(_AHEAD, PERSON),
    )
)
_COUNT_AHEAD = _ALL_AHEAD.scalar_subquery()
# Her part in the event, if she has one.
_PART = (
    select(event_people.c.part)
    .where(
        event_people.c.association_id == events.c.association_id,
        event_people.c.event_id == events.c.id,
        event_people.c.person_id == PERSON,
    )
    .correlate(events)
    .scalar_subquery()
)
# What the group that it is for is called.
_GROUP = (
    select(groups.c.title)
    .where(groups.c.association_id == events.c.association_id, groups.c.id == events.c.group_id)
    .correlate(events)
    .scalar_subquery()
)
_HERS = _PART.is_not(None)
_HERS_AHEAD = _ALL_AHEAD.where(
    event_people.c.association_id == _AHEAD.c.association_id,
    event_people.c.event_id == _AHEAD.c.id,
    event_people.c.person_id == bindparam("person"),
).scalar_subquery()
# What comes next is what is over first: a named day goes before the rest of its month.
_ORDER = (events.c.ends_at, events.c.starts_at, events.c.id)


def _cards(*conditions: ColumnElement[bool], ahead: ScalarSelect[int] = _COUNT_AHEAD) -> Select[Any]:
    return (
        select(
            events,
            MEANT,
            rsvps.c.answered_at,
            rsvps.c.reason.label("why"),
            rsvps.c.offered_until,
            COMING.label("going"),
            JOINING.label("joining"),
            _SEATED.label("seated"),
            _LINE.label("line"),
            _PLACE.label("place"),
            ahead.label("ahead"),
            _PART.label("part"),
            MATERIALS.label("materials"),
            TALKS.label("talks"),
            LETTER.label("letter"),
            (invites(events, PERSON) | rsvps.c.answer.is_not(None)).label("asked"),
            _GROUP.label("group_title"),
            attendance.c.mark,
            attendance.c.way,
            attendance.c.at.label("marked_at"),
            checkin_words.c.valid_until.label("word_until"),
            bindparam("now", type_=events.c.ends_at.type).label("asked_at"),
        )
        .outerjoin(
            rsvps,
            and_(
                rsvps.c.association_id == events.c.association_id,
                rsvps.c.event_id == events.c.id,
                rsvps.c.person_id == bindparam("person"),
                rsvps.c.day_version == events.c.day_version,
            ),
        )
        .outerjoin(
            attendance,
            and_(
                attendance.c.association_id == events.c.association_id,
                attendance.c.event_id == events.c.id,
                attendance.c.person_id == bindparam("person"),
                attendance.c.day_version == events.c.day_version,
            ),
        )
        .outerjoin(
            checkin_words,
            and_(
                checkin_words.c.association_id == events.c.association_id,
                checkin_words.c.event_id == events.c.id,
            ),
        )
        .where(_OURS, *conditions)
        .order_by(*_ORDER)
    )


# Built once: these are the statements of every question and every press.
_CARD = _cards(events.c.id == bindparam("event"))
_NEXT = _cards(_TO_COME, is_shown(events, PERSON)).offset(bindparam("offset")).limit(1)
_NEXT_OF_HERS = _cards(_TO_COME, _HERS, ahead=_HERS_AHEAD).offset(bindparam("offset")).limit(1)


class Events:
    """Events of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def card(self, event_id: int, person_id: int, now: datetime) -> Card | None:
        """One event as one person sees it; None if the association has no such event. Raises what `get`
        raises."""
        found = await self._connection.execute(_CARD, self._about(person_id, now) | {"event": event_id})
        row = found.one_or_none()
        return None if row is None else _to_card(_standing(row))

    async def next(
        self, person_id: int, now: datetime, offset: int = 0, *, hers: bool = False
    ) -> Card | None:
        """The event that comes next, or the one so many places after it; of those that are for her (of all,
        for one who sees all), or of those in which she has a part (`hers`)."""
        statement = _NEXT_OF_HERS if hers else _NEXT
        found = await self._connection.execute(statement, self._about(person_id, now) | {"offset": offset})
        row = found.one_or_none()
        return None if row is None else _to_card(row)

    async def get(self, event_id: int) -> Event | None:
        """One event. Raises DomainError `event_joined`, with the fact `event_id`, where another one speaks
        for it."""
        row = (await self._connection.execute(select(events).where(*self._key(event_id)))).one_or_none()
        return None if row is None else to_event(_standing(row))

    async def hold(self, event_id: int) -> Event | None:
        """The event as it stands, be it spoken for by another one or not; until the transaction ends nobody
        else changes it or gives its seats away."""
        held = await self._connection.execute(
            select(events)
            .where(*self._key(event_id))
            # Answers refer to the event: those being given do not wait for us, nor we for them.
            .with_for_update(key_share=True)
        )
        row = held.one_or_none()
        return None if row is None else to_event(row)

    async def many(self, event_ids: Iterable[int]) -> dict[int, Event]:
        """Several events by their ids; unknown ones are left out."""
        statement = select(events).where(
            events.c.association_id == self._association_id, events.c.id.in_(list(event_ids))
        )
        return {row.id: to_event(row) for row in await self._connection.execute(statement)}

    async def to_come(self, now: datetime, *, of: int | None = None) -> list[Event]:
        """Everything dated that is not over yet, cancelled events too, soonest first; of one person alone
        where she is named: those in which she has a part."""
        statement = (
            select(events)
            .where(
                events.c.association_id == self._association_id,
                events.c.ends_at > now,
                events.c.merged_into.is_(None),
            )
            .order_by(*_ORDER)
        )
        if of is None:
            found = await self._connection.execute(statement)
        else:
            found = await self._connection.execute(statement.where(_HERS), {"person": of})
        return [to_event(row) for row in found]

    async def for_group(self, group_id: int, now: datetime) -> list[Event]:
        """What is not over yet and for a group: be it held together with something else, or for others only
        as long as it is."""
        alone = events.c.alone["group_id"].as_integer() == group_id
        statement = (
            select(events)
            .where(
                events.c.association_id == self._association_id,
                events.c.ends_at > now,
                (events.c.group_id == group_id) | (events.c.alone.is_not(None) & alone),
            )
            .order_by(*_ORDER)
        )
        return [to_event(row) for row in await self._connection.execute(statement)]

    async def not_for(
        self, found: Iterable[Event], person_ids: Collection[int]
    ) -> frozenset[tuple[int | None, int | None]]:
        """Whom of these members and guests some of these events are not for, by event and person. Events for
        everybody are not looked up."""
        ids = [event.id for event in found if event.invited is not Invited.EVERYBODY]
        if not ids:
            return frozenset()
        statement = (
            select(events.c.id, memberships.c.person_id)
            .join(memberships, memberships.c.association_id == events.c.association_id)
            .where(
                events.c.association_id == self._association_id,
                events.c.id.in_(ids),
                memberships.c.person_id.in_(person_ids),
                memberships.c.status.in_(LISTED | {Standing.GUEST}),
                ~FOR_MEMBER,
            )
        )
        return frozenset((row.id, row.person_id) for row in await self._connection.execute(statement))

    async def changed_at(self, event_ids: Iterable[int]) -> dict[int, datetime]:
        """When each of these events came to be as it is (UTC by the Clock)."""
        newest = and_(
            revisions.c.association_id == events.c.association_id,
            revisions.c.event_id == events.c.id,
            revisions.c.number == events.c.revision,
        )
        statement = (
            select(events.c.id, revisions.c.at)
            .join(revisions, newest)
            .where(events.c.association_id == self._association_id, events.c.id.in_(list(event_ids)))
        )
        return {row.id: row.at for row in await self._connection.execute(statement)}

    async def without_day(self, now: datetime) -> list[Event]:
        """The gatherings to come whose day is still to be named, soonest first."""
        statement = (
            select(events)
            .where(events.c.association_id == self._association_id, _TO_COME, _DAY_TO_BE_NAMED)
            .order_by(*_ORDER)
        )
        return [to_event(row) for row in await self._connection.execute(statement, {"now": now})]

    async def answered_by(self, person_id: int, now: datetime, *, hers: bool = False) -> list[Card]:
        """The gatherings to come that take answers or have the person's, soonest first; `hers` as in
        `next`."""
        statement = _cards(
            _TO_COME,
            (rsvps.c.answer.is_not(None))
            | ((events.c.answers_until > bindparam("now")) & invites(events, PERSON)),
            *([_HERS] if hers else []),
        )
        with_substitute = statement.add_columns(SUBSTITUTE.label("substitute")).outerjoin(
            STAND_IN, STAND_IN.c.id == rsvps.c.substitute_id
        )
        rows = await self._connection.execute(with_substitute, self._about(person_id, now))
        return [replace(_to_card(row), substitute=row.substitute or "") for row in rows]

    async def add(
        self, new: Sequence[tuple[NewEvent, Sequence[int]]], by: int | None, now: datetime
    ) -> list[Event]:
        """Stores events with the activities they belong to and a first revision each; returns them."""
        made = []
        for event, activity_ids in new:
            made.append(await self._insert(event))
            event_id = made[-1].id
            await self._connection.execute(
                insert(event_activities),
                [
                    {"association_id": self._association_id, "event_id": event_id, "activity_id": activity_id}
                    for activity_id in activity_ids
                ],
            )
            await self._write_revision(event_id, "planned", by, now)
        return made

    async def make(self, new: NewEvent, by: int | None, now: datetime) -> Event:
        """Stores one event that stands in no plan, with its first revision."""
        made = await self._insert(new)
        await self._write_revision(made.id, CREATED, by, now)
        return made

    async def untouched(self, event_ids: Collection[int]) -> set[int]:
        """Those of these events that are as they were made, on which nothing hangs, and of which nobody was
        told anything."""
        told = exists().where(
            outbox.c.event_id == events.c.id,
            outbox.c.state.not_in([*UNTOLD, State.OBSOLETE]) | (outbox.c.attempts > 0),
        )
        statement = select(events.c.id).where(
            events.c.association_id == self._association_id,
            events.c.id.in_(event_ids),
            events.c.revision == 1,
            ~SOMETHING_HANGS,
            ~told,
        )
        return set((await self._connection.execute(statement)).scalars())

    async def remove(self, event_id: int) -> None:
        """Takes an event out with everything that hangs on it."""
        await self._connection.execute(delete(events).where(*self._key(event_id)))

    async def _insert(self, new: NewEvent) -> Event:
        values = {name: getattr(new, name) for name in NewEvent.__dataclass_fields__}
        made = await self._connection.execute(
            insert(events).values(association_id=self._association_id, **values).returning(events)
        )
        return to_event(made.one())

    async def change(
        self,
        event: Event,
        revision: int,
        values: dict[str, object],
        *,
        kind: str,
        by: int | None,
        now: datetime,
    ) -> Event | None:
        """Changes an event that is still at the revision given, and writes the new one.

        Returns the event as it stands now, or None where somebody else changed it in between. How it is held
        is stored as it was read (`_held_at`).
        """
        held = {"venue": event.venue, "mode": event.mode}
        result = await self._connection.execute(
            update(events)
            .where(*self._key(event.id), events.c.revision == revision)
            .values(**(held | values | {"revision": revision + 1}))
            .returning(events)
        )
        row = result.one_or_none()
        if row is None:
            return None
        await self._write_revision(event.id, kind, by, now, to_json(event, values))
        return to_event(row)

    async def keep_clocks(self, before: ZoneInfo, after: ZoneInfo) -> None:
        """The association's zone is another one: every event stays at its day and hour by the clocks there,
        and what is reckoned from them follows. No revision is written: nothing that people see differs."""
        found = await self._connection.execute(
            select(events).where(events.c.association_id == self._association_id)
        )
        for event in [to_event(row) for row in found]:
            until = event.answer_by and same_clock(event.answer_by, before, after)
            await self._connection.execute(
                update(events)
                .where(*self._key(event.id))
                .values(
                    starts_at=event.period.begins_at(after),
                    ends_at=event.period.ends_at(after),
                    answers_until=answers_until(event.asks, event.period, event.status, after),
                    answer_by=until,
                )
            )

    async def merged(self, event_id: int) -> list[Event]:
        """The events that are held together with this one, and have no card of their own."""
        statement = (
            select(events)
            .where(events.c.association_id == self._association_id, events.c.merged_into == event_id)
            .order_by(*_ORDER)
        )
        return [to_event(row) for row in await self._connection.execute(statement)]

    async def own_texts(self, event_id: int) -> dict[str, object]:
        """The own words of an event that others are held together with, and its own number of seats where it
        took theirs; empty where none are."""
        found = await self._connection.execute(select(events.c.alone).where(*self._key(event_id)))
        return found.scalar_one_or_none() or {}

    async def lend_rows(self, event_id: int, to: int) -> int:
        """The plan's rows of an event are those of another one too, while the two are held together; returns
        how many."""
        lent = select(
            event_activities.c.association_id,
            literal(to, event_activities.c.event_id.type),
            event_activities.c.activity_id,
            event_activities.c.event_id,
        ).where(*self._rows(event_id))
        result = await self._connection.execute(
            insert_or_ignore(self._connection, event_activities).from_select(
                ["association_id", "event_id", "activity_id", "came_from"], lent
            )
        )
        return result.rowcount

    async def return_rows(self, event_id: int) -> int:
        """An event keeps its own rows of the plan alone; returns how many went."""
        result = await self._connection.execute(
            delete(event_activities).where(*self._rows(event_id), event_activities.c.came_from.is_not(None))
        )
        return result.rowcount

    async def hand_on(self, event_id: int, activity_id: int, to: int) -> None:
        """An event is one of another row of the plan from now on, with the row's mark; so it is where it is
        held together with others."""
        await self._connection.execute(
            update(event_activities)
            .where(
                event_activities.c.association_id == self._association_id,
                event_activities.c.activity_id == activity_id,
                (event_activities.c.event_id == event_id) | (event_activities.c.came_from == event_id),
            )
            .values(activity_id=to)
        )

    async def rows(self, event_id: int) -> list[PlanRow]:
        """The plan's rows that an event stands for, in the plan's order."""
        statement = (
            select(activities.c.id, activities.c.number, activities.c.title, event_activities.c.held_on)
            .select_from(activities)
            .join(event_activities)
            .where(*self._rows(event_id))
            .order_by(activities.c.position)
        )
        return [
            PlanRow(row.id, row.number, row.title, row.held_on)
            for row in await self._connection.execute(statement)
        ]

    async def mark_rows(
        self, event_id: int, held_on: date | None, activity_ids: Collection[int] | None = None
    ) -> int:
        """Marks the plan's rows of an event (some of them, or all) as held on a day, or as not held (None);
        returns how many."""
        statement = update(event_activities).where(*self._rows(event_id)).values(held_on=held_on)
        if activity_ids is not None:
            statement = statement.where(event_activities.c.activity_id.in_(activity_ids))
        return (await self._connection.execute(statement)).rowcount

    async def revisions(self, event_id: int) -> list[Revision]:
        """What became of an event, the oldest state first."""
        statement = (
            select(revisions, events.c.gathering)
            .join(
                events,
                (events.c.association_id == revisions.c.association_id)
                & (events.c.id == revisions.c.event_id),
            )
            .where(
                revisions.c.association_id == self._association_id,
                revisions.c.event_id == event_id,
            )
            .order_by(revisions.c.number)
        )
        return [_to_revision(row) for row in await self._connection.execute(statement)]

    async def _write_revision(
        self,
        event_id: int,
        kind: str,
        by: int | None,
        now: datetime,
        changes: dict[str, list[object]] | None = None,
    ) -> None:
        state = select(
            events.c.association_id,
            events.c.id,
            events.c.revision,
            bindparam("change", kind),
            events.c.period,
            events.c.title,
            events.c.venue,
            events.c.entrance,
            events.c.mode,
            events.c.link,
            events.c.status,
            bindparam("changes", changes, revisions.c.changes.type),
            bindparam("by", by, revisions.c.by_person_id.type),
            bindparam("at", now, revisions.c.at.type),
        ).where(*self._key(event_id))
        await self._connection.execute(
            insert(revisions).from_select(
                [
                    "association_id",
                    "event_id",
                    "number",
                    "kind",
                    "period",
                    "title",
                    "venue",
                    "entrance",
                    "mode",
                    "link",
                    "status",
                    "changes",
                    "by_person_id",
                    "at",
                ],
                state,
            )
        )

    def _rows(self, event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (
            event_activities.c.association_id == self._association_id,
            event_activities.c.event_id == event_id,
        )

    def _key(self, event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return events.c.association_id == self._association_id, events.c.id == event_id

    def _about(self, person_id: int, now: datetime) -> dict[str, object]:
        return {"association": self._association_id, "person": person_id, "now": now}
