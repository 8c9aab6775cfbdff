"""«Настройки», «Мои данные»: seen, corrected, taken away, withdrawn, erased."""

from __future__ import annotations

import json

import pytest

from domain.full_names import FullName
from storage.unit_of_work import UnitOfWork
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, OTHER_THAN_WORDS, come_in_maria, settle


async def at_her_data(world: World) -> Person:
    """Мария has «Мои данные» before her."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Настройки")
    await maria.presses("Мои данные")
    return maria


async def test_seen(world: World) -> None:
    maria = await at_her_data(world)
    assert maria.sees.plain == (
        "Мои данные\n"
        "Имя: Петрова Мария Ивановна\n"
        "Школа: СОШ № 45\n"
        "Объединение: РМО Заречного района\n"
        "Телефон: не указан\n"
        "Согласие: дано 2 ноября 2026 г.\n"
        "Кроме этого храню номер в Telegram, ваши ответы и вопросы руководителю."
    )


async def test_the_name_is_corrected(world: World) -> None:
    maria = await at_her_data(world)
    assert "фамилию, имя и отчество" in (await maria.presses("Исправить имя")).plain
    assert (
        "Исправлено: Петрова-Водкина Мария Ивановна."
        in (await maria.says("Петрова-Водкина Мария Ивановна")).plain
    )
    assert (await world.actor(maria)).name == FullName("Петрова-Водкина", "Мария", "Ивановна")
    assert "Не получилось понять" not in (await maria.says("Ближайшее")).plain


async def test_the_school_is_corrected_in_words_and_by_a_button(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Исправить школу")
    assert "Исправлено: Гимназия № 21." in (await maria.says("Гимназия № 21")).plain
    await maria.presses("Исправить школу")
    assert "Исправлено: Лицей № 12." in (await maria.presses("Лицей № 12")).plain
    assert (await world.actor(maria)).school == "Лицей № 12"


async def test_an_old_list_of_schools_changes_nothing(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Исправить школу")
    await maria.says("Ближайшее")
    assert "Школа у вас записана: СОШ № 45." in (await maria.presses("Лицей № 12")).plain
    assert (await world.actor(maria)).school == "СОШ № 45"


async def test_another_school_may_be_typed_long_after(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Исправить школу")
    await maria.says("Ближайшее")
    await maria.presses("Другая")
    assert "Исправлено: Гимназия № 21." in (await maria.says("Гимназия № 21")).plain


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_correcting(world: World, sent: dict[str, object]) -> None:
    maria = await at_her_data(world)
    await maria.presses("Исправить имя")
    assert "фамилию, имя" in (await maria.sends_other(**sent)).plain
    assert "одного слова мало" in (await maria.says("Петрова")).plain
    assert "Исправлено" in (await maria.says("Петрова Анна Ивановна")).plain
    await maria.presses("Исправить школу")
    assert "школе" in (await maria.sends_other(**sent)).plain
    assert "Исправлено" in (await maria.says("СОШ № 46")).plain


async def test_her_own_card_gives_her_telephone(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Телефон")
    of_another = {"phone_number": "+79137654321", "first_name": "Анна", "user_id": 3003}
    assert "Это номер другого человека" in (await maria.sends_other(contact=of_another)).plain
    hers = {"phone_number": "79131234567", "first_name": "Мария", "user_id": 2002}
    assert (await maria.sends_other(contact=hers)).plain == "Записано: +7 913 123-45-67."


async def test_a_key_leaves_correcting(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Исправить имя")
    await maria.says("Помощь")
    await maria.says("Сидорова Анна Павловна")
    assert (await world.actor(maria)).name == FullName("Петрова", "Мария", "Ивановна")


async def test_taken_away_as_json(world: World) -> None:
    maria = await at_her_data(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    await maria.says("Где парковка?")
    file = await maria.presses("Скачать")
    assert file.file_name == "мои данные.json"
    kept = json.loads(file.file or b"")
    assert kept["telegram_id"] == maria.id
    assert (kept["surname"], kept["given_name"], kept["patronymic"]) == ("Петрова", "Мария", "Ивановна")
    assert (kept["school"], kept["association"]) == ("СОШ № 45", "РМО Заречного района")
    assert kept["consent"]["version"] == 1
    assert kept["consent"]["text"]
    assert kept["consent"]["at"].startswith("2026-11-02T03:00")
    assert kept["answers"][0]["answer"] == "going"
    assert kept["questions"][0]["question"] == "Где парковка?"


async def test_withdrawn(world: World) -> None:
    maria = await at_her_data(world)
    await maria.says("Ближайшее")
    going = maria.data_of("Приду")
    await maria.presses("Приду")
    assert "Выйти из списка?" in (await maria.presses("Выйти из списка")).plain
    await maria.presses("Да, выйти")
    assert "Вы вышли из списка" in maria.chat.shown[-2].plain
    assert "Чтобы войти" in (await maria.says("Ближайшее")).plain
    assert "Вас пока нет в списке" in (await maria.presses_data(going)).plain
    world.clock.forward(days=15, hours=8)
    seen = len(maria.chat.shown)
    await world.rings()
    assert len(maria.chat.shown) == seen
    await world.head.says("Ближайшее")
    assert "Петрова" not in (await world.head.presses("Кто придёт")).plain


async def test_erased(world: World) -> None:
    maria = await at_her_data(world)
    export = maria.data_of("Скачать")
    await maria.says("Ближайшее")
    going = maria.data_of("Приду")
    await maria.presses("Приду")
    erasing = (await maria.presses("Стереть всё")).plain
    assert "Стереть всё?" in erasing
    assert "Других руководителей" not in erasing
    assert "всё, что здесь о вас было, стёрто" in (await maria.presses("Да, стереть")).plain
    async with world.stored() as rows:
        assert await rows.people.actor(maria.id) is None
    assert "Вас пока нет в списке" in (await maria.presses_data(going)).plain
    assert "Вас пока нет в списке" in (await maria.presses_data(export)).plain
    await world.head.says("Ближайшее")
    assert "Пока никто не сказал" in world.head.sees.plain


async def test_a_coordinator_erases_herself_and_her_work_stays(world: World) -> None:
    head = await settle(world, LAW)
    maria = await come_in_maria(world)
    await head.says("Руководителю")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    await maria.says("Где парковка?")
    await world.rings()
    await head.presses("Ответить")
    await head.says("Во дворе.")
    await head.says("/stop")
    alone = "Других руководителей у объединения нет"
    assert alone in (await head.presses("Выйти из списка")).plain
    await head.says("/stop")
    assert alone in (await head.presses("Стереть всё")).plain
    assert "стёрто" in (await head.presses("Да, стереть")).plain
    await world.rings()
    assert "Во дворе." in maria.sees_all
    assert "25 ноября" in (await maria.says("Ближайшее")).plain


async def test_she_thinks_better_of_it(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Выйти из списка")
    assert "ничего не меняю" in (await maria.presses("Нет, оставить")).plain
    await maria.says("/stop")
    await maria.presses("Стереть всё")
    await maria.presses("Нет, оставить")
    assert "Заседание" in (await maria.says("Ближайшее")).plain


async def test_one_who_has_only_consented_may_leave_as_well(world: World) -> None:
    head = world.head
    await head.says("/start")
    await head.presses("Соглас")
    await head.says("/settings")
    assert "Имя: –" in (await head.presses("Мои данные")).plain
    await head.presses("Стереть всё")
    await head.presses("Да, стереть")
    async with world.stored() as rows:
        assert await rows.people.actor(head.id) is None


async def test_one_who_left_can_still_have_all_erased(world: World) -> None:
    maria = await at_her_data(world)
    await maria.presses("Выйти из списка")
    await maria.presses("Да, выйти")
    await maria.presses("Стереть всё")
    assert "стёрто" in (await maria.presses("Да, стереть")).plain
    async with UnitOfWork(world.app.database).reading() as rows:
        assert await rows.people.actor(maria.id) is None
