"""What comes by the calendar, end to end: days to name, digests, the evening before, the last call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from domain.period import Period
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, TASK, WORKSHOP, come_in, come_in_maria, settle
from tests.bot.telegram import Shown

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 9:00 there
FIRST_OF_DECEMBER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # a Tuesday, 9:00
LAST_CALL = datetime(2026, 11, 13, 8, 0, tzinfo=UTC)  # two days before the 16th, on the Friday
EVE = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)  # 19:00


async def rings_at(world: World, moment: datetime) -> None:
    world.clock.moment = moment
    await world.rings()


async def wants(person: Person, *digests: str) -> None:
    """Switches digests on."""
    await person.says("Настройки")
    await person.presses("Напоминания")
    for digest in digests:
        await person.presses(digest)


def told(person: Person, words: str) -> Shown:
    """The newest message that says so."""
    return next(shown for shown in reversed(person.chat.shown) if words in shown.plain)


async def the_week_before_passes(world: World) -> None:
    """The next digest is made once the one before has gone."""
    await rings_at(world, datetime(2026, 11, 9, 2, 0, tzinfo=UTC))


async def quiet_days(world: World, first: datetime, last: datetime) -> None:
    """The clock goes on from day to day."""
    world.clock.moment = first
    while world.clock.moment <= last:
        await world.rings()
        world.clock.forward(days=1)


# --- Days to name -----------------------------------------------------------------------------------------


async def test_one_message_for_all_days_to_name(world: World) -> None:
    head = await settle(world, WORKSHOP, replace(LAW, periods=(Period.month(2026, 12),)))
    maria = await come_in_maria(world)
    await world.rings()
    before = len(head.chat.shown)
    await rings_at(world, datetime(2026, 11, 17, 3, 0, tzinfo=UTC))
    asked = head.chat.shown[before:]
    assert len(asked) == 1
    assert "Без дня – 2 встречи:" in asked[0].plain
    assert "Электронный каталог" in asked[0].plain
    assert "Правовые основы" in asked[0].plain
    assert "Пора назвать дни" not in maria.sees_all
    await rings_at(world, datetime(2026, 11, 18, 3, 0, tzinfo=UTC))
    assert len(head.chat.shown) == before + 1


# --- Digests ----------------------------------------------------------------------------------------------


async def test_the_week_on_monday(world: World) -> None:
    await settle(world, MEETING, LAW, TASK)
    maria = await come_in_maria(world)
    await wants(maria, "Сводка на неделю")
    await world.rings()
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await the_week_before_passes(world)
    await rings_at(world, MONDAY)
    week = told(maria, "На этой неделе")
    assert week.plain == (
        "На этой неделе\n"
        "• Среда, 18 ноября, 14:00–16:00 – Заседание РМО (МБОУ СОШ № 412). Ваш ответ: приду.\n"
        "Сводки включаются и выключаются в «Настройках», «Напоминания»."
    )
    assert week.labels == ["18 ноября · Заседание РМО"]
    assert "На этой неделе" not in world.head.sees_all


async def test_each_reads_her_own_answer(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    for one in (maria, olga):
        await wants(one, "Сводка на неделю")
    await world.rings()
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    await the_week_before_passes(world)
    await rings_at(world, MONDAY)
    assert "Ваш ответ: не смогу." in told(maria, "На этой неделе").plain
    assert "Ответа пока нет." in told(olga, "На этой неделе").plain


async def test_a_week_with_nothing_says_nothing(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await wants(maria, "Сводка на неделю")
    await world.rings()
    await rings_at(world, datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    assert "На этой неделе" not in maria.sees_all


async def test_the_month_on_its_first_working_day(world: World) -> None:
    late = replace(MEETING, periods=(Period.at(date(2026, 12, 16), time(14)),))
    await settle(world, WORKSHOP, late)
    maria = await come_in_maria(world)
    await wants(maria, "Сводка на месяц")
    await world.rings()
    await rings_at(world, FIRST_OF_DECEMBER)
    assert maria.sees.plain == (
        "Декабрь 2026 г.\n"
        "• Среда, 16 декабря, 14:00 – Заседание РМО (МБОУ СОШ № 412). Ответа пока нет.\n"
        "• Декабрь 2026 г., день пока не назван – Мастер-класс «Электронный каталог без страха» "
        "(Гимназия № 21).\n"
        "Сводки включаются и выключаются в «Настройках», «Напоминания»."
    )


async def test_the_month_holds_the_week_of_the_same_day(world: World) -> None:
    """1 February 2027 is a Monday."""
    await settle(world, replace(MEETING, periods=(Period.at(date(2027, 2, 3), time(14)),)))
    maria = await come_in_maria(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await wants(maria, "Сводка на неделю", "Сводка на месяц")
    await wants(olga, "Сводка на неделю")
    await world.rings()
    await rings_at(world, datetime(2027, 1, 29, 2, 0, tzinfo=UTC))
    await rings_at(world, datetime(2027, 2, 1, 2, 0, tzinfo=UTC))
    assert "Февраль 2027 г." in maria.sees_all
    assert "На этой неделе" not in maria.sees_all
    assert "На этой неделе" in olga.sees_all


async def test_an_hour_moved_on_the_day_brings_no_second_digest(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await wants(maria, "Сводка на неделю")
    await world.rings()
    await the_week_before_passes(world)
    await rings_at(world, MONDAY)
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Настройки объединения")
    await head.presses("Когда напоминать")
    await head.presses("Тихие часы")
    await head.says("с 21 до 10")
    await rings_at(world, datetime(2026, 11, 16, 2, 30, tzinfo=UTC))
    await rings_at(world, datetime(2026, 11, 16, 3, 0, tzinfo=UTC))
    assert maria.sees_all.count("На этой неделе") == 1


async def test_in_the_rest_nothing_comes_by_the_calendar(world: World) -> None:
    world.clock.moment = datetime(2027, 6, 16, 2, 0, tzinfo=UTC)
    summer = replace(MEETING, periods=(Period.day(date(2027, 7, 7)),))
    await settle(world, summer, replace(WORKSHOP, periods=(Period.month(2027, 7),)))
    maria = await come_in_maria(world)
    await wants(maria, "Сводка на неделю", "Сводка на месяц")
    head = world.head
    await quiet_days(world, datetime(2027, 6, 20, 3, 0, tzinfo=UTC), datetime(2027, 8, 19, 3, 0, tzinfo=UTC))
    assert "На этой неделе" not in maria.sees_all
    assert "Июль 2027 г.\n•" not in maria.sees_all
    assert "Электронный каталог" not in maria.sees_all
    assert "Пора назвать дни" not in head.sees_all
    assert "🔔 В среду, 7 июля" in maria.sees_all  # of meetings themselves people are reminded


# --- The evening before, the last call --------------------------------------------------------------------


async def test_the_evening_before_the_coordinator_sees_who_comes(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await come_in(world, 3003, "Белова Ольга Петровна", "Гимназия № 21")
    await world.rings()
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await rings_at(world, EVE)
    said = next(shown.plain for shown in reversed(head.chat.shown) if "Откуда:" in shown.plain)
    assert said == (
        "В среду, 18 ноября, в 14:00 – Заседание РМО. Придёт 1 человек.\n"
        "Откуда:\n"
        "• СОШ № 45 – 1\n"
        "Не ответили 2 человека: Белова О. П., Орлова Н. В."
    )
    assert "Откуда:" not in maria.sees_all
    assert any("Позвоните" in shown.labels for shown in head.chat.shown)


async def test_guests_and_substitutes_are_in_it(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await world.rings()
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    await maria.presses("За меня придёт коллега")
    await maria.says("Ким Ольга Юрьевна")
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    await head.presses("Гости")
    await head.presses("Добавить гостя")
    await head.says("Иванова Анна Львовна, ЦБС\nЯшина Е. П.")
    await rings_at(world, EVE)
    assert told(head, "Откуда:").plain.startswith(
        "В среду, 18 ноября, в 14:00 – Заседание РМО. Придут 3 человека.\n"
        "Откуда:\n"
        "• место работы не указано – 1\n"
        "• СОШ № 45 – 1\n"
        "• ЦБС – 1\n"
    )


async def test_the_last_call_once_to_the_silent(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await world.rings()
    await maria.says("Ближайшее")
    await maria.presses("Пока не знаю")
    await rings_at(world, LAST_CALL)
    assert olga.sees_all.count("Одно нажатие – и больше спрашивать не буду.") == 1
    assert "Одно нажатие" not in maria.sees_all
    await quiet_days(
        world, datetime(2026, 11, 14, 8, 0, tzinfo=UTC), datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    )
    assert olga.sees_all.count("Одно нажатие") == 1
    assert "Одно нажатие" not in maria.sees_all
