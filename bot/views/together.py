"""«Провести вместе» and «Разделить»: previews, what was done, and the marks of each row of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from actions.together import Joining, Parting
from bot.views import dates, event_keys, events, keyboards, together_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, t
from domain.records import Actor, Event, PlanRow, Status
from domain.roll_call import Roll
from domain.together import come_by_link, go_together, places_of, ways_of

_TITLE = 250
_MOST = 5


def offered(view: View, event: Event, partners: Sequence[Event], now: datetime) -> View:
    """A screen about an event with what there is about others beside it, above its last row: while it is to
    come, what can be held together with it; once it took place, the plan's rows that it stands for."""
    rows: keyboards.Rows = []
    if event.status is Status.HELD and event.joined:
        rows = [together_keys.to_rows(event)]
    if event.status is Status.PLANNED and event.ends_at > now:
        rows = together_keys.together(event, partners)
    if not rows or not isinstance(view.keyboard, InlineKeyboardMarkup):
        return view
    *first, last = view.keyboard.inline_keyboard
    return View(view.text, keyboards.inline([*first, *rows, last]))


def which(event: Event, partners: Sequence[Event]) -> View:
    """With which of several?"""
    if not partners:
        return View(t("together-none", title=event.title), event_keys.asked(event))
    return View(t("together-which", title=event.title), together_keys.which(event, partners))


def preview_join(joining: Joining, actor: Actor, now: datetime) -> View:
    """What would be one event, when and where, and how many people would hear of it."""
    kept, merged = joining.kept, joining.merged
    when = dates.span(kept.period, today(actor, now))
    lines = [
        t(
            "together-preview",
            first=clip(kept.title, _TITLE),
            second=clip(merged.title, _TITLE),
            when=when,
            venue=Markup("") if joining.places else _venue(kept.venue or merged.venue),
        ),
        t("together-where") if joining.places else Markup(""),
        *_not_any_more(joining, actor, now),
        *_besides(joining),
        *_answers(joining),
        _crowd(joining),
        t("people-to-tell", count=joining.people),
    ]
    return View(_lines(lines), together_keys.confirm_join(joining, _instead(joining)))


def _answers(joining: Joining) -> list[Markup]:
    """What becomes of the answers that were given."""
    if not joining.kept.period.day_known:
        return []
    by_link = come_by_link(joining.kept, joining.merged)
    return [t("together-answers"), *([t("together-by-link")] if by_link else [])]


def _crowd(joining: Joining) -> Markup:
    """How many come, where seats are counted and there are too few of them."""
    seats, coming = joining.kept.seats, joining.coming
    if seats is None or coming <= seats:
        return Markup("")
    come = t("coming-in-person", count=coming)
    return t("together-crowd", seats=t("who-seats", count=seats), coming=come)


def _not_any_more(joining: Joining, actor: Actor, now: datetime) -> list[Markup]:
    """What stood with the second one and does not hold any more."""
    kept, merged = joining.kept, joining.merged
    was: list[Markup] = []
    if merged.period.day_known and merged.period != kept.period:
        was.append(t("together-was", what=dates.span(merged.period, today(actor, now))))
    if not joining.places and kept.venue and merged.venue and merged.venue != kept.venue:
        was.append(t("together-was", what=clip(merged.venue, 150)))
    return [t("together-instead", was=Markup("; ").join(was))] if was else []


def _instead(joining: Joining) -> str:
    """The hour and the place that the other one would bring, were it the one that stays."""
    if not joining.other_way:
        return ""
    kept, merged = joining.kept, joining.merged
    hours = dates.hours(merged.period).removeprefix(", ") if merged.period != kept.period else ""
    venue = merged.venue if places_of(kept.venue, merged.venue) else ""
    return ", ".join(one for one in (hours, venue) if one)


def _besides(joining: Joining) -> list[Markup]:
    """What the one that stays gets from the other: a way to come, other people's seats."""
    kept, merged = joining.kept, joining.merged
    mode = ways_of(kept, merged)["mode"]
    lines = [t(f"place-mode-{mode}")] if mode != kept.mode else []
    if merged.seats is not None and merged.seats != kept.seats:
        lines.append(t("together-seats", seats=t("who-seats", count=merged.seats)))
    return lines


def joined(joining: Joining, actor: Actor, now: datetime) -> View:
    """It is one event now, and who hears of it."""
    event = joining.kept
    when = dates.span(event.period, today(actor, now))
    told = t("naming-done-people", count=joining.people)
    rows = event_keys.done(event, changed=False).inline_keyboard
    return View(
        t("together-done", title=event.title, when=when, people=told),
        keyboards.inline([*rows, *together_keys.apart(event)]),
    )


def preview_part(parting: Parting, actor: Actor, now: datetime) -> View:
    """What would stand alone again, and how many people would hear of it."""
    people = t("people-to-tell", count=parting.people)
    text = t("part-preview", lines=_others(parting, actor, now), people=people)
    return View(text, together_keys.confirm_part(parting.event))


def parted(parting: Parting, actor: Actor, now: datetime) -> View:
    """What stands alone again, and who hears of it."""
    people = t("naming-done-people", count=parting.people)
    text = t("part-done", lines=_others(parting, actor, now), people=people)
    shown = keyboards.events([parting.event, *parting.others][:_MOST], today(actor, now))
    partners = [one for one in parting.others if go_together(parting.event, one)]
    return View(text, keyboards.inline([*shown, *together_keys.together(parting.event, partners)]))


def _others(parting: Parting, actor: Actor, now: datetime) -> Markup:
    day = today(actor, now)
    return Markup("\n").join(
        t("part-line", title=clip(one.title, _TITLE), when=dates.span(one.period, day))
        for one in parting.others[:_MOST]
    )


def held(event: Event, actor: Actor, now: datetime, roll: Roll | None = None) -> View:
    """Whether an event took place, with who waits to be confirmed (`roll`); of one that stands for several
    rows, where the mark of each is."""
    view = events.held(event, actor, now, roll)
    if not event.joined or event.status is not Status.HELD:
        return view
    return View(view.text + "\n" + t("held-rows"), view.keyboard)


def marks(event: Event, rows: Sequence[PlanRow], actor: Actor, now: datetime) -> View:
    """The plan's rows that an event stands for, each with its own mark."""
    when = dates.span(event.period, today(actor, now))
    return View(t("plan-rows", title=event.title, when=when), together_keys.marks(event, rows))


def _venue(venue: str) -> Markup:
    return t("together-venue", venue=clip(venue, 200)) if venue else Markup("")


def _lines(lines: Sequence[Markup]) -> Markup:
    return Markup("\n").join(line for line in lines if line)
