"""What one node means: its period within a context, or the doubt about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.period import Period, last_of_month
from domain.plan_draft import Problem
from domain.russian_dates.context import Context
from domain.russian_dates.in_words import day_in_words, in_words
from domain.russian_dates.nodes import (
    By,
    Dated,
    Edge,
    NthWeekday,
    Part,
    Point,
    Season,
    Since,
    Span,
    Stretch,
    Term,
    Weeks,
)
from domain.russian_dates.stretches import TERMS
from domain.russian_dates.words import MONTHS, MONTHS_OF

_SEASONS = {"осен": (9, 11), "зим": (12, 2), "весн": (3, 5), "лет": (6, 8)}
_THURSDAY = 3
_MAY, _AUGUST = 5, 8


class Doubtful(Exception):  # noqa: N818 - a doubt is asked about, it is no error
    """A node that cannot be read for certain."""

    def __init__(self, code: str, text: str, guess: Iterable[Period] = ()) -> None:
        super().__init__(code)
        self.problem = Problem(code, text, tuple(guess))


def period_of(node: Dated, context: Context) -> Period:
    """The period of a node that names a date. Raises Doubtful."""
    match node:
        case Point(part):
            return _point(_dated(part, context))
        case Span(first, last):
            return span_of(first, last, context)
        case By(part, whole):
            return _deadline(_dated(part, context), whole)
        case Since(part):
            raise _open_end(_dated(part, context).first_day, context.end)
        case Weeks(first, last, part):
            return _weeks(first, last, _dated(part, context))
        case Stretch(first, last, part, _, until):
            return _stretch(first, last, _dated(part, context), _dated(until or part, context))
        case NthWeekday(nth, weekday, part):
            return nth_weekday(nth, weekday, _dated(part, context).end_of_month)
        case Term():
            return _term(node, context)
        case Season(stem, year):
            first_month, last_month = _SEASONS[stem]
            return span_of(Part(None, first_month, year), Part(None, last_month), context)
        case Edge():
            return _edge(node, context)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date, or a month, with its year. The days raise Doubtful for one that no calendar has."""

    day: int | None
    month: int
    year: int

    @property
    def in_year(self) -> tuple[int, int]:
        return self.month, self.day or 0

    @property
    def end_of_month(self) -> date:
        return last_of_month(self.year, self.month)

    @property
    def first_day(self) -> date:
        return self._on(self.day or 1)

    @property
    def last_day(self) -> date:
        return self.end_of_month if self.day is None else self._on(self.day)

    def _on(self, day: int) -> date:
        last = self.end_of_month
        if not 1 <= day <= last.day:
            words = f"{day} {MONTHS_OF[self.month - 1]} {self.year} г."
            raise Doubtful("impossible_day", f"{words} не бывает", [Period.day(last)])
        return last.replace(day=day)


def _dated(part: Part, context: Context) -> _Dated:
    """The part with its month and year filled from what stands around it."""
    if part.month is None:
        if context.table_month is None:
            raise Doubtful("no_month", "не сказано, какого месяца")
        year, month = context.table_month
        return _Dated(part.day, month, year)
    found = context.year_of(part.month) if part.year is None else part.year
    if found is None:
        raise Doubtful("no_year", f"не знаю, какого года {MONTHS[part.month - 1]}")
    return _Dated(part.day, part.month, found)


def _point(dated: _Dated) -> Period:
    if dated.day is None:
        return Period.month(dated.year, dated.month)
    return Period.day(dated.last_day)


def span_of(first: Part, last: Part, context: Context) -> Period:
    """From one date to another, a year said once counting for both. Raises Doubtful."""
    if last.month is not None and last.month > 12:
        raise _about_misprint(first, last, context)
    if first.month and last.month:
        over_new_year = last.in_year < first.in_year
        if first.year is not None and last.year is None:
            last = replace(last, year=first.year + over_new_year)
        elif last.year is not None and first.year is None:
            first = replace(first, year=last.year - over_new_year)
    start, end = _dated(first, context), _dated(last, context)
    if _ends_in_next_august(start, end) and not (first.year or last.year):
        # «Май – август»: no plan begins in the May before its year.
        end = replace(end, year=start.year)
    if start.first_day > end.last_day:
        raise _about_order(start, end, year_said=first.year is not None)
    return _between(start, end)


def _ends_in_next_august(start: _Dated, end: _Dated) -> bool:
    """Whether a span goes on from spring to the August that opens the next school year."""
    return start.month <= _MAY and end.month == _AUGUST and start.first_day > end.last_day


def _between(first: _Dated, last: _Dated) -> Period:
    """Whole months where only months were named."""
    if first.day is None and last.day is None:
        return Period.months(first.year, first.month, last.year, last.month)
    return Period.days(first.first_day, last.last_day)


def _about_misprint(first: Part, last: Part, context: Context) -> Doubtful:
    try:
        guess = [span_of(first, replace(last, month=first.month), context)]
    except Doubtful:
        guess = []
    return Doubtful("impossible_day", f"{last.month}-го месяца не бывает", guess)


def _about_order(first: _Dated, last: _Dated, year_said: bool) -> Doubtful:
    """The end before the beginning: the summer before the school year, or the months after it."""
    if year_said or first.month == last.month:
        return Doubtful("reversed", "конец раньше начала")
    over_new_year = last.in_year < first.in_year
    before = _between(replace(first, year=last.year - over_new_year), last)
    after = _between(first, replace(last, year=first.year + over_new_year))
    summer = first.month in {6, 7}
    text = f"не понимаю года: это {in_words(before)} или {in_words(after)}"
    return Doubtful("which_year", text, [before if summer else after])


def _deadline(by: _Dated, whole: bool) -> Period:
    """«до 15 ноября» includes the day; whether «до ноября» includes the month is not said."""
    if by.day is not None or whole:
        return Period.deadline(by.last_day)
    eve = by.first_day - timedelta(days=1)
    raise Doubtful("vague_deadline", f"это до {day_in_words(eve)} включительно", [Period.deadline(eve)])


def _open_end(start: date, end: date | None) -> Doubtful:
    guess = [Period.days(start, end)] if end and end > start else []
    return Doubtful("open_end", f"есть начало, {day_in_words(start)}, а конца нет", guess)


def _weeks(first: int, last: int, month: _Dated) -> Period:
    """A week is the month's that has its Thursday, so most of it; the last is the last seven days."""
    end = month.end_of_month
    if first == -1:
        return Period.weeks(end - timedelta(days=6), end)
    opening = end.replace(day=1)
    thursday = opening + timedelta(days=(_THURSDAY - opening.weekday()) % 7)
    monday = thursday - timedelta(days=3) + timedelta(weeks=first - 1)
    sunday = thursday + timedelta(days=3) + timedelta(weeks=last - 1)
    if monday > end:
        raise Doubtful("impossible_day", f"{first}-й недели в этом месяце нет")
    return Period.weeks(max(monday, opening), min(sunday, end))


def _stretch(first: int, last: int, month: _Dated, until: _Dated) -> Period:
    end = until.end_of_month
    start, end = month.end_of_month.replace(day=first), end.replace(day=min(last, end.day))
    if end < start:
        raise Doubtful("reversed", "конец раньше начала")
    return Period.weeks(start, end)


def nth_weekday(nth: int, weekday: int, end_of_month: date) -> Period:
    """The third Wednesday of a month, given by its last day; -1 is the last. Raises Doubtful."""
    month = (end_of_month.replace(day=day) for day in range(1, end_of_month.day + 1))
    days = [day for day in month if day.weekday() == weekday]
    if not -len(days) <= nth <= len(days):
        raise Doubtful("impossible_day", f"{nth}-го такого дня недели в этом месяце нет")
    return Period.day(days[nth - 1 if nth > 0 else nth])


def is_part_of_school_year(term: Term, context: Context) -> bool:
    """Whether its days are the school's own: a quarter of the calendar year is the same for all, and so is
    half of it in a plan that is for one."""
    return term.noun != "квартал" and not _is_half_of_calendar_year(term, context)


def _is_half_of_calendar_year(term: Term, context: Context) -> bool:
    year = context.calendar_year if context.school_year is None else None
    return term.noun == "полугодие" and year is not None and term.year in {None, year}


def _term(term: Term, context: Context) -> Period:
    """School terms by their months; in a plan for a calendar year its halves are those of that year."""
    if _is_half_of_calendar_year(term, context):
        return span_of(Part(None, 6 * term.first + 1), Part(None, 6 * term.last + 6), context)
    if term.year is not None and is_part_of_school_year(term, context):
        named = replace(context, school_year=term.year, calendar_year=None)
        text = f"{term.noun} – это часть учебного года, а назван {term.year} г."
        raise Doubtful("which_year", text, [_term(replace(term, year=None), named)])
    first_month, _ = TERMS[term.noun][term.first]
    _, last_month = TERMS[term.noun][term.last]
    return span_of(Part(None, first_month, term.year), Part(None, last_month), context)


def _edge(edge: Edge, context: Context) -> Period:
    """The months that are meant with the beginning or the end of a school year, or the doubt about a year."""
    first_month, last_month = edge.months
    try:
        period = span_of(Part(None, first_month), Part(None, last_month), context)
        found = [Period.deadline(period.end) if edge.by else period]
    except Doubtful:
        found = []
    if edge.sure and found:
        return found[0]
    raise Doubtful("vague", f"«{edge.words}» – не точный срок", found)
