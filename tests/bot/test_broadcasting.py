"""«Написать всем»: words, preview, «Отправить», once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.views.broadcasts import SendToAll
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import STICKER, come_in, come_in_maria, settle
from tests.builders import stored

WORDS = "Коллеги, в пятницу в 15:00 вебинар. Ссылка: <https://example.org>"


async def preview(world: World, words: str = WORDS) -> Person:
    """The coordinator has written; Мария and Ольга are in the list."""
    head = await settle(world)
    await come_in_maria(world)
    await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1")
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Написать всем")
    await head.says(words)
    return head


async def test_the_words_are_asked_for_and_shown_first(world: World) -> None:
    head = await preview(world)
    assert head.chat.shown[-2].plain == f"Сообщение от руководителя:\n{WORDS}"
    assert head.sees.plain == "Так это увидят. Получат 2 человека. Хотите иначе – пришлите новые слова."
    assert head.sees.labels == ["Отправить", "Отменить"]
    await world.rings()
    assert world.person(2002).sees_all == ""


async def test_everybody_else_gets_them_once(world: World) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    assert (await head.presses("Отправить")).plain == "Отправляю 2 людям."
    said = await head.presses_data(send)
    assert said.plain.startswith("Этих слов у меня уже нет")
    await world.rings()
    for number in (2002, 3003):
        assert world.person(number).sees_all == f"Сообщение от руководителя:\n{WORDS}"
    assert "Сообщение от руководителя" in head.sees_all  # the preview
    assert len(await stored(world.app.database, tables.broadcasts)) == 1
    assert (await world.actor(head)).dialogue is None


async def test_two_presses_at_once_send_once(world: World) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    await world.feed(head.pressing(send, head.sees.message_id), head.pressing(send, head.sees.message_id))
    await world.rings()
    assert world.person(2002).sees_all.count("вебинар") == 1


async def test_other_words_take_their_place(world: World) -> None:
    head = await preview(world)
    first = head.data_of("Отправить")
    await head.says("Вебинар перенесли на субботу.")
    assert (await head.presses_data(first)).plain.startswith("Этих слов у меня уже нет")
    await head.presses("Отправить")
    await world.rings()
    assert world.person(2002).sees_all == "Сообщение от руководителя:\nВебинар перенесли на субботу."


async def test_dropped_or_left_nothing_is_sent(world: World) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    assert (await head.presses("Отменить")).plain == "Хорошо, ничего не отправляю."
    assert "Написать всем" in (await head.presses_data(send)).labels
    await head.presses("Написать всем")
    await head.says(WORDS)
    await head.says("Ближайшее")
    assert "Сейчас ничего не отправлено." in (await head.presses("Отправить")).plain
    await world.rings()
    assert world.person(2002).sees_all == ""


async def test_long_words_come_in_several_messages_whole(world: World) -> None:
    words = "Я" * 4000
    head = await preview(world, words)
    await head.presses("Отправить")
    await world.rings()
    got = "".join(shown.plain for shown in world.person(2002).chat.shown)
    assert got.count("Я") == 4000


async def test_nobody_to_write_to(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Написать всем")
    assert (await head.says(WORDS)).plain.startswith("Писать пока некому")
    assert head.sees.labels == []


async def test_a_day_in_the_words_names_none(world: World) -> None:
    head = await preview(world, "18 ноября 14:00")
    assert "Так это увидят" in head.sees.plain


async def test_a_sticker_is_no_message_for_all(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Написать всем")
    assert "только слова" in (await head.sends_other(**STICKER)).plain
    assert (await world.actor(head)).dialogue is not None


async def test_a_member_cannot_send(world: World) -> None:
    head = await preview(world)
    maria = world.person(2002)
    for data in (head.data_of("Отправить"), head.data_of("Написать всем"), SendToAll(mark="0" * 16).pack()):
        assert "только руководитель" in (await maria.presses_data(data)).plain
    assert await stored(world.app.database, tables.broadcasts) == []


async def test_a_restart_forgets_nothing(
    sqlite_url: str, world: World, make_world: Callable[[str], Awaitable[World]]
) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    world = await make_world(sqlite_url)
    assert (await world.head.presses_data(send)).plain == "Отправляю 2 людям."
    await world.rings()
    assert "вебинар" in world.person(2002).sees_all
