"""The signed letter, and photographs of the signed sheet: sent in, seen, taken out; the letter is everybody's
to take."""

from __future__ import annotations

import asyncio
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_where, wait_for
from actions.papers import (
    SCAN_STEP,
    Scan,
    folder,
    for_list,
    keep_scan,
    open_scan,
    remove_scan,
    return_scan,
    signed_letter,
)
from bot.filters import HasDocument, HasPhoto, HasText, Waits, Wordless, needs
from bot.views import documents, papers
from bot.views import scans as views
from bot.views.about_keys import TakeSigned
from bot.views.paper_keys import ShowSheet, ShowSigned, TakeSheetToSign
from bot.views.scan_keys import RemoveScan, ReturnScan, SeeScans, SendScan
from bot.views.view import Replies, acknowledge, say, send_file, show
from documents.attendance_sheet import write_attendance_sheet
from domain.errors import DomainError
from domain.records import Actor, PaperKind
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="scans")

# What a scan, or a letter that was written elsewhere, is called.
_ENDINGS = (".pdf", ".docx", ".doc", ".odt", ".rtf", ".jpg", ".jpeg", ".png", ".heic")


@router.callback_query(TakeSigned.filter(), flags=needs(Right.LOOK))
async def taken(
    callback: CallbackQuery, callback_data: TakeSigned, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Письмо директору» on a card."""
    actor = await acting_where(uow, actor, callback_data.event)
    event, paper = await signed_letter(uow, actor, callback_data.event)
    return [acknowledge(callback), views.letter(callback.from_user.id, event, paper, actor, now)]


@router.callback_query(ShowSigned.filter(), flags=needs(Right.DESK))
async def signed(
    callback: CallbackQuery, callback_data: ShowSigned, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подписанное письмо»; also where none comes after all."""
    await wait_for(uow, actor, None)
    found = await folder(uow, actor, callback_data.event)
    return show(callback, views.screen(found, PaperKind.LETTER, actor, now))


@router.callback_query(ShowSheet.filter(), flags=needs(Right.HOST))
async def sheet(
    callback: CallbackQuery, callback_data: ShowSheet, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Явочный лист»; also where that was all."""
    await wait_for(uow, actor, None)
    found = await folder(uow, actor, callback_data.event)
    return show(callback, views.screen(found, PaperKind.SHEET, actor, now))


@router.callback_query(TakeSheetToSign.filter(), flags=needs(Right.HOST))
async def printed(
    callback: CallbackQuery, callback_data: TakeSheetToSign, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Скачать для печати»."""
    found = await for_list(uow, actor, callback_data.event)
    heading, visitors = documents.heading(found.event), documents.visitors(found)
    content = await asyncio.to_thread(write_attendance_sheet, heading, visitors)
    name = papers.file_name("attendance", found.event, actor, now)
    caption = papers.sheet_caption(found, actor, now)
    return [acknowledge(callback), send_file(callback.from_user.id, content, name, caption)]


@router.callback_query(SendScan.filter(), flags=needs(Right.HOST, dialogue=True))
async def about_to_send(
    callback: CallbackQuery, callback_data: SendScan, uow: UnitOfWork, actor: Actor
) -> Replies:
    """A scan comes next."""
    kind = PaperKind(callback_data.kind)
    return show(callback, views.ask(await open_scan(uow, actor, callback_data.event, kind), kind))


@router.message(Waits(SCAN_STEP), HasPhoto(), flags=needs(Right.HOST, dialogue=True))
async def photo_sent(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A picture, in the largest size that Telegram made of it."""
    picture = Scan((message.photo or [])[-1].file_id, picture=True)
    return say(message, views.kept(await keep_scan(uow, actor, picture, now)))


@router.message(Waits(SCAN_STEP), HasDocument(), flags=needs(Right.HOST, dialogue=True))
async def file_sent(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A file, if it looks like one that can be printed."""
    file = message.document
    if file is None or not (file.file_name or "").casefold().endswith(_ENDINGS):
        return say(message, views.other_kind())
    return say(message, views.kept(await keep_scan(uow, actor, Scan(file.file_id, picture=False), now)))


@router.message(Waits(SCAN_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
@router.message(Waits(SCAN_STEP), Wordless(), flags=needs(Right.HOST, dialogue=True))
async def something_else(message: Message) -> Replies:
    """Words, a sticker, a voice."""
    return say(message, views.other_kind())


@router.callback_query(SeeScans.filter(), flags=needs(Right.HOST))
async def seen(
    callback: CallbackQuery, callback_data: SeeScans, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The scans themselves."""
    found, kind = await folder(uow, actor, callback_data.event), PaperKind(callback_data.kind)
    files = views.files(callback.from_user.id, found, kind, actor, now)
    if not files:
        raise DomainError("paper_gone")
    return [acknowledge(callback), *files]


@router.callback_query(RemoveScan.filter(), flags=needs(Right.HOST))
async def removed(
    callback: CallbackQuery, callback_data: RemoveScan, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать»."""
    data = callback_data
    return show(callback, views.removed(*await remove_scan(uow, actor, data.event, data.paper, now)))


@router.callback_query(ReturnScan.filter(), flags=needs(Right.HOST))
async def returned(
    callback: CallbackQuery, callback_data: ReturnScan, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть»."""
    data = callback_data
    made, kind = await return_scan(uow, actor, data.event, data.paper, now)
    return show(callback, views.screen(made, kind, actor, now))
