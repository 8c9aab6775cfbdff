"""The questions about a plan: answered by buttons and in words, passed, gone back to, left, found again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.views.plan_file_keys import ShowPlanFile
from domain.period import Period
from domain.records import Event, Invited
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import STICKER, come_in, come_in_maria, event_called, settle
from tests.bot.test_plans import a_document, events

MakeWorld = Callable[[str], Awaitable[World]]
PLANS = Path(__file__).parents[3] / "shared" / "plans"
HEADINGS = ("№", "Мероприятия", "Участники", "Сроки", "Место проведения", "Ответственные")
ALL = "Библиотекари школ"
ROWS = (
    ("1", "Заседание РМО", ALL, "ноябрь 2026 г.", "Лицей № 12", "Орлова Н. В."),
    ("2", "Мастер-класс", ALL, "ноябрь 2026 г.", "Лицей № 12", "Орлова Н. В."),
    ("3", "Семинар о каталоге", ALL, "26.09.14г", "Гимназия № 21", "Белова О. П."),
    ("4", "Семинар о чтении", ALL, "после дождичка", "Гимназия № 21", "Белова О. П."),
    ("5", "Совещание", "Руководители РМО", "март 2027 г.", "СОШ № 3", "Орлова Н. В."),
    ("6", "Сбор данных о фондах", ALL, "до 20 мая 2027 г.", "", "Орлова Н. В."),
    ("7", "Консультации", ALL, "в течение года", "", "Орлова Н. В."),
)
PLAN = a_document(HEADINGS, *ROWS)


async def sends_plan(world: World, content: bytes = PLAN) -> Person:
    head = await settle(world)
    await head.sends(content, "план.docx")
    return head


async def asks(world: World, content: bytes = PLAN) -> Person:
    """The plan is sent, and its first question is open."""
    head = await sends_plan(world, content)
    await head.presses("Ответить")
    return head


async def saved(world: World, head: Person) -> list[Event]:
    await head.presses("Сохранить")
    async with world.stored() as rows:
        return await rows.association(1).events.to_come(world.clock.now().replace(year=2000))


async def test_the_preview_counts_the_questions_and_says_the_first_ones(world: World) -> None:
    head = await sends_plan(world)
    said = head.sees.plain
    assert "3 встречи: ноябрь – 2, март – 1." in said
    assert "4 вопроса:" in said
    assert "– Строка 3: «26.09.14г»" in said
    assert "– Строка 4: «после дождичка»" in said
    assert "– 5 – только для тех, кто назван: «Руководители РМО»?" in said
    assert "– провести вместе: 1. Заседание РМО и 2. Мастер-класс?" in said
    assert "Пока ничего не сохранено, никто ничего не получил." in said
    assert head.sees.labels == ["Ответить", "Сохранить", "Отменить", "По месяцам", "Встречи и задания"]


async def test_every_question_is_answered_by_a_button(world: World) -> None:
    head = await asks(world)
    message = head.sees.message_id
    assert head.sees.plain.startswith("1 из 4.")
    assert "Может быть, 26 сентября 2026 г.?" in head.sees.plain
    assert "Семинар о каталоге" in head.sees.plain
    assert head.sees.labels[:2] == ["26 сентября 2026 г.", "26 сентября 2014 г."]
    await head.presses("26 сентября 2026 г.")
    assert head.sees.plain.startswith("2 из 4.")
    assert head.sees.labels[:3] == ["Август", "Сентябрь", "Октябрь"]
    assert head.sees.labels[12:] == ["Весь год", "Без срока", "Пропустить", "‹ Назад", "К плану"]
    await head.presses("Декабрь")
    assert head.sees.plain.startswith("3 из 4.")
    assert head.sees.labels[0] == "Новая группа: Руководители РМО"
    await head.presses("Никого")
    assert head.sees.plain.startswith("4 из 4.")
    assert "Провести вместе?" in head.sees.plain
    preview = await head.presses("Провести вместе")
    assert preview.message_id == message  # one message all the way
    assert "5 встреч: сентябрь – 1, ноябрь – 2, декабрь – 1, март – 1." in preview.plain
    assert "Вместе: 1. Заседание РМО и 2. Мастер-класс." in preview.plain
    assert "вопрос" not in preview.plain
    assert "Ответить" not in preview.labels
    assert await events(world) == 0
    made = await saved(world, head)
    assert "В календаре 5 событий." in head.sees.plain
    assert "1 строку плана проводим вместе с другой" in head.sees.plain
    assert [one.title for one in made if one.period == Period.month(2026, 11)] == [
        "Заседание РМО; Мастер-класс"
    ]
    [council] = [one for one in made if one.title == "Совещание"]
    assert council.invited is Invited.NOBODY


async def test_nobody_hears_of_anything(world: World) -> None:
    head = await asks(world)
    maria = await come_in_maria(world)
    await head.presses("26 сентября 2026 г.")
    await head.presses("К плану")
    await world.rings()
    assert maria.sees_all == ""


async def test_another_answer_in_words(world: World) -> None:
    head = await asks(world)
    await head.says("15 ноября в 14.00")
    assert head.sees.plain.startswith("2 из 4.")
    await head.says("до 20 мая")
    await head.says("Наставники")
    preview = await head.presses("Отдельно")
    assert "День назван у 1 встречи" in preview.plain
    made = await saved(world, head)
    assert "Группа «Наставники» пока пустая." in head.sees.plain
    seminar = next(one for one in made if one.title == "Семинар о каталоге")
    assert (seminar.period.end.isoformat(), str(seminar.period.start_time)) == ("2026-11-15", "14:00:00")
    assert next(one for one in made if one.title == "Совещание").invited is Invited.GROUP


@pytest.mark.parametrize(("when", "unnamed"), [("18.11.2026", False), ("ноябрь 2026 г.", True)])
async def test_days_are_to_be_named_only_where_one_is_unknown(world: World, when: str, unnamed: bool) -> None:
    head = await sends_plan(world, a_document(HEADINGS, ("1", "Семинар", ALL, when, "СОШ № 3", "")))
    assert ("Дни назовём" in (await head.presses("Сохранить")).plain) is unnamed


async def test_words_that_are_no_date_are_asked_again(world: World) -> None:
    head = await asks(world)
    again = await head.says("когда-нибудь")
    assert again.plain.startswith("1 из 4.")
    assert "Такого срока не понимаю. Напишите, например: 15 ноября в 14.00" in head.sees_all
    await head.says("31 ноября")
    assert "31 ноября 2026 г. не бывает" in head.sees_all
    await head.sends_other(**STICKER)
    assert (await head.says("18 ноября")).plain.startswith("2 из 4.")


async def test_the_way_back_to_the_plan_in_words(world: World) -> None:
    head = await asks(world)
    await head.says("К плану")
    assert "Это план на 2026/2027 учебный год" in head.sees.plain
    await head.presses("Ответить")
    assert "«26.09.14г»" in head.sees.plain


async def test_a_yes_among_many_months_asks_which(world: World) -> None:
    head = await asks(world)
    await head.presses("Пропустить")
    again = await head.says("да")
    assert "А когда? Нажмите кнопку под вопросом или напишите срок словами" in head.sees_all
    assert "«после дождичка»" in again.plain


async def test_what_is_answered_by_buttons_alone_says_so(world: World) -> None:
    head = await asks(world)
    for _ in range(3):
        await head.presses("Пропустить")
    again = await head.says("в декабре")
    assert "нажмите кнопку под вопросом" in head.sees_all
    assert again.plain.startswith("4 из 4.")


async def test_a_short_reply_is_the_button_that_it_names_and_no_group(world: World) -> None:
    head = await asks(world)
    await head.says("да")
    assert "Записано: 26 сентября 2026 г" in head.sees_all
    await head.says("не знаю")
    assert "Пока пропущено." in head.sees_all
    assert (await head.says("не знаю")).plain.startswith("4 из 4.")
    preview = await head.says("да")
    assert "Вместе: 1. Заседание РМО и 2. Мастер-класс." in preview.plain
    assert "– 5 – только для тех, кто назван: «Руководители РМО»?" in preview.plain  # still open
    await saved(world, head)
    async with world.stored() as rows:
        assert await rows.association(1).groups.all() == []


async def test_passed_gone_back_to_and_answered_otherwise(world: World) -> None:
    head = await asks(world)
    assert "‹ Назад" not in head.sees.labels
    await head.presses("26 сентября 2026 г.")
    back = await head.presses("‹ Назад")
    assert back.plain.startswith("1 из 4.")
    assert "Сейчас: 26 сентября 2026 г." in back.plain
    assert "✅ 26 сентября 2026 г." in back.labels
    await head.presses("26 сентября 2014 г.")
    await head.presses("Пропустить")
    await head.presses("‹ Назад")
    assert "Пока пропущено." in head.sees.plain
    preview = await head.presses("К плану")
    assert "3 вопроса:" in preview.plain
    assert "Строка 4" in preview.plain
    assert (await head.presses("Ответить")).plain.startswith("3 из 4.")  # what was passed comes last
    for label in ("Всех наших", "Отдельно"):
        await head.presses(label)
    assert "1 вопрос:" in head.sees.plain
    assert (await head.presses("Ответить")).plain.startswith("2 из 4.")


async def test_passing_takes_an_answer_back(world: World) -> None:
    head = await asks(world)
    await head.presses("26 сентября 2026 г.")
    await head.presses("‹ Назад")
    await head.presses("Пропустить")
    assert "4 вопроса:" in (await head.presses("К плану")).plain


async def test_a_question_lives_through_a_restart(
    sqlite_url: str, world: World, make_world: MakeWorld
) -> None:
    head = await asks(world)
    await head.presses("26 сентября 2026 г.")
    world = await make_world(sqlite_url)
    head = world.head
    assert (await head.says("декабрь")).plain.startswith("3 из 4.")
    await head.says("Руководителю")
    assert "Вы не закончили план на 2026/27. Осталось 2 вопроса." in head.sees_all
    preview = await head.presses("Открыть план")
    assert "сентябрь – 1, ноябрь – 2, декабрь – 1" in preview.plain
    assert (await head.presses("Ответить")).plain.startswith("3 из 4.")


async def test_the_way_to_a_plan_shows_the_one_that_waits(world: World) -> None:
    head = await sends_plan(world)
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    await head.presses("Загрузить план")
    assert "Осталось 4 вопроса." in head.sees.plain
    await head.presses("Отменить", of=head.sees)
    await head.says("Руководителю")
    assert "ничего не сохранено" in head.sees_all
    assert "Открыть план" not in head.sees.labels


async def test_a_key_leaves_the_question_and_the_draft_waits(world: World) -> None:
    head = await asks(world)
    await head.says("Ближайшее")
    await head.says("15 ноября в 14.00")
    await head.says("Руководителю")
    assert "Осталось 4 вопроса." in head.sees_all


async def test_a_second_file_in_the_middle(world: World) -> None:
    head = await asks(world)
    old = [head.data_of(label) for label in ("26 сентября 2014 г.", "Пропустить", "К плану")]
    await head.presses("26 сентября 2026 г.")
    second = await head.sends(a_document(HEADINGS, *ROWS[1:]), "план.docx")
    assert "2 вопроса:" in second.plain  # what was answered of the same row is not asked again
    assert "Строка 3" not in second.plain
    for data in old:
        assert "черновик уже не действует" in (await head.presses_data(data)).plain
    assert (await head.presses("Ответить", of=second)).plain.startswith("2 из 3.")


async def test_words_after_the_second_file_answer_nothing(world: World) -> None:
    head = await asks(world)
    await head.sends(a_document(HEADINGS, *ROWS), "план.docx")
    await head.says("18 ноября")
    await head.says("Руководителю")
    assert "Осталось 4 вопроса." in head.sees_all


async def test_the_plan_says_that_a_draft_waits(world: World) -> None:
    """Among the keys and on the desk; members hear nothing of it."""
    head = await asks(world)
    await head.says("План на год")
    assert "Вы не закончили план на 2026/27." in head.sees.plain
    shown = await head.presses("Открыть план")
    assert "Это план на 2026/2027 учебный год" in shown.plain
    await head.presses_data(ShowPlanFile(year=2026).pack())
    assert "Вы не закончили план на 2026/27." in head.sees.plain
    maria = await come_in_maria(world)
    await maria.says("План на год")
    assert "не закончили" not in maria.sees_all


async def test_stale_buttons_of_a_plan_that_is_saved(world: World) -> None:
    head = await asks(world)
    old = [head.data_of(label) for label in ("26 сентября 2026 г.", "Пропустить", "К плану")]
    await head.presses("К плану")
    old += [head.data_of(label) for label in ("Ответить", "По месяцам", "Встречи и задания")]
    await head.presses("Сохранить")
    for data in old:
        assert "черновик уже не действует" in (await head.presses_data(data)).plain
    await head.says("Руководителю")
    assert "Открыть план" not in [label for shown in head.chat.shown[-2:] for label in shown.labels]


async def test_a_pressed_answer_of_a_question_that_is_gone(world: World) -> None:
    head = await asks(world)
    for label in ("26 сентября 2026 г.", "Декабрь", "Никого"):
        await head.presses(label)
    together = head.data_of("Провести вместе")
    await head.presses("К плану")
    await head.presses("Встречи и задания")
    await head.presses("Встреча · 2. Мастер-класс")
    assert "Этот вопрос уже не действует" in (await head.presses_data(together)).plain


async def test_a_draft_of_another_coordinator_is_out_of_reach(world: World) -> None:
    head = await asks(world)
    answer = head.data_of("26 сентября 2026 г.")
    other = await come_in(world, 3003, "Сидорова Анна Петровна", "СОШ № 3", Role.COORDINATOR)
    assert "черновик уже не действует" in (await other.presses_data(answer)).plain
    await other.says("Руководителю")
    assert "Вы не закончили план" not in other.sees_all


async def test_a_member_answers_no_question(world: World) -> None:
    head = await asks(world)
    maria = await come_in_maria(world)
    assert "только руководитель" in (await maria.presses_data(head.data_of("Пропустить"))).plain


async def test_the_year_by_months(world: World) -> None:
    head = await sends_plan(world)
    page = await head.presses("По месяцам")
    assert page.plain.startswith("Ноябрь 2026 г.")
    assert "• 1. Заседание РМО: встреча, день пока не назван, Лицей № 12" in page.plain
    seen = [page.plain]
    while "Дальше ▶" in head.sees.labels:
        seen.append((await head.presses("Дальше ▶")).plain)
    said = "\n".join(seen)
    assert "• 6. Сбор данных о фондах: задание, до 20 мая" in said
    assert "Весь год\n• 7. Консультации: весь год" in said
    assert "Без понятного срока\n• 3. Семинар о каталоге: встреча, в плане сказано: 26.09.14г" in said
    await head.presses("◀ Раньше")
    assert "4 вопроса:" in (await head.presses("К плану")).plain


async def test_any_row_becomes_a_meeting_a_task_or_work_for_the_year(world: World) -> None:
    head = await sends_plan(world)
    rows = await head.presses("Встречи и задания")
    assert rows.labels[0] == "Встреча · 1. Заседание РМО"
    assert "Задание · 6. Сбор данных о фондах" in rows.labels
    assert "Весь год · 7. Консультации" in rows.labels
    await head.presses("Встреча · 1. Заседание РМО")
    assert "Задание · 1. Заседание РМО" in head.sees.labels
    await head.presses("Задание · 1. Заседание РМО")
    await head.presses("Весь год · 7. Консультации")  # a meeting now, and its date is asked for
    assert "Встреча · 7. Консультации" in head.sees.labels
    preview = await head.presses("К плану")
    assert "2 встречи: ноябрь – 1, март – 1." in preview.plain
    assert "когда это будет: 7. Консультации?" in preview.plain
    await head.presses("Ответить")
    for _ in range(2):
        await head.presses("Пропустить")
    assert "Когда это будет? 7. Консультации" in head.sees.plain
    await head.says("10 декабря")
    await head.presses("К плану")
    await head.presses("Сохранить")
    meeting = await event_called(world, "Консультации")
    assert meeting.gathering
    assert not [one for one in (await all_titles(world)) if one == "Заседание РМО"]


async def all_titles(world: World) -> list[str]:
    async with world.stored() as rows:
        found = await rows.association(1).events.to_come(world.clock.now().replace(year=2000))
    return [one.title for one in found]


async def test_the_school_year_is_asked_for(world: World) -> None:
    document = a_document(
        ("№", "Мероприятия", "Сроки", "Место", "Ответственные"),
        ("1", "Семинар", "ноябрь", "Лицей № 12", "Орлова Н. В."),
        heading="План",
    )
    head = await asks(world, document)
    assert head.sees.labels == ["2026/2027", "2027/2028", "Пропустить", "К плану"]
    assert "не понимаю" in (await _refused(head, "будущий"))
    preview = await head.says("2026/27")
    assert "Это план на 2026/2027 учебный год" in preview.plain
    assert "1 встреча: ноябрь – 1." in preview.plain
    assert "План на 2026/27 сохранён" in (await head.presses("Сохранить")).plain


async def _refused(head: Person, words: str) -> str:
    before = len(head.chat.shown)
    await head.says(words)
    return "\n".join(shown.plain for shown in head.chat.shown[before:])


async def test_a_corrected_file_of_the_plan_that_stands_is_not_asked_about_twice(world: World) -> None:
    head = await asks(world)
    for label in ("26 сентября 2026 г.", "Декабрь", "Никого", "Отдельно"):
        await head.presses(label)
    await head.presses("Сохранить")
    again = await head.sends(PLAN, "план (1).docx")
    assert "Ответить" not in again.labels
    assert "Этот план уже сохранён. Ничего не изменилось." in (await head.presses("Сохранить")).plain


@pytest.mark.plans
@pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans of ../shared are not here")
async def test_the_conversation_about_the_real_plan(world: World) -> None:
    head = await sends_plan(world, (PLANS / "kirov-2021-22.docx").read_bytes())
    said = head.sees.plain
    assert "в нём 23 строки" in said
    assert "9 встреч: август – 2, сентябрь – 1, ноябрь – 2, март – 2, май – 2." in said
    assert "6 вопросов:" in said
    await head.presses("Ответить")
    assert head.sees.labels[0] == "Весь год"
    for label in ("Весь год", "Новая группа: Руководители РМО", "Наших и гостей"):
        await head.presses(label)
    assert "• 1.1. Заседания РМО (август 2021 г., МБОУ СОШ № 183)" in head.sees.plain
    await head.presses("Провести вместе")
    assert head.sees.plain == (
        "5 из 6.\nПровести вместе?\n"
        "• 1.1. Заседания РМО (ноябрь 2021 г., МБОУ СОШ № 183)\n"
        "• 4.1. Семинар «Нормативно- правовое обеспечение деятельности школьных библиотек» "
        "(ноябрь 2021 г., МАОУ «Лицей № 176»)\n"
        "Если это одна встреча, выберите, где она будет: карточка и список у неё станут общими. "
        "Разделить можно и потом."
    )
    assert head.sees.labels[:3] == ["Вместе: МАОУ «Лицей № 176»", "Вместе: МБОУ СОШ № 183", "Отдельно"]
    await head.presses("Вместе: МАОУ «Лицей № 176»")
    preview = await head.presses("Отдельно")
    assert "8 работ на весь год" in preview.plain
    assert "Вместе: 1.1. Заседания РМО и 2.1.2." in preview.plain
    await head.presses("Сохранить")
    await head.presses("Да, это план на 2021/22")
    assert "Группа «Руководители РМО Кировского района» пока пустая." in head.sees.plain
    assert "2 строки плана проводим вместе с другими" in head.sees.plain
