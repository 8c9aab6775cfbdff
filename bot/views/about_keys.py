"""What belongs to an event beside its date, for everybody: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, ShowEvent, TakeCalendarFile, button, inline
from bot.views.words import plain
from domain.records import Card, Event, Material, MaterialKind, Status, Talk


class ShowAside(CallbackData, prefix="aside"):
    """«Подробнее» under a card: what there was no room for."""

    event: Id


class ShowMaterials(CallbackData, prefix="mat"):
    """«Материалы – 3»."""

    event: Id


class TakeMaterial(CallbackData, prefix="matfile"):
    """A file; 0 for all of them."""

    event: Id
    material: Id


class TakeSigned(CallbackData, prefix="todirector"):
    """«Письмо директору»: the signed letter."""

    event: Id


class TakeOwnCertificate(CallbackData, prefix="mycert"):
    """«Справка»: her own."""

    event: Id


class ShowTalks(CallbackData, prefix="talks"):
    """«Выступления – 3»."""

    event: Id


class ProposeTalk(CallbackData, prefix="speak"):
    """«Предложить выступление»."""

    event: Id


class WithdrawTalk(CallbackData, prefix="talkout"):
    """«Отозвать»: what was proposed and is not settled."""

    event: Id
    talk: Id


def beside(shown: Card, room: int, now: datetime, *, comes: bool) -> Rows:
    """Under a card beside the answers, what is looked for most first; what is rarer, and what there is no
    room for, behind «Подробнее»."""
    buttons = _all(shown, now, comes=comes)
    if comes or len(buttons) > room:  # one who comes may speak, too
        buttons = [*buttons[: max(room - 1, 0)], to_aside(shown.event)]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def only_calendar(shown: Card, _room: int, now: datetime, *, comes: bool) -> Rows:
    """Under a card of one who has a way of her own to all the rest."""
    return [[one] for one in _calendar(shown, now, comes=comes)]


def to_aside(event: Event) -> InlineKeyboardButton:
    """«Подробнее»."""
    return button(plain("button-aside"), ShowAside(event=event.id))


def aside(shown: Card, now: datetime, *, comes: bool, coordinates: bool) -> Rows:
    """Under «Подробнее»: all of it, and what is rarer."""
    if coordinates:
        return only_calendar(shown, 0, now, comes=comes)
    rows: Rows = [[one] for one in _all(shown, now, comes=comes)]
    return [*rows, *([_propose(shown.event)] if comes else [])]


def _all(shown: Card, now: datetime, *, comes: bool) -> list[InlineKeyboardButton]:
    event = shown.event
    letter = button(plain("button-to-director"), TakeSigned(event=event.id))
    certificate = button(plain("button-own-certificate"), TakeOwnCertificate(event=event.id))
    return [
        *([letter] if shown.letter else []),
        *([certificate] if shown.certified(now) else []),
        *([materials(event, shown.materials)] if shown.materials else []),
        *([talks(event, shown.talks)] if shown.talks else []),
        *_calendar(shown, now, comes=comes),
    ]


def _calendar(shown: Card, now: datetime, *, comes: bool) -> list[InlineKeyboardButton]:
    """«В календарь»; of what is cancelled, for one who was to come, the file that takes it out again."""
    event = shown.event
    if comes:
        return [button(plain("button-calendar"), TakeCalendarFile(event=event.id))]
    was_to_come = shown.answer is not None and shown.answer.takes_part
    if event.status is Status.CANCELLED and was_to_come and event.ends_at > now:
        return [button(plain("button-calendar-out"), TakeCalendarFile(event=event.id))]
    return []


def materials(event: Event, count: int) -> InlineKeyboardButton:
    """«Материалы – 3»."""
    return button(plain("button-materials-count", count=count), ShowMaterials(event=event.id))


def talks(event: Event, count: int) -> InlineKeyboardButton:
    """«Выступления – 3»."""
    return button(plain("button-talks-count", count=count), ShowTalks(event=event.id))


def shelf(event: Event, found: Sequence[Material], names: Sequence[str]) -> InlineKeyboardMarkup:
    """The files of an event, each by its name, or all of them at once."""
    files = [(one, name) for one, name in zip(found, names, strict=True) if one.kind is not MaterialKind.LINK]
    rows: Rows = [[button(name, TakeMaterial(event=event.id, material=one.id))] for one, name in files]
    if len(files) > 1:
        rows.append([button(plain("button-all-files"), TakeMaterial(event=event.id, material=0))])
    return inline([*rows, to_card(event)])


def programme(event: Event, mine: Sequence[Talk], *, may_propose: bool) -> InlineKeyboardMarkup:
    """Under the programme: to propose a talk, and to take back what she proposed herself."""
    rows: Rows = [
        [
            button(
                plain("button-withdraw-talk", theme=one.theme),
                WithdrawTalk(event=event.id, talk=one.id),
            )
        ]
        for one in mine
    ]
    return inline([*rows, *([_propose(event)] if may_propose else []), to_card(event)])


def proposed(event: Event, talk_id: int) -> InlineKeyboardMarkup:
    """After a talk was proposed: the way back."""
    withdraw = button(plain("button-take-back"), WithdrawTalk(event=event.id, talk=talk_id))
    return inline([[withdraw], to_card(event)])


def told_of_materials(event: Event, count: int) -> InlineKeyboardMarkup:
    """Under the message that there is something to read."""
    return inline([[materials(event, count)], to_card(event)])


def told_of_talk(event: Event) -> InlineKeyboardMarkup:
    """Under the message what became of a talk."""
    return inline([to_card(event)])


def _propose(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-propose-talk"), ProposeTalk(event=event.id))]


def to_card(event: Event) -> list[InlineKeyboardButton]:
    """«Открыть карточку»."""
    return [button(plain("button-card"), ShowEvent(event=event.id))]
