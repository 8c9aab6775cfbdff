from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.school_names import same_school, school_key, schools_in, short_title, tidy_title

SPELLINGS = [
    [
        "183", "№183", "183-я", "СОШ 183", "сош183", "СШ № 183", "школа №183", "Школа 183", "шк. 183",
        "183 школа", "школа номер 183", "МБОУ СОШ № 183", "МБОУ  «СОШ №183»", 'мбоу сош "183"',
        "МБОУ СОШ N 183", "МБОУ-СОШ № 183 г. Новосибирска", "СОШ № 183 Кировского района",
        "СОШ № 183 им. А. И. Покрышкина", "Муниципальное бюджетное общеобразовательное учреждение СОШ 183",
        "МБОУ города Новосибирска «Средняя общеобразовательная школа № 183»",
    ],
    ["Лицей № 12", "МАОУ «Лицей №12»", "лицей 12", "ЛИЦЕЙ12", "Лицей № 12 имени Пушкина", "12 лицей"],
    ["Гимназия № 3", "МБОУ «Гимназия №3»", "гимназия 3", "Гимн. 3"],
    ["ООШ 5", "МКОУ «Основная общеобразовательная школа № 5»"],
    ["Школа-интернат № 37", "ГБОУ школа – интернат 37"],
    ["МБОУ ЛИТ", "лит", "МБОУ «ЛИТ»"],
    ["МКУДПО «ГЦРО»", "ГЦРО", "гцро"],
    ["ЦБС им. Макаренко", "МКУК «ЦБС имени Макаренко»", "цбс Макаренко"],
    ["Берёзовская СОШ", "МКОУ Березовская школа"],
    ["СОШ № 1 с. Ивановка", "школа 1 с Ивановка"],
    ["МБОУ"],
    ["МОУ"],
]  # fmt: skip


@pytest.mark.parametrize("titles", SPELLINGS, ids=lambda titles: titles[0])
def test_one_school_has_one_key(titles):
    assert len({school_key(title) for title in titles}) == 1
    assert all(same_school(one, other) for one, other in combinations(titles, 2))


def test_different_schools_have_different_keys():
    keys = [school_key(titles[0]) for titles in SPELLINGS]
    assert len(set(keys)) == len(keys)
    assert all(keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3", "Гимназия № 3"),
        ("школа № 12", "МАОУ «Лицей № 12»"),
        ("СОШ 1", "СОШ № 1 с. Ивановка"),
        ("МБОУ ЛИТ", "Лицей информационных технологий"),
        ("ЦДБ", "Центральная детская библиотека"),
        ("Технополис", "МБОУ Лицей «Технополис»"),
    ],
)
def test_what_was_left_unsaid_does_not_part_schools(one, other):
    assert same_school(one, other)
    assert same_school(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СОШ 3", "Гимназия 3"),
        ("СОШ 3", "ООШ 3"),
        ("Лицей 3", "Гимназия 3"),
        ("СОШ 18", "СОШ 183"),
        ("СОШ 183", "школа"),
        ("школа", "Лицей № 12"),
        ("школа", "гимназия"),
        ("МБОУ", "МОУ"),
        ("СОШ № 1 с. Ивановка", "СОШ № 1 с. Петровка"),
        ("МБОУ ЛИТ", "МБОУ СОШ № 183"),
        ("ЦБС им. Макаренко", "ЦБС им. Пушкина"),
        ("ГЦРО", "ЦБС"),
    ],
)
def test_different_schools_stay_apart(one, other):
    assert not same_school(one, other)
    assert not same_school(other, one)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("  МБОУ   СОШ №183\n", "МБОУ СОШ № 183"),
        ("МБОУ СОШ№183", "МБОУ СОШ № 183"),
        ("школа N183", "школа № 183"),
        ("СОШ No 183", "СОШ № 183"),
        ('МАОУ "Лицей №12"', "МАОУ «Лицей № 12»"),
        ("МАОУ “Лицей № 12”", "МАОУ «Лицей № 12»"),
        ('МАОУ " Лицей № 12 "', "МАОУ «Лицей № 12»"),
        ("МАОУ «Лицей № 12»", "МАОУ «Лицей № 12»"),
        ('ЦБС ("филиал")', "ЦБС («филиал»)"),
        ("183", "Школа № 183"),
        ("№183", "Школа № 183"),
        ("СОШ\u200b 183\u00a0", "СОШ 183"),
        ("<b>СОШ</b>", "<b>СОШ</b>"),  # text stays text: it is escaped where it is shown
    ],
)
def test_titles_are_tidied(typed, tidy):
    assert tidy_title(typed) == tidy
    assert tidy_title(tidy) == tidy


@pytest.mark.parametrize("typed", ["", "   ", "№", "…", "«»", "\u200b", "🏫"])
def test_nothing_is_no_title(typed):
    with pytest.raises(DomainError) as refused:
        tidy_title(typed)
    assert refused.value.code == "school_empty"


def test_250_characters_are_a_title_and_251_are_too_long():
    assert len(tidy_title("Ш" * 250)) == 250
    with pytest.raises(DomainError) as refused:
        tidy_title("Ш" * 251)
    assert (refused.value.code, refused.value.facts) == ("school_too_long", {"longest": 250})


@given(st.text(max_size=80))
def test_any_title_can_be_tidied_once_and_for_all_and_is_the_same_school_as_itself(text):
    try:
        tidy = tidy_title(text)
    except DomainError:
        return
    assert tidy_title(tidy) == tidy
    assert same_school(tidy, tidy)
    assert isinstance(school_key(text), str)


@given(st.integers(1, 999), st.sampled_from(["СОШ {}", "МБОУ СОШ № {}", "школа №{}", "{}", "МАОУ «СОШ №{}»"]))
def test_a_school_is_its_number(number, spelling):
    title = spelling.format(number)
    assert school_key(title) == str(number)
    assert not same_school(title, f"СОШ {number + 1}")


@pytest.mark.parametrize(
    ("text", "schools"),
    [
        ("МАОУ Гимназия № 21/ СОШ 7", ["МАОУ Гимназия № 21", "СОШ 7"]),
        ("СОШ 45 Лицей 12", ["СОШ 45", "Лицей 12"]),
        ("МБОУ «СОШ № 1» и МБОУ «СОШ № 2»", ["МБОУ «СОШ № 1»", "МБОУ «СОШ № 2»"]),
        ("СОШ № 7 им. Пушкина; школа 9, ДС № 3", ["СОШ № 7 им. Пушкина", "школа 9, ДС № 3"]),
        ("СОШ № 45 / школа 45", ["СОШ № 45 / школа 45"]),
        ("МБОУ СОШ № 45, с. Заречное, ул. Школьная, 5", ["МБОУ СОШ № 45, с. Заречное, ул. Школьная, 5"]),
        ("СОШ № 45/1", ["СОШ № 45/1"]),
        ("183 школа", ["183 школа"]),
        ("Гимназия «Радуга»", ["Гимназия «Радуга»"]),
        ("", [""]),
    ],
)
def test_several_schools_in_one_text(text: str, schools: list[str]) -> None:
    assert schools_in(text) == schools


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (
            (
                "Муниципальное бюджетное общеобразовательное учреждение "
                "«Средняя общеобразовательная школа № 156»"
            ),
            "СОШ № 156",
        ),
        ("МБОУ СОШ № 45", "СОШ № 45"),
        ("МАОУ «Гимназия № 7 «Сибирская»»", "Гимназия № 7 «Сибирская»"),
        ("МАОУ «Гимназия № 7 «Сибирская»", "Гимназия № 7 «Сибирская»"),
        (
            "муниципальное учреждение основная образовательная школа с. Ивановка",
            "ООШ с. Ивановка",
        ),
        ("Лицей № 12", "Лицей № 12"),
        ("школа № 3", "Школа № 3"),
        ("МБОУ", "МБОУ"),
        ("«Радуга»", "Радуга"),
        (
            "муниципальное автономное общеобразовательное учреждение города Новосибирска «Гимназия № 1»",
            "Гимназия № 1",
        ),
        ("МБОУ города Нижний Тагил «СОШ № 8»", "СОШ № 8"),
    ],
)
def test_what_people_call_a_school(title: str, short: str):
    assert short_title(title) == short
