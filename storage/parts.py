"""Who has a part in one event of an association: its presenters, and guests who are in the bot."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import LISTED, Host, Standing
from domain.roles import Part, Role
from storage.joins import MEMBERS_SCHOOL, by_name
from storage.tables import event_people, events, memberships, persons, schools
from storage.targets import IN_TELEGRAM
from storage.upsert import copy_to_person, insert_or_ignore, upsert

# Whoever left has her part again if she is brought back.
_HERE = LISTED | {Standing.GUEST}


class Parts:
    """Parts in the events of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def of(self, event_id: int, person_id: int) -> Part | None:
        """A person's part in an event."""
        found = select(event_people.c.part).where(*self._key(event_id, person_id))
        part = (await self._connection.execute(found)).scalar_one_or_none()
        return None if part is None else Part(part)

    async def give(self, event_id: int, person_id: int, part: Part, now: datetime) -> bool:
        """A part in an event; who presents it is no guest of it. False where nothing changed."""
        statement = upsert(self._connection, event_people).values(
            association_id=self._association_id, event_id=event_id, person_id=person_id, part=part, at=now
        )
        result = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=list(event_people.primary_key),
                set_={"part": statement.excluded.part, "at": statement.excluded.at},
                where=(event_people.c.part == Part.GUEST) & (statement.excluded.part == Part.HOST),
            )
        )
        return result.rowcount == 1

    async def take(self, event_id: int, person_id: int, part: Part) -> bool:
        """She has this part no more; False where she had it not. Who is no member stays a guest when she
        presents an event no more."""
        if part is Part.HOST:
            stays = exists().where(
                memberships.c.association_id == self._association_id,
                memberships.c.person_id == person_id,
                memberships.c.status == Standing.GUEST,
            )
            kept = await self._connection.execute(
                update(event_people)
                .where(*self._key(event_id, person_id), event_people.c.part == part, stays)
                .values(part=Part.GUEST)
            )
            if kept.rowcount == 1:
                return True
        result = await self._connection.execute(
            delete(event_people).where(*self._key(event_id, person_id), event_people.c.part == part)
        )
        return result.rowcount == 1

    async def drop(self, person_id: int, part: Part | None = None) -> None:
        """She has no part in any event any more, or not this one."""
        conditions = [event_people.c.part == part] if part else []
        await self._connection.execute(
            delete(event_people).where(
                event_people.c.association_id == self._association_id,
                event_people.c.person_id == person_id,
                *conditions,
            )
        )

    async def carry(self, event_id: int, to: int) -> None:
        """Whoever has a part in one event has it in another one too."""
        theirs = select(
            event_people.c.association_id,
            literal(to, event_people.c.event_id.type),
            event_people.c.person_id,
            event_people.c.part,
            event_people.c.at,
        ).where(event_people.c.association_id == self._association_id, event_people.c.event_id == event_id)
        await self._connection.execute(
            insert_or_ignore(self._connection, event_people).from_select(
                [column.name for column in event_people.c], theirs
            )
        )

    async def carry_back(self, event_id: int, came_from: int) -> None:
        """Takes out what was carried from another event."""
        there = event_people.alias("there")
        carried = exists().where(
            there.c.association_id == event_people.c.association_id,
            there.c.event_id == came_from,
            there.c.person_id == event_people.c.person_id,
            there.c.at == event_people.c.at,
        )
        await self._connection.execute(
            delete(event_people).where(
                event_people.c.association_id == self._association_id,
                event_people.c.event_id == event_id,
                carried,
            )
        )

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """What another record's person presents becomes hers too; returns the events that are new."""
        hers, theirs = await self.event_ids(person_id), await self.event_ids(other_id)
        new = [event_id for event_id in theirs if event_id not in hers]
        association = self._association_id
        await copy_to_person(self._connection, event_people, association, other_id, person_id, new)
        return new

    async def event_ids(self, person_id: int) -> list[int]:
        """The events in which a person has a part."""
        found = select(event_people.c.event_id).where(
            event_people.c.association_id == self._association_id, event_people.c.person_id == person_id
        )
        return list((await self._connection.execute(found.order_by(event_people.c.event_id))).scalars())

    async def hosts(self, event_id: int) -> list[Host]:
        """Who presents an event, by surname."""
        statement = (
            select(
                persons.c.id,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                func.coalesce(func.nullif(memberships.c.organisation, ""), schools.c.title).label("school"),
                memberships.c.status,
                IN_TELEGRAM.label("reachable"),
            )
            .select_from(event_people)
            .join(memberships, _MEMBERSHIP)
            .join(persons, persons.c.id == event_people.c.person_id)
            .outerjoin(schools, MEMBERS_SCHOOL)
            .where(
                event_people.c.association_id == self._association_id,
                event_people.c.event_id == event_id,
                event_people.c.part == Part.HOST,
                memberships.c.status.in_(_HERE),
            )
            .order_by(*by_name())
        )
        return [
            Host(
                row.id,
                FullName(row.surname, row.given_name, row.patronymic),
                row.school or None,
                member=row.status != Standing.GUEST,
                reachable=row.reachable,
            )
            for row in await self._connection.execute(statement)
        ]

    async def presenting(self, event_ids: Collection[int]) -> dict[tuple[int, int], bool]:
        """Who presents these events, by event and person, and whether she is a coordinator as well."""
        statement = (
            select(event_people.c.event_id, event_people.c.person_id, memberships.c.role)
            .join(memberships, _MEMBERSHIP)
            .where(
                event_people.c.association_id == self._association_id,
                event_people.c.event_id.in_(list(event_ids)),
                event_people.c.part == Part.HOST,
            )
        )
        return {
            (row.event_id, row.person_id): row.role == Role.COORDINATOR
            for row in await self._connection.execute(statement)
        }

    async def of_person(self, person_id: int) -> list[dict[str, object]]:
        """Every event in which the person has a part, for «Мои данные»."""
        statement = (
            select(events.c.title, events.c.starts_at, event_people.c.part)
            .join(
                events,
                (events.c.association_id == event_people.c.association_id)
                & (events.c.id == event_people.c.event_id),
            )
            .where(
                event_people.c.association_id == self._association_id,
                event_people.c.person_id == person_id,
            )
            .order_by(events.c.starts_at)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    def _key(self, event_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
        return (
            event_people.c.association_id == self._association_id,
            event_people.c.event_id == event_id,
            event_people.c.person_id == person_id,
        )


_MEMBERSHIP = (memberships.c.association_id == event_people.c.association_id) & (
    memberships.c.person_id == event_people.c.person_id
)
