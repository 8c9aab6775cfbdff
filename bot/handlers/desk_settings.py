"""«Настройки объединения»: seen, asked, previewed, set, taken back."""

from __future__ import annotations

from datetime import datetime, time

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.calendar import next_event
from actions.settings import (
    SETTING_STEP,
    Proposed,
    Set,
    ask_setting,
    asked,
    confirm_setting,
    offer_setting,
    settings,
    take_back_setting,
    write_setting,
)
from bot.filters import HasText, Waits, needs
from bot.views import desk_settings as views
from bot.views.joining import wording
from bot.views.settings_keys import (
    NO,
    NONE,
    YES,
    AskSetting,
    ConfirmSetting,
    PickSetting,
    ShowSettings,
    TakeBackSetting,
)
from bot.views.view import Replies, View, say, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from domain.russian_zones import OFFERED
from domain.settings import Setting, Value, read_minutes, read_years
from storage.unit_of_work import UnitOfWork

router = Router(name="desk_settings")


@router.callback_query(ShowSettings.filter(), flags=needs(Right.DESK))
async def screen(
    callback: CallbackQuery, callback_data: ShowSettings, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What is set."""
    return show(callback, views.screen(callback_data.screen, await settings(uow, actor), now))


@router.callback_query(AskSetting.filter(), flags=needs(Right.DESK, dialogue=True))
async def question(
    callback: CallbackQuery, callback_data: AskSetting, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What is it to be? A value may be pressed or written."""
    what = callback_data.what
    return show(callback, views.question(what, await ask_setting(uow, actor, what), now))


@router.message(Waits(SETTING_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A value in words."""
    outcome = await write_setting(uow, actor, asked(actor), message.text or "", wording, now)
    return say(message, await _shown(outcome, uow, actor, now))


@router.callback_query(PickSetting.filter(), flags=needs(Right.DESK, dialogue=True))
async def picked(
    callback: CallbackQuery, callback_data: PickSetting, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A value by its button."""
    what = callback_data.what
    outcome = await offer_setting(uow, actor, what, _value(what, callback_data.value), wording, now)
    return show(callback, await _shown(outcome, uow, actor, now))


@router.callback_query(ConfirmSetting.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmSetting, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подтвердить»."""
    return show(callback, views.settled(await confirm_setting(uow, actor, callback_data.mark, wording, now)))


@router.callback_query(TakeBackSetting.filter(), flags=needs(Right.DESK, dialogue=True))
async def taken_back(
    callback: CallbackQuery, callback_data: TakeBackSetting, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть как было»."""
    made = await take_back_setting(uow, actor, callback_data.line, wording, now)
    return show(callback, views.taken_back(made))


async def _shown(outcome: Proposed | Set, uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    if isinstance(outcome, Set):
        return views.settled(outcome)
    card = await next_event(uow, actor, now) if outcome.what is Setting.GREETING else None
    return views.preview(outcome, card, actor, now)


def _value(what: Setting, written: str) -> Value:
    """What a button carries. Raises DomainError `stale_button` for made-up data."""
    try:
        match what:
            case Setting.ZONE if written in OFFERED:
                return written
            case Setting.HOUR:
                return time.fromisoformat(written).replace(tzinfo=None).isoformat("minutes")
            case Setting.RETENTION:
                return read_years(written)
            case Setting.BEFORE | Setting.AFTER:
                return read_minutes(written)
            case Setting.FEEDBACK if written in {YES, NO}:
                return written == YES
            case Setting.HOLIDAYS if written == NONE:
                return []
            case Setting.VENUE | Setting.CENTRE | Setting.GREETING | Setting.CONSENT if written == NONE:
                return ""
    except (DomainError, ValueError):
        pass
    raise DomainError("stale_button")
