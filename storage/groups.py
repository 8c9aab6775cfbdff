"""Groups that the coordinators of one association tell apart: heads, newcomers."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import LISTED, Group
from storage.tables import group_members, groups, memberships
from storage.upsert import insert_or_ignore

_PEOPLE = (
    (memberships.c.association_id == group_members.c.association_id)
    & (memberships.c.person_id == group_members.c.person_id)
    & memberships.c.status.in_(LISTED)
)


class Groups:
    """Groups of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def all(self) -> list[Group]:
        """Every group, by title."""
        statement = (
            select(groups.c.id, groups.c.title, func.count(memberships.c.person_id).label("size"))
            .select_from(groups)
            .outerjoin(group_members)
            .outerjoin(memberships, _PEOPLE)
            .where(groups.c.association_id == self._association_id)
            .group_by(groups.c.id, groups.c.title)
            .order_by(groups.c.title)
        )
        return [Group(row.id, row.title, row.size) for row in await self._connection.execute(statement)]

    async def titles(self) -> dict[int, str]:
        """What every group is called, by its id."""
        statement = select(groups.c.id, groups.c.title).where(groups.c.association_id == self._association_id)
        return {row.id: row.title for row in await self._connection.execute(statement)}

    async def add(self, title: str) -> int | None:
        """A new group; returns its id, None where there is one of this title."""
        if await self._is_taken(title):
            return None
        made = insert(groups).values(association_id=self._association_id, title=title)
        return int((await self._connection.execute(made.returning(groups.c.id))).scalar_one())

    async def restore(self, group_id: int, title: str) -> bool:
        """A group that was removed is there again, with nobody in it; False where another has its title."""
        if await self._is_taken(title):
            return False
        made = insert_or_ignore(self._connection, groups).values(
            id=group_id, association_id=self._association_id, title=title
        )
        return (await self._connection.execute(made)).rowcount == 1

    async def rename(self, group_id: int, title: str) -> bool:
        """Another title; False where another group has it, or there is no such group."""
        if await self._is_taken(title, but=group_id):
            return False
        result = await self._connection.execute(
            update(groups).where(*self._key(group_id)).values(title=title)
        )
        return result.rowcount == 1

    async def remove(self, group_id: int) -> bool:
        """There is no such group any more; its people stay in the lists."""
        return (await self._connection.execute(delete(groups).where(*self._key(group_id)))).rowcount == 1

    async def members(self, group_id: int) -> list[int]:
        """The persons in a group who stand in the lists."""
        statement = (
            select(group_members.c.person_id)
            .join(memberships, _PEOPLE)
            .where(
                group_members.c.association_id == self._association_id, group_members.c.group_id == group_id
            )
            .order_by(group_members.c.person_id)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def of_person(self, person_id: int) -> list[int]:
        """The groups that a person is in."""
        statement = (
            select(group_members.c.group_id)
            .where(
                group_members.c.association_id == self._association_id,
                group_members.c.person_id == person_id,
            )
            .order_by(group_members.c.group_id)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def put(self, person_id: int, group_ids: Iterable[int]) -> None:
        """Puts a member into groups; in some she may be already."""
        here = select(
            groups.c.association_id, groups.c.id, literal(person_id, group_members.c.person_id.type)
        ).where(
            groups.c.association_id == self._association_id,
            groups.c.id.in_(list(group_ids)),
            exists().where(
                memberships.c.association_id == self._association_id, memberships.c.person_id == person_id
            ),
        )
        await self._connection.execute(
            insert_or_ignore(self._connection, group_members).from_select(
                ["association_id", "group_id", "person_id"], here
            )
        )

    async def take_out(self, person_id: int, group_ids: Iterable[int]) -> None:
        """Takes a member out of groups."""
        await self._connection.execute(
            delete(group_members).where(
                group_members.c.association_id == self._association_id,
                group_members.c.person_id == person_id,
                group_members.c.group_id.in_(list(group_ids)),
            )
        )

    async def _is_taken(self, title: str, *, but: int = 0) -> bool:
        statement = select(groups.c.id).where(
            groups.c.association_id == self._association_id, groups.c.title == title, groups.c.id != but
        )
        return (await self._connection.execute(statement)).first() is not None

    def _key(self, group_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (groups.c.association_id == self._association_id, groups.c.id == group_id)
