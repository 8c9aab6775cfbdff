"""Handing updates over: by long poll and by webhook."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from sandbox.updates import UpdateQueue
from tests.sandbox.conftest import MARIA, Sandbox

Json = dict[str, Any]


def filled(count: int) -> tuple[UpdateQueue, list[int]]:
    queue = UpdateQueue()
    return queue, [queue.put("message", {"n": n}) or 0 for n in range(count)]


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.get(offset, limit, 0)]


async def test_updates_wait_until_a_later_offset_confirms_them() -> None:
    queue, given = filled(5)
    assert await ids(queue) == given
    assert await ids(queue, limit=2) == given[:2]
    assert await ids(queue, offset=given[2]) == given[2:]
    assert await ids(queue) == given[2:]
    assert await ids(queue, offset=given[4] + 1) == []
    assert len(queue) == 0


async def test_a_negative_offset_keeps_only_the_last() -> None:
    queue, given = filled(5)
    assert await ids(queue, offset=-2) == given[3:]
    assert await ids(queue) == given[3:]


async def test_an_offset_far_ahead_is_not_believed() -> None:
    queue, given = filled(2)
    assert await ids(queue, offset=given[1] + 1000) == given


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (1, 1), (100, 100), (101, 100)])
async def test_a_limit_is_kept_between_1_and_100(limit: int, count: int) -> None:
    queue, _ = filled(120)
    assert len(await ids(queue, limit=limit)) == count


async def test_ids_go_on_after_a_restart() -> None:
    _, before = filled(1)
    _, after = filled(1)
    assert after[0] >= before[0]


async def test_a_long_poll_ends_with_the_first_update(sandbox: Sandbox) -> None:
    poll = asyncio.create_task(sandbox.result("getUpdates", timeout=50))
    await sandbox.post(f"people/{MARIA}/text", text="Привет")
    (update,) = await poll
    assert update["message"]["text"] == "Привет"
    assert update["message"]["from"] == {
        "id": MARIA,
        "is_bot": False,
        "first_name": "Мария",
        "last_name": "Соколова",
        "language_code": "ru",
    }


async def test_a_second_poll_ends_the_first(sandbox: Sandbox) -> None:
    polls = [asyncio.create_task(sandbox.call("getUpdates", timeout=50)) for _ in range(2)]
    done, pending = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
    answer = done.pop().result()
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await sandbox.post(f"people/{MARIA}/start")
    assert len((await pending.pop())["result"]) == 1


async def test_allowed_updates_are_remembered(started: Sandbox) -> None:
    await started.result("getUpdates", allowed_updates=["callback_query"])
    await started.post(f"people/{MARIA}/text", text="а")
    assert await started.fetch() == []
    await started.result("getUpdates", allowed_updates=[])
    await started.post(f"people/{MARIA}/text", text="а")
    assert len(await started.fetch()) == 1


async def test_a_webhook_gets_each_update_until_it_says_200(started: Sandbox) -> None:
    got: asyncio.Queue[tuple[str | None, Json]] = asyncio.Queue()
    answers = [500, 200, 200]

    async def receive(request: web.Request) -> web.Response:
        await got.put((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=answers.pop(0))

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        answer = await started.call("setWebhook", url=url, secret_token="s3")
        assert answer == {"ok": True, "result": True, "description": "Webhook was set"}
        for text in ("один", "два"):
            await started.post(f"people/{MARIA}/text", text=text)
        received = [await got.get() for _ in range(3)]
        assert [secret for secret, _ in received] == ["s3"] * 3
        assert [update["message"]["text"] for _, update in received] == ["один", "один", "два"]

        conflict = await started.call("getUpdates")
        assert conflict["description"] == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        info = await started.result("getWebhookInfo")
        assert info["url"] == url
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        answer = await started.call("deleteWebhook")
        assert answer["description"] == "Webhook was deleted"
    finally:
        await runner.cleanup()
    assert (await started.result("getWebhookInfo"))["url"] == ""


async def test_setting_a_webhook_ends_a_poll(sandbox: Sandbox) -> None:
    poll = asyncio.create_task(sandbox.call("getUpdates", timeout=50))
    while not poll.done():
        await sandbox.call("setWebhook", url="http://127.0.0.1:1/")
    assert (await poll)["error_code"] == 409


async def test_waiting_updates_can_be_dropped(sandbox: Sandbox) -> None:
    await sandbox.post(f"people/{MARIA}/text", text="а")
    await sandbox.result("deleteWebhook", drop_pending_updates=True)
    assert await sandbox.fetch() == []
