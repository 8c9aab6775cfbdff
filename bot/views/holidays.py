"""What is to be known of a day before it is named: days off, other events, school holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.views import dates
from bot.views.words import clip, plain, t
from domain.clashes import Clash
from domain.holidays import Holidays, holidays_on
from scheduler.workdays import public_holiday

_SHOWN = 12
_CLASHES = 3
_SATURDAY = 5


def listed(found: Sequence[Holidays]) -> str:
    """«26 октября – 3 ноября, 31 декабря – 11 января»."""
    return ", ".join(_span(one) for one in found[:_SHOWN])


def among(found: Sequence[Holidays], first: date, last: date) -> Markup:
    """The line about holidays that some days to choose from fall into; empty where none do."""
    here = [one for one in found if one.first <= last and first <= one.last]
    return Markup("\n") + t("naming-board-holidays", holidays=listed(here)) if here else Markup("")


def warnings(day: date, *, day_off: bool, clashes: Sequence[Clash], today: date) -> list[Markup]:
    """In a preview: the day is a day off, and which; what else takes place then."""
    found = [_day_off(day)] if day_off else []
    found += [
        t(f"clash-{one.shared}", title=clip(one.event.title, 200), when=dates.span(one.event.period, today))
        for one in clashes[:_CLASHES]
    ]
    return [t("naming-warning", note=one) for one in found]


def hint(day: date, found: Sequence[Holidays]) -> list[Markup]:
    """In a preview: the day falls into school holidays. None where it does not."""
    holidays = holidays_on(day, found)
    return [] if holidays is None else [t("naming-holidays", holidays=_span(holidays))]


def _day_off(day: date) -> Markup:
    if name := public_holiday(day):
        return t("naming-public-holiday", name=name)
    if day.weekday() >= _SATURDAY:
        return t("naming-weekend", weekday=dates.weekday(day))
    return t("naming-moved-day-off")


def _span(one: Holidays) -> str:
    first, last = dates.day(one.first, one.first), dates.day(one.last, one.last)
    return first if one.first == one.last else plain("button-rest-between", first=first, last=last)
