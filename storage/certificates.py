"""Numbers of one association's certificates: each is given once, and restarts every school year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.certificates import Certificate, Holder
from storage.tables import certificates, events


class Certificates:
    """Certificates of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def of_event(self, event_id: int) -> dict[Holder, Certificate]:
        """Who has a number for an event already."""
        found = select(certificates).where(self._ours(), certificates.c.event_id == event_id)
        return {
            Holder.stored(row.whose): Certificate(row.number, row.at)
            for row in await self._connection.execute(found)
        }

    async def give(
        self, event_id: int, holders: Sequence[Holder], school_year: str, now: datetime
    ) -> dict[Holder, Certificate]:
        """Gives those who have none yet the next numbers of a school year, in their order; returns the
        numbers of all. Who calls it holds the association (Associations.hold), so that no number is given
        twice."""
        given = await self.of_event(event_id)
        new = [one for one in holders if one not in given]
        if new:
            highest = select(func.coalesce(func.max(certificates.c.number), 0)).where(
                self._ours(), certificates.c.school_year == school_year
            )
            last = int((await self._connection.execute(highest)).scalar_one())
            await self._connection.execute(
                insert(certificates),
                [
                    {
                        "association_id": self._association_id,
                        "event_id": event_id,
                        "whose": str(one),
                        "school_year": school_year,
                        "number": number,
                        "at": now,
                    }
                    for number, one in enumerate(new, last + 1)
                ],
            )
            given |= {one: Certificate(number, now) for number, one in enumerate(new, last + 1)}
        return {one: given[one] for one in holders}

    async def adopt(self, holder: Holder, other: Holder) -> list[int]:
        """What the other one got is the holder's, but for events for which she has a number herself; returns
        the ids, for `release`."""
        hers = certificates.alias("hers")
        has_one = exists().where(
            hers.c.association_id == certificates.c.association_id,
            hers.c.event_id == certificates.c.event_id,
            hers.c.whose == str(holder),
        )
        result = await self._connection.execute(
            update(certificates)
            .where(self._ours(), certificates.c.whose == str(other), ~has_one)
            .values(whose=str(holder))
            .returning(certificates.c.id)
        )
        return sorted(result.scalars())

    async def release(self, ids: Collection[int], holder: Holder, to: Holder) -> int:
        """Undoes `adopt`; returns how many went back."""
        result = await self._connection.execute(
            update(certificates)
            .where(self._ours(), certificates.c.id.in_(ids), certificates.c.whose == str(holder))
            .values(whose=str(to))
        )
        return result.rowcount

    async def of_holder(self, holder: Holder) -> list[dict[str, object]]:
        """Everything that somebody got, for «Мои данные»."""
        statement = (
            select(events.c.title, certificates.c.school_year, certificates.c.number, certificates.c.at)
            .join(
                events,
                and_(
                    events.c.association_id == certificates.c.association_id,
                    events.c.id == certificates.c.event_id,
                ),
            )
            .where(self._ours(), certificates.c.whose == str(holder))
            .order_by(certificates.c.at, certificates.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    def _ours(self) -> ColumnElement[bool]:
        return certificates.c.association_id == self._association_id
