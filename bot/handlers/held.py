"""«Состоялось?»"""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from actions.holding import say_held
from actions.naming import open_event
from actions.together import plan_rows
from bot.filters import needs
from bot.views import desk, together
from bot.views.cards import today
from bot.views.notice_keys import SayHeld
from bot.views.view import Replies, show
from domain.records import Actor, Status
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="held")


@router.callback_query(SayHeld.filter(F.said == "moved"), flags=needs(Right.DESK, dialogue=True))
async def moved(
    callback: CallbackQuery, callback_data: SayHeld, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Перенесли»: to which day? What was said before is taken back."""
    await say_held(uow, actor, callback_data.event, Status.PLANNED, now)
    board = await open_event(uow, actor, callback_data.event, now)
    return show(callback, desk.board(board, actor.home, today(actor, now)))


@router.callback_query(SayHeld.filter(), flags=needs(Right.DESK))
async def said(
    callback: CallbackQuery, callback_data: SayHeld, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да» or «Не состоялось»; the other one takes it back."""
    status = Status.HELD if callback_data.said == "yes" else Status.NOT_HELD
    event = await say_held(uow, actor, callback_data.event, status, now)
    rows = await plan_rows(uow, actor, event.id) if status is Status.HELD else []
    return show(callback, together.held(event, rows, actor, now))
