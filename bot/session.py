"""aiogram's session, with the proxy's own errors taken for what they are: network errors."""

from __future__ import annotations

import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError, ClientError, ClientTimeout

from bot.telegram import proxy_errors


class NoAnswerError(Exception):
    """Telegram did not answer, or somebody else did."""


class TelegramSession(AiohttpSession):
    """Requests to Telegram, by a proxy if one is set."""

    def __init__(self, base_url: str, proxy: str) -> None:
        super().__init__(proxy=proxy or None, api=TelegramAPIServer.from_base(base_url))
        self._proxy_errors = proxy_errors() if proxy else ()
        self._no_answer: tuple[type[Exception], ...] = (
            ClientError,
            TimeoutError,
            OSError,
            ValueError,
            *self._proxy_errors,
        )

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 – aiogram's signature
    ) -> TelegramType:
        """As aiogram's; raises TelegramNetworkError for the proxy's errors too."""
        try:
            return await super().make_request(bot, method, timeout)
        except self._proxy_errors as error:
            raise TelegramNetworkError(method=method, message=str(error)) from error

    async def ask(self, token: str, method: str, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Telegram's whole answer as it came. Raises NoAnswerError."""
        session = await self.create_session()
        url = self.api.api_url(token, method)
        try:
            async with session.post(url, json=body, timeout=ClientTimeout(total=seconds)) as response:
                answer = json.loads(await response.text())
        except self._no_answer as error:
            raise NoAnswerError(str(error) or type(error).__name__) from error
        if not isinstance(answer, dict):
            raise NoAnswerError("the answer is not Telegram's")
        return answer


def never_sent(error: TelegramNetworkError) -> bool:
    """Whether a request certainly did not reach Telegram: no connection came about."""
    cause = error.__cause__
    return isinstance(cause, ClientConnectorError) or type(cause).__module__.startswith("aiohttp_socks")
