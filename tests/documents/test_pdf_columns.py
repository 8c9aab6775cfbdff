"""Tables in a PDF that are not wholly ruled: read where they are clear, refused where they are not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import docx
import pytest

from documents.formats import read_blocks
from documents.plan_reader import read_plan
from documents.table import Paragraph, Table
from domain.errors import DomainError
from tests.documents.drawn import Drawn, Fill, pdf_of, written
from tests.documents.office import TAGGED_PDF, Office, needs_office
from tests.documents.plans import facts, many_rows, wide_plan

_LEFT, _RIGHT, _TOP, _FOOT = 50.0, 540.0, 60.0, 780.0
_HIGH = 14.0  # of a line
_SIZE = 10.0
_Parted = Literal["", "lines", "lines of sections", "shades", "pieces", "shaded heading"]
_PLACES = {3: (50, 330, 430), 4: (50, 80, 330, 430)}

_NUMBERED = [
    ("№", "Мероприятие", "Сроки", "Ответственные"),
    ("1", "Семинар «Книга и экран: как\nчитают подростки»", "Октябрь", "Орлова Н. В."),
    ("2", "Заседание РМО", "Март,\nапрель", "Белова М. И."),
    ("3", "Мастер-класс", "Май", "Орлова Н. В.,\nБелова М. И."),
]
_UNNUMBERED = [row[1:] for row in _NUMBERED]


def _plan(
    rows: Sequence[Sequence[str]], parted: _Parted = "", *, between: float = 0.0, centred: bool = False
) -> bytes:
    """A plan whose cells are texts of lines; a row of one text goes over all columns."""
    pages: list[list[Drawn]] = [[written(_LEFT, 40, "План РМО на 2026/2027 учебный год", _SIZE)]]
    top = _TOP
    for at, row in enumerate(rows):
        places = _PLACES[len(row)] if len(row) > 1 else (_LEFT,)
        high = _HIGH * max(text.count("\n") + 1 for text in row) + between
        if top + high > _FOOT:
            pages.append([])
            top = _TOP
        page = pages[-1]
        if (parted in {"shades", "pieces"} and at % 2) or (parted == "shaded heading" and at == 0):
            page += _shade(top, high, [*places, _RIGHT], in_pieces=parted == "pieces")
        if parted == "lines" or (parted == "lines of sections" and at % 3 == 0):
            page += [Fill(_LEFT, y, _RIGHT - _LEFT, 0.5) for y in (top, top + high)]
        for x, text in zip(places, row, strict=True):
            lines = text.split("\n")
            aside = (high - len(lines) * _HIGH) / 2 if centred else between / 2
            page += [
                written(x + 6, top + aside + 11 + _HIGH * n, it, _SIZE) for n, it in enumerate(lines) if it
            ]
        top += high
    return pdf_of(pages)


def _shade(top: float, high: float, places: Sequence[float], *, in_pieces: bool) -> list[Drawn]:
    if not in_pieces:
        return [Fill(_LEFT, top, _RIGHT - _LEFT, high, 0.9)]
    return [
        Fill(left, y, right - left, it, 0.9)
        for left, right in pairwise(places)
        for y, it in ((top, 3.0), (top + 3, high - 6), (top + high - 3, 3.0))
    ]


def _table(content: bytes) -> list[list[str]]:
    [table] = [it for it in read_blocks(content, "plan.pdf") if isinstance(it, Table)]
    return _read([[cell.text for cell in row.cells] for row in table.rows])


def _read(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows whatever their lines were."""
    return [[" ".join(text.split()) for text in row] for row in rows]


def _refused(content: bytes) -> str:
    with pytest.raises(DomainError) as refused:
        read_blocks(content, "plan.pdf")
    return refused.value.code


@needs_office
@pytest.mark.parametrize("kind", [pytest.param("pdf", id="plain"), pytest.param(TAGGED_PDF, id="tagged")])
@pytest.mark.parametrize(
    ("widths", "across"),
    [
        pytest.param((1.2, 7, 3, 3.5, 3.3), False, id="upright"),
        pytest.param((1.5, 10, 4, 5, 6), True, id="across"),
    ],
)
def test_a_plan_without_lines(office: Office, kind: str, widths: Sequence[float], across: bool) -> None:
    document = docx.Document(io.BytesIO(wide_plan(widths, many_rows(20), across=across)))
    document.tables[0].style = "Normal Table"
    written_down = io.BytesIO()
    document.save(written_down)
    content = written_down.getvalue()
    made = office.convert(content, "docx", kind)
    assert facts(read_plan(made, "plan.pdf")) == facts(read_plan(content, "plan.docx"))


@pytest.mark.parametrize("parted", ["", "lines", "shades", "pieces", "shaded heading"])
@pytest.mark.parametrize("rows", [_NUMBERED, _UNNUMBERED], ids=["numbers", "dates"])
def test_rows(rows: Sequence[Sequence[str]], parted: _Parted) -> None:
    assert _table(_plan(rows, parted)) == _read(rows)


@pytest.mark.parametrize("parted", ["lines", "shades", "pieces"])
def test_what_is_drawn_parts_rows_that_nothing_else_does(parted: _Parted) -> None:
    """Numbers in the middle of their rows, and rows without a date."""
    rows = [*_NUMBERED[:3], ("", "Сбор данных", "", "Орлова Н. В."), _NUMBERED[3]]
    assert _table(_plan(rows, parted, between=6, centred=True)) == _read(rows)


def test_a_section_goes_over_all_columns() -> None:
    section = ("I. Организационная деятельность районного методического объединения на год",)
    rows = [_NUMBERED[0], section, *_NUMBERED[1:]]
    assert _table(_plan(rows)) == _read(rows)


def test_a_heading_in_two_lines() -> None:
    rows = [("№", "Мероприятие", "Сроки\nпроведения", "Ответственные"), *_NUMBERED[1:]]
    assert _table(_plan(rows)) == _read(rows)


def test_over_pages() -> None:
    rows = [_NUMBERED[0]]
    rows += [
        (f"{at}.", f"Семинар «Книга и экран:\nчитают дети {at}»", "Март", "Орлова") for at in range(1, 60)
    ]
    assert _table(_plan(rows)) == _read(rows)


def test_what_stands_below_is_no_row() -> None:
    below = [("Руководитель районного методического объединения школьных библиотекарей района",)]
    blocks = read_blocks(_plan([*_NUMBERED, *below]), "plan.pdf")
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].text == below[0][0]


class TestUnclear:
    """Then nothing is guessed."""

    def test_numbers_in_the_middle_of_their_rows(self) -> None:
        rows = [
            _NUMBERED[0],
            ("1", "Семинар «Книга и экран:\nкак читают\nподростки»", "Май", ""),
            *_NUMBERED[2:],
        ]
        assert _refused(_plan(rows, centred=True)) == "plan_unruled"

    def test_a_row_without_a_date(self) -> None:
        rows = [*_UNNUMBERED[:3], ("Сбор данных", "", "Орлова Н. В."), _UNNUMBERED[3]]
        assert _refused(_plan(rows)) == "plan_unruled"

    def test_lines_that_part_sections_alone(self) -> None:
        """Not every row: two rows may not become one."""
        content = _plan([_UNNUMBERED[0], _UNNUMBERED[1]] + _UNNUMBERED[1:] * 2, "lines of sections")
        assert _table(content) == _read([_UNNUMBERED[0], _UNNUMBERED[1]] + _UNNUMBERED[1:] * 2)

    def test_rows_behind_a_gap(self) -> None:
        gap = ("Беседа\n\n\nдля всех", "Май", "Орлова")
        assert _refused(_plan([*_UNNUMBERED, gap, _UNNUMBERED[1]])) == "plan_unruled"

    def test_no_strip_between_columns(self) -> None:
        rows = [*_NUMBERED, ("4", "Семинар о том, как читают подростки в школах района", "Май", "")]
        assert _refused(_plan(rows)) == "plan_unruled"

    def test_labels_are_no_heading(self) -> None:
        lines = [("Тема: чтение", "Срок: март", "Место: лицей")] * 3
        assert all(isinstance(it, Paragraph) for it in read_blocks(_plan(lines), "plan.pdf"))

    def test_a_letter_is_no_table(self) -> None:
        lines = [("Уважаемые коллеги! Приглашаем вас на семинар и заседание в марте и в мае.",)] * 8
        assert all(isinstance(it, Paragraph) for it in read_blocks(_plan(lines), "plan.pdf"))
