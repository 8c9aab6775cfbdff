"""By when answers are wanted."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from domain.period import Period
from domain.rsvp import answer_deadline
from tests.domain.zones import NOVOSIBIRSK, at, exists, local, only_weekends, works, zones_and_days

ZONE = ZoneInfo(NOVOSIBIRSK)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(at("2026-11-18", "14:00"), "2026-11-16 12:00", id="a Wednesday's on Monday"),
        pytest.param(Period.day(date(2026, 11, 17)), "2026-11-13 12:00", id="a Tuesday's on Friday"),
        pytest.param(Period.days(date(2026, 11, 6), date(2026, 11, 8)), "2026-11-03 12:00", id="a holiday"),
        pytest.param(at("2027-01-11", "14:00"), "2026-12-29 12:00", id="after the long holidays"),
        pytest.param(at("2026-11-21", "14:00"), "2026-11-19 12:00", id="a Saturday's on Thursday"),
    ],
)
def test_answers_are_wanted_two_working_days_before(period, expected):
    assert answer_deadline(period, ZONE, works) == local(expected)


@pytest.mark.parametrize(
    "period",
    [
        Period.month(2026, 11),
        Period.deadline(date(2026, 11, 18)),
        Period.weeks(date(2026, 11, 9), date(2026, 11, 15)),
        Period.year(date(2026, 9, 1), date(2027, 5, 31)),
    ],
)
def test_nothing_is_wanted_where_the_day_is_not_known(period):
    assert answer_deadline(period, ZONE, works) is None


def test_a_calendar_without_working_days_has_a_deadline():
    assert answer_deadline(at("2026-11-18", "14:00"), ZONE, lambda _: False) == local("2026-11-16 12:00")


@settings(max_examples=200, deadline=None)
@given(place=zones_and_days())
def test_the_deadline_lies_on_a_working_day_everywhere(place):
    zone, day = ZoneInfo(place[0]), place[1]
    deadline = answer_deadline(Period.day(day), zone, only_weekends)
    local_day = deadline.astimezone(zone).date()
    between = [date.fromordinal(n) for n in range(local_day.toordinal() + 1, day.toordinal())]
    assert only_weekends(local_day)
    assert sum(only_weekends(other) and exists(other, zone) for other in between) == 1
