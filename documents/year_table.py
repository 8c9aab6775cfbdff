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
        from openpyxl.styles import Alignment, Font, PatternFill

        self._year = year
        self._there = {one.event.id: one.there for one in year.held}
        self._book: Workbook = Workbook(write_only=True)
        self._bold = {"font": Font(name=_LETTERS, bold=True)}
        self._title = {"font": Font(name=_LETTERS, bold=True, size=14)}
        self._wrap = {"alignment": Alignment(wrap_text=True)}
        self._head = {
            **self._bold,
            "alignment": Alignment(wrap_text=True, vertical="top"),
            "fill": PatternFill("solid", fgColor="FFE8EEF4"),
        }

    def people(self, counted: Totals) -> None:
        """Who was at what."""
        held, people = self._year.held, self._year.people
        columns = [("№", 5), ("Фамилия, имя, отчество", 34), ("Школа", 40), *_columns(held), *_rates()]
        sheet = self._sheet("Люди", columns, frozen=3, rows=len(people))
        marks = [one.marks for one in held]
        for number, one in enumerate(people, 1):
            cells: list[Any] = [
                number,
                *self._wrapped(sheet, number, columns[1:3], one.name.full, one.school),
            ]
            for of_event in marks:
                mark = of_event.get(one.person_id)
                cells.append(None if mark is None else _MARKS[mark])
            sheet.append([*cells, *self._counted(sheet, counted.people[one.person_id])])
        there = [counted.events[one.event.id].there for one in held]
        self._last(sheet, ["", f"{_TOTAL} из списка", "", *there], _sum(counted.people.values()))
        everybody = [self._there[one.event.id] for one in held]
        guests = [whole - of_list for whole, of_list in zip(everybody, there, strict=True)]
        self._last(sheet, ["", "Гости", "", *guests, sum(guests)])
        self._last(sheet, ["", f"{_TOTAL} с гостями", "", *everybody, sum(everybody)])

    def schools(self, counted: Totals) -> None:
        """How many of each school were at what."""
        held, school_of = self._year.held, {one.person_id: one.school for one in self._year.people}
        titles = [*self._year.schools, *([""] if "" in counted.schools else [])]
        columns = [("№", 5), ("Школа", 40), *_columns(held), *_rates()]
        sheet = self._sheet("Школы", columns, frozen=2, rows=len(titles))
        there = [
            Counter(school_of[person] for person in one.people_there if person in school_of) for one in held
        ]
        for number, title in enumerate(titles, 1):
            named = self._wrapped(sheet, number, columns[1:2], title or _NO_SCHOOL)
            cells = [number, *named, *(one.get(title) for one in there)]
            sheet.append([*cells, *self._counted(sheet, counted.schools.get(title, Tally()))])
        every = [sum(one.values()) for one in there]
        self._last(sheet, ["", _TOTAL, *every], _sum(counted.schools.values()))

    def events(self, counted: Totals) -> None:
        """How many were at each."""
        columns = [("№", 5), ("Дата", 24), ("Встреча", 60), ("Форма", 16), *_rates(), ("Гости", 12)]
        held = self._year.held
        sheet = self._sheet("Встречи", columns, frozen=3, rows=len(held))
        for number, one in enumerate(held, 1):
            tally = counted.events[one.event.id]
            when, kind = day_or_month(one.event.period), KINDS[one.event.kind]
            named = self._wrapped(sheet, number, columns[1:4], when, one.event.title, kind)
            cells = [number, *named]
            sheet.append([*cells, *self._counted(sheet, tally), self._there[one.event.id] - tally.there])
        everybody = _sum(counted.events.values())
        guests = sum(self._there.values()) - everybody.there
        self._last(sheet, ["", "", _TOTAL, ""], everybody, guests)

    def content(self) -> bytes:
        """The file."""
        written = io.BytesIO()
        self._book.save(written)
        return written.getvalue()

    def _sheet(self, name: str, columns: Sequence[tuple[str, float]], *, frozen: int, rows: int) -> Any:
        """A new sheet with its titles, its legend and its head, which stays where it is and filters `rows`
        rows."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties
        from openpyxl.worksheet.worksheet import Worksheet

        sheet = self._book.create_sheet(name)
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
        title = f"Сводная ведомость за {self._year.label} учебный год"
        sheet.append([self._text(sheet, title, self._title)])
        sheet.append([self._text(sheet, self._year.association, self._bold)])
        for line in _LEGEND:
            sheet.append([line])
        sheet.append([self._text(sheet, heading, self._head) for heading, _ in columns])
        return sheet

    def _wrapped(
        self, sheet: Any, number: int, columns: Sequence[tuple[str, float]], *texts: str
    ) -> list[Any]:
        """The texts of the row with a number, one a column, over as many lines as they take: not every office
        makes room for them by itself."""
        lines = max(_lines(text, width) for text, (_, width) in zip(texts, columns, strict=True))
        if lines > 1:
            sheet.row_dimensions[_HEAD + number].height = min(_LINE * lines, _TALLEST)
        return [self._text(sheet, text, self._wrap) for text in texts]

    def _text(self, sheet: Any, text: str, style: dict[str, Any] | None = None) -> Any:
        """Somebody's text: it stays a text, whatever it begins with, even when the cell is edited."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet, paired(plain(text, _LONGEST)))
        cell.data_type = "s"
        for aspect, how in (style or {}).items():
            setattr(cell, aspect, how)
        cell.quotePrefix = True
        return cell

    def _counted(self, sheet: Any, tally: Tally) -> list[Any]:
        """The totals; a rate that nobody can tell is empty."""
        return [
            tally.there,
            tally.marked,
            self._rate(sheet, tally.of_invited),
            tally.promised,
            self._rate(sheet, tally.of_promised),
        ]

    def _rate(self, sheet: Any, part: float | None) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if part is None:
            return None
        cell = WriteOnlyCell(sheet, part)
        cell.number_format = "0%"
        return cell

    def _last(self, sheet: Any, cells: list[Value], tally: Tally | None = None, *more: Value) -> None:
        """A row of totals below the table."""
        from openpyxl.cell import Cell, WriteOnlyCell

        counted = [] if tally is None else self._counted(sheet, tally)
        row = []
        for value in [*cells, *counted, *more]:
            cell = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value)
            cell.font = self._bold["font"]
            row.append(cell)
        sheet.append(row)


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
