"""Who is written to, and when: changes, nudges, words to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.broadcasts import Said
from domain.records import LISTED, Actor, Answer, Association, Event, Standing
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
    put,
    states,
    stored,
)

OUTBOX = tables.outbox
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


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


def a_change(home: Association, event: Event, but: int | None = None, **values: Any) -> Change:
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
        await rows.association(home.id).roster.move(left.person_id, Standing.LEFT, among=LISTED)
        await rows.people.mark_unreachable(blocked.telegram_id, NOW)
        await uow.commit()
        expected = await rows.mailing.count_told(home.id, but=author.person_id)
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
        await rows.waiting.withdraw(home.id, member.person_id)
        await uow.commit()
    assert await states(database) == [State.ATTEMPTED, State.OBSOLETE, State.WAITING, State.WAITING]


async def put_change(database: Database, told: Change) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.mailing.tell(told)
        await uow.commit()


async def test_each_is_told_by_the_hours_of_her_profile(
    database: Database, home: Association, member: Actor, event: Event
):
    """At night one may sleep while another one is awake."""
    late = await a_member(database, home)
    profile = await put(database, tables.timing_profiles, settings="{}")
    hers = tables.memberships.c.person_id == late.person_id
    await change(database, tables.memberships, hers, profile_id=profile)
    due = {home.profile_id: NOW, profile: NOW + HOUR}
    await put_change(database, a_change(home, event, due=due))
    rows = await stored(database, OUTBOX)
    assert {row.person_id: row.due_at for row in rows} == {member.person_id: NOW, late.person_id: NOW + HOUR}


@pytest.mark.parametrize(("urgent", "wait"), [(False, HOUR), (True, timedelta())])
async def test_a_pause_delays_what_can_wait(
    database: Database, home: Association, member: Actor, event: Event, urgent: bool, wait: timedelta
):
    """What is urgent goes through it."""
    hers = tables.memberships.c.person_id == member.person_id
    await change(database, tables.memberships, hers, paused_until=NOW + HOUR)
    await put_change(database, a_change(home, event, urgent=urgent))
    [row] = await stored(database, OUTBOX)
    assert (row.due_at, row.urgent) == (NOW + wait, urgent)


async def test_a_second_change_takes_the_place_of_one_that_waits(
    database: Database, home: Association, member: Actor, event: Event
):
    """And tells what differs from what was told last."""
    await put_change(database, a_change(home, event))
    await put_change(database, replace(a_change(home, event), event=replace(event, revision=3), since=2))
    rows = await stored(database, OUTBOX)
    assert [(row.state, row.version, row.since_revision) for row in rows] == [
        (State.OBSOLETE, 2, 1),
        (State.WAITING, 3, 1),
    ]


async def test_the_silent_are_nudged(database: Database, home: Association, member: Actor, event: Event):
    """As many as were counted, and it is known when."""
    said = await a_member(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.association(home.id).rsvps.take(event.id, said.person_id, Answer.DECLINED, NOW)
        assert await rows.mailing.nudged_at(event) is None
        assert await rows.mailing.count_silent(event) == 1
        assert await rows.mailing.nudge(event, NOW, {home.profile_id: NOW}) == 1
        assert await rows.mailing.nudged_at(event) == NOW
        await uow.commit()
    assert await told(database) == [member.person_id]


async def test_a_snooze_is_for_one_person_and_the_newest_counts(
    database: Database, home: Association, member: Actor, event: Event
):
    """Twice the same moment is once."""
    await a_member(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        for wait in (2 * HOUR, HOUR, 2 * HOUR, 2 * HOUR):
            await rows.waiting.snooze(event, member.person_id, NOW + wait, event.starts_at)
        await uow.commit()
    rows_made = await stored(database, OUTBOX)
    assert {row.person_id for row in rows_made} == {member.person_id}
    waiting = [row.due_at for row in rows_made if row.state == State.WAITING]
    assert waiting == [NOW + 2 * HOUR]


async def test_who_has_not_seen_a_change_is_known(database: Database, home: Association, event: Event):
    """Those who come first; not who pressed «Вижу», answered since, does not come, or made it."""
    author = await a_coordinator(database, home, "Орлова Нина Викторовна")
    names = ("Белова Анна", "Галкина Инна", "Дятлова Ольга", "Зуева Вера", "Лунина Нина", "Чижова Майя")
    silent, going, seen, answered, declined, blocked = [
        await a_member(database, home, name) for name in names
    ]
    uow = UnitOfWork(database)
    async with uow as rows:
        rsvps = rows.association(home.id).rsvps
        await rsvps.take(event.id, going.person_id, Answer.GOING, NOW - HOUR)
        await rsvps.take(event.id, declined.person_id, Answer.DECLINED, NOW - HOUR)
        await rows.people.mark_unreachable(blocked.telegram_id, NOW)
        await rows.mailing.tell(a_change(home, event, author.person_id))
        await rows.waiting.mark_seen(event.id, seen.person_id, 2, NOW)
        await rsvps.take(event.id, answered.person_id, Answer.GOING, NOW + SECOND)
        await uow.commit()
        unseen = await rsvps.have_not_seen(event.id, 2)
    assert [one.person_id for one in unseen] == [going.person_id, silent.person_id, blocked.person_id]
    assert [one.reachable for one in unseen] == [True, True, False]


async def test_words_to_everybody_go_to_each_once(database: Database, home: Association, member: Actor):
    """A second press sends nothing."""
    author = await a_coordinator(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        number = await rows.association(home.id).broadcasts.add("Всем привет", author.person_id, NOW)
        assert await rows.mailing.broadcast(home.id, number, NOW, but=author.person_id) == 1
        assert await rows.mailing.broadcast(home.id, number, NOW, but=author.person_id) == 0
        assert await rows.association(home.id).broadcasts.said([number]) == {number: Said("Всем привет")}
        await uow.commit()
    assert await told(database) == [member.person_id]
