"""The .ics file: looked at line by line, and read back by a library that had no part in writing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.calendar_file import Entry, calendar_feed, calendar_file, has_place, is_off
from domain.period import Period, Precision
from domain.plan_draft import Kind
from domain.records import Event, Mode, Status
from tests.domain.zones import periods, zones_and_days

ZONE = ZoneInfo("Asia/Novosibirsk")
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CHANGED = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
MEETING = Event(
    id=7,
    association_id=1,
    title="Семинар «Право; и, порядок»",
    kind=Kind.SEMINAR,
    gathering=True,
    period=Period.at(date(2026, 11, 18), time(14), time(16)),
    venue="Лицей № 12, ул. Садовая, 7",
    entrance="",
    bring="",
    mode=Mode.ONSITE,
    seats=None,
    link="",
    responsible="",
    audience="",
    status=Status.PLANNED,
    reason="",
    starts_at=datetime(2026, 11, 18, 7, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 18, 9, 0, tzinfo=UTC),
    answers_until=None,
    answer_by=None,
    revision=3,
    schedule_version=1,
    day_version=1,
    announced_at=None,
    told_at=None,
)


def entry(event: Event = MEETING, *alarms: datetime, zone: ZoneInfo = ZONE) -> Entry:
    return Entry(
        "event-7-1@zvonok", event, zone, "Вход: со двора.\nВозьмите паспорт.", CHANGED, tuple(alarms)
    )


def written(entries: Sequence[Entry]) -> bytes:
    cancels = all(is_off(one.event) for one in entries)
    return b"".join(calendar_file(entries, NOW, cancels=cancels))


def fed(entries: Sequence[Entry], name: str) -> bytes:
    return b"".join(calendar_feed(entries, name))


def lines(content: bytes) -> list[str]:
    """The file's lines, unfolded; every line as it is written fits into 75 octets."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return content.decode().replace("\r\n ", "").split("\r\n")


def read_back(content: bytes) -> Any:
    """The calendar as the other library understands it."""
    return vobject.readOne(content.decode())


def the_event(content: bytes) -> Any:
    """Its one event, likewise."""
    [event] = read_back(content).vevent_list
    return event


def test_every_line_is_as_it_should_be():
    """What phones look at: one calendar, one event, moments in UTC, text escaped."""
    week, hours = datetime(2026, 11, 11, 3, 0, tzinfo=UTC), datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
    assert sorted(lines(written([entry(MEETING, week, hours)]))) == sorted(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Zvonok//RU",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:event-7-1@zvonok",
            "DTSTAMP:20261102T030000Z",
            "LAST-MODIFIED:20261020T040000Z",
            "SEQUENCE:3",
            "STATUS:CONFIRMED",
            "SUMMARY:Семинар «Право\\; и\\, порядок»",
            "DTSTART:20261118T070000Z",
            "DTEND:20261118T090000Z",
            "LOCATION:Лицей № 12\\, ул. Садовая\\, 7",
            "DESCRIPTION:Вход: со двора.\\nВозьмите паспорт.",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Семинар «Право\\; и\\, порядок»",
            "TRIGGER:-P7DT4H",
            "END:VALARM",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Семинар «Право\\; и\\, порядок»",
            "TRIGGER:-PT2H",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_read_back_it_says_the_same():
    """Words, and the number by which a calendar knows what is newer."""
    found = the_event(written([entry()]))
    assert found.summary.value == MEETING.title
    assert found.location.value == MEETING.venue
    assert found.description.value == "Вход: со двора.\nВозьмите паспорт."
    assert (found.uid.value, found.sequence.value) == ("event-7-1@zvonok", "3")
    assert not hasattr(found, "valarm")


def test_days_without_an_hour_are_whole_days():
    """The end is the day after; an alarm in the morning of the first day comes after its midnight."""
    days = replace(MEETING, period=Period.days(date(2026, 11, 18), date(2026, 11, 20)))
    eve, morning = datetime(2026, 11, 17, 11, 0, tzinfo=UTC), datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
    content = written([entry(days, eve, morning)])
    assert "DTSTART;VALUE=DATE:20261118" in lines(content)
    assert "DTEND;VALUE=DATE:20261121" in lines(content)
    triggers = [alarm.trigger.value for alarm in the_event(content).valarm_list]
    assert triggers == [timedelta(hours=-6), timedelta(hours=8)]


@pytest.mark.parametrize(
    "period",
    [
        Period.deadline(date(2026, 11, 20)),
        Period.day(date(2026, 11, 20)),
        Period.days(date(2026, 11, 16), date(2026, 11, 20)),
        Period.at(date(2026, 11, 20), time(15)),
    ],
    ids=lambda period: period.precision.value,
)
def test_a_task_is_the_whole_of_its_last_day(period: Period):
    """By which it is to be done, whatever else is known of it."""
    found = the_event(written([entry(replace(MEETING, gathering=False, period=period))]))
    assert (found.dtstart.value, found.dtend.value) == (date(2026, 11, 20), date(2026, 11, 21))
    assert found.transp.value == "TRANSPARENT"


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NOT_HELD])
def test_what_does_not_take_place(status: Status):
    """A calendar is asked to take it out; among others it is marked."""
    off = entry(replace(MEETING, status=status))
    alone, among = (
        read_back(written([off])),
        read_back(written([off, entry()])),
    )
    assert (alone.method.value, alone.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert among.method.value == "PUBLISH"
    assert [event.status.value for event in among.vevent_list] == ["CANCELLED", "CONFIRMED"]


def test_a_link_stands_by_itself():
    """So that it can be pressed."""
    online = replace(MEETING, mode=Mode.ONLINE, link="https://example.org/room")
    assert the_event(written([entry(online)])).url.value == "https://example.org/room"


def test_a_feed_says_who_it_is_and_is_the_same_whenever_it_is_written():
    """It asks to be looked at again; no moment of writing stands in it."""
    feed = fed([entry()], "Звонок, РМО")
    found = lines(feed)
    assert {"NAME:Звонок\\, РМО", "X-WR-CALNAME:Звонок\\, РМО"} <= set(found)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= set(found)
    assert "DTSTAMP:20261020T040000Z" in found
    assert not any(line.startswith("METHOD") for line in found)
    assert lines(fed([], "Звонок"))[0] == "BEGIN:VCALENDAR"


def test_a_title_cannot_add_lines():
    """Of whatever is in it."""
    sly = replace(MEETING, title="Семинар\r\nATTENDEE:mailto:a@example.org", venue="\x00\u2028Лицей\nURL:x")
    content = written([entry(sly)])
    assert not any(line.startswith(("ATTENDEE", "URL")) for line in lines(content))
    assert the_event(content).summary.value == "Семинар ATTENDEE:mailto:a@example.org"


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_people_write_stays_words(title: str, venue: str):
    """One event comes back, with as many lines of its own as before."""
    content = written([entry(replace(MEETING, title=title, venue=venue), NOW)])
    names = [line.partition(":")[0] for line in lines(content)]
    assert names.count("BEGIN") == names.count("END") == 3
    assert the_event(content).dtstart.value == MEETING.starts_at


@given(st.data(), zones_and_days(), st.booleans(), st.integers(0, 14 * 24 * 4))
def test_in_every_zone_it_begins_and_rings_when_it_should(
    data: st.DataObject, where: tuple[str, date], gathering: bool, quarters: int
):
    """About every change of clocks, of every precision: what has a place comes back at it, an alarm at its
    moment."""
    zone, day = ZoneInfo(where[0]), where[1]
    event = replace(MEETING, period=data.draw(periods(day)), gathering=gathering)
    period = event.period
    assume(has_place(event))
    alarm = period.begins_at(zone) - timedelta(minutes=15 * quarters)
    found = the_event(written([entry(event, alarm, zone=zone)]))
    begins, trigger = found.dtstart.value, found.valarm.trigger.value
    if isinstance(begins, datetime):
        assert period.precision is Precision.TIME
        assert gathering
        assert begins == period.begins_at(zone)
        assert begins < found.dtend.value == period.ends_at(zone)
        assert begins + trigger == alarm
    else:
        assert begins == (period.first_day if gathering else period.end)
        assert found.dtend.value == period.end + timedelta(days=1)
        on_the_wall = datetime.combine(begins, time.min) + trigger
        assert on_the_wall == alarm.astimezone(zone).replace(tzinfo=None)


@pytest.mark.parametrize("gathering", [True, False])
@pytest.mark.parametrize("precision", Precision)
def test_what_has_no_day_has_no_place(precision: Precision, gathering: bool):
    """Months, weeks and the whole year have none; a deadline is one for a task alone."""
    period = {
        Precision.TIME: Period.at(date(2026, 11, 18), time(14)),
        Precision.DAY: Period.day(date(2026, 11, 18)),
        Precision.DAYS: Period.days(date(2026, 11, 18), date(2026, 11, 20)),
        Precision.WEEKS: Period.weeks(date(2026, 11, 16), date(2026, 11, 22)),
        Precision.MONTH: Period.month(2026, 11),
        Precision.MONTHS: Period.months(2026, 11, 2027, 1),
        Precision.DEADLINE: Period.deadline(date(2026, 11, 20)),
        Precision.YEAR: Period.year(date(2026, 9, 1), date(2027, 5, 31)),
    }[precision]
    known = {Precision.TIME, Precision.DAY, Precision.DAYS} | (set() if gathering else {Precision.DEADLINE})
    assert has_place(replace(MEETING, period=period, gathering=gathering)) is (precision in known)
