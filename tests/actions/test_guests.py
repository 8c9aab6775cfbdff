"""Guests of an event, entered by the coordinator."""

from __future__ import annotations

import pytest

from actions.answering import who_comes
from actions.guests import GUEST_STEP, add_guests, guests, remove_guest
from domain.errors import DomainError
from domain.records import Actor, Association, Event
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    actor_of,
    an_association,
    an_event,
    cancel,
    stored,
)

ANNA = "Иванова Анна Львовна, районная библиотека"


async def test_guests_stand_in_the_list(database: Database, coordinator: Actor, event: Event):
    """Once each; who entered them is in the journal, their names are not."""
    uow = UnitOfWork(database)
    await guests(uow, coordinator, event.id, writing=True)
    writing = await actor_of(database, coordinator.telegram_id)
    assert writing.dialogue is not None
    assert (writing.dialogue.step, writing.dialogue.facts) == (GUEST_STEP, {"event": event.id})
    for _ in range(2):
        found = (await add_guests(uow, coordinator, event.id, f"{ANNA}\n{ANNA}\nКим О. Ю.", NOW))[0].written
    assert [(one.name, one.organisation) for one in found] == [
        ("Иванова Анна Львовна", "районная библиотека"),
        ("Ким О. Ю.", ""),
    ]
    _, turnout = await who_comes(uow, coordinator, event.id)
    assert turnout.guests == found
    assert (await actor_of(database, coordinator.telegram_id)).dialogue is None
    [line] = await stored(database, tables.journal)
    assert (line.kind, line.by_person_id, line.facts) == (
        "added_guests",
        coordinator.person_id,
        {"event": event.id, "guests": 2},
    )


async def test_a_guest_who_does_not_come_is_taken_out_once(
    database: Database, coordinator: Actor, event: Event
):
    """A second press finds her gone."""
    uow = UnitOfWork(database)
    [anna] = (await add_guests(uow, coordinator, event.id, ANNA, NOW))[0].written
    for _ in range(2):
        assert (await remove_guest(uow, coordinator, event.id, anna.id, NOW)).written == []
    assert [line.kind for line in await stored(database, tables.journal)] == ["added_guests", "removed_guest"]


async def test_where_nobody_gathers_there_are_no_guests(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """A task, a cancelled event, one of another association."""
    uow = UnitOfWork(database)
    task = await an_event(database, home, NOVEMBER, gathering=False)
    theirs = await an_event(database, await an_association(database, "РМО Заречного района"))
    await cancel(database, event)
    for event_id, code in (
        (task.id, "no_answer_needed"),
        (event.id, "event_cancelled"),
        (theirs.id, "event_unknown"),
    ):
        with pytest.raises(DomainError, match=code):
            await add_guests(uow, coordinator, event_id, ANNA, NOW)
        with pytest.raises(DomainError, match=code):
            await remove_guest(uow, coordinator, event_id, 1, NOW)
    assert await stored(database, tables.event_guests) == []
