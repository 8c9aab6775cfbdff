"""The buttons of making a meeting: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, ShowDesk, ShowEvent, button, inline
from bot.views.words import plain
from domain.records import Event


class LeaveOpen(CallbackData, prefix="open"):
    """«Пока без дня», «Место назову позже»."""

    what: Literal["day", "place"]


class MakeEvent(CallbackData, prefix="make"):
    """«Создать»: the draft of that preview, by its mark, and no other."""

    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class DropEventDraft(CallbackData, prefix="nomake"):
    """«Не создавать»."""


class MakeInstead(CallbackData, prefix="makeline"):
    """«Нет, это новая встреча»: of the line that was taken for a day of one of the plan. It lies in the
    dialogue."""


class UnmakeEvent(CallbackData, prefix="unmake"):
    """«Отменить создание»."""

    event: Id


class CopyEvent(CallbackData, prefix="copy"):
    """«Скопировать»."""

    event: Id


def instead() -> list[InlineKeyboardButton]:
    """«Нет, это новая встреча»."""
    return [button(plain("button-make-instead"), MakeInstead())]


def asked(what: str) -> InlineKeyboardMarkup:
    """Under the question for what is missing; a whole plan can be sent in place of one meeting."""
    drop = button(plain("button-not-make"), DropEventDraft())
    if what == "day":
        return inline([[button(plain("button-no-day-yet"), LeaveOpen(what="day"))], [drop]])
    if what == "place":
        return inline([[button(plain("button-no-place-yet"), LeaveOpen(what="place"))], [drop]])
    if what == "title":
        return inline([[button(plain("button-send-plan"), ShowDesk(screen="plan"))], [drop]])
    return inline([[drop]])


def preview(mark: str) -> InlineKeyboardMarkup:
    """Under the meeting as it was understood."""
    return inline(
        [
            [button(plain("button-make"), MakeEvent(mark=mark), "success")],
            [button(plain("button-not-make"), DropEventDraft())],
        ]
    )


def made(event: Event, *rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """After it is made: the way back out of it, and its card."""
    undo = [button(plain("button-unmake"), UnmakeEvent(event=event.id))]
    card = [button(plain("button-card"), ShowEvent(event=event.id))]
    found: Rows = [*rows, card, undo]
    return inline(found)


def copy(event: Event) -> InlineKeyboardButton:
    """«Скопировать»."""
    return button(plain("button-copy"), CopyEvent(event=event.id))
