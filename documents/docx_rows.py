"""Paragraphs and tables out of a .docx, read from its XML: python-docx walks cells many times slower."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from lxml import etree

from documents.archive import check_declared
from documents.table import Block, Cell, Paragraph, Row, Table
from domain.errors import DomainError

MOST_XML = 32 * 1024 * 1024  # the one member that is read: a plan of 10,000 rows takes about 20 MB

_TYPES = "[Content_Types].xml"  # every document of Office has it
_OFFICE_DOCUMENT = "/relationships/officeDocument"
_MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(content: bytes) -> tuple[Block, ...]:
    """The blocks of a .docx.

    Raises DomainError: `plan_damaged`, `plan_unpacks_too_large`, `plan_format_later`, `plan_not_a_document`,
    `plan_archive`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_declared(archive)
            xml = _read_member(archive, _main_part(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        # A password makes zipfile raise RuntimeError, an unknown compression NotImplementedError.
        raise DomainError("plan_damaged") from None
    root = _parsed(xml)
    tags = _tags(etree.QName(root).namespace or "")
    _drop_shadows(root, tags)
    body = root.find(tags.body)
    if body is None:
        raise DomainError("plan_damaged")
    return tuple(_blocks(body, tags, Counter()))


def _main_part(archive: zipfile.ZipFile) -> str:
    """The name of the member that holds the text."""
    names = set(archive.namelist())
    if "content.xml" in names and "mimetype" in names:
        raise DomainError("plan_format_later", format="odt")
    main = "word/document.xml"
    if "_rels/.rels" in names:
        for relation in _parsed(_read_member(archive, "_rels/.rels")):
            if relation.get("Type", "").endswith(_OFFICE_DOCUMENT):
                main = posixpath.normpath(relation.get("Target", main)).lstrip("/")
    if main not in names:
        raise DomainError("plan_not_a_document" if _TYPES in names else "plan_archive")
    return main


def _read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes; what a header declares may be a lie, so the reading itself is bounded too."""
    with archive.open(name) as member:
        found = member.read(MOST_XML + 1)
    if len(found) > MOST_XML:
        raise DomainError("plan_unpacks_too_large", members=len(archive.namelist()))
    return found


def _parsed(xml: bytes) -> etree._Element:
    """The XML's root. Entities are not resolved, nothing is fetched; a document type is refused."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DomainError("plan_damaged") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DomainError("plan_damaged")
    return root


_NAMES = (
    "body p tbl tr trPr gridBefore tc tcPr gridSpan vMerge val r t br cr tab noBreakHyphen moveFrom"
    " pPr numPr numId ilvl"
)


class _Tags:
    """The names of elements, in the namespace of this document (there are two, «strict» and usual)."""

    def __init__(self, namespace: str) -> None:
        self.body, self.p, self.tbl, self.tr, self.row_properties, self.grid_before, self.tc, *more = (
            f"{{{namespace}}}{name}" for name in _NAMES.split()
        )
        self.cell_properties, self.grid_span, self.v_merge, self.val, self.r, *more = more
        self.t, self.br, self.cr, self.tab, self.no_break_hyphen, self.move_from, *more = more
        properties, numbering, list_, level = more
        self.numbering = f"{self.p}/{properties}/{numbering}"
        self.list, self.level = list_, level


@lru_cache(maxsize=4)
def _tags(namespace: str) -> _Tags:
    return _Tags(namespace)


def _drop_shadows(root: etree._Element, tags: _Tags) -> None:
    """Takes out what is there twice or no more: fallbacks of drawings, text moved away."""
    for shadow in list(root.iter(f"{{{_MARKUP}}}Fallback", tags.move_from)):
        parent = shadow.getparent()
        if parent is not None:
            parent.remove(shadow)


def _blocks(parent: etree._Element, tags: _Tags, numbers: Counter[str]) -> Iterator[Block]:
    """The blocks inside; `numbers` counts the rows that each of Word's own lists has numbered."""
    for child in parent:
        if child.tag == tags.p:
            text = _text(child, tags)
            if text.strip():
                yield Paragraph(text)
        elif child.tag == tags.tbl and (frame := _framed(child, tags)) is not None:
            yield from _blocks(frame, tags, numbers)
        elif child.tag == tags.tbl:
            yield _table(child, tags, numbers)
            for nested in child.iter(tags.tbl):
                if nested is not child:
                    yield _table(nested, tags, numbers)
        else:
            # Content controls, insertions and the like wrap blocks.
            yield from _blocks(child, tags, numbers)


def _framed(table: etree._Element, tags: _Tags) -> etree._Element | None:
    """The only cell of a table that holds another one: it lays out the page, and is no table itself."""
    cells = [cell for row in islice(_inside(table, tags.tr, tags), 2) for cell in _inside(row, tags.tc, tags)]
    return cells[0] if len(cells) == 1 and cells[0].find(f".//{tags.tbl}") is not None else None


def _table(table: etree._Element, tags: _Tags, numbers: Counter[str]) -> Table:
    rows: list[Row] = []
    above: dict[int, Cell] = {}
    for element in _inside(table, tags.tr, tags):
        cells: list[Cell] = []
        column = _skipped_columns(element, tags)
        for tc in _inside(element, tags.tc, tags):
            cell = _cell(tc, column, above.get(column), tags, numbers)
            cells.append(cell)
            column += cell.span
        rows.append(Row(tuple(cells)))
        above = {cell.column: cell for cell in cells}
    width = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    return Table(tuple(rows), width)


def _inside(parent: etree._Element, tag: str, tags: _Tags) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, through whatever wraps them, but not into nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in {tags.tbl, tags.tc, tags.p}:
            yield from _inside(child, tag, tags)


def _skipped_columns(row: etree._Element, tags: _Tags) -> int:
    before = row.find(f"{tags.row_properties}/{tags.grid_before}")
    return 0 if before is None else _small_number(before.get(tags.val), 0)


def _cell(tc: etree._Element, column: int, above: Cell | None, tags: _Tags, numbers: Counter[str]) -> Cell:
    span, merged = 1, None
    properties = tc.find(tags.cell_properties)
    if properties is not None:
        for property_ in properties:
            if property_.tag == tags.grid_span:
                span = max(1, _small_number(property_.get(tags.val), 1))
            elif property_.tag == tags.v_merge:
                merged = property_.get(tags.val, "continue")
    if merged == "continue" and above is not None:
        return replace(above, span=span, carried=True)
    text = _text(tc, tags)
    return Cell(text if text.strip() else _own_number(tc, tags, numbers), column, span)


def _own_number(tc: etree._Element, tags: _Tags, numbers: Counter[str]) -> str:
    """The number that Word itself shows in a cell without text, as it counts; of the first level only."""
    numbering = tc.find(tags.numbering)
    counted = None if numbering is None else numbering.find(tags.list)
    level = None if numbering is None else numbering.find(tags.level)
    if counted is None or counted.get(tags.val) in {None, "0"}:
        return ""
    if level is not None and level.get(tags.val) != "0":
        return ""
    numbers[counted.get(tags.val, "")] += 1
    return f"{numbers[counted.get(tags.val, '')]}."


def _small_number(text: str | None, default: int) -> int:
    """A count of columns; a document's word for it is not trusted beyond what Word itself allows."""
    return min(int(text), 63) if text and text.isascii() and text.isdecimal() and len(text) < 4 else default


def _text(element: etree._Element, tags: _Tags) -> str:
    """The text inside, a line a paragraph."""
    parts: list[str] = []
    for child in element.iter(tags.p, tags.t, tags.br, tags.cr, tags.tab, tags.no_break_hyphen):
        tag = child.tag
        if tag == tags.t:
            parts.append(child.text or "")
        elif tag == tags.tab:
            if _is_in_run(child, tags):
                parts.append("\t")
        elif tag == tags.no_break_hyphen:
            parts.append("-")
        elif tag != tags.p or parts:
            parts.append("\n")
    return "".join(parts)


def _is_in_run(tab: etree._Element, tags: _Tags) -> bool:
    """A tab in the text; the same name stands for tab stops in a paragraph's properties."""
    parent = tab.getparent()
    return parent is not None and parent.tag == tags.r
