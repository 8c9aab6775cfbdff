"""«Отложить без дня»: the event waits for its day again, and people are told so."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.naming import name_day, open_event, propose_day
from bot.conflicts import made_or_asked
from bot.filters import needs
from bot.views import putting_off as views
from bot.views.editing_keys import ConfirmPutOff, ProposeMonths, PutOff, months_of
from bot.views.view import Replies, View, show
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="putting_off")


@router.callback_query(PutOff.filter(), flags=needs(Right.DESK, dialogue=True))
async def begun(
    callback: CallbackQuery, callback_data: PutOff, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """In which month will it be? A month in words is understood as well."""
    board = await open_event(uow, actor, callback_data.event, now)
    if not board.event.gathering:
        raise DomainError("stale_button", event_id=callback_data.event)
    return show(callback, views.ask(board.event, actor, now))


@router.callback_query(ProposeMonths.filter(), flags=needs(Right.DESK, dialogue=True))
async def proposed(
    callback: CallbackQuery, callback_data: ProposeMonths, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A month by its button, or «Пока не знаю»."""
    period = _period(callback_data)
    proposal = await propose_day(uow, actor, callback_data.event, period, now)
    return show(callback, views.preview(proposal, actor, now))


@router.callback_query(ConfirmPutOff.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmPutOff, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да, отложить»."""
    event_id, revision, period = callback_data.event, callback_data.revision, _period(callback_data)

    async def made() -> View:
        return views.done(await name_day(uow, actor, event_id, revision, period, now), actor, now)

    async def again() -> View:
        return views.preview(await propose_day(uow, actor, event_id, period, now), actor, now)

    return show(callback, await made_or_asked(made(), again, uow, actor, (event_id, revision), now))


def _period(data: ProposeMonths | ConfirmPutOff) -> Period:
    try:
        return months_of(data.first, data.last)
    except ValueError:
        raise DomainError("stale_button", event_id=data.event) from None
