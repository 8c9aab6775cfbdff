"""«Бумаги» of an event: letters, lists, the signed letter, photographs of the signed sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from actions.guests import add_guests
from actions.hosting import link_host
from bot.views.keyboards import GiveAnswer
from bot.views.paper_keys import ShowPapers, ShowSheet, ShowSigned, TakeGateList, TakeLetter
from bot.views.scan_keys import SendScan
from domain.period import Period
from domain.records import Answer, TalkForm, TalkStanding
from domain.talks import TalkDraft
from storage import tables
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import LAW, MEETING, OTHER_THAN_WORDS, STICKER, TASK, come_in, come_in_maria, settle
from tests.bot.test_materials import document, photo
from tests.builders import stored

WHEN = "Заседание РМО (среда, 18 ноября, 14:00–16:00)"


def words_of(shown: Shown) -> str:
    """Everything that stands in a document, paragraphs first, then the cells of its tables."""
    assert shown.file is not None
    written = docx.Document(io.BytesIO(shown.file))
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(one.text for one in written.paragraphs), *cells])
    return said.replace("\xa0", " ")


async def at_letters(world: World, *activities: object) -> Person:
    """The coordinator has «Бумаги» of the first event before her."""
    head = await settle(world, *(activities or (MEETING,)))  # type: ignore[arg-type]
    await head.presses_data(ShowPapers(event=1).pack())
    return head


async def speaks(world: World, theme: str = "Книжные новинки") -> None:
    """Somebody speaks at the first event."""
    uow = world.uow()
    async with uow as rows:
        draft = TalkDraft(None, "Ким О. Ю.", "районная библиотека", theme, TalkForm.REPORT)
        await rows.association(1).talks.add(1, draft, TalkStanding.CONFIRMED, 1, world.clock.now())
        await uow.commit()


# What there is


async def test_letters_come_first_before_it_and_certificates_after(world: World) -> None:
    head = await settle(world, MEETING)
    await head.says("Ближайшее")
    await head.presses("Ещё")
    before = await head.presses("Бумаги")
    assert before.plain.startswith("Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00\nЧто подготовить?\n")
    letters = ["Письмо директорам", "Уведомление", "Список на вахту"]
    assert before.labels == [*letters, "Явочный лист", "Ещё", "‹ Назад"]
    assert (await head.presses("Ещё", of=before)).labels == [
        "Протокол и сообщение",
        "Подписанный лист",
        "Подписанное письмо",
        "Бланки",
        "‹ Назад",
    ]
    world.clock.forward(days=20)
    after = await head.presses_data(ShowPapers(event=1).pack())
    assert after.labels == ["Протокол и сообщение", "Справки", "Явочный лист", "Ещё", "‹ Назад"]
    more = await head.presses("Ещё", of=after)
    assert more.labels == [*letters, "Подписанное письмо", "Бланки", "‹ Назад"]
    assert more.plain.startswith("Бумаги, остальное: ")


async def test_what_is_still_missing_is_said(world: World) -> None:
    unknown = replace(MEETING, periods=(Period.day(date(2026, 11, 18)),), venue="")
    head = await at_letters(world, unknown)
    for said in ("Часа пока нет", "Места пока нет", "Выступлений в программе пока нет"):
        assert said in head.sees.plain


async def test_a_task_has_no_paper(world: World) -> None:
    head = await settle(world, TASK)
    for data in (ShowPapers(event=1), TakeLetter(event=1, what="letter"), TakeGateList(event=1)):
        said = await head.presses_data(data.pack())
        assert said.file is None
        assert "Что подготовить?" not in said.plain


# Letters


async def test_a_letter_to_the_directors(world: World) -> None:
    head = await at_letters(world)
    await speaks(world)
    letter = await head.presses("Письмо директорам")
    assert letter.file_name == "Письмо директорам 18 ноября.docx"
    assert letter.plain.startswith(f"Письмо директорам: {WHEN}\nНомер, дату и подпись поставьте от руки.")
    assert words_of(letter).split("\n") == [
        "Руководителям образовательных организаций",
        "№ ________ от ____________ 20___ г.",
        "Информационное письмо",
        "",
        "РМО Заречного района сообщает о проведении мероприятия.",
        "Мероприятие: Заседание РМО",
        "Дата: 18 ноября 2026 г.",
        "Время: с 14:00 до 16:00",
        "Место: МБОУ СОШ № 412",
        "Программа:",
        "1. Ким О. Ю., районная библиотека – «Книжные новинки» (доклад)",
        (
            "Просим освободить библиотекаря (педагога-библиотекаря) вашей организации от основной работы "
            "на время проведения мероприятия с учётом дороги и обеспечить участие в нём."
        ),
        "",
        "Руководитель объединения\t______________ Н. В. Орлова",
    ]


async def test_a_letter_while_the_day_is_unknown(world: World) -> None:
    head = await at_letters(world, replace(LAW, venue=""))
    assert "День пока не назван – в бумагах будет только месяц." in head.sees.plain
    letter = words_of(await head.presses("Письмо директорам"))
    assert "Дата: ноябрь 2026 г., день уточняется" in letter
    assert "Время: ____________________" in letter
    assert "Место: ____________________" in letter


async def test_markup_in_a_theme_stays_what_it_is(world: World) -> None:
    head = await at_letters(world)
    await speaks(world, "<b>Фонд</b> & {{ время }} {% if")
    assert "«<b>Фонд</b> & {{ время }} {% if»" in words_of(await head.presses("Письмо директорам"))


async def test_a_notice_asks_once_for_the_centre(world: World) -> None:
    head = await at_letters(world)
    asked = await head.presses("Уведомление")
    assert asked.plain.startswith("Какому методическому центру уведомление?")
    assert asked.labels == ["Пропустить", "‹ Назад"]
    notice = await head.says("Центр развития образования")
    assert words_of(notice).startswith("Центр развития образования\n№ ________")
    said = next(one for one in reversed(head.chat.shown) if "Записано" in one.plain)
    assert said.plain == "Записано. Методический центр: Центр развития образования."
    await head.presses_data(ShowPapers(event=1).pack())
    again = await head.presses("Уведомление")
    assert again.file_name == "Уведомление 18 ноября.docx"
    assert "Методический центр: пока нет" in (await head.presses("Вернуть как было", of=said)).plain


async def test_a_notice_without_the_centre_has_a_line(world: World) -> None:
    head = await at_letters(world)
    await head.presses("Уведомление")
    notice = await head.presses("Пропустить")
    assert words_of(notice).startswith("____________________\n№")
    assert (await world.actor(head)).home.centre == ""


async def test_the_centre_is_not_asked_for_after_all(world: World) -> None:
    head = await at_letters(world)
    await head.presses("Уведомление")
    await head.presses("‹ Назад")
    await head.says("что дальше?")
    assert (await world.actor(head)).home.centre == ""


# Lists


async def with_people(world: World) -> Person:
    """One comes, one sends a colleague, one is silent; a guest comes."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    anna = await come_in(world, 2004, "Ёлкина Анна Львовна", "СОШ № 9")
    await maria.presses_data(GiveAnswer(event=1, answer=Answer.GOING, place=0).pack())
    await anna.presses_data(GiveAnswer(event=1, answer=Answer.DECLINED, place=0).pack())
    await anna.presses("За меня придёт коллега")
    await anna.says("Юдина Вера Павловна")
    actor = await world.actor(head)
    await add_guests(world.uow(), actor, 1, "Ким О. Ю., районная библиотека", world.clock.now())
    return head


async def test_the_gate_list_holds_those_who_come_and_nobody_else(world: World) -> None:
    head = await with_people(world)
    gate = await head.presses_data(TakeGateList(event=1).pack())
    assert gate.file_name == "Список на вахту 18 ноября.docx"
    assert gate.plain.startswith(f"Список на вахту – 3 человека: {WHEN}")
    said = words_of(gate).split("\n")
    assert said[:3] == ["СПИСОК УЧАСТНИКОВ", "Заседание РМО", "Дата: среда, 18 ноября 2026 г., 14:00–16:00"]
    assert said[said.index("Организация") + 1 :] == [
        *("1", "Ким О. Ю.", "районная библиотека"),
        *("2", "Петрова Мария Ивановна", "СОШ № 45"),
        *("3", "Юдина Вера Павловна", "СОШ № 9"),
    ]


async def test_the_sheet_has_room_for_those_who_come_unannounced(world: World) -> None:
    head = await with_people(world)
    uow = world.uow()
    maria = await world.actor(world.person(2002))
    async with uow as rows:
        await rows.association(1).roster.set_position(maria.person_id, "педагог-библиотекарь")
        await uow.commit()
    await head.presses_data(ShowSheet(event=1).pack())
    sheet = await head.presses("Скачать для печати")
    assert sheet.file_name == "Явочный лист 18 ноября.docx"
    assert "Явочный лист – 3 человека" in sheet.plain
    said = words_of(sheet).split("\n")
    rows_ = said[said.index("Подпись") + 1 :]
    assert rows_[5:10] == ["2", "Петрова Мария Ивановна", "СОШ № 45", "педагог-библиотекарь", ""]
    assert rows_[15:] == [word for number in range(4, 9) for word in (str(number), "", "", "", "")]


async def test_a_presenter_gets_the_lists_and_no_letters(world: World) -> None:
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    actor = await world.actor(head)
    await link_host(world.uow(), actor, 1, (await world.actor(maria)).person_id, world.clock.now())
    shown = await maria.presses_data(ShowPapers(event=1).pack())
    assert shown.labels == ["Явочный лист", "Подписанный лист", "Список на вахту", "‹ Назад"]
    assert (await maria.presses("Явочный лист", of=shown)).file is not None
    assert (await maria.presses("Список на вахту")).file is not None
    await maria.presses("Подписанный лист", of=shown)
    await maria.presses("Прислать фото")
    assert "Теперь здесь 1 фото" in (await maria.sends_other(**photo(1))).plain
    for data in (SendScan(event=1, kind="letter"), TakeLetter(event=1, what="letter"), ShowSigned(event=1)):
        assert "только руководитель" in (await maria.presses_data(data.pack())).plain


async def test_who_runs_nothing_gets_nothing(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    for data in (ShowPapers(event=1), TakeGateList(event=1), ShowSheet(event=1)):
        assert (await maria.presses_data(data.pack())).file is None
        assert "Что подготовить?" not in maria.sees.plain


# The signed letter


async def signed(world: World) -> Person:
    """The coordinator has sent the signed letter."""
    head = await at_letters(world)
    await head.presses("Ещё")
    none = await head.presses("Подписанное письмо")
    assert none.plain.startswith(f"Подписанного письма пока нет: {WHEN}")
    await head.presses("Прислать")
    kept = await head.sends_other(**document("письмо.PDF"))
    assert kept.plain.startswith("Записано: Заседание РМО\n«Письмо директору» теперь на карточке у всех.")
    return head


async def test_everybody_takes_the_signed_letter_off_the_card(world: World) -> None:
    head = await signed(world)
    maria = await come_in_maria(world)
    card = await maria.says("Ближайшее")
    assert "Подробнее" in card.labels or "Письмо директору" in card.labels
    letter = await maria.presses("Письмо директору")
    assert letter.file_id == "long письмо.PDF"
    assert letter.plain.startswith(f"Письмо директору: {WHEN}")
    assert "приложено подписанное письмо" in await journal_of(head)


async def journal_of(head: Person) -> str:
    await head.says("Руководителю")
    await head.presses("Ещё")
    return (await head.presses("Журнал")).plain


async def test_it_is_replaced_and_the_one_before_comes_back(world: World) -> None:
    head = await signed(world)
    await head.presses("‹ Назад")
    await head.presses("Заменить")
    replaced = await head.sends_other(**photo(7))
    assert "Прежнее письмо можно вернуть в течение суток." in replaced.plain
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    assert (await maria.presses("Письмо директору")).file_id == "large 7"
    await head.presses("Вернуть прежнее", of=replaced)
    assert (await maria.presses("Письмо директору")).file_id == "long письмо.PDF"


async def test_it_is_taken_out_and_brought_back(world: World) -> None:
    head = await signed(world)
    gone = await head.presses("Убрать")
    assert gone.plain.startswith("Письмо убрано: Заседание РМО")
    maria = await come_in_maria(world)
    assert "Письмо директору" not in (await maria.says("Ближайшее")).labels
    back = await head.presses("Вернуть", of=gone)
    assert back.labels == ["Посмотреть", "Заменить", "Убрать", "‹ Назад"]
    assert (await head.presses("Посмотреть")).file_id == "long письмо.PDF"
    assert "Письмо директору" in (await maria.says("Ближайшее")).labels


async def test_after_a_day_it_is_forgotten(world: World) -> None:
    head = await signed(world)
    gone = await head.presses("Убрать")
    world.clock.forward(days=1, minutes=1)
    await head.presses_data(SendScan(event=1, kind="sheet").pack())
    await head.sends_other(**photo(1))
    assert "Этого здесь больше нет." in (await head.presses("Вернуть", of=gone)).plain


@pytest.mark.parametrize("sent", [STICKER, document("архив.zip"), {"text": "сейчас пришлю"}], ids=str)
async def test_what_is_no_letter(world: World, sent: dict[str, object]) -> None:
    head = await at_letters(world)
    await head.presses("Ещё")
    await head.presses("Подписанное письмо")
    await head.presses("Прислать")
    assert "Такое не подойдёт." in (await head.sends_other(**sent)).plain
    assert await stored(world.app.database, tables.papers) == []
    assert "Записано" in (await head.sends_other(**photo(1))).plain  # it is still waited for


async def test_a_file_is_a_plan_again_once_nothing_is_waited_for(world: World) -> None:
    head = await signed(world)
    await head.sends(b"not a plan", "план.docx")
    assert len(await stored(world.app.database, tables.papers)) == 1
    for sent in OTHER_THAN_WORDS:
        await head.sends_other(**sent)
    assert len(await stored(world.app.database, tables.papers)) == 1


# The signed sheet


async def test_pages_of_the_signed_sheet(world: World) -> None:
    head = await settle(world, MEETING)
    await head.presses_data(ShowSheet(event=1).pack())
    assert head.sees.labels == ["Скачать для печати", "Прислать фото", "‹ Назад"]
    await head.presses("Прислать фото")
    for number in (1, 2):
        await head.sends_other(**photo(number))
    assert head.sees.plain.startswith("✅ Сохранено. Теперь здесь 2 фото: Заседание РМО.")
    shown = await head.presses("Пока всё")
    assert shown.labels[2:] == ["Показать фото – 2", "Убрать фото 1", "Убрать фото 2", "‹ Назад"]
    await head.presses("Показать фото", of=shown)
    assert [one.file_id for one in head.chat.shown[-2:]] == ["large 1", "large 2"]
    gone = await head.presses("Убрать фото 1", of=shown)
    back = await head.presses("Вернуть", of=gone)
    assert "Показать фото – 2" in back.labels
    maria = await come_in_maria(world)
    assert "Письмо директору" not in (await maria.says("Ближайшее")).labels


async def test_ten_pages_are_enough(world: World) -> None:
    head = await settle(world, MEETING)
    await head.presses_data(SendScan(event=1, kind="sheet").pack())
    for number in range(11):
        await head.sends_other(**photo(number))
    assert "Больше 10 фото" in head.sees.plain
    assert len(await stored(world.app.database, tables.papers)) == 10
