"""The queue of updates that wait for the bot, with Telegram's rules of handing them over."""

import time
from collections import deque
from collections.abc import Collection
from typing import Any

from sandbox.facts import LIMITS
from sandbox.refusal import refusal
from sandbox.waiting import Signal

Json = dict[str, Any]

_ONLY_IF_ASKED_FOR = ("chat_member", "message_reaction", "message_reaction_count")
_BELIEVED_AHEAD = 10
"""Telegram does not believe an offset further ahead of the last update than that."""


class UpdateQueue:
    """Updates in order. One is forgotten when a later offset, or the webhook, confirms it."""

    def __init__(self) -> None:
        self.changed = Signal()
        self.allowed: list[str] = []
        # From the time on, so that a restarted sandbox never repeats an id that a bot has stored.
        self._next_id = int(time.time())
        self._pending: deque[Json] = deque()
        self._poll: object | None = None
        self._ended_by = ""

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, kinds: object) -> None:
        """Remember which kinds the bot asked for; None leaves what it asked for before."""
        if isinstance(kinds, list):
            self.allowed = [kind for kind in kinds if isinstance(kind, str)]

    def put(self, kind: str, body: Json) -> int | None:
        """Queue an update; its id, or None if the bot does not want this kind."""
        wanted: Collection[str] = self.allowed or [kind]
        if kind not in wanted or (not self.allowed and kind in _ONLY_IF_ASKED_FOR):
            return None
        update_id = self._next_id
        self._next_id += 1
        self._pending.append({"update_id": update_id, kind: body})
        self.changed.fire()
        return update_id

    def first(self) -> Json | None:
        """The oldest update that waits."""
        return self._pending[0] if self._pending else None

    def confirm(self, offset: int) -> None:
        """Forget all updates below the offset."""
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    def clear(self) -> None:
        """Forget all that waits."""
        self._pending.clear()

    def end_poll(self, reason: str) -> None:
        """Send away the call that waits for updates, if one does, with 409 and the reason."""
        self._poll, self._ended_by = None, reason
        self.changed.fire()

    async def get(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """What ``getUpdates`` answers: up to ``limit`` updates from ``offset`` on, waiting for the first."""
        if self._poll is not None:
            self.end_poll(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        elif offset <= self._next_id + _BELIEVED_AHEAD:
            self.confirm(offset)
        else:
            offset = 0
        poll = self._poll = object()
        try:
            await self.changed.wait_until(
                lambda: self._poll is not poll or bool(self._from(offset, limit)),
                min(max(seconds, 0), LIMITS["poll_seconds"]),
            )
            if self._poll is not poll:
                raise refusal(409, self._ended_by)
        finally:
            if self._poll is poll:
                self._poll = None
        return self._from(offset, limit)

    def _from(self, offset: int, limit: int) -> list[Json]:
        if not 1 <= limit <= LIMITS["updates"]:
            limit = LIMITS["updates"] if limit > 0 else 1
        waiting = [update for update in self._pending if update["update_id"] >= offset]
        return waiting[:limit]
