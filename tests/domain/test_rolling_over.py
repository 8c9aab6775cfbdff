"""Last year's plan as the draft of the next."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import Period, Precision
from domain.plan_draft import ActivityDraft, Kind, Place, PlanDraft, Problem, SkippedRow, school_year_of
from domain.plan_questions import questions_of, remarks_of
from domain.rolling_over import LEFT_YEAR, rolled_over
from domain.russian_dates import read_when
from tests.domain.test_for_plans import dated, deadlines


def moved(*periods: Period, **values: object) -> ActivityDraft:
    """A row of 2026/2027, in the next year."""
    row = ActivityDraft(title="Семинар", number="1.1", periods=periods, **values)  # type: ignore[arg-type]
    [found] = rolled_over(PlanDraft("2026/2027", activities=(row,)), 2027).activities
    return found


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Period.month(2026, 11), Period.month(2027, 11), "Ноябрь 2027 г."),
        (Period.month(2027, 3), Period.month(2028, 3), "Март 2028 г."),
        (Period.at(date(2026, 11, 18), time(14)), Period.month(2027, 11), "Ноябрь 2027 г."),
        (Period.weeks(date(2026, 11, 9), date(2026, 11, 15)), Period.month(2027, 11), "Ноябрь 2027 г."),
        (
            Period.days(date(2026, 12, 28), date(2027, 1, 10)),
            Period.months(2027, 12, 2028, 1),
            "Декабрь 2027 г. – январь 2028 г.",
        ),
        (
            Period.deadline(date(2026, 9, 15)),
            Period.deadline(date(2027, 9, 15)),
            "До 15 сентября 2027 г.",
        ),
    ],
)
def test_months_keep_their_place_and_days_become_months(before: Period, after: Period, words: str) -> None:
    row = moved(before, when_text="как было")
    assert (row.periods, row.when_text) == ((after,), words)


def test_a_deadline_on_a_day_that_the_year_lacks() -> None:
    leap = PlanDraft(
        "2027/2028", activities=(ActivityDraft("Сбор", periods=(Period.deadline(date(2028, 2, 29)),)),)
    )
    [row] = rolled_over(leap, 2028).activities
    assert row.periods == (Period.deadline(date(2029, 2, 28)),)


@given(st.lists(st.one_of(dated, deadlines), min_size=1, max_size=4))
def test_every_date_lies_in_the_new_year_and_is_what_the_words_say(periods: list[Period]) -> None:
    row = moved(*periods)
    assert {school_year_of(one.first_day) for one in row.periods} == {"2027/2028"}
    assert not any(one.day_known or one.precision is Precision.WEEKS for one in row.periods)
    if len(row.periods) == 1:
        assert read_when(row.when_text or "", 2027).periods == row.periods


def test_people_and_places_stay() -> None:
    row = moved(
        Period.month(2026, 11), venue="Лицей № 12", responsible="Орлова Н.В.", audience="Все", outcome="Итоги"
    )
    assert (row.venue, row.responsible, row.audience, row.outcome) == (
        "Лицей № 12",
        "Орлова Н.В.",
        "Все",
        "Итоги",
    )
    assert row.problems == ()


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("Итоги 2026/2027 учебного года", "Итоги 2027/2028 учебного года"),
        ("Итоги 2026/27 учебного года", "Итоги 2027/28 учебного года"),
        ("План на 2026 – 2027 год", "План на 2027 – 2028 год"),
    ],
)
def test_the_school_year_in_a_title_is_moved_on(title: str, after: str) -> None:
    plan = PlanDraft("2026/2027", title, (("Тема", title),), (ActivityDraft(title),))
    found = rolled_over(plan, 2027)
    assert (found.school_year, found.title, found.preamble) == ("2027/2028", after, (("Тема", after),))
    assert (found.activities[0].title, found.activities[0].problems) == (after, ())


@pytest.mark.parametrize(
    "title",
    ["Семинар к 80-летию Победы", "Итоги 2026 года", "Проект 2025/2026 года", "Концерт: нам 75 лет"],
)
def test_other_years_stay_and_are_asked_about(title: str) -> None:
    [row] = rolled_over(PlanDraft("2026/2027", activities=(ActivityDraft(title, "5.1"),)), 2027).activities
    assert row.title == title
    [asked] = row.problems
    assert asked.code == LEFT_YEAR
    assert asked.text.startswith("Строка 5.1: «")


def test_of_other_years_she_is_told_and_asked_no_date() -> None:
    row = ActivityDraft("Итоги 2026 года", "5.1", Kind.SEMINAR, periods=(Period.month(2026, 9),))
    plan = rolled_over(PlanDraft("2026/2027", activities=(row,)), 2027)
    assert [problem.code for problem in remarks_of(plan)] == [LEFT_YEAR]
    assert questions_of(plan, date(2027, 8, 1)) == ()


def test_what_was_not_clear_is_still_asked() -> None:
    doubt = Problem(
        "year_conflict", "«15.09.2027»: не из 2026/27 учебного года.", (Period.day(date(2026, 9, 15)),)
    )
    row = moved(when_text="15.09.2027", problems=(doubt,))
    assert row.when_text == "15.09.2028"
    assert row.problems == (
        Problem("year_conflict", "«15.09.2028»: не из 2027/28 учебного года.", (Period.month(2027, 9),)),
    )


def test_remarks_about_words_that_are_written_anew_are_dropped() -> None:
    slip, others = Problem("misspelt", "«нояюрь»"), Problem("audience_others", "для всех?")
    assert moved(Period.month(2026, 11), problems=(slip, others)).problems == (others,)


def test_rows_of_dashes_keep_their_place() -> None:
    dashes = SkippedRow("2.4", "Анализ", "empty", Place(3, "II. Итоги 2026/2027 года"))
    [row] = rolled_over(PlanDraft("2026/2027", skipped=(dashes,)), 2027).skipped
    assert row == SkippedRow("2.4", "Анализ", "empty", Place(3, "II. Итоги 2027/2028 года"))


def test_a_plan_without_a_year() -> None:
    with pytest.raises(ValueError, match="without a year"):
        rolled_over(PlanDraft(), 2027)
