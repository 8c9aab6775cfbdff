"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy in two places; and rows of
events and people that go from one person to another."""

from collections.abc import Collection

from sqlalchemy import Table, exists, literal, select, update
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


async def copy_to_person(
    connection: AsyncConnection,
    table: Table,
    association_id: int,
    from_id: int,
    to_id: int,
    events: Collection[int],
) -> None:
    """What a table of events and people holds of these events for one person (`from_id`), it holds for
    another one too, where it does not yet."""
    columns = [literal(to_id, one.type) if one.name == "person_id" else one for one in table.c]
    found = select(*columns).where(
        table.c.association_id == association_id,
        table.c.person_id == from_id,
        table.c.event_id.in_(events),
    )
    names = [one.name for one in table.c]
    await connection.execute(insert_or_ignore(connection, table).from_select(names, found))


async def move_to_person(
    connection: AsyncConnection,
    table: Table,
    association_id: int,
    from_id: int,
    to_id: int,
    events: Collection[int] | None,
) -> list[int]:
    """What a table of events and people holds of these events (None: of all) for one person (`from_id`), it
    holds for another one instead, where it holds nothing yet. Returns of which events."""
    there = table.alias("there")
    taken = exists().where(
        there.c.association_id == association_id,
        there.c.event_id == table.c.event_id,
        there.c.person_id == to_id,
    )
    moved = update(table).where(
        table.c.association_id == association_id, table.c.person_id == from_id, ~taken
    )
    if events is not None:
        moved = moved.where(table.c.event_id.in_(events))
    result = await connection.execute(moved.values(person_id=to_id).returning(table.c.event_id))
    return sorted(result.scalars())
