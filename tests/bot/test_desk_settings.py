"""«Настройки объединения»: seen, changed by a button or in words, previewed, taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.associations import add_association
from bot.views.agreeing import AgreeAnew
from bot.views.settings_keys import AskSetting, PickSetting, TakeBackSetting
from domain.settings import Setting
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    come_in,
    come_in_maria,
    event_called,
    join,
    settle,
)
from tests.bot.test_guest_links import a_guest
from tests.builders import stored


async def at_settings(world: World, *path: str) -> Person:
    """The coordinator has «Настройки объединения», or a screen on the way from there, before her."""
    head = await settle(world, MEETING, LAW)
    await world.rings()
    return await goes_to(head, *path)


async def goes_to(head: Person, *path: str) -> Person:
    await head.says("Руководителю")
    for label in ("Ещё", "Настройки объединения", *path):
        await head.presses(label)
    return head


async def journal_of(head: Person) -> str:
    await head.says("Руководителю")
    await head.presses("Ещё")
    return (await head.presses("Журнал")).plain


# --- What is set ------------------------------------------------------------------------------------------


async def test_everything_stands_there_with_its_value(world: World) -> None:
    head = await at_settings(world)
    assert head.sees.plain == (
        "Настройки объединения\n"
        "Название: РМО Заречного района\n"
        "Город или район: Заречный\n"
        "Часовой пояс: Новосибирск, сейчас там 10:00\n"
        "Обычный час: 14:00\n"
        "Обычное место: пока нет\n"
        "Каникулы: пока нет\n"
        "Войти: сразу, по приглашению\n"
        "Приветствие: обычными словами\n"
        "Согласие: обычными словами\n"
        "Отметка о явке: за 30 минут до начала, 30 минут после конца\n"
        "Журнал того, что отправлено, храню 5 лет."
    )
    assert head.sees.labels == [
        "Название, город, время",
        "Час, место, каникулы",
        "Когда напоминать",
        "Вход, приветствие, согласие",
        "Явка",
        "‹ Назад",
    ]


async def test_back_leads_to_more(world: World) -> None:
    head = await at_settings(world, "Название, город, время", "‹ Назад", "‹ Назад")
    assert "Настройки объединения" in head.sees.labels


async def test_the_door_is_reached_from_there(world: World) -> None:
    head = await at_settings(world, "Вход, приветствие, согласие")
    assert "сразу" in (await head.presses("Кто может войти")).plain


@pytest.mark.parametrize(
    ("group", "button", "text", "said"),
    [
        ("Название, город, время", "Название", "РМО  <Новое>", "Записано. Название: РМО <Новое>."),
        ("Название, город, время", "Город или район", "Бердск", "Записано. Город или район: Бердск."),
        ("Час, место, каникулы", "Обычный час", "15.30", "Записано. Обычный час: 15:30."),
        ("Час, место, каникулы", "Обычное место", "Лицей № 12", "Записано. Обычное место: Лицей № 12."),
        (
            "Час, место, каникулы",
            "Каникулы",
            "осенние 26 октября – 3 ноября, 31.12 – 11.01; 27 мая – 31 августа",
            "Записано. Каникулы: 26 октября – 3 ноября, 31 декабря – 11 января, 27 мая – 31 августа.",
        ),
    ],
)
async def test_in_words_and_taken_back(world: World, group: str, button: str, text: str, said: str) -> None:
    head = await at_settings(world, group)
    before = head.sees.plain
    await head.presses(button)
    assert "например" in head.sees.plain
    assert (await head.says(text)).plain == said
    assert f"настройка «{button}»" in await journal_of(head)
    back = await head.presses("Вернуть как было")
    assert back.plain.startswith("Записано.")
    await goes_to(head, group)
    assert head.sees.plain == before


@pytest.mark.parametrize(
    ("button", "text", "said"),
    [
        ("До начала", "45 минут", "Записано. Отметка до начала: 45 минут."),
        ("После конца", "0", "Записано. Отметка после конца: 0 минут."),
    ],
)
async def test_when_people_check_in_is_set(world: World, button: str, text: str, said: str) -> None:
    head = await at_settings(world, "Явка")
    before = head.sees.plain
    assert before == (
        "Явка\n"
        "Отметиться на встрече можно за 30 минут до начала и 30 минут после конца.\n"
        "Отзывы после встречи: не спрашиваю."
    )
    assert "✅ 30 минут" in (await head.presses(button)).labels
    assert (await head.says(text)).plain == said
    assert "(было: 30 минут)" in await journal_of(head)
    await head.presses("Вернуть как было")
    assert (await goes_to(head, "Явка")).sees.plain == before


async def test_too_many_minutes_are_asked_again(world: World) -> None:
    head = await at_settings(world, "Явка", "До начала")
    assert "Можно от 0 до 240 минут" in (await head.says("пять часов")).plain
    assert (await head.presses("120 минут")).plain == "Записано. Отметка до начала: 120 минут."
    assert (await world.actor(head)).home.checkin_before == timedelta(hours=2)


async def test_taken_back_twice_changes_nothing_more(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычный час")
    await head.presses("12:00")
    back = head.data_of("Вернуть как было")
    await head.presses_data(back, head.sees.message_id)
    assert "Так и было. Обычный час: 14:00." in (await head.presses_data(back, head.sees.message_id)).plain


async def test_what_was_changed_since_is_not_taken_back(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычный час")
    await head.presses("12:00")
    back = head.data_of("Вернуть как было")
    await goes_to(head, "Час, место, каникулы", "Обычный час")
    await head.presses("15:00")
    assert "С тех пор это изменили" in (await head.presses_data(back)).plain
    assert (await world.actor(head)).home.usual_time == "15:00"


async def test_out_of_the_journal_for_a_day(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычный час")
    await head.presses("12:00")
    await goes_to(head, "Час, место, каникулы", "Обычный час")
    await head.presses("15:00")
    await journal_of(head)
    # Of a setting only the newest change has a way back.
    assert head.sees.labels == ["Вернуть как было: Обычный час", "‹ Назад"]
    back = head.data_of("Вернуть как было: Обычный час")
    assert "Обычный час: 12:00" in (await head.presses_data(back)).plain
    assert (await world.actor(head)).home.usual_time == "12:00"
    world.clock.forward(hours=24)
    await journal_of(head)
    assert head.sees.labels == ["‹ Назад"]
    assert "в течение суток" in (await head.presses_data(back)).plain
    assert (await world.actor(head)).home.usual_time == "12:00"


async def test_reminders_too(world: World) -> None:
    head = await at_settings(world, "Когда напоминать", "Тихие часы")
    await head.presses("22:00 – 7:00")
    await head.presses("Подтвердить")
    await journal_of(head)
    assert "Тихие часы: с 21:00 до 8:00" in (await head.presses("Вернуть как было: Когда напоминать")).plain


async def test_of_several_changes_one_after_the_other(world: World) -> None:
    """What is taken back uncovers what was changed before; and each can come into force again."""
    head = await at_settings(world, "Когда напоминать", "Тихие часы")
    for hours in ("22:00 – 7:00", "20:00 – 9:00"):
        await goes_to(head, "Когда напоминать", "Тихие часы")
        await head.presses(hours)
        await head.presses("Подтвердить")
        world.clock.forward(minutes=1)
    of_both = "Вернуть как было: Когда напоминать"
    await journal_of(head)
    assert head.sees.labels == [of_both, "‹ Назад"]
    assert "Тихие часы: с 22:00 до 7:00" in (await head.presses(of_both)).plain
    world.clock.forward(minutes=1)
    await journal_of(head)
    assert head.sees.labels == ["Отменить возврат: Когда напоминать", of_both, "‹ Назад"]
    assert "Тихие часы: с 21:00 до 8:00" in (await head.presses(of_both)).plain


async def test_the_same_again_is_no_change(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычный час")
    said = await head.presses("✅ 14:00")
    assert said.plain == "Так и было. Обычный час: 14:00."
    assert said.labels == ["‹ Назад"]
    assert "настройка" not in await journal_of(head)


async def test_none_again(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычное место")
    await head.says("Лицей № 12")
    await goes_to(head, "Час, место, каникулы", "Обычное место")
    assert "Обычное место: пока нет." in (await head.presses("Без обычного места")).plain


@pytest.mark.parametrize("what", [one for one in Setting if one is not Setting.ZONE])
async def test_too_long_and_not_understood_are_asked_again(world: World, what: Setting) -> None:
    head = await at_settings(world)
    await head.presses_data(AskSetting(what=what).pack())
    said = (await head.says("😀" * 2048)).plain
    assert "например" in said or "Слишком длинно" in said or "Подтвердить" in head.sees.labels
    actor = await world.actor(head)
    assert actor.dialogue is not None
    assert actor.home.title == "РМО Заречного района"
    assert actor.home.consent_text == ""


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS)
async def test_a_sticker_does_not_end_the_question(world: World, sent: dict[str, object]) -> None:
    head = await at_settings(world, "Название, город, время", "Название")
    assert "нужны слова" in (await head.sends_other(**sent)).plain
    assert "Записано" in (await head.says("РМО")).plain


async def test_a_key_leaves_the_question(world: World) -> None:
    head = await at_settings(world, "Название, город, время", "Название")
    await head.says("Ближайшее")
    await head.says("Другое название")
    assert (await world.actor(head)).home.title == "РМО Заречного района"


@pytest.mark.parametrize(
    ("what", "value"),
    [
        (Setting.ZONE, "Mars"),
        (Setting.HOUR, "9999"),
        (Setting.RETENTION, "99"),
        (Setting.BEFORE, "241"),
        (Setting.TITLE, "-"),
        (Setting.HOLIDAYS, "x"),
    ],
)
async def test_made_up_values_are_an_old_button(world: World, what: Setting, value: str) -> None:
    head = await at_settings(world)
    assert "устарела" in (await head.presses_data(PickSetting(what=what, value=value).pack())).plain


async def test_an_old_preview_sets_nothing(world: World) -> None:
    head = await at_settings(world, "Вход, приветствие, согласие", "Приветствие")
    await head.says("Первые слова")
    first = head.data_of("Подтвердить")
    await head.says("Другие слова")
    assert "ждёт ответа: новая настройка" in (await head.presses_data(first)).plain
    assert "уже закрыт" in head.sees_all
    assert "Записано" in (await head.presses("Подтвердить")).plain
    assert (await world.actor(head)).home.greeting == "Другие слова"


async def test_another_association_s_line_is_out_of_reach(world: World) -> None:
    head = await at_settings(world)
    assert "в течение суток" in (await head.presses_data(TakeBackSetting(line=99).pack())).plain


async def test_members_have_no_say_in_it(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    for data in ("settings:home", "setting:title", "setto:usual_time:1200", "setback:1", "setsure:x"):
        assert "только руководитель" in (await maria.presses_data(data)).plain


# --- The zone ---------------------------------------------------------------------------------------------


async def test_another_zone_is_shown_and_keeps_the_local_hours(world: World) -> None:
    head = await at_settings(world, "Название, город, время", "Часовой пояс")
    assert len(head.sees.labels) == 12
    preview = await head.says("г. Казань")
    assert preview.plain == (
        "Часовой пояс: Москва. Сейчас там 6:00.\n"
        "Встречи остаются на своих часах: что назначено на 14:00, так и будет в 14:00 – по новому времени. "
        "Напоминания о 2 встречах впереди рассчитаю заново."
    )
    assert (await event_called(world, "Заседание")).starts_at == datetime(2026, 11, 18, 7, tzinfo=UTC)
    await head.presses("Подтвердить")
    assert (await event_called(world, "Заседание")).starts_at == datetime(2026, 11, 18, 11, tzinfo=UTC)
    maria = await come_in_maria(world)
    assert "Среда, 18 ноября, 14:00" in (await maria.says("Ближайшее")).plain
    world.clock.moment = datetime(2026, 11, 11, 6, 59, tzinfo=UTC)
    await world.rings()
    assert "🔔" not in maria.sees_all
    world.clock.moment = datetime(2026, 11, 11, 7, 0, tzinfo=UTC)  # 10:00 in Moscow
    await world.rings()
    assert maria.sees_all.count("🔔") == 1


async def test_a_town_that_nobody_knows(world: World) -> None:
    head = await at_settings(world, "Название, город, время", "Часовой пояс")
    assert "например: Новосибирск" in (await head.says("Васюки")).plain
    assert "Часовой пояс: Омск." in (await head.presses("Омск")).plain


# --- The usual hour and place, holidays -------------------------------------------------------------------


async def test_the_usual_hour_and_place_stand_in_the_preview(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычный час")
    await head.says("15:30")
    await goes_to(head, "Час, место, каникулы", "Обычное место")
    await head.says("Лицей № 12")
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    preview = await head.says("семинар «Книга и экран» 15 декабря")
    assert "вторник, 15 декабря, 15:30" in preview.plain.lower()
    assert "Лицей № 12" in preview.plain
    await head.presses("Создать")
    assert (await event_called(world, "Книга и экран")).venue == "Лицей № 12"


async def test_naming_a_day_takes_the_usual_place_where_none_is_known(world: World) -> None:
    nowhere = LAW.__class__(title="Семинар без места", kind=LAW.kind, periods=LAW.periods)
    head = await settle(world, nowhere)
    await goes_to(head, "Час, место, каникулы", "Обычное место")
    await head.says("Лицей № 12")
    await head.says("Руководителю")
    assert "Лицей № 12" in (await head.presses("25 ср")).plain
    await head.presses("Подтвердить")
    assert (await event_called(world, "без места")).venue == "Лицей № 12"


async def test_a_place_that_the_plan_names_stays(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Обычное место")
    await head.says("Гимназия № 1")
    await head.says("Руководителю")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    assert (await event_called(world, "Правовые")).venue == "Лицей № 12"


async def test_holidays_are_hinted_at(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Каникулы")
    await head.says("23–29 ноября")
    await head.says("Руководителю")
    board = next(shown for shown in reversed(head.chat.shown) if "25 ср" in shown.labels)
    assert "Каникулы: 23 ноября – 29 ноября." in board.plain
    preview = (await head.presses("25 ср")).plain
    assert "Каникулы (23 ноября – 29 ноября), уроков нет." in preview
    assert "⚠️" not in preview
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    assert "уроков нет" in (await head.says("семинар «Книга» 25 ноября 14:00 лицей № 12")).plain
    assert "уроков нет" not in (await head.says("30 ноября")).plain


async def test_holidays_of_the_same_year_are_written_anew(world: World) -> None:
    head = await at_settings(world, "Час, место, каникулы", "Каникулы")
    await head.says("26 октября – 3 ноября")
    await goes_to(head, "Час, место, каникулы", "Каникулы")
    assert "Записано. Каникулы: 24 марта – 31 марта." in (await head.says("24–31 марта")).plain
    await goes_to(head, "Час, место, каникулы", "Каникулы")
    assert "например" in (await head.says("когда-нибудь")).plain
    assert "пока нет" in (await head.presses("Убрать каникулы")).plain


# --- Retention --------------------------------------------------------------------------------------------


async def test_keeping_for_less_long_is_asked_about_first(world: World) -> None:
    head = await at_settings(world, "Вход, приветствие, согласие", "Сколько хранить журнал")
    assert "Записано" in (await head.presses("10 лет")).plain
    await goes_to(head, "Вход, приветствие, согласие", "Сколько хранить журнал")
    preview = await head.says("3 года")
    assert preview.plain == (
        "Хранить 3 года вместо 10 лет?\n"
        "В ближайшие сутки сотру записи о том, что было отправлено до 2 ноября 2023 г. Вернуть их нельзя. "
        "Встречи, люди и ответы останутся."
    )
    async with world.stored() as rows:
        assert await rows.associations.retention_years(1) == 10
    await head.presses("Подтвердить")
    async with world.stored() as rows:
        assert await rows.associations.retention_years(1) == 3


async def test_a_journal_of_no_years(world: World) -> None:
    head = await at_settings(world, "Вход, приветствие, согласие", "Сколько хранить журнал")
    for words in ("0", "11 лет", "вечно"):
        assert "от года до десяти" in (await head.says(words)).plain


# --- Greeting ---------------------------------------------------------------------------------------------


async def test_the_greeting_is_seen_before_and_read_by_who_comes_in(world: World) -> None:
    head = await at_settings(world, "Вход, приветствие, согласие", "Приветствие")
    preview = await head.says("Рады <b>видеть</b> вас!\nВстречаемся раз в месяц.")
    greeting = (
        "вы в списке объединения «РМО Заречного района».\n"
        "Рады <b>видеть</b> вас!\nВстречаемся раз в месяц.\nБлижайшее:"
    )
    assert preview.plain.startswith("Новый человек прочитает так:\n\nНаталья Викторовна, " + greeting)
    await head.presses("Подтвердить")
    maria = await join(world, 2002, "Петрова Мария Ивановна", "СОШ 45")
    assert maria.sees.plain.startswith("Мария Ивановна, " + greeting)
    await goes_to(head, "Вход, приветствие, согласие", "Приветствие")
    assert head.sees.plain.endswith("Вот как сейчас:\nРады <b>видеть</b> вас!\nВстречаемся раз в месяц.")
    await head.presses("Вернуть обычное")
    await head.presses("Подтвердить")
    olga = await join(world, 2003, "Белова Ольга Петровна", "СОШ 45")
    assert "Я – Звонок" in olga.sees.plain


# --- Consent ----------------------------------------------------------------------------------------------


async def reworded(world: World) -> tuple[Person, Person]:
    """Another wording of the consent is set; Мария agreed to the one before."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await world.rings()
    await goes_to(head, "Вход, приветствие, согласие", "Текст согласия")
    preview = await head.says("Даю согласие <i>РМО</i>.")
    assert "Даю согласие <i>РМО</i>." in preview.plain
    assert "Ещё спрошу 2 человек, по одному разу" in preview.plain
    await head.presses("Подтвердить")
    await world.rings()
    return head, maria


async def consent_of(world: World, person: Person) -> tuple[int, str]:
    actor = await world.actor(person)
    row = await stored(
        world.app.database, tables.memberships, tables.memberships.c.person_id == actor.person_id
    )
    return row[0].consent_version, row[0].consent_text


async def test_those_who_agreed_before_are_asked_once_and_lose_nothing(world: World) -> None:
    _, maria = await reworded(world)
    assert maria.sees.plain.startswith("Мария Ивановна, у объединения новый текст согласия.")
    assert maria.sees.labels == ["Согласие даю"]
    assert (await consent_of(world, maria))[0] == 1
    assert "Заседание" in (await maria.says("Ближайшее")).plain
    world.clock.forward(days=1)
    await world.rings()
    assert maria.sees_all.count("новый текст согласия") == 1
    assert "Согласие записано: 3 ноября 2026 г." in (await maria.presses("Согласие даю")).plain
    assert await consent_of(world, maria) == (2, "Даю согласие <i>РМО</i>.")


async def test_a_guest_of_one_meeting_is_asked_too(world: World) -> None:
    anna = await a_guest(world)
    await goes_to(world.head, "Вход, приветствие, согласие", "Текст согласия")
    await world.head.says("Даю согласие <i>РМО</i>.")
    await world.head.presses("Подтвердить")
    await world.rings()
    assert "новый текст согласия" in anna.sees.plain
    await anna.presses("Согласие даю")
    assert await consent_of(world, anna) == (2, "Даю согласие <i>РМО</i>.")


async def test_who_comes_in_agrees_to_the_new_one_alone(world: World) -> None:
    await reworded(world)
    olga = await join(world, 2003, "Белова Ольга Петровна", "СОШ 45")
    assert "Даю согласие <i>РМО</i>." in olga.sees_all
    assert await consent_of(world, olga) == (2, "Даю согласие <i>РМО</i>.")
    await world.rings()
    assert "новый текст" not in olga.sees_all


async def test_a_wording_that_changed_since_is_shown_as_it_is(world: World) -> None:
    head, maria = await reworded(world)
    await goes_to(head, "Вход, приветствие, согласие", "Текст согласия")
    await head.says("Третий текст")
    await head.presses("Подтвердить")
    old = AgreeAnew(association=1, version=2).pack()
    shown = await maria.presses_data(old, maria.sees.message_id)
    assert "Текст с тех пор изменился" in shown.plain
    assert "Третий текст" in shown.plain
    assert (await consent_of(world, maria))[0] == 1
    await maria.presses("Согласие даю", of=shown)
    assert await consent_of(world, maria) == (3, "Третий текст")


async def test_taken_back_before_anybody_heard_asks_nobody(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await join(world, 2002, "Петрова Мария Ивановна", "СОШ 45")
    await goes_to(head, "Вход, приветствие, согласие", "Текст согласия")
    await head.says("Другой текст")
    await head.presses("Подтвердить")
    await head.presses("Вернуть как было")
    await world.rings()
    assert "новый текст" not in maria.sees_all
    assert (await consent_of(world, maria))[0] == 3


async def test_only_one_of_the_association_agrees_to_it(world: World) -> None:
    await reworded(world)
    other = await somebody_of_another(world)
    assert (
        "Вас пока нет в списке"
        in (await other.presses_data(AgreeAnew(association=1, version=2).pack())).plain
    )


async def somebody_of_another(world: World) -> Person:
    number = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    return await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", association=number)


async def test_why_did_this_come(world: World) -> None:
    _, maria = await reworded(world)
    assert "вопрос о новом тексте согласия" in (await maria.says("почему мне это пришло?")).plain
