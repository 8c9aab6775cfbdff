"""What is sent unasked: reminders and changes. Rendered once for each notice and answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from actions.naming import board_of
from bot.views import dates, desk, keyboards
from bot.views.view import View
from bot.views.words import t
from domain.records import Answer, Association, Event, Revision, Status

# Stands for the name of whoever reads it: no keyboard writes this sign.
NAME = Markup("\ue000")


def addressed(view: View, name: Markup) -> View:
    """The message spoken to one person."""
    return View(view.text.replace(NAME, name), view.keyboard)


def reminder(event: Event, answer: Answer | None, day: date) -> View | None:
    """A reminder on a local day; None where it is of no use to one who answered so."""
    if answer is Answer.DECLINED or event.status is not Status.PLANNED:
        return None
    venue = _venue(event)
    if event.period.day_to_be_named:
        said = t("reminder-month", when=dates.capital(dates.span(event.period, day)), title=event.title)
        return View(_lines(said, venue, t("reminder-month-later")))
    at = (
        t("reminder-at", time=dates.clock(event.period.start_time)) if event.period.start_time else Markup("")
    )
    if event.period.first_day == day:
        said = t("reminder-today", at=at, title=event.title)
    elif event.period.first_day == day + timedelta(days=1):
        said = t("reminder-tomorrow", at=at, title=event.title)
    else:
        said = t("reminder-soon", when=dates.capital(dates.on_day(event.period, day)), title=event.title)
    return View(
        _lines(said, venue, *_about_answer(event, answer)), keyboards.inline(keyboards.answers(event, answer))
    )


def _about_answer(event: Event, answer: Answer | None) -> list[Markup]:
    if answer is Answer.GOING:
        ends = [t("reminder-ends", time=dates.clock(event.period.end_time))] if event.period.end_time else []
        return [*ends, t("reminder-going")]
    if answer is Answer.UNDECIDED:
        return [t("reminder-undecided", name=NAME)]
    return [t("reminder-ask", name=NAME)]


def change(event: Event, before: Revision, answer: Answer | None, day: date) -> View | None:
    """What changed since people were last told; None where nothing did."""
    if (event.period, event.status) == (before.period, before.status):
        return None
    told = {
        "title": event.title,
        "when": dates.capital(dates.span(event.period, day)),
        "venue": Markup("\n") + _venue(event) if event.venue else Markup(""),
    }
    if not before.period.day_known:
        said, ask = t("change-named", **told), t("change-ask", name=NAME)
    elif before.period.first_day != event.period.first_day or before.period.end != event.period.end:
        said = t("change-moved", before=dates.span(before.period, day), **told)
        ask = t("change-ask-anew", name=NAME)
    else:
        said = t("change-hour", before=dates.span(before.period, day), **told)
        ask = t("change-ask-hour" if answer else "change-ask", name=NAME)
    if event.answers_until is None:
        return View(said)
    return View(_lines(said, ask), keyboards.inline(keyboards.answers(event, None)))


def naming(unnamed: Sequence[Event], home: Association, day: date) -> View | None:
    """To a coordinator: days still to be named, the next month's first; None where all are."""
    board = board_of(unnamed)
    if board is None:
        return None
    view = desk.board(board, home, day)
    return View(t("naming-asked", board=view.text), view.keyboard)


def _venue(event: Event) -> Markup:
    return t("reminder-venue", venue=event.venue) if event.venue else Markup("")


def _lines(*lines: Markup) -> Markup:
    return Markup("\n").join(line for line in lines if line)
