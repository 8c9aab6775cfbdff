"""«В календарь»: the event as a file."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from actions.acting import acting_where
from actions.snoozing import to_calendar
from bot.context import Context
from bot.filters import needs
from bot.views import calendar_file as views
from bot.views.keyboards import TakeCalendarFile
from bot.views.view import Replies, acknowledge, send_file
from bot.views.words import plain
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
    entry = await to_calendar(uow, actor, callback_data.event, now, context.is_working_day)
    content = views.write(entry, actor, now, bot.id)
    file = send_file(
        callback.from_user.id, content, plain("calendar-file-name"), views.caption(entry, actor, now)
    )
    return [acknowledge(callback), file]
