"""The numbers of a plan's rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.columns import Columns, Role
from documents.items import lines_of, numbered_items
from documents.row_texts import Texts
from documents.wording import is_dash, tidy

NUMBER = re.compile(r"\s*(\d{1,3}(?:\s*\.\s*\d{1,3})*)\s*[.)]*\s*(.*)", re.DOTALL)
_ONE_NUMBER = re.compile(r"\d{1,3}[.)]?")
NUMBERED_TITLE = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})*)[.)]\s*(?=[^\W\d_]|[«\"“])(.+)", re.DOTALL)
DATE_FOR_NUMBER = re.compile(r"\s*\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})\.?\s*(?:г\.?)?\s*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row's number, and what stands beside it in the same cell."""

    number: str | None
    heading: str | None

    def item(self, place: int) -> Numbered:
        """The number of an activity that stands in this place of the row's list."""
        return Numbered(f"{self.number}.{place}" if self.number else str(place), self.heading)


def numbered_as(texts: Texts, columns: Columns, above: Numbered) -> Numbered:
    """A row's number, below a row numbered as `above`: one without its own under a cell «4.1. Работа …» still
    belongs to that cell."""
    if DATE_FOR_NUMBER.fullmatch(texts.number):
        return Numbered(None, None)
    if all(map(_ONE_NUMBER.fullmatch, lines := lines_of(texts.number))) and len(lines) > 1:
        return Numbered(None, None)  # of the activities that stand side by side in the row
    match = NUMBER.fullmatch(texts.number)
    if match:
        return Numbered(re.sub(r"\s", "", match[1]), tidy(match[2]) or None)
    if texts.number.strip() and not is_dash(texts.number):
        return Numbered(None, tidy(texts.number))
    if above.heading is not None:
        return above
    match = NUMBERED_TITLE.fullmatch(texts.title)
    if match and not columns.of(Role.NUMBER) and len(numbered_items(texts.title)) < 2:
        return Numbered(match[1], None)
    return Numbered(None, None)


def is_child(number: str | None, parent: str | None) -> bool:
    """Whether a number is below another one: «2.1.1» below «2.1»."""
    return number is not None and parent is not None and number.startswith(f"{parent}.")
