"""«Явка»: who is marked, the word that is named, the event of a screen; for who runs it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.attendance import (
    ask_code_word,
    attended,
    end_code_word,
    event_on_screen,
    event_to_show,
    name_code_word,
)
from actions.check_in import check_in
from domain.checkin import Screen
from domain.errors import DomainError
from domain.guests import NewGuest
from domain.records import Actor, Association, Event, Mark, Way
from domain.roles import Part
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import LATER_DAY, a_member, an_association, cancel, move, stored

MINUTE = timedelta(minutes=1)


async def test_who_is_marked_by_which_way_the_newest_first(
    database: Database, member: Actor, coordinator: Actor, event: Event
) -> None:
    uow, at = UnitOfWork(database), event.starts_at
    await check_in(uow, member, event.id, Way.QR, at)
    await check_in(uow, coordinator, event.id, Way.WORD, at + MINUTE)
    async with uow as rows:
        guests = rows.association(event.association_id).guests
        await guests.add(event.id, [NewGuest("Иванова А. Л.", "ЦБС")], coordinator.person_id, at)
        [written] = await guests.of_event(event.id)
        marked = rows.association(event.association_id).attendance
        await marked.mark_guest(event.id, written.id, Mark.LATE, None)
        await uow.commit()
    found = await attended(uow, coordinator, event.id, at)
    assert member.name is not None
    assert coordinator.name is not None
    assert [(one.name, one.mark, one.way) for one in found.marked] == [
        (coordinator.name.full, Mark.PRESENT, Way.WORD),
        (member.name.full, Mark.PRESENT, Way.QR),
        ("Иванова А. Л.", Mark.LATE, None),
    ]
    assert found.marked[1].school == member.school


async def test_when_people_check_in(database: Database, coordinator: Actor, event: Event) -> None:
    uow = UnitOfWork(database)
    before = await attended(uow, coordinator, event.id, event.starts_at - 31 * MINUTE)
    assert before.ahead is not None
    assert not before.runs
    during = await attended(uow, coordinator, event.id, event.starts_at)
    assert during.runs
    after = await attended(uow, coordinator, event.id, event.ends_at + 31 * MINUTE)
    assert (after.ahead, after.runs) == (None, False)
    await cancel(database, event)
    assert (await attended(uow, coordinator, event.id, event.starts_at - 31 * MINUTE)).ahead is None


async def test_a_member_sees_none_of_it_a_presenter_does(
    database: Database, member: Actor, event: Event
) -> None:
    uow, at = UnitOfWork(database), event.starts_at
    for asked in (
        attended(uow, member, event.id, at),
        event_to_show(uow, member, event.id, at),
        ask_code_word(uow, member, event.id, at),
        name_code_word(uow, member, event.id, "ромашка", at),
        end_code_word(uow, member, event.id, at),
    ):
        with pytest.raises(DomainError, match="only_host"):
            await asked
    async with uow as rows:
        parts = rows.association(event.association_id).parts
        assert await parts.give(event.id, member.person_id, Part.HOST, at)
        await uow.commit()
    assert (await attended(uow, member, event.id, at)).event.id == event.id


async def test_a_word_lasts_a_quarter_of_an_hour_another_takes_its_place(
    database: Database, coordinator: Actor, event: Event
) -> None:
    uow, at = UnitOfWork(database), event.starts_at
    _, first = await name_code_word(uow, coordinator, event.id, " наша  ромашка ", at)
    assert (first.word, first.valid_until) == ("наша ромашка", at + 15 * MINUTE)
    assert await ask_code_word(uow, coordinator, event.id, at + 14 * MINUTE) == (event, first)
    assert (await ask_code_word(uow, coordinator, event.id, at + 15 * MINUTE))[1] is None
    await name_code_word(uow, coordinator, event.id, "парус", at + MINUTE)
    found = await attended(uow, coordinator, event.id, at + MINUTE)
    assert found.word is not None
    assert found.word.word == "парус"
    for _ in range(2):  # pressed twice
        assert (await end_code_word(uow, coordinator, event.id, at + MINUTE)).word is None
    kinds = [line.kind for line in await stored(database, tables.journal)]
    assert kinds == ["code_word_named", "code_word_named", "code_word_ended"]


async def test_no_word_before_people_check_in(database: Database, coordinator: Actor, event: Event) -> None:
    early = event.starts_at - 31 * MINUTE
    with pytest.raises(DomainError, match="checkin_too_early"):
        await name_code_word(UnitOfWork(database), coordinator, event.id, "парус", early)


async def test_a_code_is_handed_out_beforehand_and_not_afterwards(
    database: Database, coordinator: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    early, late = event.starts_at - timedelta(days=3), event.ends_at + 31 * MINUTE
    assert (await event_to_show(uow, coordinator, event.id, early)).id == event.id
    with pytest.raises(DomainError, match="checkin_too_late"):
        await event_to_show(uow, coordinator, event.id, late)


async def test_a_screen_is_for_the_day_it_was_made_for(
    database: Database, home: Association, event: Event
) -> None:
    uow, screen = UnitOfWork(database), Screen(event.id, event.day_version)
    assert await event_on_screen(uow, screen, event.starts_at) == event
    with pytest.raises(DomainError, match="checkin_too_late"):
        await event_on_screen(uow, screen, event.ends_at + 31 * MINUTE)
    with pytest.raises(DomainError, match="checkin_unknown"):
        await event_on_screen(uow, Screen(event.id + 1, 1), event.starts_at)
    await move(database, home, event, LATER_DAY)
    with pytest.raises(DomainError, match="checkin_unknown"):
        await event_on_screen(uow, screen, event.starts_at)


async def test_another_associations_event_is_unknown(database: Database, event: Event) -> None:
    stranger = await a_member(database, await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="only_host"):
        await attended(UnitOfWork(database), stranger, event.id, event.starts_at)
