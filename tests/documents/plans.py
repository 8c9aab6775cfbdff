"""Plans in many shapes, and what of them is to be the same in every format."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from domain.plan_draft import PlanDraft, as_json

REAL_PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
HEADINGS = ("№", "Мероприятия", "Сроки проведения", "Место проведения", "Ответственные")
_FIELDS = (
    "number",
    "section",
    "subsection",
    "heading",
    "title",
    "when_text",
    "periods",
    "venue",
    "responsible",
)


_THEME = (
    "«Организационно-методическое сопровождение профессионального самоопределения обучающихся: школьная "
    "библиотека помогает учиться»"
)


def facts(draft: PlanDraft) -> list[dict[str, Any]]:
    """What a plan says of each activity."""
    return [{name: activity[name] for name in _FIELDS} for activity in as_json(draft)["activities"]]


def wide_plan(
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    *,
    across: bool = False,
    size: float = 11,
    repeat_heading: bool = True,
    whole_rows: bool = False,
) -> bytes:
    """A plan whose columns are so many centimetres wide, as .docx; a row of one text is merged over all."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = "Times New Roman", Pt(size)
    usual.paragraph_format.space_after = Pt(0)
    document.add_paragraph("План работы РМО на 2026/2027 учебный год")
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for at, row in enumerate([HEADINGS, *rows]):
        cells = table.add_row().cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Cm(width)
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
        else:
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        properties = table.rows[-1]._tr.get_or_add_trPr()
        if at == 0 and repeat_heading:
            properties.append(OxmlElement("w:tblHeader"))
        if whole_rows:
            properties.append(OxmlElement("w:cantSplit"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def many_rows(count: int) -> list[tuple[str, ...]]:
    """Rows as plans have them: long words, dates in lists, places with numbers, sections between them."""
    rows: list[tuple[str, ...]] = []
    months = "сентябрь октябрь ноябрь декабрь январь февраль март апрель май".split()
    for at in range(count):
        year = 2026 if at % len(months) < 4 else 2027
        if at % 6 == 0:
            rows.append((f"{'I' * (at // 6 % 3 + 1)}. Информационно-методическая деятельность педагогов",))
        rows.append(
            (
                f"{at // 6 % 3 + 1}.{at % 6 + 1}",
                f"Семинар № {at + 1} {_THEME}",
                f"{months[at % len(months)].capitalize()} {year} г.",
                "МБОУ «Средняя общеобразовательная школа № 412»",
                "Орлова Н.В., руководитель РМО, педагог-библиотекарь лицея № 12",
            )
        )
    return rows
