"""`python -m bot run` as a process against the sandbox: the road over real HTTP, kills included."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from documents.example_plan import write_example_plan
from tests.bot.process import BotProcess, Chat, Talk, run_command
from tests.bot.process import sandbox as sandbox_running

HEAD, MARIA = 1001, 1002


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    """A bot beside a sandbox, both running."""
    async with sandbox_running(tmp_path) as address:
        process = BotProcess(tmp_path, address)
        await process.start()
        yield process
        await process.stop()


async def test_the_road_survives_kills(bot: BotProcess) -> None:
    head, maria = Chat(bot, HEAD), Chat(bot, MARIA)
    link, digits = (await run_command(bot.environment, "invite", "--coordinator")).split()
    assert link.startswith("https://t.me/zvonok_demo_bot?start=")
    assert digits.isdigit()
    await head.open(link)
    await head.press("Согласие даю", until="фамилию, имя и отчество")
    await head.write("Орлова Наталья Викторовна", until="школе")
    await head.write("Лицей № 12", until="называется ваше объединение")
    await head.write("РМО Заречного района", until="городе")
    await head.write("Заречный", until="учебный год")
    await bot.kill()
    await bot.start()
    await head.press("2026/2027", until="Готово")

    await head.send_file(write_example_plan(2026), "план.docx", until="Пока ничего не сохранено")
    await head.press("Сохранить", until="сохранён")

    invitation = (await run_command(bot.environment, "invite")).split()
    await maria.write(invitation[1], until="Согласие даю")
    await maria.press("Согласие даю", until="фамилию, имя и отчество")
    await maria.write("Петрова Мария Ивановна", until="школе")
    await maria.write("СОШ 45", until="вы в списке")
    await maria.write("Что дальше?", until="день пока не назван")

    await head.write("Руководителю", until="День не назван")
    await head.press("18 ср", until="Расскажу 1 человеку")
    await head.press("Подтвердить", until="Записано")
    await maria.wait("Назван день")
    await maria.press("Приду", until="Ваш ответ: приду")

    await bot.kill()
    await bot.advance(days=15, hours=8)
    await bot.start()
    await maria.wait("Завтра в 14:00")
    assert (await maria.texts()).count("Завтра в 14:00") == 1


async def test_a_group_with_topics_and_one_that_moves(bot: BotProcess) -> None:
    """Over real HTTP: the question, the way in from under a card, a closed topic, a move, the bot's name."""
    head, maria = Chat(bot, HEAD), Chat(bot, MARIA)
    await head.open((await run_command(bot.environment, "invite", "--coordinator")).split()[0])
    await head.press("Согласие даю", until="фамилию, имя и отчество")
    await head.write("Орлова Наталья Викторовна", until="школе")
    await head.write("Лицей № 12", until="называется ваше объединение")
    await head.write("РМО Заречного района", until="городе")
    await head.write("Заречный", until="учебный год")
    await head.press("2026/2027", until="Готово")
    await head.send_file(write_example_plan(2026), "план.docx", until="Пока ничего не сохранено")
    await head.press("Сохранить", until="сохранён")
    await head.write("Руководителю", until="День не назван")
    await head.press("18 ср", until="[Подтвердить]")
    await head.press("Подтвердить", until="Записано")

    forum = await Talk.among(bot, forum=True)
    await forum.act("add", HEAD)
    topic = (await forum.act("topic", HEAD, name="Встречи"))["message_thread_id"]
    await forum.act("text", HEAD, text="/start@zvonok_demo_bot", topic=topic)
    await forum.wait("Связать с объединением", topic)
    await forum.press(HEAD, "Связать с объединением")
    await forum.wait("Готово, этот чат связан", topic)
    await forum.act("close", HEAD, topic=topic)
    await forum.act("text", HEAD, text="/next", topic=topic)
    await forum.wait("Ответов пока нет")
    await head.wait("Тему, где были карточки встреч")

    opened = await forum.press(MARIA, "Приду")
    await maria.open(opened["url"])
    await maria.press("Согласие даю", until="фамилию, имя и отчество")
    await maria.write("Петрова Мария Ивановна", until="школе")
    await maria.write("СОШ 45", until="В чате вы нажали «Приду»")
    await maria.press("Да, верно", until="Ваш ответ: приду")
    await forum.wait("Придёт 1.")

    group = await Talk.among(bot)
    await group.act("add", HEAD)
    await group.wait("Связать с объединением")
    await group.press(HEAD, "Связать с объединением")
    moved = Talk(bot, (await group.act("migrate", HEAD))["id"])
    await moved.act("text", HEAD, text="@zvonok_demo_bot, что дальше?")
    await moved.wait("Придёт 1.")

    found = await maria.type_name("заседание")
    assert found["results"][0]["reply_markup"]["inline_keyboard"][0][0]["url"].startswith(
        "https://t.me/zvonok_demo_bot?start=e"
    )
    assert (await Chat(bot, 1003).type_name(""))["button"]["text"] == "Войти в Звонок"


async def test_sigterm_stops_it_cleanly(bot: BotProcess) -> None:
    assert await bot.stop() == 0


async def test_a_second_process_says_so(bot: BotProcess) -> None:
    code, said = await run_failing(bot, "run")
    assert code == 1
    assert "уже запущен" in said


async def test_a_wrong_token_says_so(bot: BotProcess, tmp_path: Path) -> None:
    environment = {"BOT_TOKEN": "2:wrong", "DATABASE_URL": f"sqlite:///{tmp_path}/other.db"}
    code, said = await run_failing(bot, "run", **environment)
    assert code == 1
    assert "не знает этого токена" in said
    assert "Traceback" not in said


async def test_without_telegram_it_keeps_trying(tmp_path: Path) -> None:
    process = BotProcess(tmp_path, "http://127.0.0.1:9")
    await process.start(reached=False)
    await process.wait_for_log("Telegram недоступен")
    assert await process.stop() == 0


async def test_what_is_no_words_of_hers(bot: BotProcess) -> None:
    """In the middle of a dialogue, over a kill, and outside of one."""
    head = Chat(bot, HEAD)
    await head.open((await run_command(bot.environment, "invite", "--coordinator")).split()[0])
    await head.press("Согласие даю", until="фамилию, имя и отчество")
    for kind in ("sticker", "voice", "contact", "location", "poll"):
        await head.sends(kind, until="Петрова Мария Ивановна")
    await head.sends(
        "forward", text="Коллеги, встречаемся в 14:00!", origin="channel", until="Не похоже на имя"
    )
    await bot.kill()
    await bot.start()
    await head.write("Орлова Наталя Викторовна", until="школе")
    await head.changes("Орлова Наталья Викторовна", until="новым сообщением")
    await head.write("Лицей № 12", until="называется ваше объединение")
    await head.write("РМО Заречного района", until="городе")
    await head.write("Заречный", until="учебный год")
    await head.press("2026/2027", until="Готово")
    await head.sends(
        "forward", text="Заболела, не приду", origin="hidden_user", until="слова другого человека"
    )
    assert "Понимаю так" not in await head.texts()


async def test_a_second_bot_with_the_same_token_is_named(bot: BotProcess) -> None:
    await bot.ask_beside_it("С этим же токеном работает ещё один бот")


async def run_failing(bot: BotProcess, *arguments: str, **environment: str) -> tuple[int | None, str]:
    """Runs a command that is to fail; returns its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env={**os.environ, **bot.environment, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()
