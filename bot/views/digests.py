"""The digests of a week and of a month, for those who want them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from bot.views import dates, keyboards, notices
from bot.views.view import View
from bot.views.words import clip, fitting, t
from domain.period import last_of_month
from domain.records import Answer, Event

_TITLE = 150
_MOST = 15

Answers = Mapping[int, Answer]


def week(to_come: Sequence[Event], answers: Answers, day: date) -> View | None:
    """The meetings of the day's week, from that day on; None where there are none."""
    sunday = day + timedelta(days=6 - day.weekday())
    found = [one for one in _meetings(to_come, day, sunday) if one.period.day_known]
    return _digest(t("digest-week"), found, answers, day)


def month(to_come: Sequence[Event], answers: Answers, day: date) -> View | None:
    """The meetings of the day's month, from that day on; None where there are none. Those whose day is still
    to be named stand last."""
    found = _meetings(to_come, day, last_of_month(day.year, day.month))
    found.sort(key=lambda one: not one.period.day_known)
    return _digest(t("digest-month", month=dates.capital(dates.month(day))), found, answers, day)


def _meetings(to_come: Sequence[Event], first: date, last: date) -> list[Event]:
    return [one for one in to_come if one.awaited and one.period.overlaps(first, last)]


def _digest(heading: Markup, found: Sequence[Event], answers: Answers, day: date) -> View | None:
    if not found:
        return None
    lines = fitting(_line(one, answers.get(one.id), day) for one in found[:_MOST])
    if len(found) > len(lines):
        lines.append(t("who-cut", count=len(found) - len(lines)))
    said = Markup("\n").join([heading, *lines, t("digest-off-hint")])
    return View(said, keyboards.inline(keyboards.events(found[:_MOST], day)))


def _line(event: Event, answer: Answer | None, day: date) -> Markup:
    if answer is not None:
        mine = t("digest-mine", answer=t(f"mine-{answer}"))
    else:
        mine = t("digest-no-answer") if event.answers_until is not None else Markup("")
    where = notices.place_name(event)
    return t(
        "digest-line" if event.period.day_known else "digest-line-unnamed",
        when=dates.capital(dates.span(event.period, day)),
        title=clip(event.title, _TITLE),
        venue=t("plan-line-venue", venue=clip(where, 80)) if where else Markup(""),
        mine=mine,
    )
