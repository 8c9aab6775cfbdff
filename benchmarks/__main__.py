"""`python -m benchmarks`: every bound of Звонок's speed beside what is measured. It always exits with 0.

Each figure is a ratio against a bare baseline of the same run, both taken in turn; printed are the median of
several repetitions, the least and the greatest of them, and the bound.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path

from benchmarks import conversations, reading, starting
from benchmarks.measuring import HEADING


def main() -> None:
    """Measures everything and prints a table."""
    logging.getLogger("aiogram").setLevel(logging.WARNING)
    print(HEADING)
    with tempfile.TemporaryDirectory(prefix="zvonok-bench-") as name:
        folder = Path(name)
        for lines in (
            lambda: asyncio.run(conversations.measure(folder)),
            reading.measure,
            lambda: asyncio.run(starting.measure(folder)),
        ):
            for line in lines():
                print(line, flush=True)


if __name__ == "__main__":
    main()
