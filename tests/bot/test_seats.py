"""Only so many seats: who comes too late waits, and is offered the seat of one who leaves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.views.answers_keys import AddEvenSo
from bot.views.seat_keys import AskSeats, ChooseMode, ConfirmSeats
from domain.records import Answer, Mode
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, STICKER, come_in, come_in_maria, entrust, event_called, settle


async def at_a_small_room(world: World) -> tuple[Person, Person, Person, Person]:
    """One seat at a meeting on 18 November, and three librarians with its card before them."""
    head = await settle(world, MEETING, LAW)
    people = [
        await come_in_maria(world),
        await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45"),
        await come_in(world, 4004, "Власова Анна Сергеевна", "Гимназия № 21"),
    ]
    await world.rings()
    await set_one_seat(head)
    for one in people:
        await one.says("Ближайшее")
    return head, *people


async def set_one_seat(head: Person) -> None:
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Сколько мест")
    await head.says("1")
    await head.presses("Да, столько")


async def test_the_coordinator_says_how_many_seats_there_are(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    more = await head.presses("Ещё", of=head.sees)
    assert "Сколько мест" in more.labels
    asked = await head.presses("Сколько мест")
    assert asked.plain == (
        "Заседание РМО\n"
        "Сейчас прийти могут все, кто хочет.\n"
        "Сколько человек поместится? Напишите число, например: 25. "
        "Кому не хватит места, встанет в лист ожидания."
    )
    assert asked.labels == ["Ничего не менять"]
    assert "Не получилось понять, сколько мест." in (await head.says("сколько угодно")).plain
    assert "Не получилось понять, сколько мест." in (await head.sends_other(**STICKER)).plain
    assert "Больше 1 000 мест не записываю." in (await head.says("5000")).plain
    preview = await head.says("25 мест")
    assert preview.plain == "Заседание РМО\nБудет 25 мест.\nОтдельно об этом никому не пишу."
    done = await head.presses("Да, столько")
    assert done.plain == (
        "Записано: Заседание РМО. Будет 25 мест.\n"
        "Освободится место – сам предложу его следующему из листа ожидания."
    )
    listed = await head.presses("Кто придёт", of=done)
    assert "Всего мест: 25." in listed.plain
    await head.presses("Ещё", of=listed)
    asked = await head.presses("Сколько мест")
    assert "Сейчас: 25 мест." in asked.plain
    assert "Прийти смогут все, кто хочет." in (await head.presses("Без ограничения")).plain
    await head.presses("Да, столько")
    assert (await event_called(world, "Заседание")).seats is None


async def test_a_key_leaves_the_question(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Сколько мест")
    await head.says("Помощь")
    assert "мест" not in (await head.says("25")).plain
    assert (await event_called(world, "Заседание")).seats is None


async def test_who_comes_too_late_waits(world: World) -> None:
    head, maria, olga, anna = await at_a_small_room(world)
    assert "Осталось 1 место. Вы ещё не ответили" in maria.sees.plain
    await maria.presses("Приду")
    assert "Придёт 1 человек. Ваш ответ: приду." in maria.sees.plain
    late = await olga.says("Ближайшее")
    assert "Придёт 1 человек. Мест больше нет: «Приду» запишет вас в лист ожидания." in late.plain
    waiting = await olga.presses("Приду")
    assert "Вы в листе ожидания под номером 1. Освободится место – напишу." in waiting.plain
    assert world.telegram.toasts[-1] == (
        "Мест пока нет. Вы в листе ожидания под номером 1: освободится место – напишу."
    )
    world.clock.forward(minutes=1)
    assert "под номером 2." in (await anna.presses("Приду")).plain
    assert "под номером 1." in (await olga.presses("Приду")).plain
    assert "в листе ожидания" in (await olga.says("Мои ответы")).plain
    await head.says("Ближайшее")
    listed = await head.presses("Кто придёт")
    assert (
        "Придут – 1:\nПетрова Мария Ивановна, СОШ № 45\n\n"
        "В листе ожидания – 2:\nБелова Ольга Петровна, СОШ № 45\nВласова Анна Сергеевна, Гимназия № 21"
    ) in listed.plain
    await head.presses("Ещё", of=listed)
    await head.presses("Сколько мест")
    await head.says("3")
    assert "Предложу место 2 людям из листа ожидания." in head.sees.plain


async def test_who_presents_it_takes_no_seat(world: World) -> None:
    """Whenever she says that she comes: neither does she wait, nor is anybody's seat hers."""
    head, maria, olga, anna = await at_a_small_room(world)
    await entrust(world, maria, "Заседание")
    assert "ваш ответ: приду" in (await maria.presses("Приду", of=maria.sees)).plain.lower()
    assert "Осталось 1 место" in (await olga.says("Ближайшее")).plain
    assert "Ваш ответ: приду" in (await olga.presses("Приду", of=olga.sees)).plain
    await maria.presses("Не смогу", of=await maria.says("Ближайшее"))
    assert "Ваш ответ: приду" in (await maria.presses("Приду", of=await maria.says("Ближайшее"))).plain
    await anna.presses("Приду", of=await anna.says("Ближайшее"))
    await world.rings()
    assert "Освободилось место" not in anna.sees_all
    listed = (await head.presses("Кто придёт", of=await head.says("Ближайшее"))).plain
    assert "Всего мест: 1. Кому поручена встреча, тому место не нужно." in listed
    assert "Придут – 2:" in listed


async def test_without_a_limit_who_waited_is_told_that_there_is_room(world: World) -> None:
    head, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    await head.says("Ближайшее")
    await head.presses("Ещё", of=await head.presses("Кто придёт"))
    await head.presses("Сколько мест")
    preview = await head.presses("Без ограничения")
    assert preview.plain.endswith("1 человек ждал места: теперь оно есть, напишу об этом.")
    assert (
        await head.presses("Да, столько")
    ).plain == "Записано: Заседание РМО. Прийти смогут все, кто хочет."
    await world.rings()
    assert olga.sees.plain.startswith(
        "Ольга Петровна, место есть: Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00"
    )
    assert olga.sees.labels == ["Не смогу"]
    assert "Ваш ответ: приду." in (await olga.says("Ближайшее")).plain


async def test_nobody_is_sent_away(world: World) -> None:
    head, maria, olga, _ = await at_a_small_room(world)
    await head.presses("Ещё", of=await head.presses("Кто придёт"))
    await head.presses("Сколько мест")
    await head.presses("Без ограничения")
    await head.presses("Да, столько")
    await maria.presses("Приду")
    await olga.presses("Приду")
    await head.presses("Кто придёт")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Сколько мест")
    refused = await head.says("1")
    assert refused.plain == (
        "Уже придут 2 человека, считая гостей; меньше мест не получится. Напишите, например: 2."
    )
    assert "Будет 2 места." in (await head.says("2")).plain


async def writes_guests(head: Person, words: str) -> None:
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    await head.presses("Гости")
    await head.presses("Добавить гостя")
    await head.says(words)


async def test_a_guest_takes_a_seat(world: World) -> None:
    head, maria, _, _ = await at_a_small_room(world)
    await writes_guests(head, "Ким Ольга Юрьевна, районная библиотека")
    assert "Гости – 1:" in head.sees.plain
    assert "Мест больше нет: «Приду» запишет вас в лист ожидания." in (await maria.says("Ближайшее")).plain
    await maria.presses("Приду")
    await world.rings()
    assert "освободилось место" not in maria.sees_all
    await head.presses("Убрать: Ким")
    await world.rings()
    assert "Мария Ивановна, освободилось место: Заседание РМО" in maria.sees.plain


async def test_a_guest_for_whom_there_is_no_seat(world: World) -> None:
    head, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    await writes_guests(head, "Ким Ольга Юрьевна, районная библиотека\nЛи Анна Павловна")
    assert head.sees.plain == (
        "Мест не хватает: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Всего мест: 1. Вместе с новыми гостями придут 3 человека, и ещё 1 человек ждёт места.\n"
        "Пока никого не записываю."
    )
    assert head.sees.labels == ["Всё равно записать", "Не записывать"]
    sure = head.data_of("Всё равно записать")
    assert "Гостей пока нет" in (await head.presses("Не записывать")).plain
    assert "Эта кнопка устарела." in (await head.presses_data(sure)).plain
    await writes_guests(head, "Ким Ольга Юрьевна, районная библиотека")
    await head.says("Ли Анна Павловна")
    assert "Гости – 1:" in (await head.presses_data(sure)).plain
    assert "Ли Анна Павловна" in head.sees.plain
    assert "Ким" not in head.sees.plain
    assert "Эта кнопка устарела." in (await head.presses_data(sure)).plain
    await head.says("Ближайшее")
    await head.presses("Ещё", of=await head.presses("Кто придёт"))
    await head.presses("Сколько мест")
    assert (await head.says("1")).plain == (
        "Уже придут 2 человека, считая гостей; меньше мест не получится. Напишите, например: 2."
    )


async def test_guests_where_there_is_no_seat_are_the_coordinator_s(world: World) -> None:
    _, maria, _, _ = await at_a_small_room(world)
    said = await maria.presses_data(AddEvenSo(event=1).pack())
    assert "Эта кнопка устарела." in said.plain
    assert "Эта кнопка устарела." in (await world.head.presses_data(AddEvenSo(event=99).pack())).plain


async def test_a_seat_goes_over_to_who_comes_instead(world: World) -> None:
    head, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    await maria.presses("Не смогу")
    await maria.presses("За меня придёт коллега")
    assert (
        "Записано: вместо вас – Сидорова Анна Петровна." in (await maria.says("Сидорова Анна Петровна")).plain
    )
    await world.rings()
    assert "освободилось место" not in olga.sees_all
    await head.says("Ближайшее")
    assert "Придёт 1 человек" in head.sees.plain


async def test_a_seat_that_was_offered_is_not_taken_back(world: World) -> None:
    _, maria, olga, _ = await at_a_small_room(world)
    await come_in(world, 6006, "Быкова Анна Львовна", "СОШ № 45")
    await maria.presses("Приду")
    await olga.presses("Приду")
    await maria.presses("Не смогу")
    await world.rings()
    assert "освободилось место" in olga.sees.plain
    await maria.presses("За меня придёт коллега")
    told = await maria.says("Сидорова Анна Петровна")
    assert told.plain == (
        "Мест больше нет: Заседание РМО. Освободившееся сразу предлагаю тому, кто ждёт, поэтому "
        "Сидорова Анна Петровна в списке не стоит.\n"
        "Если без этого человека никак, скажите руководителю: гостя можно записать и сверх мест."
    )
    await maria.presses("Придёт кто-то другой")
    told = await maria.presses("Быкова")
    assert told.plain == (
        "Записано: вместо вас – Быкова Анна Львовна.\n"
        "Руководитель увидит это в списке: Заседание РМО.\n"
        "Попросите, пожалуйста, коллегу нажать «Приду»: каждый отвечает за себя.\n"
        "Места сейчас все заняты: «Приду» поставит в лист ожидания."
    )


async def test_a_freed_seat_is_offered_and_taken(world: World) -> None:
    _, maria, olga, anna = await at_a_small_room(world)
    for one in (maria, olga, anna):
        await one.presses("Приду")
        world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    await world.rings()
    assert olga.sees.plain == (
        "Ольга Петровна, освободилось место: Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Придёте? Держу место за вами до 3 ноября, 10:03; не ответите – предложу следующему."
    )
    assert olga.sees.labels == ["Приду", "Уже не нужно"]
    offer = olga.sees
    vera = await come_in(world, 5005, "Галкина Вера Ильинична", "СОШ № 45")
    assert "Свободные места держу за теми, кто уже ждёт." in (await vera.says("Ближайшее")).plain
    assert "Для вас есть место, держу его до 3 ноября, 10:03." in (await olga.says("Ближайшее")).plain
    assert "освободилось место" not in anna.sees_all
    # The seat that is kept for her is nobody else's.
    assert "под номером 3." in (await maria.presses("Приду")).plain
    assert "Ваш ответ: приду." in (await olga.presses("Приду", of=offer)).plain
    await world.rings()
    assert "освободилось место" not in anna.sees_all


async def test_a_seat_not_wanted_any_more_passes_on(world: World) -> None:
    _, maria, olga, anna = await at_a_small_room(world)
    for one in (maria, olga, anna):
        await one.presses("Приду")
        world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    await world.rings()
    await olga.presses("Уже не нужно")
    assert "Ваш ответ: не смогу." in olga.sees_all
    await world.rings()
    assert "Анна Сергеевна, освободилось место" in anna.sees.plain


async def test_who_says_nothing_loses_the_offer_and_can_ask_again(world: World) -> None:
    _, maria, olga, anna = await at_a_small_room(world)
    for one in (maria, olga, anna):
        await one.presses("Приду")
        world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    await world.rings()
    offer = olga.sees
    assert "Заседание РМО: место есть, ответьте на карточке" in (await olga.says("Мои ответы")).plain
    world.clock.forward(days=1, minutes=1)
    await world.rings()
    assert "Анна Сергеевна, освободилось место" in anna.sees.plain
    assert olga.sees.plain == (
        "Ольга Петровна, время вышло, и место ушло дальше: Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "Ничего страшного. Всё ещё хотите прийти? Нажмите «Приду»: есть место – оно ваше, "
        "нет – снова встанете в лист ожидания."
    )
    assert olga.sees.labels == ["Приду", "Уже не нужно"]
    await world.rings()
    assert olga.sees_all.count("время вышло") == 1
    assert (
        "Место держалось за вами до 3 ноября, 10:03, теперь оно ушло дальше."
        in (await olga.says("Ближайшее")).plain
    )
    assert "Заседание РМО: место ушло дальше" in (await olga.says("Мои ответы")).plain
    late = await olga.presses("Приду", of=offer)
    assert (
        "Время, на которое держалось место, вышло, и оно ушло дальше. Вы в листе ожидания под номером 2."
    ) in late.plain
    assert world.telegram.toasts[-1].startswith("Время вышло, место ушло дальше.")
    assert "вышло" not in (await olga.says("Ближайшее")).plain


async def test_who_answers_after_the_time_goes_to_the_end_of_the_line(world: World) -> None:
    """Before the clock has looked as well."""
    _, maria, olga, anna = await at_a_small_room(world)
    for one in (maria, olga, anna):
        await one.presses("Приду")
        world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    await world.rings()
    offer = olga.sees
    world.clock.forward(days=1, minutes=1)
    late = await olga.presses("Приду", of=offer)
    assert "вышло, и оно ушло дальше. Вы в листе ожидания под номером 2." in late.plain
    await world.rings()
    assert "Анна Сергеевна, освободилось место" in anna.sees.plain
    assert "под номером 2." in (await olga.says("Ближайшее")).plain
    assert "время вышло" not in olga.sees_all


async def test_who_said_that_she_does_not_know_is_not_told_of_an_offer(world: World) -> None:
    _, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    await maria.presses("Не смогу")
    await world.rings()
    world.clock.forward(days=1, minutes=1)
    await world.rings()
    assert "Ваш ответ: приду." in (await olga.presses("Приду")).plain  # nobody else wanted it
    await olga.presses("Пока не знаю", of=await olga.says("Ближайшее"))
    assert "Ваш ответ: пока не знаю." in (await olga.says("Ближайшее")).plain


async def test_a_seat_that_is_kept_is_neither_free_nor_taken(world: World) -> None:
    _, maria, olga, anna = await at_a_small_room(world)
    for one in (maria, olga, anna):
        await one.presses("Приду")
        world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    await world.rings()
    assert (
        "Пока никто не сказал «Приду». Свободные места держу за теми, кто уже ждёт. "
        "«Приду» запишет вас в лист ожидания. Ваш ответ: не смогу."
    ) in (await maria.says("Ближайшее")).plain
    assert (
        "Свободные места держу за теми, кто уже ждёт. Вы в листе ожидания под номером 2."
        in (await anna.says("Ближайшее")).plain
    )


async def test_after_a_restart_the_line_goes_on(world: World, make_world: object, sqlite_url: str) -> None:
    _, maria, olga, anna = await at_a_small_room(world)
    for one in (maria, olga, anna):
        await one.presses("Приду")
        world.clock.forward(minutes=1)
    await maria.presses("Не смогу")
    await world.rings()
    world.clock.forward(days=2)
    again = await make_world(sqlite_url)  # type: ignore[operator]
    await again.rings()
    assert "Анна Сергеевна, освободилось место" in again.person(anna.id).sees.plain


async def test_who_waits_is_reminded_that_she_waits(world: World) -> None:
    _, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    world.clock.moment = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
    await world.rings()
    assert "Завтра в 14:00" in olga.sees.plain
    assert "Вы в листе ожидания: места пока нет, приезжать не нужно." in olga.sees.plain
    why = await olga.presses("Почему мне это пришло?")
    assert "Вы в листе ожидания, поэтому напоминаю и о самой встрече." in why.plain


async def test_who_is_offered_a_seat_is_reminded_of_that(world: World) -> None:
    _, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    world.clock.moment = datetime(2026, 11, 17, 10, 50, tzinfo=UTC)
    await maria.presses("Не смогу")
    await world.rings()
    assert "освободилось место" in olga.sees_all
    world.clock.moment = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
    await world.rings()
    assert "Завтра в 14:00" in olga.sees.plain
    assert "Для вас есть место, держу его до 18 ноября, 8:00." in olga.sees.plain


async def test_who_cannot_be_written_to_is_seated_by_telephone(world: World) -> None:
    head, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.blocks()
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Позвоните")
    assert "телефона нет – ждёт места" in (await head.presses("1. Придёт")).plain
    await maria.presses("Не смогу")
    await world.rings()
    assert "телефона нет – придёт" in (await head.presses("1. Придёт")).plain


async def test_at_the_deadline_the_coordinator_gets_the_list_once(world: World) -> None:
    head, maria, olga, _ = await at_a_small_room(world)
    await maria.presses("Приду")
    await olga.presses("Приду")
    for day in (11, 13, 16):
        world.clock.moment = datetime(2026, 11, day, 8, 0, tzinfo=UTC)
        await world.rings()
    assert head.sees.plain == (
        "Список к сроку ответов. В среду, 18 ноября, в 14:00 – Заседание РМО.\n"
        "Придут – 1:\n"
        "Петрова Мария Ивановна, СОШ № 45\n"
        "В листе ожидания – 1:\n"
        "Белова Ольга Петровна, СОШ № 45\n"
        "Не ответили – 2:\n"
        "Власова Анна Сергеевна, Гимназия № 21\n"
        "Орлова Наталья Викторовна, Лицей № 12"
    )
    assert head.sees.labels == ["Кто придёт", "Позвоните"]
    assert "Список к сроку" not in maria.sees_all
    world.clock.forward(hours=1)
    await world.rings()
    await world.rings()
    assert head.sees_all.count("Список к сроку ответов") == 1


async def test_made_up_and_stale_presses(world: World) -> None:
    head, maria, _, _ = await at_a_small_room(world)
    waiting = await maria.presses_data(f"rsvp:1:{Answer.WAITLISTED}:-1")
    assert waiting.plain.startswith("Эта кнопка устарела.")
    assert "Вы ещё не ответили" in waiting.plain
    changed = await head.presses_data(ConfirmSeats(event=1, revision=1, seats=5).pack())
    assert "Заседание РМО" in changed.plain
    assert (await event_called(world, "Заседание")).seats == 1
    for data in (AskSeats(event=99), ChooseMode(event=99, mode=Mode.MIXED)):
        assert "Этой встречи в плане больше нет." in (await head.presses_data(data.pack())).plain


@pytest.mark.parametrize("data", [AskSeats(event=1), ChooseMode(event=1, mode=Mode.ONLINE)])
async def test_a_member_sets_nothing(world: World, data: object) -> None:
    _, maria, _, _ = await at_a_small_room(world)
    said = await maria.presses_data(data.pack())  # type: ignore[attr-defined]
    assert "только руководитель" in said.plain or "только руководитель" in world.telegram.toasts[-1]
