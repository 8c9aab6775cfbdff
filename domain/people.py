"""People found by words, and what may be said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.errors import DomainError
from domain.records import Member

LONGEST_LEAVE_YEARS = 4
# «Петровой» and «Петрову» are Петрова: so many letters of a long word may differ at its end.
_ENDING = 2
_LONG_ENOUGH = 5


def found_by(text: str, people: Sequence[Member]) -> list[Member]:
    """Those of whose name or school every word of the text speaks; nobody for a text without a word."""
    wanted = _words(text)
    if not wanted:
        return []
    return [one for one in people if all(_speaks_of(word, _words_of(one)) for word in wanted)]


def alike(member: Member, people: Sequence[Member]) -> list[Member]:
    """Those who may be the same person: of the same surname, or of the same name and patronymic, since
    surnames change."""

    def same(one: Member) -> bool:
        surname = _plain(one.name.surname) == _plain(member.name.surname)
        given = _plain(one.name.formal) == _plain(member.name.formal) and bool(member.name.patronymic)
        return surname or given

    return [one for one in people if one.person_id != member.person_id and same(one)]


def check_leave(until: date, today: date) -> None:
    """Whether a long leave may last until this day. Raises DomainError `leave_in_past`, `leave_too_long`."""
    if until <= today:
        raise DomainError("leave_in_past")
    if until.year - today.year > LONGEST_LEAVE_YEARS:
        raise DomainError("leave_too_long")


def tidy_line(text: str, longest: int) -> str:
    """Somebody's words on one line. Raises DomainError `line_empty`, `line_too_long` (fact `longest`)."""
    text = " ".join(text.split())
    if not any(sign.isalnum() for sign in text):
        raise DomainError("line_empty")
    if len(text) > longest:
        raise DomainError("line_too_long", longest=longest)
    return text


def _speaks_of(wanted: str, words: Sequence[str]) -> bool:
    stem = wanted[:-_ENDING] if len(wanted) >= _LONG_ENOUGH and wanted.isalpha() else wanted
    # A number is the whole number: «4» is not school 45.
    return any(word == wanted if wanted.isdigit() else word.startswith(stem) for word in words)


def _words_of(member: Member) -> list[str]:
    return _words(" ".join([member.name.full, *(school.title for school in member.schools)]))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text))


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
