"""Columns that were laid out with spaces, under a line of headings: «Срок        Мероприятие      Место»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.columns import Role, is_heading, role_of
from documents.wording import is_signed

_GOES_ON = re.compile(r"[а-яёa-z(–—-]")
_OPEN_END = re.compile(r"(?:[–—,-]|\b(?:в|во|до|с|по|и)|течение)$", re.IGNORECASE)
_DATES = frozenset({Role.WHEN, Role.WHEN_AND_WHERE})
_RULE = re.compile(r"\s*[-–—=_+|]{3,}[-–—=_+|\s]*")
# A column begins so many places before its heading at most.
_NEAR = 2
_MOST_BLANKS = 2


@dataclass(slots=True)
class _Part:
    """Words of a line between two gaps."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def under_headings(lines: Sequence[str]) -> list[str] | None:
    """The lines, with tabs between the cells of those below a heading whose columns can be told; what is
    wrapped in a cell stands in one line. None where there is no such heading."""
    heads = [at for at, line in enumerate(lines) if is_heading([it.text for it in _parts(line)])]
    if not heads:
        return None
    found = list(lines[: heads[0]])
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        last = _end_of_block(lines, at, end)
        rows = _rows(lines[at:last])
        if rows is None:
            return None
        found += ["", *("\t".join(row) for row in rows), "", *lines[last:end]]
    return found


def _parts(line: str) -> list[_Part]:
    expanded = line.replace("\u00a0", " ").expandtabs(8).rstrip()
    return [_Part(it.start(), it[0]) for it in re.finditer(r"\S+(?: \S+)*", expanded)]


def _end_of_block(lines: Sequence[str], start: int, end: int) -> int:
    """Where the lines of columns end: behind the last of several parts before blank lines."""
    last, blanks = start + 1, 0
    for at in range(start + 1, end):
        blanks = 0 if lines[at].strip() else blanks + 1
        if blanks >= _MOST_BLANKS or is_signed(" ".join(lines[at].split())):
            break
        goes_on = not blanks and (lines[at].startswith(" ") or _GOES_ON.match(lines[at]))
        if len(_parts(lines[at])) > 1 or goes_on:
            last = at + 1
    return last


def _rows(lines: Sequence[str]) -> list[list[str]] | None:
    head = _parts(lines[0])
    starts = _starts(lines, head)
    if starts is None:
        return None
    roles = [role_of(it.text) for it in head]
    rows = [[it.text for it in head]]
    blank = True
    for line in (it for it in lines[1:] if not _RULE.fullmatch(it)):
        parts = _parts(line)
        if _is_over_all(parts, starts, rows[-1], blank or len(rows) == 1):
            rows.append([parts[0].text])
            blank = True
        elif parts:
            cells = _cells(parts, starts)
            if cells is None:
                return None
            if blank or len(rows[-1]) == 1 or len(rows) == 1 or _begins_row(cells, rows[-1], roles):
                rows.append(cells)
            else:
                rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
            blank = False
        else:
            blank = True
    return rows


def _is_over_all(parts: Sequence[_Part], starts: Sequence[int], above: Sequence[str], begins: bool) -> bool:
    """Whether a line is one over all columns, as «I полугодие»: alone, and no rest of the cell above."""
    if len(parts) != 1 or parts[0].start >= starts[1]:
        return False
    rest = _OPEN_END.search(above[0]) or _GOES_ON.match(parts[0].text)
    return parts[0].end > starts[1] or begins or not rest


def _starts(lines: Sequence[str], head: Sequence[_Part]) -> list[int] | None:
    """Where the columns begin: at the strips that are blank in every line, as many as the headings part; else
    at the headings."""
    several = [parts for line in lines if len(parts := _parts(line)) > 1 and not _RULE.fullmatch(line)]
    width = max(parts[-1].end for parts in several)
    taken = [False] * (width + 1)
    for parts in several:
        for part in parts:
            taken[part.start : part.end] = [True] * len(part.text)
    blanks = [at for at in range(1, width) if not taken[at - 1] and taken[at]]
    strips = [at for at in blanks if at >= 2 and not taken[at - 2]] or blanks
    if len(strips) + 1 == len(head):
        return [0, *strips]
    return [0, *(max(it.start - _NEAR, 0) for it in head[1:])]


def _cells(parts: Sequence[_Part], starts: Sequence[int]) -> list[str] | None:
    """The words under each heading; None where a part reaches over into the next column."""
    cells = [""] * len(starts)
    for part in parts:
        column = max(at for at, start in enumerate(starts) if start <= part.start)
        if cells[column] or (column + 1 < len(starts) and part.end > starts[column + 1] + _NEAR):
            return None
        cells[column] = part.text
    return cells


def _begins_row(cells: Sequence[str], above: Sequence[str], roles: Sequence[Role | None]) -> bool:
    """Whether a line begins a row: it has a number, or else a date and a name, neither of which goes on with
    what stands above it."""
    said = list(zip(cells, above, roles, strict=True))
    if Role.NUMBER in roles:
        return any(cell for cell, _, role in said if role is Role.NUMBER)
    names = [cell for cell, _, role in said if role is Role.TITLE]
    dates = [(cell, before) for cell, before, role in said if role in _DATES]
    dated = any(cell and not _OPEN_END.search(before) for cell, before in dates)
    return dated and any(cell and not _GOES_ON.match(cell) for cell in names)
