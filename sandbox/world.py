"""All that the sandbox knows: the bot, the people, their chats, and what changed since when."""

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.clock import Clock
from sandbox.files import Files
from sandbox.people import PEOPLE, Person
from sandbox.updates import UpdateQueue
from sandbox.waiting import Signal

Json = dict[str, Any]

TYPING_SECONDS = 10
"""For so long what was typed may be answered, as far as is known."""

CALLBACK_SECONDS = 60
"""For so long a press may be answered. Telegram does not say; reports range from ten seconds to minutes."""


@dataclass
class Message:
    """A message of a chat: the Bot API's object, and what the sandbox notes about it."""

    body: Json
    from_bot: bool
    seq: int = 0
    deleted: bool = False
    fixed: bool = False
    """Sent with a reply keyboard: Telegram lets such a message be edited by nobody."""

    @property
    def id(self) -> int:
        """Its ``message_id``."""
        return int(self.body["message_id"])


@dataclass(kw_only=True)
class Room:
    """Where messages stand: the private chat with one person, or a group."""

    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None
    typing_until: float = 0.0
    seq: int = 0

    def as_chat(self) -> Json:
        """The Bot API's ``Chat``."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Group(Room):
    """A group of people, in which the bot is or is not."""

    id: int
    title: str
    kind: Literal["group", "supergroup"]
    status: Literal["left", "member", "restricted", "kicked"] = "left"
    """What the bot is there; restricted means that it may read, but not write."""
    topics: dict[int, bool] | None = None
    """Whether each is open; None in a group without topics."""
    moved_to: int | None = None
    """Its id since it became a supergroup."""

    def as_chat(self) -> Json:
        forum = {"is_forum": True} if self.topics is not None else {}
        return {"id": self.id, "title": self.title, "type": self.kind, **forum}


@dataclass
class Chat(Room):
    """The private chat of a person with the bot."""

    person: Person
    started: bool = False
    blocked: bool = False
    read_up_to: int = 0

    def as_chat(self) -> Json:
        return self.person.as_chat()

    def unread(self) -> int:
        """How many of the bot's messages nobody has looked at."""
        return sum(
            message.from_bot and not message.deleted and message.id > self.read_up_to
            for message in self.messages.values()
        )


@dataclass
class Press:
    """A press on an inline button, and the bot's answer to it."""

    id: str
    person_id: int
    message_id: int
    pressed_at: float
    answer: Json | None = None
    seq: int = 0


@dataclass
class Typing:
    """What a person typed after the bot's name in some chat, and what the bot finds."""

    id: str
    person_id: int
    query: str
    typed_at: float
    answer: Json | None = None


@dataclass
class Profile:
    """What a bot tells about itself."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """(scope as JSON, language) → commands."""
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})


@dataclass(frozen=True)
class Bot:
    """The bot that the sandbox serves."""

    token: str
    username: str
    name: str

    @property
    def id(self) -> int:
        """Telegram writes it before the token's colon."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdecimal() else 1

    def as_user(self) -> Json:
        """The Bot API's ``User``."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


class World:
    """The state of the sandbox. It lives in memory only; ``changed`` fires whenever any of it changes."""

    def __init__(
        self,
        bot: Bot,
        clock: Clock,
        people: Iterable[Person] = PEOPLE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot = bot
        self.clock = clock
        self.monotonic = monotonic
        self.files = Files()
        self.updates = UpdateQueue()
        self.profile = Profile()
        self.changed = Signal()
        self.seq = 0
        self.chats: dict[int, Chat] = {}
        self.groups: dict[int, Group] = {}
        self.presses: dict[str, Press] = {}
        self.typed: dict[str, Typing] = {}
        # As with updates: after a restart no id may mean another message than before.
        self._next_message_id = int(time.time())
        self._chat_instance = str(secrets.randbits(62))
        for person in people:
            self.add(person)

    def add(self, person: Person) -> Chat:
        """A person joins; the chat stays unopened until that person starts it."""
        chat = self.chats[person.id] = Chat(person)
        self.touch(chat)
        return chat

    def add_group(self, title: str, kind: Literal["group", "supergroup"], *, forum: bool = False) -> Group:
        """A group of people; the bot is not in it yet."""
        number = len(self.groups) + 1
        group_id = -(1_000_000_000_000 + number) if kind == "supergroup" else -(5_000_000 + number)
        group = Group(id=group_id, title=title, kind=kind, topics={} if forum else None)
        self.groups[group_id] = group
        self.touch(group)
        return group

    def find_chat(self, told: str) -> Room | None:
        """The chat of a person's id or @username, or a group's id."""
        if told.isdecimal():
            return self.chats.get(int(told))
        if told.startswith("-") and told[1:].isdecimal():
            return self.groups.get(int(told))
        if told.startswith("@"):
            name = told[1:].lower()
            return next((chat for chat in self.chats.values() if chat.person.username.lower() == name), None)
        return None

    def next_person_id(self) -> int:
        """An id that nobody has."""
        return max(self.chats, default=1000) + 1

    def touch(self, chat: Room) -> int:
        """Note that the chat changed just now; the change's number."""
        self.seq += 1
        chat.seq = self.seq
        self.changed.fire()
        return self.seq

    def touch_all(self) -> None:
        """Note a change that concerns every chat, such as the clock's."""
        for chat in self.chats.values():
            self.touch(chat)

    def post(self, chat: Room, content: Json, *, by: Person | None) -> Message:
        """Put a message into the chat, by a person or (None) the bot. ``content``: all of it but who, where
        and when."""
        sender = self.bot.as_user() if by is None else by.as_user()
        body: Json = {
            "message_id": self._next_message_id,
            "from": sender,
            "chat": chat.as_chat(),
            "date": self.clock.now(),
            **content,
        }
        self._next_message_id += 1
        message = chat.messages[body["message_id"]] = Message(body, by is None)
        message.seq = self.touch(chat)
        return message

    def message(self, chat: Room, message_id: int) -> Message | None:
        """The message of that id, unless it was deleted."""
        message = chat.messages.get(message_id)
        return None if message is None or message.deleted else message

    def revise(self, chat: Room, message: Message, body: Json) -> None:
        """Replace what a message says."""
        message.body = body
        message.seq = self.touch(chat)

    def delete(self, chat: Room, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        message.seq = self.touch(chat)

    def press(self, person: Person, message: Message, data: str) -> Press:
        """A button is pressed: queue the callback query."""
        press = Press(str(secrets.randbits(62)), person.id, message.id, self.monotonic())
        self.presses[press.id] = press
        self.updates.put(
            "callback_query",
            {
                "id": press.id,
                "from": person.as_user(),
                "message": message.body,
                "chat_instance": self._chat_instance,
                "data": data,
            },
        )
        return press

    def open_press(self, query_id: str) -> Press | None:
        """The press of that id if it still waits for its one answer."""
        press = self.presses.get(query_id)
        if press is None or press.answer is not None:
            return None
        return press if self.monotonic() - press.pressed_at <= CALLBACK_SECONDS else None

    def answer(self, press: Press, answer: Json) -> None:
        """The bot answers a press."""
        press.answer = answer
        press.seq = self.touch(self.chats[press.person_id])

    def answers_since(self, seq: int, person_id: int | None = None) -> Sequence[Press]:
        """Presses answered after that change."""
        return [
            press
            for press in self.presses.values()
            if press.answer is not None and press.seq > seq and person_id in (None, press.person_id)
        ]

    def type_name(self, chat: Chat, query: str, where: str) -> Typing:
        """A person types the bot's name and a query in some chat: queue the inline query. ``where``: the kind
        of that chat, ``sender`` for that with the bot itself."""
        typing = Typing(str(secrets.randbits(62)), chat.person.id, query, self.monotonic())
        self.typed[typing.id] = typing
        asked = {"id": typing.id, "from": chat.person.as_user(), "query": query, "offset": ""}
        self.updates.put("inline_query", {**asked, "chat_type": where})
        return typing

    def open_typing(self, query_id: str) -> Typing | None:
        """What was typed under that id if it still waits for its one answer."""
        typing = self.typed.get(query_id)
        if typing is None or typing.answer is not None:
            return None
        return typing if self.monotonic() - typing.typed_at <= TYPING_SECONDS else None

    def answer_typing(self, typing: Typing, answer: Json) -> None:
        """The bot says what it finds."""
        typing.answer = answer
        self.touch(self.chats[typing.person_id])
