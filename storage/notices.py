"""What the planner works on: events whose schedule changed, the profiles in use, the notices made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    func,
    literal,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import LISTED, Event, Invited, Mark, Standing, Status
from domain.reminders import Audience
from domain.roles import Part, Role
from domain.timing import Choice
from storage.audiences import REACHABLE, SAID_NOTHING
from storage.events import to_event
from storage.joins import CONCERNED, TAKES_PART
from storage.outbox import Message, State, obsolete
from storage.seats import TO_OFFER, to_offer_at
from storage.tables import (
    assignments,
    associations,
    attendance,
    event_people,
    events,
    group_chats,
    materials,
    memberships,
    notices,
    outbox,
    persons,
    rsvps,
    timing_profiles,
)
from storage.targets import IN_TELEGRAM
from storage.upsert import Insert, insert_or_ignore, insert_or_ignore_on


@dataclass(frozen=True, slots=True)
class ProfileInUse:
    """A timing profile that some member of the association has, or will have on joining."""

    association_id: int
    profile_id: int
    settings: str
    own: bool  # whether it is the association's own


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be stored; no event where it comes by the calendar. Moments are UTC by the Clock."""

    association_id: int
    event_id: int | None
    schedule_version: int
    lead: str
    profile_id: int
    audience: Audience
    due_at: datetime
    useful_until: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """An association whose notices by the calendar are to be made anew."""

    association_id: int
    profile_id: int
    settings: str
    naming_asked_at: datetime | None
    naming_rests_until: datetime | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to do now."""

    plan: bool  # events, or calendars, whose notices are to be made
    fan_out: bool  # notices that are due
    send: bool  # rows that wait in the outbox
    seats: bool  # seats to be offered to those who wait for one


class Notices:
    """Notices of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def events_to_plan(self, most: int) -> list[Event]:
        """Events whose notices do not belong to their present schedule."""
        statement = (
            select(events)
            .where(events.c.planned_version != events.c.schedule_version)
            .order_by(events.c.id)
            .limit(most)
        )
        return [to_event(row) for row in await self._connection.execute(statement)]

    async def profiles_in_use(self, association_ids: Iterable[int]) -> list[ProfileInUse]:
        """The profiles of these associations and of their people, each once."""
        ids = list(association_ids)
        used = union(
            select(memberships.c.association_id, memberships.c.profile_id).where(
                memberships.c.association_id.in_(ids),
                memberships.c.status.in_(LISTED | {Standing.GUEST}),
            ),
            select(associations.c.id, associations.c.profile_id).where(associations.c.id.in_(ids)),
        ).subquery()
        statement = (
            select(
                used.c.association_id,
                used.c.profile_id,
                timing_profiles.c.settings,
                (associations.c.profile_id == used.c.profile_id).label("own"),
            )
            .join(timing_profiles, timing_profiles.c.id == used.c.profile_id)
            .join(associations, associations.c.id == used.c.association_id)
        )
        return [
            ProfileInUse(row.association_id, row.profile_id, row.settings, row.own)
            for row in await self._connection.execute(statement)
        ]

    async def replace(self, planned: Sequence[Event], made: Sequence[NewNotice]) -> None:
        """Stores the notices of events and withdraws those of their earlier schedules. What comes by the
        calendar may depend on these events: it is to be made anew."""
        await self._connection.execute(
            delete(notices).where(
                notices.c.event_id.in_([event.id for event in planned]), notices.c.fanned_out_at.is_(None)
            )
        )
        await self._add(made)
        # Only at the schedule that was planned: an event changed in between stays to be planned.
        await self._connection.execute(
            update(events)
            .where(
                tuple_(events.c.id, events.c.schedule_version).in_(
                    [(event.id, event.schedule_version) for event in planned]
                )
            )
            .values(planned_version=events.c.schedule_version)
        )
        await self.replan_calendars({event.association_id for event in planned})

    async def replan_events(self, association_id: int, now: datetime) -> None:
        """The timing has changed: every event that is not over is planned anew, and so is the calendar."""
        await self._connection.execute(
            update(events)
            .where(events.c.association_id == association_id, events.c.ends_at > now)
            .values(planned_version=0)
        )
        await self.replan_calendars([association_id])

    async def replan_calendars(self, association_ids: Iterable[int]) -> None:
        """What comes by the calendar is to be made anew for these associations."""
        await self._connection.execute(
            update(associations).where(associations.c.id.in_(list(association_ids))).values(replan=True)
        )

    async def calendars(self) -> list[Calendar]:
        """The associations whose notices by the calendar are to be made anew."""
        statement = (
            select(
                associations.c.id,
                associations.c.profile_id,
                timing_profiles.c.settings,
                associations.c.naming_asked_at,
                associations.c.naming_rests_until,
            )
            .join(timing_profiles, timing_profiles.c.id == associations.c.profile_id)
            .where(associations.c.replan)
        )
        return [
            Calendar(row.id, row.profile_id, row.settings, row.naming_asked_at, row.naming_rests_until)
            for row in await self._connection.execute(statement)
        ]

    async def replace_calendar(self, association_id: int, made: Sequence[NewNotice], now: datetime) -> None:
        """Stores an association's notices by the calendar in place of those that are not due yet."""
        await self._connection.execute(
            delete(notices).where(
                notices.c.association_id == association_id,
                notices.c.event_id.is_(None),
                notices.c.fanned_out_at.is_(None),
                notices.c.due_at > now,
            )
        )
        await self._add(made)
        await self._connection.execute(
            update(associations).where(associations.c.id == association_id).values(replan=False)
        )

    async def naming_rests_until(self, association_id: int) -> datetime | None:
        """Until when coordinators are not asked for days, where they wanted that."""
        statement = select(associations.c.naming_rests_until).where(associations.c.id == association_id)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def let_naming_rest(self, association_id: int, until: datetime) -> None:
        """Coordinators are not asked for days until then, and what waits to ask them is forgotten."""
        await self._connection.execute(
            update(associations)
            .where(associations.c.id == association_id)
            .values(naming_rests_until=until, replan=True)
        )

    async def agenda(self, now: datetime) -> Agenda:
        """What there is to do at this moment of the Clock, in one statement."""
        look = to_offer_at(now) | {"real_now": datetime.now(UTC)}
        row = (await self._connection.execute(_AGENDA, look)).one()
        return Agenda(plan=row.plan, fan_out=row.fan_out, send=row.send, seats=row.seats)

    async def events_with_seats(self, now: datetime) -> list[Event]:
        """Events that have a free seat for somebody who waits for one, or an offer that was not answered."""
        statement = select(events).where(events.c.id.in_(TO_OFFER)).order_by(events.c.id)
        return [to_event(row) for row in await self._connection.execute(statement, to_offer_at(now))]

    async def fan_out(self, now: datetime) -> int:
        """Turns every notice that is due into a row for each person whom it reaches; returns how many.

        One INSERT … SELECT for each audience, unique by event, schedule version, lead and person: a second
        one is harmless. Notices of a schedule that is no longer the event's reach nobody. Of several notices
        of one event only the nearest to it goes: after an outage too nobody hears of an event twice at once.
        """
        at = {"now": now}
        audiences = set((await self._connection.execute(_AUDIENCES, at)).scalars())
        made = 0
        for audience in _REACHED:
            if audience in audiences:
                if audience in _REMINDING:
                    await self._connection.execute(_SUPERSEDE[audience], at | {"real_now": datetime.now(UTC)})
                put = _put(self._connection.dialect.name, audience)
                lately = {"lately": now - _DIGESTS_APART} if audience in _DIGESTS else {}
                made += (await self._connection.execute(put, at | lately)).rowcount
        if Audience.MEMBERS in audiences:
            await self._connection.execute(_show_in_groups(self._connection.dialect.name), at)
        if audiences - _REMINDING:
            for statement in _GO_ON:
                await self._connection.execute(statement, at)
        await self._connection.execute(_FANNED_OUT, at)
        return made

    async def _add(self, made: Sequence[NewNotice]) -> None:
        statement = insert_or_ignore(self._connection, notices)
        # A few at a time: while their values are made ready nobody else gets a turn.
        for first in range(0, len(made), _AT_ONCE):
            await self._connection.execute(
                statement,
                [
                    {name: getattr(one, name) for name in _NEW_NOTICE}
                    for one in made[first : first + _AT_ONCE]
                ],
            )


# A digest's hour, moved on its day, must not bring it twice.
_DIGESTS_APART = timedelta(hours=24)
_AT_ONCE = 250
_NEW_NOTICE = tuple(field.name for field in fields(NewNotice))

_NOW = bindparam("now", type_=notices.c.due_at.type)
_REAL_NOW = bindparam("real_now", type_=outbox.c.due_at.type)
# The event as it stands now: its schedule is the one that the notice was made for.
_PRESENT = (
    (events.c.id == notices.c.event_id)
    & (events.c.schedule_version == notices.c.schedule_version)
    & (events.c.status == Status.PLANNED)
)


# The same of one that is over, whether or not it was said that it took place.
_OVER = (
    (events.c.id == notices.c.event_id)
    & (events.c.schedule_version == notices.c.schedule_version)
    & events.c.status.in_([Status.PLANNED, Status.HELD])
)
_PRESENTS = exists().where(
    event_people.c.association_id == notices.c.association_id,
    event_people.c.event_id == notices.c.event_id,
    event_people.c.person_id == memberships.c.person_id,
    event_people.c.part == Part.HOST,
)
_COORDINATES = (memberships.c.status == Standing.ACTIVE) & (memberships.c.role == Role.COORDINATOR)
_HERE = memberships.c.status.in_([Standing.ACTIVE, Standing.GUEST])

_DUE = (notices.c.due_at <= _NOW) & notices.c.fanned_out_at.is_(None)


def _reaching(
    audience: Audience,
    kind: ColumnElement[str],
    source: FromClause,
    whom: ColumnElement[bool] = REACHABLE,
) -> Select[Any]:
    """A row of the outbox for each of these people of a due notice's association who has not paused."""
    return (
        select(
            notices.c.association_id,
            memberships.c.person_id,
            kind,
            notices.c.event_id,
            notices.c.lead,
            notices.c.schedule_version,
            notices.c.due_at,
            notices.c.useful_until,
        )
        .select_from(source)
        .join(memberships, memberships.c.association_id == notices.c.association_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            _DUE,
            notices.c.audience == audience,
            whom,
            memberships.c.paused_until.is_(None) | (memberships.c.paused_until <= _NOW),
        )
    )


def _reminded(audience: Audience) -> Select[Any]:
    """Those who have the notice's profile, unless one nearer to the event is due for them as well."""
    nearer = notices.alias("nearer")
    nearest = ~exists().where(
        nearer.c.event_id == notices.c.event_id,
        nearer.c.schedule_version == notices.c.schedule_version,
        nearer.c.profile_id == notices.c.profile_id,
        nearer.c.audience == (Audience.NAMED if audience is Audience.NAMED else Audience.MEMBERS),
        nearer.c.due_at > notices.c.due_at,
        nearer.c.due_at <= _NOW,
    )
    reminder = literal(Message.REMINDER.value)
    return _reaching(audience, reminder, notices.join(events, _PRESENT), CONCERNED & IN_TELEGRAM).where(
        nearest, memberships.c.profile_id == notices.c.profile_id
    )


def _members() -> Select[Any]:
    return _reminded(Audience.MEMBERS)


def _named() -> Select[Any]:
    return _reminded(Audience.NAMED).join(
        assignments,
        (assignments.c.association_id == notices.c.association_id)
        & (assignments.c.event_id == notices.c.event_id)
        & (assignments.c.person_id == memberships.c.person_id)
        & assignments.c.done_at.is_(None),
    )


def _silent() -> Select[Any]:
    return _reminded(Audience.SILENT).where(SAID_NOTHING)


def _coordinators() -> Select[Any]:
    """What is for coordinators is a kind of its own, named as its lead. Who comes to an event is told those
    who present it too."""
    source = notices.outerjoin(events, _PRESENT)
    presents = notices.c.lead.in_(_FOR_PRESENTERS) & _PRESENTS
    whom = (_COORDINATES | (_HERE & presents)) & IN_TELEGRAM
    return _reaching(Audience.COORDINATORS, notices.c.lead, source, whom).where(
        notices.c.event_id.is_(None) | events.c.id.is_not(None)
    )


def _hosts() -> Select[Any]:
    """Coordinators are asked «Состоялось?» at the same time, with the same list, unless they said it."""
    said = _COORDINATES & (events.c.status == Status.HELD)
    whom = (said | (_HERE & _PRESENTS & ~_COORDINATES)) & IN_TELEGRAM
    return _reaching(Audience.HOSTS, notices.c.lead, notices.join(events, _OVER), whom)


def _expected() -> Select[Any]:
    return _afterwards(Audience.EXPECTED, _IN_VAIN)


def _missed() -> Select[Any]:
    something = exists().where(
        materials.c.association_id == events.c.association_id,
        materials.c.event_id == events.c.id,
        materials.c.removed_at.is_(None),
    )
    return _afterwards(Audience.MISSED, something, _marked(Mark.ABSENT, Mark.EXCUSED) | _IN_VAIN)


def _were_there() -> Select[Any]:
    asks = exists().where(associations.c.id == notices.c.association_id, associations.c.asks_feedback)
    return _afterwards(Audience.PRESENT, asks, _marked(Mark.PRESENT, Mark.LATE))


def _afterwards(audience: Audience, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Those of the people of an event that is over, without those who want no reminders. The notice is the
    association's: quiet hours are the same for all."""
    those = CONCERNED & IN_TELEGRAM & (memberships.c.reminders != Choice.NONE)
    source = notices.join(events, _OVER)
    return _reaching(audience, notices.c.lead, source, those).where(*conditions)


def _marked(*marks: Mark) -> ColumnElement[bool]:
    """Whether she is marked for the event's day, in one of these ways where some are named."""
    return exists().where(
        attendance.c.association_id == events.c.association_id,
        attendance.c.event_id == events.c.id,
        attendance.c.person_id == memberships.c.person_id,
        attendance.c.day_version == events.c.day_version,
        *([attendance.c.mark.in_(marks)] if marks else []),
    )


# She said that she would come, and nobody saw whether she did. Who presents it need not be asked.
_IN_VAIN = (
    exists().where(
        rsvps.c.association_id == events.c.association_id,
        rsvps.c.event_id == events.c.id,
        rsvps.c.person_id == memberships.c.person_id,
        rsvps.c.day_version == events.c.day_version,
        TAKES_PART,
    )
    & ~_marked()
    & ~_PRESENTS
)


def _weekly() -> Select[Any]:
    """The month's digest of the same day holds the week's for those who get both."""
    months = notices.alias("months")
    both = memberships.c.monthly & exists().where(
        months.c.association_id == notices.c.association_id,
        months.c.event_id.is_(None),
        months.c.audience == Audience.MONTHLY,
        months.c.due_at == notices.c.due_at,
    )
    return _digested(Audience.WEEKLY).where(memberships.c.weekly, ~both)


def _monthly() -> Select[Any]:
    return _digested(Audience.MONTHLY).where(memberships.c.monthly)


def _digested(audience: Audience) -> Select[Any]:
    """A digest, unless one of its kind went a moment ago: the hour may have moved in between."""
    told = outbox.alias("told")
    had = exists().where(
        told.c.association_id == notices.c.association_id,
        told.c.person_id == memberships.c.person_id,
        told.c.kind == notices.c.lead,
        told.c.due_at > bindparam("lately", type_=notices.c.due_at.type),
    )
    return _reaching(audience, notices.c.lead, notices).where(~had)


_FOR_PRESENTERS = [Message.LIST, Message.SUMMARY]
# In this order: who is silent is told with the last call what another reminder would have told her. These and
# the statements made of them are built once: to build them takes longer than to run them for a few people.
_REACHED: dict[Audience, Select[Any]] = {
    Audience.MEMBERS: _members(),
    Audience.NAMED: _named(),
    Audience.SILENT: _silent(),
    Audience.COORDINATORS: _coordinators(),
    Audience.HOSTS: _hosts(),
    Audience.EXPECTED: _expected(),
    Audience.PRESENT: _were_there(),
    Audience.MISSED: _missed(),
    Audience.WEEKLY: _weekly(),
    Audience.MONTHLY: _monthly(),
}
_REMINDING = frozenset({Audience.MEMBERS, Audience.NAMED, Audience.SILENT})
_DIGESTS = frozenset({Audience.WEEKLY, Audience.MONTHLY})
_AUDIENCES = select(notices.c.audience).where(_DUE).distinct()
_FANNED_OUT = update(notices).where(_DUE).values(fanned_out_at=_NOW)


@cache
def _put(dialect: str, audience: Audience) -> Insert:
    """A row of the outbox for everybody whom the due notices for an audience reach."""
    return insert_or_ignore_on(dialect, outbox).from_select(
        ["association_id", "person_id", "kind", "event_id", "lead", "version", "due_at", "useful_until"],
        _REACHED[audience],
    )


def _supersede(reached: Select[Any]) -> Update:
    """What still waits for one who is reached by the next notice of the same event is told with it; what she
    wants to be told later is not."""
    by = reached.subquery()
    return obsolete(_REAL_NOW).where(
        # Said once more: by it the rows are found, instead of all that are stored being looked at.
        outbox.c.event_id.in_(select(notices.c.event_id).where(_DUE)),
        outbox.c.state == State.WAITING,
        outbox.c.kind == Message.REMINDER,
        outbox.c.due_at <= _NOW,
        exists().where(
            by.c.event_id == outbox.c.event_id,
            by.c.person_id == outbox.c.person_id,
            (by.c.lead != outbox.c.lead) | (by.c.schedule_version != outbox.c.version),
        ),
    )


_SUPERSEDE = {audience: _supersede(_REACHED[audience]) for audience in _REMINDING}


@cache
def _show_in_groups(dialect: str) -> Insert:
    """The first reminder of an event for everybody puts its card into the association's group chat."""
    shown = (
        select(
            group_chats.c.association_id,
            group_chats.c.id,
            literal(Message.CARD.value),
            literal(Message.CARD.value),
            notices.c.event_id,
            func.min(notices.c.due_at),
        )
        .join(associations, associations.c.id == group_chats.c.association_id)
        .join(
            notices,
            (notices.c.association_id == associations.c.id)
            & (notices.c.profile_id == associations.c.profile_id),
        )
        .join(events, _PRESENT)
        .where(_DUE, notices.c.audience == Audience.MEMBERS, events.c.invited == Invited.EVERYBODY)
        .group_by(group_chats.c.association_id, group_chats.c.id, notices.c.event_id)
    )
    return insert_or_ignore_on(dialect, outbox).from_select(
        ["association_id", "group_chat_id", "kind", "lead", "event_id", "due_at"], shown
    )


_RUNG = select(notices.c.association_id).where(_DUE, notices.c.event_id.is_(None))
# What comes by the calendar and rings now is followed by the next.
_GO_ON = (
    update(associations).where(associations.c.id.in_(_RUNG)).values(replan=True),
    update(associations)
    .where(associations.c.id.in_(_RUNG.where(notices.c.lead == Message.NAMING)))
    .values(naming_asked_at=_NOW),
)

_AGENDA = select(
    (
        exists().where(events.c.planned_version != events.c.schedule_version)
        | exists().where(associations.c.replan)
    ).label("plan"),
    exists().where(notices.c.due_at <= _NOW, notices.c.fanned_out_at.is_(None)).label("fan_out"),
    exists()
    .where(
        outbox.c.state == literal(State.WAITING.value, literal_execute=True),
        outbox.c.due_at <= _NOW,
        outbox.c.retry_at.is_(None) | (outbox.c.retry_at <= _REAL_NOW),
    )
    .label("send"),
    TO_OFFER.exists().label("seats"),
)
