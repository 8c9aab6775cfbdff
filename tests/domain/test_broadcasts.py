"""How long a message to many may be, and how far it has gone."""

from __future__ import annotations

import pytest

from domain.broadcasts import LONGEST, Progress, tidy_words
from domain.errors import DomainError


def test_words_are_tidied() -> None:
    assert tidy_words("  Вебинар в пятницу.\n") == "Вебинар в пятницу."
    assert tidy_words("Я" * LONGEST) == "Я" * LONGEST


def test_nothing_is_no_message() -> None:
    with pytest.raises(DomainError, match="question_empty"):
        tidy_words(" \n ")


@pytest.mark.parametrize(("text", "extra"), [("Я" * (LONGEST + 1), 1), ("😀" * LONGEST, LONGEST)])
def test_what_would_not_fit_is_refused_by_its_length_in_telegram(text: str, extra: int) -> None:
    with pytest.raises(DomainError) as refused:
        tidy_words(text)
    assert refused.value.code == "broadcast_too_long"
    assert refused.value.facts == {"longest": LONGEST, "extra": extra}


def test_what_was_stopped_is_not_lost() -> None:
    assert Progress(1, total=10, sent=7, left=2, stopped=False).lost == 1
    assert Progress(1, total=10, sent=7, left=0, stopped=True).lost == 0
    assert Progress(1, total=10, sent=7, left=2, stopped=False).shown == "7 2"
