"""Quotation marks within quotation marks."""

from __future__ import annotations

import pytest

from domain.quotes import within_quotes


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("Книжные новинки", "Книжные новинки"),
        ("«Мастер и Маргарита» на уроке", "„Мастер и Маргарита“ на уроке"),
        ('Роман "Мастер и Маргарита"', "Роман „Мастер и Маргарита“"),
        ('Книга ("Маяк") и "Парус"', "Книга („Маяк“) и „Парус“"),
        ("„Мастер“ и «Маргарита»", "„Мастер“ и „Маргарита“"),
        ('Экран 6" и 7"', "Экран 6“ и 7“"),
        ("", ""),
    ],
)
def test_they_are_of_the_inner_kind(words: str, within: str) -> None:
    assert within_quotes(words) == within
