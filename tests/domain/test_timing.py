"""Profiles as settings; what an association changes in them, and a person chooses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.timing import (
    LEADS,
    OFFERED,
    Choice,
    Lead,
    TimingProfile,
    chosen,
    default_profile,
    with_lead,
    with_lead_at,
    with_quiet_hours,
    with_rest,
)
from tests.domain.zones import NOVOSIBIRSK, PROFILE, ZONES, profiles

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


@given(data=st.data(), zone=st.sampled_from(ZONES))
def test_settings_come_back_as_they_were(data, zone):
    profile = data.draw(profiles(zone))
    again = TimingProfile.from_settings(json.loads(profile.canonical()))
    assert again == profile
    assert again.canonical() == profile.canonical()


# The rest


def test_settings_of_before_there_was_a_rest_have_the_usual_one():
    stored = {key: value for key, value in PROFILE.as_settings().items() if not key.startswith("rest")}
    assert TimingProfile.from_settings(stored) == PROFILE
    assert (PROFILE.rest_from, PROFILE.rest_to) == ((6, 15), (8, 19))


def test_without_a_rest_there_is_none():
    restless = with_rest(PROFILE, None, None)
    assert restless.as_settings()["rest_from"] is None
    assert TimingProfile.from_settings(restless.as_settings()) == restless
    assert not restless.rests(date(2026, 7, 1))
    assert restless.rest_around(date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("rest", "day", "around"),
    [
        (((6, 15), (8, 19)), "2026-07-01", ("2026-06-15", "2026-08-19")),
        (((6, 15), (8, 19)), "2026-06-15", ("2026-06-15", "2026-08-19")),
        (((6, 15), (8, 19)), "2026-08-20", None),
        (((6, 15), (8, 19)), "2026-06-14", None),
        (((12, 20), (1, 10)), "2027-01-01", ("2026-12-20", "2027-01-10")),
        (((12, 20), (1, 10)), "2026-12-31", ("2026-12-20", "2027-01-10")),
        (((2, 29), (3, 10)), "2027-03-01", ("2027-03-01", "2027-03-10")),
        (((2, 29), (3, 10)), "2028-03-01", ("2028-02-29", "2028-03-10")),
        (((2, 1), (2, 29)), "2027-02-10", ("2027-02-01", "2027-02-28")),
        (((2, 29), (2, 29)), "2027-02-28", None),
        (((2, 29), (2, 29)), "2028-02-29", ("2028-02-29", "2028-02-29")),
    ],
)
def test_which_rest_a_day_lies_in(rest, day, around):
    profile = with_rest(PROFILE, *rest)
    expected = around and tuple(map(date.fromisoformat, around))
    assert profile.rest_around(date.fromisoformat(day)) == expected
    assert profile.rests(date.fromisoformat(day)) == (around is not None)


def test_a_month_of_the_year_is_left():
    assert with_rest(PROFILE, (10, 2), (8, 31)).rests(date(2026, 8, 31))  # thirty-one days are
    for rest in [((10, 1), (8, 31)), ((6, 15), (6, 14)), ((1, 1), (12, 31))]:
        with pytest.raises(DomainError) as refused:
            with_rest(PROFILE, *rest)
        assert refused.value.code == "rest_too_long"


@pytest.mark.parametrize("rest", [((6, 31), (8, 19)), ((6, 15), (13, 1)), ((6, 15), None), (None, (8, 19))])
def test_a_rest_lies_between_two_days(rest):
    with pytest.raises(ValueError, match=r"day|month|ends"):
        with_rest(PROFILE, *rest)


# What an association changes


def codes(profile: TimingProfile) -> dict[str, str]:
    return {name: " ".join(lead.code for lead in profile.family(name)) for name in OFFERED}


USUAL = {
    "timed": "week eve hours",
    "online": "week eve online",
    "day": "week eve morning",
    "month": "month",
    "deadline": "deadline_week deadline_eve",
}


def test_the_catalogue_offers_what_the_default_is_made_of():
    assert codes(PROFILE) == USUAL
    assert set(LEADS) == {code for offered in OFFERED.values() for code in offered}


def test_a_lead_is_switched_on_and_off():
    more = with_lead(PROFILE, "timed", "three_days", on=True)
    assert codes(more) == {**USUAL, "timed": "week three_days eve hours"}
    assert with_lead(more, "timed", "three_days", on=True) == more
    assert with_lead(more, "timed", "three_days", on=False) == PROFILE
    assert codes(with_lead(PROFILE, "month", "month", on=False))["month"] == ""


@given(data=st.data(), family=st.sampled_from(sorted(OFFERED)))
def test_every_lead_that_is_offered_can_be_switched(data, family):
    code = data.draw(st.sampled_from(OFFERED[family]))
    without = with_lead(PROFILE, family, code, on=False)
    with_it = with_lead(without, family, code, on=True)
    assert code not in codes(without)[family].split()
    assert code in codes(with_it)[family].split()
    assert TimingProfile.from_settings(with_it.as_settings()) == with_it


def test_a_lead_has_one_hour_wherever_it_stands():
    later = with_lead_at(PROFILE, "eve", time(19, 30))
    eves = [lead.at for name in OFFERED for lead in later.family(name) if lead.code == "eve"]
    assert eves == [time(19, 30)] * 3
    # The hour goes with it where it is switched on.
    off = with_lead(later, "timed", "eve", on=False)
    assert with_lead(off, "timed", "eve", on=True) == later


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: with_lead(PROFILE, "timed", "deadline_eve", on=True), "lead_not_offered"),
        (lambda: with_lead(PROFILE, "day", "hours", on=True), "lead_not_offered"),
        (lambda: with_lead(PROFILE, "weather", "eve", on=True), "lead_not_offered"),
        (lambda: with_lead_at(PROFILE, "three_days", time(12)), "lead_off"),
        (lambda: with_lead_at(PROFILE, "weather", time(12)), "lead_off"),
        (lambda: with_lead_at(PROFILE, "hours", time(12)), "lead_without_hour"),
        (lambda: with_lead_at(PROFILE, "eve", time(21)), "lead_in_quiet_hours"),
        (lambda: with_quiet_hours(PROFILE, time(8, 30), time(8)), "quiet_hours_too_long"),
    ],
)
def test_a_change_that_contradicts_is_refused(change, code):
    with pytest.raises(DomainError) as refused:
        change()
    assert refused.value.code == code


def test_quiet_hours_are_changed():
    changed = with_quiet_hours(PROFILE, time(20), time(9))
    assert (changed.quiet_from, changed.quiet_to) == (time(20), time(9))
    assert replace(changed, quiet_from=time(21), quiet_to=time(8)) == PROFILE


# What a person chooses


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.USUAL, USUAL),
        (
            Choice.MORE,
            {
                **USUAL,
                "timed": "week three_days eve morning hours",
                "online": "week three_days eve morning online",
                "day": "week three_days eve morning",
            },
        ),
        (
            Choice.FEWER,
            {"timed": "eve", "online": "eve", "day": "eve", "month": "", "deadline": "deadline_eve"},
        ),
        (Choice.NONE, dict.fromkeys(USUAL, "")),
    ],
)
def test_more_fewer_none(choice, expected):
    own = chosen(PROFILE, choice)
    assert codes(own) == expected
    assert own.without_leads == (choice is Choice.NONE)
    assert replace(own, **{name: PROFILE.family(name) for name in OFFERED}) == PROFILE


def test_more_keeps_what_the_association_has():
    earlier = with_lead_at(with_lead(PROFILE, "timed", "three_days", on=True), "three_days", time(12))
    more = chosen(earlier, Choice.MORE)
    assert {lead.at for lead in (*more.timed, *more.day) if lead.code == "three_days"} == {time(12)}


def test_fewer_without_an_eve_is_the_last():
    eveless = with_lead(PROFILE, "timed", "eve", on=False)
    assert codes(chosen(eveless, Choice.FEWER))["timed"] == "hours"
    assert codes(chosen(chosen(PROFILE, Choice.NONE), Choice.FEWER))["timed"] == ""


@given(data=st.data(), zone=st.sampled_from(ZONES), choice=st.sampled_from(Choice))
def test_a_choice_chosen_again_changes_nothing(data, zone, choice):
    own = chosen(data.draw(profiles(zone)), choice)
    assert chosen(own, choice) == own
