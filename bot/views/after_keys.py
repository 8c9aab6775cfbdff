"""The buttons of what is asked after an event: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import about_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, ShowEvent, button, inline
from bot.views.notice_keys import AskWhy
from bot.views.words import plain
from domain.records import Event, Mark

Said = Literal["yes", "no"]


class SayAttended(CallbackData, prefix="came"):
    """«Удалось прийти?»"""

    event: Id
    said: Said


class SayRead(CallbackData, prefix="read"):
    """«Прочитано», or not after all."""

    event: Id
    said: Said


class WriteOpinion(CallbackData, prefix="opinion"):
    """«Написать отзыв»: what she writes next takes the place of what she wrote before."""

    event: Id


class RemoveOpinion(CallbackData, prefix="opinion-"):
    """«Убрать отзыв»."""

    event: Id


def asked(event: Event) -> InlineKeyboardMarkup:
    """Under «Удалось прийти?»"""
    return inline([_came(event, None), _why(event)])


def attended(event: Event, mark: Mark, materials: int) -> InlineKeyboardMarkup:
    """After her answer, which can be changed; for one who was not there, what there is to read."""
    rows: Rows = [_came(event, mark)]
    if materials and not mark.was_there:
        rows.append([about_keys.materials(event, materials)])
    return inline([*rows, _card(event)])


def missed(event: Event, materials: int) -> InlineKeyboardMarkup:
    """Under the message what there is to read."""
    return inline([[about_keys.materials(event, materials)], [_read(event, "yes")], _why(event)])


def read(event: Event) -> InlineKeyboardMarkup:
    """After «Прочитано»: the way back."""
    return inline([[_read(event, "no")], _card(event)])


def not_read(event: Event) -> InlineKeyboardMarkup:
    """After the way back."""
    return inline([[_read(event, "yes")], _card(event)])


def opinion(event: Event) -> InlineKeyboardMarkup:
    """Under the question for a word."""
    return inline([[button(plain("button-opinion"), WriteOpinion(event=event.id))], _why(event)])


def only_card(event: Event) -> InlineKeyboardMarkup:
    """Where nothing is to be pressed: the way back."""
    return inline([_card(event)])


def given(event: Event) -> InlineKeyboardMarkup:
    """After her words: others in their place, or none."""
    return inline(
        [
            [button(plain("button-opinion-anew"), WriteOpinion(event=event.id))],
            [button(plain("button-opinion-remove"), RemoveOpinion(event=event.id))],
            _card(event),
        ]
    )


def removed(event: Event) -> InlineKeyboardMarkup:
    """After they were taken out."""
    return inline([[button(plain("button-opinion"), WriteOpinion(event=event.id))], _card(event)])


def _came(event: Event, mark: Mark | None) -> list[InlineKeyboardButton]:
    def one(said: Said, stands: bool, style: str | None) -> InlineKeyboardButton:
        label = plain(f"button-came-{said}")
        if stands:
            label = plain("button-chosen", label=label)
        return button(label, SayAttended(event=event.id, said=said), style)

    was_there = mark is not None and mark.was_there
    return [one("yes", was_there, "success"), one("no", mark is not None and not was_there, None)]


def _read(event: Event, said: Said) -> InlineKeyboardButton:
    return button(plain(f"button-read-{said}"), SayRead(event=event.id, said=said))


def _why(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-why"), AskWhy(event=event.id))]


def _card(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-card"), ShowEvent(event=event.id))]
