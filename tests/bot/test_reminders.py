"""What rings: the card with its buttons, to whom, when; a restart loses none; who blocked the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import SendMessage

from actions.associations import add_association
from domain.period import Period
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, TASK, WORKSHOP, call_off, come_in, come_in_maria, settle

MakeWorld = Callable[[str], Awaitable[World]]
REFUSED = SendMessage(chat_id=1, text="…")
WEEK_BEFORE = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # 10:00 there
EVENING_BEFORE = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)  # 18:00
TWO_HOURS_BEFORE = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)  # 12:00


async def a_member(world: World) -> Person:
    """Мария is a member, a meeting is on 18 November at 14:00."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await world.rings()
    return maria


async def rings_at(world: World, moment: datetime) -> None:
    world.clock.moment = moment
    await world.rings()


async def test_a_week_before(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    assert maria.sees.plain == (
        "🔔 В среду, 18 ноября, в 14:00\nЗаседание РМО\n"
        "📍 МБОУ СОШ № 412\n"
        "Ответ нужен до 16 ноября, 12:00.\n"
        "Мария Ивановна, вы придёте? Если не сможете, это тоже ответ: напоминать больше не буду."
    )
    assert maria.sees.labels == [
        "Приду",
        "Не смогу",
        "Пока не знаю",
        "Напомнить позже",
        "В календарь",
        "Почему мне это пришло?",
    ]


async def test_the_evening_before_to_one_in_doubt(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Ближайшее")
    await maria.presses("Пока не знаю")
    await rings_at(world, EVENING_BEFORE)
    assert maria.sees.plain == (
        "🔔 Завтра в 14:00\nЗаседание РМО\n"
        "📍 МБОУ СОШ № 412\n"
        "Мария Ивановна, вы пока не решили. Получится прийти?"
    )


async def test_two_hours_before_to_one_who_comes(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    await maria.presses("Приду")
    await rings_at(world, TWO_HOURS_BEFORE)
    assert maria.sees.plain == (
        "🔔 Сегодня в 14:00\nЗаседание РМО\n"
        "📍 МБОУ СОШ № 412\n"
        "Закончим около 16:00.\n"
        "Вы ответили: приду. Планы изменились? Нажмите «Не смогу», и вас не будут ждать."
    )
    card = maria.sees
    await maria.presses("Не смогу", of=card)
    assert "Ваш ответ: не смогу." in card.plain


async def test_one_who_cannot_is_left_in_peace(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    await maria.presses("Не смогу")
    seen = len(maria.chat.shown)
    await rings_at(world, EVENING_BEFORE)
    await rings_at(world, TWO_HOURS_BEFORE)
    assert len(maria.chat.shown) == seen


async def test_the_buttons_of_every_reminder_stay_alive(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    first = maria.sees
    await rings_at(world, EVENING_BEFORE)
    assert "Ваш ответ: приду." in (await maria.presses("Приду", of=first)).plain


async def test_known_to_the_month_rings_once_and_asks_nothing(world: World) -> None:
    await settle(world, WORKSHOP)
    maria = await come_in_maria(world)
    await world.rings()
    await rings_at(world, datetime(2026, 12, 1, 3, 0, tzinfo=UTC))
    assert maria.sees.plain == (
        "🔔 Декабрь 2026 г.\nМастер-класс «Электронный каталог без страха»\n"
        "📍 Гимназия № 21\n"
        "День пока не назван; назовут – напишу и спрошу, придёте ли."
    )
    assert maria.sees.labels == ["Почему мне это пришло?"]


async def test_the_coordinator_is_asked_to_name_the_day(world: World) -> None:
    head = await settle(world, WORKSHOP)
    maria = await come_in_maria(world)
    await world.rings()
    await rings_at(world, datetime(2026, 11, 18, 3, 0, tzinfo=UTC))
    assert head.sees.plain.startswith("Пора назвать дни.\nДекабрь 2026 г.: назовём день?")
    await head.presses("9 ср", of=head.sees)
    assert "Подтвердить" in head.sees.labels
    assert "Пора назвать дни" not in maria.sees_all


async def test_a_deadline_rings_without_asking_anybody_to_come(world: World) -> None:
    await settle(world, TASK)
    maria = await come_in_maria(world)
    await world.rings()
    await rings_at(world, datetime(2026, 11, 19, 3, 0, tzinfo=UTC))
    assert "придёте" not in maria.sees_all
    assert "Приду" not in maria.sees.labels


async def test_a_day_without_an_hour(world: World) -> None:
    await settle(world, replace(MEETING, periods=(Period.day(date(2026, 11, 18)),)))
    maria = await come_in_maria(world)
    await world.rings()
    await rings_at(world, datetime(2026, 11, 18, 1, 0, tzinfo=UTC))
    assert "🔔 Сегодня\nЗаседание РМО" in maria.sees_all


async def test_a_cancelled_event_does_not_ring(world: World) -> None:
    maria = await a_member(world)
    await call_off(world, "Заседание")
    await rings_at(world, WEEK_BEFORE)
    assert "🔔" not in maria.sees_all


async def test_a_restart_loses_none(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    maria = await a_member(world)
    world = await make_world(sqlite_url)
    await rings_at(world, WEEK_BEFORE)
    maria = world.person(maria.id)
    assert maria.sees_all.count("🔔") == 1
    world = await make_world(sqlite_url)
    await world.rings()
    assert world.person(maria.id).sees_all == ""


async def test_markup_in_a_title_and_a_name_is_shown_as_it_is(world: World) -> None:
    await settle(world, replace(MEETING, title="Заседание <b>РМО</b> & Ко", venue="Лицей <12>"))
    await come_in(world, 2002, "О’Нил Мария Ивановна", "<СОШ>")
    await world.rings()
    await rings_at(world, WEEK_BEFORE)
    assert "Заседание <b>РМО</b> & Ко\n📍 Лицей <12>\n" in world.person(2002).sees.plain


# --- Who blocked the bot ----------------------------------------------------------------------------------


async def test_one_who_blocked_the_bot_is_left_alone(world: World) -> None:
    maria = await a_member(world)
    await maria.blocks()
    assert (await world.actor(maria)).unreachable
    await rings_at(world, WEEK_BEFORE)
    assert maria.sees_all == ""


@pytest.mark.parametrize("word", ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated"])
async def test_one_whom_telegram_refuses_is_marked_and_left_alone(world: World, word: str) -> None:
    maria = await a_member(world)
    await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    world.clock.moment = WEEK_BEFORE
    await world.app.bell.tick()
    world.telegram.failures += [TelegramForbiddenError(REFUSED, word)]
    await world.app.sender.drain()
    people = [world.head, maria, world.person(3003)]
    marked = [one for one in people if (await world.actor(one)).unreachable]
    assert len(marked) == 1
    assert sum("🔔" in one.sees_all for one in people) == 2
    await rings_at(world, EVENING_BEFORE)
    assert marked[0].sees_all == ""


async def test_a_chat_that_is_gone_counts_as_blocked(world: World) -> None:
    maria = await a_member(world)
    await world.head.blocks()
    world.clock.moment = WEEK_BEFORE
    await world.app.bell.tick()
    world.telegram.failures += [TelegramBadRequest(REFUSED, "Bad Request: chat not found")]
    await world.app.sender.drain()
    assert (await world.actor(maria)).unreachable


async def test_one_who_lets_it_in_again_hears_of_the_next(world: World) -> None:
    maria = await a_member(world)
    await maria.blocks()
    await maria.blocks(status="member")
    await rings_at(world, WEEK_BEFORE)
    assert "🔔" in maria.sees_all


async def test_one_who_writes_again_is_back_as_well(world: World) -> None:
    maria = await a_member(world)
    await maria.blocks()
    await maria.says("Ближайшее")
    assert not (await world.actor(maria)).unreachable


async def test_being_thrown_out_of_a_group_marks_nobody(world: World) -> None:
    maria = await a_member(world)
    await maria.blocks(chat={"id": -100, "type": "group", "title": "Чат"})
    assert not (await world.actor(maria)).unreachable


async def test_a_reply_that_is_refused_marks_her_too(world: World) -> None:
    maria = await a_member(world)
    world.telegram.failures += [TelegramForbiddenError(REFUSED, "Forbidden: bot was blocked by the user")]
    await maria.says("Ближайшее")
    assert (await world.actor(maria)).unreachable


async def test_the_reminder_of_another_association_can_be_answered(world: World) -> None:
    maria = await a_member(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Novosibirsk", world.clock.now())
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=other)
    await rings_at(world, WEEK_BEFORE)
    assert "Ваш ответ: приду." in (await maria.presses("Приду")).plain
    assert (await world.actor(maria)).home.id == other
    listed = (await maria.says("Мои ответы")).plain
    assert listed.startswith("РМО Заречного района\nВаши ответы\n• среда, 18 ноября")
    assert "Заседание РМО: приду" in listed


async def test_the_law_seminar_tells_of_its_day_before_it_rings(world: World) -> None:
    head = await settle(world, LAW)
    maria = await come_in_maria(world)
    await world.rings()
    await head.says("Руководителю")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    await world.rings()
    await rings_at(world, datetime(2026, 11, 18, 3, 0, tzinfo=UTC))
    assert maria.sees_all.index("Назван день") < maria.sees_all.index("🔔 В среду, 25 ноября, в 14:00")
