"""«Ближайшее», «План на год», single cards: what, when, where, who, one's own answer, the count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import product

from aiogram.types import InlineKeyboardMarkup

from bot.views import cards
from bot.views.view import View
from domain.materials import NewMaterial
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind
from domain.records import Answer, Card, MaterialKind, Mode, TalkForm, TalkStanding
from domain.roles import Part, Role
from domain.talks import TalkDraft
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    ROUND,
    TASK,
    WORKSHOP,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    settle,
)


async def with_plan(world: World, *activities: ActivityDraft) -> Person:
    """Мария looks at an association with this plan."""
    await settle(world, *activities)
    return await come_in_maria(world)


async def test_the_card_of_an_event_known_to_the_month(world: World) -> None:
    maria = await with_plan(world, LAW)
    card = await maria.says("Ближайшее")
    assert card.plain == (
        "Семинар «Правовые основы работы школьной библиотеки»\n"
        "🗓 Ноябрь 2026 г., день пока не назван\n"
        "📍 Лицей № 12\n"
        "Проводит: Орлова Н. В.\n"
        "Отвечать пока не нужно: назовут день – спрошу.\n"
        "Других встреч впереди пока нет."
    )
    assert card.labels == []


async def test_the_card_of_an_event_with_a_day(world: World) -> None:
    maria = await with_plan(world, MEETING)
    card = await maria.says("что дальше?")
    assert card.plain == (
        "Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Проводит: Белова М. И.\n"
        "Пока никто не сказал «Приду». Вы ещё не ответили; ответ нужен до 16 ноября, 12:00.\n"
        "Других встреч впереди пока нет."
    )
    assert card.labels == ["Приду", "Не смогу", "Пока не знаю"]


async def test_the_count_is_seen_by_all_and_names_by_nobody(world: World) -> None:
    maria = await with_plan(world, MEETING)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await olga.says("Ближайшее")
    await olga.presses("Приду")
    card = (await maria.says("/next")).plain
    assert "Придёт 1 человек. Вы ещё не ответили; ответ нужен до 16 ноября, 12:00." in card
    assert "Ольга" not in card


async def test_paging_through_what_is_to_come(world: World) -> None:
    maria = await with_plan(world, LAW, MEETING, WORKSHOP)
    first = await maria.says("Ближайшее")
    assert "Заседание РМО" in first.plain
    assert "Впереди ещё 2 встречи." in first.plain
    second = await maria.presses("Дальше")
    assert "Правовые основы" in second.plain
    assert "Впереди ещё 1 встреча." in second.plain
    assert second.labels == ["◀ Раньше", "Дальше ▶"]
    third = await maria.presses("Дальше")
    assert "Мастер-класс" in third.plain
    assert third.labels == ["◀ Раньше"]
    await maria.presses("Раньше")
    assert "Заседание РМО" in (await maria.presses("Раньше")).plain
    assert len(maria.chat.shown) == 1


async def test_a_place_that_is_gone_shows_the_first_card(world: World) -> None:
    maria = await with_plan(world, MEETING, WORKSHOP)
    await maria.says("Ближайшее")
    later = maria.data_of("Дальше")
    await call_off(world, "Мастер-класс")
    assert "Заседание РМО" in (await maria.presses_data(later)).plain


async def test_an_audience_other_than_everybody_is_shown(world: World) -> None:
    rows = [replace(LAW, audience="Все", title=f"Семинар {n}") for n in range(2)]
    maria = await with_plan(world, *rows, replace(MEETING, audience="Руководители РМО"))
    assert "Для кого: Руководители РМО" in (await maria.says("Ближайшее")).plain
    assert "Для кого" not in (await maria.presses("Дальше")).plain


async def test_with_nothing_ahead_it_says_so_kindly(world: World) -> None:
    maria = await with_plan(world, MEETING)
    world.clock.forward(days=30)
    for asked in ("Ближайшее", "План на год", "что дальше"):
        said = (await maria.says(asked)).plain
        assert said.startswith("Впереди встреч нет: всё, что было в плане, уже прошло.")


async def test_before_there_is_a_plan_it_says_so(world: World) -> None:
    maria = await with_plan(world)
    for asked in ("Ближайшее", "План на год"):
        assert "Плана пока нет" in (await maria.says(asked)).plain


async def test_she_who_can_send_a_plan_is_told_how(world: World) -> None:
    head = await settle(world)
    for asked in ("Ближайшее", "План на год"):
        assert "Пришлите его сюда файлом" in (await head.says(asked)).plain


async def test_with_only_year_round_work_left(world: World) -> None:
    maria = await with_plan(world, ROUND)
    said = await maria.says("План на год")
    assert "Встреч впереди нет." in said.plain
    year_round = await maria.presses("Весь год")
    assert "Консультации для новых библиотекарей" in year_round.plain
    assert year_round.labels == []


async def test_the_plan_by_month_with_year_round_work_in_its_own_place(world: World) -> None:
    maria = await with_plan(world, LAW, MEETING, WORKSHOP, TASK, ROUND)
    november = await maria.says("План на год")
    assert november.plain == (
        "Ноябрь 2026 г.\n"
        "• среда, 18 ноября, 14:00–16:00 – Заседание РМО (МБОУ СОШ № 412)\n"
        "• до 20 ноября – Сбор данных о фондах\n"
        "• Семинар «Правовые основы работы школьной библиотеки» (Лицей № 12) – день не назван"
    )
    assert "Консультации" not in november.plain
    december = await maria.presses("Декабрь ▶")
    assert "Мастер-класс" in december.plain
    assert "◀ Ноябрь" in december.labels
    year_round = await maria.presses("Весь год")
    assert year_round.plain == "В течение года\n• Консультации для новых библиотекарей"
    assert "Заседание РМО" in (await maria.presses("Ноябрь ▶")).plain


async def test_a_line_of_the_plan_opens_its_card(world: World) -> None:
    maria = await with_plan(world, LAW, MEETING)
    await maria.says("/plan")
    assert "Приду" in (await maria.presses("18 ноября · Заседание РМО")).labels


async def test_a_task_asks_nobody_to_come(world: World) -> None:
    maria = await with_plan(world, TASK)
    await maria.says("План на год")
    card = await maria.presses("Сбор данных")
    assert "🗓 До 20 ноября" in card.plain
    assert "приходить никуда не нужно" in card.plain
    assert card.labels == []


async def test_a_cancelled_event_says_so_everywhere(world: World) -> None:
    maria = await with_plan(world, MEETING, LAW)
    await call_off(world, "Заседание")
    assert "Правовые основы" in (await maria.says("Ближайшее")).plain
    listed = await maria.says("План на год")
    assert "<s>среда, 18 ноября, 14:00–16:00 – Заседание РМО</s>, отменено" in listed.text
    card = await maria.presses("18 ноября")
    assert "Отменено. Приезжать не нужно." in card.plain
    assert card.labels == []


async def test_a_card_of_what_is_over_takes_no_answers(world: World) -> None:
    maria = await with_plan(world, MEETING)
    await maria.says("План на год")
    opens = maria.data_of("18 ноября")
    world.clock.moment = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)  # 15:00 there
    assert "встреча началась" in (await maria.presses_data(opens)).plain
    world.clock.forward(days=1)
    over = await maria.presses_data(opens)
    assert "Уже прошло." in over.plain
    assert over.labels == []


async def test_long_titles_venues_and_names_fit_into_messages(world: World) -> None:
    long = replace(
        MEETING, title="Т😀" * 1500, venue="М<b>&" * 900, responsible="О" * 3000, audience="П" * 3000
    )
    rows = [
        replace(long, title=f"{n}{long.title}", periods=(Period.at(date(2026, 11, 10), time(9), None),))
        for n in range(45)
    ]
    around = [replace(ROUND, title=f"{n}" + "Р" * 2000, recurs="1 раз " * 300) for n in range(45)]
    maria = await with_plan(world, *rows, *around)
    head = world.head
    assert "…" in (await maria.says("Ближайшее")).plain
    await maria.presses("Приду")
    assert "…и ещё" in (await maria.says("План на год")).plain
    assert "…и ещё" in (await maria.presses("Весь год")).plain
    assert "…и ещё" in (await maria.says("Мои ответы")).plain
    assert "…и ещё" in (await maria.says("что 10 ноября?")).plain
    await maria.says("заболела, не приду")
    await head.says("Ближайшее")
    await head.presses("Кто придёт")
    await head.says("Ближайшее")
    await head.presses("Перенести")
    await head.presses("19 чт")
    await head.presses("Подтвердить")
    await world.rings()


async def test_markup_in_a_plan_is_shown_as_it_is(world: World) -> None:
    maria = await with_plan(world, replace(MEETING, title="<b>Заседание</b> & <i>чай", kind=Kind.MEETING))
    assert "<b>Заседание</b> & <i>чай" in (await maria.says("Ближайшее")).plain


async def test_a_row_without_a_clear_date_is_kept_with_its_words(world: World) -> None:
    await settle(world, ActivityDraft(title="Библиопикник", when_text="весенние каникулы"))
    maria = await come_in_maria(world)
    await maria.says("План на год")
    assert "Библиопикник (весенние каникулы)" in (await maria.presses("Весь год")).plain


async def test_six_buttons_at_most_stand_under_a_member_s_card(world: World) -> None:
    """What there is no room for stands behind «Подробнее»; the coordinator has her own."""
    days = [date(2026, 11, day) for day in (18, 19, 20)]
    head = await settle(world, *(replace(MEETING, periods=(Period.at(day, time(14)),)) for day in days))
    maria = await come_in_maria(world)
    links = [NewMaterial(MaterialKind.LINK, "Запись", "https://disk.example.org/i/1")]
    talk = TalkDraft(None, "Ким О. Ю.", "", "Новинки", TalkForm.REPORT)
    async with (uow := world.uow()) as rows:
        ours = rows.association(1)
        for event_id in (1, 2, 3):
            await ours.materials.add(event_id, links, 1, world.clock.now())
            await ours.talks.add(event_id, talk, TalkStanding.CONFIRMED, 1, world.clock.now())
        await uow.commit()
    first = await maria.says("Ближайшее")
    assert first.labels[3:] == ["Материалы – 1", "Выступления – 1", "Дальше ▶"]
    middle = await maria.presses("Дальше", of=first)
    assert middle.labels[3:] == ["Подробнее", "◀ Раньше", "Дальше ▶"]
    middle = await maria.presses("Приду", of=middle)
    assert middle.labels[3:] == ["Подробнее", "◀ Раньше", "Дальше ▶"]
    more = await maria.presses("Подробнее", of=middle)
    assert more.plain == "Заседание РМО\n🗓 Четверг, 19 ноября, 14:00\nВот что ещё можно посмотреть и сделать."
    assert more.labels == [
        "Материалы – 1",
        "Выступления – 1",
        "В календарь",
        "Предложить выступление",
        "Карточка встречи",
    ]
    hers = await head.says("Ближайшее")
    assert "📎 Материалы – 1\n🎤 Выступления – 1\n" in hers.plain
    assert hers.labels[3:] == ["Кто придёт", "Перенести", "Ещё", "Дальше ▶"]


def labels(view: View) -> list[str]:
    """The buttons of a screen, but for the way to other cards."""
    assert isinstance(view.keyboard, InlineKeyboardMarkup)
    shown = [button.text for row in view.keyboard.inline_keyboard for button in row]
    return [label for label in shown if label not in {"◀ Раньше", "Дальше ▶"}]


async def test_no_card_has_more_than_six_buttons(world: World) -> None:
    """Whoever looks at it, whatever there is about it; «Подробнее» has what is not on it."""
    maria = await with_plan(world, MEETING)
    head, member = await world.actor(world.head), await world.actor(maria)
    event, now = replace(await event_called(world, "Заседание"), joined=True), world.clock.now()
    guest = replace(member, role=Role.GUEST)
    for mode, answer, much in product(Mode, [None, *Answer], (0, 3)):
        there = replace(event, mode=mode, seats=None if mode is Mode.ONLINE else 1)
        shown = Card(there, answer, going=1, others_ahead=2, materials=much, talks=much)
        for actor, part in product((head, member, guest), (None, Part.HOST)):
            hers = replace(shown, part=part)
            said = labels(cards.card(hers, actor, now, place=1))
            assert len(said) <= 6, (mode, answer, much, actor.role, part, said)
            aside = labels(cards.aside(hers, actor, now))
            assert len(aside) <= 6, (mode, answer, much, actor.role, part, aside)
            wanted = {"Кто придёт"} if part or actor is head else set()
            wanted |= {"Перенести"} if actor is head else set()
            comes = answer is not None and answer.takes_part
            wanted |= {"В календарь"} if comes else set()
            wanted |= {"За меня придёт коллега"} if answer is Answer.DECLINED else set()
            assert wanted <= {*said, *(aside if "Подробнее" in said else ())}


async def test_a_coordinator_who_comes_finds_the_rest_aside(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    card = await head.presses("Приду")
    assert card.labels == ["✅ Приду", "Не смогу", "Пока не знаю", "Кто придёт", "Подробнее", "Ещё"]
    aside = await head.presses("Подробнее")
    assert aside.labels == ["Кто придёт", "Перенести", "В календарь", "Карточка встречи"]


async def test_who_runs_a_mixed_event_runs_it_from_the_card(world: World) -> None:
    """As any other; four answers leave no room for «Пока не знаю»."""
    await settle(world, MEETING)
    head, now = await world.actor(world.head), world.clock.now()
    event = replace(
        await event_called(world, "Заседание"), mode=Mode.MIXED, link="https://meet.example.org/abc"
    )
    ways = ["Кто придёт", "Перенести", "Ещё"]
    for answer in (None, Answer.UNDECIDED):
        said = labels(cards.card(Card(event, answer, going=1, others_ahead=2), head, now, place=1))
        assert said == ["Приду", "Подключусь", "Не смогу", *ways]
    for answer in (Answer.GOING, Answer.ONLINE, Answer.DECLINED, Answer.WAITLISTED):
        shown = Card(event, answer, going=1, others_ahead=2)
        said = labels(cards.card(shown, head, now, place=1))
        assert "Кто придёт" in said
        assert said[-1] == "Ещё"
        if "Подробнее" in said:
            assert {"Перенести", "Пока не знаю"} <= set(labels(cards.aside(shown, head, now)))


async def test_until_when_an_answer_is_wanted(world: World) -> None:
    """While it is wanted: afterwards only that there is none."""
    maria = await with_plan(world, MEETING)
    world.clock.moment = datetime(2026, 11, 16, 4, 59, tzinfo=UTC)
    assert "Вы ещё не ответили; ответ нужен до 16 ноября, 12:00." in (await maria.says("Ближайшее")).plain
    world.clock.forward(minutes=1)
    assert "Вы ещё не ответили.\n" in (await maria.says("Ближайшее")).plain


async def test_what_is_over_is_turned_page_by_page(world: World) -> None:
    days = [date(2026, 11, day) for day in range(3, 15)]
    maria = await with_plan(
        world,
        *(replace(MEETING, title=f"День {day.day}", periods=(Period.at(day, time(14)),)) for day in days),
        LAW,
    )
    assert "Прошедшие встречи" not in (await maria.says("План на год")).labels
    assert "Прошедших встреч пока нет." in (await maria.presses_data("past:0")).plain
    world.clock.moment = datetime(2026, 11, 16, 3, tzinfo=UTC)
    await maria.says("План на год")
    first = await maria.presses("Прошедшие встречи")
    assert "• суббота, 14 ноября, 14:00 – День 14" in first.plain
    assert "День 4 " not in first.plain
    assert len(first.labels) == 12
    last = await maria.presses("Раньше", of=first)
    assert last.labels == ["4 ноября · День 4", "3 ноября · День 3", "◀ Новее", "‹ Назад"]
    assert (await maria.presses_data("past:99")).labels == last.labels
    assert "Ноябрь 2026 г." in (await maria.presses("‹ Назад", of=last)).plain
