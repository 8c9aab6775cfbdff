"""«Сводная ведомость»: who was at what through a school year, with totals, as .xlsx."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from documents.printable import plain
from documents.spreadsheet import Cell as Value
from documents.year_report import KINDS, day_or_month
from domain.quotes import paired
from domain.records import Mark
from domain.reports import Gathering, SchoolYear, Tally, Totals, totals

if TYPE_CHECKING:
    from openpyxl import Workbook

_MARKS = {Mark.PRESENT: "+", Mark.LATE: "о", Mark.EXCUSED: "у", Mark.ABSENT: "н"}
_LEGEND = (
    "+ присутствие, о – опоздание, у – уважительная причина, н – отсутствие.",
    "Пустая клетка – отметки нет: отсутствием она не считается, в доли не входит.",
    "«Из отмеченных» – доля присутствовавших среди приглашённых, у кого есть отметка.",
    "«Из обещавших» – то же среди тех, кто отвечал «Приду» или «Подключусь».",
)
_RATES = ("Присутствие", "Отмечено", "Из отмеченных", "Обещали", "Из обещавших")
_TOTAL = "Итого"
_NO_SCHOOL = "Школа не указана"
_LONGEST = 500
_LETTERS = "Arial"
_PERCENT = "0%"
# The row of the head: above it stand the title, the association and the legend.
_HEAD = len(_LEGEND) + 3
# In points, for 11-point letters; and Excel's own greatest.
_LINE, _TALLEST = 15, 409
# So many letters of a row can be read on A4 across; inches at its sides.
_READABLE, _MARGIN = 200, 0.4


def write_year_table(year: SchoolYear) -> bytes:
    """Three sheets: people by events, schools by events, and the events."""
    counted = totals(year.held, year.people)
    book = _Book(year)
    book.people(counted)
    book.schools(counted)
    book.events(counted)
    return book.content()


def write_events_table(year: SchoolYear) -> bytes:
    """The events alone, with their counts: for who is to know how many, and not who."""
    book = _Book(year)
    book.events(totals(year.held, year.people))
    return book.content()


class _Book:
    """The sheets, written row by row: of two thousand people nothing is kept twice."""

    def __init__(self, year: SchoolYear) -> None:
        # Heavy, and of no use until somebody asks for a table: imported only then.
        from openpyxl import Workbook

        self._year = year
        # By event, in their order: those with a record who were there; and all who were, guests too.
        self._people_there = [one.people_there for one in year.held]
        self._there = {
            one.event.id: len(people) + len(one.guests_there)
            for one, people in zip(year.held, self._people_there, strict=True)
        }
        self._book: Workbook = Workbook(write_only=True)

    def people(self, counted: Totals) -> None:
        """Who was at what."""
        held, people = self._year.held, self._year.people
        columns = [("№", 5), ("Фамилия, имя, отчество", 34), ("Школа", 40), *_columns(held), *_rates()]
        sheet = _Sheet(self._book, "Люди", columns, frozen=3, rows=len(people), of=self._year)
        signs: dict[int, list[str | None]] = {one.person_id: [None] * len(held) for one in people}
        for at, of_event in enumerate(held):
            for person, mark in of_event.marks.items():
                if person in signs:
                    signs[person][at] = _MARKS[mark]
        for one in people:
            sheet.row((one.name.full, one.school), signs[one.person_id], counted.people[one.person_id])
        there = [counted.events[one.event.id].there for one in held]
        sheet.last(["", f"{_TOTAL} из списка", "", *there], _sum(counted.people.values()))
        everybody = [self._there[one.event.id] for one in held]
        guests = [whole - of_list for whole, of_list in zip(everybody, there, strict=True)]
        sheet.last(["", "Гости", "", *guests, sum(guests)])
        sheet.last(["", f"{_TOTAL} с гостями", "", *everybody, sum(everybody)])

    def schools(self, counted: Totals) -> None:
        """How many of each school were at what."""
        held, school_of = self._year.held, {one.person_id: one.school for one in self._year.people}
        titles = [*self._year.schools, *([""] if "" in counted.schools else [])]
        columns = [("№", 5), ("Школа", 40), *_columns(held), *_rates()]
        sheet = _Sheet(self._book, "Школы", columns, frozen=2, rows=len(titles), of=self._year)
        there = [
            Counter(school_of[person] for person in people if person in school_of)
            for people in self._people_there
        ]
        for title in titles:
            counts = [one.get(title) for one in there]
            sheet.row((title or _NO_SCHOOL,), counts, counted.schools.get(title, Tally()))
        every = [sum(one.values()) for one in there]
        sheet.last(["", _TOTAL, *every], _sum(counted.schools.values()))

    def events(self, counted: Totals) -> None:
        """How many were at each."""
        columns = [("№", 5), ("Дата", 24), ("Встреча", 60), ("Форма", 16), *_rates(), ("Гости", 12)]
        held = self._year.held
        sheet = _Sheet(self._book, "Встречи", columns, frozen=3, rows=len(held), of=self._year)
        for one in held:
            tally = counted.events[one.event.id]
            named = (day_or_month(one.event.period), one.event.title, KINDS[one.event.kind])
            sheet.row(named, (), tally, self._there[one.event.id] - tally.there)
        everybody = _sum(counted.events.values())
        guests = sum(self._there.values()) - everybody.there
        sheet.last(["", "", _TOTAL, ""], everybody, guests)

    def content(self) -> bytes:
        """The file."""
        written = io.BytesIO()
        self._book.save(written)
        return written.getvalue()


class _Sheet:
    """A sheet with its titles, its legend and its head, which stays where it is and filters what is below."""

    def __init__(
        self,
        book: Workbook,
        name: str,
        columns: Sequence[tuple[str, float]],
        *,
        frozen: int,
        rows: int,
        of: SchoolYear,
    ) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties
        from openpyxl.worksheet.worksheet import Worksheet

        self._number = 0
        self._widths = [width for _, width in columns[1:]]
        sheet = self._sheet = book.create_sheet(name)
        for number, (_, width) in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        head = _HEAD
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{head + 1}"
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{head + rows}"
        sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
        sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
        # As many pages across as it takes to be read; each has the head and the names.
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth = 0, _pages(columns, frozen)
        sheet.print_title_rows, sheet.print_title_cols = f"{head}:{head}", f"A:{get_column_letter(frozen)}"
        sheet.print_options.gridLines = True
        sheet.page_margins.left = sheet.page_margins.right = _MARGIN
        tall = max(_lines(title, width) for title, width in columns)
        sheet.row_dimensions[head].height = min(_LINE * tall, _TALLEST)
        self._bold = Font(name=_LETTERS, bold=True)
        title = f"Сводная ведомость за {of.label} учебный год"
        sheet.append([_filled(self._cell(font=Font(name=_LETTERS, bold=True, size=14)), title)])
        sheet.append([_filled(self._cell(font=self._bold), of.association)])
        for line in _LEGEND:
            sheet.append([line])
        aspects = {
            "font": self._bold,
            "alignment": Alignment(wrap_text=True, vertical="top"),
            "fill": PatternFill("solid", fgColor="FFE8EEF4"),
        }
        sheet.append([_filled(self._cell(**aspects), heading) for heading, _ in columns])
        # A row is written as soon as it is appended: the next one gets the same cells, filled anew.
        self._texts = [self._cell(alignment=Alignment(wrap_text=True)) for _ in columns]
        self._rates = [self._cell(number_format=_PERCENT) for _ in _RATES]

    def row(self, named: Sequence[str], values: Sequence[Value | None], tally: Tally, *more: Value) -> None:
        """The next row: its number, what it is called, its values, the totals. The texts go over as many
        lines as they take: not every office makes room for them by itself."""
        self._number += 1
        lines = max(map(_lines, named, self._widths))
        if lines > 1:
            height = min(_LINE * lines, _TALLEST)
            self._sheet.row_dimensions[_HEAD + self._number].height = height
        texts = map(_filled, self._texts, named)
        counted = [self._rated(at, value) for at, value in enumerate(_counted(tally))]
        self._sheet.append([self._number, *texts, *values, *counted, *more])

    def last(self, values: Sequence[Value], tally: Tally | None = None, *more: Value) -> None:
        """A row of totals below the table."""
        counted = [] if tally is None else _counted(tally)
        row = []
        for value in [*values, *counted, *more]:
            cell = self._cell(font=self._bold)
            cell.value = value
            if isinstance(value, float):
                cell.number_format = _PERCENT
            row.append(cell)
        self._sheet.append(row)

    def _rated(self, at: int, value: float | None) -> Any:
        """A rate as per cent; one that nobody can tell is empty, a number is what it is."""
        if not isinstance(value, float):
            return value
        cell = self._rates[at]
        cell.value = value
        return cell

    def _cell(self, **style: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet)
        for aspect, how in style.items():
            setattr(cell, aspect, how)
        return cell


def _filled(cell: Any, text: str) -> Any:
    """Somebody's text: it stays a text, whatever it begins with, even when the cell is edited."""
    cell.value = paired(plain(text, _LONGEST))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _counted(tally: Tally) -> list[float | None]:
    """The totals, in the order of their columns: counts, and rates as floats."""
    return [tally.there, tally.marked, tally.of_invited, tally.promised, tally.of_promised]


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, somewhat generously."""
    return 1 + int(len(text) / (width - 3)) if text else 1


def _pages(columns: Sequence[tuple[str, float]], frozen: int) -> int:
    """On how many pages side by side the columns can be read, where the frozen ones stand on each."""
    widths = [width for _, width in columns]
    fixed = sum(widths[:frozen])
    return max(1, ceil(sum(widths[frozen:]) / (_READABLE - fixed)))


def _columns(held: Iterable[Gathering]) -> list[tuple[str, float]]:
    return [(f"{day_or_month(one.event.period)} {one.event.title}", 16) for one in held]


def _rates() -> list[tuple[str, float]]:
    return [(name, 13) for name in _RATES]


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
