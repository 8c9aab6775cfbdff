"""The buttons of the plan as a whole: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from actions.rolling_over import Carried, PlanFile
from bot.views import calendar_keys, report_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, ShowDesk, Year, button, inline, to_year_round
from bot.views.plan_question_keys import ShowDraft
from bot.views.report_keys import TakeReport
from bot.views.words import plain
from domain.plan_draft import first_year_of, school_year_label, short_school_year

_MOST = 10


class ShowPlanFile(CallbackData, prefix="planfile"):
    """«План файлом» of the school year that begins in this one."""

    year: Year


class TakePlan(CallbackData, prefix="takeplan"):
    """The plan as it stands, as a file."""

    year: Year


class CarryOver(CallbackData, prefix="carry"):
    """«Перенести на …»: the plan of this year as the next one's draft."""

    year: Year


class TakeAlong(CallbackData, prefix="along"):
    """A meeting that was made by hand is a row of the draft too."""

    draft: Id
    event: Id


def beyond(carried: Carried) -> InlineKeyboardMarkup:
    """Each meeting that may be taken along, and the way to the draft."""
    rows: Rows = [
        [
            button(
                plain("button-take-along", title=event.title),
                TakeAlong(draft=carried.kept.id, event=event.id),
            )
        ]
        for event in carried.beyond[:_MOST]
    ]
    return inline([*rows, [button(plain("button-open-plan"), ShowDraft(draft=carried.kept.id))]])


def to_plan_file(year: int) -> list[InlineKeyboardButton]:
    """The way to «План файлом»."""
    return [button(plain("button-plan-file"), ShowPlanFile(year=year))]


def carry_over(year: int) -> list[InlineKeyboardButton]:
    """«Перенести план на …»."""
    following = short_school_year(school_year_label(year + 1))
    return [button(plain("button-carry-over", year=following), CarryOver(year=year))]


def plan_file(shown: PlanFile, *, year_round: bool) -> InlineKeyboardMarkup:
    """What to do with the plan of a year; and what of it stands in no month."""
    year = first_year_of(shown.label)
    marked = [button(plain("button-report-plan"), TakeReport(year=year, what="plan"))]
    return inline(
        [
            *report_keys.years(shown.earlier, shown.later, lambda first: ShowPlanFile(year=first)),
            [button(plain("button-take-plan"), TakePlan(year=year), "success")],
            *([marked] if shown.begun else []),
            *([carry_over(year)] if shown.follows else []),
            [
                *(to_year_round() if year_round else []),
                *calendar_keys.whole_calendar(),
            ],
            [button(plain("button-back"), ShowDesk(screen="home"))],
        ]
    )
