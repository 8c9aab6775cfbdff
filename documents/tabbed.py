"""Rows that were typed with tabs instead of a table: «Срок ⇥ Мероприятие ⇥ Ответственный»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.columns import is_heading
from documents.table import Block, Paragraph, table_of_lines

_TABS = re.compile(r"\t+")


def with_tabbed_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; paragraphs whose tabs part them into cells, below one of headings, are a table."""
    return tuple(_joined(blocks))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        rows = _rows_from(blocks[at:]) if is_heading(_cells(blocks[at])) else []
        if len(rows) > 1:
            yield table_of_lines(rows, max(len(row) for row in rows))
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
    if not isinstance(block, Paragraph):
        return []
    return [cell.strip() for cell in _TABS.split(block.text.strip("\n"))]
