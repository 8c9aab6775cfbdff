"""Which rows of a plan can be one gathering."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Event, Invited, Mode, Status
from domain.together import (
    go_together,
    invited_of,
    is_open,
    keep_first,
    own_texts,
    own_ways,
    partners,
    seats_of,
    texts_of,
    ways_of,
)

AUGUST = Period.month(2026, 8)
DAY = Period.at(date(2026, 8, 25), time(14))
VENUE = "МБОУ СОШ № 412"


def an_event(number: int, period: Period = AUGUST, *, venue: str = VENUE, **other: object) -> Event:
    moment = datetime(2026, 8, 25, 7, tzinfo=UTC)
    plain = Event(
        id=number,
        association_id=1,
        title=f"Встреча {number}",
        kind=Kind.SEMINAR,
        gathering=True,
        period=period,
        venue=venue,
        entrance="",
        bring="",
        mode=Mode.ONSITE,
        seats=None,
        link="",
        responsible="Орлова Н. В.",
        audience="",
        status=Status.PLANNED,
        reason="",
        starts_at=moment,
        ends_at=moment,
        answers_until=None,
        answer_by=None,
        revision=1,
        schedule_version=1,
        day_version=1,
        announced_at=None,
        told_at=None,
    )
    return replace(plain, **other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (an_event(1), an_event(2)),
        (an_event(1), an_event(2, venue="МБОУ СОШ №412 ")),
        (an_event(1), an_event(2, DAY)),
        (an_event(1, DAY), an_event(2, Period.day(DAY.end), venue="Лицей № 12")),
        (an_event(1, joined=True), an_event(2)),
        (an_event(1, DAY, joined=True), an_event(2)),
        (an_event(1), an_event(2, Period.weeks(date(2026, 8, 24), date(2026, 8, 30)))),
    ],
)
def test_these_go_together(one: Event, other: Event) -> None:
    assert go_together(one, other)
    assert go_together(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (an_event(1), an_event(1)),
        (an_event(1), an_event(2, venue="Лицей № 12")),
        (an_event(1, venue=""), an_event(2, venue="")),
        (an_event(1), an_event(2, Period.month(2027, 8))),
        (an_event(1), an_event(2, Period.months(2026, 8, 2026, 9))),
        (an_event(1, DAY), an_event(2, Period.day(date(2026, 8, 26)))),
        (an_event(1, DAY), an_event(2, Period.days(DAY.end, date(2026, 8, 26)))),
        (an_event(1), an_event(2, gathering=False)),
        (an_event(1), an_event(2, status=Status.CANCELLED)),
        (an_event(1), an_event(2, status=Status.JOINED)),
        (an_event(1, joined=True), an_event(2, joined=True)),
        (an_event(1, joined=True), an_event(2, DAY)),
    ],
)
def test_these_do_not(one: Event, other: Event) -> None:
    assert not go_together(one, other)
    assert not go_together(other, one)


def test_what_has_a_day_or_others_in_it_stays() -> None:
    plain, named, joined = an_event(1), an_event(2, DAY), an_event(3, joined=True)
    assert keep_first(plain, an_event(4)) == (plain, an_event(4))
    assert keep_first(plain, named) == (named, plain)
    assert keep_first(named, plain) == (named, plain)
    assert keep_first(plain, joined) == (joined, plain)


def test_of_two_that_could_stay_the_one_at_the_chosen_place_does() -> None:
    here, there = an_event(1), an_event(2, venue="Лицей № 12")
    assert keep_first(here, there, "Лицей № 12") == (there, here)
    assert keep_first(here, there, VENUE) == (here, there)
    named = replace(here, period=DAY)
    assert keep_first(named, there, "Лицей № 12") == (named, there)


def test_both_are_named() -> None:
    one = an_event(1, title="Заседание РМО", audience="Педагоги")
    other = an_event(2, title="Мастер-класс", responsible="Белова М. И.")
    assert texts_of(one, other) == {
        "title": "Заседание РМО; Мастер-класс",
        "venue": VENUE,
        "responsible": "Орлова Н. В.; Белова М. И.",
        "audience": "Педагоги",
    }
    assert texts_of(one, replace(one, id=2)).items() <= {**own_texts(one), "venue": VENUE}.items()
    assert texts_of(replace(one, venue=""), other)["venue"] == VENUE


def test_one_person_is_named_once() -> None:
    brief, full = "Орлова Н. В., руководитель РМО", "Орлова Н. В., руководитель РМО библиотекарей"
    one, other = an_event(1, responsible=brief), an_event(2, responsible=full)
    assert texts_of(one, other)["responsible"] == texts_of(other, one)["responsible"] == full
    apart = an_event(2, responsible="Орлова Н. В., руководитель РМОшки")
    assert texts_of(one, apart)["responsible"] == f"{brief}; Орлова Н. В., руководитель РМОшки"


def test_long_titles_are_both_seen() -> None:
    one, other = an_event(1, title="Я" * 400), an_event(2, title="Ю" * 400)
    title = texts_of(one, other)["title"]
    assert len(title) < 500
    assert "Я" * 200 in title
    assert "Ю" * 200 in title


def test_partners_are_found() -> None:
    one, near, far = an_event(1), an_event(2), an_event(3, venue="Лицей № 12")
    assert partners(one, [one, near, far]) == [near]


def a_regular(number: int, period: Period = AUGUST, **other: object) -> Event:
    return an_event(number, period, kind=Kind.MEETING, title="Заседания РМО", **other)


@pytest.mark.parametrize(
    "title", ["Заседания РМО", "Заседание", "Плановое заседание № 2", "Собрание МО района"]
)
def test_a_meeting_may_have_no_theme_of_its_own(title: str) -> None:
    assert is_open(Kind.MEETING, title)
    assert not is_open(Kind.COUNCIL, title)


@pytest.mark.parametrize(
    "title",
    [
        "Заседание РМО «Чтение»",
        "Заседание РМО: чтение",
        "Заседание РМО. Чтение",
        "Заседание об учёте фонда",
        "Заседание по итогам года",
        "Заседание РМО; Мастер-класс",
        "Встреча с писателем",
    ],
)
def test_or_one(title: str) -> None:
    assert not is_open(Kind.MEETING, title)


def test_a_meeting_without_a_theme_is_that_of_its_month() -> None:
    regular, seminar = a_regular(1), an_event(2, venue="Лицей № 12")
    other_month = an_event(3, Period.month(2026, 9), venue="Лицей № 12")
    for one, other in ((regular, seminar), (seminar, regular)):
        assert go_together(one, other)
        assert partners(one, [one, other, other_month]) == [other]


@pytest.mark.parametrize(
    "others",
    [
        [an_event(2, venue="Лицей № 12"), an_event(3, venue="Гимназия")],  # with which of them?
        [an_event(2, venue="Лицей № 12", audience="Руководители РМО")],
        [an_event(2, venue="Лицей № 12", invited=Invited.GROUP, group_id=1)],
        [a_regular(2, venue="Лицей № 12")],
        [an_event(2, Period.months(2026, 8, 2026, 9), venue="Лицей № 12")],
        [an_event(2, DAY, venue="Лицей № 12")],
    ],
)
def test_but_only_where_it_is_clear_which(others: list[Event]) -> None:
    assert partners(a_regular(1), others) == []


@pytest.mark.parametrize(
    ("kept", "merged", "seats"),
    [
        ({"seats": 10}, {"seats": 25}, 10),
        ({}, {"seats": 25}, 25),
        ({"venue": ""}, {"seats": 25}, 25),
        ({"venue": "Лицей № 12"}, {"seats": 25}, None),
        ({"venue": "Лицей № 12", "seats": 10}, {}, 10),
        ({}, {}, None),
    ],
)
def test_the_seats_are_those_of_the_room(
    kept: dict[str, object], merged: dict[str, object], seats: int | None
):
    """Where it is held in."""
    assert seats_of(replace(an_event(1), **kept), replace(an_event(2), **merged)) == seats  # type: ignore[arg-type]


ALL, GUESTS, NOBODY = ((one, None) for one in (Invited.EVERYBODY, Invited.GUESTS, Invited.NOBODY))
NEWCOMERS, HEADS = ((Invited.GROUP, number) for number in (1, 2))


@pytest.mark.parametrize(
    ("those", "together"),
    [
        ([ALL, ALL], ALL),
        ([NEWCOMERS, NEWCOMERS], NEWCOMERS),
        ([NEWCOMERS, HEADS], ALL),
        ([NEWCOMERS, GUESTS], ALL),
        ([NOBODY, HEADS], HEADS),
        ([NOBODY, NOBODY], NOBODY),
    ],
)
def test_a_joined_event_is_for_all_whom_each_was_for(those, together):
    """Whichever of them stays."""
    assert invited_of(those) == invited_of(reversed(those)) == together


HALL = {"venue": VENUE, "entrance": "со двора"}
CALL = {"venue": "", "mode": Mode.ONLINE, "link": "https://meet.example.org/1"}


@pytest.mark.parametrize(
    ("kept", "merged", "expected"),
    [
        (HALL, HALL, (Mode.ONSITE, "", "со двора")),
        (HALL, CALL, (Mode.MIXED, CALL["link"], "со двора")),
        (CALL, HALL, (Mode.MIXED, CALL["link"], "со двора")),
        (CALL, {"venue": ""}, (Mode.ONLINE, CALL["link"], "")),
        (HALL, {**CALL, "venue": VENUE, "mode": Mode.MIXED}, (Mode.MIXED, CALL["link"], "со двора")),
        ({"venue": "Лицей № 12"}, HALL, (Mode.ONSITE, "", "")),
    ],
)
def test_whoever_could_come_to_one_can_come_to_both(
    kept: dict[str, object], merged: dict[str, object], expected: tuple[Mode, str, str]
) -> None:
    ways = ways_of(an_event(1, **kept), an_event(2, **merged))
    assert (ways["mode"], ways["link"], ways["entrance"]) == expected


def test_parted_each_has_its_own_ways_again() -> None:
    """Unless they were said anew."""
    one, other = an_event(1, **HALL), an_event(2, **CALL, bring="ноутбук")
    own = {**own_texts(one), "mode": str(one.mode)}  # as it was stored
    joined = replace(one, **ways_of(one, other))
    assert (joined.mode, joined.bring) == (Mode.MIXED, "ноутбук")
    back = own_ways(joined, [other], own)
    assert back == {"mode": Mode.ONSITE, "link": "", "entrance": "со двора", "bring": "", "contact": ""}
    since = replace(joined, link="https://meet.example.org/2", entrance="с торца")
    assert own_ways(since, [other], own) == {"bring": "", "contact": ""}
    assert own_ways(joined, [other], {"title": "Встреча"}) == {}
