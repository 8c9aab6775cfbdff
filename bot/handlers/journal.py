"""«Журнал» and «Вернуть как было»."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.taking_back import take_back
from actions.undoing import propose_undo, read_journal, undo
from bot.conflicts import made_or_asked
from bot.filters import needs
from bot.views import journal as views
from bot.views import people
from bot.views.journal_keys import ConfirmUndo, ShowJournal, TakeBack, UndoChange
from bot.views.view import Replies, View, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="journal")


@router.callback_query(ShowJournal.filter(), flags=needs(Right.DESK))
async def read(
    callback: CallbackQuery, callback_data: ShowJournal, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A page of it."""
    page = max(callback_data.page, 0)
    shown = await read_journal(uow, actor, callback_data.event or None, page, now)
    return show(callback, views.page(shown, actor, now))


@router.callback_query(TakeBack.filter(), flags=needs(Right.DESK))
async def taken_back(
    callback: CallbackQuery, callback_data: TakeBack, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What the journal's line says of a school or a group is taken back."""
    return show(callback, people.taken_back(await take_back(uow, actor, callback_data.line, now)))


@router.callback_query(UndoChange.filter(), flags=needs(Right.DESK))
async def asked(
    callback: CallbackQuery, callback_data: UndoChange, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What taking a change back would do."""
    event_id, revision = callback_data.event, callback_data.revision

    async def previewed() -> View:
        return views.preview(await propose_undo(uow, actor, event_id, revision, now), actor, now)

    return show(callback, await made_or_asked(previewed(), None, uow, actor, (event_id, revision), now))


@router.callback_query(ConfirmUndo.filter(), flags=needs(Right.DESK))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmUndo, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """It is taken back."""
    event_id, revision = callback_data.event, callback_data.revision

    async def undone() -> View:
        undoing, changed = await undo(uow, actor, event_id, revision, now)
        return views.undone(changed, undoing, actor, now)

    return show(callback, await made_or_asked(undone(), None, uow, actor, (event_id, revision), now))
