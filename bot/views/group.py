"""What a group chat sees: the offer to link it, and cards with counts and no names; the coordinator's screen
about it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from bot.views import dates, keyboards, notices
from bot.views.callback_data import CallbackData
from bot.views.view import View
from bot.views.words import plain, t
from domain.records import Association, Event, GroupChat, Invited, Status
from storage.group_chats import Counts, Posted


class LinkGroup(CallbackData, prefix="link"):
    """«Связать с объединением»: the chat is the one where it is pressed."""


class ShowGroup(CallbackData, prefix="group"):
    """«Чат объединения»: how it stands, or let the chat go."""

    act: Literal["show", "unlink"]


def hello() -> View:
    """What the bot can do in a group, and the one button."""
    link = keyboards.button(plain("button-link-group"), LinkGroup(), "primary")
    return View(t("group-hello"), keyboards.inline([[link]]))


def linked(home: Association) -> View:
    """The chat is linked."""
    return View(t("group-linked", association=home.title or t("no-title")))


def card(event: Event, counts: Counts, now: datetime, zone: ZoneInfo) -> View:
    """An event for everybody in a group."""
    day = dates.local(now, zone).date()
    open_now = event.takes_answers(now) and event.invited is Invited.EVERYBODY
    lines = [
        *([t("card-venue", venue=event.venue)] if event.venue else []),
        *([t("card-responsible", responsible=event.responsible)] if event.responsible else []),
        *_standing(event, counts, open_now=open_now, over=event.ends_at <= now),
    ]
    text = t(
        "card",
        title=event.title,
        when=dates.when(event.period, day),
        details=Markup("").join(Markup("\n") + line for line in lines),
    )
    return View(text, _answers(event) if open_now else None)


def below(event: Event) -> View:
    """In place of a card that was asked for anew: the chat has one that speaks for an event."""
    return View(t("group-card-below", title=event.title))


def above() -> View:
    """Points to the card that was shown just now."""
    return View(t("group-card-above"))


def elsewhere(event: Event, chat_id: int, posted: Posted) -> View:
    """Points to the card that was shown just now in another topic."""
    # Within links a supergroup's id stands without the «-100» before it.
    link = f"https://t.me/c/{str(chat_id).removeprefix('-100')}/{posted.message_id}"
    return View(t("group-card-elsewhere", title=event.title, link=link))


def nothing_ahead() -> View:
    """There is no gathering to come."""
    return View(t("group-nothing-ahead"))


def _answers(event: Event) -> InlineKeyboardMarkup:
    return keyboards.inline(keyboards.answers(event, None))


def _standing(event: Event, counts: Counts, *, open_now: bool, over: bool) -> list[Markup]:
    if event.status is Status.CANCELLED:
        return [t("card-cancelled"), *([t("change-reason", reason=event.reason)] if event.reason else [])]
    if event.status is Status.JOINED:
        return [t("event-joined")]
    if event.status is Status.NOT_HELD:
        return [t("group-not-held")]
    if over:
        return [t("card-over")]
    if event.invited is not Invited.EVERYBODY:
        return [t(f"group-for-{event.invited}")]
    if not event.period.day_known:
        return [t("card-answer-later")]
    how = notices.how_to_come(event, None)
    return [
        *([how] if how else []),
        _said(counts),
        t("group-how-to-answer") if open_now else t("card-closed"),
    ]


def _said(counts: Counts) -> Markup:
    """«Придут 17, не смогут 3, пока не знают 2.»"""
    numbers = (
        ("group-going", counts.going),
        ("group-online", counts.online),
        ("group-waitlisted", counts.waitlisted),
        ("group-declined", counts.declined),
        ("group-undecided", counts.undecided),
    )
    parts = [t(key, count=count) for key, count in numbers if count]
    if not parts:
        return t("group-nobody")
    return t("group-counts", counts=dates.capital_markup(Markup(", ").join(parts)))


def thrown_out() -> View:
    """To the coordinators: the bot is in their chat no more."""
    return View(t("group-lost"))


def silenced() -> View:
    """To the coordinators: the bot may not write in their chat."""
    return View(t("group-silenced"))


def without_topic() -> View:
    """To the coordinators: the topic for cards is closed or gone."""
    return View(t("group-without-topic"))


def screen(group: GroupChat | None, username: str) -> View:
    """«Чат объединения»: which chat it is, or how to link one."""
    if group is None:
        return View(t("group-none", how=_how(username)))
    unlink = keyboards.button(plain("button-unlink-group"), ShowGroup(act="unlink"))
    return View(t("group-here", chat=group.title), keyboards.inline([[unlink]]))


def unlinked(group: GroupChat | None, username: str) -> View:
    """The chat is let go."""
    if group is None:
        return screen(None, username)
    return View(t("group-unlinked", chat=group.title, how=_how(username)))


def _how(username: str) -> Markup:
    return t("group-how", bot=f"@{username}", command=f"/start@{username}")
