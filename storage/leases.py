"""One holder at a time, with a number that rises at each change of hands."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Interval, case, func, literal
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import leases
from storage.upsert import upsert


class Leases:
    """Leases by name."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def raise_number(self, name: str, holder: str) -> int:
        """Counts a lease's number up; for a holder who has other proof that nobody else is there."""
        statement = upsert(self._connection, leases).values(
            name=name, number=1, holder=holder, until=func.current_timestamp()
        )
        result = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[leases.c.name], set_={"number": leases.c.number + 1, "holder": holder}
            ).returning(leases.c.number)
        )
        return int(result.scalar_one())

    async def take(self, name: str, holder: str, length: timedelta) -> int | None:
        """Takes or renews a lease by PostgreSQL's own clock; returns its number, None while another has it.

        Taking it from another raises the number, renewing keeps it.
        """
        until = func.clock_timestamp() + literal(length, Interval)
        statement = postgresql.insert(leases).values(name=name, number=1, holder=holder, until=until)
        mine = leases.c.holder == holder
        result = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[leases.c.name],
                set_={
                    "number": leases.c.number + case((mine, 0), else_=1),
                    "holder": holder,
                    "until": until,
                },
                where=mine | (leases.c.until < func.clock_timestamp()),
            ).returning(leases.c.number)
        )
        number: int | None = result.scalar_one_or_none()
        return number

    async def give_up(self, name: str, holder: str) -> None:
        """Lets the next one in at once, rather than when the lease runs out."""
        await self._connection.execute(
            leases.update()
            .where(leases.c.name == name, leases.c.holder == holder)
            .values(until=func.clock_timestamp() - literal(timedelta(seconds=1), Interval))
        )
