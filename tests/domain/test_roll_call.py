"""The list of a roll-call: who stands in it, in which order, who is meant by a mark for many."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.errors import DomainError
from domain.full_names import parse_full_name
from domain.records import Answer, Attendance, Attendee, Guest, Mark, Way
from domain.roll_call import ON_A_PAGE, Key, Roll, Whose, make_roll

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def somebody(number: int, name: str, school: str | None, answer: Answer | None = None, **more) -> Attendee:
    return Attendee(number, parse_full_name(name), school, answer, **more)


def marked(*people: tuple[int, Mark]) -> dict[int, Attendance]:
    return {number: Attendance(number, mark, Way.ROLL, NOW) for number, mark in people}


PEOPLE = [
    somebody(1, "Ёлкина Анна Львовна", "СОШ № 12", Answer.GOING),
    somebody(2, "Белова Ольга Петровна", "СОШ № 9", Answer.ONLINE),
    somebody(3, "Петрова Мария Ивановна", "СОШ № 12", Answer.DECLINED, substitute_name="Ким О. Ю."),
    somebody(4, "Юн Ян", None),
]
GUESTS = [Guest(1, "Иванова Анна Львовна", "Районная библиотека"), Guest(2, "Гость", "", Mark.LATE)]


@pytest.fixture
def roll() -> Roll:
    return make_roll(PEOPLE, GUESTS, marked((2, Mark.EXCUSED)))


def test_by_school_then_by_name_and_those_of_none_last(roll: Roll):
    assert [(one.key.whose.value, one.key.number) for one in roll.lines] == [
        ("g", 1),  # районная библиотека
        ("p", 2),  # № 9 before № 12
        ("p", 1),
        ("s", 3),
        ("p", 3),
        ("g", 2),
        ("p", 4),
    ]


def test_who_is_expected(roll: Roll):
    """Who said so, who comes by name in another's place, guests; without those who have a mark."""
    assert [one.name for one in roll.expected()] == [
        "Иванова Анна Львовна",
        "Ёлкина Анна Львовна",
        "Ким О. Ю.",
    ]
    assert [one.instead_of for one in roll.expected()] == ["", "", "Петрова М. И."]


def test_marks_are_counted_and_nobody_is_absent_unsaid(roll: Roll):
    assert roll.count(Mark.PRESENT, Mark.LATE) == 1
    assert roll.count(Mark.EXCUSED) == 1
    assert roll.count(Mark.ABSENT) == 0
    assert roll.count(*Mark) == 2


def test_the_unmarked_of_a_school(roll: Roll):
    assert [one.key.number for one in roll.of_school(Key(Whose.PERSON, 1))] == [1, 3, 3]
    assert roll.of_school(Key(Whose.PERSON, 2)) == []
    assert roll.of_school(Key(Whose.PERSON, 4)) == []  # of no school
    with pytest.raises(DomainError, match="roll_line_gone"):
        roll.of_school(Key(Whose.GUEST, 9))


def test_pages_of_all_and_of_the_unmarked():
    people = [somebody(number, f"Юн {'Я' * number}н", "СОШ № 1") for number in range(1, 2 * ON_A_PAGE + 2)]
    roll = make_roll(people, [], marked((1, Mark.PRESENT)))
    assert [len(roll.page(number, unmarked=False).lines) for number in range(3)] == [8, 8, 1]
    assert [len(roll.page(number, unmarked=True).lines) for number in range(2)] == [8, 8]
    assert roll.page(99, unmarked=True).number == 1
    assert roll.page(-1, unmarked=False).pages == 3
    assert len(roll.on_page(0, unmarked=False)) == 7
    assert make_roll([], [], {}).page(3, unmarked=False).lines == []


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("елкина анна львовна", [1]),
        ("Ёлкина А.Л.", [1]),
        ("Петрова М. И.", [3]),
        ("Ким О.Ю.", [3]),
        ("Петрова Мария", []),
        ("Сидорова Анна Львовна", []),
    ],
)
def test_somebody_by_name(roll: Roll, name: str, numbers: list[int]):
    assert [one.key.number for one in roll.named(name)] == numbers
