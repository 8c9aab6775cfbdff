"""Code words as they are stored: one an event, for a while; wrong ones are counted by person and event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.records import Actor, Association, CodeWord, Event
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, a_coordinator, a_member, an_association, an_event

LATER = NOW + timedelta(minutes=15)


@pytest.fixture
async def home(database: Database) -> Association:
    return await an_association(database)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    return await an_event(database, home)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    return await a_coordinator(database, home)


async def test_the_newest_word_stands_until_its_time_is_over(
    database: Database, event: Event, head: Actor
) -> None:
    async with UnitOfWork(database) as rows:
        words = rows.association(event.association_id).code_words
        assert await words.standing(event.id, NOW) is None
        await words.name(event.id, CodeWord("парус", LATER), head.person_id)
        await words.name(event.id, CodeWord("маяк", LATER), head.person_id)
        assert await words.standing(event.id, NOW) == CodeWord("маяк", LATER)
        assert await words.standing(event.id, LATER) is None
        assert await words.end(event.id)
        assert not await words.end(event.id)
        assert await words.standing(event.id, NOW) is None


async def test_wrong_ones_are_counted_apart(
    database: Database, home: Association, event: Event, head: Actor
) -> None:
    maria, other = await a_member(database, home), await an_event(database, home, title="Другая встреча")
    async with UnitOfWork(database) as rows:
        words = rows.association(home.id).code_words
        assert await words.wrong(event.id, maria.person_id) == 0
        assert [await words.count_wrong(event.id, maria.person_id) for _ in range(3)] == [1, 2, 3]
        assert await words.count_wrong(event.id, head.person_id) == 1
        assert await words.count_wrong(other.id, maria.person_id) == 1
        assert await words.wrong(event.id, maria.person_id) == 3
