"""A plan's table in a PDF of which not all lines are drawn, found by what stands where.

The heading names the columns; between two of them is a strip in which no row has a letter. Rows begin where
lines or shades part them, else where the column of numbers, or that of dates, begins anew. Nothing is
guessed: wherever one of these cannot be told, there is no table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.columns import WHENS, Columns, Role, columns_of, is_heading
from documents.pdf_lines import Glyph, Line, Passage, lines_of
from documents.table import Cell, Row

MARGIN = 5.4  # points: so far from a column's edge does text begin, where nothing is drawn to tell
_MOST_HEADING_LINES = 4
_COLUMN_GAP = 0.8  # of a line's height: no blank between two words is so wide
_LEAST_STRIP = 4.0  # points between columns
_PARTED = 0.9  # of a line's height: lines of one row stand nearer
_FAR = 2.0  # … and the next row stands nearer to a line
_FEWEST_ROWS = 2
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?(?=\s|$)")
_GOES_ON = (",", "-", "–", "—")
_TITLES = (Role.TITLE, Role.AGENDA)
_NO_HEADING = re.compile(r"[\d:]")


class UnclearError(Exception):
    """There are headings of a plan, but what stands below them cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table: which of the lines it takes, where its columns begin, and its rows: lines by columns, or those
    of a text over all columns."""

    taken: range
    edges: tuple[float, ...]
    rows: tuple[tuple[tuple[Line, ...], ...] | tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters of a line between two wide gaps."""

    x0: float
    x1: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return _text(self.glyphs)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The heights at which pages begin, and those at which something that is drawn goes across one."""

    tops: Sequence[float]
    rules: Sequence[float]


def find(lines: Sequence[Line], drawn: Drawn) -> Found | None:
    """The first table in some lines. None where there is no heading of one; raises UnclearError."""
    parted = [len(_pieces(line)) > 1 for line in lines]
    for start in range(len(lines)):
        if not any(parted[start : start + _MOST_HEADING_LINES]):
            continue
        many = min(_MOST_HEADING_LINES, len(lines) - start)
        for end in range(start + many, start, -1):
            cells = _heading(lines[start:end])
            if cells is not None:
                return _below(lines, range(start, end), cells, drawn)
    return None


def _text(glyphs: Sequence[Glyph]) -> str:
    return lines_of(glyphs)[0].text if glyphs else ""


def _pieces(line: Line) -> list[_Piece]:
    """The parts of a line that may stand in columns of their own."""
    parts: list[list[Glyph]] = [[line.glyphs[0]]]
    for glyph, following in pairwise(line.glyphs):
        if following.x0 - glyph.x1 > _COLUMN_GAP * line.height:
            parts.append([])
        parts[-1].append(following)
    return [_Piece(part[0].x0, max(it.x1 for it in part), tuple(part)) for part in parts]


# The heading.


def _heading(lines: Sequence[Line]) -> list[Cell] | None:
    """The cells of a heading in these lines, with their middles for columns; None if they are none."""
    if any(_NO_HEADING.search(line.text) for line in lines):
        return None
    if any(below.top - above.bottom > _PARTED * above.height for above, below in pairwise(lines)):
        return None
    cells: list[tuple[float, float, list[str]]] = []
    for line in lines:
        for piece in _pieces(line):
            over = [cell for cell in cells if cell[0] < piece.x1 and piece.x0 < cell[1]]
            if len(over) > 1 or (over and not piece.text[0].islower()):
                return None  # what begins with a capital letter below a heading is a row
            cell = over[0] if over else (piece.x0, piece.x1, [])
            if over:
                cells.remove(cell)
            cells.append((min(cell[0], piece.x0), max(cell[1], piece.x1), [*cell[2], piece.text]))
    cells.sort()
    texts = ["\n".join(cell[2]) for cell in cells]
    if not is_heading(texts):
        return None
    return [Cell(text, round(x0 + x1) // 2) for text, (x0, x1, _) in zip(texts, cells, strict=True)]


# The columns.


def _below(lines: Sequence[Line], heading: range, cells: Sequence[Cell], drawn: Drawn) -> Found:
    """The table under a heading."""
    repeated = {line.text for line in lines[heading.start : heading.stop]}
    body = [at for at in range(heading.stop, len(lines)) if lines[at].text not in repeated]
    strips = _strips(lines[heading.start : heading.stop], [lines[at] for at in body], cells)
    columns = columns_of(Row(tuple(Cell(it.text, at) for at, it in enumerate(cells))))
    split = {at: _split(lines[at], strips) for at in [*heading, *body]}
    rows, last = _Rows(lines, split, columns, _edges(split.values(), len(cells)), drawn).of(body)
    taken = range(heading.start, last + 1)
    edges = _edges((split[at] for at in split if at <= last), len(cells))
    top = tuple(tuple(it for at in heading for it in _own(split[at], column)) for column in range(len(cells)))
    made = [top, *(_row(lines, split, row, len(cells)) for row in rows)]
    return Found(taken, edges, tuple(made))


_Split = Sequence[Sequence[Line]] | None
"""A line by columns; None of one that goes over them."""


def _strips(heading: Sequence[Line], body: Sequence[Line], cells: Sequence[Cell]) -> list[float]:
    """The middles of the strips between columns: the widest between two headings in which no row has a
    letter. What goes over several columns in one piece, as names of sections do, is left out."""
    middles = [cell.column for cell in cells]
    words: list[tuple[float, float]] = []
    for line in [*heading, *body]:
        pieces = _pieces(line)
        over = [sum(it.x0 <= middle <= it.x1 for middle in middles) for it in pieces]
        if len(pieces) == 1 and over[0] > 1:
            continue
        words += ((it.x0, it.x1) for it in pieces)
    covered: list[list[float]] = []
    for x0, x1 in sorted(words):
        if covered and x0 <= covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], x1)
        else:
            covered.append([x0, x1])
    gaps = [(before[1], after[0]) for before, after in pairwise(covered)]
    strips = []
    for left, right in pairwise(middles):
        between = [(end - start, start, end) for start, end in gaps if left < (start + end) / 2 < right]
        wide, start, end = max(between, default=(0.0, 0.0, 0.0))
        if wide < _LEAST_STRIP:
            raise UnclearError
        strips.append((start + end) / 2)
    return strips


def _split(line: Line, strips: Sequence[float]) -> _Split:
    parts: list[list[Glyph]] = [[] for _ in range(len(strips) + 1)]
    for piece in _pieces(line):
        column = bisect_left(strips, piece.x0)
        if column != bisect_left(strips, piece.x1):
            return None
        parts[column] += piece.glyphs
    return [lines_of(part) if part else [] for part in parts]


def _own(split: _Split, column: int) -> Sequence[Line]:
    return split[column] if split else ()


def _edges(splits: Iterable[_Split], many: int) -> tuple[float, ...]:
    """Where columns begin, and where the last one ends."""
    kept = [split for split in splits if split]
    texts = [[line for split in kept for line in split[column]] for column in range(many)]
    begins = [min(line.x0 for line in column) - MARGIN for column in texts]
    return (*begins, max(line.x1 for line in texts[-1]) + MARGIN)


# The rows.


@dataclass(frozen=True, slots=True)
class _Rows:
    """The lines under a heading, and how they come together to rows."""

    lines: Sequence[Line]
    split: dict[int, _Split]
    columns: Columns
    edges: Sequence[float]
    drawn: Drawn

    def of(self, body: Sequence[int]) -> tuple[list[list[int]], int]:
        """The rows, each the places of its lines; and the last line that belongs to them."""
        rows = self._by_rules(body) or self._by_texts(body)
        while rows and self.split[rows[-1][0]] is None:
            rows.pop()  # what stands below the last row is no section
        if sum(self.split[row[0]] is not None for row in rows) < _FEWEST_ROWS:
            raise UnclearError
        return rows, rows[-1][-1]

    def _numbers(self, at: int) -> bool:
        """Whether a line has a number in the column of numbers."""
        return _NUMBER.match(self._has(at, Role.NUMBER)) is not None

    def _has(self, at: int, *roles: Role) -> str:
        """What stands in the columns of some roles in a line."""
        own = (it.text for column in self.columns.of(*roles) for it in _own(self.split[at], column))
        return " ".join(own)

    def _by_rules(self, body: Sequence[int]) -> list[list[int]] | None:
        """Rows as what is drawn parts them; None where that parts no rows."""
        parts: dict[int, list[int]] = {}
        rules = self.drawn.rules
        last = max(rules, default=0.0)
        for at in body:
            middle = (self.lines[at].top + self.lines[at].bottom) / 2
            if middle < last:
                parts.setdefault(bisect_right(rules, middle), []).append(at)
        rows = list(parts.values())
        if rows:
            rows += self._below_the_last(rows[-1][-1], body)
        told = bool(self.columns.of(Role.NUMBER))
        if len(rows) <= _FEWEST_ROWS or any(sum(map(self._numbers, row)) > 1 for row in rows):
            return None
        if not told and any(self._begins_anew(row) for row in rows):
            return None
        for row in rows:
            over = [self.split[at] is None for at in row]
            if any(over) and not all(over):
                raise UnclearError
        return rows

    def _below_the_last(self, last: int, body: Sequence[int]) -> list[list[int]]:
        """The row that stands, without a shade, below the last rule; what is far from it is none."""
        row: list[int] = []
        foot = max(self.drawn.rules)
        for at in body[bisect_right(body, last) :]:
            line = self.lines[at]
            is_far = line.top - foot > _FAR * line.height and self._is_on_one_page(foot, line.top)
            if is_far or self.split[at] is None:
                break
            row.append(at)
            foot = line.bottom
        numbers = sum(map(self._numbers, row))
        dated = any(self._has(at, *WHENS) for at in row) and any(self._has(at, *_TITLES) for at in row)
        if row and not (numbers == 1 if self.columns.of(Role.NUMBER) else dated):
            raise UnclearError
        return [row] if row else []

    def _is_on_one_page(self, one: float, other: float) -> bool:
        return bisect_right(self.drawn.tops, one) == bisect_right(self.drawn.tops, other)

    def _begins_anew(self, row: Sequence[int]) -> bool:
        """Whether in the midst of a row another date stands beside another title."""
        date_above = ""
        for at in row:
            date, title = self._has(at, *WHENS), self._has(at, *_TITLES)
            goes_on = title[:1].islower() or date[:1].islower() or date_above.endswith(_GOES_ON)
            if date and title and date_above and not goes_on:
                return True
            date_above = date or date_above
        return False

    def _by_texts(self, body: Sequence[int]) -> list[list[int]]:
        """Rows as numbers, or dates, begin them."""
        by_number = bool(self.columns.of(Role.NUMBER))
        rows: list[list[int]] = []
        for at in body:
            above = rows[-1][-1] if rows else None
            if self.split[at] is None:
                if rows and self.split[rows[-1][0]] is None and at == rows[-1][-1] + 1:
                    rows[-1].append(at)
                else:
                    rows.append([at])
            elif self._begins_by_number(at, above) if by_number else self._begins_by_date(at, above):
                rows.append([at])
            elif above is None or self.split[above] is None:
                raise UnclearError
            elif self._is_apart(above, at):
                break
            else:
                rows[-1].append(at)
        return self._checked(rows, body)

    def _checked(self, rows: list[list[int]], body: Sequence[int]) -> list[list[int]]:
        """Nothing that looks like a row may be left behind the end."""
        end = rows[-1][-1] if rows else -1
        for at in body:
            dated = self._has(at, *WHENS) and self._has(at, *_TITLES)
            if at > end and (self._numbers(at) or dated):
                raise UnclearError
        return rows

    def _is_apart(self, above: int, at: int) -> bool:
        one, other = self.lines[above], self.lines[at]
        is_parted = other.top - one.bottom > _PARTED * one.height
        return is_parted and self._is_on_one_page(one.top, other.top)

    def _begins_by_number(self, at: int, above: int | None) -> bool:
        if not self._numbers(at):
            return False
        title = self._has(at, *_TITLES)
        goes_on = title[:1].islower() and above is not None and self._has(above, *_TITLES)
        if not title or goes_on:
            raise UnclearError  # the number stands in the middle of its row
        return True

    def _begins_by_date(self, at: int, above: int | None) -> bool:
        date, title = self._has(at, *WHENS), self._has(at, *_TITLES)
        if above is None or self.split[above] is None:
            if not date or not title:
                raise UnclearError
            return True
        date_above = self._has(above, *WHENS)
        goes_on = title[:1].islower() or date[:1].islower() or date_above.endswith(_GOES_ON)
        if not title:
            return False
        ended = self._has_ended(above, at)
        if not date:
            if ended and not title[0].islower():
                raise UnclearError  # another paragraph, or a row without a date
            return False
        if not date_above and not title[0].islower():
            return True
        if goes_on and not ended:
            return False
        if ended and not goes_on:
            return True
        raise UnclearError

    def _has_ended(self, above: int, at: int) -> bool:
        """Whether the title's line above was ended by its author."""
        for column in self.columns.of(*_TITLES):
            upper, lower = _own(self.split[above], column), _own(self.split[at], column)
            if upper and lower:
                left, right = self.edges[column] + MARGIN, self.edges[column + 1] - MARGIN
                [(_, _, was_wrapped)] = Passage((upper[-1], lower[0]), left, right).wraps()
                return not was_wrapped
        return True


def _row(
    lines: Sequence[Line], split: dict[int, _Split], row: Sequence[int], many: int
) -> tuple[tuple[Line, ...], ...] | tuple[Line, ...]:
    if split[row[0]] is None:
        return tuple(lines[at] for at in row)
    return tuple(tuple(it for at in row for it in _own(split[at], column)) for column in range(many))
