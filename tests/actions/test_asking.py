"""A member's question to the coordinator, and the reply."""

from __future__ import annotations

import asyncio

import pytest

from actions.asking import REPLY_STEP, UNSAID_STEP, ask, keep_unsaid, reply, wait_for_reply
from actions.own_data import erase
from domain.errors import DomainError
from domain.records import Actor, Association
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, a_coordinator, a_member, actor_of, an_association, stored


async def ask_one(database: Database, member: Actor, text: str = "Где парковка?") -> int:
    """Asks; returns the question's number."""
    await ask(UnitOfWork(database), member, text, NOW)
    return int((await stored(database, tables.questions))[-1].id)


async def test_a_question_goes_to_every_coordinator(
    database: Database, home: Association, coordinator: Actor, member: Actor
):
    """Through the outbox, in the transaction that stores it."""
    colleague = await a_coordinator(database, home, "Сидорова Анна Петровна")
    await a_coordinator(database, await an_association(database, "РМО Заречного района"))
    assert await ask(UnitOfWork(database), member, "  Где парковка?\n", NOW) == 2
    [question] = await stored(database, tables.questions)
    assert (question.question, question.person_id, question.asked_at) == (
        "Где парковка?",
        member.person_id,
        NOW,
    )
    rows = await stored(database, tables.outbox)
    assert {(row.kind, row.person_id, row.question_id) for row in rows} == {
        (Message.QUESTION, coordinator.person_id, question.id),
        (Message.QUESTION, colleague.person_id, question.id),
    }


async def test_with_nobody_to_ask_she_is_told_so(database: Database, home: Association, member: Actor):
    """The question is kept all the same."""
    assert await ask(UnitOfWork(database), member, "Есть кто?", NOW) == 0
    assert len(await stored(database, tables.questions)) == 1


async def test_what_was_not_understood_waits_to_be_passed_on(
    database: Database, coordinator: Actor, member: Actor
):
    """Asking ends the dialogue."""
    await keep_unsaid(UnitOfWork(database), member, "мяу")
    dialogue = (await actor_of(database, member.telegram_id)).dialogue
    assert dialogue is not None
    assert (dialogue.step, dialogue.facts) == (UNSAID_STEP, {"text": "мяу"})
    await ask_one(database, member, "мяу")
    assert (await actor_of(database, member.telegram_id)).dialogue is None


async def test_nothing_is_no_question(database: Database, coordinator: Actor, member: Actor):
    """Nor a reply."""
    with pytest.raises(DomainError, match="question_empty"):
        await ask(UnitOfWork(database), member, " \n ", NOW)
    question_id = await ask_one(database, member)
    with pytest.raises(DomainError, match="question_empty"):
        await reply(UnitOfWork(database), coordinator, question_id, " ", NOW)


async def test_the_reply_goes_to_who_asked(database: Database, coordinator: Actor, member: Actor):
    """The coordinator sees by whom and what was asked before she writes."""
    question_id = await ask_one(database, member)
    question = await wait_for_reply(UnitOfWork(database), coordinator, question_id)
    assert (question.asker, question.school, question.question) == (
        member.name,
        member.school,
        "Где парковка?",
    )
    dialogue = (await actor_of(database, coordinator.telegram_id)).dialogue
    assert dialogue is not None
    assert (dialogue.step, dialogue.facts) == (REPLY_STEP, {"question": question_id})
    await reply(UnitOfWork(database), coordinator, question_id, " Во дворе. ", NOW)
    [row] = await stored(database, tables.outbox, tables.outbox.c.kind == Message.REPLY)
    assert (row.person_id, row.question_id, row.due_at) == (member.person_id, question_id, NOW)
    [kept] = await stored(database, tables.questions)
    assert (kept.reply, kept.replied_by, kept.replied_at) == ("Во дворе.", coordinator.person_id, NOW)
    assert (await actor_of(database, coordinator.telegram_id)).dialogue is None


async def test_a_question_is_answered_once(
    database: Database, database_url: str, home: Association, coordinator: Actor, member: Actor
):
    """Of two coordinators who reply at once one is told that she was too late."""
    colleague = await a_coordinator(database, home, "Сидорова Анна Петровна")
    question_id, other = await ask_one(database, member), Database(database_url)
    replies = await asyncio.gather(
        reply(UnitOfWork(database), coordinator, question_id, "Во дворе.", NOW),
        reply(UnitOfWork(other), colleague, question_id, "Нигде.", NOW),
        return_exceptions=True,
    )
    await other.close()
    assert [one.code for one in replies if isinstance(one, DomainError)] == ["question_answered"]
    assert len(await stored(database, tables.outbox, tables.outbox.c.kind == Message.REPLY)) == 1
    with pytest.raises(DomainError, match="question_answered"):
        await wait_for_reply(UnitOfWork(database), colleague, question_id)


async def test_a_question_that_is_gone_or_another_association_s_is_unknown(
    database: Database, coordinator: Actor, member: Actor
):
    """Its number is never given to another question."""
    question_id = await ask_one(database, member)
    stranger = await a_coordinator(database, await an_association(database, "РМО Заречного района"))
    with pytest.raises(DomainError, match="question_unknown"):
        await reply(UnitOfWork(database), stranger, question_id, "Во дворе.", NOW)
    await erase(UnitOfWork(database), member, NOW)
    newer = await ask_one(database, await a_member(database, coordinator.home), "Другое")
    assert newer != question_id
    for doing in (
        wait_for_reply(UnitOfWork(database), coordinator, question_id),
        reply(UnitOfWork(database), coordinator, question_id, "Во дворе.", NOW),
    ):
        with pytest.raises(DomainError, match="question_unknown"):
            await doing
