"""A whole calendar while others are served: how long the loop is kept from them."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from actions.acting import acting_person
from actions.own_calendar import link_code
from benchmarks import world
from benchmarks.measuring import Compared
from benchmarks.watching import watched, yielding
from bot.app import App, build_app
from bot.settings import Settings
from bot.views.calendar_keys import TakeWholeCalendar
from bot.web.calendar_feed import calendar_feed, link_to
from scheduler.workdays import is_working_day
from storage.unit_of_work import UnitOfWork

REPETITIONS = 7


async def measure(folder: Path) -> list[Compared]:
    """Every line about calendars."""
    session = world.InstantSession()
    async with _serving(folder / "calendars.db", session) as (app, client):
        someone = await acting_person(UnitOfWork(app.database), world.telegram_id(1))
        assert someone is not None
        link = link_to("", await link_code(UnitOfWork(app.database), someone))
        numbers = count(1)

        async def fetch() -> None:
            async with client.get(link) as response:
                assert (await response.read()).count(b"BEGIN:VEVENT") == world.EVENTS

        async def press() -> None:
            number = next(numbers)
            update = world.press(number, TakeWholeCalendar().pack())
            await app.receiver.receive([{"update_id": number} | update])
            await app.receiver.drain()
            assert len(session.asked) == 2 * number  # the button, and the file

        return [
            await _kept("a feed of 500 events: the loop kept busy, ms", fetch),
            await _kept("the same as a file, likewise", press),
        ]


async def _kept(name: str, make: Callable[[], Awaitable[None]]) -> Compared:
    """What the work kept the loop from, beyond what the machine does by itself in such a time."""
    gaps, busy, besides, taken = [], [], [], []
    await make()
    for _ in range(REPETITIONS):
        gc.collect()
        start = perf_counter()
        ours = await watched(make())
        taken.append(perf_counter() - start)
        others = await watched(yielding(taken[-1]))
        gaps.append(max(ours.longest - others.longest, 0.0))
        busy.append(ours.busy)
        besides.append(others.longest)
    detail = (
        f"at work {median(busy):.0f} ms at one go; made in {median(taken) * 1000:.0f} ms; "
        f"the machine's own gaps {median(besides):.0f} ms"
    )
    return Compared(name, gaps, 50.0, detail)


@asynccontextmanager
async def _serving(file: Path, session: world.InstantSession) -> AsyncIterator[tuple[App, TestClient]]:
    """Our bot with an instant Telegram, and its feed."""
    await world.make_world(world.at(file))
    settings = Settings(_env_file=None, bot_token=world.TOKEN, database_url=world.at(file))
    app = build_app(settings, session=session)
    face = web.Application()
    face.add_routes([calendar_feed(app.database, app.clock, app.bot.id, is_working_day)])
    try:
        async with TestClient(TestServer(face)) as client:
            yield app, client
    finally:
        await app.close()
