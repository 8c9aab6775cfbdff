"""«Больше не работает», «Длительный отпуск», and back."""

from __future__ import annotations

import re
from datetime import date, datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.leaving import (
    LEAVE_STEP,
    bring_back,
    mark_away,
    mark_gone,
    open_leave,
    propose_leaving,
    whose_leave,
)
from bot.filters import HasText, Waits, needs
from bot.views import dates
from bot.views import leaving as views
from bot.views.cards import today
from bot.views.people_keys import AskLeave, BringBack, ConfirmLeave, MarkGone, ProposeLeave
from bot.views.view import Replies, say, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import read_moment
from storage.unit_of_work import UnitOfWork

router = Router(name="leaving")

_UNTIL = re.compile(r"^\s*(до|по)\s+", re.IGNORECASE)


@router.callback_query(MarkGone.filter(F.sure == "ask"), flags=needs(Right.DESK, dialogue=True))
async def ask_gone(
    callback: CallbackQuery, callback_data: MarkGone, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Больше не работает»: what that means."""
    return show(callback, views.preview(await propose_leaving(uow, actor, callback_data.person, None, now)))


@router.callback_query(MarkGone.filter(F.sure == "yes"), flags=needs(Right.DESK))
async def gone(
    callback: CallbackQuery, callback_data: MarkGone, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She is in no list any more."""
    return show(callback, views.left(await mark_gone(uow, actor, callback_data.person, now)))


@router.callback_query(AskLeave.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask_leave(
    callback: CallbackQuery, callback_data: AskLeave, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Длительный отпуск»: until when?"""
    member = await open_leave(uow, actor, callback_data.person)
    return show(callback, views.ask_leave(member, today(actor, now)))


@router.callback_query(ProposeLeave.filter(), flags=needs(Right.DESK, dialogue=True))
async def proposed(
    callback: CallbackQuery, callback_data: ProposeLeave, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The end of a leave, by its button."""
    until = _day(callback_data.day)
    return show(callback, views.preview(await propose_leaving(uow, actor, callback_data.person, until, now)))


@router.message(Waits(LEAVE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def proposed_in_words(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The end of a leave in words: «до 1 марта»."""
    day = today(actor, now)
    try:
        until = read_moment(_UNTIL.sub("", message.text or ""), day).first_day
        leaving = await propose_leaving(uow, actor, whose_leave(actor), until, now)
    except DomainError as error:
        example = dates.full_day(day.replace(year=day.year + 1, day=1))
        raise DomainError(error.code, **{**error.facts, "example": example}) from None
    return say(message, views.preview(leaving))


@router.callback_query(ConfirmLeave.filter(), flags=needs(Right.DESK))
async def on_leave(
    callback: CallbackQuery, callback_data: ConfirmLeave, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She is on leave."""
    until = _day(callback_data.day)
    return show(callback, views.left(await mark_away(uow, actor, callback_data.person, until, now)))


@router.callback_query(BringBack.filter(), flags=needs(Right.DESK))
async def is_back(
    callback: CallbackQuery, callback_data: BringBack, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She is back."""
    member, answers = await bring_back(uow, actor, callback_data.person, now)
    return show(callback, views.back(member, answers))


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise DomainError("stale_button") from None
