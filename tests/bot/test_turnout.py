"""Who comes, for the coordinator: by school, as a table; guests; answering for somebody."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from tests.bot.conftest import Person, Shown, World
from tests.bot.people import MEETING, OTHER_THAN_WORDS, call_off, come_in, come_in_maria, settle

ANNA = "Иванова Анна Львовна, районная библиотека"


async def at_the_list(world: World) -> Person:
    """The coordinator has «Кто придёт» before her: Мария comes, Анна does not, two are silent."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    anna = await come_in(world, 3003, "Быкова Анна Львовна", "СОШ № 9")
    await come_in(world, 4004, "Ким Ольга Юрьевна", "СОШ № 45")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await anna.says("Ближайшее")
    await anna.presses("Не смогу")
    await anna.presses("Уроки")
    await opened(head)
    return head


async def opened(head: Person) -> Shown:
    await head.says("Ближайшее")
    return await head.presses("Кто придёт")


async def at_more(world: World) -> Person:
    """The coordinator has what is rarer than the list before her."""
    head = await at_the_list(world)
    await head.presses("Ещё", of=head.sees)
    return head


async def test_what_stands_under_the_list(world: World) -> None:
    head = await at_the_list(world)
    assert head.sees.labels == [
        "По школам",
        "Гости",
        "Напомнить молчащим",
        "Явка",
        "Ещё",
        "‹ Назад",
    ]
    more = await head.presses("Ещё", of=head.sees)
    assert more.plain == "Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00\nЧто сделать?"
    assert more.labels == [
        "Ответить за человека",
        "Сколько мест",
        "Написать людям",
        "Excel",
        "‹ Назад",
    ]
    await head.presses("‹ Назад", of=more)
    world.clock.moment = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # it has begun
    assert (await head.presses("По школам")).labels == [
        "По ответам",
        "Гости",
        "Перекличка",
        "Явка",
        "Ещё",
        "‹ Назад",
    ]
    more = await head.presses("Ещё", of=head.sees)
    assert more.labels == ["Написать людям", "Excel", "‹ Назад"]


async def test_school_by_school(world: World) -> None:
    head = await at_the_list(world)
    assert (await head.presses("По школам")).plain == (
        "Заседание РМО\n"
        "Среда, 18 ноября, 14:00–16:00\n"
        "Придут из 1 школы. Пока никого – из 2.\n"
        "\n"
        "Лицей № 12 – пока никого\n"
        "Не ответили: Орлова Н. В.\n"
        "\n"
        "СОШ № 9 – пока никого\n"
        "Не смогут: Быкова А. Л.\n"
        "\n"
        "СОШ № 45\n"
        "Придут: Петрова М. И.\n"
        "Не ответили: Ким О. Ю."
    )
    assert "Придут – 1:" in (await head.presses("По ответам")).plain


async def test_many_schools_are_turned_page_by_page(world: World) -> None:
    head = await settle(world, MEETING)
    for number in range(1, 41):
        await come_in(world, 5000 + number, f"{'Щ' * 60} Анна Львовна", f"Школа «{'😀' * 90}» № {number}")
    await opened(head)
    await head.presses("По школам")
    assert "Пока никто не сказал «Приду».\n\nЛицей № 12 – пока никого" in head.sees.plain
    assert "Страница 1 из 5" in head.sees.plain
    for _ in range(3):
        await head.presses("Дальше")
    assert "Страница 4 из 5" in head.sees.plain
    assert "Страница 3 из 5" in (await head.presses("Раньше")).plain


async def test_a_large_school_fits_into_a_message(world: World) -> None:
    head = await settle(world, MEETING)
    for number in range(60):
        await come_in(world, 5000 + number, f"{'Щ' * 50}а Анна Львовна", "СОШ № 45")
    await opened(head)
    assert "…и ещё" in (await head.presses("По школам")).plain


def rows_of(file: Shown) -> list[list[str]]:
    """The rows of a table that was sent."""
    with zipfile.ZipFile(io.BytesIO(file.file or b"")) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    rows = (["".join(cell.itertext()) for cell in row] for row in sheet.iter("{*}row"))
    return [row for row in rows if row]


async def test_the_list_as_a_table(world: World) -> None:
    head = await at_the_list(world)
    await head.presses("Гости")
    await head.presses("Добавить гостя")
    await head.says("=Иванова Анна Львовна, +районная библиотека")
    await head.presses("Ещё", of=await opened(head))
    file = await head.presses("Excel")
    assert file.file_name == "кто придёт, 18 ноября.xlsx"
    assert file.plain.startswith("Список: Заседание РМО.\nВ нём есть причины")
    assert rows_of(file) == [
        ["Заседание РМО"],
        ["Среда, 18 ноября, 14:00–16:00"],
        ["№", "Фамилия, имя, отчество", "Школа, организация", "Ответ", "Причина", "Примечание"],
        ["1", "Петрова Мария Ивановна", "СОШ № 45", "придёт", "", ""],
        ["2", "=Иванова Анна Львовна", "+районная библиотека", "придёт", "", "гость"],
        ["3", "Ким Ольга Юрьевна", "СОШ № 45", "ответа нет", "", ""],
        ["4", "Орлова Наталья Викторовна", "Лицей № 12", "ответа нет", "", ""],
        ["5", "Быкова Анна Львовна", "СОШ № 9", "не сможет", "уроки", ""],
    ]


async def test_guests_come_and_go(world: World) -> None:
    head = await at_the_list(world)
    assert "Гостей пока нет" in (await head.presses("Гости")).plain
    asked = await head.presses("Добавить гостя")
    assert "с согласия человека" in asked.plain
    said = await head.says(f"{ANNA}\nЯшина Е. П.")
    assert said.plain == (
        "Гости – 2: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Иванова Анна Львовна, районная библиотека\n"
        "Яшина Е. П.\n"
        "Гости стоят в общем списке и считаются вместе со всеми."
    )
    assert "Придут 3 человека." in (await world.person(4004).says("Ближайшее")).plain
    await opened(head)
    assert "Иванова Анна Львовна, районная библиотека (гость)" in head.sees.plain
    assert "Гости\nИванова Анна Львовна, Яшина Е. П." in (await head.presses("По школам")).plain
    await head.presses("Гости")
    gone = head.data_of("Убрать: Яшина")
    await head.presses("Убрать: Яшина")
    assert "Гости – 1:" in (await head.presses_data(gone, head.sees.message_id)).plain
    assert "Придут – 2:" in (await head.presses("Назад")).plain


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("12", "Не вижу имени"),
        ("И" * 200, "слишком длинно для имени"),
        ("Иванова, №", "названия школы"),
        ("Иванова А. Л.\n" * 31, "не больше 30 гостей"),
    ],
)
async def test_what_cannot_be_understood_is_asked_again(world: World, words: str, refusal: str) -> None:
    head = await at_the_list(world)
    await head.presses("Гости")
    await head.presses("Добавить гостя")
    assert refusal in (await head.says(words)).plain
    assert "Гости – 1:" in (await head.says(ANNA)).plain


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_it_and_a_key_does(world: World, sent: dict[str, object]) -> None:
    head = await at_the_list(world)
    await head.presses("Гости")
    await head.presses("Добавить гостя")
    assert "нужны слова" in (await head.sends_other(**sent)).plain
    await head.says("Ближайшее")
    await head.says(ANNA)
    await opened(head)
    assert "Гостей пока нет" in (await head.presses("Гости")).plain


async def test_a_cancelled_event_has_no_guests(world: World) -> None:
    head = await at_the_list(world)
    await call_off(world, "Заседание")
    assert "Эта встреча отменена" in (await head.presses("Гости")).plain


async def test_an_answer_for_one_who_phoned(world: World) -> None:
    head = await at_more(world)
    picker = await head.presses("Ответить за человека")
    assert picker.plain == "За кого ответить? Заседание РМО (среда, 18 ноября, 14:00–16:00)"
    assert picker.labels[:2] == ["Быкова Анна Львовна · СОШ № 9", "Ким Ольга Юрьевна · СОШ № 45"]
    asked = await head.presses("Ким Ольга")
    assert asked.plain == (
        "Ким Ольга Юрьевна, СОШ № 45\n"
        "Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Сейчас: ответа нет. Что записать? Человек увидит этот ответ у себя и сможет изменить."
    )
    entered = await head.presses("Придёт")
    assert world.telegram.toasts[-1] == "Записано."
    assert entered.labels == ["✅ Придёт", "Не сможет", "Пока не знает", "‹ Назад"]
    await head.presses("Назад")
    await head.presses("Назад")
    assert "Придут – 2:\nКим Ольга Юрьевна" in head.sees.plain
    olga = world.person(4004)
    assert "Ваш ответ: приду." in (await olga.says("Ближайшее")).plain


async def test_the_members_have_pages(world: World) -> None:
    head = await settle(world, MEETING)
    for number, letter in enumerate("АБВГДЕЖЗИКЛ"):
        await come_in(world, 5000 + number, f"{letter}ванова Мария Ивановна", "СОШ № 45")
    await head.presses("Ещё", of=await opened(head))
    await head.presses("Ответить за человека")
    assert "Страница 1 из 2" in head.sees.plain
    await head.presses("Дальше")
    await head.presses("Лванова")
    await head.presses("Не сможет")
    await head.presses("Назад")
    assert "Страница 2 из 2" in head.sees.plain


async def test_one_who_left_is_not_answered_for(world: World) -> None:
    head = await at_more(world)
    await head.presses("Ответить за человека")
    olga = head.data_of("Ким Ольга")
    who = world.person(4004)
    await who.says("/stop")
    await who.presses("Выйти из списка")
    await who.presses("Да, выйти")
    assert "больше нет" in (await head.presses_data(olga, head.sees.message_id)).plain


async def test_once_it_has_begun_nothing_is_entered(world: World) -> None:
    head = await at_more(world)
    await head.presses("Ответить за человека")
    await head.presses("Ким Ольга")
    world.clock.moment = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
    assert "уже началась" in (await head.presses("Придёт")).plain


async def test_members_do_not_see_it(world: World) -> None:
    await at_the_list(world)
    maria = world.person(2002)
    for data in (
        "schools:1:0",
        "xlsx:1",
        "whom:1:0",
        "her:1:1:0",
        "af:1:1:going:0",
        "guests:1",
        "guest-:1:1",
    ):
        assert "только руководитель" in (await maria.presses_data(data)).plain
