"""Replies out: in order, waiting only while Telegram says so, never twice."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from markupsafe import Markup

from actions.acting import set_reachable
from bot.session import maybe_sent
from bot.views.view import Replies
from bot.views.words import t
from scheduler.clock import Clock
from scheduler.pace import Pace
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# What certainly was not sent is tried again after so many seconds of real time.
_AGAIN_AFTER = (1.0, 3.0, 10.0)
_HARMLESS = ("message is not modified", "query is too old", "query ID is invalid")
_CANNOT_EDIT = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


class Replier:
    """Sends what handlers handed back. The effect is committed by then: nothing here can undo it."""

    def __init__(self, bot: Bot, database: Database, clock: Clock, pace: Pace) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._pace = pace

    async def reply(self, replies: Replies) -> None:
        """Sends replies one after the other; one that Telegram refuses does not keep the next one back."""
        for method in replies:
            try:
                await self._send(method)
            except TelegramForbiddenError:
                chat_id = getattr(method, "chat_id", None)
                if isinstance(chat_id, int):
                    uow = UnitOfWork(self._database)
                    await set_reachable(uow, chat_id, self._clock.now(), reachable=False)
                return
            except AiogramError as error:
                log.error("a reply was not delivered", method=method.__api_method__, reason=str(error))
                if isinstance(error, TelegramBadRequest) and (said := _file_is_gone(method)):
                    await self.reply([said])

    async def _send(self, method: TelegramMethod[Any]) -> None:
        for pause in (*_AGAIN_AFTER, None):
            if not isinstance(method, AnswerCallbackQuery):
                await self._pace.reply(getattr(method, "chat_id", 0))
            try:
                await self._bot(method)
            except TelegramRetryAfter:  # the session starts nothing until it is over
                if pause is None:
                    raise
            except (TelegramNetworkError, TelegramServerError) as error:
                if pause is None or maybe_sent(error):
                    raise
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311
            except TelegramBadRequest as error:
                if any(phrase in error.message for phrase in _HARMLESS):
                    return
                if isinstance(method, EditMessageText) and any(p in error.message for p in _CANNOT_EDIT):
                    # The message is gone or too old: what it was to say still reaches the person.
                    method = _anew(method)
                    continue
                raise
            else:
                return


def _anew(edit: EditMessageText) -> SendMessage:
    return SendMessage(
        chat_id=edit.chat_id or 0,
        text=edit.text or "",
        parse_mode=edit.parse_mode,
        reply_markup=edit.reply_markup,
        link_preview_options=edit.link_preview_options,
    )


def _file_is_gone(method: TelegramMethod[Any]) -> SendMessage | None:
    """Says that Telegram does not give out a file any more, where it was asked for by Telegram's own name."""
    named = getattr(method, "document", None) or getattr(method, "photo", None)
    if not isinstance(method, SendDocument | SendPhoto) or not isinstance(named, str):
        return None
    said = t("material-refused", title=Markup(method.caption or ""))  # noqa: S704 – a caption of our own
    return SendMessage(chat_id=method.chat_id, text=str(said), parse_mode="HTML")


def went_wrong(chat_id: int) -> SendMessage:
    """Says that something went wrong, and what to do."""
    return SendMessage(chat_id=chat_id, text=str(t("went-wrong")), parse_mode="HTML")
