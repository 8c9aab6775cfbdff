"""What becomes of a letter, by what Telegram says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey

from bot.session import GatewayTimeoutError
from scheduler.delivery import Fate, Letter, Outcome
from storage import tables
from storage.outbox import Message, OutboxRow
from tests.bot.conftest import World
from tests.bot.people import MEETING, come_in_maria, settle
from tests.builders import NOW, put, stored

MARIA = 2002
METHOD = SendMessage(chat_id=MARIA, text="…")
ROW = OutboxRow(
    id=1,
    association_id=1,
    person_id=1,
    telegram_id=MARIA,
    topic_id=None,
    kind=Message.REMINDER,
    event_id=1,
    question_id=None,
    broadcast_id=None,
    lead="week",
    version=1,
    since_revision=None,
    urgent=False,
    useful_until=None,
    attempts=0,
    message_id=None,
)
GROUP = replace(ROW, person_id=None, telegram_id=-100)


def network(cause: Exception) -> TelegramNetworkError:
    error = TelegramNetworkError(METHOD, "lost")
    error.__cause__ = cause
    return error


def refused() -> TelegramNetworkError:
    key = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)
    return network(ClientConnectorError(key, OSError("refused")))


async def send(world: World, row: OutboxRow = ROW, *, messages: int = 1) -> Outcome:
    return await world.app.sender._delivery.send(Letter(row, (METHOD,) * messages))


async def test_what_arrives_has_a_number(world: World) -> None:
    outcome = await send(world)
    assert outcome == Outcome(Fate.SENT, message_id=world.telegram.chat(MARIA).shown[0].message_id)


@pytest.mark.parametrize(
    ("failure", "fate"),
    [
        (refused(), Fate.LATER),
        (network(TimeoutError()), Fate.UNCERTAIN),
        (TelegramServerError(METHOD, "Bad Gateway"), Fate.LATER),
        (GatewayTimeoutError(METHOD, "Gateway Timeout"), Fate.UNCERTAIN),
        (ClientDecodeError("…", ValueError(), "<html>"), Fate.UNCERTAIN),
        (TelegramUnauthorizedError(METHOD, "Unauthorized"), Fate.LATER),
        (TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user"), Fate.GONE),
        (TelegramBadRequest(METHOD, "Bad Request: chat not found"), Fate.GONE),
        (TelegramBadRequest(METHOD, "Bad Request: BUTTON_DATA_INVALID"), Fate.REFUSED),
        (TelegramBadRequest(METHOD, "Bad Request: message is not modified"), Fate.SENT),
        (TelegramAPIError(METHOD, "Teapot"), Fate.REFUSED),
    ],
)
async def test_a_failure_has_its_fate(world: World, failure: Exception, fate: Fate) -> None:
    world.telegram.failures.append(failure)  # type: ignore[arg-type]
    assert (await send(world)).fate is fate


async def test_a_429_slows_everybody_down(world: World) -> None:
    world.telegram.failures.append(TelegramRetryAfter(METHOD, "Too Many Requests", 7))
    assert await send(world) == Outcome(Fate.LATER, slow_down=True)
    assert 6 < world.app.sender._pace.paused < 8


@pytest.mark.parametrize("failure", [refused(), TelegramServerError(METHOD, "Bad Gateway")])
async def test_half_of_a_long_letter_is_not_begun_anew(
    world: World, monkeypatch: pytest.MonkeyPatch, failure: TelegramAPIError
) -> None:
    answers = [None, failure]

    async def answers_once(method: object, **_: object) -> None:
        answer = answers.pop(0)
        if answer is not None:
            raise answer

    delivery = world.app.sender._delivery
    monkeypatch.setattr(delivery, "_bot", answers_once)
    assert (await delivery.send(Letter(ROW, (METHOD,) * 2))).fate is Fate.UNCERTAIN


async def test_whoever_blocked_the_bot_is_unreachable_and_a_group_is_only_gone(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    forbidden = TelegramForbiddenError(METHOD, "Forbidden: bot was kicked")
    world.telegram.failures.append(forbidden)
    assert (await send(world, GROUP)).fate is Fate.GONE
    assert not (await world.actor(maria)).unreachable
    world.telegram.failures.append(forbidden)
    assert (await send(world)).fate is Fate.GONE
    assert (await world.actor(maria)).unreachable


async def test_a_group_that_became_a_supergroup_is_followed(world: World) -> None:
    database = world.app.database
    chat = {"association_id": 1, "telegram_id": -100, "title": "РМО", "linked_at": NOW}
    await put(database, tables.group_chats, **chat)
    world.telegram.failures.append(TelegramMigrateToChat(METHOD, "migrated", -100_500))
    assert (await send(world, GROUP)).fate is Fate.MOVED
    assert [row.telegram_id for row in await stored(database, tables.group_chats)] == [-100_500]
