"""The Bot API over HTTP: which method is called, whether it may be, and the answer as Telegram words it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox import inline, messages, profile
from sandbox.facts import LIMITS
from sandbox.faults import Fault, Faults
from sandbox.journal import Journal
from sandbox.pace import Pace
from sandbox.params import Params, read_params
from sandbox.refusal import RefusedError, refusal, too_many
from sandbox.webhook import Webhook
from sandbox.world import World

Json = dict[str, Any]
Method = Callable[[World, Params], Awaitable[Any]]

_METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "copyMessage": messages.copy_message,
    "forwardMessage": messages.forward_message,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "getFile": messages.get_file,
    "getChat": messages.get_chat,
}
_PACED = ("sendMessage", "sendPhoto", "sendDocument", "copyMessage", "forwardMessage")


class BotApi:
    """Answers ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

    def __init__(
        self, world: World, webhook: Webhook, faults: Faults, journal: Journal, rate_limit: int = 0
    ) -> None:
        self._world = world
        self._faults = faults
        self._journal = journal
        self._pace = Pace(rate_limit, world.monotonic)
        self._webhook = webhook
        self._names = {
            name.lower(): name
            for name in (*_METHODS, "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
        }

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [
            web.get("/bot{token}/{method}", self._call),
            web.post("/bot{token}/{method}", self._call),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    @property
    def methods(self) -> list[str]:
        """The methods that it knows."""
        return sorted(self._names.values())

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        params, fault = Params(), None
        try:
            if request.match_info["token"] != self._world.bot.token:
                raise refusal(401)
            if name.lower() not in self._names:
                raise refusal(404, "method not found")
            name = self._names[name.lower()]
            params = await read_params(request)
            fault = self._faults.take(name, params.text("chat_id"))
            if fault is not None and fault.status != "drop":
                raise _trouble(fault)
            answer = await self.answer(name, params)
            status = 200
        except RefusedError as refused:
            status, answer = refused.code, _refusal_as_json(refused)
        self._journal.write(
            {
                "at": self._world.clock.now(),
                "method": name,
                "params": params.for_journal(),
                "status": fault.status if fault is not None else status,
                **({"description": answer["description"]} if not answer["ok"] else {}),
            }
        )
        if fault is not None and fault.status in ("drop", "refuse"):
            return _cut(request)
        return web.json_response(answer, status=status)

    async def answer(self, name: str, params: Params) -> Json:
        """The answer to a call of a method that is known; raises what Telegram would refuse with."""
        params.check_types(name)
        match name:
            case "getUpdates":
                return {"ok": True, "result": await self._webhook.get_updates(params)}
            case "getWebhookInfo":
                return {"ok": True, "result": self._webhook.info()}
            case "setWebhook" | "deleteWebhook":
                change = self._webhook.set if name == "setWebhook" else self._webhook.delete
                result, remark = await change(params)
                return {"ok": True, "result": result, "description": remark}
        if name in _PACED:
            self._pace.check(params.text("chat_id"))
        return {"ok": True, "result": await _METHODS[name](self._world, params)}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self._world.bot.token:
            refused = refusal(401)
        elif stored is None or len(stored.data) > LIMITS["download_bytes"]:
            refused = refusal(404)
        else:
            return web.Response(body=stored.data, content_type="application/octet-stream")
        return web.json_response(_refusal_as_json(refused), status=refused.code)


def _refusal_as_json(refused: RefusedError) -> Json:
    answer: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    for name in ("retry_after", "migrate_to_chat_id"):
        if (value := getattr(refused, name)) is not None:
            answer["parameters"] = {name: value}
    return answer


def _trouble(fault: Fault) -> RefusedError:
    code = fault.status if isinstance(fault.status, int) else 500
    usual = too_many(fault.retry_after or 1) if code == 429 else refusal(code)
    return RefusedError(code, fault.description or usual.description, retry_after=usual.retry_after)


def _cut(request: web.Request) -> web.StreamResponse:
    """Break the connection off instead of answering."""
    transport = request.transport
    if isinstance(transport, asyncio.Transport):
        transport.abort()
    return web.Response()
