"""«Помощники»: coordinators and methodists, invited, appointed, dismissed."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from actions.helping import (
    appoint,
    candidates,
    dismiss,
    helpers,
    invite,
    leads_beside,
    propose,
    remove_methodist,
    restore_methodist,
)
from bot.filters import needs
from bot.views import helping as views
from bot.views.helping_keys import ChooseHelper, InviteHelper, SetHelper
from bot.views.people_keys import ShowHelpers
from bot.views.view import Replies, follow, show
from domain.records import Actor
from domain.roles import Right, Role
from storage.unit_of_work import UnitOfWork

router = Router(name="helping")

# What somebody becomes by each act; of a methodist it is what she is no more.
_BECOMES = {"appoint": Role.COORDINATOR, "dismiss": Role.MEMBER, "close": Role.METHODIST}


@router.callback_query(ShowHelpers.filter(), flags=needs(Right.DESK, dialogue=True))
async def home(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """Who has rights here."""
    return show(callback, views.home(await helpers(uow, actor), actor))


@router.callback_query(InviteHelper.filter(F.sure == "ask"), flags=needs(Right.DESK))
async def about_to_invite(
    callback: CallbackQuery, callback_data: InviteHelper, uow: UnitOfWork, actor: Actor
) -> Replies:
    """What the invitation would open: a methodist's others of her associations, too, as she chooses."""
    role = callback_data.role
    others = await leads_beside(uow, actor) if role == "methodist" else []
    return show(callback, views.invite_preview(role, actor, others, callback_data.others))


@router.callback_query(InviteHelper.filter(F.sure == "yes"), flags=needs(Right.DESK))
async def invited(
    callback: CallbackQuery,
    callback_data: InviteHelper,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    bot: Bot,
) -> Replies:
    """The invitation, to be passed on."""
    name = (await bot.me()).username or ""
    made, others = await invite(uow, actor, Role(callback_data.role), now, callback_data.others)
    return follow(callback, views.invitation(made, callback_data.role, name, actor, now, others))


@router.callback_query(ChooseHelper.filter(), flags=needs(Right.DESK))
async def choose(
    callback: CallbackQuery, callback_data: ChooseHelper, uow: UnitOfWork, actor: Actor
) -> Replies:
    """Whom to make a coordinator, or to hand the desk over to."""
    people = await candidates(uow, actor)
    return show(callback, views.choose(people, callback_data.act, callback_data.page))


@router.callback_query(SetHelper.filter((F.sure == "ask") & (F.act != "reopen")), flags=needs(Right.DESK))
async def proposed(
    callback: CallbackQuery, callback_data: SetHelper, uow: UnitOfWork, actor: Actor
) -> Replies:
    """What giving or taking rights would do."""
    member = await propose(uow, actor, callback_data.person, _BECOMES[callback_data.act])
    return show(callback, views.preview(member, callback_data.act))


@router.callback_query(SetHelper.filter(), flags=needs(Right.DESK))
async def settled(
    callback: CallbackQuery, callback_data: SetHelper, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """It is done; pressed twice it changes nothing more."""
    act, person = callback_data.act, callback_data.person
    if act == "reopen":
        member, changed = await restore_methodist(uow, actor, person, now), True
    else:
        make = {"appoint": appoint, "dismiss": dismiss, "close": remove_methodist}[act]
        member, changed = await make(uow, actor, person, now)
    return show(callback, views.done(member, act, changed=changed))
