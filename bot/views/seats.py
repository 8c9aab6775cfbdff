"""Seats: how many there are, a free one offered; how people come to an event."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from actions.changing import Changed
from bot.views import dates, event_keys, notices, seat_keys
from bot.views.view import View
from bot.views.words import t
from domain.records import Actor, Card, Event, Mode
from domain.roles import Right, may
from domain.rsvp import seats_counted


def ask(event: Event) -> View:
    """How many seats are there?"""
    now = t("seats-now", count=event.seats) if event.seats else t("seats-any-now")
    return View(t("seats-ask", title=event.title, now=now), seat_keys.asked_seats(event))


def preview(event: Event, seats: int | None, offered: int) -> View:
    """What the number would change: to how many a seat is offered, or, without a number, given."""
    said = t("seats-preview", count=seats) if seats else t("seats-any")
    told = "seats-to-offer" if seats else "seats-to-seat"
    line = t(told, count=offered) if offered else t("seats-nobody-told")
    return View(
        t("seats-confirm", title=event.title, seats=said, line=line), seat_keys.confirm_seats(event, seats)
    )


def done(changed: Changed, actor: Actor) -> View:
    """How many seats there are from now on. A presenter goes back by another number."""
    event = changed.event
    undo = changed.changed and may(actor.role, Right.DESK)
    keyboard = seat_keys.seats_set(event, changed=undo)
    if not event.seats:
        return View(t("seats-done-any", title=event.title), keyboard)
    said = t("seats-preview", count=event.seats)
    return View(t("seats-done", title=event.title, seats=said), keyboard)


def ask_mode(event: Event, mode: Mode) -> View:
    """What is still to be known of how people come: the address, the link, or both."""
    text = t(f"mode-ask-{mode}", title=event.title)
    if mode is Mode.ONLINE and event.mode is not mode:
        text += "\n" + t("mode-ask-online-later")
    return View(text, event_keys.asked(event))


def offer(event: Event, until: datetime, day: date, zone: ZoneInfo) -> View:
    """A seat is free: to who is next in line."""
    said = t(
        "offer",
        name=notices.NAME,
        title=event.title,
        when=dates.capital(dates.span(event.period, day)),
        venue=Markup("\n") + notices.venue(event) if event.venue else Markup(""),
        until=notices.until(until, zone),
    )
    return View(said, seat_keys.offer(event))


def seated(event: Event, day: date) -> View:
    """Any number can come: to one who waited for a seat."""
    said = t(
        "seated",
        name=notices.NAME,
        title=event.title,
        when=dates.capital(dates.span(event.period, day)),
        venue=Markup("\n") + notices.venue(event) if event.venue else Markup(""),
    )
    return View(said, seat_keys.seated(event))


def lapsed(event: Event, day: date) -> View:
    """The seat that was kept for her is not any more: to one who said nothing in time."""
    said = t(
        "offer-lapsed",
        name=notices.NAME,
        title=event.title,
        when=dates.capital(dates.span(event.period, day)),
    )
    return View(said, seat_keys.offer(event))


def waiting(shown: Card, zone: ZoneInfo, now: datetime) -> Markup:
    """To one who waits: her place in the line, or until when a seat is kept for her."""
    if shown.offered_until is not None and shown.offered_until > now:
        return t("card-offered", until=notices.until(shown.offered_until, zone))
    line = t("card-waitlisted", place=shown.place)
    if shown.too_late:
        return t("card-too-late") + " " + line
    if shown.place > 1 and _unfilled(shown):
        return t("card-seats-kept") + " " + line
    return line


def undecided(shown: Card, zone: ZoneInfo) -> Markup:
    """To one who does not know yet, or who said nothing while a seat was kept for her."""
    if shown.offered_until is None:
        return t("card-undecided-mine")
    return t("card-lapsed", until=notices.until(shown.offered_until, zone))


def free(shown: Card) -> Markup:
    """How many seats are left, to one who has none; nothing where any number can come."""
    if not seats_counted(shown.event):
        return Markup("")
    if shown.line and _unfilled(shown):
        return t("card-seats-kept") + " " + t("card-seats-line")
    return t("card-seats", count=_unfilled(shown))


def _unfilled(shown: Card) -> int:
    """So many could still come; while others wait for a seat those are theirs."""
    return max((shown.event.seats or 0) - shown.seated, 0)
