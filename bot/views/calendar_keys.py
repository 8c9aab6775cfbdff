"""The way of all her events into the calendar of a telephone: every CallbackData beside its builder."""

from __future__ import annotations

from datetime import date
from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.callback_data import CallbackData
from bot.views.keyboards import ShowMonth, button, inline
from bot.views.words import plain


class ShowCalendar(CallbackData, prefix="cal"):
    """«Весь календарь»."""


class TakeWholeCalendar(CallbackData, prefix="icsall"):
    """«Получить файл»."""


class ShowFeed(CallbackData, prefix="feed"):
    """«Подписаться»."""


class RenewFeed(CallbackData, prefix="feednew"):
    """«Новая ссылка», and whether that is really meant."""

    sure: Literal["ask", "yes"]


def whole_calendar() -> list[InlineKeyboardButton]:
    """«Весь календарь»."""
    return [button(plain("button-whole-calendar"), ShowCalendar())]


def choice(today: date) -> InlineKeyboardMarkup:
    """Once as a file, or for good; and back to the plan."""
    return inline(
        [
            [button(plain("button-take-file"), TakeWholeCalendar())],
            [button(plain("button-feed"), ShowFeed())],
            [button(plain("button-back"), ShowMonth(year=today.year, month=today.month))],
        ]
    )


def feed() -> InlineKeyboardMarkup:
    """Under the link."""
    return inline(
        [
            [button(plain("button-new-feed"), RenewFeed(sure="ask"))],
            [button(plain("button-back"), ShowCalendar())],
        ]
    )


def sure_to_renew() -> InlineKeyboardMarkup:
    """Whether another link is really meant."""
    return inline(
        [
            [button(plain("button-sure-new-feed"), RenewFeed(sure="yes"), "danger")],
            [button(plain("button-back"), ShowFeed())],
        ]
    )
