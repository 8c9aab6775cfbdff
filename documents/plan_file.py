"""The plan of a year as it stands, in the columns in which such plans are handed in; and its rows in their
order, for every paper that shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import TypeAlias

from documents.office import Paper
from domain.places import in_words, is_online
from domain.plan_draft import SkippedRow, first_year_of
from domain.records import Event, Status
from domain.reports import PlannedRow, SchoolYear
from domain.russian_dates import read_school_year, read_when, words_for

_HEAD = (
    "№",
    "Мероприятия",
    "Участники",
    "Сроки проведения",
    "Место проведения",
    "Ответственные",
    "Ожидаемые результаты",
)
_WIDTHS = (3.0, 4.8, 3.6, 3.2, 3.5, 3.9, 4.1)
# With the mark beside them; long words find room, «профессиональных» beside a number, «общеобразовательное»
# among the places.
_WITH_MARK = (3.4, 3.7, 2.6, 2.3, 3.8, 3.0, 3.5, 3.7)
# Points; the smaller where there are more columns than a plan has.
_USUAL, _SMALL = 12, 10
# The first column, where nothing but a number stands in it.
_NARROW = 1.3
_NUMBER = re.compile(r"[\d.]*")
# Where a title goes on in a line of its own.
_TITLE_PARTS = re.compile(r"\s+(?=ПЛАН|План работы|на\s+\d{4}\s*[/–-])")
# These stand in every plan; the others only where any row has them.
_ALWAYS = frozenset({0, 1, 3, len(_HEAD)})
_TITLE_LINE = 90
_DASH = "–"
_OFF = {Status.CANCELLED: "отменено", Status.NOT_HELD: "не состоялось"}
BEYOND = "Сверх плана"

# A heading over all columns, one row of the plan with each event that it stands for, or a row of dashes.
Line: TypeAlias = str | list[PlannedRow] | SkippedRow


def write_plan(year: SchoolYear) -> bytes:
    """The plan with its days and places as they are now: named days, cancelled rows said so, what came to it
    since at its end. Read again it is the same plan. As .docx, across."""
    paper = Paper(across=True)
    _put_title(paper, year)
    if year.preamble:
        paper.table((), year.preamble, (1, 3))
        paper.line()
    of_rows = Counter(row.event.id for row in year.rows if row.event is not None)
    alone = frozenset(event for event, count in of_rows.items() if count == 1)
    rows = [_cells(line, year, alone) for line in plan_lines(year)]
    beyond = [one.event for one in year.beyond if one.event.status not in _OFF]
    if beyond and rows:
        rows.append(BEYOND)
    rows += [_made_by_hand(event, "" if year.rows else str(number)) for number, event in enumerate(beyond, 1)]
    put_table(paper, rows, year)
    return paper.content()


def plan_lines(year: SchoolYear) -> Iterator[Line]:
    """The plan from above to below, headings where they begin."""
    section = subsection = ""
    for line in _in_order(year):
        above = _headings(line)
        if above[0] != section and above[0]:
            yield above[0]
        if above != (section, subsection) and above[1]:
            yield above[1]
        section, subsection = above
        yield line


def signed_by(year: SchoolYear) -> tuple[str, str]:
    """Who signs, and the name; of several heads nobody knows here which one signs."""
    return "Руководитель", year.heads[0] if len(year.heads) == 1 else ""


def _in_order(year: SchoolYear) -> Iterator[list[PlannedRow] | SkippedRow]:
    left_out = [row for row in year.skipped if row.place is not None]
    for position, same in groupby(year.rows, key=lambda one: one.position):
        while left_out and _after(left_out[0]) <= position:
            yield left_out.pop(0)
        yield list(same)
    yield from left_out


def _after(row: SkippedRow) -> int:
    return row.place.after if row.place is not None else 0


def _headings(line: list[PlannedRow] | SkippedRow) -> tuple[str, str]:
    """The section and the subsection of a row."""
    if isinstance(line, SkippedRow):
        place = line.place
        return (place.section or "", place.subsection or "") if place is not None else ("", "")
    return line[0].section, line[0].subsection


def _put_title(paper: Paper, year: SchoolYear) -> None:
    title = year.title or f"План работы {year.association}".strip()
    for part in _TITLE_PARTS.split(title):
        for line in wrap(part, _TITLE_LINE, break_long_words=False, break_on_hyphens=False):
            paper.line(line, to="centre", bold=True)
    if read_school_year(title) is None:
        paper.line(f"на {year.label} учебный год", to="centre", bold=True)
    paper.line()


def put_table(paper: Paper, rows: Sequence[Sequence[str] | str], year: SchoolYear, mark: str = "") -> None:
    """The plan's table without the columns that nobody filled, and the line for a signature below; `mark` is
    the name of one more column, which always stands in it."""
    head, sizes = (*_HEAD, mark) if mark else _HEAD, _WITH_MARK if mark else _WIDTHS
    shown = [
        at
        for at in range(len(head))
        if at in _ALWAYS or any(row[at] not in {"", _DASH} for row in rows if not isinstance(row, str))
    ]
    kept = [row if isinstance(row, str) else [row[at] for at in shown] for row in rows]
    widths = [sizes[at] for at in shown]
    if all(_NUMBER.fullmatch(row[0]) for row in kept if not isinstance(row, str)):
        widths[0] = _NARROW
    size = _SMALL if len(shown) > len(_HEAD) else _USUAL
    paper.table([head[at] for at in shown], kept, widths, join=True, size=size, signed=signed_by(year))


def _cells(line: Line, year: SchoolYear, alone: frozenset[int]) -> Sequence[str] | str:
    """A row's cells; `alone`: the events that stand for one row, and so are called what it is called."""
    if isinstance(line, str):
        return line
    if isinstance(line, SkippedRow):
        return dashes(line)
    row = line[0]
    events = [one.event for one in line if one.event is not None]
    only = events[0] if len(events) == 1 and events[0].id in alone else None
    return [
        number_of(row),
        row.title if only is None else only.title,
        row.audience,
        _when(row, events, first_year_of(year.label)),
        _where(events, row.venue) if events else row.venue,
        row.responsible if only is None else only.responsible,
        row.outcome,
    ]


def dashes(row: SkippedRow) -> list[str]:
    """The cells of a row of dashes."""
    return [row.number or "", row.title or _DASH, *[_DASH] * (len(_HEAD) - 2)]


def number_of(row: PlannedRow) -> str:
    """«4.1. Развитие …»: what stands beside the number, stands in its cell."""
    if not row.heading:
        return row.number
    return f"{row.number}. {row.heading}" if row.number else row.heading


def _when(row: PlannedRow, events: Sequence[Event], first_year: int) -> str:
    """The plan's own words as long as they still say it."""
    if not events:
        return row.when or ("В течение года" if row.year_round else "")
    standing = [event.period for event in events]
    off = any(event.status in _OFF for event in events)
    if not off and set(read_when(row.when, first_year).periods) == set(standing):
        return row.when
    if not off:
        return words_for(standing)
    said = "; ".join(map(_with_standing, events))
    return said[:1].upper() + said[1:]


def _with_standing(event: Event) -> str:
    """«март 2027 г. (отменено)»."""
    words = words_for([event.period])
    words = words[:1].lower() + words[1:]
    return f"{words} ({_OFF[event.status]})" if event.status in _OFF else words


def _where(events: Iterable[Event], planned: str) -> str:
    """Each place once; that it is online in the plan's own words."""
    online = planned if is_online(planned) else ""
    places = (one.venue or (in_words(one) and online) or in_words(one) for one in events)
    return "; ".join(dict.fromkeys(filter(None, places)))


def _made_by_hand(event: Event, number: str) -> Sequence[str]:
    when = words_for([event.period])
    return [number, event.title, event.audience, when, in_words(event), event.responsible, ""]
