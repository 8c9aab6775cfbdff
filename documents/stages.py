"""Lines that say when something is: a part of a plan («Основной этап (ноябрь – март)»), or one activity."""

from __future__ import annotations

import re
from collections.abc import Callable

from domain.period import Period, Precision, lie_within
from domain.russian_dates import MONTHS_OF, WhenReading, words_of_day, words_of_deadline, words_of_part

Read = Callable[[str], WhenReading]

_ORDINAL = r"(?:\d{1,2}|[IVXІХ]{1,4})\s*[-.)]?(?:й|ый|ий)?"
# The stages of a piece of work; those of a contest («Школьный этап») are activities of their own.
_OF_WORK = (
    r"(?:перв|втор|трет|четв[её]рт|пят|подготовительн|организацио|начальн|основн|практическ|внедренческ"
    r"|проект|диагностическ|аналитическ|обобщающ|информацио|деятельностн|рефлексивн|контрольн|завершающ"
    r"|заключительн|итогов)\w*"
)
_STAGE = re.compile(
    rf"(?:{_ORDINAL}\s*этап|(?:\d{{1,2}}\s*[.)]?\s*)?{_OF_WORK}(?:\s*[,и–—-]+\s*{_OF_WORK})?\s+этап"
    rf"|этап\s*(?:№\s*)?(?:\d{{1,2}}|[IVXІХ]{{1,4}})\b)"
    r"\s*(?:реализации\b[^(:]*|работы\s*)?(?:[(.:,–—-].*|[^\W\d_]*\s*\d.*|[а-яё]+)?",
    re.IGNORECASE | re.DOTALL,
)
# The day behind these is that of what is celebrated: «Выставка ко Дню Победы 9 мая», «Вечер к 8 марта».
_OCCASION = re.compile(
    r"\b(?:ко?|посвящ\w+|в\s+честь|в\s+рамках|в\s+преддверии|накануне|приуроч\w+)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:дн[юя]|праздник\w*|юбиле\w+|годовщин\w+|[\d-]*летию)\b"
    r"|\bко?\s+(?:23\s+февраля|8\s+марта|1\s+мая|9\s+мая|12\s+июня|4\s+ноября)\b"
    r"|\bлет\s+со\s+дня\b|\d-?\s*лети[еяю]",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r".*\S\s*\((?P<when>[^()]+)\)\s*[.:]?\s*", re.DOTALL)
_WORD_BEGINS = re.compile(r"(?<=[\s(])(?=\w)(?!\d{1,2}[.)]\s)")
_PART_BEGINS = re.compile(
    r"(?<=\S)(?:\s*\(\s*|\s*,\s+|\s*[.,](?!\d)\s*|\s*\n\s*|\s+[–—-]\s+|:\s+| {3,}|\t+)(?=\w)"
)
# Under the name of a month bare figures are its days, but not at the end of a name: «Урок в классах 1, 5».
_FIGURES_ALONE = re.compile(r"[\d\s,;–—-]+")
# «Конкурс (заявки до 20 января)»: a day that is another's than the activity's own.
_OF_ENTRIES = re.compile(
    r"(?:заявк|при[её]м\s+(?:работ|материал|заяв)|регистрац)\w*[^.;)]*\bдо\s", re.IGNORECASE
)
_OF_MONTH = (
    r"(?:январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре)(?:\s+20\d\d)?"
)
_IN_MONTH = re.compile(
    rf"\bв\s+(?P<month>{_OF_MONTH}(?:(?:\s*[,–—-]\s*|\s+и\s+){_OF_MONTH})*)\b", re.IGNORECASE
)
_AROUND_MONTH = re.compile(r"^\s*(?:[,–—-]|и\b)")
_ON_WEEKDAY = "(?:понедельник|вторник|сред|четверг|пятниц|суббот)ам"
_RHYTHM = re.compile(
    r"\b(?:ежемесячно|еженедельно|ежедневно|ежеквартально"
    r"|(?:\d|один|два|две|три)\s+раза?\s+в\s+(?:неделю|месяц|четверть|полугодие|квартал|год)"
    rf"|по\s+{_ON_WEEKDAY}(?:(?:,|\s+и)\s+{_ON_WEEKDAY})*)(?!\w)",
    re.IGNORECASE,
)
_LEADS_DATE = re.compile(r"\s(?P<when>(?:в|во|с|до)\s+(?:\w+\s+)?\w+)$", re.IGNORECASE)
_AROUND = " \n\t().:,–—-"
_BRACKETS = re.compile(r"\(([^()]+)\)")
_DAYS = frozenset({Precision.DAY, Precision.DAYS, Precision.TIME})
# «Школьный этап», «библиотекари» are no places.
_PLACE = re.compile(
    r"\s*(?:(?:на\s+базе|в)\s+)?(?:"
    r"м[бак]?[оду]+ук?\b|гбоу\b|шк\.?\s*№?\s*\d|(?:с|п|пос|дер|г)\.\s?[А-ЯЁ]"
    r"|(?:[а-яё-]+(?:ая|ой|ий|ом|ый)\s+){0,2}"
    r"(?:[сон]?о?ш\b|школ[аеы]\b|гимнази[яию]\b|(?:лице|музе)[йея]\b|библиотек[аеи]\b)"
    r"|(?:дом|центр|двор)\w{0,2}\s|(?:[имргц]м[цк]|ц[бгднр][бсот]|[рсг]?дк|ддт|дши|иро|мцб)\b"
    r"|каб(?:\.|инет)|(?:актов|читальн|спортивн)\w+\s+зал|спортзал|холл\b|фойе\b"
    r"|zoom\b|онлайн\b|дистанционно\b|сферум\b)",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"\s*(?:школ[аеы]\s+(?:[а-яё]+(?:ого|его|ых|их)\s|мастерств|передов|успех)|центр\w*\s+внимани|дом\w{0,2}\s+задани)"
    r"|.*\b(?:заседани|семинар|совещани|конкурс|состо[ия]|пройд[её]т|проводит|провест)",
    re.IGNORECASE,
)
# Words for a date are not longer, so no more of a line is searched for them.
_LONGEST_END = 300
_LONGEST_PLACE = 80
_PART = re.compile(r"недел|декад|числ|половин", re.IGNORECASE)
_SHORTEST_TIME = 4  # the «В.» of «Орлова Н. В.» is no time
_DOUBTS = frozenset({"not_understood", "approximate", "school_holidays"})
_LASTING = frozenset({Precision.DAY, Precision.MONTH, Precision.MONTHS})


def names_entries(line: str) -> bool:
    """Whether a line says till when one may enter: a day of its own beside the activity's."""
    return _OF_ENTRIES.search(line) is not None


def is_stage(name: str) -> bool:
    """Whether words name a stage of the work: «2 этап», «Подготовительный этап (август)»."""
    return _STAGE.fullmatch(name.strip()) is not None


def words_in_stage(line: str, read: Read) -> str | None:
    """The words for the day, the month, or the months on end that end the name of a stage; None where there
    are none that are sure."""
    begins = (line[found.end() :].strip(_AROUND) for found in _WORD_BEGINS.finditer(line))
    return next((words for words in begins if words and _is_span(read(words))), None)


def words_in_brackets(line: str, read: Read) -> str | None:
    """The same in brackets at the end of any other name: «Месячник библиотек (октябрь)»."""
    found = _IN_BRACKETS.fullmatch(line)
    words = found["when"].strip() if found else ""
    return words if words and _is_span(read(words)) else None


def days_in_brackets(line: str, read: Read) -> tuple[str, str] | None:
    """A name and the words for its days in brackets behind it: «Неделя чтения (16.11–20.11)»; None where
    there are none that are sure, or a deadline."""
    found = _IN_BRACKETS.fullmatch(line)
    if found is None:
        return None
    words = found["when"].strip()
    reading = read(words)
    days = bool(reading.periods) and {it.precision for it in reading.periods} <= _DAYS
    if not days or reading.problems or reading.rest:
        return None
    return line[: found.start("when")].rstrip(" ("), words


def days_named(line: str, read: Read, month: WhenReading) -> list[tuple[str, tuple[Period, ...]]]:
    """The words in a name that say days of the month, in brackets or not, and what they may mean."""
    outside = _BRACKETS.sub(" ", line)
    said = [outside_day] if (outside_day := words_of_day(outside)) else []
    said += [found.strip() for found in _BRACKETS.findall(line)]
    found = []
    for words in said:
        reading = read(words)
        days = reading.periods or tuple(day for problem in reading.problems for day in problem.guess)
        if days and {it.precision for it in days} <= _DAYS and lie_within(days, month.periods):
            found.append((words, days))
    return found


def is_of_occasion(title: str, words: str) -> bool:
    """Whether the day that a name says is that of what is celebrated then."""
    occasion = _OCCASION.search(title)
    return occasion is not None and occasion.start() <= title.find(words)


def is_place(words: str) -> bool:
    """Whether words begin as the name of a place does: «СОШ № 5», «районная библиотека»."""
    return _PLACE.match(words) is not None


def is_place_beside(reading: WhenReading) -> bool:
    """Whether one date that is sure has the name of a place beside it: «сентябрь ⏎ СОШ № 5»."""
    return len(reading.periods) == 1 and not reading.problems and is_place(reading.rest)


def names_place(words: str) -> bool:
    """Whether words that are set apart name a place: «СОШ № 5», «на базе лицея № 2», «онлайн»."""
    return len(words) <= _LONGEST_PLACE and bool(_PLACE.match(words)) and not _NO_PLACE.match(words)


def words_at_end(line: str, read: Read) -> tuple[str, str] | None:
    """A name and the words for a date behind it: «Семинар, ноябрь», «Конкурс (февраль – март)»; None where
    there are none that are sure."""
    for found in _PART_BEGINS.finditer(line, max(len(line) - _LONGEST_END, 0)):
        words = line[found.end() :].strip(_AROUND)
        if _FIGURES_ALONE.fullmatch(words) or _parts_days(line, found):
            continue
        reading = read(words)
        said = reading.periods or reading.recurs or reading.year_round
        if said and not reading.problems and not reading.rest:
            words += ")" * (words.count("(") > words.count(")"))  # «март (день сообщу позже)»
            return _with_date_before(line[: found.start()].strip(" ,–—-(:\n"), words, read)
    return None


def _doubtful_at_end(line: str, read: Read) -> tuple[str, str] | None:
    """A name and the words behind it that say when, but not for certain: «Консультации – после каникул»."""
    for found in _PART_BEGINS.finditer(line):
        words = line[found.end() :].strip(_AROUND)
        reading = read(words)
        doubts = {problem.code for problem in reading.problems}
        said = len(words) >= _SHORTEST_TIME and not _FIGURES_ALONE.fullmatch(words)
        if said and doubts and doubts <= _DOUBTS and not reading.rest:
            return line[: found.start()].strip(" ,–—-(:\n"), words
    return None


def _parts_days(line: str, found: re.Match[str]) -> bool:
    """Whether a dash stands within «22 – 27 марта», and not before a date."""
    figures = line[: found.start()][-1:].isdigit() and line[found.end() :][:1].isdigit()
    return figures and found[0].strip() in {"–", "—", "-"}


def _with_date_before(name: str, words: str, read: Read) -> tuple[str, str]:
    """«Заседания проводятся в августе» before «ноябре, марте»: the first of the dates."""
    led = _LEADS_DATE.search(name)
    whole = f"{led['when']}, {words}" if led else words
    first, both = (read(led["when"]), read(whole)) if led else (None, None)
    if led and first and both and first.periods and not first.rest and both.periods and not both.problems:
        return name[: led.start()].rstrip(" ,"), whole
    return name, words


def told_in_month(line: str, month: str, read: Read) -> tuple[str, str]:
    """A line of what is to be done in a month: its name, and the words for when. That is the date at its end,
    or a day or a deadline anywhere in it that lies in the month; else the month."""
    line = line.strip(" .;")
    named = words_at_end(line, read)
    if named is not None and named[0]:
        return named
    words = words_within(line, month, read)
    if words is None:
        return _part_at_end(line, month, read) or _doubtful_at_end(line, read) or (line, month)
    begins = line.startswith(words) and line[len(words) :].strip(_AROUND)
    return begins or line, words


def _part_at_end(line: str, month: str, read: Read) -> tuple[str, str] | None:
    """A name and the part of the month behind it: «Рейд – 3 неделя»."""
    for found in _PART_BEGINS.finditer(line):
        words = line[found.end() :].strip(_AROUND)
        named = words_of_month(words, month, read) if _PART.search(words) else None
        if named:
            return line[: found.start()].strip(" ,–—-(:\n"), named
    return None


def month_said(line: str) -> str | None:
    """The month, or months, in which a sentence says that something is: «октябре» of «Провести месячник в
    октябре»; None where it says none, or several apart from each other."""
    found = list(_IN_MONTH.finditer(line))
    return found[0]["month"] if len(found) == 1 and not _AROUND_MONTH.search(line[found[0].end() :]) else None


def rhythm_said(line: str) -> str | None:
    """How often a sentence says that something is: «по средам» of «Консультации по средам в кабинете 5»; None
    where it does not, or twice."""
    found = _RHYTHM.findall(line)
    return found[0] if len(found) == 1 else None


def words_of_month(words: str, month: str, read: Read) -> str | None:
    """Words that tell a part of the month they stand under, «2 неделя», «5–9 числа», with its name: what they
    say alone. None where they do not."""
    periods = read(month).periods
    if [it.precision for it in periods] != [Precision.MONTH]:
        return None
    named = f"{words} {MONTHS_OF[periods[0].end.month - 1]} {periods[0].end.year} г."
    reading = read(named)
    sure = len(reading.periods) == 1 and not (reading.problems or reading.rest or reading.recurs)
    return named if sure and lie_within(reading.periods, periods) else None


def words_within(line: str, month: str, read: Read) -> str | None:
    """The words for the day, the deadline, or a month, that a line names and that lies in the month, or the
    longer time; else None."""
    if names_entries(line):
        return None
    words = words_of_day(line) or words_of_deadline(line) or words_of_part(line) or month_said(line)
    reading = read(words) if words else None
    sure = reading is not None and not (reading.problems or reading.rest)
    return words if reading and sure and is_within(reading, read(month)) else None


def is_within(reading: WhenReading, month: WhenReading) -> bool:
    """Whether dates, of which there are some, lie in those of the other reading."""
    return bool(reading.periods and month.periods) and lie_within(reading.periods, month.periods)


def is_of_time(reading: WhenReading) -> bool:
    """Whether words say nothing but when it is, be it for certain or not: «Осенние каникулы»."""
    said = reading.periods or reading.year_round or reading.recurs or reading.problems
    doubtful = any(problem.code == "not_understood" for problem in reading.problems)
    return bool(said) and not reading.rest and not doubtful


def _is_span(reading: WhenReading) -> bool:
    sure = not (reading.problems or reading.rest) and len(reading.periods) == 1
    return sure and reading.periods[0].precision in _LASTING
