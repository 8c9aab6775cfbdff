"""Groups: who lets the bot in, what it sees there, what it may write and where, and a move."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramMigrateToChat

from tests.sandbox.conftest import HEAD, MARIA, Sandbox
from tests.sandbox.test_aiogram import bot

__all__ = ["bot"]

Json = dict[str, Any]


async def a_group(sandbox: Sandbox, **about: Any) -> str:
    """A group that the head let the bot into; its place under ``/sandbox/``."""
    made = await sandbox.post("groups", title="Библиотекари района", **about)
    place = f"groups/{made['id']}"
    await sandbox.post(f"{place}/add", person=HEAD)
    await sandbox.fetch()
    return place


def id_of(place: str) -> int:
    return int(place.partition("/")[2])


async def written(sandbox: Sandbox, place: str) -> list[str]:
    seen = await sandbox.get(f"{place}/messages")
    return [one["message"].get("text", "") for one in seen["messages"] if one["from_bot"]]


async def test_the_bot_is_told_what_it_is_there(bot: Bot, sandbox: Sandbox) -> None:
    made = await sandbox.post("groups", title="Чат")
    assert (made["type"], made["id"] < 0) == ("group", True)
    told = []
    for act in ("add", "silence", "allow", "allow", "remove"):
        await sandbox.post(f"groups/{made['id']}/{act}", person=HEAD)
    for update in await bot.get_updates():
        assert update.my_chat_member is not None
        change = update.my_chat_member
        assert (change.chat.id, change.from_user.id) == (made["id"], HEAD)
        told.append((change.old_chat_member.status, change.new_chat_member.status))
    assert told == [
        ("left", "member"),
        ("member", "restricted"),
        ("restricted", "member"),
        ("member", "kicked"),
    ]


async def test_of_what_people_write_it_sees_only_what_is_for_it(sandbox: Sandbox) -> None:
    place = await a_group(sandbox)
    sent = await sandbox.result("sendMessage", chat_id=id_of(place), text="Здравствуйте")
    for text in ("Привет", "/next", "/next@zvonok_demo_bot", "/next@other_bot", "@zvonok_demo_bot что?"):
        await sandbox.post(f"{place}/text", person=MARIA, text=text)
    await sandbox.post(f"{place}/text", person=MARIA, text="И вам", reply_to=sent["message_id"])
    seen = [update["message"]["text"] for update in await sandbox.fetch()]
    assert seen == ["/next", "/next@zvonok_demo_bot", "@zvonok_demo_bot что?", "И вам"]


async def test_a_press_is_hers_who_presses(sandbox: Sandbox) -> None:
    place = await a_group(sandbox)
    markup = {"inline_keyboard": [[{"text": "Приду", "callback_data": "go"}]]}
    await sandbox.result("sendMessage", chat_id=id_of(place), text="Семинар", reply_markup=markup)
    await sandbox.post(f"{place}/press", person=MARIA, label="Приду")
    [update] = await sandbox.fetch()
    query = update["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (MARIA, id_of(place))
    link = "https://t.me/zvonok_demo_bot?start=AB-1-going"
    assert await sandbox.result("answerCallbackQuery", callback_query_id=query["id"], url=link)


@pytest.mark.parametrize(
    ("act", "description"),
    [
        ("remove", "Forbidden: bot was kicked from the group chat"),
        ("silence", "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_where_it_may_not_write(sandbox: Sandbox, act: str, description: str) -> None:
    place = await a_group(sandbox)
    await sandbox.post(f"{place}/{act}", person=HEAD)
    answer = await sandbox.call("sendMessage", chat_id=id_of(place), text="а")
    assert answer["description"] == description


async def test_a_group_without_the_bot_is_unknown_to_it(sandbox: Sandbox) -> None:
    made = await sandbox.post("groups", title="Чат")
    for chat_id in (made["id"], -1):
        answer = await sandbox.call("sendMessage", chat_id=chat_id, text="а")
        assert answer["description"] == "Bad Request: chat not found"


async def test_topics_are_opened_closed_and_gone(sandbox: Sandbox) -> None:
    place = await a_group(sandbox, forum=True)
    topic = (await sandbox.post(f"{place}/topic", person=HEAD, name="Встречи"))["message_thread_id"]
    where = {"chat_id": id_of(place), "message_thread_id": topic}
    sent = await sandbox.result("sendMessage", text="раз", **where)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert "message_thread_id" not in await sandbox.result("sendMessage", chat_id=id_of(place), text="два")
    await sandbox.post(f"{place}/close", person=HEAD, topic=topic)
    answer = await sandbox.call("sendMessage", text="три", **where)
    assert answer["description"] == "Bad Request: TOPIC_CLOSED"
    await sandbox.post(f"{place}/delete", person=HEAD, topic=topic)
    for method, said in (("sendMessage", {"text": "три"}), ("sendChatAction", {"action": "typing"})):
        answer = await sandbox.call(method, **said, **where)
        assert answer["description"] == "Bad Request: message thread not found"
    assert await written(sandbox, place) == ["", "два"]


async def test_a_group_that_becomes_a_supergroup_says_so_and_takes_nothing_more(
    bot: Bot, sandbox: Sandbox
) -> None:
    place = await a_group(sandbox)
    new = await sandbox.post(f"{place}/migrate", person=HEAD)
    assert new["type"] == "supergroup"
    old_says, new_says = [update.message for update in await bot.get_updates()]
    assert old_says is not None
    assert new_says is not None
    assert (old_says.chat.id, old_says.migrate_to_chat_id) == (id_of(place), new["id"])
    assert (new_says.chat.id, new_says.migrate_from_chat_id) == (new["id"], id_of(place))
    with pytest.raises(TelegramMigrateToChat) as refused:
        await bot.send_message(id_of(place), "а")
    assert refused.value.migrate_to_chat_id == new["id"]
    assert (await bot.send_message(new["id"], "а")).chat.type == "supergroup"
    again = await sandbox.post(f"groups/{new['id']}/migrate", person=HEAD)
    assert again["error"] == "Это уже супергруппа."


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("text", {"person": MARIA, "text": " "}),
        ("text", {"person": MARIA, "text": "а", "topic": 5}),
        ("press", {"person": MARIA, "label": "Приду"}),
        ("topic", {"person": MARIA}),
        ("text", {"person": 5, "text": "а"}),
    ],
)
async def test_what_nobody_can_do(sandbox: Sandbox, act: str, body: Json) -> None:
    place = await a_group(sandbox)
    assert "error" in await sandbox.post(f"{place}/{act}", **body)
