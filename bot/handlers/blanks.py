"""«Бланки»: the present one as a file, one's own in its place, the usual one again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.blanks import (
    BLANK_STEP,
    asked,
    drop_blank,
    event_to_fill,
    keep_blank,
    offer_blank,
    offered,
    open_blank,
    own_blank,
    own_kinds,
)
from actions.papers import for_letter
from bot.files import download
from bot.filters import HasDocument, HasText, Waits, Wordless, needs
from bot.views import blanks as views
from bot.views import documents
from bot.views.blank_keys import ConfirmBlank, DropBlank, OpenBlank, SendBlank, TakeBlank
from bot.views.paper_keys import ShowBlanks
from bot.views.view import Replies, View, acknowledge, say, send, send_file, show
from bot.views.words import plain, t
from documents.blanks import MOST_BYTES, Blank, Value, check, fill
from domain.errors import DomainError
from domain.records import Actor, OwnBlank
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="blanks")


@router.callback_query(ShowBlanks.filter(), flags=needs(Right.DESK))
async def screen(
    callback: CallbackQuery, callback_data: ShowBlanks, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Бланки»."""
    return show(callback, views.blanks(callback_data.event, await own_kinds(uow, actor)))


@router.callback_query(OpenBlank.filter(), flags=needs(Right.DESK))
async def one(callback: CallbackQuery, callback_data: OpenBlank, uow: UnitOfWork, actor: Actor) -> Replies:
    """One of them; also where none of one's own comes after all."""
    await wait_for(uow, actor, None)
    kind = callback_data.kind
    return show(callback, views.one(callback_data.event, kind, await own_blank(uow, actor, kind)))


@router.callback_query(TakeBlank.filter(), flags=needs(Right.DESK))
async def taken(callback: CallbackQuery, callback_data: TakeBlank, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Скачать»: the present one, and what its fields stand for."""
    kind = callback_data.kind
    own = await own_blank(uow, actor, kind)
    content = own.content if own else await asyncio.to_thread(documents.BLANKS[kind].make)
    name = plain("blank-file-name", name=views.name_of(kind))
    caption = t("blank-caption", name=views.name_of(kind))
    file = send_file(callback.from_user.id, content, name, caption)
    return [acknowledge(callback), file, send(callback.from_user.id, views.fields(kind))]


@router.callback_query(SendBlank.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_send(
    callback: CallbackQuery, callback_data: SendBlank, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Прислать свой»."""
    await open_blank(uow, actor, callback_data.kind, callback_data.event)
    return show(callback, views.ask(callback_data.event, callback_data.kind))


@router.message(Waits(BLANK_STEP), HasDocument(), flags=needs(Right.DESK, dialogue=True))
async def sent(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """One's own blank: checked, and shown filled before it takes its place."""
    file = message.document
    if file is None:
        return []
    waited = asked(actor)
    kind = views.known(waited.kind)
    if (file.file_size or 0) > MOST_BYTES:
        raise DomainError("blank_too_large", most=MOST_BYTES // 1024)
    content = await _fetched(bot, file.file_id)
    event_id = await event_to_fill(uow, actor, waited.event_id, now)
    found = await for_letter(uow, actor, event_id, kind)
    facts = documents.sample(kind, found, actor, now)
    filled = await asyncio.to_thread(_checked, documents.BLANKS[kind], content, facts)
    made = await offer_blank(uow, actor, file.file_id, file.file_name or "")
    sample = send_file(
        message.chat.id, filled, plain("blank-sample-file-name"), t("blank-sample", name=views.name_of(kind))
    )
    return [sample, *say(message, views.preview(made, found.event))]


@router.message(Waits(BLANK_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
@router.message(Waits(BLANK_STEP), Wordless(), flags=needs(Right.DESK, dialogue=True))
async def something_else(message: Message) -> Replies:
    """Words, a picture, a sticker."""
    return say(message, View(t("blank-no-document")))


@router.callback_query(ConfirmBlank.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery,
    callback_data: ConfirmBlank,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    bot: Bot,
) -> Replies:
    """«Подтвердить»: only now is the file kept, so it is fetched once more."""
    made = offered(actor, callback_data.mark)
    blank = documents.BLANKS[views.known(made.kind)]
    content = await _fetched(bot, made.file_id)
    await asyncio.to_thread(check, blank, content)
    before = await keep_blank(uow, actor, made.kind, OwnBlank(content, made.file_name), now)
    return [*show(callback, views.kept(made)), *_back(callback, before)]


@router.callback_query(DropBlank.filter(), flags=needs(Right.DESK))
async def dropped(
    callback: CallbackQuery, callback_data: DropBlank, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть обычный»; one's own is handed back, so that it can be sent again."""
    own = await drop_blank(uow, actor, callback_data.kind, now)
    return [
        *show(callback, views.dropped(callback_data.event, callback_data.kind)),
        *_back(callback, own),
    ]


def _back(callback: CallbackQuery, own: OwnBlank | None) -> Replies:
    if own is None:
        return []
    name = own.file_name or plain("blank-sample-file-name")
    return [send_file(callback.from_user.id, own.content, name, t("blank-before"))]


async def _fetched(bot: Bot, file_id: str) -> bytes:
    """The file. Raises DomainError `blank_not_downloaded`."""
    try:
        return await download(bot, file_id)
    except DomainError:
        raise DomainError("blank_not_downloaded") from None


def _checked(blank: Blank, content: bytes, facts: Mapping[str, Value]) -> bytes:
    """The file filled. Raises what documents.blanks.check raises."""
    check(blank, content)
    return fill(blank, content, facts)
