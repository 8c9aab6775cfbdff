"""«Перекличка»: everybody who may have been at an event, with her mark. Who is unmarked was not looked at:
she is never taken for absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError
from domain.people import plain_words
from domain.records import Answer, Attendance, Attendee, Guest, Mark
from domain.turnout import natural_order

ON_A_PAGE = 8


class Whose(StrEnum):
    """What a line's number is the number of."""

    PERSON = "p"  # a member, or a guest who is in the bot
    GUEST = "g"  # somebody who was written down
    STAND_IN = "s"  # somebody by name, who comes in the place of this person


@dataclass(frozen=True, slots=True)
class Key:
    """What tells one line from the others."""

    whose: Whose
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: `school` is empty where none is known, `promised` says whether she is expected,
    `instead_of` in whose place she comes, `to_confirm` whether nobody but herself says that she was there."""

    key: Key
    name: str
    short: str
    school: str
    promised: bool
    mark: Mark | None = None
    instead_of: str = ""
    to_confirm: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the list; `number` counts from 0."""

    lines: Sequence[Line]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Roll:
    """The lines by school, «№ 9» before «№ 12», and by name within it; those of no school come last."""

    lines: Sequence[Line]

    def get(self, key: Key) -> Line:
        """One line. Raises DomainError `roll_line_gone`."""
        found = next((one for one in self.lines if one.key == key), None)
        if found is None:
            raise DomainError("roll_line_gone")
        return found

    def count(self, *marks: Mark) -> int:
        """How many have one of these marks."""
        counted = Counter(one.mark for one in self.lines)
        return sum(counted[mark] for mark in marks)

    def expected(self) -> list[Line]:
        """Those who promised to come and are unmarked."""
        return [one for one in self.lines if one.promised and one.mark is None]

    def overlooked(self, person_id: int) -> Line | None:
        """The line of one who is unmarked and did not promise, as who leads seldom does; None otherwise."""
        hers = (one for one in self.lines if one.key == Key(Whose.PERSON, person_id))
        return next((one for one in hers if one.mark is None and not one.promised), None)

    def expected_and(self, person_id: int) -> list[Line]:
        """Those who promised and are unmarked, and this one."""
        hers = self.overlooked(person_id)
        return [*self.expected(), *([hers] if hers else [])]

    def to_confirm(self) -> list[Line]:
        """Those who said afterwards that they had been there, and were seen by nobody."""
        return [one for one in self.lines if one.to_confirm]

    def of_school(self, key: Key) -> list[Line]:
        """The unmarked of one line's school; nobody where the line names none. Raises `roll_line_gone`."""
        school = self.get(key).school
        return [one for one in self.lines if school and one.school == school and one.mark is None]

    def page(self, number: int, *, unmarked: bool) -> Page:
        """A page, kept within those there are; with `unmarked` of those who have no mark yet."""
        shown = [one for one in self.lines if one.mark is None or not unmarked]
        pages = max(1, -(-len(shown) // ON_A_PAGE))
        number = min(max(number, 0), pages - 1)
        return Page(shown[number * ON_A_PAGE : (number + 1) * ON_A_PAGE], number, pages)

    def on_page(self, number: int, *, unmarked: bool) -> list[Line]:
        """The unmarked of a page."""
        return [one for one in self.page(number, unmarked=unmarked).lines if one.mark is None]

    def named(self, name: str) -> list[Line]:
        """Those of this name; «Петрова М. И.» is Петрова Мария Ивановна."""
        wanted = _squeezed(name)
        return [one for one in self.lines if wanted in {_squeezed(one.name), _squeezed(one.short)}]


def make_roll(people: Sequence[Attendee], guests: Sequence[Guest], marks: Mapping[int, Attendance]) -> Roll:
    """The list out of the people with their answers and marks (by person), and the guests not in the bot."""
    lines = [
        Line(
            Key(Whose.PERSON, one.person_id),
            one.name.full,
            one.name.short,
            one.school or "",
            one.answer is not None and one.answer.takes_part,
            marks[one.person_id].mark if one.person_id in marks else None,
            to_confirm=one.person_id in marks and marks[one.person_id].to_confirm,
        )
        for one in people
    ]
    lines += [
        Line(
            Key(Whose.STAND_IN, one.person_id),
            one.substitute_name,
            one.substitute_name,
            one.school or "",
            promised=True,
            instead_of=one.name.short,
        )
        for one in people
        if one.answer is Answer.DECLINED and one.substitute_name
    ]
    lines += [
        Line(Key(Whose.GUEST, one.id), one.name, one.name, one.organisation, promised=True, mark=one.mark)
        for one in guests
    ]
    return Roll(sorted(lines, key=_order))


def _order(one: Line) -> tuple[object, ...]:
    return not one.school, natural_order(one.school), plain_words(one.name), one.key.whose, one.key.number


def _squeezed(name: str) -> str:
    return "".join(sign for sign in plain_words(name) if sign.isalnum())
