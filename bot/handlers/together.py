"""«Провести вместе», «Разделить», and the mark of each row of the plan."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.calendar import find_event
from actions.together import join, mark_row, part, plan_rows, propose_join, propose_part, to_hold_with
from bot.conflicts import made_or_asked
from bot.filters import needs
from bot.views import together as views
from bot.views.together_keys import (
    ConfirmJoin,
    ConfirmPart,
    HoldTogether,
    JoinWith,
    MarkRow,
    PartEvents,
    ShowPlanRows,
)
from bot.views.view import Replies, View, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="together")


@router.callback_query(HoldTogether.filter(), flags=needs(Right.DESK))
async def choose(
    callback: CallbackQuery, callback_data: HoldTogether, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """With which of several?"""
    event = await find_event(uow, actor, callback_data.event)
    return show(callback, views.which(event, await to_hold_with(uow, actor, event.id, now)))


@router.callback_query(JoinWith.filter(), flags=needs(Right.DESK))
async def proposed(
    callback: CallbackQuery, callback_data: JoinWith, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The preview of joining."""
    joining = await propose_join(uow, actor, callback_data.event, callback_data.other, now)
    return show(callback, views.preview_join(joining, actor, now))


@router.callback_query(ConfirmJoin.filter(), flags=needs(Right.DESK))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmJoin, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да, вместе»: one event from now on."""
    data = callback_data
    revisions = (data.revision, data.other_revision)

    async def made() -> View:
        return views.joined(await join(uow, actor, data.event, data.other, revisions, now), actor, now)

    async def again() -> View:
        joining = await propose_join(uow, actor, data.event, data.other, now)
        return views.preview_join(joining, actor, now)

    seen, other = (data.event, data.revision), (data.other, data.other_revision)
    return show(callback, await made_or_asked(made(), again, uow, actor, seen, now, other=other))


@router.callback_query(PartEvents.filter(), flags=needs(Right.DESK))
async def parting(
    callback: CallbackQuery, callback_data: PartEvents, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The preview of parting."""
    return show(
        callback, views.preview_part(await propose_part(uow, actor, callback_data.event, now), actor, now)
    )


@router.callback_query(ConfirmPart.filter(), flags=needs(Right.DESK))
async def parted(
    callback: CallbackQuery, callback_data: ConfirmPart, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да, разделить»: each stands alone again."""
    event_id, revision = callback_data.event, callback_data.revision

    async def made() -> View:
        return views.parted(await part(uow, actor, event_id, revision, now), actor, now)

    async def again() -> View:
        return views.preview_part(await propose_part(uow, actor, event_id, now), actor, now)

    return show(callback, await made_or_asked(made(), again, uow, actor, (event_id, revision), now))


@router.callback_query(ShowPlanRows.filter(), flags=needs(Right.DESK))
async def rows_shown(
    callback: CallbackQuery, callback_data: ShowPlanRows, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Строки плана»."""
    event = await find_event(uow, actor, callback_data.event)
    return show(callback, views.marks(event, await plan_rows(uow, actor, event.id), actor, now))


@router.callback_query(MarkRow.filter(), flags=needs(Right.DESK))
async def marked(
    callback: CallbackQuery, callback_data: MarkRow, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One row's own mark."""
    event = await mark_row(uow, actor, callback_data.event, callback_data.activity)
    return show(callback, views.marks(event, await plan_rows(uow, actor, event.id), actor, now))
