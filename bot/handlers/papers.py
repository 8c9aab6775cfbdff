"""«Бумаги» of an event: letters, lists, for who runs it."""

from __future__ import annotations

import asyncio
from datetime import datetime

from aiogram import F, Router
from aiogram.methods import SendDocument
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.papers import CENTRE_STEP, folder, for_letter, for_list, open_centre
from actions.settings import Set, write_setting
from bot.filters import HasText, Waits, needs
from bot.views import desk_settings, documents
from bot.views import papers as views
from bot.views.joining import wording
from bot.views.paper_keys import ShowMorePapers, ShowPapers, SkipCentre, TakeGateList, TakeLetter
from bot.views.view import Replies, acknowledge, say, send_file, show
from documents.attendance_sheet import write_gate_list
from documents.blanks import fill
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from domain.settings import Setting
from storage.unit_of_work import UnitOfWork

router = Router(name="papers")


@router.callback_query(ShowPapers.filter(), flags=needs(Right.HOST))
async def papers(
    callback: CallbackQuery, callback_data: ShowPapers, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Бумаги»; also where nobody is named after all whom a notice is for."""
    return show(callback, views.papers(await folder(uow, actor, callback_data.event), actor, now))


@router.callback_query(ShowMorePapers.filter(), flags=needs(Right.DESK))
async def more(
    callback: CallbackQuery, callback_data: ShowMorePapers, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Ещё» of the papers."""
    return show(callback, views.more(await folder(uow, actor, callback_data.event), actor, now))


@router.callback_query(TakeLetter.filter(F.what == "letter"), flags=needs(Right.DESK))
async def letter(
    callback: CallbackQuery, callback_data: TakeLetter, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Письмо директорам»."""
    made = await _letter(callback.from_user.id, uow, actor, callback_data.event, "letter", "", now)
    return [acknowledge(callback), made]


@router.callback_query(TakeLetter.filter(), flags=needs(Right.DESK, dialogue=True))
async def notice(
    callback: CallbackQuery, callback_data: TakeLetter, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Уведомление»; the first time it is asked whom it is for."""
    if not actor.home.centre:
        return show(callback, views.ask_centre(await open_centre(uow, actor, callback_data.event)))
    centre = actor.home.centre
    made = await _letter(callback.from_user.id, uow, actor, callback_data.event, "notice", centre, now)
    return [acknowledge(callback), made]


@router.message(Waits(CENTRE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def centre_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The name of the methodical centre: kept as a setting, and the notice."""
    event_id = actor.asked_event
    if not actor.asked(CENTRE_STEP):
        raise DomainError("event_unknown")
    made = await write_setting(uow, actor, Setting.CENTRE, message.text or "", wording, now)
    assert isinstance(made, Set)  # noqa: S101 - nothing is shown before it is so
    centre = made.settings.home.centre
    file = await _letter(message.chat.id, uow, actor, event_id, "notice", centre, now)
    return [*say(message, desk_settings.settled(made)), file]


@router.callback_query(SkipCentre.filter(), flags=needs(Right.DESK, dialogue=True))
async def centre_skipped(
    callback: CallbackQuery, callback_data: SkipCentre, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Пропустить»."""
    await wait_for(uow, actor, None)
    made = await _letter(callback.from_user.id, uow, actor, callback_data.event, "notice", "", now)
    return [acknowledge(callback), made]


@router.callback_query(TakeGateList.filter(), flags=needs(Right.HOST))
async def gate_list(
    callback: CallbackQuery, callback_data: TakeGateList, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Список на вахту»."""
    found = await for_list(uow, actor, callback_data.event)
    heading, visitors = documents.heading(found.event), documents.visitors(found)
    content = await asyncio.to_thread(write_gate_list, heading, visitors)
    name = views.file_name("gate", found.event, actor, now)
    caption = views.gate_caption(found, actor, now)
    return [acknowledge(callback), send_file(callback.from_user.id, content, name, caption)]


async def _letter(
    chat_id: int, uow: UnitOfWork, actor: Actor, event_id: int, what: str, centre: str, now: datetime
) -> SendDocument:
    """A letter, written beside the loop: that takes a while."""
    found = await for_letter(uow, actor, event_id, what)
    facts, own = documents.letter(found, actor.home, centre), found.own
    content = await asyncio.to_thread(fill, documents.BLANKS[what], own.content if own else None, facts)
    name = views.file_name(what, found.event, actor, now)
    return send_file(chat_id, content, name, views.letter_caption(found.event, what, actor, now))
