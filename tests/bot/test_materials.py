"""Materials: added by the coordinator, read by everybody, told of to those who come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendDocument

from bot.views.about_keys import ProposeTalk, ShowMaterials, ShowTalks, TakeMaterial
from bot.views.keyboards import GiveAnswer, ShowMore
from bot.views.material_keys import AddMaterials, OpenMaterial, OpenMaterials, RemoveMaterial, ReturnMaterial
from domain.full_names import FullName
from domain.records import Answer, Standing
from domain.roles import Part, Role
from storage import tables
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import LAW, MEETING, PLACE, STICKER, TASK, VOICE, come_in, come_in_maria, settle
from tests.builders import an_association, stored

LINK = "Запись семинара https://disk.example.org/i/1"
WHEN = "Заседание РМО (среда, 18 ноября, 14:00–16:00)"


def document(name: str, size: int = 1000) -> dict[str, object]:
    """A file of this name, and Telegram's names for it."""
    file = {"file_id": f"long {name}", "file_unique_id": name, "file_name": name, "file_size": size}
    return {"document": file}


def photo(number: int) -> dict[str, object]:
    """A picture in two sizes."""
    sizes = [("small", 90), ("large", 900)]
    return {
        "photo": [
            {"file_id": f"{size} {number}", "file_unique_id": f"{size} {number}", "width": w, "height": w}
            for size, w in sizes
        ]
    }


async def adding(world: World, *sent: dict[str, object] | str) -> Person:
    """The coordinator has added these to the meeting on 18 November, and may add more."""
    head = await settle(world, MEETING, LAW)
    await head.presses_data(AddMaterials(event=1).pack())
    for one in sent:
        await (head.says(one) if isinstance(one, str) else head.sends_other(**one))
    return head


async def at_materials(world: World, *sent: dict[str, object] | str) -> Person:
    """She has her list of them before her."""
    head = await adding(world, *sent)
    await head.presses("Пока всё")
    return head


# Added


async def test_files_pictures_and_links_one_after_the_other(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    await head.presses("Ещё")
    nothing = await head.presses("Материалы")
    assert nothing.plain == (
        f"Материалов пока нет: {WHEN}\n"
        "Добавьте презентацию, фотографию, ссылку на запись – их увидят на карточке все, кто состоит в "
        "объединении, и гости встречи."
    )
    assert nothing.labels == ["Добавить", "‹ Назад"]
    asked = await head.presses("Добавить")
    assert asked.plain.startswith("Что добавить: Заседание РМО?\nПришлите сюда файл или фотографию либо")
    added = await head.sends_other(**document("презентация.pptx"))
    assert added.plain == (
        "✅ Добавлено. Теперь здесь 1 материал: Заседание РМО.\nПришлите ещё или нажмите «Пока всё»."
    )
    await head.sends_other(**photo(1))
    await head.sends_other(**photo(2), caption="Наш стенд")
    await head.says(LINK)
    listed = await head.presses("Пока всё")
    assert listed.plain == (
        f"Материалы – 4: {WHEN}\n"
        "1. презентация.pptx\n"
        "2. Фотография\n"
        "3. Наш стенд\n"
        "4. Запись семинара\n"
        "Их видят на карточке встречи все, кто состоит в объединении, и её гости. И после встречи – тоже.\n"
        "Переименовать или убрать – нажмите на название."
    )
    assert listed.labels == [
        *("презентация.pptx", "Фотография", "Наш стенд", "Запись семинара"),
        *("Добавить", "Как это видят", "Сообщить о материалах", "‹ Назад"),
    ]
    rows = await stored(world.app.database, tables.materials)
    assert [row.file_id for row in rows] == ["long презентация.pptx", "large 1", "large 2", ""]


async def test_the_same_once_more_is_not_added(world: World) -> None:
    head = await adding(world, LINK)
    assert (await head.says(f"Опять {LINK}")).plain.startswith("Это здесь уже есть: Заседание РМО, всего 1.")


@pytest.mark.parametrize("sent", [STICKER, VOICE, PLACE], ids=lambda sent: next(iter(sent)))
async def test_what_cannot_be_added(world: World, sent: dict[str, object]) -> None:
    head = await adding(world)
    assert "Такое добавить не могу." in (await head.sends_other(**sent)).plain
    assert "✅ Добавлено." in (await head.says(LINK)).plain  # it is still waited for


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Запись лежит на диске", "Не вижу ни файла, ни ссылки."),
        ("https://disk.example.org/i/1", "У ссылки нет названия"),
        ("Запись http://disk.example.org/i/1", "Ссылка нужна с https:// в начале"),
        ("Запись https://localhost/1", "В этой ссылке что-то не так"),
        ("Запись https://disk.example.org/" + "x" * 500, "Ссылка слишком длинная: хватит 500 знаков."),
        ("ы" * 151 + " https://disk.example.org/i/1", "150"),
    ],
)
async def test_a_bad_link_is_answered_with_an_example(world: World, words: str, said: str) -> None:
    head = await adding(world)
    answered = await head.says(words)
    assert said in answered.plain
    assert "https://disk.yandex.ru/i/zapis" in answered.plain or "150" in said
    assert await stored(world.app.database, tables.materials) == []


async def test_a_file_that_no_phone_opens(world: World) -> None:
    head = await adding(world)
    said = await head.sends_other(**document("фильм.mp4", 51 * 1024 * 1024))
    assert said.plain.startswith("Файл больше 50 МБ, на телефоне его не откроют.")


async def test_twenty_are_enough(world: World) -> None:
    links = "\n".join(f"Ссылка {n} https://disk.example.org/i/{n}" for n in range(20))
    head = await adding(world, links)
    assert (
        "Больше 20 материалов к одной встрече не помещается."
        in (await head.says("Ещё https://a.example.org")).plain
    )
    await head.presses_data(OpenMaterials(event=1).pack())
    await head.presses("Добавить", of=head.sees)
    assert "Больше 20 материалов" in head.sees.plain


async def test_a_file_without_the_question_is_a_plan_as_ever(world: World) -> None:
    head = await at_materials(world)
    said = await head.sends(b"not a plan", "план.docx")
    assert "Добавлено" not in said.plain
    assert await stored(world.app.database, tables.materials) == []


async def test_a_key_leaves_the_question(world: World) -> None:
    head = await adding(world)
    await head.says("Ближайшее")
    await head.says(LINK)
    assert await stored(world.app.database, tables.materials) == []


# Read


async def test_everybody_reads_them(world: World) -> None:
    await at_materials(world, document("презентация.pptx"), LINK, photo(1))
    maria = await come_in_maria(world)
    card = await maria.says("Ближайшее")
    assert "📎 Материалы – 3" in card.plain
    shown = await maria.presses("Материалы – 3")
    assert shown.plain == (
        f"Материалы: {WHEN}\n• Запись семинара\nФайлы – кнопками ниже: нажмите, и я пришлю."
    )
    assert '<a href="https://disk.example.org/i/1">Запись семинара</a>' in shown.text
    assert shown.labels == ["презентация.pptx", "Фотография", "Прислать все файлы", "Карточка встречи"]
    one = await maria.presses("презентация.pptx")
    assert (one.file_id, one.plain) == ("long презентация.pptx", "презентация.pptx")
    await maria.presses("Прислать все файлы")
    assert [message.file_id for message in maria.chat.shown[-2:]] == ["long презентация.pptx", "large 1"]


async def test_names_do_not_become_markup(world: World) -> None:
    await at_materials(world, document("<b>план</b>.pptx"), 'Запись "<i>" https://a.example.org/?a=1&b="x')
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    shown = await maria.presses("Материалы – 2")
    assert 'Запись "<i>"' in shown.plain
    assert (await maria.presses("<b>план</b>.pptx")).plain == "<b>план</b>.pptx"


async def test_long_titles_fit_into_a_message(world: World) -> None:
    links = "\n".join(f"{'😀' * 70} {n} https://disk.example.org/i/{'x' * 400}{n}" for n in range(20))
    head = await at_materials(world, links)  # World.feed sees to the lengths
    assert "20. 😀" in head.sees.plain or "…и ещё" in head.sees.plain
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Материалы – 20")


async def test_what_telegram_does_not_give_out_any_more_is_explained(world: World) -> None:
    await at_materials(world, document("презентация.pptx"), photo(1))
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Материалы – 2")
    refusal = TelegramBadRequest(
        SendDocument(chat_id=1, document="x"), "Bad Request: wrong file identifier/HTTP URL specified"
    )
    # The press is acknowledged first.
    world.telegram.failures.append(refusal)
    world.telegram.failures.insert(
        0, TelegramBadRequest(SendDocument(chat_id=1, document="x"), "query is too old")
    )
    await maria.presses("Прислать все файлы")
    refused, following = maria.chat.shown[-2:]
    assert refused.plain == (
        "Telegram этот файл больше не отдаёт: презентация.pptx. Напишите, пожалуйста, руководителю – пусть "
        "добавит его ещё раз."
    )
    assert following.file_id == "large 1"


async def test_of_a_past_meeting_too(world: World) -> None:
    await at_materials(world, LINK)
    maria = await come_in_maria(world)
    world.clock.moment = datetime(2026, 12, 1, 3, tzinfo=UTC)
    await maria.says("План на год")
    past = await maria.presses("Прошедшие встречи")
    assert past.plain.startswith("Прошедшие встречи\n• ноябрь 2026 г. – Семинар")
    card = await maria.presses("18 ноября · Заседание РМО")
    assert card.labels == ["Материалы – 1"]
    assert "Запись семинара" in (await maria.presses("Материалы – 1")).plain
    assert (await maria.presses("‹ Назад", of=past)).plain.startswith("Впереди встреч нет")


async def test_of_a_task_too(world: World) -> None:
    head = await settle(world, TASK)
    maria = await come_in_maria(world)
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое")
    await head.presses("Материалы")
    await head.presses("Добавить")
    await head.sends_other(**document("форма отчёта.xlsx"))
    listed = await head.presses("Пока всё")
    assert listed.labels == ["форма отчёта.xlsx", "Добавить", "Как это видят", "‹ Назад"]
    card = await maria.says("сбор данных")
    assert card.labels == ["Материалы – 1"]


async def test_nobody_of_another_association_gets_them(world: World) -> None:
    await at_materials(world, document("презентация.pptx"))
    await an_association(world.app.database, "РМО Приозёрного района")
    olga = await come_in(world, 7007, "Чужая Ольга Юрьевна", "СОШ № 1", association=2)
    boss = await come_in(world, 7008, "Чужая Анна Юрьевна", "СОШ № 1", Role.COORDINATOR, association=2)
    for who, data in (
        (olga, ShowMaterials(event=1)),
        (olga, TakeMaterial(event=1, material=1)),
        (olga, TakeMaterial(event=1, material=0)),
        (boss, OpenMaterials(event=1)),
        (boss, RemoveMaterial(event=1, material=1)),
    ):
        assert "Этой встречи в плане больше нет." in (await who.presses_data(data.pack())).plain
        assert "презентация" not in who.sees_all
        assert all(one.file_id is None for one in who.chat.shown)


async def test_a_button_of_one_association_works_while_she_acts_in_another(world: World) -> None:
    await at_materials(world, document("презентация.pptx"))
    maria = await come_in_maria(world)
    await an_association(world.app.database, "РМО Приозёрного района")
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=2)
    shown = await maria.presses_data(ShowMaterials(event=1).pack())
    assert "Заседание РМО" in shown.plain
    assert (await maria.presses("презентация.pptx")).file_id == "long презентация.pptx"


# Corrected


async def test_renamed_and_taken_out_and_brought_back(world: World) -> None:
    head = await at_materials(world, document("презентация.pptx"), LINK)
    one = await head.presses("Запись семинара", of=await head.presses_data(OpenMaterials(event=1).pack()))
    assert one.plain == "Запись семинара\nЗаседание РМО\nhttps://disk.example.org/i/1"
    await head.presses("Переименовать")
    assert "Здесь нужны слова" in (await head.sends_other(**STICKER)).plain
    renamed = await head.says("Запись обеих частей")
    assert renamed.plain.startswith("Запись обеих частей\n")
    removed = await head.presses("Убрать", of=renamed)
    assert removed.plain == "Убрано: Запись обеих частей – Заседание РМО.\nВ течение суток можно вернуть."
    remove, back = RemoveMaterial(event=1, material=2).pack(), ReturnMaterial(event=1, material=2).pack()
    assert (await head.presses_data(remove)).plain.startswith("Убрано: Запись обеих частей")
    gone = await head.presses_data(OpenMaterial(event=1, material=2).pack())
    assert gone.plain == "Этого материала больше нет. Список – «Ещё», «Материалы»."
    for _ in range(2):
        assert "2. Запись обеих частей" in (await head.presses_data(back)).plain


async def test_made_up_ids(world: World) -> None:
    head = await at_materials(world, LINK)
    for data in (TakeMaterial(event=1, material=1), TakeMaterial(event=1, material=99)):
        assert "Этого материала больше нет." in (await head.presses_data(data.pack())).plain
    assert "Этой встречи" in (await head.presses_data(OpenMaterials(event=99).pack())).plain


# Told


async def told(world: World) -> tuple[Person, Person, Shown]:
    """Мария comes, Ольга does not; the coordinator sees to how many she would tell of a recording."""
    head = await at_materials(world, LINK)
    maria = await come_in_maria(world)
    await world.rings()
    olga = await come_in(world, 4004, "Ким Ольга Юрьевна", "СОШ № 45")
    for who, answer in ((maria, Answer.GOING), (olga, Answer.DECLINED), (head, Answer.GOING)):
        await who.presses_data(GiveAnswer(event=1, answer=answer, place=-1).pack())
    await head.presses_data(OpenMaterials(event=1).pack())
    return head, maria, await head.presses("Сообщить о материалах")


async def test_those_who_come_are_told(world: World) -> None:
    head, maria, preview = await told(world)
    assert preview.plain == (f"Сообщить о материалах? {WHEN}. Получит 1 человек – тот, кто ответил «Приду».")
    assert preview.labels == ["Да, сообщить", "‹ Назад"]
    sure = head.data_of("Да, сообщить")
    assert (await head.presses_data(sure)).plain == f"Сообщаю 1 человеку: {WHEN}."
    assert (await head.presses_data(sure)).plain.startswith("Об этих материалах уже сообщено:")
    await world.rings()
    assert maria.sees.plain == (f"Материалы к встрече: {WHEN}\n• Запись семинара\nОткроются по кнопке.")
    assert maria.sees.labels == ["Материалы – 1", "Карточка встречи"]
    assert maria.sees_all.count("Материалы к встрече") == 1
    assert "Материалы к встрече" not in world.person(4004).sees_all + head.sees_all
    why = await maria.says("почему мне это пришло?")
    assert "Вы ответили, что будете на этой встрече, а к ней появились материалы." in why.plain


async def test_what_changed_meanwhile_is_shown_anew(world: World) -> None:
    head, _, preview = await told(world)
    sure = head.data_of("Да, сообщить", of=preview)
    await head.presses_data(AddMaterials(event=1).pack())
    await head.sends_other(**document("презентация.pptx"))
    again = await head.presses_data(sure, preview.message_id)
    assert again.plain.startswith("Сообщить о материалах?")
    assert world.telegram.toasts[-1].startswith("Пока вы смотрели, материалы изменились.")
    assert (await head.presses("Да, сообщить", of=again)).plain.startswith("Сообщаю 1 человеку")


async def test_taken_out_before_it_is_sent_it_is_not_told(world: World) -> None:
    head, maria, _ = await told(world)
    await head.presses("Да, сообщить")
    await head.presses_data(RemoveMaterial(event=1, material=1).pack())
    await world.rings()
    assert "Материалы к встрече" not in maria.sees_all


async def test_nobody_to_tell(world: World) -> None:
    head = await at_materials(world, LINK)
    said = await head.presses("Сообщить о материалах")
    assert said.plain.startswith(f"Сообщать пока некому: «Приду» никто не ответил – {WHEN}.")
    assert said.labels == ["‹ Назад"]


async def test_a_member_adds_nothing(world: World) -> None:
    await at_materials(world, LINK)
    maria = await come_in_maria(world)
    for data in (AddMaterials(event=1), RemoveMaterial(event=1, material=1), OpenMaterials(event=1)):
        assert "кому поручена эта встреча" in (await maria.presses_data(data.pack())).plain
    [row] = await stored(world.app.database, tables.materials)
    assert row.removed_at is None


async def test_a_copy_has_none(world: World) -> None:
    """Materials belong to the day they were for."""
    head = await at_materials(world, LINK)
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое")
    await head.presses("Скопировать")
    await head.says("9 декабря")
    await head.presses("Создать")
    assert [row.event_id for row in await stored(world.app.database, tables.materials)] == [1]


async def test_a_guest_reads_those_of_her_own_meeting_alone(world: World) -> None:
    """Of the others she knows nothing; who presents a meeting reads them like everybody."""
    head = await at_materials(world, LINK)
    await head.presses_data(AddMaterials(event=2).pack())
    await head.says("Другое https://disk.example.org/i/2")
    maria = await come_in_maria(world)
    async with (uow := world.uow()) as rows:
        ours = rows.association(1)
        olga = await rows.people.add(4004, world.clock.now())
        await ours.members.add(olga, Role.MEMBER, "Согласие", world.clock.now())
        await ours.roster.move(olga, Standing.GUEST, among=[Standing.JOINING])
        await rows.people.set_name(olga, FullName("Ким", "Ольга", "Юрьевна"))
        await rows.people.set_current_association(olga, 1)
        await ours.parts.give(1, olga, Part.GUEST, world.clock.now())
        await ours.parts.give(1, (await world.actor(maria)).person_id, Part.HOST, world.clock.now())
        await uow.commit()
    guest = world.person(4004)
    assert (await world.actor(guest)).role is Role.GUEST
    assert "Запись семинара" in (await guest.presses_data(ShowMaterials(event=1).pack())).plain
    for data in (ShowMaterials(event=2), ShowTalks(event=2), ProposeTalk(event=2)):
        assert "Этой встречи в плане больше нет." in (await guest.presses_data(data.pack())).plain
    card = await maria.says("Ближайшее")
    assert card.labels == [
        "Приду",
        "Не смогу",
        "Пока не знаю",
        "Материалы – 1",
        "Кто придёт",
        "Ещё",
        "Дальше ▶",
    ]
