"""Events and timing profiles into notices; days still to be named into questions."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from domain.period import Period
from domain.records import LISTED, Association, Event, Standing
from domain.reminders import Audience
from domain.timing import Lead, TimingProfile
from scheduler.planner import Planner
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOVEMBER,
    NOW,
    ZONE,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    cancel,
    change,
    move,
    statements,
    stored,
)

NOTICES = tables.notices
DAY = timedelta(days=1)
# The seminar is on 20 October at 14:00 in Novosibirsk: the week before at 10:00, the eve at 18:00, at 12:00.
SEMINAR_RINGS = {
    "week": datetime(2026, 10, 13, 3, tzinfo=NOW.tzinfo),
    "eve": datetime(2026, 10, 19, 11, tzinfo=NOW.tzinfo),
    "hours": datetime(2026, 10, 20, 5, tzinfo=NOW.tzinfo),
}
# For the silent; for the coordinators the evening before, and the day after; what follows for everybody.
AFTERWARDS = ("attended", "roll", "opinion", "missed")
BESIDE = ("last_call", "list", "summary", "held", *AFTERWARDS)
BY_CALENDAR = ("weekly", "monthly")
# The coordinator is asked for November's days from 18 October on, a Sunday: on the Friday before, at 15:00.
FIRST_QUESTION = datetime(2026, 10, 16, 8, tzinfo=NOW.tzinfo)


def working(day: date) -> bool:
    return day.weekday() < 5


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
def planner(database: Database) -> Planner:
    """The planner."""
    return Planner(database, working)


async def made(
    database: Database, event: Event, audience: Audience = Audience.MEMBERS
) -> dict[str, datetime]:
    """The event's notices for an audience: when each lead falls due."""
    rows = await stored(database, NOTICES, NOTICES.c.event_id == event.id, NOTICES.c.audience == audience)
    return {row.lead: row.due_at for row in rows}


async def test_an_event_gets_a_notice_for_each_lead(database: Database, home: Association, planner: Planner):
    """By its association's profile, though nobody has joined yet."""
    event = await an_event(database, home)
    assert await planner.plan(NOW) == 1
    assert await made(database, event) == SEMINAR_RINGS


async def test_a_second_plan_changes_nothing(database: Database, home: Association, planner: Planner):
    """There is nothing to plan, and looking costs a statement for the events and one for the calendars."""
    await an_event(database, home)
    await an_event(database, home, NOVEMBER)
    await planner.plan(NOW)
    before = await stored(database, NOTICES)
    with statements() as said:
        assert await planner.plan(NOW + DAY) == 0
    assert len(said) == 2
    assert await stored(database, NOTICES) == before


async def test_planning_again_makes_the_same(database: Database, home: Association, planner: Planner):
    """After a crash between planning and its mark nothing is doubled."""
    event = await an_event(database, home)
    await planner.plan(NOW)
    await change(database, tables.events, tables.events.c.id == event.id, planned_version=0)
    await planner.plan(NOW)
    assert await made(database, event) == SEMINAR_RINGS
    assert len(await stored(database, NOTICES)) == len(SEMINAR_RINGS) + len(BESIDE) + len(BY_CALENDAR)


async def test_every_profile_in_use_has_notices_of_its_own(
    database: Database, home: Association, planner: Planner
):
    """The association's, and those that its active members chose; nobody else's."""
    early = TimingProfile(
        ZONE,
        (Lead.before_day("month", 30, time(9)), Lead.before_day("early", 3, time(9))),
        (),
        (),
        (),
        (),
        time(21),
        time(8),
    )
    member, left = await a_member(database, home), await a_member(database, home)
    elsewhere = await an_association(database, "РМО Заречного района", zone="Europe/Moscow")
    uow = UnitOfWork(database)
    async with uow as rows:
        own = await rows.associations.profile(early.canonical())
        gone = await rows.associations.profile(early.canonical().replace("early", "gone"))
        await rows.association(home.id).roster.move(left.person_id, Standing.LEFT, among=LISTED)
        await uow.commit()
    for person, profile in ((member, own), (left, gone)):
        belongs = tables.memberships.c.person_id == person.person_id
        await change(database, tables.memberships, belongs, profile_id=profile)
    event = await an_event(database, home)
    await planner.plan(NOW)
    rows_made = await stored(database, NOTICES, NOTICES.c.event_id.is_not(None))
    assert {(row.profile_id, row.lead) for row in rows_made} == {
        *((home.profile_id, lead) for lead in (*SEMINAR_RINGS, *BESIDE)),
        (own, "early"),
        (own, "last_call"),
    }
    assert elsewhere.profile_id not in {row.profile_id for row in rows_made}
    assert {row.event_id for row in rows_made} == {event.id}


async def test_a_moved_event_s_notices_are_withdrawn_and_made_anew(
    database: Database, home: Association, planner: Planner
):
    """Those that rang already stay as they are, and the new schedule rings as a whole."""
    event = await an_event(database, home)
    await planner.plan(NOW)
    await change(database, NOTICES, NOTICES.c.lead == "week", fanned_out_at=NOW)
    moved = await move(database, home, event, LATER_DAY)
    assert await planner.plan(NOW) == 1
    rows = await stored(database, NOTICES, NOTICES.c.audience == Audience.MEMBERS)
    assert {(row.schedule_version, row.lead, row.due_at) for row in rows} == {
        (1, "week", SEMINAR_RINGS["week"]),
        *((2, lead, at + 7 * DAY) for lead, at in SEMINAR_RINGS.items()),
    }
    assert {row.event_id for row in rows} == {moved.id}


async def test_no_notice_is_made_in_the_past(database: Database, home: Association, planner: Planner):
    """A plan imported on the eve rings from the eve on; one of last year not at all."""
    event = await an_event(database, home)
    over = await an_event(database, home, Period.at(date(2026, 9, 1), time(14)))
    assert await planner.plan(SEMINAR_RINGS["eve"]) == 2
    assert set(await made(database, event)) == {"eve", "hours"}
    assert await made(database, over) == {}


async def test_a_task_rings_for_those_named_for_it(database: Database, home: Association, planner: Planner):
    """And for nobody else, whoever has its profile."""
    task = await an_event(database, home, Period.deadline(date(2026, 10, 30)), gathering=False)
    await planner.plan(NOW)
    assert await made(database, task) == {}
    assert set(await made(database, task, Audience.NAMED)) == {"deadline_week", "deadline_eve"}


async def test_what_is_cancelled_has_no_notices(database: Database, home: Association, planner: Planner):
    """A cancelled event that is planned anew loses those it had."""
    event = await an_event(database, home)
    await planner.plan(NOW)
    await cancel(database, event)
    await change(database, tables.events, tables.events.c.id == event.id, planned_version=0)
    await planner.plan(NOW)
    assert await made(database, event) == {}


async def test_an_event_changed_while_it_is_planned_is_planned_again(database: Database, home: Association):
    """The mark goes by the schedule that was planned."""
    event = await an_event(database, home)
    planner = Planner(database, working)
    async with UnitOfWork(database).reading() as rows:
        before = await rows.notices.events_to_plan(10)
    await move(database, home, event, LATER_DAY)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.notices.replace(before, [])
        await uow.commit()
    assert await planner.plan(NOW) == 1
    assert await made(database, event) == {lead: at + 7 * DAY for lead, at in SEMINAR_RINGS.items()}


async def test_many_events_are_planned_in_batches(
    database: Database, home: Association, planner: Planner, monkeypatch: pytest.MonkeyPatch
):
    """All of them."""
    monkeypatch.setattr("scheduler.planner._BATCH", 2)
    for _ in range(5):
        await an_event(database, home)
    assert await planner.plan(NOW) == 5
    assert len(await stored(database, NOTICES, NOTICES.c.audience == Audience.MEMBERS)) == 15


# What comes by the calendar


async def by_calendar(database: Database, home: Association, lead: str = "naming") -> Any:
    """The notice of a lead that has not rung yet; None where there is none."""
    found = await stored(
        database,
        NOTICES,
        NOTICES.c.association_id == home.id,
        NOTICES.c.lead == lead,
        NOTICES.c.fanned_out_at.is_(None),
    )
    assert len(found) <= 1
    return found[0] if found else None


async def rings(database: Database, planner: Planner, now: datetime) -> int:
    """What is due rings, and what follows is planned; returns how many messages that makes."""
    uow = UnitOfWork(database)
    async with uow as rows:
        made = await rows.notices.fan_out(now)
        await uow.commit()
    await planner.plan(now)
    return made


async def test_the_question_for_days_falls_due_two_weeks_before_the_month(
    database: Database, home: Association, planner: Planner
):
    """For the first month that has an event without a day."""
    await an_event(database, home, Period.month(2026, 12))
    await an_event(database, home, NOVEMBER)
    await planner.plan(NOW)
    assert (await by_calendar(database, home)).due_at == FIRST_QUESTION


async def test_with_every_day_named_there_is_no_question(
    database: Database, home: Association, planner: Planner
):
    """Naming the last one takes the question away."""
    event = await an_event(database, home, NOVEMBER)
    await planner.plan(NOW)
    await move(database, home, event, LATER_DAY)
    await planner.plan(NOW)
    assert await by_calendar(database, home) is None


async def test_coordinators_are_asked_when_it_is_due(database: Database, home: Association, planner: Planner):
    """One message to each, about all the days; members are left alone."""
    coordinator = await a_coordinator(database, home)
    await a_member(database, home)
    for _ in range(3):
        await an_event(database, home, NOVEMBER)
    await planner.plan(NOW)
    assert await rings(database, planner, FIRST_QUESTION - timedelta(seconds=1)) == 0
    assert await rings(database, planner, FIRST_QUESTION) == 1
    [row] = await stored(database, tables.outbox)
    assert (row.kind, row.person_id, row.event_id) == (Message.NAMING, coordinator.person_id, None)


async def test_coordinators_are_asked_weekly_at_most(database: Database, home: Association, planner: Planner):
    """However many events of however many months are without a day."""
    await a_coordinator(database, home)
    for month in (11, 12):
        await an_event(database, home, Period.month(2026, month))
    await an_event(database, home, Period.weeks(date(2026, 11, 9), date(2026, 11, 22)))
    await planner.plan(NOW)
    now = NOW
    while now < NOW + 60 * DAY:
        await rings(database, planner, now)
        now += timedelta(hours=1)
    asked = [row.due_at for row in await stored(database, tables.outbox) if row.kind == Message.NAMING]
    pauses = [later - sooner for sooner, later in itertools.pairwise(asked)]
    assert asked[0] == FIRST_QUESTION
    assert len(asked) >= 5
    assert all(timedelta(days=6) <= pause <= timedelta(days=8) for pause in pauses), pauses


async def test_after_asking_nothing_is_due_at_once(database: Database, home: Association, planner: Planner):
    """A new event without a day does not make it ask again the same week."""
    await a_coordinator(database, home)
    await an_event(database, home, NOVEMBER)
    await planner.plan(NOW)
    await rings(database, planner, FIRST_QUESTION)
    await an_event(database, home, NOVEMBER)
    await planner.plan(FIRST_QUESTION)
    assert await rings(database, planner, FIRST_QUESTION) == 0
    assert (await by_calendar(database, home)).due_at >= FIRST_QUESTION + timedelta(days=6)


async def test_not_yet_keeps_the_question_away_for_so_long(
    database: Database, home: Association, planner: Planner
):
    """«Пока не знаю»: the next one comes after it."""
    await a_coordinator(database, home)
    await an_event(database, home, NOVEMBER)
    await planner.plan(NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.notices.let_naming_rest(home.id, FIRST_QUESTION + 14 * DAY)
        await uow.commit()
    await planner.plan(NOW)
    assert (await by_calendar(database, home)).due_at >= FIRST_QUESTION + 14 * DAY


async def test_digests_reach_those_who_want_them_and_are_followed_by_the_next(
    database: Database, home: Association, planner: Planner
):
    """Monday by Monday, month by month; the month's holds the week's of the same day, 2 November."""
    eager = await a_member(database, home)
    await a_member(database, home)
    await change(
        database,
        tables.memberships,
        tables.memberships.c.person_id == eager.person_id,
        weekly=True,
        monthly=True,
    )
    await planner.plan(NOW)
    now = NOW
    while now < NOW + 35 * DAY:
        await rings(database, planner, now)
        now += timedelta(hours=6)
    sent = [(row.kind, row.person_id) for row in await stored(database, tables.outbox)]
    assert set(sent) == {(Message.WEEKLY, eager.person_id), (Message.MONTHLY, eager.person_id)}
    assert sent.count((Message.WEEKLY, eager.person_id)) == 3
    assert sent.count((Message.MONTHLY, eager.person_id)) == 1
