"""Who is written to, and when: changes, nudges, words to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.records import Actor, Association, Event
from storage import tables
from storage.engine import Database
from storage.mailing import Change
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_coordinator,
    a_member,
    a_message,
    an_association,
    an_event,
    change,
    states,
    stored,
)

OUTBOX = tables.outbox
SECOND = timedelta(seconds=1)


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar of its plan."""
    return await an_event(database, home)


async def told(database: Database) -> list[int]:
    """The persons that rows of the outbox go to."""
    return sorted(row.person_id for row in await stored(database, OUTBOX))


# Telling of a change


def a_change(home: Association, event: Event, but: int | None = None, **values: object) -> Change:
    """The event at its second revision, to be told at once."""
    return replace(
        Change(replace(event, revision=2), since=1, due={home.profile_id: NOW}, urgent=False, but=but),
        **values,
    )


async def tell(database: Database, home: Association, event: Event, but: int | None) -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        number = await rows.mailing.tell(a_change(home, event, but))
        await uow.commit()
    return number


async def test_everybody_but_the_author_is_told(database: Database, home: Association, event: Event):
    """As many as were announced beforehand: those who can be reached."""
    author = await a_coordinator(database, home)
    colleague, member, left, blocked = [await a_member(database, home) for _ in range(4)]
    elsewhere = await an_association(database, "РМО Заречного района")
    await a_member(database, elsewhere)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).members.leave(left.person_id)
        await rows.people.mark_unreachable(blocked.telegram_id, NOW)
        await uow.commit()
        expected = await rows.mailing.count_members(home.id, but=author.person_id)
    assert await tell(database, home, event, author.person_id) == expected == 2
    assert await told(database) == [colleague.person_id, member.person_id]
    for row in await stored(database, OUTBOX):
        assert (row.kind, row.version, row.since_revision) == (Message.CHANGE, 2, 1)
        assert (row.due_at, row.useful_until) == (NOW, None)


async def test_without_an_author_everybody_is_told(
    database: Database, home: Association, member: Actor, event: Event
):
    """As when the change came by the command line."""
    assert await tell(database, home, event, None) == 1


async def test_what_waits_for_a_person_is_withdrawn_with_her(database: Database, home: Association):
    """In her association, and only what waits."""
    elsewhere = await an_association(database, "РМО Заречного района")
    member, other = await a_member(database, home), await a_member(database, home)
    there = await a_member(database, elsewhere, telegram_id=member.telegram_id)
    await a_message(database, member)
    await change(database, OUTBOX, OUTBOX.c.person_id == member.person_id, state=State.ATTEMPTED)
    for person in (member, other, there):
        await a_message(database, person)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.mailing.withdraw(home.id, member.person_id)
        await uow.commit()
    assert await states(database) == [State.ATTEMPTED, State.OBSOLETE, State.WAITING, State.WAITING]
