"""«Кого звать»: whom an event is for."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.calendar import find_event
from actions.grouping import open_naming
from actions.inviting import propose_invited, set_invited, whom
from bot.conflicts import made_or_asked
from bot.filters import needs
from bot.views import inviting as views
from bot.views.inviting_keys import ConfirmInvited, NewGroupFor, ProposeInvited, ShowInvited, meant
from bot.views.view import Replies, View, follow, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="inviting")


@router.callback_query(ShowInvited.filter(), flags=needs(Right.DESK))
async def home(
    callback: CallbackQuery, callback_data: ShowInvited, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Кого звать»."""
    return show(callback, views.ask(await whom(uow, actor, callback_data.event, now), actor, now))


@router.callback_query(ProposeInvited.filter(), flags=needs(Right.DESK))
async def proposed(
    callback: CallbackQuery, callback_data: ProposeInvited, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What it would do to invite others."""
    invited, group = meant(callback_data)
    shown = await propose_invited(uow, actor, callback_data.event, invited, group, now)
    return show(callback, views.preview(shown, actor, now))


@router.callback_query(ConfirmInvited.filter(), flags=needs(Right.DESK))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmInvited, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Others are invited; who is new to it hears of it."""
    event_id, revision = callback_data.event, callback_data.revision
    invited, group = meant(callback_data)

    async def made() -> View:
        return views.done(await set_invited(uow, actor, event_id, revision, invited, group, now))

    async def again() -> View:
        return views.preview(await propose_invited(uow, actor, event_id, invited, group, now), actor, now)

    return show(callback, await made_or_asked(made(), again, uow, actor, (event_id, revision), now))


@router.callback_query(NewGroupFor.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask_title(
    callback: CallbackQuery, callback_data: NewGroupFor, uow: UnitOfWork, actor: Actor
) -> Replies:
    """How is the new group called? What follows is the groups' own."""
    event = await find_event(uow, actor, callback_data.event)
    await open_naming(uow, actor, None, event.id)
    return follow(callback, views.ask_title(event))
