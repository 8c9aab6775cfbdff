"""What people hear of changes: together, at night, at short notice; «Вижу» and who has not pressed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.views.event_keys import ChangeEvent
from bot.views.keyboards import ChooseDay
from bot.views.notice_keys import SaySeen
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, come_in, come_in_maria, event_called, settle
from tests.builders import change

NIGHT = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)  # 23:00, two weeks before
LATE = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)  # 23:00 on the eve


async def a_meeting(world: World) -> tuple[Person, Person]:
    """A meeting on 18 November at 14:00; Мария comes."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await world.rings()
    return head, maria


async def moves(head: Person, words: str) -> None:
    """The coordinator moves the meeting."""
    await head.presses_data(ChooseDay(event=1).pack())
    await head.says(words)
    await head.presses("Подтвердить")


async def places(head: Person, words: str) -> None:
    """The coordinator changes where it is."""
    await head.presses_data(ChangeEvent(event=1, act="place").pack())
    await head.says(words)
    await head.presses("Да, сменить")


async def cancels(head: Person) -> None:
    """The coordinator cancels it."""
    await head.presses_data(ChangeEvent(event=1, act="cancel").pack())
    await head.presses("Без причины")
    await head.presses("Да, отменить")


async def restores(head: Person) -> None:
    """The coordinator takes that back."""
    await head.presses_data(ChangeEvent(event=1, act="restore").pack())
    await head.presses("Да, вернуть")


async def heard(world: World, person: Person, **later: float) -> list[str]:
    """What a person is sent by then."""
    before = len(person.chat.shown)
    world.clock.forward(**later)
    await world.rings()
    return [shown.plain for shown in person.chat.shown[before:]]


# --- Together ---------------------------------------------------------------------------------------------


async def test_the_first_at_once_the_next_together(world: World) -> None:
    head, maria = await a_meeting(world)
    await moves(head, "19 ноября 14:00")
    [first] = await heard(world, maria)
    assert first.startswith("Перенос: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00\n")
    world.clock.forward(minutes=1)
    await places(head, "Лицей № 12")
    world.clock.forward(minutes=1)
    await moves(head, "19 ноября 15:00")
    assert await heard(world, maria, minutes=2) == []
    [second] = await heard(world, maria, minutes=1)
    assert second.startswith("Новое время: Заседание РМО\nБыло: четверг, 19 ноября, 14:00\n")
    assert "📍 Лицей № 12" in second


async def test_back_before_anybody_heard_of_it(world: World) -> None:
    """Told of 19 November; the 20th came and went within the five minutes."""
    head, maria = await a_meeting(world)
    await moves(head, "19 ноября 14:00")
    await heard(world, maria)
    await maria.presses("Приду")
    await moves(head, "20 ноября 14:00")
    await moves(head, "19 ноября 14:00")
    assert await heard(world, maria, minutes=6) == []
    # Nobody asked anew, so what was answered about the 19th still counts.
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain


async def test_a_night_of_changes_is_one_message_in_the_morning(world: World) -> None:
    head, maria = await a_meeting(world)
    world.clock.moment = NIGHT
    await moves(head, "19 ноября 14:00")
    world.clock.forward(minutes=10)
    await places(head, "Лицей № 12")
    world.clock.forward(minutes=10)
    await moves(head, "20 ноября 10:00")
    assert await heard(world, maria, hours=8) == []
    [told] = await heard(world, maria, minutes=40)
    assert told.startswith("Перенос: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00\n")
    assert "Теперь: пятница, 20 ноября, 10:00\n📍 Лицей № 12" in told


async def test_moved_and_moved_back_at_night(world: World) -> None:
    """Nobody hears of it, answers stand, and the reminders come as if nothing had been."""
    head, maria = await a_meeting(world)
    world.clock.moment = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)  # two days before, 22:00
    await moves(head, "25 ноября 14:00")
    await moves(head, "18 ноября 14:00–16:00")
    assert await heard(world, maria, hours=11) == []
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain
    world.clock.moment = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
    [eve] = await heard(world, maria)
    assert eve.startswith("🔔 Завтра в 14:00")


async def test_cancelled_and_restored_at_night(world: World) -> None:
    head, maria = await a_meeting(world)
    world.clock.moment = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
    await cancels(head)
    await restores(head)
    assert await heard(world, maria, hours=11) == []
    world.clock.moment = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
    assert len(await heard(world, maria)) == 1


async def test_a_deadline_named_meanwhile_keeps_the_news(world: World) -> None:
    """Nobody is told of the deadline, but everybody of what came before it."""
    head, maria = await a_meeting(world)
    world.clock.moment = NIGHT
    await places(head, "Лицей № 12")
    await head.presses_data(ChangeEvent(event=1, act="deadline").pack())
    await head.says("13 ноября 18:00")
    await head.presses("Да, такой срок")
    await places(head, "взять: паспорт")
    [told] = await heard(world, maria, hours=9)
    assert told.startswith("Новое место: Заседание РМО\n")


# --- What is asked ----------------------------------------------------------------------------------------


async def test_a_new_day_is_asked_anew(world: World) -> None:
    head, maria = await a_meeting(world)
    await moves(head, "19 ноября 14:00")
    [told] = await heard(world, maria)
    assert told.endswith(
        "Мария Ивановна, вы придёте? Прежний ответ, если он был, о другом дне и больше не в счёт."
    )
    assert "Вы ещё не ответили" in (await maria.says("Ближайшее")).plain


async def test_a_new_hour_or_place_asks_whether_all_stands(world: World) -> None:
    head, maria = await a_meeting(world)
    for one in (moves(head, "18 ноября 15:00"), places(head, "Лицей № 12")):
        await one
        [told] = await heard(world, maria)
        assert told.endswith("Мария Ивановна, всё в силе?")
        assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain
        world.clock.forward(hours=1)


async def test_a_cancelled_meeting_reminds_nobody_until_it_is_back(world: World) -> None:
    head, maria = await a_meeting(world)
    await cancels(head)
    [told] = await heard(world, maria)
    assert "Приезжать не нужно." in told
    world.clock.moment = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)
    assert await heard(world, maria) == []
    await restores(head)
    [back] = await heard(world, maria)
    assert back.startswith("Встреча всё-таки состоится: Заседание РМО\n")
    world.clock.moment = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
    [eve] = await heard(world, maria)
    assert eve.startswith("🔔 Завтра в 14:00")


async def test_back_and_put_off_before_anybody_heard(world: World) -> None:
    head, maria = await a_meeting(world)
    await cancels(head)
    await heard(world, maria)
    await restores(head)
    await head.says("Ближайшее")
    await head.presses("Перенести")
    await head.presses("Отложить без дня")
    await head.says("в декабре")
    await head.presses("Да, отложить")
    [back] = await heard(world, maria, minutes=20)
    assert back.startswith("Встреча всё-таки состоится: Заседание РМО\n🗓 Декабрь 2026 г.")
    assert back.endswith("День пока не назван; назовут – напишу.")


async def test_who_made_the_change_is_not_told(world: World) -> None:
    head, maria = await a_meeting(world)
    colleague = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45", Role.COORDINATOR)
    await moves(head, "19 ноября 14:00")
    await world.rings()
    assert "Перенос" not in head.sees_all
    assert "Перенос" in colleague.sees_all
    assert "Перенос" in maria.sees_all


# --- At short notice --------------------------------------------------------------------------------------


async def on_the_eve(world: World) -> tuple[Person, Person, Person, Person]:
    """23:00 on the eve: Мария and Ольга come, Анна has not answered; a telephone is known."""
    head, maria = await a_meeting(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await olga.says("Ближайшее")
    await olga.presses("Приду")
    anna = await come_in(world, 4004, "Андреева Анна Сергеевна", "СОШ № 7")
    person = (await world.actor(olga)).person_id
    await change(world.app.database, tables.persons, tables.persons.c.id == person, phone="79130000001")
    await world.rings()
    world.clock.moment = LATE
    await world.rings()
    return head, maria, olga, anna


async def test_at_short_notice_the_night_is_no_reason_to_wait(world: World) -> None:
    head, maria, *_ = await on_the_eve(world)
    await moves(head, "18 ноября 9:00")
    [told] = await heard(world, maria)
    assert told.startswith("Новое время: Заседание РМО\n")
    assert maria.sees.labels == ["Приду", "Не смогу", "Пока не знаю", "Вижу"]
    await maria.presses("Вижу", of=maria.sees)
    assert world.telegram.toasts[-1] == "Спасибо!"
    assert maria.sees.labels == ["Приду", "Не смогу", "Пока не знаю"]
    assert await heard(world, head, minutes=19) == []
    [listed] = await heard(world, head, minutes=1)
    assert listed == (
        "Заседание РМО: об изменении, возможно, не знают 2 человека. Позвоните, пожалуйста:\n"
        "• Белова Ольга Петровна, СОШ № 45, +7 913 000-00-01 – собирается прийти\n"
        "• Андреева Анна Сергеевна, СОШ № 7, телефона нет"
    )
    assert await heard(world, head, hours=2) == []


async def test_an_answer_shows_that_it_was_seen(world: World) -> None:
    """Be it the same as before."""
    head, maria, olga, anna = await on_the_eve(world)
    await moves(head, "18 ноября 9:00")
    await world.rings()
    world.clock.forward(minutes=2)
    await maria.presses("Приду", of=maria.sees)
    await olga.presses("Приду", of=olga.sees)
    await anna.presses("Пока не знаю", of=anna.sees)
    assert await heard(world, head, minutes=20) == []


async def test_everybody_saw_it(world: World) -> None:
    head, *others = await on_the_eve(world)
    await moves(head, "18 ноября 9:00")
    await world.rings()
    for one in others:
        await one.presses("Вижу", of=one.sees)
    assert await heard(world, head, minutes=21) == []


async def test_a_second_change_makes_one_list(world: World) -> None:
    """And an older «Вижу» says nothing of it."""
    head, maria, *_ = await on_the_eve(world)
    await moves(head, "18 ноября 9:00")
    await world.rings()
    old = maria.sees
    await maria.presses("Вижу", of=old)
    world.clock.forward(minutes=3)
    await places(head, "Лицей № 12")
    [told] = await heard(world, maria)
    assert told.startswith("Новое место: Заседание РМО\n")
    late = await maria.presses_data(SaySeen(event=1, revision=2).pack(), old.message_id)
    assert late.plain.startswith("Пока вы смотрели, эту встречу изменили.")
    listed = await heard(world, head, minutes=21)
    assert len(listed) == 1
    assert "не знают 3 человека" in listed[0]


async def test_a_day_without_an_hour_is_urgent_on_the_day(world: World) -> None:
    head = await settle(world, replace(MEETING, periods=(MEETING.periods[0].day(MEETING.periods[0].end),)))
    maria = await come_in_maria(world)
    await world.rings()
    world.clock.moment = datetime(2026, 11, 18, 0, 30, tzinfo=UTC)  # 7:30 there
    await world.rings()
    await cancels(head)
    await world.rings()
    assert maria.sees.plain.startswith("Отменено: Заседание РМО\n")
    [listed] = await heard(world, head, minutes=21)
    assert "Петрова Мария Ивановна" in listed


async def test_seen_of_a_meeting_that_is_gone(world: World) -> None:
    _, maria = await a_meeting(world)
    said = await maria.presses_data(SaySeen(event=99, revision=1).pack())
    assert "Этой встречи в плане больше нет." in said.plain
    assert (await event_called(world, "Заседание")).revision == 1
