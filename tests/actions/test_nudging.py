"""Asking the silent, and saying whether an event took place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from actions.answering import answer
from actions.holding import say_held
from actions.nudging import nudge, propose_nudge
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, Status
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    a_member,
    an_association,
    an_event,
    cancel,
    change,
    stored,
)

NIGHT = datetime(2026, 10, 5, 16, tzinfo=UTC)
OVER = datetime(2026, 10, 21, 3, tzinfo=UTC)


async def test_the_silent_but_the_coordinator_herself(
    database: Database, home: Association, coordinator: Actor, event: Event
) -> None:
    """By their hours, and after their pauses; not twice within a day."""
    silent, paused, going = [await a_member(database, home) for _ in range(3)]
    uow = UnitOfWork(database)
    await answer(uow, going, event.id, Answer.GOING, NOW)
    ends = datetime(2026, 10, 10, tzinfo=UTC)
    members = tables.memberships
    await change(database, members, members.c.person_id == paused.person_id, paused_until=ends)
    assert (await propose_nudge(uow, coordinator, event.id, NIGHT)).people == 2
    assert (await nudge(uow, coordinator, event.id, NIGHT)).people == 2
    rows = await stored(database, tables.outbox)
    morning = NIGHT + timedelta(hours=9)
    assert {(row.person_id, row.due_at) for row in rows} == {
        (silent.person_id, morning),
        (paused.person_id, ends),
    }
    for again in (propose_nudge, nudge):
        with pytest.raises(DomainError, match="nudged_today"):
            await again(uow, coordinator, event.id, morning)


async def test_nobody_is_silent(database: Database, coordinator: Actor, event: Event) -> None:
    done = await nudge(UnitOfWork(database), coordinator, event.id, NOW)
    assert (done.people, done.changed) == (0, False)


async def test_what_asks_for_no_answers(
    database: Database, home: Association, coordinator: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    unnamed = await an_event(database, home, NOVEMBER)
    task = await an_event(database, home, Period.deadline(date(2026, 10, 20)), gathering=False)
    cancelled = await cancel(database, await an_event(database, home))
    for one, at, code in (
        (unnamed, NOW, "day_not_named"),
        (task, NOW, "no_answer_needed"),
        (cancelled, NOW, "event_cancelled"),
        (event, OVER, "answers_closed"),
    ):
        with pytest.raises(DomainError) as refused:
            await nudge(uow, coordinator, one.id, at)
        assert refused.value.code == code


async def test_held_not_held_and_taken_back(
    database: Database, home: Association, coordinator: Actor, event: Event
) -> None:
    """Written down each time, told to nobody."""
    await a_member(database, home)
    uow = UnitOfWork(database)
    for said in (Status.HELD, Status.HELD, Status.NOT_HELD, Status.PLANNED):
        assert (await say_held(uow, coordinator, event.id, said, OVER)).status is said
    assert [row.kind for row in await stored(database, tables.revisions)] == [
        "planned",
        "held",
        "not_held",
        "held_undone",
    ]
    assert await stored(database, tables.outbox) == []


async def test_what_cannot_have_been_held(
    database: Database, home: Association, coordinator: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    elsewhere = await an_event(database, await an_association(database, "РМО Заречного района"))
    task = await an_event(database, home, Period.deadline(date(2026, 10, 20)), gathering=False)
    cancelled = await cancel(database, await an_event(database, home))
    for one, at, code in (
        (event, NOW, "not_over_yet"),
        (elsewhere, OVER, "event_unknown"),
        (task, OVER, "no_answer_needed"),
        (cancelled, OVER, "event_cancelled"),
    ):
        with pytest.raises(DomainError) as refused:
            await say_held(uow, coordinator, one.id, Status.HELD, at)
        assert refused.value.code == code
