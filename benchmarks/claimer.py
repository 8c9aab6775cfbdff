"""`python -m benchmarks.claimer URL LEASE`: claims until nothing waits; prints how many rows it got."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from storage.engine import Database
from storage.unit_of_work import UnitOfWork

_KNOWN = 1_000
_AT_ONCE = 100


async def claim(url: str, lease: int) -> int:
    """As the sender does: what waits, then some of it at a time."""
    database = Database(url)
    uow = UnitOfWork(database)
    now = datetime.now(UTC)
    count = 0
    while True:
        async with uow.reading() as rows:
            ids = await rows.outbox.waiting(now, most=_KNOWN)
        if not ids:
            break
        for first in range(0, len(ids), _AT_ONCE):
            async with uow as rows:
                count += len(await rows.outbox.claim(ids[first : first + _AT_ONCE], now, lease=lease))
                await uow.commit()
    await database.close()
    return count


if __name__ == "__main__":
    print(asyncio.run(claim(sys.argv[1], int(sys.argv[2]))))
