"""«Напоминания»: how often a person is reminded, her digests, her pause."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.timing import PAUSE_STEP, choose, own_timing, pause, resume, switch_digest
from bot.filters import HasText, Waits, needs
from bot.views import dates
from bot.views import timing as views
from bot.views.cards import today
from bot.views.timing import ChooseReminders, PauseUntil, ShowReminders, SwitchDigest
from bot.views.view import Replies, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import read_moment
from storage.unit_of_work import UnitOfWork

router = Router(name="timing")

_UNTIL = re.compile(r"^\s*до\s+", re.IGNORECASE)


@router.callback_query(ShowReminders.filter(F.screen == "home"), flags=needs(Right.BELONG))
async def home(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """What she chose."""
    return show(callback, views.home(await own_timing(uow, actor, now), actor))


@router.callback_query(ShowReminders.filter(F.screen == "choices"), flags=needs(Right.BELONG))
async def choices(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Как часто»."""
    return show(callback, views.choices(await own_timing(uow, actor, now)))


@router.callback_query(ChooseReminders.filter(), flags=needs(Right.BELONG))
async def chosen(
    callback: CallbackQuery, callback_data: ChooseReminders, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """As all, more, fewer, none."""
    mine = await choose(uow, actor, callback_data.choice, now)
    return show(callback, views.home(mine, actor), t("reminders-saved"))


@router.callback_query(SwitchDigest.filter(), flags=needs(Right.PLAN))
async def digest(
    callback: CallbackQuery, callback_data: SwitchDigest, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A digest, on or off."""
    mine = await switch_digest(uow, actor, callback_data.which, callback_data.to == "on", now)
    return show(callback, views.home(mine, actor), t("reminders-saved"))


@router.callback_query(ShowReminders.filter(F.screen == "pause"), flags=needs(Right.BELONG, dialogue=True))
async def ask_pause(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Пауза до…»: by a button, or in words."""
    await wait_for(uow, actor, PAUSE_STEP)
    return show(callback, views.pausing(today(actor, now)))


@router.callback_query(PauseUntil.filter(), flags=needs(Right.BELONG, dialogue=True))
async def paused(
    callback: CallbackQuery, callback_data: PauseUntil, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A pause, by its button."""
    try:
        until = date.fromisoformat(callback_data.day)
    except ValueError:
        raise DomainError("stale_button") from None
    return show(callback, views.paused(await pause(uow, actor, until, now), actor))


@router.message(Waits(PAUSE_STEP), HasText(), flags=needs(Right.BELONG, dialogue=True))
async def paused_in_words(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A pause, by a day in words: «до 20 января»."""
    day = today(actor, now)
    try:
        until = read_moment(_UNTIL.sub("", message.text or ""), day).first_day
        mine = await pause(uow, actor, until, now)
    except DomainError as error:
        example = dates.day(day + timedelta(days=14), day)
        raise DomainError(error.code, **{**error.facts, "example": example}) from None
    return say(message, views.paused(mine, actor))


@router.callback_query(ShowReminders.filter(F.screen == "resume"), flags=needs(Right.BELONG))
async def resumed(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Снять паузу»."""
    return show(callback, views.home(await resume(uow, actor, now), actor), t("resumed"))
