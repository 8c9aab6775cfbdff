"""Lists of people that an association's coordinators stored, and could take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, insert, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import LISTED, Import
from storage.tables import imports, memberships, metadata, other_schools, persons, schools

# Every column that names a member or a person: whoever stands in one of them has got something since.
_NAMING = [
    element.parent
    for table in metadata.sorted_tables
    if table is not memberships
    for constraint in table.foreign_key_constraints
    for element in constraint.elements
    if element.column is persons.c.id or element.column is memberships.c.person_id
]


class Imports:
    """Lists stored in one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, school_ids: Sequence[int], by: int, now: datetime) -> int:
        """A list that is being stored; returns its id."""
        made = insert(imports).values(
            association_id=self._association_id, school_ids=list(school_ids), by_person_id=by, at=now
        )
        return int((await self._connection.execute(made.returning(imports.c.id))).scalar_one())

    async def get(self, import_id: int) -> Import | None:
        """One list that was not taken back."""
        return await self._one(self._imports().where(imports.c.id == import_id))

    async def newest(self) -> Import | None:
        """The list stored last."""
        return await self._one(self._imports().order_by(imports.c.id.desc()).limit(1))

    async def people(self, import_id: int) -> list[int]:
        """Those who came with a list, wherever they stand now."""
        found = self._people(import_id).order_by(memberships.c.person_id)
        return list((await self._connection.execute(found)).scalars())

    async def untouched(self, import_id: int) -> list[int]:
        """Those of them who are as they came: in the lists, in no other association, without an account,
        and nothing hangs on them."""
        ours = self._people(import_id)
        touched = union(*(select(column).where(column.in_(ours)) for column in _NAMING)).subquery()
        elsewhere = memberships.alias("elsewhere")
        found = (
            ours.join(persons, persons.c.id == memberships.c.person_id)
            .where(
                persons.c.telegram_id.is_(None),
                memberships.c.status.in_(LISTED),
                memberships.c.person_id.not_in(select(touched)),
                ~exists().where(
                    elsewhere.c.person_id == memberships.c.person_id,
                    elsewhere.c.association_id != memberships.c.association_id,
                ),
            )
            .order_by(memberships.c.person_id)
        )
        return list((await self._connection.execute(found)).scalars())

    async def take_back(self, taken: Import) -> list[int]:
        """Nobody who is as she came is stored any more, nor a school that nobody else works at; returns who
        went."""
        going = await self.untouched(taken.id)
        ours = memberships.c.association_id == self._association_id
        await self._connection.execute(delete(memberships).where(ours, memberships.c.person_id.in_(going)))
        await self._connection.execute(delete(persons).where(persons.c.id.in_(going)))
        deserted = [
            ~exists().where(
                table.c.association_id == schools.c.association_id, table.c.school_id == schools.c.id
            )
            for table in (memberships, other_schools)
        ]
        await self._connection.execute(
            delete(schools).where(
                schools.c.association_id == self._association_id,
                schools.c.id.in_(taken.school_ids),
                *deserted,
            )
        )
        await self._connection.execute(
            delete(imports).where(imports.c.association_id == self._association_id, imports.c.id == taken.id)
        )
        return going

    def _imports(self) -> Select[Any]:
        return select(imports).where(imports.c.association_id == self._association_id)

    def _people(self, import_id: int) -> Select[Any]:
        return select(memberships.c.person_id).where(
            memberships.c.association_id == self._association_id, memberships.c.import_id == import_id
        )

    async def _one(self, found: Select[Any]) -> Import | None:
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else Import(row.id, row.at, tuple(row.school_ids))
