"""What the bot asked for, and what it got."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from sandbox.waiting import Signal

Json = dict[str, Any]

_KEPT = 20_000


class Journal:
    """The last calls of the Bot API, numbered from 1."""

    def __init__(self) -> None:
        self.changed = Signal()
        self.last = 0
        self._calls: deque[Json] = deque(maxlen=_KEPT)

    def write(self, call: Json) -> None:
        """Note a call."""
        self.last += 1
        self._calls.append({"n": self.last, **call})
        self.changed.fire()

    def since(self, number: int, method: str = "") -> Sequence[Json]:
        """The calls after that number, of one method or of all."""
        return [
            call
            for call in self._calls
            if call["n"] > number and method.lower() in ("", call["method"].lower())
        ]
