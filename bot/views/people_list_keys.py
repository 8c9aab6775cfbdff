"""The buttons of lists of people and of what is kept: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardButton

from bot.views.callback_data import CallbackData
from bot.views.calling import add_person
from bot.views.keyboards import Id, Rows, SettleDraft, button
from bot.views.people_keys import ShowPeople, back_to_people, to_people
from bot.views.words import plain
from domain.records import Detail, Import


class SaveList(CallbackData, prefix="list"):
    """«Да, согласились – сохранить»: the list of the draft is stored."""

    draft: Id


class TakeListBack(CallbackData, prefix="unlist"):
    """«Убрать загруженных»."""

    taken: Id
    sure: Literal["ask", "yes"]


class KeepDetail(CallbackData, prefix="detail"):
    """What is kept of people: turned on; turned off, asked first, what is stored staying or erased."""

    detail: Detail
    act: Literal["on", "off", "hide", "erase"]


class TakePeopleSheet(CallbackData, prefix="peoplexls"):
    """«Excel»: everybody as a file."""


class OwnDetail(CallbackData, prefix="mydetail"):
    """Her own category or years of service: written next, or taken out."""

    detail: Detail
    act: Literal["ask", "remove"]


def preview(draft_id: int) -> Rows:
    """Whether they agreed."""
    return [
        [button(plain("button-save-list"), SaveList(draft=draft_id), "success")],
        [button(plain("button-drop"), SettleDraft(draft=draft_id, act="drop"))],
    ]


def take_back(taken: Import) -> list[InlineKeyboardButton]:
    """The way to take a list back."""
    return [button(plain("button-list-back"), TakeListBack(taken=taken.id, sure="ask"))]


def saved(import_id: int, pairs: int) -> Rows:
    """After a list is stored."""
    rows: Rows = [[button(plain("button-pairs"), ShowPeople(screen="pairs", page=0))]] if pairs else []
    rows.append([button(plain("button-list-back"), TakeListBack(taken=import_id, sure="ask"))])
    return [*rows, to_people(plain("button-people"))]


def back_to_more() -> list[InlineKeyboardButton]:
    """The way back to «Ещё» of the list."""
    return [button(plain("button-back"), ShowPeople(screen="more", page=0))]


def more() -> Rows:
    """What can be done with the list of people."""
    return [
        add_person(),
        [button(plain("button-load-list"), ShowPeople(screen="lists", page=0))],
        [button(plain("button-pairs"), ShowPeople(screen="pairs", page=0))],
        [button(plain("button-details"), ShowPeople(screen="details", page=0))],
        [button(plain("button-sheet"), TakePeopleSheet())],
        back_to_people(),
    ]


def details(keeps: frozenset[Detail]) -> Rows:
    """What is kept, turned on and off."""
    rows: Rows = []
    for detail in Detail:
        act: Literal["on", "off"] = "off" if detail in keeps else "on"
        label = plain(f"button-{'drop' if detail in keeps else 'keep'}-{detail}")
        rows.append([button(label, KeepDetail(detail=detail, act=act))])
    return [*rows, back_to_more()]


def turn_off(detail: Detail) -> Rows:
    """What becomes of what is stored."""
    return [
        [button(plain("button-erase-detail"), KeepDetail(detail=detail, act="erase"), "danger")],
        [button(plain("button-hide-detail"), KeepDetail(detail=detail, act="hide"))],
        [button(plain("button-leave-it"), ShowPeople(screen="details", page=0))],
    ]
