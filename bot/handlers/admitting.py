"""Who may come in: the door, and requests."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from actions.admitting import admit, refuse, requests, set_door
from bot.filters import needs
from bot.views import admitting as views
from bot.views.people_keys import Admit, SetDoor, ShowPeople
from bot.views.view import Replies, show
from bot.views.words import t
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="admitting")


@router.callback_query(ShowPeople.filter(F.screen == "door"), flags=needs(Right.DESK))
async def door(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """Who may come in, and who waits."""
    return show(callback, views.door(actor.home, await requests(uow, actor)))


@router.callback_query(SetDoor.filter(), flags=needs(Right.DESK))
async def settled(
    callback: CallbackQuery, callback_data: SetDoor, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """At once, or by request."""
    home = await set_door(uow, actor, by_request=callback_data.to == "request", now=now)
    return show(callback, views.door(home, await requests(uow, actor)), t("door-saved"))


@router.callback_query(Admit.filter(F.act == "accept"), flags=needs(Right.DESK))
async def accepted(
    callback: CallbackQuery, callback_data: Admit, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Принять»."""
    return show(callback, views.admitted(await admit(uow, actor, callback_data.person, now)))


@router.callback_query(Admit.filter(F.act == "refuse"), flags=needs(Right.DESK))
async def refused(
    callback: CallbackQuery, callback_data: Admit, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отказать»."""
    return show(callback, views.refused(await refuse(uow, actor, callback_data.person, now)))
