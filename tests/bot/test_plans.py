"""A plan that a coordinator sends: the preview, «Сохранить», «Отменить», and files that are no plan."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import docx
import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile

from documents.example_plan import write_example_plan
from tests.bot.conftest import Person, World
from tests.bot.people import PHOTO, come_in_maria, settle
from tests.documents.office import Office, needs_office
from tests.documents.paper import docx_of

TOGETHER = (
    ("№", "Мероприятие", "Сроки", "Место"),
    ("1", "Семинар «Каталоги»", "Ноябрь 2026 г.", "Лицей № 12"),
    ("2", "Мастер-класс «Буктрейлер»", "Ноябрь 2026 г.", "Лицей № 12"),
)
MakeWorld = Callable[[str], Awaitable[World]]
PLAN = write_example_plan(2026)


async def events(world: World) -> int:
    """How many events are stored."""
    async with world.stored() as rows:
        return len(await rows.association(1).events.to_come(world.clock.moment.replace(year=2000)))


def a_document(*rows: tuple[str, ...], heading: str = "План на 2026/2027 учебный год") -> bytes:
    """A Word document with a table."""
    document = docx.Document()
    document.add_paragraph(heading)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


async def sends_plan(world: World, content: bytes = PLAN, name: str = "план.docx") -> Person:
    head = await settle(world)
    await head.sends(content, name)
    return head


async def test_a_preview_first_and_nothing_stored(world: World) -> None:
    head = await sends_plan(world)
    said = head.sees.plain
    assert "Это план на 2026/2027 учебный год, в нём 16 строк." in said
    assert "12 встреч: август – 1, сентябрь – 1, октябрь – 1, ноябрь – 2" in said
    assert "Дней в плане нет, спрошу ближе к делу." in said
    assert "1 задание к сроку и 3 работы на весь год." in said
    assert "прочерками пропускаю" in said
    assert "Пока ничего не сохранено, никто ничего не получил." in said
    assert head.sees.labels == ["Ответить", "Сохранить", "Отменить", "По месяцам", "Встречи и задания"]
    assert await events(world) == 0


async def test_tables_that_are_no_plan_are_no_rows_of_it(world: World) -> None:
    rows = [["№", "Мероприятие", "Срок"], ["1", "Семинар", "Ноябрь 2026 г."], ["2", "Совещание", "-"]]
    people = [["№", "Ф.И.О.", "Должность"], ["1", "Белова М. И.", "библиотекарь"]]
    head = await sends_plan(world, docx_of("План на 2026/2027 учебный год", people, "План", rows))
    said = head.sees.plain
    assert "в нём 2 строки." in said
    assert "1 строку с прочерками пропускаю.\nНе план, поэтому пропускаю: список людей." in said
    assert "Белова" not in (await head.presses("По месяцам")).plain


async def test_saved_and_nobody_is_told_before(world: World) -> None:
    head = await sends_plan(world)
    maria = await come_in_maria(world)
    await world.rings()
    assert maria.sees_all == ""
    saved = await head.presses("Сохранить")
    assert "План на 2026/27 сохранён. В календаре 13 событий." in saved.plain
    assert "в прошлом, о них не напоминаю" in saved.plain
    assert saved.labels == ["Убрать этот план"]
    assert await events(world) == 13


async def test_a_saved_plan_is_taken_out_again_and_is_a_draft(world: World) -> None:
    """Rows that are held together too."""
    head = await sends_plan(world, a_document(*TOGETHER))
    await head.presses("Ответить")
    await head.presses("Провести вместе")
    saved = await head.presses("Сохранить")
    assert "проводим вместе" in saved.plain
    await head.presses("Убрать этот план", of=saved)
    gone, waiting = head.chat.shown[-2:]
    assert gone.plain == "План на 2026/27 убран. Никому об этом не пишу."
    assert "Отменить" in waiting.labels
    assert await events(world) == 0
    assert "убран сразу после загрузки" in (await head.presses_data("jrn:0:0")).plain
    await head.presses(waiting.labels[0], of=waiting)
    await head.presses("Сохранить")
    assert await events(world) == 1
    await head.presses("Убрать этот план")
    assert await events(world) == 0


@pytest.mark.parametrize("how", ["day", "late"])
async def test_a_plan_that_something_came_of_stays(world: World, how: str) -> None:
    head = await sends_plan(world)
    saved = await head.presses("Сохранить")
    if how == "day":
        world.clock.forward(minutes=1)
        await head.says("Руководителю")
        await head.presses("Назвать дни")
        await head.says("25 ноября 14:00")
        await head.presses("Подтвердить")
    else:
        world.clock.forward(hours=25)
    said = await head.presses("Убрать этот план", of=saved)
    assert "одним нажатием уже не убрать" in said.plain
    assert await events(world) == 13


async def test_saving_sends_nothing_about_the_past(world: World) -> None:
    head = await sends_plan(world)
    maria = await come_in_maria(world)
    await head.presses("Сохранить")
    await world.rings()
    assert "авгус" not in maria.sees_all.casefold()
    assert "октяб" not in maria.sees_all.casefold()


async def test_dropped(world: World) -> None:
    head = await sends_plan(world)
    assert "Хорошо, ничего не сохранено" in (await head.presses("Отменить")).plain
    assert await events(world) == 0


async def test_the_same_file_twice_changes_nothing_and_says_so(world: World) -> None:
    head = await sends_plan(world)
    await head.presses("Сохранить")
    await head.sends(PLAN, "план (1).docx")
    assert "Этот план уже сохранён. Ничего не изменилось." in (await head.presses("Сохранить")).plain
    assert await events(world) == 13


async def test_save_pressed_twice_saves_once(world: World) -> None:
    head = await sends_plan(world)
    press = head.data_of("Сохранить")
    await world.feed(head.pressing(press), head.pressing(press))
    assert "черновик уже не действует" in head.sees.plain
    assert await events(world) == 13


async def test_an_older_preview_is_of_no_more_use(world: World) -> None:
    head = await sends_plan(world)
    first = head.sees
    await head.sends(write_example_plan(2027), "план.docx")
    assert "черновик уже не действует" in (await head.presses("Сохранить", of=first)).plain
    assert await events(world) == 0


async def test_dropping_an_older_preview_leaves_the_newer_one(world: World) -> None:
    head = await sends_plan(world)
    first = head.sees
    second = await head.sends(write_example_plan(2027), "план.docx")
    await head.presses("Отменить", of=first)
    assert "сохранён" in (await head.presses("Сохранить", of=second)).plain


async def test_the_coming_year_is_saved_without_a_question(world: World) -> None:
    head = await sends_plan(world, write_example_plan(2027))
    assert "План на 2027/28 сохранён" in (await head.presses("Сохранить")).plain


async def test_another_year_is_saved_only_when_it_is_meant(world: World) -> None:
    head = await sends_plan(world, write_example_plan(2021))
    maria = await come_in_maria(world)
    asked = await head.presses("Сохранить")
    assert "Это план на 2021/22, а не на нынешний или следующий год" in asked.plain
    assert asked.labels == ["Да, это план на 2021/22", "Отменить"]
    assert await events(world) == 0
    assert "План на 2021/22 сохранён" in (await head.presses("Да, это план на 2021/22")).plain
    await world.rings()
    assert maria.sees_all == ""


async def test_another_year_may_be_dropped(world: World) -> None:
    head = await sends_plan(world, write_example_plan(2021))
    asked = await head.presses("Сохранить")
    assert "ничего не сохранено" in (await head.presses("Отменить", of=asked)).plain
    assert await events(world) == 0


async def test_a_plan_lives_through_a_restart(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    head = await sends_plan(world)
    save = head.data_of("Сохранить")
    world = await make_world(sqlite_url)
    assert "сохранён" in (await world.head.presses_data(save)).plain


async def test_questions_about_a_plan_are_asked_with_its_words(world: World) -> None:
    document = a_document(
        ("№", "Мероприятия", "Сроки", "Место", "Ответственные"),
        ("1", "Семинар <i>об учебниках</i>", "после дождичка", "Лицей № 12", "Орлова Н. В."),
        ("2", "Заседание", "ноябрь 2026 г.", "Лицей № 12", "Орлова Н. В."),
    )
    head = await sends_plan(world, document)
    assert "1 вопрос:" in head.sees.plain
    assert "– Строка 1: «после дождичка»" in head.sees.plain
    assert "ничего не придумаю" in head.sees.plain


async def test_a_plan_of_very_long_rows_still_fits_into_a_message(world: World) -> None:
    rows = [
        (str(n), f"Семинар {'ы' * 3000}", f"когда-нибудь {'😀' * 500}", "М" * 900, "О" * 900)
        for n in range(40)
    ]
    document = a_document(("№", "Мероприятия", "Сроки", "Место", "Ответственные"), *rows)
    head = await sends_plan(world, document)
    assert "40 вопросов:" in head.sees.plain
    for label in (
        "По месяцам",
        "К плану",
        "Встречи и задания",
        "К плану",
        "Ответить",
        "Пропустить",
        "К плану",
    ):
        await head.presses(label)
    await head.presses("Сохранить")
    await head.says("План на год")


@pytest.mark.parametrize("name", ["план.docx", "план.txt", "план.pdf", "план.jpg", "план", "план.doc"])
async def test_what_is_no_plan_is_told_in_a_sentence(world: World, name: str) -> None:
    head = await sends_plan(world, b"not at all a plan", name)
    assert await events(world) == 0
    assert head.sees.plain.count(".") >= 1
    assert "Что-то пошло не так" not in head.sees.plain


@needs_office
@pytest.mark.parametrize("ending", ["pdf", "rtf"])
async def test_a_plan_in_another_format(world: World, tmp_path: Path, ending: str) -> None:
    head = await sends_plan(world, Office(tmp_path).convert(PLAN, "docx", ending), f"план.{ending}")
    assert "Это план на 2026/2027 учебный год, в нём 16 строк." in head.sees.plain
    assert "План на 2026/27 сохранён" in (await head.presses("Сохранить")).plain
    assert await events(world) == 13


async def test_a_picture_and_an_archive_sent_as_files(world: World) -> None:
    head = await sends_plan(world, b"\xff\xd8\xff\xe0 JFIF", "план.jpg")
    assert "Картинку я прочесть не могу" in head.sees.plain
    await head.sends(b"Rar!\x1a\x07", "план.rar")
    assert "Это архив" in head.sees.plain


async def test_an_empty_file(world: World) -> None:
    head = await sends_plan(world, b"")
    assert "Файл пустой" in head.sees.plain


async def test_a_file_over_10_mb_is_not_even_fetched(world: World) -> None:
    head = await settle(world)
    document = {"file_id": "f", "file_unique_id": "f", "file_name": "план.docx", "file_size": 11 * 2**20}
    assert "Файл больше 10 МБ" in (await head.sends_other(document=document)).plain
    assert not any(isinstance(request, GetFile) for request in world.telegram.requests)


async def test_a_zip_bomb(world: World) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("word/document.xml", b"0" * 150 * 2**20)
    head = await sends_plan(world, packed.getvalue())
    assert "слишком много данных" in head.sees.plain


async def test_a_damaged_document(world: World) -> None:
    head = await sends_plan(world, PLAN[: len(PLAN) // 2])
    assert "повреждён" in head.sees.plain


async def test_a_table_without_dates(world: World) -> None:
    head = await sends_plan(world, a_document(("Имя", "Класс"), ("Мария", "5")))
    assert "Плана в файле не нахожу" in head.sees.plain


async def test_a_plan_without_a_school_year(world: World) -> None:
    document = a_document(
        ("№", "Мероприятия", "Сроки", "Место", "Ответственные"),
        ("1", "Семинар", "ноябрь", "Лицей № 12", "Орлова Н. В."),
        heading="План",
    )
    head = await sends_plan(world, document)
    assert "учебный год не назван" in head.sees.plain
    assert "не назван учебный год" in (await head.presses("Сохранить")).plain
    assert await events(world) == 0


async def test_a_file_that_telegram_does_not_give_out(world: World) -> None:
    head = await settle(world)
    document = {"file_id": "f", "file_unique_id": "f", "file_name": "план.docx", "file_size": 10}
    world.telegram.failures.append(TelegramBadRequest(GetFile(file_id="f"), "Bad Request: file is too big"))
    assert "Не получилось скачать файл" in (await head.sends_other(document=document)).plain


async def test_a_photo_of_a_plan(world: World) -> None:
    head = await settle(world)
    assert "пришлите, пожалуйста, сам файл" in (await head.sends_other(**PHOTO)).plain.casefold()


async def test_a_file_of_a_member(world: World) -> None:
    await settle(world)
    maria = await come_in_maria(world)
    assert "Файлы принимаю только от руководителя" in (await maria.sends(PLAN, "план.docx")).plain


async def test_another_plan_of_the_year_is_compared_and_not_stored(world: World) -> None:
    head = await sends_plan(world)
    await head.presses("Сохранить")
    document = a_document(
        ("№", "Мероприятия", "Сроки", "Место", "Ответственные"),
        ("1", "Семинар", "ноябрь 2026 г.", "Лицей № 12", "Орлова Н. В."),
    )
    await head.sends(document, "план.docx")
    assert "План на 2026/27 уже есть. Отличия: новых строк – 1" in (await head.presses("Сохранить")).plain
    assert await events(world) == 13


async def test_the_desk_says_how_to_send_a_plan(world: World) -> None:
    head = await settle(world)
    assert "Плана ещё нет" in (await head.says("Руководителю")).plain
    await head.presses("Новая встреча")
    assert "Пришлите сюда файл плана" in (await head.presses("Загрузить план")).plain
