"""Strangers' text made fit for a document."""

from __future__ import annotations

import re

# What XML 1.0 does not hold, and marks that turn the direction of writing.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def plain(text: str, longest: int | None = None) -> str:
    """One line without unprintable characters; cut with an ellipsis where it is longer than `longest`."""
    line = " ".join(_UNPRINTABLE.sub("", text).split())
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def typeset(text: str, longest: int | None = None) -> str:
    """The same as it is printed: «№» stays on one line with its number."""
    return plain(text, longest).replace("№ ", "№\u00a0")
