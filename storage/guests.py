"""Guests of one association's events: those who come without being members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.guests import NewGuest
from domain.records import Guest, Mark
from storage.tables import event_guests, events


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
        return [_to_guest(row) for row in await self._connection.execute(statement)]

    async def of_events(self, event_ids: Collection[int]) -> dict[int, tuple[Guest, ...]]:
        """The same of several events, by event; nothing of an event without guests."""
        statement = (
            select(event_guests)
            .where(
                event_guests.c.association_id == self._association_id,
                event_guests.c.event_id.in_(event_ids),
            )
            .order_by(event_guests.c.id)
        )
        found: defaultdict[int, list[Guest]] = defaultdict(list)
        for row in await self._connection.execute(statement):
            found[row.event_id].append(_to_guest(row))
        return {event_id: tuple(guests) for event_id, guests in found.items()}

    async def remove(self, event_id: int, guest_id: int) -> bool:
        """A guest does not come after all, nor to what is held together with the event; False where she is
        not there."""
        gone = await self._connection.execute(
            delete(event_guests)
            .where(*self._of(event_id), event_guests.c.id == guest_id)
            .returning(event_guests.c.name, event_guests.c.organisation)
        )
        row = gone.one_or_none()
        if row is None:
            return False
        merged = select(events.c.id).where(
            events.c.association_id == self._association_id, events.c.merged_into == event_id
        )
        await self._connection.execute(
            delete(event_guests).where(
                event_guests.c.association_id == self._association_id,
                event_guests.c.event_id.in_(merged),
                event_guests.c.name == row.name,
                event_guests.c.organisation == row.organisation,
            )
        )
        return True

    async def lend(self, event_id: int, to: int) -> int:
        """The guests of an event are those of another one while the two are held together; who is in that
        one's list already stands there once. Returns how many went over."""
        there = event_guests.alias("there")
        listed = exists().where(
            there.c.association_id == self._association_id,
            there.c.event_id == to,
            there.c.name == event_guests.c.name,
            there.c.organisation == event_guests.c.organisation,
        )
        result = await self._connection.execute(
            update(event_guests)
            .where(*self._of(event_id), ~listed)
            .values(event_id=to, came_from=event_guests.c.event_id)
        )
        return result.rowcount

    async def send_back(self, event_id: int) -> int:
        """An event keeps its own guests alone; returns how many went."""
        result = await self._connection.execute(
            update(event_guests)
            .where(*self._of(event_id), event_guests.c.came_from.is_not(None))
            .values(event_id=event_guests.c.came_from, came_from=None)
        )
        return result.rowcount

    def _of(self, event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (
            event_guests.c.association_id == self._association_id,
            event_guests.c.event_id == event_id,
        )


def _to_guest(row: Any) -> Guest:
    return Guest(row.id, row.name, row.organisation, None if row.mark is None else Mark(row.mark))
