"""«Провести вместе»: offered, shown first, told once; old buttons lead on; «Разделить»; marks of each row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from actions.guests import add_guests
from actions.seating import set_seats
from bot.views.editing_keys import ShowEdit
from bot.views.event_keys import ShowOther
from bot.views.keyboards import ChooseDay, GiveAnswer, ShowEvent, ShowMore
from bot.views.together_keys import ConfirmJoin, ConfirmPart, HoldTogether, JoinWith, MarkRow, PartEvents
from domain.period import Period
from domain.records import Answer, Mode, Status
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, WORKSHOP, call_off, come_in, come_in_maria, event_called, settle
from tests.bot.test_group import a_group, seconds_pass
from tests.bot.test_held import days_go_by
from tests.builders import change, stored

# Another row on the meeting's day, at another hour and place; and two of one month and place.
SEMINAR = replace(LAW, periods=(Period.at(date(2026, 11, 18), time(10)),))
DECEMBER = replace(MEETING, title="Заседание РМО в декабре", periods=WORKSHOP.periods, venue=WORKSHOP.venue)
BOTH = "Заседание РМО; Семинар «Правовые основы работы школьной библиотеки»"


async def a_day_of_two(world: World) -> tuple[Person, Person]:
    """The meeting and the seminar stand on 18 November; Мария has answered both."""
    head = await settle(world, MEETING, SEMINAR)
    maria = await come_in_maria(world)
    await answers(world, maria, "Семинар", Answer.DECLINED)
    world.clock.forward(minutes=1)
    await answers(world, maria, "Заседание", Answer.GOING)
    return head, maria


async def answers(world: World, who: Person, title: str, answer: Answer) -> None:
    event = await event_called(world, title)
    await who.presses_data(GiveAnswer(event=event.id, answer=answer, place=-1).pack())


async def open_more(world: World, head: Person, title: str) -> None:
    await head.presses_data(ShowOther(event=(await event_called(world, title)).id).pack())


async def open_edit(world: World, head: Person, title: str) -> None:
    await head.presses_data(ShowEdit(event=(await event_called(world, title)).id).pack())


async def held_together(world: World) -> tuple[Person, Person]:
    head, maria = await a_day_of_two(world)
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    await head.presses("Да, вместе", of=head.sees)
    return head, maria


# --- Offered ----------------------------------------------------------------------------------------------


async def test_offered_for_the_same_day(world: World) -> None:
    head, _ = await a_day_of_two(world)
    await open_more(world, head, "Заседание")
    assert head.sees.labels[-2:] == ["Провести вместе", "‹ Назад"]
    said = await head.presses("Провести вместе", of=head.sees)
    assert said.plain == (
        "Провести вместе?\n"
        "1. Заседание РМО\n"
        "2. Семинар «Правовые основы работы школьной библиотеки»\n"
        "Будет одна встреча: среда, 18 ноября, 14:00–16:00, МБОУ СОШ № 412, с общей карточкой и общим "
        "списком.\n"
        "У второй стояло: среда, 18 ноября, 10:00; Лицей № 12 – это больше не в счёт.\n"
        "Ответы обеих сложу вместе; кто ответил дважды, у того в счёт последний.\n"
        "Сообщу 1 человеку."
    )
    assert said.labels == ["Да, вместе", "Лучше так: 10:00, Лицей № 12", "Ничего не менять"]
    more = await head.presses("Ничего не менять", of=said)
    assert (await head.presses("Другое", of=more)).labels[-2:] == ["Провести вместе", "‹ Назад"]


async def test_the_preview_says_that_the_room_is_too_small(world: World) -> None:
    head, maria = await a_day_of_two(world)
    meeting, seminar = await event_called(world, "Заседание"), await event_called(world, "Семинар")
    actor, now = await world.actor(head), world.clock.now()
    await set_seats(world.uow(), actor, meeting.id, meeting.revision, 2, now)
    await add_guests(world.uow(), actor, seminar.id, "Ким Ольга Юрьевна\nЛи Анна Павловна", now)
    await open_more(world, head, "Заседание")
    said = await head.presses("Провести вместе", of=head.sees)
    assert "Всего мест: 2. Вместе придут 3 человека – больше, чем мест. Никого не вычёркиваю." in said.plain
    # The preview has changed nothing.
    await maria.says("Ближайшее")
    assert "Придут 2 человека" in maria.sees.plain
    assert "Придёт 1 человек" in (await maria.presses("Дальше ▶")).plain
    await head.presses("Да, вместе", of=said)
    assert "Придут 3 человека. Ваш ответ: приду." in (await maria.says("Ближайшее")).plain
    await head.says("Ближайшее")
    listed = (await head.presses("Кто придёт")).plain
    assert listed.count("Ким Ольга Юрьевна") == listed.count("Ли Анна Павловна") == 1


async def test_of_two_that_have_a_day_she_chooses_the_hour_and_the_place(world: World) -> None:
    head, _ = await a_day_of_two(world)
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    said = await head.presses("Лучше так: 10:00, Лицей № 12", of=head.sees)
    assert "Будет одна встреча: среда, 18 ноября, 10:00, Лицей № 12, с общей" in said.plain
    assert "У второй стояло: среда, 18 ноября, 14:00–16:00; МБОУ СОШ № 412" in said.plain
    assert said.labels[1] == "Лучше так: 14:00–16:00, МБОУ СОШ № 412"
    await head.presses("Да, вместе", of=said)
    made = await event_called(world, "Семинар")
    assert (made.title, made.venue) == (f"{LAW.title}; Заседание РМО", "Лицей № 12")


async def test_parted_by_the_button_under_what_was_done_and_joined_again(world: World) -> None:
    head, _ = await held_together(world)
    assert (await head.presses("Разделить", of=head.sees)).plain.startswith("Разделить?")
    parted = await head.presses("Да, разделить")
    assert parted.plain.startswith("Снова отдельно:")
    assert (await head.presses("Провести вместе", of=parted)).plain.startswith("Провести вместе?")
    await head.presses("Да, вместе")
    assert head.sees.plain.startswith(f"Теперь одна встреча: {BOTH}")


async def test_who_comes_to_a_meeting_online_joins_by_the_link(world: World) -> None:
    """Joined with one in a room: «Приду» to the one online takes no seat and becomes «Подключусь»."""
    head, maria = await a_day_of_two(world)
    await answers(world, head, "Заседание", Answer.GOING)
    online = {"mode": Mode.ONLINE, "venue": "", "link": "https://meet.example.org/1"}
    called = tables.events.c.title == "Заседание РМО"
    await change(world.app.database, tables.events, called, **online)
    await open_more(world, head, "Заседание")
    said = await head.presses("Провести вместе", of=head.sees)
    assert "Кто ответил «Приду» на встречу онлайн, у того будет «Подключусь»." in said.plain
    await head.presses("Да, вместе")
    card = await maria.says("Ближайшее")
    assert "Подключатся 2 человека." in card.plain
    assert "Ваш ответ: подключусь" in card.plain
    await head.presses("Разделить")
    await head.presses("Да, разделить")
    alone = await maria.presses_data(ShowEvent(event=(await event_called(world, "Заседание")).id).pack())
    assert "Придут 2 человека. Ваш ответ: приду." in alone.plain
    assert "📍" not in alone.plain


async def test_offered_on_the_board_of_days(world: World) -> None:
    head = await settle(world, WORKSHOP, DECEMBER)
    await head.says("Руководителю")
    board = await head.presses("Назвать дни")
    assert "Провести вместе" in board.labels
    said = await head.presses("Провести вместе")
    assert "Будет одна встреча: декабрь 2026 г., Гимназия № 21, с общей" in said.plain
    assert "Ответы" not in said.plain  # nobody was asked yet
    done = await head.presses("Да, вместе")
    assert done.plain.startswith(
        "Теперь одна встреча: Мастер-класс «Электронный каталог без страха»; Заседание РМО в декабре "
        "(декабрь 2026 г.).\nРассказывать пока некому. Передумаете – «Разделить»."
    )
    assert "День не назван у 1 встречи" in (await head.says("Руководителю")).plain


async def test_where_it_is_held_she_chooses(world: World) -> None:
    """A meeting without a theme, and the only seminar of its month elsewhere."""
    head = await settle(world, replace(MEETING, title="Заседания РМО", periods=LAW.periods), LAW)
    await head.says("Руководителю")
    said = await head.presses("Провести вместе", of=head.chat.shown[0])
    assert said.plain == (
        "Провести вместе?\n"
        "1. Заседания РМО\n"
        "2. Семинар «Правовые основы работы школьной библиотеки»\n"
        "Будет одна встреча: ноябрь 2026 г., с общей карточкой и общим списком.\n"
        "Места у них разные – выберите, где она будет.\n"
        "Сообщать пока некому."
    )
    assert said.labels == ["Да: МБОУ СОШ № 412", "Да: Лицей № 12", "Ничего не менять"]
    await head.presses("Да: Лицей № 12", of=said)
    made = await event_called(world, "Семинар")
    assert (made.title, made.venue) == (f"{LAW.title}; Заседания РМО", "Лицей № 12")


async def test_offered_once_a_day_is_named(world: World) -> None:
    head = await settle(world, MEETING, LAW)
    await head.says("Руководителю")
    assert "Провести вместе" not in head.chat.shown[0].labels
    await head.presses("18 ср")
    done = await head.presses("Подтвердить")
    assert "Рядом стоит: Заседание РМО. Если это одна встреча – «Провести вместе»." in done.plain
    said = await head.presses("Провести вместе", of=done)
    assert said.plain.startswith("Провести вместе?\n1. Семинар")


async def test_of_several_she_chooses(world: World) -> None:
    third = replace(WORKSHOP, title="Круглый стол", periods=SEMINAR.periods)
    head = await settle(world, MEETING, SEMINAR, third)
    await open_more(world, head, "Заседание")
    said = await head.presses("Провести вместе", of=head.sees)
    assert said.plain == "С чем провести вместе? Заседание РМО"
    assert set(said.labels) == {SEMINAR.title, third.title, "Ничего не менять"}
    await head.presses("Круглый стол", of=said)
    await head.presses("Да, вместе")
    await open_more(world, head, "Заседание")
    assert len(head.sees.labels) == 6
    await head.presses("Провести вместе", of=head.sees)
    await head.presses("Да, вместе")
    assert (await event_called(world, "Заседание")).title == f"Заседание РМО; Круглый стол; {SEMINAR.title}"
    await open_edit(world, head, "Заседание")
    await head.presses("Разделить", of=head.sees)
    await head.presses("Да, разделить")
    assert (await event_called(world, "Заседание")).title == "Заседание РМО"


async def test_not_offered_for_another_day_or_a_cancelled_one(world: World) -> None:
    head = await settle(world, MEETING, WORKSHOP)
    await open_more(world, head, "Заседание")
    assert "Провести вместе" not in head.sees.labels
    meeting, workshop = await event_called(world, "Заседание"), await event_called(world, "Мастер")
    said = await head.presses_data(JoinWith(event=meeting.id, other=workshop.id).pack())
    assert said.plain.startswith("Вместе можно провести встречи одного дня")
    assert "Заседание РМО" in said.plain
    said = await head.presses_data(HoldTogether(event=meeting.id).pack())
    assert said.plain == "Рядом с этой встречей сейчас ничего не стоит: Заседание РМО."
    await call_off(world, "Мастер")
    said = await head.presses_data(JoinWith(event=meeting.id, other=workshop.id).pack())
    assert said.plain.startswith("Эта встреча отменена")


# --- Joined -----------------------------------------------------------------------------------------------


async def test_one_card_names_both(world: World) -> None:
    head, maria = await held_together(world)
    assert head.sees.plain == (
        f"Теперь одна встреча: {BOTH} (среда, 18 ноября, 14:00–16:00).\n"
        "Сообщаю 1 человеку. Передумаете – «Разделить»."
    )
    assert head.sees.labels == ["Текст для пересылки", "Карточка встречи", "Разделить"]
    card = await maria.says("Ближайшее")
    assert card.plain.startswith(f"{BOTH}\n🗓 Среда, 18 ноября, 14:00–16:00\n📍 МБОУ СОШ № 412")
    assert "Проводит: Белова М. И.; Орлова Н. В." in card.plain
    assert "Ваш ответ: приду." in card.plain
    assert "Других встреч впереди пока нет." in card.plain
    assert (await maria.says("что в ноябре?")).plain.count("•") == 1


async def test_everybody_is_told_once(world: World) -> None:
    _, maria = await held_together(world)
    before = len(maria.chat.shown)
    await world.rings()
    assert maria.sees.plain == (
        f"Проводим вместе: {BOTH}\n"
        "Теперь это одна встреча.\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Мария Ивановна, всё в силе?"
    )
    assert maria.sees.labels == ["Приду", "Не смогу", "Пока не знаю"]
    await days_go_by(world, datetime(2026, 11, 18, 12, tzinfo=UTC))
    since = [shown.plain for shown in maria.chat.shown[before + 1 :]]
    assert since
    assert all(BOTH in one for one in since)  # the seminar alone rings no more


async def test_the_old_buttons_lead_to_the_joined_card(world: World) -> None:
    head, maria = await a_day_of_two(world)
    seminar = await event_called(world, "Семинар")
    meeting = await event_called(world, "Заседание")
    await head.presses_data(JoinWith(event=meeting.id, other=seminar.id).pack())
    sure = head.data_of("Да, вместе")
    await head.presses("Да, вместе")
    for data in (
        GiveAnswer(event=seminar.id, answer=Answer.DECLINED, place=-1),
        ShowEvent(event=seminar.id),
    ):
        said = await maria.presses_data(data.pack())
        assert said.plain.startswith(f"Эту встречу проводим вместе с другой, карточка у них общая.\n\n{BOTH}")
        assert "✅ Приду" in said.labels  # her answer stands
    for data in (ChooseDay(event=seminar.id).pack(), ShowMore(event=seminar.id).pack(), sure):
        assert BOTH in (await head.presses_data(data)).plain
    assert len(await stored(world.app.database, tables.events, tables.events.c.status == "joined")) == 1


async def test_who_answered_only_one_is_counted(world: World) -> None:
    head, maria = await a_day_of_two(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1")
    await answers(world, olga, "Семинар", Answer.GOING)
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    await head.presses("Да, вместе")
    assert "Придут 2 человека. Ваш ответ: приду." in (await maria.says("Ближайшее")).plain
    assert "Ваш ответ: приду." in (await olga.says("Ближайшее")).plain


async def test_what_changed_meanwhile_is_shown_anew(world: World) -> None:
    head, maria = await a_day_of_two(world)
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    sure = head.data_of("Да, вместе")
    await call_off(world, "Семинар")
    assert "– отмена. Семинар" in (await head.presses_data(sure)).plain
    assert "Заседание РМО\n" in (await maria.says("Ближайшее")).plain


async def test_the_card_in_the_group_says_where_to_look(world: World) -> None:
    head, _ = await a_day_of_two(world)
    group = await a_group(world)
    await days_go_by(world, datetime(2026, 11, 11, 4, tzinfo=UTC))
    cards = list(group.shown)
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    await head.presses("Да, вместе")
    await world.rings()
    await seconds_pass(world)
    [seminar] = [card for card in cards if card.plain.startswith("Семинар")]
    [meeting] = [card for card in cards if card.plain.startswith("Заседание")]
    assert seminar.plain.endswith("Эту встречу проводим вместе с другой, карточка у них общая.")
    assert seminar.labels == []
    assert meeting.plain.startswith(BOTH)


async def test_its_text_for_others(world: World) -> None:
    head, _ = await held_together(world)
    await head.presses("Текст для пересылки", of=head.sees)
    assert head.sees.plain.startswith(f"Коллеги, проводим вместе: {BOTH}.")


async def test_a_restart_forgets_nothing(
    sqlite_url: str, world: World, make_world: Callable[[str], Awaitable[World]]
) -> None:
    head, _ = await a_day_of_two(world)
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    sure = head.data_of("Да, вместе")
    world = await make_world(sqlite_url)
    assert (await world.head.presses_data(sure)).plain.startswith("Теперь одна встреча")
    await world.rings()
    assert "Проводим вместе" in world.person(2002).sees_all


async def test_a_member_cannot(world: World) -> None:
    _, maria = await a_day_of_two(world)
    made_up = (
        HoldTogether(event=1),
        JoinWith(event=1, other=2),
        ConfirmJoin(event=1, other=2, revision=1, other_revision=1),
        PartEvents(event=1),
        ConfirmPart(event=1, revision=1),
        MarkRow(event=1, activity=1),
    )
    for data in made_up:
        assert "только руководитель" in (await maria.presses_data(data.pack())).plain


# --- Parted -----------------------------------------------------------------------------------------------


async def test_parted_again(world: World) -> None:
    head, maria = await held_together(world)
    await world.rings()
    await open_edit(world, head, "Заседание")
    assert "Разделить" in head.sees.labels
    said = await head.presses("Разделить", of=head.sees)
    assert said.plain == (
        "Разделить? Отдельно встанет:\n"
        "• Семинар «Правовые основы работы школьной библиотеки» (среда, 18 ноября, 10:00)\n"
        "У каждой встречи снова будут свой день, своя карточка и свои ответы. Сообщу 1 человеку."
    )
    sure = head.data_of("Да, разделить")
    done = await head.presses("Да, разделить")
    assert done.plain == (
        "Снова отдельно:\n"
        "• Семинар «Правовые основы работы школьной библиотеки» (среда, 18 ноября, 10:00)\n"
        "Сообщаю 1 человеку."
    )
    assert done.labels[2:] == ["Провести вместе"]
    await world.rings()
    assert maria.sees.plain == (
        "Проводим отдельно: Семинар «Правовые основы работы школьной библиотеки»\n"
        "🗓 Среда, 18 ноября, 10:00\n"
        "📍 Лицей № 12\n"
        "Мария Ивановна, вы ответили «не смогу». Если теперь получается, нажмите «Приду»."
    )
    mine = (await maria.says("Мои ответы")).plain
    assert "Заседание РМО: приду" in mine
    assert "Семинар «Правовые основы работы школьной библиотеки»: не смогу" in mine
    again = await head.presses_data(sure)
    assert again.plain.startswith("Эта встреча и так стоит отдельно.\n\nЗаседание РМО\n")
    card = await maria.presses_data(ShowEvent(event=(await event_called(world, "Заседание")).id).pack())
    assert "Проводит: Белова М. И.\n" in card.plain


async def test_a_day_named_the_same_night_is_told_all_the_same(world: World) -> None:
    head = await settle(world, replace(MEETING, periods=WORKSHOP.periods), WORKSHOP)
    maria = await come_in_maria(world)
    world.clock.moment = datetime(2026, 11, 2, 15, tzinfo=UTC)  # 22:00 there
    for title in ("Заседание", "Мастер-класс"):
        await head.presses_data(ChooseDay(event=(await event_called(world, title)).id).pack())
        await head.says("9 декабря 14:00")
        await head.presses("Подтвердить")
    await head.presses("Провести вместе", of=head.sees)
    await head.presses("Да, вместе")
    await open_edit(world, head, "Заседание")
    await head.presses("Разделить", of=head.sees)
    await head.presses("Да, разделить")
    world.clock.moment = datetime(2026, 11, 3, 1, tzinfo=UTC)  # 8:00
    await world.rings()
    told = [shown.plain for shown in maria.chat.shown]
    assert sorted(one.split("\n")[0] for one in told) == [
        "Назван день: Заседание РМО",
        f"Назван день: {WORKSHOP.title}",
    ]


async def test_joined_and_parted_at_night_tells_nothing(world: World) -> None:
    head, maria = await a_day_of_two(world)
    world.clock.moment = datetime(2026, 11, 2, 15, tzinfo=UTC)  # 22:00 there
    before = maria.sees_all
    await open_more(world, head, "Заседание")
    await head.presses("Провести вместе", of=head.sees)
    await head.presses("Да, вместе")
    await open_edit(world, head, "Заседание")
    await head.presses("Разделить", of=head.sees)
    await head.presses("Да, разделить")
    await world.rings()
    assert maria.sees_all == before
    world.clock.moment = datetime(2026, 11, 3, 1, tzinfo=UTC)  # 8:00
    await world.rings()
    assert maria.sees_all == before


async def test_not_parted_once_it_is_over(world: World) -> None:
    head, _ = await held_together(world)
    meeting = await event_called(world, "Заседание")
    await days_go_by(world, datetime(2026, 11, 19, 3, tzinfo=UTC))
    for data in (PartEvents(event=meeting.id), ConfirmPart(event=meeting.id, revision=meeting.revision)):
        assert (await head.presses_data(data.pack())).plain.startswith("Эта встреча уже прошла")
    assert "Разделить" not in (await head.presses_data(ShowEdit(event=meeting.id).pack())).labels


# --- Held -------------------------------------------------------------------------------------------------


async def marks(world: World) -> list[date | None]:
    rows = await stored(world.app.database, tables.event_activities, tables.event_activities.c.event_id == 1)
    return [row.held_on for row in rows]


async def test_each_row_of_the_plan_has_its_own_mark(world: World) -> None:
    head, _ = await held_together(world)
    meeting = await event_called(world, "Заседание")
    assert meeting.id == 1
    await days_go_by(world, datetime(2026, 11, 19, 3, tzinfo=UTC))
    assert head.sees.plain.startswith(f"Состоялось? {BOTH}")
    said = await head.presses("Да", of=head.sees)
    assert said.plain.endswith("У каждой строки плана своя отметка: «Другое», «Строки плана».")
    assert said.labels == ["✅ Да", "Не состоялось", "Перекличка", "Бумаги", "Другое", "‹ Назад"]
    await head.presses("Другое", of=said)
    said = await head.presses("Строки плана")
    assert said.plain.startswith(f"Строки плана: {BOTH}")
    assert said.labels == [
        "✅ Заседание РМО",
        "✅ Семинар «Правовые основы работы школьной библиотеки»",
        "‹ Назад",
    ]
    assert await marks(world) == [date(2026, 11, 18)] * 2
    said = await head.presses("Семинар", of=said)
    assert "Семинар «Правовые основы работы школьной библиотеки»" in said.labels
    assert await marks(world) == [date(2026, 11, 18), None]
    await head.presses("Семинар", of=said)
    assert await marks(world) == [date(2026, 11, 18)] * 2
    await head.presses("‹ Назад", of=head.sees)
    await head.presses("Не состоялось", of=head.sees)
    assert await marks(world) == [None, None]
    said = await head.presses_data(MarkRow(event=1, activity=1).pack())
    assert "Состоялось" not in said.plain
    assert (await event_called(world, "Заседание")).status is Status.NOT_HELD
