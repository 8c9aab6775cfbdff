"""A table as .xlsx (ECMA-376), written by hand: one sheet of words and numbers needs no library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from documents.printable import plain

Cell = str | int

# Excel takes no longer text in a cell, and no longer name of a sheet.
_LONGEST = 32_767
_LONGEST_NAME = 31
# Columns are as wide as their longest text, in letters, within these.
_NARROWEST, _WIDEST = 5, 60
# Indices into cellXfs below. `quotePrefix` keeps «=…» a text even when somebody edits the cell.
_TITLE, _HEAD, _NUMBER, _TEXT = 1, 2, 3, 4

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# A4 across, as wide as the paper and as many pages long as it takes.
_ON_PAPER = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    "</Types>"
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="3"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="14"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>'
    '<bottom style="thin"/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf/><xf fontId="1" quotePrefix="1" applyFont="1"/>'
    '<xf fontId="2" borderId="1" applyFont="1" applyBorder="1"/>'
    '<xf borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf borderId="1" quotePrefix="1" applyBorder="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def write_spreadsheet(
    name: str, titles: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> bytes:
    """One sheet called `name`: the titles, each on a row of its own, then the table under its head.

    Numbers stay numbers. Texts are texts whatever they begin with: nothing in them is ever reckoned.
    """
    lines = [
        *(_row(number, [title], _TITLE) for number, title in enumerate(titles, 1)),
        _row(len(titles) + 2, head, _HEAD),
        *(_row(number, row, _TEXT) for number, row in enumerate(rows, len(titles) + 3)),
    ]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{_width(cells)}" customWidth="1"/>'
        for at, cells in enumerate(zip(head, *rows, strict=True), 1)
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            f'<sheet name={quoteattr(plain(name, _LONGEST_NAME))} sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f"<cols>{columns}</cols><sheetData>{''.join(lines)}</sheetData>{_ON_PAPER}</worksheet>"
        ),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in parts.items():
            package.writestr(path, _DECLARATION + content)
    return written.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _row(number: int, cells: Sequence[Cell], style: int) -> str:
    return f'<row r="{number}">' + "".join(_cell(cell, style) for cell in cells) + "</row>"


def _cell(value: Cell, style: int) -> str:
    if isinstance(value, int):
        return f'<c s="{_NUMBER}"><v>{value}</v></c>'
    return f'<c s="{style}" t="inlineStr"><is><t>{escape(plain(value, _LONGEST))}</t></is></c>'


def _width(cells: Sequence[Cell]) -> int:
    return min(max(_NARROWEST, *(len(str(cell)) + 2 for cell in cells)), _WIDEST)
