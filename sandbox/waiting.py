"""Waiting until something has changed, without asking again and again."""

import asyncio
from collections.abc import Callable


class Signal:
    """Wakes everybody who waits whenever it is fired; once closed it lets nobody wait any more."""

    def __init__(self) -> None:
        self._fired = asyncio.Event()
        self._closed = False

    def fire(self) -> None:
        """Wake all who wait now; each looks for itself whether its moment has come."""
        self._fired.set()
        self._fired = asyncio.Event()

    def close(self) -> None:
        """Send all home: the server stops."""
        self._closed = True
        self.fire()

    async def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Whether ``ready()`` came to hold within the time; at once if it holds already."""
        try:
            async with asyncio.timeout(seconds):
                while not ready():
                    if self._closed:
                        return False
                    await self._fired.wait()
        except TimeoutError:
            return False
        return True
