"""Grammar: a single date, in words or figures, as far as it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.nodes import Node, Part, Point, Since
from domain.russian_dates.words import (
    MONTHS,
    MONTHS_OF,
    is_cut_short,
    month_misspelt,
    month_named,
    roman_month,
)
from domain.russian_dates.years import YEAR_WORD, YEARS, full_year, take_year

# A number right after one of these is no day, and neither is one that stands after a street.
BEFORE_PLAIN_NUMBER = re.compile(
    r"№|n|каб|кабинет\w*|ауд|школ\w*|сош|оош|лице\w+|гимнази\w+|оу|дом|д|протокол\w*|заседани[ея]|заняти[ея]"
)


def point(cursor: Cursor) -> Sequence[Node] | None:
    """«15 ноября», «ноябрь 2026 г.», «15.11»."""
    part = take_part(cursor)
    return [Point(part)] if part else None


def since(cursor: Cursor) -> Sequence[Node] | None:
    """«с 1 сентября», «начиная с октября», «не ранее 10 января», «не начинать до 15 декабря»."""
    if cursor.word("начиная"):
        cursor.word("с|со")
    elif not (cursor.word("с|со") or cursor.tried(_not_before)):
        return None
    part = take_part(cursor)
    return [Since(part)] if part else None


def _not_before(cursor: Cursor) -> str | None:
    if not cursor.word("не"):
        return None
    if cursor.word(r"начина\w+|начать|приступа\w+|проводить"):
        return cursor.word("до|ранее|раньше")
    return cursor.word("ранее|раньше")


def take_part(cursor: Cursor, misprints: bool = False) -> Part | None:
    """A date in any shape. With `misprints` figures whose month is over 12 as well («19.20»)."""
    return cursor.first_of(
        _iso,
        _day_month_year,
        _day_roman_year,
        month_dot_year,
        partial(_day_dot_month, misprints=misprints),
        _day_slash_month,
        _day_and_month,
        take_month,
    )


def take_month(cursor: Cursor) -> Part | None:
    """«ноябрь», «ноябре 2026 г.»."""
    return cursor.tried(partial(_named_month, day=None))


def _day_and_month(cursor: Cursor) -> Part | None:
    """«15 ноября», «15-го ноября 2026 г.», «15.ноября», «15-ноября»; not the «5 ноябрь» of «школа № 5
    ноябрь»."""
    numbered = _number_of(cursor)
    day = cursor.number()
    if day is None:
        return None
    cursor.ending()
    dotted = cursor.mark(".-")
    month = cursor.peek()
    if month and (numbered in {"№", "n"} or (numbered and month.text in MONTHS)):
        return None
    return None if dotted and not (month and month.text in MONTHS_OF) else _named_month(cursor, day)


def _number_of(cursor: Cursor) -> str | None:
    """The word before a number that stands here, if numbers of its kind are no days: «№», «школа», «каб.»."""
    last = cursor.peek(-1)
    before = cursor.peek(-2) if last and last.text == "." else last
    return before.text if before and BEFORE_PLAIN_NUMBER.fullmatch(before.text) else None


def _named_month(cursor: Cursor, day: int | None) -> Part | None:
    token = cursor.peek()
    if token is None or not token.is_word:
        return None
    number = month_named(token.text)
    slip = None if number else token.raw
    number = number or month_misspelt(token.text)
    if number is None:
        return None
    cursor.at += 1
    if is_cut_short(token.text):
        cursor.dots()
    cursor.word("месяце?")
    return Part(day, number, take_year(cursor), slip)


def _iso(cursor: Cursor) -> Part | None:
    """«2026-09-15»."""
    year = cursor.number(4)
    month = cursor.number(2) if year and cursor.mark("-") else None
    day = cursor.number(2) if month and cursor.mark("-") else None
    return Part(day, month, year) if day and month and month <= 12 else None


def _day_month_year(cursor: Cursor) -> Part | None:
    """«15.09.2026», «15/9/26», «25.04.13.», «15-09-2026»."""
    day = cursor.number()
    separator = cursor.mark("./-") if day else None
    month = cursor.number() if separator else None
    if not (month and month <= 12 and separator and cursor.mark(separator)):
        return None
    token = cursor.peek()
    year = cursor.number(4) if separator == "-" or (token and token.spaced) else cursor.number(2, 4)
    if year is None:
        return None
    cursor.dots()
    cursor.word(YEAR_WORD)
    return Part(day, month, full_year(year))


def _day_roman_year(cursor: Cursor) -> Part | None:
    """«15.IX.26», «15 IX 2026»."""
    day = cursor.number()
    dotted = cursor.mark(".") if day else None
    month = take_roman_month(cursor) if day else None
    if month is None:
        return None
    cursor.mark(".")
    year = cursor.number(2, 4) if dotted else cursor.number(4)
    if year is None:
        return None
    cursor.word(YEAR_WORD)
    return Part(day, month, full_year(year))


def month_dot_year(cursor: Cursor) -> Part | None:
    """«09.2026», «09/2026»; not the «№ 9-2026» of a paper."""
    numbered = _number_of(cursor)
    month = cursor.number()
    year = cursor.number(4) if month and cursor.mark("." if numbered else "./-") else None
    if not month or month > 12 or year not in YEARS:
        return None
    cursor.word(YEAR_WORD)
    return Part(None, month, year)


def _day_dot_month(cursor: Cursor, misprints: bool) -> Part | None:
    """«15.09», «15.IX», but not the «1.24» of «1.24 ноября»."""
    day = cursor.number()
    month = cursor.first_of(Cursor.number, take_roman_month) if day and cursor.mark(".") else None
    if not month or (month > 12 and not misprints):
        return None
    after = cursor.peek()
    if after and month_named(after.text):
        return None
    cursor.dots()
    return Part(day, month, take_year(cursor))


def take_roman_month(cursor: Cursor) -> int | None:
    """«IX»."""
    token = cursor.peek()
    month = roman_month(token.text) if token else None
    cursor.at += month is not None
    return month


def _two_figures(cursor: Cursor) -> int | None:
    return cursor.number(2)


def _day_slash_month(cursor: Cursor) -> Part | None:
    """«28/08», «25/XI», but not «10/11 ноября» or «10/11 кл.»."""
    if _number_of(cursor):
        return None
    day = cursor.number(2)
    month = cursor.first_of(_two_figures, take_roman_month) if day and cursor.mark("/") else None
    after = cursor.peek()
    goes_on = after is not None and (after.text == "/" or (after.is_word and after.text not in {"в", "с"}))
    return Part(day, month) if month and month <= 12 and not goes_on else None
