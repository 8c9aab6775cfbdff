"""«Вы – …?»: whoever joins takes over the record that stands in the list for her."""

from __future__ import annotations

import pytest

from actions.associations import add_association
from bot.views.claiming import ClaimRecord, SettleClaim
from bot.views.people_keys import SetDoor
from domain.full_names import FullName
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, OTHER_THAN_WORDS, TASK, come_in, invitation_digits, settle
from tests.bot.test_people_lists import HEAD, MARIA, xlsx_of

PAVEL = ("Ким Павел", "СОШ № 7", "", "", "", "")
ASKED = "Такие имя и школа в списке уже есть. Вы – Мария Ивановна Петрова, СОШ № 45?"


async def listed(world: World, *people: tuple[str, ...]) -> Person:
    """These people stand in the list and are not in Telegram; Мария said on the telephone that she comes."""
    head = await settle(world, MEETING, TASK)
    await head.sends(xlsx_of([HEAD, *people]), "список.xlsx")
    await head.presses("Да, согласились")
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Позвоните")
    await head.presses("1. Придёт")
    return head


async def joins(
    world: World, telegram_id: int = 3003, name: str = "Петрова Мария Ивановна", school: str = "школа 45"
) -> Person:
    """Somebody comes in by the invitation, up to her school."""
    digits = await invitation_digits(world)
    person = world.person(telegram_id)
    await person.says(digits)
    await person.presses("Согласие даю")
    await person.says(name)
    await person.says(school)
    return person


async def records(world: World) -> list[tuple[str, bool]]:
    """Who is in the lists, and whether in Telegram."""
    async with world.stored() as rows:
        return [(one.name.surname, one.in_telegram) for one in await rows.association(1).roster.everybody()]


ONE = [("Орлова", True), ("Петрова", True)]
TWO = [("Орлова", True), ("Петрова", False), ("Петрова", True)]


async def test_the_record_is_hers_with_all_it_holds(world: World) -> None:
    head = await listed(world, MARIA)
    maria = await joins(world)
    assert maria.sees.plain.startswith(ASKED)
    assert maria.sees.labels == ["Да, это я", "Нет"]
    await maria.presses("Да, это я")
    assert "прежняя запись теперь за вами" in maria.chat.shown[-2].plain
    assert "вы в списке" in maria.sees.plain
    card = (await maria.says("Ближайшее")).plain
    assert "Придёт 1 человек." in card
    assert "Вы ещё не ответили" not in card
    assert await records(world) == ONE
    await world.rings()
    assert "теперь в Telegram" in head.sees.plain
    assert head.sees.labels == ["Разъединить записи", "Карточка человека"]
    await head.says("Руководителю")
    await head.presses("Люди")
    assert "Должность: педагог-библиотекарь" in (await head.says("Петрова")).plain


async def test_the_coordinator_parts_them(world: World) -> None:
    head = await listed(world, MARIA)
    maria = await joins(world)
    await maria.presses("Да, это я")
    await world.rings()
    await head.presses("Разъединить записи")
    assert sorted(await records(world)) == sorted(TWO)
    assert "Вы ещё не ответили" in (await maria.says("Ближайшее")).plain
    assert "Об этом уже спрошено" in (await maria.presses("Да, это я")).plain


async def test_it_is_somebody_else(world: World) -> None:
    await listed(world, MARIA)
    maria = await joins(world)
    assert "вы в списке" in (await maria.presses("Нет")).plain
    assert sorted(await records(world)) == sorted(TWO)
    assert "Вы ещё не ответили" in (await maria.says("Ближайшее")).plain


@pytest.mark.parametrize(("word", "count"), [("да", 2), ("Да, это я!", 2), ("Нет", 3)])
async def test_said_in_words(world: World, word: str, count: int) -> None:
    await listed(world, MARIA)
    maria = await joins(world)
    assert (await maria.says("а что это?")).plain.startswith("Нажмите, пожалуйста, «Да, это я» или «Нет»")
    assert "вы в списке" in (await maria.says(word)).plain
    assert len(await records(world)) == count


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_anything_else_asks_again(world: World, sent: dict[str, object]) -> None:
    await listed(world, MARIA)
    maria = await joins(world)
    assert (await maria.sends_other(**sent)).plain.startswith(ASKED)
    assert (await maria.says("Ближайшее")).plain.startswith(ASKED)
    assert (await maria.says("/start")).plain.startswith(ASKED)


@pytest.mark.parametrize(
    ("name", "school"),
    [
        ("Петрова Мария", "СОШ № 46"),  # a namesake of another school
        ("Петрова Мария Петровна", "СОШ № 45"),
        ("Петрова Анна Ивановна", "СОШ № 45"),
    ],
)
async def test_nothing_is_said_of_others(world: World, name: str, school: str) -> None:
    await listed(world, MARIA)
    someone = await joins(world, name=name, school=school)
    assert "вы в списке" in someone.sees.plain
    assert "уже есть" not in someone.sees_all


async def test_a_name_without_patronymic_becomes_the_record_s(world: World) -> None:
    head = await listed(world, MARIA)
    maria = await joins(world, name="Петрова Мария")
    # Nothing is said that she has not said herself.
    assert maria.sees.plain.startswith("Такие имя и школа в списке уже есть. Вы – Мария Петрова, СОШ № 45?")
    assert "Мария Ивановна, вы в списке" in (await maria.presses("Да, это я")).plain
    assert await records(world) == ONE
    await world.rings()
    assert head.sees.plain.startswith("Петрова Мария Ивановна, СОШ № 45 – теперь в Telegram.")
    await head.presses("Разъединить записи")
    assert head.sees.plain == "Снова две записи: Петрова М. · СОШ № 45 и Петрова М. И. · СОШ № 45."
    assert sorted(await records(world)) == sorted(TWO)
    assert (await world.actor(maria)).name == FullName("Петрова", "Мария")


async def test_of_two_namesakes_in_her_school_neither_is_offered(world: World) -> None:
    await listed(world, MARIA, ("Петрова Мария Сергеевна", "СОШ № 45", "", "", "", ""))
    maria = await joins(world, name="Петрова Мария")
    assert "вы в списке" in maria.sees.plain
    assert "уже есть" not in maria.sees_all


ELSEWHERE = (
    "Человек с такими фамилией, именем и отчеством в списке уже есть, только школа записана другая. "
    "Мария Ивановна Петрова, вы были в этом списке раньше?"
)


async def test_of_another_school_she_is_asked_and_then_the_coordinator(world: World) -> None:
    head = await listed(world, MARIA)
    maria = await joins(world, school="СОШ № 46")
    assert maria.sees.plain.startswith(ELSEWHERE)
    assert "45" not in maria.sees.plain
    await maria.says("да")
    assert "сначала спрошу руководителя" in maria.chat.shown[-2].plain
    assert sorted(await records(world)) == sorted(TWO)
    await world.rings()
    assert "Петрова Мария Ивановна, СОШ № 46 – вход в Telegram" in head.sees.plain
    assert "школа другая – СОШ № 45" in head.sees.plain
    await head.presses("Да, передать запись")
    await world.rings()
    assert "прежняя запись теперь за вами" in maria.sees.plain
    assert "Придёт 1 человек." in (await maria.says("Ближайшее")).plain
    assert await records(world) == ONE
    await head.says("Руководителю")
    await head.presses("Ещё")
    assert "запись из списка перешла к тому, о ком она: Петрова М. И." in (await head.presses("Журнал")).plain


async def test_a_namesake_of_another_school_says_no(world: World) -> None:
    await listed(world, MARIA)
    namesake = await joins(world, school="СОШ № 46")
    assert "вы в списке" in (await namesake.presses("Нет")).plain
    assert sorted(await records(world)) == sorted(TWO)


async def test_of_another_school_she_is_asked_once_she_is_let_in(world: World) -> None:
    head = await listed(world, MARIA)
    await head.presses_data(SetDoor(to="request").pack())
    maria = await joins(world, school="СОШ № 46")
    await world.rings()
    await head.presses("Принять")
    await world.rings()
    assert maria.sees.plain.startswith(ELSEWHERE)


async def test_a_new_telephone_and_another_school(world: World) -> None:
    head = await settle(world, MEETING)
    old = await come_in(world, 2002, "Петрова Мария Ивановна", "СОШ № 45")
    new = await joins(world, school="СОШ № 46")
    await new.presses("Да, это я")
    await world.rings()
    assert "школа другая – СОШ № 45 – и другой Telegram: прежний телефон?" in head.sees.plain
    await head.presses("Да, передать запись")
    await world.rings()
    assert "теперь пользуетесь другим Telegram" in old.sees.plain
    assert await records(world) == ONE


async def renamed(world: World) -> Person:
    """Мария, not in Telegram, stands at a school that got another name."""
    head = await listed(world, MARIA)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Школы")
    await head.presses("СОШ № 45")
    await head.presses("Переименовать")
    await head.says("Гимназия № 100")
    await head.presses("Да, записать")
    return head


async def test_a_school_is_known_by_its_former_name(world: World) -> None:
    await renamed(world)
    maria = await joins(world, school="сош 45")
    assert maria.sees.plain.startswith("сош 45 – теперь это Гимназия № 100, верно?")
    assert maria.sees.labels == ["Гимназия № 100", "Другая – напишу словами"]
    await maria.presses("Гимназия № 100")
    assert "Вы – Мария Ивановна Петрова, Гимназия № 100?" in maria.sees.plain
    await maria.presses("Да, это я")
    assert await records(world) == ONE


async def test_another_school_of_the_former_name_is_typed_again(world: World) -> None:
    await renamed(world)
    olga = await joins(world, name="Белова Ольга Петровна", school="СОШ 45")
    await olga.presses("Другая")
    assert "вы в списке" in (await olga.says("СОШ 45")).plain
    async with world.stored() as rows:
        titles = [one.title for one in await rows.association(1).roster.schools()]
    assert titles == ["Гимназия № 100", "Лицей № 12", "СОШ 45"]


async def test_a_coordinator_s_own_words_know_it_too(world: World) -> None:
    head = await renamed(world)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.says("Орлова")
    await head.presses("Где работает")
    await head.presses("Добавить школу")
    assert "Добавится: Гимназия № 100" in (await head.says("СОШ 45")).plain


async def test_a_record_without_school_or_patronymic(world: World) -> None:
    await listed(world, ("Петрова Мария", "", "", "", "", ""))
    maria = await joins(world)
    assert "Вы – Мария Ивановна Петрова, школа 45?" in maria.sees.plain
    await maria.presses("Да, это я")
    assert await records(world) == ONE


async def test_of_several_one_is_taken(world: World) -> None:
    await listed(world, MARIA, ("Петрова Мария", "школа 45", "", "", "", ""))
    maria = await joins(world)
    await maria.presses("Да, это я")
    assert sorted(await records(world)) == sorted(TWO)


async def test_the_record_goes_while_she_is_asked(world: World) -> None:
    head = await listed(world, MARIA)
    maria = await joins(world)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.says("Петрова")
    await head.presses("Больше не работает")
    await head.presses("Да, больше не работает")
    assert "вы в списке" in (await maria.presses("Да, это я")).plain
    assert await records(world) == ONE


async def test_pressed_twice_it_happens_once(world: World) -> None:
    await listed(world, MARIA)
    maria = await joins(world)
    press = maria.data_of("Да, это я")
    await world.feed(maria.pressing(press), maria.pressing(press))
    assert "Такой записи в списке уже нет" in maria.sees.plain
    assert await records(world) == ONE


async def test_made_up_presses(world: World) -> None:
    head = await listed(world, MARIA)
    digits = await invitation_digits(world)
    someone = world.person(3003)
    yes = ClaimRecord(act="yes").pack()
    assert "Вас пока нет в списке" in (await someone.presses_data(yes)).plain
    await someone.says(digits)
    await someone.presses("Согласие даю")
    assert "фамилию, имя и отчество" in (await someone.presses_data(yes)).plain
    assert "Такой записи в списке уже нет" in (await head.presses_data(yes)).plain
    assert "Делать ничего не нужно" in (await head.presses_data(ClaimRecord(act="no").pack())).plain
    grant = SettleClaim(claim=9, act="grant").pack()
    assert "Такой записи в списке уже нет" in (await head.presses_data(grant)).plain


async def moved(world: World) -> tuple[Person, Person, Person]:
    """Мария is in with one telephone, answered, and comes with another one."""
    head = await settle(world, MEETING, TASK)
    old = await come_in(world, 2002, "Петрова Мария Ивановна", "СОШ № 45")
    await old.says("Ближайшее")
    await old.presses("Приду")
    world.clock.forward(hours=1)
    new = await joins(world)
    assert new.sees.plain.startswith(ASKED)
    await new.presses("Да, это я")
    assert "сначала спрошу руководителя" in new.chat.shown[-2].plain
    assert "вы в списке" in new.sees.plain
    await world.rings()
    return head, old, new


async def test_a_record_of_another_account_passes_when_the_coordinator_says_so(world: World) -> None:
    head, old, new = await moved(world)
    assert "прежний телефон" in head.sees.plain
    assert "Вы ещё не ответили" in (await new.says("Ближайшее")).plain
    assert "запись передана" in (await head.presses("Да, передать запись")).plain
    await world.rings()
    assert "Мария Ивановна, руководитель подтверждает, что вы теперь" in old.sees.plain
    assert "прежняя запись теперь за вами" in new.sees.plain
    assert "Придёт 1 человек." in (await new.says("Ближайшее")).plain
    assert await records(world) == ONE
    assert "Чтобы войти" in (await old.says("Ближайшее")).plain
    seen = len(old.chat.shown)
    world.clock.forward(days=15, hours=8)
    await world.rings()
    assert len(old.chat.shown) == seen
    await head.says("Руководителю")
    await head.presses("Ещё")
    assert "запись передана другому Telegram: Петрова М. И." in (await head.presses("Журнал")).plain


async def test_it_is_taken_back_within_a_day(world: World) -> None:
    head, old, new = await moved(world)
    await head.presses("Да, передать запись")
    await world.rings()
    await head.presses("Разъединить записи")
    assert "Приду" in str((await old.says("Ближайшее")).labels)
    assert "Придёт 1 человек." in old.sees.plain
    assert "Вы ещё не ответили" in (await new.says("Ближайшее")).plain


async def test_the_coordinator_says_no(world: World) -> None:
    head, old, new = await moved(world)
    asked = head.sees
    grant = head.data_of("Да, передать запись")
    assert "два разных человека" in (await head.presses("Нет, это другой человек", of=asked)).plain
    await world.rings()
    assert "прежняя запись – другого человека" in new.sees.plain
    assert "Придёт 1 человек." in (await old.says("Ближайшее")).plain
    assert "ответ уже есть" in (await head.presses_data(grant)).plain
    assert "Об этом уже спрошено" in (await new.presses("Да, это я")).plain


async def test_who_lost_her_account_may_come_again(world: World) -> None:
    head, old, new = await moved(world)
    await head.presses("Да, передать запись")
    await world.rings()
    digits = await invitation_digits(world)
    await old.says(digits)
    assert (await old.presses("Согласие даю")).plain.startswith(ASKED)
    assert "вы в списке" in (await old.presses("Нет")).plain
    await new.says("Настройки")
    await new.presses("Мои данные")
    await new.presses("Стереть всё")
    await new.presses("Да, стереть")
    assert await records(world) == ONE
    assert "Чтобы войти" not in (await old.says("Ближайшее")).plain


async def test_a_coordinator_s_record_is_nobody_else_s(world: World) -> None:
    await settle(world)
    someone = await joins(world, name="Орлова Наталья Викторовна", school="Лицей № 12")
    assert "вы в списке" in someone.sees.plain


async def test_a_claim_of_another_association(world: World) -> None:
    await moved(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Кузнецова Анна Петровна", "СОШ № 1", Role.COORDINATOR, other)
    grant = SettleClaim(claim=1, act="grant").pack()
    assert "Такой записи в списке уже нет" in (await spy.presses_data(grant)).plain


async def test_at_a_door_by_request_nothing_is_said_before_she_is_let_in(world: World) -> None:
    head = await listed(world, MARIA)
    await head.presses_data(SetDoor(to="request").pack())
    maria = await joins(world)
    assert "заявка отправлена" in maria.sees.plain
    assert "Заявка у руководителя" in (await maria.presses_data(ClaimRecord(act="yes").pack())).plain
    await world.rings()
    await head.presses("Принять")
    assert "уже есть" not in maria.sees_all
    await world.rings()
    assert maria.sees.plain.startswith(ASKED)
    assert "прежняя запись теперь за вами" in (await maria.presses("Да, это я")).plain
    assert await records(world) == ONE


async def test_one_of_whom_nobody_knows_is_welcomed_as_ever(world: World) -> None:
    head = await listed(world, PAVEL)
    await head.presses_data(SetDoor(to="request").pack())
    maria = await joins(world)
    await world.rings()
    await head.presses("Принять")
    await world.rings()
    assert "Посмотрите, что впереди" in maria.sees.plain
