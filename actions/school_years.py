"""A school year as its reports are made of it: the plan with what came of it, the gatherings, the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from actions.calendar import titles_of_groups
from actions.overseeing import school_year
from domain.period import Period
from domain.plan_draft import PlanDraft, first_year_of, from_json, school_year_label
from domain.records import Association, Event
from domain.reports import (
    Gathering,
    Note,
    PlannedRow,
    SchoolYear,
    done_of,
    first_day_of,
    offered_notes,
    row_key,
)
from domain.talks import spoken
from storage.unit_of_work import AssociationRows

# Among the words of a year: the ids of the meetings of which she said that there were no talks.
WITHOUT_TALKS = "without_talks"


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


def chosen(home: Association, first_year: int | None, now: datetime) -> str:
    """The year that is meant: the present one or the last."""
    present = school_year(home, now)
    last = school_year_label(first_year_of(present) - 1)
    return last if first_year is not None and school_year_label(first_year) == last else present


async def read_year(ours: AssociationRows, home: Association, label: str, now: datetime) -> SchoolYear:
    """All that the reports of a school year are made of."""
    draft = await plan_draft(ours, label)
    rows = await plan_rows(ours, draft, label, now)
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
        notes=(await words_of(ours, label)).written,
        without_talks=without_talks(await ours.reports.notes(label)),
        title=draft.title,
        preamble=draft.preamble,
        skipped=draft.skipped,
        tasks=await _tasks(ours, [one for one in events.values() if not one.gathering]),
        leading=frozenset(heads),
    )


async def words_of(ours: AssociationRows, label: str) -> Words:
    plan, notes = await ours.activities.plan(label), await ours.reports.notes(label)
    offered = offered_notes(plan.draft.get("preamble", {}) if plan else {})
    return Words(label, {note: notes.get(note) for note in Note}, offered)


def without_talks(notes: Mapping[str, str]) -> frozenset[int]:
    return frozenset(map(int, notes.get(WITHOUT_TALKS, "").split()))


async def plan_draft(ours: AssociationRows, label: str) -> PlanDraft:
    """The plan of a year as it was read; an empty one where there is none."""
    plan = await ours.activities.plan(label)
    return from_json(plan.draft) if plan and "activities" in plan.draft else PlanDraft()


async def plan_rows(ours: AssociationRows, draft: PlanDraft, label: str, now: datetime) -> list[PlannedRow]:
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
    groups = await titles_of_groups(ours, events)
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
