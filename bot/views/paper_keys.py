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


class ShowMorePapers(CallbackData, prefix="letters"):
    """«Ещё» of the papers: what of them is not for now."""

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


class TakeSheetToSign(CallbackData, prefix="tosign"):
    """The sheet to be printed, as a file."""

    event: Id


def papers(event: Event) -> InlineKeyboardButton:
    """«Бумаги»."""
    return button(plain("button-papers"), ShowPapers(event=event.id))


def all_papers(event: Event, *, coordinates: bool, over: bool) -> InlineKeyboardMarkup:
    """What is written of an event: before it the letters, after it what comes after."""
    to_sign = button(plain("button-attendance-sheet"), TakeSheetToSign(event=event.id))
    if not coordinates:
        sheet = [[_sheet(event)]] if over else [[to_sign], [_sheet(event, "button-signed-sheet")]]
        return inline([*sheet, [_gate_list(event)], back(event)])
    rows = _after(event) if over else [*_before(event), [to_sign]]
    return inline([*rows, [button(plain("button-more"), ShowMorePapers(event=event.id))], back(event)])


def more_papers(event: Event, *, over: bool) -> InlineKeyboardMarkup:
    """What is written of an event at another time, what came back signed, and the blanks."""
    early = [[protocol_keys.open_protocol(event)], [_sheet(event, "button-signed-sheet")]]
    rows: Rows = [
        *(_before(event) if over else early),
        [button(plain("button-signed"), ShowSigned(event=event.id))],
        [button(plain("button-blanks"), ShowBlanks(event=event.id))],
    ]
    return inline([*rows, to_papers(event)])


def _before(event: Event) -> Rows:
    return [
        [button(plain("button-letter"), TakeLetter(event=event.id, what="letter"))],
        [button(plain("button-notice"), TakeLetter(event=event.id, what="notice"))],
        [_gate_list(event)],
    ]


def _after(event: Event) -> Rows:
    certificates = ShowCertificates(event=event.id, page=0)
    return [
        [protocol_keys.open_protocol(event)],
        [button(plain("button-certificates"), certificates)],
        [_sheet(event)],
    ]


def ask_centre(event: Event) -> InlineKeyboardMarkup:
    """Under the question whom a notice is for."""
    skip = [button(plain("button-skip-centre"), SkipCentre(event=event.id))]
    return inline([skip, to_papers(event)])


def all_blanks() -> InlineKeyboardButton:
    """«Бланки», whichever event they are wanted for."""
    return button(plain("button-blanks"), ShowBlanks(event=0))


def to_papers(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Бумаги»."""
    return [button(plain("button-back"), ShowPapers(event=event.id))]


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Ещё»."""
    return [button(plain("button-back"), ShowMore(event=event.id))]


def to_more_papers(event_id: int) -> list[InlineKeyboardButton]:
    """Back to «Ещё» of the papers."""
    return [button(plain("button-back"), ShowMorePapers(event=event_id))]


def _sheet(event: Event, label: str = "button-attendance-sheet") -> InlineKeyboardButton:
    return button(plain(label), ShowSheet(event=event.id))


def _gate_list(event: Event) -> InlineKeyboardButton:
    return button(plain("button-gate-list"), TakeGateList(event=event.id))
