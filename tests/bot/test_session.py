"""Requests over real HTTP: what goes out, what an answer means, what a pause holds back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetMe, SendMessage, TelegramMethod
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    WebAppInfo,
)
from aiohttp import web

from bot.session import GatewayTimeoutError, Pausing, Sent, TelegramSession, in_json, maybe_sent
from scheduler.pace import Pace

MESSAGE = SendMessage(chat_id=7, text="Здравствуйте")
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Telegram:
    """Answers as it is told, and keeps what it was asked."""

    answer: Answer
    address: str = ""
    asked: list[str] = field(default_factory=list)


def says(status: int, **what: Any) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": status == 200, "error_code": status, **what}, status=status)

    return answer


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A server on this machine."""
    told = Telegram(says(200, result={"message_id": 77, "date": 1, "chat": {"id": 7, "type": "private"}}))

    async def take(request: web.Request) -> web.StreamResponse:
        told.asked.append(request.path.rpartition("/")[2])
        return await told.answer(request)

    runner = web.ServerRunner(web.Server(take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    told.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield told
    await runner.cleanup()


@pytest.fixture
def pace() -> Pace:
    """Nothing is paused yet."""
    return Pace(1000)


@pytest.fixture
async def bot(telegram: Telegram, pace: Pace) -> AsyncIterator[Bot]:
    """A bot with a session as the application wires it."""

    async def pause(seconds: float) -> None:
        pace.pause(seconds)

    session = TelegramSession(telegram.address, "", pace)
    session.middleware(Pausing(pace, pause))
    yield Bot("1:test", session=session)
    await session.close()


BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="✅ Приду", callback_data="a:1"),
            InlineKeyboardButton(text="Нет", url="t.me"),
        ]
    ]
)
KEYS = ReplyKeyboardMarkup(
    keyboard=[[KeyboardButton(text="«Ближайшее»", web_app=WebAppInfo(url="https://x.ru"))]],
    resize_keyboard=True,
)


@pytest.mark.parametrize(
    "method",
    [
        MESSAGE,
        SendMessage(
            chat_id=-100,
            text="<b>&</b> %+ \N{BELL}",
            parse_mode="HTML",
            message_thread_id=5,
            disable_notification=True,
            reply_markup=BUTTONS,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=ReplyParameters(message_id=9),
        ),
        SendMessage(chat_id=7, text="…", reply_markup=KEYS),
        SendMessage(chat_id=7, text="…", reply_markup=ReplyKeyboardRemove()),
        SendMessage(chat_id=7, text="…", reply_markup=ForceReply(selective=True)),
        EditMessageText(chat_id=7, message_id=4, text="…", reply_markup=None),
        AnswerCallbackQuery(callback_query_id="5", text="Записано", show_alert=True),
    ],
)
async def test_what_goes_out_is_what_aiogram_would_send(bot: Bot, method: TelegramMethod[Any]) -> None:
    session = AiohttpSession()
    form = session.build_form_data(bot, method)
    theirs = {options["name"]: value for options, _, value in form._fields}

    def plain(value: Any) -> Any:
        if isinstance(value, bool):
            return str(value).lower()
        return json.loads(value) if isinstance(value, str) and value[:1] in "{[" else value

    ours = {
        name: value if isinstance(value, dict) else plain(value) if isinstance(value, bool) else str(value)
        for name, value in json.loads(in_json(method)).items()
    }
    assert ours == {name: plain(value) for name, value in theirs.items()}


async def test_of_a_message_the_number_is_kept(bot: Bot) -> None:
    assert await bot(MESSAGE) == Sent(77)


async def test_an_answered_press_is_true(bot: Bot, telegram: Telegram) -> None:
    telegram.answer = says(200, result=True)
    assert await bot(AnswerCallbackQuery(callback_query_id="5")) is True


async def test_everything_else_goes_aiograms_way(bot: Bot, telegram: Telegram) -> None:
    telegram.answer = says(200, result={"id": 1, "is_bot": True, "first_name": "Звонок"})
    assert (await bot(GetMe())).first_name == "Звонок"


@pytest.mark.parametrize(
    ("status", "what", "error"),
    [
        (400, {"description": "Bad Request: chat not found"}, TelegramBadRequest),
        (400, {"description": "migrated", "parameters": {"migrate_to_chat_id": -9}}, TelegramMigrateToChat),
        (429, {"description": "Too Many", "parameters": {"retry_after": 1}}, TelegramRetryAfter),
        (429, {"description": "Too Many"}, TelegramRetryAfter),
        (500, {"description": "Internal"}, TelegramServerError),
        (504, {"description": "Gateway Timeout"}, GatewayTimeoutError),
    ],
)
async def test_a_refusal_is_aiograms(
    bot: Bot, telegram: Telegram, status: int, what: dict[str, Any], error: type[Exception]
) -> None:
    telegram.answer = says(status, **what)
    with pytest.raises(error):
        await bot(MESSAGE)


@pytest.mark.parametrize(
    ("status", "error", "maybe"),
    [
        (502, TelegramServerError, False),
        (503, TelegramServerError, False),
        (504, GatewayTimeoutError, True),
        (200, ClientDecodeError, None),
    ],
)
async def test_an_answer_in_html(
    bot: Bot, telegram: Telegram, status: int, error: type[Exception], maybe: bool | None
) -> None:
    """From something before Telegram: by its number it is known whether the request went further."""

    async def page(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text="<h1>nginx</h1>")

    telegram.answer = page
    with pytest.raises(error) as caught:
        await bot(MESSAGE)
    if maybe is not None:
        assert maybe_sent(caught.value) is maybe  # type: ignore[arg-type]


async def test_an_answer_that_is_lost_is_uncertain(bot: Bot, telegram: Telegram) -> None:
    async def cuts(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    telegram.answer = cuts
    with pytest.raises(TelegramNetworkError) as caught:
        await bot(MESSAGE)
    assert maybe_sent(caught.value)


async def test_a_connection_that_did_not_come_about_is_certain() -> None:
    session = TelegramSession("http://127.0.0.1:9", "")
    with pytest.raises(TelegramNetworkError) as caught:
        await Bot("1:test", session=session)(MESSAGE)
    assert not maybe_sent(caught.value)
    await session.close()


async def test_a_429_holds_back_messages_and_answered_presses_alike(
    bot: Bot, telegram: Telegram, pace: Pace
) -> None:
    good = telegram.answer
    telegram.answer = says(429, description="Too Many", parameters={"retry_after": 1})
    with pytest.raises(TelegramRetryAfter):
        await bot(MESSAGE)
    telegram.answer = good
    telegram.asked.clear()
    waiting = [asyncio.create_task(bot(one)) for one in (MESSAGE, AnswerCallbackQuery(callback_query_id="5"))]
    await asyncio.sleep(0.2)
    assert telegram.asked == []
    assert pace.paused > 0.5
    await asyncio.gather(*waiting)
    assert sorted(telegram.asked) == ["answerCallbackQuery", "sendMessage"]


async def test_a_429_stops_him_who_is_just_connecting(
    bot: Bot, telegram: Telegram, pace: Pace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The turn was his, but nothing was written yet."""
    session = bot.session
    assert isinstance(session, TelegramSession)
    connector = (await session.create_session()).connector
    assert connector is not None
    connect = connector.connect
    connecting, connected = asyncio.Event(), asyncio.Event()

    async def slowly(*arguments: Any, **named: Any) -> Any:
        connection = await connect(*arguments, **named)
        connecting.set()
        await connected.wait()
        return connection

    monkeypatch.setattr(connector, "connect", slowly)
    sending = asyncio.create_task(bot(MESSAGE))
    await connecting.wait()
    pace.pause(0.3)
    connected.set()
    await asyncio.sleep(0.1)
    assert telegram.asked == []
    assert await sending == Sent(77)
    assert telegram.asked == ["sendMessage"]


async def test_asking_for_updates_goes_on_meanwhile(bot: Bot, telegram: Telegram, pace: Pace) -> None:
    session = bot.session
    assert isinstance(session, TelegramSession)
    pace.pause(30)
    telegram.answer = says(200, result=[])
    assert (await session.ask("1:test", "getUpdates", {}, 5))["result"] == []


async def test_no_connection_is_waited_for(bot: Bot, telegram: Telegram) -> None:
    """As many as there are requests: a queue would hold one back after its turn."""
    arrived, release = asyncio.Semaphore(0), asyncio.Event()
    good = telegram.answer

    async def late(request: web.Request) -> web.StreamResponse:
        arrived.release()
        await release.wait()
        return await good(request)

    telegram.answer = late
    sending = [asyncio.create_task(bot(MESSAGE)) for _ in range(120)]
    async with asyncio.timeout(20):
        for _ in sending:
            await arrived.acquire()
        release.set()
        await asyncio.gather(*sending)
