"""«Настройки», «Мои данные», /stop."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Contact, Message, ReplyKeyboardRemove

from actions.acting import wait_for
from actions.helping import leads_alone
from actions.joining import NAME_STEP, ORGANISATION_STEP, SCHOOL_STEP
from actions.own_data import PHONE_STEP, erase, export, give_phone, kept, open_phone, withdraw
from actions.schools import known_schools
from bot.filters import Commanded, HasContact, HasText, Says, Waits, needs
from bot.views import keyboards
from bot.views import own_data as views
from bot.views.keyboards import OwnData
from bot.views.view import Replies, View, acknowledge, follow, say, send_file, show
from bot.views.words import plain, t
from domain.errors import DomainError
from domain.phones import shown_phone
from domain.records import Actor
from domain.roles import Right, Role
from storage.unit_of_work import UnitOfWork

router = Router(name="own_data")


@router.message(Says("key-settings", "settings"), flags=needs(Right.OWN_DATA))
async def settings(message: Message, actor: Actor) -> Replies:
    """«Настройки»."""
    return say(message, views.settings(actor))


@router.message(Commanded("stop"), flags=needs(Right.OWN_DATA))
async def stop(message: Message, actor: Actor) -> Replies:
    """/stop: a pause, and the two ways out."""
    return say(message, views.stop(actor))


@router.callback_query(OwnData.filter(F.act == "show"), flags=needs(Right.OWN_DATA))
async def show_data(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """What is stored."""
    return show(callback, views.own_data(actor, await kept(uow, actor)))


@router.callback_query(OwnData.filter(F.act == "name"), flags=needs(Right.OWN_DATA, dialogue=True))
async def fix_name(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Исправить имя»."""
    await wait_for(uow, actor, NAME_STEP)
    return follow(callback, View(t("ask-name-again")))


@router.callback_query(OwnData.filter(F.act == "school"), flags=needs(Right.BELONG, dialogue=True))
async def fix_school(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Исправить школу», of a guest where she comes from."""
    if actor.role is Role.GUEST:
        await wait_for(uow, actor, ORGANISATION_STEP)
        return follow(callback, View(t("ask-organisation-again")))
    schools = await known_schools(uow, actor)
    await wait_for(uow, actor, SCHOOL_STEP)
    return follow(callback, View(t("ask-school-again"), keyboards.schools(schools)))


@router.callback_query(OwnData.filter(F.act == "phone"), flags=needs(Right.OWN_DATA, dialogue=True))
async def ask_phone(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Телефон»."""
    return follow(callback, views.phone(await open_phone(uow, actor)))


@router.message(Waits(PHONE_STEP), HasText(), flags=needs(Right.OWN_DATA, dialogue=True))
async def phone_given(message: Message, uow: UnitOfWork, actor: Actor) -> Replies:
    """Her telephone."""
    return say(message, await _phone_saved(uow, actor, message.text or ""))


@router.message(Waits(PHONE_STEP), HasContact(), flags=needs(Right.OWN_DATA, dialogue=True))
async def phone_shared(message: Message, contact: Contact, uow: UnitOfWork, actor: Actor) -> Replies:
    """Her own card, shared instead of being typed; anybody else's is not hers to give."""
    if contact.user_id not in {None, message.chat.id}:
        raise DomainError("phone_of_another")
    return say(message, await _phone_saved(uow, actor, contact.phone_number))


async def _phone_saved(uow: UnitOfWork, actor: Actor, text: str) -> View:
    return View(t("phone-saved", phone=shown_phone(await give_phone(uow, actor, text))))


@router.callback_query(OwnData.filter(F.act == "no_phone"), flags=needs(Right.OWN_DATA, dialogue=True))
async def phone_removed(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Убрать номер»."""
    await give_phone(uow, actor, "")
    return show(callback, View(t("phone-removed")))


@router.callback_query(OwnData.filter(F.act == "export"), flags=needs(Right.OWN_DATA))
async def take_away(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Скачать»."""
    content = await export(uow, actor)
    file = send_file(callback.from_user.id, content, plain("my-data-file-name"), t("my-data-file"))
    return [acknowledge(callback), file]


@router.callback_query(OwnData.filter(F.act == "withdraw"), flags=needs(Right.OWN_DATA))
async def ask_withdraw(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Выйти из списка»."""
    return show(callback, views.sure_withdraw(actor, alone=await leads_alone(uow, actor)))


@router.callback_query(OwnData.filter(F.act == "erase"), flags=needs(Right.ERASE))
async def ask_erase(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Стереть всё»."""
    return show(callback, views.sure_erase(alone=await leads_alone(uow, actor)))


@router.callback_query(OwnData.filter(F.act == "withdraw_sure"), flags=needs(Right.OWN_DATA))
async def withdrawn(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """She leaves; what she answered stays."""
    following = await withdraw(uow, actor, now)
    return follow(callback, *views.withdrawn(actor, following))


@router.callback_query(OwnData.filter(F.act == "erase_sure"), flags=needs(Right.ERASE))
async def erased(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Everything about her is gone."""
    await erase(uow, actor, now)
    return follow(callback, View(t("erased"), ReplyKeyboardRemove()))


@router.callback_query(OwnData.filter(F.act == "keep"), flags=needs(Right.ERASE))
async def nothing_changed(callback: CallbackQuery) -> Replies:
    """She thought better of it."""
    return show(callback, View(t("not-confirmed")))
