"""«Я на месте» and the code word, for everybody who comes. (A code that is scanned or typed: see joining.)"""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_at, acting_where
from actions.check_in import SAY_WORD_STEP, ask_word, say_here, say_word
from bot.filters import HasText, Waits, needs
from bot.views import cards
from bot.views import checking_in as views
from bot.views.checkin_keys import CheckIn, SayWord
from bot.views.view import Replies, follow, say, send, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="checking_in")


@router.callback_query(CheckIn.filter(), flags=needs(Right.ANSWER))
async def here(
    callback: CallbackQuery, callback_data: CheckIn, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Я на месте», on a card or under a reminder; the card anew takes its place. (Telegram does not say when
    a button was pressed.)"""
    try:
        there, (done, card) = actor, await say_here(uow, actor, callback_data.event, now)
    except DomainError as error:
        if error.code != "event_unknown":
            raise
        there = await acting_at(uow, actor, callback_data.event)
        done, card = await say_here(uow, there, callback_data.event, now)
    said = send(callback.from_user.id, views.checked_in(done, there))
    return [*show(callback, cards.card(card, there, now)), said]


@router.callback_query(SayWord.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def word(
    callback: CallbackQuery, callback_data: SayWord, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Назвать слово»: which was it?"""
    there = await acting_where(uow, actor, callback_data.event)
    return follow(callback, views.ask_word(await ask_word(uow, there, callback_data.event, now)))


@router.message(Waits(SAY_WORD_STEP), HasText(), flags=needs(Right.ANSWER, dialogue=True))
async def said(message: Message, uow: UnitOfWork, actor: Actor, said_at: datetime) -> Replies:
    """The word."""
    event_id = actor.asked_event
    there = await acting_where(uow, actor, event_id)
    return say(
        message,
        views.checked_in(await say_word(uow, there, event_id, message.text or "", said_at), actor),
    )
