"""What there is to read of one association's events: links, and Telegram's names for files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.materials import NewMaterial
from domain.records import Material, MaterialKind
from storage.tables import materials


class Materials:
    """Materials of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, event_id: int, new: Sequence[NewMaterial], by: int, now: datetime) -> None:
        """Materials of an event, as a coordinator gave them."""
        await self._connection.execute(
            insert(materials),
            [
                {
                    "association_id": self._association_id,
                    "event_id": event_id,
                    "kind": one.kind,
                    "title": one.title,
                    "link": one.link,
                    "file_id": one.file_id,
                    "file_unique_id": one.unique_id,
                    "size": one.size,
                    "by_person_id": by,
                    "at": now,
                }
                for one in new
            ],
        )

    async def of_event(self, event_id: int) -> list[Material]:
        """What there is to read of an event, in the order in which it was added."""
        return (await self.of_events([event_id])).get(event_id, [])

    async def of_events(self, event_ids: Collection[int]) -> dict[int, list[Material]]:
        """The same for several events; one without materials is left out."""
        statement = (
            select(materials)
            .where(self._ours(), materials.c.event_id.in_(event_ids), materials.c.removed_at.is_(None))
            .order_by(materials.c.id)
        )
        found: dict[int, list[Material]] = {}
        for row in await self._connection.execute(statement):
            found.setdefault(row.event_id, []).append(_to_material(row))
        return found

    async def get(self, event_id: int, material_id: int) -> Material | None:
        """One of them, be it taken out."""
        found = select(materials).where(*self._key(event_id, material_id))
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _to_material(row)

    async def known(self, event_id: int) -> set[str]:
        """What tells the materials of an event from others: addresses, and Telegram's lasting names."""
        found = select(materials.c.link, materials.c.file_unique_id).where(
            self._ours(), materials.c.event_id == event_id, materials.c.removed_at.is_(None)
        )
        return {row.link or row.file_unique_id for row in await self._connection.execute(found)}

    async def rename(self, event_id: int, material_id: int, title: str) -> bool:
        """Gives one another title; False where it is not there."""
        result = await self._connection.execute(
            update(materials)
            .where(*self._key(event_id, material_id), materials.c.removed_at.is_(None))
            .values(title=title)
        )
        return result.rowcount == 1

    async def remove(self, event_id: int, material_id: int, now: datetime) -> bool:
        """Takes one out; False where it is not there any more."""
        result = await self._connection.execute(
            update(materials)
            .where(*self._key(event_id, material_id), materials.c.removed_at.is_(None))
            .values(removed_at=now)
        )
        return result.rowcount == 1

    async def bring_back(self, event_id: int, material_id: int) -> bool:
        """Puts back what was taken out; False where it stands there, or is forgotten."""
        result = await self._connection.execute(
            update(materials)
            .where(*self._key(event_id, material_id), materials.c.removed_at.is_not(None))
            .values(removed_at=None)
        )
        return result.rowcount == 1

    async def forget(self, before: datetime) -> int:
        """Erases what was taken out before a moment (UTC); returns how many."""
        result = await self._connection.execute(
            delete(materials).where(self._ours(), materials.c.removed_at < before)
        )
        return result.rowcount

    async def lend(self, event_id: int, to: int) -> int:
        """The materials of an event are another one's while the two are held together; returns how many."""
        result = await self._connection.execute(
            update(materials)
            .where(self._ours(), materials.c.event_id == event_id)
            .values(event_id=to, came_from=event_id)
        )
        return result.rowcount

    async def give_back(self, event_id: int) -> int:
        """Undoes `lend`: each of those that an event got belongs to its own event again; returns how many."""
        result = await self._connection.execute(
            update(materials)
            .where(self._ours(), materials.c.event_id == event_id, materials.c.came_from.is_not(None))
            .values(event_id=materials.c.came_from, came_from=None)
        )
        return result.rowcount

    def _ours(self) -> ColumnElement[bool]:
        return materials.c.association_id == self._association_id

    def _key(self, event_id: int, material_id: int) -> tuple[ColumnElement[bool], ...]:
        return self._ours(), materials.c.event_id == event_id, materials.c.id == material_id


def _to_material(row: Any) -> Material:
    return Material(
        id=row.id,
        event_id=row.event_id,
        kind=MaterialKind(row.kind),
        title=row.title,
        link=row.link,
        file_id=row.file_id,
        size=row.size,
        removed=row.removed_at is not None,
    )
