"""The characters of a PDF → lines, and the lines of a cell or a paragraph → its text.

A PDF says where each character stands, and not which ends of lines are the author's. That is told by the
room that a line leaves: where the next line's first word would have had place in it, the author ended it.
Where it would not, the line was wrapped: at a blank, behind a hyphen, or, in a cell narrower than a word,
in the midst of the word. Some programs write the blank at which they wrapped, some only where it has place,
some write one behind every paragraph, some write none: which of them it was is learnt from the document.
Word writes both, but the one behind a paragraph by itself: that is its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011"
_ALL_HYPHENS = f"{_HYPHENS}{_SOFT_HYPHEN}"
_SAME_LINE = 0.4  # of a character's height: characters whose middles are nearer stand in one line
_GAP = 0.25  # of a character's height: so wide is a gap that is a blank
_WIDE_GAP = 3.0  # … and so wide one between columns
_SLACK = 0.75  # points by which a measured width may be wrong
_UNREADABLE = re.compile(r"\(cid:\d+\)")
# Letters that are printed as one; and bullets out of a font of signs, which Word numbers as it likes.
_MEANT = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
    | dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076", "•")
    | {"\uf02d": "–"}
)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_BEGINS_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s*[^\W\d_«\"]|\d{1,2}[.)]\s+\S|[•·▪●–—-]\s")
_FULL_STOPS = '.;:!?)»"'
_TIGHT, _BARELY = 0.2, 0.3  # of a character's height: room for no blank, and perhaps for none
_OFTEN, _NEARLY_ALL = 0.3, 0.8  # the shares from which it is a habit, and a rule
_ENDED = re.compile(r"\w{4}(?:[ыи]й|ых|ыми|[ое]му|его)$")  # after these letters a word hardly goes on
_NO_ENDINGS = frozenset(["для", "по", "при"])  # and with these letters none ends
_LONGEST_WORD = 22  # letters; longer ones are rarer than two that fill their lines
_NO_PIECE = 5  # letters of what is a word by itself, if the document has it


@dataclass(slots=True)
class Glyph:
    """A character, where it stands (points, from the top of the document, all pages one below the other),
    whether a blank was written behind it, and whether one was that is no part of its text but written by
    itself. `turn`: 1 of text that runs upwards, -1 downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    turn: int = 0
    blank_behind: bool = False
    mark_behind: bool = False

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The middle of its width."""
        return (self.x0 + self.x1) / 2

    def laid(self) -> Glyph:
        """The same where its line would run from left to right."""
        (x0, x1), (top, bottom) = laid(self.turn, (self.x0, self.x1), (self.top, self.bottom))
        return replace(self, x0=x0, x1=x1, top=top, bottom=bottom, turn=0)


Extent: TypeAlias = tuple[float, float]


def laid(turn: int, across: Extent, down: Extent) -> tuple[Extent, Extent]:
    """From where to where something reaches, once what is turned is laid to run from left to right."""
    if turn > 0:
        return (-down[1], -down[0]), across
    if turn < 0:
        return down, (-across[1], -across[0])
    return across, down


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, and what is needed to know whether it was wrapped."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    blank_behind: bool
    mark_behind: bool
    first_glyph: float  # widths, in points
    first_word: float
    columns: bool  # whether it has gaps as wide as those between columns
    glyphs: tuple[Glyph, ...] = ()

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines one below the other that may go on with each other, and the edges between which they stand."""

    lines: tuple[Line, ...]
    left: float
    right: float

    def room(self, line: Line) -> float:
        """How much more there would be place for in a line, whichever way it is aligned."""
        before, behind = line.x0 - self.left, self.right - line.x1
        is_centred = abs(before - behind) <= 2 * _SLACK
        return before + behind if is_centred or behind <= _SLACK else behind

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether not even the next letter had place in a line: a word may be broken at its end."""
        ends = line.text[-1]
        return ends in _ALL_HYPHENS or self.room(line) <= following.first_glyph + _SLACK

    def wraps(self) -> Iterator[tuple[Line, Line, bool]]:
        """Each line with the next one, and whether the first was wrapped: its room did not hold a blank and
        the next word."""
        for line, following in pairwise(self.lines):
            yield line, following, self.spare(line, following) < _SLACK

    def spare(self, line: Line, following: Line) -> float:
        """By how much the room of a line is larger than a blank and the next word need."""
        return self.room(line) - _GAP * line.height - following.first_word


def glyphs_of(chars: Iterable[Mapping[str, Any]]) -> tuple[list[Glyph], int]:
    """pdfplumber's characters as they were written; and how many there are that no letter is known for."""
    found: list[Glyph] = []
    unreadable = 0
    run: tuple[object, ...] = ()
    for char in chars:
        glyph = _glyph(char)
        if glyph.text.isspace():
            if found and _stand_in_one_line(found[-1].laid(), glyph.laid()):
                found[-1].blank_behind = True
                found[-1].mark_behind = found[-1].mark_behind or _run(char) != run
        elif _UNREADABLE.fullmatch(glyph.text):
            unreadable += 1
        elif glyph.text:
            found.append(glyph)
            run = _run(char)
    return found, unreadable


def _run(char: Mapping[str, Any]) -> tuple[object, ...]:
    """What parts a character from those of another run: the font, and the number of the marked content."""
    return char.get("fontname"), char.get("mcid")


def _glyph(char: Mapping[str, Any]) -> Glyph:
    top = char["doctop"]
    text = char["text"].translate(_MEANT)
    # The second number of a text's matrix says how much it rises with each letter.
    rises = 0 if char["upright"] else char["matrix"][1]
    turn = (rises > 0) - (rises < 0)
    return Glyph(text, char["x0"], char["x1"], top, top + char["bottom"] - char["top"], turn)


def _stand_in_one_line(one: Glyph, other: Glyph) -> bool:
    return abs(one.middle - other.middle) < _SAME_LINE * (other.bottom - other.top)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines of some characters that all run in one direction, from above to below."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((it.laid() for it in glyphs), key=lambda it: it.middle):
        if rows and _stand_in_one_line(rows[-1][-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(sorted(row, key=lambda it: it.x0)) for row in rows]


def _line(glyphs: Sequence[Glyph]) -> Line:
    text = [glyphs[0].text]
    first_word_ends: float | None = None
    columns = False
    for glyph, following in pairwise(glyphs):
        height = following.bottom - following.top
        gap = following.x0 - glyph.x1
        columns = columns or gap > _WIDE_GAP * height
        if glyph.blank_behind or gap > _GAP * height:
            text.append(" ")
        if first_word_ends is None and (text[-1] == " " or glyph.text in _HYPHENS):
            first_word_ends = glyph.x1
        text.append(following.text)
    x0, x1 = glyphs[0].x0, max(it.x1 for it in glyphs)
    return Line(
        text="".join(text),
        x0=x0,
        x1=x1,
        top=min(it.top for it in glyphs),
        bottom=max(it.bottom for it in glyphs),
        blank_behind=glyphs[-1].blank_behind,
        mark_behind=glyphs[-1].mark_behind,
        first_glyph=glyphs[0].x1 - x0,
        first_word=(x1 if first_word_ends is None else first_word_ends) - x0,
        columns=columns,
        glyphs=tuple(glyphs),
    )


class Joint(IntEnum):
    """How sure it is that one line goes on with another."""

    NO = -1
    PERHAPS = 0
    LIKELY = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Hand:
    """How the program that wrote a document ends its lines, and which words it has."""

    blanks_at_wraps: bool = False
    blanks_at_tight_wraps: bool = False  # where not even the blank had place
    blanks_at_ends: bool = False
    marks_at_ends: bool = False  # blanks of another kind than those at wraps
    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Hand:
        """Learnt from all passages of a document."""
        wrapped: list[Line] = []
        tight: list[Line] = []
        ended: list[Line] = []
        going_on: list[Line] = []
        words: set[str] = set()
        for passage in passages:
            for line, following, was_wrapped in passage.wraps():
                seen = wrapped if was_wrapped else ended
                (tight if passage.room(line) < _TIGHT * line.height else seen).append(line)
                if was_wrapped and following.text[0].islower():
                    going_on.append(line)
            ended.extend(passage.lines[-1:])
            words.update(_whole_words(passage))
        marks = (
            _share(it.mark_behind for it in ended) > _NEARLY_ALL
            and _share(it.mark_behind for it in going_on) < 1 - _NEARLY_ALL
        )
        stems = frozenset(map(_stem, words))
        hand = cls(marks_at_ends=marks, words=frozenset(words), stems=stems)
        return replace(
            hand,
            blanks_at_wraps=_share(map(hand.has_blank, wrapped)) > _OFTEN,
            blanks_at_tight_wraps=any(map(hand.has_blank, tight)),
            blanks_at_ends=_share(map(hand.has_blank, ended)) > _OFTEN,
        )

    def has_blank(self, line: Line) -> bool:
        """Whether a blank stands behind a line that is not the mark of a paragraph's end."""
        return line.blank_behind and not (self.marks_at_ends and line.mark_behind)

    def text(self, passage: Passage) -> str:
        """The text of a passage, a line for each that its author ended."""
        text = "".join(line.text for line in passage.lines[:1])
        for line, following, was_wrapped in passage.wraps():
            if self.marks_at_ends:
                was_wrapped = self._goes_on(passage, line, following)
            between = self._between(passage, line, following) if was_wrapped else "\n"
            if between is None:
                text, between = text[:-1], ""
            text += between + following.text
        return text.replace(_SOFT_HYPHEN, "")

    def joint(self, passage: Passage, line: Line, following: Line) -> Joint:
        """Whether a line at the edge of a page was wrapped, so that one on the next page goes on with it."""
        [(_, _, was_wrapped)] = Passage((line, following), passage.left, passage.right).wraps()
        if not was_wrapped or (self.marks_at_ends and line.mark_behind):
            return Joint.NO
        is_told = self.blanks_at_wraps and not self.blanks_at_ends and self.has_blank(line)
        if is_told or line.text[-1] in f"{_ALL_HYPHENS},":
            return Joint.SURE
        return Joint.LIKELY if following.text[0].islower() else Joint.PERHAPS

    def _goes_on(self, passage: Passage, line: Line, following: Line) -> bool:
        """Whether a line goes on with the next one, where marks tell: they are surer than its room. But a
        blank in the midst of a text may by chance be written by itself, too."""
        if line.mark_behind:
            return following.text[0].islower() and line.text[-1] not in _FULL_STOPS
        return passage.spare(line, following) < (line.height if self.has_blank(line) else _SLACK)

    def _between(self, passage: Passage, line: Line, following: Line) -> str | None:
        """What stands between a wrapped line and the next one; None if nothing, and the hyphen at the end was
        written by the printer."""
        is_tight = passage.room(line) < _BARELY * line.height
        known = self.blanks_at_tight_wraps if is_tight else self.blanks_at_wraps
        if line.text.endswith(_SOFT_HYPHEN):
            return None
        if self.has_blank(line) and (known or self.blanks_at_wraps):
            return " " if not self.blanks_at_ends else self._blank_or_end(line, following)
        if line.text[-1] in _HYPHENS and (known or line.text[-2:-1] not in {" ", ""}):
            return self._behind_hyphen(line, following)
        if self._is_broken(passage, line, following, known=known):
            return ""
        if known and line.text[-1] == "/":
            return ""
        if known and not self.blanks_at_ends:
            return "\n"
        return "" if known and self.blanks_at_ends else self._blank_or_end(line, following)

    def _blank_or_end(self, line: Line, following: Line) -> str:
        """What is likelier where the room of a line tells nothing."""
        if _BEGINS_ITEM.match(following.text):
            return "\n"
        if line.text[-1] in _HYPHENS:
            # «Педагоги -библиотекари», where «педагогов-библиотекарей» stands elsewhere, is no dash.
            left, right = _last_word(line.text.rstrip(f"{_HYPHENS} ")), _first_word(following.text)
            compound = f"{_stem(left.lower())}-{_stem(right.lower())}"
            return "" if any(it.startswith(compound) for it in self.stems) else " "
        if line.text[-1] in "/" and line.text[-2:-1] != " ":
            return ""
        goes_on = following.text[0].islower() or line.text[-1] not in _FULL_STOPS
        return " " if goes_on and not (following.text[0].isupper() and line.text[-1].isalpha()) else "\n"

    def _behind_hyphen(self, line: Line, following: Line) -> str | None:
        left, right = _last_word(line.text), _first_word(following.text)
        if not left or not right or not right[0].islower():
            return ""
        hyphened = self._knows(f"{left}{right}")
        return None if self._knows(f"{left.rstrip(_HYPHENS)}{right}") and not hyphened else ""

    def _is_broken(self, passage: Passage, line: Line, following: Line, *, known: bool) -> bool:
        """Whether a word was broken because the place is narrower than it: it fills the line alone, and not
        even the next letter had place."""
        if " " in line.text or not (line.text[-1].isalnum() and following.text[0].isalnum()):
            return False
        if not passage.is_full(line, following):
            return False
        if following.text[0].isupper() and not line.text[-1].isupper():
            return False
        left, right = _last_word(line.text), _first_word(following.text)
        if known or self._knows(f"{left}{right}"):
            return True
        if len(left) + len(right) > _LONGEST_WORD or _ENDED.search(left) or right in _NO_ENDINGS:
            return False
        # A piece of a word may well look like a short one: «документо-в».
        return left.lower() not in self.words and not (len(right) >= _NO_PIECE and self._knows(right))

    def _knows(self, word: str) -> bool:
        """Whether the document has a word elsewhere, with whatever ending."""
        return _stem(word.lower()) in self.stems


@cache
def _stemmer() -> Any:
    # Of no use for any other document: imported only here.
    from snowballstemmer.russian_stemmer import RussianStemmer

    return RussianStemmer()


@cache
def _stem(word: str) -> str:
    return "-".join(_stemmer().stemWords(re.split(f"[{_HYPHENS}]", word)))


def _share(seen: Iterable[bool]) -> float:
    counted = list(seen)
    return sum(counted) / max(1, len(counted))


def _whole_words(passage: Passage) -> Iterator[str]:
    """Words that no end of a line can have broken."""
    was_full = False
    for at, line in enumerate(passage.lines):
        following = passage.lines[at + 1] if at + 1 < len(passage.lines) else None
        is_full = following is not None and passage.is_full(line, following)
        for word in _WORD.finditer(line.text):
            opens, closes = word.start() == 0, word.end() >= len(line.text) - 1
            if not (opens and was_full) and not (closes and is_full):
                yield word[0].lower()
        was_full = is_full


def _last_word(text: str) -> str:
    found = re.search(r"[^\W\d_](?:[^\W\d_]|[-\u2010\u2011])*$", text)
    return found[0] if found else ""


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else ""
