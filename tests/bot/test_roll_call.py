"""«Перекличка»: everybody at once, the exceptions by hand, who is not in the list; two who mark at once."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.guests import add_guests
from bot.views.roll_keys import (
    AddNamesake,
    MarkLine,
    OpenLine,
    ShowOpinions,
    ShowRoll,
    ShowRollList,
    TakeBackRoll,
)
from domain.records import Answer, Mark
from domain.roles import Part, Role
from domain.roll_call import Whose
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import LAW, MEETING, call_off, come_in, come_in_maria, event_called, settle

# The meeting is on 18 November, 14:00–16:00 (7:00–9:00 UTC); the roll-call opens half an hour before.
OPENS = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)
BEGINS = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)


async def called(world: World, *going: Person) -> tuple[Person, Shown]:
    """Those have promised to come; the coordinator has the roll-call before her."""
    for one in going:
        await one.says("Ближайшее")
        await one.presses("Приду", of=one.sees)
    world.clock.moment = BEGINS
    meeting = await event_called(world, "Заседание")
    return world.head, await world.head.presses_data(ShowRoll(event=meeting.id).pack())


async def two_members(world: World) -> tuple[Person, Person]:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    return maria, await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")


async def marks(world: World) -> dict[str, Mark]:
    """The marks as they are stored, of people and of guests, by surname."""
    meeting = await event_called(world, "Заседание")
    async with world.stored() as rows:
        ours = rows.association(1)
        people = {one.person_id: one.name.surname for one in await ours.rsvps.attendees(meeting.id)}
        found = await ours.attendance.of_event(meeting.id)
        guests = await ours.guests.of_event(meeting.id)
    of_guests = {one.name.split()[0]: one.mark for one in guests if one.mark is not None}
    return {people[number]: one.mark for number, one in found.items()} | of_guests


async def journal(world: World, head: Person) -> str:
    await head.says("Руководителю")
    await head.presses("Ещё", of=head.sees)
    return (await head.presses("Журнал", of=head.sees)).plain


async def test_all_who_promised_came_and_it_can_be_taken_back(world: World) -> None:
    head, shown = await called(world, *await two_members(world))
    assert shown.plain == (
        "Перекличка: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Пришли: 0\n"
        "Обещали прийти и пока без отметки: 2\n"
        "Вы сами пока без отметки."
    )
    assert shown.labels == [
        "Все, кто обещал, пришли – 2",
        "Отметить и меня",
        "По списку",
        "Добавить человека",
        "‹ Назад",
    ]
    preview = await head.presses("Все, кто обещал", of=shown)
    assert preview.plain == (
        "Отметить, что пришли 2 человека? Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Это все, кто обещал и пока без отметки. Кого не было, поправите потом в списке.\n"
        "Белова О. П., Петрова М. И."
    )
    assert await marks(world) == {}
    done = await head.presses("Да, отметить", of=preview)
    assert done.plain.startswith("✅ Отмечены 2 человека. Если поспешили – «Вернуть как было».\nПерекличка")
    assert "Пришли: 2\nВсе, кто обещал прийти, отмечены." in done.plain
    assert await marks(world) == {"Белова": Mark.PRESENT, "Петрова": Mark.PRESENT}
    undo = head.data_of("Вернуть как было", of=done)
    back = await head.presses_data(undo)
    assert "Пришли: 0" in back.plain
    assert await marks(world) == {}
    assert "Пришли: 0" in (await head.presses_data(undo)).plain  # nothing is left to take back
    said = await journal(world, head)
    assert "перекличка: отмечены 2 человека" in said
    assert said.count("перекличка: сняты 2 отметки") == 1


async def test_who_leads_is_offered_to_mark_herself(world: World) -> None:
    """With the others, or alone; nobody takes her for present unsaid."""
    head, shown = await called(world, *await two_members(world))
    assert "Вы сами пока без отметки." in shown.plain
    alone = head.data_of("Отметить и меня", of=shown)
    preview = await head.presses("Все, кто обещал", of=shown)
    assert preview.labels == ["Да, отметить", "Да, и меня тоже", "‹ Назад"]
    both = head.data_of("Да, и меня тоже", of=preview)
    done = await head.presses_data(both)
    assert "✅ Отмечены 3 человека." in done.plain
    assert "Отметить и меня" not in done.labels
    assert await marks(world) == dict.fromkeys(("Белова", "Орлова", "Петрова"), Mark.PRESENT)
    await head.presses("Вернуть как было", of=done)
    assert await marks(world) == {}
    done = await head.presses_data(alone)
    assert world.telegram.toasts[-1] == "Орлова Н. В.: здесь"
    assert "Вы сами" not in done.plain
    assert await marks(world) == {"Орлова": Mark.PRESENT}
    again = await head.presses_data(both)  # she is marked by now: others are meant
    assert again.labels == ["Да, отметить", "‹ Назад"]


async def test_nobody_who_promised_has_come_before_it_begins(world: World) -> None:
    """Who is there early is marked by hand; an old button says when it works."""
    head, shown = await called(world, *await two_members(world))
    preview = head.data_of("Все, кто обещал", of=shown)
    sure = head.data_of("Да, отметить", of=await head.presses_data(preview))
    world.clock.moment = OPENS
    early = await head.presses_data(ShowRoll(event=1).pack())
    assert early.labels == ["По списку", "Добавить человека", "‹ Назад"]
    for data in (preview, sure):
        assert (await head.presses_data(data)).plain.startswith("Встреча ещё не началась.")
    assert await marks(world) == {}


async def test_what_was_corrected_stays_when_the_rest_is_taken_back(world: World) -> None:
    head, shown = await called(world, *await two_members(world))
    await head.presses("Все, кто обещал", of=shown)
    done = await head.presses("Да, отметить")
    undo = head.data_of("Вернуть как было", of=done)
    await head.presses("По списку", of=done)
    await head.presses("✅ Петрова", of=head.sees)
    assert head.sees.plain.startswith("Петрова Мария Ивановна, СОШ № 45\nОтметка: здесь (Орлова Н. В., ")
    assert head.sees.labels == [
        "✅ Здесь",
        "С опозданием",
        "По уважительной причине",
        "Нет",
        "Снять отметку",
        "‹ Назад",
    ]
    listed = await head.presses("С опозданием", of=head.sees)
    assert "🕐 Петрова Мария Ивановна · СОШ № 45" in listed.labels
    await head.presses_data(undo)
    assert await marks(world) == {"Петрова": Mark.LATE}
    assert "исправлена отметка о явке (Петрова М. И.): с опозданием (было: здесь)" in await journal(
        world, head
    )


async def test_one_by_one_and_the_rest_of_the_page(world: World) -> None:
    """Who promised nothing may be there all the same; a first mark is no line of the journal."""
    await two_members(world)
    head, shown = await called(world)
    assert shown.labels == ["Отметить и меня", "По списку", "Добавить человека", "‹ Назад"]
    listed = await head.presses("По списку", of=shown)
    assert listed.labels == [
        "Белова Ольга Петровна · Гимназия № 21",
        "Орлова Наталья Викторовна · Лицей № 12",
        "Петрова Мария Ивановна · СОШ № 45",
        "Отметить всех на странице – 3",
        "Только без отметки",
        "‹ Назад",
    ]
    one = await head.presses("Белова", of=listed)
    assert one.plain == "Белова Ольга Петровна, Гимназия № 21\nОтметки пока нет. Что записать?"
    assert one.labels == ["Здесь", "С опозданием", "По уважительной причине", "Нет", "‹ Назад"]
    await head.presses("По уважительной причине", of=one)
    assert world.telegram.toasts[-1] == "Белова О. П.: нет, по уважительной причине"
    left = await head.presses("Только без отметки", of=head.sees)
    assert left.labels[:3] == [
        "Орлова Наталья Викторовна · Лицей № 12",
        "Петрова Мария Ивановна · СОШ № 45",
        "Отметить всех на странице – 2",
    ]
    done = await head.presses("Отметить всех на странице", of=left)
    assert "Пришли: 2\nНет по уважительной причине: 1" in done.plain
    assert await marks(world) == {"Белова": Mark.EXCUSED, "Орлова": Mark.PRESENT, "Петрова": Mark.PRESENT}
    said = await journal(world, head)
    assert "перекличка: отмечены 2 человека" in said
    assert "исправлена" not in said


async def test_a_mark_is_taken_away(world: World) -> None:
    await two_members(world)
    head, shown = await called(world)
    await head.presses("По списку", of=shown)
    await head.presses("Петрова", of=head.sees)
    await head.presses("Нет", of=head.sees)
    await head.presses("– Петрова", of=head.sees)
    await head.presses("Снять отметку", of=head.sees)
    assert world.telegram.toasts[-1] == "Петрова М. И.: отметка снята"
    assert await marks(world) == {}
    assert "(Петрова М. И.): отметка снята (было: нет)" in await journal(world, head)


async def test_a_whole_school(world: World) -> None:
    await two_members(world)
    await come_in(world, 2005, "Юдина Яна Олеговна", "СОШ № 45")
    head, shown = await called(world)
    await head.presses("По списку", of=shown)
    one = await head.presses("Петрова", of=head.sees)
    assert "Вся школа здесь – 2" in one.labels
    assert "Пришли: 2" in (await head.presses("Вся школа здесь", of=one)).plain
    assert await marks(world) == {"Петрова": Mark.PRESENT, "Юдина": Mark.PRESENT}


async def test_schools_on_buttons_are_told_apart(world: World) -> None:
    """By what people call them: of the legal form alone nobody sees which school it is."""
    await settle(world, MEETING)
    school = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 8»"
    await come_in(world, 2005, "Юдина Яна Олеговна", school)
    head, shown = await called(world)
    listed = await head.presses("По списку", of=shown)
    assert "Юдина Яна Олеговна · СОШ № 8" in listed.labels
    one = await head.presses("Юдина", of=listed)
    assert one.plain.startswith("Юдина Яна Олеговна, СОШ № 8\n")


async def test_two_who_mark_at_once(world: World) -> None:
    """The second sees what stands and who says so, and may change it."""
    await two_members(world)
    other = await come_in(world, 2006, "Дёмина Вера Павловна", "СОШ № 3", Role.COORDINATOR)
    head, shown = await called(world)
    await head.presses("По списку", of=shown)
    mine = await head.presses("Петрова", of=head.sees)
    absent = head.data_of("Нет", of=mine)
    meeting = await event_called(world, "Заседание")
    person = (await world.actor(world.person(2002))).person_id
    at = {"event": meeting.id, "whose": Whose.PERSON, "person": person, "unmarked": 0, "page": 0}
    await other.presses_data(OpenLine(**at).pack())
    await other.presses("С опозданием", of=other.sees)
    stands = await head.presses_data(absent)
    assert stands.plain.startswith("Уже отмечено. Пока вы смотрели")
    assert "Отметка: с опозданием (Дёмина В. П., " in stands.plain
    assert await marks(world) == {"Петрова": Mark.LATE}
    await head.presses("Нет", of=stands)
    assert await marks(world) == {"Петрова": Mark.ABSENT}


async def test_who_was_marked_meanwhile_is_not_marked_unseen(world: World) -> None:
    maria, olga = await two_members(world)
    head, shown = await called(world, maria, olga)
    preview = await head.presses("Все, кто обещал", of=shown)
    sure = head.data_of("Да, отметить", of=preview)
    listed = await head.presses_data(ShowRollList(event=1, unmarked=0, page=0).pack())
    page = head.data_of("Отметить всех на странице", of=listed)
    one = await head.presses("Петрова", of=listed)
    await head.presses("Нет", of=one)
    again = await head.presses_data(sure)
    assert again.plain.startswith("Отметить, что пришёл 1 человек?")
    assert world.telegram.toasts[-1] == "Список успел измениться. Посмотрите, пожалуйста, ещё раз."
    assert "– Петрова Мария Ивановна · СОШ № 45" in (await head.presses_data(page)).labels
    assert await marks(world) == {"Петрова": Mark.ABSENT}


async def test_who_comes_in_her_place_becomes_a_guest(world: World) -> None:
    maria, _ = await two_members(world)
    await maria.says("Ближайшее")
    await maria.presses("Не смогу", of=maria.sees)
    await maria.presses("За меня придёт коллега")
    await maria.says("Ким Олеся Юрьевна")
    head, shown = await called(world)
    assert "Все, кто обещал, пришли – 1" in shown.labels
    await head.presses("По списку", of=shown)
    one = await head.presses("Ким", of=head.sees)
    assert "Вместо: Петрова М. И. Отметите – запишу в гости." in one.plain
    here = head.data_of("Здесь", of=one)
    listed = await head.presses_data(here)
    assert "✅ Ким Олеся Юрьевна · СОШ № 45" in listed.labels
    assert [label for label in listed.labels if "Ким" in label] == ["✅ Ким Олеся Юрьевна · СОШ № 45"]
    assert await marks(world) == {"Ким": Mark.PRESENT}
    assert "Этой строки в списке больше нет." in (await head.presses_data(here)).plain


async def test_somebody_who_is_not_in_the_list(world: World) -> None:
    await two_members(world)
    head, shown = await called(world)
    asked = await head.presses("Добавить человека", of=shown)
    assert asked.plain.startswith("Кого добавить: Заседание РМО?\nНапишите фамилию, имя, отчество")
    added = await head.says("Иванова Анна Львовна, районная библиотека")
    assert added.plain == "✅ Записано и отмечено: Иванова Анна Львовна, районная библиотека."
    assert await marks(world) == {"Иванова": Mark.PRESENT}
    await head.presses("Добавить ещё", of=added)
    assert "Здесь – по одному." in (await head.says("Юн Ян\nКим Ян")).plain
    assert "Не вижу имени." in (await head.says("123")).plain
    assert "Записано" in (await head.says("Юн Ян")).plain


async def test_the_same_name_is_offered_first(world: World) -> None:
    await two_members(world)
    head, shown = await called(world)
    await head.presses("Добавить человека", of=shown)
    asked = await head.says("петрова мария ивановна, лицей № 12")
    assert asked.plain == (
        "петрова мария ивановна – такой человек в списке есть. Это не он?\nПока ничего не записано."
    )
    assert asked.labels == ["Петрова Мария Ивановна · СОШ № 45", "Это другой человек", "‹ Назад"]
    another = head.data_of("Это другой человек", of=asked)
    await head.presses_data(another)
    assert await marks(world) == {"петрова": Mark.PRESENT}
    assert "Эта кнопка устарела." in (await head.presses_data(another)).plain
    assert await marks(world) == {"петрова": Mark.PRESENT}


async def test_guests_are_marked_with_the_others(world: World) -> None:
    """Those who were written down, and those who came in by the link."""
    await two_members(world)
    meeting = await event_called(world, "Заседание")
    actor, now = await world.actor(world.head), world.clock.now()
    await add_guests(world.uow(), actor, meeting.id, "Иванова Анна Львовна, ЦБС", now)
    guest = await come_in(world, 2007, "Ким Олеся Юрьевна", "Колледж")
    async with (uow := world.uow()) as rows:
        ours, person = rows.association(1), (await world.actor(guest)).person_id
        await ours.parts.give(meeting.id, person, Part.GUEST, now)
        await ours.rsvps.take(meeting.id, person, Answer.GOING, now)
        await uow.commit()
    head, shown = await called(world)
    await head.presses("Все, кто обещал", of=shown)
    await head.presses("Да, отметить")
    assert await marks(world) == {"Иванова": Mark.PRESENT, "Ким": Mark.PRESENT}
    await head.presses("Вернуть как было")
    assert await marks(world) == {}


async def test_of_whom_and_when_it_is_called(world: World) -> None:
    head = await settle(world, MEETING, LAW)
    meeting, law = await event_called(world, "Заседание"), await event_called(world, "Правовые")
    early = await head.presses_data(ShowRoll(event=meeting.id).pack())
    assert early.plain.startswith("Перекличка откроется за 30 минут до начала встречи.\n\nЗаседание РМО")
    unnamed = await head.presses_data(ShowRoll(event=law.id).pack())
    assert unnamed.plain.startswith("День этой встречи не назван, отмечать пока некого.")
    assert "Возвращать нечего" in (await head.presses_data(TakeBackRoll(line=99).pack())).plain
    await call_off(world, "Заседание")
    assert "отменена" in (await head.presses_data(ShowRoll(event=meeting.id).pack())).plain


async def test_a_presenter_calls_over_hers_and_reads_no_opinions(world: World) -> None:
    maria, olga = await two_members(world)
    meeting = await event_called(world, "Заседание")
    async with (uow := world.uow()) as rows:
        person = (await world.actor(olga)).person_id
        await rows.association(1).parts.give(meeting.id, person, Part.HOST, world.clock.now())
        await uow.commit()
    await called(world, maria)
    press = ShowRoll(event=meeting.id).pack()
    assert "Все, кто обещал, пришли – 1" in (await olga.presses_data(press)).labels
    assert "Перекличка" not in (await maria.presses_data(press)).plain
    for data in (ShowOpinions(event=meeting.id, page=0), AddNamesake(event=meeting.id)):
        assert "Отзыв" not in (await olga.presses_data(data.pack())).plain


async def test_a_long_list_has_pages(world: World) -> None:
    await settle(world, MEETING)
    for number in range(20):
        await come_in(world, 3000 + number, f"Юн {'Я' * (number + 2)}", f"СОШ № {number + 1}")
    head, shown = await called(world)
    first = await head.presses("По списку", of=shown)
    assert "Страница 1 из 3" in first.plain
    assert len([label for label in first.labels if "Юн" in label or "Орлова" in label]) == 8
    second = await head.presses("Дальше", of=first)
    one = await head.presses("Юн", of=second)
    after = await head.presses("Здесь", of=one)
    assert "Страница 2 из 3" in after.plain
    assert any(label.startswith("✅ Юн") for label in after.labels)


async def test_made_up_marks_do_no_harm(world: World) -> None:
    await two_members(world)
    head, _ = await called(world)
    meeting = await event_called(world, "Заседание")
    for whose in Whose:
        at = {"event": meeting.id, "whose": whose, "person": 999, "unmarked": 0, "page": 0}
        said = await head.presses_data(MarkLine(**at, mark=1, seen=0).pack())
        assert "Этой строки в списке больше нет." in said.plain
    assert await marks(world) == {}
