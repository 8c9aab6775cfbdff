"""Reading a plan, against opening it and walking its cells with python-docx; both in this process."""

from __future__ import annotations

import gc
import io
from pathlib import Path
from time import perf_counter

import docx

from benchmarks.measuring import Compared, compared
from documents.example_plan import write_example_plan
from documents.plan_reader import read_plan

REPETITIONS = 9
_REAL = Path(__file__).resolve().parents[2] / "shared" / "plans" / "kirov-2021-22.docx"


def measure() -> list[Compared]:
    """The real plan where it is at hand, else the example."""
    real = _REAL.exists()
    content = _REAL.read_bytes() if real else write_example_plan(2026)
    _ours(content)
    _bare(content)
    pairs = [(_ours(content), _bare(content)) for _ in range(REPETITIONS)]
    name = "reading the real plan" if real else "reading the example plan (no real one here)"
    ours, bare = zip(*pairs, strict=True)
    return [compared(name, ours, bare, 2.0)]


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
