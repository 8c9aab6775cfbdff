"""«Позвоните»: the list, answers entered for somebody, people added by hand."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.calling import ADD_STEP, add_person, answer_for, call_list
from bot.filters import HasText, Waits, needs
from bot.views import calling as views
from bot.views.calling import AddPerson, EnterAnswer
from bot.views.notice_keys import ShowCallList
from bot.views.view import Replies, follow, say, show
from bot.views.words import t, without_markup
from domain.records import Actor, Answer
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="calling")


@router.callback_query(ShowCallList.filter(F.page > 0), flags=needs(Right.DESK))
async def turn(
    callback: CallbackQuery, callback_data: ShowCallList, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Another page of the list."""
    listed = await call_list(uow, actor, callback_data.event or None, now)
    if listed is None:
        return show(callback, views.no_event())
    return show(callback, views.call_list(listed, callback_data.page, actor, now))


@router.callback_query(ShowCallList.filter(), flags=needs(Right.DESK))
async def open_list(
    callback: CallbackQuery, callback_data: ShowCallList, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The list of one event; of the nearest one out of «Ещё»."""
    listed = await call_list(uow, actor, callback_data.event or None, now)
    if listed is None:
        return follow(callback, views.no_event())
    return follow(callback, views.call_list(listed, 0, actor, now))


@router.callback_query(EnterAnswer.filter(), flags=needs(Right.DESK))
async def entered(
    callback: CallbackQuery, callback_data: EnterAnswer, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What somebody said on the telephone."""
    given = Answer(callback_data.answer)
    listed = await answer_for(uow, actor, callback_data.event, callback_data.person, given, now)
    return show(callback, views.call_list(listed, callback_data.page, actor, now), t("call-entered"))


@router.callback_query(AddPerson.filter(F.sure == "ask"), flags=needs(Right.DESK))
async def ask_consent(callback: CallbackQuery) -> Replies:
    """«Добавить человека»: has she agreed?"""
    return follow(callback, views.ask_consent())


@router.callback_query(AddPerson.filter(F.sure == "yes"), flags=needs(Right.DESK, dialogue=True))
async def ask_person(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Согласие получено»: now she is written down."""
    await wait_for(uow, actor, ADD_STEP)
    return follow(callback, views.ask_person())


@router.message(Waits(ADD_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def added(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Фамилия Имя Отчество, школа, телефон»."""
    wording = without_markup(t("add-person-consent"))
    return say(message, views.added(await add_person(uow, actor, message.text or "", wording, now)))
