"""The plan as a file, as it stands; last year's carried over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from actions.naming import name_day
from actions.reports import overview
from actions.together import join
from bot.views.plan_file_keys import CarryOver, ShowPlanFile, TakePlan
from documents.example_plan import write_example_plan
from documents.plan_reader import read_plan
from domain.period import Period
from domain.plan_draft import PlanDraft
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    ROUND,
    TASK,
    WORKSHOP,
    call_off,
    come_in_maria,
    event_called,
    settle,
)
from tests.builders import stored

MAY = datetime(2027, 5, 15, 3, 0, tzinfo=UTC)
SEPTEMBER = datetime(2027, 9, 1, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 18)
YEARS = (2025, 2026, 2027)


async def take(head: Person, year: int = 2026) -> PlanDraft:
    """The plan as it stands, read again."""
    file = await head.presses_data(TakePlan(year=year).pack())
    assert file.file_name == f"План работы {year}-{year + 1}.docx"
    return read_plan(file.file or b"", file.file_name)


async def test_from_the_plan_and_from_the_desk(world: World) -> None:
    head = await settle(world, LAW, ROUND)
    await head.says("План на год")
    shown = await head.presses("План файлом")
    assert shown.plain == (
        "План на 2026/27\n"
        "Файл Word – в тех столбцах, в каких план сдают: с названными днями и местами. "
        "Что отменено, помечено.\n"
        "План исправлен, или есть новый? Тогда так:\n"
        "Пришлите сюда файл плана – Word (.docx), Excel (.xlsx), .pdf или текст (.txt), до 10 МБ.\n"
        "Я покажу, как он у меня прочёлся, и ничего не сохраню без вашего «Сохранить»."
    )
    assert shown.labels == [
        "Скачать план (Word)",
        "План с отметкой о выполнении",
        "Перенести план на 2027/28",
        "Весь год",
        "Весь календарь",
        "‹ Назад",
    ]
    await head.says("Новая встреча")
    assert (await head.presses("Загрузить план")).plain == shown.plain
    assert (await head.presses("‹ Назад")).plain.startswith("Руководителю")


async def test_members_have_no_way_to_it(world: World) -> None:
    await settle(world, LAW)
    maria = await come_in_maria(world)
    assert "План файлом" not in (await maria.says("План на год")).labels


async def test_the_plan_as_it_stands(world: World) -> None:
    """A named day, a place that was changed, a cancelled row."""
    head = await settle(world, LAW, WORKSHOP, TASK, ROUND)
    await head.says("15 ноября 15:00")
    await head.presses("Подтвердить")
    await call_off(world, "каталог")
    found = await take(head)
    law, workshop, task, work = found.activities
    assert found.school_year == "2026/2027"
    assert law.when_text == "15 ноября 2026 г., 15:00"
    assert law.venue == "Лицей № 12"
    assert workshop.when_text == "Декабрь 2026 г. (отменено)"
    assert task.periods == TASK.periods
    assert work.title == ROUND.title


async def test_a_plan_that_was_sent_comes_out_again(world: World) -> None:
    head = await settle(world)
    sent = write_example_plan(2026)
    await head.sends(sent, "план.docx")
    await head.presses("Сохранить")
    before, again = read_plan(sent, "план.docx"), await take(head)
    assert [
        (one.number, one.section, one.subsection, one.heading, one.title, one.periods, one.outcome)
        for one in again.activities
    ] == [
        (one.number, one.section, one.subsection, one.heading, one.title, one.periods, one.outcome)
        for one in before.activities
    ]
    assert (again.title, again.preamble, again.skipped) == (before.title, before.preamble, before.skipped)


async def test_meetings_made_by_hand_are_a_plan_too(world: World) -> None:
    head = await settle(world)
    assert "нет ни плана, ни встреч" in (await head.presses_data(TakePlan(year=2026).pack())).plain
    await head.says("Руководителю")
    await head.presses("Новая встреча")
    await head.says("семинар «Книга и экран» 18 ноября 14:00 СОШ 183")
    await head.presses("Создать")
    [row] = (await take(head)).activities
    assert (row.number, row.title, row.venue) == ("1", "Семинар «Книга и экран»", "СОШ 183")
    shown = await head.presses_data(ShowPlanFile(year=2026).pack())
    assert "Плана на этот год нет" in shown.plain
    assert not any("Перенести" in label for label in shown.labels)


# --- Carried over -----------------------------------------------------------------------------------------


async def test_last_year_s_plan_is_this_year_s_draft(world: World) -> None:
    head = await settle(world, LAW, MEETING, replace(TASK, number="2.1"))
    await head.says("План на год")
    await head.presses("План файлом")
    preview = await head.presses("Перенести план на 2027/28")
    said, _ = head.chat.shown[-2:]
    assert said.plain.startswith("План на 2026/27 – основа нового. Месяцы остались на местах")
    assert "2027/2028 учебный год" in preview.plain
    assert "2 встречи" in preview.plain
    assert len(await stored(world.app.database, tables.plans)) == 1
    await head.presses("Сохранить")
    plans = await stored(world.app.database, tables.plans)
    assert [plan.school_year for plan in plans] == ["2026/2027", "2027/2028"]
    events = await stored(world.app.database, tables.events)
    november = Period.month(2027, 11)
    assert [(one.title, one.period, one.venue) for one in events[3:5]] == [
        (LAW.title, november, LAW.venue),
        (MEETING.title, november, MEETING.venue),
    ]


@pytest.mark.parametrize(("moment", "year"), [(MAY, 2026), (SEPTEMBER, 2026)])
async def test_the_desk_offers_it_when_it_is_time(world: World, moment: datetime, year: int) -> None:
    head = await settle(world, MEETING)
    assert not any("Перенести" in label for label in (await head.says("/desk")).labels)
    world.clock.moment = moment
    desk = await head.says("/desk")
    assert desk.labels[0] == f"Перенести план на {year + 1}/{(year + 2) % 100}"
    assert len(desk.labels) <= 6
    await head.presses("Перенести план")
    await head.presses("Сохранить")
    assert not any("Перенести" in label for label in (await head.says("/desk")).labels)


async def test_naming_days_keeps_its_place_while_days_are_to_be_named(world: World) -> None:
    head = await settle(world, replace(LAW, periods=(Period.month(2027, 6),)))
    world.clock.moment = MAY
    await head.says("/desk")
    assert head.sees.labels[:3] == ["Назвать дни", "Новая встреча", "Итоги года"]
    assert "Пора и о следующем годе: «Ещё», «Перенести план на 2027/28»." in head.sees.plain
    shown = await head.presses_data(ShowPlanFile(year=2026).pack())  # the way that is always there
    assert any("Перенести" in label for label in shown.labels)
    await head.says("/desk")
    more = await head.presses("Ещё")
    assert (more.labels[0], len(more.labels)) == ("Перенести план на 2027/28", 6)
    await head.presses("Перенести план")
    await head.presses("Сохранить")
    assert "Пора и о" not in (await head.says("/desk")).plain
    assert not any("Перенести" in label for label in (await head.presses("Ещё")).labels)


async def test_what_cannot_be_carried_over(world: World) -> None:
    head = await settle(world, LAW)
    press = CarryOver(year=2026).pack()
    assert "Плана на 2025/2026 у меня нет" in (await head.presses_data(CarryOver(year=2025).pack())).plain
    await head.presses_data(press)
    await head.presses("Сохранить")
    assert "План на 2027/2028 уже есть" in (await head.presses_data(press)).plain


async def test_from_year_to_year(world: World) -> None:
    head = await settle(world, LAW)
    await head.presses_data(CarryOver(year=2026).pack())
    await head.presses("Сохранить")
    shown = await head.presses_data(ShowPlanFile(year=2026).pack())
    assert shown.labels[0] == "2027/28 ▶"
    later = await head.presses("2027/28 ▶")
    assert later.plain.startswith("План на 2027/28")
    assert later.labels[0] == "◀ 2026/27"
    assert (await take(head, 2027)).school_year == "2027/2028"


async def test_what_was_held_together_is_so_again_unless_she_says_otherwise(world: World) -> None:
    """Joined by hand, at different places: it is said in the preview, and among the questions."""
    head = await settle(
        world, LAW, replace(MEETING, title="Круглый стол «Чтение»", periods=(Period.day(DAY),))
    )
    law, table = [await event_called(world, title) for title in ("Семинар", "Круглый")]
    actor, now = await world.actor(head), world.clock.now()
    named = await name_day(world.uow(), actor, law.id, law.revision, Period.day(DAY), now)
    revisions = (named.event.revision, table.revision)
    await join(world.uow(), actor, law.id, table.id, revisions, now)
    preview = await head.presses_data(CarryOver(year=2026).pack())
    assert f"Вместе: {LAW.title[:50]}" in preview.plain
    assert "Ответить" not in preview.labels
    await head.presses("Сохранить")
    events = await stored(world.app.database, tables.events)
    joined, other = [one for one in events if one.period == Period.month(2027, 11)]
    assert (joined.title, joined.venue) == (f"{LAW.title}; Круглый стол «Чтение»", LAW.venue)
    assert other.merged_into == joined.id


async def test_the_next_year_begins_by_itself(world: World) -> None:
    """In June the year that goes on is reported, though the next plan is there; in September the next."""
    head = await settle(world, LAW)
    world.clock.moment = MAY.replace(month=6)
    await head.presses_data(CarryOver(year=2026).pack())
    await head.presses("Сохранить")
    actor = await world.actor(head)
    for month, present in ((6, "2026/2027"), (9, "2027/2028")):
        now = MAY.replace(month=month)
        _, shown = await overview(world.uow(), actor, None, now)
        assert shown.label == present
    assert shown.earlier == "2026/2027"


async def test_meetings_made_by_hand_may_be_taken_along(world: World) -> None:
    """Each by itself; what she does not press stays out."""
    head = await settle(world, LAW)
    for line in ("Круглый стол «Чтение» 20 ноября 14:00, СОШ 3", "Вечер памяти 27 ноября 15:00, СОШ 3"):
        await head.says("/desk")
        await head.presses("Новая встреча")
        await head.says(line)
        await head.presses("Создать")
    await head.presses_data(CarryOver(year=2026).pack())
    _, offered, preview = head.chat.shown[-3:]
    assert "Вне плана в этом году были 2 встречи." in offered.plain
    assert "1 встреча" in preview.plain
    assert offered.labels == ["Взять: Круглый стол «Чтение»", "Взять: Вечер памяти", "Открыть план"]
    pressed = head.data_of("Взять: Круглый стол «Чтение»", of=offered)
    left = await head.presses_data(pressed)
    assert left.labels == ["Взять: Вечер памяти", "Открыть план"]
    await head.presses_data(pressed)
    preview = await head.presses("Открыть план", of=left)
    assert "2 встречи: ноябрь – 2." in preview.plain
    await head.presses("Сохранить")
    events = await stored(world.app.database, tables.events)
    titles = [one.title for one in events if one.period == Period.month(2027, 11)]
    assert titles == [LAW.title, "Круглый стол «Чтение»"]
