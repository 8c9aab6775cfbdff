"""«Кого звать»: who is told, who hears no more, taken back; groups that are invited. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.answering import answer
from actions.explaining import explain
from actions.grouping import remove_group
from actions.inviting import propose_invited, set_invited, whom
from actions.making import copy, draft_of, make_event
from actions.making import offer as make_offer
from actions.nudging import propose_nudge
from actions.together import join, part
from actions.undoing import propose_undo, read_journal, undo
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, Invited
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
    an_event,
    stored,
)

HOUR = timedelta(hours=1)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    return await a_coordinator(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    return await an_event(database, home)


async def a_group(database: Database, home: Association, *people: Actor, title: str = "Новички") -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        groups = rows.association(home.id).groups
        group_id = await groups.add(title)
        assert group_id is not None
        for one in people:
            await groups.put(one.person_id, [group_id])
        await uow.commit()
    return group_id


async def invite(
    database: Database, head: Actor, event: Event, invited: Invited, group_id: int | None = None
) -> Event:
    made = await set_invited(UnitOfWork(database), head, event.id, event.revision, invited, group_id, NOW)
    return made.changed.event


async def changes(database: Database) -> list[tuple[int, int]]:
    """Who is told of changes, and since which revision."""
    rows = await stored(database, tables.outbox, tables.outbox.c.kind == Message.CHANGE)
    return [(row.person_id, row.since_revision) for row in rows]


async def test_those_who_are_new_to_it_are_told(
    database: Database, home: Association, head: Actor, event: Event
):
    """As of a gathering that they never heard of; nobody else hears anything."""
    inside, outside = [await a_member(database, home) for _ in range(2)]
    group_id = await a_group(database, home, inside)
    event = await invite(database, head, event, Invited.GROUP, group_id)
    assert await changes(database) == []
    made = await set_invited(
        UnitOfWork(database), head, event.id, event.revision, Invited.EVERYBODY, None, NOW
    )
    assert made.changed.people == 1
    assert await changes(database) == [(outside.person_id, 0)]


async def test_without_a_day_nobody_is_told(database: Database, home: Association, head: Actor):
    """They are asked once it is named."""
    await a_member(database, home)
    event = await an_event(database, home, NOVEMBER)
    event = await invite(database, head, event, Invited.NOBODY)
    proposed = await propose_invited(UnitOfWork(database), head, event.id, Invited.EVERYBODY, None, NOW)
    assert (proposed.count.newly, proposed.tells) == (1, False)
    await invite(database, head, event, Invited.EVERYBODY)
    assert await changes(database) == []


async def test_for_nobody_no_answer_is_taken(
    database: Database, home: Association, head: Actor, event: Event
):
    """Nor asked for; for somebody again, it is."""
    member = await a_member(database, home)
    until = event.answers_until
    event = await invite(database, head, event, Invited.NOBODY)
    assert event.answers_until is None
    with pytest.raises(DomainError, match="nobody_invited"):
        await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    with pytest.raises(DomainError, match="nobody_invited"):
        await propose_nudge(UnitOfWork(database), head, event.id, NOW)
    event = await invite(database, head, event, Invited.EVERYBODY)
    assert event.answers_until == until
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)


async def test_an_answer_of_one_whom_it_is_not_for_is_refused(
    database: Database, home: Association, head: Actor, event: Event
):
    """Whether seats are counted or not; nothing is stored."""
    member = await a_member(database, home)
    event = await invite(database, head, event, Invited.GUESTS)
    for given in (Answer.GOING, Answer.DECLINED):
        with pytest.raises(DomainError, match="not_invited"):
            await answer(UnitOfWork(database), member, event.id, given, NOW)
    assert await stored(database, tables.rsvps) == []


async def test_the_same_again_changes_nothing(
    database: Database, home: Association, head: Actor, event: Event
):
    """No revision is written; against an old one it is refused."""
    first = await invite(database, head, event, Invited.GUESTS)
    again = await set_invited(UnitOfWork(database), head, event.id, event.revision, Invited.GUESTS, None, NOW)
    assert not again.changed.changed
    assert again.changed.event.revision == first.revision == event.revision + 1
    with pytest.raises(DomainError, match="event_changed"):
        await invite(database, head, event, Invited.NOBODY)


async def test_taken_back_in_silence(database: Database, home: Association, head: Actor, event: Event):
    """Those who knew of it know of it still. The journal names the group."""
    member = await a_member(database, home)
    group_id = await a_group(database, home)
    changed = await invite(database, head, event, Invited.GROUP, group_id)
    uow = UnitOfWork(database)
    [line, *_] = (await read_journal(uow, head, event.id, 0, NOW)).lines
    assert line.changes == {"invited": ("everybody", "group"), "group_id": ("", "Новички")}
    proposed = await propose_undo(uow, head, event.id, changed.revision, NOW)
    assert (proposed.told, proposed.people) == (False, 0)
    _, back = await undo(uow, head, event.id, changed.revision, NOW)
    assert (back.event.invited, back.event.group_id) == (Invited.EVERYBODY, None)
    assert back.event.answers_until == event.answers_until
    assert await changes(database) == []
    await answer(uow, member, event.id, Answer.GOING, NOW)


async def test_for_nobody_is_taken_back(database: Database, home: Association, head: Actor, event: Event):
    """And answers are taken again."""
    changed = await invite(database, head, event, Invited.NOBODY)
    _, back = await undo(UnitOfWork(database), head, event.id, changed.revision, NOW)
    assert back.event.answers_until == event.answers_until


async def test_a_group_that_is_invited_stays(
    database: Database, home: Association, head: Actor, event: Event
):
    """Until others are invited in its place; what is over holds nothing. It is not brought back once it is
    gone."""
    group_id = await a_group(database, home)
    changed = await invite(database, head, event, Invited.GROUP, group_id)
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="group_invited"):
        await remove_group(uow, head, group_id, NOW)
    changed = await invite(database, head, changed, Invited.EVERYBODY)
    await remove_group(uow, head, group_id, NOW)
    with pytest.raises(DomainError, match="group_gone"):
        await propose_undo(uow, head, event.id, changed.revision, NOW)
    with pytest.raises(DomainError, match="group_gone"):
        await propose_invited(uow, head, event.id, Invited.GROUP, group_id, NOW)


async def test_what_is_over_holds_no_group(database: Database, home: Association, head: Actor, event: Event):
    """Its list keeps those who answered."""
    group_id = await a_group(database, home)
    await invite(database, head, event, Invited.GROUP, group_id)
    over = event.ends_at + HOUR
    await remove_group(UnitOfWork(database), head, group_id, over)
    with pytest.raises(DomainError, match="event_over"):
        await whom(UnitOfWork(database), head, event.id, over)


async def test_a_task_is_for_those_named(database: Database, home: Association, head: Actor):
    """Nobody is invited to it."""
    task = await an_event(database, home, NOVEMBER, gathering=False)
    with pytest.raises(DomainError, match="no_answer_needed"):
        await whom(UnitOfWork(database), head, task.id, NOW)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Invited.GUESTS, Invited.GUESTS, Invited.GUESTS),
        (Invited.GUESTS, Invited.EVERYBODY, Invited.EVERYBODY),
        (Invited.GUESTS, Invited.GROUP, Invited.EVERYBODY),
        (Invited.NOBODY, Invited.GROUP, Invited.GROUP),
        (Invited.EVERYBODY, Invited.NOBODY, Invited.EVERYBODY),
    ],
)
async def test_together_and_parted(
    database: Database, home: Association, head: Actor, first: Invited, second: Invited, together: Invited
):
    """A joined event is for all whom each of them was for; parted, each is as it was."""
    group_id = await a_group(database, home)
    kept = await an_event(database, home, title="Заседание РМО")
    merged = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс")
    events = []
    for one, invited in ((kept, first), (merged, second)):
        group = group_id if invited is Invited.GROUP else None
        same = invited is Invited.EVERYBODY
        events.append(one if same else await invite(database, head, one, invited, group))
    uow, (kept, merged) = UnitOfWork(database), events
    done = (await join(uow, head, kept.id, merged.id, (kept.revision, merged.revision), NOW)).kept
    assert done.invited is together
    assert done.group_id == (group_id if together is Invited.GROUP else None)
    assert (done.answers_until is None) == (together is Invited.NOBODY)
    parting = await part(uow, head, done.id, done.revision, NOW)
    assert (parting.event.invited, parting.event.group_id) == (kept.invited, kept.group_id)
    assert parting.event.answers_until == kept.answers_until
    [other] = parting.others
    assert (other.invited, other.group_id) == (merged.invited, merged.group_id)


async def test_parted_it_is_for_whom_it_was_said_since(database: Database, home: Association, head: Actor):
    """What was named while they were together stands."""
    kept = await an_event(database, home, title="Заседание РМО")
    merged = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс")
    kept = await invite(database, head, kept, Invited.GUESTS)
    uow = UnitOfWork(database)
    done = (await join(uow, head, kept.id, merged.id, (kept.revision, merged.revision), NOW)).kept
    assert done.invited is Invited.EVERYBODY
    done = await invite(database, head, done, Invited.NOBODY)
    parting = await part(uow, head, done.id, done.revision, NOW)
    assert parting.event.invited is Invited.NOBODY


async def test_a_copy_is_for_the_same_people(
    database: Database, home: Association, head: Actor, event: Event
):
    """And they alone hear of it."""
    newcomer, _ = [await a_member(database, home, f"{name} Анна") for name in ("Белова", "Галкина")]
    group_id = await a_group(database, home, newcomer)
    event = await invite(database, head, event, Invited.GROUP, group_id)
    uow = UnitOfWork(database)
    offer = await copy(uow, head, event.id, NOW)
    assert (offer.draft.invited, offer.draft.group_id, offer.group) == (Invited.GROUP, group_id, "Новички")
    acting = await actor_of(database, head.telegram_id or 0)
    offer = await make_offer(uow, acting, draft_of(acting).on(Period.day(SEMINAR_DAY.end + HOUR * 24)), NOW)
    assert offer.people == 1
    made = await make_event(uow, await actor_of(database, head.telegram_id or 0), offer.mark, NOW)
    assert (made.event.invited, made.event.group_id, made.people) == (Invited.GROUP, group_id, 1)


async def test_a_copy_of_what_was_for_a_group_that_is_gone_is_for_everybody(
    database: Database, home: Association, head: Actor, event: Event
):
    group_id = await a_group(database, home)
    event = await invite(database, head, event, Invited.GROUP, group_id)
    uow = UnitOfWork(database)
    await remove_group(uow, head, group_id, event.ends_at + HOUR)
    offer = await copy(uow, head, event.id, NOW)
    assert (offer.draft.invited, offer.draft.group_id) == (Invited.EVERYBODY, None)


async def test_a_group_stays_while_an_event_will_be_for_it_again(
    database: Database, home: Association, head: Actor, event: Event
):
    """Held together with another one, it is for everybody; parted, for the group."""
    other = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс")
    group_id = await a_group(database, home)
    event = await invite(database, head, event, Invited.GROUP, group_id)
    uow = UnitOfWork(database)
    kept = (await join(uow, head, event.id, other.id, (event.revision, other.revision), NOW)).kept
    assert (kept.id, kept.invited, kept.group_id) == (event.id, Invited.EVERYBODY, None)
    with pytest.raises(DomainError, match="group_invited"):
        await remove_group(uow, head, group_id, NOW)


async def test_why_names_the_group(database: Database, home: Association, head: Actor, event: Event):
    newcomer = await a_member(database, home, "Белова Анна")
    group_id = await a_group(database, home, newcomer)
    event = await invite(database, head, event, Invited.GROUP, group_id)
    await a_message(database, newcomer, event, kind=Message.CHANGE, state=State.SENT)
    told = await explain(UnitOfWork(database), newcomer, event.id)
    assert told is not None
    assert told.group == "Новички"
