"""The plan as a whole: which years have one, and last year's carried over as this year's draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.checking import known_event
from actions.plans import Kept, ReadPlan, keep_draft, known_draft
from actions.school_years import read_year
from domain.errors import DomainError
from domain.places import house, in_words
from domain.plan_draft import (
    About,
    ActivityDraft,
    PlanDraft,
    Said,
    as_json,
    first_year_of,
    from_json,
    school_year_label,
    school_year_of,
)
from domain.plan_questions import AT, GROUP, NO, YES
from domain.records import Actor, Association, Event, Invited, Status
from domain.reports import is_written_up
from domain.rolling_over import rolled_over
from domain.together import places_of, same_place
from storage.activities import PlanLine
from storage.unit_of_work import AssociationRows, UnitOfWork


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The plan of one school year: whether a plan is stored for it, whether the year has begun, the years
    beside it that have one, and the year that it can be carried over to (None where that has a plan, or lies
    too far off)."""

    label: str
    planned: bool
    begun: bool
    earlier: str | None
    later: str | None
    follows: str | None


async def plan_file(uow: UnitOfWork, actor: Actor, first_year: int | None, now: datetime) -> PlanFile:
    """«План файлом» of the year that begins in `first_year`; for None, and for a year that lies farther off
    than the last and the next, of the present one, or of the one whose plan is there."""
    async with uow.reading() as rows:
        planned = await rows.association(actor.home.id).activities.school_years()
    here = _present(actor.home, now)
    asked = None if first_year is None else school_year_label(first_year)
    around = [_beside(here, -1), here, _beside(here, 1)]
    standing = [label for label in (here, around[2], around[0]) if label in planned]
    label = asked if asked in around else next(iter(standing), here)
    earlier, later = (_beside(label, by) for by in (-1, 1))
    return PlanFile(
        label,
        label in planned,
        label != around[2],
        earlier if earlier in around and earlier in planned else None,
        later if later in around and (later in planned or later == here) else None,
        later if label in planned and later not in planned and later in around else None,
    )


async def to_carry_over(uow: UnitOfWork, actor: Actor, now: datetime) -> str | None:
    """The year whose plan it is time to carry over: the last one's, while this one has none; this one's, once
    it is being written up and the next has none."""
    async with uow.reading() as rows:
        planned = await rows.association(actor.home.id).activities.school_years()
    return _due(planned, actor.home, now)


@dataclass(frozen=True, slots=True)
class Carried:
    """A draft of the next year, and the meetings of this one that stand in no plan, nor in the draft."""

    kept: Kept
    beyond: tuple[Event, ...]


async def carry_over(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> Carried:
    """The plan of the year that begins in `first_year` as the draft of the year after it, kept like a file
    that was sent. Raises DomainError `no_plan_to_carry` where there is none, `planned_already`."""
    label = school_year_label(first_year)
    following = _beside(label, 1)
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        plan = await ours.activities.plan(label)
        planned = await ours.activities.school_years()
        lines = await ours.activities.lines(plan.id) if plan else []
        events = await ours.events.many(event_id for line in lines for event_id in line.event_ids)
    if plan is None or "activities" not in plan.draft:
        raise DomainError("no_plan_to_carry", label=label)
    if following in planned:
        raise DomainError("planned_already", label=following)
    stored = from_json(plan.draft)
    draft = rolled_over(stored, first_year + 1)
    draft = replace(draft, answers=tuple(_held_together(stored, draft, lines, events)))
    digest = hashlib.sha256(json.dumps(as_json(draft), ensure_ascii=False).encode()).hexdigest()
    kept = await keep_draft(uow, actor, ReadPlan(draft, digest), now)
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return Carried(kept, await _beyond(ours, actor.home, label, kept.draft, now))


async def take_along(uow: UnitOfWork, actor: Actor, draft_id: int, event_id: int, now: datetime) -> Carried:
    """A meeting that was made by hand is the draft's last row, in the month of its day; pressed twice it is
    one row. Raises DomainError `draft_gone`, `event_unknown`, `event_joined`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, _ = await known_draft(ours, actor, draft_id)
        event = await known_event(ours, event_id)
        first_year = first_year_of(kept.draft.school_year or "")
        label = school_year_label(first_year - 1)
        if event in await _beyond(ours, actor.home, label, kept.draft, now):
            alone = PlanDraft(school_year=label, activities=(_row(event),))
            added = rolled_over(alone, first_year).activities
            kept = Kept(kept.id, replace(kept.draft, activities=(*kept.draft.activities, *added)))
            await ours.drafts.rewrite(kept.id, as_json(kept.draft))
        beyond = await _beyond(ours, actor.home, label, kept.draft, now)
        await uow.commit()
    return Carried(kept, beyond)


async def _beyond(
    ours: AssociationRows, home: Association, label: str, draft: PlanDraft, now: datetime
) -> tuple[Event, ...]:
    """The meetings of a year that stand in no row of its plan, and (moved on a year) in none of the draft."""
    year = await read_year(ours, home, label, now)
    made = [one.event for one in year.beyond if one.event.status in {Status.PLANNED, Status.HELD}]
    moved = rolled_over(
        PlanDraft(school_year=label, activities=tuple(map(_row, made))), first_year_of(label) + 1
    )
    titles = {row.title for row in draft.activities}
    return tuple(event for event, row in zip(made, moved.activities, strict=True) if row.title not in titles)


def _row(event: Event) -> ActivityDraft:
    """A meeting as a row of a plan."""
    invited = f"{GROUP}{event.group_id}" if event.invited is Invited.GROUP else event.invited.value
    return ActivityDraft(
        event.title,
        kind=event.kind,
        audience=event.audience or None,
        periods=(event.period,),
        venue=in_words(event) or None,
        responsible=event.responsible or None,
        gathers=True,
        invited=invited,
    )


def _held_together(
    stored: PlanDraft, draft: PlanDraft, lines: Sequence[PlanLine], events: Mapping[int, Event]
) -> Iterator[Said]:
    """What was one gathering is proposed to be one again, at the place where it was if its rows name two, and
    what she held apart, to be apart: said already, so that it is seen, and said otherwise with a tap."""
    rows = {event_id: line.position for line in lines for event_id in line.event_ids}
    found: dict[tuple[int, int], str] = {}
    for event in events.values():
        kept = None if event.merged_into is None else events.get(event.merged_into)
        if kept is not None and event.id in rows and kept.id in rows and rows[kept.id] != rows[event.id]:
            pair = min(rows[kept.id], rows[event.id]), max(rows[kept.id], rows[event.id])
            if pair[1] < len(stored.activities):
                found[pair] = kept.venue
    for said in stored.answers:
        if said.about is About.TOGETHER and said.said == NO and said.rows not in found:
            yield said
    for pair, venue in sorted(found.items()):
        first, second = (house(draft.activities[row].venue) for row in pair)
        there = [place for place in places_of(first, second) if same_place(place, venue)]
        yield Said(About.TOGETHER, pair, AT + there[0] if there else YES)


def _due(planned: Collection[str], home: Association, now: datetime) -> str | None:
    here = _present(home, now)
    last, following = _beside(here, -1), _beside(here, 1)
    if here not in planned:
        return last if last in planned else None
    written_up = is_written_up(here, now.astimezone(home.zone).date())
    return here if written_up and following not in planned else None


def _present(home: Association, now: datetime) -> str:
    return school_year_of(now.astimezone(home.zone).date())


def _beside(label: str, by: int) -> str:
    return school_year_label(first_year_of(label) + by)
