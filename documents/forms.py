"""Tables that have their labels in front: «Тема | …», «Дата | …», «Место | …», one meeting or several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from documents.columns import WHENS, Role, is_heading, names_agenda, role_of
from documents.items import bulleted_items, numbered_items
from documents.meetings import heading_of
from documents.stages import is_of_time
from documents.table import Cell, Row, Table
from documents.wording import tidy
from domain.russian_dates import WhenReading

Read = Callable[[str], WhenReading]

# What names one thing that is held: «Методическая тема», «Направления работы» are of the year.
_NAMES_ONE = re.compile(r"(?:тема|(?:название |наименование )?мероприяти|заседани)\w*\b.*", re.IGNORECASE)
_OF_MEETING = re.compile(r"тема|заседани", re.IGNORECASE)
_WHEN_OR_WHERE = re.compile(
    r"(?:\w+\s+)?(?:дат|срок|врем|когда|день|месяц|период|начал|мест|где\b|площадк|адрес|баз[ае]\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:№\s*)?\d{1,2}")
_COUNTED = re.compile(r"\d{1,2}[.)]?")
_POINT = re.compile(r"\A\d{1,2}[.)]\s+")
_LABELS = {
    Role.TITLE: "Тема",
    Role.FORM: "Форма",
    Role.VENUE: "Место",
    Role.RESPONSIBLE: "Ответственный",
    Role.AUDIENCE: "Участники",
}
_MOST_CELLS = 5
_FEWEST_LABELS, _MOST_UNKNOWN = 2, 2


@dataclass(slots=True)
class Form:
    """What one meeting's rows say: its heading, if it has one, and a value for each label."""

    heading: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)
    agenda: list[str] = field(default_factory=list)

    @property
    def of_meeting(self) -> bool:
        """Whether it tells by itself that it is a meeting's."""
        return bool(self.heading) or any(
            _role_of(label) is Role.TITLE and _OF_MEETING.match(label) for label, _ in self.said
        )

    def add(self, label: str, value: str) -> None:
        """More of what its last label says; what will be talked about is its agenda."""
        if _role_of(label) is Role.AGENDA:
            self.agenda += numbered_items(value) or bulleted_items(value) or [_POINT.sub("", value)]
        else:
            self.said[-1] = (label, tidy(f"{self.said[-1][1]} {value}"))

    def lines(self, read: Read) -> Iterator[str]:
        """Its rows as lines of a text: «Тема: Чтение»."""
        whens = [(role, value) for label, value in self.said if (role := _role_of(label)) in WHENS]
        if whens:
            yield f"Дата: {', '.join(value for _, value in whens)}"
        for role, value in whens:
            if role is Role.WHEN_AND_WHERE and (place := read(value).rest):
                yield f"Место: {place}"
        for label, value in self.said:
            role = _role_of(label)
            if role not in WHENS and value:
                yield f"{_LABELS.get(role, label) if role else label}: {value}"

    def as_table(self) -> Table:
        """The same as a table with its labels for headings."""
        return _table([[label, value or "\n".join(self.agenda)] for label, value in self.said])

    def is_told(self, read: Read, *, headed: bool) -> bool:
        """Whether its labels are those of one meeting, or of one event, that is dated; `headed`: a meeting's
        heading stands above it."""
        roles = [_role_of(label) for label, _ in self.said]
        if roles.count(None) * 2 > len(roles) or len(set(roles) - {None}) < (
            1 if self.heading else _FEWEST_LABELS
        ):
            return False
        told = heading_of(self.heading, read) if self.heading else None
        if headed or (told is not None and told.when):
            return True
        names_one = self.heading or any(_NAMES_ONE.fullmatch(label) for label, _ in self.said)
        whens = [value for (_, value), role in zip(self.said, roles, strict=True) if role in WHENS]
        return bool(names_one) and any(_is_date(read(value)) for value in whens)


def forms_in(table: Table, read: Read, *, headed: bool) -> list[Form]:
    """The forms that a table's rows make, one below the other; none where any row is no part of one.
    `headed`: a meeting's heading stands above the table."""
    forms: list[Form] = []
    unknown = 0
    for row in table.rows:
        texts = [text for cell in row.cells if not cell.carried and (text := cell.text.strip())]
        if len(texts) > _MOST_CELLS:
            return []
        if forms and _heads_agenda(row):
            continue
        if forms and texts and _COUNTED.fullmatch(texts[0]):
            forms[-1].agenda.append(" – ".join(map(tidy, texts[1:])))
            continue
        if texts and heading_of(tidy(texts[0]), read) is not None:
            alone = len(texts) == 2
            forms.append(Form(". ".join(map(tidy, texts if alone else texts[:1]))))
            texts = [] if alone else texts[1:]
        unknown += bool(texts) and _role_of(texts[0]) is None
        if unknown > _MOST_UNKNOWN + len(forms) or not _take(forms, texts):
            return []
    told = [form.is_told(read, headed=headed and at == 0) for at, form in enumerate(forms)]
    return forms if all(told) else []


def _heads_agenda(row: Row) -> bool:
    return names_agenda(row) and is_heading([cell.text for cell in row.cells])


def _role_of(label: str) -> Role | None:
    """What a label says of the value beside it: «Неделя чтения», «Школа» head columns, but label nothing."""
    role = role_of(label)
    return None if role in WHENS | {Role.VENUE} and not _WHEN_OR_WHERE.match(label) else role


def _is_date(reading: WhenReading) -> bool:
    return bool(reading.periods or reading.recurs) or (is_of_time(reading) and not reading.year_round)


def _take(forms: list[Form], texts: Sequence[str]) -> bool:
    """Takes the labels and values of a row; False if it has none."""
    if len(texts) == 1 and forms and forms[-1].said:
        forms[-1].add(forms[-1].said[-1][0], texts[0])
        return True
    if len(texts) % 2 or any(_role_of(label) is None for label in texts[2::2]):
        return False
    for label, value in zip(texts[::2], texts[1::2], strict=True):
        name = tidy(label).rstrip(" :.")
        if _role_of(name) is Role.NUMBER and _NUMBER.fullmatch(value):
            forms.append(Form(f"Заседание № {value.lstrip('№ ')}"))
            continue
        if not forms or any(name == it for it, _ in forms[-1].said):
            forms.append(Form())
        forms[-1].said.append((name, ""))
        forms[-1].add(name, value)
    return True


def turned(table: Table) -> Table | None:
    """A table with the labels in its first column and an activity in each of the others, turned such that its
    labels are headings; None for any other."""
    rows = [row for row in table.rows if row.filled]
    labels = [_at(row, 0) for row in rows]
    # Only the first may be blank, above the numbers of meetings.
    known = (_role_of(it) is not None or (at == 0 and not it.strip()) for at, it in enumerate(labels))
    if table.width <= 2 or not all(known):
        return None
    if not is_heading(labels) or not {_role_of(label) for label in labels} & WHENS:
        return None
    values = [[_at(row, at) for at in range(1, table.width)] for row in rows]
    return _table([[label or "Заседание", *said] for label, said in zip(labels, values, strict=True)])


def _at(row: Row, column: int) -> str:
    cell = row.at(column)
    return cell.text if cell else ""


def _table(columns: Sequence[Sequence[str]]) -> Table:
    rows = [
        Row(tuple(Cell(text, at) for at, text in enumerate(texts))) for texts in zip(*columns, strict=True)
    ]
    return Table(tuple(rows), len(columns))
