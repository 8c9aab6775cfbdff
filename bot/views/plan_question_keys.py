"""The buttons of a plan that waits to be saved, and of the questions about it: every CallbackData beside its
builder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, SettleDraft, button, inline, turns
from bot.views.words import plain
from domain.plan_questions import Choice, Question

# The months of a year stand three in a row.
_MONTHS_IN_ROW = 3


class ShowDraft(CallbackData, prefix="plan"):
    """The plan as it was understood, by the answers so far."""

    draft: Id


class ShowDraftMonth(CallbackData, prefix="planmonth"):
    """«По месяцам»: a page of it."""

    draft: Id
    page: Place


class ShowDraftRows(CallbackData, prefix="planrows"):
    """«Встречи и задания»: a page of its rows."""

    draft: Id
    page: Place


class SortRow(CallbackData, prefix="planrow"):
    """What a row is from now on."""

    draft: Id
    row: Place
    to: Literal["gathering", "task", "round"]
    page: Place


class ShowPlanQuestion(CallbackData, prefix="planask"):
    """A question by its name; the first one that is open for «-»."""

    draft: Id
    what: str


class AnswerPlan(CallbackData, prefix="planans"):
    """One of the likely answers, by its name."""

    draft: Id
    what: str
    key: str


class PassPlanQuestion(CallbackData, prefix="planpass"):
    """«Пропустить»."""

    draft: Id
    what: str


def preview(draft_id: int, *, open_questions: bool) -> InlineKeyboardMarkup:
    """What to do with a plan that was understood."""
    rows: Rows = [
        [
            button(plain("button-save"), SettleDraft(draft=draft_id, act="save"), "success"),
            button(plain("button-drop"), SettleDraft(draft=draft_id, act="drop")),
        ],
        [
            button(plain("button-plan-months"), ShowDraftMonth(draft=draft_id, page=0)),
            button(plain("button-plan-rows-sorted"), ShowDraftRows(draft=draft_id, page=0)),
        ],
    ]
    if open_questions:
        ask = ShowPlanQuestion(draft=draft_id, what="-")
        rows.insert(0, [button(plain("button-answer-questions"), ask, "primary")])
    return inline(rows)


def waiting(draft_id: int) -> InlineKeyboardMarkup:
    """The way back to a plan that was not finished."""
    return inline(
        [
            [button(plain("button-open-plan"), ShowDraft(draft=draft_id), "primary")],
            [button(plain("button-drop"), SettleDraft(draft=draft_id, act="drop"))],
        ]
    )


def month(draft_id: int, page: int, pages: int) -> InlineKeyboardMarkup:
    """The other months, and back."""
    return inline(
        [*turns(page, pages, lambda at: ShowDraftMonth(draft=draft_id, page=at)), [_back(draft_id)]]
    )


def sorting(
    draft_id: int,
    shown: Sequence[tuple[int, str, Literal["gathering", "task", "round"]]],
    page: int,
    pages: int,
) -> InlineKeyboardMarkup:
    """Rows by their places, each with its label and what a tap makes of it."""
    rows: Rows = [
        [button(label, SortRow(draft=draft_id, row=row, to=to, page=page))] for row, label, to in shown
    ]
    rows += turns(page, pages, lambda at: ShowDraftRows(draft=draft_id, page=at))
    return inline([*rows, [_back(draft_id)]])


def question(
    draft_id: int, asked: Question, labels: Sequence[tuple[Choice, str]], before: Question | None
) -> InlineKeyboardMarkup:
    """The likely answers, and the ways on."""
    rows: Rows = []
    shown: list[Choice] = []
    for choice, label in labels:
        answer = button(label, AnswerPlan(draft=draft_id, what=asked.id, key=choice.key))
        if rows and is_month(choice) and sum(map(is_month, shown)) % _MONTHS_IN_ROW:
            rows[-1].append(answer)
        else:
            rows.append([answer])
        shown.append(choice)
    skip = button(plain("button-pass-question"), PassPlanQuestion(draft=draft_id, what=asked.id))
    way = [button(plain("button-back"), ShowPlanQuestion(draft=draft_id, what=before.id))] if before else []
    return inline([*rows, [skip], [*way, _back(draft_id)]])


def is_month(choice: Choice) -> bool:
    """Whether an answer is one of the months of the year, which stand side by side."""
    return choice.key[0] == "m" and choice.key[1:].isdigit()


def _back(draft_id: int) -> InlineKeyboardButton:
    return button(plain("button-to-plan"), ShowDraft(draft=draft_id))
