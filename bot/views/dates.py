"""Periods and moments in Russian words (Babel)."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markupsafe import Markup

from bot.views.words import t
from domain.period import Period, Precision, last_of_month

_LOCALE = "ru"


def when(period: Period, today: date) -> Markup:
    """A period for a card: «Среда, 18 ноября, 14:00–16:00», «Ноябрь 2026 г., день пока не назван»."""
    if period.day_to_be_named:
        key = "when-day-unnamed" if period.end >= today else "when-day-never-named"
        return t(key, span=capital(span(period, today)))
    return t("when-known", span=capital(span(period, today)))


def span(period: Period, today: date) -> str:
    """A period in the nominative, as it may stand within a sentence: «среда, 18 ноября, 14:00»."""
    first, last = period.first_day, period.end
    match period.precision:
        case Precision.TIME | Precision.DAY:
            return f"{weekday(first)}, {day(first, today)}{hours(period)}"
        case Precision.DAYS | Precision.WEEKS | Precision.YEAR:
            if (first.year, first.month) == (last.year, last.month):
                return f"{first.day}–{day(last, today)}"
            return f"{day(first, today)} – {day(last, today)}"
        case Precision.MONTH:
            return month(first)
        case Precision.MONTHS:
            return (
                f"{month_name(first)} – {month(last)}"
                if first.year == last.year
                else f"{month(first)} – {month(last)}"
            )
        case Precision.DEADLINE:
            return str(t("until", day=day(last, today)))


def short(period: Period, today: date) -> str:
    """A period as short as a button wants it: «18 ноября», «ноябрь»."""
    if period.day_to_be_named:
        return month_name(period.first_day)
    return day(period.first_day, today)


def on_day(period: Period, today: date) -> str:
    """A known day in the accusative: «в среду, 18 ноября, в 14:00»; a range as «10–12 ноября»."""
    if period.precision is Precision.DAYS:
        return span(period, today)
    weekdays = (
        "в понедельник",
        "во вторник",
        "в среду",
        "в четверг",
        "в пятницу",
        "в субботу",
        "в воскресенье",
    )
    at = f", в {clock(period.start_time)}" if period.start_time else ""
    return f"{weekdays[period.first_day.weekday()]}, {day(period.first_day, today)}{at}"


def between(first: date, last: date, today: date) -> str:
    """Two days as one would say them: «ноябрь 2026 г.», «19 ноября», «16–22 ноября»."""
    if first == last:
        return day(first, today)
    if first.day == 1 and last == last_of_month(first.year, first.month):
        return month(first)
    return span(Period.days(first, last), today)


def hours(period: Period) -> str:
    """«, 14:00–16:00», «, 14:00», or nothing."""
    if period.start_time is None:
        return ""
    if period.end_time is None:
        return f", {clock(period.start_time)}"
    return f", {clock(period.start_time)}–{clock(period.end_time)}"


def day(value: date, today: date) -> str:
    """«18 ноября»; with the year where it is not plain: «18 января 2028 г.»."""
    near = abs((value - today).days) < 300
    return _formatted(value, "d MMMM" if near else "d MMMM y 'г'.")


def full_day(value: date) -> str:
    """«18 ноября 2026 г.»."""
    return _formatted(value, "d MMMM y 'г'.")


def weekday(value: date) -> str:
    """«среда»."""
    return _formatted(value, "EEEE")


def short_weekday(value: date) -> str:
    """«ср»."""
    return _formatted(value, "EEEEEE")


def month(value: date) -> str:
    """«ноябрь 2026 г.»."""
    return _formatted(value, "LLLL y 'г'.")


def in_month(value: date) -> str:
    """«в ноябре»."""
    name = month_name(value)
    return f"в {name[:-1]}е" if name[-1] in "ьй" else f"в {name}е"


def clock(value: time) -> str:
    """«9:05», as people write it."""
    return f"{value.hour}:{value.minute:02}"


def at(moment: datetime, today: date) -> str:
    """A local moment: «13:30», «18 ноября, 13:30» where it is another day."""
    said = clock(moment.time())
    return said if moment.date() == today else f"{day(moment.date(), today)}, {said}"


def clock_at(moment: datetime, zone: ZoneInfo) -> str:
    """A stored moment as the clocks of a zone show it: «13:52»."""
    return clock(local(moment, zone).time())


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A stored moment as people of a zone see it."""
    return moment.astimezone(zone)


def capital_markup(text: Markup) -> Markup:
    """The sentence with a capital letter; it begins with no mark-up."""
    return text[:1].upper() + text[1:]


def capital(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def month_name(value: date) -> str:
    """«ноябрь»."""
    return _formatted(value, "LLLL")


@lru_cache(maxsize=2_048)
def _formatted(value: date, pattern: str) -> str:
    """A day by a pattern of CLDR's. The same few days are asked for over and over, and Babel is slow."""
    return format_date(value, pattern, locale=_LOCALE)
