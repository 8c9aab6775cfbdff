"""The buttons of writing a talk down, and the coordinator's: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowMore, button, inline, name_and_school, turns
from bot.views.words import clip, plain
from domain.records import Event, Member, Talk, TalkForm

_MEMBERS = 10
_THEME = 30


class OpenTalks(CallbackData, prefix="prog"):
    """«Выступления», as the coordinator sees them."""

    event: Id


class AddTalk(CallbackData, prefix="talk+"):
    """«Добавить выступление»."""

    event: Id


class PickSpeaker(CallbackData, prefix="talkwho"):
    """«Выбрать из списка»: a page of members."""

    page: Place


class ChooseSpeaker(CallbackData, prefix="talkher"):
    """One of them."""

    person: Id


class ChooseForm(CallbackData, prefix="talkform"):
    """The form of the talk that is being written down."""

    form: TalkForm


class SaveTalk(CallbackData, prefix="talksure"):
    """«Записать», or «Передать руководителю»: the talk of that preview, by its mark, and no other."""

    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class DropTalk(CallbackData, prefix="talkdrop"):
    """«Не записывать»."""


class OpenTalk(CallbackData, prefix="talk1"):
    """One of them."""

    talk: Id


class EditTheme(CallbackData, prefix="talkthm"):
    """«Тема»."""

    talk: Id


class EditForm(CallbackData, prefix="talkfrm"):
    """«Форма»: which?"""

    talk: Id


class SetForm(CallbackData, prefix="talkset"):
    """This one."""

    talk: Id
    form: TalkForm


class MoveTalk(CallbackData, prefix="talkmove"):
    """«Выше», «Ниже»."""

    event: Id
    talk: Id
    way: Literal["up", "down"]


class RemoveTalk(CallbackData, prefix="talk-"):
    """«Убрать»."""

    talk: Id


class ReturnTalk(CallbackData, prefix="talkback"):
    """«Вернуть»."""

    talk: Id


class SettleTalk(CallbackData, prefix="talkyes"):
    """«Принять» or «Отказать» to what a member proposed."""

    talk: Id
    said: Literal["yes", "no"]


def open_talks(event: Event) -> InlineKeyboardButton:
    """«Выступления», among what a coordinator can do with an event."""
    return button(plain("button-talks"), OpenTalks(event=event.id))


def programme(event: Event, talks: Sequence[Talk], names: Sequence[str]) -> InlineKeyboardMarkup:
    """Under the coordinator's list: each of them, to be corrected, and one more."""
    rows: Rows = [
        [button(plain("button-talk", name=name, theme=clip(one.theme, _THEME)), OpenTalk(talk=one.id))]
        for one, name in zip(talks, names, strict=True)
    ]
    add = [button(plain("button-add-talk"), AddTalk(event=event.id))]
    return inline([*rows, add, [button(plain("button-back"), ShowMore(event=event.id))]])


def ask_line() -> InlineKeyboardMarkup:
    """Under the question who speaks of what."""
    return inline([[button(plain("button-pick-speaker"), PickSpeaker(page=0))], _drop()])


def people(shown: Sequence[Member], page: int) -> InlineKeyboardMarkup:
    """A page of members."""
    pages = max(1, -(-len(shown) // _MEMBERS))
    page = min(max(page, 0), pages - 1)
    rows: Rows = [
        [button(name_and_school(one), ChooseSpeaker(person=one.person_id))]
        for one in shown[page * _MEMBERS : (page + 1) * _MEMBERS]
    ]
    rows += turns(page, pages, lambda at: PickSpeaker(page=at))
    return inline([*rows, _drop()])


def ask_theme() -> InlineKeyboardMarkup:
    """Under the question for the theme."""
    return inline([_drop()])


def ask_form() -> InlineKeyboardMarkup:
    """Under the question for the form."""
    return inline([*([button(plain(f"form-{one}"), ChooseForm(form=one))] for one in TalkForm), _drop()])


def preview(mark: str, *, own: bool) -> InlineKeyboardMarkup:
    """Under the talk as it was understood."""
    label = plain("button-pass" if own else "button-save-talk")
    return inline([[button(label, SaveTalk(mark=mark), "success")], _drop()])


def saved(event: Event) -> InlineKeyboardMarkup:
    """After a talk was written down."""
    return inline([[button(plain("button-add-talk"), AddTalk(event=event.id))], back(event)])


def one(event: Event, talk: Talk) -> InlineKeyboardMarkup:
    """What can be done with one of them."""
    correct = [
        button(plain("button-talk-theme"), EditTheme(talk=talk.id)),
        button(plain("button-talk-form"), EditForm(talk=talk.id)),
    ]
    if not talk.confirmed:
        return inline([_settle(talk), correct, back(event)])
    places = [
        button(plain("button-move-up"), MoveTalk(event=event.id, talk=talk.id, way="up")),
        button(plain("button-move-down"), MoveTalk(event=event.id, talk=talk.id, way="down")),
    ]
    remove = [button(plain("button-take-out"), RemoveTalk(talk=talk.id))]
    return inline([correct, places, remove, back(event)])


def forms(talk: Talk) -> InlineKeyboardMarkup:
    """The forms, the present one marked."""
    rows: Rows = []
    for one in TalkForm:
        label = plain(f"form-{one}")
        if talk.form is one:
            label = plain("button-chosen", label=label)
        rows.append([button(label, SetForm(talk=talk.id, form=one))])
    return inline([*rows, asked(talk)])


def asked(talk: Talk) -> list[InlineKeyboardButton]:
    """Back to the talk."""
    return [button(plain("button-back"), OpenTalk(talk=talk.id))]


def removed(event: Event, talk: Talk) -> InlineKeyboardMarkup:
    """After one was taken out: the way back."""
    return inline([[button(plain("button-bring-in-again"), ReturnTalk(talk=talk.id))], back(event)])


def arrived(talk: Talk) -> InlineKeyboardMarkup:
    """Under a talk that a member proposes."""
    return inline([_settle(talk)])


def settled(event: Event, talk: Talk) -> InlineKeyboardMarkup:
    """After it was settled; what was declined may be taken all the same."""
    rows: Rows = []
    if not talk.confirmed:
        rows.append([button(plain("button-admit-after-all"), SettleTalk(talk=talk.id, said="yes"))])
    return inline([*rows, back(event)])


def _settle(talk: Talk) -> list[InlineKeyboardButton]:
    return [
        button(plain("button-admit"), SettleTalk(talk=talk.id, said="yes"), "success"),
        button(plain("button-refuse"), SettleTalk(talk=talk.id, said="no")),
    ]


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to the coordinator's list."""
    return [button(plain("button-back"), OpenTalks(event=event.id))]


def _drop() -> list[InlineKeyboardButton]:
    return [button(plain("button-drop-talk"), DropTalk())]
