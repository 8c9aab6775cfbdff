"""The strict stand-in for Telegram as a process of its own, asked and ordered through its control port."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientTimeout

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "42:benchmark"
_TOO_LONG = 60.0


class Strict:
    """A running stand-in; `api` is the address that a bot is given."""

    def __init__(self, api: str, http: ClientSession) -> None:
        self.api = api
        self._http = http

    async def stats(self, **until: float) -> dict[str, Any]:
        """Counts; with `messages` or `polls` it waits up to `timeout` seconds until there are so many."""
        async with self._http.get("/stats", params=until) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def first_text(self) -> str:
        """What the first message says."""
        async with self._http.get("/messages") as response:
            return str((await response.json())[0][-1])

    async def answered(self) -> dict[str, float]:
        """When (Unix time) each press was answered first, by its id."""
        async with self._http.get("/callbacks") as response:
            return {press: at for at, press in reversed(await response.json())}

    async def bring(self, updates: Sequence[dict[str, Any]]) -> None:
        """For the bot to fetch."""
        async with self._http.post("/updates", json={"updates": updates}) as response:
            assert response.status == 200


@asynccontextmanager
async def strict_telegram(rate: int) -> AsyncIterator[Strict]:
    """Lets so many messages through in any second; 0: any number."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.strict", f"--token={TOKEN}", f"--rate={rate}"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(_TOO_LONG):
            line = await process.stdout.readline()
        _, api, control = line.decode().split()
        # Ten thousand messages at the default pace take longer than a request may by itself.
        async with ClientSession(control, timeout=ClientTimeout(total=None)) as http:
            yield Strict(api, http)
    finally:
        process.terminate()
        await process.wait()
