"""Long reckoning beside the loop, so that nobody waits for it but who asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

# One thread: a second one would only make the loop wait for both.
_BESIDE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="apart")


async def apart(work: Callable[[], T]) -> T:
    """What the work returns; it must touch neither the database nor anything else of the loop's."""
    return await asyncio.get_running_loop().run_in_executor(_BESIDE, work)
