"""A corrected plan beside the one that stands: what hangs on events stays, people are told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from actions.answering import answer
from actions.changing import cancel, set_place
from actions.editing import set_field
from actions.naming import name_day
from actions.plan_changes import (
    choose,
    open_changes,
    open_earlier,
    propose_taking,
    take_changes,
)
from actions.plan_comparing import Comparison, Deed
from actions.plan_taking import Outcome
from actions.plans import ReadPlan, import_plan, keep_draft, save_draft
from actions.together import join
from actions.undoing import undo
from documents.plan_diff import Field
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import About, ActivityDraft, Kind, PlanDraft, Said, as_json
from domain.plan_questions import answered
from domain.records import Actor, Answer, Association, Event, Invited, Mark, Mode, Status
from storage import tables
from storage.engine import Database
from storage.journal import Journal
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import NOVEMBER, NOW, YEAR, a_draft, a_member, a_message, an_activity, stored

DECEMBER, MARCH = Period.month(2026, 12), Period.month(2027, 3)
DAY = Period.at(date(2026, 11, 18), time(14))
OVER = Period.at(date(2026, 9, 15), time(14))

LAW = replace(
    an_activity("Семинар «Правовые основы работы библиотеки»", NOVEMBER), venue="Лицей № 12", when_text="11"
)
CLUBS = replace(
    an_activity("Мастер-класс о читательских клубах", DECEMBER, MARCH),
    number="1.2",
    venue="Гимназия № 21",
    when_text="12, 03",
)
WORK = replace(
    an_activity("Пополнять фонд", kind=Kind.OTHER), number="1.3", when_text="весь год", year_round=True
)
PLAN = a_draft(LAW, CLUBS, WORK)


@pytest.fixture
async def events(database: Database, home: Association) -> dict[Period, Event]:
    """The plan is stored: its events by their dates."""
    await import_plan(UnitOfWork(database), home, ReadPlan(PLAN, "first"), NOW)
    return {event.period: event for event in await all_events(database, home)}


async def all_events(database: Database, home: Association) -> list[Event]:
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(home.id).events.many(range(1, 1000))
    return sorted(found.values(), key=lambda event: event.id)


async def event_at(database: Database, home: Association, event_id: int) -> Event:
    return next(event for event in await all_events(database, home) if event.id == event_id)


async def sends(database: Database, coordinator: Actor, *activities: ActivityDraft) -> Comparison:
    """She sends another file of the same year."""
    read = ReadPlan(a_draft(*activities), f"digest of {len(activities)} rows: {hash(activities)}"[:64])
    kept = await keep_draft(UnitOfWork(database), coordinator, read, NOW)
    return await open_changes(UnitOfWork(database), coordinator, kept.id, NOW)


async def takes(database: Database, coordinator: Actor, comparison: Comparison) -> Outcome:
    """What the preview shows is what is done."""
    shown = await propose_taking(UnitOfWork(database), coordinator, comparison.draft_id, NOW)
    mark = shown.comparison.mark
    done = await take_changes(UnitOfWork(database), coordinator, comparison.draft_id, mark, NOW)
    assert replace(done, line=shown.line) == shown
    return done


async def everything(database: Database) -> dict[str, Any]:
    names = ("plans", "activities", "events", "event_activities", "revisions", "journal", "outbox", "rsvps")
    return {name: await stored(database, tables.metadata.tables[name]) for name in names}


async def names(database: Database, coordinator: Actor, event: Event, period: Period = DAY) -> Event:
    named = await name_day(UnitOfWork(database), coordinator, event.id, event.revision, period, NOW)
    return named.event


async def told(database: Database, member: Actor) -> list[Any]:
    """The notices of changes that wait for her, or went."""
    found = await stored(database, tables.outbox, tables.outbox.c.person_id == member.person_id)
    return [row for row in found if row.kind == Message.CHANGE and row.state != State.OBSOLETE]


def said(comparison: Comparison) -> list[tuple[str, str, bool]]:
    return [(item.difference.field.value, item.deed.value, item.taken) for item in comparison.items]


async def test_the_chat_shows_what_differs_instead_of_storing_it(
    database: Database, coordinator: Actor, events: dict[Period, Event]
):
    """The draft waits; nothing is stored, nobody is told."""
    before = await everything(database)
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(a_draft(LAW), "second"), NOW)
    with pytest.raises(DomainError) as refused:
        await save_draft(UnitOfWork(database), coordinator, kept.id, NOW, any_year=False)
    assert (refused.value.code, refused.value.facts) == ("plan_stands", {"school_year": YEAR})
    comparison = await open_changes(UnitOfWork(database), coordinator, kept.id, NOW)
    assert (comparison.diff.added, comparison.diff.changed, comparison.diff.missing) == (0, 0, 2)
    assert await everything(database) == before


async def test_a_new_row_is_stored_among_the_others(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """The rows that were there keep their ids, with other numbers; their events are the same."""
    new = replace(an_activity("Круглый стол о чтении подростков", NOVEMBER), number="1.2")
    comparison = await sends(database, coordinator, LAW, new, replace(CLUBS, number="1.3"), WORK)
    assert said(comparison) == [("row", "makes", True), ("number", "nothing", True)]
    before = await stored(database, tables.activities)
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.made, outcome.changed, outcome.cancelled, outcome.people) == (1, 0, 0, 0)
    after = await stored(database, tables.activities)
    assert [row.id for row in after[:3]] == [row.id for row in before]
    assert [(row.position, row.number) for row in after] == [(0, "1.1"), (2, "1.3"), (3, "1.3"), (1, "1.2")]
    kept = {event.id: event for event in await all_events(database, home)}
    assert [kept[event.id] for event in events.values()] == list(events.values())
    assert {event.title for event in kept.values()} == {LAW.title, CLUBS.title, new.title}


async def test_the_same_file_again_is_the_same_plan(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """Once everything is taken, and with something left it is compared again."""
    rows = (LAW, replace(CLUBS, venue="Школа № 3", outcome="Памятка"), WORK)
    comparison = await sends(database, coordinator, *rows)
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, 0, NOW)
    await takes(database, coordinator, comparison)
    again = await sends(database, coordinator, *rows)
    assert said(again) == [("venue", "changes", True)]
    await takes(database, coordinator, again)
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(a_draft(*rows), "third"), NOW)
    saved = await save_draft(UnitOfWork(database), coordinator, kept.id, NOW, any_year=False)
    assert not saved.changed


async def test_another_order_and_heading_is_stored_at_once(
    database: Database, coordinator: Actor, events: dict[Period, Event]
):
    """There is nothing to ask about."""
    comparison = await sends(database, coordinator, CLUBS, LAW, WORK)
    assert comparison.items == ()
    [plan] = await stored(database, tables.plans)
    assert [row["title"] for row in plan.draft["activities"]] == [CLUBS.title, LAW.title, WORK.title]
    assert [row.position for row in await stored(database, tables.activities)] == [1, 0, 2]
    assert await stored(database, tables.drafts) == []


# Days, answers, marks


async def test_answers_and_the_named_day_stay(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """The file still says «ноябрь», and another title and place: people hear of the place, once."""
    event = await names(database, coordinator, events[NOVEMBER])
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    before = await told(database, member)
    comparison = await sends(
        database, coordinator, replace(LAW, title=f"{LAW.title} и музея", venue="Школа № 3"), CLUBS, WORK
    )
    assert said(comparison) == [("title", "changes", True), ("venue", "changes", True)]
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.made, outcome.changed, outcome.people) == (0, 1, 1)
    after = await event_at(database, home, event.id)
    assert (after.period, after.venue, after.title) == (DAY, "Школа № 3", f"{LAW.title} и музея")
    assert (after.day_version, after.revision) == (event.day_version, event.revision + 1)
    [given] = await stored(database, tables.rsvps)
    assert (given.answer, given.day_version) == (Answer.GOING, after.day_version)
    # The one that waits takes the place of the one before.
    assert [row.version for row in before] == [event.revision]
    assert [row.version for row in await told(database, member)] == [after.revision]


@pytest.mark.parametrize(
    "dates", [Period.months(2026, 11, 2026, 12), Period.day(DAY.end), DAY], ids=["months", "day", "hour"]
)
async def test_a_named_day_within_the_new_dates_stays(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event], dates: Period
):
    """November became November and December, or the very day without its hour; nobody need hear of it."""
    event = await names(database, coordinator, events[NOVEMBER])
    rows = (replace(LAW, periods=(dates,), when_text="11-12"), CLUBS, WORK)
    comparison = await sends(database, coordinator, *rows)
    assert said(comparison) == [("period", "keeps", True)]
    assert (await takes(database, coordinator, comparison)).people == 0
    assert await event_at(database, home, event.id) == event
    assert (await sends(database, coordinator, *rows)).items == ()


async def test_a_named_day_outside_the_new_dates_is_left_unless_she_says_so(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """Taken, it is put off: the answer is kept, and stops counting."""
    event = await names(database, coordinator, events[NOVEMBER])
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    january = Period.month(2027, 1)
    rows = (replace(LAW, periods=(january,), when_text="01"), CLUBS, WORK)
    comparison = await sends(database, coordinator, *rows)
    [item] = comparison.items
    assert (item.deed, item.taken, item.by_hand) == (Deed.CHANGES, False, (event,))
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, 0, NOW)
    assert (await takes(database, coordinator, comparison)).people == 1
    after = await event_at(database, home, event.id)
    assert (after.period, after.status, after.day_version) == (january, Status.PLANNED, event.day_version + 1)
    [given] = await stored(database, tables.rsvps)
    assert (given.answer, given.day_version) == (Answer.GOING, event.day_version)


async def test_the_day_of_the_file_names_the_day(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """Everybody is told, as if she had named it by hand; the change can be taken back."""
    rows = (replace(LAW, periods=(DAY,), when_text="18.11"), CLUBS, WORK)
    outcome = await takes(database, coordinator, await sends(database, coordinator, *rows))
    assert (outcome.changed, outcome.people) == (1, 1)
    event = await event_at(database, home, events[NOVEMBER].id)
    assert (event.period, event.announced_at) == (DAY, NOW)
    assert event.answers_until == DAY.begins_at(home.zone)
    assert [row.event_id for row in await told(database, member)] == [event.id]
    undoing, _ = await undo(UnitOfWork(database), coordinator, event.id, event.revision, NOW)
    assert undoing.last.kind == "corrected"
    assert (await event_at(database, home, event.id)).period == NOVEMBER


async def test_of_several_months_each_goes_its_own_way(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """One is added, one moved; one that is missing stays until she says otherwise."""
    january, may = Period.month(2027, 1), Period.month(2027, 5)
    rows = (LAW, replace(CLUBS, periods=(january,), when_text="01"), WORK)
    comparison = await sends(database, coordinator, *rows)
    assert said(comparison) == [("period", "changes", True), ("period", "cancels", False)]
    await takes(database, coordinator, comparison)
    assert (await event_at(database, home, events[DECEMBER].id)).period == january
    assert (await event_at(database, home, events[MARCH].id)).status is Status.PLANNED
    rows = (LAW, replace(CLUBS, periods=(january, MARCH, may), when_text="01, 03, 05"), WORK)
    comparison = await sends(database, coordinator, *rows)
    assert said(comparison) == [("period", "makes", True)]
    assert (await takes(database, coordinator, comparison)).made == 1
    made = (await all_events(database, home))[-1]
    links = await stored(database, tables.event_activities, tables.event_activities.c.event_id == made.id)
    assert (made.title, made.period) == (CLUBS.title, may)
    [line] = await stored(database, tables.activities, tables.activities.c.id == links[0].activity_id)
    assert line.title == CLUBS.title


async def test_a_date_goes_to_another_row_with_its_event(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """Meetings of one row become rows of their own, and one row again: days and answers stay."""
    august = Period.at(date(2026, 8, 28), time(10))
    together = replace(an_activity("Заседания РМО", august, NOVEMBER, MARCH), number="1", when_text="1")
    alone = [
        replace(an_activity(f"Заседание РМО № {n}", one), number=str(n), when_text=str(one))
        for n, one in enumerate((august, NOVEMBER, MARCH), start=1)
    ]
    await import_plan(UnitOfWork(database), home, ReadPlan(a_draft(together, WORK), "first"), NOW)
    before = await all_events(database, home)
    event = await names(database, coordinator, before[1])
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    given = await stored(database, tables.rsvps)

    comparison = await sends(database, coordinator, *alone, WORK)
    assert said(comparison)[1:] == [("parted", "hands_on", True), ("parted", "hands_on", True)]
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.made, outcome.cancelled, outcome.removed, outcome.people) == (0, 0, 0, 0)
    after = await all_events(database, home)
    assert [one.id for one in after] == [one.id for one in before]
    assert [one.title for one in after] == ["Заседания РМО", *(one.title for one in alone[1:])]
    assert after[1].period == DAY
    lines = {row.id: row.title for row in await stored(database, tables.activities)}
    links = await stored(database, tables.event_activities)
    assert {row.event_id: lines[row.activity_id] for row in links} == {
        one.id: row.title for one, row in zip(after, alone, strict=True)
    }
    assert (await sends(database, coordinator, *alone, WORK)).items == ()

    comparison = await sends(database, coordinator, together, WORK)
    assert said(comparison)[1:] == [("united", "hands_on", True), ("united", "hands_on", True)]
    await takes(database, coordinator, comparison)
    assert [one.title for one in await all_events(database, home)] == ["Заседания РМО"] * 3
    assert [row.title for row in await stored(database, tables.activities)] == ["Заседания РМО", WORK.title]
    assert (await event_at(database, home, event.id)).period == DAY
    assert await stored(database, tables.rsvps) == given


async def test_marks_of_presence_stay_whatever_the_file_says(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """What is over is not touched, be its row another one or gone."""
    met = an_activity("Августовское совещание", OVER)
    await import_plan(UnitOfWork(database), home, ReadPlan(a_draft(met, LAW), "first"), NOW)
    [event] = [one for one in await all_events(database, home) if one.period == OVER]
    async with (uow := UnitOfWork(database)) as rows:
        await rows.association(home.id).attendance.mark(
            event.id, member.person_id, Mark.PRESENT, None, coordinator.person_id, NOW
        )
        await uow.commit()
    marks = await stored(database, tables.attendance)
    moved = replace(met, periods=(MARCH,), when_text="03", venue="Школа № 3")
    comparison = await sends(database, coordinator, moved, LAW)
    assert [item.deed for item in comparison.items] == [Deed.NOTHING, Deed.NOTHING]
    await takes(database, coordinator, comparison)
    gone = await sends(database, coordinator, LAW)
    gone = await choose(UnitOfWork(database), coordinator, gone.draft_id, None, NOW, taken=True)
    outcome = await takes(database, coordinator, gone)
    assert (outcome.cancelled, outcome.removed, outcome.people) == (0, 0, 0)
    assert await event_at(database, home, event.id) == event
    assert await stored(database, tables.attendance) == marks
    # Its row is not in the plan any more, and still in the report.
    assert [row.title for row in await stored(database, tables.activities)] == [met.title, LAW.title]
    assert (await sends(database, coordinator, LAW)).items == ()


# What is not in the file any more


async def test_a_row_that_is_gone_is_left_unless_she_says_so(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """What nobody knows of is removed; what people know of is cancelled, and they are told."""
    event = await names(database, coordinator, events[NOVEMBER])
    comparison = await sends(database, coordinator, WORK)
    assert said(comparison) == [("row", "cancels", False), ("row", "cancels", False)]
    assert (await propose_taking(UnitOfWork(database), coordinator, comparison.draft_id, NOW)).cancelled == 0
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, None, NOW, taken=True)
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.cancelled, outcome.removed, outcome.people) == (1, 2, 1)
    [left] = await all_events(database, home)
    assert (left.id, left.status) == (event.id, Status.CANCELLED)
    assert [row.title for row in await stored(database, tables.activities)] == [LAW.title, WORK.title]
    assert [row.version for row in await told(database, member)] == [left.revision]


async def test_what_hangs_on_an_event_keeps_it(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """An answer alone does: cancelled, and not removed."""
    early = a_draft(replace(LAW, periods=(DAY,)), year="2027/2028")
    await import_plan(UnitOfWork(database), home, ReadPlan(early, "next year"), NOW)
    event = (await all_events(database, home))[-1]
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    kept = await keep_draft(
        UnitOfWork(database), coordinator, ReadPlan(a_draft(WORK, year="2027/2028"), "other"), NOW
    )
    await choose(UnitOfWork(database), coordinator, kept.id, None, NOW, taken=True)
    comparison = await open_changes(UnitOfWork(database), coordinator, kept.id, NOW)
    assert (await takes(database, coordinator, comparison)).cancelled == 1
    assert (await event_at(database, home, event.id)).status is Status.CANCELLED
    assert [row.answer for row in await stored(database, tables.rsvps)] == [Answer.GOING]


async def test_a_row_that_is_there_again_has_its_event_again(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """Cancelled with one file, and in force with the next: answers and the named day are those of before."""
    event = await names(database, coordinator, events[NOVEMBER])
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    before = await stored(database, tables.rsvps)
    gone = await sends(database, coordinator, CLUBS, WORK)
    gone = await choose(UnitOfWork(database), coordinator, gone.draft_id, None, NOW, taken=True)
    await takes(database, coordinator, gone)
    one_month = replace(CLUBS, periods=(DECEMBER,), when_text="12")
    comparison = await sends(database, coordinator, LAW, one_month, WORK)
    assert said(comparison) == [("row", "returns", True), ("period", "cancels", False)]
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.made, outcome.changed, outcome.people) == (0, 1, 1)
    after = await event_at(database, home, event.id)
    assert (after.status, after.period, after.day_version) == (Status.PLANNED, DAY, event.day_version)
    assert await stored(database, tables.rsvps) == before
    assert [row.title for row in await stored(database, tables.activities)] == [
        LAW.title,
        CLUBS.title,
        WORK.title,
    ]


async def test_the_earlier_plan_is_found_again(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """As if she had sent its file; after a day it is gone."""
    outcome = await takes(
        database,
        coordinator,
        await sends(database, coordinator, replace(LAW, venue="Школа № 3"), CLUBS, WORK),
    )
    back = await open_earlier(UnitOfWork(database), coordinator, outcome.line, NOW)
    assert [(one.difference.before, one.difference.after) for one in back.items] == [("Школа № 3", LAW.venue)]
    await takes(database, coordinator, back)
    [plan] = await stored(database, tables.plans)
    assert (plan.draft, plan.digest) == (as_json(PLAN), "first")
    assert (await event_at(database, home, events[NOVEMBER].id)).venue == LAW.venue
    for line, then in ((outcome.line, NOW + timedelta(days=1)), (outcome.line + 99, NOW)):
        with pytest.raises(DomainError, match="earlier_plan_gone"):
            await open_earlier(UnitOfWork(database), coordinator, line, then)


async def test_what_people_were_reminded_of_is_cancelled(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """They know of it, though nothing hangs on it; what only waits to be said is withdrawn."""
    await a_message(database, member, events[NOVEMBER], state=State.SENT)
    await a_message(database, member, events[DECEMBER])
    comparison = await sends(database, coordinator, WORK)
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, None, NOW, taken=True)
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.cancelled, outcome.removed, outcome.people) == (1, 2, 1)
    assert [event.id for event in await all_events(database, home)] == [events[NOVEMBER].id]


# By hand


async def test_what_she_said_by_hand_is_not_overwritten_in_silence(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """It is shown beside the file's word, and left by default."""
    event = events[NOVEMBER]
    place = {"venue": "Музей книги"}
    await set_place(UnitOfWork(database), coordinator, event.id, event.revision, place, NOW)
    await set_field(
        UnitOfWork(database), coordinator, event.id, event.revision + 1, "responsible", "Белова М. И.", NOW
    )
    by_hand = await event_at(database, home, event.id)
    rows = (replace(LAW, venue="Школа № 3", responsible="Белова М. И."), CLUBS, WORK)
    comparison = await sends(database, coordinator, *rows)
    assert said(comparison) == [("venue", "changes", False), ("responsible", "nothing", True)]
    assert comparison.items[0].by_hand == (by_hand,)
    await takes(database, coordinator, comparison)
    assert await event_at(database, home, event.id) == by_hand
    comparison = await sends(database, coordinator, *rows)
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, 0, NOW)
    await takes(database, coordinator, comparison)
    assert (await event_at(database, home, event.id)).venue == "Школа № 3"


async def test_online_in_a_file_is_no_place(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """However the file says it, and whatever the link is, it is no difference; a room is one, and back."""
    event = events[NOVEMBER]
    comparison = await sends(database, coordinator, replace(LAW, venue="Дистанционно"), CLUBS, WORK)
    assert said(comparison) == [("venue", "changes", True)]
    await takes(database, coordinator, comparison)
    online = await event_at(database, home, event.id)
    assert (online.venue, online.mode, online.schedule_version) == ("", Mode.ONLINE, 2)
    place = {"link": "https://meet.example.org/a"}
    await set_place(UnitOfWork(database), coordinator, event.id, online.revision, place, NOW)
    given = await event_at(database, home, event.id)

    comparison = await sends(database, coordinator, replace(LAW, venue="Zoom"), CLUBS, WORK)
    assert (said(comparison), comparison.items[0].by_hand) == ([("venue", "nothing", True)], ())
    await takes(database, coordinator, comparison)
    assert await event_at(database, home, event.id) == given

    comparison = await sends(database, coordinator, replace(LAW, venue="Школа № 3"), CLUBS, WORK)
    assert (said(comparison), comparison.items[0].by_hand) == ([("venue", "changes", True)], ())
    await takes(database, coordinator, comparison)
    onsite = await event_at(database, home, event.id)
    assert (onsite.venue, onsite.mode, onsite.link) == ("Школа № 3", Mode.ONSITE, "")


async def test_another_kind_of_the_same_title_is_left(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """She may have said it of the first file; with another title it follows."""
    row = replace(LAW, kind=Kind.WORKSHOP)
    assert said(await sends(database, coordinator, row, CLUBS, WORK)) == [("kind", "changes", False)]
    retitled = replace(row, title=f"{LAW.title} и музея")
    comparison = await sends(database, coordinator, retitled, CLUBS, WORK)
    assert said(comparison) == [("title", "changes", True), ("kind", "changes", True)]
    await takes(database, coordinator, comparison)
    assert (await event_at(database, home, events[NOVEMBER].id)).kind is Kind.WORKSHOP
    comparison = await sends(database, coordinator, replace(retitled, kind=Kind.OTHER), CLUBS, WORK)
    assert said(comparison) == [("kind", "changes", False)]


async def test_what_does_not_concern_people_is_told_to_nobody(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """Number, section, outcome, title, who holds it."""
    new = replace(
        LAW, number="2.1", section="II", outcome="Памятка", title=f"{LAW.title}.", responsible="Белова М. И."
    )
    outcome = await takes(database, coordinator, await sends(database, coordinator, new, CLUBS, WORK))
    assert (outcome.changed, outcome.people) == (1, 0)
    assert await told(database, member) == []
    event = await event_at(database, home, events[NOVEMBER].id)
    assert (event.title, event.responsible) == (new.title, new.responsible)
    kinds = [row.kind for row in await stored(database, tables.revisions) if row.event_id == event.id]
    assert kinds == ["planned", "corrected_quietly"]
    [line] = [row for row in await stored(database, tables.journal) if row.kind == "plan_corrected"]
    assert (line.facts["school_year"], line.facts["count"]) == (YEAR, 5)


async def test_a_cancelled_event_stays_cancelled(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """The row says another place; nobody comes there."""
    event = events[NOVEMBER]
    await cancel(UnitOfWork(database), coordinator, event.id, event.revision, "", NOW)
    before = await event_at(database, home, event.id)
    comparison = await sends(database, coordinator, replace(LAW, venue="Школа № 3"), CLUBS, WORK)
    assert said(comparison) == [("venue", "nothing", True)]
    await takes(database, coordinator, comparison)
    assert await event_at(database, home, event.id) == before


async def test_what_is_held_together_keeps_together(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """The card that they share stays; each row keeps its own words for when they part."""
    law = await names(database, coordinator, events[NOVEMBER])
    clubs = await names(database, coordinator, events[DECEMBER])
    await join(UnitOfWork(database), coordinator, law.id, clubs.id, (law.revision, clubs.revision), NOW)
    shared = await event_at(database, home, law.id)
    moved = replace(CLUBS, periods=(MARCH,), when_text="03")
    rows = (replace(LAW, title=f"{LAW.title} и музея"), moved, WORK)
    comparison = await sends(database, coordinator, *rows)
    assert said(comparison) == [("title", "shared", True), ("period", "shared", True)]
    assert (await takes(database, coordinator, comparison)).people == 0
    after = await event_at(database, home, law.id)
    assert (after.title, after.period, after.joined) == (shared.title, shared.period, True)
    hidden = await event_at(database, home, clubs.id)
    assert (hidden.status, hidden.merged_into) == (Status.JOINED, law.id)
    async with UnitOfWork(database).reading() as found:
        own = await found.association(home.id).events.own_texts(law.id)
    assert own["title"] == f"{LAW.title} и музея"
    gone = await sends(database, coordinator, WORK)
    gone = await choose(UnitOfWork(database), coordinator, gone.draft_id, None, NOW, taken=True)
    await takes(database, coordinator, gone)
    assert (await event_at(database, home, law.id)).status is Status.PLANNED


# All or nothing


async def test_everything_is_one_transaction(
    database: Database,
    coordinator: Actor,
    member: Actor,
    events: dict[Period, Event],
    monkeypatch: pytest.MonkeyPatch,
):
    """Where the last step fails, nothing is as if the first had been."""
    await names(database, coordinator, events[NOVEMBER])
    new = an_activity("Круглый стол", DAY)
    comparison = await sends(database, coordinator, replace(LAW, venue="Школа № 3"), new)
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, None, NOW, taken=True)
    before = await everything(database)

    async def fail(*_: object) -> int:
        raise RuntimeError("no more room")

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "write", fail)
        with pytest.raises(RuntimeError, match="no more room"):
            await take_changes(UnitOfWork(database), coordinator, comparison.draft_id, comparison.mark, NOW)
    assert await everything(database) == before
    await propose_taking(UnitOfWork(database), coordinator, comparison.draft_id, NOW)
    assert await everything(database) == before
    assert (await takes(database, coordinator, comparison)).made == 1


async def test_what_changed_since_the_preview_is_shown_again(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """An event that the file speaks of was moved by somebody in between."""
    comparison = await sends(database, coordinator, replace(LAW, venue="Школа № 3"), CLUBS, WORK)
    await names(database, coordinator, events[NOVEMBER])
    before = await everything(database)
    with pytest.raises(DomainError, match="plan_changed_meanwhile"):
        await take_changes(UnitOfWork(database), coordinator, comparison.draft_id, comparison.mark, NOW)
    assert await everything(database) == before
    again = await open_changes(UnitOfWork(database), coordinator, comparison.draft_id, NOW)
    await take_changes(UnitOfWork(database), coordinator, again.draft_id, again.mark, NOW)
    assert (await event_at(database, home, events[NOVEMBER].id)).venue == "Школа № 3"
    with pytest.raises(DomainError, match="draft_gone"):
        await take_changes(UnitOfWork(database), coordinator, again.draft_id, again.mark, NOW)


async def test_what_she_said_is_forgotten_with_the_plan_that_it_was_said_of(
    database: Database, coordinator: Actor, events: dict[Period, Event], home: Association
):
    """A colleague took another file meanwhile."""
    colleague = await a_member(database, home, "Сидорова Анна Петровна")
    comparison = await sends(database, coordinator, replace(LAW, venue="Школа № 3"), CLUBS, WORK)
    comparison = await choose(UnitOfWork(database), coordinator, comparison.draft_id, 0, NOW)
    assert said(comparison) == [("venue", "changes", False)]
    theirs = await sends(database, colleague, replace(LAW, outcome="Памятка"), CLUBS, WORK)
    await takes(database, colleague, theirs)
    again = await open_changes(UnitOfWork(database), coordinator, comparison.draft_id, NOW)
    assert said(again) == [("venue", "changes", True), ("outcome", "nothing", True)]


async def test_a_new_meeting_with_a_day_is_announced(
    database: Database, home: Association, coordinator: Actor, member: Actor, events: dict[Period, Event]
):
    """One that is over, or has but a month, is not."""
    new = [
        replace(an_activity(f"Круглый стол о {theme}", period), number=str(at))
        for at, (theme, period) in enumerate((("музеях", DAY), ("подписке", OVER), ("сказках", MARCH)))
    ]
    outcome = await takes(database, coordinator, await sends(database, coordinator, *PLAN.activities, *new))
    assert (outcome.made, outcome.people) == (3, 1)
    made = [event for event in await all_events(database, home) if "Круглый" in event.title]
    assert [event.announced_at for event in made] == [NOW, None, None]
    assert [row.event_id for row in await told(database, member)] == [made[0].id]


async def test_a_later_task_is_only_moved(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """Nobody is named for it, so nobody hears."""
    report = an_activity("Сдать отчёт", Period.deadline(date(2027, 5, 20)), kind=Kind.OTHER)
    await import_plan(UnitOfWork(database), home, ReadPlan(a_draft(report), "first"), NOW)
    later = Period.deadline(date(2027, 5, 25))
    rows = replace(report, periods=(later,), when_text="до 25 мая")
    outcome = await takes(database, coordinator, await sends(database, coordinator, rows))
    assert (outcome.changed, outcome.people) == (1, 0)
    [event] = await all_events(database, home)
    assert (event.period, event.ends_at) == (later, later.ends_at(home.zone))


async def test_the_plan_that_stands_is_what_was_taken(
    database: Database, coordinator: Actor, events: dict[Period, Event]
):
    """Row by row, and date by date."""
    new = (replace(LAW, venue="Школа № 3"), WORK)
    await takes(database, coordinator, await sends(database, coordinator, *new))
    [plan] = await stored(database, tables.plans)
    kept: PlanDraft = a_draft(new[0], CLUBS, WORK)
    assert plan.draft == as_json(kept)
    assert plan.digest == ""


async def test_a_draft_of_another_is_out_of_reach(
    database: Database, home: Association, coordinator: Actor, events: dict[Period, Event]
):
    """So is one that is gone."""
    comparison = await sends(database, coordinator, LAW)
    colleague = await a_member(database, home, "Сидорова Анна Петровна")
    for who, draft_id in ((colleague, comparison.draft_id), (coordinator, comparison.draft_id + 1)):
        with pytest.raises(DomainError, match="draft_gone"):
            await open_changes(UnitOfWork(database), who, draft_id, NOW + timedelta(hours=1))


# --- A task that people come together for, and whom a row is for ------------------------------------------

REPORT = an_activity("Сбор данных о фондах", DAY, kind=Kind.OTHER)


async def corrected(
    database: Database, coordinator: Actor, row: ActivityDraft, about: About, word: str
) -> Comparison:
    """The same row is sent again, and she says otherwise of it."""
    kept = await keep_draft(UnitOfWork(database), coordinator, ReadPlan(a_draft(row), word), NOW)
    async with (uow := UnitOfWork(database)) as rows:
        draft = as_json(answered(kept.draft, Said(about, (0,), word)))
        await rows.association(coordinator.home.id).drafts.rewrite(kept.id, draft)
        await uow.commit()
    return await open_changes(UnitOfWork(database), coordinator, kept.id, NOW)


async def stands(database: Database, home: Association, row: ActivityDraft) -> Event:
    await import_plan(UnitOfWork(database), home, ReadPlan(a_draft(row), "first"), NOW)
    [event] = await all_events(database, home)
    return event


async def test_a_task_becomes_a_gathering_that_people_hear_of(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    task = await stands(database, home, REPORT)
    assert (task.gathering, task.answers_until) == (False, None)
    comparison = await corrected(database, coordinator, REPORT, About.WHAT, "gathering")
    assert said(comparison) == [("gathers", "changes", True)]
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.changed, outcome.people) == (1, 1)
    event = await event_at(database, home, task.id)
    assert (event.gathering, event.period, event.announced_at) == (True, DAY, NOW)
    assert event.answers_until is not None
    assert [row.event_id for row in await told(database, member)] == [task.id]
    # What she said is the plan's now.
    async with UnitOfWork(database).reading() as rows:
        plan = await rows.association(home.id).activities.plan(YEAR)
    assert plan is not None
    assert plan.draft["activities"][0]["gathers"] is True
    assert [one["said"] for one in plan.draft["answers"]] == ["gathering"]


async def test_a_gathering_becomes_a_task_and_answers_stay(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    row = an_activity("Семинар о чтении", DAY)
    event = await stands(database, home, row)
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    comparison = await corrected(database, coordinator, row, About.WHAT, "task")
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.changed, outcome.people) == (1, 1)
    after = await event_at(database, home, event.id)
    assert (after.gathering, after.answers_until) == (False, None)
    assert len(await stored(database, tables.rsvps)) == 1
    earlier = await open_earlier(UnitOfWork(database), coordinator, outcome.line, NOW)
    assert earlier.items[0].deed is Deed.CHANGES


async def test_the_row_of_another_kind_turns_its_events_too(
    database: Database, home: Association, coordinator: Actor
):
    """Where it is taken; a title written anew says it by itself."""
    task = await stands(database, home, REPORT)
    row = replace(REPORT, title="Семинар: сбор данных о фондах", kind=Kind.SEMINAR)
    comparison = await sends(database, coordinator, row)
    assert said(comparison) == [("title", "changes", True), ("kind", "changes", True)]
    await takes(database, coordinator, comparison)
    event = await event_at(database, home, task.id)
    assert (event.gathering, event.kind) == (True, Kind.SEMINAR)


async def test_left_it_stays_a_task(database: Database, home: Association, coordinator: Actor):
    task = await stands(database, home, REPORT)
    row = replace(REPORT, venue="Школа № 3")
    comparison = await corrected(database, coordinator, row, About.WHAT, "gathering")
    turned = next(item for item in comparison.items if item.difference.field is Field.GATHERS)
    uow = UnitOfWork(database)
    comparison = await choose(uow, coordinator, comparison.draft_id, turned.at, NOW, taken=False)
    await takes(database, coordinator, comparison)
    event = await event_at(database, home, task.id)
    assert (event.gathering, event.venue) == (False, "Школа № 3")
    again = await corrected(database, coordinator, row, About.WHAT, "gathering")
    assert said(again) == [("gathers", "changes", True)]


async def test_whom_a_row_is_for_is_a_difference(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    row = an_activity("Совещание руководителей", DAY, kind=Kind.COUNCIL)
    event = await stands(database, home, row)
    comparison = await corrected(database, coordinator, row, About.WHOM, "nobody")
    assert said(comparison) == [("invited", "changes", True)]
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.changed, outcome.people) == (1, 0)
    after = await event_at(database, home, event.id)
    assert (after.invited, after.answers_until) == (Invited.NOBODY, None)
    # For everybody again: those who are new to it hear of it.
    back = await corrected(database, coordinator, row, About.WHOM, "everybody")
    outcome = await takes(database, coordinator, back)
    assert (outcome.changed, outcome.people) == (1, 1)
    assert [row.since_revision for row in await told(database, member)] == [0]


async def test_a_file_that_says_nothing_of_it_leaves_whom_it_is_for(
    database: Database, home: Association, coordinator: Actor
):
    row = an_activity("Совещание руководителей", DAY, kind=Kind.COUNCIL)
    event = await stands(database, home, row)
    await takes(
        database, coordinator, await corrected(database, coordinator, row, About.WHOM, "new:Руководители")
    )
    comparison = await sends(database, coordinator, replace(row, title="Совещание руководителей РМО"))
    assert said(comparison) == [("title", "changes", True)]
    await takes(database, coordinator, comparison)
    assert (await event_at(database, home, event.id)).invited is Invited.GROUP


async def test_a_group_is_made_only_for_what_is_taken(
    database: Database, home: Association, coordinator: Actor
):
    row = an_activity("Совещание руководителей", DAY, kind=Kind.COUNCIL)
    event = await stands(database, home, row)
    comparison = await corrected(database, coordinator, row, About.WHOM, "new:Руководители")
    left = await choose(UnitOfWork(database), coordinator, comparison.draft_id, 0, NOW, taken=False)
    await takes(database, coordinator, left)
    assert await stored(database, tables.groups) == []
    assert (await event_at(database, home, event.id)).invited is Invited.EVERYBODY
    again = await corrected(database, coordinator, row, About.WHOM, "new:Руководители")
    await takes(database, coordinator, again)
    assert [group.title for group in await stored(database, tables.groups)] == ["Руководители"]
    assert (await event_at(database, home, event.id)).invited is Invited.GROUP


async def test_another_day_for_others_is_one_change(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """Who is new to it by that hears of the meeting itself, not of another day of what she never heard of."""
    row = an_activity("Совещание руководителей", DAY, kind=Kind.COUNCIL)
    event = await stands(database, home, row)
    await takes(database, coordinator, await corrected(database, coordinator, row, About.WHOM, "nobody"))
    before = await event_at(database, home, event.id)
    later = replace(row, periods=(Period.at(date(2026, 11, 25), time(14)),), when_text="25 ноября")
    comparison = await corrected(database, coordinator, later, About.WHOM, "everybody")
    assert {field for field, _, _ in said(comparison)} == {"period", "invited"}
    outcome = await takes(database, coordinator, comparison)
    assert (outcome.changed, outcome.people) == (1, 1)
    after = await event_at(database, home, event.id)
    assert (after.invited, after.period, after.revision) == (
        Invited.EVERYBODY,
        later.periods[0],
        before.revision + 1,
    )
    assert after.answers_until is not None
    assert [row.since_revision for row in await told(database, member)] == [0]
