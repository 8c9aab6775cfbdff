"""Events, timing profiles and the calendar into notices."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from domain.records import Event, Status
from domain.reminders import Audience, Due, Timed, desk_notices, notices_afterwards, notices_due
from domain.rhythms import digests, naming_questions
from domain.timing import TimingProfile
from storage.engine import Database
from storage.notices import Calendar, NewNotice, ProfileInUse
from storage.unit_of_work import Rows, UnitOfWork

# So many events are planned in one transaction: it is short, and so is what the loop does at one go for it.
_BATCH = 50
# Coordinators are asked for days at most this often, however the weeks of several events fall.
_NAMING_REST = timedelta(days=6)
# The lead of the question, and for how long it is of use.
_NAMING = "naming"
_NAMING_HOLDS = timedelta(days=3)


class Planner:
    """Makes notices for every event whose schedule is newer than its notices, and for every association whose
    calendar is to be looked at anew."""

    def __init__(self, database: Database, is_working_day: Callable[[date], bool]) -> None:
        self._database = database
        self._is_working_day = is_working_day
        self._profiles: dict[str, TimingProfile] = {}

    async def plan(self, now: datetime) -> int:
        """Plans all there is to plan at a moment of the Clock; returns how many events that were."""
        planned = 0
        while events := await self._plan_some(now):
            planned += events
        await self._plan_calendars(now)
        return planned

    async def _plan_some(self, now: datetime) -> int:
        uow = UnitOfWork(self._database)
        async with uow.reading() as rows:
            events = await rows.notices.events_to_plan(_BATCH)
            if not events:
                return 0
            profiles: defaultdict[int, list[ProfileInUse]] = defaultdict(list)
            for used in await rows.notices.profiles_in_use({event.association_id for event in events}):
                profiles[used.association_id].append(used)
        made: list[NewNotice] = []
        for event in events:
            for used in profiles[event.association_id]:
                made.extend(self._notices(event, used, now))
            # Reckoning is the loop's only long work here: others get their turn after each event.
            await asyncio.sleep(0)
        async with uow as rows:
            await rows.notices.replace(events, made)
            await uow.commit()
        return len(events)

    def _notices(self, event: Event, used: ProfileInUse, now: datetime) -> Iterator[NewNotice]:
        if event.status is not Status.PLANNED:
            return
        profile = self._profile(used.settings)
        timed = Timed.of(event, profile, self._is_working_day)
        dues = notices_due(timed, profile, now, self._is_working_day)
        if used.own:
            dues += desk_notices(timed, profile, now, self._is_working_day)
            dues += notices_afterwards(timed, profile, now, self._is_working_day)
        for due in dues:
            yield _notice(due, event.association_id, used.profile_id, event)

    async def _plan_calendars(self, now: datetime) -> None:
        uow = UnitOfWork(self._database)
        async with uow.reading() as rows:
            calendars = await rows.notices.calendars()
        for calendar in calendars:
            async with uow as rows:
                made = [
                    _notice(due, calendar.association_id, calendar.profile_id)
                    for due in await self._by_calendar(rows, calendar, now)
                ]
                await rows.notices.replace_calendar(calendar.association_id, made, now)
                await uow.commit()

    async def _by_calendar(self, rows: Rows, calendar: Calendar, now: datetime) -> list[Due]:
        """The next digests, and the next question about days still to be named."""
        profile = self._profile(calendar.settings)
        asked_at = calendar.naming_asked_at
        earliest = max(
            now,
            now if asked_at is None else asked_at + _NAMING_REST,
            calendar.naming_rests_until or now,
        )
        questions = [
            moment
            for event in await rows.association(calendar.association_id).events.without_day(now)
            for moment in naming_questions(event.period, profile, earliest, self._is_working_day)[:1]
        ]
        found = list(digests(profile, now, self._is_working_day))
        if questions:
            at = min(questions)
            found.append(Due(_NAMING, at, at + _NAMING_HOLDS, Audience.COORDINATORS))
        return found

    def _profile(self, settings: str) -> TimingProfile:
        if settings not in self._profiles:
            self._profiles[settings] = TimingProfile.from_canonical(settings)
        return self._profiles[settings]


def _notice(due: Due, association_id: int, profile_id: int, event: Event | None = None) -> NewNotice:
    return NewNotice(
        association_id=association_id,
        event_id=None if event is None else event.id,
        schedule_version=0 if event is None else event.schedule_version,
        lead=due.code,
        audience=due.audience,
        profile_id=profile_id,
        due_at=due.at,
        useful_until=due.useful_until,
    )
