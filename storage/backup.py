"""A consistent copy of the database while it is in use, and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from storage.engine import Database


class BackupError(Exception):
    """The copy could not be made or put back; the text says why, in Russian."""


def backup(database: Database, target: Path) -> None:
    """Writes a copy: of SQLite an SQLite file, of PostgreSQL an archive of pg_dump. Raises BackupError."""
    if target.exists():
        raise BackupError(f"файл {target} уже есть; назовите другой")
    part = target.with_name(target.name + ".part")
    try:
        if database.file is not None:
            if not database.file.exists():
                raise BackupError("базы ещё нет, копировать нечего")
            _copy_sqlite(database.file, part)
        else:
            _run("pg_dump", "--format=custom", f"--file={part}", url=database.url)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"копия не записана: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def restore(database: Database, source: Path) -> Path | None:
    """Puts a copy back. What stood on SQLite before is kept in a file beside it, whose name is returned.

    Nothing may use the database meanwhile. Raises BackupError.
    """
    if not source.is_file():
        raise BackupError(f"файла {source} нет")
    if database.file is None:
        _run("pg_restore", "--clean", "--if-exists", "--single-transaction", str(source), url=database.url)
        return None
    try:
        return _restore_sqlite(source, database.file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"копия не читается: {error}") from error


def _restore_sqlite(source: Path, file: Path) -> Path | None:
    part = file.with_name(file.name + ".restoring")
    part.unlink(missing_ok=True)
    with sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("копия повреждена")
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            raise BackupError("это не копия базы Звонка")
    copy.close()
    file.parent.mkdir(parents=True, exist_ok=True)
    _copy_sqlite(source, part)
    before = None
    if file.exists():
        before = file.with_name(file.name + ".before-restore")
        before.unlink(missing_ok=True)
        _copy_sqlite(file, before)
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    part.replace(file)
    return before


def _copy_sqlite(source: Path, target: Path) -> None:
    original, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        original.backup(copy)
    finally:
        copy.close()
        original.close()


def _run(program: str, *arguments: str, url: URL) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"нужна программа {program} (пакет postgresql-client)")
    # The password goes by the environment: the command line is there for all to read.
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    where = [
        f"--host={url.host or 'localhost'}",
        f"--port={url.port or 5432}",
        f"--username={url.username or ''}",
    ]
    done = subprocess.run(  # noqa: S603 – a fixed program, arguments of our own
        [found, *where, f"--dbname={url.database or ''}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupError(done.stderr.strip() or f"{program} не справилась")
