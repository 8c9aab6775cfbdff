"""The worst that was thought of: documents made to last, to grow, or to look around. Each is read in a
process of its own, within the limits that hold for everybody's."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Mapping

from documents.formats import MOST_BYTES
from tests.fuzz.packages import (
    HEADINGS,
    TITLE,
    Sent,
    paragraph,
    sheet_rows,
    word,
    word_cell,
    word_table,
    word_xml,
    workbook,
    workbook_members,
    zipped,
)

_ROW = ("1", "Семинар «Книга и экран»", "18 ноября 2026 г. в 14.00", "Гимназия № 21", "Белова М. И.")
_MOST_TEXT = MOST_BYTES - 1024


def _docx(body: str, opening: str = "") -> Sent:
    """Not packed where it may be sent so: what shrinks too much is refused before it is read."""
    xml = word_xml(body, opening).encode()
    how = zipfile.ZIP_STORED if len(xml) < _MOST_TEXT else zipfile.ZIP_DEFLATED
    return Sent("plan.docx", zipped({"word/document.xml": xml}, how))


def _txt(*parts: str, many: int | None = None) -> Sent:
    """The parts one after the other, again and again: as much as may be sent, or so many times."""
    once = "".join(parts).encode()
    return Sent("plan.txt", once * (many or _MOST_TEXT // len(once)))


def _laughs() -> Sent:
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return _docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f'<!DOCTYPE b [<!ENTITY a0 "ха">{lines}]>')


def _laughing_sheet(before: str) -> Sent:
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    opening = f'{before}<!DOCTYPE b [<!ENTITY a0 "ха">{lines}]>'
    return Sent("plan.xlsx", workbook('<row><c t="inlineStr"><is><t>&a9;</t></is></c></row>', "", opening))


def _lying() -> Sent:
    """Unpacks to a thousand times of what it says."""
    size = 100 * 1024 * 1024
    honest = zipped({"word/document.xml": b" " * size})
    return Sent("plan.docx", honest.replace(size.to_bytes(4, "little"), (100_000).to_bytes(4, "little")))


def _nested(depth: int) -> Sent:
    """Tables within tables; XML that goes deeper is refused by its parser."""
    opened = "<w:tbl><w:tr><w:tc>" * depth + paragraph("а" * 10_000)
    return _docx(opened + "</w:tc></w:tr></w:tbl>" * depth)


def _spans() -> Sent:
    wide = word_cell("Мероприятие", '<w:gridSpan w:val="99999999"/>')
    return _docx(f"<w:tbl>{f'<w:tr>{wide * 40}</w:tr>' * 40}{word_table([_ROW])[7:]}")


def _headings(many: int) -> Sent:
    """A table of a thousand columns, each of them a title."""
    return _docx(word_table([HEADINGS * many, *[_ROW * many] * 5]))


def _changing(many: int) -> Sent:
    """Dates that are all different, so that nothing learnt from one helps with the next."""
    chance = random.Random(6)
    dates = (
        f"{chance.randint(1, 31)}.{chance.randint(1, 12)}.{chance.randint(2000, 2040)}" for _ in range(many)
    )
    return _docx(word_table([HEADINGS, *(("1", "Семинар", one, "", "") for one in dates)]))


def _people(many: int) -> Sent:
    rows = [
        ("№", "Ф.И.О.", "Школа"),
        *((str(n), "Иванова Мария Петровна", f"СОШ № {n}") for n in range(many)),
    ]
    return _docx(word_table(rows))


def _merged(*areas: str, cells: str = "") -> Sent:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return Sent(
        "plan.xlsx", workbook(sheet_rows([HEADINGS, _ROW]) + cells, f"<mergeCells>{merges}</mergeCells>")
    )


def _empty_cells(rows: int, columns: int) -> Sent:
    return Sent("plan.xlsx", workbook(sheet_rows([HEADINGS, _ROW]) + f"<row>{'<c/>' * columns}</row>" * rows))


def _strings(many: int) -> Sent:
    strings = f"<sst>{'<si><t>а</t></si>' * many}</sst>"
    members = workbook_members(sheet_rows([HEADINGS, _ROW]))
    return Sent("plan.xlsx", zipped(members | {"xl/sharedStrings.xml": strings.encode()}))


def _macros() -> Sent:
    body = paragraph(TITLE) + word_table([HEADINGS, _ROW])
    return Sent("plan.docm", word(body, more={"word/vbaProject.bin": b"\xcc\x61" * 500}))


WORST: Mapping[str, Callable[[], Sent]] = {
    "a table of 2,000 rows": lambda: _docx(word_table([HEADINGS, *[_ROW] * 2_000])),
    "a table of 10,000 rows": lambda: _docx(word_table([HEADINGS, *[_ROW] * 10_000])),
    "3,000 different dates": lambda: _changing(3_000),
    "20,000 people": lambda: _people(20_000),
    "tables 60 deep": lambda: _nested(60),
    "tables 5,000 deep": lambda: _nested(5_000),
    "spans without end": _spans,
    "1,000 columns": lambda: _headings(200),
    "a cell of a million signs": lambda: _docx(word_table([HEADINGS, ("1", "ы " * 500_000, "март", "", "")])),
    "a date of a million signs": lambda: _docx(
        word_table([HEADINGS, ("1", "Семинар", "5 мая, " * 150_000, "", "")])
    ),
    "dots for a date": lambda: _docx(word_table([HEADINGS, ("1", "Семинар", "1." * 200_000, "", "")])),
    "a paragraph of spaces": lambda: _docx(paragraph(f"а{' ' * 2_000_000}б")),
    "an attribute of 9 MB": lambda: _docx(f'<w:p w:x="{"а" * 4_500_000}"/>'),
    "a million paragraphs": lambda: _docx("<w:p/>" * 1_000_000),
    "a bomb of entities": _laughs,
    "a bomb in a sheet": lambda: _laughing_sheet(""),
    "a bomb behind a remark": lambda: _laughing_sheet(f"<!--{'x' * 5_000}-->"),
    "a size that is a lie": _lying,
    "a gigabyte of nothing": lambda: Sent("plan.docx", zipped({"word/document.xml": bytes(2**30)})),
    "2,500 members": lambda: Sent("plan.docx", zipped({f"{n}": b"" for n in range(2_500)})),
    "macros": _macros,
    "text in one line": lambda: _txt("Семинар в ноябре, "),
    "one word": lambda: _txt("ы"),
    "spaces between two letters": lambda: Sent("plan.txt", b"a" + b" " * _MOST_TEXT + b"b"),
    "dashes in one line": lambda: _txt("а – "),
    "figures": lambda: _txt("1."),
    "tabs": lambda: _txt("\t"),
    "a cell in a line, and no end": lambda: _txt("\tа\n"),
    "a cell in a line, with gaps": lambda: _txt("\tа\n\n"),
    "lines of a list": lambda: _txt("1. 5 мая. Семинар\n"),
    "meetings": lambda: _txt("Заседание № 1. Сентябрь\nТема: «Чтение»\n"),
    "quotation marks": lambda: _txt("«"),
    "a theme in one line": lambda: _txt("заседание тема "),
    "empty lines": lambda: Sent("plan.txt", b"a" + b"\n" * _MOST_TEXT),
    "zeros with the name of a text": lambda: Sent("plan.txt", b"a" + bytes(_MOST_TEXT)),
    "everything merged": lambda: _merged("A1:XFD1048576"),
    "merges over each other": lambda: _merged(*[f"A{n}:AZ{n + 400}" for n in range(1, 400)]),
    "a cell at the end of the sheet": lambda: _merged(
        "A1:A2", cells='<row><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a million empty cells": lambda: _empty_cells(10_000, 100),
    "a million shared strings": lambda: _strings(1_000_000),
    "20,000 rows of a sheet": lambda: Sent("plan.xlsx", workbook(sheet_rows([HEADINGS, *[_ROW] * 19_999]))),
    "half a document": lambda: Sent("plan.docx", word(word_table([HEADINGS, *[_ROW] * 500]))[:-200]),
    "XML of 31 MB": lambda: Sent(
        "plan.docx", zipped({"word/document.xml": word_xml("<w:p><w:r/></w:p>" * 1_800_000).encode()})
    ),
}
