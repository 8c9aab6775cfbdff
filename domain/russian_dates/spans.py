"""Grammar: days and months on end, days in a row, deadlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.dates import (
    BEFORE_PLAIN_NUMBER,
    month_dot_year,
    point,
    take_month,
    take_part,
    take_roman_month,
)
from domain.russian_dates.nodes import (
    TABLE_MONTH,
    By,
    ItemNumber,
    Loose,
    Node,
    Part,
    Point,
    Rhythm,
    Said,
    Span,
)
from domain.russian_dates.words import MONTHS_OF, month_named
from domain.russian_dates.years import EACH, END, MONTH_WORD, YEAR_WORD, edges_of_year, full_year, take_year

OF_MONTH = "числа|число|числу|числ"
_MOST_QUARTERS_OR_WEEKS = 5
_OPENING, _CLOSING = '«"“„', '»"”“'
_STREET = re.compile(r"ул|улиц\w+|пл|площад\w+|пр|просп|проспект\w*|пер|переул\w+")
_NAMED_AFTER = re.compile(rf"им|имени|{_STREET.pattern}")


def span(cursor: Cursor) -> Sequence[Node] | None:
    """«с 15 сентября по 1 октября», «октябрь – ноябрь», «сентябрь-октябрь-ноябрь»."""
    opened = bool(cursor.word("с|со|от"))
    first = cursor.first_of(_month_before_month, take_part)
    if first is None or not _joined(cursor, opened):
        return None
    cursor.word("с|со")
    last = take_part(cursor, misprints=first.day is not None)
    if last is None:
        return None
    if cursor.ellipsis():
        return None  # «сентябрь… январь… май»: no span, and perhaps no list
    while (further := cursor.tried(_after_dash)) is not None:
        if not _consecutive(last, further):
            return None
        last = further
    return [Span(first, last)]


def _joined(cursor: Cursor, opened: bool) -> bool:
    """What joins the two ends of a span; «до» only after «с»."""
    return bool(cursor.mark("-") or cursor.ellipsis() or cursor.word("по|до" if opened else "по"))


def _month_before_month(cursor: Cursor) -> Part | None:
    """The «09.» of «09.–10.2026»: figures before a dash and a month with its year."""
    month = cursor.number(2)
    if not month or month > 12 or not cursor.mark("."):
        return None
    return Part(None, month) if cursor.ahead(_dash_and_month_of_year) else None


def _dash_and_month_of_year(cursor: Cursor) -> Part | None:
    return month_dot_year(cursor) if cursor.mark("-") else None


def roman_months(cursor: Cursor) -> Sequence[Node] | None:
    """«IX–X», «IX, XII, III 2027 г.»: numbers that stand alone in their line, one of them too high for a
    quarter or a week."""
    before = cursor.peek(-1)
    if before and (before.is_word or before.is_number) and not cursor.tokens[cursor.at].broken:
        return None
    found: list[Node] = []
    months: list[int] = []
    while not found or cursor.mark(",;/") or cursor.word("и"):
        first = take_roman_month(cursor)
        if first is None:
            return None
        last = take_roman_month(cursor) if cursor.mark("-") else first
        if last is None:
            return None
        dotted = cursor.mark(".")
        year = take_year(cursor)
        if dotted and year is None:
            return None
        # «III.2027» is a month, whatever «III» alone may be.
        months += [first, last, *([12] if dotted else [])]
        end = Part(None, last, year)
        found.append(Point(end) if first == last else Span(Part(None, first), end))
    after = cursor.peek()
    alone = after is None or after.broken or not (after.is_word or after.is_number or after.text == ".")
    return found if alone and max(months) > _MOST_QUARTERS_OR_WEEKS else None


def _after_dash(cursor: Cursor) -> Part | None:
    return take_part(cursor) if cursor.mark("-") else None


def _consecutive(one: Part, other: Part) -> bool:
    """Whether they are months, one after the other."""
    if one.day or other.day or not one.month or not other.month:
        return False
    return other.month == one.month % 12 + 1


def days(cursor: Cursor) -> Sequence[Node] | None:
    """«5, 12 и 19–21 ноября», «20-24.11»: days that share the month after them."""
    if _after_place(cursor):
        return None
    opened = bool(cursor.word("с|со"))
    items: list[tuple[int, int | None]] = []
    while not items or cursor.mark(",;") or cursor.word("и"):
        day = cursor.number()
        if day is None or not 1 <= day <= 31:
            return None
        cursor.ending()
        cursor.tried(_dot_before_dash)
        items.append((day, cursor.tried(partial(_last_day, opened=opened))))
    several = len(items) > 1 or items[0][1] is not None
    if opened and not several:
        return None
    shapes = (_month_in_figures, take_month, _table_month) if several else (take_month, _table_month)
    month = cursor.first_of(*shapes)
    if month is None:
        return None
    return [
        Point(replace(month, day=day))
        if last is None
        else Span(replace(month, day=day), replace(month, day=last))
        for day, last in items
    ]


def _dot_before_dash(cursor: Cursor) -> bool | None:
    """The dot of «02.-06.03»; that of «2. – 6.03» may be an item's, that of «12.10.-15 октября» a month's."""
    if cursor.at > 1 and cursor.tokens[cursor.at - 2].text == ".":
        return None
    after = cursor.peek() if cursor.mark(".") else None
    return True if after is not None and after.text == "-" and not after.spaced else None


def _last_day(cursor: Cursor, opened: bool) -> int | None:
    """The «–21» of «19–21 ноября», of «19-20-21 ноября» as well."""
    last = cursor.number() if _joined(cursor, opened) else None
    while last is not None:
        cursor.ending()
        if cursor.tried(partial(_next_day, last)) is None:
            break
        last += 1
    return last


def _next_day(last: int, cursor: Cursor) -> int | None:
    return last if cursor.mark("-") and cursor.number() == last + 1 else None


def _after_place(cursor: Cursor) -> bool:
    """Whether a number that stands here belongs to a place: «лицей № 12, 15 ноября», «ул. Садовая, 7»; but
    not in «ОУ, 12-16 ноября», «ОУ 12-16 ноября»."""
    before = [token.text for token in cursor.tokens[max(cursor.at - 6, 0) : cursor.at]]
    words = [text for text in before if text not in ".,"]
    if any(map(_STREET.fullmatch, words[-3:])):
        return True
    numbered = words[-1:] in (["№"], ["n"])
    parted = before[-1:] == [","] or (not numbered and cursor.ahead(_joined_numbers))
    return not parted and any(map(BEFORE_PLAIN_NUMBER.fullmatch, words[-1:]))


def _joined_numbers(cursor: Cursor) -> int | None:
    """The «12-16» of «12-16 ноября», without blanks."""
    if cursor.number() is None or (dash := cursor.peek()) is None or dash.spaced or not cursor.mark("-"):
        return None
    last = cursor.peek()
    return None if last is None or last.spaced else cursor.number()


def _month_in_figures(cursor: Cursor) -> Part | None:
    """The «.11» of «20-24.11», with its year."""
    month = cursor.number(2) if cursor.mark(".") else None
    if not month or month > 12:
        return None
    year = cursor.number(2, 4) if cursor.mark(".") else None
    if year is None:
        return Part(None, month, take_year(cursor))
    cursor.word(YEAR_WORD)
    return Part(None, month, full_year(year))


def _table_month(cursor: Cursor) -> Part | None:
    """«15 числа», «15-го»: of the month that the table stands under."""
    if cursor.word(OF_MONTH):
        cursor.word("месяца")
        return TABLE_MONTH
    last, after = cursor.peek(-1), cursor.peek()
    if last is None or last.text != "го" or (after and after.is_word and len(after.text) > 2):
        return None
    return TABLE_MONTH


def by(cursor: Cursor) -> Sequence[Node] | None:
    """«до 15.09», «не позднее 1 октября», «к 15 ноября», «до конца года», «к 25 числу»."""
    through = bool(cursor.word("по"))
    if not (through or cursor.word("до|к") or (cursor.word("не") and cursor.word("позднее|позже"))):
        return None
    whole = bool(cursor.word("конца")) or through
    part = take_part(cursor)
    if part is not None:
        return [By(part, bool(cursor.word("включительно")) or whole)]
    if through:
        return None
    if whole:
        if cursor.word(MONTH_WORD):
            return [By(TABLE_MONTH, whole)]
        return edges_of_year(cursor, [("до конца", END)], by=True)
    return _by_a_day(cursor)


def _by_a_day(cursor: Cursor) -> Sequence[Node] | None:
    """«25 числа», «25-го», «25» right after a month; «25 числа каждого месяца» is a rhythm."""
    day = cursor.number()
    if day is None or not 1 <= day <= 31:
        return None
    ended = cursor.ending()
    if not cursor.word(OF_MONTH) and not ended and not _between_marks_after_month(cursor):
        return None
    each = cursor.word(EACH)
    return [Rhythm()] if cursor.word(MONTH_WORD) and each else [By(Part(day))]


def _between_marks_after_month(cursor: Cursor) -> bool:
    """Whether what was taken last, «май (до 20)», follows a month and nothing more is said of it."""
    said = [node for node in cursor.said if not (isinstance(node, Loose) and node.token.text in "(,")]
    after = cursor.peek()
    ends = after is None or after.broken or after.text in "),;."
    return ends and bool(said) and isinstance(said[-1], Point) and said[-1].part.day is None


def item_number(cursor: Cursor) -> Sequence[Node] | None:
    """«1.24 ноября»: only what opens the text can be the number of an item."""
    number = None if cursor.at else cursor.number()
    if number is None or not cursor.mark("."):
        return None
    token = cursor.peek()
    if not cursor.ahead(_named_day) or cursor.ahead(_month_of_a_list):
        return None
    return [ItemNumber(f"{number}.")] if token and not token.spaced else [Said.NOTHING]


def _month_of_a_list(cursor: Cursor) -> str | None:
    """The «.8,» of «1.8, 2 августа», the «.8 –» of «1.8 – 8 августа»: figures that are a month."""
    token = cursor.peek()
    month = None if token is None or token.spaced else cursor.number()
    return cursor.mark(",;-") or cursor.word("и|по") if month and month <= 12 else None


def _named_day(cursor: Cursor) -> Sequence[Node] | None:
    """A day, or days, with the name of a month, or the month alone; «1. сентября» is a day itself."""
    start = cursor.at
    found = cursor.first_of(days, point)
    taken = cursor.tokens[start : cursor.at]
    if found is None or taken[0].text in MONTHS_OF:
        return None
    return found if any(month_named(token.text) for token in taken) else None


def period_named(cursor: Cursor) -> Sequence[Node] | None:
    """«неделя 12–17 октября», «месячник с 15 сентября по 15 октября»: the word adds nothing to its days."""
    if not cursor.word("неделя|декада|месячник"):
        return None
    return [Said.NOTHING] if cursor.ahead(_on_end) else None


def _on_end(cursor: Cursor) -> Sequence[Node] | None:
    found = cursor.first_of(span, days)
    return found if found and isinstance(found[0], Span) and found[0].first.day else None


def name(cursor: Cursor) -> Sequence[Node] | None:
    """«ДК «Октябрь»», «им. 1 Мая», «ул. 8 Марта»: a month in the name of a place is no date."""
    return cursor.first_of(_quoted_name, _named_after)


def _quoted_name(cursor: Cursor) -> Sequence[Node] | None:
    """A name of words alone right behind another word; figures in quotation marks may be a date."""
    before = cursor.peek(-1)
    if before is None or not before.is_word or not cursor.mark(_OPENING):
        return None
    taken = [cursor.tokens[cursor.at - 1]]
    while (token := cursor.peek()) is not None and not token.is_number:
        cursor.at += 1
        taken.append(token)
        if token.text in _CLOSING:
            return [Loose(one) for one in taken]
    return None


def _named_after(cursor: Cursor) -> Sequence[Node] | None:
    last = cursor.peek(-1)
    before = cursor.peek(-2) if last and last.text == "." else last
    if before is None or not _NAMED_AFTER.fullmatch(before.text):
        return None
    day, month = cursor.peek(), cursor.peek(1)
    if day is None or month is None or not day.is_number or month.text not in MONTHS_OF:
        return None
    cursor.at += 2
    return [Loose(day), Loose(month)]
