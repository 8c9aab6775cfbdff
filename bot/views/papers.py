"""«Бумаги» of an event: what is written before it and after it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from markupsafe import Markup

from actions.papers import Folder, ForList
from bot.views import dates, documents, paper_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.records import Actor, Event, Mode
from domain.roles import Right, may

_TITLE = 150


def papers(found: Folder, actor: Actor, now: datetime) -> View:
    """Everything that can be had on paper."""
    event, coordinates = found.event, may(actor.role, Right.DESK)
    over = event.ends_at <= now
    said = {"title": clip(event.title, _TITLE), "when": dates.when(event.period, today(actor, now))}
    lines = [t("papers", **said), *(_of_letters(found) if coordinates and not over else [])]
    keyboard = paper_keys.all_papers(event, coordinates=coordinates, over=over)
    return View(Markup("\n").join(lines), keyboard)


def more(found: Folder, actor: Actor, now: datetime) -> View:
    """«Ещё» of the papers."""
    event = found.event
    over = event.ends_at <= now
    lines = [t("papers-more", **named(event, actor, now)), *(_of_letters(found) if over else [])]
    return View(Markup("\n").join(lines), paper_keys.more_papers(event, over=over))


def _of_letters(found: Folder) -> list[Markup]:
    """What is still missing for the letters of an event, and what is left to do by hand."""
    return [
        *missing(found.event, ("day", "hours", "place")),
        *([] if found.talks else [t("papers-no-talks")]),
        t("letters-how"),
    ]


def missing(event: Event, what: Collection[str]) -> list[Markup]:
    """What of «day», «hours», «place» is not known yet, and what stands in its place on paper."""
    unknown = {
        "day": not event.period.day_known,
        "hours": event.period.day_known and event.period.start_time is None,
        "place": not event.venue and event.mode is not Mode.ONLINE,
    }
    keys = {"day": "papers-no-day", "hours": "papers-no-hours", "place": "papers-no-place"}
    return [t(keys[one]) for one in what if unknown[one]]


def ask_centre(event: Event) -> View:
    """Whom is a notice for?"""
    return View(t("centre-ask"), paper_keys.ask_centre(event))


def letter_caption(event: Event, what: str, actor: Actor, now: datetime) -> Markup:
    """What the file is, and what to fill in by hand."""
    return t(f"{what}-caption", **named(event, actor, now))


def gate_caption(found: ForList, actor: Actor, now: datetime) -> Markup:
    """How many are to be let in, and who is not among them."""
    count = len(documents.visitors(found))
    return t("gate-caption", **named(found.event, actor, now), count=count)


def sheet_caption(found: ForList, actor: Actor, now: datetime) -> Markup:
    """How many lines are filled, and what the empty ones are for."""
    count = len(documents.visitors(found))
    return t("attendance-caption", **named(found.event, actor, now), count=count)


def file_name(what: str, event: Event, actor: Actor, now: datetime) -> str:
    """«Явочный лист 18 ноября.docx»."""
    return plain(f"{what}-file-name", day=dates.short(event.period, today(actor, now)))


def named(event: Event, actor: Actor, now: datetime) -> dict[str, str]:
    """An event in a sentence."""
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, today(actor, now))}
