"""«Передать дела»: offered, accepted, declined, withdrawn, taken back."""

from __future__ import annotations

import re

from bot.views.helping_keys import HandOver, SettleHandover
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import WORKSHOP, come_in, come_in_maria, settle
from tests.bot.test_helping import digits_in
from tests.bot.test_people import journal, opened


async def offers(world: World, *, leaves: bool = False) -> tuple[Person, Person]:
    """The head offers the desk to Мария."""
    head = await settle(world, WORKSHOP)
    maria = await come_in_maria(world)
    await opened(head)
    await head.presses("Помощники")
    await head.presses("Передать дела")
    await head.presses("Петрова")
    if leaves:
        await head.presses("Я выйду из списка")
    await head.presses("Да, передать")
    await world.rings()
    return head, maria


async def invites(world: World) -> tuple[Person, str]:
    """The head offers the desk by an invitation; returns its digits."""
    head = await settle(world, WORKSHOP)
    await opened(head)
    await head.presses("Помощники")
    await head.presses("Передать дела")
    await head.presses("По приглашению")
    assert "Новый руководитель: кто откроет приглашение" in head.sees.plain
    invitation = (await head.presses("Да, передать")).plain
    assert invitation.startswith("Вам передают дела объединения «РМО Заречного района».")
    return head, digits_in(invitation)


async def roles(world: World, *people: Person) -> list[Role]:
    return [(await world.actor(one)).role for one in people]


async def test_the_preview_says_what_will_happen(world: World) -> None:
    head = await settle(world, WORKSHOP)
    await come_in_maria(world)
    await opened(head)
    await head.presses("Помощники")
    await head.presses("Передать дела")
    assert head.sees.labels == ["Петрова Мария Ивановна · СОШ № 45", "По приглашению", "‹ Назад"]
    await head.presses("Петрова")
    assert head.sees.plain == (
        "Передать дела?\nНовый руководитель: Петрова Мария Ивановна\n"
        "Когда дела примут, вопросы, заявки и просьбы назвать день пойдут туда. Вы останетесь в списке, "
        "без «Руководителю». План, ответы и списки останутся как есть.\n"
        "Пока дела не приняты, всё по-прежнему, и передачу можно отозвать. Сообщу 1 человеку."
    )
    assert "Вы выйдете из списка" in (await head.presses("Я выйду из списка")).plain


async def test_accepted_the_desk_is_hers(world: World) -> None:
    head, maria = await offers(world)
    assert await roles(world, head, maria) == [Role.COORDINATOR, Role.MEMBER]
    assert maria.sees.plain.startswith("Орлова Наталья Викторовна передаёт вам дела")
    assert maria.sees.labels == ["Принять дела", "Отказаться"]
    await maria.presses("Принять дела")
    assert "Дела приняты: теперь вы руководитель" in maria.sees_all
    assert maria.chat.keys[-1] == "Руководителю"
    assert await roles(world, head, maria) == [Role.MEMBER, Role.COORDINATOR]
    await world.rings()
    assert head.sees.plain.startswith("Дела приняты: руководитель объединения")
    assert [kind for kind, _ in await journal(world)] == ["handover_offered", "handover_accepted"]
    # What is asked from now on goes to the new one.
    await head.says("Помощь")
    await head.presses("Передать руководителю")
    await head.says("Где ключ от кабинета?")
    await world.rings()
    assert "Где ключ от кабинета?" in maria.sees.plain
    # Pressed twice, or after that, nothing more happens.
    assert "уже" in (await maria.presses_data(SettleHandover(handover=1, act="accept").pack())).plain
    assert await roles(world, head, maria) == [Role.MEMBER, Role.COORDINATOR]


async def test_nothing_that_waits_is_lost(world: World) -> None:
    """A question that nobody replied to, one that is on its way, and the days to be named."""
    head, maria = await offers(world)
    anna = await come_in(world, 3003, "Белова Анна Петровна", "СОШ № 7")
    await anna.says("Помощь")
    await anna.presses("Передать руководителю")
    await anna.says("Первый вопрос")
    await world.rings()
    assert "Первый вопрос" in head.sees.plain
    await anna.says("Помощь")
    await anna.presses("Передать руководителю")
    await anna.says("Второй вопрос")  # it waits in the outbox
    await maria.presses("Принять дела")
    await world.rings()
    assert "Первый вопрос" in maria.sees_all
    assert "Второй вопрос" in maria.sees_all
    assert "Второй вопрос" not in head.sees_all
    # The reply is hers to give.
    await maria.presses("Ответить")
    await maria.says("Отвечаю")
    await world.rings()
    assert "Отвечаю" in anna.sees.plain
    # And so are the days to be named.
    world.clock.forward(days=16)
    await world.rings()
    assert "Мастер-класс" in maria.sees.plain
    assert "Мастер-класс" not in head.sees.plain


async def test_she_who_hands_over_may_leave_and_still_take_it_back(world: World) -> None:
    head, maria = await offers(world, leaves=True)
    await maria.presses("Принять дела")
    assert await roles(world, head, maria) == [Role.LEFT, Role.COORDINATOR]
    await world.rings()
    assert "Вы больше не в списке" in head.sees.plain
    await head.presses("Вернуть как было")
    assert "Руководить снова будет Орлова Наталья Викторовна" in head.sees.plain
    await head.presses("Да, вернуть как было")
    assert await roles(world, head, maria) == [Role.COORDINATOR, Role.MEMBER]
    assert head.chat.keys[-1] == "Руководителю"
    await world.rings()
    assert "снова руководит Орлова Наталья Викторовна" in maria.sees.plain
    assert "Руководителю" not in maria.chat.keys


async def test_the_new_one_takes_it_back(world: World) -> None:
    head, maria = await offers(world)
    await maria.presses("Принять дела")
    preview = await maria.presses("Вернуть как было")
    assert preview.labels == ["Да, вернуть как было", "Ничего не менять"]
    left = await maria.presses("Ничего не менять")
    assert left.plain.startswith("Всё остаётся как есть.")
    assert await roles(world, head, maria) == [Role.MEMBER, Role.COORDINATOR]
    await maria.presses("Вернуть как было", of=left)
    await maria.presses("Да, вернуть как было")
    assert await roles(world, head, maria) == [Role.COORDINATOR, Role.MEMBER]
    await world.rings()
    assert head.sees.plain.startswith("Дела снова у вас")
    assert (
        "кнопка и приглашение больше не действуют"
        in (await maria.presses_data(SettleHandover(handover=1, act="return_sure").pack())).plain
    )


async def test_after_a_day_or_another_change_it_stays(world: World) -> None:
    head, maria = await offers(world)
    await maria.presses("Принять дела")
    back = SettleHandover(handover=1, act="return_sure").pack()
    world.clock.forward(hours=24)
    assert "Вернуть уже нельзя" in (await head.presses_data(back)).plain
    world.clock.forward(hours=-2)
    await maria.presses_data("helper:1:appoint:yes")  # she made the head a coordinator beside her
    assert "права с тех пор менялись" in (await head.presses_data(back)).plain


async def test_declined(world: World) -> None:
    head, maria = await offers(world)
    assert "всё остаётся по-прежнему" in (await maria.presses("Отказаться")).plain
    await world.rings()
    assert head.sees.plain == "Петрова Мария Ивановна не берёт дела. Руководите по-прежнему вы."
    assert await roles(world, head, maria) == [Role.COORDINATOR, Role.MEMBER]


async def test_withdrawn_before_it_was_accepted(world: World) -> None:
    head, maria = await offers(world)
    asked = maria.sees
    assert "Передача дел отозвана" in (await head.presses("Отозвать передачу дел")).plain
    await world.rings()
    assert "отзывает передачу дел" in maria.sees.plain
    assert "уже отозвали" in (await maria.presses("Принять дела", of=asked)).plain
    assert await roles(world, head, maria) == [Role.COORDINATOR, Role.MEMBER]


async def test_only_one_at_a_time(world: World) -> None:
    head, _ = await offers(world)
    await come_in(world, 3003, "Белова Анна Петровна", "СОШ № 7")
    another = HandOver(person=3, then="stay", sure="yes").pack()
    assert "уже ждёт ответа" in (await head.presses_data(another)).plain
    await opened(head)
    await head.presses("Помощники")
    assert "Передача дел ждёт ответа: Петрова Мария Ивановна." in head.sees.plain
    assert "Отозвать передачу дел" in head.sees.labels


async def test_by_an_invitation_somebody_new(world: World) -> None:
    head, digits = await invites(world)
    anna = world.person(3003)
    await anna.says(digits)
    await anna.presses("Согласие даю")
    await anna.says("Белова Анна Петровна")
    await anna.says("СОШ № 7")
    assert (await world.actor(anna)).role is Role.MEMBER
    await world.rings()
    await anna.presses("Принять дела")
    assert await roles(world, head, anna) == [Role.MEMBER, Role.COORDINATOR]
    assert "уже вошли" in (await world.person(3004).says(digits)).plain or "отозвали" in (
        world.person(3004).sees.plain
    )


async def test_by_an_invitation_one_who_is_in_the_list(world: World) -> None:
    head, digits = await invites(world)
    maria = await come_in_maria(world)
    await maria.says(digits)
    await world.rings()
    await maria.presses("Принять дела")
    assert await roles(world, head, maria) == [Role.MEMBER, Role.COORDINATOR]


async def test_the_head_opens_her_own_invitation(world: World) -> None:
    head, digits = await invites(world)
    assert "ваши собственные дела" in (await head.says(digits)).plain


async def test_an_invitation_that_was_withdrawn_says_so(world: World) -> None:
    head, digits = await invites(world)
    await opened(head)
    await head.presses("Помощники")
    await head.presses("Отозвать передачу дел")
    anna = world.person(3003)
    assert "Эту передачу дел уже отозвали" in (await anna.says(digits)).plain
    assert "отозвали" in (await anna.says(f"/start {await code_of(world)}")).plain


async def code_of(world: World) -> str:
    """The code of the newest handover's invitation."""
    async with world.stored() as rows:
        newest = await rows.association(1).handovers.newest()
    assert newest is not None
    assert newest.code is not None
    assert re.fullmatch(r"[\w-]{16}", newest.code)
    return newest.code


async def test_nobody_else_accepts_or_takes_back(world: World) -> None:
    head, maria = await offers(world)
    anna = await come_in(world, 3003, "Белова Анна Петровна", "СОШ № 7")
    for act in ("accept", "decline", "return", "return_sure", "leave"):
        data = SettleHandover(handover=1, act=act).pack()  # type: ignore[arg-type]
        assert "больше не действуют" in (await anna.presses_data(data)).plain
    assert (
        "только руководитель"
        in (await anna.presses_data(SettleHandover(handover=1, act="withdraw").pack())).plain
    )
    await head.presses_data(SettleHandover(handover=1, act="accept").pack())
    assert await roles(world, head, maria, anna) == [Role.COORDINATOR, Role.MEMBER, Role.MEMBER]
    made_up = SettleHandover(handover=77, act="accept").pack()
    assert "больше не действуют" in (await maria.presses_data(made_up)).plain
