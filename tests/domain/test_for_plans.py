"""Periods into a plan's words, and back."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import Period, Precision
from domain.russian_dates import read_when, words_for
from domain.russian_dates.context import Context
from domain.russian_dates.meaning import period_of
from domain.russian_dates.nodes import Part, Stretch, Weeks

YEAR = 2026
# From August to June: what lies outside of the school year is asked about.
days = st.dates(date(YEAR, 8, 1), date(YEAR + 1, 6, 30))
_MONTHS = [*((YEAR, month) for month in range(8, 13)), *((YEAR + 1, month) for month in range(1, 7))]
months = st.sampled_from(_MONTHS)


@st.composite
def _timed(draw: st.DrawFn) -> Period:
    minutes = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True)))
    start, end = (time(*divmod(one, 60)) for one in minutes)
    return Period.at(draw(days), start, draw(st.sampled_from([end, None])))


@st.composite
def _spans(draw: st.DrawFn) -> Period:
    return Period.days(*sorted((draw(days), draw(days))))


@st.composite
def _weeks(draw: st.DrawFn) -> Period:
    year, month = draw(months)
    part = Part(None, month, year)
    first, last = sorted((draw(st.integers(1, 4)), draw(st.integers(1, 4))))
    counted = [Weeks(first, last, part), Weeks(-1, -1, part), Stretch(1, 15, part), Stretch(21, 31, part)]
    return period_of(draw(st.sampled_from(counted)), Context())


@st.composite
def _some_months(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(months), draw(months)))
    return Period.months(*first, *last)


dated = st.one_of(_timed(), days.map(Period.day), _spans(), _weeks(), _some_months())
deadlines = days.map(Period.deadline)


@given(st.one_of(dated, deadlines))
def test_every_period_is_read_back_as_it_was(period: Period) -> None:
    read = read_when(words_for([period]), YEAR)
    assert (read.periods, read.problems, read.rest) == ((period,), (), "")


def one_after_the_other(periods: list[Period]) -> list[Period]:
    """Those that do not overlap: a month beside a day in it says nothing that the day does not say."""
    kept: list[Period] = []
    for period in sorted(periods, key=lambda one: (one.first_day, one.end)):
        if not kept or kept[-1].end < period.first_day:
            kept.append(period)
    return kept


@given(st.lists(dated, min_size=1, max_size=5).map(one_after_the_other))
def test_several_periods_are_read_back(periods: list[Period]) -> None:
    """Hours stay with their own day, whatever else stands beside it."""
    read = read_when(words_for(periods), YEAR)
    assert (read.periods, read.problems) == (tuple(periods), ())


@given(st.lists(deadlines, min_size=1, max_size=3, unique=True))
def test_several_deadlines_are_read_back(periods: list[Period]) -> None:
    assert read_when(words_for(periods), YEAR).periods == tuple(periods)


def test_all_the_year() -> None:
    said = words_for([Period.year(date(YEAR, 8, 1), date(YEAR + 1, 6, 30))])
    assert said == "В течение года"
    assert read_when(said, YEAR).year_round


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ([], ""),
        ([Period.month(2026, 8), Period.month(2026, 11)], "Август 2026 г., ноябрь 2026 г."),
        (
            [Period.at(date(2026, 11, 18), time(14), time(16)), Period.month(2027, 3)],
            "18 ноября 2026 г., 14:00–16:00; март 2027 г.",
        ),
        ([Period.weeks(date(2026, 11, 9), date(2026, 11, 22))], "II–III неделя ноября 2026 г."),
        ([Period.weeks(date(2026, 11, 16), date(2026, 11, 30))], "Вторая половина ноября 2026 г."),
        ([Period.deadline(date(2026, 9, 15))], "До 15 сентября 2026 г."),
    ],
)
def test_the_words(periods: list[Period], words: str) -> None:
    assert words_for(periods) == words


def test_weeks_that_nobody_counts_become_their_days() -> None:
    [read] = read_when(words_for([Period.weeks(date(2026, 11, 3), date(2026, 11, 5))]), YEAR).periods
    assert read == Period.days(date(2026, 11, 3), date(2026, 11, 5))
    assert read.precision is Precision.DAYS
