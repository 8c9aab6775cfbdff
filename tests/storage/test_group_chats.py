"""The chats that associations are linked with, and their cards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.records import Actor, Answer, Association, Event
from storage import tables
from storage.engine import Database
from storage.group_chats import Posted, Said
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
        assert [one.association_id for one in await rows.group_chats.linked_with(CHAT)] == [home.id, other.id]
        await rows.group_chats.link(other.id, -7, None, "Свой чат", NOW)
        assert [one.association_id for one in await rows.group_chats.linked_with(CHAT)] == [home.id]
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
        assert [one.association_id for one in await rows.group_chats.linked_with(CHAT)] == [home.id]
        assert await rows.group_chats.unlink(CHAT) == 1
        assert await rows.group_chats.of(home.id) is None
        assert [one.association_id for one in await rows.group_chats.linked_with(CHAT)] == []
        await uow.commit()


async def shown_anew(database: Database, home: Association, event: Event, topic: int | None) -> int | None:
    """The card is asked for in a topic; returns the message that was it until then."""
    uow = UnitOfWork(database)
    async with uow as rows:
        chat = await rows.group_chats.of(home.id)
        assert chat is not None
        before = await rows.group_chats.show_anew(chat, event.id, topic, NOW)
        await uow.commit()
    return before


async def test_a_card_that_is_asked_for_goes_out_again(database: Database, home: Association, event: Event):
    """In its own place it is the same row; on its way it is left alone."""
    assert await shown_anew(database, home, event, None) == 77
    [card] = await stored(database, OUTBOX)
    assert (card.state, card.message_id, card.shown, card.attempts) == (State.WAITING, None, None, 0)
    assert await shown_anew(database, home, event, None) is None
    await change(database, OUTBOX, OUTBOX.c.event_id == event.id, state=State.ATTEMPTED, message_id=78)
    assert await shown_anew(database, home, event, None) is None
    [card] = await stored(database, OUTBOX)
    assert (card.state, card.message_id) == (State.ATTEMPTED, 78)


async def test_each_topic_has_a_card_of_its_own(database: Database, home: Association, event: Event):
    """And the newest is known; outside all topics is a place like any other."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.link(home.id, CHAT, 5, "Чат РМО, тема", NOW)
        assert await rows.group_chats.newest_card(CHAT, event.id) == Posted(77, 5)
        await uow.commit()
    for topic in (9, None):
        assert await shown_anew(database, home, event, topic) is None
    cards = {row.topic_id: row for row in await stored(database, OUTBOX)}
    assert set(cards) == {None, 9, 0}
    async with uow as rows:
        read = await rows.outbox.read([row.id for row in cards.values()])
        assert {row.topic_id for row in read} == {5, 9, None}
        await uow.commit()
    sent = {"state": State.SENT, "done_at": LONG_AGO}
    for number, topic in ((88, 9), (99, 0)):
        await change(database, OUTBOX, OUTBOX.c.topic_id == topic, message_id=number, **sent)
        async with uow.reading() as rows:
            assert await rows.group_chats.newest_card(CHAT, event.id) == Posted(number, topic or None)
            assert await rows.group_chats.newest_card(CHAT + 1, event.id) is None


async def test_a_topic_that_is_gone_gives_its_cards_to_the_chat(
    database: Database, home: Association, event: Event
):
    """They are new messages there; another topic's are left alone."""
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.link(home.id, CHAT, 5, "Чат РМО, тема", NOW)
        await uow.commit()
    await shown_anew(database, home, event, 9)
    await change(database, OUTBOX, OUTBOX.c.topic_id == 9, state=State.SENT, message_id=88)
    async with uow as rows:
        assert await rows.group_chats.leave_topic(CHAT, 9) == []
        assert await rows.group_chats.leave_topic(CHAT, 5) == [home.id]
        assert await rows.group_chats.leave_topic(CHAT, 5) == []
        chat = await rows.group_chats.of(home.id)
        await uow.commit()
    assert chat is not None
    assert chat.topic_id is None
    assert {(row.topic_id, row.message_id) for row in await stored(database, OUTBOX)} == {
        (None, None),
        (0, None),
    }


async def test_a_question_is_answered_once_a_minute_and_pointed_to_as_often(
    database: Database, home: Association
):
    """Of real time, whoever asks, in whatever process."""
    chats = tables.group_chats
    uow = UnitOfWork(database)

    async def asked(times: int) -> list[Said]:
        said = []
        for _ in range(times):
            async with uow as rows:
                said.append(await rows.group_chats.take_question(CHAT))
                await uow.commit()
        return said

    assert await asked(4) == [Said.ANSWER, Said.POINTER, Said.NOTHING, Said.NOTHING]
    await change(database, chats, chats.c.telegram_id == CHAT, answered_at=LONG_AGO)
    assert await asked(2) == [Said.ANSWER, Said.NOTHING]
    await change(database, chats, chats.c.telegram_id == CHAT, pointed_at=LONG_AGO)
    assert await asked(2) == [Said.POINTER, Said.NOTHING]
    async with uow as rows:
        assert await rows.group_chats.take_question(CHAT + 1) is Said.NOTHING


async def test_what_could_not_be_brought_waits_for_the_end_of_the_silence(
    database: Database, home: Association, event: Event
):
    """What was gone before does not come back."""
    other = await an_event(database, home, title="Заседание")
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.show(home.id, other.id, NOW)
        assert await rows.group_chats.speak_again(CHAT, NOW) is False
        await uow.commit()
    await change(database, OUTBOX, OUTBOX.c.event_id == event.id, state=State.GONE, done_at=LONG_AGO)
    async with uow as rows:
        assert await rows.group_chats.fall_silent(CHAT) == [home.id]
        assert await rows.group_chats.fall_silent(CHAT) == []
        await uow.commit()
    now = datetime.now(UTC)
    await change(database, OUTBOX, OUTBOX.c.event_id == other.id, state=State.GONE, done_at=now)
    async with uow as rows:
        [silent] = await rows.outbox.read([await _row_of(database, other)])
        assert silent.silent
        assert await rows.group_chats.speak_again(CHAT, NOW) is True
        await uow.commit()
    states = {row.event_id: row.state for row in await stored(database, OUTBOX)}
    assert states == {event.id: State.GONE, other.id: State.WAITING}


async def _row_of(database: Database, event: Event) -> int:
    [row] = await stored(database, OUTBOX, OUTBOX.c.event_id == event.id)
    number: int = row.id
    return number
