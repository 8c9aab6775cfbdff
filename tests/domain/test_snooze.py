"""«Напомнить позже» offers moments that are of use, and no others."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.snooze import Later, snoozes
from domain.timing import with_quiet_hours
from tests.domain.zones import NOVOSIBIRSK, PROFILE, local, profiles, quiet, zones_and_days


def offered(now, until="2026-11-30 12:00", profile=PROFILE):
    return [
        f"{later} {at.astimezone(ZoneInfo(NOVOSIBIRSK)).strftime('%d %H:%M')}"
        for later, at in snoozes(local(now), local(until), profile)
    ]


@pytest.mark.parametrize(
    ("now", "until", "expected"),
    [
        ("2026-11-17 10:00", "2026-11-30 12:00", ["hour 17 11:00", "evening 17 19:00", "morning 18 08:00"]),
        ("2026-11-17 10:00", "2026-11-17 19:00", ["hour 17 11:00", "evening 17 19:00"]),
        ("2026-11-17 10:00", "2026-11-17 10:59", []),
        ("2026-11-17 18:10", "2026-11-30 12:00", ["evening 17 19:00", "morning 18 08:00"]),
        ("2026-11-17 17:30", "2026-11-30 12:00", ["hour 17 18:30", "morning 18 08:00"]),
        ("2026-11-17 17:29", "2026-11-30 12:00", ["hour 17 18:29", "evening 17 19:00", "morning 18 08:00"]),
        ("2026-11-17 18:30", "2026-11-30 12:00", ["evening 17 19:00", "morning 18 08:00"]),
        ("2026-11-17 18:31", "2026-11-30 12:00", ["hour 17 19:31", "morning 18 08:00"]),
        ("2026-11-17 20:00", "2026-11-30 12:00", ["morning 18 08:00"]),
        ("2026-11-17 19:59", "2026-11-30 12:00", ["hour 17 20:59", "morning 18 08:00"]),
    ],
)
def test_an_hour_this_evening_tomorrow_morning(now, until, expected):
    assert offered(now, until) == expected


def test_quiet_hours_have_their_say():
    long_nights = with_quiet_hours(PROFILE, time(19), time(9, 30))
    assert offered("2026-11-17 10:00", profile=long_nights) == ["hour 17 11:00", "morning 18 09:30"]
    afternoons = with_quiet_hours(PROFILE, time(8), time(7))
    assert offered("2026-11-17 07:10", profile=afternoons) == ["morning 18 07:55"]


@settings(max_examples=300, deadline=None)
@given(data=st.data(), place=zones_and_days(), minute=st.integers(0, 1439), left=st.integers(0, 3000))
def test_what_is_offered_is_a_waking_moment_of_use(data, place, minute, left):
    zone, day = place
    profile = data.draw(profiles(zone))
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    until = now + timedelta(minutes=left)
    choices = snoozes(now, until, profile)
    assert len({later for later, _ in choices}) == len(choices)
    for later, at in choices:
        assert now + timedelta(minutes=30) <= at <= until
        assert not quiet(profile, at)
        days = (at.astimezone(profile.tz).date() - now.astimezone(profile.tz).date()).days
        assert later is Later.HOUR or days == (later is Later.MORNING)
    for (_, earlier), (_, later_at) in pairwise(choices):
        assert later_at - earlier > timedelta(minutes=30)
