"""A sandbox for each test, reached over real HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from sandbox.server import Options, serving

Json = dict[str, Any]

TOKEN = "1:demo"
HEAD, MARIA, ELENA = 1001, 1002, 1003


@dataclass(frozen=True)
class Sandbox:
    """The server under test, its two faces."""

    address: str
    http: ClientSession
    clock_file: Path

    async def call(self, method: str, **params: Any) -> Json:
        """A call of the Bot API with a JSON body: the whole answer."""
        async with self.http.post(f"/bot{TOKEN}/{method}", json=params) as response:
            answer: Json = await response.json()
            assert answer["ok"] or answer["error_code"] == response.status
            return answer

    async def result(self, method: str, **params: Any) -> Any:
        """The same, its result; the call has to succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def send_file(self, method: str, name: str, data: bytes, **params: Any) -> Json:
        """A call with a file, as multipart, the file attached under a name of its own."""
        form = FormData(
            {**{key: str(value) for key, value in params.items()}, name: "attach://f1"}, quote_fields=False
        )
        form.add_field("f1", data, filename=params.get("file_name", "file.bin"))
        async with self.http.post(f"/bot{TOKEN}/{method}", data=form) as response:
            answer: Json = await response.json()
            return answer

    async def get(self, path: str, **query: Any) -> Json:
        """Something of the control API."""
        async with self.http.get(f"/sandbox/{path}", params=query) as response:
            answer: Json = await response.json()
            return answer

    async def post(self, path: str, **body: Any) -> Json:
        """An act through the control API."""
        async with self.http.post(f"/sandbox/{path}", json=body) as response:
            answer: Json = await response.json()
            return answer

    async def start(self, person: int = MARIA) -> None:
        """A person presses «Start»; the bot has fetched and confirmed it."""
        await self.post(f"people/{person}/start")
        await self.fetch()

    async def fetch(self) -> list[Json]:
        """What waits for the bot, confirmed at once."""
        updates: list[Json] = await self.result("getUpdates")
        if updates:
            await self.result("getUpdates", offset=updates[-1]["update_id"] + 1)
        return updates

    async def chat(self, person: int = MARIA) -> list[Json]:
        """The messages of a chat, deleted ones left out."""
        seen = await self.get(f"people/{person}/messages")
        return [message for message in seen["messages"] if not message["deleted"]]


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    clock_file = tmp_path / "clock"
    options = Options(
        TOKEN, "zvonok_demo_bot", bot_name="Звонок", clock_file=clock_file, zone="Asia/Novosibirsk"
    )
    async with serving(options) as address, ClientSession(address) as http:
        yield Sandbox(address, http, clock_file)


@pytest.fixture
async def started(sandbox: Sandbox) -> Sandbox:
    """A sandbox in which Мария has started the bot."""
    await sandbox.start()
    return sandbox
