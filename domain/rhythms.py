"""What comes by the calendar rather than by an event's hour: questions for days, digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from domain.local_hours import LocalHours, WorkingDay
from domain.period import Period
from domain.reminders import Audience, Due
from domain.timing import TimingProfile

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)

_NAMING_AHEAD = timedelta(days=14)
_NAMING_AT = time(10)
# Moved to before long holidays, two weekly questions would come a day apart.
_NAMING_APART = timedelta(days=4)
# Days that would first be asked for in the rest, or so soon after it that nobody could prepare, are asked for
# so long before it.
_SOON_AFTER_REST = 14
_BEFORE_REST = timedelta(days=21)

_DIGEST_AT = time(9)
_DIGEST_UNTIL = time(21)
# A rest leaves a month of the year: the next digest lies within a year and the longest break after it.
_WEEKS_AHEAD = 60
_MONTHS_AHEAD = 14


def naming_questions(
    period: Period, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[datetime, ...]:
    """The moments (aware UTC) from `now` on at which the coordinator is asked to name the day: weekly, from
    two weeks before the month in which the period begins until the period ends. None if the day is known.

    None in the rest. What would first be asked for in it, or within two weeks after it, is asked for once
    three weeks before it, and weekly from the first day after it. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    if not period.day_to_be_named:
        return ()
    hours = LocalHours(profile, is_working_day)
    end = period.ends_at(hours.zone)
    asked: list[datetime] = []
    for at in _questions(period, end, profile, hours):
        if at < end and not hours.rests(at) and (not asked or at - asked[-1] >= _NAMING_APART):
            asked.append(at)
    return tuple(at for at in asked if at >= now)


def is_time_to_name(period: Period, today: date) -> bool:
    """Whether the days of a month, or of some, are asked about by now."""
    return today >= period.first_day.replace(day=1) - _NAMING_AHEAD


def _questions(
    period: Period, end: datetime, profile: TimingProfile, hours: LocalHours
) -> Iterator[datetime]:
    first = period.first_day.replace(day=1) - _NAMING_AHEAD
    rest = _rest_before(first, profile)
    if rest is not None:
        begins, ends = rest
        early = hours.last_working(begins - _BEFORE_REST, _NAMING_AT)
        if early is not None:
            yield early
        first = ends + _DAY
    for week in count():
        nominal = hours.real(first + week * _WEEK, _NAMING_AT)
        if nominal >= end:
            return
        if not hours.rests(nominal):
            moved = hours.on_working_day(hours.after_quiet(nominal), before=date.max)
            yield hours.after_rest(moved, _NAMING_AT)


def _rest_before(day: date, profile: TimingProfile) -> tuple[date, date] | None:
    """The rest that the day lies in, or that ended no more than two weeks before it."""
    rests = (profile.rest_around(day - n * _DAY) for n in range(_SOON_AFTER_REST + 1))
    return next((rest for rest in rests if rest is not None), None)


def digests(profile: TimingProfile, after: datetime, is_working_day: WorkingDay) -> tuple[Due, ...]:
    """The next digest of a week («weekly»: its first working day) and of a month («monthly», likewise), at
    9:00, each strictly after a moment (aware UTC). None in the rest; a week without a working day has none.

    Of use until 21:00 of its day, or until the quiet hours. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    hours = LocalHours(profile, is_working_day)
    today = hours.wall(after).date()
    # By a change of clocks yesterday's week may not be over yet: the search begins one earlier.
    weeks = (hours.first_of_week(today + n * _WEEK, _DIGEST_AT) for n in range(-1, _WEEKS_AHEAD))
    months = (hours.first_of_month(day, _DIGEST_AT) for day in _months_from(today))
    found = (
        _next_digest("weekly", Audience.WEEKLY, weeks, after, profile, hours),
        _next_digest("monthly", Audience.MONTHLY, months, after, profile, hours),
    )
    return tuple(due for due in found if due is not None)


def _months_from(day: date) -> Iterator[date]:
    month = (day.replace(day=1) - _DAY).replace(day=1)
    for _ in range(_MONTHS_AHEAD):
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _next_digest(
    code: str,
    audience: Audience,
    moments: Iterable[datetime | None],
    after: datetime,
    profile: TimingProfile,
    hours: LocalHours,
) -> Due | None:
    for at in moments:
        if at is not None and at > after and not hours.rests(at):
            return Due(code, at, _digest_until(at, profile, hours), audience)
    return None


def _digest_until(at: datetime, profile: TimingProfile, hours: LocalHours) -> datetime:
    day = hours.wall(at).date()
    ends = [hours.real(day, _DIGEST_UNTIL), hours.real(day + _DAY, time.min)]
    if profile.quiet_from != profile.quiet_to:
        ends.append(hours.real(day, profile.quiet_from))
    return min(end for end in ends if end > at)
