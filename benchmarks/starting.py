"""`python -m bot run` until it first asks Telegram for updates, against importing what it is made of."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from aiohttp import web

from benchmarks.measuring import Compared, compared

REPETITIONS = 5
_ROOT = Path(__file__).resolve().parents[1]
_IMPORTS = "import aiogram, apscheduler.schedulers.asyncio, sqlalchemy.ext.asyncio"
_TOO_LONG = 60.0


@dataclass(frozen=True, slots=True)
class _Start:
    """Seconds until the process was there, and its resident memory then, in MiB."""

    seconds: float
    memory: float


async def measure(folder: Path) -> list[Compared]:
    """Time and memory, with a fresh database and with one that exists."""
    async with _Telegram().serving() as telegram:
        await _ours(telegram, folder, "kept")
        await _bare(folder)
        fresh, kept, bare = [], [], []
        for repetition in range(REPETITIONS):
            bare.append(await _bare(folder))
            kept.append(await _ours(telegram, folder, "kept"))
            fresh.append(await _ours(telegram, folder, f"fresh{repetition}"))
    lines = []
    for name, ours in (("database there", kept), ("first start", fresh)):
        seconds = [one.seconds for one in ours], [one.seconds for one in bare]
        memory = [one.memory for one in ours], [one.memory for one in bare]
        lines.append(compared(f"time to the first getUpdates, {name}", *seconds, 1.3, "s"))
        lines.append(compared(f"memory then, {name}", *memory, 1.3, "MiB"))
    return lines


class _Telegram:
    """As much of Telegram as a start needs: everything succeeds, no update ever comes."""

    def __init__(self) -> None:
        self.port = 0
        self.asked = asyncio.Event()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[_Telegram]:
        """On a free port."""
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._answer)
        runner = web.AppRunner(application, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if request.match_info["method"].lower() != "getupdates":
            return web.json_response({"ok": True, "result": True})
        self.asked.set()
        await asyncio.sleep(1)
        return web.json_response({"ok": True, "result": []})


async def _ours(telegram: _Telegram, folder: Path, name: str) -> _Start:
    """The bot as it is run, until it asks for updates; then stopped as an operator stops it."""
    telegram.asked.clear()
    start = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=folder,
        stderr=asyncio.subprocess.DEVNULL,
        env={
            "PYTHONPATH": str(_ROOT),
            "BOT_TOKEN": "42:benchmark",
            "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram.port}",
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / name}.db",
            "WEB_PORT": "0",
        },
    )
    try:
        async with asyncio.timeout(_TOO_LONG):
            await telegram.asked.wait()
            return _Start(perf_counter() - start, _resident(process.pid))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _bare(folder: Path) -> _Start:
    """A process that imports aiogram, APScheduler and SQLAlchemy, says so, and waits to be looked at."""
    start = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        f"{_IMPORTS}; print(flush=True); input()",
        cwd=folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(_ROOT)},
    )
    assert process.stdout is not None
    async with asyncio.timeout(_TOO_LONG):
        await process.stdout.readline()
    taken = _Start(perf_counter() - start, _resident(process.pid))
    await process.communicate(os.linesep.encode())
    return taken


def _resident(pid: int) -> float:
    """A process's memory now, in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)
