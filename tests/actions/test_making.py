"""A meeting that stands in no plan: made, told and undone in one transaction each; put off; edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from actions.editing import set_field, set_kind
from actions.making import draft_of, make_event, offer, unmake
from actions.naming import name_day
from domain.errors import DomainError
from domain.event_words import EventDraft
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Actor, Answer, Association, Event
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
    actor_of,
    an_association,
    an_event,
    change,
    stored,
)

DRAFT = EventDraft(
    title="Семинар «Книга и экран»",
    period=Period.day(date(2026, 10, 20)),
    hours=(time(14), time(16)),
    venue="Лицей № 12",
    entrance="со двора",
    contact="Орлова Н. В.",
)


async def make(database: Database, coordinator: Actor, draft: EventDraft = DRAFT) -> Event:
    """The event out of a draft, as its coordinator makes it."""
    offered = await offer(UnitOfWork(database), coordinator, draft, NOW)
    now_waiting = await actor_of(database, coordinator.telegram_id)
    return (await make_event(UnitOfWork(database), now_waiting, offered.mark, NOW)).event


async def test_made_written_down_and_told(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """To everybody but the one who made it, who know nothing of it yet."""
    event = await make(database, coordinator)
    assert (event.title, event.kind, event.gathering) == (DRAFT.title, Kind.SEMINAR, True)
    assert event.period == Period.at(date(2026, 10, 20), time(14), time(16))
    assert (event.venue, event.entrance, event.contact) == ("Лицей № 12", "со двора", "Орлова Н. В.")
    assert (event.answers_until, event.announced_at) == (event.period.begins_at(home.zone), NOW)
    [revision] = await stored(database, tables.revisions)
    assert (revision.number, revision.kind, revision.by_person_id) == (1, "created", coordinator.person_id)
    [message] = await stored(database, tables.outbox)
    assert (message.kind, message.person_id, message.version, message.since_revision) == (
        Message.CHANGE,
        member.person_id,
        1,
        0,
    )
    [row] = await stored(database, tables.events)
    assert row.planned_version != row.schedule_version  # its reminders are still to be planned


async def test_without_a_day_nobody_is_told(database: Database, coordinator: Actor, member: Actor):
    """People hear of it when the day is named."""
    event = await make(database, coordinator, replace(DRAFT, period=NOVEMBER))
    assert event.announced_at is None
    assert await stored(database, tables.outbox) == []
    day = Period.at(date(2026, 11, 17), time(14))
    await name_day(UnitOfWork(database), coordinator, event.id, 1, day, NOW)
    [message] = await stored(database, tables.outbox)
    assert (message.person_id, message.since_revision) == (member.person_id, 1)


async def test_a_change_before_anybody_heard_is_told_as_one_of_nothing(
    database: Database, coordinator: Actor, member: Actor
):
    """The row that waits gives way to one that still knows that they know nothing."""
    event = await make(database, coordinator)
    day = Period.at(date(2026, 10, 21), time(14))
    await name_day(UnitOfWork(database), coordinator, event.id, 1, day, NOW)
    old, new = await stored(database, tables.outbox)
    assert (old.state, new.state) == (State.OBSOLETE, State.WAITING)
    assert (new.since_revision, new.person_id) == (0, member.person_id)


async def test_a_draft_is_made_once_and_only_as_it_was_shown(database: Database, coordinator: Actor):
    """A second press finds the event; the mark of another draft makes nothing."""
    offered = await offer(UnitOfWork(database), coordinator, DRAFT, NOW)
    waiting = await actor_of(database, coordinator.telegram_id)
    with pytest.raises(DomainError, match="draft_left"):
        await make_event(UnitOfWork(database), waiting, "0" * 16, NOW)
    made = await make_event(UnitOfWork(database), waiting, offered.mark, NOW)
    pressing = await actor_of(database, coordinator.telegram_id)
    again = await make_event(UnitOfWork(database), pressing, offered.mark, NOW)
    assert (again.event.id, again.changed) == (made.event.id, False)
    assert len(await stored(database, tables.events)) == 1


async def test_a_draft_belongs_to_the_association_it_was_written_in(database: Database, coordinator: Actor):
    """Whoever heads two of them makes nothing in the other one."""
    offered = await offer(UnitOfWork(database), coordinator, DRAFT, NOW)
    waiting = await actor_of(database, coordinator.telegram_id)
    elsewhere = replace(waiting, association=await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="draft_left"):
        draft_of(elsewhere)
    with pytest.raises(DomainError, match="draft_left"):
        await make_event(UnitOfWork(database), elsewhere, offered.mark, NOW)
    assert await stored(database, tables.events) == []


async def test_a_draft_that_lacks_something_is_not_made(database: Database, coordinator: Actor):
    """Its mark is no key."""
    offered = await offer(UnitOfWork(database), coordinator, replace(DRAFT, venue=""), NOW)
    assert offered.missing == "place"
    waiting = await actor_of(database, coordinator.telegram_id)
    with pytest.raises(DomainError, match="draft_left"):
        await make_event(UnitOfWork(database), waiting, offered.mark, NOW)


async def test_a_day_gone_by_is_refused(database: Database, coordinator: Actor):
    """When it is offered, and when it is made."""
    gone = replace(DRAFT, period=Period.day(date(2026, 10, 1)))
    with pytest.raises(DomainError, match="day_in_past"):
        await offer(UnitOfWork(database), coordinator, gone, NOW)
    offered = await offer(UnitOfWork(database), coordinator, DRAFT, NOW)
    waiting = await actor_of(database, coordinator.telegram_id)
    with pytest.raises(DomainError, match="day_in_past"):
        await make_event(UnitOfWork(database), waiting, offered.mark, NOW + timedelta(days=30))
    assert await stored(database, tables.events) == []


async def test_undone_while_nobody_knows_it_is_gone(database: Database, coordinator: Actor, member: Actor):
    """With its revision and what waited to be sent; a line of the journal stays."""
    event = await make(database, coordinator)
    assert await unmake(UnitOfWork(database), coordinator, event.id, NOW) == event
    for table in (tables.events, tables.revisions, tables.outbox):
        assert await stored(database, table) == []
    [line] = await stored(database, tables.journal)
    assert (line.kind, line.facts) == ("event_removed", {"title": DRAFT.title})
    with pytest.raises(DomainError, match="event_unknown"):
        await unmake(UnitOfWork(database), coordinator, event.id, NOW)


@pytest.mark.parametrize(
    "what",
    [
        {"state": State.SENT},
        {"state": State.ATTEMPTED},
        {"state": State.UNCERTAIN},
        {"attempts": 1},  # tried, and nobody knows whether it arrived
    ],
)
async def test_undone_once_somebody_may_know_nothing_happens(
    database: Database, coordinator: Actor, member: Actor, what: dict[str, object]
):
    """It is to be cancelled then, and what waits for others still goes out."""
    await a_member(database, coordinator.home)
    event = await make(database, coordinator)
    told = tables.outbox.c.person_id == member.person_id
    await change(database, tables.outbox, told, **what)
    assert await unmake(UnitOfWork(database), coordinator, event.id, NOW) is None
    assert len(await stored(database, tables.events)) == 1
    assert State.OBSOLETE not in {row.state for row in await stored(database, tables.outbox)}


async def test_an_answer_says_that_somebody_knows(database: Database, coordinator: Actor, member: Actor):
    """Her own does not."""
    event = await make(database, coordinator)

    async def answers(actor: Actor) -> None:
        uow = UnitOfWork(database)
        async with uow as rows:
            ours = rows.association(actor.home.id)
            await ours.rsvps.take(event.id, actor.person_id, Answer.GOING, NOW)
            await uow.commit()

    await answers(member)
    assert await unmake(UnitOfWork(database), coordinator, event.id, NOW) is None
    other = await make(database, coordinator, replace(DRAFT, title="Заседание"))
    event = other
    await answers(coordinator)
    assert await unmake(UnitOfWork(database), coordinator, other.id, NOW) is not None


async def test_an_event_of_the_plan_is_not_undone(database: Database, home: Association, coordinator: Actor):
    """Nor is another association's within reach."""
    event = await an_event(database, home)
    with pytest.raises(DomainError, match="stale_button"):
        await unmake(UnitOfWork(database), coordinator, event.id, NOW)
    stranger = await a_coordinator(database, await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="event_unknown"):
        await unmake(UnitOfWork(database), stranger, event.id, NOW)


async def test_a_field_is_changed_quietly_with_its_revision(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """The same again changes nothing; an older revision is refused."""
    event = await an_event(database, home)
    changed = await set_field(UnitOfWork(database), coordinator, event.id, 1, "contact", "Орлова", NOW)
    assert (changed.event.contact, changed.people) == ("Орлова", 0)
    await set_kind(UnitOfWork(database), coordinator, event.id, 2, Kind.MEETING, NOW)
    same = await set_kind(UnitOfWork(database), coordinator, event.id, 1, Kind.MEETING, NOW)
    assert not same.changed
    with pytest.raises(DomainError, match="event_changed"):
        await set_field(UnitOfWork(database), coordinator, event.id, 1, "title", "Заседание", NOW)
    kinds = [row.kind for row in await stored(database, tables.revisions)]
    assert kinds == ["planned", "contact", "kind"]
    assert await stored(database, tables.outbox) == []


async def test_put_off_the_day_is_to_be_named_again(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """Answers stop counting, its reminders are planned anew, and people are told."""
    event = await an_event(database, home, SEMINAR_DAY)
    done = await name_day(UnitOfWork(database), coordinator, event.id, 1, NOVEMBER, NOW)
    put_off = done.event
    assert (put_off.period, put_off.answers_until, done.people) == (NOVEMBER, None, 1)
    assert (put_off.day_version, put_off.schedule_version) == (2, 2)
    assert [row.kind for row in await stored(database, tables.revisions)] == ["planned", "postponed"]
    async with UnitOfWork(database).reading() as rows:
        events = rows.association(home.id).events
        assert [one.id for one in await events.without_day(NOW)] == [event.id]


async def test_put_off_and_back_before_anybody_heard(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """Answers about the day count again: nobody knew that it was another one."""
    event = await an_event(database, home, SEMINAR_DAY)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).rsvps.take(event.id, member.person_id, Answer.GOING, NOW)
        await uow.commit()
    night = datetime.combine(NOW.date(), time(16), NOW.tzinfo)
    await name_day(UnitOfWork(database), coordinator, event.id, 1, NOVEMBER, night)
    await name_day(UnitOfWork(database), coordinator, event.id, 2, SEMINAR_DAY, night)
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(home.id).events.card(event.id, member.person_id, night)
    assert card is not None
    assert card.answer is Answer.GOING
