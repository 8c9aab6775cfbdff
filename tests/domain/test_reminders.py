"""The default reminders to the letter of DESIGN.md, and what holds in every zone of the tz database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.period import Period, Precision
from domain.reminders import Due, Timed, notices_due
from domain.rhythms import naming_questions
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


def shown(notices: tuple[Due, ...], zone: str = NOVOSIBIRSK) -> list[str]:
    return [f"{n.code} {n.at.astimezone(ZoneInfo(zone)).strftime('%a %Y-%m-%d %H:%M')}" for n in notices]


def due(period, *, online=False, announced=None, now=None, profile=PROFILE):
    event = Timed(period, online, announced and local(announced))
    return shown(notices_due(event, profile, local(now) if now else LONG_AGO, works), profile.zone)


# November 2026: the 1st is a Sunday, Wednesday the 4th a public holiday.


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(
            at("2026-11-18", "14:00"),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00", "hours Wed 2026-11-18 12:00"],
            id="with a clock time",
        ),
        pytest.param(
            at("2026-11-23", "14:00"),
            ["week Mon 2026-11-16 10:00", "eve Fri 2026-11-20 15:00", "hours Mon 2026-11-23 12:00"],
            id="a Monday's eve goes out on Friday",
        ),
        pytest.param(
            at("2026-11-05", "14:00"),
            ["week Thu 2026-10-29 10:00", "eve Tue 2026-11-03 15:00", "hours Thu 2026-11-05 12:00"],
            id="the eve is a public holiday",
        ),
        pytest.param(
            at("2027-01-11", "14:00"),
            ["eve Wed 2026-12-30 15:00", "hours Mon 2027-01-11 12:00"],
            id="after the long holidays the week's and the eve's fall together",
        ),
        pytest.param(
            at("2026-11-21", "14:00"),
            ["week Fri 2026-11-13 15:00", "eve Fri 2026-11-20 18:00", "hours Sat 2026-11-21 12:00"],
            id="an event on a Saturday rings on its day",
        ),
        pytest.param(
            at("2026-11-18", "09:00"),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00", "hours Wed 2026-11-18 08:00"],
            id="seven in the morning is quiet",
        ),
        pytest.param(
            at("2026-11-18", "08:30"),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00", "hours Wed 2026-11-18 08:00"],
            id="half an hour before is still of use",
        ),
        pytest.param(
            at("2026-11-18", "08:29"),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00"],
            id="29 minutes are not, and the evening before has its notice",
        ),
        pytest.param(
            at("2026-11-23", "08:15"),
            ["week Mon 2026-11-16 10:00", "eve Fri 2026-11-20 15:00"],
            id="so has Friday, for Monday",
        ),
        pytest.param(
            at("2026-11-18", "23:30"),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00", "hours Wed 2026-11-18 20:55"],
            id="a night's event: before the quiet hours",
        ),
        pytest.param(
            Period.day(date(2026, 11, 18)),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00", "morning Wed 2026-11-18 08:00"],
            id="known to the day",
        ),
        pytest.param(
            Period.days(date(2026, 11, 18), date(2026, 11, 20)),
            ["week Wed 2026-11-11 10:00", "eve Tue 2026-11-17 18:00", "morning Wed 2026-11-18 08:00"],
            id="days like the first of them",
        ),
        pytest.param(Period.month(2026, 11), ["month Mon 2026-11-02 10:00"], id="a month"),
        pytest.param(Period.month(2027, 1), ["month Mon 2027-01-11 10:00"], id="January"),
        pytest.param(
            Period.months(2026, 9, 2027, 5), ["month Tue 2026-09-01 10:00"], id="months at their first"
        ),
        pytest.param(
            Period.weeks(date(2026, 11, 16), date(2026, 11, 29)),
            ["month Mon 2026-11-02 10:00"],
            id="weeks at their month's first",
        ),
        pytest.param(
            Period.deadline(date(2026, 11, 27)),
            ["deadline_week Fri 2026-11-20 10:00", "deadline_eve Thu 2026-11-26 10:00"],
            id="a deadline",
        ),
        pytest.param(
            Period.deadline(date(2026, 11, 23)),
            ["deadline_week Mon 2026-11-16 10:00", "deadline_eve Fri 2026-11-20 15:00"],
            id="a deadline on a Monday",
        ),
        pytest.param(Period.year(date(2026, 9, 1), date(2027, 5, 31)), [], id="all the year round"),
    ],
)
def test_the_default_reminders(period, expected):
    assert due(period) == expected


@pytest.mark.parametrize(
    ("clock", "last"),
    [
        ("14:00", "online Wed 2026-11-18 13:45"),
        ("08:15", "online Wed 2026-11-18 08:00"),
        ("08:10", "online Wed 2026-11-18 08:00"),
        ("08:00", "eve Tue 2026-11-17 18:00"),  # the link at the very start would come too late
    ],
)
def test_online_the_link_comes_a_quarter_of_an_hour_before(clock, last):
    assert due(at("2026-11-18", clock), online=True)[-1] == last


def test_an_online_day_without_an_hour_is_a_day():
    period = Period.day(date(2026, 11, 18))
    assert due(period, online=True) == due(period)


def test_how_long_a_notice_is_of_use():
    def until(period, online=False):
        notices = notices_due(Timed(period, online), PROFILE, LONG_AGO, works)
        return [n.useful_until for n in notices]

    assert set(until(at("2026-11-18", "14:00"))) == {local("2026-11-18 13:30")}
    assert until(at("2026-11-18", "14:00"), online=True)[-1] == local("2026-11-18 13:59")
    assert set(until(Period.day(date(2026, 11, 18)))) == {local("2026-11-18 18:00")}
    assert set(until(Period.deadline(date(2026, 11, 27)))) == {local("2026-11-27 18:00")}
    assert until(Period.month(2026, 11)) == [local("2026-11-30 18:00")]
    assert until(Period.months(2026, 11, 2027, 3)) == [local("2026-11-30 18:00")]
    assert until(Period.weeks(date(2026, 11, 9), date(2026, 11, 22))) == [local("2026-11-22 18:00")]


@pytest.mark.parametrize(
    ("announced", "expected"),
    [
        ("2026-11-10 09:00", ["week", "eve", "hours"]),  # at exactly 25 hours
        ("2026-11-10 12:00", ["eve", "hours"]),
        ("2026-11-16 18:00", ["eve", "hours"]),
        ("2026-11-16 18:01", ["hours"]),
        ("2026-11-18 11:00", ["hours"]),  # the one to leave by goes, however fresh the news
        ("2026-11-18 12:30", []),
    ],
)
def test_what_was_just_announced_is_not_repeated(announced, expected):
    notices = due(at("2026-11-18", "14:00"), announced=announced, now=announced)
    assert [notice.split()[0] for notice in notices] == expected


def test_the_evening_before_serves_where_the_morning_comes_too_late():
    early = at("2026-11-18", "08:15")
    without_eve = replace(PROFILE, timed=(Lead.before_start("hours", 120),))
    assert due(early, profile=without_eve) == ["hours Tue 2026-11-17 20:55"]
    # The evening's own notice was dropped, because the day had just been announced.
    assert due(early, announced="2026-11-17 12:00") == ["hours Tue 2026-11-17 20:55"]
    # On a day off that evening moves as well.
    assert due(at("2026-11-23", "08:15"), profile=without_eve) == ["hours Fri 2026-11-20 15:00"]


def test_what_is_past_is_not_made():
    period = at("2026-11-18", "14:00")
    assert due(period, now="2026-11-17 18:00") == due(period)[1:]
    assert due(period, now="2026-11-17 18:01") == due(period)[2:]
    assert due(period, now="2026-11-18 12:01") == []


def test_of_several_within_four_hours_the_nearest_to_the_event_goes():
    leads = (
        Lead.before_day("breakfast", 0, time(8)),
        Lead.before_day("noon", 0, time(12)),
        Lead.before_start("hours", 120),
    )
    profile = replace(PROFILE, timed=leads)
    # 8:00 and 12:00 are within four hours, 12:00 and 12:30 too: only the last; 8:00 is then far from it.
    assert due(at("2026-11-18", "14:30"), profile=profile) == [
        "breakfast Wed 2026-11-18 08:00",
        "hours Wed 2026-11-18 12:30",
    ]


def test_quiet_hours_may_be_none_or_lie_within_a_day():
    late = Lead.before_day("late", 1, time(23))
    siesta = replace(
        PROFILE, timed=(Lead.before_day("x", 1, time(14)),), quiet_from=time(13), quiet_to=time(16)
    )
    period = at("2026-11-18", "14:00")
    none = replace(PROFILE, timed=(late,), quiet_from=time(0), quiet_to=time(0))
    assert due(period, profile=none) == ["late Tue 2026-11-17 23:00"]
    assert due(period, profile=replace(PROFILE, timed=(late,))) == ["late Wed 2026-11-18 08:00"]
    assert due(period, profile=siesta) == ["x Tue 2026-11-17 16:00"]
    # 15:00 on the last working day is quiet as well.
    assert due(at("2026-11-23", "14:00"), profile=siesta) == ["x Fri 2026-11-20 16:00"]


def test_a_calendar_without_working_days_ends_the_search():
    notices = notices_due(Timed(at("2026-11-23", "14:00")), PROFILE, LONG_AGO, lambda _: False)
    assert [n.code for n in notices] == ["week", "eve", "hours"]
    notices = notices_due(Timed(Period.month(2026, 11)), PROFILE, LONG_AGO, lambda _: False)
    assert shown(notices) == ["month Sun 2026-11-01 10:00"]


# The coordinator is asked to name the day


def asked(period, now=None):
    questions = naming_questions(period, PROFILE, local(now) if now else LONG_AGO, works)
    return [q.astimezone(ZoneInfo(NOVOSIBIRSK)).strftime("%a %Y-%m-%d %H:%M") for q in questions]


def test_the_coordinator_is_asked_weekly_from_two_weeks_before_the_month():
    assert asked(Period.month(2026, 12)) == [
        "Tue 2026-11-17 10:00",
        "Tue 2026-11-24 10:00",
        "Tue 2026-12-01 10:00",
        "Tue 2026-12-08 10:00",
        "Tue 2026-12-15 10:00",
        "Tue 2026-12-22 10:00",
        "Tue 2026-12-29 10:00",
    ]


def test_questions_keep_off_days_off_and_do_not_crowd_before_holidays():
    # The month begins on a Sunday; two weeks before is one too.
    assert asked(Period.month(2026, 11)) == [
        "Fri 2026-10-16 15:00",
        "Fri 2026-10-23 15:00",
        "Fri 2026-10-30 15:00",
        "Fri 2026-11-06 15:00",
        "Fri 2026-11-13 15:00",
        "Fri 2026-11-20 15:00",
        "Fri 2026-11-27 15:00",
    ]
    # 25 December, 1 January (to 30 December: kept, five days apart), 8 January (to 30 December as well).
    assert asked(Period.month(2027, 1))[:4] == [
        "Fri 2026-12-18 10:00",
        "Fri 2026-12-25 10:00",
        "Wed 2026-12-30 15:00",
        "Fri 2027-01-15 10:00",
    ]


def test_weeks_are_asked_about_from_before_their_month_to_their_end():
    assert asked(Period.weeks(date(2026, 12, 7), date(2026, 12, 13)), now="2026-11-20 00:00") == [
        "Tue 2026-11-24 10:00",
        "Tue 2026-12-01 10:00",
        "Tue 2026-12-08 10:00",
    ]


@pytest.mark.parametrize(
    "period",
    [
        at("2026-11-18", "14:00"),
        Period.day(date(2026, 11, 18)),
        Period.deadline(date(2026, 11, 18)),
        Period.year(date(2026, 9, 1), date(2027, 5, 31)),
    ],
)
def test_nobody_is_asked_where_there_is_no_day_to_name(period):
    assert asked(period) == []


# Profiles as settings


def test_equal_settings_are_one_string():
    shuffled = replace(PROFILE, timed=PROFILE.timed[::-1])
    assert shuffled == PROFILE
    assert shuffled.canonical() == default_profile(NOVOSIBIRSK).canonical()
    assert default_profile("Europe/Moscow").canonical() != PROFILE.canonical()


def test_settings_are_readable():
    assert PROFILE.as_settings() == {
        "zone": NOVOSIBIRSK,
        "quiet_from": "21:00",
        "quiet_to": "08:00",
        "rest_from": "06-15",
        "rest_to": "08-19",
        "timed": [
            {"code": "week", "days": 7, "at": "10:00"},
            {"code": "eve", "days": 1, "at": "18:00"},
            {"code": "hours", "minutes": 120},
        ],
        "online": [
            {"code": "week", "days": 7, "at": "10:00"},
            {"code": "eve", "days": 1, "at": "18:00"},
            {"code": "online", "minutes": 15},
        ],
        "day": [
            {"code": "week", "days": 7, "at": "10:00"},
            {"code": "eve", "days": 1, "at": "18:00"},
            {"code": "morning", "days": 0, "at": "08:00"},
        ],
        "month": [{"code": "month", "days": 0, "at": "10:00"}],
        "deadline": [
            {"code": "deadline_week", "days": 7, "at": "10:00"},
            {"code": "deadline_eve", "days": 1, "at": "10:00"},
        ],
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda: Lead("x"),
        lambda: Lead("x", days=1),
        lambda: Lead("x", days=1, at=time(10), minutes=5),
        lambda: Lead.before_day("x", -1, time(10)),
        lambda: Lead.before_start("x", -1),
        lambda: replace(PROFILE, timed=PROFILE.timed * 2),
        lambda: replace(PROFILE, day=(Lead.before_start("hours", 120),)),
    ],
)
def test_contradictions_are_refused(make):
    with pytest.raises(ValueError, match=r"lead|minutes"):
        make()


def test_some_of_the_day_is_left():
    with pytest.raises(DomainError) as refused:
        replace(PROFILE, quiet_from=time(8, 30), quiet_to=time(8))
    assert refused.value.code == "quiet_hours_too_long"


# Every zone, with the gaps and folds

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


@settings(max_examples=400, deadline=None)
@given(data=st.data(), place=zones_and_days(), online=st.booleans())
def test_what_holds_everywhere(data, place, online):
    zone, day = place
    profile = data.draw(profiles(zone))
    period = data.draw(periods(day))
    begins = period.begins_at(profile.tz)
    hours_before = st.one_of(
        st.none(), st.integers(0, 24 * 12).map(lambda hours: begins - timedelta(hours=hours))
    )
    announced = data.draw(hours_before)
    now = data.draw(hours_before) or LONG_AGO
    event = Timed(period, online, announced)

    notices = notices_due(event, profile, now, only_weekends)

    assert len({n.code for n in notices}) == len(notices)
    leads = {lead.code: lead for lead in profile.leads_for(period, online=online)}
    for notice in notices:
        assert notice.at.tzinfo is UTC
        assert now <= notice.at <= notice.useful_until
        assert not quiet(profile, notice.at)
        local_day = notice.at.astimezone(profile.tz).date()
        if period.day_to_be_named or local_day < period.first_day:
            assert only_weekends(local_day)
        if announced is not None:
            fresh = notice.at - announced < timedelta(hours=24)
            assert not fresh or leads[notice.code].minutes is not None
    for earlier, later in pairwise(notices):
        assert later.at - earlier.at > timedelta(hours=4)

    everything = notices_due(event, profile, LONG_AGO, only_weekends)
    assert notices == tuple(n for n in everything if n.at >= now)


@settings(max_examples=200, deadline=None)
@given(place=zones_and_days(), clock=quarters)
def test_no_change_of_clocks_loses_or_doubles_a_notice(place, clock):
    zone, day = place
    tz = ZoneInfo(zone)
    profile = replace(default_profile(zone), quiet_from=time(0), quiet_to=time(0))
    leads = tuple(Lead.before_day(f"{days}", days, clock) for days in range(1, 8))
    notices = notices_due(
        Timed(Period.at(day, time(23, 45))), replace(profile, timed=leads), LONG_AGO, lambda _: True
    )
    told = {int(n.code): n.at for n in notices}
    for days in range(1, 8):
        wall = datetime.combine(day - timedelta(days=days), clock)
        if days not in told:
            # A day that the zone skipped whole falls together with the next, perhaps with the one before.
            assert not (exists(wall.date(), tz) and exists(wall.date() + timedelta(days=1), tz))
            continue
        shown_wall = told[days].astimezone(tz).replace(tzinfo=None)
        just_before = (told[days] - timedelta(seconds=1)).astimezone(tz).replace(tzinfo=None)
        # The very hour, or the first moment after a gap; the first time of two.
        assert shown_wall == wall or just_before < wall < shown_wall
        assert told[days].astimezone(tz).fold == 0


@settings(max_examples=150, deadline=None)
@given(data=st.data(), place=zones_and_days())
def test_questions_hold_everywhere(data, place):
    zone, day = place
    profile = data.draw(profiles(zone))
    period = data.draw(periods(day))
    questions = naming_questions(period, profile, LONG_AGO, only_weekends)
    assert bool(questions) == period.day_to_be_named
    for question in questions:
        assert not quiet(profile, question)
        assert only_weekends(question.astimezone(profile.tz).date())
        assert question < period.ends_at(profile.tz)
    for earlier, later in pairwise(questions):
        assert timedelta(days=4) <= later - earlier <= timedelta(days=15)


@given(data=st.data(), zone=st.sampled_from(ZONES))
def test_settings_come_back_as_they_were(data, zone):
    profile = data.draw(profiles(zone))
    again = TimingProfile.from_settings(json.loads(profile.canonical()))
    assert again == profile
    assert again.canonical() == profile.canonical()
