"""«Напомнить позже» and «В календарь» under a reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar

from actions.changing import cancel
from actions.naming import name_day
from domain.period import Period
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, TASK, come_in_maria, event_called, settle

WEEK_BEFORE = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # 10:00 there
TWO_HOURS_BEFORE = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)  # 12:00


async def reminded(world: World, moment: datetime = WEEK_BEFORE) -> Person:
    """Мария has a reminder of the meeting on 18 November at 14:00 before her."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await world.rings()
    await rings_at(world, moment)
    return maria


async def rings_at(world: World, moment: datetime) -> None:
    world.clock.moment = moment
    await world.rings()


async def moves(world: World, period: Period) -> None:
    """The coordinator moves the meeting."""
    event = await event_called(world, "Заседание")
    head = await world.actor(world.head)
    await name_day(world.uow(), head, event.id, event.revision, period, world.clock.now())


# --- Later ------------------------------------------------------------------------------------------------


async def test_she_is_asked_when_and_the_reminder_stays(world: World) -> None:
    maria = await reminded(world)
    reminder = maria.sees
    await maria.presses("Напомнить позже")
    assert (maria.sees.plain, maria.sees.labels) == (
        "Когда напомнить?",
        ["Через час", "Сегодня вечером", "Завтра утром"],
    )
    assert "Ваш ответ: приду." in (await maria.presses("Приду", of=reminder)).plain


async def test_she_is_reminded_once_more(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("Напомнить позже")
    assert (await maria.presses("Завтра утром")).plain == "Хорошо, напомню завтра в 8:00."
    await rings_at(world, WEEK_BEFORE + timedelta(hours=21, minutes=59))
    assert maria.sees_all.count("🔔") == 1
    await rings_at(world, WEEK_BEFORE + timedelta(hours=22))
    assert maria.sees_all.count("🔔") == 2
    assert "Напомнить позже" in maria.sees.labels


async def test_a_second_wish_takes_the_place_of_the_first(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("Напомнить позже")
    first = maria.sees
    await maria.presses("Через час")
    await maria.presses("Напомнить позже")
    assert first.plain == "Хорошо, напомню сегодня в 11:00."
    assert (await maria.presses("Сегодня вечером")).plain == "Хорошо, напомню сегодня в 19:00."
    await rings_at(world, WEEK_BEFORE + timedelta(hours=1))
    assert maria.sees_all.count("🔔") == 1
    await rings_at(world, WEEK_BEFORE + timedelta(hours=9))
    assert maria.sees_all.count("🔔") == 2


async def test_a_notice_in_between_does_not_take_it_away(world: World) -> None:
    maria = await reminded(world, datetime(2026, 11, 17, 10, 50, tzinfo=UTC))
    await rings_at(world, datetime(2026, 11, 17, 10, 55, tzinfo=UTC))
    await maria.says("Ближайшее")
    event = await event_called(world, "Заседание")
    await maria.presses_data(f"later?:{event.id}")
    await maria.presses("Завтра утром")
    await rings_at(world, datetime(2026, 11, 17, 11, 0, tzinfo=UTC))  # the eve's, at 18:00
    before = maria.sees_all.count("🔔")
    await rings_at(world, datetime(2026, 11, 18, 1, 0, tzinfo=UTC))  # 8:00
    assert maria.sees_all.count("🔔") == before + 1


async def test_only_what_is_still_of_use_is_offered(world: World) -> None:
    maria = await reminded(world, TWO_HOURS_BEFORE)
    await maria.presses("Напомнить позже")
    assert maria.sees.labels == ["Через час"]
    world.clock.forward(minutes=45)
    assert "До встречи совсем немного" in (await maria.presses("Через час")).plain
    await maria.presses("Напомнить позже")
    assert "До встречи совсем немного" in maria.sees.plain
    assert maria.sees.labels == ["Карточка встречи"]


async def test_a_moment_that_has_passed_gives_way_to_the_others(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("Напомнить позже")
    world.clock.forward(hours=9, minutes=5)  # 19:05
    assert "уже не подходит" in (await maria.presses("Сегодня вечером")).plain
    assert maria.sees.labels == ["Через час", "Завтра утром"]


async def test_a_moved_event_is_reminded_of_by_its_new_day(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("Напомнить позже")
    await maria.presses("Завтра утром")
    await moves(world, Period.at(date(2026, 11, 25), time(14)))
    await rings_at(world, WEEK_BEFORE + timedelta(hours=22))
    assert maria.sees_all.count("🔔") == 1


async def test_cancelled_over_and_unknown(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("Напомнить позже")
    event = await event_called(world, "Заседание")
    await cancel(
        world.uow(), await world.actor(world.head), event.id, event.revision, "Карантин", world.clock.now()
    )
    assert "отменена" in (await maria.presses("Завтра утром")).plain
    assert "больше нет" in (await maria.presses_data("later?:999")).plain


async def test_over(world: World) -> None:
    maria = await reminded(world)
    world.clock.moment = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
    assert "уже прошла" in (await maria.presses("Напомнить позже")).plain


async def test_one_who_declined_need_not_be_reminded(world: World) -> None:
    maria = await reminded(world)
    later = maria.data_of("Напомнить позже")
    await maria.presses("Не смогу")
    assert "Вы ответили «не смогу»" in (await maria.presses_data(later)).plain


async def test_a_task_later(world: World) -> None:
    await settle(world, TASK)
    maria = await come_in_maria(world)
    task = await event_called(world, "Сбор данных")
    assert "ничего не нужно" in (await maria.presses_data(f"later?:{task.id}")).plain
    uow = world.uow()
    async with uow as rows:
        person = (await world.actor(maria)).person_id
        await rows.association(1).assignments.name(task.id, [person], world.clock.now())
        await uow.commit()
    await maria.presses_data(f"later?:{task.id}")
    await maria.presses("Завтра утром")
    await rings_at(world, datetime(2026, 11, 3, 1, 0, tzinfo=UTC))
    assert "📌 Задание" in maria.sees.plain


# --- Into the calendar ------------------------------------------------------------------------------------


async def test_a_file_for_the_calendar(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("В календарь")
    assert maria.sees.file_name == "встреча.ics"
    assert "Заседание РМО – среда, 18 ноября, 14:00–16:00" in maria.sees.plain
    content = maria.sees.file or b""
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    assert str(event["location"]) == "МБОУ СОШ № 412"
    *_, last = event.walk("VALARM")
    assert last.decoded("trigger") == timedelta(hours=-2)


async def test_the_file_follows_the_event(world: World) -> None:
    maria = await reminded(world)
    await maria.presses("В календарь")
    [first] = Calendar.from_ical(maria.sees.file or b"").walk("VEVENT")
    await moves(world, Period.at(date(2026, 11, 25), time(15)))
    await maria.presses("В календарь")
    [second] = Calendar.from_ical(maria.sees.file or b"").walk("VEVENT")
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtstart") == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


async def test_a_cancelled_one_says_so(world: World) -> None:
    maria = await reminded(world)
    event = await event_called(world, "Заседание")
    head, now = await world.actor(world.head), world.clock.now()
    await cancel(world.uow(), head, event.id, event.revision, "", now)
    await maria.presses("В календарь")
    [cancelled] = Calendar.from_ical(maria.sees.file or b"").walk("VEVENT")
    assert cancelled["status"] == "CANCELLED"
    assert maria.sees.plain.startswith("Отменено: Заседание РМО.")


async def test_who_reminds_herself_has_no_alarm(world: World) -> None:
    maria = await reminded(world)
    await maria.says("Настройки")
    await maria.presses("Напоминания")
    await maria.presses("Как часто")
    await maria.presses("Не напоминать")
    await maria.presses("В календарь")
    assert Calendar.from_ical(maria.sees.file or b"").walk("VALARM") == []


async def test_a_month_is_no_day_for_a_calendar(world: World) -> None:
    await settle(world, LAW)
    maria = await come_in_maria(world)
    event = await event_called(world, "Правовые")
    assert "пока не назван" in (await maria.presses_data(f"ics:{event.id}")).plain


async def test_the_card_of_one_who_comes_offers_it(world: World) -> None:
    await settle(world, replace(MEETING, periods=(Period.day(date(2026, 11, 18)),)))
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    assert "В календарь" not in maria.sees.labels
    await maria.presses("Приду")
    await maria.presses("В календарь")
    [event] = Calendar.from_ical(maria.sees.file or b"").walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 11, 18)
    assert event.decoded("dtend") == date(2026, 11, 19)
