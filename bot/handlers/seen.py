"""«Вижу» under a change at short notice."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.acting import acting_at
from actions.changing import mark_seen
from bot.filters import needs
from bot.views import notice_keys
from bot.views.notice_keys import SaySeen
from bot.views.view import Replies, show_keyboard
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="seen")


@router.callback_query(SaySeen.filter(), flags=needs(Right.ANSWER))
async def seen(
    callback: CallbackQuery, callback_data: SaySeen, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She has read it: the button goes, those for answers stay."""
    try:
        event = await mark_seen(uow, actor, callback_data.event, callback_data.revision, now)
    except DomainError as error:
        if error.code != "event_unknown":
            raise
        actor = await acting_at(uow, actor, callback_data.event)
        event = await mark_seen(uow, actor, callback_data.event, callback_data.revision, now)
    asks = event.takes_answers(now)
    keyboard = notice_keys.change(event, takes_answers=asks, to_be_seen=False)
    return show_keyboard(callback, keyboard, t("seen-thanks"))
