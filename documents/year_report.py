"""The papers of a school year: the plan with the mark of its fulfilment, and the analysis of the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from documents.office import Paper
from documents.plan_file import BEYOND, Line, dashes, number_of, plan_lines, put_table, signed_by
from domain.period import Period, Precision
from domain.places import in_words
from domain.plan_draft import Kind, SkippedRow
from domain.quotes import within_quotes
from domain.records import Done, Status, TalkForm
from domain.reports import Gathering, Note, PlannedRow, SchoolYear, coverage

FORMS = {
    TalkForm.REPORT: "доклад",
    TalkForm.WORKSHOP: "мастер-класс",
    TalkForm.EXPERIENCE: "обмен опытом",
    TalkForm.REVIEW: "обзор",
    TalkForm.OTHER: "выступление",
}
KINDS = {
    Kind.MEETING: "заседание",
    Kind.SEMINAR: "семинар",
    Kind.WORKSHOP: "мастер-класс",
    Kind.COUNCIL: "совещание",
    Kind.CONTEST: "конкурс",
    Kind.OTHER: "другое",
}
_MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
_MARK = "Отметка о выполнении"
_UNKNOWN = "__________"
_NONE = "–"


def write_fulfilled_plan(year: SchoolYear) -> bytes:
    """The plan's own table with one more column: when each row was held, how many were there, what came of it
    in the head's words, or why it was not. What nobody said stays a blank, to be filled in by hand. As .docx,
    across."""
    paper = Paper(across=True)
    _title(paper, year, "План работы с отметкой о выполнении")
    gatherings = {one.event.id: one for one in year.gatherings}
    rows = [_cells(line, gatherings, year.tasks) for line in plan_lines(year)]
    if year.beyond:
        rows.append(BEYOND)
        for one in year.beyond:
            event, period = one.event, day_or_month(one.event.period)
            where = (in_words(event), event.responsible, "", _of_gathering(one, None))
            rows.append(["", _called(one), event.audience, period, *where])
    put_table(paper, rows, year, _MARK)
    return paper.content()


def _cells(
    line: Line, gatherings: Mapping[int, Gathering], tasks: Mapping[int, tuple[int, int]]
) -> Sequence[str] | str:
    if isinstance(line, str):
        return line
    if isinstance(line, SkippedRow):
        return [*dashes(line), _NONE]
    row = line[0]
    marks = [_mark(one, gatherings.get(one.event.id) if one.event else None, tasks) for one in line]
    said = "; ".join(filter(None, marks))
    if row.result:  # it says what the blank was for
        said = ". ".join(filter(None, (said.removesuffix(f" – {_UNKNOWN}"), row.result)))
    where = (row.venue, row.responsible, row.outcome, said)
    groups = {gatherings[it.event.id].group for it in line if it.event and it.event.id in gatherings}
    return [number_of(row), row.title, _for_whom(row.audience, groups), row.when, *where]


def _for_whom(audience: str, groups: set[str]) -> str:
    """The plan's words, and the group that alone was invited where they do not name it."""
    [group] = groups if len(groups) == 1 else [""]
    if not group or group.casefold() in audience.casefold():
        return audience
    return f"{audience} (группа «{group}»)" if audience else f"Группа «{group}»"


def write_analysis(year: SchoolYear) -> bytes:
    """«Анализ работы»: aims, theme, members, what was held of what was planned, themes and forms, the schools
    that were seen, who shared experience, tasks for the next year. What the head leaves out is not there. As
    .docx."""
    paper = Paper()
    _title(paper, year, "Анализ работы")
    _words(paper, "Цели", year.notes.get(Note.AIMS, ""))
    _words(paper, "Тема", year.notes.get(Note.THEME, ""))
    listed = [one for one in year.people if one.listed]
    heads = [f"Руководитель: {', '.join(year.heads)}"] if year.heads else []
    _words(paper, "Состав", f"В объединении человек: {len(listed)}.", *heads)
    held, meetings = [f"{_held_of(year.gatherings)}."], year.of_kind(Kind.MEETING)
    if meetings and len(meetings) < len(year.gatherings):
        held.append(f"Из них заседания: {_held_of(meetings)}.")
    _words(paper, "Проведено встреч", *held)
    if year.held:
        _heading(paper, "Темы и формы")
        rows = [
            [
                str(number),
                day_or_month(one.event.period),
                _called(one),
                KINDS[one.event.kind],
                str(one.there) if one.rolled else _UNKNOWN,
            ]
            for number, one in enumerate(year.held, 1)
        ]
        paper.table(("№", "Дата", "Тема", "Форма", "Присутствовали"), rows, (1, 2.8, 6.6, 2.8, 3.8))
    seen = coverage(year)
    if seen.called and seen.schools:
        _words(paper, "Охват школ", f"Представлены школы: {seen.seen} из {len(seen.schools)}.")
    spoke = [
        f"{_speaker(talk.speaker, talk.organisation)} – «{within_quotes(talk.theme)}» – {FORMS[talk.form]}"
        for one in year.held
        for talk in one.talks
    ]
    if spoke:
        _heading(paper, "Делились опытом")
        paper.points([f"{one}." for one in spoke])
    _words(paper, "Задачи на следующий год", year.notes.get(Note.TASKS, ""))
    paper.signature(*signed_by(year))
    return paper.content()


def day_or_month(period: Period) -> str:
    """«18.11.2026», «18.11.2026–20.11.2026», «ноябрь 2026», «до 20.11.2026»."""
    if period.precision is Precision.DEADLINE:
        return f"до {_day(period.end)}"
    if period.day_to_be_named:
        first, last = (f"{_MONTHS[day.month - 1]} {day.year}" for day in (period.first_day, period.end))
        return first if first == last else f"{first} – {last}"
    first, last = _day(period.first_day), _day(period.end)
    return first if first == last else f"{first}–{last}"


def _mark(row: PlannedRow, gathering: Gathering | None, tasks: Mapping[int, tuple[int, int]]) -> str:
    """How far a row is fulfilled."""
    if row.event is None:
        if row.result:
            return ""
        return " – ".join(filter(None, ("в течение года" if row.year_round else row.recurs, _UNKNOWN)))
    if gathering is not None:
        return _of_gathering(gathering, row)
    when = day_or_month(row.event.period)
    if row.done is Done.NOT_HELD:
        return f"{when} – не выполнено{_because(row.event.reason)}"
    done, named = tasks.get(row.event.id, (0, 0))
    if named:
        return f"{when} – выполнено: {done} из {named}"
    return when if row.done is Done.AHEAD else f"{when} – {_UNKNOWN}"


def _of_gathering(gathering: Gathering, row: PlannedRow | None) -> str:
    event, done = gathering.event, gathering.done
    when = day_or_month(event.period)
    if done is Done.HELD and row is not None and row.done is Done.NOT_HELD:
        return f"{when} – не проведено"  # held without this row
    match done:
        case Done.HELD:
            day = _day(row.held_on) if row is not None and row.held_on else when
            number = f", протокол № {gathering.protocol}" if gathering.protocol is not None else ""
            there = gathering.there if gathering.rolled else _UNKNOWN
            return f"{day} – проведено, присутствовали: {there}{number}"
        case Done.NOT_HELD:
            word = "отменено" if event.status is Status.CANCELLED else "не состоялось"
            return f"{when} – {word}{_because(event.reason)}"
        case Done.AHEAD:
            return f"запланировано: {when}"
        case _:
            return f"{when} – {_UNKNOWN}"


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _held_of(gatherings: Sequence[Gathering]) -> str:
    """«5 из 5 – 100%»."""
    held = sum(one.held for one in gatherings)
    return f"{held} из {len(gatherings)} – {share(held / len(gatherings))}" if gatherings else "0 из 0"


def share(part: float | None) -> str:
    """«86%»; a dash for what is not known."""
    return _NONE if part is None else f"{part:.0%}"


def _speaker(name: str, organisation: str) -> str:
    name = name or "Без имени"  # she had everything about herself erased
    return f"{name} ({organisation})" if organisation else name


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _called(one: Gathering) -> str:
    """What it was, and for which group."""
    return f"{one.event.title} (группа «{one.group}»)" if one.group else one.event.title


def _title(paper: Paper, year: SchoolYear, title: str) -> None:
    paper.line(title, to="centre", bold=True)
    if year.association:
        paper.line(year.association, to="centre")
    paper.line(f"{year.label} учебный год", to="centre")
    paper.line()


def _heading(paper: Paper, text: str) -> None:
    paper.line(text, bold=True, keep=True, above=6)


def _words(paper: Paper, heading: str, *texts: str) -> None:
    """A heading and paragraphs, one for each line; nothing where there are no words."""
    if any(texts):
        _heading(paper, heading)
        for line in "\n".join(texts).splitlines():
            paper.text(line)
