"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy in two places."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = sqlite.Insert | postgresql.Insert


def upsert(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    return _upsert_on(connection.dialect.name, table)


def insert_or_ignore(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT that leaves alone what is there already."""
    return insert_or_ignore_on(connection.dialect.name, table)


def insert_or_ignore_on(dialect: str, table: Table) -> Insert:
    """The same, to be built once and kept."""
    return _upsert_on(dialect, table).on_conflict_do_nothing()


def _upsert_on(dialect: str, table: Table) -> Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
