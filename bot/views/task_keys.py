"""The buttons of tasks: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import about_keys, event_keys, journal_keys, material_keys
from bot.views.callback_data import CallbackData
from bot.views.event_keys import back, change, leave, take_text
from bot.views.keyboards import Id, Place, Rows, ShowEvent, ShowMore, button, inline, name_and_school, turns
from bot.views.notice_keys import SayFinished
from bot.views.words import plain
from domain.records import Attendee, Card, Event, Status


class SayUnfinished(CallbackData, prefix="undone"):
    """«Ещё не готово»."""

    event: Id


class ChoosePeople(CallbackData, prefix="whose"):
    """«Кому поручить»: a page of members."""

    event: Id
    page: Place


class TogglePerson(CallbackData, prefix="pick"):
    """A member chosen for a task, or not any more."""

    event: Id
    person: Id
    page: Place


class ChooseEverybody(CallbackData, prefix="pickall"):
    """«Поручить всем»."""

    event: Id


class SavePeople(CallbackData, prefix="picked"):
    """«Сохранить»."""

    event: Id


class ShowUnfinished(CallbackData, prefix="undonewho"):
    """«Кто ещё не сделал»."""

    event: Id


def card(shown: Card, *, coordinator: bool) -> InlineKeyboardMarkup | None:
    """Under the card of a task: her own «Готово», and the coordinator's «Ещё»."""
    event = shown.event
    rows: Rows = []
    if shown.named and event.status is Status.PLANNED:
        rows.append([say_done(event) if not shown.done else say_undone(event)])
    if shown.materials:
        rows.append([about_keys.materials(event, shown.materials)])
    if coordinator:
        rows.append([button(plain("button-more"), ShowMore(event=event.id))])
    return inline(rows) if rows else None


def say_done(event: Event) -> InlineKeyboardButton:
    """«Готово»."""
    return button(plain("button-finished"), SayFinished(event=event.id), "success")


def say_undone(event: Event) -> InlineKeyboardButton:
    """«Ещё не готово»."""
    return button(plain("button-unfinished"), SayUnfinished(event=event.id))


def finished(event: Event) -> InlineKeyboardMarkup:
    """After «Готово»: the way back."""
    return inline([[say_undone(event)]])


def unfinished(event: Event) -> InlineKeyboardMarkup:
    """After «Ещё не готово»."""
    return inline([[say_done(event)]])


def more(task: Event, *, ahead: bool) -> InlineKeyboardMarkup:
    """What a coordinator can do with a task."""
    rows: Rows = []
    if task.status is Status.CANCELLED:
        if ahead:
            rows.append([change(task, "restore")])
    else:
        if ahead:
            rows.append([button(plain("button-choose-people"), ChoosePeople(event=task.id, page=0))])
        rows.append([button(plain("button-who-unfinished"), ShowUnfinished(event=task.id))])
        rows.append([change(task, "due")])
        if ahead:
            rows[-1].append(change(task, "cancel"))
    return inline([*rows, [event_keys.other(task)], back(task)])


def other(task: Event, *, ahead: bool) -> InlineKeyboardMarkup:
    """What is rarer."""
    text = [take_text(task)] if ahead and task.status is Status.PLANNED else []
    rows: Rows = [[material_keys.open_materials(task)], [*text, journal_keys.journal(task)]]
    return inline([*rows, leave(task, plain("button-back"))])


def people(
    task: Event, shown: list[Attendee], chosen: frozenset[int], page: int, pages: int
) -> InlineKeyboardMarkup:
    """A page of members as toggles."""
    rows: Rows = []
    for one in shown:
        label = name_and_school(one)
        if one.person_id in chosen:
            label = plain("button-chosen", label=label)
        rows.append([button(label, TogglePerson(event=task.id, person=one.person_id, page=page))])
    rows += turns(page, pages, lambda at: ChoosePeople(event=task.id, page=at))
    rows.append(
        [
            button(plain("button-everybody"), ChooseEverybody(event=task.id)),
            button(plain("button-save"), SavePeople(event=task.id), "success"),
        ]
    )
    return inline([*rows, [button(plain("button-back"), ShowMore(event=task.id))]])


def named(task: Event) -> InlineKeyboardMarkup:
    """After people were named."""
    return inline(
        [
            [button(plain("button-who-unfinished"), ShowUnfinished(event=task.id))],
            [button(plain("button-card"), ShowEvent(event=task.id))],
        ]
    )


def assignees(task: Event) -> InlineKeyboardMarkup:
    """Under the list of who has not done it."""
    return inline([[button(plain("button-back"), ShowMore(event=task.id))]])
