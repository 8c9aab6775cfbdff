"""«Написать всем» under «Ещё»: words, preview, «Отправить»."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.broadcasting import BROADCAST_STEP, send_words, take_words
from bot.filters import HasText, Waits, needs
from bot.views import broadcasts as views
from bot.views.broadcasts import SendToAll, WriteToAll
from bot.views.view import Replies, follow, say, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="broadcasting")


@router.callback_query(WriteToAll.filter(F.act == "write"), flags=needs(Right.DESK, dialogue=True))
async def about_to_write(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """What she writes next is for everybody."""
    await wait_for(uow, actor, BROADCAST_STEP)
    return follow(callback, views.ask())


@router.message(Waits(BROADCAST_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def written(message: Message, uow: UnitOfWork, actor: Actor) -> Replies:
    """The words, or others in their place: the preview."""
    words = await take_words(uow, actor, message.text or "")
    return say(message, *views.preview(words.text, words.mark, words.people))


@router.callback_query(SendToAll.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: SendToAll, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отправить»; pressed twice, it sends nothing more."""
    try:
        people = await send_words(uow, actor, callback_data.mark, now)
    except DomainError as error:
        if error.code != "broadcast_gone":
            raise
        return show(callback, views.gone())
    return show(callback, views.sent(people))


@router.callback_query(WriteToAll.filter(F.act == "drop"), flags=needs(Right.DESK))
async def dropped(callback: CallbackQuery) -> Replies:
    """«Отменить»: with the dialogue the words are forgotten."""
    return show(callback, views.dropped())
