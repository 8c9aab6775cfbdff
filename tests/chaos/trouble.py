"""Trouble with Telegram, the database and the disk, in the middle of a delivery."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import shutil
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.period import Period
from tests.builders import ZONE
from tests.chaos.processes import PATIENCE
from tests.chaos.stage import Finding, Promises, Size, Stage, Templates, deliver, in_flight, stage
from tests.chaos.world import Meeting, SqliteRecords, telegram_id

# Answers that are under way when a 429 comes: what arrives so soon after it could not know.
_UNDER_WAY = 0.3
_RESUMED = 1.0


async def lost_answers(templates: Templates, size: Size) -> Finding:
    """Telegram has processed a message and its answer is lost, once or every time."""
    promises = Promises("lost answers")
    once, every, never = (range(at, at + size.people // 20) for at in (1, 301, 601))
    if size.people < 700:
        once, every, never = (range(at, at + 3) for at in (1, 11, 21))
    async with stage(templates, size) as s:
        for number in once:
            await s.strict.fault("reset", chat_id=telegram_id(number), done=True)
        for number in every:
            await s.strict.fault("hang", chat_id=telegram_id(number), done=True, seconds=0.2, count=None)
        for number in never:
            await s.strict.fault("reset", chat_id=telegram_id(number), done=False)
        await deliver(s, 1)
        await s.all_ended()
        account = await s.account()
        account.check(promises, doubled=len(once) + len(every))
        states = {number: account.states[telegram_id(number)] for number in (*once, *every, *never)}
        promises.hold(all(states[number] == "sent" for number in once), "lost once, and not sent again")
        promises.hold(
            all(states[number] == "uncertain" for number in every),
            "lost twice, and not recorded as uncertain",
        )
        promises.hold(
            all(account.copies[telegram_id(number)] == 1 for number in never), "cut before, doubled"
        )
    said = f"{len(once)} lost once, {len(every)} each time, {len(never)} cut before they arrived: {account}"
    return Finding("an answer lost after Telegram processed it", said, promises.broken)


async def bad_weather(templates: Templates, size: Size) -> Finding:
    """Refusals of every kind, errors of the server and nonsense."""
    promises = Promises("refusals")
    blocked, unknown, ours, nonsense, away, perhaps = (range(at, at + 5) for at in (1, 11, 21, 31, 41, 51))
    async with stage(templates, size) as s:
        for numbers, kind, fault in (
            (blocked, "refuse", {"code": 403, "description": "bot was blocked by the user", "count": None}),
            (unknown, "refuse", {"code": 400, "description": "chat not found", "count": None}),
            (ours, "refuse", {"code": 400, "description": "can't parse entities", "count": None}),
            (nonsense, "garbage", {"done": True}),
        ):
            for number in numbers:
                await s.strict.fault(kind, chat_id=telegram_id(number), **fault)
        for number, code in zip(away, (500, 502, 503, 500, 502), strict=True):
            await s.strict.fault("refuse", chat_id=telegram_id(number), code=code, count=2)
        for number in perhaps:  # a gateway that waited in vain does not know whether it was done
            await s.strict.fault("refuse", chat_id=telegram_id(number), code=504, count=None)
        await deliver(s, 1)
        await s.all_ended()
        account = await s.account()
        account.check(promises, doubled=len(nonsense), excused=frozenset({"gone", "refused"}))
        for numbers, expected in (
            (blocked, "gone"),
            (unknown, "gone"),
            (ours, "refused"),
            (away, "sent"),
            (perhaps, "uncertain"),
        ):
            stood = {account.states[telegram_id(number)] for number in numbers}
            promises.hold(stood == {expected}, f"{expected} expected, {stood} found")
        unreachable = await s.count("persons", "unreachable_at IS NOT NULL")
        promises.hold(unreachable == 10, f"{unreachable} of 10 marked as unreachable")
    return Finding("403, 400, 5xx and nonsense for some", str(account), promises.broken)


async def flood(templates: Templates, size: Size, refusals: int) -> Finding:
    """A flood of 429: everything pauses, nothing is lost."""
    promises = Promises("429")
    async with stage(templates, size) as s:
        await s.strict.fault(
            "refuse", code=429, parameters={"retry_after": 2}, count=refusals, probability=0.05
        )
        await deliver(s, 1)
        await s.all_ended()
        account = await s.account()
        account.check(promises, doubled=0)
        stats = await s.strict.stats()
    pauses = stats["pauses"]
    early = [one for pause in pauses for one in pause["early"]]
    resumed = [pause["resumed"] for pause in pauses if pause["resumed"] is not None]
    promises.hold(len(pauses) >= refusals, f"only {len(pauses)} refusals came")
    promises.hold(
        max(early, default=0) <= _UNDER_WAY, f"a request {max(early, default=0):.2f} s into a pause"
    )
    promises.hold(max(resumed) <= _RESUMED, f"resumed {max(resumed):.2f} s after a pause")
    said = (
        f"{len(pauses)} pauses; {len(early)} requests came after a 429 (they were under way: "
        f"{max(early, default=0):.3f} s at most); resumed {max(resumed):.2f} s at most after an end; "
        f"{account}"
    )
    return Finding("a flood of 429", said, promises.broken)


# Two events whose bells ring in one delivery; an hour later the nearer one's is of no use any more.
_MORNING = datetime(2026, 10, 22, 10, 50, tzinfo=ZoneInfo(ZONE))
_NOON = datetime(2026, 10, 22, 12, 0, 1, tzinfo=ZoneInfo(ZONE))
_SOON = Meeting(1, "Семинар о раннем уходе", Period.at(date(2026, 10, 22), clock_time(13)))
_LATER = Meeting(2, "Семинар о поздних гостях", Period.at(date(2026, 10, 22), clock_time(14)))


async def an_hour_away(templates: Templates, size: Size, seconds: float) -> Finding:
    """Telegram refuses connections for an hour of the bot's clock, so many seconds of real time."""
    promises = Promises("Telegram gone")
    meetings = (_SOON, _LATER)
    async with stage(templates, size, *meetings, clock=_MORNING) as s:
        await s.bot.start()
        await s.planned(len(meetings))
        s.set_clock(_NOON)
        await s.strict.stats(messages=size.people // 2, timeout=PATIENCE)
        await s.strict.order("/gone", seconds=None)
        await asyncio.sleep(seconds / 2)
        s.set_clock(_NOON + timedelta(hours=1))
        await asyncio.sleep(seconds / 2)
        await s.strict.order("/back")
        await s.all_ended(meetings)
        soon, later = [await s.account(meeting) for meeting in meetings]
        soon.check(promises, doubled=in_flight(size.rate), excused=frozenset({"late"}))
        later.check(promises, doubled=in_flight(size.rate))
        promises.hold(soon.by_state["late"] > 0, "nothing was late")
        promises.hold(await s.bot.stop() == 0, "did not stop cleanly")
    said = f"of use no longer: {soon}; still of use: {later}"
    return Finding("Telegram gone for an hour", said, promises.broken)


async def locked(templates: Templates, size: Size, seconds: float) -> Finding:
    """Another connection holds the database locked for so many seconds."""
    promises = Promises(f"locked for {seconds:.0f} s")
    async with stage(templates, size) as s:
        await deliver(s, size.people // 3)
        async with _lock(s):
            await asyncio.sleep(seconds)
            before = len(await s.strict.messages())
        freed = time.monotonic()
        await s.all_ended()
        took = time.monotonic() - freed
        account = await s.account()
        account.check(promises, doubled=0)
        promises.hold(await s.bot.stop() == 0, "did not stop cleanly")
    said = f"{before} sent by the time it was freed, the rest within {took:.1f} s; {account}"
    return Finding(f"the database locked for {seconds:.0f} s by another connection", said, promises.broken)


@contextlib.asynccontextmanager
async def _lock(s: Stage) -> AsyncIterator[None]:
    assert isinstance(s.records, SqliteRecords)
    other = sqlite3.connect(s.records.file, timeout=PATIENCE, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()


@dataclass(frozen=True, slots=True)
class Disk:
    """A place for the database, which can be made full and be given room again."""

    what: str
    path: Path
    fill: Callable[[Stage], None]
    free: Callable[[Stage], None]


async def disk_full(templates: Templates, size: Size, seconds: float) -> Finding:
    """No room on the database's disk for so many seconds."""
    promises = Promises("disk full")
    with _small_disk(templates.fresh()) as disk:
        async with stage(templates, size, disk=disk.path) as s:
            await deliver(s, size.people // 3)
            disk.fill(s)
            try:
                await asyncio.sleep(seconds)
                complaints = s.bot.log.read_text(encoding="utf-8").count("OperationalError")
                before = len(await s.strict.messages())
            finally:
                disk.free(s)
            freed = time.monotonic()
            await s.all_ended()
            took = time.monotonic() - freed
            account = await s.account()
            account.check(promises, doubled=in_flight(size.rate))
            promises.hold(await s.bot.stop() == 0, "did not stop cleanly")
            promises.hold(complaints > 0, "the bot never met with the full disk")
            assert isinstance(s.records, SqliteRecords)
            verdict, _ = s.records.after_a_kill(templates.fresh())
            promises.hold(verdict == "ok", f"integrity_check: {verdict}")
    said = f"{before} sent by the time there was room again, the rest within {took:.1f} s; {account}"
    return Finding(f"the disk full for {seconds:.0f} s ({disk.what})", said, promises.broken)


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Disk]:
    """A small tmpfs; where it cannot be mounted, a limit on how large the bot's files may grow."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        yield Disk(
            "no tmpfs may be mounted here: a limit on the size of its files", folder, _limit, _no_limit
        )
        return
    try:
        filler = folder / "filler"
        yield Disk("a tmpfs of 16 MiB", folder, lambda _: _fill(filler), lambda _: filler.unlink())
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _fill(filler: Path) -> None:
    room = shutil.disk_usage(filler.parent).free
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        for block in (1 << 20, 4096):
            with contextlib.suppress(OSError):
                for _ in range(room // block + 1):
                    file.write(bytes(block))


def _limit(s: Stage) -> None:
    assert isinstance(s.records, SqliteRecords)
    wal = s.records.file.with_name(s.records.file.name + "-wal")
    _set_limit(s, wal.stat().st_size)


def _no_limit(s: Stage) -> None:
    _set_limit(s, resource.RLIM_INFINITY)


def _set_limit(s: Stage, size: int) -> None:
    _, hard = resource.prlimit(s.bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(s.bot.process.pid, resource.RLIMIT_FSIZE, (size, hard))
