"""A document written in a process of its own: while one of thousands of cells is made, nobody waits.

What goes in and what comes out are our own on both ends; a stranger's file never comes this way (see
`documents.process` for those).
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from domain.errors import DomainError

PATIENCE = 120.0  # seconds by the wall clock
_ROOT = Path(__file__).resolve().parents[1]

Facts = TypeVar("Facts")


async def write_apart(write: Callable[[Facts], bytes], facts: Facts) -> bytes:
    """What `write`, a function of a module, makes of the facts. Raises DomainError `report_too_slow` where it
    does not come to an end; RuntimeError where it fails."""
    # In a thread: of two thousand people it takes longer than a press may wait.
    packed = await asyncio.to_thread(pickle.dumps, (write, facts))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "documents.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT)},  # nothing of the bot's own environment: it holds the token
    )
    try:
        async with asyncio.timeout(PATIENCE):
            written, complaint = await process.communicate(packed)
    except TimeoutError:
        raise DomainError("report_too_slow") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(f"documents.apart: {complaint.decode(errors='replace')[-2_000:]}")
    return written


def main() -> None:
    """Writes what is asked for on standard input to standard output."""
    write, facts = pickle.load(sys.stdin.buffer)  # noqa: S301 – of the process that began this one
    sys.stdout.buffer.write(write(facts))


if __name__ == "__main__":
    main()
