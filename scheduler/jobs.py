"""APScheduler's part: once a second, what is due by the Clock; now and then, cards and tidying up.

One job for each reminder would be a second store that drifts from the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions.seating import offer_seats
from domain.retention import reasons_kept_since
from scheduler.clock import Clock
from scheduler.planner import Planner
from scheduler.sender import Sender
from storage.engine import Database
from storage.sent import Sent
from storage.unit_of_work import UnitOfWork

# No look for so many seconds of monotonic time is too long.
_STAYED_AWAY = 10.0
# So long after a start it is tidied first: a bot that is started more often than hourly tidies all the same.
_TIDIED_AFTER = timedelta(minutes=1)
# So many rows of the journal are deleted in one transaction: answers wait for none longer than a moment.
_PORTION = 200


class _Find(Protocol):
    """Ids of rows that are kept no longer, in their order."""

    def __call__(
        self, sent: Sent, kept: Mapping[int, datetime], /, *, after: int, most: int
    ) -> Awaitable[list[int]]: ...


_Forget = Callable[[Sent, Sequence[int]], Awaitable[int]]


class Bell:
    """What rings: looks at the clock and sets in motion what is due."""

    def __init__(self, database: Database, clock: Clock, planner: Planner, sender: Sender) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._sender = sender
        self._busy = asyncio.Lock()
        self._journal_tidied: date | None = None
        # How often it was called, to see that it is.
        self.looks = 0

    async def tick(self) -> None:
        """One look: an idle one costs one statement. Only the process that sends does anything."""
        self.looks += 1
        if self._sender.active:
            async with self._busy:
                await self._look()

    async def rest(self) -> None:
        """Lets a look that is under way end, and begins no more."""
        await self._busy.acquire()

    async def _look(self) -> None:
        now = self._clock.now()
        uow = UnitOfWork(self._database)
        async with uow.reading() as rows:
            agenda = await rows.notices.agenda(now)
        if agenda.seats:
            await offer_seats(UnitOfWork(self._database), now)
        # What is due goes before what is planned anew: a change of timing loses nothing that rings now.
        if agenda.fan_out:
            await self._fan_out(now)
        if agenda.plan:
            await self._planner.plan(now)
            await self._fan_out(now)
        if agenda.send or agenda.fan_out or agenda.plan or agenda.seats:
            self._sender.wake()

    async def _fan_out(self, now: datetime) -> None:
        uow = UnitOfWork(self._database)
        async with uow as rows:
            await rows.notices.fan_out(now)
            await uow.commit()

    async def refresh_cards(self) -> None:
        """Cards in group chats follow the answers; messages that count up, what was sent."""
        if self._sender.active:
            uow = UnitOfWork(self._database)
            async with uow as rows:
                edited = await rows.group_chats.refresh(self._clock.now()) + await rows.progress.refresh()
                await uow.commit()
            if edited:
                self._sender.wake()

    async def tidy(self) -> None:
        """Ends long leaves, forgets updates that are done with; once a day, what is to be kept no longer: the
        journal's oldest rows, and of a school year that is over why people could not come."""
        now = self._clock.now()
        uow = UnitOfWork(self._database)
        async with uow as rows:
            await rows.people.end_leaves(now)
            await rows.inbox.tidy()
            await uow.commit()
        today = now.date()
        if self._sender.active and self._journal_tidied != today:
            await self._tidy_journal()
            await self._forget_reasons()
            self._journal_tidied = today

    async def _tidy_journal(self) -> None:
        """What was sent, the notices that it came of, and the words to everybody, in that order."""
        async with UnitOfWork(self._database).reading() as rows:
            kept = await rows.sent.retention()
        await self._forget(kept, Sent.outdated, Sent.forget)
        await self._forget(kept, Sent.outdated_notices, Sent.forget_notices)
        await self._forget(kept, Sent.outdated_broadcasts, Sent.forget_broadcasts)

    async def _forget_reasons(self) -> None:
        """Association by association: each has its own midnight. Writes only where there is something."""
        now = self._clock.now()
        uow = UnitOfWork(self._database)
        async with uow.reading() as rows:
            since = {one.id: reasons_kept_since(now, one.zone) for one in await rows.associations.all()}
            outdated = [
                number
                for number, before in since.items()
                if await rows.association(number).rsvps.has_reasons(before)
            ]
        for number in outdated:
            async with uow as rows:
                await rows.association(number).rsvps.forget_reasons(since[number])
                await uow.commit()

    async def _forget(self, kept: Mapping[int, datetime], find: _Find, forget: _Forget) -> None:
        """Finds on a connection that only reads, and deletes a portion at a time."""
        uow = UnitOfWork(self._database)
        last = 0
        while True:
            async with uow.reading() as rows:
                ids = await find(rows.sent, kept, after=last, most=_PORTION)
            if not ids:
                return
            async with uow as rows:
                await forget(rows.sent, ids)
                await uow.commit()
            last = ids[-1]


async def keep_ticking(scheduler: AsyncIOScheduler, bell: Bell) -> None:
    """Until cancelled: looks at once when the looks stayed away. APScheduler sleeps by the machine's clock,
    and one that is put back would have it sleep until the old time comes again."""
    seen = -1
    while True:
        await asyncio.sleep(_STAYED_AWAY)
        if bell.looks == seen:
            scheduler.modify_job("tick", next_run_time=datetime.now(UTC))
        seen = bell.looks


def make_scheduler(bell: Bell) -> AsyncIOScheduler:
    """The jobs, not started yet. A look that comes late is made all the same, and only once."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(bell.tick, "interval", seconds=1, id="tick")
    scheduler.add_job(bell.refresh_cards, "interval", seconds=5, id="cards")
    first = datetime.now(UTC) + _TIDIED_AFTER
    scheduler.add_job(bell.tidy, "interval", hours=1, id="tidy", next_run_time=first)
    return scheduler
