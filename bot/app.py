"""The only wiring: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions.associations import appoint, first_association
from actions.check_in import signing_key
from bot.context import Context
from bot.delivery import TelegramDelivery
from bot.handlers import routers
from bot.installation import clock_of
from bot.middlewares import ActingPerson, Rights
from bot.polling import Poller, WrongTokenError
from bot.replying import Replier
from bot.session import Pausing, TelegramSession
from bot.settings import Settings
from bot.turns import Turns
from bot.updates import ABANDONED_AFTER, ALLOWED, Receiver
from bot.views.words import plain
from bot.web.calendar_feed import calendar_feed
from bot.web.screen import add_screen
from bot.web.server import WEBHOOK, make_web
from scheduler.clock import Clock
from scheduler.jobs import Bell, keep_ticking, make_scheduler
from scheduler.lease import FileLease, Lease, lease_for
from scheduler.pace import Pace
from scheduler.planner import Planner
from scheduler.replicas import Neighbours
from scheduler.sender import Sender
from scheduler.workdays import is_working_day
from storage.engine import Database
from storage.errors import StorageError
from storage.schema import migrate
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

COMMANDS = ("next", "plan", "my", "settings", "help", "stop")
# What a group is offered: the others are about one person.
GROUP_COMMANDS = frozenset({"next"})
# How long a process waits for another one to leave the SQLite file, in seconds.
_PATIENCE = 5.0
# Telegram is asked again after so many seconds.
_AGAIN_AFTER = 5.0


class AlreadyRunningError(Exception):
    """Another process serves this SQLite file."""


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, wired."""

    settings: Settings
    database: Database
    clock: Clock
    context: Context
    bot: Bot
    dispatcher: Dispatcher
    receiver: Receiver
    sender: Sender
    bell: Bell
    lease: Lease
    neighbours: Neighbours
    scheduler: AsyncIOScheduler

    async def prepare(self) -> None:
        """Brings the database up to date, makes the first association and the key that signs check-in codes.
        Raises AlreadyRunningError and storage.schema.NewerSchemaError."""
        file = self.database.file
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        await self._alone()
        await migrate(self.database)
        uow = UnitOfWork(self.database)
        first = await first_association(uow, self.settings.timezone, self.clock.now())
        await appoint(uow, first.id, self.settings.coordinators)
        self.context.signing.key = await signing_key(uow)

    async def poll(self) -> None:
        """Serves by long polling until cancelled. Raises bot.polling.WrongTokenError."""
        session = self.bot.session
        if not isinstance(session, TelegramSession):
            raise TypeError("polling needs a real session")
        poller = Poller(self.bot, session, self.receiver)
        async with self._serving(None), asyncio.TaskGroup() as tasks:
            tasks.create_task(poller.run())
            await poller.reached.wait()
            await self._introduce()

    async def listen(self) -> None:
        """Serves by webhook until cancelled. Raises what `_set_webhook` raises; OSError for a taken port."""
        async with self._serving(self.settings.webhook_secret):
            await self._set_webhook()
            await self._introduce()
            await asyncio.Event().wait()

    async def _set_webhook(self) -> None:
        """Asks until Telegram answers. Raises WrongTokenError, and TelegramBadRequest for an address that
        Telegram does not take."""
        address = self.settings.web_url.rstrip("/") + WEBHOOK
        while True:
            try:
                await self.bot.set_webhook(
                    address, secret_token=self.settings.webhook_secret, allowed_updates=list(ALLOWED)
                )
            except (TelegramUnauthorizedError, TelegramNotFound):
                raise WrongTokenError from None
            except TelegramBadRequest:
                raise
            except AiogramError as error:
                log.warning("Telegram недоступен, пробую дальше", reason=str(error))
                await asyncio.sleep(_AGAIN_AFTER)
            else:
                return

    async def close(self) -> None:
        """Lets what is under way finish and closes every connection."""
        await self.receiver.stop()
        with contextlib.suppress(StorageError, OSError):  # out of reach: the lease runs out by itself
            await self.lease.release()
        await self.neighbours.leave()
        await self.bot.session.close()
        await self.database.close()

    @contextlib.asynccontextmanager
    async def _serving(self, webhook_secret: str | None) -> AsyncIterator[None]:
        """The web face, the inbox's backlog, the sender and the clock, around the way updates come in."""
        # Where several processes share a database, what came in just now may be in a neighbour's hands.
        await self.receiver.recover(older_than=timedelta() if self.database.is_sqlite else ABANDONED_AFTER)
        face = make_web(self.receiver, webhook_secret=webhook_secret)
        face.add_routes([calendar_feed(self.database, self.clock, self.bot.id, is_working_day)])
        add_screen(face, self.bot, self.context, self.clock)
        web_face = web.AppRunner(face, access_log=None)
        await web_face.setup()
        try:
            await web.TCPSite(web_face, self.settings.web_host, self.settings.web_port).start()
        except OSError as error:
            if webhook_secret is not None:
                raise
            log.warning("веб-часть не запущена: порт занят", port=self.settings.web_port, reason=str(error))
        background = [
            asyncio.create_task(work)
            for work in (
                self.neighbours.run(),
                self.sender.run(),
                self.receiver.watch(),
                keep_ticking(self.scheduler, self.bell),
            )
        ]
        self.scheduler.start()
        try:
            yield
        finally:
            await self.bell.rest()
            self.scheduler.shutdown(wait=False)
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)
            await web_face.cleanup()

    async def _introduce(self) -> None:
        """Tells Telegram the commands; that it fails now and then harms nobody."""
        commands = [BotCommand(command=name, description=plain(f"command-{name}")) for name in COMMANDS]
        in_groups = [one for one in commands if one.command in GROUP_COMMANDS]
        try:
            await self.bot.set_my_commands(commands)
            await self.bot.set_my_commands(in_groups, scope=BotCommandScopeAllGroupChats())
        except AiogramError as error:
            log.warning("commands not set", reason=str(error))

    async def _alone(self) -> None:
        """On SQLite one process serves a file."""
        if not isinstance(self.lease, FileLease):
            return
        until = asyncio.get_running_loop().time() + _PATIENCE
        while not self.lease.try_lock():
            if asyncio.get_running_loop().time() > until:
                raise AlreadyRunningError
            await asyncio.sleep(0.2)


def build_app(settings: Settings, *, session: BaseSession | None = None, clock: Clock | None = None) -> App:
    """Wires everything; opens nothing. `session` and `clock` are for tests."""
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    database = Database(settings.database_url)
    clock = clock or clock_of(settings)
    pace = Pace(settings.send_rate)
    if session is None:
        session = TelegramSession(settings.telegram_api_url, settings.telegram_proxy, pace)
    bot = Bot(settings.bot_token, session=session)
    neighbours = Neighbours(database, pace, bot.id)
    session.middleware(Pausing(pace, neighbours.pause))
    web_url = settings.web_url.rstrip("/")
    context = Context(database, frozenset(settings.coordinators), is_working_day, web_url)
    dispatcher = build_dispatcher(database, clock, context)
    turns = Turns(database, ABANDONED_AFTER)
    receiver = Receiver(database, dispatcher, bot, Replier(bot, database, clock, pace), turns)
    lease = lease_for(database)
    delivery = TelegramDelivery(bot, database, clock, is_working_day)
    sender = Sender(database, clock, delivery, pace, lease)
    bell = Bell(database, clock, Planner(database, is_working_day), sender)
    scheduler = make_scheduler(bell)
    return App(
        settings,
        database,
        clock,
        context,
        bot,
        dispatcher,
        receiver,
        sender,
        bell,
        lease,
        neighbours,
        scheduler,
    )


def build_dispatcher(database: Database, clock: Clock, context: Context) -> Dispatcher:
    """The dispatcher with every router; its handlers get `context`. Of several that a process builds, the
    newest has the routers."""
    # aiogram's own dialogue state would read on every update and escape the unit of work.
    dispatcher = Dispatcher(disable_fsm=True, context=context)
    dispatcher.update.outer_middleware(ActingPerson(database, clock))
    for observer in (
        dispatcher.message,
        dispatcher.edited_message,
        dispatcher.callback_query,
        dispatcher.my_chat_member,
        dispatcher.inline_query,
    ):
        observer.middleware(Rights(database))
    for router in routers():
        # aiogram ties a router to one dispatcher for good; copies of all are slow to make, and large.
        router._parent_router = None
        dispatcher.include_router(router)
    return dispatcher
