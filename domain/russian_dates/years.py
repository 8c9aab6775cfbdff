"""Grammar: years, and «в течение года»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.nodes import TABLE_MONTH, CalendarYear, Edge, Node, Point, Said, SchoolYear
from domain.russian_dates.words import month_named

YEAR_WORD = re.compile(r"г|гг|год|года|году|годом|годы|годов")
SCHOOL_WORD = re.compile(r"уч|учеб|учебн\w+")
MONTH_WORD = re.compile(r"мес|месяц\w{0,2}")
WITHIN = re.compile(r"в?теч\w*|протяжени[еи]")
EACH = re.compile(r"кажд\w+")
# Four figures outside of these are the number of something else.
YEARS = range(1990, 2101)
# The words for the beginning (1), the middle (2) or the end (3), and which of them.
Edges: TypeAlias = Sequence[tuple[str, int]]
BEGINNING, MIDDLE, END = 1, 2, 3
# The beginning, the middle and the end of a year, by the months that are meant with them.
_EDGES = {BEGINNING: (8, 9), MIDDLE: (1, 2), END: (5, 5)}


def full_year(figures: int) -> int:
    """26 → 2026."""
    return figures if figures >= 100 else 2000 + figures


def take_year(cursor: Cursor) -> int | None:
    """«2021», «2021 г.», «21 г.», «, 2021 года»; not the first half of «2021/2022»."""
    return cursor.tried(_year)


def _year(cursor: Cursor) -> int | None:
    if cursor.mark(",") and any(isinstance(node, CalendarYear) for node in cursor.said):
        return None  # «2026 г. октябрь, 2027 г. март»: each year stands before its months
    if not cursor.ahead(school_years) and (year := cursor.tried(_four_figures)) is not None:
        if not cursor.word(YEAR_WORD):
            cursor.tried(_ending_of_year)
        return year
    short = cursor.number(2)
    return full_year(short) if short is not None and cursor.word(YEAR_WORD) else None


def _ending_of_year(cursor: Cursor) -> str | None:
    """The «-го» of «2026-го»."""
    return cursor.word("го|м") if cursor.mark("-") else None


def _four_figures(cursor: Cursor) -> int | None:
    year = cursor.number(4)
    return year if year in YEARS else None


def school_years(cursor: Cursor) -> int | None:
    """The first year of «2021/2022», «2021-22», «20212022»."""
    return cursor.first_of(_glued_school_years, _parted_school_years)


def _glued_school_years(cursor: Cursor) -> int | None:
    first, second = divmod(cursor.number(8) or 0, 10_000)
    return first if second == first + 1 and first in YEARS else None


def _parted_school_years(cursor: Cursor) -> int | None:
    first = cursor.tried(_four_figures)
    if first is None or not cursor.mark("-/\\"):
        return None
    second = cursor.number(4)
    if second is not None:
        return first if second == first + 1 else None
    if cursor.number(2) != (first + 1) % 100 or cursor.ahead(_dot_and_number) or cursor.ahead(_named_month):
        return None  # «1 марта 2027-28.5.2027», «1 августа 2026-27 сентября» go on with a date
    return first


def _dot_and_number(cursor: Cursor) -> int | None:
    return cursor.number() if cursor.mark(".") else None


def school_year(cursor: Cursor) -> Sequence[Node] | None:
    """«2026/2027 учебный год»."""
    first = school_years(cursor)
    if first is None:
        return None
    cursor.word(SCHOOL_WORD)
    cursor.word(YEAR_WORD)
    return [SchoolYear(first)]


def calendar_year(cursor: Cursor) -> Sequence[Node] | None:
    """«2026 год»."""
    year = take_year(cursor)
    return [CalendarYear(year)] if year else None


def year_round(cursor: Cursor) -> Sequence[Node] | None:
    """«в течение года», «весь учебный год», «постоянно»."""
    cursor.word("в|во|на")
    opened = bool(cursor.word(WITHIN) or cursor.word("ходе"))
    if not opened and cursor.word("постоянно|круглогодично"):
        return [Said.YEAR_ROUND]
    opened = bool(cursor.word(r"вс[еяю]\w*|весь|круглый")) or opened
    if opened and cursor.tried(school_year) is None:
        cursor.number(4)
    school = bool(cursor.word(SCHOOL_WORD))
    if school:
        cursor.mark("/")
    if opened:
        cursor.word("календарного|текущего|этого")
    if cursor.word("год|года|году|г" + ("|период|периода" if opened else "")):
        return [Said.YEAR_ROUND] if opened or school else None
    # «в течение 2026/2027 учебного года»: the school year has taken the word with it.
    taken = cursor.peek(-1)
    return [Said.YEAR_ROUND] if opened and taken and YEAR_WORD.fullmatch(taken.text) else None


def within(cursor: Cursor) -> Sequence[Node] | None:
    """«в теч. мес.» is the month of the table; before anything else «в течение» adds nothing."""
    cursor.word("в|во|на")
    if cursor.word("весь"):
        if cursor.word(MONTH_WORD):
            return [Point(TABLE_MONTH)]
        return [Said.NOTHING] if cursor.ahead(_named_month) else None
    if not cursor.word(WITHIN):
        return None
    cursor.word("всего|этого|данного|текущего|каждого")
    return [Point(TABLE_MONTH)] if cursor.word(MONTH_WORD) else [Said.NOTHING]


def _named_month(cursor: Cursor) -> int | None:
    token = cursor.peek()
    return month_named(token.text) if token else None


def edges_of_year(
    cursor: Cursor, edges: Edges, by: bool = False, sure: bool = False
) -> Sequence[Edge] | None:
    """«… учебного года» after its edges; `by` for «до». Which months an edge means can be `sure` only of a
    school year: «конец года» may be December."""
    school = bool(cursor.word(SCHOOL_WORD))
    if not cursor.word("года|году|г"):
        return None
    of = " учебного года" if school else " года"
    sure = sure and school
    return [Edge(words + of, _EDGES[third], by, sure and third != MIDDLE) for words, third in edges]
