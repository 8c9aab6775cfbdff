"""What stands above the rows of a plan and governs them: its year, months and days, sections, stages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from documents.items import lines_of
from documents.row_texts import Setting
from documents.stages import is_of_time, is_stage, words_in_brackets, words_in_stage
from documents.wording import tidy
from domain.period import Period, Precision
from domain.russian_dates import read_calendar_year

_NUMBER = re.compile(r"\s*(\d{1,3}(?:\s*\.\s*\d{1,3})*)\s*[.)]*\s*(.*)", re.DOTALL)
_ROMAN = re.compile(r"\s*([IVXІХ]+)\s*(?:[.):]|\s|$)")
_CHAPTER = re.compile(r"\s*(?:раздел|модуль|блок|часть|глава)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[«\"“»].*[»\"”«]\s*", re.DOTALL)
_LONGEST_MONTH_LINE = 60
_YEAR_LINE = re.compile(r"(?:19|20)\d\d\s*(?:г\.?|год)", re.IGNORECASE)
_BLANK_TO_FILL = re.compile('__|[«"]')  # «___» августа 2026 г.: the date of an approval
_PARTS = re.compile(r"(?<=[^\d\s][.)])\s+|\s[·–—-]\s")


class Governing:
    """Takes the lines above the rows of a plan, and those over all columns; `setting` is what they say."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @contextmanager
    def under(self, direction: str | None) -> Iterator[None]:
        """Meanwhile rows belong to this direction, which one of them names itself; None for to no other."""
        above = self.setting
        if direction is not None and above.section is None:
            self.setting = replace(above, section=direction)
        elif direction is not None:
            self.setting = replace(above, subsection=direction)
        yield
        self._belong_as(above)

    @contextmanager
    def within(self, section: str) -> Iterator[None]:
        """Meanwhile rows belong to this section, and there to the one that stands above."""
        above = self.setting
        self.setting = replace(above, section=section, subsection=above.section)
        yield
        self._belong_as(above)

    def _belong_as(self, above: Setting) -> None:
        self.setting = replace(self.setting, section=above.section, subsection=above.subsection)

    def begin_table(self) -> None:
        """The day that was named over all columns of a table is that of its own rows alone."""
        self.setting = replace(self.setting, day_text=None)

    def open_section(self, name: str | None) -> None:
        """A table's own section, named above it; None where it has none."""
        numbered = name is not None and _is_numbered(name)
        self.setting = replace(self.setting, section=name, subsection=None, section_is_numbered=numbered)

    def change_year(self, school_year: int) -> None:
        """Another plan begins, for another school year."""
        self.setting = replace(
            self.setting, school_year=school_year, calendar_year=None, month=None, month_text=None
        )

    def take_month(self, text: str, months: bool = False) -> bool:
        """Takes a line that is nothing but a month or a year: it governs the rows below it. With `months`,
        one of several months on end too."""
        line = tidy(text)
        if not _may_be_time(line):
            return False
        reading = self.setting.read(text)
        if len(reading.periods) == 1 and not reading.problems and not reading.rest:
            period = reading.periods[0]
            if period.precision is Precision.MONTH:
                self.setting = replace(
                    self.setting,
                    month=(period.end.year, period.end.month),
                    month_text=line,
                    day_text=None,
                    dated_by=None,
                )
                return True
            if months and period.precision is Precision.MONTHS:
                self._end_time()
                self.setting = replace(self.setting, month_text=line)
                return True
        if _YEAR_LINE.fullmatch(line):
            self.setting = replace(self.setting, calendar_year=read_calendar_year(line))
            return True
        return False

    def take_term(self, text: str) -> bool:
        """Takes a line above a table that is nothing but a longer time, «I четверть», «Осенние каникулы»: it
        governs the rows below it, and what is not sure of it is said of each."""
        line = tidy(text)
        if not _may_be_time(line):
            return False
        reading = self.setting.read(line)
        on_end = [it.precision for it in reading.periods] == [Precision.MONTHS]
        holidays = any(problem.code == "school_holidays" for problem in reading.problems)
        if not (on_end or holidays) or reading.year_round or not is_of_time(reading):
            return False
        self._end_time()
        self.setting = replace(self.setting, month_text=line)
        return True

    def take_days_of(self, period: Period) -> None:
        """Bare days in the rows below are of this period's month, if it lies in one; it dates no row."""
        first, last = period.first_day, period.end
        if (first.year, first.month) == (last.year, last.month):
            self.setting = replace(self.setting, month=(last.year, last.month))

    def forget_month(self) -> None:
        """Other text came between: the month named above it does not govern what follows."""
        self.setting = replace(self.setting, month=None, month_text=None)

    def take_line(self, text: str) -> bool:
        """Takes a line over all columns; whether it opens a section, and is not merely a time."""
        if self._take_time(text):
            return False
        # «26 августа 2026 г. ⏎ Сбор методистов», «2 этап. Сентябрь»: a name, and when all that follows is.
        named = [part for line in lines_of(text) for part in self._names_in(line)]
        if named:
            self._take_section(tidy(text))
        return bool(named)

    def _names_in(self, line: str) -> list[str]:
        """The parts of a line that are no date; a date that is not sure ends the one that stood above."""
        if self._take_time(line):
            return []
        if is_stage(line):
            words = words_in_stage(line, self.setting.read)
            if words is None or not self._take_time(words):
                self._end_time()
            return [line]
        words = words_in_brackets(line, self.setting.read)
        if words is not None and self._take_time(words):
            self.setting = replace(self.setting, dated_by=tidy(line))
            return [line]
        reading = self.setting.read(line)
        # All the year, a term, or a doubt: each row has it.
        if is_of_time(reading) and {it.precision for it in reading.periods} <= {Precision.MONTHS}:
            self._end_time()
            self.setting = replace(self.setting, month_text=tidy(line), dated_by=tidy(line))
            return [line]
        spans = any(it.precision in {Precision.MONTHS, Precision.DAYS} for it in reading.periods)
        if spans or is_of_time(reading):
            self._end_time()
            return [line]
        return [part for part in _PARTS.split(line) if part.strip() and not self._take_time(part)]

    def _end_time(self) -> None:
        self.setting = replace(self.setting, month=None, month_text=None, day_text=None, dated_by=None)

    def _take_time(self, part: str) -> bool:
        """A part of a line over all columns that is a day, or a month: it governs the rows below."""
        reading = self.setting.read(part)
        if len(reading.periods) != 1 or reading.problems or reading.rest:
            return self.take_month(part)
        [period] = reading.periods
        self._keep_year_of(part, period.end.year)
        if period.precision is not Precision.DAY:
            return self.take_month(part, months=True)
        self.setting = replace(self.setting, day_text=tidy(part), dated_by=None)
        return True

    def _keep_year_of(self, text: str, year: int) -> None:
        """In a plan without a school year a stage's year is that of its rows."""
        if self.setting.school_year is None and str(year) in text:
            self.setting = replace(self.setting, calendar_year=year)

    def _take_section(self, line: str) -> None:
        setting = self.setting
        numbered = _is_numbered(line)
        under_roman = bool(setting.section and _ROMAN.match(setting.section))
        goes_on = _next_after(setting.section or "", line) and setting.subsection is None
        below = _NUMBER.match(line) is not None and under_roman and not goes_on
        quoted = _QUOTED.fullmatch(line) is not None
        if setting.section and (below or quoted or (setting.section_is_numbered and not numbered)):
            self.setting = replace(setting, subsection=line)
        else:
            self.setting = replace(setting, section=line, subsection=None, section_is_numbered=numbered)
        if setting.dated_by and setting.dated_by not in f"{self.setting.section}\n{self.setting.subsection}":
            self._end_time()


def looks_like_section(line: str) -> bool:
    """Whether words that stand alone in a row name a section: «I. Встречи», «Раздел 2», «2 этап»."""
    shapes = (_ROMAN.match(line), _QUOTED.fullmatch(line), _CHAPTER.match(line))
    return any(shapes) or is_stage(line)


def _may_be_time(line: str) -> bool:
    return len(line) <= _LONGEST_MONTH_LINE and not _BLANK_TO_FILL.search(line)


def _is_numbered(line: str) -> bool:
    return bool(_ROMAN.match(line) or _CHAPTER.match(line) or _NUMBER.match(line))


def _next_after(section: str, line: str) -> bool:
    """Whether an Arabic number goes on where the Roman one stopped: «I. …», «2. …»."""
    roman, arabic = _ROMAN.match(section), _NUMBER.match(line)
    if roman is None or arabic is None or "." in arabic[1]:
        return False
    digits = roman[1].replace("І", "I").replace("Х", "X")
    values = [{"I": 1, "V": 5, "X": 10}[digit] for digit in digits]
    total = sum(-it if any(later > it for later in values[at:]) else it for at, it in enumerate(values))
    return int(arabic[1]) == total + 1
