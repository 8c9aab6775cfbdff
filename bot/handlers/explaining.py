"""«Почему мне это пришло?» under a message."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.explaining import explain
from bot.filters import needs
from bot.views import why
from bot.views.notice_keys import AskWhy
from bot.views.view import Replies, View, follow
from bot.views.words import t
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="explaining")


@router.callback_query(AskWhy.filter(), flags=needs(Right.LOOK, dialogue=True))
async def asked(
    callback: CallbackQuery, callback_data: AskWhy, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Of the newest message about that event."""
    return follow(callback, await why_view(uow, actor, now, callback_data.event))


async def why_view(uow: UnitOfWork, actor: Actor, now: datetime, event_id: int | None = None) -> View:
    """What she got last, of an event or of everything, and why."""
    told = await explain(uow, actor, event_id)
    if told is None:
        return View(t("why-nothing"))
    return View(why.text(told, now, newest=event_id is None))
