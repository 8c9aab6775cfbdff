"""«Приду», «Не смогу», «Пока не знаю»; «Мои ответы»; «Кто придёт»."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.records import Answer
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, WORKSHOP, call_off, come_in, come_in_maria, event_called, settle


async def before_a_meeting(world: World) -> Person:
    """Мария has the card of a meeting before her."""
    await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    return maria


async def answers(world: World) -> dict[str, Answer | None]:
    """Who answered what about the meeting."""
    event = await event_called(world, "Заседание")
    async with world.stored() as rows:
        everybody = await rows.association(1).rsvps.attendees(event.id)
    return {one.name.surname: one.answer for one in everybody}


@pytest.mark.parametrize(
    ("label", "toast", "stands"),
    [
        ("Приду", "Записано: вы придёте. Спасибо!", "Придёт 1 человек. Ваш ответ: приду."),
        ("Не смогу", "Записано: не сможете. Напоминать больше не буду.", "Ваш ответ: не смогу."),
        ("Пока не знаю", "Хорошо, спрошу ещё раз.", "Ваш ответ: пока не знаю."),
    ],
)
async def test_an_answer_is_taken_and_shown(world: World, label: str, toast: str, stands: str) -> None:
    maria = await before_a_meeting(world)
    card = maria.sees
    await maria.presses(label)
    assert stands in card.plain
    assert f"✅ {label}" in card.labels
    assert world.telegram.toasts == [toast]
    assert len(maria.chat.shown) == (2 if label == "Не смогу" else 1)


async def test_an_answer_can_be_changed_and_counts_once(world: World) -> None:
    maria = await before_a_meeting(world)
    card = maria.sees
    for label in ("Приду", "Приду", "Не смогу", "Приду"):
        await maria.presses(label, of=card)
    assert "Придёт 1 человек. Ваш ответ: приду." in card.plain
    assert await answers(world) == {"Орлова": None, "Петрова": Answer.GOING}


async def test_two_presses_at_once_take_effect_once(world: World) -> None:
    maria = await before_a_meeting(world)
    number = maria.sees.message_id
    going, declined = maria.data_of("Приду"), maria.data_of("Не смогу")
    await world.feed(maria.pressing(going, number), maria.pressing(going, number))
    assert "Придёт 1 человек" in maria.sees.plain
    await world.feed(maria.pressing(declined, number), maria.pressing(going, number))
    assert (await answers(world))["Петрова"] is Answer.GOING


async def test_answers_can_be_changed_until_the_event_begins(world: World) -> None:
    maria = await before_a_meeting(world)
    world.clock.moment = datetime(2026, 11, 18, 6, 59, tzinfo=UTC)
    assert "Ваш ответ: приду" in (await maria.presses("Приду")).plain
    declined = maria.data_of("Не смогу")
    world.clock.forward(minutes=1)
    late = await maria.presses_data(declined, maria.sees.message_id)
    assert "Эта встреча уже началась, ответ изменить нельзя." in late.plain
    assert "Ваш ответ: приду." in late.plain
    assert late.labels == ["Я на месте"]
    assert (await answers(world))["Петрова"] is Answer.GOING


async def test_an_answer_to_a_cancelled_event_shows_that_it_is_cancelled(world: World) -> None:
    maria = await before_a_meeting(world)
    await call_off(world, "Заседание")
    assert "Эта встреча отменена: приезжать не нужно." in (await maria.presses("Приду")).plain
    assert (await answers(world))["Петрова"] is None


async def test_my_answers(world: World) -> None:
    maria = await before_a_meeting(world)
    mine = await maria.says("Мои ответы")
    assert "• среда, 18 ноября, 14:00–16:00 – Заседание РМО: ответа ещё нет" in mine.plain
    await maria.presses("18 ноября · Заседание РМО")
    await maria.presses("Не смогу")
    assert "Заседание РМО: не смогу" in (await maria.says("/my")).plain
    assert "Чтобы изменить ответ, откройте встречу кнопкой." in maria.sees.plain


async def test_there_is_nothing_to_answer_yet(world: World) -> None:
    await settle(world, LAW, WORKSHOP)
    maria = await come_in_maria(world)
    assert "Сейчас отвечать не на что" in (await maria.says("Мои ответы")).plain


async def test_who_comes_by_name_and_school_is_for_the_coordinator(world: World) -> None:
    maria = await before_a_meeting(world)
    await maria.presses("Приду")
    anna = await come_in(world, 4004, "Быкова Анна Львовна", "Гимназия <b>Радуга</b>")
    await anna.says("Ближайшее")
    await anna.presses("Не смогу")
    head = world.head
    await head.says("Руководителю")
    await head.presses("Кто придёт")
    listed = await head.presses("18 ноября")
    assert listed.plain == (
        "Заседание РМО\n"
        "Среда, 18 ноября, 14:00–16:00\n"
        "\n"
        "Придут – 1:\n"
        "Петрова Мария Ивановна, СОШ № 45\n"
        "\n"
        "Не ответили – 1:\n"
        "Орлова Наталья Викторовна, Лицей № 12\n"
        "\n"
        "Не смогут – 1:\n"
        "Быкова Анна Львовна, Гимназия <b>Радуга</b>"
    )


async def test_a_long_list_is_turned_page_by_page(world: World) -> None:
    head = await settle(world, MEETING)
    for number in range(35):
        name = f"{'Щ' * 40}{chr(ord('а') + number % 30)} Анна Львовна"
        await come_in(world, 5000 + number, name, f"Школа «{'😀' * 60}» № {number}")
    await head.says("Ближайшее")
    first = await head.presses("Кто придёт")
    assert "Страница 1 из 2" in first.plain
    assert "Не ответили – 36:" in first.plain
    second = await head.presses("Дальше")
    assert "Страница 2 из 2" in second.plain
    await head.presses("Раньше")
    assert "Заседание РМО" in (await head.presses("Назад")).plain


async def test_of_the_meeting_that_was_last_its_roll_and_its_papers(world: World) -> None:
    head = await settle(world, MEETING)
    world.clock.moment = datetime(2026, 11, 19, 3, tzinfo=UTC)
    await head.says("Руководителю")
    listed = await head.presses("Кто придёт")
    roll, papers = "Перекличка: 18 ноября · Заседание РМО", "Бумаги: 18 ноября"
    assert listed.labels == [roll, papers, "Прошедшие встречи"]
    called = (await head.presses(roll, of=listed)).plain
    assert called.startswith("Перекличка: Заседание РМО")
    assert "Прийти никто не обещал." in called
    listed = await head.says("Кто придёт")
    assert (await head.presses(papers, of=listed)).labels[0] == "Протокол и сообщение"


async def test_nobody_is_asked_so_the_list_is_empty(world: World) -> None:
    head = await settle(world, LAW)
    await head.says("Руководителю")
    assert "ответов ещё нет" in (await head.presses("Кто придёт")).plain
