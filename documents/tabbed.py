"""Rows that were typed with tabs instead of a table: «Срок ⇥ Мероприятие ⇥ Ответственный»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.columns import is_heading
from documents.table import Block, Cell, Paragraph, Row, Table

_TABS = re.compile(r"\t+")


def with_tabbed_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; paragraphs whose tabs part them into cells, below one of headings, are a table."""
    return tuple(_joined(blocks))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        rows = _rows_from(blocks[at:]) if is_heading(_cells(blocks[at])) else []
        if len(rows) > 1:
            width = max(len(row) for row in rows)
            yield Table(tuple(_row(row, width) for row in rows), width, merges_known=False)
        else:
            yield blocks[at]
        at += max(len(rows), 1)


def _rows_from(blocks: Sequence[Block]) -> list[list[str]]:
    """The rows below a heading, up to the last one of several cells; a line of one between them is over all
    columns."""
    rows: list[list[str]] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or "\n" in block.text.strip():
            break
        rows.append(_cells(block))
    while rows and len(rows[-1]) < 2:
        rows.pop()
    return rows


def _cells(block: Block) -> list[str]:
    """The cells of a paragraph; none of a table, and one of a paragraph without tabs."""
    return _TABS.split(block.text.strip("\n")) if isinstance(block, Paragraph) else []


def _row(cells: Sequence[str], width: int) -> Row:
    if len(cells) == 1:
        return Row((Cell(cells[0], 0, span=width),))
    return Row(tuple(Cell(text.strip(), column) for column, text in enumerate(cells)))
