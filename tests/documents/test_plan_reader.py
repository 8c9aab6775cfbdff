"""The reader against the real plan, and against the layouts that other associations use."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from documents.plan_reader import read_plan
from domain.errors import DomainError
from domain.period import Period, Precision
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, as_json
from tests.documents.paper import docx_of

_PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
_real = [
    pytest.mark.plans,
    pytest.mark.skipif(not _PLANS.is_dir(), reason="the real plans of ../shared are not here"),
]
_TITLE = "План работы РМО на 2026/2027 учебный год"


def _read(*blocks: Any) -> PlanDraft:
    return read_plan(docx_of(*blocks), "plan.docx")


def _codes(activity: ActivityDraft) -> list[str]:
    return [problem.code for problem in activity.problems]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads((_PLANS / "kirov-2021-22.expected.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=["docx", "txt"])
def draft(request: pytest.FixtureRequest) -> dict[str, Any]:
    file = _PLANS / f"kirov-2021-22.{request.param}"
    return as_json(read_plan(file.read_bytes(), file.name))


class TestRealPlan:
    """What a careful person reads in it, field by field."""

    pytestmark = _real

    def test_every_field_of_every_activity(self, draft: dict[str, Any], expected: dict[str, Any]) -> None:
        read = [
            {key: activity[key] for key in wanted}
            for activity, wanted in zip(draft["activities"], expected["activities"], strict=True)
        ]
        for activity in read:
            activity["periods"] = [
                {key: period[key] for key in ("precision", "start", "end")} for period in activity["periods"]
            ]
        assert read == expected["activities"]

    def test_what_stands_around_them(self, draft: dict[str, Any], expected: dict[str, Any]) -> None:
        assert draft["school_year"] == expected["school_year"]
        assert draft["preamble"].items() >= expected["preamble"].items()
        assert "ПЛАН РАБОТЫ" in draft["title"]
        assert draft["problems"] == []

    def test_rows_of_dashes_are_skipped_with_the_reason(
        self, draft: dict[str, Any], expected: dict[str, Any]
    ) -> None:
        assert [row["number"] for row in draft["skipped"]] == expected["skipped_numbers"]
        assert {row["reason"] for row in draft["skipped"]} == {"empty"}
        assert all(row["title"] for row in draft["skipped"])

    def test_counts(self, draft: dict[str, Any], expected: dict[str, Any]) -> None:
        totals = expected["totals"]
        assert len(draft["activities"]) == totals["activities"]
        assert sum(len(it["periods"]) for it in draft["activities"]) == totals["dated_events"]
        assert sum(it["year_round"] for it in draft["activities"]) == totals["year_round"]
        assert len(draft["skipped"]) == totals["skipped"]

    def test_three_questions(self, draft: dict[str, Any]) -> None:
        asked = {it["number"]: [problem["code"] for problem in it["problems"]] for it in draft["activities"]}
        assert {number: codes for number, codes in asked.items() if codes} == {
            "1.2": ["audience_others"],
            "2.1.1": ["when_inferred"],
            "5.1": ["audience_guests"],
        }


class TestLayouts:
    """Columns are known by their headings, in any order and by any of their names."""

    def test_date_first_and_no_number(self) -> None:
        draft = _read(
            _TITLE,
            [
                ["Срок", "Мероприятия", "Ответственные"],
                ["Октябрь, декабрь", "1. Заседание МО «Читаем вместе»", "Орлова Н.В."],
                ["март", "Семинар", ""],
            ],
        )
        first, second = draft.activities
        assert (first.number, first.title, first.kind) == ("1", "Заседание МО «Читаем вместе»", Kind.MEETING)
        assert first.periods == (Period.month(2026, 10), Period.month(2026, 12))
        assert (second.number, second.responsible) == (None, None)
        assert second.periods == (Period.month(2027, 3),)

    def test_date_last_and_headings_in_the_second_row(self) -> None:
        draft = _read(
            _TITLE,
            [
                ["Дорожная карта"],
                [
                    "Цели",
                    "Конкретные действия, мероприятия",
                    "Планируемые результаты",
                    "Ответственный",
                    "Срок",
                ],
                ["Расти", "Мастер-класс «Каталог»", "Умеют вести", "Белова М.И.", "до 15.09"],
            ],
        )
        (activity,) = draft.activities
        assert activity.kind is Kind.WORKSHOP
        assert activity.periods == (Period.deadline(date(2026, 9, 15)),)
        assert activity.outcome == "Умеют вести"

    def test_date_and_place_in_one_column(self) -> None:
        draft = _read(
            _TITLE,
            [
                ["№", "Тема заседания", "Дата и место проведения"],
                ["1", "Круглый стол", "Куйтун, ноябрь – декабрь"],
            ],
        )
        (activity,) = draft.activities
        assert activity.periods == (Period.months(2026, 11, 2026, 12),)
        assert activity.venue == "Куйтун"
        assert activity.kind is Kind.SEMINAR

    def test_a_table_for_each_month(self) -> None:
        heading = ["№ пп", "Содержание работы", "дата", "Ответственные лица"]
        draft = _read(
            _TITLE,
            "СЕНТЯБРЬ",
            [
                heading,
                ["1", "Сверка фонда", "в теч. мес.", "Орлова"],
                ["2", "Сбор заявок", "до15.09", "Орлова"],
            ],
            "Октябрь",
            [heading, ["1", "Неделя книги", "12-17.10", "Белова"]],
        )
        assert [activity.periods for activity in draft.activities] == [
            (Period.month(2026, 9),),
            (Period.deadline(date(2026, 9, 15)),),
            (Period.days(date(2026, 10, 12), date(2026, 10, 17)),),
        ]

    def test_a_month_as_a_merged_row_and_no_date_column(self) -> None:
        draft = _read(
            _TITLE,
            [["№", "Мероприятия", "Ответственные"], ["Ноябрь"], ["1", "Заседание РМО", "Орлова"]],
        )
        (activity,) = draft.activities
        assert activity.periods == (Period.month(2026, 11),)
        assert activity.when_text == "Ноябрь"

    def test_a_year_row_governs_the_rows_below(self) -> None:
        draft = _read(
            "План мероприятий",
            [
                ["№", "Мероприятие", "Срок"],
                ["2021 год"],
                ["1", "Семинар", "Февраль"],
                ["2022 год"],
                ["2", "Семинар", "Март"],
            ],
        )
        assert [it.periods for it in draft.activities] == [(Period.month(2021, 2),), (Period.month(2022, 3),)]

    def test_a_title_over_two_columns(self) -> None:
        draft = _read(
            _TITLE,
            [
                ["№ п/п", "Вид деятельности", "Содержание", "Сроки", "Ответственный", "Результат"],
                ["1", "Методическая работа", "Семинар «Фонды»", "май", "Орлова", "Памятка"],
            ],
        )
        assert draft.activities[0].title == "Методическая работа. Семинар «Фонды»"

    def test_parallel_lists_in_one_row_are_taken_apart(self) -> None:
        draft = _read(
            _TITLE,
            [
                ["№", "Содержание работы", "дата"],
                ["I", "1. Заседание МО\n2. Сверка фонда", "05.10\n12.10-16.10"],
            ],
        )
        assert [(it.title, it.periods) for it in draft.activities] == [
            ("Заседание МО", (Period.day(date(2026, 10, 5)),)),
            ("Сверка фонда", (Period.days(date(2026, 10, 12), date(2026, 10, 16)),)),
        ]

    def test_lists_of_different_length_are_asked_about(self) -> None:
        draft = _read(
            _TITLE,
            [["№", "Содержание работы", "дата"], ["1", "1. Заседание\n2. Сверка\n3. Отчёт", "05.10\n12.10"]],
        )
        assert [activity.title for activity in draft.activities] == ["Заседание", "Сверка", "Отчёт"]
        for activity in draft.activities:
            assert activity.periods == ()
            assert _codes(activity) == ["several_in_one"]
            assert len(activity.problems[0].guess) == 2

    def test_a_table_that_goes_on_after_a_page(self) -> None:
        draft = _read(
            _TITLE,
            [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март"]],
            [["2", "Мастер-класс", "апрель"]],
        )
        assert [it.number for it in draft.activities] == ["1", "2"]

    def test_tables_that_are_no_plan_are_named_with_the_reason(self) -> None:
        draft = _read(
            [["СОГЛАСОВАНО", "", "УТВЕРЖДАЮ Директор ____"]],
            _TITLE,
            [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март"]],
            [["№", "ФИО", "Категория", "Стаж"], ["1", "Орлова Н.В.", "высшая", "20"]],
        )
        assert [row.reason for row in draft.skipped] == ["approval", "members"]
        assert draft.preamble == ()

    def test_the_approval_above_is_not_the_title(self) -> None:
        draft = _read(
            "УТВЕРЖДАЮ Директор ______", _TITLE, [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март"]]
        )
        assert draft.title == _TITLE

    def test_the_heading_says_that_every_row_is_a_meeting(self) -> None:
        draft = _read(_TITLE, [["Сроки проведения", "Тема заседания"], ["Август", "Планы на год"]])
        assert [(it.kind, it.periods) for it in draft.activities] == [
            (Kind.MEETING, (Period.month(2026, 8),))
        ]

    def test_arabic_groups_below_roman_sections(self) -> None:
        rows = [["1", "Семинар", "март"]]
        draft = _read(
            _TITLE,
            [
                ["№", "Мероприятие", "Срок"],
                ["I. Работа"],
                ["1. Встречи"],
                *rows,
                ["2. Письма"],
                *rows,
                ["II. Итоги"],
                *rows,
            ],
        )
        assert [(it.section, it.subsection) for it in draft.activities] == [
            ("I. Работа", "1. Встречи"),
            ("I. Работа", "2. Письма"),
            ("II. Итоги", None),
        ]

    def test_dates_in_the_column_of_numbers(self) -> None:
        draft = _read(_TITLE, [["п/п", "Темы мероприятий", "Классы"], ["19.10.26", "Викторина", "5–9"]])
        assert draft.activities[0].periods == (Period.day(date(2026, 10, 19)),)

    def test_dates_of_the_title_page_govern_nothing(self) -> None:
        rows = [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март"], ["2", "Беседа", ""]]
        for line in ("«___» августа 2026 г.", "«01» сентября 2026 г.", "Новосибирск, 2026", "Август 2026 г."):
            first, second = _read(line, _TITLE, rows).activities
            assert first.periods == (Period.month(2027, 3),)
            assert (second.periods, _codes(second)) == ((), ["no_when"])


class TestRows:
    """No row is dropped silently, and what was inferred is asked about."""

    heading = ("№", "Мероприятия", "Участники", "Сроки", "Место", "Ответственные")

    def _rows(self, *rows: Any) -> PlanDraft:
        return _read(_TITLE, [list(self.heading), *rows])

    def test_sections_and_groups(self) -> None:
        draft = self._rows(
            ["I. Работа"],
            ["1.1", "Семинар", "Все", "март", "Лицей", "Орлова"],
            ["«Успех»"],
            ["1.2", "Семинар", "Все", "май", "Лицей", "Орлова"],
            ["II. Партнёры"],
            ["2.1", "Семинар", "Все", "май", "Лицей", "Орлова"],
        )
        assert [(it.section, it.subsection) for it in draft.activities] == [
            ("I. Работа", None),
            ("I. Работа", "«Успех»"),
            ("II. Партнёры", None),
        ]

    def test_a_section_that_is_not_merged(self) -> None:
        draft = self._rows(
            ["1", "Организация", "", "", "", ""], ["1.1", "Семинар", "Все", "март", "Лицей", "Орлова"]
        )
        assert draft.activities[0].section == "1 Организация"
        assert len(draft.activities) == 1

    def test_a_row_without_a_date_is_asked_about(self) -> None:
        (activity,) = self._rows(["1", "Семинар", "Все", "", "Лицей", "Орлова"]).activities
        assert _codes(activity) == ["no_when"]
        assert activity.when_text is None
        assert activity.problems[0].text == "Строка 1: нет срока."

    def test_a_sub_row_takes_the_date_of_its_row_and_asks(self) -> None:
        draft = self._rows(
            ["2.1", "Изучение", "Все", "Октябрь", "Лицей", "Орлова"],
            ["2.1.1", "Семинар", "Все", "", "Лицей", "Орлова"],
        )
        assert draft.activities[1].periods == (Period.month(2026, 10),)
        assert _codes(draft.activities[1]) == ["when_inferred"]

    def test_merged_cells_are_read_for_every_row(self) -> None:
        draft = self._rows(
            ["1", "Заседание", "Все", "Октябрь", "Лицей", "Орлова"],
            ["2", "Семинар", None, None, "Школа", None],
        )
        second = draft.activities[1]
        assert (second.audience, second.responsible, second.venue) == ("Все", "Орлова", "Школа")
        assert second.periods == (Period.month(2026, 10),)
        assert _codes(second) == []

    def test_only_a_number(self) -> None:
        draft = self._rows(["1", "Семинар", "Все", "март", "Лицей", "Орлова"], ["2", "", "", "", "", ""])
        assert [(row.number, row.reason) for row in draft.skipped] == [("2", "empty")]

    def test_words_that_are_no_date_are_kept(self) -> None:
        (activity,) = self._rows(["1", "Беседа", "Все", "Кл.часы", "Лицей", "Орлова"]).activities
        assert activity.when_text == "Кл.часы"
        assert _codes(activity) == ["not_understood"]

    def test_a_rhythm(self) -> None:
        (activity,) = self._rows(
            ["1", "Консультации", "Все", "1 раз в четверть", "Лицей", "Орлова"]
        ).activities
        assert (activity.recurs, activity.periods, _codes(activity)) == ("1 раз в четверть", (), [])

    def test_a_turned_quotation_mark_is_mended(self) -> None:
        (activity,) = self._rows(
            ["1", "Семинар »Новые\u00a0 формы»", "Все", "март", "Лицей", "Орлова"]
        ).activities
        assert activity.title == "Семинар «Новые формы»"


class TestWholePlan:
    """What is asked about the plan as a whole."""

    def test_no_school_year(self) -> None:
        draft = _read("План работы", [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март"]])
        assert draft.school_year is None
        assert [problem.code for problem in draft.problems] == ["no_school_year", "no_dates"]
        assert draft.activities[0].periods == ()
        assert draft.activities[0].when_text == "март"
        assert _codes(draft.activities[0]) == ["no_year"]

    def test_no_school_year_but_years_in_the_rows(self) -> None:
        draft = _read("План работы", [["№", "Мероприятие", "Срок"], ["1", "Семинар", "март 2027 г."]])
        assert [problem.code for problem in draft.problems] == ["no_school_year"]
        assert "2026/27" in draft.problems[0].text
        assert draft.activities[0].periods == (Period.month(2027, 3),)

    def test_no_dates(self) -> None:
        draft = _read(_TITLE, [["№", "Мероприятие", "Ответственный"], ["1", "Семинар", "Орлова"]])
        assert [problem.code for problem in draft.problems] == ["no_dates"]

    @pytest.mark.parametrize(
        "title",
        [
            "на 2026-2027 уч. год",
            "на 2026/ 2027 учебный год",
            "2026 – 2027 уч.г.",
            "на 20262027 учебный год",
            "2026/27",
        ],
    )
    def test_ways_to_write_the_school_year(self, title: str) -> None:
        draft = _read(f"План {title}", [["№", "Мероприятие", "Срок"], ["1", "Семинар", "август"]])
        assert draft.school_year == "2026/2027"
        assert draft.activities[0].periods == (Period.month(2026, 8),)

    def test_an_impossible_date_is_neither_mended_nor_dropped(self) -> None:
        draft = _read(_TITLE, [["№", "Мероприятие", "Срок"], ["1", "Семинар", "07.12-19.20."]])
        (problem,) = draft.activities[0].problems
        assert draft.activities[0].periods == ()
        assert problem.guess == (Period.days(date(2026, 12, 7), date(2026, 12, 19)),)

    def test_no_table(self) -> None:
        with pytest.raises(DomainError) as refused:
            _read("Просто письмо", [["Имя", "Возраст"], ["Аня", "7"]])
        assert refused.value.code == "plan_no_table"

    def test_a_day_and_an_hour(self) -> None:
        draft = _read(_TITLE, [["№", "Мероприятие", "Дата"], ["1", "Семинар", "18 ноября в 14.00"]])
        assert draft.activities[0].periods[0].precision is Precision.TIME


def _told(draft: PlanDraft) -> list[tuple[str, str | None]]:
    """Title and words for the date of each activity."""
    return [(activity.title, activity.when_text) for activity in draft.activities]


class TestWithoutATable:
    """Meetings under headings, lists of dates: what real plans are, too."""

    def test_a_meeting_is_a_heading_a_theme_and_an_agenda(self) -> None:
        draft = _read(
            _TITLE,
            "Заседание № 1. Сентябрь",
            "Тема: «Планирование работы»",
            "Форма проведения: круглый стол",
            "1. Анализ работы за прошлый год.",
            "2. Утверждение плана.",
            "Заседание № 2",
            "Дата проведения – 20 ноября.",
            "Место проведения – гимназия № 7.",
            "Ответственный: Орлова Н. В.",
            "Вопросы для обсуждения:",
            "1. Чтение летом",
        )
        assert draft.title == _TITLE
        assert _told(draft) == [
            ("Заседание № 1 «Планирование работы»", "Сентябрь"),
            ("Заседание № 2", "20 ноября."),
        ]
        first, second = draft.activities
        assert (first.number, first.periods) == ("1", (Period.month(2026, 9),))
        assert second.periods == (Period.day(date(2026, 11, 20)),)
        assert (second.venue, second.responsible) == ("гимназия № 7", "Орлова Н. В.")
        assert all(activity.kind is Kind.MEETING for activity in draft.activities)

    @pytest.mark.parametrize(
        ("heading", "title", "when"),
        [
            ("I заседание (август)", "Заседание № I", "август"),
            ("Первое заседание. Март. «Дети и книга»", "Первое заседание «Дети и книга»", "Март"),
            ("Заседание 4 (май 2027 г.): Итоги", "Заседание № 4 «Итоги»", "май 2027 г"),
            ("Заседание РМО", "Заседание РМО «О чтении»", None),
            ("Итоговое заседание", "Итоговое заседание «О чтении»", None),
        ],
    )
    def test_headings(self, heading: str, title: str, when: str | None) -> None:
        theme = [] if when else ["Тема: О чтении"]
        [activity] = _read(_TITLE, heading, *theme, "Повестка").activities
        assert (activity.title, activity.when_text) == (title, when)
        assert _codes(activity) == ([] if when else ["no_when"])

    def test_a_month_is_the_heading_of_a_meeting(self) -> None:
        draft = _read(
            _TITLE,
            "Сентябрь",
            "Тема: «Планирование»",
            "Открытый урок Петровой",
            "Июнь",
            "Итоговое заседание",
            "Состав МО:",
            "1. Иванова А. П. – учитель, 12.05.1980",
            [("Срок", "Мероприятия", "Ответственные"), ("Октябрь", "Конкурс чтецов", "Иванова А. П.")],
        )
        assert _told(draft) == [
            ("Заседание «Планирование»", "Сентябрь"),
            ("Итоговое заседание", "Июнь"),
            ("Конкурс чтецов", "Октябрь"),
        ]

    def test_lines_that_begin_with_a_date(self) -> None:
        draft = _read(
            _TITLE,
            "1.24 ноября. Общешкольная линейка.",
            "2. 25 ноября – семинар библиотекарей",
            "12.12. День чтения",
        )
        assert _told(draft) == [
            ("Общешкольная линейка", "24 ноября"),
            ("семинар библиотекарей", "25 ноября"),
            ("День чтения", "12.12"),
        ]

    def test_lines_that_end_with_a_rhythm(self) -> None:
        draft = _read(_TITLE, "Заседание МО – 1 раз в четверть.", "Совещание – 1 раз в месяц.")
        assert [(one.title, one.recurs) for one in draft.activities] == [
            ("Заседание МО", "1 раз в четверть"),
            ("Совещание", "1 раз в месяц"),
        ]

    def test_tasks_of_a_month(self) -> None:
        draft = _read(_TITLE, "ЗАДАЧИ НА ИЮЛЬ", "Подготовить отчёт", "ЗАДАЧИ НА ИЮНЬ", "- Сбор данных")
        assert [(one.title, one.periods) for one in draft.activities] == [
            ("Подготовить отчёт", (Period.month(2027, 7),)),
            ("Сбор данных", (Period.month(2027, 6),)),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Здравствуйте! 12 ноября. Приходите на встречу.",
            "Заседания проходят по плану, который утверждает директор.",
            "Утверждён 29.08.2026. Протокол № 1",
        ],
    )
    def test_a_letter_is_no_plan(self, text: str) -> None:
        with pytest.raises(DomainError, match="plan_no_table"):
            _read("Письмо", text)


class TestLinesThatGovern:
    """A day or a month over all columns is that of the rows below."""

    def test_a_day_gives_its_hours(self) -> None:
        draft = _read(
            _TITLE,
            [
                ("№", "Мероприятие", "Время", "Место проведения"),
                ["26 августа 2026 г.\nСбор методистов"],
                ("1", "Регистрация", "09.30–10.00", "зал"),
                ("2", "Заседание секций", "", "каб. 2"),
                ["27 августа 2026 г."],
                ("3", "Семинар", "10.00", "зал"),
            ],
        )
        assert [one.periods[0].first_day.day for one in draft.activities] == [26, 26, 27]
        assert [one.periods[0].precision for one in draft.activities] == [
            Precision.TIME,
            Precision.DAY,
            Precision.TIME,
        ]
        assert draft.activities[0].section == "26 августа 2026 г. Сбор методистов"

    def test_a_stage_gives_its_month(self) -> None:
        draft = _read(
            _TITLE,
            [
                ("Перечень мероприятий", "Срок выполнения"),
                ["1 этап (подготовительный)\nавгуст 2026 г.."],
                ("Совещание", "до 25 числа"),
                ["2 этап. Сентябрь 2026 г."],
                ("Сбор данных", ""),
            ],
        )
        assert [one.periods[0].end for one in draft.activities] == [date(2026, 8, 25), date(2026, 9, 30)]


class TestTheYear:
    """The plan's own year, among others that a document names."""

    def test_the_title_s_second_line_and_no_row_of_the_list(self) -> None:
        draft = _read(
            "План работы межшкольного объединения библиотекарей",
            "на 2025 год",
            "I квартал",
            "1. Заседание «Итоги» – 16 января.",
            "2. Составление плана на 2026 год – март.",
        )
        days = [[period.end for period in it.periods] for it in draft.activities]
        assert days == [[date(2025, 1, 16)], [date(2025, 3, 31)]]

    def test_a_report_above_tells_another_year(self) -> None:
        draft = _read(
            "Анализ работы за 2025/2026 учебный год",
            "План работы РМО",
            "на 2026/2027 учебный год",
            [["Мероприятие", "Срок"], ["Семинар", "октябрь"]],
        )
        assert draft.school_year == "2026/2027"
