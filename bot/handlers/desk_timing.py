"""«Когда напоминать»: the coordinator sets lead times, hours, quiet hours, the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.timing import (
    LEAD_STEP,
    QUIET_STEP,
    REST_STEP,
    AssociationTiming,
    association_timing,
    change_timing,
    open_dialogue,
)
from bot.filters import HasText, Waits, needs
from bot.views import desk_timing as views
from bot.views.cards import today
from bot.views.desk_timing import (
    AskTiming,
    ChooseHour,
    ChooseLeads,
    SetHour,
    SetQuiet,
    SetRest,
    ShowTiming,
    SwitchLead,
)
from bot.views.view import Replies, View, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.period import Precision
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import read_clock, read_hours, read_moment
from domain.timing import MonthDay, with_lead, with_lead_at, with_quiet_hours, with_rest
from storage.unit_of_work import UnitOfWork

router = Router(name="desk_timing")

_QUESTIONS: dict[str, Callable[[AssociationTiming], View]] = {
    "hours": views.hours,
    "quiet": views.quiet,
    "rest": views.rest,
}
# To these a value may be written.
_STEPS = {"quiet": QUIET_STEP, "rest": REST_STEP}


@router.callback_query(ShowTiming.filter(), flags=needs(Right.DESK))
async def home(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Когда напоминать»."""
    return show(callback, views.home(await association_timing(uow, actor)))


@router.callback_query(AskTiming.filter(F.what == "kinds"), flags=needs(Right.DESK))
async def kinds(callback: CallbackQuery) -> Replies:
    """«О чём и за сколько»: of what."""
    return show(callback, views.kinds())


@router.callback_query(AskTiming.filter(F.what != "kinds"), flags=needs(Right.DESK, dialogue=True))
async def question(
    callback: CallbackQuery, callback_data: AskTiming, uow: UnitOfWork, actor: Actor
) -> Replies:
    """What is it to be? Where a value may be written, it is waited for."""
    timing = await open_dialogue(uow, actor, _STEPS.get(callback_data.what))
    return show(callback, _QUESTIONS[callback_data.what](timing))


@router.callback_query(ChooseLeads.filter(), flags=needs(Right.DESK))
async def leads(
    callback: CallbackQuery, callback_data: ChooseLeads, uow: UnitOfWork, actor: Actor
) -> Replies:
    """The lead times of a family."""
    return show(callback, views.leads(await association_timing(uow, actor), callback_data.family))


@router.callback_query(SwitchLead.filter(), flags=needs(Right.DESK))
async def switched(
    callback: CallbackQuery, callback_data: SwitchLead, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A lead time, on or off."""
    family, code, on = callback_data.family, callback_data.lead, callback_data.to == "on"
    timing = await change_timing(uow, actor, lambda profile: with_lead(profile, family, code, on), now)
    return show(callback, views.leads(timing, family), t("timing-saved"))


@router.callback_query(ChooseHour.filter(), flags=needs(Right.DESK, dialogue=True))
async def hours(callback: CallbackQuery, callback_data: ChooseHour, uow: UnitOfWork, actor: Actor) -> Replies:
    """The hours for a lead; another one may be written."""
    timing = await open_dialogue(uow, actor, LEAD_STEP, lead=callback_data.lead)
    return show(callback, views.choose_hour(timing, callback_data.lead))


@router.callback_query(SetHour.filter(), flags=needs(Right.DESK, dialogue=True))
async def hour_picked(
    callback: CallbackQuery, callback_data: SetHour, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """An hour, by its button."""
    at, code = _clock(callback_data.at), callback_data.lead
    timing = await change_timing(uow, actor, lambda profile: with_lead_at(profile, code, at), now)
    return show(callback, views.hours(timing), t("timing-saved"))


@router.message(Waits(LEAD_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def hour_typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """An hour, in words."""
    at = read_clock(message.text or "")
    code = str(actor.asked(LEAD_STEP).get("lead"))
    timing = await change_timing(uow, actor, lambda profile: with_lead_at(profile, code, at), now)
    return say(message, views.home(timing, t("timing-saved")))


@router.callback_query(SetQuiet.filter(), flags=needs(Right.DESK, dialogue=True))
async def quiet_picked(
    callback: CallbackQuery, callback_data: SetQuiet, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Quiet hours, by their button."""
    change = partial(
        with_quiet_hours, quiet_from=_clock(callback_data.start), quiet_to=_clock(callback_data.end)
    )
    return show(callback, views.home(await change_timing(uow, actor, change, now)), t("timing-saved"))


@router.message(Waits(QUIET_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def quiet_typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Quiet hours, in words: «с 22 до 7»."""
    start, end = read_hours(message.text or "")
    change = partial(with_quiet_hours, quiet_from=start, quiet_to=end)
    return say(message, views.home(await change_timing(uow, actor, change, now), t("timing-saved")))


@router.callback_query(SetRest.filter(), flags=needs(Right.DESK, dialogue=True))
async def rest_picked(
    callback: CallbackQuery, callback_data: SetRest, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The rest, by its button."""
    first, last = _month_day(callback_data.first), _month_day(callback_data.last)
    timing = await _set_rest(uow, actor, first, last, now)
    return show(callback, views.home(timing), t("timing-saved"))


@router.message(Waits(REST_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def rest_typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The rest, in words: «с 15 июня по 19 августа»."""
    try:
        period = read_moment(message.text or "", today(actor, now))
    except DomainError:
        raise DomainError("rest_not_understood") from None
    if period.precision is not Precision.DAYS:
        raise DomainError("rest_not_understood")
    first, last = period.first_day, period.end
    timing = await _set_rest(uow, actor, (first.month, first.day), (last.month, last.day), now)
    return say(message, views.home(timing, t("timing-saved")))


async def _set_rest(
    uow: UnitOfWork, actor: Actor, first: MonthDay | None, last: MonthDay | None, now: datetime
) -> AssociationTiming:
    try:
        return await change_timing(uow, actor, lambda profile: with_rest(profile, first, last), now)
    except (ValueError, OverflowError):  # made-up data: days that no year has
        raise DomainError("stale_button") from None


def _clock(written: str) -> time:
    try:
        return time.fromisoformat(written).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise DomainError("stale_button") from None


def _month_day(written: str) -> MonthDay | None:
    if written == views.NONE:
        return None
    try:
        return int(written[:2]), int(written[2:])
    except ValueError:
        raise DomainError("stale_button") from None
