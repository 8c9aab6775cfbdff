"""Several processes on one PostgreSQL: the pace is shared, and a 429 to one pauses all."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from scheduler import replicas as sharing
from scheduler.pace import Pace
from scheduler.replicas import Neighbours
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import change, statements, stored

BOT = 7
RATE = 28
SHARED = 22


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is there says so often."""
    monkeypatch.setattr(sharing, "RENEWAL", 0.02)
    monkeypatch.setattr(sharing, "_AFTER_FAILURE", 0.02)


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    """A PostgreSQL database."""
    opened = Database(postgres_url)
    yield opened
    await opened.close()


@contextlib.asynccontextmanager
async def a_process(database: Database, bot_id: int = BOT) -> AsyncIterator[tuple[Neighbours, Pace]]:
    """One that runs, and stops cleanly at the end."""
    pace = Pace(RATE)
    neighbours = Neighbours(database, pace, bot_id)
    running = asyncio.create_task(neighbours.run())
    try:
        yield neighbours, pace
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await neighbours.leave()


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not so():  # noqa: ASYNC110 – nobody tells us
            await asyncio.sleep(0.005)


async def test_the_pace_is_shared_while_there_are_several(postgres: Database):
    """And whole again when the other one has stopped."""
    async with a_process(postgres) as (_, first):
        async with a_process(postgres) as (_, second):
            await until(lambda: first.rate == second.rate == SHARED)
        await until(lambda: first.rate == RATE)
    assert await stored(postgres, tables.processes) == []


async def test_one_that_died_is_missed_after_a_while(postgres: Database):
    """By the database's clock."""
    uow = UnitOfWork(postgres)
    async with uow as rows:
        assert await rows.replicas.renew("dead", timedelta(seconds=10)) == 1
        await uow.commit()
    async with a_process(postgres) as (_, pace):
        await until(lambda: pace.rate == SHARED)
        long_ago = datetime.now(UTC) - timedelta(minutes=1)
        await change(postgres, tables.processes, tables.processes.c.name == "dead", until=long_ago)
        await until(lambda: pace.rate == RATE)
    assert await stored(postgres, tables.processes) == []


async def test_a_429_to_one_pauses_all_of_the_bot(postgres: Database, postgres_url: str):
    """Through the database, at once; another bot's processes go on."""
    other = Database(postgres_url)
    async with (
        a_process(postgres) as (told, ours),
        a_process(other) as (_, theirs),
        a_process(other, BOT + 1) as (_, stranger),
    ):
        await until(lambda: ours.rate == theirs.rate == stranger.rate == SHARED)
        await told.pause(30)
        assert ours.paused > 29
        await until(lambda: theirs.paused > 29)
        await told.pause(1)
        assert stranger.paused == 0
    await other.close()


async def test_who_comes_later_reads_of_the_pause(postgres: Database):
    """As long as is left of it, the longest of several."""
    await Neighbours(postgres, Pace(RATE), BOT).pause(60)
    await Neighbours(postgres, Pace(RATE), BOT).pause(5)
    async with a_process(postgres) as (_, pace):
        await until(lambda: pace.paused > 50)
        assert pace.paused < 61
    assert not await stored(postgres, tables.processes)


async def test_a_lost_connection_is_made_anew(postgres: Database):
    """And what was said meanwhile is read."""
    async with a_process(postgres) as (_, pace):
        await asyncio.sleep(0.1)
        uow = UnitOfWork(postgres)
        async with uow as rows:
            await rows.connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await rows.replicas.pause(BOT, 40)
            await uow.commit()
        await until(lambda: pace.paused > 30)


async def test_on_sqlite_nothing_is_said(sqlite_url: str):
    """There is one process; the pause holds for it all the same."""
    database = Database(sqlite_url)
    with statements() as said:
        async with a_process(database) as (neighbours, pace):
            await neighbours.pause(9)
            assert pace.paused > 8
    assert said == []
    await database.close()
