"""«Новая встреча»: one line or step by step, the preview, «Создать»; «Скопировать»; undone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.changing import CANCEL_STEP, propose_change
from actions.making import (
    LINE_STEP,
    MAKING,
    MISSING_STEPS,
    Offer,
    begin,
    copy,
    draft_of,
    line_of,
    make_event,
    offer,
    unmake,
    without_place,
)
from actions.naming import is_ahead
from bot.context import Context
from bot.filters import HasText, Waits, Wordless, needs
from bot.views import events as event_views
from bot.views import making as views
from bot.views.cards import today
from bot.views.keyboards import ShowDesk
from bot.views.making_keys import (
    CopyEvent,
    DropEventDraft,
    LeaveOpen,
    MakeEvent,
    MakeInstead,
    UnmakeEvent,
)
from bot.views.view import Replies, View, follow, say, show
from domain.errors import DomainError
from domain.event_words import EventDraft, moment_of_line, names_hour_and_place, names_meeting
from domain.places import read_place
from domain.records import Actor
from domain.roles import Right
from domain.russian_dates import read_day_or_months, rest_of_school_year
from storage.unit_of_work import UnitOfWork

router = Router(name="making")

# What is refused is said with an example of what would do: a whole line, or the day alone.
_ABOUT_DAYS = frozenset({"moment_not_understood", "moment_impossible_day", "day_in_past", "end_before_start"})


@router.callback_query(ShowDesk.filter(F.screen == "new"), flags=needs(Right.DESK, dialogue=True))
async def begun(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Новая встреча»."""
    await begin(uow, actor)
    return follow(callback, views.ask_line(actor, now))


@router.message(Waits(LINE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def line_written(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """The whole of it in one line; under the preview, what is to be otherwise."""
    return say(message, *await _of_line(message.text or "", draft_of(actor), uow, actor, now, context))


async def _of_line(
    text: str, draft: EventDraft, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> list[View]:
    """What comes of a line. Of one whose title will not do, or whose day cannot be, the rest stays, and that
    is asked for."""
    day = today(actor, now)
    refused: list[View] = []
    try:
        try:
            said, title = draft.but_title(text, day)
        except DomainError as error:
            said, title = _but_moment(error, text, draft, day)
            refused.append(views.day_refused(error, actor, now))
        try:
            said = said.named(title) if title else said
        except DomainError as error:
            if said == draft:
                raise
            refused.append(views.title_refused(error))
        try:
            offered = await offer(uow, actor, said, now)
        except DomainError as error:
            nothing_else = replace(said, period=None, hours=draft.hours) == draft
            if error.code not in _ABOUT_DAYS or draft.period is not None or nothing_else:
                raise
            refused.append(views.day_refused(error, actor, now))
            offered = await offer(uow, actor, replace(said, period=None), now)
    except DomainError as error:
        raise _with_example(error, views.line_example(actor, now)) from None
    return [*refused, _next(offered, actor, now, context)]


def _but_moment(error: DomainError, text: str, draft: EventDraft, day: date) -> tuple[EventDraft, str]:
    """What else a line says whose moment is refused. Raises that refusal where it says nothing else, and
    where a day is known that stays."""
    if error.code not in _ABOUT_DAYS or draft.period is not None:
        raise error
    said, title = draft.but_moment(text, day)
    if said == draft and not title:
        raise error
    return said, title


async def line_offered(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies | None:
    """A meeting in one line out of the blue; None where it is something else."""
    text = message.text or ""
    day = today(actor, now)
    ahead = is_ahead(moment_of_line(text, day), actor, now)
    # With an hour and a place it can be nothing else; without them she may ask what there was.
    if not names_meeting(text) or not (ahead or names_hour_and_place(text, day)):
        return None
    try:
        return say(message, *await _of_line(text, EventDraft(), uow, actor, now, context))
    except DomainError:
        return None


@router.callback_query(MakeInstead.filter(), flags=needs(Right.DESK, dialogue=True))
async def instead(
    callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """«Нет, это новая встреча»: of the line in which a day for one of the plan was seen."""
    return follow(callback, *await _of_line(line_of(actor), EventDraft(), uow, actor, now, context))


@router.message(Waits(*MISSING_STEPS.values()), HasText(), flags=needs(Right.DESK, dialogue=True))
async def missing_written(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """The title, the day or the place that was asked for."""
    draft, text = draft_of(actor), message.text or ""
    day = today(actor, now)
    if names_meeting(text) and (moment_of_line(text, day) or names_hour_and_place(text, day)):
        return say(message, *await _of_line(text, draft, uow, actor, now, context))
    try:
        match draft.missing:
            case "title":
                draft = draft.named(text)
            case "day":
                draft = draft.on(read_day_or_months(text, day))
            case _:
                draft = _placed(draft, text, day)
        offered = await offer(uow, actor, draft, now)
    except DomainError as error:
        raise _with_example(error, views.day_example(actor, now)) from None
    return say(message, _next(offered, actor, now, context))


def _placed(draft: EventDraft, text: str, day: date) -> EventDraft:
    """At the place that was asked for; «позже» leaves it open, and hours alone are its hours."""
    with suppress(DomainError):
        said, other = draft.but_title(text, day)
        if not other and said == replace(draft, hours=said.hours) != draft:
            return said
    try:
        return draft.at(read_place(text))
    except DomainError as error:
        if error.code != "place_later":
            raise
        return without_place(draft)


@router.message(Waits(*MAKING), Wordless(), flags=needs(Right.DESK, dialogue=True))
async def wordless(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """A sticker, a voice or a photo where words are waited for: the question comes again."""
    draft = draft_of(actor)
    if draft == EventDraft():
        asked = views.ask_line(actor, now)
    else:
        asked = _next(await offer(uow, actor, draft, now), actor, now, context)
    return say(message, views.words_needed(), asked)


@router.callback_query(LeaveOpen.filter(), flags=needs(Right.DESK, dialogue=True))
async def left_open(
    callback: CallbackQuery,
    callback_data: LeaveOpen,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """«Пока без дня», «Место назову позже»."""
    draft = draft_of(actor)
    if callback_data.what == "day":
        draft = draft.on(rest_of_school_year(today(actor, now)))
    else:
        draft = without_place(draft)
    return show(callback, _next(await offer(uow, actor, draft, now), actor, now, context))


@router.callback_query(MakeEvent.filter(), flags=needs(Right.DESK, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: MakeEvent, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Создать»; pressed twice, it makes nothing more."""
    return show(callback, views.made(await make_event(uow, actor, callback_data.mark, now), actor, now))


@router.callback_query(DropEventDraft.filter(), flags=needs(Right.DESK))
async def dropped(callback: CallbackQuery) -> Replies:
    """«Не создавать»: with the dialogue the draft is forgotten."""
    return show(callback, views.dropped())


@router.callback_query(UnmakeEvent.filter(), flags=needs(Right.DESK, dialogue=True))
async def undone(
    callback: CallbackQuery, callback_data: UnmakeEvent, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отменить создание»: as if it had never been; where people may know of it, it is cancelled, and they
    are told why."""
    event = await unmake(uow, actor, callback_data.event, now)
    if event is not None:
        return show(callback, views.unmade(event))
    changed = await propose_change(uow, actor, callback_data.event, CANCEL_STEP, now)
    return show(callback, event_views.ask_reason(changed, actor, now))


@router.callback_query(CopyEvent.filter(), flags=needs(Right.DESK, dialogue=True))
async def copied(
    callback: CallbackQuery,
    callback_data: CopyEvent,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """«Скопировать»: the same on another day, which is asked for."""
    return follow(callback, _next(await copy(uow, actor, callback_data.event, now), actor, now, context))


def _next(offered: Offer, actor: Actor, now: datetime, context: Context) -> View:
    period = offered.period
    day_off = period is not None and period.day_known and not context.is_working_day(period.first_day)
    return views.next_step(offered, actor, now, day_off=day_off)


def _with_example(error: DomainError, example: str) -> DomainError:
    if error.code not in _ABOUT_DAYS:
        return error
    return DomainError(error.code, **{**error.facts, "example": example})
