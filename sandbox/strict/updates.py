"""Updates on their way to the bot: fetched with getUpdates, or brought to the addresses of its replicas."""

import asyncio
import contextlib
import itertools
import json
from collections import Counter, deque
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

Json = dict[str, Any]

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – a header's name
_AGAIN_AFTER = 0.2
_AT_ONCE = 40
"""So many connections Telegram opens to a webhook."""


class Updates:
    """The queue for getUpdates."""

    def __init__(self) -> None:
        self._waiting: deque[Json] = deque()
        self._last = 0
        self._news = asyncio.Event()
        self._poll = 0
        self.polls = 0

    def number(self, updates: list[Json]) -> list[Json]:
        """Gives those without an `update_id` the next ones."""
        for update in updates:
            self._last = max(self._last + 1, int(update.get("update_id", 0)))
            update.setdefault("update_id", self._last)
        return updates

    def add(self, updates: list[Json]) -> None:
        """Puts updates into the queue, in order."""
        self._waiting.extend(self.number(updates))
        self._wake()

    def __len__(self) -> int:
        return len(self._waiting)

    async def get(self, offset: int, limit: int, seconds: float) -> list[Json] | None:
        """The next ones, waited for so long; an offset acknowledges everything before it. None for a poll
        that a later one ended."""
        self.polls += 1
        self._poll += 1
        mine = self._poll
        self._wake()
        while offset > 0 and self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._waiting and mine == self._poll:
                    await self._news.wait()
        return list(itertools.islice(self._waiting, limit)) if mine == self._poll else None

    def end_polls(self) -> None:
        """Nobody polls any more: a webhook is set, or the server stops."""
        self._poll += 1
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Webhook:
    """Brings updates to several addresses in turn, each again and again until it is answered with 200."""

    def __init__(self) -> None:
        self.url = ""
        self.secret = ""
        self.statuses: Counter[str] = Counter()
        self._bringing: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._http: ClientSession | None = None

    def bring(self, updates: list[Json], urls: list[str]) -> None:
        """Begins to bring updates; where one does not get through, the next address is tried."""
        for at, update in enumerate(updates):
            turn = itertools.cycle(urls[at % len(urls) :] + urls[: at % len(urls)])
            task = asyncio.create_task(self._bring(update, turn))
            self._bringing.add(task)
            task.add_done_callback(self._bringing.discard)

    async def _bring(self, update: Json, urls: "itertools.cycle[str]") -> None:
        body = json.dumps(update, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", _SECRET_HEADER: self.secret}
        if self._http is None:
            self._http = ClientSession(timeout=ClientTimeout(total=10))
        while True:
            async with self._places:
                status = "none"
                with contextlib.suppress(ClientError, TimeoutError, OSError):
                    async with self._http.post(next(urls), data=body, headers=headers) as response:
                        status = str(response.status)
            self.statuses[status] += 1
            if status == "200":
                return
            await asyncio.sleep(_AGAIN_AFTER)

    def as_json(self) -> Json:
        """How it goes; `pending` have not been answered with 200 yet."""
        return {"url": self.url, "pending": len(self._bringing), "statuses": dict(self.statuses)}

    async def stop(self) -> None:
        """Brings no more."""
        for task in self._bringing:
            task.cancel()
        await asyncio.gather(*self._bringing, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
