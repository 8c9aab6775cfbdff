"""Events into notices, notices into rows for each person: how much a reminder costs before it is sent."""

from __future__ import annotations

import contextlib
import gc
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Executable, create_engine, event, insert, literal, select, update

from benchmarks import world
from benchmarks.measuring import Compared, compared
from benchmarks.watching import watched, yielding
from domain.timing import Choice, chosen, default_profile
from scheduler.planner import Planner
from scheduler.workdays import is_working_day
from storage.engine import Database
from storage.outbox import State
from storage.tables import associations, events, memberships, notices, outbox, timing_profiles
from storage.unit_of_work import UnitOfWork

REPETITIONS = 5
# In bulk: so many events for so many people, a hundred thousand reminders and more.
_EVENTS = 60
_A_DAY = 5
_PEOPLE = 500
# APScheduler's jobs cost the same each, however many there are.
_JOBS = 1_000
# One fan-out of a hundred thousand: fifty events ring at once for the world's two thousand people.
_RINGING = 50
_MOVED = 1_000


async def measure(folder: Path) -> list[Compared]:
    """Every line about planning."""
    return [*await _in_bulk(folder), await _fan_out(folder), await _moved(folder)]


async def _in_bulk(folder: Path) -> list[Compared]:
    """All reminders of a crowded season, from its events to rows that the sender finds."""
    made = folder / "season.db"
    await world.make_world(world.at(made), people=_PEOPLE, meetings=_EVENTS, a_day=_A_DAY)
    ours, theirs = [], []
    for repetition in range(REPETITIONS):
        with _copied(made) as file:
            ours.append(await _planned(file))
        theirs.append(_jobs_added(folder / f"jobs{repetition}.db"))
    micro = [seconds * 1e6 for seconds in ours]
    return [
        Compared("planning in bulk, CPU µs a reminder", micro, 30.0, f"{_EVENTS} events, {_PEOPLE} people"),
        compared("  against APScheduler's SQLite store, tuned", micro, [s * 1e6 for s in theirs], 0.1, "µs"),
    ]


async def _planned(file: Path) -> float:
    """Seconds of the processor's time for each reminder, those of the database's threads included."""
    now = datetime.now(UTC)
    is_working_day(now.date())
    async with _opened(file) as database:
        planner = Planner(database, is_working_day)
        uow = UnitOfWork(database)
        gc.collect()
        start = process_time()
        await planner.plan(now)
        taken = process_time() - start
        reminders = 0
        for moment in await _moments(database):
            start = process_time()
            async with uow as rows:
                reminders += await rows.notices.fan_out(moment)
                await uow.commit()
            taken += process_time() - start
            await _sent(database)
    assert reminders > 3 * _EVENTS * _PEOPLE
    return taken / reminders


async def _sent(database: Database) -> None:
    """What waits is sent before the next bell."""
    async with database.write() as connection:
        await connection.execute(
            update(outbox).where(outbox.c.state == State.WAITING).values(state=State.SENT)
        )
        await connection.commit()


async def _moments(database: Database) -> list[datetime]:
    async with database.read() as connection:
        found = await connection.execute(select(notices.c.due_at).distinct().order_by(notices.c.due_at))
        return list(found.scalars())


def _jobs_added(file: Path) -> float:
    """CPU seconds for each job that APScheduler stores: its table as it comes, its database tuned as ours."""
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def tune(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    scheduler = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine)}, timezone="UTC")
    scheduler.start(paused=True)
    at = datetime.now(UTC) + timedelta(days=1)
    gc.collect()
    start = process_time()
    for number in range(_JOBS):
        scheduler.add_job(print, "date", run_date=at, args=(number,))
    taken = process_time() - start
    scheduler.shutdown()
    engine.dispose()
    return taken / _JOBS


async def _fan_out(folder: Path) -> Compared:
    """One fan-out of a hundred thousand, against the bare statement."""
    made = folder / "ringing.db"
    await world.make_world(world.at(made), meetings=_RINGING)
    now = datetime.now(UTC)
    await _ring(made, now)
    ours, bare = [], []
    for _ in range(REPETITIONS):
        with _copied(made) as file:
            ours.append(await _fanned_out(file, now))
        with _copied(made) as file:
            bare.append(_inserted(file, now))
    return compared("fan-out of 100,000 / INSERT … SELECT", ours, bare, 2.0, "s")


async def _ring(file: Path, now: datetime) -> None:
    """A notice of every event is due."""
    ringing = select(
        events.c.association_id,
        events.c.id,
        events.c.schedule_version,
        literal("eve"),
        associations.c.profile_id,
        literal(now, notices.c.due_at.type),
        events.c.starts_at,
    ).join(associations, associations.c.id == events.c.association_id)
    names = ["association_id", "event_id", "schedule_version", "lead", "profile_id", "due_at", "useful_until"]
    await _written(file, insert(notices).from_select(names, ringing))


async def _written(file: Path, statement: Executable) -> None:
    async with _opened(file) as database, database.write() as connection:
        await connection.execute(statement)
        await connection.commit()


@contextlib.asynccontextmanager
async def _opened(file: Path) -> AsyncIterator[Database]:
    database = Database(world.at(file))
    try:
        yield database
    finally:
        await database.close()


async def _fanned_out(file: Path, now: datetime) -> float:
    async with _opened(file) as database:
        uow = UnitOfWork(database)
        async with database.write():  # the connection is made and warm
            pass
        gc.collect()
        start = perf_counter()
        async with uow as rows:
            made = await rows.notices.fan_out(now)
            await uow.commit()
        taken = perf_counter() - start
    assert made == _RINGING * world.PEOPLE
    return taken


def _inserted(file: Path, now: datetime) -> float:
    """The bare statement on the same table, with the same indexes and pragmas."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    gc.collect()
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    made = connection.execute(
        "INSERT INTO outbox (association_id, person_id, kind, event_id, lead, version, due_at, useful_until) "
        "SELECT n.association_id, m.person_id, 'reminder', n.event_id, n.lead, n.schedule_version, n.due_at, "
        "n.useful_until FROM notices n JOIN memberships m ON m.association_id = n.association_id "
        "AND m.profile_id = n.profile_id WHERE n.due_at <= ? AND n.fanned_out_at IS NULL",
        [f"{now:%Y-%m-%d %H:%M:%S.%f}"],
    ).rowcount
    connection.execute("COMMIT")
    taken = perf_counter() - start
    connection.close()
    assert made == _RINGING * world.PEOPLE
    return taken


async def _moved(folder: Path) -> Compared:
    """A thousand events moved at once are planned anew, for people with different wishes, while others are
    served: how long the loop is kept from them."""
    made = folder / "moved.db"
    await world.make_world(world.at(made), people=_PEOPLE, meetings=_MOVED)
    await _differ(made)
    async with _opened(made) as database:
        await Planner(database, is_working_day).plan(datetime.now(UTC))
    await _written(made, update(events).values(schedule_version=events.c.schedule_version + 1))
    gaps, busy, besides = [], [], []
    for _ in range(REPETITIONS):
        with _copied(made) as file:
            async with _opened(file) as database:
                planner = Planner(database, is_working_day)
                gc.collect()
                start = perf_counter()
                ours = await watched(planner.plan(datetime.now(UTC)))
                others = await watched(yielding(perf_counter() - start))
        gaps.append(max(ours.longest - others.longest, 0.0))
        busy.append(ours.busy)
        besides.append(others.longest)
    detail = f"at work {median(busy):.0f} ms at one go; the machine's own gaps {median(besides):.0f} ms"
    return Compared("1,000 events moved: the loop kept busy, ms", gaps, 50.0, detail)


async def _differ(file: Path) -> None:
    """Every fourth person each has the usual reminders, more, fewer and none."""
    usual = default_profile(world.ZONE)
    async with _opened(file) as database, database.write() as connection:
        for place, choice in enumerate((Choice.MORE, Choice.FEWER, Choice.NONE), start=1):
            profile = insert(timing_profiles).values(settings=chosen(usual, choice).canonical())
            key = await connection.scalar(profile.returning(timing_profiles.c.id))
            theirs = update(memberships).where(memberships.c.person_id % 4 == place)
            await connection.execute(theirs.values(profile_id=key, reminders=choice))
        await connection.commit()


@contextlib.contextmanager
def _copied(made: Path) -> Iterator[Path]:
    """A copy of a database file, removed afterwards."""
    with tempfile.TemporaryDirectory(dir=made.parent) as folder:
        yield Path(shutil.copy(made, folder))
