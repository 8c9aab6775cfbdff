"""The buttons of who presents an event: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.callback_data import CallbackData
from bot.views.editing_keys import ShowEdit
from bot.views.keyboards import (
    Id,
    Place,
    Rows,
    ShowAttendees,
    ShowEvent,
    button,
    inline,
    name_and_school,
    turns,
)
from bot.views.words import plain
from domain.records import Event, Host, Member


class ShowHosts(CallbackData, prefix="hosts"):
    """«Поручить встречу»."""

    event: Id


class PickHost(CallbackData, prefix="pickhost"):
    """A page of members to choose from."""

    event: Id
    page: Place


class ProposeHost(CallbackData, prefix="host?"):
    """One of them."""

    event: Id
    person: Id


class LinkHost(CallbackData, prefix="host+"):
    """She presents it."""

    event: Id
    person: Id


class UnlinkHost(CallbackData, prefix="host-"):
    """She presents it no more."""

    event: Id
    person: Id


class InviteHost(CallbackData, prefix="hostlink"):
    """An invitation for somebody who is no member."""

    event: Id


def hosts(event: Event) -> InlineKeyboardButton:
    """«Поручить встречу»."""
    return button(plain("button-hosts"), ShowHosts(event=event.id))


def hosting(event: Event, present: Sequence[Host], named: Sequence[Member]) -> InlineKeyboardMarkup:
    """Those who are meant on the card, the others, an invitation; and whom to release."""
    rows: Rows = [
        [button(plain("button-host", name=one.name.full), ProposeHost(event=event.id, person=one.person_id))]
        for one in named
    ]
    rows += [
        [button(plain("button-pick-host"), PickHost(event=event.id, page=0))],
        [button(plain("button-invite-host"), InviteHost(event=event.id))],
    ]
    rows += [
        [
            button(
                plain("button-remove-guest", name=one.name.full),
                UnlinkHost(event=event.id, person=one.person_id),
            )
        ]
        for one in present
    ]
    return inline([*rows, [button(plain("button-back"), ShowEdit(event=event.id))]])


def choose(event: Event, shown: Sequence[Member], page: int, pages: int) -> InlineKeyboardMarkup:
    """A page of members."""
    rows: Rows = [
        [button(name_and_school(one), ProposeHost(event=event.id, person=one.person_id))] for one in shown
    ]
    way = turns(page, pages, lambda at: PickHost(event=event.id, page=at))
    return inline([*rows, *way, back(event)])


def confirm(event: Event, one: Member) -> InlineKeyboardMarkup:
    """Under the preview."""
    sure = LinkHost(event=event.id, person=one.person_id)
    return inline([[button(plain("button-sure-host"), sure, "success")], back(event)])


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to who presents it."""
    return [button(plain("button-back"), ShowHosts(event=event.id))]


def told(event: Event) -> InlineKeyboardMarkup:
    """Under the word that an event is hers to run."""
    who = [button(plain("button-who-comes"), ShowAttendees(event=event.id, page=0))]
    card = [button(plain("button-card"), ShowEvent(event=event.id))]
    return inline([*([who] if event.period.day_known else []), card])
