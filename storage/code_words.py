"""The code words of one association's events, and how often somebody got one wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import CodeWord
from storage.tables import checkin_tries, checkin_words, events
from storage.upsert import upsert


class CodeWords:
    """Code words of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def name(self, event_id: int, word: CodeWord, by: int) -> None:
        """An event's word, in place of the one before."""
        statement = upsert(self._connection, checkin_words).values(
            association_id=self._association_id,
            event_id=event_id,
            word=word.word,
            valid_until=word.valid_until,
            by_person_id=by,
        )
        named = {one: statement.excluded[one] for one in ("word", "valid_until", "by_person_id")}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(checkin_words.primary_key), set_=named)
        )

    async def standing(self, event_id: int, at: datetime) -> CodeWord | None:
        """The word that is taken at a moment (UTC)."""
        found = select(checkin_words).where(*self._of(event_id), checkin_words.c.valid_until > at)
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else CodeWord(row.word, row.valid_until)

    async def end(self, event_id: int) -> bool:
        """The word is taken no longer; False where there was none."""
        gone = await self._connection.execute(delete(checkin_words).where(*self._of(event_id)))
        return gone.rowcount == 1

    async def wrong(self, event_id: int, person_id: int) -> int:
        """How many wrong words, or digits, she gave for an event."""
        found = select(checkin_tries.c.wrong).where(
            checkin_tries.c.association_id == self._association_id,
            checkin_tries.c.event_id == event_id,
            checkin_tries.c.person_id == person_id,
        )
        return (await self._connection.execute(found)).scalar_one_or_none() or 0

    async def count_wrong(self, event_id: int, person_id: int) -> int:
        """One more; returns how many there are now."""
        statement = upsert(self._connection, checkin_tries).values(
            association_id=self._association_id, event_id=event_id, person_id=person_id, wrong=1
        )
        counted = statement.on_conflict_do_update(
            index_elements=list(checkin_tries.primary_key), set_={"wrong": checkin_tries.c.wrong + 1}
        )
        return int((await self._connection.execute(counted.returning(checkin_tries.c.wrong))).scalar_one())

    async def export(self, person_id: int) -> list[dict[str, object]]:
        """For which events she got words, or digits, wrong, and how often: for «Мои данные»."""
        statement = (
            select(events.c.title, events.c.starts_at, checkin_tries.c.wrong)
            .join(
                events,
                and_(
                    events.c.association_id == checkin_tries.c.association_id,
                    events.c.id == checkin_tries.c.event_id,
                ),
            )
            .where(
                checkin_tries.c.association_id == self._association_id, checkin_tries.c.person_id == person_id
            )
            .order_by(events.c.starts_at, events.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    def _of(self, event_id: int) -> tuple[ColumnElement[bool], ...]:
        return (
            checkin_words.c.association_id == self._association_id,
            checkin_words.c.event_id == event_id,
        )
