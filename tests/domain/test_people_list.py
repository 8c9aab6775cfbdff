"""A list beside those who are in: who is new, who is there, which schools are new."""

from __future__ import annotations

from dataclasses import replace

from domain.full_names import parse_full_name
from domain.people_list import Doubt, Gap, Listed, PeopleDraft, RowDoubt, as_json, from_json, sort_out
from domain.school_names import KnownSchools
from tests.domain.test_people import a_person


def listed(row: int, name: str, school: str = "") -> Listed:
    return Listed(row, parse_full_name(name), school)


def test_told_by_name_and_school() -> None:
    members = [a_person("Семёнова Анна Сергеевна", "СОШ № 45", "Лицей № 12"), a_person("Ким Яна")]
    known = [
        listed(2, "Семенова Анна Сергеевна", "школа 45"),
        listed(3, "Семёнова Анна", "лицей 12"),  # one of hers, and no patronymic
        listed(4, "СЕМЁНОВА АННА СЕРГЕЕВНА"),  # the list names no school
        listed(5, "Ким Яна", "СОШ № 8"),  # nobody knows hers
    ]
    namesake = listed(6, "Семёнова Анна Сергеевна", "СОШ № 46")
    new = [
        listed(7, "Семёнова Анна Петровна", "СОШ № 45"),
        listed(8, "Юн Ян", "46"),
        listed(9, "Ан Ия", "Лицей 3"),
    ]
    found = sort_out(PeopleDraft((*known, namesake, *new)), members, ["СОШ № 45", "Лицей № 12"])
    assert found.known == tuple(known)
    assert found.new == (namesake, *new)
    assert found.namesakes == (namesake,)
    assert found.new_schools == ("СОШ № 46", "Лицей 3")


def test_two_of_a_list_are_not_one_member() -> None:
    """Whichever of the two she is, the other one would be lost."""
    twins = [listed(2, "Петрова Мария Ивановна", "45"), listed(3, "Петрова Мария Сергеевна", "45")]
    found = sort_out(PeopleDraft(tuple(twins)), [a_person("Петрова Мария", "СОШ № 45")], ["СОШ № 45"])
    assert (found.new, found.known) == (tuple(twins), ())
    one = sort_out(PeopleDraft(tuple(twins[:1])), [a_person("Петрова Мария", "СОШ № 45")], ["СОШ № 45"])
    assert one.known == (twins[0],)


def test_what_a_card_lacks_is_filled_in() -> None:
    """What stands there stays; not where it may be one of two, nor her own number, nor what is not kept."""
    maria = replace(a_person("Петрова Мария Ивановна", "СОШ № 45"), position="библиотекарь")
    vera = replace(a_person("Ан Вера", "СОШ № 9"), in_telegram=True)
    members = [maria, vera, a_person("Ким Яна", "СОШ № 8"), a_person("Ким Яна")]
    people = [
        Listed(2, parse_full_name("Петрова Мария Ивановна"), "школа 45", "заведующая", "79130000002"),
        Listed(3, parse_full_name("Ан Вера"), "СОШ № 9", "", "79130000003", "первая", "15"),
        Listed(4, parse_full_name("Ким Яна"), "СОШ № 8", "библиотекарь"),
    ]
    fills = ("position", "phone", "category")
    found = sort_out(PeopleDraft(tuple(people)), members, [], fills)
    assert found.gaps == (
        Gap(maria.person_id, {"phone": "79130000002"}, people[0].name),
        Gap(vera.person_id, {"category": "первая"}, people[1].name),
    )


def test_a_patronymic_is_filled_in_for_who_works_there() -> None:
    """Not where no school tells that she is meant, nor where the list has two of that name."""
    maria = replace(a_person("Петрова Мария", "СОШ № 45"), in_telegram=True)
    anna, vera = a_person("Ким Анна"), a_person("Ан Вера", "СОШ № 9")
    people = (
        listed(2, "Петрова Мария Ивановна", "школа 45"),
        listed(3, "Ким Анна Львовна", "СОШ № 8"),
        listed(4, "Ан Вера Павловна", "СОШ № 9"),
        listed(5, "Ан Вера Юрьевна", "СОШ № 9"),
    )
    found = sort_out(PeopleDraft(people), [maria, anna, vera], [])
    assert found.gaps == (Gap(maria.person_id, {"patronymic": "Ивановна"}, people[0].name),)


def test_as_json_and_back() -> None:
    draft = PeopleDraft((listed(2, "Ким Анна", "45"),), (RowDoubt(3, "Итого", Doubt.NO_NAME),), ("Почта",))
    assert from_json(as_json(draft)) == draft


def test_the_exact_school_comes_first() -> None:
    known = KnownSchools(["Гимназия № 3", "СОШ № 3", "Лицей информационных технологий"])
    assert known.find("школа 3") == "СОШ № 3"
    assert known.find("гимназия 3") == "Гимназия № 3"
    assert known.find("ЛИТ") == "Лицей информационных технологий"
    assert known.find("СОШ № 33") is None
    known.add("СОШ № 33")
    assert known.find("33") == "СОШ № 33"
