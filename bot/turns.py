"""Whose turn it is, where several processes serve one person: her updates have their effects, and are
answered, in the order in which they came in (docs/decisions/0008-one-person-one-lock.md)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog

from storage.engine import Database
from storage.errors import StorageError
from storage.unit_of_work import Rows

log = structlog.get_logger(__name__)

# How often it is asked whether another process is done with the person, in seconds.
_ASK_AGAIN = 0.03


class Turns:
    """One person's lock in PostgreSQL, held from before an update's effect until after its reply.

    All locks of the process belong to one connection, and end with it: a process that dies holds up nobody.
    On SQLite there is one process, and no statement is made. `patience`: so long another is waited for.
    """

    def __init__(self, database: Database, patience: timedelta) -> None:
        self._database = database
        self._patience = patience
        self._opened: contextlib.AsyncExitStack | None = None
        self._rows: Rows | None = None
        # A connection takes one statement at a time.
        self._busy = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def of(self, sender: int, row_id: int) -> AsyncIterator[None]:
        """Within, the update is this person's only one in any process. Raises StorageError and OSError."""
        ours = not self._database.is_sqlite and sender != 0 and await self._wait(sender, row_id)
        try:
            yield
        finally:
            if ours:
                await self._end(sender)

    async def close(self) -> None:
        """Gives everything back."""
        async with self._busy:
            await self._drop()

    async def _wait(self, sender: int, row_id: int) -> bool:
        until = time.monotonic() + self._patience.total_seconds()
        while not await self._take(sender, row_id):
            if time.monotonic() > until:
                log.warning("another process keeps a person's updates", inbox=row_id)
                return False
            await asyncio.sleep(_ASK_AGAIN)
        return True

    async def _take(self, sender: int, row_id: int) -> bool:
        async with self._busy:
            try:
                rows = await self._session()
                return await rows.replicas.take_turn(sender, row_id, patience=self._patience)
            except BaseException:  # cancelled too: nobody knows whether the lock is ours
                await self._drop()
                raise

    async def _end(self, sender: int) -> None:
        async with self._busy:
            if self._rows is None:  # what was held is free
                return
            try:
                await self._rows.replicas.end_turn(sender)
            except (StorageError, OSError) as error:
                log.warning("out of touch with the other processes", reason=str(error))
                await self._drop()

    async def _session(self) -> Rows:
        if self._rows is None:
            async with contextlib.AsyncExitStack() as stack:
                self._rows = Rows(await stack.enter_async_context(self._database.session()))
                self._opened = stack.pop_all()
        return self._rows

    async def _drop(self) -> None:
        opened, self._opened, self._rows = self._opened, None, None
        if opened is not None:
            with contextlib.suppress(StorageError, OSError):
                await opened.aclose()
