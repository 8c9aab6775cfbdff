"""Plain text that was wrapped at a width: which lines go on with the one above."""

from __future__ import annotations

from documents.wrapped import unwrapped

WRAPPED = """Высылаю утверждённый план работы объединения, просьба довести его
до сведения директоров школ и библиотекарей, ответственных за фонд,
и прислать свои предложения не позже пятницы этой недели, чтобы их
успели внести.
1. Неделя книги во всех школах района, сбор заявок ведёт Орлова Н.В.
2. Семинар «Чтение в начальной школе: опыт и находки» в гимназии -
   28 августа."""


def test_lines_are_joined_where_they_were_wrapped() -> None:
    letter, first, second = unwrapped(WRAPPED.split("\n"))
    assert "довести его до сведения" in letter
    assert letter.endswith(
        "за фонд, и прислать свои предложения не позже пятницы этой недели, чтобы их успели внести."
    )
    assert first == "1. Неделя книги во всех школах района, сбор заявок ведёт Орлова Н.В."
    assert second.endswith("в гимназии - 28 августа.")


def test_a_list_with_a_thing_in_each_line_stays() -> None:
    lines = """сентябрь - сверка фондов, таблица в облаке
октябрь - день школьных библиотек, выставки во всех школах района
ноябрь - семинар
декабрь - посылки с книгами детям, сбор в каждой школьной библиотеке
январь - выездное заседание
март - неделя детской книги: утренники, викторины, конкурс чтецов""".split("\n")
    assert unwrapped(lines) == lines


def test_items_that_follow_full_lines_stay() -> None:
    lines = [*WRAPPED.split("\n")[:4], "- сверка фондов", "", "Орлова Н.В."]
    assert unwrapped(lines)[1:] == ["- сверка фондов", "", "Орлова Н.В."]
