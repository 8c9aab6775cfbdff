"""«Отчёты»: what there is to take, what it lacks, the words of the analysis, which schools were seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from actions.reports import Overview
from actions.school_years import Words
from actions.year_notes import Results
from bot.views import dates, overseeing, overseeing_keys
from bot.views import report_keys as keys
from bot.views.cards import today
from bot.views.keyboards import Rows, ShowMore, button, inline
from bot.views.protocol_keys import ShowProtocol
from bot.views.report_keys import AskNote, AskTalks, SetResult, ShowOverseenReports, ShowReports
from bot.views.roll_keys import ShowRoll
from bot.views.view import View
from bot.views.words import called, clip, fitting, plain, t
from domain.plan_draft import first_year_of, short_school_year
from domain.records import Actor, Association, Event
from domain.reports import Coverage, Lack, Missing, Note, PlannedRow, Portfolio, SchoolYear

_ITEMS = 4
_LINES = 20
_ROWS = 8
_TITLE = 80
_NOTE = 700


def home(shown: Overview, page: int, actor: Actor, now: datetime) -> View:
    """«Отчёты» of a year; once it is written up, they are «Итоги года», and what they lack stands above, each
    with its button."""
    year = first_year_of(shown.label)
    lacks = shown.lacks or []
    pages = max(1, -(-len(lacks) // _ITEMS))
    page = min(max(page, 0), pages - 1)
    rows = [
        *([_fill(one, year, actor, now)] for one in lacks[page * _ITEMS : (page + 1) * _ITEMS]),
        *keys.lacks(year, page, pages),
        *keys.years(shown.earlier, shown.later, lambda first: ShowReports(year=first, page=0)),
        *keys.reports(year),
    ]
    label = short_school_year(shown.label)
    if shown.lacks is None:
        return View(t("reports", year=label), inline(rows))
    return View(t("reports-year-end", year=label, lacks=_lacking(lacks) + "\n"), inline(rows))


def overseen(home: Association, shown: Overview) -> View:
    """The same for a methodist: what says nothing of single people."""
    year = first_year_of(shown.label)
    rows = [
        *keys.years(
            shown.earlier, shown.later, lambda first: ShowOverseenReports(association=home.id, year=first)
        ),
        *keys.of_overseen(home, year),
        overseeing_keys.fulfilment(home),
    ]
    text = t("reports-overseen", year=short_school_year(shown.label))
    return View(overseeing.of(home) + text, inline(rows))


def file_name(what: str, year: SchoolYear) -> str:
    """What a report's file is called."""
    return plain(f"report-{what}-file-name", year=year.label.replace("/", "-"))


def caption(what: str, year: SchoolYear, *, overseen: bool = False) -> Markup:
    """What a report is, how much took place, and what is to be filled in by hand."""
    said = {"year": short_school_year(year.label)}
    if what == "table":
        return t("report-table-caption-overseen" if overseen else "report-table-caption", **said)
    held = t("report-held", held=len(year.held), count=len(year.gatherings))
    return t(f"report-{what}-caption", **said, held=held)


def of_attendance(year: SchoolYear, actor: Actor, now: datetime) -> Markup:
    """The numbers of the first picture."""
    called = year.rolled
    most = max(called, key=lambda one: one.there)
    average = round(sum(one.there for one in called) / len(called))
    when = dates.day(most.event.period.first_day, today(actor, now))
    return t("picture-attendance", count=len(called), average=average, most=most.there, when=when)


def of_coverage(seen: Coverage) -> Markup:
    """The numbers of the second picture."""
    return t("picture-coverage", count=len(seen.schools), seen=seen.seen)


def analysis(words: Words) -> View:
    """The words of the analysis as they are."""
    lines = Markup("\n").join(_note(words, note) for note in Note)
    text = t("analysis", year=short_school_year(words.label), lines=lines)
    return View(text, inline(keys.analysis(first_year_of(words.label))))


def noted(words: Words, note: Note, *, written: bool = False) -> View:
    """Something of it was changed (`written`: in her words, just now), and can be changed back."""
    shown, year = analysis(words), first_year_of(words.label)
    text = t("note-saved") + "\n\n" + shown.text if written else shown.text
    *first, back = keys.analysis(year)
    return View(text, inline([*first, keys.note_back(year, note), back]))


def ask_note(words: Words, note: Note) -> View:
    """What is it to say?"""
    text, said = t(f"note-ask-{note}"), words.written.get(note)
    if said:
        text = t("note-now", ask=text, text=clip(said, _NOTE))
    return View(text, inline(keys.asked_note(first_year_of(words.label), note)))


def ask_talks(event: Event, year: int, actor: Actor, now: datetime) -> View:
    """Who shared experience there?"""
    return View(t("talks-lacking", **_of(event, actor, now)), inline(keys.ask_talks(year, event)))


def without_talks(event: Event, year: int, actor: Actor, now: datetime) -> View:
    """Nobody did, and it is not asked again."""
    return View(t("talks-none-said", **_of(event, actor, now)), inline(keys.without_talks(year, event)))


def _of(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": clip(event.title, 150), "when": dates.span(event.period, today(actor, now))}


def results(shown: Results, page: int) -> View:
    """A page of the plan's rows, those marked of which something is said."""
    pages = max(1, -(-len(shown.rows) // _ROWS))
    page = min(max(page, 0), pages - 1)
    return View(_results(shown, page, pages), inline(_result_rows(shown, page, pages)))


def result_said(shown: Results, activity: int) -> View:
    """Of one of them something else is said now, and the other can be had back; its page."""
    at = [one.activity for one in shown.rows].index(activity)
    page, pages = at // _ROWS, max(1, -(-len(shown.rows) // _ROWS))
    row = shown.row(activity)
    said = (
        t("row-result", row=_row(row), result=row.result) if row.result else t("row-no-result", row=_row(row))
    )
    *first, back = _result_rows(shown, page, pages)
    undo = keys.result_back(first_year_of(shown.label), activity)
    return View(said + "\n\n" + _results(shown, page, pages), inline([*first, undo, back]))


def ask_result(label: str, row: PlannedRow) -> View:
    """What came of it?"""
    text = t("row-ask", row=_row(row), when=clip(row.when or "–", _TITLE))
    if row.result:
        text = t("note-now", ask=text, text=row.result)
    return View(text, inline(keys.asked_result(first_year_of(label), row)))


def coverage(label: str, seen: Coverage, page: int) -> View:
    """A page of the schools and people to look after."""
    lines = _to_look_after(seen)
    pages = max(1, -(-len(lines) // _LINES))
    page = min(max(page, 0), pages - 1)
    if seen.called:
        said = t("coverage-said", count=seen.called, schools=len(seen.schools), seen=seen.seen)
    else:
        said = t("coverage-nothing")
    if seen.called and not lines:
        lines = [t("coverage-all-well")]
    shown = fitting(lines[page * _LINES : (page + 1) * _LINES])
    text = Markup("\n").join([t("coverage", year=short_school_year(label), said=said), *shown])
    if pages > 1:
        text += "\n" + t("who-page", page=page + 1, pages=pages)
    return View(text, inline(keys.coverage(first_year_of(label), page, pages, drawn=seen.called > 0)))


def of_portfolio(made: Portfolio) -> Markup:
    """What it is, and whose."""
    return t("portfolio-caption", count=len(made.appearances))


def _lacking(lacks: Sequence[Missing]) -> Markup:
    if not lacks:
        return t("reports-complete")
    counted = Counter(one.lack for one in lacks)
    what = Markup(", ").join(t(f"reports-lack-{lack}", count=counted[lack]) for lack in Lack if counted[lack])
    return t("reports-lack", what=what)


def _fill(one: Missing, year: int, actor: Actor, now: datetime) -> InlineKeyboardButton:
    """The way to where it is filled in."""
    if one.row is not None:
        label = plain("reports-fill-row", name=_row(one.row))
        return button(label, SetResult(year=year, activity=one.row.activity, act="ask"))
    if one.event is None:
        note = one.note or Note.TASKS
        label = plain("reports-fill-words", name=plain(f"button-note-{note}"))
        return button(label, AskNote(year=year, note=note, act="ask"))
    when = dates.short(one.event.period, today(actor, now))
    label = plain(f"reports-fill-{one.lack}", when=when, title=one.event.title)
    if one.lack is Lack.TALKS:
        return button(label, AskTalks(year=year, event=one.event.id, act="ask"))
    if one.lack is Lack.PROTOCOL:
        return button(label, ShowProtocol(event=one.event.id))
    if one.lack is Lack.ROLL and one.event.period.day_known:
        return button(label, ShowRoll(event=one.event.id))
    # Whether it took place is asked there, and its day, without which nobody is called over, is named there.
    return button(label, ShowMore(event=one.event.id))


def _results(shown: Results, page: int, pages: int) -> Markup:
    bare = sum(one.event is None and not one.result for one in shown.rows)
    said = t("results-bare", count=bare) if shown.rows else t("results-no-rows")
    text = t("results", year=short_school_year(shown.label), said=said)
    return text + "\n" + t("who-page", page=page + 1, pages=pages) if pages > 1 else text


def _result_rows(shown: Results, page: int, pages: int) -> Rows:
    rows = shown.rows[page * _ROWS : (page + 1) * _ROWS]
    return keys.results(first_year_of(shown.label), rows, page, pages)


def _row(row: PlannedRow) -> str:
    return clip(" ".join(filter(None, (row.number, row.title))), _NOTE)


def _note(words: Words, note: Note) -> Markup:
    name, own = plain(f"button-note-{note}"), words.own.get(note)
    if own:
        return t("analysis-line", name=name, text=clip(own, _NOTE))
    if own is not None:
        return t("analysis-line-out", name=name)
    if note in words.offered:
        return t("analysis-line-offered", name=name, text=clip(words.offered[note], _NOTE))
    return t("analysis-line-none", name=name)


def _to_look_after(seen: Coverage) -> list[Markup]:
    lines = []
    if seen.missing:
        lines.append(t("coverage-missing"))
        lines += [
            t("coverage-missing-line", count=one.missed, title=called(one.title, _TITLE))
            for one in seen.missing
        ]
    if seen.empty:
        lines.append(t("coverage-empty"))
        lines += [t("coverage-line", title=called(one.title, _TITLE)) for one in seen.empty]
    if seen.newcomers:
        lines.append(t("coverage-newcomers"))
        named = (filter(None, (one.name.full, called(one.school))) for one in seen.newcomers)
        lines += [t("coverage-line", title=clip(", ".join(one), _TITLE)) for one in named]
    return lines
