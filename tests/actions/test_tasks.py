"""Naming people for a task, and what they have done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from actions.tasks import assignees, choose_people, finish, my_tasks, save_people
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Association, Event
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_member,
    actor_of,
    an_association,
    an_event,
    cancel,
    stored,
)

OUTBOX = tables.outbox
NIGHT = datetime(2026, 10, 5, 16, tzinfo=UTC)


@pytest.fixture
async def task(database: Database, home: Association) -> Event:
    """Something to be done by 20 October."""
    return await an_event(database, home, Period.deadline(date(2026, 10, 20)), gathering=False)


async def name(database: Database, who: Actor, task: Event, *people: Actor, at: datetime = NOW) -> int:
    """Names these people alone; returns how many are told."""
    uow = UnitOfWork(database)
    async with uow.reading() as rows:
        before = {one.person_id for one in await rows.association(who.home.id).assignments.of_event(task.id)}
    await choose_people(uow, who, task.id, at)
    for person_id in before ^ {one.person_id for one in people}:
        who = await actor_of(database, who.telegram_id)
        await choose_people(uow, who, task.id, at, toggled=person_id)
    who = await actor_of(database, who.telegram_id)
    return (await save_people(uow, who, task.id, at)).told


async def test_those_named_are_told_once(
    database: Database, coordinator: Actor, member: Actor, task: Event
) -> None:
    """At once, with the task's schedule; not the coordinator herself, and not again when others are added."""
    assert await name(database, coordinator, task, member, coordinator) == 1
    [row] = await stored(database, OUTBOX)
    assert (row.person_id, row.kind, row.lead) == (member.person_id, Message.REMINDER, "named")
    assert (row.version, row.due_at, row.useful_until) == (task.schedule_version, NOW, task.ends_at)
    other = await a_member(database, coordinator.home)
    assert await name(database, coordinator, task, member, other) == 1
    named = await assignees(UnitOfWork(database), coordinator, task.id)
    assert {one.person_id for one in named.assignees} == {member.person_id, other.person_id}


async def test_at_night_they_are_told_in_the_morning(
    database: Database, coordinator: Actor, member: Actor, task: Event
) -> None:
    await name(database, coordinator, task, member, at=NIGHT)
    [row] = await stored(database, OUTBOX)
    assert row.due_at == NIGHT + timedelta(hours=9)


async def test_done_and_taken_back(
    database: Database, coordinator: Actor, member: Actor, task: Event
) -> None:
    uow = UnitOfWork(database)
    await name(database, coordinator, task, member)
    assert [one.id for one in await my_tasks(uow, member)] == [task.id]
    first = await finish(uow, member, task.id, NOW, done=True)
    again = await finish(uow, member, task.id, NOW + timedelta(hours=1), done=True)
    assert first.done_at == again.done_at == NOW
    assert await my_tasks(uow, member) == []
    back = await finish(uow, member, task.id, NOW, done=False)
    assert back.done_at is None
    await cancel(database, task)
    assert await my_tasks(uow, member) == []


async def test_everybody_and_nobody(
    database: Database, coordinator: Actor, member: Actor, task: Event
) -> None:
    uow = UnitOfWork(database)
    chosen = await choose_people(uow, coordinator, task.id, NOW, everybody=True)
    assert chosen.chosen == {coordinator.person_id, member.person_id}
    assert await stored(database, tables.assignments) == []
    for person_id in sorted(chosen.chosen):
        who = await actor_of(database, coordinator.telegram_id)
        left = await choose_people(uow, who, task.id, NOW, toggled=person_id)
    assert left.chosen == set()
    who = await actor_of(database, coordinator.telegram_id)
    assert (await save_people(uow, who, task.id, NOW)).assignees == []


async def test_what_cannot_be(
    database: Database, home: Association, coordinator: Actor, member: Actor, task: Event
) -> None:
    uow, later = UnitOfWork(database), datetime(2026, 12, 1, tzinfo=UTC)
    seminar = await an_event(database, home)
    elsewhere = await an_event(
        database, await an_association(database, "РМО Заречного района"), gathering=False
    )
    cancelled = await cancel(database, await an_event(database, home, task.period, gathering=False))
    for attempt, code in (
        (save_people(uow, coordinator, task.id, NOW), "stale_button"),
        (choose_people(uow, coordinator, seminar.id, NOW), "not_a_task"),
        (choose_people(uow, coordinator, elsewhere.id, NOW), "event_unknown"),
        (choose_people(uow, coordinator, cancelled.id, NOW), "task_cancelled"),
        (choose_people(uow, coordinator, task.id, later), "task_over"),
        (assignees(uow, coordinator, seminar.id), "not_a_task"),
        (finish(uow, member, task.id, NOW, done=True), "task_not_yours"),
        (finish(uow, member, cancelled.id, NOW, done=True), "task_cancelled"),
        (finish(uow, member, elsewhere.id, NOW, done=True), "event_unknown"),
    ):
        with pytest.raises(DomainError) as refused:
            await attempt
        assert refused.value.code == code


async def test_somebody_of_another_association_is_not_named(
    database: Database, coordinator: Actor, task: Event
) -> None:
    stranger = await a_member(database, await an_association(database, "РМО Заречного района"))
    chosen = await choose_people(UnitOfWork(database), coordinator, task.id, NOW, toggled=stranger.person_id)
    assert chosen.chosen == set()
