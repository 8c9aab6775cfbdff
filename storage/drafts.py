"""Plans that a coordinator sent and has not saved yet; one a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import drafts
from storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft (in the form of `plan read --json`) and the digest of the file it came from."""

    id: int
    digest: str
    draft: Mapping[str, Any]


class Drafts:
    """Drafts of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def put(self, person_id: int, digest: str, draft: Mapping[str, Any], now: datetime) -> int:
        """Keeps a draft in the place of the person's last one; returns its id, which is new each time."""
        await self.drop(person_id)
        result = await self._connection.execute(
            upsert(self._connection, drafts)
            .values(
                association_id=self._association_id,
                person_id=person_id,
                digest=digest,
                draft=draft,
                created_at=now,
            )
            .returning(drafts.c.id)
        )
        return int(result.scalar_one())

    async def get(self, person_id: int) -> StoredDraft | None:
        """The person's draft."""
        statement = select(drafts.c.id, drafts.c.digest, drafts.c.draft).where(
            drafts.c.association_id == self._association_id, drafts.c.person_id == person_id
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else StoredDraft(row.id, row.digest, row.draft)

    async def rewrite(self, draft_id: int, draft: Mapping[str, Any]) -> None:
        """The draft with this id says something else now; it keeps its id."""
        await self._connection.execute(
            update(drafts)
            .where(drafts.c.association_id == self._association_id, drafts.c.id == draft_id)
            .values(draft=draft)
        )

    async def drop(self, person_id: int) -> None:
        """Forgets the person's draft."""
        await self._connection.execute(
            delete(drafts).where(
                drafts.c.association_id == self._association_id, drafts.c.person_id == person_id
            )
        )
