"""Cells that list several activities side by side, each with a date and a place of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from documents.columns import Columns, Role
from documents.items import (
    Placed,
    begins_with_event,
    beside,
    bulleted_items,
    headed_items,
    levelled_items,
    levels_numbered,
    lines_of,
    may_be_levelled,
    may_be_several,
    numbered_items,
    parallel_items,
    parted_items,
    placed_items,
    placed_lines,
)
from documents.meetings import dated_line
from documents.row_texts import Texts
from documents.stages import words_at_end
from domain.kinds import kind_of
from domain.period import Period, Precision
from domain.plan_draft import Kind, Problem
from domain.russian_dates import WhenReading, in_words

Read = Callable[[str], WhenReading]

# Only a meeting's column holds an agenda; a list in any other is one of activities.
_OF_MEETINGS = re.compile(r"заседани|повестк|вопрос|совещани", re.IGNORECASE)
_OF_DIRECTION = re.compile(r"\b(?:работа|деятельность|направление)\b|:$", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"(?:\w+ые\s+)?(?:заседания|семинары|совещания|собрания|встречи|вебинары|практикумы|тренинги|мастер-классы"
    r"|круглые\s+столы|конкурсы|викторины|олимпиады|фестивали|конференции|занятия)\b",
    re.IGNORECASE,
)
_THEME_OF_DAY = re.compile(r"\s*тема\s+дня", re.IGNORECASE)
_NAMES_DAY = re.compile(r"(?:[\w-]+[.)]?\s+)?день\b", re.IGNORECASE)
_COMMA_AT_END = re.compile(r",\s*\n\s*")
_LETTER = re.compile(r"^\s*[а-я]\)\s*", re.IGNORECASE)
_FEWEST_DATED = 2
_AUGUST = 8
_WITHOUT_AGENDA = frozenset({Kind.OTHER, Kind.CONTEST})
_SEVERAL_IN_ONE = Problem(
    "several_in_one", "в строке несколько дел, и не видно, какой срок к какому относится"
)

# The words for a date, and what is doubtful about them.
_When: TypeAlias = tuple[str, list[Problem]]


@dataclass(frozen=True, slots=True)
class Listed:
    """One activity of a row: its cells, its place in the row's list (None where it is alone in the row), and
    what is doubtful about it."""

    texts: Texts
    place: int | None = None
    doubts: Sequence[Problem] = ()
    under: str | None = None  # what its list is of, where the first line of the cell names it


def activities_in(texts: Texts, columns: Columns, read: Read) -> list[Listed]:
    """One activity, or as many as the cells of a row list side by side. `read` understands words for a
    date."""
    placed = _dates_placed(texts.lines_of(Role.WHEN, texts.when), read)
    dates = [date.text for date in placed]
    if headed := _headed(texts, dates, columns):
        head, items = headed
        below = replace(
            texts, title="\n".join(f"{at}. {it}" for at, it in enumerate(items, start=1)), lines=()
        )
        alone = [Listed(replace(texts, title=items[0], lines=()))]
        below = below if kind_of(head) is Kind.OTHER else replace(below, form=head)
        found = activities_in(below, columns, read) if len(items) > 1 else alone
        return [replace(it, under=head.rstrip(" :")) for it in found]
    cells = [_lines_listed(text) for text in (texts.audience, texts.venue, texts.responsible)]
    title = texts.lines_of(Role.TITLE, texts.title)
    if told := _dated_within(texts, read):
        return told
    sure = all(_is_date(read(date)) for date in dates)
    level = levelled_items(title, placed, sure=sure) if len(placed) > 1 else []
    items = (
        numbered_items(texts.title)
        or bulleted_items(texts.title)
        or parallel_items(texts.title, [dates, *cells])
        or _parted(texts.title, dates)
        or [item.text for item in level]
        or _lines_alone(texts, columns)
    )
    agenda = bool(_OF_MEETINGS.search(columns.title_heading)) and len(dates) < 2
    if len(items) < 2 or agenda:
        dated = sum(bool(read(date).periods) for date in dates)
        several = dated > 1 and may_be_several(texts.title) and not _is_themed(texts.title)
        unclear = not agenda and (several or may_be_levelled(title, placed))
        return [Listed(texts, doubts=[_SEVERAL_IN_ONE] if unclear else [])]
    whens = _whens(items, texts.when, dates, read) or _whens_beside(title, placed)
    others = zip(*(_spread(cell, len(items)) for cell in cells), strict=True)
    found = []
    for index, (item, (audience, venue, responsible)) in enumerate(zip(items, others, strict=True)):
        when, doubts = (texts.when, [_SEVERAL_IN_ONE]) if whens is None else whens[index]
        own = replace(
            texts,
            title=item.rstrip(" ;"),
            when=when,
            audience=audience or texts.audience,
            venue=venue or texts.venue,
            responsible=responsible or texts.responsible,
        )
        found.append(Listed(own, index + 1, doubts))
    return found


def _headed(texts: Texts, dates: Sequence[str], columns: Columns) -> tuple[str, list[str]] | None:
    """«Работа библиотеки ⏎ 1. … ⏎ 2. …»: what the list is of, and its items, unless they are the agenda of a
    meeting: they have a date each, or belong to a direction. «Заседания РМО: ⏎ 1. … ⏎ 2. …» are several."""
    headed = headed_items(texts.title)
    if headed is None or _OF_MEETINGS.search(columns.title_heading):
        return _below_name(texts.title, columns)
    head, items = headed
    each = len(items) == len(dates)
    if kind_of(head) is not Kind.OTHER:
        return headed if each and len(dates) > 1 and _OF_SEVERAL.match(head) else None
    return headed if each or len(dates) > 1 or _OF_DIRECTION.search(head) else None


def _below_name(title: str, columns: Columns) -> tuple[str, list[str]] | None:
    """«1 ДЕНЬ СКАЗКИ ⏎ Линейка ⏎ Викторина»: a first line in capitals, or a day under «Тема дня», names what
    the activities below it belong to, a line each. One line below an event in capitals may be its theme."""
    head, *lines = lines_of(title) or [""]
    themed = _THEME_OF_DAY.match(columns.title_heading) and _NAMES_DAY.match(head)
    named = head.isupper() and len(head.split()) > 1 and (len(lines) > 1 or not begins_with_event(head))
    above = themed or named
    if not above or not lines or kind_of(head) is not Kind.OTHER:
        return None
    begun_anew = may_be_several(title) and not any(line.isupper() or line[0].isdigit() for line in lines)
    return (head, lines) if begun_anew else None


def _is_themed(title: str) -> bool:
    """«Круглый стол ⏎ Роль библиотеки»: an event, and what it is about."""
    first, *others = lines_of(title)
    return begins_with_event(first) and not any(map(begins_with_event, others))


def _parted(title: str, dates: Sequence[str]) -> list[str]:
    """Lines that semicolons part, where each has a date beside it."""
    items = parted_items(title)
    return items if len(items) == len(dates) else []


def _dated_within(texts: Texts, read: Read) -> list[Listed]:
    """«Заседания: ⏎ а) август – «Планы» ⏎ б) май – «Итоги»»: a title whose lines below the first have a date
    each; «Сверка (сентябрь) ⏎ Рейд (май)»: one whose lines all end with one. But the cell of dates says no
    more than that it is in the year."""
    if read(texts.when).periods:
        return []
    named = [words_at_end(line.rstrip(" ;."), read) for line in lines_of(texts.title)]
    if len(named) >= _FEWEST_DATED and all(it and it[0] for it in named):
        said = [it for it in named if it is not None]
        return [Listed(replace(texts, title=it[0], when=it[1]), at) for at, it in enumerate(said, start=1)]
    head, *lines = lines_of(texts.title) or [""]
    dated = [dated_line(_LETTER.sub("", line), read) for line in lines]
    found = [it for it in dated if it is not None]
    if len(found) < _FEWEST_DATED or len(found) < len(dated):
        return []
    name = head.rstrip(" :.")
    return [
        Listed(replace(texts, title=f"{name}. {it.title}", when=it.when), at)
        for at, it in enumerate(found, start=1)
    ]


def _lines_alone(texts: Texts, columns: Columns) -> list[str]:
    """Three lines or more where nothing but the month stands beside them, and no meeting opens them: what is
    to be done in it, a line each. So are two of which the second begins with a sort of event, in the column
    of a direction, or each for others."""
    lines = parallel_items(texts.title, [lines_of(texts.title)])
    said = lines_of(texts.title)
    apart = bool(columns.directions) or len(lines_of(texts.audience)) == len(said)
    if len(said) == 2 and apart and may_be_several(texts.title) and begins_with_event(said[1]):
        lines = said
    opens_meeting = bool(lines) and kind_of(lines[0]) not in _WITHOUT_AGENDA
    return [] if opens_meeting or columns.of(Role.NUMBER) else lines


def _dates_placed(text: str, read: Read) -> list[Placed]:
    """The lines of a cell of dates, one each; «в течение ⏎ года» is one. A list of dates in one line («05.10,
    12.10») is one, too."""
    dates: list[Placed] = []
    for line in placed_lines(text):
        if dates and _is_torn(dates[-1].text, line.text, read):
            dates[-1] = replace(dates[-1], text=f"{dates[-1].text} {line.text}")
        else:
            dates.append(line)
    return dates


def _is_torn(line: str, following: str, read: Read) -> bool:
    """Whether two lines say when together, and one of them alone does not."""
    apart = _is_date(read(line)) and _is_date(read(following))
    return not apart and _is_date(read(f"{line} {following}"))


def _is_date(reading: WhenReading) -> bool:
    return bool(reading.periods or reading.year_round or reading.recurs) and not reading.rest


def _whens(items: Sequence[str], when: str, dates: Sequence[str], read: Read) -> list[_When] | None:
    """The words for the date of each item; None where it cannot be told which is whose."""
    if len(dates) == len(items):
        return [(date.rstrip(" ;"), _doubts_of_year(dates[:at], date, read)) for at, date in enumerate(dates)]
    if len(dates) == 1:
        return None if len(read(when).periods) > 1 else [(when, [])] * len(items)
    return None if dates else [("", [])] * len(items)


def _doubts_of_year(above: Sequence[str], date: str, read: Read) -> list[Problem]:
    """«Сентябрь ⏎ февраль ⏎ август»: what begins the school year, but ends a list that goes on in time, may
    be that of the year's end."""
    *before, last = [read(one).periods for one in (*above, date)]
    first_days = [it[0].first_day for it in before if len(it) == 1]
    goes_on = len(first_days) == len(before) >= _FEWEST_DATED and first_days == sorted(first_days)
    if not goes_on or len(last) != 1 or last[0].precision is not Precision.MONTH:
        return []
    year, month = last[0].end.year, last[0].end.month
    if month != _AUGUST or last[0].end >= first_days[0]:
        return []
    later = Period.month(year + 1, month)
    return [
        Problem("which_year", f"не понимаю года: это {in_words(last[0])} или {in_words(later)}", (later,))
    ]


def _whens_beside(title: str, dates: Sequence[Placed]) -> list[_When] | None:
    """The words for the date beside the first line of each item of a numbered list; an item with none may
    belong to the one above. None where that cannot be told."""
    items = placed_items(title)
    found = beside(items, dates) if levels_numbered(items, title) else None
    if found is None:
        return None
    whens: list[_When] = []
    for words in found:
        above = whens[-1][0] if whens else ""
        whens.append((words, []) if words else (above, [_SEVERAL_IN_ONE] if above else []))
    return whens


def _lines_listed(text: str) -> list[str]:
    """What a cell lists, with numbers or a line each; a line that ends with a comma goes on."""
    return numbered_items(text) or lines_of(_COMMA_AT_END.sub(", ", text))


def _spread(cell: Sequence[str], count: int) -> Sequence[str]:
    """A list of as many things as there are activities, else none for each."""
    return cell if len(cell) == count else [""] * count
