"""«Руководителю»: naming days, by buttons and in words; who is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.views.editing_keys import EditField
from bot.views.naming_keys import ConfirmDay, ProposeDay, TurnDays
from domain.period import Period
from domain.records import Mode
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    WORKSHOP,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    settle,
)
from tests.bot.telegram import Shown

MakeWorld = Callable[[str], Awaitable[World]]


async def at_the_desk(world: World) -> Person:
    """The coordinator opens «Руководителю»; two events lack a day."""
    head = await settle(world, LAW, WORKSHOP, MEETING)
    await head.says("Руководителю")
    return head


async def day_of(world: World, title: str) -> Period:
    return (await event_called(world, title)).period


async def test_events_without_a_day_come_first(world: World) -> None:
    head = await at_the_desk(world)
    board, desk = head.chat.shown
    assert board.plain.startswith("Ноябрь 2026 г.: назовём день?\nСеминар «Правовые основы")
    assert "начало поставлю в 14:00" in board.plain
    assert "День не назван у 2 встреч" in desk.plain
    assert len(desk.labels) <= 6


async def test_days_are_not_asked_for_before_it_is_time(world: World) -> None:
    """Nor while she put that off; the way to them stands on the desk all along."""
    head = await settle(world, replace(LAW, periods=(Period.month(2026, 12),)))
    world.clock.moment = datetime(2026, 11, 16, 3, tzinfo=UTC)
    for asks in (False, True):
        before = len(head.chat.shown)
        desk = await head.says("Руководителю")
        assert desk.labels[0] == "Назвать дни"
        assert len(head.chat.shown) - before == 1 + asks
        world.clock.forward(days=1)
    await head.presses("Пока не знаю")
    before = len(head.chat.shown)
    await head.says("Руководителю")
    assert len(head.chat.shown) - before == 1
    assert "Декабрь 2026 г.: назовём день?" in (await head.presses("Назвать дни")).plain
    world.clock.forward(days=14)
    before = len(head.chat.shown)
    await head.says("Руководителю")
    assert len(head.chat.shown) - before == 2


async def test_one_message_a_month_with_its_days_as_buttons(world: World) -> None:
    head = await at_the_desk(world)
    board = head.chat.shown[0]
    assert board.labels[:2] == ["2 пн", "3 вт"]
    assert "30 пн" in board.labels
    assert board.labels[-1] == "Пока не знаю"
    december = await head.presses("Декабрь ▶")
    assert december.plain.startswith("Декабрь 2026 г.: назовём день?\nМастер-класс")
    assert len(head.chat.shown) == 2


async def test_a_day_is_named_in_two_taps(world: World) -> None:
    head = await at_the_desk(world)
    maria = await come_in_maria(world)
    preview = await head.presses("25 ср")
    assert preview.plain == (
        "Семинар «Правовые основы работы школьной библиотеки»\n"
        "🗓 Среда, 25 ноября, 14:00\n"
        "📍 Лицей № 12\n"
        "Расскажу 1 человеку и попрошу ответить."
    )
    await world.rings()
    assert "25 ноября" not in maria.sees_all
    named = await head.presses("Подтвердить")
    assert "Записано: Семинар «Правовые основы работы школьной библиотеки» (среда, 25 ноября, 14:00)." in (
        named.plain
    )
    assert "Сообщаю 1 человеку." in named.plain
    assert named.labels == [
        "Текст для пересылки",
        "Карточка встречи",
        "Следующая: Мастер-класс «Электронный каталог без страха»",
        "Вернуть как было",
    ]
    await world.rings()
    assert maria.sees.plain == (
        "Назван день: Семинар «Правовые основы работы школьной библиотеки»\n"
        "🗓 Среда, 25 ноября, 14:00\n"
        "📍 Лицей № 12\n"
        "Мария Ивановна, вы придёте?"
    )
    assert maria.sees.labels == ["Приду", "Не смогу", "Пока не знаю"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("15 ноября 14:00", "Воскресенье, 15 ноября, 14:00"),
        ("25 ноября в 10.30", "Среда, 25 ноября, 10:30"),
        ("25 ноября 14:00-16:00", "Среда, 25 ноября, 14:00–16:00"),
        ("25.11", "Среда, 25 ноября"),
    ],
)
async def test_a_day_in_words(world: World, words: str, day: str) -> None:
    head = await at_the_desk(world)
    assert f"🗓 {day}" in (await head.says(words)).plain
    await head.presses("Подтвердить")
    assert "день не назван" not in (await head.says("что в ноябре?")).plain


async def test_a_day_in_words_out_of_the_blue(world: World) -> None:
    head = await settle(world, LAW, WORKSHOP)
    assert "Правовые основы" in (await head.says("15 ноября 14:00")).plain
    assert "Подтвердить" in head.sees.labels


async def test_a_whole_line_is_for_a_meeting_of_the_plan_or_a_new_one(world: World) -> None:
    """She is told which it is taken for, and a press makes it the other."""
    head = await settle(world, LAW, WORKSHOP)
    for key in ("Ближайшее", "Руководителю"):  # nothing is asked, or the days are
        await head.says(key)
        preview = await head.says("семинар 15 ноября 14:00 СОШ 183")
        assert preview.plain.startswith(
            "В плане есть встреча без дня – назначаем её?\nСеминар «Правовые основы"
        )
        assert preview.labels == ["Подтвердить", "Нет, это новая встреча", "Другой день"]
        made = await head.presses("Нет, это новая встреча", of=preview)
        assert made.plain.startswith("Понимаю так:\nСеминар\n🗓 Воскресенье, 15 ноября, 14:00\n📍 СОШ 183\n")
    await head.says("Ближайшее")
    assert "черновик уже не действует" in (await head.presses("Нет, это новая", of=preview)).plain


async def test_a_whole_line_is_for_the_only_meeting_of_its_kind(world: World) -> None:
    """Whichever is asked about just then; of one that is to be moved it says where to."""
    head = await settle(world, LAW, replace(WORKSHOP, periods=LAW.periods))
    await head.says("Руководителю")
    preview = await head.says("мастер-класс 25 ноября 15:00 СОШ 183")
    assert preview.plain.startswith("В плане есть встреча без дня – назначаем её?\nМастер-класс «Электронный")
    await head.presses("Подтвердить", of=preview)
    await head.presses("Карточка встречи")
    await head.presses("Перенести")
    moved = await head.says("мастер-класс 26 ноября 15:00 СОШ 183")
    assert moved.plain.startswith("Переносим эту встречу?\nМастер-класс «Электронный")
    assert moved.labels[1] == "Нет, это новая встреча"


async def test_a_meeting_of_a_kind_that_the_month_lacks_is_new(world: World) -> None:
    head = await settle(world, LAW)
    preview = await head.says("мастер-класс 25 ноября 15:00 СОШ 183")
    assert preview.plain.startswith("Понимаю так:\nМастер-класс\n🗓 Среда, 25 ноября, 15:00\n")


async def test_a_meeting_with_a_name_of_its_own_is_new(world: World) -> None:
    head = await settle(world, LAW, WORKSHOP)
    for name in ("Новинки", "Право"):
        preview = await head.says(f"семинар «{name}» 24 ноября 14:00 СОШ 183")
        assert preview.plain.startswith(f"Понимаю так:\nСеминар «{name}»\n")
        await head.says("Ближайшее")
    preview = await head.says("семинар «Правовые основы работы школьной библиотеки» 24 ноября 14:00 СОШ 183")
    assert preview.plain.startswith("В плане есть встреча без дня – назначаем её?\n")


async def test_a_whole_line_for_one_of_two_meetings_or_a_new_one(world: World) -> None:
    head = await settle(world, LAW, replace(WORKSHOP, periods=LAW.periods))
    asked = await head.says("встреча 25 ноября 15:00 СОШ 183")
    assert asked.labels[2:] == ["Нет, это новая встреча"]
    made = await head.presses("Нет, это новая встреча")
    assert made.plain.startswith("Понимаю так:\nВстреча\n🗓 Среда, 25 ноября, 15:00\n📍 СОШ 183\n")


async def test_a_day_in_words_that_could_be_two_events(world: World) -> None:
    head = await settle(world, LAW, replace(WORKSHOP, periods=LAW.periods))
    asked = await head.says("25 ноября 15:00")
    assert "Какую назначаем?" in asked.plain
    assert "среда, 25 ноября, 15:00" in asked.plain
    assert "🗓 Среда, 25 ноября, 15:00" in (await head.presses("Мастер-класс")).plain
    await head.presses("Подтвердить")
    assert (await day_of(world, "Мастер-класс")).day_known


async def test_a_day_off_is_pointed_out(world: World) -> None:
    head = await at_the_desk(world)
    assert "⚠️ Это воскресенье, выходной." in (await head.presses("15 вс")).plain


async def test_a_holiday_is_called_by_its_name(world: World) -> None:
    head = await at_the_desk(world)
    said = (await head.says("4 ноября")).plain
    assert "⚠️ Это нерабочий день: День народного единства. Переносы выходных в регионах бывают свои." in said


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        (
            "18 ноября 15:00",
            "В это же время – Заседание РМО (среда, 18 ноября, 14:00–16:00), и зовут тех же людей.",
        ),
        ("18 ноября 10:00", "В этот же день – Заседание РМО (среда, 18 ноября, 14:00–16:00)."),
    ],
)
async def test_another_event_of_the_day_is_pointed_out(world: World, words: str, warning: str) -> None:
    head = await at_the_desk(world)
    preview = await head.says(words)
    assert f"⚠️ {warning}" in preview.plain
    assert "Подтвердить" in preview.labels  # it only warns


async def test_another_event_at_the_same_place_is_pointed_out(world: World) -> None:
    head = await settle(world, LAW, replace(MEETING, venue="лицей №12"))
    assert "⚠️ В это же время в том же месте – Заседание РМО" in (await head.says("18 ноября 15:00")).plain


async def test_a_free_day_is_named_without_a_warning(world: World) -> None:
    head = await at_the_desk(world)
    assert "⚠️" not in (await head.says("19 ноября 15:00")).plain


async def test_moving_and_other_hours_are_looked_at_as_well(world: World) -> None:
    other = replace(WORKSHOP, periods=(Period.at(date(2026, 11, 18), time(10), time(12)),))
    head = await settle(world, MEETING, other)
    await head.says("Ближайшее")
    await head.presses("Перенести")
    assert "⚠️" not in (await head.says("19 ноября")).plain
    assert "начало поставлю в 10:00" in head.sees_all  # its own hour, not the usual one
    meeting = await event_called(world, "Заседание")
    await head.presses_data(EditField(event=meeting.id, field="hours").pack())
    assert "⚠️ В это же время – Мастер-класс" in (await head.says("11:00–13:00")).plain


async def test_later(world: World) -> None:
    head = await at_the_desk(world)
    assert "спрошу снова не раньше 16 ноября" in (await head.presses("Пока не знаю")).plain
    assert head.sees.labels == []
    assert "Правовые основы" in (await head.presses("Назвать дни")).plain


async def test_with_every_day_named(world: World) -> None:
    head = await settle(world, MEETING)
    desk = await head.says("/desk")
    assert "У всех встреч впереди день назван." in desk.plain
    assert "У всех встреч впереди день назван. Хорошо!" in (await head.presses("Назвать дни")).plain
    world.clock.forward(days=30)
    assert (await head.says("/desk")).plain == "Руководителю\nВпереди встреч пока нет."


async def test_another_event_of_the_same_month(world: World) -> None:
    head = await settle(world, LAW, replace(WORKSHOP, periods=LAW.periods))
    await head.says("Руководителю")
    other = await head.presses("Другая: Мастер-класс")
    assert "Мастер-класс" in other.plain
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    assert (await day_of(world, "Мастер-класс")).day_known


async def test_another_day_before_confirming(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("25 ср")
    await head.presses("Другой день")
    await head.presses("26 чт")
    await head.presses("Подтвердить")
    assert (await day_of(world, "Правовые")).end.day == 26


async def test_naming_twice_tells_once(world: World) -> None:
    head = await at_the_desk(world)
    maria = await come_in_maria(world)
    await head.presses("25 ср")
    confirm = head.data_of("Подтвердить")
    await world.feed(head.pressing(confirm), head.pressing(confirm))
    await world.rings()
    assert maria.sees_all.count("Назван день") == 1
    assert "Этот день назван раньше, всем уже сообщаю." in head.sees.plain


async def test_a_moved_day_is_told_and_asked_anew(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await head.says("Ближайшее")
    board = await head.presses("Перенести")
    assert "Сейчас: среда, 18 ноября, 14:00–16:00" in board.plain
    await head.presses("19 чт")
    await head.presses("Подтвердить")
    await world.rings()
    assert maria.sees.plain.startswith("Перенос: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00\n")
    assert "Мария Ивановна, вы придёте? Прежний ответ" in maria.sees.plain
    assert "Вы ещё не ответили" in (await maria.says("Ближайшее")).plain


def days_on(shown: Shown) -> list[str]:
    """The labels of the days to choose from."""
    return [label for label in shown.labels if label[0].isdigit()]


async def test_a_day_is_moved_a_month_at_a_time(world: World) -> None:
    """And no other event, nor its month, stands among the days."""
    head = await settle(world, MEETING, LAW, WORKSHOP)
    await head.presses("18 ноября", of=await head.says("Что 18 ноября?"))
    board = await head.presses("Перенести")
    assert "Нажмите новый день (ноябрь 2026 г.)" in board.plain
    assert (days_on(board)[0], days_on(board)[-1], len(days_on(board))) == ("2 пн", "30 пн", 29)
    assert board.labels[29:] == ["Дни в декабре ▶", "Отложить без дня"]
    december = await head.presses("Дни в декабре ▶")
    assert "Нажмите новый день (декабрь 2026 г.)" in december.plain
    assert (days_on(december)[0], days_on(december)[-1], len(days_on(december))) == ("1 вт", "31 чт", 31)
    assert december.labels[31:] == ["◀ Дни в ноябре", "Дни в январе ▶", "Отложить без дня"]
    assert (days_on(await head.presses("◀ Дни в ноябре"))) == days_on(board)
    for _ in range(11):
        board = await head.presses("▶", of=head.sees)
    assert board.labels[-2:] == ["◀ Дни в сентябре", "Отложить без дня"]
    assert "октябрь 2027 г." in board.plain
    beyond = await head.presses_data(TurnDays(event=1, year=2030, month=1).pack())
    assert days_on(beyond) == ["2 пн"]


async def test_the_last_days_of_a_month_stand_with_the_next(world: World) -> None:
    """So that there is something to choose from; on no page twice."""
    head = await settle(world, replace(MEETING, periods=(Period.at(date(2026, 11, 27), time(14)),)))
    world.clock.moment = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    await head.says("Ближайшее")
    board = await head.presses("Перенести")
    assert (days_on(board)[0], days_on(board)[-1], len(days_on(board))) == ("25.11 ср", "31.12 чт", 37)
    january = await head.presses("Дни в январе ▶")
    assert (days_on(january)[0], len(days_on(january))) == ("1 пт", 31)
    assert days_on(await head.presses("◀ Дни в декабре")) == days_on(board)


async def test_an_event_of_many_months_is_named_a_month_at_a_time(world: World) -> None:
    wide = replace(WORKSHOP, periods=(Period.months(2026, 11, 2027, 2),))
    head = await settle(world, wide, LAW)
    await head.says("Руководителю")
    board = await head.presses("Другая: Мастер-класс")
    assert (len(days_on(board)), days_on(board)[0]) == (29, "2 пн")
    assert "Дни в декабре ▶" in board.labels
    assert len(days_on(await head.presses("Дни в декабре ▶"))) == 31
    await head.presses("10 чт")
    await head.presses("Подтвердить")
    assert (await day_of(world, "Мастер-класс")).end == date(2026, 12, 10)


async def test_a_new_hour_asks_whether_all_stands(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await head.says("Ближайшее")
    await head.presses("Перенести")
    await head.says("18 ноября 15:00")
    await head.presses("Подтвердить")
    await world.rings()
    assert maria.sees.plain.startswith("Новое время: Заседание РМО")
    assert "Мария Ивановна, всё в силе?" in maria.sees.plain


async def test_two_coordinators_name_the_same_day(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("25 ср")
    first = head.data_of("Подтвердить")
    await head.presses("Другой день")
    await head.presses("26 чт")
    await head.presses("Подтвердить")
    late = await head.presses_data(first)
    assert "Пока вы смотрели, эту встречу изменили:" in late.plain
    assert "назван день: четверг, 26 ноября, 14:00 (было: ноябрь 2026 г.)" in late.plain
    assert late.labels == ["Подтвердить", "Другой день", "Ничего не менять"]
    await head.presses("Подтвердить", of=late)
    assert (await day_of(world, "Правовые")).end.day == 25


async def test_a_day_of_an_event_that_was_cancelled_meanwhile(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("25 ср")
    await call_off(world, "Правовые основы")
    late = await head.presses("Подтвердить")
    assert "отмена\nТеперь ваше изменение внести нельзя." in late.plain
    assert not (await day_of(world, "Правовые")).day_known


async def test_a_day_of_an_event_cancelled_while_words_are_waited_for(world: World) -> None:
    head = await at_the_desk(world)
    await call_off(world, "Правовые основы")
    assert "Эта встреча отменена" in (await head.says("25 ноября")).plain
    assert "Мастер-класс" in (await head.says("что в декабре?")).plain


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("когда-нибудь", "Не получилось понять день. Напишите, например: 18 ноября 14:00."),
        ("31 ноября", "Такого дня нет"),
        ("1 ноября 2026 10:00", "Это время уже прошло. Назовите, пожалуйста, другое"),
        ("😀" * 2048, "Не получилось понять день"),
    ],
)
async def test_words_that_are_no_day_are_asked_for_again(world: World, words: str, answer: str) -> None:
    head = await at_the_desk(world)
    assert answer in (await head.says(words)).plain
    assert "Подтвердить" in (await head.says("25 ноября 14:00")).labels


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_naming(world: World, sent: dict[str, object]) -> None:
    head = await at_the_desk(world)
    assert "Не получилось понять день" in (await head.sends_other(**sent)).plain
    assert "Подтвердить" in (await head.says("25 ноября 14:00")).labels


async def test_naming_goes_on_after_a_restart(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    await at_the_desk(world)
    world = await make_world(sqlite_url)
    await world.head.says("25 ноября")
    world = await make_world(sqlite_url)
    event = await event_called(world, "Правовые")
    day = ProposeDay(event=event.id, day="20261126", at="-").pack()
    assert "26 ноября, 14:00" in (await world.head.presses_data(day)).plain


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("00010101", "00010101", "-", "-"),
        ("99991231", "99991231", "2359", "-"),
        ("20261125", "20261124", "-", "-"),
        ("20261125", "20261125", "1600", "1400"),
        ("завтра", "20261125", "-", "-"),
        ("20261125", "20261125", "25 ч", "-"),
        ("20261125", "20261125", "1400+03", "-"),
    ],
)
async def test_made_up_days_name_nothing(world: World, first: str, last: str, start: str, end: str) -> None:
    head = await at_the_desk(world)
    event = await event_called(world, "Правовые")
    data = ConfirmDay(event=event.id, revision=9, first=first, last=last, start=start, end=end)
    await head.presses_data(data.pack())
    await head.presses_data(ProposeDay(event=event.id, day=first, at=start).pack())
    assert await day_of(world, "Правовые") == event.period


@pytest.mark.parametrize(
    ("line", "shown", "stands"),
    [
        ("семинар 25 ноября 14:00 СОШ 183", "📍 СОШ 183", ("СОШ 183", Mode.ONSITE)),
        ("семинар 25 ноября 14:00 онлайн", "📍 онлайн", ("", Mode.ONLINE)),
        ("семинар 25 ноября 14:00, каб. 5", "📍 Лицей № 12, каб. 5", ("Лицей № 12, каб. 5", Mode.ONSITE)),
        ("семинар 25 ноября 14:00", "📍 Лицей № 12", ("Лицей № 12", Mode.ONSITE)),
    ],
)
async def test_a_place_said_with_the_day_is_its_place(
    world: World, line: str, shown: str, stands: tuple[str, Mode]
) -> None:
    """Of a line in which a meeting of the plan is seen; the plan's own place stays where none is said."""
    head = await at_the_desk(world)
    maria = await come_in_maria(world)
    await head.says("Помощь")
    preview = await head.says(line)
    assert "Нет, это новая встреча" in preview.labels
    assert shown in preview.plain.splitlines()
    await head.presses("Подтвердить")
    event = await event_called(world, "Правовые")
    assert event.period.day_known
    assert (event.venue, event.mode) == stands
    await world.rings()
    assert shown.removeprefix("📍 ").lower() in maria.sees.plain.lower()


@pytest.mark.parametrize("asked", [True, False])
async def test_a_place_written_beside_the_day_alone_is_its_place(world: World, asked: bool) -> None:
    head = await settle(world, LAW)
    await head.says("Назвать дни" if asked else "Помощь")
    preview = await head.says("25 ноября 14:00 СОШ 183")
    assert "📍 СОШ 183" in preview.plain.splitlines()
    await head.presses("Подтвердить")
    assert (await event_called(world, "Правовые")).venue == "СОШ 183"


async def test_of_several_meetings_the_one_chosen_gets_the_place(world: World) -> None:
    head = await settle(world, LAW, replace(LAW, title="Семинар «Читаем вместе»"))
    asked = await head.says("семинар 25 ноября 14:00 СОШ 183")
    assert "📍 СОШ 183" in (await head.presses("Читаем вместе", of=asked)).plain
    await head.presses("Подтвердить")
    assert (await event_called(world, "Читаем")).venue == "СОШ 183"


async def test_a_preview_whose_place_is_forgotten_names_nothing(world: World) -> None:
    """Its button says more than what would be done."""
    head = await at_the_desk(world)
    await head.says("семинар 25 ноября 14:00 СОШ 183")
    old = head.data_of("Подтвердить")
    await head.says("семинар 26 ноября 15:00 СОШ 45")
    assert "Эта кнопка устарела" in (await head.presses_data(old)).plain + head.sees_all
    await head.says("Помощь")
    assert "Эта кнопка устарела" in (await head.presses_data(old)).plain
    assert not (await event_called(world, "Правовые")).period.day_known


async def test_nobody_to_tell_yet(world: World) -> None:
    head = await at_the_desk(world)
    assert "Рассказать пока некому" in (await head.presses("25 ср")).plain
    assert "Рассказывать пока некому" in (await head.presses("Подтвердить")).plain


async def test_many_to_tell(world: World) -> None:
    head = await at_the_desk(world)
    for number in range(5):
        await come_in(world, 3000 + number, "Белова Анна Львовна", "СОШ № 45")
    assert "Расскажу 5 людям и попрошу ответить." in (await head.presses("25 ср")).plain


async def test_a_moved_meeting_keeps_its_hours(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    await head.presses("Перенести")
    assert "27 ноября, 14:00–16:00" in (await head.says("27 ноября")).plain


async def test_a_day_in_words_gets_the_usual_hour(world: World) -> None:
    head = await settle(world, WORKSHOP)
    await head.says("Назвать дни")
    assert "10 декабря, 14:00" in (await head.says("10 декабря")).plain


async def test_another_month_than_the_plan_s_is_pointed_out(world: World) -> None:
    head = await settle(world, WORKSHOP)
    await head.says("Назвать дни")
    assert (
        "В плане эта встреча стоит на другое время: декабрь 2026 г." in (await head.says("15 января")).plain
    )


async def test_there_and_back_again_is_told_to_nobody(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    for day in ("19 ноября", "18 ноября"):
        await head.says("Ближайшее")
        await head.presses("Перенести")
        await head.says(day)
        await head.presses("Подтвердить")
    await world.rings()
    assert maria.chat.shown == []


@pytest.mark.parametrize(
    ("said", "opens"),
    [("итоги года", "Отчёты"), ("что дальше?", "Впереди ещё"), ("мои ответы?", "ответ")],
)
async def test_the_name_of_a_screen_is_no_day(world: World, said: str, opens: str) -> None:
    """It is opened, and the question is left as by any key; anything else leaves it open."""
    head = await at_the_desk(world)
    assert "Не получилось понять день" in (await head.says("ой, не знаю")).plain
    assert (await world.actor(head)).dialogue is not None
    assert opens in (await head.says(said)).plain
    assert "Не получилось понять день" not in head.sees.plain
    assert (await world.actor(head)).dialogue is None
