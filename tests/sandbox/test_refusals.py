"""What Telegram refuses the sandbox refuses, in the same words."""

from typing import Any

import pytest

from sandbox.facts import LIMITS
from tests.sandbox.conftest import ELENA, MARIA, TOKEN, Sandbox
from tests.sandbox.pictures import png

BAD_BUTTON = "Bad Request: can't parse inline keyboard button"
BAD_WEB_APP = "Bad Request: inline keyboard button Web App URL"
BLOCKED = "Forbidden: bot was blocked by the user"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"chat_id": MARIA}, "Bad Request: message text is empty"),
        ({"chat_id": MARIA, "text": " \n "}, "Bad Request: text must be non-empty"),
        ({"chat_id": MARIA, "text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
        ({"text": "а"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 5, "text": "а"}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody", "text": "а"}, "Bad Request: chat not found"),
        ({"chat_id": ELENA, "text": "а"}, "Forbidden: bot can't initiate conversation with a user"),
        ({"chat_id": MARIA, "text": "а" * 4097}, "Bad Request: message is too long"),
        ({"chat_id": MARIA, "text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"chat_id": MARIA, "text": "а" * 20_000}, "Bad Request: text is too long"),
        ({"chat_id": MARIA, "text": "а", "parse_mode": "Word"}, "Bad Request: unsupported parse_mode"),
        (
            {"chat_id": MARIA, "text": "1 < 2", "parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2',
        ),
        (
            {"chat_id": MARIA, "text": "а", "reply_markup": "{"},
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            {"chat_id": MARIA, "text": "а", "reply_markup": "[]"},
            "Bad Request: object expected as reply markup",
        ),
        (
            {"chat_id": MARIA, "text": "а", "reply_parameters": {"message_id": 5}},
            "Bad Request: message to be replied not found",
        ),
        (
            {"chat_id": MARIA, "text": "а", "disable_notification": "perhaps"},
            'Bad Request: field "disable_notification" must be of type Boolean',
        ),
    ],
)
async def test_a_message(started: Sandbox, params: dict[str, Any], description: str) -> None:
    answer = await started.call("sendMessage", **params)
    assert (answer["ok"], answer.get("description")) == (False, description)


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (inline(text="а", callback_data="я" * 33), "Bad Request: BUTTON_DATA_INVALID"),
        (
            inline(text="а"),
            f"{BAD_BUTTON}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(text="а", callback_data=""),
            f"{BAD_BUTTON}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(callback_data="x"),
            "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (inline(text="", callback_data="x"), "Bad Request: inline keyboard button text must be non-empty"),
        (
            inline(text="а", callback_data="x", style="golden"),
            "Bad Request: can't parse inline keyboard button: invalid button style specified",
        ),
        (
            inline(text="а", url="http://localhost/"),
            "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            inline(text="а", web_app={"url": "http://example.com/"}),
            f"{BAD_WEB_APP} 'http://example.com/' is invalid: Only HTTPS links are allowed",
        ),
        (
            {"inline_keyboard": [{"text": "а", "callback_data": "x"}]},
            'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [[{"text": "а", "callback_data": "x"}]] * 101},
            "Bad Request: reply markup is too long",
        ),
        ({"keyboard": ["а"]}, 'Bad Request: field "keyboard" must be an Array of Arrays'),
        (
            {"keyboard": [[5]]},
            "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        ({"keyboard": [[""]]}, "Bad Request: keyboard button text must be non-empty"),
    ],
)
async def test_a_keyboard(started: Sandbox, markup: dict[str, Any], description: str) -> None:
    answer = await started.call("sendMessage", chat_id=MARIA, text="а", reply_markup=markup)
    assert (answer["ok"], answer.get("description")) == (False, description)


async def test_what_just_fits_is_taken(started: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "а", "callback_data": "я" * 32}]] * 100}
    text = f"<b>{'😀' * 2048}</b>"
    sent = await started.result(
        "sendMessage", chat_id=MARIA, text=text, parse_mode="HTML", reply_markup=markup
    )
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    assert sent["reply_markup"] == markup


async def test_empty_rows_of_a_reply_keyboard_are_left_out_without_a_word(started: Sandbox) -> None:
    keyboards: list[list[list[str]]] = [[[], ["а"]], [[]]]
    for rows in keyboards:
        await started.result("sendMessage", chat_id=MARIA, text="а", reply_markup={"keyboard": rows})
    person = await started.get(f"people/{MARIA}")
    assert person["keyboard"] == {"keyboard": [[{"text": "а"}]]}


async def test_a_wrong_token_and_an_unknown_method(sandbox: Sandbox) -> None:
    async with sandbox.http.post("/bot2:other/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    answer = await sandbox.call("sendHorse")
    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


async def test_one_who_blocked_the_bot_gets_nothing(started: Sandbox) -> None:
    await started.post(f"people/{MARIA}/block")
    for method, params in [("sendMessage", {"text": "а"}), ("sendChatAction", {"action": "typing"})]:
        answer = await started.call(method, chat_id=MARIA, **params)
        assert (answer["error_code"], answer["description"]) == (403, BLOCKED)
    await started.post(f"people/{MARIA}/unblock")
    assert (await started.call("sendMessage", chat_id=MARIA, text="а"))["ok"]


async def test_edits(started: Sandbox) -> None:
    async def edit(method: str = "editMessageText", **params: Any) -> str:
        answer = await started.call(method, chat_id=MARIA, **params)
        return str(answer.get("description", "ok"))

    button = {"text": "а", "callback_data": "x"}
    sent = await started.result(
        "sendMessage", chat_id=MARIA, text="<b>а</b>", parse_mode="HTML", reply_markup=inline(**button)
    )
    own = sent["message_id"]
    same = {"message_id": own, "text": "<b>а</b>", "parse_mode": "HTML", "reply_markup": inline(**button)}
    assert await edit(**same) == NOT_MODIFIED
    assert await edit("editMessageReplyMarkup", message_id=own, reply_markup=inline(**button)) == NOT_MODIFIED
    assert await edit("editMessageCaption", message_id=own, caption="б") == (
        "Bad Request: there is no caption in the message to edit"
    )
    assert await edit(message_id=own, text="а", reply_markup={"keyboard": [["а"]]}) == (
        "Bad Request: inline keyboard expected"
    )
    assert await edit(message_id=own, text="а") == "ok"
    assert await edit(message_id=own, text="а") == NOT_MODIFIED
    assert await edit(message_id=own + 50, text="а") == "Bad Request: message to edit not found"

    theirs = (await started.post(f"people/{MARIA}/text", text="привет"))["messages"][0]["message_id"]
    assert await edit(message_id=theirs, text="а") == "Bad Request: message can't be edited"
    keyed = await started.result("sendMessage", chat_id=MARIA, text="а", reply_markup={"keyboard": [["а"]]})
    assert await edit(message_id=keyed["message_id"], text="б") == "Bad Request: message can't be edited"

    await started.result("deleteMessage", chat_id=MARIA, message_id=own)
    assert await edit(message_id=own, text="б") == "Bad Request: message to edit not found"


async def test_deleting(started: Sandbox) -> None:
    sent = await started.result("sendMessage", chat_id=MARIA, text="а")
    message_id = sent["message_id"]
    answer = await started.call("deleteMessage", chat_id=MARIA, message_id=message_id + 5)
    assert answer["description"] == "Bad Request: message to delete not found"
    await started.post("clock", add=48 * 3600 + 5)
    answer = await started.call("deleteMessage", chat_id=MARIA, message_id=message_id)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


async def test_answers_to_presses(started: Sandbox) -> None:
    async def answer(**params: Any) -> str:
        return str((await started.call("answerCallbackQuery", **params)).get("description", "ok"))

    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await started.result(
        "sendMessage", chat_id=MARIA, text="а", reply_markup=inline(text="б", callback_data="x")
    )
    query = (await started.post(f"people/{MARIA}/press", label="б"))["callback_query_id"]
    assert await answer(callback_query_id="12") == old
    assert await answer(callback_query_id=query, text="а" * 201) == "Bad Request: MESSAGE_TOO_LONG"
    assert await answer(callback_query_id=query, text="а" * 200) == "ok"
    assert await answer(callback_query_id=query) == old


async def test_files(started: Sandbox) -> None:
    async def send(method: str, name: str, data: bytes, **params: Any) -> str:
        answer = await started.send_file(method, name, data, chat_id=MARIA, **params)
        return str(answer.get("description", "ok"))

    assert await send("sendPhoto", "photo", b"no picture") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await send("sendPhoto", "photo", png(1, 21)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await send("sendPhoto", "photo", png(8, 8)) == "ok"
    assert await send("sendDocument", "document", b"") == "Bad Request: file must be non-empty"
    assert await send("sendDocument", "document", b"x", caption="а" * 1025) == (
        "Bad Request: message caption is too long"
    )
    assert (
        await send("sendDocument", "document", bytes(LIMITS["upload_bytes"] + 1))
        == "Request Entity Too Large"
    )
    answer = await started.call("sendDocument", chat_id=MARIA)
    assert answer["description"] == "Bad Request: there is no document in the request"
    answer = await started.call("sendDocument", chat_id=MARIA, document="BQAC")
    assert answer["description"] == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_a_file_over_20_mb_cannot_be_fetched(started: Sandbox) -> None:
    sent = await started.send_file(
        "sendDocument", "document", bytes(LIMITS["download_bytes"] + 1), chat_id=MARIA
    )
    file_id = sent["result"]["document"]["file_id"]
    assert (await started.call("getFile", file_id=file_id))["description"] == "Bad Request: file is too big"
    assert (await started.call("getFile", file_id="x"))["description"] == "Bad Request: invalid file_id"
    assert (await started.call("getFile"))["description"] == "Bad Request: file_id not specified"


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("setMyCommands", {"commands": [{"command": "План", "description": "а"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "plan"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "plan", "description": " "}]},
            "command description must be non-empty",
        ),
        ("setMyCommands", {"commands": "["}, "can't parse commands JSON object"),
        (
            "setMyCommands",
            {"scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setMyDescription", {"description": "а" * 513}, "description is too long"),
        ("setMyShortDescription", {"short_description": "а" * 121}, "short description is too long"),
        (
            "setChatMenuButton",
            {"menu_button": {"type": "moon"}},
            "can't parse menu button: MenuButton has unsupported type",
        ),
        ("sendChatAction", {"chat_id": MARIA, "action": "sleeping"}, "wrong parameter action in request"),
        ("getUpdates", {"offset": "soon"}, 'field "offset" must be of type Number'),
        ("setWebhook", {"url": "nowhere"}, "invalid webhook URL specified"),
        (
            "setWebhook",
            {"url": "http://127.0.0.1:1/", "secret_token": "а"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_the_rest(started: Sandbox, method: str, params: dict[str, Any], description: str) -> None:
    answer = await started.call(method, **params)
    assert answer.get("description") == f"Bad Request: {description}"


async def test_a_body_that_is_no_json(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    async with sandbox.http.post(f"/bot{TOKEN}/getMe", data="{", headers=headers) as response:
        assert response.status == 400


ARTICLE = {"type": "article", "id": "1", "title": "Семинар", "input_message_content": {"message_text": "а"}}


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"results": {}}, "Bad Request: expected an Array of inline query results"),
        (
            {"results": [ARTICLE | {"id": str(one)} for one in range(51)]},
            "Bad Request: too many inline query results specified",
        ),
        (
            {"results": ["а"]},
            "Bad Request: can't parse inline query result: Inline query result must be an object",
        ),
        (
            {"results": [ARTICLE | {"type": "gif"}]},
            "Bad Request: can't parse inline query result: Unsupported inline query result type",
        ),
        ({"results": [ARTICLE, ARTICLE]}, "Bad Request: RESULT_ID_DUPLICATE"),
        ({"results": [ARTICLE | {"id": "я" * 33}]}, "Bad Request: RESULT_ID_INVALID"),
        ({"results": [ARTICLE | {"id": ""}]}, "Bad Request: RESULT_ID_INVALID"),
        ({"results": [ARTICLE | {"title": " "}]}, "Bad Request: ARTICLE_TITLE_EMPTY"),
        (
            {"results": [ARTICLE | {"input_message_content": {}}]},
            "Bad Request: can't parse inline query result: Message text must be specified",
        ),
        (
            {"results": [ARTICLE | {"input_message_content": {"message_text": "а" * 4097}}]},
            "Bad Request: MESSAGE_TOO_LONG",
        ),
        (
            {"results": [ARTICLE | {"input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}]},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"results": [ARTICLE | {"reply_markup": {"keyboard": [["а"]]}}]},
            "Bad Request: inline keyboard expected",
        ),
        ({"results": [], "button": {"text": "Войти"}}, "Bad Request: START_PARAM_EMPTY"),
        (
            {"results": [], "button": {"text": "Войти", "start_parameter": "ё"}},
            "Bad Request: START_PARAM_INVALID",
        ),
        (
            {"results": [], "button": {"text": "Войти", "start_parameter": "a" * 65}},
            "Bad Request: START_PARAM_INVALID",
        ),
        (
            {"results": [], "button": {"start_parameter": "a"}},
            "Bad Request: can't parse inline query results button: Can't find field \"text\"",
        ),
        ({"results": [], "next_offset": "1" * 65}, "Bad Request: NEXT_OFFSET_INVALID"),
        (
            {"results": [ARTICLE]},
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
    ],
)
async def test_what_is_found_by_the_bots_name(
    sandbox: Sandbox, params: dict[str, Any], description: str
) -> None:
    answer = await sandbox.call("answerInlineQuery", inline_query_id="5", **params)
    assert answer["description"] == description


@pytest.mark.parametrize(
    "url", ["https://example.com/", "https://t.me/zvonok_demo_bot", "https://t.me/other_bot?start=a"]
)
async def test_a_press_opens_no_link_but_one_that_starts_the_bot(started: Sandbox, url: str) -> None:
    answer = await started.call("answerCallbackQuery", callback_query_id="1", url=url)
    assert answer["description"] == "Bad Request: URL_INVALID"
