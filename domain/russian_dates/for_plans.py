"""Periods into the words of a plan's cell, which are read back as the same periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.period import Period, Precision
from domain.russian_dates.context import Context
from domain.russian_dates.in_words import in_words
from domain.russian_dates.meaning import Doubtful, period_of
from domain.russian_dates.nodes import Dated, Part, Stretch, Weeks
from domain.russian_dates.words import MONTHS_OF

_ROMAN = ("", "I", "II", "III", "IV", "V")
_HALVES = ((1, 15, "первая половина"), (16, 31, "вторая половина"))
_THIRDS = ((1, 10, "первая декада"), (11, 20, "вторая декада"), (21, 31, "третья декада"))


def words_for(periods: Sequence[Period]) -> str:
    """«Август 2026 г., ноябрь 2026 г.»; semicolons part them where hours are named among them. What holds all
    the year is «В течение года». Empty for no period.

    Weeks that no count of weeks gives become their days.
    """
    parted = "; " if any(period.start_time for period in periods) else ", "
    said = parted.join(_in_plan(period) for period in periods)
    return said[:1].upper() + said[1:]


def _in_plan(period: Period) -> str:
    if period.precision is Precision.YEAR:
        return "в течение года"
    if period.precision is Precision.WEEKS:
        counted = next((words for words, node in _counts(period) if _means(node, period)), None)
        if counted is not None:
            return f"{counted} {MONTHS_OF[period.end.month - 1]} {period.end.year} г."
    return in_words(period)


def _counts(period: Period) -> Iterator[tuple[str, Dated]]:
    """The ways to count weeks of a period's month, or name a part of it."""
    month = Part(None, period.end.month, period.end.year)
    for first, last, words in (*_HALVES, *_THIRDS):
        yield words, Stretch(first, last, month)
    yield "последняя неделя", Weeks(-1, -1, month)
    for first in range(1, len(_ROMAN)):
        yield f"{_ROMAN[first]} неделя", Weeks(first, first, month)
        for last in range(first + 1, len(_ROMAN)):
            yield f"{_ROMAN[first]}–{_ROMAN[last]} неделя", Weeks(first, last, month)


def _means(node: Dated, period: Period) -> bool:
    try:
        return period_of(node, Context()) == period
    except Doubtful:
        return False
