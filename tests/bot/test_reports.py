"""«Отчёты»: papers of the year, its pictures, what is still to be filled in; somebody's own portfolio."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

import docx
import pytest
from openpyxl import load_workbook

from actions.holding import say_held
from bot.views.keyboards import ShowDesk
from bot.views.report_keys import (
    AskNote,
    AskTalks,
    SetResult,
    ShowAnalysis,
    ShowCoverage,
    ShowOverseenReports,
    ShowReports,
    ShowResults,
    TakeOverseenReport,
    TakePortfolio,
    TakeReport,
)
from domain.guests import NewGuest
from domain.period import Period
from domain.records import Answer, Mark, Status, TalkForm, TalkStanding
from domain.reports import Note
from domain.talks import TalkDraft
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    ROUND,
    WORKSHOP,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    settle,
)
from tests.bot.test_overseeing import a_methodist
from tests.builders import stored

MAY = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
_NUMBERED = replace(MEETING, number="1.1", section="I. Организационная деятельность", when_text="Ноябрь")
_SEMINAR = replace(
    LAW,
    title="=СУММ(A1) Семинар «Книжные новинки»",
    section="II. Работа с кадрами",
    periods=(Period.at(date(2026, 12, 9), time(14), time(16, 30)),),
)


async def a_year(world: World) -> tuple[Person, Person]:
    """A meeting at which Мария and a guest were, a seminar where she spoke, one that was cancelled, work all
    the year; Белова was at nothing."""
    head = await settle(world, _NUMBERED, _SEMINAR, WORKSHOP, ROUND)
    maria = await come_in_maria(world)
    await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    await call_off(world, "каталог")
    meeting, seminar = await event_called(world, "Заседание"), await event_called(world, "новинки")
    her, by = await world.actor(maria), await world.actor(head)
    now, uow = world.clock.now(), world.uow()
    async with uow as rows:
        ours = rows.association(1)
        assert await ours.rsvps.take(meeting.id, her.person_id, Answer.GOING, now)
        draft = TalkDraft(her.person_id, "Петрова Мария Ивановна", "СОШ № 45", "Что читать", TalkForm.REVIEW)
        await ours.talks.add(seminar.id, draft, TalkStanding.CONFIRMED, by.person_id, now)
        await ours.guests.add(meeting.id, [NewGuest("Иванова А. Л.", "ЦБС")], by.person_id, now)
        [guest] = await ours.guests.of_event(meeting.id)
        assert await ours.attendance.mark_guest(meeting.id, guest.id, Mark.PRESENT, None)
        for event in (meeting, seminar):
            marked = (Mark.PRESENT, None, by.person_id, now)
            assert await ours.attendance.mark(event.id, her.person_id, *marked)
        await uow.commit()
    world.clock.moment = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)
    for event in (meeting, seminar):
        await say_held(world.uow(), by, event.id, Status.HELD, world.clock.now())
    return head, maria


async def at_reports(head: Person) -> None:
    desk = await head.says("Руководителю")
    if "Итоги года" in desk.labels:  # from 15 May on
        await head.presses("Итоги года")
        return
    await head.presses("Ещё")
    await head.presses("Отчёты")


def words_of(content: bytes | None) -> list[str]:
    """The paragraphs of a document, then the rows of its tables, cells parted by bars."""
    document = docx.Document(io.BytesIO(content or b""))
    said = [one.text for one in document.paragraphs if one.text]
    for table in document.tables:
        said += ["|".join(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows]
    return [one.replace("\xa0", " ") for one in said]


async def test_what_there_is_to_take(world: World) -> None:
    head, _ = await a_year(world)
    await at_reports(head)
    shown = head.sees
    assert shown.plain == "Отчёты за 2026/27 учебный год\nЧто подготовить?"
    assert shown.labels == [
        "◀ 2025/26",
        "План с отметкой о выполнении",
        "Анализ работы",
        "Сводная ведомость",
        "Охват школ",
        "Бланки",
        "‹ Назад",
    ]
    last = await head.presses("2025/26")
    assert last.plain.startswith("Итоги года, 2025/26\nДля отчётов не хватает: слов для анализа – 3.")
    assert last.labels[-7:][0] == "2026/27 ▶"
    assert "Плана за этот год у меня нет" in (await head.presses("План с отметкой")).plain
    assert "нет ни плана, ни встреч" in (await head.presses("Скачать")).plain
    await head.presses("‹ Назад", of=last)
    assert (await head.presses("‹ Назад", of=last)).plain.startswith("Руководителю")


async def test_there_is_no_room_for_it_while_the_desk_is_set_up(world: World) -> None:
    await world.head.says("/start")
    await world.head.presses("Согласие даю")
    await world.head.says("Орлова Наталья Викторовна")
    await world.head.says("Лицей № 12")
    shown = await world.head.says("/desk")
    assert "Закончить настройку" in shown.labels
    assert "Отчёты" not in shown.labels


async def test_the_plan_with_its_marks(world: World) -> None:
    head, _ = await a_year(world)
    await at_reports(head)
    shown = await head.presses("План с отметкой")
    assert shown.plain == (
        "План с отметкой о выполнении, 2026/27\n"
        "День встречи, число присутствующих и номер протокола поставлю сам. Результат – ваши слова: "
        "нажмите на строку плана.\n"
        "Без отметки пока 1 работа, для которой в плане нет дня."
    )
    assert shown.labels == [
        "Скачать (Word)",
        "1.1 Заседание РМО",
        "=СУММ(A1) Семинар «Книжные новинки»",
        "Мастер-класс «Электронный каталог без страха»",
        "Консультации для новых библиотекарей",
        "‹ Назад",
    ]
    file = await head.presses("Скачать")
    assert file.file_name == "План с отметкой 2026-2027.docx"
    assert file.plain.startswith("План с отметкой о выполнении, 2026/27. Состоялось 2 из 3 встреч.")
    said = words_of(file.file)
    assert said[:3] == [
        "План работы с отметкой о выполнении",
        "РМО Заречного района",
        "2026/2027 учебный год",
    ]
    assert "I. Организационная деятельность" in said
    [meeting] = [row for row in said if row.startswith("1.1|")]
    assert meeting.endswith("|Ноябрь|МБОУ СОШ № 412|Белова М. И.|18.11.2026 – проведено, присутствовали: 2")
    [seminar] = [row for row in said if "=СУММ(A1)" in row]
    assert seminar.endswith("09.12.2026 – проведено, присутствовали: 1")
    assert any("декабрь 2026 – отменено" in row for row in said)
    assert any("Консультации" in row for row in said)


async def test_what_came_of_a_row_is_the_heads_to_say(world: World) -> None:
    """By a button or in her words; and she can have back what was there."""
    head, _ = await a_year(world)
    await at_reports(head)
    await head.presses("План с отметкой")
    asked = await head.presses("Консультации")
    assert asked.plain.startswith("Консультации для новых библиотекарей\nСрок в плане: ")
    assert asked.labels == ["Выполнено", "Не выполнено", "Ничего не менять"]
    said = await head.presses("Выполнено")
    assert said.plain.startswith(
        "✅ Записано: Консультации для новых библиотекарей\nВыполнено\n\nПлан с отметкой"
    )
    assert "Отметки есть у всех работ" in said.plain
    assert said.labels[-2:] == ["Вернуть как было", "‹ Назад"]
    asked = await head.presses("✅ Консультации")
    assert "Сейчас: Выполнено" in asked.plain
    assert (await head.says("Проведено <b>12</b>\nконсультаций")).plain.startswith("✅ Записано")
    await head.presses("1.1 Заседание")
    await head.says("Создана группа")
    said = words_of((await head.presses("Скачать")).file)
    assert any(row.endswith("|Проведено <b>12</b> консультаций") for row in said)
    assert any(row.endswith("присутствовали: 2. Создана группа") for row in said)
    shown = await head.presses_data(ShowResults(year=2026, page=0).pack())
    await head.presses("✅ Консультации", of=shown)
    assert "Без отметки: Консультации" in (await head.presses("Без отметки")).plain
    assert "Проведено <b>12</b> консультаций" in (await head.presses("Вернуть как было")).plain
    kinds = [row.kind for row in await stored(world.app.database, tables.journal)]
    assert kinds.count("row_result") == 5
    gone = await head.presses_data(SetResult(year=2026, activity=999, act="ask").pack())
    assert gone.plain.startswith("Этой строки в плане больше нет")


async def test_the_analysis_and_its_words(world: World) -> None:
    head, _ = await a_year(world)
    await at_reports(head)
    shown = await head.presses("Анализ работы")
    assert "Цели: пока не написано." in shown.plain
    assert shown.labels == ["Скачать (Word)", "Цели", "Тема", "Задачи на будущий год", "‹ Назад"]
    await head.presses("Задачи на будущий год")
    assert "Какие задачи на будущий год?" in head.sees.plain
    saved = await head.says("Провести <b>два</b> семинара\n\n  Читать   больше\n")
    assert saved.plain.startswith("✅ Записано.\n\nАнализ работы за 2026/27 учебный год")
    assert "Задачи на будущий год: Провести <b>два</b> семинара\nЧитать больше" in saved.plain
    assert saved.labels[-2:] == ["Вернуть как было", "‹ Назад"]
    await head.presses("Цели")
    assert "Цели: без этого раздела." in (await head.presses("Без этого раздела")).plain
    file = await head.presses("Скачать")
    said = words_of(file.file)
    assert file.file_name == "Анализ работы 2026-2027.docx"
    assert "В объединении человек: 3." in said
    assert "Руководитель: Н. В. Орлова" in said
    assert "2 из 3 – 67%." in said
    assert "Из них заседания: 1 из 1 – 100%." in said
    assert "Представлены школы: 1 из 3." in said
    assert "1. Петрова Мария Ивановна (СОШ № 45) – «Что читать» – обзор." in said
    at = said.index("Провести <b>два</b> семинара")
    assert said[at + 1] == "Читать больше"
    assert "Цели" not in said
    assert (await stored(world.app.database, tables.journal))[-1].kind == "year_note"


async def test_words_are_brought_back(world: World) -> None:
    head, _ = await a_year(world)
    await head.presses_data(AskNote(year=2026, note=Note.THEME, act="ask").pack())
    await head.says("Первая тема")
    await head.presses_data(AskNote(year=2026, note=Note.THEME, act="ask").pack())
    assert "Сейчас: Первая тема" in head.sees.plain
    assert "Тема: Вторая тема" in (await head.says("Вторая тема")).plain
    assert "Тема: Первая тема" in (await head.presses("Вернуть как было")).plain
    assert "Тема: Вторая тема" in (await head.presses("Вернуть как было")).plain


@pytest.mark.parametrize("text", ["😀", "ы" * 2_001])
async def test_words_that_cannot_be_kept_are_asked_for_again(world: World, text: str) -> None:
    head, _ = await a_year(world)
    await head.presses_data(AskNote(year=2026, note=Note.TASKS, act="ask").pack())
    assert "Записано" not in (await head.says(text)).plain
    assert await stored(world.app.database, tables.year_notes) == []
    assert "Задачи на будущий год: Как есть" in (await head.says("Как есть")).plain


async def test_the_theme_of_the_plan_is_offered(world: World) -> None:
    head, _ = await a_year(world)
    [plan] = await stored(world.app.database, tables.plans)
    preamble = {"Методическая тема РМО": "Читать вместе"}
    async with world.app.database.write() as connection:
        changed = tables.plans.update().values(draft={**plan.draft, "preamble": preamble})
        await connection.execute(changed)
        await connection.commit()
    shown = await head.presses_data(ShowAnalysis(year=2026).pack())
    assert "Тема (из плана): Читать вместе" in shown.plain


async def test_the_table_read_back(world: World) -> None:
    head, _ = await a_year(world)
    await at_reports(head)
    file = await head.presses("Сводная ведомость")
    assert file.file_name == "Сводная ведомость 2026-2027.xlsx"
    book = load_workbook(io.BytesIO(file.file or b""))
    assert book.sheetnames == ["Люди", "Школы", "Встречи"]
    rows = list(book["Люди"].iter_rows(values_only=True))
    [maria] = [row for row in rows if row[1] == "Петрова Мария Ивановна"]
    assert maria[2:] == ("СОШ № 45", "+", "+", 2, 2, 1, 1, 1)
    [belova] = [row for row in rows if row[1] == "Белова Ольга Петровна"]
    assert belova[3:] == (None, None, 0, 0, None, 0, None)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


async def test_pictures(world: World) -> None:
    head, _ = await a_year(world)
    await at_reports(head)
    await head.presses("Охват школ")
    await head.presses("Картинки")
    first, second = head.chat.shown[-2:]
    assert first.plain == "Отмечены 2 встречи: в среднем по 2 чел., больше всего – 2 (18 ноября)."
    assert second.plain == "В списке 3 школы, хотя бы раз на встречах были 1."


async def test_schools_to_look_after(world: World) -> None:
    head, _ = await a_year(world)
    await at_reports(head)
    shown = await head.presses("Охват школ")
    assert shown.plain == (
        "Охват школ, 2026/27\n"
        "По 2 встречам с отметками: школ – 3, хотя бы раз были 1.\n"
        "Никого не отметили два раза подряд и больше:\n"
        "• Гимназия № 21 – 2 встречи подряд\n"
        "• Лицей № 12 – 2 встречи подряд\n"
        "Пришли в объединение в этом году, на встречах ещё не отмечены:\n"
        "• Белова Ольга Петровна, Гимназия № 21"
    )


async def test_a_year_without_anything(world: World) -> None:
    head = await settle(world)
    await head.presses_data(ShowDesk(screen="reports").pack())
    assert "2026/2027 учебный год" in (await head.presses("Сводная ведомость")).plain
    await head.presses("План с отметкой")
    assert "2026/2027 учебный год" in (await head.presses("Скачать")).plain
    await head.presses_data(ShowDesk(screen="reports").pack())
    coverage = await head.presses("Охват школ")
    assert "Пока никого не отметили" in coverage.plain
    assert "Картинки" not in coverage.labels  # of a picture that was asked for long ago she is told so
    pictures = await head.presses_data(TakeReport(year=2026, what="pictures").pack())
    assert "2026/2027 учебный год" in pictures.plain
    assert (await head.presses_data(TakePortfolio().pack())).plain.startswith("Пока вас не отметили")


async def test_a_plan_of_which_nothing_was_held_yet(world: World) -> None:
    head = await settle(world, MEETING)
    await at_reports(head)
    await head.presses("План с отметкой")
    said = words_of((await head.presses("Скачать")).file)
    assert any(row.endswith("запланировано: 18.11.2026") for row in said)
    assert "0 из 1 – 0%." in words_of(
        (await head.presses_data(TakeReport(year=2026, what="analysis").pack())).file
    )
    assert (await head.presses_data(TakeReport(year=2026, what="table").pack())).file


async def test_in_may_what_is_lacking_is_said(world: World) -> None:
    head, _ = await a_year(world)
    by = await world.actor(head)
    for event_id, said in ((1, Status.HELD), (2, Status.PLANNED)):
        await say_held(world.uow(), by, event_id, said, world.clock.now())
    world.clock.moment = MAY
    await at_reports(head)
    assert head.sees.plain == (
        "Итоги года, 2026/27\n"
        "Для отчётов не хватает: «Состоялось?» – 1, протокола – 1, отметки в плане – 1, "
        "слов для анализа – 3, выступлений на встречах – 1. "
        "Нажмите – и заполним.\nЧто подготовить?"
    )
    assert head.sees.labels[:3] == [
        "Протокол: 18 ноября · Заседание РМО",
        "Состоялось? 9 декабря · =СУММ(A1) Семинар «Книжные новинки»",
        "Отметка: Консультации для новых библиотекарей",
    ]
    assert (await head.presses("Отметка: Консультации")).labels[0] == "Выполнено"
    await head.presses_data(ShowReports(year=2026, page=0).pack())
    assert "Для анализа: Задачи на будущий год" in (await head.presses("Дальше")).labels
    assert "Какие задачи" in (await head.presses("Для анализа: Задачи")).plain
    await head.presses_data(ShowReports(year=2026, page=0).pack())
    assert (await head.presses("Состоялось? 9 декабря")).plain.startswith("Состоялось?")
    await head.presses_data(ShowReports(year=2026, page=0).pack())
    assert "Протокол (Word)" in (await head.presses("Протокол: 18 ноября")).labels


async def test_a_meeting_without_talks_is_named_until_there_were_none(world: World) -> None:
    head = await settle(world, _NUMBERED)
    meeting, by = await event_called(world, "Заседание"), await world.actor(head)
    world.clock.moment = MAY
    await say_held(world.uow(), by, meeting.id, Status.HELD, world.clock.now())
    await at_reports(head)
    assert "выступлений на встречах – 1" in head.sees.plain
    await head.presses("Дальше")
    asked = await head.presses("Кто выступал? 18 ноября")
    assert asked.plain.startswith("Кто делился опытом? Заседание РМО")
    assert asked.labels == ["Записать выступления", "Докладов не было", "‹ Назад"]
    said = await head.presses("Докладов не было")
    assert said.plain.startswith("Понятно, докладов не было: Заседание РМО")
    assert "выступлений" not in (await head.presses("‹ Назад", of=replace(said))).plain
    assert "отмечено, что докладов не было" in (await head.presses_data("jrn:0:0")).plain
    await head.presses_data(AskTalks(year=2026, event=meeting.id, act="back").pack())
    await at_reports(head)
    assert "выступлений на встречах – 1" in head.sees.plain
    await head.presses_data(AskTalks(year=2026, event=meeting.id, act="ask").pack())
    assert "Добавить выступление" in (await head.presses("Записать выступления")).labels
    missing = AskTalks(year=2026, event=99, act="none").pack()
    assert "Этой встречи" in (await head.presses_data(missing)).plain


async def test_the_end_of_the_year_has_one_place_and_a_name(world: World) -> None:
    """From 15 May on it stands on the first screen, under the name that she writes; before, under «Ещё»."""
    head = await settle(world, _NUMBERED, replace(LAW, title="Заседание «Анализ: итоги года»"))
    maria = await come_in_maria(world)
    assert "Итоги года" not in (await head.says("Руководителю")).labels
    assert "Отчёты" in (await head.presses("Ещё")).labels
    assert (await head.says("итоги года")).plain.startswith("Отчёты за 2026/27 учебный год")
    world.clock.moment = datetime(2027, 5, 14, 18, tzinfo=UTC)  # 15 May where they live
    desk = await head.says("Руководителю")
    assert "Итоги года" in desk.labels
    assert len(desk.labels) <= 6
    more = await head.presses("Ещё", of=desk)
    assert not {"Отчёты", "Итоги года"} & set(more.labels)
    assert (await head.presses("Итоги года", of=desk)).plain.startswith("Итоги года, 2026/27")
    for words in ("Итоги года", "отчёты", "Где итоги учебного года?"):
        assert (await head.says(words)).plain.startswith("Итоги года, 2026/27")
    assert "«Анализ: итоги года»" in (await maria.says("Итоги года")).plain
    world.clock.moment = datetime(2027, 5, 14, 15, tzinfo=UTC)
    assert "Итоги года" not in (await head.says("Руководителю")).labels


async def test_a_roll_call_that_is_lacking_is_a_tap_away(world: World) -> None:
    head = await settle(world, _NUMBERED)
    meeting = await event_called(world, "Заседание")
    world.clock.moment = MAY
    await say_held(world.uow(), await world.actor(head), meeting.id, Status.HELD, world.clock.now())
    await at_reports(head)
    assert (await head.presses("Перекличка: 18 ноября")).plain.startswith("Перекличка: Заседание РМО")


async def test_a_portfolio_is_ones_own(world: World) -> None:
    _, maria = await a_year(world)
    await maria.says("Настройки")
    file = await maria.presses("Портфолио")
    assert file.file_name == "Портфолио.docx"
    assert file.plain.startswith("Ваше портфолио: 2 встречи с датами")
    said = words_of(file.file)
    assert "Петрова Мария Ивановна, СОШ № 45" in said
    assert "Руководитель объединения\t______________ Н. В. Орлова" in said
    assert "1|18.11.2026|Заседание РМО|Участие|2" in said
    assert "2|09.12.2026|=СУММ(A1) Семинар «Книжные новинки»|Обзор «Что читать»|2,5" in said


async def test_a_methodist_reads_numbers(world: World) -> None:
    await a_year(world)
    vera = await a_methodist(world)
    await vera.says("План на год")
    await vera.presses("Что состоялось")
    shown = await vera.presses("Отчёты")
    assert "чьих-то отметок и ответов нет" in shown.plain
    assert shown.labels == [
        "◀ 2025/26",
        "План с отметкой о выполнении",
        "Анализ работы",
        "Сводная ведомость",
        "Что состоялось",
    ]
    assert words_of((await vera.presses("План с отметкой")).file)
    assert words_of((await vera.presses("Анализ работы")).file)
    book = load_workbook(io.BytesIO((await vera.presses("Сводная ведомость")).file or b""))
    assert book.sheetnames == ["Встречи"]
    assert not [cell for row in book["Встречи"].values for cell in row if "Петрова" in str(cell)]
    for data in (
        ShowOverseenReports(association=9, year=2026),
        TakeOverseenReport(association=9, year=2026, what="plan"),
    ):
        assert "Этого объединения среди ваших уже нет" in (await vera.presses_data(data.pack())).plain


async def test_reports_are_for_coordinators(world: World) -> None:
    _, maria = await a_year(world)
    for data in (
        ShowDesk(screen="reports"),
        ShowReports(year=2026, page=0),
        TakeReport(year=2026, what="table"),
        ShowAnalysis(year=2026),
        ShowResults(year=2026, page=0),
        SetResult(year=2026, activity=1, act="done"),
        ShowCoverage(year=2026, page=0),
        AskNote(year=2026, note=Note.AIMS, act="out"),
    ):
        refused = await maria.presses_data(data.pack())
        assert "Отчёты" not in refused.plain
        assert refused.file is None
    assert await stored(world.app.database, tables.year_notes) == []
