"""«Напомнить позже» under a reminder. The reminder stays as it is: its other buttons are wanted yet."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.acting import acting_where
from actions.snoozing import offer_later, remind_later
from bot.filters import needs
from bot.views import snoozing as views
from bot.views.notice_keys import AskLater, RemindLater
from bot.views.view import Replies, follow, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="snoozing")


@router.callback_query(AskLater.filter(), flags=needs(Right.ANSWER))
async def ask(
    callback: CallbackQuery, callback_data: AskLater, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """When?"""
    actor = await acting_where(uow, actor, callback_data.event)
    moments = await offer_later(uow, actor, callback_data.event, now)
    return follow(callback, views.offered(callback_data.event, moments))


@router.callback_query(RemindLater.filter(), flags=needs(Right.ANSWER))
async def promised(
    callback: CallbackQuery, callback_data: RemindLater, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A moment is chosen; one that has passed in the meantime gives way to those that are left."""
    event_id = callback_data.event
    actor = await acting_where(uow, actor, event_id)
    at = await remind_later(uow, actor, event_id, callback_data.when, now)
    if at is not None:
        return show(callback, views.promised(at, actor, now))
    moments = await offer_later(uow, actor, event_id, now)
    return show(callback, views.missed(event_id, moments))
