"""What happens around every handler: who acts, what the time is, whether she may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import Chat, TelegramObject, Update, User

from actions.acting import acting_person, set_reachable, wait_for
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right, Role, may
from scheduler.clock import Clock
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class ActingPerson(BaseMiddleware):
    """Reads who is writing, with her dialogue and her role, in one statement; and when that is: `now`, and
    `said_at`, when she wrote it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        data["now"] = data["said_at"] = self._clock.now()
        if isinstance(event, Update) and event.message is not None:
            # What lay in the inbox for a while counts as of then; when a button was pressed is not told.
            data["said_at"] = self._clock.of(event.message.date)
        data["actor"] = None
        if user is not None:
            uow = UnitOfWork(self._database)
            actor = data["actor"] = await acting_person(uow, user.id)
            chat: Chat | None = data.get("event_chat")
            elsewhere = isinstance(event, Update) and event.inline_query is not None
            # One who blocked the bot may well press a button in a group, or type its name in another chat.
            if (
                actor is not None
                and actor.unreachable
                and not elsewhere
                and (chat is None or chat.type == "private")
            ):
                await set_reachable(uow, user.id, data["now"], reachable=True)
        return await handler(event, data)


_REFUSALS = {
    Role.STRANGER: "not_a_member",
    Role.LEFT: "not_a_member",
    Role.JOINING: "finish_joining",
    Role.WAITING: "request_waits",
    Role.METHODIST: "methodist_looks",
}
# What a right is about is explained to one who has others.
_FOR_OTHERS = {Right.PLAN: "plan_for_members"}


class Rights(BaseMiddleware):
    """Enforces the right that the handler carries as a flag; a handler without one serves nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        right = get_flag(data, "right")
        if not isinstance(right, Right):
            raise TypeError(f"{data['handler'].callback} carries no right")
        actor: Actor | None = data["actor"]
        role = Role.STRANGER if actor is None else actor.role
        if not may(role, right, () if actor is None else actor.elsewhere):
            raise DomainError(_REFUSALS.get(role) or _FOR_OTHERS.get(right, "only_coordinator"))
        # Any other key leaves a dialogue; joining alone goes on until it is done.
        if (
            actor is not None
            and actor.dialogue is not None
            and role is not Role.JOINING
            and not get_flag(data, "dialogue")
        ):
            await wait_for(UnitOfWork(self._database), actor, None)
        return await handler(event, data)
