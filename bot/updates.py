"""Updates in: stored first, acknowledged then, fed to the dispatcher in order for each person."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.replying import Replier, went_wrong
from bot.turns import Turns
from bot.understanding import asks_a_group, mentioned
from bot.views.view import Replies
from storage.engine import Database
from storage.errors import StorageError
from storage.inbox import MAX_TRIES, AlreadyDoneError, InboxRow, Received
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
# So many persons at once; one person's updates are handled one after the other.
MOST_AT_ONCE = 64
# A handler that fails is tried again after so many seconds of real time; then the update is set aside.
_AGAIN_AFTER = (0.5, 3.0)
# What was left behind is taken up after this: by any process that shares the database.
ABANDONED_AFTER = timedelta(seconds=60)
_LOOK_FOR_ABANDONED = 20.0
# What a group says when it becomes a supergroup: the old one, and the new one.
_MOVES = {"migrate_to_chat_id", "migrate_from_chat_id"}
# A stop waits so long for replies, in seconds.
_LONGEST_STOP = 5.0


class Receiver:
    """The consumer of the inbox."""

    def __init__(
        self, database: Database, dispatcher: Dispatcher, bot: Bot, replier: Replier, turns: Turns
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._bot = bot
        self._replier = replier
        self._turns = turns
        # Persons whose updates are being handled, each with what waits behind.
        self._lanes: dict[int, tuple[asyncio.Task[None], deque[InboxRow]]] = {}
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._known: set[int] = set()
        # What people type after the bot's name: the newest of each, and who is being answered.
        self._typed: dict[int, Mapping[str, Any]] = {}
        self._finding: dict[int, asyncio.Task[None]] = {}
        # An update that an earlier process left unfinished twice may be what ended it: one at a time.
        self._suspect = asyncio.Lock()

    @property
    def backlog(self) -> int:
        """How many updates wait or are being handled."""
        return len(self._known)

    async def receive(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Stores raw updates; they are safe, and may be acknowledged, when this returns. What is typed after
        the bot's name is answered at once instead (docs/decisions/0020-typing-is-not-stored.md)."""
        received = []
        for update in updates:
            if "inline_query" in update:
                self._find(update)
            elif await _concerns_us(update, self._bot):
                received.append(Received(update["update_id"], _sender(update), json.dumps(update)))
        if not received:
            return
        uow = UnitOfWork(self._database)
        async with uow as rows:
            new = await rows.inbox.receive(self._bot.id, received)
            await uow.commit()
        for row in new:
            self._submit(row)

    async def recover(self, *, older_than: timedelta = timedelta()) -> None:
        """Takes up what an earlier process left; what took it down too often is set aside."""
        uow = UnitOfWork(self._database)
        async with uow as rows:
            found = await rows.inbox.open_rows(self._bot.id, received_before=datetime.now(UTC) - older_than)
            left = [row for row in found if row.id not in self._known]
            hopeless = [row.id for row in left if row.tries >= MAX_TRIES]
            if hopeless:
                await rows.inbox.set_aside(hopeless)
                log.error("updates set aside: they ended the process each time", inbox=hopeless)
            first_time = [row.id for row in left if row.tries == 0]
            if first_time:
                await rows.inbox.begin(first_time)
            await uow.commit()
        for row in left:
            if row.id not in hopeless:
                self._submit(row)

    async def watch(self) -> None:
        """Takes up what another process, or a database that was away, left behind, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_FOR_ABANDONED)
            try:
                await self.recover(older_than=ABANDONED_AFTER)
            except (StorageError, OSError) as error:
                log.warning("the inbox is out of reach", reason=str(error))

    def _find(self, update: Mapping[str, Any]) -> None:
        """Only what she typed last is of use: what she typed before, and waits, is passed over."""
        sender = _sender(update)
        self._typed[sender] = update
        if sender not in self._finding:
            self._finding[sender] = asyncio.create_task(self._answer_typing(sender))

    async def _answer_typing(self, sender: int) -> None:
        try:
            while (typed := self._typed.pop(sender, None)) is not None:
                try:
                    async with self._places:
                        uow = UnitOfWork(self._database)
                        replies = await self._dispatched(typed["update_id"], json.dumps(typed), uow)
                    await self._replier.reply(replies)
                except Exception:  # she types on, or again; nothing is lost
                    log.exception("what was typed after the bot's name is not answered")
        finally:
            del self._finding[sender]

    async def drain(self) -> None:
        """Waits until everything received so far is handled."""
        while self._lanes or self._finding:
            await asyncio.wait([*(task for task, _ in self._lanes.values()), *self._finding.values()])

    async def stop(self) -> None:
        """Finishes what is being handled; the rest stays in the inbox for the next start. A reply that waits
        for Telegram is not waited for long: its effect is committed."""
        tasks = [task for task, _ in self._lanes.values()] + list(self._finding.values())
        self._typed.clear()
        for _, rows in self._lanes.values():
            rows.clear()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_LONGEST_STOP)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._turns.close()

    def _submit(self, row: InboxRow) -> None:
        self._known.add(row.id)
        if row.sender in self._lanes:
            self._lanes[row.sender][1].append(row)
        else:
            rows = deque([row])
            self._lanes[row.sender] = (asyncio.create_task(self._work(row.sender, rows)), rows)

    async def _work(self, sender: int, rows: deque[InboxRow]) -> None:
        """Handles one person's updates, one after the other."""
        try:
            while rows:
                row = rows.popleft()
                try:
                    async with self._turns.of(row.sender, row.id):
                        replies = await self._handle(row)
                        # Outside the places: a reply that waits for Telegram keeps nobody from being heard.
                        await self._replier.reply(replies)
                except Exception:  # the database is away: what is not done stays open, and is taken up again
                    log.exception("an update was left for later", inbox=row.id)
                finally:
                    self._known.discard(row.id)
        finally:
            del self._lanes[sender]

    async def _handle(self, row: InboxRow) -> Replies:
        """The effect of an update; what it is to be answered with."""
        async with self._places:
            if row.tries == 0:
                return await self._try(row)
            async with self._suspect:
                uow = UnitOfWork(self._database)
                async with uow as rows:
                    await rows.inbox.begin([row.id])
                    await uow.commit()
                return await self._try(row)

    async def _try(self, row: InboxRow) -> Replies:
        for pause in (*_AGAIN_AFTER, None):
            try:
                return await self._effect(row)
            except AlreadyDoneError:
                return []
            except Exception:
                log.exception("an update failed", inbox=row.id, update=row.update_id)
                if pause is not None:
                    await asyncio.sleep(pause)
        await self._set_aside(row)
        return [went_wrong(row.sender)] if row.sender > 0 else []

    async def feed(self, row: InboxRow) -> None:
        """Handles one stored update: effect and mark in one transaction, then the replies.

        Raises AlreadyDoneError where another process was faster, and whatever a handler raises.
        """
        await self._replier.reply(await self._effect(row))

    async def _effect(self, row: InboxRow) -> Replies:
        uow = UnitOfWork(self._database, inbox_id=row.id)
        replies = await self._dispatched(row.update_id, row.payload, uow)
        if not uow.done:
            async with uow:
                await uow.commit()
        return replies

    async def _dispatched(self, update_id: int, payload: str, uow: UnitOfWork) -> Replies:
        """What an update is to be answered with, its effect being made in the unit of work."""
        update = self._understood(update_id, payload)
        if update is None:
            return []
        replies: Replies | object = await self._dispatcher.feed_update(self._bot, update, uow=uow)
        return replies if isinstance(replies, list) else []

    def _understood(self, update_id: int, payload: str) -> Update | None:
        """The update; None for one of a kind that aiogram does not know (yet): nobody waits for an answer."""
        try:
            update = Update.model_validate_json(payload, context={"bot": self._bot})
            update.event_type  # noqa: B018 – raises where there is nothing to handle
        except (ValidationError, UpdateTypeLookupError) as error:
            log.warning("an update of an unknown kind", update=update_id, reason=type(error).__name__)
            return None
        return update

    async def _set_aside(self, row: InboxRow) -> None:
        uow = UnitOfWork(self._database)
        async with uow as rows:
            await rows.inbox.set_aside([row.id])
            await uow.commit()


def _sender(update: Mapping[str, Any]) -> int:
    """Whose update it is: the order within one person is kept. 0 for updates that come from nobody."""
    for part in update.values():
        if isinstance(part, Mapping):
            sender = part.get("from")
            if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
                return int(sender["id"])
    return 0


async def _concerns_us(update: Mapping[str, Any], bot: Bot) -> bool:
    """Not what people say to each other in a group: that is not even stored. Commands are, the question what
    comes next, and that the group has another id. Of what is changed after it was said, words to the bot
    alone: a place that moves is changed all the time."""
    edited = update.get("edited_message")
    message = update.get("message") if edited is None else edited
    if not isinstance(message, Mapping):
        return True
    chat = message.get("chat")
    if not isinstance(chat, Mapping) or chat.get("type") == "private":
        return edited is None or "text" in message
    if edited is not None:
        return False
    if _MOVES & message.keys():
        return True
    said = message.get("text")
    if not isinstance(said, str):
        return False
    return said.startswith("/") or asks_a_group(said, to_bot=await _is_to_us(message, said, bot))


async def _is_to_us(message: Mapping[str, Any], said: str, bot: Bot) -> bool | None:
    """Whether what is said in a group is a reply to the bot, or calls it by its name; None where it calls
    nobody."""
    answered = message.get("reply_to_message")
    sender = answered.get("from") if isinstance(answered, Mapping) else None
    if isinstance(sender, Mapping) and sender.get("id") == bot.id:
        return True
    called = mentioned(said)
    if not called:
        return None
    try:
        return ((await bot.me()).username or "").lower() in called
    except AiogramError:  # our name is not known yet
        return False
