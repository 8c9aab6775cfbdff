"""What has a date and is nowhere in the draft is told."""

from __future__ import annotations

import pytest

from documents.left_over import left_over
from documents.plan_reader import read_plan
from domain.plan_draft import ActivityDraft, PlanDraft, SkippedRow
from tests.documents.paper import docx_of

_DRAFT = PlanDraft(
    title="План работы РМО",
    activities=(
        ActivityDraft(
            title="Семинар «Чтение без границ»",
            when_text="14 октября в 14.00",
            venue="СОШ № 5",
            responsible="Орлова Н. В.",
        ),
        ActivityDraft(title="Неделя книги", when_text="16.11–20.11", section="2. Работа с читателями"),
    ),
    skipped=(
        SkippedRow(None, "О плане на октябрь и ноябрь", "empty"),
        SkippedRow(None, "Конкурс чтецов в лицее 5 марта", "agenda"),
    ),
)


@pytest.mark.parametrize(
    "lines",
    [
        ["14 октября в 14.00 – семинар «Чтение без границ», СОШ № 5, отв. Орлова Н. В."],
        ["Неделя книги (16.11–20.11)"],
        ["О плане на октябрь и ноябрь"],
        ["1.2", "Семинар «Чтение", "без границ»", "14 октября", "СОШ № 5"],
        ["Дата проведения: 14 октября"],
        ["План работы на октябрь 2026 года"],
        ["Экскурсия в областную библиотеку"],
        ["в октябре"],
        ["Работа между заседаниями (декабрь – январь):"],
        ["Неделя", "книги", "20.11", "круглый стол"],
    ],
)
def test_what_the_draft_holds_or_has_no_date_is_not_told(lines: list[str]) -> None:
    assert left_over([lines], _DRAFT) == []


def test_prose_is_not_told() -> None:
    assert (
        left_over([["В октябре прошлого года наши библиотекари " + "много работали и " * 20]], _DRAFT) == []
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["15 октября – выездное совещание в Озёрной школе"], "15 октября – выездное совещание"),
        (["Круглый стол о редких книгах", "11.12", "СОШ № 7"], "Круглый стол о редких книгах"),
        (["Выставка редких книг", "11.12", "Орлова Н. В."], "Выставка редких книг"),
        (["Конкурс чтецов в лицее 5 марта"], "Конкурс чтецов в лицее 5 марта"),
        (["Круглый стол о редких книгах (декабрь)"], "Круглый стол о редких книгах (декабрь)"),
    ],
)
def test_what_is_lost_is_told(lines: list[str], told: str) -> None:
    [problem] = left_over([lines], _DRAFT)
    assert problem.code == "left_over"
    assert told in problem.text


def test_much_that_is_lost_is_counted() -> None:
    lost = [[f"Встреча клуба читателей «{name}» 5 марта"] for name in "абвгде"]
    [problem] = left_over(lost, _DRAFT)
    assert problem.text.endswith(" и ещё 2.")


def test_a_line_that_no_reader_took_is_told_beside_the_plan() -> None:
    table = [["Мероприятие", "Срок"], ["Семинар «Чтение»", "октябрь"]]
    draft = read_plan(
        docx_of("План работы РМО на 2026/2027 учебный год", table, "Выставка редких книг пройдёт в марте"),
        "plan.docx",
    )
    assert [it.code for it in draft.problems] == ["left_over"]
    assert "Выставка редких книг пройдёт в марте" in draft.problems[0].text


def test_a_table_with_dates_that_is_no_plan_is_told() -> None:
    plan = [["Мероприятие", "Срок"], ["Семинар «Чтение»", "октябрь"]]
    other = [
        ["Пора", "Забота библиотеки", "Опора библиотеки"],
        ["октябрь", "Передвижная выставка редких книг", "Областной фонд редких книг"],
        ["ноябрь", "Вечер памяти земляков", "Районный совет ветеранов труда"],
    ]
    draft = read_plan(docx_of("План работы РМО на 2026/2027 учебный год", plan, other), "plan.docx")
    assert [it.title for it in draft.activities] == ["Семинар «Чтение»"]
    assert [it.code for it in draft.problems] == ["left_over"]
    for lost in ("Передвижная выставка редких книг", "Вечер памяти земляков"):
        assert lost in draft.problems[0].text


def test_a_column_that_is_passed_over_is_not_told_twice() -> None:
    table = [
        ["Дата", "Знаменательная дата", "Мероприятие", "Форма"],
        ["4 ноября", "День народного единства", "«Мы едины»", "цикл бесед"],
        ["12 апреля", "День космонавтики", "«Дорога к звёздам»", "игра"],
    ]
    draft = read_plan(docx_of("План работы РМО на 2026/2027 учебный год", table), "plan.docx")
    assert [it.code for it in draft.problems] == ["columns_guessed"]


def test_an_approval_and_members_are_not_told() -> None:
    members = [["ФИО", "Дата рождения", "Стаж"], ["Орлова Нина Викторовна", "5 марта 1966", "30"]]
    table = [["Мероприятие", "Срок"], ["Семинар «Чтение»", "октябрь"]]
    draft = read_plan(
        docx_of(
            "УТВЕРЖДАЮ",
            "Директор школы Белова Е. А. 28 августа 2026 г.",
            "План работы РМО на 2026/2027 учебный год",
            table,
            members,
        ),
        "plan.docx",
    )
    assert draft.problems == ()


def test_the_agenda_of_a_meeting_is_kept_as_such() -> None:
    draft = read_plan(
        docx_of(
            "План работы РМО на 2026/2027 учебный год",
            "Заседание № 1. Сентябрь",
            "Тема: «Планы года»",
            "1. О семинаре в областной библиотеке.",
            "2. Разное.",
        ),
        "plan.docx",
    )
    assert [it.title for it in draft.activities] == ["Заседание № 1 «Планы года»"]
    said = [(it.title, it.reason) for it in draft.skipped]
    assert said == [
        ("1. О семинаре в областной библиотеке.", "agenda"),
        ("2. Разное.", "agenda"),
    ]
    assert draft.problems == ()
