"""The year's reports of 2,000 people and 60 meetings, against the libraries that write them.

The table is compared with openpyxl, in its write-only mode, writing the same values; the marked plan of 120
rows with python-docx writing the same cells; both in this process. The third line is the longest time that
the loop, which serves everybody, worked on nothing else while the whole table was made, from the database to
the file, against the 50 ms that a press may wait. It is the own time of its thread: whatever else the machine
is busy with does not count.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, thread_time

import docx
from openpyxl import Workbook, load_workbook
from sqlalchemy import insert, select

from actions.acting import acting_person
from actions.reports import report
from benchmarks import world
from benchmarks.measuring import Compared, compared
from documents.year_report import write_fulfilled_plan
from documents.year_table import write_year_table
from domain.plan_draft import first_year_of, school_year_of
from domain.records import Answer, Mark, Way
from domain.reports import PlannedRow, SchoolYear
from storage.engine import Database
from storage.tables import associations, attendance, events, rsvps
from storage.unit_of_work import UnitOfWork

REPETITIONS = 5
PEOPLE, MEETINGS, ROWS = 2_000, 60, 120
LONGEST_TURN = 0.05  # seconds
_MARKS = (Mark.PRESENT, Mark.PRESENT, Mark.LATE, Mark.ABSENT)


async def measure(folder: Path) -> list[Compared]:
    """The table, the plan, and the loop meanwhile."""
    url = world.at(folder / "reports.db")
    await world.make_world(url, people=PEOPLE, meetings=MEETINGS)
    database = Database(url)
    now = await _attend(database)
    actor = await acting_person(UnitOfWork(database), world.telegram_id(1))
    assert actor is not None
    first_year = first_year_of(actor.home.school_year)

    async def take() -> tuple[bytes, SchoolYear]:
        return await report(UnitOfWork(database), actor, first_year, now, write_year_table)

    content, year = await take()
    assert len(year.people) == PEOPLE
    turns = [await _longest_turn(take) for _ in range(REPETITIONS)]
    await database.close()
    planned = replace(year, rows=tuple(_rows(year)))
    sheets, rows = _values(content), _cells(write_fulfilled_plan(planned))
    tables = [(_timed(lambda: write_year_table(year)), _timed(lambda: _bare_table(sheets))) for _ in turns]
    plans = [(_timed(lambda: write_fulfilled_plan(planned)), _timed(lambda: _bare_plan(rows))) for _ in turns]
    return [
        compared(f"the table of {PEOPLE:,} × {MEETINGS}", *zip(*tables, strict=True), 1.5),
        compared(f"the marked plan of {ROWS} rows", *zip(*plans, strict=True), 1.5),
        Compared("the loop's longest work for it, of 50 ms", [one / LONGEST_TURN for one in turns], 1.0),
    ]


async def _attend(database: Database) -> datetime:
    """Half of the people promise, four of five are marked; returns a moment when all is over (UTC)."""
    uow = UnitOfWork(database)
    now = datetime.now(UTC)
    async with uow as rows:
        found = (await rows.connection.execute(select(events.c.id, events.c.starts_at))).all()
        for event_id, _ in found:
            one = {"association_id": 1, "event_id": event_id, "day_version": 1}
            marks = [
                {**one, "person_id": number, "mark": _MARKS[number % 4], "way": Way.ROLL, "at": now}
                for number in range(1, PEOPLE + 1)
                if (number + event_id) % 5
            ]
            await rows.connection.execute(insert(attendance), marks)
            if event_id != world.NEAREST:
                said = [
                    {**one, "person_id": number, "answer": Answer.GOING, "answered_at": now}
                    for number in range(1, PEOPLE, 2)
                ]
                await rows.connection.execute(insert(rsvps), said)
        label = school_year_of(min(begins for _, begins in found).date())
        await rows.connection.execute(associations.update().values(school_year=label))
        await uow.commit()
    return max(begins for _, begins in found) + timedelta(days=1)


async def _longest_turn(work: Callable[[], Awaitable[object]]) -> float:
    """For how long, at the longest, the loop let nothing else have its turn meanwhile; in seconds."""
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = thread_time()
            await asyncio.sleep(0)
            longest = max(longest, thread_time() - before)

    beating = asyncio.create_task(beat())
    await work()
    beating.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beating
    return longest


def _rows(year: SchoolYear) -> list[PlannedRow]:
    held = year.held
    return [
        PlannedRow(
            position=number,
            section=f"{number // 30}. Организационная деятельность",
            number=f"{number // 30}.{number}",
            title=one.event.title,
            when="Ноябрь 2026 г.",
            venue=one.event.venue,
            responsible=one.event.responsible,
            event=one.event,
            done=one.done,
            held_on=one.event.period.end,
        )
        for number in range(ROWS)
        for one in [held[number % len(held)]]
    ]


def _timed(work: Callable[[], object]) -> float:
    """In milliseconds."""
    gc.collect()
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def _values(content: bytes) -> list[list[tuple[object, ...]]]:
    return [list(sheet.values) for sheet in load_workbook(io.BytesIO(content))]


def _bare_table(sheets: Sequence[Sequence[tuple[object, ...]]]) -> None:
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(io.BytesIO())


def _cells(content: bytes) -> list[list[str]]:
    [table] = docx.Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def _bare_plan(rows: Sequence[Sequence[str]]) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(io.BytesIO())
