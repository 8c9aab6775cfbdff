"""Kinds of documents, each a strategy of hypothesis: small ones, of which thousands are read in a minute.

A new format needs a valid document, built by code, in `VALID`: it is garbled like the others from then on.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.documents.drawn import Drawn, Fill, cell_of_word, pdf_of, written
from tests.fuzz.packages import (
    HEADINGS,
    TITLE,
    Sent,
    paragraph,
    pdf,
    sheet_rows,
    word,
    word_cell,
    word_table,
    word_xml,
    workbook,
    workbook_members,
    zipped,
)

_ROWS = (
    HEADINGS,
    ("1", "Заседание РМО", "Август 2026 г., март 2027 г.", "СОШ № 412", "Орлова Н. В."),
    ("2", "Семинар «Книга и экран»", "18 ноября в 14.00", "Гимназия № 21", "Белова М. И."),
    ("3", "Сбор данных", "до 15 сентября", "", ""),
)
_TEXT = "\n".join([TITLE, *("\t".join(row) for row in _ROWS)])
# A good document of each format, with the ending of its name.
VALID: Mapping[str, bytes] = {
    "docx": word(paragraph(TITLE) + word_table(_ROWS)),
    "xlsx": workbook(sheet_rows([(TITLE,), *_ROWS])),
    "txt": _TEXT.encode(),
    "pdf": pdf(["Plan 2026/27", *(" ".join(row) for row in _ROWS)]),
}
NAMES = (*(f"plan.{ending}" for ending in VALID), "plan.docm", "plan.png", "plan", "../../plan\0.DOCX")

_PLACES_OF_COLUMNS = (40.0, 60.0, 240.0, 380.0, 460.0, 560.0)


def _drawn_plan(*, ruled: bool) -> bytes:
    """The plan as a PDF in Russian, whose letters are known by a table alone."""
    drawn: list[Drawn] = [written(40, 40, TITLE, 10)]
    for row, texts in enumerate(_ROWS):
        top = 60.0 + 24 * row
        for (left, right), text in zip(itertools.pairwise(_PLACES_OF_COLUMNS), texts, strict=True):
            drawn += cell_of_word(left, top, right, top + 24) if ruled else ()
            drawn += [written(left + 4, top + 15, text, 7)] if text else []
    return pdf_of([drawn], packed=False)


IN_RUSSIAN = (_drawn_plan(ruled=True), _drawn_plan(ruled=False))

_ODD = "\u202e\u202d\u200f\u0301\ufeff\u00ad\xa0\u2028\x85\ufffe\U000e0001İß"
_CONTROL = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
_SAID = (
    *HEADINGS,
    TITLE,
    "Заседание № 1. Сентябрь",
    "Тема: «Чтение»",
    "Ф.И.О.",
    "Школа",
    "Телефон",
    "Иванова Мария Петровна",
    "I. Работа",
    "1.1",
    "2.4.",
    "-",
    "март",
    "в течение года",
    "1 раз в четверть",
    "30 февраля",
    "15.11.2026",
    "18 ноября в 14.00",
    "26.09.14г",
    "II-III нед.",
    "с октября по ноябрь",
    "«Успех»",
    "Утверждаю",
    "1. Раз\n2. Два",
    "\t",
    "\n",
    " ",
    "",
)
# What stands in cells: words of plans, dates put together anyhow, and what no plan holds.
_DATE_WORDS = (
    *"до с по в на и г. года – - , . / : ( ) № нед. ч.".split(),
    *"31 29 0 14.00 99 2026 1 ноября марта май каникулы четверть среда последняя ежемесячно".split(),
)
_dates = st.lists(st.sampled_from(_DATE_WORDS), max_size=12).map(" ".join)
_odd_text = st.text(st.sampled_from("а1 .-«»\n\t" + _ODD), max_size=30)
texts = st.one_of(st.sampled_from(_SAID), _dates, _odd_text)
_control_text = st.text(st.sampled_from("а1 \n\t" + _ODD + _CONTROL), max_size=30)
_names = st.sampled_from(NAMES)
_numbers = st.sampled_from(["", "0", "1", "2", "7", "-1", "63", "64", "999", "99999999999", "1e3", "x", "²"])


def _garbled(content: bytes, data: st.DrawFn) -> bytes:
    """Bytes changed, taken out and put in twice, and the end lost."""
    garbled = bytearray(content)
    for _ in range(data(st.integers(0, 6))):
        at, many = data(st.integers(0, len(garbled))), data(st.integers(1, 40))
        match data(st.sampled_from(["change", "drop", "double"])):
            case "change":
                garbled[at : at + 4] = data(st.binary(min_size=1, max_size=4))
            case "drop":
                del garbled[at : at + many]
            case _:
                garbled[at:at] = garbled[at : at + many]
    if data(st.booleans()):
        del garbled[data(st.integers(0, len(garbled))) :]
    return bytes(garbled)


@st.composite
def _good_ones_garbled(draw: st.DrawFn, ending: str) -> Sent:
    return Sent(draw(_names), _garbled(VALID[ending], draw))


@st.composite
def pdfs_garbled(draw: st.DrawFn, good: Sequence[bytes]) -> Sent:
    """Some of these .pdf, garbled."""
    return Sent(draw(_names), _garbled(draw(st.sampled_from(good)), draw))


_OPENINGS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-1.7\n",
    b"{\\rtf1",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"MZ",
)


@st.composite
def _any_bytes(draw: st.DrawFn) -> Sent:
    opening = draw(st.sampled_from([b"", *_OPENINGS]))
    return Sent(draw(_names), opening + draw(st.binary(max_size=400)))


_MEMBERS = (
    "word/document.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "content.xml",
    "mimetype",
    "word/vbaProject.bin",
    "/etc/passwd",
    "../../../etc/passwd",
    "C:\\plan.docx",
    "имя\u202e.xml",
    "a/" * 400,
    "",
)
_ROOTS = (
    b"",
    b"<a/>",
    b"<a",
    b"\0" * 50,
    b"mimetype",
    word_xml(word_table(_ROWS)).encode(),
    b"<?xml version='1.1'?><a/>",
)


@st.composite
def _archives(draw: st.DrawFn) -> Sent:
    """Members that do not belong together, twice the same, with lies about themselves."""
    member = st.tuples(st.sampled_from(_MEMBERS), st.sampled_from(_ROOTS) | st.binary(max_size=60))
    good = draw(st.sampled_from([workbook_members(sheet_rows(_ROWS)), {}]))
    packed = bytearray(zipped([*good.items(), *draw(st.lists(member, max_size=5))]))
    for marker, places in ((b"PK\x01\x02", 46), (b"PK\x03\x04", 30), (b"PK\x05\x06", 22)):
        if draw(st.booleans()) and (at := packed.find(marker)) >= 0:
            # Flags, the compression, sizes, how long the name is, where the member lies, what file it is.
            field = at + draw(st.integers(4, places - 2))
            packed[field : field + 2] = draw(st.sampled_from([b"\0\0", b"\1\0", b"\xff\xff", b"\x7f\xa1"]))
    return Sent(draw(_names), bytes(packed))


_CELL_PROPERTIES = (
    "",
    '<w:gridSpan w:val="{}"/>',
    "<w:vMerge/>",
    '<w:vMerge w:val="restart"/>',
    '<w:vMerge w:val="{}"/><w:gridSpan w:val="{}"/>',
)
_WRAPPED = (
    "{}",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:ins>{}</w:ins>",
    "<w:moveFrom>{}</w:moveFrom>",
)
_wrapped = st.sampled_from(
    (*_WRAPPED, "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>")
)


@st.composite
def _word_cells(draw: st.DrawFn, inner: SearchStrategy[str]) -> str:
    properties = draw(st.sampled_from(_CELL_PROPERTIES)).format(draw(_numbers), draw(_numbers))
    cell = word_cell(_for_xml(draw(texts)), properties)
    return cell.removesuffix("</w:tc>") + draw(inner) + "</w:tc>" if draw(st.booleans()) else cell


@st.composite
def _word_tables(draw: st.DrawFn, inner: SearchStrategy[str]) -> str:
    """A table whose rows are of any length, whose merges overlap, and whose cells may hold tables."""
    rows = [
        "".join(draw(_wrapped).format(cell) for cell in draw(st.lists(_word_cells(inner), max_size=5)))
        for _ in range(draw(st.integers(0, 4)))
    ]
    before = draw(st.sampled_from(["", '<w:trPr><w:gridBefore w:val="{}"/></w:trPr>'])).format(draw(_numbers))
    head = f"<w:tr>{''.join(map(word_cell, HEADINGS))}</w:tr>" if draw(st.booleans()) else ""
    return f"<w:tbl>{head}{''.join(f'<w:tr>{before}{row}</w:tr>' for row in rows)}</w:tbl>"


_paragraphs = texts.map(lambda text: paragraph(_for_xml(text)))
_word_blocks = st.recursive(
    _paragraphs,
    lambda inner: st.one_of(_word_tables(inner), st.builds(str.format, _wrapped, inner)),
    max_leaves=8,
)


def _for_xml(text: str) -> str:
    """Without what XML 1.0 cannot hold; that is tried elsewhere."""
    return "".join(sign for sign in text if sign in "\t\n" or " " <= sign < "\ufffe" or sign > "\uffff")


@st.composite
def _word_documents(draw: st.DrawFn) -> Sent:
    return Sent(draw(_names), word("".join(draw(st.lists(_word_blocks, max_size=4)))))


@st.composite
def _raw_word_texts(draw: st.DrawFn) -> Sent:
    """What stands between the tags is no XML: control characters, half of a pair, entities."""
    said = draw(
        _control_text
        | st.sampled_from(["&#xD800;", "&#0;", "&#x10FFFF;", "&none;", "<!--", "]]>", "<![CDATA["])
    )
    content = word_xml(f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>").encode("utf-8", "surrogatepass")
    return Sent("plan.docx", zipped({"word/document.xml": content}))


_DOCTYPES = (
    "<!DOCTYPE a>",
    '<!DOCTYPE a [<!ENTITY e "b">]>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    '<!DOCTYPE a [<!ENTITY e "&e;">]>',
)


@st.composite
def _document_types(draw: st.DrawFn) -> Sent:
    """A document type in any member, behind any beginning, in any encoding."""
    ending = draw(st.sampled_from(["docx", "xlsx"]))
    of_word = {"word/document.xml": word_xml(word_table(_ROWS)).encode()}
    members = of_word if ending == "docx" else workbook_members(sheet_rows(_ROWS))
    name = draw(st.sampled_from([*members, "_rels/.rels", "xl/sharedStrings.xml", "xl/styles.xml"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]))
    before = draw(st.sampled_from(["", "<?xml version='1.0'?>", "<!--{}-->".format("x" * 3000), "\n" * 3000]))
    text = members.get(name, b"<a>&e;</a>").decode()
    members[name] = f"{before}{draw(st.sampled_from(_DOCTYPES))}{text}".encode(encoding)
    return Sent(f"plan.{ending}", zipped(members))


_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1251", "cp866", "koi8-r", "utf-7")


@st.composite
def _text_files(draw: st.DrawFn) -> Sent:
    parts = st.lists(texts | _control_text, max_size=12)
    text = draw(st.sampled_from(["\n", "\t", "\n\t", "\n\n\t", "\r", " "])).join(draw(parts))
    if draw(st.booleans()):
        text = f"{_TEXT}\n{text}"
    if draw(st.integers(0, 9)) == 0:
        return Sent("plan.txt", f"{text}\ud800".encode("utf-8", "surrogatepass"))
    return Sent("plan.txt", text.encode(draw(st.sampled_from(_ENCODINGS)), "ignore"))


_PLACES = (
    "A1",
    "B2",
    "C3",
    "ZZ9",
    "XFD20000",
    "A1048576",
    "A20001",
    "A0",
    "1A",
    "",
    "ZZZZ1",
    "A-1",
    "A99999999",
)
_VALUES = (*"0 1 -1 1e308 nan inf 2958466 46000.583 1900-02-30 #REF! TRUE".split(), "", "2026-11-18T14:00:00")
_TYPES = ("n", "s", "str", "b", "e", "d", "inlineStr", "x", "")
_AREAS = ("A1:B2", "B2:C3", "A1:A1", "C3:A1", "A1:ZZ40", "A1", "", "A1:B", "1:2", "B:C")


@st.composite
def _sheet_cells(draw: st.DrawFn) -> str:
    what = draw(st.integers(0, 2))
    if what == 0:
        return f'<c t="inlineStr"><is><t>{_escaped(draw(texts))}</t></is></c>'
    place, kind, value = (draw(st.sampled_from(one)) for one in (_PLACES, _TYPES, _VALUES))
    formula = draw(
        st.sampled_from(["", "<f>A1+1</f>", '<f t="shared" si="9"/>', '<f t="array" ref="x">1</f>'])
    )
    return f'<c r="{place}" t="{kind}" s="{draw(_numbers)}">{formula}<v>{value}</v></c>'


def _escaped(text: str) -> str:
    return _for_xml(text).replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def _workbooks(draw: st.DrawFn) -> Sent:
    """Cells at places that are none, merges that overlap, values of a type that they are not of."""
    rows = [
        f'<row r="{number}">{"".join(draw(st.lists(_sheet_cells(), max_size=6)))}</row>'
        for number in draw(
            st.lists(st.sampled_from(["1", "2", "1", "0", "-1", "x", "20001", "9999999"]), max_size=5)
        )
    ]
    head = sheet_rows(_ROWS[: draw(st.integers(0, 2))])
    merges = "".join(
        f'<mergeCell ref="{area}"/>' for area in draw(st.lists(st.sampled_from(_AREAS), max_size=4))
    )
    after = draw(st.sampled_from(["", "<mergeCells>{}</mergeCells>"])).format(merges)
    members = workbook_members(head + "".join(rows), after)
    if draw(st.booleans()):
        members["xl/sharedStrings.xml"] = b"<sst><si><t>a</t></si></sst>"
    for extra in draw(
        st.lists(st.sampled_from(["xl/vbaProject.bin", "xl/styles.xml", "xl/media/1.png"]), max_size=2)
    ):
        members[extra] = b"\0junk"
    return Sent(draw(st.sampled_from(["plan.xlsx", "plan.xlsm", "plan.docx"])), zipped(members))


@st.composite
def _plans(draw: st.DrawFn) -> Sent:
    """What is nearly a plan, of any format, whose cells say anything."""
    width = draw(st.integers(1, 6))
    row = st.lists(texts.map(_for_xml), min_size=1, max_size=width)
    head = [list(itertools.islice(itertools.cycle(HEADINGS), width))] if draw(st.booleans()) else []
    rows = [*head, *draw(st.lists(row, max_size=6))]
    match draw(st.sampled_from(["docx", "xlsx", "txt"])):
        case "docx":
            return Sent("plan.docx", word(paragraph(TITLE) + word_table(rows)))
        case "xlsx":
            return Sent("plan.xlsx", workbook(sheet_rows([[TITLE], *rows])))
        case _:
            return Sent("plan.txt", "\n".join([TITLE, *("\t".join(cells) for cells in rows)]).encode())


_lengths = st.sampled_from([0.0, 0.3, 7.0, 14.0, 60.0, 240.0, 380.0, 500.0, 842.0, -20.0, 100_000.0])
_columns = st.sampled_from(_PLACES_OF_COLUMNS)


@st.composite
def _drawn_rows(draw: st.DrawFn) -> list[Drawn]:
    """A row of a table, as it may be, or as it may not: over others, upside down, without its lines."""
    top = 60.0 + 14 * draw(st.integers(0, 60))
    if draw(st.booleans()):
        row: tuple[str, ...] = draw(st.sampled_from(_ROWS))
        return [written(x, top, text, 7) for x, text in zip(_PLACES_OF_COLUMNS, row, strict=False) if text]
    match draw(st.sampled_from(["text", "fill", "cell"])):
        case "text":
            size = draw(st.sampled_from([7.0, 7.0, 7.0, 0.01, 300.0]))
            return [written(draw(_columns), top, draw(texts) or " ", size)]
        case "fill":
            grey = draw(st.sampled_from([0.0, 0.5, 1.0]))
            return [Fill(draw(_lengths), top, draw(_lengths), draw(_lengths), grey)]
        case _:
            shaded = draw(st.booleans())
            return [*cell_of_word(draw(_columns), top, draw(_columns), top + draw(_lengths), shaded=shaded)]


@st.composite
def _drawn_pdfs(draw: st.DrawFn) -> Sent:
    """What stands on pages, with and without lines around it."""
    pages = draw(st.lists(st.lists(_drawn_rows(), max_size=12), min_size=1, max_size=3))
    return Sent("plan.pdf", pdf_of([[it for row in page for it in row] for page in pages]))


KINDS: Mapping[str, SearchStrategy[Sent]] = {
    "any bytes": _any_bytes(),
    **{f"a .{ending}, garbled": _good_ones_garbled(ending) for ending in VALID},
    "a .pdf in Russian, garbled": pdfs_garbled(IN_RUSSIAN),
    "archives": _archives(),
    "document types": _document_types(),
    "nearly plans": _plans(),
    "texts in any encoding": _text_files(),
    "the tables of .docx": _word_documents(),
    "the texts of .docx": _raw_word_texts(),
    "the pages of .pdf": _drawn_pdfs(),
    "the sheets of .xlsx": _workbooks(),
}
