"""Rows out of documents, and documents that are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import formats
from documents.archive import MOST_MEMBERS
from documents.formats import read_blocks
from documents.plan_reader import read_plan
from documents.table import Paragraph, Table
from domain.errors import DomainError
from domain.plan_draft import PlanDraft
from tests.documents.paper import docx_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CODES = {
    "plan_archive",
    "plan_damaged",
    "plan_empty",
    "plan_format_later",
    "plan_no_table",
    "plan_not_a_document",
    "plan_photo",
    "plan_too_large",
    "plan_unpacks_too_large",
}


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _word(body: str, opening: str = "") -> bytes:
    xml = f'{opening}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return _zip({"word/document.xml": xml.encode()})


def _refused(content: bytes, name: str = "plan.docx") -> DomainError:
    with pytest.raises(DomainError) as refused:
        read_plan(content, name)
    return refused.value


def _only_table(content: bytes, name: str = "plan.docx") -> Table:
    (found,) = [block for block in read_blocks(content, name) if isinstance(block, Table)]
    return found


class TestRows:
    """What the rows look like."""

    def test_blocks_keep_their_order(self) -> None:
        blocks = read_blocks(docx_of("Раз", [["а", "б"]], "Два", [["в", "г"]]), "plan.docx")
        assert [block.text if isinstance(block, Paragraph) else block.width for block in blocks] == [
            "Раз",
            2,
            "Два",
            2,
        ]

    def test_merged_cells(self) -> None:
        found = _only_table(docx_of([["а", "б", "в"], ["г", None, "д"], ["все"]]))
        merged = found.rows[1].cells[1]
        assert (merged.text, merged.carried, merged.column) == ("б", True, 1)
        assert [(cell.text, cell.span) for cell in found.rows[2].filled] == [("все", 3)]
        assert found.rows[2].at(2) is found.rows[2].cells[0]

    def test_text_of_a_cell(self) -> None:
        body = (
            "<w:tbl><w:tr><w:tc><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>раз</w:t><w:br/><w:t>два</w:t>"
            "</w:r></w:p><w:p><w:r><w:t>три</w:t><w:noBreakHyphen/><w:tab/><w:t>х</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        )
        assert _only_table(_word(body)).rows[0].cells[0].text == "раз\nдва\nтри-\tх"

    def test_rows_and_cells_inside_content_controls(self) -> None:
        body = (
            "<w:sdt><w:sdtContent><w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>а</w:t>"
            "</w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl></w:sdtContent></w:sdt>"
        )
        assert _only_table(_word(body)).rows[0].cells[0].text == "а"

    def test_a_dump_with_blank_lines_inside_cells(self) -> None:
        dump = (
            "План на 2026/2027 учебный год\n\n\n\t№\n\tМероприятие\n\tСрок\n\n\tI. Работа\n\n"
            "\t1\n\n\tСеминар\n\n\n\n\tмарт\n\n\n\t\n\tЗаседание\n\t\n\n\n\nДиректор\n"
        ).encode()
        found = _only_table(dump, "plan.txt")
        assert [[cell.text.strip() for cell in row.cells] for row in found.rows] == [
            ["№", "Мероприятие", "Срок"],
            ["I. Работа"],
            ["1", "Семинар", "март"],
            ["", "Заседание", ""],
        ]

    def test_text_with_a_row_in_a_line(self) -> None:
        text = "План на 2026/27 уч. год\n№\tМероприятие\tСрок\n1\tСеминар\tмарт\n"
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1251"):
            draft = read_plan(text.encode(encoding), "plan.txt")
            assert [activity.title for activity in draft.activities] == ["Семинар"]


class TestRefusals:
    """One clear reason for each."""

    def test_empty(self) -> None:
        assert _refused(b"").code == "plan_empty"
        assert _refused(b" \n\0", "plan.txt").code == "plan_empty"

    def test_too_large(self) -> None:
        refused = _refused(b"x" * (formats.MOST_BYTES + 1), "plan.txt")
        assert refused.code == "plan_too_large"
        assert refused.facts["most"] == 10

    @pytest.mark.parametrize(
        ("content", "name", "kind"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "plan.doc", "doc"),
            (b"{\\rtf1 }", "plan.doc", "rtf"),
            (_zip({"mimetype": b"odt", "content.xml": b"<a/>"}), "plan.odt", "odt"),
            (b"<html></html>", "plan.doc", "doc"),
        ],
    )
    def test_what_only_libreoffice_reads(self, content: bytes, name: str, kind: str) -> None:
        refused = _refused(content, name)
        assert (refused.code, refused.facts) == ("plan_format_later", {"format": kind})

    @pytest.mark.parametrize(
        "content",
        [
            b"not a zip at all",
            docx_of([["№", "Мероприятие", "Срок"]])[:900],
            b"PK\x03\x04" + b"\xff" * 200,
            _zip({"word/document.xml": b"<w:document"}),
            _zip({"word/document.xml": b""}),
            _zip({"xl/workbook.xml": b"<a/>"}),
            _word("", opening='<!DOCTYPE a [<!ENTITY a "b">]>'),
            _word("", opening='<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        ],
    )
    def test_damaged(self, content: bytes) -> None:
        assert _refused(content).code == "plan_damaged"

    def test_a_zip_of_a_version_to_come(self) -> None:
        good = docx_of([["№", "Мероприятие", "Срок"]])
        begins = good.index(b"PK\x01\x02") + 6
        assert _refused(good[:begins] + b"\xff" + good[begins + 1 :]).code == "plan_damaged"

    def test_an_entity_bomb(self) -> None:
        lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
        bomb = _word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f'<!DOCTYPE b [<!ENTITY a0 "ха">{lines}]>')
        assert _refused(bomb).code == "plan_damaged"

    def test_no_document(self) -> None:
        assert _refused(_zip({"[Content_Types].xml": b"<a/>"})).code == "plan_not_a_document"
        assert _refused(b"OggS" + bytes(range(32)) * 20, "voice.ogg").code == "plan_not_a_document"
        assert _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.ppt").code == "plan_not_a_document"

    @pytest.mark.parametrize(
        "opening",
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF....WEBPVP8 ", b"\0\0\0\x18ftypheic"],
    )
    def test_a_picture(self, opening: bytes) -> None:
        assert _refused(opening + bytes(range(32)) * 20, "план.docx").code == "plan_photo"

    @pytest.mark.parametrize(
        "content", [_zip({"readme.txt": b"-"}), b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"]
    )
    def test_an_archive(self, content: bytes) -> None:
        assert _refused(content, "план.zip").code == "plan_archive"

    def test_no_plan_in_it(self) -> None:
        assert _refused("Просто письмо.".encode(), "plan.txt").code == "plan_no_table"
        assert _refused(_word("")).code == "plan_no_table"
        assert _refused(_word("<w:tbl/>")).code == "plan_no_table"
        assert _refused(docx_of([["", ""], ["", ""]])).code == "plan_no_table"

    def test_what_unpacks_too_large(self) -> None:
        assert _refused(_zip({"word/document.xml": b" " * 40_000_000})).code == "plan_unpacks_too_large"
        many = _zip({f"{n}": b"" for n in range(MOST_MEMBERS + 1)})
        assert _refused(many).code == "plan_unpacks_too_large"

    def test_a_header_that_lies_about_the_size(self) -> None:
        honest = _zip({"word/document.xml": b" " * 40_000_000})
        lying = honest.replace((40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
        assert lying != honest
        assert _refused(lying).code in {"plan_damaged", "plan_unpacks_too_large"}

    def test_control_characters_do_no_harm(self) -> None:
        text = "План на 2026/27 уч. год\n№\tМероприятие\tСрок\n1\tСе\x07минар \u202eнаоборот\tмарт\n"
        draft = read_plan(text.encode(), "plan.txt")
        assert draft.activities[0].title == "Семинар наоборот"


@given(
    st.binary(max_size=300) | st.binary(max_size=200).map(lambda it: b"PK\x03\x04" + it),
    st.sampled_from(["docx", "txt", "png"]),
)
def test_any_bytes_give_a_draft_or_one_reason(content: bytes, ending: str) -> None:
    try:
        assert isinstance(read_plan(content, f"plan.{ending}"), PlanDraft)
    except DomainError as error:
        if error.code not in _CODES:
            raise


_GOOD = docx_of("План на 2026/27 учебный год", [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март"]])


@given(st.data())
def test_any_damage_gives_a_draft_or_one_reason(data: st.DataObject) -> None:
    content = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(read_plan(bytes(content), "plan.docx"), PlanDraft)
    except DomainError as error:
        if error.code not in _CODES:
            raise


_TEXTS = st.sampled_from(
    [
        "",
        "-",
        "№",
        "Мероприятие",
        "Срок",
        "I. Работа",
        "1",
        "1.1",
        "март",
        "«Г»",
        "Семинар",
        "15.11",
        "\t",
        "x\ny",
    ]
)


@given(st.lists(st.lists(_TEXTS, min_size=1, max_size=4), max_size=8), st.sampled_from(["\n\t", "\t"]))
def test_any_text_gives_a_draft_or_one_reason(rows: list[list[str]], separator: str) -> None:
    text = "\n\n".join("\t" + separator.join(row) for row in rows)
    try:
        draft = read_plan(text.encode(), "plan.txt")
    except DomainError as error:
        if error.code not in _CODES:
            raise
    else:
        assert len(draft.activities) <= sum(len(row) for row in rows)
