"""The code word: what may be one, and when one is typed."""

from __future__ import annotations

import pytest

from domain.code_words import LONGEST, WORDS, read_word, same_word
from domain.errors import DomainError


@pytest.mark.parametrize("said", ["берёза", " Береза ", "БЕРЁЗА!", "«берёза».", "бере за"])
def test_a_word_is_known_again(said: str) -> None:
    assert same_word("Берёза", said)


@pytest.mark.parametrize("said", ["", "березы", "рябина", "!"])
def test_another_word_is_another(said: str) -> None:
    assert not same_word("Берёза", said)


def test_one_of_her_own() -> None:
    assert read_word("  красный \n мак ") == "красный мак"


@pytest.mark.parametrize(
    ("text", "code"), [("…", "line_empty"), ("", "line_empty"), ("ы" * (LONGEST + 1), "line_too_long")]
)
def test_what_is_no_word(text: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        read_word(text)


def test_no_two_proposed_words_sound_alike() -> None:
    assert len({word.casefold().replace("ё", "е") for word in WORDS}) == len(WORDS)
    assert all(read_word(word) == word for word in WORDS)
