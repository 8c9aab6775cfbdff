"""Lists inside one cell: numbered, bulleted, or a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_ITEM = re.compile(r"\s*(\d{1,2})\s*[.)]\s*(\D.*)")
_BULLET = re.compile(r"\s*[–—•*·▪-]\s*(?=\w|[«\"])")
_SPACED = re.compile(r"\s*\S\s")
_LOWER_OR_QUOTED = re.compile(r"\s*[а-яёa-z«»\"“”„(),.;:–—-]")
_LABEL = re.compile(r"\s*(тема|форма|цель|повестка|вопросы|место|дата|время|участники)\b", re.IGNORECASE)
# A line that begins so is no rest of the line above.
_EVENT = re.compile(
    r"(?:[А-ЯЁ]\w+(?:ый|ий|ой|ая|ое|ие|ые)\s+)?(?i:месячник|декада|недел[яи]|день|дни|конкурс|семинар|вебинар|мастер-класс"
    r"|круглый\s+стол|заседание|совещание|конференция|викторина|олимпиада|фестиваль|акция|выставка|смотр|квест|турнир"
    r"|практикум|тренинг|консультация)(?!\w)"
)

_LONGEST_UNBROKEN = 40


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


def begins_with_event(line: str) -> bool:
    """Whether a line begins with a sort of event: «Семинар «Чтение»», «Муниципальный конкурс»."""
    return _EVENT.match(line.strip()) is not None


def headed_items(text: str) -> tuple[str, list[str]] | None:
    """A line that names what the numbered list below it is of, and its items; None for any other cell."""
    head, _, rest = text.strip().partition("\n")
    items = numbered_items(rest) if head and not _ITEM.fullmatch(head) else []
    return (head.strip(), items) if items else None


def lines_of(text: str) -> list[str]:
    """The lines of a cell that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def parted_items(text: str) -> list[str]:
    """The lines of a cell that all but the last end with a semicolon, without it; empty if they do not."""
    lines = lines_of(text)
    parted = len(lines) > 1 and all(line.endswith(";") for line in lines[:-1])
    return [line.rstrip(" ;.") for line in lines] if parted else []


def may_be_several(title: str) -> bool:
    """Whether each line of a title's cell may be an activity of its own: it begins anew, and says no more of
    the one above it."""
    lines = lines_of(title)
    goes_on = any(map(_LOWER_OR_QUOTED.match, lines[1:]))
    return len(lines) > 1 and not goes_on and not any(map(_LABEL.match, lines))


def without_bullet(line: str) -> str:
    """A line without the bullet that it begins with."""
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) and _SPACED.match(line) else line


def bulleted_items(text: str) -> list[str]:
    """The lines of a cell that all begin with a bullet, without it; empty if they do not."""
    lines = lines_of(text)
    if len(lines) < 2 or not all(map(_BULLET.match, lines)):
        return []
    return [_BULLET.sub("", line, count=1) for line in lines]


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of a cell and the line in which it begins; blank lines are counted."""

    line: int
    text: str


def placed_lines(text: str) -> list[Placed]:
    """The lines of a cell that are not blank, each with its place."""
    return [Placed(at, line.strip()) for at, line in enumerate(text.split("\n")) if line.strip()]


def placed_items(text: str) -> list[Placed]:
    """The items of a numbered list, or else the blocks between blank lines, or else the lines that begin
    anew; each with the place of its first line."""
    if numbered := numbered_items(text):
        begins: list[int] = []
        for at, raw in enumerate(text.split("\n")):
            if (found := _ITEM.fullmatch(raw)) and int(found[1]) == len(begins) + 1:
                begins.append(at)
        return [Placed(line, item) for line, item in zip(begins, numbered, strict=True)]
    lines = placed_lines(text)
    blank = "" in (line.strip() for line in text.strip().split("\n"))
    items: list[Placed] = []
    last = -2
    for line in lines:
        goes_on = line.line == last + 1 if blank else _LOWER_OR_QUOTED.match(line.text) is not None
        if goes_on and items:
            items[-1] = replace(items[-1], text=f"{items[-1].text} {line.text}")
        else:
            items.append(line)
        last = line.line
    return items


def beside(items: Sequence[Placed], others: Sequence[Placed]) -> list[str] | None:
    """What stands beside the first line of each item, empty for nothing; None if any stands elsewhere."""
    said = {it.line: it.text for it in others}
    if not said.keys() <= {item.line for item in items}:
        return None
    return [said.get(item.line, "") for item in items]


def levelled_items(title: str, dates: Sequence[Placed], *, sure: bool) -> list[Placed]:
    """The activities of a cell with as many dates beside it: each date beside the first line of its own,
    where they take several lines; or three and more, as many as dates; or two that each begin with a sort of
    event, if the dates are `sure`. Empty if that is not so."""
    items = placed_items(title)
    if len(items) < 2 or len(items) != len(dates):
        return []
    if any(_LOWER_OR_QUOTED.match(item.text) or _LABEL.match(item.text) for item in items):
        return []
    level = beside(items, dates) is not None and _has_room(items)
    level = level or (sure and all(map(_EVENT.match, lines_of(title))))
    return items if level or len(items) > 2 else []


def may_be_levelled(title: str, dates: Sequence[Placed]) -> bool:
    """Whether blank lines among the dates may keep them level with several activities."""
    lines = {date.line for date in dates}
    apart = len(lines) > 1 and lines != set(range(len(lines)))
    labelled = any(map(_LABEL.match, lines_of(title)))
    return apart and not labelled and len(placed_items(title)) > 1


def levels_numbered(items: Sequence[Placed], title: str) -> bool:
    """Whether what stands beside a numbered list is level with its lines: some of its items take several, and
    none is so long that a screen may have broken it."""
    return _has_room(items) and all(len(line) <= _LONGEST_UNBROKEN for line in title.split("\n"))


def _has_room(items: Sequence[Placed]) -> bool:
    return any(later.line > item.line + 1 for item, later in pairwise(items))


def parallel_items(title: str, others: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a title's cell, where each is an activity of its own; empty if they are one.

    They are where as many things stand beside them in two other cells, or in one if they are three or more:
    two lines alone may be a long title.
    """
    lines = lines_of(title)
    if not may_be_several(title):
        return []
    level = sum(len(other) == len(lines) for other in others)
    return lines if level >= (1 if len(lines) > 2 else 2) else []
