"""One sender at a time."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler import lease as leasing
from scheduler.lease import LENGTH, NAME, FileLease, RowLease, lease_for
from storage import tables
from storage.engine import Database
from storage.outbox import Settled, State
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, a_member, a_message, an_association, change, states, stored

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from scheduler.lease import FileLease
from storage.engine import Database
print(FileLease(Database("sqlite:///" + sys.argv[1]), Path(sys.argv[1])).try_lock(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a lease asks again soon."""
    monkeypatch.setattr(leasing, "_ASK_AGAIN", 0.01)


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    """A PostgreSQL database."""
    opened = Database(postgres_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """An SQLite database."""
    opened = Database(sqlite_url)
    yield opened
    await opened.close()


def file_lease(database: Database) -> FileLease:
    assert database.file is not None
    return FileLease(database, database.file)


async def expire(database: Database) -> None:
    """The lease has run out, by the database's clock."""
    passed = datetime.now(UTC) - timedelta(minutes=1)
    await change(database, tables.leases, tables.leases.c.name == NAME, until=passed)


def test_the_lease_suits_the_database(sqlite: Database, postgres: Database):
    """A locked file beside SQLite, a row in PostgreSQL."""
    assert isinstance(lease_for(sqlite), FileLease)
    assert isinstance(lease_for(postgres), RowLease)


async def test_the_number_rises_with_each_holder(database: Database):
    """On both databases."""
    numbers = []
    for _ in range(3):
        lease = lease_for(database)
        assert not lease.held()
        numbers.append(await lease.acquire())
        assert lease.held()
        await lease.release()
        assert not lease.held()
    assert numbers == [1, 2, 3]


async def test_asked_again_the_same_holder_gets_a_higher_number(database: Database):
    """So that after stumbling it takes back what it left in flight itself."""
    lease = lease_for(database)
    first = await lease.acquire()
    assert await lease.acquire() > first
    assert lease.held()
    await lease.release()


async def test_releasing_what_was_never_ours_harms_nobody(database: Database):
    """As when a process stops before it came to send."""
    holder = lease_for(database)
    await holder.acquire()
    await lease_for(database).release()
    assert holder.held()
    await holder.release()


# A file


async def test_a_second_process_is_kept_out_until_the_first_dies(sqlite: Database):
    """Even by kill -9: the kernel frees the lock."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLD,
        str(sqlite.file),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).strip() == b"True"
    ours = file_lease(sqlite)
    assert not ours.try_lock()
    assert not ours.held()
    process.send_signal(signal.SIGKILL)
    await process.wait()
    assert ours.try_lock()
    assert await ours.acquire() == 1
    await ours.release()


async def test_whoever_waits_for_the_file_gets_it(sqlite: Database):
    """As soon as it is free."""
    first, second = file_lease(sqlite), file_lease(sqlite)
    assert await first.acquire() == 1
    waiting = asyncio.create_task(second.acquire())
    assert not second.try_lock()
    await first.release()
    async with asyncio.timeout(10):
        assert await waiting == 2
    await second.release()


# A row


async def take(database: Database, holder: str) -> int | None:
    uow = UnitOfWork(database)
    async with uow as rows:
        number = await rows.leases.take(NAME, holder, LENGTH)
        await uow.commit()
    return number


async def test_the_row_is_one_holder_s_until_it_runs_out(postgres: Database):
    """Renewing keeps the number, taking it from another raises it."""
    assert await take(postgres, "one") == 1
    assert await take(postgres, "two") is None
    assert await take(postgres, "one") == 1
    await expire(postgres)
    assert await take(postgres, "two") == 2
    assert await take(postgres, "one") is None


async def test_a_row_that_ran_out_is_still_its_holder_s_to_renew(postgres: Database):
    """Where nobody wanted it meanwhile."""
    assert await take(postgres, "one") == 1
    await expire(postgres)
    assert await take(postgres, "one") == 1
    assert await take(postgres, "two") is None


async def test_of_many_who_ask_at_once_one_gets_the_row(postgres: Database):
    """Whether there is one or not yet."""
    for number in (1, 2):
        got = await asyncio.gather(*(take(postgres, f"{number}-{holder}") for holder in range(8)))
        assert sorted(one for one in got if one is not None) == [number]
        await expire(postgres)


async def test_whoever_waits_for_the_row_takes_over_after_release(postgres: Database):
    """At once, with a higher number."""
    first, second = RowLease(postgres), RowLease(postgres)
    assert await first.acquire() == 1
    waiting = asyncio.create_task(second.acquire())
    assert await take(postgres, "a third") is None
    assert not second.held()
    await first.release()
    async with asyncio.timeout(10):
        assert await waiting == 2
    assert second.held()
    assert not first.held()
    await second.release()


async def test_the_row_is_renewed(postgres: Database, monkeypatch: pytest.MonkeyPatch):
    """For ten more seconds each time."""
    monkeypatch.setattr(leasing, "RENEWAL", 0.01)
    lease = RowLease(postgres)
    await lease.acquire()
    [before] = await stored(postgres, tables.leases)
    async with asyncio.timeout(10):
        while (await stored(postgres, tables.leases))[0].until == before.until:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    [after] = await stored(postgres, tables.leases)
    assert (after.number, after.holder) == (before.number, before.holder)
    assert lease.held()
    await lease.release()


async def test_a_holder_learns_that_another_took_over(postgres: Database, monkeypatch: pytest.MonkeyPatch):
    """At its next renewal, if its own clock did not tell it before."""
    monkeypatch.setattr(leasing, "RENEWAL", 0.01)
    frozen = RowLease(postgres)
    uow = UnitOfWork(postgres)
    await frozen.acquire()
    async with uow as rows:  # in one transaction, so that no renewal comes in between
        leases = tables.leases
        await rows.connection.execute(leases.update().values(holder="two", number=leases.c.number + 1))
        await uow.commit()
    async with asyncio.timeout(10):
        while frozen.held():  # noqa: ASYNC110 – nobody tells us
            await asyncio.sleep(0.01)
    assert await take(postgres, "two") == 2


async def test_by_its_own_clock_a_lease_lasts_no_longer_than_by_the_database_s(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
):
    """A process that slept, or lost the database, knows without asking."""
    lease = RowLease(postgres)
    await lease.acquire()
    started = leasing.now()
    monkeypatch.setattr(leasing, "now", lambda: started + LENGTH.total_seconds() - 1)
    assert lease.held()
    monkeypatch.setattr(leasing, "now", lambda: started + LENGTH.total_seconds())
    assert not lease.held()
    monkeypatch.undo()
    await lease.release()


async def test_a_frozen_holder_has_no_say_any_more(postgres: Database):
    """Another took over, took back its rows and sent them: what it says then changes nothing."""
    member = await a_member(postgres, await an_association(postgres))
    row_id = await a_message(postgres, member)
    numbers = []
    for holder in ("frozen", "next"):
        number = await take(postgres, holder)
        assert number is not None
        numbers.append(number)
        uow = UnitOfWork(postgres)
        async with uow as rows:
            await rows.outbox.revive(lease=number)
            assert await rows.outbox.claim([row_id], NOW, lease=number)
            await uow.commit()
        await expire(postgres)
    uow = UnitOfWork(postgres)
    for lease, state in ((numbers[1], State.SENT), (numbers[0], State.WAITING)):
        async with uow as rows:
            await rows.outbox.settle([Settled(row_id, state)], lease=lease)
            await uow.commit()
    assert await states(postgres) == [State.SENT]
