"""The desk's own words, typed."""

from __future__ import annotations

import pytest

from bot.views.answers_keys import AddGuests
from bot.views.calling import AddPerson
from bot.views.event_keys import ChangeEvent
from bot.views.seat_keys import AskSeats
from tests.bot.conftest import World
from tests.bot.people import LAW, MEETING, come_in_maria, event_called, settle

SCREENS = [
    ("Люди", "Люди"),
    ("люди.", "Люди"),
    ("Позвоните", "Звонить некому"),
    ("Назвать дни", "назовём день?"),
    ("«Новая встреча»", "семинар"),
    ("Кто придёт", "Выберите встречу"),
    ("отчёты", "Отчёты"),
    ("Журнал", "Журнал"),
    ("Настройки объединения", "Настройки"),
    ("Написать людям", "Кому"),
    ("Ещё", "бывает нужно пореже"),
    ("еще", "бывает нужно пореже"),
    ("Чат объединения", "чат"),
    ("Список", "Люди. В списке 1 человек"),
    ("Школы", "Лицей № 12"),
    ("Группы", "Групп пока нет"),
    ("Помощники", "Помощники"),
    ("Загрузить план", "Пришлите сюда файл плана"),
    ("Кто может войти", "Кто может войти"),
    ("Заявки", "Кто может войти"),
    ("Похожие записи", "Похожих записей"),
    ("Название, город, время", "Часовой пояс"),
    ("Час, место, каникулы", "Обычный час"),
    ("Вход, приветствие, согласие", "Приветствие"),
    ("Когда напоминать", "Тихие часы"),
    ("О чём и за сколько", "напоминать"),
    ("В котором часу", "час"),
    ("Тихие часы", "Тихие часы"),
    ("летний отдых", "отдых"),
    ("Охват школ", "Охват школ"),
    ("Мои данные", "Орлова Наталья Викторовна"),
    ("Напоминания", "Напоминания"),
    ("Прошедшие встречи", "встреч"),
    ("План файлом", "План на 2026/27"),
    ("Передать дела", "Кому передать дела?"),
    ("пригласить методиста", "Пригласить методиста?"),
    ("Пригласить руководителя", "Пригласить руководителя?"),
    ("Сделать руководителем", "Сделать руководителем пока некого"),
    ("Добавить человека", "с согласия человека"),
    ("Бланки", "Бланки"),
]


@pytest.mark.parametrize(("words", "screen"), SCREENS)
async def test_a_screen_opens_by_its_name(world: World, words: str, screen: str) -> None:
    """As by its button; also where a day, a surname or a reason could be written."""
    head = await settle(world, LAW, MEETING)
    opened = await head.says(words)
    for before in ("Руководителю", "Люди", "Новая встреча"):
        await head.says(before)
        assert (await head.says(words)).plain == opened.plain
    await head.presses("Не смогу", of=await head.says("Ближайшее"))
    assert (await head.says(words)).plain == opened.plain
    assert screen in opened.plain


async def test_the_invitation_comes_by_its_name(world: World) -> None:
    head = await settle(world)
    await head.says("Люди")
    before = len(head.chat.shown)
    await head.says("пригласить коллег")
    text, picture, page = head.chat.shown[before:]
    assert "https://t.me/" in text.plain
    assert (picture.file, page.file) != (None, None)


async def test_a_screen_opens_by_its_name_after_a_meeting_was_made(world: World) -> None:
    """What marks it as made asks for nothing."""
    head = await settle(world, LAW)
    await head.says("Новая встреча")
    await head.says("семинар «Книга и экран» 18 ноября 14:00 СОШ 183")
    await head.presses("Создать")
    assert (await head.says("Новая встреча")).plain.startswith("Новая встреча. Напишите")


@pytest.mark.parametrize(
    "asked", ["place of a meeting", "place of a new one", "day of a new one", "seats", "guests", "new member"]
)
async def test_the_name_of_a_screen_is_no_place_nor_day_nor_number_nor_name(world: World, asked: str) -> None:
    """It leads there, as a key does."""
    head = await settle(world, MEETING)
    meeting = await event_called(world, "Заседание")
    if asked == "place of a meeting":
        await head.presses_data(ChangeEvent(event=meeting.id, act="place").pack())
    elif asked == "guests":
        await head.presses_data(AddGuests(event=meeting.id).pack())
    elif asked == "new member":
        await head.presses_data(AddPerson(sure="yes").pack())
    elif asked == "seats":
        await head.presses_data(AskSeats(event=meeting.id).pack())
    else:
        await head.says("Новая встреча")
        of_day = asked == "day of a new one"
        await head.says("семинар «Книга и экран»" if of_day else "семинар «Книга и экран» 18 декабря 14:00")
    for words in ("Журнал", "люди", "Отчёты"):
        assert (await head.says(words)).plain.startswith(words.capitalize())
    assert (await world.actor(head)).dialogue is None


async def test_ones_portfolio_comes_by_its_name(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    for one in (head, maria):
        assert "портфолио будет здесь" in (await one.says("Портфолио")).plain


async def test_a_desk_on_its_way_is_not_handed_over_again(world: World) -> None:
    head = await settle(world)
    await come_in_maria(world)
    await head.says("Передать дела")
    for label in ("Петрова Мария Ивановна", "Да, передать"):
        await head.presses(label)
    assert "Отозвать передачу дел" in (await head.says("Передать дела")).labels


async def test_what_is_opened_by_words_takes_words_as_well(world: World) -> None:
    head = await settle(world, LAW)
    await come_in_maria(world)
    await head.says("Назвать дни")
    assert "Подтвердить" in (await head.says("25 ноября")).labels
    await head.says("Люди")
    assert "Петрова Мария Ивановна" in (await head.says("Петрова")).plain


async def test_an_answer_is_an_answer(world: World) -> None:
    """A question that waits for words gets them, whatever they are."""
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Изменить")
    await head.presses("Название")
    await head.says("Журнал")
    await head.presses("Подтвердить")
    assert (await event_called(world, "Журнал")).title == "Журнал"


async def test_a_setting_opened_by_its_name_takes_its_value(world: World) -> None:
    head = await settle(world)
    assert "Часовой пояс – сейчас" in (await head.says("Часовой пояс")).plain
    await head.says("Ближайшее")
    assert "Каникулы – сейчас" in (await head.says("каникулы")).plain
    await head.says("Ближайшее")
    await head.says("Обычное место")
    assert "Лицей № 7" in (await head.says("Лицей № 7")).plain
    assert "Лицей № 7" in (await head.says("Час, место, каникулы")).plain


async def test_what_anybody_may_open(world: World) -> None:
    """One's own screens; a member's desk there is none."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    assert "Петрова Мария Ивановна" in (await maria.says("мои данные")).plain
    assert "Как часто" in (await maria.says("Напоминания")).labels
    assert "Прошедш" in (await maria.says("Прошедшие встречи")).plain
    assert "Выйти из списка" in (await maria.says("выйти из списка")).labels
    assert "передам" in (await maria.says("Тихие часы")).plain


async def test_a_member_has_no_desk(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    assert "Журнал" not in (await maria.says("Журнал")).plain
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    assert "«Журнал»" in (await maria.says("Журнал")).plain
