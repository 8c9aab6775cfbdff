"""Groups: made, filled, renamed, removed."""

from __future__ import annotations

from actions.associations import add_association
from bot.views.journal_keys import ShowJournal
from bot.views.people_keys import PutInGroup, RemoveGroup, ShowGroupPeople
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, STICKER, come_in, come_in_maria, settle


async def with_a_group(world: World) -> Person:
    """The coordinator has made a group."""
    head = await settle(world, MEETING)
    await come_in_maria(world)
    await at_groups(head)
    assert "Групп пока нет" in head.sees.plain
    await head.presses("Новая группа")
    await head.says("Новички")
    return head


async def at_groups(head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Группы")


async def members(world: World) -> list[int]:
    async with world.stored() as rows:
        [group] = await rows.association(1).groups.all()
        return await rows.association(1).groups.members(group.id)


async def test_people_are_put_in_and_taken_out(world: World) -> None:
    head = await with_a_group(world)
    assert head.sees.plain == "Новички. Пока никого. Нажмите на тех, кто в этой группе."
    assert "✅ Петрова Мария Ивановна · СОШ № 45" in (await head.presses("Петрова")).labels
    assert await members(world) == [2]
    twice = PutInGroup(group=1, person=2, to="in", page=0).pack()
    await head.presses_data(twice)
    assert await members(world) == [2]
    await head.presses("✅ Петрова")
    assert await members(world) == []


async def test_her_card_says_and_changes_her_groups(world: World) -> None:
    head = await with_a_group(world)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.says("Петрова")
    await head.presses("Группы")
    assert "✅ Новички" in (await head.presses("Новички")).labels
    assert "Группы: Новички" in (await head.presses("Назад")).plain


async def test_a_name_is_needed_and_is_ones_own(world: World) -> None:
    head = await with_a_group(world)
    await at_groups(head)
    await head.presses("Новая группа")
    assert "слова" in (await head.sends_other(**STICKER)).plain
    assert "«Новички» уже есть" in (await head.says(" Новички ")).plain
    assert "хватит 60 знаков" in (await head.says("о" * 61)).plain
    assert "Не вижу слов" in (await head.says("…")).plain
    assert "Наставники" in (await head.says("Наставники")).plain


async def test_a_group_is_renamed(world: World) -> None:
    head = await with_a_group(world)
    await head.presses("Переименовать")
    assert (await head.says("Молодые")).plain.startswith("Молодые. Пока никого.")


async def test_a_group_is_removed_its_people_stay(world: World) -> None:
    head = await with_a_group(world)
    await head.presses("Петрова")
    assert "в общем списке он останется" in (await head.presses("Удалить группу")).plain
    await head.presses("Да, удалить")
    assert "Групп пока нет" in head.sees.plain
    gone = await head.presses_data(ShowGroupPeople(group=1, page=0).pack())
    assert "Этой группы больше нет" in gone.plain
    async with world.stored() as rows:
        assert await rows.association(1).members.count() == 2


async def test_a_group_of_another_association_is_out_of_reach(world: World) -> None:
    await with_a_group(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", Role.COORDINATOR, other)
    for data in (ShowGroupPeople(group=1, page=0), PutInGroup(group=1, person=2, to="in", page=0)):
        assert "Этой группы больше нет" in (await spy.presses_data(data.pack())).plain
    assert await members(world) == []


async def test_a_removed_group_comes_back_with_its_people(world: World) -> None:
    head = await with_a_group(world)
    await head.presses("Петрова")
    await head.presses("Удалить группу")
    await head.presses("Да, удалить")
    assert head.sees.labels[0] == "Вернуть как было"
    undo = head.data_of("Вернуть как было")
    assert "Группа «Новички» снова есть, в ней 1 человек." in (await head.presses_data(undo)).plain
    assert await members(world) == [2]
    assert "снова есть, в ней 1 человек" in (await head.presses_data(undo)).plain
    await head.presses_data(RemoveGroup(group=1, sure="yes").pack())
    await at_groups(head)
    await head.presses("Новая группа")
    await head.says("Новички")
    assert "«Новички» уже есть" in (await head.presses_data(undo)).plain


async def test_out_of_the_journal_for_a_day(world: World) -> None:
    head = await with_a_group(world)
    await head.presses("Переименовать")
    await head.says("Молодые")
    page = ShowJournal(event=0, page=0).pack()
    assert "Вернуть как было: Новички" in (await head.presses_data(page)).labels
    undo = head.data_of("Вернуть как было: Новички")
    assert "Группа снова называется «Новички»." in (await head.presses_data(undo)).plain
    said = (await head.presses_data(page)).plain
    for words in (
        "новая группа «Новички»",
        "группа теперь называется «Молодые» (было: «Новички»)",
        "группе возвращено название «Новички» (было: «Молодые»)",
    ):
        assert words in said
    await at_groups(head)
    await head.presses("Новички")
    await head.presses("Переименовать")
    await head.says("Наставники")
    assert "Это уже изменили ещё раз" in (await head.presses_data(undo)).plain
    world.clock.forward(hours=24)
    assert "Вернуть как было: Новички" not in (await head.presses_data(page)).labels


async def test_another_association_takes_nothing_back(world: World) -> None:
    head = await with_a_group(world)
    await head.presses("Удалить группу")
    await head.presses("Да, удалить")
    undo = head.data_of("Вернуть как было")
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", Role.COORDINATOR, other)
    assert "Это уже изменили ещё раз" in (await spy.presses_data(undo)).plain
    async with world.stored() as rows:
        assert await rows.association(1).groups.all() == []
