"""Several processes on one PostgreSQL: who is there, and what a 429 to one means for all.

Every moment here is reckoned by the database's clock: the processes' own may differ.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Function,
    Interval,
    delete,
    exists,
    extract,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import inbox, pauses, processes

# The channel on which processes hear of a pause: «bot id, seconds».
CHANNEL = "zvonok_pauses"


class Replicas:
    """What processes that share a database tell one another."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def renew(self, name: str, length: timedelta) -> int:
        """Says that a process is there for so long; returns how many are, this one included."""
        until = func.clock_timestamp() + literal(length, Interval)
        statement = postgresql.insert(processes).values(name=name, until=until)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[processes.c.name], set_={"until": until})
        )
        alive = select(func.count()).where(processes.c.until > func.clock_timestamp())
        return int((await self._connection.execute(alive)).scalar_one())

    async def leave(self, name: str) -> None:
        """A process stops; what others left behind that died is cleared away with it."""
        await self._connection.execute(
            delete(processes).where((processes.c.name == name) | (processes.c.until < func.clock_timestamp()))
        )

    async def pause(self, bot_id: int, seconds: float) -> None:
        """Stores that nothing of the bot may start for so long, and says so to whoever listens once it is
        committed. Never shortens a longer pause."""
        until = func.clock_timestamp() + literal(timedelta(seconds=seconds), Interval)
        statement = postgresql.insert(pauses).values(bot_id=bot_id, until=until)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[pauses.c.bot_id], set_={"until": func.greatest(pauses.c.until, until)}
            )
        )
        await self._connection.execute(select(func.pg_notify(CHANNEL, f"{bot_id} {seconds}")))

    async def paused(self, bot_id: int) -> float:
        """For how many seconds more nothing of the bot may start; 0 or less if it may."""
        left = select(extract("epoch", pauses.c.until - func.clock_timestamp())).where(
            pauses.c.bot_id == bot_id
        )
        return float((await self._connection.execute(left)).scalar_one_or_none() or 0)

    async def take_turn(self, sender: int, row_id: int, *, patience: timedelta) -> bool:
        """Takes a person's lock for this connection's session, unless another has it, or an earlier update of
        hers is still open that came in less than `patience` ago; whether it is ours now."""
        earlier = exists().where(
            inbox.c.sender == sender,
            inbox.c.id < row_id,
            inbox.c.done_at.is_(None),
            inbox.c.set_aside_at.is_(None),
            inbox.c.received_at > func.clock_timestamp() - literal(patience, Interval),
        )
        # In this order: who has the lock ended the earlier ones before.
        statement = select(_lock("pg_try_advisory_lock", sender), earlier)
        locked, waits = (await self._connection.execute(statement)).one()
        if locked and waits:
            await self.end_turn(sender)
        return bool(locked and not waits)

    async def end_turn(self, sender: int) -> None:
        """Gives a person's lock back."""
        await self._connection.execute(select(_lock("pg_advisory_unlock", sender)))


def _lock(function: str, sender: int) -> ColumnElement[bool]:
    # Below zero there is no other lock of ours.
    return Function(function, literal(-sender, BigInteger), type_=Boolean)
