"""Telegram's limits in strict sliding windows, by the moment a message arrives; and who went over them.

All times are seconds of a monotonic clock.
"""

import math
from collections import Counter, defaultdict, deque
from dataclasses import asdict, dataclass, field
from typing import Any

_SECOND = 1.0
_MINUTE = 60.0


@dataclass(frozen=True)
class Rates:
    """What is allowed; 0 allows everything."""

    overall: int = 30
    """Messages in any second, over all chats."""
    chat_interval: float = 1.0
    """Seconds between two new messages in one private chat."""
    group: int = 20
    """Messages in any minute in one group (an id below zero)."""


@dataclass
class Pause:
    """A 429 and how it was kept."""

    began: float
    seconds: float
    early: list[float] = field(default_factory=list)
    """Every message that came before the pause was over: how many seconds into it."""
    resumed: float | None = None
    """How many seconds after its end the next message came."""


class Limits:
    """Counts what arrives and says how long to wait for what is too much."""

    def __init__(self, rates: Rates, retry_after: int) -> None:
        self.rates = rates
        self._retry_after = retry_after
        self._arrived: deque[float] = deque()
        self._accepted: deque[float] = deque()
        self._chats: defaultdict[int, deque[float]] = defaultdict(deque)
        self._pauses: list[Pause] = []
        self.most_in_a_second = 0
        self.violations: Counter[str] = Counter()

    def arrive(self, now: float) -> int:
        """A message arrives: how long it should still have waited because of a 429; 0 if there was none."""
        self._arrived.append(now)
        _forget(self._arrived, now - _SECOND)
        self.most_in_a_second = max(self.most_in_a_second, len(self._arrived))
        if not self._pauses:
            return 0
        pause = self._pauses[-1]
        left = pause.began + pause.seconds - now
        if left > 0:
            pause.early.append(now - pause.began)
            self.violations["early"] += 1
            return math.ceil(left)
        if pause.resumed is None:
            pause.resumed = -left
        return 0

    def pause(self, now: float, seconds: float) -> None:
        """From now on nothing is to come for so many seconds."""
        self._pauses.append(Pause(now, seconds))

    def accept(self, chat_id: int, now: float, *, new: bool) -> int:
        """Counts a message (`new`: not an edit); if it is one too many, a 429 begins and its seconds are
        returned instead."""
        rates = self.rates
        windows = [("overall", self._accepted, rates.overall, _SECOND)]
        if chat_id < 0:
            windows.append(("group", self._chats[chat_id], rates.group, _MINUTE))
        elif new and rates.chat_interval:
            windows.append(("chat", self._chats[chat_id], 1, rates.chat_interval))
        for name, times, most, seconds in windows:
            _forget(times, now - seconds)
            if most and len(times) >= most:
                self.violations[name] += 1
                self.pause(now, self._retry_after)
                return self._retry_after
        for _, times, _, _ in windows:
            times.append(now)
        return 0

    def as_json(self) -> dict[str, Any]:
        """How the limits were kept so far."""
        return {
            "most_in_a_second": self.most_in_a_second,
            "violations": {name: self.violations[name] for name in ("overall", "chat", "group", "early")},
            "pauses": [asdict(pause) for pause in self._pauses],
        }


def _forget(times: deque[float], until: float) -> None:
    while times and times[0] <= until:
        times.popleft()
