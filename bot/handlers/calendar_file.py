"""«В календарь» and «Весь календарь»: events as a file, or by a link that a calendar follows."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from actions.acting import acting_where
from actions.own_calendar import link_code, new_link_code, to_calendar, whole_calendar
from bot.context import Context
from bot.filters import needs
from bot.views import calendar_file as views
from bot.views.calendar_keys import RenewFeed, ShowCalendar, ShowFeed, TakeWholeCalendar
from bot.views.keyboards import TakeCalendarFile
from bot.views.view import Replies, acknowledge, follow, send_file, show
from bot.views.words import plain, t
from bot.web.calendar_feed import link_to
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="calendar_file")


@router.callback_query(TakeCalendarFile.filter(), flags=needs(Right.LOOK))
async def take(
    callback: CallbackQuery,
    callback_data: TakeCalendarFile,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
    bot: Bot,
) -> Replies:
    """The file, and what to do with it."""
    actor = await acting_where(uow, actor, callback_data.event)
    calendar = await to_calendar(uow, actor, callback_data.event)
    content = await views.write_file(calendar, now, bot.id, context.is_working_day)
    [noted] = calendar.noted
    file = send_file(
        callback.from_user.id, content, plain("calendar-file-name"), views.caption(noted.event, actor, now)
    )
    return [acknowledge(callback), file]


@router.callback_query(ShowCalendar.filter(), flags=needs(Right.PLAN))
async def choose(
    callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime, context: Context, bot: Bot
) -> Replies:
    """«Весь календарь»: the file, or how to get there; the file at once where there is no other way."""
    if context.web_url:
        return show(callback, views.choice(actor, now))
    return await _whole_as_file(callback, uow, actor, now, context, bot)


@router.callback_query(TakeWholeCalendar.filter(), flags=needs(Right.PLAN))
async def take_all(
    callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime, context: Context, bot: Bot
) -> Replies:
    """The whole year as a file."""
    return await _whole_as_file(callback, uow, actor, now, context, bot)


@router.callback_query(ShowFeed.filter(), flags=needs(Right.PLAN))
async def subscribe(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, context: Context) -> Replies:
    """«Подписаться»: her own link."""
    _check_reachable(context)
    return show(callback, views.feed(link_to(context.web_url, await link_code(uow, actor))))


@router.callback_query(RenewFeed.filter(F.sure == "ask"), flags=needs(Right.PLAN))
async def ask_renew(callback: CallbackQuery, context: Context) -> Replies:
    """«Новая ссылка»: what that means."""
    _check_reachable(context)
    return show(callback, views.sure_to_renew())


@router.callback_query(RenewFeed.filter(F.sure == "yes"), flags=needs(Right.PLAN))
async def renew(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, context: Context) -> Replies:
    """The link that was there leads nowhere any more."""
    _check_reachable(context)
    code = await new_link_code(uow, actor)
    return show(callback, views.feed(link_to(context.web_url, code)), t("calendar-feed-renewed"))


def _check_reachable(context: Context) -> None:
    """Raises DomainError `stale_button` where nothing from outside gets to the bot (any more)."""
    if not context.web_url:
        raise DomainError("stale_button")


async def _whole_as_file(
    callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime, context: Context, bot: Bot
) -> Replies:
    calendar = await whole_calendar(uow, actor, now)
    if not calendar.noted:
        return follow(callback, views.nothing_to_note())
    content = await views.write_file(calendar, now, bot.id, context.is_working_day)
    name = plain("calendar-year-file-name")
    file = send_file(callback.from_user.id, content, name, views.caption_of_all(calendar))
    return [acknowledge(callback), file]
