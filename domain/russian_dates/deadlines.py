"""The day by which something is to be done, as a sentence says it: «сдать сведения до 15 декабря»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from domain.errors import DomainError
from domain.period import last_of_month
from domain.russian_dates.grammar import MOST_TOKENS, parse
from domain.russian_dates.moments import Around
from domain.russian_dates.nodes import By, Part, Point
from domain.russian_dates.spans import OF_MONTH
from domain.russian_dates.words import Token, tokens_of

# «срок – 15 декабря», «срок исполнения: 15.12»: so many words and marks before the day.
_NEAR = 3
_TERM = re.compile(r"срок\w*")
_OF_MONTH = re.compile(OF_MONTH)
# «не выдавать книги до 15 декабря» forbids, «не забыть сдать до 15 декабря» does not.
_VERB = re.compile(r"\w+(?:ть|ться|ти|йте|ите)")
_STILL_TO_DO = re.compile(r"забы\w+|забуд\w+|откладыва\w+|опазд\w+|затягива\w+|тяни\w+|медли\w+")


def read_deadline(text: str, since: date) -> date | None:
    """The last day of a sentence's deadline, which lies on `since` or after it unless a year is named. None
    where no such day is told for certain: a month («до декабря»), an edge («до конца года»), two deadlines.

    Raises DomainError `deadline_impossible` (fact `day`) for one that no calendar has.
    """
    tokens = tokens_of(text)[:MOST_TOKENS]
    sentence = parse(tokens)
    days = {
        _last_day(node, since)
        for node, (first, last) in zip(sentence.nodes, sentence.places, strict=True)
        if (isinstance(node, By) and is_deadline(node, tokens, first, last))
        or (isinstance(node, Point) and _is_named_so(node, tokens, first))
    }
    return days.pop() if len(days) == 1 else None


def is_deadline(node: By, tokens: Sequence[Token], first: int, last: int) -> bool:
    """«отчёт по декабрю» is none, «не до 15 декабря» another one, «до 5-го класса» no day."""
    if tokens[first].text == "по" and node.part.day is None:
        return False
    if (first and tokens[first - 1].text == "не") or _is_forbidden(tokens[:first]):
        return False
    has_month = node.part.month is not None or node.part.day is None
    return has_month or any(_OF_MONTH.fullmatch(token.text) for token in tokens[first:last])


def _is_forbidden(before: Sequence[Token]) -> bool:
    """Whether the sentence says of something that it is not to be done until then."""
    ends = [at for at, token in enumerate(before) if token.text in ".;"]
    sentence = before[ends[-1] :] if ends else before
    return any(
        one.text == "не" and _VERB.fullmatch(verb.text) and not _STILL_TO_DO.fullmatch(verb.text)
        for one, verb in pairwise(sentence)
    )


def _is_named_so(node: Point, tokens: Sequence[Token], first: int) -> bool:
    """«срок: 15 декабря»."""
    before = tokens[max(first - _NEAR, 0) : first]
    return node.part.day is not None and any(_TERM.fullmatch(token.text) for token in before)


def _last_day(node: By | Point, since: date) -> date | None:
    part, around = node.part, Around(since)
    try:
        if part.day is not None:
            return around.bare_day(part.day) if part.month is None else around.day_of(part)
    except DomainError as error:
        raise DomainError("deadline_impossible", day=error.facts["day"]) from None
    return _end_of_month(part, since) if isinstance(node, By) and node.whole else None


def _end_of_month(part: Part, since: date) -> date:
    """«до конца декабря», «до конца месяца»."""
    month = part.month or since.month
    return last_of_month(part.year or since.year + (month < since.month), month)
