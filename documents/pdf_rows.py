"""Paragraphs and tables out of a .pdf with a text layer.

Tables are found by their ruled lines (for those that lack some see `documents.pdf_columns`); a cell that
reaches over several rows or columns is a merged one. A table that goes on over the next page is one table:
repeated headings are left out, and a row that the edge of the page broke is put together again. What stands
outside is read as paragraphs.
"""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from documents import pdf_columns
from documents.columns import WHENS, Role, columns_of, is_heading
from documents.pdf_lines import Glyph, Hand, Joint, Line, Passage, glyphs_of, laid, lines_of
from documents.table import Block, Cell, Paragraph, Row, Table
from domain.errors import DomainError

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_PAGES = 60
MOST_CHARACTERS = 30_000  # on one page
MOST_EDGES = 20_000  # likewise: a table of 40 rows and 7 columns has about 2,000
_RULED = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
_THICKEST = 2.5  # points: what is filled and broader is a shade, and no line
_NEAR = 3.0  # points by which two places may differ and be the same
_PARTED = 0.9  # of a line's height: so much between two lines parts paragraphs
_INDENT = 8.0  # points by which a paragraph's first line is set in
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:стр(?:аница|\.)?\s*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?[-–—\s]*", re.IGNORECASE
)
_LEAST_READABLE = 0.8
_ACROSS = 0.5  # of a page's width: what goes so far may part rows
_LEVEL = 1.0  # points by which two pieces of one line, or of one shade, may be apart
_FEWEST_LINES, _COLUMNS_SHARE = 5, 1 / 3  # approval blocks stand in columns, too


@dataclass(slots=True, eq=False)
class _Box:
    """A cell: where it stands in the document, all pages one below the other, and its lines."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line] = field(default_factory=list)
    turn: int = 0

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.bottom - self.top)

    def passage(self) -> Passage:
        """Its lines between its edges: text stands as far from the right one as from the left one."""
        (left, right), _ = laid(self.turn, (self.x0, self.x1), (self.top, self.bottom))
        margin = max(0.0, min((line.x0 - left for line in self.lines), default=0.0))
        return Passage(tuple(self.lines), left + margin, right - margin)


@dataclass(slots=True)
class _Ruled:
    """A table, or as much of it as stands on one page."""

    page: int
    boxes: list[_Box]
    doubtful: list[float] = field(default_factory=list)  # the tops of rows that may go on with those above

    @property
    def top(self) -> float:
        return min(box.top for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box.bottom for box in self.boxes)

    @property
    def xs(self) -> list[float]:
        """Where its columns begin and end."""
        return _apart(place for box in self.boxes for place in (box.x0, box.x1))

    def bands(self) -> list[list[_Box]]:
        """The cells by the rows in which they begin, from left to right."""
        tops = _apart(box.top for box in self.boxes)
        ordered = sorted(self.boxes, key=lambda it: (_index(tops, it.top), it.x0))
        return [list(band) for _, band in groupby(ordered, key=lambda it: _index(tops, it.top))]


_Item: TypeAlias = Line | _Ruled
_Part: TypeAlias = Passage | _Ruled


def read(content: bytes) -> tuple[Block, ...]:
    """The blocks of a .pdf.

    Raises DomainError: `plan_locked`, `plan_scanned` where there is no text, or none that can be read,
    `plan_damaged`, `plan_too_heavy`, `plan_unruled` where it is set in columns that no lines part.
    """
    pages, drawn = _pages(content)
    items, is_unclear = _with_columns([it for page in _without_running_lines(pages) for it in page], drawn)
    parts = _parts(items)
    hand = Hand.of(passage for part in parts for passage in _passages(part))
    blocks = tuple(block for part in _joined(parts, hand) for block in _blocks(part, hand))
    if (is_unclear or _is_unruled(items)) and not any(_is_plan(block) for block in blocks):
        raise DomainError("plan_unruled")
    return blocks


def _is_unruled(items: Sequence[_Item]) -> bool:
    """Whether so many lines outside of tables stand in columns that they are one without lines."""
    in_columns = [item.columns for item in items if isinstance(item, Line)]
    return sum(in_columns) >= max(_FEWEST_LINES, _COLUMNS_SHARE * len(in_columns))


def _with_columns(items: Sequence[_Item], drawn: pdf_columns.Drawn) -> tuple[list[_Item], bool]:
    """The same with tables that are not ruled, found among the lines; and whether there is one of which
    columns or rows cannot be told."""
    found: list[_Item] = []
    is_unclear = False
    for _, group in groupby(items, key=lambda it: isinstance(it, Line)):
        lines: list[Line] = []
        for item in group:
            if isinstance(item, Line):
                lines.append(item)
            else:
                found.append(item)
        while lines:
            try:
                table = pdf_columns.find(lines, drawn)
            except pdf_columns.UnclearError:
                table, is_unclear = None, True
            if table is None:
                found += lines
                break
            found += [*lines[: table.taken.start], _as_ruled(table)]
            lines = lines[table.taken.stop :]
    return found, is_unclear


def _as_ruled(found: pdf_columns.Found) -> _Ruled:
    """The table as if lines had been drawn around its cells."""
    boxes: list[_Box] = []
    tops = [min(line.top for line in _all_lines(row)) for row in found.rows]
    foot = max(line.bottom for line in _all_lines(found.rows[-1]))
    for row, (top, bottom) in zip(found.rows, pairwise([*tops, foot]), strict=True):
        if isinstance(row[0], Line):
            boxes.append(_Box(found.edges[0], top, found.edges[-1], bottom, list(_all_lines(row))))
            continue
        for (left, right), lines in zip(pairwise(found.edges), row, strict=True):
            boxes.append(_Box(left, top, right, bottom, list(_all_lines(lines))))
    return _Ruled(0, boxes)


def _all_lines(row: Iterable[Line | Sequence[Line]]) -> Iterator[Line]:
    for it in row:
        if isinstance(it, Line):
            yield it
        else:
            yield from it


def _is_plan(block: Block) -> bool:
    return isinstance(block, Table) and any(is_heading([cell.text for cell in it.cells]) for it in block.rows)


# From the file to what stands on each page.


def _pages(content: bytes) -> tuple[list[list[_Item]], pdf_columns.Drawn]:
    # Heavy, and of no use for any other document: imported only here.
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it warns of is mended
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return _read_pages(document.pages)
    except (DomainError, MemoryError):
        raise
    except Exception as error:
        # Whatever is wrong inside shows in as many ways as the library has lines; some it wraps.
        causes = (error, *error.args)
        if any(isinstance(it, MemoryError) for it in causes):
            raise DomainError("plan_too_heavy") from None
        is_locked = any(isinstance(it, PDFPasswordIncorrect) for it in causes)
        raise DomainError("plan_locked" if is_locked else "plan_damaged") from None


def _read_pages(pages: Sequence[Page]) -> tuple[list[list[_Item]], pdf_columns.Drawn]:
    if len(pages) > MOST_PAGES:
        raise DomainError("plan_too_heavy")
    found: list[list[_Item]] = []
    rules: list[float] = []
    readable = unreadable = 0
    for page in pages:
        if len(page.chars) > MOST_CHARACTERS or len(page.edges) > MOST_EDGES:
            raise DomainError("plan_too_heavy")
        glyphs, unknown = glyphs_of(page.chars)
        readable, unreadable = readable + len(glyphs), unreadable + unknown
        found.append(_items(page, glyphs))
        rules += _rules(page)
        page.close()
    if readable <= _LEAST_READABLE * (readable + unreadable):
        raise DomainError("plan_scanned")
    return found, pdf_columns.Drawn([float(page.initial_doctop) for page in pages], _apart(rules))


def _items(page: Page, glyphs: Sequence[Glyph]) -> list[_Item]:
    """The tables and the lines around them, from above to below."""
    above = float(page.initial_doctop)
    found = [
        _Ruled(
            page.page_number,
            [_Box(x0, above + top, x1, above + bottom) for x0, top, x1, bottom in table.cells],
        )
        for table in page.filter(_is_rule).find_tables(_RULED)
    ]
    tables = [table for table in found if len(table.boxes) > 1]  # a frame around text is no table
    outside = [it for it in _fill(tables, glyphs) if not it.turn]
    return sorted([*tables, *lines_of(outside)], key=lambda it: it.top)


def _is_rule(drawn: Mapping[str, Any]) -> bool:
    """Whether what is drawn may be a line of a table. Word draws those as narrow rectangles; it shades a cell
    in several pieces, for its margins and each of its paragraphs, whose edges are no lines."""
    if drawn["object_type"] not in {"rect", "curve"}:
        return bool(drawn["object_type"] == "line")
    return bool(drawn["stroke"]) or min(drawn["width"], drawn["height"]) <= _THICKEST


def _rules(page: Page) -> Iterator[float]:
    """Where lines, or the edges of shades, go across a page."""
    drawn = page.filter(_is_rule).edges
    pieces = [(it["top"], it["x0"], it["x1"]) for it in drawn if it["orientation"] == "h"]
    pieces += [(y, it.x0, it.x1) for it in _shades(page) for y in (it.top, it.bottom)]
    levels: list[list[tuple[float, float, float]]] = []
    for piece in sorted(pieces):
        if levels and piece[0] - levels[-1][-1][0] <= _LEVEL:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    for level in levels:
        across = reach = 0.0
        for _, x0, x1 in sorted(level, key=lambda it: it[1]):
            across += max(0.0, x1 - max(x0, reach))
            reach = max(reach, x1)
        if across >= _ACROSS * float(page.width):
            yield float(page.initial_doctop) + level[0][0]


def _shades(page: Page) -> list[_Box]:
    """What is filled. Pieces of one width and colour that stand one below the other are one shade, and so is
    what lies within another: Word fills a cell, and then once more the ground of its paragraphs."""
    shades: list[_Box] = []
    above: list[tuple[_Box, object]] = []
    for it in sorted(page.rects, key=lambda it: (it["top"], it["x0"] - it["x1"])):
        if _is_rule(it):
            continue
        piece, colour = _Box(it["x0"], it["top"], it["x1"], it["bottom"]), it["non_stroking_color"]
        above = [(shade, own) for shade, own in above if shade.bottom + _LEVEL >= piece.top]
        for shade, own in above:
            if own == colour and shade.x0 - _LEVEL <= piece.x0 and piece.x1 <= shade.x1 + _LEVEL:
                is_as_wide = abs((shade.x1 - shade.x0) - (piece.x1 - piece.x0)) <= 2 * _LEVEL
                if is_as_wide or piece.bottom <= shade.bottom + _LEVEL:
                    shade.bottom = max(shade.bottom, piece.bottom)
                    break
        else:
            shades.append(piece)
            above.append((piece, colour))
    return shades


def _fill(tables: Sequence[_Ruled], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Gives each cell its lines; returns the characters that stand in none."""
    glyphs = sorted(glyphs, key=lambda it: it.middle)
    middles = [glyph.middle for glyph in glyphs]
    taken: set[int] = set()
    # The smallest first: what stands in a table within a cell is not the cell's.
    for box in sorted((box for table in tables for box in table.boxes), key=lambda it: it.area):
        around = range(bisect_left(middles, box.top), bisect_left(middles, box.bottom))
        own = [at for at in around if at not in taken and box.x0 <= glyphs[at].centre < box.x1]
        taken.update(own)
        turns = [glyphs[at].turn for at in own]
        box.turn = max(set(turns), key=turns.count, default=0)
        lines = lines_of(glyphs[at] for at in own if glyphs[at].turn == box.turn)
        box.lines = [replace(line, glyphs=()) for line in lines]  # of use outside of tables alone
    return [glyph for at, glyph in enumerate(glyphs) if at not in taken]


def _without_running_lines(pages: Sequence[Sequence[_Item]]) -> Iterator[list[_Item]]:
    """Pages without their numbers, and without the line at the edge that the page before has there too."""
    before: Sequence[_Item] = ()
    for page in pages:
        kept = list(page)
        for edge in (0, -1):
            while kept and _is_running(kept[edge], before[edge] if before else None):
                kept.pop(edge)
        before = page
        yield kept


def _is_running(item: _Item, before: _Item | None) -> bool:
    if not isinstance(item, Line):
        return False
    same = isinstance(before, Line) and before.text == item.text
    return same or _PAGE_NUMBER.fullmatch(item.text) is not None


# From the pages to tables and paragraphs.


def _parts(items: Sequence[_Item]) -> list[_Part]:
    """Lines that may belong to one paragraph together, and the tables between them."""
    left = min((it.x0 if isinstance(it, Line) else it.xs[0] for it in items), default=0.0)
    right = max((it.x1 if isinstance(it, Line) else it.xs[-1] for it in items), default=0.0)
    parts: list[_Part] = []
    lines: list[Line] = []
    for at, item in enumerate(items):
        if isinstance(item, _Ruled):
            parts.append(item)
            continue
        lines.append(item)
        following = items[at + 1] if at + 1 < len(items) else None
        if not isinstance(following, Line) or _begins_paragraph(item, following, left, right):
            parts.append(Passage(tuple(lines), left, right))
            lines = []
    return parts


def _begins_paragraph(line: Line, following: Line, left: float, right: float) -> bool:
    """Whether a line stands apart from the one above, or is set in as the first of a paragraph."""
    if following.top - line.bottom > _PARTED * line.height or following.top < line.top:
        return True
    is_centred = abs((following.x0 - left) - (right - following.x1)) < _NEAR
    return following.x0 - line.x0 > _INDENT and line.x0 - left < _INDENT and not is_centred


def _passages(part: _Part) -> Iterator[Passage]:
    if isinstance(part, Passage):
        yield part
    else:
        yield from (box.passage() for box in part.boxes if box.lines)


def _joined(parts: Sequence[_Part], hand: Hand) -> list[_Part]:
    """A table that goes on over the next page is one."""
    joined: list[_Part] = []
    for part in parts:
        above = joined[-1] if joined else None
        if isinstance(above, _Ruled) and isinstance(part, _Ruled) and _is_continued(above, part):
            _drop_repeated_heading(above, part)
            if part.boxes:
                _mend_edge(above, part, hand)
                above.boxes.extend(part.boxes)
                above.page = part.page
        else:
            joined.append(part)
    return joined


def _is_continued(above: _Ruled, below: _Ruled) -> bool:
    """Whether a table begins at the top of a page as the one at the foot of the page before: between the same
    edges, with columns that the other has too."""
    if below.page != above.page + 1:
        return False
    ours, theirs = above.xs, below.xs
    if abs(ours[0] - theirs[0]) > _NEAR or abs(ours[-1] - theirs[-1]) > _NEAR:
        return False
    fewer, more = sorted((ours, theirs), key=len)
    return all(any(abs(place - it) <= _NEAR for it in more) for place in fewer)


def _drop_repeated_heading(above: _Ruled, below: _Ruled) -> None:
    for ours, theirs in zip(above.bands(), below.bands(), strict=False):
        if [_raw(box) for box in ours] != [_raw(box) for box in theirs]:
            return
        below.boxes = [box for box in below.boxes if box not in theirs]


def _mend_edge(above: _Ruled, below: _Ruled, hand: Hand) -> None:
    """What the edge of the page parted is one again: a row, or cells merged over several rows."""
    edge = above.bottom
    first = below.bands()[0]
    pairs = [(_reaching(above, edge, box), box) for box in first]
    if _is_broken_row(pairs, hand) or _is_no_row(above, below, pairs):
        parted = pairs
    elif first[0].lines:
        return
    else:
        # A row without a number of its own: its blank cells are merged with those before the edge.
        parted = [(upper, box) for upper, box in pairs if not box.lines]
        above.doubtful.append(below.top)
    for upper, box in parted:
        if upper is not None:
            upper.lines.extend(box.lines)
            upper.bottom = box.bottom
            below.boxes.remove(box)


def _reaching(table: _Ruled, edge: float, below: _Box) -> _Box | None:
    """The cell at the foot of a table that stands over a cell of the next page."""
    places = (below.x0, below.x1, edge)
    for box in table.boxes:
        own = (box.x0, box.x1, box.bottom)
        if all(abs(one - other) <= _NEAR for one, other in zip(own, places, strict=True)):
            return box
    return None


def _is_broken_row(pairs: Sequence[tuple[_Box | None, _Box]], hand: Hand) -> bool:
    """Whether a row goes on with the last one of the page before: none of its texts is where there was none,
    some surely go on, or all may and most likely do, and its number is not a new one."""
    if any(upper is None or (box.lines and not upper.lines) for upper, box in pairs):
        return False
    joints = {
        at: hand.joint(upper.passage(), upper.lines[-1], box.lines[0])
        for at, (upper, box) in enumerate(pairs)
        if upper is not None and box.lines
    }
    likely = sum(joint >= Joint.LIKELY for joint in joints.values())
    against = sum(joint is Joint.NO for joint in joints.values())
    if not likely or joints.get(0, Joint.LIKELY) < Joint.LIKELY:
        return False
    if Joint.SURE in joints.values():
        return likely >= against
    return not against and likely * 2 >= len(joints)


def _is_no_row(above: _Ruled, below: _Ruled, pairs: Sequence[tuple[_Box | None, _Box]]) -> bool:
    """Whether what stands behind the edge can be no row by itself, although no text goes on over the edge: it
    has neither a first cell nor a number or date of its own, in a plan where every row has one."""
    heading = next((it for it in above.bands() if is_heading([_raw(box) for box in it])), None)
    if heading is None or any(upper is None or (box.lines and not upper.lines) for upper, box in pairs):
        return False
    xs = above.xs
    columns = columns_of(Row(tuple(_cell(box, _raw(box), xs, carried=False) for box in heading)))
    if not columns.of(*WHENS):
        return False
    telling = {0, *columns.of(Role.NUMBER, *WHENS)}

    def is_row(band: Sequence[_Box]) -> bool:
        own = [box for box in band if _index(xs, box.x0) in telling]
        # Where such a cell is merged over several rows, any row may lack it.
        return len(band) == 1 or (len(own) == len(telling) and any(box.lines for box in own))

    first, *others = below.bands()
    return not is_row(first) and all(map(is_row, [*above.bands(), *others]))


def _blocks(part: _Part, hand: Hand) -> Iterator[Block]:
    if isinstance(part, Passage):
        yield from (Paragraph(text) for text in hand.text(part).split("\n"))
    else:
        yield _table(part, hand)


def _table(ruled: _Ruled, hand: Hand) -> Table:
    xs, tops = ruled.xs, _apart(box.top for box in ruled.boxes)
    boxes = [(box, hand.text(box.passage())) for box in sorted(ruled.boxes, key=lambda it: it.x0)]
    rows = [
        Row(
            tuple(
                _cell(box, text, xs, carried=box.top < top - _NEAR)
                for box, text in boxes
                if box.top <= top + _NEAR < box.bottom
            ),
            doubtful=any(abs(top - it) <= _NEAR for it in ruled.doubtful),
        )
        for top in tops
    ]
    return Table(tuple(rows), len(xs) - 1)


def _cell(box: _Box, text: str, xs: Sequence[float], *, carried: bool) -> Cell:
    column = _index(xs, box.x0)
    return Cell(text, column, max(1, _index(xs, box.x1) - column), carried)


def _raw(box: _Box) -> str:
    return " ".join(line.text for line in box.lines)


def _apart(places: Iterable[float]) -> list[float]:
    """Places in their order, of those that are the same in print only the first."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _index(places: Sequence[float], place: float) -> int:
    """Which of some places, as `_apart` gives them, a place is."""
    return bisect_left(places, place - _NEAR)
