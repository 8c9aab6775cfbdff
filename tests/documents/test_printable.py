"""Strangers' text as it is printed."""

from __future__ import annotations

import pytest

from documents.printable import plain, typeset


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("СОШ № 45", "СОШ №~45"),
        ("библиотека им. А. С. Пушкина", "библиотека им. А.~С.~Пушкина"),
        ("Орлова Н. В.", "Орлова Н.~В."),
        ("27 августа 2026 г.", "27 августа 2026~г."),
        ("В 5 классе «А». Они читают", "В 5 классе «А». Они читают"),
        ('клуб "Книгочеи"', "клуб «Книгочеи»"),
        ("Белова – «Каталог» – доклад", "Белова~– «Каталог»~– доклад"),
        ("– начало", "– начало"),
        ("на 2026-2027 уч. год", "на 2026\u20112027 уч. год"),
        ("тел. 2026-20271", "тел. 2026-20271"),
        ("  две\nстроки\x00 ", "две строки"),
        ("", ""),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, printed: str) -> None:
    assert typeset(text) == printed.replace("~", "\u00a0")


def test_what_is_too_long_is_cut() -> None:
    assert plain("буква " * 5, 12) == "буква буква…"
