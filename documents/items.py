"""Numbered lists inside one cell."""

from __future__ import annotations

import re

_ITEM = re.compile(r"\s*(\d{1,2})\s*[.)]\s*(\D.*)")


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
