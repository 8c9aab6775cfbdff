"""The wiring: one aiohttp application with the Bot API, the control API and the page."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.api import BotApi
from sandbox.clock import Clock
from sandbox.control import Control, explain
from sandbox.facts import LIMITS
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.webhook import Webhook
from sandbox.world import Bot, World

_PAGE = Path(__file__).with_name("page")
_ROOM_FOR_FIELDS = 1 << 20
_SECONDS_TO_FINISH = 1.0
_PAGE_HEADERS = {
    # Everything the page shows comes from here; what a bot writes can load or run nothing.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    token: str
    bot_username: str
    bot_name: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    clock_file: Path | None = None
    zone: str = ""
    rate_limit: int = 0


def build_app(options: Options) -> web.Application:
    """The application, its world fresh."""
    name = options.bot_name or options.bot_username
    world = World(Bot(options.token, options.bot_username, name), Clock(options.clock_file))
    webhook, faults, journal = Webhook(world), Faults(), Journal()
    api = BotApi(world, webhook, faults, journal, options.rate_limit)
    control = Control(world, api, faults, journal, options.zone)
    app = web.Application(middlewares=[explain], client_max_size=LIMITS["upload_bytes"] + _ROOM_FOR_FIELDS)
    app.add_routes([*api.routes(), *control.routes(), *_page_routes()])

    async def close(app: web.Application) -> None:
        await webhook.stop()
        for waiting in (world.changed, world.updates.changed, journal.changed):
            waiting.close()

    app.on_shutdown.append(close)
    return app


@asynccontextmanager
async def serving(options: Options) -> AsyncIterator[str]:
    """Start the server, give its address, and stop it when the caller is done."""
    runner = web.AppRunner(build_app(options), access_log=None, shutdown_timeout=_SECONDS_TO_FINISH)
    await runner.setup()
    try:
        site = web.TCPSite(runner, options.host, options.port)
        await site.start()
        port = runner.addresses[0][1]
        host = f"[{options.host}]" if ":" in options.host else options.host
        yield f"http://{host}:{port}/"
    finally:
        await runner.cleanup()


async def serve(options: Options) -> None:
    """Run until SIGTERM or SIGINT; say the address on one line."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with serving(options) as address:
        print(f"sandbox: {address}", flush=True)  # noqa: T201 – whoever started us waits for this line
        await stop.wait()


def _page_routes() -> list[web.RouteDef]:
    return [
        web.get("/", _page_file("index.html")),
        web.get("/style.css", _page_file("style.css")),
        web.get("/chat.js", _page_file("chat.js")),
    ]


def _page_file(name: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_PAGE / name, headers=_PAGE_HEADERS)

    return answer
