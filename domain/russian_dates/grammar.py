"""The grammar: tokens into nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.russian_dates.cursor import Cursor, Production
from domain.russian_dates.dates import point, since
from domain.russian_dates.hours import clock
from domain.russian_dates.nodes import Loose, Node
from domain.russian_dates.rhythms import elsewhere, rhythm, to_be_named
from domain.russian_dates.spans import by, days, item_number, span
from domain.russian_dates.stretches import counted, edge, holidays, season, weekday
from domain.russian_dates.words import Token
from domain.russian_dates.years import calendar_year, school_year, within, year_round

# Longer than any date in words: what is longer is some other text, and not worth the time.
MOST_TOKENS = 150

# In the order in which they are tried: what takes more of a phrase stands before what takes less.
_PRODUCTIONS: tuple[Production, ...] = (
    year_round,
    rhythm,
    school_year,
    edge,
    counted,
    item_number,
    clock,
    by,
    span,
    days,
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
        cursor.said.extend(found)
        opens_line.extend(token.broken and index == 0 for index in range(len(found)))
        places.extend((at, cursor.at) for _ in found)
    return Sentence(tuple(cursor.said), tuple(opens_line), tuple(places))
