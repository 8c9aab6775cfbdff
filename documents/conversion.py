"""Files that only LibreOffice reads (.doc, .rtf, .odt, .xls), made into such as the reader reads itself.

LibreOffice is far larger than the reader and was made to follow links and run macros. It gets a process of
its own, with limits, a fresh profile that allows none of that, an empty environment, and no network where
the system can take it away; all of it is gone afterwards. Each process converts one file at a time: two would
take 4 GiB of a small server.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from documents.formats import MOST_BYTES, Old
from domain.errors import DomainError

PATIENCE = 60.0  # seconds by the wall clock
_MOST_SECONDS = 60  # of the processor's time
MOST_MEMORY = 2 * 1024 * 1024 * 1024
_MOST_WRITTEN = 200 * 1024 * 1024  # of any one file
MOST_WAITING = 5  # files for the one before them; the last waits for so many minutes at the worst

_PATH = "/usr/local/bin:/usr/bin:/bin:/opt/libreoffice/program"
# Of a network of its own there is nothing but a loop that nobody listens on.
_WITHOUT_NETWORK = ("unshare", "--user", "--net", "--map-current-user")


@dataclass(frozen=True, slots=True)
class _Way:
    """How a format is read, and what becomes of it. The filters are named: LibreOffice is not to guess."""

    read_as: str
    ending: str
    written_as: str


_WORD = ("docx", "MS Word 2007 XML")
_EXCEL = ("xlsx", "Calc MS Excel 2007 XML")
_WAYS: dict[Old, _Way] = {
    "doc": _Way("MS Word 97", *_WORD),
    "rtf": _Way("Rich Text Format", *_WORD),
    "odt": _Way("writer8", *_WORD),
    "xls": _Way("MS Excel 97", *_EXCEL),
    "ods": _Way("calc8", *_EXCEL),
}

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_FORBIDDEN = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    # Whatever is fetched all the same is asked of a place where nobody answers.
    (_INET, "ooInetProxyType", "2"),
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
    (_INET, "ooInetFTPProxyName", "127.0.0.1"),
    (_INET, "ooInetFTPProxyPort", "9"),
    (_INET, "ooInetNoProxy", ""),
)


def office() -> str | None:
    """Where LibreOffice is, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("soffice", path=_PATH)


class _Turns:
    """One conversion after the other."""

    def __init__(self) -> None:
        self._free = asyncio.Lock()
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until nobody else converts. Raises DomainError `plan_queue_full`."""
        if self._waiting >= MOST_WAITING:
            raise DomainError("plan_queue_full")
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


# The bot has one loop; a lock belongs to the one that it was waited for in.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = WeakKeyDictionary()


async def converted(content: bytes, kind: Old) -> bytes:
    """A file of an old format as .docx or .xlsx, when those before it are done.

    Raises DomainError: `plan_format_later` (format) where LibreOffice is not installed, `plan_queue_full`,
    `plan_not_converted` where it makes nothing of the file, `plan_too_slow` (seconds, waiting not counted).
    """
    program = office()
    if program is None:
        raise DomainError("plan_format_later", format=kind)
    async with _turns.setdefault(asyncio.get_running_loop(), _Turns()).turn():
        return await _converted_by(program, content, kind)


async def _converted_by(program: str, content: bytes, kind: Old) -> bytes:
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="zvonok-"))
    try:
        await asyncio.to_thread(_lay_out, folder, content, kind)
        await _run([*_limits(), *await _walls(folder), program, *_wishes(folder, kind)], folder)
        return await asyncio.to_thread(_result, folder, kind)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _lay_out(folder: Path, content: bytes, kind: Old) -> None:
    """The file, and a profile in which everything is forbidden that a document could ask for."""
    (folder / f"plan.{kind}").write_bytes(content)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _FORBIDDEN
    )
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )


def _wishes(folder: Path, kind: Old) -> list[str]:
    way = _WAYS[kind]
    return [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *"--headless --invisible --norestore --nolockcheck --nodefault --nofirststartwizard".split(),
        f"--infilter={way.read_as}",
        "--convert-to",
        f"{way.ending}:{way.written_as}",
        "--outdir",
        str(folder / "converted"),
        str(folder / f"plan.{kind}"),
    ]


def _limits() -> list[str]:
    """What sets the limits and becomes the program that it names; nothing where the system lacks it."""
    prlimit = shutil.which("prlimit", path=_PATH)
    if prlimit is None:
        return []
    most = {"as": MOST_MEMORY, "cpu": _MOST_SECONDS, "fsize": _MOST_WRITTEN, "core": 0}
    return [prlimit, *(f"--{name}={value}" for name, value in most.items())]


async def _walls(folder: Path) -> tuple[str, ...]:
    """What takes the network away, where the system lets us."""
    try:
        await _run([*_WITHOUT_NETWORK, "true"], folder)
    except DomainError:
        return ()
    return _WITHOUT_NETWORK


async def _run(command: list[str], folder: Path) -> None:
    """Runs a program to its end, and everything that it began. Raises DomainError `plan_too_slow`,
    `plan_not_converted`."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=folder,
            env={"PATH": _PATH, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
            start_new_session=True,
        )
    except OSError:
        raise DomainError("plan_not_converted") from None
    try:
        async with asyncio.timeout(PATIENCE):
            status = await process.wait()
    except TimeoutError:
        raise DomainError("plan_too_slow", seconds=round(PATIENCE)) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    if status:
        raise DomainError("plan_not_converted")


def _result(folder: Path, kind: Old) -> bytes:
    file = folder / "converted" / f"plan.{_WAYS[kind].ending}"
    try:
        with file.open("rb") as opened:
            return opened.read(
                MOST_BYTES + 1
            )  # one byte more than is allowed: the reader says that it is too much
    except OSError:
        # LibreOffice says in words alone that it could not open a file, and ends as if it had.
        raise DomainError("plan_not_converted") from None
