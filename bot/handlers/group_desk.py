"""«Чат объединения» under «Ещё»: which chat is linked, how to link one, letting it go."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from actions.groups import linked_group, unlink_group
from bot.filters import needs
from bot.views import group as views
from bot.views.group import ShowGroup
from bot.views.view import Replies, follow, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="group_desk")


@router.callback_query(ShowGroup.filter(F.act == "show"), flags=needs(Right.DESK))
async def group(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, bot: Bot) -> Replies:
    """How it stands."""
    name = (await bot.me()).username or ""
    return follow(callback, views.screen(await linked_group(uow, actor), name))


@router.callback_query(ShowGroup.filter(F.act == "unlink"), flags=needs(Right.DESK))
async def unlinked(
    callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot
) -> Replies:
    """«Отвязать»."""
    # Telegram is asked first: should it be out of reach, nothing has happened yet.
    name = (await bot.me()).username or ""
    return show(callback, views.unlinked(await unlink_group(uow, actor, now), name))
