"""Period: what it refuses, what it bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import Period, Precision

NOVOSIBIRSK = ZoneInfo("Asia/Novosibirsk")
BERLIN = ZoneInfo("Europe/Berlin")

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period that can be made."""
    first, last = sorted((draw(days), draw(days)))
    hours = sorted(
        draw(st.lists(st.times().map(lambda it: it.replace(second=0, microsecond=0)), min_size=2, max_size=2))
    )
    end_time = hours[1] if hours[0] < hours[1] and draw(st.booleans()) else None
    return draw(
        st.sampled_from(
            [
                Period.at(first, hours[0], end_time),
                Period.day(first),
                Period.days(first, last),
                Period.weeks(first, last),
                Period.month(first.year, first.month),
                Period.months(first.year, first.month, last.year, last.month),
                Period.deadline(last),
                Period.year(first, last),
            ]
        )
    )


@pytest.mark.parametrize(
    ("precision", "start", "end", "start_time", "end_time"),
    [
        (Precision.DAY, None, date(2026, 11, 15), None, None),
        (Precision.DEADLINE, date(2026, 11, 15), date(2026, 11, 15), None, None),
        (Precision.DAYS, date(2026, 11, 16), date(2026, 11, 15), None, None),
        (Precision.DAY, date(2026, 11, 15), date(2026, 11, 16), None, None),
        (Precision.DAY, date(2026, 11, 15), date(2026, 11, 15), time(14), None),
        (Precision.TIME, date(2026, 11, 15), date(2026, 11, 15), None, None),
        (Precision.TIME, date(2026, 11, 15), date(2026, 11, 15), time(14), time(14)),
        (Precision.DAY, date(2026, 11, 15), date(2026, 11, 15), None, time(14)),
    ],
)
def test_parts_that_contradict_one_another(
    precision: Precision, start: date | None, end: date, start_time: time | None, end_time: time | None
) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is for the programmer
        Period(precision, start, end, start_time, end_time)


def test_some_days_that_are_one_are_a_day() -> None:
    assert Period.days(date(2026, 11, 15), date(2026, 11, 15)) == Period.day(date(2026, 11, 15))
    assert Period.months(2026, 11, 2026, 11) == Period.month(2026, 11)


def test_a_month_ends_with_its_last_day() -> None:
    assert Period.month(2028, 2).end == date(2028, 2, 29)
    assert Period.months(2026, 12, 2027, 2).end == date(2027, 2, 28)


def test_bounds_in_utc() -> None:
    moment = Period.at(date(2026, 11, 15), time(14), time(16))
    assert moment.begins_at(NOVOSIBIRSK) == datetime(2026, 11, 15, 7, tzinfo=UTC)
    assert moment.ends_at(NOVOSIBIRSK) == datetime(2026, 11, 15, 9, tzinfo=UTC)
    assert Period.at(date(2026, 11, 15), time(14)).ends_at(NOVOSIBIRSK) == datetime(
        2026, 11, 15, 9, tzinfo=UTC
    )
    assert Period.day(date(2026, 11, 15)).ends_at(NOVOSIBIRSK) == datetime(2026, 11, 15, 17, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_or_repeat() -> None:
    skipped = Period.at(date(2026, 3, 29), time(2, 30), time(3, 15))
    assert skipped.begins_at(BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert skipped.ends_at(BERLIN) >= skipped.begins_at(BERLIN)
    repeated = Period.at(date(2026, 10, 25), time(2, 30))
    assert repeated.begins_at(BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(periods(), st.sampled_from([NOVOSIBIRSK, BERLIN, ZoneInfo("UTC")]))
def test_never_ends_before_it_begins(period: Period, zone: ZoneInfo) -> None:
    assert period.begins_at(zone) <= period.ends_at(zone)


@given(periods())
def test_overlaps_its_own_days_and_no_others(period: Period) -> None:
    assert period.overlaps(period.first_day, period.end)
    assert period.overlaps(period.end, period.end)
    before, after = period.first_day - timedelta(days=1), period.end + timedelta(days=1)
    assert not period.overlaps(before, before)
    assert not period.overlaps(after, after)


@given(periods())
def test_a_day_is_known_or_to_be_named_or_never_asked_for(period: Period) -> None:
    assert not (period.day_known and period.day_to_be_named)
    never = {Precision.DEADLINE, Precision.YEAR}
    assert (period.precision in never) == (not period.day_known and not period.day_to_be_named)
