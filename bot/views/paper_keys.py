"""The buttons of an event's paper: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import protocol_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowMore, button, inline
from bot.views.words import plain
from domain.records import Event


class ShowPapers(CallbackData, prefix="papers"):
    """«Бумаги» of an event."""

    event: Id


class ShowLetters(CallbackData, prefix="letters"):
    """«Письма»: what is written before it."""

    event: Id


class ShowSheet(CallbackData, prefix="sheets"):
    """«Явочный лист»: to be printed, and its photographs once it is signed."""

    event: Id


class ShowSigned(CallbackData, prefix="signed"):
    """«Подписанное письмо»."""

    event: Id


class ShowBlanks(CallbackData, prefix="blanks"):
    """«Бланки», seen from an event's papers; from «Отчёты» for 0."""

    event: Id


class ShowCertificates(CallbackData, prefix="certs"):
    """«Справки»: a page of those who were there."""

    event: Id
    page: Place


class TakeLetter(CallbackData, prefix="letter"):
    """A letter as a file."""

    event: Id
    what: Literal["letter", "notice"]


class SkipCentre(CallbackData, prefix="nocentre"):
    """«Пропустить»: a notice with a line in place of whom it is for."""

    event: Id


class TakeGateList(CallbackData, prefix="gate"):
    """«Список на вахту» as a file."""

    event: Id


def papers(event: Event) -> InlineKeyboardButton:
    """«Бумаги»."""
    return button(plain("button-papers"), ShowPapers(event=event.id))


def all_papers(event: Event, *, coordinates: bool, over: bool) -> InlineKeyboardMarkup:
    """What is written of an event: before it the letters first, after it what comes after."""
    sheet = [button(plain("button-attendance-sheet"), ShowSheet(event=event.id))]
    if not coordinates:
        return inline([sheet, [_gate_list(event)], back(event)])
    letters = [button(plain("button-letters"), ShowLetters(event=event.id))]
    certificates = [button(plain("button-certificates"), ShowCertificates(event=event.id, page=0))]
    protocol = [protocol_keys.open_protocol(event)]
    rows = [protocol, certificates, sheet, letters] if over else [letters, sheet, protocol, certificates]
    return inline([*rows, [_signed(event)], back(event)])


def letters(event: Event) -> InlineKeyboardMarkup:
    """What is written before an event."""
    rows: Rows = [
        [button(plain("button-letter"), TakeLetter(event=event.id, what="letter"))],
        [button(plain("button-notice"), TakeLetter(event=event.id, what="notice"))],
        [_gate_list(event)],
        [_signed(event)],
        [button(plain("button-blanks"), ShowBlanks(event=event.id))],
    ]
    return inline([*rows, to_papers(event)])


def ask_centre(event: Event) -> InlineKeyboardMarkup:
    """Under the question whom a notice is for."""
    skip = [button(plain("button-skip-centre"), SkipCentre(event=event.id))]
    return inline([skip, [button(plain("button-back"), ShowLetters(event=event.id))]])


def all_blanks() -> InlineKeyboardButton:
    """«Бланки», whichever event they are wanted for."""
    return button(plain("button-blanks"), ShowBlanks(event=0))


def to_papers(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Бумаги»."""
    return [button(plain("button-back"), ShowPapers(event=event.id))]


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Ещё»."""
    return [button(plain("button-back"), ShowMore(event=event.id))]


def _signed(event: Event) -> InlineKeyboardButton:
    return button(plain("button-signed"), ShowSigned(event=event.id))


def _gate_list(event: Event) -> InlineKeyboardButton:
    return button(plain("button-gate-list"), TakeGateList(event=event.id))
