"""What most use cases are tried on: an association, its people, a seminar."""

from __future__ import annotations

import pytest

from domain.records import Actor, Association, Event
from storage.engine import Database
from tests.builders import a_coordinator, a_member, an_association, an_event


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def coordinator(database: Database, home: Association) -> Actor:
    """Its coordinator."""
    return await a_coordinator(database, home)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar on 20 October at 14:00."""
    return await an_event(database, home)
