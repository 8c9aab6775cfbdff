"""The reports of a school year: what they are made of, the head's own words, somebody's own portfolio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from actions.checking import known_event
from actions.overseeing import overseen, school_year
from documents.apart import write_apart
from domain.errors import DomainError
from domain.people import tidy_line, tidy_lines
from domain.period import Period
from domain.plan_draft import PlanDraft, first_year_of, from_json, school_year_label
from domain.records import Actor, Association, Done, Event, Mark, Talk
from domain.reports import (
    Appearance,
    Coverage,
    Gathering,
    Missing,
    Note,
    PlannedRow,
    Portfolio,
    SchoolYear,
    coverage,
    done_of,
    first_day_of,
    is_written_up,
    missing,
    offered_notes,
    row_key,
)
from domain.talks import spoken
from storage.unit_of_work import AssociationRows, UnitOfWork

NOTE_STEP = "year_note"
RESULT_STEP = "row_result"
LONGEST_NOTE = 2_000
LONGEST_RESULT = 500
# Beside her words lie those before them, to be brought back.
_BEFORE = "_before"
# And the ids of the meetings of which she said that there were no talks.
_WITHOUT_TALKS = "without_talks"
# No button names a school year before this one.
_EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Overview:
    """«Отчёты»: which year is shown, which others there are, and what its reports still lack (None while it
    is too early to ask)."""

    label: str
    earlier: str | None
    later: str | None
    lacks: list[Missing] | None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the analysis: the head's own (empty: left out; None: not written), and what the plan
    offers in their place."""

    label: str
    own: Mapping[Note, str | None]
    offered: Mapping[Note, str]

    @property
    def written(self) -> dict[Note, str]:
        """What the analysis says, or leaves out; nothing of what neither she nor the plan knows."""
        said = {note: text for note, text in self.own.items() if text is not None}
        return {**self.offered, **said}


def time_to_write_up(home: Association, now: datetime) -> bool:
    """Whether an association's year is being written up: then «Отчёты» are «Итоги года», and come first."""
    set_up = bool(home.title and home.school_year)
    return set_up and is_written_up(school_year(home, now), now.astimezone(home.zone).date())


async def overview(
    uow: UnitOfWork, actor: Actor, first_year: int | None, now: datetime, *, association_id: int | None = None
) -> tuple[Association, Overview]:
    """«Отчёты» of the year that begins in `first_year`; of the present one for None, and for one that is
    neither the present nor the last. Of an association that she oversees where it is named: then nothing is
    asked of her. Raises DomainError `not_overseen`."""
    async with uow.reading() as rows:
        home = actor.home if association_id is None else await overseen(rows, actor, association_id)
        label = _chosen(home, first_year, now)
        lacks = None
        if association_id is None and is_written_up(label, now.astimezone(home.zone).date()):
            ours = rows.association(home.id)
            lacks = missing(await read_year(ours, home, label, now))
    present = school_year(home, now)
    before = first_year_of(present) - 1
    last = school_year_label(before) if before >= _EARLIEST else None
    return home, Overview(
        label, last if label == present else None, present if label == last else None, lacks
    )


async def report(
    uow: UnitOfWork,
    actor: Actor,
    first_year: int,
    now: datetime,
    write: Callable[[SchoolYear], bytes],
    *,
    association_id: int | None = None,
) -> tuple[bytes, SchoolYear]:
    """A report of a year, written by one of the writers of `documents` in a process of its own, and what it
    was made of. Raises DomainError `not_overseen`, `nothing_to_report` where there is neither a plan nor a
    gathering, and what `documents.apart` raises."""
    async with uow.reading() as rows:
        home = actor.home if association_id is None else await overseen(rows, actor, association_id)
        label = _chosen(home, first_year, now)
        year = await read_year(rows.association(home.id), home, label, now)
    if not year.rows and not year.gatherings:
        raise DomainError("nothing_to_report", label=label)
    return await write_apart(write, year), year


async def plan_as_it_stands(
    uow: UnitOfWork, actor: Actor, first_year: int, now: datetime, write: Callable[[SchoolYear], bytes]
) -> tuple[bytes, SchoolYear]:
    """The plan of the year that begins in `first_year` with its days and places as they are now, written as
    `report` has it. Raises DomainError `nothing_to_report`, and what `documents.apart` raises."""
    label = school_year_label(first_year)
    async with uow.reading() as rows:
        year = await read_year(rows.association(actor.home.id), actor.home, label, now)
    if not year.rows and not year.beyond:
        raise DomainError("nothing_to_report", label=label)
    return await write_apart(write, year), year


async def pictures(
    uow: UnitOfWork,
    actor: Actor,
    first_year: int,
    now: datetime,
    *draw: Callable[[SchoolYear], bytes],
) -> tuple[list[bytes], SchoolYear, Coverage]:
    """Pictures of a year, drawn by writers of `documents` likewise. Raises DomainError `nobody_marked_yet`
    where nothing was called over."""
    year, seen = await _covered(uow, actor, first_year, now)
    if not year.rolled:
        raise DomainError("nobody_marked_yet", label=year.label)
    return [await write_apart(one, year) for one in draw], year, seen


async def covered(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> tuple[str, Coverage]:
    """«Охват школ»: the year that is shown, and which schools were seen in it."""
    year, seen = await _covered(uow, actor, first_year, now)
    return year.label, seen


async def words(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> Words:
    """The words of the analysis."""
    async with uow.reading() as rows:
        label = _chosen(actor.home, first_year, now)
        return await _words(rows.association(actor.home.id), label)


async def ask_note(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """What she writes next is this of the analysis; returns what there is."""
    async with uow as rows:
        label = _chosen(actor.home, first_year, now)
        found = await _words(rows.association(actor.home.id), label)
        await rows.people.wait_for(actor.person_id, NOTE_STEP, note=note, year=first_year_of(label))
        await uow.commit()
    return found


async def write_note(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Words, Note]:
    """Stores what she wrote of the analysis. Raises DomainError `line_empty`, `line_too_long`,
    `report_left` where nothing was asked."""
    asked = actor.asked(NOTE_STEP)
    if "note" not in asked:
        raise DomainError("report_left")
    note, first_year = Note(str(asked["note"])), int(str(asked["year"]))
    text = tidy_lines(text, LONGEST_NOTE)
    return await _keep(uow, actor, first_year, note, text, now), note


async def leave_out(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """The analysis does without this."""
    return await _keep(uow, actor, first_year, note, "", now)


async def bring_back(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """What stood there before the last change stands there again, and the other way round."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = _chosen(actor.home, first_year, now)
        await _swap(ours, actor, label, note, "year_note", now)
        found = await _words(ours, label)
        await uow.commit()
    return found


async def say_talks(
    uow: UnitOfWork, actor: Actor, first_year: int, event_id: int, now: datetime, *, none: bool | None
) -> Event:
    """«Докладов не было» of a meeting (`none`), or that taken back; None only asks. Then its reports lack
    them no more. Raises DomainError `event_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        label = _chosen(actor.home, first_year, now)
        notes = await ours.reports.notes(label)
        without = _without_talks(notes)
        if none is not None and none != (event_id in without):
            now_without = without | {event_id} if none else without - {event_id}
            said = " ".join(map(str, sorted(now_without)))
            await ours.reports.keep_notes(label, {**notes, _WITHOUT_TALKS: said}, now)
            kind = "talks_none" if none else "talks_asked"
            await ours.journal.write(kind, {"event": event_id}, actor.person_id, now)
        await uow.commit()
    return event


def _without_talks(notes: Mapping[str, str]) -> frozenset[int]:
    return frozenset(map(int, notes.get(_WITHOUT_TALKS, "").split()))


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of a year's plan, each once, with what came of them in the head's words."""

    label: str
    rows: Sequence[PlannedRow]

    def row(self, activity: int) -> PlannedRow:
        """One of them. Raises DomainError `row_gone`."""
        found = next((one for one in self.rows if one.activity == activity), None)
        if found is None:
            raise DomainError("row_gone")
        return found


async def results(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> Results:
    """«План с отметкой»: the rows and their results."""
    async with uow.reading() as rows:
        return await _results(rows.association(actor.home.id), _chosen(actor.home, first_year, now), now)


async def ask_result(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, now: datetime
) -> tuple[str, PlannedRow]:
    """What she writes next is what came of a row; returns the year and the row. Raises DomainError
    `row_gone`."""
    async with uow as rows:
        label = _chosen(actor.home, first_year, now)
        row = (await _results(rows.association(actor.home.id), label, now)).row(activity)
        asked = {"activity": activity, "year": first_year_of(label)}
        await rows.people.wait_for(actor.person_id, RESULT_STEP, **asked)
        await uow.commit()
    return label, row


async def write_result(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Results, int]:
    """Stores what she wrote of a row; returns its id too. Raises DomainError `line_empty`, `line_too_long`,
    `row_gone`, `report_left` where nothing was asked."""
    asked = actor.asked(RESULT_STEP)
    if "activity" not in asked:
        raise DomainError("report_left")
    activity, first_year = int(str(asked["activity"])), int(str(asked["year"]))
    text = tidy_line(text, LONGEST_RESULT)
    return await set_result(uow, actor, first_year, activity, text, now), activity


async def set_result(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, text: str, now: datetime
) -> Results:
    """What came of a row; empty: nothing is said of it. Raises DomainError `row_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = _chosen(actor.home, first_year, now)
        row = (await _results(ours, label, now)).row(activity)
        await _note_down(ours, actor, label, row_key(row.activity), text, "row_result", now)
        found = await _results(ours, label, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def result_back(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, now: datetime
) -> Results:
    """What stood at a row before the last change stands there again, and the other way round. Raises
    DomainError `row_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = _chosen(actor.home, first_year, now)
        row = (await _results(ours, label, now)).row(activity)
        await _swap(ours, actor, label, row_key(row.activity), "row_result", now)
        found = await _results(ours, label, now)
        await uow.commit()
    return found


async def portfolio(
    uow: UnitOfWork, actor: Actor, write: Callable[[Portfolio], bytes], now: datetime
) -> tuple[bytes, Portfolio]:
    """What she herself was at, spoke of and presented in her association, as a document. Raises DomainError
    `portfolio_empty`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        marks = {event: one.mark for event, one in await ours.attendance.of_person(actor.person_id)}
        talks = await ours.talks.many(await ours.reports.talks_of(actor.person_id))
        hosted = await ours.reports.hosted_by(actor.person_id)
        events = await ours.events.many({*marks, *hosted, *(one.event_id for one in talks.values())})
        heads = await ours.members.coordinators()
        head = await ours.roster.get(next(iter(heads))) if len(heads) == 1 else None
    made = Portfolio(
        name=actor.name.full if actor.name else "",
        school=actor.school or "",
        association=actor.home.title,
        head=head.name.signing if head else "",
        appearances=_appearances(events, marks, list(talks.values()), hosted, now),
    )
    if not made.appearances:
        raise DomainError("portfolio_empty")
    return await write_apart(write, made), made


def _appearances(
    events: Mapping[int, Event],
    marks: Mapping[int, Mark],
    talks: list[Talk],
    hosted: list[int],
    now: datetime,
) -> tuple[Appearance, ...]:
    """What was over by now and took place, as far as anybody knows, and was not without her."""
    found = []
    for event in sorted(events.values(), key=lambda one: (one.starts_at, one.id)):
        mark = marks.get(event.id)
        spoke = tuple((one.theme, one.form) for one in talks if one.event_id == event.id and one.confirmed)
        was = mark.was_there if mark else bool(spoke) or event.id in hosted
        if was and done_of(event, now, marked=True) is Done.HELD:
            found.append(Appearance(event.title, event.period, event.id in hosted, spoke))
    return tuple(found)


async def _keep(
    uow: UnitOfWork, actor: Actor, first_year: int, note: Note, text: str, now: datetime
) -> Words:
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = _chosen(actor.home, first_year, now)
        await _note_down(ours, actor, label, note, text, "year_note", now)
        found = await _words(ours, label)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def _note_down(
    ours: AssociationRows, actor: Actor, label: str, key: str, text: str, kind: str, now: datetime
) -> None:
    """Keeps words of a year, with those before them beside; what stands there already leaves no trace."""
    notes = await ours.reports.notes(label)
    if notes.get(key) == text:
        return
    before = {key + _BEFORE: notes[key]} if key in notes else {}
    notes.pop(key + _BEFORE, None)
    await ours.reports.keep_notes(label, notes | before | {str(key): text}, now)
    await ours.journal.write(kind, {"note": key}, actor.person_id, now)


async def _swap(ours: AssociationRows, actor: Actor, label: str, key: str, kind: str, now: datetime) -> None:
    """Words of a year and those before them change places."""
    notes = await ours.reports.notes(label)
    put = {key + _BEFORE: notes.pop(key, None), str(key): notes.pop(key + _BEFORE, None)}
    await ours.reports.keep_notes(label, notes | {k: v for k, v in put.items() if v is not None}, now)
    await ours.journal.write(kind, {"note": key}, actor.person_id, now)


async def _results(ours: AssociationRows, label: str, now: datetime) -> Results:
    rows = await _rows(ours, await _draft(ours, label), label, now)
    return Results(label, list({one.activity: one for one in reversed(rows)}.values())[::-1])


async def _words(ours: AssociationRows, label: str) -> Words:
    plan, notes = await ours.activities.plan(label), await ours.reports.notes(label)
    offered = offered_notes(plan.draft.get("preamble", {}) if plan else {})
    return Words(label, {note: notes.get(note) for note in Note}, offered)


async def _covered(
    uow: UnitOfWork, actor: Actor, first_year: int, now: datetime
) -> tuple[SchoolYear, Coverage]:
    async with uow.reading() as rows:
        label = _chosen(actor.home, first_year, now)
        year = await read_year(rows.association(actor.home.id), actor.home, label, now)
    # Of two thousand people and sixty meetings it takes a while.
    return year, await asyncio.to_thread(coverage, year)


def _chosen(home: Association, first_year: int | None, now: datetime) -> str:
    """The year that is meant: the present one or the last."""
    present = school_year(home, now)
    last = school_year_label(first_year_of(present) - 1)
    return last if first_year is not None and school_year_label(first_year) == last else present


async def read_year(ours: AssociationRows, home: Association, label: str, now: datetime) -> SchoolYear:
    """All that the reports of a school year are made of."""
    draft = await _draft(ours, label)
    rows = await _rows(ours, draft, label, now)
    events = {row.event.id: row.event for row in rows if row.event is not None}
    first = first_day_of(label)
    begin, end = (
        Period.day(day).begins_at(home.zone) for day in (first, date(first.year + 1, first.month, 1))
    )
    # What is over at the very moment when the year begins is of the year before.
    for event in await ours.events.to_come(begin - timedelta(seconds=1)):
        if begin <= event.starts_at < end:
            events[event.id] = event
    gatherings = sorted(
        (one for one in events.values() if one.gathering), key=lambda one: (one.starts_at, one.id)
    )
    met = tuple(await _gatherings(ours, gatherings, now))
    people, heads = await ours.reports.people(), await ours.members.coordinators()
    took_part = {person for one in met for person in (*one.marks, *one.promised)}
    return SchoolYear(
        label=label,
        association=home.title,
        heads=tuple([one.name.signing for one in people if one.person_id in heads]),
        rows=tuple(rows),
        gatherings=met,
        people=tuple([one for one in people if one.listed or one.person_id in took_part]),
        schools=tuple([one.title for one in await ours.roster.schools()]),
        notes=(await _words(ours, label)).written,
        without_talks=_without_talks(await ours.reports.notes(label)),
        title=draft.title,
        preamble=draft.preamble,
        skipped=draft.skipped,
        tasks=await _tasks(ours, [one for one in events.values() if not one.gathering]),
        leading=frozenset(heads),
    )


async def _draft(ours: AssociationRows, label: str) -> PlanDraft:
    """The plan of a year as it was read; an empty one where there is none."""
    plan = await ours.activities.plan(label)
    return from_json(plan.draft) if plan and "activities" in plan.draft else PlanDraft()


async def _rows(ours: AssociationRows, draft: PlanDraft, label: str, now: datetime) -> list[PlannedRow]:
    """The plan's rows, with what came of them; what stands beside a number, or between it and the section,
    the draft alone knows."""
    drafted, notes = draft.activities, await ours.reports.notes(label)
    rows = [
        replace(one, result=notes.get(row_key(one.activity), ""))
        for one in await ours.reports.rows(label, now)
    ]
    return [
        replace(
            row,
            subsection=drafted[row.position].subsection or "",
            heading=drafted[row.position].heading or "",
        )
        if row.position < len(drafted)
        else row
        for row in rows
    ]


async def _tasks(ours: AssociationRows, tasks: list[Event]) -> dict[int, tuple[int, int]]:
    found = {}
    for task in tasks:
        named = await ours.assignments.of_event(task.id)
        found[task.id] = (sum(one.done_at is not None for one in named), len(named))
    return found


async def _gatherings(ours: AssociationRows, events: list[Event], now: datetime) -> list[Gathering]:
    ids = [one.id for one in events]
    guests, protocols = await ours.guests.of_events(ids), await ours.reports.protocols(ids)
    for_groups = any(one.group_id is not None for one in events)
    groups = await ours.groups.titles() if for_groups else {}
    found = []
    for event in events:
        marks, invited = await ours.attendance.marks(event.id), guests.get(event.id, ())
        marked = bool(marks) or any(one.mark for one in invited)
        found.append(
            Gathering(
                event=event,
                done=done_of(event, now, marked=marked),
                marks=marks,
                promised=await ours.reports.promised(event.id),
                guests=invited,
                talks=tuple(spoken(await ours.talks.of_event(event.id), marks)),
                protocol=protocols.get(event.id),
                group=groups.get(event.group_id or 0, ""),
            )
        )
    return found
