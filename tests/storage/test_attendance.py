"""Marks as they are stored: the first stays, two people do not overwrite each other, a new day is anew."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from domain.period import Period
from domain.records import Actor, Association, Event, Mark, Standing, Way
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOW,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    change,
    move,
    put,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def home(database: Database) -> Association:
    return await an_association(database)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    return await an_event(database, home)


@pytest.fixture
async def maria(database: Database, home: Association) -> Actor:
    return await a_member(database, home)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    return await a_coordinator(database, home)


async def check_in(database: Database, event: Event, who: Actor, way: Way = Way.SELF, after: int = 0) -> bool:
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(who.home.id).attendance
        done = await ours.check_in(event.id, who.person_id, way, NOW + after * MINUTE)
        await uow.commit()
    return done


async def mark(
    database: Database, event: Event, who: Actor, mark: Mark | None, seen: Mark | None, by: Actor
) -> bool:
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(who.home.id).attendance
        done = await ours.mark(event.id, who.person_id, mark, seen, by.person_id, NOW)
        await uow.commit()
    return done


async def marks(database: Database, event: Event) -> dict[int, tuple[Mark, Way]]:
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(event.association_id).attendance.of_event(event.id)
    return {person: (one.mark, one.way) for person, one in found.items()}


async def test_the_first_check_in_stays(database: Database, event: Event, maria: Actor) -> None:
    assert await check_in(database, event, maria, Way.QR)
    assert not await check_in(database, event, maria, Way.WORD, after=1)
    assert await marks(database, event) == {maria.person_id: (Mark.PRESENT, Way.QR)}


async def test_who_is_marked_as_absent_does_not_overrule_it(
    database: Database, event: Event, maria: Actor, head: Actor
) -> None:
    assert await mark(database, event, maria, Mark.ABSENT, None, head)
    assert not await check_in(database, event, maria)
    assert await marks(database, event) == {maria.person_id: (Mark.ABSENT, Way.ROLL)}


async def test_two_who_mark_at_once_do_not_overwrite_each_other(
    database: Database, event: Event, maria: Actor, head: Actor
) -> None:
    assert await mark(database, event, maria, Mark.LATE, None, head)
    assert not await mark(database, event, maria, Mark.ABSENT, None, head)  # saw no mark
    assert not await mark(database, event, maria, None, Mark.PRESENT, head)  # saw another one
    assert await mark(database, event, maria, Mark.EXCUSED, Mark.LATE, head)
    assert await mark(database, event, maria, None, Mark.EXCUSED, head)
    assert await marks(database, event) == {}


async def test_on_another_day_nobody_is_marked_yet(
    database: Database, home: Association, event: Event, maria: Actor, head: Actor
) -> None:
    await check_in(database, event, maria)
    await move(database, home, event, LATER_DAY)
    assert await marks(database, event) == {}
    assert await mark(database, event, maria, Mark.LATE, None, head)
    assert await marks(database, event) == {maria.person_id: (Mark.LATE, Way.ROLL)}


async def test_another_hour_keeps_the_marks(
    database: Database, home: Association, event: Event, maria: Actor
) -> None:
    await check_in(database, event, maria)
    later = Period.at(event.period.first_day, time(16))
    await move(database, home, event, later, new_day=False)
    assert set(await marks(database, event)) == {maria.person_id}


async def test_of_several_events_and_of_one_person(
    database: Database, home: Association, event: Event, maria: Actor, head: Actor
) -> None:
    later = await an_event(database, home, LATER_DAY, title="Заседание")
    await check_in(database, later, maria)
    await check_in(database, event, maria)
    await check_in(database, event, head)
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(home.id).attendance
        several = await ours.of_events([event.id, later.id])
        hers = await ours.of_person(maria.person_id)
    assert {key: set(value) for key, value in several.items()} == {
        event.id: {maria.person_id, head.person_id},
        later.id: {maria.person_id},
    }
    assert [key for key, _ in hers] == [event.id, later.id]


async def test_guests_are_marked_like_others(
    database: Database, home: Association, event: Event, head: Actor
) -> None:
    guest = await put(
        database,
        tables.event_guests,
        association_id=home.id,
        event_id=event.id,
        name="Белова Анна",
        organisation="",
        by_person_id=head.person_id,
        at=NOW,
    )
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(home.id)
        assert await ours.attendance.mark_guest(event.id, guest, Mark.PRESENT, None)
        assert not await ours.attendance.mark_guest(event.id, guest, Mark.ABSENT, None)
        assert [one.mark for one in await ours.guests.of_event(event.id)] == [Mark.PRESENT]
        await uow.commit()


async def test_a_secret_is_made_once(database: Database) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        assert await rows.secrets.keep("checkin", b"first") == b"first"
        assert await rows.secrets.keep("checkin", b"second") == b"first"
        await uow.commit()


async def test_a_record_that_became_one_with_another_does_not_count(
    database: Database, event: Event, maria: Actor, head: Actor
) -> None:
    for one in (maria, head):
        assert await mark(database, event, one, Mark.PRESENT, None, head)
    hers = tables.memberships.c.person_id == maria.person_id
    await change(database, tables.memberships, hers, status=Standing.MERGED)
    assert set(await marks(database, event)) == {head.person_id}
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(event.association_id).attendance.marks(event.id)
    assert found == {head.person_id: Mark.PRESENT}


async def test_every_list_of_people_is_in_the_order_of_the_alphabet(
    database: Database, home: Association, event: Event, head: Actor
) -> None:
    """«Ё» stands where «Е» does: by its number it would come before «А»."""
    names = ["Белова Ольга Петровна", "Ежова Яна Олеговна", "Ёлкина Анна Ильинична", "Ёлкина Яна Ильинична"]
    names.append("Жукова Вера Павловна")
    for name in (names[2], names[4], names[0], names[3], names[1]):
        one = await a_member(database, home, name)
        assert await mark(database, event, one, Mark.PRESENT, None, head)
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(home.id)
        lists = [
            await ours.attendance.present(event.id),
            await ours.rsvps.attendees(event.id),
            await ours.reports.people(),
            await ours.roster.everybody(),
        ]
    for found in lists:
        assert [one.name.full for one in found if one.name.full in names] == names  # type: ignore[attr-defined]


async def test_what_she_said_is_confirmed_once_and_said_again(
    database: Database, event: Event, maria: Actor, head: Actor
) -> None:
    """Only what she said of herself, and only that she was there."""
    hers, later = [maria.person_id, head.person_id], NOW + MINUTE
    assert await mark(database, event, head, Mark.ABSENT, None, head)
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(event.association_id).attendance
        assert await ours.confirm(event.id, hers, head.person_id, later) == []
        assert await ours.say(event.id, maria.person_id, Mark.ABSENT, NOW)
        assert await ours.confirm(event.id, hers, head.person_id, later) == []
        assert await ours.say(event.id, maria.person_id, Mark.PRESENT, NOW)
        assert await ours.confirm(event.id, hers, head.person_id, later) == [maria.person_id]
        assert await ours.confirm(event.id, hers, head.person_id, later) == []
        assert not await ours.say(event.id, maria.person_id, Mark.ABSENT, later)
        said = {maria.person_id: NOW}
        assert await ours.unconfirm(event.id, said, maria.person_id, later) == 0  # another one confirmed it
        assert await ours.unconfirm(event.id, said, head.person_id, later) == 1
        stands = (await ours.of_event(event.id))[maria.person_id]
        assert (stands.mark, stands.way, stands.at, stands.by) == (
            Mark.PRESENT,
            Way.ASKED,
            NOW,
            maria.person_id,
        )
        await uow.commit()
