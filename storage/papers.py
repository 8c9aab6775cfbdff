"""Scans and photographs that belong to one association's events, by Telegram's names for the files.

Of events held together the one that speaks for all has those of the others too, until they part.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Paper, PaperKind
from storage.tables import events, papers


class Papers:
    """Scans of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(
        self, event_id: int, kind: PaperKind, file_id: str, by: int, now: datetime, *, picture: bool
    ) -> Paper:
        """A scan (a file, or a `picture`) of an event's paper, behind those that are there."""
        made = await self._connection.execute(
            insert(papers)
            .values(
                association_id=self._association_id,
                event_id=event_id,
                kind=kind,
                file_id=file_id,
                picture=picture,
                by_person_id=by,
                at=now,
            )
            .returning(papers)
        )
        return _to_paper(made.one())

    async def of_event(self, event_id: int, kind: PaperKind) -> list[Paper]:
        """The scans of this kind that an event has, in the order in which they were added."""
        found = (
            select(papers)
            .where(
                self._of(event_id),
                papers.c.kind == kind,
                papers.c.removed_at.is_(None),
            )
            .order_by(papers.c.id)
        )
        return [_to_paper(row) for row in await self._connection.execute(found)]

    async def get(self, event_id: int, paper_id: int) -> Paper | None:
        """One of them, be it taken out."""
        row = (await self._connection.execute(select(papers).where(*self._key(event_id, paper_id)))).first()
        return None if row is None else _to_paper(row)

    async def remove(self, event_id: int, paper_id: int, now: datetime) -> bool:
        """Takes one out; False where it is not there any more."""
        result = await self._connection.execute(
            update(papers)
            .where(*self._key(event_id, paper_id), papers.c.removed_at.is_(None))
            .values(removed_at=now)
        )
        return result.rowcount == 1

    async def bring_back(self, event_id: int, paper_id: int) -> bool:
        """Puts back what was taken out; False where it stands there, or is forgotten."""
        result = await self._connection.execute(
            update(papers)
            .where(*self._key(event_id, paper_id), papers.c.removed_at.is_not(None))
            .values(removed_at=None)
        )
        return result.rowcount == 1

    async def forget(self, before: datetime) -> int:
        """Erases what was taken out before a moment (UTC); returns how many."""
        result = await self._connection.execute(
            delete(papers).where(self._ours(), papers.c.removed_at < before)
        )
        return result.rowcount

    def _ours(self) -> ColumnElement[bool]:
        return papers.c.association_id == self._association_id

    def _of(self, event_id: int) -> ColumnElement[bool]:
        spoken_for = select(events.c.id).where(
            events.c.association_id == self._association_id,
            (events.c.id == event_id) | (events.c.merged_into == event_id),
        )
        return self._ours() & papers.c.event_id.in_(spoken_for)

    def _key(self, event_id: int, paper_id: int) -> tuple[ColumnElement[bool], ...]:
        return self._of(event_id), papers.c.id == paper_id


def _to_paper(row: Any) -> Paper:
    return Paper(
        id=row.id,
        event_id=row.event_id,
        kind=PaperKind(row.kind),
        file_id=row.file_id,
        picture=row.picture,
        removed=row.removed_at is not None,
    )
