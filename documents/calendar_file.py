"""An event as an .ics file (RFC 5545), for the calendar of a telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.period import Precision
from domain.records import Event, Status


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar is told of an event, in words: what to bring, which door, the link."""

    uid: str
    event: Event
    description: str
    alarm: datetime | None  # aware UTC
    alarm_text: str


def write_calendar_file(entry: Entry, zone: ZoneInfo, now: datetime) -> bytes:
    """The file. The event's day is known; `zone` is where it is, `now` (aware UTC) when this is written.

    The same `uid` again, of a later revision, changes the entry in place. Moments are in UTC, which every
    telephone shows by its own zone; days without an hour are whole days.
    """
    # Loaded when it is wanted: few ask for the file, and the bot starts often.
    from icalendar import Alarm, Calendar
    from icalendar import Event as Component

    event, period = entry.event, entry.event.period
    made = Component()
    made.add("uid", entry.uid)
    made.add("dtstamp", now)
    made.add("sequence", event.revision)
    made.add("summary", event.title)
    made.add("status", "CANCELLED" if event.status is Status.CANCELLED else "CONFIRMED")
    if period.precision is Precision.TIME:
        made.add("dtstart", period.begins_at(zone))
        made.add("dtend", period.ends_at(zone))
    else:
        made.add("dtstart", period.first_day)
        made.add("dtend", period.end + timedelta(days=1))  # the day after the last
        made.add("transp", "TRANSPARENT")
    if event.venue:
        made.add("location", event.venue)
    if entry.description:
        made.add("description", entry.description)
    if event.link:
        made.add("url", event.link)
    if entry.alarm is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.alarm_text)
        alarm.add("trigger", entry.alarm - period.begins_at(zone))
        made.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Zvonok//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(made)
    written: bytes = calendar.to_ical()
    return written
