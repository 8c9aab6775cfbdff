"""Notices that are due become rows of the outbox: whom they reach, once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.materials import NewMaterial
from domain.records import (
    LISTED,
    Actor,
    Answer,
    Association,
    Event,
    Mark,
    MaterialKind,
    Standing,
    Status,
)
from domain.reminders import Audience
from domain.roles import Part, Role
from domain.timing import Choice
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOVEMBER,
    NOW,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    cancel,
    change,
    move,
    put,
    states,
    stored,
)

OUTBOX = tables.outbox
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar of its plan."""
    return await an_event(database, home)


async def fan_out(database: Database, now: datetime = NOW) -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        made = await rows.notices.fan_out(now)
        await uow.commit()
    return made


async def a_notice(database: Database, event: Event, home: Association, **values: object) -> int:
    """A notice of the event, due now, for the association's own timing profile."""
    row = {
        "association_id": event.association_id,
        "event_id": event.id,
        "schedule_version": event.schedule_version,
        "lead": "week",
        "profile_id": home.profile_id,
        "due_at": NOW,
        "useful_until": NOW + timedelta(days=7),
    }
    return await put(database, tables.notices, **{**row, **values})


async def told(database: Database) -> list[int]:
    """The persons that rows of the outbox go to."""
    return sorted(row.person_id for row in await stored(database, OUTBOX))


async def test_a_notice_reaches_everybody_with_its_profile(
    database: Database, home: Association, event: Event
):
    """Coordinators too; those with another profile have notices of their own."""
    coordinator, member = await a_coordinator(database, home), await a_member(database, home)
    other = await a_member(database, home)
    profile = await put(database, tables.timing_profiles, settings="{}")
    membership = tables.memberships.c.person_id == other.person_id
    await change(database, tables.memberships, membership, profile_id=profile)
    await a_notice(database, event, home)
    assert await fan_out(database) == 2
    assert await told(database) == [coordinator.person_id, member.person_id]
    await a_notice(database, event, home, profile_id=profile)
    assert await fan_out(database) == 1
    assert other.person_id in await told(database)


async def test_a_row_says_what_it_is_about(
    database: Database, home: Association, member: Actor, event: Event
):
    """Kind and ids, no text; when it fell due and until when it is of use."""
    await a_notice(database, event, home)
    await fan_out(database, NOW + SECOND)
    [row] = await stored(database, OUTBOX)
    assert (row.kind, row.event_id, row.lead, row.version) == (Message.REMINDER, event.id, "week", 1)
    assert (row.due_at, row.useful_until) == (NOW, NOW + timedelta(days=7))
    assert row.state == State.WAITING


async def test_a_notice_rings_when_it_is_due(
    database: Database, home: Association, member: Actor, event: Event
):
    """Not a second before."""
    await a_notice(database, event, home, due_at=NOW + SECOND)
    assert await fan_out(database) == 0
    assert await fan_out(database, NOW + SECOND) == 1


async def test_who_joined_yesterday_is_reminded(database: Database, home: Association, event: Event):
    """Though the notice was made before."""
    await a_notice(database, event, home)
    member = await a_member(database, home, now=NOW - timedelta(days=1))
    assert await fan_out(database) == 1
    assert await told(database) == [member.person_id]


async def test_who_left_blocked_or_has_not_finished_joining_is_not(
    database: Database, home: Association, event: Event
):
    """Nor who stands in the lists without Telegram."""
    left, blocked, offline = [await a_member(database, home) for _ in range(3)]
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).roster.move(left.person_id, Standing.LEFT, among=LISTED)
        await rows.people.mark_unreachable(blocked.telegram_id, NOW)
        joining = await rows.people.add(1, NOW)
        await rows.association(home.id).members.add(joining, Role.MEMBER, "да", NOW)
        await uow.commit()
    await change(database, tables.persons, tables.persons.c.id == offline.person_id, telegram_id=None)
    await a_notice(database, event, home)
    assert await fan_out(database) == 0


async def test_whoever_said_no_is_left_to_delivery(
    database: Database, home: Association, member: Actor, event: Event
):
    """The answer may change until the message goes."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).rsvps.take(event.id, member.person_id, Answer.DECLINED, NOW)
        await uow.commit()
    await a_notice(database, event, home)
    assert await fan_out(database) == 1


async def test_a_second_fan_out_is_harmless(
    database: Database, home: Association, member: Actor, event: Event
):
    """Even of the same notice, as after a crash in between."""
    notice = await a_notice(database, event, home)
    assert await fan_out(database) == 1
    assert await fan_out(database) == 0
    await change(database, tables.notices, tables.notices.c.id == notice, fanned_out_at=None)
    assert await fan_out(database) == 0
    assert await told(database) == [member.person_id]


async def test_of_several_due_at_once_the_nearest_to_the_event_goes(
    database: Database, home: Association, member: Actor, event: Event
):
    """As after an outage: nobody hears of one event twice in a minute."""
    await a_notice(database, event, home, lead="week", due_at=NOW - timedelta(days=6))
    await a_notice(database, event, home, lead="eve", due_at=NOW)
    other = await an_event(database, home, LATER_DAY)
    await a_notice(database, other, home, lead="week")
    assert await fan_out(database) == 2
    rows = await stored(database, OUTBOX)
    assert {(row.event_id, row.lead) for row in rows} == {(event.id, "eve"), (other.id, "week")}


async def test_what_still_waits_is_superseded_by_the_next_notice(
    database: Database, home: Association, member: Actor, event: Event
):
    """Only of the same event, and only where the next one reaches the person."""
    other, left = await an_event(database, home, LATER_DAY), await a_member(database, home)
    for one in (event, other):
        await a_notice(database, one, home, lead="week")
    assert await fan_out(database) == 4
    membership = tables.memberships.c.person_id == left.person_id
    await change(database, tables.memberships, membership, status="left")
    await a_notice(database, event, home, lead="eve", due_at=NOW + SECOND)
    assert await fan_out(database, NOW + SECOND) == 1
    waiting = {
        (row.event_id, row.lead)
        for row in await stored(database, OUTBOX)
        if row.person_id == member.person_id and row.state == State.WAITING
    }
    assert waiting == {(event.id, "eve"), (other.id, "week")}


async def test_a_changed_profile_takes_no_reminder_away(
    database: Database, home: Association, member: Actor, event: Event
):
    """The same lead falls due again by the new profile: what waits goes on waiting."""
    await a_notice(database, event, home)
    await fan_out(database)
    profile = await put(database, tables.timing_profiles, settings="{}")
    membership = tables.memberships.c.person_id == member.person_id
    await change(database, tables.memberships, membership, profile_id=profile)
    await a_notice(database, event, home, profile_id=profile)
    assert await fan_out(database) == 0
    assert await states(database) == [State.WAITING]


async def test_a_moved_event_rings_again(database: Database, home: Association, member: Actor, event: Event):
    """Its schedule is another; what is left of the old one reaches nobody."""
    await a_notice(database, event, home)
    await fan_out(database)
    await a_notice(database, event, home, lead="eve")
    moved = await move(database, home, event, LATER_DAY)
    assert await fan_out(database) == 0
    await a_notice(database, moved, home)
    assert await fan_out(database) == 1
    assert [row.version for row in await stored(database, OUTBOX)] == [1, 2]


async def test_a_cancelled_event_rings_no_more(
    database: Database, home: Association, member: Actor, event: Event
):
    """Nobody is reminded of what does not take place."""
    await a_notice(database, event, home)
    await cancel(database, event)
    assert await fan_out(database) == 0


async def test_another_association_s_people_hear_nothing(
    database: Database, home: Association, member: Actor, event: Event
):
    """Though both have the same, shared profile."""
    elsewhere = await an_association(database, "РМО Заречного района")
    await a_member(database, elsewhere)
    assert elsewhere.profile_id == home.profile_id
    await a_notice(database, event, home)
    await fan_out(database)
    assert await told(database) == [member.person_id]


# Whom a notice reaches


async def answered(database: Database, person: Actor, event: Event, answer: Answer = Answer.GOING) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.association(event.association_id).rsvps.take(
            event.id, person.person_id, answer, NOW
        )
        await uow.commit()


async def test_the_last_call_is_for_those_who_said_nothing(
    database: Database, home: Association, event: Event
):
    """An answer about another day is none."""
    silent, said, unsure, said_before = [await a_member(database, home) for _ in range(4)]
    await answered(database, said_before, event)
    moved = await move(database, home, event, LATER_DAY)
    await answered(database, said, moved)
    await answered(database, unsure, moved, Answer.UNDECIDED)
    await a_notice(database, moved, home, lead="last_call", audience=Audience.SILENT)
    assert await fan_out(database) == 2
    assert await told(database) == [silent.person_id, said_before.person_id]


async def test_after_an_outage_the_silent_hear_the_last_call_and_the_others_the_week_s(
    database: Database, home: Association, event: Event
):
    """Each of them once."""
    silent, said = await a_member(database, home), await a_member(database, home)
    await answered(database, said, event)
    await a_notice(database, event, home, due_at=NOW - 5 * DAY)
    await a_notice(database, event, home, lead="last_call", audience=Audience.SILENT)
    await fan_out(database)
    waiting = await stored(database, OUTBOX, OUTBOX.c.state == State.WAITING)
    assert {(row.person_id, row.lead) for row in waiting} == {
        (silent.person_id, "last_call"),
        (said.person_id, "week"),
    }


async def test_after_an_outage_the_eve_s_goes_before_the_last_call(
    database: Database, home: Association, member: Actor, event: Event
):
    """The nearest to the event is what is of use."""
    await a_notice(database, event, home, lead="last_call", audience=Audience.SILENT, due_at=NOW - 3 * DAY)
    await a_notice(database, event, home, lead="eve")
    assert await fan_out(database) == 1
    [row] = await stored(database, OUTBOX)
    assert row.lead == "eve"


async def test_a_task_rings_for_those_named_who_have_not_finished(database: Database, home: Association):
    """And for nobody else."""
    open_, done, other = [await a_member(database, home) for _ in range(3)]
    task = await an_event(database, home, NOVEMBER, gathering=False)
    uow = UnitOfWork(database)
    async with uow as rows:
        assignments = rows.association(home.id).assignments
        assert await assignments.name(task.id, [open_.person_id, done.person_id], NOW) == 2
        assert await assignments.finish(task.id, done.person_id, NOW)
        assert not await assignments.finish(task.id, done.person_id, NOW)
        assert not await assignments.finish(task.id, other.person_id, NOW)
        await uow.commit()
    await a_notice(database, task, home, lead="month", audience=Audience.NAMED)
    assert await fan_out(database) == 1
    assert await told(database) == [open_.person_id]


async def test_what_is_for_coordinators_is_a_kind_of_its_own(
    database: Database, home: Association, member: Actor, event: Event
):
    """Named as its lead; whatever their own profile is."""
    coordinator = await a_coordinator(database, home)
    profile = await put(database, tables.timing_profiles, settings="{}")
    hers = tables.memberships.c.person_id == coordinator.person_id
    await change(database, tables.memberships, hers, profile_id=profile)
    for lead in ("summary", "held"):
        await a_notice(database, event, home, lead=lead, audience=Audience.COORDINATORS)
    assert await fan_out(database) == 2
    rows = await stored(database, OUTBOX)
    assert {(row.kind, row.lead, row.person_id) for row in rows} == {
        (Message.SUMMARY, "summary", coordinator.person_id),
        (Message.HELD, "held", coordinator.person_id),
    }


async def test_nobody_is_asked_whether_a_cancelled_event_took_place(
    database: Database, home: Association, event: Event
):
    """Nor anything else of it."""
    await a_coordinator(database, home)
    await a_notice(database, event, home, lead="held", audience=Audience.COORDINATORS)
    await cancel(database, event)
    assert await fan_out(database) == 0


@pytest.mark.parametrize("audience", [Audience.WEEKLY, Audience.MONTHLY])
async def test_a_digest_reaches_those_who_want_it(database: Database, home: Association, audience: Audience):
    """Without an event; the association's next ones are to be planned then."""
    eager, _ = await a_member(database, home), await a_member(database, home)
    hers = tables.memberships.c.person_id == eager.person_id
    await change(database, tables.memberships, hers, **{audience: True})
    await change(database, tables.associations, tables.associations.c.id == home.id, replan=False)
    notice = {"association_id": home.id, "schedule_version": 0, "profile_id": home.profile_id}
    times = {"due_at": NOW, "useful_until": NOW + DAY}
    await put(database, tables.notices, lead=audience, audience=audience, **notice, **times)
    assert await fan_out(database) == 1
    [row] = await stored(database, OUTBOX)
    assert (row.kind, row.person_id, row.event_id) == (audience, eager.person_id, None)
    [association] = await stored(database, tables.associations)
    assert association.replan
    assert await fan_out(database) == 0


async def test_who_has_paused_hears_nothing_until_then(
    database: Database, home: Association, member: Actor, event: Event
):
    """To the second."""
    hers = tables.memberships.c.person_id == member.person_id
    await change(database, tables.memberships, hers, paused_until=NOW + SECOND)
    await a_notice(database, event, home)
    assert await fan_out(database) == 0
    await a_notice(database, event, home, lead="eve", due_at=NOW + SECOND)
    assert await fan_out(database, NOW + SECOND) == 1


async def test_the_group_chat_gets_one_card_an_event(
    database: Database, home: Association, member: Actor, event: Event
):
    """With the first reminder of the association's own profile."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.link(home.id, -100500, 7, "Чат РМО", NOW)
        await uow.commit()
    for lead in ("week", "eve"):
        await a_notice(database, event, home, lead=lead)
        await fan_out(database)
    [card] = await stored(database, OUTBOX, OUTBOX.c.group_chat_id.is_not(None))
    assert (card.kind, card.event_id, card.person_id) == (Message.CARD, event.id, None)


# What follows an event.

OVER = {"lead": "attended", "audience": Audience.EXPECTED}
READ = {"lead": "missed", "audience": Audience.MISSED}
WORD = {"lead": "opinion", "audience": Audience.PRESENT}
ROLL = {"lead": "roll", "audience": Audience.HOSTS}


async def says(database: Database, event: Event, who: Actor, answer: Answer) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        assert await rows.association(event.association_id).rsvps.take(event.id, who.person_id, answer, NOW)
        await uow.commit()


async def marks(database: Database, event: Event, who: Actor, mark: Mark) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(event.association_id)
        assert await ours.attendance.mark(event.id, who.person_id, mark, None, who.person_id, NOW)
        await uow.commit()


async def stands(database: Database, event: Event, status: Status) -> None:
    await change(database, tables.events, tables.events.c.id == event.id, status=status)


async def presents(database: Database, event: Event, who: Actor) -> None:
    async with (uow := UnitOfWork(database)) as rows:
        parts = rows.association(event.association_id).parts
        assert await parts.give(event.id, who.person_id, Part.HOST, NOW)
        await uow.commit()


async def test_who_promised_and_is_unmarked_is_asked(database: Database, home: Association, event: Event):
    """Not who presents it, nor who wants no reminders; nobody twice."""
    promised, marked, declined, silent, host, weary = [await a_member(database, home) for _ in range(6)]
    for one in (promised, marked, host, weary):
        await says(database, event, one, Answer.GOING)
    await says(database, event, declined, Answer.DECLINED)
    await marks(database, event, marked, Mark.LATE)
    await marks(database, event, silent, Mark.PRESENT)
    await presents(database, event, host)
    hers = tables.memberships.c.person_id == weary.person_id
    await change(database, tables.memberships, hers, reminders=Choice.NONE)
    await a_notice(database, event, home, **OVER)
    assert await fan_out(database) == 1
    assert await fan_out(database) == 0
    [row] = await stored(database, OUTBOX)
    assert (row.kind, row.person_id) == (Message.ATTENDED, promised.person_id)


@pytest.mark.parametrize(
    ("status", "asked"),
    [(Status.PLANNED, 1), (Status.HELD, 1), (Status.NOT_HELD, 0), (Status.CANCELLED, 0), (Status.JOINED, 0)],
)
async def test_nobody_is_asked_about_what_did_not_take_place(
    database: Database, home: Association, member: Actor, event: Event, status: Status, asked: int
):
    await says(database, event, member, Answer.GOING)
    await stands(database, event, status)
    await a_notice(database, event, home, **OVER)
    assert await fan_out(database) == asked


async def test_what_there_is_to_read_is_for_those_who_were_not_there(
    database: Database, home: Association, event: Event
):
    excused, absent, unseen, present, silent = [await a_member(database, home) for _ in range(5)]
    for one, mark in ((excused, Mark.EXCUSED), (absent, Mark.ABSENT), (present, Mark.PRESENT)):
        await marks(database, event, one, mark)
    await says(database, event, unseen, Answer.GOING)
    await a_notice(database, event, home, **READ)
    assert await fan_out(database) == 0, "there is nothing to read"
    link = NewMaterial(MaterialKind.LINK, "Запись", "https://disk.example.org/i/zapis")
    async with (uow := UnitOfWork(database)) as rows:
        await rows.association(home.id).materials.add(event.id, [link], present.person_id, NOW)
        await uow.commit()
    await a_notice(database, event, home, **READ, profile_id=await another_profile(database))
    assert await fan_out(database) == 3
    assert await told(database) == [excused.person_id, absent.person_id, unseen.person_id]
    assert silent.person_id not in await told(database)


async def another_profile(database: Database) -> int:
    return await put(database, tables.timing_profiles, settings="{}")


async def test_a_word_is_asked_of_those_who_were_there_where_it_is_wanted(
    database: Database, home: Association, event: Event
):
    present, late, absent = [await a_member(database, home) for _ in range(3)]
    for one, mark in ((present, Mark.PRESENT), (late, Mark.LATE), (absent, Mark.ABSENT)):
        await marks(database, event, one, mark)
    await a_notice(database, event, home, **WORD)
    assert await fan_out(database) == 0
    ours = tables.associations.c.id == home.id
    await change(database, tables.associations, ours, asks_feedback=True)
    await a_notice(database, event, home, **WORD, profile_id=await another_profile(database))
    assert await fan_out(database) == 2
    assert await told(database) == [present.person_id, late.person_id]


async def test_the_list_goes_to_who_presents_it_and_to_coordinators_who_said_that_it_took_place(
    database: Database, home: Association, member: Actor, event: Event
):
    """Others are asked «Состоялось?» with the same list: nobody gets two messages."""
    coordinator = await a_coordinator(database, home)
    await presents(database, event, member)
    await presents(database, event, coordinator)
    await a_notice(database, event, home, **ROLL)
    await fan_out(database)
    assert await told(database) == [member.person_id]
    await stands(database, event, Status.HELD)
    await a_notice(database, event, home, **ROLL, profile_id=await another_profile(database))
    await fan_out(database)
    assert await told(database) == [member.person_id, coordinator.person_id]
    assert {row.kind for row in await stored(database, OUTBOX)} == {Message.ROLL}
