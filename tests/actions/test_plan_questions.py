"""Questions about a plan that waits to be saved, and what their answers make of it once it is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.plan_changes import choose, take_changes
from actions.plan_questions import Asked, ask, give_answer, pass_question, sort_row, write_answer
from actions.plans import (
    PLAN_ANSWER_STEP,
    Imported,
    Kept,
    ReadPlan,
    import_plan,
    keep_draft,
    kept_plan,
    read_plan,
    save_draft,
    waiting_plan,
)
from actions.together import join, part, propose_join
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, Problem, as_json
from domain.plan_questions import settled
from domain.records import Actor, Association, Invited, Status
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOVEMBER, NOW, a_coordinator, a_draft, actor_of, stored

PLANS = Path(__file__).parents[3] / "shared" / "plans"
PLACE = "Лицей № 12"
UNDATED = ActivityDraft(
    "Семинар", "2.1", kind=Kind.SEMINAR, problems=(Problem("no_when", "Строка 2.1: нет срока."),)
)
OTHERS = ActivityDraft(
    "Совещание",
    "1.2",
    kind=Kind.COUNCIL,
    periods=(NOVEMBER,),
    audience="Руководители",
    problems=(Problem("audience_others", "1.2 – только для тех, кто назван: «Руководители»?"),),
)
MEETING = ActivityDraft("Заседание", "1.1", kind=Kind.MEETING, periods=(NOVEMBER,), venue=PLACE)
CLASS = ActivityDraft("Мастер-класс", "3.1", kind=Kind.WORKSHOP, periods=(NOVEMBER,), venue=PLACE)
PLAN = a_draft(MEETING, OTHERS, UNDATED, CLASS)


async def keep(database: Database, actor: Actor, draft: PlanDraft = PLAN, digest: str = "digest") -> Kept:
    return await keep_draft(UnitOfWork(database), actor, ReadPlan(draft, digest), NOW)


async def answer(database: Database, actor: Actor, kept: Kept, **answers: str) -> Asked:
    """Gives answers by the questions' names; a dash is written «_»."""
    for question_id, key in answers.items():
        asked = await give_answer(
            UnitOfWork(database), actor, kept.id, question_id.replace("_", "-"), key, NOW
        )
    return asked


async def save(database: Database, actor: Actor, kept: Kept) -> Imported:
    return await save_draft(UnitOfWork(database), actor, kept.id, NOW, any_year=True)


async def events(database: Database) -> dict[str, object]:
    return {row.title: row for row in await stored(database, tables.events)}


async def now_is(database: Database, actor: Actor) -> Actor:
    """The coordinator as she stands now, with the dialogue that is open."""
    return await actor_of(database, actor.telegram_id)


async def test_questions_come_one_by_one_and_answers_are_in_the_draft(database: Database, coordinator: Actor):
    """The next question comes by itself; after the last one there is none."""
    kept = await keep(database, coordinator)
    asked = await ask(UnitOfWork(database), coordinator, kept.id, None, NOW)
    assert [question.id for question in asked.questions] == ["when2", "whom1", "together0-3"]
    assert asked.question == asked.questions[0]
    assert asked.before is None
    asked = await answer(database, coordinator, kept, when2="m3")
    assert asked.question is not None
    assert asked.question.id == "whom1"
    assert asked.before == asked.questions[0]
    now = await kept_plan(UnitOfWork(database), coordinator, kept.id)
    assert settled(now.draft).activities[2].periods == (Period.month(2027, 3),)
    asked = await answer(database, coordinator, kept, whom1="nobody", together0_3="yes")
    assert asked.question is None
    assert (await now_is(database, coordinator)).dialogue is None


async def test_a_passed_question_is_asked_again_last(database: Database, coordinator: Actor):
    """«Ответить» begins with what was not looked at yet."""
    kept = await keep(database, coordinator)
    asked = await pass_question(UnitOfWork(database), coordinator, kept.id, "when2", NOW)
    assert asked.question is not None
    assert asked.question.id == "whom1"
    again = await ask(UnitOfWork(database), coordinator, kept.id, None, NOW)
    assert again.question is not None
    assert again.question.id == "whom1"
    await answer(database, coordinator, kept, whom1="everybody", together0_3="no")
    last = await ask(UnitOfWork(database), coordinator, kept.id, None, NOW)
    assert last.question is not None
    assert last.question.id == "when2"


async def test_words_answer_the_question_that_is_open(database: Database, coordinator: Actor):
    """What is no answer changes nothing and leaves it open."""
    kept = await keep(database, coordinator)
    await ask(UnitOfWork(database), coordinator, kept.id, "when2", NOW)
    head = await now_is(database, coordinator)
    assert head.dialogue is not None
    assert head.dialogue.step == PLAN_ANSWER_STEP
    with pytest.raises(DomainError, match="plan_when_not_understood"):
        await write_answer(UnitOfWork(database), head, "абракадабра", NOW)
    assert (await now_is(database, coordinator)).dialogue == head.dialogue
    await write_answer(UnitOfWork(database), head, "до 20 мая", NOW)
    kept = await kept_plan(UnitOfWork(database), coordinator, kept.id)
    assert [one.precision.value for one in settled(kept.draft).activities[2].periods] == ["deadline"]


async def test_a_newer_file_closes_the_question_and_keeps_the_answers(database: Database, coordinator: Actor):
    """Words that come later answer nothing of the older one."""
    kept = await keep(database, coordinator)
    await ask(UnitOfWork(database), coordinator, kept.id, "when2", NOW)
    await answer(database, coordinator, kept, when2="m3")
    head = await now_is(database, coordinator)
    newer = await keep(database, head, replace(PLAN, activities=(UNDATED, CLASS)), "another")
    assert settled(newer.draft).activities[0].periods == (Period.month(2027, 3),)
    assert (await now_is(database, coordinator)).dialogue is None
    for late in (
        ask(UnitOfWork(database), head, kept.id, None, NOW),
        give_answer(UnitOfWork(database), head, kept.id, "when2", "m4", NOW),
        pass_question(UnitOfWork(database), head, kept.id, "when2", NOW),
        write_answer(UnitOfWork(database), head, "март", NOW),
        sort_row(UnitOfWork(database), head, kept.id, 0, "task"),
        kept_plan(UnitOfWork(database), head, kept.id),
    ):
        with pytest.raises(DomainError, match="draft_gone"):
            await late


async def test_a_draft_is_its_coordinator_s_own(database: Database, home: Association, coordinator: Actor):
    """A colleague neither sees it nor answers."""
    kept = await keep(database, coordinator)
    colleague = await a_coordinator(database, home, "Сидорова Анна Петровна")
    assert await waiting_plan(UnitOfWork(database), colleague) is None
    with pytest.raises(DomainError, match="draft_gone"):
        await ask(UnitOfWork(database), colleague, kept.id, None, NOW)
    found = await waiting_plan(UnitOfWork(database), coordinator)
    assert found == kept


async def test_a_question_or_a_row_that_is_not_there(database: Database, coordinator: Actor):
    """A made-up press changes nothing."""
    kept = await keep(database, coordinator)
    for late in (
        ask(UnitOfWork(database), coordinator, kept.id, "when9", NOW),
        give_answer(UnitOfWork(database), coordinator, kept.id, "when2", "guess", NOW),
        sort_row(UnitOfWork(database), coordinator, kept.id, 9, "task"),
    ):
        with pytest.raises(DomainError, match="plan_question_gone"):
            await late
    assert await kept_plan(UnitOfWork(database), coordinator, kept.id) == kept


# Stored


async def test_what_was_not_answered_is_stored_with_its_words(database: Database, coordinator: Actor):
    """Nothing is invented."""
    kept = await keep(database, coordinator)
    await pass_question(UnitOfWork(database), coordinator, kept.id, "when2", NOW)
    done = await save(database, coordinator, kept)
    assert (done.events, done.together, done.groups) == (3, 0, ())
    [plan] = await stored(database, tables.plans)
    assert plan.draft == as_json(PLAN)
    assert plan.draft["activities"][2]["problems"] == [{"code": "no_when", "text": "Строка 2.1: нет срока."}]


async def test_accepted_rows_become_one_event_as_if_joined_by_hand(
    database: Database, home: Association, coordinator: Actor
):
    """The same rows in the same tables, but that nobody is told."""
    kept = await keep(database, coordinator, a_draft(MEETING, CLASS))
    await answer(database, coordinator, kept, together0_1="yes")
    done = await save(database, coordinator, kept)
    assert (done.events, done.together) == (1, 1)
    at_import = await tables_of_joined(database)
    assert at_import["outbox"] == []

    other = await a_plan_apart(database, home, coordinator)
    by_hand = await tables_of_joined(database, other)
    assert [row[1:] for row in at_import["events"]] == [row[1:] for row in by_hand["events"]]
    assert at_import["rows"] == by_hand["rows"]
    assert at_import["revisions"] == by_hand["revisions"]


async def a_plan_apart(database: Database, home: Association, coordinator: Actor) -> int:
    """The same rows in the next year's plan, joined by hand; returns how many events there were before."""
    before = len(await stored(database, tables.events))
    later = Period.month(2026, 11)
    rows = (replace(MEETING, periods=(later,)), replace(CLASS, periods=(later,)))
    await import_plan(UnitOfWork(database), home, ReadPlan(a_draft(*rows, year="2027/2028"), "next"), NOW)
    first, second = (row.id for row in (await stored(database, tables.events))[before:])
    joining = await propose_join(UnitOfWork(database), coordinator, first, second, NOW)
    revisions = (joining.kept.revision, joining.merged.revision)
    await join(UnitOfWork(database), coordinator, first, second, revisions, NOW)
    return before


async def tables_of_joined(database: Database, skipped: int = 0) -> dict[str, list[object]]:
    """Events, the rows they stand for and their revisions, with ids counted from the first event."""
    events = (await stored(database, tables.events))[skipped:]
    base = events[0].id
    own = [row for row in await stored(database, tables.event_activities) if row.event_id >= base]
    first_row = min(row.activity_id for row in own)
    return {
        "events": [
            (
                row.id,
                row.title,
                row.status,
                row.revision,
                row.alone,
                None if row.merged_into is None else row.merged_into - base,
            )
            for row in events
        ],
        "rows": [
            (row.event_id - base, row.activity_id - first_row, row.came_from and row.came_from - base)
            for row in own
        ],
        "revisions": [
            (row.event_id - base, row.number, row.kind)
            for row in await stored(database, tables.revisions)
            if row.event_id >= base
        ],
        "outbox": list(await stored(database, tables.outbox)),
    }


async def test_what_was_joined_at_import_can_be_parted(database: Database, coordinator: Actor):
    """Like what was joined by hand."""
    kept = await keep(database, coordinator, a_draft(MEETING, CLASS))
    await answer(database, coordinator, kept, together0_1="yes")
    await save(database, coordinator, kept)
    [joined] = [row for row in await stored(database, tables.events) if row.status == Status.PLANNED]
    await part(UnitOfWork(database), coordinator, joined.id, joined.revision, NOW)
    assert {row.title for row in await stored(database, tables.events)} == {"Заседание", "Мастер-класс"}
    assert {row.status for row in await stored(database, tables.events)} == {Status.PLANNED}


async def test_of_three_rows_all_go_together_at_each_of_their_dates(database: Database, coordinator: Actor):
    """Two months, three rows: two events that people see."""
    both = (NOVEMBER, Period.month(2027, 3))
    rows = [replace(MEETING, title=f"Заседание {n}", number=str(n), periods=both) for n in (1, 2, 3)]
    kept = await keep(database, coordinator, a_draft(*rows))
    await answer(database, coordinator, kept, together0_1="yes", together0_2="yes")
    done = await save(database, coordinator, kept)
    assert (done.events, done.together) == (2, 4)
    standing = [row for row in await stored(database, tables.events) if row.merged_into is None]
    assert {row.title for row in standing} == {"Заседание 1; Заседание 2; Заседание 3"}
    assert {row.period for row in standing} == set(both)


@pytest.mark.parametrize(
    ("key", "invited"),
    [
        ("everybody", Invited.EVERYBODY),
        ("guests", Invited.GUESTS),
        ("nobody", Invited.NOBODY),
        ("new", Invited.GROUP),
    ],
)
async def test_whom_a_row_is_for(database: Database, coordinator: Actor, key: str, invited: Invited):
    """A group is made with the plan and not before it; it is empty at first."""
    kept = await keep(database, coordinator)
    await answer(database, coordinator, kept, whom1=key)
    assert await stored(database, tables.groups) == []
    done = await save(database, coordinator, kept)
    council = (await events(database))["Совещание"]
    assert council.invited == invited
    groups = await stored(database, tables.groups)
    assert [row.title for row in groups] == list(done.groups) == (["Руководители"] if key == "new" else [])
    assert council.group_id == (groups[0].id if groups else None)
    assert (await events(database))["Заседание"].invited == Invited.EVERYBODY


async def test_a_group_that_is_there_is_taken(database: Database, home: Association, coordinator: Actor):
    """By its name or by its button; one that went meanwhile stops the import."""
    async with (uow := UnitOfWork(database)) as rows:
        group_id = await rows.association(home.id).groups.add("Руководители")
        await uow.commit()
    kept = await keep(database, coordinator)
    await answer(database, coordinator, kept, whom1=f"g{group_id}")
    async with (uow := UnitOfWork(database)) as rows:
        assert group_id is not None
        await rows.association(home.id).groups.remove(group_id)
        await uow.commit()
    with pytest.raises(DomainError, match="group_gone"):
        await save(database, coordinator, kept)
    assert await stored(database, tables.plans) == []
    await answer(database, coordinator, kept, whom1="new")
    assert (await save(database, coordinator, kept)).groups == ("Руководители",)


async def test_a_task_is_no_gathering(database: Database, coordinator: Actor):
    """A row that she switched asks nobody; work for all the year has no event."""
    kept = await keep(database, coordinator)
    await sort_row(UnitOfWork(database), coordinator, kept.id, 0, "task")
    await sort_row(UnitOfWork(database), coordinator, kept.id, 3, "round")
    await save(database, coordinator, kept)
    made = await events(database)
    assert not made["Заседание"].gathering
    assert "Мастер-класс" not in made
    [work] = [row for row in await stored(database, tables.activities) if row.title == "Мастер-класс"]
    assert work.year_round


# A corrected file


async def test_answers_of_the_plan_that_stands_are_taken_over(
    database: Database, home: Association, coordinator: Actor
):
    """By the file that comes again, in the chat or by the command line: it is the same plan."""
    kept = await keep(database, coordinator)
    await answer(database, coordinator, kept, when2="m3", whom1="new", together0_3="yes")
    await save(database, coordinator, kept)
    again = await keep(database, coordinator)
    assert all(not question.open for question in (await _questions(database, coordinator, again)))
    assert not (await save(database, coordinator, again)).changed
    done = await import_plan(UnitOfWork(database), home, ReadPlan(PLAN, "as .txt"), NOW)
    assert not done.changed
    assert len(await stored(database, tables.groups)) == 1


async def _questions(database: Database, actor: Actor, kept: Kept) -> tuple[object, ...]:
    return (await ask(UnitOfWork(database), actor, kept.id, None, NOW)).questions


async def take(database: Database, actor: Actor, kept: Kept) -> None:
    """Takes all that differs from the plan that stands."""
    with pytest.raises(DomainError, match="plan_stands"):
        await save(database, actor, kept)
    shown = await choose(UnitOfWork(database), actor, kept.id, None, NOW, taken=True)
    await take_changes(UnitOfWork(database), actor, kept.id, shown.mark, NOW)


async def test_another_answer_to_the_same_file_is_a_change(database: Database, coordinator: Actor):
    """It is compared with what stands, like a corrected file."""
    kept = await keep(database, coordinator)
    await answer(database, coordinator, kept, when2="m3")
    await save(database, coordinator, kept)
    again = await keep(database, coordinator)
    await answer(database, coordinator, again, when2="m4")
    await take(database, coordinator, again)
    assert (await events(database))["Семинар"].period == Period.month(2027, 4)
    assert not (await save(database, coordinator, await keep(database, coordinator))).changed


async def test_a_row_that_a_corrected_file_adds_is_as_she_said(database: Database, coordinator: Actor):
    """For a group that is made then; what was said of the others stays theirs, wherever they stand now."""
    kept = await keep(database, coordinator, a_draft(MEETING, UNDATED))
    await answer(database, coordinator, kept, when1="m3")
    await save(database, coordinator, kept)
    corrected = await keep(database, coordinator, a_draft(OTHERS, MEETING, UNDATED), "corrected")
    assert settled(corrected.draft).activities[2].periods == (Period.month(2027, 3),)
    await answer(database, coordinator, corrected, whom0="new")
    await take(database, coordinator, corrected)
    council, [group] = (await events(database))["Совещание"], await stored(database, tables.groups)
    assert (council.invited, council.group_id, group.title) == (Invited.GROUP, group.id, "Руководители")
    again = await keep(database, coordinator, a_draft(OTHERS, MEETING, UNDATED), "corrected")
    assert not (await save(database, coordinator, again)).changed


# The real plan


@pytest.mark.plans
@pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans of ../shared are not here")
async def test_the_conversation_about_the_real_plan(database: Database, coordinator: Actor):
    """What is asked of it, in order; answered, it is stored as she said."""
    read = await read_plan((PLANS / "kirov-2021-22.docx").read_bytes(), "план.docx")
    now = datetime(2021, 8, 1, tzinfo=UTC)
    kept = await keep_draft(UnitOfWork(database), coordinator, read, now)
    asked = await ask(UnitOfWork(database), coordinator, kept.id, None, now)
    rows = kept.draft.activities
    found = [
        (question.about.value, *(rows[at].number for at in question.rows)) for question in asked.questions
    ]
    assert found == [
        ("when", "2.1.1"),
        ("whom", "1.2"),
        ("whom", "5.1"),
        ("together", "1.1", "2.1.2"),
        ("together", "1.1", "4.1"),
        ("together", "1.1", "4.1"),
    ]
    for question, key in zip(
        asked.questions, ("round", "new", "everybody", "yes", "yes1", "no"), strict=True
    ):
        await give_answer(UnitOfWork(database), coordinator, kept.id, question.id, key, now)
    done = await save_draft(UnitOfWork(database), coordinator, kept.id, now, any_year=True)
    assert (done.activities, done.events, done.together) == (15, 8, 2)
    assert done.groups == ("Руководители РМО Кировского района",)
    shown = [
        (row.period.first_day.month, row.title, row.venue)
        for row in await stored(database, tables.events)
        if row.merged_into is None and row.gathering and row.title.count("; ") == 1
    ]
    assert shown == [
        (8, "Заседания РМО; Мастер-класс «Деятельность РМО педагогов библиотекарей»", "МБОУ СОШ № 183"),
        (
            11,
            "Семинар «Нормативно- правовое обеспечение деятельности школьных библиотек»; Заседания РМО",
            "МАОУ «Лицей № 176»",
        ),
    ]
