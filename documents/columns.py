"""What a plan's columns hold, told by their headings in whatever order and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from documents.table import Row


class Role(Enum):
    """What a column holds."""

    NUMBER = auto()
    TITLE = auto()
    FORM = auto()
    AUDIENCE = auto()
    WHEN = auto()
    WHEN_AND_WHERE = auto()
    VENUE = auto()
    RESPONSIBLE = auto()
    OUTCOME = auto()
    PERSON = auto()  # a table of members, not of activities
    OTHER = auto()  # known, and of no use here: marks of fulfilment, remarks, aims


# In this order: «Срок реализации мероприятия» is a date, «Дата и место» both.
_HEADINGS = [
    (Role.NUMBER, r"(№|n|no)( ?№)?( ?п ?/? ?п)?|п ?/? ?п|номер( п ?/? ?п)?|№ рс|раздел\w*"),
    (Role.PERSON, r"(ф ?и ?о|фамилия).*"),
    (
        Role.WHEN_AND_WHERE,
        r"(дат|врем|срок)\w*( проведения)?( и |, ?|/| )мест\w*.*|мест\w*( и |, ?|/)(дат|врем|срок)\w*.*",
    ),
    (Role.WHEN, r"((примерн|планируем|календарн)\w+ )?(срок|дат|врем|период|месяц|когда)\w*( .*)?"),
    (
        Role.OTHER,
        r"(отметка|примечани|корректировк|документ|цел[ьи]|задачи|стаж|категори[яи]$|умк|показател|формальн).*",
    ),
    (Role.VENUE, r"(мест|площадк|где)\w*( .*)?"),
    (Role.RESPONSIBLE, r"(ответств|отв\b|исполнител|организатор|ведущ|кто проводит|выступающ|докладчик).*"),
    (Role.OUTCOME, r".*(результат|ожидаем|итогов\w+ документ|продукт|выход).*"),
    (
        Role.AUDIENCE,
        r"(участник|класс|контингент|аудитори|категория участник|целевая|для кого|приглаш|состав участник).*",
    ),
    (Role.FORM, r"(форма|вид|тип)( (проведения|работы|мероприятия|организации).*)?"),
    (Role.TITLE, r".*(мероприят|содержани|наименовани|перечень|тем[аы]\b|виды? деятельности|направлени).*"),
    (Role.TITLE, r".*(действи|обсуждаем|вопросы|работ[аы]\b|название|событи).*"),
]
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what. A role may have several, a heading may stand over several columns."""

    roles: tuple[tuple[range, Role], ...]
    title_heading: str = ""  # «Тема заседания» says of every row that it is one

    def of(self, *wanted: Role) -> list[int]:
        """The columns of some roles, from left to right."""
        return [column for columns, role in self.roles if role in wanted for column in columns]


def role_of(heading: str) -> Role | None:
    """What a column with this heading holds, or None if it is no heading that plans use."""
    words = " ".join(heading.lower().replace("ё", "е").replace("\\", "/").split()).strip(" .:")
    if not words or len(words) > _LONGEST:
        return None
    return next((role for role, pattern in _HEADINGS if re.fullmatch(pattern, words)), None)


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row's cells are the headings of a plan's columns."""
    roles = [role_of(cell) for cell in cells if cell.strip()]
    known = {role for role in roles if role is not None}
    if len(roles) < 2 or roles.count(None) * 2 >= len(roles):
        return False
    return Role.TITLE in known and bool(
        known & {Role.NUMBER, Role.WHEN, Role.WHEN_AND_WHERE, Role.RESPONSIBLE, Role.AUDIENCE, Role.VENUE}
    )


def is_members_heading(cells: Sequence[str]) -> bool:
    """Whether a row heads a table of people."""
    roles = [role_of(cell) for cell in cells if cell.strip()]
    return Role.PERSON in roles and len(roles) > 1 and Role.TITLE not in roles and Role.WHEN not in roles


def columns_of(row: Row) -> Columns:
    """The columns under the headings of a row."""
    found = [(range(cell.column, cell.column + cell.span), role_of(cell.text)) for cell in row.cells]
    titles = [cell.text for cell in row.cells if role_of(cell.text) is Role.TITLE]
    roles = tuple((columns, role) for columns, role in found if role is not None)
    return Columns(roles, titles[0] if titles else "")
