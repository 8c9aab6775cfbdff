"""The plan as it stands, written and read back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.example_plan import write_example_plan
from documents.plan_file import write_plan
from documents.plan_reader import read_plan
from documents.year_report import write_fulfilled_plan
from domain.period import Period
from domain.plan_draft import ActivityDraft, Place, PlanDraft, SkippedRow
from domain.records import Done, Event, Mode, Status
from domain.reports import PlannedRow, SchoolYear
from domain.rolling_over import rolled_over
from domain.russian_dates import words_for
from tests.documents.test_year import rows_of
from tests.domain.test_for_plans import dated, deadlines, one_after_the_other
from tests.school_year import a_gathering, a_row, a_school_year, an_event

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
TITLE = "План работы РМО библиотекарей на 2026/2027 учебный год"
COLUMNS = "№|Мероприятия|Участники|Сроки проведения|Место проведения|Ответственные|Ожидаемые результаты"


def as_stored(draft: PlanDraft) -> SchoolYear:
    """A draft as the reports read it once it is saved: an event for each of its dates."""
    rows = []
    for position, one in enumerate(draft.activities):
        row = PlannedRow(
            position=position,
            section=one.section or "",
            number=one.number or "",
            title=one.title,
            when=one.when_text or "",
            venue=one.venue or "",
            responsible=one.responsible or "",
            event=None,
            done=Done.YEAR_ROUND,
            held_on=None,
            subsection=one.subsection or "",
            heading=one.heading or "",
            audience=one.audience or "",
            outcome=one.outcome or "",
            year_round=one.year_round,
            recurs=one.recurs or "",
        )
        events = [_event(position * 100 + at, one, period) for at, period in enumerate(one.periods)]
        rows += [replace(row, event=event, done=Done.AHEAD) for event in events] or [row]
    year = a_school_year(rows=tuple(rows))
    label = draft.school_year or "2026/2027"
    return replace(year, label=label, title=draft.title, preamble=draft.preamble, skipped=draft.skipped)


def _event(number: int, one: ActivityDraft, period: Period) -> Event:
    return an_event(
        number,
        period,
        title=one.title,
        venue=one.venue or "",
        responsible=one.responsible or "",
        status=Status.PLANNED,
    )


def gist(draft: PlanDraft) -> tuple[object, ...]:
    """What a plan says, without how its dates were put and what was asked about."""
    rows = [
        (
            (one.section, one.subsection, one.number, one.heading, one.title, one.periods, one.year_round),
            (one.recurs, one.audience, one.venue, one.responsible, one.outcome),
        )
        for one in draft.activities
    ]
    return draft.school_year, draft.title, draft.preamble, rows, draft.skipped


def read_again(year: SchoolYear) -> PlanDraft:
    return read_plan(write_plan(year), "план.docx")


_words = st.lists(
    st.sampled_from("Семинар чтение библиотека практика обзор книжных новинок РМО № 12 и формы".split()),
    min_size=1,
    max_size=4,
).map(lambda words: " ".join(["Работа", *words]))
_maybe = st.none() | _words


@st.composite
def drafts(draw: st.DrawFn) -> PlanDraft:
    """A plan as the reader understands it: sections in order, numbers within them, dates of every kind."""
    activities: list[ActivityDraft] = []
    skipped: list[SkippedRow] = []
    source = st.lists(dated, min_size=1, max_size=3).map(one_after_the_other) | deadlines.map(
        lambda one: [one]
    )
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        section = f"{'I' * chapter}. {draw(_words)}"
        subsection = draw(st.none() | _words.map(lambda words: f"«{words}»"))
        for number in range(1, draw(st.integers(1, 4)) + 1):
            if draw(st.booleans()):
                place = Place(len(activities), section, subsection)
                skipped.append(SkippedRow(f"{chapter}.{number}", draw(_words), "empty", place))
            periods = tuple(draw(source)) if draw(st.booleans()) else ()
            now = words_for(periods) or "В течение года"
            activities.append(
                ActivityDraft(
                    title=draw(_words),
                    number=f"{chapter}.{number}",
                    section=section,
                    subsection=subsection,
                    heading=draw(_maybe),
                    audience=draw(_maybe),
                    when_text=draw(st.sampled_from([now, "Когда назовут"])) if periods else now,
                    periods=periods,
                    year_round=not periods,
                    venue=draw(_maybe),
                    responsible=draw(_maybe),
                    outcome=draw(_maybe),
                )
            )
    preamble = {
        f"{key}: тема": value for key, value in draw(st.dictionaries(_words, _words, max_size=2)).items()
    }
    return PlanDraft("2026/2027", TITLE, tuple(preamble.items()), tuple(activities), tuple(skipped))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_a_plan_is_read_back_as_it_was(draft: PlanDraft) -> None:
    assert gist(read_again(as_stored(draft))) == gist(draft)


def test_the_example_plan_is_read_back_as_it_was() -> None:
    draft = read_plan(write_example_plan(2026), "план.docx")
    again = read_again(as_stored(draft))
    assert gist(again) == gist(draft)
    assert [one.when_text for one in again.activities] == [one.when_text for one in draft.activities]


def test_a_plan_that_was_carried_over_comes_out_like_any_other() -> None:
    draft = rolled_over(read_plan(write_example_plan(2026), "план.docx"), 2027)
    assert draft.title.endswith("на 2027/2028 учебный год")
    assert gist(read_again(as_stored(draft))) == gist(draft)


@pytest.mark.plans
@pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans of ../shared are not here")
@pytest.mark.parametrize("name", ["kirov-2021-22.docx", "kirov-2021-22.txt"])
def test_the_real_plan_is_read_back_as_it_was(name: str) -> None:
    draft = read_plan((PLANS / name).read_bytes(), name)
    assert gist(read_again(as_stored(draft))) == gist(draft)


def a_year() -> SchoolYear:
    """Meetings on three dates, a seminar, work all the year, a row of dashes, a meeting beyond the plan."""
    meetings = [
        an_event(
            1, Period.at(date(2026, 8, 27), time(10), time(12)), title="Заседания", status=Status.PLANNED
        ),
        an_event(2, Period.month(2026, 11), title="Заседания", status=Status.PLANNED),
        an_event(3, Period.month(2027, 3), title="Заседания", status=Status.CANCELLED),
    ]
    seminar = an_event(
        4, Period.at(date(2026, 12, 9), time(14)), title="Семинар о чтении", venue="Лицей № 12",
        responsible="Белова М. И.", status=Status.PLANNED,
    )  # fmt: skip
    beyond = an_event(
        5, Period.day(date(2027, 2, 3)), title="Экскурсия", venue="Музей", status=Status.PLANNED
    )
    off = an_event(6, Period.day(date(2027, 2, 4)), title="Лишнее", status=Status.CANCELLED)
    said = {"when": "Август 2026 г., ноябрь 2026 г., март 2027 г."}
    rows = (
        *(a_row(0, one, Done.AHEAD, title="Заседания", **said) for one in meetings),
        a_row(1, seminar, Done.AHEAD, title="Семинар", when="Декабрь 2026 г."),
        a_row(2, None, Done.YEAR_ROUND, section="II. Кадры", when="В течение года", year_round=True),
    )
    year = a_school_year(*(a_gathering(one) for one in (*meetings, seminar, beyond, off)), rows=rows)
    dashes = read_plan(write_example_plan(2026), "план.docx").skipped[0]
    assert dashes.place is not None
    place = replace(dashes.place, after=2, section="I. Организационная деятельность")
    return replace(year, title=TITLE, skipped=(replace(dashes, place=place),))


def test_years_that_stay_in_one_piece_are_read_back() -> None:
    title = "Отчёт за 2025-2026 учебный год – сдать"
    row = a_row(1, None, Done.AHEAD, title=title, when="В течение года", year_round=True)
    assert [one.title for one in read_again(a_school_year(rows=(row,))).activities] == [title]


def test_days_and_places_are_those_that_stand_now() -> None:
    said = rows_of(write_plan(a_year()))
    where, who = "МБОУ СОШ № 412", "Орлова Н.В., руководитель РМО"
    days = "27 августа 2026 г., 10:00–12:00; ноябрь 2026 г.; март 2027 г. (отменено)"
    assert said == [
        COLUMNS.replace("|Участники", "").replace("|Ожидаемые результаты", ""),
        "I. Организационная деятельность",
        f"1.0|Заседания|{days}|{where}|{who}",
        "1.1|Семинар о чтении|9 декабря 2026 г., 14:00|Лицей № 12|Белова М. И.",
        "2.4|Анализ анкет читателей|–",
        "II. Кадры",
        f"1.2|Консультации для новых библиотекарей|В течение года|{where}|{who}",
        "Сверх плана",
        "|Экскурсия|3 февраля 2027 г.|Музей|Орлова Н. В.",
        "Руководитель\t______________ Н. В. Орлова",
    ]


def test_a_year_made_by_hand() -> None:
    online = an_event(
        1, Period.at(date(2026, 11, 18), time(14)), title="Вебинар", venue="", mode=Mode.ONLINE,
        status=Status.PLANNED,
    )  # fmt: skip
    seminar = an_event(2, Period.month(2027, 3), title="Семинар о чтении", status=Status.PLANNED)
    again = read_again(a_school_year(a_gathering(online), a_gathering(seminar)))
    assert again.title == "План работы РМО библиотекарей Приозёрного района на 2026/2027 учебный год"
    assert [(one.number, one.title, one.periods, one.venue) for one in again.activities] == [
        ("1", "Вебинар", (online.period,), "онлайн"),
        ("2", "Семинар о чтении", (seminar.period,), "МБОУ СОШ № 412"),
    ]


def test_online_is_said_in_the_plans_own_words() -> None:
    online = an_event(1, Period.month(2026, 11), venue="", mode=Mode.ONLINE, status=Status.PLANNED)
    for planned, said in (("Дистанционно (Zoom)", "Дистанционно (Zoom)"), ("Лицей № 12", "онлайн")):
        row = a_row(0, online, Done.AHEAD, venue=planned, when="Ноябрь 2026 г.")
        [again] = read_again(a_school_year(a_gathering(online), rows=(row,))).activities
        assert again.venue == said


def test_what_stands_beside_a_number_is_written_once() -> None:
    """The cell beside several rows is one, as in the plan that was read."""
    draft = read_plan(write_example_plan(2026), "план.docx")
    document = docx.Document(io.BytesIO(write_plan(as_stored(draft))))
    [*_, table] = document.tables
    texts = [row.cells[0].text for row in table.rows]
    assert texts.count("4.1. Работа над качеством библиотечных занятий") == 2  # one cell, seen twice
    marks = table._tbl.xpath("./w:tr/w:tc[1]/w:tcPr/w:vMerge")
    assert len(marks) == 2
    assert document.sections[0].page_width > document.sections[0].page_height


def test_an_hour_of_one_day_is_no_other_days() -> None:
    """A day without an hour beside one that has it, in either order."""
    first, second = Period.day(date(2026, 11, 18)), Period.at(date(2026, 12, 9), time(14))
    for periods in (
        (first, second),
        (Period.at(date(2026, 11, 18), time(10)), Period.day(date(2026, 12, 9))),
    ):
        row = ActivityDraft("Семинар о чтении", "1.1", "I. Встречи", when_text="Ноябрь", periods=periods)
        [again] = read_again(as_stored(PlanDraft("2026/2027", TITLE, activities=(row,)))).activities
        assert again.periods == periods


def test_the_marked_plan_has_the_rows_of_dashes_too_and_says_what_became_of_tasks() -> None:
    task = an_event(7, Period.deadline(date(2026, 11, 20)), gathering=False, status=Status.PLANNED)
    year = a_year()
    rows = (*year.rows, a_row(3, task, Done.UNMARKED, section="II. Кадры"))
    rows += (a_row(4, None, Done.YEAR_ROUND, section="II. Кадры", recurs="1 раз в четверть"),)
    said = rows_of(write_fulfilled_plan(replace(year, rows=rows, tasks={7: (5, 8)})))
    marks = [row.rpartition("|")[2] for row in said]
    assert said[4].startswith("2.4|Анализ анкет читателей|–")
    assert marks[6:9] == [
        "в течение года – __________",
        "до 20.11.2026 – выполнено: 5 из 8",
        "1 раз в четверть – __________",
    ]
