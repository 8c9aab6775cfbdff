"""What handlers are given beside the update: made once in app.py."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from domain.errors import DomainError
from storage.engine import Database

# Digits are short enough to be guessed by a machine, so wrong ones are counted. Seconds of real time.
_WRONG = 5
_WITHIN = 15 * 60.0


class Tries:
    """Counts wrong digits by chat. In memory on purpose: nothing about strangers is stored."""

    def __init__(self) -> None:
        self._wrong: dict[int, deque[float]] = {}

    def check(self, chat_id: int) -> None:
        """Raises DomainError `too_many_tries` after five wrong ones within a quarter of an hour."""
        recent = self._wrong.get(chat_id, deque())
        while recent and recent[0] < time.monotonic() - _WITHIN:
            recent.popleft()
        if len(recent) >= _WRONG:
            raise DomainError("too_many_tries")

    def failed(self, chat_id: int) -> None:
        """These digits were wrong."""
        self._wrong.setdefault(chat_id, deque()).append(time.monotonic())


class Signing:
    """The key that signs check-in codes: handed in once the database is there (bot.app.App.prepare)."""

    def __init__(self) -> None:
        self._key: bytes | None = None

    @property
    def key(self) -> bytes:
        """The key. Raises RuntimeError before it is known: what no key signed must not be taken."""
        if self._key is None:
            raise RuntimeError("the signing key is not known yet")
        return self._key

    @key.setter
    def key(self, key: bytes) -> None:
        self._key = key


@dataclass(frozen=True, slots=True)
class Context:
    """The installation, as far as handlers need it."""

    database: Database
    coordinators: frozenset[int]
    is_working_day: Callable[[date], bool]
    # The bot's address from outside, without a slash at its end; empty where it has none.
    web_url: str = ""
    tries: Tries = field(default_factory=Tries)
    signing: Signing = field(default_factory=Signing)
