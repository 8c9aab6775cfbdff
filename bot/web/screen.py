"""The check-in code of an event on a projector: a page that makes itself anew with every code.

No script: a page that is asked for again by its own head works in whatever browser a school has.
"""

from __future__ import annotations

import base64
import math
from datetime import datetime
from string import Template

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiohttp import web
from markupsafe import Markup

from actions.attendance import event_on_screen
from bot.context import Context
from bot.views import starting
from bot.views.joining import grouped, qr
from bot.views.words import clip, plain, t
from domain.checkin import STEP, Screen, Token, digits_of, read_screen, step_of, write_screen, write_token
from domain.errors import DomainError
from domain.records import Event
from scheduler.clock import Clock
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

_PATH = "/screen/"
# After so many seconds it is tried again: after a fault, and where there is nothing to show.
_SOON, _LATER = 5, 60
_TITLE = 200
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_PAGE = Template(
    """<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="$seconds">
<title>$title</title>
<style>
html, body { height: 100%; margin: 0; background: #fff; color: #000; }
body { font-family: Arial, sans-serif; text-align: center; }
h1 { font-size: 28px; font-size: 4vh; margin: 0; padding: 2vh 4vw 0; font-weight: normal; }
p { font-size: 24px; font-size: 3.5vh; margin: 1vh 4vw; }
img { width: 480px; width: 62vh; max-width: 90%; }
b { font-size: 48px; font-size: 9vh; letter-spacing: 0.05em; }
</style>
</head>
<body>
$body
</body>
</html>
"""
)


def screen_link(web_url: str, key: bytes, event: Event) -> str:
    """The address of an event's screen, for the day that the event has now."""
    return web_url + _PATH + write_screen(key, Screen(event.id, event.day_version))


def add_screen(application: web.Application, bot: Bot, context: Context, clock: Clock) -> None:
    """Adds the page to the web face."""

    async def show(request: web.Request) -> web.Response:
        now = clock.now()
        try:
            screen = read_screen(context.signing.key, request.match_info["code"])
            event = await event_on_screen(UnitOfWork(context.database), screen, now)
            name = (await bot.me()).username or ""
        except DomainError:
            return _page(_line("screen-gone"), _LATER, status=404)
        except (StorageError, AiogramError) as error:
            log.warning("экран с кодом ждёт", reason=str(error))
            return _page(_line("screen-waits"), _SOON, status=503)
        # The next code is asked for as soon as it is there.
        left = STEP.total_seconds() - now.timestamp() % STEP.total_seconds()
        return _page(_code(event, context.signing.key, name, now), math.ceil(left))

    application.router.add_get(_PATH + "{code}", show)


def _code(event: Event, key: bytes, bot: str, now: datetime) -> Markup:
    """The event, its code of this half minute, the digits under it."""
    token = Token(event.id, step_of(now))
    picture = base64.b64encode(qr(starting.link(bot, write_token(key, token)))).decode()
    return Markup(
        '<h1>{}</h1>\n<p><img src="data:image/png;base64,{}" alt=""></p>\n{}\n<p><b>{}</b></p>'
    ).format(
        clip(event.title, _TITLE), picture, _line("screen-code", bot=bot), grouped(digits_of(key, token), 3)
    )


def _line(key: str, **facts: str) -> Markup:
    return Markup("<p>{}</p>").format(t(key, **facts))


def _page(body: Markup, seconds: int, *, status: int = 200) -> web.Response:
    """A page that is asked for again after so many seconds."""
    text = _PAGE.substitute(title=plain("screen-title"), seconds=seconds, body=body)
    return web.Response(text=text, content_type="text/html", status=status, headers=_HEADERS)
