"""What every test may use: a database of its own, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Hashable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import create_async_engine

from storage import engine
from storage.engine import Database
from storage.schema import HEAD, migrate
from storage.tables import metadata

POSTGRES = os.environ.get("ZVONOK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
# Set by .ci/run: there everything is installed, and a skip would hide that it is not.
NOTHING_SKIPPED = os.environ.get("ZVONOK_TEST_EVERYTHING") == "1"

# No test is about time: the machines that run them are shared.
settings.register_profile("zvonok", deadline=None)
settings.load_profile("zvonok")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs PostgreSQL by its parameter."""
    for item in items:
        if "[postgres" in item.nodeid or "-postgres" in item.nodeid:
            item.add_marker(pytest.mark.postgres)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if NOTHING_SKIPPED and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = 1


@pytest.fixture(scope="session", autouse=True)
def nothing_outlives_the_machine() -> None:
    """Databases within this process do not wait for the disk: it is most of what a commit takes. What does
    outlive things is tried with processes of its own (tests/chaos)."""
    engine.SYNCHRONOUS = "OFF"


@pytest.fixture(scope="session", autouse=True)
def no_server_loses_patience() -> None:
    """A test that shares its machine may stand still for longer than a bot ever does in a transaction."""
    engine.IDLE_IN_TRANSACTION = 60_000


class _Statements(dict[Hashable, Any]):
    """Compiled statements, shared by the engines of one kind: by itself each engine compiles for its own
    dialect, which is an object and comes first in the key."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(self._shared(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(self._shared(key), compiled)

    def _shared(self, key: Any) -> Hashable:
        dialect, *rest = key
        return type(dialect), *rest


@pytest.fixture(scope="session", autouse=True)
def nothing_is_worked_out_twice() -> None:
    """Every test has a database and an application of its own. What a statement is in SQL, and which
    arguments a handler takes, is the same in all of them, and is a fifth of their time."""
    shared = {"compiled_cache": _Statements()}
    engine.create_async_engine = partial(create_async_engine, execution_options=shared)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "zvonok.db"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated PostgreSQL database, to be copied; skips where no server answers."""
    name = f"zvonok_template_{secrets.token_hex(4)}"

    async def make() -> None:
        await _created(name)
        database = Database(f"{POSTGRES}/{name}")
        await migrate(database)
        await database.close()

    try:
        asyncio.run(make())
    except (OSError, asyncpg.PostgresError) as error:
        pytest.skip(f"no PostgreSQL at {POSTGRES}: {error}")
    yield name
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres_spares(postgres_template: str) -> Iterator[list[str]]:
    """Names of databases as good as fresh: emptying one takes a tenth of making one."""
    spares: list[str] = []
    yield spares
    for name in spares:
        asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "zvonok.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_template: str, postgres_spares: list[str]) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    if postgres_spares:
        name = postgres_spares.pop()
    else:
        name = f"zvonok_test_{secrets.token_hex(6)}"
        asyncio.run(_created(name, postgres_template))
    yield f"{POSTGRES}/{name}"
    if asyncio.run(_emptied(name)):
        postgres_spares.append(name)
    else:
        asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database of either kind, open."""
    opened = Database(database_url)
    yield opened
    await opened.close()


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRES}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _created(name: str, template: str = "template1") -> None:
    """A database that does not wait for the disk."""
    await _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    await _on_server(f"ALTER DATABASE {name} SET synchronous_commit = off")


async def _emptied(name: str) -> bool:
    """Takes every row out and starts the ids anew; False where the tables are not what they were."""
    connection = await asyncpg.connect(f"{POSTGRES}/{name}")
    try:
        # What a test left behind, a process perhaps, holds no lock any more.
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if await connection.fetchval("SELECT version_num FROM alembic_version") != HEAD:
            return False
        # At once, and in one transaction.
        await connection.execute(
            "".join(f"DELETE FROM {table.name};" for table in reversed(metadata.sorted_tables))
            + "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences"
        )
    except asyncpg.PostgresError:
        return False
    else:
        return True
    finally:
        await connection.close()
