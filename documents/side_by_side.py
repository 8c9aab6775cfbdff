"""A table that is several side by side: «Мероприятие | Срок | Мероприятие | Срок»."""

from __future__ import annotations

from dataclasses import replace

from documents.columns import WHENS, Role, role_of
from documents.table import Row, Table
from documents.wording import tidy

_FEWEST = 2


def parts_of(table: Table, heading: int) -> tuple[list[Table], int]:
    """The tables that stand beside one another under headings which come again, from left to right, and where
    their headings stand: there, or in the row below; the table alone where none come again. What is merged
    over all of them stands in each."""
    for at in range(heading, min(heading + 2, len(table.rows))):
        cells = table.rows[at].cells
        names = [tidy(cell.text).lower() for cell in cells]
        for width in range(_FEWEST, len(names) // 2 + 1):
            roles = {role_of(name) for name in names[:width]}
            whole = bool(roles & WHENS) and bool(roles & {Role.TITLE, Role.AGENDA})
            if whole and names == names[:width] * (len(names) // width):
                begins = [cell.column for cell in cells[::width]]
                sides = zip(begins, [*begins[1:], table.width], strict=True)
                return [_part(table, *side) for side in sides], at
    return [table], heading


def _part(table: Table, begins: int, ends: int) -> Table:
    rows = tuple(_cut(row, begins, ends) for row in table.rows)
    return replace(table, rows=rows, width=ends - begins)


def _cut(row: Row, begins: int, ends: int) -> Row:
    cells = []
    for cell in row.cells:
        first, last = max(cell.column, begins), min(cell.column + cell.span, ends)
        if first < last:
            cells.append(replace(cell, column=first - begins, span=last - first))
    return replace(row, cells=tuple(cells))
