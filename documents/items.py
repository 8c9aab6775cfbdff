"""Lists inside one cell: numbered, bulleted, or a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = re.compile(r"\s*(\d{1,2})\s*[.)]\s*(\D.*)")
_BULLET = re.compile(r"\s*[–—•*·▪-]\s*(?=\w|[«\"])")
_LOWER_OR_QUOTED = re.compile(r"\s*[а-яёa-z«\"“„(–—-]")
_LABEL = re.compile(r"\s*(тема|форма|цель|повестка|вопросы|место|дата|время|участники)\b", re.IGNORECASE)


def numbered_items(text: str) -> list[str]:
    """The items of a list «1. … ⏎ 2. …» that fills a cell, without their numbers; empty if it is none.

    A line without a number goes on with the item before it.
    """
    items: list[str] = []
    for line in text.split("\n"):
        match = _ITEM.fullmatch(line)
        if match and int(match[1]) == len(items) + 1:
            items.append(match[2])
        elif items and line.strip():
            items[-1] = f"{items[-1]} {line}"
        elif line.strip():
            return []
    return items


def lines_of(text: str) -> list[str]:
    """The lines of a cell that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def bulleted_items(text: str) -> list[str]:
    """The lines of a cell that all begin with a bullet, without it; empty if they do not."""
    lines = lines_of(text)
    if len(lines) < 2 or not all(map(_BULLET.match, lines)):
        return []
    return [_BULLET.sub("", line, count=1) for line in lines]


def parallel_items(title: str, others: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a title's cell, where each is an activity of its own; empty if they are one.

    They are where as many things stand beside them in two other cells, or in one if they are three or more:
    two lines alone may be a long title.
    """
    lines = lines_of(title)
    if len(lines) < 2 or any(_LOWER_OR_QUOTED.match(line) or _LABEL.match(line) for line in lines):
        return []
    level = sum(len(other) == len(lines) for other in others)
    return lines if level >= (1 if len(lines) > 2 else 2) else []
