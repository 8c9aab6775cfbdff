"""The control API: what people do, what they see, and what tests can order."""

import asyncio
import time
from pathlib import Path

import pytest
from aiogram.types import Message
from aiohttp import ClientSession, FormData

from sandbox import acts
from sandbox.clock import Clock
from sandbox.server import Options, serving
from sandbox.world import CALLBACK_SECONDS, Bot, World
from tests.sandbox.conftest import ELENA, HEAD, MARIA, TOKEN, Sandbox
from tests.sandbox.pictures import png

ONE_BUTTON = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}


async def test_there_are_people_to_choose_from(sandbox: Sandbox) -> None:
    people = (await sandbox.get("people"))["people"]
    assert [person["id"] for person in people] == list(range(1001, 1007))
    assert all(person["first_name"] and person["note"] for person in people)
    added = await sandbox.post("people", first_name="Вера", note="школа № 8")
    assert (added["id"], added["last_name"], added["started"]) == (1007, "", False)
    assert "error" in await sandbox.post("people", first_name=" ")
    assert "error" in await sandbox.post("people", first_name="Вера", id=1001)


async def test_a_stranger_is_not_found(sandbox: Sandbox) -> None:
    async with sandbox.http.get("/sandbox/people/5") as response:
        assert response.status == 404


async def test_messages_come_in_order_and_changes_since_a_number(started: Sandbox) -> None:
    sent = await started.result("sendMessage", chat_id=MARIA, text="один")
    seen = await started.get(f"people/{MARIA}/messages")
    assert [message["message"]["text"] for message in seen["messages"]] == ["/start", "один"]
    assert (seen["people"][0]["unread"], seen["answers"]) == (1, [])

    waiting = asyncio.create_task(started.get(f"people/{MARIA}/messages", since=seen["seq"], timeout=50))
    await started.start(ELENA)  # somebody else's news wake nobody here
    await started.result("editMessageText", chat_id=MARIA, message_id=sent["message_id"], text="два")
    news = await waiting
    assert [message["message"]["text"] for message in news["messages"]] == ["два"]
    everything = await started.get("changes", since=seen["seq"])
    assert {message["person_id"] for message in everything["messages"]} == {MARIA, ELENA}

    await started.result("deleteMessage", chat_id=MARIA, message_id=sent["message_id"])
    news = await started.get(f"people/{MARIA}/messages", since=news["seq"])
    assert [(message["deleted"], message["message"]) for message in news["messages"]] == [(True, {})]


async def test_reading_lowers_the_count(started: Sandbox) -> None:
    sent = await started.result("sendMessage", chat_id=MARIA, text="а")
    await started.post(f"people/{MARIA}/read", up_to=sent["message_id"])
    assert (await started.get(f"people/{MARIA}"))["unread"] == 0


async def test_a_long_text_is_split_as_clients_do(started: Sandbox) -> None:
    sent = await started.post(f"people/{MARIA}/text", text="😀" * 4096)
    assert [message["message"]["text"] for message in sent["messages"]] == ["😀" * 2048] * 2
    assert len(await started.fetch()) == 2
    assert (await started.post(f"people/{MARIA}/text", text=" "))["error"] == "Сообщение пустое."


async def test_keys_are_pressed_by_their_label(started: Sandbox) -> None:
    await started.result("sendMessage", chat_id=MARIA, text="а", reply_markup={"keyboard": [["Помощь"]]})
    await started.post(f"people/{MARIA}/key", text="Помощь")
    (update,) = await started.fetch()
    assert update["message"]["text"] == "Помощь"
    assert "error" in await started.post(f"people/{MARIA}/key", text="Нет такой")


async def test_buttons_are_pressed_by_label_or_data(started: Sandbox) -> None:
    rows = [[{"text": "Да", "callback_data": "y"}, {"text": "Сайт", "url": "https://example.com/"}]]
    first, last = [
        await started.result("sendMessage", chat_id=MARIA, text="а", reply_markup={"inline_keyboard": rows})
        for _ in range(2)
    ]
    await started.post(f"people/{MARIA}/press", label="Да")
    await started.post(f"people/{MARIA}/press", message_id=first["message_id"], data="y")
    await started.post(f"people/{MARIA}/press", message_id=first["message_id"], data="made up", force=True)
    queries = [update["callback_query"] for update in await started.fetch()]
    assert [(query["message"]["message_id"], query["data"]) for query in queries] == [
        (last["message_id"], "y"),
        (first["message_id"], "y"),
        (first["message_id"], "made up"),
    ]
    assert await started.post(f"people/{MARIA}/press", label="Сайт") == {"url": "https://example.com/"}
    assert "error" in await started.post(f"people/{MARIA}/press", label="Нет")
    assert "error" in await started.post(f"people/{MARIA}/press", message_id=first["message_id"], data="n")

    await started.result("answerCallbackQuery", callback_query_id=queries[0]["id"], text="Хорошо")
    (answer,) = (await started.get(f"people/{MARIA}/messages"))["answers"]
    assert (answer["message_id"], answer["answer"]["text"]) == (last["message_id"], "Хорошо")


def test_a_press_can_be_answered_for_a_minute() -> None:
    now = 0.0
    world = World(Bot(TOKEN, "demo_bot", "Demo"), Clock(), monotonic=lambda: now)
    chat = world.chats[MARIA]
    press = world.press(chat.person, acts.write(world, chat, "а")[0], "x")
    now = CALLBACK_SECONDS
    assert world.open_press(press.id) is press
    now += 1
    assert world.open_press(press.id) is None


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("https://t.me/zvonok_demo_bot?start=AB12", "/start AB12"),
        ("t.me/Zvonok_Demo_Bot?start=AB12", "/start AB12"),
        ("tg://resolve?domain=zvonok_demo_bot&start=AB12", "/start AB12"),
        ("https://t.me/zvonok_demo_bot", "/start"),
    ],
)
async def test_a_link_to_the_bot_starts_it(sandbox: Sandbox, link: str, text: str) -> None:
    await sandbox.post(f"people/{MARIA}/open", link=link)
    (update,) = await sandbox.fetch()
    assert update["message"]["text"] == text
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert (await sandbox.get(f"people/{MARIA}"))["started"]


@pytest.mark.parametrize(
    "link", ["https://t.me/other_bot?start=1", "https://example.com/", "t.me/zvonok_demo_bot?start=а"]
)
async def test_another_link_does_not(sandbox: Sandbox, link: str) -> None:
    assert "error" in await sandbox.post(f"people/{MARIA}/open", link=link)


async def test_a_person_sends_files_voice_and_stickers(started: Sandbox) -> None:
    for name, how, data in (("План.docx", "document", b"plan"), ("qr.png", "photo", png(3, 4))):
        form = FormData({"as": how, "caption": "Вот"}, quote_fields=False)
        form.add_field("file", data, filename=name)
        async with started.http.post(f"/sandbox/people/{MARIA}/file", data=form) as response:
            assert response.status == 200
    await started.post(f"people/{MARIA}/voice")
    await started.post(f"people/{MARIA}/sticker")
    document, photo, voice, sticker = (update["message"] for update in await started.fetch())
    assert (document["document"]["file_name"], document["caption"]) == ("План.docx", "Вот")
    assert (photo["photo"][0]["width"], photo["photo"][0]["height"]) == (3, 4)
    assert "voice" in voice
    assert "sticker" in sticker
    stored = await started.result("getFile", file_id=document["document"]["file_id"])
    async with started.http.get(f"/file/bot{TOKEN}/{stored['file_path']}") as response:
        assert await response.read() == b"plan"


@pytest.mark.parametrize("kind", ["user", "hidden_user", "chat", "channel"])
async def test_a_person_forwards_what_somebody_wrote(started: Sandbox, kind: str) -> None:
    await started.post(f"people/{MARIA}/forward", text="Коллеги, в 14:00!", origin=kind)
    (update,) = await started.fetch()
    message = Message.model_validate(update["message"])
    assert (message.text, message.from_user and message.from_user.id) == ("Коллеги, в 14:00!", MARIA)
    assert message.forward_origin is not None
    assert message.forward_origin.type == kind


async def test_a_person_forwards_a_message_of_the_chat(started: Sandbox) -> None:
    sent = await started.result("sendMessage", chat_id=MARIA, text="Завтра", reply_markup=ONE_BUTTON)
    await started.post(f"people/{MARIA}/forward", message_id=sent["message_id"])
    await started.post(f"people/{MARIA}/forward", text="Слова", origin="channel")
    first, second = (update["message"] for update in await started.fetch())
    assert first["forward_origin"]["sender_user"]["is_bot"]
    assert "reply_markup" not in first
    await started.post(f"people/{MARIA}/forward", message_id=second["message_id"])
    (again,) = await started.fetch()
    assert again["message"]["forward_origin"] == second["forward_origin"]
    assert "error" in await started.post(f"people/{MARIA}/forward", text="Слова", origin="moon")
    assert "error" in await started.post(f"people/{MARIA}/forward", text=" ")
    assert "error" in await started.post(f"people/{MARIA}/forward", message_id=1)


@pytest.mark.parametrize("kind", ["contact", "location", "poll", "voice", "sticker"])
async def test_what_is_made_up_is_as_the_bot_api_has_it(started: Sandbox, kind: str) -> None:
    await started.post(f"people/{MARIA}/{kind}")
    (update,) = await started.fetch()
    assert Message.model_validate(update["message"]).content_type == kind


async def test_a_person_changes_what_she_wrote(started: Sandbox) -> None:
    await started.result("getUpdates", allowed_updates=["message", "edited_message"])
    sent = (await started.post(f"people/{MARIA}/text", text="Петрва"))["messages"][0]
    await started.post(f"people/{MARIA}/edit", message_id=sent["message_id"], text="Петрова")
    _, update = await started.fetch()
    edited = update["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("Петрова", sent["message_id"])
    assert edited["edit_date"] >= edited["date"]
    answered = await started.result("sendMessage", chat_id=MARIA, text="Спасибо")
    for message_id, text in ((answered["message_id"], "Нет"), (sent["message_id"], " "), (1, "Нет")):
        assert "error" in await started.post(f"people/{MARIA}/edit", message_id=message_id, text=text)


async def test_a_file_of_the_bot_is_saved_never_run(started: Sandbox) -> None:
    sent = await started.send_file("sendDocument", "document", b"<script>", chat_id=MARIA, file_name="a.html")
    file_id = sent["result"]["document"]["file_id"]
    async with started.http.get(f"/sandbox/files/{file_id}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert await response.read() == b"<script>"


async def test_who_blocked_cannot_write_until_the_bot_is_unblocked(started: Sandbox) -> None:
    await started.post(f"people/{MARIA}/block")
    await started.post(f"people/{MARIA}/block")
    assert "error" in await started.post(f"people/{MARIA}/text", text="а")
    await started.post(f"people/{MARIA}/unblock")
    updates = await started.fetch()
    changes = [
        (
            update["my_chat_member"]["old_chat_member"]["status"],
            update["my_chat_member"]["new_chat_member"]["status"],
        )
        for update in updates
    ]
    assert changes == [("member", "kicked"), ("kicked", "member")]


async def test_the_clock_goes_ahead_for_all_who_read_the_file(started: Sandbox) -> None:
    before = time.time()
    moved = await started.post("clock", add=3600)
    assert (moved["add"], started.clock_file.read_text()) == (3600, "3600")
    sent = await started.result("sendMessage", chat_id=MARIA, text="а")
    assert before + 3599 <= sent["date"] <= time.time() + 3600
    started.clock_file.write_text("7200\n")
    assert (await started.get("clock"))["add"] == 7200
    assert (await started.get("clock"))["zone"] == "Asia/Novosibirsk"
    assert "error" in await started.post("clock", add="soon")


async def test_the_journal_tells_what_was_called(started: Sandbox) -> None:
    last = (await started.get("calls"))["last"]
    waiting = asyncio.create_task(started.get("calls", since=last, method="sendMessage", timeout=50))
    await started.call("getMe")
    await started.call("sendMessage", chat_id=77, text="а", reply_markup='{"remove_keyboard": true}')
    (call,) = (await waiting)["calls"]
    assert (call["method"], call["status"], call["description"]) == (
        "sendMessage",
        400,
        "Bad Request: chat not found",
    )
    assert call["params"] == {"chat_id": 77, "text": "а", "reply_markup": {"remove_keyboard": True}}


async def test_faults_come_as_often_as_ordered_and_where(started: Sandbox) -> None:
    await started.start(HEAD)
    ordered = await started.post("faults", method="sendMessage", status=500, count=2, chat_id=MARIA)
    assert len(ordered["faults"]) == 1
    statuses = [
        (await started.call("sendMessage", chat_id=chat, text="а")).get("error_code")
        for chat in (HEAD, MARIA, MARIA, MARIA)
    ]
    assert statuses == [None, 500, 500, None]
    await started.post("faults", method="*", status=400, description="Bad Request: chat not found")
    assert (await started.call("getMe"))["description"] == "Bad Request: chat not found"
    await started.post("faults", method="*", status=500)
    async with started.http.delete("/sandbox/faults") as response:
        assert await response.json() == {"faults": []}
    assert "error" in await started.post("faults", status="melt")


async def test_a_rate_limit_is_kept_when_asked_for(tmp_path: Path) -> None:
    async with (
        serving(Options(TOKEN, "zvonok_demo_bot", rate_limit=3)) as address,
        ClientSession(address) as http,
    ):
        sandbox = Sandbox(address, http, tmp_path)
        await sandbox.start()
        answers = [await sandbox.call("sendMessage", chat_id=MARIA, text=str(n)) for n in range(4)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[3]["error_code"] == 429
    assert answers[3]["description"] == "Too Many Requests: retry after 1"
    assert answers[3]["parameters"] == {"retry_after": 1}
