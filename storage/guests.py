"""Guests of one association's events: those who come without being members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.guests import NewGuest
from domain.records import Guest
from storage.tables import event_guests


class Guests:
    """Guests of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, event_id: int, guests: Sequence[NewGuest], by: int, now: datetime) -> None:
        """Guests of an event, as a coordinator wrote them."""
        await self._connection.execute(
            insert(event_guests),
            [
                {
                    "association_id": self._association_id,
                    "event_id": event_id,
                    "name": guest.name,
                    "organisation": guest.organisation,
                    "by_person_id": by,
                    "at": now,
                }
                for guest in guests
            ],
        )

    async def of_event(self, event_id: int) -> list[Guest]:
        """Who comes to an event as a guest, in the order in which they were entered."""
        statement = select(event_guests).where(*self._of(event_id)).order_by(event_guests.c.id)
        return [
            Guest(row.id, row.name, row.organisation) for row in await self._connection.execute(statement)
        ]

    async def remove(self, event_id: int, guest_id: int) -> bool:
        """A guest does not come after all; False where she is not there."""
        result = await self._connection.execute(
            delete(event_guests).where(*self._of(event_id), event_guests.c.id == guest_id)
        )
        return result.rowcount == 1

    def _of(self, event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (
            event_guests.c.association_id == self._association_id,
            event_guests.c.event_id == event_id,
        )
