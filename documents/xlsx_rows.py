"""Tables out of an .xlsx: a sheet is a table, its rows numbered as Excel numbers them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from documents.archive import check_declared
from documents.table import Block, Cell, Paragraph, Row, Table
from domain.errors import DomainError
from domain.russian_dates import MONTHS

MOST_ROWS = 20_000
MOST_COLUMNS = 60
# No sheet needs a document type of its own, and one with it may grow without end.
_DOCTYPE = b"<!DOCTYPE"
_BEGINNING = 2_000
# What a number's format shows as it stands: «[$-419]mmmm\\ yyyy" г."».
_AS_WRITTEN = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.|;.*|am/pm|h+:mm(?::ss)?")
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)


def is_workbook(content: bytes) -> bool:
    """Whether a zip archive holds an Excel workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False


def read(content: bytes) -> tuple[Block, ...]:
    """The visible sheets of an .xlsx, those that hold anything; the name of a sheet that names a month, above
    it. Of a formula its last result is read.

    Raises DomainError: `plan_damaged`, `plan_unpacks_too_large`, `plan_too_heavy` for more than MOST_ROWS.
    """
    # Heavy, and of no use for any other document: imported only here.
    from openpyxl import load_workbook

    _check(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pictures and rules that are not read
            book = load_workbook(io.BytesIO(content), data_only=True)
    except MemoryError:
        raise
    except Exception:
        # Whatever is wrong inside shows in as many ways as the library has lines.
        raise DomainError("plan_damaged") from None
    blocks: list[Block] = []
    for sheet in book.worksheets:
        table = _table(sheet) if sheet.sheet_state == "visible" else None
        if table and table.rows:
            blocks += [Paragraph(sheet.title)] if _MONTH.search(sheet.title) else []
            blocks.append(table)
    return tuple(blocks)


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_declared(archive)
            for member in archive.infolist():
                with archive.open(member) as opened:
                    if _DOCTYPE in opened.read(_BEGINNING).replace(b"\0", b"").upper():
                        raise DomainError("plan_damaged")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise DomainError("plan_damaged") from None
    except Exception as error:
        if isinstance(error, DomainError | MemoryError):
            raise
        raise DomainError("plan_damaged") from None


def _table(sheet: Any) -> Table:
    # The cells that are there: to ask for rows would make every cell up to the last one, be it the millionth.
    texts = {place: text for place, cell in sheet._cells.items() if (text := _text(cell.value, cell))}
    height = max((row for row, _ in texts), default=0)
    if height > MOST_ROWS:
        raise DomainError("plan_too_heavy")
    width = min(max((column for _, column in texts), default=0), MOST_COLUMNS)
    merged = _merged(sheet, height, width)
    rows = [_row(number, width, texts, merged) for number in range(1, height + 1)]
    return Table(tuple(rows), width)


def _merged(sheet: Any, height: int, width: int) -> dict[tuple[int, int], tuple[int, int, int]]:
    """For each cell that is merged with others: the place of the first of them, and the last column."""
    places = {}
    for area in sheet.merged_cells.ranges:
        last = min(area.max_col, width)
        for row in range(area.min_row, min(area.max_row, height) + 1):
            for column in range(area.min_col, last + 1):
                places[row, column] = (area.min_row, area.min_col, last)
    return places


def _row(
    number: int,
    width: int,
    texts: Mapping[tuple[int, int], str],
    merged: Mapping[tuple[int, int], tuple[int, int, int]],
) -> Row:
    cells: list[Cell] = []
    column = 1
    while column <= width:
        first_row, first_column, last = merged.get((number, column), (number, column, column))
        text = texts.get((first_row, first_column), "")
        cells.append(Cell(text, column - 1, last - column + 1, carried=first_row != number))
        column = last + 1
    return Row(tuple(cells))


def _text(value: object, cell: Any) -> str:
    """What a cell says, as people would write it and as it is shown there."""
    match value:
        case None | bool():
            return ""
        case float():
            return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
        case datetime() | date():
            return _date_shown(value, cell.number_format)
        case time():
            return f"{value:%H:%M}"
    return str(value).strip()


def _date_shown(value: date, shape: str) -> str:
    """A date without what its cell does not show: of «сен.26» Excel makes 1 September, and to a «15.01» it
    adds the year in which that was typed."""
    shown = set(_AS_WRITTEN.sub("", shape.lower())) & set("dmy")
    if shown == {"m", "y"}:
        return f"{MONTHS[value.month - 1]} {value.year}"
    if shown == {"m"}:
        return MONTHS[value.month - 1]
    day = f"{value:%d.%m}" if shown == {"d", "m"} else f"{value:%d.%m.%Y}"
    hour = isinstance(value, datetime) and value.time() != time()
    return f"{day} {value:%H:%M}" if hour else day
