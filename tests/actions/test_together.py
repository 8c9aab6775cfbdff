"""Rows of the plan held together: answers, rows, notices; and parted again. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from actions.changing import set_place
from actions.naming import name_day
from actions.plans import import_plan, read_plan
from actions.together import join, part, plan_rows, propose_join, propose_part, to_hold_with
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, Status
from domain.together import go_together
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    a_message,
    an_association,
    an_event,
    move,
    stored,
)

PLANS = Path(__file__).parents[3] / "shared" / "plans"
HOUR = timedelta(hours=1)


@pytest.fixture
async def home(database: Database) -> Association:
    return await an_association(database)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    return await a_coordinator(database, home)


@pytest.fixture
async def two(database: Database, home: Association) -> tuple[Event, Event]:
    return (
        await an_event(database, home, title="Заседание РМО"),
        await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс"),
    )


async def answers(
    database: Database, event: Event, who: Actor, answer: Answer, after: timedelta = timedelta()
) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(event.association_id)
        assert await ours.rsvps.take(event.id, who.person_id, answer, NOW + after)
        await uow.commit()


async def joined(database: Database, head: Actor, kept: Event, merged: Event) -> Event:
    revisions = (kept.revision, merged.revision)
    done = await join(UnitOfWork(database), head, kept.id, merged.id, revisions, NOW)
    return done.kept


async def said(database: Database, home: Association, event: Event) -> dict[str, Answer | None]:
    async with UnitOfWork(database).reading() as rows:
        everybody = await rows.association(home.id).rsvps.attendees(event.id)
    return {one.name.surname: one.answer for one in everybody if one.answer}


async def test_the_newer_answer_of_one_person_counts(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """Of two about two events; what was said of another day does not."""
    kept, merged = two
    names = ("Белова Анна", "Галкина Инна", "Дятлова Ольга", "Зуева Вера")
    older, newer, alone, of_another_day = [await a_member(database, home, name) for name in names]
    await answers(database, merged, of_another_day, Answer.GOING)
    day = SEMINAR_DAY.end
    away = await move(database, home, merged, Period.day(day + timedelta(days=1)))
    merged = await move(database, home, away, Period.day(day))
    await answers(database, kept, older, Answer.GOING)
    await answers(database, merged, older, Answer.DECLINED, HOUR)
    await answers(database, merged, newer, Answer.GOING)
    await answers(database, kept, newer, Answer.UNDECIDED, HOUR)
    await answers(database, merged, alone, Answer.GOING)
    await joined(database, head, kept, merged)
    assert await said(database, home, kept) == {
        "Белова": Answer.DECLINED,
        "Галкина": Answer.UNDECIDED,
        "Дятлова": Answer.GOING,
    }


async def test_parted_the_answers_are_those_of_each(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """What was said of the joined one stays with the one that stood for both."""
    kept, merged = two
    carried = await a_member(database, home, "Белова Анна")
    anew = await a_member(database, home, "Галкина Инна")
    for one in (carried, anew):
        await answers(database, merged, one, Answer.GOING)
    event = await joined(database, head, kept, merged)
    await answers(database, event, anew, Answer.DECLINED, HOUR)
    parting = await part(UnitOfWork(database), head, event.id, event.revision, NOW)
    assert await said(database, home, kept) == {"Галкина": Answer.DECLINED}
    assert await said(database, home, merged) == {"Белова": Answer.GOING, "Галкина": Answer.GOING}
    assert parting.event.title == "Заседание РМО"
    assert not parting.event.joined
    [other] = parting.others
    assert (other.status, other.period, other.merged_into) == (Status.PLANNED, merged.period, None)
    assert other.answers_until == merged.answers_until


async def test_a_place_named_meanwhile_stays(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """People were told of it."""
    event = await joined(database, head, *two)
    placed = await set_place(
        UnitOfWork(database), head, event.id, event.revision, {"venue": "Гимназия № 21"}, NOW
    )
    parting = await part(UnitOfWork(database), head, event.id, placed.event.revision, NOW)
    assert (parting.event.venue, parting.others[0].venue) == ("Гимназия № 21", two[1].venue)


async def test_its_rows_of_the_plan_are_of_both(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """And of each alone once they part."""
    kept, merged = two
    event = await joined(database, head, kept, merged)
    rows = await plan_rows(UnitOfWork(database), head, event.id)
    assert [row.title for row in rows] == ["Заседание РМО", "Мастер-класс"]
    await part(UnitOfWork(database), head, event.id, event.revision, NOW)
    for one in two:
        assert [row.title for row in await plan_rows(UnitOfWork(database), head, one.id)] == [one.title]


async def test_it_is_one_transaction_with_its_revisions_and_messages(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """What waited to be said of the second is withdrawn; people are told of the first, once."""
    kept, merged = two
    member = await a_member(database, home)
    await a_message(database, member, merged)
    proposed = await propose_join(UnitOfWork(database), head, kept.id, merged.id, NOW)
    assert (proposed.kept.id, proposed.merged.id, proposed.people) == (kept.id, merged.id, 1)
    event = await joined(database, head, kept, merged)
    old, new = await stored(database, tables.outbox)
    assert (old.state, new.state) == (State.OBSOLETE, State.WAITING)
    assert (new.kind, new.event_id, new.since_revision, new.version) == (Message.CHANGE, kept.id, 1, 2)
    async with UnitOfWork(database).reading() as rows:
        events = rows.association(home.id).events
        assert [one.kind for one in await events.revisions(kept.id)] == ["planned", "together"]
        assert [one.kind for one in await events.revisions(merged.id)] == ["planned", "merged"]
        assert [one.id for one in await events.to_come(NOW)] == [event.id]
        with pytest.raises(DomainError) as refused:
            await events.get(merged.id)
    assert (refused.value.code, refused.value.facts) == ("event_joined", {"event_id": kept.id})


@pytest.mark.parametrize("stale", [0, 1])
async def test_what_changed_since_the_preview_is_not_joined(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event], stale: int
):
    """Neither of the two; nothing is half done."""
    seen = [replace(one, revision=one.revision - (number == stale)) for number, one in enumerate(two)]
    with pytest.raises(DomainError, match="event_changed"):
        await joined(database, head, seen[0], seen[1])
    async with UnitOfWork(database).reading() as rows:
        assert len(await rows.association(home.id).events.to_come(NOW)) == 2
    assert await stored(database, tables.outbox) == []


async def test_which_one_stays_may_have_changed(database: Database, home: Association, head: Actor):
    """The other one has a day by now."""
    kept = await an_event(database, home, NOVEMBER, title="Заседание РМО")
    merged = await an_event(database, home, NOVEMBER, title="Мастер-класс")
    named = await move(database, home, merged, Period.day(date(2026, 11, 18)))
    with pytest.raises(DomainError, match="event_changed"):
        await joined(database, head, kept, named)
    assert (await propose_join(UnitOfWork(database), head, kept.id, named.id, NOW)).kept == named
    with pytest.raises(DomainError, match="not_joined"):
        await propose_part(UnitOfWork(database), head, kept.id, NOW)


async def test_others_are_out_of_reach(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """Another association's event cannot be joined, nor joined to."""
    theirs = await an_association(database, "РМО Заозёрского района")
    event = await an_event(database, theirs)
    for one, other in ((two[0].id, event.id), (event.id, two[0].id)):
        with pytest.raises(DomainError, match="event_unknown"):
            await propose_join(UnitOfWork(database), head, one, other, NOW)


# --- The real plan ----------------------------------------------------------------------------------------


@pytest.mark.plans
@pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans of ../shared are not here")
async def test_of_the_real_plan_august_and_november(database: Database, home: Association, head: Actor):
    """August's meeting and master class share month and place; November's meeting and seminar once both
    have the same day."""
    name = "kirov-2021-22.docx"
    then = NOW.replace(year=2021, month=7)
    await import_plan(UnitOfWork(database), home, await read_plan((PLANS / name).read_bytes(), name), then)
    async with UnitOfWork(database).reading() as rows:
        events = await rows.association(home.id).events.to_come(then)
    pairs = [
        {one.title.split(" «")[0], other.title.split(" «")[0]}
        for number, one in enumerate(events)
        for other in events[number + 1 :]
        if go_together(one, other)
    ]
    assert pairs == [{"Заседания РМО", "Мастер-класс"}]
    august = next(one for one in events if one.period.first_day.month == 8 and one.gathering)
    assert len(await to_hold_with(UnitOfWork(database), head, august.id, then)) == 1
    meeting, seminar = [one for one in events if one.period.first_day.month == 11]
    day = Period.at(date(2021, 11, 17), time(14))
    await name_day(UnitOfWork(database), head, meeting.id, 1, day, then)
    assert await to_hold_with(UnitOfWork(database), head, meeting.id, then) == []
    named = await name_day(UnitOfWork(database), head, seminar.id, 1, Period.at(day.end, time(10)), then)
    [near] = await to_hold_with(UnitOfWork(database), head, named.event.id, then)
    assert near.id == meeting.id
    done = await join(UnitOfWork(database), head, meeting.id, seminar.id, (2, 2), then)
    assert done.kept.title.startswith("Заседания РМО; Семинар «Нормативно- правовое обеспечение")
    assert [row.number for row in await plan_rows(UnitOfWork(database), head, meeting.id)] == ["1.1", "4.1"]
