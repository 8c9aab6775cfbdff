"""Periods into words, for what is asked."""

from __future__ import annotations

from datetime import date

from domain.period import Period, Precision
from domain.russian_dates.words import MONTHS, MONTHS_OF


def in_words(period: Period) -> str:
    """A period as a person would say it, with its year: «26 сентября 2015 г.», «ноябрь–декабрь 2026 г.»."""
    end = day_in_words(period.end)
    match period.precision, period.start:
        case Precision.DEADLINE, _:
            return f"до {end}"
        case Precision.MONTH, _:
            return f"{MONTHS[period.end.month - 1]} {period.end.year} г."
        case Precision.MONTHS, date() as start:
            to = "–" if start.year == period.end.year else f" {start.year} г. – "
            return f"{MONTHS[start.month - 1]}{to}{MONTHS[period.end.month - 1]} {period.end.year} г."
        case ((Precision.DAYS | Precision.WEEKS | Precision.YEAR), date() as start):
            if (start.year, start.month) == (period.end.year, period.end.month):
                return f"{start.day}–{end}"
            year = "" if start.year == period.end.year else f" {start.year} г."
            return f"{start.day} {MONTHS_OF[start.month - 1]}{year} – {end}"
    if period.start_time is None:
        return end
    until = "" if period.end_time is None else f"–{period.end_time:%H:%M}"
    return f"{end}, {period.start_time:%H:%M}{until}"


def day_in_words(day: date) -> str:
    """«26 сентября 2015 г.»."""
    return f"{day.day} {MONTHS_OF[day.month - 1]} {day.year} г."
