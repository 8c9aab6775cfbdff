"""Paragraphs and tables out of plain text.

Two layouts are known. In a dump each cell begins with a tab, at the beginning of a line, and a blank line
ends the row; but a cell may hold blank lines too, so rows are found by the table's width. In text copied
from a table each row is a line, its cells parted by tabs; or by strokes, semicolons or wide gaps, which are
made tabs first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from documents.columns import is_heading
from documents.spaced import under_headings
from documents.table import Block, Paragraph, Table, table_of_lines
from documents.wrapped import unwrapped
from domain.errors import DomainError

_OPENS_SECTION = re.compile(r"\s*(?:[IVXІХ]+\s*[.)]|[«\"“»]|[Рр]аздел\b)")
_OPENS_ROW = re.compile(r"\s*(?:\d|$|№)")
# A bookmark of Word, as the dump writes it.
_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]*\]")
_RULE = re.compile(r"[\s|:+=–—-]+")
_FEWEST_STROKES = 2
# Columns laid out with spaces, in so many lines on end and so many parts at least.
_GAP = re.compile(r" {2,}")
_FEWEST_SPACED, _FEWEST_PARTS = 3, 3
# So many cells that a stroke closes at the end of a line, and so many columns.
_FEWEST_CLOSED, _MOST_PARTS = 6, 9
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Cells up to a blank line, which may end the row."""

    cells: tuple[str, ...]


def read(content: bytes) -> tuple[Block, ...]:
    """The blocks of a text. Raises DomainError `plan_not_a_document` for what is no text."""
    text = _BOOKMARK.sub("", decoded(content))
    if bordered := _bordered(text):
        return bordered
    lines = _with_tabs(text.split("\n"))
    if sum(line.strip().count("\t") > 0 for line in lines) > sum(line.startswith("\t") for line in lines):
        return tuple(_lines_of_cells(lines))
    return tuple(_dump(lines if any("\t" in line for line in lines) else unwrapped(lines)))


def _bordered(text: str) -> tuple[Block, ...]:
    """«№ | ⏎ Срок | ⏎ Дело |»: cells that take lines of their own, each with a stroke behind it; none where
    there are no such. The headings tell how many are a row."""
    lines = text.split("\n")
    closing = [line.count("|") == 1 and line.rstrip().endswith("|") for line in lines]
    if sum(closing) < _FEWEST_CLOSED:
        return ()
    start = closing.index(True)
    end = start
    while end < len(lines) and lines[end].strip() and (closing[end] or "|" not in lines[end]):
        end += 1
    cells = [cell.strip() for cell in "\n".join(lines[start:end]).split("|")[:-1]]
    for width in range(_MOST_PARTS, _FEWEST_PARTS - 1, -1):
        if len(cells) % width == 0 and is_heading(cells[:width]):
            rows = [cells[at : at + width] for at in range(0, len(cells), width)]
            above, below = (
                [Paragraph(it) for it in part if it.strip()] for part in (lines[:start], lines[end:])
            )
            return (*above, table_of_lines(rows, width), *below)
    return ()


def _with_tabs(lines: Sequence[str]) -> Sequence[str]:
    """«| Срок | Дело |», «Срок;Дело;Место»: cells parted by strokes or semicolons, as by tabs."""
    if any("\t" in line for line in lines):
        return lines
    counted = Counter(line.count(";") for line in lines)
    heads = any(is_heading(line.split(";")) for line in lines if line.count(";") >= _FEWEST_STROKES)
    mark = ";" if heads and counted[max(counted)] >= _FEWEST_STROKES else "|"
    piped = [line.count(mark) >= _FEWEST_STROKES for line in lines]
    if sum(piped) < _FEWEST_STROKES:
        return under_headings(lines) or _with_tabs_for_gaps(lines)
    bare = (line.strip().strip("|") if mark == "|" else line for line in lines)
    cells = ("\t".join(cell.strip() for cell in line.split(mark)) for line in bare)
    return [
        row if strokes else line
        for line, row, strokes in zip(lines, cells, piped, strict=True)
        if not (strokes and _RULE.fullmatch(line))
    ]


def _with_tabs_for_gaps(lines: Sequence[str]) -> Sequence[str]:
    """«1.  Семинар     ноябрь     Белова»: lines on end with as many parts, wide gaps between them."""
    found: list[str] = []
    for parts, together in groupby(lines, lambda line: len(_GAP.split(line.strip()))):
        rows = list(together)
        if parts < _FEWEST_PARTS or len(rows) < _FEWEST_SPACED:
            found += rows
        else:  # the lines around them are none of the table's
            found += ["", *("\t".join(_GAP.split(row.strip())) for row in rows), ""]
    return found


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1251. Raises DomainError `plan_not_a_document`."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1251"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) * 50 > len(text):
            break
        return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    raise DomainError("plan_not_a_document")


def _lines_of_cells(lines: Sequence[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if "\t" in line.strip() or (rows and line.strip()):
            rows.append(tuple(line.split("\t")))
            continue
        if rows:
            yield table_of_lines(rows, max(len(row) for row in rows))
            rows = []
        if line.strip():
            yield Paragraph(line)


def _dump(lines: Sequence[str]) -> Iterator[Block]:
    chunks: list[_Chunk] = []
    cells: list[str] = []
    blanks = 0
    for line in lines:
        if not line.strip() and not line.startswith("\t"):
            blanks += 1
            continue
        if line.startswith("\t"):
            if blanks and cells:
                chunks.append(_Chunk(tuple(cells)))
                cells = []
            cells.append(line[1:])
        elif cells and blanks < 2:
            cells[-1] += "\n" * (blanks + 1) + line
        else:
            if cells:
                chunks.append(_Chunk(tuple(cells)))
            yield from _tables(chunks)
            chunks, cells = [], []
            yield Paragraph(line)
        blanks = 0
    if cells:
        chunks.append(_Chunk(tuple(cells)))
    yield from _tables(chunks)


def _tables(chunks: Sequence[_Chunk]) -> Iterator[Table]:
    if any(cell.strip() for chunk in chunks for cell in chunk.cells):
        width = _width(chunks)
        yield table_of_lines(_rows(chunks, width), width)


def _width(chunks: Sequence[_Chunk]) -> int:
    """The width of the table: that of its heading, else the commonest one."""
    for chunk in chunks:
        if is_heading(chunk.cells):
            return len(chunk.cells)
    counted = Counter(len(chunk.cells) for chunk in chunks if len(chunk.cells) > 1)
    return max(counted, key=lambda size: (counted[size], size), default=1)


def _rows(chunks: Sequence[_Chunk], width: int) -> list[tuple[str, ...]]:
    """Chunks joined into rows of the table's width or of one merged cell: the likeliest of all divisions."""
    best: list[tuple[int, int]] = [(0, 0)]  # for each number of chunks: least cost, where the last row begins
    for end in range(1, len(chunks) + 1):
        options: list[tuple[int, int]] = []
        size = 0
        for start in range(end - 1, -1, -1):
            size += len(chunks[start].cells)
            if size > width and start < end - 1:
                break
            cost = _cost(chunks[start].cells[0], size, width, joins=end - 1 - start)
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    rows: list[tuple[str, ...]] = []
    end = len(chunks)
    while end:
        start = best[end][1]
        rows.append(tuple(cell for chunk in chunks[start:end] for cell in chunk.cells))
        end = start
    return rows[::-1]


def _cost(first: str, size: int, width: int, joins: int) -> int:
    """How unlikely a row is: a full row begins with a number, a merged one with a section's sign."""
    if size == width:
        return joins + (0 if _OPENS_ROW.match(first) else 2)
    if size == 1:
        return 1 if _OPENS_SECTION.match(first) else 6
    return 20 + abs(width - size)
