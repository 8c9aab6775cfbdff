"""Which days are worked in Russia."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_JANUARY_HOLIDAYS = frozenset((1, day) for day in range(1, 9))
_HOLIDAYS = _JANUARY_HOLIDAYS | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


def is_working_day(day: date) -> bool:
    """Whether schools and offices work on this day: no weekend, no public holiday, no day off that the
    government has moved there. A Saturday declared a working day in exchange is worked.

    Where a year's transfers are not published yet, a holiday on a weekend moves to the next working day, as
    the Labour Code (article 112) has it.
    """
    days_off, worked_weekends = _calendar(day.year)
    if _is_weekend(day):
        return day in worked_weekends
    return day not in days_off


def public_holiday(day: date) -> str:
    """The Russian name of the public holiday on a day, or where a day off there was moved from; empty where
    there is none. Of a weekend alone, and where the law alone moves a day off, nothing is said."""
    return _published(day.year).get(day, "")


@lru_cache(maxsize=16)
def _published(year: int) -> HolidayBase:
    # Loaded when first asked: it takes a tenth of a second, and most commands never ask.
    from holidays import country_holidays

    return country_holidays("RU", years=year, language="ru")


@lru_cache(maxsize=16)
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """A year's days off, usual weekends apart, and its weekends worked in exchange."""
    published = _published(year)
    days_off = frozenset(published)
    if all((day.month, day.day) in _HOLIDAYS for day in days_off):
        days_off |= _moved_by_law(year)
    return days_off, frozenset(published.weekend_workdays)


def _moved_by_law(year: int) -> frozenset[date]:
    """The working days to which holidays on a weekend move. January's are left to the government."""
    moved = set()
    for month, day in _HOLIDAYS - _JANUARY_HOLIDAYS:
        holiday = date(year, month, day)
        if _is_weekend(holiday):
            moved.add(holiday + timedelta(days=7 - holiday.weekday()))
    return frozenset(moved)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
