"""What the calendar of a telephone is told of her events, and how it gets there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from actions.own_calendar import Noted, OwnCalendar, rings
from bot.pieces import joined
from bot.views import calendar_keys, dates, notices
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, plain, t
from documents.calendar_file import Entry, calendar_feed, calendar_file, is_off, load
from domain.local_hours import WorkingDay
from domain.records import Actor, Event, Mode, Status


async def write_file(calendar: OwnCalendar, now: datetime, bot_id: int, is_working_day: WorkingDay) -> bytes:
    """The calendar as a file to be opened once. The bot's id is in what the events are told apart by: two
    installations number theirs alike."""
    await asyncio.to_thread(load)
    cancels = all(is_off(noted.event) for noted in calendar.noted)
    return await joined(calendar_file(_entries(calendar, now, bot_id, is_working_day), now, cancels=cancels))


async def write_feed(calendar: OwnCalendar, now: datetime, bot_id: int, is_working_day: WorkingDay) -> bytes:
    """The same for a calendar that fetches it."""
    await asyncio.to_thread(load)
    entries = _entries(calendar, now, bot_id, is_working_day)
    return await joined(calendar_feed(entries, plain("calendar-name")))


def _entries(
    calendar: OwnCalendar, now: datetime, bot_id: int, is_working_day: WorkingDay
) -> Iterator[Entry]:
    several = len(calendar.homes) > 1
    for noted in calendar.noted:
        yield Entry(
            uid=f"event-{noted.event.id}-{bot_id}@zvonok",
            event=noted.event,
            zone=noted.home.zone,
            description=_description(noted, several=several),
            changed_at=noted.changed_at,
            alarms=rings(noted, now, is_working_day),
        )


def _description(noted: Noted, *, several: bool) -> str:
    """What belongs to the event beside time and place; of which association it is, for one in several."""
    event = noted.event
    lines = [
        plain("of-association", title=clip(noted.home.title, 100) or plain("no-title")) if several else "",
        plain("card-responsible", responsible=event.responsible) if event.responsible else "",
        plain("reminder-entrance", entrance=event.entrance) if event.entrance else "",
        plain("reminder-bring", bring=event.bring) if event.bring else "",
        plain(notices.link_key("reminder-link", event.link), link=event.link) if event.link else "",
        plain("reminder-online") if event.mode is Mode.ONLINE and not event.link else "",
    ]
    return "\n".join(filter(None, lines))


def caption(event: Event, actor: Actor, now: datetime) -> Markup:
    """What to do with the file of one event."""
    key = "calendar-file" if event.gathering else "calendar-file-task"
    if event.status is Status.CANCELLED:
        key = "calendar-file-cancelled"
    return t(key, title=event.title, when=dates.span(event.period, today(actor, now)))


def caption_of_all(calendar: OwnCalendar) -> Markup:
    """What to do with the file of the whole year."""
    return t("calendar-year", count=len(calendar.noted))


def nothing_to_note() -> View:
    """No event has a day yet."""
    return View(t("calendar-year-empty"))


def choice(actor: Actor, now: datetime) -> View:
    """«Весь календарь»: once as a file, or for good."""
    return View(t("calendar-choice"), calendar_keys.choice(today(actor, now)))


def feed(link: str) -> View:
    """«Подписаться»: the link, and what to do with it."""
    return View(t("calendar-feed", link=link), calendar_keys.feed())


def sure_to_renew() -> View:
    """Whether the link that is there is to lead nowhere."""
    return View(t("calendar-feed-renew"), calendar_keys.sure_to_renew())
