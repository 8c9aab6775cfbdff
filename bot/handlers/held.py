"""«Состоялось?»"""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from actions.holding import say_held
from actions.naming import open_event
from actions.roll_call import roll_call
from actions.undoing import changes_since
from bot.filters import needs
from bot.views import desk, events, journal, together
from bot.views.cards import today
from bot.views.notice_keys import Said, SayHeld, SureHeld
from bot.views.view import Replies, View, show
from domain.errors import DomainError
from domain.records import Actor, Status
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="held")

# «Перенесли» takes back what was said before.
_STATUS: dict[Said, Status] = {"yes": Status.HELD, "no": Status.NOT_HELD, "moved": Status.PLANNED}


@router.callback_query(SayHeld.filter(F.said == "moved"), flags=needs(Right.DESK, dialogue=True))
async def moved(
    callback: CallbackQuery, callback_data: SayHeld, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Перенесли»: to which day?"""
    return show(callback, await _noted(uow, actor, callback_data.event, "moved", now))


@router.callback_query(SayHeld.filter(), flags=needs(Right.DESK))
async def said(
    callback: CallbackQuery, callback_data: SayHeld, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да» or «Не состоялось»; the other one takes it back."""
    return show(callback, await _noted(uow, actor, callback_data.event, callback_data.said, now))


@router.callback_query(SureHeld.filter(), flags=needs(Right.DESK, dialogue=True))
async def said_even_so(
    callback: CallbackQuery, callback_data: SureHeld, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The same, though another coordinator said otherwise and she was shown it."""
    event_id, what, knowing = callback_data.event, callback_data.said, callback_data.revision
    return show(callback, await _noted(uow, actor, event_id, what, now, knowing))


async def _noted(
    uow: UnitOfWork, actor: Actor, event_id: int, said: Said, now: datetime, knowing: int | None = None
) -> View:
    """What is noted now; or, where another coordinator said otherwise, what she said, and the question."""
    try:
        event = await say_held(uow, actor, event_id, _STATUS[said], now, knowing=knowing)
    except DomainError as error:
        if error.code != "held_otherwise":
            raise
        event, lines = await changes_since(uow, actor, event_id, int(str(error.facts["before"])))
        return journal.meanwhile(event, lines, events.sure_held(event, said, actor, now), actor, now)
    if said == "moved":
        board = await open_event(uow, actor, event_id, now)
        return desk.board(board, actor.home, today(actor, now))
    # Who said afterwards that she had been there is to be confirmed, whatever is pressed first.
    asks = said == "yes" and event.period.day_known
    roll = (await roll_call(uow, actor, event_id, now)).roll if asks else None
    return together.held(event, actor, now, roll)
