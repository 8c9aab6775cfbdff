"""A plan that a coordinator sends as a file."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from aiogram import Bot, Router
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Document, Message
from aiohttp import ClientError

from actions.associations import SETTING_UP
from actions.plans import drop_draft, keep_draft, read_plan, save_draft
from bot.filters import HasDocument, needs
from bot.handlers.asking_again import question_again
from bot.views import plans as views
from bot.views.keyboards import SettleDraft
from bot.views.view import Replies, View, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right, may
from storage.unit_of_work import UnitOfWork

router = Router(name="plans")

# Larger files are not even fetched.
_LARGEST = 10 * 1024 * 1024


@router.message(HasDocument(), flags=needs(Right.LOOK, dialogue=True))
async def arrived(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """A file: a coordinator's is read as a plan, and shown before anything is stored. It ends no dialogue."""
    if not may(actor.role, Right.DESK):
        raise DomainError("plan_only_coordinator")
    document = message.document
    if document is None:
        raise DomainError("plan_not_downloaded")
    read = await read_plan(await _download(bot, document), document.file_name or "")
    preview = views.preview(await keep_draft(uow, actor, read, now))
    asked = actor.dialogue is not None and actor.dialogue.step in SETTING_UP
    return say(message, preview, *([await question_again(uow, actor, now)] if asked else []))


async def _download(bot: Bot, document: Document) -> bytes:
    if (document.file_size or 0) > _LARGEST:
        raise DomainError("plan_too_large")
    content = BytesIO()
    try:
        await bot.download(document, destination=content)
    except (AiogramError, ClientError, TimeoutError):
        raise DomainError("plan_not_downloaded") from None
    return content.getvalue()


@router.callback_query(SettleDraft.filter(), flags=needs(Right.DESK))
async def settled(
    callback: CallbackQuery, callback_data: SettleDraft, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Сохранить», «Да, это план на …», «Отменить»."""
    if callback_data.act == "drop":
        await drop_draft(uow, actor, callback_data.draft)
        return show(callback, View(t("plan-dropped")))
    try:
        imported = await save_draft(
            uow, actor, callback_data.draft, now, any_year=callback_data.act == "any_year"
        )
    except DomainError as error:
        if error.code != "plan_other_year":
            raise
        return show(callback, views.other_year(callback_data.draft, str(error.facts["school_year"])))
    return show(callback, views.saved(imported))
