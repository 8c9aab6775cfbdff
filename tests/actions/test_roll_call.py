"""The roll-call on both databases: many at once and back, who comes in another's place, two at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.guests import add_guests
from actions.roll_call import RollCall, mark_all, mark_line, name_of, open_line, roll_call, take_back_all
from domain.errors import DomainError
from domain.records import Actor, Answer, Association, Event, Mark, Status
from domain.roll_call import Key, Roll, Whose
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOVEMBER, NOW, a_member, an_event, change, stored

MINUTE = timedelta(minutes=1)


async def says(database: Database, event: Event, who: Actor, answer: Answer, instead: str = "") -> None:
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(event.association_id).rsvps
        assert await ours.take(event.id, who.person_id, answer, NOW)
        if instead:
            assert await ours.send_instead(event.id, who.person_id, None, instead)
        await uow.commit()


async def all_came(database: Database, head: Actor, event: Event) -> RollCall:
    found = await roll_call(UnitOfWork(database), head, event.id, event.starts_at)
    expected = name_of(found.roll.expected())
    return await mark_all(UnitOfWork(database), head, event.id, Roll.expected, expected, event.starts_at)


async def test_many_at_once_and_back(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """Members, who comes by name in another's place, guests; what stood before stays."""
    olga = await a_member(database, home, "Белова Ольга Петровна")
    await says(database, event, member, Answer.GOING)
    await says(database, event, olga, Answer.DECLINED, "Ким Олеся Юрьевна")
    await says(database, event, coordinator, Answer.GOING)
    await add_guests(UnitOfWork(database), coordinator, event.id, "Юн Ян, ЦБС", NOW)
    mine = Key(Whose.PERSON, coordinator.person_id)
    uow, at = UnitOfWork(database), event.starts_at
    await mark_line(uow, coordinator, event.id, mine, Mark.LATE, None, at)
    done = await all_came(database, coordinator, event)
    assert done.marked == 3
    assert done.roll.count(Mark.PRESENT) == 3
    assert done.line is not None
    assert [one.name for one in done.roll.lines if one.key.whose is Whose.GUEST] == [
        "Ким Олеся Юрьевна",
        "Юн Ян",
    ]
    ours = Key(Whose.PERSON, member.person_id)
    await mark_line(uow, coordinator, event.id, ours, Mark.EXCUSED, Mark.PRESENT, at)
    back = await take_back_all(uow, coordinator, done.line, at + MINUTE)
    assert back.taken_back == 2
    assert (back.roll.count(Mark.PRESENT), back.roll.count(Mark.LATE, Mark.EXCUSED)) == (0, 2)
    assert (await take_back_all(uow, coordinator, done.line, at + MINUTE)).taken_back == 0
    kinds = [row.kind for row in await stored(database, tables.journal)]
    assert kinds == ["added_guests", "roll_marked", "mark_corrected", "roll_taken_back"]


async def test_a_mark_made_anew_since_is_not_taken_back(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    await says(database, event, member, Answer.GOING)
    done = await all_came(database, coordinator, event)
    uow, hers, at = UnitOfWork(database), Key(Whose.PERSON, member.person_id), event.starts_at + MINUTE
    await mark_line(uow, coordinator, event.id, hers, None, Mark.PRESENT, at)
    await mark_line(uow, coordinator, event.id, hers, Mark.PRESENT, None, at)
    assert done.line is not None
    assert (await take_back_all(uow, coordinator, done.line, at)).roll.count(Mark.PRESENT) == 1


async def test_it_can_be_taken_back_as_long_as_nobody_was_marked_since(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """However much later, and by whoever runs the event; not once anybody was marked, or checked in."""
    await says(database, event, member, Answer.GOING)
    uow, later = UnitOfWork(database), event.ends_at + timedelta(days=2)
    done = await all_came(database, coordinator, event)
    assert done.marked == 1
    seen = await roll_call(uow, coordinator, event.id, later)
    assert (seen.line, seen.marked) == (done.line, 0)
    other = await a_member(database, home, "Белова Анна Павловна")
    await mark_line(uow, coordinator, event.id, Key(Whose.PERSON, other.person_id), Mark.LATE, None, later)
    assert (await roll_call(uow, coordinator, event.id, later)).line is None


async def test_of_two_markings_of_many_the_last_is_taken_back_first(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    await says(database, event, member, Answer.GOING)
    uow, later = UnitOfWork(database), event.starts_at + MINUTE
    first = await all_came(database, coordinator, event)
    await says(database, event, await a_member(database, home, "Белова Анна Павловна"), Answer.GOING)
    second = await all_came(database, coordinator, event)
    assert second.line is not None
    assert second.line != first.line
    assert (await take_back_all(uow, coordinator, second.line, later)).line == first.line
    assert first.line is not None
    assert (await take_back_all(uow, coordinator, first.line, later)).line is None


async def test_others_than_were_shown_are_not_marked(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="roll_changed"):
        await mark_all(uow, coordinator, event.id, Roll.expected, name_of([]), event.starts_at)
    await says(database, event, member, Answer.GOING)
    with pytest.raises(DomainError, match="roll_changed"):
        await mark_all(uow, coordinator, event.id, Roll.expected, "f" * 16, event.starts_at)


async def test_two_who_mark_at_once_and_one_is_told(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    hers = Key(Whose.PERSON, member.person_id)
    seen = await asyncio.gather(
        *(
            mark_line(UnitOfWork(database), coordinator, event.id, hers, mark, None, event.starts_at)
            for mark in (Mark.LATE, Mark.ABSENT)
        )
    )
    assert sorted(one.refused for one in seen) == [False, True]
    assert len({one.line.mark for one in seen}) == 1
    assert seen[0].by == coordinator.name


async def test_who_comes_in_her_place_becomes_a_guest_once(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    await says(database, event, member, Answer.DECLINED, "Ким Олеся Юрьевна")
    stand_in = Key(Whose.STAND_IN, member.person_id)
    made = await asyncio.gather(
        *(
            mark_line(
                UnitOfWork(database), coordinator, event.id, stand_in, Mark.PRESENT, None, event.starts_at
            )
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in made) == ["DomainError", "Seen"]
    [guest] = await stored(database, tables.event_guests)
    assert (guest.name, guest.organisation, guest.mark) == ("Ким Олеся Юрьевна", member.school, Mark.PRESENT)


async def test_when_and_of_what_it_is_called(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="roll_too_early"):
        await roll_call(uow, coordinator, event.id, event.starts_at - 31 * MINUTE)
    await roll_call(uow, coordinator, event.id, event.starts_at - 30 * MINUTE)
    await roll_call(uow, coordinator, event.id, event.ends_at + timedelta(days=300))
    with pytest.raises(DomainError, match="only_host"):
        await open_line(uow, member, event.id, Key(Whose.PERSON, member.person_id), event.starts_at)
    unnamed = await an_event(database, home, NOVEMBER)
    with pytest.raises(DomainError, match="roll_no_day"):
        await roll_call(uow, coordinator, unnamed.id, event.starts_at)
    task = await an_event(database, home, NOVEMBER, gathering=False)
    with pytest.raises(DomainError, match="no_answer_needed"):
        await roll_call(uow, coordinator, task.id, event.starts_at)
    for status, code in ((Status.CANCELLED, "event_cancelled"), (Status.NOT_HELD, "event_not_held")):
        await change(database, tables.events, tables.events.c.id == event.id, status=status)
        with pytest.raises(DomainError, match=code):
            await roll_call(uow, coordinator, event.id, event.starts_at)


async def test_an_event_held_together_with_another_is_called_with_it(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    other = await an_event(database, home, title="Заседание")
    joined = {"status": Status.JOINED, "merged_into": event.id}
    await change(database, tables.events, tables.events.c.id == other.id, **joined)
    with pytest.raises(DomainError, match="event_joined"):
        await roll_call(UnitOfWork(database), coordinator, other.id, event.starts_at)


async def test_the_same_mark_twice_is_no_correction(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    """Whoever presses what stands already is not refused; whoever presses what only stood before her is."""
    uow, hers, at = UnitOfWork(database), Key(Whose.PERSON, member.person_id), event.starts_at
    await mark_line(uow, coordinator, event.id, hers, Mark.LATE, None, at)
    for seen in (None, Mark.LATE):
        again = await mark_line(uow, coordinator, event.id, hers, Mark.LATE, seen, at)
        assert not again.refused
    other = await mark_line(uow, coordinator, event.id, hers, Mark.PRESENT, Mark.PRESENT, at)
    assert (other.refused, other.line.mark) == (True, Mark.LATE)
    assert not await stored(database, tables.journal)
