"""`python -m benchmarks`: every bound of Звонок's speed beside what is measured. It always exits with 0.

Each figure is a ratio against a bare baseline of the same run, both taken in turn; printed are the median of
several repetitions, the least and the greatest of them, and the bound. With `--long` the sender is measured
in full, which takes a quarter of an hour more.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import (
    calendars,
    checking_in,
    claiming,
    conversations,
    finding,
    planning,
    reading,
    reporting,
    sending,
    starting,
)
from benchmarks.measuring import HEADING, Compared


def main() -> None:
    """Measures everything and prints a table."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    options.add_argument("--long", action="store_true", help="10,000 people at the default pace as well")
    long = options.parse_args().long
    logging.getLogger("aiogram").setLevel(logging.WARNING)
    print(HEADING)
    with tempfile.TemporaryDirectory(prefix="zvonok-bench-") as name:
        folder = Path(name)
        _show(asyncio.run(conversations.measure(folder)))
        _show(asyncio.run(checking_in.measure(folder)))
        _show(asyncio.run(calendars.measure(folder)))
        _show(asyncio.run(reading.measure()))
        _show(finding.measure())
        _show(asyncio.run(starting.measure(folder)))
        _show(asyncio.run(planning.measure(folder)))
        _show(asyncio.run(claiming.measure(folder)))
        _show(asyncio.run(reporting.measure(folder)))
        _show(asyncio.run(sending.measure(folder, long=long)))


def _show(lines: Sequence[Compared | str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
