"""Russian words for dates, in plans and in chat → Period.

Text becomes tokens; a small grammar turns the tokens into nodes, each a thing the author said («15 ноября»,
«до», «II–III неделя», «раз в четверть»); a context (school year, year, month of the table) turns the nodes
into periods. What is sure is a period; what is doubtful is a Problem with the likeliest reading as its
guess; no number and no word that could change the meaning is passed over.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import TypeAlias, TypeVar

from domain.errors import DomainError
from domain.period import Period, Precision, last_of_month
from domain.plan_draft import FIRST_MONTH, Problem

# --- What comes out -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WhenReading:
    """What a cell says about the time.

    `periods` hold only what is sure. `recurs` keeps the words of a rhythm («1 раз в четверть»). `rest` keeps
    words that stand beside the date and are none, such as a place.
    """

    periods: tuple[Period, ...] = ()
    year_round: bool = False
    recurs: str | None = None
    problems: tuple[Problem, ...] = ()
    rest: str = ""


# --- Words ----------------------------------------------------------------------------------------------

MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
MONTHS_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
WEEKDAYS = "понедельник вторник среда четверг пятница суббота воскресенье".split()

_MONTH_FORMS = {
    form: number
    for number, (stem, endings) in enumerate(
        [
            ("январ", "ь я е ю ем и"),
            ("феврал", "ь я е ю ем и"),
            ("март", " а е у ом ы"),
            ("апрел", "ь я е ю ем и"),
            ("ма", "й я е ю ем и"),
            ("июн", "ь я е ю ем и"),
            ("июл", "ь я е ю ем и"),
            ("август", " а е у ом ы"),
            ("сентябр", "ь я е ю ем и"),
            ("октябр", "ь я е ю ем и"),
            ("ноябр", "ь я е ю ем и"),
            ("декабр", "ь я е ю ем и"),
        ],
        start=1,
    )
    for form in [stem + ending.strip() for ending in endings.split(" ")]
} | {
    short: number
    for number, shorts in enumerate(
        "янв фев,февр мар апр  июн июл авг сен,сент окт ноя,нояб дек".split(" "), start=1
    )
    for short in shorts.split(",")
    if short
}
_MONTH_ADJECTIVE = re.compile(
    r"(январ|феврал|март|апрел|май|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:ь|ов)?ск\w+"
)
_ADJECTIVE_STEMS = "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр".split()

_WEEKDAY = [
    re.compile(pattern)
    for pattern in (
        r"понедельник\w*|пн",
        r"вторник\w*|вт",
        r"сред[аыеу]|средой|средам|ср",
        r"четверг\w*|чт",
        r"пятниц\w*|пт",
        r"суббот\w*|сб",
        r"воскресень\w*|вс",
    )
]
_ORDINAL = {
    "перв": 1,
    "втор": 2,
    "трет": 3,
    "четверт": 4,
    "пят": 5,
    "шест": 6,
    "последн": -1,
    "предпоследн": -2,
}
_ORDINAL_WORD = re.compile(
    r"(перв|втор|трет|четверт|пят|шест|предпоследн|последн)(?:ый|ий|ой|ая|яя|ья|ое|ее|ье|ого|его|ьего|ей|ьей|ую|юю|ью|ом|ем|ьем)"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "п": 2, "ш": 3}  # «П» and «Ш» stand for II and III
_NUMBER_ENDING = re.compile(r"[яйеюи]|ая|ой|ое|ую|ый|ий|го|му|ого|ому|ья|ю|ье")
_SEASON = {"осен": (9, 11), "зим": (12, 2), "весн": (3, 5), "лет": (6, 8)}
_SEASON_WORD = re.compile(r"(осен|зим|весн|лет)(?:ь|ью|и|а|ой|ою|у|ы|ом|о|е)")
_HOLIDAYS_WORD = re.compile(r"(осен|зим|весен|лет|новогод|январ)н?(?:ие|их|ими|им|ские|ских)")
# Where holidays usually lie: (month, day) to (month, day). The school calendar decides, so this is a guess.
_USUAL_HOLIDAYS = {
    "осен": ((10, 26), (11, 4)),
    "зим": ((12, 30), (1, 10)),
    "весен": ((3, 21), (3, 31)),
    "лет": ((6, 1), (8, 31)),
    "новогод": ((12, 30), (1, 10)),
    "январ": ((12, 30), (1, 10)),
}
# School terms by months. Their days are the school's own, so the months are as near as a plan can tell.
_TERMS = {
    "четверть": [(9, 10), (11, 12), (1, 3), (4, 5)],
    "полугодие": [(9, 12), (1, 5)],
    "триместр": [(9, 11), (12, 2), (3, 5)],
    "квартал": [(1, 3), (4, 6), (7, 9), (10, 12)],
}
_NOUNS = {
    "неделя": re.compile(r"нед|недел[яиюеьй]|неделей|неделям|неделях"),
    "половина": re.compile(r"половин[аыуе]|половиной"),
    "декада": re.compile(r"декад[аыуе]|декадой"),
    "четверть": re.compile(r"четверт[ьи]|четвертей|четвертью|четвертям|четв"),
    "полугодие": re.compile(r"полугоди[еяию]|полугодий|полугодием|полуг|п/г"),
    "триместр": re.compile(r"триместр\w{0,2}"),
    "квартал": re.compile(r"квартал\w{0,2}|кв"),
}
_WITHIN = re.compile(r"теч\w*|протяжени[еи]")
_YEAR_WORD = re.compile(r"г|гг|год|года|году|годом|годы|годов")
_SCHOOL_WORD = re.compile(r"уч|учеб|учебн\w+")
_MONTH_WORD = re.compile(r"мес|месяц\w{0,2}")
_EACH = re.compile(r"кажд\w+")
_RHYTHM_WORD = re.compile(
    r"ежемесячн\w+|еженедельн\w+|ежедневн\w+|ежеквартальн\w+|ежегодн\w+"
    r"|регулярно|систематически|периодически|поквартально|помесячно"
)
_YEARLY = re.compile(r"ежегодн\w+")
_RHYTHM_UNIT = re.compile(
    r"недел[юи]|недель|месяц\w{0,2}|мес|четверт[ьи]|четвертей|четв|полугоди[еяй]|полуг|квартал\w{0,2}|триместр\w{0,2}"
    r"|год|года|году|день|дня"
)
_COUNTING = re.compile(r"один|одного|два|две|двух|три|трех|четыре|несколько")
_NEEDED = re.compile(
    r"необходимост\w+|мере|факту|запрос\w+|требовани\w+|заявк\w+|поступлени\w+|обращени\w+|востребованност\w+"
)
_ELSEWHERE = re.compile(
    r"план\w*|график\w*|положен\w*|расписани\w*|приказ\w*|согласовани\w*|договоренност\w*|назначени\w*|распоряжени\w*"
    r"|программ\w*|календар\w*|циклограмм\w*|итог\w*|результат\w*|окончани\w*|завершени\w*"
)
_TO_BE_NAMED = re.compile(r"уточня\w+|уточнит\w+|дополнительно|позднее|объявл\w+|сообщ\w+|назнач\w+")
_FILLER = re.compile(
    r"текущего|план|работа|работы|задачи|мероприятия|в|во|на|и|а|за|г|гг|год|года|числа|число|дат[аы]|срок[иа]?|проведени[ея]|период|начало|время|часов|час|ч|дня|утра|вечера"
)
# These change what the date beside them says, so they are never passed over.
_TURNING = re.compile(
    r"до|не|нет|ни|кроме|исключ\w+|или|либо|после|ранее|раньше|позже|позднее|ориентировочно|примерно|около|предположительно"
    r"|предварительно|накануне|перед|отмен\w+|перенос\w*|перенес\w+|через|без|вместо|кажд\w+|начиная|бывш\w+"
)
_MANNER = re.compile(
    r"кл|класс\w*|чел|человек\w*|онлайн|офлайн|оффлайн|очно|заочно|дистанционно|каникул\w*|рабоч\w+|ежегодно|zoom|вкс|учебн\w+|дн[иейям]+|день"
)
_PLACE = re.compile(
    r"школ\w*|сош|оош|нош|лице\w+|гимнази\w+|оу|оо|мбоу|маоу|мкоу|мбу|мау|мку|доу|цбс|цдб|библиотек\w*|центр\w*|зал\w*|каб|кабинет\w*"
    r"|ауд|аудитори\w+|дом\w*|дк|ддт|двор\w+|музе\w+|район\w*|город\w*|ул|улиц\w+|рмо|гмо|шмо|мо|ибц"
)
_BEFORE_PLAIN_NUMBER = re.compile(
    r"№|n|каб|кабинет\w*|ауд|школ\w*|сош|оош|лице\w+|гимнази\w+|оу|дом|д|протокол\w*"
)
_AFTER_PLAIN_NUMBER = re.compile(r"кл|класс\w*|чел|человек\w*|мин|минут\w*|шт|лет")

_STREET = re.compile(r"ул|улиц\w+|пр|пр-т|просп|проспект\w*|пер|переул\w+")
_SEPARATORS = ",;:.()[]/"
# Longer than any date in words: what is longer is some other text, and not worth the time.
_MOST_TOKENS = 150
_LONGEST_TITLE = 1_000
_HAS_FIGURES = re.compile("[0-9]{2}")
_LOOK_ALIKES = str.maketrans("aceopxykmtbhё", "асеорхукмтвне")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−―", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


# --- Tokens ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    text: str  # lower case, «ё» as «е», Latin look-alikes inside Russian words mended
    raw: str
    spaced: bool  # white space before it
    broken: bool  # a line break before it

    @property
    def is_number(self) -> bool:
        return self.text.isdecimal()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


_TOKEN = re.compile(r"(\s*)([0-9]+|[^\W\d_]+|\S)")


def _tokens(text: str) -> list[_Token]:
    clean = _INVISIBLE.sub("", text).translate(_HYPHENS)
    return [
        _Token(_plain(match[2]), match[2], bool(match[1]), "\n" in match[1] or "\v" in match[1])
        for match in _TOKEN.finditer(clean)
    ]


def _plain(raw: str) -> str:
    low = raw.lower()
    if re.search("[а-я]", low):
        return low.translate(_LOOK_ALIKES)
    return low.replace("ё", "е").replace("і", "i")


def _month_named(word: str) -> int | None:
    return _MONTH_FORMS.get(word)


@lru_cache(maxsize=1024)
def _month_misspelt(word: str) -> int | None:
    """The one month whose name is a slip of the pen away; None if there is none, or more than one."""
    if len(word) < 5:
        return None
    near = {number for form, number in _MONTH_FORMS.items() if len(form) >= 5 and _one_slip_apart(word, form)}
    return near.pop() if len(near) == 1 else None


def _one_slip_apart(one: str, other: str) -> bool:
    """One letter missing, added, changed, or two neighbours swapped; the first letter holds."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[head:], other[head:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


# --- Nodes: the things an author says --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A date with whatever of it was said. Without a month it is the month of the table."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    slip: str | None = None  # the month's name as it was misspelt


@dataclass(frozen=True, slots=True)
class _Point:
    part: _Part


@dataclass(frozen=True, slots=True)
class _Span:
    first: _Part
    last: _Part


@dataclass(frozen=True, slots=True)
class _By:
    """«до 15 сентября»; `whole` means to the end of what is named («до конца ноября»)."""

    part: _Part
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Since:
    part: _Part


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Weeks of a month, counted from 1; -1 is the last."""

    first: int
    last: int
    part: _Part


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a month by its days; `rough` where the words are («в конце ноября»)."""

    first: int
    last: int
    part: _Part
    rough: bool


@dataclass(frozen=True, slots=True)
class _NthWeekday:
    nth: int
    weekday: int
    part: _Part


@dataclass(frozen=True, slots=True)
class _Term:
    """School terms «I–II четверть», counted from 0."""

    noun: str
    first: int
    last: int
    year: int | None  # a calendar year that stands beside it


@dataclass(frozen=True, slots=True)
class _Season:
    stem: str
    year: int | None


@dataclass(frozen=True, slots=True)
class _Holidays:
    stem: str | None


@dataclass(frozen=True, slots=True)
class _Edge:
    """«в конце учебного года», «до конца года»: rough, so it is asked about."""

    words: str
    months: tuple[int, int]
    by: bool


@dataclass(frozen=True, slots=True)
class _Clock:
    start: time
    end: time | None


@dataclass(frozen=True, slots=True)
class _Rhythm:
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """The date stands in another paper: «по графику ФЦТ», «по согласованию»."""

    words: str


@dataclass(frozen=True, slots=True)
class _SchoolYear:
    first: int


@dataclass(frozen=True, slots=True)
class _CalendarYear:
    year: int


@dataclass(frozen=True, slots=True)
class _Weekday:
    weekday: int


@dataclass(frozen=True, slots=True)
class _ItemNumber:
    """«1.24 ноября»: the number of a list's item, glued to the day."""

    words: str


class _Said(Enum):
    YEAR_ROUND = auto()
    TO_BE_NAMED = auto()
    NOTHING = auto()  # «в течение» before something that says it better


@dataclass(frozen=True, slots=True)
class _Loose:
    """A token that belongs to nothing."""

    token: _Token


_Node: TypeAlias = (
    _Point
    | _Span
    | _By
    | _Since
    | _Weeks
    | _Stretch
    | _NthWeekday
    | _Term
    | _Season
    | _Holidays
    | _Edge
    | _Clock
    | _Rhythm
    | _Elsewhere
    | _SchoolYear
    | _CalendarYear
    | _Weekday
    | _ItemNumber
    | _Said
    | _Loose
)
_Kind = TypeVar("_Kind", bound=object)
_DATED = (_Point, _Span, _By, _Since, _Weeks, _Stretch, _NthWeekday, _Term, _Season, _Edge)
_TABLE_MONTH = _Part()


# --- Grammar --------------------------------------------------------------------------------------------


class _Parser:
    """Tokens → nodes. Each production takes its tokens and returns nodes, or takes none and returns None."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.said: list[_Node] = []
        self.opens_line: list[bool] = []  # for each node, whether a line breaks before it

    def nodes(self) -> list[_Node]:
        """All nodes in their order; a token that belongs to nothing is a loose one."""
        productions: tuple[Callable[[], Iterable[_Node] | None], ...] = (
            self._year_round,
            self._rhythm,
            self._school_year,
            self._edge,
            self._counted,
            self._item_number,
            self._clock,
            self._by,
            self._span,
            self._days,
            self._since,
            self._point,
            self._holidays,
            self._season,
            self._elsewhere,
            self._to_be_named,
            self._calendar_year,
            self._weekday,
            self._within,
        )
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            found = next((found for it in productions if (found := self._tried(it)) is not None), None)
            if found is None:
                self.at += 1
                found = [_Loose(token)]
            self.said.extend(found)
            self.opens_line.extend(token.broken and index == 0 for index in range(len(found)))
        return self.said

    # The cursor.

    def _tried(self, production: Callable[[], Iterable[_Node] | None]) -> list[_Node] | None:
        mark = self.at
        found = production()
        if found is None:
            self.at = mark
            return None
        return list(found)

    def _peek(self, ahead: int = 0) -> _Token | None:
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def _word(self, pattern: re.Pattern[str] | str) -> str | None:
        """Takes a word that matches, with the dot of an abbreviation."""
        token = self._peek()
        if token is None or not token.is_word or not re.fullmatch(pattern, token.text):
            return None
        self.at += 1
        if len(token.text) <= 6:
            self._dots()
        return token.text

    def _mark(self, marks: str) -> str | None:
        token = self._peek()
        if token is None or token.text not in marks:
            return None
        self.at += 1
        return token.text

    def _dots(self) -> None:
        while (token := self._peek()) is not None and token.text == ".":
            self.at += 1

    def _number(self, digits: Sequence[int] = (1, 2)) -> int | None:
        token = self._peek()
        if token is None or not token.is_number or len(token.text) not in digits:
            return None
        self.at += 1
        return int(token.text)

    def _ending(self) -> bool:
        """The ending after a number: «3-я», «15-го»."""
        mark = self.at
        self._mark("-")
        token = self._peek()
        if token and token.is_word and not token.spaced and _NUMBER_ENDING.fullmatch(token.text):
            self.at += 1
            return True
        self.at = mark
        return False

    # Dates.

    def _month(self) -> tuple[int, str | None] | None:
        """A month's name: its number, and the word where it is misspelt."""
        token = self._peek()
        if token is None or not token.is_word:
            return None
        number = _month_named(token.text)
        slip = None
        if number is None:
            number, slip = _month_misspelt(token.text), token.raw
        if number is None:
            return None
        self.at += 1
        if len(token.text) <= 4 and token.text not in {"май", "мая", "март", "июнь", "июля", "июль", "июня"}:
            self._dots()
        return number, slip

    def _year(self) -> int | None:
        """«2021», «2021 г.», «21 г.», «, 2021 года»."""
        mark = self.at
        self._mark(",")
        start = self.at
        year = self._number((4,))
        if year is not None and 1990 <= year <= 2100:
            after_number = self.at
            self.at = start
            if self._school_years() is None:
                self.at = after_number
                self._word(_YEAR_WORD)
                return year
        self.at = start
        year = self._number((2,))
        if year is not None and self._word(_YEAR_WORD):
            return 2000 + year
        self.at = mark
        return None

    def _figures(self, misprints: bool = False) -> _Part | None:
        """«15.09», «15.09.2026», «25.04.13.», «2026-09-15». With `misprints` a month over 12 as well."""
        return self._first_of(
            self._iso, self._day_month_year, self._month_dot_year, lambda: self._day_dot_month(misprints)
        )

    def _iso(self) -> _Part | None:
        year = self._number((4,))
        month = self._number((2,)) if year and self._mark("-") else None
        day = self._number((2,)) if month and self._mark("-") else None
        return _Part(day, month, year) if day and month and month <= 12 else None

    def _day_month_year(self) -> _Part | None:
        day = self._number()
        separator = self._mark("./-") if day else None
        month = self._number() if separator else None
        if not (day and month and month <= 12 and separator and self._mark(separator)):
            return None
        token = self._peek()
        year = self._number((4,) if separator == "-" or (token and token.spaced) else (2, 4))
        if year is None:
            return None
        self._dots()
        self._word(_YEAR_WORD)
        return _Part(day, month, year if year >= 100 else 2000 + year)

    def _month_dot_year(self) -> _Part | None:
        """«09.2026»."""
        month = self._number()
        year = self._number((4,)) if month and self._mark(".") else None
        if not month or not year or month > 12 or not 1990 <= year <= 2100:
            return None
        self._word(_YEAR_WORD)
        return _Part(None, month, year)

    def _day_dot_month(self, misprints: bool) -> _Part | None:
        day = self._number()
        month = self._number() if day and self._mark(".") else None
        if not day or not month or (month > 12 and not misprints):
            return None
        after = self._peek()
        if after and after.is_word and _month_named(after.text):
            return None
        self._dots()
        return _Part(day, month, self._year())

    def _day_and_month(self) -> _Part | None:
        day = self._number()
        if day is None:
            return None
        self._ending()
        month = self._month()
        return month and _Part(day, month[0], self._year(), month[1])

    def _month_and_year(self) -> _Part | None:
        month = self._month()
        return month and _Part(None, month[0], self._year(), month[1])

    def _part(self, misprints: bool = False) -> _Part | None:
        return self._first_of(lambda: self._figures(misprints), self._day_and_month, self._month_and_year)

    def _first_of(self, *shapes: Callable[[], _Part | None]) -> _Part | None:
        mark = self.at
        for shape in shapes:
            part = shape()
            if part is not None:
                return part
            self.at = mark
        return None

    def _point(self) -> list[_Node] | None:
        part = self._part()
        return [_Point(part)] if part else None

    def _to(self, since: bool) -> bool:
        """What joins the two ends of a span."""
        if self._mark("-"):
            return True
        return bool(self._word("по|до")) if since else bool(self._word("по"))

    def _span(self) -> list[_Node] | None:
        since = bool(self._word("с|со|от"))
        first = self._part()
        if first is None or not self._to(since):
            return None
        self._word("с|со")
        last = self._part(misprints=first.day is not None)
        if last is None:
            return None
        while (further := self._tried(self._next_month)) is not None:
            node = further[0]
            if not isinstance(node, _Point) or not _consecutive(last, node.part):
                return None
            last = node.part
        return [_Span(first, last)]

    def _next_month(self) -> list[_Node] | None:
        return self._point() if self._mark("-") else None

    def _days(self) -> list[_Node] | None:
        """«5, 12 и 19–21 ноября», «20-24.11»: days that share the month after them."""
        if self._after_place():
            return None
        since = bool(self._word("с|со"))
        items: list[tuple[int, int | None]] = []
        while True:
            day = self._number()
            if day is None or not 1 <= day <= 31:
                return None
            self._ending()
            mark = self.at
            last = self._number() if self._to(since) else None
            if last is None:
                self.at = mark
            else:
                self._ending()
            items.append((day, last))
            if not (self._mark(",;") or self._word("и")):
                break
        several = len(items) > 1 or items[0][1] is not None
        tail = self._shared_month(several)
        if tail is None or (since and not several):
            return None
        return [
            _Point(replace(tail, day=day))
            if last is None
            else _Span(replace(tail, day=day), replace(tail, day=last))
            for day, last in items
        ]

    def _after_place(self) -> bool:
        """Whether a number that stands here belongs to a place: «лицей № 12, 15 ноября», «ул. Садовая, 7»."""
        before = [token for token in self.tokens[max(self.at - 6, 0) : self.at] if token.text not in ".,"]
        if not before:
            return False
        named = any(_STREET.fullmatch(token.text) for token in before[-3:])
        return named or bool(_BEFORE_PLAIN_NUMBER.fullmatch(before[-1].text))

    def _shared_month(self, several: bool) -> _Part | None:
        mark = self.at
        if several and self._mark("."):
            month = self._number((2,))
            if month and 1 <= month <= 12:
                part = _Part(None, month)
                if self._mark("."):
                    year = self._number((2, 4))
                    if year is not None:
                        part = replace(part, year=year if year >= 100 else 2000 + year)
                        self._word(_YEAR_WORD)
                return part if part.year else replace(part, year=self._year())
            self.at = mark
        named = self._month_and_year()
        if named is not None:
            return named
        self.at = mark
        if self._word("числа|число|числ"):
            self._word("месяца")
            return _TABLE_MONTH
        last = self._peek(-1)
        after = self._peek()
        return (
            _TABLE_MONTH
            if last and last.text == "го" and not (after and after.is_word and len(after.text) > 2)
            else None
        )

    def _item_number(self) -> list[_Node] | None:
        """«1.24 ноября»: only what opens the text can be the number of an item."""
        if self.at:
            return None
        number = self._number()
        if number is None or not self._mark("."):
            return None
        token = self._peek()
        glued = token is not None and not token.spaced
        rest = self.at
        if self._tried(self._days) is None and self._tried(self._point) is None:
            return None
        taken = self.tokens[rest : self.at]
        self.at = rest
        if not any(_month_named(token.text) for token in taken):
            return None
        return [_ItemNumber(f"{number}.")] if glued else [_Said.NOTHING]

    def _by(self) -> list[_Node] | None:
        """«до 15.09», «не позднее 1 октября», «к 15 ноября», «до 25 числа каждого месяца»."""
        through = bool(self._word("по"))
        if not (through or self._word("до|к") or (self._word("не") and self._word("позднее|позже"))):
            return None
        whole = bool(self._word("конца")) or through
        part = self._part()
        if part is not None:
            return [_By(part, bool(self._word("включительно")) or whole)]
        if through:
            return None
        if whole and self._word(_MONTH_WORD):
            return [_By(_TABLE_MONTH, whole)]
        if whole:
            return self._edge_of_year("до конца", by=True)
        day = self._number()
        if day is None or not 1 <= day <= 31:
            return None
        ended = self._ending()
        if self._word("числа|число|числ") or ended:
            each = self._word(_EACH)
            if self._word(_MONTH_WORD) and each:
                return [_Rhythm()]
            return [_By(_Part(day))]
        return None

    def _since(self) -> list[_Node] | None:
        if self._word("начиная"):
            self._word("с|со")
        elif not self._word("с|со"):
            return None
        part = self._part()
        return [_Since(part)] if part else None

    # Parts of months, terms, years.

    def _ordinals(self) -> list[int] | None:
        """«3-я, 4-я», «II–III», «первая и вторая», «последняя»: spans as all that they hold."""
        found: list[int] = []
        through = False
        while True:
            mark = self.at
            one = self._ordinal()
            if one is None:
                self.at = mark
                return None
            found.extend(range(found[-1] + 1, one + 1) if through and one > found[-1] > 0 else [one])
            separator = self.at
            through = bool(self._mark("-"))
            if not (through or self._mark(",") or self._word("и")):
                return found
            if self._tried(self._peek_ordinal) is None:
                self.at = separator
                return found

    def _peek_ordinal(self) -> list[_Node] | None:
        mark = self.at
        seen = self._ordinal()
        self.at = mark
        return None if seen is None else []

    def _ordinal(self) -> int | None:
        token = self._peek()
        if token is None:
            return None
        if token.is_number and len(token.text) == 1 and token.text != "0":
            self.at += 1
            self._ending()
            return int(token.text)
        match = _ORDINAL_WORD.fullmatch(token.text)
        number = _ORDINAL[match[1]] if match else _ROMAN.get(token.text)
        if number is not None:
            self.at += 1
            if not match:
                self._ending()
        return number

    def _counted(self) -> list[_Node] | None:
        """«II–III неделя ноября», «вторая половина марта», «1 полугодие», «третья среда месяца»."""
        each = bool(self._word(_EACH))
        numbers = self._ordinals()
        if numbers is None:
            return None
        weekday = self._weekday()
        if weekday is not None:
            return self._nth_weekdays(numbers, weekday, each)
        noun = next((name for name, pattern in _NOUNS.items() if self._word(pattern)), None)
        if noun is None:
            return None
        if noun in _TERMS:
            return self._terms(noun, numbers)
        if noun == "половина" and self._tried(self._of_year) is not None:
            return self._terms("полугодие", numbers)
        part, of_each = self._of_month()
        if each or of_each:
            return [_Rhythm()]
        if noun == "неделя":
            return _weeks(numbers, part)
        length = {"половина": 2, "декада": 3}[noun]
        if any(number not in range(-1, length + 1) for number in numbers):
            return None
        return [_stretch(number if number > 0 else length, length, part) for number in numbers]

    def _of_year(self) -> list[_Node] | None:
        self._word(_SCHOOL_WORD)
        return [] if self._word("года|г") else None

    def _of_month(self) -> tuple[_Part, bool]:
        """The month after «неделя»; True for «каждого месяца»."""
        each = bool(self._word(_EACH))
        part = self._month_and_year()
        if part is None:
            self._word(_MONTH_WORD)
        return part or _TABLE_MONTH, each

    def _nth_weekdays(self, numbers: list[int], weekday: list[_Node], each: bool) -> list[_Node]:
        part, of_each = self._of_month()
        if each or of_each:
            return [_Rhythm()]
        day = weekday[0]
        return [_NthWeekday(number, day.weekday, part) for number in numbers if isinstance(day, _Weekday)]

    def _terms(self, noun: str, numbers: list[int]) -> list[_Node] | None:
        count = len(_TERMS[noun])
        if any(not 1 <= number <= count for number in numbers):
            return None
        year = None if self._school_year_ahead() else self._year()
        if year is None:
            self._word(_SCHOOL_WORD)
            self._word(_YEAR_WORD)
        runs = _runs(numbers)
        return [_Term(noun, first - 1, last - 1, year) for first, last in runs]

    def _school_year_ahead(self) -> bool:
        mark = self.at
        seen = self._school_years() is not None
        self.at = mark
        return seen

    def _edge(self) -> list[_Node] | None:
        """«начало ноября», «в конце учебного года», «конец четверти»."""
        self._word("в|во|к")
        edge = self._word("начал[оаеу]|середин[аеыу]|конец|конц[аеу]")
        if edge is None:
            return None
        each = bool(self._word(_EACH))
        mark = self.at
        part = self._month_and_year()
        if part is None and self._word(_MONTH_WORD):
            part = _TABLE_MONTH
        if part is not None:
            third = 1 if edge.startswith("нач") else 2 if edge.startswith("сер") else 3
            return [_Rhythm()] if each else [replace(_stretch(third, 3, part), rough=True)]
        self.at = mark
        if self._word("четверт[иь]|четвертей|полугоди[яй]|триместр\\w*|квартал\\w*"):
            return [_Rhythm()]
        return self._edge_of_year(edge, by=False)

    def _edge_of_year(self, edge: str, by: bool) -> list[_Node] | None:
        school = self._word(_SCHOOL_WORD)
        if not self._word("года|году|г"):
            return None
        months = (8, 9) if edge.startswith("нач") else (1, 2) if edge.startswith("сер") else (5, 5)
        return [_Edge(f"{edge} учебного года" if school else f"{edge} года", months, by)]

    def _year_round(self) -> list[_Node] | None:
        """«в течение года», «весь учебный год», «постоянно»."""
        self._word("в|во|на")
        opened = bool(self._word(_WITHIN))
        if not opened and self._word("постоянно|круглогодично"):
            return [_Said.YEAR_ROUND]
        opened = bool(self._word("вс[еёяю]\\w*|весь|круглый")) or opened
        if opened and self._tried(self._school_year) is None:
            self._number((4,))
        school = bool(self._word(_SCHOOL_WORD))
        if opened:
            self._word("календарного|текущего|этого")
        if self._word("год|года|году|г" + ("|период|периода" if opened else "")):
            return [_Said.YEAR_ROUND] if opened or school else None
        taken = self._peek(-1)
        return [_Said.YEAR_ROUND] if opened and taken and _YEAR_WORD.fullmatch(taken.text) else None

    def _within(self) -> list[_Node] | None:
        """«в теч. мес.» is the month of the table; before anything else «в течение» adds nothing."""
        self._word("в|во|на")
        if not self._word(_WITHIN):
            return None
        self._word("всего|этого|данного|текущего|каждого")
        return [_Point(_TABLE_MONTH)] if self._word(_MONTH_WORD) else [_Said.NOTHING]

    def _school_years(self) -> int | None:
        """«2021/2022», «2021-22», «20212022»."""
        glued = self._number((8,))
        if glued is not None:
            first, second = divmod(glued, 10_000)
            return first if second == first + 1 and 1990 <= first <= 2100 else None
        first_year = self._number((4,))
        if first_year is None or not 1990 <= first_year <= 2100 or not self._mark("-/\\"):
            return None
        token = self._peek()
        last_year = self._number((2, 4))
        if token is None or last_year is None:
            return None
        expected = first_year + 1 if len(token.text) == 4 else (first_year + 1) % 100
        return first_year if last_year == expected else None

    def _school_year(self) -> list[_Node] | None:
        first = self._school_years()
        if first is None:
            return None
        self._word(_SCHOOL_WORD)
        self._word(_YEAR_WORD)
        return [_SchoolYear(first)]

    def _calendar_year(self) -> list[_Node] | None:
        year = self._year()
        return [_CalendarYear(year)] if year else None

    def _season(self) -> list[_Node] | None:
        token = self._peek()
        match = _SEASON_WORD.fullmatch(token.text) if token else None
        if match is None:
            return None
        self.at += 1
        return [_Season(match[1], self._year())]

    def _holidays(self) -> list[_Node] | None:
        """«осенние каникулы», «на весенних каникулах», «каникулы»."""
        self._word("в|во|на")
        self._word("дни|период|время")
        token = self._peek()
        match = _HOLIDAYS_WORD.fullmatch(token.text) if token else None
        if match:
            self.at += 1
        return [_Holidays(match[1] if match else None)] if self._word("каникул\\w*") else None

    # Hours, rhythms, other papers.

    def _hour(self, surely: bool = False) -> time | None:
        """«14:00», «14.00», «14-00», «14 часов», «14 ч 30 мин»; `surely` where no date can stand."""
        token = self._peek()
        hour = self._number()
        if hour is None or token is None or hour > 23:
            return None
        mark = self.at
        separator = self._mark(":.-")
        minutes = self._peek()
        if separator and minutes and minutes.is_number and len(minutes.text) == 2 and not minutes.spaced:
            minute = self._number() or 0
            if minute < 60 and (surely or self._no_date(separator, minute) or self._after_day(mark - 1)):
                self._word("час|часов|ч")
                return time(self._of_the_day(hour), minute)
        self.at = mark
        if self._word("час|часа|часов|часам|ч"):
            minutes_said = self._number((2,))
            if minutes_said is None:
                return time(self._of_the_day(hour))
            return time(hour, minutes_said) if minutes_said < 60 and self._word("мин|минут") else None
        return None

    @staticmethod
    def _no_date(separator: str, minute: int) -> bool:
        """Whether figures parted so can only be an hour: no day or month is 00, no month over 12."""
        return separator == ":" or minute == 0 or (separator == "." and minute > 12)

    def _of_the_day(self, hour: int) -> int:
        """«в 3 часа дня» is 15:00."""
        if self._word("утра|ночи"):
            return hour
        return hour + 12 if self._word("дня|вечера") and hour < 12 else hour

    def _after_day(self, at: int) -> bool:
        """Whether figures at a place follow a day on its line, so that they are hours: «15 ноября, 10.10».

        After a day in figures without a year they may as well be another day: «05.10, 12.10».
        """
        opening = at
        while opening and self.tokens[opening - 1].text in {",", "(", "в", "во", "с", "начало"}:
            opening -= 1
        if not opening or any(token.broken for token in self.tokens[opening : at + 1]):
            return False
        before = self.tokens[opening - 1]
        spoken = [node for node in self.said if not _is_mark(node)]
        last = spoken[-1] if spoken else None
        if isinstance(last, _Loose):
            return len(spoken) == 1 and before.is_number
        if not isinstance(last, _Weekday | _Point | _By) or (
            not isinstance(last, _Weekday) and not last.part.day
        ):
            return False
        if any(token.text in {"в", "во"} for token in self.tokens[opening:at]):
            return True
        separator = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
        return separator == "." and (not before.is_number or len(before.text) == 4)

    def _after_figures(self) -> bool:
        """«15.11 с 14 до 16»: after a day in figures, hours that are led in by a word."""
        last = self.said[-1] if self.said else None
        return isinstance(last, _Point) and last.part.day is not None

    def _clock(self) -> list[_Node] | None:
        prefixed = self._word("в|во|с|к|начало|время")
        if prefixed in {"начало", "время"}:
            self._mark(":-")
            prefixed = self._word("в|с") or prefixed
        start = self._hour()
        if start is None:
            return self._bare_hours(prefixed)
        after = self._peek()
        if after and after.text == "." and (more := self._peek(1)) and more.is_number and not more.spaced:
            return None
        mark = self.at
        end = self._hour(surely=True) if self._mark("-") or self._word("до|по") else None
        if end is None:
            self.at = mark
        return None if self._month() else [_Clock(start, end)]

    def _bare_hours(self, prefix: str | None) -> list[_Node] | None:
        """«в среду в 14», «15 ноября с 14 до 16»: hours without minutes, only after a day."""
        self.at -= 1 if (token := self._peek(-1)) and token.is_number else 0
        if prefix not in {"в", "во", "с"} or not (self._after_day(self.at) or self._after_figures()):
            return None
        start = self._number()
        if start is None or start > 23:
            return None
        mark = self.at
        end = self._number() if prefix == "с" and (self._mark("-") or self._word("до")) else None
        if end is None:
            self.at = mark
            if prefix == "с":
                return None
        self._word("час|часа|часов|ч")
        start = self._of_the_day(start)
        after = self._peek()
        if after and (after.is_number or after.text in ".,-:" or _month_named(after.text)) and self._peek(1):
            return None
        return [_Clock(time(start), time(end) if end is not None and end <= 23 else None)]

    def _weekday(self) -> list[_Node] | None:
        token = self._peek()
        if token is None:
            return None
        for number, pattern in enumerate(_WEEKDAY):
            if pattern.fullmatch(token.text):
                self.at += 1
                return [_Weekday(number)]
        return None

    def _rhythm(self) -> list[_Node] | None:
        """«1 раз в четверть», «ежемесячно», «по средам», «каждый вторник», «по мере необходимости»."""
        for shape in (self._so_many_times, self._each, self._as_needed, self._on_weekdays, self._day_of_each):
            found = self._tried(shape)
            if found is not None:
                return found
        word = self._word(_RHYTHM_WORD)
        return [_Rhythm(bool(_YEARLY.fullmatch(word)))] if word else None

    def _so_many_times(self) -> list[_Node] | None:
        """«1 раз в четверть», «2-3 раза в год», «раз в две недели», «не реже 1 раза в квартал»."""
        if self._word("не") and not self._word("реже|менее"):
            return None
        if self._number() is not None:
            self._ending()
            if self._mark("-"):
                self._number()
        else:
            self._word(_COUNTING)
        if not self._word("раза?") or not self._word("в|во|за"):
            return None
        self._word(_WITHIN)
        if self._number() is None:
            self._word(_COUNTING)
        self._word(_SCHOOL_WORD)
        unit = self._word(_RHYTHM_UNIT)
        return [_Rhythm(unit.startswith("год"))] if unit else None

    def _each(self) -> list[_Node] | None:
        self._word("в|во")
        if not self._word(_EACH):
            return None
        self._ordinals()
        unit = self._word(_RHYTHM_UNIT)
        if unit is None and self._weekday() is None:
            return None
        self._word(_MONTH_WORD)
        return [_Rhythm(bool(unit) and str(unit).startswith("год"))]

    def _as_needed(self) -> list[_Node] | None:
        if not self._word("по|при"):
            return None
        if self._word("итогам|результатам|окончании|окончанию|завершении"):
            self._word(_EACH)
            return [_Rhythm()] if self._word("четверт[иь]|четвертей|полугоди[яй]|триместр\\w*") else None
        if self._word("четвертям|полугодиям|месяцам|триместрам"):
            return [_Rhythm()]
        if not self._word(_NEEDED):
            return None
        self._words_on(3)
        return [_Rhythm()]

    def _on_weekdays(self) -> list[_Node] | None:
        if not self._word("по"):
            return None
        token = self._peek()
        if token is None or not re.fullmatch(
            "понедельникам|вторникам|средам|четвергам|пятницам|субботам", token.text
        ):
            return None
        self.at += 1
        return [_Rhythm()]

    def _day_of_each(self) -> list[_Node] | None:
        """«25 числа каждого месяца», «15-го числа ежемесячно»."""
        self._word("до|с")
        while True:
            if self._number() is None:
                return None
            self._ending()
            if not (self._mark(",-") or self._word("и|по|до")):
                break
        self._word("числа|число|числ")
        if self._word("ежемесячно"):
            return [_Rhythm()]
        return [_Rhythm()] if self._word(_EACH) and self._word("месяца|мес") else None

    def _elsewhere(self) -> list[_Node] | None:
        """«по плану РОО», «по отдельному графику», «согласно приказу»."""
        start = self.at
        in_accordance = self._word("в") and self._word("соответствии") and self._word("с|со")
        if not in_accordance and not self._word("по|согласно"):
            return None
        for _ in range(3):
            if self._word(_ELSEWHERE) or self._glued_plan():
                self._words_on(6)
                return [_Elsewhere(" ".join(token.raw for token in self.tokens[start : self.at]))]
            token = self._peek()
            if token is None or not token.is_word or _month_named(token.text):
                return None
            self.at += 1
        return None

    def _glued_plan(self) -> bool:
        """«по плануРОО»."""
        return bool(self._word("(?:плану|графику)[а-я]+"))

    def _words_on(self, most: int) -> None:
        """Takes the words that belong to what was just read, to the next mark, line or date."""
        for _ in range(most):
            token = self._peek()
            if token is None or not token.is_word or _TURNING.fullmatch(token.text):
                return
            if (
                _month_named(token.text)
                or token.text in {"в", "до", "с", "на"}
                or _WITHIN.fullmatch(token.text)
            ):
                return
            self.at += 1

    def _to_be_named(self) -> list[_Node] | None:
        self._word("дата|даты|срок|сроки|время")
        self._word("будет|будут")
        if not self._word(_TO_BE_NAMED):
            return None
        while self._word(_TO_BE_NAMED) or self._word("будет|будут"):
            pass
        return [_Said.TO_BE_NAMED]


def _is_mark(node: _Node) -> bool:
    """Whether a node adds nothing before an hour."""
    if isinstance(node, _Loose):
        return node.token.text in {",", "(", "в", "во", "с", "начало"}
    return node is _Said.NOTHING


def _consecutive(one: _Part, other: _Part) -> bool:
    if one.day or other.day or not one.month or not other.month:
        return False
    return other.month == one.month % 12 + 1


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """[2, 3, 4, 6] → [(2, 4), (6, 6)]."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _weeks(numbers: Sequence[int], part: _Part) -> list[_Node] | None:
    if any(number not in {-1, 1, 2, 3, 4, 5} for number in numbers):
        return None
    return [_Weeks(first, last, part) for first, last in _runs(numbers)]


def _stretch(which: int, of: int, part: _Part) -> _Stretch:
    """The first half of a month is its days 1–15, a third is ten days."""
    length = 30 // of
    return _Stretch((which - 1) * length + 1, 31 if which == of else which * length, part, rough=False)


# --- What the nodes mean ---------------------------------------------------------------------------------


class _Doubtful(Exception):  # noqa: N818 - a doubt is asked about, it is no error
    """A node that cannot be read for certain."""

    def __init__(self, code: str, text: str, guess: Iterable[Period] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.guess = tuple(guess)


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands around the words: it gives the year, and the month of the table."""

    school_year: int | None = None
    calendar_year: int | None = None
    table_month: tuple[int, int] | None = None

    def year_of(self, month: int) -> int | None:
        """The year of a month that was named without one."""
        if self.calendar_year is not None:
            return self.calendar_year
        if self.school_year is not None:
            return self.school_year if month >= FIRST_MONTH else self.school_year + 1
        if self.table_month is not None:
            year, table = self.table_month
            return min((year, year + 1, year - 1), key=lambda it: abs((it - year) * 12 + month - table))
        return None

    def holds(self, period: Period) -> bool:
        """Whether a period lies in the plan's year, the summers around it included."""
        if self.school_year is None:
            return True
        return date(self.school_year, 6, 1) <= period.first_day and period.end <= date(
            self.school_year + 1, 8, 31
        )

    @property
    def end(self) -> date | None:
        """The last day of lessons."""
        year = self.year_of(5)
        return None if year is None else date(year, 5, 31)


def _day(part: _Part) -> date:
    """The date of a part that has everything. Raises _Doubtful for a day that no calendar has."""
    if part.day is None or part.month is None or part.year is None:
        raise ValueError("the date is not complete")
    if part.month > 12:
        raise _Doubtful("impossible_day", f"{part.month}-го месяца не бывает")
    last = last_of_month(part.year, part.month)
    if not 1 <= part.day <= last.day:
        words = f"{part.day} {MONTHS_OF[part.month - 1]}"
        raise _Doubtful("impossible_day", f"{words} {part.year} г. не бывает", [Period.day(last)])
    return date(part.year, part.month, part.day)


def _first_day(part: _Part) -> date:
    return _day(part if part.day else replace(part, day=1))


def _last_day(part: _Part) -> date:
    if part.day is None and part.month is not None and part.year is not None:
        return last_of_month(part.year, part.month)
    return _day(part)


def _point(part: _Part) -> Period:
    if part.day is None and part.month is not None and part.year is not None:
        return Period.month(part.year, part.month)
    return Period.day(_day(part))


def _between(first: _Part, last: _Part) -> Period:
    """From one date to another; whole months where only months were named."""
    start, end = _first_day(first), _last_day(last)
    if end < start:
        raise ValueError("the end lies before the beginning")
    if first.day is None and last.day is None:
        return Period.months(start.year, start.month, end.year, end.month)
    return Period.days(start, end)


class _Meaning:
    """Nodes → periods and problems, within a context."""

    def __init__(self, nodes: Sequence[_Node], context: _Context) -> None:
        self.context = _context_named(nodes, context)
        self.nodes = _years_shared(_months_shared(nodes), self.context)
        self.sure: list[Period] = []
        self.problems: list[Problem] = []

    def ask(self, doubt: _Doubtful) -> None:
        """Asks about something; the same doubt twice is one."""
        problem = Problem(doubt.code, doubt.text, doubt.guess)
        if problem not in self.problems:
            self.problems.append(problem)

    def periods(self) -> None:
        """Reads every node that names a date, in the order they were said."""
        for node in self.nodes:
            if isinstance(node, _By) and self._narrowed(node):
                continue
            try:
                self.sure.append(self._checked(node))
            except _Doubtful as doubt:
                self.ask(doubt)
            except _NoDate:
                continue
        self._without_months_refined()
        self._about_deadlines()

    def _without_months_refined(self) -> None:
        """«ноябрь (18.11)»: a day in a month that is named beside it says what the month says, and more."""
        closer = [it for it in self.sure if it.day_known or it.precision is Precision.WEEKS]
        self.sure = [
            it
            for it in self.sure
            if it.precision is not Precision.MONTH or not any(_within(other, it) for other in closer)
        ]

    def _about_deadlines(self) -> None:
        """«к 1.10, 1.12»: whether the second is a deadline too is not said."""
        kinds = [period.precision for period in self.sure]
        if Precision.DEADLINE in kinds and Precision.DAY in kinds[kinds.index(Precision.DEADLINE) :]:
            guess = [Period.deadline(period.end) for period in self.sure]
            self.sure = []
            self.ask(_Doubtful("vague_deadline", "не понимаю, к чему относится «до»", guess))

    def _narrowed(self, node: _By) -> bool:
        """«ноябрь – декабрь, до 20 декабря»: the deadline ends the months before it."""
        before = self.sure[-1] if self.sure else None
        if (
            before is None
            or before.start is None
            or before.precision not in {Precision.MONTH, Precision.MONTHS}
        ):
            return False
        try:
            by = self._checked(node).end
        except _Doubtful:
            return False
        if not before.start < by <= before.end:
            return False
        self.sure[-1] = Period.days(before.start, by)
        return True

    def _checked(self, node: _Node) -> Period:
        """The node's period, if it lies in the plan's year; else the doubt, with the right year as guess."""
        period = self.read(node)
        if self.context.holds(period):
            return period
        guess = None
        with contextlib.suppress(_Doubtful):
            guess = self.read(_without_years(node))
        year = self.context.school_year or 0
        raise _Doubtful(
            "year_conflict",
            f"{in_words(period)} – не из {year}/{(year + 1) % 100:02} учебного года",
            [guess] if guess is not None and guess != period and self.context.holds(guess) else [],
        )

    def read(self, node: _Node) -> Period:
        """The period of a node. Raises _Doubtful, and _NoDate for one that names no date."""
        match node:
            case _Point(part):
                return _point(self._dated(part))
            case _Span(first, last):
                return self.span(first, last)
            case _By(part, whole):
                return self._deadline(part, whole)
            case _Since(part):
                start = _first_day(self._dated(part))
                end = self.context.end
                raise _Doubtful(
                    "open_end",
                    f"есть начало, {_day_in_words(start)}, а конца нет",
                    [Period.days(start, end)] if end and end > start else [],
                )
            case _Weeks(first, last, part):
                return self._weeks(first, last, part)
            case _Stretch(first, last, part, _):
                dated = self._dated(part)
                end = _last_day(dated)
                return Period.weeks(end.replace(day=first), end.replace(day=min(last, end.day)))
            case _NthWeekday(nth, weekday, part):
                return self.nth_weekday(nth, weekday, part)
            case _Term():
                return self.term(node)
            case _Season(stem, year):
                first_month, last_month = _SEASON[stem]
                return self.span(_Part(None, first_month, year), _Part(None, last_month, None))
            case _Edge(words, (first_month, last_month), by):
                raise self._about_edge(words, first_month, last_month, by)
            case _:
                raise _NoDate

    def _dated(self, part: _Part) -> _Part:
        """The part with its month and year filled from what stands around it."""
        if part.month is None:
            if self.context.table_month is None:
                raise _Doubtful("no_month", "не сказано, какого месяца")
            year, month = self.context.table_month
            return replace(part, month=month, year=year)
        if part.year is None:
            year_found = self.context.year_of(part.month)
            if year_found is None:
                raise _Doubtful("no_year", f"не знаю, какого года {MONTHS[(part.month - 1) % 12]}")
            return replace(part, year=year_found)
        return part

    def span(self, first: _Part, last: _Part) -> Period:
        """From one part to another, a year said once counting for both. Raises _Doubtful."""
        if last.month is not None and last.month > 12:
            raise self._about_misprint(first, last)
        if first.year is not None and last.year is None and last.month and first.month:
            last = replace(last, year=first.year + (_in_year(last) < _in_year(first)))
        elif last.year is not None and first.year is None and last.month and first.month:
            first = replace(first, year=last.year - (_in_year(last) < _in_year(first)))
        known = first.year is not None
        first, last = self._dated(first), self._dated(last)
        try:
            return _between(first, last)
        except ValueError:
            pass
        raise self._about_order(first, last, known)

    def _about_misprint(self, first: _Part, last: _Part) -> _Doubtful:
        text = f"{last.month}-го месяца не бывает"
        try:
            guess = [self.span(first, replace(last, month=first.month))]
        except _Doubtful:
            guess = []
        return _Doubtful("impossible_day", text, guess)

    def _about_order(self, first: _Part, last: _Part, known: bool) -> _Doubtful:
        """The end before the beginning: the summer before the school year, or the months after it."""
        if known or first.year is None or last.year is None or first.month == last.month:
            return _Doubtful("reversed", "конец раньше начала")
        before = _between(replace(first, year=last.year - (_in_year(last) < _in_year(first))), last)
        after = _between(first, replace(last, year=first.year + (_in_year(last) < _in_year(first))))
        summer = first.month in {6, 7}
        return _Doubtful(
            "which_year",
            f"не понимаю года: это {in_words(before)} или {in_words(after)}",
            [before if summer else after],
        )

    def _deadline(self, part: _Part, whole: bool) -> Period:
        dated = self._dated(part)
        if dated.day is None and not whole:
            eve = _first_day(dated) - timedelta(days=1)
            raise _Doubtful(
                "vague_deadline", f"это до {_day_in_words(eve)} включительно", [Period.deadline(eve)]
            )
        return Period.deadline(_last_day(dated))

    def _weeks(self, first: int, last: int, part: _Part) -> Period:
        """A week is the month's that has its Thursday, so most of it; the last is the last seven days."""
        end = _last_day(replace(self._dated(part), day=None))
        if first == -1:
            return Period.weeks(end - timedelta(days=6), end)
        opening = end.replace(day=1)
        thursday = opening + timedelta(days=(3 - opening.weekday()) % 7)
        monday = thursday - timedelta(days=3) + timedelta(weeks=first - 1)
        sunday = thursday + timedelta(days=3) + timedelta(weeks=last - 1)
        if monday > end:
            raise _Doubtful("impossible_day", f"{first}-й недели в этом месяце нет")
        return Period.weeks(max(monday, opening), min(sunday, end))

    def nth_weekday(self, nth: int, weekday: int, part: _Part) -> Period:
        """The third Wednesday of a month; -1 is the last. Raises _Doubtful."""
        end = _last_day(replace(self._dated(part), day=None))
        days = [day for day in _days_back(end) if day.weekday() == weekday]
        if not -len(days) <= nth <= len(days):
            raise _Doubtful("impossible_day", f"{nth}-го такого дня недели в этом месяце нет")
        return Period.day(days[-nth] if nth > 0 else days[-nth - 1])

    def term(self, term: _Term) -> Period:
        """School terms by their months, with a remark. Raises _Doubtful."""
        if term.year is not None and term.noun != "квартал":
            guess = replace(self.context, school_year=term.year, calendar_year=None)
            raise _Doubtful(
                "which_year",
                f"{term.noun} – это часть учебного года, а назван {term.year} г.",
                [_Meaning([], guess).term(replace(term, year=None))],
            )
        first_month, _ = _TERMS[term.noun][term.first]
        _, last_month = _TERMS[term.noun][term.last]
        period = self.span(_Part(None, first_month, term.year), _Part(None, last_month))
        if term.noun != "квартал":
            self.ask(
                _Doubtful(
                    "approximate", f"точные дни у каждой школы свои; считаю, что это {in_words(period)}"
                )
            )
        return period

    def _about_edge(self, words: str, first_month: int, last_month: int, by: bool) -> _Doubtful:
        try:
            period = self.span(_Part(None, first_month), _Part(None, last_month))
        except _Doubtful:
            period = None
        if period and by:
            period = Period.deadline(period.end)
        return _Doubtful("vague", f"«{words}» – не точный срок", [period] if period else [])


class _NoDate(Exception):  # noqa: N818 - a plain signal inside this file
    """The node names no date."""


def _within(period: Period, month: Period) -> bool:
    return month.first_day <= period.first_day and period.end <= month.end


def _in_year(part: _Part) -> tuple[int, int]:
    return part.month or 0, part.day or 0


def _days_back(end: date) -> Iterator[date]:
    return (end.replace(day=day) for day in range(end.day, 0, -1))


def _parts(node: _Node) -> tuple[_Part, ...]:
    match node:
        case _Span(first, last):
            return first, last
        case _Point(part) | _By(part) | _Since(part) | _NthWeekday(_, _, part) | _Weeks(_, _, part):
            return (part,)
        case _Stretch(_, _, part):
            return (part,)
        case _:
            return ()


def _with_parts(node: _Node, change: Callable[[_Part], _Part]) -> _Node:
    match node:
        case _Span(first, last):
            return _Span(change(first), change(last))
        case _Point(part) | _By(part) | _Since(part) | _NthWeekday(_, _, part) | _Weeks(_, _, part):
            return replace(node, part=change(part))
        case _Stretch(_, _, part):
            return replace(node, part=change(part))
        case _Term() | _Season():
            return replace(node, year=change(_Part(year=node.year)).year)
        case _:
            return node


def _without_years(node: _Node) -> _Node:
    return _with_parts(node, lambda part: replace(part, year=None))


def _context_named(nodes: Sequence[_Node], context: _Context) -> _Context:
    """A school year that stands among the words counts for them."""
    named = [node.first for node in nodes if isinstance(node, _SchoolYear)]
    if len(named) == 1 and any(isinstance(node, _DATED) for node in nodes):
        return replace(context, school_year=named[0], calendar_year=None)
    return context


def _months_shared(nodes: Sequence[_Node]) -> list[_Node]:
    """«октябрь, 2-я неделя», «май (в течение месяца)»: a month that is named stands for «the month»."""
    months = [node for node in nodes if isinstance(node, _Point) and node.part.month and not node.part.day]
    vague = [node for node in nodes if any(part.month is None for part in _parts(node))]
    if not months or not vague:
        return list(nodes)
    if all(node == _Point(_TABLE_MONTH) for node in vague):
        return [node for node in nodes if node not in vague]
    if len(months) > 1:
        return list(nodes)
    named = months[0].part
    narrowed = not any(isinstance(node, _By) for node in vague)
    return [
        _with_parts(node, lambda part: replace(named, day=part.day)) if node in vague else node
        for node in nodes
        if not (narrowed and node is months[0])
    ]


def _years_shared(nodes: Sequence[_Node], context: _Context) -> list[_Node]:
    """A year said once counts for the months around it, in the order of time, where nothing else gives it."""
    years = [node.year for node in nodes if isinstance(node, _CalendarYear)]
    if len(years) == 1:
        return [_with_parts(node, lambda part: replace(part, year=part.year or years[0])) for node in nodes]
    if context.year_of(1) is not None:
        return list(nodes)
    shared = list(nodes)
    for order in (range(len(shared) - 1, -1, -1), range(len(shared))):
        known: _Part | None = None
        for index in order:
            parts = _parts(shared[index])
            if known is not None and parts and all(part.year is None and part.month for part in parts):
                shared[index] = _with_parts(shared[index], _next_to(known, backwards=order.step < 0))
            whole = [part for part in _parts(shared[index]) if part.year and part.month]
            known = (whole[0] if order.step < 0 else whole[-1]) if whole else known
    return shared


def _next_to(known: _Part, backwards: bool) -> Callable[[_Part], _Part]:
    def dated(part: _Part) -> _Part:
        year = known.year or 0
        if backwards:
            return replace(part, year=year - (_in_year(part) > _in_year(known)))
        return replace(part, year=year + (_in_year(part) < _in_year(known)))

    return dated


# --- Plans ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def read_when(
    text: str,
    school_year: int | None,
    table_month: tuple[int, int] | None = None,
    *,
    calendar_year: int | None = None,
) -> WhenReading:
    """A plan's cell as periods.

    `school_year` is its first calendar year; `table_month` the (year, month) that a table per month stands
    under; `calendar_year` a year that a row above names for all rows below it. Never raises: what is not
    understood becomes a problem. An empty cell, or one of dashes, gives an empty reading.
    """
    tokens = _tokens(text)
    if not any(token.is_number or token.is_word for token in tokens):
        return WhenReading()
    if len(tokens) > _MOST_TOKENS:
        return WhenReading(
            problems=(Problem("not_understood", f"«{text[:60]}…»: слишком длинно для срока."),)
        )
    return _Cell(text, _Parser(tokens), _Context(school_year, calendar_year, table_month)).reading()


class _Cell:
    """The nodes of one cell put together."""

    def __init__(self, text: str, parser: _Parser, context: _Context) -> None:
        self.phrase = " ".join(text.split())
        self.nodes = parser.nodes()
        self.opens_line = parser.opens_line
        self.meaning = _Meaning(self.nodes, context)
        self.rest: list[str] = []

    def reading(self) -> WhenReading:
        """Everything that the cell says, with the doubts asked about."""
        meaning = self.meaning
        meaning.periods()
        self._remarks()
        self._weekdays()
        self._clocks()
        in_doubt = self._loose_words()
        recurs = self._recurs()
        year_round = self._year_round()
        self._elsewhere(bool(recurs) or year_round)
        sure = tuple(dict.fromkeys(meaning.sure))
        if in_doubt is not None:
            meaning.problems = [problem for problem in meaning.problems if problem.code != "approximate"]
            meaning.ask(_Doubtful(in_doubt.code, in_doubt.text, sure))
            sure, year_round, recurs = (), False, None
        if not (sure or meaning.problems or recurs or year_round):
            meaning.ask(_Doubtful("not_understood", "не понимаю этого срока"))
        return WhenReading(
            () if recurs else sure,
            year_round,
            recurs,
            tuple(self._worded(problem) for problem in meaning.problems),
            " ".join(self.rest),
        )

    def _worded(self, problem: Problem) -> Problem:
        guess = (
            f". Может быть, {' и '.join(in_words(period) for period in problem.guess)}?"
            if problem.guess
            else "."
        )
        text = f"«{self.phrase}»: {problem.text}{guess}"
        return replace(problem, text=text.replace("..", "."))

    def _all(self, kind: type[_Kind]) -> list[_Kind]:
        return [node for node in self.nodes if isinstance(node, kind)]

    def _remarks(self) -> None:
        ask = self.meaning.ask
        for node in self.nodes:
            for part in _parts(node):
                if part.slip:
                    ask(_Doubtful("misspelt", f"«{part.slip}» читаю как «{MONTHS[(part.month or 1) - 1]}»"))
        for stretch in self._all(_Stretch):
            if stretch.rough and self.meaning.sure:
                ask(_Doubtful("approximate", "срок примерный"))
        for item in self._all(_ItemNumber):
            ask(_Doubtful("item_number", f"«{item.words}» считаю номером пункта, а не числом"))
        known = any(period.day_known for period in self.meaning.sure)
        for holidays in self._all(_Holidays):
            if not (self._range_beside(holidays) or (known and len(self._all(_Holidays)) == 1)):
                ask(self._about_holidays(holidays))
        if self._all(_CalendarYear) and not any(isinstance(node, _DATED) for node in self.nodes):
            ask(_Doubtful("only_year", "назван только год"))
        if _Said.TO_BE_NAMED in self.nodes and not self.meaning.sure:
            ask(_Doubtful("to_be_named", "срок ещё назовут"))

    def _range_beside(self, holidays: _Holidays) -> bool:
        """Whether their dates follow in brackets: «осенние каникулы (28 октября – 1 ноября)»."""
        after = self.nodes[self.nodes.index(holidays) + 1 :]
        while after and isinstance(after[0], _Loose) and after[0].token.text in {"(", ",", "-", ":"}:
            after = after[1:]
        return bool(after) and isinstance(after[0], _DATED)

    def _about_holidays(self, holidays: _Holidays) -> _Doubtful:
        guess: list[Period] = []
        if holidays.stem is not None:
            (first_month, first_day), (last_month, last_day) = _USUAL_HOLIDAYS[holidays.stem]
            try:
                guess = [self.meaning.span(_Part(first_day, first_month), _Part(last_day, last_month))]
            except _Doubtful:
                guess = []
        return _Doubtful("school_holidays", "дни каникул у каждой школы свои", guess)

    def _weekdays(self) -> None:
        """«среда, 18 ноября»: the weekday has to agree with the day."""
        named = self._all(_Weekday)
        days = [period for period in self.meaning.sure if period.precision is Precision.DAY]
        if not named:
            return
        if not self.meaning.sure:
            self.meaning.ask(_Doubtful("not_understood", "не сказано, какого числа"))
        elif len(named) == len(days):
            for said, period in zip(named, days, strict=True):
                if period.end.weekday() != said.weekday:
                    self.meaning.sure.remove(period)
                    actual = f"{_day_in_words(period.end)} – {WEEKDAYS[period.end.weekday()]}"
                    self.meaning.ask(_Doubtful("weekday_conflict", actual, [period]))

    def _clocks(self) -> None:
        """Hours go to their days: one hour to every day, or each hour to its own."""
        clocks = self._all(_Clock)
        sure = self.meaning.sure
        if not clocks or (self._all(_Rhythm) and not sure):
            return
        if not sure or any(period.precision is not Precision.DAY for period in sure):
            self.meaning.ask(
                _Doubtful("time_without_day", "час назван, но не видно, к какому дню он относится")
            )
        elif len(clocks) not in {1, len(sure)}:
            self.meaning.ask(_Doubtful("which_hour", "не понимаю, какой час к какому дню"))
        elif any(clock.end is not None and clock.end <= clock.start for clock in clocks):
            self.meaning.ask(_Doubtful("reversed", "конец раньше начала"))
        else:
            hours = clocks if len(clocks) == len(sure) else clocks * len(sure)
            self.meaning.sure = [
                Period.at(day.end, clock.start, clock.end) for day, clock in zip(sure, hours, strict=True)
            ]

    def _recurs(self) -> str | None:
        """The words of a rhythm. Days or months that are named one by one say more than the rhythm does."""
        rhythms = self._all(_Rhythm)
        months = self._all(_NthWeekday)
        if not rhythms and (not months or any(node.part != _TABLE_MONTH for node in months)):
            return None
        self.meaning.problems = [it for it in self.meaning.problems if it.code != "no_month"]
        if not rhythms:
            return None if self.meaning.sure else self.phrase
        named = any(isinstance(node, _Point) for node in self.nodes) and not self._all(_Span)
        if self.meaning.sure and (named or all(rhythm.yearly for rhythm in rhythms)):
            return None
        return self.phrase

    def _year_round(self) -> bool:
        if _Said.YEAR_ROUND in self.nodes:
            return True
        return bool(self._all(_SchoolYear)) and not any(isinstance(node, _DATED) for node in self.nodes)

    def _elsewhere(self, otherwise_known: bool) -> None:
        """«по графику» alone is a question; beside a date it only adds to it."""
        elsewhere = self._all(_Elsewhere)
        if not elsewhere or otherwise_known or self.meaning.sure or self.meaning.problems:
            return
        month = self.meaning.context.table_month
        guess = [Period.month(*month)] if month else []
        self.meaning.ask(_Doubtful("named_elsewhere", "срок назван в другом документе", guess))

    def _loose_words(self) -> _Doubtful | None:
        """Words and numbers that belong to nothing: passed over, kept as rest, or a doubt about it all."""
        for run in self._runs():
            if not run.tokens:
                if run.dangling:
                    return _Doubtful("not_understood", "не понимаю, что к чему относится")
                continue
            kind = run.judged()
            if kind is _Judgement.TURNING:
                return _Doubtful("not_understood", f"не понимаю, как читать «{run.words}»")
            if kind is _Judgement.NUMBER:
                return _Doubtful("not_understood", f"не понимаю, что такое «{run.words}»")
            if kind is _Judgement.UNKNOWN and any(not isinstance(node, _Loose) for node in self.nodes):
                return _Doubtful("not_understood", f"не понимаю слов «{run.words}»")
            if kind is not _Judgement.FILLER:
                self.rest.append(run.words)
        return None

    def _runs(self) -> Iterator[_Run]:
        run = _Run(opens=True)
        for node, opens_line in zip(self.nodes, self.opens_line, strict=True):
            token = node.token if isinstance(node, _Loose) else None
            separates = opens_line or (
                token is not None and token.text in _SEPARATORS and not run.abbreviated(token)
            )
            if token is None or separates:
                if run.tokens or run.dangling:
                    yield replace(run, closes=separates)
                run = _Run(opens=separates)
            if token is None or (token.text in _SEPARATORS and not run.abbreviated(token)):
                run = _Run(opens=token is not None)
            elif token.text in "-+*" and not run.tokens:
                run = replace(run, dangling=not run.opens, opens=run.opens or token.spaced)
            else:
                run = replace(run, tokens=(*run.tokens, token), dangling=False)
        if run.tokens or run.dangling:
            yield replace(run, closes=True)


class _Judgement(Enum):
    FILLER = auto()
    PLACE = auto()
    TURNING = auto()
    NUMBER = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class _Run:
    """Loose tokens that stand together."""

    opens: bool  # a mark, a line or the text's edge stands before it
    closes: bool = False  # … after it
    tokens: tuple[_Token, ...] = ()
    dangling: bool = False  # nothing but a dash that joins nothing

    @property
    def words(self) -> str:
        return "".join(" " * token.spaced + token.raw for token in self.tokens).strip()

    def abbreviated(self, token: _Token) -> bool:
        """Whether a dot ends an abbreviation («ул.», «им.») and so separates nothing."""
        return token.text == "." and bool(self.tokens) and len(self.tokens[-1].text) <= 3

    def judged(self) -> _Judgement:
        """What the words are to the date beside them."""
        words = [token.text for token in self.tokens if token.is_word]
        if "?" in {token.text for token in self.tokens} or any(_TURNING.fullmatch(word) for word in words):
            return _Judgement.TURNING
        if any(token.is_number and not self._plain_number(index) for index, token in enumerate(self.tokens)):
            return _Judgement.NUMBER
        if all(_FILLER.fullmatch(word) for word in words):
            return _Judgement.FILLER
        if any(_PLACE.fullmatch(word) for word in words):
            return _Judgement.PLACE
        if all(_MANNER.fullmatch(word) or _FILLER.fullmatch(word) for word in words):
            return _Judgement.PLACE
        named = self.tokens[0].raw[0].isupper() or self.tokens[0].text in '«"'
        return _Judgement.PLACE if named and self.opens and self.closes else _Judgement.UNKNOWN

    def _plain_number(self, index: int) -> bool:
        """«№ 176», «каб. 214», «5–9 классы»: numbers that are no dates."""
        before = next((it.text for it in reversed(self.tokens[:index]) if it.is_word or it.text == "№"), "")
        after = next((it.text for it in self.tokens[index + 1 :] if it.is_word), "")
        return bool(_BEFORE_PLAIN_NUMBER.fullmatch(before) or _AFTER_PLAIN_NUMBER.fullmatch(after))


# --- Dates into words, for what is asked -------------------------------------------------------------------


def in_words(period: Period) -> str:
    """A period as a person would say it, with its year: «26 сентября 2015 г.», «ноябрь–декабрь 2026 г.»."""
    end = _day_in_words(period.end)
    match period.precision, period.start:
        case Precision.DEADLINE, _:
            return f"до {end}"
        case Precision.MONTH, _:
            return f"{MONTHS[period.end.month - 1]} {period.end.year} г."
        case Precision.MONTHS, date() as start:
            to = "–" if start.year == period.end.year else f" {start.year} г. – "
            return f"{MONTHS[start.month - 1]}{to}{MONTHS[period.end.month - 1]} {period.end.year} г."
        case ((Precision.DAYS | Precision.WEEKS | Precision.YEAR), date() as start):
            if (start.year, start.month) == (period.end.year, period.end.month):
                return f"{start.day}–{end}"
            year = "" if start.year == period.end.year else f" {start.year} г."
            return f"{start.day} {MONTHS_OF[start.month - 1]}{year} – {end}"
    if period.start_time is None:
        return end
    until = "" if period.end_time is None else f"–{period.end_time:%H:%M}"
    return f"{end}, {period.start_time:%H:%M}{until}"


def _day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS_OF[day.month - 1]} {day.year} г."


def read_school_year(text: str) -> int | None:
    """The first calendar year of the school year that a title names («на 2021/ 2022 учебный год»), else None.

    Two different ones are none: it is not known which is meant.
    """
    if len(text) > _LONGEST_TITLE or not _HAS_FIGURES.search(text):
        return None
    found = {node.first for node in _Parser(_tokens(text)).nodes() if isinstance(node, _SchoolYear)}
    return found.pop() if len(found) == 1 else None


def read_calendar_year(text: str) -> int | None:
    """The year of a title or a row such as «2021 год», «План работы на 2021 г.», else None."""
    if len(text) > _LONGEST_TITLE or not _HAS_FIGURES.search(text):
        return None
    found = {node.year for node in _Parser(_tokens(text)).nodes() if isinstance(node, _CalendarYear)}
    return found.pop() if len(found) == 1 else None


# --- Chat -----------------------------------------------------------------------------------------------

_DAYS_AHEAD = {"вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2}
_NEXT = re.compile("следующ\\w+|будущ\\w+|через")
_GONE = re.compile("прошл\\w+|прошедш\\w+|был[аои]?|вчера")


def read_moment(text: str, today: date, near: tuple[date, date] | None = None) -> Period:
    """A day, with an hour if one was named, as the coordinator types it: «15 ноября 14:00», «в среду в 14».

    `near` is the stretch in which the event was planned: it gives the month of a bare number and the year
    of a month; without it the next such day from `today` on is meant. Raises DomainError:
    `moment_impossible_day` with the fact `day`, and `moment_not_understood`.
    """
    tokens = _tokens(text)[:_MOST_TOKENS]
    nodes = _Parser(tokens).nodes()
    clocks = [node for node in nodes if isinstance(node, _Clock)]
    days = _days_meant(nodes, tokens, today, near)
    if len(days) != 1 or len(clocks) > 1 or _turned(nodes):
        raise DomainError("moment_not_understood")
    (day,) = days
    if not clocks:
        return day
    clock = clocks[0]
    if day.precision is not Precision.DAY or (clock.end is not None and clock.end <= clock.start):
        raise DomainError("moment_not_understood")
    return Period.at(day.end, clock.start, clock.end)


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """The days that a question asks about, inclusive: «что в ноябре?», «на следующей неделе», «завтра».

    A month without a year is the coming one, or the one gone by where the question says so («что было в
    октябре?»). None when the text names no date.
    """
    tokens = _tokens(text)[:_MOST_TOKENS]
    spoken = _spoken_span([token.text for token in tokens], today)
    if spoken is not None:
        return spoken
    gone = any(_GONE.fullmatch(token.text) for token in tokens)
    nodes: list[_Node] = [_month_adjective(node) for node in _Parser(tokens).nodes()]
    for node in nodes:
        if isinstance(node, _DATED) and (found := _span_asked(node, today, gone)) is not None:
            return found
    weekday = next((node.weekday for node in nodes if isinstance(node, _Weekday)), None)
    if weekday is None:
        return None
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    return day, day


def _days_meant(
    nodes: Sequence[_Node], tokens: Sequence[_Token], today: date, near: tuple[date, date] | None
) -> list[Period]:
    """Every day that a chat message names."""
    days = [
        Period.day(today + timedelta(days=_DAYS_AHEAD[token.text]))
        for token in tokens
        if token.text in _DAYS_AHEAD
    ]
    dated = [node for node in nodes if isinstance(node, (*_DATED, _Weekday))]
    bare = _bare_numbers(nodes)
    for node in dated:
        if not isinstance(node, _Weekday):
            days.append(_day_meant(node, today, near))
        elif len(dated) == 1:
            days.append(Period.day(_coming_weekday(node.weekday, tokens, today)))
    for token in bare:
        if days or not 1 <= int(token.text) <= 31 or len(token.text) > 2:
            raise DomainError("moment_not_understood")
        days.append(Period.day(_bare_day(int(token.text), today, near)))
    said = [node.weekday for node in dated if isinstance(node, _Weekday)]
    if len(dated) > 1 and said and [day.end.weekday() for day in days] != said:
        raise DomainError("moment_not_understood")
    return days


def _bare_numbers(nodes: Sequence[_Node]) -> list[_Token]:
    """The numbers that may be days: not those of «лицей № 12», «каб. 214»."""
    loose = [node.token for node in nodes if isinstance(node, _Loose) and node.token.text != "."]
    before = [None, *loose]
    return [
        token
        for token, last in zip(loose, before, strict=False)
        if token.is_number and not (last and _BEFORE_PLAIN_NUMBER.fullmatch(last.text))
    ]


def _day_meant(node: _Node, today: date, near: tuple[date, date] | None) -> Period:
    """The day, or days on end, of one node of a chat message."""
    match node:
        case _Point(part) if part.day is not None and part.month is None:
            return Period.day(_bare_day(part.day, today, near))
        case _Point(part) if part.day is not None:
            return Period.day(_meant(part, today, near))
        case _Span(first, last) if first.day and first.month and last.day and last.month:
            end = _meant(last, today, near)
            start = _meant(
                replace(first, year=first.year or end.year - (first.month > last.month)), today, near
            )
            if start <= end:
                return Period.days(start, end)
        case _NthWeekday(nth, weekday, part):
            return _nth_weekday_meant(nth, weekday, part, today, near)
    raise DomainError("moment_not_understood")


def _turned(nodes: Sequence[_Node]) -> bool:
    """Whether a word among them changes what is said: «не 15 ноября»."""
    return any(isinstance(node, _Loose) and _TURNING.fullmatch(node.token.text) for node in nodes)


def _meant(part: _Part, today: date, near: tuple[date, date] | None) -> date:
    """The date of a day and a month, in the year that fits."""
    if part.month is None or part.day is None or part.month > 12:
        raise DomainError("moment_not_understood")
    year = part.year
    if year is None:
        years = [today.year + ahead for ahead in (0, 1, -1)] + [day.year for day in near or ()]
        clipped = {
            candidate: date(
                candidate, part.month, min(max(part.day, 1), last_of_month(candidate, part.month).day)
            )
            for candidate in years
        }
        if near:
            year = min(years, key=lambda it: _distance(clipped[it], near))
        else:
            year = min(it for it in years if clipped[it] >= today)
    try:
        return date(year, part.month, part.day)
    except ValueError:
        raise DomainError("moment_impossible_day", day=f"{part.day} {MONTHS_OF[part.month - 1]}") from None


def _distance(day: date, near: tuple[date, date]) -> int:
    first, last = near
    return max((first - day).days, (day - last).days, 0)


def _months_from(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _bare_day(number: int, today: date, near: tuple[date, date] | None) -> date:
    """«15»: of the month in which the event was planned, else the next 15th."""
    first, last = near or (today, today + timedelta(days=92))
    months = list(_months_from(first, last))
    found = [
        date(year, month, number) for year, month in months if 1 <= number <= last_of_month(year, month).day
    ]
    if not found:
        _, month = months[0]
        raise DomainError("moment_impossible_day", day=f"{number} {MONTHS_OF[month - 1]}")
    return min(found, key=lambda day: (_distance(day, (first, last)), day < today, day))


def _nth_weekday_meant(
    nth: int, weekday: int, part: _Part, today: date, near: tuple[date, date] | None
) -> Period:
    month = near[0] if near else today
    if part.month is not None:
        month = _meant(replace(part, day=1), today.replace(day=1), near)
    try:
        return _Meaning([], _Context()).nth_weekday(nth, weekday, _Part(None, month.month, month.year))
    except _Doubtful:
        raise DomainError("moment_not_understood") from None


def _coming_weekday(weekday: int, tokens: Sequence[_Token], today: date) -> date:
    """«в среду»: the next Wednesday after today; «в следующую среду»: that of the next week."""
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    if any(_NEXT.fullmatch(token.text) for token in tokens):
        ahead = 7 - today.weekday() + weekday
    return today + timedelta(days=ahead)


def _spoken_span(words: Sequence[str], today: date) -> tuple[date, date] | None:
    """«сегодня», «на следующей неделе», «в этом месяце», «в выходные»."""
    step = (
        -1
        if any(_GONE.fullmatch(word) for word in words)
        else int(any(_NEXT.fullmatch(word) for word in words))
    )
    monday = today - timedelta(days=today.weekday())
    for word in words:
        if word in _DAYS_AHEAD:
            day = today + timedelta(days=_DAYS_AHEAD[word])
            return day, day
        if re.fullmatch("недел[еюяи]|неделей", word):
            first = monday + timedelta(weeks=step)
            return first, first + timedelta(days=6)
        if re.fullmatch("выходн\\w+", word):
            saturday = monday + timedelta(days=5, weeks=step)
            return saturday, saturday + timedelta(days=1)
        if re.fullmatch("месяц|месяце|месяца", word):
            index = today.year * 12 + today.month - 1 + step
            return date(index // 12, index % 12 + 1, 1), last_of_month(index // 12, index % 12 + 1)
    return None


def _month_adjective(node: _Node) -> _Node:
    """«ноябрьский семинар» asks about November."""
    if not isinstance(node, _Loose) or not (match := _MONTH_ADJECTIVE.fullmatch(node.token.text)):
        return node
    return _Point(_Part(None, _ADJECTIVE_STEMS.index(match[1]) + 1))


def _span_asked(node: _Node, today: date, gone: bool) -> tuple[date, date] | None:
    """The days of a node, in the nearest year that lies ahead, or behind."""
    if isinstance(node, _Point) and node.part.month is None and node.part.day and not gone:
        day = _bare_day(node.part.day, today, None)
        return day, day
    years = [today.year - 1, today.year, today.year + 1, today.year + 2]
    found: list[Period] = []
    for year in years:
        try:
            found.append(_Meaning([], _Context(None, year, (today.year, today.month))).read(node))
        except (_Doubtful, _NoDate) as doubt:
            if isinstance(doubt, _Doubtful) and doubt.code == "which_year":
                found.extend(doubt.guess)
    ahead = [period for period in found if period.end >= today]
    behind = [period for period in reversed(found) if period.first_day <= today]
    chosen = next(iter(behind if gone else ahead or behind), None)
    if chosen is None:
        return None
    return (min(today, chosen.end) if chosen.start is None else chosen.start), chosen.end
