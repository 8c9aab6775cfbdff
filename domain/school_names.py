"""School names as people write them: tidied for display, and compared."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from domain.errors import DomainError

LONGEST = 250

# The legal form says nothing of which school it is.
_LEGAL = re.compile(
    r"[мгчнкф]{1,3}[абк]?н?[дпс]?о?у(до|дпо)?|[мг]?[абк]?ук|ано|аноо|дпо|до"
    r"|муниципальн\w+|государственн\w+|бюджетн\w+|автономн\w+|казенн\w+|областн\w+|краев\w+|частн\w+"
    r"|общеобразовательн\w+|образовательн\w+|учрежден\w+|организаци\w+"
)
# Whose it is, before the name proper.
_OF_THE_TOWN = re.compile(r"(?:г\.|города|городского округа)\s?[А-ЯЁ][\w-]*(?: [А-ЯЁ][\w-]*)?\s(?=«)")
_KINDS = {
    "сош": re.compile(r"с(редн\w+)?о?ш|средн\w+"),
    "оош": re.compile(r"оош|основн\w+"),
    "нош": re.compile(r"нош|начальн\w+"),
    "гимназия": re.compile(r"гимн(ази\w+)?"),
    "прогимназия": re.compile(r"прогимнази\w+"),
    "лицей": re.compile(r"лиц(е\w+)?"),
    "интернат": re.compile(r"интернат\w*"),
    "вечерняя": re.compile(r"вечерн\w+|сменн\w+|всош|осош"),
    "коррекционная": re.compile(r"коррекционн\w+|скош"),
    "сад": re.compile(r"сад\w*"),
    "библиотека": re.compile(r"библиотек\w*"),
}
_SPELLED_OUT = {
    kind: re.compile(rf"\b{told}\s+(?:обще)?образовательн\w+\s+школ\w+", re.IGNORECASE)
    for kind, told in (("СОШ", r"средн\w+"), ("ООШ", r"основн\w+"), ("НОШ", r"начальн\w+"))
}
_ONLY_A_NUMBER = re.compile(r"^(?:№ )?([0-9]{1,4})$")
_ANY_SCHOOL = re.compile(r"школ\w+|шк|ш")
_EMPTY_WORDS = frozenset(
    "номер но n no г город города район района им имени и в на с по для детский детского".split()
)


# Where one of several schools may end.
_BETWEEN = re.compile(r"\s*[/;,]\s*|\s+и\s+|(?<=\d)\s+(?=[^\W\d])")
_ADDRESS = re.compile(r"\b(ул|улица|пр|проспект|пер|переулок|д|дом|корп|корпус\w*)\b")


@dataclass(frozen=True, slots=True)
class _School:
    kind: str  # empty where only «школа», or nothing, was said
    number: str
    words: frozenset[str]
    said: str

    @property
    def key(self) -> str:
        kind = "" if self.kind == "сош" else self.kind
        return " ".join(part for part in (kind, self.number, *sorted(self.words)) if part) or self.said


def tidy_title(text: str) -> str:
    """The title on one line, with «ёлочки» and «№ 183»; a number alone is that of a school.

    Raises DomainError `school_empty` where no letter and no digit is left, and `school_too_long` (fact
    `longest`).
    """
    text = unicodedata.normalize("NFC", text)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = " ".join(text.split())
    text = re.sub(r"(?:№|\bN(?:[oо]\.?|º)?(?=\s?\d))\s*", "№ ", text)
    text = re.sub(r"(?<=\w)№", " №", text).rstrip()
    text = re.sub(r"[“„‟”]", '"', text)
    text = re.sub(r'(^|[\s(«])"\s*(?=[^\s"])', r"\1«", text)
    text = re.sub(r'\s*"', "»", text)
    text = _ONLY_A_NUMBER.sub(r"Школа № \1", text)
    if not any(char.isalnum() for char in text):
        raise DomainError("school_empty")
    if len(text) > LONGEST:
        raise DomainError("school_too_long", longest=LONGEST)
    return text


def short_title(title: str) -> str:
    """What people call a school: «СОШ № 45» of «Муниципальное бюджетное общеобразовательное учреждение
    «Средняя общеобразовательная школа № 45»», without its legal form. A title that is nothing else stays."""
    text = title
    for kind, spelled_out in _SPELLED_OUT.items():
        text = spelled_out.sub(kind, text)
    words = text.split()
    while words and _LEGAL.fullmatch(re.sub(r"[^\w]", "", words[0]).casefold().replace("ё", "е")):
        del words[0]
    text = _OF_THE_TOWN.sub("", " ".join(words))
    if text.startswith("«") and text.endswith("»"):
        text = text[1:-1]
        text += "»" * (text.count("«") - text.count("»"))
    return text[:1].upper() + text[1:] if text else title


def school_key(title: str) -> str:
    """Equal for the usual spellings of one school: «183», «школа №183» and «МБОУ СОШ № 183».

    A kind other than the ordinary school counts («гимназия 3» is not «СОШ 3»), legal form, quotes, case, ё,
    the town and the person that the school is named after do not. A name without a number is its words.
    """
    return _understood(title).key


def same_school(one: str, other: str) -> bool:
    """Whether two titles may well mean one school: the kind counts only where both name it («3» may be
    «Гимназия № 3»), a village only where both name one, and «ЛИТ» is «Лицей информационных технологий».
    """
    a, b = _understood(one), _understood(other)
    if a.key == b.key:
        return True
    if a.number != b.number:
        return False
    kinds_agree = not a.kind or not b.kind or a.kind == b.kind
    if a.number:
        return kinds_agree and (a.words <= b.words or b.words <= a.words)
    if a.words and a.words == b.words:
        return kinds_agree
    return _abbreviates(one, other) or _abbreviates(other, one)


def schools_in(text: str) -> list[str]:
    """The schools that a text names one after another («Гимназия № 21/ СОШ 7»), as they stand there; the text
    itself where it names one, or none that can be told."""
    starts, keys, at = list[int](), set[str](), 0
    for end in [*(found.end() for found in _BETWEEN.finditer(text)), len(text)]:
        piece = text[at:end]
        if _names_a_school(piece) and (key := school_key(piece)) not in keys:
            keys.add(key)
            starts.append(at)
        at = end
    if len(starts) < 2:
        return [text]
    bounds = [0, *starts[1:], len(text)]
    return [re.sub(r"(\s+и|[\s,;/]+)+$", "", text[begin:end]) for begin, end in pairwise(bounds)]


class KnownSchools:
    """Titles among which the same school is found quickly, however many they are."""

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self._by_number: defaultdict[str, list[str]] = defaultdict(list)
        for title in titles:
            self.add(title)

    def add(self, title: str) -> None:
        """One more title."""
        self._by_number[_understood(title).number].append(title)

    def find(self, title: str) -> str | None:
        """The title of the same school: one with the same key before one that is only like it."""
        near = self._by_number.get(_understood(title).number, [])
        exact = (one for one in near if school_key(one) == school_key(title))
        return next(exact, None) or next((one for one in near if same_school(one, title)), None)


def _names_a_school(text: str) -> bool:
    """Whether a text has both a school's kind and a number, and is no address."""
    said = _plain(text)
    words = re.findall(r"[^\W\d]+", said)
    kind = any(
        _ANY_SCHOOL.fullmatch(word) or any(one.fullmatch(word) for one in _KINDS.values()) for word in words
    )
    return kind and bool(_number(said)) and not _ADDRESS.search(said)


@lru_cache(maxsize=4_096)
def _understood(title: str) -> _School:
    said = text = _plain(title)
    number = _number(text)
    if number:
        # Beside a number these only describe the school, and are left out as often as not.
        text = re.sub(r"\b(им|имени)\b.*|\bс углубленн\w+ .*|\bкорпус.*", " ", text)
    text = re.sub(r"\b(г|город|города|городе)\b\.?\s+\w+(-\w+)*|\b\w+\s+район\w*", " ", text)
    words = [word for word in re.findall(r"[^\W\d]+", text) if word not in _EMPTY_WORDS]
    kind = ""
    rest: list[str] = []
    for word in words:
        if _LEGAL.fullmatch(word) or _ANY_SCHOOL.fullmatch(word):
            continue
        named = next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(word)), None)
        if named is None:
            rest.append(word)
        elif not kind or kind == "сош":
            kind = named
    return _School(kind, number, frozenset(rest), said)


@lru_cache(maxsize=4_096)
def _plain(title: str) -> str:
    text = unicodedata.normalize("NFKC", title.replace("№", " № ")).casefold().replace("ё", "е")
    text = re.sub(r"(?<=\d)-?(я|й|ая|ой|ый)\b", " ", text)
    # «школа183», «183школа»
    text = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", text)
    return re.sub(r"[^\w№-]+", " ", text).strip()


def _number(text: str) -> str:
    found = re.search(r"№\s*(\d+)", text) or re.search(r"(\d+)", text)
    return "" if found is None else found[1].lstrip("0") or "0"


def _abbreviates(short: str, long: str) -> bool:
    """Whether one word's letters are the initials of the other's words."""
    letters, words = _telling(short), _telling(long)
    return (
        len(letters) == 1
        and len(words) >= 2
        and letters[0] == "".join(word[0] for word in words if word not in _EMPTY_WORDS)
    )


@lru_cache(maxsize=4_096)
def _telling(title: str) -> tuple[str, ...]:
    """The words of a title but for the legal form."""
    return tuple(word for word in re.findall(r"\w+", _plain(title)) if not _LEGAL.fullmatch(word))
