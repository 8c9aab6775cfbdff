"""An event and a timing profile → the notices due.

The whole schedule of an event is reckoned without regard to the present moment, and only then is the past
cut off: planning again a minute later gives the same notices.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, Self
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.period import Period, Precision, last_of_month

WorkingDay = Callable[[date], bool]

# A reminder is of use this long before the start; a later one finds people on their way, or too late to go.
_OF_USE_BEFORE = timedelta(minutes=30)
# One that is meant for the last minutes (the link of an online meeting) is of use until the last of them.
_LAST_MINUTE = timedelta(minutes=1)
# Where no hour is known, an event is taken to be over, and a task late, with the school's second shift.
_SCHOOL_CLOSES = time(18)
# Of two notices of one event no further apart than this only the later one goes.
_TOGETHER = timedelta(hours=4)
_ANNOUNCEMENT_HOLDS = timedelta(hours=24)
_DAY_OFF_AT = time(15)
_BEFORE_QUIET = timedelta(minutes=5)
_LEAST_WAKING = timedelta(hours=1)
# No run of days off is longer; the limit ends a search in a calendar that knows no working day.
_LONGEST_BREAK = 31

_NAMING_AHEAD = timedelta(days=14)
_NAMING_EVERY = timedelta(days=7)
_NAMING_AT = time(10)
# Moved to before long holidays, two weekly questions would come a day apart.
_NAMING_APART = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before an event a notice is due: days before at a local hour, or minutes before the start.

    `code` stands for it in the database and is stable. In the month family `days` count back from the
    first working day of the month.
    """

    code: str
    days: int | None = None
    at: time | None = None
    minutes: int | None = None

    def __post_init__(self) -> None:
        if (self.days is None) != (self.at is None) or (self.days is None) == (self.minutes is None):
            raise ValueError("a lead is days and an hour, or minutes")
        if (self.days or 0) < 0 or (self.minutes or 0) < 0:
            raise ValueError("a lead lies before the event")

    @classmethod
    def before_day(cls, code: str, days: int, at: time) -> Self:
        """So many days before the event's first day, at a local hour."""
        return cls(code, days=days, at=at)

    @classmethod
    def before_start(cls, code: str, minutes: int) -> Self:
        """So many minutes, of real time, before the start."""
        return cls(code, minutes=minutes)

    def as_settings(self) -> dict[str, Any]:
        """What `from_settings` takes back."""
        if self.at is None:
            return {"code": self.code, "minutes": self.minutes}
        return {"code": self.code, "days": self.days, "at": _written(self.at)}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """Raises KeyError or ValueError where the settings are not those of a lead."""
        if "minutes" in settings:
            return cls.before_start(settings["code"], settings["minutes"])
        return cls.before_day(settings["code"], settings["days"], time.fromisoformat(settings["at"]))


_FAMILIES = ("timed", "online", "day", "month", "deadline")


@dataclass(frozen=True, slots=True)
class TimingProfile:
    """When an association's, or a person's, notices go out. Hours are local in `zone`.

    `timed` and `online` serve events with a clock time, `day` those known to the day, `month` those whose day
    is still to be named, `deadline` tasks. Quiet hours last from `quiet_from` up to `quiet_to`, exclusive;
    where the two are equal there are none. Leads are kept in one order, so that equal settings are equal.

    Raises ValueError for leads that contradict one another, DomainError `quiet_hours_too_long` where less
    than an hour of the day is left.
    """

    zone: str
    timed: tuple[Lead, ...]
    online: tuple[Lead, ...]
    day: tuple[Lead, ...]
    month: tuple[Lead, ...]
    deadline: tuple[Lead, ...]
    quiet_from: time
    quiet_to: time

    def __post_init__(self) -> None:
        for family in _FAMILIES:
            leads: tuple[Lead, ...] = getattr(self, family)
            if len({lead.code for lead in leads}) != len(leads):
                raise ValueError("two leads of one code")
            if family not in {"timed", "online"} and any(lead.minutes is not None for lead in leads):
                raise ValueError("minutes before a start that is not known")
            object.__setattr__(self, family, tuple(sorted(leads, key=_farthest_first)))
        waking = (_minutes(self.quiet_from) - _minutes(self.quiet_to)) % (24 * 60)
        if self.quiet_from != self.quiet_to and timedelta(minutes=waking) < _LEAST_WAKING:
            raise DomainError("quiet_hours_too_long")

    @property
    def tz(self) -> ZoneInfo:
        """Raises zoneinfo.ZoneInfoNotFoundError for a zone that this machine does not know."""
        return ZoneInfo(self.zone)

    def leads_for(self, period: Period, *, online: bool) -> tuple[Lead, ...]:
        """The leads of this precision's family; none for what lasts all the year."""
        match period.precision:
            case Precision.TIME:
                return self.online if online else self.timed
            case Precision.DAY | Precision.DAYS:
                return self.day
            case Precision.WEEKS | Precision.MONTH | Precision.MONTHS:
                return self.month
            case Precision.DEADLINE:
                return self.deadline
            case Precision.YEAR:
                return ()

    def as_settings(self) -> dict[str, Any]:
        """The profile as JSON's own types."""
        families = {f: [lead.as_settings() for lead in getattr(self, f)] for f in _FAMILIES}
        return {
            "zone": self.zone,
            "quiet_from": _written(self.quiet_from),
            "quiet_to": _written(self.quiet_to),
            **families,
        }

    def canonical(self) -> str:
        """The settings as one string, equal for equal settings: the key of the shared row."""
        return json.dumps(self.as_settings(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """The way back from `as_settings`. Raises KeyError, ValueError or DomainError for other settings."""
        return cls(
            zone=settings["zone"],
            quiet_from=time.fromisoformat(settings["quiet_from"]),
            quiet_to=time.fromisoformat(settings["quiet_to"]),
            **{family: tuple(map(Lead.from_settings, settings[family])) for family in _FAMILIES},
        )


def default_profile(zone: str) -> TimingProfile:
    """What an association starts with; `zone` is a name of the tz database."""
    week = Lead.before_day("week", 7, time(10))
    eve = Lead.before_day("eve", 1, time(18))
    return TimingProfile(
        zone=zone,
        timed=(week, eve, Lead.before_start("hours", 120)),
        online=(week, eve, Lead.before_start("online", 15)),
        day=(week, eve, Lead.before_day("morning", 0, time(8))),
        month=(Lead.before_day("month", 0, time(10)),),
        deadline=(
            Lead.before_day("deadline_week", 7, time(10)),
            Lead.before_day("deadline_eve", 1, time(10)),
        ),
        quiet_from=time(21),
        quiet_to=time(8),
    )


@dataclass(frozen=True, slots=True)
class Timed:
    """Of an event, what its notices depend on. `announced_at` (aware UTC) is when its day was announced."""

    period: Period
    online: bool = False
    announced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A notice to make: the lead's code, when it goes out and until when it is of use (both aware UTC)."""

    code: str
    at: datetime
    useful_until: datetime


def notices_due(
    event: Timed, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[Due, ...]:
    """The event's notices from `now` (aware UTC) on, in their order, each lead at most once.

    `is_working_day` is asked about local dates. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    hours = _Hours(profile, is_working_day)
    draft = [
        notice
        for notice in _drafted(event, profile, hours)
        if not _just_announced(notice, event.announced_at)
    ]
    return tuple(
        Due(notice.lead.code, notice.at, notice.useful_until)
        for notice in _nearest_alone(_without_doubled_evening(draft))
        if notice.at >= now
    )


def naming_questions(
    period: Period, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[datetime, ...]:
    """The moments (aware UTC) from `now` on at which the coordinator is asked to name the day: weekly, from
    two weeks before the month in which the period begins until the period ends. None if the day is known.
    """
    if not period.day_to_be_named:
        return ()
    hours = _Hours(profile, is_working_day)
    end = period.ends_at(hours.zone)
    first = period.first_day.replace(day=1) - _NAMING_AHEAD
    asked: list[datetime] = []
    for week in count():
        nominal = hours.real(first + week * _NAMING_EVERY, _NAMING_AT)
        if nominal >= end:
            break
        at = hours.on_working_day(hours.after_quiet(nominal), before=date.max)
        if at < end and (not asked or at - asked[-1] >= _NAMING_APART):
            asked.append(at)
    return tuple(at for at in asked if at >= now)


@dataclass(frozen=True, slots=True)
class _Notice:
    lead: Lead
    nominal: datetime  # when it would go out were it not for days off
    at: datetime
    useful_until: datetime
    evening_instead: bool  # put before the quiet hours, because after them it would be of no use


def _drafted(event: Timed, profile: TimingProfile, hours: _Hours) -> Iterator[_Notice]:
    period = event.period
    day = no_day_off_before = period.first_day
    if period.day_to_be_named:
        day, no_day_off_before = hours.first_working_day(day), date.max
    for lead in profile.leads_for(period, online=event.online):
        useful_until = _useful_until(lead, period, hours)
        nominal = _nominal(lead, period, day, hours)
        awake = hours.after_quiet(nominal)
        evening_instead = awake > nominal and awake > useful_until
        if evening_instead:
            awake = hours.before_quiet(nominal)
        at = hours.on_working_day(awake, before=no_day_off_before)
        if at <= useful_until:
            yield _Notice(lead, awake, at, useful_until, evening_instead)


def _nominal(lead: Lead, period: Period, day: date, hours: _Hours) -> datetime:
    if lead.minutes is not None:
        return period.begins_at(hours.zone) - timedelta(minutes=lead.minutes)
    assert lead.days is not None and lead.at is not None  # noqa: S101, PT018 - Lead sees to it
    return hours.real(day - timedelta(days=lead.days), lead.at)


def _useful_until(lead: Lead, period: Period, hours: _Hours) -> datetime:
    if period.precision is Precision.TIME:
        last_minute = lead.minutes is not None and timedelta(minutes=lead.minutes) < _OF_USE_BEFORE
        return period.begins_at(hours.zone) - (_LAST_MINUTE if last_minute else _OF_USE_BEFORE)
    day = period.first_day
    if period.day_to_be_named:
        day = min(period.end, last_of_month(day.year, day.month))
    return hours.real(day, _SCHOOL_CLOSES)


def _just_announced(notice: _Notice, announced_at: datetime | None) -> bool:
    """Whether people have just heard it, or would have been told before it was announced at all.

    The one counted back from the start is a reminder to leave, and goes in any case.
    """
    if announced_at is None:
        return False
    held = timedelta() if notice.lead.minutes is not None else _ANNOUNCEMENT_HOLDS
    return notice.at < announced_at + held


def _without_doubled_evening(notices: list[_Notice]) -> list[_Notice]:
    """Without those put into an evening that has a notice of its own, wherever days off then moved both."""
    evenings = [notice.nominal for notice in notices if not notice.evening_instead]
    return [
        notice
        for notice in notices
        if not (
            notice.evening_instead
            and any(timedelta() <= notice.nominal - evening <= _TOGETHER for evening in evenings)
        )
    ]


def _nearest_alone(notices: list[_Notice]) -> list[_Notice]:
    """Without those that another one follows within four hours; in order. Of those due at the same moment
    the one stays that was meant to come last: leads are drafted the farthest first.
    """
    kept: list[_Notice] = []
    in_order = sorted(notices, key=lambda notice: (notice.at, notice.nominal))
    for notice in reversed(in_order):
        if not kept or kept[-1].at - notice.at > _TOGETHER:
            kept.append(notice)
    return kept[::-1]


class _Hours:
    """A profile's local hours: wall times into real moments (aware UTC), quiet hours, working days.

    A wall time that a change of clocks repeats is its first occurrence; one that it skips is the first real
    moment after it, which may be in quiet hours or, where a zone crossed the date line, on another day.
    """

    def __init__(self, profile: TimingProfile, is_working_day: WorkingDay) -> None:
        self.zone = profile.tz
        self._quiet_from = profile.quiet_from
        self._quiet_to = profile.quiet_to
        self._is_working_day = is_working_day

    def real(self, day: date, clock: time) -> datetime:
        wall = datetime.combine(day, clock)
        first, last = sorted(wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if self._wall(first) == wall:
            return first
        while last - first > timedelta(seconds=1):
            middle = first + timedelta(seconds=(last - first) // timedelta(seconds=2))
            if self._wall(middle) < wall:
                first = middle
            else:
                last = middle
        return last

    def after_quiet(self, at: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into."""
        while self._quiet(wall := self._wall(at)):
            next_day = wall.time() >= self._quiet_to
            at = self.real(wall.date() + timedelta(days=next_day), self._quiet_to)
        return at

    def before_quiet(self, at: datetime) -> datetime:
        """The moment itself, or five minutes before the quiet hours it falls into."""
        while self._quiet(wall := self._wall(at)):
            day_before = wall.time() < self._quiet_from
            at = self.real(wall.date() - timedelta(days=day_before), self._quiet_from) - _BEFORE_QUIET
        return at

    def on_working_day(self, at: datetime, *, before: date) -> datetime:
        """The moment itself, or 15:00 on the last working day before it if it lies on a day off earlier than
        the day `before`."""
        day = self._wall(at).date()
        if day >= before or self._is_working_day(day):
            return at
        for back in range(1, _LONGEST_BREAK + 1):
            moved = self._within(day - timedelta(days=back), _DAY_OFF_AT)
            if moved is not None:
                return moved
        return at

    def first_working_day(self, day: date) -> date:
        """The first working day of the day's month; the first day of a month that has none."""
        first = day.replace(day=1)
        month = (first + timedelta(days=n) for n in range(last_of_month(first.year, first.month).day))
        return next((day for day in month if self._within(day, time(12)) is not None), first)

    def _within(self, day: date, clock: time) -> datetime | None:
        """A waking moment of this working day, at the hour if it can be. None on a day off, or on a day that
        the zone skipped."""
        if not self._is_working_day(day):
            return None
        at = self.real(day, clock)
        for moment in (self.after_quiet(at), self.before_quiet(at)):
            if self._wall(moment).date() == day:
                return moment
        return None

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None, fold=0)

    def _quiet(self, wall: datetime) -> bool:
        clock = wall.time()
        if self._quiet_from <= self._quiet_to:
            return self._quiet_from <= clock < self._quiet_to
        return clock >= self._quiet_from or clock < self._quiet_to


def _farthest_first(lead: Lead) -> tuple[int, time, int, str]:
    return (-(lead.days or 0), lead.at or time.max, -(lead.minutes or 0), lead.code)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _written(clock: time) -> str:
    return clock.isoformat("minutes")
