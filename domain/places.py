"""Where an event takes place, out of a coordinator's words: address, door, link, what to bring."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import DomainError

LONGEST_PLACE = 300

_BRING = re.compile(
    r"(?:^|[\n;.,])\s*(?:взять|возьмите|с собой)(?:\s+с собой)?\s*[:–—-]\s*([^\n;]+)", re.IGNORECASE
)
_LINK = re.compile(r"https?://[^\s<>«»\"]+", re.IGNORECASE)
_ENTRANCE = re.compile(r"(?:^|[\s,;.(])вход\b[\s:–—-]*([^\n]+)", re.IGNORECASE)
_AROUND = " ,;:.–—-"


@dataclass(frozen=True, slots=True)
class Place:
    """What was understood; None where nothing was said of it. A link makes an event an online one, an
    address alone makes it one that people go to."""

    venue: str | None = None
    entrance: str | None = None
    link: str | None = None
    bring: str | None = None

    def as_changes(self) -> dict[str, str | bool]:
        """What it changes of an event, by the event's own names."""
        changes: dict[str, str | bool] = {}
        if self.link is not None or self.venue is not None:
            # Another house has another door, and a link leads to none.
            changes |= {"venue": self.venue or "", "entrance": self.entrance or ""}
            changes |= {"online": self.link is not None, "link": self.link or ""}
        elif self.entrance is not None:
            changes["entrance"] = self.entrance
        if self.bring is not None:
            changes["bring"] = self.bring
        return changes

    @classmethod
    def from_changes(cls, changes: Mapping[str, object]) -> Place:
        """The place that makes these changes, see `as_changes`."""
        return cls(*(str(changes.get(name) or "") or None for name in ("venue", "entrance", "link", "bring")))


def read_place(text: str) -> Place:
    """«Лицей № 12, ул. Садовая, 7, каб. 214; вход со двора» and the like.

    What follows «вход» is the entrance, a link makes the event an online one, «взять: паспорт» or
    «с собой: …» says what to bring; the rest is the address. Raises DomainError `place_empty`,
    `place_too_long` with the fact `longest`.
    """
    if len(text) > LONGEST_PLACE:
        raise DomainError("place_too_long", longest=LONGEST_PLACE)
    bring, rest = _taken(_BRING, text)
    link = _LINK.search(rest)
    if link is not None:
        rest = rest[: link.start()] + "\n" + rest[link.end() :]
    entrance, rest = _taken(_ENTRANCE, rest)
    venue = _tidy(rest)
    place = Place(venue or None, entrance, link and link[0].rstrip(".,;)"), bring)
    if place == Place():
        raise DomainError("place_empty")
    return place


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    """What the pattern finds, and the text without it."""
    found = pattern.search(text)
    if found is None:
        return None, text
    return _tidy(found[1]) or None, text[: found.start()] + "\n" + text[found.end() :]


def _tidy(text: str) -> str:
    """One line, without the signs that held it together with the rest."""
    line = " ".join(text.split()).strip(_AROUND).rstrip("(").rstrip(_AROUND)
    return line.rstrip(")") if line.count(")") > line.count("(") else line
