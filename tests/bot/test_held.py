"""«Состоялось?»: what is noted, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.views.journal_keys import ShowJournal
from bot.views.keyboards import ShowEvent
from bot.views.notice_keys import SayHeld
from domain.records import Status
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, come_in, come_in_maria, event_called, settle

DAY_AFTER = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)


async def days_go_by(world: World, until: datetime) -> None:
    """All that falls due meanwhile is heard: the last two days hour by hour."""
    while world.clock.moment < until:
        near = until - world.clock.moment <= timedelta(days=2)
        world.clock.moment = min(until, world.clock.moment + timedelta(hours=1 if near else 8))
        await world.rings()


async def asked(world: World) -> tuple[Person, Person]:
    """The day after the meeting the coordinator is asked."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await days_go_by(world, DAY_AFTER)
    assert head.sees.plain == "Состоялось? Заседание РМО (среда, 18 ноября, 14:00–16:00)."
    return head, maria


async def test_it_took_place_or_did_not(world: World) -> None:
    head, maria = await asked(world)
    seen = len(maria.chat.shown)
    said = await head.presses("Да", of=head.sees)
    assert said.plain == "Состоялось. Заседание РМО (среда, 18 ноября, 14:00–16:00)."
    assert said.labels == ["✅ Да", "Не состоялось", "Перекличка", "Бумаги", "Другое", "‹ Назад"]
    assert (await event_called(world, "Заседание")).status is Status.HELD
    assert (await maria.presses_data(ShowEvent(event=1).pack())).plain.endswith("\nСостоялось.")
    said = await head.presses("Не состоялось", of=head.sees)
    assert said.plain.startswith("Не состоялось. Заседание РМО")
    assert said.labels == ["Да", "Перенесли", "✅ Не состоялось", "Бумаги", "Другое", "‹ Назад"]
    assert (await event_called(world, "Заседание")).status is Status.NOT_HELD
    assert (await maria.presses_data(ShowEvent(event=1).pack())).plain.endswith("\nНе состоялось.")
    await world.rings()
    assert len(maria.chat.shown) == seen + 2


async def test_it_was_moved(world: World) -> None:
    """A day to come is named, be it after «Не состоялось»."""
    head, maria = await asked(world)
    await head.presses("Не состоялось", of=head.sees)
    board = await head.presses("Перенесли", of=head.sees)
    assert "Сейчас: среда, 18 ноября" in board.plain
    await head.presses("25 ср", of=board)
    await head.presses("Подтвердить")
    await world.rings()
    assert maria.sees.plain.startswith("Перенос: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00\n")
    assert (await event_called(world, "Заседание")).status is Status.PLANNED


async def test_another_coordinator_who_says_otherwise_is_asked_first(world: World) -> None:
    head, _ = await asked(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 7", Role.COORDINATOR)
    await head.presses("Да", of=head.sees)
    no, moved = (SayHeld(event=1, said=said).pack() for said in ("no", "moved"))
    said = await olga.presses_data(no)
    assert said.plain == (
        "Пока вы смотрели, эту встречу изменили:\n"
        "• 19 ноября, 10:00, Орлова Н. В. – состоялось\n"
        "Если всё-таки нужно так, как у вас, подтвердите ещё раз:\n\n"
        "Не состоялось? Заседание РМО (среда, 18 ноября, 14:00–16:00)."
    )
    assert said.labels == ["Да, не состоялось", "Ничего не менять"]
    assert (await event_called(world, "Заседание")).status is Status.HELD
    # The same that was said is no other answer, and one's own is changed as before.
    assert (await olga.presses_data(SayHeld(event=1, said="yes").pack())).plain.startswith("Состоялось.")
    sure = (await olga.presses_data(no)).buttons[0].callback_data
    assert sure is not None
    assert (await olga.presses_data(sure)).plain.startswith("Не состоялось.")
    assert (await event_called(world, "Заседание")).status is Status.NOT_HELD
    assert (await olga.presses_data(SayHeld(event=1, said="yes").pack())).plain.startswith("Состоялось.")
    # What she saw is not what stands any more.
    assert "Орлова" not in (await head.presses_data(sure)).plain
    assert "Перенесли? Заседание РМО" in (await head.presses_data(moved)).plain
    assert "Сейчас: среда, 18 ноября" in (await head.presses("Да, перенесли")).plain
    journal = (await head.presses_data(ShowJournal(event=1, page=0).pack())).plain
    assert "Орлова Н. В. – состоялось\n" in journal
    assert "Белова О. П. – не состоялось\n" in journal


async def test_a_month_without_a_day_can_still_get_one(world: World) -> None:
    head = await settle(world, LAW)
    await days_go_by(world, datetime(2026, 12, 1, 3, 0, tzinfo=UTC))
    assert "День так и не назвали." in head.sees.plain
    board = await head.presses("Перенесли", of=head.sees)
    assert "1 вт" in board.labels
    assert "🗓 Вторник, 15 декабря, 10:00" in (await head.says("15 декабря 10:00")).plain


async def test_what_is_ahead_cancelled_or_gone(world: World) -> None:
    head = await settle(world, MEETING)
    said = await head.presses_data(SayHeld(event=1, said="yes").pack())
    assert said.plain.startswith("Эта встреча ещё впереди.\n\nЗаседание РМО")
    gone = await head.presses_data(SayHeld(event=99, said="moved").pack())
    assert "Этой встречи в плане больше нет." in gone.plain
