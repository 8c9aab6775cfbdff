"""«Весь календарь» and «Подписаться» under the plan; «В календарь» of a task; and what the link leads to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from actions.answering import answer
from actions.changing import cancel
from actions.naming import name_day
from bot.views.keyboards import GiveAnswer
from bot.web.calendar_feed import calendar_feed
from domain.period import Period
from domain.records import Answer
from scheduler.workdays import is_working_day
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, TASK, come_in, come_in_maria, event_called, settle
from tests.bot.test_several import in_two

OUTSIDE = "https://zvonok.example"
WORKSHOP = replace(
    MEETING, title="Мастер-класс", periods=(Period.days(date(2026, 12, 1), date(2026, 12, 2)),)
)
Fetch = Callable[..., Awaitable[ClientResponse]]


@pytest.fixture
async def online(sqlite_url: str, make_world: Callable[..., Awaitable[World]]) -> World:
    """A world that can be reached from outside."""
    return await make_world(sqlite_url, web_url=f"{OUTSIDE}/")


@pytest.fixture
async def fetch(online: World) -> AsyncIterator[Fetch]:
    """Fetches what is behind a link, as a calendar does."""
    application = web.Application()
    app = online.app
    application.add_routes([calendar_feed(app.database, app.clock, app.bot.id, is_working_day)])
    async with TestClient(TestServer(application)) as client:

        async def get(link: str, **headers: str) -> ClientResponse:
            assert link.startswith(OUTSIDE)
            return await client.get(link.removeprefix(OUTSIDE), headers=headers)

        yield get


def read_back(content: bytes | None) -> Any:
    """The calendar, as a library understands it that had no part in writing it."""
    return vobject.readOne((content or b"").decode())


def titles(calendar: Any) -> list[str]:
    return [event.summary.value for event in getattr(calendar, "vevent_list", [])]


async def name_for(world: World, title: str, person: Person) -> None:
    """A task is hers."""
    task = await event_called(world, title)
    uow = world.uow()
    async with uow as rows:
        await rows.association(1).assignments.name(
            task.id, [(await world.actor(person)).person_id], world.clock.now()
        )
        await uow.commit()


async def link_of(person: Person) -> str:
    """The link that she is shown."""
    await person.says("План на год")
    await person.presses("Весь календарь")
    shown = await person.presses("Подписаться")
    found = re.search(r"https://\S+\.ics", shown.plain)
    assert found is not None, shown.plain
    return found.group()


# --- The file ---------------------------------------------------------------------------------------------


async def test_the_whole_year_as_a_file(world: World) -> None:
    """What has a day and what is hers to do, each with her reminders; where nothing gets to the bot from
    outside, the file is all there is."""
    await settle(world, MEETING, LAW, WORKSHOP, TASK)
    maria = await come_in_maria(world)
    await name_for(world, "Сбор данных", maria)
    await maria.says("План на год")
    await maria.presses("Весь календарь")
    assert maria.sees.file_name == "календарь.ics"
    assert "Весь год: 3 записи." in maria.sees.plain
    calendar = read_back(maria.sees.file)
    assert calendar.method.value == "PUBLISH"
    assert titles(calendar) == ["Заседание РМО", "Сбор данных о фондах", "Мастер-класс"]
    meeting, task, workshop = calendar.vevent_list
    assert meeting.dtstart.value == datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
    assert [alarm.trigger.value for alarm in meeting.valarm_list] == [
        timedelta(days=-7, hours=-4),
        timedelta(hours=-20),
        timedelta(hours=-2),
    ]
    assert (task.dtstart.value, task.dtend.value) == (date(2026, 11, 20), date(2026, 11, 21))
    assert (workshop.dtstart.value, workshop.dtend.value) == (date(2026, 12, 1), date(2026, 12, 3))


async def test_nothing_has_a_day(world: World) -> None:
    """Then there is no file."""
    await settle(world, LAW)
    maria = await come_in_maria(world)
    await maria.says("План на год")
    assert "ни у одной встречи не назван день" in (await maria.presses("Весь календарь")).plain
    assert maria.sees.file is None


async def test_one_in_two_associations_has_both(world: World) -> None:
    """Each entry says whose it is; for one in a single association none does."""
    head, _, maria = await in_two(world)
    await maria.says("План на год")
    await maria.presses("Весь календарь")
    calendar = read_back(maria.sees.file)
    assert titles(calendar) == ["Заседание РМО", "Ярмарка книг"]
    said = [event.description.value for event in calendar.vevent_list]
    assert said[0].startswith("РМО Заречного района\n")
    assert said[1].startswith("РМО Приозёрного района")
    await head.says("План на год")
    await head.presses("Весь календарь")
    assert "РМО Заречного" not in (head.sees.file or b"").decode()


async def test_a_task_into_the_calendar(world: World) -> None:
    """From its reminder; who is not named for it is told so."""
    await settle(world, TASK)
    maria = await come_in_maria(world)
    await name_for(world, "Сбор данных", maria)
    await world.rings()
    world.clock.moment = datetime(2026, 11, 13, 3, 0, tzinfo=UTC)
    await world.rings()
    await maria.presses("В календарь")
    assert "последний день задания" in maria.sees.plain
    assert titles(read_back(maria.sees.file)) == ["Сбор данных о фондах"]
    task = await event_called(world, "Сбор данных")
    other = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    assert "не за вами" in (await other.presses_data(f"ics:{task.id}")).plain


async def test_a_cancelled_one_is_taken_out(world: World) -> None:
    """It asks the calendar to: on the card of who was to come, and may have taken the meeting."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    other = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    event = await event_called(world, "Заседание")
    await maria.presses_data(GiveAnswer(event=event.id, answer=Answer.GOING, place=-1).pack())
    await cancel(world.uow(), await world.actor(world.head), event.id, event.revision, "", world.clock.now())
    assert "Отменить в календаре" not in (await other.presses_data(f"event:{event.id}")).labels
    assert "В календарь" not in (await maria.presses_data(f"event:{event.id}")).labels
    await maria.presses("Отменить в календаре", of=maria.sees)
    calendar = read_back(maria.sees.file)
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")


# --- The link ---------------------------------------------------------------------------------------------


async def test_file_or_link(online: World) -> None:
    """Where the bot is reached from outside one chooses; the way back leads to the plan."""
    await settle(online, MEETING)
    maria = await come_in_maria(online)
    await maria.says("План на год")
    shown = await maria.presses("Весь календарь")
    assert shown.labels == ["Получить файл", "Подписаться", "‹ Назад"]
    await maria.presses("Получить файл")
    assert maria.sees.file_name == "календарь.ics"
    assert "Заседание РМО" in (await maria.presses("Назад")).plain


async def test_the_link_leads_to_what_the_file_holds(online: World, fetch: Fetch) -> None:
    """Fetched by anybody who has it; nothing on the way keeps it."""
    await settle(online, MEETING, LAW, WORKSHOP)
    maria = await come_in_maria(online)
    response = await fetch(await link_of(maria))
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    calendar = read_back(await response.read())
    assert calendar.x_wr_calname.value == "Звонок"
    await maria.says("План на год")
    await maria.presses("Весь календарь")
    await maria.presses("Получить файл")
    in_file = read_back(maria.sees.file)
    assert titles(calendar) == titles(in_file) == ["Заседание РМО", "Мастер-класс"]
    for one, other in zip(calendar.vevent_list, in_file.vevent_list, strict=True):
        assert (one.uid.value, one.dtstart.value) == (other.uid.value, other.dtstart.value)
        assert len(one.valarm_list) == len(other.valarm_list)


async def test_it_is_sent_again_only_where_something_has_changed(online: World, fetch: Fetch) -> None:
    """By the ETag, whenever it is asked; a moved meeting comes with a higher number."""
    head = await settle(online, MEETING)
    maria = await come_in_maria(online)
    link = await link_of(maria)
    first = await fetch(link)
    tag, before = first.headers["ETag"], read_back(await first.read()).vevent
    online.clock.forward(hours=1)
    again = await fetch(link, **{"If-None-Match": tag})
    assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)
    event = await event_called(online, "Заседание")
    moved = Period.at(date(2026, 11, 25), time(15))
    now = online.clock.now()
    await name_day(online.uow(), await online.actor(head), event.id, event.revision, moved, now)
    changed = await fetch(link, **{"If-None-Match": tag})
    assert changed.status == 200
    assert changed.headers["ETag"] != tag
    after = read_back(await changed.read()).vevent
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert after.dtstamp.value > before.dtstamp.value


async def test_answers_of_others_change_nothing_in_it(online: World, fetch: Fetch) -> None:
    """They are not there."""
    await settle(online, MEETING)
    maria = await come_in_maria(online)
    link = await link_of(maria)
    before = await (await fetch(link)).read()
    other = await come_in(online, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    event = await event_called(online, "Заседание")
    await answer(online.uow(), await online.actor(other), event.id, Answer.DECLINED, online.clock.now())
    assert await (await fetch(link)).read() == before
    assert "Ольга".encode() not in before


async def test_a_wrong_link_leads_nowhere(online: World, fetch: Fetch) -> None:
    """Made up, cut, or of no form."""
    await settle(online, MEETING)
    link = await link_of(await come_in_maria(online))
    wrong = [link.replace(".ics", ""), link[:-5] + ".ics", f"{OUTSIDE}/calendar/{'A' * 32}.ics"]
    for one in [*wrong, f"{OUTSIDE}/calendar/%D1%91.ics", f"{OUTSIDE}/calendar/.ics"]:
        assert (await fetch(one)).status == 404, one


async def test_a_new_link(online: World, fetch: Fetch) -> None:
    """She is asked first; the old one leads nowhere then."""
    await settle(online, MEETING)
    maria = await come_in_maria(online)
    old = await link_of(maria)
    await maria.presses("Новая ссылка")
    assert "Старая сразу перестанет работать" in maria.sees.plain
    assert old in (await maria.presses("Назад")).plain
    await maria.presses("Новая ссылка")
    new = (await maria.presses("Да, новая ссылка")).plain
    assert OUTSIDE in new
    assert old not in new
    assert online.telegram.toasts == ["Старая ссылка больше не работает"]
    assert (await fetch(old)).status == 404
    assert (await fetch(await link_of(maria))).status == 200


async def test_who_leaves_takes_it_with_her(online: World, fetch: Fetch) -> None:
    """And who comes back gets another."""
    await settle(online, MEETING)
    maria = await come_in_maria(online)
    link = await link_of(maria)
    await maria.says("/stop")
    await maria.presses("Выйти из списка")
    await maria.presses("Да, выйти")
    assert (await fetch(link)).status == 404
    maria = await come_in_maria(online)
    assert await link_of(maria) != link


async def test_the_buttons_outlive_the_address(world: World) -> None:
    """Where nothing gets to the bot from outside any more, no link is shown."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    for data in ("feed", "feednew:ask", "feednew:yes"):
        assert "Эта кнопка устарела" in (await maria.presses_data(data)).plain
