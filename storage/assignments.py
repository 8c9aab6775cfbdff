"""Who is named for the tasks of one association, and who has done them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import Assignee, Standing
from storage.joins import MEMBERS_SCHOOL, by_name
from storage.tables import assignments, memberships, persons, schools
from storage.upsert import copy_to_person, insert_or_ignore


class Assignments:
    """Tasks of one association, by person."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def name(self, event_id: int, person_ids: Sequence[int], now: datetime) -> int:
        """Names active members for a task; returns how many were not named before."""
        statement = insert_or_ignore(self._connection, assignments).from_select(
            ["association_id", "event_id", "person_id", "named_at"],
            select(
                memberships.c.association_id,
                literal(event_id, assignments.c.event_id.type),
                memberships.c.person_id,
                literal(now, assignments.c.named_at.type),
            ).where(
                memberships.c.association_id == self._association_id,
                memberships.c.status == Standing.ACTIVE,
                memberships.c.person_id.in_(list(person_ids)),
            ),
        )
        return (await self._connection.execute(statement)).rowcount

    async def release(self, event_id: int, person_id: int) -> None:
        """The task is no longer hers."""
        await self._connection.execute(delete(assignments).where(*self._key(event_id, person_id)))

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """Another record's tasks become the person's too; returns those that are new to her."""
        hers, theirs = await self.of_person(person_id), await self.of_person(other_id)
        new = [event_id for event_id in theirs if event_id not in hers]
        association = self._association_id
        await copy_to_person(self._connection, assignments, association, other_id, person_id, new)
        return new

    async def finish(self, event_id: int, person_id: int, now: datetime) -> bool:
        """«Готово»; False where nothing was left to do, or she is not named for it."""
        result = await self._connection.execute(
            update(assignments)
            .where(*self._key(event_id, person_id), assignments.c.done_at.is_(None))
            .values(done_at=now)
        )
        return result.rowcount == 1

    async def reopen(self, event_id: int, person_id: int) -> bool:
        """«Ещё не готово»; False where it was not done, or she is not named for it."""
        result = await self._connection.execute(
            update(assignments)
            .where(*self._key(event_id, person_id), assignments.c.done_at.is_not(None))
            .values(done_at=None)
        )
        return result.rowcount == 1

    async def of_event(self, event_id: int) -> list[Assignee]:
        """Who is named for a task, by surname."""
        statement = (
            select(
                persons.c.id,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                schools.c.title,
                assignments.c.done_at,
            )
            .select_from(assignments)
            .join(persons, persons.c.id == assignments.c.person_id)
            .join(
                memberships,
                and_(
                    memberships.c.association_id == assignments.c.association_id,
                    memberships.c.person_id == assignments.c.person_id,
                    memberships.c.status == Standing.ACTIVE,
                ),
            )
            .outerjoin(schools, MEMBERS_SCHOOL)
            .where(assignments.c.association_id == self._association_id, assignments.c.event_id == event_id)
            .order_by(*by_name())
        )
        return [
            Assignee(row.id, FullName(row.surname, row.given_name, row.patronymic), row.title, row.done_at)
            for row in await self._connection.execute(statement)
        ]

    async def of_person(self, person_id: int) -> dict[int, datetime | None]:
        """The tasks that a person is named for, with the moment she had them done."""
        statement = select(assignments.c.event_id, assignments.c.done_at).where(
            assignments.c.association_id == self._association_id, assignments.c.person_id == person_id
        )
        return {row.event_id: row.done_at for row in await self._connection.execute(statement)}

    def _key(self, event_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
        return (
            assignments.c.association_id == self._association_id,
            assignments.c.event_id == event_id,
            assignments.c.person_id == person_id,
        )
