"""«Новая встреча»: one line or step by step, the preview, «Создать»; «Скопировать»; undone."""

from __future__ import annotations

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
    make_event,
    offer,
    unmake,
    without_place,
)
from bot.context import Context
from bot.filters import HasText, Waits, Wordless, needs
from bot.views import events as event_views
from bot.views import making as views
from bot.views.cards import today
from bot.views.keyboards import ShowDesk
from bot.views.making_keys import CopyEvent, DropEventDraft, LeaveOpen, MakeEvent, UnmakeEvent
from bot.views.view import Replies, View, follow, say, show
from domain.errors import DomainError
from domain.event_words import EventDraft, moment_of_line, names_meeting
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
    """What comes of a line. Of one whose title will not do the rest stays, and a title is asked for."""
    refused: list[View] = []
    try:
        said, title = draft.but_title(text, today(actor, now))
        try:
            said = said.named(title) if title else said
        except DomainError as error:
            if said == draft:
                raise
            refused = [views.title_refused(error)]
        offered = await offer(uow, actor, said, now)
    except DomainError as error:
        raise _with_example(error, views.line_example(actor, now)) from None
    return [*refused, _next(offered, actor, now, context)]


async def line_offered(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies | None:
    """A meeting in one line out of the blue; None where it is something else."""
    text = message.text or ""
    if not names_meeting(text):
        return None
    try:
        return say(message, *await _of_line(text, EventDraft(), uow, actor, now, context))
    except DomainError as error:
        # With an hour and a place it can be nothing else; without them she may ask what there was.
        if error.code in _ABOUT_DAYS and _has_hour_and_place(text, today(actor, now)):
            raise
        return None


def _has_hour_and_place(text: str, day: date) -> bool:
    try:
        draft, _ = EventDraft().but_title(text, day)
    except DomainError:
        return False
    return draft.hours is not None and bool(draft.venue)


@router.message(Waits(*MISSING_STEPS.values()), HasText(), flags=needs(Right.DESK, dialogue=True))
async def missing_written(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """The title, the day or the place that was asked for."""
    draft, text = draft_of(actor), message.text or ""
    if names_meeting(text) and moment_of_line(text, today(actor, now)) is not None:
        # Everything is said again.
        return say(message, *await _of_line(text, draft, uow, actor, now, context))
    try:
        match draft.missing:
            case "title":
                draft = draft.named(text)
            case "day":
                draft = draft.on(read_day_or_months(text, today(actor, now)))
            case _:
                draft = _placed(draft, text)
        offered = await offer(uow, actor, draft, now)
    except DomainError as error:
        raise _with_example(error, views.day_example(actor, now)) from None
    return say(message, _next(offered, actor, now, context))


def _placed(draft: EventDraft, text: str) -> EventDraft:
    """At the place that was asked for; «позже» leaves it open."""
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
