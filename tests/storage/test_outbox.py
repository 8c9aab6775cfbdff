"""What is to be sent: claimed, attempted, settled, taken back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.records import Actor, Association, Event
from storage import tables
from storage.engine import Database
from storage.outbox import Message, OutboxRow, Settled, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_member,
    a_message,
    an_association,
    an_event,
    change,
    states,
    stored,
)

OUTBOX = tables.outbox
SECOND = timedelta(seconds=1)


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar of its plan."""
    return await an_event(database, home)


async def claim(
    database: Database, now: datetime = NOW, *, lease: int = 1, most: int = 100
) -> list[OutboxRow]:
    uow = UnitOfWork(database)
    async with uow as rows:
        claimed = await rows.outbox.claim(now, lease=lease, most=most)
        await uow.commit()
    return claimed


async def settle(database: Database, *outcomes: Settled, lease: int = 1) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.outbox.settle(outcomes, lease=lease)
        await uow.commit()


async def revive(database: Database, *, lease: int) -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        left = await rows.outbox.revive(lease=lease)
        await uow.commit()
    return left


# Claiming


async def test_what_is_due_is_claimed_with_its_address(database: Database, member: Actor, event: Event):
    """From then on it is in flight, attempted once, under the lease's number."""
    row_id = await a_message(database, member, event, useful_until=NOW + SECOND)
    [row] = await claim(database, lease=5)
    assert row == OutboxRow(
        id=row_id,
        association_id=member.home.id,
        person_id=member.person_id,
        telegram_id=member.telegram_id,
        kind=Message.REMINDER,
        event_id=event.id,
        question_id=None,
        lead="week",
        version=1,
        since_revision=None,
        useful_until=NOW + SECOND,
        attempts=1,
    )
    [kept] = await stored(database, OUTBOX)
    assert (kept.state, kept.attempts, kept.lease) == (State.ATTEMPTED, 1, 5)
    assert kept.attempted_at is not None


async def test_what_is_not_due_waits(database: Database, member: Actor):
    """By the Clock, to the second."""
    await a_message(database, member, due_at=NOW + SECOND)
    assert await claim(database, NOW) == []
    assert len(await claim(database, NOW + SECOND)) == 1


async def test_the_longest_due_goes_first(database: Database, member: Actor):
    """Whenever it was written; of several due at once the one written first."""
    ids = [
        await a_message(database, member, due_at=NOW - hours * timedelta(hours=1)) for hours in (1, 3, 2, 3)
    ]
    first, second, third, fourth = ids
    assert [row.id for row in await claim(database, most=3)] == [second, fourth, third]
    assert [row.id for row in await claim(database, most=3)] == [first]


async def test_no_more_is_claimed_than_was_asked_for(database: Database, member: Actor):
    """And nothing twice."""
    ids = [await a_message(database, member) for _ in range(7)]
    batches = [[row.id for row in await claim(database, most=3)] for _ in range(4)]
    assert batches == [ids[:3], ids[3:6], ids[6:], []]


async def test_the_limit_holds_however_the_database_goes_about_it(postgres_url: str):
    """PostgreSQL may run a limited subquery anew for each row, and then claims too many."""
    database = Database(postgres_url)
    member = await a_member(database, await an_association(database))
    for _ in range(20):
        await a_message(database, member)
    uow = UnitOfWork(database)
    async with uow as rows:
        for way in ("hashagg", "hashjoin", "mergejoin", "sort", "material", "bitmapscan"):
            await rows.connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        assert len(await rows.outbox.claim(NOW, lease=1, most=3)) == 3
    await database.close()


async def test_a_pause_is_kept(database: Database, member: Actor):
    """By real time, whatever the Clock says."""
    row_id = await a_message(database, member, retry_at=datetime.now(UTC) + timedelta(hours=1))
    assert await claim(database, NOW + timedelta(days=2)) == []
    passed = datetime.now(UTC) - SECOND
    await change(database, OUTBOX, OUTBOX.c.id == row_id, retry_at=passed)
    assert len(await claim(database)) == 1


async def test_two_claimers_at_once_share_the_rows(database: Database, database_url: str, member: Actor):
    """Nothing goes to both, nothing to nobody."""
    ids = [await a_message(database, member) for _ in range(40)]
    other = Database(database_url)
    batches: list[list[OutboxRow]] = []
    for _ in range(5):
        both = claim(database, lease=1, most=5), claim(other, lease=2, most=5)
        batches += await asyncio.gather(*both)
    await other.close()
    claimed = [row.id for batch in batches for row in batch]
    assert len(claimed) == len(set(claimed))
    rest = [row.id for row in await claim(database)]
    assert sorted(claimed + rest) == ids


async def test_a_claimer_does_not_wait_for_another_s_transaction(postgres_url: str):
    """With PostgreSQL, rows that somebody is about to take are passed over."""
    database = Database(postgres_url)
    member = await a_member(database, await an_association(database))
    first, second = [await a_message(database, member) for _ in range(2)]
    uow = UnitOfWork(database)
    async with uow as rows, asyncio.timeout(20):
        assert [row.id for row in await rows.outbox.claim(NOW, lease=1, most=1)] == [first]
        assert [row.id for row in await claim(database, lease=2)] == [second]
        await uow.commit()
    await database.close()


# Settling


@pytest.mark.parametrize(
    "state", [State.SENT, State.GONE, State.OBSOLETE, State.LATE, State.REFUSED, State.UNCERTAIN]
)
async def test_an_outcome_ends_a_row(database: Database, member: Actor, state: State):
    """It is written with the moment, and the row is never claimed again."""
    row_id = await a_message(database, member)
    await claim(database)
    await settle(database, Settled(row_id, state, message_id=77))
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts, row.message_id) == (state, 1, 77)
    assert row.done_at is not None
    assert await claim(database) == []


async def test_a_row_to_be_tried_later_waits_again(database: Database, member: Actor):
    """With its pause; an attempt that never reached Telegram is not counted."""
    row_id = await a_message(database, member)
    await claim(database)
    again_at = datetime.now(UTC) - SECOND
    await settle(database, Settled(row_id, State.WAITING, retry_at=again_at, counted=False))
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts, row.retry_at, row.done_at) == (State.WAITING, 0, again_at, None)
    assert [row.attempts for row in await claim(database)] == [1]


async def test_several_outcomes_are_one_statement(database: Database, member: Actor):
    """Each row gets its own."""
    ids = [await a_message(database, member) for _ in range(3)]
    await claim(database)
    await settle(
        database,
        Settled(ids[0], State.SENT),
        Settled(ids[1], State.GONE),
        Settled(ids[2], State.WAITING),
    )
    assert await states(database) == [State.SENT, State.GONE, State.WAITING]


async def test_an_older_lease_settles_nothing(database: Database, member: Actor):
    """Whoever was frozen meanwhile has no say in the attempt of the next one."""
    row_id = await a_message(database, member)
    await claim(database, lease=1)
    await revive(database, lease=2)
    await claim(database, lease=2)
    before = await stored(database, OUTBOX)
    await settle(database, Settled(row_id, State.SENT), lease=1)
    assert await stored(database, OUTBOX) == before


async def test_a_late_truth_still_counts_before_the_next_attempt(database: Database, member: Actor):
    """It was sent after all: nobody needs to get it twice."""
    row_id = await a_message(database, member)
    await claim(database, lease=1)
    await revive(database, lease=2)
    await settle(database, Settled(row_id, State.SENT), lease=1)
    assert await claim(database, lease=2) == []
    assert await states(database) == [State.SENT]


# Taking back


async def test_after_one_attempt_a_row_in_flight_waits_again(database: Database, member: Actor):
    """It may have arrived; it is tried once more."""
    await a_message(database, member)
    await claim(database, lease=1)
    assert await revive(database, lease=2) == 1
    assert await states(database) == [State.WAITING]
    assert [row.attempts for row in await claim(database, lease=2)] == [2]


async def test_after_two_attempts_a_row_in_flight_is_uncertain(database: Database, member: Actor):
    """It is not tried a third time, but listed."""
    await a_message(database, member)
    for lease in (1, 2):
        await revive(database, lease=lease)
        await claim(database, lease=lease)
    assert await revive(database, lease=3) == 1
    [row] = await stored(database, OUTBOX)
    assert row.state == State.UNCERTAIN
    assert row.done_at is not None
    assert await claim(database, lease=3) == []
    async with UnitOfWork(database).reading() as rows:
        assert await rows.outbox.counts() == {State.UNCERTAIN: 1}


async def test_what_the_same_lease_has_in_flight_is_not_taken_back(database: Database, member: Actor):
    """Nor what is done."""
    sent, _ = await a_message(database, member), await a_message(database, member)
    await claim(database, lease=1)
    await settle(database, Settled(sent, State.SENT))
    assert await revive(database, lease=1) == 0
    assert await states(database) == [State.SENT, State.ATTEMPTED]
