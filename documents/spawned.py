"""A process of ours beside the bot: it gets some bytes, and answers with others."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


async def spawned(
    *arguments: str, content: bytes, patience: float, stderr: int = asyncio.subprocess.DEVNULL
) -> tuple[int, bytes, bytes | None]:
    """What `python -m …` makes of the content on its standard input: exit status, output, and what it
    complains of where `stderr` is a pipe. Raises TimeoutError after so many seconds by the wall clock."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=stderr,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT)},  # nothing of the bot's own environment: it holds the token
    )
    try:
        async with asyncio.timeout(patience):
            output, complaint = await process.communicate(content)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, output, complaint
