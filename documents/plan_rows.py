"""The rows of a plan's tables → activities, and rows that hold none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import takewhile

from documents.activity import activity_of
from documents.columns import (
    WHENS,
    Columns,
    Role,
    columns_of,
    has_times,
    is_heading,
    is_members_heading,
    role_of,
    says_span,
)
from documents.dates_once import Blank, blank_dates
from documents.governing import Governing, looks_like_section
from documents.items import bulleted_items, lines_of, numbered_items, without_bullet
from documents.listed import activities_in
from documents.meetings import Meeting, dated_line, heading_of
from documents.month_columns import Doubt, beside_months, read_times
from documents.numbering import DATE_FOR_NUMBER, NUMBER, NUMBERED_TITLE, Numbered, is_child, numbered_as
from documents.row_texts import WHEN, Setting, Texts, texts_of
from documents.stages import (
    is_of_time,
    is_stage,
    told_in_month,
    words_at_end,
)
from documents.table import Row, Table
from documents.wording import is_dash, is_ditto, tidy
from domain.period import Precision
from domain.plan_draft import AGENDA, ActivityDraft, Place, Problem, SkippedRow
from domain.russian_dates import in_words

_PARTED = Problem(
    "page_edge",
    "стоит в начале страницы без номера; может быть, это продолжение строки выше, а не новое дело",
)
# What may stand below a heading over two columns.
_BELOW_HEADING = re.compile(r"план\w*|факт\w*|по плану|число|дата|месяц|время|место|с|по", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"\s*(?:директор|руководител|начальник|председател|заведующ|методист|исполнител|составител|м\.?\s*п\.)",
    re.IGNORECASE,
)
_MOST_SIGNED = 4
_MOST_LOOKED_AT, _FEWEST_WHENS = 30, 2
_HOURS = re.compile(r"\s*\d{1,2}[.:-]\d\d(?:\s*[–—-]\s*\d{1,2}[.:-]\d\d)?\s*")
_FEWEST_COLUMNS = 3
# «В течение четверти»: that of the line over all columns.
_OF_TIME_ABOVE = re.compile(
    r"(?:в\s*)?теч\w*\.?\s+(?:вс(?:ей|его)\s+)?(?:четверти|полугодия|триместра|квартала|периода|этапа)\.?",
    re.IGNORECASE,
)
# «В течение месячника»: all the time that the plan's title names.
_OF_ALL = re.compile(
    r"(?:в\s*теч\w*\.?\s+)?(?:вс(?:ей|его|я|ю|ь)\s+)?(?:месячник[а]?|декад[ыау]|недел[июя])\.?", re.IGNORECASE
)
# «Работа с фондом», «Организационно-методическая деятельность», alone in a row.
_DIRECTION = re.compile(r"(?:[\w-]+ая\s+){0,2}(?:работа|деятельность)\b", re.IGNORECASE)
# Under these a row of months names what its activities belong to, and is none itself.
_OF_DIRECTIONS = re.compile(r"направлени|раздел|блок|\bвид", re.IGNORECASE)


class PlanRows:
    """Reads the tables of a plan one after the other. `activities`, `skipped`
    and `remarks` hold what was found."""

    def __init__(self, governing: Governing) -> None:
        self._governing = governing
        self.activities: list[ActivityDraft] = []
        self.skipped: list[SkippedRow] = []
        self.remarks: list[Problem] = []
        self.of_title: str | None = None
        """Words for the time that the plan's title names."""
        self._columns = Columns(())
        self._width = 0
        self._dates: int | None = None
        self._headings = 0
        self._above = Texts()
        self._above_numbered = Numbered(None, None)
        self._direction: str | None = None  # that of rows whose own cell for it is blank
        self._blank = Blank.UNKNOWN
        self._date_above = ""  # the last in its column
        self._list: tuple[Numbered, str] | None = None  # the row that names those below it
        self._when_owner: str | None = None  # the number of the row in which the carried date was written

    @property
    def _setting(self) -> Setting:
        return self._governing.setting

    def take(
        self, table: Table, heading: int, columns: Columns | None = None, dates: int | None = None
    ) -> None:
        """Reads a table whose headings stand in the row `heading`; 0 for a table that goes on. `columns` are
        those of a table without headings, whose rows begin there; `dates` is the column of dates where no
        heading names one."""
        self._width, self._dates = table.width, dates
        if columns is not None:
            self._columns, self._headings = columns, len(columns.roles)
        self._governing.begin_table()
        self._above, self._above_numbered, self._direction = Texts(), Numbered(None, None), None
        self._date_above, self._list = "", None
        headed = heading
        rows = [
            (index, row)
            for index, row in enumerate(table.rows)
            if row.filled and not all(cell.carried for cell in row.cells)
        ]
        self._blank = blank_dates(table.rows[heading:], self._columns, self._setting.read)
        of_agenda: set[int] = set()
        for place, ((index, row), (_, following)) in enumerate(
            zip(rows, [*rows[1:], (0, None)], strict=True)
        ):
            if index in of_agenda:
                continue
            first = index == heading or (index == headed + 1 and has_times(row))
            own = index > heading and self._is_activity(row)
            if not own and self._may_be_heading(row, first) and is_heading([cell.text for cell in row.cells]):
                self._take_heading(row, index == headed + 1)
                headed = index
                if first:
                    self._blank = blank_dates(table.rows[index + 1 :], self._columns, self._setting.read)
            elif self._is_merged(row):
                below = dict(takewhile(lambda it: not self._is_merged(it[1]), rows[place + 1 :]))
                if heading in below and index < heading:
                    # «Заседание № 1» over the headings: they tell what stands in the rows of it as well.
                    self._take_heading(below.pop(heading), below=False)
                    headed = heading
                of_agenda |= self._take_line(row.filled[0].text, below)
            elif index == headed + 1 and _is_below_heading(row):
                self._columns = replace(self._columns, spanned=says_span(row))
            elif index >= heading:
                self._take_row(row, following, table.merges_known)

    def _may_be_heading(self, row: Row, first: bool) -> bool:
        """Headings that come again name all columns, that of dates too: other rows only speak of plans."""
        if first or not self._headings:
            return True
        dated = not self._columns.of(*WHEN) or any(role_of(cell.text) in WHENS for cell in row.filled)
        return len(row.filled) >= self._headings - 1 and dated

    def _is_activity(self, row: Row) -> bool:
        """Whether a row has a number in the column of numbers or, below months side by side, a name in that
        of activities: then it is no line of headings, whatever months stand in it."""
        titles = [row.at(column) for column in self._columns.of(Role.TITLE) if self._columns.times]
        heading = tidy(self._columns.title_heading)
        if any(it and not it.carried and tidy(it.text) not in {"", heading} for it in titles):
            return True
        numbers = [row.at(column) for column in self._columns.of(Role.NUMBER)]
        return any(it is not None and not it.carried and NUMBER.fullmatch(it.text) for it in numbers)

    def _take_heading(self, row: Row, below: bool) -> None:
        """Headings; where some are merged with the line above, both lines together name the columns."""
        columns = columns_of(row)
        self._headings = len(row.filled)
        goes_on = any(cell.carried for cell in row.cells) or (below and bool(columns.times))
        columns = (columns.over(self._columns) if goes_on else columns).titled()
        self._columns = columns if self._dates is None else columns.dated(self._dates)

    def take_meeting(self, meeting: Meeting) -> None:
        """A meeting that stands in no table."""
        problems = [] if meeting.when.strip() else [Problem("no_when", "нет срока")]
        texts = Texts(
            title=meeting.named,
            form=meeting.form,
            audience=meeting.audience,
            when=meeting.when,
            venue=meeting.venue,
            responsible=meeting.responsible,
        )
        self._add_one(texts, Numbered(meeting.number, None), problems)
        self.leave_out_points(filter(str.strip, meeting.agenda))

    def leave_out_agenda(self, table: Table, heading: int) -> None:
        """A table of what is talked about at the meeting that was named above it."""
        columns = columns_of(table.rows[heading])
        for row in table.rows[heading + 1 :]:
            texts = texts_of(row, columns, self._setting)
            if title := tidy(texts.title):
                self.skipped.append(SkippedRow(self._numbered(texts).number, title, AGENDA))

    def continued_by(self, table: Table) -> bool:
        """Whether a table without headings goes on with the last one; what is signed below it, tells of
        people, or begins with headings of its own does not."""
        above = [[cell.text for cell in row.cells] for row in table.rows[:3]]
        other = any(map(is_members_heading, above)) or any(
            role_of(text) is Role.NUMBER for texts in above[:1] for text in texts
        )
        return table.width == self._width and not (other or is_signature(table)) and self._may_date(table)

    def _may_date(self, table: Table) -> bool:
        """Whether anything in the column of dates of a table is one, if much stands there; years are none."""
        whens = [it for row in table.rows[:_MOST_LOOKED_AT] if (it := self._texts(row).when.strip())]
        readings = [self._setting.read(it) for it in whens]
        dates = [
            it for it in readings if is_of_time(it) and [one.code for one in it.problems] != ["only_year"]
        ]
        return len(whens) < _FEWEST_WHENS or bool(dates)

    def _take_line(self, text: str, below: Mapping[int, Row] | None = None) -> set[int]:
        """A line over all columns, and the rows `below` it up to the next one; which of them are its own."""
        meeting = heading_of(tidy(text), self._setting.read)
        if (
            meeting is not None
            and below
            and self._take_headed(meeting, [self._texts(it) for it in below.values()])
        ):
            return set(below)
        if self._governing.take_line(text):
            self._above, self._above_numbered, self._when_owner = Texts(), Numbered(None, None), None
            self._direction, self._date_above, self._list = None, "", None
        return set()

    def _take_headed(self, meeting: Meeting, rows: Sequence[Texts]) -> bool:
        """«Заседание № 1 «Планы»» over all columns: one meeting, if the rows below it have one date between
        them, or it has its own and they none; they are what is talked about."""
        whens = {when for texts in rows if (when := tidy(texts.when)) and not is_dash(when)}
        if not meeting.is_one or len(whens) + bool(meeting.when) != 1 or any(texts.times for texts in rows):
            return False
        meeting.when = meeting.when or whens.pop()
        meeting.venue = meeting.venue or _joined(texts.venue for texts in rows)
        meeting.responsible = _joined(texts.responsible for texts in rows)
        self.take_meeting(meeting)
        place = Place(len(self.activities), self._setting.section, self._setting.subsection)
        self.skipped += [
            SkippedRow(self._numbered(texts).number, tidy(texts.title), AGENDA, place) for texts in rows
        ]
        return True

    def _is_merged(self, row: Row) -> bool:
        """Whether a row is one cell over all columns."""
        return len(row.filled) == 1 and (len(row.cells) == 1 or row.filled[0].span > self._width // 2)

    def _takes_month(self, row: Row, following: Row | None) -> bool:
        """A month alone in its row, which governs those below it. In the column of dates it may as well be
        one more date of the row above, unless there is none, or that was below such a month, too."""
        [cell, *others] = row.filled
        if others or cell.carried or self._columns.times:
            return False
        if cell.column in self._columns.of(*WHENS):
            below = self._texts(following) if following else Texts()
            dated = replace(self._setting, month=None).read(below.when).periods
            goes_on = bool(self._above.title) and self._setting.month_text is None
            if goes_on or dated or not below.title.strip() or below.when_carried:
                return False
        if not self._governing.take_month(cell.text):
            return False
        self._above, self._above_numbered, self._date_above = Texts(), Numbered(None, None), ""
        return True

    def _take_row(self, row: Row, following: Row | None, merges_known: bool) -> None:
        if self._takes_month(row, following):
            return
        texts = self._texts(row)
        if self._columns.dated_titles:
            texts = self._parted(texts)
        numbered = self._numbered(texts)
        if _is_of_column_numbers(row):
            return
        if self._is_section(texts, numbered, following):
            self._take_line(f"{texts.number} {texts.title}".strip())
            return
        if self._columns.directions:
            self._take_directions(row, texts, numbered)
            return
        if self._is_stage(texts) and following is not None and not self._is_stage(self._texts(following)):
            self._take_line(f"{texts.number} {texts.title}\n{tidy(texts.when)}".strip())
            return
        if self._opens_list(texts, numbered, following):
            self._list = (numbered, tidy(texts.title).rstrip(" :"))
            return
        if self._list is not None:
            texts, numbered = self._in_list(*self._list, texts, numbered)
        title = tidy(texts.title)
        if _is_empty(texts, numbered):
            named = numbered.heading if is_dash(texts.title) or not title else title
            place = Place(len(self.activities), self._setting.section, self._setting.subsection)
            self.skipped.append(SkippedRow(numbered.number, named or "", "empty", place))
            self._above, self._above_numbered = texts, numbered
            return
        doubts = [_PARTED] if row.doubtful else []
        if texts.contradicts:
            doubts.append(Problem("month_conflict", f"месяц и дата расходятся: «{tidy(texts.when)}»"))
        self._direction = (texts.direction or self._direction) if texts.directed else None
        with self._governing.under(self._direction if texts.directed else texts.direction or None):
            if texts.times:
                with self._within_month(texts) as texts_in_month:
                    self._take_times(texts_in_month, numbered, merges_known, doubts)
            else:
                self._add(texts, numbered, merges_known, doubts)
        agenda = texts.agenda
        self.leave_out_points(
            numbered_items(agenda) or bulleted_items(agenda) or ([agenda] if agenda else [])
        )

    def _opens_list(self, texts: Texts, numbered: Numbered, following: Row | None) -> bool:
        """«1 | Конкурс чтецов: | |»: what the rows without a number below it belong to."""
        if numbered.number is None or any(texts.besides_title) or not tidy(texts.title).endswith(":"):
            return False
        below = self._texts(following) if following else Texts()
        return bool(self._columns.of(Role.NUMBER)) and not below.number.strip() and bool(below.title.strip())

    def _in_list(self, head: Numbered, name: str, texts: Texts, numbered: Numbered) -> tuple[Texts, Numbered]:
        """A row of such a list, by its whole name; one with a number of its own ends it."""
        if texts.number.strip() or not texts.title.strip():
            self._list = None
            return texts, numbered
        return replace(texts, title=f"{name}. {_item(texts.title)}"), head

    @contextmanager
    def _within_month(self, texts: Texts) -> Iterator[Texts]:
        """Weeks side by side are of the month that stands above them, or in front of them: there it is no
        date and no name of its own."""
        above = self._setting
        if self._columns.by_weeks:
            if month := self._month_of(texts.when):
                texts = replace(texts, when="")
            elif month := self._month_of(texts.title):
                texts = replace(texts, title="")
            month = month or above.month
            self._governing.setting = replace(above, month=month)
            texts = replace(texts, times=tuple(it.of(month) for it in texts.times))
        yield texts
        self._governing.setting = above

    def _month_of(self, words: str) -> tuple[int, int] | None:
        periods = self._setting.read(words).periods
        alone = [it.precision for it in periods] == [Precision.MONTH]
        return (periods[0].end.year, periods[0].end.month) if alone else None

    def leave_out_points(self, points: Iterable[str]) -> None:
        """What will be talked about at the meeting that was taken last."""
        place = Place(len(self.activities), self._setting.section, self._setting.subsection)
        self.skipped += [SkippedRow(None, tidy(point), AGENDA, place) for point in points]

    def _texts(self, row: Row) -> Texts:
        return texts_of(row, self._columns, self._setting)

    def _parted(self, texts: Texts) -> Texts:
        """A row whose title says when as well."""
        if parts := words_at_end(texts.title, self._setting.read):
            title, when = parts
            reading = self._setting.read(title)
            others = reading.periods or any(problem.guess for problem in reading.problems)
            return texts if others else replace(texts, title=title, when=when)
        dated = dated_line(". ".join(lines_of(texts.title)), self._setting.read)
        return replace(texts, title=dated.title, when=dated.when) if dated else texts

    def _take_directions(self, row: Row, texts: Texts, numbered: Numbered) -> None:
        """«Месяц | Учебная работа | Методическая работа | …»: a row has an activity, or several, of each."""
        texts, problems = self._with_when(texts, numbered, goes_on=False)
        if not texts.title.strip():
            self.skipped.append(SkippedRow(numbered.number, tidy(texts.when), "empty"))
        for column, name in self._columns.directions:
            cell = row.at(column)
            if cell is not None and cell.text.strip() and not is_dash(cell.text):
                # «Заседания» says what its own column holds, and nothing of those beside it.
                columns = replace(self._columns, title_heading=name)
                own = replace(texts, title=cell.text.strip(), form=name)
                with self._governing.within(name):
                    self._add_activities(own, numbered, problems, columns)

    def _take_times(
        self, texts: Texts, numbered: Numbered, merges_known: bool, doubts: Sequence[Problem]
    ) -> None:
        """«Мероприятие | Сентябрь | Октябрь | …»: marks and days are the dates of one activity, words are
        activities of their own."""
        found = read_times(texts.times, self._setting.read, self._columns.counted)
        whens = [*found.whens, *(doubt.words for doubt in found.doubts)]
        problems = [*doubts, *_in_columns(found.doubts)]
        plain = replace(texts, times=(), responsible=texts.responsible or ", ".join(found.persons))
        if whens or not found.named:
            when, contradicts = beside_months(texts.when, whens, self._setting.read)
            self._add(replace(plain, when=when), numbered, merges_known, [*problems, *contradicts])
        title = tidy(texts.title)
        directed = not self._columns.title_heading or bool(_OF_DIRECTIONS.search(self._columns.title_heading))
        with self._governing.under(title if directed and title else None):
            for named in found.named:
                own = named.title if directed or not title else f"{title.rstrip('.')}. {named.title}"
                differs = [_OTHER_MONTH] if named.doubtful else []
                self._add_activities(
                    replace(plain, title=own, when=named.when), numbered, [*doubts, *differs]
                )
        self._above, self._above_numbered = plain, numbered

    def _numbered(self, texts: Texts) -> Numbered:
        return numbered_as(texts, self._columns, self._above_numbered)

    def _is_stage(self, texts: Texts) -> bool:
        """«2 этап (основной) | сентябрь – декабрь 2026 г.»: it governs the rows below it."""
        besides = (texts.audience, texts.venue, texts.responsible, texts.outcome)
        return is_stage(f"{texts.number} {texts.title}") and bool(texts.when.strip()) and not any(besides)

    def _is_section(self, texts: Texts, numbered: Numbered, following: Row | None) -> bool:
        """A row of cells that is a heading all the same: nothing stands in it but a name."""
        if any(texts.besides_title) or is_dash(texts.title):
            return False
        line = tidy(f"{texts.number} {texts.title}")
        if looks_like_section(line):
            return True
        if not texts.title.strip():
            return bool(numbered.heading)
        if numbered.number is None:
            dated = following is not None and bool(self._texts(following).when.strip())
            direction = dated and _DIRECTION.match(line) is not None
            return (direction or bool(self._columns.of(Role.NUMBER))) and numbered.heading is None
        below = self._numbered(self._texts(following)).number if following else None
        return below is not None and below.startswith(f"{numbered.number}.")

    def _add(self, texts: Texts, numbered: Numbered, merges_known: bool, doubts: Sequence[Problem]) -> None:
        problems = list(doubts)
        goes_on = not texts.number.strip() and numbered.heading is not None
        if not merges_known and goes_on:
            texts = _with_blanks_from(texts, self._above, ("audience", "venue", "responsible", "outcome"))
        elif not merges_known and is_child(numbered.number, self._above_numbered.number):
            texts = _with_blanks_from(texts, self._above, ("audience",))
        said = [text for text in (texts.number, texts.title, texts.when) if text.strip()]
        if not said and not texts.times and not texts.when_carried:
            named = tidy(" ".join(text for text in texts.besides_title if text.strip()))
            self.skipped.append(SkippedRow(None, named, "empty"))
            return
        if not texts.title.strip() and self._above.title:
            texts = replace(texts, title=self._above.title)
            problems.append(Problem("title_inferred", "в строке нет названия; взято из строки выше"))
        texts, when_problems = self._with_when(texts, numbered, goes_on)
        problems.extend(when_problems)
        self._above, self._above_numbered = texts, numbered
        self._add_activities(texts, numbered, problems)

    def _with_when(self, texts: Texts, numbered: Numbered, goes_on: bool) -> tuple[Texts, list[Problem]]:
        """The row's date, or the date of the row that it belongs to; what was inferred is asked about."""
        owner = self._when_owner
        governing = self._setting.day_text or self._setting.month_text
        if governing and _OF_TIME_ABOVE.fullmatch(texts.when.strip()):
            return replace(texts, when=governing), []
        if self.of_title and _OF_ALL.fullmatch(texts.when.strip()):
            return replace(texts, when=self.of_title), []
        if is_ditto(texts.when) and self._above.when.strip():
            return replace(texts, when=self._above.when), [_when_inferred(owner, self._above.when)]
        if texts.when.strip() and not is_dash(texts.when):
            if texts.when_carried:
                inferred = is_child(numbered.number, owner)
                return texts, [_when_inferred(owner, texts.when)] if inferred else []
            self._when_owner, self._date_above = numbered.number, texts.when
            return self._on_the_day(_at_its_hour(texts)), []
        if DATE_FOR_NUMBER.fullmatch(texts.number):
            return replace(texts, when=texts.number), []
        above = self._above.when.strip()
        if above and not is_dash(above) and (goes_on or is_child(numbered.number, owner)):
            return replace(texts, when=self._above.when), [_when_inferred(owner, above)]
        if governing and governing == self._setting.month_text and not self._columns.of(*WHEN):
            title, when = told_in_month(texts.title, governing, self._setting.read)
            return replace(texts, title=title, when=when), []
        if governing:
            return replace(texts, when=governing), []
        return self._with_date_above(texts)

    def _with_date_above(self, texts: Texts) -> tuple[Texts, list[Problem]]:
        """A row without a date, which may have the last one above it in its column."""
        blank = replace(texts, when="")
        guess = self._setting.read(self._date_above).periods if not texts.when.strip() else ()
        if not guess or self._blank is Blank.UNKNOWN:
            return blank, [Problem("no_when", "нет срока")]
        if self._blank is Blank.LIKELY_AS_ABOVE:
            words = " и ".join(map(in_words, guess))
            return blank, [Problem("no_when", f"нет срока; может быть, {words}?", guess)]
        self.remarks.append(_ONCE_FOR_SEVERAL)
        return replace(texts, when=self._date_above), []

    def _on_the_day(self, texts: Texts) -> Texts:
        """An hour alone is one of the day that was named above."""
        day = self._setting.day_text
        if day is not None and self._columns.hours_alone and _HOURS.fullmatch(texts.when):
            return replace(texts, when=f"{day} в {texts.when.strip()}")
        if day is None or not any(
            it.code == "time_without_day" for it in self._setting.read(texts.when).problems
        ):
            return texts
        return replace(texts, when=f"{day}, {texts.when}")

    def _add_activities(
        self, texts: Texts, numbered: Numbered, problems: Sequence[Problem], columns: Columns | None = None
    ) -> None:
        """One activity, or as many as the cells list side by side; `columns` instead of the table's."""
        columns = columns or self._columns
        for one in activities_in(texts, columns, self._setting.read):
            own = numbered if one.place is None else numbered.item(one.place)
            with self._governing.under(one.under):
                self._add_one(one.texts, own, [*problems, *one.doubts], columns)

    def _add_one(
        self, texts: Texts, numbered: Numbered, problems: Sequence[Problem], columns: Columns | None = None
    ) -> None:
        read_by = columns or self._columns
        self.activities.append(activity_of(texts, numbered, read_by, self._setting, problems))


def is_signature(table: Table) -> bool:
    """Whether a table is what people sign below a plan: «Директор | | Орлова Н. В.»."""
    filled = [row for row in table.rows if row.filled]
    return len(filled) <= _MOST_SIGNED and any(_SIGNATURE.match(row.filled[0].text) for row in filled)


_ONCE_FOR_SEVERAL = Problem(
    "dates_once", "Где срока нет, взял тот, что стоит выше: в этой таблице он назван один на несколько строк."
)
_OTHER_MONTH = Problem("month_conflict", "в тексте назван другой срок, чем над столбцом")


def _item(title: str) -> str:
    """A line of a list without its number, or its bullet."""
    numbered = NUMBERED_TITLE.fullmatch(title)
    return tidy(numbered[2]) if numbered else without_bullet(tidy(title))


def _in_columns(doubts: Sequence[Doubt]) -> list[Problem]:
    said = "; ".join(f"в столбце «{it.cell.time.text}» стоит «{tidy(it.cell.said)}»" for it in doubts)
    return [Problem("month_conflict", said)] if said else []


def _at_its_hour(texts: Texts) -> Texts:
    """The hour that stands in a column of its own, at the day."""
    hour = texts.hour.strip().removeprefix("в ").strip()
    if not hour or is_dash(hour):
        return texts
    lead = "с" if re.match(r"с\s", hour) else "в"
    day = texts.when.strip()
    day = f"{day} числа" if day.isdecimal() else day
    return replace(texts, when=f"{day} {lead} {hour.removeprefix('с ').strip()}")


def _is_below_heading(row: Row) -> bool:
    """Whether a row only says more of the headings above it."""
    return all(_BELOW_HEADING.fullmatch(cell.text.strip()) for cell in row.filled if not cell.carried)


def _joined(cells: Iterable[str]) -> str:
    """What several cells say, each thing once."""
    return ", ".join(dict.fromkeys(said for cell in cells if (said := tidy(cell)) and not is_dash(said)))


def _is_of_column_numbers(row: Row) -> bool:
    """«1 | 2 | 3 | 4» below the headings."""
    said = [cell.text.strip() for cell in row.cells]
    return len(said) >= _FEWEST_COLUMNS and said == [str(number) for number in range(1, len(said) + 1)]


def _is_empty(texts: Texts, numbered: Numbered) -> bool:
    """Dashes instead of contents, or a number and nothing else."""
    blank = all(not text.strip() or is_dash(text) for text in texts.besides_title)
    if not blank:
        return False
    dashes = any(is_dash(text) for text in (*texts.besides_title, texts.title))
    return dashes or not (texts.title.strip() or numbered.heading)


def _with_blanks_from(texts: Texts, above: Texts, names: Sequence[str]) -> Texts:
    """In a format that does not say what is merged, a blank cell may be merged with the one above."""
    blanks = {name: getattr(above, name) for name in names if not getattr(texts, name).strip()}
    return replace(texts, **blanks)


def _when_inferred(owner: str | None, words: str) -> Problem:
    taken = f"взят из строки {owner}" if owner else "взят из строки выше"
    return Problem("when_inferred", f"нет своего срока; {taken}: «{tidy(words)}»")
