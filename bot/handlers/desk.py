"""«Руководителю»: the first screen, and the way to who comes."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.calendar import has_plan, next_event, year_plan
from actions.naming import open_due_board, without_day
from actions.reports import time_to_write_up
from actions.rolling_over import to_carry_over
from bot.filters import Says, needs
from bot.handlers.plan_questions import waiting_views
from bot.views import desk as views
from bot.views import desk_more
from bot.views.cards import today
from bot.views.keyboards import ShowDesk
from bot.views.view import Replies, View, follow, say, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="desk")


@router.message(Says("key-desk", "desk"), flags=needs(Right.DESK))
async def home(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A plan that was not finished comes first, and the next month's board, once it is time to name its days;
    then the first screen."""
    board = await open_due_board(uow, actor, now)
    first = [] if board is None else [views.board(board, actor.home, today(actor, now))]
    return say(message, *await waiting_views(uow, actor, now), *first, await _first_screen(uow, actor, now))


@router.callback_query(ShowDesk.filter(F.screen == "home"), flags=needs(Right.DESK))
async def back_home(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The first screen once more."""
    return show(callback, await _first_screen(uow, actor, now))


@router.callback_query(ShowDesk.filter(F.screen == "more"), flags=needs(Right.DESK))
async def more(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Ещё»: what is wanted now and then."""
    return follow(callback, await rarer(uow, actor, now))


@router.callback_query(ShowDesk.filter(F.screen == "who"), flags=needs(Right.DESK))
async def choose(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """For which event the list is wanted."""
    return follow(callback, await to_choose(uow, actor, now))


async def to_choose(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """The events that people answer, and the tasks."""
    return views.choose_event(await year_plan(uow, actor, now), actor, now)


async def rarer(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """«Ещё», with the way to the next year's plan while there are days to name as well."""
    written_up = time_to_write_up(actor.home, now)
    crowded = written_up and await without_day(uow, actor, now)
    carried = await to_carry_over(uow, actor, now) if crowded else None
    return desk_more.more(written_up=written_up, carried=carried)


async def _first_screen(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """On it the nearest event is a tap away."""
    unnamed = await without_day(uow, actor, now)
    planned = bool(unnamed) or await has_plan(uow, actor, now)
    nearest = await next_event(uow, actor, now)
    event = None if nearest is None else nearest.event
    carried = await to_carry_over(uow, actor, now)
    return views.home(unnamed, event, actor, now, planned=planned, carried=carried)
