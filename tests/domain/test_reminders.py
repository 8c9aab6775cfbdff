"""The default reminders to the letter of DESIGN.md, and what holds in every zone of the tz database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.local_hours import every_day, real_moment
from domain.period import Period
from domain.reminders import Audience, Due, Timed, desk_notices, notices_afterwards, notices_due
from domain.rsvp import answer_deadline
from domain.timing import Choice, Lead, chosen, default_profile, with_quiet_hours, with_rest
from tests.domain.zones import (
    LONG_AGO,
    NOVOSIBIRSK,
    PROFILE,
    at,
    exists,
    local,
    only_weekends,
    periods,
    profiles,
    quarters,
    quiet,
    works,
    zones_and_days,
)


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


# Announcements that wait for the morning


@pytest.mark.parametrize("said", ["2026-11-15 21:00", "2026-11-16 03:00", "2026-11-16 08:00"])
def test_what_is_said_at_night_is_told_in_the_morning(said):
    breakfast = replace(PROFILE, timed=(Lead.before_day("breakfast", 1, time(8)), *PROFILE.timed))
    notices = due(at("2026-11-18", "14:00"), announced=said, profile=breakfast)
    assert [notice.split()[0] for notice in notices] == ["breakfast", "eve", "hours"]


def test_an_announcement_counts_from_when_it_was_told():
    # The night of 29 March 2026 is an hour short in Berlin: half past eight comes 23.5 hours after half past
    # eight, but 32.5 hours after 23:00.
    berlin = default_profile("Europe/Berlin")
    profile = replace(berlin, day=(Lead.before_day("morning", 0, time(8, 30)),))
    event = Timed(Period.day(date(2026, 3, 29)), announced_at=datetime(2026, 3, 27, 22, tzinfo=UTC))
    assert notices_due(event, profile, LONG_AGO, works) == ()
    assert notices_due(event, replace(profile, quiet_to=time(7)), LONG_AGO, works) != ()


def test_an_urgent_announcement_is_told_at_once():
    # At 23:00 for the next day's ten o'clock: eleven hours before.
    night = "2026-11-17 23:00"
    assert due(at("2026-11-18", "10:00"), announced=night) == ["hours Wed 2026-11-18 08:00"]
    # Told at 8:00 on the 28th for a day that begins 16 hours later; from 9:00 on the 27th it is within 15.
    berlin = default_profile("Europe/Berlin")
    profile = replace(berlin, day=(Lead.before_day("morning", 0, time(8, 30)),), quiet_from=time(9))
    event = Timed(Period.day(date(2026, 3, 29)), announced_at=datetime(2026, 3, 28, 8, 30, tzinfo=UTC))
    assert notices_due(event, profile, LONG_AGO, works) == ()


# The last call


def called(period, answer_by, *, announced=None, profile=PROFILE, **more):
    event = Timed(
        period,
        announced_at=announced and local(announced),
        answer_by=local(answer_by),
        **more,
    )
    notices = notices_due(event, profile, LONG_AGO, works)
    calls = [n for n in notices if n.code == "last_call"]
    assert all(n.audience is Audience.SILENT and n.useful_until == local(answer_by) for n in calls)
    return [line.removeprefix("last_call ") for line in shown(tuple(calls))]


SEMINAR = at("2026-11-18", "14:00")


@pytest.mark.parametrize(
    ("period", "answer_by", "expected"),
    [
        pytest.param(SEMINAR, "2026-11-13 12:00", [], id="two hours after the week's"),
        pytest.param(SEMINAR, "2026-11-14 12:00", ["Thu 2026-11-12 12:00"], id="two days before"),
        pytest.param(SEMINAR, "2026-11-16 12:00", ["Fri 2026-11-13 15:00"], id="a Saturday's on Friday"),
        pytest.param(SEMINAR, "2026-11-14 07:00", ["Thu 2026-11-12 08:00"], id="after the quiet hours"),
        pytest.param(SEMINAR, "2026-11-13 06:00", [], id="at 8:00, two hours before the week's"),
        pytest.param(SEMINAR, "2026-11-13 14:00", [], id="four hours after the week's"),
        pytest.param(SEMINAR, "2026-11-13 14:01", ["Wed 2026-11-11 14:01"], id="a minute more"),
        pytest.param(Period.day(SEMINAR.end), "2026-11-16 12:00", ["Fri 2026-11-13 15:00"], id="a day"),
        pytest.param(Period.month(2026, 11), "2026-11-16 12:00", [], id="the day is not known"),
    ],
)
def test_the_last_call_comes_two_days_before_the_answers_are_wanted(period, answer_by, expected):
    assert called(period, answer_by) == expected


def test_a_last_call_is_for_gatherings_just_announced_to_nobody_and_wanted():
    wanted = "2026-11-14 12:00"
    assert called(SEMINAR, wanted, gathering=False) == []
    assert called(SEMINAR, wanted, announced="2026-11-11 12:00") == ["Thu 2026-11-12 12:00"]
    assert called(SEMINAR, wanted, announced="2026-11-11 12:01") == []
    assert called(SEMINAR, wanted, profile=chosen(PROFILE, Choice.FEWER)) == ["Thu 2026-11-12 12:00"]
    assert called(SEMINAR, wanted, profile=chosen(PROFILE, Choice.NONE)) == []


def test_notices_come_in_order_with_the_last_call_among_them():
    notices = notices_due(Timed(SEMINAR, answer_by=local("2026-11-16 12:00")), PROFILE, LONG_AGO, works)
    assert [n.code for n in notices] == ["week", "last_call", "eve", "hours"]


# Tasks


@pytest.mark.parametrize(
    "period",
    [SEMINAR, Period.day(date(2026, 11, 18)), Period.month(2026, 11), Period.deadline(date(2026, 11, 27))],
)
def test_a_task_rings_like_a_gathering_for_those_named_for_it(period):
    task = notices_due(Timed(period, gathering=False), PROFILE, LONG_AGO, works)
    gathering = notices_due(Timed(period), PROFILE, LONG_AGO, works)
    assert {n.audience for n in task} == {Audience.NAMED}
    assert {n.audience for n in gathering} == {Audience.MEMBERS}
    assert [replace(n, audience=Audience.MEMBERS) for n in task] == list(gathering)


# The rest


def test_the_rest_moves_the_month_s_notice_to_its_end_if_it_is_still_of_use():
    assert due(Period.month(2026, 6)) == ["month Mon 2026-06-01 10:00"]
    assert due(Period.month(2026, 7)) == []
    assert due(Period.month(2026, 8)) == ["month Thu 2026-08-20 10:00"]
    assert due(Period.weeks(date(2026, 8, 3), date(2026, 8, 16))) == []
    assert due(Period.weeks(date(2026, 8, 10), date(2026, 8, 23))) == ["month Thu 2026-08-20 10:00"]
    # 20 August 2022 is a Saturday.
    assert due(Period.month(2022, 8)) == ["month Mon 2022-08-22 10:00"]
    assert due(Period.month(2026, 7), profile=with_rest(PROFILE, None, None)) == [
        "month Wed 2026-07-01 10:00"
    ]


def test_the_rest_leaves_days_that_are_known_alone():
    rested = [due(at("2026-07-15", "14:00")), due(Period.day(date(2026, 7, 15)))]
    assert [[line.split()[0] for line in lines] for lines in rested] == [
        ["week", "eve", "hours"],
        ["week", "eve", "morning"],
    ]


def test_a_rest_may_last_over_new_year():
    winter = with_rest(PROFILE, (12, 20), (1, 20))
    assert due(Period.month(2027, 1), profile=winter) == ["month Thu 2027-01-21 10:00"]
    assert due(Period.month(2026, 12), profile=winter) == ["month Tue 2026-12-01 10:00"]


# The coordinator's


def desk(period, *, announced=None, now=None, profile=PROFILE, gathering=True, answer_by=None):
    event = Timed(
        period,
        announced_at=announced and local(announced),
        gathering=gathering,
        answer_by=answer_by and local(answer_by),
    )
    notices = desk_notices(event, profile, local(now) if now else LONG_AGO, works)
    assert {n.audience for n in notices} <= {Audience.COORDINATORS}
    return shown(notices)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(SEMINAR, ["summary Tue 2026-11-17 19:00", "held Thu 2026-11-19 10:00"], id="an hour"),
        pytest.param(
            Period.days(date(2026, 11, 18), date(2026, 11, 20)),
            ["summary Tue 2026-11-17 19:00", "held Mon 2026-11-23 10:00"],
            id="days: before the first, after the last",
        ),
        pytest.param(
            at("2026-11-23", "14:00"),
            ["summary Fri 2026-11-20 15:00", "held Tue 2026-11-24 10:00"],
            id="Sunday's on Friday",
        ),
        pytest.param(Period.month(2026, 10), ["held Mon 2026-11-02 10:00"], id="a month without a day"),
        pytest.param(Period.months(2026, 10, 2026, 12), ["held Mon 2027-01-11 10:00"], id="months, holidays"),
        pytest.param(
            Period.weeks(date(2026, 11, 2), date(2026, 11, 8)), ["held Mon 2026-11-09 10:00"], id="weeks"
        ),
        pytest.param(
            at("2026-06-16", "14:00"),
            ["summary Mon 2026-06-15 19:00", "held Thu 2026-08-20 10:00"],
            id="the question rests, the summary does not",
        ),
        pytest.param(Period.month(2022, 7), ["held Mon 2022-08-22 10:00"], id="the rest ends on a Friday"),
        pytest.param(Period.deadline(date(2026, 11, 18)), [], id="a deadline"),
        pytest.param(Period.year(date(2026, 9, 1), date(2027, 5, 31)), [], id="all the year round"),
    ],
)
def test_the_coordinator_hears_on_the_eve_and_is_asked_afterwards(period, expected):
    assert desk(period) == expected


def test_the_desk_s_notices_are_for_gatherings_to_come():
    assert desk(SEMINAR, gathering=False) == []
    assert desk(SEMINAR, announced="2026-11-17 19:01") == ["held Thu 2026-11-19 10:00"]
    assert desk(SEMINAR, announced="2026-11-17 12:00") == desk(SEMINAR)
    assert desk(SEMINAR, now="2026-11-17 19:01") == ["held Thu 2026-11-19 10:00"]


def test_how_long_the_desk_s_notices_are_of_use():
    def until(period):
        return [n.useful_until for n in desk_notices(Timed(period), PROFILE, LONG_AGO, works)]

    assert until(SEMINAR) == [local("2026-11-18 14:00"), local("2026-12-03 10:00")]
    assert until(Period.day(date(2026, 11, 18)))[0] == local("2026-11-18 18:00")


def afterwards(period, *, now=None, profile=PROFILE, gathering=True):
    event = Timed(period, gathering=gathering)
    return shown(notices_afterwards(event, profile, local(now) if now else LONG_AGO, works))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(
            Period.at(date(2026, 11, 18), time(14), time(16)),
            [
                "attended Wed 2026-11-18 18:00",
                "roll Thu 2026-11-19 10:00",
                "opinion Thu 2026-11-19 16:00",
                "missed Fri 2026-11-20 10:00",
            ],
            id="two hours after its end",
        ),
        pytest.param(
            Period.at(date(2026, 11, 20), time(18), time(19, 30)),
            [
                "attended Sat 2026-11-21 09:00",
                "roll Mon 2026-11-23 10:00",
                "opinion Mon 2026-11-23 16:00",
                "missed Tue 2026-11-24 10:00",
            ],
            id="at night nobody is asked; what there is to read comes after the list",
        ),
        pytest.param(
            Period.days(date(2026, 11, 17), date(2026, 11, 18)),
            [
                "attended Thu 2026-11-19 09:00",
                "roll Thu 2026-11-19 10:00",
                "opinion Thu 2026-11-19 16:00",
                "missed Fri 2026-11-20 10:00",
            ],
            id="without an hour in the morning after the last day",
        ),
        pytest.param(Period.month(2026, 10), [], id="a month without a day"),
        pytest.param(Period.deadline(date(2026, 11, 18)), [], id="a deadline"),
    ],
)
def test_what_follows_an_event(period, expected):
    assert afterwards(period) == expected


def test_what_follows_is_for_gatherings_and_not_of_the_past():
    assert afterwards(SEMINAR, gathering=False) == []
    assert afterwards(SEMINAR, now="2026-11-19 10:01") == [
        "opinion Thu 2026-11-19 16:00",
        "missed Fri 2026-11-20 10:00",
    ]


def test_without_quiet_hours_nobody_is_asked_after_midnight_either():
    wakeful = with_quiet_hours(PROFILE, time(5), time(5))
    late = Period.at(date(2026, 11, 18), time(21), time(23))
    assert afterwards(late, profile=wakeful)[0] == "attended Thu 2026-11-19 09:00"
    sleepy = with_quiet_hours(PROFILE, time(18), time(11))
    assert afterwards(late, profile=sleepy)[0] == "attended Thu 2026-11-19 11:00"


def test_a_summary_that_quiet_hours_move_comes_in_the_morning_if_that_is_soon_enough():
    early = with_quiet_hours(PROFILE, time(18), time(8))
    assert desk(SEMINAR, profile=early)[0] == "summary Wed 2026-11-18 08:00"
    assert desk(at("2026-11-18", "07:30"), profile=early)[0] == "summary Tue 2026-11-17 17:55"


@pytest.mark.parametrize(
    ("answer_by", "first"),
    [
        pytest.param("2026-11-16 12:00", "list Mon 2026-11-16 12:00", id="when answers are wanted"),
        pytest.param("2026-11-16 22:00", "list Tue 2026-11-17 08:00", id="after the quiet hours"),
        pytest.param("2026-11-15 12:00", "list Fri 2026-11-13 15:00", id="a Sunday's on Friday"),
        pytest.param("2026-11-17 15:00", "summary Tue 2026-11-17 19:00", id="the summary says it too"),
        pytest.param("2026-11-18 09:00", "summary Tue 2026-11-17 19:00", id="after the summary"),
    ],
)
def test_at_the_deadline_the_coordinator_gets_the_list(answer_by, first):
    assert desk(SEMINAR, answer_by=answer_by)[0] == first


def test_a_deadline_that_was_over_when_the_day_was_named_brings_no_list():
    said = desk(SEMINAR, answer_by="2026-11-16 12:00", announced="2026-11-16 12:01")
    assert said == desk(SEMINAR)


# Every zone, with the gaps and folds


@settings(max_examples=400, deadline=None)
@given(data=st.data(), place=zones_and_days(), online=st.booleans(), gathering=st.booleans())
def test_what_holds_everywhere(data, place, online, gathering):
    zone, day = place
    profile = data.draw(profiles(zone))
    period = data.draw(periods(day))
    begins = period.begins_at(profile.tz)
    hours_before = st.one_of(
        st.none(), st.integers(0, 24 * 12).map(lambda hours: begins - timedelta(hours=hours))
    )
    announced = data.draw(hours_before)
    now = data.draw(hours_before) or LONG_AGO
    answer_by = data.draw(hours_before)
    event = Timed(period, online, announced, gathering, answer_by)

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
            assert not fresh or (notice.code in leads and leads[notice.code].minutes is not None)
    for earlier, later in pairwise(notices):
        assert later.at - earlier.at > timedelta(hours=4)

    everything = notices_due(event, profile, LONG_AGO, only_weekends)
    assert notices == tuple(n for n in everything if n.at >= now)

    # The last call, and it alone, is for the silent, and displaces nothing.
    audience = Audience.MEMBERS if gathering else Audience.NAMED
    rung = tuple(n for n in everything if n.code != "last_call")
    assert {n.audience for n in rung} <= {audience}
    assert {n.audience for n in everything} - {audience} <= {Audience.SILENT}
    assert rung == notices_due(replace(event, answer_by=None), profile, LONG_AGO, only_weekends)


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


@settings(max_examples=400, deadline=None)
@given(data=st.data(), place=zones_and_days(), online=st.booleans())
def test_no_lead_is_lost_but_by_a_rule(data, place, online):
    """A lead that is missing fell after the last moment of use, or another came within four hours of it."""
    zone, day = place
    profile = data.draw(profiles(zone))
    period = data.draw(periods(day).filter(lambda period: not period.day_to_be_named))
    event = Timed(period, online)
    leads = profile.leads_for(period, online=online)

    families = ("timed", "online") if period.start_time else ("day", "deadline")

    def made(*some):
        one_profile = replace(profile, **dict.fromkeys(families, some))
        return {n.code: n for n in notices_due(event, one_profile, LONG_AGO, every_day)}

    last_of_use = (
        period.begins_at(profile.tz) - timedelta(minutes=30)
        if period.start_time
        else real_moment(period.first_day, time(18), profile.tz)
    )
    alone = {lead.code: notice for lead in leads for notice in made(lead).values()}
    together = made(*leads)
    assert together.items() <= alone.items()
    for lead in leads:
        if lead.code not in alone:
            assert lead.minutes is None or lead.minutes < 30
            meant = None if lead.at is None else period.first_day - timedelta(days=lead.days)
            assert meant is None or real_moment(meant, lead.at, profile.tz) > last_of_use
        elif lead.code not in together:
            others = [notice.at for code, notice in alone.items() if code != lead.code]
            assert any(abs(other - alone[lead.code].at) <= timedelta(hours=4) for other in others)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), place=zones_and_days())
def test_what_holds_at_the_desk_everywhere(data, place):
    zone, day = place
    profile = data.draw(profiles(zone))
    period = data.draw(periods(day))
    assume(exists(period.first_day, profile.tz))
    event = Timed(period, answer_by=answer_deadline(period, profile.tz, only_weekends))
    notices = desk_notices(event, profile, LONG_AGO, only_weekends)
    codes = (["summary"] if period.day_known else []) + (
        ["held"] if period.day_known or period.day_to_be_named else []
    )
    assert [n.code for n in notices if n.code != "list"] == codes
    for notice in notices:
        local_day = notice.at.astimezone(profile.tz).date()
        assert notice.at <= notice.useful_until
        assert not quiet(profile, notice.at)
        if notice.code == "held":
            assert local_day > period.end
            assert only_weekends(local_day)
            assert not profile.rests(local_day)
        else:
            assert local_day <= period.first_day
            assert only_weekends(local_day) or local_day == period.first_day
    later = period.begins_at(profile.tz) + timedelta(hours=data.draw(st.integers(-48, 20 * 24)))
    assert desk_notices(event, profile, later, only_weekends) == tuple(n for n in notices if n.at >= later)


def test_where_nobody_is_invited_only_the_coordinator_is_asked_whether_it_took_place():
    """Nobody is reminded, and nobody's list is brought."""
    event = Timed(SEMINAR, answer_by=local("2026-11-16 12:00"), invites=False)
    assert notices_due(event, PROFILE, LONG_AGO, works) == ()
    assert notices_afterwards(event, PROFILE, LONG_AGO, works) == ()
    assert [one.code for one in desk_notices(event, PROFILE, LONG_AGO, works)] == ["held"]
