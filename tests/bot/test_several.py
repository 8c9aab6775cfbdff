"""A person in the lists of two associations: she sees both, and each card says whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from actions.associations import add_association
from actions.plans import ReadPlan, import_plan
from bot.views.keyboards import ShowEvent
from bot.views.overseeing_keys import ActIn
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft
from domain.records import Answer, Standing
from domain.roles import Part, Role
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, WORKSHOP, come_in, come_in_maria, settle

OURS, THEIRS = "РМО Заречного района", "РМО Приозёрного района"
FAIR = ActivityDraft(
    title="Ярмарка книг",
    kind=Kind.SEMINAR,
    periods=(Period.at(date(2026, 11, 11), time(15), time(16)),),
    venue="Гимназия № 3",
)


async def in_two(world: World) -> tuple[Person, Person, Person]:
    """Мария is in both; returns the heads, and her. She acts in the first one."""
    head = await settle(world, MEETING, WORKSHOP)
    second = await add_association(world.uow(), THEIRS, "Asia/Novosibirsk", world.clock.now())
    other = await come_in(
        world, 7001, "Сомова Анна Петровна", "Гимназия № 3", Role.COORDINATOR, association=second
    )
    home = (await world.actor(other)).home
    draft = PlanDraft(school_year="2026/2027", title="План", activities=(FAIR,))
    await import_plan(world.uow(), home, ReadPlan(draft, "fair"), world.clock.now())
    await come_in(world, 2002, "Петрова Мария Ивановна", "СОШ № 45", association=second)
    maria = await come_in_maria(world)
    return head, other, maria


async def test_one_in_a_single_association_never_sees_its_name(world: World) -> None:
    head = await settle(world, MEETING)
    for words in ("Ближайшее", "План на год", "Мои ответы", "Настройки"):
        shown = await head.says(words)
        assert OURS not in shown.plain, words
        assert "Мои объединения" not in shown.labels, words


async def test_what_is_next_in_both_and_each_card_says_whose_it_is(world: World) -> None:
    _, _, maria = await in_two(world)
    first = await maria.says("Ближайшее")
    assert first.plain.startswith(f"{THEIRS}\nЯрмарка книг")
    assert first.plain.endswith("Впереди ещё 2 встречи.")
    nearest = first.plain
    second = await maria.presses("Дальше")
    assert second.plain.startswith(f"{OURS}\nЗаседание РМО")
    last = await maria.presses("Дальше")
    assert last.plain.startswith(f"{OURS}\nМастер-класс")
    assert last.labels == ["◀ Раньше"]
    assert (await maria.says("что дальше?")).plain == nearest


async def test_an_answer_goes_where_the_card_is_from_and_the_row_goes_on(world: World) -> None:
    head, other, maria = await in_two(world)
    await maria.says("Ближайшее")
    answered = await maria.presses("Приду")
    assert answered.plain.startswith(THEIRS)
    assert answered.plain.endswith("Впереди ещё 2 встречи.")
    assert "Дальше ▶" in answered.labels
    await maria.presses("Дальше")
    assert (await maria.presses("Приду")).plain.startswith(OURS)
    assert "Придёт 1 человек" in (await other.says("Ближайшее")).plain
    assert "Придёт 1 человек" in (await head.says("Ближайшее")).plain


async def test_who_runs_both_is_led_to_the_one_that_has_the_event(world: World) -> None:
    """«Ближайшее» shows the cards of both; what is done with an event is done where it is."""
    head, _, _ = await in_two(world)
    await come_in(world, head.id, "Орлова Наталья Викторовна", "Лицей № 12", Role.COORDINATOR, association=2)
    await head.presses_data(ActIn(association=1).pack())
    card = await head.says("Ближайшее")
    assert card.plain.startswith(f"{THEIRS}\nЯрмарка книг")
    for label in ("Ещё", "Кто придёт", "Перенести"):
        led = await head.presses(label, of=card)
        assert led.plain == (
            f"Эта встреча – из объединения «{THEIRS}», а кнопки внизу сейчас из другого. "
            "Перейдите туда и нажмите ещё раз."
        )
    await head.presses(f"Перейти: {THEIRS}", of=led)
    assert "Что сделать?" in (await head.presses("Ещё", of=card)).plain


async def test_her_answers_association_by_association(world: World) -> None:
    _, _, maria = await in_two(world)
    for words in ("Мои ответы", "мои ответы?"):
        before = len(maria.chat.shown)
        await maria.says(words)
        ours, theirs = (shown.plain for shown in maria.chat.shown[before:])
        assert ours.startswith(OURS)
        assert "Заседание" in ours
        assert "Ярмарка" not in ours
        assert theirs.startswith(THEIRS)
        assert "Ярмарка" in theirs


async def test_the_plan_of_one_and_the_way_to_the_other(world: World) -> None:
    _, _, maria = await in_two(world)
    plan = await maria.says("План на год")
    assert plan.plain.startswith(f"{OURS}\nНоябрь 2026 г.")
    homes = await maria.presses("Мои объединения")
    assert homes.plain == (
        f"Мои объединения – 2\n\n{OURS} – вы в списке. Сейчас кнопки внизу – отсюда.\n\n"
        f"{THEIRS} – вы в списке."
    )
    assert homes.labels == [f"Перейти: {THEIRS}"]
    await maria.presses("Перейти")
    assert "Ярмарка" in (await maria.says("План на год")).plain
    await maria.says("Настройки")
    assert "Мои объединения" in maria.sees.labels


async def test_reminders_and_changes_say_whose_they_are(world: World) -> None:
    head, other, maria = await in_two(world)
    await other.says("Ближайшее")
    await other.presses("Ещё")
    await other.presses("Другое")
    await other.presses("Отменить встречу")
    await other.says("Карантин")
    await other.presses("Да, отменить")
    await world.rings()
    assert maria.sees.plain.startswith(f"{THEIRS}\nОтменено: Ярмарка книг")
    world.clock.forward(days=15, hours=9)
    await world.rings()
    assert f"{OURS}\n🔔 Завтра в 14:00" in maria.sees_all
    assert OURS not in head.sees.plain


async def test_a_card_of_the_other_is_a_press_away(world: World) -> None:
    _, _, maria = await in_two(world)
    async with world.stored() as rows:
        [fair] = await rows.association(2).events.to_come(world.clock.now())
    card = await maria.presses_data(ShowEvent(event=fair.id).pack())
    assert card.plain.startswith(f"{THEIRS}\nЯрмарка книг")


async def test_words_find_what_is_in_both(world: World) -> None:
    """One alone is shown as a card that says whose it is; of several each line does."""
    head, _, maria = await in_two(world)
    assert (await maria.says("ярмарка")).plain.startswith(f"{THEIRS}\nЯрмарка книг")
    assert (await maria.says("когда семинар?")).plain.startswith(f"{THEIRS}\nЯрмарка книг")
    assert (await maria.says("каталог")).plain.startswith(f"{OURS}\nМастер-класс")
    of_month = (await maria.says("что в ноябре?")).plain
    assert f"Ярмарка книг (Гимназия № 3), {THEIRS}" in of_month
    assert f"Заседание РМО (МБОУ СОШ № 412), {OURS}" in of_month
    of_school = (await maria.says("гимназия")).plain
    assert of_school.startswith("Нашлись 2 встречи:")
    assert f"{THEIRS}\n• " in of_school
    assert of_school.endswith(OURS)
    assert "Ярмарка" not in (await head.says("что в ноябре?")).plain


async def test_she_leaves_one_and_has_the_keys_of_the_other(world: World) -> None:
    _, _, maria = await in_two(world)
    await maria.says("/stop")
    await maria.presses("Выйти из списка")
    await maria.presses("Да, выйти")
    assert THEIRS in maria.sees.plain
    assert (await maria.says("Ближайшее")).plain.startswith("Ярмарка книг")


async def test_nobody_moves_into_what_is_not_hers(world: World) -> None:
    head, _, maria = await in_two(world)
    for number in (2, 77):
        assert "уже нет" in (await head.presses_data(ActIn(association=number).pack())).plain
    assert (await world.actor(head)).home.id == 1
    await maria.presses_data(ActIn(association=2).pack())
    assert (await world.actor(maria)).home.id == 2


async def test_an_answer_in_words_names_the_association_and_offers_the_other(world: World) -> None:
    """Of the soonest, while she was written about none of them."""
    _, _, maria = await in_two(world)
    asked = await maria.says("не приду")
    assert asked.plain.startswith(f"{THEIRS}\nПонимаю так: вы не сможете прийти – Ярмарка книг")
    assert asked.labels == ["Да, верно", "Нет, о другой: 18 ноября · Заседание РМО", "Нет, я о другом"]
    await maria.presses("Нет, о другой")
    assert "Заседание РМО" in maria.sees_all
    assert await answers_of(world, 1) == {"Заседание РМО": Answer.DECLINED}
    assert await answers_of(world, 2) == {}


async def test_words_are_about_what_she_was_written_of_last(world: World) -> None:
    _, _, maria = await in_two(world)
    await world.rings()
    world.clock.moment = datetime(2026, 11, 11, 3, 1, tzinfo=UTC)  # a week before the meeting of the first
    await world.rings()
    assert "Заседание РМО" in maria.sees.plain
    world.clock.moment = datetime(2026, 11, 11, 3, 30, tzinfo=UTC)
    asked = await maria.says("приду")
    assert asked.plain.startswith(f"{OURS}\nПонимаю так: вы придёте – Заседание РМО")
    assert "Нет, о другой: 11 ноября · Ярмарка книг" in asked.labels


async def test_a_reply_is_about_what_is_replied_to(world: World) -> None:
    _, _, maria = await in_two(world)
    await maria.says("Ближайшее")
    meeting = await maria.presses("Дальше")
    meeting = replace(meeting)
    await maria.says("Спасибо")
    asked = await maria.replies("не смогу", to=meeting)
    assert asked.plain.startswith(f"{OURS}\nПонимаю так: вы не сможете прийти – Заседание РМО")
    assert asked.labels == ["Да, верно", "Нет, я о другом"]
    await maria.presses("Да, верно")
    assert await answers_of(world, 1) == {"Заседание РМО": Answer.DECLINED}


async def test_a_guest_elsewhere_may_mean_that_meeting(world: World) -> None:
    await in_two(world)
    anna = await come_in(world, 3003, "Быкова Анна Львовна", "СОШ № 9")
    async with (uow := world.uow()) as rows:
        there = rows.association(2)
        [fair] = await there.events.to_come(world.clock.now())
        person_id, now = (await world.actor(anna)).person_id, world.clock.now()
        await there.members.add(person_id, Role.GUEST, "Согласие", now)
        await there.roster.move(person_id, Standing.GUEST, among=[Standing.JOINING], joined_at=now)
        await there.parts.give(fair.id, person_id, Part.GUEST, now)
        await uow.commit()
    asked = await anna.says("не приду")
    assert "Ярмарка книг" in asked.plain
    assert "Нет, о другой: 18 ноября · Заседание РМО" in asked.labels


async def answers_of(world: World, association: int) -> dict[str, Answer]:
    """What Мария answered there, by the event's title."""
    async with world.stored() as rows:
        person_id = (await world.actor(world.person(2002))).person_id
        found = await rows.association(association).events.answered_by(person_id, world.clock.now())
    return {card.event.title: card.answer for card in found if card.answer}
