"""Events as an .ics file (RFC 5545), to be opened on a telephone, or fetched by its calendar again and
again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from documents.printable import plain
from domain.period import Precision
from domain.places import is_address
from domain.records import Event

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar
    from icalendar import Event as Component

# How often a calendar is asked to look whether something has changed; each does as it likes.
_LOOK_EVERY = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar is told of an event, in words: what to bring, which door, the link.

    The same `uid` again, of a later revision, changes the entry in place. `zone` is where the event is,
    `changed_at` when it came to be as it is; `alarms` ring with the event's title. All moments are aware UTC.
    """

    uid: str
    event: Event
    zone: ZoneInfo
    description: str
    changed_at: datetime
    alarms: Sequence[datetime] = ()


def has_place(event: Event) -> bool:
    """Whether there is a day to put it at: its own, or of what is to be done by a day that one."""
    return event.period.day_known or (not event.gathering and event.period.precision is Precision.DEADLINE)


def is_off(event: Event) -> bool:
    """Whether it does not take place, or did not."""
    return event.called_off


def load() -> None:
    """Loads the library that writes. Few ask for a calendar, the bot starts often, and it takes a tenth of a
    second: whoever serves others meanwhile calls this beside them first."""
    import_module("icalendar")


def calendar_file(entries: Iterable[Entry], now: datetime, *, cancels: bool = False) -> Iterator[bytes]:
    """A file to be opened once, written at a moment (aware UTC), in pieces of one event each, so that many of
    them hold nobody up; every event has a place. `cancels` asks to take them out: none of them takes
    place."""
    calendar = _calendar()
    calendar.add("method", "CANCEL" if cancels else "PUBLISH")
    yield calendar.to_ical().removesuffix(_END)
    for entry in entries:
        yield _component(entry, now).to_ical()
    yield _END


def calendar_feed(entries: Iterable[Entry], name: str) -> Iterator[bytes]:
    """The same for a calendar of this name that fetches it by itself: of the same entries come the same
    bytes, whenever they are written."""
    from icalendar import vText

    calendar = _calendar()
    # A name for newer readers and one for older ones; likewise how often to look.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", _LOOK_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", f"PT{_LOOK_EVERY // timedelta(hours=1)}H")
    yield calendar.to_ical().removesuffix(_END)
    for entry in entries:
        yield _component(entry, entry.changed_at).to_ical()
    yield _END


def _calendar() -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Zvonok//RU")
    calendar.add("version", "2.0")
    return calendar


def _component(entry: Entry, stamp: datetime) -> Component:
    from icalendar import Event as Component

    event, period = entry.event, entry.event.period
    made = Component()
    made.add("uid", entry.uid)
    made.add("dtstamp", stamp)
    made.add("last-modified", entry.changed_at)
    made.add("sequence", event.revision)
    made.add("summary", plain(event.title))
    made.add("status", "CANCELLED" if is_off(event) else "CONFIRMED")
    if _has_hours(event):
        begins, ends = period.begins_at(entry.zone), period.ends_at(entry.zone)
        made.add("dtstart", begins)  # in UTC, which every telephone shows by its own zone
        if ends > begins:  # by the clocks' changes it may take no time at all
            made.add("dtend", ends)
    else:
        made.add("dtstart", _first_day(event))
        made.add("dtend", period.end + timedelta(days=1))  # the day after the last
        made.add("transp", "TRANSPARENT")
    if event.venue:
        made.add("location", plain(event.venue))
    if entry.description:
        made.add("description", "\n".join(map(plain, entry.description.split("\n"))))
    if is_address(event.link):
        made.add("url", event.link)
    for moment in entry.alarms:
        made.add_component(_alarm(moment, entry))
    return made


def _alarm(moment: datetime, entry: Entry) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(entry.event.title))
    alarm.add("trigger", _from_start(moment, entry))
    return alarm


def _from_start(moment: datetime, entry: Entry) -> timedelta:
    """How long after the entry's start a moment is. A whole day is one by the clocks on the wall, and so is
    what is counted from its midnight."""
    if _has_hours(entry.event):
        return moment.astimezone(UTC) - entry.event.period.begins_at(entry.zone)
    wall = moment.astimezone(entry.zone).replace(tzinfo=None)
    return wall - datetime.combine(_first_day(entry.event), time.min)


def _has_hours(event: Event) -> bool:
    return event.gathering and event.period.precision is Precision.TIME


def _first_day(event: Event) -> date:
    """Of what is to be done only the last day counts."""
    return event.period.first_day if event.gathering else event.period.end
