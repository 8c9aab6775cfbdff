"""The buttons about seats and about how people come: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Annotated

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.views import journal_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import GiveAnswer, Id, Place, Rows, ShowAttendees, ShowEvent, button, inline
from bot.views.words import plain
from domain.records import Answer, Event, Mode
from domain.rsvp import MOST_SEATS


class ChooseMode(CallbackData, prefix="mode"):
    """How people come to an event."""

    event: Id
    mode: Mode


class AskSeats(CallbackData, prefix="seats"):
    """«Сколько мест»."""

    event: Id


class WithoutLimit(CallbackData, prefix="noseats"):
    """«Без ограничения»."""

    event: Id


class ConfirmSeats(CallbackData, prefix="seated"):
    """The number seen in the preview, of the event as it stood then; 0 for as many as come."""

    event: Id
    revision: Place
    seats: Annotated[int, Field(ge=0, le=MOST_SEATS)]


def offer(event: Event) -> InlineKeyboardMarkup:
    """Under a seat that is offered: it is wanted, or not any more."""
    return inline(
        [
            [
                button(plain("button-going"), _answer(event, Answer.GOING), "success"),
                button(plain("button-not-any-more"), _answer(event, Answer.DECLINED)),
            ]
        ]
    )


def seated(event: Event) -> InlineKeyboardMarkup:
    """Under the word that a seat is hers: her plans may have changed."""
    return inline([[button(plain("button-declined"), _answer(event, Answer.DECLINED))]])


def modes(event: Event) -> Rows:
    """How people come: what holds now is marked."""
    return [[_mode(event, Mode.ONSITE), _mode(event, Mode.ONLINE)], [_mode(event, Mode.MIXED)]]


def give_link(event: Event) -> InlineKeyboardButton:
    """«Добавить ссылку», for an event that lacks one."""
    return button(plain("button-give-link"), ChooseMode(event=event.id, mode=event.mode))


def asked_seats(event: Event) -> InlineKeyboardMarkup:
    """Under the question how many seats there are."""
    rows: Rows = []
    if event.seats is not None:
        rows.append([button(plain("button-any-number"), WithoutLimit(event=event.id))])
    return inline([*rows, _leave(event)])


def confirm_seats(event: Event, seats: int | None) -> InlineKeyboardMarkup:
    """Under the preview of a number of seats."""
    data = ConfirmSeats(event=event.id, revision=event.revision, seats=seats or 0)
    return inline([[button(plain("button-sure-seats"), data, "success")], _leave(event)])


def seats_set(event: Event, *, changed: bool) -> InlineKeyboardMarkup:
    """After the number is set; the way back where it was another one."""
    rows: Rows = [
        [button(plain("button-who-comes"), ShowAttendees(event=event.id, page=0))],
        [button(plain("button-card"), ShowEvent(event=event.id))],
    ]
    return inline([*rows, [journal_keys.undo(event)]] if changed else rows)


def how_many(event: Event) -> list[InlineKeyboardButton]:
    """«Сколько мест»."""
    return [button(plain("button-seats"), AskSeats(event=event.id))]


def _leave(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-leave-it"), ShowAttendees(event=event.id, page=0))]


def _answer(event: Event, answer: Answer) -> GiveAnswer:
    return GiveAnswer(event=event.id, answer=answer, place=-1)


def _mode(event: Event, mode: Mode) -> InlineKeyboardButton:
    label = plain(f"choice-mode-{mode}")
    if event.mode is mode:
        label = plain("button-chosen", label=label)
    return button(label, ChooseMode(event=event.id, mode=mode))
