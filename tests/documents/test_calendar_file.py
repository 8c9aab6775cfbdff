"""The .ics file: read back by the library, and looked at line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from documents.calendar_file import Entry, write_calendar_file
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Event, Mode, Status

ZONE = ZoneInfo("Asia/Novosibirsk")
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
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


def entry(event: Event = MEETING, alarm: datetime | None = None) -> Entry:
    return Entry("event-7-1@zvonok", event, "Вход: со двора.\nВозьмите паспорт.", alarm, event.title)


def lines(content: bytes) -> list[str]:
    """The file's lines, unfolded; every line as it is written fits into 75 octets."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_every_line_is_as_it_should_be():
    """What phones look at: one calendar, one event, moments in UTC, text escaped."""
    alarm = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
    assert sorted(lines(write_calendar_file(entry(alarm=alarm), ZONE, NOW))) == sorted(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Zvonok//RU",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:event-7-1@zvonok",
            "DTSTAMP:20261102T030000Z",
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
            "TRIGGER:-PT2H",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_read_back_it_says_the_same():
    """By the library's own parser."""
    [event] = Calendar.from_ical(write_calendar_file(entry(), ZONE, NOW)).walk("VEVENT")
    assert str(event["summary"]) == MEETING.title
    assert str(event["location"]) == MEETING.venue
    assert str(event["description"]) == "Вход: со двора.\nВозьмите паспорт."
    assert event.walk("VALARM") == []


def test_days_without_an_hour_are_whole_days():
    """The end is the day after; an alarm in the morning of the first day comes after its midnight."""
    days = replace(MEETING, period=Period.days(date(2026, 11, 18), date(2026, 11, 20)))
    morning = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
    content = write_calendar_file(entry(days, morning), ZONE, NOW)
    assert "DTSTART;VALUE=DATE:20261118" in lines(content)
    assert "DTEND;VALUE=DATE:20261121" in lines(content)
    [alarm] = Calendar.from_ical(content).walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=8)


def test_a_cancelled_one_and_a_link():
    """The entry stays, marked; the link stands by itself."""
    online = replace(MEETING, status=Status.CANCELLED, mode=Mode.ONLINE, link="https://example.org/room")
    found = lines(write_calendar_file(entry(online), ZONE, NOW))
    assert "STATUS:CANCELLED" in found
    assert "URL:https://example.org/room" in found


def test_a_title_cannot_add_lines():
    """Of whatever is in it."""
    sly = replace(MEETING, title="Семинар\r\nATTENDEE:mailto:a@example.org")
    found = lines(write_calendar_file(entry(sly), ZONE, NOW))
    assert not any(line.startswith("ATTENDEE") for line in found)
