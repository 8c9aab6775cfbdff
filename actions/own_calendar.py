"""Her events for the calendar of a telephone: one of them, the whole year, and a link by which the calendar
fetches that by itself."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from actions.checking import check_sees, known_event
from documents.calendar_file import has_place
from domain.calendar_link import is_signed, person_of, write_link_code
from domain.errors import DomainError
from domain.local_hours import WorkingDay
from domain.plan_draft import FIRST_MONTH, first_year_of, school_year_of
from domain.records import Actor, Answer, Association, Event, Invited, Mode, Standing, Status
from domain.reminders import Audience, Timed, notices_due
from domain.roles import Right, Role, may
from domain.rsvp import joins
from domain.timing import TimingProfile
from storage.secrets import calendar_of
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# The name of the key that signs all links; made when the first one is asked for.
_KEY = "calendar"
_KEY_BYTES, _SALT_BYTES = 32, 16
_REMINDERS = frozenset({Audience.MEMBERS, Audience.NAMED})


@dataclass(frozen=True, slots=True)
class Noted:
    """An event of hers that has a place in a calendar, when it came to be as it is (UTC), and by whose hours
    she is reminded of it: None where she is not. While she pauses (UTC) she is not either. The link stands
    only where she joins by it."""

    home: Association
    event: Event
    changed_at: datetime
    profile: TimingProfile | None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """Her associations, and what is noted in her calendar."""

    homes: tuple[Association, ...]
    noted: tuple[Noted, ...]


def rings(noted: Noted, now: datetime, is_working_day: WorkingDay) -> list[datetime]:
    """When (UTC) she is still to be reminded of an event: every reminder of hers, as they would be sent."""
    event = noted.event
    if noted.profile is None or event.status is not Status.PLANNED or event.ends_at <= now:
        return []
    timed = Timed(
        event.period,
        online=event.mode is Mode.ONLINE,
        announced_at=event.announced_at,
        gathering=event.gathering,
        invites=event.invited is not Invited.NOBODY,
    )
    return [
        due.at
        for due in notices_due(timed, noted.profile, now, is_working_day)
        if due.audience in _REMINDERS and (noted.paused_until is None or due.at >= noted.paused_until)
    ]


async def to_calendar(uow: UnitOfWork, actor: Actor, event_id: int) -> OwnCalendar:
    """One event that has a place in a calendar.

    Raises DomainError `event_unknown`, `day_unknown`; `task_not_yours` for a task that is for others,
    `not_invited` for a gathering that is.
    """
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        event = await known_event(ours, event_id)
        if not has_place(event):
            raise DomainError("day_unknown")
        noted = await _noted(rows, actor.home, actor.person_id, [event])
        if not noted and event.gathering:
            raise DomainError("not_invited", event_id=event_id)
        if not noted:
            raise DomainError("task_not_yours")
        homes = [home for home, _ in await _homes(rows, actor.person_id)]
    return OwnCalendar(tuple(homes), tuple(noted))


async def whole_calendar(uow: UnitOfWork, actor: Actor, now: datetime) -> OwnCalendar:
    """All that is ahead, and what was in this school year, in all her associations."""
    async with uow.reading() as rows:
        return await _whole(rows, actor.person_id, now)


async def link_code(uow: UnitOfWork, actor: Actor) -> str:
    """The code of the link to her calendar; made when she first asks for it."""
    async with uow as rows:
        key = await _key(rows)
        salt = await rows.secrets.keep(calendar_of(actor.person_id), secrets.token_bytes(_SALT_BYTES))
        await uow.commit()
    return write_link_code(key, salt, actor.person_id)


async def new_link_code(uow: UnitOfWork, actor: Actor) -> str:
    """Another code; the one before leads nowhere from now on."""
    async with uow as rows:
        key, salt = await _key(rows), secrets.token_bytes(_SALT_BYTES)
        await rows.secrets.put(calendar_of(actor.person_id), salt)
        await uow.commit()
    return write_link_code(key, salt, actor.person_id)


async def calendar_behind(uow: UnitOfWork, code: str, now: datetime) -> OwnCalendar | None:
    """The calendar to which a link with this code leads; None where it leads nowhere: made up, replaced by a
    new one, or hers who is in no association any more."""
    person_id = person_of(code)
    if person_id is None:
        return None
    async with uow.reading() as rows:
        key, salt = await rows.secrets.find(_KEY), await rows.secrets.find(calendar_of(person_id))
        if key is None or salt is None or not is_signed(key, salt, code, person_id):
            return None
        calendar = await _whole(rows, person_id, now)
    return calendar if calendar.homes else None


async def _key(rows: Rows) -> bytes:
    return await rows.secrets.keep(_KEY, secrets.token_bytes(_KEY_BYTES))


async def _homes(rows: Rows, person_id: int) -> list[tuple[Association, Role]]:
    """The associations in which she may come to something: who oversees one has nothing to come to."""
    return [
        (home, role) for home, role in await rows.associations.of_person(person_id) if may(role, Right.LOOK)
    ]


async def _whole(rows: Rows, person_id: int, now: datetime) -> OwnCalendar:
    homes = await _homes(rows, person_id)
    noted: list[Noted] = []
    for home, role in homes:
        of = None if may(role, Right.PLAN) else person_id
        events = await rows.association(home.id).events.to_come(_year_began(home, now), of=of)
        noted += await _noted(rows, home, person_id, [event for event in events if has_place(event)])
    return OwnCalendar(tuple(home for home, _ in homes), tuple(noted))


def _year_began(home: Association, now: datetime) -> datetime:
    """The first moment of the school year there."""
    year = first_year_of(school_year_of(now.astimezone(home.zone).date()))
    return datetime.combine(date(year, FIRST_MONTH, 1), time.min, tzinfo=home.zone)


async def _noted(rows: Rows, home: Association, person_id: int, events: Sequence[Event]) -> list[Noted]:
    """These events of one association, but for tasks of others, and for gatherings to which she is not
    invited, unless she answered."""
    ours = rows.association(home.id)
    ids = [event.id for event in events]
    tasks = await ours.assignments.of_person(person_id)
    answers = await ours.rsvps.answers(ids, [person_id])
    for_others = await ours.events.not_for(events, [person_id])
    changed_at = await ours.events.changed_at(ids)
    profile, paused_until = await _timing(ours, person_id)
    noted = []
    for event in events:
        if not event.gathering and event.id not in tasks:
            continue
        given = answers.get((event.id, person_id))
        answer, hers = None if given is None else given.answer, (event.id, person_id) not in for_others
        if answer is None and not hers:
            continue
        to_do = hers and answer is not Answer.DECLINED if event.gathering else tasks[event.id] is None
        shown = event if not event.link or joins(event, answer) else replace(event, link="")
        noted.append(Noted(home, shown, changed_at[event.id], profile if to_do else None, paused_until))
    return noted


async def _timing(ours: AssociationRows, person_id: int) -> tuple[TimingProfile | None, datetime | None]:
    """By whose hours she is reminded, and until when she pauses; on a long leave she is not reminded."""
    membership = await ours.members.record(person_id) or {}
    settings = await ours.members.profile_settings(person_id)
    if settings is None or membership.get("status") == Standing.AWAY:
        return None, None
    paused_until = membership.get("paused_until")
    return TimingProfile.from_canonical(settings), paused_until if isinstance(
        paused_until, datetime
    ) else None
