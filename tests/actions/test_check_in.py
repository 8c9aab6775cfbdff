"""«Я на месте»: in its time, once, judged by when she said so."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.check_in import check_in, event_of_code, signing_key
from domain.checkin import Token, write_token
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Association, Event, Mark, Status, Way
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOVEMBER,
    a_member,
    an_association,
    an_event,
    cancel,
    change,
    move,
)

MINUTE = timedelta(minutes=1)


async def test_it_is_taken_from_half_an_hour_before_to_half_an_hour_after(
    database: Database, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    for at, code in (
        (event.starts_at - 31 * MINUTE, "checkin_too_early"),
        (event.ends_at + 31 * MINUTE, "checkin_too_late"),
    ):
        with pytest.raises(DomainError, match=code):
            await check_in(uow, member, event.id, Way.SELF, at)
    first = await check_in(uow, member, event.id, Way.QR, event.starts_at - 30 * MINUTE)
    assert (first.attendance.mark, first.attendance.way, first.repeated) == (Mark.PRESENT, Way.QR, False)
    again = await check_in(uow, member, event.id, Way.SELF, event.ends_at)
    assert again.repeated
    assert again.attendance == first.attendance


async def test_what_waited_in_the_inbox_counts_as_of_when_it_was_said(
    database: Database, member: Actor, event: Event
) -> None:
    late = event.ends_at + timedelta(hours=5)
    done = await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)
    assert not done.repeated


async def test_the_window_is_the_associations(database: Database, member: Actor, event: Event) -> None:
    await change(
        database, tables.associations, tables.associations.c.id == event.association_id, checkin_before=120
    )
    async with UnitOfWork(database).reading() as rows:
        member = (await rows.people.actor(member.telegram_id)) or member
    at = event.starts_at - 119 * MINUTE
    assert not (await check_in(UnitOfWork(database), member, event.id, Way.SELF, at).repeated


async def test_a_cancelled_one_takes_nobody(database: Database, member: Actor, event: Event) -> None:
    await cancel(database, event)
    with pytest.raises(DomainError, match="event_cancelled"):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)


async def test_a_month_is_no_time_to_check_in(database: Database, home: Association, member: Actor) -> None:
    event = await an_event(database, home, NOVEMBER)
    with pytest.raises(DomainError, match="checkin_no_day"):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)


async def test_one_that_was_not_held_takes_nobody(database: Database, member: Actor, event: Event) -> None:
    await change(database, tables.events, tables.events.c.id == event.id, status=Status.NOT_HELD)
    with pytest.raises(DomainError, match="checkin_not_held"):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)


async def test_another_associations_event_is_unknown(database: Database, event: Event) -> None:
    stranger = await a_member(database, await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="event_unknown"):
        await check_in(UnitOfWork(database), stranger, event.id, Way.QR, event.starts_at)


async def test_an_event_moved_while_people_check_in(
    database: Database, home: Association, member: Actor, event: Event
) -> None:
    """Who was marked for the old day is not marked for the new one; nobody can be marked for it yet."""
    other = await a_member(database, home, "Белова Анна Павловна")
    await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)
    await move(database, home, event, LATER_DAY)
    with pytest.raises(DomainError, match="checkin_too_early"):
        await check_in(UnitOfWork(database), other, event.id, Way.SELF, event.starts_at)
    later = event.starts_at + timedelta(days=7)
    assert not (await check_in(UnitOfWork(database), member, event.id, Way.SELF, later).repeated


async def test_a_whole_day_is_open_from_its_beginning_to_its_end(
    database: Database, home: Association, member: Actor
) -> None:
    event = await an_event(database, home, Period.day(LATER_DAY.first_day))
    for at in (event.starts_at, event.ends_at):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, at)


async def test_of_two_presses_at_once_one_is_the_first(
    database: Database, member: Actor, event: Event
) -> None:
    at = event.starts_at
    both = await asyncio.gather(
        *(check_in(UnitOfWork(database), member, event.id, Way.SELF, at)
    )
    assert sorted(one.repeated for one in both) == [False, True]


async def test_the_key_is_made_once_and_signs(database: Database, event: Event) -> None:
    uow = UnitOfWork(database)
    key = await signing_key(uow)
    assert await signing_key(uow) == key
    assert len(key) == 32
    code = write_token(key, Token(event.id, 0))
    assert event_of_code(key, code, event.starts_at) == Token(event.id, 0)
