"""What is written piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from bot.pieces import joined


async def test_others_get_their_turn_after_each_piece() -> None:
    """And nothing is lost of it."""
    happened: list[str] = []

    def pieces() -> Iterator[bytes]:
        for name in ("a", "b", "c"):
            happened.append(name)
            yield name.encode()

    async def somebody_else() -> None:
        for _ in range(2):
            happened.append("-")
            await asyncio.sleep(0)

    other = asyncio.create_task(somebody_else())
    assert await joined(pieces()) == b"abc"
    await other
    assert happened == ["a", "-", "b", "-", "c"]
