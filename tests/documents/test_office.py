"""The office's document: letters, margins, tables."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.shared import Pt

from documents.office import Paper


def a_paper() -> Document:
    paper = Paper()
    paper.line("ПРОТОКОЛ № 1", to="centre", bold=True)
    paper.text("Присутствовали: 26 человек.")
    paper.points(["Утвердить план.", "=СУММ(A1)"])
    paper.table(["№", "Ф.И.О."], [["1", "Белова Анна\x07 Павловна"], ["2", "Орлова Н. В."]], [1, 9])
    paper.signature("Председатель", "Н. В. Орлова")
    paper.signature("Секретарь", "")
    return docx.Document(io.BytesIO(paper.content()))


def test_letters_and_margins() -> None:
    document = a_paper()
    usual, section = document.styles["Normal"], document.sections[0]
    assert (usual.font.name, usual.font.size) == ("Times New Roman", Pt(14))
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(size.cm, 2) for size in sizes if size] == [21, 29.7, 3, 1]


def test_what_is_written() -> None:
    document = a_paper()
    assert [one.text for one in document.paragraphs] == [
        "ПРОТОКОЛ №\u00a01",  # a number stays with its sign
        "Присутствовали: 26 человек.",
        "1. Утвердить план.",
        "2. =СУММ(A1)",
        "Председатель\t______________ Н.\u00a0В.\u00a0Орлова",  # so do initials
        "Секретарь\t______________ ______________",
    ]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["№", "Ф.И.О."],
        ["1", "Белова Анна Павловна"],
        ["2", "Орлова Н.\u00a0В."],
    ]


def test_no_row_breaks_and_the_head_is_on_every_page() -> None:
    [table] = a_paper().tables
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert ["w:tblHeader" in row._tr.xml for row in table.rows] == [True, False, False]


def test_across() -> None:
    document = docx.Document(io.BytesIO(Paper(across=True).content()))
    assert document.sections[0].page_width > document.sections[0].page_height
