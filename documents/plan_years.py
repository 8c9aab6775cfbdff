"""The year of a plan, as its title names it, or as its dates suggest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.columns import heading_index
from documents.table import Block, Paragraph
from documents.title_lines import (
    MOST_TITLE_LINES,
    is_approval,
    is_numbered_heading,
    is_of_past,
    months_named,
    names_plan,
    title_lines,
)
from domain.period import Period
from domain.plan_draft import (
    ActivityDraft,
    Problem,
    first_year_of,
    school_year_of,
    short_school_year,
)
from domain.russian_dates import read_calendar_year, read_school_year, read_when

# «На 2024 – 2025 годы» are two years, of which neither is a school year.
_OF_YEARS = re.compile(r"20\d\d\s*[-–—]\s*20\d\d\s*(?:календарн\w+\s+)?год(?:ы|ов)\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-–—•*·▪]|\d{1,2}[.)])\s*\S")


@dataclass(frozen=True, slots=True)
class PlanYears:
    """The year that the document's title names."""

    school: int | None
    calendar: int | None

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> PlanYears:
        """The first that a text outside the plan's rows names; a school year before a calendar one."""
        around = list(_texts_around(blocks))
        titles = _by_likelihood([text for text in around if not is_approval(text)])
        # What is done in one school year of a plan for several years is not all of it.
        several = any(map(_OF_YEARS.search, titles))
        of_whole = (it for it in titles if not (_OF_YEARS.search(it) or (several and _LISTED.match(it))))
        of_school = map(read_school_year, of_whole)
        school = next((year for year in of_school if year is not None), None)
        calendar = next((year for it in titles if (year := read_calendar_year(it)) is not None), None)
        if school is None and calendar is None and not several:
            months = [read_when(words, None).periods[0] for words in months_named(title_lines(around))]
            schools = {first_year_of(school_year_of(it.first_day)) for it in months}
            school = schools.pop() if len(schools) == 1 else None
        return cls(school, calendar if school is None else None)


def _by_likelihood(texts: Sequence[str]) -> list[str]:
    """What most likely names the plan's own year first: its title, or a line right below it; then any other
    line, one of a list, and last a report on the year before."""
    likelihood: list[int] = []
    titled = 0  # the lines of a title that may still come
    for text in texts:
        item, past = is_numbered_heading(text), is_of_past(text)
        titled = 0 if item or past else MOST_TITLE_LINES if names_plan(text) else titled - 1
        likelihood.append(3 if past else 2 if item else 1 if titled <= 0 else 0)
    order = sorted(range(len(texts)), key=lambda at: likelihood[at])
    return [texts[at] for at in order]


def _texts_around(blocks: Sequence[Block]) -> Iterator[str]:
    """Paragraphs, tables that are no plan, and merged rows above a plan's heading."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        planned = heading_index(block)
        for row in block.rows[:planned]:
            yield from (cell.text for cell in row.filled)


def about_year(years: PlanYears, activities: Sequence[ActivityDraft]) -> Iterator[Problem]:
    """What has to be asked about the plan as a whole."""
    if years.school is None:
        likely = _likely_school_year([period for activity in activities for period in activity.periods])
        hint = f" Судя по срокам, это {short_school_year(likely)}." if likely else ""
        yield Problem("no_school_year", f"В плане не назван учебный год.{hint}")
    if not any(activity.periods or activity.year_round or activity.recurs for activity in activities):
        yield Problem("no_dates", "В плане нет ни одного срока, который удалось прочитать.")


def _likely_school_year(periods: Sequence[Period]) -> str | None:
    counted = Counter(school_year_of(period.first_day) for period in periods)
    return counted.most_common(1)[0][0] if counted else None
