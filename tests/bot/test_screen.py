"""The check-in code on a projector."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.context import Signing
from bot.views.joining import grouped, qr
from bot.views.starting import link
from bot.web.screen import add_screen, screen_link
from domain.checkin import Scan, digits_of
from domain.period import Period
from domain.records import Event
from tests.bot.conftest import World
from tests.bot.telegram import BOT
from tests.bot.test_checking_in import AT_13_52, BEGINS, a_meeting, at_the_meeting, code_of, scans
from tests.builders import LATER_DAY, move

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    """A browser at the web part."""
    application = web.Application()
    add_screen(application, world.app.bot, world.app.context, world.clock)
    async with TestClient(TestServer(application)) as found:
        yield found


def page_of(world: World, event: Event) -> str:
    return screen_link("", world.app.context.signing.key, event)


async def test_it_shows_the_code_of_this_half_minute(world: World, client: Client) -> None:
    event, maria = await at_the_meeting(world, AT_13_52 + timedelta(seconds=10))
    answer = await client.get(page_of(world, event))
    page = await answer.text()
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    code = code_of(world, event, world.clock.now())
    [picture] = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    assert base64.b64decode(picture) == qr(link(str(BOT.username), code))
    digits = digits_of(world.app.context.signing.key, Scan(event.id, world.clock.now()).token)
    assert f"<b>{grouped(digits, 3)}</b>" in page
    assert '<meta http-equiv="refresh" content="20">' in page  # with the next code
    assert "<h1>Заседание РМО</h1>" in page
    assert "http" not in page.replace("http-equiv", "")  # nothing from outside
    assert (await scans(maria, code)).plain.startswith("✅")
    world.clock.forward(seconds=20)
    assert picture not in await (await client.get(page_of(world, event))).text()


async def test_digits_of_the_screen_mark(world: World, client: Client) -> None:
    event, maria = await at_the_meeting(world)
    page = await (await client.get(page_of(world, event))).text()
    [shown] = re.findall(r"<b>(\d{3} \d{3})</b>", page)
    assert (await maria.says(shown)).plain.startswith("✅")


async def test_a_title_is_no_markup(world: World, client: Client) -> None:
    event = await a_meeting(world)
    async with (uow := world.uow()) as rows:
        events = rows.association(1).events
        title = {"title": "<script>alert(1)</script>"}
        await events.change(event, event.revision, title, kind="title", by=None, now=AT_13_52)
        await uow.commit()
    page = await (await client.get(page_of(world, event))).text()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("wrong", ["x", "А" * 27, "A" * 27, "A" * 4000, "%00", "..%2f..%2fetc"])
async def test_a_wrong_link_shows_nothing(world: World, client: Client, wrong: str) -> None:
    event = await a_meeting(world)
    for path in (f"/screen/{wrong}", page_of(world, event)[:-1], page_of(world, event) + "A"):
        answer = await client.get(path)
        assert answer.status == 404
        assert "Заседание" not in await answer.text()


async def test_a_code_of_the_event_opens_no_screen(world: World, client: Client) -> None:
    event = await a_meeting(world)
    assert (await client.get(f"/screen/{code_of(world, event)[2:]}")).status == 404


async def test_it_is_good_until_people_check_in_no_more(world: World, client: Client) -> None:
    event = await a_meeting(world, BEGINS - timedelta(days=1))
    assert (await client.get(page_of(world, event))).status == 200
    world.clock.moment = BEGINS + timedelta(minutes=151)
    gone = await client.get(page_of(world, event))
    assert gone.status == 404
    assert "отметка уже закрыта" in await gone.text()


async def test_a_new_day_wants_a_new_link(world: World, client: Client) -> None:
    event = await a_meeting(world)
    old = page_of(world, event)
    home = (await world.actor(world.head)).home
    moved = await move(world.app.database, home, event, Period.day(LATER_DAY.first_day + timedelta(days=40)))
    assert (await client.get(old)).status == 404
    assert (await client.get(page_of(world, moved))).status == 200


def test_without_its_key_nothing_is_signed() -> None:
    """An empty one would be anybody's."""
    with pytest.raises(RuntimeError):
        _ = Signing().key


async def test_while_telegram_is_out_of_reach_it_tries_again(world: World, client: Client) -> None:
    event = await a_meeting(world)
    world.telegram.failures.append(TelegramNetworkError(GetMe(), "no route"))
    waits = await client.get(page_of(world, event))
    assert waits.status == 503
    assert 'content="5"' in await waits.text()
    assert (await client.get(page_of(world, event))).status == 200


async def test_the_link_is_given_where_there_is_an_address(
    sqlite_url: str, world: World, make_world: Callable[..., Awaitable[World]]
) -> None:
    event = await a_meeting(world)
    assert "Код на экран" not in (await world.head.presses_data(f"att:{event.id}:0")).labels
    assert "устарела" in (await world.head.presses_data(f"attscreen:{event.id}")).plain
    world = await make_world(sqlite_url, web_url="https://bell.example.org/")
    head = world.head
    assert head.sees.labels == []
    await head.presses_data(f"att:{event.id}:0")
    assert head.sees.labels == [
        "Код для отметки",
        "Код на экран",
        "Кодовое слово",
        "Перекличка",
        "Кто придёт",
        "‹ Назад",
    ]
    said = await head.presses("Код на экран")
    assert f"\nhttps://bell.example.org{page_of(world, event)}\n" in said.plain
