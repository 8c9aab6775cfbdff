"""An association's own blanks, in place of those that come with Звонок."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import OwnBlank
from storage.tables import templates
from storage.upsert import upsert


class Templates:
    """The blanks of one association, by documents.blanks.Blank.code."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def kinds(self) -> set[str]:
        """Of which documents it has a blank of its own."""
        found = select(templates.c.kind).where(templates.c.association_id == self._association_id)
        return set((await self._connection.execute(found)).scalars())

    async def get(self, kind: str) -> OwnBlank | None:
        """Its own blank of a document; None where it has none."""
        found = select(templates.c.content, templates.c.file_name).where(
            templates.c.association_id == self._association_id, templates.c.kind == kind
        )
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else OwnBlank(bytes(row.content), row.file_name)

    async def put(self, kind: str, own: OwnBlank, by: int, now: datetime) -> None:
        """Its own blank of a document from now on."""
        said = {"content": own.content, "file_name": own.file_name, "by_person_id": by, "at": now}
        await self._connection.execute(
            upsert(self._connection, templates)
            .values(association_id=self._association_id, kind=kind, **said)
            .on_conflict_do_update(index_elements=[templates.c.association_id, templates.c.kind], set_=said)
        )

    async def drop(self, kind: str) -> bool:
        """It has no blank of its own any more; False where it had none."""
        result = await self._connection.execute(
            delete(templates).where(
                templates.c.association_id == self._association_id, templates.c.kind == kind
            )
        )
        return result.rowcount == 1
