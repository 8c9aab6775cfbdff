"""When people hear of a change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.changes import MERGING, URGENT, change_due, is_urgent
from domain.timing import with_quiet_hours
from tests.domain.zones import PROFILE, local, profiles, quiet, zones_and_days

STARTS = local("2026-11-18 14:00")


@pytest.mark.parametrize(
    ("now", "opened", "expected"),
    [
        pytest.param("2026-11-10 12:00", None, "2026-11-10 12:00", id="the first at once"),
        pytest.param("2026-11-10 12:03", "2026-11-10 12:00", "2026-11-10 12:05", id="the next together"),
        pytest.param("2026-11-10 12:00", "2026-11-10 12:00", "2026-11-10 12:05", id="in the same second"),
        pytest.param(
            "2026-11-10 12:05", "2026-11-10 12:00", "2026-11-10 12:05", id="after five minutes at once"
        ),
        pytest.param("2026-11-10 23:00", None, "2026-11-11 08:00", id="after the quiet hours"),
        pytest.param(
            "2026-11-10 20:59", "2026-11-10 20:58", "2026-11-11 08:00", id="merged into quiet hours"
        ),
        pytest.param("2026-11-17 23:00", None, "2026-11-17 23:00", id="urgent, through quiet hours"),
        pytest.param("2026-11-17 23:01", "2026-11-17 23:00", "2026-11-17 23:01", id="urgent, unmerged"),
        pytest.param("2026-11-17 22:59", None, "2026-11-18 08:00", id="not yet urgent"),
        pytest.param("2026-11-18 22:00", None, "2026-11-19 08:00", id="it has begun"),
    ],
)
def test_when_a_change_is_told(now, opened, expected):
    assert change_due(local(now), STARTS, opened and local(opened), PROFILE) == local(expected)


def test_what_is_urgent():
    assert is_urgent(STARTS, STARTS)
    assert is_urgent(STARTS - URGENT, STARTS)
    assert not is_urgent(STARTS - URGENT - timedelta(seconds=1), STARTS)
    assert not is_urgent(STARTS + timedelta(seconds=1), STARTS)


def test_without_quiet_hours_the_night_is_as_the_day():
    awake = with_quiet_hours(PROFILE, time(0), time(0))
    assert change_due(local("2026-11-10 23:00"), STARTS, None, awake) == local("2026-11-10 23:00")


@settings(max_examples=200, deadline=None)
@given(
    data=st.data(),
    place=zones_and_days(),
    minute=st.integers(0, 1439),
    ahead=st.integers(-100, 3000),
    opened=st.none() | st.integers(0, 600),
)
def test_a_change_is_never_told_too_soon_nor_in_quiet_hours(data, place, minute, ahead, opened):
    zone, day = place
    profile = data.draw(profiles(zone))
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    starts = now + timedelta(minutes=ahead)
    due = change_due(now, starts, None if opened is None else now - timedelta(seconds=opened), profile)
    assert due >= now
    if is_urgent(now, starts):
        assert due == now
    else:
        assert not quiet(profile, due)
        if opened is not None and opened < MERGING.total_seconds():
            assert due >= now - timedelta(seconds=opened) + MERGING
