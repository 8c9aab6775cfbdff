"""«Помощники»: coordinators invited, appointed, dismissed; each told, each taken back."""

from __future__ import annotations

from actions.associations import add_association
from bot.views.helping_keys import SetHelper
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, STICKER, come_in, come_in_maria, settle
from tests.bot.test_people import journal, opened


async def at_helpers(world: World) -> tuple[Person, Person]:
    """The head has «Помощники» before her; Мария is in the list."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    await opened(head)
    await head.presses("Помощники")
    return head, maria


def digits_in(text: str) -> str:
    """The digits under an invitation."""
    return text.partition("цифры: ")[2].partition("\n")[0].replace(" ", "")


async def test_the_screen(world: World) -> None:
    head, _ = await at_helpers(world)
    assert head.sees.plain == (
        "Помощники. Руководят объединением:\n• Орлова Наталья Викторовна\n\n"
        "Методистов пока нет. Методист видит план, дни и числа, но не имена и ответы, и ничего не меняет."
    )
    assert head.sees.labels == [
        "Пригласить руководителя",
        "Сделать руководителем",
        "Пригласить методиста",
        "Передать дела",
        "‹ Назад",
    ]


async def test_a_coordinator_is_invited_by_a_link_good_once(world: World) -> None:
    head, _ = await at_helpers(world)
    assert "на семь дней" in (await head.presses("Пригласить руководителя")).plain
    invitation = (await head.presses("Сделать приглашение")).plain
    assert invitation.startswith("Вас зовут руководить объединением «РМО Заречного района».")
    assert invitation.endswith("Приглашение для одного человека, до 9 ноября.")
    anna = world.person(3003)
    await anna.says(digits_in(invitation))
    await anna.presses("Согласие даю")
    await anna.says("Белова Анна Петровна")
    welcome = (await anna.says("СОШ № 7")).plain
    assert welcome.startswith(
        "Анна Петровна, вы в списке объединения «РМО Заречного района» как руководитель."
    )
    assert "Ближайшее: Заседание РМО (среда, 18 ноября, 14:00–16:00)." in welcome
    assert "Всё, что может руководитель, – по кнопке «Руководителю»" in welcome
    assert (await world.actor(anna)).role is Role.COORDINATOR
    assert "Руководителю" in anna.chat.keys
    before = len(anna.chat.shown)
    await world.rings()
    told = "Белова Анна Петровна теперь тоже руководит объединением – приглашение принято."
    assert head.sees.plain == told
    assert head.sees.labels == ["Помощники"]
    assert told not in "\n".join(shown.plain for shown in anna.chat.shown[before:])
    late = world.person(3004)
    assert "уже вошли" in (await late.says(digits_in(invitation))).plain


async def test_a_member_who_becomes_a_coordinator_by_it_is_told_of_as_well(world: World) -> None:
    head, maria = await at_helpers(world)
    await head.presses("Пригласить руководителя")
    invitation = (await head.presses("Сделать приглашение")).plain
    await maria.says(digits_in(invitation))
    await maria.presses("Согласие даю")
    await world.rings()
    assert "Петрова Мария Ивановна теперь тоже руководит" in head.sees.plain
    assert "теперь тоже руководит" not in maria.sees_all


async def test_an_invitation_ends_after_seven_days(world: World) -> None:
    head, _ = await at_helpers(world)
    await head.presses("Пригласить методиста")
    invitation = (await head.presses("Сделать приглашение")).plain
    world.clock.forward(days=7)
    assert "Срок этого приглашения вышел" in (await world.person(3003).says(digits_in(invitation))).plain


async def test_a_member_becomes_a_coordinator_and_it_is_taken_back(world: World) -> None:
    head, maria = await at_helpers(world)
    await head.presses("Сделать руководителем")
    assert head.sees.labels == ["Петрова Мария Ивановна · СОШ № 45", "‹ Назад"]
    preview = (await head.presses("Петрова")).plain
    assert "Сообщу 1 человеку" in preview
    assert (await world.actor(maria)).role is Role.MEMBER
    assert "теперь руководит вместе с вами" in (await head.presses("Да, сделать")).plain
    await world.rings()
    assert maria.sees.plain.startswith("Теперь вы руководите объединением «РМО Заречного района»")
    assert maria.chat.keys[-1] == "Руководителю"
    assert (await maria.says("Руководителю")).plain.startswith("Руководителю")
    # One tap takes it back, and she is told.
    assert "больше не руководит" in (await head.presses("Вернуть как было")).plain
    await world.rings()
    assert maria.sees.plain.startswith("Права руководителя объединения «РМО Заречного района» с вас сняты.")
    assert "Руководителю" not in maria.chat.keys
    assert "только руководитель" in (await maria.says("/desk")).plain
    assert "теперь руководит" in (await head.presses("Вернуть как было")).plain
    person = {"person": 2}
    assert await journal(world) == [
        ("coordinator_appointed", person),
        ("coordinator_dismissed", person),
        ("coordinator_appointed", person),
    ]


async def test_pressed_twice_nothing_more_happens(world: World) -> None:
    head, maria = await at_helpers(world)
    yes = SetHelper(person=2, act="appoint", sure="yes").pack()
    await head.presses_data(yes)
    assert "и так руководит" in (await head.presses_data(yes)).plain
    await world.rings()
    assert maria.sees_all.count("Теперь вы руководите") == 1


async def test_the_last_one_and_oneself_keep_their_rights(world: World) -> None:
    head, maria = await at_helpers(world)
    for sure in ("ask", "yes"):
        oneself = SetHelper(person=1, act="dismiss", sure=sure).pack()
        assert "Свои права так не снять" in (await head.presses_data(oneself)).plain
    await head.presses_data(SetHelper(person=2, act="appoint", sure="yes").pack())
    # Мария dismisses the head; by then the head cannot dismiss her any more.
    await maria.presses_data(SetHelper(person=1, act="dismiss", sure="yes").pack())
    refused = await head.presses_data(SetHelper(person=2, act="dismiss", sure="yes").pack())
    assert "только руководитель" in refused.plain
    assert (await world.actor(maria)).role is Role.COORDINATOR


async def test_who_is_not_in_telegram_or_not_here_is_refused(world: World) -> None:
    head, _ = await at_helpers(world)
    await head.presses_data("people:more:0")
    await head.presses("Добавить человека")
    await head.presses("Согласие получено")
    await head.says("Белова Ольга Петровна, Гимназия № 21, 8 913 123-45-67")
    refused = await head.presses_data(SetHelper(person=3, act="appoint", sure="ask").pack())
    assert "Белова Ольга Петровна не получит сообщения" in refused.plain
    await add_association(world.uow(), "Чужое", "Asia/Novosibirsk", world.clock.now())
    await come_in(world, 7001, "Чужая Анна Петровна", "СОШ № 9", association=2)
    for act in ("appoint", "dismiss", "close", "reopen"):
        made_up = SetHelper(person=4, act=act, sure="yes").pack()  # type: ignore[arg-type]
        assert "уже нет" in (said := (await head.presses_data(made_up)).plain) or "в списке нет" in said


async def test_the_operators_list_does_not_bring_rights_back(world: World) -> None:
    """The head stands in COORDINATORS; Мария takes her rights, and the bot is started again."""
    head, maria = await at_helpers(world)
    await head.presses_data(SetHelper(person=2, act="appoint", sure="yes").pack())
    await maria.presses_data(SetHelper(person=1, act="dismiss", sure="yes").pack())
    await world.app.prepare()
    assert (await world.actor(head)).role is Role.MEMBER


async def test_a_sticker_changes_nothing(world: World) -> None:
    head, _ = await at_helpers(world)
    await head.sends_other(**STICKER)
    await head.presses("Сделать руководителем")
    assert "Кого сделать руководителем?" in head.sees.plain
