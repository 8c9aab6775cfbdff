"""Naming the day: the change, its revision and the messages about it are one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from actions.naming import name_day, propose_day
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event
from domain.roles import Part, Role
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import NOVEMBER, NOW, a_coordinator, an_association, an_event, cancel, stored

DAY = Period.at(date(2026, 11, 17), time(14))
OTHER_HOUR = Period.at(date(2026, 11, 17), time(15))
OTHER_DAY = Period.at(date(2026, 11, 24), time(14))


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar in November."""
    return await an_event(database, home, NOVEMBER)


async def name(
    database: Database, coordinator: Actor, event: Event, period: Period, *, revision: int | None = None
) -> Event:
    uow, seen = UnitOfWork(database), revision or event.revision
    return (await name_day(uow, coordinator, event.id, seen, period, NOW)).event


async def test_a_named_day_is_stored_written_down_and_told(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """To everybody but the one who named it, from the revision they knew."""
    done = await name_day(UnitOfWork(database), coordinator, event.id, 1, DAY, NOW)
    assert (done.event.period, done.people) == (DAY, 1)
    [row] = await stored(database, tables.events)
    assert (row.period, row.revision, row.schedule_version, row.day_version) == (DAY, 2, 2, 2)
    assert (row.starts_at, row.answers_until) == (DAY.begins_at(home.zone), DAY.begins_at(home.zone))
    assert (row.announced_at, row.planned_version) == (NOW, 0)
    revisions = await stored(database, tables.revisions)
    assert [(one.number, one.kind, one.period, one.by_person_id) for one in revisions] == [
        (1, "planned", NOVEMBER, None),
        (2, "day_named", DAY, coordinator.person_id),
    ]
    [message] = await stored(database, tables.outbox)
    assert (message.kind, message.person_id, message.version, message.since_revision) == (
        Message.CHANGE,
        member.person_id,
        2,
        1,
    )


async def test_the_same_day_again_changes_nothing(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    """And tells nobody."""
    named = await name(database, coordinator, event, DAY)
    await name(database, coordinator, named, DAY)
    assert len(await stored(database, tables.revisions)) == 2
    assert len(await stored(database, tables.outbox)) == 1


@pytest.mark.parametrize(("period", "day_version"), [(OTHER_HOUR, 2), (OTHER_DAY, 3)])
async def test_a_new_hour_keeps_the_answers_a_new_day_does_not(
    database: Database, coordinator: Actor, member: Actor, event: Event, period: Period, day_version: int
):
    """Either way the schedule is new, so that it rings again."""
    named = await name(database, coordinator, event, DAY)
    moved = await name(database, coordinator, named, period)
    assert (moved.schedule_version, moved.day_version, moved.revision) == (3, day_version, 3)
    assert [row.kind for row in await stored(database, tables.revisions)] == [
        "planned",
        "day_named",
        "moved",
    ]


async def test_of_two_who_name_at_once_one_is_told_to_look_again(
    database: Database, database_url: str, home: Association, coordinator: Actor, event: Event
):
    """Her day is not written over unseen."""
    colleague = await a_coordinator(database, home, "Сидорова Анна Петровна")
    other = Database(database_url)
    both = await asyncio.gather(
        name(database, coordinator, event, DAY),
        name(other, colleague, event, OTHER_DAY),
        return_exceptions=True,
    )
    await other.close()
    assert [one.code for one in both if isinstance(one, DomainError)] == ["event_changed"]
    [kept] = [one for one in both if isinstance(one, Event)]
    assert [row.period for row in await stored(database, tables.events)] == [kept.period]
    assert len(await stored(database, tables.outbox)) == 1


async def test_a_stale_card_names_nothing(database: Database, coordinator: Actor, event: Event):
    """Pressed after somebody else moved it."""
    await name(database, coordinator, event, DAY)
    with pytest.raises(DomainError, match="event_changed"):
        await name(database, coordinator, event, OTHER_DAY, revision=1)
    assert len(await stored(database, tables.revisions)) == 2


async def test_what_cannot_be_named(database: Database, home: Association, coordinator: Actor, event: Event):
    """A cancelled event, a day in the past, another association's event."""
    cancelled = await cancel(database, await an_event(database, home, NOVEMBER))
    elsewhere = await an_event(database, await an_association(database, "РМО Заречного района"), NOVEMBER)
    past = Period.at((NOW - timedelta(days=1)).date(), time(14))
    for what, period, code in (
        (cancelled, DAY, "event_cancelled"),
        (event, past, "day_in_past"),
        (elsewhere, DAY, "event_unknown"),
    ):
        with pytest.raises(DomainError) as refused:
            await name(database, coordinator, what, period)
        assert refused.value.code == code
    assert await stored(database, tables.outbox) == []


async def test_an_answer_to_the_old_day_is_kept(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """But counts no longer."""
    named = await name(database, coordinator, event, DAY)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).rsvps.take(named.id, member.person_id, Answer.GOING, NOW)
        await uow.commit()
    await name(database, coordinator, named, OTHER_DAY)
    assert [row.answer for row in await stored(database, tables.rsvps)] == [Answer.GOING]
    async with uow.reading() as rows:
        card = await rows.association(home.id).events.card(named.id, member.person_id, NOW)
    assert card is not None
    assert (card.answer, card.going) == (None, 0)


async def test_what_else_takes_place_is_told_to_those_who_see_the_plan(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """A guest who presents one event knows of no other."""
    other = await an_event(database, home, DAY, title="Заседание РМО")
    seen = await propose_day(UnitOfWork(database), coordinator, event.id, OTHER_HOUR, NOW)
    assert [one.event.id for one in seen.clashes] == [other.id]
    hers, uow = await an_event(database, home, DAY, title="Мастер-класс"), UnitOfWork(database)
    async with uow as rows:
        assert await rows.association(home.id).parts.give(hers.id, coordinator.person_id, Part.HOST, NOW)
        await uow.commit()
    guest = replace(coordinator, role=Role.GUEST)
    assert (await propose_day(UnitOfWork(database), guest, hers.id, OTHER_HOUR, NOW)).clashes == ()
