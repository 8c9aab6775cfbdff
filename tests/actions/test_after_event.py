"""What is said after an event, on both databases: whose word counts, what is kept, what is read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.after_event import give_opinion, open_opinion, say_attended, say_read, take_opinion_back
from domain.errors import DomainError
from domain.opinions import LONGEST_OPINION
from domain.records import Actor, Answer, Event, Mark
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
async def promised(database: Database, member: Actor, event: Event) -> Actor:
    """She said that she would come."""
    async with (uow := UnitOfWork(database)) as rows:
        assert await rows.association(member.home.id).rsvps.take(
            event.id, member.person_id, Answer.GOING, NOW
        )
        await uow.commit()
    return member


async def marked(database: Database, who: Actor, event: Event, mark: Mark | None, seen: Mark | None) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(who.home.id).attendance
        assert await ours.mark(event.id, who.person_id, mark, seen, who.person_id, NOW)
        await uow.commit()


async def test_her_word_counts_until_somebody_saw_her(database: Database, promised: Actor, event: Event):
    uow, over = UnitOfWork(database), event.ends_at + HOUR
    for came, mark in ((True, Mark.PRESENT), (False, Mark.ABSENT), (True, Mark.PRESENT)):
        told = await say_attended(uow, promised, event.id, came=came, now=over)
        assert (told.mark, told.hers) == (mark, True)
    await marked(database, promised, event, Mark.EXCUSED, Mark.PRESENT)
    told = await say_attended(uow, promised, event.id, came=True, now=over)
    assert (told.mark, told.hers) == (Mark.EXCUSED, False)


async def test_readings_are_of_those_who_were_not_there(database: Database, promised: Actor, event: Event):
    over = event.ends_at + HOUR
    with pytest.raises(DomainError, match="nothing_to_read"):
        await say_read(UnitOfWork(database), promised, event.id, read=True, now=over)
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(promised.home.id).readings
        assert await ours.add(event.id, promised.person_id, over)
        assert not await ours.add(event.id, promised.person_id, over)
        assert await ours.count(event.id) == 1
        await uow.commit()
    await marked(database, promised, event, Mark.PRESENT, None)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.association(promised.home.id).readings.count(event.id) == 0


async def test_her_words_take_the_place_of_those_before(database: Database, promised: Actor, event: Event):
    uow, over = UnitOfWork(database), event.ends_at + HOUR
    with pytest.raises(DomainError, match="opinion_not_there"):
        await open_opinion(uow, promised, event.id, over)
    await marked(database, promised, event, Mark.LATE, None)
    with pytest.raises(DomainError, match="not_over_yet"):
        await open_opinion(uow, promised, event.id, event.ends_at - HOUR)
    with pytest.raises(DomainError, match="line_too_long"):
        await give_opinion(uow, promised, event.id, "ы" * (LONGEST_OPINION + 1), over)
    for words in (" Спасибо!\n", "Нужно  больше\nпримеров."):
        await give_opinion(uow, promised, event.id, words, over)
    async with UnitOfWork(database).reading() as rows:
        [said] = await rows.association(promised.home.id).feedback.of_event(event.id)
    assert (said.name, said.text) == (promised.name, "Нужно больше\nпримеров.")
    await take_opinion_back(uow, promised, event.id)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.association(promised.home.id).feedback.count(event.id) == 0
