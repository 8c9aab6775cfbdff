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
    GONE = "gone"  # the person cannot be reached any more
    LATER = "later"  # it certainly was not sent; to be tried again
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
    """What became of one attempt. `retry_after`, in seconds, holds for all that is sent with `everybody`."""

    fate: Fate
    retry_after: float = 0.0
    everybody: bool = False
    message_id: int | None = None


class Delivery(Protocol):
    """A face that messages can be sent to."""

    async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
        """Reads what the rows are about and renders it. A row without a letter is obsolete."""

    async def send(self, letter: Letter) -> Outcome:
        """Sends one letter; raises nothing."""
