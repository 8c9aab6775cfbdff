"""«Больше не работает», «Длительный отпуск», and back with one tap."""

from __future__ import annotations

from datetime import timedelta

from bot.views.journal_keys import ShowJournal
from bot.views.people_keys import BringBack, ConfirmLeave, MarkGone
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, STICKER, come_in_maria, settle


async def at_her_card(world: World) -> tuple[Person, Person]:
    """The coordinator has the card of Мария, who comes to the meeting."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await finds_her(head)
    return head, maria


async def finds_her(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.says("Петрова")


async def test_the_preview_says_what_happens(world: World) -> None:
    head, _ = await at_her_card(world)
    preview = (await head.presses("Больше не работает")).plain
    assert "Снимется 1 ответ на встречу впереди." in preview
    assert "Без библиотекаря: СОШ № 45." in preview
    assert "Школа: СОШ № 45" in (await head.presses("Ничего не менять")).plain


async def test_one_who_works_no_more_is_in_no_list(world: World) -> None:
    head, maria = await at_her_card(world)
    await head.presses("Больше не работает")
    assert "больше не в списке" in (await head.presses("Да, больше не работает")).plain
    await head.says("Ближайшее")
    assert "Пока никто не сказал" in head.sees.plain
    assert "Петрова" not in (await head.presses("Кто придёт")).plain
    await head.says("Руководителю")
    await head.presses("Люди")
    assert "СОШ № 45 – без библиотекаря" in (await head.presses("Школы")).plain
    world.clock.forward(days=15)
    before = len(maria.chat.shown)
    await world.rings()
    assert len(maria.chat.shown) == before
    assert "цифры" in (await maria.says("Ближайшее")).plain


async def test_back_out_of_the_journal_for_a_day(world: World) -> None:
    head, _ = await at_her_card(world)
    await head.presses("Больше не работает")
    await head.presses("Да, больше не работает")
    page = ShowJournal(event=0, page=0).pack()
    await head.presses_data(page)
    back = "Вернуть как было: Петрова М. И."
    assert "снова в списке. 1 ответ снова считается." in (await head.presses(back)).plain
    assert back not in (await head.presses_data(page)).labels
    await finds_her(head)
    await head.presses("Больше не работает")
    await head.presses("Да, больше не работает")
    world.clock.forward(hours=24)
    assert back not in (await head.presses_data(page)).labels


async def test_back_with_one_tap(world: World) -> None:
    head, maria = await at_her_card(world)
    await head.presses("Больше не работает")
    await head.presses("Да, больше не работает")
    assert "снова в списке. 1 ответ снова считается." in (await head.presses("Вернуть в список")).plain
    assert "Придёт 1 человек." in (await head.says("Ближайшее")).plain
    world.clock.forward(days=15)
    await world.rings()
    assert "Заседание РМО" in maria.sees.plain
    assert "Ближайшее" not in maria.sees.plain


async def test_back_twice_is_back_once(world: World) -> None:
    head, _ = await at_her_card(world)
    assert "снова в списке." in (await head.presses_data(BringBack(person=2).pack())).plain
    assert "Придёт 1 человек." in (await head.says("Ближайшее")).plain


async def test_one_who_left_by_herself_is_not_brought_back(world: World) -> None:
    head, maria = await at_her_card(world)
    await maria.says("/stop")
    await maria.presses("Выйти из списка")
    await maria.presses("Да, выйти")
    assert "в списке нет" in (await head.presses_data(BringBack(person=2).pack())).plain


async def test_a_leave_by_its_button(world: World) -> None:
    head, maria = await at_her_card(world)
    await head.presses("Длительный отпуск")
    preview = (await head.presses("До 1 сентября 2027 г.")).plain
    assert "длительный отпуск до 1 сентября 2027 г." in preview
    assert "Снимется 1 ответ на встречу впереди." in preview
    await head.presses("Да, отпуск")
    world.clock.forward(days=8)
    before = len(maria.chat.shown)
    await world.rings()
    assert len(maria.chat.shown) == before
    who = (await head.says("Ближайшее")) and await head.presses("Кто придёт")
    assert "Не ответили – 1" in who.plain
    assert "Петрова" not in who.plain
    await finds_her(head)
    assert "Длительный отпуск до 1 сентября 2027 г." in head.sees.plain
    assert "Telegram" not in head.sees.plain
    assert "снова в списке. 1 ответ" in (await head.presses("Отпуск окончен")).plain


async def test_a_leave_in_words_and_its_end(world: World) -> None:
    head, maria = await at_her_card(world)
    await head.presses("Длительный отпуск")
    assert "слова" in (await head.sends_other(**STICKER)).plain
    assert "например" in (await head.says("когда-нибудь")).plain
    assert "уже наступил" in (await head.says("сегодня")).plain
    assert "до 10 ноября 2026 г." in (await head.says("до 10 ноября")).plain
    await head.presses("Да, отпуск")
    # The meeting on the 18th comes after it.
    assert "Придёт 1 человек." in (await head.says("Ближайшее")).plain
    world.clock.forward(days=8)
    await world.app.bell.tidy()
    await finds_her(head)
    assert "отпуск до" not in head.sees.plain
    world.clock.forward(days=1, hours=1)
    await world.rings()
    assert "Заседание РМО" in maria.sees.plain


async def test_one_on_leave_who_answers_is_listed(world: World) -> None:
    head, maria = await at_her_card(world)
    await head.presses("Длительный отпуск")
    await head.presses("До 1 сентября 2027 г.")
    await head.presses("Да, отпуск")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await head.says("Ближайшее")
    assert "Петрова Мария Ивановна" in (await head.presses("Кто придёт")).plain


async def test_nobody_takes_herself_out_this_way(world: World) -> None:
    head, _ = await at_her_card(world)
    head_id = (await world.actor(head)).person_id
    card = await head.says("Орлова")
    assert "Больше не работает" not in card.labels
    day = (world.clock.now() + timedelta(days=9)).strftime("%Y%m%d")
    for data in (MarkGone(person=head_id, sure="yes"), ConfirmLeave(person=head_id, day=day)):
        assert "Себя так" in (await head.presses_data(data.pack())).plain
    assert "Назвать дни" in (await head.says("Руководителю")).labels


async def test_an_old_button_of_a_leave_that_would_be_over(world: World) -> None:
    head, _ = await at_her_card(world)
    for day in ("20261101", "99999999"):
        await head.presses_data(ConfirmLeave(person=2, day=day).pack())
    await finds_her(head)
    assert "отпуск до" not in head.sees.plain


async def test_stop_offers_a_pause_first(world: World) -> None:
    _, maria = await at_her_card(world)
    stop = await maria.says("/stop")
    assert stop.labels == ["Пауза до…", "Выйти из списка", "Стереть всё"]
    assert "остаётесь в списке" in stop.plain
    assert "На неделю" in (await maria.presses("Пауза до…")).labels
