"""«Люди»: lists, somebody found by her surname, her card, corrections, schools."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from actions.associations import add_association
from actions.roster import Field
from bot.views.people_keys import CorrectField, PersonSchools, ShowPerson, ShowSchool
from domain.records import Answer, Mode
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, STICKER, come_in, come_in_maria, join, settle


async def at_people(world: World) -> Person:
    """The coordinator has «Люди» before her."""
    head = await settle(world, MEETING, LAW)
    await come_in_maria(world)
    await opened(head)
    return head


async def opened(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Люди")


# Under the list of people.
BELOW = ["Школы", "Группы", "Пригласить коллег", "Помощники", "Кто может войти", "Ещё"]


async def corrects(head: Person, button: str, words: str) -> str:
    """Corrects something of Мария's card; returns what the card says then."""
    await head.says("Петрова")
    await head.presses(button)
    await head.says(words)
    await head.presses("Да, записать")
    return (await head.presses("Карточка человека")).plain


async def corrects_only(head: Person, button: str, words: str) -> str:
    """The same, up to the confirmation; returns what takes it back."""
    await head.says("Петрова")
    await head.presses(button)
    await head.says(words)
    await head.presses("Да, записать")
    return head.data_of("Вернуть как было")


async def journal(world: World) -> list[tuple[str, dict[str, object]]]:
    """What the journal has, but for who came in."""
    async with world.stored() as rows:
        found = await rows.connection.execute(select(tables.journal).order_by(tables.journal.c.id))
        return [(row.kind, row.facts) for row in found if row.kind not in {"joined", "plan_imported"}]


async def test_the_first_screen(world: World) -> None:
    head = await at_people(world)
    assert head.sees.plain == "Люди. В списке 2 человека.\nНажмите на имя или напишите фамилию или школу."
    assert head.sees.labels == ["Орлова Н. В. · Лицей № 12", "Петрова М. И. · СОШ № 45", *BELOW]


async def test_what_there_is_of_the_list(world: World) -> None:
    head = await at_people(world)
    assert (await head.presses("Ещё")).labels == [
        "Добавить человека",
        "Загрузить список",
        "Похожие записи",
        "Что хранить",
        "Excel",
        "‹ Назад",
    ]
    assert (await head.presses("‹ Назад")).labels[-6:] == BELOW


async def test_the_list_leads_to_a_card(world: World) -> None:
    head = await at_people(world)
    card = await head.presses("Петрова")
    assert card.plain == (
        "Петрова Мария Ивановна\nШкола: СОШ № 45\nTelegram: сообщения доходят\n"
        "Ответов на встречи впереди нет."
    )


async def test_a_long_list_has_pages(world: World) -> None:
    head = await at_people(world)
    for number in range(7):
        await come_in(world, 6000 + number, f"Яковлева Анна {'АБВГДЕЖ'[number]}вановна", "СОШ № 7")
    await opened(head)
    assert "Страница 1 из 2" in head.sees.plain
    assert (await head.presses("Дальше")).labels[-7:] == ["◀ Раньше", *BELOW]


async def test_a_surname_shows_her_card(world: World) -> None:
    head = await at_people(world)
    assert (await head.says("Петровой")).plain.startswith("Петрова Мария Ивановна\nШкола")
    await come_in(world, 3003, "Петрова Анна Сергеевна", "СОШ № 7")
    assert (await head.says("Петрова")).labels[:2] == ["Петрова А. С. · СОШ № 7", "Петрова М. И. · СОШ № 45"]
    assert (await head.says("школа 7")).plain.startswith("Петрова Анна Сергеевна")
    assert "никого нет" in (await head.says("Кузнецова")).plain
    line = await head.says("семинар 15 декабря 14:00 СОШ 183")
    assert "15 декабря, 14:00" in line.plain


async def test_a_question_is_answered_all_the_same(world: World) -> None:
    head = await at_people(world)
    assert "Заседание РМО" in (await head.says("что дальше?")).plain


async def test_any_key_leaves_the_search(world: World) -> None:
    head = await at_people(world)
    await head.says("Ближайшее")
    assert "Школа: СОШ № 45" not in (await head.says("Петрова")).plain


async def test_a_sticker_is_answered(world: World) -> None:
    head = await at_people(world)
    assert "слова" in (await head.sends_other(**STICKER)).plain


async def test_the_card_says_what_she_answered(world: World) -> None:
    head = await at_people(world)
    maria = world.person(2002)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    assert "18 ноября · Заседание РМО – придёт" in (await head.says("Петрова")).plain


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer.GOING, "придёт"),
        (Answer.ONLINE, "подключится"),
        (Answer.WAITLISTED, "ждёт места"),
        (Answer.DECLINED, "не сможет"),
        (Answer.UNDECIDED, "пока не знает"),
    ],
)
async def test_the_card_knows_every_answer(world: World, answer: Answer, said: str) -> None:
    head = await at_people(world)
    maria = world.person(2002)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    async with (uow := world.uow()) as rows:
        await rows.connection.execute(update(tables.events).values(mode=Mode.MIXED))
        await rows.connection.execute(update(tables.rsvps).values(answer=answer))
        await uow.commit()
    assert f"18 ноября · Заседание РМО – {said}" in (await head.says("Петрова")).plain


async def test_a_name_is_corrected_once_it_is_confirmed(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    assert "Сейчас: Петрова Мария Ивановна." in (await head.presses("Имя")).plain
    preview = await head.says("сидорова мария ивановна")
    assert "Было: Петрова Мария Ивановна\nСтанет: Сидорова Мария Ивановна" in preview.plain
    assert (await world.actor(world.person(2002))).name.surname == "Петрова"  # type: ignore[union-attr]
    await head.presses("Да, записать")
    assert (await world.actor(world.person(2002))).name.surname == "Сидорова"  # type: ignore[union-attr]
    assert await journal(world) == [("person_edited", {"person": 2, "field": "name"})]


async def test_other_words_take_the_place_of_the_first(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Должность")
    first = await head.says("учитель")
    await head.says("педагог-библиотекарь")
    assert "уже не ждёт" in (await head.presses("Да, записать", of=first)).plain


async def test_a_correction_is_made_once(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Должность")
    preview = await head.says("педагог-библиотекарь")
    data = head.data_of("Да, записать", of=preview)
    await head.presses("Да, записать")
    assert "уже не ждёт" in (await head.presses_data(data)).plain
    assert len(await journal(world)) == 1


async def test_what_cannot_be_understood_is_refused_kindly(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Имя")
    assert "одного слова мало" in (await head.says("Сидорова")).plain
    assert "слова" in (await head.sends_other(**STICKER)).plain
    assert "Станет: Сидорова Мария Ивановна" in (await head.says("Сидорова Мария Ивановна")).plain
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.says("Петрова")
    await head.presses("Должность")
    assert "хватит 100 знаков" in (await head.says("я" * 101)).plain


async def test_a_position(world: World) -> None:
    head = await at_people(world)
    assert "Должность: педагог-<b>" in await corrects(head, "Должность", "педагог-<b>")


async def test_the_number_of_one_in_telegram_is_hers_to_give(world: World) -> None:
    head = await at_people(world)
    card = await head.says("Петрова")
    assert "Телефон" not in card.labels
    refused = await head.presses_data(CorrectField(field=Field.PHONE, record=2).pack())
    assert "указывает лично" in refused.plain


async def test_the_number_of_one_who_is_not_in_telegram(world: World) -> None:
    head = await at_people(world)
    await head.presses("Ещё")
    await head.presses("Добавить человека")
    await head.presses("Согласие получено")
    await head.says("Белова Ольга Петровна, Гимназия № 21, 8 913 123-45-67")
    await opened(head)
    assert "В Telegram нет" in (await head.says("Белова")).plain
    await head.presses("Телефон")
    await head.says("8 383 222-33-44")
    await head.presses("Да, записать")
    assert "Телефон: +7 383 222-33-44" in (await head.presses("Карточка человека")).plain
    await head.presses("Телефон")
    shared = {"phone_number": "+79139998877", "first_name": "Ольга"}  # from her address book
    assert "+7 913 999-88-77" in (await head.sends_other(contact=shared)).plain
    await head.presses("Да, записать")
    assert "Телефон: +7 913 999-88-77" in (await head.presses("Карточка человека")).plain
    await head.presses("Должность")
    assert "Здесь нужны слова" in (await head.sends_other(contact=shared)).plain


async def test_several_schools_one_in_the_sheet(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Где работает")
    await head.presses("Добавить школу")
    preview = await head.says("лицей 12")  # known, and spelled as it is known
    assert "Добавится: Лицей № 12" in preview.plain
    await head.presses("Да, записать")
    card = await head.presses("Карточка человека")
    assert "Школа: СОШ № 45 – она в явочном листе\nШкола: Лицей № 12" in card.plain
    await head.presses("Где работает")
    assert (await head.presses("Лицей № 12")).labels[:3] == ["✅ Лицей № 12", "Убрать", "СОШ № 45"]
    assert (await world.actor(world.person(2002))).school == "Лицей № 12"
    await head.presses("Убрать")
    assert (await world.actor(world.person(2002))).school == "СОШ № 45"
    assert head.sees.labels == [
        "Вернуть как было: Лицей № 12",
        "✅ СОШ № 45",
        "Добавить школу",
        "‹ Назад",
    ]


async def test_a_school_twice_is_no_school_more(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Где работает")
    await head.presses("Добавить школу")
    assert "здесь уже записана" in (await head.says("школа 45")).plain


async def test_a_school_is_renamed_and_keeps_its_people(world: World) -> None:
    head = await at_people(world)
    await head.presses("Школы")
    assert head.sees.plain == "2 школы\nЛицей № 12 – Орлова Н. В.\nСОШ № 45 – Петрова М. И."
    assert (await head.presses("СОШ № 45")).plain == "СОШ № 45\nПетрова Мария Ивановна"
    await head.presses("Переименовать школу")
    assert "«Лицей № 12» уже есть" in (await head.says("Лицей № 12")).plain
    assert "Станет: СОШ № 45 имени Гоголя" in (await head.says("СОШ № 45 имени Гоголя")).plain
    assert "теперь называется СОШ № 45 имени Гоголя" in (await head.presses("Да, записать")).plain
    assert (await world.actor(world.person(2002))).school == "СОШ № 45 имени Гоголя"
    [(kind, facts)] = await journal(world)
    assert (kind, facts["before"], facts["after"]) == ("school_renamed", "СОШ № 45", "СОШ № 45 имени Гоголя")


async def test_people_are_found_by_what_their_school_was_once_called(world: World) -> None:
    head = await at_people(world)
    await head.presses("Школы")
    await head.presses("СОШ № 45")
    await head.presses("Переименовать школу")
    await head.says("Гимназия № 7")
    await head.presses("Да, записать")
    await opened(head)
    assert "Петрова Мария Ивановна" in (await head.says("школа 45")).plain


async def test_people_of_another_association_are_out_of_reach(world: World) -> None:
    await at_people(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", Role.COORDINATOR, other)
    assert "в списке нет" in (await spy.presses_data(ShowPerson(person=2).pack())).plain
    assert "в списке нет" in (await spy.presses_data(CorrectField(field=Field.NAME, record=2).pack())).plain
    assert "здесь уже нет" in (await spy.presses_data(ShowSchool(school=1).pack())).plain
    await opened(spy)
    assert "никого нет" in (await spy.says("Петрова")).plain


async def test_an_edit_of_one_association_does_not_reach_another(world: World) -> None:
    head = await at_people(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    await head.says("Петрова")
    await head.presses("Имя")
    await head.says("Сидорова Мария Ивановна")
    async with (uow := world.uow()) as rows:
        actor = await world.actor(head)
        await rows.association(other).members.add(actor.person_id, Role.COORDINATOR, "", world.clock.now())
        await rows.association(other).members.activate(actor.person_id, world.clock.now())
        await rows.people.set_current_association(actor.person_id, other)
        await uow.commit()
    assert "уже не ждёт" in (await head.presses("Да, записать")).plain


async def test_a_renamed_school_is_called_as_before(world: World) -> None:
    head = await at_people(world)
    await head.presses("Школы")
    await head.presses("СОШ № 45")
    await head.presses("Переименовать")
    await head.says("Гимназия 100")
    assert (await head.presses("Да, записать")).labels == ["Вернуть как было", "Школы"]
    undo = head.data_of("Вернуть как было")
    for _ in range(2):
        assert "школа теперь называется СОШ № 45" in (await head.presses_data(undo)).plain
    assert (await world.actor(world.person(2002))).school == "СОШ № 45"
    assert [kind for kind, _ in await journal(world)] == ["school_renamed", "school_returned"]
    await head.says("Руководителю")
    await head.presses("Ещё")
    said = (await head.presses("Журнал")).plain
    assert "школа теперь называется «Гимназия 100» (было: «СОШ № 45»)" in said
    assert "школе возвращено название «СОШ № 45» (было: «Гимназия 100»)" in said
    # The name that was taken back is not remembered as one of the school's.
    olga = await join(world, 3003, "Белова Ольга Петровна", "Гимназия 100")
    assert "вы в списке" in olga.sees.plain
    assert (await world.actor(olga)).school == "Гимназия 100"


async def test_what_is_called_so_by_now_stays(world: World) -> None:
    head = await at_people(world)
    await head.presses("Школы")
    await head.presses("СОШ № 45")
    await head.presses("Переименовать")
    await head.says("Гимназия 100")
    await head.presses("Да, записать")
    undo = head.data_of("Вернуть как было")
    await head.presses("Школы")
    await head.presses("Лицей № 12")
    await head.presses("Переименовать")
    await head.says("СОШ № 45")
    await head.presses("Да, записать")
    assert "«СОШ № 45» уже есть" in (await head.presses_data(undo)).plain
    world.clock.forward(hours=24)
    assert "прошло больше суток" in (await head.presses_data(undo)).plain


@pytest.mark.parametrize(
    ("button", "words", "before", "after"),
    [
        ("Имя", "Сидорова Мария Ивановна", "Петрова Мария Ивановна\n", "Сидорова Мария Ивановна\n"),
        ("Должность", "библиотекарь", "Школа: СОШ № 45\nTelegram", "Должность: библиотекарь\n"),
    ],
)
async def test_a_correction_is_taken_back(
    world: World, button: str, words: str, before: str, after: str
) -> None:
    head = await at_people(world)
    undo = await corrects_only(head, button, words)
    # It can be looked at first.
    assert after in (await head.presses("Карточка человека")).plain
    await head.presses_data(undo)
    assert head.sees.plain.startswith("Вернули как было")
    assert before in (await head.presses("Карточка человека")).plain
    assert len(await journal(world)) == 2


async def test_an_added_school_is_taken_back(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Где работает")
    await head.presses("Добавить школу")
    await head.says("СОШ 7")
    await head.presses("Да, записать")
    undo = head.data_of("Вернуть как было")
    await head.presses_data(undo)
    assert "СОШ 7" not in (await head.presses("Карточка человека")).plain
    assert "одним нажатием уже нельзя" in (await head.presses_data(undo)).plain


async def test_a_correction_left_behind_is_not_taken_back_and_disturbs_nothing(world: World) -> None:
    head = await at_people(world)
    undo = await corrects_only(head, "Должность", "библиотекарь")
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    still = await head.presses_data(undo)
    assert "пока вы не перешли к другому" in head.sees_all
    assert still.plain.startswith("Мой вопрос по-прежнему ждёт ответа: что за встреча")
    assert "На какой день?" in (await head.says("семинар «Книга и экран»")).plain


async def test_what_was_corrected_since_is_not_taken_back(world: World) -> None:
    head = await at_people(world)
    first = await corrects_only(head, "Должность", "библиотекарь")
    await corrects(head, "Должность", "заведующая")
    assert "одним нажатием уже нельзя" in (await head.presses_data(first)).plain
    await opened(head)
    assert "Должность: заведующая" in (await head.says("Петрова")).plain


async def test_a_dropped_school_is_given_back(world: World) -> None:
    head = await at_people(world)
    await head.says("Петрова")
    await head.presses("Где работает")
    await head.presses("Добавить школу")
    await head.says("СОШ 7")
    await head.presses("Да, записать")
    await head.presses("Карточка человека")
    await head.presses("Где работает")
    drop = PersonSchools(person=2, act="drop", school=2).pack()
    assert (await head.presses_data(drop)).labels[0] == "Вернуть как было: СОШ № 45"
    assert "СОШ № 45" in (await head.presses("Вернуть как было: СОШ № 45")).labels


async def test_a_school_is_told_from_others_on_its_button(world: World) -> None:
    head = await settle(world, MEETING)
    form = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № "
    for number, name in enumerate(("Белова Ольга Петровна", "Петрова Мария Ивановна"), 45):
        await come_in(world, 2000 + number, name, f"{form}{number}»")
    await opened(head)
    assert (await head.presses("Школы")).labels[:3] == ["Лицей № 12", "СОШ № 45", "СОШ № 46"]
    assert "СОШ № 45 – Белова О. П." in head.sees.plain
    await opened(head)
    assert head.sees.labels[0] == "Белова О. П. · СОШ № 45"
    # In full it stands where there is room.
    assert f"{form}45»" in (await head.presses("Белова")).plain
