"""The buttons of writing to many: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowAttendees, button, inline, turns
from bot.views.words import called, plain
from domain.broadcasts import Progress, Whom
from domain.records import Event, Group, School

_EVENTS = 20
_A_PAGE = 10
OneOf = Literal[Whom.SCHOOL, Whom.GROUP]


class WriteToAll(CallbackData, prefix="toall"):
    """«Написать людям»: choose to whom; or drop the words."""

    act: Literal["write", "drop"]


class WriteAboutEvent(CallbackData, prefix="tocome"):
    """To those who come to an event, or who are silent about it: which event; 0: yet to be chosen."""

    event: Id


class WriteToSome(CallbackData, prefix="tosome"):
    """A page of the schools, or of the groups."""

    whom: OneOf
    page: Place


class WriteTo(CallbackData, prefix="to"):
    """These people; `about` is the id of an event, a school or a group, 0 for everybody."""

    whom: Whom
    about: Id


class SendToAll(CallbackData, prefix="sendall"):
    """«Отправить»: the words of that preview, by their mark, and no others."""

    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class StopSending(CallbackData, prefix="stop"):
    """«Остановить»."""

    broadcast: Id


class ShowUnreached(CallbackData, prefix="nophone"):
    """«Кому позвонить»: those whom the bot could not write to."""

    broadcast: Id


def to_whom() -> InlineKeyboardMarkup:
    """To whom?"""
    return inline(
        [
            [button(plain("button-to-all"), WriteTo(whom=Whom.ALL, about=0))],
            [button(plain("button-to-come"), WriteAboutEvent(event=0))],
            [
                button(plain("button-to-school"), WriteToSome(whom=Whom.SCHOOL, page=0)),
                button(plain("button-to-group"), WriteToSome(whom=Whom.GROUP, page=0)),
            ],
        ]
    )


def which_event(events: Sequence[Event], day: date) -> InlineKeyboardMarkup:
    """About which event?"""
    rows: Rows = [
        [
            button(
                plain("button-open", when=dates.short(one.period, day), title=one.title),
                WriteAboutEvent(event=one.id),
            )
        ]
        for one in events[:_EVENTS]
    ]
    return inline([*rows, _back()])


def of_event(event: Event, coming: int, silent: int) -> InlineKeyboardMarkup:
    """Those who come, or those who are silent; with their numbers."""
    return inline(
        [
            [button(plain("button-to-coming", count=coming), WriteTo(whom=Whom.COMING, about=event.id))],
            [button(plain("button-to-silent", count=silent), WriteTo(whom=Whom.SILENT, about=event.id))],
            _back(),
        ]
    )


def which_one(whom: OneOf, known: Sequence[School | Group], page: int) -> InlineKeyboardMarkup:
    """Which school, or group? A page at a time."""
    pages = max(1, -(-len(known) // _A_PAGE))
    page = min(max(page, 0), pages - 1)
    first = page * _A_PAGE
    rows: Rows = []
    for one in known[first : first + _A_PAGE]:
        label = called(one.title) if isinstance(one, School) else one.title
        rows.append([button(label, WriteTo(whom=whom, about=one.id))])
    rows += turns(page, pages, lambda at: WriteToSome(whom=whom, page=at))
    return inline([*rows, _back()])


def confirm(mark: str) -> InlineKeyboardMarkup:
    """Under the preview."""
    return inline(
        [
            [
                button(plain("button-send-to-all"), SendToAll(mark=mark), "success"),
                button(plain("button-drop"), WriteToAll(act="drop")),
            ]
        ]
    )


def progress(far: Progress) -> InlineKeyboardMarkup | None:
    """Stop it while something is left; whom to call, where somebody cannot be written to."""
    rows: Rows = []
    if far.left and not far.stopped:
        rows.append([button(plain("button-stop-sending"), StopSending(broadcast=far.broadcast_id))])
    if far.may_call and (far.unreached or (far.lost and not far.left)):
        rows.append([button(plain("button-unreached"), ShowUnreached(broadcast=far.broadcast_id))])
    return inline(rows) if rows else None


def about_event(event: Event) -> list[InlineKeyboardButton]:
    """The way to writing to those who come or are silent, from an event's own screens."""
    return [button(plain("button-write-to-people"), WriteAboutEvent(event=event.id))]


def to_coming(event: Event) -> list[InlineKeyboardButton]:
    """A presenter's way to writing to those who come."""
    return [button(plain("button-write-to-coming"), WriteTo(whom=Whom.COMING, about=event.id))]


def others(hers: Event | None = None) -> InlineKeyboardMarkup:
    """To somebody else; for the presenter of an event, back to those who come to it."""
    if hers is None:
        return inline([_back()])
    return inline([[button(plain("button-back"), ShowAttendees(event=hers.id, page=0))]])


def again() -> InlineKeyboardMarkup:
    """From the beginning."""
    return inline([[button(plain("button-write-to-people"), WriteToAll(act="write"))]])


def _back() -> list[InlineKeyboardButton]:
    return [button(plain("button-other-people"), WriteToAll(act="write"))]
