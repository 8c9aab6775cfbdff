"""After an event: what its people are asked and told, and what they said."""

from __future__ import annotations

from datetime import date, datetime

from actions.after_event import Told
from bot.views import after_keys, dates
from bot.views.cards import today
from bot.views.notices import NAME
from bot.views.roll_call import mark_said
from bot.views.view import View
from bot.views.words import clip, t
from domain.records import Actor, Answer, Event, Mark
from domain.rsvp import joins

_TITLE = 150


def asked(event: Event, answer: Answer | None, mark: Mark | None, day: date) -> View | None:
    """Could she come? None where somebody has seen her, or she said so already."""
    if mark is not None or answer is None or not answer.takes_part:
        return None
    key = "attended-asked-online" if joins(event, answer) else "attended-asked"
    return View(t(key, name=NAME, **_at(event, day)), after_keys.asked(event))


def attended(told: Told, actor: Actor, now: datetime) -> View:
    """What she said; or, where somebody else marked her, what stands."""
    event, said = told.event, _named(told.event, actor, now)
    if not told.hers:
        return View(t("attended-marked", **said, mark=mark_said(told.mark)), after_keys.only_card(event))
    key = "attended-yes" if told.mark.was_there else "attended-no"
    text = t(key, **said)
    if told.materials and not told.mark.was_there:
        text += "\n" + t("attended-materials")
    return View(text, after_keys.attended(event, told.mark, told.materials))


def missed(event: Event, materials: int, mark: Mark | None, day: date) -> View | None:
    """What there is to read for one who was not there; None where she was after all, or nothing is left."""
    if not materials or (mark is not None and mark.was_there):
        return None
    return View(t("missed", name=NAME, **_at(event, day)), after_keys.missed(event, materials))


def read(event: Event, actor: Actor, now: datetime, *, done: bool) -> View:
    """She has read it, or has not after all."""
    key, keyboard = ("read-yes", after_keys.read) if done else ("read-no", after_keys.not_read)
    return View(t(key, **_named(event, actor, now)), keyboard(event))


def opinion(event: Event, mark: Mark | None, day: date) -> View | None:
    """A word about it, of one who was there; None where she was not after all."""
    if mark is None or not mark.was_there:
        return None
    return View(t("opinion-asked", name=NAME, **_at(event, day)), after_keys.opinion(event))


def ask_words(event: Event, actor: Actor, now: datetime) -> View:
    """What she writes next is read by coordinators alone."""
    return View(t("opinion-ask", **_named(event, actor, now)), after_keys.only_card(event))


def given(event: Event, actor: Actor, now: datetime) -> View:
    """Her words are kept."""
    return View(t("opinion-given", **_named(event, actor, now)), after_keys.given(event))


def removed(event: Event, actor: Actor, now: datetime) -> View:
    """They are there no more."""
    return View(t("opinion-removed", **_named(event, actor, now)), after_keys.removed(event))


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return _at(event, today(actor, now))


def _at(event: Event, day: date) -> dict[str, object]:
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, day)}
