"""Finding by words: what is found, what is not, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.finding import find, stem_of, words_of
from bot.understanding import Words, understand

TODAY = date(2026, 11, 23)

EVENT = (
    "Семинар «Правовые основы работы школьной библиотеки»",
    "МБОУ СОШ № 183",
    "Гукова А.А., руководитель РМО",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("школа 183", True),
        ("СОШ 183", True),
        ("183", True),
        ("школа 18", False),
        ("Гукова", True),
        ("у Гуковой", True),
        ("Гуккова", True),
        ("Петрова", False),
        ("правовые основы", True),
        ("про правовую основу", True),
        ("праввовые основы", True),
        ("правовые вопросы", False),
        ("семинар Гуковой по правовым основам", True),
        ("лицей", False),
        ("школа", True),
    ],
)
def test_what_is_searched_for_is_found_in_any_form(text, found):
    intent = understand(text, TODAY)
    assert isinstance(intent, Words)
    assert bool(find(intent.stems, [EVENT])) == found


@pytest.mark.parametrize(
    ("typed", "title"),
    [("сименар", "Семинар"), ("в лецее", "Лицей № 12"), ("у Абромовой", "Абрамова И. И.")],
)
def test_a_word_is_found_as_it_sounds(typed, title):
    stems = [stem_of(word) for word in words_of(typed) if len(word) > 1]
    assert find(stems, [(title,), ("Заседание РМО",)]) == [0]


def test_a_stem_is_found_in_the_word_s_other_stems():
    assert find(("лице",), [("Лицей № 12",)])
    assert find(("лиц",), [("в лицее",)])
    assert not find(("ит",), [("Итоги года",)])


PLAN = [
    ("Мастер-класс «Электронный каталог без страха»", "Гимназия № 21", "", "мастер-класс"),
    ("Семинар «Правовые основы»", "Лицей № 12", "Орлова Н. В.", "семинар"),
    ("Читаем вместе", "МБОУ СОШ № 183", "Белова М. И.", "семинар"),
    ("Заседание РМО", "МБОУ СОШ № 12", "Петрова П. П.", "заседание"),
    ("Семинар «Краеведение»", "Лицей № 3", "Петровская А. А.", "семинар"),
]


def found(text: str) -> list[int]:
    """The places in the plan that a person's words find, the best first."""
    return find([stem_of(word) for word in words_of(text) if len(word) > 1 or word.isdigit()], PLAN)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("симинар лицее", [1, 4]),
        ("симинары лицея", [1, 4]),
        ("семинар", [1, 2, 4]),
        ("семинар 183", [2]),
        ("школа 12", [1, 3]),
        ("лицей 12", [1]),
        ("каталок", [0]),
        ("элекронный каталог", [0]),
        ("краеведенье", [4]),
        ("Белову", [2]),
        ("мастер класс", [0]),
        ("семинар про каталог", []),
        ("правовые основы библиотеки", [1]),
        ("семинар в лицее 12", [1]),
        ("семинар в лицее 45", []),
        ("странное", []),
        ("что-то странное", []),
        ("лиса", []),
        ("18", []),
        ("1833", []),
    ],
)
def test_the_best_is_found_and_nothing_bad(text: str, places: list[int]) -> None:
    assert found(text) == places


def test_what_fits_better_comes_first() -> None:
    assert found("Петрова") == [3, 4]
    slips = [("Семинар Гуковой",), ("Семинар Гуковая",), ("Семинар Гуккова",)]
    assert find([stem_of("гукова")], slips)[0] == 0


def test_a_clearly_worse_match_is_left_out() -> None:
    there = [("Семинар о каталогах",), ("Семинар о каталоках",)]
    assert find([stem_of("каталоги")], there) == [0]


def test_nothing_is_found_in_nothing() -> None:
    assert find([], PLAN) == []
    assert find(["семинар"], []) == []


@given(st.lists(st.text(max_size=12), max_size=5), st.lists(st.tuples(st.text(max_size=30)), max_size=5))
def test_whatever_is_asked_of_whatever_there_is(terms: list[str], things: list[tuple[str]]) -> None:
    places = find(terms, things)
    assert sorted(set(places)) == sorted(places)
    assert set(places) <= set(range(len(things)))
