"""What the planner works on: events whose schedule changed, the profiles in use, the notices made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, exists, literal, select, tuple_, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Event
from storage.events import to_event
from storage.outbox import State
from storage.tables import associations, events, memberships, notices, outbox, timing_profiles
from storage.upsert import insert_or_ignore


@dataclass(frozen=True, slots=True)
class ProfileInUse:
    """A timing profile that some member of the association has, or will have on joining."""

    association_id: int
    profile_id: int
    settings: str


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be stored. Moments are UTC by the Clock."""

    association_id: int
    event_id: int
    schedule_version: int
    lead: str
    profile_id: int
    due_at: datetime
    useful_until: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to do now."""

    plan: bool  # events whose notices are to be made
    fan_out: bool  # notices that are due
    naming: bool  # coordinators to be asked for days
    send: bool  # rows that wait in the outbox


class Notices:
    """Notices of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def events_to_plan(self, most: int) -> list[Event]:
        """Events whose notices do not belong to their present schedule."""
        statement = (
            select(events)
            .where(events.c.planned_version != events.c.schedule_version)
            .order_by(events.c.id)
            .limit(most)
        )
        return [to_event(row) for row in await self._connection.execute(statement)]

    async def profiles_in_use(self, association_ids: Iterable[int]) -> list[ProfileInUse]:
        """The profiles of these associations and of their members, each once."""
        ids = list(association_ids)
        used = union(
            select(memberships.c.association_id, memberships.c.profile_id).where(
                memberships.c.association_id.in_(ids), memberships.c.status == "active"
            ),
            select(associations.c.id, associations.c.profile_id).where(associations.c.id.in_(ids)),
        ).subquery()
        statement = select(used.c.association_id, used.c.profile_id, timing_profiles.c.settings).join(
            timing_profiles, timing_profiles.c.id == used.c.profile_id
        )
        return [
            ProfileInUse(row.association_id, row.profile_id, row.settings)
            for row in await self._connection.execute(statement)
        ]

    async def replace(self, planned: Sequence[Event], made: Sequence[NewNotice]) -> None:
        """Stores the notices of events and withdraws those of their earlier schedules."""
        await self._connection.execute(
            delete(notices).where(
                notices.c.event_id.in_([event.id for event in planned]), notices.c.fanned_out_at.is_(None)
            )
        )
        if made:
            await self._connection.execute(
                insert_or_ignore(self._connection, notices),
                [{name: getattr(one, name) for name in NewNotice.__dataclass_fields__} for one in made],
            )
        # Only at the schedule that was planned: an event changed in between stays to be planned.
        await self._connection.execute(
            update(events)
            .where(
                tuple_(events.c.id, events.c.schedule_version).in_(
                    [(event.id, event.schedule_version) for event in planned]
                )
            )
            .values(planned_version=events.c.schedule_version)
        )

    async def naming_asked_at(self, association_id: int) -> datetime | None:
        """When the association's coordinators were last asked to name days."""
        statement = select(associations.c.naming_asked_at).where(associations.c.id == association_id)
        moment: datetime | None = (await self._connection.execute(statement)).scalar_one()
        return moment

    async def set_naming(self, association_id: int, due_at: datetime | None) -> None:
        """When the association's coordinators are next asked to name days."""
        await self._connection.execute(
            update(associations).where(associations.c.id == association_id).values(naming_due_at=due_at)
        )

    async def mark_naming_asked(self, association_id: int, now: datetime) -> None:
        """The coordinators were asked at this moment."""
        await self._connection.execute(
            update(associations).where(associations.c.id == association_id).values(naming_asked_at=now)
        )

    async def naming_due(self, now: datetime) -> list[int]:
        """The associations whose coordinators are to be asked now."""
        statement = select(associations.c.id).where(associations.c.naming_due_at <= now)
        return list((await self._connection.execute(statement)).scalars())

    async def agenda(self, now: datetime) -> Agenda:
        """What there is to do at this moment of the Clock, in one statement."""
        row = (await self._connection.execute(_AGENDA, {"now": now, "real_now": datetime.now(UTC)})).one()
        return Agenda(plan=row.plan, fan_out=row.fan_out, naming=row.naming, send=row.send)


_NOW = bindparam("now", type_=notices.c.due_at.type)
_AGENDA = select(
    exists().where(events.c.planned_version != events.c.schedule_version).label("plan"),
    exists().where(notices.c.due_at <= _NOW, notices.c.fanned_out_at.is_(None)).label("fan_out"),
    exists().where(associations.c.naming_due_at <= _NOW).label("naming"),
    exists()
    .where(
        outbox.c.state == literal(State.WAITING.value, literal_execute=True),
        outbox.c.due_at <= _NOW,
        outbox.c.retry_at.is_(None)
        | (outbox.c.retry_at <= bindparam("real_now", type_=outbox.c.due_at.type)),
    )
    .label("send"),
)
