"""Tasks: named people, «Готово», who has not done them."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.associations import add_association
from bot.views.event_keys import ChangeEvent
from bot.views.keyboards import ShowEvent, ShowMore
from bot.views.notice_keys import SayFinished
from bot.views.task_keys import SavePeople, ShowUnfinished, TogglePerson
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, TASK, come_in, come_in_maria, settle

WEEK_BEFORE = datetime(2026, 11, 13, 3, 0, tzinfo=UTC)  # Friday, 10:00; the deadline is the 20th


async def a_task(world: World) -> tuple[Person, Person, Person]:
    """«Сбор данных» till 20 November; Мария is named for it, Ольга is not."""
    head = await settle(world, TASK, MEETING)
    maria = await come_in_maria(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await world.rings()
    await names(head, "Петрова")
    await world.rings()
    return head, maria, olga


async def names(head: Person, *surnames: str) -> None:
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Кому поручить")
    for surname in surnames:
        await head.presses(surname)
    await head.presses("Сохранить")


async def test_who_is_named_hears_of_it_at_once(world: World) -> None:
    head, maria, olga = await a_task(world)
    assert head.sees.plain == ("Записано: Сбор данных о фондах.\nПоручено 1 человеку. Сообщаю 1 человеку.")
    assert maria.sees.plain == (
        "📌 Вам поручено: до 20 ноября\n"
        "Сбор данных о фондах\n"
        "Сделаете – нажмите «Готово», и напоминать больше не буду."
    )
    assert maria.sees.labels == ["Готово", "Напомнить позже", "В календарь", "Почему мне это пришло?"]
    assert olga.sees_all == ""


async def test_the_choice_is_made_before_anybody_hears_of_it(world: World) -> None:
    head = await settle(world, TASK)
    maria = await come_in_maria(world)
    more = await head.presses_data(ShowMore(event=1).pack())
    assert more.labels == [
        "Кому поручить",
        "Кто ещё не сделал",
        "Сменить срок",
        "Отменить задание",
        "Другое",
        "‹ Назад",
    ]
    other = await head.presses("Другое")
    assert other.labels == ["Материалы", "Текст для пересылки", "Журнал", "‹ Назад"]
    await head.presses("‹ Назад", of=other)
    asked = await head.presses("Кому поручить")
    assert asked.plain == (
        "Кому поручить? Сбор данных о фондах (до 20 ноября).\n"
        "Отметьте людей и нажмите «Сохранить».\n"
        "Пока никто не отмечен."
    )
    marked = await head.presses("Петрова")
    assert "✅ Петрова Мария Ивановна · СОШ № 45" in marked.labels
    assert "Отмечен 1 человек." in marked.plain
    await world.rings()
    assert maria.sees_all == ""
    assert "Отмечены 2 человека." in (await head.presses("Поручить всем")).plain
    assert "Отмечен 1 человек." in (await head.presses("Орлова")).plain
    await head.presses("Орлова")
    assert "Поручено 2 людям. Сообщаю 1 человеку." in (await head.presses("Сохранить")).plain


async def test_many_members_are_paged(world: World) -> None:
    head = await settle(world, TASK)
    for number, name in enumerate("АБВГДЕЖЗИКЛ"):
        await come_in(world, 5000 + number, f"{name}нина Мария Ивановна", "СОШ № 45")
    await head.presses_data(ShowMore(event=1).pack())
    first = await head.presses("Кому поручить")
    assert "Страница 1 из 2" in first.plain
    await head.presses("Анина")
    second = await head.presses("Дальше")
    assert "Отмечен 1 человек." in second.plain
    assert len(second.labels) == 6


async def test_done(world: World) -> None:
    _, maria, _ = await a_task(world)
    thanks = await maria.presses("Готово")
    assert thanks.plain == ("Спасибо! Отмечено: сделано.\nСбор данных о фондах\nБольше об этом не напоминаю.")
    world.clock.moment = WEEK_BEFORE
    await world.rings()
    assert "Задание" not in maria.sees_all
    open_again = await maria.presses("Ещё не готово")
    assert open_again.plain == "Хорошо, задание снова открыто: Сбор данных о фондах.\nСрок – до 20 ноября."
    world.clock.moment = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
    await world.rings()
    assert maria.sees.plain.startswith("📌 Задание: до 20 ноября\nСбор данных о фондах\n")


async def test_reminders_go_to_those_named_alone(world: World) -> None:
    _, maria, olga = await a_task(world)
    world.clock.moment = WEEK_BEFORE
    await world.rings()
    assert maria.sees.plain.startswith("📌 Задание: до 20 ноября\n")
    assert "Сбор данных" not in olga.sees_all


async def test_the_card_and_the_list_of_one_s_own(world: World) -> None:
    _, maria, olga = await a_task(world)
    card = await maria.presses_data(ShowEvent(event=1).pack())
    assert card.plain.endswith("Это задание поручено вам. Сделаете – нажмите «Готово».")
    assert card.labels == ["Готово"]
    mine = await maria.says("Мои ответы")
    assert "Ваши задания\n• до 20 ноября – Сбор данных о фондах" in mine.plain
    assert "Заседание РМО: ответа ещё нет" in mine.plain
    await maria.presses("Готово", of=card)
    card = await maria.presses_data(ShowEvent(event=1).pack())
    assert card.plain.endswith("Вы отметили: сделано. Спасибо!")
    assert card.labels == ["Ещё не готово"]
    assert "Ваши задания" not in (await maria.says("мои ответы")).plain
    other = await olga.presses_data(ShowEvent(event=1).pack())
    assert other.plain.endswith("Это задание, приходить никуда не нужно.")
    assert other.labels == []


async def test_the_coordinator_sees_who_is_left(world: World) -> None:
    head, maria, _ = await a_task(world)
    await names(head, "Белова")
    await world.rings()
    await maria.presses("Готово")
    left = await head.presses("Кто ещё не сделал")
    assert left.plain == (
        "Сбор данных о фондах (до 20 ноября)\n"
        "Сделали 1 из 2. Ещё не сделали – 1:\n"
        "• Белова Ольга Петровна, СОШ № 45"
    )
    await world.person(3003).presses("Готово")
    assert "Сделали все: 2 из 2." in (await head.presses_data(ShowUnfinished(event=1).pack())).plain


async def test_a_task_that_is_nobody_s(world: World) -> None:
    head = await settle(world, TASK)
    assert "пока никому не поручено" in (await head.presses_data(ShowUnfinished(event=1).pack())).plain


async def test_one_who_is_released_is_left_alone(world: World) -> None:
    head, maria, olga = await a_task(world)
    await names(head, "Петрова", "Белова")
    await world.rings()
    assert "Вам поручено" in olga.sees_all
    late = await maria.presses("Готово")
    assert late.plain.startswith("Это задание больше не за вами: делать ничего не нужно.")
    world.clock.moment = WEEK_BEFORE
    await world.rings()
    assert "📌 Задание" not in maria.sees_all


async def test_at_night_a_new_task_waits_for_the_morning(world: World) -> None:
    head = await settle(world, TASK)
    maria = await come_in_maria(world)
    await world.rings()
    world.clock.moment = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
    await names(head, "Петрова")
    await world.rings()
    assert maria.sees_all == ""
    world.clock.forward(hours=9)
    await world.rings()
    assert maria.sees_all.count("Вам поручено") == 1


async def test_moved_cancelled_and_back_those_named_alone_hear_of_it(world: World) -> None:
    head, maria, olga = await a_task(world)
    await head.presses_data(ChangeEvent(event=1, act="due").pack())
    assert "Например" not in head.sees.plain
    preview = await head.says("27 ноября")
    assert preview.plain == "Сбор данных о фондах\nНовый срок: до 27 ноября.\nСообщу 1 человеку."
    await head.presses("Да, такой срок")
    await world.rings()
    assert maria.sees.plain == "Новый срок задания: Сбор данных о фондах\nТеперь – до 27 ноября."
    world.clock.forward(hours=1)
    await head.presses_data(ChangeEvent(event=1, act="cancel").pack())
    await head.says("прислали новую форму")
    await head.presses("Да, отменить")
    await world.rings()
    assert maria.sees.plain == (
        "Задание отменено: Сбор данных о фондах\nДелать ничего не нужно.\nПричина: прислали новую форму."
    )
    card = await maria.presses_data(ShowEvent(event=1).pack())
    assert card.plain.endswith("Отменено. Делать ничего не нужно.")
    stale = await maria.presses_data(SayFinished(event=1).pack())
    assert stale.plain.startswith("Это задание отменили: делать ничего не нужно.")
    world.clock.forward(hours=1)
    await head.presses_data(ChangeEvent(event=1, act="restore").pack())
    await head.presses("Да, вернуть")
    await world.rings()
    assert maria.sees.plain == "Задание снова в силе: Сбор данных о фондах\nСрок – до 27 ноября."
    assert olga.sees_all == ""


async def test_done_while_she_acts_in_another_association(world: World) -> None:
    _, maria, _ = await a_task(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Novosibirsk", world.clock.now())
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=other)
    assert "Отмечено: сделано." in (await maria.presses("Готово")).plain
    assert "снова открыто" in (await maria.presses("Ещё не готово")).plain


async def test_stale_presses(world: World) -> None:
    head, maria, _ = await a_task(world)
    assert (await head.presses_data(SavePeople(event=1).pack())).plain.startswith("Эта кнопка устарела.")
    meeting = await head.presses_data(TogglePerson(event=2, person=1, page=0).pack())
    assert meeting.plain.startswith("Это не задание, а встреча.\n\nЗаседание РМО")
    assert "больше нет" in (await maria.presses_data(SayFinished(event=99).pack())).plain
    world.clock.moment = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    over = await head.presses_data(TogglePerson(event=1, person=1, page=0).pack())
    assert over.plain.startswith("Срок этого задания уже прошёл")
