"""«Напоминания» of a person, «Когда напоминать» of her association."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, come_in_maria, settle

THREE_DAYS_BEFORE = datetime(2026, 11, 13, 8, 0, tzinfo=UTC)  # on the Friday before, 15:00
WEEK_BEFORE = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # 10:00 there


async def at_her_reminders(world: World) -> Person:
    """Мария has «Напоминания» before her; a meeting is on 18 November at 14:00."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await world.rings()
    await maria.says("Настройки")
    await maria.presses("Напоминания")
    return maria


async def at_the_desk(world: World) -> Person:
    """The coordinator has «Когда напоминать» before her."""
    head = await settle(world, MEETING)
    await world.rings()
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Настройки объединения")
    await head.presses("Когда напоминать")
    return head


async def confirms(head: Person) -> str:
    """«Подтвердить»; what she reads then. She goes back to «Когда напоминать»."""
    said = (await head.presses("Подтвердить")).plain
    await head.presses("‹ Назад")
    return said


async def at_meetings(head: Person) -> Person:
    """From «Когда напоминать» to the lead times of meetings with an hour."""
    await head.presses("О чём и за сколько")
    await head.presses("Встречи с часом")
    return head


async def head_s_journal(head: Person) -> str:
    await head.says("Руководителю")
    await head.presses("Ещё")
    return (await head.presses("Журнал")).plain


async def rings_at(world: World, moment: datetime) -> None:
    world.clock.moment = moment
    await world.rings()


async def both_come(world: World, maria: Person) -> None:
    """The week's reminder is answered, and the last call is not theirs."""
    await rings_at(world, WEEK_BEFORE)
    for one in (maria, world.head):
        await one.says("Ближайшее")
        await one.presses("Приду")


# --- A person ---------------------------------------------------------------------------------------------


async def test_what_she_has(world: World) -> None:
    maria = await at_her_reminders(world)
    assert maria.sees.plain == (
        "Напоминания\n"
        "Как у всех: за неделю, накануне и за 2 часа.\n"
        "Сводка на неделю: выключена. Приходит в понедельник утром.\n"
        "Сводка на месяц: выключена. Приходит в первый рабочий день."
    )
    assert maria.sees.labels == ["Как часто", "Сводка на неделю", "Сводка на месяц", "Пауза до…"]


async def test_each_choice_is_explained(world: World) -> None:
    maria = await at_her_reminders(world)
    await maria.presses("Как часто")
    assert maria.sees.plain == (
        "Как часто напоминать о встречах?\n"
        "Как у всех – за неделю, накануне и за 2 часа.\n"
        "Чаще – за неделю, за три дня, накануне, утром того же дня и за 2 часа.\n"
        "Реже – накануне.\n"
        "Не напоминать – напишу, только если встречу перенесут или отменят.\n"
        "О переносах и отменах пишу в любом случае."
    )
    assert maria.sees.labels == ["✅ Как у всех", "Чаще", "Реже", "Не напоминать", "‹ Назад"]


async def test_more_rings_three_days_before(world: World) -> None:
    maria = await at_her_reminders(world)
    await maria.presses("Как часто")
    assert "Чаще: за неделю, за три дня" in (await maria.presses("Чаще")).plain
    await both_come(world, maria)
    await rings_at(world, THREE_DAYS_BEFORE)
    assert maria.sees_all.count("🔔") == 2
    assert world.head.sees_all.count("🔔") == 1


async def test_none_is_told_of_a_move_alone(world: World) -> None:
    maria = await at_her_reminders(world)
    await maria.presses("Как часто")
    await maria.presses("Не напоминать")
    await rings_at(world, WEEK_BEFORE)
    await rings_at(world, datetime(2026, 11, 17, 11, 0, tzinfo=UTC))
    assert "🔔" not in maria.sees_all


async def test_a_pause_by_a_button_holds_reminders_back(world: World) -> None:
    maria = await at_her_reminders(world)
    await maria.presses("Пауза до…")
    paused = await maria.presses("На месяц")
    assert "молчу до 2 декабря 2026 г." in paused.plain
    await rings_at(world, WEEK_BEFORE)
    assert "🔔" not in maria.sees_all
    await maria.presses("Снять паузу")
    assert "Пауза" not in maria.sees.plain
    await rings_at(world, datetime(2026, 11, 17, 11, 0, tzinfo=UTC))
    assert maria.sees_all.count("🔔") == 1


async def test_a_pause_in_words(world: World) -> None:
    maria = await at_her_reminders(world)
    await maria.presses("Пауза до…")
    assert "например: 16 ноября" in (await maria.says("потом")).plain
    assert "уже наступил" in (await maria.says("сегодня")).plain
    assert "не дольше года" in (await maria.says("1 сентября 2028")).plain
    assert "молчу до 20 января 2027 г." in (await maria.says("до 20 января")).plain
    await maria.says("Настройки")
    await maria.presses("Напоминания")
    assert "Пауза до 20 января 2027 г. Напишу, только если" in maria.sees.plain


async def test_a_made_up_pause_is_an_old_button(world: World) -> None:
    maria = await at_her_reminders(world)
    assert "устарела" in (await maria.presses_data("pause:завтра")).plain


async def test_changes_wait_for_the_pause_to_end(world: World) -> None:
    head = await settle(world, LAW)
    maria = await come_in_maria(world)
    await maria.says("Настройки")
    await maria.presses("Напоминания")
    await maria.presses("Пауза до…")
    await maria.presses("На неделю")
    await head.says("Руководителю")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    await world.rings()
    assert "Назван день" not in maria.sees_all
    await rings_at(world, datetime(2026, 11, 9, 1, 0, tzinfo=UTC))  # 8:00 there
    assert "Назван день" in maria.sees_all


async def test_changes_come_when_the_pause_is_taken_back(world: World) -> None:
    head = await settle(world, LAW)
    maria = await come_in_maria(world)
    await head.says("Руководителю")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    await maria.says("Настройки")
    await maria.presses("Напоминания")
    await maria.presses("Пауза до…")
    await maria.presses("До 1 сентября")
    await world.rings()
    assert "Назван день" not in maria.sees_all
    await maria.presses("Снять паузу")
    await world.rings()
    assert "Назван день" in maria.sees_all


# --- The association --------------------------------------------------------------------------------------


async def test_what_is_set_in_plain_words(world: World) -> None:
    head = await at_the_desk(world)
    assert head.sees.plain == (
        "Когда напоминать\n"
        "• Встречи с часом: за неделю, накануне и за 2 часа\n"
        "• Онлайн-встречи: за неделю, накануне и за 15 минут, со ссылкой\n"
        "• Известен только день: за неделю, накануне и утром того же дня\n"
        "• День ещё не назван: в первый рабочий день месяца\n"
        "• Задания со сроком: за неделю до срока и накануне срока\n"
        "Тихие часы: с 21:00 до 8:00.\n"
        "Летний отдых: с 15 июня по 19 августа."
    )
    assert len(head.sees.labels) == 5


async def test_first_screens_have_six_buttons_at_most(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Руководителю")
    assert len(head.sees.labels) <= 6
    await head.presses("Ещё")
    assert len(head.sees.labels) <= 6


async def test_a_lead_is_switched(world: World) -> None:
    head = await at_the_desk(world)
    maria = await come_in_maria(world)
    await at_meetings(head)
    preview = await head.presses("За неделю")
    assert preview.plain == (
        "Будет так:\n"
        "Встречи с часом: накануне и за 2 часа (сейчас: за неделю, накануне и за 2 часа).\n"
        "Напоминания о 1 встрече пойдут по-новому: 2 людям."
    )
    assert preview.labels == ["Подтвердить", "‹ Назад"]
    assert await confirms(head) == "Записано.\nВстречи с часом: накануне и за 2 часа."
    await at_meetings(head)
    assert "Сейчас: накануне и за 2 часа." in head.sees.plain
    await head.presses("За три дня")
    assert "Встречи с часом: за три дня, накануне и за 2 часа." in await confirms(head)
    await rings_at(world, WEEK_BEFORE)
    assert "🔔" not in maria.sees_all
    await rings_at(world, THREE_DAYS_BEFORE)
    assert maria.sees_all.count("🔔") == 1


async def test_an_old_switch_does_what_it_says(world: World) -> None:
    head = await at_the_desk(world)
    await at_meetings(head)
    off = head.data_of("За неделю")
    await head.presses_data(off, head.sees.message_id)
    await head.presses("Подтвердить")
    await head.says("Ближайшее")
    assert "Так и было" in (await head.presses_data(off, head.sees.message_id)).plain


async def test_a_preview_changes_nothing(world: World) -> None:
    head = await at_the_desk(world)
    await at_meetings(head)
    await head.presses("За неделю")
    await head.presses("‹ Назад")
    assert "Сейчас: за неделю, накануне и за 2 часа." in head.sees.plain
    assert "когда напоминать" not in await head_s_journal(head)


async def test_the_way_back_lasts_a_day_and_the_journal_has_both(world: World) -> None:
    head = await at_the_desk(world)
    await at_meetings(head)
    await head.presses("За неделю")
    await head.presses("Подтвердить")
    back = head.data_of("Вернуть как было")
    said = await head.presses("Вернуть как было")
    assert said.plain == "Записано.\nВстречи с часом: за неделю, накануне и за 2 часа."
    assert said.labels == ["‹ Назад"]
    assert "Так и было" in (await head.presses_data(back)).plain
    assert (
        "когда напоминать, «Встречи с часом»: накануне и за 2 часа (было: за неделю, накануне и за 2 часа)"
        in await head_s_journal(head)
    )
    world.clock.forward(days=1)
    assert "в течение суток" in (await head.presses_data(back)).plain


async def test_a_preview_that_another_one_followed_sets_nothing(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("Тихие часы")
    await head.says("с 22 до 7")
    old = head.data_of("Подтвердить")
    assert "с 23:00 до 7:00" in (await head.says("с 23 до 7")).plain
    assert "ждёт ответа: когда тихие часы" in (await head.presses_data(old)).plain
    assert "уже закрыт" in head.sees_all
    assert "с 23:00 до 7:00" in await confirms(head)


async def test_where_nothing_ahead_is_moved(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("Летний отдых")
    assert "уже рассчитаны, это не меняет" in (await head.presses("Не отдыхать")).plain


async def test_the_hour_by_a_button_and_in_words(world: World) -> None:
    head = await at_the_desk(world)
    maria = await come_in_maria(world)
    await head.presses("В котором часу")
    await head.presses("За неделю – 10:00")
    assert "За неделю: 12:00 (сейчас: 10:00)." in (await head.presses("12:00")).plain
    assert await confirms(head) == "Записано.\nЗа неделю: 12:00."
    await head.presses("В котором часу")
    await head.presses("За неделю – 12:00")
    assert "понять время" in (await head.says("попозже")).plain
    assert "тихие часы: с 21:00 до 8:00" in (await head.says("23:00")).plain
    await head.says("в 2 дня")
    assert "За неделю: 14:00." in await confirms(head)
    await rings_at(world, datetime(2026, 11, 11, 6, 59, tzinfo=UTC))
    assert "🔔" not in maria.sees_all
    await rings_at(world, datetime(2026, 11, 11, 7, 0, tzinfo=UTC))
    assert maria.sees_all.count("🔔") == 1


async def test_a_lead_that_was_switched_off_has_no_hour(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("В котором часу")
    await head.presses("За неделю – 10:00")
    late = head.data_of("12:00")
    for family in ("timed", "online", "day"):
        await head.presses_data(f"lead:{family}:week:off")
        await head.presses("Подтвердить")
    assert "выключено" in (await head.presses_data(late)).plain
    assert "В котором часу?" in (await head.presses_data("hour:week", head.chat.shown[-1].message_id)).plain


async def test_quiet_hours(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("Тихие часы")
    await head.presses("22:00 – 7:00")
    assert "Тихие часы: с 22:00 до 7:00." in await confirms(head)
    await head.presses("Тихие часы")
    assert "понять часы" in (await head.says("ночью")).plain
    assert "не останется и часа" in (await head.says("с 8 до 7:30")).plain
    await head.says("21:30–8")
    assert "Тихие часы: с 21:30 до 8:00." in await confirms(head)
    await head.presses("Тихие часы")
    await head.presses("Без тихих часов")
    assert "Тихие часы: их нет." in await confirms(head)


async def test_the_rest(world: World) -> None:
    head = await at_the_desk(world)
    await head.presses("Летний отдых")
    await head.presses("1 июня – 31 августа")
    assert "Летний отдых: с 1 июня по 31 августа." in await confirms(head)
    await head.presses("Летний отдых")
    assert "понять дни" in (await head.says("лето")).plain
    assert "не останется и месяца" in (await head.says("с 1 сентября по 20 августа")).plain
    await head.says("с 20 июня по 10 августа")
    assert "с 20 июня по 10 августа." in await confirms(head)
    await head.presses("Летний отдых")
    await head.presses("Не отдыхать")
    assert "Летний отдых: его нет." in await confirms(head)


@pytest.mark.parametrize("data", ["rest:0231:0819", "rest:xx:0819", "quiet:2500:0800", "sethour:week:99"])
async def test_made_up_data_is_an_old_button(world: World, data: str) -> None:
    head = await at_the_desk(world)
    assert "устарела" in (await head.presses_data(data)).plain


async def test_a_lead_that_does_not_suit_is_refused(world: World) -> None:
    head = await at_the_desk(world)
    assert "для этих встреч нет" in (await head.presses_data("lead:month:week:on")).plain
    assert "своего часа" in (await head.presses_data("sethour:hours:1200")).plain


async def test_everybody_keeps_her_own_choice(world: World) -> None:
    head = await at_the_desk(world)
    maria = await come_in_maria(world)
    await maria.says("Настройки")
    await maria.presses("Напоминания")
    await maria.presses("Как часто")
    await maria.presses("Реже")
    await head.presses("О чём и за сколько")
    await head.presses("Встречи с часом")
    await head.presses("За три дня")
    await confirms(head)
    await both_come(world, maria)
    await rings_at(world, THREE_DAYS_BEFORE)
    assert head.sees_all.count("🔔") == 2
    assert "🔔" not in maria.sees_all
    await rings_at(world, datetime(2026, 11, 17, 11, 0, tzinfo=UTC))
    assert maria.sees_all.count("🔔") == 1


async def test_members_have_no_say_in_it(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    for data in ("timing:home", "lead:timed:week:off", "timesure:x", "timeback:1"):
        assert "только руководитель" in (await maria.presses_data(data)).plain
