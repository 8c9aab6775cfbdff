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
    put,
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
    """What the sender does: looks, reads, claims."""
    uow = UnitOfWork(database)
    async with uow as rows:
        ids = await rows.outbox.waiting(now, most=most)
        found = await rows.outbox.read(ids)
        claimed = await rows.outbox.claim(ids, now, lease=lease)
        await uow.commit()
    return [row for row in found if row.id in claimed]


async def attempts(database: Database) -> list[int]:
    return [row.attempts for row in await stored(database, OUTBOX)]


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
        topic_id=None,
        kind=Message.REMINDER,
        event_id=event.id,
        question_id=None,
        broadcast_id=None,
        lead="week",
        version=1,
        since_revision=None,
        urgent=False,
        useful_until=NOW + SECOND,
        attempts=0,
        message_id=None,
    )
    [kept] = await stored(database, OUTBOX)
    assert (kept.state, kept.attempts, kept.lease) == (State.ATTEMPTED, 1, 5)
    assert kept.attempted_at is not None


async def test_what_is_not_due_waits(database: Database, member: Actor):
    """By the Clock, to the second."""
    await a_message(database, member, due_at=NOW + SECOND)
    assert await claim(database, NOW) == []
    assert len(await claim(database, NOW + SECOND)) == 1


async def test_a_group_is_claimed_with_its_chat_and_topic(
    database: Database, home: Association, event: Event
):
    """A row for no person goes to the association's group."""
    chat = {"telegram_id": -100_777, "topic_id": 5, "title": "Группа", "linked_at": NOW}
    group_id = await put(database, tables.group_chats, association_id=home.id, **chat)
    card = {"kind": Message.REMINDER, "event_id": event.id, "due_at": NOW, "message_id": 12}
    await put(database, OUTBOX, association_id=home.id, group_chat_id=group_id, **card)
    [row] = await claim(database)
    assert (row.person_id, row.telegram_id) == (None, -100_777)
    assert (row.topic_id, row.message_id) == (5, 12)


async def test_the_most_urgent_goes_first(database: Database, member: Actor):
    """What is of use the shortest; what is of use without end counts from when it was due."""
    hour = timedelta(hours=1)
    until = [
        await a_message(database, member, due_at=NOW - hour, useful_until=NOW + more * hour)
        for more in (5, 2, 9)
    ]
    endless = [await a_message(database, member, due_at=NOW - more * hour) for more in (1, 3, 3)]
    order = [endless[1], endless[2], endless[0], until[1], until[0], until[2]]
    async with UnitOfWork(database).reading() as rows:
        assert await rows.outbox.waiting(NOW, most=10) == order
        assert await rows.outbox.waiting(NOW, most=2) == order[:2]
        assert [row.id for row in await rows.outbox.read(order)] == order


async def test_what_changed_between_look_and_claim_is_not_claimed(database: Database, member: Actor):
    """Withdrawn, put off, claimed by another: the claim looks again."""
    ids = [await a_message(database, member) for _ in range(4)]
    await change(database, OUTBOX, OUTBOX.c.id == ids[0], state=State.OBSOLETE)
    await change(database, OUTBOX, OUTBOX.c.id == ids[1], due_at=NOW + SECOND)
    await change(database, OUTBOX, OUTBOX.c.id == ids[2], retry_at=datetime.now(UTC) + timedelta(hours=1))
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.outbox.claim(ids, NOW, lease=1) == {ids[3]: 1}
        assert await rows.outbox.claim(ids, NOW, lease=2) == {}
        await uow.commit()


async def test_what_nobody_can_be_reached_with_is_not_read(database: Database, member: Actor):
    """A person who is no longer in Telegram has no address."""
    row_id = await a_message(database, member)
    await change(database, tables.persons, tables.persons.c.id == member.person_id, telegram_id=None)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.outbox.read([row_id]) == []


async def test_no_more_is_claimed_than_was_asked_for(database: Database, member: Actor):
    """And nothing twice."""
    ids = [await a_message(database, member) for _ in range(7)]
    batches = [[row.id for row in await claim(database, most=3)] for _ in range(4)]
    assert batches == [ids[:3], ids[3:6], ids[6:], []]


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
        assert await rows.outbox.claim([first], NOW, lease=1) == {first: 1}
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
    assert (row.state, row.attempts) == (state, 1)
    assert row.message_id == (77 if state is State.SENT else None)
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
    await claim(database)
    assert await attempts(database) == [1]


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


async def test_a_card_keeps_its_message_and_what_it_shows(database: Database, member: Actor):
    """An edit brings no number; what went before stays where nothing is said of it."""
    row_id = await a_message(database, member, message_id=5)
    for shown, message_id, kept in (("a", None, ("a", 5)), (None, 6, ("a", 6))):
        await change(database, OUTBOX, OUTBOX.c.id == row_id, state=State.WAITING)
        await claim(database)
        await settle(database, Settled(row_id, State.SENT, message_id=message_id, shown=shown))
        [row] = await stored(database, OUTBOX)
        assert (row.shown, row.message_id) == kept


# Dropping


async def test_what_has_nothing_to_say_is_dropped_unless_it_is_under_way(database: Database, member: Actor):
    """Another may have claimed it meanwhile."""
    first, second = [await a_message(database, member) for _ in range(2)]
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.outbox.claim([first], NOW, lease=1)
        await rows.outbox.drop({first, second})
        await uow.commit()
    assert await states(database) == [State.ATTEMPTED, State.OBSOLETE]


async def test_what_is_late_is_dropped_at_once_and_counted(
    database: Database, home: Association, member: Actor
):
    """Per association; what is of use to the second, or not due yet, stays."""
    there = await a_member(database, await an_association(database, "РМО Заречного района"))
    for person, count in ((member, 3), (there, 1)):
        for _ in range(count):
            await a_message(database, person, useful_until=NOW - SECOND)
    await a_message(database, member, useful_until=NOW)
    await a_message(database, member, due_at=NOW + SECOND, useful_until=NOW - SECOND)
    await a_message(database, member)
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.outbox.drop_late(NOW) == {home.id: 3, there.home.id: 1}
        assert await rows.outbox.drop_late(NOW) == {}
        await uow.commit()
    assert await states(database) == [State.LATE] * 4 + [State.WAITING] * 3


# Taking back


async def test_after_one_attempt_a_row_in_flight_waits_again(database: Database, member: Actor):
    """It may have arrived; it is tried once more."""
    await a_message(database, member)
    await claim(database, lease=1)
    assert await revive(database, lease=2) == 1
    assert await states(database) == [State.WAITING]
    await claim(database, lease=2)
    assert await attempts(database) == [2]


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
