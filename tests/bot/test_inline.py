"""The bot's name typed in any chat: what is found, what is posted, and where the link under it leads."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from aiogram.methods import AnswerInlineQuery
from aiogram.types import InlineQueryResultArticle

from actions.admitting import set_door
from actions.associations import add_association
from actions.doors import Key, consent
from bot.updates import ALLOWED
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind
from domain.records import Mode
from sandbox.entities import parse_html
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    ROUND,
    TASK,
    WORKSHOP,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    settle,
)
from tests.bot.test_overseeing import a_methodist
from tests.builders import an_event, change, stored

BY_THE_DOOR = "Войти в Звонок"


def titles(found: AnswerInlineQuery) -> list[str]:
    return [one.title for one in articles(found)]


def articles(found: AnswerInlineQuery) -> list[InlineQueryResultArticle]:
    return [one for one in found.results if isinstance(one, InlineQueryResultArticle)]


def posted(one: InlineQueryResultArticle) -> str:
    """What choosing it posts, without mark-up."""
    return parse_html(one.input_message_content.message_text).text.replace("\xa0", " ")  # type: ignore[union-attr]


def over(found: AnswerInlineQuery) -> str | None:
    return None if found.button is None else found.button.text


async def a_member(world: World) -> Person:
    await settle(world, MEETING, LAW, WORKSHOP, TASK, ROUND)
    return await come_in_maria(world)


async def test_nothing_typed_shows_what_is_ahead(world: World) -> None:
    maria = await a_member(world)
    found = await maria.types("")
    assert titles(found) == [MEETING.title, LAW.title, WORKSHOP.title]
    assert (found.is_personal, found.cache_time, over(found)) == (True, 10, None)
    assert [one.description for one in articles(found)] == [
        "среда, 18 ноября, 14:00–16:00, МБОУ СОШ № 412",
        "ноябрь 2026 г., Лицей № 12",
        "декабрь 2026 г., Гимназия № 21",
    ]


async def test_what_is_posted_says_what_when_and_where_and_nothing_of_anybody(world: World) -> None:
    maria = await a_member(world)
    meeting = await event_called(world, "Заседание")
    private = {"entrance": "вход со двора, код 15", "link": "https://meet.example/1", "contact": "Белова"}
    await change(world.app.database, tables.events, tables.events.c.id == meeting.id, **private)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    [first, *_] = articles(await maria.types("заседание"))
    assert posted(first) == (
        "Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Проводит: Белова М. И.\n"
        "На 2 ноября собирается прийти 1 человек."
    )
    assert first.reply_markup is not None
    [[button]] = first.reply_markup.inline_keyboard
    assert (button.text, button.url) == (
        "Открыть в Звонке",
        f"https://t.me/zvonok_test_bot?start=e{meeting.id}",
    )


@pytest.mark.parametrize(
    ("mode", "venue", "line"),
    [
        (Mode.ONLINE, "https://meet.example/1", "📍 Онлайн\n"),
        (Mode.MIXED, "Лицей № 12, https://meet.example/1", "📍 Лицей № 12,\nМожно и онлайн."),
        (Mode.ONSITE, "", "14:00–16:00\nПроводит"),
    ],
)
async def test_how_to_join_is_for_those_who_come(world: World, mode: Mode, venue: str, line: str) -> None:
    maria = await a_member(world)
    meeting = await event_called(world, "Заседание")
    values = {"mode": mode, "venue": venue, "link": "https://meet.example/1"}
    await change(world.app.database, tables.events, tables.events.c.id == meeting.id, **values)
    [first, *_] = articles(await maria.types(""))
    assert line in posted(first)
    assert "meet.example" not in posted(first) + str(first.description)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("мастер", [WORKSHOP.title]),
        ("мастер-класс", [WORKSHOP.title]),
        ("семинар", [LAW.title]),
        ("лицей 12", [LAW.title]),
        ("Орлова", [LAW.title]),
        ("каталок", [WORKSHOP.title]),
        ("в декабре", [WORKSHOP.title]),
        ("18 ноября", [MEETING.title, LAW.title]),
        ("что дальше?", [MEETING.title, LAW.title, WORKSHOP.title]),
        ("  за ", [MEETING.title, LAW.title, WORKSHOP.title]),
        ("помощь", [MEETING.title, LAW.title, WORKSHOP.title]),
        ("😀", [MEETING.title, LAW.title, WORKSHOP.title]),
    ],
)
async def test_what_is_typed_narrows_it(world: World, query: str, expected: list[str]) -> None:
    maria = await a_member(world)
    assert titles(await maria.types(query)) == expected


@pytest.mark.parametrize("query", ["велосипед", "СОШ 183", "в феврале", "слово " * 42])
async def test_nothing_found_leads_to_the_bot(world: World, query: str) -> None:
    maria = await a_member(world)
    found = await maria.types(query)
    assert (titles(found), over(found)) == ([], "Такой встречи не нашлось – открыть Звонок")
    assert "вы уже в списке" in (await maria.says("/start hello")).plain


async def test_nothing_ahead_is_said(world: World) -> None:
    head = await settle(world)
    assert over(await head.types("")) == "Встреч впереди пока нет – открыть Звонок"


async def test_what_is_cancelled_or_over_is_not_passed_on(world: World) -> None:
    maria = await a_member(world)
    await call_off(world, "Заседание")
    world.clock.moment = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
    assert titles(await maria.types("")) == [WORKSHOP.title]


async def test_a_long_plan_is_cut_and_long_names_are_shortened(world: World) -> None:
    long = "Очень длинное название " * 90
    many = [
        ActivityDraft(
            title=f"{number} {long}",
            kind=Kind.SEMINAR,
            periods=(Period.month(2026, 12),),
            venue=long,
            responsible=long,
        )
        for number in range(30)
    ]
    head = await settle(world, *many)
    found = await head.types("")
    assert len(found.results) == 20
    assert all(len(one.title) <= 150 and len(one.description or "") <= 200 for one in articles(found))


# --- Whom it serves ---------------------------------------------------------------------------------------


async def test_a_stranger_finds_the_way_in_and_nothing_else(world: World) -> None:
    await a_member(world)
    stranger = world.person(4004)
    found = await stranger.types("заседание")
    assert (titles(found), over(found), found.is_personal) == ([], BY_THE_DOOR, True)
    assert found.button is not None
    said = await stranger.says(f"/start {found.button.start_parameter}")
    assert said.plain.startswith("Здравствуйте! Я – Звонок, напоминаю школьным библиотекарям о встречах.")


async def test_a_methodist_is_not_shown_the_way_in(world: World) -> None:
    await settle(world, MEETING)
    vera = await a_methodist(world)
    found = await vera.types("заседание")
    assert found.results == []
    assert found.button is not None
    assert found.button.text == "Весь план видят те, кто в списке – открыть Звонок"


async def test_who_is_on_the_way_in_is_shown_on(world: World) -> None:
    await a_member(world)
    async with world.stored() as rows:
        invitation = await rows.associations.standing_invitation(1)
    assert invitation is not None
    anna = world.person(4004)
    await consent(world.uow(), Key(anna.id, invitation.code, ()), lambda _: "Согласие", world.clock.now())
    found = await anna.types("")
    assert (titles(found), over(found)) == ([], "Осталось представиться – открыть Звонок")
    assert "фамилию" in (await anna.says("/start hello")).plain
    await set_door(world.uow(), await world.actor(world.head), by_request=True, now=world.clock.now())
    await anna.says("Смирнова Анна Павловна")
    await anna.says("Гимназия № 21")
    found = await anna.types("")
    assert (titles(found), over(found)) == ([], "Заявка у руководителя – открыть Звонок")
    assert (await anna.says("/start hello")).plain.startswith("Заявка у руководителя.")


async def test_only_her_own_associations_are_searched(world: World) -> None:
    maria = await a_member(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1", association=other)
    async with world.stored() as rows:
        theirs = await rows.associations.get(other)
    assert theirs is not None
    seminar = await an_event(
        world.app.database, theirs, Period.at(date(2026, 11, 20), time(14)), title="Тайный семинар"
    )
    assert titles(await maria.types("тайный")) == []
    assert titles(await olga.types("")) == [seminar.title]
    # A member of both sees both, in the order of their days, and which is whose.
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=other)
    found = articles(await maria.types(""))
    assert {one.title for one in found} == {MEETING.title, LAW.title, WORKSHOP.title, seminar.title}
    described = {one.title: one.description or "" for one in found}
    assert described[seminar.title].endswith("ГМО Заозёрска")
    assert described[MEETING.title].endswith("РМО Заречного района")


async def test_typing_leaves_what_she_is_being_asked_alone_and_tells_nothing_of_a_block(world: World) -> None:
    maria = await a_member(world)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    await maria.types("")
    assert "Передано руководителю" in (await maria.says("Где парковка?")).plain
    await maria.blocks()
    await maria.types("")
    assert (await world.actor(maria)).unreachable


# --- The link ---------------------------------------------------------------------------------------------


async def test_the_link_opens_the_card_for_members(world: World) -> None:
    maria = await a_member(world)
    meeting = await event_called(world, "Заседание")
    said = await maria.opens(f"https://t.me/zvonok_test_bot?start=e{meeting.id}")
    assert said.plain.startswith("Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00")
    assert "Приду" in said.labels


async def test_the_link_tells_a_stranger_what_to_do_and_nothing_of_the_event(world: World) -> None:
    await a_member(world)
    meeting = await event_called(world, "Заседание")
    stranger = world.person(4004)
    known = await stranger.says(f"/start e{meeting.id}")
    assert known.plain.startswith("Здравствуйте! Я – Звонок")
    unknown = await stranger.says("/start e999999")
    assert known.plain == unknown.plain


async def test_the_link_of_another_association_opens_nothing(world: World) -> None:
    await a_member(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1", association=other)
    meeting = await event_called(world, "Заседание")
    for number in (meeting.id, 999_999):
        assert (await olga.says(f"/start e{number}")).plain == "Этой встречи в плане больше нет."


async def test_the_link_finds_the_association_that_she_does_not_act_in(world: World) -> None:
    maria = await a_member(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Novosibirsk", world.clock.now())
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=other)
    meeting = await event_called(world, "Заседание")
    assert "Заседание РМО" in (await maria.says(f"/start e{meeting.id}")).plain
    assert "Ваш ответ: приду." in (await maria.presses("Приду")).plain


@pytest.mark.parametrize("parameter", ["e", "e0x", "e-1", "e" + "9" * 30, "ё1", "hello2"])
async def test_a_made_up_link_is_an_unknown_invitation(world: World, parameter: str) -> None:
    maria = await a_member(world)
    assert "Такого приглашения я не знаю" in (await maria.says(f"/start {parameter}")).plain


# --- In time, and not kept --------------------------------------------------------------------------------


async def test_what_is_typed_is_never_stored(world: World) -> None:
    maria = await a_member(world)
    before = await stored(world.app.database, tables.inbox)
    await maria.types("мастер-класс")
    await world.person(4004).types("кто вы")
    assert await stored(world.app.database, tables.inbox) == before


async def test_of_what_was_typed_quickly_only_the_last_is_looked_up(world: World) -> None:
    maria, olga = await a_member(world), await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1")
    words = ["м", "ма", "мас", "маст", "мастер"]
    updates = [maria.typing(one) for one in words]
    await world.feed(*updates, olga.typing("семинар"))
    answered = {one.inline_query_id: titles(one) for one in world.telegram.found}
    last = updates[-1]["inline_query"]["id"]
    assert answered[last] == [WORKSHOP.title]
    assert len(answered) < len(words)
    assert [LAW.title] in answered.values()


async def test_what_waits_for_its_turn_keeps_nobody_from_finding(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply of hers hangs; what she types is answered all the same."""
    maria = await a_member(world)
    hangs = asyncio.Event()
    reply = world.app.receiver._replier.reply

    async def stuck(replies: Any) -> None:
        if not any(isinstance(one, AnswerInlineQuery) for one in replies):
            await hangs.wait()
        await reply(replies)

    monkeypatch.setattr(world.app.receiver._replier, "reply", stuck)
    await world.app.receiver.receive([maria.saying("Ближайшее"), maria.typing("")])
    async with asyncio.timeout(5):
        while not world.telegram.found:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    hangs.set()
    await world.app.receiver.drain()


async def test_a_lookup_that_fails_ends_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = await a_member(world)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr("bot.handlers.inline.ahead_for", broken)
        await world.feed(maria.typing(""))
    assert world.telegram.found == []
    assert titles(await maria.types("")) == [MEETING.title, LAW.title, WORKSHOP.title]


def test_telegram_is_asked_for_what_is_typed() -> None:
    assert "inline_query" in ALLOWED
