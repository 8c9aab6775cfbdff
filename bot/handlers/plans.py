"""A file that a coordinator sends: a plan, or a list of people."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from actions.associations import SETTING_UP
from actions.people_lists import ListFile, ReadList, keep_list, read_file
from actions.plan_changes import open_changes
from actions.plans import drop_draft, keep_draft, remove_plan, save_draft
from bot.files import download
from bot.filters import HasDocument, needs
from bot.handlers.asking_again import question_again
from bot.handlers.plan_questions import waiting_views
from bot.views import people_lists, plan_changes
from bot.views import plans as views
from bot.views.cards import today
from bot.views.keyboards import RemovePlan, SettleDraft
from bot.views.view import Replies, View, follow, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right, may
from storage.unit_of_work import UnitOfWork

router = Router(name="plans")


@router.message(HasDocument(), flags=needs(Right.LOOK, dialogue=True))
async def arrived(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """A file: a coordinator's is read as a plan or as a list of people, whichever it is, and shown before
    anything is stored. It ends no dialogue."""
    if not may(actor.role, Right.DESK):
        raise DomainError("plan_only_coordinator")
    document = message.document
    if document is None:
        raise DomainError("plan_not_downloaded")
    name = document.file_name or ""
    read = await read_file(await download(bot, document), name)
    if isinstance(read, ReadList):
        file = ListFile(document.file_id, name)
        preview = people_lists.preview(await keep_list(uow, actor, read, file, now))
    else:
        preview = views.preview(await keep_draft(uow, actor, read, now), today(actor, now))
    asked = actor.dialogue is not None and actor.dialogue.step in SETTING_UP
    return say(message, preview, *([await question_again(uow, actor, now)] if asked else []))


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
        if error.code == "plan_stands":
            comparison = await open_changes(uow, actor, callback_data.draft, now)
            return show(callback, plan_changes.page(comparison, 0, actor, now))
        if error.code != "plan_other_year":
            raise
        return show(callback, views.other_year(callback_data.draft, str(error.facts["school_year"])))
    return show(callback, views.saved(imported))


@router.callback_query(RemovePlan.filter(), flags=needs(Right.DESK))
async def removed(
    callback: CallbackQuery, callback_data: RemovePlan, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать этот план»; the draft that it was waits again."""
    said = views.removed(await remove_plan(uow, actor, callback_data.year, now))
    return follow(callback, said, *await waiting_views(uow, actor, now))
