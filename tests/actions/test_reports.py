"""What a year's reports are made of: of which year, of whom, and what becomes of the head's words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.leaving import take_out
from actions.reports import covered, overview, report
from actions.together import join
from actions.year_notes import ask_note, bring_back, leave_out, words, write_note
from domain.errors import DomainError
from domain.records import Actor, Answer, Mark, Standing, TalkStanding
from domain.reports import Note, SchoolYear
from domain.talks import TalkDraft
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOW,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    actor_of,
    an_association,
    an_event,
    change,
    stored,
)

AFTER = NOW + timedelta(days=30)


def nothing(_year: SchoolYear) -> bytes:
    """Written by a process that is not what is tried here."""
    return b"-"


async def year_of(database: Database, actor: Actor, now: datetime = AFTER) -> SchoolYear:
    _, year = await report(UnitOfWork(database), actor, 2026, now, nothing)
    return year


async def marked(database: Database, event_id: int, by: int, *people: int) -> None:
    """They were there."""
    uow = UnitOfWork(database)
    async with uow as rows:
        for person in people:
            assert await rows.association(1).attendance.mark(event_id, person, Mark.PRESENT, None, by, NOW)
        await uow.commit()


async def test_rows_held_together_stand_for_one_meeting(database: Database) -> None:
    """Each row has its number present, and the meeting is counted once."""
    home = await an_association(database)
    head, maria = await a_coordinator(database, home), await a_member(database, home)
    first = await an_event(database, home, title="Семинар")
    second = await an_event(database, home, title="Заседание")
    both = (first.revision, second.revision)
    kept = (await join(UnitOfWork(database), head, first.id, second.id, both, NOW)).kept
    await marked(database, kept.id, head.person_id, maria.person_id)
    year = await year_of(database, head)
    assert [(row.title, row.event and row.event.id) for row in year.rows] == [
        ("Семинар", kept.id),
        ("Заседание", kept.id),
    ]
    assert [one.there for one in year.gatherings] == [1]


async def test_who_left_was_there_and_who_is_erased_was_nobody(database: Database) -> None:
    home = await an_association(database)
    head = await a_coordinator(database, home)
    left, erased = await a_member(database, home), await a_member(database, home, "Белова Анна Павловна")
    event = await an_event(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        draft = TalkDraft(erased.person_id, "Белова Анна Павловна", "СОШ № 45", "Новинки")
        await rows.association(1).talks.add(event.id, draft, TalkStanding.CONFIRMED, head.person_id, NOW)
        assert await rows.association(1).rsvps.take(event.id, left.person_id, Answer.GOING, NOW)
        await uow.commit()
    await marked(database, event.id, head.person_id, left.person_id, erased.person_id)
    async with uow as rows:
        await take_out(rows, home.id, left.person_id, Standing.LEFT, NOW)
        await rows.people.erase(erased.person_id)
        await uow.commit()
    year = await year_of(database, head)
    [gathering] = year.gatherings
    assert list(gathering.marks) == [left.person_id]
    assert [(one.name.surname, one.listed) for one in year.people] == [("Орлова", True), ("Петрова", False)]
    assert [(one.speaker, one.theme) for one in gathering.talks] == [("", "Новинки")]
    assert year.heads == ("Н. В. Орлова",)


async def test_who_was_not_there_shared_no_experience(database: Database) -> None:
    home = await an_association(database)
    head, maria = await a_coordinator(database, home), await a_member(database, home)
    event, by = await an_event(database, home), head.person_id
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(1)
        for person, theme in ((maria.person_id, "Буктрейлер"), (by, "Новинки")):
            draft = TalkDraft(person, "Кто-то", "СОШ № 45", theme)
            await ours.talks.add(event.id, draft, TalkStanding.CONFIRMED, by, NOW)
        assert await ours.attendance.mark(event.id, maria.person_id, Mark.ABSENT, None, by, NOW)
        await uow.commit()
    [gathering] = (await year_of(database, head)).gatherings
    assert [one.theme for one in gathering.talks] == ["Новинки"]


async def test_a_mark_of_another_day_counts_no_longer(database: Database) -> None:
    home = await an_association(database)
    head, maria = await a_coordinator(database, home), await a_member(database, home)
    event = await an_event(database, home)
    await marked(database, event.id, head.person_id, maria.person_id)
    await change(database, tables.events, tables.events.c.id == event.id, day_version=2)
    [gathering] = (await year_of(database, head)).gatherings
    assert gathering.marks == {}


async def test_this_year_and_the_last(database: Database) -> None:
    """An event is of the year in which it begins, or of its plan's; no other year can be asked for."""
    home = await an_association(database)
    head = await a_coordinator(database, home)
    await an_event(database, home, SEMINAR_DAY, title="Нынешний")
    await an_event(database, home, LATER_DAY, title="Из плана прошлого года", year="2025/2026")
    uow = UnitOfWork(database)
    for asked, label, earlier, later in (
        (None, "2026/2027", "2025/2026", None),
        (2026, "2026/2027", "2025/2026", None),
        (2025, "2025/2026", None, "2026/2027"),
        (2031, "2026/2027", "2025/2026", None),
    ):
        _, shown = await overview(uow, head, asked, AFTER)
        assert (shown.label, shown.earlier, shown.later) == (label, earlier, later)
    _, last = await report(uow, head, 2025, AFTER, nothing)
    assert [one.event.title for one in last.gatherings] == ["Из плана прошлого года"]
    assert [one.title for one in (await year_of(database, head)).rows] == ["Нынешний"]


async def test_what_is_lacking_is_asked_when_a_year_is_written_up(database: Database) -> None:
    home = await an_association(database)
    head = await a_coordinator(database, home)
    await an_event(database, home)
    uow = UnitOfWork(database)
    assert (await overview(uow, head, 2026, AFTER))[1].lacks is None
    lacks = (await overview(uow, head, 2026, NOW + timedelta(days=230)))[1].lacks
    assert lacks is not None
    assert [one.lack.value for one in lacks] == ["said", "words", "words", "words"]


async def test_words_are_kept_and_brought_back(database: Database) -> None:
    home = await an_association(database)
    head = await a_coordinator(database, home)
    uow = UnitOfWork(database)

    async def write(text: str) -> None:
        await ask_note(uow, head, 2026, Note.TASKS, NOW)
        await write_note(uow, await actor_of(database, head.telegram_id), text, NOW)

    await write("Первые")
    assert (await bring_back(uow, head, 2026, Note.TASKS, NOW)).own[Note.TASKS] is None
    assert (await bring_back(uow, head, 2026, Note.TASKS, NOW)).own[Note.TASKS] == "Первые"
    await write("Вторые")
    await write("Вторые")
    assert (await leave_out(uow, head, 2026, Note.TASKS, NOW)).own[Note.TASKS] == ""
    assert (await bring_back(uow, head, 2026, Note.TASKS, NOW)).own[Note.TASKS] == "Вторые"
    assert (await words(uow, head, 2025, NOW)).own[Note.TASKS] is None
    kinds = [row.kind for row in await stored(database, tables.journal)]
    assert kinds == ["year_note"] * 6
    with pytest.raises(DomainError, match="report_left"):
        await write_note(uow, await actor_of(database, head.telegram_id), "Поздно", NOW)


async def test_nothing_to_report(database: Database) -> None:
    home = await an_association(database)
    head = await a_coordinator(database, home)
    with pytest.raises(DomainError, match="nothing_to_report"):
        await year_of(database, head)
    label, seen = await covered(UnitOfWork(database), head, 2026, NOW)
    assert (label, seen.called) == ("2026/2027", 0)
