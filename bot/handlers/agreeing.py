"""«Согласие даю» under another wording of the consent."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.agreeing import agree_anew
from bot.filters import needs
from bot.views import agreeing as views
from bot.views.agreeing import AgreeAnew
from bot.views.joining import formal, wording
from bot.views.view import Replies, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="agreeing")


@router.callback_query(AgreeAnew.filter(), flags=needs(Right.OWN_DATA))
async def agreed(
    callback: CallbackQuery, callback_data: AgreeAnew, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She agrees to the present wording as well; about an earlier one nobody is asked any more."""
    number, version = callback_data.association, callback_data.version
    home, is_present = await agree_anew(uow, actor, number, version, wording, now)
    return show(callback, views.given(home, now) if is_present else views.asked_since(home, formal(actor)))
