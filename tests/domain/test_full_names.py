from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.full_names import FullName, parse_full_name

PETROVA = FullName("Петрова", "Мария", "Ивановна")


@pytest.mark.parametrize(
    "typed",
    [
        "Петрова Мария Ивановна",
        "Мария Ивановна Петрова",
        "петрова мария ивановна",
        "ПЕТРОВА МАРИЯ ИВАНОВНА",
        "пЕТРОВА мАРИЯ иВАНОВНА",  # Caps Lock
        "  Петрова   Мария\nИвановна ",
        "Петрова Мария Ивановна.",
        "Петрова, Мария Ивановна",
        "Меня зовут Петрова Мария Ивановна",
        "меня зовут: Мария Ивановна Петрова!",
        "Я Петрова Мария Ивановна",
        "ФИО: Петрова Мария Ивановна",
        "Ф.И.О. Петрова Мария Ивановна",
        "Петрова\u00a0Мария\u200b Ивановна",
    ],
)
def test_one_name_in_its_many_spellings(typed):
    assert parse_full_name(typed) == PETROVA


@pytest.mark.parametrize(
    ("typed", "surname", "given", "patronymic"),
    [
        ("Петрова Мария", "Петрова", "Мария", ""),
        ("Галина Петрова", "Петрова", "Галина", ""),
        ("Ольга Шевченко", "Шевченко", "Ольга", ""),
        ("Алёна Ким", "Ким", "Алёна", ""),
        ("Абрамович Роман", "Абрамович", "Роман", ""),
        ("Ёлкина Алёна Фёдоровна", "Ёлкина", "Алёна", "Фёдоровна"),
        ("петрова-водкина анна ильинична", "Петрова-Водкина", "Анна", "Ильинична"),
        ("Петрова – Водкина Анна", "Петрова-Водкина", "Анна", ""),
        ("Иванова Анна-Мария Петровна", "Иванова", "Анна-Мария", "Петровна"),
        ("Анна Мария Ивановна Петрова", "Петрова", "Анна Мария", "Ивановна"),
        ("Гарсия Маркес Анна Ивановна", "Гарсия Маркес", "Анна", "Ивановна"),
        ("фон Берг Анна Карловна", "фон Берг", "Анна", "Карловна"),
        ("Рабинович Мария Абрамовна", "Рабинович", "Мария", "Абрамовна"),
        ("Мария Абрамовна Рабинович", "Рабинович", "Мария", "Абрамовна"),
        ("Роман Аркадьевич Абрамович", "Абрамович", "Роман", "Аркадьевич"),
        ("Абрамович Роман Аркадьевич", "Абрамович", "Роман", "Аркадьевич"),
        ("Сидоров Пётр Ильич", "Сидоров", "Пётр", "Ильич"),
        ("Кузьмич Ольга Никитична", "Кузьмич", "Ольга", "Никитична"),
        ("Мамедов Али Гасан оглы", "Мамедов", "Али", "Гасан оглы"),
        ("Мамедова Лейла Гасан-кызы", "Мамедова", "Лейла", "Гасан-кызы"),
        ("Лейла Гасан кызы Мамедова", "Мамедова", "Лейла", "Гасан кызы"),
        ("Сәрсенова Айгүл Нұрланқызы", "Сәрсенова", "Айгүл", "Нұрланқызы"),
        ("Гыйльметдинова Зөлфия Әхмәтовна", "Гыйльметдинова", "Зөлфия", "Әхмәтовна"),
        ("И Марина Сергеевна", "И", "Марина", "Сергеевна"),
        ("Ин Наталья", "Ин", "Наталья", ""),
        ("Smith John", "Smith", "John", ""),
        ("müller änne", "Müller", "Änne", ""),
        ("Petrova Maria Ivanovna", "Petrova", "Maria", "Ivanovna"),
        ("о'коннор мэри", "О'Коннор", "Мэри", ""),
        ("МакДональд Анна", "МакДональд", "Анна", ""),
        ("Ким Анна Мария", "Ким", "Анна Мария", ""),
    ],
)
def test_names_are_kept_apart(typed, surname, given, patronymic):
    assert parse_full_name(typed) == FullName(surname, given, patronymic)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name_not_a_name"),
        (" … ", "name_not_a_name"),
        ("Мария", "name_one_word"),
        ("Петрова.", "name_one_word"),
        ("Я Мария", "name_one_word"),
        ("Петрова-Водкина", "name_one_word"),
        ("Петрова М.И.", "name_initials"),
        ("Петрова М. И.", "name_initials"),
        ("Петрова М И", "name_initials"),
        ("Петрова М.", "name_initials"),
        ("М.И. Петрова", "name_initials"),
        ("М. Петрова", "name_initials"),
        ("Мария И. Петрова", "name_initials"),
        ("Мария Ивановна", "name_no_surname"),
        ("Али Гасан оглы", "name_no_surname"),
        ("Петрова Мария 2", "name_not_a_name"),
        ("СОШ 183", "name_not_a_name"),
        ("<b>Петрова</b> Мария", "name_not_a_name"),
        ("Петрова Мария @petrova", "name_not_a_name"),
        ("Петрова & Мария", "name_not_a_name"),
        ("Петрова_Мария Ивановна", "name_not_a_name"),
        ("👩 Мария", "name_not_a_name"),
        ("не скажу", "name_not_a_name"),
        ("зачем вам имя", "name_not_a_name"),
        ("Здравствуйте, Петрова Мария Ивановна", "name_not_a_name"),
        ("один два три четыре пять шесть", "name_not_a_name"),
        ("Петрова-'Водкина Анна", "name_not_a_name"),
        ("/start Мария", "name_not_a_name"),
        ("Петрова Мария Ивановна" * 10, "name_too_long"),
        ("😀" * 4096, "name_too_long"),
    ],
)
def test_what_is_no_full_name_is_refused_with_a_reason(typed, code):
    with pytest.raises(DomainError) as refused:
        parse_full_name(typed)
    assert refused.value.code == code


def test_150_letters_are_a_name_and_151_are_too_long():
    surname = "А" * (150 - len(" Анна"))
    assert parse_full_name(f"{surname} Анна").given_name == "Анна"
    with pytest.raises(DomainError, match="name_too_long") as refused:
        parse_full_name(f"{surname}а Анна")
    assert refused.value.facts == {"longest": 150}


@pytest.mark.parametrize(
    ("name", "formal", "short", "full"),
    [
        (PETROVA, "Мария Ивановна", "Петрова М. И.", "Петрова Мария Ивановна"),
        (FullName("Ким", "Анна"), "Анна", "Ким А.", "Ким Анна"),
    ],
)
def test_how_a_name_is_shown(name, formal, short, full):
    assert (name.formal, name.short, name.full) == (formal, short, full)


RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
letters = st.sampled_from(RUSSIAN + RUSSIAN.upper() + "әғқңөұүһіabcxyzABCXYZäöüéñ")
word = st.text(letters, min_size=2, max_size=12)
part = st.one_of(word, st.builds("{}-{}".format, word, word), st.builds("{}вна".format, word))


def parsed(text: str) -> FullName | str:
    """The name, or the code of the refusal."""
    try:
        return parse_full_name(text)
    except DomainError as refused:
        return refused.code


@given(st.lists(part, min_size=2, max_size=4), st.sampled_from([" ", "  ", "\n", ", "]))
def test_no_letter_is_lost(parts, between):
    name = parsed(between.join(parts))
    if isinstance(name, str):
        assert name in {"name_no_surname", "name_not_a_name"}
        return
    assert sorted(name.full.replace(" ", "").lower()) == sorted("".join(parts).lower())
    assert name.surname
    assert name.given_name


@given(st.text(max_size=200))
def test_anything_typed_is_a_name_or_is_refused_with_a_code(text):
    name = parsed(text)
    if isinstance(name, str):
        assert name.startswith("name_")
        return
    assert len(name.full) <= 150
    assert all(unicodedata.category(char)[0] in "LMZ" or char in "-'’ʼ`" for char in name.full)
