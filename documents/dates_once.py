"""Columns of dates in which one date stands for several rows: what their blank cells mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Enum, auto
from itertools import pairwise

from documents.columns import WHENS, Columns, Role, role_of
from documents.stages import is_of_time
from documents.table import Row, Table
from documents.wording import is_dash
from domain.period import Precision
from domain.russian_dates import WhenReading

Read = Callable[[str], WhenReading]

_LONG = frozenset({Precision.MONTH, Precision.MONTHS, Precision.WEEKS})
_FEWEST = 2


class Blank(Enum):
    """What a blank cell below a date means."""

    UNKNOWN = auto()
    LIKELY_AS_ABOVE = auto()
    AS_ABOVE = auto()


def blank_dates(rows: Iterable[Row], columns: Columns, read: Read) -> Blank:
    """What blank cells mean in the column of dates of these rows, which are those of a whole table.

    A date may stand for all rows down to the next one only where the author merges nothing, never says it
    twice running, and goes on in time. It does for sure where it leads its rows, «Месяц | Мероприятие | …»,
    and is a month, or a day that mostly stands for several.
    """
    whens = columns.of(*WHENS)
    return _blank(rows, whens[0], columns, read) if len(whens) == 1 else Blank.UNKNOWN


def months_filled(table: Table, heading: int, columns: Columns, read: Read) -> Table:
    """A table with «Месяц | Число | …», where a month stands once for several days, with that month beside
    each of them, as if it were merged; any other as it is."""
    whens = columns.of(Role.WHEN, Role.WHEN_AND_WHERE)
    below = table.rows[heading + 1 :]
    if len(whens) != 2 or columns.spanned or _blank(below, whens[0], columns, read) is not Blank.AS_ABOVE:
        return table
    months = [read(cell.text).periods for row in below if (cell := row.at(whens[0])) and cell.text.strip()]
    if any([it.precision for it in periods] != [Precision.MONTH] for periods in months):
        return table
    filled: list[Row] = []
    month = ""
    for row in below:
        cell = row.at(whens[0])
        month = cell.text if cell is not None and cell.text.strip() else month
        cells = [
            replace(it, text=month, carried=True) if it is cell and it.text != month else it
            for it in row.cells
        ]
        filled.append(replace(row, cells=tuple(cells)) if row.filled else row)
    return replace(table, rows=(*table.rows[: heading + 1], *filled))


def _blank(rows: Iterable[Row], when: int, columns: Columns, read: Read) -> Blank:
    titles = columns.of(Role.TITLE, Role.AGENDA)
    if not titles:
        return Blank.UNKNOWN
    cells = [cell for row in rows if _is_activity(row, titles) and (cell := row.at(when))]
    if not any(not cell.text.strip() for cell in cells) or any(cell.carried for cell in cells):
        return Blank.UNKNOWN
    said = [text for cell in cells if role_of(text := cell.text.strip()) not in WHENS]
    filled = [text for text in said if text]
    repeated = any(one == later for one, later in pairwise(said) if one)
    if not said[0] or repeated or len(filled) < _FEWEST or any(map(is_dash, filled)):
        return Blank.UNKNOWN
    readings = [read(text) for text in filled]
    periods = [period for reading in readings for period in reading.periods]
    goes_on = all(one.first_day <= later.first_day for one, later in pairwise(periods))
    if not goes_on or len(periods) < _FEWEST or not all(map(is_of_time, readings)):
        return Blank.UNKNOWN
    leads = when < min(titles)
    long = all(period.precision in _LONG for period in periods)
    return Blank.AS_ABOVE if leads and (long or len(said) >= 2 * len(filled)) else Blank.LIKELY_AS_ABOVE


def _is_activity(row: Row, titles: Iterable[int]) -> bool:
    """Whether a row is none over all columns."""
    cells = [row.at(column) for column in titles]
    return any(cell is not None and cell.text.strip() and not cell.carried for cell in cells) and (
        len(row.filled) > 1 or all(cell is not None and cell.span == 1 for cell in cells)
    )
