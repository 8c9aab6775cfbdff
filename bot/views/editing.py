"""«Изменить»: what an event is called, its kind and hours, who holds it, whom to ask."""

from __future__ import annotations

from datetime import datetime

from actions.changing import Changed
from actions.editing import Field
from bot.views import dates, editing_keys, event_keys, hosting_keys, keyboards, together_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import t
from domain.records import Actor, Event


def home(event: Event, actor: Actor, now: datetime) -> View:
    """What is to be changed?"""
    asks = event.takes_answers(now)
    when = dates.when(event.period, today(actor, now))
    apart = together_keys.apart(event) if event.ends_at > now else []
    keyboard = event_keys.edit(event, asks=asks, apart=apart)
    return View(t("edit", title=event.title, when=when), keyboard)


def ask(event: Event, field: Field) -> View:
    """The new value, in words."""
    present = getattr(event, field) or t("edit-unknown")
    return View(t(f"edit-ask-{field}", title=event.title, present=present), editing_keys.asked(event))


def ask_hours(event: Event, actor: Actor, now: datetime) -> View:
    """When does it begin and end?"""
    when = dates.span(event.period, today(actor, now))
    return View(t("edit-ask-hours", title=event.title, when=when), editing_keys.asked(event))


def ask_kind(event: Event) -> View:
    """What sort of meeting is it?"""
    return View(t("edit-ask-kind", title=event.title), editing_keys.kinds(event))


def preview(event: Event, field: Field, value: str) -> View:
    """The new value, before it is written down."""
    said = t(f"edit-{field}", value=value) if value else t(f"edit-no-{field}")
    return View(t("edit-preview", title=event.title, said=said), editing_keys.confirm(event, field))


def done(changed: Changed, field: Field, actor: Actor) -> View:
    """It is written down. Who is named as holding it can be entrusted with it."""
    event = changed.event
    said = t("edit-done" if changed.changed else "edit-already", title=event.title)
    keyboard = event_keys.done(event, changed=changed.changed, actor=actor)
    if field == "responsible" and event.responsible:
        keyboard = keyboards.inline([[hosting_keys.hosts(event)], *keyboard.inline_keyboard])
    return View(said, keyboard)


def kind_set(changed: Changed) -> View:
    """The kinds, with the one that stands now."""
    event = changed.event
    return View(
        t("edit-kind-done", title=event.title, kind=t(f"kind-{event.kind}")), editing_keys.kinds(event)
    )
