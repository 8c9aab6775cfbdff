"""What is measured on: an association, of 2,000 people with 500 events mostly; an instant Telegram."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import Chat, Message
from sqlalchemy import bindparam, insert, literal, select

from actions.associations import first_association
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Answer, Status
from domain.roles import Role
from domain.rsvp import answers_until
from storage.engine import Database
from storage.schema import migrate
from storage.tables import events, memberships, persons, revisions, rsvps, schools
from storage.unit_of_work import UnitOfWork

PEOPLE = 2_000
EVENTS = 500
TOKEN = "42:benchmark"
ZONE = "Asia/Novosibirsk"
# The event that comes next; everybody has answered «Пока не знаю» to it.
NEAREST = 1
_FIRST_TELEGRAM_ID = 1_000_000
_STATE = ("association_id", "period", "title", "venue", "status")
# How each event came to be.
_FIRST_REVISIONS = insert(revisions).from_select(
    ["event_id", "number", "kind", "at", *_STATE],
    select(
        events.c.id,
        events.c.revision,
        literal("planned"),
        bindparam("at", type_=revisions.c.at.type),
        *(events.c[name] for name in _STATE),
    ),
)
_BUTTONS = [
    [{"text": label, "callback_data": f"rsvp:{NEAREST}:{answer}:0"}]
    for label, answer in (("Приду", "going"), ("Не смогу", "declined"), ("Пока не знаю", "undecided"))
]
_KEPT = Message(message_id=7, date=datetime(2026, 9, 1, tzinfo=UTC), chat=Chat(id=1, type="private"))


class InstantSession(BaseSession):
    """Refuses the network: every request is answered at once, with what Telegram would send back."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[TelegramMethod[Any]] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 – aiogram's signature
        """Notes the request and answers it."""
        self.asked.append(method)
        return True if isinstance(method, AnswerCallbackQuery) else _KEPT

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """There are no files here."""
        raise NotImplementedError
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


async def make_world(url: str, *, people: int = PEOPLE, meetings: int = EVENTS, a_day: int = 1) -> None:
    """Fills the empty database that both sides get a copy of; meetings begin in three days, so many a day."""
    database = Database(url)
    now = datetime.now(UTC)
    await migrate(database)
    home = await first_association(UnitOfWork(database), ZONE, now)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.associations.change(home.id, title="РМО", school_year="2026/2027", set_up_at=now)
        await rows.connection.execute(
            insert(schools),
            [{"association_id": home.id, "title": f"МБОУ СОШ № {number}"} for number in range(1, 101)],
        )
        await rows.connection.execute(
            insert(persons), [_person(number, home.id, now) for number in range(1, people + 1)]
        )
        await rows.connection.execute(
            insert(memberships),
            [_membership(number, home.id, home.profile_id, now) for number in range(1, people + 1)],
        )
        first_day = (now + timedelta(days=3)).date()
        await rows.connection.execute(
            insert(events),
            [_event(home.id, first_day + timedelta(days=number // a_day)) for number in range(meetings)],
        )
        await rows.connection.execute(_FIRST_REVISIONS, {"at": now})
        await rows.connection.execute(
            insert(rsvps),
            [
                {
                    "association_id": home.id,
                    "event_id": NEAREST,
                    "person_id": number,
                    "answer": Answer.UNDECIDED,
                    "day_version": 1,
                    "answered_at": now,
                }
                for number in range(1, people + 1)
            ],
        )
        await uow.commit()
    await database.close()


def at(file: Path) -> str:
    """The address of a database file."""
    return f"sqlite+aiosqlite:///{file}"


def press(number: int, data: str = f"rsvp:{NEAREST}:{Answer.GOING}:0") -> dict[str, Any]:
    """A librarian presses «Приду» under a card, or a button with other data."""
    return {
        "callback_query": {
            "id": str(number),
            "from": _user(number),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 7,
                "date": 1_790_000_000,
                "chat": _chat(number),
                "from": {"id": 42, "is_bot": True, "first_name": "Звонок"},
                "text": "Семинар «Школьная библиотека»\n🗓 Среда, 18 ноября, 14:00–16:00",
                "entities": [{"type": "bold", "offset": 0, "length": 29}],
                "reply_markup": {"inline_keyboard": _BUTTONS},
            },
        }
    }


def question(number: int) -> dict[str, Any]:
    """A librarian touches the key «Ближайшее»."""
    return {
        "message": {
            "message_id": 8,
            "date": 1_790_000_000,
            "chat": _chat(number),
            "from": _user(number),
            "text": "Ближайшее",
        }
    }


def raw(update: dict[str, Any], update_id: int) -> str:
    """The update as the inbox stores it."""
    return json.dumps({"update_id": update_id} | update, ensure_ascii=False)


def telegram_id(number: int) -> int:
    """Who the person with this number is to Telegram."""
    return _FIRST_TELEGRAM_ID + number


def _user(number: int) -> dict[str, Any]:
    return {"id": telegram_id(number), "is_bot": False, "first_name": "Анна", "language_code": "ru"}


def _chat(number: int) -> dict[str, Any]:
    return {"id": telegram_id(number), "type": "private", "first_name": "Анна"}


def _person(number: int, association_id: int, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "telegram_id": telegram_id(number),
        "surname": f"Иванова{number}",
        "given_name": "Анна",
        "patronymic": "Петровна",
        "current_association_id": association_id,
        "created_at": now,
    }


def _membership(number: int, association_id: int, profile_id: int, now: datetime) -> dict[str, Any]:
    return {
        "association_id": association_id,
        "person_id": number,
        "role": Role.MEMBER,
        "status": "active",
        "school_id": number % 100 + 1,
        "profile_id": profile_id,
        "consent_version": 1,
        "consent_text": "",
        "consented_at": now,
        "joined_at": now,
    }


def _event(association_id: int, day: date) -> dict[str, Any]:
    zone = ZoneInfo(ZONE)
    period = Period.at(day, time(14), time(16))
    return {
        "association_id": association_id,
        "title": f"Семинар «Школьная библиотека: от каталога до читательского клуба», {day}",
        "kind": Kind.SEMINAR,
        "gathering": True,
        "period": period,
        "venue": "МБОУ СОШ № 183",
        "responsible": "Гукова А.А., руководитель РМО",
        "audience": "Педагоги-библиотекари района",
        "starts_at": period.begins_at(zone),
        "ends_at": period.ends_at(zone),
        "answers_until": answers_until(True, period, Status.PLANNED, zone),
    }
