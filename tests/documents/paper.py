"""Small .docx files for the tests, built with python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

# A row: its cells' texts; one text alone is merged over all columns, None is merged with the cell above.
Row = Sequence[str | None]


def docx_of(*blocks: str | Sequence[Row]) -> bytes:
    """A document of paragraphs (texts) and tables (lists of rows)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(len(row) for row in block)
        table = document.add_table(rows=len(block), cols=width)
        for index, row in enumerate(block):
            cells = table.rows[index].cells
            if len(row) == 1 < width:
                cells[0].merge(cells[-1]).text = row[0] or ""
                continue
            for column, text in enumerate(row):
                if text is None:
                    merged = table.cell(index - 1, column).merge(cells[column])
                    merged.text = merged.text.strip("\n")
                else:
                    cells[column].text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
