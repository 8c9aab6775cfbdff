"""An answer taken."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from actions.answering import answer, who_comes
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    cancel,
    statements,
    stored,
)


async def test_the_card_comes_back_as_it_stands_then(database: Database, home: Association, member: Actor):
    """With her answer and the new count."""
    other, event = await a_member(database, home), await an_event(database, home)
    await answer(UnitOfWork(database), other, event.id, Answer.GOING, NOW)
    card = await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    assert (card.event.id, card.answer, card.going) == (event.id, Answer.GOING, 2)
    card = await answer(UnitOfWork(database), member, event.id, Answer.DECLINED, NOW)
    assert (card.answer, card.going) == (Answer.DECLINED, 1)


async def test_an_answer_is_two_statements_and_the_mark(database: Database, home: Association, member: Actor):
    """With «who is it» a press is four."""
    event = await an_event(database, home)
    with statements() as said:
        await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    assert len([one for one in said if not one.startswith("BEGIN")]) == 2


async def test_two_presses_at_once_take_effect_once(
    database: Database, database_url: str, home: Association, member: Actor
):
    """However often it is pressed."""
    event = await an_event(database, home)
    other = Database(database_url)
    presses = [
        answer(UnitOfWork(where), member, event.id, Answer.GOING, NOW) for where in (database, other) * 4
    ]
    cards = await asyncio.gather(*presses)
    await other.close()
    assert {(card.answer, card.going) for card in cards} == {(Answer.GOING, 1)}
    assert len(await stored(database, tables.rsvps)) == 1


async def test_an_answer_that_cannot_be_taken_says_why(database: Database, home: Association, member: Actor):
    """And leaves nothing."""
    cancelled = await an_event(database, home)
    await cancel(database, cancelled)
    unnamed = await an_event(database, home, NOVEMBER)
    task = await an_event(database, home, Period.deadline(date(2026, 11, 20)), gathering=False)
    begun = await an_event(database, home)
    elsewhere = await an_event(database, await an_association(database, "РМО Заречного района"))
    start = SEMINAR_DAY.begins_at(home.zone)
    for event_id, now, code in (
        (cancelled.id, NOW, "event_cancelled"),
        (unnamed.id, NOW, "day_not_named"),
        (task.id, NOW, "no_answer_needed"),
        (begun.id, start, "answers_closed"),
        (elsewhere.id, NOW, "event_unknown"),
        (99_999, NOW, "event_unknown"),
    ):
        with pytest.raises(DomainError) as refused:
            await answer(UnitOfWork(database), member, event_id, Answer.GOING, now)
        assert refused.value.code == code
    assert await stored(database, tables.rsvps) == []


async def test_the_coordinator_sees_who_comes(database: Database, home: Association, member: Actor):
    """By name and school; of an event of her own association."""
    coordinator, event = await a_coordinator(database, home), await an_event(database, home)
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    seen, turnout = await who_comes(UnitOfWork(database), coordinator, event.id)
    assert seen.id == event.id
    assert [(one.name.surname, one.school, one.answer) for one in turnout.people] == [
        ("Орлова", coordinator.school, None),
        ("Петрова", member.school, Answer.GOING),
    ]
    elsewhere = await an_event(database, await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="event_unknown"):
        await who_comes(UnitOfWork(database), coordinator, elsewhere.id)
