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
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageReplyMarkup,
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

from bot.views.words import t
from sandbox.entities import parse_html, utf16_length
from sandbox.facts import LIMITS
from sandbox.inline import read_button, read_results
from sandbox.keyboards import read_markup
from sandbox.refusal import RefusedError
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
    file_id: str | None = None  # of one that lies with Telegram already
    topic: int | None = None

    @property
    def plain(self) -> str:
        """The text without mark-up."""
        return parse_html(self.text).text.replace("\xa0", " ")

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


@dataclass
class Conversation:
    """One person's chat."""

    shown: list[Shown] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    last: Shown | None = None


class FakeTelegram(BaseSession):
    """Answers at once, keeps every chat, and raises what a test asked it to raise.

    What Telegram would refuse for its form (mark-up, lengths, keyboards) is a fault, and so is an apology
    for something that went wrong: World.feed and World.rings fail for them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, Conversation] = {}
        self.requests: list[TelegramMethod[Any]] = []
        self.files: dict[str, bytes] = {}
        self.failures: list[TelegramAPIError] = []
        self.toasts: list[str] = []
        self.alerts: list[str] = []
        # Links that presses opened, and what was found by the bot's name in other chats.
        self.links: list[str] = []
        self.found: list[AnswerInlineQuery] = []
        self.faults: list[str] = []
        self._numbers = count(1000)

    def chat(self, chat_id: int) -> Conversation:
        """The chat with a person."""
        return self.chats.setdefault(chat_id, Conversation())

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.requests.append(method)
        self.faults += faults(method)
        if self.failures:
            raise self.failures.pop(0)
        match method:
            case GetMe():
                return BOT
            case SendMessage() | SendDocument() | SendPhoto():
                return self._sent(method)
            case EditMessageText():
                return self._edited(method)
            case EditMessageReplyMarkup():
                return self._rekeyed(method)
            case AnswerInlineQuery():
                self.found.append(method)
                return True
            case AnswerCallbackQuery(url=str(link)):
                self.links.append(link)
                return True
            case AnswerCallbackQuery(show_alert=True):
                self.alerts.append(method.text or "")
                return True
            case AnswerCallbackQuery():
                self.toasts += [method.text] if method.text else []
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
        shown.topic = getattr(method, "message_thread_id", None)
        attached = getattr(method, "document", None) or getattr(method, "photo", None)
        if isinstance(attached, str):
            shown.file_id = attached
        elif attached is not None:
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
                if (shown.text, shown.keyboard) == (method.text, method.reply_markup):
                    raise TelegramBadRequest(method, "Bad Request: message is not modified")
                shown.text, shown.keyboard = method.text or "", method.reply_markup
                self.chat(chat_id).last = shown
                break
        else:
            raise TelegramBadRequest(method, "Bad Request: message to edit not found")
        return self._message(method.message_id or 0, chat_id, method.text or "")

    def _rekeyed(self, method: EditMessageReplyMarkup) -> bool:
        for shown in self.chat(int(method.chat_id or 0)).shown:
            if shown.message_id == method.message_id:
                if shown.keyboard == method.reply_markup:
                    raise TelegramBadRequest(method, "Bad Request: message is not modified")
                shown.keyboard = method.reply_markup
                return True
        raise TelegramBadRequest(method, "Bad Request: message to edit not found")

    def _message(self, number: int, chat_id: int, text: str) -> Message:
        chat = Chat(id=chat_id, type="private" if chat_id > 0 else "supergroup")
        return Message(message_id=number, date=datetime.now(UTC), chat=chat, from_user=BOT, text=text)

    async def stream_content(self, url: str, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield self.files[url.rpartition("/")[2]]

    async def close(self) -> None:
        """Nothing is open."""


def faults(method: TelegramMethod[Any]) -> list[str]:
    """What is wrong with a request: where and when it was made, what Telegram would refuse it for."""
    found = [f"{method.__api_method__} inside a unit of work"] if unit_of_work.inside.get() else []
    match method:
        case AnswerInlineQuery():
            return found + _faults_of_typing(method)
        case AnswerCallbackQuery(url=str(link)) if not link.startswith(f"https://t.me/{BOT.username}?start="):
            return [*found, f"URL_INVALID: {link}"]
        case SendMessage(text=text) | EditMessageText(text=text):
            longest = LIMITS["message_text"]
        case SendDocument(caption=text) | SendPhoto(caption=text):
            longest = LIMITS["caption"]
        case AnswerCallbackQuery(text=text):
            longest = LIMITS["callback_answer"]
        case _:
            return found
    if isinstance(method, SendMessage) and text == t("went-wrong"):
        found.append("something went wrong: see the log")
    markup = getattr(method, "reply_markup", None)
    try:
        shown = text or "" if isinstance(method, AnswerCallbackQuery) else parse_html(text or "").text
        read_markup(
            markup and markup.model_dump(mode="json", exclude_none=True),
            only_inline=isinstance(method, EditMessageText),
        )
    except RefusedError as error:
        return [*found, f"{error.description}: {text}"]
    if utf16_length(shown) > longest:
        found.append(f"{utf16_length(shown)} of {longest} units: {shown[:200]}…")
    if isinstance(method, SendMessage | EditMessageText) and not shown.strip():
        found.append("an empty message")
    return found


def _faults_of_typing(method: AnswerInlineQuery) -> list[str]:
    # aiogram's stand-ins for a bot's defaults are nothing.
    given = method.model_dump(
        mode="json", exclude_none=True, include={"results", "button"}, fallback=lambda _: None
    )
    try:
        read_results(given["results"])
        read_button(given.get("button"))
    except RefusedError as error:
        return [error.description]
    return []


def as_json(value: dict[str, Any]) -> dict[str, Any]:
    """An update as it would come over the wire."""
    return json.loads(json.dumps(value))
