"""A document with a list of people → who stands in it, in whatever order and words its columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from documents import columns as plan_columns
from documents.printable import plain
from documents.table import Block, Cell, Row, Table
from documents.wording import is_dash, tidy
from domain.errors import DomainError
from domain.full_names import FullName, parse_full_name
from domain.people import LONGEST_POSITION, tidy_line
from domain.people_list import (
    LONGEST_CATEGORY,
    LONGEST_SERVICE,
    MOST_PEOPLE,
    Doubt,
    Listed,
    PeopleDraft,
    RowDoubt,
)
from domain.phones import read_phone
from domain.school_names import school_key, schools_in, tidy_title


class _Role(Enum):
    """What a column holds."""

    NUMBER = auto()
    NAME = auto()  # all of it
    SURNAME = auto()
    GIVEN = auto()  # or name and patronymic together
    PATRONYMIC = auto()
    SCHOOL = auto()
    POSITION = auto()
    PHONE = auto()
    CATEGORY = auto()
    SERVICE = auto()


# A date, whatever it is of: «Дата аттестации» is no category.
_DATED = re.compile(r"(дат|срок|год|период|день|число|месяц)\w*( .*)?")
# A date that is somebody's own, as no plan has it.
_OF_SOMEBODY = re.compile(
    r".*(рожден|прием|трудоустр|назначени|аттестац|категори|присвоен|действи|выдач|курсов|квалификац"
    r"|переподготов|увольнен|работы|стаж|диплом|удостоверен|образовани).*"
)
# Over a column these say that names stand in it; in a row they are somebody's position.
_WHO_THEY_ARE = r"(педагог|библиотекар|сотрудник|работник|участник)\w*([ -]библиотекар\w*)?"
# In this order: «Стаж работы в учреждении» is no school, «Категория участников» no category.
_HEADINGS = [
    (_Role.NUMBER, r"(№|n|no)( ?№)?( ?п ?/? ?п)?|п ?/? ?п|номер( п ?/? ?п)?"),
    (_Role.SERVICE, r".*стажа?\b.*"),
    (_Role.CATEGORY, r"(?!.*участник).*(категори|аттестац).*"),
    (_Role.PHONE, r".*(телефон|\bтел\b|\bмоб\b|сотов).*|контакты|контактн\w+ (данные|номер)"),
    (_Role.SURNAME, r"фамилия"),
    (_Role.GIVEN, r"имя|имя,? (и )?отчество|и ?о"),
    (_Role.PATRONYMIC, r"отчество"),
    (_Role.NAME, r"(ф ?и ?о\b|фамилия).*|(полное )?имя .*|.*\bф ?и ?о"),
    (_Role.NAME, _WHO_THEY_ARE),
    (_Role.POSITION, r".*должност.*"),
    (
        _Role.SCHOOL,
        r".*(организаци|учреждени|школ|гимнази|лице[йя]|мест[оа] работы|\bо[оу]\b|образовательн|работает).*",
    ),
]
_NAMES = frozenset({_Role.NAME, _Role.SURNAME, _Role.GIVEN, _Role.PATRONYMIC})
_OF_PLANS = frozenset({plan_columns.Role.WHEN, plan_columns.Role.WHEN_AND_WHERE})
_LONGEST_HEADING = 100
_WORDS_SHOWN = 60
_REFUSED = {
    "name_initials": Doubt.INITIALS,
    "name_one_word": Doubt.ONE_WORD,
    "name_no_surname": Doubt.NO_SURNAME,
}


def read_people(blocks: Sequence[Block]) -> PeopleDraft | None:
    """The list in a document's tables; None where there is none. No row is left out without a word: a row
    without anybody, or a cell that cannot be read, has its doubt.

    Raises DomainError `list_too_long` (facts `people`, `most`).
    """
    reader = _Reader()
    for block in blocks:
        if isinstance(block, Table):
            reader.take(block)
    if reader.columns is None:
        return None
    if len(reader.people) > MOST_PEOPLE:
        raise DomainError("list_too_long", people=len(reader.people), most=MOST_PEOPLE)
    return PeopleDraft(tuple(reader.people), tuple(reader.doubts), tuple(dict.fromkeys(reader.unused)))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns hold what, from left to right; and how wide their table is."""

    roles: tuple[tuple[int, _Role], ...]
    width: int

    def of(self, role: _Role) -> list[int]:
        return [column for column, one in self.roles if one is role]


@dataclass
class _Reader:
    """Takes the tables of a document in their order."""

    people: list[Listed] = field(default_factory=list)
    doubts: list[RowDoubt] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    columns: _Columns | None = None
    heading: tuple[str, ...] = ()
    seen: set[tuple[FullName, str]] = field(default_factory=set)

    def take(self, table: Table) -> None:
        """Reads a list, or the rest of one that goes on in a table without headings; no other table."""
        # Where columns are known already, a row may be one of theirs.
        goes_on = self.columns is not None and self.columns.width == table.width
        begins = next((at for at, row in enumerate(table.rows) if self._heads(row, sure=goes_on)), None)
        if begins is None:
            if not goes_on:
                return
            begins = 0
        for at, row in enumerate(table.rows[begins:], begins):
            if self._heads(row, sure=goes_on or at > begins):
                self._head(row, table.width)
            elif row.filled and self.columns is not None:
                self._take(row, at + 1, self.columns, below_heading=at == begins + 1)

    def _heads(self, row: Row, *, sure: bool) -> bool:
        """Whether a row holds headings; where one of the list may stand as well, the same as before, or such
        that nobody's row can be: «Лицей № 12», «педагог-библиотекарь» are no headings there."""
        return _is_heading(row, sure=sure) or (sure and _texts(row) == self.heading)

    def _head(self, row: Row, width: int) -> None:
        self.heading = _texts(row)
        found = [(cell, _role_of(cell.text)) for cell in row.filled]
        self.columns = _Columns(
            tuple(
                (column, role)
                for cell, role in found
                if role is not None
                for column in range(cell.column, cell.column + cell.span)
            ),
            width,
        )
        self.unused += [plain(cell.text, _WORDS_SHOWN) for cell, role in found if role is None]

    def _take(self, row: Row, number: int, columns: _Columns, *, below_heading: bool) -> None:
        names = [cell for role in _NAMES for column in columns.of(role) if (cell := row.at(column))]
        if below_heading and (_is_numbering(row) or any(_role_of(cell.text) in _NAMES for cell in names)):
            return  # «1 2 3 4», or the second row of the headings
        if any(cell.carried and cell.text.strip() for cell in names):
            self._doubt(row, number, Doubt.CONTINUED)
            return
        try:
            name, rest = _name(row, columns)
        except DomainError as error:
            self._doubt(row, number, _REFUSED.get(error.code, Doubt.NOT_A_NAME))
            return
        first, *others = schools_in(_cell(row, columns, _Role.SCHOOL))
        school = _read(first, tidy_title)
        if name is None or (name, school_key(school or "")) in self.seen:
            self._doubt(row, number, Doubt.NO_NAME if name is None else Doubt.REPEATED)
            return
        self.seen.add((name, school_key(school or "")))
        texts = {role: _cell(row, columns, role) for role in _READERS}
        texts[_Role.POSITION] = texts[_Role.POSITION] or rest
        values = {role: _read(texts[role], reader) for role, reader in _READERS.items()}
        if not school:
            self._doubt(row, number, Doubt.SCHOOL if school is None else Doubt.NO_SCHOOL)
        if others:
            self._doubt(row, number, Doubt.OTHER_SCHOOLS)
        for role, value in values.items():
            if value is None:
                self._doubt(row, number, _UNREAD[role])
        position, phone, category, service = (value or "" for value in values.values())
        self.people.append(Listed(number, name, school or "", position, phone, category, service))

    def _doubt(self, row: Row, number: int, doubt: Doubt) -> None:
        texts = dict.fromkeys(plain(tidy(cell.text)) for cell in row.filled)
        self.doubts.append(RowDoubt(number, plain(" · ".join(texts), _WORDS_SHOWN), doubt))


def _role_of(heading: str) -> _Role | None:
    words = _words_of(heading)
    if not words or len(words) > _LONGEST_HEADING or _DATED.fullmatch(words):
        return None
    return next((role for role, pattern in _HEADINGS if re.fullmatch(pattern, words)), None)


def _words_of(heading: str) -> str:
    words = " ".join(heading.lower().replace("ё", "е").replace("\\", "/").replace(".", " ").split())
    return words.strip(" .:,*")


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(_words_of(cell.text) for cell in row.filled)


def _is_heading(row: Row, *, sure: bool) -> bool:
    """Whether a row holds the headings of a list: somebody's name, and something else, but no date of a
    plan's. Sure ones do not call names by what people are."""
    found = [
        role
        for cell in row.filled
        if (role := _role_of(cell.text)) is not None
        and not (sure and re.fullmatch(_WHO_THEY_ARE, _words_of(cell.text)))
    ]
    named = _Role.NAME in found or {_Role.SURNAME, _Role.GIVEN} <= set(found)
    if not named or len(set(found)) < 2 or any(cell.carried for cell in row.filled):
        return False
    return not any(_dates_a_plan(cell.text) for cell in row.filled)


def _dates_a_plan(heading: str) -> bool:
    """Whether a column says when something takes place; a date of birth does not."""
    return plan_columns.role_of(heading) in _OF_PLANS and not _OF_SOMEBODY.fullmatch(_words_of(heading))


def _is_numbering(row: Row) -> bool:
    return all(cell.text.strip(" .").isdecimal() for cell in row.filled)


def _name(row: Row, columns: _Columns) -> tuple[FullName | None, str]:
    """Whose row it is, and what else stood with the name. Raises parse_full_name's DomainErrors."""
    whole = _cell(row, columns, _Role.NAME)
    parts = [_cell(row, columns, role) for role in (_Role.SURNAME, _Role.GIVEN, _Role.PATRONYMIC)]
    text = whole or " ".join(part for part in parts if part)
    if not text:
        return None, ""
    try:
        return parse_full_name(text), ""
    except DomainError:
        # «Петрова Мария Ивановна, педагог-библиотекарь»
        name, comma, rest = text.partition(",")
        if not comma:
            raise
        return parse_full_name(name), rest.strip()


def _cell(row: Row, columns: _Columns, role: _Role) -> str:
    """What a row says under the headings of a role, on one line; empty where it says nothing, or a dash."""
    cells: dict[int, Cell] = {}
    for column in columns.of(role):
        if (cell := row.at(column)) is not None:
            cells[cell.column] = cell
    texts = dict.fromkeys(plain(tidy(cell.text)) for cell in cells.values())
    return " / ".join(text for text in texts if text and not is_dash(text))


def _read(text: str, reader: Callable[[str], str]) -> str | None:
    """What is read of a cell; empty of an empty one, None where it cannot be read."""
    if not text:
        return ""
    try:
        return reader(text)
    except DomainError:
        return None


def _phone(text: str) -> str:
    """The first number of a cell. Raises DomainError `phone_not_understood`."""
    for part in _numbers(text):
        try:
            return read_phone(part)
        except DomainError:
            continue
    raise DomainError("phone_not_understood")


def _numbers(text: str) -> Iterator[str]:
    yield text
    yield from re.split(r"[,;/]|\s{2,}", text)
    yield from re.findall(r"\+?\d[\d\s()–—-]{8,}\d", text)


_READERS: Mapping[_Role, Callable[[str], str]] = {
    _Role.POSITION: lambda text: tidy_line(text, LONGEST_POSITION),
    _Role.PHONE: _phone,
    _Role.CATEGORY: lambda text: tidy_line(text, LONGEST_CATEGORY),
    _Role.SERVICE: lambda text: tidy_line(text, LONGEST_SERVICE),
}
_UNREAD = {
    _Role.POSITION: Doubt.POSITION,
    _Role.PHONE: Doubt.PHONE,
    _Role.CATEGORY: Doubt.CATEGORY,
    _Role.SERVICE: Doubt.SERVICE,
}
