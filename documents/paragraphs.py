"""A plan without a table: meetings under headings, blocks of labels, and lists whose lines tell a date.

«Заседание № 1. Сентябрь ⏎ Тема: «…» ⏎ agenda» is one meeting; «1. 24 ноября. Общешкольная линейка.» is one
line of such a list. An agenda's lines belong to their meeting and are no activities of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.items import begins_with_event
from documents.meetings import (
    Meeting,
    Read,
    bare_days,
    dated_line,
    frequent_lines,
    gathering_of,
    heading_of,
    in_any_year,
    in_year_of,
    is_date,
    labelled,
    labels_apart,
    line_of_month,
    lines_in,
    list_bullet,
    list_mark,
    list_number,
    listed_in_line,
    listed_line,
    part_of,
    several_in,
    undated_line,
)
from documents.stages import (
    is_of_time,
    is_stage,
    told_in_month,
    words_at_end,
    words_in_brackets,
    words_in_stage,
)
from documents.wording import is_signed, tidy
from domain.kinds import kind_of
from domain.period import Period, Precision
from domain.plan_draft import Kind
from domain.russian_dates import WhenReading, weekday_named, words_of_day, words_of_deadline

_OF_MONTH = re.compile(
    r"(?:задачи|мероприятия|план(?:\s+работы)?)\s+на\s+([а-яё]+(?:\s+20\d\d\s*(?:г\.?|года?)?)?)",
    re.IGNORECASE,
)
# «График заседаний РМО:»: what the lines below it are, of which some say no more than when and where.
_OF_GATHERINGS = re.compile(
    r"(?:график|план|расписание|тематика|темы|календарь|сроки|даты)\b.+", re.IGNORECASE
)
# What members do from one meeting to the next.
_BETWEEN = re.compile(
    r"(?:(?:межсекционн|межзаседательн)\w+\s+(?:работа|период|деятельность)"
    r"|(?:(?:работа|деятельность|задани[ея]|мероприятия)\s+)?(?:в\s+период\s+)?между\s+заседаниями)\b[^.]*[:.]?",
    re.IGNORECASE,
)
# What is done besides them, or all the year, behind an agenda.
_BESIDE = re.compile(
    r"(?:кроме\s+(?:того|этого|заседаний)|помимо\s+(?:этого|заседаний)"
    r"|(?:друг|проч|ин|остальн)(?:ие|ая|ое|ые)\s+(?:мероприятия|работа|дела|события|формы\s+работы)"
    r"|(?:(?:работа|мероприятия|деятельность)\s+)?(?P<when>в\s+течение\s+(?:всего\s+)?(?:учебного\s+)?года))\s*[:.]?",
    re.IGNORECASE,
)
_OF_AGENDA = re.compile(r"повестк|вопрос|рассматрива|обсужда|доклад|выступлен", re.IGNORECASE)
_OPENS_AGENDA = re.compile(
    r"\W*(?:повестк\w+|(?:рассматриваемые\s+|обсуждаемые\s+)?вопросы|план|программа)\b[^.]{0,40}:?\W*",
    re.IGNORECASE,
)
# Words that begin another thing than a plan of meetings.
_BESIDES = re.compile(
    r"(состав|список|темы\s+самообразования|приложение|(?:ожидаемые|планируемые|прогнозируемые)\s+результаты)\b",
    re.IGNORECASE,
)
_OPENS_LIST = re.compile(r"(?:[IVX]{1,4}|\d{1,2})\s*[.)]\s*\S.{2,100}", re.DOTALL)
_QUOTED_ALONE = re.compile(r"[«\"„][^»\"“]+[»\"“]\.?")
_WEEKS = re.compile(
    r"(?:\d|[IVХ]+|[а-яё]+)(?:[-–—,и\s]+(?:\d|[IVХ]+))?(?:-?[яйе]+)?\s+недел[яиью]\b", re.IGNORECASE
)
# «2.1. Сверка»; «1.09. Линейка» is a date.
_OF_SECTION = re.compile(r"\s*([1-9]\d?)\.([1-9]\d?)[.)]?\s+(?=[А-ЯЁ«\"„\d])")
_OF_MEETINGS = re.compile(r"(?:заседани|семинар|совещани)", re.IGNORECASE)
_OF_WHOLE = re.compile(
    r"в\s+течени[еи]\s+(?:всей\s+|всего\s+)?(?:недели|декады|месячника|четверти)", re.IGNORECASE
)
_OF_YEAR = re.compile(r"\d{4}")
_FEWEST = 2
_LONGEST_LINE = 160
_UNNAMED = "Заседание"  # a meeting that has no name but its theme
_ONE_DAY = frozenset({Precision.TIME, Precision.DAY})
_MOMENTS = frozenset({Precision.TIME, Precision.DAY, Precision.DAYS, Precision.MONTH})
_NAMES = {
    Kind.MEETING: "Заседание",
    Kind.SEMINAR: "Семинар",
    Kind.COUNCIL: "Совещание",
    Kind.WORKSHOP: "Мастер-класс",
}


class Meetings:
    """Takes the paragraphs of a document one by one. `read` understands a date where the document stands."""

    def __init__(self) -> None:
        self.begun = False
        """Whether a meeting, or a month's list, has begun: what stood before is the document's title."""
        self._open: Meeting | None = None
        self._opened_by = ""  # the label with which the open meeting began, where it has no heading
        self._closed: list[Meeting] = []
        self._blocks = 0  # so many of them began with a label
        self._listed: list[Meeting] = []
        self._item: Meeting | None = None  # the line above, of which labels may say more
        self._labels: Meeting | None = None  # labels under no name, until one says when
        self._governing = ""  # the time in the heading above
        self._week = ""  # a week of it
        self._whole = ""  # the days of the whole plan, as its title says them
        self._month: str | None = (
            None  # that, or a part of it: the time of the list that goes on; empty where it has none
        )
        self._is_stage = False  # whether it is a stage's, in which every line has a number or a bullet
        self._is_between = False  # whether that list is of what is done from one meeting to the next
        self._section: str | None = None  # the heading of a list
        self._form = ""  # what the lines of the list are, where its heading says so
        self._undated: list[Meeting] = []  # numbered lines that open a list, if one with a date follows
        self._plain: Read | None = None
        self._read: Read | None = None  # the same in any year
        self._above = ""  # the line above
        self._told = 0  # so many of the lines listed were told by `beside_table`
        self._has_meetings = False
        self._listed_to = 0  # the number of the list's last line
        self._bullet = ""  # and its bullet
        self._counted = 0  # so far its lines count themselves with figures before a dash
        self._numbered = (0, 0)  # the same with its section's, «2.1», where lines have both
        self._is_dated = False  # whether the lines of that list tell dates

    def take_month(self, month: str) -> None:
        """A line that is nothing but a month: that of the meeting just begun, or it governs what follows."""
        if self._open is not None and not self._open.when and not self._open.agenda:
            self._open.when = month
            return
        self._close()
        self._month = self._governing = month
        self._week = ""
        self._listed_to, self._counted, self._is_between, self._is_stage = 0, 0, False, False

    def take(self, text: str, read: Read) -> None:
        """Any other paragraph."""
        self._plain, self._read = read, in_any_year(read)
        for line in filter(str.strip, text.split("\n")):
            for part in listed_in_line(line, self._read) or labels_apart(line):
                self._take_line(part, self._read)
                self._above = part

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

    def take_table(self) -> None:
        """A table begins: a numbered line right above it that tells no date is its heading."""
        item = self._item
        if item is not None and self._listed_to and not _tells_time(item):
            self._listed = [it for it in self._listed if it is not item]
        self._close()
        self._listed_to, self._is_dated = 0, False

    def closed(self) -> list[Meeting]:
        """The meetings under headings that came since this was asked last; something else begins, such as a
        table."""
        self._close()
        if self._blocks == len(self._closed) == 1 and not (self._has_meetings or self._listed):
            self._closed = []
        closed, self._closed, self._month, self._is_between = self._closed, [], None, False
        self._has_meetings = self._has_meetings or bool(closed)
        return closed

    def listed(self) -> list[Meeting]:
        """Of a document without a table: lines that each tell a date, and those under the name of a month. A
        single one is none of a list, unless there are meetings too."""
        return self._listed if self._has_meetings or sum(map(_tells_time, self._listed)) >= _FEWEST else []

    def _take_line(self, line: str, read: Read) -> None:
        """What a line is: the first of these that takes it. Inside a meeting any other belongs to its agenda;
        outside of one it may stand in a list."""
        line = self._without_section_number(line, read)
        self._leave_agenda(line)
        if self._is_list_going_on(line, read):
            self._take_as_listed(read)
        if self._is_agenda_of_item(line, read):
            self._open_item()
        kinds = (
            self._stage,
            self._heading,
            self._tasks,
            self._between,
            self._end,
            self._theme,
            self._time,
            self._said,
        )
        if any(taken(line, read) for taken in kinds):
            return
        self._labels = None
        if self._is_stage and not _begins_item(line):
            self._month, self._is_stage = None, False
        dated = listed_line(line, read, self._month) or self._going_on(line, read)
        if self._is_lone_block and dated:
            self._open, self._opened_by = None, ""
        if self._open is not None and _goes_on(self._open):
            self._open.theme += f" {line}"
        elif self._open is not None and not self._is_next_gathering(line, dated):
            self._take_agenda_line(self._open, line)
        else:
            found = frequent_lines(line, read) or lines_in(line, read) or (several_in(dated) if dated else [])
            self._take_listed(line, found, read)

    def _without_section_number(self, line: str, read: Read) -> str:
        """«2.1. Сверка» as «1. Сверка»: figures that go on with those above, open a section, or have a date
        behind them, are a number and no date."""
        found = _OF_SECTION.match(line)
        section, last = self._numbered
        numbers = (int(found[1]), int(found[2])) if found else (0, 0)
        goes_on = numbers in {(section, last + 1), (section + 1, 1), (1, 1)}
        if found and (goes_on or listed_line(f"1. {line[found.end() :]}", read)):
            self._numbered = numbers
            return f"{numbers[1]}. {line[found.end() :]}"
        number = list_number(line)
        if number is not None and not found:
            if last:  # the next section of such a list
                self._listed_to, self._is_dated = 0, False
            self._numbered = (number, 0)
        return line

    def _leave_agenda(self, line: str) -> None:
        """«2. …» behind an agenda goes on with the list in which «1. Заседание» stood, if it cannot with
        the agenda's own numbers."""
        begun = self._open
        if begun is None or begun.line is None or not self._month:
            return
        opening, numbered = list_mark(begun.line), list_mark(line)
        if not opening or not numbered or numbered[0] != opening[0] + 1 or numbered[1] != opening[1]:
            return
        marks = [mark for it in begun.agenda if (mark := list_mark(it))]
        if begun.agenda and (not marks or marks[-1] != (numbered[0] - 1, numbered[1])):
            month = self._month
            self._close()
            self._month, self._listed_to = month, opening[0]

    def _heading(self, line: str, read: Read) -> bool:
        """«Заседание № 2. Ноябрь»: a meeting begins; but no line that goes on with a list."""
        in_list = self._is_in_list(line) or frequent_lines(line, read) or self._goes_on_dated(line, read)
        begun = None if in_list else heading_of(line, read)
        if begun is None and not self._month:
            begun = gathering_of(line, read)
        if begun is not None:
            begun.line = line
            if self._month and not begun.when:
                begun.when = begun.under = self._month
            self._begin(begun)
        return begun is not None

    def _stage(self, line: str, read: Read) -> bool:
        """«1 этап. Подготовительный (февраль – май)»: a list of what is done meanwhile begins."""
        words = words_in_stage(line, read) if is_stage(line) else None
        if words is None:
            return False
        self._close()
        self.take_month(words)
        self._is_stage = self.begun = True
        return True

    def _tasks(self, line: str, read: Read) -> bool:
        """«Задачи на июль»: a month's list begins."""
        month = _OF_MONTH.fullmatch(line)
        if month is None or not read(month[1]).periods:
            return False
        self.take_month(month[1])
        return True

    def _between(self, line: str, read: Read) -> bool:
        """«Работа между заседаниями (декабрь – февраль):», «Кроме того:» behind an agenda: a list begins, of
        that time if one is named."""
        behind_agenda = self._open is not None and bool(self._open.agenda)
        beside = _BESIDE.fullmatch(line) if behind_agenda or self._is_between else None
        if beside is None and _BETWEEN.fullmatch(line) is None:
            return False
        named = (
            (beside["when"] if beside else None)
            or words_in_brackets(line.rstrip(" :."), read)
            or (words_at_end(line.rstrip(" :."), read) or ("", ""))[1]
        )
        self._close()
        self._month = self._governing = named
        self._listed_to, self._is_between = 0, True
        return True

    def _end(self, line: str, _: Read) -> bool:
        """«Состав РМО», «Руководитель: Орлова Н. В.»: what follows is of no meeting."""
        if not (_BESIDES.match(line) or is_signed(line)):
            return False
        self._close()
        self._month, self._is_between = None, False
        return True

    def _theme(self, line: str, _: Read) -> bool:
        """«Тема: «Чтение»» under the name of a month: its meeting."""
        label, said = labelled(line)
        if label != "theme" or self._open is not None or self._item is not None or not self._month:
            return False
        begun = self._labels or Meeting(title=_UNNAMED)
        begun.theme, begun.when = said, begun.when or self._month
        self._begin(begun)
        return True

    def _time(self, line: str, read: Read) -> bool:
        """«Ноябрь – декабрь»: below a month's list the next one begins, under a meeting's heading it is its
        date."""
        if labelled(line)[0]:
            return False
        if self._open is None:
            return self._part_of_month(line, read) or self._next_month(line, read)
        if self._open.when or self._open.agenda or not is_date(line, read):
            return False
        self._open.when = line
        return True

    def _next_month(self, line: str, read: Read) -> bool:
        """The time of the lines below: any, below that of others, or a day, or a rhythm."""
        if line.startswith("(") and not self.begun:
            return False  # what the title says of the whole plan
        words = line.strip().rstrip(" :.")
        reading = read(words)
        if _OF_WHOLE.fullmatch(words) and self._month is not None:
            self.take_month(self._whole or words)
            return True
        days = _days(reading)
        if len(days) == 1 and days[0].precision is Precision.DAYS and self._month is None:
            self._whole = words  # the time of the whole plan
        named = bool(days) and (self._month is not None or days[0].precision in _ONE_DAY)
        often = bool(reading.recurs or reading.year_round) and is_date(words, read)
        often = often and not _OF_YEAR.search(words)
        if not (named or often or (self._month is not None and _names_time(line, read))):
            return False
        self.take_month(words)
        self.begun = True
        return True

    def _part_of_month(self, line: str, read: Read) -> bool:
        """«2 неделя» below the name of a month, «Вторник» below that or of every week."""
        words = line.strip(" .:()")
        is_weekday = weekday_named(words.lower()) is not None
        if not (is_weekday or (self._month and _WEEKS.fullmatch(words))):
            return False
        above = (self._week or self._governing) if is_weekday else self._governing
        part = part_of(words, above, read)
        if part is None:
            return False
        self._week = self._week if is_weekday else part
        self._month, self._listed_to, self._item = part, 0, None
        self.begun = True
        return True

    def _said(self, line: str, read: Read) -> bool:
        """«Место проведения: СОШ № 5»: of the meeting, or of the line above; or a meeting without a name
        begins, if it tells when it is."""
        label, said = labelled(line)
        if not label:
            return False
        if self._open is not None:
            begun = self._next_begun(self._open, label, said, read)
            if begun is not None:
                opened_by = self._opened_by or label
                self._begin(begun)
                self._opened_by = opened_by
            self._say_of(begun or self._open, label, said, read)
            return True
        if self._item is not None:
            self._say_of_item(self._item, label, said, read)
            return True
        if self._labels is None:
            self._labels, self._opened_by = Meeting(title=_UNNAMED), label
        opened_by = self._opened_by
        self._labels.add(label, said)
        if _is_moment(read(self._labels.when)):
            self._begin(self._labels)
            self._opened_by = opened_by
        return True

    def _next_begun(self, meeting: Meeting, label: str, said: str, read: Read) -> Meeting | None:
        """The meeting that begins where a label comes again; None where it still says more of this one."""
        if not getattr(meeting, label):
            return None
        last = meeting.agenda[-1] if meeting.agenda and label in {"when", "theme"} else ""
        if list_number(last) is None and begins_with_event(last):
            return Meeting(title=tidy(meeting.agenda.pop().rstrip(" .:")))
        again = label == self._opened_by or (label == "when" and meeting.agenda and is_date(said, read))
        return Meeting(title=_UNNAMED) if again else None

    def _say_of(self, meeting: Meeting, label: str, said: str, read: Read) -> None:
        """A date below the month that stands above is the meeting's own."""
        if label == "when" and meeting.under is not None and is_date(said, read):
            meeting.when = ""
        meeting.add(label, said)

    def _say_of_item(self, item: Meeting, label: str, said: str, read: Read) -> None:
        """A label below a line of a list; one that tells when makes it a line that tells a date."""
        self._say_of(item, label, said, read)
        sure = label == "when" and item.under is None and is_date(said, read)
        if sure and not any(it is item for it in self._listed):
            self._listed += [it for it in self._undated if it is not item]
            self._listed.append(item)
            self._undated, self._is_dated, self.begun = [], True, True

    def _is_agenda_of_item(self, line: str, read: Read) -> bool:
        """Whether what is talked about begins below a line of a list: «Вопросы:», or «1. …» without a date
        below a gathering that has no number."""
        item = self._item
        if item is None or self._open is not None or not _tells_time(item):
            return False
        if _OPENS_AGENDA.fullmatch(line):
            return True
        return (
            list_number(line) == 1
            and not self._listed_to
            and _is_gathering(item)
            and listed_line(line, read) is None
        )

    def _open_item(self) -> None:
        item = self._item
        if item is not None:
            self._listed = [it for it in self._listed if it is not item]
            self._begin(item)

    def beside_table(self) -> list[Meeting]:
        """Of a document with tables: the lines of lists that came since this was asked last. Lines that begin
        with a date, or months with what is done in them, are one where there are several; others are text,
        but for meetings."""
        listed, self._told = self._listed[self._told :], len(self._listed)
        months = {it.under for it in listed if it.under is not None}
        dated = sum(it.under is None for it in listed)
        return [
            it
            for it in listed
            if it.between
            or (dated if it.under is None else len(months)) >= _FEWEST
            or (it.when and _OF_MEETINGS.match(it.title))
        ]

    def _part_list_from(self, meeting: Meeting) -> None:
        """«Мероприятия: ⏎ 1. Конкурс – февраль ⏎ 2. …» behind an agenda: what stands below a line without a
        number is a list of its own, if each line tells a date, or half of them do below a colon."""
        agenda, read = meeting.agenda, self._read
        heads = [at for at, line in enumerate(agenda) if not _begins_item(line)]
        # «Живая классика – февраль», right below another without a number, is no head but a line of the list.
        while read and heads[1:] and heads[-1] - heads[-2] == 1 and listed_line(agenda[heads[-1]], read):
            heads.pop()
        if read is None or not heads or len(agenda) - heads[-1] - 1 < _FEWEST:
            return
        head, lines = agenda[heads[-1]], agenda[heads[-1] + 1 :]
        dated = [listed_line(line, read) for line in lines]
        told = [it or undated_line(line, read) for it, line in zip(dated, lines, strict=True)]
        opens = head.rstrip().endswith(":") and not _OPENS_AGENDA.fullmatch(head)
        if all(dated) or (opens and sum(bool(it.when) for it in told) >= max(_FEWEST, len(told) / 2)):
            self._listed += [replace(it, section=tidy(head)) for it in told]
            del agenda[heads[-1] :]

    def take_cell(self, text: str, read: Read) -> bool:
        """Takes a cell of a document's title table, if each of its lines begins with a date."""
        read = in_any_year(read)
        dated = [dated_line(line, read) for line in text.split("\n") if line.strip()]
        found = [it for it in dated if it is not None]
        if len(found) < _FEWEST or len(found) < len(dated):
            return False
        self._listed.extend(found)
        return True

    def _is_list_going_on(self, line: str, read: Read) -> bool:
        """Whether what was taken for the heading of a meeting is a line of a month's list, as this one is:
        «2. …» follows «1. Заседание» in a month or right below it, or that told its day, and this one begins
        no agenda."""
        begun = self._open
        if begun is None or begun.line is None or begun.agenda:
            return False
        opening, numbered = list_number(begun.line), list_number(line)
        if opening is not None and numbered is not None:
            follows = bool(self._month) or (self._above == begun.line and bool(begun.when))
            return follows and numbered == opening + 1
        if opening is None and numbered is None and not self._month:
            return listed_line(begun.line, read) is not None and listed_line(line, read) is not None
        month = self._month or ""
        tells_day = told_in_month(begun.line, month, read)[1] != month
        return tells_day and not (
            opening is not None or numbered is not None or labelled(line)[0] or _OF_AGENDA.match(line)
        )

    def _take_as_listed(self, read: Read) -> None:
        begun, self._open = self._open, None
        if begun is not None and begun.line is not None:
            dated = None if self._month else listed_line(begun.line, read)
            self._take_listed(begun.line, [dated] if dated else [], read)

    def _is_next_gathering(self, line: str, dated: Meeting | None) -> bool:
        """Whether a line below an agenda is none of it: «Круглый стол (март)», without a number."""
        open_ = self._open
        if open_ is None or _begins_item(line) or not begins_with_event(line):
            return False
        # Under a month its list goes on behind a numbered agenda.
        behind = bool(self._month and open_.agenda) and all(map(_begins_item, open_.agenda))
        begins = behind or (dated is not None and _is_gathering(Meeting(title=line)))
        if begins:
            self._close()
        return begins

    @property
    def _is_lone_block(self) -> bool:
        """Whether the open meeting is nothing but the first labels of a document, which may be those of the
        whole."""
        return bool(self._opened_by) and self._open is not None and not (self._closed or self._has_meetings)

    def _goes_on_dated(self, line: str, read: Read) -> bool:
        """Whether a line begins with a date as the lines of the list above do."""
        return self._open is None and self._is_dated and dated_line(line, read) is not None

    def _is_in_list(self, line: str) -> bool:
        """Whether a numbered line goes on with the list of its month."""
        return list_number(line) == self._listed_to + 1 > 1

    def _goes_on_with_list(self, line: str) -> bool:
        """The same, or a line with the bullet of the one above."""
        bullet = list_bullet(line)
        return self._is_in_list(line) or (bullet != "" and bullet == self._bullet)

    def _take_agenda_line(self, meeting: Meeting, line: str) -> None:
        if not meeting.theme and not meeting.agenda and _QUOTED_ALONE.fullmatch(line):
            meeting.theme = line
        else:
            meeting.agenda.append(line)

    def _take_listed(self, line: str, dated: Sequence[Meeting], read: Read) -> None:
        number, bullet = list_number(line), list_bullet(line)
        follows = self._goes_on_with_list(line)
        goes_on = self._is_dated and follows
        undated, self._undated = self._undated if follows else [], []
        self._is_dated = bool(dated) or goes_on
        self._listed_to, self._bullet = number or 0, bullet
        self._item = None
        if dated and not (self._month and dated[0].when == ""):
            if undated:  # no headings, as it turns out
                self._section = undated[0].section
                self._listed.extend(undated)
            found = [self._in_its_list(it) for it in dated]
            self._listed.extend(found)
            self._item = found[-1]
        elif self._month is not None:
            within = in_any_year(self._plain or read, self._month)
            self._item = line_of_month(line, self._month, within, bare=self._are_days(line))
            self._item.when = in_year_of(self._item.when, self._month, self._plain or read)
            self._item.between = self._is_between
            self._listed.append(self._item)
        elif goes_on:
            self._item = replace(undated_line(line, read), section=self._section)
            self._listed.append(self._item)
        else:
            if number is not None or bullet:
                section = undated[0].section if undated else self._section
                self._item = replace(undated_line(line, read), section=section)
                self._undated = [*undated, self._item]
            elif begins_with_event(line) or self.begun:
                self._item = Meeting(title=tidy(line).rstrip(" .:"), section=self._section)
            self._section = tidy(line) if _OPENS_LIST.fullmatch(line) else None
            self._form = _gatherings_named(line)
        self.begun = self.begun or self._month is not None or bool(dated)

    def _going_on(self, line: str, read: Read) -> Meeting | None:
        """A line without a number that names one day, or says that the day is told elsewhere, right below one
        that tells its date."""
        if self._month is not None or self._item is None or not self._is_dated or self._listed_to:
            return None
        if _begins_item(line) or len(line) > _LONGEST_LINE:
            return None
        words = words_of_day(line) or words_of_deadline(line)
        if words and is_date(words, read):
            return Meeting(title=tidy(line).rstrip("."), when=words)
        told = undated_line(line, read)
        return told if told.when else None

    def _are_days(self, line: str) -> bool:
        """Whether figures with a dash behind them are days of the month: «5 – День учителя», but not «1 – …»
        and what counts on from it."""
        figures = bare_days(line)
        counts = figures.isdecimal() and int(figures) == self._counted + 1
        self._counted = int(figures) if counts else 0
        return bool(figures) and not counts

    def _in_its_list(self, told: Meeting) -> Meeting:
        """A line of a list that tells its date. Under «График заседаний» one that names little else than when
        and where is a meeting."""
        when = in_year_of(told.when, self._month, self._plain) if self._month and self._plain else told.when
        found = replace(told, when=when, section=self._section, between=self._is_between)
        if not self._form:
            return found
        if not found.title:
            return replace(found, title=self._form)
        alone = found.venue or _QUOTED_ALONE.fullmatch(found.title)
        return replace(found, form=self._form) if alone else found

    def _begin(self, meeting: Meeting) -> None:
        self._close()
        self._listed_to = 0
        self._open, self.begun, self._is_between = meeting, True, False

    def _close(self) -> None:
        if self._open is not None and self._open.is_one:
            self._part_list_from(self._open)
            self._closed.append(self._open)
            self._blocks += bool(self._opened_by)
        self._open = self._item = self._labels = None
        self._opened_by = self._bullet = ""
        self._undated = []


def _goes_on(meeting: Meeting) -> bool:
    """Whether its theme, begun in quotation marks, is not at its end yet: the text is wrapped."""
    theme = meeting.theme
    return not meeting.agenda and theme.startswith("«") and theme.count("«") > theme.count("»")


def _begins_item(line: str) -> bool:
    return list_number(line) is not None or list_bullet(line) != ""


def _tells_time(listed: Meeting) -> bool:
    return bool(listed.when or listed.under)


def _is_gathering(item: Meeting) -> bool:
    return begins_with_event(item.title) and kind_of(item.title) not in {Kind.OTHER, Kind.CONTEST}


def _days(reading: WhenReading) -> list[Period]:
    """The days of words that say nothing else, be they sure or not: «20 октября, среда»."""
    days = [*reading.periods, *(day for problem in reading.problems for day in problem.guess)]
    return days if is_of_time(reading) and all(it.day_known for it in days) else []


def _is_moment(reading: WhenReading) -> bool:
    """Whether words say when a meeting is, rather than how long a work goes on."""
    sure = bool(reading.periods) and not reading.problems
    return sure and all(it.precision in _MOMENTS for it in reading.periods)


def _names_time(line: str, read: Read) -> bool:
    """Whether a line, and none of a list, is nothing but a time: «Ноябрь – декабрь», «Летние каникулы»."""
    return line[:1].isupper() and is_of_time(read(line.rstrip(" :.")))


def _gatherings_named(line: str) -> str:
    """What the lines below «График заседаний» are called; empty under any other."""
    return _NAMES.get(kind_of(line), "") if _OF_GATHERINGS.match(line) else ""
