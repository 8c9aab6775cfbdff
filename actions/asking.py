"""A member's question to the coordinator, and the reply."""

from datetime import datetime

from domain.errors import DomainError
from domain.records import Actor, Question
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork

ASK_STEP = "ask"
REPLY_STEP = "reply"
# What was not understood is kept, so that it can be passed on as it is.
UNSAID_STEP = "unsaid"


async def keep_unsaid(uow: UnitOfWork, actor: Actor, text: str) -> None:
    """Keeps words that were not understood until she decides whether they go to the coordinator."""
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, UNSAID_STEP, text=text)
        await uow.commit()


async def ask(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> int:
    """Passes words to the coordinators through the outbox; returns how many of them there are.

    Raises DomainError `question_empty`.
    """
    text = text.strip()
    if not text:
        raise DomainError("question_empty")
    async with uow as rows:
        question_id = await rows.association(actor.home.id).questions.add(actor.person_id, text, now)
        reached = await rows.mailing.tell_coordinators(
            actor.home.id, Message.QUESTION, question_id=question_id, due_at=now
        )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return reached


async def wait_for_reply(uow: UnitOfWork, actor: Actor, question_id: int) -> Question:
    """What the coordinator writes next is the reply.

    Raises DomainError `question_unknown`, `question_answered`.
    """
    async with uow as rows:
        question = await rows.association(actor.home.id).questions.get(question_id)
        if question is None:
            raise DomainError("question_unknown")
        if question.reply is not None:
            raise DomainError("question_answered")
        await rows.people.wait_for(actor.person_id, REPLY_STEP, question=question_id)
        await uow.commit()
    return question


async def reply(uow: UnitOfWork, actor: Actor, question_id: int, text: str, now: datetime) -> Question:
    """Passes the reply to who asked. Raises DomainError `question_unknown`, `question_answered`,
    `question_empty`."""
    text = text.strip()
    if not text:
        raise DomainError("question_empty")
    async with uow as rows:
        questions = rows.association(actor.home.id).questions
        question = await questions.get(question_id)
        if question is None:
            raise DomainError("question_unknown")
        if not await questions.set_reply(question_id, text, actor.person_id, now):
            raise DomainError("question_answered")
        await rows.mailing.tell_one(
            actor.home.id,
            question.person_id,
            Message.REPLY,
            question_id=question_id,
            lead=Message.REPLY,
            due_at=now,
        )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return question
