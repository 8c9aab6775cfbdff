"""«Я на месте»: in its time, once, judged by when she said so."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.check_in import (
    ask_word,
    check_in,
    check_in_by_digits,
    read_scan,
    say_word,
    signing_key,
)
from actions.together import join, part
from domain.checkin import Scan, Token, digits_of, read_kept_scan, write_token
from domain.code_words import LASTS
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Association, CodeWord, Event, Mark, Status, Way
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    cancel,
    change,
    move,
)

MINUTE = timedelta(minutes=1)
KEY = bytes(range(32))


async def test_it_is_taken_from_half_an_hour_before_to_half_an_hour_after(
    database: Database, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    for at, code in (
        (event.starts_at - 31 * MINUTE, "checkin_too_early"),
        (event.ends_at + 31 * MINUTE, "checkin_too_late"),
    ):
        with pytest.raises(DomainError, match=code):
            await check_in(uow, member, event.id, Way.SELF, at)
    first = await check_in(uow, member, event.id, Way.QR, event.starts_at - 30 * MINUTE)
    assert (first.attendance.mark, first.attendance.way, first.repeated) == (Mark.PRESENT, Way.QR, False)
    again = await check_in(uow, member, event.id, Way.SELF, event.ends_at)
    assert again.repeated
    assert again.attendance == first.attendance


async def test_what_waited_in_the_inbox_counts_as_of_when_it_was_said(
    database: Database, member: Actor, event: Event
) -> None:
    done = await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)
    assert done.attendance.at == event.starts_at


async def test_the_window_is_the_associations(database: Database, member: Actor, event: Event) -> None:
    await change(
        database, tables.associations, tables.associations.c.id == event.association_id, checkin_before=120
    )
    async with UnitOfWork(database).reading() as rows:
        member = (await rows.people.actor(member.telegram_id)) or member
    at = event.starts_at - 119 * MINUTE
    assert not (await check_in(UnitOfWork(database), member, event.id, Way.SELF, at)).repeated


async def test_a_cancelled_one_takes_nobody(database: Database, member: Actor, event: Event) -> None:
    await cancel(database, event)
    with pytest.raises(DomainError, match="event_cancelled"):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)


async def test_a_month_is_no_time_to_check_in(database: Database, home: Association, member: Actor) -> None:
    event = await an_event(database, home, NOVEMBER)
    with pytest.raises(DomainError, match="checkin_no_day"):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)


async def test_one_that_was_not_held_takes_nobody(database: Database, member: Actor, event: Event) -> None:
    await change(database, tables.events, tables.events.c.id == event.id, status=Status.NOT_HELD)
    with pytest.raises(DomainError, match="checkin_not_held"):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)


async def test_another_associations_event_is_unknown(database: Database, event: Event) -> None:
    stranger = await a_member(database, await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="event_unknown"):
        await check_in(UnitOfWork(database), stranger, event.id, Way.QR, event.starts_at)


async def test_an_event_moved_while_people_check_in(
    database: Database, home: Association, member: Actor, event: Event
) -> None:
    """Who was marked for the old day is not marked for the new one; nobody can be marked for it yet."""
    other = await a_member(database, home, "Белова Анна Павловна")
    await check_in(UnitOfWork(database), member, event.id, Way.SELF, event.starts_at)
    await move(database, home, event, LATER_DAY)
    with pytest.raises(DomainError, match="checkin_too_early"):
        await check_in(UnitOfWork(database), other, event.id, Way.SELF, event.starts_at)
    later = event.starts_at + timedelta(days=7)
    assert not (await check_in(UnitOfWork(database), member, event.id, Way.SELF, later)).repeated


async def test_a_whole_day_is_open_from_its_beginning_to_its_end(
    database: Database, home: Association, member: Actor
) -> None:
    event = await an_event(database, home, Period.day(LATER_DAY.first_day))
    for at in (event.starts_at, event.ends_at):
        await check_in(UnitOfWork(database), member, event.id, Way.SELF, at)


async def test_of_two_presses_at_once_one_is_the_first(
    database: Database, member: Actor, event: Event
) -> None:
    at = event.starts_at
    both = await asyncio.gather(
        *(check_in(UnitOfWork(database), member, event.id, Way.SELF, at) for _ in range(2))
    )
    assert sorted(one.repeated for one in both) == [False, True]


async def test_the_key_is_made_once_and_signs(database: Database, event: Event) -> None:
    uow = UnitOfWork(database)
    key = await signing_key(uow)
    assert await signing_key(uow) == key
    assert len(key) == 32
    code = write_token(key, Token(event.id, 0))
    assert read_scan(key, code, event.starts_at) == Scan(event.id, event.starts_at)


def test_what_is_kept_of_a_scan_is_not_what_stands_on_paper() -> None:
    """A code that does not change says nothing of when it was scanned."""
    with pytest.raises(DomainError, match="checkin_unknown"):
        read_kept_scan(KEY, write_token(KEY, Token(1, 0)))


# --- Digits -----------------------------------------------------------------------------------------------


async def test_digits_mark_at_the_event_they_stand_for(
    database: Database, home: Association, member: Actor, event: Event
) -> None:
    await an_event(database, home, SEMINAR_DAY, title="В тот же час")
    digits = digits_of(KEY, Token(event.id, 0))
    done = await check_in_by_digits(UnitOfWork(database), KEY, member, digits, event.starts_at)
    assert done is not None
    assert (done.event.id, done.attendance.way, done.repeated) == (event.id, Way.DIGITS, False)


async def test_the_screens_digits_are_taken_for_a_minute(
    database: Database, member: Actor, event: Event
) -> None:
    at = event.starts_at
    digits = digits_of(KEY, Scan(event.id, at).token)
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="checkin_wrong_digits"):
        await check_in_by_digits(uow, KEY, member, digits, at + MINUTE)
    assert await check_in_by_digits(uow, KEY, member, digits, at + MINUTE / 2) is not None


async def test_early_digits_are_told_from_wrong_ones(database: Database, member: Actor, event: Event) -> None:
    digits, uow = digits_of(KEY, Token(event.id, 0)), UnitOfWork(database)
    early = event.starts_at - 31 * MINUTE
    with pytest.raises(DomainError, match="checkin_too_early"):
        await check_in_by_digits(uow, KEY, member, digits, early)
    assert await check_in_by_digits(uow, KEY, member, "100000", early) is None


async def test_five_wrong_digits_are_the_last(database: Database, member: Actor, event: Event) -> None:
    digits, uow = digits_of(KEY, Token(event.id, 0)), UnitOfWork(database)
    refused = []
    for _ in range(6):
        with pytest.raises(DomainError) as error:
            await check_in_by_digits(uow, KEY, member, "100000", event.starts_at)
        refused.append(error.value.code)
    assert refused == ["checkin_wrong_digits"] * 4 + ["checkin_tried_out"] * 2
    with pytest.raises(DomainError, match="checkin_tried_out"):
        await check_in_by_digits(uow, KEY, member, digits, event.starts_at)


async def test_digits_of_another_association_mean_nothing(database: Database, event: Event) -> None:
    stranger = await a_member(database, await an_association(database, "РМО Заречного района"))
    digits = digits_of(KEY, Token(event.id, 0))
    assert await check_in_by_digits(UnitOfWork(database), KEY, stranger, digits, event.starts_at) is None


async def test_digits_printed_before_it_was_held_together_with_another(
    database: Database, home: Association, member: Actor, event: Event
) -> None:
    """They mark at the one that speaks for both; once they part, at their own."""
    other = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс")
    head, uow = await a_coordinator(database, home), UnitOfWork(database)
    digits = digits_of(KEY, Token(other.id, 0))
    both = (await join(uow, head, event.id, other.id, (event.revision, other.revision), NOW)).kept
    done = await check_in_by_digits(uow, KEY, member, digits, event.starts_at)
    assert done is not None
    assert (done.event.id, done.attendance.way) == (event.id, Way.DIGITS)
    await part(uow, head, both.id, both.revision, NOW)
    done = await check_in_by_digits(uow, KEY, head, digits, other.starts_at)
    assert done is not None
    assert done.event.id == other.id


# --- The word ---------------------------------------------------------------------------------------------


async def word_is(database: Database, by: Actor, event: Event) -> None:
    """The word is «Ёлка 5», from the beginning on."""
    async with (uow := UnitOfWork(database)) as rows:
        words = rows.association(event.association_id).code_words
        await words.name(event.id, CodeWord("Ёлка 5", event.starts_at + LASTS), by.person_id)
        await uow.commit()


@pytest.mark.parametrize("said", ["ёлка 5", "  ЕЛКА5 ", "«Елка-5»!"])
async def test_a_word_is_taken_leniently(database: Database, member: Actor, event: Event, said: str) -> None:
    await word_is(database, member, event)
    done = await say_word(UnitOfWork(database), member, event.id, said, event.starts_at)
    assert (done.attendance.way, done.repeated) == (Way.WORD, False)


async def test_a_word_is_taken_for_a_quarter_of_an_hour(
    database: Database, member: Actor, event: Event
) -> None:
    await word_is(database, member, event)
    late = event.starts_at + 15 * MINUTE
    for asked in (
        ask_word(UnitOfWork(database), member, event.id, late),
        say_word(UnitOfWork(database), member, event.id, "ёлка 5", late),
    ):
        with pytest.raises(DomainError, match="checkin_no_word"):
            await asked


async def test_five_wrong_words_are_the_last(database: Database, member: Actor, event: Event) -> None:
    await word_is(database, member, event)
    uow, at = UnitOfWork(database), event.starts_at
    refused = []
    for _ in range(5):
        with pytest.raises(DomainError) as error:
            await say_word(uow, member, event.id, "берёза", at)
        refused.append(error.value.code)
    assert refused == ["checkin_wrong_word"] * 4 + ["checkin_tried_out"]
    for asked in (ask_word(uow, member, event.id, at), say_word(uow, member, event.id, "ёлка 5", at)):
        with pytest.raises(DomainError, match="checkin_tried_out"):
            await asked


async def test_two_wrong_words_at_once_are_two(database: Database, member: Actor, event: Event) -> None:
    await word_is(database, member, event)
    said = [say_word(UnitOfWork(database), member, event.id, "берёза", event.starts_at) for _ in range(2)]
    await asyncio.gather(*said, return_exceptions=True)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.association(member.home.id).code_words.wrong(event.id, member.person_id) == 2
