"""Telegram as the conversations' tests need it: records what it is asked for, and refuses the network."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetFile,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    Chat,
    File,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    User,
)
from markupsafe import Markup

from storage import unit_of_work

BOT = User(id=1, is_bot=True, first_name="Звонок", username="zvonok_test_bot")


@dataclass
class Shown:
    """A message of the bot as the person sees it now."""

    message_id: int
    text: str
    keyboard: Any = None
    file: bytes | None = None
    file_name: str | None = None

    @property
    def plain(self) -> str:
        """The text without mark-up."""
        return (
            Markup(self.text).striptags().replace("\xa0", " ") if "\n" not in self.text else _plain(self.text)
        )

    @property
    def buttons(self) -> list[InlineKeyboardButton]:
        """The buttons under it."""
        if not isinstance(self.keyboard, InlineKeyboardMarkup):
            return []
        return [button for row in self.keyboard.inline_keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button.text for button in self.buttons]


def _plain(text: str) -> str:
    return "\n".join(str(Markup(line).striptags()) for line in text.split("\n"))


@dataclass
class Conversation:
    """One person's chat."""

    shown: list[Shown] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    last: Shown | None = None


class FakeTelegram(BaseSession):
    """Answers at once, keeps every chat, and raises what a test asked it to raise."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, Conversation] = {}
        self.requests: list[TelegramMethod[Any]] = []
        self.files: dict[str, bytes] = {}
        self.failures: list[TelegramAPIError | type[TelegramAPIError]] = []
        self._numbers = count(1000)

    def chat(self, chat_id: int) -> Conversation:
        """The chat with a person."""
        return self.chats.setdefault(chat_id, Conversation())

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        assert not unit_of_work.inside.get(), f"{method.__api_method__} inside a unit of work"
        self.requests.append(method)
        if self.failures:
            raise self.failures.pop(0)
        match method:
            case GetMe():
                return BOT
            case SendMessage() | SendDocument() | SendPhoto():
                return self._sent(method)
            case EditMessageText():
                return self._edited(method)
            case AnswerCallbackQuery():
                return True
            case GetFile(file_id=file_id):
                return File(file_id=file_id, file_unique_id=file_id, file_path=file_id)
            case _:
                return True

    def _sent(self, method: SendMessage | SendDocument | SendPhoto) -> Message:
        chat_id = int(method.chat_id)
        chat = self.chat(chat_id)
        text = method.text if isinstance(method, SendMessage) else method.caption or ""
        shown = Shown(next(self._numbers), text, method.reply_markup)
        attached = getattr(method, "document", None) or getattr(method, "photo", None)
        if attached is not None:
            shown.file, shown.file_name = attached.data, attached.filename
        chat.shown.append(shown)
        chat.last = shown
        if isinstance(method.reply_markup, ReplyKeyboardMarkup):
            chat.keys = [key.text for row in method.reply_markup.keyboard for key in row]
        return self._message(shown.message_id, chat_id, text)

    def _edited(self, method: EditMessageText) -> Message:
        chat_id = int(method.chat_id or 0)
        for shown in self.chat(chat_id).shown:
            if shown.message_id == method.message_id:
                shown.text, shown.keyboard = method.text or "", method.reply_markup
                self.chat(chat_id).last = shown
        return self._message(method.message_id or 0, chat_id, method.text or "")

    def _message(self, number: int, chat_id: int, text: str) -> Message:
        chat = Chat(id=chat_id, type="private")
        return Message(message_id=number, date=datetime.now(UTC), chat=chat, from_user=BOT, text=text)

    async def stream_content(self, url: str, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield self.files[url.rpartition("/")[2]]

    async def close(self) -> None:
        """Nothing is open."""


def as_json(value: dict[str, Any]) -> dict[str, Any]:
    """An update as it would come over the wire."""
    return json.loads(json.dumps(value))
