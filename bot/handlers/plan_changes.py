"""A corrected file of a plan that stands: what differs is shown, taken or left, and comes into force."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.plan_changes import choose, open_changes, open_earlier, propose_taking, take_changes
from bot.filters import needs
from bot.views import plan_changes as views
from bot.views.plan_change_keys import (
    ChooseAllPlanChanges,
    ChoosePlanChange,
    ConfirmPlanChanges,
    ProposePlanChanges,
    ShowPlanChanges,
    TakePlanBack,
)
from bot.views.view import Replies, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="plan_changes")

# So the actions answer where anything is not as the preview showed it.
_MEANWHILE = frozenset({"plan_changed_meanwhile", "event_changed"})


@router.callback_query(ShowPlanChanges.filter(), flags=needs(Right.DESK))
async def shown(
    callback: CallbackQuery, callback_data: ShowPlanChanges, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A page of what differs."""
    comparison = await open_changes(uow, actor, callback_data.draft, now)
    return show(callback, views.page(comparison, callback_data.page, actor, now))


@router.callback_query(ChoosePlanChange.filter(), flags=needs(Right.DESK))
async def chosen(
    callback: CallbackQuery, callback_data: ChoosePlanChange, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One is taken, or left."""
    comparison = await choose(uow, actor, callback_data.draft, callback_data.item, now)
    return show(callback, views.page(comparison, callback_data.page, actor, now))


@router.callback_query(ChooseAllPlanChanges.filter(), flags=needs(Right.DESK))
async def all_chosen(
    callback: CallbackQuery, callback_data: ChooseAllPlanChanges, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Взять все», «Оставить все»."""
    comparison = await choose(uow, actor, callback_data.draft, None, now, taken=callback_data.act == "take")
    return show(callback, views.page(comparison, 0, actor, now))


@router.callback_query(ProposePlanChanges.filter(), flags=needs(Right.DESK))
async def proposed(
    callback: CallbackQuery, callback_data: ProposePlanChanges, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Применить»: what would be done."""
    return show(callback, views.preview(await propose_taking(uow, actor, callback_data.draft, now)))


@router.callback_query(ConfirmPlanChanges.filter(), flags=needs(Right.DESK))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmPlanChanges, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да, применить»."""
    try:
        outcome = await take_changes(uow, actor, callback_data.draft, callback_data.mark, now)
    except DomainError as error:
        if error.code not in _MEANWHILE:
            raise
        comparison = await open_changes(uow, actor, callback_data.draft, now)
        return show(callback, views.meanwhile(comparison, actor, now))
    return show(callback, views.done(outcome))


@router.callback_query(TakePlanBack.filter(), flags=needs(Right.DESK))
async def taken_back(
    callback: CallbackQuery, callback_data: TakePlanBack, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть прежний план»: what would change back."""
    comparison = await open_earlier(uow, actor, callback_data.line, now)
    return show(callback, views.page(comparison, 0, actor, now))
