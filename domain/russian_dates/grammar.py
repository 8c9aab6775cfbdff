"""The grammar: tokens into nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from domain.russian_dates.cursor import Cursor, Production
from domain.russian_dates.dates import point, since, take_month
from domain.russian_dates.hours import clock
from domain.russian_dates.nodes import (
    Dated,
    Loose,
    Node,
    Part,
    Point,
    Span,
    parts_of,
    with_parts,
)
from domain.russian_dates.rhythms import elsewhere, rhythm, to_be_named
from domain.russian_dates.spans import by, days, item_number, name, period_named, roman_months, span
from domain.russian_dates.stretches import counted, edge, holidays, season, weekday
from domain.russian_dates.words import MONTHS_OF, Token
from domain.russian_dates.years import calendar_year, school_year, within, year_round

# Longer than any date in words: what is longer is some other text, and not worth the time.
MOST_TOKENS = 150

# In the order in which they are tried: what takes more of a phrase stands before what takes less.
_PRODUCTIONS: tuple[Production, ...] = (
    name,
    year_round,
    rhythm,
    school_year,
    edge,
    counted,
    item_number,
    clock,
    by,
    roman_months,
    span,
    days,
    period_named,
    since,
    point,
    holidays,
    season,
    elsewhere,
    to_be_named,
    calendar_year,
    weekday,
    within,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The nodes of a text in their order, for each whether a line breaks before it, and where its tokens are
    (from, to); nodes that were found together share them."""

    nodes: tuple[Node, ...]
    opens_line: tuple[bool, ...]
    places: tuple[tuple[int, int], ...]


def parse(tokens: Sequence[Token]) -> Sentence:
    """Every token in a node; one that belongs to nothing is a loose one."""
    cursor = Cursor(tokens)
    opens_line: list[bool] = []
    places: list[tuple[int, int]] = []
    while (token := cursor.peek()) is not None:
        at = cursor.at
        found = cursor.first_of(*_PRODUCTIONS)
        if found is None:
            cursor.at += 1
            found = [Loose(token)]
        found = [*found, *_of_further_months(cursor, found)]
        cursor.said.extend(found)
        opens_line.extend(token.broken and index == 0 for index in range(len(found)))
        places.extend((at, cursor.at) for _ in found)
    return Sentence(tuple(cursor.said), tuple(opens_line), tuple(places))


def _of_further_months(cursor: Cursor, found: Sequence[Node]) -> list[Node]:
    """«до 15 сентября, ноября и марта»: months in the genitive share what was said of the first."""
    last = cursor.peek(-1)
    if last is None or last.text not in MONTHS_OF or not all(map(_is_within_a_month, found)):
        return []
    further: list[Node] = []
    while (month := cursor.tried(_further_month)) is not None:
        further.extend(with_parts(node, partial(_moved, month)) for node in found)
    return further


def _is_within_a_month(node: Node) -> bool:
    """«15 сентября», «вторая неделя сентября», «1–15 сентября»: not the month itself, nor months on end."""
    parts = parts_of(node)
    if not isinstance(node, Dated) or not parts or any(part.month != parts[0].month for part in parts):
        return False
    return any(part.day for part in parts) or not isinstance(node, Point | Span)


def _further_month(cursor: Cursor) -> Part | None:
    if not cursor.mark(",/") and not cursor.word("и"):
        return None
    token = cursor.peek()
    return take_month(cursor) if token and token.text in MONTHS_OF else None


def _moved(month: Part, part: Part) -> Part:
    return replace(month, day=part.day)
