"""What was understood of a plan, before and after it is saved."""

from __future__ import annotations

from collections import Counter
from datetime import date

from markupsafe import Markup

from actions.plans import Imported, Kept
from bot.views import dates, keyboards
from bot.views.view import View
from bot.views.words import fitting, t
from domain.period import Precision
from domain.plan_draft import ActivityDraft, PlanDraft, Problem, short_school_year

_QUESTIONS = 12


def preview(kept: Kept) -> View:
    """The plan in a few lines: meetings by month, what else there is, what is not clear."""
    return View(_preview(kept.draft), keyboards.draft(kept.id))


def _preview(draft: PlanDraft) -> Markup:
    gatherings = [
        period
        for activity in draft.activities
        if activity.gathering
        for period in activity.periods
        if period.precision not in {Precision.DEADLINE, Precision.YEAR}
    ]
    return t(
        "plan-preview",
        year=(
            t("plan-preview-year", year=draft.school_year) if draft.school_year else t("plan-preview-no-year")
        ),
        rows=t("plan-preview-rows", count=len(draft.activities) + len(draft.skipped)),
        meetings=_meetings([period.first_day for period in gatherings], sum(p.day_known for p in gatherings)),
        others=_others(draft),
        skipped=(
            Markup("\n") + t("plan-preview-skipped", count=len(draft.skipped))
            if draft.skipped
            else Markup("")
        ),
        questions=_questions(draft),
    )


def _meetings(firsts: list[date], days_known: int) -> Markup:
    if not firsts:
        return t("plan-preview-no-meetings")
    by_month = Counter((day.year, day.month) for day in firsts)
    months = [
        t("plan-preview-month", month=dates.month_name(date(*month, 1)), count=count)
        for month, count in sorted(by_month.items())
    ]
    said = t("plan-preview-meetings", count=len(firsts), months=Markup(", ").join(months))
    days = (
        t("plan-preview-all-days") if days_known == len(firsts) else t("plan-preview-days", count=days_known)
    )
    return said + " " + days


def _others(draft: PlanDraft) -> Markup:
    tasks = sum(bool(one.periods) and not one.gathering for one in draft.activities)
    year_round = sum(_lasts(one) for one in draft.activities)
    undated = sum(not one.periods and not _lasts(one) for one in draft.activities)
    parts = [
        t(key, count=count)
        for key, count in (
            ("plan-preview-tasks", tasks),
            ("plan-preview-year-round", year_round),
            ("plan-preview-undated", undated),
        )
        if count
    ]
    if not parts:
        return Markup("")
    said = (
        parts[0]
        if len(parts) == 1
        else t("plan-preview-and", first=Markup(", ").join(parts[:-1]), last=parts[-1])
    )
    return Markup("\n") + dates.capital_markup(said) + "."


def _lasts(activity: ActivityDraft) -> bool:
    return activity.year_round or bool(activity.recurs)


def _questions(draft: PlanDraft) -> Markup:
    asked = [t("plan-preview-question", row=Markup(""), text=problem.text) for problem in draft.problems] + [
        t(
            "plan-preview-question",
            row=_row(activity, problem),
            text=problem.text,
        )
        for activity in draft.activities
        for problem in activity.problems
    ]
    if not asked:
        return Markup("")
    shown = fitting(asked[:_QUESTIONS])
    lines = [t("plan-preview-questions", count=len(asked)), *shown]
    if len(asked) > len(shown):
        lines.append(t("plan-preview-questions-cut", count=len(asked) - len(shown)))
    lines.append(t("plan-questions-kept"))
    return Markup("\n") + Markup("\n").join(lines)


def _row(activity: ActivityDraft, problem: Problem) -> Markup:
    """Which row a question is about, where the question itself does not say so."""
    if not activity.number or activity.number in problem.text:
        return Markup("")
    return t("plan-preview-question-row", number=activity.number)


def other_year(draft_id: int, school_year: str) -> View:
    """The plan is for neither this year nor the next."""
    return View(
        t("plan-other-year", year=short_school_year(school_year)), keyboards.other_year(draft_id, school_year)
    )


def saved(imported: Imported) -> View:
    """What became of the plan."""
    if not imported.changed:
        return View(t("plan-same"))
    past = t("plan-saved-past", count=imported.past_events) + "\n" if imported.past_events else Markup("")
    return View(
        t(
            "plan-saved",
            year=short_school_year(imported.school_year),
            events=t("plan-saved-events", count=imported.events),
            past=past,
        )
    )
