"""The database of this installation, opened for a short command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from actions.associations import first_association
from bot.sentences import BAD_ADDRESS, NEWER_SCHEMA
from bot.settings import Settings
from scheduler.clock import Clock, RealClock, ShiftedClock
from storage.engine import Database
from storage.errors import StorageError
from storage.schema import NewerSchemaError, migrate
from storage.unit_of_work import UnitOfWork

Work = Callable[[Database, Clock], Awaitable[list[str]]]


class InstallationError(Exception):
    """Something about the installation is wrong; the text is a sentence in Russian."""


def clock_of(settings: Settings) -> Clock:
    """The real clock, or the shifted one where CLOCK_FILE is set."""
    return RealClock() if settings.clock_file is None else ShiftedClock(settings.clock_file)


async def on_database(settings: Settings, work: Work) -> list[str]:
    """Opens the database, brings it up to date, does the work. Raises InstallationError and DomainError."""
    try:
        database = Database(settings.database_url)
    except ValueError:
        raise InstallationError(f"DATABASE_URL: {BAD_ADDRESS}") from None
    clock = clock_of(settings)
    try:
        if database.file is not None:
            database.file.parent.mkdir(parents=True, exist_ok=True)
        await migrate(database)
        await first_association(UnitOfWork(database), settings.timezone, clock.now())
        return await work(database, clock)
    except NewerSchemaError:
        raise InstallationError(NEWER_SCHEMA) from None
    except (StorageError, OSError) as error:
        raise InstallationError(cannot_open(database, error)) from None
    finally:
        await database.close()


def cannot_open(database: Database, error: BaseException) -> str:
    """Why the database cannot be opened, and what to look at."""
    reason = str(getattr(error, "orig", error)) or type(error).__name__
    if database.file is not None:
        return (
            f"База {database.file} не открывается: {reason}. "
            "Проверьте DATABASE_URL, права на папку и место на диске."
        )
    where = database.url.render_as_string(hide_password=True)
    return f"База {where} не открывается: {reason}. Проверьте DATABASE_URL и работает ли PostgreSQL."
