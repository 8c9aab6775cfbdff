"""The sandbox's own API, under ``/sandbox/``: what people do and see, the clock, faults, the journal.

The page uses it, and so do tests. All is JSON but files, which come as multipart and go as they are.
``since`` is a change's number as the last answer gave it (``seq``), ``timeout`` how many seconds to wait for
a later one. A refusal is ``{"error": "…"}`` with a status of 400, 404 or 409.

=======  ==================================  ==============================================================
GET      /sandbox/bot                        name, description, methods
GET      /sandbox/people                     everybody
POST     /sandbox/people                     ``{first_name, last_name?, username?, note?, id?}``: one more
GET      /sandbox/people/ID                  one
GET      /sandbox/people/ID/messages         the chat: ``?since=N&timeout=S``
POST     /sandbox/people/ID/start            presses «Start»
POST     /sandbox/people/ID/text             ``{text}``: writes
POST     /sandbox/people/ID/key              ``{text}``: presses a key of the reply keyboard
POST     /sandbox/people/ID/press            ``{label}`` or ``{message_id, data, force?}``; ``wait``: seconds
                                             to wait for the bot's answer
POST     /sandbox/people/ID/open             ``{link}``: opens a t.me link to the bot
POST     /sandbox/people/ID/inline           ``{query}``: types it after the bot's name in some chat
                                             (``where``: its kind); ``wait``: seconds to wait for what is
                                             found
POST     /sandbox/people/ID/file             multipart: ``file``, ``caption?``, ``as`` = document or photo
POST     /sandbox/people/ID/KIND             sends a made-up ``voice``, ``sticker``, ``contact``,
                                             ``location`` or ``poll``
POST     /sandbox/people/ID/forward          ``{text, origin?}``: forwards what somebody wrote elsewhere
                                             (``user``, ``hidden_user``, ``chat``, ``channel``), or
                                             ``{message_id}``: a message of the chat itself
POST     /sandbox/people/ID/edit             ``{message_id, text}``: changes what she wrote
POST     /sandbox/people/ID/block, unblock   the bot
POST     /sandbox/people/ID/read             ``{up_to}``: has seen the messages up to that id
POST     /sandbox/groups                     ``{title, kind?, forum?}``: a group of people without the bot
GET      /sandbox/groups/ID/messages         its messages: ``?since=N&timeout=S``
POST     /sandbox/groups/ID/ACT              somebody (``{person}``) does something there: ``add``,
                                             ``remove``, ``silence`` or ``allow`` the bot; ``text``
                                             (``{text, topic?, reply_to?}``); ``press`` (``{label,
                                             message_id?, wait?}``); ``topic`` (``{name}``), ``close`` or
                                             ``delete`` one (``{topic}``); ``migrate``
GET      /sandbox/changes                    all chats at once: ``?since=N&timeout=S``
GET      /sandbox/files/FILE_ID              a file; ``?download=1`` to save it
GET      /sandbox/clock                      ``{add, now, zone}``
POST     /sandbox/clock                      ``{add}``: goes so many seconds ahead
GET      /sandbox/faults                     those still to come
POST     /sandbox/faults                     ``{method, status, count?, retry_after?, description?,
                                             chat_id?}``, see ``faults.py``
DELETE   /sandbox/faults                     forgets them
GET      /sandbox/calls                      the journal: ``?since=N&method=M&timeout=S``
=======  ==================================  ==============================================================
"""

from typing import Any, Literal
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import acts, groups
from sandbox.acts import ImpossibleError
from sandbox.api import BotApi
from sandbox.faults import Fault, Faults
from sandbox.files import Upload
from sandbox.journal import Journal
from sandbox.other_messages import MADE_UP
from sandbox.people import Person
from sandbox.profile import commands_for, description_of
from sandbox.world import Chat, Group, Message, Press, World

Json = dict[str, Any]

_LONGEST_WAIT = 60.0
_STATUSES: dict[str, groups.Status] = {
    "add": "member",
    "remove": "kicked",
    "silence": "restricted",
    "allow": "member",
}


class _WrongError(Exception):
    """A request that makes no sense; the text says why."""


class Control:
    """Answers ``/sandbox/…``."""

    def __init__(self, world: World, api: BotApi, faults: Faults, journal: Journal, zone: str = "") -> None:
        self._world = world
        self._api = api
        self._faults = faults
        self._journal = journal
        self._zone = zone

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [
            web.get("/sandbox/bot", self._bot),
            web.get("/sandbox/people", self._people),
            web.post("/sandbox/people", self._add_person),
            web.get("/sandbox/people/{id}", self._person),
            web.get("/sandbox/people/{id}/messages", self._messages),
            web.post("/sandbox/people/{id}/file", self._send_file),
            web.post("/sandbox/people/{id}/press", self._press),
            web.post("/sandbox/people/{id}/inline", self._type_name),
            web.post("/sandbox/people/{id}/{act}", self._act),
            web.post("/sandbox/groups", self._add_group),
            web.get("/sandbox/groups/{id}/messages", self._group_messages),
            web.post("/sandbox/groups/{id}/{act}", self._act_in_group),
            web.get("/sandbox/changes", self._changes),
            web.get("/sandbox/files/{file_id}", self._file),
            web.get("/sandbox/clock", self._clock),
            web.post("/sandbox/clock", self._move_clock),
            web.get("/sandbox/faults", self._list_faults),
            web.post("/sandbox/faults", self._order_fault),
            web.delete("/sandbox/faults", self._clear_faults),
            web.get("/sandbox/calls", self._calls),
        ]

    async def _bot(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({**self._bot_now(), "methods": self._api.methods})

    async def _people(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"people": self._everybody()})

    async def _add_person(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        if not _string(body, "first_name").strip():
            raise _WrongError("first_name is missing")
        person_id = body.get("id", self._world.next_person_id())
        if not isinstance(person_id, int) or person_id <= 0 or person_id in self._world.chats:
            raise _WrongError("id is taken or no positive number")
        fields = ("first_name", "last_name", "username", "note")
        names = {name: _string(body, name).strip() for name in fields}
        chat = self._world.add(Person(person_id, **names))
        return web.json_response(self._summary(chat), status=201)

    async def _person(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._summary(self._chat(request)))

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        since = _number(request, "since")
        await self._world.changed.wait_until(lambda: chat.seq > since, _wait(request))
        return web.json_response(self._seen(since, [chat]))

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        since = _number(request, "since")
        await self._world.changed.wait_until(lambda: self._world.seq > since, _wait(request))
        chats = list(self._world.chats.values())
        seen = self._seen(since, chats)
        return web.json_response({**seen, "clock": self._clock_now(), "bot": self._bot_now()})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        world, chat = self._world, self._chat(request)
        body = await _body(request)
        messages: list[Message] = []
        match request.match_info["act"]:
            case "start":
                acts.unblock(world, chat)
                messages = acts.write(world, chat, "/start")
            case "text":
                messages = acts.write(world, chat, _string(body, "text"))
            case "key":
                messages = [acts.press_key(world, chat, _string(body, "text"))]
            case "open":
                messages = [acts.open_link(world, chat, _string(body, "link"))]
            case kind if kind in MADE_UP:
                messages = [acts.send_made_up(world, chat, kind)]
            case "forward" if "message_id" in body:
                messages = [acts.forward_message(world, chat, _whole(body, "message_id"))]
            case "forward":
                origin_type = _string(body, "origin") or "user"
                messages = [acts.forward(world, chat, _string(body, "text"), origin_type)]
            case "edit":
                messages = [acts.edit(world, chat, _whole(body, "message_id"), _string(body, "text"))]
            case "block":
                acts.block(world, chat)
            case "unblock":
                acts.unblock(world, chat)
            case "read":
                acts.read(world, chat, _whole(body, "up_to"))
            case _:
                raise web.HTTPNotFound
        return self._done(chat, messages)

    async def _send_file(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        form = await request.post()
        part = form.get("file")
        if not isinstance(part, web.FileField):
            raise _WrongError("file is missing")
        upload = Upload(part.filename, part.content_type, part.file.read())
        as_photo = form.get("as") == "photo"
        message = acts.send_file(self._world, chat, upload, str(form.get("caption") or ""), as_photo=as_photo)
        return self._done(chat, [message])

    async def _press(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        body = await _body(request)
        message_id, data = _whole(body, "message_id") or None, body.get("data")
        if data is not None and not isinstance(data, str):
            raise _WrongError("data is no text")
        force = bool(body.get("force"))
        pressed = acts.press_button(self._world, chat, message_id, _string(body, "label"), data, force=force)
        if isinstance(pressed, str):
            return web.json_response({"url": pressed})
        wait = min(_whole(body, "wait"), _LONGEST_WAIT)
        await self._world.changed.wait_until(lambda: pressed.answer is not None, wait)
        return web.json_response(_press_as_json(pressed))

    async def _type_name(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        body = await _body(request)
        where = _string(body, "where") or "group"
        typing = acts.type_name(self._world, chat, _string(body, "query"), where)
        wait = min(_whole(body, "wait"), _LONGEST_WAIT)
        await self._world.changed.wait_until(lambda: typing.answer is not None, wait)
        return web.json_response({"inline_query_id": typing.id, "answer": typing.answer})

    async def _add_group(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        forum = bool(body.get("forum"))
        supergroup = forum or body.get("kind") == "supergroup"
        kind: Literal["group", "supergroup"] = "supergroup" if supergroup else "group"
        group = self._world.add_group(_string(body, "title") or "Группа", kind, forum=forum)
        return web.json_response(group.as_chat(), status=201)

    async def _group_messages(self, request: web.Request) -> web.StreamResponse:
        group, since = self._group(request), _number(request, "since")
        await self._world.changed.wait_until(lambda: group.seq > since, _wait(request))
        changed = [_message_as_json(one) for one in group.messages.values() if one.seq > since]
        return web.json_response({"seq": self._world.seq, "messages": changed})

    async def _act_in_group(self, request: web.Request) -> web.StreamResponse:
        world, group = self._world, self._group(request)
        body = await _body(request)
        chat = world.chats.get(_whole(body, "person"))
        if chat is None:
            raise _WrongError("person is nobody")
        who, answer = chat.person, group.as_chat()
        match request.match_info["act"]:
            case "add" | "remove" | "silence" | "allow" as act:
                groups.set_status(world, group, who, _STATUSES[act])
            case "text":
                topic, reply_to = _whole(body, "topic"), _whole(body, "reply_to")
                answer = groups.write(world, group, who, _string(body, "text"), topic, reply_to).body
            case "press":
                message_id = _whole(body, "message_id") or None
                pressed = groups.press(world, group, who, _string(body, "label"), message_id)
                wait = min(_whole(body, "wait"), _LONGEST_WAIT)
                await world.changed.wait_until(lambda: pressed.answer is not None, wait)
                answer = _press_as_json(pressed)
            case "topic":
                answer = groups.open_topic(world, group, who, _string(body, "name") or "Тема").body
            case "close" | "delete" as act:
                groups.close_topic(world, group, who, _whole(body, "topic"), delete=act == "delete")
            case "migrate":
                answer = groups.become_supergroup(world, group, who).as_chat()
            case _:
                raise web.HTTPNotFound
        return web.json_response(answer)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        # Only pictures are shown; anything else is saved, so that no file can run as a page of ours.
        show = stored.size is not None and "download" not in request.query
        manner = "inline" if show else "attachment"
        headers = {
            "Content-Disposition": f"{manner}; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=stored.data, content_type=stored.mime.partition(";")[0], headers=headers)

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._clock_now())

    async def _move_clock(self, request: web.Request) -> web.StreamResponse:
        seconds = (await _body(request)).get("add")
        if not isinstance(seconds, (int, float)) or isinstance(seconds, bool):
            raise _WrongError("add is no number")
        self._world.clock.move(seconds)
        self._world.touch_all()
        return web.json_response(self._clock_now())

    async def _list_faults(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"faults": [fault.as_json() for fault in self._faults]})

    async def _order_fault(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        status = body.get("status")
        if status not in ("drop", "refuse") and not (isinstance(status, int) and 400 <= status < 600):
            raise _WrongError("status is neither drop, refuse nor a number from 400 to 599")
        self._faults.order(
            Fault(
                method=_string(body, "method") or "*",
                status=status,
                count=_whole(body, "count") or 1,
                retry_after=_whole(body, "retry_after") or None,
                description=_string(body, "description"),
                chat_id=_whole(body, "chat_id") or None,
            )
        )
        return await self._list_faults(request)

    async def _clear_faults(self, request: web.Request) -> web.StreamResponse:
        self._faults.clear()
        return await self._list_faults(request)

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        since, method = _number(request, "since"), request.query.get("method", "")
        await self._journal.changed.wait_until(
            lambda: bool(self._journal.since(since, method)), _wait(request)
        )
        return web.json_response({"calls": self._journal.since(since, method), "last": self._journal.last})

    def _group(self, request: web.Request) -> Group:
        try:
            return self._world.groups[int(request.match_info["id"])]
        except (KeyError, ValueError):
            raise web.HTTPNotFound from None

    def _chat(self, request: web.Request) -> Chat:
        person_id = request.match_info["id"]
        chat = self._world.chats.get(int(person_id)) if person_id.isdecimal() else None
        if chat is None:
            raise web.HTTPNotFound
        return chat

    def _bot_now(self) -> Json:
        return {**self._world.bot.as_user(), "description": description_of(self._world)}

    def _clock_now(self) -> Json:
        clock = self._world.clock
        return {"add": clock.shift, "now": clock.now(), "zone": self._zone}

    def _everybody(self) -> list[Json]:
        return [self._summary(chat) for chat in self._world.chats.values()]

    def _summary(self, chat: Chat) -> Json:
        person = chat.person
        return {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "note": person.note,
            "started": chat.started,
            "blocked": chat.blocked,
            "unread": chat.unread(),
            "typing": max(0.0, chat.typing_until - self._world.monotonic()),
            "keyboard": chat.keyboard,
            "commands": commands_for(self._world, chat),
            "seq": chat.seq,
        }

    def _seen(self, since: int, chats: list[Chat]) -> Json:
        """What changed in those chats after that number; a deleted message comes without its contents."""
        changed = [
            {"person_id": chat.person.id, **_message_as_json(message)}
            for chat in chats
            for message in chat.messages.values()
            if message.seq > since
        ]
        one = chats[0].person.id if len(chats) == 1 else None
        answers = [_press_as_json(press) for press in self._world.answers_since(since, one)]
        people = [self._summary(chat) for chat in chats if chat.seq > since]
        return {"seq": self._world.seq, "people": people, "messages": changed, "answers": answers}

    def _done(self, chat: Chat, messages: list[Message]) -> web.StreamResponse:
        sent = [{"person_id": chat.person.id, **_message_as_json(message)} for message in messages]
        return web.json_response({"seq": self._world.seq, "messages": sent})


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what cannot be done into JSON that says why."""
    try:
        return await handler(request)
    except ImpossibleError as error:
        return web.json_response({"error": str(error)}, status=409)
    except _WrongError as error:
        return web.json_response({"error": str(error)}, status=400)


def _message_as_json(message: Message) -> Json:
    body = {} if message.deleted else message.body
    return {
        "message_id": message.id,
        "from_bot": message.from_bot,
        "deleted": message.deleted,
        "seq": message.seq,
        "message": body,
    }


def _press_as_json(press: Press) -> Json:
    return {
        "callback_query_id": press.id,
        "person_id": press.person_id,
        "message_id": press.message_id,
        "answer": press.answer,
        "seq": press.seq,
    }


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    try:
        body = await request.json()
    except ValueError:
        raise _WrongError("the body is no JSON") from None
    if not isinstance(body, dict):
        raise _WrongError("the body is no JSON object")
    return body


def _string(body: Json, name: str) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str):
        raise _WrongError(f"{name} is no text")
    return value


def _whole(body: Json, name: str) -> int:
    value = body.get(name) or 0
    if not isinstance(value, int):
        raise _WrongError(f"{name} is no whole number")
    return value


def _number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "0")
    if not text.isdecimal():
        raise _WrongError(f"{name} is no number")
    return int(text)


def _wait(request: web.Request) -> float:
    try:
        return min(float(request.query.get("timeout", "0")), _LONGEST_WAIT)
    except ValueError:
        raise _WrongError("timeout is no number") from None
