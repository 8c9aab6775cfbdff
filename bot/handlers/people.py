"""«Люди»: the list, somebody found by her surname, cards, corrections, schools."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Contact, Message

from actions.roster import (
    EDIT_STEP,
    PEOPLE_STEP,
    Field,
    drop_school,
    find_people,
    give_school_back,
    open_edit,
    open_people,
    person_card,
    put_in_sheet,
    school_line,
    school_lines,
    settle_edit,
    take_edit,
    take_edit_back,
)
from bot.filters import HasContact, HasText, Waits, needs
from bot.understanding import NotUnderstood, Words, understand
from bot.views import people as views
from bot.views.cards import today
from bot.views.keyboards import ShowDesk
from bot.views.people_keys import (
    CorrectField,
    PersonSchools,
    SettleEdit,
    ShowPeople,
    ShowPerson,
    ShowSchool,
    TakeEditBack,
)
from bot.views.view import Replies, follow, say, show
from bot.views.words import t
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import part_moment
from storage.unit_of_work import UnitOfWork

router = Router(name="people")


@router.callback_query(ShowDesk.filter(F.screen == "people"), flags=needs(Right.DESK, dialogue=True))
async def home(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Люди»."""
    return follow(callback, views.home(await open_people(uow, actor)))


@router.callback_query(ShowPeople.filter(F.screen == "home"), flags=needs(Right.DESK, dialogue=True))
async def turned(
    callback: CallbackQuery, callback_data: ShowPeople, uow: UnitOfWork, actor: Actor
) -> Replies:
    """Another page of it, and the way back to it."""
    return show(callback, views.home(await open_people(uow, actor), callback_data.page))


@router.message(Waits(PEOPLE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A surname or a school: her card, or those who are meant. A question about the plan is one all the
    same, and a line with a day is a meeting."""
    text = message.text or ""
    found = await find_people(uow, actor, text)
    if len(found) == 1:
        return say(message, views.card(await person_card(uow, actor, found[0].person_id, now), actor, now))
    if found:
        return say(message, views.found(found))
    day = today(actor, now)
    asks = not isinstance(understand(text, day), Words | NotUnderstood)
    if asks or part_moment(text, day).period is not None:
        raise SkipHandler
    return say(message, views.nobody_found())


@router.callback_query(ShowPerson.filter(), flags=needs(Right.DESK, dialogue=True))
async def card(
    callback: CallbackQuery, callback_data: ShowPerson, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Somebody's card."""
    return show(callback, views.card(await person_card(uow, actor, callback_data.person, now), actor, now))


@router.callback_query(CorrectField.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask(callback: CallbackQuery, callback_data: CorrectField, uow: UnitOfWork, actor: Actor) -> Replies:
    """What is to be corrected?"""
    return follow(callback, views.ask(await open_edit(uow, actor, callback_data.field, callback_data.record)))


@router.message(Waits(EDIT_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def corrected(message: Message, uow: UnitOfWork, actor: Actor) -> Replies:
    """The correction, or another in its place: the preview."""
    return say(message, views.preview(await take_edit(uow, actor, message.text or "")))


@router.message(Waits(EDIT_STEP), HasContact(), flags=needs(Right.DESK, dialogue=True))
async def phone_shared(message: Message, contact: Contact, uow: UnitOfWork, actor: Actor) -> Replies:
    """A card of her address book, where a telephone is asked for."""
    if actor.asked(EDIT_STEP).get("field") != Field.PHONE:
        raise SkipHandler
    return say(message, views.preview(await take_edit(uow, actor, contact.phone_number)))


@router.callback_query(SettleEdit.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: SettleEdit, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да, записать»; pressed twice it changes nothing more."""
    return show(callback, views.edited(await settle_edit(uow, actor, callback_data.mark, now)))


@router.callback_query(TakeEditBack.filter(), flags=needs(Right.DESK, dialogue=True))
async def edit_taken_back(
    callback: CallbackQuery, callback_data: TakeEditBack, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть как было»."""
    return show(callback, views.edit_taken_back(await take_edit_back(uow, actor, callback_data.mark, now)))


@router.callback_query(PersonSchools.filter(F.act == "show"), flags=needs(Right.DESK))
async def schools_of(
    callback: CallbackQuery, callback_data: PersonSchools, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Где работает»."""
    shown = await person_card(uow, actor, callback_data.person, now)
    return show(callback, views.schools_of(shown.member))


@router.callback_query(PersonSchools.filter(F.act == "sheet"), flags=needs(Right.DESK))
async def in_sheet(
    callback: CallbackQuery, callback_data: PersonSchools, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The school that stands in the sheets."""
    member = await put_in_sheet(uow, actor, callback_data.person, callback_data.school, now)
    return show(callback, views.schools_of(member), t("door-saved"))


@router.callback_query(PersonSchools.filter(F.act == "drop"), flags=needs(Right.DESK))
async def left_school(
    callback: CallbackQuery, callback_data: PersonSchools, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She works there no more."""
    member, dropped = await drop_school(uow, actor, callback_data.person, callback_data.school, now)
    return show(callback, views.schools_of(member, dropped), t("door-saved"))


@router.callback_query(PersonSchools.filter(F.act == "back"), flags=needs(Right.DESK))
async def school_given_back(
    callback: CallbackQuery, callback_data: PersonSchools, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She works there after all."""
    member = await give_school_back(uow, actor, callback_data.person, callback_data.school, now)
    return show(callback, views.schools_of(member), t("door-saved"))


@router.callback_query(ShowPeople.filter(F.screen == "schools"), flags=needs(Right.DESK, dialogue=True))
async def schools(
    callback: CallbackQuery, callback_data: ShowPeople, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Школы»."""
    return show(callback, views.schools(await school_lines(uow, actor), callback_data.page))


@router.callback_query(ShowSchool.filter(), flags=needs(Right.DESK, dialogue=True))
async def school(
    callback: CallbackQuery, callback_data: ShowSchool, uow: UnitOfWork, actor: Actor
) -> Replies:
    """One school."""
    return show(callback, views.school(await school_line(uow, actor, callback_data.school), actor))
