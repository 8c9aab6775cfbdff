"""The chats that associations are linked with, and their cards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.records import Actor, Answer, Association, Event
from storage import tables
from storage.engine import Database
from storage.outbox import State
from storage.unit_of_work import UnitOfWork
from tests.builders import LATER_DAY, NOW, a_member, an_association, an_event, change, move, stored

OUTBOX = tables.outbox
CHAT = -100500
LONG_AGO = datetime.now(UTC) - timedelta(minutes=1)


@pytest.fixture
async def home(database: Database) -> Association:
    """An association with a chat."""
    made = await an_association(database)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.link(made.id, CHAT, None, "Чат РМО", NOW)
        await uow.commit()
    return made


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members."""
    return await a_member(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar whose card has been sent a while ago."""
    made = await an_event(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.show(home.id, made.id, NOW)
        await rows.group_chats.show(home.id, made.id, NOW)
        shown = (await rows.group_chats.counts([made.id], NOW))[made.id].shown
        await uow.commit()
    sent = {"state": State.SENT, "message_id": 77, "done_at": LONG_AGO, "shown": shown}
    await change(database, OUTBOX, OUTBOX.c.event_id == made.id, **sent)
    return made


async def refresh(database: Database, now: datetime = NOW) -> int:
    uow = UnitOfWork(database)
    async with uow as rows:
        edited = await rows.group_chats.refresh(now)
        await uow.commit()
    return edited


async def answer(database: Database, member: Actor, event: Event, given: Answer) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(event.association_id).rsvps.take(event.id, member.person_id, given, NOW)
        await uow.commit()


async def test_a_card_follows_the_answers(database: Database, member: Actor, event: Event):
    """It is the same row, and the same message, that goes out again."""
    assert await refresh(database) == 0
    await answer(database, member, event, Answer.GOING)
    assert await refresh(database) == 1
    [card] = await stored(database, OUTBOX)
    assert (card.state, card.message_id, card.due_at) == (State.WAITING, 77, NOW)
    async with UnitOfWork(database).reading() as rows:
        counts = (await rows.group_chats.counts([event.id], NOW))[event.id]
    assert (counts.going, counts.declined, counts.undecided) == (1, 0, 0)


async def test_a_card_follows_the_event(database: Database, home: Association, event: Event):
    """A new day is a new revision."""
    await move(database, home, event, LATER_DAY)
    assert await refresh(database) == 1


async def test_a_card_rests_for_five_seconds(database: Database, member: Actor, event: Event):
    """Of real time, since it was changed last."""
    await answer(database, member, event, Answer.GOING)
    await change(database, OUTBOX, OUTBOX.c.event_id == event.id, done_at=datetime.now(UTC))
    assert await refresh(database) == 0
    five_seconds_ago = datetime.now(UTC) - timedelta(seconds=5)
    await change(database, OUTBOX, OUTBOX.c.event_id == event.id, done_at=five_seconds_ago)
    assert await refresh(database) == 1


async def test_the_card_says_that_it_has_begun_and_is_over_and_stays(database: Database, event: Event):
    """Two days later nobody looks at it any more."""
    for moment, shown in ((event.starts_at, "1 0 0 0 0 0 begun"), (event.ends_at, "1 0 0 0 0 0 over")):
        assert await refresh(database, moment) == 1
        async with UnitOfWork(database).reading() as rows:
            assert (await rows.group_chats.counts([event.id], moment))[event.id].shown == shown
        sent = {"state": State.SENT, "done_at": LONG_AGO, "shown": shown}
        await change(database, OUTBOX, OUTBOX.c.event_id == event.id, **sent)
        assert await refresh(database, moment) == 0
    await change(database, OUTBOX, OUTBOX.c.event_id == event.id, shown="1 9 9 9 9 9")
    assert await refresh(database, event.ends_at + timedelta(days=2)) == 0


async def test_a_chat_that_moves_is_followed(database: Database, home: Association, event: Event):
    """A group that becomes a supergroup has another id, and its cards are new messages there."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.migrate(CHAT, -1009)
        chat = await rows.group_chats.of(home.id)
        await uow.commit()
    assert chat is not None
    assert chat.telegram_id == -1009
    assert [card.message_id for card in await stored(database, OUTBOX)] == [None]


async def test_of_two_that_share_a_chat_one_can_let_it_go(database: Database, home: Association):
    """The other's stays."""
    other = await an_association(database, "ГМО Заозёрска")
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.link(other.id, CHAT, None, "Чат РМО", NOW)
        assert await rows.group_chats.linked_with(CHAT) == [home.id, other.id]
        await rows.group_chats.link(other.id, -7, None, "Свой чат", NOW)
        assert await rows.group_chats.linked_with(CHAT) == [home.id]
        assert await rows.group_chats.unlink(CHAT, other.id) == 0
        await uow.commit()


async def test_another_chat_takes_the_place_of_the_first(database: Database, home: Association, event: Event):
    """Its cards go with it; the same chat anew keeps them."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.link(home.id, CHAT, 5, "Чат РМО, тема", NOW)
        await uow.commit()
    assert len(await stored(database, OUTBOX)) == 1
    async with uow as rows:
        await rows.group_chats.link(home.id, -7, None, "Другой чат", NOW)
        chat = await rows.group_chats.of(home.id)
        await uow.commit()
    assert chat is not None
    assert (chat.telegram_id, chat.title) == (-7, "Другой чат")
    assert await stored(database, OUTBOX) == []


async def test_a_chat_let_go_is_linked_with_nobody(database: Database, home: Association):
    """As when the bot is removed from it."""
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.group_chats.linked_with(CHAT) == [home.id]
        assert await rows.group_chats.unlink(CHAT) == 1
        assert await rows.group_chats.of(home.id) is None
        assert await rows.group_chats.linked_with(CHAT) == []
        await uow.commit()
