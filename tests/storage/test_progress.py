"""Messages that count up: edited when there is something new, at most once in five seconds, to the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.records import Actor
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, a_coordinator, a_member, an_association, change, stored

LONG_AGO = timedelta(seconds=6)


@pytest.fixture
async def head(database: Database) -> Actor:
    """She has written to two people."""
    home = await an_association(database)
    head = await a_coordinator(database, home)
    for name in ("Белова Анна Петровна", "Галкина Инна Петровна"):
        await a_member(database, home, name)
    uow = UnitOfWork(database)
    async with uow as rows:
        number = await rows.association(home.id).broadcasts.add("Всем привет", head.person_id, NOW)
        await rows.mailing.count_up(home.id, head.person_id, number, 5, NOW)
        assert await rows.mailing.broadcast(home.id, number, NOW, but=head.person_id) == 2
        await uow.commit()
    return head


async def refresh(database: Database) -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        edited = await rows.progress.refresh()
        await uow.commit()
    return edited


async def sent(database: Database, *row_ids: int) -> None:
    await change(database, tables.outbox, tables.outbox.c.id.in_(row_ids), state=State.SENT)


async def shows(database: Database, what: str, state: State = State.SENT) -> None:
    """The counting message was edited a while ago."""
    await change(
        database,
        tables.outbox,
        tables.outbox.c.kind == Message.PROGRESS,
        state=state,
        shown=what,
        done_at=datetime.now(UTC) - LONG_AGO,
    )


async def test_it_follows_what_was_sent(database: Database, head: Actor):
    """And rests when nothing is new, or all has been said."""
    counter, one, other = await stored(database, tables.outbox)
    assert await refresh(database) == 0  # it was shown this moment
    await shows(database, "0 2")
    assert await refresh(database) == 0
    await sent(database, one.id)
    assert await refresh(database) == 1
    [row] = await stored(database, tables.outbox, tables.outbox.c.id == counter.id)
    assert (row.state, row.message_id, row.due_at) == (State.WAITING, 5, NOW)
    await shows(database, "1 1", State.UNCERTAIN)
    await sent(database, other.id)
    assert await refresh(database) == 1
    async with UnitOfWork(database).reading() as rows:
        [far] = (await rows.association(head.home.id).broadcasts.progress([one.broadcast_id])).values()
    assert far.shown == "2 0"
    await shows(database, far.shown)
    await change(database, tables.outbox, tables.outbox.c.id == one.id, state=State.GONE)
    assert await refresh(database) == 0


async def test_it_goes_before_those_whom_it_counts(database: Database, head: Actor):
    """However many they are."""
    await shows(database, "")
    assert await refresh(database) == 1
    counter, *_ = await stored(database, tables.outbox)
    async with UnitOfWork(database).reading() as rows:
        assert (await rows.outbox.waiting(NOW, most=1)) == [counter.id]
