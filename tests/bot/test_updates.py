"""Updates in: stored first, one effect each, in order for one person, whatever dies in between."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Dispatcher

from domain.records import Answer
from storage.inbox import Received
from tests.bot.conftest import Person, World, as_json
from tests.bot.people import MEETING, come_in, come_in_maria, event_called, settle

LATER = datetime.now(UTC) + timedelta(days=1)
MakeWorld = Callable[[str], Awaitable[World]]


async def before_a_meeting(world: World) -> Person:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    return maria


async def answer_of(world: World, person: Person) -> Answer | None:
    meeting = await event_called(world, "Заседание")
    actor = await world.actor(person)
    async with world.stored() as rows:
        answers = await rows.association(1).rsvps.answers([meeting.id], [actor.person_id])
    given = answers.get((meeting.id, actor.person_id))
    return None if given is None else given.answer


async def store(world: World, update: dict[str, object]) -> None:
    """The update is in the inbox, and then the process dies."""
    async with (uow := world.uow()) as rows:
        await rows.inbox.receive(
            world.app.bot.id, [Received(int(str(update["update_id"])), 2002, json.dumps(update))]
        )
        await uow.commit()


async def test_the_same_update_twice_has_one_effect(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    update = maria.saying("Ближайшее")
    await world.feed(update)
    await world.feed(update)
    await world.feed(update, update)
    assert len(maria.chat.shown) == 1


async def test_the_same_question_twice_in_one_batch_is_passed_once(world: World) -> None:
    maria = await before_a_meeting(world)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    update = maria.saying("Где парковка?")
    await world.feed(update, update)
    await world.rings()
    assert world.head.sees_all.count("Где парковка?") == 1


async def test_one_persons_updates_keep_their_order(world: World) -> None:
    maria = await before_a_meeting(world)
    card = maria.sees
    going, declined = maria.data_of("Приду"), maria.data_of("Не смогу")
    presses = [maria.pressing(data, card.message_id) for data in (going, declined) * 5]
    await world.feed(*presses)
    assert await answer_of(world, maria) is Answer.DECLINED
    assert "Ваш ответ: не смогу." in card.plain


async def test_many_persons_at_once(world: World) -> None:
    await settle(world, MEETING)
    people = [await come_in(world, 3000 + number, "Белова Анна Львовна", "СОШ № 45") for number in range(20)]
    await world.feed(*[person.saying("Ближайшее") for person in people])
    assert all("Заседание" in person.sees.plain for person in people)


async def test_what_was_stored_before_a_crash_is_handled_after_it(
    sqlite_url: str, world: World, make_world: MakeWorld
) -> None:
    maria = await before_a_meeting(world)
    await store(world, as_json(maria.pressing(maria.data_of("Приду"))))
    assert await answer_of(world, maria) is None
    world = await make_world(sqlite_url)
    await world.app.receiver.recover()
    await world.app.receiver.drain()
    maria = world.person(maria.id)
    assert await answer_of(world, maria) is Answer.GOING
    assert "Ваш ответ: приду." in maria.sees.plain
    await world.app.receiver.recover()
    await world.app.receiver.drain()
    assert len(maria.chat.shown) == 1


async def test_what_takes_the_process_down_each_time_is_set_aside(
    sqlite_url: str, world: World, make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await before_a_meeting(world)
    await store(world, as_json(maria.pressing(maria.data_of("Приду"))))

    for _ in range(2):
        world = await make_world(sqlite_url)
        with monkeypatch.context() as patched:
            patched.setattr(world.app.receiver, "_submit", lambda row: None)
            await world.app.receiver.recover()
            async with (uow := world.uow()) as rows:
                ids = [row.id for row in await rows.inbox.open_rows(world.app.bot.id, received_before=LATER)]
                await rows.inbox.begin(ids)
                await uow.commit()
    world = await make_world(sqlite_url)
    await world.app.receiver.recover()
    await world.app.receiver.drain()
    assert await answer_of(world, maria) is None
    async with world.stored() as rows:
        assert await rows.inbox.count_set_aside() == 1


async def test_a_handler_that_fails_is_told_and_the_next_update_is_handled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await before_a_meeting(world)
    number = maria.sees.message_id
    press = maria.pressing(maria.data_of("Приду"), number)

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory, say")

    with monkeypatch.context() as patched:
        patched.setattr(Dispatcher, "feed_update", fails)
        await world.app.receiver.receive([as_json(press)])
        await world.app.receiver.drain()
    assert "Что-то пошло не так, ничего не изменилось." in maria.sees.plain
    world.telegram.faults.clear()
    assert await answer_of(world, maria) is None
    await maria.presses("Приду")
    assert await answer_of(world, maria) is Answer.GOING


async def test_what_comes_from_nobody_harms_nobody(world: World) -> None:
    maria = await before_a_meeting(world)
    channel = {"id": -5, "type": "channel", "title": "Новости"}
    await world.feed(
        {"update_id": 900_001, "message": {"message_id": 1, "date": 1, "chat": channel, "text": "/start"}},
        maria.saying("Ближайшее"),
    )
    assert "Заседание" in maria.sees.plain


async def test_content_is_forgotten_once_it_is_handled(world: World) -> None:
    await before_a_meeting(world)
    async with world.stored() as rows:
        assert await rows.inbox.open_rows(world.app.bot.id, received_before=LATER) == []


async def test_a_reply_that_stumbles_keeps_nothing_of_hers_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await before_a_meeting(world)
    number = maria.sees.message_id
    presses = [maria.pressing(maria.data_of(label), number) for label in ("Приду", "Не смогу")]

    async def fails(*_: object) -> None:
        raise OSError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(type(world.app.receiver._replier), "reply", fails)
        await world.app.receiver.receive([as_json(press) for press in presses])
        await world.app.receiver.drain()
    assert await answer_of(world, maria) is Answer.DECLINED
    assert world.app.receiver.backlog == 0
