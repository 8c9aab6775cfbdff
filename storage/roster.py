"""The people of one association as its coordinators see them, and their schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import LISTED, Detail, Member, School, Standing
from domain.roles import Role
from domain.turnout import natural_order
from storage.joins import MEMBERS_SCHOOL, by_name
from storage.tables import memberships, other_schools, persons, schools
from storage.upsert import insert_or_ignore

_DETAILS = {Detail.CATEGORY: memberships.c.category, Detail.SERVICE: memberships.c.service}


class Roster:
    """Members of one association, by how they stand to it."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def everybody(self, standings: Collection[Standing] = LISTED) -> list[Member]:
        """Those who stand so to the association, by surname."""
        return await self._members(memberships.c.status.in_(list(standings)))

    async def get(self, person_id: int) -> Member | None:
        """One of them, however she stands to it."""
        return next(iter(await self._members(memberships.c.person_id == person_id)), None)

    async def move(
        self, person_id: int, to: Standing, *, among: Collection[Standing], **values: object
    ) -> bool:
        """From one of some standings to another; False where she stands elsewhere. `values` are columns of
        the membership that change with it."""
        result = await self._connection.execute(
            update(memberships)
            .where(*self._key(person_id), memberships.c.status.in_(list(among)))
            .values(status=to, **values)
        )
        return result.rowcount == 1

    async def appoint(self, person_id: int, role: Role, *, among: Collection[Role], resigned: bool) -> bool:
        """Gives one in the lists another role, if hers is among some; False where she is not there, or has
        another. `resigned` says that the desk is hers no more."""
        result = await self._connection.execute(
            update(memberships)
            .where(
                *self._key(person_id),
                memberships.c.status.in_(LISTED),
                memberships.c.role.in_(list(among)),
            )
            .values(role=role, resigned=resigned)
        )
        return result.rowcount == 1

    async def set_position(self, person_id: int, position: str) -> None:
        """What she is there; empty for what is not known."""
        await self._connection.execute(
            update(memberships).where(*self._key(person_id)).values(position=position)
        )

    async def set_detail(self, person_id: int, detail: Detail, value: str) -> None:
        """Her category or her years of service; empty for what is not known."""
        await self._connection.execute(
            update(memberships).where(*self._key(person_id)).values({_DETAILS[detail]: value})
        )

    async def count_details(self, detail: Detail) -> int:
        """Of how many people `erase_details` would take something away."""
        if detail is Detail.PHONE:
            stored = select(persons.c.id).where(*self._by_hand(), persons.c.phone > "")
        else:
            ours = memberships.c.association_id == self._association_id
            stored = select(memberships.c.person_id).where(ours, _DETAILS[detail] > "")
        statement = select(func.count()).select_from(stored.subquery())
        return int((await self._connection.execute(statement)).scalar_one())

    async def erase_details(self, detail: Detail) -> None:
        """Nothing of this is kept of anybody; a telephone only of those who did not give it themselves and
        are in no other association."""
        if detail is Detail.PHONE:
            statement = update(persons).where(*self._by_hand()).values(phone="")
        else:
            ours = memberships.c.association_id == self._association_id
            statement = update(memberships).where(ours).values({_DETAILS[detail]: ""})
        await self._connection.execute(statement)

    async def add_school(self, person_id: int, school_id: int) -> None:
        """Another school where she works; the first one stands in the sheets."""
        first = await self._connection.execute(
            update(memberships)
            .where(*self._key(person_id), memberships.c.school_id.is_(None))
            .values(school_id=school_id)
        )
        if first.rowcount == 1:
            return
        here = select(
            memberships.c.association_id, memberships.c.person_id, schools.c.id.label("school_id")
        ).where(
            *self._key(person_id),
            memberships.c.school_id != schools.c.id,
            schools.c.association_id == memberships.c.association_id,
            schools.c.id == school_id,
        )
        await self._connection.execute(
            insert_or_ignore(self._connection, other_schools).from_select(
                ["association_id", "person_id", "school_id"], here
            )
        )

    async def drop_school(self, person_id: int, school_id: int) -> None:
        """She works in one of her other schools no more."""
        await self._connection.execute(
            delete(other_schools).where(
                other_schools.c.association_id == self._association_id,
                other_schools.c.person_id == person_id,
                other_schools.c.school_id == school_id,
            )
        )

    async def rename_school(self, school_id: int, title: str) -> bool:
        """The school's new name: its people and their history stay with it. False where another has it."""
        others = schools.alias("others")
        taken = exists().where(
            others.c.association_id == self._association_id,
            others.c.title == title,
            others.c.id != school_id,
        )
        result = await self._connection.execute(
            update(schools)
            .where(schools.c.association_id == self._association_id, schools.c.id == school_id, ~taken)
            .values(title=title)
        )
        return result.rowcount == 1

    async def schools(self) -> list[School]:
        """Every school, by title: № 2 before № 10."""
        statement = select(schools.c.id, schools.c.title).where(
            schools.c.association_id == self._association_id
        )
        found = [School(row.id, row.title) for row in await self._connection.execute(statement)]
        return sorted(found, key=lambda one: natural_order(one.title))

    async def count(self, standing: Standing) -> int:
        """How many stand so to the association."""
        statement = select(func.count()).where(
            memberships.c.association_id == self._association_id, memberships.c.status == standing
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def _members(self, condition: ColumnElement[bool]) -> list[Member]:
        ours = (memberships.c.association_id == self._association_id) & condition
        others: defaultdict[int, list[School]] = defaultdict(list)
        statement = (
            select(other_schools.c.person_id, schools.c.id, schools.c.title)
            .join(
                schools,
                (schools.c.association_id == other_schools.c.association_id)
                & (schools.c.id == other_schools.c.school_id),
            )
            .join(
                memberships,
                (memberships.c.association_id == other_schools.c.association_id)
                & (memberships.c.person_id == other_schools.c.person_id),
            )
            .where(ours)
            .order_by(schools.c.title)
        )
        for row in await self._connection.execute(statement):
            others[row.person_id].append(School(row.id, row.title))
        found = (
            select(
                persons,
                memberships.c.status,
                memberships.c.role,
                memberships.c.position,
                memberships.c.category,
                memberships.c.service,
                memberships.c.away_until,
                memberships.c.school_id,
                schools.c.title.label("school"),
            )
            .join(memberships, memberships.c.person_id == persons.c.id)
            .outerjoin(schools, MEMBERS_SCHOOL)
            .where(ours)
            .order_by(*by_name())
        )
        return [_to_member(row, others[row.id]) for row in await self._connection.execute(found)]

    def _by_hand(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Persons without an account who are in no other association."""
        elsewhere = memberships.alias("elsewhere")
        only_here = select(memberships.c.person_id).where(
            memberships.c.association_id == self._association_id,
            ~exists().where(
                elsewhere.c.person_id == memberships.c.person_id,
                elsewhere.c.association_id != memberships.c.association_id,
            ),
        )
        return persons.c.id.in_(only_here), persons.c.telegram_id.is_(None)

    def _key(self, person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (
            memberships.c.association_id == self._association_id,
            memberships.c.person_id == person_id,
        )


def _to_member(row: Any, others: list[School]) -> Member:
    standing = Standing(row.status)
    return Member(
        person_id=row.id,
        name=FullName(row.surname, row.given_name, row.patronymic),
        school=None if row.school_id is None else School(row.school_id, row.school),
        other_schools=tuple(others),
        position=row.position,
        phone=row.phone,
        in_telegram=row.telegram_id is not None,
        reachable=row.telegram_id is not None and row.unreachable_at is None,
        standing=standing,
        away_until=row.away_until if standing is Standing.AWAY else None,
        role=Role(row.role),
        category=row.category,
        service=row.service,
    )
