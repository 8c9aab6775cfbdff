"""Last year's plan as the draft of the next: months keep their place, days become months again."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.period import Period, Precision, last_of_month
from domain.plan_draft import (
    ActivityDraft,
    PlanDraft,
    Problem,
    SkippedRow,
    first_year_of,
    school_year_label,
)
from domain.russian_dates import words_for

# The code of the remark about a number of years, or a year, that was left as it was.
LEFT_YEAR = "left_year"

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(\s*[/\\–—-]\s*)((?:19|20)?\d\d)(?!\d)")
_YEAR_IN_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([/–-])(\d\d))?(?!\d)")
_JUBILEE = re.compile(r"\b\d{1,3}\s*-?\s*лет\w*", re.IGNORECASE)
# Remarks about how a date was written: in the new plan it is written anew.
_OF_WRITING = frozenset({"misspelt", "approximate", "item_number", "when_inferred"})


def rolled_over(draft: PlanDraft, first_year: int) -> PlanDraft:
    """The draft for the school year that begins in `first_year`, of a plan for another one.

    Dates are moved by as many years; days and weeks become their months, a deadline keeps its day. School
    years in titles are moved as well; any other year, and an anniversary («к 80-летию»), stays, and she is
    told so. What was not clear in the plan is still asked. Raises ValueError for a plan without a year.
    """
    if draft.school_year is None:
        raise ValueError("a plan without a year")
    moved = _Move(first_year_of(draft.school_year), first_year)
    return PlanDraft(
        school_year=school_year_label(first_year),
        title=moved.text(draft.title),
        preamble=tuple((moved.text(label), moved.text(value)) for label, value in draft.preamble),
        activities=tuple(moved.activity(one) for one in draft.activities),
        skipped=tuple(moved.skipped(one) for one in draft.skipped),
    )


class _Move:
    """From one school year to another, each by its first calendar year."""

    def __init__(self, old: int, new: int) -> None:
        self._old, self._by = old, new - old

    def activity(self, one: ActivityDraft) -> ActivityDraft:
        """A row in the new year."""
        periods = tuple(dict.fromkeys(self._period(period) for period in one.periods))
        title = self.text(one.title)
        problems = [it for it in one.problems if not periods or it.code not in _OF_WRITING]
        when = words_for(periods) if periods else self._dates(one.when_text or "")
        return replace(
            one,
            title=title,
            heading=self.text(one.heading) if one.heading else None,
            section=self.text(one.section) if one.section else None,
            subsection=self.text(one.subsection) if one.subsection else None,
            when_text=when or None,
            periods=periods,
            outcome=self.text(one.outcome) if one.outcome else None,
            recurs=self._dates(one.recurs) if one.recurs else None,
            problems=(*map(self._problem, problems), *self._asked(one.number, title)),
        )

    def skipped(self, row: SkippedRow) -> SkippedRow:
        """A row of dashes, in its place."""
        place = row.place
        if place is not None:
            place = replace(
                place,
                section=self.text(place.section) if place.section else None,
                subsection=self.text(place.subsection) if place.subsection else None,
            )
        return replace(row, title=self.text(row.title), place=place)

    def text(self, said: str) -> str:
        """Its school years moved on, all other numbers as they are."""
        return _SCHOOL_YEAR.sub(self._school_year, said)

    def _school_year(self, found: re.Match[str]) -> str:
        first, between, second = found.groups()
        if int(first) != self._old or int(second) % 100 != (self._old + 1) % 100:
            return found[0]
        ending = str(int(first) + 1 + self._by)
        return f"{int(first) + self._by}{between}{ending[-len(second) :]}"

    def _dates(self, words: str) -> str:
        """Words for dates: every year of this plan's moved on."""

        def on(found: re.Match[str]) -> str:
            year, parted, short = int(found[1]), found[2] or "", found[3] or ""
            if year not in {self._old, self._old + 1}:
                return found[0]
            if short and int(short) == (year + 1) % 100:
                short = f"{(year + 1 + self._by) % 100:02}"
            return f"{year + self._by}{parted}{short}"

        return _YEAR_IN_DATE.sub(on, words)

    def _problem(self, problem: Problem) -> Problem:
        guess = tuple(dict.fromkeys(self._period(period) for period in problem.guess))
        return replace(problem, text=self._dates(problem.text), guess=guess)

    def _period(self, period: Period) -> Period:
        """In the new year, no closer than to the month where people come together."""
        first, last = period.first_day, period.end
        years = first.year + self._by, last.year + self._by
        match period.precision:
            case Precision.DEADLINE:
                end = last_of_month(years[1], last.month)
                return Period.deadline(end.replace(day=min(last.day, end.day)))
            case Precision.YEAR:
                return Period.year(first.replace(year=years[0], day=1), last_of_month(years[1], last.month))
            case _:
                return Period.months(years[0], first.month, years[1], last.month)

    def _asked(self, number: str | None, title: str) -> tuple[Problem, ...]:
        """What a title counts in years, and nobody but her can move on."""
        new = str(self._old + self._by)
        without = _SCHOOL_YEAR.sub(lambda found: "" if found[1] == new else found[0], title)
        found = _YEAR.search(without) or _JUBILEE.search(without)
        if found is None:
            return ()
        row = f"Строка {number}" if number else f"«{title[:60]}»"
        return (Problem(LEFT_YEAR, f"{row}: «{found[0]}» в названии осталось как было, проверьте."),)
