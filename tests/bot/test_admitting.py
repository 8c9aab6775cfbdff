"""Who may come in: at once, or once the coordinator says «Принять»."""

from __future__ import annotations

from actions.associations import add_association
from bot.views.people_keys import Admit
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, come_in, come_in_maria, invitation_digits, settle


async def by_request(world: World) -> tuple[Person, str]:
    """The door opens by request; returns the head and the invitation's digits."""
    head = await settle(world, MEETING)
    await come_in_maria(world)
    digits = await invitation_digits(world)
    await at_the_door(head)
    assert "сразу" in head.sees.plain
    await head.presses("Пускать по заявке")
    return head, digits


async def at_the_door(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Кто может войти")


async def asks(world: World, digits: str, telegram_id: int = 3003) -> Person:
    """Ольга asks to be let in."""
    olga = world.person(telegram_id)
    await olga.says(digits)
    await olga.presses("Согласие даю")
    await olga.says("Белова Ольга Петровна")
    await olga.says("СОШ № 7")
    return olga


async def test_one_who_asks_waits_and_sees_nothing(world: World) -> None:
    _, digits = await by_request(world)
    olga = await asks(world, digits)
    assert olga.sees.plain.startswith("Ольга Петровна, заявка отправлена руководителю.")
    for words in ("Ближайшее", "План на год", "Мои ответы", "что дальше?", "/start", "Помощь"):
        assert (await olga.says(words)).plain.startswith("Заявка у руководителя."), words
    assert "Заседание" not in olga.sees_all
    assert "СОШ № 45" not in olga.sees_all
    # The invitation opened again changes nothing.
    assert (await olga.says(digits)).plain.startswith("Заявка у руководителя.")
    assert (await olga.presses("Согласие даю")).plain.startswith("Заявка у руководителя.")
    async with world.stored() as rows:
        assert await rows.association(1).members.count() == 2


async def test_one_who_waits_is_not_reminded_of_anything_yet(world: World) -> None:
    _, digits = await by_request(world)
    olga = await asks(world, digits)
    said = await olga.says("Настройки")
    assert said.labels == ["Мои данные"]
    assert "Напоминания" not in said.plain


async def test_the_schools_of_colleagues_are_not_shown(world: World) -> None:
    _, digits = await by_request(world)
    olga = world.person(3003)
    await olga.says(digits)
    await olga.presses("Согласие даю")
    assert (await olga.says("Белова Ольга Петровна")).labels == []


async def test_accepted(world: World) -> None:
    head, digits = await by_request(world)
    olga = await asks(world, digits)
    await world.rings()
    assert head.sees.plain == "Заявка: Белова Ольга Петровна, СОШ № 7.\nПринять в объединение?"
    request = head.sees
    assert request.labels == ["Принять", "Отказать"]
    assert "теперь в списке" in (await head.presses("Принять")).plain
    await world.rings()
    assert "вы в списке объединения «РМО Заречного района»" in olga.sees_all
    assert "Заседание РМО" in (await olga.presses("Ближайшее")).plain
    # Another coordinator's button, or the same one pressed twice.
    assert "ответ уже есть" in (await head.presses_data(Admit(person=3, act="refuse").pack())).plain


async def test_refused_and_accepted_after_all(world: World) -> None:
    head, digits = await by_request(world)
    olga = await asks(world, digits)
    await world.rings()
    assert "заявка отклонена" in (await head.presses("Отказать")).plain
    await world.rings()
    assert "Вашу заявку отклонили" in olga.sees.plain
    assert olga.sees.labels == ["Стереть всё"]
    assert "цифры" in (await olga.says("Ближайшее")).plain
    await head.presses("Всё-таки принять")
    await world.rings()
    assert "Заседание РМО" in (await olga.says("Ближайшее")).plain


async def test_one_who_was_refused_may_ask_again(world: World) -> None:
    head, digits = await by_request(world)
    olga = await asks(world, digits)
    await world.rings()
    await head.presses("Отказать")
    await olga.says(digits)
    await olga.presses("Согласие даю")
    assert "заявка отправлена" in olga.sees.plain


async def test_requests_stand_in_people(world: World) -> None:
    head, digits = await by_request(world)
    await asks(world, digits)
    await head.says("Руководителю")
    await head.presses("Люди")
    assert "В списке 2 человека.\nВойти просит 1 человек." in head.sees.plain
    await head.presses("Заявки – 1")
    assert "Ждёт ответа 1 человек:\n1. Белова Ольга Петровна, СОШ № 7" in head.sees.plain
    await head.presses("1. Принять")
    assert "Заявки – 1" not in (await head.says("Руководителю") and await head.presses("Люди")).labels


async def test_a_request_taken_back(world: World) -> None:
    head, digits = await by_request(world)
    olga = await asks(world, digits)
    await world.rings()
    await olga.says("/stop")
    assert olga.sees.labels == ["Выйти из списка", "Стереть всё"]
    await olga.presses("Стереть всё")
    await olga.presses("Да, стереть")
    assert "больше нет" in (await head.presses("Принять")).plain


async def test_a_message_about_one_who_is_settled_is_not_sent(world: World) -> None:
    head, digits = await by_request(world)
    await asks(world, digits)
    await head.presses_data(Admit(person=3, act="accept").pack())
    await world.rings()
    assert "Принять в объединение?" not in head.sees_all


async def test_one_who_waits_may_correct_what_she_said(world: World) -> None:
    head, digits = await by_request(world)
    olga = await asks(world, digits)
    await olga.says("/settings")
    await olga.presses("Мои данные")
    await olga.presses("Исправить школу")
    await olga.says("СОШ № 8")
    assert (await olga.says("Ближайшее")).plain.startswith("Заявка у руководителя.")
    await world.rings()
    assert "СОШ № 8" in head.sees.plain


async def test_open_again(world: World) -> None:
    head, digits = await by_request(world)
    waiting = await asks(world, digits)
    await at_the_door_with_requests(head)
    await head.presses("Пускать сразу")
    assert "Ждёт ответа 1 человек" in head.sees.plain
    anna = world.person(3004)
    await anna.says(digits)
    await anna.presses("Согласие даю")
    await anna.says("Яковлева Анна Ивановна")
    await anna.says("СОШ № 9")
    assert "вы в списке" in anna.sees.plain
    assert (await waiting.says("Ближайшее")).plain.startswith("Заявка у руководителя.")


async def at_the_door_with_requests(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Заявки")


async def test_a_coordinator_comes_in_without_asking(world: World) -> None:
    _, digits = await by_request(world)
    olga = await asks(world, digits)
    await come_in(world, 3003, "", "", Role.COORDINATOR)
    assert "Люди" in (await olga.says("Руководителю")).labels


async def test_a_request_of_another_association_is_out_of_reach(world: World) -> None:
    _, digits = await by_request(world)
    await asks(world, digits)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Кузнецова Анна Петровна", "СОШ № 1", Role.COORDINATOR, other)
    assert "больше нет" in (await spy.presses_data(Admit(person=3, act="accept").pack())).plain
