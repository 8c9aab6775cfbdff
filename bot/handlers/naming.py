"""Naming the day of an event: the month's board, the days, the preview, the confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.calendar import find_event
from actions.making import LINE_STEP
from actions.naming import (
    NAMING_STEP,
    Board,
    is_ahead,
    let_naming_rest,
    name_day,
    open_board,
    open_event,
    propose_day,
    without_day,
)
from actions.together import to_hold_with
from bot.conflicts import made_or_asked
from bot.context import Context
from bot.filters import HasText, Waits, needs
from bot.handlers.making import line_offered
from bot.views import desk as views
from bot.views import putting_off
from bot.views.cards import today
from bot.views.keyboards import ChooseDay, ShowDesk
from bot.views.naming_keys import (
    ConfirmDay,
    ConfirmDayThere,
    LaterDay,
    ProposeDay,
    ShowBoard,
    TurnDays,
    mark_there,
)
from bot.views.view import Replies, View, follow, say, show
from domain.errors import DomainError
from domain.event_words import (
    EventDraft,
    may_be_called,
    moment_of_line,
    names_hour_and_place,
    names_meeting,
    place_of_line,
)
from domain.kinds import kind_of
from domain.period import Period, Precision
from domain.plan_draft import Kind, period_from_json
from domain.records import Actor, Event
from domain.roles import Right, may
from domain.russian_dates import read_day_or_months, read_moment
from storage.unit_of_work import UnitOfWork

router = Router(name="naming")
# «Встреча» is what any of them may be called.
_ANY_KIND = frozenset({Kind.MEETING, Kind.OTHER})


@router.callback_query(ShowDesk.filter(F.screen == "days"), flags=needs(Right.DESK, dialogue=True))
async def first_board(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Назвать дни»."""
    return follow(callback, await first_to_name(uow, actor, now))


async def first_to_name(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """The first month that waits."""
    return _board(await open_board(uow, actor, now), actor, now)


@router.callback_query(ShowBoard.filter(), flags=needs(Right.DESK, dialogue=True))
async def other_month(
    callback: CallbackQuery, callback_data: ShowBoard, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Another month."""
    month = (callback_data.year, callback_data.month)
    return show(callback, _board(await open_board(uow, actor, now, month), actor, now))


def _board(board: Board | None, actor: Actor, now: datetime) -> View:
    return views.all_named() if board is None else views.board(board, actor.home, today(actor, now))


@router.callback_query(LaterDay.filter(), flags=needs(Right.DESK))
async def later(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Пока не знаю»: the question rests for two weeks."""
    return show(callback, views.not_before(await let_naming_rest(uow, actor, now), actor, now))


@router.callback_query(ChooseDay.filter(), flags=needs(Right.HOST, dialogue=True))
async def choose(
    callback: CallbackQuery, callback_data: ChooseDay, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The days for one event; a day in words is understood as well."""
    board = await open_event(uow, actor, callback_data.event, now)
    host = not may(actor.role, Right.DESK)
    return show(callback, views.board(board, actor.home, today(actor, now), host=host))


@router.callback_query(TurnDays.filter(), flags=needs(Right.HOST, dialogue=True))
async def turned(
    callback: CallbackQuery, callback_data: TurnDays, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Another month of the days for one event."""
    board = await open_event(uow, actor, callback_data.event, now)
    month = (callback_data.year, callback_data.month)
    host = not may(actor.role, Right.DESK)
    return show(callback, views.board(board, actor.home, today(actor, now), month, host=host))


@router.callback_query(ProposeDay.filter(), flags=needs(Right.HOST, dialogue=True))
async def proposed(
    callback: CallbackQuery,
    callback_data: ProposeDay,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """A day by its button, with the usual hour."""
    event = await find_event(uow, actor, callback_data.event)
    day = Period.day(_day(callback_data.day))
    if callback_data.at == "-":
        period = _with_hour(day, event, actor)
    else:
        period = Period.at(day.end, _time(callback_data.at))
    if line := actor.asked(LINE_STEP).get("line"):  # it was asked for which event the line is
        return show(callback, await _either(uow, actor, event, period, str(line), now, context))
    return show(callback, await _preview(uow, actor, callback_data.event, period, now, context))


@router.message(Waits(NAMING_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context) -> Replies:
    """A day in words for the event that is being named: «15 ноября 14:00»."""
    event, text = await find_event(uow, actor, actor.asked_event), message.text or ""
    day = today(actor, now)
    if may(actor.role, Right.DESK) and names_meeting(text):
        said = moment_of_line(text, day)
        if said and is_ahead(said, actor, now) and event.period.day_known:
            return say(message, await _either(uow, actor, event, said, text, now, context))
        found = await _of_line(message, said, uow, actor, now, context)
        if found is not None:
            return found
    try:
        near = None if event.period.end < day else (event.period.first_day, event.period.end)
        period = read_day_or_months(text, day, near)
    except DomainError as error:
        facts = {**error.facts, "example": views.example(event.period, day, actor.home)}
        raise DomainError(error.code, **facts) from None
    period = _with_hour(period, event, actor)
    return say(message, await _preview(uow, actor, event.id, period, now, context, text))


def _with_hour(period: Period, event: Event, actor: Actor) -> Period:
    """A day gets the event's own hours, or the association's usual one; what has an hour keeps it."""
    if period.precision is not Precision.DAY:
        return period
    if event.period.start_time is not None:
        return Period.at(period.end, event.period.start_time, event.period.end_time)
    return Period.at(period.end, time.fromisoformat(actor.home.usual_time))


class _SaysMoment(Filter):
    """A coordinator writes a day with an hour, of her own accord or after a message that asked for days; or a
    whole line of a meeting whose day cannot be."""

    async def __call__(
        self, message: Message, now: datetime, actor: Actor | None = None
    ) -> bool | dict[str, Period | None]:
        if actor is None or not may(actor.role, Right.DESK) or not message.text:
            return False
        day = today(actor, now)
        if names_meeting(message.text):
            period = moment_of_line(message.text, day)
            known = period is not None or names_hour_and_place(message.text, day)
            return {"period": period} if known else False
        try:
            period = read_moment(message.text, day)
        except DomainError:
            return False
        return {"period": period} if period.start_time else False


@router.message(_SaysMoment(), flags=needs(Right.DESK, dialogue=True))
async def said(
    message: Message, period: Period | None, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """A day in words out of the blue: for the event that lacks one just then, or for a new one where they say
    what it is."""
    if names_meeting(message.text or ""):
        found = await _of_line(message, period, uow, actor, now, context)
    elif period is not None and (fitting := await _fitting(uow, actor, period, now)):
        if len(fitting) > 1:
            return say(message, views.choose_named(fitting, period, actor, now))
        words = message.text or ""
        return say(message, await _preview(uow, actor, fitting[0].id, period, now, context, words))
    else:
        found = None
    if found is None:
        raise SkipHandler
    return found


async def _fitting(uow: UnitOfWork, actor: Actor, period: Period, now: datetime) -> list[Event]:
    """The events without a day that it could be the day of."""
    return [
        event
        for event in await without_day(uow, actor, now)
        if event.period.overlaps(period.first_day, period.end)
    ]


async def _of_line(
    message: Message, period: Period | None, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies | None:
    """A line that says what meeting it is: a day for one of its kind that lacks it, or of any kind where the
    line names none, or else a new meeting; None where it is something else."""
    text = message.text or ""
    fitting = await _fitting(uow, actor, period, now) if period and is_ahead(period, actor, now) else []
    fitting = [event for event in fitting if may_be_called(event.title, text)]
    kind = kind_of(text)
    alike = [event for event in fitting if event.kind is kind]
    if alike or kind not in _ANY_KIND:
        fitting = alike
    if period is None or not fitting:
        return await line_offered(message, uow, actor, now, context)
    if len(fitting) == 1:
        return say(message, await _either(uow, actor, fitting[0], period, text, now, context))
    draft = EventDraft().as_facts()
    await wait_for(uow, actor, LINE_STEP, line=text, draft=draft, association=actor.home.id)
    return say(message, views.choose_named(fitting, period, actor, now, may_be_new=True))


async def _either(
    uow: UnitOfWork, actor: Actor, event: Event, period: Period, line: str, now: datetime, context: Context
) -> View:
    """The day for one of the plan, or is it the line of a new meeting?"""
    kept: dict[str, Any] = {"line": line, "association": actor.home.id}
    place = place_of_line(line, today(actor, now))
    proposal = await propose_day(uow, actor, event.id, period, now, place=place, **kept)
    day_off = not context.is_working_day(period.first_day)
    return views.preview(proposal, actor, now, day_off=day_off, may_be_new=True)


async def _preview(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    period: Period,
    now: datetime,
    context: Context,
    words: str = "",
) -> View:
    """Of a day, and of the place where the words that named it name one."""
    place = place_of_line(words, today(actor, now), titled=True) if words and period.day_known else None
    proposal = await propose_day(uow, actor, event_id, period, now, place=place, words=words)
    if not period.day_known:
        return putting_off.preview(proposal, actor, now)
    day_off = not context.is_working_day(period.first_day)
    return views.preview(proposal, actor, now, day_off=day_off)


@router.callback_query(ConfirmDay.filter(), flags=needs(Right.HOST, dialogue=True))
async def confirmed(
    callback: CallbackQuery,
    callback_data: ConfirmDay,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """«Подтвердить»: the day is named, or other hours are set, and those who must know are told."""
    event_id, revision, period = callback_data.event, callback_data.revision, _period(callback_data)

    async def again() -> View:
        return await _preview(uow, actor, event_id, period, now, context)

    named = _named(uow, actor, event_id, revision, period, now)
    return show(callback, await made_or_asked(named, again, uow, actor, (event_id, revision), now))


@router.callback_query(ConfirmDayThere.filter(), flags=needs(Right.HOST, dialogue=True))
async def confirmed_there(
    callback: CallbackQuery,
    callback_data: ConfirmDayThere,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """The same of a day that was said with a place."""
    event_id, revision, said = callback_data.event, callback_data.revision, actor.asked(NAMING_STEP)
    period, place = _said_together(said, callback_data)

    async def again() -> View:
        if "line" not in said:
            return await _preview(uow, actor, event_id, period, now, context, str(said["words"]))
        event = await find_event(uow, actor, event_id)
        return await _either(uow, actor, event, period, str(said["line"]), now, context)

    named = _named(uow, actor, event_id, revision, period, now, place)
    return show(callback, await made_or_asked(named, again, uow, actor, (event_id, revision), now))


async def _named(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    revision: int,
    period: Period,
    now: datetime,
    place: Mapping[str, str] | None = None,
) -> View:
    proposal = await name_day(uow, actor, event_id, revision, period, now, place)
    if not may(actor.role, Right.DESK):
        return views.named_by_host(proposal, actor, now)
    near = await to_hold_with(uow, actor, event_id, now)
    return views.named(proposal, await without_day(uow, actor, now), near, actor, now)


def _said_together(said: Mapping[str, Any], data: ConfirmDayThere) -> tuple[Period, dict[str, str]]:
    """The day and the place of the preview. Raises DomainError `stale_button` where the dialogue was left, or
    is about others by now."""
    if said.get("event") == data.event and "place" in said:
        period, place = period_from_json(said["period"]), said["place"]
        if mark_there(period, place) == data.mark:
            return period, place
    raise DomainError("stale_button", event_id=data.event)


def _period(data: ConfirmDay) -> Period:
    """The period that the button carries. Raises DomainError `stale_button` for made-up data."""
    first, last = _day(data.first), _day(data.last)
    try:
        if data.start == "-":
            return Period.days(first, last)
        return Period.at(first, _time(data.start), None if data.end == "-" else _time(data.end))
    except ValueError:
        raise DomainError("stale_button") from None


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise DomainError("stale_button") from None
    if not 2000 <= day.year < 2100:
        raise DomainError("stale_button")
    return day


def _time(written: str) -> time:
    try:
        return time.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        raise DomainError("stale_button") from None
