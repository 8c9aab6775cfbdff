"""Ways to one event, for its guests and for who presents it; opened by a code, of whichever association."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import EventInvitation
from domain.roles import Part
from storage.tables import event_invitations


class EventInvitations:
    """All invitations to single events."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, invitation: EventInvitation, now: datetime) -> None:
        """Stores a way in."""
        await self._connection.execute(
            insert(event_invitations).values(
                association_id=invitation.association_id,
                event_id=invitation.event_id,
                part=invitation.part,
                code=invitation.code,
                digits=invitation.digits,
                created_at=now,
                expires_at=invitation.expires_at,
            )
        )

    async def find(self, code_or_digits: str) -> EventInvitation | None:
        """The invitation with this code or these digits, withdrawn ones too."""
        return await self._find(
            (event_invitations.c.code == code_or_digits) | (event_invitations.c.digits == code_or_digits)
        )

    async def of_guests(self, association_id: int, event_id: int) -> EventInvitation | None:
        """The invitation that an event's guests share, if there is one that was not withdrawn."""
        return await self._find(
            (event_invitations.c.association_id == association_id)
            & (event_invitations.c.event_id == event_id)
            & (event_invitations.c.part == Part.GUEST)
            & event_invitations.c.withdrawn_at.is_(None)
        )

    async def withdraw(self, association_id: int, event_id: int, now: datetime) -> bool:
        """The invitation that an event's guests share lets nobody in any more; False where there is none."""
        result = await self._connection.execute(
            update(event_invitations)
            .where(
                event_invitations.c.association_id == association_id,
                event_invitations.c.event_id == event_id,
                event_invitations.c.part == Part.GUEST,
                event_invitations.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now)
        )
        return result.rowcount > 0

    async def use(self, code: str, now: datetime) -> bool:
        """Marks a presenter's invitation as used; False when somebody was faster."""
        result = await self._connection.execute(
            update(event_invitations)
            .where(event_invitations.c.code == code, event_invitations.c.used_at.is_(None))
            .values(used_at=now)
        )
        return result.rowcount == 1

    async def _find(self, condition: Any) -> EventInvitation | None:
        found = select(event_invitations).where(condition).order_by(event_invitations.c.id.desc()).limit(1)
        row = (await self._connection.execute(found)).one_or_none()
        if row is None:
            return None
        return EventInvitation(
            association_id=row.association_id,
            event_id=row.event_id,
            part=Part(row.part),
            code=row.code,
            digits=row.digits,
            expires_at=row.expires_at,
            used=row.used_at is not None,
            withdrawn=row.withdrawn_at is not None,
        )
