"""A press of «Приду» and a touch of «Ближайшее», from the update in the inbox to the last reply."""

from __future__ import annotations

import gc
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import TelegramObject
from sqlalchemy import Engine, event, func, select

from benchmarks import world
from benchmarks.bare import Bare
from benchmarks.measuring import Compared, compared
from bot.app import App, build_app
from bot.settings import Settings
from domain.records import Answer
from storage.engine import Database
from storage.inbox import InboxRow, Received
from storage.tables import rsvps
from storage.unit_of_work import UnitOfWork

REPETITIONS = 27
ROUNDS = 20
_MOST_STATEMENTS = 4


@dataclass(slots=True)
class _Finding(BaseMiddleware):
    """Stopwatches on both sides of the way to a handler, within the dispatcher that serves."""

    began: float = 0.0
    found: float = 0.0

    async def __call__(self, handler: Any, happened: TelegramObject, data: dict[str, Any]) -> Any:
        """Around the handler: it has just been found."""
        self.found = perf_counter()
        return await handler(happened, data)

    async def start(self, handler: Any, happened: TelegramObject, data: dict[str, Any]) -> Any:
        """Around all routers: the search begins."""
        self.began = perf_counter()
        return await handler(happened, data)

    @property
    def seconds(self) -> float:
        """How long the search for the last update's handler took."""
        return self.found - self.began


@dataclass(slots=True)
class _Both:
    """Our bot and the bare one, each on a copy of the same database, each with an instant Telegram."""

    app: App
    bare: Bare
    finding: _Finding
    databases: tuple[Database, Database]
    sessions: tuple[world.InstantSession, world.InstantSession]
    update_id: int = 0

    async def stored(self, updates: list[dict[str, Any]]) -> list[InboxRow]:
        """Updates as rows of the inbox, committed there."""
        received = []
        for update in updates:
            self.update_id += 1
            received.append(Received(self.update_id, 0, world.raw(update, self.update_id)))
        uow = UnitOfWork(self.app.database)
        async with uow as rows:
            new = await rows.inbox.receive(self.app.bot.id, received)
            await uow.commit()
        return new

    async def going(self) -> set[int]:
        """How many «Приду» each side has committed; one number where they agree."""
        counted = set()
        for database in self.databases:
            async with database.read() as connection:
                found = await connection.execute(select(func.count()).where(rsvps.c.answer == Answer.GOING))
                counted.add(found.scalar_one())
        return counted

    def replies(self) -> tuple[int, int]:
        """How many requests each side made since the last call."""
        ours, bare = (len(session.asked) for session in self.sessions)
        for session in self.sessions:
            session.asked.clear()
        return ours, bare


async def measure(folder: Path) -> list[Compared]:
    """Every line about conversations."""
    async with _both(folder) as both:
        press = await _alternated(both, world.press)
        assert await both.going() == {(1 + REPETITIONS) * ROUNDS}, "answers were lost"
        statements = await _statements(both, world.press(1))
        nearest = await _alternated(both, world.question)
        last = await _alternated(both, lambda number: world.press(number, "nobody:knows"), bare=False)
    shares = [way / whole for way, whole in zip(press.finding, press.ours, strict=True)]
    shares_last = [way / whole for way, whole in zip(last.finding, press.ours, strict=True)]
    return [
        compared("press of «Приду»", press.ours, press.bare, 2.0),
        Compared("  statements", [statements], _MOST_STATEMENTS, "BEGIN and COMMIT apart"),
        Compared("  finding its handler, share of the press", shares, 0.2, _microseconds(press.finding)),
        Compared(
            "  finding the last of all handlers, likewise", shares_last, 0.2, _microseconds(last.finding)
        ),
        compared("«Ближайшее», 500 events, 2,000 people", nearest.ours, nearest.bare, 2.0),
    ]


@dataclass(frozen=True, slots=True)
class _Taken:
    """Medians of each repetition, in milliseconds."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    finding: list[float] = field(default_factory=list)


async def _alternated(both: _Both, make: Callable[[int], dict[str, Any]], *, bare: bool = True) -> _Taken:
    """The same update of one person after another, to ours and to the bare bot in turn."""
    taken = _Taken()
    gc.collect()
    await _repetition(both, make, bare=bare, first=world.PEOPLE - ROUNDS, into=_Taken())
    for repetition in range(REPETITIONS):
        await _repetition(both, make, bare=bare, first=1 + repetition * ROUNDS, into=taken)
    return taken


async def _repetition(
    both: _Both, make: Callable[[int], dict[str, Any]], *, bare: bool, first: int, into: _Taken
) -> None:
    numbers = range(first, first + ROUNDS)
    rows = await both.stored([make(number) for number in numbers])
    ours, theirs, finding = list[float](), list[float](), list[float]()
    both.replies()
    for row in rows:
        ours.append(await _timed(both.app.receiver.feed(row)))
        finding.append(both.finding.seconds)
        if bare:
            theirs.append(await _timed(both.bare.feed(row.payload)))
    asked = both.replies()
    assert not bare or asked[0] == asked[1] > 0, f"replies differ: {asked}"
    into.ours.append(median(ours) * 1000)
    into.finding.append(median(finding) * 1000)
    if bare:
        into.bare.append(median(theirs) * 1000)


async def _timed(handling: Awaitable[None]) -> float:
    start = perf_counter()
    await handling
    return perf_counter() - start


async def _statements(both: _Both, update: dict[str, Any]) -> int:
    """How many statements one update costs our bot, begin and commit apart."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    [row] = await both.stored([update])
    event.listen(Engine, "before_cursor_execute", note)
    try:
        await both.app.receiver.feed(row)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    # The update is marked as done by the driver itself, where nobody listens.
    return len(seen) + 1


@asynccontextmanager
async def _both(folder: Path) -> AsyncIterator[_Both]:
    made = folder / "made.db"
    await world.make_world(world.at(made))
    files = [folder / "ours.db", folder / "bare.db"]
    for file in files:
        shutil.copy(made, file)
    sessions = (world.InstantSession(), world.InstantSession())
    settings = Settings(_env_file=None, bot_token=world.TOKEN, database_url=world.at(files[0]))
    app = build_app(settings, session=sessions[0])
    finding = _Finding()
    app.dispatcher.update.outer_middleware(finding.start)
    for observer in (app.dispatcher.message, app.dispatcher.callback_query):
        observer.middleware(finding)
    database = Database(world.at(files[1]))
    try:
        bare = Bare(database, Bot(world.TOKEN, session=sessions[1]))
        yield _Both(app, bare, finding, (app.database, database), sessions)
    finally:
        await app.close()
        await database.close()


def _microseconds(milliseconds: list[float]) -> str:
    return f"{median(milliseconds) * 1000:.0f} µs"
