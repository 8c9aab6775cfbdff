"""Replies out: in order, waiting only while Telegram says so, never twice."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from markupsafe import Markup

from actions.acting import set_reachable
from bot.group_trouble import see_to_group
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
# What is no message, and so counts in nobody's limits.
_NO_MESSAGE = (AnswerCallbackQuery, AnswerInlineQuery)
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
            chat_id = getattr(method, "chat_id", None)
            try:
                await self._send(method)
            except TelegramMigrateToChat as error:
                await self._see_to(method, error)
                await self.reply([method.model_copy(update={"chat_id": error.migrate_to_chat_id})])
            except TelegramAPIError as error:
                if _is_group(chat_id):
                    await self._see_to(method, error)
                elif isinstance(error, TelegramForbiddenError):
                    if isinstance(chat_id, int):
                        uow = UnitOfWork(self._database)
                        await set_reachable(uow, chat_id, self._clock.now(), reachable=False)
                    return
                else:
                    _not_delivered(method, error)
                    if isinstance(error, TelegramBadRequest) and (said := _file_is_gone(method)):
                        await self.reply([said])
            except AiogramError as error:
                _not_delivered(method, error)

    async def _see_to(self, method: TelegramMethod[Any], error: TelegramAPIError) -> None:
        """A group does not take a message: the coordinators of those that are linked with it hear why."""
        place = getattr(method, "message_thread_id", None)
        chat_id = getattr(method, "chat_id", 0)
        trouble = await see_to_group(self._database, error, chat_id, place, self._clock.now())
        if trouble is None:
            _not_delivered(method, error)

    async def _send(self, method: TelegramMethod[Any]) -> None:
        for pause in (*_AGAIN_AFTER, None):
            try:
                await self._request(method)
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
                if (
                    isinstance(method, EditMessageText)
                    and not _is_group(method.chat_id)
                    and any(phrase in error.message for phrase in _CANNOT_EDIT)
                ):
                    # The message is gone or too old: what it was to say still reaches the person.
                    method = _anew(method)
                    continue
                raise
            else:
                return

    async def _request(self, method: TelegramMethod[Any]) -> None:
        """One person hears at once what she asked for. In a group many can ask at the same time: there what
        is said waits its turn."""
        if isinstance(method, _NO_MESSAGE):
            await self._bot(method)
            return
        chat_id = getattr(method, "chat_id", 0)
        started = await (self._pace.take if _is_group(chat_id) else self._pace.reply)(chat_id)
        try:
            await self._bot(method)
        finally:
            self._pace.answered(started)


def _is_group(chat_id: object) -> bool:
    return isinstance(chat_id, int) and chat_id < 0


def _not_delivered(method: TelegramMethod[Any], error: Exception) -> None:
    log.error("a reply was not delivered", method=method.__api_method__, reason=str(error))


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
