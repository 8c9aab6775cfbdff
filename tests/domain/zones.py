"""Every zone of the tz database, days about its changes of clocks, and profiles of all kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import assume
from hypothesis import strategies as st

from domain.period import Period, Precision
from domain.timing import Lead, TimingProfile, default_profile

NOVOSIBIRSK = "Asia/Novosibirsk"
LONG_AGO = datetime(1950, 1, 1, tzinfo=UTC)
HOLIDAYS = {
    date(2026, 11, 4),
    *(date(2027, 1, day) for day in range(1, 9)),
    date(2026, 12, 31),
    date(2027, 3, 8),
}
PROFILE = default_profile(NOVOSIBIRSK)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NOVOSIBIRSK)).astimezone(UTC)


def at(day: str, clock: str) -> Period:
    return Period.at(date.fromisoformat(day), time.fromisoformat(clock))


ZONES = sorted(available_timezones() - {"localtime"})
ODD_DAYS = [
    ("Pacific/Apia", date(2011, 12, 30)),  # skipped whole
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # skipped whole
    ("America/Nuuk", date(2023, 3, 25)),  # a gap from 22:00
    ("America/Sao_Paulo", date(2018, 11, 4)),  # a gap from midnight
    ("America/Scoresbysund", date(2024, 3, 31)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),  # a fold of half an hour
    ("Asia/Novosibirsk", date(2014, 10, 26)),
    ("Asia/Novosibirsk", date(2016, 7, 24)),
    ("Africa/Monrovia", date(1972, 1, 7)),  # 44.5 minutes
]


@cache
def days_of_change(zone: str, year: int) -> list[date]:
    noon = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in noon]
    return [noon[n].date() for n in range(1, 366) if offsets[n] != offsets[n - 1]]


@st.composite
def zones_and_days(draw) -> tuple[str, date]:
    if draw(st.integers(0, 3)) == 0:
        zone, day = draw(st.sampled_from(ODD_DAYS))
    else:
        zone = draw(st.sampled_from(ZONES))
        year = draw(st.integers(1970, 2037))
        changes = days_of_change(zone, year)
        day = draw(st.sampled_from(changes) if changes else st.dates(date(year, 1, 1), date(year, 12, 31)))
    return zone, day + timedelta(days=draw(st.integers(-2, 9)))


quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def periods(draw, day: date) -> Period:
    match draw(st.sampled_from(Precision)):
        case Precision.TIME:
            return Period.at(day, draw(quarters))
        case Precision.DAY:
            return Period.day(day)
        case Precision.DAYS:
            return Period.days(day, day + timedelta(days=2))
        case Precision.WEEKS:
            return Period.weeks(day, day + timedelta(days=6))
        case Precision.MONTH:
            return Period.month(day.year, day.month)
        case Precision.MONTHS:
            return Period.months(day.year, day.month, day.year + 1, 1)
        case Precision.DEADLINE:
            return Period.deadline(day)
        case Precision.YEAR:
            return Period.year(day, day + timedelta(days=200))


def leaves_a_month(rest) -> bool:
    first, last = (date(2000, *month_day) for month_day in rest)
    return (first - last).days % 366 > 31


days_of_the_year = st.one_of(
    st.just((2, 29)), st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))
)
rests = st.one_of(st.just((None, None)), st.tuples(days_of_the_year, days_of_the_year).filter(leaves_a_month))


@st.composite
def profiles(draw, zone: str) -> TimingProfile:
    if draw(st.booleans()):
        return default_profile(zone)

    def some(*kinds):
        leads = draw(st.lists(st.one_of(*kinds), max_size=4))
        return tuple(replace(lead, code=f"lead{n}") for n, lead in enumerate(leads))

    days = st.builds(lambda n, at: Lead.before_day("d", n, at), st.integers(0, 9), quarters)
    minutes = st.builds(lambda n: Lead.before_start("m", n), st.integers(0, 600))
    quiet_from, quiet_to = draw(quarters), draw(quarters)
    waking = (quiet_from.hour * 60 + quiet_from.minute - quiet_to.hour * 60 - quiet_to.minute) % 1440
    assume(waking == 0 or waking >= 60)
    return TimingProfile(
        zone,
        some(days, minutes),
        some(days, minutes),
        some(days),
        some(days),
        some(days),
        quiet_from,
        quiet_to,
        *draw(rests),
    )


def quiet(profile: TimingProfile, moment: datetime) -> bool:
    clock = moment.astimezone(profile.tz).time()
    if profile.quiet_from <= profile.quiet_to:
        return profile.quiet_from <= clock < profile.quiet_to
    return not profile.quiet_to <= clock < profile.quiet_from


def exists(day: date, tz: ZoneInfo) -> bool:
    return datetime.combine(day, time(12), tz).astimezone(UTC).astimezone(tz).date() == day


def only_weekends(day: date) -> bool:
    return day.weekday() < 5
