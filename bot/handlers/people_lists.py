"""«Люди», «Ещё»: lists out of a file, what is kept of people, records that look alike, everybody as a
table."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from actions.details import stored_details, turn_off, turn_on
from actions.own_data import DETAIL_STEP, give_detail, open_detail
from actions.people_lists import (
    ReadList,
    kept_list,
    open_lists,
    pairs_alike,
    propose_taking_back,
    read_file,
    save_list,
    take_back,
)
from actions.roster import everybody
from bot.files import download
from bot.filters import HasText, Waits, needs
from bot.views import people_lists as views
from bot.views.people_keys import ShowPeople
from bot.views.people_list_keys import KeepDetail, OwnDetail, SaveList, TakeListBack, TakePeopleSheet
from bot.views.view import Replies, View, acknowledge, follow, say, send_file, show
from bot.views.words import plain, t, without_markup
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="people_lists")


@router.callback_query(ShowPeople.filter(F.screen == "more"), flags=needs(Right.DESK))
async def more(callback: CallbackQuery) -> Replies:
    """«Ещё» of the list."""
    return show(callback, views.more())


@router.callback_query(ShowPeople.filter(F.screen == "lists"), flags=needs(Right.DESK))
async def how_to_send(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Загрузить список»."""
    return show(callback, views.lists(await open_lists(uow, actor, now), actor))


@router.callback_query(SaveList.filter(), flags=needs(Right.DESK))
async def saved(
    callback: CallbackQuery, callback_data: SaveList, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot
) -> Replies:
    """«Да, согласились – сохранить»: only now is anything in the file stored, so it is read once more."""
    file = await kept_list(uow, actor, callback_data.draft)
    read = await read_file(await download(bot, file.file_id), file.name)
    if not isinstance(read, ReadList):
        raise DomainError("draft_gone")
    consent = without_markup(t("list-consent"))
    return show(callback, views.saved(await save_list(uow, actor, callback_data.draft, read, consent, now)))


@router.callback_query(TakeListBack.filter(F.sure == "ask"), flags=needs(Right.DESK))
async def ask_back(
    callback: CallbackQuery, callback_data: TakeListBack, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать загруженных»: who goes, who stays?"""
    return show(
        callback, views.take_back(await propose_taking_back(uow, actor, callback_data.taken, now), actor)
    )


@router.callback_query(TakeListBack.filter(F.sure == "yes"), flags=needs(Right.DESK))
async def taken_back(
    callback: CallbackQuery, callback_data: TakeListBack, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """They go."""
    return show(callback, views.taken_back(await take_back(uow, actor, callback_data.taken, now)))


@router.callback_query(ShowPeople.filter(F.screen == "details"), flags=needs(Right.DESK))
async def details(callback: CallbackQuery, actor: Actor) -> Replies:
    """«Что хранить»."""
    return show(callback, views.details(actor.home))


@router.callback_query(KeepDetail.filter(F.act == "on"), flags=needs(Right.DESK))
async def kept(
    callback: CallbackQuery, callback_data: KeepDetail, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Kept from now on."""
    home = await turn_on(uow, actor, callback_data.detail, now)
    return show(callback, views.details(home), t("door-saved"))


@router.callback_query(KeepDetail.filter(F.act == "off"), flags=needs(Right.DESK))
async def ask_off(
    callback: CallbackQuery, callback_data: KeepDetail, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Kept no more; what is stored, if anything is, may stay or go."""
    stored = await stored_details(uow, actor, callback_data.detail)
    if stored:
        return show(callback, views.turn_off(callback_data.detail, stored))
    home = await turn_off(uow, actor, callback_data.detail, now, erase=False)
    return show(callback, views.details(home), t("door-saved"))


@router.callback_query(KeepDetail.filter(), flags=needs(Right.DESK))
async def off(
    callback: CallbackQuery, callback_data: KeepDetail, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Kept no more: erased, or left where it is."""
    home = await turn_off(uow, actor, callback_data.detail, now, erase=callback_data.act == "erase")
    return show(callback, views.details(home), t("door-saved"))


@router.callback_query(ShowPeople.filter(F.screen == "pairs"), flags=needs(Right.DESK, dialogue=True))
async def pairs(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Похожие записи»."""
    return show(callback, views.pairs(await pairs_alike(uow, actor)))


@router.callback_query(TakePeopleSheet.filter(), flags=needs(Right.DESK, dialogue=True))
async def sheet(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Excel»: everybody as a file."""
    people = await everybody(uow, actor)
    caption = t("people-sheet-caption", count=len(people))
    content = views.sheet(people, actor.home)
    file = send_file(callback.from_user.id, content, plain("people-sheet-file-name"), caption)
    return [acknowledge(callback), file]


@router.callback_query(OwnDetail.filter(F.act == "ask"), flags=needs(Right.OWN_DATA, dialogue=True))
async def ask_own(
    callback: CallbackQuery, callback_data: OwnDetail, uow: UnitOfWork, actor: Actor
) -> Replies:
    """Her own category, or years of service."""
    value = await open_detail(uow, actor, callback_data.detail)
    return follow(callback, views.own_detail(callback_data.detail, value))


@router.message(Waits(DETAIL_STEP), HasText(), flags=needs(Right.OWN_DATA, dialogue=True))
async def own_given(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """What she wrote of it."""
    value = await give_detail(uow, actor, message.text or "", now)
    return say(message, View(t("my-detail-saved", value=value)))


@router.callback_query(OwnDetail.filter(F.act == "remove"), flags=needs(Right.OWN_DATA, dialogue=True))
async def own_removed(
    callback: CallbackQuery, callback_data: OwnDetail, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать»."""
    await open_detail(uow, actor, callback_data.detail)
    await give_detail(uow, actor, "", now, callback_data.detail)
    return show(callback, View(t("my-detail-removed")))
