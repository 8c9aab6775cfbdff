"""Named points at which a process ends itself with kill -9. The product knows nothing of them: the launcher
wraps its methods from outside, and a name that is there no longer fails at once."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

_UNDER_WAY = 0.001


@dataclass(slots=True)
class Countdown:
    """Ends the process when it is reached for the n-th time."""

    left: int

    def reached(self) -> None:
        """One time less."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


Arm = Callable[[Countdown], None]


def _commit(repository: str, method: str, *, after: bool) -> Arm:
    """Before or after the commit of a transaction in which a repository's method did something."""

    def arm(countdown: Countdown) -> None:
        from storage import inbox, leases, notices, outbox
        from storage.unit_of_work import UnitOfWork

        modules = {"Inbox": inbox, "Leases": leases, "Notices": notices, "Outbox": outbox}
        owner = getattr(modules[repository], repository)
        said, commit = getattr(owner, method), UnitOfWork.commit
        touched: ContextVar[bool] = ContextVar("touched", default=False)

        @functools.wraps(said)
        async def noting(*given: Any, **named: Any) -> Any:
            result = await said(*given, **named)
            if result is None or result:
                touched.set(True)
            return result

        @functools.wraps(commit)
        async def committing(uow: UnitOfWork) -> None:
            # The effect's own mark is made within the commit.
            hit = touched.get() or (method == "mark_done" and not uow.done)
            touched.set(False)
            if hit and not after:
                countdown.reached()
            await commit(uow)
            if hit and after:
                countdown.reached()

        setattr(owner, method, noting)
        setattr(UnitOfWork, "commit", committing)  # noqa: B010

    return arm


def _call(module: str, owner: str, method: str, *, after: bool = False, within: bool = False) -> Arm:
    """Before a method is called, after it has ended, or just after it has begun."""

    def arm(countdown: Countdown) -> None:
        import importlib

        home = getattr(importlib.import_module(module), owner)
        said = getattr(home, method)

        @functools.wraps(said)
        async def around(*given: Any, **named: Any) -> Any:
            if within:
                asyncio.get_running_loop().call_later(_UNDER_WAY, countdown.reached)
            elif not after:
                countdown.reached()
            result = await said(*given, **named)
            if after:
                countdown.reached()
            return result

        setattr(home, method, around)

    return arm


_DELIVERY = ("bot.delivery", "TelegramDelivery")
_REPLIER = ("bot.replying", "Replier")

POINTS: dict[str, Arm] = {
    "before the lease's number is committed": _commit("Leases", "raise_number", after=False),
    "after the lease's number is committed": _commit("Leases", "raise_number", after=True),
    "before what was in flight is taken back": _commit("Outbox", "revive", after=False),
    "after what was in flight is taken back": _commit("Outbox", "revive", after=True),
    "before planning is committed": _commit("Notices", "replace", after=False),
    "after planning is committed": _commit("Notices", "replace", after=True),
    "before a fan-out is committed": _commit("Outbox", "fan_out", after=False),
    "after a fan-out is committed": _commit("Outbox", "fan_out", after=True),
    "before a claim is committed": _commit("Outbox", "claim", after=False),
    "after a claim is committed": _commit("Outbox", "claim", after=True),
    "before letters are prepared": _call(*_DELIVERY, "prepare"),
    "after letters are prepared": _call(*_DELIVERY, "prepare", after=True),
    "before a request": _call(*_DELIVERY, "send"),
    "while a request is under way": _call(*_DELIVERY, "send", within=True),
    "after an answer is received": _call(*_DELIVERY, "send", after=True),
    "before outcomes are committed": _commit("Outbox", "settle", after=False),
    "after outcomes are committed": _commit("Outbox", "settle", after=True),
    "before updates are stored": _commit("Inbox", "receive", after=False),
    "after updates are stored": _commit("Inbox", "receive", after=True),
    "before an effect is committed": _commit("Inbox", "mark_done", after=False),
    "after an effect is committed": _commit("Inbox", "mark_done", after=True),
    "before a reply": _call(*_REPLIER, "reply"),
    "after a reply": _call(*_REPLIER, "reply", after=True),
}
