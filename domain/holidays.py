"""School holidays: kept by the association, hinted at where a day falls into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from domain.errors import DomainError
from domain.period import Precision
from domain.plan_draft import FIRST_MONTH, first_year_of, school_year_of
from domain.russian_dates import read_moment

# So many are written at once, and none is longer: summer's ninety-two days are the longest.
_MOST = 10
_LONGEST = timedelta(days=100)
_PARTS = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Holidays:
    """School holidays, both days inclusive."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def as_stored(self) -> list[str]:
        """What `stored` takes back."""
        return [self.first.isoformat(), self.last.isoformat()]

    @classmethod
    def stored(cls, written: Sequence[str]) -> Self:
        """Raises ValueError for what `as_stored` never writes."""
        first, last = written
        return cls(date.fromisoformat(first), date.fromisoformat(last))


def holidays_on(day: date, holidays: Iterable[Holidays]) -> Holidays | None:
    """The holidays that a day falls into."""
    return next((one for one in holidays if day in one), None)


def read_holidays(text: str, today: date, present: Sequence[Holidays]) -> list[Holidays]:
    """Holidays as they are typed, those of the school years that are spoken of in place of what was known of
    them: «26 октября – 3 ноября, 31 декабря – 11 января». What ended before this school year is dropped.

    Raises DomainError `holidays_not_understood`.
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if not 0 < len(parts) <= _MOST:
        raise DomainError("holidays_not_understood")
    found = sorted(_read_part(part, today) for part in parts)
    if any(later.first <= earlier.last for earlier, later in pairwise(found)):
        raise DomainError("holidays_not_understood")
    named = {school_year_of(one.first) for one in found}
    since = date(first_year_of(school_year_of(today)), FIRST_MONTH, 1)
    kept = [one for one in present if one.last >= since and school_year_of(one.first) not in named]
    return sorted([*kept, *found])


def _read_part(text: str, today: date) -> Holidays:
    first_year = first_year_of(school_year_of(today))
    around = (date(first_year, FIRST_MONTH + 1, 1), date(first_year + 1, FIRST_MONTH, 31))
    try:
        period = read_moment(text, today, around)
    except DomainError:
        raise DomainError("holidays_not_understood") from None
    if period.precision not in {Precision.DAY, Precision.DAYS}:
        raise DomainError("holidays_not_understood")
    if period.end - period.first_day >= _LONGEST:
        raise DomainError("holidays_not_understood")
    return Holidays(period.first_day, period.end)
