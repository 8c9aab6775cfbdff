"""The buttons of «Провести вместе»: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from actions.together import Joining
from bot.views.callback_data import CallbackData
from bot.views.event_keys import leave
from bot.views.keyboards import Id, Place, Rows, button, inline
from bot.views.words import plain
from domain.records import Event, PlanRow

_MOST = 10


class HoldTogether(CallbackData, prefix="both"):
    """«Провести вместе»: with which of several?"""

    event: Id


class JoinWith(CallbackData, prefix="with"):
    """«Провести вместе» with this one: the preview."""

    event: Id
    other: Id


class ConfirmJoin(CallbackData, prefix="j"):
    """The joining seen in the preview, of both as they stood then."""

    event: Id
    other: Id
    revision: Place
    other_revision: Place


class PartEvents(CallbackData, prefix="part"):
    """«Разделить»: the preview."""

    event: Id


class ConfirmPart(CallbackData, prefix="apart"):
    """The parting seen in the preview, of the event as it stood then."""

    event: Id
    revision: Place


class ShowPlanRows(CallbackData, prefix="rows"):
    """The plan's rows that an event stands for, each with its mark."""

    event: Id


class MarkRow(CallbackData, prefix="row"):
    """One row's own mark of fulfilment: take it away, or give it back."""

    event: Id
    activity: Id


def together(event: Event, partners: Sequence[Event]) -> Rows:
    """«Провести вместе», where there is something to hold it with."""
    if not partners:
        return []
    data = (
        JoinWith(event=event.id, other=partners[0].id) if len(partners) == 1 else HoldTogether(event=event.id)
    )
    return [[button(plain("button-together"), data)]]


def apart(event: Event) -> Rows:
    """«Разделить», where it is held together with others."""
    return [[button(plain("button-part"), PartEvents(event=event.id))]] if event.joined else []


def which(event: Event, partners: Sequence[Event]) -> InlineKeyboardMarkup:
    """With which of them?"""
    rows: Rows = [[button(one.title, JoinWith(event=event.id, other=one.id))] for one in partners[:_MOST]]
    return inline([*rows, leave(event)])


def confirm_join(joining: Joining, instead: str = "") -> InlineKeyboardMarkup:
    """Under the preview of joining: at one place, or at which of the two. `instead`: the other one's hour and
    place, where those could be kept as well."""
    kept, merged = joining.kept, joining.merged
    data = ConfirmJoin(event=kept.id, other=merged.id, revision=kept.revision, other_revision=merged.revision)
    if not joining.places:
        other = JoinWith(event=merged.id, other=kept.id)
        rather: Rows = [[button(plain("button-together-rather", what=instead), other)]] if instead else []
        return inline([[button(plain("button-sure-together"), data, "success")], *rather, leave(kept)])
    # The one at the place that is chosen stays, so each has its own again, should they be parted.
    there = ConfirmJoin(
        event=merged.id, other=kept.id, revision=merged.revision, other_revision=kept.revision
    )
    rows: Rows = [
        [button(plain("button-together-at", venue=venue), one, "success")]
        for venue, one in zip(joining.places, (data, there), strict=True)
    ]
    return inline([*rows, leave(kept)])


def confirm_part(event: Event) -> InlineKeyboardMarkup:
    """Under the preview of parting."""
    data = ConfirmPart(event=event.id, revision=event.revision)
    return inline([[button(plain("button-sure-part"), data, "success")], leave(event)])


def to_rows(event: Event) -> list[InlineKeyboardButton]:
    """«Строки плана»."""
    return [button(plain("button-plan-rows"), ShowPlanRows(event=event.id))]


def marks(event: Event, rows: Sequence[PlanRow]) -> InlineKeyboardMarkup:
    """Each row of the plan with its own mark, and back to «Состоялось?»."""
    labels = [
        (row, plain("button-plan-row", number=row.number, title=row.title).strip()) for row in rows[:_MOST]
    ]
    marked: Rows = [
        [
            button(
                plain("button-chosen", label=label) if row.held_on else label,
                MarkRow(event=event.id, activity=row.activity_id),
            )
        ]
        for row, label in labels
    ]
    return inline([*marked, leave(event, plain("button-back"))])
