"""What a coordinator does with one event: screens, previews, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from actions.changing import Changed
from bot.views import dates, event_keys, keyboards, notice_keys, paper_keys, roll_call, roll_keys, task_keys
from bot.views.cards import today
from bot.views.notice_keys import Said
from bot.views.notices import link_key, until
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.records import Actor, Event, Mode, Revision, Status
from domain.roles import Right, may
from domain.roll_call import Roll


def more(event: Event, actor: Actor, now: datetime) -> View:
    """«Ещё»: what else can be done with the event; of one that is over, whether it took place."""
    ahead = event.ends_at > now
    said = {"title": event.title, "when": dates.when(event.period, today(actor, now))}
    if not event.gathering:
        return View(t("more", **said), task_keys.more(event, ahead=ahead))
    if not may(actor.role, Right.DESK):
        return View(t("more", **said), event_keys.more_of_host(event, ahead=ahead))
    if not ahead and event.status is not Status.CANCELLED:
        return held(event, actor, now)
    return View(t("more", **said), event_keys.more(event, ahead=ahead))


def others(event: Event, actor: Actor, now: datetime) -> View:
    """«Другое»: what is rarer."""
    ahead = event.ends_at > now
    said = {"title": event.title, "when": dates.when(event.period, today(actor, now))}
    keys = event_keys.others if event.gathering else task_keys.other
    return View(t("more", **said), keys(event, ahead=ahead))


def held(event: Event, actor: Actor, now: datetime, roll: Roll | None = None) -> View:
    """Whether an event took place, and what was said of it; who said afterwards that she had been there waits
    to be confirmed still (`roll`)."""
    said = {"title": event.title, "when": dates.span(event.period, today(actor, now))}
    key = {Status.HELD: "held-yes", Status.NOT_HELD: "held-no"}.get(event.status, "held-asked")
    keyboard = notice_keys.held(event).inline_keyboard
    rows = [
        *keyboard,
        *(roll_keys.confirm_said(event, roll) if roll else []),
        [paper_keys.papers(event), event_keys.other(event)],
        event_keys.back(event),
    ]
    lines = [t(key, **said), *(roll_call.said_afterwards(roll) if roll else [])]
    return View(Markup("\n").join(lines), keyboards.inline(rows))


def sure_held(event: Event, said: Said, actor: Actor, now: datetime) -> View:
    """Whether it is to be noted after all."""
    return View(t(f"held-sure-{said}", **_named(event, actor, now)), notice_keys.sure_held(event, said))


# Questions in words


def ask_reason(changed: Changed, actor: Actor, now: datetime) -> View:
    """Why is it cancelled?"""
    event = changed.event
    key = "cancel-ask" if event.gathering else "cancel-ask-task"
    return View(t(key, **_named(event, actor, now)), event_keys.asked_reason(event))


def ask_place(changed: Changed) -> View:
    """Where is it?"""
    event = changed.event
    now = place(event) or t("place-unknown")
    link = Markup("\n") + t(link_key("place-link", event.link), link=event.link) if event.link else Markup("")
    return View(t("place-ask", title=event.title, place=now, link=link), event_keys.asked_place(event))


def ask_deadline(changed: Changed, deadline: datetime | None, example: str, actor: Actor) -> View:
    """Until when are answers wanted? `deadline` is what holds now (UTC)."""
    event = changed.event
    now_until = t("deadline-now", until=until(deadline, actor.home.zone)) if deadline else Markup("")
    return View(t("deadline-ask", title=event.title, now=now_until, example=example), event_keys.asked(event))


def ask_due(changed: Changed, example: str, actor: Actor, now: datetime) -> View:
    """Until when is a task to be done?"""
    event = changed.event
    return View(t("due-ask", **_named(event, actor, now), example=example), event_keys.asked(event))


# Previews


def preview_cancel(changed: Changed, reason: str, actor: Actor, now: datetime) -> View:
    """What is cancelled, why, and how many hear of it."""
    event = changed.event
    said = t("change-reason", reason=reason) if reason else t("cancel-without-reason")
    text = t("cancel-preview", **_named(event, actor, now), reason=said, people=_to_be_told(changed.people))
    return View(text, event_keys.confirm(event, "cancel"))


def preview_restore(changed: Changed, actor: Actor, now: datetime) -> View:
    """What takes place after all."""
    event = changed.event
    if not changed.changed:
        return View(t("restored-already", title=event.title), event_keys.done(event, changed=False))
    text = t("restore-preview", **_named(event, actor, now), people=_to_be_told(changed.people))
    return View(text, event_keys.confirm(event, "restore"))


def preview_place(changed: Changed, changes: Mapping[str, str]) -> View:
    """What was understood of a place (domain.places)."""
    event = changed.event
    after = {"mode": event.mode, "venue": event.venue, "link": event.link} | dict(changes)
    names = ("venue", "entrance", "link", "bring")
    said = {name: after.get(name) if after["mode"] == Mode.MIXED else changes.get(name) for name in names}
    link = link_key("place-link", str(said["link"]))
    keys = ("place-venue", "reminder-entrance", link, "reminder-bring")
    said_anew, asked = any(said.values()), event.answers_until is not None
    lines = [
        *([t(f"place-mode-{after['mode']}")] if after["mode"] != event.mode or not said_anew else []),
        *([t(f"place-from-{event.mode}")] if after["mode"] == Mode.ONSITE != event.mode and asked else []),
        *(t(key, **{name: said[name]}) for key, name in zip(keys, names, strict=True) if said[name]),
        *([t("place-no-link")] if after["mode"] != Mode.ONSITE and not after["link"] else []),
    ]
    told = set(changes) != {"bring"}
    text = t(
        "place-preview",
        title=event.title,
        lines=Markup("\n").join(lines),
        people=_to_be_told(changed.people) if told else t("place-told-later"),
    )
    return View(text, event_keys.confirm(event, "place"))


def preview_deadline(changed: Changed, answer_by: datetime, call: datetime | None, zone: ZoneInfo) -> View:
    """Until when answers will be asked for, and when (UTC) the silent are called, if they are."""
    event = changed.event
    called = t("deadline-call", at=until(call, zone)) if call else t("deadline-no-call")
    text = t("deadline-preview", title=event.title, until=until(answer_by, zone), call=called)
    return View(text, event_keys.confirm(event, "deadline"))


def preview_due(changed: Changed, day: date, actor: Actor, now: datetime) -> View:
    """A task's new last day."""
    event = changed.event
    text = t(
        "due-preview",
        title=event.title,
        day=dates.day(day, today(actor, now)),
        people=_to_be_told(changed.people),
    )
    return View(text, event_keys.confirm(event, "due"))


def preview_nudge(changed: Changed) -> View:
    """How many people would be asked once more."""
    event = changed.event
    if not changed.people:
        return View(t("nudge-nobody", title=event.title), keyboards.inline([event_keys.to_list(event)]))
    text = t("nudge-preview", title=event.title, people=t("nudge-people", count=changed.people))
    return View(text, event_keys.confirm(event, "nudge"))


# What was done


def cancelled(changed: Changed, actor: Actor, now: datetime) -> View:
    """It is cancelled, and who hears of it."""
    return _done("cancel-done" if changed.changed else "cancel-already", changed, actor, now)


def restored(changed: Changed, actor: Actor, now: datetime) -> View:
    """It takes place after all, and who hears of it."""
    return _done("restore-done" if changed.changed else "restored-already", changed, actor, now)


def placed(changed: Changed, actor: Actor, now: datetime) -> View:
    """The place as it stands now, and who hears of it."""
    event = changed.event
    told = _told(changed.people) if changed.people else t("place-told-nobody")
    key = "place-done" if changed.changed else "place-already"
    text = t(key, title=event.title, place=place(event) or t("place-unknown"), people=told)
    return View(text, event_keys.done(event, changed=changed.changed, actor=actor))


def deadline_set(changed: Changed, answer_by: datetime, zone: ZoneInfo) -> View:
    """Until when answers are asked for."""
    event = changed.event
    text = t("deadline-done", title=event.title, until=until(answer_by, zone))
    return View(text, event_keys.done(event, changed=changed.changed))


def due_set(changed: Changed, actor: Actor, now: datetime) -> View:
    """A task's last day as it stands now."""
    return _done("due-done", changed, actor, now)


def nudged(changed: Changed) -> View:
    """How many people are asked once more."""
    event = changed.event
    key = "nudge-done" if changed.people else "nudge-nobody"
    text = (
        t(key, title=event.title, people=_told(changed.people))
        if changed.people
        else t(key, title=event.title)
    )
    return View(text, keyboards.inline([event_keys.to_list(event)]))


def place(event: Event | Revision) -> Markup:
    """Where an event is, or was, on a line: address, entrance, whether it is online."""
    parts = [
        *([t("place-line", place=clip(event.venue, 200))] if event.venue else []),
        *([t("place-line-entrance", entrance=clip(event.entrance, 200))] if event.entrance else []),
        *([t(f"place-line-{event.mode}")] if event.mode is not Mode.ONSITE else []),
    ]
    return Markup(", ").join(parts)


def _done(key: str, changed: Changed, actor: Actor, now: datetime) -> View:
    event = changed.event
    said = _named(event, actor, now)
    return View(t(key, **said, people=_told(changed.people)), event_keys.done(event, changed=changed.changed))


def _back(event: Event) -> InlineKeyboardMarkup:
    return keyboards.inline([event_keys.leave(event, plain("button-back"))])


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": event.title, "when": dates.span(event.period, today(actor, now))}


def _to_be_told(people: int) -> Markup:
    return t("people-to-tell", count=people)


def _told(people: int) -> Markup:
    return t("naming-done-people", count=people)
