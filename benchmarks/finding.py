"""Finding an event among 2,000 by words, against the search library alone; both in this process.

The library looks for the same words in the same texts with its scorer for words in any order; endings and
slips of the finger are left to it. Both have seen the texts before: a plan stays the same from question to
question.
"""

from __future__ import annotations

import gc
from itertools import cycle, islice
from time import perf_counter

from rapidfuzz import fuzz, process

from benchmarks.measuring import Compared, compared
from bot.finding import find, stem_of, words_of

REPETITIONS = 9
EVENTS = 2_000
_ASKED = ("симинар в лицее", "каталог 183", "у Беловой", "правовые основы", "что-то странное")
_KINDS = ("Семинар", "Заседание РМО", "Мастер-класс", "Совещание", "Круглый стол", "Конкурс")
_THEMES = (
    "Правовые основы работы школьной библиотеки",
    "Электронный каталог без страха",
    "Читательские клубы и семейное чтение",
    "Фонд учебников: комплектование и учёт",
    "Краеведение в библиотеке",
    "Новинки детской литературы",
    "Проектная деятельность подростков",
)
_HOSTS = ("МБОУ СОШ №", "Лицей №", "Гимназия №", "Детская библиотека №", "МАОУ СОШ №")
_PEOPLE = ("Белова М. И.", "Орлова Н. В.", "Петрова П. П.", "Соколова А. А.", "Гусева Т. С.", "Жукова О. П.")


def measure() -> list[Compared]:
    """Five questions a repetition."""
    events = _events()
    texts = [" ".join(words_of(" ".join(event))) for event in events]
    _ours(events)
    _bare(texts)
    pairs = [(_ours(events), _bare(texts)) for _ in range(REPETITIONS)]
    ours, bare = zip(*pairs, strict=True)
    return [compared(f"finding among {EVENTS:,} events", ours, bare, 1.5)]


def _events() -> list[tuple[str, ...]]:
    parts = zip(cycle(_KINDS), cycle(_THEMES), cycle(_HOSTS), cycle(_PEOPLE), range(EVENTS), strict=False)
    return [
        (f"{kind} «{theme}», занятие {number % 97}", f"{host} {number % 211}", person)
        for kind, theme, host, person, number in islice(parts, EVENTS)
    ]


def _ours(events: list[tuple[str, ...]]) -> float:
    """The questions as they are typed, stemmed and looked for; in milliseconds."""
    gc.collect()
    start = perf_counter()
    found = [find([stem_of(word) for word in words_of(asked)], events) for asked in _ASKED]
    taken = perf_counter() - start
    assert found[1]
    return taken * 1000


def _bare(texts: list[str]) -> float:
    """The questions looked for by the library; in milliseconds."""
    gc.collect()
    start = perf_counter()
    found = [process.extract(asked.lower(), texts, scorer=fuzz.token_set_ratio, limit=20) for asked in _ASKED]
    taken = perf_counter() - start
    assert found[1]
    return taken * 1000
