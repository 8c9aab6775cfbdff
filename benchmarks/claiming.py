"""A thousand deliveries that are due among a million that are stored, and looking when nothing is due."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import aiosqlite
from sqlalchemy import Engine, event, literal, select

from benchmarks import world
from benchmarks.measuring import Compared, compared
from benchmarks.servers import NoServerError, postgres_database
from storage.engine import Database
from storage.outbox import State
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

REPETITIONS = 9
_TRIES = 3
_DUE = 1_000
# In one transaction, as at a thousand a second.
_AT_ONCE = 100
_LOOKS = 100
_PROCESSES = 4
_TO_SHARE = 20_000
# Everything was sent long ago but what is due, of the last event but one, and what waits, of the last.
_STORE = """
INSERT INTO outbox (association_id, person_id, kind, event_id, lead, version, due_at, useful_until, state,
  attempts, attempted_at, lease, done_at, message_id)
SELECT m.association_id, m.person_id, 'reminder', e.id, 'eve', 1, :long_ago, :long_ago, 'sent',
  1, :long_ago, 1, :long_ago, m.person_id
FROM events e CROSS JOIN memberships m ORDER BY e.id, m.person_id
"""
_LATER = """
UPDATE outbox SET state = 'waiting', due_at = :later, useful_until = :later, attempts = 0,
  attempted_at = NULL, lease = NULL, done_at = NULL, message_id = NULL WHERE event_id = :event
"""
_NOW_DUE = """
UPDATE outbox SET state = 'waiting', due_at = :long_ago, useful_until = :later, attempts = 0,
  attempted_at = NULL, lease = NULL, done_at = NULL, message_id = NULL
WHERE event_id = :event AND person_id <= :most
"""


async def measure(folder: Path) -> list[Compared | str]:
    """Every line about claiming."""
    async with AsyncExitStack() as stack:
        million = await stack.enter_async_context(_stored(folder / "million.db", world.EVENTS))
        tenth = await stack.enter_async_context(_stored(folder / "tenth.db", world.EVENTS // 10))
        claimed = await _claims(million, tenth)
        idle = await _looks(million)
    return [*claimed, idle, await _shared()]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file with many deliveries: ours and the bare driver's connections to it."""

    database: Database
    reader: aiosqlite.Connection
    writer: aiosqlite.Connection
    due_event: int

    async def make_due(self) -> None:
        """As if nobody had claimed them."""
        await self.writer.execute("BEGIN IMMEDIATE")
        await self.writer.execute(_NOW_DUE, {"event": self.due_event, "most": _DUE, **_moments()})
        await self.writer.execute("COMMIT")


async def _claims(million: _Stored, tenth: _Stored) -> list[Compared]:
    ours, fewer, bare = list[float](), list[float](), list[float]()
    said = await _said(million)
    sides = ((million, _ours, ours), (tenth, _ours, fewer), (million, partial(_raw, said=said), bare))
    for stored, claim, _ in sides:
        await _least(stored, claim)
    for _ in range(REPETITIONS):
        for stored, claim, taken in sides:
            taken.append(await _least(stored, claim))
    return [
        compared("1,000 claimed of 1,000,000, against of 100,000", ours, fewer, 1.2),
        compared("  against the same statements in raw SQL", ours, bare, 2.0),
    ]


async def _least(stored: _Stored, claim: Callable[[_Stored], Awaitable[None]]) -> float:
    """Milliseconds of the quickest of a few: the others waited for the disk."""
    taken = []
    for _ in range(_TRIES):
        await stored.make_due()
        gc.collect()
        start = perf_counter()
        await claim(stored)
        taken.append(perf_counter() - start)
    return min(taken) * 1000


async def _ours(stored: _Stored) -> None:
    """As the sender does: what waits, then some of it at a time."""
    now = datetime.now(UTC)
    uow = UnitOfWork(stored.database)
    async with uow.reading() as reading:
        ids = await reading.outbox.waiting(now, most=_DUE)
    assert len(ids) == _DUE
    for some in _in_turn(ids):
        async with uow as rows:
            claimed = await rows.outbox.claim(some, now, lease=2)
            await uow.commit()
        assert len(claimed) == len(some)


async def _said(stored: _Stored) -> list[tuple[str, Any]]:
    """Every statement of one claim of a thousand, with its values, as the driver gets them."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said.append((statement, values))

    await stored.make_due()
    event.listen(Engine, "before_cursor_execute", note)
    try:
        await _ours(stored)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


async def _raw(stored: _Stored, said: Sequence[tuple[str, Any]]) -> None:
    """The same statements once more, through the same driver alone."""
    got = 0
    for statement, values in said:
        reads = statement.startswith("SELECT")
        if not reads:
            await stored.writer.execute("BEGIN IMMEDIATE")
        async with (stored.reader if reads else stored.writer).execute(statement, values) as found:
            rows = list(await found.fetchall())
        if not reads:
            await stored.writer.execute("COMMIT")
            got += len(rows)
    assert got == _DUE


async def _looks(million: _Stored) -> Compared:
    """One look when nothing is due any more, as the clock takes it once a second."""
    empty = select(outbox.c.id).where(
        outbox.c.state == literal(State.WAITING.value, literal_execute=True),
        outbox.c.due_at <= datetime.now(UTC),
    )

    async def ours() -> None:
        async with UnitOfWork(million.database).reading() as rows:
            agenda = await rows.notices.agenda(datetime.now(UTC))
        assert not agenda.send

    async def bare() -> None:
        async with million.database.read() as connection:
            assert (await connection.execute(empty)).first() is None

    return compared("an idle look, against one empty SELECT", *await _in_alternation(ours, bare), 1.5)


async def _in_alternation(
    ours: Callable[[], Awaitable[None]], bare: Callable[[], Awaitable[None]]
) -> tuple[list[float], list[float]]:
    """Milliseconds of one call of each, a figure a repetition."""
    taken: tuple[list[float], list[float]] = ([], [])
    for repetition in range(-1, REPETITIONS):
        sums = [0.0, 0.0]
        gc.collect()
        for _ in range(_LOOKS):
            for side, call in enumerate((ours, bare)):
                start = perf_counter()
                await call()
                sums[side] += perf_counter() - start
        if repetition >= 0:
            for side, total in enumerate(sums):
                taken[side].append(total / _LOOKS * 1000)
    return taken


async def _shared() -> Compared | str:
    """Processes that claim from one PostgreSQL at the same time."""
    try:
        async with postgres_database() as url:
            await world.make_world(url, meetings=_TO_SHARE // world.PEOPLE)
            database = Database(url)
            async with database.write() as connection:
                store = _STORE.replace(":long_ago", "now()").replace("'sent'", "'waiting'")
                await connection.exec_driver_sql(store.replace("  1, now(), 1,", "  0, NULL, NULL,"))
                await connection.commit()
            start = perf_counter()
            counts = await asyncio.gather(*(_claimer(url, lease) for lease in range(1, _PROCESSES + 1)))
            taken = perf_counter() - start
            async with database.read() as connection:
                once = (outbox.c.attempts == 1) & (outbox.c.state == State.ATTEMPTED)
                rows = len((await connection.execute(select(outbox.c.id).where(once))).all())
            await database.close()
    except NoServerError as error:
        return f"PostgreSQL: four processes claiming: not measured, {error}"
    wrong = abs(_TO_SHARE - rows) + abs(_TO_SHARE - sum(counts))
    detail = f"{' + '.join(map(str, counts))} in {taken:.1f} s, starts included"
    return Compared("PostgreSQL: of 20,000, not claimed just once", [wrong], 0, detail)


async def _claimer(url: str, lease: int) -> int:
    """How many rows a process of its own claimed until none was left."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.claimer", url, str(lease), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return int(said)


@asynccontextmanager
async def _stored(file: Path, meetings: int) -> AsyncIterator[_Stored]:
    """The world with a delivery of each of its events to each of its people."""
    await world.make_world(world.at(file), meetings=meetings)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.execute(_STORE, _moments())
    connection.execute(_LATER, {"event": meetings, **_moments()})
    connection.execute("COMMIT")
    connection.close()
    database = Database(world.at(file))
    reader, writer = (
        aiosqlite.connect(file, isolation_level=None),
        aiosqlite.connect(file, isolation_level=None),
    )
    async with reader, writer:
        for raw in (reader, writer):
            for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
                await raw.execute(f"PRAGMA {pragma}")
        try:
            yield _Stored(database, reader, writer, meetings - 1)
        finally:
            await database.close()


def _moments() -> dict[str, str]:
    now = datetime.now(UTC)
    return {"long_ago": _written(now - timedelta(days=30)), "later": _written(now + timedelta(days=30))}


def _written(moment: datetime) -> str:
    """As SQLite keeps it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def _in_turn(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE)]
