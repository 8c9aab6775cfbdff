"""The coordinator's first steps: title, town, school year; then the invitation for the others."""

from __future__ import annotations

import re
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.associations import SETTING_UP, make_invitation, set_up
from bot.filters import HasText, Waits, needs
from bot.views import joining as views
from bot.views.keyboards import PickYear, ShowDesk
from bot.views.view import Replies, View, acknowledge, follow, send, send_file, send_picture
from bot.views.words import plain, t
from documents.how_to_join import write_how_to_join
from domain.errors import DomainError
from domain.plan_draft import school_year_label
from domain.records import Actor
from domain.roles import Right, Role
from storage.unit_of_work import UnitOfWork

router = Router(name="setting_up")

_YEAR = re.compile(r"(?<![\d/])(20\d\d)(?:\s*[/\-–—]\s*(?:20)?(\d\d))?\b")


async def begin(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """The first question about the association that has no answer yet."""
    steps = [step for step, asked in SETTING_UP.items() if not getattr(actor.home, asked.field)]
    step = next(iter(steps or SETTING_UP))
    await wait_for(uow, actor, step)
    return views.setting_up(actor, step, now)


@router.callback_query(ShowDesk.filter(F.screen == "setup"), flags=needs(Right.DESK))
async def resume(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Закончить настройку»."""
    return [acknowledge(callback), send(callback.from_user.id, await begin(uow, actor, now))]


@router.message(Waits(*SETTING_UP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def answered(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """An answer to one of the questions."""
    return await _answered(message.chat.id, message.text or "", uow, actor, now, bot)


@router.callback_query(PickYear.filter(), flags=needs(Right.DESK, dialogue=True))
async def year_picked(
    callback: CallbackQuery, callback_data: PickYear, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot
) -> Replies:
    """The school year, by a button; once it is settled, an old button says so and changes nothing."""
    label = school_year_label(callback_data.first)
    if actor.home.school_year and (actor.dialogue is None or actor.dialogue.step not in SETTING_UP):
        return follow(callback, views.already_set_up(actor))
    replies = await _answered(callback.from_user.id, label, uow, actor, now, bot, step="setup_year")
    return [acknowledge(callback), *replies]


async def _answered(
    chat_id: int, text: str, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot, step: str | None = None
) -> Replies:
    step = step or (actor.dialogue.step if actor.dialogue else next(iter(SETTING_UP)))
    if step == "setup_year":
        found = _YEAR.search(text)
        if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
            raise DomainError("setup_year_wrong")
        text = school_year_label(int(found[1]))
    following = views.next_step(step)
    if following is None:
        await bot.me()  # for the invitations below: out of reach, it fails while nothing has happened yet
    await set_up(uow, actor, step, text, following, now)
    if following is not None:
        return [send(chat_id, views.setting_up(actor, following, now))]
    return [send(chat_id, views.set_up(actor)), *await invitations(chat_id, uow, actor, now, bot)]


@router.callback_query(ShowDesk.filter(F.screen == "invite"), flags=needs(Right.DESK))
async def invite(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """«Пригласить коллег»."""
    return [acknowledge(callback), *await invitations(callback.from_user.id, uow, actor, now, bot)]


async def invitations(chat_id: int, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """The invitation as text, as a picture and as a page to print."""
    # Telegram is asked first: should it be out of reach, nothing has happened yet and all is tried again.
    name = (await bot.me()).username or ""
    invitation = await make_invitation(uow, actor.home.id, Role.MEMBER, now)
    picture = views.qr(views.link(invitation, name))
    digits = views.grouped(invitation.digits)
    page = write_how_to_join(actor.home.title, views.link(invitation, name), invitation.digits, picture, name)
    return [
        send(chat_id, views.invitation_text(invitation, name)),
        send_picture(chat_id, picture, "zvonok.png", t("invitation-qr", digits=digits)),
        send_file(chat_id, page, plain("invitation-page-name"), t("invitation-page")),
    ]
