"""Telegram's limits on how fast a bot may write, in sliding windows."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

from sandbox.refusal import too_many

_CHAT_MESSAGES, _CHAT_SECONDS = 5, 5.0
"""In one chat about one message a second: short bursts pass, as they do at Telegram's."""
_GROUP_MESSAGES, _GROUP_SECONDS = 20, 60.0
"""In a group, whose id is below zero."""


class Pace:
    """Counts messages and refuses the one too many."""

    def __init__(self, per_second: int, monotonic: Callable[[], float]) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._all: deque[float] = deque()
        self._by_chat: defaultdict[str, deque[float]] = defaultdict(deque)

    def check(self, chat_id: str) -> None:
        """Let a message to that chat through or refuse it with 429. A rate of 0 lets everything through."""
        if not self._per_second:
            return
        now = self._monotonic()
        group = chat_id.startswith("-")
        windows = (
            (self._all, self._per_second, 1.0),
            (
                self._by_chat[chat_id],
                _GROUP_MESSAGES if group else _CHAT_MESSAGES,
                _GROUP_SECONDS if group else _CHAT_SECONDS,
            ),
        )
        for sent, most, seconds in windows:
            while sent and now - sent[0] >= seconds:
                sent.popleft()
            if len(sent) >= most:
                raise too_many(max(1, math.ceil(seconds - (now - sent[0]))))
        for sent, _, _ in windows:
            sent.append(now)
