"""What Telegram says when a message cannot be brought into a group, and what is done about it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)

from actions.groups import fall_silent, leave_topic, lose_group, move_group
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

# In Telegram's words, and in those of its servers, which it sometimes passes on as they are.
_NO_TOPIC = ("message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED", "TOPIC_ID_INVALID")
_NO_RIGHTS = (
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "CHAT_RESTRICTED",
    "CHAT_ADMIN_REQUIRED",
)
_NO_CHAT = ("chat not found", "chat was deleted", "chat was deactivated", "CHANNEL_PRIVATE", "bot was kicked")


class Trouble(Enum):
    """What is the matter with a group."""

    MOVED = auto()  # it has another id
    LOST = auto()  # it is gone, or the bot is not in it any more
    SILENCED = auto()  # the bot may not write there
    NO_TOPIC = auto()  # the topic is closed or gone


def trouble_of(error: TelegramAPIError, *, in_topic: bool) -> Trouble | None:
    """What a refused request says of the group it was for; None for a fault of the message. `in_topic`: it
    was for one of its topics."""
    if isinstance(error, TelegramMigrateToChat):
        return Trouble.MOVED
    if _says(error, _NO_TOPIC):
        # Outside all topics nothing is left to fall back to.
        return Trouble.NO_TOPIC if in_topic else Trouble.SILENCED
    if _says(error, _NO_RIGHTS):
        return Trouble.SILENCED
    gone = isinstance(error, TelegramForbiddenError) or (
        isinstance(error, TelegramBadRequest) and _says(error, _NO_CHAT)
    )
    return Trouble.LOST if gone else None


def _says(error: TelegramAPIError, phrases: tuple[str, ...]) -> bool:
    return any(phrase in error.message for phrase in phrases)


async def see_to_group(
    database: Database, error: TelegramAPIError, chat_id: int, topic_id: int | None, now: datetime
) -> Trouble | None:
    """Remembers what a refused request says of a group, and has the coordinators told. Returns what it is,
    None for a fault of the message. Raises StorageError and OSError."""
    trouble = trouble_of(error, in_topic=topic_id is not None)
    uow = UnitOfWork(database)
    match trouble:
        case Trouble.MOVED if isinstance(error, TelegramMigrateToChat):
            await move_group(uow, chat_id, error.migrate_to_chat_id)
        case Trouble.LOST:
            await lose_group(uow, chat_id, now)
        case Trouble.SILENCED:
            await fall_silent(uow, chat_id, now)
        case Trouble.NO_TOPIC if topic_id is not None:
            await leave_topic(uow, chat_id, topic_id, now)
    return trouble
