"""Who is meant by a name under «Ответственные», and who may do what with one event."""

from __future__ import annotations

import pytest

from domain.full_names import parse_full_name
from domain.hosting import named_in
from domain.records import Attendee
from domain.roles import Part, Role, may_run, may_see

PEOPLE = [
    Attendee(number, parse_full_name(name), None, None)
    for number, name in enumerate(
        [
            "Белова Мария Ивановна",
            "Белова Ольга Петровна",
            "Королёва Анна Львовна",
            "Римская-Корсакова Вера Олеговна",
        ]
    )
]


@pytest.mark.parametrize(
    ("responsible", "meant"),
    [
        ("Белова М. И.", [0]),
        ("Белова О.П., руководитель РМО", [1]),
        ("О. П. Белова", [1]),
        ("Белова", [0, 1]),
        ("Белова Мария Ивановна", [0, 1]),  # offered, never linked unasked
        ("Белова К. И.", []),
        ("Королева А.Л.; Белова М.И.", [0, 2]),
        ("РИМСКАЯ-КОРСАКОВА В. О.", [3]),
        ("Корсакова В. О.", []),
        ("Беловаева М. И.", []),
        ("", []),
        ("руководители школ", []),
    ],
)
def test_who_is_meant(responsible: str, meant: list[int]):
    """By surname, and by initials where they stand beside it."""
    assert [one.person_id for one in named_in(responsible, PEOPLE)] == meant


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("part", [None, *Part])
def test_what_a_part_gives(role: Role, part: Part | None):
    """A coordinator needs none; who is not in yet has nothing of it; a guest sees what is hers."""
    assert may_run(role, part) is (
        role is Role.COORDINATOR or (role in {Role.MEMBER, Role.GUEST} and part is Part.HOST)
    )
    assert may_see(role, part) is (
        role in {Role.MEMBER, Role.COORDINATOR} or (role is Role.GUEST and part is not None)
    )
