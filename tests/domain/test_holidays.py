"""School holidays as they are typed, and the days that fall into them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import DomainError
from domain.holidays import Holidays, holidays_on, read_holidays

TODAY = date(2026, 11, 2)
AUTUMN = Holidays(date(2026, 10, 26), date(2026, 11, 3))
WINTER = Holidays(date(2026, 12, 31), date(2027, 1, 11))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("26 октября – 3 ноября", [AUTUMN]),
        ("зимние: 31.12 – 11.01; осенние 26 октября - 3 ноября", [AUTUMN, WINTER]),
        ("с 26 октября по 3 ноября\n31 декабря 2026 – 11 января 2027", [AUTUMN, WINTER]),
        ("24 марта", [Holidays(date(2027, 3, 24), date(2027, 3, 24))]),
        ("27 мая – 31 августа", [Holidays(date(2027, 5, 27), date(2027, 8, 31))]),
        ("25 октября – 2 ноября 2027", [Holidays(date(2027, 10, 25), date(2027, 11, 2))]),
    ],
)
def test_in_words(said: str, found: list[Holidays]) -> None:
    assert read_holidays(said, TODAY, ()) == found


@pytest.mark.parametrize(
    "said",
    [
        "",
        ",;",
        "осенние",
        "4 ноября – 27 октября",  # a year but a week
        "26 октября в 14:00",
        "26 октября – 3 ноября, 1–5 ноября",  # one in the other
        "ноябрь",
        ", ".join(["24 марта"] * 11),
        "ы" * 4000,
    ],
)
def test_what_is_refused(said: str) -> None:
    with pytest.raises(DomainError, match="holidays_not_understood"):
        read_holidays(said, TODAY, ())


def test_a_school_year_is_written_anew_and_others_stay() -> None:
    next_year = Holidays(date(2027, 10, 25), date(2027, 11, 2))
    long_ago = Holidays(date(2025, 10, 27), date(2025, 11, 4))
    assert read_holidays("31 декабря – 11 января", TODAY, (long_ago, AUTUMN, next_year)) == [
        WINTER,
        next_year,
    ]


def test_both_ends_are_holidays() -> None:
    assert holidays_on(date(2026, 10, 26), (WINTER, AUTUMN)) is AUTUMN
    assert holidays_on(date(2026, 11, 3), (WINTER, AUTUMN)) is AUTUMN
    assert holidays_on(date(2026, 11, 4), (WINTER, AUTUMN)) is None


def test_stored_and_read_again() -> None:
    assert Holidays.stored(AUTUMN.as_stored()) == AUTUMN
