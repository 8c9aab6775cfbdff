"""Claim, prepare, deliver, mark."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Actor, Association
from scheduler.delivery import Fate, Letter, Outcome
from scheduler.sender import Sender
from storage import tables
from storage.engine import Database
from storage.errors import StorageError
from storage.outbox import Message, OutboxRow, State
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, a_coordinator, a_member, a_message, an_association, change, states, stored

OUTBOX = tables.outbox
SENT = Outcome(Fate.SENT, message_id=77)


class StandingClock:
    """It is always NOW."""

    def now(self) -> datetime:
        return NOW

    def of(self, said: datetime) -> datetime:
        return said


class OwnLease:
    """A lease that nobody else wants; its number rises at each acquisition."""

    def __init__(self) -> None:
        self.number = 0
        self.ours = True

    async def acquire(self) -> int:
        self.number += 1
        return self.number

    def held(self) -> bool:
        return self.ours

    async def release(self) -> None:
        self.ours = False


class FreePace:
    """Everybody's turn comes at once, unless the gate is closed."""

    def __init__(self, rate: int = 28) -> None:
        self.rate = rate
        self.paused = 0.0
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked = asyncio.Event()

    def held(self, chat_id: int) -> bool:
        return False

    async def open(self) -> None:
        self.paused = 0.0

    async def take(self, chat_id: int) -> float:
        self.asked.set()
        await self.gate.wait()
        return 0.0

    def answered(self, started: float) -> None:
        pass


class FakeDelivery:
    """Sends nothing: says what became of each letter, once the gate is open."""

    def __init__(self, outcome: Callable[[OutboxRow], Outcome] = lambda _: SENT) -> None:
        self.outcome = outcome
        self.obsolete: set[int] = set()
        self.failure: Exception | None = None
        self.prepared: list[list[int]] = []
        self.sent: list[int] = []
        self.arrived = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
        self.prepared.append([row.id for row in rows])
        if self.failure is not None:
            raise self.failure
        return [Letter(row, None) for row in rows if row.id not in self.obsolete]

    async def send(self, letter: Letter) -> Outcome:
        self.sent.append(letter.row.id)
        self.arrived.set()
        await self.gate.wait()
        return self.outcome(letter.row)


class StumblingDatabase(Database):
    """Its next writes fail, as many as it is told to."""

    failing = 0

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        if self.failing:
            self.failing -= 1
            raise StorageError("the database is away")
        async with super().write() as connection:
            yield connection


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[StumblingDatabase]:
    """A fresh database of either kind that can be made to stumble."""
    opened = StumblingDatabase(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


@pytest.fixture
def pace() -> FreePace:
    """A pace without limits."""
    return FreePace()


@pytest.fixture
def lease() -> OwnLease:
    """A lease of our own."""
    return OwnLease()


def sender_of(database: Database, delivery: FakeDelivery, lease: OwnLease, pace: FreePace) -> Sender:
    return Sender(database, StandingClock(), delivery, pace, lease)  # type: ignore[arg-type]


async def send_all(database: Database, delivery: FakeDelivery, lease: OwnLease, pace: FreePace) -> Sender:
    """A sender that has sent what was due."""
    sender = sender_of(database, delivery, lease, pace)
    await sender.take_over()
    await sender.drain()
    return sender


async def due_again(database: Database) -> None:
    """All pauses are over."""
    await change(database, OUTBOX, OUTBOX.c.retry_at.is_not(None), retry_at=datetime.now(UTC))


@pytest.mark.parametrize(
    ("fate", "state"),
    [(Fate.SENT, State.SENT), (Fate.GONE, State.GONE), (Fate.REFUSED, State.REFUSED)],
)
async def test_a_final_fate_ends_the_row(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace, fate: Fate, state: State
):
    """It was attempted once, and is not attempted again."""
    await a_message(database, member)
    delivery = FakeDelivery(lambda _: Outcome(fate, message_id=77))
    sender = await send_all(database, delivery, lease, pace)
    await sender.drain()
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (state, 1)
    assert row.done_at is not None
    assert row.message_id == (77 if fate is Fate.SENT else None)
    assert len(delivery.sent) == 1


async def test_what_certainly_was_not_sent_is_tried_as_often_as_it_takes(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """A refused connection costs a pause, no attempt."""
    await a_message(database, member)
    fates = [Fate.LATER] * 5 + [Fate.SENT]
    delivery = FakeDelivery(lambda _: Outcome(fates.pop(0)))
    sender = await send_all(database, delivery, lease, pace)
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (State.WAITING, 0)
    assert row.retry_at > datetime.now(UTC)
    await sender.drain()
    assert len(delivery.sent) == 1
    for _ in range(5):
        await due_again(database)
        await sender.drain()
    assert await states(database) == [State.SENT]
    assert len(delivery.sent) == 6


async def test_a_pause_doubles_up_to_some_minutes(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Give or take a half."""
    await a_message(database, member)
    sender = await send_all(database, FakeDelivery(lambda _: Outcome(Fate.LATER)), lease, pace)
    pauses = []
    for _ in range(10):
        [row] = await stored(database, OUTBOX)
        pauses.append((row.retry_at - datetime.now(UTC)).total_seconds())
        await due_again(database)
        await sender.drain()
    assert pauses[0] < 3.1
    assert 300 * 0.4 < pauses[-1] < 300 * 1.6


async def test_after_two_uncertain_attempts_it_is_left_as_uncertain(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """It may have arrived twice already."""
    await a_message(database, member)
    delivery = FakeDelivery(lambda _: Outcome(Fate.UNCERTAIN))
    sender = await send_all(database, delivery, lease, pace)
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (State.WAITING, 1)
    for _ in range(3):
        await due_again(database)
        await sender.drain()
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (State.UNCERTAIN, 2)
    assert len(delivery.sent) == 2


async def test_a_429_is_waited_out_with_nothing_in_flight(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Then the row goes at once: it was no attempt, and no failure of its own."""
    await a_message(database, member)
    answers = [Outcome(Fate.LATER, slow_down=True), SENT]
    during: list[list[str]] = []

    class AskingPace(FreePace):
        async def open(self) -> None:
            during.append(await states(database))
            await super().open()

    pace = AskingPace()

    def answer(_: OutboxRow) -> Outcome:
        pace.paused = 40.0 if len(answers) > 1 else 0.0
        return answers.pop(0)

    await send_all(database, FakeDelivery(answer), lease, pace)
    assert during == [[State.WAITING]]
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (State.SENT, 1)


async def test_where_request_after_request_fails_the_sender_rests(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace, monkeypatch: pytest.MonkeyPatch
):
    """One letter at a time is tried until one arrives; then the others go as ever."""
    monkeypatch.setattr("scheduler.sender._LONGEST_REST", 0.01)
    monkeypatch.setattr("scheduler.sender._FIRST_PAUSE", 0.0)
    for _ in range(40):
        await a_message(database, member)
    gone = 20
    delivery = FakeDelivery()

    def answer(_: OutboxRow) -> Outcome:
        return Outcome(Fate.LATER) if len(delivery.sent) <= gone else SENT

    delivery.outcome = answer
    flying: list[int] = []

    class Counting(FakeDelivery):
        async def send(self, letter: Letter) -> Outcome:
            flying.append((await states(database)).count(State.ATTEMPTED))
            return await delivery.send(letter)

    await send_all(database, Counting(), lease, pace)
    assert await states(database) == [State.SENT] * 40
    assert flying[8:gone] == [1] * (gone - 8)
    assert len(delivery.sent) == 40 + gone


async def test_one_row_that_always_fails_stops_nobody(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """However often it fails, the others need no rest."""
    poison = await a_message(database, member, due_at=NOW - timedelta(hours=1))
    sender = await send_all(
        database,
        delivery := FakeDelivery(lambda row: Outcome(Fate.LATER) if row.id == poison else SENT),
        lease,
        pace,
    )
    for _ in range(5):
        await due_again(database)
        await sender.drain()
    await a_message(database, member)
    async with asyncio.timeout(5):
        await sender.drain()
    assert delivery.sent.count(poison) == 6
    assert await states(database) == [State.WAITING, State.SENT]


async def test_many_rows_that_always_fail_stop_nobody(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace, monkeypatch: pytest.MonkeyPatch
):
    """More urgent than all others, and due again at once: whether the others can be reached is found out by
    one of those, before each that fails was tried in turn."""
    monkeypatch.setattr("scheduler.sender._LONGEST_REST", 0.01)
    monkeypatch.setattr("scheduler.sender._FIRST_PAUSE", 0.0)
    poison = {await a_message(database, member, due_at=NOW - timedelta(hours=1)) for _ in range(20)}
    for _ in range(20):
        await a_message(database, member)
    delivery = FakeDelivery(lambda row: Outcome(Fate.LATER) if row.id in poison else SENT)
    sender = sender_of(database, delivery, lease, pace)
    await sender.take_over()
    draining = asyncio.create_task(sender.drain())
    async with asyncio.timeout(20):
        while (await states(database)).count(State.SENT) < 20:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    draining.cancel()
    await asyncio.gather(draining, return_exceptions=True)
    until_one_arrived = itertools.takewhile(lambda row_id: row_id in poison, delivery.sent)
    assert len(set(until_one_arrived)) < len(poison)


async def test_the_most_urgent_goes_first(database: Database, member: Actor, lease: OwnLease, pace: FreePace):
    """What is of use the shortest, whenever it fell due."""
    hours = [5, 1, 3]
    ids = [await a_message(database, member, useful_until=NOW + timedelta(hours=one)) for one in hours]
    at_once = await a_message(database, member)
    delivery = FakeDelivery()
    await send_all(database, delivery, lease, pace)
    assert delivery.prepared == [[at_once, ids[1], ids[2], ids[0]]]


async def test_a_row_that_breaks_the_preparing_holds_up_nobody(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """It is given up; the others are made one by one."""
    bad = await a_message(database, member)
    good = [await a_message(database, member) for _ in range(3)]

    class Breaking(FakeDelivery):
        async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
            if any(row.id == bad for row in rows):
                raise LookupError
            return await super().prepare(rows, now)

    delivery = Breaking()
    await send_all(database, delivery, lease, pace)
    assert delivery.sent == good
    assert await states(database) == [State.OBSOLETE, *[State.SENT] * 3]


async def test_a_chat_that_had_its_share_holds_up_nobody(
    database: Database, member: Actor, home: Association, lease: OwnLease, pace: FreePace
):
    """Its letters are not even claimed until it may have the next."""
    several = [await a_message(database, member) for _ in range(20)]
    other = await a_message(database, await a_member(database, home))
    delivery = FakeDelivery()

    class Strict(FreePace):
        def held(self, chat_id: int) -> bool:
            return chat_id == member.telegram_id and bool(delivery.sent) and other not in delivery.sent

    await send_all(database, delivery, lease, Strict())
    assert delivery.sent[:2] == [several[0], other]
    assert sorted(delivery.sent) == [*several, other]


async def test_a_card_keeps_its_message_and_what_it_shows(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """An edit gets no number of its own."""
    await a_message(database, member, message_id=5)

    class Cards(FakeDelivery):
        async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
            return [Letter(row, None, shown="3 going") for row in rows]

    await send_all(database, Cards(lambda _: Outcome(Fate.SENT)), lease, pace)
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.message_id, row.shown) == (State.SENT, 5, "3 going")


async def test_a_chat_with_another_address_is_tried_at_once(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Read anew, and without a failure."""
    await a_message(database, member)
    answers = [Outcome(Fate.MOVED), SENT]
    delivery = FakeDelivery(lambda _: answers.pop(0))
    await send_all(database, delivery, lease, pace)
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts, len(delivery.prepared)) == (State.SENT, 1, 2)


async def test_what_has_no_letter_is_obsolete(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """What it was about changed in between."""
    gone, good = [await a_message(database, member) for _ in range(2)]
    delivery = FakeDelivery()
    delivery.obsolete = {gone}
    await send_all(database, delivery, lease, pace)
    assert await states(database) == [State.OBSOLETE, State.SENT]
    assert delivery.sent == [good]
    assert (await stored(database, OUTBOX))[0].attempts == 0


async def test_what_is_of_no_use_any_more_is_dropped_and_counted(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """It is not even rendered; what is of use to the second is sent."""
    second = timedelta(seconds=1)
    late = await a_message(database, member, useful_until=NOW - second)
    just = await a_message(database, member, useful_until=NOW)
    delivery = FakeDelivery()
    await send_all(database, delivery, lease, pace)
    assert delivery.sent == [just]
    assert late not in delivery.prepared[0]
    async with UnitOfWork(database).reading() as rows:
        assert await rows.outbox.counts() == {State.LATE: 1, State.SENT: 1}


async def test_the_coordinators_get_one_line_about_what_came_too_late(
    database: Database, home: Association, member: Actor, lease: OwnLease, pace: FreePace
):
    """Each those of her own association."""
    coordinator = await a_coordinator(database, home)
    elsewhere = await an_association(database, "РМО Заречного района")
    other, there = await a_coordinator(database, elsewhere), await a_member(database, elsewhere)
    for person, count in ((member, 30), (there, 2)):
        for _ in range(count):
            await a_message(database, person, useful_until=NOW - timedelta(seconds=1))
    delivery = FakeDelivery()
    await send_all(database, delivery, lease, pace)
    lines = await stored(database, OUTBOX, OUTBOX.c.kind == Message.OUTAGE)
    assert [(row.person_id, row.version, row.state) for row in lines] == [
        (coordinator.person_id, 30, State.SENT),
        (other.person_id, 2, State.SENT),
    ]
    assert len(delivery.sent) == 2


@pytest.mark.parametrize(("rate", "most"), [(28, 8), (200, 20), (2_000, 100)])
async def test_no_more_than_so_many_are_in_flight(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace, rate: int, most: int
):
    """Attempted, with the outcome not committed: 8 at 28 a second, 100 at most."""
    for _ in range(most + 5):
        await a_message(database, member)
    in_flight: list[int] = []
    begun, answered = asyncio.Queue[int](), asyncio.Semaphore(0)

    class OneByOne(FakeDelivery):
        async def send(self, letter: Letter) -> Outcome:
            in_flight.append((await states(database)).count(State.ATTEMPTED))
            begun.put_nowait(letter.row.id)
            await answered.acquire()
            return SENT

    sender = sender_of(database, OneByOne(), lease, FreePace(rate))
    await sender.take_over()
    draining = asyncio.create_task(sender.drain())
    async with asyncio.timeout(60):
        for _ in range(most):
            await begun.get()
        for _ in range(5):
            answered.release()
            await begun.get()
        for _ in range(most):
            answered.release()
        await draining
    assert max(in_flight) == most
    assert await states(database) == [State.SENT] * (most + 5)


async def test_one_slow_letter_keeps_nobody_waiting(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """The others go, and are settled, meanwhile."""
    ids = [await a_message(database, member) for _ in range(20)]
    slow = asyncio.Event()

    class OneSlow(FakeDelivery):
        async def send(self, letter: Letter) -> Outcome:
            if letter.row.id == ids[0]:
                await slow.wait()
            elif letter.row.id == ids[-1]:
                slow.set()
            return await super().send(letter)

    async with asyncio.timeout(30):
        await send_all(database, OneSlow(), lease, pace)
    assert await states(database) == [State.SENT] * 20


async def test_after_a_stop_the_outcome_of_everything_under_way_is_known(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """What Telegram was asked for is waited for; nothing new is begun."""
    for _ in range(10):
        await a_message(database, member)
    delivery = FakeDelivery()
    delivery.gate.clear()
    sender = sender_of(database, delivery, lease, pace)
    await sender.take_over()
    draining = asyncio.create_task(sender.drain())
    async with asyncio.timeout(10):
        while len(delivery.sent) < 8:  # noqa: ASYNC110
            await asyncio.sleep(0)
    draining.cancel()
    delivery.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await draining
    assert await states(database) == [State.SENT] * 8 + [State.WAITING] * 2


async def test_a_stop_that_comes_together_with_news_is_not_missed(
    database: Database, lease: OwnLease, pace: FreePace
):
    """The bell's last ring and the stop reach a waiting sender in one step of the loop."""
    sender = sender_of(database, FakeDelivery(), lease, pace)
    running = asyncio.create_task(sender.run())
    await asyncio.sleep(0.3)  # it waits for news by now
    sender.wake()
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=10)
    assert done


async def test_a_stop_does_not_wait_for_turns(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """A letter whose turn has not come, as during a 429's pause, goes back without an attempt."""
    await a_message(database, member)
    pace.gate.clear()
    delivery = FakeDelivery()
    sender = sender_of(database, delivery, lease, pace)
    await sender.take_over()
    draining = asyncio.create_task(sender.drain())
    await pace.asked.wait()
    draining.cancel()
    async with asyncio.timeout(10):
        await asyncio.gather(draining, return_exceptions=True)
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts, delivery.sent) == (State.WAITING, 0, [])


async def test_what_a_killed_process_left_in_flight_is_sent_by_the_next(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Its lease's number is lower; twice left in flight means uncertain."""
    once, twice = [await a_message(database, member) for _ in range(2)]
    await change(database, OUTBOX, OUTBOX.c.id == twice, attempts=1)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.outbox.claim([once, twice], NOW, lease=await lease.acquire())
        await uow.commit()
    delivery = FakeDelivery()
    await send_all(database, delivery, lease, pace)
    assert delivery.sent == [once]
    assert await states(database) == [State.SENT, State.UNCERTAIN]
    assert [row.attempts for row in await stored(database, OUTBOX)] == [2, 2]


async def test_what_became_of_a_letter_outlives_a_stumbling_database(
    database: StumblingDatabase, member: Actor, lease: OwnLease, pace: FreePace
):
    """Its outcome is kept until it can be written: nobody gets it twice."""
    await a_message(database, member)
    delivery = FakeDelivery()

    def sent_while_the_database_goes_away(_: OutboxRow) -> Outcome:
        database.failing = 2
        return SENT

    delivery.outcome = sent_while_the_database_goes_away
    sender = sender_of(database, delivery, lease, pace)
    await sender.take_over()
    with pytest.raises(StorageError):
        await sender.drain()
    assert await states(database) == [State.ATTEMPTED]
    await sender.take_over()
    await sender.drain()
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.message_id) == (State.SENT, 77)
    assert len(delivery.sent) == 1


async def test_what_could_not_be_read_for_sending_costs_no_attempt(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """However often the database stumbles there, nothing becomes uncertain."""
    await a_message(database, member)
    delivery = FakeDelivery()
    delivery.failure = StorageError("the database is away")
    sender = sender_of(database, delivery, lease, pace)
    for _ in range(4):
        await sender.take_over()
        with pytest.raises(StorageError):
            await sender.drain()
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (State.WAITING, 0)
    delivery.failure = None
    await sender.drain()
    assert await states(database) == [State.SENT]


async def test_a_letter_that_breaks_the_sending_does_not_break_the_others(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Nobody knows whether it arrived; what became of the others is known."""
    bad = await a_message(database, member)
    await a_message(database, member)

    def outcome(row: OutboxRow) -> Outcome:
        if row.id == bad:
            raise LookupError
        return SENT

    sender = await send_all(database, FakeDelivery(outcome), lease, pace)
    await due_again(database)
    await sender.drain()
    assert await states(database) == [State.UNCERTAIN, State.SENT]


async def test_without_the_lease_nothing_is_claimed(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Nor before it is ours."""
    await a_message(database, member)
    delivery = FakeDelivery()
    sender = sender_of(database, delivery, lease, pace)
    assert not sender.active
    await sender.drain()
    await sender.take_over()
    assert sender.active
    lease.ours = False
    assert not sender.active
    await sender.drain()
    assert delivery.sent == []
    assert await states(database) == [State.WAITING]


async def test_it_goes_on_after_a_stumble(
    database: StumblingDatabase,
    member: Actor,
    lease: OwnLease,
    pace: FreePace,
    monkeypatch: pytest.MonkeyPatch,
):
    """With the lease asked for anew."""
    monkeypatch.setattr("scheduler.sender._AFTER_FAILURE", 0.0)
    await a_message(database, member)
    delivery = FakeDelivery()
    sender = sender_of(database, delivery, lease, pace)
    database.failing = 3
    running = asyncio.create_task(sender.run())
    async with asyncio.timeout(30):
        await delivery.arrived.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert lease.number > 1
    assert await states(database) == [State.SENT]


async def test_a_wake_sends_what_has_become_due(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """At once."""
    await a_message(database, member)
    delivery = FakeDelivery()
    sender = sender_of(database, delivery, lease, pace)
    running = asyncio.create_task(sender.run())
    async with asyncio.timeout(30):
        await delivery.arrived.wait()
        delivery.arrived.clear()
        await a_message(database, member)
        sender.wake()
        await delivery.arrived.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await states(database) == [State.SENT] * 2


async def test_a_lease_lost_while_waiting_for_a_turn_sends_nothing(
    database: Database, member: Actor, lease: OwnLease, pace: FreePace
):
    """Frozen past its lease: another one sends by now, and this letter is his."""
    await a_message(database, member)
    delivery = FakeDelivery()
    sender = sender_of(database, delivery, lease, pace)
    await sender.take_over()
    pace.gate.clear()
    draining = asyncio.create_task(sender.drain())
    await pace.asked.wait()
    lease.ours = False
    pace.gate.set()
    await draining
    assert delivery.sent == []
    [row] = await stored(database, OUTBOX)
    assert (row.state, row.attempts) == (State.WAITING, 0)
