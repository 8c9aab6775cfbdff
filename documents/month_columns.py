"""Tables whose columns are months, terms or weeks: «Мероприятие | Сентябрь | Октябрь | …».

Their cells hold marks, days, dates, or words for what happens then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from documents.items import lines_of
from documents.meetings import dated_line
from documents.stages import words_at_end, words_within
from documents.wording import is_dash, tidy
from domain.period import Period, Precision, lie_within
from domain.plan_draft import Problem
from domain.russian_dates import MONTHS, MONTHS_OF, WhenReading, words_for, words_of_day

Read = Callable[[str], WhenReading]

_MONTH = (
    r"(январ[ья]|янв|феврал[ья]|февр?|март?а?|апрел[ья]|апр|ма[йя]|июн[ья]?|июл[ья]?|августа?|авг|сентябр[ья]"
    r"|сент?|октябр[ья]|окт|ноябр[ья]|нояб?|декабр[ья]|дек)\.?"
)
_YEAR = r"(20\d\d)\s*(?:г\.?|года?)?"
_HEADING = re.compile(rf"{_MONTH}(?:\s*[/–—-]\s*{_MONTH})?(?:[\s,]*{_YEAR})?", re.IGNORECASE)
_TERM = re.compile(
    r"(?:I{1,3}V?|IV|[1-4])(?:\s*-?\s*[аяйо]е?)?\s*(?:четверть|четв\.?|квартал|кв\.?|триместр|полугодие)"
    rf"(?:[\s,]*{_YEAR})?",
    re.IGNORECASE,
)
# «Понедельник ⏎ 17 марта»: a date alone may be anything, one with its weekday heads a day.
_DAY = re.compile(
    r"(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс)[\s.,(–—-]+"
    r"\d{1,2}(?:\s+[а-яё]+|\.\d\d)[^()]{0,10}\)?",
    re.IGNORECASE,
)
# Several of these, a day or a few after one another, head days as well.
_DATE_ALONE = re.compile(r"(\d{1,2})(?:\.(\d\d)|\s+([а-яё]+))", re.IGNORECASE)
_LEAP_YEAR, _FEWEST_DAYS, _FARTHEST = 2024, 3, timedelta(days=3)
# Of the month that stands above, or in front.
_WEEK = re.compile(r"([1-5]|I{1,3}|IV|V)\s*-?\s*(?:ая|я)?\s*нед(?:ел[яи]|\.)?", re.IGNORECASE)
_YEAR_ALONE = re.compile(_YEAR, re.IGNORECASE)
_ROMANS = {name: at for at, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)}
_LOOK_ALIKES = str.maketrans("ІХ", "IX")
_FEWEST_ROMANS = 5
# «9 | 10 | 11 | 12 | 1»: the months of a school year, which no count of columns begins with.
_FIRST_MONTHS = frozenset({8, 9})
_LONGEST = 40
_FEWEST = 2
# So far beyond its months a term may reach, or a week beyond its days: the year's first meeting, «28.08»,
# stands under «1 четверть».
_ROUGHLY = timedelta(days=10)

_MARKS = re.compile(r"(?:[+✓✔√☑■●•▪*vVхХxX]|да|1 раз|\s)+")
_DAYS = re.compile(
    r"(?P<lead>(?:до|с|к|не позднее)\s+)?(?P<days>\d{1,2}(?:\s*(?:[-–—,]|и|по)\s*\d{1,2})*)"
    r"\s*(?:числа?)?\s*\.?"
    r"(?P<hour>,?\s+(?:в\s+)?\d{1,2}[.:]\d\d(?:\s*[-–—]\s*\d{1,2}[.:]\d\d)?)?",
    re.IGNORECASE,
)
_FULL_DATE = r"\d{1,2}\.\d{2}(?:\.\d{2}|\.\d{4})?(?:\s*г\.)?"
# «до 25.10» is a deadline and «с 25.10» no day at all: what leads a date in belongs to it.
_LED_DATE = rf"(?:(?:до|к|с|со|по|от|на|не\s+\w+)\s+)*{_FULL_DATE}"
_DATED = re.compile(
    rf"(?P<first>{_FULL_DATE})\s*(?:[–—:-]\s*)?(?P<after>[^\W\d].*)"
    rf"|(?P<before>\D*?[^\W\d][»\")]?)[\s,–—-]*\(?(?P<last>(?<!\w){_LED_DATE})\)?",
    re.DOTALL,
)
_OF_DAYS = frozenset({Precision.TIME, Precision.DAY, Precision.DAYS, Precision.DEADLINE})
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s*(?:[А-ЯЁ]\.)?\s*[А-ЯЁ][а-яё-]+")


@dataclass(frozen=True, slots=True)
class Time:
    """What the heading of a column says of all that stands in it: one month, or words for another time."""

    words: str
    month: int | None = None
    year: int | None = None
    of_week: bool = False
    of_day: bool = False

    @property
    def text(self) -> str:
        """«Октябрь 2026»: as plans write it."""
        return f"{self.words} {self.year}" if self.year else self.words

    def in_year(self, year: int | None) -> Time:
        """The same in the year that is named above it; its own goes before."""
        return self if self.year or year is None else replace(self, year=year)

    def day(self, found: re.Match[str]) -> str:
        """Days of this month: «12» is «12 октября 2026»."""
        of = MONTHS_OF[self.month - 1] if self.month else self.words
        year = f" {self.year}" if self.year else ""
        hour = (found["hour"] or "").strip(" ,").removeprefix("в ")
        return f"{found['lead'] or ''}{found['days']} {of}{year}{f' в {hour}' if hour else ''}"


@dataclass(frozen=True, slots=True)
class InTime:
    """What a row says under one such heading, or under several whose cells are merged."""

    time: Time
    said: str

    def of(self, month: tuple[int, int] | None) -> InTime:
        """The same under a week of this month."""
        if month is None or not self.time.of_week:
            return self
        words = f"{self.time.words} {MONTHS_OF[month[1] - 1]}"
        return replace(self, time=replace(self.time, words=words, year=month[0]))


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a cell that say what happens then, and perhaps on which day. `doubtful`: they speak of a time
    that is not the column's."""

    title: str
    when: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that does not say for certain when it is; `words` are the likeliest."""

    cell: InTime
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a row's cells say together: words for its dates, doubts, activities of their own, who does it."""

    whens: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    named: tuple[Named, ...] = ()
    persons: tuple[str, ...] = ()


def time_of(heading: str) -> Time | None:
    """The month, the months, the term, or the day and its weekday that a heading names; None for others."""
    if len(heading) > _LONGEST:
        return None
    line = " ".join(heading.split()).strip(" :.")
    if found := _HEADING.fullmatch(line):
        first = _month(found[1])
        year = int(found[3]) if found[3] else None
        if found[2] is None:
            return Time(MONTHS[first - 1].capitalize(), first, year)
        return Time(f"{MONTHS[first - 1].capitalize()} – {MONTHS[_month(found[2]) - 1]}", None, year)
    if found := _TERM.fullmatch(line):
        return Time(line)
    if found := _WEEK.fullmatch(line.translate(_LOOK_ALIKES)):
        return Time(f"{found[1].upper()} неделя", of_week=True)
    return Time(line, of_day=True) if _DAY.fullmatch(line) else None


def times_of(headings: Sequence[str]) -> list[Time | None]:
    """The same of headings side by side, where «IX | X | XI | XII | I» and «9 | 10 | 11 | 12 | 1» are months
    too, and «16 марта | 17 марта | 18 марта» days."""
    romans = [_ROMANS.get(heading.strip().translate(_LOOK_ALIKES).rstrip(".")) for heading in headings]
    if len(set(romans) - {None}) >= _FEWEST_ROMANS and {9, 10} <= set(romans):
        return _months(romans)
    figures = [int(it) if (it := heading.strip(" .")).isdecimal() else None for heading in headings]
    if _are_months_on_end([it for it in figures if it is not None]):
        return _months(figures)
    dates = [_date_alone(heading) for heading in headings]
    if _are_days_on_end([it for it in dates if it is not None]):
        named = zip(headings, dates, strict=True)
        return [Time(heading.strip(), of_day=True) if it else None for heading, it in named]
    return [time_of(heading) for heading in headings]


def _date_alone(heading: str) -> date | None:
    """The day that a heading says and nothing else, in any year."""
    found = _DATE_ALONE.fullmatch(heading.strip(" ."))
    if found is None:
        return None
    name = (found[3] or "").lower()
    month = int(found[2]) if found[2] else MONTHS_OF.index(name) + 1 if name in MONTHS_OF else 0
    try:
        return date(_LEAP_YEAR, month, int(found[1]))
    except ValueError:
        return None


def _are_days_on_end(days: Sequence[date]) -> bool:
    follow = all(one < later <= one + _FARTHEST for one, later in pairwise(days))
    return len(days) >= _FEWEST_DAYS and follow


def _months(numbers: Sequence[int | None]) -> list[Time | None]:
    return [Time(MONTHS[at - 1].capitalize(), at) if at else None for at in numbers]


def _are_months_on_end(numbers: Sequence[int]) -> bool:
    follow = all(later == one % 12 + 1 for one, later in pairwise(numbers))
    return len(numbers) >= _FEWEST_ROMANS and numbers[0] in _FIRST_MONTHS and follow


def year_of(heading: str) -> int | None:
    """The year of a heading over several months: «2026 год»."""
    found = _YEAR_ALONE.fullmatch(" ".join(heading.split()))
    return int(found[1]) if found else None


def are_times(times: Sequence[Time | None]) -> bool:
    """Whether so many different ones stand beside one another that they are columns of a plan."""
    return len({time.text for time in times if time is not None}) >= _FEWEST


def of_weeks(times: Sequence[Time | None]) -> bool:
    """Whether they are weeks."""
    return any(time is not None and time.of_week for time in times)


def of_days(times: Sequence[Time | None]) -> bool:
    """Whether they are days."""
    return any(time is not None and time.of_day for time in times)


def spanned(times: Sequence[Time]) -> Time:
    """The time of a cell that is merged over several columns."""
    if len(times) == 1:
        return times[0]
    if all(time.month for time in times):
        return Time(f"{times[0].text} – {times[-1].text.lower()}")
    return Time(", ".join(time.text for time in times))


def read_times(cells: Sequence[InTime], read: Read, counted: bool) -> Found:
    """What a row's cells say. `read` understands words for a date; `counted`: figures may be how many, not
    when."""
    figures_doubted = counted or sum(cell.said == "1" for cell in cells) >= _FEWEST
    whens: list[str] = []
    doubts: list[Doubt] = []
    named: list[Named] = []
    persons: list[str] = []
    for cell in cells:
        if is_dash(cell.said):
            continue
        if _MARKS.fullmatch(cell.said):
            whens.append(cell.time.text)
        elif _PERSON.fullmatch(cell.said):
            whens.append(cell.time.text)
            persons.append(cell.said)
        elif figures_doubted and cell.said.isdigit():
            doubts.append(Doubt(cell, cell.time.text))
        else:
            found = _date_in(cell, read) or _named_in(cell.time, cell.said, read)
            if isinstance(found, Doubt):
                doubts.append(found)
            elif isinstance(found, str):
                whens.append(found)
            else:
                named.extend(found)
    return Found(tuple(whens), tuple(doubts), tuple(named), tuple(dict.fromkeys(persons)))


def joined(words: Sequence[str], read: Read) -> str | None:
    """Words for several dates in one line, read as each of them is; None where there is no such line."""
    apart = {period for one in words for period in read(one).periods}
    orders = (words, sorted(words, key=lambda it: it.startswith("до ")))  # «до» is said of all behind it
    lines = (sign.join(order) for order in orders for sign in (", ", "; "))
    return next((line for line in lines if set(read(line).periods) == apart), None)


def beside_months(when: str, months: Sequence[str], read: Read) -> tuple[str, list[Problem]]:
    """The row's date beside what stands in its months: one of the two, or both where they differ."""
    marked = joined(months, read)
    if marked is None:
        marked = "; ".join(months)
        return f"{when}\n{marked}".strip(), [Problem("month_conflict", f"не понял месяцы «{marked}»")]
    if not when.strip() or not months:
        return marked or when, []
    reading, told = read(when), read(marked).periods
    agrees = all(any(it.overlaps(one.first_day, one.end) for it in told) for one in reading.periods)
    covered = all(any(it.overlaps(one.first_day, one.end) for it in reading.periods) for one in told)
    if not reading.problems and not reading.rest and ((agrees and covered) or not reading.periods):
        return when, []
    text = f"срок – «{tidy(when)}», а отмечено иначе: «{marked}»"
    return f"{when.strip()}; {marked}", [Problem("month_conflict", text)]


def _date_in(cell: InTime, read: Read) -> str | Doubt | None:
    """Words for the date that a cell says, such that they need no heading; None where it says no date."""
    time = cell.time
    line = ", ".join(lines_of(cell.said))
    days = _DAYS.fullmatch(line)
    if days is not None and not time.of_week:
        return time.day(days) if time.month else Doubt(cell, time.text)
    of = f"{MONTHS_OF[time.month - 1]} {time.year or ''}".strip() if time.month else time.text
    doubted = False
    for words in (line, f"{line} {of}"):
        reading = read(words)
        codes = {problem.code for problem in reading.problems}
        if reading.recurs or reading.year_round:
            return time.text if reading.recurs == "1 раз в месяц" else Doubt(cell, time.text)
        if "named_elsewhere" in codes:
            return Doubt(cell, time.text)
        if reading.rest or "not_understood" in codes:
            continue
        if reading.periods or codes & _OF_DATES:
            # «12.01» in a list may be an hour; said in words it is not.
            said = words if codes else words_for(reading.periods)
            return said if _is_within(time, words, read) else Doubt(cell, said)
        doubted = doubted or bool(codes)
    return Doubt(cell, time.text) if doubted else None


# Doubts about words that name a date and nothing else.
_OF_DATES = frozenset({"no_year", "year_conflict", "impossible_day", "which_year", "school_holidays"})


def _is_within(time: Time, words: str, read: Read) -> bool:
    """Whether a date lies in the column in which it stands, as far as the two say."""
    return _covers(time, read(words).periods, read)


def _covers(time: Time, periods: Sequence[Period], read: Read) -> bool:
    there = read(time.text).periods
    if not there or not periods:
        return True
    if time.of_week or _TERM.fullmatch(time.words):
        there = tuple(Period.days(it.first_day - _ROUGHLY, it.end + _ROUGHLY) for it in there)
    return lie_within(periods, there)


def _named_in(time: Time, said: str, read: Read) -> list[Named]:
    """«12.09 – Семинар» is of that day, «Семинар» of the column's time; a line each where all have a day."""
    days = [_day_named(time, line, read) for line in lines_of(said)]
    if None not in days:
        return [one for one in days if one is not None]
    reading = read(said)
    spoken = (*reading.periods, *(period for problem in reading.problems for period in problem.guess))
    elsewhere = not _covers(time, spoken, read)
    return [_day_named(time, said, read) or Named(said, time.text, elsewhere)]


def _day_named(time: Time, line: str, read: Read) -> Named | None:
    found = _DATED.fullmatch(line.strip())
    begins = dated_line(line.strip(), read) if found is None else None
    if found is not None:
        title, words = found["after"] or found["before"], found["first"] or found["last"]
    elif begins is not None:
        title, words = begins.title, begins.when
    else:
        title, words = line.strip(), words_of_day(line) or ""
    reading = read(words)
    if time.month is None and not reading.periods:
        named = words_at_end(line.strip(), read)
        if named is not None and named[0] and _covers(time, read(named[1]).periods, read):
            return Named(*named)
        deadline = words_within(line.strip(), time.text, read)
        if deadline is not None:
            return Named(line.strip(), deadline)
    precisions = [one.precision for one in reading.periods]
    sure = len(precisions) == 1 and precisions[0] in _OF_DAYS and not (reading.problems or reading.rest)
    return Named(title.rstrip(" ,–—-("), words) if sure and _is_within(time, words, read) else None


def _month(name: str) -> int:
    """«сент» is 9."""
    beginning = name.lower()[:3].replace("мая", "май")
    return next(at for at, month in enumerate(MONTHS, start=1) if month.startswith(beginning))
