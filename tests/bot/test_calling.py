"""«Позвоните»: whom the bot cannot reach; answers entered for them; people added by hand."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, come_in, come_in_maria, settle

MARIA = "Петрова Мария Ивановна"
OLGA = "Белова Ольга Петровна, Гимназия № 21, 8 (913) 123-45-67"


async def at_the_list(world: World) -> Person:
    """The coordinator has «Позвоните» before her; Мария blocked the bot."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.blocks()
    await opened(head)
    return head


async def opened(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Позвоните")


async def adds(head: Person, words: str) -> str:
    """Adds somebody by hand; returns what the bot said."""
    await head.presses("Добавить человека")
    await head.presses("Согласие получено")
    return (await head.says(words)).plain


async def test_the_list(world: World) -> None:
    head = await at_the_list(world)
    assert head.sees.plain == (
        "Позвоните: Заседание РМО (среда, 18 ноября, 14:00–16:00). Сообщения не доходят до 1 человека.\n"
        "1. Петрова Мария Ивановна, СОШ № 45, телефона нет\n"
        "Ответ отметьте кнопкой – он встанет в общий список."
    )
    assert head.sees.labels == ["1. Придёт", "1. Не сможет", "Добавить человека"]


async def test_an_answer_is_entered_in_one_tap(world: World) -> None:
    head = await at_the_list(world)
    await head.presses("1. Придёт")
    assert "телефона нет – придёт" in head.sees.plain
    assert head.sees.labels[:2] == ["✅ 1. Придёт", "1. Не сможет"]
    await head.presses("1. Не сможет")
    assert "телефона нет – не сможет" in head.sees.plain
    await head.presses("1. Придёт")
    await head.says("Ближайшее")
    assert "Придёт 1 человек." in head.sees.plain
    assert f"Придут – 1:\n{MARIA}" in (await head.presses("Кто придёт")).plain


async def test_a_second_press_changes_nothing(world: World) -> None:
    head = await at_the_list(world)
    going = head.data_of("1. Придёт")
    await head.presses("1. Придёт")
    before = head.sees.message_id
    await head.presses_data(going)
    assert "телефона нет – придёт" in next(one for one in head.chat.shown if one.message_id == before).plain


async def test_one_who_is_back_answers_herself(world: World) -> None:
    head = await at_the_list(world)
    await world.person(2002).blocks(status="member")
    assert "ответ придёт от самого человека" in (await head.presses("1. Придёт")).plain
    await opened(head)
    assert "Звонить некому" in head.sees.plain


async def test_one_who_left_is_not_in_the_list(world: World) -> None:
    head = await at_the_list(world)
    maria = world.person(2002)
    await maria.says("/stop")
    await maria.presses("Выйти из списка")
    await maria.presses("Да, выйти")
    assert "больше нет" in (await head.presses("1. Придёт")).plain


async def test_without_an_event_there_is_nothing_to_ask(world: World) -> None:
    head = await settle(world, LAW)
    await opened(head)
    assert "на которые сейчас нужен ответ, нет" in head.sees.plain


async def test_once_it_has_begun_answers_are_not_taken(world: World) -> None:
    head = await at_the_list(world)
    world.clock.forward(days=16, hours=5)
    assert "уже началась" in (await head.presses("1. Придёт")).plain


async def test_a_person_without_telegram_stands_in_every_list(world: World) -> None:
    head = await settle(world, MEETING)
    await opened(head)
    await head.presses("Добавить человека")
    assert "с согласия человека" in head.sees.plain
    await head.presses("Согласие получено")
    said = (await head.says(OLGA)).plain
    assert "Белова Ольга Петровна теперь в списке: Гимназия № 21, +7 913 123-45-67." in said
    await head.presses("Позвоните")
    assert "1. Белова Ольга Петровна, Гимназия № 21, +7 913 123-45-67" in head.sees.plain
    await head.presses("1. Придёт")
    await head.says("Ближайшее")
    assert "Белова Ольга Петровна, Гимназия № 21" in (await head.presses("Кто придёт")).plain


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("Белова Ольга Петровна", "всех трёх частей"),
        ("Белова, СОШ 45, 8 913 123-45-67", "одного слова мало"),
        ("Белова Ольга Петровна, СОШ 45, 123", "понять номер"),
        ("Белова Ольга Петровна, СОШ 45, позвоните в школу", "понять номер"),
        ("Белова Ольга Петровна, №, 8 913 123-45-67", "названия школы"),
    ],
)
async def test_what_cannot_be_understood_is_asked_again(world: World, words: str, refusal: str) -> None:
    head = await settle(world, MEETING)
    await opened(head)
    assert refusal in await adds(head, words)
    assert "теперь в списке" in (await head.says(OLGA)).plain


async def test_the_same_name_twice_is_asked_about(world: World) -> None:
    head = await at_the_list(world)
    assert "такое имя в списке уже есть" in await adds(head, f"{MARIA}, СОШ 45, 8 913 123-45-67")


async def test_nothing_is_written_down_before_the_consent(world: World) -> None:
    head = await settle(world, MEETING)
    await opened(head)
    await head.presses("Добавить человека")
    await head.says(OLGA)
    await opened(head)
    assert "Звонить некому" in head.sees.plain


async def test_a_long_list_has_pages(world: World) -> None:
    head = await settle(world, MEETING)
    for number, letter in enumerate("АБВГДЕЖ"):
        name = f"{letter}ванова Мария Ивановна"
        await (await come_in(world, 5000 + number, name, "СОШ № 45")).blocks()
    await opened(head)
    assert "Страница 1 из 2" in head.sees.plain
    await head.presses("Дальше")
    assert "7. Жванова Мария Ивановна" in head.sees.plain
    await head.presses("7. Не сможет")
    assert "Страница 2 из 2" in head.sees.plain
    await head.presses("Раньше")
    assert "1. Аванова Мария Ивановна" in head.sees.plain


async def test_members_do_not_see_it(world: World) -> None:
    await at_the_list(world)
    maria = world.person(2002)
    assert "только руководитель" in (await maria.presses_data("call:0:0")).plain
    assert "только руководитель" in (await maria.presses_data("for:1:1:going:0")).plain


# --- One's own telephone ----------------------------------------------------------------------------------


async def at_her_data(maria: Person) -> None:
    await maria.says("Настройки")
    await maria.presses("Мои данные")


async def test_ones_own_telephone(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await at_her_data(maria)
    await maria.presses("Телефон")
    assert "Это по желанию: номер видит только руководитель" in maria.sees.plain
    assert "понять номер" in (await maria.says("12-34")).plain
    assert "Записано: +7 913 123-45-67." in (await maria.says("89131234567")).plain
    await at_her_data(maria)
    assert "Телефон: +7 913 123-45-67" in maria.sees.plain
    await maria.blocks()
    await opened(head)
    assert "СОШ № 45, +7 913 123-45-67" in head.sees.plain


async def test_it_can_go_again(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await at_her_data(maria)
    await maria.presses("Телефон")
    await maria.says("+49 30 123456789")
    await maria.presses("Телефон")
    assert "Телефон: +4930123456789" in maria.sees.plain
    assert "Номер убран." in (await maria.presses("Убрать номер")).plain
    await at_her_data(maria)
    assert "Телефон: не указан" in maria.sees.plain
