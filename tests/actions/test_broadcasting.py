"""A coordinator's words: to whom, once, counted, stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.broadcasting import (
    BROADCAST_STEP,
    Words,
    choose_target,
    of_event,
    send_words,
    stop_sending,
    take_words,
    unreached,
)
from domain.broadcasts import EVERYBODY, Target, Whom
from domain.errors import DomainError
from domain.records import Actor, Answer, Association, Event
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import NOVEMBER, NOW, a_coordinator, a_member, actor_of, an_association, an_event, stored


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    return await a_coordinator(database, home)


async def written(database: Database, head: Actor, target: Target, text: str = "Вебинар.") -> Words:
    """The words are in the dialogue."""
    await choose_target(UnitOfWork(database), head, target)
    return await take_words(UnitOfWork(database), await actor_of(database, head.telegram_id), text)


async def answers(database: Database, event: Event, who: Actor, answer: Answer) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.association(event.association_id).rsvps.take(event.id, who.person_id, answer, NOW)
        await uow.commit()


async def told(database: Database, kind: Message = Message.BROADCAST) -> list[int]:
    return [row.person_id for row in await stored(database, tables.outbox, tables.outbox.c.kind == kind)]


async def test_words_go_to_everybody_else_once(database: Database, home: Association, head: Actor):
    """They stay in the dialogue until then; the message that counts up stands before their rows."""
    member = await a_member(database, home)
    words = await written(database, head, EVERYBODY, "  Вебинар в пятницу. ")
    assert (words.said.text, words.to.people, words.to.unreached) == ("Вебинар в пятницу.", 1, 0)
    head = await actor_of(database, head.telegram_id)
    assert head.dialogue is not None
    assert head.dialogue.step == BROADCAST_STEP
    with pytest.raises(DomainError, match="broadcast_gone"):
        await send_words(UnitOfWork(database), head, "0" * 16, 5, NOW)
    sent = await send_words(UnitOfWork(database), head, words.mark, 5, NOW)
    assert (sent.total, sent.sent, sent.left, sent.stopped) == (1, 0, 1, False)
    head = await actor_of(database, head.telegram_id)
    with pytest.raises(DomainError, match="broadcast_gone"):
        await send_words(UnitOfWork(database), head, words.mark, 5, NOW)
    counter, row = await stored(database, tables.outbox)
    assert (row.kind, row.person_id, row.state) == (Message.BROADCAST, member.person_id, State.WAITING)
    assert (counter.kind, counter.person_id, counter.state, counter.message_id) == (
        Message.PROGRESS,
        head.person_id,
        State.SENT,
        5,
    )
    assert [one.kind for one in await stored(database, tables.journal)] == ["broadcast"]


async def test_without_a_message_to_count_up_a_new_one_will(
    database: Database, home: Association, head: Actor
):
    """Telegram does not say which message was pressed where it is too old."""
    await a_member(database, home)
    words = await written(database, head, EVERYBODY)
    await send_words(UnitOfWork(database), await actor_of(database, head.telegram_id), words.mark, None, NOW)
    counter, _ = await stored(database, tables.outbox)
    assert (counter.kind, counter.state, counter.message_id) == (Message.PROGRESS, State.WAITING, None)


async def test_to_those_who_come_and_to_the_silent(database: Database, home: Association, head: Actor):
    """By the answers that count for the day as it stands."""
    event = await an_event(database, home)
    other = await an_event(database, home, title="Другой семинар")
    going = await a_member(database, home, "Белова Анна Петровна")
    declined = await a_member(database, home, "Галкина Инна Петровна")
    silent = await a_member(database, home, "Дятлова Ольга Петровна")
    await answers(database, event, going, Answer.GOING)
    await answers(database, event, declined, Answer.DECLINED)
    await answers(database, other, silent, Answer.GOING)
    coming, quiet = await of_event(UnitOfWork(database), head, event.id)
    assert (coming.people, quiet.people) == (1, 1)
    for target, who in (
        (Target(Whom.COMING, event.id), going),
        (Target(Whom.SILENT, event.id), silent),
    ):
        words = await written(database, head, target)
        await send_words(UnitOfWork(database), await actor_of(database, head.telegram_id), words.mark, 5, NOW)
        assert (await told(database))[-1] == who.person_id
    assert len(await told(database)) == 2


async def test_to_one_school(database: Database, home: Association, head: Actor):
    """And to nobody else."""
    one = await a_member(database, home, school="Гимназия № 21")
    await a_member(database, home, "Белова Анна Петровна")
    async with UnitOfWork(database).reading() as rows:
        [school] = [
            each for each in await rows.association(home.id).members.schools() if "Гимназия" in each.title
        ]
    words = await written(database, head, Target(Whom.SCHOOL, school.id))
    assert words.to.title == "Гимназия № 21"
    await send_words(UnitOfWork(database), await actor_of(database, head.telegram_id), words.mark, 5, NOW)
    assert await told(database) == [one.person_id]


async def test_what_cannot_be_meant(database: Database, home: Association, head: Actor):
    """Another association's event and school, an event without a day, a task."""
    theirs = await an_association(database, "РМО Заозёрского района")
    their_event = await an_event(database, theirs)
    await a_member(database, theirs)
    unnamed = await an_event(database, home, NOVEMBER)
    task = await an_event(database, home, NOVEMBER, gathering=False)
    async with UnitOfWork(database).reading() as rows:
        [school] = await rows.association(theirs.id).members.schools()
    for target, code in (
        (Target(Whom.COMING, their_event.id), "event_unknown"),
        (Target(Whom.SCHOOL, school.id), "school_not_there"),
        (Target(Whom.SILENT, unnamed.id), "day_not_named"),
        (Target(Whom.COMING, task.id), "no_answer_needed"),
    ):
        with pytest.raises(DomainError, match=code):
            await choose_target(UnitOfWork(database), head, target)


async def test_words_for_one_association_do_not_go_to_another(
    database: Database, home: Association, head: Actor
):
    """She acts in another one by now."""
    await a_member(database, home)
    words = await written(database, head, EVERYBODY)
    theirs = await an_association(database, "РМО Заозёрского района")
    away = replace(await actor_of(database, head.telegram_id), association=theirs)
    with pytest.raises(DomainError, match="broadcast_gone"):
        await send_words(UnitOfWork(database), away, words.mark, 5, NOW)


async def test_stopped_it_says_how_many_have_it(database: Database, home: Association, head: Actor):
    """What is on its way arrives; what waits does not go."""
    for name in ("Белова Анна Петровна", "Галкина Инна Петровна", "Дятлова Ольга Петровна"):
        await a_member(database, home, name)
    words = await written(database, head, EVERYBODY)
    sent = await send_words(
        UnitOfWork(database), await actor_of(database, head.telegram_id), words.mark, 5, NOW
    )
    uow = UnitOfWork(database)
    async with uow as rows:
        waiting = await rows.outbox.waiting(NOW, most=10)
        assert len(await rows.outbox.claim(waiting[:1], NOW, lease=1)) == 1
        await uow.commit()
    stopped = await stop_sending(UnitOfWork(database), head, sent.broadcast_id, NOW)
    assert (stopped.total, stopped.left, stopped.stopped, stopped.lost) == (3, 1, True, 0)
    again = await stop_sending(UnitOfWork(database), head, sent.broadcast_id, NOW + timedelta(minutes=1))
    assert again == stopped
    facts = [one.facts for one in await stored(database, tables.journal) if one.kind == "broadcast_stopped"]
    assert facts == [{"broadcast": sent.broadcast_id, "sent": 0, "withdrawn": 2}]


async def test_another_association_neither_stops_nor_sees_it(
    database: Database, home: Association, head: Actor
):
    """Nothing changes."""
    await a_member(database, home)
    words = await written(database, head, EVERYBODY)
    sent = await send_words(
        UnitOfWork(database), await actor_of(database, head.telegram_id), words.mark, 5, NOW
    )
    spy = await a_coordinator(database, await an_association(database, "РМО Заозёрского района"))
    with pytest.raises(DomainError, match="broadcast_unknown"):
        await stop_sending(UnitOfWork(database), spy, sent.broadcast_id, NOW)
    with pytest.raises(DomainError, match="broadcast_unknown"):
        await unreached(UnitOfWork(database), spy, sent.broadcast_id)
    assert [row.state for row in await stored(database, tables.outbox)] == [State.SENT, State.WAITING]


async def test_whom_it_cannot_reach(database: Database, home: Association, head: Actor):
    """Of those whom she meant, and only while it cannot."""
    event = await an_event(database, home)
    blocked = await a_member(database, home, "Белова Анна Петровна")
    other = await a_member(database, home, "Галкина Инна Петровна")
    await a_member(database, home, "Дятлова Ольга Петровна")
    await answers(database, event, other, Answer.DECLINED)
    uow = UnitOfWork(database)
    async with uow as rows:
        for one in (blocked, other):
            await rows.people.mark_unreachable(one.telegram_id, NOW)
        await uow.commit()
    words = await written(database, head, Target(Whom.SILENT, event.id))
    assert (words.to.people, words.to.unreached) == (1, 1)
    sent = await send_words(
        UnitOfWork(database), await actor_of(database, head.telegram_id), words.mark, 5, NOW
    )
    assert sent.unreached == 1
    [found] = await unreached(UnitOfWork(database), head, sent.broadcast_id)
    assert found.person_id == blocked.person_id
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.people.mark_reachable(blocked.telegram_id)
        await uow.commit()
    assert await unreached(UnitOfWork(database), head, sent.broadcast_id) == []
