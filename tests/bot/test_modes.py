"""In person, by a link, or either: what is asked, who is shown the link and who is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import true

from bot.views.editing_keys import EditField
from domain.records import Answer, Mode
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, STICKER, TASK, come_in, come_in_maria, event_called, settle
from tests.builders import change

LINK = "https://meet.example.org/abc"


async def at_place(world: World) -> tuple[Person, Person]:
    """The coordinator is asked for the place of a meeting on 18 November; Мария is a member."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await world.rings()
    await head.says("Ближайшее")
    await head.presses("Ещё")
    await head.presses("Изменить")
    await head.presses("Сменить место")
    return head, maria


async def at_a_mixed_meeting(world: World) -> tuple[Person, Person]:
    """One can come to school 412 or join."""
    head, maria = await at_place(world)
    await head.presses("И очно, и онлайн")
    await head.says(LINK)
    await head.presses("Да, сменить")
    await world.rings()
    return head, maria


async def at_an_online_meeting(world: World) -> tuple[Person, Person]:
    """One can only join."""
    head, maria = await at_place(world)
    await head.says(LINK)
    await head.presses("Да, сменить")
    await world.rings()
    return head, maria


@pytest.mark.parametrize("place", ["Онлайн", "в дистанционном формате", "ZOOM"])
async def test_a_place_that_is_none_is_read_as_online(world: World, place: str) -> None:
    """As it was stored before there were ways to come; nothing about the place has changed since."""
    head = await settle(world, MEETING, TASK)
    maria = await come_in_maria(world)
    await world.rings()
    for table in (tables.events, tables.revisions):
        await change(world.app.database, table, true(), venue=place, mode="onsite")
    event = await event_called(world, "Заседание")
    assert (event.mode, event.venue) == (Mode.ONLINE, "")
    assert (await event_called(world, "Сбор")).venue == place  # nobody comes to a task
    card = (await maria.says("Ближайшее")).plain
    assert "Встреча пройдёт онлайн" in card
    assert f"📍 {place}" not in card
    assert "Добавить ссылку" in (await head.says("Ближайшее")).labels
    await head.presses_data(EditField(event=event.id, field="hours").pack())
    await head.says("15:00–16:00")
    await head.presses("Подтвердить")
    await world.rings()
    assert "15:00" in maria.sees.plain
    assert "лицей" not in maria.sees.plain.lower()
    async with world.stored() as rows:
        before, after = (await rows.association(1).events.revisions(event.id))[-2:]
    assert (before.venue, before.mode) == (after.venue, after.mode)


async def test_how_people_come_is_chosen_by_a_button(world: World) -> None:
    head, maria = await at_place(world)
    assert head.sees.labels == ["✅ Очно", "Онлайн", "И очно, и онлайн", "Ничего не менять"]
    asked = await head.presses("И очно, и онлайн")
    assert asked.plain == (
        "Заседание РМО\n"
        "Напишите одним сообщением адрес и ссылку – или то из них, чего ещё нет. "
        "Ссылку увидят только те, кто ответит «Подключусь»."
    )
    preview = await head.says(LINK)
    assert preview.plain == (
        "Заседание РМО\n"
        "Понимаю так:\n"
        "Можно прийти, а можно подключиться. Ссылку увидят те, кто ответит «Подключусь».\n"
        "📍 МБОУ СОШ № 412\n"
        f"Ссылка: {LINK}\n"
        "Сообщу 1 человеку. Если не так, напишите ещё раз."
    )
    done = await head.presses("Да, сменить")
    assert "Записано: Заседание РМО – МБОУ СОШ № 412, очно и онлайн.\nСообщаю 1 человеку." in done.plain
    await world.rings()
    assert maria.sees.plain == (
        "Можно прийти или подключиться: Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Можно прийти, а можно подключиться; ссылку пришлю тем, кто ответит «Подключусь».\n"
        "Мария Ивановна, вы придёте?"
    )
    assert maria.sees.labels == ["Приду", "Подключусь", "Не смогу", "Пока не знаю"]


async def test_who_joins_has_the_link_at_once(world: World) -> None:
    head, maria = await at_a_mixed_meeting(world)
    card = await maria.presses("Подключусь")
    assert card.plain == (
        "Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Проводит: Белова М. И.\n"
        f"Ссылка для входа: {LINK}\n"
        "Пока никто не сказал «Приду». Подключится 1 человек. Ваш ответ: подключусь."
    )
    assert card.labels[:4] == ["Приду", "✅ Подключусь", "Не смогу", "Пока не знаю"]
    assert world.telegram.toasts[-1] == "Записано: вы подключитесь. Спасибо! Ссылка – на карточке."
    await maria.presses("В календарь")
    assert LINK.encode() in maria.sees.file.replace(b"\r\n ", b"")
    assert "подключусь" in (await maria.says("Мои ответы")).plain
    await head.says("Ближайшее")
    listed = await head.presses("Кто придёт")
    assert "Придут – 0." in listed.plain
    assert "Подключатся – 1:\nПетрова Мария Ивановна" in listed.plain


async def test_who_comes_in_person_is_not_shown_the_link(world: World) -> None:
    _, maria = await at_a_mixed_meeting(world)
    card = await maria.presses("Приду")
    assert "Придёт 1 человек. Ваш ответ: приду." in card.plain
    await maria.presses("В календарь")
    assert b"meet.example" not in maria.sees.file.replace(b"\r\n ", b"")
    world.clock.moment = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
    await world.rings()
    assert "Завтра в 14:00" in maria.sees.plain
    assert "meet.example" not in maria.sees_all


async def test_the_link_stays_while_the_meeting_goes_on(world: World) -> None:
    _, maria = await at_a_mixed_meeting(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await maria.presses("Подключусь")
    world.clock.moment = datetime(2026, 11, 18, 7, 5, tzinfo=UTC)
    assert f"Ссылка для входа: {LINK}\nВаш ответ: подключусь." in (await maria.says("Ближайшее")).plain
    assert "ссылку" not in (await olga.says("Ближайшее")).plain.lower()


async def test_on_the_eve_the_coordinator_sees_how_many_join(world: World) -> None:
    head, maria = await at_a_mixed_meeting(world)
    await maria.presses("Подключусь")
    for day, hour in ((11, 3), (13, 8), (16, 5), (17, 12)):
        world.clock.moment = datetime(2026, 11, day, hour, tzinfo=UTC)
        await world.rings()
    assert "Пока никто не сказал «Приду».\nПодключится 1 человек.\nОткуда:" in head.sees.plain
    assert "Список к сроку ответов" in head.sees_all
    assert "Придут – 0.\nПодключатся – 1:\nПетрова Мария Ивановна, СОШ № 45" in head.sees_all


async def test_the_reminders_of_who_joins(world: World) -> None:
    _, maria = await at_a_mixed_meeting(world)
    await maria.presses("Подключусь")
    world.clock.moment = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
    await world.rings()
    assert f"Ссылка для входа: {LINK}" in maria.sees.plain
    assert "Вы ответили: подключусь." in maria.sees.plain


@pytest.mark.parametrize("answer", ["Не смогу", "Пока не знаю", None])
async def test_nobody_else_ever_sees_the_link(world: World, answer: str | None) -> None:
    head, maria = await at_an_online_meeting(world)
    if answer is not None:
        await maria.presses(answer)
    await maria.says("Ближайшее")
    for day in (11, 14, 17):
        world.clock.moment = datetime(2026, 11, day, 11, 0, tzinfo=UTC)
        await world.rings()
    assert "meet.example" not in maria.sees_all
    await head.says("Ближайшее")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Другое", of=head.sees)
    text = await head.presses("Текст для пересылки")
    assert "Встреча онлайн: ссылку пришлю тем, кто ответит «Приду»." in text.plain
    assert "meet.example" not in text.plain


async def test_online_everybody_who_comes_joins(world: World) -> None:
    _, maria = await at_an_online_meeting(world)
    assert "ссылку пришлю тем, кто ответит «Приду»" in (await maria.says("Ближайшее")).plain
    assert maria.sees.labels[:3] == ["Приду", "Не смогу", "Пока не знаю"]
    assert f"Ссылка для входа: {LINK}" in (await maria.presses("Приду")).plain
    assert "meet.example" not in (await maria.presses("Не смогу")).plain


async def test_a_new_link_reaches_those_who_join(world: World) -> None:
    head, maria = await at_an_online_meeting(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await maria.presses("Приду")
    world.clock.forward(hours=1)
    await head.says("Ближайшее")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Изменить")
    assert f"Ссылка: {LINK}" in (await head.presses("Сменить место")).plain
    await head.says("https://meet.example.org/new")
    await head.presses("Да, сменить")
    await world.rings()
    assert maria.sees.plain == (
        "Новая ссылка: Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "Ссылка для входа: https://meet.example.org/new\n"
        "Мария Ивановна, всё в силе?"
    )
    assert "Новая ссылка" in olga.sees.plain
    assert "meet.example" not in olga.sees_all


async def test_the_link_may_come_later(world: World) -> None:
    """It is asked for; an address in its place makes the meeting one in person."""
    head, maria = await at_place(world)
    assert "Пришлите ссылку на встречу." in (await head.presses("Онлайн")).plain
    assert "Здесь нужны слова" in (await head.sends_other(**STICKER)).plain
    assert "Понимаю так:\n📍 Лицей № 12\nСообщу" in (await head.says("Лицей № 12")).plain
    assert "Встречаемся онлайн." in (await head.says(LINK)).plain
    await head.presses("Да, сменить")
    event = await event_called(world, "Заседание")
    assert (event.mode, event.venue, event.link) == (Mode.ONLINE, "", LINK)
    await world.rings()
    assert "Встречаемся онлайн: Заседание РМО" in maria.sees.plain
    await head.presses("Карточка встречи")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    asked = await head.presses("И очно, и онлайн")
    assert "Напишите одним сообщением адрес и ссылку" in asked.plain
    preview = await head.says("Лицей № 12; вход со двора")
    assert f"📍 Лицей № 12\nВход: со двора.\nСсылка: {LINK}" in preview.plain
    await head.presses("Да, сменить")
    event = await event_called(world, "Заседание")
    assert (event.mode, event.venue, event.link) == (Mode.MIXED, "Лицей № 12", LINK)


async def test_back_to_meeting_in_person(world: World) -> None:
    """Who meant to join has not said whether she comes, and is asked; a button of before is explained."""
    head, maria = await at_a_mixed_meeting(world)
    join = maria.data_of("Подключусь")
    await maria.presses("Подключусь")
    world.clock.forward(hours=1)
    await head.presses("Карточка встречи")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    preview = await head.presses("Очно", of=head.sees)
    assert (
        "Понимаю так:\nВстречаемся очно.\n"
        "Кто отвечал «Подключусь», встанет в «Пока не знают»: спрошу заново.\n"
        "Сообщу 1 человеку."
    ) in preview.plain
    await head.presses("Да, сменить")
    await world.rings()
    assert maria.sees.plain.startswith("Встречаемся очно: Заседание РМО")
    assert "Мария Ивановна, вы придёте?" in maria.sees.plain
    await head.says("Ближайшее")
    listed = (await head.presses("Кто придёт")).plain
    assert "Придут – 0." in listed
    assert "Пока не знают – 1:\nПетрова" in listed
    assert "✅ Пока не знаю" in (await maria.says("Ближайшее")).labels
    assert "Придёт" not in maria.sees.plain
    stale = await maria.presses_data(join, maria.sees.message_id)
    assert "На эту встречу отвечают теперь иначе: «Приду» или «Не смогу»." in stale.plain
    assert "Подключусь" not in stale.labels
    event = await event_called(world, "Заседание")
    assert (event.mode, event.link) == (Mode.ONSITE, "")


async def test_who_said_that_she_comes_online_is_asked_whether_she_travels(world: World) -> None:
    head, maria = await at_an_online_meeting(world)
    await maria.presses("Приду")
    world.clock.forward(hours=1)
    await head.presses("Карточка встречи")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    await head.presses("Очно", of=head.sees)
    preview = await head.says("Лицей № 12")
    assert "Кто отвечал «Приду», останется в списке: спрошу, получится ли приехать." in preview.plain
    await head.presses("Да, сменить")
    await world.rings()
    assert "Мария Ивановна, раньше встречались онлайн. Приедете?" in maria.sees.plain


async def test_what_was_mixed_and_is_online_has_one_list(world: World) -> None:
    """Who was to join comes like those who answer now; taken back, each comes in her own way again."""
    head, maria = await at_a_mixed_meeting(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await maria.presses("Подключусь")
    await olga.says("Ближайшее")
    await olga.presses("Приду")
    await head.says("Ближайшее")
    await head.presses("Ещё")
    await head.presses("Изменить")
    await head.presses("Сменить место")
    await head.presses("Онлайн")
    await head.presses("Да, сменить")
    undo = head.data_of("Вернуть как было")
    await head.says("Ближайшее")
    listed = await head.presses("Кто придёт")
    assert "Придут – 2:\n" in listed.plain
    assert "Подключ" not in listed.plain
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain
    await head.presses_data(undo)
    await head.presses("Да, вернуть")
    await head.says("Ближайшее")
    listed = await head.presses("Кто придёт")
    assert "Придут – 1:\nБелова" in listed.plain
    assert "Подключатся – 1:\nПетрова" in listed.plain


async def test_in_words(world: World) -> None:
    _, maria = await at_a_mixed_meeting(world)
    asked = await maria.says("Я подключусь")
    assert asked.plain.startswith("Понимаю так: вы подключитесь – Заседание РМО")
    assert "Ваш ответ: подключусь" in (await maria.presses("Да, верно")).plain


async def test_in_words_where_one_cannot_join(world: World) -> None:
    """Of a meeting online, to join is to come."""
    _, maria = await at_an_online_meeting(world)
    assert "вы придёте" in (await maria.says("подключусь")).plain


async def test_the_group_sees_how_to_come_and_how_many_join(world: World) -> None:
    head, maria = await at_a_mixed_meeting(world)
    group = world.group()
    await group.lets_in(head)
    await group.presses(head, "Связать с объединением")
    await head.says("Ближайшее")
    await head.presses("Ещё", of=head.sees)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    await head.says("взять: паспорт")
    world.clock.moment = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)
    await world.rings()
    card = group.sees
    assert "ссылку пришлю тем, кто ответит «Подключусь»" in card.plain
    await group.presses(maria, "Подключусь")
    assert world.telegram.toasts[-1].startswith("Записано: вы подключитесь.")
    async with world.stored() as rows:
        counts = (await rows.group_chats.counts([1], world.clock.now()))[1]
        everybody = await rows.association(1).rsvps.attendees(1)
    assert (counts.going, counts.online) == (0, 1)
    assert [one.answer for one in everybody if one.answer] == [Answer.ONLINE]
    assert "meet.example" not in "".join(shown.plain for shown in group.shown)


# --- The link is still to be named ------------------------------------------------------------------------


async def test_online_before_there_is_a_link(world: World) -> None:
    """It is online from the first word on; who comes is reminded as of a meeting online, and has the link as
    soon as it is given."""
    head = await settle(world)
    maria = await come_in_maria(world)
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    preview = await head.says("семинар 18 ноября 14:00 онлайн")
    assert "📍 Онлайн, ссылка будет позже" in preview.plain
    made = await head.presses("Создать")
    assert made.labels[0] == "Добавить ссылку"
    event = await event_called(world, "Семинар")
    assert (event.mode, event.venue, event.link) == (Mode.ONLINE, "", "")
    await world.rings()
    assert maria.sees.plain == (
        "Новая встреча: Семинар\n"
        "🗓 Среда, 18 ноября, 14:00\n"
        "Встреча пройдёт онлайн; ссылку пришлю тем, кто ответит «Приду».\n"
        "Мария Ивановна, вы придёте?"
    )
    card = await maria.presses("Приду")
    assert "Встреча пройдёт онлайн. Ссылки пока нет: как только будет, пришлю." in card.plain
    assert "Добавить ссылку" not in card.plain
    await maria.presses("В календарь")
    file = maria.sees.file.replace(b"\r\n ", b"").decode()
    assert "Встреча пройдёт онлайн" in file
    assert "TRIGGER:-PT15M" in file
    assert "TRIGGER:-PT2H" not in file

    card = await head.presses("Карточка встречи")
    assert card.labels == ["Приду", "Не смогу", "Добавить ссылку", "Кто придёт", "Перенести", "Ещё"]
    asked = await head.presses("Добавить ссылку", of=card)
    assert asked.plain == "Семинар\nПришлите ссылку на встречу. Увидят её только те, кто ответит «Приду»."
    assert (await head.says("позже")).plain.startswith("Хорошо, ничего не меняю. Будет ссылка – пришлите её")
    assert (await head.says("приходите все")).plain.startswith("Не вижу ссылки. Скопируйте её целиком")
    by_number = await head.says("зум 123 456 7890, код 12")
    assert "Как подключиться: зум 123 456 7890, код 12\n" in by_number.plain
    await head.says(LINK)
    done = await head.presses("Да, сменить")
    assert "Добавить ссылку" not in done.labels
    undo = await head.presses("Вернуть как было")
    assert "Сейчас: нынешняя ссылка на встречу.\nСтанет: пока без ссылки." in undo.plain
    await head.presses("Ничего не менять")
    world.clock.forward(minutes=6)
    await world.rings()
    assert maria.sees.plain.startswith("Есть ссылка на встречу: Семинар\n")
    assert f"Ссылка для входа: {LINK}" in maria.sees.plain
    event = await event_called(world, "Семинар")
    assert (event.mode, event.venue, event.link) == (Mode.ONLINE, "", LINK)
    await head.presses("Карточка встречи")
    await head.presses("Ещё")
    assert "Добавить ссылку" not in (await head.presses("Изменить")).labels


async def test_one_joins_by_a_number(world: World) -> None:
    """Who joins reads the words; a calendar has no address of them."""
    head, maria = await at_place(world)
    await head.presses("Онлайн")
    await head.says("Zoom, идентификатор 123 456 7890, код 1234")
    await head.presses("Да, сменить")
    await world.rings()
    card = await maria.presses("Приду")
    assert "Как подключиться: Zoom, идентификатор 123 456 7890, код 1234" in card.plain
    await maria.presses("В календарь")
    file = maria.sees.file.replace(b"\r\n ", b"").decode()
    assert "Как подключиться: Zoom" in file
    assert "URL" not in file


async def test_a_meeting_goes_online_before_there_is_a_link(world: World) -> None:
    head, maria = await at_place(world)
    asked = await head.presses("Онлайн")
    assert asked.plain.endswith("Нет её пока – напишите: онлайн.")
    preview = await head.says("онлайн")
    assert "Встречаемся онлайн. Ссылку увидят те, кто ответит «Приду».\nСсылку добавите" in preview.plain
    done = await head.presses("Да, сменить")
    assert done.labels[0] == "Добавить ссылку"
    await world.rings()
    assert maria.sees.plain == (
        "Встречаемся онлайн: Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "Встреча пройдёт онлайн; ссылку пришлю тем, кто ответит «Приду».\n"
        "Мария Ивановна, вы придёте?"
    )
    # Then a room beside it: «Онлайн» is no address.
    await head.presses("Карточка встречи")
    await head.presses("Ещё")
    await head.presses("Изменить")
    await head.presses("Сменить место")
    await head.presses("И очно, и онлайн")
    preview = await head.says(f"Лицей № 12, каб. 5 {LINK}")
    assert "📍 Лицей № 12, каб. 5\n" in preview.plain
