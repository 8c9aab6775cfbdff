"""The plan as a whole: which years have one, and last year's carried over as this year's draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from actions.plans import Kept, ReadPlan, keep_draft
from domain.errors import DomainError
from domain.plan_draft import as_json, first_year_of, from_json, school_year_label, school_year_of
from domain.records import Actor, Association
from domain.reports import is_written_up
from domain.rolling_over import rolled_over
from storage.unit_of_work import UnitOfWork


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


async def carry_over(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> Kept:
    """The plan of the year that begins in `first_year` as the draft of the year after it, kept like a file
    that was sent. Raises DomainError `no_plan_to_carry` where there is none, `planned_already`."""
    label = school_year_label(first_year)
    following = _beside(label, 1)
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        plan = await ours.activities.plan(label)
        planned = await ours.activities.school_years()
    if plan is None or "activities" not in plan.draft:
        raise DomainError("no_plan_to_carry", label=label)
    if following in planned:
        raise DomainError("planned_already", label=following)
    draft = rolled_over(from_json(plan.draft), first_year + 1)
    digest = hashlib.sha256(json.dumps(as_json(draft), ensure_ascii=False).encode()).hexdigest()
    return await keep_draft(uow, actor, ReadPlan(draft, digest), now)


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
