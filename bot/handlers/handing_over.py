"""«Передать дела»: offered, withdrawn, accepted, taken back."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from actions.handing_over import accept, decline, find_returning, give_back, offer, propose, withdraw
from bot.filters import needs
from bot.views import handing_over as views
from bot.views import helping
from bot.views.helping_keys import HandOver, SettleHandover
from bot.views.view import Replies, follow, send, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="handing_over")


@router.callback_query(HandOver.filter(F.sure == "ask"), flags=needs(Right.DESK))
async def proposed(
    callback: CallbackQuery, callback_data: HandOver, uow: UnitOfWork, actor: Actor
) -> Replies:
    """What would happen."""
    leaves = callback_data.then == "leave"
    return show(
        callback, views.preview(await propose(uow, actor, callback_data.person or None, leaves=leaves))
    )


@router.callback_query(HandOver.filter(F.sure == "yes"), flags=needs(Right.DESK))
async def offered(
    callback: CallbackQuery, callback_data: HandOver, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot
) -> Replies:
    """The offer goes to a member, or an invitation is made to be passed on."""
    name = (await bot.me()).username or ""
    leaves = callback_data.then == "leave"
    passed = await offer(uow, actor, callback_data.person or None, leaves=leaves, now=now)
    replies = show(callback, views.offered(passed))
    if passed.invitation is None:
        return replies
    link = helping.invitation(passed.invitation, "handover", name, actor, now)
    return [*replies, send(callback.from_user.id, link)]


@router.callback_query(SettleHandover.filter(F.act == "withdraw"), flags=needs(Right.DESK))
async def withdrawn(
    callback: CallbackQuery, callback_data: SettleHandover, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отозвать»."""
    await withdraw(uow, actor, callback_data.handover, now)
    return show(callback, views.withdrawn())


@router.callback_query(SettleHandover.filter(F.act == "accept"), flags=needs(Right.OWN_DATA))
async def accepted(
    callback: CallbackQuery, callback_data: SettleHandover, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Принять дела»."""
    passed = await accept(uow, actor, callback_data.handover, now)
    return follow(callback, *views.accepted(passed))


@router.callback_query(SettleHandover.filter(F.act == "decline"), flags=needs(Right.OWN_DATA))
async def declined(
    callback: CallbackQuery, callback_data: SettleHandover, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отказаться»."""
    await decline(uow, actor, callback_data.handover, now)
    return show(callback, views.declined())


# Who handed over and left may take it back as well: she is nobody's member then.
@router.callback_query(SettleHandover.filter(F.act == "return"), flags=needs(Right.KNOCK))
async def about_to_return(
    callback: CallbackQuery,
    callback_data: SettleHandover,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
) -> Replies:
    """What taking it back would do."""
    return show(
        callback, views.return_preview(await find_returning(uow, _known(actor), callback_data.handover, now))
    )


@router.callback_query(SettleHandover.filter(F.act == "leave"), flags=needs(Right.KNOCK))
async def left_as_it_is(
    callback: CallbackQuery,
    callback_data: SettleHandover,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
) -> Replies:
    """«Ничего не менять»."""
    await find_returning(uow, _known(actor), callback_data.handover, now)
    return show(callback, views.left_as_it_is(callback_data.handover))


@router.callback_query(SettleHandover.filter(F.act == "return_sure"), flags=needs(Right.KNOCK))
async def returned(
    callback: CallbackQuery,
    callback_data: SettleHandover,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
) -> Replies:
    """It is taken back."""
    actor = _known(actor)
    passed = await give_back(uow, actor, callback_data.handover, now)
    return follow(callback, views.returned(passed, actor))


def _known(actor: Actor | None) -> Actor:
    if actor is None:
        raise DomainError("not_a_member")
    return actor
