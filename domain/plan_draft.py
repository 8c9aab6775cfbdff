"""What was understood of a plan, before anything is stored: the draft, and its form as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from domain.period import Period, Precision

# The associations' year begins with the August meetings.
FIRST_MONTH = 8


class Kind(StrEnum):
    """What sort of thing a row of a plan is."""

    MEETING = "meeting"  # заседание
    SEMINAR = "seminar"
    WORKSHOP = "workshop"  # мастер-класс
    COUNCIL = "council"  # совещание
    CONTEST = "contest"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person has to look at.

    `code` names it for the program, `text` says it in Russian. `guess` is the likeliest reading of a
    doubtful date: it is offered, never taken. Without a guess the problem is a remark, or a bare question.
    """

    code: str
    text: str
    guess: tuple[Period, ...] = ()


class About(StrEnum):
    """What the coordinator says of a plan that was read."""

    YEAR = "year"  # its school year
    WHEN = "when"  # the dates of a row
    WHAT = "what"  # whether a row is a gathering, a task, or work for all the year
    WHOM = "whom"  # whom a row is for
    TOGETHER = "together"  # whether two rows are one gathering


@dataclass(frozen=True, slots=True)
class Said:
    """What the coordinator said of a plan, or of some of its rows by their places among the activities.

    `said` is a word of domain.plan_questions; empty where she passed the question. `periods` are the dates
    that she named.
    """

    about: About
    rows: tuple[int, ...] = ()
    said: str = ""
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """A row of the plan as it was understood. `periods` hold only what the words say for certain.

    The coordinator's word is `gathers`, whether people come together for it, and `invited`, whom it is for:
    «everybody», «guests», «nobody», «group:7», or «new:…» for a group of that name which is made when the
    plan is stored. None where she did not say.
    """

    title: str
    number: str | None = None
    section: str | None = None
    subsection: str | None = None
    heading: str | None = None
    kind: Kind = Kind.OTHER
    audience: str | None = None
    when_text: str | None = None
    periods: tuple[Period, ...] = ()
    year_round: bool = False
    recurs: str | None = None
    venue: str | None = None
    responsible: str | None = None
    outcome: str | None = None
    problems: tuple[Problem, ...] = ()
    gathers: bool | None = None
    invited: str | None = None

    @property
    def gathering(self) -> bool:
        """Whether people come together for it; the rest is a task or work."""
        return self.kind is not Kind.OTHER if self.gathers is None else self.gathers

    @property
    def dates(self) -> list[Period]:
        """The periods that make something happen; work for all the year has none."""
        return [period for period in self.periods if period.precision is not Precision.YEAR]

    @property
    def lasts(self) -> bool:
        """Whether it is work that goes on, or comes back, all the year round."""
        return self.year_round or self.recurs is not None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row without an activity stands among the plan's rows: after so many activities, under which
    headings."""

    after: int
    section: str | None = None
    subsection: str | None = None


AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that holds no activity, and why: «empty» where the author put dashes, «agenda» for what is talked
    about at the meeting above it; a whole table that is no plan: «members», «approval», «not_a_plan». Without
    a place it stands outside of the plan's rows."""

    number: str | None
    title: str
    reason: str
    place: Place | None = None

    @property
    def is_row(self) -> bool:
        """Whether it is a row of the plan, and no table beside it."""
        return self.reason == "empty"


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan as it was understood. `preamble` keeps the title table's rows in their order.

    `answers` are what the coordinator said of it so far; `together` the rows that are one gathering by her
    word, by their places among the activities.
    """

    school_year: str | None = None
    title: str = ""
    preamble: tuple[tuple[str, str], ...] = ()
    activities: tuple[ActivityDraft, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    answers: tuple[Said, ...] = ()


def usual_audience(draft: PlanDraft) -> str:
    """The audience that most rows name; empty where none is named."""
    named = Counter(activity.audience for activity in draft.activities if activity.audience)
    return named.most_common(1)[0][0] if named else ""


def school_year_label(first_year: int) -> str:
    """2021 → «2021/2022»."""
    return f"{first_year}/{first_year + 1}"


def school_year_of(day: date) -> str:
    """The label of the school year that a day belongs to; August opens the new one."""
    return school_year_label(day.year if day.month >= FIRST_MONTH else day.year - 1)


def first_year_of(label: str) -> int:
    """«2021/2022» or «2021/22» → 2021. Raises ValueError for anything else."""
    first, _, _ = label.partition("/")
    return int(first)


def short_school_year(label: str) -> str:
    """«2021/2022» → «2021/22», the form used in sentences."""
    first = first_year_of(label)
    return f"{first}/{(first + 1) % 100:02}"


def as_json(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain JSON values, in the form of `plan read --json` and what is remembered beside it.

    A problem carries the key `guess`, a skipped row the key `place`, only where there is one; what the
    coordinator said has keys only where she said something.
    """
    data: dict[str, Any] = {
        "school_year": draft.school_year,
        "title": draft.title,
        "preamble": dict(draft.preamble),
        "activities": [_activity_as_json(activity) for activity in draft.activities],
        "skipped": [_skipped_as_json(row) for row in draft.skipped],
        "problems": [_problem_as_json(problem) for problem in draft.problems],
    }
    if draft.together:
        data["together"] = [list(rows) for rows in draft.together]
    if draft.answers:
        data["answers"] = [_said_as_json(said) for said in draft.answers]
    return data


def as_read(draft: PlanDraft) -> dict[str, Any]:
    """The draft as `plan read --json` prints it, to the letter: without what only our own writer asks for."""
    return as_json(replace(draft, skipped=tuple(replace(row, place=None) for row in draft.skipped)))


def from_json(data: Mapping[str, Any]) -> PlanDraft:
    """The draft that `as_json` wrote. Raises KeyError, TypeError or ValueError for what it never writes."""
    return PlanDraft(
        school_year=data["school_year"],
        title=data["title"],
        preamble=tuple(data["preamble"].items()),
        activities=tuple(_activity_from_json(activity) for activity in data["activities"]),
        skipped=tuple(_skipped_from_json(row) for row in data["skipped"]),
        problems=_problems_from_json(data["problems"]),
        together=tuple(tuple(rows) for rows in data.get("together", ())),
        answers=tuple(_said_from_json(said) for said in data.get("answers", ())),
    )


def period_as_json(period: Period) -> dict[str, str | None]:
    """A period as plain JSON values: ISO dates, clock times as HH:MM."""
    return {
        "precision": period.precision.value,
        "start": None if period.start is None else period.start.isoformat(),
        "end": period.end.isoformat(),
        "start_time": None if period.start_time is None else period.start_time.isoformat("minutes"),
        "end_time": None if period.end_time is None else period.end_time.isoformat("minutes"),
    }


def period_from_json(data: Mapping[str, str | None]) -> Period:
    """The period that `period_as_json` wrote. Raises KeyError or ValueError for anything else."""
    start, end = data["start"], data["end"]
    start_time, end_time = data["start_time"], data["end_time"]
    if end is None:
        raise ValueError("a period has a last day")
    return Period(
        Precision(data["precision"] or ""),
        None if start is None else date.fromisoformat(start),
        date.fromisoformat(end),
        None if start_time is None else time.fromisoformat(start_time),
        None if end_time is None else time.fromisoformat(end_time),
    )


def _activity_as_json(activity: ActivityDraft) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": activity.number,
        "section": activity.section,
        "subsection": activity.subsection,
        "heading": activity.heading,
        "title": activity.title,
        "kind": activity.kind.value,
        "audience": activity.audience,
        "when_text": activity.when_text,
        "periods": [period_as_json(period) for period in activity.periods],
        "year_round": activity.year_round,
        "recurs": activity.recurs,
        "venue": activity.venue,
        "responsible": activity.responsible,
        "outcome": activity.outcome,
        "problems": [_problem_as_json(problem) for problem in activity.problems],
    }
    if activity.gathers is not None:
        data["gathers"] = activity.gathers
    if activity.invited is not None:
        data["invited"] = activity.invited
    return data


def _activity_from_json(data: Mapping[str, Any]) -> ActivityDraft:
    return ActivityDraft(
        number=data["number"],
        section=data["section"],
        subsection=data["subsection"],
        heading=data["heading"],
        title=data["title"],
        kind=Kind(data["kind"]),
        audience=data["audience"],
        when_text=data["when_text"],
        periods=tuple(period_from_json(period) for period in data["periods"]),
        year_round=data["year_round"],
        recurs=data["recurs"],
        venue=data["venue"],
        responsible=data["responsible"],
        outcome=data["outcome"],
        problems=_problems_from_json(data["problems"]),
        gathers=data.get("gathers"),
        invited=data.get("invited"),
    )


def _skipped_as_json(row: SkippedRow) -> dict[str, Any]:
    said: dict[str, Any] = {"number": row.number, "title": row.title, "reason": row.reason}
    if row.place is not None:
        said["place"] = {
            "after": row.place.after,
            "section": row.place.section,
            "subsection": row.place.subsection,
        }
    return said


def _skipped_from_json(data: Mapping[str, Any]) -> SkippedRow:
    place = Place(**data["place"]) if "place" in data else None
    return SkippedRow(data["number"], data["title"], data["reason"], place)


def _said_as_json(said: Said) -> dict[str, Any]:
    data: dict[str, Any] = {"about": said.about.value, "rows": list(said.rows), "said": said.said}
    if said.periods:
        data["periods"] = [period_as_json(period) for period in said.periods]
    return data


def _said_from_json(data: Mapping[str, Any]) -> Said:
    periods = tuple(period_from_json(period) for period in data.get("periods", ()))
    return Said(About(data["about"]), tuple(data["rows"]), data["said"], periods)


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    said: dict[str, Any] = {"code": problem.code, "text": problem.text}
    if problem.guess:
        said["guess"] = [period_as_json(period) for period in problem.guess]
    return said


def _problems_from_json(data: list[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            item["code"],
            item["text"],
            tuple(period_from_json(period) for period in item.get("guess", ())),
        )
        for item in data
    )
