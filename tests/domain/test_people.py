"""People found by words; twins; how long a leave may be; a line tidied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import DomainError
from domain.full_names import parse_full_name
from domain.people import (
    alike,
    check_leave,
    found_by,
    look_alikes,
    records_of,
    tidy_line,
)
from domain.records import Member, School, Standing

_ids = iter(range(1, 1000))


def a_person(name: str, *schools: str) -> Member:
    first, *others = [School(next(_ids), title) for title in schools] or [None]
    return Member(
        person_id=next(_ids),
        name=parse_full_name(name),
        school=first,
        other_schools=tuple(one for one in others if one),
        position="",
        phone="",
        in_telegram=False,
        reachable=False,
        standing=Standing.ACTIVE,
        away_until=None,
    )


MARIA = a_person("Петрова Мария Ивановна", "СОШ № 45")
OLGA = a_person("Белова Ольга Петровна", "Гимназия № 4", "Лицей № 12")
SEMYONOVA = a_person("Семёнова Анна Сергеевна")
ALL = [MARIA, OLGA, SEMYONOVA]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("петрова", [MARIA]),
        ("Петровой", [MARIA]),
        ("Петрову", [MARIA]),
        ("мария ивановна", [MARIA]),
        ("Петр", [MARIA, OLGA]),  # Ольга is Петровна
        ("Семенова", [SEMYONOVA]),
        ("Иванова", []),  # not Мария Ивановна
        ("45", [MARIA]),
        ("школа 45", [MARIA]),
        ("МБОУ СОШ №45", [MARIA]),
        ("4", [OLGA]),
        ("лицей", [OLGA]),
        ("Белова, лицей 12", [OLGA]),
        ("Белова 45", []),
        ("!!!", []),
        ("", []),
    ],
)
def test_people_are_found_by_words(text: str, found: list[Member]):
    assert found_by(text, ALL) == found


@pytest.mark.parametrize(
    ("name", "is_alike"),
    [
        ("Петрова Мария Сергеевна", True),
        ("Сидорова Мария Ивановна", True),  # she married
        ("Сидорова Мария Петровна", False),
        ("Сидорова Анна Ивановна", False),
        ("Семенова Анна", False),
    ],
)
def test_twins_share_a_surname_or_the_rest_of_the_name(name: str, is_alike: bool):
    other = a_person(name)
    assert alike(MARIA, [MARIA, other]) == ([other] if is_alike else [])


def test_a_bare_given_name_makes_no_twins():
    assert alike(a_person("Белова Анна"), [a_person("Орлова Анна")]) == []


TODAY = date(2026, 11, 2)


@pytest.mark.parametrize("until", [date(2026, 11, 3), date(2030, 12, 31)])
def test_a_leave_ends_within_four_years(until: date):
    check_leave(until, TODAY)


@pytest.mark.parametrize(("until", "code"), [(TODAY, "leave_in_past"), (date(2031, 1, 1), "leave_too_long")])
def test_other_leaves_are_refused(until: date, code: str):
    with pytest.raises(DomainError) as refused:
        check_leave(until, TODAY)
    assert refused.value.code == code


def test_a_line_is_tidied():
    assert tidy_line("  педагог -\n библиотекарь ", 100) == "педагог - библиотекарь"


@pytest.mark.parametrize(("text", "code"), [("  …", "line_empty"), ("а" * 11, "line_too_long")])
def test_other_lines_are_refused(text: str, code: str):
    with pytest.raises(DomainError) as refused:
        tidy_line(text, 10)
    assert refused.value.code == code


def test_records_that_may_be_a_newcomer_s() -> None:
    her = replace(MARIA, person_id=5_000, in_telegram=True)
    same = replace(MARIA, person_id=5_001)
    without_school = replace(a_person("Петрова Мария"), person_id=5_002)
    of_another_account = replace(MARIA, person_id=5_003, in_telegram=True)
    elsewhere = a_person("Петрова Мария Ивановна", "СОШ № 46")
    people = [of_another_account, without_school, elsewhere, OLGA, her, same]
    assert records_of(her, people) == [same, without_school, of_another_account, elsewhere]


def test_elsewhere_a_full_name_alone_is_hers() -> None:
    her = replace(a_person("Петрова Мария", "СОШ № 45"), person_id=5_000)
    assert records_of(her, [a_person("Петрова Мария", "СОШ № 46")]) == []


def test_a_shorter_name_is_hers_in_her_school_where_it_can_be_no_other_s() -> None:
    her = replace(MARIA, person_id=5_000, name=parse_full_name("Петрова Мария"))
    namesake = replace(MARIA, person_id=5_001, name=parse_full_name("Петрова Мария Сергеевна"))
    as_short = replace(her, person_id=5_002)
    assert records_of(her, [MARIA, OLGA]) == [MARIA]
    assert records_of(her, [MARIA, namesake]) == []
    assert records_of(her, [MARIA, namesake, as_short]) == [as_short]
    for elsewhere in (a_person("Петрова Мария Ивановна"), a_person("Петрова Мария Ивановна", "СОШ № 46")):
        assert records_of(her, [elsewhere]) == []


def test_records_that_look_alike() -> None:
    maria = replace(MARIA, person_id=5_000, in_telegram=True)
    elsewhere = a_person("Пётрова Мария", "СОШ № 46")
    married = replace(MARIA, person_id=5_001, name=parse_full_name("Сидорова Мария Ивановна"))
    namesake = a_person("Кузнецова Мария Ивановна", "СОШ № 45")
    found = look_alikes([maria, OLGA, elsewhere, married, namesake])
    assert found == [(maria, elsewhere), (maria, married)]
    new_phone = replace(elsewhere, person_id=5_002, name=MARIA.name, in_telegram=True)
    assert look_alikes([maria, new_phone]) == [(maria, new_phone)]
    assert look_alikes([maria, replace(married, in_telegram=True)]) == []
