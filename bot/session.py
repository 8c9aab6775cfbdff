"""aiogram's session, lean and careful: what is sent often costs little, nothing starts while a 429 lasts, and
of every failure it is known whether the request may have reached Telegram."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import LinkPreviewOptions, ReplyParameters
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
)
from aiohttp.connector import Connection
from pydantic_core import to_json

from bot.telegram import proxy_errors

# What is sent all the time, holds no file, and of whose result nobody needs more than the message's number:
# aiogram's own way with it costs more than everything else that is done to send a message.
_OFTEN = (SendMessage, EditMessageText, EditMessageReplyMarkup, AnswerCallbackQuery)
# Fields of these that nobody set hold aiogram's stand-ins for a bot's defaults.
_WITH_STAND_INS = (LinkPreviewOptions, ReplyParameters)
_JSON = {"Content-Type": "application/json"}

# So long, in seconds, a connection may take to come about: until then certainly nothing was sent.
_CONNECT = 10.0
# A 429 that does not say for how long, in seconds.
_SOME_TIME = 3
_TOO_MANY = 429
_GATEWAY_TIMEOUT = 504


class NoAnswerError(Exception):
    """Telegram did not answer, or somebody else did."""


class GatewayTimeoutError(TelegramServerError):
    """Telegram's door waited in vain for what is behind it: it may have been done all the same."""


@dataclass(frozen=True, slots=True)
class Sent:
    """All that is kept of Telegram's answer about a message: aiogram would check a hundred fields."""

    message_id: int


class Gate(Protocol):
    """Lets requests start, or not."""

    @property
    def paused(self) -> float:
        """For how many seconds more nothing may start."""

    async def open(self) -> None:
        """Waits until it may."""


class Pausing(BaseRequestMiddleware):
    """A 429 to one pauses all: nothing starts meanwhile, whoever asks for it."""

    def __init__(self, gate: Gate, pause: Callable[[float], Awaitable[None]]) -> None:
        self._gate = gate
        self._pause = pause

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Raises TelegramRetryAfter when all have been told."""
        await self._gate.open()
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            await self._pause(float(error.retry_after))
            raise


class TelegramSession(AiohttpSession):
    """Requests to Telegram, by a proxy if one is set."""

    def __init__(self, base_url: str, proxy: str, gate: Gate | None = None) -> None:
        super().__init__(proxy=proxy or None, api=TelegramAPIServer.from_base(base_url))
        # No queue for connections: it would hold a request back after its turn.
        self._connector_init["limit"] = 0
        self._gate = gate
        by_proxy = proxy_errors() if proxy else ()
        self._lost: tuple[type[Exception], ...] = (ClientError, TimeoutError, *by_proxy)
        self._no_answer: tuple[type[Exception], ...] = (*self._lost, OSError, ValueError)

    async def create_session(self) -> ClientSession:
        """As aiogram's, with requests that look at the gate when their connection is there."""
        if self._should_reset_connector:
            await self.close()
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector_type(**self._connector_init), request_class=_gated(self._gate)
            )
            self._should_reset_connector = False
        return self._session

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 – aiogram's signature
    ) -> TelegramType:
        """As aiogram's, but of what is sent often the result is a Sent (or True).

        Raises TelegramNetworkError for the proxy's errors too, GatewayTimeoutError, and TelegramServerError
        where something before Telegram answers in HTML.
        """
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        often = isinstance(method, _OFTEN)
        limits = _limits(timeout or self.timeout)
        while True:
            data: Any = in_json(method) if often else self.build_form_data(bot, method)
            try:
                async with session.post(
                    url, data=data, headers=_JSON if often else None, timeout=limits
                ) as answer:
                    content = await answer.read()
            except _HeldBackError:
                await cast("Gate", self._gate).open()
                continue
            except self._lost as error:
                reason = f"{type(error).__name__}: {error}"
                raise TelegramNetworkError(method=method, message=reason) from error
            return self._understood(bot, method, answer.status, content, often=often)

    def _understood(
        self, bot: Bot, method: TelegramMethod[TelegramType], status: int, content: bytes, *, often: bool
    ) -> TelegramType:
        if often and status == 200:
            with_result = _result(content)
            if with_result is not None:
                return cast("TelegramType", with_result)
        text = content.decode(errors="replace")
        try:
            return cast("TelegramType", self.check_response(bot, method, status, text).result)
        except TelegramServerError as error:
            if status == _GATEWAY_TIMEOUT:
                raise GatewayTimeoutError(method=method, message=error.message) from error
            raise
        except ClientDecodeError as error:
            if status == _GATEWAY_TIMEOUT:
                raise GatewayTimeoutError(method=method, message="Gateway Timeout") from error
            if status > 500:
                raise TelegramServerError(method=method, message=f"HTTP {status}") from error
            raise
        except TelegramRetryAfter:
            raise
        except TelegramAPIError as error:
            if status == _TOO_MANY:
                raise TelegramRetryAfter(
                    method=method, message=error.message, retry_after=_SOME_TIME
                ) from error
            raise

    async def ask(self, token: str, method: str, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Telegram's whole answer as it came, whatever the gate says. Raises NoAnswerError."""
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


def maybe_sent(error: TelegramNetworkError | TelegramServerError) -> bool:
    """Whether a request may have been done: False where no connection came about, or Telegram said that it
    could not."""
    if isinstance(error, TelegramServerError):
        return isinstance(error, GatewayTimeoutError)
    cause = error.__cause__
    never = isinstance(cause, ClientConnectorError | ConnectionTimeoutError)
    return not never and not type(cause).__module__.startswith("aiohttp_socks")


def in_json(method: TelegramMethod[Any]) -> bytes:
    """What was set of a method, as the body of a request."""
    fields = {name: getattr(method, name) for name in method.model_fields_set}
    plain = {
        name: value.model_dump(exclude_unset=True) if isinstance(value, _WITH_STAND_INS) else value
        for name, value in fields.items()
        if value is not None
    }
    return to_json(plain, exclude_none=True)


def _result(content: bytes) -> Sent | bool | None:
    """The number of the message that was sent or changed, or True; None where there is more to be said."""
    try:
        answer = json.loads(content)
        if answer["ok"] is not True:
            return None
        result = answer["result"]
        return Sent(result["message_id"]) if isinstance(result, dict) else bool(result)
    except (ValueError, KeyError, TypeError):
        return None


@lru_cache
def _limits(seconds: float) -> ClientTimeout:
    return ClientTimeout(total=seconds, connect=_CONNECT)


class _HeldBackError(Exception):
    """A 429 came while the connection was made."""


def _gated(gate: Gate | None) -> type[ClientRequest]:
    if gate is None:
        return ClientRequest
    shut = gate

    class GatedRequest(ClientRequest):
        """Not written while the gate is shut."""

        async def send(self, conn: Connection) -> ClientResponse:
            if shut.paused and not self.url.path.endswith("/getUpdates"):
                raise _HeldBackError
            return await super().send(conn)

    return GatedRequest
