"""Updates brought to the bot's own address instead of waiting to be fetched."""

import asyncio
import contextlib
import re
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.entities import checked_link
from sandbox.facts import LIMITS
from sandbox.params import Params
from sandbox.refusal import bad_request, refusal
from sandbox.world import World

Json = dict[str, Any]

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0


class Webhook:
    """Delivers the queue to a URL, in order, each update again and again until the bot answers 200."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self._secret = ""
        self._last_error: Json = {}

    def info(self) -> Json:
        """The Bot API's ``WebhookInfo``."""
        updates = self._world.updates
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates),
            **self._last_error,
        }
        if self.url:
            info["max_connections"] = 40
        if updates.allowed:
            info["allowed_updates"] = updates.allowed
        return info

    async def set(self, params: Params) -> tuple[bool, str]:
        """setWebhook: the result and Telegram's remark on it. Telegram itself insists on HTTPS; here plain
        HTTP does, for a bot on the same machine."""
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return await self.delete(params)
        if checked_link(url) is None and not re.match(r"https?://localhost[:/]", url):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > LIMITS["secret_token"]:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_\-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self._prepare(params)
        same = (self.url, self._secret) == (url, secret)
        self.url, self._secret, self._last_error = url, secret, {}
        self._world.updates.end_poll("terminated by setWebhook request")
        self._task = asyncio.create_task(self._deliver())
        return True, "Webhook is already set" if same else "Webhook was set"

    async def delete(self, params: Params) -> tuple[bool, str]:
        """deleteWebhook: the result and Telegram's remark on it."""
        await self.stop()
        self._prepare(params)
        was, self.url, self._last_error = self.url, "", {}
        return True, "Webhook was deleted" if was else "Webhook is already deleted"

    async def get_updates(self, params: Params) -> list[Json]:
        """getUpdates, which must not be called while a webhook is set."""
        if self.url:
            raise refusal(
                409,
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._world.updates.allow(params.json("allowed_updates", "allowed updates"))
        return await self._world.updates.get(
            params.integer("offset"), params.integer("limit", LIMITS["updates"]), params.integer("timeout")
        )

    async def stop(self) -> None:
        """Deliver no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def _prepare(self, params: Params) -> None:
        self._world.updates.allow(params.json("allowed_updates", "allowed updates"))
        if params.flag("drop_pending_updates"):
            self._world.updates.clear()

    async def _deliver(self) -> None:
        updates = self._world.updates
        pause = _FIRST_PAUSE
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            while True:
                await updates.changed.wait_until(lambda: updates.first() is not None, 3600)
                update = updates.first()
                if update is None:
                    continue
                if await self._post(session, update):
                    updates.confirm(update["update_id"] + 1)
                    pause = _FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)

    async def _post(self, session: ClientSession, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers) as response:
                await response.read()
                if 200 <= response.status < 300:
                    return True
                trouble = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError) as error:
            trouble = "Connection timed out" if isinstance(error, TimeoutError) else "Connection refused"
        self._last_error = {
            "last_error_date": self._world.clock.now(),
            "last_error_message": trouble,
        }
        return False
