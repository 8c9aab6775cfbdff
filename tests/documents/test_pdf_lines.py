"""Where lines were wrapped, and what stood there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from documents.pdf_lines import Hand, Line, Passage, glyphs_of, lines_of

_WIDE = 6.0  # of each letter here
_HIGH = 10.0


def _chars(text: str, left: float = 0.0, top: float = 0.0) -> list[Mapping[str, Any]]:
    """Letters of one width, one behind the other."""
    return [
        {
            "text": letter,
            "x0": left + at * _WIDE,
            "x1": left + (at + 1) * _WIDE,
            "top": top,
            "bottom": top + _HIGH,
            "doctop": top,
            "upright": True,
        }
        for at, letter in enumerate(text)
    ]


def _lines(*texts: str) -> list[Line]:
    chars = [char for at, text in enumerate(texts) for char in _chars(text, top=at * 12.0)]
    return lines_of(glyphs_of(chars)[0])


def _read(letters: int, *texts: str, among: Sequence[str] = ()) -> str:
    """What is read in a place that takes so many letters, in a document that has other lines, too."""
    passage = Passage(tuple(_lines(*texts)), 0.0, letters * _WIDE)
    others = [Passage(tuple(_lines(text)), 0.0, 600.0) for text in among]
    return Hand.of([passage, *others]).text(passage)


def test_a_gap_is_a_blank() -> None:
    chars = [*_chars("раз"), *_chars("два", left=4 * _WIDE)]
    [line] = lines_of(glyphs_of(chars)[0])
    assert line.text == "раз два"


def test_what_is_printed_as_one_sign() -> None:
    glyphs, _ = glyphs_of(
        [{**char, "text": text} for char, text in zip(_chars("аб"), "\ufb01\uf0b7", strict=True)]
    )
    assert [it.text for it in glyphs] == ["fi", "•"]


def test_letters_no_one_knows_are_counted() -> None:
    glyphs, unreadable = glyphs_of([*_chars("а"), {**_chars("б")[0], "text": "(cid:17)"}])
    assert ([it.text for it in glyphs], unreadable) == (["а"], 1)


@pytest.mark.parametrize("rises", [1.0, -1.0])
def test_turned_text(rises: float) -> None:
    """«да» written upwards, and downwards."""
    places = [(30.0, 36.0), (24.0, 30.0)] if rises > 0 else [(24.0, 30.0), (30.0, 36.0)]
    chars = [
        {
            "text": letter,
            "x0": 5.0,
            "x1": 15.0,
            "top": top,
            "bottom": bottom,
            "doctop": top,
            "upright": False,
            "matrix": (0, rises, -rises, 0, 0, 0),
        }
        for letter, (top, bottom) in zip("да", places, strict=True)
    ]
    assert [line.text for line in lines_of(glyphs_of(chars)[0])] == ["да"]


class TestWithoutBlanks:
    """The program wrote no blank where it wrapped a line."""

    def test_wrapped_between_words(self) -> None:
        assert _read(9, "учебный", "год") == "учебный год"

    def test_ended_by_the_author(self) -> None:
        assert _read(20, "Сентябрь", "Январь") == "Сентябрь\nЯнварь"

    def test_broken_within_a_word(self) -> None:
        assert _read(8, "библиоте", "каря") == "библиотекаря"

    def test_a_word_that_fills_its_line_is_whole_where_the_document_has_it(self) -> None:
        assert _read(8, "семинары", "школ", among=["все семинары года"]) == "семинары школ"

    def test_a_list_keeps_its_lines(self) -> None:
        assert _read(11, "1. Семинары", "2. Встречи") == "1. Семинары\n2. Встречи"

    def test_dates_one_below_the_other(self) -> None:
        assert _read(9, "Сентябрь", "Январь") == "Сентябрь\nЯнварь"
        assert _read(9, "Сентябрь,", "январь") == "Сентябрь, январь"
        assert _read(12, "14.09.2026 –", "19.09.2026") == "14.09.2026 – 19.09.2026"

    def test_hyphens(self) -> None:
        assert _read(9, "педагоги-", "методисты") == "педагоги-методисты"
        assert _read(9, "методи-", "ческий", among=["один методический день"]) == "методический"
        assert _read(7, "14.09-", "19.09.") == "14.09-19.09."
        assert _read(7, "библио\u00ad", "тека") == "библиотека"


class TestWithBlanks:
    """It wrote them, as the other lines show."""

    def test_a_wrap_has_a_blank_and_an_end_has_none(self) -> None:
        assert _read(9, "учебный ", "семестр ", "кончен") == "учебный семестр кончен"
        assert _read(9, "сентябрь ", "октябрь", "январь") == "сентябрь октябрь\nянварь"

    def test_broken_within_a_word(self) -> None:
        assert _read(9, "каждый ", "библиотек", "арь ", "выступит") == "каждый библиотекарь выступит"


class TestWithBlanksEverywhere:
    """It wrote one behind every paragraph, too."""

    def test_what_begins_small_goes_on(self) -> None:
        assert _read(9, "учебный ", "семестр ") == "учебный семестр"
        assert _read(9, "Сентябрь ", "Январь ") == "Сентябрь\nЯнварь"

    def test_without_one_it_is_broken(self) -> None:
        among = ["раз ", "два ", "три "]
        assert _read(9, "библиотек", "арь ", among=among) == "библиотекарь"


class TestWithMarks:
    """It wrote one everywhere, but behind a paragraph by itself, as Word does."""

    @staticmethod
    def _read(letters: int, *texts: str) -> str:
        """¶ ends a paragraph."""
        chars: list[Mapping[str, Any]] = []
        for at, text in enumerate(texts):
            line = _chars(text.replace("¶", " "), top=at * 12.0)
            chars += [{**it, "mcid": 2 * at + (it is line[-1] and text[-1] == "¶")} for it in line]
        lines = lines_of(glyphs_of(chars)[0])
        passage = Passage(tuple(lines), 0.0, letters * _WIDE)
        others = [Passage((lines[-1],), 0.0, 600.0)] * 9
        return Hand.of([passage, *others]).text(passage)

    def test_the_author_s_ends(self) -> None:
        assert self._read(9, "Сентябрь¶", "Январь¶") == "Сентябрь\nЯнварь"

    def test_a_name_goes_on(self) -> None:
        assert self._read(8, "школы ", "Кировска¶", "Школы¶") == "школы Кировска\nШколы"

    def test_a_line_that_seems_to_have_place(self) -> None:
        assert self._read(8, "Лицей ", "№ 176¶", "Школы¶") == "Лицей № 176\nШколы"

    def test_broken_within_a_word(self) -> None:
        assert self._read(8, "библиоте", "каря¶", "Школы¶") == "библиотекаря\nШколы"


def test_the_right_edge_of_centred_text() -> None:
    lines = _lines("  учебный  ", "     год    ")
    passage = Passage(tuple(lines), 0.0, 66.0)
    [(_, _, was_wrapped)] = passage.wraps()
    assert not was_wrapped
