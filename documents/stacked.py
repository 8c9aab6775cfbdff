"""A table whose borders were lost on the way, as from a site: «Мероприятие ⏎ Срок ⏎ Место», a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from documents.columns import WHENS, Role, columns_of, is_heading, role_of
from documents.row_texts import Setting
from documents.table import Block, Cell, Paragraph, Row, table_of_lines
from documents.unheaded import looks_like_date, names_person
from documents.wording import is_dash

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
# «Тема: «Чтение»» is a label and what it says.
_LABEL = re.compile(r"[^:]*:\s*\S")
# A cell does not end so; a dash alone is a blank one.
_OPEN_END = re.compile(r"\S(?:\s+[–—-]|[,–—-]|\s(?:в|во|с|со|по|и|до))$")
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 8
_FEWEST_ROWS = 2
# So many lines the cells before the date may take more than one each.
_MOST_WRAPPED = 3
_ONCE = frozenset({Role.NUMBER, Role.TITLE, *WHENS})


def with_stacked_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; lines that name columns, one each, and the lines below that fill them are a table, up to
    the last row that is told for certain."""
    return tuple(_joined(blocks))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        heading, named = _heading(blocks[at : at + 2 * _MOST_COLUMNS])
        wholes = _wholes(_lines(blocks[at + named :])) if heading else []
        rows, taken = _Stack(heading, list(map(_joined_up, wholes))).rows() if heading else ([], 0)
        if sum(len(row) > 1 for row in rows) < _FEWEST_ROWS:
            yield blocks[at]
            at += 1
            continue
        yield replace(table_of_lines([heading, *rows], len(heading)), merges_known=True)
        at += named + sum(map(len, wholes[:taken]))


def _line(block: Block) -> str | None:
    """A paragraph of one line; None for anything else."""
    text = block.text.strip() if isinstance(block, Paragraph) else ""
    return text if text and not re.search(r"[\n\t]", text) else None


def _lines(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if (line := _line(block)) is None:
            break
        found.append(line)
    return found


def _wholes(lines: Sequence[str]) -> list[list[str]]:
    """The lines of which each cell is made that was broken where its text cannot end: «03.05 – ⏎ 08.05»,
    «сентябрь, в ⏎ течение года», «Праздник ⏎ (для всех)»."""
    found: list[list[str]] = []
    for line in lines:
        if found and (_OPEN_END.search(found[-1][-1]) or line.startswith("(")):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _joined_up(lines: Sequence[str]) -> str:
    """The text of a broken cell: «педагог- ⏎ психолог» is one word."""
    return re.sub(r"(?<=\w-)\n(?=[а-яё])", "", "\n".join(lines)).replace("\n", " ")


def _heading(blocks: Sequence[Block]) -> tuple[list[str], int]:
    """The names of columns that stand here, a line each, or more where one is broken; and of how many lines
    they are made. None where it is no plan's."""
    names: list[str] = []
    seen: set[Role] = set()
    taken = 0
    for line in _lines(blocks):
        if names and line[:1].islower() and role_of(f"{names[-1]} {line}") is role_of(names[-1]):
            names[-1] = f"{names[-1]} {line}"
            taken += 1
            continue
        role = None if _LABEL.match(line) else role_of(line)
        if role is None or role in seen & _ONCE:
            break
        seen.add(role)
        names.append(line)
        taken += 1
    is_plan = len(names) >= _FEWEST_COLUMNS and seen & WHENS and is_heading(names)
    return (names, taken) if is_plan else ([], 0)


def _says_when(line: str) -> bool:
    return looks_like_date(Setting().read(line))


class _Stack:
    """The lines below the names of columns. A row is known by its number, if there is one, and its date."""

    def __init__(self, heading: Sequence[str], lines: Sequence[str]) -> None:
        columns = columns_of(Row(tuple(Cell(text, at) for at, text in enumerate(heading))))
        self._width = len(heading)
        self._lines = lines
        self._dates = (columns.of(*WHENS) or [0])[0]
        self._numbered = columns.of(Role.NUMBER) == [0]
        self._persons = columns.of(Role.RESPONSIBLE)

    def rows(self) -> tuple[list[list[str]], int]:
        """The rows, those of one cell between them over all columns; and of how many lines they are made."""
        found: list[list[str]] = []
        at = taken = sure = 0
        while at < len(self._lines):
            row, at = self._row(at)
            goes_on = self._dates and not self._numbered and len(row) > 1 and row[0][:1].islower()
            if goes_on and found and len(found[-1]) == 1:  # what stands above is no heading, but the name
                row = [f"{found.pop()[0]} {row[0]}", *row[1:]]
            found.append(row)
            if len(row) > 1:
                taken, sure = at, len(found)
        return found[:sure], taken

    def _row(self, at: int) -> tuple[list[str], int]:
        """The row that begins in a line, and the line behind it; the line alone if none begins there."""
        date = self._date_of(at)
        if date is None:
            return [self._lines[at]], at + 1
        before = self._lines[at:date]
        wrapped = len(before) - self._dates
        first = 1 if self._numbered else 0
        title, others = before[first : first + wrapped + 1], before[first + wrapped + 1 :]
        cells = [*before[:first], " ".join(title), *others]
        behind = self._lines[date + 1 : date + self._width - self._dates]
        ends = next((index for index, _ in enumerate(behind) if self._begins(date + 1 + index)), len(behind))
        cells = [*(cells if self._dates else []), self._lines[date], *self._placed(behind[:ends])]
        end = date + 1 + ends
        while end < len(self._lines) and self._lines[end][:1].islower() and not self._begins(end):
            cells[-1], end = f"{cells[-1]} {self._lines[end]}".strip(), end + 1
        return cells, end

    def _date_of(self, at: int) -> int | None:
        """In which line the date stands of the row that begins in another; None if none begins there."""
        if self._numbered and not _NUMBER.fullmatch(self._lines[at]):
            return None
        most = _MOST_WRAPPED if self._numbered else 0
        for date in range(at + self._dates, min(at + self._dates + most + 1, len(self._lines))):
            if _says_when(self._lines[date]) or is_dash(self._lines[date]):
                return date
            if date > at and self._numbered and _NUMBER.fullmatch(self._lines[date]):
                return None
        return None

    def _begins(self, at: int) -> bool:
        """Whether the next row begins in a line: then the row before it has blank cells."""
        if self._numbered:
            return _NUMBER.fullmatch(self._lines[at]) is not None and self._date_of(at) is not None
        return self._dates == 0 and _says_when(self._lines[at])

    def _placed(self, cells: Sequence[str]) -> list[str]:
        """The cells behind the date, each in its column; where some are missing, persons are known again."""
        columns = range(self._dates + 1, self._width)
        if len(cells) == len(columns):
            return list(cells)
        placed = dict.fromkeys(columns, "")
        for cell in cells:
            persons = names_person(cell)
            free = (it for it in columns if not placed[it] and (it in self._persons) is persons)
            placed[next(free, columns[-1])] = cell
        return list(placed.values())
