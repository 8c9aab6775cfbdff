"""Who blocked the bot, and who came back."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import ChatMemberUpdated

from actions.acting import set_reachable
from bot.filters import needs
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="reach")


@router.my_chat_member(flags=needs(Right.KNOCK))
async def changed(update: ChatMemberUpdated, uow: UnitOfWork, now: datetime) -> None:
    """A person blocked the bot, or let it in again."""
    blocked = update.new_chat_member.status in {"kicked", "left"}
    await set_reachable(uow, update.from_user.id, now, reachable=not blocked)
