"""After «Не смогу»: what was in the way, and who comes in her place."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from actions.associations import add_association
from domain.records import Attendee
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import (
    MEETING,
    OTHER_THAN_WORDS,
    come_in,
    come_in_maria,
    event_called,
    settle,
)

ASKED = (
    "Что помешало? Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
    "Отвечать необязательно. Причину увидит только руководитель, а в конце учебного года я её сотру."
)


async def declines(world: World) -> Person:
    """Мария, who has a colleague at her school, says that she cannot come."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await come_in(world, 3003, "Быкова Анна Львовна", "СОШ № 45")
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    return maria


async def hers(world: World) -> Attendee:
    """What is stored of Мария's answer."""
    event = await event_called(world, "Заседание")
    async with world.stored() as rows:
        everybody = await rows.association(1).rsvps.attendees(event.id)
    return next(one for one in everybody if one.name.surname == "Петрова")


async def list_of(world: World) -> str:
    """«Кто придёт» as the coordinator sees it."""
    head = world.head
    await head.says("Ближайшее")
    return (await head.presses("Кто придёт")).plain


async def test_it_is_asked_once_and_gently(world: World) -> None:
    maria = await declines(world)
    assert maria.sees.plain == ASKED
    assert maria.sees.labels == [
        "Уроки",
        "Дела школы",
        "Семейные обстоятельства",
        "Другое – напишу",
        "Не скажу",
        "За меня придёт коллега",
    ]
    world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    assert maria.sees_all.count("Что помешало?") == 1


async def test_a_reason_by_a_button(world: World) -> None:
    maria = await declines(world)
    noted = await maria.presses("Семейные")
    assert noted.plain == "Записано: семейные обстоятельства. Спасибо, что сказали!"
    assert noted.labels == ["За меня придёт коллега", "Не записывать это", "Карточка встречи"]
    assert "Петрова Мария Ивановна, СОШ № 45 (семейные обстоятельства)" in await list_of(world)
    assert "Заседание РМО: не смогу (семейные обстоятельства)" in (await maria.says("Мои ответы")).plain


async def test_a_reason_in_her_own_texts(world: World) -> None:
    maria = await declines(world)
    assert "Напишите одним сообщением" in (await maria.presses("Другое – напишу")).plain
    assert "хватит 300 знаков" in (await maria.says("конкурс " * 50)).plain
    assert "Записано: «конкурс <чтецов>»." in (await maria.says("конкурс\n<чтецов>")).plain
    assert "(«конкурс <чтецов>»)" in await list_of(world)


@pytest.mark.parametrize("words", ["конкурс чтецов", "Совещание у директора", "заболела", "ремонт, переезд"])
async def test_who_simply_writes_it_is_understood(world: World, words: str) -> None:
    maria = await declines(world)
    assert f"Записано: «{words}»." in (await maria.says(words)).plain
    assert (await hers(world)).reason == words


async def test_what_is_written_much_later_is_about_something_else(world: World) -> None:
    """She was asked without having wished it; a coordinator has nobody to pass it to, others do."""
    maria = await declines(world)
    world.clock.forward(hours=5)
    assert "Записано: «педсовет»." in (await maria.says("педсовет")).plain
    taken_back = await maria.presses("Не записывать это")
    assert taken_back.plain == "Хорошо, причину не записываю."
    assert taken_back.labels == ["За меня придёт коллега", "Карточка встречи"]
    assert (await hers(world)).reason == ""
    await maria.presses("Приду", of=await maria.says("Ближайшее"))
    await maria.presses("Не смогу")
    world.clock.forward(hours=30)
    assert "Записано" not in (await maria.says("Позвать директора")).plain
    assert (await hers(world)).reason == ""
    assert "Записано" not in (await maria.says("заболела")).plain


@pytest.mark.parametrize("words", ["что дальше?", "когда семинар?", "Лицей 12?", "мои ответы"])
async def test_a_question_is_no_reason(world: World, words: str) -> None:
    maria = await declines(world)
    assert "Записано" not in (await maria.says(words)).plain
    # Once she spoke of something else, nothing is taken for a reason any more.
    assert "Записано" not in (await maria.says("заболела")).plain
    assert (await hers(world)).reason == ""


async def test_she_need_not_say(world: World) -> None:
    maria = await declines(world)
    assert (await maria.presses("Не скажу")).plain == "Хорошо, причину не записываю."
    assert "не смогу\n" in (await maria.says("Мои ответы")).plain


async def test_what_was_said_can_be_taken_back(world: World) -> None:
    maria = await declines(world)
    asked = maria.sees
    untold = maria.data_of("Не скажу")
    await maria.presses("Уроки")
    assert (await hers(world)).reason == "lessons"
    await maria.presses_data(untold, asked.message_id)
    assert (await hers(world)).reason == ""


async def test_it_goes_with_the_answer(world: World) -> None:
    maria = await declines(world)
    await maria.presses("Уроки")
    await maria.presses("За меня придёт")
    await maria.presses("Быкова Анна Львовна")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await maria.presses("Не смогу")
    mine = await hers(world)
    assert (mine.reason, mine.substitute_id) == ("", None)


async def test_a_press_after_she_changed_her_mind_is_explained(world: World) -> None:
    maria = await declines(world)
    lessons, instead = maria.data_of("Уроки"), maria.data_of("За меня придёт")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    for data in (lessons, instead):
        said = await maria.presses_data(data, maria.sees.message_id)
        assert said.plain.startswith("Сейчас ваш ответ другой")
        assert "Ваш ответ: приду." in said.plain


async def test_a_reason_may_come_late(world: World) -> None:
    maria = await declines(world)
    await maria.presses("Другое – напишу")
    world.clock.moment = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    assert "Записано: «сессия»" in (await maria.says("сессия")).plain


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_it(world: World, sent: dict[str, object]) -> None:
    maria = await declines(world)
    await maria.presses("Другое – напишу")
    assert "нужны слова" in (await maria.sends_other(**sent)).plain
    assert "Записано: «сессия»" in (await maria.says("сессия")).plain
    await maria.presses("За меня придёт")
    assert "нужны слова" in (await maria.sends_other(**sent)).plain
    assert "вместо вас – Ким Ольга" in (await maria.says("Ким Ольга")).plain


async def test_a_key_leaves_it(world: World) -> None:
    maria = await declines(world)
    await maria.presses("Другое – напишу")
    await maria.says("Ближайшее")
    await maria.says("сессия")
    assert (await hers(world)).reason == ""


async def test_a_colleague_comes_instead(world: World) -> None:
    maria = await declines(world)
    asked = await maria.presses("За меня придёт коллега")
    assert "Кто придёт вместо вас?" in asked.plain
    assert asked.labels == ["Быкова Анна Львовна", "Никто не придёт"]
    said = await maria.presses("Быкова")
    assert said.plain == (
        "Записано: вместо вас – Быкова Анна Львовна.\n"
        "Руководитель увидит это в списке: Заседание РМО.\n"
        "Попросите, пожалуйста, коллегу нажать «Приду»: каждый отвечает за себя."
    )
    assert "не смогу, вместо вас – Быкова Анна Львовна" in (await maria.says("Мои ответы")).plain
    listed = await list_of(world)
    assert "Петрова Мария Ивановна, СОШ № 45 (вместо себя – Быкова А. Л.)" in listed
    assert "Быкова Анна Львовна, СОШ № 45 (вместо: Петрова М. И.)" in listed
    assert "Придут – 0." in listed
    anna = world.person(3003)
    await anna.says("Ближайшее")
    await anna.presses("Приду")
    assert "Придут – 1:\nБыкова Анна Львовна, СОШ № 45 (вместо: Петрова М. И.)" in await list_of(world)


async def test_somebody_by_name_counts_among_those_who_come(world: World) -> None:
    maria = await declines(world)
    await maria.presses("За меня придёт коллега")
    assert "Не вижу имени" in (await maria.says("12345")).plain
    assert "вместо вас – Ким Ольга Юрьевна." in (await maria.says("Ким Ольга Юрьевна")).plain
    listed = await list_of(world)
    assert "Придут – 1:\nКим Ольга Юрьевна, СОШ № 45 (вместо: Петрова М. И.)" in listed
    assert "Петрова Мария Ивановна, СОШ № 45 (вместо себя – Ким Ольга Юрьевна)" in listed
    assert "Придёт 1 человек." in (await world.head.says("Ближайшее")).plain
    await maria.presses("Придёт кто-то другой")
    assert "никого не записываю" in (await maria.presses("Никто не придёт")).plain
    assert "Придут – 0." in await list_of(world)


async def test_a_substitute_may_be_named_later_from_the_card(world: World) -> None:
    maria = await declines(world)
    await maria.presses("Не скажу")
    card = await maria.says("Ближайшее")
    assert "За меня придёт коллега" in card.labels
    await maria.presses("За меня придёт коллега", of=card)
    await maria.says("Ким Ольга Юрьевна")
    assert "Придёт 1 человек. Ваш ответ: не смогу." in (await maria.presses("Карточка встречи")).plain
    assert "За меня придёт коллега" not in (await maria.presses("Приду")).labels


async def test_a_colleague_s_name_in_words_is_the_colleague(world: World) -> None:
    maria = await declines(world)
    await maria.presses("За меня придёт коллега")
    await maria.says("быкова анна львовна")
    assert (await hers(world)).substitute_name == ""
    assert "Попросите, пожалуйста, коллегу" in maria.sees.plain


async def test_alone_at_her_school_she_writes_a_name(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    asked = await maria.presses("За меня придёт")
    assert "Напишите фамилию, имя и отчество, например" in asked.plain
    assert asked.labels == ["Никто не придёт"]


async def test_a_colleague_who_is_not_of_her_school_is_refused(world: World) -> None:
    maria = await declines(world)
    await maria.presses("За меня придёт")
    anna = maria.data_of("Быкова")
    person = anna.rpartition(":")[2]
    head = str((await world.actor(world.head)).person_id)
    assert "Этого коллеги" in (await maria.presses_data(anna.replace(f":{person}", f":{head}"))).plain
    assert (await hers(world)).substitute_id is None


async def test_once_it_has_begun_nobody_is_named(world: World) -> None:
    maria = await declines(world)
    await maria.presses("За меня придёт")
    world.clock.moment = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
    assert "уже началась" in (await maria.says("Ким Ольга Юрьевна")).plain


async def test_who_acts_elsewhere_answers_where_the_event_is(world: World) -> None:
    maria = await declines(world)
    asked = maria.sees
    lessons = maria.data_of("Уроки")
    now, zone = world.clock.now(), "Asia/Novosibirsk"
    other = await add_association(world.uow(), "РМО Приозёрного района", zone, now)
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", Role.COORDINATOR, other)
    await maria.presses_data(lessons, asked.message_id)
    assert (await hers(world)).reason == "lessons"


async def test_it_is_taken_away_and_erased_with_everything_else(world: World) -> None:
    maria = await declines(world)
    await maria.presses("Уроки")
    await maria.presses("За меня придёт")
    await maria.presses("Быкова")
    await maria.says("Настройки")
    await maria.presses("Мои данные")
    file = await maria.presses("Скачать")
    [mine] = json.loads(file.file or b"")["answers"]
    assert (mine["reason"], mine["substitute"]) == ("lessons", "Быкова Анна Львовна")
    anna = world.person(3003)
    await anna.says("/stop")
    await anna.presses("Стереть всё")
    await anna.presses("Да, стереть")
    assert (await hers(world)).substitute_id is None


async def test_colleagues_do_not_see_it(world: World) -> None:
    maria = await declines(world)
    await maria.presses("Уроки")
    anna = world.person(3003)
    for words in ("Ближайшее", "План на год", "Мои ответы", "Петрова"):
        await anna.says(words)
    assert "Петрова" not in anna.sees_all
    assert "уроки" not in anna.sees_all
