"""What the calendar of a telephone is told of an event."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from actions.snoozing import ToCalendar
from bot.views import dates
from bot.views.cards import today
from bot.views.words import plain, t
from documents.calendar_file import Entry, write_calendar_file
from domain.records import Actor, Status


def write(entry: ToCalendar, actor: Actor, now: datetime, bot_id: int) -> bytes:
    """The file. The bot's id is in its UID: two installations number their events alike."""
    event = entry.event
    lines = [
        plain("card-responsible", responsible=event.responsible) if event.responsible else "",
        plain("reminder-entrance", entrance=event.entrance) if event.entrance else "",
        plain("reminder-bring", bring=event.bring) if event.bring else "",
        plain("reminder-link", link=event.link) if event.link else "",
    ]
    told = Entry(
        uid=f"event-{event.id}-{bot_id}@zvonok",
        event=event,
        description="\n".join(filter(None, lines)),
        alarm=entry.alarm,
        alarm_text=event.title,
    )
    return write_calendar_file(told, actor.home.zone, now)


def caption(entry: ToCalendar, actor: Actor, now: datetime) -> Markup:
    """What to do with the file."""
    event = entry.event
    key = "calendar-file-cancelled" if event.status is Status.CANCELLED else "calendar-file"
    return t(key, title=event.title, when=dates.span(event.period, today(actor, now)))
