"""Cancelling, restoring, places and deadlines: what is stored and who is told."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from actions.answering import answer
from actions.changing import (
    CANCEL_STEP,
    DEADLINE_STEP,
    DUE_STEP,
    cancel,
    mark_seen,
    propose_change,
    restore,
    set_deadline,
    set_due,
    set_place,
)
from actions.naming import let_naming_rest, name_day
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, Status
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
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

MINUTE = timedelta(minutes=1)
OUTBOX = tables.outbox
OVER = datetime(2026, 12, 1, tzinfo=UTC)
NIGHT = datetime(2026, 10, 5, 16, tzinfo=UTC)  # 23:00 there


async def revisions(database: Database) -> list[str]:
    """What became of the event."""
    return [row.kind for row in await stored(database, tables.revisions)]


async def test_cancelled_and_restored(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    """Answers stop being taken, and are taken again; both times its schedule is a new one."""
    uow = UnitOfWork(database)
    done = await cancel(uow, coordinator, event.id, 1, " в лицее\nкарантин ", NOW)
    assert (done.people, done.event.status, done.event.reason) == (1, Status.CANCELLED, "в лицее карантин")
    assert (done.event.answers_until, done.event.schedule_version) == (None, 2)
    back = await restore(uow, coordinator, event.id, 2, NOW + MINUTE)
    assert (back.people, back.event.status, back.event.reason) == (1, Status.PLANNED, "")
    assert (back.event.answers_until, back.event.day_version) == (event.answers_until, 1)
    assert await revisions(database) == ["planned", "cancelled", "restored"]
    # The cancellation had not gone out: nothing was announced.
    assert back.event.announced_at is None
    first, second = await stored(database, OUTBOX)
    assert (first.state, second.state, second.since_revision) == (State.OBSOLETE, State.WAITING, 1)


async def test_twice_changes_nothing(database: Database, coordinator: Actor, event: Event) -> None:
    """A second press is no second change."""
    uow = UnitOfWork(database)
    await cancel(uow, coordinator, event.id, 1, "", NOW)
    again = await cancel(uow, coordinator, event.id, 1, "другая причина", NOW)
    assert (again.changed, again.event.reason) == (False, "")
    await restore(uow, coordinator, event.id, 2, NOW)
    assert not (await restore(uow, coordinator, event.id, 2, NOW)).changed
    place = {"venue": event.venue, "mode": "onsite"}
    assert not (await set_place(uow, coordinator, event.id, 3, place, NOW)).changed
    assert len(await revisions(database)) == 3


async def test_of_two_who_change_at_once_one_looks_again(
    database: Database, database_url: str, home: Association, coordinator: Actor, event: Event
) -> None:
    colleague = await a_coordinator(database, home, "Сидорова Анна Петровна")
    other = Database(database_url)
    both = await asyncio.gather(
        cancel(UnitOfWork(database), coordinator, event.id, 1, "", NOW),
        set_place(UnitOfWork(other), colleague, event.id, 1, {"venue": "Лицей"}, NOW),
        return_exceptions=True,
    )
    await other.close()
    refused = [one.code for one in both if isinstance(one, DomainError)]
    assert len(refused) == 1
    assert refused[0] in {"event_changed", "event_cancelled"}
    assert len(await revisions(database)) == 2


async def test_a_place_is_told_what_to_bring_is_not(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    quiet = await set_place(uow, coordinator, event.id, 1, {"bring": "паспорт"}, NOW)
    assert (quiet.people, quiet.event.bring, quiet.event.revision) == (0, "паспорт", 2)
    assert await stored(database, OUTBOX) == []
    online = {"venue": "", "entrance": "", "mode": "online", "link": "https://a"}
    told = await set_place(uow, coordinator, event.id, 2, online, NOW)
    assert (told.people, told.event.schedule_version) == (1, 2)


async def test_a_deadline(database: Database, coordinator: Actor, member: Actor, event: Event) -> None:
    """Nobody is told; its notices are made anew."""
    uow, at = UnitOfWork(database), datetime(2026, 10, 16, 5, tzinfo=UTC)
    done = await set_deadline(uow, coordinator, event.id, 1, at, NOW)
    assert (done.event.answer_by, done.event.schedule_version) == (at, 1)
    [row] = await stored(database, tables.events)
    assert row.planned_version == 0
    assert await stored(database, OUTBOX) == []


async def test_what_cannot_be_changed(
    database: Database, home: Association, coordinator: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    elsewhere = await an_event(database, await an_association(database, "РМО Заречного района"))
    unnamed = await an_event(database, home, NOVEMBER)
    task = await an_event(database, home, Period.deadline(date(2026, 10, 20)), gathering=False)
    begins = SEMINAR_DAY.begins_at(home.zone)
    for attempt, code in (
        (cancel(uow, coordinator, elsewhere.id, 1, "", NOW), "event_unknown"),
        (cancel(uow, coordinator, event.id, 1, "ы" * 301, NOW), "reason_too_long"),
        (cancel(uow, coordinator, event.id, 1, "", OVER), "event_over"),
        (cancel(uow, coordinator, event.id, 7, "", NOW), "event_changed"),
        (set_place(uow, coordinator, event.id, 7, {"bring": "паспорт"}, NOW), "event_changed"),
        (set_place(uow, coordinator, event.id, 1, {"venue": "Лицей"}, OVER), "event_over"),
        (set_deadline(uow, coordinator, event.id, 1, NOW, NOW), "deadline_in_past"),
        (set_deadline(uow, coordinator, event.id, 1, begins + MINUTE, NOW), "deadline_after_start"),
        (set_deadline(uow, coordinator, event.id, 1, begins, OVER), "answers_closed"),
        (set_deadline(uow, coordinator, unnamed.id, 1, begins, NOW), "day_not_named"),
        (set_deadline(uow, coordinator, task.id, 1, begins, NOW), "no_answer_needed"),
        (set_due(uow, coordinator, event.id, 1, date(2026, 10, 21), NOW), "stale_button"),
        (set_due(uow, coordinator, task.id, 1, date(2026, 10, 4), NOW), "day_in_past"),
        (propose_change(uow, coordinator, event.id, CANCEL_STEP, OVER), "event_over"),
        (propose_change(uow, coordinator, unnamed.id, DEADLINE_STEP, NOW), "day_not_named"),
        (propose_change(uow, coordinator, task.id, DUE_STEP, NOW, due="2026-10-04"), "day_in_past"),
        (propose_change(uow, coordinator, task.id, CANCEL_STEP, OVER), "task_over"),
        (mark_seen(uow, coordinator, elsewhere.id, 1, NOW), "event_unknown"),
    ):
        with pytest.raises(DomainError) as refused:
            await attempt
        assert refused.value.code == code
    await cancel(uow, coordinator, task.id, 1, "", NOW)
    with pytest.raises(DomainError, match="task_cancelled"):
        await propose_change(uow, coordinator, task.id, DUE_STEP, NOW)


async def test_a_proposal_keeps_what_was_written(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    """Counted without its author; nothing is changed yet."""
    uow = UnitOfWork(database)
    proposed = await propose_change(uow, coordinator, event.id, CANCEL_STEP, NOW, reason="карантин")
    assert (proposed.people, proposed.event) == (1, event)
    dialogue = (await actor_of(database, coordinator.telegram_id)).dialogue
    assert dialogue is not None
    assert (dialogue.step, dialogue.facts) == (CANCEL_STEP, {"event": event.id, "reason": "карантин"})


async def test_a_task_s_people_alone_are_told(
    database: Database, home: Association, coordinator: Actor, member: Actor
) -> None:
    """Of those who are named for it the ones who have not done it."""
    task = await an_event(database, home, Period.deadline(date(2026, 10, 20)), gathering=False)
    done, uow = await a_member(database, home), UnitOfWork(database)
    await a_member(database, home)
    async with uow as rows:
        assignments = rows.association(home.id).assignments
        await assignments.name(task.id, [member.person_id, done.person_id], NOW)
        await assignments.finish(task.id, done.person_id, NOW)
        await uow.commit()
    assert (await propose_change(uow, coordinator, task.id, CANCEL_STEP, NOW)).people == 1
    moved = await set_due(uow, coordinator, task.id, 1, date(2026, 10, 6), NOW)
    assert moved.people == 1
    [row] = await stored(database, OUTBOX)
    # Nothing of a task is urgent.
    assert (row.person_id, row.kind, row.urgent) == (member.person_id, Message.CHANGE, False)


# What nobody has heard of


async def moved(database: Database, coordinator: Actor, event: Event, period: Period, at: datetime) -> Event:
    return (await name_day(UnitOfWork(database), coordinator, event.id, event.revision, period, at)).event


async def test_back_before_anybody_heard_answers_count_again(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    await answer(uow, member, event.id, Answer.GOING, NOW)
    away = await moved(database, coordinator, event, LATER_DAY, NIGHT)
    further = await moved(
        database, coordinator, away, Period.at(date(2026, 10, 29), time(14)), NIGHT + MINUTE
    )
    back = await moved(database, coordinator, further, SEMINAR_DAY, NIGHT + 2 * MINUTE)
    assert back.announced_at is None
    async with uow.reading() as rows:
        card = await rows.association(event.association_id).events.card(event.id, member.person_id, NIGHT)
    assert card is not None
    assert card.answer is Answer.GOING


async def test_back_after_it_was_told_is_a_new_question(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow = UnitOfWork(database)
    await answer(uow, member, event.id, Answer.GOING, NOW)
    away = await moved(database, coordinator, event, LATER_DAY, NOW)
    await change(database, OUTBOX, OUTBOX.c.state == State.WAITING, state=State.SENT)
    back = await moved(database, coordinator, away, SEMINAR_DAY, NOW + MINUTE)
    assert back.announced_at == NOW + MINUTE
    async with uow.reading() as rows:
        card = await rows.association(event.association_id).events.card(event.id, member.person_id, NOW)
    assert card is not None
    assert card.answer is None


async def test_where_some_heard_of_it_all_are_asked(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
) -> None:
    other, uow = await a_member(database, home), UnitOfWork(database)
    away = await moved(database, coordinator, event, LATER_DAY, NIGHT)
    await change(database, OUTBOX, OUTBOX.c.person_id == other.person_id, state=State.SENT)
    async with uow.reading() as rows:
        assert await rows.mailing.last_told(away) is None
    back = await moved(database, coordinator, away, SEMINAR_DAY, NIGHT + MINUTE)
    assert back.announced_at == NIGHT + MINUTE


# At short notice


async def test_seen_up_to_what_was_told(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    """«Вижу» under an older message says nothing of a newer one."""
    uow, eve = UnitOfWork(database), SEMINAR_DAY.begins_at(coordinator.home.zone) - timedelta(hours=10)
    await set_place(uow, coordinator, event.id, 1, {"venue": "Лицей № 1"}, eve)
    await mark_seen(uow, member, event.id, 2, eve)
    changes = OUTBOX.c.kind == Message.CHANGE
    assert [row.seen_at for row in await stored(database, OUTBOX, changes)] == [eve]
    await change(database, OUTBOX, changes, state=State.SENT)
    await set_place(uow, coordinator, event.id, 2, {"venue": "Лицей № 2"}, eve + MINUTE)
    with pytest.raises(DomainError, match="event_changed"):
        await mark_seen(uow, member, event.id, 2, eve + MINUTE)
    assert [row.seen_at for row in await stored(database, OUTBOX, changes)] == [eve, None]
    assert [row.urgent for row in await stored(database, OUTBOX, changes)] == [True, True]
    lists = await stored(database, OUTBOX, OUTBOX.c.kind == Message.UNSEEN)
    assert [(row.version, row.due_at) for row in lists] == [
        (2, eve + 20 * MINUTE),
        (3, eve + 21 * MINUTE),
    ]


async def test_the_same_answer_again_shows_that_it_was_seen(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    uow, eve = UnitOfWork(database), SEMINAR_DAY.begins_at(coordinator.home.zone) - timedelta(hours=10)
    await answer(uow, member, event.id, Answer.GOING, NOW)
    await set_place(uow, coordinator, event.id, 1, {"venue": "Лицей № 1"}, eve)
    await answer(uow, member, event.id, Answer.GOING, eve + MINUTE)
    async with uow.reading() as rows:
        assert await rows.association(event.association_id).rsvps.have_not_seen(event.id, 2) == []


@pytest.mark.parametrize(
    ("period", "at", "urgent"),
    [
        (Period.day(date(2026, 10, 20)), datetime(2026, 10, 20, 1, tzinfo=UTC), True),
        (Period.days(date(2026, 10, 19), date(2026, 10, 21)), datetime(2026, 10, 20, 1, tzinfo=UTC), True),
        (SEMINAR_DAY, datetime(2026, 10, 20, 8, tzinfo=UTC), True),
        (SEMINAR_DAY, datetime(2026, 10, 19, 15, tzinfo=UTC), False),
        # The month begins in ten hours, but no day is known.
        (NOVEMBER, datetime(2026, 10, 31, 7, tzinfo=UTC), False),
    ],
)
async def test_what_is_urgent(
    database: Database,
    home: Association,
    coordinator: Actor,
    member: Actor,
    period: Period,
    at: datetime,
    urgent: bool,
) -> None:
    """What goes on, or takes place today at an hour that nobody named, cannot wait either."""
    one = await an_event(database, home, period)
    await set_place(UnitOfWork(database), coordinator, one.id, 1, {"venue": "Лицей № 1"}, at)
    [row] = await stored(database, OUTBOX, OUTBOX.c.kind == Message.CHANGE)
    assert row.urgent is urgent


async def test_the_question_about_days_rests_for_two_weeks(
    database: Database, home: Association, coordinator: Actor
) -> None:
    until = await let_naming_rest(UnitOfWork(database), coordinator, NOW)
    [row] = await stored(database, tables.associations)
    assert (until - NOW, row.naming_rests_until, row.replan) == (timedelta(days=14), until, True)
