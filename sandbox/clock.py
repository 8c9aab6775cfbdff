"""The sandbox's clock: real time and a shift that a file holds, so that a bot can read the same one."""

import os
import time
from pathlib import Path


class Clock:
    """Real time plus the seconds written in ``path`` (none: the shift lives in memory only)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._shift = 0.0
        if path is not None and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.move(0)

    @property
    def shift(self) -> float:
        """Seconds ahead of real time. Read anew each time: others may write the file too."""
        if self._path is None:
            return self._shift
        try:
            return float(self._path.read_text(encoding="utf-8").strip() or 0)
        except FileNotFoundError:
            return 0.0
        except ValueError:
            return self._shift

    def move(self, seconds: float) -> None:
        """Go ahead (or back) by so many seconds."""
        self._shift = self.shift + seconds
        if self._path is None:
            return
        # Replaced in one step, so that a reader never meets half a number.
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text(f"{self._shift:g}" if self._shift % 1 else str(int(self._shift)), encoding="utf-8")
        os.replace(fresh, self._path)  # noqa: PTH105 – Path.replace says nothing more

    def now(self) -> int:
        """The shifted time, in Unix seconds."""
        return int(time.time() + self.shift)
