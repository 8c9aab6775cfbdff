"""Is Telegram there, and does it know the token? Without aiogram, for the quick commands."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from bot.settings import Settings

_TIMEOUT = ClientTimeout(total=10)


class UnreachableError(Exception):
    """Telegram did not answer."""


class UnknownTokenError(Exception):
    """Telegram answered that it does not know the token."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it."""

    username: str


async def get_me(settings: Settings) -> Me:
    """Asks Telegram who we are, by the proxy if one is set. Raises UnreachableError, UnknownTokenError."""
    by_proxy = proxy_errors() if settings.telegram_proxy else ()
    no_answer: tuple[type[Exception], ...] = (ClientError, TimeoutError, OSError, ValueError, *by_proxy)
    url = f"{settings.telegram_api_url}/bot{settings.bot_token}/getMe"
    try:
        async with (
            ClientSession(connector=_connector(settings.telegram_proxy), timeout=_TIMEOUT) as session,
            session.get(url) as response,
        ):
            answer = await response.json(content_type=None)
    except no_answer as error:
        raise UnreachableError(str(error) or type(error).__name__) from error
    if not isinstance(answer, dict):
        raise UnreachableError("the answer is not Telegram's")
    if answer.get("error_code") in {401, 404}:
        raise UnknownTokenError
    if not answer.get("ok"):
        raise UnreachableError(str(answer.get("description", "")))
    return Me(username=answer["result"]["username"])


def ask_me(settings: Settings) -> Me:
    """get_me for code that is not async."""
    return asyncio.run(get_me(settings))


def proxy_errors() -> tuple[type[Exception], ...]:
    """What the proxy's library raises: errors of its own. It is loaded only where there is a proxy."""
    from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

    return ProxyConnectionError, ProxyError, ProxyTimeoutError


def _connector(proxy: str) -> TCPConnector:
    if not proxy:
        return TCPConnector()
    from aiohttp_socks import ProxyConnector

    connector: TCPConnector = ProxyConnector.from_url(proxy.replace("socks5h://", "socks5://"))
    return connector
