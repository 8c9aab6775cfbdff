"""Plans for a reader at a terminal."""

from __future__ import annotations

from datetime import date

from actions.plans import Imported
from bot.views import dates
from bot.views.words import plain
from domain.plan_draft import AGENDA, ActivityDraft, PlanDraft, short_school_year


def plan_lines(draft: PlanDraft) -> list[str]:
    """What was understood of a plan, a line for each row, and what is not clear."""
    lines = [draft.title or "План без заголовка", f"Учебный год: {draft.school_year or 'не назван'}", ""]
    section = None
    for activity in draft.activities:
        if activity.section != section:
            section = activity.section
            lines.append(section or "")
        lines.append(f"  {activity.number or '–'}  {activity.title}: {_when(activity)}")
        lines.extend(f"      ? {problem.text}" for problem in activity.problems)
    if draft.skipped:
        lines += ["", "Пропущено:"]
        lines += [
            f"  {row.number or '–'}  {row.title}: {_REASONS.get(row.reason, row.reason)}"
            for row in draft.skipped
        ]
    lines += [f"? {problem.text}" for problem in draft.problems]
    return lines


def imported_lines(imported: Imported) -> list[str]:
    """What an import did."""
    if not imported.changed:
        return [plain("plan-same")]
    year = short_school_year(imported.school_year)
    lines = [f"План на {year} сохранён: строк – {imported.activities}, событий – {imported.events}."]
    if imported.past_events:
        lines.append(plain("plan-saved-past", count=imported.past_events))
    return lines


_REASONS = {
    "empty": "в строке прочерки",
    AGENDA: "это вопрос повестки",
    "members": "это список людей",
    "approval": "это согласование и подписи",
    "not_a_plan": "это таблица, но не план",
}


def _when(activity: ActivityDraft) -> str:
    # The year is always written out here: the plan may be of any.
    said = [dates.span(period, date.min) for period in activity.periods]
    if activity.year_round:
        said.append("в течение года")
    if said:
        return "; ".join(said)
    return activity.recurs or activity.when_text or "срок не назван"
