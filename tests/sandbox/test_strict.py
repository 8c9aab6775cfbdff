"""What the strict stand-in promises: limits by arrival, faults on order, an account of everything."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile
from aiohttp import ClientSession, web

from sandbox.strict.bodies import read_fields
from sandbox.strict.limits import Limits, Rates
from sandbox.strict.server import Options, serving

TOKEN = "1:strict"
MARIA, GROUP = 1002, -100200
FREE = Rates(0, 0, 0)


@dataclass(frozen=True)
class Strict:
    """A running stand-in, its two faces."""

    bot: Bot
    api: str
    http: ClientSession

    async def ask(self, path: str, **query: Any) -> Any:
        async with self.http.get(path, params=query) as response:
            return await response.json()

    async def order(self, path: str, status: int = 200, **body: Any) -> None:
        async with self.http.post(path, json=body) as response:
            assert response.status == status

    async def fault(self, kind: str, **values: Any) -> None:
        await self.order("/faults", kind=kind, **values)

    async def send(self, chat_id: int = MARIA) -> int:
        return (await self.bot.send_message(chat_id, "Завтра семинар", request_timeout=5)).message_id

    async def texts(self) -> list[str]:
        return [row[4] for row in await self.ask("/messages")]


@asynccontextmanager
async def running(rates: Rates = FREE) -> AsyncIterator[Strict]:
    async with serving(Options(TOKEN, rates)) as addresses:
        session = AiohttpSession(api=TelegramAPIServer.from_base(addresses.api))
        async with ClientSession(addresses.control) as http, Bot(TOKEN, session=session) as bot:
            yield Strict(bot, addresses.api, http)


@pytest.fixture
async def strict() -> AsyncIterator[Strict]:
    async with running() as started:
        yield started


async def test_it_keeps_an_account_of_what_was_sent(strict: Strict) -> None:
    text = "Привет, = & + 100 %\n«семинар» 🔔"
    first = await strict.bot.send_message(MARIA, text)
    file = BufferedInputFile("тело\r\n--x".encode(), "план.docx")
    second = await strict.bot.send_document(GROUP, file, caption="План")
    await strict.bot.edit_message_text("Уже не так", chat_id=MARIA, message_id=first.message_id)
    rows = await strict.ask("/messages")
    assert [row[1:] for row in rows] == [
        [MARIA, "sendMessage", first.message_id, text],
        [GROUP, "sendDocument", second.message_id, "План"],
        [MARIA, "editMessageText", first.message_id, "Уже не так"],
    ]
    assert first.message_id != second.message_id
    assert [len(row) for row in await strict.ask("/messages", since=1, text=0)] == [4, 4]
    stats = await strict.ask("/stats", messages=3, timeout=5)
    assert stats["messages"] == 3
    assert stats["first"] == rows[0][0] <= stats["last"] == rows[2][0] <= stats["now"]


async def test_the_calls_of_a_start(strict: Strict) -> None:
    assert (await strict.bot.get_me()).id == 1
    assert await strict.bot.set_my_commands([])
    assert await strict.bot.answer_callback_query("77", text="Записано")
    assert [row[1] for row in await strict.ask("/callbacks")] == ["77"]


async def test_a_wrong_token_is_refused(strict: Strict) -> None:
    async with strict.http.post(f"{strict.api}bot2:other/getMe") as response:
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize(
    "value", ["Привет", "a=b&c%20+d", " по краям ", "стр\r\nстр\n", "=0A", "", "%D0", "🔔" * 300]
)
def test_urlencoded_bodies_are_read_as_urllib_does(value: str) -> None:
    body = urlencode({"chat_id": 5, "text": value}).encode()
    assert read_fields("application/x-www-form-urlencoded", body) == {"chat_id": "5", "text": value}


def test_json_bodies_are_read() -> None:
    body = json.dumps({"chat_id": 5, "markup": {"a": [1]}}).encode()
    assert read_fields("application/json", body) == {"chat_id": "5", "markup": '{"a": [1]}'}


def test_the_windows_are_strict() -> None:
    limits = Limits(Rates(overall=2, chat_interval=0, group=3), retry_after=4)
    for moment, chat in ((0.0, 1), (0.5, 2)):
        assert limits.arrive(moment) == 0
        assert limits.accept(chat, moment, new=True) == 0
    assert limits.arrive(0.999) == 0
    assert limits.accept(3, 0.999, new=True) == 4
    assert limits.arrive(4.5) == 1  # 0.499 s are left: whole seconds, rounded up
    assert limits.arrive(5.25) == 0
    assert limits.accept(3, 5.25, new=True) == 0
    seen = limits.as_json()
    assert seen["violations"] == {"overall": 1, "chat": 0, "group": 0, "early": 1}
    assert seen["most_in_a_second"] == 3
    [pause] = seen["pauses"]
    assert pause["early"] == [pytest.approx(3.501)]
    assert pause["resumed"] == pytest.approx(0.251)


def test_a_chat_and_a_group_have_windows_of_their_own() -> None:
    limits = Limits(Rates(overall=0, chat_interval=1.0, group=3), retry_after=1)
    assert limits.accept(MARIA, 0.0, new=True) == 0
    assert limits.accept(MARIA, 0.5, new=False) == 0  # an edit
    assert limits.accept(MARIA, 0.9, new=True) == 1
    assert limits.accept(MARIA, 1.0, new=True) == 0
    assert [limits.accept(GROUP, moment, new=True) for moment in (0.0, 1.0, 59.0, 59.9, 60.0)] == [
        *(0, 0, 0),
        *(1, 0),
    ]
    assert limits.violations == {"chat": 1, "group": 1}


async def test_one_too_many_is_told_to_wait() -> None:
    async with running(Rates(overall=2)) as strict:
        await strict.send(1)
        await strict.send(2)
        with pytest.raises(TelegramRetryAfter) as refused:
            await strict.send(3)
        assert refused.value.retry_after == 1
        with pytest.raises(TelegramRetryAfter):
            await strict.send(4)
        stats = await strict.ask("/stats")
        assert stats["messages"] == 2
        assert stats["violations"] == {"overall": 1, "chat": 0, "group": 0, "early": 1}
        await strict.order("/limits", overall=0)
        await strict.send(5)


async def test_refusals_on_order(strict: Strict) -> None:
    await strict.fault("refuse", code=403, description="bot was blocked by the user", chat_id=7)
    await strict.fault("refuse", code=400, description="chat not found")
    await strict.fault(
        "refuse",
        code=400,
        description="group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": -1005},
    )
    await strict.fault("refuse", code=502)
    await strict.fault("refuse", code=429, parameters={"retry_after": 60})
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await strict.send()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await strict.send(7)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await strict.send(GROUP)
    assert moved.value.migrate_to_chat_id == -1005
    with pytest.raises(TelegramServerError):
        await strict.send()
    with pytest.raises(TelegramRetryAfter):
        await strict.send()
    with pytest.raises(TelegramRetryAfter):
        await strict.send()
    stats = await strict.ask("/stats")
    assert (stats["messages"], stats["violations"]["early"], stats["faults"]) == (0, 1, [])
    assert stats["met"] == {"refuse": 5}


@pytest.mark.parametrize("kind", ["reset", "hang", "garbage"])
@pytest.mark.parametrize("done", [False, True])
async def test_answers_that_are_lost(strict: Strict, kind: str, done: bool) -> None:
    await strict.fault(kind, done=done, seconds=0.01)
    with pytest.raises(AiogramError):
        await strict.send()
    assert len(await strict.texts()) == done
    await strict.send()


async def test_an_answer_that_comes_late(strict: Strict) -> None:
    await strict.fault("delay", seconds=0.1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await strict.send()
    assert loop.time() - began >= 0.1


async def test_faults_by_method_by_chance_and_for_good(strict: Strict) -> None:
    await strict.fault("refuse", count=None, method="getMe")
    await strict.fault("refuse", count=None, probability=0.0)
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            await strict.bot.get_me()
    await strict.send()
    async with strict.http.delete("/faults"):
        await strict.bot.get_me()
    await strict.order("/faults", status=400, kind="earthquake")


async def test_it_can_be_gone_and_come_back(strict: Strict) -> None:
    await strict.send()
    await strict.order("/gone", seconds=None)
    for _ in range(2):  # the connection that was open is cut, a new one refused
        with pytest.raises(TelegramNetworkError):
            await strict.send()
    await strict.order("/back")
    await strict.send()
    await strict.order("/gone", seconds=0.05)
    async with asyncio.timeout(10):
        while True:
            try:
                await strict.send()
            except TelegramNetworkError:
                await asyncio.sleep(0.01)
            else:
                break
    assert len(await strict.texts()) == 3


async def test_an_offset_acknowledges_updates(strict: Strict) -> None:
    poll = asyncio.create_task(strict.bot.get_updates(timeout=20))
    await strict.ask("/stats", polls=1, timeout=5)
    await strict.order("/updates", updates=[{}, {}, {"update_id": 9}])
    assert [update.update_id for update in await poll] == [1, 2, 9]
    again = await strict.bot.get_updates(offset=2, limit=1)
    assert [update.update_id for update in again] == [2]
    assert await strict.bot.get_updates(offset=10) == []
    assert (await strict.ask("/stats"))["waiting_updates"] == 0


async def test_a_second_poll_ends_the_first(strict: Strict) -> None:
    async with ClientSession(strict.api) as http:
        first = asyncio.create_task(http.post(f"/bot{TOKEN}/getUpdates", json={"timeout": 30}))
        await strict.ask("/stats", polls=1, timeout=5)
        async with http.post(f"/bot{TOKEN}/getUpdates") as second:
            assert second.status == 200
        assert (await first).status == 409


async def test_updates_are_brought_to_every_replica_until_they_are_taken(strict: Strict) -> None:
    got: list[tuple[int, int, str | None]] = []

    def replica(number: int) -> web.Application:
        async def take(request: web.Request) -> web.Response:
            secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
            got.append((number, (await request.json())["update_id"], secret))
            return web.Response(status=500 if len(got) == 1 else 200)

        app = web.Application()
        app.router.add_post("/webhook", take)
        return app

    runners = [web.AppRunner(replica(number)) for number in range(2)]
    urls = []
    for runner in runners:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        urls.append(f"http://127.0.0.1:{runner.addresses[0][1]}/webhook")
    await strict.bot.set_webhook(urls[0], secret_token="secret")
    await strict.order("/updates", updates=[{} for _ in range(10)], urls=urls)
    async with asyncio.timeout(10):
        while (seen := (await strict.ask("/stats"))["webhook"])["pending"]:  # noqa: ASYNC110 – nobody tells us
            await asyncio.sleep(0.01)
    assert seen["statuses"] == {"200": 10, "500": 1}
    assert {update for _, update, _ in got} == set(range(1, 11))
    assert {number for number, _, _ in got} == {0, 1}
    assert {secret for _, _, secret in got} == {"secret"}
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await strict.bot.get_updates()
    for runner in runners:
        await runner.cleanup()


async def test_it_runs_as_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox.strict",
        "--rate=5",
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        name, api, control = (await process.stdout.readline()).decode().split()
        assert name == "strict:"
        async with ClientSession() as http:
            async with http.post(f"{api}bot{TOKEN}/getMe") as response:
                assert response.status == 200
            async with http.get(f"{control}stats") as response:
                assert (await response.json())["messages"] == 0
        process.terminate()
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()


async def test_nothing_it_answers_hangs_on_after_it_stopped() -> None:
    async with running() as strict:
        poll = asyncio.create_task(strict.bot.get_updates(timeout=30))
        await strict.ask("/stats", polls=1, timeout=5)
    with pytest.raises(AiogramError):
        await poll
