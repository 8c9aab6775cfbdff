"""Rows of the plan held together: answers, rows, notices; and parted again. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from actions.answering import answer
from actions.changing import set_place
from actions.declining import give_reason, name_substitute
from actions.guests import add_guests, guests, remove_guest
from actions.naming import name_day, open_event
from actions.papers import Scan, keep_scan, open_scan, remove_scan, return_scan, signed_letter
from actions.plans import ReadPlan, import_plan, keep_draft, read_plan, save_draft
from actions.seating import offer_seats, set_seats
from actions.together import join, part, plan_rows, propose_join, propose_part, to_hold_with
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import About, ActivityDraft, Kind, PlanDraft, Said
from domain.records import (
    LISTED,
    Actor,
    Answer,
    Association,
    Attendee,
    Event,
    Mode,
    PaperKind,
    Standing,
    Status,
)
from domain.roles import Part, Role
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
    actor_of,
    an_association,
    an_event,
    move,
    stored,
)

PLANS = Path(__file__).parents[3] / "shared" / "plans"
HOUR = timedelta(hours=1)
LINK = "https://meet.example.org/1"


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


async def attendees(database: Database, event: Event) -> list[Attendee]:
    async with UnitOfWork(database).reading() as rows:
        return await rows.association(event.association_id).rsvps.attendees(event.id)


async def said(database: Database, home: Association, event: Event) -> dict[str, Answer | None]:
    return {one.name.surname: one.answer for one in await attendees(database, event) if one.answer}


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


async def test_parted_each_has_what_was_said_to_it(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """With the reason and the substitute; what was added since is an answer anew."""
    kept, merged = two
    maria, olga, anna = [
        await a_member(database, home, f"{name} Анна") for name in ("Белова", "Галкина", "Зуева")
    ]
    uow = UnitOfWork(database)
    for one in (maria, olga, anna):
        await answers(database, kept, one, Answer.DECLINED)
        await answers(database, merged, one, Answer.DECLINED, HOUR)
    await name_substitute(uow, maria, kept.id, "Сидорова Анна", NOW)
    await give_reason(uow, olga, kept.id, "lessons")
    await give_reason(uow, maria, merged.id, "family")
    before = await stored(database, tables.rsvps)
    event = await joined(database, head, kept, merged)
    [mine] = [one for one in await attendees(database, event) if one.person_id == maria.person_id]
    assert (mine.reason, mine.substitute_name) == ("family", "")
    await give_reason(uow, anna, event.id, "school")
    await part(uow, head, event.id, event.revision, NOW)
    after = await stored(database, tables.rsvps)
    anew = (kept.id, anna.person_id)
    assert [row.reason for row in after if (row.event_id, row.person_id) == anew] == ["school"]
    assert [row for row in after if (row.event_id, row.person_id) != anew] == [
        row for row in before if (row.event_id, row.person_id) != anew
    ]


async def test_three_are_parted_as_they_were(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """Whatever the order in which they were joined."""
    third = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Круглый стол")
    maria = await a_member(database, home)
    given = [(two[0], Answer.GOING), (third, Answer.DECLINED), (two[1], Answer.UNDECIDED)]
    for number, (event, one) in enumerate(given):
        await answers(database, event, maria, one, number * HOUR)
    before = await stored(database, tables.rsvps)
    event = await joined(database, head, two[0], third)
    event = await joined(database, head, event, two[1])
    assert await said(database, home, event) == {"Петрова": Answer.UNDECIDED}
    await part(UnitOfWork(database), head, event.id, event.revision, NOW)
    assert await stored(database, tables.rsvps) == before


async def test_parting_tells_as_many_as_it_says(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """A guest of the one that stood for both hears nothing of the other."""
    kept, merged = two
    uow = UnitOfWork(database)
    await a_member(database, home, "Белова Анна")
    guest = await a_member(database, home, "Ким Ольга", role=Role.GUEST)
    async with uow as rows:
        ours = rows.association(home.id)
        await ours.parts.give(kept.id, guest.person_id, Part.GUEST, NOW)
        await ours.roster.move(guest.person_id, Standing.GUEST, among=LISTED)
        await uow.commit()
    event = await joined(database, head, kept, merged)
    proposed = await propose_part(uow, head, event.id, NOW)
    done = await part(uow, head, event.id, event.revision, NOW)
    assert proposed.people == done.people == 1


async def test_guests_of_both_come_once_each(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """And are those of each again."""
    kept, merged = two
    uow = UnitOfWork(database)
    await add_guests(uow, head, kept.id, "Ким О. Ю.\nЛи А. А., ЦБС", NOW)
    await add_guests(uow, head, merged.id, "Ли А. А., ЦБС\nЛи А. А.\nПак Б. Б.", NOW)
    event = await joined(database, head, kept, merged)
    found = (await guests(uow, head, event.id)).written
    assert [one.name for one in found] == ["Ким О. Ю.", "Ли А. А.", "Ли А. А.", "Пак Б. Б."]
    async with uow.reading() as rows:
        card = await rows.association(home.id).events.card(event.id, head.person_id, NOW)
    assert card is not None
    assert card.going == 4
    # Of both lists, and of one: gone from both.
    for name in ("Ли А. А.", "Пак Б. Б."):
        [gone, *_] = [one for one in (await guests(uow, head, event.id)).written if one.name == name]
        await remove_guest(uow, head, event.id, gone.id, NOW)
    await add_guests(uow, head, event.id, "Цой В. Р.", NOW)
    await part(uow, head, event.id, event.revision, NOW)
    names = [[one.name for one in (await guests(uow, head, each.id)).written] for each in two]
    assert names == [["Ким О. Ю.", "Цой В. Р."], ["Ли А. А."]]


async def test_the_room_is_that_of_the_joined_one(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """Nobody is sent away, and nobody is offered a seat before one is free."""
    kept, merged = two
    uow = UnitOfWork(database)
    merged = (await set_seats(uow, head, merged.id, merged.revision, 1, NOW)).event
    maria, olga, anna = [await a_member(database, home) for _ in range(3)]
    for one in (maria, olga):
        await answer(uow, one, kept.id, Answer.GOING, NOW)
    await add_guests(uow, head, kept.id, "Ким О. Ю.", NOW)
    await answer(uow, anna, merged.id, Answer.GOING, NOW)
    # She has a seat at one of them, and waits at the other: she has a seat.
    await answer(uow, maria, merged.id, Answer.GOING, NOW + HOUR)
    vera = await a_member(database, home)
    await answer(uow, vera, merged.id, Answer.GOING, NOW)
    proposed = await propose_join(uow, head, kept.id, merged.id, NOW)
    assert (proposed.kept.seats, proposed.coming) == (1, 4)
    assert await said(database, home, kept) == {"Петрова": Answer.GOING}
    event = await joined(database, head, kept, merged)
    assert event.seats == 1
    async with uow.reading() as rows:
        seating = await rows.association(home.id).seats.seating(event.id)
    assert seating.seated == {maria.person_id, olga.person_id, anna.person_id}
    assert [one.person_id for one in seating.line] == [vera.person_id]
    await offer_seats(uow, NOW)
    assert await stored(database, tables.outbox, tables.outbox.c.kind == Message.OFFER) == []
    parting = await part(uow, head, event.id, event.revision, NOW)
    assert (parting.event.seats, parting.others[0].seats) == (None, 1)


async def test_a_number_of_seats_named_since_stays(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    kept, merged = two
    uow = UnitOfWork(database)
    merged = (await set_seats(uow, head, merged.id, merged.revision, 25, NOW)).event
    event = await joined(database, head, kept, merged)
    event = (await set_seats(uow, head, event.id, event.revision, 40, NOW)).event
    parting = await part(uow, head, event.id, event.revision, NOW)
    assert (parting.event.seats, parting.others[0].seats) == (40, 25)


async def test_what_was_offered_in_the_other_s_line_is_off(
    database: Database, home: Association, head: Actor, two: tuple[Event, Event]
):
    """It is another room: she waits on, and is offered what is free there."""
    kept, merged = two
    uow = UnitOfWork(database)
    merged = (await set_seats(uow, head, merged.id, merged.revision, 1, NOW)).event
    maria, olga = [await a_member(database, home) for _ in range(2)]
    for one in (maria, olga):
        await answer(uow, one, merged.id, Answer.GOING, NOW)
    await answer(uow, maria, merged.id, Answer.DECLINED, NOW)
    await offer_seats(uow, NOW)
    event = await joined(database, head, kept, merged)
    hers = tables.rsvps.c.person_id == olga.person_id
    assert [row.offered_until for row in await stored(database, tables.rsvps, hers)] == [None, None]
    await offer_seats(uow, NOW)
    offered = await stored(
        database, tables.outbox, tables.outbox.c.kind == Message.OFFER, tables.outbox.c.state == State.WAITING
    )
    assert [(row.person_id, row.event_id) for row in offered] == [(olga.person_id, event.id)]


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


async def keeps_letter(database: Database, head: Actor, event: Event, file_id: str) -> None:
    uow = UnitOfWork(database)
    await open_scan(uow, head, event.id, PaperKind.LETTER)
    await keep_scan(uow, await actor_of(database, head.telegram_id), Scan(file_id, picture=False), NOW)


async def letter_on_card(database: Database, head: Actor, event: Event) -> bool:
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(head.home.id).events.card(event.id, head.person_id, NOW)
    assert card is not None
    return card.letter


async def test_the_signed_letter_goes_with_its_event(
    database: Database, head: Actor, two: tuple[Event, Event]
):
    """It stands on the common card, can be taken out and brought back there, and returns when they part."""
    kept, merged = two
    uow = UnitOfWork(database)
    await keeps_letter(database, head, merged, "signed")
    assert not await letter_on_card(database, head, kept)
    event = await joined(database, head, kept, merged)
    assert await letter_on_card(database, head, event)
    _, letter = await signed_letter(uow, head, event.id)
    assert letter.file_id == "signed"
    await remove_scan(uow, head, event.id, letter.id, NOW)
    assert not await letter_on_card(database, head, event)
    await return_scan(uow, head, event.id, letter.id, NOW)
    await part(uow, head, event.id, event.revision, NOW)
    assert not await letter_on_card(database, head, kept)
    assert await letter_on_card(database, head, merged)
    with pytest.raises(DomainError, match="paper_gone"):
        await signed_letter(uow, head, kept.id)


async def test_a_new_letter_is_that_of_both(database: Database, head: Actor, two: tuple[Event, Event]):
    """It takes the place of the one that came with the other event."""
    kept, merged = two
    await keeps_letter(database, head, merged, "signed")
    event = await joined(database, head, kept, merged)
    await keeps_letter(database, head, event, "anew")
    _, letter = await signed_letter(UnitOfWork(database), head, event.id)
    assert letter.file_id == "anew"
    await part(UnitOfWork(database), head, event.id, event.revision, NOW)
    assert await letter_on_card(database, head, kept)
    assert not await letter_on_card(database, head, merged)


# --- A meeting without a theme, and the seminar of its month ----------------------------------------------

ACROSS_TOWN = "Лицей № 12"


async def a_saved_plan(database: Database, head: Actor, said: str = "") -> list[Event]:
    """A plan of a meeting without a theme and a seminar elsewhere, with her word on both being one."""
    rows = (
        ActivityDraft("Заседания РМО", kind=Kind.MEETING, periods=(NOVEMBER,), venue="СОШ № 5"),
        ActivityDraft("Семинар «Чтение»", kind=Kind.SEMINAR, periods=(NOVEMBER,), venue=ACROSS_TOWN),
    )
    draft = PlanDraft("2026/2027", activities=rows, answers=(Said(About.TOGETHER, (0, 1), said),))
    uow = UnitOfWork(database)
    kept = await keep_draft(uow, head, ReadPlan(draft, said), NOW)
    await save_draft(uow, head, kept.id, NOW, any_year=True)
    async with uow.reading() as reading:
        return await reading.association(head.home.id).events.to_come(NOW)


async def test_without_a_day_the_one_at_the_chosen_place_stays(database: Database, head: Actor):
    """And parted each is where it was planned."""
    meeting, seminar = await a_saved_plan(database, head)
    uow = UnitOfWork(database)
    assert [one.id for one in await to_hold_with(uow, head, meeting.id, NOW)] == [seminar.id]
    assert (await propose_join(uow, head, meeting.id, seminar.id, NOW)).places == ("СОШ № 5", ACROSS_TOWN)
    done = await join(uow, head, seminar.id, meeting.id, (1, 1), NOW)
    assert (done.kept.id, done.kept.venue) == (seminar.id, ACROSS_TOWN)
    parting = await part(uow, head, seminar.id, done.kept.revision, NOW)
    assert [one.venue for one in (parting.event, *parting.others)] == [ACROSS_TOWN, "СОШ № 5"]


async def test_said_when_the_plan_is_stored_it_is_one_at_the_chosen_place(database: Database, head: Actor):
    [one] = await a_saved_plan(database, head, "yes:" + ACROSS_TOWN)
    assert (one.title, one.venue) == ("Семинар «Чтение»; Заседания РМО", ACROSS_TOWN)


async def test_what_she_held_apart_is_not_proposed_again(database: Database, head: Actor):
    """Until both stand on one day."""
    uow = UnitOfWork(database)
    meeting, seminar = await a_saved_plan(database, head, "no")
    assert await to_hold_with(uow, head, meeting.id, NOW) == []
    assert (await open_event(uow, head, seminar.id, NOW)).near == ()
    for one in (meeting, seminar):
        await name_day(uow, head, one.id, 1, SEMINAR_DAY, NOW)
    assert [one.id for one in await to_hold_with(uow, head, meeting.id, NOW)] == [seminar.id]


# --- The real plan ----------------------------------------------------------------------------------------


@pytest.mark.plans
@pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans of ../shared are not here")
async def test_of_the_real_plan_august_and_november(database: Database, home: Association, head: Actor):
    """August's meeting and master class share month and place; November's and March's meetings have no theme,
    and there is one seminar in their month, be it elsewhere."""
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
    assert pairs == [{"Заседания РМО", name} for name in ("Мастер-класс", "Семинар", "Семинар")]
    august = next(one for one in events if one.period.first_day.month == 8 and one.gathering)
    assert len(await to_hold_with(UnitOfWork(database), head, august.id, then)) == 1
    meeting, seminar = [one for one in events if one.period.first_day.month == 11]
    assert [one.id for one in await to_hold_with(UnitOfWork(database), head, meeting.id, then)] == [
        seminar.id
    ]
    day = Period.at(date(2021, 11, 17), time(14))
    await name_day(UnitOfWork(database), head, meeting.id, 1, day, then)
    assert await to_hold_with(UnitOfWork(database), head, meeting.id, then) == []
    named = await name_day(UnitOfWork(database), head, seminar.id, 1, Period.at(day.end, time(10)), then)
    [near] = await to_hold_with(UnitOfWork(database), head, named.event.id, then)
    assert near.id == meeting.id
    done = await join(UnitOfWork(database), head, meeting.id, seminar.id, (2, 2), then)
    assert done.kept.title.startswith("Заседания РМО; Семинар «Нормативно- правовое обеспечение")
    assert [row.number for row in await plan_rows(UnitOfWork(database), head, meeting.id)] == ["1.1", "4.1"]


async def test_whoever_joins_one_joins_both(database: Database, home: Association, head: Actor):
    """The link of the one is that of both, and hers again alone once they are apart."""
    kept = await an_event(database, home, title="Заседание РМО")
    merged = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Вебинар")
    online = {"mode": Mode.MIXED, "link": LINK}
    merged = (await set_place(UnitOfWork(database), head, merged.id, merged.revision, online, NOW)).event
    await answers(database, merged, await a_member(database, home, "Белова Анна"), Answer.ONLINE)
    event = await joined(database, head, kept, merged)
    assert (event.mode, event.link, event.venue) == (Mode.MIXED, LINK, kept.venue)
    assert event.schedule_version > kept.schedule_version
    assert await said(database, home, event) == {"Белова": Answer.ONLINE}
    parting = await part(UnitOfWork(database), head, event.id, event.revision, NOW)
    assert (parting.event.mode, parting.event.link) == (Mode.ONSITE, "")
    assert (parting.others[0].mode, parting.others[0].link) == (Mode.MIXED, LINK)
