"""What is asked about a plan, and what answers make of it. Plans and schools are invented."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.period import Period, Precision
from domain.plan_draft import About, ActivityDraft, Kind, PlanDraft, Problem, Said, as_json, from_json
from domain.plan_questions import (
    PASSED,
    Question,
    answered,
    held_apart,
    place_chosen,
    questions_of,
    read_answer,
    remarks_of,
    settled,
    taken_over,
)
from domain.records import Group
from domain.russian_dates import read_when

TODAY = date(2026, 8, 20)
YEAR = "2026/2027"
AUGUST, NOVEMBER = Period.month(2026, 8), Period.month(2026, 11)
HOUR = Period.at(date(2026, 11, 18), time(14))
UNDATED = ActivityDraft("Семинар", "2.1", kind=Kind.SEMINAR, problems=(Problem("no_when", "нет срока"),))
OTHERS = ActivityDraft(
    "Совещание",
    "1.2",
    kind=Kind.COUNCIL,
    periods=(NOVEMBER,),
    audience="Руководители РМО",
    problems=(Problem("audience_others", "1.2 – только для тех, кто назван: «Руководители РМО»?"),),
)


def a_plan(*activities: ActivityDraft, year: str | None = YEAR) -> PlanDraft:
    return PlanDraft(school_year=year, title="План", activities=activities)


def a_row(words: str, number: str = "7", kind: Kind = Kind.SEMINAR, year: int | None = 2026) -> ActivityDraft:
    """A row as the reader understands its words for the date."""
    reading = read_when(words, year)
    problems = tuple(replace(one, text=f"Строка {number}: {one.text}") for one in reading.problems)
    return ActivityDraft(
        "Семинар",
        number,
        kind=kind,
        when_text=words,
        periods=reading.periods,
        year_round=reading.year_round,
        recurs=reading.recurs,
        problems=problems,
    )


def asked(draft: PlanDraft, question_id: str, *groups: Group) -> Question:
    [found] = [one for one in questions_of(draft, TODAY, groups) if one.id == question_id]
    return found


def ids(draft: PlanDraft) -> list[str]:
    return [question.id for question in questions_of(draft, TODAY)]


def choose(draft: PlanDraft, question_id: str, key: str) -> PlanDraft:
    return answered(draft, asked(draft, question_id).choice(key))


def keys(question: Question) -> list[str]:
    return [choice.key for choice in question.choices]


# Dates


def test_a_row_without_a_date_may_be_in_any_month_all_year_or_undated() -> None:
    plan = a_plan(UNDATED)
    months = [f"m{month}" for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)]
    assert keys(asked(plan, "when0")) == [*months, "round", "none"]
    assert settled(choose(plan, "when0", "m3")).activities[0].periods == (Period.month(2027, 3),)
    assert settled(choose(plan, "when0", "round")).activities[0].year_round
    bare = settled(choose(plan, "when0", "none")).activities[0]
    assert (bare.periods, bare.year_round) == ((), False)


def test_the_year_that_contradicts_is_offered_both_ways() -> None:
    plan = a_plan(a_row("26.09.14г"))
    question = asked(plan, "when0")
    assert keys(question)[:2] == ["guess", "other"]
    assert question.choice("guess").periods == (Period.day(date(2026, 9, 26)),)
    assert question.choice("other").periods == (Period.day(date(2014, 9, 26)),)


def test_the_summer_is_offered_before_and_after_the_school_year() -> None:
    question = asked(a_plan(a_row("Июнь – август")), "when0")
    assert question.choice("guess").periods == (Period.months(2026, 6, 2026, 8),)
    assert question.choice("other").periods == (Period.months(2027, 6, 2027, 8),)


def test_what_is_inferred_is_offered_first() -> None:
    row = replace(UNDATED, year_round=True, problems=(Problem("when_inferred", "нет своего срока"),))
    assert keys(asked(a_plan(row), "when0"))[0] == "round"


def test_a_part_that_is_sure_stays_in_the_guess() -> None:
    plan = a_plan(a_row("27 августа, 31 ноября"))
    guess = asked(plan, "when0").choice("guess").periods
    assert guess == (Period.day(date(2026, 8, 27)), Period.day(date(2026, 11, 30)))


def test_what_is_sure_though_misspelt_is_told_and_not_asked() -> None:
    plan = a_plan(a_row("сентбярь"))
    assert [problem.code for problem in remarks_of(plan)] == ["misspelt"]
    assert ids(plan) == []


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("15 ноября в 14.00", (Period.at(date(2026, 11, 15), time(14)),)),
        ("28.08.2026, 10:00–12:00", (Period.at(date(2026, 8, 28), time(10), time(12)),)),
        ("в марте", (Period.month(2027, 3),)),
        ("до 20 мая", (Period.deadline(date(2027, 5, 20)),)),
        ("сентябрь, январь", (Period.month(2026, 9), Period.month(2027, 1))),
    ],
)
def test_another_date_in_words_within_the_plan_s_year(words: str, periods: tuple[Period, ...]) -> None:
    plan = a_plan(UNDATED)
    said = read_answer(plan, asked(plan, "when0"), words)
    assert settled(answered(plan, said)).activities[0].periods == periods


def test_all_year_and_a_rhythm_in_words() -> None:
    plan = a_plan(UNDATED)
    question = asked(plan, "when0")
    assert settled(answered(plan, read_answer(plan, question, "в течение года"))).activities[0].year_round
    rhythm = settled(answered(plan, read_answer(plan, question, "1 раз в четверть"))).activities[0]
    assert (rhythm.recurs, rhythm.lasts) == ("1 раз в четверть", True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("абракадабра", "plan_when_not_understood"),
        ("ноябрь, абракадабра", "plan_when_not_understood"),
        ("31 ноября", "plan_when_doubtful"),
        ("26.09.2014", "plan_when_doubtful"),
        ("ы" * 300, "line_too_long"),
        ("", "plan_when_not_understood"),
    ],
)
def test_words_that_are_no_sure_date_are_refused(words: str, code: str) -> None:
    plan = a_plan(UNDATED)
    with pytest.raises(DomainError) as refused:
        read_answer(plan, asked(plan, "when0"), words)
    assert refused.value.code == code


# The school year


def test_the_year_that_is_not_named_is_asked_first_the_likely_one_first() -> None:
    plan = a_plan(a_row("ноябрь 2024 г.", year=None), a_row("март", "8", year=None), year=None)
    assert ids(plan)[0] == "year"
    question = asked(plan, "year")
    assert keys(question) == ["2024", "2026", "2027"]
    assert keys(asked(plan, "when1")) == ["round", "none"]  # months are of no year yet


def test_months_get_the_year_that_she_names() -> None:
    plan = choose(
        a_plan(a_row("март", year=None), a_row("31 июня", "8", year=None), year=None), "year", "2026"
    )
    settled_plan = settled(plan)
    assert settled_plan.school_year == YEAR
    assert settled_plan.activities[0].periods == (Period.month(2027, 3),)
    assert ids(plan) == ["year", "when1"]
    [problem] = settled_plan.activities[1].problems
    assert problem.text.startswith("Строка 8: «31 июня»")
    assert settled(settled_plan) == settled_plan


@pytest.mark.parametrize("words", ["2026/2027", "2026-2027 уч. год", "на 2026/27 учебный год", "2026"])
def test_a_year_in_words(words: str) -> None:
    plan = a_plan(UNDATED, year=None)
    assert read_answer(plan, asked(plan, "year"), words).said == YEAR


@pytest.mark.parametrize("words", ["", "прошлый", "1926", "12345", "ы" * 5000])
def test_what_is_no_school_year(words: str) -> None:
    plan = a_plan(UNDATED, year=None)
    with pytest.raises(DomainError, match="plan_year_not_understood"):
        read_answer(plan, asked(plan, "year"), words)


# Gatherings, tasks, work


def test_what_has_an_hour_may_be_a_gathering_whatever_it_is_called() -> None:
    plan = a_plan(
        ActivityDraft("Открытие клуба", periods=(HOUR,)), ActivityDraft("Сбор данных", periods=(AUGUST,))
    )
    assert ids(plan) == ["what0"]
    assert not settled(plan).activities[0].gathering
    assert settled(choose(plan, "what0", "gathering")).activities[0].gathering


def test_any_row_can_be_something_else() -> None:
    plan = a_plan(ActivityDraft("Семинар", kind=Kind.SEMINAR, periods=(NOVEMBER,)))
    task = settled(answered(plan, Said(About.WHAT, (0,), "task"))).activities[0]
    assert (task.gathering, task.periods) == (False, (NOVEMBER,))
    work = settled(answered(plan, Said(About.WHAT, (0,), "round"))).activities[0]
    assert (work.gathering, work.periods, work.year_round) == (False, (), True)


def test_work_for_all_the_year_that_becomes_a_gathering_is_asked_for_its_date() -> None:
    plan = answered(a_plan(ActivityDraft("Учёба", year_round=True)), Said(About.WHAT, (0,), "gathering"))
    assert ids(plan) == ["when0"]
    plan = choose(plan, "when0", "m11")
    assert ids(plan) == ["when0"]  # so that she can come back to it
    row = settled(plan).activities[0]
    assert (row.gathering, row.periods, row.year_round) == (True, (NOVEMBER,), False)


def test_what_was_said_last_holds() -> None:
    plan = choose(a_plan(UNDATED), "when0", "m11")
    plan = answered(plan, Said(About.WHAT, (0,), "round"))
    assert settled(plan).activities[0].periods == ()
    plan = choose(plan, "when0", "m3")
    row = settled(plan).activities[0]
    assert (row.periods, row.year_round, row.gathering) == ((Period.month(2027, 3),), False, True)


# Whom a row is for


def test_others_than_everybody_a_group_of_theirs_first() -> None:
    plan = a_plan(OTHERS)
    assert keys(asked(plan, "whom0")) == ["new", "everybody", "guests", "nobody"]
    assert settled(choose(plan, "whom0", "new")).activities[0].invited == "new:Руководители РМО"
    heads, novices = Group(3, "руководители рмо", 5), Group(4, "Новички", 2)
    question = asked(plan, "whom0", novices, heads)
    assert keys(question) == ["g3", "g4", "everybody", "guests", "nobody"]
    assert question.choice("g3").said == "group:3"


def test_guests_beside_everybody() -> None:
    usual = ActivityDraft("Заседание", kind=Kind.MEETING, periods=(AUGUST,), audience="Библиотекари школ")
    guests = replace(
        OTHERS,
        audience="Библиотекари школ, гости",
        problems=(Problem("audience_guests", "1.2 – звать гостей: «гости»?"),),
    )
    plan = a_plan(usual, usual, guests)
    assert keys(asked(plan, "whom2")) == ["everybody", "ours", "guests", "nobody"]
    both, ours = settled(choose(plan, "whom2", "everybody")), settled(choose(plan, "whom2", "ours"))
    assert [one.activities[2].invited for one in (both, ours)] == ["everybody", "everybody"]
    assert ours.activities[2].audience == "Библиотекари школ"
    assert both.activities[2].audience == "Библиотекари школ, гости"


def test_a_group_in_words() -> None:
    plan = a_plan(OTHERS)
    question = asked(plan, "whom0")
    assert read_answer(plan, question, "Наставники", [Group(4, "наставники", 0)]).said == "group:4"
    assert read_answer(plan, question, " Новые  люди ").said == "new:Новые люди"
    with pytest.raises(DomainError, match="line_too_long"):
        read_answer(plan, question, "ы" * 200)


def test_nobody_is_invited_to_a_task() -> None:
    assert ids(answered(a_plan(OTHERS), Said(About.WHAT, (0,), "task"))) == []


# One gathering


def a_meeting(period: Period, venue: str = "Лицей № 12", kind: Kind = Kind.MEETING) -> ActivityDraft:
    return ActivityDraft("Заседание", kind=kind, periods=(period,), venue=venue)


def a_seminar(period: Period, venue: str = "Гимназия") -> ActivityDraft:
    return ActivityDraft("Семинар «Чтение»", kind=Kind.SEMINAR, periods=(period,), venue=venue)


DAY = Period.day(date(2026, 11, 18))


@pytest.mark.parametrize(
    ("rows", "pairs"),
    [
        ((a_meeting(NOVEMBER), a_meeting(NOVEMBER)), ["together0-1"]),
        ((a_meeting(NOVEMBER), a_meeting(NOVEMBER, "лицей №12")), ["together0-1"]),
        ((a_meeting(NOVEMBER), a_meeting(NOVEMBER, "Гимназия")), []),
        ((a_meeting(NOVEMBER, ""), a_meeting(NOVEMBER, "")), []),
        ((a_meeting(NOVEMBER), a_meeting(AUGUST)), []),
        ((a_meeting(NOVEMBER), a_meeting(NOVEMBER, kind=Kind.OTHER)), []),
        ((a_meeting(NOVEMBER, "Онлайн"), a_meeting(NOVEMBER, "Онлайн")), []),
        ((a_meeting(DAY), a_meeting(HOUR, "Гимназия")), ["together0-1"]),
        ((a_meeting(DAY), a_meeting(Period.day(date(2026, 11, 19)))), []),
        ((a_meeting(NOVEMBER), a_meeting(DAY), a_meeting(NOVEMBER)), ["together0-1", "together1-2"]),
        # Which of the two days it belongs to is not known.
        ((a_meeting(NOVEMBER), a_meeting(DAY), a_meeting(Period.day(date(2026, 11, 25)))), []),
        ((a_meeting(NOVEMBER), a_meeting(NOVEMBER), a_meeting(NOVEMBER)), ["together0-1", "together0-2"]),
        # A meeting without a theme and the only other gathering of its month.
        ((a_meeting(NOVEMBER), a_seminar(NOVEMBER), a_seminar(AUGUST)), ["together0-1"]),
        ((a_seminar(HOUR), a_meeting(NOVEMBER)), []),
        ((a_meeting(NOVEMBER), a_seminar(NOVEMBER), a_seminar(NOVEMBER, "ЛИТ")), []),
        ((a_meeting(NOVEMBER), replace(a_seminar(NOVEMBER), invited="guests")), []),
        (
            (a_meeting(NOVEMBER), a_meeting(NOVEMBER), replace(a_seminar(NOVEMBER), audience="ЦБС")),
            ["together0-1"],
        ),
    ],
)
def test_rows_of_one_day_or_of_one_month_and_place(rows: tuple[ActivityDraft, ...], pairs: list[str]) -> None:
    assert ids(a_plan(*rows)) == pairs


def test_she_says_where_it_is() -> None:
    plan = a_plan(a_meeting(NOVEMBER), a_seminar(NOVEMBER))
    question = asked(plan, "together0-1")
    assert [(one.key, one.said.said) for one in question.choices] == [
        ("yes1", "yes:Гимназия"),
        ("yes0", "yes:Лицей № 12"),
        ("no", "no"),
    ]
    there = settled(choose(plan, "together0-1", "yes1"))
    assert (there.together, place_chosen(there, (0, 1))) == (((0, 1),), "Гимназия")
    apart = choose(plan, "together0-1", "no")
    assert settled(apart).together == ()
    assert held_apart(apart, 0) == {1}
    assert asked(apart, "together0-1").given == Said(About.TOGETHER, (0, 1), "no")


def test_online_is_no_place_to_choose() -> None:
    plan = a_plan(a_meeting(NOVEMBER), a_seminar(NOVEMBER, "Онлайн"))
    assert [one.key for one in asked(plan, "together0-1").choices] == ["yes", "no"]


def test_what_she_said_of_two_rows_is_taken_over_in_whatever_order_they_stand() -> None:
    meeting, seminar = a_meeting(NOVEMBER), a_seminar(NOVEMBER)
    for key in ("yes1", "no"):
        before = choose(a_plan(meeting, seminar), "together0-1", key)
        [given] = before.answers
        assert taken_over(a_plan(seminar, meeting), before).answers == (given,)
    moved = replace(seminar, venue="ЛИТ")
    assert taken_over(a_plan(meeting, moved), before).answers == before.answers  # apart, wherever
    there = choose(a_plan(meeting, seminar), "together0-1", "yes1")
    assert taken_over(a_plan(meeting, moved), there).answers == ()


def test_a_row_does_not_go_with_itself() -> None:
    assert ids(a_plan(replace(a_meeting(DAY), periods=(DAY, HOUR)))) == []


def test_accepted_ones_are_one_and_an_answer_may_bring_them_together() -> None:
    plan = a_plan(replace(UNDATED, venue="Лицей № 12"), a_meeting(NOVEMBER))
    assert ids(plan) == ["when0"]
    plan = choose(plan, "when0", "m11")
    assert ids(plan) == ["when0", "together0-1"]
    assert settled(choose(plan, "together0-1", "yes")).together == ((0, 1),)
    assert settled(choose(plan, "together0-1", "no")).together == ()
    with pytest.raises(DomainError, match="plan_answer_by_button"):
        read_answer(plan, asked(plan, "together0-1"), "в декабре")


# Answers


def test_a_passed_question_stays_open_and_changes_nothing() -> None:
    plan = answered(choose(a_plan(UNDATED), "when0", "m11"), Said(About.WHEN, (0,), PASSED))
    assert asked(plan, "when0").open
    assert settled(plan) == a_plan(UNDATED)


def test_an_answer_that_is_not_offered() -> None:
    with pytest.raises(DomainError, match="plan_question_gone"):
        asked(a_plan(UNDATED), "when0").choice("guess")


def test_answers_to_the_same_rows_are_taken_over_by_a_corrected_plan() -> None:
    plan = a_plan(UNDATED, OTHERS, a_meeting(AUGUST), replace(a_meeting(AUGUST), title="Мастер-класс"))
    for question_id, key in (("when0", "m11"), ("whom1", "nobody"), ("together2-3", "yes")):
        plan = choose(plan, question_id, key)
    corrected = a_plan(
        a_meeting(NOVEMBER, "Гимназия"),
        replace(OTHERS, responsible="Орлова Н. В."),
        UNDATED,
        replace(a_meeting(AUGUST), title="Мастер-класс"),
        a_meeting(AUGUST),
    )
    # «Заседание» stands twice by its number, title and words now: it cannot be told which was meant.
    taken = taken_over(corrected, settled(plan))
    assert [(one.about, one.rows, one.said) for one in taken.answers] == [
        (About.WHEN, (2,), "dates"),
        (About.WHOM, (1,), "nobody"),
    ]
    assert settled(taken).activities[2].periods == (NOVEMBER,)


def test_another_doubt_about_the_row_is_asked_anew() -> None:
    plan = choose(a_plan(a_row("31 ноября")), "when0", "guess")
    assert taken_over(a_plan(a_row("31 июня")), plan).answers == ()
    doubted = replace(a_row("31 ноября"), problems=(Problem("no_when", "нет срока"),))
    assert taken_over(a_plan(doubted), plan).answers == ()


def test_answers_of_another_year_are_not_taken_over() -> None:
    plan = choose(a_plan(UNDATED), "when0", "m11")
    assert taken_over(a_plan(UNDATED, year="2027/2028"), plan).answers == ()


def test_the_year_of_the_same_plan_without_one_is_taken_over() -> None:
    plan = choose(choose(a_plan(UNDATED, year=None), "year", "2026"), "when0", "m11")
    assert taken_over(a_plan(UNDATED, year=None), plan) == plan
    assert taken_over(a_plan(UNDATED, year=None), settled(plan)) == plan


rows = st.lists(
    st.sampled_from(
        [
            UNDATED,
            OTHERS,
            a_meeting(NOVEMBER),
            a_meeting(DAY),
            a_meeting(HOUR, "Гимназия"),
            a_row("26.09.14г"),
            a_row("март", year=None),
            a_row("Июнь – август"),
            ActivityDraft("Открытие клуба", periods=(HOUR,)),
            ActivityDraft("Учёба", year_round=True),
        ]
    ),
    max_size=6,
)


@given(rows, st.sampled_from([YEAR, None]), st.data())
def test_whatever_is_answered_the_plan_holds(
    activities: list[ActivityDraft], year: str | None, data: st.DataObject
) -> None:
    """No row is lost, each question has a name of its own, the draft outlives JSON, and the plan by her word
    needs no more than itself."""
    plan = a_plan(*activities, year=year)
    for _ in range(4):
        questions = questions_of(plan, TODAY)
        assert len({one.id for one in questions}) == len(questions)
        if not questions:
            break
        question = data.draw(st.sampled_from(questions))
        plan = answered(plan, data.draw(st.sampled_from(question.choices)).said)
    assert from_json(json.loads(json.dumps(as_json(plan)))) == plan
    done = settled(plan)
    assert [one.title for one in done.activities] == [one.title for one in activities]
    assert settled(done) == done
    assert taken_over(plan, plan) == plan
    assert all(one.precision is not Precision.YEAR for row in done.activities for one in row.periods)


def test_her_words_stand_in_json_only_where_she_said_something() -> None:
    plain = as_json(a_plan(OTHERS))
    assert not {"together", "answers"} & set(plain)
    assert not {"gathers", "invited"} & set(plain["activities"][0])


# Short replies in place of a button


@pytest.mark.parametrize(
    ("plan", "name", "words", "said"),
    [
        (a_plan(UNDATED), "when0", "не знаю", PASSED),
        (a_plan(UNDATED), "when0", "Пропустить", PASSED),
        (a_plan(UNDATED), "when0", "Без срока.", "none"),
        (a_plan(a_row("26.09.14г")), "when0", "Да", "dates"),
        (a_plan(OTHERS), "whom0", "Не знаю…", PASSED),
        (a_plan(OTHERS), "whom0", "да", "new:Руководители РМО"),
        (a_plan(OTHERS), "whom0", "всех", "everybody"),
        (a_plan(OTHERS), "whom0", "Наших", "everybody"),
        (a_plan(OTHERS), "whom0", "никого", "nobody"),
        (a_plan(OTHERS), "whom0", "только гостей", "guests"),
        (a_plan(a_meeting(DAY), a_meeting(DAY)), "together0-1", "Да!", "yes"),
        (a_plan(a_meeting(DAY), a_meeting(DAY)), "together0-1", "провести вместе", "yes"),
        (a_plan(a_meeting(DAY), a_meeting(DAY)), "together0-1", "нет", "no"),
        (a_plan(ActivityDraft("Открытие клуба", periods=(HOUR,))), "what0", "весь год", "round"),
    ],
)
def test_a_short_reply_is_the_button_that_it_names(plan: PlanDraft, name: str, words: str, said: str) -> None:
    assert read_answer(plan, asked(plan, name), words).said == said


def test_guests_are_asked_about_with_yes_and_no() -> None:
    problem = Problem("audience_guests", "5.1 – звать гостей: «библиотекари ЦБС»?")
    plan = a_plan(replace(OTHERS, audience="РМО, библиотекари ЦБС", problems=(problem,)))
    replies = {
        words: read_answer(plan, asked(plan, "whom0"), words).said for words in ("да", "нет", "не звать")
    }
    assert replies == {"да": "everybody", "нет": "ours", "не звать": "ours"}


@pytest.mark.parametrize("words", ["да", "нет", "Да, конечно"])
def test_a_yes_among_many_dates_asks_which(words: str) -> None:
    plan = a_plan(UNDATED)
    with pytest.raises(DomainError, match="plan_which_date"):
        read_answer(plan, asked(plan, "when0"), words)


@pytest.mark.parametrize(
    ("plan", "name", "words"),
    [
        (a_plan(UNDATED), "when0", "никого"),
        (a_plan(UNDATED, year=None), "year", "да"),
        (a_plan(OTHERS), "whom0", "нет"),
        (a_plan(OTHERS), "whom0", "весь год"),
        (a_plan(OTHERS), "whom0", "А кто это?"),
        (a_plan(OTHERS), "whom0", "12"),
        (a_plan(a_meeting(NOVEMBER), a_seminar(NOVEMBER)), "together0-1", "да"),
    ],
)
def test_a_short_reply_that_names_no_button_makes_no_group_and_no_date(
    plan: PlanDraft, name: str, words: str
) -> None:
    with pytest.raises(DomainError, match="plan_answer_by_button"):
        read_answer(plan, asked(plan, name), words)
