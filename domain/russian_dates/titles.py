"""Years that titles name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.russian_dates.grammar import parse
from domain.russian_dates.nodes import CalendarYear, Node, SchoolYear
from domain.russian_dates.words import tokens_of

# What is longer is no title, and not worth the time.
_LONGEST = 1_000
_SCHOOL_YEAR = re.compile(r"\d{4}\s*(?:г+\.?\s*)*уч(?:ебн|\.)", re.IGNORECASE)
_HAS_FIGURES = re.compile("[0-9]{2}")


def read_school_year(text: str) -> int | None:
    """The first calendar year of the school year that a title names («на 2021/ 2022 учебный год»), else None.

    Two different ones are none: it is not known which is meant.
    """
    return _only({node.first for node in _nodes_of(text) if isinstance(node, SchoolYear)})


def read_calendar_year(text: str) -> int | None:
    """The year of a title or a row such as «2021 год», «План работы на 2021 г.», else None. «20222-2023
    учебный год» names none: a school year with a slip in it."""
    if _SCHOOL_YEAR.search(text):
        return None
    return _only({node.year for node in _nodes_of(text) if isinstance(node, CalendarYear)})


def _nodes_of(title: str) -> Sequence[Node]:
    if len(title) > _LONGEST or not _HAS_FIGURES.search(title):
        return ()
    return parse(tokens_of(title)).nodes


def _only(years: set[int]) -> int | None:
    return years.pop() if len(years) == 1 else None
