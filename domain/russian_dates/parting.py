"""A line of chat parted: the words that say when, and the rest: «семинар 15 ноября 14:00 СОШ 183»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.errors import DomainError
from domain.period import Period, Precision
from domain.russian_dates.dates import BEFORE_PLAIN_NUMBER
from domain.russian_dates.deadlines import is_deadline
from domain.russian_dates.entries import without_entries
from domain.russian_dates.grammar import MOST_TOKENS, Sentence, parse
from domain.russian_dates.moments import DAYS_AHEAD, read_moment
from domain.russian_dates.nodes import (
    By,
    Clock,
    Dated,
    Loose,
    Node,
    NthWeekday,
    Point,
    Since,
    Span,
    Stretch,
    Weekday,
    Weeks,
)
from domain.russian_dates.questions import nearest
from domain.russian_dates.words import MONTHS_OF, TURNING, Token, tokens_of

# What stands in the rest where the words were that say when.
GAP = "\n"

Hours = tuple[time, time | None]

# In quotation marks stand titles, and an address on the net is none of ours to read: neither holds a date.
_KEPT = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”|https?://\S+", re.IGNORECASE)
# «1 ноября», said on the 3rd, is a slip: no meeting is meant that is a year away.
_JUST_GONE = timedelta(days=92)
_STAND_INS = range(0xE000, 0xE000 + 100)  # no keyboard writes these signs
# «приказ от 22 октября», «итоги за 22 октября»
_OF_SOMETHING_ELSE = frozenset({"от", "за", "к", "с", "со", "по"})
_DAY_WORD = re.compile(r"\b(вчера|сегодня|завтра|послезавтра)\b", re.IGNORECASE)
_OF_A_MONTH = r"(?!\d|\s*[:.]\s*\d|\s*(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))"
_BARE_HOURS = re.compile(rf"\bс\s+(\d{{1,2}})\s+до\s+(\d{{1,2}}){_OF_A_MONTH}", re.IGNORECASE)
_BARE_HOUR = re.compile(r"\bв\s+(\d{1,2})(?=\s*(?:[,;\n]|$))", re.IGNORECASE)
# What leads a date in, and what is left of the marks around it.
_AROUND_A_GAP = re.compile(
    r"(?:(?<!\w)(?:в|во|на|с|к|начало|начале|время|дата)\b)?[\s,:(]*\n[\s,:.)]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Parted:
    """What a line says about the time, as far as it says it: the day (or only the month), the hours where no
    day is named; and its other words, with a GAP where those about the time were."""

    period: Period | None
    hours: Hours | None
    rest: str


def part_moment(text: str, today: date) -> Parted:
    """Parts a line. Raises DomainError like read_moment where it speaks of a day that cannot be told."""
    words, rest = part_words(text, today)
    if not words:
        return Parted(None, None, rest)
    clocks = parse(tokens_of(words)).nodes
    if all(isinstance(node, Clock) for node in clocks) and len(clocks) == 1:
        [clock] = clocks
        return Parted(None, _hours(clock) if isinstance(clock, Clock) else None, rest)
    return Parted(read_day_or_months(words, today), None, rest)


def names_hour(words: str) -> bool:
    """Whether an hour is among the words that say when."""
    return any(isinstance(node, Clock) for node in parse(tokens_of(words)[:MOST_TOKENS]).nodes)


def part_words(text: str, today: date) -> tuple[str, str]:
    """A line parted, though nothing may be made of when it is: the words that say when, and the rest as in
    Parted."""
    kept: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        if len(kept) == len(_STAND_INS):
            return found[0]
        kept.append(found[0])
        return chr(_STAND_INS[len(kept) - 1])

    plain = _KEPT.sub(stand_in, "".join(sign for sign in text if ord(sign) not in _STAND_INS))
    tokens = tokens_of(_spelt_out(plain, today))[:MOST_TOKENS]
    when = _about_time(parse(tokens), tokens)
    rest = _AROUND_A_GAP.sub(GAP, _said(tokens, when, gap=GAP)).replace(" - ", " – ").strip()
    for number, found in enumerate(kept):
        rest = rest.replace(chr(_STAND_INS[number]), found)
    return _said([token for at, token in enumerate(tokens) if at in when], frozenset()), rest


def words_of_day(text: str) -> str | None:
    """The words by which a line names a day, or days on end, and the hour beside it: «22 октября в 14.00» of
    «Семинар 22 октября в 14.00, СОШ № 5». None where it names none, or several, or turns what it says."""
    tokens = tokens_of(_KEPT.sub("«»", text))[:MOST_TOKENS]
    sentence = parse(tokens)
    nodes = sentence.nodes
    exact = [at for at, node in enumerate(nodes) if _is_exact(node)]
    if len(exact) != 1 or not isinstance(nodes[exact[0]], Point | Span | NthWeekday):
        return None
    if any(TURNING.fullmatch(token.text) for token in tokens) or any(isinstance(it, Weekday) for it in nodes):
        return None
    first, last = sentence.places[exact[0]]
    if first and tokens[first - 1].text in _OF_SOMETHING_ELSE:
        return None
    beside = exact[0] + 1
    while beside < len(nodes) and _is_mark(nodes[beside]):
        beside += 1
    if beside < len(nodes) and isinstance(nodes[beside], Clock):
        last = sentence.places[beside][1]
    return _said(tokens[first:last], frozenset())


def days_said(text: str) -> list[str]:
    """The words for each day, days on end or deadline that a line names outside of quotation marks, but for
    those of something else, «приказ от 5 октября»."""
    tokens = tokens_of(_KEPT.sub("«»", text))[:MOST_TOKENS]
    sentence = without_entries(parse(tokens), even_alone=True)
    return [
        _said(tokens[first:last], frozenset())
        for node, (first, last) in zip(sentence.nodes, sentence.places, strict=True)
        if _is_exact(node) and not (first and tokens[first - 1].text in _OF_SOMETHING_ELSE | {"на"})
    ]


def words_of_deadline(text: str) -> str | None:
    """The words by which a line says till which day it is to be done: «до 25 мая» of «Сдать отчёт до 25 мая».
    None where it says none, or several, or names another day, too."""
    tokens = tokens_of(_KEPT.sub("«»", text))[:MOST_TOKENS]
    sentence = parse(tokens)
    exact = [at for at, node in enumerate(sentence.nodes) if _is_exact(node)]
    node = sentence.nodes[exact[0]] if len(exact) == 1 else None
    if not isinstance(node, By):
        return None
    first, last = sentence.places[exact[0]]
    if any(TURNING.fullmatch(token.text) for token in (*tokens[:first], *tokens[last:])):
        return None
    return _said(tokens[first:last], frozenset()) if is_deadline(node, tokens, first, last) else None


def words_of_part(text: str) -> str | None:
    """The words by which a line names a part of a month: «первую неделю октября» of «Провести в первую неделю
    октября сверку». None where it names none, or any other time, too."""
    tokens = tokens_of(_KEPT.sub("«»", text))[:MOST_TOKENS]
    sentence = parse(tokens)
    dated = [at for at, node in enumerate(sentence.nodes) if isinstance(node, Dated)]
    node = sentence.nodes[dated[0]] if len(dated) == 1 else None
    if not isinstance(node, Weeks | Stretch) or node.part.month is None:
        return None
    if any(TURNING.fullmatch(token.text) for token in tokens):
        return None
    first, last = sentence.places[dated[0]]
    beside = first and tokens[first - 1].text in _OF_SOMETHING_ELSE
    return None if beside else _said(tokens[first:last], frozenset())


def _is_mark(node: Node) -> bool:
    return isinstance(node, Loose) and node.token.text in {",", "("}


def read_day_or_months(text: str, today: date, near: tuple[date, date] | None = None) -> Period:
    """A day like read_moment, or the month or months in which it will be: «15 ноября 14:00», «в декабре».

    A day without a year that has just gone by is that day. Raises DomainError like read_moment.
    """
    try:
        return read_moment(text, today, near, gone=_JUST_GONE)
    except DomainError as error:
        months = None if error.code != "moment_not_understood" else read_months(text, today)
        if months is None:
            raise
        return months


def read_months(text: str, today: date) -> Period | None:
    """The month or months alone in which a day will be named: «в декабре», «ноябрь – декабрь»; None where
    something else is said."""
    nodes = parse(tokens_of(text)[:MOST_TOKENS]).nodes
    dated = [node for node in nodes if isinstance(node, Point | Span)]
    others = [node for node in nodes if not isinstance(node, Point | Span | Loose)]
    if len(dated) != 1 or others or _has_numbers(nodes):
        return None
    found = nearest(dated[0], today)
    if found is None or found.precision not in {Precision.MONTH, Precision.MONTHS}:
        return None
    return found


def rest_of_school_year(today: date) -> Period:
    """Where nobody knows the month either: from the next month to the end of lessons; from June on, the
    coming school year."""
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if following.month in {6, 7}:
        following = following.replace(month=8)
    return Period.months(following.year, following.month, following.year + (following.month >= 6), 5)


def _has_numbers(nodes: Sequence[Node]) -> bool:
    return any(isinstance(node, Loose) and node.token.is_number for node in nodes)


def _spelt_out(text: str, today: date) -> str:
    """«завтра» as its date, «с 14 до 16» with minutes: an hour is known by them whatever stands after it."""

    def dated(found: re.Match[str]) -> str:
        day = today + timedelta(days=DAYS_AHEAD[found[1].lower()])
        return f"{day.day} {MONTHS_OF[day.month - 1]} {day.year}"

    def timed(found: re.Match[str]) -> str:
        if any(int(hour) > 23 for hour in found.groups()):
            return found[0]
        return "в " + "-".join(f"{hour}:00" for hour in found.groups())

    return _BARE_HOUR.sub(timed, _BARE_HOURS.sub(timed, _DAY_WORD.sub(dated, text)))


def _about_time(sentence: Sentence, tokens: Sequence[Token]) -> frozenset[int]:
    """The places of the tokens that say when."""
    nodes = sentence.nodes
    exact = [_is_exact(node) for node in nodes]
    taken: set[int] = set()
    for at, node in enumerate(nodes):
        first, last = sentence.places[at]
        match node:
            case Clock():
                says_when = True
            case Weekday():
                led_in = first > 0 and tokens[first - 1].text in {"в", "во"}
                says_when = led_in or _touches(nodes, exact, at)
            case Point() | Span():
                # Beside a day a month alone belongs to the title: «Итоги сентября».
                says_when = exact[at] or not any(exact)
            case _:
                says_when = exact[at] or (_is_bare_day(nodes, at) and not any(exact))
        if says_when:
            taken.update(range(first, last))
    return frozenset(taken)


def _is_exact(node: Node) -> bool:
    """Whether it names days; a deadline is taken for one, to be refused."""
    match node:
        case Point(part) | By(part, _) | Since(part):
            return part.day is not None
        case Span(first, _):
            return first.day is not None
        case NthWeekday():
            return True
    return False


def _touches(nodes: Sequence[Node], exact: Sequence[bool], at: int) -> bool:
    """Whether a weekday stands beside a day: «среда, 18 ноября»."""
    beside = [
        index
        for index in range(max(at - 2, 0), min(at + 3, len(nodes)))
        if exact[index] or isinstance(nodes[index], Clock)
    ]
    return any(all(map(_is_mark, nodes[min(at, index) + 1 : max(at, index)])) for index in beside)


def _is_bare_day(nodes: Sequence[Node], at: int) -> bool:
    """«семинар 15 в 14:00»: a number right before an hour, and not that of a school or a room."""
    node, before = nodes[at], nodes[at - 1] if at else None
    if not isinstance(node, Loose) or not node.token.is_number or len(node.token.text) > 2:
        return False
    if at + 1 >= len(nodes) or not isinstance(nodes[at + 1], Clock):
        return False
    return not (isinstance(before, Loose) and BEFORE_PLAIN_NUMBER.fullmatch(before.token.text))


def _said(tokens: Sequence[Token], without: frozenset[int], gap: str = "") -> str:
    """The tokens as they were written, those left out as one gap."""
    said: list[str] = []
    for at, token in enumerate(tokens):
        if at in without:
            if not said or said[-1] != gap:
                said.append(gap)
            continue
        said.append(("\n" if token.broken else " " * token.spaced) + token.raw)
    return "".join(said).strip(" ")


def _hours(clock: Clock) -> Hours:
    if clock.end is not None and clock.end <= clock.start:
        raise DomainError("end_before_start")
    return clock.start, clock.end
