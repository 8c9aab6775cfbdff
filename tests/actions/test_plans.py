"""A plan from its file into the calendar."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from actions.plans import ReadPlan, drop_draft, import_plan, keep_draft, read_plan, save_draft
from documents.example_plan import write_example_plan
from domain.errors import DomainError
from domain.materials import NewMaterial
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Actor, Answer, Association, MaterialKind
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    YEAR,
    a_coordinator,
    a_draft,
    a_member,
    an_activity,
    change,
    stored,
)

PLANS = Path(__file__).parents[3] / "shared" / "plans"

SEPTEMBER = Period.at(date(2026, 9, 15), time(14))
SEMINAR = an_activity("Семинар о читательских клубах", SEPTEMBER, NOVEMBER)
TASK = an_activity("Сдать отчёт", Period.deadline(date(2027, 5, 20)), kind=Kind.OTHER)
ALL_YEAR = an_activity("Пополнять фонд", Period.year(date(2026, 8, 1), date(2027, 6, 30)), kind=Kind.OTHER)
PLAN = a_draft(SEMINAR, TASK, ALL_YEAR)


async def everything(database: Database) -> list[object]:
    """All that an import writes."""
    names = ("plans", "activities", "events", "event_activities", "revisions", "journal")
    return [await stored(database, tables.metadata.tables[name]) for name in names]


async def imported(database: Database, home: Association, read: ReadPlan) -> tuple[bool, int, int, int]:
    done = await import_plan(UnitOfWork(database), home, read, NOW)
    return done.changed, done.activities, done.events, done.past_events


async def test_each_date_becomes_an_event_with_a_revision(database: Database, home: Association):
    """Work for all the year has none; what is over is counted."""
    assert await imported(database, home, ReadPlan(PLAN, "digest")) == (True, 3, 3, 1)
    events = await stored(database, tables.events)
    assert [(row.title, row.period, row.gathering) for row in events] == [
        (SEMINAR.title, SEPTEMBER, True),
        (SEMINAR.title, NOVEMBER, True),
        (TASK.title, TASK.periods[0], False),
    ]
    assert [row.answers_until for row in events] == [SEPTEMBER.begins_at(home.zone), None, None]
    assert [row.planned_version for row in events] == [0, 0, 0]
    revisions = await stored(database, tables.revisions)
    assert [(row.event_id, row.number, row.kind) for row in revisions] == [
        (row.id, 1, "planned") for row in events
    ]
    assert [row.kind for row in await stored(database, tables.journal)] == ["plan_imported"]


async def test_an_import_sends_nothing(database: Database, home: Association, coordinator: Actor):
    """Nothing about the past, and nothing at all."""
    await imported(database, home, ReadPlan(PLAN, "digest"))
    assert await stored(database, tables.outbox) == []


async def test_the_same_file_twice_changes_nothing(database: Database, home: Association):
    """And says so."""
    await imported(database, home, ReadPlan(PLAN, "digest"))
    before = await everything(database)
    assert await imported(database, home, ReadPlan(PLAN, "digest")) == (False, 3, 0, 0)
    assert await everything(database) == before


async def test_the_same_plan_in_another_file_changes_nothing(database: Database, home: Association):
    """As .docx and as text it is read alike."""
    await imported(database, home, ReadPlan(PLAN, "digest of the .docx"))
    before = await everything(database)
    assert (await imported(database, home, ReadPlan(PLAN, "digest of the .txt")))[0] is False
    assert await everything(database) == before


async def test_two_imports_at_once_store_one_plan(database: Database, database_url: str, home: Association):
    """The coordinator saves while the operator imports."""
    other = Database(database_url)
    read = ReadPlan(PLAN, "digest")
    done = await asyncio.gather(
        import_plan(UnitOfWork(database), home, read, NOW), import_plan(UnitOfWork(other), home, read, NOW)
    )
    await other.close()
    assert sorted(one.changed for one in done) == [False, True]
    assert len(await stored(database, tables.events)) == 3


async def test_a_plan_that_nobody_used_yet_is_replaced(database: Database, home: Association):
    """By a corrected one, as a whole; another year's stays."""
    last_year = a_draft(an_activity("Прошлый семинар", Period.month(2025, 11)), year="2025/2026")
    await imported(database, home, ReadPlan(last_year, "last year"))
    await imported(database, home, ReadPlan(PLAN, "first"))
    corrected = a_draft(an_activity("Исправленный семинар", NOVEMBER))
    assert await imported(database, home, ReadPlan(corrected, "second")) == (True, 1, 1, 0)
    titles = {row.title for row in await stored(database, tables.events)}
    assert titles == {"Прошлый семинар", "Исправленный семинар"}
    assert {row.title for row in await stored(database, tables.activities)} == titles
    assert len(await stored(database, tables.plans)) == 2


async def test_a_plan_with_an_answer_is_not_replaced(database: Database, home: Association):
    """The answer must not be lost."""
    early = a_draft(an_activity("Семинар", Period.at(date(2026, 10, 20), time(14))))
    await imported(database, home, ReadPlan(early, "first"))
    member = await a_member(database, home)
    [event] = await stored(database, tables.events)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).rsvps.take(event.id, member.person_id, Answer.GOING, NOW)
        await uow.commit()
    before = await everything(database)
    with pytest.raises(DomainError) as refused:
        await imported(database, home, ReadPlan(PLAN, "second"))
    assert (refused.value.code, refused.value.facts) == ("plan_in_use", {"school_year": YEAR})
    assert await everything(database) == before
    assert (await imported(database, home, ReadPlan(early, "first")))[0] is False


async def test_a_plan_with_a_named_day_is_not_replaced(database: Database, home: Association):
    """Any change to an event keeps its plan."""
    await imported(database, home, ReadPlan(PLAN, "first"))
    await change(database, tables.events, tables.events.c.period == NOVEMBER, revision=2)
    with pytest.raises(DomainError, match="plan_in_use"):
        await imported(database, home, ReadPlan(a_draft(), "second"))


async def test_a_plan_with_something_to_read_is_not_replaced(database: Database, home: Association):
    """Whatever hangs on an event would go with it."""
    await imported(database, home, ReadPlan(PLAN, "first"))
    event = (await stored(database, tables.events))[0]
    link = NewMaterial(MaterialKind.LINK, "Запись", "https://disk.example.org/i/zapis")
    async with (uow := UnitOfWork(database)) as rows:
        await rows.association(home.id).materials.add(event.id, [link], None, NOW)
        await uow.commit()
    with pytest.raises(DomainError, match="plan_in_use"):
        await imported(database, home, ReadPlan(a_draft(), "second"))


async def test_a_plan_without_a_year_is_refused(database: Database, home: Association):
    """No year is invented."""
    with pytest.raises(DomainError, match="plan_without_year"):
        await imported(database, home, ReadPlan(a_draft(SEMINAR, year=None), "digest"))
    assert await stored(database, tables.plans) == []


async def test_an_association_with_a_plan_is_set_up(database: Database):
    """Its year is the plan's, unless it has one."""
    uow = UnitOfWork(database)
    async with uow as rows:
        number = await rows.associations.add("", "Asia/Novosibirsk", "{}", NOW)
        unnamed = await rows.associations.get(number)
        await uow.commit()
    assert unnamed is not None
    await imported(database, unnamed, ReadPlan(PLAN, "digest"))
    [row] = await stored(database, tables.associations)
    assert (row.set_up_at, row.school_year) == (NOW, YEAR)


# In the chat: a preview first


async def save(database: Database, coordinator: Actor, draft_id: int, *, any_year: bool = False) -> bool:
    done = await save_draft(UnitOfWork(database), coordinator, draft_id, NOW, any_year=any_year)
    return done.changed


async def test_a_draft_is_no_plan_before_it_is_saved(database: Database, coordinator: Actor):
    """Saved, it is one, and the draft is gone."""
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(PLAN, "digest"), NOW)
    assert kept.draft == PLAN
    assert await stored(database, tables.plans) == []
    assert await save(database, coordinator, kept.id)
    [plan] = await stored(database, tables.plans)
    assert (plan.school_year, plan.imported_by) == (YEAR, coordinator.person_id)
    assert await stored(database, tables.drafts) == []
    assert {row.by_person_id for row in await stored(database, tables.revisions)} == {coordinator.person_id}


async def test_a_second_press_on_save_finds_the_draft_gone(database: Database, coordinator: Actor):
    """And stores nothing twice."""
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(PLAN, "digest"), NOW)
    await save(database, coordinator, kept.id)
    with pytest.raises(DomainError, match="draft_gone"):
        await save(database, coordinator, kept.id)
    assert len(await stored(database, tables.events)) == 3


async def test_an_older_preview_s_buttons_leave_the_newer_draft_alone(database: Database, coordinator: Actor):
    """A draft's number is never given again."""
    older = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(a_draft(), "older"), NOW)
    newer = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(PLAN, "newer"), NOW)
    with pytest.raises(DomainError, match="draft_gone"):
        await save(database, coordinator, older.id)
    await drop_draft(UnitOfWork(database), coordinator, older.id)
    assert [row.id for row in await stored(database, tables.drafts)] == [newer.id]
    await drop_draft(UnitOfWork(database), coordinator, newer.id)
    assert await stored(database, tables.drafts) == []


async def test_a_draft_is_its_coordinator_s_own(database: Database, home: Association, coordinator: Actor):
    """Another one cannot save it by its number."""
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(PLAN, "digest"), NOW)
    colleague = await a_coordinator(database, home, "Сидорова Анна Петровна")
    with pytest.raises(DomainError, match="draft_gone"):
        await save(database, colleague, kept.id)


@pytest.mark.parametrize("year", ["2026/2027", "2027/2028"])
async def test_this_school_year_and_the_next_are_stored_at_once(
    database: Database, coordinator: Actor, year: str
):
    """Without a question."""
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(a_draft(year=year), "digest"), NOW)
    assert await save(database, coordinator, kept.id)


async def test_another_year_is_stored_only_on_purpose(database: Database, coordinator: Actor):
    """After «Да, это план на 2021/22»; the draft waits for that."""
    old = a_draft(an_activity("Семинар", Period.month(2021, 11)), year="2021/2022")
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(old, "digest"), NOW)
    with pytest.raises(DomainError) as refused:
        await save(database, coordinator, kept.id)
    assert (refused.value.code, refused.value.facts) == ("plan_other_year", {"school_year": "2021/2022"})
    assert await stored(database, tables.plans) == []
    assert await save(database, coordinator, kept.id, any_year=True)
    assert await stored(database, tables.outbox) == []


# Real files


async def test_the_example_plan_is_read_and_stored(database: Database, home: Association):
    """Through the reader's own process."""
    content = write_example_plan(2026)
    read = await read_plan(content, "план.docx")
    assert read.draft.school_year == YEAR
    changed, activities, events, _ = await imported(database, home, read)
    assert changed
    assert activities == len(read.draft.activities) == len(await stored(database, tables.activities))
    assert events == len(await stored(database, tables.events)) > 0
    again = await read_plan(content, "тот же план.docx")
    assert (await imported(database, home, again))[0] is False


@pytest.mark.plans
@pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans of ../shared are not here")
async def test_the_real_plan_as_text_is_the_one_in_word(database: Database, home: Association):
    """The second file changes nothing."""
    word, text = [
        await read_plan((PLANS / name).read_bytes(), name)
        for name in ("kirov-2021-22.docx", "kirov-2021-22.txt")
    ]
    assert word.digest != text.digest
    assert (await imported(database, home, word))[0] is True
    before = await everything(database)
    assert (await imported(database, home, text))[0] is False
    assert await everything(database) == before


async def test_a_row_that_says_online_names_no_place(database: Database, home: Association):
    """Its meetings are online, their links still to be named; a task stays where its row says."""
    online = replace(an_activity("Вебинар", NOVEMBER), venue="в дистанционном формате")
    task = replace(an_activity("Отчёт", Period.deadline(date(2027, 5, 15)), kind=Kind.OTHER), venue="Онлайн")
    await imported(database, home, ReadPlan(a_draft(online, task), "digest"))
    events = await stored(database, tables.events)
    assert [(row.venue, row.mode, row.link) for row in events] == [
        ("", "online", ""),
        ("Онлайн", "onsite", ""),
    ]
    rows = await stored(database, tables.activities)
    assert [row.venue for row in rows] == ["в дистанционном формате", "Онлайн"]
