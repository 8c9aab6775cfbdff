"""Once a second: what is due."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.records import Answer, Association
from scheduler.jobs import Bell, make_scheduler
from scheduler.planner import Planner
from storage import tables
from storage.engine import Database
from storage.inbox import Received
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    a_coordinator,
    a_member,
    a_message,
    an_association,
    an_event,
    change,
    put,
    statements,
    stored,
)

WEEK_BEFORE = datetime(2026, 10, 13, 3, tzinfo=NOW.tzinfo)


class SetClock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def of(self, said: datetime) -> datetime:
        return said


class ListeningSender:
    """Counts how often it is woken."""

    def __init__(self) -> None:
        self.active = True
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands."""
    return SetClock()


@pytest.fixture
def sender() -> ListeningSender:
    """A sender that sends nothing."""
    return ListeningSender()


@pytest.fixture
def bell(database: Database, clock: SetClock, sender: ListeningSender) -> Bell:
    """What rings."""

    def working(day: date) -> bool:
        return day.weekday() < 5

    return Bell(database, clock, Planner(database, working), sender)  # type: ignore[arg-type]


async def test_an_idle_look_is_one_statement(
    database: Database, home: Association, bell: Bell, sender: ListeningSender
):
    """With events planned, notices ahead, and messages for later."""
    member = await a_member(database, home)
    await an_event(database, home)
    await an_event(database, home, NOVEMBER)
    await a_message(database, member, due_at=NOW + timedelta(hours=1))
    await bell.tick()
    woken = sender.woken
    with statements() as said:
        await bell.tick()
    assert len(said) == 1
    assert said[0].startswith("SELECT (EXISTS")
    assert sender.woken == woken


async def test_only_the_process_that_sends_looks(
    database: Database, home: Association, bell: Bell, sender: ListeningSender
):
    """The others cost the database nothing."""
    await an_event(database, home)
    sender.active = False
    with statements() as said:
        await bell.tick()
    assert said == []


async def test_a_new_event_is_planned_and_rings_in_its_time(
    database: Database, home: Association, bell: Bell, clock: SetClock, sender: ListeningSender
):
    """Import, then the week before: a message for the member, and the sender is woken."""
    member = await a_member(database, home)
    event = await an_event(database, home)
    await bell.tick()
    assert await stored(database, tables.outbox) == []
    clock.moment, woken = WEEK_BEFORE, sender.woken
    await bell.tick()
    [row] = await stored(database, tables.outbox)
    assert (row.kind, row.person_id, row.event_id, row.lead) == (
        Message.REMINDER,
        member.person_id,
        event.id,
        "week",
    )
    assert sender.woken == woken + 1


async def test_a_look_that_comes_late_loses_nothing(
    database: Database, home: Association, bell: Bell, clock: SetClock
):
    """After an outage of a day the notice rings, and what is of use is for the sender to say."""
    await a_member(database, home)
    await an_event(database, home)
    await bell.tick()
    clock.moment = WEEK_BEFORE + timedelta(days=1)
    await bell.tick()
    assert [row.lead for row in await stored(database, tables.outbox)] == ["week"]


async def test_the_question_for_days_is_asked(
    database: Database, home: Association, bell: Bell, clock: SetClock, sender: ListeningSender
):
    """Once, however often it looks."""
    await a_coordinator(database, home)
    await an_event(database, home, NOVEMBER)
    await bell.tick()
    clock.moment, woken = datetime(2026, 10, 16, 8, tzinfo=NOW.tzinfo), sender.woken
    for _ in range(3):
        await bell.tick()
    assert [row.kind for row in await stored(database, tables.outbox)] == [Message.NAMING]
    assert sender.woken > woken


async def test_a_message_whose_pause_is_over_wakes_the_sender(
    database: Database, home: Association, bell: Bell, sender: ListeningSender
):
    """The pause is of real time."""
    member = await a_member(database, home)
    retry_at = datetime.now().astimezone() + timedelta(hours=1)
    await bell.tick()
    sender.woken = 0
    row_id = await a_message(database, member, retry_at=retry_at)
    await bell.tick()
    assert sender.woken == 0
    waiting = tables.outbox.c.id == row_id
    await change(database, tables.outbox, waiting, retry_at=retry_at - timedelta(hours=2))
    await bell.tick()
    assert sender.woken == 1


async def test_at_rest_a_look_under_way_ends_and_none_begins(database: Database, bell: Bell):
    """So that the database can be closed."""
    with statements() as said:
        looking = asyncio.create_task(bell.tick())
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await bell.rest()
        assert looking.done()
        late = asyncio.create_task(bell.tick())
        await asyncio.sleep(0)
    late.cancel()
    assert len(said) == 1


async def test_tidying_forgets_old_updates(database: Database, bell: Bell):
    """Those done more than two days ago."""
    uow = UnitOfWork(database)
    async with uow as rows:
        new = await rows.inbox.receive(1, [Received(1, 7, "{}"), Received(2, 7, "{}")])
        await rows.inbox.mark_done(new[0].id)
        await uow.commit()
    long_ago = datetime.now().astimezone() - timedelta(hours=49)
    await change(database, tables.inbox, tables.inbox.c.id == new[0].id, done_at=long_ago)
    await bell.tidy()
    assert [row.update_id for row in await stored(database, tables.inbox)] == [2]


async def test_once_a_day_the_journal_forgets_in_portions(
    database: Database,
    home: Association,
    bell: Bell,
    sender: ListeningSender,
    monkeypatch: pytest.MonkeyPatch,
):
    """What is done with for longer than five years; by the process that sends."""
    monkeypatch.setattr("scheduler.jobs._PORTION", 2)
    member = await a_member(database, home)
    event = await an_event(database, home)
    long_ago = datetime.now(UTC) - timedelta(days=5 * 366)
    for number in range(5):
        await a_message(database, member, event, lead=str(number), state=State.SENT, done_at=long_ago)
    await a_message(database, member, event, lead="new", state=State.SENT, done_at=datetime.now(UTC))
    await put(
        database,
        tables.notices,
        association_id=home.id,
        event_id=event.id,
        schedule_version=1,
        lead="week",
        profile_id=home.profile_id,
        due_at=long_ago,
        useful_until=long_ago,
        fanned_out_at=long_ago,
    )
    words = {"association_id": home.id, "by_person_id": member.person_id, "text": "Вебинар"}
    await put(database, tables.broadcasts, **words, at=long_ago)
    sender.active = False
    await bell.tidy()
    assert len(await stored(database, tables.outbox)) == 6
    sender.active = True
    with statements() as said:
        await bell.tidy()
    assert [row.lead for row in await stored(database, tables.outbox)] == ["new"]
    assert await stored(database, tables.notices) == []
    assert await stored(database, tables.broadcasts) == []
    assert sum(one.startswith("DELETE FROM outbox") for one in said) == 3
    with statements() as said:
        await bell.tidy()
    assert not any("outbox" in one for one in said)


async def test_when_the_school_year_is_over_reasons_are_forgotten(
    database: Database, home: Association, bell: Bell, clock: SetClock, monkeypatch: pytest.MonkeyPatch
):
    """By the association's own midnight of the first of August; until then they are there."""
    east, west = await a_member(database, home), await an_association(database, zone="Europe/Kaliningrad")
    other = await a_member(database, west)
    uow = UnitOfWork(database)
    for member in (east, other):
        event = await an_event(database, member.home)
        async with uow as rows:
            ours = rows.association(member.home.id).rsvps
            await ours.take(event.id, member.person_id, Answer.DECLINED, NOW)
            assert await ours.explain(event.id, member.person_id, "уроки")
            await uow.commit()
    for moment, reasons in (
        (datetime(2027, 7, 31, 16, 59, tzinfo=UTC), ["уроки", "уроки"]),
        (datetime(2027, 7, 31, 17, 1, tzinfo=UTC), ["", "уроки"]),
        (datetime(2027, 7, 31, 22, 1, tzinfo=UTC), ["", ""]),
    ):
        clock.moment = moment
        monkeypatch.setattr(bell, "_journal_tidied", None)  # as on another day
        await bell.tidy()
        assert [row.reason for row in await stored(database, tables.rsvps)] == reasons


async def test_a_day_is_the_clock_s(database: Database, home: Association, bell: Bell, clock: SetClock):
    """Where the clock is moved on, as in the demo, that is another day."""
    member, event = await a_member(database, home), await an_event(database, home)
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(home.id).rsvps
        await ours.take(event.id, member.person_id, Answer.DECLINED, NOW)
        assert await ours.explain(event.id, member.person_id, "уроки")
        await uow.commit()
    await bell.tidy()
    clock.moment = datetime(2027, 9, 2, tzinfo=UTC)
    await bell.tidy()
    assert [row.reason for row in await stored(database, tables.rsvps)] == [""]


async def test_the_jobs_are_made_even_when_late_and_only_once(bell: Bell):
    """HABITS.md: with APScheduler's own grace of a second, what was late was dropped."""
    scheduler = make_scheduler(bell)
    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert set(jobs) == {"tick", "cards", "tidy"}
    assert jobs["tick"].trigger.interval == timedelta(seconds=1)
    assert jobs["tidy"].next_run_time - datetime.now(UTC) <= timedelta(minutes=1)
    scheduler.start(paused=True)
    for job in scheduler.get_jobs():
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    scheduler.shutdown(wait=False)
