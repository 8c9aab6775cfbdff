"""A bot as a process of its own beside a sandbox, and people who talk to it over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, FormData

from tests.bot.conftest import MORNING

TOKEN = "1:demo"
BOT = "zvonok_demo_bot"
# So long a test waits for what must come, in seconds; it comes much sooner.
PATIENCE = 40.0


@contextlib.asynccontextmanager
async def sandbox(folder: Path) -> AsyncIterator[str]:
    """A sandbox as a process, its clock set to a Monday morning; its address."""
    shift = MORNING - datetime.now(UTC)
    (folder / "clock").write_text(str(int(shift.total_seconds())), encoding="ascii")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port=0",
        f"--token={TOKEN}",
        f"--bot-username={BOT}",
        f"--clock-file={folder / 'clock'}",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = await process.stdout.readline()
        yield line.decode().partition(": ")[2].strip()
    finally:
        process.terminate()
        await process.wait()


class BotProcess:
    """`python -m bot run`, to be started, killed and started again on the same database."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self.environment = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": address,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/zvonok.db",
            "CLOCK_FILE": str(folder / "clock"),
            "WEB_PORT": "0",
            "LOG_FORMAT": "json",
        }
        self._log = folder / "log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *, reached: bool = True) -> None:
        """Starts the process and waits until it asks for updates (unless Telegram is out of reach)."""
        before = await self._calls() if reached else 0
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env={**os.environ, **self.environment}, stderr=log
            )
        if reached:
            await self._ask("GET", "calls", since=before, method="getUpdates", timeout=PATIENCE)

    async def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int | None:
        """SIGTERM; returns the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()

    async def wait_for_log(self, words: str) -> None:
        """Waits until the log says something."""
        async with asyncio.timeout(PATIENCE):
            while words not in self._log.read_text(encoding="utf-8"):  # noqa: ASYNC110 – a file calls nobody
                await asyncio.sleep(0.05)

    async def advance(self, **much: float) -> None:
        """Moves the clock by a timedelta's arguments."""
        await self._ask("POST", "clock", add=timedelta(**much).total_seconds())

    async def ask_beside_it(self, words: str) -> None:
        """Asks for the bot's updates as another bot with its token would, until the log says so."""
        async with asyncio.timeout(PATIENCE), ClientSession(self.address) as http:
            while words not in self._log.read_text(encoding="utf-8"):
                async with http.post(f"/bot{TOKEN}/getUpdates", json={"timeout": 0}) as response:
                    assert response.status == 200
                await asyncio.sleep(0.2)

    async def _calls(self) -> int:
        answer = await self._ask("GET", "calls")
        return int(answer["last"])

    async def _ask(self, how: str, path: str, **what: Any) -> dict[str, Any]:
        async with ClientSession(self.address) as http:
            body = {"params": what} if how == "GET" else {"json": what}
            async with http.request(how, f"/sandbox/{path}", **body) as response:
                answer: dict[str, Any] = await response.json()
                return answer


async def run_command(environment: dict[str, str], *arguments: str) -> str:
    """Runs `python -m bot …`; returns what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


class Talk:
    """A group of the sandbox, with topics or without. Every act waits until the bot's answer is there."""

    def __init__(self, bot: BotProcess, group_id: int) -> None:
        self._bot = bot
        self.id = group_id

    @classmethod
    async def among(cls, bot: BotProcess, **about: Any) -> Talk:
        """People who have a group of their own; the bot is not in it."""
        return cls(bot, (await bot._ask("POST", "groups", title="Библиотекари района", **about))["id"])

    async def act(self, act: str, who: int, **what: Any) -> dict[str, Any]:
        """Somebody does something there."""
        return await self._bot._ask("POST", f"groups/{self.id}/{act}", person=who, **what)

    async def press(self, who: int, label: str) -> dict[str, Any]:
        """Somebody presses the newest button that says so; what she alone is answered."""
        answered = await self.act("press", who, label=label, wait=int(PATIENCE))
        answer: dict[str, Any] = answered["answer"]
        return answer

    async def wait(self, words: str, topic: int | None = None) -> dict[str, Any]:
        """Waits for a message of the bot that has these words, outside all topics unless one is told."""
        since = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                path, query = f"groups/{self.id}/messages", {"since": since, "timeout": PATIENCE}
                seen = await self._bot._ask("GET", path, **query)
                for message in reversed(seen["messages"]):
                    body: dict[str, Any] = message["message"]
                    there = body.get("message_thread_id") == topic
                    if message["from_bot"] and there and words in _said(message):
                        return body
                since = int(seen["seq"])


class Chat:
    """One person of the sandbox. Every act waits until the bot's answer is there."""

    def __init__(self, bot: BotProcess, person_id: int) -> None:
        self._bot = bot
        self._person = f"people/{person_id}"

    async def write(self, text: str, *, until: str) -> str:
        """Writes; waits for a message with these words and returns it."""
        return await self._act("text", until, text=text)

    async def open(self, link: str, *, until: str = "Согласие даю") -> str:
        """Opens a link to the bot."""
        return await self._act("open", until, link=link)

    async def press(self, label: str, *, until: str) -> str:
        """Presses the newest button that says so."""
        message, data = await self._button(label)
        return await self._act("press", until, message_id=message, data=data)

    async def sends(self, kind: str, *, until: str, **what: Any) -> str:
        """Sends something else, as the sandbox names it; waits for a message with these words."""
        return await self._act(kind, until, **what)

    async def changes(self, text: str, *, until: str) -> str:
        """Changes what she wrote last."""
        hers = [one["message_id"] for one in (await self._messages())["messages"] if not one["from_bot"]]
        return await self._act("edit", until, message_id=hers[-1], text=text)

    async def type_name(self, query: str) -> dict[str, Any]:
        """Types the bot's name and some words in another chat; what she is shown."""
        body = {"query": query, "wait": int(PATIENCE)}
        answered = await self._bot._ask("POST", f"{self._person}/inline", **body)
        answer: dict[str, Any] = answered["answer"]
        return answer

    async def send_file(self, content: bytes, name: str, *, until: str) -> str:
        """Sends a document."""
        seen = await self._seq()
        form = FormData()
        form.add_field("file", content, filename=name)
        async with ClientSession(self._bot.address) as http:
            response = await http.post(f"/sandbox/{self._person}/file", data=form)
            assert response.status == 200, await response.text()
        return await self.wait(until, since=seen)

    async def wait(self, words: str, *, since: int = 0) -> str:
        """Waits for a message of the bot, written or changed since then, that has these words."""
        async with asyncio.timeout(PATIENCE):
            while True:
                seen = await self._messages(since)
                for message in reversed(seen["messages"]):
                    if message["from_bot"] and words in (said := _said(message)):
                        return said
                await self._messages(seen["seq"], patience=PATIENCE)

    async def texts(self) -> str:
        """Everything the bot wrote."""
        return "\n\n".join(_said(one) for one in (await self._messages())["messages"] if one["from_bot"])

    async def _act(self, act: str, until: str, **what: Any) -> str:
        seen = await self._seq()
        await self._bot._ask("POST", f"{self._person}/{act}", **what)
        return await self.wait(until, since=seen)

    async def _button(self, label: str) -> tuple[int, str]:
        for message in reversed((await self._messages())["messages"]):
            for button in _buttons(message):
                if label in button["text"]:
                    return message["message_id"], button["callback_data"]
        raise AssertionError(f"no button «{label}»")

    async def _messages(self, since: int = 0, patience: float = 0) -> dict[str, Any]:
        return await self._bot._ask("GET", f"{self._person}/messages", since=since, timeout=patience)

    async def _seq(self) -> int:
        return int((await self._messages())["seq"])


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    markup = (message.get("message") or {}).get("reply_markup") or {}
    return [button for row in markup.get("inline_keyboard", []) for button in row]


def _said(message: dict[str, Any]) -> str:
    body = message.get("message") or {}
    labels = " ".join(f"[{button['text']}]" for button in _buttons(message))
    return f"{body.get('text') or body.get('caption') or ''} {labels}"
