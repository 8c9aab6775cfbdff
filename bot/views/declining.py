"""After «Не смогу»: what was in the way, and who comes in her place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.declining import Declined
from bot.views import answers_keys, dates
from bot.views.cards import reason_said, today
from bot.views.view import View
from bot.views.words import t
from domain.records import Actor, Attendee, Event
from domain.roles import Right, may

_COLLEAGUES = 10


def ask_reason(event: Event, actor: Actor, now: datetime) -> View:
    """What was in the way? She need not say."""
    when = dates.span(event.period, today(actor, now))
    guest = not may(actor.role, Right.PLAN)
    return View(t("declined-ask", title=event.title, when=when), answers_keys.reasons(event, guest=guest))


def ask_words(declined: Declined) -> View:
    """What she writes next is the reason."""
    event = declined.event
    return View(t("declined-words", title=event.title), answers_keys.untold(event))


def noted(declined: Declined) -> View:
    """What she said, or that she need not say anything."""
    reason = declined.mine.reason
    said = t("declined-noted", reason=reason_said(reason)) if reason else t("declined-untold")
    return View(said, answers_keys.after(declined.event, told=bool(reason)))


def choose_substitute(
    declined: Declined, colleagues: Sequence[Attendee], actor: Actor, now: datetime
) -> View:
    """Who comes in her place? A colleague by a button, anybody by name."""
    event = declined.event
    key = "substitute-choose" if colleagues else "substitute-write"
    text = t(key, title=event.title, when=dates.span(event.period, today(actor, now)))
    return View(text, answers_keys.substitutes(event, colleagues[:_COLLEAGUES]))


def substituted(declined: Declined) -> View:
    """Who comes in her place; a colleague answers for herself."""
    event, mine, colleague = declined.event, declined.mine, declined.colleague
    if colleague is None and not mine.substitute_name:
        return View(t("substitute-nobody"), answers_keys.after(event))
    name = colleague.name.full if colleague else mine.substitute_name
    if declined.full and colleague is None:
        return View(t("substitute-full", title=event.title, name=name), answers_keys.substituted(event))
    said = t("substitute-noted", title=event.title, name=name)
    if colleague is not None and colleague.reachable:
        said += "\n" + t("substitute-colleague")
    if declined.full:
        said += "\n" + t("substitute-waits")
    return View(said, answers_keys.substituted(event))
