"""«Мои объединения»: those that she is in and those that she oversees; the latter's plans, cards, numbers."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.overseeing import act_in, homes, overseen_card, overseen_fulfilment, overseen_plan
from bot.filters import Oversees, Says, needs
from bot.views import overseeing as views
from bot.views.overseeing_keys import (
    ActIn,
    ShowFulfilment,
    ShowHomes,
    ShowOverseen,
    ShowOverseenMonth,
    ShowOverseenPlan,
    TakeOverview,
)
from bot.views.view import Replies, acknowledge, follow, say, send_file, show
from bot.views.words import plain, t
from domain.records import Actor
from domain.roles import Right, Role
from storage.unit_of_work import UnitOfWork

router = Router(name="overseeing")


@router.message(Says("key-next", "next"), Oversees(), flags=needs(Right.OVERSEE))
@router.message(Says("key-homes", "homes"), flags=needs(Right.OWN_DATA))
async def all_homes(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Мои объединения»; for a methodist they hold what comes next."""
    return say(message, views.homes(await homes(uow, actor, now), 0, actor, now))


@router.callback_query(ShowHomes.filter(), flags=needs(Right.OWN_DATA))
async def page_of_homes(
    callback: CallbackQuery, callback_data: ShowHomes, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A page of them."""
    return show(callback, views.homes(await homes(uow, actor, now), callback_data.page, actor, now))


@router.callback_query(ActIn.filter(), flags=needs(Right.OWN_DATA))
async def moved(callback: CallbackQuery, callback_data: ActIn, uow: UnitOfWork, actor: Actor) -> Replies:
    """She acts in another one from now on."""
    return follow(callback, views.moved(await act_in(uow, actor, callback_data.association)))


@router.message(Says("key-plan", "plan"), Oversees(), flags=needs(Right.OVERSEE))
async def plan(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«План на год» of the association that she opened last."""
    home, whole = await overseen_plan(uow, actor, actor.home.id, now)
    return say(message, views.plan(home, whole, None, now))


@router.callback_query(ShowOverseenPlan.filter(), flags=needs(Right.OVERSEE))
async def opened(
    callback: CallbackQuery, callback_data: ShowOverseenPlan, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One association: its plan, from the present month on. «План на год» is of this one then."""
    if actor.role is Role.METHODIST and actor.home.id != callback_data.association:
        actor = await act_in(uow, actor, callback_data.association)
    home, whole = await overseen_plan(uow, actor, callback_data.association, now)
    return show(callback, views.plan(home, whole, None, now))


@router.callback_query(ShowOverseenMonth.filter(), flags=needs(Right.OVERSEE))
async def month(
    callback: CallbackQuery, callback_data: ShowOverseenMonth, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A month of its plan."""
    home, whole = await overseen_plan(uow, actor, callback_data.association, now)
    return show(callback, views.plan(home, whole, (callback_data.year, callback_data.month), now))


@router.callback_query(ShowOverseen.filter(), flags=needs(Right.OVERSEE))
async def card(
    callback: CallbackQuery, callback_data: ShowOverseen, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """An event, without a button to answer it."""
    association_id, event_id = callback_data.association, callback_data.event
    home, shown, rows = await overseen_card(uow, actor, association_id, event_id, now)
    return show(callback, views.card(home, shown, rows, now))


@router.callback_query(ShowFulfilment.filter(), flags=needs(Right.OVERSEE))
async def fulfilment(
    callback: CallbackQuery, callback_data: ShowFulfilment, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Что состоялось»: the plan's rows by their marks."""
    home, lines = await overseen_fulfilment(uow, actor, callback_data.association, now)
    return show(callback, views.fulfilment(home, lines, callback_data.page, now))


@router.callback_query(TakeOverview.filter(), flags=needs(Right.OVERSEE))
async def sheet(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Excel»: all that she oversees, in one table."""
    content = views.sheet(await homes(uow, actor, now), now)
    file = send_file(callback.from_user.id, content, plain("overview-file-name"), t("overview-caption"))
    return [acknowledge(callback), file]
