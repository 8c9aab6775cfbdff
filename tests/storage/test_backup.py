"""A consistent copy of the database while it is in use, and back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import tables
from storage.backup import BackupError, backup, restore
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, an_association, stored


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """An SQLite database."""
    opened = Database(sqlite_url)
    yield opened
    await opened.close()


async def titles(database: Database) -> list[str]:
    return [row.title for row in await stored(database, tables.associations)]


async def test_a_copy_comes_back(database: Database, tmp_path: Path):
    """On both databases: what was written after the copy is gone."""
    if not database.is_sqlite and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    await an_association(database, "до копии")
    backup(database, tmp_path / "copy")
    await an_association(database, "после копии")
    await database.close()
    before = restore(database, tmp_path / "copy")
    again = Database(database.url.render_as_string(hide_password=False))
    assert await titles(again) == ["до копии"]
    await again.close()
    if before is not None:
        kept = Database(f"sqlite:///{before}")
        assert await titles(kept) == ["до копии", "после копии"]
        await kept.close()


async def test_a_copy_holds_what_is_committed(sqlite: Database, tmp_path: Path):
    """Though somebody is in the middle of writing."""
    await an_association(sqlite, "готово")
    async with UnitOfWork(sqlite) as rows:
        await rows.associations.add("не готово", "UTC", "{}", NOW)
        backup(sqlite, tmp_path / "copy")
    copy = Database(f"sqlite:///{tmp_path / 'copy'}")
    assert await titles(copy) == ["готово"]
    await copy.close()


async def test_a_copy_is_not_written_over_another(sqlite: Database, tmp_path: Path):
    """Nor left half done."""
    (tmp_path / "copy").write_text("мой файл", encoding="utf-8")
    with pytest.raises(BackupError, match="уже есть"):
        backup(sqlite, tmp_path / "copy")
    with pytest.raises(BackupError, match="не записана"):
        backup(sqlite, tmp_path / "no folder" / "copy")
    assert (tmp_path / "copy").read_text(encoding="utf-8") == "мой файл"
    assert not (tmp_path / "copy.part").exists()


async def test_what_is_no_copy_is_not_put_back(sqlite: Database, tmp_path: Path):
    """The database stays as it is."""
    await an_association(sqlite, "моё")
    await sqlite.close()
    (tmp_path / "text").write_text("это не база", encoding="utf-8")
    foreign = sqlite3.connect(tmp_path / "foreign")
    foreign.execute("CREATE TABLE something (id INTEGER)")
    foreign.close()
    for name in ("nothing", "text", "foreign"):
        with pytest.raises(BackupError):
            restore(sqlite, tmp_path / name)
    assert await titles(sqlite) == ["моё"]
