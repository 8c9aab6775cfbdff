"""Updates as they came in: stored before they are acknowledged, marked done with their effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, func, literal_column, null, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import change_at_once
from storage.tables import inbox
from storage.upsert import insert_or_ignore

# Done rows keep their id this long, so that an update which Telegram repeats is known again; what it said
# and who said it is erased at once.
REMEMBERED = timedelta(hours=48)
# An update that was begun again so often, and took the process with it each time, is set aside. With the
# first time, which is not counted (it would cost every update a statement), that makes three.
MAX_TRIES = 2


class AlreadyDoneError(Exception):
    """Somebody else finished this update in between; what was about to be written is rolled back."""


@dataclass(frozen=True, slots=True)
class Received:
    """An update to store."""

    update_id: int
    sender: int
    payload: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A stored update that is not done with."""

    id: int
    update_id: int
    sender: int
    payload: str
    tries: int


_MARK_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.done_at.is_(None))
    .values(done_at=bindparam("at", type_=inbox.c.done_at.type), payload=null(), sender=literal_column("0"))
)
# The same as SQLite's driver takes it: the moment, then the row.
_SQLITE = sqlite.dialect(paramstyle="qmark")
_MARK_DONE_AT_ONCE = str(_MARK_DONE.compile(dialect=_SQLITE))
_as_stored = inbox.c.done_at.type.bind_processor(_SQLITE) or str


class Inbox:
    """Updates of every bot. Moments here are of real time, never of a shifted clock."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def receive(self, bot_id: int, updates: Sequence[Received]) -> list[InboxRow]:
        """Stores a batch in one statement; returns those that are new, in order."""
        if not updates:
            return []
        now = datetime.now(UTC)
        statement = (
            insert_or_ignore(self._connection, inbox)
            .values(
                [
                    {
                        "bot_id": bot_id,
                        "update_id": one.update_id,
                        "sender": one.sender,
                        "payload": one.payload,
                        "received_at": now,
                    }
                    for one in updates
                ]
            )
            .returning(inbox.c.id, inbox.c.update_id)
        )
        ids = {row.update_id: row.id for row in await self._connection.execute(statement)}
        return [
            InboxRow(ids[one.update_id], one.update_id, one.sender, one.payload, 0)
            for one in updates
            if one.update_id in ids
        ]

    async def begin(self, row_ids: Sequence[int]) -> None:
        """Counts a try of rows that an earlier process left, and whose handling starts again now."""
        await self._connection.execute(
            update(inbox).where(inbox.c.id.in_(row_ids)).values(tries=inbox.c.tries + 1)
        )

    async def mark_done(self, row_id: int) -> None:
        """Ends an update and erases what it said, and who. Raises AlreadyDoneError if it has ended before."""
        now = datetime.now(UTC)
        if self._connection.dialect.name == "sqlite":
            marked = await change_at_once(self._connection, _MARK_DONE_AT_ONCE, (_as_stored(now), row_id))
        else:
            marked = (await self._connection.execute(_MARK_DONE, {"row": row_id, "at": now})).rowcount
        if marked != 1:
            raise AlreadyDoneError

    async def open_rows(self, bot_id: int, *, received_before: datetime) -> list[InboxRow]:
        """What came in before a moment and is not done with, in order."""
        statement = select(inbox).where(
            inbox.c.bot_id == bot_id,
            inbox.c.done_at.is_(None),
            inbox.c.set_aside_at.is_(None),
            inbox.c.received_at < received_before,
        )
        return [
            InboxRow(row.id, row.update_id, row.sender, row.payload, row.tries)
            for row in await self._connection.execute(statement.order_by(inbox.c.id))
        ]

    async def set_aside(self, row_ids: Sequence[int]) -> None:
        """Leaves rows alone that failed too often; their content stays for the operator."""
        await self._connection.execute(
            update(inbox).where(inbox.c.id.in_(row_ids)).values(set_aside_at=datetime.now(UTC))
        )

    async def count_set_aside(self) -> int:
        """How many updates failed too often, for `check`."""
        statement = select(func.count()).where(inbox.c.set_aside_at.is_not(None))
        return int((await self._connection.execute(statement)).scalar_one())

    async def tidy(self) -> int:
        """Deletes rows done, or set aside, more than 48 hours ago; returns how many."""
        before = datetime.now(UTC) - REMEMBERED
        result = await self._connection.execute(
            delete(inbox).where((inbox.c.done_at < before) | (inbox.c.set_aside_at < before))
        )
        return result.rowcount
