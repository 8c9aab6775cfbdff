"""«Явка», for who runs an event: who is marked, the code, the word."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from actions.attendance import (
    CODE_WORD_STEP,
    any_word,
    ask_code_word,
    attended,
    end_code_word,
    event_to_show,
    name_code_word,
)
from bot.context import Context
from bot.filters import HasText, Waits, needs
from bot.views import attendance as views
from bot.views import starting
from bot.views.attendance_keys import (
    AskCodeWord,
    EndCodeWord,
    NameCodeWord,
    ShowAttendance,
    TakeCode,
    TakeScreen,
)
from bot.views.view import Replies, acknowledge, follow, say, send_picture, show
from bot.views.words import t
from bot.web.screen import screen_link
from documents.apart import write_apart
from documents.code_picture import draw_code
from domain.checkin import Token, digits_of, write_token
from domain.code_words import WORDS
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="attendance")


@router.callback_query(ShowAttendance.filter(), flags=needs(Right.HOST))
async def screen(
    callback: CallbackQuery,
    callback_data: ShowAttendance,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """«Явка»."""
    found = await attended(uow, actor, callback_data.event, now)
    view = views.screen(found, callback_data.page, actor, now, on_screen=bool(context.web_url))
    return show(callback, view)


@router.callback_query(TakeCode.filter(), flags=needs(Right.HOST))
async def code(
    callback: CallbackQuery,
    callback_data: TakeCode,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
    bot: Bot,
) -> Replies:
    """«Код для отметки»: a picture, in a message of its own."""
    name = (await bot.me()).username or ""
    event = await event_to_show(uow, actor, callback_data.event, now)
    key, token = context.signing.key, Token(event.id, 0)
    link, digits = starting.link(name, write_token(key, token)), digits_of(key, token)
    picture = await write_apart(draw_code, views.code_picture(event, link, digits, name, actor, now))
    caption = views.code_caption(event, digits, actor, now)
    return [acknowledge(callback), send_picture(callback.from_user.id, picture, "code.png", caption)]


@router.callback_query(TakeScreen.filter(), flags=needs(Right.HOST))
async def on_screen(
    callback: CallbackQuery,
    callback_data: TakeScreen,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """«Код на экран»: the link to the page, in a message of its own."""
    event = await event_to_show(uow, actor, callback_data.event, now)
    if not context.web_url:  # it was there when the button was shown
        raise DomainError("stale_button", event_id=event.id)
    link = screen_link(context.web_url, context.signing.key, event)
    return follow(callback, views.on_screen(event, link, actor, now))


@router.callback_query(AskCodeWord.filter(), flags=needs(Right.HOST, dialogue=True))
async def ask_word(
    callback: CallbackQuery, callback_data: AskCodeWord, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Кодовое слово»: one is proposed; another may be written."""
    event, word = await ask_code_word(uow, actor, callback_data.event, now)
    if word is not None:
        return show(callback, views.word_taken(event, word, actor))
    proposed = any_word() if callback_data.word < 0 else callback_data.word % len(WORDS)
    return show(callback, views.propose_word(event, proposed))


@router.callback_query(NameCodeWord.filter(), flags=needs(Right.HOST, dialogue=True))
async def word_picked(
    callback: CallbackQuery, callback_data: NameCodeWord, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The word that was proposed."""
    text = WORDS[max(callback_data.word, 0) % len(WORDS)]
    event, word = await name_code_word(uow, actor, callback_data.event, text, now)
    return show(callback, views.word_taken(event, word, actor))


@router.message(Waits(CODE_WORD_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def word_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A word of her own."""
    event, word = await name_code_word(uow, actor, actor.asked_event, message.text or "", now)
    return say(message, views.word_taken(event, word, actor))


@router.callback_query(EndCodeWord.filter(), flags=needs(Right.HOST))
async def end_word(
    callback: CallbackQuery,
    callback_data: EndCodeWord,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """«Слово больше не нужно»."""
    found = await end_code_word(uow, actor, callback_data.event, now)
    view = views.screen(found, 0, actor, now, on_screen=bool(context.web_url))
    return show(callback, view, t("word-ended"))
