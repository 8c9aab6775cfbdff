"""After «Не смогу»: what was in the way, and who comes in her place."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_where
from actions.declining import (
    ASKED_STEP,
    REASON_STEP,
    SUBSTITUTE_STEP,
    give_reason,
    name_substitute,
    open_reason,
    open_substitute,
    still_asked,
)
from bot.filters import HasText, Waits, needs
from bot.understanding import Kind, NotUnderstood, WantsAnswer, Words, understand
from bot.views import declining as views
from bot.views.answers_keys import AskSubstitute, GiveReason, NameSubstitute
from bot.views.cards import today
from bot.views.view import Replies, say, show
from domain.records import Actor, Answer
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="declining")


@router.callback_query(GiveReason.filter(F.what == "words"), flags=needs(Right.ANSWER, dialogue=True))
async def ask_words(
    callback: CallbackQuery, callback_data: GiveReason, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Другое – напишу»."""
    actor = await acting_where(uow, actor, callback_data.event)
    return show(callback, views.ask_words(await open_reason(uow, actor, callback_data.event)))


@router.callback_query(GiveReason.filter(), flags=needs(Right.ANSWER))
async def reason_chosen(
    callback: CallbackQuery, callback_data: GiveReason, uow: UnitOfWork, actor: Actor
) -> Replies:
    """A reason by a button, or «Не скажу», which takes it back."""
    actor = await acting_where(uow, actor, callback_data.event)
    reason = "" if callback_data.what == "untold" else callback_data.what
    return show(callback, views.noted(await give_reason(uow, actor, callback_data.event, reason)))


class TellsWhy(Filter):
    """Words that are neither a question nor another answer, soon after she was asked: people write the reason
    without pressing «Другое – напишу» first."""

    async def __call__(self, message: Message, actor: Actor, now: datetime, said_at: datetime) -> bool:
        if not still_asked(actor, said_at):
            return False
        text = message.text or ""
        meant = understand(text, today(actor, now))
        if isinstance(meant, WantsAnswer):
            return meant.answer is Answer.DECLINED
        return isinstance(meant, Kind | Words | NotUnderstood) and "?" not in text


@router.message(Waits(ASKED_STEP), HasText(), TellsWhy(), flags=needs(Right.ANSWER, dialogue=True))
@router.message(Waits(REASON_STEP), HasText(), flags=needs(Right.ANSWER, dialogue=True))
async def reason_written(message: Message, uow: UnitOfWork, actor: Actor) -> Replies:
    """Her own words."""
    event_id = actor.asked_event
    actor = await acting_where(uow, actor, event_id)
    return say(message, views.noted(await give_reason(uow, actor, event_id, message.text or "")))


@router.callback_query(AskSubstitute.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def ask_substitute(
    callback: CallbackQuery, callback_data: AskSubstitute, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«За меня придёт коллега»."""
    actor = await acting_where(uow, actor, callback_data.event)
    declined, colleagues = await open_substitute(uow, actor, callback_data.event, now)
    return show(callback, views.choose_substitute(declined, colleagues, actor, now))


@router.callback_query(NameSubstitute.filter(), flags=needs(Right.ANSWER))
async def substitute_chosen(
    callback: CallbackQuery, callback_data: NameSubstitute, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A colleague, or nobody."""
    actor = await acting_where(uow, actor, callback_data.event)
    who = callback_data.person or None
    return show(callback, views.substituted(await name_substitute(uow, actor, callback_data.event, who, now)))


@router.message(Waits(SUBSTITUTE_STEP), HasText(), flags=needs(Right.ANSWER, dialogue=True))
async def substitute_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Somebody by name."""
    event_id = actor.asked_event
    actor = await acting_where(uow, actor, event_id)
    return say(
        message, views.substituted(await name_substitute(uow, actor, event_id, message.text or "", now))
    )
