"""The buttons of «Бланки»: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, ShowDesk, button, inline
from bot.views.paper_keys import ShowBlanks, to_more_papers
from bot.views.words import plain

Kind = Literal["letter", "notice", "protocol", "attended", "spoke"]
KINDS: tuple[Kind, ...] = ("letter", "notice", "protocol", "attended", "spoke")


class OpenBlank(CallbackData, prefix="blank"):
    """One of them."""

    event: Id
    kind: Kind


class TakeBlank(CallbackData, prefix="blankfile"):
    """The present one as a file, to be changed."""

    event: Id
    kind: Kind


class SendBlank(CallbackData, prefix="blank+"):
    """One's own comes next."""

    event: Id
    kind: Kind


class ConfirmBlank(CallbackData, prefix="blanksure"):
    """The file that the preview was made from, by its mark."""

    mark: str


class DropBlank(CallbackData, prefix="blank-"):
    """«Вернуть обычный»."""

    event: Id
    kind: Kind


def blanks(event_id: int, own: Collection[str]) -> InlineKeyboardMarkup:
    """All of them; which are one's own is said. Back to the event's papers, or to «Отчёты» for no event
    (0)."""
    rows: Rows = []
    for kind in KINDS:
        label = plain(f"button-blank-{kind}")
        label = plain("button-blank-own", name=label) if kind in own else label
        rows.append([button(label, OpenBlank(event=event_id, kind=kind))])
    reports = [button(plain("button-back"), ShowDesk(screen="reports"))]
    return inline([*rows, to_more_papers(event_id) if event_id else reports])


def one(event_id: int, kind: Kind, *, own: bool) -> InlineKeyboardMarkup:
    """What can be done with one of them."""
    rows: Rows = [
        [button(plain("button-take-blank"), TakeBlank(event=event_id, kind=kind))],
        [button(plain("button-send-blank"), SendBlank(event=event_id, kind=kind))],
    ]
    if own:
        rows.append([button(plain("button-drop-blank"), DropBlank(event=event_id, kind=kind))])
    return inline([*rows, [button(plain("button-back"), ShowBlanks(event=event_id))]])


def asked(event_id: int, kind: Kind) -> InlineKeyboardMarkup:
    """While a file is waited for."""
    return inline([_back(event_id, kind)])


def preview(mark: str, event_id: int, kind: Kind) -> InlineKeyboardMarkup:
    """Under the preview."""
    sure = button(plain("button-confirm"), ConfirmBlank(mark=mark), "success")
    return inline([[sure], _back(event_id, kind)])


def kept(event_id: int, kind: Kind) -> InlineKeyboardMarkup:
    """After it took its place: the way back."""
    usual = [button(plain("button-drop-blank"), DropBlank(event=event_id, kind=kind))]
    return inline([usual, _back(event_id, kind)])


def _back(event_id: int, kind: Kind) -> list[InlineKeyboardButton]:
    return [button(plain("button-back"), OpenBlank(event=event_id, kind=kind))]
