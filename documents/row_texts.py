"""A row's cells by what they hold, and what stands above them and is said of them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.columns import Columns, Role
from documents.items import lines_of, numbered_items
from documents.month_columns import InTime, spanned, time_of
from documents.stages import is_place
from documents.table import Cell, Row
from documents.wording import is_dash, tidy
from domain.kinds import kind_of
from domain.period import Period, Precision
from domain.plan_draft import Kind
from domain.russian_dates import MONTHS_OF, WhenReading, read_when, words_for

WHEN = (Role.WHEN, Role.WHEN_AND_WHERE)
_DAYS = re.compile(r"\d{1,2}(?:\s*[-–—,]\s*\d{1,2})*")
_DAY_AND_HOUR = re.compile(r"(?P<day>\S.*?),?\s+(?P<hour>\d{1,2}[:.]\d\d)")
# «Заседание № 2. «Читаем вместе»»: a list beside it is what is talked about there.
_MEETING = re.compile(r"\W*(?:\w+ое\s+)?заседание\b", re.IGNORECASE)
_OF_DIRECTIONS = re.compile(r"\W*(?:направлени|блок|раздел)", re.IGNORECASE)
_EACH_WEEK = {
    "понедельник": "по понедельникам",
    "вторник": "по вторникам",
    "среда": "по средам",
    "четверг": "по четвергам",
    "пятница": "по пятницам",
    "суббота": "по субботам",
    "воскресенье": "по воскресеньям",
}
_BASE = re.compile(r"\bна\s+базе\s+\S.*", re.IGNORECASE)
_FIGURES = re.compile(r"[\dIVІ][\dIVІ\s,и–—-]*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands above a row and gives its dates their year and month, and the row its place."""

    school_year: int | None = None
    calendar_year: int | None = None
    month: tuple[int, int] | None = None
    month_text: str | None = None
    day_text: str | None = None  # the day of all rows below, which say the hour alone
    dated_by: str | None = None  # the heading whose own date these are: they end where another begins
    section: str | None = None
    subsection: str | None = None
    section_is_numbered: bool = False

    def read(self, text: str) -> WhenReading:
        """Words for a date in this setting."""
        return read_when(text, self.school_year, self.month, calendar_year=self.calendar_year)


@dataclass(frozen=True, slots=True)
class Texts:
    """A row's cells by what they hold, and the rows above that they were taken from."""

    number: str = ""
    title: str = ""
    form: str = ""
    audience: str = ""
    when: str = ""
    venue: str = ""
    responsible: str = ""
    agenda: str = ""  # what is talked about, where another column names the meeting
    outcome: str = ""
    when_carried: bool = False
    hour: str = ""
    contradicts: bool = False  # the month beside the date is another one
    direction: str = ""  # what stands beside a list of activities
    directed: bool = False  # in a column of directions, which may be blank where the one above holds
    times: tuple[InTime, ...] = ()
    lines: tuple[tuple[Role, str], ...] = ()  # the cells with blank lines in them

    def lines_of(self, role: Role, text: str) -> str:
        """A cell's text with the blank lines above it, if it is still `text`."""
        cell = next((cell for it, cell in self.lines if it is role), text)
        return cell if cell.strip() == text.strip() else text

    @property
    def besides_title(self) -> tuple[str, ...]:
        """What a row says besides its number and its name."""
        in_times = (cell.said for cell in self.times)
        return self.audience, self.when, self.venue, self.responsible, self.outcome, *in_times


def texts_of(row: Row, columns: Columns, setting: Setting) -> Texts:
    """A row's cells by what they hold."""

    def text_of(*roles: Role) -> str:
        cells = dict.fromkeys(cell for it in columns.of(*roles) if (cell := row.at(it)))
        filled = [cell.text.strip() for cell in cells if cell.text.strip()]
        if Role.TITLE in roles:
            filled = [text for text in filled if not is_dash(text)] or filled
        return ". ".join(dict.fromkeys(filled)) if Role.TITLE in roles else "\n".join(dict.fromkeys(filled))

    rhythm = _rhythm_in_all(row, columns, setting) if columns.times else None
    agenda = text_of(Role.AGENDA)
    named = text_of(Role.TITLE)
    direction, title = _directed(row, columns, named or agenda)
    when_cells = [row.at(column) for column in columns.of(*WHEN)]
    form = text_of(Role.FORM)
    when, venue = _placed(row, columns, setting) or ("", text_of(Role.VENUE) or _at_base(form))
    return Texts(
        number=text_of(Role.NUMBER),
        title=title,
        direction=direction,
        directed=(bool(direction) and _has_directions(columns)) or _lacks_direction(row, columns),
        form=form or columns.title_heading,
        audience=text_of(Role.AUDIENCE),
        when=rhythm or _when_in(row, columns, setting) or when or _each_week(text_of(*WHEN), columns),
        contradicts=_contradicts(row, columns, setting),
        venue=venue,
        responsible=text_of(Role.RESPONSIBLE),
        agenda="" if not named or is_dash(agenda) or agenda == named else agenda,
        outcome=text_of(Role.OUTCOME),
        hour=text_of(Role.HOUR),
        lines=_lines(row, columns),
        times=_in_times(row, columns) if columns.times and rhythm is None else (),
        when_carried=any(cell is not None and cell.carried for cell in when_cells),
    )


def _at_base(form: str) -> str:
    """The place in a cell that says how it is held: «семинар на базе лицея № 2»."""
    found = _BASE.search(tidy(form))
    return found[0] if found else ""


def _rhythm_in_all(row: Row, columns: Columns, setting: Setting) -> str | None:
    """«Ежемесячно», «постоянно» in one cell under all the months or terms, or in each of them: what the row
    says of when."""
    of_dates = {column for columns_of_one, _ in columns.times for column in columns_of_one}
    if any(cell.text.strip() for it in columns.of(*WHEN) if it not in of_dates and (cell := row.at(it))):
        return None
    said = {tidy(cell.text).lower() if (cell := row.at(it)) else "" for it in of_dates}
    words = said.pop()
    if said or not words:
        return None
    reading = setting.read(words)
    alone = not (reading.rest or reading.problems or reading.periods)
    return words if alone and (reading.recurs or reading.year_round) else None


def _in_times(row: Row, columns: Columns) -> tuple[InTime, ...]:
    """What stands under the headings of months."""
    found = []
    for cell in row.filled:
        covered = range(cell.column, cell.column + cell.span)
        times = [
            time for under, time in columns.times if under.start < covered.stop and covered.start < under.stop
        ]
        if times:
            found.append(InTime(spanned(times), cell.text.strip()))
    return tuple(found)


def _directed(row: Row, columns: Columns, title: str) -> tuple[str, str]:
    """«Направление | Содержание»: what stands under the second is of that direction; under other pairs of
    headings a list is one of activities of the first."""
    of_titles = columns.of(Role.TITLE)
    if len(of_titles) < 2:
        return "", title
    cells = dict.fromkeys(cell for it in of_titles if (cell := row.at(it)))
    said = [cell.text.strip() for cell in cells if cell.text.strip()]
    if len(said) != 2 or _MEETING.match(said[0]):
        return "", title
    if _has_directions(columns) and kind_of(said[0]) is Kind.OTHER:  # «Семинары» says what the rows are
        return tidy(said[0]), said[1]
    if "\n" in said[0] or "\n" not in said[1]:
        return "", title
    dates = [cell.text.strip() for it in columns.of(*WHEN) if (cell := row.at(it))]
    listed = len(numbered_items(said[1])) > 1 or any("\n" in date for date in dates)
    return (tidy(said[0]), said[1]) if listed else ("", title)


def _has_directions(columns: Columns) -> bool:
    """Whether the first of two columns of activities says which direction they belong to."""
    return len(columns.of(Role.TITLE)) > 1 and bool(_OF_DIRECTIONS.match(columns.title_heading))


def _lacks_direction(row: Row, columns: Columns) -> bool:
    """Whether a row has an activity and a blank cell for its direction."""
    if not _has_directions(columns):
        return False
    first, *others = (row.at(it) for it in columns.of(Role.TITLE))
    blank = first is not None and not first.text.strip()
    return blank and any(it is not None and it.text.strip() for it in others)


def _when_in(row: Row, columns: Columns, setting: Setting) -> str | None:
    """What «Месяц» and «Число» say together, or «с» and «по»; None for any other two columns."""
    of_dates = columns.of(*WHEN)
    if len(of_dates) < 2:
        return None
    cells = dict.fromkeys(cell for it in of_dates if (cell := row.at(it)))
    said = [_with_unit(cell, columns) for cell in cells if cell.text.strip()]
    if columns.spanned and len(said) == 1 and not next(iter(cells)).text.strip():
        return f"до {said[0]}"
    if len(said) != 2:
        return None
    if columns.spanned:
        return _from_to(*said)
    month = setting.read(said[0]).periods
    named = time_of(said[0])
    if not month and named is not None and named.month and _DAYS.fullmatch(said[1]):
        return f"{said[1]} {MONTHS_OF[named.month - 1]}"  # in a year that is still to be said
    if [period.precision for period in month] != [Precision.MONTH]:
        return None
    inside = replace(setting, month=(month[0].end.year, month[0].end.month)).read(said[1])
    placed = any(role is Role.WHEN_AND_WHERE for _, role in columns.roles)
    if inside.problems or (inside.rest and not placed) or not inside.periods:
        return None
    if not _is_within(month[0], inside.periods):
        return None
    alone = setting.read(said[1]).periods == inside.periods
    return said[1] if alone or inside.rest else words_for(inside.periods)


def _each_week(words: str, columns: Columns) -> str:
    """«Понедельник, среда» under «День недели» are «по понедельникам, по средам»; other words as they are."""
    named = [_EACH_WEEK.get(it.strip(" .").lower()) for it in re.split(r",|\n|\sи\s", words)]
    alone = columns.weekly and len(columns.of(*WHEN)) == 1
    return ", ".join(it for it in named if it) if alone and all(named) else words


def _placed(row: Row, columns: Columns, setting: Setting) -> tuple[str, str] | None:
    """«Февраль ⏎ СОШ № 7, 11» in a column of dates and places: its lines for the date, and those for the
    place."""
    of_both = columns.of(Role.WHEN_AND_WHERE)
    cell = row.at(of_both[0]) if len(of_both) == 1 and len(columns.of(*WHEN)) == 1 else None
    lines = lines_of(cell.text) if cell is not None else []
    for end in range(1, len(lines)):
        when, where = "\n".join(lines[:end]), "\n".join(lines[end:])
        reading = setting.read(when)
        sure = reading.periods and not (reading.problems or reading.rest)
        if sure and is_place(where) and not setting.read(where).periods:
            return when, where
    return None


def _from_to(first: str, last: str) -> str:
    """From when till when: hours of one day, or days."""
    begins, ends = _DAY_AND_HOUR.fullmatch(first), _DAY_AND_HOUR.fullmatch(last)
    if begins and ends and begins["day"] == ends["day"]:
        return f"{first}–{ends['hour']}"
    return f"{first} – {last}"


def _with_unit(cell: Cell, columns: Columns) -> str:
    """A cell's words; a figure under «Неделя» is a week."""
    words = cell.text.strip()
    return f"{words} неделя" if cell.column in columns.weeks and _FIGURES.fullmatch(words) else words


def _contradicts(row: Row, columns: Columns, setting: Setting) -> bool:
    """Whether «Месяц» names another month than the date beside it."""
    of_dates = columns.of(*WHEN)
    if len(of_dates) < 2 or columns.spanned:
        return False
    cells = dict.fromkeys(cell for it in of_dates if (cell := row.at(it)))
    readings = [setting.read(_with_unit(cell, columns)).periods for cell in cells if cell.text.strip()]
    first, others = (readings[0], readings[1:]) if readings else ((), [])
    month = first[0] if [it.precision for it in first] == [Precision.MONTH] else None
    return month is not None and any(not _is_within(month, periods) for periods in others)


def _is_within(month: Period, periods: Sequence[Period]) -> bool:
    return all(it.overlaps(month.first_day, month.end) for it in periods)


def _lines(row: Row, columns: Columns) -> tuple[tuple[Role, str], ...]:
    """The cells of a title and its dates that begin with a blank line, which keeps them level."""
    if not any(cell.text.startswith("\n") for cell in row.cells):
        return ()
    cells = [(role, row.at(column)) for role in (Role.TITLE, Role.WHEN) for column in columns.of(role)]
    return tuple((role, cell.text) for role, cell in cells if cell and cell.text.startswith("\n"))
