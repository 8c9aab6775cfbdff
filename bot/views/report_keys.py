"""The buttons of «Отчёты»: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from aiogram.types import InlineKeyboardButton

from bot.views import paper_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowDesk, Year, button, turns
from bot.views.talk_keys import OpenTalks
from bot.views.words import plain
from domain.plan_draft import short_school_year
from domain.records import Association, Event
from domain.reports import Note, PlannedRow

_SAID: tuple[Literal["done", "failed", "none"], ...] = ("done", "failed", "none")


class ShowReports(CallbackData, prefix="reports"):
    """«Отчёты» of the school year that begins in this one; a page of what they lack."""

    year: Year
    page: Place


class TakeReport(CallbackData, prefix="report"):
    """A report as a file, or as pictures."""

    year: Year
    what: Literal["plan", "analysis", "table", "pictures"]


class ShowAnalysis(CallbackData, prefix="analysis"):
    """«Анализ работы»: its words."""

    year: Year


class AskNote(CallbackData, prefix="note"):
    """What the analysis is to say in the head's own words; «out»: it does without."""

    year: Year
    note: Note
    act: Literal["ask", "out", "back"]


class AskTalks(CallbackData, prefix="notalks"):
    """A meeting of the year without talks: were there any? «none»: there were none; «back»: that is taken
    back."""

    year: Year
    event: Id
    act: Literal["ask", "none", "back"]


class ShowResults(CallbackData, prefix="results"):
    """«План с отметкой»: a page of its rows."""

    year: Year
    page: Place


class SetResult(CallbackData, prefix="result"):
    """What came of a row: to be asked, a button's word, nothing, as it was before."""

    year: Year
    activity: Id
    act: Literal["ask", "done", "failed", "none", "back"]


class ShowCoverage(CallbackData, prefix="coverage"):
    """«Охват школ»."""

    year: Year
    page: Place


class TakePortfolio(CallbackData, prefix="portfolio"):
    """«Портфолио»: her own."""


class ShowOverseenReports(CallbackData, prefix="oreports"):
    """«Отчёты» of an association that she oversees."""

    association: Id
    year: Year


class TakeOverseenReport(CallbackData, prefix="oreport"):
    """A report of it, without anybody's marks."""

    association: Id
    year: Year
    what: Literal["plan", "analysis", "table"]


def years(earlier: str | None, later: str | None, to: Callable[[int], CallbackData]) -> Rows:
    """The way to the other school year."""
    row = []
    if earlier is not None:
        row.append(button(plain("button-year-earlier", year=short_school_year(earlier)), to(_first(earlier))))
    if later is not None:
        row.append(button(plain("button-year-later", year=short_school_year(later)), to(_first(later))))
    return [row] if row else []


def reports(year: int) -> Rows:
    """The reports, what their like is written on, and the way back."""
    return [
        [button(plain("button-report-plan"), ShowResults(year=year, page=0))],
        [button(plain("button-report-analysis"), ShowAnalysis(year=year))],
        [button(plain("button-report-table"), TakeReport(year=year, what="table"))],
        [
            button(plain("button-report-coverage"), ShowCoverage(year=year, page=0)),
            paper_keys.all_blanks(),
        ],
        [button(plain("button-back"), ShowDesk(screen="home"))],
    ]


def lacks(year: int, page: int, pages: int) -> Rows:
    """The way through what they lack."""
    return turns(page, pages, lambda at: ShowReports(year=year, page=at))


def analysis(year: int) -> Rows:
    """Its words, and the file."""
    ask = [button(plain(f"button-note-{note}"), AskNote(year=year, note=note, act="ask")) for note in Note]
    return [
        [button(plain("button-take-analysis"), TakeReport(year=year, what="analysis"), "success")],
        ask[:2],
        ask[2:],
        [button(plain("button-back"), ShowReports(year=year, page=0))],
    ]


def results(year: int, found: Sequence[PlannedRow], page: int, pages: int) -> Rows:
    """The file, a page of rows, and the way back."""
    return [
        [button(plain("button-take-analysis"), TakeReport(year=year, what="plan"), "success")],
        *([button(_named(one), SetResult(year=year, activity=one.activity, act="ask"))] for one in found),
        *turns(page, pages, lambda at: ShowResults(year=year, page=at)),
        [button(plain("button-back"), ShowReports(year=year, page=0))],
    ]


def asked_result(year: int, row: PlannedRow) -> Rows:
    """What is said of a row most often."""
    rows: Rows = [
        [button(plain(f"button-result-{act}"), SetResult(year=year, activity=row.activity, act=act))]
        for act in _SAID
        if row.result or act != "none"
    ]
    return [*rows, [button(plain("button-leave-it"), ShowResults(year=year, page=0))]]


def result_back(year: int, row: int) -> list[InlineKeyboardButton]:
    """«Вернуть как было»."""
    return [button(plain("button-undo"), SetResult(year=year, activity=row, act="back"))]


def _named(row: PlannedRow) -> str:
    label = " ".join(filter(None, (row.number, row.title)))
    return plain("button-chosen", label=label) if row.result else label


def asked_note(year: int, note: Note) -> Rows:
    """Under the question for words."""
    return [
        [button(plain("button-note-out"), AskNote(year=year, note=note, act="out"))],
        [button(plain("button-leave-it"), ShowAnalysis(year=year))],
    ]


def note_back(year: int, note: Note) -> list[InlineKeyboardButton]:
    """«Вернуть как было»."""
    return [button(plain("button-undo"), AskNote(year=year, note=note, act="back"))]


def ask_talks(year: int, event: Event) -> Rows:
    """Write them down, or say that there were none."""
    return [
        [button(plain("button-write-talks"), OpenTalks(event=event.id))],
        [button(plain("button-no-talks"), AskTalks(year=year, event=event.id, act="none"))],
        [button(plain("button-back"), ShowReports(year=year, page=0))],
    ]


def without_talks(year: int, event: Event) -> Rows:
    """There were none; or is it to be asked again?"""
    return [
        [button(plain("button-undo"), AskTalks(year=year, event=event.id, act="back"))],
        [button(plain("button-back"), ShowReports(year=year, page=0))],
    ]


def coverage(year: int, page: int, pages: int, *, drawn: bool) -> Rows:
    """Pages, the same as pictures where there is something to draw, and the way back."""
    pictures = [button(plain("button-report-pictures"), TakeReport(year=year, what="pictures"))]
    return [
        *turns(page, pages, lambda at: ShowCoverage(year=year, page=at)),
        *([pictures] if drawn else []),
        [button(plain("button-back"), ShowReports(year=year, page=0))],
    ]


def overseen(home: Association, year: int) -> list[InlineKeyboardButton]:
    """The way to the reports of an association that she oversees."""
    return [button(plain("button-reports"), ShowOverseenReports(association=home.id, year=year))]


def of_overseen(home: Association, year: int) -> Rows:
    """Those reports."""

    def take(what: Literal["plan", "analysis", "table"]) -> list[InlineKeyboardButton]:
        data = TakeOverseenReport(association=home.id, year=year, what=what)
        return [button(plain(f"button-report-{what}"), data)]

    return [take("plan"), take("analysis"), take("table")]


def portfolio() -> list[InlineKeyboardButton]:
    """«Портфолио»."""
    return [button(plain("button-portfolio"), TakePortfolio())]


def _first(label: str) -> int:
    return int(label[:4])
