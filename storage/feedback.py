"""What people of one association say of its events afterwards; for its coordinators alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import Opinion
from storage.joins import of_merged
from storage.tables import events, feedback, persons
from storage.upsert import move_to_person, upsert

_COUNTS = ~of_merged(feedback)


class Feedback:
    """Words about the events of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def put(self, event_id: int, person_id: int, text: str, now: datetime) -> None:
        """Her words about an event, in place of those that she gave before."""
        given = upsert(self._connection, feedback).values(
            association_id=self._association_id, event_id=event_id, person_id=person_id, text=text, at=now
        )
        await self._connection.execute(
            given.on_conflict_do_update(
                index_elements=[feedback.c.association_id, feedback.c.event_id, feedback.c.person_id],
                set_={"text": given.excluded.text, "at": given.excluded.at},
            )
        )

    async def remove(self, event_id: int, person_id: int) -> bool:
        """Takes her words out; False where there are none."""
        gone = await self._connection.execute(
            delete(feedback).where(*self._of(event_id), feedback.c.person_id == person_id)
        )
        return gone.rowcount == 1

    async def of_event(self, event_id: int) -> list[Opinion]:
        """What was said of an event, in the order in which it was."""
        statement = (
            select(feedback, persons.c.surname, persons.c.given_name, persons.c.patronymic)
            .join(persons, persons.c.id == feedback.c.person_id)
            .where(*self._of(event_id), _COUNTS)
            .order_by(feedback.c.at, feedback.c.person_id)
        )
        return [
            Opinion(row.person_id, FullName(row.surname, row.given_name, row.patronymic), row.text, row.at)
            for row in await self._connection.execute(statement)
        ]

    async def count(self, event_id: int) -> int:
        """How many said something of an event."""
        statement = select(func.count()).select_from(feedback).where(*self._of(event_id), _COUNTS)
        return int((await self._connection.execute(statement)).scalar_one())

    async def export(self, person_id: int) -> list[dict[str, object]]:
        """All that she said, for «Мои данные»."""
        statement = (
            select(events.c.title, events.c.starts_at, feedback.c.text, feedback.c.at)
            .join(
                events,
                and_(
                    events.c.association_id == feedback.c.association_id, events.c.id == feedback.c.event_id
                ),
            )
            .where(feedback.c.association_id == self._association_id, feedback.c.person_id == person_id)
            .order_by(events.c.starts_at, events.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """Another record's words are the person's where she gave none; returns about which events."""
        return await move_to_person(
            self._connection, feedback, self._association_id, other_id, person_id, None
        )

    async def release(self, person_id: int, other_id: int, event_ids: Collection[int]) -> list[int]:
        """Undoes `adopt` for these events; returns about which words went back."""
        return await move_to_person(
            self._connection, feedback, self._association_id, person_id, other_id, event_ids
        )

    def _of(self, event_id: int) -> tuple[ColumnElement[bool], ...]:
        return feedback.c.association_id == self._association_id, feedback.c.event_id == event_id
