"""Plans of one association and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plan_draft import Kind
from domain.records import Activity, Done, Fulfilment, Status
from storage.joins import SOMETHING_HANGS
from storage.tables import activities, event_activities, events, plans, revisions

_STORED = (plans.c.id, plans.c.school_year, plans.c.digest, plans.c.draft, plans.c.imported_at)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """Which plan stands for a school year, as it was read, and the digest of its file."""

    id: int
    school_year: str
    digest: str
    draft: Mapping[str, Any]
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A stored row of a plan: its place, its title, and the events made of it, the oldest first."""

    id: int
    position: int
    title: str
    event_ids: tuple[int, ...]


_DATED = exists().where(
    event_activities.c.association_id == activities.c.association_id,
    event_activities.c.activity_id == activities.c.id,
)


class Activities:
    """Plans and activities of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def plan(self, school_year: str) -> StoredPlan | None:
        """The plan of a school year («2021/2022»)."""
        statement = select(*_STORED).where(
            plans.c.association_id == self._association_id, plans.c.school_year == school_year
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else StoredPlan(*row)

    async def school_years(self) -> set[str]:
        """The school years that have a plan."""
        statement = select(plans.c.school_year).where(plans.c.association_id == self._association_id)
        return set((await self._connection.execute(statement)).scalars())

    async def add_plan(
        self,
        *,
        school_year: str,
        title: str,
        draft: Mapping[str, Any],
        digest: str,
        now: datetime,
        by: int | None,
    ) -> int:
        """Stores a plan's head; returns its id."""
        result = await self._connection.execute(
            insert(plans)
            .values(
                association_id=self._association_id,
                school_year=school_year,
                title=title,
                draft=draft,
                digest=digest,
                imported_at=now,
                imported_by=by,
            )
            .returning(plans.c.id)
        )
        return int(result.scalar_one())

    async def add(self, plan_id: int, rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Stores a plan's rows in their order; returns their ids."""
        return [await self.add_line(plan_id, position, row) for position, row in enumerate(rows)]

    async def lines(self, plan_id: int) -> list[PlanLine]:
        """A plan's rows in their order, each with its own events."""
        statement = (
            select(activities.c.id, activities.c.position, activities.c.title, event_activities.c.event_id)
            .outerjoin(
                event_activities,
                (event_activities.c.association_id == activities.c.association_id)
                & (event_activities.c.activity_id == activities.c.id)
                & event_activities.c.came_from.is_(None),
            )
            .where(activities.c.association_id == self._association_id, activities.c.plan_id == plan_id)
            .order_by(activities.c.position, activities.c.id, event_activities.c.event_id)
        )
        found: dict[tuple[int, int, str], list[int]] = {}
        for row in await self._connection.execute(statement):
            ids = found.setdefault((row.id, row.position, row.title), [])
            if row.event_id is not None:
                ids.append(row.event_id)
        return [PlanLine(*row, tuple(ids)) for row, ids in found.items()]

    async def places(self, event_id: int) -> list[tuple[StoredPlan, int]]:
        """The plans that an event's own rows are of, each with the row's place in it."""
        statement = (
            select(*_STORED, activities.c.position)
            .select_from(plans)
            .join(activities)
            .join(event_activities)
            .where(
                plans.c.association_id == self._association_id,
                event_activities.c.event_id == event_id,
                event_activities.c.came_from.is_(None),
            )
        )
        found = await self._connection.execute(statement)
        return [(StoredPlan(*row[:-1]), row.position) for row in found]

    async def add_line(self, plan_id: int, position: int, row: Mapping[str, object]) -> int:
        """Stores one more row of a plan; returns its id."""
        made = insert(activities).values(
            association_id=self._association_id, plan_id=plan_id, position=position, **row
        )
        return int((await self._connection.execute(made.returning(activities.c.id))).scalar_one())

    async def change_line(self, activity_id: int, position: int, row: Mapping[str, object]) -> None:
        """A row has another place in its plan, and says what it says now."""
        await self._connection.execute(
            update(activities).where(*self._key(activity_id)).values(position=position, **row)
        )

    async def remove_line(self, activity_id: int) -> None:
        """Takes a row out of its plan; its events stay."""
        await self._connection.execute(delete(activities).where(*self._key(activity_id)))

    async def rewrite_plan(
        self,
        plan_id: int,
        *,
        title: str,
        draft: Mapping[str, Any],
        digest: str,
        now: datetime,
        by: int | None,
    ) -> None:
        """What stands as the plan is another draft; its rows are not touched."""
        await self._connection.execute(
            update(plans)
            .where(plans.c.association_id == self._association_id, plans.c.id == plan_id)
            .values(title=title, draft=draft, digest=digest, imported_at=now, imported_by=by)
        )

    async def in_use(self, plan_id: int) -> bool:
        """Whether anything hangs on the plan's events: an answer, a named day, a change, a talk."""
        used = (
            select(events.c.id)
            .where(self._of_plan(plan_id), (events.c.revision > 1) | SOMETHING_HANGS)
            .limit(1)
        )
        return (await self._connection.execute(used)).first() is not None

    async def is_touched(self, plan_id: int, stored_at: datetime) -> bool:
        """Whether anything came of a plan besides what was stored at this moment: something hangs on its
        events, or they have a history of their own."""
        elsewhen = exists().where(
            revisions.c.association_id == events.c.association_id,
            revisions.c.event_id == events.c.id,
            revisions.c.at != stored_at,
        )
        touched = select(events.c.id).where(self._of_plan(plan_id), elsewhen | SOMETHING_HANGS).limit(1)
        return (await self._connection.execute(touched)).first() is not None

    async def remove_plan(self, plan_id: int) -> None:
        """Takes a plan out with its rows and their events."""
        await self._connection.execute(delete(events).where(self._of_plan(plan_id)))
        await self._connection.execute(
            delete(plans).where(plans.c.association_id == self._association_id, plans.c.id == plan_id)
        )

    def _key(self, activity_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return activities.c.association_id == self._association_id, activities.c.id == activity_id

    def _of_plan(self, plan_id: int) -> ColumnElement[bool]:
        ids = (
            select(event_activities.c.event_id)
            .join(activities)
            .where(activities.c.association_id == self._association_id, activities.c.plan_id == plan_id)
        )
        return and_(events.c.association_id == self._association_id, events.c.id.in_(ids))

    async def fulfilment(self, school_years: Sequence[str], now: datetime) -> list[Fulfilment]:
        """Every row of these school years' plans, in their order, with each event that it stands for: held or
        not by its mark. A row of events held together is counted once, where they are held."""
        statement = (
            select(
                activities.c.id.label("activity"),
                activities.c.number,
                activities.c.title,
                events.c.id,
                events.c.period,
                events.c.status,
                events.c.ends_at,
                event_activities.c.held_on,
            )
            .select_from(activities)
            .join(plans)
            .outerjoin(event_activities)
            .outerjoin(events)
            .where(
                activities.c.association_id == self._association_id,
                plans.c.school_year.in_(school_years),
                events.c.status.is_distinct_from(Status.JOINED),
            )
            .order_by(plans.c.school_year, activities.c.position, events.c.ends_at, events.c.id)
        )
        return [
            Fulfilment(row.activity, row.number, row.title, row.period, done(row, now), row.held_on)
            for row in await self._connection.execute(statement)
        ]

    async def year_round(self, school_years: Sequence[str]) -> list[Activity]:
        """The work that goes on all the year, and rows without a clear date, of these school years' plans."""
        statement = (
            select(activities)
            .join(plans)
            .where(
                activities.c.association_id == self._association_id,
                plans.c.school_year.in_(school_years),
                activities.c.year_round | activities.c.recurs.is_not(None) | ~_DATED,
            )
            .order_by(plans.c.school_year, activities.c.position)
        )
        return [
            Activity(
                id=row.id,
                number=row.number,
                section=row.section,
                title=row.title,
                kind=Kind(row.kind),
                audience=row.audience,
                when_text=row.when_text,
                year_round=row.year_round,
                recurs=row.recurs,
                venue=row.venue,
                responsible=row.responsible,
            )
            for row in await self._connection.execute(statement)
        ]


def done(row: Any, now: datetime) -> Done:
    if row.id is None:
        return Done.YEAR_ROUND
    if row.held_on is not None:
        return Done.HELD
    # Held without this row: its own mark was taken away.
    if row.status in {Status.CANCELLED, Status.NOT_HELD, Status.HELD}:
        return Done.NOT_HELD
    return Done.AHEAD if row.ends_at > now else Done.UNMARKED
