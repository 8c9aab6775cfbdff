"""Plans out of a .pdf: the same as out of the .docx that it was made of."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from documents import pdf_rows
from documents.example_plan import write_example_plan
from documents.formats import read_blocks
from documents.plan_reader import plan_of, read_plan
from documents.table import Cell, Paragraph, Row, Table
from domain.errors import DomainError
from domain.plan_draft import PlanDraft
from tests.documents.drawn import Drawn, as_word_writes, cell_of_word, pdf_of, written
from tests.documents.office import TAGGED_PDF, Office, needs_office
from tests.documents.paper import docx_of
from tests.documents.plans import HEADINGS, REAL_PLANS, facts, many_rows, wide_plan

ROOT = Path(__file__).resolve().parents[2]

# With tags LibreOffice writes the blank at which a line was wrapped, and without them it does not.
_kinds = pytest.mark.parametrize(
    "kind", [pytest.param("pdf", id="plain"), pytest.param(TAGGED_PDF, id="tagged")]
)


def _refused(content: bytes) -> str:
    with pytest.raises(DomainError) as refused:
        read_blocks(content, "plan.pdf")
    return refused.value.code


@needs_office
class TestPlans:
    """Every activity, field by field."""

    @_kinds
    def test_the_example(self, office: Office, kind: str) -> None:
        content = write_example_plan(2026)
        made = office.convert(content, "docx", kind)
        assert facts(read_plan(made, "plan.pdf")) == facts(read_plan(content, "plan.docx"))

    @pytest.mark.plans
    @pytest.mark.skipif(not REAL_PLANS.is_dir(), reason="the real plans of ../shared are not here")
    @_kinds
    def test_the_real_one(self, office: Office, kind: str) -> None:
        content = (REAL_PLANS / "kirov-2021-22.docx").read_bytes()
        made = office.convert(content, "docx", kind)
        assert facts(read_plan(made, "plan.pdf")) == facts(read_plan(content, "plan.docx"))

    @_kinds
    @pytest.mark.parametrize(
        ("widths", "across", "size"),
        [
            pytest.param((1.2, 7, 3, 3.5, 3.3), False, 11, id="upright"),
            pytest.param((1.5, 10, 4, 5, 6), True, 12, id="across"),
            pytest.param((1.2, 2.2, 1.8, 2.0, 2.0), False, 12, id="narrower than words"),
            pytest.param((1.2, 4, 2.4, 3, 7), False, 9, id="small letters"),
        ],
    )
    def test_widths(
        self,
        office: Office,
        kind: str,
        widths: Sequence[float],
        across: bool,
        size: float,
    ) -> None:
        content = wide_plan(widths, many_rows(20), across=across, size=size)
        made = office.convert(content, "docx", kind)
        assert facts(read_plan(made, "plan.pdf")) == facts(read_plan(content, "plan.docx"))

    @_kinds
    @pytest.mark.parametrize("whole_rows", [True, False])
    def test_a_heading_that_is_not_repeated(self, office: Office, kind: str, whole_rows: bool) -> None:
        content = wide_plan((1.2, 5, 3, 4.5, 4.3), many_rows(12), repeat_heading=False, whole_rows=whole_rows)
        made = office.convert(content, "docx", kind)
        assert facts(read_plan(made, "plan.pdf")) == facts(read_plan(content, "plan.docx"))

    @_kinds
    def test_a_plan_without_a_table(self, office: Office, kind: str) -> None:
        content = docx_of(
            "План работы РМО на 2026/2027 учебный год",
            "Заседание № 1. Сентябрь",
            "Тема: «Планирование работы школьных библиотек района на новый учебный год и обмен опытом»",
            "Место проведения: лицей № 12",
            "Заседание № 2. Ноябрь",
            "Тема: «Чтение»",
        )
        made = office.convert(content, "docx", kind)
        assert facts(read_plan(made, "plan.pdf")) == facts(read_plan(content, "plan.docx"))


class TestWord:
    """What Word itself writes, as far as it was seen."""

    @needs_office
    def test_the_example(self, office: Office) -> None:
        content = write_example_plan(2026)
        assert facts(_by_word(office, content)) == facts(read_plan(content, "plan.docx"))

    @needs_office
    @pytest.mark.plans
    @pytest.mark.skipif(not REAL_PLANS.is_dir(), reason="the real plans of ../shared are not here")
    def test_the_real_one(self, office: Office) -> None:
        content = (REAL_PLANS / "kirov-2021-22.docx").read_bytes()
        assert facts(_by_word(office, content)) == facts(read_plan(content, "plan.docx"))

    @needs_office
    @pytest.mark.parametrize("widths", [(1.2, 7, 3, 3.5, 3.3), (1.2, 2.2, 1.8, 2.0, 2.0)])
    def test_widths(self, office: Office, widths: Sequence[float]) -> None:
        content = wide_plan(widths, many_rows(20))
        assert facts(_by_word(office, content)) == facts(read_plan(content, "plan.docx"))

    def test_shades_are_no_lines(self) -> None:
        """Word fills a shaded cell in pieces, and what is marked is shaded, too."""
        drawn: list[Drawn] = []
        for row, texts in enumerate([("Срок", "Мероприятие"), ("Март", "Семинар"), ("Май", "Заседание")]):
            for column, text in enumerate(texts):
                x, top = 60.0 + 200 * column, 60.0 + 40 * row
                drawn += cell_of_word(x, top, x + 200, top + 40, shaded=row != 1)
                drawn.append(written(x + 6, top + 25, text))
        [table] = read_blocks(pdf_of([drawn]), "plan.pdf")
        assert isinstance(table, Table)
        assert [[(it.text, it.span) for it in row.cells] for row in table.rows] == [
            [("Срок", 1), ("Мероприятие", 1)],
            [("Март", 1), ("Семинар", 1)],
            [("Май", 1), ("Заседание", 1)],
        ]


def _by_word(office: Office, content: bytes) -> PlanDraft:
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    said = "\n".join([*(it.text for it in document.paragraphs), *cells])
    return read_plan(as_word_writes(office.convert(content, "docx", TAGGED_PDF), said), "plan.pdf")


@needs_office
class TestBlocks:
    """What stands where."""

    def test_order(self, office: Office) -> None:
        content = docx_of("Раз", [["а", "б"], ["в", "г"]], "Два", [["д", "е"], ["ё", "ж"]])
        blocks = read_blocks(office.convert(_ruled(content), "docx", "pdf"), "plan.pdf")
        assert [it.text if isinstance(it, Paragraph) else it.rows[0].cells[0].text for it in blocks] == [
            "Раз",
            "а",
            "Два",
            "д",
        ]

    def test_merged_cells(self, office: Office) -> None:
        content = _ruled(docx_of([["а", "б", "в"], ["г", None, "д"], ["все"]]))
        [table] = read_blocks(office.convert(content, "docx", "pdf"), "plan.pdf")
        assert isinstance(table, Table)
        told = [[(cell.text, cell.column, cell.span, cell.carried) for cell in it.cells] for it in table.rows]
        assert told == [
            [("а", 0, 1, False), ("б", 1, 1, False), ("в", 2, 1, False)],
            [("г", 0, 1, False), ("б", 1, 1, True), ("д", 2, 1, False)],
            [("все", 0, 3, False)],
        ]

    @_kinds
    def test_lists_in_cells_keep_their_lines(self, office: Office, kind: str) -> None:
        lists = "1. Семинар\n2. Заседание", "Сентябрь\nЯнварь"
        content = wide_plan((1.2, 7, 3, 3.5, 3.3), [("1", *lists, "Лицей № 12", "Орлова Н.В.")])
        draft = read_plan(office.convert(content, "docx", kind), "plan.pdf")
        assert [(it.title, it.when_text) for it in draft.activities] == [
            ("Семинар", "Сентябрь"),
            ("Заседание", "Январь"),
        ]

    def test_page_numbers_are_no_text(self, office: Office) -> None:
        document = docx.Document(io.BytesIO(wide_plan((1.2, 5, 3, 4.5, 4.3), many_rows(12))))
        document.sections[0].header.paragraphs[0].text = "РМО школьных библиотекарей"
        _number_pages(document)
        written = io.BytesIO()
        document.save(written)
        draft = read_plan(office.convert(written.getvalue(), "docx", "pdf"), "plan.pdf")
        assert len(draft.activities) == 12


@needs_office
class TestRefusals:
    """A sentence of its own for each."""

    def test_a_scan(self, office: Office) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (200, 300), "white").save(picture, "PNG")
        document = docx.Document()
        document.add_picture(io.BytesIO(picture.getvalue()))
        written = io.BytesIO()
        document.save(written)
        assert _refused(office.convert(written.getvalue(), "docx", "pdf")) == "plan_scanned"

    def test_a_password(self, office: Office) -> None:
        wishes = (
            'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
            '"DocumentOpenPassword":{"type":"string","value":"secret"}}'
        )
        assert _refused(office.convert(docx_of("План"), "docx", wishes)) == "plan_locked"

    def test_columns_without_lines_or_headings(self, office: Office) -> None:
        rows = [[str(n), "Семинар «Чтение»", "Октябрь", "Лицей № 12"] for n in range(1, 12)]
        content = docx_of("План на 2026/2027 учебный год", rows)
        assert _refused(office.convert(content, "docx", "pdf")) == "plan_unruled"

    def test_too_many_pages(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        made = office.convert(wide_plan((1.2, 5, 3, 4.5, 4.3), many_rows(12)), "docx", "pdf")
        monkeypatch.setattr(pdf_rows, "MOST_PAGES", 1)
        assert _refused(made) == "plan_too_heavy"

    def test_damage(self, office: Office) -> None:
        made = office.convert(docx_of("План", [["№", "Мероприятие"]]), "docx", "pdf")
        assert _refused(made[: len(made) // 2]) in {"plan_damaged", "plan_scanned"}


class TestPageEdge:
    """What the edge of a page parts."""

    def test_a_row_that_may_go_on_with_the_one_above_is_asked_about(self) -> None:
        rows = [
            HEADINGS,
            ("1", "Семинар", "март", "Лицей", "Орлова"),
            ("", "Заседание", "май", "Лицей", "Орлова"),
        ]
        table = Table(
            tuple(
                Row(tuple(Cell(text, at) for at, text in enumerate(row)), doubtful=row[0] == "")
                for row in rows
            ),
            len(HEADINGS),
        )
        draft = plan_of([Paragraph("План на 2026/2027 учебный год"), table])
        assert [[it.code for it in activity.problems] for activity in draft.activities] == [[], ["page_edge"]]

    @pytest.mark.parametrize(
        ("below", "read"),
        [
            pytest.param(("", "Для всех", "", "Орлова"), ["Семинар\nДля всех", "Заседание"], id="no row"),
            pytest.param(("", "Беседа", "Май", "Орлова"), ["Семинар", "Беседа?", "Заседание"], id="a date"),
            pytest.param(("2", "Беседа", "", "Орлова"), ["Семинар", "Беседа", "Заседание"], id="a number"),
        ],
    )
    def test_a_row_broken_between_two_paragraphs(self, below: Sequence[str], read: Sequence[str]) -> None:
        first = _drawn_rows([_HEADING, ("1", "Семинар", "Март", "Белова")])
        second = _drawn_rows([below, ("3", "Заседание", "Июнь", "Орлова")])
        assert _titles(pdf_of([first, second])) == read

    def test_where_rows_lack_both(self) -> None:
        first = _drawn_rows([_HEADING, ("", "Беседа", "", "Белова"), ("1", "Семинар", "Март", "Белова")])
        second = _drawn_rows([("", "Для всех", "", "Орлова"), ("3", "Заседание", "Июнь", "Орлова")])
        assert _titles(pdf_of([first, second])) == ["Беседа", "Семинар", "Для всех?", "Заседание"]

    def test_dates_merged_over_rows(self) -> None:
        """Then any row may lack one."""
        first = _drawn_rows([_HEADING, ("1", "Семинар", "Март", "Белова"), ("2", "Беседа", None, "Белова")])
        second = _drawn_rows([("", "Для всех", "", "Орлова"), ("3", "Заседание", "Июнь", "Орлова")])
        assert _titles(pdf_of([first, second])) == ["Семинар", "Беседа", "Для всех?", "Заседание"]

    @needs_office
    @_kinds
    def test_rows_with_one_number(self, office: Office, kind: str) -> None:
        """Their number stands on the first page only, merged over all of them."""
        months = "Сентябрь Октябрь Ноябрь Декабрь".split()
        rows = [
            ("4.1. Работа с читателями" if at == 0 else None, f"Семинар № {at}", months[at % 4], "Лицей № 12")
            for at in range(60)
        ]
        heading = ("№", "Мероприятие", "Сроки", "Место проведения")
        content = _ruled(docx_of("План на 2026/2027 учебный год", [heading, *rows]))
        draft = read_plan(office.convert(content, "docx", kind), "plan.pdf")
        assert facts(draft) == facts(read_plan(content, "plan.docx"))
        assert any(it.code == "page_edge" for activity in draft.activities for it in activity.problems)


_HEADING = ("№", "Мероприятие", "Сроки", "Ответственный")


def _drawn_rows(rows: Sequence[Sequence[str | None]], top: float = 60.0) -> list[Drawn]:
    """A ruled table; None is merged with the cell above."""
    drawn: list[Drawn] = []
    edges, high = (60.0, 90.0, 290.0, 370.0, 500.0), 30.0
    for row, texts in enumerate(rows):
        for (left, right), text in zip(pairwise(edges), texts, strict=True):
            if text is not None:
                merged = row + 1 < len(rows) and rows[row + 1][edges.index(left)] is None
                y = top + row * high
                drawn += cell_of_word(left, y, right, y + high * (1 + merged))
                drawn.append(written(left + 6, y + 20, text or " "))
    return drawn


def _titles(content: bytes) -> list[str]:
    """What the rows of a table are called; ? of one that may go on with the row above."""
    [table] = read_blocks(content, "plan.pdf")
    assert isinstance(table, Table)
    return [f"{row.cells[1].text}{'?' * row.doubtful}" for row in table.rows[1:]]


class TestBounds:
    """Whatever is in it, it comes to an end."""

    def test_what_unpacks_to_more_than_memory_holds(self, tmp_path: Path) -> None:
        file = tmp_path / "plan.pdf"
        file.write_bytes(_pdf(b"0 0 m " * 100_000, times=900))
        done = subprocess.run(
            [sys.executable, "-m", "documents", file], cwd=ROOT, capture_output=True, check=False
        )
        assert json.loads(done.stdout)["error"] == "plan_too_heavy"

    def test_a_form_that_is_drawn_within_itself(self) -> None:
        assert _refused(_pdf(b"/A Do", resources=b"/XObject << /A 4 0 R >>")) in {
            "plan_damaged",
            "plan_scanned",
        }

    def test_more_lines_than_a_table_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_rows, "MOST_EDGES", 100)
        assert _refused(_pdf(b"0 0 m 9 0 l S " * 101)) == "plan_too_heavy"


def _pdf(drawn: bytes, resources: bytes = b"", times: int = 1) -> bytes:
    """A page on which something is drawn, which is also the form that it may draw."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(drawn) for _ in range(times)) + packer.flush()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R /Resources << %b >> >>"
        % resources,
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << %b >> /Filter /FlateDecode "
        b"/Length %d >>\nstream\n%b\nendstream" % (resources, len(packed), packed),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % it for it in enumerate(parts, start=1))
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + bytes(range(256)) * 9])
def test_what_only_begins_like_one(content: bytes) -> None:
    assert _refused(content) in {"plan_damaged", "plan_scanned"}


def _ruled(content: bytes) -> bytes:
    """The same document with lines around the cells of its tables."""
    document = docx.Document(io.BytesIO(content))
    for table in document.tables:
        table.style = "Table Grid"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
