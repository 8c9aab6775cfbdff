"""Records of one association that turned out to be one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Merge
from storage.tables import merges


class Merges:
    """Merges of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, kept_id: int, dropped_id: int, facts: Mapping[str, object], now: datetime) -> int:
        """Two records are one from now on; returns the merge's id."""
        made = insert(merges).values(
            association_id=self._association_id,
            kept_id=kept_id,
            dropped_id=dropped_id,
            facts=dict(facts),
            at=now,
        )
        return int((await self._connection.execute(made.returning(merges.c.id))).scalar_one())

    async def get(self, merge_id: int) -> Merge | None:
        """One merge that stands."""
        found = select(merges).where(merges.c.association_id == self._association_id, merges.c.id == merge_id)
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _to_merge(row)

    async def newest(self, kept_id: int) -> Merge | None:
        """The last record that was merged into a person's."""
        found = (
            select(merges)
            .where(merges.c.association_id == self._association_id, merges.c.kept_id == kept_id)
            .order_by(merges.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _to_merge(row)

    async def remove(self, merge_id: int) -> None:
        """They are two again."""
        await self._connection.execute(
            delete(merges).where(merges.c.association_id == self._association_id, merges.c.id == merge_id)
        )

    async def forget(self, dropped_id: int) -> None:
        """Whose record had gone into another is back by herself: the other's erasing is not hers."""
        await self._connection.execute(
            delete(merges).where(
                merges.c.association_id == self._association_id, merges.c.dropped_id == dropped_id
            )
        )


def _to_merge(row: Any) -> Merge:
    return Merge(row.id, row.kept_id, row.dropped_id, row.facts, row.at)
