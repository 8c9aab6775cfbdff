"""The buttons of an event's paper: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import material_keys, protocol_keys
from bot.views.keyboards import Id, Rows, ShowMore, button, inline
from bot.views.words import plain
from domain.records import Event


class ShowPapers(CallbackData, prefix="papers"):
    """«Бумаги» of an event."""

    event: Id


def papers(event: Event) -> InlineKeyboardButton:
    """«Бумаги»."""
    return button(plain("button-papers"), ShowPapers(event=event.id))


def all_papers(event: Event, *, coordinates: bool) -> InlineKeyboardMarkup:
    """What is written of an event; what there is to read of it, a coordinator sees to as well."""
    rows: Rows = []
    if coordinates:
        rows = [[protocol_keys.open_protocol(event)], [material_keys.open_materials(event)]]
    return inline([*rows, back(event)])


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Ещё»."""
    return [button(plain("button-back"), ShowMore(event=event.id))]


def back_to_papers(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Бумаги»."""
    return [button(plain("button-back"), ShowPapers(event=event.id))]
