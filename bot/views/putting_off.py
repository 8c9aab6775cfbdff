"""«Отложить без дня»: the months to choose from, the preview, what was done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from actions.naming import Proposal
from bot.views import dates, editing_keys, event_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import t
from domain.period import Period
from domain.records import Actor, Event
from domain.russian_dates import rest_of_school_year

_MONTHS_OFFERED = 3


def ask(event: Event, actor: Actor, now: datetime) -> View:
    """In which month will it be?"""
    day = today(actor, now)
    months = _following(day)
    text = t(
        "put-off-ask",
        title=event.title,
        when=dates.span(event.period, day),
        example=dates.in_month(months[0].first_day),
    )
    return View(text, editing_keys.choose_months(event, months, rest_of_school_year(day)))


def preview(proposal: Proposal, actor: Actor, now: datetime) -> View:
    """What putting it off would do, before it does."""
    event, day = proposal.event, today(actor, now)
    text = t(
        "put-off-preview",
        title=event.title,
        when=dates.span(event.period, day),
        then=dates.when(proposal.period, day),
        people=t("people-to-tell", count=proposal.people),
    )
    return View(text, editing_keys.confirm_put_off(event, proposal.period))


def done(proposal: Proposal, actor: Actor, now: datetime) -> View:
    """It is put off, and who hears of it."""
    told = t("naming-done-people", count=proposal.people) if proposal.changed else t("put-off-already")
    text = t(
        "put-off-done",
        title=proposal.event.title,
        then=dates.when(proposal.period, today(actor, now)),
        people=told,
    )
    return View(text, event_keys.done(proposal.event, changed=proposal.changed))


def _following(day: date) -> list[Period]:
    """The months after this one."""
    found: list[Period] = []
    while len(found) < _MONTHS_OFFERED:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Period.month(day.year, day.month))
    return found
