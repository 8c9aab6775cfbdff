"""A school year of invented people, as the reports read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from domain.full_names import FullName
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Done, Event, Guest, Mark, Mode, Status, Talk, TalkForm, TalkStanding
from domain.reports import Gathering, Note, Participant, PlannedRow, SchoolYear, done_of

ZONE = ZoneInfo("Asia/Novosibirsk")
SUMMER = datetime(2027, 6, 20, tzinfo=UTC)
NOVEMBER = Period.at(date(2026, 11, 18), time(14), time(16))


def an_event(number: int, period: Period = NOVEMBER, **values: object) -> Event:
    """Something that took place, unless told otherwise."""
    event = Event(
        id=number,
        association_id=1,
        title=f"Семинар {number}",
        kind=Kind.SEMINAR,
        gathering=True,
        period=period,
        venue="МБОУ СОШ № 412",
        entrance="",
        bring="",
        mode=Mode.ONSITE,
        link="",
        seats=None,
        responsible="Орлова Н. В.",
        audience="",
        status=Status.HELD,
        reason="",
        starts_at=period.begins_at(ZONE),
        ends_at=period.ends_at(ZONE),
        answers_until=None,
        answer_by=None,
        revision=1,
        schedule_version=1,
        day_version=1,
        announced_at=None,
        told_at=None,
    )
    return replace(event, **values)  # type: ignore[arg-type]


def somebody(number: int, school: str = "", **values: object) -> Participant:
    """A member who has been there since before the year."""
    name = FullName(f"Белова{'а' * (number % 5)}", "Анна", "Павловна")
    schools = (school,) if school else ()
    joined = datetime(2025, 9, 1, tzinfo=UTC)
    return replace(Participant(number, name, school, schools, True, joined), **values)  # type: ignore[arg-type]


def a_gathering(
    event: Event,
    marks: Mapping[int, Mark] | None = None,
    promised: frozenset[int] = frozenset(),
    guests: tuple[Guest, ...] = (),
    **values: object,
) -> Gathering:
    """An event with these marks, as it stands in summer."""
    marked = bool(marks) or any(one.mark for one in guests)
    done = done_of(event, SUMMER, marked=marked)
    return Gathering(event, done, marks or {}, promised, guests, **values)  # type: ignore[arg-type]


def a_row(position: int, event: Event | None, done: Done, **values: object) -> PlannedRow:
    """A row of the plan about an event, or about work without one."""
    title = event.title if event else "Консультации для новых библиотекарей"
    row = PlannedRow(
        position=position,
        section="I. Организационная деятельность",
        number=f"1.{position}",
        title=title,
        when="Ноябрь 2026 г.",
        venue="МБОУ СОШ № 412",
        responsible="Орлова Н.В., руководитель РМО",
        event=event,
        done=done,
        held_on=event.period.end if event and done is Done.HELD else None,
    )
    return replace(row, **values)  # type: ignore[arg-type]


def a_talk(event: Event, speaker: str = "Белова Анна Павловна", theme: str = "Книжные новинки") -> Talk:
    """It stands in the programme."""
    school = "СОШ № 45" if speaker else ""
    return Talk(1, event.id, 1, speaker, school, theme, TalkForm.REPORT, TalkStanding.CONFIRMED)


def a_school_year(
    *gatherings: Gathering,
    people: tuple[Participant, ...] = (),
    schools: tuple[str, ...] = (),
    rows: tuple[PlannedRow, ...] = (),
    notes: Mapping[Note, str] | None = None,
    heads: tuple[str, ...] = ("Н. В. Орлова",),
) -> SchoolYear:
    """2026/2027 of an association."""
    title = "РМО библиотекарей Приозёрного района"
    return SchoolYear("2026/2027", title, heads, rows, gatherings, people, schools, notes or {})
