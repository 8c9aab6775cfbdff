"""Named points at which a process ends itself with kill -9. The product knows nothing of them: the launcher
wraps its methods from outside, and a name that is there no longer fails at once."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from storage.unit_of_work import UnitOfWork

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


@dataclass(frozen=True, slots=True)
class Point:
    """A method of the product, named `module.Class.method`, and when the process ends: before it is called,
    after it has ended or just after it has begun; of a repository's, before or after the commit of a
    transaction in which it did something."""

    name: str
    when: Literal["before", "within", "after"]
    commit: bool = False

    def home(self) -> tuple[type, str]:
        """The class and its method. Raises AttributeError or ImportError where they are not there."""
        place, method = self.name.rsplit(".", 1)
        module, owner = place.rsplit(".", 1)
        home: type = getattr(import_module(module), owner)
        getattr(home, method)
        return home, method

    def arm(self, countdown: Countdown) -> None:
        """From now on the countdown is reached here."""
        if self.commit:
            self._arm_commit(countdown)
        else:
            self._arm_call(countdown)

    def _arm_call(self, countdown: Countdown) -> None:
        home, method = self.home()
        said = getattr(home, method)

        @functools.wraps(said)
        async def around(*given: Any, **named: Any) -> Any:
            if self.when == "within":
                asyncio.get_running_loop().call_later(_UNDER_WAY, countdown.reached)
            elif self.when == "before":
                countdown.reached()
            result = await said(*given, **named)
            if self.when == "after":
                countdown.reached()
            return result

        setattr(home, method, around)

    def _arm_commit(self, countdown: Countdown) -> None:
        home, method = self.home()
        said, commit = getattr(home, method), UnitOfWork.commit
        touched: ContextVar[bool] = ContextVar("touched", default=False)

        @functools.wraps(said)
        async def noting(*given: Any, **named: Any) -> Any:
            result = await said(*given, **named)
            if result is None or result:
                touched.set(True)
            return result

        @functools.wraps(commit)
        async def committing(uow: UnitOfWork) -> None:
            # An update is marked as done within the commit.
            hit = touched.get() or (method == "mark_done" and not uow.done)
            touched.set(False)
            if hit and self.when == "before":
                countdown.reached()
            await commit(uow)
            touched.set(False)
            if hit and self.when == "after":
                countdown.reached()

        setattr(home, method, noting)
        setattr(UnitOfWork, "commit", committing)  # noqa: B010 – mypy sees no assignment to a method


_LEASE = "storage.leases.Leases.raise_number"
_REVIVE = "storage.outbox.Outbox.revive"
_PLAN = "storage.notices.Notices.replace"
_FAN_OUT = "storage.notices.Notices.fan_out"
_CLAIM = "storage.outbox.Outbox.claim"
_SETTLE = "storage.outbox.Outbox.settle"
_RECEIVE = "storage.inbox.Inbox.receive"
_EFFECT = "storage.inbox.Inbox.mark_done"
_PREPARE = "bot.delivery.TelegramDelivery.prepare"
_SEND = "bot.delivery.TelegramDelivery.send"
_REPLY = "bot.replying.Replier.reply"

POINTS = {
    "before the lease's number is committed": Point(_LEASE, "before", commit=True),
    "after the lease's number is committed": Point(_LEASE, "after", commit=True),
    "before what was in flight is taken back": Point(_REVIVE, "before", commit=True),
    "after what was in flight is taken back": Point(_REVIVE, "after", commit=True),
    "before planning is committed": Point(_PLAN, "before", commit=True),
    "after planning is committed": Point(_PLAN, "after", commit=True),
    "before a fan-out is committed": Point(_FAN_OUT, "before", commit=True),
    "after a fan-out is committed": Point(_FAN_OUT, "after", commit=True),
    "before a claim is committed": Point(_CLAIM, "before", commit=True),
    "after a claim is committed": Point(_CLAIM, "after", commit=True),
    "before letters are prepared": Point(_PREPARE, "before"),
    "after letters are prepared": Point(_PREPARE, "after"),
    "before a request": Point(_SEND, "before"),
    "while a request is under way": Point(_SEND, "within"),
    "after an answer is received": Point(_SEND, "after"),
    "before outcomes are committed": Point(_SETTLE, "before", commit=True),
    "after outcomes are committed": Point(_SETTLE, "after", commit=True),
    "before updates are stored": Point(_RECEIVE, "before", commit=True),
    "after updates are stored": Point(_RECEIVE, "after", commit=True),
    "before an effect is committed": Point(_EFFECT, "before", commit=True),
    "after an effect is committed": Point(_EFFECT, "after", commit=True),
    "before a reply": Point(_REPLY, "before"),
    "after a reply": Point(_REPLY, "after"),
}
