"""«Явка»: what who runs an event sees and hands out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.views.attendance_keys import (
    AskCodeWord,
    EndCodeWord,
    NameCodeWord,
    ShowAttendance,
    TakeCode,
    TakeScreen,
)
from bot.views.joining import grouped
from bot.views.starting import link
from documents.code_picture import CheckInCode, draw_code
from domain.code_words import WORDS
from domain.roles import Part
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import come_in, event_called
from tests.bot.telegram import BOT
from tests.bot.test_checking_in import AT_13_52, BEGINS, a_meeting, at_the_meeting, code_of, digits, scans


async def opened(world: World, who: Person | None = None) -> Shown:
    """«Явка» from the card."""
    who = who or world.head
    event = await event_called(world, "Заседание")
    await who.presses_data(f"event:{event.id}")
    return await who.presses("Явка")


async def test_it_takes_the_place_of_who_comes_in_its_time(world: World) -> None:
    await a_meeting(world, BEGINS - timedelta(minutes=31))
    head = world.head
    assert (await head.says("Ближайшее")).labels[-4:-1] == ["Кто придёт", "Перенести", "Ещё"]
    world.clock.moment = AT_13_52
    assert {"Явка", "Перенести", "Ещё", "Я на месте"} <= set((await head.says("Ближайшее")).labels)
    screen = await head.presses("Явка")
    assert screen.plain == (
        "Явка: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Пока никто не отмечен.\n"
        "Отметиться можно с 13:30 до 16:30."
    )
    assert screen.labels == ["Код для отметки", "Кодовое слово", "Перекличка", "Кто придёт", "‹ Назад"]
    assert "Не ответили" in (await head.presses("Кто придёт")).plain


async def test_who_is_marked_and_how(world: World) -> None:
    event, maria = await at_the_meeting(world)
    vera = await come_in(world, 2003, "Седова Вера Олеговна", "СОШ № 7")
    await scans(maria, code_of(world, event))
    world.clock.forward(minutes=5)
    await vera.says(digits(world, event))
    world.clock.moment = BEGINS + timedelta(hours=4)
    screen = await opened(world)
    assert screen.plain == (
        "Явка: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Отмечены 2 человека: код – 1, цифры – 1.\n"
        "✅ Седова Вера Олеговна, СОШ № 7 – 13:57, цифры\n"
        "✅ Петрова Мария Ивановна, СОШ № 45 – 13:52, код"
    )
    assert screen.labels == ["Перекличка", "Кто придёт", "‹ Назад"]


async def test_those_of_one_minute_stand_by_name(world: World) -> None:
    """Whom the roll-call marked at once have one moment; seconds are not shown."""
    event, maria = await at_the_meeting(world)
    names = ["Юдина Яна Олеговна", "Ёлкина Вера Олеговна", "Белова Ольга Петровна", "Жукова Ада Львовна"]
    others = [await come_in(world, 2003 + number, name, "СОШ № 7") for number, name in enumerate(names)]
    for seconds, one in enumerate((*others[:3], maria)):
        world.clock.moment = AT_13_52 + timedelta(seconds=seconds)
        await scans(one, code_of(world, event))
    world.clock.moment = AT_13_52 + timedelta(minutes=2)
    await scans(others[3], code_of(world, event))
    shown = (await opened(world)).plain.split("\n")[3:]
    surnames = [line.split()[1] for line in shown]
    assert surnames == ["Жукова", "Белова", "Ёлкина", "Петрова", "Юдина"]


async def test_days_ahead_the_window_names_its_day(world: World) -> None:
    event = await a_meeting(world, BEGINS - timedelta(days=3))
    shown = await world.head.presses_data(ShowAttendance(event=event.id, page=0).pack())
    assert shown.plain.split("\n")[-1] == "Отметиться можно 18 ноября с 13:30 до 16:30."


async def test_many_are_shown_by_pages(world: World) -> None:
    event = await a_meeting(world)
    for number in range(21):
        name = f"{'И' * 60}{'абвгдежзийклмнопрстуф'[number]} Анна {'П' * 60}"
        person = await come_in(world, 3000 + number, name, "Ш" * 200)
        await scans(person, code_of(world, event))
    first = await opened(world)
    assert "Отмечен 21 человек: код – 21." in first.plain
    assert first.plain.count("\n✅") == 20
    second = await world.head.presses("Дальше ▶")
    assert second.plain.count("\n✅") == 1
    assert "◀ Раньше" in second.labels


async def test_the_code_is_a_picture_with_digits_under_it(world: World) -> None:
    event = await a_meeting(world, BEGINS - timedelta(days=3))
    head = world.head
    await head.presses_data(ShowAttendance(event=event.id, page=0).pack())
    code = await head.presses("Код для отметки")
    name, spoken = str(BOT.username), grouped(digits(world, event), 3)
    assert code.file == draw_code(
        CheckInCode(
            link=link(name, code_of(world, event)),
            digits=spoken,
            title="Заседание РМО",
            when="Среда, 18 ноября, 14:00–16:00",
            hint=f"Наведите камеру телефона на код или напишите боту @{name} цифры:",
        )
    )
    assert f"пишет мне цифры: {spoken}" in code.plain
    assert "Заседание РМО (среда, 18 ноября, 14:00–16:00)" in code.plain


async def test_a_word_is_proposed_named_ended(world: World) -> None:
    await at_the_meeting(world)
    await opened(world)
    head = world.head
    proposed = await head.presses("Кодовое слово")
    assert proposed.labels[1:] == ["Предложить другое", "‹ Назад"]
    first = proposed.labels[0]
    assert (await head.presses("Предложить другое")).labels[0] != first
    word = head.sees.labels[0].partition("«")[2].rstrip("»")
    assert word in WORDS
    taken = await head.presses("Взять слово")
    assert taken.plain.startswith(f"Кодовое слово – {word}, до 14:07.")
    await head.presses("Назад")
    assert f"Кодовое слово – {word}, до 14:07." in head.sees.plain
    assert (await head.presses("Кодовое слово")).labels == ["Слово больше не нужно", "‹ Назад"]
    ended = await head.presses("Слово больше не нужно")
    assert world.telegram.toasts[-1] == "Слово больше не действует."
    assert word not in ended.plain
    meeting = await event_called(world, "Заседание")
    journal = await head.presses_data(f"jrn:{meeting.id}:0")
    assert "названо кодовое слово" in journal.plain
    assert word not in journal.plain


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("  наш <b>мак</b>  ", "Кодовое слово – наш <b>мак</b>, до 14:07."),
        ("…", "Не вижу слов"),
        ("ы" * 41, "хватит 40 знаков"),
    ],
)
async def test_a_word_of_her_own(world: World, said: str, shown: str) -> None:
    await at_the_meeting(world)
    await opened(world)
    await world.head.presses("Кодовое слово")
    assert shown in (await world.head.says(said)).plain


async def test_once_it_is_over_there_is_no_word_and_no_code(world: World) -> None:
    event = await a_meeting(world, BEGINS + timedelta(minutes=151))
    for data in (
        AskCodeWord(event=event.id, word=-1),
        NameCodeWord(event=event.id, word=3),
        TakeCode(event=event.id),
    ):
        assert (await world.head.presses_data(data.pack())).plain.startswith("Отметка уже закрыта")


async def test_a_presenter_has_it_too_a_member_has_not(world: World) -> None:
    event, maria = await at_the_meeting(world)
    assert "Явка" not in (await maria.says("Ближайшее")).labels
    presses = (
        ShowAttendance(event=event.id, page=0),
        TakeCode(event=event.id),
        TakeScreen(event=event.id),
        AskCodeWord(event=event.id, word=0),
        NameCodeWord(event=event.id, word=0),
        EndCodeWord(event=event.id),
    )
    for data in presses:
        assert "те, кому поручена эта встреча" in (await maria.presses_data(data.pack())).plain
    async with (uow := world.uow()) as rows:
        hers = (await world.actor(maria)).person_id
        await rows.association(1).parts.give(event.id, hers, Part.HOST, AT_13_52)
        await uow.commit()
    assert (await opened(world, maria)).labels[0] == "Код для отметки"
