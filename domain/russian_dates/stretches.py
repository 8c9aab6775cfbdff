"""Grammar: weeks and other parts of a month, school terms, seasons, holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.dates import take_month
from domain.russian_dates.nodes import (
    TABLE_MONTH,
    Edge,
    Holidays,
    Node,
    NthWeekday,
    Part,
    Point,
    Rhythm,
    Season,
    Stretch,
    Term,
    Weekday,
    Weeks,
)
from domain.russian_dates.words import MONTHS_OF, weekday_named
from domain.russian_dates.years import (
    BEGINNING,
    EACH,
    END,
    MIDDLE,
    MONTH_WORD,
    SCHOOL_WORD,
    YEAR_WORD,
    Edges,
    edges_of_year,
    school_years,
    take_year,
)

# School terms by months. Their days are the school's own, so the months are as near as a plan can tell.
TERMS = {
    "четверть": [(9, 10), (11, 12), (1, 3), (4, 5)],
    "полугодие": [(9, 12), (1, 5)],
    "триместр": [(9, 11), (12, 2), (3, 5)],
    "квартал": [(1, 3), (4, 6), (7, 9), (10, 12)],
}
_OF_TERM = {"четверть": "-й четверти", "полугодие": "-го полугодия", "триместр": "-го триместра"}
TERM_OF = r"четверт[иь]|четвертей|полугоди[яй]|триместр\w*"

_NOUNS = {
    "неделя": re.compile(r"нед|недел[яиюеьй]|неделей|неделям|неделях"),
    "половина": re.compile(r"половин[аыуе]|половиной|пол"),
    "декада": re.compile(r"декад[аыуе]|декадой"),
    "четверть": re.compile(r"четверт[ьи]|четвертей|четвертью|четвертям|четв"),
    "полугодие": re.compile(r"полугоди[еяию]|полугодий|полугодием|полуг(?:од)?"),
    "триместр": re.compile(r"триместр\w{0,2}"),
    "квартал": re.compile(r"квартал\w{0,2}|кв"),
}
_PARTS_OF_MONTH = {"половина": 2, "декада": 3}
_ORDINAL_STEMS = {
    "перв": 1,
    "втор": 2,
    "трет": 3,
    "четверт": 4,
    "пят": 5,
    "шест": 6,
    "последн": -1,
    "предпоследн": -2,
}
_ORDINAL = re.compile(
    rf"({'|'.join(_ORDINAL_STEMS)})(?:ый|ий|ой|ая|яя|ья|ое|ее|ье|ого|его|ьего|ей|ьей|ую|юю|ью|ом|ем|ьем)"
)
_SHORT_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "последн": -1, "посл": -1}
_SHORT_ORDINAL = re.compile("|".join(_SHORT_ORDINALS))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "п": 2, "ш": 3}  # «П» and «Ш» stand for II and III
# «20-е числа», «в первых числах» of a month: which third of it.
_TENS = {10: 2, 20: 3}
_THIRD_SPELT = {"перв": 1, "десят": 2, "двадцат": 3, "последн": 3}
_NUMBERS_OF_MONTH = re.compile(rf"({'|'.join(_THIRD_SPELT)})(?:ые|ых|ие|их)")
_SEASON = re.compile(r"(осен|зим|весн|лет)(?:ь|ью|и|а|ой|ою|у|ы|ом|о|е)")
_HOLIDAYS = re.compile(r"(осен|зим|весен|лет|новогод|январ)н?(?:ие|их|ими|им|ские|ских)?")


def counted(cursor: Cursor) -> Sequence[Node] | None:
    """«II–III неделя ноября», «вторая половина марта», «1 полугодие», «третья среда месяца»."""
    each = bool(cursor.word(EACH))
    first = cursor.peek()
    numbers = take_ordinals(cursor)
    if numbers is None:
        return None
    noun_said = cursor.peek()
    if first is cursor.peek(-1) and first and first.is_number and noun_said and noun_said.text == "недели":
        return None  # «4 недели ноября»: the fourth, or four of them
    day = take_weekday(cursor)
    if day is not None:
        month = _of_month(cursor, each)
        return (
            [Rhythm(often=True)] if month is None else [NthWeekday(number, day, month) for number in numbers]
        )
    noun = next((name for name, forms in _NOUNS.items() if cursor.word(forms)), None)
    if noun is None and cursor.word("дек") and cursor.ahead(take_month):
        noun = "декада"
    if noun is None:
        return None
    if noun in TERMS:
        return _terms(cursor, noun, numbers)
    if noun == "половина" and cursor.tried(_of_year) is not None:
        return _terms(cursor, "полугодие", numbers)
    month = _of_month(cursor, each)
    if month is None:
        return [Rhythm()]
    if noun == "неделя":
        if not {-1, 1, 2, 3, 4, 5}.issuperset(numbers):
            return None
        return [Weeks(first, last, month) for first, last in _runs(numbers)]
    count = _PARTS_OF_MONTH[noun]
    if any(number < -1 or number > count for number in numbers):
        return None
    parts = _runs(number if number > 0 else count for number in numbers)
    return [_stretch(first, last, count, month) for first, last in parts]


def take_ordinals(cursor: Cursor) -> list[int] | None:
    """«3-я, 4-я», «II–III», «первая и вторая», «последняя» (-1): spans as all that they hold."""
    first = _ordinal(cursor)
    if first is None:
        return None
    found = [first]
    while (more := cursor.tried(_further_ordinal)) is not None:
        through, number = more
        found.extend(range(found[-1] + 1, number + 1) if through and number > found[-1] > 0 else [number])
    return found


def _further_ordinal(cursor: Cursor) -> tuple[bool, int] | None:
    """One more, and whether all between are meant too."""
    through = bool(cursor.mark("-"))
    if not (through or cursor.mark(",") or cursor.word("и")):
        return None
    number = _ordinal(cursor)
    return None if number is None else (through, number)


def _ordinal(cursor: Cursor) -> int | None:
    if spelt := cursor.match(_ORDINAL):
        return _ORDINAL_STEMS[spelt[1]]
    if short := cursor.match(_SHORT_ORDINAL):
        return _SHORT_ORDINALS[short[0]] if cursor.mark(".") else None
    roman = cursor.match("|".join(_ROMAN))
    number = _ROMAN[roman[0]] if roman else cursor.number(1)
    if not number:
        return None
    cursor.ending()
    return number


def take_weekday(cursor: Cursor) -> int | None:
    """«среда», «ср», Monday as 0."""
    token = cursor.peek()
    day = weekday_named(token.text) if token else None
    cursor.at += day is not None
    return day


def weekday(cursor: Cursor) -> Sequence[Node] | None:
    """A weekday alone, «суббота – понедельник» as its two ends; «5 октября – понедельник» is of the
    day."""
    if cursor.said and isinstance(cursor.said[-1], Point):
        cursor.mark("-")
    day = take_weekday(cursor)
    if day is None:
        return None
    last = take_weekday(cursor) if cursor.mark("-") else None
    return [Weekday(day)] if last is None else [Weekday(day), Weekday(last)]


def _of_month(cursor: Cursor, each: bool) -> Part | None:
    """The month after «неделя», that of the table where none is named; None for «каждого месяца»."""
    each = bool(cursor.word(EACH)) or each
    month = take_month(cursor)
    if month is None:
        cursor.word(MONTH_WORD)
    return None if each else month or TABLE_MONTH


def _of_year(cursor: Cursor) -> str | None:
    cursor.word(SCHOOL_WORD)
    return cursor.word("года|г")


def _terms(cursor: Cursor, noun: str, numbers: Sequence[int]) -> Sequence[Node] | None:
    if any(not 1 <= number <= len(TERMS[noun]) for number in numbers):
        return None
    following = cursor.peek()
    if following is not None and following.text in MONTHS_OF:
        return None  # «4-й четв. октября» is a Thursday
    year = None if cursor.ahead(school_years) else take_year(cursor)
    if year is None:
        cursor.word(SCHOOL_WORD)
        cursor.word(YEAR_WORD)
    terms = [Term(noun, first - 1, last - 1, year) for first, last in _runs(numbers)]
    if cursor.ahead(partial(_dash_and_month_of, terms[-1])):
        cursor.mark("-")
    return terms


def _dash_and_month_of(term: Term, cursor: Cursor) -> Part | None:
    """The «– октябрь» of «1 полугодие – октябрь»: the dash joins the term with a month in it."""
    month = take_month(cursor) if cursor.mark("-") else None
    first, last = TERMS[term.noun][term.first][0], TERMS[term.noun][term.last][1]
    if month is None or month.month is None or (month.month - first) % 12 > (last - first) % 12:
        return None
    return month


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """[2, 3, 4, 6] → [(2, 4), (6, 6)]."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _stretch(first: int, last: int, of: int, month: Part, rough: bool = False) -> Stretch:
    """The first half of a month is its days 1–15, a third is ten days; the last goes to the month's end."""
    length = 30 // of
    return Stretch((first - 1) * length + 1, 31 if last == of else last * length, month, rough)


def edge(cursor: Cursor) -> Sequence[Node] | None:
    """«начало ноября», «конец марта – начало апреля», «начало и конец учебного года», «конец четверти»."""
    towards = cursor.word("в|во|к") == "к"
    found = _edge_word(cursor)
    if found is None:
        return None
    through = cursor.tried(_edge_after_dash)
    edges = [found]
    while further := cursor.tried(_further_edge):
        edges.append(further)
    each = bool(cursor.word(EACH))
    month = take_month(cursor)
    if month is None and cursor.word(MONTH_WORD):
        month = TABLE_MONTH
    if through is not None:
        # «начало – середина ноября»; all of a year is asked about.
        if month is not None:
            return [Rhythm()] if each else [_stretch(found[1], through[1], 3, month, rough=True)]
        ends = edges_of_year(cursor, [found, through])
        return [replace(ends[1], months=(ends[0].months[0], ends[1].months[1]))] if ends else None
    if month is not None:
        stretches = [_stretch(third, third, 3, month, rough=True) for _, third in edges]
        return [Rhythm()] if each else [*stretches[:-1], _through(cursor, stretches[-1])]
    if cursor.word(rf"{TERM_OF}|квартал\w*"):
        return [Rhythm()]
    of_term = partial(_edges_of_term, edges=edges, sure=not towards)
    return cursor.tried(of_term) or edges_of_year(cursor, edges, sure=not towards)


def _edge_word(cursor: Cursor) -> tuple[str, int] | None:
    """«начало», «конец», and the «первые числа», «20-е числа» of a month."""
    if numbers := cursor.tried(_numbers_of_month):
        return numbers
    words = cursor.word("начал[оаеу]|середин[аеыу]|конец|конц[аеу]|нач|сер|кон")
    return (words, {"н": BEGINNING, "с": MIDDLE, "к": END}[words[0]]) if words else None


def _numbers_of_month(cursor: Cursor) -> tuple[str, int] | None:
    ten = cursor.number(2)
    if ten is not None:
        cursor.mark("-")
        third = _TENS.get(ten) if cursor.match("е|ые|х|ых") else None
    else:
        spelt = cursor.match(_NUMBERS_OF_MONTH)
        third = _THIRD_SPELT[spelt[1]] if spelt else None
    return ("числа", third) if third and cursor.word("числа|числах") else None


def _further_edge(cursor: Cursor) -> tuple[str, int] | None:
    if not (cursor.mark(",") or cursor.word("и")):
        return None
    cursor.word("в")
    return _edge_word(cursor)


def _edge_after_dash(cursor: Cursor) -> tuple[str, int] | None:
    if not cursor.mark("-"):
        return None
    cursor.word("в")
    return _edge_word(cursor)


def _through(cursor: Cursor, start: Stretch) -> Stretch:
    """The stretch as far as the «– начало апреля» after «конец марта»."""
    end = cursor.tried(_after_dash)
    return replace(start, last=end.last, until=end.part) if end else start


def _after_dash(cursor: Cursor) -> Stretch | None:
    found = _edge_after_dash(cursor)
    month = take_month(cursor) if found else None
    return _stretch(found[1], found[1], 3, month, rough=True) if found and month else None


def _edges_of_term(cursor: Cursor, edges: Edges, sure: bool) -> Sequence[Node] | None:
    """«… II четверти» after its edges: the months where it begins or ends."""
    numbers = take_ordinals(cursor)
    noun = next((name for name in _OF_TERM if cursor.word(_NOUNS[name])), None)
    if noun is None or numbers is None or len(numbers) > 1 or not 1 <= numbers[0] <= len(TERMS[noun]):
        return None
    if any(third == MIDDLE for _, third in edges):
        return None
    cursor.word(SCHOOL_WORD)
    cursor.word(YEAR_WORD)
    first, last = TERMS[noun][numbers[0] - 1]
    months = {BEGINNING: (first, first), END: (last, last)}
    of = f"{numbers[0]}{_OF_TERM[noun]}"
    return [Edge(f"{words} {of}", months[third], False, sure) for words, third in edges]


def season(cursor: Cursor) -> Sequence[Node] | None:
    """«осенью», «зима 2026 г.»."""
    match = cursor.match(_SEASON)
    return [Season(match[1], take_year(cursor))] if match else None


def holidays(cursor: Cursor) -> Sequence[Node] | None:
    """«осенние каникулы», «зимние и весенние каникулы», «на весенних каникулах», «каникулы»."""
    cursor.word("в|во|на")
    cursor.word("дни|период|время")
    stems = [match[1] if (match := cursor.match(_HOLIDAYS)) else None]
    cursor.dots()
    while stems[0] and (further := cursor.tried(_further_holidays)):
        stems.append(further)
    return [Holidays(stem) for stem in stems] if cursor.word(r"каникул\w*") else None


def _further_holidays(cursor: Cursor) -> str | None:
    match = cursor.match(_HOLIDAYS) if cursor.mark(",/") or cursor.word("и") else None
    cursor.dots()
    return match[1] if match else None
