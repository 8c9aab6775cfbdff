"""Replies out: in order, waiting only while Telegram says so, never twice."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, SendMessage
from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey

from bot.replying import Replier
from bot.session import GatewayTimeoutError
from tests.bot.conftest import World
from tests.bot.people import MEETING, come_in_maria, settle

MARIA = 2002
METHOD = SendMessage(chat_id=MARIA, text="…")


def never_reached() -> TelegramNetworkError:
    """The request certainly did not reach Telegram."""
    error = TelegramNetworkError(METHOD, "no connection")
    key = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)
    error.__cause__ = ClientConnectorError(key, OSError("refused"))
    return error


def message(text: str) -> SendMessage:
    return SendMessage(chat_id=MARIA, text=text)


@pytest.fixture
def replier(world: World, monkeypatch: pytest.MonkeyPatch) -> Replier:
    """The application's own; nothing is waited for."""
    monkeypatch.setattr("bot.replying._AGAIN_AFTER", (0.0, 0.0, 0.0))
    monkeypatch.setattr(world.app.sender._pace, "pause", lambda seconds: None)
    return world.app.receiver._replier


def shown(world: World) -> list[str]:
    return [one.text for one in world.telegram.chat(MARIA).shown]


async def test_one_after_the_other(world: World, replier: Replier) -> None:
    await replier.reply([message("раз"), message("два"), message("три")])
    assert shown(world) == ["раз", "два", "три"]


async def test_one_that_is_refused_does_not_keep_the_next_back(world: World, replier: Replier) -> None:
    world.telegram.failures.append(TelegramBadRequest(METHOD, "Bad Request: BUTTON_DATA_INVALID"))
    await replier.reply([message("раз"), message("два")])
    assert shown(world) == ["два"]


@pytest.mark.parametrize(
    "failure",
    [
        TelegramRetryAfter(METHOD, "Too Many Requests", 7),
        never_reached(),
        TelegramServerError(METHOD, "Bad Gateway"),
    ],
    ids=["429", "no way", "502"],
)
async def test_what_was_not_sent_is_sent_again(
    world: World, replier: Replier, failure: TelegramAPIError
) -> None:
    world.telegram.failures.append(failure)
    await replier.reply([message("раз"), message("два")])
    assert shown(world) == ["раз", "два"]


async def test_a_429_makes_everybody_wait(
    world: World, replier: Replier, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(world.app.sender._pace, "pause", pauses.append)
    world.telegram.failures.append(TelegramRetryAfter(METHOD, "Too Many Requests", 7))
    await replier.reply([message("раз")])
    assert pauses == [7]


@pytest.mark.parametrize(
    "failure",
    [TelegramNetworkError(METHOD, "timeout"), GatewayTimeoutError(METHOD, "Gateway Timeout")],
    ids=["timeout", "504"],
)
async def test_what_may_have_arrived_is_not_sent_twice(
    world: World, replier: Replier, failure: TelegramAPIError
) -> None:
    world.telegram.failures.append(failure)
    await replier.reply([message("раз"), message("два")])
    assert shown(world) == ["два"]


async def test_it_gives_up_when_there_is_no_way_out(world: World, replier: Replier) -> None:
    world.telegram.failures += [never_reached() for _ in range(4)]
    await replier.reply([message("раз")])
    assert shown(world) == []


@pytest.mark.parametrize(
    "words", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_an_edit_of_what_is_gone_becomes_a_message(world: World, replier: Replier, words: str) -> None:
    edit = EditMessageText(chat_id=MARIA, message_id=5, text="<b>раз</b>", parse_mode="HTML")
    world.telegram.failures.append(TelegramBadRequest(edit, f"Bad Request: {words}"))
    await replier.reply([edit])
    assert shown(world) == ["<b>раз</b>"]


@pytest.mark.parametrize("words", ["message is not modified", "query is too old", "query ID is invalid"])
async def test_harmless_refusals_are_passed_over(world: World, replier: Replier, words: str) -> None:
    world.telegram.failures.append(TelegramBadRequest(METHOD, f"Bad Request: {words}"))
    await replier.reply([message("раз"), message("два")])
    assert shown(world) == ["два"]


async def test_after_a_block_nothing_more_is_tried(world: World, replier: Replier) -> None:
    await settle(world)
    maria = await come_in_maria(world)
    asked = len(world.telegram.requests)
    world.telegram.failures.append(TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user"))
    await replier.reply([message("раз"), message("два")])
    assert len(world.telegram.requests) == asked + 1
    assert (await world.actor(maria)).unreachable


async def test_the_effect_stands_whatever_becomes_of_the_reply(world: World, replier: Replier) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    going = maria.data_of("Приду")
    world.telegram.failures += [TelegramBadRequest(METHOD, "Bad Request: x") for _ in range(2)]
    await maria.presses_data(going, maria.sees.message_id)
    assert "Ваш ответ: приду" in (await maria.says("Ближайшее")).plain
