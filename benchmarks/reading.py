"""Reading a plan, against opening it and walking its cells with python-docx; both in this process.

The last line is the longest time for which the loop, which serves everybody, had no turn while a long plan
was read in a process of its own, against the 50 ms that a press may wait: by the wall clock, so that whatever
else the machine is busy with counts too.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
from copy import deepcopy
from pathlib import Path
from statistics import median
from time import perf_counter

import docx

from benchmarks.measuring import Compared, compared
from documents.example_plan import write_example_plan
from documents.plan_reader import read_plan
from documents.process import read_plan_apart

REPETITIONS = 9
ROWS = 500
LONGEST_GAP = 50.0  # milliseconds
_BEAT = 0.001  # seconds
_REAL = Path(__file__).resolve().parents[2] / "shared" / "plans" / "kirov-2021-22.docx"


async def measure() -> list[Compared]:
    """The real plan where it is at hand, else the example; and one of so many rows."""
    real = _REAL.exists()
    short = _REAL.read_bytes() if real else write_example_plan(2026)
    name = "reading the real plan" if real else "reading the example plan (no real one here)"
    long = _lengthened(write_example_plan(2026), ROWS)
    gaps = [await _longest_gap(long) for _ in range(REPETITIONS)]
    return [
        _against_bare(name, short),
        _against_bare(f"reading a plan of {ROWS} rows", long),
        Compared(
            "the loop's longest gap meanwhile, of 50 ms",
            [gap / LONGEST_GAP for gap in gaps],
            1.0,
            f"{median(gaps):.2f} ms",
        ),
    ]


def _against_bare(name: str, content: bytes) -> Compared:
    _ours(content)
    _bare(content)
    pairs = [(_ours(content), _bare(content)) for _ in range(REPETITIONS)]
    ours, bare = zip(*pairs, strict=True)
    return compared(name, ours, bare, 2.0)


def _lengthened(content: bytes, many: int) -> bytes:
    """A plan whose rows come again and again until its longest table has so many."""
    document = docx.Document(io.BytesIO(content))
    table = max(document.tables, key=lambda one: len(one.rows))
    head, *rows = (row._tr for row in table.rows)
    for number in range(many - len(rows) - 1):
        head.getparent().append(deepcopy(rows[number % len(rows)]))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


async def _longest_gap(content: bytes) -> float:
    """For how long, at the longest, nothing else had its turn while it was read apart; in milliseconds."""
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = perf_counter()
            await asyncio.sleep(_BEAT)
            longest = max(longest, perf_counter() - before - _BEAT)

    beating = asyncio.create_task(beat())
    draft = await read_plan_apart(content, "plan.docx")
    beating.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beating
    assert len(draft.activities) > ROWS / 2
    return longest * 1000


def _ours(content: bytes) -> float:
    """The plan understood: rows, dates, kinds, problems. In milliseconds."""
    gc.collect()
    start = perf_counter()
    draft = read_plan(content, "plan.docx")
    taken = perf_counter() - start
    assert draft.activities
    return taken * 1000


def _bare(content: bytes) -> float:
    """The document opened and the text of every cell of every row looked at, once each; in milliseconds."""
    gc.collect()
    start = perf_counter()
    document = docx.Document(io.BytesIO(content))
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    taken = perf_counter() - start
    assert any(texts)
    return taken * 1000
