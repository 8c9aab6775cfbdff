"""Claim, prepare, deliver, mark: the only one who sends unasked."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import structlog

from scheduler.clock import Clock
from scheduler.delivery import Delivery, Fate, Letter, Outcome
from scheduler.lease import Lease
from scheduler.pace import Pace
from storage.engine import Database
from storage.outbox import MAX_UNCERTAIN, OutboxRow, Settled, State
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# Attempted with the outcome not committed: 8 at 28 a second, 100 at 1,000 (DESIGN.md, rule 5).
_LEAST_IN_FLIGHT = 8
_MOST_IN_FLIGHT = 100
# A failed attempt is repeated after a pause that doubles, in real seconds, give or take a half.
_FIRST_PAUSE = 2.0
_AFTER_FAILURE = 1.0
_LONGEST_PAUSE = 300.0


class Sender:
    """Sends what waits in the outbox while it holds the lease."""

    def __init__(
        self, database: Database, clock: Clock, delivery: Delivery, pace: Pace, lease: Lease, rate: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._delivery = delivery
        self._pace = pace
        self._lease = lease
        self._most = max(_LEAST_IN_FLIGHT, min(_MOST_IN_FLIGHT, rate // 10))
        self._number = 0
        self._woken = asyncio.Event()
        self._failures: dict[int, int] = {}
        # What became of attempts and is not committed yet: kept until it is, should the database stumble.
        self._outcomes: list[Settled] = []
        # Letters whose turn has not come: they can still be called back.
        self._queued: set[asyncio.Task[Settled]] = set()

    @property
    def active(self) -> bool:
        """Whether this process is the one that sends."""
        return self._number > 0 and self._lease.held()

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Sends until cancelled, whenever the lease is ours. What fails is logged and tried again."""
        while True:
            try:
                await self._run()
            except Exception:
                log.exception("the sender stumbled")
                await asyncio.sleep(_AFTER_FAILURE)

    async def _run(self) -> None:
        """Waits for the lease and sends until it is lost."""
        await self.take_over()
        while self.active:
            try:
                await asyncio.wait_for(self._woken.wait(), timeout=1.0)
            except TimeoutError:
                continue
            self._woken.clear()
            await self.drain()
        log.warning("lease lost", number=self._number)

    async def take_over(self) -> None:
        """Waits for the lease and takes back what its last holder (or we, stumbling) left in flight."""
        number = await self._lease.acquire()
        # What became known too late to be written, under the number that it was attempted under.
        await self._settle_and_claim(0)
        self._number = number
        uow = UnitOfWork(self._database)
        async with uow as rows:
            left = await rows.outbox.revive(lease=self._number)
            await uow.commit()
        if left:
            log.warning("taken back from an earlier run", rows=left)
        self._woken.set()

    async def drain(self) -> None:
        """Sends everything that is due now."""
        flying: set[asyncio.Task[Settled]] = set()
        try:
            while True:
                rows = await self._settle_and_claim(self._most - len(flying))
                if rows:
                    letters = await self._prepare(rows)
                    flying |= {asyncio.create_task(self._send(letter)) for letter in letters}
                elif not flying:
                    return
                if flying and not self._outcomes:
                    done, flying = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
                    self._outcomes += [task.result() for task in done]
        finally:
            # Stopped in the middle: what waits for its turn goes back, what is under way is let finish, so
            # that its outcome is known.
            if flying or self._outcomes:
                for task in self._queued:
                    task.cancel()
                self._outcomes += await asyncio.shield(asyncio.gather(*flying))
                await self._settle_and_claim(0)

    async def _settle_and_claim(self, most: int) -> list[OutboxRow]:
        """One transaction: what became of the last attempts, and the next ones."""
        may_claim = most > 0 and self.active
        outcomes = list(self._outcomes)
        if not outcomes and not may_claim:
            return []
        uow = UnitOfWork(self._database)
        claimed: list[OutboxRow] = []
        async with uow as rows:
            if outcomes:
                await rows.outbox.settle(outcomes, lease=self._number)
            if may_claim:
                claimed = await rows.outbox.claim(self._clock.now(), lease=self._number, most=most)
            await uow.commit()
        del self._outcomes[: len(outcomes)]
        return claimed

    async def _prepare(self, rows: list[OutboxRow]) -> list[Letter]:
        """The letters of rows just claimed; what becomes of a row without one is settled."""
        now = self._clock.now()
        late = {row.id for row in rows if row.useful_until is not None and row.useful_until < now}
        try:
            letters = await self._delivery.prepare([row for row in rows if row.id not in late], now)
        except BaseException:
            # Nothing was sent: it must not count as an attempt.
            self._outcomes += [Settled(row.id, State.WAITING, counted=False) for row in rows]
            raise
        ready = {letter.row.id for letter in letters}
        self._outcomes += [
            Settled(row.id, State.LATE if row.id in late else State.OBSOLETE, counted=False)
            for row in rows
            if row.id not in ready
        ]
        return letters

    async def _send(self, letter: Letter) -> Settled:
        try:
            with self._in_queue():
                await self._pace.take(letter.row.telegram_id)
        except asyncio.CancelledError:
            return Settled(letter.row.id, State.WAITING, counted=False)
        if not self.active:  # frozen meanwhile, and another sends by now
            return Settled(letter.row.id, State.WAITING, counted=False)
        try:
            outcome = await self._delivery.send(letter)
        except Exception:
            log.exception("sending stumbled", outbox=letter.row.id)
            outcome = Outcome(Fate.UNCERTAIN)
        if outcome.everybody:
            self._pace.pause(outcome.retry_after)
        settled = self._settled(letter, outcome)
        if settled.state is not State.WAITING:
            self._failures.pop(letter.row.id, None)
        return settled

    @contextlib.contextmanager
    def _in_queue(self) -> Iterator[None]:
        """The running task's letter can be called back meanwhile."""
        task: asyncio.Task[Settled] | None = asyncio.current_task()
        assert task is not None  # noqa: S101 – a coroutine runs in one
        self._queued.add(task)
        try:
            yield
        finally:
            self._queued.discard(task)

    def _settled(self, letter: Letter, outcome: Outcome) -> Settled:
        row = letter.row
        match outcome.fate:
            case Fate.SENT:
                return Settled(row.id, State.SENT, message_id=outcome.message_id, shown=letter.shown)
            case Fate.GONE:
                return Settled(row.id, State.GONE)
            case Fate.REFUSED:
                log.error("refused by Telegram", outbox=row.id, kind=row.kind, event_id=row.event_id)
                return Settled(row.id, State.REFUSED)
            case Fate.UNCERTAIN if row.attempts >= MAX_UNCERTAIN:
                log.warning("perhaps delivered, perhaps not", outbox=row.id)
                return Settled(row.id, State.UNCERTAIN)
            case _:
                counted = outcome.fate is Fate.UNCERTAIN
                return Settled(row.id, State.WAITING, retry_at=self._again_at(row, outcome), counted=counted)

    def _again_at(self, row: OutboxRow, outcome: Outcome) -> datetime:
        failures = self._failures[row.id] = self._failures.get(row.id, 0) + 1
        pause = min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.5)  # noqa: S311
        return datetime.now(UTC) + timedelta(
            seconds=max(outcome.retry_after, 0 if outcome.everybody else pause)
        )
