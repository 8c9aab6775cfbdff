"""Who was not at an event of one association and has read its materials."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Mark
from storage.joins import of_merged
from storage.tables import attendance, events, readings
from storage.upsert import insert_or_ignore, move_to_person

_OF_EVENT = and_(events.c.association_id == readings.c.association_id, events.c.id == readings.c.event_id)
# Marked afterwards as having been there: that counts, and not twice.
_WAS_THERE = exists().where(
    attendance.c.association_id == readings.c.association_id,
    attendance.c.event_id == readings.c.event_id,
    attendance.c.person_id == readings.c.person_id,
    attendance.c.day_version == events.c.day_version,
    attendance.c.mark.in_([mark for mark in Mark if mark.was_there]),
)


class Readings:
    """Readings of one association's materials."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, event_id: int, person_id: int, now: datetime) -> bool:
        """She has read what there is of an event; False where she said so already."""
        made = await self._connection.execute(
            insert_or_ignore(self._connection, readings).values(
                association_id=self._association_id, event_id=event_id, person_id=person_id, at=now
            )
        )
        return made.rowcount == 1

    async def remove(self, event_id: int, person_id: int) -> bool:
        """She has not after all; False where she never said so."""
        gone = await self._connection.execute(
            delete(readings).where(
                self._ours(), readings.c.event_id == event_id, readings.c.person_id == person_id
            )
        )
        return gone.rowcount == 1

    async def count(self, event_id: int) -> int:
        """How many have read what there is of an event, without those who were there."""
        statement = (
            select(func.count())
            .select_from(readings)
            .join(events, _OF_EVENT)
            .where(self._ours(), readings.c.event_id == event_id, ~_WAS_THERE, ~of_merged(readings))
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def export(self, person_id: int) -> list[dict[str, object]]:
        """All that she read, for «Мои данные»."""
        statement = (
            select(events.c.title, events.c.starts_at, readings.c.at)
            .join(events, _OF_EVENT)
            .where(self._ours(), readings.c.person_id == person_id)
            .order_by(events.c.starts_at, events.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """What another record read the person has read; returns of which events that is new."""
        return await move_to_person(
            self._connection, readings, self._association_id, other_id, person_id, None
        )

    async def release(self, person_id: int, other_id: int, event_ids: Collection[int]) -> list[int]:
        """Undoes `adopt` for these events; returns of which readings went back."""
        return await move_to_person(
            self._connection, readings, self._association_id, person_id, other_id, event_ids
        )

    def _ours(self) -> ColumnElement[bool]:
        return readings.c.association_id == self._association_id
