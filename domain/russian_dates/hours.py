"""Grammar: hours. Figures may be an hour or a date, so what stands before them counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from functools import partial

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.dates import take_month, take_part
from domain.russian_dates.nodes import By, Clock, Loose, Node, Point, Said, Weekday
from domain.russian_dates.words import month_named

# These stand between a day and its hour.
_LEADING_IN = frozenset({",", "(", "в", "во", "с", "начало"})


def clock(cursor: Cursor) -> Sequence[Node] | None:
    """«14:00», «в 14.00», «с 14-00 до 15-30», «начало в 3 часа дня»."""
    dashed = _right_after_day(cursor) and bool(cursor.mark("-"))
    prefix = cursor.word("в|во|с|к|начало|время")
    led_in = prefix in {"в", "во", "начало", "время"}
    if prefix in {"начало", "время"}:
        cursor.mark(":-")
        prefix = cursor.word("в|с") or prefix
    at = cursor.at
    start = _take_hour(cursor)
    if start is None and dashed:
        return None
    if start is None:
        return _bare_hours(cursor, prefix)
    after, more = cursor.peek(), cursor.peek(1)
    if after and after.text == "." and more and more.is_number and not more.spaced:
        return None
    end = cursor.tried(_until)
    may_be_day = not led_in and _may_be_day(cursor, at)
    if cursor.ahead(take_month) or (dashed and may_be_day):
        return None
    if may_be_day and any(isinstance(node, Weekday) for node in _said(cursor)[-1:]):
        return None  # «среда, 18.11» is the day itself
    return [Clock(start, end, may_be_day)]


def _may_be_day(cursor: Cursor, at: int) -> bool:
    """Whether what stands from a place to here can be read as a date too, or as two («10.10-11.12»)."""
    here, cursor.at = cursor.at, at
    take_part(cursor)
    if cursor.at < here and (cursor.mark("-") or cursor.word("до|по")):
        take_part(cursor)
    reached, cursor.at = cursor.at, here
    return reached >= here


def _until(cursor: Cursor) -> time | None:
    return _take_hour(cursor, surely=True) if cursor.mark("-") or cursor.word("до|по") else None


def _take_hour(cursor: Cursor, surely: bool = False) -> time | None:
    """An hour; `surely` where no date can stand."""
    return cursor.first_of(partial(_in_figures, surely=surely), _in_words)


def _in_figures(cursor: Cursor, surely: bool) -> time | None:
    """«14:00», «14.00», «14-00», «14-00 часов»."""
    at = cursor.at
    hour = cursor.number()
    separator = None if hour is None else cursor.mark(":.-")
    token = cursor.peek()
    minute = cursor.number(2) if separator and token and not token.spaced else None
    if hour is None or minute is None or separator is None or hour > 23 or minute > 59:
        return None
    named = cursor.word("час|часов|ч")
    if not (named or surely or _is_no_date(separator, minute) or _after_day(cursor, at)):
        return None
    return time(_of_the_day(cursor, hour), minute)


def _is_no_date(separator: str, minute: int) -> bool:
    """Whether figures parted so can only be an hour: no day or month is 00, no month over 12."""
    return separator == ":" or minute == 0 or (separator == "." and minute > 12)


def _in_words(cursor: Cursor) -> time | None:
    """«14 часов», «14 ч 30 мин», «3 часа дня»."""
    hour = cursor.number()
    if hour is None or hour > 23 or not cursor.word("час|часа|часов|часам|ч"):
        return None
    minute = cursor.number(2)
    if minute is None:
        return time(_of_the_day(cursor, hour))
    return time(hour, minute) if minute <= 59 and cursor.word("мин|минут|м") else None


def _of_the_day(cursor: Cursor, hour: int) -> int:
    """«в 3 часа дня» is 15:00."""
    if cursor.word("утра|ночи"):
        return hour
    return hour + 12 if cursor.word("дня|вечера") and hour < 12 else hour


def _bare_hours(cursor: Cursor, prefix: str | None) -> Sequence[Node] | None:
    """«в среду в 14», «15 ноября с 14 до 16»: hours without minutes, only after a day; «с 15 до 17 часов»."""
    if prefix not in {"в", "во", "с"}:
        return None
    after_day = _after_day(cursor, cursor.at) or _right_after_day(cursor)
    hour = cursor.number()
    if hour is None or hour > 23:
        return None
    end = cursor.tried(_bare_until) if prefix == "с" else None
    if prefix == "с" and end is None:
        return None
    named = cursor.word("час|часа|часов|ч")
    if not (after_day or (named and end is not None)):
        return None
    start = _of_the_day(cursor, hour)
    after = cursor.peek()
    if after and (after.is_number or after.text in ".,-:" or month_named(after.text)) and cursor.peek(1):
        return None
    return [Clock(time(start), time(end) if end is not None and end <= 23 else None)]


def _bare_until(cursor: Cursor) -> int | None:
    return cursor.number() if cursor.mark("-") or cursor.word("до") else None


def _right_after_day(cursor: Cursor) -> bool:
    """«15.11 с 14 до 16»: after a day in figures, hours that are led in by a word."""
    last = cursor.said[-1] if cursor.said else None
    return isinstance(last, Point) and last.part.day is not None


def _after_day(cursor: Cursor, at: int) -> bool:
    """Whether figures at a place follow a day on its line, so that they can be hours: «15 ноября, 10.10».

    After a day in figures without a year they are another day: «05.10, 12.10».
    """
    opening = at
    while opening and cursor.tokens[opening - 1].text in _LEADING_IN:
        opening -= 1
    between = cursor.tokens[opening:at]
    if not opening or any(token.broken for token in cursor.tokens[opening : at + 1]):
        return False
    before = next((it for it in reversed(cursor.tokens[:opening]) if it.text != "."), cursor.tokens[0])
    said = _said(cursor)
    match said[-1:]:
        case [Loose()]:
            # «15 14:00»: a bare day, which is understood in chat alone.
            return len(said) == 1 and before.is_number
        case [Weekday()]:
            pass
        case [Point(part) | By(part)] if part.day:
            pass
        case _:
            return False
    if any(token.text in {"в", "во"} for token in between):
        return True
    dotted = at + 1 < len(cursor.tokens) and cursor.tokens[at + 1].text == "."
    return dotted and (not before.is_number or len(before.text) == 4)


def _said(cursor: Cursor) -> list[Node]:
    """The nodes so far, without those that only lead in an hour."""
    return [
        node
        for node in cursor.said
        if not (node.token.text in _LEADING_IN if isinstance(node, Loose) else node is Said.NOTHING)
    ]
