"""Who did what in one association, beside the events' own revisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import journal


class Journal:
    """The journal of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def write(self, kind: str, facts: Mapping[str, object], by: int | None, now: datetime) -> None:
        """One line: what was done, by whom, when."""
        await self._connection.execute(
            insert(journal).values(
                association_id=self._association_id, kind=kind, facts=dict(facts), by_person_id=by, at=now
            )
        )
