"""Strangers' text made fit for a document."""

from __future__ import annotations

import re

from domain.quotes import paired

# What XML 1.0 does not hold, and marks that turn the direction of writing.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# What stays on one line with what is after it: «№», an initial («А. С. Пушкина»), a year before «г.», a word
# before a dash, which begins no line.
_STAYS = re.compile(r"№ |\b[А-ЯЁ]\. (?=[А-ЯЁ](?:\.|[а-яё]))|\b\d{4} (?=г\.)|(?<=\S) (?=[–—] )")
# «2026-2027» stays in one piece.
_YEARS = re.compile(r"\b(20\d\d)-(?=20\d\d\b)")


def plain(text: str, longest: int | None = None) -> str:
    """One line without unprintable characters; cut with an ellipsis where it is longer than `longest`."""
    line = " ".join(_UNPRINTABLE.sub("", text).split())
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def typeset(text: str, longest: int | None = None) -> str:
    """The same as it is printed: «№» stays on one line with its number, an initial with the name, a dash with
    the word before it, a school year in one piece; quotation marks in pairs."""
    line = _YEARS.sub("\\1\u2011", paired(plain(text, longest)))
    return _STAYS.sub(lambda found: found[0].replace(" ", "\u00a0"), line)
