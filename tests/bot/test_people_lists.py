"""Lists of people: sent, previewed, saved with their consent, taken back; what is kept of people."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile
from openpyxl import load_workbook

from actions.associations import add_association
from bot.views.people_list_keys import SaveList, TakeListBack
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, PHOTO, come_in, come_in_maria, settle
from tests.bot.test_plans import PLAN
from tests.documents.paper import docx_of
from tests.documents.test_people_list import HEAD, MARIA, OLGA, xlsx_of

LOCKED = b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le")
ANNA = ("Ким Анна", "СОШ № 99", "библиотекарь", "", "", "")


def a_list(*people: Sequence[object]) -> bytes:
    """A workbook with these people."""
    return xlsx_of([["Список библиотекарей"], HEAD, *people])


async def sends(world: World, *people: Sequence[object]) -> Person:
    """The coordinator has sent a list."""
    head = await settle(world, MEETING)
    await head.sends(a_list(*people), "список.xlsx")
    return head


async def saves(world: World, *people: Sequence[object]) -> Person:
    """The coordinator has saved a list."""
    head = await sends(world, *people)
    await head.presses("Да, согласились – сохранить")
    return head


async def people(world: World) -> list[str]:
    """Who is in the lists, by surname."""
    async with world.stored() as rows:
        return [one.name.full for one in await rows.association(1).roster.everybody()]


async def everything(world: World) -> str:
    """Every row of every table, as text."""
    async with world.stored() as rows:
        tables = (await rows.connection.exec_driver_sql("SELECT name FROM sqlite_master")).scalars()
        found = [
            (await rows.connection.exec_driver_sql(f"SELECT * FROM {name}")).all()
            for name in tables
            if not name.startswith(("sqlite", "ix_", "uq_"))
        ]
    return repr(found)


async def at_the_list(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Ещё")


async def turns_on(head: Person, *labels: str) -> None:
    await at_the_list(head)
    await head.presses("Что хранить")
    for label in labels:
        await head.presses(label)


async def opens(head: Person, surname: str) -> str:
    """Somebody's card, as it reads."""
    await head.says("Руководителю")
    await head.presses("Люди")
    return (await head.says(surname)).plain


async def test_how_a_list_is_sent(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Люди")
    assert "Загрузить список" in (await head.presses("Ещё")).labels
    said = await head.presses("Загрузить список")
    assert "Петрова Мария Ивановна, СОШ 45, педагог-библиотекарь" in said.plain
    assert said.labels == ["‹ Назад"]


async def test_a_preview_and_nothing_stored(world: World) -> None:
    head = await settle(world, MEETING)
    await come_in(world, 2003, "Белова Ольга Петровна", "Лицей 12")
    await come_in(world, 2004, "Ким Анна", "СОШ № 7")
    rows = [MARIA, OLGA, ANNA, ("Сидорова Т. Ю.", "СОШ 3"), ("Юн Ян", "", "", "", "", "12")]
    said = await head.sends(a_list(*rows), "список.xlsx")
    assert said.plain == (
        "Это список людей: 4 человека. Новых людей – 3.\n"
        "Уже в списке – 1: Белова О. П. Что на карточках записано, не изменится.\n"
        "Дополню 1 карточку – там, где сейчас пусто: должность – 1.\n"
        "То же имя, но другая школа – 1: Ким А. Сохраню отдельно; если это один человек, записи потом можно "
        "объединить.\n"
        "Новых школ – 2: СОШ № 45, СОШ № 99.\n"
        "Не беру: телефоны из списков, категория, стаж. Включить это можно здесь: «Люди», «Ещё», «Что "
        "хранить».\n"
        "Не всё понятно – 3:\n"
        "– строка 6: вместо имени инициалы, пропускаю («Сидорова Т. Ю. · СОШ 3»)\n"
        "– строка 7: школа не названа («Юн Ян · 12»)\n"
        "– строка 7: номер телефона непонятен, его не беру («Юн Ян · 12»)\n"
        "Пока ничего не сохранено.\n"
        "Эти люди согласились, что их данные хранятся? Сохранять можно только тогда. Видит их руководитель "
        "объединения."
    )
    assert said.labels == ["Да, согласились – сохранить", "Отменить"]
    assert len(await people(world)) == 3


async def test_before_she_confirms_nobody_of_them_is_stored(world: World) -> None:
    head = await sends(world, MARIA)
    stored = await everything(world)
    assert "Петрова" not in stored
    assert "9131234567" not in stored
    await head.presses("Отменить")
    assert "ничего не сохранено" in head.sees.plain
    assert await people(world) == ["Орлова Наталья Викторовна"]


async def test_saved_they_stand_in_the_lists_and_are_called(world: World) -> None:
    head = await saves(world, MARIA, OLGA)
    assert "Сохранены 2 человека." in head.sees.plain
    card = await opens(head, "Петрова")
    assert "Школа: СОШ № 45" in card
    assert "Должность: педагог-библиотекарь" in card
    assert "В Telegram нет, имя стоит в «Позвоните»" in card
    assert "Телефон" not in card
    assert "Категория" not in card
    await head.says("Руководителю")
    await head.presses("Ещё")
    assert "не доходят до 2 человек" in (await head.presses("Позвоните")).plain
    await head.presses("1. Придёт")
    assert "Придёт 1 человек" in (await head.says("Ближайшее")).plain
    await world.rings()
    await head.says("Руководителю")
    await head.presses("Ещё")
    assert "загружен список: 2 новых человека" in (await head.presses("Журнал")).plain


async def test_word_does_as_well_and_at_any_time(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Группы")
    await head.presses("Новая группа")
    assert "Это список людей: 1 человек." in (await head.sends(docx_of([HEAD, MARIA]), "x.docx")).plain
    assert "Новички" in (await head.says("Новички")).plain


async def test_what_is_kept_is_taken_in(world: World) -> None:
    head = await settle(world)
    await turns_on(head, "Хранить телефоны", "Хранить категорию", "Хранить стаж")
    assert "категория: храню" in head.sees.plain
    said = await head.sends(a_list(MARIA), "список.xlsx")
    assert "Не беру" not in said.plain
    await head.presses("Да, согласились")
    card = await opens(head, "Петрова")
    assert "Телефон: +7 913 123-45-67" in card
    assert "Категория: первая" in card
    assert "Стаж: 15 лет" in card


async def test_a_list_that_came_later_names_her_in_full(world: World) -> None:
    """She sees it at her own data; what she says of herself since stays when the list goes again."""
    head = await settle(world, MEETING)
    maria = await come_in(world, 2002, "Петрова Мария", "СОШ 45")
    anna = await come_in(world, 3003, "Белова Ольга", "Лицей 12")
    said = await head.sends(a_list(MARIA, OLGA), "список.xlsx")
    assert "отчество – 2" in said.plain
    assert "Станут с отчеством: Петрова Мария Ивановна, Белова Ольга Петровна." in said.plain
    await head.presses("Да, согласились")
    back = head.data_of("Убрать загруженных")
    assert await people(world) == ["Белова Ольга Петровна", "Орлова Наталья Викторовна", MARIA[0]]
    assert "Здравствуйте, Мария Ивановна!" in (await maria.says("Здравствуйте")).plain
    await anna.says("Мои данные")
    await anna.presses("Исправить имя")
    await anna.says("Белова Ольга Павловна")
    await head.presses_data(back)
    await head.presses("Да, убрать")
    assert await people(world) == ["Белова Ольга Павловна", "Орлова Наталья Викторовна", "Петрова Мария"]


async def test_corrected_on_the_card(world: World) -> None:
    head = await settle(world)
    await come_in_maria(world)
    assert "Категория" not in (await opens(head, "Петрова"))
    await turns_on(head, "Хранить категорию", "Хранить стаж")
    for label, words in (("Категория", "высшая"), ("Стаж", "3")):
        await opens(head, "Петрова")
        assert "Напишите, например" in (await head.presses(label)).plain
        assert "Слишком длинно" in (await head.says("щ" * 101)).plain
        await head.says(words)
        assert f"Записано: Петрова Мария Ивановна – {words}." in (await head.presses("Да, записать")).plain
    card = await opens(head, "Петрова")
    assert "Категория: высшая" in card
    assert "Стаж: 3 года" in card
    fix = head.data_of("Категория")
    await turns_on(head, "Не хранить категорию")
    await head.presses("Оставить записанное")
    assert "не хранится" in (await head.presses_data(fix)).plain
    assert "высшая" not in await opens(head, "Петрова")
    await turns_on(head, "Хранить категорию")
    assert "Категория: высшая" in await opens(head, "Петрова")


async def test_turned_off_and_erased(world: World) -> None:
    head = await settle(world)
    maria = await come_in_maria(world)
    await turns_on(head, "Хранить категорию")
    await maria.says("Настройки")
    await maria.presses("Мои данные")
    await maria.presses("Категория")
    await maria.says("первая")
    await turns_on(head, "Не хранить категорию")
    assert "Записано у 1 человека" in head.sees.plain
    await head.presses("Стереть")
    assert "категория: не храню" in head.sees.plain
    await head.presses("Хранить категорию")
    assert "Категория" not in (await opens(head, "Петрова"))


async def test_what_nobody_has_is_turned_off_at_once(world: World) -> None:
    head = await settle(world)
    await turns_on(head, "Хранить стаж", "Не хранить стаж")
    assert "стаж: не храню" in head.sees.plain


async def test_telephones_that_people_gave_themselves_stay(world: World) -> None:
    head = await settle(world)
    maria = await come_in_maria(world)
    await maria.says("Настройки")
    await maria.presses("Мои данные")
    await maria.presses("Телефон")
    await maria.says("8 913 999-88-77")
    await turns_on(head, "Хранить телефоны")
    await head.sends(a_list(OLGA), "список.xlsx")
    await head.presses("Да, согласились")
    await turns_on(head, "Не брать телефоны")
    assert "Номер записан у 1 человека не в Telegram" in head.sees.plain
    await head.presses("Стереть")
    assert "+7 913 999-88-77" in await opens(head, "Петрова")
    assert "Телефон" not in await opens(head, "Белова")


async def test_her_own_data(world: World) -> None:
    head = await settle(world)
    maria = await come_in_maria(world)
    await turns_on(head, "Хранить категорию", "Хранить стаж")
    await maria.says("Настройки")
    said = await maria.presses("Мои данные")
    assert "Категория: не указана\nСтаж: не указан\n" in said.plain
    ask = maria.data_of("Стаж")
    await maria.presses("Стаж")
    assert "слова" in (await maria.sends_other(**PHOTO)).plain.casefold()
    assert "Записано: 20 лет." in (await maria.says("20 лет")).plain
    await maria.says("Настройки")
    assert "Стаж: 20 лет" in (await maria.presses("Мои данные")).plain
    file = await maria.presses("Скачать")
    kept = json.loads(file.file or b"")
    assert (kept["category"], kept["service"]) == ("", "20 лет")
    await maria.presses("Стаж")
    assert "Убрано" in (await maria.presses("Убрать")).plain
    await turns_on(head, "Не хранить стаж")
    assert "сейчас не хранится" in (await maria.presses_data(ask)).plain


async def test_everybody_as_a_table(world: World) -> None:
    head = await settle(world)
    await turns_on(head, "Хранить категорию")
    await head.sends(a_list(("=1+1", *MARIA[1:]), MARIA), "список.xlsx")
    await head.presses("Да, согласились")
    await at_the_list(head)
    file = await head.presses("Excel")
    assert file.file_name == "люди.xlsx"
    rows = list(load_workbook(io.BytesIO(file.file or b"")).worksheets[0].values)
    assert rows[2] == ("№", "Фамилия, имя, отчество", "Школа, организация", "Должность", "Категория")
    assert rows[4] == (2, "Петрова Мария Ивановна", "СОШ № 45", "педагог-библиотекарь", "первая")


async def test_the_table_is_a_list_again(world: World) -> None:
    head = await saves(world, MARIA, OLGA)
    await at_the_list(head)
    file = (await head.presses("Excel")).file
    said = (await head.sends(file or b"", "люди.xlsx")).plain
    assert "Новых людей в нём нет." in said
    assert "Сохранять нечего" in said
    assert head.sees.labels == []


async def test_save_pressed_twice_saves_once(world: World) -> None:
    head = await sends(world, MARIA)
    press = head.data_of("Да, согласились")
    await world.feed(head.pressing(press), head.pressing(press))
    assert "черновик уже не действует" in head.sees.plain
    assert len(await people(world)) == 2


async def test_an_older_preview_is_of_no_more_use(world: World) -> None:
    head = await sends(world, MARIA)
    old = head.sees
    await head.sends(a_list(OLGA), "список.xlsx")
    assert "черновик уже не действует" in (await head.presses("Да, согласились", of=old)).plain
    await head.sends(PLAN, "план.docx")
    save_plan = head.data_of("Сохранить")
    list_of_plan = SaveList(draft=int(save_plan.split(":")[1])).pack()
    assert "черновик уже не действует" in (await head.presses_data(list_of_plan)).plain
    assert len(await people(world)) == 1


async def test_the_plan_s_button_does_not_save_a_list(world: World) -> None:
    head = await sends(world, MARIA)
    drop = head.data_of("Отменить")
    assert "черновик уже не действует" in (await head.presses_data(drop.replace("drop", "save"))).plain


async def test_a_file_that_is_another_one_by_now(world: World) -> None:
    head = await sends(world, MARIA)
    world.telegram.files["file"] = a_list(OLGA)
    assert "черновик уже не действует" in (await head.presses("Да, согласились")).plain
    world.telegram.files["file"] = PLAN
    assert "черновик уже не действует" in (await head.presses("Да, согласились")).plain
    world.telegram.failures.append(TelegramBadRequest(GetFile(file_id="f"), "Bad Request: wrong file_id"))
    assert "Не получилось скачать файл" in (await head.presses("Да, согласились")).plain
    assert len(await people(world)) == 1


async def test_a_plan_instead_of_a_list(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Ещё")
    await head.presses("Загрузить список")
    assert "Это план на 2026/2027 учебный год" in (await head.sends(PLAN, "план.docx")).plain


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "список.xlsx", "Файл пустой"),
        (xlsx_of([]), "список.xlsx", "Списка людей с графой «Ф.И.О.» тоже не вижу"),
        (xlsx_of([HEAD]), "список.xlsx", "Сохранять нечего"),
        (a_list(MARIA)[:900], "список.xlsx", "повреждён"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
            "с.xlsx",
            "закрыт паролем",
        ),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "список.xls", "список людей – как Word или Excel"),
        (b"\xff\xd8\xff" + b"\0" * 99, "список.jpg", "Картинку я прочесть не могу"),
    ],
)
async def test_files_that_are_no_list(world: World, content: bytes, name: str, said: str) -> None:
    head = await settle(world)
    assert said in (await head.sends(content, name)).plain
    assert len(await people(world)) == 1


async def test_five_thousand_people(world: World) -> None:
    letters = "абвгдежзиклмнопрстуф"
    many = [f"А{a}{b}{c} Анна" for a in letters for b in letters for c in letters][:5_000]
    head = await sends(world, *((name, "СОШ № 1") for name in many))
    assert "В файле 5 000 человек – это больше" in head.sees.plain


async def test_a_thousand_people_of_long_names(world: World) -> None:
    letters = "абвгдежзик"
    many = [
        (f"{'Щ' * 60}{a}{b}{c} {'Ы' * 60} Ивановна", f"Школа {a}{b} {'ж' * 250}", "😀" * 40 + "д")
        for a in letters
        for b in letters
        for c in letters
    ]
    head = await saves(world, *many)
    assert "Сохранено 1 000 человек." in head.sees.plain
    await head.presses("Убрать загруженных")
    await head.presses("Да, убрать")
    assert len(await people(world)) == 1


async def test_taken_back_within_a_day(world: World) -> None:
    head = await saves(world, MARIA, OLGA, ANNA)
    await opens(head, "Белова")
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Позвоните")
    await head.presses("1. Придёт")
    world.clock.forward(hours=23)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Ещё")
    said = await head.presses("Загрузить список")
    assert "Прошлый список загружен" in said.plain
    said = await head.presses("Убрать загруженных")
    assert "Убрать 2 человек?" in said.plain
    assert "Останется 1 человек – уже есть ответы, вход в Telegram или что-то ещё: Белова О. П." in said.plain
    assert "убраны 2 человека" in (await head.presses("Да, убрать")).plain
    assert await people(world) == ["Белова Ольга Петровна", "Орлова Наталья Викторовна"]
    async with world.stored() as rows:
        schools = [one.title for one in await rows.association(1).roster.schools()]
    assert "СОШ № 99" not in schools
    assert (
        "Загруженных уже убрали" in (await head.presses_data(TakeListBack(taken=1, sure="yes").pack())).plain
    )


async def test_cards_that_are_there_are_filled_in_and_emptied_again(world: World) -> None:
    """What stands on them stays; her own number is hers to give; what was corrected since stays too."""
    head = await settle(world)
    maria = await come_in_maria(world)
    await turns_on(head, "Хранить телефоны", "Хранить категорию", "Хранить стаж")
    await head.sends(a_list(("Белова Ольга Петровна", "Лицей № 12", "", "высшая")), "список.xlsx")
    await head.presses("Да, согласились")
    said = await head.sends(a_list(MARIA, (*OLGA[:3], "вторая", *OLGA[4:])), "список.xlsx")
    assert (
        "Дополню 2 карточки – там, где сейчас пусто: должность – 2, телефон – 1, категория – 1, стаж – 2."
    ) in said.plain
    assert "педагог-библиотекарь" not in await everything(world)
    saved = await head.presses("Да, согласились", of=said)
    assert saved.plain == "Дополнены 2 карточки.\nФайл не тот? В течение суток загруженное можно убрать."
    card = await opens(head, "Петрова")
    assert "Должность: педагог-библиотекарь" in card
    assert "Категория: первая" in card
    assert "Телефон" not in card
    card = await opens(head, "Белова")
    assert "Телефон: +7 913 000-00-02" in card
    assert "Категория: высшая" in card
    await maria.says("Настройки")
    await maria.presses("Мои данные")
    await maria.presses("Стаж")
    await maria.says("16 лет")
    back = await head.presses("Убрать загруженных", of=saved)
    assert back.plain == "Дополненное на 2 карточках станет снова пустым."
    assert (await head.presses("Да, убрать")).plain == "Дополненное на 2 карточках снова пусто."
    card = await opens(head, "Петрова")
    assert "Должность" not in card
    assert "Категория" not in card
    assert "Стаж: 16 лет" in card
    card = await opens(head, "Белова")
    assert "Телефона нет" in card
    assert "Категория: высшая" in card


async def test_not_after_a_day(world: World) -> None:
    head = await saves(world, MARIA)
    back = head.data_of("Убрать загруженных")
    world.clock.forward(hours=24)
    assert "Прошло больше суток" in (await head.presses_data(back)).plain
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Ещё")
    assert "Прошлый список" not in (await head.presses("Загрузить список")).plain
    assert len(await people(world)) == 2


async def test_another_association_is_out_of_reach(world: World) -> None:
    head = await saves(world, MARIA)
    await head.sends(a_list(OLGA), "список.xlsx")
    save = head.data_of("Да, согласились")
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Кузнецова Анна Петровна", "СОШ № 1", Role.COORDINATOR, other)
    assert "черновик уже не действует" in (await spy.presses_data(save)).plain
    assert "уже убрали" in (await spy.presses_data(TakeListBack(taken=1, sure="yes").pack())).plain
    assert len(await people(world)) == 2


async def test_records_that_look_alike_are_offered(world: World) -> None:
    head = await settle(world)
    await come_in(world, 2004, "Ким Анна Петровна", "СОШ № 7")
    await come_in(world, 2005, "Ветрова Анна Львовна", "СОШ № 99")
    rows = [ANNA, ("Бурова Анна Львовна", "СОШ № 99"), MARIA]
    await head.sends(a_list(*rows), "список.xlsx")
    said = await head.presses("Да, согласились")
    assert "Есть 2 пары похожих записей" in said.plain
    said = await head.presses("Похожие записи")
    assert "Похожих записей 2 пары." in said.plain
    assert "Это один человек?" in (await head.presses("Ким А.")).plain
    await head.presses("Да, объединить")
    await at_the_list(head)
    assert len((await head.presses("Похожие записи")).labels) == 2


async def test_nobody_looks_alike(world: World) -> None:
    head = await saves(world, MARIA)
    assert "Похожие записи" not in head.sees.labels
    await at_the_list(head)
    assert "Похожих записей нет" in (await head.presses("Похожие записи")).plain
