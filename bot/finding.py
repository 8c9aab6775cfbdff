"""Finding things by words: endings and slips of the finger forgiven, the best match first.

Numbers are told apart to the letter («183» is no «18»), words by their stems: the same stem, the beginning of
another one («лиц» of «лицей»), or, with a slip of the finger, a stem close to it; and where there is nothing
of these, one that sounds like it («сименар»).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from snowballstemmer.russian_stemmer import RussianStemmer

_SAME, _BEGINNING, _SLIP = 1.0, 0.9, 0.75
# What fits so much worse than the best is not shown beside it.
_AS_GOOD = 0.2
# Of so many words one may be missing, where nothing has them all; a number may not.
_MAY_MISS_ONE = 3
_SHORTEST_BEGINNING = 3
# «Семинар» is not meant by «семья» (stem «сем»), «лице» is by «лиц».
_MUCH_LONGER = 2
# A word must be so long for a slip in it to be forgiven; for two; for one at its edge («каталок»).
_ONE_SLIP, _TWO_SLIPS, _AT_EDGE = 5, 9, 7

# Vowels that sound alike where they are not stressed.
_UNSTRESSED = str.maketrans("оеэяы", "аииии")

_stemmer = RussianStemmer()


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """A word's stem."""
    return str(_stemmer.stemWord(word))


def plain(text: str) -> str:
    """The text in small letters, «ё» as «е»."""
    return text.lower().replace("ё", "е")


def words_of(text: str) -> list[str]:
    """Words and numbers, without what stands between them; a мастер-класс is one word."""
    return re.findall(r"[^\W_]+", re.sub(r"мастер\W*класс", "мастеркласс", plain(text)))


# Schools are told apart by the rest of what is said.
ANY_SCHOOL = frozenset(map(stem_of, "школа сош сш шк мбоу маоу мкоу оу".split()))


def find(terms: Sequence[str], things: Sequence[tuple[str, ...]]) -> list[int]:
    """Which things have what is searched for (stems and numbers) in their texts: their places, the best match
    first, equal ones in their order. Nothing that fits clearly worse than the best one; nothing at all rather
    than a bad guess.
    """
    telling = [term for term in terms if term not in ANY_SCHOOL] or list(terms)
    places = defaultdict[str, list[int]](list)
    for at, texts in enumerate(things):
        for one in _stems_of(texts):
            places[one].append(at)
    fits = [_fits(term, places) for term in telling]
    found = set.intersection(*map(set, fits)) if fits else set()
    if not found and len(fits) >= _MAY_MISS_ONE:
        for missing, term in enumerate(telling):
            if not term.isdigit():
                found |= set.intersection(*(set(one) for at, one in enumerate(fits) if at != missing))
    score = {at: sum(one.get(at, 0.0) for one in fits) for at in found}
    best = max(score.values(), default=0.0)
    good = (at for at in sorted(found) if score[at] >= best - _AS_GOOD * len(fits))
    return sorted(good, key=lambda at: -score[at])


@lru_cache(maxsize=8192)
def _stems_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem_of(word) for text in texts for word in words_of(text))


def _fits(term: str, places: Mapping[str, Sequence[int]]) -> dict[int, float]:
    """Where a term can be meant, and how well it fits there."""
    fits: dict[int, float] = {}
    for other, fit in sorted(_meant(term, places.keys()).items(), key=lambda one: one[1]):
        fits.update(dict.fromkeys(places[other], fit))
    return fits


def _meant(term: str, vocabulary: Collection[str]) -> dict[str, float]:
    """Which of these stems the term can mean, and how well each fits."""
    if term.isdigit():
        return {term: _SAME} if term in vocabulary else {}
    meant = dict.fromkeys(_with_slips(term, vocabulary), _SLIP)
    if len(term) >= _SHORTEST_BEGINNING:
        shortest = max(_SHORTEST_BEGINNING, len(term) - _MUCH_LONGER)
        for other in vocabulary:
            if other.startswith(term) or (len(other) >= shortest and term.startswith(other)):
                meant[other] = _BEGINNING
    if term in vocabulary:
        meant[term] = _SAME
    return meant or _sounding_like(term, vocabulary)


def _sounding_like(term: str, vocabulary: Collection[str]) -> dict[str, float]:
    sound = term.translate(_UNSTRESSED)
    return {other: _SLIP for other in vocabulary if other.translate(_UNSTRESSED) == sound}


def _with_slips(term: str, vocabulary: Collection[str]) -> list[str]:
    if len(term) < _ONE_SLIP:
        return []
    # The bot starts lighter without it; the first question that needs it brings it in.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 1 if len(term) < _TWO_SLIPS else 2
    near = process.extract(term, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [other for other, _, _ in near if _is_a_slip(term, other)]


def _is_a_slip(term: str, other: str) -> bool:
    """Whether two stems that are close to each other are one word: «странный» is no «страх»."""
    shorter = min(len(term), len(other))
    edges = (term[0], term[-1]) == (other[0], other[-1])
    return not other.isdigit() and (shorter >= _AT_EDGE or (shorter >= _ONE_SLIP and edges))
