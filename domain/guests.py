"""Guests and substitutes, as people type them: a name, and perhaps an organisation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from domain.errors import DomainError
from domain.full_names import FullName
from domain.school_names import tidy_title

LONGEST_NAME = 150
LONGEST_ORGANISATION = 200
MOST_GUESTS = 30


@dataclass(frozen=True, slots=True)
class NewGuest:
    """A guest as written; `organisation` is empty where none was named."""

    name: str
    organisation: str


def read_name(text: str) -> str:
    """Somebody's name on one line, «Сидорова А. П.» too. Raises DomainError `name_too_long` (fact `longest`),
    `guest_not_understood` for what has no letters, or digits."""
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    name = " ".join(text.split()).strip(" ,;")
    if len(name) > LONGEST_NAME:
        raise DomainError("name_too_long", longest=LONGEST_NAME)
    if not re.search(r"[^\W\d_]{2}", name) or re.search(r"\d", name):
        raise DomainError("guest_not_understood")
    return name


def same_name(written: str, name: FullName) -> bool:
    """Whether somebody who was written down has this name."""
    return written.casefold().replace("ё", "е") == name.full.casefold().replace("ё", "е")


def read_organisation(text: str) -> str:
    """Where a guest comes from. Raises DomainError `organisation_empty` where no letter and no digit is left,
    and `organisation_too_long` (fact `longest`)."""
    try:
        title = tidy_title(text)
    except DomainError as error:
        if error.code == "school_empty":
            raise DomainError("organisation_empty") from None
        title = text
    if len(title) > LONGEST_ORGANISATION:
        raise DomainError("organisation_too_long", longest=LONGEST_ORGANISATION)
    return title


def read_guests(text: str) -> list[NewGuest]:
    """«Фамилия Имя Отчество, организация», one guest a line.

    Raises DomainError `guest_not_understood`, `guests_too_many` (fact `most`), and those of read_name and
    tidy_title.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_GUESTS:
        raise DomainError("guests_too_many", most=MOST_GUESTS)
    guests = []
    for line in lines:
        name, _, organisation = line.partition(",")
        guests.append(NewGuest(read_name(name), tidy_title(organisation) if organisation.strip() else ""))
    if not guests:
        raise DomainError("guest_not_understood")
    return guests
