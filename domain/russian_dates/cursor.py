"""A cursor over tokens: what the grammar is written with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from domain.russian_dates.nodes import Node
from domain.russian_dates.words import ELLIPSIS, Token

_T = TypeVar("_T")

# An abbreviation may have a dot; a word longer than this is none, so the dot after it ends a sentence.
_LONGEST_ABBREVIATION = 6
_NUMBER_ENDING = re.compile(r"[яйеюи]|ая|ой|ое|ую|ый|ий|го|му|ого|ому|ья|ю|ье")


class Cursor:
    """A place among the tokens, and the nodes said before it.

    Every method, and every function of the grammar, takes what it looks for and moves on, or returns None.
    A function that returns None may have moved: call it through `tried` or `first_of`, which step back.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.said: list[Node] = []

    def tried(self, production: Callable[[Cursor], _T | None]) -> _T | None:
        """What the production finds here; None, with nothing taken, if it finds nothing."""
        mark = self.at
        found = production(self)
        if found is None:
            self.at = mark
        return found

    def first_of(self, *productions: Callable[[Cursor], _T | None]) -> _T | None:
        """What the first production that fits finds here, else None."""
        for production in productions:
            if (found := self.tried(production)) is not None:
                return found
        return None

    def ahead(self, production: Callable[[Cursor], object | None]) -> bool:
        """Whether the production would find something here; takes nothing."""
        mark = self.at
        found = production(self)
        self.at = mark
        return found is not None

    def peek(self, ahead: int = 0) -> Token | None:
        """The token here, or so many further on."""
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def match(self, pattern: re.Pattern[str] | str) -> re.Match[str] | None:
        """Takes a token that matches as a whole."""
        token = self.peek()
        match = re.fullmatch(pattern, token.text) if token else None
        self.at += match is not None
        return match

    def word(self, pattern: re.Pattern[str] | str) -> str | None:
        """Takes a word that matches, with the dot of an abbreviation."""
        match = self.match(pattern)
        if match is None:
            return None
        if len(match[0]) <= _LONGEST_ABBREVIATION:
            self.dots()
        return match[0]

    def mark(self, marks: str) -> str | None:
        """Takes one of the marks."""
        token = self.peek()
        if token is None or token.text not in marks:
            return None
        self.at += 1
        return token.text

    def ellipsis(self) -> str | None:
        """Takes the dots that stand for a dash: «сентябрь…май»."""
        return self.mark(ELLIPSIS)

    def dots(self) -> None:
        """Takes all dots that stand here («теч..мес»)."""
        while self.mark("."):
            pass

    def number(self, *digits: int) -> int | None:
        """Takes a number of so many digits, of one or two where none are given."""
        token = self.peek()
        if token is None or not token.is_number or len(token.text) not in (digits or (1, 2)):
            return None
        self.at += 1
        return int(token.text)

    def ending(self) -> bool:
        """Takes the ending after a number: «3-я», «15-го»."""
        return self.tried(_ending) is not None


Production: TypeAlias = Callable[[Cursor], Sequence[Node] | None]


def _ending(cursor: Cursor) -> re.Match[str] | None:
    cursor.mark("-")
    token = cursor.peek()
    return None if token is None or token.spaced else cursor.match(_NUMBER_ENDING)
