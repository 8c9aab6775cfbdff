"""Protocols as they are stored: numbers without gaps and doubles, changes by two at once, who was there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.protocols import Decision, Protocol
from domain.records import Actor, Association, Event, Mark
from storage.engine import Database
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOW,
    YEAR,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    move,
)

DUE = date(2026, 12, 15)


@pytest.fixture
async def home(database: Database) -> Association:
    return await an_association(database)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    return await an_event(database, home)


async def number(database: Database, event: Event, year: str = YEAR) -> int:
    """The next number is given to an event's protocol."""
    async with (uow := UnitOfWork(database)) as rows:
        protocols = rows.association(event.association_id).protocols
        await protocols.hold(event.id, year, NOW)
        given = await protocols.next_number(year)
        assert await protocols.set_number(event.id, year, given)
        await uow.commit()
    return given


async def stands(database: Database, event: Event) -> Protocol | None:
    async with UnitOfWork(database).reading() as rows:
        return await rows.association(event.association_id).protocols.get(event.id)


async def test_everything_comes_back(database: Database, event: Event) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        protocols = rows.association(event.association_id).protocols
        begun = await protocols.hold(event.id, YEAR, NOW)
        assert begun == Protocol(event.id, YEAR)
        written = replace(
            begun,
            chairman="Орлова Нина Викторовна",
            secretary="Белова А. П.",
            agenda=("Анализ", "План"),
            all_decisions=(Decision(1, "Сдать", DUE, "done"), Decision(2, "Убрано", removed=True)),
        )
        assert await protocols.save(written, NOW)
        await uow.commit()
    assert await stands(database, event) == written
    async with UnitOfWork(database).reading() as rows:
        protocols = rows.association(event.association_id).protocols
        assert await protocols.of_year(YEAR) == [written]
        assert await protocols.of_year("2027/2028") == []


async def test_numbers_go_on_without_gaps_and_restart_every_year(
    database: Database, home: Association, event: Event
) -> None:
    others = [await an_event(database, home, title=f"Семинар {one}") for one in range(3)]
    assert [await number(database, one) for one in (event, *others[:2])] == [1, 2, 3]
    assert await number(database, others[2], "2027/2028") == 1


async def test_another_number_is_where_they_go_on_from(
    database: Database, home: Association, event: Event
) -> None:
    await number(database, event)
    async with (uow := UnitOfWork(database)) as rows:
        protocols = rows.association(home.id).protocols
        assert await protocols.numbered(YEAR, 1) == event.id
        assert await protocols.numbered(YEAR, 5) is None
        assert await protocols.set_number(event.id, YEAR, 5)
        await uow.commit()
    assert await number(database, await an_event(database, home, title="Другой")) == 6


async def test_two_at_once_get_no_double_number(database: Database, home: Association) -> None:
    meetings = [await an_event(database, home, title=f"Семинар {one}") for one in range(6)]
    given = await asyncio.gather(*(number(database, one) for one in meetings))
    assert sorted(given) == [1, 2, 3, 4, 5, 6]


async def test_two_who_write_at_once_lose_nothing(database: Database, event: Event) -> None:
    async def add(text: str) -> None:
        async with (uow := UnitOfWork(database)) as rows:
            protocols = rows.association(event.association_id).protocols
            held = await protocols.hold(event.id, YEAR, NOW)
            await asyncio.sleep(0)
            await protocols.save(held.with_decisions([text], DUE), NOW)
            await uow.commit()

    await asyncio.gather(*(add(f"Решение {one}") for one in range(5)))
    protocol = await stands(database, event)
    assert protocol is not None
    assert sorted(one.id for one in protocol.decisions) == [1, 2, 3, 4, 5]
    assert len({one.text for one in protocol.decisions}) == 5


async def test_of_an_event_that_is_not_there(database: Database, home: Association) -> None:
    async with UnitOfWork(database) as rows:
        with pytest.raises(StorageError):
            await rows.association(home.id).protocols.hold(99, YEAR, NOW)


async def present(database: Database, event: Event) -> list[tuple[str, str | None, bool]]:
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(event.association_id).attendance.present(event.id)
    return [(one.name.short, one.school, one.guest) for one in found]


async def mark(database: Database, event: Event, who: Actor, mark: Mark, by: Actor) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        attendance = rows.association(event.association_id).attendance
        assert await attendance.mark(event.id, who.person_id, mark, None, by.person_id, NOW)
        await uow.commit()


async def test_who_was_there(database: Database, home: Association, event: Event) -> None:
    """By surname; not who is absent, excused or unmarked, nor who was there before it was moved."""
    head = await a_coordinator(database, home)
    names = ("Яшина Вера Павловна", "Белова Анна Павловна", "Ким Ольга Юрьевна", "Зимина Ия Львовна")
    people = [await a_member(database, home, name, school="СОШ № 45") for name in names]
    marks = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED)
    for who, one in zip(people, marks, strict=True):
        await mark(database, event, who, one, head)
    there = [("Белова А. П.", "СОШ № 45", False), ("Яшина В. П.", "СОШ № 45", False)]
    assert await present(database, event) == there
    async with (uow := UnitOfWork(database)) as rows:
        await rows.people.erase(people[0].person_id)
        await uow.commit()
    assert await present(database, event) == there[:1]
    moved = await move(database, home, event, LATER_DAY)
    assert await present(database, moved) == []
