"""«Мои объединения», and what a methodist reads of those that she oversees. Numbers only: never who, never
why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from markupsafe import Markup

from actions.calendar import YearPlan
from actions.overseeing import Home, Overview, count_done
from bot.views import cards, dates, keyboards, notices, report_keys
from bot.views import overseeing_keys as keys
from bot.views.keyboards import Rows, button, inline, turns
from bot.views.overseeing_keys import ActIn, ShowFulfilment, ShowHomes, TakeOverview
from bot.views.view import View
from bot.views.words import clip, fitting, plain, t
from documents.spreadsheet import Cell, write_spreadsheet
from domain.plan_draft import first_year_of, school_year_of
from domain.records import Actor, Association, Card, Done, Event, Fulfilment, PlanRow, Revision, Status

_HOMES = 5
_LINES = 20
_TITLE = 100


def homes(found: Sequence[Home], page: int, actor: Actor, now: datetime) -> View:
    """A page of all her associations: what each is to her, and how those stand that she oversees."""
    count = max(1, -(-len(found) // _HOMES))
    page = min(max(page, 0), count - 1)
    shown = found[page * _HOMES : (page + 1) * _HOMES]
    parts = [t("homes", count=len(found)), *(_home(one, actor, now) for one in shown)]
    if count > 1:
        parts.append(t("who-page", page=page + 1, pages=count))
    rows: Rows = []
    for one in shown:
        if one.overview is not None:
            rows.append(keys.open_plan(one.association, _button(one)))
        elif actor.association is None or one.association.id != actor.association.id:
            rows.append(
                [button(plain("button-act-in", title=_button(one)), ActIn(association=one.association.id))]
            )
    rows += turns(page, count, lambda at: ShowHomes(page=at))
    if any(one.overview is not None for one in found):
        rows.append([button(plain("button-overview"), TakeOverview())])
    return View(Markup("\n\n").join(parts), inline(rows) if rows else None)


def moved(actor: Actor) -> View:
    """She acts in another association now; its keys come with it."""
    return View(t("homes-moved", title=title_of(actor.home)), keyboards.main(actor))


def event_elsewhere(home: Association) -> View:
    """What was pressed belongs to an event of another one of her associations: the way there."""
    title = title_of(home)
    there = button(plain("button-act-in", title=title), ActIn(association=home.id))
    return View(t("event-elsewhere", title=title), inline([[there]]))


def plan(home: Association, whole: YearPlan, month: tuple[int, int] | None, now: datetime) -> View:
    """A month of a plan that she oversees; the present one, or the nearest to it, for None."""
    if not whole.events:
        said = t("overseen-no-plan" if not whole.year_round else "overseen-only-year-round")
        rows: Rows = [keys.fulfilment(home)] if whole.year_round else []
        return View(of(home) + said, inline([*rows, keys.homes()]))
    day = _today(home, now)
    if month not in whole.months:
        ahead = [one for one in whole.months if one >= (day.year, day.month)]
        month = ahead[0] if ahead else whole.months[-1]
    found = whole.of_month(month)
    text = t(
        "plan-month",
        month=dates.capital(dates.month(date(*month, 1))),
        lines=cards.event_lines(
            found, day, example=dates.in_month(date(*month, 1)), one_month=True, groups=whole.groups
        ),
    )
    rows = [
        *keys.events(home, found[:_LINES], day),
        *keys.months(home, whole.months, month),
        keys.fulfilment(home),
        keys.homes(),
    ]
    return View(of(home) + text, inline(rows))


def card(home: Association, shown: Card, plan_rows: Sequence[PlanRow], now: datetime) -> View:
    """An event with how many come."""
    event, day = shown.event, _today(home, now)
    lines = [
        *([t("card-venue", venue=where)] if (where := notices.place_name(event)) else []),
        *([t("card-responsible", responsible=event.responsible)] if event.responsible else []),
        *cards.for_whom(shown),
        *_standing(shown, now),
        *fitting((_row(one, day) for one in plan_rows), 1_200),
    ]
    text = t(
        "card",
        title=event.title,
        when=dates.when(event.period, day),
        details=Markup("").join(Markup("\n") + line for line in lines),
    )
    first = event.period.first_day
    back = keys.ShowOverseenMonth(association=home.id, year=first.year, month=first.month)
    return View(of(home) + text, inline([[button(plain("button-back"), back)]]))


def fulfilment(home: Association, lines: Sequence[Fulfilment], page: int, now: datetime) -> View:
    """A page of the plan's rows, each with its mark."""
    count = max(1, -(-len(lines) // _LINES))
    page = min(max(page, 0), count - 1)
    counted, day = count_done(lines), _today(home, now)
    planned = len(lines) - counted[Done.YEAR_ROUND]
    said = t("fulfilment", held=counted[Done.HELD], count=planned) if lines else t("overseen-no-plan")
    shown = fitting(_fulfilled(one, day) for one in lines[page * _LINES : (page + 1) * _LINES])
    text = Markup("\n").join([said, *shown])
    if count > 1:
        text += "\n" + t("who-page", page=page + 1, pages=count)
    around = turns(page, count, lambda at: ShowFulfilment(association=home.id, page=at))
    back = keys.open_plan(home, plain("button-overseen-plan"))
    reports = report_keys.overseen(home, first_year_of(school_year_of(day)))
    return View(of(home) + text, inline([*around, reports, back, keys.homes()]))


def sheet(found: Sequence[Home], now: datetime) -> bytes:
    """All that she oversees, as .xlsx: the table of the chat, whole."""
    head = [
        plain(f"overview-{code}")
        for code in ("title", "next", "when", "unnamed", "planned", "held", "unmarked")
    ]
    rows: list[list[Cell]] = []
    for one in found:
        if one.overview is not None:
            following = one.overview.following
            rows.append(
                [
                    one.association.title,
                    following.title if following else plain("overview-none"),
                    dates.span(following.period, _today(one.association, now)) if following else "",
                    one.overview.unnamed,
                    one.overview.planned,
                    one.overview.held,
                    one.overview.unmarked,
                ]
            )
    return write_spreadsheet(plain("overview-name"), [plain("overview-name")], head, rows)


def news(event: Event, before: Revision | None, home: Association, now: datetime) -> View | None:
    """What changed of an event that she oversees (None: it is new); None where nothing did. Nobody is asked
    anything."""
    day = _today(home, now)
    if before is not None and event.status not in {Status.PLANNED, Status.JOINED, before.status}:
        reason = t("change-reason", reason=event.reason) if event.reason else Markup("")
        said = t("overseen-cancelled", title=event.title, when=dates.span(before.period, day))
        text = Markup("\n").join(filter(None, (said, reason)))
        return View(text, inline([keys.card(home, event)]))
    event = replace(event, answers_until=None)
    if before is not None and not event.gathering:
        told = notices.task_changed(event, before, day)
    elif before is None:
        told = notices.announced(event, day, urgent=False)
    else:
        told = notices.change(event, before, None, day)
    return None if told is None else View(told.text, inline([keys.card(home, event)]))


def title_of(home: Association) -> str:
    """How an association is called."""
    return clip(home.title, _TITLE) or plain("no-title")


def of(home: Association) -> Markup:
    """Of which association something is."""
    return t("of-association", title=title_of(home)) + "\n"


def _button(one: Home) -> str:
    return clip(one.association.title, 50) or plain("no-title")


def _home(one: Home, actor: Actor, now: datetime) -> Markup:
    title = title_of(one.association)
    if one.overview is not None:
        return t("home-overseen", title=title, lines=_numbers(one.overview, one.association, now))
    here = actor.association is not None and actor.association.id == one.association.id
    return t(f"home-{one.role}", title=title) + (" " + t("home-here") if here else "")


def _numbers(shown: Overview, home: Association, now: datetime) -> Markup:
    if shown.following is None:
        following = t("home-nothing-ahead")
    else:
        when = dates.span(shown.following.period, _today(home, now))
        following = t("home-next", when=when, title=clip(shown.following.title, _TITLE))
    lines = [following]
    if shown.unnamed:
        lines.append(t("home-unnamed", count=shown.unnamed))
    lines.append(t("fulfilment", held=shown.held, count=shown.planned))
    if shown.unmarked:
        lines.append(t("home-unmarked", count=shown.unmarked))
    return Markup("\n").join(lines)


def _standing(shown: Card, now: datetime) -> list[Markup]:
    event = shown.event
    if not event.gathering:
        return [t("card-task-cancelled" if event.status is Status.CANCELLED else "card-task")]
    if event.status is Status.CANCELLED:
        return [t("overseen-off")]
    counts = [t("card-going", count=shown.going)] if event.period.day_known else []
    if shown.joining:
        counts.append(t("card-online", count=shown.joining))
    if shown.line:
        counts.append(t("overseen-line", count=shown.line))
    if event.ends_at > now:
        return [Markup(" ").join(counts)] if counts else []
    if event.status is Status.NOT_HELD:
        return [t("card-not-held")]
    return [t("card-held" if event.status is Status.HELD else "overseen-unmarked")]


def _row(one: PlanRow, day: date) -> Markup:
    number = f"{one.number} " if one.number else ""
    title = f"{number}{clip(one.title, _TITLE)}"
    if one.held_on is None:
        return t("overseen-row", title=title)
    return t("overseen-row-held", title=title, day=dates.day(one.held_on, day))


def _fulfilled(one: Fulfilment, day: date) -> Markup:
    line = _marked(one, day)
    return t("fulfilment-result", line=line, result=clip(one.result, _TITLE)) if one.result else line


def _marked(one: Fulfilment, day: date) -> Markup:
    title = clip(f"{one.number} {one.title}".strip(), _TITLE)
    if one.held_on is not None:
        return t("fulfilment-held", title=title, day=dates.day(one.held_on, day))
    if one.period is not None:
        title = t("fulfilment-when", title=title, when=dates.span(one.period, day))
    return t(f"fulfilment-{one.done.replace('_', '-')}", title=title)


def _today(home: Association, now: datetime) -> date:
    return dates.local(now, home.zone).date()
