"""The database's version, and how it gets to ours. Alembic is loaded only where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

# The newest file under migrations/versions; a test compares.
HEAD = "0011"

# Any number does, so long as it is ours: PostgreSQL's name for «somebody is migrating».
_MIGRATING = 7_402_116


class NewerSchemaError(Exception):
    """The database was written by a newer Звонок; this one must not touch it."""


async def stored_version(database: Database) -> str | None:
    """The version of the database; None of an empty one."""
    async with database.read() as connection:
        return await _version(connection)


async def migrate(database: Database) -> bool:
    """Brings the database to HEAD if it is not there; returns whether anything was done.

    Raises NewerSchemaError. Two processes that start at once do it one after the other.
    """
    if await stored_version(database) == HEAD:
        return False
    async with database.write() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        version = await _version(connection)
        if version == HEAD:
            return False
        if version is not None and version > HEAD:
            raise NewerSchemaError(version)
        await connection.run_sync(upgrade)
        await connection.commit()
    return True


def upgrade(connection: Connection, target: str = "head") -> None:
    """Steps up to a version, within the connection's transaction."""
    from alembic import command

    command.upgrade(_config(connection), target)


def downgrade(connection: Connection, target: str) -> None:
    """Steps down to a version, within the connection's transaction."""
    from alembic import command

    command.downgrade(_config(connection), target)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


async def _version(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one_or_none()
