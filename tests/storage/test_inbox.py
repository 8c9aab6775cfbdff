"""Updates as they came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.engine import Database
from storage.inbox import InboxRow, Received
from storage.tables import inbox
from storage.unit_of_work import UnitOfWork
from tests.builders import change, stored

BOT, OTHER_BOT = 1, 2


async def receive(database: Database, *updates: tuple[int, int], bot: int = BOT) -> list[InboxRow]:
    """Stores (update id, sender) pairs as a batch."""
    uow = UnitOfWork(database)
    async with uow as rows:
        new = await rows.inbox.receive(
            bot, [Received(update_id, sender, f'{{"n": {update_id}}}') for update_id, sender in updates]
        )
        await uow.commit()
    return new


async def finish(database: Database, row: InboxRow) -> None:
    uow = UnitOfWork(database, inbox_id=row.id)
    async with uow:
        await uow.commit()


async def open_updates(
    database: Database, bot: int = BOT, *, older_than: timedelta = timedelta()
) -> list[int]:
    async with UnitOfWork(database).reading() as rows:
        found = await rows.inbox.open_rows(bot, received_before=datetime.now(UTC) - older_than)
    return [row.update_id for row in found]


async def test_a_batch_comes_back_in_its_order(database: Database):
    """With what is needed to handle it."""
    new = await receive(database, (12, 7), (10, 8), (11, 7))
    assert [(row.update_id, row.sender, row.payload, row.tries) for row in new] == [
        (12, 7, '{"n": 12}', 0),
        (10, 8, '{"n": 10}', 0),
        (11, 7, '{"n": 11}', 0),
    ]
    assert await open_updates(database) == [12, 10, 11]


async def test_an_update_is_stored_once(database: Database):
    """Telegram repeats what was not acknowledged: only what is new comes back."""
    await receive(database, (10, 7), (11, 7))
    again = await receive(database, (10, 7), (11, 7), (12, 7))
    assert [row.update_id for row in again] == [12]
    assert len(await stored(database, inbox)) == 3


async def test_two_bots_count_their_updates_apart(database: Database):
    """A second bot on the same database may have an update of the same number."""
    await receive(database, (10, 7))
    assert len(await receive(database, (10, 7), bot=OTHER_BOT)) == 1
    assert await open_updates(database, OTHER_BOT) == [10]


async def test_an_empty_batch_stores_nothing(database: Database):
    """Telegram had nothing to say."""
    assert await receive(database) == []
    assert await stored(database, inbox) == []


async def test_a_done_update_keeps_its_id_alone(database: Database):
    """What it said, and who said it, is erased; that it was there is remembered."""
    [row] = await receive(database, (10, 7))
    await finish(database, row)
    [kept] = await stored(database, inbox)
    assert (kept.update_id, kept.payload, kept.sender) == (10, None, 0)
    assert await open_updates(database) == []
    assert await receive(database, (10, 7)) == []


async def test_an_update_set_aside_keeps_its_content(database: Database):
    """For the operator; nobody tries it again."""
    [row, _] = await receive(database, (10, 7), (11, 7))
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.inbox.set_aside([row.id])
        await uow.commit()
    assert await open_updates(database) == [11]
    assert (await stored(database, inbox))[0].payload == '{"n": 10}'
    async with uow.reading() as rows:
        assert await rows.inbox.count_set_aside() == 1


async def test_tries_are_counted(database: Database):
    """Of rows that an earlier process left."""
    [first, second] = await receive(database, (10, 7), (11, 7))
    uow = UnitOfWork(database)
    for row_ids in ([first.id, second.id], [second.id]):
        async with uow as rows:
            await rows.inbox.begin(row_ids)
            await uow.commit()
    assert [row.tries for row in await stored(database, inbox)] == [1, 2]


async def test_fresh_updates_are_left_to_the_process_that_took_them(database: Database):
    """Another one looks only at what was received a while ago."""
    await receive(database, (10, 7))
    assert await open_updates(database, older_than=timedelta(minutes=1)) == []
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await change(database, inbox, inbox.c.update_id == 10, received_at=hour_ago)
    assert await open_updates(database, older_than=timedelta(minutes=1)) == [10]


async def test_done_updates_are_forgotten_after_48_hours(database: Database):
    """Neither sooner, nor those that are not done."""
    done_long_ago, done_lately, set_aside, still_open = await receive(
        database, (10, 7), (11, 7), (12, 7), (13, 7)
    )
    now = datetime.now(UTC)
    for row, hours in ((done_long_ago, 49), (done_lately, 47)):
        await finish(database, row)
        await change(database, inbox, inbox.c.id == row.id, done_at=now - timedelta(hours=hours))
    for row in (set_aside, still_open):
        await change(database, inbox, inbox.c.id == row.id, received_at=now - timedelta(days=9))
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.inbox.set_aside([set_aside.id])
        assert await rows.inbox.tidy() == 1
        await uow.commit()
    assert [row.update_id for row in await stored(database, inbox)] == [11, 12, 13]
