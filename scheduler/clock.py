"""What time it is: the real time, or one moved for the demo and for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Everything that people see goes by it; leases, claims, pace and back-off use real time."""

    def now(self) -> datetime:
        """The present moment as aware UTC."""

    def of(self, said: datetime) -> datetime:
        """The moment (aware) at which a message was sent, as Telegram wrote it down, by this clock."""


class RealClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment as aware UTC."""
        return datetime.now(UTC)

    def of(self, said: datetime) -> datetime:
        """The same moment: Telegram goes by the real time."""
        return said


class ShiftedClock:
    """The machine's clock plus the number of seconds that a file holds.

    The file is read again when it changes. As long as it is missing, empty or holds no number of seconds
    that leads to a date, the last good number stands; at first that is 0.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version: tuple[int, int, int] | None = None
        self._shift = timedelta()

    def now(self) -> datetime:
        """The shifted moment as aware UTC."""
        present = datetime.now(UTC)
        self._read_if_changed(present)
        return present + self._shift

    def of(self, said: datetime) -> datetime:
        """The moment moved likewise; the same one where whoever wrote it down goes by this clock already, as
        the demo's Telegram does: it is taken for the nearer of the two."""
        present = datetime.now(UTC)
        by_this_clock = abs(said - self.now()) <= abs(said - present)
        return said if by_this_clock else said + self._shift

    def _read_if_changed(self, present: datetime) -> None:
        try:
            status = self._path.stat()
            # A file replaced whole has another inode, even within one tick of the file system's clock.
            version = (status.st_mtime_ns, status.st_size, status.st_ino)
            if version == self._version:
                return
            shift = timedelta(seconds=float(self._path.read_text(encoding="ascii")))
            # Room for what is reckoned from the present moment, a year ahead and back.
            present + shift + timedelta(days=366)
            present + shift - timedelta(days=366)
        except OSError:
            return
        except (ValueError, OverflowError):
            self._version = version
            return
        self._version = version
        self._shift = shift
