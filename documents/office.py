"""A document as a Russian office expects it: Times New Roman 14 on A4, a table whose rows do not break.

The margins are those of ГОСТ Р 7.0.97-2016: left at least 20 mm, here 30 for the binder, right 10, above and
below 20.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Literal

from documents.printable import typeset

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

Side = Literal["left", "centre", "right", "both"]

LETTERS = "Times New Roman"
_SIZE, _TABLE_SIZE = 14, 12  # points
_INDENT = 1.25  # centimetres, of a paragraph's first line
_HEIGHT, _WIDTH = 29.7, 21.0
_LEFT, _RIGHT, _ABOVE, _BELOW = 3.0, 1.0, 2.0, 2.0
_ABOVE_SIGNATURE = 12  # points
_PADDING = 0.38  # centimetres, of a cell on both sides together
_LONGEST = 5_000
_PLACE = "…"  # where the text of a cell comes to stand


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
        self._indented(text, "both", bold, above)

    def entry(self, text: str, *, above: float = 0) -> None:
        """A point of a list, «Место: …»: its first line indented, the right edge as it comes. Names and
        places are few long words; made even, their lines have wide gaps."""
        self._indented(text, "left", False, above)

    def ends(self, left: str, right: str, *, above: float = 0) -> None:
        """A line with something at either edge: the day and the town."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        line = self._put("", "left", False, _SIZE, above)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{typeset(left, _LONGEST)}\t{typeset(right, _LONGEST)}")

    def points(self, texts: Sequence[str]) -> None:
        """Paragraphs with numbers that are written out, so that they stay what they are wherever they are
        copied to."""
        for number, text in enumerate(texts, 1):
            self.entry(f"{number}. {text}")

    def signature(self, who: str, name: str) -> None:
        """«Председатель ______________ Н. В. Орлова»; a blank where no name is known. It stands on no page
        alone: what is right above stays with it."""
        self._keep_the_last()
        self.ends(who, _to_sign(name), above=_ABOVE_SIGNATURE)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str] | str],
        widths: Sequence[float],
        height: float = 0,
        *,
        join: bool = False,
        size: float = _TABLE_SIZE,
        signed: tuple[str, str] | None = None,
    ) -> None:
        """A table with lines; its head, if it has one, stands on every page, no row breaks. A row that is one
        text goes over all columns: the heading of those below, and stays with them. `widths` are in parts of
        the whole; the rows are so many centimetres high (`height`) at least, where something is written by
        hand. `join`: first cells that say the same one below the other are one. `size`: of the letters, in
        points. `signed`: who signs below, and the name; that line is a last row without lines, since of a
        table not every office keeps the end with what follows."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Cm

        made = self._document.add_table(rows=0, cols=len(widths))
        made.style, made.autofit = "Table Grid", False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        columns = [Cm(self.width * part / sum(widths)) for part in widths]
        for column, width in zip(made.columns, columns, strict=True):
            column.width = width
        usual = _model(made, columns, size, height=height)
        over_all = _model(made, columns, size, over_all=True)
        if head:
            _append(made, _model(made, columns, size, head=True), head)
        above = None
        for texts in rows:
            if isinstance(texts, str):
                above = None
                _append(made, over_all, [texts])
                continue
            row = _append(made, usual, texts)
            if join and above is not None and texts[0] and texts[0] == above[1]:
                _join(above[0], row)
            above = (row, texts[0])
        if signed is not None:
            self._sign(made, *signed)

    def content(self) -> bytes:
        """The file."""
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()

    def _keep_the_last(self) -> None:
        for one in self._document.element.body.xpath("./*[not(self::w:sectPr)][last()][self::w:p]"):
            _as_paragraph(one, self._document).paragraph_format.keep_with_next = True

    def _sign(self, made: Any, who: str, name: str) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm, Pt

        for one in made._tbl.xpath("./w:tr[last()]//w:p"):
            _as_paragraph(one, made).paragraph_format.keep_with_next = True
        row = made.add_row()
        _switch_on(row._tr.get_or_add_trPr(), "w:cantSplit")
        cell = row.cells[0].merge(row.cells[-1])
        _without_lines(cell)
        line = cell.paragraphs[0]
        line.paragraph_format.space_before = Pt(_ABOVE_SIGNATURE)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(self.width - _PADDING), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{typeset(who, _LONGEST)}\t{typeset(_to_sign(name), _LONGEST)}")

    def _indented(self, text: str, to: Side, bold: bool, above: float) -> None:
        from docx.shared import Cm

        self._put(text, to, bold, _SIZE, above).paragraph_format.first_line_indent = Cm(_INDENT)

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
            run = put.add_run(typeset(text, _LONGEST))
            run.bold = bold
            if size != _SIZE:
                run.font.size = Pt(size)
        return put


def _to_sign(name: str) -> str:
    return f"______________ {name or '______________'}"


def _as_paragraph(element: Any, parent: Any) -> Paragraph:
    from docx.text.paragraph import Paragraph

    return Paragraph(element, parent)


def _without_lines(cell: Any) -> None:
    """No lines beside and below it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side in ("w:left", "w:bottom", "w:right"):
        line = OxmlElement(side)
        line.set(qn("w:val"), "nil")
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _switch_on(properties: object, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))  # type: ignore[attr-defined]


def _model(
    made: Any,
    widths: Sequence[Length],
    size: float,
    *,
    head: bool = False,
    over_all: bool = False,
    height: float = 0,
) -> Any:
    """A row such as others are copied from, which takes a fraction of the time that making each anew does; it
    does not stand in the table itself."""
    from docx.shared import Cm, Pt

    row = made.add_row()
    if height:
        row.height = Cm(height)
    properties = row._tr.get_or_add_trPr()  # python-docx has no word for these two
    _switch_on(properties, "w:cantSplit")
    if head:
        _switch_on(properties, "w:tblHeader")
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
    cells = [row.cells[0].merge(row.cells[-1])] if over_all else row.cells
    for cell in cells:
        if over_all:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        run = cell.paragraphs[0].add_run(_PLACE)
        run.bold, run.font.size = head or over_all, Pt(size)
    made._tbl.remove(row._tr)
    return row


def _append(made: Any, model: Any, texts: Sequence[str]) -> Any:
    from docx.oxml.ns import qn

    row = deepcopy(model._tr)
    for place, text in zip(row.iter(qn("w:t")), texts, strict=True):
        place.text = typeset(text, _LONGEST)
    made._tbl.append(row)
    return row


def _join(above: Any, row: Any) -> None:
    """The first cells of two rows become one, which says what the upper one says."""
    from docx.oxml.ns import qn

    upper, lower = above.tc_lst[0], row.tc_lst[0]
    upper.vMerge, lower.vMerge = upper.vMerge or "restart", "continue"
    next(lower.iter(qn("w:t"))).text = ""
