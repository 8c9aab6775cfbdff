"""A table as .xlsx."""

from __future__ import annotations

import io
from collections.abc import Sequence

from documents.printable import plain

Cell = str | int

# Excel takes no longer text in a cell, and no longer name of a sheet.
_LONGEST = 32_767
_LONGEST_NAME = 31
# Columns are as wide as their longest text, in letters, within these.
_NARROWEST, _WIDEST = 5, 60
_LETTERS = "Arial"
# In points, for 11-point letters; and Excel's own greatest.
_LINE, _TALLEST = 15, 409


def write_spreadsheet(
    name: str, titles: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> bytes:
    """One sheet called `name`: the titles, each on a row of its own, then the table under its head; printed
    on A4 across, as wide as the paper.

    Numbers stay numbers. Texts are texts whatever they begin with: nothing in them is ever reckoned.
    """
    # Heavy, and of no use until somebody asks for a table: imported only then.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook(write_only=True)
    sheet = book.create_sheet(plain(name, _LONGEST_NAME))
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, values in enumerate(zip(head, *rows, strict=True), 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(values)

    thin = Side(style="thin")
    lined = {
        "border": Border(left=thin, right=thin, top=thin, bottom=thin),
        "alignment": Alignment(vertical="top", wrap_text=True),
    }

    def append(values: Sequence[Cell], **style: object) -> None:
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, plain(value, _LONGEST) if isinstance(value, str) else value)
            if isinstance(value, str):
                # «=…» is a text, and stays one even when somebody edits the cell.
                cell.data_type = "s"
                cell.quotePrefix = True
            for aspect, how in style.items():
                setattr(cell, aspect, how)
            cells.append(cell)
        sheet.append(cells)

    for title in titles:
        append([title], font=Font(name=_LETTERS, size=14, bold=True))
    sheet.append([])
    append(head, font=Font(name=_LETTERS, size=11, bold=True), **lined)
    for at, row in enumerate(rows, len(titles) + 3):
        # Not every office makes room for a second line by itself.
        sheet.row_dimensions[at].height = min(_LINE * max(map(_lines, row), default=1), _TALLEST)
        append(row, font=Font(name=_LETTERS, size=11), **lined)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _lines(value: Cell) -> int:
    """How many lines a cell takes, somewhat generously, in the widest of columns."""
    return sum(1 + len(line) // (_WIDEST - 5) for line in str(value).split("\n"))


def _width(cells: Sequence[Cell]) -> int:
    return min(max(_NARROWEST, *(len(str(cell)) + 2 for cell in cells)), _WIDEST)
