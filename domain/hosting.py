"""Who among the people of an association is meant by a name under «Ответственные»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.full_names import FullName
from domain.records import Member

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def named_in(responsible: str, people: Sequence[Member]) -> list[Member]:
    """Those whose surname stands in the words («Гукова А.А., руководитель РМО»), unless the initials or the
    name beside it are somebody else's."""
    words = [_plain(word) for word in _WORDS.findall(responsible)]
    return [one for one in people if _is_named(words, one.name)]


def _is_named(words: Sequence[str], name: FullName) -> bool:
    surname, given = _plain(name.surname), [_plain(name.given_name), _plain(name.patronymic)]
    for at, word in enumerate(words):
        if word != surname:
            continue
        after, before = words[at + 1 : at + 3], words[max(at - 2, 0) : at]
        # Initials stand on either side of a surname; of two people beside each other each has her own.
        beside = _initials(after) or _initials(before) or after[:1]
        if all(one.startswith(said) for said, one in zip(beside, given, strict=False) if len(said) == 1):
            return True
    return False


def _initials(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) == 1]


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")
