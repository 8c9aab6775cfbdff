"""Read, prepare, claim, deliver, mark: the only one who sends unasked.

What waits is held in three steps, so that the busy ones are few and short: ids in the order of their urgency,
letters made ready for the next seconds, and, the only ones at risk when the process dies, attempts.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from scheduler.clock import Clock
from scheduler.delivery import Delivery, Fate, Letter, Outcome
from scheduler.lease import Lease
from scheduler.pace import Pace
from storage.engine import Database
from storage.errors import StorageError
from storage.outbox import MAX_UNCERTAIN, Message, OutboxRow, Settled, State
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# Attempted with the outcome not committed: 8 at 28 a second, 100 at 1,000 (DESIGN.md, rule 5).
_LEAST_IN_FLIGHT = 8
_MOST_IN_FLIGHT = 100
# So many ids are known ahead.
_KNOWN = 1_000
# Letters are made ready for so many seconds, but no more than these at once: the loop is busy meanwhile.
_READY_FOR = 3
_MOST_READY = 200
# What was made ready longer ago, in seconds of monotonic time, is made ready anew: an answer may have come.
_FRESH = 10.0
# The next attempts are claimed when what waits for its turn lasts no longer than this, in seconds.
_AHEAD = 0.03
# How often it is looked whether a chat that had its message of this second may have the next one.
_HELD = 0.05
# A failed attempt is repeated after a pause that doubles, in real seconds, give or take a half.
_FIRST_PAUSE = 2.0
_AFTER_FAILURE = 1.0
_LONGEST_PAUSE = 300.0
# Once so many letters failed and none arrived, one at a time is tried, after rests that double, in seconds.
_TROUBLE = 3
_FIRST_REST = 1.0
_LONGEST_REST = 60.0
# No pause doubles more often.
_MOST_DOUBLED = 20


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter made ready; `at` is monotonic."""

    letter: Letter
    at: float


class Sender:
    """Sends what waits in the outbox while it holds the lease."""

    def __init__(
        self, database: Database, clock: Clock, delivery: Delivery, pace: Pace, lease: Lease
    ) -> None:
        self._database = database
        self._clock = clock
        self._delivery = delivery
        self._pace = pace
        self._lease = lease
        self._number = 0
        self._woken = asyncio.Event()
        self._known: deque[int] = deque()
        self._ready: deque[_Ready] = deque()
        # How many letters that are ready wait for their own chat's sake.
        self._held = 0
        # How often rows failed; which did since the last success, the rests since, and until when one lasts.
        self._failures: dict[int, int] = {}
        self._trouble: set[int] = set()
        self._rests = 0
        self._rest_until = 0.0
        # What became of attempts and is not committed yet: kept until it is, should the database stumble.
        self._outcomes: list[Settled] = []
        # Attempts under way, each in a chat of its own; set when it is time to see to the next ones.
        self._flying: set[asyncio.Task[Settled]] = set()
        self._chats: set[int] = set()
        self._news = asyncio.Event()
        # Letters whose turn has not come: they can still be called back.
        self._queued: set[asyncio.Task[Settled]] = set()

    @property
    def active(self) -> bool:
        """Whether this process is the one that sends."""
        return self._number > 0 and self._lease.held()

    @property
    def _in_trouble(self) -> bool:
        """Whether request after request fails."""
        return len(self._trouble) >= _TROUBLE

    @property
    def _most(self) -> int:
        """How many may be in flight."""
        if self._in_trouble:
            return 1
        return max(_LEAST_IN_FLIGHT, min(_MOST_IN_FLIGHT, self._pace.rate // 10))

    def wake(self) -> None:
        """There is something to send, perhaps more urgent than what is being sent."""
        self._woken.set()
        self._news.set()

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
                async with asyncio.timeout(1.0):
                    await self._woken.wait()
            except TimeoutError:
                continue
            await self.drain()
        log.warning("lease lost", number=self._number)

    async def take_over(self) -> None:
        """Waits for the lease and takes back what its last holder (or we, stumbling) left in flight."""
        number = await self._lease.acquire()
        # What became known too late to be written, under the number that it was attempted under.
        await self._settle_and_claim([])
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
        self._woken.set()
        try:
            while True:
                if self._must_hold:
                    await self._hold()
                await self._launch(await self._settle_and_claim(self._next()))
                await self._fill()
                if self._flying:
                    await self._until_there_is_room()
                elif self._outcomes or (self.active and self._ready):
                    await asyncio.sleep(_HELD if self._held == len(self._ready) else 0)
                elif not (self.active and (self._known or self._woken.is_set())):
                    return
        finally:
            self._ready.clear()
            self._known.clear()
            # Stopped in the middle: what waits for its turn goes back, what is under way is let finish, so
            # that its outcome is known.
            if self._flying or self._outcomes:
                self._call_back()
                await asyncio.shield(asyncio.gather(*self._flying))
                await self._settle_and_claim([])

    @property
    def _must_hold(self) -> bool:
        """Whether nothing is to start: Telegram said so, or request after request fails."""
        return self._pace.paused > 0 or self._rest_until > time.monotonic()

    async def _hold(self) -> None:
        """Lets what is under way end, and waits. Nothing is in flight meanwhile, and what was made ready is
        made ready anew."""
        self._call_back()
        if self._flying:
            await asyncio.wait(self._flying)
        await self._settle_and_claim([])
        self._ready.clear()
        await self._pace.open()
        await asyncio.sleep(max(self._rest_until - time.monotonic(), 0))
        self._woken.set()

    async def _fill(self) -> None:
        """Makes letters ready, the most urgent first, while there are fewer than may be in flight."""
        while self._wants_more:
            if (self._woken.is_set() or not self._known) and not await self._look():
                return
            most = min(_MOST_READY, max(_LEAST_IN_FLIGHT, self._pace.rate * _READY_FOR))
            await self._prepare([self._known.popleft() for _ in range(min(most, len(self._known)))])

    async def _look(self) -> bool:
        """Learns anew what waits; whether there is anything."""
        self._woken.clear()
        # Claimed by then, or not: what is ready is claimed only if it still waits.
        ready = {one.letter.row.id for one in self._ready}
        async with UnitOfWork(self._database).reading() as rows:
            waiting = await rows.outbox.waiting(self._clock.now(), most=_KNOWN + len(ready))
        self._known = deque(row_id for row_id in waiting if row_id not in ready)
        return bool(self._known)

    async def _prepare(self, ids: list[int]) -> None:
        """Letters for rows that wait; those of no use any more, and those without one, are dropped."""
        now = self._clock.now()
        async with UnitOfWork(self._database).reading() as rows:
            found = await rows.outbox.read(ids)
        if any(_is_late(row, now) for row in found):
            await self._drop_late(now)
            found = [row for row in found if not _is_late(row, now)]
        at = time.monotonic()
        letters = await self._letters(found, now)
        self._ready += [_Ready(letter, at) for letter in letters]
        silent = set(ids) - {letter.row.id for letter in letters}
        if silent:
            uow = UnitOfWork(self._database)
            async with uow as rows:
                await rows.outbox.drop(silent)
                await uow.commit()

    async def _letters(self, found: list[OutboxRow], now: datetime) -> list[Letter]:
        """What the face makes of the rows; where it breaks, what it makes of each without the broken ones."""
        try:
            return await self._delivery.prepare(found, now)
        except (StorageError, OSError):
            raise
        except Exception:
            log.exception("messages could not be made", outbox=[row.id for row in found])
        if len(found) == 1:
            return []
        return [letter for row in found for letter in await self._letters([row], now)]

    async def _drop_late(self, now: datetime) -> None:
        """Everything that is of no use any more, and one line about it to the coordinators."""
        uow = UnitOfWork(self._database)
        async with uow as rows:
            dropped = await rows.outbox.drop_late(now)
            for association_id, count in dropped.items():
                await rows.mailing.tell_coordinators(
                    association_id, Message.OUTAGE, version=count, due_at=now
                )
            await uow.commit()
        if dropped:
            log.warning("too late to be of use", rows=sum(dropped.values()))
            self._woken.set()

    def _next(self) -> list[_Ready]:
        """What to claim now: of each chat one at a time, and none that its own limit would hold up."""
        if not self.active:
            return []
        fresh_since = time.monotonic() - _FRESH
        room = self._most - len(self._flying)
        if self._in_trouble:
            self._put_a_probe_first()
        chosen: list[_Ready] = []
        held: list[_Ready] = []
        while self._ready and len(chosen) < room:
            one = self._ready.popleft()
            chat_id = one.letter.row.telegram_id
            if one.at < fresh_since:
                self._woken.set()  # so that it is found again
            elif chat_id in self._chats or self._pace.held(chat_id):
                held.append(one)
            else:
                self._chats.add(chat_id)
                chosen.append(one)
        self._ready.extendleft(reversed(held))
        self._held = len(held)
        return chosen

    def _put_a_probe_first(self) -> None:
        """Whether the others can be reached is told by one that has not failed itself: any of them, as those
        who cannot may stand side by side."""
        if unfailing := [one for one in self._ready if one.letter.row.id not in self._failures]:
            probe = random.choice(unfailing)  # noqa: S311
            self._ready.remove(probe)
            self._ready.appendleft(probe)

    async def _settle_and_claim(self, ready: list[_Ready]) -> list[tuple[_Ready, int]]:
        """One transaction: what became of the last attempts, and the next ones, each with its number."""
        outcomes = list(self._outcomes)
        if not outcomes and not ready:
            return []
        claimed: dict[int, int] = {}
        transaction = asyncio.create_task(self._transact(outcomes, [one.letter.row.id for one in ready]))
        try:
            claimed = await asyncio.shield(transaction)
            del self._outcomes[: len(outcomes)]
        except asyncio.CancelledError:  # stopped in the middle: what was claimed is not sent
            taken = await transaction
            del self._outcomes[: len(outcomes)]
            self._outcomes += [Settled(row_id, State.WAITING, counted=False) for row_id in taken]
            raise
        finally:
            self._chats -= {one.letter.row.telegram_id for one in ready if one.letter.row.id not in claimed}
        if any(one.state is State.WAITING and one.retry_at is None for one in outcomes):
            self._woken.set()  # it can be tried again at once
        return [(one, claimed[one.letter.row.id]) for one in ready if one.letter.row.id in claimed]

    async def _transact(self, outcomes: list[Settled], row_ids: list[int]) -> dict[int, int]:
        claimed: dict[int, int] = {}
        uow = UnitOfWork(self._database)
        async with uow as rows:
            if outcomes:
                await rows.outbox.settle(outcomes, lease=self._number)
            if row_ids:
                claimed = await rows.outbox.claim(row_ids, self._clock.now(), lease=self._number)
            await uow.commit()
        return claimed

    async def _launch(self, claimed: list[tuple[_Ready, int]]) -> None:
        for ready, attempt in claimed:
            task = asyncio.create_task(self._send(ready, attempt))
            self._flying.add(task)
            task.add_done_callback(self._landed)
        # A task that has not begun cannot be called back, only lost.
        await asyncio.sleep(0)

    def _landed(self, task: asyncio.Task[Settled]) -> None:
        self._flying.discard(task)
        self._outcomes.append(task.result())
        if self._is_time:
            self._news.set()

    @property
    def _is_time(self) -> bool:
        """Whether to settle and to claim: a turn comes as often as the pace gives one, and of those who wait
        for theirs only so many are left as have theirs meanwhile."""
        if self._must_hold or not self._flying:
            return True
        if len(self._queued) > 1 + int(self._pace.rate * _AHEAD):
            return False
        ready = len(self._ready) > self._held and len(self._flying) < self._most
        return bool(self._outcomes) or ready or (self._woken.is_set() and self._wants_more)

    @property
    def _wants_more(self) -> bool:
        """Whether fewer letters are ready than may be in flight."""
        return self.active and len(self._ready) - self._held < self._most

    async def _until_there_is_room(self) -> None:
        """Lets what is under way go on until the next claim is worth its transaction."""
        while not self._is_time:
            self._news.clear()
            try:
                async with asyncio.timeout(_HELD if self._held else None):
                    await self._news.wait()
            except TimeoutError:  # of those who were held, somebody may be free by now
                return

    def _call_back(self) -> None:
        for task in self._queued:
            task.cancel()

    async def _send(self, ready: _Ready, attempt: int) -> Settled:
        letter = ready.letter
        not_sent = Settled(letter.row.id, State.WAITING, counted=False)
        try:
            with self._in_queue():
                started = await self._pace.take(letter.row.telegram_id)
        except asyncio.CancelledError:
            return not_sent
        finally:
            self._chats.discard(letter.row.telegram_id)
            if self._held:  # perhaps for this one's sake
                self._held = 0
                self._news.set()
        try:
            if self._is_stale(ready):
                return not_sent
            outcome = await self._delivery.send(letter)
        except Exception:
            log.exception("sending stumbled", outbox=letter.row.id)
            outcome = Outcome(Fate.UNCERTAIN)
        finally:
            self._pace.answered(started)
        return self._settled(letter, outcome, attempt)

    def _is_stale(self, ready: _Ready) -> bool:
        """Whether another sends by now, or it waited so long that it says what is no longer so."""
        late = _is_late(ready.letter.row, self._clock.now())
        return not self.active or late or time.monotonic() - ready.at > _FRESH

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

    def _settled(self, letter: Letter, outcome: Outcome, attempt: int) -> Settled:
        row = letter.row
        gathers = row.kind is Message.CORRECTED
        failed = outcome.fate in {Fate.LATER, Fate.UNCERTAIN} and not outcome.slow_down
        self._take_note(row, failed=failed)
        match outcome.fate:
            case Fate.SENT:
                return Settled(
                    row.id,
                    State.SENT,
                    message_id=outcome.message_id,
                    shown=letter.shown,
                    gathers=gathers,
                )
            case Fate.GONE:
                return Settled(row.id, State.GONE, gathers=gathers)
            case Fate.REFUSED:
                log.error("refused by Telegram", outbox=row.id, kind=row.kind, event_id=row.event_id)
                return Settled(row.id, State.REFUSED, gathers=gathers)
            case Fate.UNCERTAIN if attempt >= MAX_UNCERTAIN:
                log.warning("perhaps delivered, perhaps not", outbox=row.id)
                self._failures.pop(row.id, None)
                return Settled(row.id, State.UNCERTAIN, gathers=gathers)
            case _:
                counted = outcome.fate is Fate.UNCERTAIN
                again_at = self._again_at(row) if failed else None
                return Settled(row.id, State.WAITING, retry_at=again_at, counted=counted)

    def _take_note(self, row: OutboxRow, *, failed: bool) -> None:
        """Of a failure, the row's own and everybody's: several at once are one reason to rest."""
        if not failed:
            self._failures.pop(row.id, None)
            self._trouble.clear()
            self._rests = 0
            return
        self._failures[row.id] = self._failures.get(row.id, 0) + 1
        if self._failures[row.id] > 1:  # its own trouble, perhaps: that says nothing of the others
            return
        self._trouble.add(row.id)
        now = time.monotonic()
        if self._in_trouble and self._rest_until <= now:
            rest = _doubled(_FIRST_REST, self._rests, _LONGEST_REST) * random.uniform(0.5, 1.0)  # noqa: S311
            log.warning("request after request fails", failures=len(self._trouble), resting=round(rest, 1))
            self._rests += 1
            self._rest_until = now + rest

    def _again_at(self, row: OutboxRow) -> datetime:
        pause = _doubled(_FIRST_PAUSE, self._failures[row.id] - 1, _LONGEST_PAUSE)
        return datetime.now(UTC) + timedelta(seconds=pause * random.uniform(0.5, 1.5))  # noqa: S311


def _doubled(first: float, times: int, longest: float) -> float:
    return min(first * 2.0 ** min(times, _MOST_DOUBLED), longest)


def _is_late(row: OutboxRow, now: datetime) -> bool:
    return row.useful_until is not None and row.useful_until < now
