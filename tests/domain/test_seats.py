"""Who gets a seat, who waits, to whom a free one is offered and for how long; who is shown the link."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.errors import DomainError
from domain.local_hours import LocalHours
from domain.period import Period
from domain.places import Place, changes_of_mode
from domain.plan_draft import Kind
from domain.records import Answer, Event, Mode, Status
from domain.rsvp import (
    MOST_SEATS,
    Crowd,
    InLine,
    Seating,
    check_answer,
    check_seats,
    crowd,
    gets_seat,
    joins,
    may_send,
    offered_until,
    read_seats,
    to_be_offered,
)
from tests.domain.zones import PROFILE, at, local

START = local("2026-11-18 14:00")
NOW = local("2026-11-10 10:00")
HOURS = LocalHours(PROFILE)
LINK = "https://meet.example.org/abc"


def an_event(seats: int | None = 2, mode: Mode = Mode.ONSITE, **values: object) -> Event:
    period = at("2026-11-18", "14:00")
    event = Event(
        id=1,
        association_id=1,
        title="Семинар",
        kind=Kind.SEMINAR,
        gathering=True,
        period=period,
        venue="Лицей № 12",
        entrance="",
        bring="",
        mode=mode,
        link=LINK,
        seats=seats,
        responsible="",
        audience="",
        status=Status.PLANNED,
        reason="",
        starts_at=START,
        ends_at=START + timedelta(hours=2),
        answers_until=START,
        answer_by=None,
        revision=1,
        schedule_version=1,
        day_version=1,
        announced_at=None,
        told_at=None,
    )
    return replace(event, **values)


def waits(*people: int, until: datetime | None = None, reachable: bool = True) -> tuple[InLine, ...]:
    return tuple(InLine(one, until, reachable) for one in people)


def seated(*people: int, line: tuple[InLine, ...] = ()) -> Seating:
    return Seating(frozenset(people), line)


HELD, LAPSED = NOW + timedelta(hours=1), NOW


@pytest.mark.parametrize(
    ("seating", "has"),
    [
        pytest.param(seated(), True, id="all are free"),
        pytest.param(seated(1), True, id="one is left"),
        pytest.param(seated(1, 2), False, id="none is left"),
        pytest.param(seated(1, 9), True, id="she has one already"),
        pytest.param(seated(1, line=waits(9, until=HELD)), True, id="one is kept for her"),
        pytest.param(seated(1, line=waits(2, until=HELD)), False, id="the last is kept for another"),
        pytest.param(seated(1, line=waits(2)), False, id="the last one is for who waits"),
        pytest.param(seated(1, line=waits(9, 2)), True, id="she is first in line"),
        pytest.param(seated(1, line=waits(2, 9)), False, id="she is second in line for one seat"),
        pytest.param(seated(line=waits(2, 9)), True, id="she is second in line for two"),
        pytest.param(seated(1, line=waits(2, until=LAPSED)), True, id="another did not answer in time"),
        pytest.param(seated(1, line=waits(2, reachable=False)), True, id="who waits cannot be asked"),
    ],
)
def test_who_gets_a_seat(seating: Seating, has: bool):
    assert gets_seat(an_event(), seating, 9, NOW) is has


def test_who_presents_the_event_needs_no_seat():
    full = Seating(frozenset({1, 2}), waits(3), hosts=frozenset({9}))
    assert gets_seat(an_event(), full, 9, NOW)
    assert may_send(an_event(), full, 9, NOW)
    assert full.taken == 2


def test_shortly_before_the_start_nobody_is_waited_for():
    seating = seated(1, line=waits(2))
    assert not gets_seat(an_event(), seating, 9, START - timedelta(minutes=61))
    assert gets_seat(an_event(), seating, 9, START - timedelta(minutes=60))


@pytest.mark.parametrize("event", [an_event(None), an_event(2, Mode.ONLINE)])
def test_without_a_limit_everybody_has_a_seat(event: Event):
    assert gets_seat(event, seated(1, 2, 3, line=waits(4)), 9, NOW)
    assert to_be_offered(event, seated(1, 2, 3, line=waits(4, 5)), NOW) == (4, 5)


@pytest.mark.parametrize(
    ("seating", "offered"),
    [
        (seated(1, 2, line=waits(3)), ()),
        (seated(1, line=waits(3, 4)), (3,)),
        (seated(line=waits(3, 4, 5)), (3, 4)),
        (seated(line=(*waits(3, until=HELD), *waits(4, 5))), (4,)),
        (seated(1, line=(*waits(3, until=LAPSED), *waits(4))), (4,)),
        (seated(1, line=(*waits(3, reachable=False), *waits(4))), (4,)),
        (seated(1, 2, 3, line=waits(4)), ()),
    ],
)
def test_free_seats_go_down_the_line(seating: Seating, offered: tuple[int, ...]):
    assert to_be_offered(an_event(), seating, NOW) == offered


def test_a_guest_takes_a_seat():
    """Of two: nobody else gets it, nobody in the line is offered it."""
    seating = replace(seated(1, line=waits(3)), guests=1)
    assert not gets_seat(an_event(), seating, 9, NOW)
    assert to_be_offered(an_event(), seating, NOW) == ()
    assert to_be_offered(an_event(3), seating, NOW) == (3,)
    check_seats(an_event(), seating, 2)
    with pytest.raises(DomainError, match="seats_taken") as refused:
        check_seats(an_event(), seating, 1)
    assert refused.value.facts["count"] == 2


@pytest.mark.parametrize(
    ("event", "seating", "guests", "found"),
    [
        pytest.param(an_event(), seated(1), 1, None, id="the last seat"),
        pytest.param(an_event(), seated(1), 2, Crowd(3, 0), id="one too many"),
        pytest.param(an_event(), seated(1, line=waits(3)), 1, Crowd(2, 1), id="it is for the line"),
        pytest.param(
            an_event(), seated(1, line=waits(3, until=HELD)), 1, Crowd(2, 1), id="it was offered already"
        ),
        pytest.param(an_event(), seated(1, 2, 3), 1, Crowd(4, 0), id="too many as it is"),
        pytest.param(an_event(None), seated(1, 2, 3, line=waits(4)), 30, None, id="no limit"),
        pytest.param(an_event(mode=Mode.ONLINE), seated(1, 2, 3), 30, None, id="online"),
        pytest.param(an_event(mode=Mode.MIXED), seated(1, 2), 1, Crowd(3, 0), id="both ways"),
    ],
)
def test_whether_there_is_room_for_guests(event: Event, seating: Seating, guests: int, found: Crowd | None):
    assert crowd(event, seating, guests, NOW) == found


def test_after_it_nobody_asks_about_room():
    event = an_event()
    assert crowd(event, seated(1, 2), 1, event.ends_at) is None


@pytest.mark.parametrize(
    ("seating", "may"),
    [
        pytest.param(seated(1, line=waits(3)), True, id="before anybody was offered it"),
        pytest.param(seated(1, line=waits(3, until=HELD)), False, id="after that"),
        pytest.param(seated(1, 9, line=waits(3, until=HELD)), True, id="another name for the same seat"),
    ],
)
def test_a_seat_goes_over_to_a_substitute(seating: Seating, may: bool):
    """Of two; she herself, 9, has given hers up."""
    assert may_send(an_event(), seating, 9, NOW) is may


@pytest.mark.parametrize(
    ("due", "until"),
    [
        pytest.param("2026-11-10 10:00", "2026-11-11 10:00", id="a day"),
        pytest.param(
            "2026-11-17 18:00", "2026-11-18 08:00", id="half of what is left, after the quiet hours"
        ),
        pytest.param("2026-11-18 08:00", "2026-11-18 11:00", id="half of what is left"),
        pytest.param("2026-11-18 12:30", "2026-11-18 13:15", id="half of the last hour and a half"),
        pytest.param("2026-11-18 13:00", None, id="too late"),
    ],
)
def test_for_how_long_a_seat_is_kept(due: str, until: str | None):
    assert offered_until(local(due), START, HOURS) == (until and local(until))


def test_a_seat_for_a_morning_is_not_kept_until_the_start():
    start = local("2026-11-18 08:20")
    assert offered_until(local("2026-11-17 20:00"), start, HOURS) == start - timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "seats"), [("25", 25), ("25 мест", 25), ("мест: 7.", 7), ("мест – 7", 7), ("1000", 1000)]
)
def test_a_number_of_seats_in_words(text: str, seats: int):
    assert read_seats(text) == seats


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("много", "seats_not_understood"),
        ("0", "no_seats"),
        ("0 мест", "no_seats"),
        ("-3", "no_seats"),
        ("20-25", "seats_not_understood"),
        (str(MOST_SEATS + 1), "too_many_seats"),
        ("9" * 5000, "too_many_seats"),
    ],
)
def test_what_is_no_number_of_seats(text: str, code: str):
    with pytest.raises(DomainError, match=code):
        read_seats(text)


def test_nobody_is_sent_away():
    check_seats(an_event(), seated(1, 2), 2)
    check_seats(an_event(), seated(1, 2), None)
    with pytest.raises(DomainError) as refused:
        check_seats(an_event(), seated(1, 2), 1)
    assert (refused.value.code, refused.value.facts["count"]) == ("seats_taken", 2)


@pytest.mark.parametrize(
    ("mode", "shown_to"),
    [
        (Mode.ONSITE, set()),
        (Mode.ONLINE, {Answer.GOING, Answer.ONLINE}),
        (Mode.MIXED, {Answer.ONLINE}),
    ],
)
def test_the_link_is_for_those_who_join(mode: Mode, shown_to: set[Answer]):
    assert {answer for answer in (*Answer, None) if joins(an_event(mode=mode), answer)} == shown_to


def test_one_joins_only_where_one_can():
    check_answer(an_event(mode=Mode.MIXED), NOW, Answer.ONLINE)
    for mode in (Mode.ONSITE, Mode.ONLINE):
        with pytest.raises(DomainError, match="nobody_joins"):
            check_answer(an_event(mode=mode), NOW, Answer.ONLINE)


@pytest.mark.parametrize(
    ("mode", "event", "changes"),
    [
        (Mode.ONSITE, an_event(mode=Mode.MIXED), {"mode": "onsite", "link": ""}),
        (Mode.ONLINE, an_event(mode=Mode.MIXED), {"mode": "online", "venue": "", "entrance": ""}),
        (Mode.MIXED, an_event(), {"mode": "mixed"}),
        (Mode.MIXED, an_event(link=""), None),
        (Mode.MIXED, an_event(mode=Mode.ONLINE, venue=""), None),
        (Mode.ONLINE, an_event(link=""), None),
        (Mode.ONSITE, an_event(mode=Mode.ONLINE, venue=""), None),
    ],
)
def test_another_way_to_come(mode: Mode, event: Event, changes: dict[str, str] | None):
    assert changes_of_mode(event, mode) == changes


@pytest.mark.parametrize(
    ("place", "mixed", "changes"),
    [
        (Place("Лицей", link=LINK), False, {"venue": "Лицей", "entrance": "", "link": LINK, "mode": "mixed"}),
        (Place("Лицей"), True, {"venue": "Лицей", "entrance": "", "mode": "mixed"}),
        (Place(link=LINK), True, {"link": LINK, "mode": "mixed"}),
        (Place(entrance="со двора"), True, {"entrance": "со двора"}),
    ],
)
def test_a_mixed_event_keeps_what_nothing_is_said_of(place: Place, mixed: bool, changes: dict[str, str]):
    assert place.as_changes(mixed=mixed) == changes


def test_a_day_without_an_hour_offers_until_the_evening_before():
    event = an_event(period=Period.day(START.date()), starts_at=local("2026-11-18 00:00"))
    assert offered_until(local("2026-11-17 20:00"), event.starts_at, HOURS) is not None
    assert offered_until(local("2026-11-17 23:00"), event.starts_at, HOURS) is None
