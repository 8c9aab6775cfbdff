"""One sender at a time: a locked file beside SQLite, a row in PostgreSQL."""

from __future__ import annotations

import asyncio
import fcntl
import os
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import structlog

from storage.engine import Database
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

NAME = "sender"
# On PostgreSQL: how long a lease lasts, by the database's clock, and how often it is renewed. Real time.
LENGTH = timedelta(seconds=10)
RENEWAL = 3.0
_ASK_AGAIN = 1.0


def now() -> float:
    """Seconds that go on while the machine sleeps: the database's clock does."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Lease(Protocol):
    """The right to send."""

    async def acquire(self) -> int:
        """Waits until the right is ours; returns its number, higher than every earlier holder's."""

    def held(self) -> bool:
        """Whether the right is still ours."""

    async def release(self) -> None:
        """Gives the right up."""


def lease_for(database: Database) -> Lease:
    """The lease that suits the database."""
    return RowLease(database) if database.file is None else FileLease(database, database.file)


class FileLease:
    """A lock on a file beside the database; the kernel frees it however the process ends."""

    def __init__(self, database: Database, file: Path) -> None:
        self._database = database
        self._path = file.with_name(file.name + ".lock")
        self._descriptor: int | None = None
        self._number = 0

    def try_lock(self) -> bool:
        """Takes the lock unless another process has it."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    async def acquire(self) -> int:
        """Waits for the lock, then counts the lease's number up."""
        while not self.try_lock():  # noqa: ASYNC110 – nobody tells us
            await asyncio.sleep(_ASK_AGAIN)
        uow = UnitOfWork(self._database)
        async with uow as rows:
            self._number = await rows.leases.raise_number(NAME, str(os.getpid()))
            await uow.commit()
        return self._number

    def held(self) -> bool:
        """Whether the lock is ours; once ours it stays so."""
        return self._descriptor is not None

    async def release(self) -> None:
        """Frees the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class RowLease:
    """A row that is ours for ten seconds by PostgreSQL's clock, and renewed every three."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = ""
        self._until = 0.0
        self._renewing: asyncio.Task[None] | None = None

    async def acquire(self) -> int:
        """Asks every second until the row is ours, and keeps it from then on.

        Asked again, it begins anew under another name, so that the number rises.
        """
        if self._renewing is not None:
            await self.release()
        self._holder = secrets.token_hex(8)
        while (number := await self._take()) is None:  # noqa: ASYNC110 – nobody tells us
            await asyncio.sleep(_ASK_AGAIN)
        self._renewing = asyncio.create_task(self._renew())
        return number

    def held(self) -> bool:
        """Whether the row is surely still ours. Reckoned from before the request that took it."""
        return now() < self._until

    async def release(self) -> None:
        """Stops renewing and lets the next one in at once."""
        if self._renewing is not None:
            self._renewing.cancel()
            self._renewing = None
        self._until = 0.0
        uow = UnitOfWork(self._database)
        async with uow as rows:
            await rows.leases.give_up(NAME, self._holder)
            await uow.commit()

    async def _take(self) -> int | None:
        asked = now()
        uow = UnitOfWork(self._database)
        async with uow as rows:
            number = await rows.leases.take(NAME, self._holder, LENGTH)
            await uow.commit()
        if number is not None:
            self._until = asked + LENGTH.total_seconds()
        return number

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEWAL)
            try:
                if await self._take() is None:
                    self._until = 0.0
                    return
            except (OSError, StorageError) as error:  # the lease runs out by itself
                log.warning("lease not renewed", reason=str(error))
