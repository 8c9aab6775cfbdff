"""A stage for one fault: a fresh database, a fresh Telegram, a bot; and the account of what was sent."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientError

from tests.chaos.processes import PATIENCE, Bot, Strict, strict_telegram, until
from tests.chaos.world import (
    BELL,
    EVENING,
    OPEN,
    SEMINAR,
    Meeting,
    Records,
    SqliteRecords,
    make_world,
    telegram_id,
)

# Rows that nothing more happens to.
_ENDED = {"sent", "uncertain", "gone", "refused", "late", "obsolete"}
_UNDER_WAY = "state IN ('waiting', 'attempted')"
_OPEN = "done_at IS NULL AND set_aside_at IS NULL"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the table: a fault, what happened, and the promises that were broken."""

    fault: str
    happened: str
    broken: Sequence[str] = ()

    def __str__(self) -> str:
        lines = [f"{'✗' if self.broken else '✓'} {self.fault}", f"    {self.happened}"]
        return "\n".join(lines + [f"    BROKEN: {one}" for one in self.broken])


@dataclass(slots=True)
class Promises:
    """Notes what was broken, each with the place where."""

    where: str
    broken: list[str] = field(default_factory=list)

    def hold(self, kept: bool, otherwise: str) -> None:
        """One promise; `otherwise` says what happened instead."""
        if not kept:
            self.broken.append(f"{self.where}: {otherwise}")

    @contextlib.contextmanager
    def played_to_the_end(self) -> Iterator[None]:
        """What does not come in time, or fails otherwise, is a broken promise too."""
        try:
            yield
        except (TimeoutError, AssertionError, ClientError) as error:
            self.broken.append(f"{self.where}: did not end: {error!r} at {_place(error)}")


def _place(error: BaseException) -> str:
    """Where in these files it happened."""
    here = str(Path(__file__).parent)
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(here)]
    return " → ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[1:])


def in_flight(rate: int) -> int:
    """How many attempts may be under way (DESIGN.md, rule 5)."""
    return max(8, min(100, rate // 10))


def the_limit(rate: int) -> int:
    """What the stand-in lets through in any second: what Telegram does, or that in proportion."""
    return max(rate * 107 // 100, rate + 2)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything: the whole proof, or a short one."""

    people: int
    rate: int


class Templates:
    """Worlds made once, each in a folder of its own, to be copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[int, tuple[Meeting, ...]], Path] = {}
        self._count = itertools.count(1)

    async def world(self, people: int, *meetings: Meeting) -> Path:
        """The file of a database with so many people."""
        key = (people, meetings)
        if key not in self._made:
            path = self.fresh() / "world.db"
            await make_world(f"sqlite+aiosqlite:///{path}", people, meetings or (SEMINAR, OPEN))
            self._made[key] = path
        return self._made[key]

    def fresh(self) -> Path:
        """A folder that nothing lies in."""
        path = self.folder / str(next(self._count))
        path.mkdir()
        return path


@dataclass(frozen=True, slots=True)
class Stage:
    """Where one fault is played. `moved` counts by how many seconds the bot's clock is ahead."""

    folder: Path
    people: int
    rate: int
    strict: Strict
    records: Records
    bots: list[Bot]

    @property
    def bot(self) -> Bot:
        """The first, mostly the only one."""
        return self.bots[0]

    def set_clock(self, moment: datetime) -> None:
        """It is now that moment for the bot, and goes on from there."""
        shift = (moment - datetime.now(UTC)).total_seconds()
        (self.folder / "clock.new").write_text(str(shift), encoding="ascii")
        (self.folder / "clock.new").rename(self.folder / "clock")

    async def planned(self, notices: int = 1) -> bool:
        """Waits until the events' notices are made; False if the bot ends before."""

        async def either() -> bool:
            return await self.count("notices") >= notices or not any(bot.alive for bot in self.bots)

        await until(either)
        return await self.count("notices") >= notices

    async def count(self, table: str, condition: str = "1 = 1") -> int:
        """How many rows there are."""
        [(number,)] = await self.records.ask(f"SELECT count(*) FROM {table} WHERE {condition}")
        return int(number)

    async def all_ended(self, meetings: Sequence[Meeting] = (SEMINAR,)) -> None:
        """Waits until everybody's reminders are sent or will not be sent any more."""
        reminders = f"kind = 'reminder' AND event_id IN ({', '.join(str(one.number) for one in meetings)})"
        expected = self.people * len(meetings)

        async def ended() -> bool:
            made = await self.count("outbox", reminders)
            return made >= expected and not await self.count("outbox", f"{reminders} AND {_UNDER_WAY}")

        await until(ended, PATIENCE + 2 * expected / self.rate)

    async def all_handled(self, updates: int) -> None:
        """Waits until so many updates are stored and none is open."""

        async def handled() -> bool:
            stored = await self.count("inbox")
            return stored >= updates and not await self.count("inbox", _OPEN)

        await until(handled, PATIENCE + updates / 20)

    async def settled(self, rows: Sequence[int], began: float) -> float:
        """Waits until rows that were in flight are no longer; returns the seconds since `began`."""
        listed = ", ".join(map(str, rows)) or "0"

        async def done() -> bool:
            return not await self.count("outbox", f"id IN ({listed}) AND {_UNDER_WAY}")

        await until(done)
        return time.monotonic() - began

    async def account(self, meeting: Meeting = SEMINAR) -> Account:
        """Who got the reminder how many times, and what the outbox says of it."""
        rows = await self.records.ask(
            "SELECT telegram_id, state FROM outbox JOIN persons ON persons.id = outbox.person_id "
            f"WHERE kind = 'reminder' AND event_id = {meeting.number}"
        )
        copies = Counter(
            chat
            for _, chat, method, _, text in await self.strict.messages()
            if method == "sendMessage" and meeting.title in text
        )
        return Account(self.people, copies, dict(rows), len(rows))


@dataclass(frozen=True, slots=True)
class Account:
    """Who got a reminder how many times, and where its row stands."""

    people: int
    copies: Counter[int]
    states: dict[int, str]
    rows: int

    @property
    def doubled(self) -> int:
        """How many got it twice."""
        return sum(number == 2 for number in self.copies.values())

    @property
    def never_told(self) -> int:
        """How many are uncertain and did not get it."""
        return sum(state == "uncertain" and not self.copies[chat] for chat, state in self.states.items())

    @property
    def by_state(self) -> Counter[str]:
        """How many rows stand where."""
        return Counter(self.states.values())

    def check(self, promises: Promises, *, doubled: int, excused: frozenset[str] = frozenset()) -> None:
        """Nobody missing from what is sent and uncertain (`excused` states apart), nobody told three times,
        at most so many told twice; and the outbox says what is true."""
        everybody = {telegram_id(number) for number in range(1, self.people + 1)}
        accounted = {"uncertain", *excused}
        missing = [
            chat
            for chat in everybody
            if not self.copies[chat] and self.states.get(chat, "no row") not in accounted
        ]
        promises.hold(not missing, f"{len(missing)} missing")
        thrice = [chat for chat, number in self.copies.items() if number > 2]
        promises.hold(not thrice, f"{len(thrice)} got three copies or more")
        promises.hold(self.doubled <= doubled, f"{self.doubled} got two copies, {doubled} may")
        promises.hold(self.rows == self.people, f"{self.rows} rows for {self.people} people")
        open_rows = [state for state in self.states.values() if state not in _ENDED]
        promises.hold(not open_rows, f"{len(open_rows)} rows not ended")
        unfounded = [chat for chat, state in self.states.items() if state == "sent" and not self.copies[chat]]
        promises.hold(not unfounded, f"{len(unfounded)} rows marked as sent that were not")

    def __str__(self) -> str:
        states = ", ".join(f"{number} {state}" for state, number in sorted(self.by_state.items()))
        told = sum(number > 0 for number in self.copies.values())
        return f"{told} of {self.people} told, {self.doubled} of them twice; rows: {states}"


@contextlib.asynccontextmanager
async def stage(
    templates: Templates,
    size: Size,
    *meetings: Meeting,
    disk: Path | None = None,
    clock: datetime = EVENING,
    limit: int | None = None,
) -> AsyncIterator[Stage]:
    """A bot on SQLite, not started yet, beside a Telegram; `disk`: where its database is to lie."""
    folder = templates.fresh()
    file = (disk or folder) / "zvonok.db"
    shutil.copy(await templates.world(size.people, *meetings), file)
    async with strict_telegram(the_limit(size.rate) if limit is None else limit) as strict:
        bot = Bot(folder, strict, f"sqlite+aiosqlite:///{file}", size.rate)
        made = Stage(folder, size.people, size.rate, strict, SqliteRecords(file), [bot])
        made.set_clock(clock)
        try:
            yield made
        finally:
            await bot.end()


async def deliver(s: Stage, sent: int) -> None:
    """Brings the bot into the middle of a delivery: about so many messages are sent."""
    await s.bot.start()
    await s.planned()
    s.set_clock(BELL)
    await s.strict.stats(messages=sent, timeout=PATIENCE)
