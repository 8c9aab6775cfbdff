"""One use case, one transaction."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from domain.timing import default_profile
from scheduler.lease import LENGTH
from storage import engine
from storage.engine import IDLE_IN_TRANSACTION, Database
from storage.inbox import AlreadyDoneError, Received
from storage.tables import associations, inbox, persons
from storage.unit_of_work import UnitOfWork, inside
from tests.builders import NOW, ZONE, an_association, stored

BOT = 1
# A statement that takes a while.
COUNTING = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000000) SELECT max(x) FROM n"
)


async def received(database: Database, update_id: int = 1) -> int:
    """An update in the inbox; returns its row's id."""
    uow = UnitOfWork(database)
    async with uow as rows:
        [row] = await rows.inbox.receive(BOT, [Received(update_id, 7, "{}")])
        await uow.commit()
    return row.id


async def telegram_ids(database: Database) -> list[int]:
    return [row.telegram_id for row in await stored(database, persons)]


async def add_person(uow: UnitOfWork, telegram_id: int, failing: Exception | None = None) -> None:
    """A use case of the smallest kind, and one that fails before its commit."""
    async with uow as rows:
        await rows.people.add(telegram_id, NOW)
        if failing is not None:
            raise failing
        await uow.commit()


async def test_what_is_committed_stays(database: Database):
    """A second session sees it."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.people.add(1, NOW)
        assert await telegram_ids(database) == []
        await uow.commit()
    assert await telegram_ids(database) == [1]


async def test_leaving_without_a_commit_rolls_back(database: Database):
    """Nobody has to say so."""
    async with UnitOfWork(database) as rows:
        await rows.people.add(1, NOW)
    assert await telegram_ids(database) == []


async def test_an_exception_rolls_back(database: Database):
    """And goes on its way."""
    uow = UnitOfWork(database)
    with pytest.raises(LookupError):
        await add_person(uow, 1, LookupError())
    assert await telegram_ids(database) == []


async def test_it_can_be_entered_again(database: Database):
    """Each time is a transaction of its own."""
    uow = UnitOfWork(database)
    await add_person(uow, 1)
    async with uow as rows:
        await rows.people.add(2, NOW)
    assert await telegram_ids(database) == [1]


async def test_it_is_not_entered_twice_at_once(database: Database):
    """On SQLite the second would wait for the first for ever."""
    uow = UnitOfWork(database)
    async with uow:
        with pytest.raises(RuntimeError, match="open already"):
            await uow.__aenter__()
    with pytest.raises(RuntimeError, match="not open"):
        await uow.commit()


async def test_a_task_knows_that_it_is_inside(database: Database):
    """So that what reaches for the network there can be caught."""
    assert not inside.get()
    async with UnitOfWork(database):
        assert inside.get()
    assert not inside.get()
    async with UnitOfWork(database).reading():
        assert not inside.get()


async def test_the_effect_and_the_inbox_s_mark_are_one(database: Database):
    """The commit marks the update as done."""
    uow = UnitOfWork(database, inbox_id=await received(database))
    assert not uow.done
    async with uow as rows:
        await rows.people.add(1, NOW)
        await uow.commit()
    assert uow.done
    [row] = await stored(database, inbox)
    assert row.done_at is not None
    assert await telegram_ids(database) == [1]


async def test_without_the_effect_there_is_no_mark(database: Database):
    """An update whose handling failed is still to be handled."""
    uow = UnitOfWork(database, inbox_id=await received(database))
    with pytest.raises(LookupError):
        await add_person(uow, 1, LookupError())
    assert not uow.done
    [row] = await stored(database, inbox)
    assert row.done_at is None


async def test_an_update_done_by_somebody_else_has_no_second_effect(database: Database):
    """The slower of two takes back all that it was about to write."""
    row_id = await received(database)
    faster, slower = UnitOfWork(database, inbox_id=row_id), UnitOfWork(database, inbox_id=row_id)
    await add_person(faster, 1)
    with pytest.raises(AlreadyDoneError):
        await add_person(slower, 2)
    assert await telegram_ids(database) == [1]


async def test_of_two_at_once_one_has_its_effect(database: Database, database_url: str):
    """Two processes that took up the same update, at the same moment."""
    row_id = await received(database)
    other = Database(database_url)

    async def handle(where: Database, telegram_id: int) -> bool:
        try:
            await add_person(UnitOfWork(where, inbox_id=row_id), telegram_id)
        except AlreadyDoneError:
            return False
        return True

    done = await asyncio.gather(handle(database, 1), handle(other, 2))
    await other.close()
    assert sorted(done) == [False, True]
    assert await telegram_ids(database) == [1 if done[0] else 2]


async def test_only_the_first_commit_marks(database: Database):
    """A handler may go on with transactions of its own."""
    uow = UnitOfWork(database, inbox_id=await received(database))
    await add_person(uow, 1)
    await add_person(uow, 2)
    assert await telegram_ids(database) == [1, 2]


async def write_one(database: Database, telegram_id: int) -> None:
    """Reads, then writes: the order in which SQLite's own locking fails."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.people.actor(telegram_id)
        await asyncio.sleep(0)
        await rows.people.add(telegram_id, NOW)
        await uow.commit()


async def test_many_writers_at_once_wait_for_one_another(database: Database):
    """Nobody sees «database is locked», and nobody is lost."""
    await asyncio.gather(*(write_one(database, number) for number in range(1, 41)))
    assert sorted(await telegram_ids(database)) == list(range(1, 41))


async def test_writers_of_two_processes_wait_for_one_another(database: Database, database_url: str):
    """The command line writes while the bot runs: no lock of ours in memory stands between them."""
    other = Database(database_url)
    await asyncio.gather(*(write_one(database if number % 2 else other, number) for number in range(1, 31)))
    await other.close()
    assert sorted(await telegram_ids(database)) == list(range(1, 31))


async def test_readers_go_on_while_somebody_writes(database: Database):
    """An open transaction keeps no reader waiting."""
    await an_association(database)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.associations.add("Второе", ZONE, default_profile(ZONE).canonical(), NOW)
        async with asyncio.timeout(10):
            seen = await asyncio.gather(*(stored(database, associations) for _ in range(8)))
        await uow.commit()
    assert [len(rows) for rows in seen] == [1] * 8
    assert len(await stored(database, associations)) == 2


async def test_a_writer_that_is_cancelled_leaves_no_lock(database: Database):
    """Wherever in its transaction it stood."""
    for steps in range(12):
        task = asyncio.create_task(write_one(database, 100 + steps))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(10):
        await write_one(database, 1)
    assert 1 in await telegram_ids(database)


async def test_a_cancelled_writer_lets_go_though_a_cursor_of_it_lives_on(sqlite_url: str):
    """As one does in the trace of the cancellation; SQLite itself would keep the closed connection's lock."""
    database = Database(sqlite_url)
    cursors: list[object] = []

    async def write() -> None:
        async with database.write() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            cursors.append(
                await driver.execute(
                    "INSERT INTO persons (telegram_id, created_at) VALUES (7, 0), (8, 0) RETURNING id"
                )
            )
            await connection.execute(text(COUNTING))

    writing = asyncio.create_task(write())
    async with asyncio.timeout(10):
        while not cursors:  # noqa: ASYNC110
            await asyncio.sleep(0)
        await asyncio.sleep(0.05)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    assert writing.cancelled()
    async with asyncio.timeout(10):
        await write_one(database, 1)
    await database.close()


async def test_a_process_that_stands_still_keeps_no_rows_locked_for_long(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    """The server ends its transaction before its lease runs out, so that nobody has to wait for it."""
    monkeypatch.setattr(engine, "IDLE_IN_TRANSACTION", IDLE_IN_TRANSACTION)
    database = Database(postgres_url)
    async with database.read() as connection:
        said = await connection.execute(text("SHOW idle_in_transaction_session_timeout"))
        assert said.scalar_one() == f"{IDLE_IN_TRANSACTION // 1000}s"
    await database.close()
    assert timedelta(milliseconds=IDLE_IN_TRANSACTION) < LENGTH
