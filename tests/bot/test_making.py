"""«Новая встреча»: in one line or step by step, the preview, who hears of it; undone, copied."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.views.keyboards import ShowDesk, ShowMore
from bot.views.making_keys import CopyEvent, LeaveOpen, MakeEvent, UnmakeEvent
from domain.plan_draft import Kind
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    STICKER,
    TASK,
    come_in_maria,
    event_called,
    settle,
)
from tests.builders import stored

LINE = "семинар 18 ноября 14:00 СОШ 183"


async def at_new_event(world: World) -> tuple[Person, Person]:
    """The coordinator is asked for a line; Мария is a member, a meeting and a seminar are in the plan."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await world.rings()
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    return head, maria


async def made(world: World, line: str = LINE) -> tuple[Person, Person]:
    """A seminar is made, and not yet told."""
    head, maria = await at_new_event(world)
    await head.says(line)
    await head.presses("Создать")
    return head, maria


async def events_of(world: World) -> list[str]:
    return [row.title for row in await stored(world.app.database, tables.events)]


# --- In one line ------------------------------------------------------------------------------------------


async def test_the_first_screen_has_six_buttons_at_most(world: World) -> None:
    head = world.head
    await head.says("/start")
    await head.presses("Согласие даю")
    await head.says("Орлова Наталья Викторовна")
    await head.says("Лицей № 12")
    desk = await head.says("Руководителю")
    assert desk.labels == [
        "Закончить настройку",
        "Назвать дни",
        "Новая встреча",
        "Кто придёт",
        "Люди",
        "Ещё",
    ]
    assert "Загрузить план" in (await head.presses("Новая встреча")).labels


async def test_one_line_is_understood_and_told(world: World) -> None:
    head, maria = await at_new_event(world)
    assert head.sees.plain == (
        "Новая встреча. Напишите всё одной строкой, например: семинар 9 ноября 14:00 лицей № 12.\n"
        "Чего не хватит, спрошу. Пока вы не подтвердите, никто ничего не получит."
    )
    preview = await head.says("семинар «Книга и экран» 18 ноября с 14 до 16, СОШ 183, каб. 5; вход со двора")
    assert preview.plain == (
        "Понимаю так:\n"
        "Семинар «Книга и экран»\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 СОШ 183, каб. 5\n"
        "Вход: со двора.\n"
        "⚠️ В это же время – Заседание РМО (среда, 18 ноября, 14:00–16:00), и зовут тех же людей.\n"
        "Расскажу 1 человеку и попрошу ответить.\n"
        "Если не так, напишите, что поправить: день, час, место или название."
    )
    assert preview.labels == ["Создать", "Не создавать"]
    await world.rings()
    assert "Книга и экран" not in maria.sees_all
    done = await head.presses("Создать")
    assert done.plain == (
        "Встреча создана: Семинар «Книга и экран» (среда, 18 ноября, 14:00–16:00).\n"
        "📍 СОШ 183, каб. 5, вход: со двора\n"
        "Сообщаю 1 человеку."
    )
    assert done.labels == ["Текст для пересылки", "Карточка встречи", "Отменить создание"]
    await world.rings()
    assert maria.sees.plain == (
        "Новая встреча: Семинар «Книга и экран»\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 СОШ 183, каб. 5\n"
        "Вход: со двора.\n"
        "Мария Ивановна, вы придёте?"
    )
    assert maria.sees.labels == ["Приду", "Не смогу", "Пока не знаю"]
    await maria.presses("Приду")
    assert "Придёт 1 человек. Ваш ответ: приду." in (await maria.says("книга и экран")).plain


async def test_a_line_says_that_one_can_come_or_join(world: World) -> None:
    head = await settle(world)
    preview = await head.says("семинар 18 ноября 14:00 СОШ 183 смешанно")
    assert "📍 СОШ 183\n💻 Можно и подключиться, ссылка будет позже" in preview.plain


async def test_who_has_answered_by_then_is_not_asked(world: World) -> None:
    """She may find the meeting before its message reaches her."""
    _, maria = await made(world)
    await maria.presses("18 ноября", of=await maria.says("семинар 18 ноября"))
    await maria.presses("Приду")
    await world.rings()
    told = maria.sees
    assert told.plain.startswith("Новая встреча: Семинар\n🗓 Среда, 18 ноября, 14:00\n")
    assert told.plain.endswith("Ваш ответ: приду. Если планы изменятся, нажмите другую кнопку.")
    assert told.labels == ["✅ Приду", "Не смогу", "Пока не знаю"]


async def test_it_stands_wherever_others_do(world: World) -> None:
    head, maria = await made(world, "семинар «Книга и экран» 3 ноября 14:00 СОШ 183")
    await world.rings()
    assert "Книга и экран" in (await maria.says("Ближайшее")).plain
    assert "Книга и экран" in (await maria.says("План на год")).plain
    assert "Книга и экран" in (await maria.says("что в ноябре?")).plain
    assert "Книга и экран" in (await maria.says("когда семинар?")).plain
    assert "Книга и экран" in (await maria.says("сош 183")).plain
    assert "Книга и экран" in (await maria.says("Мои ответы")).plain
    await head.says("Руководителю")
    await head.presses("Кто придёт")
    assert any("Книга и экран" in label for label in head.sees.labels)
    event = await event_called(world, "Книга и экран")
    assert (event.kind, event.gathering, event.revision) == (Kind.SEMINAR, True, 1)
    world.clock.moment = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
    await world.rings()
    assert "Сегодня, в 14:00" in maria.sees.plain or "Сегодня в 14:00" in maria.sees.plain


async def test_what_is_to_be_otherwise_is_said_under_the_preview(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says(LINE)
    old = head.data_of("Создать")
    assert "🗓 Среда, 18 ноября, 15:30" in (await head.says("15:30")).plain
    assert "🗓 Четверг, 19 ноября, 15:30" in (await head.says("19 ноября")).plain
    assert "📍 Лицей № 12" in (await head.says("лицей № 12")).plain
    changed = await head.says("семинар «Книга и экран»")
    assert "Семинар «Книга и экран»\n🗓 Четверг, 19 ноября, 15:30\n📍 Лицей № 12" in changed.plain
    # The button of an earlier preview makes nothing.
    assert "что за встреча, когда и где" in (await head.presses_data(old)).plain
    assert "Этот черновик уже не действует" in head.sees_all
    assert "Книга и экран" not in await events_of(world)


async def test_a_line_out_of_the_blue(world: World) -> None:
    """For the event that lacks a day just then, else for a new one; a question stays a question."""
    head = await settle(world, MEETING, LAW)
    assert "Правовые основы" in (await head.says("семинар 25 ноября 14:00")).plain
    await head.says("Ближайшее")
    offered = await head.says("семинар 9 декабря 14:00 лицей № 12")
    assert offered.plain.startswith("Понимаю так:\nСеминар\n🗓 Среда, 9 декабря, 14:00\n📍 Лицей № 12\n")
    assert "Встреча создана" in (await head.presses("Создать")).plain
    assert "Понимаю так" not in (await head.says("будет ли семинар 16 декабря в 14:00?")).plain
    assert "Понимаю так" not in (await head.says("16 декабря 14:00")).plain


async def test_a_day_gone_by_is_not_the_next_year_s(world: World) -> None:
    """«1 ноября», said on the 2nd."""
    head, _ = await at_new_event(world)
    await head.says("семинар 1 ноября 14:00 лицей № 12")
    assert "Это время уже прошло." in head.sees_all
    assert "допишите год" in head.sees_all
    assert "1 ноября 2027 г., 14:00" in (await head.says("семинар 1 ноября 2027 14:00 лицей № 12")).plain
    await head.says("Ближайшее")
    assert "На какой день?" in (await head.says("семинар 1 ноября 14:00 лицей № 12")).plain
    await head.says("Ближайшее")
    assert "Понимаю так" not in (await head.says("семинар 1 ноября")).plain


async def test_a_room_is_one_of_the_house(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says("семинар 9 декабря 14:00 лицей № 12, вход со двора")
    said = await head.says("10 декабря, каб. 214")
    assert "🗓 Четверг, 10 декабря, 14:00\n📍 Лицей № 12, каб. 214\nВход: со двора" in said.plain
    await head.presses("Создать")
    assert "📍 Лицей № 12, каб. 214, вход со двора" in (await head.says("каб. 214")).plain


async def test_a_member_asks_of_a_meeting_she_makes_none(world: World) -> None:
    _, maria = await at_new_event(world)
    assert "Понимаю так" not in (await maria.says("семинар 9 декабря 14:00 лицей № 12")).plain


async def test_pressed_twice_it_is_made_once(world: World) -> None:
    head, maria = await at_new_event(world)
    await head.says(LINE)
    sure = head.data_of("Создать")
    await world.feed(head.pressing(sure), head.pressing(sure))
    assert "Эта встреча уже создана" in head.sees.plain
    assert (await events_of(world)).count("Семинар") == 1
    await world.rings()
    assert maria.sees_all.count("Новая встреча") == 1


async def test_dropped_or_left_it_is_not_made(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says(LINE)
    sure = head.data_of("Создать")
    assert "ничего не создаю" in (await head.presses("Не создавать")).plain
    assert "уже не действует" in (await head.presses_data(sure)).plain
    await head.presses_data(ShowDesk(screen="new").pack())
    await head.says(LINE)
    await head.says("Ближайшее")
    assert "уже не действует" in (await head.presses_data(sure)).plain
    assert "уже не действует" in (await head.presses_data(LeaveOpen(what="day").pack())).plain
    assert "уже не действует" in (await head.presses_data(MakeEvent(mark="0" * 16).pack())).plain
    assert "Семинар" not in await events_of(world)


# --- Step by step -----------------------------------------------------------------------------------------


async def test_what_is_missing_is_asked_for(world: World) -> None:
    head, _ = await at_new_event(world)
    asked = await head.says("круглый стол «Лето с книгой»")
    assert asked.plain == (
        "Круглый стол «Лето с книгой»\n"
        "На какой день? Напишите, например: 9 ноября 14:00. Можно только месяц: «в декабре»."
    )
    assert asked.labels == ["Пока без дня", "Не создавать"]
    asked = await head.says("18 ноября")
    assert asked.plain.startswith("Круглый стол «Лето с книгой»\n🗓 Среда, 18 ноября, 14:00\nГде это будет?")
    assert asked.labels == ["Место назову позже", "Не создавать"]
    preview = await head.says("Лицей № 12; вход со двора")
    assert "📍 Лицей № 12\nВход: со двора." in preview.plain
    await head.presses("Создать")
    assert (await event_called(world, "Лето с книгой")).venue == "Лицей № 12"


async def test_a_place_that_is_named_later_is_none(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    await head.says("заседание 27 ноября 15:00")
    assert "📍" not in (await head.says("потом")).plain
    assert "Создать" in head.sees.labels


async def test_a_title_is_asked_for(world: World) -> None:
    head, _ = await at_new_event(world)
    assert "Как назвать встречу?" in (await head.says("18 ноября 14:00 лицей № 12")).plain
    assert "хватит 200 знаков" in (await head.says("ы" * 201)).plain
    assert "Не вижу названия" in (await head.says("…")).plain
    # What is asked for by itself is taken as it is said.
    preview = await head.says("Итоги сентября в школе 45")
    assert (
        "Понимаю так:\nИтоги сентября в школе 45\n🗓 Среда, 18 ноября, 14:00\n📍 Лицей № 12" in preview.plain
    )


async def test_without_a_day_nobody_is_told(world: World) -> None:
    head, maria = await at_new_event(world)
    preview = await head.says("заседание «Планы» в декабре, лицей № 12")
    assert "🗓 Декабрь 2026 г., день пока не назван\n" in preview.plain
    assert "День не назван, поэтому пока никому не пишу" in preview.plain
    await head.presses("Создать")
    await world.rings()
    assert "Планы" not in maria.sees_all
    assert "Планы" in (await maria.says("что в декабре?")).plain
    await head.says("Руководителю")
    board = await head.presses("Декабрь ▶")
    assert "Планы" in board.plain
    await head.presses("16 ср")
    await head.presses("Подтвердить")
    await world.rings()
    assert maria.sees.plain.startswith("Назван день: Заседание «Планы»\n")


async def test_without_even_a_month(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says("заседание «Планы»")
    await head.presses("Пока без дня")
    preview = await head.presses("Место назову позже")
    assert "🗓 Декабрь 2026 г. – май 2027 г., день пока не назван\n" in preview.plain
    await head.presses("Создать")
    assert (await event_called(world, "Планы")).period.day_to_be_named


# --- What cannot be -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("31 ноября 14:00", "Такого дня нет."),
        ("1 ноября 2026 14:00", "Это время уже прошло."),
        ("семинар " + "ы" * 200, "Слишком длинно: для названия хватит 200 знаков."),
        ("семинар " + "ы " * 400, "Слишком длинно: хватит 600 знаков."),
    ],
)
async def test_what_cannot_be_is_said_with_an_example(world: World, line: str, said: str) -> None:
    head, _ = await at_new_event(world)
    refused = await head.says(line)
    assert refused.plain.startswith(said)
    assert "апример" in refused.plain or "короче" in refused.plain
    # The question is still open.
    assert "Понимаю так:" in (await head.says(LINE)).plain


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("31 ноября 14:00", "Такого дня нет."),
        ("1 ноября 2026 14:00", "Это время уже прошло."),
        ("вчера", "Это время уже прошло."),
        ("18 ноября 16:00-14:00", "Конец получился раньше начала."),
        ("до 18 ноября", "Не получилось понять день."),
    ],
)
async def test_of_a_line_whose_day_cannot_be_the_rest_stays(world: World, when: str, said: str) -> None:
    head, _ = await at_new_event(world)
    asked = await head.says(f"семинар «Книга» {when} СОШ 183")
    assert said in head.sees_all
    assert asked.plain.startswith("Семинар «Книга»\n📍 СОШ 183\nНа какой день?")
    preview = await head.says("18 ноября 16:30")
    assert "Семинар «Книга»\n🗓 Среда, 18 ноября, 16:30\n📍 СОШ 183\n" in preview.plain


@pytest.mark.parametrize("when", ["1 октября 14:00", "18 ноября 16:00-14:00"])
async def test_a_day_that_cannot_be_out_of_the_blue(world: World, when: str) -> None:
    """Whatever else is asked just then."""
    head, _ = await at_new_event(world)
    for key in ("Ближайшее", "Руководителю"):
        await head.says(key)
        asked = await head.says(f"семинар {when} СОШ 183")
        assert asked.plain.startswith("Семинар\n📍 СОШ 183\nНа какой день?")


async def test_hours_where_a_place_was_asked_for(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says("семинар «Книга» 18 ноября")
    assert "🗓 Среда, 18 ноября, 15:00–17:00\nГде это будет?" in (await head.says("15:00–17:00")).plain


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("семинар " + "ы" * 200, "Слишком длинно: для названия хватит 200 знаков."),
        ("!!!", "Не вижу названия."),
    ],
)
async def test_of_a_line_whose_title_will_not_do_the_rest_stays(world: World, title: str, said: str) -> None:
    head, _ = await at_new_event(world)
    asked = await head.says(f"{title} 18 ноября 16:30 СОШ 183")
    assert said in head.sees_all
    assert asked.plain.startswith("🗓 Среда, 18 ноября, 16:30\n📍 СОШ 183\nКак назвать встречу?")
    assert "Семинар «Книга»\n🗓 Среда, 18 ноября, 16:30\n" in (await head.says("семинар «Книга»")).plain


async def test_a_title_that_will_not_do_out_of_the_blue(world: World) -> None:
    """It is no question about what there is on that day."""
    await at_new_event(world)
    await world.head.says("Ближайшее")
    asked = await world.head.says("семинар " + "ы" * 200 + " 21 декабря 16:30")
    assert "для названия хватит 200 знаков" in world.head.sees_all
    assert asked.plain.startswith("🗓 Понедельник, 21 декабря, 16:30\nКак назвать встречу?")


@pytest.mark.parametrize(
    "line",
    [
        "семинар «Книги 21 века» 21 декабря 16:30 https://meet.example.org/j/1",
        "семинар «Книги 21 века» 21 декабря с 16:30 до 18:00, лицей № 12, ул. Садовая, 7",
        "семинар «Книги 21 века» 21 декабря 16.30 СОШ 183, каб. 5",
    ],
)
async def test_a_line_out_of_the_blue_is_read_as_under_new_meeting(world: World, line: str) -> None:
    await at_new_event(world)
    await world.head.says("Ближайшее")
    preview = await world.head.says(line)
    assert preview.plain.startswith("Понимаю так:\nСеминар «Книги 21 века»\n🗓 Понедельник, 21 декабря, 16:30")


@pytest.mark.parametrize("first", ["18 ноября 14:00", "семинар «Экран»", "семинар «Экран» 18 ноября 14:00"])
async def test_a_whole_line_where_one_thing_was_asked(world: World, first: str) -> None:
    """Its title was no title with a day in it, and no place; nor was anything of it dropped."""
    head, _ = await at_new_event(world)
    await head.says(first)
    preview = await head.says("семинар «Книга» 19 ноября 15:00, СОШ 45")
    assert "Семинар «Книга»\n🗓 Четверг, 19 ноября, 15:00\n📍 СОШ 45\n" in preview.plain


@pytest.mark.parametrize("what", OTHER_THAN_WORDS)
async def test_other_than_words_the_question_comes_again(world: World, what: dict[str, object]) -> None:
    head, _ = await at_new_event(world)
    assert "Напишите всё одной строкой" in (await head.sends_other(**what)).plain
    await head.says("заседание «Планы»")
    assert "На какой день?" in (await head.sends_other(**what)).plain
    await head.says(LINE)


async def test_a_sticker_under_the_preview_keeps_it(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says(LINE)
    assert "Понимаю так:" in (await head.sends_other(**STICKER)).plain
    assert "Встреча создана" in (await head.presses("Создать")).plain


async def test_a_day_that_went_by_under_the_preview(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.says("семинар сегодня 14:00 СОШ 183")
    world.clock.forward(hours=5)
    assert "Это время уже прошло." in (await head.presses("Создать")).plain
    assert "Семинар" not in await events_of(world)


async def test_a_member_makes_nothing(world: World) -> None:
    _, maria = await at_new_event(world)
    assert "только руководитель" in (await maria.presses_data(ShowDesk(screen="new").pack())).plain
    assert "только руководитель" in (await maria.presses_data(CopyEvent(event=1).pack())).plain


# --- Undone -----------------------------------------------------------------------------------------------


async def test_undone_before_anybody_heard_it_never_was(world: World) -> None:
    head, maria = await made(world)
    undo = head.data_of("Отменить создание")
    undone = await head.presses_data(undo)
    assert undone.plain == "Встречи больше нет: Семинар. О ней ещё никто не знал, никому не пишу."
    await world.rings()
    assert "Новая встреча" not in maria.sees_all
    assert "Семинар" not in await events_of(world)
    assert "Этой встречи в плане больше нет" in (await head.presses_data(undo)).plain


async def test_undone_once_people_know_it_is_cancelled(world: World) -> None:
    head, maria = await made(world)
    await world.rings()
    asked = await head.presses("Отменить создание")
    assert asked.plain.startswith("Отменяем? Семинар (среда, 18 ноября, 14:00).")
    assert "Сообщу 1 человеку." in (await head.presses("Без причины")).plain
    await head.presses("Да, отменить")
    world.clock.forward(minutes=6)
    await world.rings()
    assert maria.sees.plain.startswith("Отменено: Семинар\n")


async def test_one_who_answered_knows_of_it(world: World) -> None:
    """She found it by herself before the message went."""
    head, maria = await made(world, "семинар 3 ноября 14:00 СОШ 183")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    assert "Отменяем?" in (await head.presses("Отменить создание")).plain


async def test_cancelled_before_anybody_heard_of_it_nobody_is_told(world: World) -> None:
    world.clock.moment = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)  # 23:00
    head, maria = await made(world)
    await head.presses("Карточка встречи")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    await head.presses("Без причины")
    await head.presses("Да, отменить")
    world.clock.forward(hours=10)
    await world.rings()
    assert "Семинар\n" not in maria.sees_all


async def test_moved_before_anybody_heard_of_it_it_is_new(world: World) -> None:
    world.clock.moment = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)  # 23:00
    head, maria = await made(world)
    await head.presses("Карточка встречи")
    await head.presses("Перенести", of=head.sees)
    await head.says("19 ноября 15:00")
    await head.presses("Подтвердить")
    world.clock.forward(hours=10)
    await world.rings()
    [told] = [shown.plain for shown in maria.chat.shown if "19 ноября" in shown.plain]
    assert told.startswith("Новая встреча: Семинар\n🗓 Четверг, 19 ноября, 15:00\n")


async def test_what_came_with_the_plan_is_not_undone(world: World) -> None:
    head, _ = await at_new_event(world)
    await head.presses_data(UnmakeEvent(event=1).pack())
    assert "Эта кнопка устарела" in head.sees_all
    assert "Заседание РМО" in await events_of(world)


async def test_at_short_notice_it_is_to_be_seen(world: World) -> None:
    _, maria = await made(world, "семинар сегодня 18:00 СОШ 183")
    await world.rings()
    assert "Вижу" in maria.sees.labels


# --- Copied -----------------------------------------------------------------------------------------------


async def test_copied_to_another_day(world: World) -> None:
    head, maria = await at_new_event(world)
    await maria.says("заседание")
    await maria.presses("Приду")
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое", of=head.sees)
    asked = await head.presses("Скопировать")
    assert asked.plain.startswith("Заседание РМО\n📍 МБОУ СОШ № 412\nПроводит: Белова М. И.\nНа какой день?")
    preview = await head.says("9 декабря")
    assert "🗓 Среда, 9 декабря, 14:00–16:00" in preview.plain
    await head.presses("Создать")
    await world.rings()
    assert maria.sees.plain.startswith("Новая встреча: Заседание РМО\n🗓 Среда, 9 декабря, 14:00–16:00\n")
    rows = await stored(world.app.database, tables.events)
    assert [row.title for row in rows].count("Заседание РМО") == 2
    answers = await stored(world.app.database, tables.rsvps)
    assert [row.event_id for row in answers] == [1]


async def test_a_task_is_not_copied(world: World) -> None:
    head = await settle(world, TASK)
    assert "Эта кнопка устарела" in (await head.presses_data(CopyEvent(event=1).pack())).plain
