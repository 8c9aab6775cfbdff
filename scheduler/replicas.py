"""Several processes, one bot: each knows how many there are, and a 429 to one pauses all."""

from __future__ import annotations

import asyncio
import contextlib
import secrets

import structlog

from scheduler.lease import LENGTH, RENEWAL
from scheduler.pace import Pace
from storage.engine import Database
from storage.errors import StorageError
from storage.replicas import CHANNEL
from storage.unit_of_work import Rows, UnitOfWork

log = structlog.get_logger(__name__)

# What is left of the pace for what is sent unasked, while others answer people as the same bot.
_SHARE = 0.8
_AFTER_FAILURE = 1.0


class Neighbours:
    """What this process tells the others that share its database, and hears from them.

    On SQLite there are none: nothing is said, and no statement is made.
    """

    def __init__(self, database: Database, pace: Pace, bot_id: int) -> None:
        self._database = database
        self._pace = pace
        self._bot_id = bot_id
        self._full_rate = pace.rate
        self._name = secrets.token_hex(8)

    async def run(self) -> None:
        """Until cancelled: says that we are there, and listens. Where the database is away it is tried again;
        what was said meanwhile is read then."""
        if self._database.is_sqlite:
            return
        while True:
            try:
                async with self._database.session(CHANNEL, hear=self._hear) as connection:
                    await self._stay(Rows(connection))
            except (StorageError, OSError) as error:
                log.warning("out of touch with the other processes", reason=str(error))
                await asyncio.sleep(_AFTER_FAILURE)

    async def pause(self, seconds: float) -> None:
        """Telegram said 429: nothing starts for so long, in no process. Raises nothing."""
        self._pace.pause(seconds)
        if self._database.is_sqlite:
            return
        uow = UnitOfWork(self._database)
        try:
            async with uow as rows:
                await rows.replicas.pause(self._bot_id, seconds)
                await uow.commit()
        except (StorageError, OSError) as error:  # the others will be told by Telegram
            log.warning("a pause was not passed on", reason=str(error))

    async def leave(self) -> None:
        """We stop: the others need not wait until we are missed."""
        if self._database.is_sqlite:
            return
        uow = UnitOfWork(self._database)
        with contextlib.suppress(StorageError, OSError):
            async with uow as rows:
                await rows.replicas.leave(self._name)
                await uow.commit()

    async def _stay(self, rows: Rows) -> None:
        if (left := await rows.replicas.paused(self._bot_id)) > 0:
            self._pace.pause(left)
        while True:
            several = await rows.replicas.renew(self._name, LENGTH) > 1
            rate = max(int(self._full_rate * _SHARE), 1) if several else self._full_rate
            if rate != self._pace.rate:
                log.info("the pace is shared" if several else "the pace is ours alone", rate=rate)
                self._pace.rate = rate
            await asyncio.sleep(RENEWAL)

    def _hear(self, said: str) -> None:
        bot_id, _, seconds = said.partition(" ")
        if bot_id == str(self._bot_id):
            self._pace.pause(float(seconds))
