"""A plan's cell: its nodes put together into periods, with the doubts that are asked about."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from domain.period import Period, Precision
from domain.plan_draft import Problem, school_year_label, short_school_year
from domain.russian_dates.context import Context, in_context
from domain.russian_dates.entries import without_entries
from domain.russian_dates.grammar import MOST_TOKENS, Sentence, parse
from domain.russian_dates.in_words import day_in_words, in_words
from domain.russian_dates.loose import read_loose
from domain.russian_dates.meaning import Doubtful, is_part_of_school_year, period_of, span_of
from domain.russian_dates.nodes import (
    TABLE_MONTH,
    By,
    CalendarYear,
    Clock,
    Dated,
    Edge,
    Holidays,
    ItemNumber,
    Loose,
    Node,
    NthWeekday,
    Part,
    Point,
    Rhythm,
    Said,
    SchoolYear,
    Season,
    Span,
    Stretch,
    Term,
    Weekday,
    Weeks,
    parts_of,
    with_parts,
)
from domain.russian_dates.words import MONTHS, WEEKDAYS, tokens_of

_CENTURY = 2000
_MONTH_AND_YEAR = re.compile(r"(?:0[1-9]|1[0-2])\.\d\d\.?")
_NEAR_HOLIDAYS = timedelta(days=10)
# Where holidays usually lie: (day, month) to (day, month). The school calendar decides, so this is a guess.
_USUAL_HOLIDAYS = {
    "осен": (Part(26, 10), Part(4, 11)),
    "зим": (Part(30, 12), Part(10, 1)),
    "весен": (Part(21, 3), Part(31, 3)),
    "лет": (Part(1, 6), Part(31, 8)),
    "новогод": (Part(30, 12), Part(10, 1)),
    "январ": (Part(30, 12), Part(10, 1)),
}

# Under the name of a month bare numbers are its days.
_BARE_DAYS = re.compile(
    r"\s*((?:до\s+)?\d{1,2}(?:\s*[-–—,]\s*\d{1,2})*|с\s+\d{1,2}\s+по\s+\d{1,2})\s*\.?\s*", re.IGNORECASE
)

# «24, 14:00» under it is a day and its hour; «24, 10.11» may be two days.
_BARE_DAY_AT = re.compile(
    r"\s*(\d{1,2})\s*(?:,\s*|\(\s*|\s)(?:в\s+)?(\d{1,2}(?::[0-5]\d|[.-]00|\.30))\s*\)?\s*"
)

_BARE_DAY_OF_WEEK = re.compile(
    r"\s*(\d{1,2})\s*[,(]?\s*"
    r"(пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\.?\s*\)?\s*",
    re.IGNORECASE,
)

_Kind = TypeVar("_Kind", bound=object)


@dataclass(frozen=True, slots=True)
class WhenReading:
    """What a cell says about the time.

    `periods` hold only what is sure. `recurs` keeps the words of a rhythm («1 раз в четверть»). `rest` keeps
    words that stand beside the date and are none, such as a place.
    """

    periods: tuple[Period, ...] = ()
    year_round: bool = False
    recurs: str | None = None
    problems: tuple[Problem, ...] = ()
    rest: str = ""


@lru_cache(maxsize=1024)
def read_when(
    text: str,
    school_year: int | None,
    table_month: tuple[int, int] | None = None,
    *,
    calendar_year: int | None = None,
) -> WhenReading:
    """A plan's cell as periods.

    `school_year` is its first calendar year; `table_month` the (year, month) that a table per month stands
    under; `calendar_year` a year that a row above names for all rows below it. Never raises: what is not
    understood becomes a problem. An empty cell, or one of dashes, gives an empty reading.
    """
    bare = table_month and _BARE_DAYS.fullmatch(text)
    at = table_month and _BARE_DAY_AT.fullmatch(text)
    of_week = table_month and _BARE_DAY_OF_WEEK.fullmatch(text)
    if bare:
        tokens = tokens_of(f"{bare[1]} числа")
    elif at:
        tokens = tokens_of(f"{at[1]} числа в {at[2]}")
    elif of_week:
        tokens = tokens_of(f"{of_week[1]} числа, {of_week[2]}")
    else:
        tokens = tokens_of(text)
    if not any(token.is_number or token.is_word for token in tokens):
        return WhenReading()
    if len(tokens) > MOST_TOKENS:
        return WhenReading(
            problems=(Problem("not_understood", f"«{text[:60]}…»: слишком длинно для срока."),)
        )
    return _Cell(text, parse(tokens), Context(school_year, calendar_year, table_month)).reading()


def _are_near(days: Period, holidays: Period) -> bool:
    return days.overlaps(holidays.first_day - _NEAR_HOLIDAYS, holidays.end + _NEAR_HOLIDAYS)


def _days_of(period: Period) -> list[date]:
    return [
        period.first_day + timedelta(days=ahead) for ahead in range((period.end - period.first_day).days + 1)
    ]


class _Cell:
    """The nodes of one cell, and what was understood of them so far."""

    def __init__(self, text: str, sentence: Sentence, context: Context) -> None:
        self.phrase = " ".join(text.split())
        self.sentence = without_entries(sentence)
        self.nodes, self.context = in_context(self.sentence.nodes, context)
        self.sure: list[Period] = []
        self.terms: dict[int, Term | Season] = {}  # of which the periods in `sure` come, by their places
        self.meant: dict[Node, Period] = {}
        self.problems: list[Problem] = []

    def reading(self) -> WhenReading:
        """Everything that the cell says, with the doubts asked about."""
        self._read_dates()
        self._remark()
        recurs = self._recurs()
        if recurs is None:
            self._check_weekdays()
            self._give_hours()
        rest, in_doubt = read_loose(self.sentence)
        year_round = self._is_year_round()
        if not (recurs or year_round):
            self._ask_other_paper()
        sure = tuple(dict.fromkeys(self.sure))
        if in_doubt is not None:
            self._forget("approximate")
            self._ask(replace(in_doubt, guess=sure))
            sure, year_round, recurs = (), False, None
        if not (sure or self.problems or recurs or year_round):
            self._ask(Problem("not_understood", "не понимаю этого срока"))
        return WhenReading(
            () if recurs else sure,
            year_round,
            recurs,
            tuple(self._worded(problem) for problem in self.problems),
            rest,
        )

    def _worded(self, problem: Problem) -> Problem:
        """The problem as a sentence that begins with the cell's words."""
        guesses = " и ".join(in_words(period) for period in problem.guess)
        end = f". Может быть, {guesses}?" if guesses else "."
        return replace(problem, text=f"«{self.phrase}»: {problem.text}{end}".replace("..", "."))

    def _ask(self, problem: Problem) -> None:
        """Asks about something; the same doubt twice is one."""
        if problem not in self.problems:
            self.problems.append(problem)

    def _forget(self, code: str) -> None:
        self.problems = [problem for problem in self.problems if problem.code != code]

    def _all(self, kind: type[_Kind]) -> list[_Kind]:
        return [node for node in self.sentence.nodes if isinstance(node, kind)]

    @property
    def _names_a_date(self) -> bool:
        return any(isinstance(node, Dated) for node in self.sentence.nodes)

    # Dates.

    def _read_dates(self) -> None:
        """Every node that names a date, in the order they were said."""
        for node in self.nodes:
            if not isinstance(node, Dated) or (isinstance(node, By) and self._narrows(node)):
                continue
            try:
                self.meant[node] = self._read(node)
                self.sure.append(self.meant[node])
            except Doubtful as doubt:
                if self._says_again(node):
                    continue
                self._ask(replace(doubt.problem, guess=doubt.problem.guess or self._in_each_month(node)))
                continue
            if isinstance(node, Term | Season):
                self.terms[len(self.sure) - 1] = node
        self._drop_refined_terms()
        self._drop_refined_months()
        self._check_deadlines()

    def _read(self, node: Dated) -> Period:
        """The node's period if it lies in the plan's year. Raises Doubtful, with the right year as guess."""
        period = period_of(node, self.context)
        if self.context.holds(period):
            return period
        guess: list[Period] = []
        with contextlib.suppress(Doubtful):
            guess = [period_of(with_parts(node, lambda part: replace(part, year=None)), self.context)]
        year = short_school_year(school_year_label(self.context.school_year or 0))
        raise Doubtful(
            "year_conflict",
            f"{in_words(period)} – не из {year} учебного года",
            [it for it in guess if it != period and self.context.holds(it)],
        )

    def _says_again(self, node: Dated) -> bool:
        """«29.11 (последнее воскресенье)»: the weekday of the day's own month, if it is that day; «1 неделя
        (1–5 сентября)»: a week whose days stand beside it."""
        if isinstance(node, Weeks) and node.part == TABLE_MONTH:
            others = [it for it in self.nodes if isinstance(it, Point | Span)]
            return len(others) == 1 and all(part.day for part in parts_of(others[0]))
        day = self.sure[-1] if self.sure else None
        if day is None or day.precision is not Precision.DAY:
            return False
        if not isinstance(node, NthWeekday) or node.part != TABLE_MONTH:
            return False
        month = Part(month=day.end.month, year=day.end.year)
        return period_of(replace(node, part=month), self.context) == day

    def _narrows(self, by: By) -> bool:
        """«ноябрь – декабрь, до 20 декабря»: the deadline ends the months before it."""
        months = self.sure[-1] if self.sure else None
        if months is None or months.precision not in {Precision.MONTH, Precision.MONTHS}:
            return False
        try:
            end = self._read(by).end
        except Doubtful:
            return False
        if not months.first_day < end <= months.end:
            return False
        self.sure[-1] = Period.days(months.first_day, end)
        return True

    def _in_each_month(self, node: Dated) -> tuple[Period, ...]:
        """«октябрь, декабрь (4-я среда)»: probably that of each month; so the months are not sure either."""
        months = [it.part for it in self.nodes if isinstance(it, Point) and it.part.month and not it.part.day]
        if len(months) < 2 or not isinstance(node, Weeks | Stretch | NthWeekday) or node.part != TABLE_MONTH:
            return ()
        self.sure = [period for period in self.sure if period.precision is not Precision.MONTH]
        found: list[Period] = []
        for month in months:
            with contextlib.suppress(Doubtful):
                found.append(self._read(replace(node, part=month)))
        return tuple(found)

    def _drop_refined_terms(self) -> None:
        """«II четверть (ноябрь)»: what is named beside a term and lies in it says more; of others it is
        remarked that their days are rough."""
        closer = [period for place, period in enumerate(self.sure) if place not in self.terms]
        kept: list[Period] = []
        for place, period in enumerate(self.sure):
            term = self.terms.get(place)
            if term and any(period.first_day <= it.first_day and it.end <= period.end for it in closer):
                continue
            kept.append(period)
            if isinstance(term, Term) and is_part_of_school_year(term, self.context):
                text = f"точные дни у каждой школы свои; считаю, что это {in_words(period)}"
                self._ask(Problem("approximate", text))
        self.sure = kept

    def _drop_refined_months(self) -> None:
        """«ноябрь (18.11)»: a day in a month that is named beside it says what the month says, and more."""
        closer = [it for it in self.sure if it.day_known or it.precision is Precision.WEEKS]
        self.sure = [
            period
            for period in self.sure
            if period.precision is not Precision.MONTH
            or not any(period.first_day <= it.first_day and it.end <= period.end for it in closer)
        ]

    def _check_deadlines(self) -> None:
        """«к 1.10, 1.12»: whether the second is a deadline too is not said."""
        kinds = [period.precision for period in self.sure]
        if Precision.DEADLINE in kinds and Precision.DAY in kinds[kinds.index(Precision.DEADLINE) :]:
            guess = tuple(Period.deadline(period.end) for period in self.sure)
            self.sure = []
            self._ask(Problem("vague_deadline", "не понимаю, к чему относится «до»", guess))

    # What stands beside the dates.

    def _remark(self) -> None:
        for part in (part for node in self.sentence.nodes for part in parts_of(node)):
            if part.slip:
                meant = MONTHS[(part.month or 1) - 1]
                self._ask(Problem("misspelt", f"«{part.slip}» читаю как «{meant}»"))
        rough = any(it.rough for it in self._all(Stretch)) or any(it.sure for it in self._all(Edge))
        if self.sure and rough:
            self._ask(Problem("approximate", "срок примерный"))
        for item in self._all(ItemNumber):
            self._ask(Problem("item_number", f"«{item.words}» считаю номером пункта, а не числом"))
        self._remark_holidays()
        if self._all(CalendarYear) and not (self._names_a_date or self._all(Holidays)):
            self._ask(Problem("only_year", "назван только год"))
        if Said.TO_BE_NAMED in self.sentence.nodes and not self.sure:
            self._ask(Problem("to_be_named", "срок ещё назовут"))

    def _remark_holidays(self) -> None:
        """Holidays are asked about, unless a day is known or their dates stand beside them."""
        named = self._all(Holidays)
        days = [period for period in self.sure if period.day_known]
        months = [period for period in self.sure if period.precision is Precision.MONTH]
        for holidays in named:
            guess: tuple[Period, ...] = ()
            if holidays.stem is not None:
                with contextlib.suppress(Doubtful):
                    guess = (span_of(*_USUAL_HOLIDAYS[holidays.stem], self.context),)
            beside = len(named) == 1 and any(not guess or _are_near(day, guess[0]) for day in days)
            # «ноябрь (осенние каникулы)»: the month is sure, whichever of its days are holidays.
            within = any(not guess or month.overlaps(guess[0].first_day, guess[0].end) for month in months)
            if not (beside or within or self._dates_follow(holidays)):
                self._ask(Problem("school_holidays", "дни каникул у каждой школы свои", guess))

    def _dates_follow(self, holidays: Holidays) -> bool:
        """«осенние каникулы (28 октября – 1 ноября)»."""
        nodes: Sequence[Node] = self.sentence.nodes
        after = nodes[nodes.index(holidays) + 1 :]
        while after and isinstance(after[0], Loose) and after[0].token.text in {"(", ",", "-", ":"}:
            after = after[1:]
        return bool(after) and isinstance(after[0], Dated)

    def _check_weekdays(self) -> None:
        """«среда, 18 ноября»: the weekday has to agree with the day."""
        named = self._all(Weekday)
        days = [period for period in self.sure if period.precision is Precision.DAY]
        if named and not self.sure:
            self._ask(Problem("not_understood", "не сказано, какого числа"))
        if len(named) != len(days):
            self._find_weekdays({node.weekday for node in named})
            return
        for said, period in zip(named, days, strict=True):
            actual = period.end.weekday()
            if actual != said.weekday:
                self.sure.remove(period)
                text = f"{day_in_words(period.end)} – {WEEKDAYS[actual]}"
                self._ask(Problem("weekday_conflict", text, (self._at_its_hour(period),)))

    def _at_its_hour(self, day: Period) -> Period:
        """A day in doubt, with the hour if there is only one."""
        clocks = [clock for clock in self._all(Clock) if not clock.may_be_day]
        if len(clocks) != 1 or (clocks[0].end is not None and clocks[0].end <= clocks[0].start):
            return day
        return Period.at(day.end, clocks[0].start, clocks[0].end)

    def _find_weekdays(self, named: set[int]) -> None:
        """«10–12 октября (суббота – понедельник)», «среда, 3-я неделя октября»: weekdays that have no day of
        their own each have to be found among the days."""
        if len(named) == 1 and [period.precision for period in self.sure] == [Precision.WEEKS]:
            found = [day for day in _days_of(self.sure[0]) if day.weekday() in named]
            self.sure = [Period.day(found[0])] if len(found) == 1 else []
            if len(found) != 1:
                self._ask(Problem("which_day", "не понимаю, какой недели", tuple(map(Period.day, found))))
            return
        known = [period for period in self.sure if period.day_known]
        missing = named - {day.weekday() for period in known for day in _days_of(period)}
        if known and missing:
            text = f"{WEEKDAYS[min(missing)]} – другое число"
            self._ask(Problem("weekday_conflict", text, tuple(self.sure)))
            self.sure = []

    def _give_hours(self) -> None:
        """Hours go to their days: each hour to its own, or to the days that stand right before it."""
        clocks = self._all(Clock)
        if not clocks or any(problem.code == "weekday_conflict" for problem in self.problems):
            return
        only_days = all(period.precision is Precision.DAY for period in self.sure)
        hours = self._hours(clocks) if self.sure else None
        if hours is None and self.sure and only_days:
            self._ask(Problem("which_hour", "не понимаю, какой час к какому дню"))
        elif hours is None and self.sure and not any(clock.may_be_day for clock in clocks):
            self._ask(Problem("hour_of_no_day", "час назван, а один день к нему – нет"))
        elif hours is None:
            text = "час назван, но не видно, к какому дню он относится"
            self._ask(Problem("time_without_day", text, self._month_like_hour(clocks)))
        elif any(clock.end is not None and clock.end <= clock.start for clock in clocks):
            self._ask(Problem("reversed", "конец раньше начала"))
        else:
            self._set_hours(hours)

    def _month_like_hour(self, clocks: list[Clock]) -> tuple[Period, ...]:
        """«09.26» alone, in a plan whose year holds September 2026, is that month rather than an hour."""
        if self.context.school_year is None or not _MONTH_AND_YEAR.fullmatch(self.phrase):
            return ()
        [clock] = clocks
        month = Period.month(_CENTURY + clock.start.minute, clock.start.hour)
        return (month,) if self.context.holds(month) else ()

    def _hours(self, clocks: list[Clock]) -> Sequence[Clock | None] | None:
        """The hour of each sure date; None where it cannot be told.

        Of days alone each has its own hour, or the only hour is that of all. Where it stands between dates
        («18 ноября, 14:00; март»), it is that of the days right before it, back to a semicolon, and of none
        after it.
        """
        only_days = all(period.precision is Precision.DAY for period in self.sure)
        if only_days and len(clocks) == len(self.sure):
            return clocks
        if only_days and len(clocks) > 1 and not any(map(_is_semicolon, self.nodes)):
            return None
        found: dict[Period, Clock] = {}
        before: list[Period] = []
        parted = False
        for node in self.nodes:
            if isinstance(node, Clock):
                if not before:
                    return clocks * len(self.sure) if only_days else None
                found |= dict.fromkeys(before, node)
                before = []
            elif isinstance(node, Loose):
                parted = parted or _is_semicolon(node)
            elif isinstance(node, Dated) and (period := self.meant.get(node)) in self.sure:
                earlier = [] if parted else before
                before = [*earlier, period] if period.precision is Precision.DAY else []
                parted = False
        return [found.get(period) for period in self.sure]

    def _set_hours(self, hours: Sequence[Clock | None]) -> None:
        """Each hour to its own day; figures that may be a second date are asked about."""
        timed = [
            day if clock is None else Period.at(day.end, clock.start, clock.end)
            for day, clock in zip(self.sure, hours, strict=True)
        ]
        doubtful = next((clock for clock in hours if clock is not None and clock.may_be_day), None)
        if doubtful is None:
            self.sure = timed
            return
        self.sure = []
        text = f"не понимаю, «{doubtful.start.hour}.{doubtful.start:%M}» – это час или ещё одно число"
        self._ask(Problem("hour_or_day", text, tuple(timed)))

    def _recurs(self) -> str | None:
        """The words of a rhythm. Days or months that are named one by one say more than the rhythm does."""
        if not self._is_rhythm():
            return None
        self._forget("no_month")
        self._forget("open_end")
        return self.phrase

    def _is_rhythm(self) -> bool:
        rhythms, weekdays = self._all(Rhythm), self._all(NthWeekday)
        if not self.sure:
            # «третья среда месяца» is a rhythm only where there is no table of a month.
            monthly = bool(weekdays) and all(day.part == TABLE_MONTH for day in weekdays)
            # «вт., чт.» are every one of them, for a single meeting has one; «вт. – чт.» may be once.
            listed = any(it.token.text in {",", ";", "и"} for it in self._all(Loose))
            weekly = listed and len(self._all(Weekday)) > 1 and not self._names_a_date
            return bool(rhythms or weekly) or (monthly and not self._all(Point))
        if any(it.onward for it in rhythms):
            return True
        # «каждую субботу октября» is no month, but «каждую субботу: 3, 10 октября» are days.
        if any(it.often for it in rhythms) and not any(period.day_known for period in self.sure):
            return True
        if all(it.yearly for it in rhythms):
            return False
        return not self._all(Point) or bool(self._all(Span))

    def _is_year_round(self) -> bool:
        if Said.YEAR_ROUND in self.sentence.nodes:
            return True
        return bool(self._all(SchoolYear)) and not self._names_a_date

    def _ask_other_paper(self) -> None:
        """«по графику» alone is a question; beside a date it only adds to it."""
        if Said.ELSEWHERE not in self.sentence.nodes or self.sure or self.problems:
            return
        month = self.context.table_month
        guess = (Period.month(*month),) if month else ()
        self._ask(Problem("named_elsewhere", "срок назван в другом документе", guess))


def _is_semicolon(node: Node) -> bool:
    return isinstance(node, Loose) and node.token.text == ";"
