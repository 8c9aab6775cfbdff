"""Two records of one person."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.merging import find_twins, merge, part, propose_merge
from bot.filters import needs
from bot.views import people as views
from bot.views.people_keys import ConfirmMerge, FindTwins, Part, ProposeMerge
from bot.views.view import Replies, show
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
    """What would become of the two."""
    pair = await propose_merge(uow, actor, callback_data.one, callback_data.other)
    return show(callback, views.merge_preview(pair))


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
