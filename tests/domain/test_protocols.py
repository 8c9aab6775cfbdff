"""Decisions with their deadlines, as people say them; the agenda; numbers; what stands beside a signature."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.protocols import (
    MOST_DECISIONS,
    Decision,
    Numbering,
    Participant,
    Protocol,
    agenda_of,
    as_sentence,
    heard_of,
    numbering_of,
    organisations_of,
    point_of,
    read_lines,
    read_number,
    signed,
    theme_of,
    within_sentence,
    without_stop,
)
from domain.records import Talk, TalkForm, TalkStanding
from domain.russian_dates import MONTHS_OF, read_deadline

MEETING = date(2026, 11, 18)


def a_protocol(*texts: str) -> Protocol:
    return Protocol(1, "2026/2027").with_decisions(texts, MEETING)


class TestDeadlines:
    """Only what is sure is a day."""

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("Сдать сведения о фондах до 15 декабря", date(2026, 12, 15)),
            ("сдать сведения до 15 декабря.", date(2026, 12, 15)),
            ("До 15 января всем школам провести сверку с федеральным списком", date(2027, 1, 15)),
            ("К 1 марта подготовить выставку", date(2027, 3, 1)),
            ("Подготовить отчёты не позднее 20 мая 2027 года", date(2027, 5, 20)),
            ("Отправить планы в срок до 01.12.2026 на почту руководителя", date(2026, 12, 1)),
            ("Заполнить таблицу до 15.12", date(2026, 12, 15)),
            ("Собрать заявки до 25 числа", date(2026, 11, 25)),
            ("Утвердить план. Срок: 15 декабря", date(2026, 12, 15)),
            ("Утвердить план, срок исполнения – 15 декабря 2026 г.", date(2026, 12, 15)),
            ("Провести акцию до конца декабря", date(2026, 12, 31)),
            ("Дарить книги по 15 декабря включительно", date(2026, 12, 15)),
            ("Отремонтировать каб. 214 в СОШ № 45 до 1 февраля", date(2027, 2, 1)),
            ("Закупить 15 комплектов «Слово о полку» до 30 ноября", date(2026, 11, 30)),
            ("Сдать всё до 18 ноября", MEETING),
            ("Провести сверку до 29 февраля 2028 года", date(2028, 2, 29)),
        ],
    )
    def test_told(self, words: str, day: date) -> None:
        assert read_deadline(words, MEETING) == day

    @pytest.mark.parametrize(
        "words",
        [
            "Утвердить план работы на 2026/2027 учебный год",
            "Принять к сведению письмо от 15 ноября",
            "Провести семинар 15 декабря",
            "Сдать отчёт по декабрю",
            "Завершить работу до декабря",
            "Завершить работу до конца учебного года",
            "Отобрать книги для чтения до 5-го класса",
            "Подготовиться к следующему заседанию",
            "Школам сдать до 1 декабря, району – до 15 декабря",
            "Провести неделю книги с 1 по 15 декабря",
            "",
        ],
    )
    def test_not_told(self, words: str) -> None:
        assert read_deadline(words, MEETING) is None

    @pytest.mark.parametrize("words", ["Сдать до 31 ноября", "Сдать до 30.02.2027", "К 45 декабря"])
    def test_a_day_that_no_calendar_has(self, words: str) -> None:
        with pytest.raises(DomainError, match="deadline_impossible"):
            read_deadline(words, MEETING)

    @given(st.dates(date(2026, 11, 18), date(2027, 11, 17)))
    def test_any_day_of_the_year_to_come(self, day: date) -> None:
        words = f"Сдать сведения до {day.day} {MONTHS_OF[day.month - 1]}"
        assert read_deadline(words, MEETING) == day

    @given(st.text(max_size=500))
    def test_whatever_is_said(self, words: str) -> None:
        with contextlib.suppress(DomainError):  # a day that no calendar has
            assert isinstance(read_deadline(words, MEETING), date | None)


class TestDecisions:
    """They keep their numbers whatever is taken out."""

    def test_added_changed_and_taken_out(self) -> None:
        protocol = a_protocol("Утвердить план", "Сдать сведения до 15 декабря")
        assert protocol.decisions == [
            Decision(1, "Утвердить план"),
            Decision(2, "Сдать сведения до 15 декабря", date(2026, 12, 15)),
        ]
        without = protocol.without(1)
        assert [one.id for one in without.decisions] == [2]
        assert without.without(1) == without
        assert without.with_again(1) == protocol
        assert [one.id for one in without.with_decisions(["Ещё"], MEETING).decisions] == [2, 3]
        assert protocol.with_changed(1, done="done").decision(1).done == "done"

    def test_one_that_is_not_there(self) -> None:
        protocol = a_protocol("Утвердить план").without(1)
        for act in (protocol.decision, protocol.with_changed):
            with pytest.raises(DomainError, match="decision_gone"):
                act(1)
        with pytest.raises(DomainError, match="decision_gone"):
            protocol.with_again(2)

    def test_no_more_than_a_protocol_holds(self) -> None:
        full = a_protocol(*["Решение"] * MOST_DECISIONS)
        with pytest.raises(DomainError, match="decisions_full"):
            full.with_decisions(["Ещё одно"], MEETING)
        replaced = full.without(1).with_decisions(["Ещё одно"], MEETING)
        with pytest.raises(DomainError, match="decisions_full"):
            replaced.with_again(1)


class TestWords:
    """What is written by hand."""

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("1. утвердить план\n2) Сдать сведения", ["Утвердить план", "Сдать сведения"]),
            ("– Утвердить\n\n  • Сдать   всё \n---", ["Утвердить", "Сдать всё"]),
            ("15.12 сдать сведения", ["15.12 сдать сведения"]),
            ("45 школ получили книги", ["45 школ получили книги"]),
        ],
    )
    def test_lines(self, text: str, lines: list[str]) -> None:
        assert read_lines(text, 30, 500) == lines

    @pytest.mark.parametrize(
        ("text", "code"),
        [("…\n—", "line_empty"), ("ы" * 501, "line_too_long"), ("да\n" * 31, "lines_too_many")],
    )
    def test_what_are_no_lines(self, text: str, code: str) -> None:
        with pytest.raises(DomainError, match=code):
            read_lines(text, 30, 500)

    @pytest.mark.parametrize(
        ("text", "number"), [("3", 3), (" № 12 ", 12), ("Протокол № 7.", 7), ("999", 999)]
    )
    def test_numbers(self, text: str, number: int) -> None:
        assert read_number(text) == number

    @pytest.mark.parametrize("text", ["", "три", "0", "1000", "3 или 4", "-", "٣"])
    def test_what_is_no_number(self, text: str) -> None:
        with pytest.raises(DomainError, match="number_not_understood"):
            read_number(text)

    @pytest.mark.parametrize(
        ("name", "beside"),
        [
            ("Орлова Нина Викторовна", "Н. В. Орлова"),
            ("Ким О. Ю.", "О. Ю. Ким"),
            ("Ким О.", "О. Ким"),
            ("методист", "методист"),
            ("", ""),
        ],
    )
    def test_beside_a_signature(self, name: str, beside: str) -> None:
        assert signed(name) == beside

    @pytest.mark.parametrize(
        ("decided", "within"),
        [
            ("Утвердить план", "утвердить план"),
            ("Провести семинар в мае", "провести семинар в мае"),
            ("Готовиться к конкурсу", "готовиться к конкурсу"),
            ("Орловой Н. В. сдать отчёт", "Орловой Н. В. сдать отчёт"),
            ("РМО провести семинар", "РМО провести семинар"),
            ("", ""),
        ],
    )
    def test_within_a_sentence(self, decided: str, within: str) -> None:
        assert within_sentence(decided) == within

    @pytest.mark.parametrize(
        ("title", "theme"),
        [
            ("Семинар «Читательские клубы»", "Читательские клубы"),
            ("Мастер-класс «Каталог «Марк» без страха»", "Каталог «Марк» без страха"),
            ("Заседание РМО", ""),
            ("Мастер-класс", ""),
            ("Каникулы", "Каникулы"),
            ("Заседание творческой группы", "Заседание творческой группы"),
            ("Книга «Маяк» в школе", "Книга «Маяк» в школе"),
            ("Обзор журнала «Школьная библиотека»", "Обзор журнала «Школьная библиотека»"),
        ],
    )
    def test_themes(self, title: str, theme: str) -> None:
        assert theme_of(title) == theme

    def test_sentences(self) -> None:
        said = (
            "Сдать.",
            "Сдать",
            "Сдать;",
            "Готовит Соколова М. И.",
            "Сдать к 1 мая 2027 г.",
            "Собрать 5 экз.;",
        )
        assert [without_stop(one) for one in said] == [
            "Сдать",
            "Сдать",
            "Сдать",
            "Готовит Соколова М. И.",
            "Сдать к 1 мая 2027 г.",
            "Собрать 5 экз.",
        ]
        assert [as_sentence(one) for one in ("Утвердить", "Сдать.", "Кто?")] == [
            "Утвердить.",
            "Сдать.",
            "Кто?",
        ]


def a_talk(speaker: str) -> Talk:
    return Talk(1, 1, None, speaker, "СОШ № 45", "Новинки", TalkForm.REPORT, TalkStanding.CONFIRMED)


def test_the_agenda() -> None:
    protocol, talks = a_protocol(), [a_talk("Белова А. П."), a_talk("")]
    assert agenda_of(protocol, [], "Заседание", []) == []
    assert agenda_of(protocol, ["Семинар «Каталоги»"], "Семинар", []) == ["Каталоги"]
    assert agenda_of(protocol, ["Заседание РМО", "Семинар «Каталоги»"], "Семинар", []) == ["Каталоги"]
    assert agenda_of(protocol, ["Заседание РМО «План»"], "Заседание", talks)[0] == "Белова А. П. – «Новинки»"
    assert agenda_of(protocol, ["Анализ", "План"], "Заседание", talks) == [
        "Анализ",
        "План",
        "Белова А. П. – «Новинки»",
        "«Новинки»",
    ]
    novel = replace(talks[0], theme="«Идиот» на уроке")
    assert agenda_of(protocol, [], "Заседание", [novel])[-1] == "Белова А. П. – «„Идиот“ на уроке»"
    own = Protocol(1, "2026/2027", agenda=("Своё",))
    assert agenda_of(own, ["Анализ"], "Заседание", talks) == ["Своё"]


def test_what_was_listened_to() -> None:
    """Every point of the agenda, and every talk, once."""
    first, second = replace(a_talk("Белова А. П."), id=1), replace(a_talk(""), id=2, theme="«Маяк» в школе")
    agenda = ["Планы на год", "«Маяк» в школе", "Разное"]
    assert heard_of(agenda, [first, second]) == ["Планы на год", second, "Разное", first]
    assert heard_of([point_of(first), point_of(second)], [first, second]) == [first, second]
    assert heard_of(["Обзор новинок"], [first]) == ["Обзор новинок", first]


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        ("Сдать сведения до 1 декабря", None),
        ("Сдать до 15.12", None),
        ("Провести до конца декабря", None),
        ("Утвердить план. Срок: 15 декабря", None),
        ("Провести сверку до 29 февраля 2028 года", None),
        ("Собрать заявки до 25 числа", date(2026, 11, 25)),
        ("Собрать заявки до 31-го числа", date(2026, 12, 31)),
        ("Сдать до конца месяца", date(2026, 11, 30)),
        ("Утвердить план", None),
    ],
)
def test_a_deadline_is_said_once(words: str, beside: date | None) -> None:
    [decision] = a_protocol(words).decisions
    assert decision.due_beside == beside


@pytest.mark.parametrize(
    ("order", "numbers", "by_date", "last", "skipped", "moved"),
    [
        ([7], {}, 1, 1, (), {}),
        ([1, 7], {1: 1}, 2, 2, (), {}),
        ([1, 7], {}, 2, 1, (1,), {}),  # an earlier meeting has none yet
        ([7, 2], {2: 1}, 1, 2, (), {2: 2}),  # a later one was quicker
        ([7, 2, 3], {2: 1, 3: 2}, 1, 3, (), {2: 2, 3: 3}),
        ([7, 2, 3], {2: 2, 3: 3}, 1, 4, (), {}),  # room was left
        ([7, 2, 3], {2: 1, 3: 5}, 1, 6, (), {2: 2}),
        ([1, 7, 2], {2: 1}, 2, 2, (1,), {2: 3}),
        ([1, 2, 7], {2: 2}, 3, 3, (), {}),  # for the first one there is room
        ([1, 2, 7], {1: 4}, 6, 5, (2,), {}),
    ],
)
def test_numbers_by_date(
    order: list[int],
    numbers: dict[int, int],
    by_date: int,
    last: int,
    skipped: tuple[int, ...],
    moved: dict[int, int],
) -> None:
    assert numbering_of(7, order, numbers) == Numbering(by_date, last, skipped, moved)


@given(st.permutations(range(8)))
def test_numbers_that_are_given_by_date_stand_in_order(taken: list[int]) -> None:
    numbers: dict[int, int] = {}
    for one in taken:
        found = numbering_of(one, [*range(8)], numbers)
        numbers |= {**found.moved, one: found.by_date}
        assert len(set(numbers.values())) == len(numbers)
        assert sorted(numbers) == sorted(numbers, key=numbers.__getitem__)


def test_organisations_are_counted_once() -> None:
    people = [Participant("А", one, guest=False) for one in ("СОШ № 45", "СОШ № 45", "", "Лицей № 12")]
    assert organisations_of(people) == 2
