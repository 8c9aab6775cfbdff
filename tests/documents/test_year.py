"""The papers of a school year: the plan with its marks, the analysis, the table, pictures, a portfolio."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from documents.apart import write_apart
from documents.pictures import bars_of, draw_attendance, draw_coverage
from documents.portfolio import write_portfolio
from documents.year_report import write_analysis, write_fulfilled_plan
from documents.year_table import write_events_table, write_year_table
from domain.errors import DomainError
from domain.full_names import FullName
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Done, Guest, Mark, Status, TalkForm
from domain.reports import Appearance, Gathering, Note, Portfolio, SchoolSeen, SchoolYear
from tests.school_year import a_gathering, a_row, a_school_year, a_talk, an_event, somebody

_needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")),
    reason="LibreOffice or pdfinfo is not installed",
)
LONG = "ы" * 200
GUEST = Guest(1, "Иванова А. Л.", "ЦБС", Mark.PRESENT)
SCHOOLS = ("МБОУ СОШ № 45", "Гимназия № 21", f"Школа {LONG}")


def a_year() -> SchoolYear:
    """A meeting with a protocol, a seminar, one that was cancelled, one that nobody spoke of, one ahead, one
    beyond the plan; and a row without a day."""
    people = (
        somebody(1, SCHOOLS[0]),
        somebody(2, SCHOOLS[1], name=FullName(f"=СУММ{LONG}", "Анна", "")),
        somebody(3),
    )
    meeting = an_event(1, title="Заседание РМО", kind=Kind.MEETING)
    seminar = an_event(
        2, Period.days(date(2026, 12, 9), date(2026, 12, 10)), title="=СУММ(A1) <b>Семинар</b>"
    )
    off = an_event(3, Period.month(2027, 3), status=Status.CANCELLED, reason="карантин в лицее")
    silent = an_event(4, Period.day(date(2027, 4, 2)), status=Status.PLANNED)
    ahead = an_event(5, Period.months(2027, 8, 2027, 9), status=Status.PLANNED)
    beyond = an_event(6, title=f"Сверх плана {LONG}")
    gatherings = (
        a_gathering(
            meeting,
            {1: Mark.PRESENT, 2: Mark.ABSENT},
            frozenset({1, 3}),
            (GUEST,),
            talks=(a_talk(meeting), a_talk(meeting, "", "«Дом» и книжные новинки")),
            protocol=2,
        ),
        a_gathering(seminar, {1: Mark.LATE, 2: Mark.EXCUSED}),
        a_gathering(off),
        a_gathering(silent),
        a_gathering(ahead),
        a_gathering(beyond),
    )
    rows = (
        a_row(1, meeting, Done.HELD, subsection="1.1. Заседания"),
        a_row(1, seminar, Done.NOT_HELD, subsection="1.1. Заседания"),
        a_row(2, seminar, Done.HELD, section="II. Кадры"),
        a_row(3, off, Done.NOT_HELD, section="II. Кадры"),
        a_row(4, silent, Done.UNMARKED, section="II. Кадры"),
        a_row(5, ahead, Done.AHEAD, section="II. Кадры"),
        a_row(6, None, Done.YEAR_ROUND, section="II. Кадры"),
        a_row(
            7, an_event(7, Period.deadline(date(2026, 11, 20)), gathering=False), Done.UNMARKED, section=""
        ),
        a_row(8, an_event(8, gathering=False, reason="нет данных"), Done.NOT_HELD, section=""),
    )
    notes = {Note.AIMS: "Помогать друг другу.", Note.THEME: "", Note.TASKS: "=Провести семинар\nЧитать"}
    return a_school_year(*gatherings, people=people, schools=SCHOOLS, rows=rows, notes=notes)


def rows_of(content: bytes) -> list[str]:
    """The rows of the tables, cells parted by bars; one cell over all columns is one text."""
    found = docx.Document(io.BytesIO(content))
    return [
        "|".join(dict.fromkeys(cell.text for cell in row.cells)).replace("\xa0", " ")
        for table in found.tables
        for row in table.rows
    ]


def lines_of(content: bytes) -> list[str]:
    return [
        one.text.replace("\xa0", " ") for one in docx.Document(io.BytesIO(content)).paragraphs if one.text
    ]


def sheets_of(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Each sheet's rows below its head."""
    book = load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book:
        rows = list(sheet.values)
        head = next(at for at, row in enumerate(rows) if row[0] == "№")
        found[sheet.title] = rows[head:]
    return found


def test_the_plan_is_marked_row_by_row():
    said = rows_of(write_fulfilled_plan(a_year()))
    marks = [row.rpartition("|")[2] for row in said]
    assert said[1:3] == ["I. Организационная деятельность", "1.1. Заседания"]
    assert marks[3] == (
        "18.11.2026 – проведено, присутствовали: 2, протокол № 2; 09.12.2026–10.12.2026 – не проведено"
    )
    assert said[4] == "II. Кадры"
    assert marks[5:11] == [
        "10.12.2026 – проведено, присутствовали: 1",
        "март 2027 – отменено (карантин в лицее)",
        "02.04.2027 – __________",
        "запланировано: август 2027 – сентябрь 2027",
        "__________",
        "до 20.11.2026 – __________",
    ]
    assert marks[11] == "18.11.2026 – не выполнено (нет данных)"
    assert said[12] == "Сверх плана"
    assert marks[13] == "18.11.2026 – проведено, присутствовали: __________"


def test_the_columns_are_the_plans_and_what_came_of_a_row_is_said():
    """Whom a row is for and what was expected stand in it; a day and a number are no result."""
    year = a_year()
    meeting, *others = year.rows
    asked = replace(meeting, audience="Библиотекари", outcome="План на год", result="Создана группа")
    task = replace(others[6], result="Сдали все школы")
    work = replace(others[5], year_round=True, result="Проведено 12 консультаций")
    silent = replace(work, position=9, result="", section="")
    said = rows_of(write_fulfilled_plan(replace(year, rows=(asked, *others[:5], work, task, silent))))
    columns = "Участники|Сроки проведения|Место проведения|Ответственные|Ожидаемые результаты"
    assert said[0] == f"№|Мероприятия|{columns}|Отметка о выполнении"
    where = "Ноябрь 2026 г.|МБОУ СОШ № 412|Орлова Н.В., руководитель РМО"
    assert said[3].startswith(f"1.1|Заседание РМО|Библиотекари|{where}|План на год|18.11.2026 – проведено")
    marks = [row.rpartition("|")[2] for row in said]
    assert marks[3].endswith("не проведено. Создана группа")
    assert marks[9:12] == [
        "Проведено 12 консультаций",
        "до 20.11.2026. Сдали все школы",
        "в течение года – __________",
    ]


def test_a_row_names_the_group_that_alone_was_invited():
    year = a_year()
    meeting, *others = year.rows
    for audience, said in (
        ("", "Группа «Наставники»"),
        ("Библиотекари", "Библиотекари (группа «Наставники»)"),
        ("Наставники района", "Наставники района"),
    ):
        of_group = [replace(one, group="Наставники") for one in year.gatherings]
        rows = (replace(meeting, audience=audience), *others)
        plan = replace(year, rows=rows, gatherings=tuple(of_group))
        [line] = [row for row in rows_of(write_fulfilled_plan(plan)) if row.startswith("1.1|")]
        assert line.split("|")[2] == said


def test_no_signature_stands_on_a_page_alone():
    """The last row goes with it."""
    document = docx.Document(io.BytesIO(write_fulfilled_plan(a_year())))
    *_, before, _, last, signature = document.tables[0].rows
    assert signature.cells[0].text == "Руководитель\t______________ Н.\u00a0В.\u00a0Орлова"
    kept = [one.paragraph_format.keep_with_next for cell in last.cells for one in cell.paragraphs]
    assert kept == [True] * len(kept)
    assert not any(one.paragraph_format.keep_with_next for cell in before.cells for one in cell.paragraphs)
    words = docx.Document(io.BytesIO(write_analysis(a_year()))).paragraphs
    assert words[-2].paragraph_format.keep_with_next


def test_texts_stay_what_they_are():
    said = rows_of(write_fulfilled_plan(a_year()))
    assert any("=СУММ(A1) <b>Семинар</b>" in row for row in said)


def test_the_analysis():
    said = lines_of(write_analysis(a_year()))
    assert said[3:5] == ["Цели", "Помогать друг другу."]
    assert "Тема" not in said
    assert "3 из 6 – 50%." in said
    assert "Из них заседания: 1 из 1 – 100%." in said
    assert "Представлены школы: 1 из 3." in said
    assert "1. Белова Анна Павловна (СОШ № 45) – «Книжные новинки» – доклад." in said
    assert "2. Без имени – «„Дом“ и книжные новинки» – доклад." in said
    assert said[-4:-1] == ["Задачи на следующий год", "=Провести семинар", "Читать"]
    assert said[-1].endswith("Н. В. Орлова")
    assert rows_of(write_analysis(a_year()))[1] == "1|18.11.2026|Заседание РМО|заседание|2"


def test_an_analysis_of_nothing():
    """No plan, no meeting, no words; of two heads neither is taken for the one who signs."""
    said = lines_of(write_analysis(a_school_year(heads=("Н. В. Орлова", "Я. О. Юн"))))
    assert "0 из 0." in said
    assert "Руководитель: Н. В. Орлова, Я. О. Юн" in said
    assert said[-1].endswith("______________ ______________")
    assert rows_of(write_fulfilled_plan(a_school_year())) == [
        "№|Мероприятия|Сроки проведения|Отметка о выполнении",
        "Руководитель\t______________ Н. В. Орлова",
    ]


def test_the_table_adds_up():
    """An unmarked one has an empty cell, and no rate."""
    sheets = sheets_of(write_year_table(a_year()))
    people = sheets["Люди"]
    assert people[1][2:] == ("МБОУ СОШ № 45", "+", "о", None, 2, 2, 1, 1, 1)
    assert people[2][3:] == ("н", "у", None, 0, 2, 0, 0, None)
    assert people[3][2:] == (None, None, None, None, 0, 0, None, 1, None)
    assert people[4][1:] == ("Итого из списка", None, 1, 1, 0, 2, 4, 0.5, 2, 1)
    assert people[5][1:7] == ("Гости", None, 1, 0, 0, 1)
    assert people[6][1:7] == ("Итого с гостями", None, 2, 1, 0, 3)
    assert sheets["Школы"][-1][1:] == ("Итого", 1, 1, 0, 2, 4, 0.5, 2, 1)
    assert sheets["Школы"][-2][1] == "Школа не указана"
    assert sheets["Встречи"][1][1:] == ("18.11.2026", "Заседание РМО", "заседание", 1, 2, 0.5, 2, 1, 1)
    assert sheets["Встречи"][-1][4:] == (2, 4, 0.5, 2, 1, 1)


def test_nothing_in_the_table_is_ever_reckoned():
    """The head stays where it is, and filters what is below it."""
    book = load_workbook(io.BytesIO(write_year_table(a_year())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    [formula] = [cell for cell in cells if str(cell.value).startswith("=СУММы")]
    assert formula.quotePrefix
    sheet = book["Люди"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D8", "A7:K10")


def test_the_table_is_printed_as_an_office_prints():
    """On A4 across, the head on each page, and the names beside each part of a wide one; nothing is cut."""
    for content in (write_year_table(a_year()), write_events_table(a_year())):
        for sheet in load_workbook(io.BytesIO(content)):
            setup = sheet.page_setup
            assert (str(setup.paperSize), setup.orientation) == (sheet.PAPERSIZE_A4, "landscape")
            assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToHeight) == (True, 0)
            assert sheet.print_title_rows == "$7:$7"
            assert sheet.print_title_cols is not None
    sheet = load_workbook(io.BytesIO(write_year_table(a_year())))["Люди"]
    assert sheet.page_setup.fitToWidth == 1
    assert all(sheet.cell(9, column).alignment.wrap_text for column in (2, 3))
    assert sheet.row_dimensions[9].height > 5 * 15  # a name of more than two hundred letters
    wide = load_workbook(io.BytesIO(write_year_table(_many(40, 3))))["Люди"]
    assert wide.page_setup.fitToWidth > 3
    assert wide.print_title_cols == "$A:$C"


def test_who_oversees_gets_numbers_alone():
    content = write_events_table(a_year())
    assert list(sheets_of(content)) == ["Встречи"]
    text = str(list(load_workbook(io.BytesIO(content))["Встречи"].values))
    assert "Белова" not in text
    assert "№ 45" not in text


def test_a_portfolio():
    talks = (("«Дом» и книжные новинки", TalkForm.REPORT), (LONG, TalkForm.WORKSHOP))
    hours = Period.at(date(2026, 11, 18), time(14), time(16, 30))
    appearances = (
        Appearance("Семинар", hours, True, talks),
        Appearance("Заседание", Period.day(date(2026, 12, 1)), False, ()),
    )
    content = write_portfolio(Portfolio(f"Белова {LONG}", "", "РМО", "Н. В. Орлова", appearances))
    assert rows_of(content)[1:] == [
        (
            "1|18.11.2026|Семинар|Проведение встречи; доклад «„Дом“ и книжные новинки»; "
            f"мастер-класс «{LONG}»|2,5"
        ),
        "2|01.12.2026|Заседание|Участие|",
        "Руководитель объединения\t______________ Н. В. Орлова",
    ]


@_needs_office
def test_no_word_is_torn_in_the_marked_plan(tmp_path: Path):
    """Eight columns are as many as a page takes; a heading beside a number finds room too."""
    row = a_row(
        1,
        None,
        Done.YEAR_ROUND,
        heading="Развитие профессиональных компетенций",
        venue="Муниципальное общеобразовательное учреждение",
        audience="Библиотекари",
        outcome="Совершенствования методики",
    )
    file = tmp_path / "year.docx"
    file.write_bytes(write_fulfilled_plan(a_school_year(rows=(row,))))
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "year.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout.split()
    for word in ("профессиональных", "общеобразовательное", "Библиотекари", "Совершенствования"):
        assert word in told
    assert {"проведения", "Ответственные", "результаты", "выполнении"} <= set(told)


@_needs_office
@pytest.mark.parametrize("write", [write_fulfilled_plan, write_analysis], ids=["plan", "analysis"])
def test_an_office_opens_it(tmp_path: Path, write: object):
    file = tmp_path / "year.docx"
    file.write_bytes(write(a_year()))  # type: ignore[operator]
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True,
        capture_output=True,
        timeout=100,
    )
    told = subprocess.run(
        ["pdfinfo", tmp_path / "year.pdf"], check=True, capture_output=True, text=True
    ).stdout
    assert "A4" in told


def _many(meetings: int, schools: int) -> SchoolYear:
    titles = tuple(f"МБОУ СОШ № {number} {LONG if number == 1 else ''}" for number in range(schools))
    people = tuple(somebody(number, title) for number, title in enumerate(titles))
    marks = dict.fromkeys(range(1, schools), Mark.PRESENT)
    gatherings = [
        a_gathering(an_event(at, Period.day(date(2026 if at % 12 > 6 else 2027, at % 12 + 1, 5))), marks)
        for at in range(meetings)
    ]
    guest: list[Gathering] = [replace(gatherings[0], guests=(GUEST,)), *gatherings[1:]]
    return a_school_year(*guest, people=people, schools=titles)


@pytest.mark.parametrize(("meetings", "schools"), [(1, 1), (1, 3), (9, 25), (40, 60)])
def test_pictures_of_few_and_of_many(meetings: int, schools: int):
    """A picture is no taller than a telephone can show."""
    year = _many(meetings, schools)
    for content in (draw_attendance(year), draw_coverage(year)):
        assert content.startswith(b"\x89PNG")
        width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        assert width == 1200
        assert height < 2_000


def test_schools_in_a_picture_are_told_apart():
    """By what people call them, in the order of their numbers; of what is too long the number stays."""
    form = "Муниципальное бюджетное общеобразовательное учреждение"
    titles = [
        f"{form} «Средняя общеобразовательная школа № 101»",
        f"{form} «Лицей № 11»",
        "МБОУ СОШ № 156",
        "МАОУ СОШ № 52 с углублённым изучением отдельных предметов",
        f"{form} Ново-Переяславская и Старо-Переяславская школа № 7 имени Героя",
    ]
    seen = [SchoolSeen(title, 1, 2, 0) for title in titles] + [SchoolSeen("МБОУ СОШ № 9", 1, 3, 0)]
    bars, summed_up = bars_of(seen)
    assert [label for label, _ in bars] == [
        "СОШ № 9",
        "Лицей № 11",
        "Ново-Переяславская и… № 7",
        "СОШ № 52 с углублённым из…",
        "СОШ № 101",
        "СОШ № 156",
    ]
    assert not summed_up


def test_a_picture_without_schools():
    marked = a_gathering(an_event(1), guests=(GUEST,))
    assert draw_coverage(a_school_year(marked)).startswith(b"\x89PNG")


def _slow(_year: SchoolYear) -> bytes:
    import time as clock

    clock.sleep(30)
    return b""


def _failing(_year: SchoolYear) -> bytes:
    raise ValueError("no such sheet")


async def test_written_apart():
    assert await write_apart(write_analysis, a_year())
    with pytest.raises(RuntimeError, match="no such sheet"):
        await write_apart(_failing, a_year())


async def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("documents.apart.PATIENCE", 0.5)
    with pytest.raises(DomainError, match="report_too_slow"):
        await write_apart(_slow, a_year())


def test_an_empty_table_is_a_table():
    assert isinstance(load_workbook(io.BytesIO(write_year_table(a_school_year()))), Workbook)
