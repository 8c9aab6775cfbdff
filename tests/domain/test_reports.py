"""A school year in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Done, Guest, Mark, Status
from domain.reports import (
    Appearance,
    Lack,
    Note,
    Tally,
    coverage,
    done_of,
    is_written_up,
    missing,
    offered_notes,
    totals,
)
from tests.school_year import NOVEMBER, SUMMER, a_gathering, a_school_year, a_talk, an_event, somebody

SCHOOLS = ("Гимназия № 21", "СОШ № 45", "СОШ № 9")
PEOPLE = (somebody(1, "СОШ № 45"), somebody(2, "СОШ № 45"), somebody(3, "Гимназия № 21"))


def a_day(month: int, day: int = 10) -> Period:
    return Period.at(date(2026 if month > 7 else 2027, month, day), time(14))


_gatherings = st.lists(
    st.tuples(st.dictionaries(st.integers(1, 12), st.sampled_from(Mark)), st.frozensets(st.integers(1, 12))),
    max_size=6,
)


@given(_gatherings)
def test_sums_agree_whichever_way_they_are_made(given_marks: list[tuple[dict[int, Mark], frozenset[int]]]):
    """By person, by school, by event; the persons from 9 on are guests, and in none."""
    people = tuple(somebody(number, SCHOOLS[number % 2] if number % 3 else "") for number in range(1, 9))
    year = [a_gathering(an_event(at), marks, said) for at, (marks, said) in enumerate(given_marks)]
    counted = totals(year, people)
    whole = sum(counted.people.values(), Tally())
    assert whole == sum(counted.schools.values(), Tally()) == sum(counted.events.values(), Tally())
    assert whole.marked == sum(number < 9 for marks, _ in given_marks for number in marks)
    assert whole.there <= whole.marked
    assert whole.promised_there <= whole.promised_marked <= whole.promised
    for one in [whole, *counted.people.values()]:
        assert one.of_invited is None or 0 <= one.of_invited <= 1
        assert (one.of_promised is None) is (one.promised_marked == 0)


def test_who_is_unmarked_is_not_absent():
    """She lowers no rate; who promised and is unmarked lowers none either."""
    marks = {1: Mark.PRESENT, 2: Mark.LATE, 3: Mark.EXCUSED, 4: Mark.ABSENT}
    people = tuple(somebody(number) for number in range(1, 8))
    tally = totals([a_gathering(an_event(1), marks, frozenset({1, 4, 5}))], people).events[1]
    assert tally == Tally(marked=4, there=2, promised=3, promised_marked=2, promised_there=1)
    assert (tally.of_invited, tally.of_promised) == (0.5, 0.5)
    assert (Tally(promised=2).of_invited, Tally(promised=2).of_promised) == (None, None)


def test_guests_are_counted_with_those_who_were_there():
    guests = (
        Guest(1, "Иванова А. Л.", "ЦБС", Mark.PRESENT),
        Guest(2, "Юн Я.", "", Mark.ABSENT),
        Guest(3, "Ким О.", ""),
    )
    one = a_gathering(an_event(1), {1: Mark.PRESENT, 2: Mark.ABSENT}, guests=guests)
    assert one.there == 2
    assert one.rolled


@pytest.mark.parametrize(
    ("status", "marked", "done"),
    [
        (Status.CANCELLED, True, Done.NOT_HELD),
        (Status.NOT_HELD, True, Done.NOT_HELD),
        (Status.HELD, False, Done.HELD),
        (Status.PLANNED, True, Done.HELD),
        (Status.PLANNED, False, Done.UNMARKED),
    ],
)
def test_where_people_were_marked_it_took_place(status: Status, marked: bool, done: Done):
    assert done_of(an_event(1, status=status), SUMMER, marked=marked) is done
    ahead = done_of(an_event(1, status=Status.PLANNED), datetime(2026, 11, 1, tzinfo=UTC), marked=marked)
    assert ahead is Done.AHEAD


def test_schools_that_were_not_seen():
    """Twice running counts, once does not; a guest counts for her school; who left has no school here."""
    first = a_gathering(an_event(1, a_day(10)), {1: Mark.PRESENT, 3: Mark.PRESENT})
    second = a_gathering(an_event(2, a_day(11)), {1: Mark.PRESENT, 3: Mark.ABSENT})
    guest = Guest(1, "Юн Я.", "МБОУ СОШ № 9", Mark.PRESENT)
    third = a_gathering(an_event(3, a_day(12)), {1: Mark.LATE}, guests=(guest,))
    silent = a_gathering(an_event(4, a_day(2)))
    year = a_school_year(silent, third, first, second, people=PEOPLE, schools=SCHOOLS)
    seen = coverage(year)
    assert seen.called == 3
    assert [(one.title, one.people, one.seen, one.missed) for one in seen.schools] == [
        ("Гимназия № 21", 1, 1, 2),
        ("СОШ № 45", 2, 3, 0),
        ("СОШ № 9", 0, 1, 0),
    ]
    assert [one.title for one in seen.missing] == ["Гимназия № 21"]
    assert [one.title for one in seen.empty] == ["СОШ № 9"]
    assert seen.seen == 3
    assert coverage(a_school_year(silent, people=PEOPLE, schools=SCHOOLS)).missing == []


def test_newcomers_who_never_came():
    """Who joined this year, before something that was called over, and is marked as having been nowhere."""
    joined = datetime(2026, 9, 20, tzinfo=UTC)
    people = (
        somebody(1, joined_at=joined),
        somebody(2, joined_at=joined),
        somebody(3),
        somebody(4, joined_at=datetime(2026, 12, 20, tzinfo=UTC)),
        somebody(5, joined_at=joined, listed=False),
        somebody(6, joined_at=None),
    )
    year = a_school_year(a_gathering(an_event(1), {1: Mark.PRESENT, 2: Mark.ABSENT}), people=people)
    assert [one.person_id for one in coverage(year).newcomers] == [2]
    assert coverage(replace(year, leading=frozenset({2}))).newcomers == ()  # she leads them


def test_a_second_school_is_seen_too():
    both = replace(PEOPLE[0], schools=("СОШ № 45", "СОШ № 9"))
    year = a_school_year(a_gathering(an_event(1), {1: Mark.PRESENT}), people=(both,), schools=SCHOOLS)
    assert [one.seen for one in coverage(year).schools] == [0, 1, 1]


def test_what_reports_lack():
    """In the order of the year; what was cancelled, or is ahead, lacks nothing."""
    meeting = an_event(3, kind=Kind.MEETING)
    year = a_school_year(
        a_gathering(an_event(1, status=Status.PLANNED)),
        a_gathering(an_event(2)),
        a_gathering(meeting, {1: Mark.PRESENT}),
        a_gathering(meeting, {1: Mark.PRESENT}, protocol=1),
        a_gathering(an_event(4), {1: Mark.PRESENT}),
        a_gathering(an_event(5, status=Status.CANCELLED)),
        a_gathering(an_event(6, Period.day(date(2027, 7, 1)), status=Status.PLANNED)),
        a_gathering(an_event(7, status=Status.PLANNED), {1: Mark.PRESENT}),
        a_gathering(an_event(8), {1: Mark.PRESENT}, talks=(a_talk(an_event(8)),)),
        a_gathering(an_event(9, kind=Kind.CONTEST), {1: Mark.PRESENT}),
        notes={Note.AIMS: "Делиться", Note.THEME: ""},
    )
    year = replace(year, without_talks=frozenset({4}))
    found = [(one.lack, one.event.id if one.event else one.note) for one in missing(year)]
    assert found == [
        (Lack.SAID, 1),
        (Lack.ROLL, 2),
        (Lack.PROTOCOL, 3),
        (Lack.SAID, 7),
        (Lack.WORDS, Note.TASKS),
        (Lack.TALKS, 2),
        (Lack.TALKS, 3),
        (Lack.TALKS, 3),
    ]


def test_a_year_is_written_up_from_the_middle_of_may():
    assert not is_written_up("2026/2027", date(2027, 5, 14))
    assert is_written_up("2026/2027", date(2027, 5, 15))
    assert is_written_up("2025/2026", date(2026, 11, 2))


@pytest.mark.parametrize(
    ("preamble", "offered"),
    [
        ({}, {}),
        ({"Единая методическая тема": "Школа", "Методическая тема РМО": "Читать"}, {Note.THEME: "Читать"}),
        ({"Единая методическая тема": "Школа", "Руководитель РМО": "Орлова"}, {Note.THEME: "Школа"}),
        ({"Цель деятельности": "Помогать", "Задачи": "Разные"}, {Note.AIMS: "Помогать"}),
    ],
)
def test_the_plan_offers_words(preamble: dict[str, str], offered: dict[Note, str]):
    assert offered_notes(preamble) == offered


@pytest.mark.parametrize(
    ("period", "hours"),
    [
        (NOVEMBER, 2),
        (Period.at(date(2026, 11, 18), time(14), time(15, 30)), 1.5),
        (Period.at(date(2026, 11, 18), time(14)), None),
        (Period.day(date(2026, 11, 18)), None),
        (Period.days(date(2026, 11, 18), date(2026, 11, 20)), None),
    ],
)
def test_hours_where_they_are_known(period: Period, hours: float | None):
    assert Appearance("Семинар", period, False, ()).hours == hours
