"""What is not understood, «Передать руководителю», and the reply on its way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.updates import ALLOWED
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    OTHER_THAN_WORDS,
    PHOTO,
    PLACE,
    STICKER,
    VOICE,
    WORKSHOP,
    come_in,
    come_in_maria,
    settle,
)
from tests.builders import stored

MakeWorld = Callable[[str], Awaitable[World]]


async def a_member(world: World) -> Person:
    await settle(world, WORKSHOP)
    return await come_in_maria(world)


async def test_help(world: World) -> None:
    maria = await a_member(world)
    said = await maria.says("Помощь")
    assert "Вот что я умею" in said.plain
    assert said.labels == ["Передать руководителю"]
    assert (await maria.says("как этим пользоваться?")).plain == said.plain


async def test_a_coordinator_is_not_sent_to_herself(world: World) -> None:
    head = await settle(world, WORKSHOP)
    helped = await head.says("Помощь")
    assert "Руководителю – назвать день, создать встречу" in helped.plain
    for said in (
        helped,
        await head.says("Нам не привезли учебники"),
        await head.sends_other(**VOICE),
        await head.sends_other(**STICKER),
        await head.says("/nonsense"),
        await head.says("заболела, не приду"),
    ):
        assert "передам" not in said.plain
        assert "Передать руководителю" not in said.labels
    assert "Назвать день – «Руководителю», «Назвать дни»." in head.sees.plain


async def test_what_is_not_understood_can_be_passed_word_for_word(world: World) -> None:
    maria = await a_member(world)
    said = await maria.says("Нам не привезли <b>учебники</b> & тетради!")
    assert "Не получилось понять" in maria.chat.shown[-2].plain
    assert said.labels == ["Передать руководителю"]
    passed = await maria.presses("Передать руководителю")
    assert passed.plain == (
        "Передано руководителю: «Нам не привезли <b>учебники</b> & тетради!».\nОтвет придёт сюда."
    )
    await world.rings()
    assert world.head.sees.plain == (
        "Петрова Мария Ивановна, СОШ № 45 спрашивает:\nНам не привезли <b>учебники</b> & тетради!"
    )
    assert world.head.sees.labels == ["Ответить"]


async def test_the_reply_goes_back(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Нам не привезли учебники")
    await maria.presses("Передать руководителю")
    await world.rings()
    assert "Петрова Мария Ивановна" in (await world.head.presses("Ответить")).plain
    assert "Передано." in (await world.head.says("Привезут <завтра>")).plain
    await world.rings()
    assert maria.sees.plain == (
        "Ответ руководителя на ваш вопрос «Нам не привезли учебники»:\nПривезут <завтра>"
    )


async def test_a_question_of_ones_own(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Помощь")
    assert "Напишите вопрос одним сообщением" in (await maria.presses("Передать руководителю")).plain
    assert "Передано руководителю: «что дальше?»" in (await maria.says("что дальше?")).plain
    assert "Мастер-класс" in (await maria.says("что дальше?")).plain


async def test_passed_once_however_often_it_is_pressed(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Нам не привезли учебники")
    press = maria.data_of("Передать руководителю")
    await world.feed(maria.pressing(press), maria.pressing(press))
    assert "Этих слов у меня уже нет" in maria.sees.plain
    await world.rings()
    assert world.head.sees_all.count("Нам не привезли учебники") == 1


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (VOICE, "Голос я пока не понимаю"),
        (STICKER, "Понимаю я только слова и кнопки"),
        (PHOTO, "Картинку я не разберу"),
        ({"text": "/fly"}, "Такой команды я не знаю"),
    ],
)
async def test_no_words_get_a_helpful_answer_too(world: World, sent: dict[str, object], answer: str) -> None:
    maria = await a_member(world)
    said = await maria.sends_other(**sent)
    assert answer in said.plain
    assert said.labels == ["Передать руководителю"]


async def test_what_is_changed_later_is_not_read_again(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    assert "новым сообщением" in (await maria.changes_to("Где парковка?")).plain
    assert "Передано" in (await maria.says("Где парковка?")).plain  # the question is still open
    stored_before = len(await stored(world.app.database, tables.inbox))
    shown = len(maria.chat.shown)
    await maria.changes_to(**PLACE)  # a place that moves
    await maria.changes_to(text="Коллеги!", chat={"id": -5, "type": "group"})
    assert len(maria.chat.shown) == shown
    assert len(await stored(world.app.database, tables.inbox)) == stored_before
    assert "edited_message" in ALLOWED


async def test_a_voice_can_be_told_of(world: World) -> None:
    maria = await a_member(world)
    await maria.sends_other(**VOICE)
    await maria.presses("Передать руководителю")
    await world.rings()
    assert "Хочу поговорить" in world.head.sees.plain


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_asking_or_replying(world: World, sent: dict[str, object]) -> None:
    maria = await a_member(world)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    assert "Передать могу только слова" in (await maria.sends_other(**sent)).plain
    assert "Передано" in (await maria.says("Где парковка?")).plain
    await world.rings()
    await world.head.presses("Ответить")
    assert "Передать могу только слова" in (await world.head.sends_other(**sent)).plain
    await world.head.says("Во дворе")
    await world.rings()
    assert "Во дворе" in maria.sees.plain


async def test_the_longest_words_arrive_whole(world: World) -> None:
    maria = await a_member(world)
    question, answer = "<&\"'" * 1024, "😀" * 2048
    await maria.says(question)
    await maria.presses("Передать руководителю")
    await world.rings()
    shown = "".join(one.plain for one in world.head.chat.shown)
    assert shown.count("<&\"'") == 1024
    await world.head.presses("Ответить")
    await world.head.says(answer)
    await world.rings()
    assert "".join(one.plain for one in maria.chat.shown).count("😀") == 2048


async def test_a_key_leaves_asking(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    await maria.says("Ближайшее")
    assert "Передано" not in (await maria.says("что дальше")).plain


async def test_two_coordinators_and_one_reply(world: World) -> None:
    maria = await a_member(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45", Role.COORDINATOR)
    await maria.says("Где парковка во дворе лицея?")
    await maria.presses("Передать руководителю")
    await world.rings()
    await world.head.presses("Ответить")
    await olga.presses("Ответить")
    await world.head.says("Слева")
    assert "На этот вопрос уже ответили" in (await olga.says("Справа")).plain
    assert "Мастер-класс" in (await olga.says("что дальше?")).plain
    assert "На этот вопрос уже ответили" in (await olga.presses("Ответить")).plain
    await world.rings()
    assert "Справа" not in maria.sees_all


async def test_with_no_coordinator_it_says_so(world: World) -> None:
    maria = await a_member(world)
    await world.head.says("/stop")
    await world.head.presses("Выйти из списка")
    await world.head.presses("Да, выйти")
    await maria.says("Где парковка?")
    assert "передать пока некому" in (await maria.presses("Передать руководителю")).plain


async def test_one_who_asked_and_was_erased_gets_no_reply(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Где парковка?")
    await maria.presses("Передать руководителю")
    await world.rings()
    await world.head.presses("Ответить")
    await maria.says("/stop")
    await maria.presses("Стереть всё")
    await maria.presses("Да, стереть")
    assert "Этого вопроса больше нет" in (await world.head.says("Во дворе")).plain


async def test_asking_goes_on_after_a_restart(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    maria = await a_member(world)
    await maria.says("Нам не привезли учебники")
    press = maria.data_of("Передать руководителю")
    world = await make_world(sqlite_url)
    assert "Передано" in (await world.person(maria.id).presses_data(press)).plain
    world = await make_world(sqlite_url)
    await world.rings()
    await world.head.presses("Ответить")
    world = await make_world(sqlite_url)
    assert "Передано" in (await world.head.says("Завтра")).plain
    await world.rings()
    assert "Завтра" in world.person(maria.id).sees.plain
