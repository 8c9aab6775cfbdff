"""«Написать людям»: to whom, words, preview, «Отправить», «Остановить»."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.broadcasting import (
    BROADCAST_STEP,
    choose_target,
    of_event,
    send_words,
    stop_sending,
    take_words,
    to_choose_from,
    unreached,
)
from actions.calendar import year_plan
from bot.filters import HasText, Waits, needs
from bot.views import broadcasts as views
from bot.views.broadcast_keys import (
    SendToAll,
    ShowUnreached,
    StopSending,
    WriteAboutEvent,
    WriteTo,
    WriteToAll,
    WriteToSome,
)
from bot.views.view import Replies, follow, say, show
from domain.broadcasts import Target, Whom
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="broadcasting")


@router.callback_query(WriteToAll.filter(F.act == "write"), flags=needs(Right.DESK))
async def about_to_write(callback: CallbackQuery) -> Replies:
    """To whom?"""
    return follow(callback, views.ask_whom())


@router.callback_query(WriteAboutEvent.filter(F.event == 0), flags=needs(Right.DESK))
async def choose_event(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«По ответам на встречу»: which one?"""
    plan = await year_plan(uow, actor, now)
    named = [event for event in plan.events if event.gathering and event.period.day_known]
    return show(callback, views.ask_event(named, actor, now))


@router.callback_query(WriteAboutEvent.filter(), flags=needs(Right.DESK))
async def choose_answer(
    callback: CallbackQuery, callback_data: WriteAboutEvent, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """To those who come, or to those who are silent?"""
    coming, silent = await of_event(uow, actor, callback_data.event)
    return follow(callback, views.ask_answer(coming, silent, actor, now))


@router.callback_query(WriteToSome.filter(), flags=needs(Right.DESK))
async def choose_some(
    callback: CallbackQuery, callback_data: WriteToSome, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Одной школе», «Одной группе»: which one?"""
    whom = callback_data.whom
    return show(callback, views.ask_which(whom, await to_choose_from(uow, actor, whom), callback_data.page))


@router.callback_query(WriteTo.filter(), flags=needs(Right.HOST, dialogue=True))
async def chosen(
    callback: CallbackQuery, callback_data: WriteTo, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What she writes next is for these people."""
    about = None if callback_data.whom is Whom.ALL else callback_data.about
    to = await choose_target(uow, actor, Target(callback_data.whom, about))
    return show(callback, views.ask(to, actor, now))


@router.message(Waits(BROADCAST_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The words, or others in their place: the preview."""
    words = await take_words(uow, actor, message.text or "")
    return say(message, *views.preview(words, actor, now))


@router.callback_query(SendToAll.filter(), flags=needs(Right.HOST, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: SendToAll, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отправить»; pressed twice, it sends nothing more. The message that was pressed counts up."""
    pressed = callback.message
    counter = pressed.message_id if pressed is not None else None
    try:
        progress = await send_words(uow, actor, callback_data.mark, counter, now)
    except DomainError as error:
        if error.code != "broadcast_gone":
            raise
        return show(callback, views.gone(actor))
    return show(callback, views.progress(progress))


@router.callback_query(StopSending.filter(), flags=needs(Right.HOST))
async def stopped(
    callback: CallbackQuery, callback_data: StopSending, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Остановить»: how many have it."""
    return show(callback, views.progress(await stop_sending(uow, actor, callback_data.broadcast, now)))


@router.callback_query(ShowUnreached.filter(), flags=needs(Right.DESK))
async def whom_to_call(
    callback: CallbackQuery, callback_data: ShowUnreached, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Кому позвонить»."""
    return follow(callback, views.unreached(await unreached(uow, actor, callback_data.broadcast)))


@router.callback_query(WriteToAll.filter(F.act == "drop"), flags=needs(Right.HOST))
async def dropped(callback: CallbackQuery) -> Replies:
    """«Отменить»: with the dialogue the words are forgotten."""
    return show(callback, views.dropped())
