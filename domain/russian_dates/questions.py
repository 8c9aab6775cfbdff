"""The days that a question asks about: «что в ноябре?», «на следующей неделе», «завтра»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from domain.period import Period, last_of_month
from domain.russian_dates.context import Context
from domain.russian_dates.grammar import MOST_TOKENS, parse
from domain.russian_dates.meaning import Doubtful, period_of
from domain.russian_dates.moments import DAYS_AHEAD, NEXT, Around
from domain.russian_dates.nodes import Dated, Loose, Node, Part, Point, Span, Weekday
from domain.russian_dates.words import MONTHS, roman_month, tokens_of

_GONE = re.compile(r"прошл\w+|прошедш\w+|был[аои]?|вчера")
_MONTH_STEMS = [name.rstrip("ь") for name in MONTHS]
_MONTH_ADJECTIVE = re.compile(rf"({'|'.join(_MONTH_STEMS)})(?:ь|ов)?ск\w+")

_WEEK = re.compile("недел[еюяи]|неделей")
# A week that is pointed at is one of the calendar; «на неделе» too, unless its theme follows.
_POINTING = re.compile(rf"эт(?:а|у|ой)|текущ\w+|нынешн\w+|ближайш\w+|прошл\w+|прошедш\w+|{NEXT.pattern}")
_LEADING_IN = re.compile("на|за|конец|конц[аеу]|начал[аеоу]|середин[аеыу]|течени[еи]")
_THEME = re.compile(r"(?!как)\w+(?:ой|ей|ого|его|ых|их)|книг\w*|чтени\w*")

_Days = tuple[date, date]


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """The days that a question asks about, inclusive: «что в ноябре?», «на следующей неделе», «завтра».

    A month without a year is the coming one, or the one gone by where the question says so («что было в
    октябре?»). None when the text names no date.
    """
    tokens = tokens_of(text)[:MOST_TOKENS]
    words = [token.text for token in tokens]
    spoken = _spoken_days(words, today)
    if spoken is not None:
        return spoken
    gone = any(map(_GONE.fullmatch, words))
    sentence = parse(tokens)
    nodes = [
        _asked_by_adjective(node)
        for node, (first, _) in zip(sentence.nodes, sentence.places, strict=True)
        # «IX» is a month in a plan; nobody asks so, and «х» may be anything.
        if not (isinstance(node, Point | Span) and roman_month(tokens[first].text))
    ]
    for node in nodes:
        if isinstance(node, Dated) and (found := _days_of(node, today, gone)) is not None:
            return found
    weekday = next((node.weekday for node in nodes if isinstance(node, Weekday)), None)
    if weekday is None:
        return None
    return _one_day(today + timedelta(days=(weekday - today.weekday()) % 7))


def _one_day(day: date) -> _Days:
    return day, day


def _spoken_days(words: Sequence[str], today: date) -> _Days | None:
    """«сегодня», «на следующей неделе», «в этом месяце», «в выходные»."""
    step = -1 if any(map(_GONE.fullmatch, words)) else int(any(map(NEXT.fullmatch, words)))
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
    for at, word in enumerate(words):
        if word in DAYS_AHEAD:
            return _one_day(today + timedelta(days=DAYS_AHEAD[word]))
        if _WEEK.fullmatch(word) and _is_week_meant(words, at):
            return monday, monday + timedelta(days=6)
        if re.fullmatch(r"выходн\w+", word):
            return monday + timedelta(days=5), monday + timedelta(days=6)
        if re.fullmatch("месяц|месяце|месяца", word):
            year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
            return date(year, month + 1, 1), last_of_month(year, month + 1)
    return None


def _is_week_meant(words: Sequence[str], at: int) -> bool:
    """«эта неделя», «через две недели», «на неделе»; «неделя детской книги» is a theme, not a date."""
    if any(map(_POINTING.fullmatch, words[max(at - 2, 0) : at])):
        return True
    led_in = bool(at) and _LEADING_IN.fullmatch(words[at - 1]) is not None
    return led_in and not any(map(_THEME.fullmatch, words[at + 1 : at + 2]))


def _asked_by_adjective(node: Node) -> Node:
    """«ноябрьский семинар» asks about November."""
    if not isinstance(node, Loose) or not (match := _MONTH_ADJECTIVE.fullmatch(node.token.text)):
        return node
    return Point(Part(None, _MONTH_STEMS.index(match[1]) + 1))


def _days_of(node: Dated, today: date, gone: bool) -> _Days | None:
    """The days of a node, in the nearest year that lies ahead, or behind."""
    if isinstance(node, Point) and node.part.month is None and node.part.day and not gone:
        return _one_day(Around(today).bare_day(node.part.day))
    chosen = nearest(node, today, gone=gone)
    if chosen is None:
        return None
    return (min(today, chosen.end) if chosen.start is None else chosen.start), chosen.end


def nearest(node: Dated, today: date, *, gone: bool = False) -> Period | None:
    """The period of a node in the nearest year that lies ahead, or behind; None where it has none."""
    found: list[Period] = []
    for year in range(today.year - 1, today.year + 3):
        try:
            found.append(period_of(node, Context(None, year, (today.year, today.month))))
        except Doubtful as doubt:
            # «октябрь – март» within one calendar year: the guess goes on into the next.
            if doubt.problem.code == "which_year":
                found.extend(doubt.problem.guess)
    ahead = [period for period in found if period.end >= today]
    behind = [period for period in reversed(found) if period.first_day <= today]
    return next(iter(behind if gone else ahead or behind), None)
