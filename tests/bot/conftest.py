"""Whole conversations: the application's own wiring, a clock that is set, Telegram that only records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from aiogram.methods import AnswerInlineQuery
from aiogram.types import ChatMemberRestricted, InlineKeyboardMarkup

from actions.acting import acting_person
from bot.app import App, build_app
from bot.settings import Settings
from domain.records import Actor
from storage.engine import Database
from storage.unit_of_work import Rows, UnitOfWork
from tests.bot.telegram import FakeTelegram, Shown, as_json

HEAD = 1001
# A Monday morning in Novosibirsk, in the school year that the plans below are for.
MORNING = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


class SetClock:
    """A clock that a test sets."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def of(self, said: datetime) -> datetime:
        return said

    def forward(self, **much: float) -> None:
        """Moves on by a timedelta's arguments."""
        self.moment += timedelta(**much)


class Person:
    """Somebody with a telephone."""

    _updates = count(1)

    def __init__(self, world: World, telegram_id: int) -> None:
        self._world = world
        self.id = telegram_id
        self._user = {"id": telegram_id, "is_bot": False, "first_name": "Имя", "language_code": "ru"}

    async def says(self, text: str) -> Shown:
        """Writes; returns what the bot wrote or changed last."""
        return await self._message(text=text)

    async def replies(self, text: str, to: Shown) -> Shown:
        """Writes in reply to a message of the bot's."""
        replied = {
            "message_id": to.message_id,
            "date": 1,
            "chat": {"id": self.id, "type": "private"},
            "text": to.plain,
        }
        if isinstance(to.keyboard, InlineKeyboardMarkup):
            replied["reply_markup"] = to.keyboard.model_dump(exclude_none=True)
        return await self._message(text=text, reply_to_message=replied)

    async def sends(self, content: bytes, name: str) -> Shown:
        """Sends a file."""
        self._world.telegram.files["file"] = content
        document = {
            "file_id": "file",
            "file_unique_id": "file",
            "file_name": name,
            "file_size": len(content),
        }
        return await self._message(document=document)

    async def sends_other(self, **what: Any) -> Shown:
        """Sends something that is neither words nor a document."""
        return await self._message(**what)

    async def changes_to(self, text: str = "", **what: Any) -> Shown:
        """Changes a message that she sent before."""
        said = {"text": text} if text else {}
        update = self._update(**said, **what, edit_date=int(self._world.clock.now().timestamp()))
        await self._world.feed({"update_id": update["update_id"], "edited_message": update["message"]})
        return self.sees

    async def presses(self, label: str, *, of: Shown | None = None) -> Shown:
        """Presses a button by its label, under the newest message that has it unless told another."""
        shown, button = self._find(label, of)
        return await self.presses_data(button, shown.message_id)

    async def presses_data(self, data: str, message_id: int = 1) -> Shown:
        """Presses a button with this callback data, be it made up."""
        await self._world.feed(self.pressing(data, message_id))
        return self.sees

    def pressing(self, data: str, message_id: int = 1, **message_in: Any) -> dict[str, Any]:
        """The update of a press; `message_in` says more of the message that is pressed."""
        message = {
            "message_id": message_id,
            "date": 1,
            "chat": {"id": self.id, "type": "private"},
            "text": "…",
            **message_in,
        }
        number = next(self._updates)
        query = {
            "id": str(number),
            "from": self._user,
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        return {"update_id": number, "callback_query": query}

    async def opens(self, link: str) -> Shown:
        """Opens a link that starts the bot, and presses «Начать»."""
        return await self.says(f"/start {link.partition('?start=')[2]}")

    async def types(self, query: str) -> AnswerInlineQuery:
        """Types the bot's name and some words in another chat; returns what she is shown."""
        await self._world.feed(self.typing(query))
        found: AnswerInlineQuery = self._world.telegram.found[-1]
        return found

    def typing(self, query: str) -> dict[str, Any]:
        """The update of some words after the bot's name."""
        number = next(self._updates)
        asked = {"id": str(number), "from": self._user, "query": query, "offset": "", "chat_type": "group"}
        return {"update_id": number, "inline_query": asked}

    def saying(self, text: str) -> dict[str, Any]:
        """The update of some words."""
        return self._update(text=text)

    def data_of(self, label: str, *, of: Shown | None = None) -> str:
        """The callback data of a button, found as `presses` finds it."""
        return self._find(label, of)[1]

    async def blocks(
        self,
        *,
        status: str = "kicked",
        before: str = "member",
        chat: dict[str, Any] | None = None,
        **rights: Any,
    ) -> None:
        """Blocks the bot (or, with «member», lets it in again); in a group she throws it out, or adds it, or
        gives it these rights."""
        bot = {"id": 1, "is_bot": True, "first_name": "Звонок"}
        change = {
            "chat": chat or {"id": self.id, "type": "private"},
            "from": self._user,
            "date": 1,
            "old_chat_member": {"status": before, "user": bot}
            | ({"until_date": 0} if before == "kicked" else {}),
            "new_chat_member": {"status": status, "user": bot, **rights}
            | ({"until_date": 0} if status == "kicked" else {}),
        }
        await self._world.feed({"update_id": next(self._updates), "my_chat_member": change})

    def _find(self, label: str, of: Shown | None) -> tuple[Shown, str]:
        for shown in [of] if of is not None else reversed(self.chat.shown):
            for button in shown.buttons:
                if label in button.text and button.callback_data:
                    return shown, button.callback_data
        raise AssertionError(f"no button «{label}»; the last message: {self.sees.plain} {self.sees.labels}")

    async def _message(self, **what: Any) -> Shown:
        await self._world.feed(self._update(**what))
        return self.sees

    def _update(self, **what: Any) -> dict[str, Any]:
        message = {
            "message_id": 1,
            "date": int(self._world.clock.now().timestamp()),
            "chat": {"id": self.id, "type": "private"},
            "from": self._user,
            **what,
        }
        return {"update_id": next(self._updates), "message": message}

    @property
    def chat(self) -> Any:
        """Her chat with the bot."""
        return self._world.telegram.chat(self.id)

    @property
    def sees(self) -> Shown:
        """The message that the bot wrote or changed last."""
        return self.chat.last or Shown(0, "")

    @property
    def sees_all(self) -> str:
        """Everything that the bot ever wrote to her and still stands."""
        return "\n\n".join(shown.plain for shown in self.chat.shown)


_RIGHTS = tuple(
    name
    for name, field in ChatMemberRestricted.model_fields.items()
    if field.is_required() and name not in {"status", "user", "until_date"}
)


class Group:
    """A group chat that people of the association are in."""

    def __init__(self, world: World, chat_id: int, title: str = "Библиотекари района") -> None:
        self._world = world
        self.id = chat_id
        self.title = title

    @property
    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "supergroup", "title": self.title}

    async def lets_in(self, by: Person) -> None:
        """Somebody adds the bot."""
        await by.blocks(status="member", before="left", chat=self._chat)

    async def throws_out(self, by: Person) -> None:
        """Somebody throws the bot out."""
        await by.blocks(status="kicked", chat=self._chat)

    async def restricts(self, by: Person, *, may_write: bool, is_member: bool = True) -> None:
        """An administrator changes what the bot may do there."""
        rights = dict.fromkeys(_RIGHTS, False) | {"can_send_messages": may_write, "is_member": is_member}
        await by.blocks(status="restricted", chat=self._chat, until_date=0, **rights)

    async def promotes(self, by: Person) -> None:
        """The bot is made a plain member again, with all that members may do."""
        await by.blocks(status="member", chat=self._chat)

    async def hears(self, who: Person, topic: int | None = None, **what: Any) -> None:
        """Somebody says something there, perhaps in a topic."""
        await who.sends_other(chat=self._chat, **self._in(topic), **what)

    async def presses(self, who: Person, label: str, *, of: Shown | None = None) -> None:
        """Somebody presses a button under the newest message that has it."""
        for shown in [of] if of is not None else reversed(self.shown):
            for button in shown.buttons:
                if label in button.text and button.callback_data:
                    return await self.presses_data(who, button.callback_data, shown)
        raise AssertionError(f"no button «{label}» in the group")

    async def presses_data(self, who: Person, data: str, of: Shown | None = None) -> None:
        """Somebody presses a button with this callback data, be it made up."""
        shown = of or Shown(1, "")
        press = who.pressing(data, shown.message_id, chat=self._chat, **self._in(shown.topic))
        await self._world.feed(press)

    @staticmethod
    def _in(topic: int | None) -> dict[str, Any]:
        return {} if topic is None else {"message_thread_id": topic, "is_topic_message": True}

    @property
    def shown(self) -> list[Shown]:
        """What the bot wrote there, as it stands now."""
        found: list[Shown] = self._world.telegram.chat(self.id).shown
        return found

    @property
    def sees(self) -> Shown:
        """What the bot wrote or changed there last."""
        return self._world.telegram.chat(self.id).last or Shown(0, "")


class World:
    """A running application and its people."""

    def __init__(self, app: App, telegram: FakeTelegram, clock: SetClock) -> None:
        self._app = app
        # The scenes that it was brought to, as long as nothing else happened in it (tests.bot.scenes).
        self.scenes: tuple[Hashable, ...] | None = None
        self.telegram = telegram
        self.clock = clock
        self.head = Person(self, HEAD)

    @property
    def app(self) -> App:
        """The application: whoever asks for it may change anything."""
        self.scenes = None
        return self._app

    def person(self, telegram_id: int) -> Person:
        """Somebody by her Telegram id."""
        return Person(self, telegram_id)

    def group(self, chat_id: int = -1001) -> Group:
        """A group chat by its id."""
        return Group(self, chat_id)

    async def feed(self, *updates: dict[str, Any]) -> None:
        """Updates come in at once, and are handled."""
        await self.app.receiver.receive([as_json(update) for update in updates])
        await self.app.receiver.drain()
        assert not self.telegram.faults

    async def rings(self) -> None:
        """What is due by the clock is planned, fanned out and sent."""
        for _ in range(2):
            await self.app.bell.tick()
            await self.app.sender.drain()
        assert not self.telegram.faults

    def uow(self) -> UnitOfWork:
        """A unit of work beside the application's own, to set a scene."""
        return UnitOfWork(self.app.database)

    async def actor(self, person: Person) -> Actor:
        """The person as she stands now; she must be known."""
        found = await acting_person(UnitOfWork(self._app.database), person.id)
        assert found is not None
        return found

    @asynccontextmanager
    async def stored(self) -> AsyncIterator[Rows]:
        """What is committed, read through a database of its own."""
        database = Database(str(self._app.settings.database_url))
        async with UnitOfWork(database).reading() as rows:
            yield rows
        await database.close()


@pytest.fixture
def clock() -> SetClock:
    """Monday morning, 2 November 2026, 10:00 in Novosibirsk."""
    return SetClock(MORNING)


@pytest.fixture
async def make_world(
    clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[[str], Awaitable[World]]]:
    """Builds a world on a database, with more settings if they are given; one built on the same database
    closes the one before."""
    # A handler that fails is not waited for: it is set aside, and the test fails.
    monkeypatch.setattr("bot.updates._AGAIN_AFTER", ())
    # One message a second in a chat is tested with the pace itself.
    monkeypatch.setattr("scheduler.pace._CHAT_EVERY", 0.01)
    apps: list[App] = []

    async def make(url: str, **more: Any) -> World:
        while apps:
            await apps.pop().close()
        telegram = FakeTelegram()
        settings = Settings(
            _env_file=None,
            bot_token="1:test",
            database_url=url,
            coordinators=(HEAD,),
            timezone="Asia/Novosibirsk",
            send_rate=1000,
            **more,
        )
        app = build_app(settings, session=telegram, clock=clock)
        await app.prepare()
        await app.sender.take_over()
        apps.append(app)
        return World(app, telegram, clock)

    yield make
    for app in apps:
        await app.close()


@pytest.fixture
async def world(sqlite_url: str, make_world: Callable[[str], Awaitable[World]]) -> World:
    """A world on SQLite, in which nobody has come in yet."""
    made = await make_world(sqlite_url)
    made.scenes = ()
    return made
