"""Periods and moments in Russian words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import dates
from domain.period import Period

TODAY = date(2026, 11, 2)
NOVEMBER = Period.month(2026, 11)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.at(date(2026, 11, 18), time(14), time(16)), "среда, 18 ноября, 14:00–16:00"),
        (Period.at(date(2026, 11, 18), time(9, 5)), "среда, 18 ноября, 9:05"),
        (Period.day(date(2026, 11, 18)), "среда, 18 ноября"),
        (Period.day(date(2028, 1, 18)), "вторник, 18 января 2028 г."),
        (Period.days(date(2026, 11, 10), date(2026, 11, 12)), "10–12 ноября"),
        (Period.days(date(2026, 11, 30), date(2026, 12, 2)), "30 ноября – 2 декабря"),
        (Period.days(date(2027, 12, 30), date(2028, 1, 2)), "30 декабря 2027 г. – 2 января 2028 г."),
        (Period.weeks(date(2026, 11, 9), date(2026, 11, 15)), "9–15 ноября"),
        (Period.weeks(date(2026, 11, 30), date(2026, 12, 6)), "30 ноября – 6 декабря"),
        (NOVEMBER, "ноябрь 2026 г."),
        (Period.months(2026, 11, 2026, 12), "ноябрь – декабрь 2026 г."),
        (Period.months(2026, 12, 2027, 1), "декабрь 2026 г. – январь 2027 г."),
        (Period.deadline(date(2026, 11, 20)), "до 20 ноября"),
        (Period.deadline(date(2028, 1, 20)), "до 20 января 2028 г."),
        (Period.year(date(2026, 9, 1), date(2027, 5, 31)), "1 сентября – 31 мая"),
    ],
)
def test_a_period_in_a_sentence(period: Period, words: str) -> None:
    assert dates.span(period, TODAY) == words


def test_on_a_card_a_day_that_is_not_named_says_so() -> None:
    assert dates.when(NOVEMBER, TODAY).striptags() == "Ноябрь 2026 г., день пока не назван"
    assert dates.when(Period.day(date(2026, 11, 18)), TODAY).striptags() == "Среда, 18 ноября"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.at(date(2026, 11, 18), time(14)), "18 ноября"),
        (NOVEMBER, "ноябрь"),
        (Period.days(date(2026, 11, 10), date(2026, 11, 12)), "10 ноября"),
        (Period.deadline(date(2026, 11, 20)), "20 ноября"),
    ],
)
def test_short_enough_for_a_button(period: Period, words: str) -> None:
    assert dates.short(period, TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (16, "в понедельник, 16 ноября"),
        (17, "во вторник, 17 ноября"),
        (18, "в среду, 18 ноября"),
        (19, "в четверг, 19 ноября"),
        (20, "в пятницу, 20 ноября"),
        (21, "в субботу, 21 ноября"),
        (22, "в воскресенье, 22 ноября"),
    ],
)
def test_on_which_day(day: int, words: str) -> None:
    assert dates.on_day(Period.day(date(2026, 11, day)), TODAY) == words
    assert dates.on_day(Period.at(date(2026, 11, day), time(14)), TODAY) == f"{words}, в 14:00"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 18), date(2026, 11, 18), "18 ноября"),
        (date(2026, 11, 1), date(2026, 11, 30), "ноябрь 2026 г."),
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 ноября"),
        (date(2026, 11, 1), date(2026, 12, 31), "1 ноября – 31 декабря"),
    ],
)
def test_between_two_days(first: date, last: date, words: str) -> None:
    assert dates.between(first, last, TODAY) == words


def test_in_every_month() -> None:
    said = [dates.in_month(date(2026, month, 1)) for month in range(1, 13)]
    assert " ".join(said) == (
        "в январе в феврале в марте в апреле в мае в июне в июле в августе в сентябре в октябре в ноябре "
        "в декабре"
    )


def test_the_hour_is_the_associations() -> None:
    there = dates.local(datetime(2026, 11, 2, 20, 0, tzinfo=UTC), ZoneInfo("Asia/Novosibirsk"))
    assert (there.date(), dates.clock(there.time())) == (date(2026, 11, 3), "3:00")


@given(st.dates(date(2020, 1, 1), date(2099, 1, 1)), st.dates(date(2020, 1, 1), date(2099, 1, 1)))
def test_every_span_is_words(one: date, other: date) -> None:
    period = Period.days(min(one, other), max(one, other))
    said = dates.span(period, TODAY)
    assert said == said.strip()
    assert "None" not in said
    assert not any(sign in said for sign in ("  ", "--", "—"))
