"""How long the loop is kept from its other work meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from time import perf_counter, thread_time


@dataclass(slots=True)
class Watchdog:
    """Wakes every millisecond and notes how long it was kept from it, in milliseconds."""

    longest: float = 0.0
    busy: float = 0.0

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            began, worked = perf_counter(), thread_time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, (perf_counter() - began) * 1000 - 1)
            self.busy = max(self.busy, (thread_time() - worked) * 1000)


async def yielding(seconds: float) -> None:
    """Work that gives others a turn after every millisecond: what is seen beside it is the machine's."""
    until = perf_counter() + seconds
    while (now := perf_counter()) < until:
        while perf_counter() < now + 0.001:
            pass
        await asyncio.sleep(0)


async def watched(work: Awaitable[object]) -> Watchdog:
    """What the watchdog saw while the work was done."""
    watchdog = Watchdog()
    watching = asyncio.create_task(watchdog.watch())
    await work
    watching.cancel()
    return watchdog
