"""Engines: one writer and a pool of readers on SQLite, one pool on PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState
from sqlalchemy.util import await_only

SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+asyncpg"

# What is done with what is said on a channel.
Hear = Callable[[str], None]

# How long a statement waits for a lock of somebody else's (a backup, an administrator), in milliseconds.
BUSY_TIMEOUT = 30_000
# On SQLite: an answer that we acknowledged outlives a power cut too.
SYNCHRONOUS = "FULL"
# On PostgreSQL: a transaction in which nothing happens for so many milliseconds is rolled back by the server.
# Ours wait for nobody. A process that stands still, or a machine that went away without a word, would keep
# its rows locked, and whoever takes over would wait for them. Less than a lease lasts.
IDLE_IN_TRANSACTION = 5_000


class Database:
    """Connections to one database.

    On SQLite all writing goes through one connection behind a fair lock, begun IMMEDIATE, so that
    no transaction of ours ever finds the database locked by another of ours; reading has
    connections of its own, which see what was committed before each statement.
    """

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's. Raises ValueError where it names neither SQLite nor PostgreSQL."""
        self.url = _parse(url)
        if self.url.drivername == SQLITE:
            self._writer = _sqlite_engine(self.url, writing=True)
            self._reader = _sqlite_engine(self.url, writing=False)
            self._turn: asyncio.Lock | contextlib.nullcontext[None] = asyncio.Lock()
        else:
            idle = {"idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION)}
            self._writer = create_async_engine(
                self.url,
                pool_size=10,
                json_serializer=_json,
                hide_parameters=True,
                connect_args={"server_settings": idle},
            )
            self._reader = self._writer.execution_options(isolation_level="AUTOCOMMIT")
            self._turn = contextlib.nullcontext()

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is one file."""
        return self.url.drivername == SQLITE

    @property
    def file(self) -> Path | None:
        """The database's file; None on PostgreSQL."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that may write; leaving without a commit rolls back."""
        async with self._turn, self._writer.connect() as connection:
            await connection.begin()
            yield connection

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that only reads; each statement sees the newest commit."""
        async with self._reader.connect() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def session(self, *channels: str, hear: Hear | None = None) -> AsyncIterator[AsyncConnection]:
        """On PostgreSQL: a connection for what belongs to a session, such as locks; it is closed for good at
        the end. Each statement is committed at once. What is said on the channels meanwhile is handed to
        `hear`."""
        async with self._reader.connect() as connection:
            try:
                driver = (await connection.get_raw_connection()).driver_connection
                for channel in channels:
                    await _listening(driver, channel, hear)
                yield connection
            finally:
                await connection.invalidate()

    async def close(self) -> None:
        """Closes every connection."""
        await self._reader.dispose()
        await self._writer.dispose()


async def _listening(driver: Any, channel: str, hear: Hear | None) -> None:
    # Here, because on SQLite nobody loads it.
    from asyncpg import InterfaceError, PostgresError

    def heard(_connection: object, _pid: int, _channel: str, said: str) -> None:
        if hear is not None:
            hear(said)

    try:
        await driver.add_listener(channel, heard)
    except (PostgresError, InterfaceError) as error:
        raise SQLAlchemyError(str(error)) from error


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError("not a database address") from error
    plain = {"sqlite": SQLITE, "postgresql": POSTGRESQL, "postgres": POSTGRESQL}
    url = url.set(drivername=plain.get(url.drivername, url.drivername))
    if url.drivername not in {SQLITE, POSTGRESQL}:
        raise ValueError("neither SQLite nor PostgreSQL")
    if url.drivername == SQLITE and url.database in {None, "", ":memory:"}:
        raise ValueError("SQLite needs a file")
    return url


def _sqlite_engine(url: URL, *, writing: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=1 if writing else 4,
        max_overflow=0,
        # Below: to roll back after each commit would be one more thread hop, and readers have nothing to.
        pool_reset_on_return=None,
        isolation_level=None if writing else "AUTOCOMMIT",
        # A reader's statements stand alone: rolling back nothing would be one more thread hop.
        skip_autocommit_rollback=not writing,
        json_serializer=_json,
        connect_args={"factory": _Connection},
        # Names and answers have no place in a log.
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        if writing:
            # We begin by ourselves, below: sqlite3 would begin late, after the reads.
            connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if writing:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        cursor.close()

    if writing:

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Any) -> None:
            # By the driver, in one thread hop of the three that a statement costs SQLAlchemy.
            statement = "BEGIN IMMEDIATE"
            try:
                await_only(connection.connection.driver_connection.execute(statement))
            except sqlite3.Error as error:
                raise OperationalError(statement, None, error) from error

        @event.listens_for(engine.sync_engine, "reset")
        def reset(connection: Any, _record: object, state: PoolResetState) -> None:
            if not state.terminate_only and connection.driver_connection.in_transaction:
                connection.rollback()

    return engine


async def change_at_once(connection: AsyncConnection, statement: str, parameters: tuple[object, ...]) -> int:
    """Executes on SQLite, by the driver, a statement that has no rows; returns how many it changed. It takes
    one thread hop of the three that a statement costs SQLAlchemy: for what every update does."""
    within = connection.sync_connection
    assert within is not None  # noqa: S101 – its transaction has begun
    driver: Any = within.connection.driver_connection
    try:
        changed: int = (await driver.execute(statement, parameters)).rowcount
    except sqlite3.Error as error:
        raise OperationalError(statement, None, error) from error
    return changed


class _Connection(sqlite3.Connection):
    """A connection that lets go of its locks as it closes.

    One whose task was cancelled is closed in the middle of its transaction. As long as some cursor of it
    lives on, in the trace of the very cancellation, SQLite keeps a closed connection open, with its lock; the
    next writer would wait for it until the garbage is collected.
    """

    def close(self) -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):  # closed already
            self.rollback()
        super().close()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
