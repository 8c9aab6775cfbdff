"""«Ближайшее», «План на год», single cards."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_at, acting_where
from actions.calendar import event_card, has_plan, next_event, year_plan
from actions.several import is_in_several, next_among
from bot.filters import Says, needs
from bot.handlers.plan_questions import waiting_views
from bot.views import cards
from bot.views.about_keys import ShowAside
from bot.views.keyboards import ShowEvent, ShowMonth, ShowNext, ShowPast, ShowYearRound
from bot.views.view import Replies, View, follow, say, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right, may
from storage.unit_of_work import UnitOfWork

router = Router(name="calendar")


@router.message(Says("key-next", "next"), flags=needs(Right.LOOK))
async def nearest(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """What comes next."""
    return say(message, await nearest_view(uow, actor, now))


@router.callback_query(ShowNext.filter(), flags=needs(Right.LOOK))
async def turn(
    callback: CallbackQuery, callback_data: ShowNext, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The card before, or after."""
    return show(callback, await nearest_view(uow, actor, now, max(callback_data.offset, 0)))


async def nearest_view(uow: UnitOfWork, actor: Actor, now: datetime, place: int = 0) -> View:
    """The card at a place among the events to come (in all her associations); the first where that place is
    gone."""
    if is_in_several(actor):
        found = await next_among(uow, actor, now, place)
        if found is None and place > 0:
            place, found = 0, await next_among(uow, actor, now, 0)
        if found is not None:
            there, nearest = found
            return cards.card(nearest, there, now, place)
    card = await next_event(uow, actor, now, place)
    if card is None and place > 0:
        place = 0
        card = await next_event(uow, actor, now)
    if card is None:
        planned = may(actor.role, Right.PLAN) and await has_plan(uow, actor, now)
        return cards.nothing_ahead(actor, planned=planned)
    return cards.card(card, actor, now, place)


@router.callback_query(ShowEvent.filter(), flags=needs(Right.LOOK))
async def one(
    callback: CallbackQuery, callback_data: ShowEvent, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The card of one event."""
    try:
        card = await event_card(uow, actor, callback_data.event, now)
    except DomainError:
        actor = await acting_at(uow, actor, callback_data.event)
        card = await event_card(uow, actor, callback_data.event, now)
    return follow(callback, cards.card(card, actor, now))


@router.message(Says("key-plan", "plan"), flags=needs(Right.PLAN))
async def plan(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The plan, beginning with the first month that holds something; a coordinator's that she has not
    finished, if there is one."""
    waiting = await waiting_views(uow, actor, now) if may(actor.role, Right.DESK) else []
    return say(message, await plan_view(uow, actor, now), *waiting)


async def plan_view(
    uow: UnitOfWork, actor: Actor, now: datetime, month: tuple[int, int] | None = None
) -> View:
    """A month of the plan; the first to come for None, and where the month asked for is gone."""
    whole = await year_plan(uow, actor, now)
    if whole.events:
        return cards.month(whole, month if month in whole.months else whole.months[0], actor, now)
    if whole.year_round or whole.past:
        return cards.only_year_round(whole)
    return cards.nothing_ahead(actor, planned=await has_plan(uow, actor, now))


@router.callback_query(ShowMonth.filter(), flags=needs(Right.PLAN))
async def month(
    callback: CallbackQuery, callback_data: ShowMonth, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A month of the plan."""
    asked = (callback_data.year, callback_data.month)
    return show(callback, await plan_view(uow, actor, now, asked))


@router.callback_query(ShowPast.filter(), flags=needs(Right.PLAN))
async def past(
    callback: CallbackQuery, callback_data: ShowPast, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Прошедшие встречи»."""
    whole = await year_plan(uow, actor, now)
    return show(callback, cards.past(whole, callback_data.page, actor, now))


@router.callback_query(ShowAside.filter(), flags=needs(Right.LOOK))
async def aside(
    callback: CallbackQuery, callback_data: ShowAside, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подробнее» under a card."""
    actor = await acting_where(uow, actor, callback_data.event)
    card = await event_card(uow, actor, callback_data.event, now)
    return follow(callback, cards.aside(card, actor, now))


@router.callback_query(ShowYearRound.filter(), flags=needs(Right.PLAN))
async def year_round(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The work of the whole year."""
    plan = await year_plan(uow, actor, now)
    return show(callback, cards.year_round(plan) if plan.year_round else await plan_view(uow, actor, now))
