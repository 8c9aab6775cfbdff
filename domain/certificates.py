"""Certificates: who was at an event has one, each talk its own; their numbers are given once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

HolderKind = Literal["person", "guest", "talk"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a certificate is: a person's, a guest's who is not in the bot, a talk's; by id."""

    kind: HolderKind
    id: int

    def __str__(self) -> str:
        """As it is stored: «person:7»."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def stored(cls, text: str) -> Holder:
        """The holder out of what is stored."""
        kind, _, number = text.partition(":")
        return cls(cast("HolderKind", kind), int(number))


@dataclass(frozen=True, slots=True)
class Certificate:
    """A number within its school year, and when it was given (UTC)."""

    number: int
    at: datetime
