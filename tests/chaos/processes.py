"""The processes that take part: the stand-in for Telegram and the bot. Whatever happens, they are ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

ROOT = Path(__file__).parents[2]
TOKEN = "1:strict"
SECRET = "secret"
# So long what must come is waited for, in seconds; it comes much sooner.
PATIENCE = 60.0
_LOOK_AGAIN = 0.1


async def until(holds: Callable[[], Awaitable[object]], seconds: float = PATIENCE) -> None:
    """Waits until something holds. Raises TimeoutError if it does not within so many seconds."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 – nobody tells us
            await asyncio.sleep(_LOOK_AGAIN)


class Strict:
    """The stand-in, asked and ordered through its control port."""

    def __init__(self, api: str, http: ClientSession) -> None:
        self.api = api
        self._http = http

    async def stats(self, **until: float) -> dict[str, Any]:
        """Counts; with `messages` or `polls` it waits up to `timeout` seconds until there are so many."""
        async with self._http.get("/stats", params=until) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def messages(self, since: int = 0) -> list[tuple[float, int, str, int, str]]:
        """When, to which chat, by which method, its number and text: every accepted message."""
        async with self._http.get("/messages", params={"since": since}) as response:
            return [tuple(row) for row in await response.json()]

    async def order(self, path: str, **body: Any) -> None:
        """An order to the control API."""
        async with self._http.post(path, json=body) as response:
            assert response.status == 200, await response.text()

    async def fault(self, kind: str, **values: Any) -> None:
        """Orders a fault."""
        await self.order("/faults", kind=kind, **values)

    async def all_is_well(self) -> None:
        """Forgets every fault."""
        async with self._http.delete("/faults") as response:
            assert response.status == 200


@contextlib.asynccontextmanager
async def strict_telegram(rate: int) -> AsyncIterator[Strict]:
    """The stand-in as a process of its own; `rate` messages pass in any second."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.strict", f"--token={TOKEN}", f"--rate={rate}"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = await process.stdout.readline()
        _, api, control = line.decode().split()
        async with ClientSession(control) as http:
            yield Strict(api, http)
    finally:
        await _end(process)


class Bot:
    """`python -m bot run`, to be started, killed, frozen and started again on the same database."""

    def __init__(self, folder: Path, strict: Strict, url: str, rate: int, *, web_port: int = 0) -> None:
        self._folder = folder
        self._strict = strict
        self._process: asyncio.subprocess.Process | None = None
        self._webhook = ["--webhook"] if web_port else []
        self.webhook_url = f"http://127.0.0.1:{web_port}/webhook"
        self.log = folder / f"log{web_port}"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": strict.api,
            "DATABASE_URL": url,
            "CLOCK_FILE": str(folder / "clock"),
            "SEND_RATE": str(rate),
            "WEB_PORT": str(web_port),
            "WEB_URL": f"http://127.0.0.1:{web_port}",
            "WEBHOOK_SECRET": SECRET,
            "LOG_FORMAT": "json",
        }

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process of the last start."""
        assert self._process is not None
        return self._process

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self, point: str | None = None, number: int = 1) -> float | None:
        """Starts it; returns the seconds until it served (asked for updates or set its webhook), None if it
        ended before: at `point`, perhaps, reached for the `number`-th time."""
        program = ["bot"] if point is None else ["tests.chaos.launcher", point, str(number)]
        before = await self._served()
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *program, "run", *self._webhook),
                cwd=self._folder,
                env=self._environment,
                stderr=log,
            )
        async with asyncio.timeout(PATIENCE):
            while await self._served(more_than=before) == before:
                if not self.alive:
                    return None
        return time.monotonic() - began

    async def _served(self, more_than: int | None = None) -> int:
        """How often it has served so far; waits a little for once more."""
        if self._webhook:
            await asyncio.sleep(0.05)
            return int((await self._strict.stats())["methods"].get("setWebhook", 0))
        until = {} if more_than is None else {"polls": more_than + 1, "timeout": 0.2}
        return int((await self._strict.stats(**until))["polls"])

    async def ended(self, seconds: float) -> bool:
        """Whether it ended by kill -9 within the time."""
        try:
            async with asyncio.timeout(seconds):
                return await self.process.wait() == -signal.SIGKILL
        except TimeoutError:
            return False

    async def kill(self) -> None:
        """kill -9."""
        if self.alive:
            self.process.kill()
        await self.process.wait()

    def freeze(self) -> None:
        """It stands still, and knows nothing of it."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on as if nothing had been."""
        self.process.send_signal(signal.SIGCONT)

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def end(self) -> None:
        """Makes sure that it is gone."""
        if self._process is not None:
            await _end(self._process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()
