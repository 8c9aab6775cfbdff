"""What was understood of a plan, before and after it is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from markupsafe import Markup

from actions.plans import Imported, Kept
from bot.views import dates, keyboards, plan_question_keys
from bot.views.plan_questions import in_a_line, row_label
from bot.views.view import View
from bot.views.words import clip, fitting, plain, t
from domain.period import Period, Precision
from domain.plan_draft import (
    AGENDA,
    ActivityDraft,
    PlanDraft,
    Problem,
    SkippedRow,
    first_year_of,
    short_school_year,
)
from domain.plan_questions import GROUP, NEW_GROUP, Question, questions_of, remarks_of, settled

Sort = Literal["gathering", "task", "round"]
# So many questions, remarks and pairs are said in the preview; all of them are asked.
_QUESTIONS = 5
_REMARKS = 3
_PAIRS = 4
_ROWS = 8
_SHORT = 60
_NEXT_SORT: dict[Sort, Sort] = {"gathering": "task", "task": "round", "round": "gathering"}


def preview(kept: Kept, day: date) -> View:
    """The plan in a few lines by the answers so far: meetings by month, what else there is, what is asked."""
    questions = [one for one in questions_of(kept.draft, day) if one.open]
    keyboard = plan_question_keys.preview(kept.id, open_questions=bool(questions))
    return View(_preview(settled(kept.draft), questions, remarks_of(kept.draft)), keyboard)


def waiting(kept: Kept, day: date) -> View:
    """A plan that was sent and neither saved nor dropped."""
    draft = settled(kept.draft)
    year = (
        t("plan-waiting-year", year=short_school_year(draft.school_year)) if draft.school_year else Markup("")
    )
    count = sum(one.open for one in questions_of(kept.draft, day))
    text = t("plan-waiting", year=year, questions=t("plan-waiting-questions", count=count))
    return View(text, plan_question_keys.waiting(kept.id))


def months(kept: Kept, page: int, day: date) -> View:
    """«По месяцам»: the year as it is understood, a month a page; what has no month comes last."""
    pages = _pages(settled(kept.draft), day)
    if not pages:
        return View(t("plan-months-empty"), plan_question_keys.month(kept.id, 0, 1))
    page = min(max(page, 0), len(pages) - 1)
    title, lines = pages[page]
    shown = fitting(lines)
    if len(lines) > len(shown):
        shown.append(t("plan-preview-questions-cut", count=len(lines) - len(shown)))
    text = Markup("\n").join([t("plan-months", title=title), *shown])
    return View(text, plan_question_keys.month(kept.id, page, len(pages)))


def sorting(kept: Kept, page: int) -> View:
    """«Встречи и задания»: what each row is; a tap makes it the next thing."""
    activities = settled(kept.draft).activities
    pages = max(1, -(-len(activities) // _ROWS))
    page = min(max(page, 0), pages - 1)
    first = page * _ROWS
    shown = [
        (at, _sort_label(activity), _NEXT_SORT[_sort(activity)])
        for at, activity in enumerate(activities[first : first + _ROWS], first)
    ]
    return View(t("plan-sorting"), plan_question_keys.sorting(kept.id, shown, page, pages))


def _sort_label(activity: ActivityDraft) -> str:
    return plain("button-sort-row", what=plain(f"plan-sort-{_sort(activity)}"), row=row_label(activity))


def _sort(activity: ActivityDraft) -> Sort:
    if activity.gathering:
        return "gathering"
    return "round" if activity.lasts and not activity.periods else "task"


def _pages(draft: PlanDraft, day: date) -> list[tuple[str, list[Markup]]]:
    """The months that have anything, each with a line a row, and then what has no month."""
    by_month: dict[date, list[Markup]] = {}
    all_year: list[Markup] = []
    undated: list[Markup] = []
    for activity in draft.activities:
        for period in activity.periods:
            month = period.first_day.replace(day=1)
            by_month.setdefault(month, []).append(_line(activity, _when(period, day)))
        if not activity.periods:
            said = t("plan-months-as-written", words=activity.when_text) if activity.when_text else None
            (all_year if activity.lasts else undated).append(_line(activity, said))
    pages = [(dates.capital(dates.month(month)), by_month[month]) for month in sorted(by_month)]
    skipped = [
        t("plan-months-skipped-row", row=clip(f"{row.number or ''} {row.title}".strip(), 150))
        for row in draft.skipped
        if row.is_row
    ]
    for title, lines in (
        (plain("plan-months-all-year"), all_year),
        (plain("plan-months-undated"), undated),
        (plain("plan-months-skipped"), skipped),
    ):
        if lines:
            pages.append((title, lines))
    return pages


def _when(period: Period, day: date) -> Markup:
    if period.precision is Precision.MONTH:
        return t("plan-months-day-unnamed")
    return t("plan-months-when", when=dates.span(period, day))


def _line(activity: ActivityDraft, when: Markup | None) -> Markup:
    """A row: what it is, when and where, and whom it is for where that was said."""
    facts = [t("plan-months-sort", what=plain(f"plan-sort-{_sort(activity)}").lower())]
    facts += [when] if when is not None else []
    facts += [t("plan-months-where", venue=clip(activity.venue, 100))] if activity.venue else []
    if activity.gathering and activity.invited not in {None, "everybody"}:
        facts.append(_whom(activity.invited or ""))
    return t("plan-months-row", row=row_label(activity), facts=Markup(", ").join(facts))


def _whom(invited: str) -> Markup:
    if invited.startswith(NEW_GROUP):
        return t("plan-whom-new-group", title=invited.removeprefix(NEW_GROUP))
    return t("plan-whom-group") if invited.startswith(GROUP) else t(f"plan-whom-{invited}")


def _preview(draft: PlanDraft, questions: Sequence[Question], remarks: Sequence[Problem]) -> Markup:
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
        rows=t("plan-preview-rows", count=len(draft.activities) + sum(row.is_row for row in draft.skipped)),
        meetings=_meetings([period.first_day for period in gatherings], sum(p.day_known for p in gatherings)),
        others=_others(draft),
        skipped=_skipped(draft.skipped),
        together=_together(draft),
        questions=_questions(draft, questions),
        remarks=_remarks(remarks),
    )


def _skipped(skipped: Sequence[SkippedRow]) -> Markup:
    """Rows of dashes, and of what meetings talk about, by their number; tables that are no plan, by what they
    are instead."""
    said = Markup("")
    if points := sum(row.reason == AGENDA for row in skipped):
        said += Markup("\n") + t("plan-preview-agenda", count=points)
    if rows := sum(row.is_row for row in skipped):
        said += Markup("\n") + t("plan-preview-skipped", count=rows)
    if tables := dict.fromkeys(row.reason for row in skipped if not (row.is_row or row.reason == AGENDA)):
        what = Markup(", ").join(t(f"plan-left-out-{reason.replace('_', '-')}") for reason in tables)
        said += Markup("\n") + t("plan-preview-left-out", what=what)
    return said


def _together(draft: PlanDraft) -> Markup:
    """The rows that are one gathering by her word."""
    if not draft.together:
        return Markup("")
    pairs = [
        t(
            "plan-preview-pair",
            row=row_label(draft.activities[first], _SHORT),
            other=row_label(draft.activities[second], _SHORT),
        )
        for first, second in draft.together[:_PAIRS]
    ]
    if len(draft.together) > _PAIRS:
        pairs.append(Markup("…"))
    return Markup("\n") + t("plan-preview-together", pairs=Markup("; ").join(pairs))


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
    year_round = sum(one.lasts for one in draft.activities)
    undated = sum(not one.periods and not one.lasts for one in draft.activities)
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


def _questions(draft: PlanDraft, questions: Sequence[Question]) -> Markup:
    """How many are open, and the first of them in words."""
    if not questions:
        return Markup("")
    shown = fitting([in_a_line(one, draft) for one in questions[:_QUESTIONS]])
    lines = [t("plan-preview-questions", count=len(questions)), *shown]
    if len(questions) > len(shown):
        lines.append(t("plan-preview-questions-cut", count=len(questions) - len(shown)))
    lines.append(t("plan-questions-kept"))
    return Markup("\n") + Markup("\n").join(lines)


def _remarks(remarks: Sequence[Problem]) -> Markup:
    """What was read though it is not written so; nothing is asked about it."""
    if not remarks:
        return Markup("")
    told = [t("plan-preview-question", row=Markup(""), text=problem.text) for problem in remarks[:_REMARKS]]
    shown = fitting(told, 800)
    lines = [t("plan-preview-remarks"), *shown]
    if len(remarks) > len(shown):
        lines.append(t("plan-preview-questions-cut", count=len(remarks) - len(shown)))
    return Markup("\n") + Markup("\n").join(lines)


def other_year(draft_id: int, school_year: str) -> View:
    """The plan is for neither this year nor the next."""
    return View(
        t("plan-other-year", year=short_school_year(school_year)), keyboards.other_year(draft_id, school_year)
    )


def saved(imported: Imported) -> View:
    """What became of the plan."""
    if not imported.changed:
        return View(t("plan-same"))
    year, events = short_school_year(imported.school_year), t("plan-saved-events", count=imported.events)
    lines = [t("plan-saved", year=year, events=events)]
    lines += [t("plan-saved-past", count=imported.past_events)] if imported.past_events else []
    lines += [t("plan-saved-together", count=imported.together)] if imported.together else []
    lines += [t("plan-saved-group", title=title) for title in imported.groups]
    lines += [t("plan-saved-days")] if imported.unnamed else []
    return View(Markup("\n").join(lines), keyboards.remove_plan(first_year_of(imported.school_year)))


def removed(school_year: str) -> View:
    """The plan that was just saved is gone."""
    return View(t("plan-removed", year=short_school_year(school_year)))
