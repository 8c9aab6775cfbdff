"""`check`: what is wrong with the installation, in words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.installation import cannot_open
from bot.sentences import BAD_ADDRESS, NEWER_SCHEMA, NO_TOKEN, WRONG_TOKEN
from bot.settings import Settings, SettingsError, read_settings
from bot.telegram import UnknownTokenError, UnreachableError, get_me
from documents.conversion import office
from storage.engine import Database
from storage.errors import StorageError
from storage.outbox import State
from storage.schema import HEAD, stored_version
from storage.unit_of_work import UnitOfWork

# What became of messages is told of so many days, and so many of them are named.
_DAYS = 7
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    text: str


async def findings() -> list[Finding]:
    """Looks at settings, Telegram, the database and what reads older files; changes nothing."""
    try:
        settings = read_settings()
    except SettingsError as error:
        return [Finding(False, line) for line in error.lines]
    return [
        Finding(True, "Настройки прочитаны."),
        await _telegram(settings),
        *await _database(settings),
        _office(),
    ]


def _office() -> Finding:
    """Whether plans of older formats can be read; nothing is wrong where they cannot."""
    if office() is None:
        return Finding(True, "LibreOffice не установлен: .doc, .rtf и .odt бот попросит сохранить как .docx.")
    return Finding(True, "LibreOffice установлен: прочтутся и планы в .doc, .rtf и .odt.")


async def _telegram(settings: Settings) -> Finding:
    if not settings.bot_token:
        return Finding(False, NO_TOKEN)
    by = " через прокси" if settings.telegram_proxy else ""
    try:
        me = await get_me(settings)
    except UnknownTokenError:
        return Finding(False, WRONG_TOKEN)
    except UnreachableError as error:
        hint = "" if settings.telegram_proxy else " Если Telegram у вас закрыт, укажите TELEGRAM_PROXY."
        return Finding(False, f"Telegram не отвечает{by}: {error}.{hint}")
    return Finding(True, f"Telegram отвечает{by}: это @{me.username}.")


async def _database(settings: Settings) -> list[Finding]:
    try:
        database = Database(settings.database_url)
    except ValueError:
        return [Finding(False, f"DATABASE_URL: {BAD_ADDRESS}")]
    if database.file is not None and not database.file.exists():
        return [_place(database.file)]
    try:
        version = await stored_version(database)
        if version is not None and version > HEAD:
            return [Finding(False, NEWER_SCHEMA)]
        if version != HEAD:
            return [Finding(True, "База ждёт обновления: run проведёт его сам при запуске.")]
        return [Finding(True, "База открывается."), *await _contents(database)]
    except (StorageError, OSError) as error:
        return [Finding(False, cannot_open(database, error))]
    finally:
        await database.close()


def _place(file: Path) -> Finding:
    """Whether a database can be made where none is yet."""
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(False, f"В папку {folder} нельзя писать, поэтому базе {file} негде появиться.")
    return Finding(True, f"База {file} появится при первом запуске.")


async def _contents(database: Database) -> list[Finding]:
    since = datetime.now(UTC) - timedelta(days=_DAYS)
    async with UnitOfWork(database).reading() as rows:
        set_aside = await rows.inbox.count_set_aside()
        refused = await rows.sent.ended(State.REFUSED, since)
        uncertain = await rows.sent.ended(State.UNCERTAIN, since)
        waiting = await rows.sent.count_waiting()
    found = []
    if set_aside:
        found.append(Finding(False, f"Отложено сообщений, на которых бот споткнулся трижды: {set_aside}."))
    if refused:
        found.append(Finding(False, f"Telegram не принял за {_DAYS} дней: {_numbers(refused)}"))
    if uncertain:
        found.append(Finding(True, f"Неизвестно, дошли ли, за {_DAYS} дней: {_numbers(uncertain)}"))
    if waiting:
        found.append(Finding(True, f"Ждут отправки: {waiting} сообщ."))
    return found


def _numbers(row_ids: Sequence[int]) -> str:
    """How many messages, and the numbers of the newest: `why` explains each."""
    named = ", ".join(f"№ {one}" for one in row_ids[:_NAMED])
    more = "" if len(row_ids) <= _NAMED else " и другие"
    return f"{len(row_ids)} сообщ. ({named}{more})."
