"""Tables whose borders were lost: a cell a line."""

from __future__ import annotations

from documents.plan_reader import read_plan
from domain.plan_draft import PlanDraft
from tests.documents.paper import docx_of

_TITLE = "План работы РМО школьных библиотекарей на 2026/2027 учебный год"
_NUMBERED = ["№", "Мероприятие", "Срок", "Место", "Ответственный"]
_BARE = ["Срок", "Мероприятие", "Ответственный"]


def _of_text(*lines: str) -> PlanDraft:
    return read_plan("\n".join(lines).encode(), "plan.txt")


def _said(draft: PlanDraft) -> list[tuple[str | None, ...]]:
    return [(it.title, it.when_text, it.venue, it.responsible) for it in draft.activities]


def test_numbered_rows_with_sections_between() -> None:
    lines = [
        *(_TITLE, "", *_NUMBERED, "", "Организационная работа", ""),
        *("1", "Заседание РМО «Планы года»", "15 сентября", "СОШ № 5", "Орлова Н. В.", ""),
        *("2", "Сбор данных", "октябрь", "", "-", "Белова Е. А.", ""),
        *("Семинары", "", "3", "Семинар «Чтение»", "17 ноября", "Лицей № 2", "Орлова Н. В.", ""),
        "Просмотров: 314",
    ]
    draft = _of_text(*lines)
    assert _said(draft) == [
        ("Заседание РМО «Планы года»", "15 сентября", "СОШ № 5", "Орлова Н. В."),
        ("Сбор данных", "октябрь", None, "Белова Е. А."),
        ("Семинар «Чтение»", "17 ноября", "Лицей № 2", "Орлова Н. В."),
    ]
    assert [it.number for it in draft.activities] == ["1", "2", "3"]
    assert [it.section for it in draft.activities] == [
        "Организационная работа",
        "Организационная работа",
        "Семинары",
    ]


def test_paragraphs_of_word_are_told_as_well() -> None:
    rows = ["1", "Заседание", "август", "ИМЦ", "Орлова Н. В.", "2", "Семинар", "март", "ИМЦ", "Белова Е. А."]
    draft = read_plan(docx_of(_TITLE, *_NUMBERED, *rows), "plan.docx")
    assert [(it.title, it.when_text) for it in draft.activities] == [
        ("Заседание", "август"),
        ("Семинар", "март"),
    ]


def test_a_title_over_two_lines_and_a_place_that_goes_on() -> None:
    first = ["1", "Семинар «Чтение", "без границ»", "17 ноября", "Районная библиотека,", "читальный зал"]
    second = ["2", "Заседание", "май", "ИМЦ", "Белова Е. А."]
    draft = _of_text(_TITLE, *_NUMBERED[:4], *first, *second[:4])
    assert _said(draft) == [
        ("Семинар «Чтение без границ»", "17 ноября", "Районная библиотека, читальный зал", None),
        ("Заседание", "май", "ИМЦ", None),
    ]


def test_a_blank_cell_takes_no_person_for_a_place() -> None:
    first = ["1", "Сбор данных", "сентябрь", "Орлова Н. В."]
    second = ["2", "Заседание", "май", "ИМЦ", "Белова Е. А."]
    assert _said(_of_text(_TITLE, *_NUMBERED, *first, *second)) == [
        ("Сбор данных", "сентябрь", None, "Орлова Н. В."),
        ("Заседание", "май", "ИМЦ", "Белова Е. А."),
    ]


def test_rows_without_numbers_begin_with_their_dates() -> None:
    rows = ["Октябрь", "Семинар «Чтение»", "Орлова Н. В.", "Декабрь", "Круглый стол", "Белова Е. А."]
    assert _said(_of_text(_TITLE, *_BARE, *rows)) == [
        ("Семинар «Чтение»", "Октябрь", None, "Орлова Н. В."),
        ("Круглый стол", "Декабрь", None, "Белова Е. А."),
    ]


def test_labels_with_what_they_say_are_no_names_of_columns() -> None:
    first = ["Дата проведения: 15 октября", "Тема: «Чтение»", "Место: СОШ № 5"]
    second = ["Дата проведения: 12 марта", "Тема: «Письмо»", "Место: ИМЦ"]
    draft = _of_text(_TITLE, *first, *second)
    assert [(it.when_text, it.venue) for it in draft.activities] == [
        ("15 октября", "СОШ № 5"),
        ("12 марта", "ИМЦ"),
    ]


def test_cells_and_headings_that_are_broken_go_on() -> None:
    head = ["Дела", "Классы", "Ориентировочное время", "проведения", "Ответственные"]
    lines = [
        *(_TITLE, *head, "Модуль «Урок»"),
        *("Оформление стендов", "5-9", "сентябрь, в", "течение года", "библиотекарь"),
        *("День распространения", "грамотности", "1-4", "08.09", "Орлова И.А."),
        *("Беседа", "(для всех)", "5-6", "30.10", "педагог-", "психолог"),
        *("Вечер", "9", "ноябрь", "учителя", "литературы"),
        *("Акция", "1-4", "03.05 –", "08.05", "Орлова И.А."),
    ]
    draft = _of_text(*lines)
    assert _said(draft) == [
        ("Оформление стендов", "сентябрь, в течение года", None, "библиотекарь"),
        ("День распространения грамотности", "08.09", None, "Орлова И.А."),
        ("Беседа (для всех)", "30.10", None, "педагог-психолог"),
        ("Вечер", "ноябрь", None, "учителя литературы"),
        ("Акция", "03.05 – 08.05", None, "Орлова И.А."),
    ]
    assert {it.section for it in draft.activities} == {"Модуль «Урок»"}
