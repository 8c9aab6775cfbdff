"""A plan from its file into the calendar."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.together import join_unheard
from documents.process import read_plan_apart
from domain.errors import DomainError
from domain.period import Precision
from domain.places import house, is_online
from domain.plan_draft import (
    About,
    ActivityDraft,
    PlanDraft,
    as_json,
    first_year_of,
    from_json,
    school_year_label,
    school_year_of,
    usual_audience,
)
from domain.plan_questions import GROUP, NEW_GROUP, place_chosen, settled, taken_over
from domain.records import Actor, Association, Event, Invited, Mode, Status
from domain.rsvp import answers_until
from domain.together import go_together, keep_first
from domain.undo import UNDO_WITHIN
from storage.events import NewEvent
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# What she writes next answers a question about her draft.
PLAN_ANSWER_STEP = "plan_answer"


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What was understood of a file, and the file's digest."""

    draft: PlanDraft
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that waits for «Сохранить», as it was read, with her answers beside it."""

    id: int
    draft: PlanDraft


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `changed` is False where the same plan stood there already. `together` counts the
    dates that are held as a part of another event, which `events` leaves out; `groups` are the titles of
    those that were made for it; `unnamed` counts the gatherings to come whose day is to be named."""

    changed: bool
    school_year: str
    activities: int
    events: int
    past_events: int
    together: int = 0
    groups: tuple[str, ...] = ()
    unnamed: int = 0


async def read_plan(content: bytes, name: str) -> ReadPlan:
    """Reads a plan in a process of its own. Raises the DomainErrors of the reader (`plan_…`)."""
    return ReadPlan(await read_plan_apart(content, name), hashlib.sha256(content).hexdigest())


async def keep_draft(uow: UnitOfWork, actor: Actor, read: ReadPlan, now: datetime) -> Kept:
    """Keeps a draft until the coordinator saves or drops it; the one before is forgotten, but for her answers
    about rows that stand in both, and so are those of the plan that stands for the year."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        draft = await _answered_before(ours, read.draft)
        waiting = await ours.drafts.get(actor.person_id)
        if waiting is not None and "activities" in waiting.draft:
            draft = taken_over(draft, from_json(waiting.draft))
        draft_id = await ours.drafts.put(actor.person_id, read.digest, as_json(draft), now)
        if actor.asked(PLAN_ANSWER_STEP):
            await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Kept(draft_id, draft)


async def waiting_plan(uow: UnitOfWork, actor: Actor) -> Kept | None:
    """The plan that she sent and neither saved nor dropped."""
    async with uow.reading() as rows:
        stored = await rows.association(actor.home.id).drafts.get(actor.person_id)
    if stored is None or "activities" not in stored.draft:
        return None
    return Kept(stored.id, from_json(stored.draft))


async def kept_plan(uow: UnitOfWork, actor: Actor, draft_id: int) -> Kept:
    """Her draft, as it stands now. Raises DomainError `draft_gone`."""
    async with uow.reading() as rows:
        return (await known_draft(rows.association(actor.home.id), actor, draft_id))[0]


async def known_draft(ours: AssociationRows, actor: Actor, draft_id: int) -> tuple[Kept, str]:
    """Her draft and the digest of its file. Raises DomainError `draft_gone` where it was saved, dropped or
    replaced."""
    stored = await ours.drafts.get(actor.person_id)
    if stored is None or stored.id != draft_id or "activities" not in stored.draft:
        raise DomainError("draft_gone")
    return Kept(stored.id, from_json(stored.draft)), stored.digest


async def save_draft(
    uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime, *, any_year: bool
) -> Imported:
    """Stores the coordinator's draft by her answers. Raises DomainError `draft_gone` and what `_import`
    raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, digest = await known_draft(ours, actor, draft_id)
        read = ReadPlan(kept.draft, digest)
        imported = await _import(rows, actor.home, read, by=actor.person_id, now=now, any_year=any_year)
        await ours.drafts.drop(actor.person_id)
        await uow.commit()
    return imported


async def remove_plan(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> str:
    """«Убрать этот план» within a day, while nothing came of it and nobody has heard of it: it is a draft
    again, unless another one waits by now. Returns its school year. Raises DomainError `plan_stays`."""
    school_year = school_year_label(first_year)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await rows.associations.hold(actor.home.id)
        stored = await ours.activities.plan(school_year)
        if stored is None or stored.imported_at < now - UNDO_WITHIN:
            raise DomainError("plan_stays", school_year=school_year)
        ids = [one for line in await ours.activities.lines(stored.id) for one in line.event_ids]
        unheard = [await rows.mailing.take_back(event) for event in (await ours.events.many(ids)).values()]
        if not all(unheard) or await ours.activities.is_touched(stored.id, stored.imported_at):
            raise DomainError("plan_stays", school_year=school_year)
        await ours.activities.remove_plan(stored.id)
        if await ours.drafts.get(actor.person_id) is None:
            await ours.drafts.put(actor.person_id, stored.digest, stored.draft, now)
        await ours.journal.write("plan_removed", {"school_year": school_year}, actor.person_id, now)
        await uow.commit()
    return school_year


async def drop_draft(uow: UnitOfWork, actor: Actor, draft_id: int) -> None:
    """Forgets the coordinator's draft, unless a newer one has taken its place."""
    async with uow as rows:
        drafts = rows.association(actor.home.id).drafts
        stored = await drafts.get(actor.person_id)
        if stored is not None and stored.id == draft_id:
            await drafts.drop(actor.person_id)
        await uow.commit()


async def import_plan(uow: UnitOfWork, association: Association, read: ReadPlan, now: datetime) -> Imported:
    """Stores a plan from the command line, of whatever year; what the coordinator said of its rows before
    holds. Raises the DomainErrors of `_import`."""
    async with uow as rows:
        read = replace(read, draft=await _answered_before(rows.association(association.id), read.draft))
        imported = await _import(rows, association, read, by=None, now=now, any_year=True)
        await uow.commit()
    return imported


async def _import(
    rows: Rows, association: Association, read: ReadPlan, *, by: int | None, now: datetime, any_year: bool
) -> Imported:
    """Raises DomainError `plan_without_year`, `plan_other_year` (unless any year will do), `group_gone` where
    a row is for a group that there is no more; where another plan of the year stands, `plan_stands`, or
    without a coordinator `plan_in_use`."""
    school_year = settled(read.draft).school_year
    if school_year is None:
        raise DomainError("plan_without_year")
    this_year = school_year_of(now.astimezone(association.zone).date())
    expected = {this_year, school_year_label(first_year_of(this_year) + 1)}
    if not any_year and school_year not in expected:
        raise DomainError("plan_other_year", school_year=school_year)
    ours = rows.association(association.id)
    await rows.associations.hold(association.id)
    draft, groups = await with_groups(ours, read.draft, by, now)
    stored = await ours.activities.plan(school_year)
    if stored is not None:
        said_the_same = stored.draft.get("answers", []) == as_json(draft).get("answers", [])
        if (stored.digest == read.digest and said_the_same) or stored.draft == as_json(draft):
            return Imported(False, school_year, len(draft.activities), 0, 0)
        if by is not None:  # she is shown what differs (actions.plan_changes)
            raise DomainError("plan_stands", school_year=school_year)
        # Answers and named days hang on the events of the plan that stands: those must not be lost.
        if await ours.activities.in_use(stored.id):
            raise DomainError("plan_in_use", school_year=school_year)
        await ours.activities.remove_plan(stored.id)
    plan_id = await ours.activities.add_plan(
        school_year=school_year,
        title=draft.title,
        draft=as_json(draft),
        digest=read.digest,
        now=now,
        by=by,
    )
    activity_ids = await ours.activities.add(
        plan_id, [activity_row(activity) for activity in draft.activities]
    )
    everybody = usual_audience(draft)
    new = [
        (row, event)
        for row, activity in enumerate(draft.activities)
        for event in new_events(activity, association.zone, everybody=everybody)
    ]
    made = await ours.events.add([(event, [activity_ids[row]]) for row, event in new], by, now)
    of_rows = [(row, event) for (row, _), event in zip(new, made, strict=True)]
    together = await _hold_together(rows, association, draft, of_rows, by, now)
    await rows.associations.mark_set_up(association.id, now)
    # The year that goes on; the next one begins by itself (actions.overseeing.school_year).
    present = min(school_year, this_year) if association.school_year else school_year
    if present > association.school_year:
        await rows.associations.change(association.id, school_year=present)
    await ours.journal.write("plan_imported", {"school_year": school_year, "events": len(new)}, by, now)
    past = sum(event.ends_at <= now for event in made)
    unnamed = sum(one.gathering and not one.period.day_known and one.ends_at > now for one in made)
    return Imported(
        True, school_year, len(activity_ids), len(made) - together, past, together, groups, unnamed
    )


async def _answered_before(ours: AssociationRows, draft: PlanDraft) -> PlanDraft:
    """The draft with her answers to the plan that stands for its year."""
    if draft.school_year is None:
        return draft
    stored = await ours.activities.plan(draft.school_year)
    if stored is None or "activities" not in stored.draft:
        return draft
    return taken_over(draft, from_json(stored.draft))


async def with_groups(
    ours: AssociationRows,
    draft: PlanDraft,
    by: int | None,
    now: datetime,
    *,
    named: Collection[str | None] | None = None,
) -> tuple[PlanDraft, tuple[str, ...]]:
    """The plan by her word, the groups that it names being there, of new ones those alone that are among
    `named` (as ActivityDraft.invited says them) where that is told; and the titles of those that were made.
    Raises DomainError `group_gone`."""
    known = {title: group_id for group_id, title in (await ours.groups.titles()).items()}
    made = []
    answers = list(draft.answers)
    gathers = [activity.gathering for activity in settled(draft).activities]
    for at, said in enumerate(answers):
        if said.about is not About.WHOM or not gathers[said.rows[0]]:
            continue
        if said.said.startswith(NEW_GROUP):
            title = said.said.removeprefix(NEW_GROUP)
            if title not in known:
                if named is not None and said.said not in named:
                    continue
                known[title] = await _new_group(ours, title, by, now)
                made.append(title)
            answers[at] = replace(said, said=f"{GROUP}{known[title]}")
        elif said.said.startswith(GROUP) and _group_of(said.said) not in known.values():
            raise DomainError("group_gone")
    return settled(replace(draft, answers=tuple(answers))), tuple(made)


async def _new_group(ours: AssociationRows, title: str, by: int | None, now: datetime) -> int:
    group_id = await ours.groups.add(title)
    if group_id is None:  # made by somebody else in this very moment
        raise DomainError("title_taken", title=title)
    await ours.journal.write("group_made", {"group": group_id, "title": title}, by, now)
    return group_id


def _group_of(invited: str) -> int:
    return int(invited.removeprefix(GROUP))


async def _hold_together(
    rows: Rows,
    association: Association,
    draft: PlanDraft,
    made: Sequence[tuple[int, Event]],
    by: int | None,
    now: datetime,
) -> int:
    """Joins the events of rows that are one gathering; returns how many have no card of their own now."""
    standing = {event.id: event for _, event in made}
    speaks_for = {event.id: event.id for _, event in made}
    for pair in draft.together:
        of_first, of_second = ([event.id for row, event in made if row == at] for at in pair)
        for first in of_first:
            for second in of_second:
                one, other = standing[speaks_for[first]], standing[speaks_for[second]]
                if not go_together(one, other, said=True):
                    continue
                kept, merged = keep_first(one, other, place_chosen(draft, pair))
                standing[kept.id] = await join_unheard(rows, kept, merged, association.zone, by, now)
                speaks_for = {
                    event: kept.id if by_which == merged.id else by_which
                    for event, by_which in speaks_for.items()
                }
    return sum(event != by_which for event, by_which in speaks_for.items())


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


def new_events(activity: ActivityDraft, zone: ZoneInfo, *, everybody: str) -> list[NewEvent]:
    """One event for each date in the row; work for all the year has none."""
    made = []
    invited, group_id = invited_by(activity)
    for period in activity.dates:
        gathering = activity.gathering and period.precision is not Precision.DEADLINE
        made.append(
            NewEvent(
                title=activity.title,
                kind=activity.kind,
                gathering=gathering,
                period=period,
                venue=house(activity.venue) if gathering else activity.venue or "",
                mode=Mode.ONLINE if gathering and is_online(activity.venue) else Mode.ONSITE,
                responsible=activity.responsible or "",
                audience="" if activity.audience == everybody else activity.audience or "",
                starts_at=period.begins_at(zone),
                ends_at=period.ends_at(zone),
                answers_until=answers_until(
                    gathering and invited is not Invited.NOBODY, period, Status.PLANNED, zone
                ),
                invited=invited,
                group_id=group_id,
            )
        )
    return made


def invited_by(activity: ActivityDraft) -> tuple[Invited, int | None]:
    """Whom a row's events are for."""
    said = activity.invited
    if said is None or not activity.gathering:
        return Invited.EVERYBODY, None
    if said.startswith(GROUP):
        return Invited.GROUP, _group_of(said)
    return Invited(said), None
