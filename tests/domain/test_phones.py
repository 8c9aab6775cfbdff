"""Telephone numbers, read and shown."""

import pytest

from domain.errors import DomainError
from domain.phones import read_phone, shown_phone


@pytest.mark.parametrize(
    "text",
    [
        "+7 913 123-45-67",
        "8 (913) 123-45-67",
        "89131234567",
        "9131234567",
        "7 913 123 45 67",
        "+7.913.123.45.67,",
    ],
)
def test_the_usual_spellings_are_one_number(text: str):
    """With the country's code, digits alone."""
    assert read_phone(text) == "79131234567"
    assert shown_phone(read_phone(text)) == "+7 913 123-45-67"


def test_other_countries():
    """As they are."""
    assert read_phone("+375 29 123-45-67") == "375291234567"
    assert shown_phone("375291234567") == "+375291234567"
    assert read_phone("+8 613 123-45-67") == "86131234567"


@pytest.mark.parametrize(
    "text", ["", "123-45-67", "8 913 123-45-67 доб. 5", "1" * 16, "нет", "8 913 12З-45-67"]
)
def test_what_is_no_number(text: str):
    """Too short, too long, or with words."""
    with pytest.raises(DomainError, match="phone_not_understood"):
        read_phone(text)
