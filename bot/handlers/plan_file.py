"""The plan as a whole: as a file, as it stands; last year's carried over."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from actions.calendar import year_plan
from actions.reports import plan_as_it_stands
from actions.rolling_over import carry_over, plan_file, take_along
from bot.filters import needs
from bot.handlers.plan_questions import waiting_views
from bot.views import plan_file as views
from bot.views import plans
from bot.views.cards import today
from bot.views.keyboards import ShowDesk
from bot.views.plan_file_keys import CarryOver, ShowPlanFile, TakeAlong, TakePlan
from bot.views.view import Replies, View, acknowledge, follow, send_file, show
from documents.plan_file import write_plan
from domain.plan_draft import school_year_label
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="plan_file")


@router.callback_query(ShowDesk.filter(F.screen == "plan"), flags=needs(Right.DESK))
async def how_to_send(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Загрузить план»; the one that was not finished, if there is one."""
    return follow(callback, await whole_plan(uow, actor, now), *await waiting_views(uow, actor, now))


@router.callback_query(ShowPlanFile.filter(), flags=needs(Right.DESK))
async def home(
    callback: CallbackQuery, callback_data: ShowPlanFile, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«План файлом» of a year."""
    shown = await whole_plan(uow, actor, now, callback_data.year)
    return follow(callback, shown, *await waiting_views(uow, actor, now))


async def whole_plan(uow: UnitOfWork, actor: Actor, now: datetime, first_year: int | None = None) -> View:
    """The plan of the year that begins in this one, of the present one for None: how it comes in and out."""
    year_round = (await year_plan(uow, actor, now)).year_round
    return views.home(await plan_file(uow, actor, first_year, now), year_round=bool(year_round))


@router.callback_query(TakePlan.filter(), flags=needs(Right.DESK))
async def taken(
    callback: CallbackQuery, callback_data: TakePlan, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The plan as it stands, as a Word document."""
    content, year = await plan_as_it_stands(uow, actor, callback_data.year, now, write_plan)
    file = send_file(callback.from_user.id, content, views.file_name(year), views.caption(year))
    return [acknowledge(callback), file]


@router.callback_query(CarryOver.filter(), flags=needs(Right.DESK))
async def carried(
    callback: CallbackQuery, callback_data: CarryOver, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Перенести на …»: the preview of a draft, as of a file that was sent."""
    carried = await carry_over(uow, actor, callback_data.year, now)
    said = View(views.carried(school_year_label(callback_data.year)))
    beyond = [views.beyond(carried)] if carried.beyond else []
    return follow(callback, said, *beyond, plans.preview(carried.kept, today(actor, now)))


@router.callback_query(TakeAlong.filter(), flags=needs(Right.DESK))
async def taken_along(
    callback: CallbackQuery, callback_data: TakeAlong, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Взять: …»: one of the meetings that stand in no plan."""
    carried = await take_along(uow, actor, callback_data.draft, callback_data.event, now)
    return show(callback, views.beyond(carried))
