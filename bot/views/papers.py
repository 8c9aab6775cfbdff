"""«Бумаги» of an event: what is written before it and after it."""

from __future__ import annotations

from datetime import datetime

from bot.views import dates, paper_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import t
from domain.records import Actor, Event
from domain.roles import Right, may


def papers(event: Event, actor: Actor, now: datetime) -> View:
    """Everything that can be had on paper."""
    said = {"title": event.title, "when": dates.when(event.period, today(actor, now))}
    keyboard = paper_keys.all_papers(event, coordinates=may(actor.role, Right.DESK))
    return View(t("papers", **said), keyboard)
