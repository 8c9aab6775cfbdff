"""A real aiogram bot finds nothing strange in the sandbox's answers."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from tests.sandbox.conftest import HEAD, MARIA, TOKEN, Sandbox
from tests.sandbox.pictures import png


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.address)))
    yield bot
    await bot.session.close()


def keyboard(text: str, data: str) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=text, callback_data=data, style="success")
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def test_a_conversation(bot: Bot, sandbox: Sandbox) -> None:
    me = await bot.get_me()
    assert (me.id, me.first_name, me.username) == (1, "Звонок", "zvonok_demo_bot")

    await sandbox.post(f"people/{MARIA}/open", link="https://t.me/zvonok_demo_bot?start=AB_12-x")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/start AB_12-x"
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ru"

    sent = await bot.send_message(
        MARIA, "😀 <b>Семинар</b>", parse_mode="HTML", reply_markup=keyboard("Приду", "go:1")
    )
    assert sent.html_text == "😀 <b>Семинар</b>"
    pressing = asyncio.create_task(sandbox.post(f"people/{MARIA}/press", label="Приду", wait=30))
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=30)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("go:1", MARIA)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    await bot.answer_callback_query(query.id, text="Записано", show_alert=True)
    assert (await pressing)["answer"] == {"text": "Записано", "show_alert": True, "url": ""}

    edited = await bot.edit_message_text("Вы придёте", chat_id=MARIA, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    edited = await bot.edit_message_reply_markup(
        chat_id=MARIA, message_id=sent.message_id, reply_markup=keyboard("Не смогу", "no")
    )
    assert await bot.delete_message(MARIA, sent.message_id)
    assert (await sandbox.chat())[-1]["message"]["text"] == "/start AB_12-x"


async def test_files_go_both_ways(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.start()
    sent = await bot.send_document(
        MARIA, BufferedInputFile("план".encode(), "План.docx"), caption="<i>Вот</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("План.docx", "Вот")
    downloaded = await bot.download(sent.document)
    assert downloaded is not None
    assert downloaded.read() == "план".encode()
    again = await bot.send_document(MARIA, sent.document.file_id)
    assert again.document == sent.document
    changed = await bot.edit_message_caption(chat_id=MARIA, message_id=sent.message_id, caption="Новый")
    assert isinstance(changed, Message)
    assert changed.caption == "Новый"

    photo = await bot.send_photo(MARIA, BufferedInputFile(png(30, 20), "qr.png"))
    assert photo.photo is not None
    assert (photo.photo[0].width, photo.photo[0].height) == (30, 20)


async def test_replies_copies_and_forwards(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.start()
    await sandbox.start(HEAD)
    first = await bot.send_message(MARIA, "Вопрос")
    reply = await bot.send_message(
        MARIA, "Ответ", reply_parameters=ReplyParameters(message_id=first.message_id)
    )
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "Вопрос"
    await bot.copy_message(HEAD, MARIA, first.message_id)
    forwarded = await bot.forward_message(HEAD, MARIA, first.message_id)
    assert forwarded.forward_origin is not None
    assert [message["message"]["text"] for message in (await sandbox.chat(HEAD))[1:]] == ["Вопрос"] * 2


async def test_a_reply_keyboard_comes_and_goes(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.start()
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Помощь")]], resize_keyboard=True)
    await bot.send_message(MARIA, "Кнопки внизу", reply_markup=keys)
    assert (await sandbox.get(f"people/{MARIA}"))["keyboard"]["keyboard"] == [[{"text": "Помощь"}]]
    await bot.send_message(MARIA, "Кнопок нет", reply_markup=ReplyKeyboardRemove())
    assert (await sandbox.get(f"people/{MARIA}"))["keyboard"] is None


async def test_the_profile(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.start()
    await bot.set_my_commands([BotCommand(command="next", description="Ближайшее")])
    scope = BotCommandScopeChat(chat_id=MARIA)
    await bot.set_my_commands([BotCommand(command="desk", description="Стол")], scope=scope)
    assert [command.command for command in await bot.get_my_commands()] == ["next"]
    assert [command["command"] for command in (await sandbox.get(f"people/{MARIA}"))["commands"]] == ["desk"]
    assert [command["command"] for command in (await sandbox.get(f"people/{HEAD}"))["commands"]] == ["next"]
    await bot.delete_my_commands(scope=scope)
    assert [command["command"] for command in (await sandbox.get(f"people/{MARIA}"))["commands"]] == ["next"]
    await bot.set_my_description("Напоминаю о встречах")
    assert (await bot.get_my_description()).description == "Напоминаю о встречах"
    assert (await sandbox.get("bot"))["description"] == "Напоминаю о встречах"
    await bot.set_my_short_description("Звонок")
    assert await bot.set_chat_menu_button()
    assert (await bot.get_chat_menu_button()).type == "default"
    chat = await bot.get_chat(MARIA)
    assert (chat.type, chat.first_name) == ("private", "Мария")
    info = await bot.get_webhook_info()
    assert info.url == ""


async def test_blocking_is_told_and_felt(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.start()
    await sandbox.post(f"people/{MARIA}/block")
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(MARIA, "а")


async def test_aiogram_knows_the_errors(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.start()
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(77, "а")
    await sandbox.post("faults", method="sendMessage", status=429, retry_after=7)
    with pytest.raises(TelegramRetryAfter) as pause:
        await bot.send_message(MARIA, "а")
    assert pause.value.retry_after == 7
    await sandbox.post("faults", method="sendMessage", status=502, description="Bad Gateway")
    with pytest.raises(TelegramServerError):
        await bot.send_message(MARIA, "а")
    await sandbox.post("faults", method="sendMessage", status="drop")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(MARIA, "Дошло")
    await sandbox.post("faults", method="sendMessage", status="refuse")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(MARIA, "Не дошло")
    assert [message["message"]["text"] for message in await sandbox.chat()] == ["/start", "Дошло"]
    async with Bot("1:wrong", session=bot.session).context(auto_close=False) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_what_is_typed_after_the_bots_name(bot: Bot, sandbox: Sandbox) -> None:
    assert (await bot.get_me()).supports_inline_queries
    typing = asyncio.create_task(sandbox.post(f"people/{MARIA}/inline", query="семинар", wait=30))
    (update,) = await bot.get_updates(timeout=30)
    query = update.inline_query
    assert query is not None
    assert (query.query, query.from_user.id, query.chat_type) == ("семинар", MARIA, "group")
    link = InlineKeyboardButton(text="Открыть", url="https://t.me/zvonok_demo_bot?start=e5")
    article = InlineQueryResultArticle(
        id="5",
        title="Семинар",
        description="18 ноября",
        input_message_content=InputTextMessageContent(message_text="<b>Семинар</b>", parse_mode="HTML"),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[link]]),
    )
    door = InlineQueryResultsButton(text="Войти", start_parameter="hello")
    assert await bot.answer_inline_query(query.id, [article], is_personal=True, cache_time=5, button=door)
    answer = (await typing)["answer"]
    (found,) = answer["results"]
    assert (found["title"], found["message"]["text"]) == ("Семинар", "Семинар")
    assert found["reply_markup"]["inline_keyboard"][0][0]["url"].endswith("?start=e5")
    assert answer["button"] == {"text": "Войти", "start_parameter": "hello"}
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_inline_query(query.id, [])
