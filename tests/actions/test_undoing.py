"""«Вернуть как было»: what is stored, who is told, which answers count."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

import actions
from actions.answering import answer
from actions.changing import cancel, restore, set_deadline, set_place, what_people_know
from actions.editing import Field, set_field, set_kind
from actions.guests import add_guests
from actions.inviting import set_invited
from actions.naming import name_day
from actions.seating import set_seats
from actions.undoing import propose_undo, undo
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Actor, Answer, Association, Event, Invited, Mode, Status
from domain.undo import UNDOABLE
from storage import tables
from storage.engine import Database
from storage.history import _KEPT
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    an_event,
    change,
    stored,
)

MINUTE = timedelta(minutes=1)
OUTBOX = tables.outbox
NIGHT = datetime(2026, 10, 5, 16, tzinfo=UTC)  # 23:00 there


async def present(database: Database, event: Event) -> Event:
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(event.association_id).events.get(event.id)
    assert found is not None
    return found


async def her_answer(database: Database, event: Event, member: Actor) -> Answer | None:
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(event.association_id).events.card(event.id, member.person_id, NOW)
    assert card is not None
    return card.answer


async def waiting(database: Database) -> list[tuple[int, int]]:
    """The notices of changes that wait: the state told last, and the one to be told."""
    rows = await stored(database, OUTBOX, OUTBOX.c.kind == Message.CHANGE, OUTBOX.c.state == State.WAITING)
    return [(row.since_revision, row.version) for row in rows]


async def _invite_a_group(uow: UnitOfWork, by: Actor, one: Event, now: datetime) -> None:
    async with uow as rows:
        group_id = await rows.association(by.home.id).groups.add("Новички")
        await uow.commit()
    await set_invited(uow, by, one.id, one.revision, Invited.GROUP, group_id, now)


# What a coordinator can do to an event, and what it changes.
Act = Callable[[UnitOfWork, Actor, Event, datetime], Awaitable[object]]
PLACE = {
    "venue": "Лицей № 13",
    "entrance": "вход со двора",
    "mode": Mode.MIXED,
    "link": "https://meet.example.org/a",
    "bring": "паспорт",
}
CHANGES: dict[str, tuple[set[str], Act]] = {
    "moved": (
        {"period"},
        lambda uow, by, one, now: name_day(uow, by, one.id, one.revision, LATER_DAY, now),
    ),
    "postponed": (
        {"period"},
        lambda uow, by, one, now: name_day(uow, by, one.id, one.revision, NOVEMBER, now),
    ),
    "cancelled": (
        {"status", "reason"},
        lambda uow, by, one, now: cancel(uow, by, one.id, one.revision, "карантин", now),
    ),
    "place": (set(PLACE), lambda uow, by, one, now: set_place(uow, by, one.id, one.revision, PLACE, now)),
    "bring": (
        {"bring"},
        lambda uow, by, one, now: set_place(uow, by, one.id, one.revision, {"bring": "чай"}, now),
    ),
    "link": (
        {"link"},
        lambda uow, by, one, now: set_place(uow, by, one.id, one.revision, {"link": PLACE["link"]}, now),
    ),
    "deadline": (
        {"answer_by"},
        lambda uow, by, one, now: set_deadline(uow, by, one.id, one.revision, now + timedelta(days=3), now),
    ),
    "seats": ({"seats"}, lambda uow, by, one, now: set_seats(uow, by, one.id, one.revision, 25, now)),
    "invited": ({"invited", "group_id"}, _invite_a_group),
    "kind": ({"kind"}, lambda uow, by, one, now: set_kind(uow, by, one.id, one.revision, Kind.WORKSHOP, now)),
}


def _writing(field: Field) -> Act:
    return lambda uow, by, one, now: set_field(uow, by, one.id, one.revision, field, "Другое", now)


CHANGES |= {field: ({field}, _writing(field)) for field in get_args(Field)}
# What a coordinator does not change by hand; events joined and parted have their own way back.
NEVER_CHANGED = {"id", "association_id", "gathering", "audience", "joined", "merged_into"}


def test_every_field_is_among_the_changes() -> None:
    """A new one of an event must be taken back as well."""
    changed = set[str]().union(*(fields for fields, _ in CHANGES.values()))
    assert changed == _KEPT - NEVER_CHANGED


@pytest.mark.parametrize("name", CHANGES)
async def test_whatever_was_changed_is_as_it_was(
    database: Database, coordinator: Actor, event: Event, name: str
) -> None:
    """And as it was changed once that is taken back, to and fro."""
    uow, (fields, act) = UnitOfWork(database), CHANGES[name]

    def state(one: Event) -> dict[str, object]:
        return {field: getattr(one, field) for field in _KEPT | {"answers_until", "starts_at", "ends_at"}}

    before = state(event)
    await act(uow, coordinator, event, NOW)
    after = state(await present(database, event))
    assert {field for field in before if before[field] != after[field]} & _KEPT == fields
    for number, there in enumerate((before, after, before, after), start=2):
        undoing, changed = await undo(uow, coordinator, event.id, number, NOW)
        assert state(changed.event) == there
        assert undoing.again is (number % 2 == 1)
    kinds = [row.kind.removesuffix("_quietly") for row in await stored(database, tables.revisions)]
    assert kinds[2:] == ["undone", "redone", "undone", "redone"]


def test_every_kind_of_change_is_taken_back_somehow() -> None:
    """By «Вернуть как было», or by buttons of its own."""
    kinds = {"day_named", "moved", "postponed"} | set(get_args(Field)) | {"kind"}
    for path in Path(actions.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if called in {"change_event", "change_quietly"}:
                [kind] = [one.value for one in node.keywords if one.arg == "kind"]  # type: ignore[union-attr]
                kinds |= {str(one.value) for one in ast.walk(kind) if isinstance(one, ast.Constant)}
    own_buttons = {"together", "merged", "split", "parted"}
    assert kinds - own_buttons <= UNDOABLE
    assert {"seats", "cancelled", "deadline"} <= kinds


async def test_as_many_seats_as_came_meanwhile_stay(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    """Nobody is sent away because a bigger room is taken back."""
    uow = UnitOfWork(database)
    await set_seats(uow, coordinator, event.id, 1, 1, NOW)
    await answer(uow, member, event.id, Answer.GOING, NOW)
    await set_seats(uow, coordinator, event.id, 2, 2, NOW)
    await add_guests(uow, coordinator, event.id, "Ким О. Ю.", NOW)
    for act in (propose_undo, undo):
        with pytest.raises(DomainError, match="undo_no_room") as refused:
            await act(uow, coordinator, event.id, 3, NOW)
        assert refused.value.facts["count"] == 2


async def test_a_move_that_nobody_heard_of(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    """It was night: answers count again, the notice that waits says nothing in the end."""
    uow = UnitOfWork(database)
    await answer(uow, member, event.id, Answer.GOING, NOW)
    await name_day(uow, coordinator, event.id, 1, LATER_DAY, NIGHT)
    assert await her_answer(database, event, member) is None
    undoing = await propose_undo(uow, coordinator, event.id, 2, NIGHT)
    assert (undoing.people, undoing.unheard, undoing.told) == (0, True, True)
    _, changed = await undo(uow, coordinator, event.id, 2, NIGHT)
    assert (changed.people, changed.event.period) == (0, SEMINAR_DAY)
    assert changed.event.answers_until == event.answers_until
    assert changed.event.schedule_version == 3
    assert await her_answer(database, event, member) is Answer.GOING
    assert await waiting(database) == [(1, 3)]


async def test_a_move_that_was_told_is_a_new_question(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    await answer(uow, member, event.id, Answer.GOING, NOW)
    await name_day(uow, coordinator, event.id, 1, LATER_DAY, NOW)
    await change(database, OUTBOX, OUTBOX.c.state == State.WAITING, state=State.SENT)
    assert (await propose_undo(uow, coordinator, event.id, 2, NOW + MINUTE)).people == 1
    _, changed = await undo(uow, coordinator, event.id, 2, NOW + MINUTE)
    assert (changed.people, changed.event.announced_at) == (1, NOW + MINUTE)
    assert await her_answer(database, event, member) is None
    assert await waiting(database) == [(2, 3)]
    [due] = [row.due_at for row in await stored(database, OUTBOX, OUTBOX.c.state == State.WAITING)]
    assert due == NOW + 5 * MINUTE


async def test_a_day_that_was_named_is_to_be_named_again(
    database: Database, home: Association, coordinator: Actor
) -> None:
    uow, event = UnitOfWork(database), await an_event(database, home, NOVEMBER)
    named = await name_day(uow, coordinator, event.id, 1, Period.day(NOVEMBER.end), NOW)
    _, changed = await undo(uow, coordinator, event.id, named.event.revision, NOW)
    assert (changed.event.period, changed.event.answers_until) == (NOVEMBER, None)
    assert (changed.event.starts_at, changed.event.ends_at) == (event.starts_at, event.ends_at)
    async with uow.reading() as rows:
        assert [one.id for one in await rows.association(home.id).events.without_day(NOW)] == [event.id]


async def test_a_cancellation_and_its_reason(database: Database, coordinator: Actor, event: Event) -> None:
    uow = UnitOfWork(database)
    await cancel(uow, coordinator, event.id, 1, "карантин", NOW)
    _, changed = await undo(uow, coordinator, event.id, 2, NOW)
    assert (changed.event.status, changed.event.reason) == (Status.PLANNED, "")
    assert changed.event.answers_until == event.answers_until
    _, changed = await undo(uow, coordinator, event.id, 3, NOW)
    assert (changed.event.status, changed.event.reason) == (Status.CANCELLED, "карантин")
    assert changed.event.answers_until is None


async def test_a_restored_event_is_cancelled_again(
    database: Database, coordinator: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    await cancel(uow, coordinator, event.id, 1, "карантин", NOW)
    await restore(uow, coordinator, event.id, 2, NOW)
    _, changed = await undo(uow, coordinator, event.id, 3, NOW)
    assert (changed.event.status, changed.event.reason) == (Status.CANCELLED, "карантин")


async def test_a_place_with_all_that_belongs_to_it(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    place = {"venue": "", "entrance": "", "mode": Mode.ONLINE, "link": "https://meet.example.org/a"}
    await set_place(uow, coordinator, event.id, 1, {**place, "bring": "Чай"}, NOW)
    _, changed = await undo(uow, coordinator, event.id, 2, NOW)
    after = changed.event
    assert (after.venue, after.mode, after.link, after.bring) == (event.venue, Mode.ONSITE, "", "")
    assert (after.day_version, after.schedule_version) == (event.day_version, 3)


async def test_what_is_told_to_nobody_is_taken_back_quietly(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    await set_deadline(uow, coordinator, event.id, 1, NOW + timedelta(days=3), NOW)
    undoing = await propose_undo(uow, coordinator, event.id, 2, NOW)
    assert (undoing.people, undoing.told) == (0, False)
    _, changed = await undo(uow, coordinator, event.id, 2, NOW)
    assert (changed.people, changed.event.answer_by) == (0, None)
    [row] = await stored(database, tables.events)
    assert row.planned_version == 0
    assert await waiting(database) == []
    assert [row.kind for row in await stored(database, tables.revisions)][-1] == "undone_quietly"


async def test_a_deadline_that_a_move_swept_away_comes_back(
    database: Database, coordinator: Actor, event: Event
) -> None:
    uow, answer_by = UnitOfWork(database), NOW + timedelta(days=3)
    await set_deadline(uow, coordinator, event.id, 1, answer_by, NOW)
    await name_day(uow, coordinator, event.id, 2, LATER_DAY, NOW)
    _, changed = await undo(uow, coordinator, event.id, 3, NOW)
    assert changed.event.answer_by == answer_by


async def test_the_day_it_went_back_to_is_what_people_know_of_then(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    """Moved, told, taken back, told: then away and back in the night."""
    uow = UnitOfWork(database)
    await name_day(uow, coordinator, event.id, 1, LATER_DAY, NOW)
    await undo(uow, coordinator, event.id, 2, NOW + MINUTE)
    await change(database, OUTBOX, OUTBOX.c.state == State.WAITING, state=State.SENT)
    await answer(uow, member, event.id, Answer.GOING, NOW + 2 * MINUTE)
    await name_day(uow, coordinator, event.id, 3, LATER_DAY, NIGHT)
    async with uow.reading() as rows:
        known = await what_people_know(rows, await present(database, event))
    assert known is not None
    assert (known.state.number, known.announced_at) == (3, NOW + MINUTE)
    _, changed = await undo(uow, coordinator, event.id, 4, NIGHT + MINUTE)
    assert changed.event.announced_at == NOW + MINUTE
    assert await her_answer(database, event, member) is Answer.GOING


async def test_two_take_the_same_change_back(database: Database, coordinator: Actor, event: Event) -> None:
    await name_day(UnitOfWork(database), coordinator, event.id, 1, LATER_DAY, NOW)
    both = await asyncio.gather(
        *(undo(UnitOfWork(database), coordinator, event.id, 2, NOW) for _ in range(2))
    )
    assert sorted(changed.changed for _, changed in both) == [False, True]
    assert (await present(database, event)).revision == 3


async def test_why_it_cannot_be_taken_back(database: Database, coordinator: Actor, event: Event) -> None:
    uow, day = UnitOfWork(database), timedelta(days=1)
    for revision, now, code in [(1, NOW, "undo_gone"), (7, NOW, "event_changed")]:
        with pytest.raises(DomainError, match=code):
            await undo(uow, coordinator, event.id, revision, now)
    with pytest.raises(DomainError, match="event_unknown"):
        await propose_undo(uow, coordinator, 99, 1, NOW)
    await name_day(uow, coordinator, event.id, 1, LATER_DAY, event.starts_at - MINUTE)
    with pytest.raises(DomainError, match="undo_past"):
        await propose_undo(uow, coordinator, event.id, 2, event.starts_at)
    with pytest.raises(DomainError, match="undo_gone"):
        await undo(uow, coordinator, event.id, 2, event.starts_at - MINUTE + day)
