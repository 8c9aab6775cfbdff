"""What is written of an event: letters, lists, certificates, as they are read and as they look."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from documents.attendance_sheet import Heading, Visitor, write_attendance_sheet, write_gate_list
from documents.blanks import Blank, check, fill, fill_each
from documents.certificates import ATTENDED, SPOKE
from documents.letters import LETTER, NOTICE
from documents.office import Paper
from domain.errors import DomainError

_needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")),
    reason="LibreOffice or pdfinfo is not installed",
)

LONG = "Ы" * 200
TALK = {
    "имя": "Ким О. Ю.",
    "организация": "районная библиотека",
    "тема": "Книжные новинки",
    "форма": "доклад",
    "строка": "Ким О. Ю., районная библиотека – «Книжные новинки» (доклад)",
}
EVENT = {
    "объединение": "РМО школьных библиотекарей Заречного района",
    "название": "Семинар «Правовые основы работы школьной библиотеки»",
    "дата": "18 ноября 2026 г.",
    "место": "Лицей № 12, ул. Садовая, 7, каб. 214",
    "руководитель": "Н. В. Орлова",
}
MEETING = {
    **EVENT,
    "время": "с 14:00 до 16:00",
    "участники": "педагоги-библиотекари",
    "программа": [TALK] * 5,
    "справки": "Орлова Н. В., 8 913 000-00-00",
    "центр": "Городской центр развития образования",
}
HERS = {
    **EVENT,
    "номер": "12",
    "выдано": "18.11.2026",
    "имя": "Петрова Мария Ивановна",
    "организация": "СОШ № 45",
    "часы": "2 ч",
    "тема": "Буктрейлер",
    "форма": "",
}
HEADING = Heading(EVENT["название"], "среда, 18 ноября 2026 г., 14:00–16:00", EVENT["место"])
MARIA = Visitor("Петрова Мария Ивановна", "СОШ № 45", "педагог-библиотекарь")


def words(content: bytes) -> list[str]:
    return [one.text.replace("\xa0", " ") for one in docx.Document(io.BytesIO(content)).paragraphs]


def cells(content: bytes) -> list[list[str]]:
    [table] = docx.Document(io.BytesIO(content)).tables
    return [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]


def pages(content: bytes, folder: Path) -> int:
    """How many A4 pages LibreOffice makes of a document."""
    file = folder / "paper.docx"
    file.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/office"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file],
        check=True,
        capture_output=True,
        timeout=100,
    )
    told = subprocess.run(
        ["pdfinfo", folder / "paper.pdf"], check=True, capture_output=True, text=True
    ).stdout
    assert "A4" in told
    return int(told.partition("Pages:")[2].split()[0])


class TestLetters:
    """To the directors, to the methodical centre."""

    def test_what_is_not_known_is_left_out(self) -> None:
        said = words(fill(LETTER, None, {**MEETING, "программа": [], "справки": "", "участники": ""}))
        assert not any(line.startswith(("Программа", "Справки", "Участники")) for line in said)
        assert not any("{" in line for line in said)

    def test_the_programme_is_numbered(self) -> None:
        said = words(fill(LETTER, None, MEETING))
        assert [line for line in said if "новинки" in line][-1].startswith("5. Ким О. Ю., районная")

    def test_lines_of_names_are_not_stretched(self) -> None:
        """Prose has both edges even."""
        found = docx.Document(io.BytesIO(fill(LETTER, None, MEETING))).paragraphs
        edges = {one.text.partition(" ")[0]: one.alignment for one in found}
        assert edges["5."] == edges["Место:"] == WD_ALIGN_PARAGRAPH.LEFT
        assert edges["Просим"] == WD_ALIGN_PARAGRAPH.JUSTIFY

    def test_a_notice_is_for_the_centre(self) -> None:
        said = words(fill(NOTICE, None, MEETING))
        assert said[0] == "Городской центр развития образования"
        assert "Время: с 14:00 до 16:00" in said

    @pytest.mark.parametrize("blank", [LETTER, NOTICE, ATTENDED, SPOKE], ids=lambda one: one.code)
    def test_those_that_come_with_it_pass_the_check(self, blank: Blank) -> None:
        check(blank, blank.make())

    @_needs_office
    def test_one_page(self, tmp_path: Path) -> None:
        assert pages(fill(LETTER, None, {**MEETING, "название": LONG}), tmp_path) == 1


class TestLists:
    """To be signed, to be let in."""

    def test_a_sheet_has_empty_lines(self) -> None:
        said = cells(write_attendance_sheet(HEADING, [MARIA]))
        assert said[0] == ["№", "Ф.И.О.", "Образовательная организация", "Должность", "Подпись"]
        assert said[1] == ["1", "Петрова Мария Ивановна", "СОШ № 45", "педагог-библиотекарь", ""]
        assert said[2:] == [[str(number), "", "", "", ""] for number in range(2, 7)]

    def test_by_surname_whoever_they_are(self) -> None:
        people = [
            MARIA,
            Visitor("Ёлкина А. Л.", ""),
            Visitor("=СУММ(A1)", "<b>&</b>"),
            Visitor("Жук О. П.", ""),
        ]
        said = cells(write_gate_list(HEADING, people))
        assert [row[1] for row in said[1:]] == ["=СУММ(A1)", *("Ёлкина А. Л.", "Жук О. П."), MARIA.name]
        assert said[1][2] == "<b>&</b>"

    def test_nobody_comes_yet(self) -> None:
        assert len(cells(write_gate_list(HEADING, []))) == 1
        assert "Место: ____________________" in words(write_gate_list(Heading("Семинар", "", ""), []))

    @_needs_office
    def test_a_usual_meeting_takes_two_pages_at_most(self, tmp_path: Path) -> None:
        assert pages(write_attendance_sheet(HEADING, [MARIA] * 26), tmp_path) == 2

    @_needs_office
    def test_names_of_two_hundred_letters_stay_on_the_paper(self, tmp_path: Path) -> None:
        assert pages(write_attendance_sheet(HEADING, [Visitor(LONG, LONG, LONG)] * 3), tmp_path) <= 4


class TestCertificates:
    """A page each."""

    def test_numbers_and_names(self) -> None:
        said = words(fill_each(ATTENDED, None, [HERS, {**HERS, "номер": "13", "имя": "Ким О. Ю."}]))
        assert [line for line in said if line.startswith("№")] == ["№ 12 от 18.11.2026", "№ 13 от 18.11.2026"]
        assert "Ким О. Ю." in said

    def test_what_is_not_known_is_left_out(self) -> None:
        said = words(fill(SPOKE, None, {**HERS, "часы": ""}))
        assert "Тема: «Буктрейлер»" in said
        assert not any(line.startswith(("Форма", "Продолжительность")) for line in said)

    def test_a_blank_that_is_a_table_has_a_page_each_too(self) -> None:
        paper = Paper()
        paper.table(["№", "Кто"], [["{{ номер }}", "{{ имя }}"]], [1, 9])
        written = docx.Document(io.BytesIO(fill_each(ATTENDED, paper.content(), [HERS] * 3)))
        assert len(written.tables) == 3
        assert written.element.xml.count("w:pageBreakBefore") == 2

    def test_no_field_in_a_header(self) -> None:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "{{ номер }}"
        file = io.BytesIO()
        document.save(file)
        with pytest.raises(DomainError, match="blank_in_header"):
            check(ATTENDED, file.getvalue())

    @_needs_office
    def test_one_page_each(self, tmp_path: Path) -> None:
        long = {**HERS, "имя": LONG, "организация": LONG, "название": LONG}
        assert pages(fill_each(SPOKE, None, [HERS, long, HERS]), tmp_path) == 3
