"""Databases of conversations as they were: put back, and scenes that are set once and copied from then on."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Hashable
from contextlib import closing

from actions.check_in import signing_key
from tests.bot.conftest import World

# A copy of a database, in memory.
State = sqlite3.Connection

_scenes: dict[Hashable, State] = {}


def state_of(world: World) -> State:
    """The database of a world as it is now."""
    copy = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(_file(world))) as live:
        live.backup(copy)
    return copy


def put_back(world: World, state: State) -> None:
    """The database of a world as it was."""
    with closing(sqlite3.connect(_file(world))) as live:
        live.execute("PRAGMA synchronous = OFF")  # nothing here has to outlive the machine
        state.backup(live)


async def set_scene(world: World, name: Hashable, make: Callable[[], Awaitable[object]]) -> None:
    """What `make` does to a world. Where nothing but scenes was set in it so far, the same scene in another
    world is copied from the first one, in a tenth of the time. `name` has to tell it from all others."""
    before = world.scenes
    if before is None:
        await make()
        return
    after = (*before, (name, world.clock.now()))
    if after in _scenes:
        put_back(world, _scenes[after])
        world.app.context.signing.key = await signing_key(world.uow())
    else:
        await make()
        _scenes[after] = state_of(world)
    world.scenes = after


def _file(world: World) -> str:
    return str(world.app.settings.database_url).partition("///")[2]
