"""Who comes, for who runs an event: by answer, by school, as a table; guests; answering for somebody."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from actions.answering import who_comes
from actions.calendar import run_event
from actions.calling import answer_for_anyone, member_of_list
from actions.guests import (
    GUEST_STEP,
    add_guests,
    guest_link,
    guests,
    remove_guest,
    remove_invited,
    withdraw_link,
)
from bot.filters import HasText, Waits, needs
from bot.views import answers as views
from bot.views.answers_keys import (
    AddEvenSo,
    AddGuests,
    EnterFor,
    OpenPerson,
    PickPerson,
    RemoveGuest,
    RemoveInvited,
    ShareLink,
    ShowGuests,
    ShowListMore,
    ShowSchools,
    TakeSheet,
)
from bot.views.keyboards import ShowAttendees
from bot.views.view import Replies, acknowledge, follow, say, send_file, show
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="turnout")


@router.callback_query(ShowAttendees.filter(), flags=needs(Right.HOST))
async def by_answer(
    callback: CallbackQuery, callback_data: ShowAttendees, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Кто придёт»: by name and school."""
    event, turnout = await who_comes(uow, actor, callback_data.event)
    return show(callback, views.attendees(event, turnout, callback_data.page, actor, now))


@router.callback_query(ShowSchools.filter(), flags=needs(Right.HOST))
async def by_school(
    callback: CallbackQuery, callback_data: ShowSchools, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«По школам»."""
    event, turnout = await who_comes(uow, actor, callback_data.event)
    return show(callback, views.schools(event, turnout, callback_data.page, actor, now))


@router.callback_query(ShowListMore.filter(), flags=needs(Right.HOST))
async def more(
    callback: CallbackQuery, callback_data: ShowListMore, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Ещё»."""
    event = await run_event(uow, actor, callback_data.event)
    return show(callback, views.more(event, actor, now))


@router.callback_query(TakeSheet.filter(), flags=needs(Right.HOST))
async def sheet(
    callback: CallbackQuery, callback_data: TakeSheet, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Excel»: the list as a file, in a message of its own."""
    event, turnout = await who_comes(uow, actor, callback_data.event)
    content, name = views.sheet(event, turnout, actor, now), views.sheet_name(event, actor, now)
    file = send_file(callback.from_user.id, content, name, views.sheet_caption(event, actor))
    return [acknowledge(callback), file]


@router.callback_query(PickPerson.filter(), flags=needs(Right.HOST))
async def choose_person(
    callback: CallbackQuery, callback_data: PickPerson, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Ответить за человека»: a page of members."""
    event, turnout = await who_comes(uow, actor, callback_data.event)
    return show(callback, views.choose_person(event, turnout, callback_data.page, actor, now))


@router.callback_query(OpenPerson.filter(), flags=needs(Right.HOST))
async def open_person(
    callback: CallbackQuery, callback_data: OpenPerson, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of them: what did she say?"""
    event, person = await member_of_list(uow, actor, callback_data.event, callback_data.person)
    return show(callback, views.person(event, person, callback_data.page, actor, now))


@router.callback_query(EnterFor.filter(), flags=needs(Right.HOST))
async def enter(
    callback: CallbackQuery, callback_data: EnterFor, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Her answer is entered."""
    data = callback_data
    event, person = await answer_for_anyone(uow, actor, data.event, data.person, data.answer, now)
    return show(callback, views.person(event, person, data.page, actor, now), t("call-entered"))


@router.callback_query(ShowGuests.filter(), flags=needs(Right.HOST))
async def show_guests(
    callback: CallbackQuery, callback_data: ShowGuests, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Гости»."""
    return show(callback, views.guests(await guests(uow, actor, callback_data.event), actor, now))


@router.callback_query(AddGuests.filter(), flags=needs(Right.HOST, dialogue=True))
async def ask_guests(
    callback: CallbackQuery, callback_data: AddGuests, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Добавить гостя»."""
    found = await guests(uow, actor, callback_data.event, writing=True)
    return show(callback, views.ask_guests(found.event))


@router.message(Waits(GUEST_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def guests_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Who comes as a guest."""
    found, crowd = await add_guests(uow, actor, actor.asked_event, message.text or "", now)
    if crowd is not None:
        return say(message, views.guests_crowd(found.event, crowd, actor, now))
    return say(message, views.guests(found, actor, now))


@router.callback_query(AddEvenSo.filter(), flags=needs(Right.HOST, dialogue=True))
async def guests_even_so(
    callback: CallbackQuery, callback_data: AddEvenSo, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Всё равно записать»: the room is full, and she who runs the event knows it."""
    event_id, asked = callback_data.event, actor.asked(GUEST_STEP)
    if asked.get("event") != event_id or "written" not in asked:
        raise DomainError("stale_button", event_id=event_id)
    found, _ = await add_guests(uow, actor, event_id, str(asked["written"]), now, even_so=True)
    return show(callback, views.guests(found, actor, now))


@router.callback_query(RemoveGuest.filter(), flags=needs(Right.HOST))
async def removed(
    callback: CallbackQuery, callback_data: RemoveGuest, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A guest does not come after all."""
    found = await remove_guest(uow, actor, callback_data.event, callback_data.guest, now)
    return show(callback, views.guests(found, actor, now))


@router.callback_query(RemoveInvited.filter(), flags=needs(Right.HOST))
async def invited_removed(
    callback: CallbackQuery, callback_data: RemoveInvited, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A guest who is in the bot is invited no more."""
    found = await remove_invited(uow, actor, callback_data.event, callback_data.person, now)
    return show(callback, views.guests(found, actor, now))


@router.callback_query(ShareLink.filter(F.act == "withdraw"), flags=needs(Right.DESK))
async def link_withdrawn(
    callback: CallbackQuery, callback_data: ShareLink, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Закрыть ссылку»."""
    found = await withdraw_link(uow, actor, callback_data.event, now)
    return show(callback, views.guests(found, actor, now), t("guest-link-closed"))


@router.callback_query(ShareLink.filter(), flags=needs(Right.DESK))
async def link_shared(
    callback: CallbackQuery,
    callback_data: ShareLink,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    bot: Bot,
) -> Replies:
    """«Пригласить гостей по ссылке», or another link: words to pass on, in a message of their own."""
    name = (await bot.me()).username or ""
    anew = callback_data.act == "anew"
    event, way = await guest_link(uow, actor, callback_data.event, now, anew=anew)
    return follow(callback, *views.guest_link(event, way, name, actor, now, anew=anew))
