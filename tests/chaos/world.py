"""What the bot is killed upon: an association of many people, an event whose bell rings when the clock is
moved, another one to answer to."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import insert

from actions.associations import first_association
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Status
from domain.roles import Role
from domain.rsvp import answers_until
from storage.engine import Database
from storage.schema import migrate
from storage.tables import events, memberships, persons, schools
from storage.unit_of_work import UnitOfWork
from tests.builders import SCHOOL, ZONE

_FIRST_TELEGRAM_ID = 1_000_000


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event of the world; its number is its id."""

    number: int
    title: str
    at: Period


# A Wednesday, 17:50 in Novosibirsk, ten minutes before the bell for what is tomorrow; and just after it.
EVENING = datetime(2026, 10, 21, 10, 50, tzinfo=UTC)
BELL = datetime(2026, 10, 21, 11, 0, 1, tzinfo=UTC)
SEMINAR = Meeting(1, "Семинар о ночных дежурствах", Period.at(date(2026, 10, 22), time(14)))
# Answered meanwhile; its own bell is far away.
OPEN = Meeting(2, "Круглый стол о зимнем чтении", Period.at(date(2026, 12, 3), time(14)))


async def make_world(url: str, people: int, meetings: Sequence[Meeting] = (SEMINAR, OPEN)) -> None:
    """Fills an empty database."""
    database = Database(url)
    await migrate(database)
    home = await first_association(UnitOfWork(database), ZONE, EVENING)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.associations.change(home.id, title="РМО", school_year="2026/2027", set_up_at=EVENING)
        await rows.connection.execute(insert(schools).values(association_id=home.id, title=SCHOOL))
        await rows.connection.execute(
            insert(persons), [_person(number, home.id) for number in range(1, people + 1)]
        )
        await rows.connection.execute(
            insert(memberships),
            [_membership(number, home.id, home.profile_id) for number in range(1, people + 1)],
        )
        await rows.connection.execute(insert(events), [_event(home.id, meeting) for meeting in meetings])
        await uow.commit()
    await database.close()


def telegram_id(number: int) -> int:
    """Who the person with this number is to Telegram."""
    return _FIRST_TELEGRAM_ID + number


def press(number: int, answer: str) -> dict[str, Any]:
    """A librarian presses a button under the card of OPEN."""
    user = {"id": telegram_id(number), "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    return {
        "callback_query": {
            "id": f"{number}-{answer}",
            "from": user,
            "chat_instance": "1",
            "data": f"rsvp:{OPEN.number}:{answer}:0",
            "message": {
                "message_id": 7,
                "date": 1_790_000_000,
                "chat": {"id": telegram_id(number), "type": "private", "first_name": "Анна"},
                "from": {"id": 1, "is_bot": True, "first_name": "Звонок"},
                "text": OPEN.title,
            },
        }
    }


class Records(Protocol):
    """Looks into the database without being in anybody's way."""

    async def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""


@dataclass(frozen=True, slots=True)
class SqliteRecords:
    """Read only: nothing here recovers or checkpoints what a killed process left."""

    file: Path

    async def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def after_a_kill(self, folder: Path) -> tuple[str, list[int]]:
        """What `PRAGMA integrity_check` says of the files as they were left, and which rows are in flight."""
        copy = folder / "left.db"
        for ending in ("", "-wal"):
            left = self.file.with_name(self.file.name + ending)
            copied = copy.with_name(copy.name + ending)
            copied.unlink(missing_ok=True)
            if left.exists():
                shutil.copy(left, copied)
        copy.with_name(copy.name + "-shm").unlink(missing_ok=True)
        connection = sqlite3.connect(copy)
        try:
            [(verdict,)] = connection.execute("PRAGMA integrity_check").fetchall()
            in_flight = connection.execute("SELECT id FROM outbox WHERE state = 'attempted'").fetchall()
        finally:
            connection.close()
        return verdict, [number for (number,) in in_flight]


@dataclass(frozen=True, slots=True)
class PostgresRecords:
    """The same on PostgreSQL."""

    url: str

    async def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        connection = await asyncpg.connect(self.url)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()


def _person(number: int, association_id: int) -> dict[str, Any]:
    return {
        "id": number,
        "telegram_id": telegram_id(number),
        "surname": f"Иванова{number}",
        "given_name": "Анна",
        "patronymic": "Петровна",
        "current_association_id": association_id,
        "created_at": EVENING,
    }


def _membership(number: int, association_id: int, profile_id: int) -> dict[str, Any]:
    return {
        "association_id": association_id,
        "person_id": number,
        "role": Role.MEMBER,
        "status": "active",
        "school_id": 1,
        "profile_id": profile_id,
        "consent_version": 1,
        "consent_text": "",
        "consented_at": EVENING,
        "joined_at": EVENING,
    }


def _event(association_id: int, meeting: Meeting) -> dict[str, Any]:
    zone = ZoneInfo(ZONE)
    return {
        "id": meeting.number,
        "association_id": association_id,
        "title": meeting.title,
        "kind": Kind.SEMINAR,
        "gathering": True,
        "period": meeting.at,
        "venue": SCHOOL,
        "responsible": "Орлова Н.В.",
        "audience": "Педагоги-библиотекари",
        "starts_at": meeting.at.begins_at(zone),
        "ends_at": meeting.at.ends_at(zone),
        "answers_until": answers_until(True, meeting.at, Status.PLANNED, zone),
    }
