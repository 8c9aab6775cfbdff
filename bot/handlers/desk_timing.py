"""«Когда напоминать»: the coordinator sets lead times, hours, quiet hours, the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.timing import (
    LEAD_STEP,
    QUIET_STEP,
    REST_STEP,
    SWITCH_STEP,
    AssociationTiming,
    ProposedTiming,
    association_timing,
    confirm_timing,
    offer_timing,
    open_dialogue,
    take_back_timing,
)
from bot.context import Context
from bot.filters import HasText, Waits, needs
from bot.views import desk_timing as views
from bot.views.callback_data import CallbackData
from bot.views.cards import today
from bot.views.desk_timing import (
    AskTiming,
    ChooseHour,
    ChooseLeads,
    ConfirmTiming,
    SetHour,
    SetQuiet,
    SetRest,
    ShowTiming,
    SwitchLead,
    TakeBackTiming,
)
from bot.views.view import Replies, View, say, show
from domain.errors import DomainError
from domain.period import Precision
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import read_clock, read_hours, read_moment
from domain.timing import MonthDay, TimingProfile, with_lead, with_lead_at, with_quiet_hours, with_rest
from storage.unit_of_work import UnitOfWork

router = Router(name="desk_timing")

QUESTIONS: dict[str, Callable[[AssociationTiming], View]] = {
    "hours": views.hours,
    "quiet": views.quiet,
    "rest": views.rest,
}
# To these a value may be written.
STEPS = {"quiet": QUIET_STEP, "rest": REST_STEP}


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
    timing = await open_dialogue(uow, actor, STEPS.get(callback_data.what))
    return show(callback, QUESTIONS[callback_data.what](timing))


@router.callback_query(ChooseLeads.filter(), flags=needs(Right.DESK))
async def leads(
    callback: CallbackQuery, callback_data: ChooseLeads, uow: UnitOfWork, actor: Actor
) -> Replies:
    """The lead times of a family."""
    return show(callback, views.leads(await association_timing(uow, actor), callback_data.family))


@router.callback_query(SwitchLead.filter(), flags=needs(Right.DESK, dialogue=True))
async def switched(
    callback: CallbackQuery,
    callback_data: SwitchLead,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """A lead time, on or off."""
    family, code, on = callback_data.family, callback_data.lead, callback_data.to == "on"
    offer = _Offer(
        SWITCH_STEP, lambda profile: with_lead(profile, family, code, on), ChooseLeads(family=family)
    )
    return show(callback, await _offered(offer, uow, actor, now, context))


@router.callback_query(ChooseHour.filter(), flags=needs(Right.DESK, dialogue=True))
async def hours(callback: CallbackQuery, callback_data: ChooseHour, uow: UnitOfWork, actor: Actor) -> Replies:
    """The hours for a lead; another one may be written."""
    timing = await open_dialogue(uow, actor, LEAD_STEP, lead=callback_data.lead)
    return show(callback, views.choose_hour(timing, callback_data.lead))


@router.callback_query(SetHour.filter(), flags=needs(Right.DESK, dialogue=True))
async def hour_picked(
    callback: CallbackQuery,
    callback_data: SetHour,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """An hour, by its button."""
    offer = _hour(callback_data.lead, _clock(callback_data.at))
    return show(callback, await _offered(offer, uow, actor, now, context))


@router.message(Waits(LEAD_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def hour_typed(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """An hour, in words."""
    offer = _hour(str(actor.asked(LEAD_STEP).get("lead")), read_clock(message.text or ""))
    return say(message, await _offered(offer, uow, actor, now, context))


@router.callback_query(SetQuiet.filter(), flags=needs(Right.DESK, dialogue=True))
async def quiet_picked(
    callback: CallbackQuery,
    callback_data: SetQuiet,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """Quiet hours, by their button."""
    offer = _quiet(_clock(callback_data.start), _clock(callback_data.end))
    return show(callback, await _offered(offer, uow, actor, now, context))


@router.message(Waits(QUIET_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def quiet_typed(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """Quiet hours, in words: «с 22 до 7»."""
    offer = _quiet(*read_hours(message.text or ""))
    return say(message, await _offered(offer, uow, actor, now, context))


@router.callback_query(SetRest.filter(), flags=needs(Right.DESK, dialogue=True))
async def rest_picked(
    callback: CallbackQuery,
    callback_data: SetRest,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """The rest, by its button."""
    offer = _rest(_month_day(callback_data.first), _month_day(callback_data.last))
    try:
        return show(callback, await _offered(offer, uow, actor, now, context))
    except (ValueError, OverflowError):  # made-up data: days that no year has
        raise DomainError("stale_button") from None


@router.message(Waits(REST_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def rest_typed(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """The rest, in words: «с 15 июня по 19 августа»."""
    try:
        period = read_moment(message.text or "", today(actor, now))
    except DomainError:
        raise DomainError("rest_not_understood") from None
    if period.precision is not Precision.DAYS:
        raise DomainError("rest_not_understood")
    first, last = period.first_day, period.end
    offer = _rest((first.month, first.day), (last.month, last.day))
    return say(message, await _offered(offer, uow, actor, now, context))


@router.callback_query(ConfirmTiming.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmTiming, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подтвердить»."""
    return show(callback, views.settled(await confirm_timing(uow, actor, callback_data.mark, now)))


@router.callback_query(TakeBackTiming.filter(), flags=needs(Right.DESK, dialogue=True))
async def taken_back(
    callback: CallbackQuery, callback_data: TakeBackTiming, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть как было»."""
    return show(callback, views.taken_back(await take_back_timing(uow, actor, callback_data.line, now)))


@dataclass(frozen=True, slots=True)
class _Offer:
    """A change to be looked at: the step in which it stands, with what is kept of it, and the screen that it
    was chosen on."""

    step: str
    change: Callable[[TimingProfile], TimingProfile]
    chosen_on: CallbackData
    facts: Mapping[str, object] = field(default_factory=dict)


def _hour(code: str, at: time) -> _Offer:
    change = partial(with_lead_at, code=code, at=at)
    return _Offer(LEAD_STEP, change, AskTiming(what="hours"), {"lead": code})


def _quiet(start: time, end: time) -> _Offer:
    change = partial(with_quiet_hours, quiet_from=start, quiet_to=end)
    return _Offer(QUIET_STEP, change, AskTiming(what="quiet"))


def _rest(first: MonthDay | None, last: MonthDay | None) -> _Offer:
    change = partial(with_rest, rest_from=first, rest_to=last)
    return _Offer(REST_STEP, change, AskTiming(what="rest"))


async def _offered(offer: _Offer, uow: UnitOfWork, actor: Actor, now: datetime, context: Context) -> View:
    """Its preview, or that it is so already."""
    outcome = await offer_timing(
        uow, actor, offer.step, offer.change, now, context.is_working_day, **offer.facts
    )
    if isinstance(outcome, ProposedTiming):
        return views.preview(outcome, offer.chosen_on)
    return views.settled(outcome)


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
