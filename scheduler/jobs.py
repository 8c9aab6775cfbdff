"""APScheduler's part: once a second, what is due by the Clock; now and then, cards and tidying up.

One job for each reminder would be a second store that drifts from the database.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.clock import Clock
from scheduler.planner import Planner
from scheduler.sender import Sender
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

# No look for so many seconds of monotonic time is too long.
_STAYED_AWAY = 10.0


class Bell:
    """What rings: looks at the clock and sets in motion what is due."""

    def __init__(self, database: Database, clock: Clock, planner: Planner, sender: Sender) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._sender = sender
        self._busy = asyncio.Lock()
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
        # What is due goes before what is planned anew: a change of timing loses nothing that rings now.
        if agenda.fan_out:
            await self._fan_out(now)
        if agenda.plan:
            await self._planner.plan(now)
            await self._fan_out(now)
        if agenda.send or agenda.fan_out or agenda.plan:
            self._sender.wake()

    async def _fan_out(self, now: datetime) -> None:
        uow = UnitOfWork(self._database)
        async with uow as rows:
            await rows.notices.fan_out(now)
            await uow.commit()

    async def refresh_cards(self) -> None:
        """Cards in group chats follow the answers."""
        if self._sender.active:
            uow = UnitOfWork(self._database)
            async with uow as rows:
                edited = await rows.group_chats.refresh(self._clock.now())
                await uow.commit()
            if edited:
                self._sender.wake()

    async def tidy(self) -> None:
        """Forgets updates that are done with."""
        uow = UnitOfWork(self._database)
        async with uow as rows:
            await rows.inbox.tidy()
            await uow.commit()


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
    scheduler.add_job(bell.tidy, "interval", hours=1, id="tidy")
    return scheduler
