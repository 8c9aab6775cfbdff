"""People found by words, and what may be said of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import combinations

from domain.errors import DomainError
from domain.full_names import FullName
from domain.records import Member
from domain.school_names import school_key

LONGEST_LEAVE_YEARS = 4
LONGEST_POSITION = 100
# Lists have no place of its own for the letter: it stands where the other one does.
YO_AS_YE = {"Ё": "Е", "ё": "е"}
# «Петровой» and «Петрову» are Петрова: so many letters of a long word may differ at its end.
_ENDING = 2
_LONG_ENOUGH = 5


def found_by(text: str, people: Sequence[Member]) -> list[Member]:
    """Those of whose name or school every word of the text speaks; else those whose school it means («школа
    45» is «СОШ № 45»). Nobody for a text without a word."""
    wanted = _words(text)
    if not wanted:
        return []
    school = school_key(text)
    return [one for one in people if all(_speaks_of(word, one) for word in wanted)] or [
        one for one in people if any(school_key(each.title) == school for each in one.schools)
    ]


def alike(member: Member, people: Sequence[Member]) -> list[Member]:
    """Those who may be the same person: of the same surname, or of the same name and patronymic, since
    surnames change."""

    def same(one: Member) -> bool:
        surname = plain_words(one.name.surname) == plain_words(member.name.surname)
        given = plain_words(one.name.formal) == plain_words(member.name.formal)
        return surname or (given and bool(member.name.patronymic))

    return [one for one in people if one.person_id != member.person_id and same(one)]


def records_of(member: Member, people: Sequence[Member]) -> list[Member]:
    """Records that a newcomer may say are hers, the likeliest first: of the name that she herself gave, at a
    school of hers or at none, then of the same full name elsewhere; those without an account before others.
    One of a fuller name than she gave is hers only at a school of hers, and where it can be no other's."""

    def rank(one: Member) -> tuple[bool, bool, bool, int]:
        return works_elsewhere(one, member), one.in_telegram, not one.schools, one.person_id

    def same(one: Member) -> bool:
        if one.person_id == member.person_id or not same_name(one.name, member.name):
            return False
        if not one.name.patronymic:
            return not works_elsewhere(one, member)
        return bool(member.name.patronymic) or _in_one_school(one, member)

    found = sorted((one for one in people if same(one)), key=rank)
    patronymics = {plain_words(one.name.patronymic) for one in found if one.name.patronymic}
    return found if len(patronymics) < 2 else [one for one in found if not one.name.patronymic]


def works_elsewhere(one: Member, other: Member) -> bool:
    """Whether a record's schools are known, and none of them is the other's."""
    theirs = {school.id for school in other.schools}
    return bool(one.schools) and theirs.isdisjoint(school.id for school in one.schools)


def look_alikes(people: Sequence[Member]) -> list[tuple[Member, Member]]:
    """Pairs of records that may well be one person's: of one name, or of one name and patronymic in one
    school, since surnames change; both in Telegram only where the full name is one."""
    by_name: defaultdict[str, list[Member]] = defaultdict(list)
    for one in people:
        by_name[plain_words(one.name.given_name)].append(one)
    return [
        (one, other)
        for alike_ones in by_name.values()
        for one, other in combinations(alike_ones, 2)
        if (_same_full_name(one, other) if one.in_telegram and other.in_telegram else _same_one(one, other))
    ]


def same_name(one: FullName, other: FullName) -> bool:
    """Whether two names are one; a patronymic counts only where both have it, ё is е."""
    patronymics = {plain_words(name.patronymic) for name in (one, other) if name.patronymic}
    return first_names(one) == first_names(other) and len(patronymics) < 2


def first_names(name: FullName) -> tuple[str, str]:
    """Surname and name as they are compared."""
    return plain_words(name.surname), plain_words(name.given_name)


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


def tidy_lines(text: str, longest: int) -> str:
    """Somebody's words, each paragraph on one line. Raises DomainError `line_empty`, `line_too_long` (fact
    `longest`)."""
    tidy_line(text, longest)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def plain_words(text: str) -> str:
    """The text as names are compared: in small letters, ё as е."""
    return text.casefold().replace("ё", "е")


def _same_one(one: Member, other: Member) -> bool:
    return same_name(one.name, other.name) or _renamed(one, other)


def _same_full_name(one: Member, other: Member) -> bool:
    return same_name(one.name, other.name) and bool(one.name.patronymic and other.name.patronymic)


def _renamed(one: Member, other: Member) -> bool:
    formal = bool(one.name.patronymic) and plain_words(one.name.formal) == plain_words(other.name.formal)
    return formal and _in_one_school(one, other)


def _in_one_school(one: Member, other: Member) -> bool:
    return not {school.id for school in one.schools}.isdisjoint(school.id for school in other.schools)


def _speaks_of(wanted: str, member: Member) -> bool:
    words = _words(" ".join([member.name.full, *(school.title for school in member.schools)]))
    if wanted.isdigit():
        return wanted in words  # the whole number: «4» is not school 45
    if any(word.startswith(wanted) for word in words):
        return True
    # Not the patronymic: Иванова is not Мария Ивановна.
    named = _words(f"{member.name.surname} {member.name.given_name}")
    stem = wanted[:-_ENDING] if len(wanted) >= _LONG_ENOUGH else wanted
    return any(word.startswith(stem) and len(word) <= len(wanted) + 1 for word in named)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain_words(text))
