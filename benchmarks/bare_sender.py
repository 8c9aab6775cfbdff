"""`python -m benchmarks.bare_sender API RATE PEOPLE`: the same messages, sent by aiogram and nothing else.

No database, no limits but an even pace: a restart would lose the rest. The message comes by stdin as JSON;
what the loop cost is printed, in CPU seconds, imports and the like apart.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup

from benchmarks.strict import TOKEN
from benchmarks.world import telegram_id

_AT_ONCE = 100


async def send(api: str, rate: int, people: int, text: str, keyboard: InlineKeyboardMarkup) -> float:
    """Sends the message to everybody; returns CPU seconds."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.rstrip("/")))
    places = asyncio.Semaphore(_AT_ONCE)
    async with Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML")) as bot:

        async def one(number: int) -> None:
            async with places:
                await bot.send_message(telegram_id(number), text, reply_markup=keyboard)

        await one(1)
        began, cost = time.monotonic(), time.process_time()
        async with asyncio.TaskGroup() as tasks:
            for number in range(2, people + 1):
                tasks.create_task(one(number))
                await asyncio.sleep(max(began + (number - 1) / rate - time.monotonic(), 0))
        return time.process_time() - cost


def main() -> None:
    """Reads what to send, sends it, says what it cost."""
    message = json.load(sys.stdin)
    keyboard = InlineKeyboardMarkup.model_validate(message["keyboard"])
    api, rate, people = sys.argv[1:]
    print(asyncio.run(send(api, int(rate), int(people), message["text"], keyboard)))


if __name__ == "__main__":
    main()
