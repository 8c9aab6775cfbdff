"""The draft as JSON and back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plan_draft import (
    About,
    ActivityDraft,
    Kind,
    Place,
    PlanDraft,
    Problem,
    Said,
    SkippedRow,
    as_json,
    first_year_of,
    from_json,
    school_year_label,
    school_year_of,
    short_school_year,
)
from tests.domain.test_period import periods

words = st.text(max_size=12)
maybe = st.none() | words
problems = st.lists(
    st.builds(Problem, words, words, st.lists(periods(), max_size=2).map(tuple)), max_size=2
).map(tuple)
activities = st.builds(
    ActivityDraft,
    title=words,
    number=maybe,
    section=maybe,
    subsection=maybe,
    heading=maybe,
    kind=st.sampled_from(Kind),
    audience=maybe,
    when_text=maybe,
    periods=st.lists(periods(), max_size=3).map(tuple),
    year_round=st.booleans(),
    recurs=maybe,
    venue=maybe,
    responsible=maybe,
    outcome=maybe,
    problems=problems,
    gathers=st.none() | st.booleans(),
    invited=maybe,
)
said = st.builds(
    Said,
    st.sampled_from(About),
    st.lists(st.integers(0, 9), max_size=2).map(tuple),
    words,
    st.lists(periods(), max_size=2).map(tuple),
)
drafts = st.builds(
    PlanDraft,
    school_year=maybe,
    title=words,
    preamble=st.dictionaries(words, words, max_size=3).map(lambda it: tuple(it.items())),
    activities=st.lists(activities, max_size=3).map(tuple),
    skipped=st.lists(
        st.builds(
            SkippedRow, maybe, words, words, st.none() | st.builds(Place, st.integers(0, 9), maybe, maybe)
        ),
        max_size=2,
    ).map(tuple),
    problems=problems,
    together=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
    answers=st.lists(said, max_size=2).map(tuple),
)


@given(drafts)
def test_json_gives_the_same_draft_back(draft: PlanDraft) -> None:
    assert from_json(json.loads(json.dumps(as_json(draft)))) == draft


def test_the_keys_are_those_of_the_contract() -> None:
    said = as_json(
        PlanDraft(
            activities=(ActivityDraft("Семинар", problems=(Problem("no_when", "нет срока"),)),),
            skipped=(SkippedRow("2.4", "Анализ", "empty"),),
        )
    )
    assert list(said) == ["school_year", "title", "preamble", "activities", "skipped", "problems"]
    assert list(said["activities"][0]) == [
        "number",
        "section",
        "subsection",
        "heading",
        "title",
        "kind",
        "audience",
        "when_text",
        "periods",
        "year_round",
        "recurs",
        "venue",
        "responsible",
        "outcome",
        "problems",
    ]
    assert said["activities"][0]["problems"] == [{"code": "no_when", "text": "нет срока"}]
    assert said["skipped"] == [{"number": "2.4", "title": "Анализ", "reason": "empty"}]


@pytest.mark.parametrize(
    ("kind", "gathering"),
    [(Kind.MEETING, True), (Kind.CONTEST, True), (Kind.COUNCIL, True), (Kind.OTHER, False)],
)
def test_what_people_come_to(kind: Kind, gathering: bool) -> None:
    assert ActivityDraft("…", kind=kind).gathering is gathering


@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2026, 7, 31), "2025/2026"), (date(2026, 8, 1), "2026/2027"), (date(2027, 1, 1), "2026/2027")],
)
def test_august_opens_the_school_year(day: date, label: str) -> None:
    assert school_year_of(day) == label


def test_labels() -> None:
    assert school_year_label(2021) == "2021/2022"
    assert short_school_year("2021/2022") == "2021/22"
    assert short_school_year("1999/2000") == "1999/00"
    assert first_year_of("2021/22") == 2021
    with pytest.raises(ValueError, match="invalid literal"):
        first_year_of("весна")
