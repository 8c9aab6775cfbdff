"""Two ports: the Bot API's, which can be shut, and that of the control API, which always answers.

Control, JSON in and out:

| request | does |
|---|---|
| `GET /stats?messages=N&polls=N&timeout=S` | counts; waits up to S seconds until there are so many |
| `GET /messages?since=I&text=0` | accepted ones from the I-th: `[at, chat_id, method, message_id, text]` |
| `GET /callbacks` | `[at, callback_query_id]` of every answered press |
| `POST /faults {…}` | orders a fault (`sandbox.strict.faults.Fault`); `DELETE /faults` forgets all |
| `POST /limits {…}` | other limits (`sandbox.strict.limits.Rates`), counters from nought |
| `POST /gone {"seconds": S}` | refuses connections for S seconds, `{"seconds": null}` until `POST /back` |
| `POST /updates {"updates": […]}` | for getUpdates; with `"urls": […]` brought to these addresses in turn |
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.strict.faults import Fault
from sandbox.strict.limits import Limits, Rates
from sandbox.strict.telegram import Telegram

_MOST_BODY = 64 << 20
_SETTLE = 0.01


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    token: str
    rates: Rates
    host: str = "127.0.0.1"
    port: int = 0
    control_port: int = 0
    retry_after: int = 1


class Door:
    """The Bot API's port."""

    def __init__(self, telegram: Telegram, host: str, port: int) -> None:
        self._telegram = telegram
        self._host = host
        self.port = port
        self._web = web.Server(self._answer, access_log=None, keepalive_timeout=3600)
        self._listening: asyncio.Server | None = None
        self._opening: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Listens, on the port of the last time."""
        if self._listening is None:
            loop = asyncio.get_running_loop()
            self._listening = await loop.create_server(self._web, self._host, self.port, backlog=1024)
            self.port = self._listening.sockets[0].getsockname()[1]

    def shut(self) -> None:
        """Cuts every connection and refuses new ones."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for connection in self._web.connections:
            if connection.transport is not None:
                connection.transport.abort()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        # "/bot<token>/<method>"
        token, _, method = request.path[4:].partition("/")
        answer = await self._telegram.call(
            token, method, request.headers.get("Content-Type", ""), await request.read()
        )
        if answer.after:
            await asyncio.sleep(answer.after)
        if answer.cut and request.transport is not None:
            request.transport.abort()
        return web.Response(body=answer.body, status=answer.status, content_type="application/json")


class Control:
    """What a harness asks and orders."""

    def __init__(self, telegram: Telegram, door: Door, retry_after: int) -> None:
        self._telegram = telegram
        self._door = door
        self._retry_after = retry_after
        self._coming_back: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [
            web.get("/stats", self._stats),
            web.get("/messages", self._messages),
            web.get("/callbacks", self._callbacks),
            web.post("/faults", self._order),
            web.delete("/faults", self._clear),
            web.post("/limits", self._limits),
            web.post("/gone", self._gone),
            web.post("/back", self._back),
            web.post("/updates", self._updates),
        ]

    async def _stats(self, request: web.Request) -> web.Response:
        telegram = self._telegram
        messages, polls = (int(request.query.get(name, 0)) for name in ("messages", "polls"))
        until = time.monotonic() + float(request.query.get("timeout", 0))
        while (len(telegram.messages) < messages or telegram.updates.polls < polls) and (
            (left := until - time.monotonic()) > 0
        ):
            telegram.news.clear()
            try:
                async with asyncio.timeout(left):
                    await telegram.news.wait()
            except TimeoutError:
                break
        times = [row[0] for row in telegram.messages]
        return web.json_response(
            {
                "now": time.time(),
                "messages": len(times),
                "first": min(times, default=None),
                "last": max(times, default=None),
                "callbacks": len(telegram.callbacks),
                "polls": telegram.updates.polls,
                "waiting_updates": len(telegram.updates),
                "methods": dict(telegram.methods),
                "met": dict(telegram.met),
                "faults": telegram.faults.as_json(),
                "webhook": telegram.webhook.as_json(),
                **telegram.limits.as_json(),
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        rows = self._telegram.messages[int(request.query.get("since", 0)) :]
        with_text = request.query.get("text", "1") != "0"
        return _json(rows if with_text else [row[:-1] for row in rows])

    async def _callbacks(self, _request: web.Request) -> web.Response:
        return _json(self._telegram.callbacks)

    async def _order(self, request: web.Request) -> web.Response:
        try:
            fault = Fault.read(await request.json())
        except (ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self._telegram.faults.order(fault)
        return _json({})

    async def _clear(self, _request: web.Request) -> web.Response:
        self._telegram.faults.clear()
        return _json({})

    async def _limits(self, request: web.Request) -> web.Response:
        self._telegram.limits = Limits(Rates(**await request.json()), self._retry_after)
        return _json({})

    async def _gone(self, request: web.Request) -> web.Response:
        seconds = (await request.json())["seconds"]
        self._door.shut()
        if seconds is not None:
            self._coming_back = asyncio.create_task(self._come_back(float(seconds)))
        return _json({})

    async def _come_back(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._door.open()

    async def _back(self, _request: web.Request) -> web.Response:
        await self._door.open()
        return _json({})

    async def _updates(self, request: web.Request) -> web.Response:
        body = await request.json()
        telegram = self._telegram
        if urls := body.get("urls"):
            telegram.webhook.bring(telegram.updates.number(body["updates"]), urls)
        else:
            telegram.updates.add(body["updates"])
        return _json({})


def _json(content: Any) -> web.Response:
    return web.Response(
        body=json.dumps(content, ensure_ascii=False).encode(), content_type="application/json"
    )


@dataclass(frozen=True)
class Addresses:
    """Where a running stand-in is reached."""

    api: str
    control: str


@asynccontextmanager
async def serving(options: Options) -> AsyncIterator[Addresses]:
    """Start both ports, give their addresses, and stop when the caller is done."""
    telegram = Telegram(options.token, options.rates, options.retry_after)
    door = Door(telegram, options.host, options.port)
    control = Control(telegram, door, options.retry_after)
    app = web.Application(client_max_size=_MOST_BODY)
    app.add_routes(control.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, options.host, options.control_port).start()
        await door.open()
        control_port = runner.addresses[0][1]
        yield Addresses(f"http://{options.host}:{door.port}/", f"http://{options.host}:{control_port}/")
    finally:
        telegram.updates.end_polls()
        door.shut()
        await telegram.webhook.stop()
        await runner.cleanup()
        await asyncio.sleep(_SETTLE)
