"""Telegram's limits, kept in strict sliding windows.

Telegram counts what arrives, and the network pushes messages together on their way. So sends are spread
evenly over the second rather than let go in a burst, and every window is a little longer than Telegram's.
What took longer than usual to be answered may have arrived only then: it counts once more, from that moment.
All times are seconds of a monotonic clock.
"""

from __future__ import annotations

import asyncio
import math
import time
from bisect import bisect_right, insort
from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

# The strict window overall, and the even pace, slower by a hair: a send that starts 2 ms late does not
# push back the one that follows it by a window. 99.6 % of the rate are reached.
_WINDOW = 1.002
_EVEN = 1.004
# After a late start so much of the even pace may be made up for: what is sent in that time is less than what
# Telegram takes above the rate (30 at 28), should the network push it together with what went before.
_CATCH_UP = 0.04
# Telegram takes so many of the rate more than the rate before it says 429: 30 at 28, 1,070 at 1,000.
_MORE = 1 / 15
# How long an answer usually takes is the quickest lately: with each answer it may have become so much longer,
# in seconds. It begins with nothing, so a network that stands still from the start is seen, too.
_SLOWER = 0.0002
# Turns are given no more often than this: at a thousand a second, a wake-up for each would cost the most.
_TICK = 0.005

_CHAT_EVERY = 1.05
_GROUP_WINDOW = 60.5
_GROUP_LIMIT = 20
_PAUSE_MARGIN = 0.1


class Pace:
    """One for all that a bot sends: whoever wants to send awaits its turn, then starts sending at once.

    In any second at most `rate` messages start unasked, replies counted in, and hardly more arrive; in one
    chat one a second; in a group (a negative id) 20 in any 60 seconds. Turns go round the chats that wait,
    and within a chat in the order asked. A turn that was given and not used still counts. Belongs to one
    event loop.

    `clock` is monotonic, in seconds. Raises ValueError for a rate below 1.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._starts: deque[float] = deque()
        # What was not answered yet, by its start, and what was, by when it can have arrived: both sorted.
        self._under_way: list[float] = []
        self._given = 0  # turns that nobody has begun to use
        self._arrived: list[float] = []
        self._usual = 0.0  # seconds to an answer
        self.rate = rate
        self._even_at = 0.0
        self._paused_until = 0.0
        self._chats: dict[int, _Chat] = {}
        # A chat with waiters stands in exactly one of these two.
        self._ready: deque[_Chat] = deque()
        self._held: list[tuple[float, int, _Chat]] = []
        self._order = count()
        # When to forget chats, in the order of their last messages; groups are remembered longer.
        self._fading: tuple[deque[tuple[float, _Chat]], ...] = (deque(), deque())
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    @property
    def rate(self) -> int:
        """Messages a second. May be changed at any time: the next turn is given by the new one."""
        assert self._starts.maxlen is not None  # noqa: S101 – see the setter
        return self._starts.maxlen

    @rate.setter
    def rate(self, rate: int) -> None:
        if rate < 1:
            raise ValueError("a pace sends at least one message a second")
        self._starts = deque(self._starts, maxlen=rate)
        self._interval = _EVEN / rate
        self._most_arriving = rate + max(int(rate * _MORE), 1)

    @property
    def paused(self) -> float:
        """For how many seconds more a 429 lets nothing start; 0 if it does."""
        return max(self._paused_until - self._clock(), 0.0)

    async def open(self) -> None:
        """Wait while a 429 pauses all."""
        # Again, because another 429 may have prolonged it; an event would need somebody to set it.
        while wait := self.paused:  # noqa: ASYNC110
            await asyncio.sleep(wait)

    def held(self, chat_id: int) -> bool:
        """Whether a chat has had its share for now, and what is unasked would wait for that."""
        chat = self._chats.get(chat_id)
        return chat is not None and chat.free_at > self._clock()

    async def take(self, chat_id: int) -> float:
        """Wait until a message that nobody asked for may start. Whoever sends it then owes `answered` what is
        returned, its start."""
        now = self._clock()
        chat = self._chat(chat_id)
        if not self._ready and not chat.waiting and chat.free_at <= now and self._opens_at() <= now:
            self._count_unasked(chat, now)
            return self._started()
        await self._turn(chat, first=False)
        while self._clock() < self._paused_until:  # a 429 came just after the turn was given
            await self._turn(self._chat(chat_id), first=True)
        return self._started()

    async def reply(self, chat_id: int) -> float:
        """Count a message that answers somebody; wait only while a 429 pauses all. As with `take`, `answered`
        is owed its start."""
        await self.open()
        self._count(self._chat(chat_id), self._clock())
        return self._started()

    def answered(self, started: float) -> None:
        """The request that started then came to its end, whatever that was."""
        took = self._clock() - started
        self._usual = min(took, self._usual + _SLOWER)
        self._under_way.remove(started)
        insort(self._arrived, started + took - self._usual)
        if self._timer is None:
            self._set_timer()

    def pause(self, retry_after: float) -> None:
        """Telegram said 429: nothing starts for so many seconds. Never shortens a longer pause."""
        self._paused_until = max(self._paused_until, self._clock() + retry_after + _PAUSE_MARGIN)

    async def _turn(self, chat: _Chat, *, first: bool) -> None:
        waiter = asyncio.get_running_loop().create_future()
        if first:
            chat.waiting.appendleft(waiter)
        else:
            chat.waiting.append(waiter)
        if not chat.queued:
            self._queue(chat, self._clock())
        self._set_timer()
        try:
            await waiter  # where it is cancelled, `_give` passes over it
        finally:
            self._given -= not waiter.cancelled()

    def _queue(self, chat: _Chat, now: float) -> None:
        chat.queued = True
        if chat.free_at <= now:
            self._ready.append(chat)
        else:
            heappush(self._held, (chat.free_at, next(self._order), chat))

    def _give_turns(self) -> None:
        self._timer = None
        now = self._clock()
        while self._held and self._held[0][0] <= now:
            self._ready.append(heappop(self._held)[2])
        while self._ready and self._opens_at() <= now:
            chat = self._ready.popleft()
            chat.queued = False
            if chat.free_at <= now:
                self._give(chat, now)
            if chat.waiting:
                self._queue(chat, now)
        self._set_timer()

    def _give(self, chat: _Chat, now: float) -> None:
        while chat.waiting:
            waiter = chat.waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                self._given += 1
                self._count_unasked(chat, now)
                return
        self._forget(chat, now)

    def _set_timer(self) -> None:
        """See to it that turns are given as soon as the next one can be."""
        if self._ready:
            at = self._opens_at()
        elif self._held:
            at = max(self._held[0][0], self._opens_at())
        else:
            return
        if at == math.inf:  # until something is answered
            return
        if self._timer is not None:
            if self._timer_at <= at:
                return
            self._timer.cancel()
        self._timer_at = at
        delay = max(at - self._clock(), _TICK)
        self._timer = asyncio.get_running_loop().call_later(delay, self._give_turns)

    def _opens_at(self) -> float:
        """From when on the next unasked message may start, its chat's own limit apart."""
        at = max(self._paused_until, self._even_at)
        if len(self._starts) == self._starts.maxlen:
            at = max(at, self._starts[0] + _WINDOW)
        room = self._most_arriving - len(self._under_way) - self._given
        if room <= 0:
            return math.inf
        if len(self._arrived) >= room:
            at = max(at, self._arrived[-room] + _WINDOW)
        return at

    def _started(self) -> float:
        now = self._clock()
        insort(self._under_way, now)
        del self._arrived[: bisect_right(self._arrived, now - _WINDOW)]
        return now

    def _count_unasked(self, chat: _Chat, now: float) -> None:
        self._even_at = max(self._even_at, now - _CATCH_UP) + self._interval
        self._count(chat, now)

    def _count(self, chat: _Chat, now: float) -> None:
        self._starts.append(now)
        fading = self._fading[chat.is_group]
        fading.append((chat.started(now), chat))
        while fading[0][0] <= now:
            self._forget(fading.popleft()[1], now)

    def _chat(self, chat_id: int) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = _Chat(chat_id)
        return chat

    def _forget(self, chat: _Chat, now: float) -> None:
        idle = chat.fades_at <= now and not chat.queued
        if idle and self._chats.get(chat.id) is chat:
            del self._chats[chat.id]


class _Chat:
    """What one chat was sent lately, and who waits to send there."""

    __slots__ = ("fades_at", "free_at", "id", "is_group", "queued", "starts", "waiting")

    def __init__(self, chat_id: int) -> None:
        self.id = chat_id
        self.is_group = chat_id < 0
        self.free_at = 0.0  # from when on an unasked message may start
        self.fades_at = 0.0  # from when on nothing sent so far matters
        self.starts: deque[float] = deque(maxlen=_GROUP_LIMIT if self.is_group else 0)
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.queued = False

    def started(self, now: float) -> float:
        """Count a message; when to forget it."""
        self.free_at = now + _CHAT_EVERY
        self.fades_at = self.free_at
        if self.is_group:
            self.starts.append(now)
            self.fades_at = now + _GROUP_WINDOW
            if len(self.starts) == _GROUP_LIMIT:
                self.free_at = max(self.free_at, self.starts[0] + _GROUP_WINDOW)
        return self.fades_at
