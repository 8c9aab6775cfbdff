"""What the coordinators of one association wrote to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import broadcasts


class Broadcasts:
    """Broadcasts of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, text: str, by: int, now: datetime) -> int:
        """Stores the words; returns their id."""
        result = await self._connection.execute(
            insert(broadcasts)
            .values(association_id=self._association_id, by_person_id=by, text=text, at=now)
            .returning(broadcasts.c.id)
        )
        return int(result.scalar_one())

    async def texts(self, broadcast_ids: Iterable[int]) -> dict[int, str]:
        """The words of several broadcasts, by id."""
        ids = list(broadcast_ids)
        if not ids:
            return {}
        statement = select(broadcasts.c.id, broadcasts.c.text).where(
            broadcasts.c.association_id == self._association_id, broadcasts.c.id.in_(ids)
        )
        return {row.id: row.text for row in await self._connection.execute(statement)}
