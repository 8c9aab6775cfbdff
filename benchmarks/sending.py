"""A bell for many people: the pace kept, what it costs, presses answered meanwhile."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks import world
from benchmarks.measuring import Compared, compared
from benchmarks.strict import ROOT, TOKEN, Strict, strict_telegram
from bot.views import notice_keys
from domain.records import Answer
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

_TOO_LONG = 60.0
# The bot is given so many seconds between its clock's being moved and the bell.
_AHEAD = 3.0
# What follows the last message: its outcome is written down.
_SETTLES = 1.0
_PRESS_EVERY = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Size:
    """How many people are told at which pace; what Telegram lets through in any second."""

    people: int
    rate: int
    limit: int
    times: int

    def __str__(self) -> str:
        return f"{self.people:,} at {self.rate:,} a second"

    def short(self, seconds: float) -> float:
        """By how many per cent the pace was missed, where the messages took so long from first to last."""
        return 100 * (1 - (self.people - 1) / seconds / self.rate)


_SHORT = (_Size(600, 28, 30, times=1), _Size(10_000, 1_000, 1_070, times=3))
_LONG = (_Size(10_000, 28, 30, times=1), _Size(10_000, 1_000, 1_070, times=5))
_PRESSED = _Size(10_000, 1_000, 1_070, times=1)
# For a minute, beside presses.
_WRITTEN = _Size(9_000, 150, 160, times=1)


async def measure(folder: Path, *, long: bool) -> list[Compared]:
    """Every line about sending; in full (`long`) it takes a quarter of an hour more."""
    lines = []
    for size in _LONG if long else _SHORT:
        lines += await _paced(folder, size)
    return lines + await _pressed(folder, (_PRESSED, _WRITTEN) if long else (_PRESSED,))


@dataclass(frozen=True, slots=True)
class _Sent:
    """One bell: seconds from its due time, the messages that were one too many (by limit), CPU seconds."""

    first: float
    last: float
    refused: dict[str, int]
    cost: float
    text: str


async def _paced(folder: Path, size: _Size) -> list[Compared]:
    """The pace, its ends, and the cost beside that of a bare loop."""
    made = await _crowd(folder, size.people)
    sent, bare = list[_Sent](), list[_Bare]()
    for _ in range(size.times):
        sent.append(await _sent(made, size))
        bare.append(await _bare(made, size, sent[-1].text))
    due_in = size.people / size.rate
    short = [size.short(one.last - one.first) for one in sent]
    bare_short = f"a bare loop {median(size.short(one.seconds) for one in bare):.2f}"
    lasted = [(one.last - one.first) / due_in for one in sent]
    since_due = f"from the due time {median(one.last / due_in for one in sent):.2f}"
    return [
        Compared(f"{size}: short of the pace, %", short, 1.0, bare_short),
        Compared("  429", [sum(one.refused.values()) for one in sent], 0, _listed(sent)),
        Compared("  the first after its due time, s", [one.first for one in sent], 1.5),
        Compared("  from the first to the last, of N / rate", lasted, 1.02, f"{due_in:.1f} s; {since_due}"),
        compared(
            "  CPU, against a bare aiogram loop",
            [one.cost for one in sent],
            [one.cost for one in bare],
            1.5,
            "s",
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Bare:
    """Seconds from the first message to the last, CPU seconds."""

    seconds: float
    cost: float


def _listed(sent: Sequence[_Sent]) -> str:
    """Which limits were passed how often."""
    passed = Counter[str]()
    for one in sent:
        passed.update(one.refused)
    return ", ".join(f"{limit} {number}" for limit, number in passed.items() if number)


async def _sent(made: Path, size: _Size) -> _Sent:
    async with strict_telegram(size.limit) as strict, _bot(made, strict, size.rate) as bot:
        due = await bot.ring()
        await asyncio.sleep(max(due - time.time(), 0))
        before = bot.cost()
        stats = await strict.stats(messages=size.people, timeout=_TOO_LONG + 1.5 * size.people / size.rate)
        await asyncio.sleep(_SETTLES)
        cost = bot.cost() - before
        assert stats["messages"] == size.people, f"{stats['messages']} of {size.people} sent"
        text = await strict.first_text()
    return _Sent(stats["first"] - due, stats["last"] - due, stats["violations"], cost, text)


async def _bare(made: Path, size: _Size, text: str) -> _Bare:
    """The bare loop, with nobody who refuses: where it falls short too, the machine is too slow."""
    keyboard = await _keyboard(made)
    async with strict_telegram(0) as strict:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.bare_sender", strict.api, str(size.rate), str(size.people)),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await process.communicate(json.dumps({"text": text, "keyboard": keyboard}).encode())
        stats = await strict.stats()
    assert stats["messages"] == size.people
    return _Bare(stats["last"] - stats["first"], float(said))


async def _pressed(folder: Path, sizes: tuple[_Size, ...]) -> list[Compared]:
    """Presses beside a bell: how long until they are answered; and the database never in the way."""
    lines, locked = list[Compared](), list[float]()
    for size in sizes:
        made = await _crowd(folder, size.people)
        async with strict_telegram(size.limit) as strict, _bot(made, strict, size.rate) as bot:
            await asyncio.sleep(max(await bot.ring() - time.time(), 0))
            brought = await _press_until(strict, size)
            await asyncio.sleep(_SETTLES)
            answered = await strict.answered()
            now = time.time()
            waited = [answered.get(press, now) - at for press, at in brought.items()]
            stats = await strict.stats()
            locked.append(bot.log().count("database is locked"))
        slowest = quantiles(waited, n=100)[98]
        refused = sum(stats["violations"].values())
        detail = f"{len(waited)} presses, half within {median(waited):.3f} s, {refused} 429"
        lines.append(
            Compared(f"{size.rate:,} a second: 99 of 100 presses answered, s", [slowest], 1.0, detail)
        )
    return [*lines, Compared("«database is locked» meanwhile", locked, 0)]


async def _press_until(strict: Strict, size: _Size) -> dict[str, float]:
    """Somebody presses now and again until everybody was told; when each press was brought, by its id."""
    brought: dict[str, float] = {}
    until = time.monotonic() + _TOO_LONG + 1.5 * size.people / size.rate
    while time.monotonic() < until:
        number = len(brought) + 1
        brought[str(number)] = time.time()
        await strict.bring([world.press(number)])
        await asyncio.sleep(_PRESS_EVERY)
        if number % 20 == 0 and (await strict.stats())["methods"].get("sendMessage", 0) >= size.people:
            break
    return brought


async def _crowd(folder: Path, people: int) -> Path:
    """A database with so many people and one meeting, made once."""
    file = folder / f"crowd{people}.db"
    if not file.exists():
        await world.make_world(world.at(file), people=people, meetings=1)
    return file


async def _keyboard(made: Path) -> dict[str, Any]:
    """The keys under the reminder."""
    database = Database(world.at(made))
    async with UnitOfWork(database).reading() as rows:
        event = await rows.association(1).events.get(world.NEAREST)
    await database.close()
    assert event is not None
    keyboard = notice_keys.reminder(event, Answer.UNDECIDED)
    return keyboard.model_dump(exclude_none=True, mode="json")


class _Bot:
    """`python -m bot run` on a database whose bell rings when its clock is moved."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self._folder = folder
        self._process = process

    async def ring(self) -> float:
        """Moves the clock to just before the reminder, once it is planned; the due time, as Unix time."""
        async with asyncio.timeout(_TOO_LONG):
            while (due := self._next()) is None:  # noqa: ASYNC110 – nobody tells us
                await asyncio.sleep(0.1)
        rings = time.time() + _AHEAD
        (self._folder / "clock.new").write_text(str(due.timestamp() - rings), encoding="ascii")
        (self._folder / "clock.new").rename(self._folder / "clock")
        return rings

    def _next(self) -> datetime | None:
        with closing(sqlite3.connect(f"file:{self._folder / 'zvonok.db'}?mode=ro", uri=True)) as connection:
            [(due,)] = connection.execute("SELECT min(due_at) FROM notices WHERE audience = 'members'")
        return None if due is None else datetime.fromisoformat(due).replace(tzinfo=UTC)

    def cost(self) -> float:
        """CPU seconds so far."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICKS

    def log(self) -> str:
        """What it said so far."""
        return (self._folder / "log").read_text(encoding="utf-8")


@asynccontextmanager
async def _bot(made: Path, strict: Strict, rate: int) -> AsyncIterator[_Bot]:
    """A bot that serves, on a copy of the database; stopped afterwards as an operator stops it."""
    with tempfile.TemporaryDirectory(dir=made.parent) as name:
        folder = Path(name)
        shutil.copy(made, folder / "zvonok.db")
        (folder / "clock").write_text("0", encoding="ascii")
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=folder,
                stderr=log,
                env={
                    "PYTHONPATH": str(ROOT),
                    "BOT_TOKEN": TOKEN,
                    "TELEGRAM_API_URL": strict.api,
                    "DATABASE_URL": world.at(folder / "zvonok.db"),
                    "CLOCK_FILE": str(folder / "clock"),
                    "SEND_RATE": str(rate),
                    "WEB_PORT": "0",
                    "LOG_FORMAT": "json",
                },
            )
        try:
            await strict.stats(polls=1, timeout=_TOO_LONG)
            yield _Bot(folder, process)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
