"""School holidays in words: listed, beside the days to choose from, and where a day falls into them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.views import dates
from bot.views.words import plain, t
from domain.holidays import Holidays, holidays_on

_SHOWN = 12


def listed(found: Sequence[Holidays]) -> str:
    """«26 октября – 3 ноября, 31 декабря – 11 января»."""
    return ", ".join(_span(one) for one in found[:_SHOWN])


def among(found: Sequence[Holidays], first: date, last: date) -> Markup:
    """The line about holidays that some days to choose from fall into; empty where none do."""
    here = [one for one in found if one.first <= last and first <= one.last]
    return Markup("\n") + t("naming-board-holidays", holidays=listed(here)) if here else Markup("")


def hint(day: date, found: Sequence[Holidays]) -> list[Markup]:
    """In a preview: the day falls into holidays. None where it does not."""
    holidays = holidays_on(day, found)
    return [] if holidays is None else [t("naming-holidays", holidays=_span(holidays))]


def _span(one: Holidays) -> str:
    first, last = dates.day(one.first, one.first), dates.day(one.last, one.last)
    return first if one.first == one.last else plain("button-rest-between", first=first, last=last)
