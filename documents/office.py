"""A document as a Russian office expects it: Times New Roman 14 on A4, a table whose rows do not break.

The margins are those of ГОСТ Р 7.0.97-2016: left at least 20 mm, here 30 for the binder, right 10, above and
below 20.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from documents.printable import plain

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

Side = Literal["left", "centre", "right", "both"]

LETTERS = "Times New Roman"
_SIZE, _TABLE_SIZE = 14, 12  # points
_INDENT = 1.25  # centimetres, of a paragraph's first line
_HEIGHT, _WIDTH = 29.7, 21.0
_LEFT, _RIGHT, _ABOVE, _BELOW = 3.0, 1.0, 2.0, 2.0
_LONGEST = 5_000


class Paper:
    """A .docx that is written from above to below. Every text that is put in is made fit for a document, and
    is nothing but text."""

    def __init__(self, *, across: bool = False) -> None:
        """`across`: A4 on its long side."""
        # Heavy, and of no use until somebody asks for a document: imported only then, here and below.
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        self._document = docx.Document()
        section = self._document.sections[0]
        if across:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(_WIDTH), Cm(_HEIGHT)
        if across:
            section.page_width, section.page_height = Cm(_HEIGHT), Cm(_WIDTH)
        section.left_margin, section.right_margin = Cm(_LEFT), Cm(_RIGHT)
        section.top_margin, section.bottom_margin = Cm(_ABOVE), Cm(_BELOW)
        self.width = (_HEIGHT if across else _WIDTH) - _LEFT - _RIGHT
        """What a table or a line can take, in centimetres."""
        usual = self._document.styles["Normal"]
        usual.font.name, usual.font.size = LETTERS, Pt(_SIZE)
        # Word takes the letters of Cyrillic from here.
        usual.element.rPr.rFonts.set(qn("w:cs"), LETTERS)
        usual.element.rPr.rFonts.set(qn("w:eastAsia"), LETTERS)
        usual.paragraph_format.space_before = usual.paragraph_format.space_after = Pt(0)

    def line(
        self,
        text: str = "",
        *,
        to: Side = "left",
        bold: bool = False,
        size: float = _SIZE,
        keep: bool = False,
        above: float = 0,
    ) -> None:
        """A line, a heading, an empty line. `size` and `above` (the room before it) are in points; `keep`: it
        stays with what follows."""
        self._put(text, to, bold, size, above).paragraph_format.keep_with_next = keep

    def text(self, text: str, *, bold: bool = False, above: float = 0) -> None:
        """A paragraph: its first line indented, both edges even."""
        from docx.shared import Cm

        self._put(text, "both", bold, _SIZE, above).paragraph_format.first_line_indent = Cm(_INDENT)

    def points(self, texts: Sequence[str]) -> None:
        """Paragraphs with numbers that are written out, so that they stay what they are wherever they are
        copied to."""
        for number, text in enumerate(texts, 1):
            self.text(f"{number}. {text}")

    def signature(self, who: str, name: str) -> None:
        """«Председатель ______________ Н. В. Орлова»; a blank where no name is known."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        line = self._put("", "left", False, _SIZE, 12)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{plain(who, _LONGEST)}\t______________ {plain(name, _LONGEST) or '______________'}")

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], height: float = 0
    ) -> None:
        """A table with lines; its head stands on every page, no row breaks. `widths` are in parts of the
        whole; the rows are so many centimetres high (`height`) at least, where something is written by
        hand."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Cm

        made = self._document.add_table(rows=0, cols=len(head))
        made.style, made.autofit = "Table Grid", False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        columns = [Cm(self.width * part / sum(widths)) for part in widths]
        for column, width in zip(made.columns, columns, strict=True):
            column.width = width
        for number, texts in enumerate((head, *rows)):
            row = made.add_row()
            properties = row._tr.get_or_add_trPr()  # python-docx has no word for these two
            _switch_on(properties, "w:cantSplit")
            if number == 0:
                _switch_on(properties, "w:tblHeader")
            elif height:
                row.height = Cm(height)
            for cell, text, width in zip(row.cells, texts, columns, strict=True):
                cell.width = width
                _fill(cell, text, bold=number == 0)

    def content(self) -> bytes:
        """The file."""
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()

    def _put(self, text: str, to: Side, bold: bool, size: float, above: float) -> Paragraph:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        sides = {
            "left": WD_ALIGN_PARAGRAPH.LEFT,
            "centre": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
            "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
        }
        put = self._document.add_paragraph()
        put.alignment = sides[to]
        put.paragraph_format.space_before = Pt(above)
        if text:
            run = put.add_run(plain(text, _LONGEST))
            run.bold = bold
            if size != _SIZE:
                run.font.size = Pt(size)
        return put


def _switch_on(properties: object, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))  # type: ignore[attr-defined]


def _fill(cell: _Cell, text: str, *, bold: bool) -> None:
    from docx.shared import Pt

    run = cell.paragraphs[0].add_run(plain(text, _LONGEST))
    run.bold, run.font.size = bold, Pt(_TABLE_SIZE)
