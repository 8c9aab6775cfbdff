"""A document written in a process of its own: while one of thousands of cells is made, nobody waits.

What goes in and what comes out are our own on both ends; a stranger's file never comes this way (see
`documents.process` for those).
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable
from typing import TypeVar

from documents.spawned import spawned
from domain.errors import DomainError

PATIENCE = 120.0  # seconds by the wall clock

Facts = TypeVar("Facts")


async def write_apart(write: Callable[[Facts], bytes], facts: Facts) -> bytes:
    """What `write`, a function of a module, makes of the facts. Raises DomainError `report_too_slow` where it
    does not come to an end; RuntimeError where it fails."""
    # In a thread: of two thousand people it takes longer than a press may wait.
    packed = await asyncio.to_thread(pickle.dumps, (write, facts))
    try:
        status, written, complaint = await spawned(
            "documents.apart", content=packed, patience=PATIENCE, stderr=asyncio.subprocess.PIPE
        )
    except TimeoutError:
        raise DomainError("report_too_slow") from None
    if status:
        raise RuntimeError(f"documents.apart: {(complaint or b'').decode(errors='replace')[-2_000:]}")
    return written


def main() -> None:
    """Writes what is asked for on standard input to standard output."""
    write, facts = pickle.load(sys.stdin.buffer)  # noqa: S301 – of the process that began this one
    sys.stdout.buffer.write(write(facts))


if __name__ == "__main__":
    main()
