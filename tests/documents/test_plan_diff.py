"""A corrected plan against the one that stands: which rows are the same, what differs, what is taken."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from documents.plan_diff import Difference, Field, compare, merge, pair_periods
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, Problem

AUGUST, NOVEMBER, DECEMBER = Period.month(2026, 8), Period.month(2026, 11), Period.month(2026, 12)
JANUARY, MARCH, MAY = Period.month(2027, 1), Period.month(2027, 3), Period.month(2027, 5)
DAY = Period.at(date(2026, 11, 18), time(14))
YEAR = Period.year(date(2026, 8, 1), date(2027, 6, 30))

TITLES = (
    "Заседание РМО «Планирование работы на новый учебный год»",
    "Семинар «Правовые основы работы школьной библиотеки»",
    "Мастер-класс «Электронный каталог без страха»",
    "Сбор данных о фондах учебников",
    "Консультации для начинающих педагогов-библиотекарей",
    "Круглый стол о чтении подростков",
    "Районный конкурс «Читающая школа»",
    "Изучение нормативных документов",
    "Отчёт о подписке на периодические издания",
    "Неделя детской книги",
)


def a_row(title: str, *periods: Period, number: str | None = None, **more: object) -> ActivityDraft:
    row = ActivityDraft(
        title=title,
        number=number,
        section="I. Работа",
        kind=Kind.SEMINAR,
        when_text=", ".join(f"{period.first_day:%m.%Y}" for period in periods),
        periods=periods,
        venue="Лицей № 12",
        responsible="Орлова Н. В.",
    )
    return replace(row, **more)  # type: ignore[arg-type]


def a_plan(*rows: ActivityDraft) -> PlanDraft:
    return PlanDraft(school_year="2026/2027", title="План", activities=rows)


def differences(stored: PlanDraft, new: PlanDraft) -> list[tuple[object, ...]]:
    return [
        (one.field.value, one.old, one.new, one.before, one.after) for one in compare(stored, new).differences
    ]


LAW = a_row(TITLES[1], NOVEMBER, number="1.1")
CATALOGUE = a_row(TITLES[2], DECEMBER, number="1.2")


# Which rows are the same


def test_a_row_put_in_renumbers_the_rest():
    """And is the only one that is new."""
    new = a_plan(LAW, a_row(TITLES[5], JANUARY, number="1.2"), replace(CATALOGUE, number="1.3"))
    diff = compare(a_plan(LAW, CATALOGUE), new)
    assert (diff.added, diff.changed, diff.missing) == (1, 1, 0)
    assert differences(a_plan(LAW, CATALOGUE), new) == [
        ("row", None, 1, None, TITLES[5]),
        ("number", 1, 2, "1.2", "1.3"),
    ]


def test_swapped_rows_are_not_another_s():
    """Each keeps its dates; the numbers go with the places."""
    new = a_plan(replace(CATALOGUE, number="1.1"), replace(LAW, number="1.2"))
    assert differences(a_plan(LAW, CATALOGUE), new) == [
        ("number", 1, 0, "1.2", "1.1"),
        ("number", 0, 1, "1.1", "1.2"),
    ]


def test_rows_of_one_title_are_told_by_their_dates():
    """A third one among them is the new one, whatever the numbers say."""
    meetings = [a_row("Заседание РМО", month, number=str(n)) for n, month in enumerate((AUGUST, MARCH), 1)]
    new = a_plan(meetings[0], a_row("Заседание РМО", JANUARY, number="2"), replace(meetings[1], number="3"))
    assert differences(a_plan(*meetings), new) == [
        ("row", None, 1, None, "Заседание РМО"),
        ("number", 1, 2, "2", "3"),
    ]


def test_rows_of_one_title_and_number_may_change_their_date():
    """There is no other one that it could be."""
    meetings = [a_row("Заседание РМО", month, number=str(n)) for n, month in enumerate((AUGUST, MARCH), 1)]
    moved = replace(meetings[1], periods=(MAY,), when_text="05.2027")
    assert differences(a_plan(*meetings), a_plan(meetings[0], moved)) == [("period", 1, 1, MARCH, MAY)]


def test_numbered_meetings_are_not_one_another():
    """«№ 1» and «№ 5» are near in letters, and two things."""
    new = a_plan(a_row("Заседание № 5", MAY, number="5"))
    diff = compare(a_plan(a_row("Заседание № 1", AUGUST, number="1")), new)
    assert (diff.added, diff.missing) == (1, 1)


def test_a_title_written_anew_where_all_else_stands():
    """Is the same row; with another place it is another row: nobody's answer goes over to it."""
    new = a_row("Квест", NOVEMBER, number="1.1")
    assert differences(a_plan(LAW), a_plan(new)) == [("title", 0, 0, LAW.title, "Квест")]
    elsewhere = compare(a_plan(LAW), a_plan(replace(new, venue="Гимназия № 21")))
    assert (elsewhere.added, elsewhere.missing) == (1, 1)


def test_a_row_split_in_two():
    """One of them is what it was, the other one is new."""
    both = a_row("Семинар и мастер-класс о читательских клубах", NOVEMBER, number="3")
    new = a_plan(
        a_row("Семинар о читательских клубах", NOVEMBER, number="3"),
        a_row("Мастер-класс о читательских клубах", NOVEMBER, number="4"),
    )
    diff = compare(a_plan(both), new)
    assert (diff.added, diff.changed, diff.missing) == (1, 1, 0)


def test_a_row_of_several_dates_becomes_several_rows():
    """Each date goes to its own row, and back again."""
    one = a_plan(a_row("Заседания РМО", AUGUST, NOVEMBER, MARCH, number="1"))
    months = (AUGUST, NOVEMBER, MARCH)
    three = a_plan(*(a_row(f"Заседание РМО № {n}", one, number=str(n)) for n, one in enumerate(months, 1)))
    assert differences(one, three) == [
        ("title", 0, 0, "Заседания РМО", "Заседание РМО № 1"),
        ("parted", 0, 1, NOVEMBER, "Заседание РМО № 2"),
        ("parted", 0, 2, MARCH, "Заседание РМО № 3"),
    ]
    assert differences(three, one) == [
        ("title", 0, 0, "Заседание РМО № 1", "Заседания РМО"),
        ("united", 1, 0, "Заседание РМО № 2", NOVEMBER),
        ("united", 2, 0, "Заседание РМО № 3", MARCH),
    ]
    diff = compare(one, three)
    [_, november, _] = diff.differences
    merged = merge(one, three, diff, [november])
    assert [(row.title, row.periods) for row in merged.draft.activities] == [
        ("Заседания РМО", (AUGUST, MARCH)),
        ("Заседание РМО № 2", (NOVEMBER,)),
    ]
    assert (merged.origins, merged.places) == ((0, None), (0, 1))


def test_each_field_says_what_stood_there_before():
    """Spaces aside; the same words of the same dates are no difference."""
    new = replace(
        LAW,
        number="1.3",
        section="II. Семинары",
        title=f"{LAW.title} и музея",
        kind=Kind.WORKSHOP,
        audience="Все желающие",
        when_text="НОЯБРЬ  2026",
        venue="Лицей  № 12",
        responsible=None,
        outcome="Памятка",
    )
    assert differences(a_plan(LAW), a_plan(new)) == [
        ("number", 0, 0, "1.1", "1.3"),
        ("title", 0, 0, LAW.title, new.title),
        ("kind", 0, 0, "seminar", "workshop"),
        ("audience", 0, 0, "", "Все желающие"),
        ("responsible", 0, 0, "Орлова Н. В.", ""),
        ("outcome", 0, 0, "", "Памятка"),
        ("section", 0, 0, "I. Работа", "II. Семинары"),
    ]


# Dates


@pytest.mark.parametrize(
    ("before", "after", "paired"),
    [
        ([AUGUST, NOVEMBER, MARCH], [AUGUST, DECEMBER, MARCH], [(NOVEMBER, DECEMBER)]),
        ([AUGUST, MARCH], [AUGUST, JANUARY, MARCH], [(None, JANUARY)]),
        ([AUGUST, NOVEMBER, MARCH], [MARCH, AUGUST], [(NOVEMBER, None)]),
        ([NOVEMBER, MAY], [DAY, MAY], [(NOVEMBER, DAY)]),
        ([AUGUST, NOVEMBER, MAY], [DECEMBER, MARCH], [(AUGUST, None), (NOVEMBER, DECEMBER), (MAY, MARCH)]),
        ([], [MAY, MAY], [(None, MAY), (None, MAY)]),
    ],
)
def test_each_date_becomes_the_nearest(before, after, paired):
    assert pair_periods(before, after, gathering=True) == paired


def test_a_deadline_is_no_gathering():
    """Of a task it is only another date."""
    deadline = Period.deadline(date(2026, 11, 20))
    assert pair_periods([NOVEMBER], [deadline], gathering=True) == [(NOVEMBER, None), (None, deadline)]
    assert pair_periods([NOVEMBER], [deadline], gathering=False) == [(NOVEMBER, deadline)]


def test_words_without_a_date():
    """Other words differ; the same ones keep what the coordinator said of them."""
    vague = a_row(TITLES[4], number="2", when_text="по согласованию")
    assert differences(a_plan(vague), a_plan(replace(vague, when_text="после каникул"))) == [
        ("when", 0, 0, "по согласованию", "после каникул")
    ]
    answered = replace(vague, periods=(MAY,))
    asked = replace(vague, problems=(Problem("date_unclear", "«по согласованию»?"),))
    diff = compare(a_plan(answered), a_plan(asked))
    assert diff.differences == ()
    assert merge(a_plan(answered), a_plan(asked), diff, []).draft.activities[0].periods == (MAY,)


def test_work_for_all_the_year_has_no_dates():
    """It becomes a meeting, or the other way round: both sides are said."""
    work = a_row(TITLES[4], YEAR, number="2", year_round=True, when_text="в течение года")
    meeting = a_row(TITLES[4], MAY, number="2")
    assert work.dates == []
    assert differences(a_plan(work), a_plan(meeting)) == [
        ("period", 0, 0, None, MAY),
        ("when", 0, 0, "в течение года", "05.2027"),
    ]


# Taking and leaving


def test_what_is_left_stays_as_it_was():
    """Dates one by one, and a row that the new file lacks after the one that it stood after."""
    stored = a_plan(LAW, replace(CATALOGUE, periods=(NOVEMBER, MARCH)), a_row(TITLES[5], MAY))
    new = a_plan(a_row(TITLES[6], MAY), a_row(TITLES[5], MAY), replace(LAW, venue="Школа № 3", number="7"))
    diff = compare(stored, new)
    taken = [one for one in diff.differences if one.field is Field.VENUE]
    merged = merge(stored, new, diff, taken)
    assert merged.origins == (2, 0, 1)
    assert merged.draft.activities == (
        stored.activities[2],
        replace(LAW, venue="Школа № 3"),
        stored.activities[1],
    )


def test_one_date_is_taken_and_another_left():
    """The row has both as she said."""
    row = a_row(TITLES[0], AUGUST, NOVEMBER, number="1")
    new = replace(row, periods=(AUGUST, DECEMBER, MAY), when_text="08, 12, 05")
    diff = compare(a_plan(row), a_plan(new))
    [moved, added] = diff.differences
    [left] = merge(a_plan(row), a_plan(new), diff, [added]).draft.activities
    assert left.periods == (AUGUST, NOVEMBER, MAY)
    assert left.when_text == row.when_text
    [whole] = merge(a_plan(row), a_plan(new), diff, [moved, added]).draft.activities
    assert whole == new


# Whatever the plan is


def test_the_titles_below_are_no_one_another():
    """So that a slip of the pen in one does not make it another."""
    assert all(fuzz.ratio(one, other) < 70 for one, other in itertools.combinations(TITLES, 2))


periods = st.lists(
    st.sampled_from([AUGUST, NOVEMBER, DECEMBER, JANUARY, MARCH, MAY, DAY, YEAR]), max_size=3, unique=True
)
numbers = st.sampled_from([None, "1", "1.1", "1.2", "2", "3.1"])
rows = st.builds(
    lambda title, when, number, venue, audience, section: replace(
        a_row(title, *when, number=number), venue=venue, audience=audience, section=section
    ),
    st.sampled_from([*TITLES, TITLES[0][:-1], f"{TITLES[1]} и музея", "Заседание № 1", "Заседание № 2"]),
    periods,
    numbers,
    st.sampled_from([None, "", "Лицей № 12", "Гимназия № 21"]),
    st.sampled_from([None, "Все", "Новички"]),
    st.sampled_from([None, "I", "II"]),
)
plans = st.lists(rows, max_size=7).map(lambda made: a_plan(*made))
# Every title once, as in most plans.
tidy_plans = st.lists(rows, max_size=7, unique_by=lambda row: row.title).map(
    lambda made: a_plan(*(row for row in made if row.title in TITLES))
)


@given(plans)
def test_a_plan_differs_in_nothing_from_itself(plan: PlanDraft) -> None:
    assert compare(plan, plan).differences == ()
    assert merge(plan, plan, compare(plan, plan), []).draft == plan


@given(plans, st.randoms(use_true_random=False))
def test_the_order_alone_is_no_difference(plan: PlanDraft, random) -> None:
    rows_anew = list(plan.activities)
    random.shuffle(rows_anew)
    assert compare(plan, a_plan(*rows_anew)).differences == ()


@given(tidy_plans, st.randoms(use_true_random=False))
def test_renumbered_moved_and_mistyped_rows_are_found(plan: PlanDraft, random) -> None:
    rows_anew = [
        replace(row, number=str(at), title=_mistyped(row.title, random.randrange(3, len(row.title))))
        for at, row in enumerate(plan.activities, start=1)
    ]
    random.shuffle(rows_anew)
    diff = compare(plan, a_plan(*rows_anew))
    assert (diff.added, diff.missing) == (0, 0)
    assert len(diff.pairs) == len(plan.activities)


def _mistyped(title: str, at: int) -> str:
    return title[:at] + title[at + 1 :]


@given(plans, plans)
def test_taking_everything_leaves_no_difference(stored: PlanDraft, new: PlanDraft) -> None:
    diff = compare(stored, new)
    merged = merge(stored, new, diff, diff.differences)
    assert compare(merged.draft, new).differences == ()
    assert len(merged.origins) == len(merged.draft.activities) == len(new.activities)


@given(plans, plans)
def test_leaving_everything_changes_nothing(stored: PlanDraft, new: PlanDraft) -> None:
    merged = merge(stored, new, compare(stored, new), [])
    assert sorted(at for at in merged.origins if at is not None) == list(range(len(stored.activities)))
    assert compare(stored, merged.draft).differences == ()


@given(plans, plans, st.data())
def test_every_row_has_one_partner_at_most(stored: PlanDraft, new: PlanDraft, data: st.DataObject) -> None:
    """And what was taken is no difference any more: no row is lost, none is there twice."""
    diff = compare(stored, new)
    assert len({i for i, _ in diff.pairs}) == len({j for _, j in diff.pairs}) == len(diff.pairs)
    taken: list[Difference] = [one for one in diff.differences if data.draw(st.booleans())]
    merged = merge(stored, new, diff, taken)
    added = {one.new for one in taken if one.old is None or one.field is Field.PARTED}
    gone = {one.old for one in taken if one.new is None or one.field is Field.UNITED}
    assert len(merged.draft.activities) == len(stored.activities) + len(added) - len(gone)
