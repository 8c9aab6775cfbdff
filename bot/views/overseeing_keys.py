"""The buttons of one who is in several associations, or oversees some: every CallbackData beside its
builder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton

from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Month, Place, Rows, Year, button
from bot.views.words import clip, plain
from domain.records import Association, Event


class ShowHomes(CallbackData, prefix="homes"):
    """«Мои объединения»."""

    page: Place


class ActIn(CallbackData, prefix="home"):
    """From now on she acts in this association."""

    association: Id


class ShowOverseenPlan(CallbackData, prefix="oplan"):
    """The plan of an association that she oversees, from the present month on."""

    association: Id


class ShowOverseenMonth(CallbackData, prefix="omonth"):
    """A month of it."""

    association: Id
    year: Year
    month: Month


class ShowOverseen(CallbackData, prefix="oevent"):
    """An event of it."""

    association: Id
    event: Id


class ShowFulfilment(CallbackData, prefix="odone"):
    """What of the plan was held."""

    association: Id
    page: Place


class TakeOverview(CallbackData, prefix="osheet"):
    """All that she oversees, as a table."""


def homes() -> list[InlineKeyboardButton]:
    """The way to all her associations."""
    return [button(plain("key-homes"), ShowHomes(page=0))]


def open_plan(home: Association, label: str | None = None) -> list[InlineKeyboardButton]:
    """The way into an association that she oversees."""
    return [button(label or clip(home.title, 50), ShowOverseenPlan(association=home.id))]


def events(home: Association, found: Sequence[Event], today: date) -> Rows:
    """A button for each event, leading to its card."""
    return [
        [
            button(
                plain("button-open", when=dates.short(event.period, today), title=event.title),
                ShowOverseen(association=home.id, event=event.id),
            )
        ]
        for event in found
    ]


def months(home: Association, pages: Sequence[tuple[int, int]], shown: tuple[int, int]) -> Rows:
    """The way from one month to its neighbours."""
    at = pages.index(shown)
    turns = []
    for year, month in [*pages[max(at - 1, 0) : at], *pages[at + 1 : at + 2]]:
        name = dates.capital(dates.month_name(date(year, month, 1)))
        label = f"◀ {name}" if (year, month) < shown else f"{name} ▶"
        turns.append(button(label, ShowOverseenMonth(association=home.id, year=year, month=month)))
    return [turns] if turns else []


def fulfilment(home: Association) -> list[InlineKeyboardButton]:
    """«Что состоялось»."""
    return [button(plain("button-fulfilment"), ShowFulfilment(association=home.id, page=0))]


def card(home: Association, event: Event) -> list[InlineKeyboardButton]:
    """The way to an event's card."""
    return [button(plain("button-card"), ShowOverseen(association=home.id, event=event.id))]
