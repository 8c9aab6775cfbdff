"""The buttons of scans and photographs of an event's paper: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button, inline
from bot.views.paper_keys import ShowSheet, ShowSigned, TakeSheetToSign, to_more_papers, to_papers
from bot.views.words import plain
from domain.records import Event, Paper, PaperKind

Kind = Literal["letter", "sheet"]


class SendScan(CallbackData, prefix="scan+"):
    """A scan comes next."""

    event: Id
    kind: Kind


class SeeScans(CallbackData, prefix="scans"):
    """The scans themselves."""

    event: Id
    kind: Kind


class RemoveScan(CallbackData, prefix="scan-"):
    """«Убрать»."""

    event: Id
    paper: Id


class ReturnScan(CallbackData, prefix="scanback"):
    """«Вернуть»."""

    event: Id
    paper: Id


def signed(event: Event, letter: Paper | None) -> InlineKeyboardMarkup:
    """What can be done with the signed letter."""
    back = to_more_papers(event.id)
    if letter is None:
        return inline([[button(plain("button-send-letter"), SendScan(event=event.id, kind="letter"))], back])
    return inline(
        [
            [button(plain("button-see-letter"), SeeScans(event=event.id, kind="letter"))],
            [button(plain("button-replace-letter"), SendScan(event=event.id, kind="letter"))],
            [button(plain("button-take-out"), RemoveScan(event=event.id, paper=letter.id))],
            back,
        ]
    )


def sheet(event: Event, pages: Sequence[Paper]) -> InlineKeyboardMarkup:
    """The sheet to be printed, and what can be done with its photographs."""
    rows: Rows = [
        [button(plain("button-print-sheet"), TakeSheetToSign(event=event.id))],
        [button(plain("button-add-page"), SendScan(event=event.id, kind="sheet"))],
    ]
    if pages:
        see = SeeScans(event=event.id, kind="sheet")
        rows.append([button(plain("button-see-pages", number=len(pages)), see)])
    rows += [
        [button(plain("button-remove-page", number=number), RemoveScan(event=event.id, paper=page.id))]
        for number, page in enumerate(pages, 1)
    ]
    return inline([*rows, to_papers(event)])


def asked(event: Event, kind: PaperKind) -> InlineKeyboardMarkup:
    """While a scan is waited for."""
    return inline([back(event, kind)])


def added(event: Event, page: Paper) -> InlineKeyboardMarkup:
    """After a page came: it can be taken out; more may come."""
    remove = button(plain("button-take-out"), RemoveScan(event=event.id, paper=page.id))
    return inline([[button(plain("button-enough"), ShowSheet(event=event.id))], [remove]])


def kept(event: Event, letter: Paper, before: Paper | None) -> InlineKeyboardMarkup:
    """After a letter came: it can be taken out, or give way to the one before."""
    rows: Rows = [[button(plain("button-take-out"), RemoveScan(event=event.id, paper=letter.id))]]
    if before is not None:
        rows = [[button(plain("button-letter-before"), ReturnScan(event=event.id, paper=before.id))]]
    return inline([*rows, back(event, PaperKind.LETTER)])


def removed(event: Event, paper: Paper) -> InlineKeyboardMarkup:
    """After one was taken out: the way back."""
    again = button(plain("button-bring-in-again"), ReturnScan(event=event.id, paper=paper.id))
    return inline([[again], back(event, paper.kind)])


def back(event: Event, kind: PaperKind) -> list[InlineKeyboardButton]:
    """Back to the screen of these scans."""
    screen = ShowSigned(event=event.id) if kind is PaperKind.LETTER else ShowSheet(event=event.id)
    return [button(plain("button-back"), screen)]
