"""A room full of people: «Я на месте» against «Приду», and a thousand of them within ten seconds."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from benchmarks import world
from benchmarks.measuring import Compared, compared
from bot.app import App, build_app
from bot.settings import Settings
from domain.period import Period
from storage.engine import Database
from storage.inbox import InboxRow, Received
from storage.tables import attendance, events
from storage.unit_of_work import UnitOfWork

REPETITIONS = 27
ROUNDS = 20
_ROOM = 1_000
_ARRIVING = 10.0
_AT_ONCE = 10
# One can still answer, and check in already.
_BEGINS_IN = timedelta(minutes=20)


async def measure(folder: Path) -> list[Compared]:
    """Every line about checking in."""
    async with _open_room(folder / "room.db") as app:
        pressed, answered = await _in_turn(app)
        behind = await _all_at_once(app)
        lost = (REPETITIONS + 1) * ROUNDS + _ROOM - await _marked(app.database)
    return [
        compared("press of «Я на месте», against «Приду»", pressed, answered, 1.5),
        Compared("  1,000 within 10 s: the last is answered, s", [behind], 1.0, "after the last came in"),
        Compared("  not kept", [lost], 0),
    ]


def check_in_update(number: int) -> dict[str, Any]:
    """A librarian presses «Я на месте» under her reminder."""
    return world.press(number, f"here:{world.NEAREST}")


async def _in_turn(app: App) -> tuple[list[float], list[float]]:
    """Milliseconds of a press of each, a median a repetition; who does one does the other, in turn first."""
    taken: tuple[list[float], list[float]] = ([], [])
    for repetition in range(REPETITIONS + 1):
        first = 1 + repetition * ROUNDS
        rounds: tuple[list[float], list[float]] = ([], [])
        gc.collect()
        for number in range(first, first + ROUNDS):
            updates = (check_in_update(number), world.press(number))
            rows = await _stored(app, number, updates)
            for which in (0, 1) if number % 2 else (1, 0):
                start = perf_counter()
                await app.receiver.feed(rows[which])
                rounds[which].append(perf_counter() - start)
        if repetition:  # the first one warms up
            for side, seconds in zip(taken, rounds, strict=True):
                side.append(median(seconds) * 1000)
    return taken


async def _all_at_once(app: App) -> float:
    """Others of the room come in within ten seconds, as they do by webhook; returns for how many seconds
    after the last of them came in somebody was still waiting."""
    numbers = range(world.PEOPLE - _ROOM + 1, world.PEOPLE + 1)
    start = perf_counter()
    for first in range(0, _ROOM, _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        await asyncio.sleep(max(start + _ARRIVING * first / _ROOM - perf_counter(), 0))
        await app.receiver.receive([{"update_id": 10**6 + one} | check_in_update(one) for one in some])
    came_in = perf_counter()
    await app.receiver.drain()
    return perf_counter() - came_in


async def _stored(app: App, number: int, updates: tuple[dict[str, Any], ...]) -> list[InboxRow]:
    """One person's updates as rows of the inbox, committed there."""
    first = number * len(updates)
    received = [
        Received(first + place, 0, world.raw(update, first + place)) for place, update in enumerate(updates)
    ]
    uow = UnitOfWork(app.database)
    async with uow as rows:
        new = await rows.inbox.receive(app.bot.id, received)
        await uow.commit()
    return new


async def _marked(database: Database) -> int:
    async with database.read() as connection:
        counted = await connection.execute(select(func.count()).select_from(attendance))
        return int(counted.scalar_one())


@asynccontextmanager
async def _open_room(file: Path) -> AsyncIterator[App]:
    """Our bot with an instant Telegram; the meeting that comes next begins soon."""
    await world.make_world(world.at(file))
    settings = Settings(_env_file=None, bot_token=world.TOKEN, database_url=world.at(file))
    app = build_app(settings, session=world.InstantSession())
    try:
        await _begin_soon(app.database)
        yield app
    finally:
        await app.close()


async def _begin_soon(database: Database) -> None:
    begins = (
        (datetime.now(UTC) + _BEGINS_IN).astimezone(ZoneInfo(world.ZONE)).replace(second=0, microsecond=0)
    )
    period = Period.at(begins.date(), begins.time())
    ends = period.ends_at(ZoneInfo(world.ZONE))
    async with database.write() as connection:
        soon = update(events).where(events.c.id == world.NEAREST)
        await connection.execute(
            soon.values(period=period, starts_at=begins, ends_at=ends, answers_until=begins)
        )
        await connection.commit()
