"""Our own getUpdates loop: an update is acknowledged only when it is stored."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.session import NoAnswerError, TelegramSession
from bot.updates import ALLOWED, Receiver
from storage.errors import StorageError

log = structlog.get_logger(__name__)

# Seconds that Telegram keeps a request open while there is nothing to hand out.
_LONG_POLL = 30
_BATCH = 100
# With so many updates waiting, Telegram keeps the rest until some are done.
_MOST_WAITING = 2_000
# Real seconds before the next attempt, doubling up to the last.
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0


class WrongTokenError(Exception):
    """Telegram does not know the token."""


class Poller:
    """Asks Telegram for updates until cancelled."""

    def __init__(self, bot: Bot, session: TelegramSession, receiver: Receiver) -> None:
        self._bot = bot
        self._session = session
        self._receiver = receiver
        self._offset: int | None = None
        # Set as soon as Telegram answered for the first time.
        self.reached = asyncio.Event()

    async def run(self) -> None:
        """Raises WrongTokenError; everything else is tried again, and said once."""
        pause = _FIRST_PAUSE
        silent = False
        while True:
            try:
                updates = await self._ask()
                if updates:
                    await self._receiver.receive(updates)
            except (NoAnswerError, AiogramError, _RefusedError, StorageError, OSError) as error:
                if not silent:
                    log.warning(_what_is_away(error), reason=str(error) or type(error).__name__)
                silent = True
                await asyncio.sleep(getattr(error, "retry_after", 0) or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                continue
            if silent:
                log.info("Снова на связи")
            pause, silent = _FIRST_PAUSE, False
            self.reached.set()
            if updates:
                # Only now: with the next request Telegram forgets them.
                self._offset = max(update["update_id"] for update in updates) + 1
            while self._receiver.backlog > _MOST_WAITING:  # noqa: ASYNC110 – it empties by itself
                await asyncio.sleep(0.05)

    async def _ask(self) -> list[dict[str, Any]]:
        # The first request comes back at once: it tells whether Telegram is there.
        patience = _LONG_POLL if self.reached.is_set() else 0
        request: dict[str, Any] = {"timeout": patience, "limit": _BATCH, "allowed_updates": list(ALLOWED)}
        if self._offset is not None:
            request["offset"] = self._offset
        answer = await self._session.ask(self._bot.token, "getUpdates", request, patience + 15)
        if answer.get("ok"):
            return list(answer["result"])
        code, description = answer.get("error_code"), str(answer.get("description", ""))
        if code in {401, 404}:
            raise WrongTokenError
        if code == 409 and "webhook" in description:
            await self._bot.delete_webhook()
        if code == 409:
            raise _ElsewhereError(description)
        raise _RefusedError(description, float(answer.get("parameters", {}).get("retry_after", 0)))


def _what_is_away(error: Exception) -> str:
    if isinstance(error, StorageError | OSError):
        return "База недоступна, пробую дальше"
    if isinstance(error, _ElsewhereError):
        return "С этим же токеном работает ещё один бот, пробую дальше"
    return "Telegram недоступен, пробую дальше"


class _RefusedError(Exception):
    def __init__(self, description: str, retry_after: float = 0) -> None:
        super().__init__(description)
        self.retry_after = retry_after


class _ElsewhereError(_RefusedError):
    """Somebody else asks for the updates of the same bot."""
