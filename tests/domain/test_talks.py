"""A talk in one line; whom a name means; the order of talks."""

from __future__ import annotations

import pytest

from domain.errors import DomainError
from domain.full_names import FullName
from domain.records import Member, School, Standing, TalkForm
from domain.talks import LONGEST_THEME, TalkDraft, moved, read_form, read_talk, read_theme, with_member


def draft(speaker: str, theme: str = "", form: TalkForm | None = None, organisation: str = "") -> TalkDraft:
    return TalkDraft(None, speaker, organisation, theme, form)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (
            "Петрова А. И. – Книжные новинки – доклад",
            draft("Петрова А. И.", "Книжные новинки", TalkForm.REPORT),
        ),
        (
            "Ким О. Ю., районная библиотека — «Книга – лучший друг» — Мастер-класс",
            draft("Ким О. Ю.", "Книга – лучший друг", TalkForm.WORKSHOP, "районная библиотека"),
        ),
        ("Петрова А. И. - Буктрейлер", draft("Петрова А. И.", "Буктрейлер")),
        (
            "Петрова А. И.\nБуктрейлер\nобмен опытом",
            draft("Петрова А. И.", "Буктрейлер", TalkForm.EXPERIENCE),
        ),
        ("Петрова-Водкина А. И. – Тема", draft("Петрова-Водкина А. И.", "Тема")),
        ("Петрова А. И.", draft("Петрова А. И.")),
        ("Петрова А. И. – Доклад о фондах", draft("Петрова А. И.", "Доклад о фондах")),
    ],
)
def test_a_talk_in_one_line(text: str, understood: TalkDraft) -> None:
    """What is left out stays open; a form that is the only thing said is the theme."""
    assert read_talk(text) == understood


def test_what_is_asked_next() -> None:
    """Speaker, theme, form; then nothing. It lies in a dialogue meanwhile."""
    known = draft("Петрова А. И.", "Тема")
    assert [one.missing for one in (draft(""), draft("Петрова А. И."), known)] == ["speaker", "theme", "form"]
    whole = draft("Петрова А. И.", "Тема", TalkForm.OTHER)
    assert whole.missing is None
    for one in (known, whole):
        assert TalkDraft.from_facts(one.as_facts()) == one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("– – –", "guest_not_understood"),
        ("12 – Тема", "guest_not_understood"),
        ("ы" * 151 + " – Тема", "name_too_long"),
        ("Петрова А. И. – ;;;", "line_empty"),
        ("Петрова А. И. – " + "ы" * (LONGEST_THEME + 1), "line_too_long"),
    ],
)
def test_what_is_no_talk(text: str, code: str) -> None:
    """Each of them has an answer of its own."""
    with pytest.raises(DomainError, match=code):
        read_talk(text)


def test_quotes_around_a_theme_are_ours() -> None:
    """Those within it are hers."""
    assert read_theme("«Книжные новинки»") == "Книжные новинки"
    assert read_theme("«Мастер и Маргарита» и «Бег»") == "«Мастер и Маргарита» и «Бег»"


def test_forms_in_words() -> None:
    """As people say them; None for what names none."""
    assert read_form("Мастер-класс.") is TalkForm.WORKSHOP
    assert read_form("сообщение") is TalkForm.REPORT
    assert read_form("из опыта работы") is TalkForm.EXPERIENCE
    assert read_form("обзор новинок") is TalkForm.REVIEW
    assert read_form("другое") is TalkForm.OTHER
    assert read_form("песня") is None


def member(number: int, *name: str, school: str = "СОШ № 45") -> Member:
    at = School(number, school)
    return Member(number, FullName(*name), at, (), "", "", True, True, Standing.ACTIVE, None)


MARIA = member(1, "Петрова", "Мария", "Ивановна")
MARGARITA = member(2, "Петрова", "Маргарита", "Ильинична")
OLGA = member(3, "Фёдорова", "Ольга", "Юрьевна")


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("Федорова О. Ю.", 3),
        ("Фёдорова О.Ю.", 3),
        ("Фёдорова Ольга", 3),
        ("Петрова Мария Ивановна", 1),
        ("Петрова Мария", 1),
        ("Петрова М. И.", None),  # there are two
        ("Петрова", None),
        ("Фёдорова А. Ю.", None),
        ("Фёдорова Ол. Ю.", None),
        ("Фёдорова О. Ю. Я.", None),
    ],
)
def test_whom_a_name_means(said: str, person: int | None) -> None:
    """One member, or nobody whom we know."""
    found = with_member(draft(said, "Тема"), [MARIA, MARGARITA, OLGA])
    assert found.person == person
    assert found.organisation == ("СОШ № 45" if person else "")


def test_where_she_comes_from_stays_as_it_was_said() -> None:
    """Her school is filled in where nothing was."""
    said = draft("Фёдорова О. Ю.", organisation="кафедра")
    assert with_member(said, [OLGA]) == TalkDraft(3, "Фёдорова Ольга Юрьевна", "кафедра")


def test_moved_within_its_bounds() -> None:
    """At either end it stays."""
    assert moved([1, 2, 3], 3, -1) == [1, 3, 2]
    assert moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert moved([1, 2, 3], 3, 1) == [1, 2, 3]
    with pytest.raises(DomainError, match="talk_gone"):
        moved([1, 2, 3], 4, 1)
