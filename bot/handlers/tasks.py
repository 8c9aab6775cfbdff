"""Tasks: whom they are given to, «Готово», who has not done them."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.acting import acting_at
from actions.calendar import find_event
from actions.tasks import assignees, choose_people, finish, save_people
from bot.filters import needs
from bot.views import tasks as views
from bot.views.notice_keys import SayFinished
from bot.views.task_keys import (
    ChooseEverybody,
    ChoosePeople,
    SavePeople,
    SayUnfinished,
    ShowUnfinished,
    TogglePerson,
)
from bot.views.view import Replies, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="tasks")


@router.callback_query(ChoosePeople.filter(), flags=needs(Right.DESK, dialogue=True))
async def choose(
    callback: CallbackQuery, callback_data: ChoosePeople, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Кому поручить», and the pages of it."""
    choosing = await choose_people(uow, actor, callback_data.event, now)
    return show(callback, views.choose(choosing, callback_data.page, actor, now))


@router.callback_query(TogglePerson.filter(), flags=needs(Right.DESK, dialogue=True))
async def toggled(
    callback: CallbackQuery, callback_data: TogglePerson, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A member, chosen or not any more."""
    choosing = await choose_people(uow, actor, callback_data.event, now, toggled=callback_data.person)
    return show(callback, views.choose(choosing, callback_data.page, actor, now))


@router.callback_query(ChooseEverybody.filter(), flags=needs(Right.DESK, dialogue=True))
async def everybody(
    callback: CallbackQuery, callback_data: ChooseEverybody, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Поручить всем»."""
    choosing = await choose_people(uow, actor, callback_data.event, now, everybody=True)
    return show(callback, views.choose(choosing, 0, actor, now))


@router.callback_query(SavePeople.filter(), flags=needs(Right.DESK, dialogue=True))
async def saved(
    callback: CallbackQuery, callback_data: SavePeople, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Сохранить»: those who are new to it are told."""
    return show(callback, views.saved(await save_people(uow, actor, callback_data.event, now)))


@router.callback_query(ShowUnfinished.filter(), flags=needs(Right.DESK))
async def who_is_left(
    callback: CallbackQuery, callback_data: ShowUnfinished, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Кто ещё не сделал»."""
    return show(callback, views.assignees(await assignees(uow, actor, callback_data.event), actor, now))


@router.callback_query(SayFinished.filter(), flags=needs(Right.ANSWER))
async def finished(
    callback: CallbackQuery, callback_data: SayFinished, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Готово»."""
    actor = await _where_it_is_known(uow, actor, callback_data.event)
    return show(callback, views.finished(await finish(uow, actor, callback_data.event, now, done=True)))


@router.callback_query(SayUnfinished.filter(), flags=needs(Right.ANSWER))
async def unfinished(
    callback: CallbackQuery, callback_data: SayUnfinished, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Ещё не готово»."""
    actor = await _where_it_is_known(uow, actor, callback_data.event)
    mine = await finish(uow, actor, callback_data.event, now, done=False)
    return show(callback, views.unfinished(mine, actor, now))


async def _where_it_is_known(uow: UnitOfWork, actor: Actor, event_id: int) -> Actor:
    """She as a member of the association that has the task, be it another one than she acts in."""
    try:
        await find_event(uow, actor, event_id)
    except DomainError:
        return await acting_at(uow, actor, event_id)
    return actor
