"""Tables as .xlsx."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from lxml import etree

from documents.spreadsheet import Cell, write_spreadsheet
from documents.year_table import write_year_table
from tests.documents.office import Office, needs_calc
from tests.documents.test_year import a_year

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEAD = ["№", "Имя"]


def parts(written: bytes) -> dict[str, etree._Element]:
    """The parts of the package; each must be XML."""
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert package.testzip() is None
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def cells(*rows: list[Cell]) -> list[etree._Element]:
    """The cells of a table's rows, after its title and its head."""
    sheet = parts(write_spreadsheet("Лист", ["Название"], HEAD, rows))["xl/worksheets/sheet1.xml"]
    return list(sheet.iter(f"{MAIN}c"))[1 + len(HEAD) :]


def said(cell: etree._Element) -> str:
    """What stands in a cell."""
    return "".join(cell.itertext())


def test_rows_stand_under_title_and_head():
    """The table begins on the third row, a blank one before it."""
    sheet = parts(write_spreadsheet("Лист", ["Название"], HEAD, [[1, "Ким"], [2, "Белова"]]))
    rows = {
        row.get("r"): [said(cell) for cell in row]
        for row in sheet["xl/worksheets/sheet1.xml"].iter(f"{MAIN}row")
        if len(row)
    }
    assert rows == {"1": ["Название"], "3": HEAD, "4": ["1", "Ким"], "5": ["2", "Белова"]}


def test_numbers_are_numbers_and_texts_are_texts():
    """«12» of a person stays a text."""
    number, text = cells([12, "12"])
    assert (number.get("t", "n"), text.get("t")) == ("n", "inlineStr")


@pytest.mark.parametrize("text", ["=1+1", "+7 913", "-ой", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_nothing_becomes_a_formula(text: str):
    """Neither at once nor when the cell is edited: Excel is told that a quote stands before it."""
    written = write_spreadsheet("Лист", [text], HEAD, [[1, text]])
    sheet, styles = (parts(written)[f"xl/{name}.xml"] for name in ("worksheets/sheet1", "styles"))
    assert not list(sheet.iter(f"{MAIN}f"))
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    title, *_, last = sheet.iter(f"{MAIN}c")
    for cell in (title, last):
        assert (cell.get("t"), said(cell)) == ("inlineStr", text)
        assert formats[int(cell.get("s", "0"))].get("quotePrefix") == "1"


def test_what_xml_cannot_hold_is_left_out():
    """And mark-up is words."""
    _, text = cells([1, "<b>\x00&\ud800\x0b «Ёлка»"])
    assert said(text) == "<b>& «Ёлка»"


def test_a_name_of_a_sheet_and_a_text_are_as_long_as_excel_takes_them():
    """Longer ones are cut."""
    book = parts(write_spreadsheet("Щ" * 40, [], HEAD, []))["xl/workbook.xml"]
    [sheet] = book.iter(f"{MAIN}sheet")
    assert len(sheet.get("name", "")) == 31
    _, text = cells([1, "ы" * 40_000])
    assert len(said(text)) == 32_767


def test_every_style_is_there():
    """A number of a style that is missing makes the file a broken one."""
    written = write_spreadsheet("Лист", ["=Название"], HEAD, [[1, "=1"], [2, ""]])
    sheet, styles = (parts(written)[f"xl/{name}.xml"] for name in ("worksheets/sheet1", "styles"))
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    used = {int(number) for number in re.findall(r' s="(\d+)"', etree.tostring(sheet).decode())}
    assert used <= set(range(len(formats)))
    assert int(formats.get("count", "0")) == len(formats)


def test_a_long_text_is_seen_whole():
    """The row is as high as its lines need."""
    written = write_spreadsheet("Лист", [], HEAD, [[1, "Лицей № 12"], [2, "Лицей № 12, " * 12]])
    _, _, short, long = parts(written)["xl/worksheets/sheet1.xml"].iter(f"{MAIN}row")
    assert float(long.get("ht", "0")) >= 3 * float(short.get("ht", "0")) > 0


@needs_calc
def test_calc_opens_it(office: Office):
    """Which had no part in writing it: numbers are numbers, and nothing is reckoned."""
    rows: list[list[Cell]] = [[1, "=1+1"], [2, "Белова; «А, Б»"], [3, "+7 913"]]
    written = write_spreadsheet("Лист", ["Название"], HEAD, rows)
    as_shown = "csv:Text - txt - csv (StarCalc):9,34,76"  # tabs, quotes, UTF-8
    made = csv.reader(io.StringIO(office.convert(written, "xlsx", as_shown).decode()), delimiter="\t")
    assert [line for line in made if any(line)] == [
        ["Название", ""],
        HEAD,
        *([str(number), text] for number, text in rows),
    ]


@needs_calc
def test_calc_opens_the_table_of_the_year(office: Office):
    assert office.convert(write_year_table(a_year()), "xlsx", "pdf").startswith(b"%PDF")
