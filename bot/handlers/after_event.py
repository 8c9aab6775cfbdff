"""After an event: «Удалось прийти?», «Прочитано», a word about it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_where
from actions.after_event import (
    OPINION_STEP,
    give_opinion,
    open_opinion,
    say_attended,
    say_read,
    take_opinion_back,
)
from bot.filters import HasText, Waits, needs
from bot.views import after_event as views
from bot.views.after_keys import RemoveOpinion, SayAttended, SayRead, WriteOpinion
from bot.views.view import Replies, say, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="after_event")


@router.callback_query(SayAttended.filter(), flags=needs(Right.ANSWER))
async def attended(
    callback: CallbackQuery, callback_data: SayAttended, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да» or «Не получилось»; the other one takes it back."""
    actor = await acting_where(uow, actor, callback_data.event)
    came = callback_data.said == "yes"
    told = await say_attended(uow, actor, callback_data.event, came=came, now=now)
    return show(callback, views.attended(told, actor, now))


@router.callback_query(SayRead.filter(), flags=needs(Right.ANSWER))
async def read(
    callback: CallbackQuery, callback_data: SayRead, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Прочитано», or not after all."""
    actor = await acting_where(uow, actor, callback_data.event)
    done = callback_data.said == "yes"
    event = await say_read(uow, actor, callback_data.event, read=done, now=now)
    return show(callback, views.read(event, actor, now, done=done))


@router.callback_query(WriteOpinion.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def about_to_write(
    callback: CallbackQuery, callback_data: WriteOpinion, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Написать отзыв»."""
    actor = await acting_where(uow, actor, callback_data.event)
    event = await open_opinion(uow, actor, callback_data.event, now)
    return show(callback, views.ask_words(event, actor, now))


@router.message(Waits(OPINION_STEP), HasText(), flags=needs(Right.ANSWER, dialogue=True))
async def opinion_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Her words."""
    event_id = actor.asked_event
    actor = await acting_where(uow, actor, event_id)
    event = await give_opinion(uow, actor, event_id, message.text or "", now)
    return say(message, views.given(event, actor, now))


@router.callback_query(RemoveOpinion.filter(), flags=needs(Right.ANSWER))
async def opinion_removed(
    callback: CallbackQuery, callback_data: RemoveOpinion, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать отзыв»."""
    actor = await acting_where(uow, actor, callback_data.event)
    event = await take_opinion_back(uow, actor, callback_data.event)
    return show(callback, views.removed(event, actor, now))
