"""The coordinator's «Ещё»: cancel, restore, place, deadline, nudge, text for others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.views.event_keys import ChangeEvent, ConfirmChange, TakeText
from domain.records import Mode
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, STICKER, come_in, come_in_maria, event_called, settle


async def at_more(world: World) -> tuple[Person, Person]:
    """The coordinator is at «Ещё» of a meeting on 18 November; Мария is a member."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await world.rings()
    await head.says("Ближайшее")
    await head.presses("Ещё")
    return head, maria


async def test_more_of_a_meeting(world: World) -> None:
    head, _ = await at_more(world)
    assert head.sees.plain == "Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00\nЧто сделать?"
    assert head.sees.labels == [
        "Изменить",
        "Бумаги",
        "Материалы",
        "Выступления",
        "Другое",
        "‹ Назад",
    ]
    other = await head.presses("Другое")
    assert other.plain == head.sees.plain
    assert other.labels == [
        "Скопировать",
        "Текст для пересылки",
        "Отменить встречу",
        "Журнал",
        "‹ Назад",
    ]
    assert "Изменить" in (await head.presses("‹ Назад", of=other)).labels


async def test_the_nearest_event_is_a_tap_from_the_desk(world: World) -> None:
    head = await settle(world, MEETING)
    desk = await head.says("Руководителю")
    assert desk.labels == [
        "Назвать дни",
        "Новая встреча",
        "Ближайшее: 18 ноября",
        "Кто придёт",
        "Люди",
        "Ещё",
    ]
    more = await head.presses("Ближайшее: 18 ноября")
    assert more.plain.startswith("Заседание РМО\n")
    assert "Изменить" in more.labels


async def test_before_the_day_is_named_nobody_is_silent(world: World) -> None:
    head = await settle(world, LAW)
    await head.says("Ближайшее")
    more = await head.presses("Ещё")
    assert more.labels == [
        "Изменить",
        "Бумаги",
        "Материалы",
        "Выступления",
        "Другое",
        "‹ Назад",
    ]


async def test_cancelled_with_a_reason(world: World) -> None:
    head, maria = await at_more(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await head.presses("Другое")
    asked = await head.presses("Отменить встречу")
    assert asked.labels == ["Без причины", "Ничего не менять"]
    preview = await head.says("в лицее № 12 карантин")
    assert preview.plain == (
        "Отменить? Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Причина: в лицее № 12 карантин.\n"
        "Сообщу 1 человеку."
    )
    await world.rings()
    assert "Отменено" not in maria.sees_all
    done = await head.presses("Да, отменить")
    assert done.plain == (
        "Отменено: Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Сообщаю 1 человеку. Передумаете – «Вернуть как было»."
    )
    assert done.labels == ["Текст для пересылки", "Карточка встречи", "Вернуть как было"]
    await world.rings()
    assert maria.sees.plain == (
        "Отменено: Заседание РМО\n"
        "Было: среда, 18 ноября, 14:00–16:00. Приезжать не нужно.\n"
        "Причина: в лицее № 12 карантин.\n"
        "Если назначат новый день, я напишу и спрошу заново."
    )
    assert maria.sees.labels == ["Вижу"]
    assert "Отменено" not in head.sees_all.replace("Отменено: Заседание РМО (среда", "")


async def test_cancelled_without_a_reason_and_pressed_twice(world: World) -> None:
    head, maria = await at_more(world)
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    assert "Причину не называю." in (await head.presses("Без причины")).plain
    sure = head.data_of("Да, отменить")
    await world.feed(head.pressing(sure), head.pressing(sure))
    await world.rings()
    assert "Уже отменено" in head.sees.plain
    assert maria.sees_all.count("Отменено") == 1
    assert "Причина" not in maria.sees_all


async def test_the_reason_may_be_written_anew_or_is_too_long(world: World) -> None:
    head, _ = await at_more(world)
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    assert "хватит 300 знаков" in (await head.says("ы" * 301)).plain
    assert "Здесь нужны слова" in (await head.sends_other(**STICKER)).plain
    await head.says("карантин")
    assert "Причина: ремонт." in (await head.says("ремонт")).plain
    await head.presses("Да, отменить")
    assert (await event_called(world, "Заседание")).reason == "ремонт"


async def test_a_dialogue_that_was_left_cancels_nothing(world: World) -> None:
    """The reason is gone with it: she is shown how things stand."""
    head, _ = await at_more(world)
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    await head.says("карантин")
    sure = head.data_of("Да, отменить")
    await head.presses("Ничего не менять")
    said = await head.presses_data(sure)
    assert said.plain.startswith("Эта кнопка устарела.")
    assert "Заседание РМО" in said.plain
    assert (await event_called(world, "Заседание")).reason == ""


async def test_restored(world: World) -> None:
    head, maria = await at_more(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    await head.presses("Без причины")
    await head.presses("Да, отменить")
    await world.rings()
    world.clock.forward(hours=1)
    assert "Отменено. Приезжать не нужно." in (await head.presses("Карточка встречи")).plain
    more = await head.presses("Ещё", of=head.sees)
    assert more.labels == [
        "Вернуть встречу",
        "Скопировать",
        "Текст для пересылки",
        "Материалы",
        "Журнал",
        "‹ Назад",
    ]
    preview = await head.presses("Вернуть встречу")
    assert preview.plain == "Вернуть? Заседание РМО (среда, 18 ноября, 14:00–16:00).\nСообщу 1 человеку."
    assert "Вернули: Заседание РМО" in (await head.presses("Да, вернуть")).plain
    await world.rings()
    assert maria.sees.plain.startswith("Встреча всё-таки состоится: Заседание РМО\n")
    assert "Мария Ивановна, всё в силе?" in maria.sees.plain
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain


async def test_another_place(world: World) -> None:
    head, maria = await at_more(world)
    await head.presses("Изменить")
    assert "Сейчас: МБОУ СОШ № 412." in (await head.presses("Сменить место")).plain
    preview = await head.says("Лицей № 12, ул. Садовая, 7, каб. 214; вход со двора\nвзять: паспорт")
    assert preview.plain == (
        "Заседание РМО\n"
        "Понимаю так:\n"
        "📍 Лицей № 12, ул. Садовая, 7, каб. 214\n"
        "Вход: со двора.\n"
        "Возьмите с собой: паспорт.\n"
        "Сообщу 1 человеку. Если не так, напишите ещё раз."
    )
    done = await head.presses("Да, сменить")
    assert done.plain == (
        "Записано: Заседание РМО – Лицей № 12, ул. Садовая, 7, каб. 214, вход: со двора.\nСообщаю 1 человеку."
    )
    await world.rings()
    assert maria.sees.plain == (
        "Новое место: Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 Лицей № 12, ул. Садовая, 7, каб. 214\n"
        "Вход: со двора.\n"
        "Мария Ивановна, вы придёте?"
    )


async def test_what_to_bring_alone_is_told_to_nobody(world: World) -> None:
    head, maria = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    assert "скажу в напоминаниях" in (await head.says("взять: паспорт")).plain
    assert "Отдельно об этом никому не пишу." in (await head.presses("Да, сменить")).plain
    await world.rings()
    assert "Новое место" not in maria.sees_all


async def test_a_link_makes_it_online(world: World) -> None:
    head, maria = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    assert "Ссылка: https://meet.example.org/abc" in (await head.says("https://meet.example.org/abc")).plain
    await head.presses("Да, сменить")
    event = await event_called(world, "Заседание")
    assert (event.mode, event.link, event.venue) == (Mode.ONLINE, "https://meet.example.org/abc", "")
    await world.rings()
    assert "Встреча пройдёт онлайн; ссылку пришлю тем, кто ответит «Приду»." in maria.sees.plain
    assert "meet.example" not in maria.sees_all


async def test_no_place_in_the_words(world: World) -> None:
    head, _ = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    assert "Не вижу, где это." in (await head.says(";;")).plain
    assert "хватит 300 знаков" in (await head.says("ы" * 301)).plain


async def test_the_deadline_for_answers(world: World) -> None:
    head, maria = await at_more(world)
    await head.presses("Изменить")
    asked = await head.presses("Срок ответов")
    assert "Сейчас ответы нужны до 16 ноября, 12:00." in asked.plain
    assert "Напишите, например: 16 ноября 12:00." in asked.plain
    preview = await head.says("13 ноября 18:00")
    assert "Ответы будут нужны до 13 ноября, 18:00. Тем, кто промолчит, напомню 11 ноября, 18:00." in (
        preview.plain
    )
    assert "ответы нужны до 13 ноября, 18:00" in (await head.presses("Да, такой срок")).plain
    assert "ответы до обычного срока" in (await head.presses("Вернуть как было")).plain
    world.clock.moment = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)
    await world.rings()
    assert "Ответ нужен до 13 ноября, 18:00." in maria.sees.plain


async def test_a_deadline_too_near_for_a_call_promises_none(world: World) -> None:
    head, _ = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Срок ответов")
    preview = await head.says("завтра")
    assert "напомню" not in preview.plain
    assert "Кто молчит, тем можно напомнить: «Кто придёт», «Напомнить молчащим»." in preview.plain


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("1 ноября 2026", "Это время уже прошло."),
        ("20 ноября", "К этому времени встреча уже начнётся."),
        ("когда-нибудь", "Не получилось понять день."),
    ],
)
async def test_a_deadline_that_cannot_be(world: World, words: str, said: str) -> None:
    head, _ = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Срок ответов")
    answer = await head.says(words)
    assert said in answer.plain
    assert "например: 16 ноября 12:00" in answer.plain
    assert "13 ноября, 12:00" in (await head.says("13 ноября")).plain


async def test_the_silent_are_nudged_once_a_day(world: World) -> None:
    head, maria = await at_more(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await olga.says("Ближайшее")
    await olga.presses("Не смогу")
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    preview = await head.presses("Напомнить молчащим")
    assert preview.plain == "Заседание РМО\nНе ответил 1 человек. Напомнить?"
    nudged = await head.presses("Да, напомнить")
    assert "Напоминаю: Заседание РМО.\nСообщаю 1 человеку." in nudged.plain
    assert nudged.labels == ["‹ Назад"]
    await world.rings()
    assert "Мария Ивановна, руководитель ждёт вашего ответа. Вы придёте?" in maria.sees.plain
    assert "руководитель ждёт" not in olga.sees_all
    again = await head.presses_data(ChangeEvent(event=1, act="nudge").pack())
    assert "Ещё раз можно будет после 3 ноября, 10:00." in again.plain
    world.clock.forward(days=1)
    await maria.presses("Приду")
    nobody = await head.presses_data(ChangeEvent(event=1, act="nudge").pack())
    assert "Напоминать некому" in nobody.plain
    assert nobody.labels == ["‹ Назад"]
    assert "Напомнить молчащим" not in (await head.presses("‹ Назад")).labels


async def test_at_night_the_silent_sleep(world: World) -> None:
    head, maria = await at_more(world)
    world.clock.moment = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)  # 23:00
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    await head.presses("Напомнить молчащим")
    await head.presses("Да, напомнить")
    await world.rings()
    assert "руководитель ждёт" not in maria.sees_all
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    world.clock.forward(hours=9)
    await world.rings()
    assert "руководитель ждёт" not in maria.sees_all


async def test_a_text_for_other_messengers(world: World) -> None:
    head, _ = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    await head.says("Лицей № 12; вход со двора; взять: паспорт")
    await head.presses("Да, сменить")
    world.clock.forward(days=8)
    text = await head.presses("Текст для пересылки")
    assert text.text == (
        "Коллеги, приглашаем: Заседание РМО.\n"
        "Когда: среда, 18 ноября, 14:00–16:00.\n"
        "Где: Лицей № 12.\n"
        "Вход: со двора.\n"
        "Возьмите с собой: паспорт.\n"
        "Проводит: Белова М. И.\n"
        "Ответьте, пожалуйста, до 16 ноября, 12:00 – в боте «Звонок»: https://t.me/zvonok_test_bot"
    )
    assert text.keyboard is None


async def test_a_text_of_what_changed(world: World) -> None:
    head, _ = await at_more(world)
    await head.says("Ближайшее")
    await head.presses("Перенести")
    await head.says("19 ноября 15:00")
    await head.presses("Подтвердить")
    moved = await head.presses("Текст для пересылки")
    assert moved.text.startswith(
        "Коллеги, перенос: Заседание РМО.\nБыло: среда, 18 ноября, 14:00–16:00.\n"
        "Когда: четверг, 19 ноября, 15:00.\n"
    )
    await head.presses_data(ChangeEvent(event=1, act="cancel").pack())
    await head.says("карантин")
    await head.presses("Да, отменить")
    cancelled = await head.presses("Текст для пересылки")
    assert cancelled.text == (
        "Коллеги, отменено: Заседание РМО.\n"
        "Было: четверг, 19 ноября, 15:00. Приезжать не нужно.\n"
        "Причина: карантин."
    )


async def test_two_coordinators_at_once(world: World) -> None:
    head, _ = await at_more(world)
    await head.presses("Изменить")
    await head.presses("Сменить место")
    await head.says("Лицей № 12")
    first = head.data_of("Да, сменить")
    await head.says("Лицей № 13")
    await head.presses("Да, сменить")
    await head.presses_data(ChangeEvent(event=1, act="place").pack())
    await head.says("Лицей № 14")
    late = await head.presses_data(first)
    assert (
        "Пока вы смотрели, эту встречу изменили:\n• 2 ноября, 10:00, Орлова Н. В. – новое место: Лицей № 13"
        in (late.plain)
    )
    assert "Понимаю так:\n📍 Лицей № 14" in late.plain


async def test_what_is_over_or_gone_is_explained(world: World) -> None:
    head, _ = await at_more(world)
    for data in (
        ChangeEvent(event=99, act="cancel"),
        ConfirmChange(event=99, revision=1, act="nudge"),
        TakeText(event=99),
    ):
        assert "Этой встречи в плане больше нет." in (await head.presses_data(data.pack())).plain
    await head.presses("Другое")
    cancel = head.data_of("Отменить встречу")
    world.clock.moment = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    over = await head.presses_data(cancel)
    assert over.plain.startswith("Эта встреча уже прошла, менять в ней больше нечего.")
    assert "Уже прошло." in over.plain
    more = await head.presses("Ещё", of=head.sees)
    assert "Состоялось?" in more.plain
    assert more.labels == ["Да", "Перенесли", "Не состоялось", "Бумаги", "Другое", "‹ Назад"]
