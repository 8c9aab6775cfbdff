"""Strangers' text made fit for a document."""

from __future__ import annotations

import re

from domain.quotes import paired

# What XML 1.0 does not hold, and marks that turn the direction of writing.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# What stays on one line with the word after it: «№», an initial («А. С. Пушкина»), a year before «г.».
_STAYS = re.compile(r"№ |\b[А-ЯЁ]\. (?=[А-ЯЁ](?:\.|[а-яё]))|\b\d{4} (?=г\.)")


def plain(text: str, longest: int | None = None) -> str:
    """One line without unprintable characters; cut with an ellipsis where it is longer than `longest`."""
    line = " ".join(_UNPRINTABLE.sub("", text).split())
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def typeset(text: str, longest: int | None = None) -> str:
    """The same as it is printed: «№» stays on one line with its number, an initial with the name; quotation
    marks in pairs."""
    return _STAYS.sub(lambda found: found[0].replace(" ", "\u00a0"), paired(plain(text, longest)))
