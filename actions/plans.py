"""A plan from its file into the calendar."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from documents.process import read_plan_apart
from domain.errors import DomainError
from domain.period import Precision
from domain.plan_draft import (
    ActivityDraft,
    PlanDraft,
    as_json,
    first_year_of,
    from_json,
    school_year_label,
    school_year_of,
)
from domain.records import Actor, Association, Status
from domain.rsvp import answers_until
from storage.events import NewEvent
from storage.unit_of_work import Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What was understood of a file, and the file's digest."""

    draft: PlanDraft
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that waits for «Сохранить»."""

    id: int
    draft: PlanDraft


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `changed` is False where the same plan stood there already."""

    changed: bool
    school_year: str
    activities: int
    events: int
    past_events: int


async def read_plan(content: bytes, name: str) -> ReadPlan:
    """Reads a plan in a process of its own. Raises the DomainErrors of the reader (`plan_…`)."""
    return ReadPlan(await read_plan_apart(content, name), hashlib.sha256(content).hexdigest())


async def keep_draft(uow: UnitOfWork, actor: Actor, read: ReadPlan, now: datetime) -> Kept:
    """Keeps a draft until the coordinator saves or drops it; the one before is forgotten."""
    async with uow as rows:
        drafts = rows.association(actor.home.id).drafts
        draft_id = await drafts.put(actor.person_id, read.digest, as_json(read.draft), now)
        await uow.commit()
    return Kept(draft_id, read.draft)


async def save_draft(
    uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime, *, any_year: bool
) -> Imported:
    """Stores the coordinator's draft. Raises DomainError `draft_gone` and those of `_import`."""
    async with uow as rows:
        drafts = rows.association(actor.home.id).drafts
        stored = await drafts.get(actor.person_id)
        if stored is None or stored.id != draft_id or "activities" not in stored.draft:
            raise DomainError("draft_gone")
        read = ReadPlan(from_json(stored.draft), stored.digest)
        imported = await _import(rows, actor.home, read, by=actor.person_id, now=now, any_year=any_year)
        await drafts.drop(actor.person_id)
        await uow.commit()
    return imported


async def drop_draft(uow: UnitOfWork, actor: Actor, draft_id: int) -> None:
    """Forgets the coordinator's draft, unless a newer one has taken its place."""
    async with uow as rows:
        drafts = rows.association(actor.home.id).drafts
        stored = await drafts.get(actor.person_id)
        if stored is not None and stored.id == draft_id:
            await drafts.drop(actor.person_id)
        await uow.commit()


async def import_plan(uow: UnitOfWork, association: Association, read: ReadPlan, now: datetime) -> Imported:
    """Stores a plan from the command line, of whatever year. Raises the DomainErrors of `_import`."""
    async with uow as rows:
        imported = await _import(rows, association, read, by=None, now=now, any_year=True)
        await uow.commit()
    return imported


async def _import(
    rows: Rows, association: Association, read: ReadPlan, *, by: int | None, now: datetime, any_year: bool
) -> Imported:
    """Raises DomainError `plan_without_year`, `plan_other_year` (unless any year will do); where another plan
    of the year stands, `plan_stands`, or without a coordinator `plan_in_use`."""
    draft = read.draft
    if draft.school_year is None:
        raise DomainError("plan_without_year")
    this_year = school_year_of(now.astimezone(association.zone).date())
    expected = {this_year, school_year_label(first_year_of(this_year) + 1)}
    if not any_year and draft.school_year not in expected:
        raise DomainError("plan_other_year", school_year=draft.school_year)
    ours = rows.association(association.id)
    await rows.associations.hold(association.id)
    stored = await ours.activities.plan(draft.school_year)
    if stored is not None:
        if stored.digest == read.digest or stored.draft == as_json(draft):
            return Imported(False, draft.school_year, len(draft.activities), 0, 0)
        if by is not None:  # she is shown what differs (actions.plan_changes)
            raise DomainError("plan_stands", school_year=draft.school_year)
        # Answers and named days hang on the events of the plan that stands: those must not be lost.
        if await ours.activities.in_use(stored.id):
            raise DomainError("plan_in_use", school_year=draft.school_year)
        await ours.activities.remove_plan(stored.id)
    plan_id = await ours.activities.add_plan(
        school_year=draft.school_year,
        title=draft.title,
        draft=as_json(draft),
        digest=read.digest,
        now=now,
        by=by,
    )
    activity_ids = await ours.activities.add(
        plan_id, [activity_row(activity) for activity in draft.activities]
    )
    new = [
        (event, [activity_id])
        for activity_id, activity in zip(activity_ids, draft.activities, strict=True)
        for event in new_events(activity, association.zone, everybody=everybody_of(draft))
    ]
    await ours.events.add(new, by, now)
    await rows.associations.mark_set_up(association.id, now)
    if not association.school_year:
        await rows.associations.change(association.id, school_year=draft.school_year)
    await ours.journal.write("plan_imported", {"school_year": draft.school_year, "events": len(new)}, by, now)
    past = sum(event.ends_at <= now for event, _ in new)
    return Imported(True, draft.school_year, len(activity_ids), len(new), past)


def activity_row(activity: ActivityDraft) -> dict[str, object]:
    """A row as it is stored."""
    return {
        "number": activity.number or "",
        "section": activity.section,
        "title": activity.title,
        "kind": activity.kind,
        "audience": activity.audience or "",
        "when_text": activity.when_text or "",
        "year_round": activity.year_round,
        "recurs": activity.recurs,
        "venue": activity.venue or "",
        "responsible": activity.responsible or "",
        "outcome": activity.outcome or "",
    }


def everybody_of(draft: PlanDraft) -> str:
    """The audience that most rows name: it goes without saying, and only another one is shown."""
    named = Counter(activity.audience for activity in draft.activities if activity.audience)
    return named.most_common(1)[0][0] if named else ""


def new_events(activity: ActivityDraft, zone: ZoneInfo, *, everybody: str) -> list[NewEvent]:
    """One event for each date in the row; work for all the year has none."""
    made = []
    for period in activity.periods:
        if period.precision is Precision.YEAR:
            continue
        gathering = activity.gathering and period.precision is not Precision.DEADLINE
        made.append(
            NewEvent(
                title=activity.title,
                kind=activity.kind,
                gathering=gathering,
                period=period,
                venue=activity.venue or "",
                responsible=activity.responsible or "",
                audience="" if activity.audience == everybody else activity.audience or "",
                starts_at=period.begins_at(zone),
                ends_at=period.ends_at(zone),
                answers_until=answers_until(gathering, period, Status.PLANNED, zone),
            )
        )
    return made
