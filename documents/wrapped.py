"""Lines of plain text that a letter-box or an editor wrapped at a width → a line for each that its author
ended.

As in a PDF the width tells it: a line was wrapped where the next one's first word would have had no place in
it. A list with a thing in each line has its longest line as well, so first the text must show that it is
wrapped: that what goes on, indented or in small letters, does so behind full lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BEGINS_ITEM = re.compile(r"\s*(?:(?:№\s*)?\d{1,3}\s*[.)]|[IVXІХ]{1,4}[.)]|[^\w\s«\"„(]|\[)")
_OPEN_END = re.compile(r"[,–—-]\s*$")
_FULL_STOPS = ".;:!?"
_NARROWEST, _WIDEST = 50, 120
_FEWEST, _NEARLY_ALL = 3, 0.8


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines; those that were wrapped are joined with what goes on with them."""
    going_on = [pair for pair in pairwise(lines) if _goes_on(*pair)]
    # A title, or an address on the net, may be longer than the width at which the rest was wrapped.
    width = max((len(line.rstrip()) for line, _ in going_on), default=0)
    full = sum(_is_unended(line, following, width) for line, following in going_on)
    wraps = _NARROWEST <= width <= _WIDEST and full >= max(_FEWEST, _NEARLY_ALL * len(going_on))
    if not wraps:
        return list(lines)
    joined = [list(lines[:1])]
    for line, following in pairwise(lines):
        ended = line.rstrip()[-1:] in _FULL_STOPS
        rest = _goes_on(line, following) or (_may_go_on(line, following) and not ended)
        if rest and _is_unended(line, following, width):
            joined[-1].append(following.lstrip())
        else:
            joined.append([following])
    return [" ".join([*(part.rstrip() for part in parts[:-1]), parts[-1]]) for parts in joined]


def _may_go_on(line: str, following: str) -> bool:
    return bool(line.strip() and following.strip()) and not _BEGINS_ITEM.match(following)


def _goes_on(line: str, following: str) -> bool:
    """Whether the way in which a line begins shows that it is the rest of the one above."""
    indented = _indent(following) > _indent(line) or (_indent(following) == _indent(line) > 0)
    return _may_go_on(line, following) and (indented or following.lstrip()[0].islower())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_unended(line: str, following: str, width: int) -> bool:
    """Whether a blank and the next line's first word had no place in a line, or it ends with a dash or a
    comma."""
    full = len(line.rstrip()) + 1 + len(following.split()[0]) > width
    return full or _OPEN_END.search(line) is not None
