"""«Изменить» under «Ещё», and «Отложить без дня»."""

from __future__ import annotations

import pytest

from bot.views.editing_keys import ConfirmPutOff, EditField, ProposeMonths, PutOff, SetKind, ShowEdit
from bot.views.keyboards import ChooseDay, ShowMore
from domain.period import Period
from domain.plan_draft import Kind
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    STICKER,
    TASK,
    call_off,
    come_in_maria,
    event_called,
    settle,
)


async def at_edit(world: World) -> tuple[Person, Person]:
    """The coordinator is at «Изменить» of a meeting on 18 November; Мария comes to it."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await world.rings()
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Изменить")
    return head, maria


async def heard(world: World, person: Person) -> list[str]:
    """What a person is sent now."""
    before = len(person.chat.shown)
    await world.rings()
    return [shown.plain for shown in person.chat.shown[before:]]


async def test_what_can_be_changed(world: World) -> None:
    head, _ = await at_edit(world)
    assert head.sees.plain == "Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00\nЧто изменить?"
    assert head.sees.labels == [
        "Название",
        "Вид встречи",
        "Начало и конец",
        "Срок ответов",
        "Сменить место",
        "Кто проводит",
        "К кому обращаться",
        "Поручить встречу",
        "Кого звать",
        "‹ Назад",
    ]
    assert "Что сделать?" in (await head.presses("‹ Назад")).plain
    # Without a day there is no hour, and no deadline.
    unnamed = await head.presses_data(ShowEdit(event=2).pack())
    assert unnamed.labels == [
        "Название",
        "Вид встречи",
        "Сменить место",
        "Кто проводит",
        "К кому обращаться",
        "Поручить встречу",
        "Кого звать",
        "‹ Назад",
    ]


@pytest.mark.parametrize(
    ("label", "words", "preview", "card"),
    [
        ("Название", "заседание «Планы»", "Новое название: Заседание «Планы»", "Заседание «Планы»\n🗓"),
        ("Кто проводит", "Орлова Н. В.", "Проводит: Орлова Н. В.", "Проводит: Орлова Н. В."),
        ("Кто проводит", "нет", "Кто проводит – больше не указано.", "СОШ № 412\nПридёт 1 человек."),
        (
            "К кому обращаться",
            "Орлова, 8 900 000-00-00",
            "По вопросам: Орлова, 8",
            "По вопросам: Орлова, 8 900",
        ),
    ],
)
async def test_a_field_is_changed_and_nobody_is_told(
    world: World, label: str, words: str, preview: str, card: str
) -> None:
    head, maria = await at_edit(world)
    await head.presses(label)
    shown = await head.says(words)
    assert preview in shown.plain
    assert "Отдельно об этом никому не пишу" in shown.plain
    assert shown.labels == ["Подтвердить", "Ничего не менять"]
    assert "Записано: Заседание" in (await head.presses("Подтвердить")).plain
    assert await heard(world, maria) == []
    assert card in (await maria.says("Ближайшее")).plain
    assert (await event_called(world, "Заседание")).revision == 2


async def test_a_name_that_is_taken_back_is_not_said_twice(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses("Название")
    await head.says("заседание «Планы»")
    await head.presses("Подтвердить")
    await head.presses("Вернуть как было")
    done = await head.presses("Да, вернуть как было")
    assert done.plain.startswith("Вернули как было: Заседание «Планы» – Заседание РМО.")


async def test_written_anew_too_long_or_no_words_at_all(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses("Название")
    assert "Здесь нужны слова" in (await head.sends_other(**STICKER)).plain
    assert "хватит 200 знаков" in (await head.says("ы" * 201)).plain
    await head.says("заседание «Планы»")
    assert "Новое название: Заседание «Итоги»" in (await head.says("заседание «Итоги»")).plain
    await head.presses("Подтвердить")
    assert (await event_called(world, "Заседание")).title == "Заседание «Итоги»"
    await head.presses_data(EditField(event=1, field="contact").pack())
    assert "хватит 200 знаков" in (await head.says("ы" * 201)).plain


async def test_a_dialogue_that_was_left_changes_nothing(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses("Название")
    await head.says("заседание «Планы»")
    sure = head.data_of("Подтвердить")
    await head.presses("Ничего не менять")
    assert (await head.presses_data(sure)).plain.startswith("Эта кнопка устарела.")
    assert (await event_called(world, "Заседание")).title == "Заседание РМО"


async def test_changed_by_somebody_else_meanwhile(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses("Название")
    await head.says("заседание «Планы»")
    sure = head.data_of("Подтвердить")
    await call_off(world, "Заседание")
    assert "– отмена\nТеперь ваше изменение внести нельзя." in (await head.presses_data(sure)).plain
    assert "отменена" in (await head.presses_data(ShowEdit(event=1).pack())).plain


async def test_another_kind(world: World) -> None:
    head, maria = await at_edit(world)
    asked = await head.presses("Вид встречи")
    assert asked.labels[:2] == ["✅ Заседание", "Семинар"]
    old = head.data_of("Конкурс")
    done = await head.presses("Семинар")
    assert "Записано: Заседание РМО – семинар." in done.plain
    assert "✅ Семинар" in done.labels
    assert "изменили" in (await head.presses_data(old)).plain
    assert await heard(world, maria) == []
    assert (await event_called(world, "Заседание")).kind is Kind.SEMINAR
    again = SetKind(event=1, revision=2, kind=Kind.SEMINAR).pack()
    assert "Записано" in (await head.presses_data(again)).plain
    assert (await event_called(world, "Заседание")).revision == 2


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("15:00–17:00", "15:00–17:00"),
        ("с 15 до 17", "15:00–17:00"),
        ("15:30", "15:30"),
        ("до 17:00", "14:00–17:00"),
        ("конец в 15:30", "14:00–15:30"),
    ],
)
async def test_other_hours_are_told(world: World, words: str, hours: str) -> None:
    head, maria = await at_edit(world)
    assert "Сейчас: среда, 18 ноября, 14:00–16:00." in (await head.presses("Начало и конец")).plain
    preview = await head.says(words)
    assert f"🗓 Среда, 18 ноября, {hours}\n" in preview.plain
    assert "Расскажу 1 человеку и спрошу, всё ли в силе." in preview.plain
    assert preview.labels == ["Подтвердить", "Другое время"]
    assert "Когда начало и конец?" in (await head.presses("Другое время")).plain
    await head.says(words)
    await head.presses("Подтвердить")
    [told] = await heard(world, maria)
    assert told.startswith("Новое время: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00\n")
    assert f"Теперь: среда, 18 ноября, {hours}\n" in told
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain


async def test_hours_that_cannot_be(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses("Начало и конец")
    assert "Конец получился раньше начала." in (await head.says("16:00–14:00")).plain
    assert "Конец получился раньше начала." in (await head.says("до 13:00")).plain
    assert "Не получилось понять время." in (await head.says("после обеда")).plain
    # Under the preview other hours are understood as well.
    await head.says("15:00")
    assert "🗓 Среда, 18 ноября, 16:00\n" in (await head.says("16:00")).plain
    pressed = await head.presses_data(EditField(event=2, field="hours").pack())
    assert "Час называют вместе с днём" in pressed.plain


async def test_a_task_has_none_of_this(world: World) -> None:
    head = await settle(world, TASK)
    for data in (
        EditField(event=1, field="title"),
        PutOff(event=1),
        SetKind(event=1, revision=1, kind=Kind.SEMINAR),
    ):
        assert "Эта кнопка устарела" in (await head.presses_data(data.pack())).plain
    assert (await event_called(world, "Сбор")).kind is Kind.OTHER


# --- Put off ----------------------------------------------------------------------------------------------


async def put_off(head: Person) -> None:
    """The meeting on 18 November waits for its day again."""
    await head.presses_data(ChooseDay(event=1).pack())
    await head.presses("Отложить без дня")
    await head.presses("Декабрь")
    await head.presses("Да, отложить")


async def test_put_off_until_a_day_is_named(world: World) -> None:
    head, maria = await at_edit(world)
    await head.presses_data(ChooseDay(event=1).pack())
    asked = await head.presses("Отложить без дня")
    assert asked.plain == (
        "Откладываем? Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "На какой месяц? Нажмите или напишите, например: в декабре."
    )
    assert asked.labels == ["Декабрь", "Январь", "Февраль", "Пока не знаю", "Ничего не менять"]
    preview = await head.presses("Декабрь")
    assert preview.plain == (
        "Отложить без дня? Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Станет: Декабрь 2026 г., день пока не назван.\n"
        "Сообщу 1 человеку. Прежние ответы перестанут считаться: назовёте день – спрошу заново."
    )
    assert await heard(world, maria) == []
    done = await head.presses("Да, отложить")
    assert "Отложено: Заседание РМО.\nТеперь: Декабрь 2026 г., день пока не назван." in done.plain
    [told] = await heard(world, maria)
    assert told.startswith("Перенос: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00. Новый день пока не")
    assert maria.sees.labels == []
    # It stands on the board again, and answers are asked for anew.
    await head.says("Руководителю")
    assert "Заседание РМО" in (await head.presses("Декабрь ▶")).plain
    await head.presses("16 ср")
    await head.presses("Подтвердить")
    world.clock.forward(minutes=6)
    [told] = await heard(world, maria)
    assert told.startswith("Назван день: Заседание РМО\n")
    assert "Вы ещё не ответили" in (await maria.says("заседание")).plain


async def test_no_reminder_of_the_old_day_comes(world: World) -> None:
    head, maria = await at_edit(world)
    await put_off(head)
    await heard(world, maria)
    for _ in range(17):
        world.clock.forward(days=1)
        assert not [one for one in await heard(world, maria) if "18 ноября" in one]


async def test_a_month_in_words_and_nobody_knows_when(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses_data(ChooseDay(event=1).pack())
    assert "Станет: Декабрь 2026 г." in (await head.says("в декабре")).plain
    await head.presses("Другой месяц")
    assert "Станет: Март 2027 г." in (await head.says("март")).plain
    await head.presses("Другой месяц")
    unknown = await head.presses("Пока не знаю")
    assert "Станет: Декабрь 2026 г. – май 2027 г., день пока не назван." in unknown.plain
    await head.presses("Да, отложить")
    assert (await event_called(world, "Заседание")).period == Period.months(2026, 12, 2027, 5)


async def test_a_day_instead_is_understood_as_well(world: World) -> None:
    head, _ = await at_edit(world)
    await head.presses_data(ChooseDay(event=1).pack())
    await head.presses("Отложить без дня")
    assert "🗓 Среда, 25 ноября, 14:00–16:00" in (await head.says("25 ноября")).plain


async def test_pressed_twice_or_made_up(world: World) -> None:
    head, maria = await at_edit(world)
    await put_off(head)
    again = ConfirmPutOff(event=1, revision=1, first="202612", last="202612").pack()
    assert "Так и записано, никому не пишу." in (await head.presses_data(again)).plain
    stale = ConfirmPutOff(event=1, revision=1, first="202701", last="202701").pack()
    assert "изменили" in (await head.presses_data(stale)).plain
    for first, last in (("202613", "202701"), ("202702", "202701")):
        made_up = ProposeMonths(event=1, first=first, last=last).pack()
        assert (await head.presses_data(made_up)).plain.startswith("Мой вопрос по-прежнему ждёт ответа: день")
        assert "Эта кнопка устарела" in head.sees_all
    past = ProposeMonths(event=1, first="202601", last="202601").pack()
    assert "уже прошло" in (await head.presses_data(past)).plain
    assert len(await heard(world, maria)) == 1


@pytest.mark.parametrize("what", OTHER_THAN_WORDS)
async def test_other_than_words_is_answered(world: World, what: dict[str, object]) -> None:
    head, _ = await at_edit(world)
    await head.presses_data(PutOff(event=1).pack())
    assert "Не получилось понять день." in (await head.sends_other(**what)).plain
