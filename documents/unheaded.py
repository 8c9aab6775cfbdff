"""A plan's table without headings: what its columns hold, told by their cells, where that is sure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.columns import WHENS, Columns, Role, is_members_heading, role_of
from documents.table import Cell, Row, Table
from documents.wording import is_dash, tidy
from domain.plan_draft import Problem
from domain.russian_dates import WhenReading

Read = Callable[[str], WhenReading]

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\.|[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][а-яё-]+")
_PLACE = re.compile(
    r"(?:на\s+базе\s+|в\s+|все\s+)?(?:м[бак]?[оду]+у|[сон]ош|лице|гимнази|школ|библиотек|(?:дом|центр|двор)\w*\s|имц|цбс"
    r"|о[оу]\b|каб|актов|читальн|zoom|онлайн|сферум|дистанц|музе|районн\w+\s+библиотек|центральн\w+\s+библиотек)",
    re.IGNORECASE,
)
# A doubt about a date that is one all the same.
_OF_DATES = frozenset(
    {
        "approximate",
        "no_year",
        "named_elsewhere",
        "school_holidays",
        "which_year",
        "misspelt",
        "impossible_day",
    }
)
_NAMES = {
    Role.NUMBER: "номер",
    Role.TITLE: "мероприятие",
    Role.WHEN: "срок",
    Role.RESPONSIBLE: "ответственный",
    Role.VENUE: "место",
}
# «Все школы» may be a place, those who take part, or those who do it: the heading tells.
_ALIKE = frozenset({Role.VENUE, Role.AUDIENCE, Role.RESPONSIBLE})
_TOLD_BY_NAME = frozenset({Role.RESPONSIBLE, Role.AUDIENCE, Role.VENUE, Role.OUTCOME, Role.OTHER})
_FEWEST_ROWS, _FEWEST_DATES, _MOST_LOOKED_AT = 3, 2, 200
_MOST_HEADING_WORDS = 4
_FEWEST_WORDS = 2.5  # of a title, on average
_ALMOST_ALL = 0.8
# The title has so many times more words than any column that is not known.
_WORDIER = 2


@dataclass(frozen=True, slots=True)
class Guessed:
    """Columns told by their cells; in which row the plan begins; and what the coordinator is told of it."""

    columns: Columns
    begins: int
    remark: Problem


def guessed(table: Table, read: Read) -> Guessed | None:
    """What a table's columns hold, or None where that is not sure, or it is no plan. `read` understands words
    for a date."""
    rows = [(at, row) for at, row in enumerate(table.rows[:_MOST_LOOKED_AT]) if len(row.filled) > 1]
    if len(rows) < _FEWEST_ROWS or any(
        is_members_heading([it.text for it in row.cells]) for _, row in rows[:3]
    ):
        return None
    (at, first), *_ = rows
    looked_at = [row for _, row in rows]
    told = {it.column: role for it in first.filled if (role := role_of(it.text)) in _TOLD_BY_NAME}
    below = _roles(looked_at[1:], table.width, read, told)
    named = below is not None and _is_named(first, below, read)
    roles = _agreed(first, below) if named and below else _roles(looked_at, table.width, read, {})
    if roles is None:
        return None
    columns = Columns(tuple((range(column, column + 1), role) for column, role in sorted(roles.items())))
    return Guessed(columns, at + 1 if named else 0, _remark(first if named else None, roles, rows))


def column_of_dates(table: Table, heading: int, columns: Columns, read: Read) -> int | None:
    """The one column of dates whose heading is not known, below headings of which none names any. `columns`
    are those that the headings name."""
    if columns.times or columns.dated_titles or columns.of(*WHENS):
        return None
    known = set(columns.of(*Role))
    rows = [row for row in table.rows[heading + 1 :][:_MOST_LOOKED_AT] if len(row.filled) > 1]
    unknown = {column: _texts(rows, column) for column in range(table.width) if column not in known}
    found = [
        column for column, texts in unknown.items() if len(texts) >= _FEWEST_DATES and _are_dates(texts, read)
    ]
    return found[0] if len(found) == 1 else None


def has_dates(table: Table, read: Read) -> bool:
    """Whether a column of a table without a plan's headings holds dates."""
    rows = [row for row in table.rows[:_MOST_LOOKED_AT] if len(row.filled) > 1][1:]
    cells = (_texts(rows, column) for column in range(table.width))
    return any(len(texts) >= _FEWEST_DATES and _are_dates(texts, read) for texts in cells)


def columns_passed_over(table: Table, heading: int, columns: Columns, dates: int | None) -> list[Cell]:
    """The headings of the columns that nobody knows and in which words stand in more than one row."""
    if columns.times or any(cell.carried for cell in table.rows[heading].cells):
        return []
    known = {*columns.of(*Role), *(column for column, _ in columns.directions), dates}
    rows = [row for row in table.rows[heading + 1 :][:_MOST_LOOKED_AT] if len(row.filled) > 1]
    unknown = [cell for cell in table.rows[heading].filled if cell.span == 1 and cell.column not in known]
    return [cell for cell in unknown if len(_texts(rows, cell.column)) >= _FEWEST_DATES]


def _are_dates(texts: Sequence[str], read: Read) -> bool:
    return _mostly(texts, lambda text: looks_like_date(read(text))) and len(set(texts)) >= _FEWEST_DATES


def _roles(
    rows: Sequence[Row], width: int, read: Read, told: Mapping[int, Role | None]
) -> dict[int, Role] | None:
    """What columns hold; those `told` by their names can be no titles."""
    cells = {column: _texts(rows, column) for column in range(width)}
    cells = {column: texts for column, texts in cells.items() if texts}
    roles: dict[int, Role] = {}
    for column, texts in cells.items():
        if not roles and _are_numbers(texts):
            roles[column] = Role.NUMBER
        elif _are_dates(texts, read):
            roles[column] = Role.WHEN
        elif _mostly(texts, _PERSON.search):
            roles[column] = Role.RESPONSIBLE
        elif _mostly(texts, _PLACE.match):
            roles[column] = Role.VENUE
    known = list(roles.values())
    if known.count(Role.WHEN) != 1 or known.count(Role.RESPONSIBLE) > 1 or known.count(Role.VENUE) > 1:
        return None
    words = {column: _words(texts) for column, texts in cells.items() if column not in {*roles, *told}}
    if not words:
        return None
    title = max(words, key=lambda column: words[column])
    others = [count for column, count in words.items() if column != title]
    wordy = words[title] >= _FEWEST_WORDS
    enough = (
        wordy
        and len(cells[title]) >= len(rows) * _ALMOST_ALL
        and len(set(cells[title])) > len(cells[title]) / 2
    )
    if not enough or any(count * _WORDIER > words[title] for count in others):
        return None
    return roles | {title: Role.TITLE}


def _texts(rows: Sequence[Row], column: int) -> list[str]:
    """What stands in a column, once where cells are merged."""
    cells = [cell for row in rows if (cell := row.at(column)) and cell.column == column and not cell.carried]
    return [text for cell in cells if (text := cell.text.strip()) and not is_dash(text)]


def _mostly(texts: Sequence[str], suits: Callable[[str], object]) -> bool:
    return sum(bool(suits(text)) for text in texts) >= len(texts) * _ALMOST_ALL


def looks_like_date(reading: WhenReading) -> bool:
    """Whether words for a date are one, with no more doubt than dates have."""
    said = reading.periods or reading.year_round or reading.recurs or reading.problems
    return bool(said) and not reading.rest and all(it.code in _OF_DATES for it in reading.problems)


def names_person(text: str) -> bool:
    """Whether a cell says who: «Орлова Н. В.»."""
    return _PERSON.search(text) is not None


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether they count on: 1, 2, 3, or 1.1, 1.2, 2.1; «1.09, 15.09» are dates."""
    if not all(map(_NUMBER.fullmatch, texts)):
        return False
    counted = [tuple(int(part) for part in re.findall(r"\d+", text)) for text in texts]
    return all(_follows(one, later) for one, later in pairwise(counted))


def _follows(number: tuple[int, ...], later: tuple[int, ...]) -> bool:
    begins = later[-1] == 1
    goes_on = later[:-1] == number[: len(later) - 1] and len(later) <= len(number)
    return begins or (goes_on and later[-1] == number[len(later) - 1] + 1)


def _words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _is_named(first: Row, roles: dict[int, Role], read: Read) -> bool:
    """Whether a row is one of headings, of which some are known: few words, no date, no number."""
    texts = {column: cell.text.strip() for column in roles if (cell := first.at(column))}
    short = all(len(text.split()) <= _MOST_HEADING_WORDS for text in texts.values())
    dated = any(
        looks_like_date(read(texts.get(column, ""))) for column, role in roles.items() if role is Role.WHEN
    )
    blank = any(not texts.get(column) for column, role in roles.items() if role in {Role.TITLE, Role.WHEN})
    numbers = any(_NUMBER.fullmatch(texts.get(column, "")) for column in roles)
    known = any(role_of(cell.text) is not None for cell in first.filled)
    return short and known and not (dated or blank or numbers)


def _agreed(first: Row, roles: dict[int, Role]) -> dict[int, Role] | None:
    """What the headings that are known and the cells say together; None where they contradict each other."""
    agreed = dict(roles)
    for cell in first.filled:
        role = role_of(cell.text)
        guess = roles.get(cell.column)
        if role is None or role is guess or (role in WHENS and guess is Role.WHEN):
            continue
        if guess is not None and not {role, guess} <= _ALIKE:
            return None
        agreed[cell.column] = role
    return agreed


def _remark(heading: Row | None, roles: dict[int, Role], rows: Sequence[tuple[int, Row]]) -> Problem:
    """«Столбцы понял по содержанию: 1 – номер, 2 – мероприятие, 3 – срок.»"""
    width = max(cell.column + cell.span for _, row in rows for cell in row.cells)
    known = [f"{column + 1} – {_NAMES[role]}" for column, role in sorted(roles.items()) if role in _NAMES]
    filled = [column for column in range(width) if _texts([row for _, row in rows], column)]
    unknown = [str(column + 1) for column in filled if column not in roles]
    why = "У таблицы нет строки с названиями столбцов."
    if heading is not None:
        names = ", ".join(f"«{tidy(cell.text)}»" for cell in heading.filled)
        why = f"Названия столбцов необычные: {names}."
    rest = f" Не понял, что в столбце {' и '.join(unknown)}." if unknown else ""
    return Problem("columns_guessed", f"{why} Столбцы понял по содержанию: {', '.join(known)}.{rest}")
