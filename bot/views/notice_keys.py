"""The buttons under what is sent unasked: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import checkin_keys, roll_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import (
    Id,
    Place,
    Rows,
    ShowAttendees,
    TakeCalendarFile,
    answers,
    button,
    inline,
)
from bot.views.words import plain
from domain.records import Answer, Event, Status
from domain.roll_call import Roll
from domain.snooze import Later

# What is said of an event that is over.
Said = Literal["yes", "moved", "no"]


class AskLater(CallbackData, prefix="later?"):
    """«Напомнить позже»: when?"""

    event: Id


class RemindLater(CallbackData, prefix="snooze"):
    """A moment before the event."""

    event: Id
    when: Later


class AskWhy(CallbackData, prefix="why"):
    """«Почему мне это пришло?»: about the newest message that this person got of this event."""

    event: Id


class SayFinished(CallbackData, prefix="done"):
    """«Готово»."""

    event: Id


class SaySeen(CallbackData, prefix="seen"):
    """«Вижу»."""

    event: Id
    revision: Place


class SayHeld(CallbackData, prefix="held"):
    """«Состоялось?»"""

    event: Id
    said: Said


class SureHeld(CallbackData, prefix="heldsure"):
    """The same, though another coordinator said otherwise, of the event as it stood then."""

    event: Id
    revision: Place
    said: Said


class ShowCallList(CallbackData, prefix="call"):
    """«Позвоните»: those whom the bot cannot reach, about one event."""

    event: Id
    page: Place


def reminder(event: Event, answer: Answer | None, *, here: bool = False) -> InlineKeyboardMarkup:
    """Under a reminder of an event whose day is known; «Я на месте» under the last one (`here`)."""
    return inline(
        [
            *answers(event, answer),
            [_later(event), checkin_keys.here(event) if here else _calendar(event)],
            _why(event),
        ]
    )


def month(event: Event) -> InlineKeyboardMarkup:
    """Under a reminder of an event whose day is still to be named."""
    return inline([_why(event)])


def task(event: Event) -> InlineKeyboardMarkup:
    """Under a reminder of a task."""
    return inline(
        [
            [button(plain("button-finished"), SayFinished(event=event.id), "success")],
            [_later(event), _calendar(event)],
            _why(event),
        ]
    )


def change(
    event: Event, *, takes_answers: bool, to_be_seen: bool, answer: Answer | None = None
) -> InlineKeyboardMarkup | None:
    """Under a change: answers where they are asked for, with hers marked, «Вижу» where it must not be
    missed."""
    rows: Rows = answers(event, answer) if takes_answers else []
    if to_be_seen:
        rows.append([button(plain("button-seen"), SaySeen(event=event.id, revision=event.revision))])
    return inline(rows) if rows else None


def held(event: Event) -> InlineKeyboardMarkup:
    """Under «Состоялось?»; what was said is marked, and another answer takes it back. Once it took place,
    who was there is marked instead of another day being named."""
    if event.status is Status.HELD and event.period.day_known:
        yes, no = _held(event, "yes", Status.HELD, "success"), _held(event, "no", Status.NOT_HELD)
        return inline([[yes, no], [roll_keys.roll_call(event)]])
    return inline(
        [
            [
                _held(event, "yes", Status.HELD, "success"),
                button(plain("button-held-moved"), SayHeld(event=event.id, said="moved")),
            ],
            [_held(event, "no", Status.NOT_HELD)],
        ]
    )


def held_with_roll(event: Event, listed: Roll, reader: int) -> InlineKeyboardMarkup:
    """Under «Состоялось?» with the list to confirm."""
    return inline([*held(event).inline_keyboard, *_to_confirm(event, listed, reader)])


def roll(event: Event, listed: Roll, reader: int) -> InlineKeyboardMarkup:
    """Under the list to confirm alone."""
    return inline(_to_confirm(event, listed, reader))


def _to_confirm(event: Event, listed: Roll, reader: int) -> Rows:
    me = roll_keys.mark_me(event) if listed.overlooked(reader) else []
    return [*roll_keys.confirm_said(event, listed), *me, [roll_keys.roll_call(event)]]


def sure_held(event: Event, said: Said) -> InlineKeyboardMarkup:
    """Whether it is to be noted, though another coordinator said otherwise."""
    sure = SureHeld(event=event.id, revision=event.revision, said=said)
    return inline([[button(plain(f"button-sure-held-{said}"), sure)]])


def _held(event: Event, said: Said, status: Status, style: str | None = None) -> InlineKeyboardButton:
    label = plain(f"button-held-{said}")
    if event.status is status:
        label = plain("button-chosen", label=label)
    return button(label, SayHeld(event=event.id, said=said), style)


def summary(event: Event, *, calls: bool = True) -> InlineKeyboardMarkup:
    """Under the evening's summary: the whole list, and those to be called."""
    rows: Rows = [[button(plain("button-who-comes"), ShowAttendees(event=event.id, page=0))]]
    if calls:
        rows.append([button(plain("button-call"), ShowCallList(event=event.id, page=0))])
    return inline(rows)


def _later(event: Event) -> InlineKeyboardButton:
    return button(plain("button-remind-later"), AskLater(event=event.id))


def _calendar(event: Event) -> InlineKeyboardButton:
    return button(plain("button-calendar"), TakeCalendarFile(event=event.id))


def _why(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-why"), AskWhy(event=event.id))]
