"""Associations, the timing profiles they share, and the invitations into them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.holidays import Holidays
from domain.records import INSIDE, Association, Detail, Handover, Invitation, Standing
from domain.roles import Role
from storage.handovers import to_handover
from storage.tables import associations, events, handovers, invitations, memberships, timing_profiles
from storage.upsert import insert_or_ignore

COLUMNS = (
    associations.c.id.label("association_id"),
    associations.c.title.label("association_title"),
    associations.c.town,
    associations.c.zone,
    associations.c.school_year,
    associations.c.usual_time,
    associations.c.consent_text,
    associations.c.consent_version,
    associations.c.set_up_at,
    associations.c.profile_id.label("association_profile_id"),
    associations.c.by_request,
    associations.c.keeps,
    associations.c.usual_venue,
    associations.c.holidays,
    associations.c.greeting,
    associations.c.checkin_before,
    associations.c.checkin_after,
    associations.c.asks_feedback,
    associations.c.centre,
)


def to_association(row: Any) -> Association:
    """The record out of a row that holds COLUMNS."""
    return Association(
        id=row.association_id,
        title=row.association_title,
        town=row.town,
        zone=ZoneInfo(row.zone),
        school_year=row.school_year,
        usual_time=row.usual_time,
        consent_text=row.consent_text,
        consent_version=row.consent_version,
        set_up=row.set_up_at is not None,
        profile_id=row.association_profile_id,
        by_request=row.by_request,
        keeps=frozenset(map(Detail, row.keeps.split())),
        usual_venue=row.usual_venue,
        holidays=tuple(Holidays.stored(one) for one in row.holidays or ()),
        greeting=row.greeting,
        checkin_before=timedelta(minutes=row.checkin_before),
        checkin_after=timedelta(minutes=row.checkin_after),
        asks_feedback=row.asks_feedback,
        centre=row.centre,
    )


class Associations:
    """All associations of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def alone(self) -> None:
        """Until the transaction ends nobody else makes an association. (On SQLite nobody writes anyway.)"""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text("LOCK TABLE associations IN SHARE ROW EXCLUSIVE MODE"))

    async def hold(self, association_id: int) -> None:
        """Until the transaction ends nobody else changes the association, or imports a plan of its."""
        await self._connection.execute(
            select(associations.c.id).where(associations.c.id == association_id).with_for_update()
        )

    async def all(self) -> list[Association]:
        """Every association, the first made first."""
        rows = await self._connection.execute(select(*COLUMNS).order_by(associations.c.id))
        return [to_association(row) for row in rows]

    async def of_person(
        self, person_id: int, standings: Collection[Standing] = INSIDE
    ) -> list[tuple[Association, Role]]:
        """The associations that she acts in as one who stands so to them, by age, and what she is
        there."""
        statement = (
            select(*COLUMNS, memberships.c.role)
            .join(memberships, memberships.c.association_id == associations.c.id)
            .where(memberships.c.person_id == person_id, memberships.c.status.in_(standings))
            .order_by(associations.c.id)
        )
        rows = await self._connection.execute(statement)
        return [(to_association(row), Role(row.role)) for row in rows]

    async def get(self, association_id: int) -> Association | None:
        """One association."""
        row = (
            await self._connection.execute(select(*COLUMNS).where(associations.c.id == association_id))
        ).one_or_none()
        return None if row is None else to_association(row)

    async def of_event(self, event_id: int) -> Association | None:
        """The association that has an event."""
        statement = select(*COLUMNS).join(events, events.c.association_id == associations.c.id)
        row = (await self._connection.execute(statement.where(events.c.id == event_id))).one_or_none()
        return None if row is None else to_association(row)

    async def gatherings_between(self, first: datetime, last: datetime) -> list[int]:
        """Everything, in any association, that people come to and that begins or ends between two moments, or
        goes on all the while; by id."""
        statement = (
            select(events.c.id)
            .where(events.c.gathering, events.c.starts_at <= last, events.c.ends_at >= first)
            .order_by(events.c.id)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def add(self, title: str, zone: str, profile_settings: str, now: datetime) -> int:
        """A new association; returns its id. A titled one counts as set up."""
        profile_id = await self.profile(profile_settings)
        result = await self._connection.execute(
            insert(associations)
            .values(
                title=title,
                zone=zone,
                profile_id=profile_id,
                created_at=now,
                set_up_at=now if title else None,
            )
            .returning(associations.c.id)
        )
        return int(result.scalar_one())

    async def change(self, association_id: int, **values: object) -> None:
        """Sets columns of one association."""
        await self._connection.execute(
            update(associations).where(associations.c.id == association_id).values(**values)
        )

    async def mark_set_up(self, association_id: int, now: datetime) -> None:
        """Lets people in, from the first call on."""
        await self._connection.execute(
            update(associations)
            .where(associations.c.id == association_id, associations.c.set_up_at.is_(None))
            .values(set_up_at=now)
        )

    async def profile(self, settings: str) -> int:
        """The id of the timing profile with these settings (canonical JSON), made if it is the first."""
        await self._connection.execute(
            insert_or_ignore(self._connection, timing_profiles).values(settings=settings)
        )
        found = select(timing_profiles.c.id).where(timing_profiles.c.settings == settings)
        return int((await self._connection.execute(found)).scalar_one())

    async def settings_of(self, association_id: int) -> str:
        """The settings of the association's own timing profile, as canonical JSON."""
        found = (
            select(timing_profiles.c.settings)
            .join(associations, associations.c.profile_id == timing_profiles.c.id)
            .where(associations.c.id == association_id)
        )
        return str((await self._connection.execute(found)).scalar_one())

    async def retention_years(self, association_id: int) -> int:
        """For how many years the association keeps the journal of what was sent."""
        found = select(associations.c.retention_years).where(associations.c.id == association_id)
        return int((await self._connection.execute(found)).scalar_one())

    async def profile_settings(self, profile_id: int) -> str:
        """The settings of a timing profile, as canonical JSON."""
        found = select(timing_profiles.c.settings).where(timing_profiles.c.id == profile_id)
        return str((await self._connection.execute(found)).scalar_one())

    async def add_invitation(self, invitation: Invitation, now: datetime) -> None:
        """Stores a way in."""
        await self._connection.execute(
            insert(invitations).values(
                association_id=invitation.association_id,
                code=invitation.code,
                digits=invitation.digits,
                role=invitation.role,
                created_at=now,
                expires_at=invitation.expires_at,
                beside=list(invitation.beside) or None,
            )
        )

    async def invitation(self, code_or_digits: str) -> Invitation | None:
        """The invitation with this code or these digits."""
        return await self._invitation(
            (invitations.c.code == code_or_digits) | (invitations.c.digits == code_or_digits)
        )

    async def standing_invitation(self, association_id: int) -> Invitation | None:
        """The newest invitation for members of an association; it does not expire."""
        return await self._invitation(
            (invitations.c.association_id == association_id) & (invitations.c.role == Role.MEMBER)
        )

    async def handover(self, handover_id: int) -> Handover | None:
        """A handover, of whichever association."""
        return await self._handover(handovers.c.id == handover_id)

    async def handover_by(self, code: str) -> Handover | None:
        """The handover that an invitation's code belongs to."""
        return await self._handover(handovers.c.code == code)

    async def _handover(self, condition: ColumnElement[bool]) -> Handover | None:
        row = (await self._connection.execute(select(handovers).where(condition))).one_or_none()
        return None if row is None else to_handover(row)

    async def _invitation(self, condition: Any) -> Invitation | None:
        row = (
            await self._connection.execute(
                select(invitations).where(condition).order_by(invitations.c.id.desc()).limit(1)
            )
        ).one_or_none()
        return (
            None
            if row is None
            else Invitation(
                association_id=row.association_id,
                code=row.code,
                digits=row.digits,
                role=Role(row.role),
                expires_at=row.expires_at,
                used=row.used_at is not None,
                beside=tuple(row.beside or ()),
            )
        )

    async def use_invitation(self, code: str, now: datetime) -> bool:
        """Marks an invitation that is good once as used; False when somebody was faster."""
        result = await self._connection.execute(
            update(invitations)
            .where(invitations.c.code == code, invitations.c.used_at.is_(None))
            .values(used_at=now)
        )
        return result.rowcount == 1
