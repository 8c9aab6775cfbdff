"""Questions in words, and answers in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, PHOTO, ROUND, WORKSHOP, call_off, come_in_maria, settle

_LATER = Period.at(date(2026, 11, 25), time(14))
TOMORROW = replace(MEETING, title="Совещание", periods=(Period.at(date(2026, 11, 3), time(9)),))


FRIEND = {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": False, "first_name": "Анна"}}
HIDDEN = {"type": "hidden_user", "date": 1, "sender_user_name": "Анна"}


async def a_member(world: World) -> Person:
    await settle(world, LAW, MEETING, WORKSHOP, ROUND)
    return await come_in_maria(world)


@pytest.mark.parametrize("words", ["что дальше", "Что дальше?", "ближайшее", "когда встреча?", "/next"])
async def test_what_comes_next(world: World, words: str) -> None:
    maria = await a_member(world)
    assert (await maria.says(words)).plain.startswith("Заседание РМО")


async def test_what_is_in_a_month(world: World) -> None:
    maria = await a_member(world)
    said = await maria.says("что в ноябре?")
    assert said.plain == (
        "Ноябрь 2026 г.:\n"
        "• среда, 18 ноября, 14:00–16:00 – Заседание РМО (МБОУ СОШ № 412)\n"
        "• ноябрь 2026 г. – Семинар «Правовые основы работы школьной библиотеки» (Лицей № 12)"
    )
    assert len(said.labels) == 2
    assert "Ноябрь 2027 г. – встреч нет." in (await maria.says("что в ноябре 2027?")).plain


async def test_tomorrow(world: World) -> None:
    maria = await a_member(world)
    world.clock.forward(days=15)
    assert "18 ноября:" in (await maria.says("завтра?")).plain
    assert "Заседание РМО" in maria.sees.plain


@pytest.mark.parametrize("words", ["сегодня", "18 ноября", "что было 18 ноября?"])
async def test_the_day_whose_meeting_is_over(world: World, words: str) -> None:
    maria = await a_member(world)
    world.clock.forward(days=16, hours=8)
    assert "14:00–16:00 – Заседание РМО" in (await maria.says(words)).plain


async def test_a_day_without_a_meeting(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    assert (await maria.says("завтра")).plain.startswith("3 ноября – встреч нет.")


async def test_a_day_on_which_a_meeting_may_yet_fall(world: World) -> None:
    maria = await a_member(world)
    assert (await maria.says("завтра")).plain == (
        "3 ноября – встреч нет.\n"
        "А здесь день ещё не назван:\n"
        "• ноябрь 2026 г. – Семинар «Правовые основы работы школьной библиотеки» (Лицей № 12)"
    )
    assert (await maria.says("18 ноября")).plain == (
        "18 ноября:\n"
        "• среда, 18 ноября, 14:00–16:00 – Заседание РМО (МБОУ СОШ № 412)\n"
        "А здесь день ещё не назван:\n"
        "• ноябрь 2026 г. – Семинар «Правовые основы работы школьной библиотеки» (Лицей № 12)"
    )


async def test_when_is_a_seminar(world: World) -> None:
    maria = await a_member(world)
    # The only one is shown at once.
    assert (await maria.says("когда семинар")).plain.startswith("Семинар «Правовые основы")
    assert "Такого впереди в плане нет" in (await maria.says("когда конкурс?")).plain


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("лицей 12", "Правовые основы"),
        ("гимназия № 21", "Мастер-класс"),
        ("Орлова", "Правовые основы"),
        ("у Беловой", "Заседание"),
        ("каталог", "Мастер-класс"),
    ],
)
async def test_a_school_a_surname_a_theme(world: World, words: str, found: str) -> None:
    maria = await a_member(world)
    said = await maria.says(words)
    assert found in said.plain.partition("\n")[0]
    assert "🗓" in said.plain


async def test_the_plan_and_ones_answers_in_words(world: World) -> None:
    maria = await a_member(world)
    assert (await maria.says("весь план")).plain.startswith("Ноябрь 2026 г.")
    assert (await maria.says("мои ответы?")).plain.startswith("Ваши ответы")


async def test_ill_and_not_coming_becomes_an_answer_once_confirmed(world: World) -> None:
    maria = await a_member(world)
    asked = await maria.says("заболела, не приду")
    assert asked.plain == (
        "Понимаю так: вы не сможете прийти – Заседание РМО (среда, 18 ноября, 14:00–16:00). Верно?"
    )
    assert "Вы ещё не ответили" in (await maria.says("Ближайшее")).plain
    await maria.presses("Да, верно", of=asked)
    assert "Ваш ответ: не смогу." in maria.sees_all


@pytest.mark.parametrize(("words", "said"), [("приду", "вы придёте"), ("пока не знаю", "вы пока не знаете")])
async def test_other_answers_in_words(world: World, words: str, said: str) -> None:
    maria = await a_member(world)
    assert said in (await maria.says(words)).plain
    dropped = await maria.presses("Нет, я о другом")
    assert (dropped.plain, dropped.labels) == ("Хорошо, ничего не меняю.", ["Передать руководителю"])
    assert "Вы ещё не ответили" in (await maria.says("Ближайшее")).plain


async def test_an_answer_in_words_while_no_day_is_named(world: World) -> None:
    await settle(world, WORKSHOP)
    maria = await come_in_maria(world)
    said = await maria.says("заболела, не приду")
    assert "такой встречи с названным днём впереди нет" in said.plain
    await maria.presses("Передать руководителю")
    await world.rings()
    assert "заболела, не приду" in world.head.sees.plain


async def test_a_reply_is_about_that_meeting_and_not_the_nearest(world: World) -> None:
    await settle(world, MEETING, replace(MEETING, title="Совет", periods=(_LATER,)))
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    later = replace(await maria.presses("Дальше"))
    await maria.says("Спасибо")
    assert "Совет (среда, 25 ноября" in (await maria.replies("заболела, не приду", to=later)).plain
    await call_off(world, "Совет")
    assert "Совет" in (await maria.replies("приду", to=later)).plain
    assert "отменен" in maria.sees.plain.lower()
    assert "Понимаю так" not in maria.sees.plain


async def test_an_answer_confirmed_too_late(world: World) -> None:
    maria = await a_member(world)
    asked = await maria.says("не приду")
    world.clock.forward(days=16, hours=5)
    assert "Эта встреча уже началась" in (await maria.presses("Да, верно", of=asked)).plain


async def test_one_who_is_polite_is_answered_politely(world: World) -> None:
    maria = await a_member(world)
    assert (await maria.says("Добрый день!")).plain.startswith("Здравствуйте, Мария Ивановна!")
    assert (await maria.says("Спасибо!")).plain.startswith("Пожалуйста!")
    assert "🗓" in (await maria.says("Здравствуйте, что дальше?")).plain


async def test_what_has_begun_takes_no_answer_in_words(world: World) -> None:
    maria = await a_member(world)
    world.clock.forward(days=16, hours=5)
    assert "такой встречи с названным днём впереди нет" in (await maria.says("не приду")).plain


@pytest.mark.parametrize("words", ["😀" * 2048, "<b>", "?", "ы" * 4096, "&lt;i&gt;", "%s {name} { $x }", "."])
async def test_nonsense_gets_a_helpful_answer(world: World, words: str) -> None:
    maria = await a_member(world)
    said = await maria.says(words)
    assert "Не получилось понять" in maria.chat.shown[-2].plain
    assert said.labels == ["Передать руководителю"]


async def test_an_answer_goes_to_the_meeting_that_it_names(world: World) -> None:
    later = ActivityDraft(
        title="Семинар о каталоге",
        kind=Kind.SEMINAR,
        periods=(Period.at(date(2026, 11, 27), time(14)),),
    )
    await settle(world, MEETING, later)
    maria = await come_in_maria(world)
    assert "Семинар о каталоге" in (await maria.says("не смогу на семинар")).plain
    assert "Семинар о каталоге" in (await maria.says("приду 27 ноября")).plain
    assert "Заседание РМО" in (await maria.says("заболела, не приду")).plain
    assert "такой встречи с названным днём впереди нет" in (await maria.says("не приду в феврале")).plain


async def test_a_member_s_digits_are_words(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("89139990011")
    assert "Если это руководителю, передам." in maria.sees.plain


# --- Finding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("симинар в лицее", "Правовые основы"),
        ("семинар в ноябре", "Правовые основы"),
        ("в ноябре в 412 школе", "Заседание"),
        ("у Белавой", "Заседание"),
        ("элекронный каталог", "Мастер-класс"),
        ("практикум", "Мастер-класс"),
    ],
)
async def test_found_with_any_ending_and_a_slip(world: World, words: str, found: str) -> None:
    maria = await a_member(world)
    said = await maria.says(words)
    assert found in said.plain.partition("\n")[0]
    assert "🗓" in said.plain


@pytest.mark.parametrize("words", ["Что-то странное", "странное", "Петрова"])
async def test_a_bad_match_is_not_shown(world: World, words: str) -> None:
    maria = await a_member(world)
    await maria.says(words)
    assert "Не получилось понять" in maria.chat.shown[-2].plain


@pytest.mark.parametrize("words", ["школа 41", "семинар о погоде", "семинар в лицее № 7"])
async def test_a_meeting_that_is_nowhere(world: World, words: str) -> None:
    """It is understood what is looked for: there is no such meeting."""
    maria = await a_member(world)
    await maria.says(words)
    assert maria.chat.shown[-2].plain.startswith("Таких встреч не нашлось.")
    assert maria.sees.labels == ["Передать вопрос", "Не надо"] or "передам" in maria.sees.plain


async def test_a_month_without_one_of_the_kind(world: World) -> None:
    maria = await a_member(world)
    said = await maria.says("мастер-класс в ноябре")
    assert said.plain.startswith("На это время мастер-классов нет. Вот что есть:\nНоябрь 2026 г.:\n")
    assert "Вот что есть" not in (await maria.says("что будет в ноябре")).plain
    assert (await maria.says("заседание в ноябре")).plain.startswith("Заседание РМО\n🗓")


async def test_words_beside_a_month_that_fit_nothing_hide_nothing(world: World) -> None:
    maria = await a_member(world)
    said = await maria.says("что интересного в ноябре")
    assert len(said.labels) == 2


async def test_several_that_fit_are_a_choice(world: World) -> None:
    await settle(world, LAW, replace(LAW, title="Семинар о сказках", venue="Лицей № 3"), MEETING)
    maria = await come_in_maria(world)
    said = await maria.says("семинары в лицеях")
    assert said.plain.startswith("Нашлись 2 встречи:")
    assert len(said.labels) == 2
    assert (await maria.presses("сказках")).plain.startswith("Семинар о сказках")


async def test_a_month_whose_meetings_are_over(world: World) -> None:
    await settle(world, MEETING, WORKSHOP)
    maria = await come_in_maria(world)
    world.clock.forward(days=17)
    assert "Заседание РМО" in (await maria.says("Что в ноябре?")).plain


@pytest.mark.parametrize("origin", [FRIEND, HIDDEN], ids=["known", "hidden"])
async def test_a_forwarded_answer_is_somebody_else_s(world: World, origin: dict[str, object]) -> None:
    maria = await a_member(world)
    forwarded = {"text": "Заболела, не приду", "forward_origin": origin}
    said = await maria.sends_other(**forwarded)
    assert "Это слова другого человека" in said.plain
    assert said.labels == ["Передать руководителю"]
    assert "Заболела, не приду" in (await maria.presses("Передать руководителю")).plain
    said = await world.head.sends_other(**forwarded)
    assert "«Кто придёт», встреча, «Ещё», «Ответить за человека»" in said.plain
    own = {"type": "user", "date": 1, "sender_user": {"id": 2002, "is_bot": False, "first_name": "Мария"}}
    said = await maria.sends_other(text="Заболела, не приду", forward_origin=own)
    assert "вы не сможете прийти" in said.plain


async def test_what_stands_under_a_picture_is_heard(world: World) -> None:
    maria = await a_member(world)
    assert "Заседание РМО" in (await maria.sends_other(**PHOTO, caption="Что в ноябре?")).plain
    assert "вы не сможете прийти" in (await maria.sends_other(**PHOTO, caption="Не приду")).plain
    assert (
        "Картинку я прочесть не могу" in (await world.head.sends_other(**PHOTO, caption="План на год")).plain
    )


async def test_what_is_over_is_found_where_nothing_is_ahead(world: World) -> None:
    maria = await a_member(world)
    world.clock.forward(days=20)
    said = await maria.says("заседание 412")
    assert said.plain.startswith("Впереди такого нет, а раньше было:\n\nЗаседание РМО\n🗓 Среда, 18 ноября")
    assert "Уже прошло." in said.plain
    world.clock.forward(days=20)
    past = await maria.says("что было в ноябре?")
    assert past.plain.startswith("Ноябрь 2026 г.:\n• среда, 18 ноября, 14:00–16:00 – Заседание РМО")


async def test_a_coordinator_finds_people(world: World) -> None:
    await a_member(world)
    head = world.head
    assert (await head.says("Петрова")).plain == "Люди:\n• Петрова Мария Ивановна, СОШ № 45"
    both = await head.says("Орловой")
    assert both.plain.startswith("Нашлась 1 встреча:")
    assert both.plain.endswith("Люди:\n• Орлова Наталья Викторовна, Лицей № 12")
    assert both.labels[-1] == "Орлова Наталья Викторовна · Лицей № 12"
    assert "Петрова Мария Ивановна" in (await head.says("школа 45")).plain
    assert "Школа: СОШ № 45" in (await head.presses("Петрова Мария Ивановна")).plain


async def test_a_member_finds_no_people(world: World) -> None:
    maria = await a_member(world)
    assert "Наталья" not in (await maria.says("Орлова")).plain
    await maria.says("Наталья Викторовна")
    assert "Не получилось понять" in maria.chat.shown[-2].plain
