"""The Bot API, as much of it as a load needs: a request in, Telegram's answer out."""

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sandbox.strict.bodies import Fields, read_fields
from sandbox.strict.faults import Fault, Faults
from sandbox.strict.limits import Limits, Rates
from sandbox.strict.updates import Updates, Webhook

_NEW = {"sendmessage", "sendphoto", "senddocument"}
_MESSAGES = _NEW | {"editmessagetext", "editmessagereplymarkup"}
_LONG = 300
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_NOT_JSON = b"<html><body>There is nothing to see here</body></html>"


@dataclass(frozen=True)
class Answer:
    """What goes back, and when; `cut`: the connection is closed instead."""

    status: int = 200
    body: bytes = b""
    after: float = 0.0
    cut: bool = False


class Telegram:
    """Everything that the stand-in remembers, and how it answers."""

    def __init__(self, token: str, rates: Rates, retry_after: int) -> None:
        self._token = token
        self.bot_id = int(token.partition(":")[0])
        self.limits = Limits(rates, retry_after)
        self.faults = Faults()
        self.updates = Updates()
        self.webhook = Webhook()
        self.methods: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        # When (Unix time), chat, method, number, text: every message that was accepted, edits included.
        self.messages: list[tuple[float, int, str, int, str]] = []
        self.callbacks: list[tuple[float, str]] = []
        self.news = asyncio.Event()

    async def call(self, token: str, method: str, content_type: str, body: bytes) -> Answer:
        """The answer to one request."""
        name = method.lower()
        if token != self._token:
            return _refusal(401)
        try:
            fields = read_fields(content_type, body)
            chat_id = int(fields["chat_id"]) if "chat_id" in fields else None
        except (ValueError, TypeError) as error:
            return _refusal(400, str(error))
        message = name in _MESSAGES
        now = time.monotonic()
        self.methods[method] += 1
        self._tell()
        left = self.limits.arrive(now) if message else 0
        fault = self.faults.take(method, chat_id, message=message)
        if fault is not None:
            self.met[fault.kind] += 1
            if not (fault.done or fault.kind == "delay"):
                return self._failed(fault, None, now)
        if left:
            answer = _too_many(left)
        elif message:
            answer = self._accept(method, chat_id, fields, now)
        else:
            answer = await self._other(name, fields)
        return answer if fault is None else self._failed(fault, answer, now)

    def _failed(self, fault: Fault, answer: Answer | None, now: float) -> Answer:
        """What a fault makes of an answer; None where the request had no effect."""
        match fault.kind:
            case "refuse":
                if fault.code == 429:
                    self.limits.pause(now, float(fault.parameters.get("retry_after", 1)))
                return _refusal(fault.code, fault.description, **fault.parameters)
            case "garbage":
                return Answer(body=_NOT_JSON)
            case "delay" if answer is not None:
                return Answer(answer.status, answer.body, after=fault.seconds)
            case _:
                return Answer(after=fault.seconds, cut=True)

    def _accept(self, method: str, chat_id: int | None, fields: Fields, now: float) -> Answer:
        if chat_id is None:
            return _refusal(400, "chat_id is empty")
        new = method.lower() in _NEW
        wait = self.limits.accept(chat_id, now, new=new)
        if wait:
            return _too_many(wait)
        number = len(self.messages) + 1 if new else int(fields.get("message_id", 0))
        text = fields.get("text") or fields.get("caption") or ""
        at = time.time()
        self.messages.append((at, chat_id, method, number, text))
        self._tell()
        kind = "private" if chat_id > 0 else "supergroup"
        # The text is left out: no bot needs it back, and both sides would pay for it.
        chat = '{"id":%d,"type":"%s"}' % (chat_id, kind)  # noqa: UP031 – the quickest there is
        result = '{"ok":true,"result":{"message_id":%d,"date":%d,"chat":%s}}' % (number, at, chat)  # noqa: UP031
        return Answer(body=result.encode())

    async def _other(self, name: str, fields: Fields) -> Answer:
        match name:
            case "getupdates":
                return await self._get_updates(fields)
            case "getme":
                me = {"id": self.bot_id, "is_bot": True, "first_name": "Strict", "username": "strict_bot"}
                return _result(me)
            case "answercallbackquery":
                self.callbacks.append((time.time(), fields.get("callback_query_id", "")))
                return _result(True)
            case "setwebhook":
                self.webhook.url, self.webhook.secret = fields.get("url", ""), fields.get("secret_token", "")
                self.updates.end_polls()
                return _result(True)
            case "deletewebhook":
                self.webhook.url = ""
                return _result(True)
            case "answerinlinequery":
                return _result(True)
            case _ if name.startswith(("set", "delete", "send")):
                return _result(True)
        return _refusal(404, "method not found")

    async def _get_updates(self, fields: Fields) -> Answer:
        if self.webhook.url:
            return _refusal(409, "can't use getUpdates method while webhook is active")
        limit = min(max(int(fields.get("limit") or 100), 1), 100)
        got = await self.updates.get(int(fields.get("offset") or 0), limit, float(fields.get("timeout") or 0))
        return _refusal(409, "terminated by other getUpdates request") if got is None else _result(got)

    def _tell(self) -> None:
        """Wakes who waits for something to happen."""
        if not self.news.is_set():
            self.news.set()


def _result(result: Any) -> Answer:
    return Answer(body=json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode())


def _too_many(seconds: int) -> Answer:
    return _refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _refusal(code: int, description: str = "", **parameters: Any) -> Answer:
    title = _TITLES.get(code, "Error")
    if not description.startswith(title):
        description = f"{title}: {description}" if description else title
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description[:_LONG]}
    if parameters:
        answer["parameters"] = parameters
    return Answer(code, json.dumps(answer, ensure_ascii=False).encode())
