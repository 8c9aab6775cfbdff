"""Naming the day of an event: the month's board, the days, the preview, the confirmation."""

from __future__ import annotations

from datetime import date, datetime, time

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.calendar import find_event
from actions.naming import NAMING_STEP, name_day, propose_day, without_day
from bot.context import Context
from bot.filters import HasText, Waits, needs
from bot.views import desk as views
from bot.views.cards import today
from bot.views.keyboards import ChooseDay, ConfirmDay, LaterDay, ProposeDay, ShowBoard, ShowDesk
from bot.views.view import Replies, View, follow, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import read_moment
from storage.unit_of_work import UnitOfWork

router = Router(name="naming")


@router.callback_query(ShowDesk.filter(F.screen == "days"), flags=needs(Right.DESK))
async def board(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Назвать дни»: the first month."""
    return follow(callback, views.board(await without_day(uow, actor, now), None))


@router.callback_query(ShowBoard.filter(), flags=needs(Right.DESK))
async def other_month(
    callback: CallbackQuery, callback_data: ShowBoard, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Another month."""
    month = (callback_data.year, callback_data.month)
    return show(callback, views.board(await without_day(uow, actor, now), month))


@router.callback_query(LaterDay.filter(), flags=needs(Right.DESK))
async def later(callback: CallbackQuery) -> Replies:
    """«Пока не знаю»."""
    return show(callback, View(t("naming-unknown-later")))


@router.callback_query(ChooseDay.filter(), flags=needs(Right.DESK, dialogue=True))
async def choose(
    callback: CallbackQuery, callback_data: ChooseDay, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The days of the event's month; a day in words is understood as well."""
    proposal = await propose_day(uow, actor, callback_data.event, None, now)
    return follow(callback, views.choose_day(proposal.event, actor, now))


@router.callback_query(ProposeDay.filter(), flags=needs(Right.DESK, dialogue=True))
async def proposed(
    callback: CallbackQuery,
    callback_data: ProposeDay,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """A day by its button, with the usual hour."""
    period = Period.at(_day(callback_data.day), time.fromisoformat(actor.home.usual_time))
    return show(callback, await _preview(uow, actor, callback_data.event, period, now, context))


@router.message(Waits(NAMING_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context) -> Replies:
    """A day in words: «15 ноября 14:00»."""
    event_id = actor.dialogue.facts.get("event") if actor.dialogue else None
    if not isinstance(event_id, int):
        raise DomainError("event_unknown")
    event = await find_event(uow, actor, event_id)
    try:
        period = read_moment(
            message.text or "", today(actor, now), (event.period.first_day, event.period.end)
        )
    except DomainError as error:
        raise DomainError(
            error.code, **error.facts, example=views.example(event.period, actor, now)
        ) from None
    return say(message, await _preview(uow, actor, event_id, period, now, context))


async def _preview(
    uow: UnitOfWork, actor: Actor, event_id: int, period: Period, now: datetime, context: Context
) -> View:
    proposal = await propose_day(uow, actor, event_id, period, now)
    day_off = not context.is_working_day(period.first_day)
    return views.preview(proposal, actor, now, day_off=day_off)


@router.callback_query(ConfirmDay.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmDay, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подтвердить»: the day is named, and those who must know are told."""
    period = _period(callback_data)
    proposal = await name_day(uow, actor, callback_data.event, callback_data.revision, period, now)
    return show(callback, views.named(proposal, actor, now))


def _period(data: ConfirmDay) -> Period:
    """The period that the button carries. Raises DomainError `stale_button` for made-up data."""
    first, last = _day(data.first), _day(data.last)
    try:
        if data.start == "-":
            return Period.days(first, last)
        start = datetime.strptime(data.start, "%H%M").time()  # noqa: DTZ007 – a clock time has no zone
        end = None if data.end == "-" else datetime.strptime(data.end, "%H%M").time()  # noqa: DTZ007
        return Period.at(first, start, end)
    except ValueError:
        raise DomainError("stale_button") from None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise DomainError("stale_button") from None
