"""Answers: taken on condition that they may be, in one statement."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from domain.guests import NewGuest
from domain.period import Period
from domain.records import LISTED, Actor, Answer, Association, Event, Standing
from storage.engine import Database
from storage.errors import StorageError
from storage.tables import rsvps
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_member,
    an_association,
    an_event,
    cancel,
    move,
    statements,
    stored,
)

HOUR = timedelta(hours=1)


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


async def take(
    database: Database, member: Actor, event: Event, answer: Answer = Answer.GOING, now: datetime = NOW
) -> bool:
    uow = UnitOfWork(database)
    async with uow as rows:
        taken = await rows.association(member.home.id).rsvps.take(event.id, member.person_id, answer, now)
        await uow.commit()
    return taken


async def seen(database: Database, member: Actor, event: Event) -> tuple[Answer | None, int]:
    """Her answer and the count on the card."""
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(member.home.id).events.card(event.id, member.person_id, NOW)
    assert card is not None
    return card.answer, card.going


async def test_an_answer_is_taken_in_one_statement(database: Database, home: Association, member: Actor):
    """It stands on the card, and in the count."""
    event = await an_event(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        with statements() as said:
            assert await rows.association(home.id).rsvps.take(event.id, member.person_id, Answer.GOING, NOW)
        await uow.commit()
    assert len(said) == 1
    assert await seen(database, member, event) == (Answer.GOING, 1)


async def test_before_the_day_is_named_nobody_answers(database: Database, home: Association, member: Actor):
    """Not even by a button made up."""
    event = await an_event(database, home, NOVEMBER)
    assert not await take(database, member, event)
    assert await stored(database, rsvps) == []


@pytest.mark.parametrize(
    ("period", "closes"),
    [
        (SEMINAR_DAY, datetime(2026, 10, 20, 7, tzinfo=NOW.tzinfo)),
        (Period.day(date(2026, 10, 20)), datetime(2026, 10, 20, 17, tzinfo=NOW.tzinfo)),
        (Period.days(date(2026, 10, 20), date(2026, 10, 22)), datetime(2026, 10, 20, 17, tzinfo=NOW.tzinfo)),
    ],
)
async def test_answers_are_taken_until_it_begins(
    database: Database, home: Association, member: Actor, period: Period, closes: datetime
):
    """With an hour until then, without one until the (first) day is over; what stood before stays."""
    event = await an_event(database, home, period)
    assert await take(database, member, event, Answer.GOING, closes - timedelta(seconds=1))
    assert not await take(database, member, event, Answer.DECLINED, closes)
    assert await seen(database, member, event) == (Answer.GOING, 1)


async def test_a_cancelled_event_takes_no_answer(database: Database, home: Association, member: Actor):
    """There is nothing to come to."""
    event = await an_event(database, home)
    await cancel(database, event)
    assert not await take(database, member, event)
    assert await stored(database, rsvps) == []


async def test_what_nobody_gathers_for_takes_no_answer(database: Database, home: Association, member: Actor):
    """A task is done, not come to."""
    event = await an_event(database, home, Period.day(date(2026, 10, 20)), gathering=False)
    assert not await take(database, member, event)


async def test_another_association_s_event_takes_no_answer(database: Database, member: Actor):
    """As if there were no such event."""
    elsewhere = await an_association(database, "РМО Заречного района")
    event = await an_event(database, elsewhere)
    assert not await take(database, member, event)
    assert await stored(database, rsvps) == []


async def test_who_is_no_member_cannot_answer(database: Database, home: Association):
    """The database itself refuses."""
    elsewhere = await an_association(database, "РМО Заречного района")
    stranger = await a_member(database, elsewhere)
    event = await an_event(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        with pytest.raises(StorageError):
            await rows.association(home.id).rsvps.take(event.id, stranger.person_id, Answer.GOING, NOW)
    assert await stored(database, rsvps) == []


async def test_the_same_answer_twice_changes_nothing(database: Database, home: Association, member: Actor):
    """However often it is pressed: when she answered first counts."""
    event = await an_event(database, home)
    assert await take(database, member, event)
    before = await stored(database, rsvps)
    assert await take(database, member, event, now=NOW + HOUR)
    assert await stored(database, rsvps) == before


async def test_a_changed_answer_takes_the_place_of_the_first(
    database: Database, home: Association, member: Actor
):
    """With its own moment."""
    event = await an_event(database, home)
    await take(database, member, event)
    assert await take(database, member, event, Answer.DECLINED, NOW + HOUR)
    [row] = await stored(database, rsvps)
    assert (row.answer, row.answered_at) == (Answer.DECLINED, NOW + HOUR)
    assert await seen(database, member, event) == (Answer.DECLINED, 0)


async def test_when_the_day_moves_the_answer_is_kept_but_no_longer_counts(
    database: Database, home: Association, member: Actor
):
    """It was an answer to another day; asked anew, the same word counts again."""
    event = await an_event(database, home)
    await take(database, member, event)
    moved = await move(database, home, event, LATER_DAY)
    assert await seen(database, member, moved) == (None, 0)
    assert [row.answer for row in await stored(database, rsvps)] == [Answer.GOING]
    assert await take(database, member, moved, now=NOW + HOUR)
    assert await seen(database, member, moved) == (Answer.GOING, 1)
    [row] = await stored(database, rsvps)
    assert row.answered_at == NOW + HOUR


async def test_when_only_the_hour_moves_the_answer_counts_on(
    database: Database, home: Association, member: Actor
):
    """The day is the same."""
    event = await an_event(database, home)
    await take(database, member, event)
    later = Period.at(date(2026, 10, 20), time(15))
    moved = await move(database, home, event, later, new_day=False)
    assert await seen(database, member, moved) == (Answer.GOING, 1)


async def test_the_list_names_everybody(database: Database, home: Association):
    """By surname, with the answer that counts, and without those who left."""
    event = await an_event(database, home)
    late, early, silent, left = [
        await a_member(database, home, f"{surname} Анна Петровна")
        for surname in ("Яковлева", "Андреева", "Михайлова", "Белова")
    ]
    await take(database, late, event, Answer.GOING)
    await take(database, early, event, Answer.DECLINED)
    await take(database, left, event, Answer.GOING)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).roster.move(left.person_id, Standing.LEFT, among=LISTED)
        await uow.commit()
        everybody = await rows.association(home.id).rsvps.attendees(event.id)
    assert [(one.person_id, one.answer) for one in everybody] == [
        (early.person_id, Answer.DECLINED),
        (silent.person_id, None),
        (late.person_id, Answer.GOING),
    ]


async def test_answers_are_read_for_many_at_once(database: Database, home: Association, member: Actor):
    """Those that count, by event and person."""
    first, second = await an_event(database, home), await an_event(database, home, LATER_DAY)
    other = await a_member(database, home)
    await take(database, member, first)
    await take(database, other, first, Answer.UNDECIDED)
    await take(database, member, second)
    await move(database, home, second, Period.day(date(2026, 11, 3)))
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(home.id).rsvps.answers(
            [first.id, second.id], [member.person_id, other.person_id]
        )
    assert {key: given.answer for key, given in found.items()} == {
        (first.id, member.person_id): Answer.GOING,
        (first.id, other.person_id): Answer.UNDECIDED,
    }


async def says(database: Database, member: Actor, event: Event, reason: str, instead: str = "") -> bool:
    """Why she cannot come, and who comes in her place."""
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(member.home.id).rsvps
        done = await ours.explain(event.id, member.person_id, reason)
        assert await ours.send_instead(event.id, member.person_id, None, instead) is done
        await uow.commit()
    return done


async def test_only_who_cannot_come_says_why(database: Database, home: Association, member: Actor):
    """And only of the day as it stands."""
    event = await an_event(database, home)
    assert not await says(database, member, event, "lessons")
    await take(database, member, event)
    assert not await says(database, member, event, "lessons")
    await take(database, member, event, Answer.DECLINED)
    assert await says(database, member, event, "lessons")
    await move(database, home, event, LATER_DAY)
    assert not await says(database, member, event, "family")
    [row] = await stored(database, rsvps)
    assert row.reason == "lessons"


async def test_what_was_said_of_an_answer_goes_with_it(database: Database, home: Association, member: Actor):
    """The same answer again keeps it; another one, and one for another day, does not."""
    event = await an_event(database, home)
    for change_of_mind in (False, True):
        await take(database, member, event, Answer.DECLINED)
        assert await says(database, member, event, "lessons", "Ким О. Ю.")
        await take(database, member, event, Answer.DECLINED, NOW + HOUR)
        [row] = await stored(database, rsvps)
        assert (row.reason, row.substitute_name) == ("lessons", "Ким О. Ю.")
        if change_of_mind:
            await take(database, member, event, Answer.UNDECIDED)
        else:
            await move(database, home, event, LATER_DAY)
            await take(database, member, event, Answer.DECLINED)
        [row] = await stored(database, rsvps)
        assert (row.reason, row.substitute_id, row.substitute_name) == ("", None, "")


async def test_who_comes_by_name_is_counted(database: Database, home: Association, member: Actor):
    """A guest too; of the event alone that it is about."""
    event, other = await an_event(database, home), await an_event(database, home, LATER_DAY)
    colleague = await a_member(database, home, "Быкова Анна Львовна")
    await take(database, colleague, event)
    await take(database, member, event, Answer.DECLINED)
    await says(database, member, event, "", "Ким О. Ю.")
    uow = UnitOfWork(database)
    async with uow as rows:
        guests = [NewGuest("Иванова А. Л.", "ЦБС"), NewGuest("Яшина Е. П.", "")]
        await rows.association(home.id).guests.add(event.id, guests, colleague.person_id, NOW)
        await uow.commit()
    assert await seen(database, member, event) == (Answer.DECLINED, 4)
    assert await seen(database, member, other) == (None, 0)
    async with UnitOfWork(database).reading() as rows:
        counts = (await rows.group_chats.counts([event.id], NOW))[event.id]
        assert (counts.going, counts.declined) == (4, 1)
        assert [one.name for one in await rows.association(home.id).guests.of_event(event.id)] == [
            "Иванова А. Л.",
            "Яшина Е. П.",
        ]


async def test_a_colleague_who_is_erased_is_named_no_more(
    database: Database, home: Association, member: Actor
):
    """The answer itself stays."""
    event = await an_event(database, home)
    colleague = await a_member(database, home, "Быкова Анна Львовна")
    await take(database, member, event, Answer.DECLINED)
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.association(home.id).rsvps.send_instead(
            event.id, member.person_id, colleague.person_id
        )
        await uow.commit()
    async with UnitOfWork(database).reading() as rows:
        [card] = await rows.association(home.id).events.answered_by(member.person_id, NOW)
        assert card.substitute == "Быкова Анна Львовна"
    async with uow as rows:
        await rows.people.erase(colleague.person_id)
        await uow.commit()
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(home.id)
        [card] = await ours.events.answered_by(member.person_id, NOW)
        [mine] = await ours.rsvps.of_person(member.person_id)
    assert (card.answer, card.substitute, mine["substitute"]) == (Answer.DECLINED, "", "")


async def test_reasons_are_forgotten(database: Database, home: Association, member: Actor):
    """Those about what was over before; the answers stay."""
    event, later = await an_event(database, home), await an_event(database, home, LATER_DAY)
    for one in (event, later):
        await take(database, member, one, Answer.DECLINED)
        await says(database, member, one, "lessons")
    before = event.ends_at + HOUR
    uow = UnitOfWork(database)
    for found in (True, False):
        async with uow as rows:
            ours = rows.association(home.id).rsvps
            assert await ours.has_reasons(before) is found
            assert await ours.forget_reasons(before) == int(found)
            await uow.commit()
    assert [(row.answer, row.reason) for row in await stored(database, rsvps)] == [
        (Answer.DECLINED, ""),
        (Answer.DECLINED, "lessons"),
    ]
