"""«Бумаги» of an event, for who runs it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.calendar import run_event
from bot.filters import needs
from bot.views import papers as views
from bot.views.paper_keys import ShowPapers
from bot.views.view import Replies, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="papers")


@router.callback_query(ShowPapers.filter(), flags=needs(Right.HOST))
async def papers(
    callback: CallbackQuery, callback_data: ShowPapers, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Бумаги»."""
    event = await run_event(uow, actor, callback_data.event)
    return show(callback, views.papers(event, actor, now))
