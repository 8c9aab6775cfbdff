"""«Кого звать»: shown first, told to those who are new; what the others see, hear and press."""

from __future__ import annotations

from actions.own_calendar import whole_calendar
from bot.views.inviting_keys import ConfirmInvited, ProposeInvited, ShowInvited
from bot.views.keyboards import GiveAnswer, ShowEvent, ShowMore
from domain.records import Answer, Invited
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import LAW, MEETING, come_in, come_in_maria, event_called, settle
from tests.bot.test_calendar_notices import MONDAY, the_week_before_passes, told, wants
from tests.bot.test_group import a_group, seconds_pass
from tests.bot.test_reminders import WEEK_BEFORE, rings_at


async def at_whom(world: World) -> tuple[Person, Person, Person]:
    """The coordinator is at «Кого звать» of a meeting on 18 November; Мария and Ольга are members."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    await world.rings()
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Изменить")
    await head.presses("Кого звать")
    return head, maria, olga


async def for_newcomers(world: World) -> tuple[Person, Person, Person]:
    """The meeting is for a group in which Мария is."""
    head, maria, olga = await at_whom(world)
    await head.presses("Новая группа")
    await head.says("Новички")
    await head.presses("Петрова Мария Ивановна")
    await head.presses("Новички – 0")
    await head.presses("Да, так и звать")
    return head, maria, olga


async def heard(world: World, person: Person) -> list[Shown]:
    """What a person is sent now."""
    before = len(person.chat.shown)
    await world.rings()
    found: list[Shown] = person.chat.shown[before:]
    return found


async def test_the_choice(world: World) -> None:
    head, _, _ = await at_whom(world)
    assert head.sees.plain == (
        "Кого звать? Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Сейчас зову: всех.\n"
        "Остальные найдут встречу в плане, но напоминать им о ней и спрашивать их не буду."
    )
    assert head.sees.labels == ["✅ Всех", "Новая группа", "Только приглашённых", "Никого", "‹ Назад"]
    assert "Что изменить?" in (await head.presses("‹ Назад")).plain


async def test_a_group_is_made_here_and_invited(world: World) -> None:
    head, maria, olga = await at_whom(world)
    assert (await head.presses("Новая группа")).plain == "Как назвать группу? Например: Новички."
    await head.says("Новички")
    assert head.sees.plain.startswith("Группа есть. Отметьте в списке выше, кто в ней,")
    await head.presses("Петрова Мария Ивановна")
    said = await head.presses("Новички – 0")
    assert said.plain == (
        "Звать группу «Новички»? Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Позову 1 человека.\n"
        "Больше не зову 1 человека.\n"
        "Отдельно об этом никому не пишу."
    )
    done = await head.presses("Да, так и звать")
    assert done.plain == (
        "Записано: звать группу «Новички» – Заседание РМО.\nОтдельно об этом никому не пишу."
    )
    assert await heard(world, maria) == await heard(world, olga) == []
    assert (await event_called(world, "Заседание")).invited is Invited.GROUP
    shown = await head.presses_data(ShowInvited(event=1).pack())
    assert "✅ Новички – 1" in shown.labels


async def test_who_is_not_invited_finds_it_and_is_not_asked(world: World) -> None:
    head, maria, olga = await for_newcomers(world)
    assert "Заседание РМО (МБОУ СОШ № 412), для группы «Новички»" in (await olga.says("План на год")).plain
    card = await olga.presses_data(ShowEvent(event=1).pack())
    assert "Для кого: группа «Новички»\nЭта встреча не для всех, отвечать на неё не нужно." in card.plain
    assert not {"Приду", "Не смогу"} & set(card.labels)
    # An old button is explained.
    said = await olga.presses_data(GiveAnswer(event=1, answer=Answer.GOING, place=-1).pack())
    assert "На эту встречу зовут не всех, отвечать вам не нужно." in said.plain
    assert "Заседание РМО" in said.plain
    assert "Заседание" not in (await olga.says("Ближайшее")).plain
    assert "Приду" in (await maria.says("Ближайшее")).labels
    assert "Для кого: группа «Новички»" in maria.sees.plain
    before = [len(one.chat.shown) for one in (maria, olga)]
    await rings_at(world, WEEK_BEFORE)
    assert [len(one.chat.shown) for one in (maria, olga)] == [before[0] + 1, before[1]]
    listed = (await head.presses_data("who:1:0")).plain
    assert "Петрова" in listed
    assert "Белова" not in listed


async def test_invited_anew_she_is_told_and_asked(world: World) -> None:
    head, maria, olga = await for_newcomers(world)
    await head.presses_data(ShowInvited(event=1).pack())
    said = await head.presses("Всех")
    assert "Позову 2 человек.\nО встрече впервые узнает 1 человек: напишу и спрошу об ответе." in said.plain
    assert "Сообщаю 1 человеку." in (await head.presses("Да, так и звать")).plain
    [said] = await heard(world, olga)
    assert "Заседание РМО" in said.plain
    assert "Приду" in said.labels
    assert await heard(world, maria) == []


async def test_taken_back_before_it_went_nobody_hears(world: World) -> None:
    head, _, olga = await for_newcomers(world)
    await head.presses_data(ShowInvited(event=1).pack())
    await head.presses("Всех")
    await head.presses("Да, так и звать")
    said = await head.presses("Вернуть как было")
    assert "Сейчас: всех.\nСтанет: группу «Новички»." in said.plain
    await head.presses("Да, вернуть как было")
    assert await heard(world, olga) == []
    assert (await event_called(world, "Заседание")).invited is Invited.GROUP


async def test_who_said_that_she_comes_is_told_of_what_changes(world: World) -> None:
    head, _, olga = await at_whom(world)
    await olga.says("Ближайшее")
    await olga.presses("Приду")
    said = await head.presses("Никого", of=head.sees)
    assert said.plain == (
        "Звать никого? Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Больше не зову 2 человек.\n"
        "Из них обещает прийти 1: ответ останется в списке, о переносе и отмене напишу.\n"
        "Отдельно об этом никому не пишу."
    )
    await head.presses("Да, так и звать")
    card = await olga.presses_data(ShowEvent(event=1).pack())
    assert "На эту встречу никого не зову, отвечать не нужно." in card.plain
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    await head.presses("Без причины")
    assert "Сообщу 1 человеку." in head.sees.plain
    await head.presses("Да, отменить")
    assert "Отменено: Заседание РМО" in (await heard(world, olga))[0].plain


async def test_two_change_it_at_once(world: World) -> None:
    head, _, _ = await at_whom(world)
    old = ConfirmInvited(event=1, revision=1, to="guests", group=0).pack()
    await head.presses("Никого")
    await head.presses("Да, так и звать")
    said = await head.presses_data(old)
    assert "Пока вы смотрели, эту встречу изменили" in said.plain
    assert "кого звать: никого (было: всех)" in said.plain
    await head.presses("Да, так и звать", of=said)
    assert (await event_called(world, "Заседание")).invited is Invited.GUESTS


async def test_a_group_that_is_gone_is_not_invited(world: World) -> None:
    head, _, _ = await for_newcomers(world)
    await head.presses_data("nogroup:1:yes")
    assert "Группу «Новички» зовут на встречу: Заседание РМО." in head.sees.plain
    said = await head.presses_data(ProposeInvited(event=1, to="group", group=99).pack())
    assert "Этой группы больше нет" in said.plain


async def test_the_chat_s_card_says_so(world: World) -> None:
    head, _, olga = await at_whom(world)
    group = await a_group(world)
    await rings_at(world, WEEK_BEFORE)
    assert "Приду" in group.sees.labels
    await head.presses_data(ProposeInvited(event=1, to="guests", group=0).pack())
    await head.presses("Да, так и звать")
    await seconds_pass(world)
    assert "Эта встреча для тех, кого пригласили отдельно." in group.sees.plain
    assert group.sees.labels == []
    await group.presses_data(olga, GiveAnswer(event=1, answer=Answer.GOING, place=-1).pack(), group.sees)
    assert "зовут не всех" in world.telegram.alerts[-1]


async def test_a_digest_holds_what_is_hers(world: World) -> None:
    _, maria, olga = await for_newcomers(world)
    for person in (maria, olga):
        await wants(person, "Сводка на неделю")
    await world.rings()
    await the_week_before_passes(world)
    await rings_at(world, MONDAY)
    assert "Заседание РМО" in told(maria, "На этой неделе").plain
    assert "На этой неделе" not in olga.sees_all


async def test_her_calendar_holds_what_is_hers(world: World) -> None:
    _, maria, olga = await for_newcomers(world)
    noted = []
    for person in (maria, olga):
        calendar = await whole_calendar(world.uow(), await world.actor(person), world.clock.now())
        noted.append([one.event.title for one in calendar.noted])
    assert noted == [["Заседание РМО"], []]
