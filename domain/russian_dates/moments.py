"""The day that a coordinator types: «15 ноября 14:00», «в среду в 14», «завтра»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.errors import DomainError
from domain.period import Period, Precision, last_of_month
from domain.russian_dates.dates import BEFORE_PLAIN_NUMBER
from domain.russian_dates.grammar import MOST_TOKENS, parse
from domain.russian_dates.meaning import Doubtful, nth_weekday
from domain.russian_dates.nodes import Clock, Dated, Loose, Node, NthWeekday, Part, Point, Span, Weekday
from domain.russian_dates.words import MONTHS_OF, TURNING, Token, tokens_of

DAYS_AHEAD = {"вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2}
NEXT = re.compile(r"следующ\w+|будущ\w+|через")
# A bare day of the month is looked for so far ahead: the 31st is at most two months away.
_NEAR_FUTURE = timedelta(days=92)


def read_moment(
    text: str, today: date, near: tuple[date, date] | None = None, *, gone: timedelta = timedelta()
) -> Period:
    """A day, with an hour if one was named, as the coordinator types it: «15 ноября 14:00», «в среду в 14».

    `near` is the stretch in which the event was planned: it gives the month of a bare number and the year
    of a month; without it the next such day from `today` on is meant, or one that is not longer `gone`.
    Raises DomainError: `moment_impossible_day` with the fact `day`, `end_before_start`, and
    `moment_not_understood`.
    """
    tokens = tokens_of(text)[:MOST_TOKENS]
    nodes = parse(tokens).nodes
    clocks = [node for node in nodes if isinstance(node, Clock)]
    days = _days_meant(nodes, tokens, Around(today, near, gone))
    if len(days) != 1 or len(clocks) > 1 or _is_turned(nodes):
        raise DomainError("moment_not_understood")
    (day,), clock = days, clocks[0] if clocks else None
    if clock is None:
        return day
    # «15 ноября, 10.10» may be two dates: an hour is taken only where it can be nothing else.
    if day.precision is not Precision.DAY or clock.may_be_day:
        raise DomainError("moment_not_understood")
    if clock.end is not None and clock.end <= clock.start:
        raise DomainError("end_before_start")
    return Period.at(day.end, clock.start, clock.end)


@dataclass(frozen=True, slots=True)
class Around:
    """Today, and the stretch in which the day is looked for first; without one, how long it may be gone."""

    today: date
    near: tuple[date, date] | None = None
    gone: timedelta = timedelta()

    def day_of(self, part: Part) -> date:
        """The date of a day and a month, in the year that fits. Raises DomainError like read_moment."""
        if part.month is None or part.day is None or part.month > 12:
            raise DomainError("moment_not_understood")
        year = self._year_of(part.day, part.month) if part.year is None else part.year
        try:
            return date(year, part.month, part.day)
        except ValueError:
            raise _impossible(part.day, part.month) from None

    def _year_of(self, day: int, month: int) -> int:
        """The year nearest to the stretch, or the next to come."""
        years = [self.today.year + ahead for ahead in (0, 1, -1)] + [it.year for it in self.near or ()]
        # A 29 February counts as the 28th here: whether there is such a day is asked of the year chosen.
        dates = [date(year, month, min(max(day, 1), last_of_month(year, month).day)) for year in years]
        if self.near:
            return min(dates, key=self._distance).year
        return min(it for it in dates if it >= self.today - self.gone).year

    def bare_day(self, number: int) -> date:
        """«15»: of the month in which the event was planned, else the next 15th. Raises DomainError."""
        first, last = self._stretch
        months = [divmod(month, 12) for month in range(_month_count(first), _month_count(last) + 1)]
        found = [
            date(year, month + 1, number)
            for year, month in months
            if 1 <= number <= last_of_month(year, month + 1).day
        ]
        if not found:
            raise _impossible(number, first.month)
        return min(found, key=lambda day: (self._distance(day), day < self.today, day))

    def nth_weekday(self, node: NthWeekday) -> Period:
        """«первая среда ноября», «последняя пятница» of the stretch's month. Raises DomainError."""
        month = self._stretch[0]
        if node.part.month is not None:
            opening = replace(self, today=self.today.replace(day=1))
            month = opening.day_of(replace(node.part, day=1))
        try:
            return nth_weekday(node.nth, node.weekday, last_of_month(month.year, month.month))
        except Doubtful:
            raise DomainError("moment_not_understood") from None

    @property
    def _stretch(self) -> tuple[date, date]:
        return self.near or (self.today, self.today + _NEAR_FUTURE)

    def _distance(self, day: date) -> int:
        first, last = self._stretch
        return max((first - day).days, (day - last).days, 0)


def _impossible(day: int, month: int) -> DomainError:
    return DomainError("moment_impossible_day", day=f"{day} {MONTHS_OF[month - 1]}")


def _month_count(day: date) -> int:
    return day.year * 12 + day.month - 1


def _days_meant(nodes: Sequence[Node], tokens: Sequence[Token], around: Around) -> list[Period]:
    """Every day that a chat message names. Raises DomainError like read_moment."""
    words = [token.text for token in tokens]
    days = [
        Period.day(around.today + timedelta(days=DAYS_AHEAD[word])) for word in words if word in DAYS_AHEAD
    ]
    dated = [node for node in nodes if isinstance(node, Dated | Weekday)]
    weekdays = [node.weekday for node in dated if isinstance(node, Weekday)]
    days += [_day_meant(node, around) for node in dated if not isinstance(node, Weekday)]
    if weekdays and len(dated) == 1:
        days.append(Period.day(_coming_weekday(weekdays[0], words, around.today)))
    for figures in _bare_numbers(nodes):
        if days or len(figures) > 2 or not 1 <= int(figures) <= 31:
            raise DomainError("moment_not_understood")
        days.append(Period.day(around.bare_day(int(figures))))
    if weekdays and len(dated) > 1 and [day.end.weekday() for day in days] != weekdays:
        raise DomainError("moment_not_understood")
    return days


def _day_meant(node: Dated, around: Around) -> Period:
    """The day, or days on end, of one node of a chat message."""
    match node:
        case Point(part) if part.day is not None and part.month is None:
            return Period.day(around.bare_day(part.day))
        case Point(part) if part.day is not None:
            return Period.day(around.day_of(part))
        case Span(first, last) if first.day and first.month and last.day and last.month:
            end = around.day_of(last)
            year = end.year - (first.month > last.month) if first.year is None else first.year
            start = around.day_of(replace(first, year=year))
            if start <= end:
                return Period.days(start, end)
        case NthWeekday():
            return around.nth_weekday(node)
    raise DomainError("moment_not_understood")


def _bare_numbers(nodes: Sequence[Node]) -> list[str]:
    """The numbers that may be days: not those of «лицей № 12», «каб. 214»."""
    loose = [node.token for node in nodes if isinstance(node, Loose) and node.token.text != "."]
    return [
        token.text
        for token, before in zip(loose, [None, *loose], strict=False)
        if token.is_number and not (before and BEFORE_PLAIN_NUMBER.fullmatch(before.text))
    ]


def _coming_weekday(weekday: int, words: Sequence[str], today: date) -> date:
    """«в среду»: the next Wednesday after today; «в следующую среду»: that of the next week."""
    if any(map(NEXT.fullmatch, words)):
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _is_turned(nodes: Sequence[Node]) -> bool:
    """Whether a word among them changes what is said: «не 15 ноября»."""
    return any(isinstance(node, Loose) and TURNING.fullmatch(node.token.text) for node in nodes)
