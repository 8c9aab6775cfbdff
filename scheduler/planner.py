"""Events and timing profiles into notices; days still to be named into questions."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from domain.records import Event, Status
from domain.reminders import Timed, notices_due
from domain.rhythms import naming_questions
from domain.timing import TimingProfile
from storage.engine import Database
from storage.notices import NewNotice
from storage.unit_of_work import Rows, UnitOfWork

# So many events are planned in one transaction.
_BATCH = 200
# Coordinators are asked for days at most this often, however the weeks of several events fall.
_NAMING_REST = timedelta(days=6)


class Planner:
    """Makes notices for every event whose schedule is newer than its notices."""

    def __init__(self, database: Database, is_working_day: Callable[[date], bool]) -> None:
        self._database = database
        self._is_working_day = is_working_day
        self._profiles: dict[str, TimingProfile] = {}

    async def plan(self, now: datetime) -> int:
        """Plans all there is to plan at a moment of the Clock; returns how many events that were."""
        planned = 0
        while events := await self._plan_some(now):
            planned += events
        return planned

    async def ask_for_days(self, now: datetime) -> int:
        """Asks the coordinators of every association that is due; returns how many messages that makes."""
        uow = UnitOfWork(self._database)
        asked = 0
        async with uow as rows:
            for association_id in await rows.notices.naming_due(now):
                if await rows.association(association_id).events.without_day(now):
                    asked += await rows.outbox.ask_to_name_days(association_id, now)
                await rows.notices.mark_naming_asked(association_id, now)
                await self._set_naming(rows, association_id, now)
            await uow.commit()
        return asked

    async def _plan_some(self, now: datetime) -> int:
        uow = UnitOfWork(self._database)
        async with uow.reading() as rows:
            events = await rows.notices.events_to_plan(_BATCH)
            if not events:
                return 0
            profiles: defaultdict[int, list[tuple[int, TimingProfile]]] = defaultdict(list)
            for used in await rows.notices.profiles_in_use({event.association_id for event in events}):
                profiles[used.association_id].append((used.profile_id, self._profile(used.settings)))
        made: list[NewNotice] = []
        for event in events:
            for profile_id, profile in profiles[event.association_id]:
                made.extend(self._notices(event, profile_id, profile, now))
            # Reckoning is the loop's only long work here: others get their turn after each event.
            await asyncio.sleep(0)
        async with uow as rows:
            await rows.notices.replace(events, made)
            for association_id in {event.association_id for event in events}:
                await self._set_naming(rows, association_id, now)
            await uow.commit()
        return len(events)

    def _notices(
        self, event: Event, profile_id: int, profile: TimingProfile, now: datetime
    ) -> list[NewNotice]:
        # Tasks ring for those named for them, and nobody can be named as yet.
        if not event.gathering or event.status is not Status.PLANNED:
            return []
        timed = Timed(event.period, announced_at=event.announced_at)
        return [
            NewNotice(
                association_id=event.association_id,
                event_id=event.id,
                schedule_version=event.schedule_version,
                lead=due.code,
                profile_id=profile_id,
                due_at=due.at,
                useful_until=due.useful_until,
            )
            for due in notices_due(timed, profile, now, self._is_working_day)
        ]

    async def _set_naming(self, rows: Rows, association_id: int, now: datetime) -> None:
        association = await rows.associations.get(association_id)
        if association is None:
            return
        asked_at = await rows.notices.naming_asked_at(association_id)
        earliest = now if asked_at is None else max(now, asked_at + _NAMING_REST)
        profile = self._profile(await rows.associations.profile_settings(association.profile_id))
        questions = [
            moment
            for event in await rows.association(association_id).events.without_day(now)
            for moment in naming_questions(event.period, profile, earliest, self._is_working_day)[:1]
        ]
        await rows.notices.set_naming(association_id, min(questions, default=None))

    def _profile(self, settings: str) -> TimingProfile:
        if settings not in self._profiles:
            self._profiles[settings] = TimingProfile.from_settings(json.loads(settings))
        return self._profiles[settings]
