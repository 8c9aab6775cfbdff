"""When notices go out: leads, the profile that holds them, and what is changed and chosen in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Self
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.period import Period, Precision

# A local (month, day). With 29 February a rest begins on 1 March, or ends on the 28th, where a year has none.
MonthDay = tuple[int, int]

_LEAST_WAKING = timedelta(hours=1)
# So much of the year is left, or nothing that comes by the month would ever come.
_LEAST_AT_WORK = timedelta(days=31)
_LEAP_YEAR = 2000


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


# Every lead that people can switch on, as it is before anybody changes its hour.
LEADS: Mapping[str, Lead] = {
    lead.code: lead
    for lead in (
        Lead.before_day("week", 7, time(10)),
        Lead.before_day("three_days", 3, time(10)),
        Lead.before_day("eve", 1, time(18)),
        Lead.before_day("morning", 0, time(8)),
        Lead.before_start("hours", 120),
        Lead.before_start("online", 15),
        Lead.before_day("month", 0, time(10)),
        Lead.before_day("deadline_week", 7, time(10)),
        Lead.before_day("deadline_eve", 1, time(10)),
    )
}
# The codes of those that suit each family.
OFFERED: Mapping[str, tuple[str, ...]] = {
    "timed": ("week", "three_days", "eve", "morning", "hours"),
    "online": ("week", "three_days", "eve", "morning", "hours", "online"),
    "day": ("week", "three_days", "eve", "morning"),
    "month": ("month",),
    "deadline": ("deadline_week", "deadline_eve"),
}
_FAMILIES = tuple(OFFERED)


@dataclass(frozen=True, slots=True)
class TimingProfile:
    """When an association's, or a person's, notices go out. Hours are local in `zone`.

    `timed` and `online` serve events with a clock time, `day` those known to the day, `month` those whose day
    is still to be named, `deadline` tasks. Quiet hours last from `quiet_from` up to `quiet_to`, exclusive;
    where the two are equal there are none. The rest lasts from `rest_from` to `rest_to`, inclusive, over New
    Year if need be; where both are None there is none. Leads are kept in one order, so that equal settings
    are equal.

    Raises ValueError for leads or days of the year that contradict one another, DomainError
    `quiet_hours_too_long` where less than an hour of the day is left, `rest_too_long` where less than 31 days
    of the year are.
    """

    zone: str
    timed: tuple[Lead, ...]
    online: tuple[Lead, ...]
    day: tuple[Lead, ...]
    month: tuple[Lead, ...]
    deadline: tuple[Lead, ...]
    quiet_from: time
    quiet_to: time
    rest_from: MonthDay | None = (6, 15)
    rest_to: MonthDay | None = (8, 19)

    def __post_init__(self) -> None:
        for family in _FAMILIES:
            leads = self.family(family)
            if len({lead.code for lead in leads}) != len(leads):
                raise ValueError("two leads of one code")
            if family not in {"timed", "online"} and any(lead.minutes is not None for lead in leads):
                raise ValueError("minutes before a start that is not known")
            object.__setattr__(self, family, tuple(sorted(leads, key=_farthest_first)))
        waking = (_minutes(self.quiet_from) - _minutes(self.quiet_to)) % (24 * 60)
        if self.quiet_from != self.quiet_to and timedelta(minutes=waking) < _LEAST_WAKING:
            raise DomainError("quiet_hours_too_long")
        if (self.rest_from is None) != (self.rest_to is None):
            raise ValueError("a rest has two ends")
        if self.rest_from is not None and self.rest_to is not None:
            _check_rest(self.rest_from, self.rest_to)

    @property
    def tz(self) -> ZoneInfo:
        """Raises zoneinfo.ZoneInfoNotFoundError for a zone that this machine does not know."""
        return ZoneInfo(self.zone)

    @property
    def without_leads(self) -> bool:
        """Whether nothing at all is to be reminded of."""
        return not any(map(self.family, _FAMILIES))

    def family(self, name: str) -> tuple[Lead, ...]:
        """The leads of a family of `OFFERED`, the farthest from the event first."""
        leads: tuple[Lead, ...] = getattr(self, name)
        return leads

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

    def rests(self, day: date) -> bool:
        """Whether a local day lies in the rest."""
        if self.rest_from is None or self.rest_to is None:
            return False
        month_day = (day.month, day.day)
        if self.rest_from <= self.rest_to:
            return self.rest_from <= month_day <= self.rest_to
        return month_day >= self.rest_from or month_day <= self.rest_to

    def rest_around(self, day: date) -> tuple[date, date] | None:
        """The first and the last day of the rest that a local day lies in."""
        if not self.rests(day):
            return None
        first = last = day
        while self.rests(first - timedelta(days=1)):
            first -= timedelta(days=1)
        while self.rests(last + timedelta(days=1)):
            last += timedelta(days=1)
        return first, last

    def as_settings(self) -> dict[str, Any]:
        """The profile as JSON's own types."""
        families = {name: [lead.as_settings() for lead in self.family(name)] for name in _FAMILIES}
        return {
            "zone": self.zone,
            "quiet_from": _written(self.quiet_from),
            "quiet_to": _written(self.quiet_to),
            "rest_from": self.rest_from and _month_day_written(self.rest_from),
            "rest_to": self.rest_to and _month_day_written(self.rest_to),
            **families,
        }

    def canonical(self) -> str:
        """The settings as one string, equal for equal settings: the key of the shared row."""
        return json.dumps(self.as_settings(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_canonical(cls, text: str) -> Self:
        """The way back from `canonical`. Raises what `from_settings` raises, ValueError for no JSON."""
        return cls.from_settings(json.loads(text))

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """The way back from `as_settings`; settings of before there was a rest have the usual one.

        Raises KeyError, ValueError or DomainError for other settings.
        """
        parts: dict[str, Any] = {name: tuple(map(Lead.from_settings, settings[name])) for name in _FAMILIES}
        for end in ("rest_from", "rest_to"):
            if end in settings:
                parts[end] = _month_day_read(settings[end])
        return cls(
            zone=settings["zone"],
            quiet_from=time.fromisoformat(settings["quiet_from"]),
            quiet_to=time.fromisoformat(settings["quiet_to"]),
            **parts,
        )


def default_profile(zone: str) -> TimingProfile:
    """What an association starts with; `zone` is a name of the tz database."""
    return TimingProfile(
        zone=zone,
        timed=_leads("week eve hours"),
        online=_leads("week eve online"),
        day=_leads("week eve morning"),
        month=_leads("month"),
        deadline=_leads("deadline_week deadline_eve"),
        quiet_from=time(21),
        quiet_to=time(8),
    )


# What an association changes


def with_quiet_hours(profile: TimingProfile, quiet_from: time, quiet_to: time) -> TimingProfile:
    """Quiet between these local hours; equal ones: never. Raises DomainError `quiet_hours_too_long`."""
    return replace(profile, quiet_from=quiet_from, quiet_to=quiet_to)


def with_rest(profile: TimingProfile, rest_from: MonthDay | None, rest_to: MonthDay | None) -> TimingProfile:
    """At rest between these days of every year, inclusive; None twice: never.

    Raises ValueError for days that no year has, DomainError `rest_too_long`.
    """
    return replace(profile, rest_from=rest_from, rest_to=rest_to)


def with_lead(profile: TimingProfile, family: str, code: str, on: bool) -> TimingProfile:
    """One of the leads OFFERED to a family, on or off. It comes at the hour that it has in other families.

    Raises DomainError `lead_not_offered`.
    """
    if code not in OFFERED.get(family, ()):
        raise DomainError("lead_not_offered", family=family, lead=code)
    leads = tuple(lead for lead in profile.family(family) if lead.code != code)
    if on:
        leads += (_as_it_stands(profile, code),)
    return _with_families(profile, {family: leads})


def with_lead_at(profile: TimingProfile, code: str, at: time) -> TimingProfile:
    """Another local hour for a lead, in every family where it stands.

    Raises DomainError `lead_off` where it stands in none, `lead_without_hour` for one that is counted in
    minutes, `lead_in_quiet_hours` where it would never go out at this hour.
    """
    lead = _as_it_stands(profile, code)
    families = [name for name in _FAMILIES if lead in profile.family(name)]
    if not families:
        raise DomainError("lead_off", lead=code)
    if lead.at is None:
        raise DomainError("lead_without_hour", lead=code)
    if is_quiet(at, profile):
        raise DomainError("lead_in_quiet_hours", quiet_from=profile.quiet_from, quiet_to=profile.quiet_to)
    moved = {
        name: tuple(replace(one, at=at) if one.code == code else one for one in profile.family(name))
        for name in families
    }
    return _with_families(profile, moved)


def is_quiet(clock: time, profile: TimingProfile) -> bool:
    """Whether a local hour falls into the profile's quiet hours."""
    if profile.quiet_from <= profile.quiet_to:
        return profile.quiet_from <= clock < profile.quiet_to
    return clock >= profile.quiet_from or clock < profile.quiet_to


# What a person chooses


class Choice(StrEnum):
    """How much a person wants to be reminded, beside what is usual in her association."""

    USUAL = "usual"
    MORE = "more"  # three days before and on the morning as well
    FEWER = "fewer"  # on the eve alone
    NONE = "none"


def chosen(profile: TimingProfile, choice: Choice) -> TimingProfile:
    """Her own profile, made of her association's. Leads that both have keep their codes."""
    match choice:
        case Choice.USUAL:
            return profile
        case Choice.MORE:
            return _with_families(
                profile,
                {name: _with_more(profile, profile.family(name)) for name in ("timed", "online", "day")},
            )
        case Choice.FEWER:
            eves = {name: _eve_alone(profile.family(name)) for name in _FAMILIES if name != "month"}
            return _with_families(profile, {**eves, "month": ()})
        case Choice.NONE:
            return _with_families(profile, dict.fromkeys(_FAMILIES, ()))


def _with_more(profile: TimingProfile, leads: tuple[Lead, ...]) -> tuple[Lead, ...]:
    there = {lead.code for lead in leads}
    more = (code for code in ("three_days", "morning") if code not in there)
    return leads + tuple(_as_it_stands(profile, code) for code in more)


def _eve_alone(leads: tuple[Lead, ...]) -> tuple[Lead, ...]:
    eves = tuple(lead for lead in leads if lead.code in {"eve", "deadline_eve"})
    return eves or leads[-1:]


def _as_it_stands(profile: TimingProfile, code: str) -> Lead:
    """The lead as a family of the profile has it, or else as it is usually."""
    standing = (lead for name in _FAMILIES for lead in profile.family(name) if lead.code == code)
    lead = next(standing, None) or LEADS.get(code)
    if lead is None:
        raise DomainError("lead_off", lead=code)
    return lead


def _with_families(profile: TimingProfile, families: Mapping[str, tuple[Lead, ...]]) -> TimingProfile:
    changed: dict[str, Any] = dict(families)
    return replace(profile, **changed)


def _leads(codes: str) -> tuple[Lead, ...]:
    return tuple(LEADS[code] for code in codes.split())


def _check_rest(rest_from: MonthDay, rest_to: MonthDay) -> None:
    first, last = date(_LEAP_YEAR, *rest_from), date(_LEAP_YEAR, *rest_to)
    year = timedelta(days=366)
    if (first - last - timedelta(days=1)) % year < _LEAST_AT_WORK:
        raise DomainError("rest_too_long")


def _farthest_first(lead: Lead) -> tuple[int, time, int, str]:
    return (-(lead.days or 0), lead.at or time.max, -(lead.minutes or 0), lead.code)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _written(clock: time) -> str:
    return clock.isoformat("minutes")


def _month_day_written(day: MonthDay) -> str:
    return "{:02}-{:02}".format(*day)


def _month_day_read(text: str | None) -> MonthDay | None:
    if text is None:
        return None
    month, day = map(int, text.split("-"))
    return month, day
