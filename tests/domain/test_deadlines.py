"""What a sentence forbids until a day is no deadline of it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.russian_dates import read_deadline

MEETING = date(2026, 11, 18)


@pytest.mark.parametrize(
    "words",
    [
        "Не начинать до 15 декабря",
        "Не начинать подписку до 15 декабря",
        "Не выдавать новые учебники до 15 декабря",
        "Списки не публиковать до 15 декабря",
        "Начать сверку не ранее 15 декабря",
    ],
)
def test_forbidden_until_then(words: str) -> None:
    assert read_deadline(words, MEETING) is None


@pytest.mark.parametrize(
    "words",
    [
        "Не забыть сдать сведения до 15 декабря",
        "Не откладывать: сдать сведения до 15 декабря",
        "Новых форм не вводить. Сведения сдать до 15 декабря",
        "Сдать сведения не позднее 15 декабря",
    ],
)
def test_to_be_done_by_then(words: str) -> None:
    assert read_deadline(words, MEETING) == date(2026, 12, 15)
