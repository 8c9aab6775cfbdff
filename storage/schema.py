"""The database's version, and how it gets to ours. Alembic is loaded only for a database of an older one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

# The newest file under migrations/versions; a test compares.
HEAD = "0014"

# Any number does, so long as it is ours: PostgreSQL's name for «somebody is migrating».
_MIGRATING = 7_402_116

# Alembic's own table, as Alembic makes it.
_versions = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


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
        await connection.run_sync(create if version is None else upgrade)
        await connection.commit()
    return True


def create(connection: Connection) -> None:
    """Makes an empty database what all steps together make it, within the connection's transaction.

    A first start is spared Alembic and every step that only takes back an earlier one; tests hold both
    ways equal.
    """
    metadata.create_all(connection, checkfirst=False)
    _versions.create(connection)
    connection.execute(_versions.insert().values(version_num=HEAD))


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
