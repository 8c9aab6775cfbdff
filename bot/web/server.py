"""The web face: is it well (/health), and the webhook."""

from __future__ import annotations

import hmac
import json

from aiohttp import web

from bot.updates import Receiver

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – a header's name
WEBHOOK = "/webhook"
_LARGEST_UPDATE = 1024 * 1024


def make_web(receiver: Receiver, *, webhook_secret: str | None) -> web.Application:
    """The application; with a secret it also takes updates at /webhook."""
    application = web.Application(client_max_size=_LARGEST_UPDATE)

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "waiting": receiver.backlog})

    async def take_update(request: web.Request) -> web.Response:
        """Answers 200 only when the update is stored."""
        shown = request.headers.get(SECRET_HEADER, "")
        if webhook_secret is None or not hmac.compare_digest(shown.encode(), webhook_secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            number = update["update_id"]
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        if not isinstance(number, int):
            return web.Response(status=400)
        await receiver.receive([update])
        return web.Response()

    application.router.add_get("/health", health)
    if webhook_secret is not None:
        application.router.add_post(WEBHOOK, take_update)
    return application
