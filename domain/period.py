"""When something happens, and how exactly that is known."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# Seminars of the associations last two hours; an end that was not named is taken to be this much later.
USUAL_LENGTH = timedelta(hours=2)


class Precision(StrEnum):
    """How exactly the moment is known."""

    TIME = "time"  # a day and an hour
    DAY = "day"  # a day
    DAYS = "days"  # some days on end
    WEEKS = "weeks"  # some weeks of a month
    MONTH = "month"  # a month, the day still to be named
    MONTHS = "months"  # some months on end, likewise
    DEADLINE = "deadline"  # by a day
    YEAR = "year"  # all the year round


DAY_KNOWN = frozenset({Precision.TIME, Precision.DAY, Precision.DAYS})
DAY_TO_BE_NAMED = frozenset({Precision.WEEKS, Precision.MONTH, Precision.MONTHS})


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local days, with a clock time if one is known.

    `start` and `end` are inclusive local dates; `start` is None for a deadline alone.
    `start_time` and `end_time` are local clock times and stand only with Precision.TIME.
    Raises ValueError where the parts contradict one another.
    """

    precision: Precision
    start: date | None
    end: date
    start_time: time | None = None
    end_time: time | None = None

    def __post_init__(self) -> None:
        if (self.start is None) != (self.precision is Precision.DEADLINE):
            raise ValueError("only a deadline has no first day")
        if self.start is not None and self.end < self.start:
            raise ValueError("the last day lies before the first")
        if (self.start_time is None) == (self.precision is Precision.TIME):
            raise ValueError("a clock time stands with precision “time”, and only there")
        if self.may_have_hours and self.start != self.end:
            raise ValueError("a day is one day")
        if self.end_time is not None and (self.start_time is None or self.end_time <= self.start_time):
            raise ValueError("the end lies before the beginning")

    @classmethod
    def at(cls, day: date, start: time, end: time | None = None) -> Period:
        """A day with a clock time, local."""
        return cls(Precision.TIME, day, day, start, end)

    @classmethod
    def day(cls, day: date) -> Period:
        """A day whose hour is not known."""
        return cls(Precision.DAY, day, day)

    @classmethod
    def days(cls, first: date, last: date) -> Period:
        """Some days on end; one day alone is a day."""
        return cls.day(first) if first == last else cls(Precision.DAYS, first, last)

    @classmethod
    def weeks(cls, first: date, last: date) -> Period:
        """Some weeks of a month, as the days that they span."""
        return cls(Precision.WEEKS, first, last)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A month whose day is still to be named."""
        return cls(Precision.MONTH, date(year, month, 1), last_of_month(year, month))

    @classmethod
    def months(cls, first_year: int, first_month: int, last_year: int, last_month: int) -> Period:
        """Some months on end; one month alone is a month."""
        if (first_year, first_month) == (last_year, last_month):
            return cls.month(first_year, first_month)
        return cls(Precision.MONTHS, date(first_year, first_month, 1), last_of_month(last_year, last_month))

    @classmethod
    def deadline(cls, last: date) -> Period:
        """To be done by the end of this day."""
        return cls(Precision.DEADLINE, None, last)

    @classmethod
    def year(cls, first: date, last: date) -> Period:
        """All the year round, from the first day to the last."""
        return cls(Precision.YEAR, first, last)

    @property
    def day_known(self) -> bool:
        """Whether people can be asked if they come."""
        return self.precision in DAY_KNOWN

    @property
    def day_to_be_named(self) -> bool:
        """Whether somebody still has to name the day."""
        return self.precision in DAY_TO_BE_NAMED

    @property
    def may_have_hours(self) -> bool:
        """Whether it is one day, of which an hour can be named."""
        return self.precision in {Precision.TIME, Precision.DAY}

    @property
    def first_day(self) -> date:
        """The first local day; for a deadline its only one."""
        return self.end if self.start is None else self.start

    def begins_at(self, zone: ZoneInfo) -> datetime:
        """The earliest moment it can begin, as aware UTC. A wall time that a change of clocks skips
        or repeats is the earlier of its readings (fold 0)."""
        return _utc(self.first_day, self.start_time or time.min, zone)

    def begun_at(self, zone: ZoneInfo) -> datetime:
        """The moment from which it has begun for sure, as aware UTC: its hour, or, where none is named, the
        end of its last day."""
        return self.begins_at(zone) if self.start_time else self.ends_at(zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The moment after which it is past, as aware UTC: its named end, two hours after its
        beginning where no end is named, else the end of its last day."""
        if self.end_time is not None:
            # By the clocks' changes an end on the wall may lie before the beginning in real time.
            return max(_utc(self.end, self.end_time, zone), self.begins_at(zone))
        if self.start_time is not None:
            return self.begins_at(zone) + USUAL_LENGTH
        return _utc(self.end + timedelta(days=1), time.min, zone)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any of its days lies between the two dates, inclusive."""
        return self.first_day <= last and first <= self.end


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def lie_within(periods: Sequence[Period], others: Sequence[Period]) -> bool:
    """Whether every one of the periods lies between the first and the last day of the others, of which there
    are some."""
    first, last = min(one.first_day for one in others), max(one.end for one in others)
    return all(first <= one.first_day and one.end <= last for one in periods)
