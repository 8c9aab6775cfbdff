"""A plan without a table: meetings under headings, and lists whose lines begin with a date.

«Заседание № 1. Сентябрь ⏎ Тема: «…» ⏎ agenda» is one meeting; «1. 24 ноября. Общешкольная линейка.» is one
line of such a list. An agenda's lines belong to their meeting and are no activities of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from documents.stages import is_of_time, told_in_month, words_at_end, words_in_brackets
from documents.wording import tidy
from domain.russian_dates import MONTHS_OF, WhenReading, words_of_day

Read = Callable[[str], WhenReading]

_ORDINAL = r"(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят)ое|третье"
_HEADING = re.compile(
    r"(?:(?P<number>\d{1,2}|[IVX]{1,4})(?:-?[ео]?е)?[.)]?\s+|(?P<which>[а-яё]+[оь]е)\s+)?"
    r"заседание\b(?:\s+(?:[РШГ]?МО|секции|методобъединения)(?=\s*(?:№|[(.:–—-])))?"
    rf"(?:\s+(?P<then>{_ORDINAL})\b)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_THEME = re.compile(r"\bтема\s*[:–—-]?\s*(.+)|([«\"„].+)", re.IGNORECASE | re.DOTALL)
_SORT = re.compile(r"[А-ЯЁ][а-яё]")
_ASIDE = " .:,;–—-()"
_NUMBER = re.compile(
    rf"\s*(?:№|N)?\s*(\d{{1,2}})(?!\d|[.:]\d|\s*[–—-]\s*\d|\s+(?:{'|'.join(MONTHS_OF)}))\s*", re.IGNORECASE
)
_LABELS = {
    "theme": r"тема(?:\s+заседания)?",
    "form": r"форма(?:\s+проведения)?",
    "when": r"(?:дата|срок\w*|время|когда)(?:\s+проведения)?",
    "venue": r"место(?:\s+проведения)?",
    "responsible": r"ответственн\w+|отв\.?|руководитель\s+заседания",
    "audience": r"участники|категория\s+участников",
}
_LABELLED = {
    name: re.compile(rf"(?:{words})\s*(?:[:–—-]|\.(?=\s))\s*(.+)", re.IGNORECASE | re.DOTALL)
    for name, words in _LABELS.items()
}
_OF_MONTH = re.compile(
    r"(?:задачи|мероприятия|план(?:\s+работы)?)\s+на\s+([а-яё]+(?:\s+20\d\d\s*(?:г\.?|года?)?)?)",
    re.IGNORECASE,
)
# Labels that stand one after another in a line begin lines of their own.
_NEXT_LABEL = re.compile(
    r"(?<=[.;])\s+(?=(?:тема|форма|дата|срок\w*|место|ответственн\w+|участники)(?:\s+\w+)?\s*[:–—-])",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.;])\s+")
_LIST_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.)]")
# Who signs below: «Руководитель РМО: Орлова Н. В.»
_SIGNED = re.compile(
    r"(?:руководител|председател|методист|директор|заведующ|составител)[^\d«\"]{0,60}?[\s:]"
    r"(?:[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\.?)\W*",
    re.IGNORECASE,
)
# What members do from one meeting to the next.
_BETWEEN = re.compile(
    r"(?:(?:межсекционн|межзаседательн)\w+\s+(?:работа|период|деятельность)"
    r"|(?:(?:работа|деятельность|задани[ея]|мероприятия)\s+)?(?:в\s+период\s+)?между\s+заседаниями)\b[^.]*[:.]?",
    re.IGNORECASE,
)
_OF_AGENDA = re.compile(r"повестк|вопрос|рассматрива|обсужда|доклад|выступлен", re.IGNORECASE)
# Words that begin another thing than a plan of meetings.
_BESIDES = re.compile(r"(состав|список|темы\s+самообразования|приложение)\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:\d{1,3}\s*[.)]\s*|[-–—•*]\s*)?(?P<item>\S.*)", re.DOTALL)
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}\.\d{1,2}(?:\.\d{2,4})?(?!\d|\s*[а-яё])")
# Where the words for a date end and those for what happens begin.
_HEADING_ENDS = re.compile(r"\)[:.,]?\s*|[.:]\s+|\s+[–—-]\s+")
_ENDS = re.compile(r"(?:г\.|[.:,])?\s+[–—-]\s+|[.:]\s+|\s+(?=[«\"„А-ЯЁ])")
_FREQUENCY = re.compile(r"(?P<title>.+?)\s+[–—-]\s+(?P<when>.+)", re.DOTALL)
_OPENS_LIST = re.compile(r"(?:[IVX]{1,4}|\d{1,2})\s*[.)]\s*\S.{2,100}", re.DOTALL)
_PLACED = re.compile(r".+\((?P<when>(?P<date>[^(),]+),\s[^(),]+)\)", re.DOTALL)
_LONGEST_HEADING, _LONGEST_DATE = 160, 60
_FEWEST = 2


@dataclass(slots=True)
class Meeting:
    """What was said of one meeting, or of one line of a list: words as they stand there."""

    number: str | None = None
    title: str = ""
    theme: str = ""
    form: str = ""
    when: str = ""
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
        return tidy(f"{self.title} {_quoted(self.theme)}" if self.theme else self.title)

    @property
    def is_one(self) -> bool:
        """Whether more is said of it than that it is a meeting."""
        return bool(self.theme or self.agenda or self.when)


class Meetings:
    """Takes the paragraphs of a document one by one. `read` understands a date where the document stands."""

    def __init__(self) -> None:
        self.begun = False
        """Whether a meeting, or a month's list, has begun: what stood before is the document's title."""
        self._open: Meeting | None = None
        self._closed: list[Meeting] = []
        self._listed: list[Meeting] = []
        self._month: str | None = None  # the time of the list that goes on; empty where it has none
        self._is_between = False  # whether that list is of what is done from one meeting to the next
        self._section: str | None = None  # the heading of a list
        self._undated: list[Meeting] = []  # numbered lines that open a list, if one with a date follows
        self._told = 0  # so many of the lines listed were told by `beside_table`
        self._has_meetings = False
        self._listed_to = 0  # the number of the list's last line
        self._is_dated = False  # whether the lines of that list tell dates

    def take_month(self, month: str) -> None:
        """A line that is nothing but a month: that of the meeting just begun, or it governs what follows."""
        if self._open is not None and not self._open.when and not self._open.agenda:
            self._open.when = month
            return
        self._close()
        self._month, self._listed_to, self._is_between = month, 0, False

    def take(self, text: str, read: Read) -> None:
        """Any other paragraph."""
        for line in filter(str.strip, text.split("\n")):
            for part in _NEXT_LABEL.split(line):
                self._take_line(part.strip(), read)

    @property
    def is_open(self) -> bool:
        """Whether what follows is of a meeting that has begun."""
        return self._open is not None

    def take_agenda(self) -> bool:
        """Takes a table of what is talked about, if a meeting's heading stands above it: its agenda."""
        if self._open is None:
            return False
        self._open.agenda.append("")
        return True

    def closed(self) -> list[Meeting]:
        """The meetings under headings that came since this was asked last; something else begins, such as a
        table."""
        self._close()
        closed, self._closed, self._month, self._is_between = self._closed, [], None, False
        self._has_meetings = self._has_meetings or bool(closed)
        return closed

    def listed(self) -> list[Meeting]:
        """Of a document without a table: lines that each begin with a date, and those under the name of a
        month. A single one is none of a list, unless there are meetings too."""
        return self._listed if self._has_meetings or sum(map(_tells_time, self._listed)) >= _FEWEST else []

    def _take_line(self, line: str, read: Read) -> None:
        """What a line is: the first of these that takes it. Inside a meeting any other belongs to its agenda;
        outside of one it may stand in a list."""
        if self._is_list_going_on(line, read):
            self._take_as_listed(read)
        kinds = (self._heading, self._tasks, self._between, self._end, self._theme, self._time, self._said)
        if any(taken(line, read) for taken in kinds):
            return
        if self._open is not None and _goes_on(self._open):
            self._open.theme += f" {line}"
            return
        if self._open is not None:
            self._open.agenda.append(line)
            return
        dated = dated_line(line, read) or _numbered_line(line, read)
        self._take_listed(line, _frequent_lines(line, read) or ([dated] if dated else []), read)

    def _heading(self, line: str, read: Read) -> bool:
        """«Заседание № 2. Ноябрь»: a meeting begins; but no line that goes on with a list."""
        begun = None if self._is_in_list(line) or _frequent_lines(line, read) else heading_of(line, read)
        if begun is not None:
            if self._month:
                begun.when, begun.line = begun.when or self._month, line
            self._begin(begun)
        return begun is not None

    def _tasks(self, line: str, read: Read) -> bool:
        """«Задачи на июль»: a month's list begins."""
        month = _OF_MONTH.fullmatch(line)
        if month is None or not read(month[1]).periods:
            return False
        self.take_month(month[1])
        return True

    def _between(self, line: str, read: Read) -> bool:
        """«Работа между заседаниями (декабрь – февраль):»: a list begins, of that time if one is named."""
        if _BETWEEN.fullmatch(line) is None:
            return False
        named = (
            words_in_brackets(line.rstrip(" :."), read)
            or (words_at_end(line.rstrip(" :."), read) or ("", ""))[1]
        )
        self._close()
        self._month, self._listed_to, self._is_between = named, 0, True
        return True

    def _end(self, line: str, _: Read) -> bool:
        """«Состав РМО», «Руководитель: Орлова Н. В.»: what follows is of no meeting."""
        if not (_BESIDES.match(line) or _SIGNED.fullmatch(line)):
            return False
        self._close()
        self._month, self._is_between = None, False
        return True

    def _theme(self, line: str, _: Read) -> bool:
        """«Тема: «Чтение»» under the name of a month: its meeting."""
        label, said = _labelled(line)
        if label != "theme" or self._open is not None or not self._month:
            return False
        self._begin(Meeting(title="Заседание", theme=said, when=self._month))
        return True

    def _time(self, line: str, read: Read) -> bool:
        """«Ноябрь – декабрь»: below a month's list the next one begins, under a meeting's heading it is its
        date."""
        if self._open is None:
            if self._month is None or not _names_time(line, read):
                return False
            self.take_month(line)
            return True
        if self._open.when or self._open.agenda or _labelled(line)[0] or not _is_sure(read(line)):
            return False
        self._open.when = line
        return True

    def _said(self, line: str, _: Read) -> bool:
        """«Место проведения: СОШ № 5»: the first that is said of the meeting holds."""
        label, said = _labelled(line)
        if not label or self._open is None:
            return False
        if not getattr(self._open, label):
            setattr(self._open, label, said)
        return True

    def beside_table(self) -> list[Meeting]:
        """Of a document with tables: the lines of lists that came since this was asked last. Lines that begin
        with a date, or months with what is done in them, are one where there are several; others are text."""
        listed, self._told = self._listed[self._told :], len(self._listed)
        months = {it.under for it in listed if it.under is not None}
        dated = sum(it.under is None for it in listed)
        return [it for it in listed if it.between or (dated if it.under is None else len(months)) >= _FEWEST]

    def take_cell(self, text: str, read: Read) -> bool:
        """Takes a cell of a document's title table, if each of its lines begins with a date."""
        dated = [dated_line(line, read) for line in text.split("\n") if line.strip()]
        found = [it for it in dated if it is not None]
        if len(found) < _FEWEST or len(found) < len(dated):
            return False
        self._listed.extend(found)
        return True

    def _is_list_going_on(self, line: str, read: Read) -> bool:
        """Whether what was taken for the heading of a meeting is a line of a month's list, as this one is:
        «2. …» follows «1. Заседание», or that told its day, and this one begins no agenda."""
        begun = self._open
        if begun is None or begun.line is None or begun.agenda:
            return False
        opening, numbered = _LIST_NUMBER.match(begun.line), _LIST_NUMBER.match(line)
        if opening is not None and numbered is not None:
            return int(numbered[1]) == int(opening[1]) + 1
        month = self._month or ""
        tells_day = told_in_month(begun.line, month, read)[1] != month
        return tells_day and not (opening or numbered or _labelled(line)[0] or _OF_AGENDA.match(line))

    def _take_as_listed(self, read: Read) -> None:
        begun, self._open = self._open, None
        if begun is not None and begun.line is not None:
            self._take_listed(begun.line, [], read)

    def _is_in_list(self, line: str) -> bool:
        """Whether a numbered line goes on with the list of its month."""
        numbered = _LIST_NUMBER.match(line)
        return numbered is not None and int(numbered[1]) == self._listed_to + 1 > 1

    def _take_listed(self, line: str, dated: Sequence[Meeting], read: Read) -> None:
        found = _LISTED.fullmatch(line)
        numbered = _LIST_NUMBER.match(line)
        follows = self._is_in_list(line)
        goes_on = self._is_dated and follows
        undated, self._undated = self._undated if follows else [], []
        self._is_dated = bool(dated) or goes_on
        self._listed_to = int(numbered[1]) if numbered else 0
        if dated:
            if undated:  # no headings, as it turns out
                self._section = undated[0].section
                self._listed.extend(undated)
            self._listed.extend(replace(it, section=self._section, between=self._is_between) for it in dated)
        elif self._is_of_last(line):
            self._listed[-1].responsible = _labelled(line)[1]
        elif self._month is not None and found is not None:
            title, when = told_in_month(found["item"], self._month, read)
            one = Meeting(title=tidy(title), when=when, under=self._month, between=self._is_between)
            self._listed.append(one)
        elif goes_on and found is not None:
            self._listed.append(Meeting(title=tidy(found["item"]), section=self._section))
        else:
            if numbered is not None and found is not None:
                section = undated[0].section if undated else self._section
                self._undated = [*undated, Meeting(title=tidy(found["item"]), section=section)]
            self._section = tidy(line) if _OPENS_LIST.fullmatch(line) else None
        self.begun = self.begun or self._month is not None or bool(dated)

    def _is_of_last(self, line: str) -> bool:
        """Whether a line says who is responsible for the one above it in a month's list."""
        last = self._listed[-1] if self._listed else None
        if last is None or last.under is None or last.under != self._month or last.responsible:
            return False
        return _labelled(line)[0] == "responsible"

    def _begin(self, meeting: Meeting) -> None:
        self._close()
        self._listed_to = 0
        self._open, self.begun, self._is_between = meeting, True, False

    def _close(self) -> None:
        if self._open is not None and self._open.is_one:
            self._closed.append(self._open)
        self._open = None


def _goes_on(meeting: Meeting) -> bool:
    """Whether its theme, begun in quotation marks, is not at its end yet: the text is wrapped."""
    theme = meeting.theme
    return not meeting.agenda and theme.startswith("«") and theme.count("«") > theme.count("»")


def _tells_time(listed: Meeting) -> bool:
    return bool(listed.when or listed.under)


def heading_of(line: str, read: Read) -> Meeting | None:
    """«Заседание № 2. Ноябрь», «Первое заседание (август): «Чтение»», «Итоговое заседание»."""
    found = _HEADING.fullmatch(line) if len(line) <= _LONGEST_HEADING else None
    if found is None:
        return None
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


def _when_and_theme(rest: str, read: Read) -> tuple[str, str]:
    """What stands behind «Заседание № 2»: the words for its date, if there are any, and what it is about."""
    themed = _THEME.search(rest)
    before = (rest[: themed.start()] if themed else rest).strip(_ASIDE)
    theme = (themed[1] or themed[2]).strip() if themed else ""
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


def _names_time(line: str, read: Read) -> bool:
    """Whether a line, and none of a list, is nothing but a time: «Ноябрь – декабрь», «Летние каникулы»."""
    return line[:1].isupper() and is_of_time(read(line.rstrip(" :.")))


def _digits(number: str | None) -> str | None:
    return number if number and number.isdigit() else None


def _named(number: str | None, which: str | None) -> str:
    if which:
        return f"{which.capitalize()} заседание"
    return f"Заседание № {number}" if number else "Заседание"


def _labelled(line: str) -> tuple[str, str]:
    for name, pattern in _LABELLED.items():
        if found := pattern.fullmatch(line):
            return name, found[1].strip()
    return "", ""


def dated_line(line: str, read: Read) -> Meeting | None:
    """The line of a list that begins with a date which is sure, and says what happens then."""
    found = _LISTED.fullmatch(line)
    item = line if found is None or _NUMERIC_DATE.match(line) else found["item"]
    # The longest that is a date: «Сентябрь – октябрь. Сбор» is not of September alone.
    for end in reversed(list(_ENDS.finditer(item[:_LONGEST_DATE]))):
        when, title = item[: end.start()], tidy(item[end.end() :])
        reading = read(when)
        if reading.periods and _is_sure(reading) and len(title) > 1:
            return Meeting(title=title.rstrip("."), when=when)
    return None


def _numbered_line(line: str, read: Read) -> Meeting | None:
    """The line of a numbered list that ends with a date which is sure, «2. Мастер-класс – май 2027 г.», or
    names one day: «1. Семинар – 3 сентября, 14.00, ИМЦ»."""
    numbered = _LIST_NUMBER.match(line)
    if numbered is None:
        return None
    said = line[numbered.end() :].strip(" .;")
    named = words_at_end(said, read)
    if named is not None and named[0]:
        return Meeting(title=tidy(named[0]), when=named[1])
    placed = _PLACED.fullmatch(said)
    if placed and _is_sure(read(placed["date"])) and read(placed["when"]).rest:
        # «Семинар (октябрь, СОШ № 2)»: all words stay in the name, whatever stands beside the date.
        return Meeting(title=tidy(said), when=placed["date"])
    day = words_of_day(said)
    return Meeting(title=tidy(said), when=day) if day and _is_sure(read(day)) else None


def _frequent_lines(line: str, read: Read) -> list[Meeting]:
    """«Заседание МО – 1 раз в четверть. Совещание – 1 раз в месяц.»: nothing but such sentences."""
    found = [_frequent_line(sentence, read) for sentence in _SENTENCE_ENDS.split(line)]
    return [meeting for meeting in found if meeting] if all(found) else []


def _frequent_line(line: str, read: Read) -> Meeting | None:
    """«Совещание – 1 раз в месяц»."""
    found = _FREQUENCY.fullmatch(line.rstrip("."))
    reading = None if found is None else read(found["when"].rstrip(";"))
    if found is None or reading is None or not (reading.recurs and _is_sure(reading)):
        return None
    return Meeting(title=tidy(found["title"]), when=found["when"])


def _quoted(theme: str) -> str:
    line = tidy(theme).rstrip(".")
    return line if line[:1] in '«"„' else f"«{line}»"
