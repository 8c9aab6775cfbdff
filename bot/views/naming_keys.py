"""Keys and buttons of naming a day: the board of what has none, the days to choose from, the preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from actions.naming import Board
from actions.naming import Month as YearMonth
from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import ChooseDay, Id, Month, Place, Rows, ShowEvent, Year, button, inline
from bot.views.words import plain
from domain.marks import mark_of
from domain.period import Period, last_of_month
from domain.plan_draft import period_as_json
from domain.records import Event

_DAYS_IN_ROW = 5
# So many days are seen at once; of more, a month at a time. A named day moves within a year from now.
_MOST_DAYS = 42
_FEW_DAYS = 7
_MONTHS_AHEAD = 12


class ShowBoard(CallbackData, prefix="board"):
    """The events of a month whose day is to be named."""

    year: Year
    month: Month


class TurnDays(CallbackData, prefix="daysof"):
    """Another month of the days to choose from for an event."""

    event: Id
    year: Year
    month: Month


class ProposeDay(CallbackData, prefix="day"):
    """A day chosen, YYYYMMDD; the hour, HHMM, is the usual one for «-»."""

    event: Id
    day: str
    at: str


class ConfirmDay(CallbackData, prefix="name"):
    """The day seen in the preview, for the event as it stood then. Days YYYYMMDD, times HHMM or «-»."""

    event: Id
    revision: Place
    first: str
    last: str
    start: str
    end: str


class ConfirmDayThere(CallbackData, prefix="there"):
    """The day and the place seen in the preview, for the event as it stood then: both lie in the dialogue,
    and this is their mark."""

    event: Id
    revision: Place
    mark: str


class LaterDay(CallbackData, prefix="later"):
    """«Пока не знаю» about a day."""


def board(
    shown: Board, today: date, month: YearMonth | None = None, *, may_wait: bool = True
) -> InlineKeyboardMarkup:
    """The days to choose from (of a month, where there are many), the month's other events without a day, the
    other months; and «Пока не знаю» where the question may wait."""
    rows = [*_days(shown.event, today, month), *_other_days(shown.event, today, month)]
    if shown.event.period.day_known:
        return inline(rows)
    rows += [
        [button(plain("button-instead", title=one.title), ChooseDay(event=one.id))]
        for one in shown.others[:10]
    ]
    at = shown.months.index(shown.month)
    turns = []
    for year, of_year in [*shown.months[max(at - 1, 0) : at], *shown.months[at + 1 : at + 2]]:
        name = dates.capital(dates.month_name(date(year, of_year, 1)))
        label = f"◀ {name}" if (year, of_year) < shown.month else f"{name} ▶"
        turns.append(button(label, ShowBoard(year=year, month=of_year)))
    if turns:
        rows.append(turns)
    if may_wait:
        rows.append([button(plain("button-undecided"), LaterDay())])
    return inline(rows)


def days_offered(event: Event, today: date, month: YearMonth | None = None) -> tuple[date, date]:
    """The first and the last of the days to choose from that are seen at once: those in which the event may
    take place, or a month of them where they are many: this one, or for None the one it stands in."""
    first, last = _may_be(event, today)
    if (last - first).days < _MOST_DAYS:
        return first, last
    near = min(max(event.period.first_day, first), last)
    year, of_year = month or (near.year, near.month)
    begins, ends = date(year, of_year, 1), last_of_month(year, of_year)
    until = last_of_month(first.year, first.month)
    if (until - first).days < _FEW_DAYS:  # what is left of this month stands with the next one
        following = until + timedelta(days=1)
        until = last_of_month(following.year, following.month)
        if begins <= until and ends >= first:
            return first, until
    # A month that is over, or one far away: what is nearest to it.
    return (max(begins, first), min(ends, last)) if begins <= last and ends >= first else (first, first)


def _may_be(event: Event, today: date) -> tuple[date, date]:
    """The days of the event's month (or months) that are still to come. One whose day is named, or which is
    over, may come any day."""
    first, last = event.period.first_day, event.period.end
    if not event.period.day_known and last >= today:
        return max(first, today), last
    first = today
    for _ in range(_MONTHS_AHEAD):
        last = last_of_month(first.year, first.month)
        first = last + timedelta(days=1)
    return today, last


def _other_days(event: Event, today: date, month: YearMonth | None) -> Rows:
    """The way to the month before and after, where there are days in it too."""
    first, last = _may_be(event, today)
    shown = days_offered(event, today, month)
    turns = []
    for there, key in ((shown[0] - timedelta(days=1), "before"), (shown[1] + timedelta(days=1), "after")):
        if first <= there <= last:
            label = plain(f"naming-days-{key}", month=dates.in_month(there))
            turns.append(button(label, TurnDays(event=event.id, year=there.year, month=there.month)))
    return [turns] if turns else []


def _days(event: Event, today: date, month: YearMonth | None) -> Rows:
    first, last = days_offered(event, today, month)
    one_month = (first.year, first.month) == (last.year, last.month)
    labels = []
    for number in range((last - first).days + 1):
        one = first + timedelta(days=number)
        day = str(one.day) if one_month else f"{one.day}.{one.month:02}"
        label = plain("naming-button", weekday=dates.short_weekday(one), day=day)
        labels.append(button(label, ProposeDay(event=event.id, day=f"{one:%Y%m%d}", at="-")))
    # «23.11 пн» is longer than «23 пн».
    width = _DAYS_IN_ROW if one_month else _DAYS_IN_ROW - 1
    return [labels[at : at + width] for at in range(0, len(labels), width)]


def choose_for_day(events: Sequence[Event], period: Period) -> Rows:
    """Which event a day was written for."""
    at = f"{period.start_time:%H%M}" if period.start_time else "-"
    day = f"{period.first_day:%Y%m%d}"
    return [[button(one.title, ProposeDay(event=one.id, day=day, at=at))] for one in events]


def named(event: Event, following: Event | None) -> InlineKeyboardMarkup:
    """After a day is named: the card, and the next event without a day."""
    rows: Rows = [[button(plain("button-card"), ShowEvent(event=event.id))]]
    if following is not None:
        rows.append([button(plain("button-following", title=following.title), ChooseDay(event=following.id))])
    return inline(rows)


def mark_there(period: Period, place: Mapping[str, object]) -> str:
    """The name of a day and a place that were said together."""
    return mark_of(period_as_json(period), dict(place))


def confirm_day(
    event: Event, period: Period, place: Mapping[str, object], *others: list[InlineKeyboardButton]
) -> InlineKeyboardMarkup:
    """«Подтвердить» under the preview of a day, and of the `place` if one was said with it; and the ways to
    something else."""
    if place:
        there = ConfirmDayThere(event=event.id, revision=event.revision, mark=mark_there(period, place))
        return inline([[button(plain("button-confirm"), there, "success")], *others])
    data = ConfirmDay(
        event=event.id,
        revision=event.revision,
        first=f"{period.first_day:%Y%m%d}",
        last=f"{period.end:%Y%m%d}",
        start=f"{period.start_time:%H%M}" if period.start_time else "-",
        end=f"{period.end_time:%H%M}" if period.end_time else "-",
    )
    return inline([[button(plain("button-confirm"), data, "success")], *others])
