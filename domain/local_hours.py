"""A profile's local hours: wall times into real moments, quiet hours, working days, the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.period import last_of_month
from domain.timing import TimingProfile, is_quiet

WorkingDay = Callable[[date], bool]

_DAY = timedelta(days=1)
_DAY_OFF_AT = time(15)
_BEFORE_QUIET = timedelta(minutes=5)
# No run of days off is longer; the limit ends a search in a calendar that knows no working day.
LONGEST_BREAK = 31


def every_day(_: date) -> bool:
    """A calendar without days off."""
    return True


def real_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment (aware UTC) of a local wall time.

    A wall time that a change of clocks repeats is its first occurrence; one that it skips is the first real
    moment after it, which may be in quiet hours or, where a zone crossed the date line, on another day.
    """
    wall = datetime.combine(day, clock.replace(fold=0) if clock.fold else clock, zone)
    last = wall.astimezone(UTC)
    # Within one zone Python compares what the clocks show.
    if last.astimezone(zone) == wall:
        return last
    # It is skipped: by the clocks of before the gap it lies after it, by those of after the gap before it.
    first = wall.replace(fold=1).astimezone(UTC)
    while last - first > timedelta(seconds=1):
        middle = first + timedelta(seconds=(last - first) // timedelta(seconds=2))
        if middle.astimezone(zone) < wall:
            first = middle
        else:
            last = middle
    return last


def same_clock(moment: datetime, before: ZoneInfo, after: ZoneInfo) -> datetime:
    """The moment (aware UTC) at which the clocks of one zone show what those of another show at a moment."""
    wall = moment.astimezone(before)
    return real_moment(wall.date(), wall.time(), after)


class LocalHours:
    """Moves moments (aware UTC) by a profile's clocks. The calendar is asked about local dates."""

    def __init__(self, profile: TimingProfile, is_working_day: WorkingDay = every_day) -> None:
        """Raises zoneinfo.ZoneInfoNotFoundError."""
        self.zone = profile.tz
        self._profile = profile
        self._is_working_day = is_working_day

    def real(self, day: date, clock: time) -> datetime:
        """The moment of a wall time, as `real_moment` has it."""
        return real_moment(day, clock, self.zone)

    def wall(self, at: datetime) -> datetime:
        """What the clocks show at a moment, in the profile's zone."""
        return at.astimezone(self.zone)

    def is_quiet(self, at: datetime) -> bool:
        """Whether the moment falls into the quiet hours."""
        return is_quiet(self.wall(at).time(), self._profile)

    def rests(self, at: datetime) -> bool:
        """Whether the moment falls into the rest."""
        return self._profile.rests(self.wall(at).date())

    def after_quiet(self, at: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into."""
        while is_quiet((wall := self.wall(at)).time(), self._profile):
            next_day = wall.time() >= self._profile.quiet_to
            at = self.real(wall.date() + next_day * _DAY, self._profile.quiet_to)
        return at

    def before_quiet(self, at: datetime) -> datetime:
        """The moment itself, or five minutes before the quiet hours it falls into."""
        while is_quiet((wall := self.wall(at)).time(), self._profile):
            day_before = wall.time() < self._profile.quiet_from
            at = self.real(wall.date() - day_before * _DAY, self._profile.quiet_from) - _BEFORE_QUIET
        return at

    def on_working_day(self, at: datetime, *, before: date) -> datetime:
        """The moment itself, or 15:00 on the last working day before it if it lies on a day off earlier than
        the day `before`."""
        day = self.wall(at).date()
        if day >= before or self._is_working_day(day):
            return at
        return self.last_working(day - _DAY, _DAY_OFF_AT) or at

    def after_rest(self, at: datetime, clock: time) -> datetime:
        """The moment itself, or the hour on the first working day after the rest it falls into."""
        rest = self._profile.rest_around(self.wall(at).date())
        return at if rest is None else self.first_working(rest[1] + _DAY, clock)

    def first_working(self, day: date, clock: time) -> datetime:
        """The hour on the first working day from this one on that is not in the rest."""
        rest = self._profile.rest_around(day)
        if rest is not None:
            return self.first_working(rest[1] + _DAY, clock)
        ahead = (day + n * _DAY for n in range(LONGEST_BREAK + 1))
        found = self._first_within(ahead, clock) or self.after_quiet(self.real(day, clock))
        return self.after_rest(found, clock)

    def last_working(self, day: date, clock: time) -> datetime | None:
        """The hour on this day or the last working day before it; None after a month of days off."""
        return self._first_within((day - n * _DAY for n in range(LONGEST_BREAK)), clock)

    def first_of_month(self, day: date, clock: time) -> datetime | None:
        """The hour on the first working day of the day's month; None in a month that has none."""
        first = day.replace(day=1)
        length = last_of_month(first.year, first.month).day
        return self._first_within((first + n * _DAY for n in range(length)), clock)

    def first_of_week(self, day: date, clock: time) -> datetime | None:
        """The hour on the first working day of the day's week; None in a week that has none."""
        monday = day - day.weekday() * _DAY
        return self._first_within((monday + n * _DAY for n in range(7)), clock)

    def within(self, day: date, clock: time) -> datetime | None:
        """A waking moment of this working day, at the hour if it can be. None on a day off, or on a day that
        the zone skipped."""
        if not self._is_working_day(day):
            return None
        at = self.real(day, clock)
        for move in (self.after_quiet, self.before_quiet):
            moment = move(at)
            if self.wall(moment).date() == day:
                return moment
        return None

    def _first_within(self, days: Iterable[date], clock: time) -> datetime | None:
        return next((at for day in days if (at := self.within(day, clock)) is not None), None)
