"""«Помощь», questions to the coordinator and their replies."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.asking import ASK_STEP, REPLY_STEP, UNSAID_STEP, ask, reply, wait_for_reply
from bot.filters import HasText, Says, Waits, needs
from bot.views import desk, keyboards
from bot.views.keyboards import PassQuestion, ReplyTo
from bot.views.view import Replies, View, follow, say
from bot.views.words import clip, t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right, Role, may
from storage.unit_of_work import UnitOfWork

router = Router(name="asking")


@router.message(Says("key-help", "help"), flags=needs(Right.KNOCK))
async def helped(message: Message, actor: Actor | None) -> Replies:
    """«Помощь»."""
    if actor is None or actor.role is Role.LEFT:
        return say(message, View(t("help-stranger")))
    if actor.role is Role.JOINING:
        raise DomainError("finish_joining")
    if actor.role is Role.WAITING:
        raise DomainError("request_waits")
    return say(message, help_view(actor))


def help_view(actor: Actor) -> View:
    """What she can ask, and the way to a person; a coordinator is that person herself."""
    if actor.role is Role.METHODIST:
        return View(t("help-methodist"), keyboards.main(actor))
    if may(actor.role, Right.DESK):
        return View(t("help-coordinator"), keyboards.main(actor))
    key = "help" if may(actor.role, Right.PLAN) else "help-guest"
    return View(t(key), keyboards.pass_question("next"))


@router.callback_query(PassQuestion.filter(), flags=needs(Right.ASK, dialogue=True))
async def passed(
    callback: CallbackQuery, callback_data: PassQuestion, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Передать руководителю»: what was not understood goes as it is, or what comes next."""
    if callback_data.what == "next":
        await wait_for(uow, actor, ASK_STEP)
        return follow(callback, View(t("ask-question")))
    unsaid = actor.asked(UNSAID_STEP).get("text")
    if not isinstance(unsaid, str):  # pressed twice, or long ago
        return follow(callback, View(t("question-gone"), keyboards.pass_question("next")))
    return follow(callback, _passed(unsaid, await ask(uow, actor, unsaid, now)))


@router.message(Waits(ASK_STEP), HasText(), flags=needs(Right.ASK, dialogue=True))
async def asked(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A question in words."""
    text = message.text or ""
    return say(message, _passed(text, await ask(uow, actor, text, now)))


@router.callback_query(ReplyTo.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_reply(
    callback: CallbackQuery, callback_data: ReplyTo, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Ответить»."""
    question = await wait_for_reply(uow, actor, callback_data.question)
    return follow(callback, desk.ask_reply(question.asker))


@router.message(Waits(REPLY_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def replied(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The coordinator's reply in words."""
    question_id = actor.asked(REPLY_STEP).get("question")
    if not isinstance(question_id, int):
        raise DomainError("question_unknown")
    await reply(uow, actor, question_id, message.text or "", now)
    return say(message, View(t("reply-passed")))


def _passed(text: str, coordinators: int) -> View:
    key = "question-passed" if coordinators else "question-passed-to-nobody"
    return View(t(key, question=clip(text, 200)))
