"""The buttons of what a coordinator does with one event: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import (
    editing_keys,
    hosting_keys,
    inviting_keys,
    journal_keys,
    making_keys,
    material_keys,
    paper_keys,
    seat_keys,
    talk_keys,
)
from bot.views.callback_data import CallbackData
from bot.views.keyboards import (
    Id,
    Place,
    Rows,
    ShowAttendees,
    ShowEvent,
    ShowMore,
    button,
    choose_day,
    inline,
)
from bot.views.words import plain
from domain.places import lacks_link
from domain.records import Actor, Event, Status
from domain.roles import Right, may

Act = Literal["cancel", "restore", "place", "deadline", "due", "nudge"]


class ChangeEvent(CallbackData, prefix="change"):
    """The first step of a change: a question in words, or a preview."""

    event: Id
    act: Act


class WithoutReason(CallbackData, prefix="noreason"):
    """«Без причины»."""

    event: Id


class ConfirmChange(CallbackData, prefix="sure"):
    """The change seen in the preview, of the event as it stood then; the words lie in the dialogue."""

    event: Id
    revision: Place
    act: Act


class ShowOther(CallbackData, prefix="other"):
    """«Другое»: what is rarer than what stands under «Ещё»."""

    event: Id


class TakeText(CallbackData, prefix="text"):
    """«Текст для пересылки»."""

    event: Id


def more(event: Event, *, ahead: bool) -> InlineKeyboardMarkup:
    """What else can be done with an event that is planned or cancelled."""
    if event.status is Status.CANCELLED:
        rows: Rows = [[change(event, "restore")]] if ahead else []
        rows.append([making_keys.copy(event), *([take_text(event)] if ahead else [])])
        rows.append([material_keys.open_materials(event), journal_keys.journal(event)])
        return inline([*rows, back(event)])
    return inline(
        [
            [editing_keys.edit(event), paper_keys.papers(event)],
            [material_keys.open_materials(event), talk_keys.open_talks(event)],
            [other(event)],
            back(event),
        ]
    )


def others(event: Event, *, ahead: bool) -> InlineKeyboardMarkup:
    """«Другое»: what is rarer; of one that is over what there is to read of it, too."""
    if ahead:
        rows: Rows = [[making_keys.copy(event), take_text(event)], [change(event, "cancel")]]
    else:
        rows = [
            [talk_keys.open_talks(event), making_keys.copy(event)],
            [material_keys.open_materials(event)],
        ]
    return inline([*rows, [journal_keys.journal(event)], leave(event, plain("button-back"))])


def other(event: Event) -> InlineKeyboardButton:
    """«Другое»."""
    return button(plain("button-other"), ShowOther(event=event.id))


def edit(event: Event, *, asks: bool, apart: Rows) -> InlineKeyboardMarkup:
    """What of an event that is to come can be changed. `asks` says whether answers are still taken; `apart`
    is the way to part it from those that it is held together with."""
    when = [editing_keys.field(event, "hours")] if event.period.may_have_hours else []
    if asks:
        when.append(change(event, "deadline"))
    rows: Rows = [
        [editing_keys.field(event, "title"), editing_keys.field(event, "kind")],
        when,
        [change(event, "place"), *_link(event)],
        [editing_keys.field(event, "responsible"), editing_keys.field(event, "contact")],
        [hosting_keys.hosts(event), inviting_keys.whom(event)],
        *apart,
    ]
    return inline([*(row for row in rows if row), leave(event, plain("button-back"))])


def _link(event: Event) -> list[InlineKeyboardButton]:
    return [seat_keys.give_link(event)] if lacks_link(event) else []


def take_text(event: Event) -> InlineKeyboardButton:
    """«Текст для пересылки»."""
    return button(plain("button-text"), TakeText(event=event.id))


def change(event: Event, act: Act) -> InlineKeyboardButton:
    """The first step of a change."""
    of_task = "" if event.gathering else "-task"
    return button(plain(f"button-act-{act}{of_task}"), ChangeEvent(event=event.id, act=act))


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to what can be done with the event."""
    return [button(plain("button-back"), ShowEvent(event=event.id))]


def leave(event: Event, label: str | None = None) -> list[InlineKeyboardButton]:
    """Back to «Ещё»; nothing is to be changed after all."""
    return [button(label or plain("button-leave-it"), ShowMore(event=event.id))]


def asked(event: Event) -> InlineKeyboardMarkup:
    """Under a question that is answered in words."""
    return inline([leave(event)])


def asked_place(event: Event) -> InlineKeyboardMarkup:
    """Under the question where it is: how people come, too."""
    return inline([*(seat_keys.modes(event) if event.gathering else []), leave(event)])


def asked_reason(event: Event) -> InlineKeyboardMarkup:
    """Under the question why an event is cancelled."""
    return inline([[button(plain("button-no-reason"), WithoutReason(event=event.id))], leave(event)])


def confirm(event: Event, act: Act) -> InlineKeyboardMarkup:
    """Under a preview."""
    style = "danger" if act == "cancel" else "success"
    sure = button(
        plain(f"button-sure-{act}"), ConfirmChange(event=event.id, revision=event.revision, act=act), style
    )
    return inline([[sure], to_list(event) if act == "nudge" else leave(event)])


def to_list(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Кто придёт», where the silent are seen."""
    return [button(plain("button-back"), ShowAttendees(event=event.id, page=0))]


def more_of_host(event: Event, *, ahead: bool) -> InlineKeyboardMarkup:
    """What a presenter can do with her event: most of it while it is to come. The hours stand with the
    days."""
    rows: Rows = [[choose_day(event), change(event, "place")]]
    rows.append([*_link(event), editing_keys.field(event, "contact")])
    rows = rows if ahead and event.status is Status.PLANNED else []
    if event.status is not Status.CANCELLED:
        rows.append([material_keys.open_materials(event), paper_keys.papers(event)])
    return inline([*rows, back(event)])


def done(
    event: Event, *, changed: bool, taken_back: bool = False, actor: Actor | None = None
) -> InlineKeyboardMarkup:
    """After a change: its text for others, the card, and, where anything changed, the way back; `taken_back`
    where it took a change back itself. A presenter goes back by another change."""
    if actor is not None and not may(actor.role, Right.DESK):
        return inline([[button(plain("button-card"), ShowEvent(event=event.id))]])
    rows: Rows = [[one] for one in _link(event)]
    rows += [[take_text(event)], [button(plain("button-card"), ShowEvent(event=event.id))]]
    return inline([*rows, [journal_keys.undo(event, again=taken_back)]] if changed else rows)
