"""What comes by the calendar: questions for days, digests; and what the rest does to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.period import Period
from domain.reminders import Audience, Due
from domain.rhythms import digests, naming_questions
from domain.timing import TimingProfile, default_profile, with_quiet_hours, with_rest
from tests.domain.zones import (
    LONG_AGO,
    NOVOSIBIRSK,
    ODD_DAYS,
    PROFILE,
    ZONES,
    at,
    exists,
    local,
    only_weekends,
    periods,
    profiles,
    quiet,
    works,
    zones_and_days,
)

# The coordinator is asked to name the day


def shown(notices: tuple[Due, ...]) -> list[str]:
    here = ZoneInfo(NOVOSIBIRSK)
    return [f"{n.code} {n.at.astimezone(here).strftime('%a %Y-%m-%d %H:%M')}" for n in notices]


def asked(period, now=None, profile=PROFILE):
    questions = naming_questions(period, profile, local(now) if now else LONG_AGO, works)
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


def test_a_summer_s_days_are_asked_for_in_late_may_and_after_the_rest():
    assert asked(Period.month(2026, 9)) == [
        "Mon 2026-05-25 10:00",
        "Thu 2026-08-20 10:00",
        "Thu 2026-08-27 10:00",
        "Thu 2026-09-03 10:00",
        "Thu 2026-09-10 10:00",
        "Thu 2026-09-17 10:00",
        "Thu 2026-09-24 10:00",
    ]
    assert asked(Period.month(2026, 8)) == [
        "Mon 2026-05-25 10:00",
        "Thu 2026-08-20 10:00",
        "Thu 2026-08-27 10:00",
    ]
    assert asked(Period.month(2026, 7)) == ["Mon 2026-05-25 10:00"]
    assert asked(Period.month(2026, 10))[0] == "Thu 2026-09-17 10:00"


def test_questions_that_began_before_the_rest_pause_in_it():
    assert asked(Period.months(2026, 6, 2026, 9))[:6] == [
        "Mon 2026-05-18 10:00",
        "Mon 2026-05-25 10:00",
        "Mon 2026-06-01 10:00",
        "Mon 2026-06-08 10:00",
        "Mon 2026-08-24 10:00",
        "Mon 2026-08-31 10:00",
    ]


def test_the_questions_about_the_rest_keep_to_working_days():
    # 25 May 2024 and 20 August 2022 are Saturdays.
    assert asked(Period.month(2024, 9))[0] == "Fri 2024-05-24 10:00"
    assert asked(Period.month(2022, 9))[:3] == [
        "Wed 2022-05-25 10:00",
        "Mon 2022-08-22 10:00",
        "Fri 2022-08-26 15:00",
    ]


@pytest.mark.parametrize(
    ("rest", "period", "first"),
    [
        # 18 August is eight days after the rest.
        pytest.param(
            ((7, 1), (8, 10)),
            Period.month(2026, 9),
            ["Wed 2026-06-10 10:00", "Tue 2026-08-11 10:00"],
            id="soon",
        ),
        pytest.param(((7, 1), (8, 3)), Period.month(2026, 9), ["Tue 2026-08-18 10:00"], id="not so soon"),
        pytest.param(
            ((7, 1), (8, 4)),
            Period.month(2026, 9),
            ["Wed 2026-06-10 10:00", "Wed 2026-08-05 10:00"],
            id="14 days",
        ),
        pytest.param(
            ((12, 15), (1, 20)),
            Period.month(2027, 2),
            ["Tue 2026-11-24 10:00", "Thu 2027-01-21 10:00"],
            id="over New Year",
        ),
        pytest.param(
            ((2, 29), (3, 20)),
            Period.month(2027, 4),
            ["Mon 2027-02-08 10:00", "Mon 2027-03-22 10:00"],
            id="from a day that the year has not",
        ),
        pytest.param((None, None), Period.month(2026, 8), ["Fri 2026-07-17 15:00"], id="none"),
    ],
)
def test_any_rest_asks_before_and_after_it(rest, period, first):
    assert asked(period, profile=with_rest(PROFILE, *rest))[: len(first)] == first


# Digests


def digest(after, profile=PROFILE):
    return shown(digests(profile, local(after), works))


def test_digests_come_on_the_first_working_day():
    assert digest("2026-11-05 12:00") == ["weekly Mon 2026-11-09 09:00", "monthly Tue 2026-12-01 09:00"]
    assert digest("2026-11-09 08:59")[0] == "weekly Mon 2026-11-09 09:00"
    assert digest("2026-11-09 09:00")[0] == "weekly Mon 2026-11-16 09:00"
    # 8 March 2027 is a Monday off; the first nine days of January have no working day.
    assert digest("2027-03-05 12:00")[0] == "weekly Tue 2027-03-09 09:00"
    assert digest("2026-12-28 09:00") == ["weekly Mon 2027-01-11 09:00", "monthly Mon 2027-01-11 09:00"]


def test_digests_rest_in_summer():
    assert digest("2026-06-08 09:00") == ["weekly Mon 2026-08-24 09:00", "monthly Tue 2026-09-01 09:00"]
    assert digest("2026-06-08 09:00", with_rest(PROFILE, None, None)) == [
        "weekly Mon 2026-06-15 09:00",
        "monthly Wed 2026-07-01 09:00",
    ]


def test_each_digest_is_for_those_who_want_it():
    weekly, monthly = digests(PROFILE, local("2026-11-05 12:00"), works)
    assert (weekly.audience, monthly.audience) == (Audience.WEEKLY, Audience.MONTHLY)


@pytest.mark.parametrize(
    ("quiet_hours", "at", "until"),
    [
        ((time(21), time(8)), "09:00", "21:00"),
        ((time(19), time(10)), "10:00", "19:00"),
        ((time(13), time(14)), "09:00", "13:00"),
        ((time(0), time(0)), "09:00", "21:00"),
        ((time(23), time(6)), "09:00", "21:00"),
        ((time(9), time(8)), "08:55", "09:00"),
    ],
)
def test_a_digest_is_of_use_that_day_while_it_is_not_quiet(quiet_hours, at, until):
    weekly, _ = digests(with_quiet_hours(PROFILE, *quiet_hours), local("2026-11-05 12:00"), works)
    assert (weekly.at, weekly.useful_until) == (local(f"2026-11-09 {at}"), local(f"2026-11-09 {until}"))


def test_a_digest_after_a_waking_evening_is_of_use_till_midnight():
    night = with_quiet_hours(PROFILE, time(1), time(22))
    weekly, _ = digests(night, local("2026-11-05 12:00"), works)
    assert (weekly.at, weekly.useful_until) == (local("2026-11-09 22:00"), local("2026-11-10 00:00"))


def test_a_calendar_without_working_days_has_no_digests():
    assert digests(PROFILE, local("2026-11-05 12:00"), lambda _: False) == ()


# Every zone, with the gaps and folds


def walked(profile: TimingProfile, code: str, first: datetime, last: datetime) -> list[date]:
    """The local days of the digests between two moments, each found from the one before."""
    days, after = [], first
    while True:
        found = {due.code: due for due in digests(profile, after, only_weekends)}[code]
        if found.at >= last:
            return days
        days.append(found.at.astimezone(profile.tz).date())
        after = found.at


@pytest.mark.parametrize("code", ["weekly", "monthly"])
def test_digests_walk_through_a_year_in_every_zone(code):
    """Each week and month once, none in the rest, in zones that skip days too."""
    years = [(zone, 1970 + n % 68) for n, zone in enumerate(ZONES)]
    for zone, year in [*years, *((zone, day.year) for zone, day in ODD_DAYS)]:
        profile = default_profile(zone)
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        worked = [day for day in days if only_weekends(day) and exists(day, profile.tz)]
        firsts: dict[tuple[int, ...], date] = {}
        for day in worked:
            firsts.setdefault(day.isocalendar()[:2] if code == "weekly" else (day.month,), day)
        wanted = [day for day in firsts.values() if not date(year, 6, 15) <= day <= date(year, 8, 19)]
        begin, end = (
            datetime.combine(day, time(), profile.tz).astimezone(UTC) for day in (days[0], days[-1])
        )
        found = walked(profile, code, begin, end)
        # The year's first and last days may belong to a neighbour's week.
        assert found == [day for day in wanted if found[0] <= day < days[-1]], (zone, year)
        assert (found[0] - days[0]).days < 7


@settings(max_examples=200, deadline=None)
@given(data=st.data(), place=zones_and_days(), hour=st.integers(0, 23))
def test_digests_hold_everywhere(data, place, hour):
    zone, day = place
    profile = data.draw(profiles(zone))
    after = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    for digest in digests(profile, after, only_weekends):
        local_day = digest.at.astimezone(profile.tz).date()
        assert after < digest.at < digest.useful_until
        assert not quiet(profile, digest.at)
        assert not quiet(profile, digest.useful_until - timedelta(seconds=1))
        assert only_weekends(local_day)
        assert not profile.rests(local_day)
        # From any moment before it, back to the one before, it is the next.
        sooner = digest.at - timedelta(seconds=1)
        assert digest in digests(profile, sooner, only_weekends)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), place=zones_and_days())
def test_questions_hold_everywhere(data, place):
    zone, day = place
    profile = with_rest(data.draw(profiles(zone)), None, None)
    period = data.draw(periods(day))
    questions = naming_questions(period, profile, LONG_AGO, only_weekends)
    assert bool(questions) == period.day_to_be_named
    for question in questions:
        assert not quiet(profile, question)
        assert only_weekends(question.astimezone(profile.tz).date())
        assert question < period.ends_at(profile.tz)
    for earlier, later in pairwise(questions):
        assert timedelta(days=4) <= later - earlier <= timedelta(days=15)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), place=zones_and_days())
def test_questions_keep_out_of_any_rest(data, place):
    zone, day = place
    profile = data.draw(profiles(zone))
    period = data.draw(periods(day))
    questions = naming_questions(period, profile, LONG_AGO, only_weekends)
    for question in questions:
        local_day = question.astimezone(profile.tz).date()
        assert not profile.rests(local_day)
        assert not quiet(profile, question)
        assert only_weekends(local_day)
        assert question < period.ends_at(profile.tz)
    for earlier, later in pairwise(questions):
        assert later - earlier >= timedelta(days=4)
    # What the rest does not touch is asked about as if there were none.
    first = period.first_day.replace(day=1) - timedelta(days=35)
    if not any(profile.rests(first + timedelta(days=n)) for n in range((period.end - first).days + 2)):
        restless = with_rest(profile, None, None)
        assert questions == naming_questions(period, restless, LONG_AGO, only_weekends)
    later = period.begins_at(profile.tz) + timedelta(days=data.draw(st.integers(-30, 60)))
    assert naming_questions(period, profile, later, only_weekends) == tuple(
        q for q in questions if q >= later
    )
