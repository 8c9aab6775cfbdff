"""«Текст для пересылки»: an event in plain words, for another messenger or a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.views import dates
from bot.views.notices import until
from bot.views.view import View
from bot.views.words import t
from domain.changes import UNTOLD
from domain.records import Event, Mode, Revision, Status

# So long a change is news.
_NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Where:
    """What the text needs beside the event: now and the deadline for answers (UTC), the zone, the bot's
    address."""

    now: datetime
    deadline: datetime | None
    zone: ZoneInfo
    link: str

    @property
    def day(self) -> date:
        """The local day."""
        return dates.local(self.now, self.zone).date()


def text(event: Event, history: Sequence[Revision], where: Where) -> View:
    """The announcement of an event, or of what changed of it lately; no mark-up and no buttons."""
    if event.status is Status.CANCELLED:
        key = "text-cancelled" if event.gathering else "text-task-cancelled"
        said = t(key, title=event.title, when=dates.span(event.period, where.day))
        return View(_lines(said, t("change-reason", reason=event.reason) if event.reason else Markup("")))
    when = dates.span(event.period, where.day)
    lines = [_heading(event, history, where)]
    lines.append(t("text-unnamed" if event.period.day_to_be_named else "text-when", when=when))
    if event.venue:
        lines.append(t("text-venue", venue=event.venue))
    if event.entrance:
        lines.append(t("reminder-entrance", entrance=event.entrance))
    if event.mode is not Mode.ONSITE:
        lines.append(t(f"text-{event.mode}"))
    if event.bring:
        lines.append(t("reminder-bring", bring=event.bring))
    if event.responsible:
        lines.append(t("text-responsible", responsible=event.responsible))
    if event.contact:
        lines.append(t("card-contact", contact=event.contact))
    lines.append(_answers(event, where))
    return View(_lines(*lines))


def _heading(event: Event, history: Sequence[Revision], where: Where) -> Markup:
    if not event.gathering:
        return t("text-task", title=event.title)
    told = [one for one in history if one.kind not in UNTOLD]
    if len(told) > 1 and where.now - told[-1].at < _NEWS:
        before, last = told[-2:]
        kind = _undone(before, last) if last.kind in {"undone", "redone", "corrected"} else last.kind
        if kind in {"moved", "postponed"}:
            return t("text-moved", title=event.title, before=dates.span(before.period, where.day))
        if kind in {"place", "restored", "together"}:
            return t(f"text-{kind}", title=event.title)
    return t("text-announced", title=event.title)


def _undone(before: Revision, last: Revision) -> str:
    """The kind of change that taking one back, or a corrected plan, amounts to."""
    if before.status is not last.status:
        return "restored"
    return "place" if before.period == last.period else "moved"


def _answers(event: Event, where: Where) -> Markup:
    """By when to answer, and where."""
    if not event.takes_answers(where.now):
        return Markup("")
    if where.deadline is not None and where.deadline > where.now:
        return t("text-answer", until=until(where.deadline, where.zone), link=where.link)
    return t("text-answer-here", link=where.link)


def _lines(*lines: Markup) -> Markup:
    return Markup("\n").join(line for line in lines if line)
