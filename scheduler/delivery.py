"""How a claimed row becomes a message: what the sender asks of the faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from storage.outbox import OutboxRow


class Fate(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    GONE = "gone"  # the person, or the group, cannot be reached any more
    LATER = "later"  # it certainly was not sent; to be tried again
    MOVED = "moved"  # it was not sent: the chat has another address by now; to be tried at once
    UNCERTAIN = "uncertain"  # the answer was lost: it may have arrived
    REFUSED = "refused"  # Telegram will never take it


@dataclass(frozen=True, slots=True)
class Letter:
    """A row made ready to be sent. `content` is the face's own; `shown` is what a card that is kept up to
    date will show."""

    row: OutboxRow
    content: Any
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt. `slow_down` (with LATER): Telegram wants nothing of anybody for a while,
    and the pace knows for how long."""

    fate: Fate
    message_id: int | None = None
    slow_down: bool = False


class Delivery(Protocol):
    """A face that messages can be sent to."""

    async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
        """Reads what the rows are about and renders it. A row without a letter is obsolete."""

    async def send(self, letter: Letter) -> Outcome:
        """Sends one letter; raises nothing."""
