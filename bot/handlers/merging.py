"""Two records of one person."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from actions.claiming import ask_her, propose_asking
from actions.merging import find_twins, merge, part, propose_merge
from bot.filters import needs
from bot.views import people as views
from bot.views.claiming import ask_preview, asked_her
from bot.views.people_keys import AskHer, ConfirmMerge, FindTwins, Part, ProposeMerge
from bot.views.view import Replies, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="merging")


@router.callback_query(FindTwins.filter(), flags=needs(Right.DESK))
async def which(callback: CallbackQuery, callback_data: FindTwins, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Объединить записи»: with which one?"""
    return show(callback, views.twins(await find_twins(uow, actor, callback_data.person)))


@router.callback_query(ProposeMerge.filter(), flags=needs(Right.DESK))
async def proposed(
    callback: CallbackQuery, callback_data: ProposeMerge, uow: UnitOfWork, actor: Actor
) -> Replies:
    """What would become of the two; where both are in Telegram she is to be asked first, and the newer
    account is the likelier to stay."""
    one, other = callback_data.one, callback_data.other
    try:
        return show(callback, views.merge_preview(await propose_merge(uow, actor, one, other)))
    except DomainError as error:
        if error.code != "merge_both_write":
            raise
    return show(callback, ask_preview(await propose_asking(uow, actor, max(one, other), min(one, other))))


@router.callback_query(AskHer.filter(F.sure == "ask"), flags=needs(Right.DESK))
async def asking(callback: CallbackQuery, callback_data: AskHer, uow: UnitOfWork, actor: Actor) -> Replies:
    """The other account is to stay."""
    pair = await propose_asking(uow, actor, callback_data.person, callback_data.record)
    return show(callback, ask_preview(pair))


@router.callback_query(AskHer.filter(F.sure == "yes"), flags=needs(Right.DESK))
async def asked(
    callback: CallbackQuery, callback_data: AskHer, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She is asked."""
    pair = await ask_her(uow, actor, callback_data.person, callback_data.record, now)
    return show(callback, asked_her(pair))


@router.callback_query(ConfirmMerge.filter(), flags=needs(Right.DESK))
async def merged(
    callback: CallbackQuery, callback_data: ConfirmMerge, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """They are one."""
    return show(callback, views.merged(await merge(uow, actor, callback_data.one, callback_data.other, now)))


@router.callback_query(Part.filter(), flags=needs(Right.DESK))
async def parted(
    callback: CallbackQuery, callback_data: Part, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """They are two again."""
    return show(callback, views.parted(await part(uow, actor, callback_data.merge, now)))
