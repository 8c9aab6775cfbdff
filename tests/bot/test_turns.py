"""One person's updates in order, where several processes serve her."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.turns import Turns
from storage import tables
from storage.engine import Database
from storage.inbox import Received
from storage.unit_of_work import UnitOfWork
from tests.builders import change, statements

MARIA, ANNA = 2002, 2003
PATIENCE = timedelta(seconds=20)


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    """A PostgreSQL database."""
    opened = Database(postgres_url)
    yield opened
    await opened.close()


async def came_in(database: Database, *senders: int) -> list[int]:
    """Updates of these persons, in this order; the rows' ids."""
    uow = UnitOfWork(database)
    async with uow as rows:
        new = await rows.inbox.receive(1, [Received(i, one, "{}") for i, one in enumerate(senders)])
        await uow.commit()
    return [row.id for row in new]


async def end(database: Database, row_id: int) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.inbox.mark_done(row_id)
        await uow.commit()


async def handle(turns: Turns, database: Database, sender: int, row_id: int, done: list[int]) -> None:
    """Effect, then a reply that takes its time."""
    async with turns.of(sender, row_id):
        await end(database, row_id)
        await asyncio.sleep(0.05)
        done.append(row_id)


async def test_across_processes_updates_and_replies_keep_their_order(postgres: Database, postgres_url: str):
    """Whichever process has which, and whichever begins."""
    other = Database(postgres_url)
    here, there = Turns(postgres, PATIENCE), Turns(other, PATIENCE)
    ids = await came_in(postgres, *[MARIA] * 6)
    done: list[int] = []

    async def lane(turns: Turns, database: Database, mine: list[int]) -> None:
        for row_id in mine:
            await handle(turns, database, MARIA, row_id, done)

    async with asyncio.timeout(20):
        await asyncio.gather(
            lane(here, postgres, [ids[1], ids[2], ids[5]]), lane(there, other, [ids[0], ids[3], ids[4]])
        )
    assert done == ids
    for turns in (here, there):
        await turns.close()
    await other.close()


async def test_others_do_not_wait(postgres: Database, postgres_url: str):
    """Only the person herself is one at a time."""
    other = Database(postgres_url)
    here, there = Turns(postgres, PATIENCE), Turns(other, PATIENCE)
    maria, anna = await came_in(postgres, MARIA, ANNA)
    async with asyncio.timeout(10), here.of(MARIA, maria), there.of(ANNA, anna):
        pass
    await here.close()
    await there.close()
    await other.close()


async def test_a_process_that_dies_holds_up_nobody(postgres: Database, postgres_url: str):
    """What it held ends with its connection, and what it left undone is not waited for for ever."""
    dead, alive = Database(postgres_url), Turns(postgres, PATIENCE)
    first, second = await came_in(postgres, MARIA, MARIA)
    holding = Turns(dead, PATIENCE)
    async with holding.of(MARIA, first):
        assert not await alive._take(MARIA, second)
        await holding.close()  # as when the process is killed
        assert not await alive._take(MARIA, second)  # the earlier one is still open
        long_ago = datetime.now(UTC) - PATIENCE
        await change(postgres, tables.inbox, tables.inbox.c.id == first, received_at=long_ago)
        assert await alive._take(MARIA, second)
    await alive.close()
    await dead.close()


async def test_patience_ends(postgres: Database, postgres_url: str):
    """A frozen process holds her up only so long."""
    other = Database(postgres_url)
    frozen, ours = Turns(other, PATIENCE), Turns(postgres, timedelta(seconds=0.1))
    [row_id] = await came_in(postgres, MARIA)
    async with asyncio.timeout(10), frozen.of(MARIA, row_id), ours.of(MARIA, row_id):
        pass
    await frozen.close()
    await ours.close()
    await other.close()


async def test_an_update_that_was_set_aside_is_not_waited_for(postgres: Database):
    """Nor one that is done."""
    turns = Turns(postgres, PATIENCE)
    first, second, third = await came_in(postgres, MARIA, MARIA, MARIA)
    uow = UnitOfWork(postgres)
    async with uow as rows:
        await rows.inbox.set_aside([first])
        await uow.commit()
    await end(postgres, second)
    assert await turns._take(MARIA, third)
    await turns.close()


async def test_a_turn_costs_two_statements_and_on_sqlite_none(database: Database):
    """One before the effect, one when the reply has gone; nothing for what comes from nobody."""
    turns = Turns(database, PATIENCE)
    first, second = await came_in(database, MARIA, 0)
    async with turns.of(MARIA, first):
        pass
    with statements() as said:
        async with turns.of(MARIA, first):
            pass
        async with turns.of(0, second):
            pass
    assert len(said) == (0 if database.is_sqlite else 2)
    await turns.close()
