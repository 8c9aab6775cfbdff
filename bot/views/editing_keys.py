"""The buttons of changing a meeting's fields and of putting it off: every CallbackData beside its builder."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowMore, button, inline
from bot.views.words import plain
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Event

Edited = Literal["title", "kind", "hours", "responsible", "contact"]
_Month = Annotated[str, Field(pattern=r"^20\d{4}(\d\d)?$")]


class ShowEdit(CallbackData, prefix="edit"):
    """«Изменить»."""

    event: Id


class EditField(CallbackData, prefix="field"):
    """One of its fields: a question in words, or the kinds to choose from."""

    event: Id
    field: Edited


class SetKind(CallbackData, prefix="kind"):
    """Another kind, of the event as it stood then."""

    event: Id
    revision: Place
    kind: Kind


class ConfirmField(CallbackData, prefix="fieldok"):
    """The value seen in the preview, of the event as it stood then; the words lie in the dialogue."""

    event: Id
    revision: Place
    field: Literal["title", "responsible", "contact"]


class PutOff(CallbackData, prefix="putoff"):
    """«Отложить без дня»."""

    event: Id


class ProposeMonths(CallbackData, prefix="offto"):
    """The months, YYYYMM, in which the day will be named."""

    event: Id
    first: _Month
    last: _Month


class ConfirmPutOff(CallbackData, prefix="offok"):
    """The months seen in the preview, of the event as it stood then."""

    event: Id
    revision: Place
    first: _Month
    last: _Month


def edit(event: Event) -> InlineKeyboardButton:
    """«Изменить»."""
    return button(plain("button-edit"), ShowEdit(event=event.id))


def field(event: Event, name: Edited) -> InlineKeyboardButton:
    """The question for one field."""
    return button(plain(f"button-field-{name}"), EditField(event=event.id, field=name))


def kinds(event: Event) -> InlineKeyboardMarkup:
    """The kinds to choose from, the present one marked."""
    rows: Rows = []
    for kind in Kind:
        label = dates.capital(plain(f"kind-{kind}"))
        if kind is event.kind:
            label = plain("button-chosen", label=label)
        data = SetKind(event=event.id, revision=event.revision, kind=kind)
        rows.append([button(label, data)])
    pairs = [[*rows[at], *rows[at + 1]] for at in range(0, len(rows), 2)]
    return inline([*pairs, [button(plain("button-back"), ShowEdit(event=event.id))]])


def asked(event: Event) -> InlineKeyboardMarkup:
    """Under a question that is answered in words."""
    return inline([_leave(event)])


def confirm(event: Event, name: Literal["title", "responsible", "contact"]) -> InlineKeyboardMarkup:
    """Under the preview of a field."""
    sure = ConfirmField(event=event.id, revision=event.revision, field=name)
    return inline([[button(plain("button-confirm"), sure, "success")], _leave(event)])


def put_off(event: Event) -> InlineKeyboardButton:
    """«Отложить без дня»."""
    return button(plain("button-put-off"), PutOff(event=event.id))


def choose_months(event: Event, months: list[Period], unknown: Period) -> InlineKeyboardMarkup:
    """The next months, and «Пока не знаю»."""
    labels = [
        button(dates.capital(dates.month_name(one.first_day)), ProposeMonths(event=event.id, **_ends(one)))
        for one in months
    ]
    later = button(plain("button-undecided"), ProposeMonths(event=event.id, **_ends(unknown)))
    return inline([labels, [later], _leave(event)])


def confirm_put_off(event: Event, period: Period) -> InlineKeyboardMarkup:
    """Under the preview of putting it off."""
    sure = ConfirmPutOff(event=event.id, revision=event.revision, **_ends(period))
    return inline(
        [
            [button(plain("button-sure-put-off"), sure, "success")],
            [button(plain("button-other-months"), PutOff(event=event.id))],
            _leave(event),
        ]
    )


def months_of(first: str, last: str) -> Period:
    """The period that such a button carries. Raises ValueError for made-up data."""
    begins, ends = (date.fromisoformat(f"{one[:4]}-{one[4:6]}-01") for one in (first, last))
    return Period.months(begins.year, begins.month, ends.year, ends.month)


def _ends(period: Period) -> dict[str, str]:
    return {"first": f"{period.first_day:%Y%m}", "last": f"{period.end:%Y%m}"}


def _leave(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-leave-it"), ShowMore(event=event.id))]
