"""Files put together by hand: no library writes what these are to hold."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TITLE = "План работы на 2026/27 учебный год"
HEADINGS = ("№", "Мероприятие", "Срок", "Место", "Ответственный")


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """A file as somebody sends it."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"{self.name}, {len(self.content):,} bytes: {self.content[:200]!r}"


def zipped(
    members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip archive, packed in this way of zipfile's; a name may come twice."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the same name again
        for name, content in members.items() if isinstance(members, Mapping) else members:
            # A date of its own: the same members are the same bytes at any time.
            member = zipfile.ZipInfo(name, (2026, 8, 25, 12, 0, 0))
            archive.writestr(member, content, how)
    return packed.getvalue()


def word_xml(body: str, opening: str = "") -> str:
    """The main part of a .docx."""
    spaces = f'xmlns:w="{_WORD}" xmlns:mc="{_MARKUP}"'
    return f"{opening}<w:document {spaces}><w:body>{body}</w:body></w:document>"


def word(body: str, opening: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A .docx of this body; `more` are other members."""
    return zipped({"word/document.xml": word_xml(body, opening).encode()} | dict(more or {}))


def paragraph(text: str) -> str:
    """A paragraph of a .docx."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word_cell(text: str, properties: str = "") -> str:
    """A cell of a .docx."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def word_table(rows: Iterable[Sequence[str]]) -> str:
    """A table of a .docx."""
    made = (f"<w:tr>{''.join(word_cell(text) for text in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{''.join(made)}</w:tbl>"


def workbook_members(rows: str, after: str = "", opening: str = "") -> dict[str, bytes]:
    """The members of an .xlsx: `rows` fill its only sheet, `after` stands behind them."""
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/worksheets/sheet1.xml": "worksheet"}
    types = "".join(
        f'<Override PartName="{name}" ContentType="{_XLSX}.{kind}+xml"/>' for name, kind in parts.items()
    )
    sheets = '<sheets><sheet name="План" sheetId="1" r:id="r1"/></sheets>'
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": relations.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relations.format("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f'{opening}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'
        ),
    }
    return {name: text.encode() for name, text in texts.items()}


def workbook(rows: str, after: str = "", opening: str = "") -> bytes:
    """An .xlsx of these rows."""
    return zipped(workbook_members(rows, after, opening))


def sheet_rows(rows: Iterable[Sequence[str]]) -> str:
    """Rows of an .xlsx, every cell a text."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    return "".join(f"<row>{''.join(cell.format(escape(text)) for text in row)}</row>" for row in rows)


def pdf(lines: Iterable[str]) -> bytes:
    """A PDF of one page with a text layer, of Latin letters alone."""
    shown = " ".join(f"({line.encode('ascii', 'ignore').decode()}) Tj T*" for line in lines)
    drawn = f"BT /F1 12 Tf 14 TL 72 770 Td {shown} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Font << /F1 5 0 R >> >>",
    )
    made, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")
