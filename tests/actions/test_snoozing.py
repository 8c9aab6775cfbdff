"""«Напомнить позже»: stored for one person, by her own hours; a notice in between leaves it alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.changing import cancel
from actions.snoozing import offer_later, remind_later
from domain.errors import DomainError
from domain.records import Actor, Association, Event
from domain.reminders import Audience
from domain.snooze import Later
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_coordinator,
    a_member,
    change,
    put,
    stored,
)

HOUR = timedelta(hours=1)
# The seminar begins on 20 October at 14:00 in Novosibirsk; NOW is 11:00 on 5 October there.
USEFUL_UNTIL = datetime(2026, 10, 20, 6, 30, tzinfo=NOW.tzinfo)
TOMORROW = datetime(2026, 10, 6, 1, 0, tzinfo=NOW.tzinfo)


async def a_notice(database: Database, home: Association, event: Event | None, **values: object) -> None:
    """A notice of the association's own profile."""
    row = {
        "association_id": home.id,
        "event_id": event and event.id,
        "schedule_version": event.schedule_version if event else 0,
        "lead": "eve",
        "profile_id": home.profile_id,
        "due_at": NOW + HOUR,
        "useful_until": USEFUL_UNTIL,
    }
    await put(database, tables.notices, **{**row, **values})


async def fan_out(database: Database, now: datetime) -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        made = await rows.notices.fan_out(now)
        await uow.commit()
    return made


async def test_a_wish_is_a_reminder_for_one(database: Database, member: Actor, event: Event):
    """Of use as long as a reminder is; a second wish takes the place of the first."""
    assert await remind_later(UnitOfWork(database), member, event.id, Later.HOUR, NOW) == NOW + HOUR
    assert await remind_later(UnitOfWork(database), member, event.id, Later.MORNING, NOW) == TOMORROW
    first, second = await stored(database, tables.outbox)
    assert (first.state, second.state) == (State.OBSOLETE, State.WAITING)
    assert (second.kind, second.person_id, second.version) == (Message.REMINDER, member.person_id, 1)
    assert (second.due_at, second.useful_until) == (TOMORROW, USEFUL_UNTIL)


async def test_what_is_of_no_use_is_not_stored(database: Database, member: Actor, event: Event):
    """Three quarters of an hour before the start nothing is left to choose."""
    late = USEFUL_UNTIL - timedelta(minutes=15)
    assert await offer_later(UnitOfWork(database), member, event.id, late) == ()
    assert await remind_later(UnitOfWork(database), member, event.id, Later.HOUR, late) is None
    assert await stored(database, tables.outbox) == []


async def test_a_notice_before_it_leaves_it_alone(
    database: Database, home: Association, member: Actor, event: Event
):
    """She was promised that hour; one that comes at it or after it tells her all."""
    await remind_later(UnitOfWork(database), member, event.id, Later.MORNING, NOW)
    await a_notice(database, home, event)
    assert await fan_out(database, NOW + HOUR) == 1
    wish, _ = await stored(database, tables.outbox)
    assert wish.state == State.WAITING
    await a_notice(database, home, event, lead="hours", due_at=TOMORROW)
    assert await fan_out(database, TOMORROW) == 1
    wish, *_ = await stored(database, tables.outbox)
    assert wish.state == State.OBSOLETE


async def test_cancelled_over_unknown(database: Database, home: Association, member: Actor, event: Event):
    """Nothing is promised."""
    with pytest.raises(DomainError, match="event_unknown"):
        await offer_later(UnitOfWork(database), member, 999, NOW)
    with pytest.raises(DomainError, match="event_over"):
        await offer_later(UnitOfWork(database), member, event.id, event.ends_at)
    coordinator = await a_coordinator(database, home)
    await cancel(UnitOfWork(database), coordinator, event.id, 1, "", NOW)
    with pytest.raises(DomainError, match="event_cancelled"):
        await remind_later(UnitOfWork(database), member, event.id, Later.HOUR, NOW)


async def test_the_month_s_digest_holds_the_week_s(database: Database, home: Association):
    """For those who get both on one day; and none comes twice because its hour moved."""
    both, week = await a_member(database, home), await a_member(database, home)
    for one, wants in ((both, {"weekly": True, "monthly": True}), (week, {"weekly": True})):
        await change(database, tables.memberships, tables.memberships.c.person_id == one.person_id, **wants)
    await a_notice(database, home, None, lead="weekly", audience=Audience.WEEKLY)
    await a_notice(database, home, None, lead="monthly", audience=Audience.MONTHLY)
    assert await fan_out(database, NOW + HOUR) == 2
    found = {(row.person_id, row.kind) for row in await stored(database, tables.outbox)}
    assert found == {(both.person_id, Message.MONTHLY), (week.person_id, Message.WEEKLY)}
    await a_notice(database, home, None, lead="monthly", audience=Audience.MONTHLY, due_at=NOW + 2 * HOUR)
    assert await fan_out(database, NOW + 2 * HOUR) == 0
