"""Telephone numbers as people write them."""

from __future__ import annotations

import re

from domain.errors import DomainError

_SHORTEST, _LONGEST = 10, 15
_RUSSIAN = 11


def read_phone(text: str) -> str:
    """A number's digits with the country's code, out of «8 (913) 123-45-67». Raises DomainError
    `phone_not_understood`."""
    said = text.strip(" .,;")
    digits = re.sub(r"\D", "", said)
    if re.search(r"[^\d\s()+.\-–—]", said) or not _SHORTEST <= len(digits) <= _LONGEST:
        raise DomainError("phone_not_understood")
    if "+" not in said:
        if len(digits) == _SHORTEST:
            return "7" + digits
        if len(digits) == _RUSSIAN and digits[0] == "8":
            return "7" + digits[1:]
    return digits


def shown_phone(digits: str) -> str:
    """The number as it is read aloud: «+7 913 123-45-67»; one of another country without gaps."""
    if len(digits) == _RUSSIAN and digits[0] == "7":
        return f"+7 {digits[1:4]} {digits[4:7]}-{digits[7:9]}-{digits[9:]}"
    return f"+{digits}"
