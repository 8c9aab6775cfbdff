"""PDFs drawn by hand, letter by letter: as Word writes them, and as no program does.

Word was studied in files that it made itself: letters by number in a subset of a font, with a table of what
they stand for and corrections between them; each run in marked content of its own; the mark at a paragraph's
end as a blank in another font; lines of tables as filled rectangles, with a square in each corner; and a
shaded cell filled in pieces, for its margins and its paragraphs.
"""

from __future__ import annotations

import io
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import pdfplumber

HEIGHT, WIDTH = 842.0, 595.0
_LINE = 0.48  # points: so broad are the lines of Word's tables
_MARGIN = 5.4, 3.6  # of its cells


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of one font on one line. `places` are where its letters begin, and where the last one ends; `y`
    is the foot of the line, from above."""

    text: str
    places: Sequence[float]
    y: float
    size: float
    font: str = "A"


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle; `top` from above."""

    x: float
    top: float
    width: float
    height: float
    grey: float = 0.0


Drawn: TypeAlias = Letters | Fill
_Place: TypeAlias = tuple[int, int]  # the page of a marked content, and its number there
_Chars: TypeAlias = Sequence[Mapping[str, Any]]


def written(x: float, y: float, text: str, size: float = 11.0) -> Letters:
    """A text whose letters are all half as wide as they are high."""
    wide = size / 2
    return Letters(text, [x + at * wide for at in range(len(text) + 1)], y, size)


def pdf_of(
    pages: Sequence[Sequence[Drawn]], width: float = WIDTH, height: float = HEIGHT, *, packed: bool = True
) -> bytes:
    """A PDF of some pages; not packed, what is drawn can be read in its bytes."""
    fonts: dict[str, dict[str, int]] = defaultdict(dict)  # the letters of each, with their widths
    for drawn in pages:
        for run in drawn:
            if isinstance(run, Letters):
                for letter, (start, end) in zip(run.text, pairwise(run.places), strict=True):
                    fonts[run.font].setdefault(letter, round((end - start) * 1000 / run.size))
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    names: dict[str, str] = {}
    for name, letters in fonts.items():
        objects += _font(letters, len(objects) + 1)
        names[name] = f"{len(objects)} 0 R"
    called = {name: f"F{at}" for at, name in enumerate(names)}
    resources = " ".join(f"/{called[name]} {place}" for name, place in names.items())
    kids = []
    for drawn in pages:
        shown = "\n".join(_shown(drawn, fonts, called, height)).encode()
        how = (zlib.compress(shown), b"/Filter /FlateDecode ") if packed else (shown, b"")
        objects.append(_stream(*how))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:g} {height:g}] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << {resources} >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _shown(
    drawn: Iterable[Drawn], fonts: Mapping[str, Mapping[str, int]], called: Mapping[str, str], height: float
) -> Iterator[str]:
    for number, it in enumerate(drawn):
        if isinstance(it, Fill):
            low = height - it.top - it.height
            yield f"{it.grey:g} g\n{it.x:.2f} {low:.2f} {it.width:.2f} {it.height:.2f} re\nf*"
            continue
        numbers = {letter: at for at, letter in enumerate(fonts[it.font], start=1)}
        shown, at = [], it.places[0]
        for letter, place in zip(it.text, it.places, strict=False):
            if abs(at - place) > 0.001 * it.size:
                shown.append(f"{(at - place) * 1000 / it.size:.0f}")
            shown.append(f"<{numbers[letter]:04X}>")
            at = place + fonts[it.font][letter] * it.size / 1000
        yield (
            f"/P <</MCID {number}>> BDC q BT\n/{called[it.font]} {it.size:g} Tf\n"
            f"1 0 0 1 {it.places[0]:.3f} {height - it.y:.3f} Tm\n0 g 0 G\n[{' '.join(shown)}] TJ\nET Q EMC"
        )


def _font(letters: Mapping[str, int], first: int) -> list[bytes]:
    """What a subset of a font consists of, numbered from `first` on; the last is the font itself."""
    widths = " ".join(map(str, letters.values()))
    told = "\n".join(
        f"<{at:04X}> <{letter.encode('utf-16-be').hex()}>" for at, letter in enumerate(letters, start=1)
    )
    meant = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{told}\nendbfchar\nendcmap end end"
    )
    name = "/BaseFont /ABCDEF+TimesNewRoman"
    return [
        f"<< /Type /FontDescriptor /FontName {name.split()[1]} /Flags 4 /FontBBox [0 -216 1000 891] "
        "/Ascent 891 /Descent -216 /ItalicAngle 0 /CapHeight 693 /StemV 40 >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType2 {name} /DW 1000 /W [1 [{widths}]] "
        f"/FontDescriptor {first} 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode(),
        _stream(meant.encode()),
        f"<< /Type /Font /Subtype /Type0 {name} /Encoding /Identity-H /DescendantFonts [{first + 1} 0 R] "
        f"/ToUnicode {first + 2} 0 R >>".encode(),
    ]


def _stream(content: bytes, how: bytes = b"") -> bytes:
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (how, len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def as_word_writes(content: bytes, said: str) -> bytes:
    """A tagged PDF of LibreOffice as Word would have written it, `said` being its whole text. The first row
    of each table is shaded."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        following = dict(_following(document.structure_tree))
        runs = [list(_together(page.chars)) for page in document.pages]
        opening = {_place(run[0]): run for on_page in reversed(runs) for run in reversed(on_page)}
        pages = [
            [*_lines_of_word(page), *_runs(on_page, page.height, following, opening, said)]
            for page, on_page in zip(document.pages, runs, strict=True)
        ]
        return pdf_of(pages, document.pages[0].width, document.pages[0].height)


def _runs(
    runs: Sequence[_Chars],
    height: float,
    following: Mapping[_Place, _Place],
    opening: Mapping[_Place, _Chars],
    said: str,
) -> Iterator[Letters]:
    """The text, and the blanks that LibreOffice leaves out: Word writes one wherever it wraps a line between
    two words, be there place for it or not."""
    for run, after in zip(runs, [*runs[1:], None], strict=True):
        first, last = run[0], run[-1]
        y, size = height - _line(first), first["size"]
        text = "".join(it["text"] for it in run)
        places = [*(it["x0"] for it in run), last["x1"]]
        behind = last["x1"] + size / 4
        is_last = after is None or _place(after[0]) != _place(last)
        below = opening.get(following.get(_place(last), _place(last))) if is_last else None
        if below and _place(below[0]) != _place(last) and _line(below[0]) != _line(last):
            if not _is_broken(text, below, said):
                text, places = f"{text.rstrip()} ", [*places[: len(text.rstrip()) + 1], behind]
            is_last = False
        yield Letters(text, places, y, size, first["fontname"])
        if is_last:
            yield Letters(" ", [last["x1"], behind], y, size, "mark")


def _following(elements: Sequence[Mapping[str, Any]]) -> Iterator[tuple[_Place, _Place]]:
    """Which of its marked contents follows which in a paragraph, also on the next page, of which LibreOffice
    tells but the numbers."""
    for element in elements:
        page, places = element.get("page_number", 0), []
        for before, mcid in pairwise([-1, *element.get("mcids", ())]):
            page += mcid < before
            places.append((page, mcid))
        yield from pairwise(places)
        yield from _following(element.get("children", ()))


def _is_broken(text: str, below: _Chars, said: str) -> bool:
    """Whether a line ends within a word, which its cell is too narrow for."""
    if text.endswith(" "):
        return False
    goes_on = "".join(it["text"] for it in below).split()[0]
    return f"{text.split()[-1]}{goes_on}" in said


def _together(chars: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    same: list[Mapping[str, Any]] = []
    for char in chars:
        if same and (_way(char) != _way(same[-1]) or abs(char["x0"] - same[-1]["x1"]) > char["size"]):
            yield same
            same = []
        same.append(char)
    if same:
        yield same


def _way(char: Mapping[str, Any]) -> tuple[Any, ...]:
    return char["fontname"], char["size"], char["mcid"], _line(char)


def _place(char: Mapping[str, Any]) -> _Place:
    return char["page_number"], char["mcid"]


def _line(char: Mapping[str, Any]) -> float:
    return float(char["matrix"][5])


def _lines_of_word(page: pdfplumber.page.Page) -> Iterator[Fill]:
    for table in page.find_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"}):
        for x0, top, x1, bottom in table.cells:
            yield from cell_of_word(x0, top, x1, bottom, shaded=top == table.bbox[1])


def cell_of_word(x0: float, top: float, x1: float, bottom: float, *, shaded: bool = False) -> Iterator[Fill]:
    """What Word draws around a cell, and under the text of a shaded one."""
    if shaded:
        yield from _shade(x0, top, x1, bottom)
    for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
        yield Fill(x, y, _LINE, _LINE)
    for y in (top, bottom):
        yield Fill(x0 + _LINE, y, x1 - x0 - _LINE, _LINE)
    for x in (x0, x1):
        yield Fill(x, top + _LINE, _LINE, bottom - top - _LINE)


def _shade(x0: float, top: float, x1: float, bottom: float) -> Iterator[Fill]:
    beside, above = _MARGIN
    wide, high, light = x1 - x0, bottom - top, 0.85
    yield Fill(x0, top, wide, above, light)
    yield Fill(x0, bottom - above, wide, above, light)
    yield Fill(x0, top + above, beside, high - 2 * above, light)
    yield Fill(x1 - beside, top + above, beside, high - 2 * above, light)
    yield Fill(x0 + beside, top + above, wide - 2 * beside, high - 2 * above, light)
