"""The schema: up, down, up; equal to the tables; never touched when it is newer than we are."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage import migrations, schema
from storage.engine import Database
from storage.schema import HEAD, NewerSchemaError, create, downgrade, migrate, stored_version, upgrade
from storage.tables import metadata

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def empty(database: Database) -> Database:
    """A database without a single table."""
    async with database.write() as connection:
        await connection.run_sync(downgrade, "base")
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.commit()
    return database


async def the_tables(database: Database) -> set[str]:
    async with database.read() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def differences(database: Database) -> list[Any]:
    """What Alembic would still have to change to get from the database to our tables."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with database.read() as connection:
        return await connection.run_sync(compare)


def described(connection: Connection) -> dict[str, dict[str, Any]]:
    """All that the database itself says of its tables, whatever order it was made in."""
    inspector = inspect(connection)
    said: dict[str, dict[str, Any]] = {}
    for table in inspector.get_table_names():
        said[table] = {
            "columns": sorted(
                (
                    c["name"],
                    str(c["type"]),
                    c["nullable"],
                    str(c["default"]).replace("(", "").replace(")", ""),
                )
                for c in inspector.get_columns(table)
            ),
            "key": inspector.get_pk_constraint(table),
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "checks": sorted(map(str, inspector.get_check_constraints(table))),
            "indexes": sorted(
                (str(i["name"]), i["column_names"], bool(i["unique"]), _plain(i.get("dialect_options", {})))
                for i in inspector.get_indexes(table)
            ),
        }
    return said


def _plain(options: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in options.items()}


async def test_all_steps_together_make_the_tables(empty: Database):
    """Nothing is left to be changed after a migration."""
    async with empty.write() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()
    assert await differences(empty) == []


async def test_an_empty_database_is_made_as_all_steps_would(empty: Database):
    """The short way of a first start: the same tables, keys, indexes, defaults and version."""
    async with empty.write() as connection:
        await connection.run_sync(upgrade)
        stepped = await connection.run_sync(described)
        await connection.run_sync(downgrade, "base")
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.run_sync(create)
        made = await connection.run_sync(described)
        await connection.commit()
    assert made == stepped
    assert await stored_version(empty) == HEAD


async def test_up_down_and_up_again(database: Database):
    """Down takes everything away, and up again makes the same."""
    async with database.write() as connection:
        await connection.run_sync(downgrade, "base")
        await connection.commit()
    assert await the_tables(database) == {"alembic_version"}
    async with database.write() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()
    assert await differences(database) == []
    assert await stored_version(database) == HEAD


def test_head_is_the_newest_file():
    """HEAD names the last file under versions/."""
    assert migrations.__file__ is not None
    files = sorted((Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
    assert files[-1].name.startswith(f"{HEAD}_")


async def test_an_empty_database_is_brought_to_head_once(empty: Database):
    """The first migration does something, the second has nothing to do."""
    assert await stored_version(empty) is None
    assert await migrate(empty) is True
    assert await stored_version(empty) == HEAD
    assert await migrate(empty) is False


async def test_a_newer_database_is_refused(database: Database):
    """A database of a newer Звонок is left as it is."""
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.commit()
    with pytest.raises(NewerSchemaError):
        await migrate(database)
    assert await stored_version(database) == "9999"


async def test_a_migration_that_fails_leaves_nothing(empty: Database, monkeypatch: pytest.MonkeyPatch):
    """All of it is one transaction."""

    def fail_at_the_end(connection: Connection) -> None:
        create(connection)
        raise OSError("the disk is full")

    monkeypatch.setattr(schema, "create", fail_at_the_end)
    with pytest.raises(OSError, match="full"):
        await migrate(empty)
    assert await the_tables(empty) == set()


async def test_steps_that_fail_leave_the_version_before(empty: Database, monkeypatch: pytest.MonkeyPatch):
    """So are the steps of an older database."""
    async with empty.write() as connection:
        await connection.run_sync(upgrade, "0001")
        await connection.commit()
    before = await the_tables(empty)

    def fail_after_all_steps(connection: Connection) -> None:
        upgrade(connection)
        raise OSError("the disk is full")

    monkeypatch.setattr(schema, "upgrade", fail_after_all_steps)
    with pytest.raises(OSError, match="full"):
        await migrate(empty)
    assert await the_tables(empty) == before
    assert await stored_version(empty) == "0001"


async def test_two_tasks_migrate_at_once(empty: Database, database_url: str):
    """Of two that start at the same moment one does it, the other waits and finds it done."""
    other = Database(database_url)
    done = await asyncio.gather(migrate(empty), migrate(other))
    await other.close()
    assert sorted(done) == [False, True]
    assert await differences(empty) == []


async def test_two_processes_migrate_at_once(empty: Database, database_url: str):
    """The same with processes, where no lock of ours in memory can help."""
    program = (
        "import asyncio, sys; from storage.engine import Database; from storage.schema import migrate\n"
        "async def main():\n"
        "    database = Database(sys.argv[1]); print(await migrate(database)); await database.close()\n"
        "asyncio.run(main())"
    )
    both = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, database_url, cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [(await process.communicate())[0].decode().strip() for process in both]
    assert sorted(said) == ["False", "True"]
    assert await differences(empty) == []


def test_alembic_is_loaded_only_where_it_is_needed():
    """A database that is new or up to date is opened without Alembic."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, storage.schema; print('alembic' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


async def test_a_step_keeps_what_people_said(empty: Database):
    """From the first version to ours: answers, messages and their journal are still there."""
    async with empty.write() as connection:
        await connection.run_sync(upgrade, "0001")
        for statement in _OF_THE_FIRST_VERSION.split(";"):
            # `text` would take «:00» in a moment for a parameter.
            await connection.exec_driver_sql(statement)
        await connection.commit()
    assert await migrate(empty) is True
    async with empty.read() as connection:
        kept = (
            await connection.execute(
                text(
                    "SELECT answer, lead, state, urgent FROM rsvps "
                    "JOIN outbox ON outbox.event_id = rsvps.event_id"
                )
            )
        ).one()
        waiting = (await connection.execute(text("SELECT planned_version FROM events"))).scalar_one()
    assert (kept.answer, kept.lead, kept.state, bool(kept.urgent)) == ("going", "week", "sent", False)
    assert waiting == 0


_AT = "'2026-11-02 03:00:00+00:00'"
_OF_THE_FIRST_VERSION = f"""
    INSERT INTO timing_profiles (id, settings) VALUES (1, '{{}}');
    INSERT INTO associations (id, zone, profile_id, created_at, naming_due_at)
    VALUES (1, 'Asia/Novosibirsk', 1, {_AT}, {_AT});
    INSERT INTO persons (id, telegram_id, created_at) VALUES (1, 42, {_AT});
    INSERT INTO memberships
    (association_id, person_id, role, status, profile_id, consent_version, consent_text, consented_at)
    VALUES (1, 1, 'member', 'active', 1, 1, '', {_AT});
    INSERT INTO events
    (id, association_id, title, kind, gathering, period, venue, responsible, audience, starts_at, ends_at,
     planned_version)
    VALUES (1, 1, 'Семинар', 'seminar', true, 'day 2026-11-18 2026-11-18 - -', '', '', '', {_AT}, {_AT}, 1);
    INSERT INTO rsvps (association_id, event_id, person_id, answer, day_version, answered_at)
    VALUES (1, 1, 1, 'going', 1, {_AT});
    INSERT INTO outbox (association_id, person_id, kind, event_id, lead, due_at, state)
    VALUES (1, 1, 'reminder', 1, 'week', {_AT}, 'sent')
"""
