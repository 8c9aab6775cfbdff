"""What a line without a table says of a meeting, or of another activity: «Заседание № 1. Сентябрь», «Место
проведения: СОШ № 5», «2. Семинар – 24 ноября, 14.00, лицей № 2 (отв. Орлова Н. В.)»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from documents.stages import (
    is_of_occasion,
    is_of_time,
    is_within,
    month_said,
    names_place,
    rhythm_said,
    told_in_month,
    words_at_end,
    words_of_month,
)
from documents.wording import tidy
from domain.period import Precision
from domain.russian_dates import (
    MONTHS_OF,
    WhenReading,
    days_said,
    names_hour,
    read_when,
    weekday_named,
    words_of_day,
    words_of_deadline,
    words_of_part,
)

Read = Callable[[str], WhenReading]

_ORDINAL = r"(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят)ое|третье"
_OF_ORDINAL = r"(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят)ого|третьего"
_WHOSE = r"(?:\s+(?:[РШГ]?МО|секции|методобъединения)(?=\s*(?:№|[(.:–—-]|\d{1,2}\s)))?"
_HEADING = re.compile(
    r"(?:(?P<number>\d{1,2}|[IVX]{1,4})(?:-?[ео]?е)?[.)]?\s+|(?P<which>[а-яё]+[оь]е)\s+)?"
    rf"заседание\b{_WHOSE}(?:\s+(?P<then>{_ORDINAL})\b)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
# «Семинар № 1. Октябрь»
_GATHERING = re.compile(
    r"(?P<noun>(?:[а-яё-]+(?:ый|ий|ой|ая|ое)\s+)?(?:семинар(?:-практикум)?|совещание|круглый\s+стол|занятие|практикум"
    r"|мастер-класс|вебинар|методический\s+день|собрание|встреча|конференция|консультация))"
    r"\s*(?:№\s*)?(?P<number>\d{1,2}|[IVX]{1,4})(?P<rest>\s*(?:$|[.:(,«–—-]).*)",
    re.IGNORECASE | re.DOTALL,
)
# «Тема второго заседания: «Чтение» (ноябрь)», «Тема заседания № 2»
_HEADING_OF_THEME = re.compile(
    rf"тема\s+(?:(?P<which>{_OF_ORDINAL})|(?P<number>\d{{1,2}}|[IVX]{{1,4}})(?:-?[ео]?го)?)\s+заседания\b"
    rf"{_WHOSE}(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_MEETING = re.compile(r"\bзаседание\b.*\d|\w+[оь]е\s+заседание", re.IGNORECASE)
_THEME = re.compile(r"\bтема\s*[:–—-]?\s*(.+)|([«\"„].+)", re.IGNORECASE | re.DOTALL)
_SORT = re.compile(r"[А-ЯЁ][а-яё]")
_ASIDE = " .:,;–—-()"
_NUMBER = re.compile(
    r"\s*(?:№|N)?\s*(\d{1,2}|[IVX]{1,4}(?=\s*(?:$|[(.:–—-])))"
    rf"(?!\d|[.:]\d|\s*[–—-]\s*\d|\s+(?:{'|'.join(MONTHS_OF)}))\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?P<theme>[«\"„].+[»\"“])(?P<after>[^«»\"“]*)", re.DOTALL)
_LABELS = {
    "theme": r"тема(?:\s+заседания)?",
    "form": r"форма(?:\s+проведения)?",
    "hour": r"(?:время|начало)(?:\s+проведения)?",
    "when": r"(?:дата(?:\s+и\s+время)?|срок\w*|когда)(?:\s+(?:проведения|выполнения|исполнения))?",
    "venue": r"(?:место|база)(?:\s+проведения)?",
    "responsible": r"ответственн\w+|отв\.?|руководитель\s+заседания|ведущ(?:ий|ая|ие)",
    "audience": r"участники|категория\s+участников",
}
_LABELLED = {
    name: re.compile(rf"(?:{words})\s*(?:[:–—-]|\.(?=\s))\s*(.+)", re.IGNORECASE | re.DOTALL)
    for name, words in _LABELS.items()
}
# Labels that stand one after another in a line begin lines of their own.
_NEXT_LABEL = re.compile(
    r"(?<=[.;,»\"])\s+(?=(?:тема|форма|дата|время|срок\w*|место|отв(?:етственн\w+|\.)?|участники)"
    r"(?:\s+(?:и\s+время|проведения|заседания|исполнения|выполнения)){0,2}\s*[:–—-])",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.;])\s+")
_LIST_NUMBER = re.compile(r"\s*(?:№\s*)?(\d{1,3})\s*([.)])")
_LISTED = re.compile(r"\s*(?:(?:№\s*)?\d{1,3}\s*[.)]\s*|[-–—•*·▪]\s*)?(?P<item>\S.*)", re.DOTALL)
_BULLET = re.compile(r"\s*([-–—•*·▪])\s*\S")
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}\.\d{1,2}(?:\.\d{2,4})?(?!\d|\s*[а-яё])")
# Where the words for a date end and those for what happens begin.
_HEADING_ENDS = re.compile(r"\)[:.,]?\s*|[.:]\s+|\s+[–—-]\s+")
_ENDS = re.compile(r"(?:г\.|[.:,])?\s+[–—-]\s+|[.:]\s+|\s{2,}|\s+(?=[«\"„А-ЯЁ])")
_TAIL = re.compile(r"\s+[–—-]\s+|\s*\((?=[^()]*\)\W*$)")
_ELSEWHERE = frozenset({"named_elsewhere", "to_be_named", "school_holidays"})
_OF_YEAR = re.compile(r"\d{4}")
_SHORTEST_NAME = 4
_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=[А-ЯЁ])")
_SEMICOLONS = re.compile(r";\s+")
_LED = re.compile(r"\s+[–—-]\s+|:\s+|\s{2,}")
_FREQUENCY = re.compile(r"(?P<title>.+?)(?:\s+[–—-]|:)\s+(?P<when>.+)", re.DOTALL)
_OF_FREQUENCY = re.compile(r"периодичност|количеств|частот|режим", re.IGNORECASE)
_PLACED = re.compile(r".+\((?P<when>(?P<date>[^(),]+),\s[^(),]+)\)", re.DOTALL)
# «1 неделя: …», «5–9 числа – …» under the name of a month
_PART_OF_MONTH = re.compile(
    r"(?P<when>[^:–—-]{0,12}(?:[–—-][^:–—-]{1,4})?\b(?:недел\w+|числ\w+|декад\w+)|[а-яё]{5,11})"
    r"\s*(?:[:–—-]|\.\s)\s*",
    re.IGNORECASE,
)
_BARE_DAYS = re.compile(r"(?P<when>(?:до\s+)?\d{1,2}(?:\s*[-–—,]\s*\d{1,2})*)\s+[–—-]\s+", re.IGNORECASE)
_SPAN_AT_END = re.compile(
    r"(?P<name>.*\S)\s*\((?P<when>с\s+\d{1,2}\s+по\s+\d{1,2}|до\s+\d{1,2})(?:\s*числа)?\)",
    re.IGNORECASE | re.DOTALL,
)
_AT_END = re.compile(r"(?P<title>.*\S)\s*\((?P<said>[^()]+)\)[\s.;]*", re.DOTALL)
_NAME = (
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.?)?|[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+"
)
_PARTS = re.compile(
    rf"\s*[,;]\s+|\s+[–—-]\s+|\s{{2,}}|\t|(?<!\b[сгп])\.\s+(?=[А-ЯЁ])|(?<=[»\")])\s+(?={_NAME})"
)
_NAMES = re.compile(rf"(?:{_NAME})(?:(?:\s*,\s*|\s+и\s+)(?:{_NAME}))*")
_RESPONSIBLE = re.compile(
    r"(?:^|(?<=[,;]))\s*(?:отв(?:етственн\w+|\.)?|ведущ\w+)\s*[.:–—-]*\s+(?P<who>[^\s;][^;]*)", re.I | re.S
)
_HOUR = re.compile(
    r"(?:^|[,.]\s+|\s+[–—-]\s+)(?:(?:начало\s+)?в\s+)?(?P<hour>\d{1,2}[.:]\d\d)(?:\s*(?:ч\.?|час\w*))?(?=[,.]|$)"
)
_ANY_YEAR = 2023  # which has a 29 February, in its second half
_ON_WEEKDAYS = "понедельникам вторникам средам четвергам пятницам субботам воскресеньям".split()
# The title of a paper, which may end with the time that it is for, or what is said of the whole.
_OF_PLAN = re.compile(
    r"план|дорожн\w+ карт|программ|график|циклограмм|календар|срок|дат[аы]\b|период|время|режим|год\b",
    re.IGNORECASE,
)
_LIST_IN_LINE = re.compile(r"(?P<when>[^.:;]{4,60}?)\s*[:.–—-]?\s+(?P<list>1[.)]\s+\S.+)", re.DOTALL)
_NUMBERS_IN_LINE = re.compile(r"\s(\d{1,2})[.)]\s+(?=[А-ЯЁ«\"])")
_FEWEST_IN_LINE = 2
# Who does something, by post; «директорские чтения» are something to do.
_POST = re.compile(
    r"(?:[а-яё-]+(?:ые|ая|ый|ий)\s+)?(?!\w+ск(?:ая|ий|ие|ое)\b)(?:зам(?:\.|естител|дир)|зав(?:\.|едующ|уч|хоз)|директор|администрац|педагог"
    r"|учител|воспитател|библиотекар|методист|руководител|председател|специалист|психолог|комисси|группа|члены\s"
    rf"|актив\b|совет\b)|(?:{_NAME})$",
    re.IGNORECASE,
)
_LONGEST_HEADING, _LONGEST_DATE, _LONGEST_HOUR = 160, 60, 25
_LONGEST_END = 300  # so much of a line is searched for a place or people at its end


@dataclass(slots=True)
class Meeting:
    """What was said of one meeting, or of one line of a list: words as they stand there."""

    number: str | None = None
    title: str = ""
    theme: str = ""
    form: str = ""
    when: str = ""
    hour: str = ""
    venue: str = ""
    responsible: str = ""
    audience: str = ""
    agenda: list[str] = field(default_factory=list)
    line: str | None = None  # the heading as it stands there, where it may be a line of a list as well
    section: str | None = None  # the heading of the list in which it stands
    under: str | None = None  # the time above its list, where it tells none of its own
    between: bool = False  # what is done from one meeting to the next

    @property
    def named(self) -> str:
        """What it is called: «Заседание № 1 «Планирование работы»»."""
        name = self.title or self.venue
        return tidy(f"{name} {_quoted(self.theme)}" if self.theme else name)

    @property
    def is_one(self) -> bool:
        """Whether more is said of it than that it is a meeting."""
        return bool(self.theme or self.agenda or self.when)

    def add(self, label: str, said: str) -> None:
        """What a line with a label says. The first that is said holds, but of people and places all."""
        if label == "hour" and not (names_hour(said) and len(said) < _LONGEST_HOUR):
            label = "when"
        if label in {"venue", "responsible", "audience"}:
            setattr(self, label, ", ".join(filter(None, (getattr(self, label), said))))
        elif not getattr(self, label):
            setattr(self, label, said)
            if label in {"when", "hour"} and self.when and self.hour:
                self.when = f"{self.when}, {self.hour}"


def heading_of(line: str, read: Read) -> Meeting | None:
    """«Заседание № 2. Ноябрь», «Первое заседание (август): «Чтение»», «Тема второго заседания: …»."""
    if len(line) > _LONGEST_HEADING:
        return None
    if of_theme := _HEADING_OF_THEME.fullmatch(line):
        ends = words_at_end(of_theme["rest"], read)
        when, theme = (
            _when_and_theme(of_theme["rest"], read) if ends is None else (ends[1], ends[0].strip(_ASIDE))
        )
        which = _nominative(of_theme["which"]) if of_theme["which"] else None
        number = of_theme["number"]
        return Meeting(_digits(number), _named(number, which), theme=theme.strip(_ASIDE), when=when)
    found = _HEADING.fullmatch(line)
    if found is None:
        return _led_by_date(line, read)
    rest, number, which = found["rest"], found["number"], found["which"] or found["then"]
    if number is None and (numbered := _NUMBER.match(rest)):
        number, rest = numbered[1], rest[numbered.end() :]
    when, theme = _when_and_theme(rest, read)
    place = read(when).rest
    named = Meeting(_digits(number), _named(number, which), theme=theme, when=when, venue=place)
    if number or which or when or not rest.strip(_ASIDE):
        return named
    # «Заседания проходят по плану» is prose; «Заседание РМО» is a heading: nothing else stands in its line.
    whose = rest.strip(_ASIDE)
    if not re.fullmatch(r"[А-ЯЁA-Z][\w-]*", whose):
        return None
    named.title, named.theme = f"Заседание {whose}", ""
    return named


def _led_by_date(line: str, read: Read) -> Meeting | None:
    """«НОЯБРЬ. Заседание МО № 2»: the heading of a meeting that has a number."""
    begun = _begun_with_date(line, read) if _OF_MEETING.search(line) else None
    heading = heading_of(begun.title, read) if begun and _HEADING.fullmatch(begun.title) else None
    if begun is None or heading is None or heading.when or heading.title == "Заседание":
        return None
    heading.when = begun.when
    return heading


def gathering_of(line: str, read: Read) -> Meeting | None:
    """«Семинар № 1. Октябрь», «Занятие 2. «Чтение»»: a heading like those of meetings."""
    found = _GATHERING.fullmatch(line) if len(line) <= _LONGEST_HEADING else None
    if found is None:
        return None
    when, theme = _when_and_theme(found["rest"], read)
    named = f"{found['noun'][:1].upper()}{found['noun'][1:]} № {found['number']}"
    return Meeting(title=named, theme=theme, when=when, venue=read(when).rest)


def labelled(line: str) -> tuple[str, str]:
    """The label that a line begins with («when», «venue», … as Meeting names them) and what follows it; empty
    where it has none."""
    for name, pattern in _LABELLED.items():
        if found := pattern.fullmatch(line):
            return name, found[1].strip(" ;") if name == "when" else without_end(found[1])
    return "", ""


def labels_apart(line: str) -> list[str]:
    """A line parted where a label begins: «Дата: 20 августа. Место: СОШ № 5»."""
    return [part.strip() for part in _NEXT_LABEL.split(line)]


def list_number(line: str) -> int | None:
    """The number with which a line of a list begins."""
    found = list_mark(line)
    return found[0] if found else None


def list_mark(line: str) -> tuple[int, str] | None:
    """That number, and the mark behind it."""
    found = _LIST_NUMBER.match(line)
    return (int(found[1]), found[2]) if found else None


def list_bullet(line: str) -> str:
    """The dash or dot with which a line of a list begins; empty where it has none."""
    found = _BULLET.match(line)
    return found[1] if found else ""


def without_number(line: str) -> str:
    """A line of a list without its number or bullet."""
    found = _LISTED.fullmatch(line)
    return found["item"] if found else line


def in_any_year(read: Read, above: str = "") -> Read:
    """The same, but that dates are told also where no year is known yet: that of the time `above`, or which
    it is will be said later."""

    def told(words: str) -> WhenReading:
        reading = read(in_year_of(words, above, read) if above else words)
        if not any(it.code == "no_year" for it in reading.problems):
            return reading
        assumed = read_when(words, _ANY_YEAR)
        conflicts = all(it.code == "weekday_conflict" for it in assumed.problems)
        if not assumed.problems or not conflicts:
            return assumed
        days = tuple(day for problem in assumed.problems for day in problem.guess)
        return replace(assumed, periods=(*assumed.periods, *days), problems=())

    return told


def in_year_of(words: str, above: str, read: Read) -> str:
    """«20 марта» below «февраль – май 2025 г.», where nothing else tells the year: with the year by which it
    lies there; any other words as they are."""
    time = read(above)
    if not time.periods or all(it.code != "no_year" for it in read(words).problems):
        return words
    for year in range(time.periods[0].first_day.year, time.periods[-1].end.year + 1):
        reading = read(completed := f"{words.rstrip(' .')} {year} г.")
        if is_within(reading, time) and not reading.problems:
            return completed
    return words


def is_date(words: str, read: Read) -> bool:
    """Whether words are a date that is sure, and nothing else."""
    return _is_sure(read(words))


def dated_line(line: str, read: Read) -> Meeting | None:
    """The line of a list that begins with a date which is sure, and says what happens then."""
    begun = _begun_with_date(line, read)
    return replace(begun, title=tidy(begun.title).rstrip(".")) if begun else None


def _begun_with_date(line: str, read: Read) -> Meeting | None:
    """The same, with the gaps of its name as they stand there."""
    found = _LISTED.fullmatch(line)
    item = line if found is None or _NUMERIC_DATE.match(line) else found["item"]
    if _is_sure(read(item)):
        return None  # «23 января – 23 февраля»: nothing happens in it
    # The longest that is a date: «Сентябрь – октябрь. Сбор» is not of September alone.
    for end in reversed(list(_ENDS.finditer(item[:_LONGEST_DATE]))):
        when, title = item[: end.start()], item[end.end() :].strip()
        reading = read(when)
        if reading.periods and _is_sure(reading) and len(title) > 1:
            return _with_second_month(when, title, read) or Meeting(title=title, when=when)
    return None


def _with_second_month(when: str, title: str, read: Read) -> Meeting | None:
    """«В апреле – мае работа с задолжниками»: the dash joins two months, and what is done follows the second;
    None where it parts the date from the name."""
    second, _, name = title.partition(" ")
    both = read(f"{when} – {second}")
    months = [it.precision for it in both.periods] == [Precision.MONTHS]
    return (
        Meeting(title=name.strip(), when=f"{when} – {second}") if name and months and _is_sure(both) else None
    )


def listed_line(line: str, read: Read, month: str | None = None) -> Meeting | None:
    """The line of a list that begins or ends with a date which is sure, or names one day; with what stands
    beside it, «3 сентября, 14.00 – СОШ № 5 – «Планы»», told apart. Only a numbered line, or one whose date
    is set apart by a dash, brackets or a gap, may end with it. `month` is what stands above, if anything."""
    if begun := _begun_with_date(line, read):
        return _at_its_hour(_from_start(begun), read)
    if often := (weekday_line(line, read) if month is None else None) or _rhythmic_line(line, read, month):
        return _from_start(often)
    numbered = list_number(line) is not None
    told = told_apart(without_number(line) if numbered else _bare(line))
    if numbered and (first := _dated_first(told, read)):
        return first
    parts = words_at_end(told.title, read)
    apart = (
        parts and parts[0] and (numbered or _is_apart(told.title, *parts, bulleted=bool(list_bullet(line))))
    )
    # «План РМО (2026/2027 учебный год)» is a title.
    if parts and apart and (numbered or read(parts[1]).periods or not _OF_YEAR.search(parts[1])):
        return _before_date(told, *parts)
    if list_bullet(line) and (in_brackets := _said_in_brackets(line, read)):
        return in_brackets
    if not numbered:
        return None
    said = without_number(line).strip(" .;")
    placed = _PLACED.fullmatch(said)
    if placed and is_date(placed["date"], read) and read(placed["when"]).rest:
        # «Семинар (октябрь, школьный этап)»: all words stay in the name, whatever stands beside the date.
        return Meeting(title=tidy(said), when=placed["date"])
    words = (
        words_of_day(told.title)
        or words_of_deadline(told.title)
        or words_of_part(told.title)
        or month_said(told.title)
    )
    if words and is_date(words, read):
        told.title, told.when = tidy(told.title), words
        return told
    return None


def _dated_first(told: Meeting, read: Read) -> Meeting | None:
    """«Акция – в течение ноября. Фотоотчёт до 3 декабря»: of the sentences of a line the first tells when it
    is; days of the others are its days as well, but not till when something is sent in behind it."""
    end = _NEXT_SENTENCE.search(told.title)
    parts = words_at_end(told.title[: end.start()], read) if end else None
    if end is None or parts is None or not parts[0]:
        return None
    name, when = parts
    others = told.title[end.end() :]
    days = [it for it in days_said(others) if it not in when and not it.lower().startswith("до ")]
    before = _before_date(told, name, "; ".join([when, *days]))
    before.title = f"{before.title}. {others}"
    return before


def _said_in_brackets(line: str, read: Read) -> Meeting | None:
    """«• викторина (3–4 кл., 25 октября)», «• сверка (1 раз в год)»: a bulleted line with its time in
    brackets at its end, sure or to be asked about; what else stands there stays in its name."""
    found = _AT_END.fullmatch(without_number(line))
    if found is None:
        return None
    said = found["said"].split(", ")
    for cut in range(len(said)):
        when, others = ", ".join(said[cut:]).strip(), ", ".join(said[:cut])
        if _is_sure(read(when)):
            title = f"{found['title']} ({others})" if others else found["title"]
            return Meeting(title=tidy(title), when=when)
    doubtful = is_of_time(read(found["said"]))
    return Meeting(title=tidy(found["title"]), when=found["said"].strip()) if doubtful else None


def undated_line(line: str, read: Read) -> Meeting:
    """The line of a list that does not end with a date; what it says of it behind a dash or in brackets, «по
    отдельному графику», or the one day, month or rhythm that it names, are its words for when."""
    told = told_apart(without_number(line))
    for found in _TAIL.finditer(told.title, max(len(told.title) - _LONGEST_END, 0)):
        words = told.title[found.end() :].strip(" .;)")
        reading = read(words)
        if is_of_time(reading) or any(it.code in _ELSEWHERE for it in reading.problems):
            return replace(told, title=tidy(told.title[: found.start()]), when=words)
    words = words_of_day(told.title) or month_said(told.title) or rhythm_said(told.title) or ""
    return replace(
        told, title=tidy(told.title).rstrip("."), when=words if words and is_date(words, read) else ""
    )


def _rhythmic_line(line: str, read: Read, month: str | None) -> Meeting | None:
    """«Ежемесячно – проверка фонда», «В течение года: …»; «последняя пятница» of a month is a day of it."""
    item = without_number(line)
    end = _LED.search(item[:_LONGEST_DATE])
    if end is None or len(item) == end.end():
        return None
    words, title = item[: end.start()], without_end(tidy(item[end.end() :]))
    reading = read(words)
    if not (reading.recurs or reading.year_round) or not _is_sure(reading):
        return None
    of_month = words_of_month(words, month, read) if month and reading.recurs else None
    return Meeting(title=title, when=of_month or words)


def bare_days(line: str) -> str:
    """The figures that a line begins with and that may be days of the month above: «5», «1-10», «до 15»;
    empty where there are none."""
    found = _BARE_DAYS.match(without_number(line))
    return found["when"] if found else ""


def line_of_month(line: str, month: str, read: Read, *, bare: bool) -> Meeting:
    """A line of what is to be done in a month, or another time: on the day that it names, else then. `bare`:
    figures at its beginning are days."""
    item = without_end(without_number(line))
    part = _PART_OF_MONTH.match(item) or (_BARE_DAYS.match(item) if bare else None)
    words = part_of(part["when"], month, read) if part else None
    if part and words:
        return _from_start(Meeting(title=item[part.end() :], when=words, under=month))
    if behind := _behind_semicolon(item, month, read):
        return behind
    told = told_apart(item)
    span = _SPAN_AT_END.fullmatch(told.title)
    days = words_of_month(span["when"], month, read) if span else None
    name, when = (span["name"], days) if span and days else told_in_month(told.title, month, read)
    # A day of its own that is none of that time says when it is, as in a line with a number.
    own = when == month and all(is_date(it, read) for it in _own_days(name) or [""])
    told = _before_date(told, name, "" if own else when)
    told.under = month
    return _at_its_hour(_from_start(told), read)


def _behind_semicolon(item: str, month: str, read: Read) -> Meeting | None:
    """«Ремонт; июнь – август, завхоз», «Анализ фонда; комиссия»: when it is, where that is said, and who does
    it; None for any other line."""
    name, mark, tail = item.rpartition(";")
    parts = [part.strip() for part in tail.rstrip(" .").split(", ")]
    for cut in range(len(parts), -1, -1) if mark else ():
        when, who = ", ".join(parts[:cut]), parts[cut:]
        if (when and not _is_timed(read(when))) or not all(map(_POST.match, who)):
            continue
        title, own = (name, when) if when else told_in_month(name, month, read)
        return Meeting(title=tidy(title), when=own, responsible=", ".join(who), under=month)
    return None


def _is_timed(reading: WhenReading) -> bool:
    """Whether words are a date, whose days may be the school's own."""
    return is_of_time(reading) and all(it.code == "approximate" for it in reading.problems)


def listed_in_line(line: str, read: Read) -> list[str]:
    """«В течение года 1. Сверка. 2. Подписка.»: the lines of such a list, each with its time; empty for any
    other line."""
    found = _LIST_IN_LINE.fullmatch(line)
    if found is None or not is_date(found["when"].rstrip(" :.–—-"), read):
        return []
    numbers = [int(it) for it in _NUMBERS_IN_LINE.findall(f" {found['list']}")]
    if len(numbers) < _FEWEST_IN_LINE or numbers != list(range(1, len(numbers) + 1)):
        return []
    items = _NUMBERS_IN_LINE.split(f" {found['list']}")[2::2]
    return [f"{found['when'].rstrip(' :.–—-')}: {it.strip()}" for it in items]


def _at_its_hour(told: Meeting, read: Read) -> Meeting:
    """«Праздник – 11.00, спортзал» below the name of a day: the hour is that day's."""
    hours = list(_HOUR.finditer(told.title))
    days = read(told.when).periods
    if len(hours) == 1 and [it.precision for it in days] == [Precision.DAY]:
        when = f"{told.when.rstrip('. ')}, {hours[0]['hour']}"
        if [it.precision for it in read(when).periods] == [Precision.TIME]:
            told.when = when
            told.title = f"{told.title[: hours[0].start()]}{told.title[hours[0].end() :]}".strip(" ,.–—-")
    return told


def lines_in(line: str, read: Read) -> list[Meeting]:
    """«Диктант – 18 апреля; Неделя книги – март»: several lines of a list in one; empty where it is not."""
    parts = _SEMICOLONS.split(line.rstrip(" .;"))
    found = [listed_line(f"1. {part}", read) for part in parts] if len(parts) > 1 else []
    return [it for it in found if it] if all(found) else []


def several_in(told: Meeting) -> list[Meeting]:
    """«Сентябрь: сверка фонда; подписка; семинар»: as many activities as semicolons part, all then."""
    parts = [part.strip() for part in _SEMICOLONS.split(told.title)]
    plain = all(len(part) >= _SHORTEST_NAME and part[0].isalpha() for part in parts)
    whole = not any(_is_quoted(told.title, it.start()) for it in _SEMICOLONS.finditer(told.title))
    return [replace(told, title=part) for part in parts] if plain and whole else [told]


def part_of(words: str, month: str, read: Read) -> str | None:
    """Words for a part of the time that stands above, «2 неделя», «Вторник», so that they say it alone; None
    for any others."""
    weekday = weekday_named(words.lower())
    if weekday is None:
        return words_of_month(words, month, read) if month else None
    # A weekday of one week is a day, of a month or a year it is every one of them.
    if [it.precision for it in read(month).periods] == [Precision.WEEKS]:
        return f"{words.lower()}, {month}"
    return f"{month}, по {_ON_WEEKDAYS[weekday]}".strip(", ")


def weekday_line(line: str, read: Read) -> Meeting | None:
    """«Вторник: обзор новинок» where no month stands above."""
    item = without_number(line).strip(" .;")
    part = _PART_OF_MONTH.match(item)
    if part is None or weekday_named(part["when"].lower()) is None:
        return None
    return Meeting(title=item[part.end() :], when=part_of(part["when"], "", read) or "")


def frequent_lines(line: str, read: Read) -> list[Meeting]:
    """«Заседание МО – 1 раз в четверть. Совещание – 1 раз в месяц.»: nothing but such sentences."""
    found = [_frequent_line(sentence, read) for sentence in _SENTENCE_ENDS.split(line)]
    return [meeting for meeting in found if meeting] if all(found) else []


def told_apart(text: str) -> Meeting:
    """An activity's name, without what its end says of place and people: «Семинар (СОШ № 5, отв. Орлова)»,
    «Семинар – 3 сентября, ИМЦ». A date that stood in brackets with them is left at the end of the name."""
    told = Meeting(title=text.strip(" ;"))
    while _take_brackets(told) or _take_last(told):
        pass
    return told


def _take_brackets(told: Meeting) -> bool:
    """Takes the brackets at the end of a name, if nothing but a date, a place and people stand in them."""
    found = _AT_END.fullmatch(told.title)
    if found is None:
        return False
    bracketed = said = found["said"]
    if people := _RESPONSIBLE.search(said):
        told.add("responsible", without_end(people["who"]))
        said = said[: people.start()] + said[people.end() :]
    elif _NAMES.fullmatch(said.strip()):
        told.add("responsible", said.strip())
        said = ""
    parts = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
    places = [part for part in parts if names_place(part)]
    others = ", ".join(part for part in parts if part not in places)
    if not places and said == bracketed:
        return False
    for place in places:
        told.add("venue", place)
    told.title = f"{found['title']} ({others})" if others else found["title"]
    return True


def _take_last(told: Meeting) -> bool:
    """Takes what stands last in a name, set apart by a dash or a comma, if it is a place or people."""
    parts = _PARTS.finditer(told.title, max(len(told.title) - _LONGEST_END, 0))
    ends = [it for it in parts if not _is_quoted(told.title, it.start())]
    for end in ends:
        said = told.title[end.end() :].strip(" ;")
        people = _RESPONSIBLE.fullmatch(said)
        label = "responsible" if people or _NAMES.fullmatch(said) else ""
        if not label and end is ends[-1] and names_place(said):
            label = "venue"
        if label and end.start():
            told.add(label, people["who"] if people else said.rstrip(".") if label == "venue" else said)
            told.title = told.title[: end.start()]
            return True
    return False


def _before_date(told: Meeting, name: str, when: str) -> Meeting:
    """An activity whose line ended with its date: what stood before the date, told apart again. Days that the
    name still says are its dates as well: «школьный тур – до 15 февраля, районный – 5 марта»."""
    before = told_apart(name)
    days = [day for day in _own_days(before.title) if day not in when]
    before.when = "; ".join(filter(None, [*days, when]))
    for label in ("venue", "responsible"):
        if said := getattr(told, label):
            before.add(label, said)
    before.title = tidy(before.title)
    return before


def _own_days(name: str) -> list[str]:
    """The days that a name says, but for those of what is celebrated: «Вечер к 9 мая»."""
    return [day for day in days_said(name) if not is_of_occasion(name, day)]


def _from_start(told: Meeting) -> Meeting:
    """The rest of a line that began with its date: a place may stand first, or alone."""
    rest = told_apart(told.title)
    told.title = rest.title
    for label in ("venue", "responsible"):
        if said := getattr(rest, label):
            told.add(label, said)
    parts = _PARTS.finditer(told.title, 0, _LONGEST_END)
    first = next((it for it in parts if not _is_quoted(told.title, it.start())), None)
    if first is not None and names_place(told.title[: first.start()]):
        told.venue = told.venue or told.title[: first.start()].strip()
        told.title = told.title[first.end() :]
    elif names_place(told.title):
        told.venue, told.title = told.venue or told.title, ""
    told.title = without_end(tidy(told.title))
    return told


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place in a text stands within quotation marks or brackets."""
    before = text[:at]
    return before.count("«") > before.count("»") or before.count("(") > before.count(")")


def without_end(line: str) -> str:
    """A line without the mark at its end, which may also be an initial's."""
    return re.sub(r"(?<![^\w«][А-ЯЁ])(?<!\.[А-ЯЁ])[.;]+$", "", line.strip())


def _bare(line: str) -> str:
    return without_number(line) if list_bullet(line) else line


def _is_apart(title: str, name: str, when: str, *, bulleted: bool) -> bool:
    """Whether a date at the end of a line is set apart so that it can be none of a sentence's."""
    between = title[len(name) : title.rfind(when)]
    opens = (bulleted or name[:1].isupper() or name[:1] in '«"') and not _OF_PLAN.match(name)
    return opens and re.fullmatch(r"\s+[–—-]\s+|\s*\(|\.?(?:\s{2,}|\t)|:\s+", between) is not None


def _when_and_theme(rest: str, read: Read) -> tuple[str, str]:
    """What stands behind «Заседание № 2»: the words for its date, if there are any, and what it is about."""
    themed = _THEME.search(rest)
    before = (rest[: themed.start()] if themed else rest).strip(_ASIDE)
    theme = (themed[1] or themed[2]).strip() if themed else ""
    if quoted := _QUOTED.fullmatch(theme):
        # «Заседание № 1 «Планы», 18 сентября, СОШ № 2»
        after = quoted["after"].strip(_ASIDE)
        if after and read(after).periods and not read(after).problems:
            return after, quoted["theme"]
    ends = reversed(list(_HEADING_ENDS.finditer(before)))
    parts = [(before, ""), *((before[: end.start()], before[end.end() :]) for end in ends)]
    for when, after in parts:
        if when and _is_sure(read(when.strip(_ASIDE))):
            return when.strip(_ASIDE), theme or after.strip(_ASIDE)
    # «15 сентября в 14.00, СОШ № 5»: beside a date stands a place.
    reading = read(before)
    if (
        reading.periods
        and not reading.problems
        and (words_of_day(before) or _is_sure(read(before.partition(",")[0])))
    ):
        return before, theme
    # «Круглый стол «Книга и мы»»: what it is stands before what it is called.
    named = themed is not None and themed[2] and _SORT.match(before)
    return "", f"{before} {theme}" if named else theme or before


def _is_sure(reading: WhenReading) -> bool:
    dated = reading.periods or reading.recurs or reading.year_round
    return bool(dated) and not reading.problems and not reading.rest


def _digits(number: str | None) -> str | None:
    return number if number and number.isdigit() else None


def _named(number: str | None, which: str | None) -> str:
    if which:
        return f"{which.capitalize()} заседание"
    return f"Заседание № {number}" if number else "Заседание"


def _nominative(ordinal: str) -> str:
    """«второго» → «второе»."""
    return re.sub(
        "(ого|его)$", lambda found: "ое" if found[1].lower() == "ого" else "е", ordinal, flags=re.IGNORECASE
    )


def _frequent_line(line: str, read: Read) -> Meeting | None:
    """«Совещание – 1 раз в месяц»."""
    found = _FREQUENCY.fullmatch(line.rstrip("."))
    reading = None if found is None else read(found["when"].rstrip(";"))
    if found is None or reading is None or not (reading.recurs and _is_sure(reading)):
        return None
    if _OF_FREQUENCY.match(found["title"]):
        return None
    return Meeting(title=tidy(found["title"]), when=found["when"])


def _quoted(theme: str) -> str:
    line = tidy(theme).rstrip(".")
    return line if line[:1] in '«"„' else f"«{line}»"
