"""The buttons of who marks herself: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button
from bot.views.words import plain
from domain.records import Event


class CheckIn(CallbackData, prefix="here"):
    """«Я на месте»."""

    event: Id


class SayWord(CallbackData, prefix="sayword"):
    """«Назвать слово»."""

    event: Id


def here(event: Event) -> InlineKeyboardButton:
    """«Я на месте»."""
    return button(plain("button-here"), CheckIn(event=event.id), "success")


def check_in(event: Event, *, word: bool) -> Rows:
    """The ways to mark oneself, by a word too while one is taken."""
    said = button(plain("button-say-word"), SayWord(event=event.id))
    return [[here(event), *([said] if word else [])]]
