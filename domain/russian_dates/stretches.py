"""Grammar: weeks and other parts of a month, school terms, seasons, holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.dates import take_month
from domain.russian_dates.nodes import (
    TABLE_MONTH,
    Holidays,
    Node,
    NthWeekday,
    Part,
    Rhythm,
    Season,
    Stretch,
    Term,
    Weekday,
    Weeks,
)
from domain.russian_dates.words import weekday_named
from domain.russian_dates.years import (
    EACH,
    MONTH_WORD,
    SCHOOL_WORD,
    YEAR_WORD,
    edge_of_year,
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
TERM_OF = r"четверт[иь]|четвертей|полугоди[яй]|триместр\w*"

_NOUNS = {
    "неделя": re.compile(r"нед|недел[яиюеьй]|неделей|неделям|неделях"),
    "половина": re.compile(r"половин[аыуе]|половиной|пол"),
    "декада": re.compile(r"декад[аыуе]|декадой"),
    "четверть": re.compile(r"четверт[ьи]|четвертей|четвертью|четвертям|четв"),
    "полугодие": re.compile(r"полугоди[еяию]|полугодий|полугодием|полуг"),
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
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "п": 2, "ш": 3}  # «П» and «Ш» stand for II and III
_SEASON = re.compile(r"(осен|зим|весн|лет)(?:ь|ью|и|а|ой|ою|у|ы|ом|о|е)")
_HOLIDAYS = re.compile(r"(осен|зим|весен|лет|новогод|январ)н?(?:ие|их|ими|им|ские|ских)")


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
    """A weekday alone, «суббота – понедельник» as its two ends."""
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
    year = None if cursor.ahead(school_years) else take_year(cursor)
    if year is None:
        cursor.word(SCHOOL_WORD)
        cursor.word(YEAR_WORD)
    return [Term(noun, first - 1, last - 1, year) for first, last in _runs(numbers)]


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
    """«начало ноября», «в конце учебного года», «конец четверти»."""
    cursor.word("в|во|к")
    words = cursor.word("начал[оаеу]|середин[аеыу]|конец|конц[аеу]|нач|сер|кон")
    if words is None:
        return None
    third = {"н": 1, "с": 2, "к": 3}[words[0]]
    each = bool(cursor.word(EACH))
    month = take_month(cursor)
    if month is None and cursor.word(MONTH_WORD):
        month = TABLE_MONTH
    if month is not None:
        return [Rhythm()] if each else [_stretch(third, third, 3, month, rough=True)]
    if cursor.word(rf"{TERM_OF}|квартал\w*"):
        return [Rhythm()]
    return edge_of_year(cursor, words, third)


def season(cursor: Cursor) -> Sequence[Node] | None:
    """«осенью», «зима 2026 г.»."""
    match = cursor.match(_SEASON)
    return [Season(match[1], take_year(cursor))] if match else None


def holidays(cursor: Cursor) -> Sequence[Node] | None:
    """«осенние каникулы», «на весенних каникулах», «каникулы»."""
    cursor.word("в|во|на")
    cursor.word("дни|период|время")
    match = cursor.match(_HOLIDAYS)
    return [Holidays(match[1] if match else None)] if cursor.word(r"каникул\w*") else None
