"""After a meeting: «Удалось прийти?», the list to confirm, what there is to read, a word about it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.views.about_keys import TakeOwnCertificate
from bot.views.after_keys import RemoveOpinion, SayAttended, SayRead, WriteOpinion
from bot.views.paper_keys import ShowCertificates
from bot.views.roll_keys import ShowOpinions, ShowRoll, ShowRollList
from domain.materials import NewMaterial
from domain.records import Answer, Event, Mark, MaterialKind, Status, Way
from domain.roles import Part
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, come_in, come_in_maria, event_called, settle
from tests.bot.test_reminders import rings_at
from tests.builders import change

# The meeting is on Wednesday, 18 November, 14:00–16:00 in Novosibirsk (UTC+7).
ASKED = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)  # 18:00
MORNING = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)  # 10:00 the next day
AFTERNOON = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)  # 16:00
TWO_DAYS = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00

WHAT = "Заседание РМО (среда, 18 ноября, 14:00–16:00)"


async def who_promised(world: World) -> tuple[Person, Event]:
    """Мария has said that she will come; what rings before the meeting has rung."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду", of=maria.sees)
    await world.rings()
    return maria, await event_called(world, "Заседание")


async def mark_of(world: World, event: Event, person: Person) -> tuple[Mark, Way] | None:
    number = (await world.actor(person)).person_id
    async with world.stored() as rows:
        found = (await rows.association(1).attendance.of_event(event.id)).get(number)
    return None if found is None else (found.mark, found.way)


async def seen(world: World, event: Event, person: Person, mark: Mark) -> None:
    """Whoever runs the event has marked her."""
    async with (uow := world.uow()) as rows:
        head, number = (await world.actor(world.head)).person_id, (await world.actor(person)).person_id
        ours = rows.association(1).attendance
        assert await ours.mark(event.id, number, mark, None, head, world.clock.now())
        await uow.commit()


async def something_to_read(world: World, event: Event) -> None:
    link = NewMaterial(MaterialKind.LINK, "Запись", "https://disk.example.org/i/zapis")
    async with (uow := world.uow()) as rows:
        head = (await world.actor(world.head)).person_id
        await rows.association(1).materials.add(event.id, [link], head, world.clock.now())
        await uow.commit()


async def asks_feedback(world: World) -> None:
    ours = tables.associations.c.id == 1
    await change(world.app.database, tables.associations, ours, asks_feedback=True)


async def test_who_promised_is_asked_once_and_may_say_otherwise(world: World) -> None:
    maria, meeting = await who_promised(world)
    await rings_at(world, ASKED)
    assert maria.sees.plain == (
        f"Мария Ивановна, удалось прийти?\n{WHAT}.\nОтметки о вас пока нет, поэтому спрашиваю."
    )
    assert maria.sees.labels == ["Да", "Не получилось", "Почему мне это пришло?"]
    why = (await maria.presses("Почему", of=maria.sees)).plain
    assert "Вы ответили, что будете на этой встрече, а отметки о вас нет." in why
    said = await maria.presses("Да")
    assert said.plain == f"✅ Записано: вы были с нами. {WHAT}.\nСпасибо! Больше ничего делать не нужно."
    assert said.labels == ["✅ Да", "Не получилось", "Карточка встречи"]
    assert await mark_of(world, meeting, maria) == (Mark.PRESENT, Way.ASKED)
    said = await maria.presses("Не получилось", of=said)
    assert said.plain.startswith(f"Записано: не получилось. {WHAT}.")
    assert await mark_of(world, meeting, maria) == (Mark.ABSENT, Way.ASKED)


async def test_who_was_marked_is_not_asked_and_does_not_overrule_it(world: World) -> None:
    maria, meeting = await who_promised(world)
    await seen(world, meeting, maria, Mark.LATE)
    number = len(maria.chat.shown)
    await rings_at(world, ASKED)
    assert len(maria.chat.shown) == number
    said = await maria.presses_data(SayAttended(event=meeting.id, said="no").pack())
    assert said.plain.startswith("Отметка уже стоит – с опозданием: ")
    assert await mark_of(world, meeting, maria) == (Mark.LATE, Way.ROLL)


async def test_who_did_not_promise_says_nothing(world: World) -> None:
    _, meeting = await who_promised(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    early = await olga.presses_data(SayAttended(event=meeting.id, said="yes").pack())
    assert early.plain.startswith("Эта встреча ещё впереди.")
    await rings_at(world, ASKED)
    assert "удалось" not in olga.sees_all
    said = await olga.presses_data(SayAttended(event=meeting.id, said="yes").pack())
    assert said.plain.startswith("Эта кнопка устарела.")
    assert await mark_of(world, meeting, olga) is None


async def test_nothing_is_asked_of_what_did_not_take_place(world: World) -> None:
    maria, meeting = await who_promised(world)
    ours = tables.events.c.id == meeting.id
    await change(world.app.database, tables.events, ours, status=Status.NOT_HELD)
    number = len(maria.chat.shown)
    for moment in (ASKED, MORNING, AFTERNOON, TWO_DAYS):
        await rings_at(world, moment)
    assert len(maria.chat.shown) == number
    for data in (SayAttended(event=meeting.id, said="yes"), SayRead(event=meeting.id, said="yes")):
        said = await maria.presses_data(data.pack())
        assert said.plain.startswith("По отметке руководителя эта встреча не состоялась.")


async def test_the_coordinator_gets_one_message_with_the_list(world: World) -> None:
    _, meeting = await who_promised(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    await seen(world, meeting, olga, Mark.PRESENT)
    await rings_at(world, ASKED)
    number = len(world.head.chat.shown)
    await rings_at(world, MORNING)
    assert len(world.head.chat.shown) == number + 1
    assert world.head.sees.plain == (
        f"Состоялось? {WHAT}.\n"
        "По отметкам был 1 человек.\n"
        "Обещал прийти и пока без отметки 1 человек: Петрова М. И.\n"
        "Вы сами пока без отметки: если были, нажмите «Отметить и меня».\n"
        "Проверьте, пожалуйста, список: «Перекличка». Кто без отметки, тот не считается отсутствующим."
    )
    assert world.head.sees.labels == ["Да", "Перенесли", "Не состоялось", "Отметить и меня", "Перекличка"]
    said = await world.head.presses("Да", of=world.head.sees)
    assert said.labels == ["✅ Да", "Не состоялось", "Перекличка", "Бумаги", "Другое", "‹ Назад"]
    roll = await world.head.presses("Перекличка", of=said)
    assert "Все, кто обещал, пришли – 1" in roll.labels


async def test_who_was_not_there_is_not_counted_as_having_been(world: World) -> None:
    await settle(world, MEETING)
    meeting = await event_called(world, "Заседание")
    names = ("Белова Ольга Петровна", "Дёмина Вера Павловна", "Юн Яна", "Ким Олеся Юрьевна")
    people = [await come_in(world, 2003 + number, name, "СОШ № 9") for number, name in enumerate(names)]
    marks = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED)
    for person, mark in zip(people, marks, strict=True):
        await seen(world, meeting, person, mark)
    await rings_at(world, ASKED)
    await rings_at(world, MORNING)
    assert world.head.sees.plain == (
        f"Состоялось? {WHAT}.\n"
        "По отметкам были 2 человека, не было – 2.\n"
        "Вы сами пока без отметки: если были, нажмите «Отметить и меня».\n"
        "Проверьте, пожалуйста, список: «Перекличка». Кто без отметки, тот не считается отсутствующим."
    )


async def test_who_said_so_herself_is_named_and_confirmed_in_one_press(world: World) -> None:
    """Until then there is no certificate: nobody but she says that she was there."""
    maria, meeting = await who_promised(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    async with (uow := world.uow()) as rows:
        number = (await world.actor(olga)).person_id
        await rows.association(1).rsvps.take(meeting.id, number, Answer.GOING, world.clock.now())
        await uow.commit()
    await rings_at(world, ASKED)
    for one in (maria, olga):
        await one.presses("Да", of=one.sees)
    assert "Справка" not in (await maria.presses_data(f"event:{meeting.id}")).labels
    refused = await maria.presses_data(TakeOwnCertificate(event=meeting.id).pack())
    assert refused.plain.startswith("Справка будет, когда руководитель подтвердит, что вы были на встрече.")
    head = world.head
    none_yet = await head.presses_data(ShowCertificates(event=meeting.id, page=0).pack())
    assert "Пока есть только ответы после встречи – 2." in none_yet.plain
    assert none_yet.labels == ["Перекличка", "‹ Назад"]
    await rings_at(world, MORNING)
    asked = head.sees
    assert asked.plain == (
        f"Состоялось? {WHAT}.\n"
        "По отметкам были 2 человека.\n"
        "После встречи сами ответили, что были, 2 человека: Белова О. П., Петрова М. И.\n"
        "Если так и было, подтвердите: справка – после этого.\n"
        "Вы сами пока без отметки: если были, нажмите «Отметить и меня».\n"
        "Проверьте, пожалуйста, список: «Перекличка». Кто без отметки, тот не считается отсутствующим."
    )
    assert asked.labels == [
        "Да",
        "Перенесли",
        "Не состоялось",
        "Подтвердить всех – 2",
        "Отметить и меня",
        "Перекличка",
    ]
    press = head.data_of("Подтвердить всех", of=asked)
    held = await head.presses("Да", of=asked)
    assert "После встречи сами ответили, что были, 2 человека: Белова О. П., Петрова М. И." in held.plain
    assert head.data_of("Подтвердить всех", of=held) == press
    done = await head.presses_data(press)
    assert "Подтвердить" not in "".join((await head.presses_data(f"held:{meeting.id}:yes")).labels)
    assert done.plain.startswith("✅ Подтверждены отметки 2 человек. Если поспешили – «Вернуть как было».")
    assert "Подтвердить" not in "".join(done.labels)
    assert await mark_of(world, meeting, maria) == (Mark.PRESENT, Way.ROLL)
    assert "Справка" in (await maria.presses_data(f"event:{meeting.id}")).labels
    said = await maria.presses_data(SayAttended(event=meeting.id, said="no").pack())
    assert said.plain.startswith("Отметка уже стоит – здесь: ")
    undo = head.data_of("Вернуть как было", of=done)
    back = await head.presses_data(undo)
    assert "Подтвердить всех – 2" in back.labels
    assert await mark_of(world, meeting, maria) == (Mark.PRESENT, Way.ASKED)
    await maria.presses_data(SayAttended(event=meeting.id, said="no").pack())
    again = await head.presses_data(press)  # one of the two says otherwise by now
    assert world.telegram.toasts[-1] == "Список успел измениться. Посмотрите, пожалуйста, ещё раз."
    assert "Подтвердить всех – 1" in again.labels
    assert await mark_of(world, meeting, olga) == (Mark.PRESENT, Way.ASKED)
    journal = (await head.presses_data(f"jrn:{meeting.id}:0")).plain
    assert "перекличка: подтверждены ответы 2 человек" in journal
    assert "перекличка: подтверждение снято у 2 человек" in journal


async def test_one_of_them_is_confirmed_or_corrected_alone(world: World) -> None:
    maria, meeting = await who_promised(world)
    await rings_at(world, ASKED)
    await maria.presses("Да", of=maria.sees)
    head = world.head
    await head.presses_data(ShowRollList(event=meeting.id, unmarked=0, page=0).pack())
    one = await head.presses("✅ Петрова", of=head.sees)
    assert "Отметка: здесь (по ответу после встречи, " in one.plain
    assert one.plain.endswith("Если так и было, нажмите «Здесь»: отметка будет подтверждена.")
    assert "Здесь" in one.labels
    await head.presses("Здесь", of=one)
    assert await mark_of(world, meeting, maria) == (Mark.PRESENT, Way.ROLL)
    assert "✅ Здесь" in (await head.presses("✅ Петрова", of=head.sees)).labels
    assert "Справка" in (await maria.presses_data(f"event:{meeting.id}")).labels


async def test_where_only_absentees_are_marked_nobody_is_said_to_have_been(world: World) -> None:
    maria, meeting = await who_promised(world)
    await seen(world, meeting, maria, Mark.ABSENT)
    await rings_at(world, ASKED)
    await rings_at(world, MORNING)
    assert "По отметкам не было 1 человека, остальных пока никто не отметил." in world.head.sees.plain


async def test_who_said_already_that_it_took_place_gets_the_list_alone(world: World) -> None:
    """And so does whoever presents it."""
    _, meeting = await who_promised(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    async with (uow := world.uow()) as rows:
        ours, person = rows.association(1), (await world.actor(olga)).person_id
        await ours.parts.give(meeting.id, person, Part.HOST, world.clock.now())
        await uow.commit()
    await rings_at(world, ASKED)
    ours_only = tables.events.c.id == meeting.id
    await change(world.app.database, tables.events, ours_only, status=Status.HELD)
    await rings_at(world, MORNING)
    for one in (world.head, olga):
        assert one.sees.plain.startswith(f"Кто был? {WHAT}.\nОтметок пока нет.\nОбещал прийти")
        assert one.sees.labels == ["Отметить и меня", "Перекличка"]
    assert "Эта встреча поручена вам." in (await olga.says("почему мне это пришло")).plain


async def test_who_was_not_there_gets_what_there_is_to_read(world: World) -> None:
    maria, meeting = await who_promised(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    await seen(world, meeting, olga, Mark.PRESENT)
    await something_to_read(world, meeting)
    await rings_at(world, ASKED)
    said = await maria.presses("Не получилось", of=maria.sees)
    assert said.labels == ["Да", "✅ Не получилось", "Материалы – 1", "Карточка встречи"]
    await rings_at(world, TWO_DAYS)
    assert maria.sees.plain == (
        f"Мария Ивановна, если не получилось быть на встрече, вот материалы: {WHAT}.\n"
        "Посмотрите, когда будет время, и нажмите «Прочитано» – "
        "руководитель увидит, сколько человек прочитали."
    )
    assert maria.sees.labels == ["Материалы – 1", "Прочитано", "Почему мне это пришло?"]
    assert "материалы" not in olga.sees_all
    read = await maria.presses("Прочитано", of=maria.sees)
    assert read.plain == f"✅ Записано: прочитано. {WHAT}. Спасибо!"
    await olga.presses_data(SayRead(event=meeting.id, said="yes").pack())  # she was there: not counted
    press = ShowRoll(event=meeting.id).pack()
    assert "Прочитали материалы: 1" in (await world.head.presses_data(press)).plain
    await maria.presses("Ещё не прочитано", of=read)
    assert "Прочитали" not in (await world.head.presses_data(press)).plain


async def test_without_anything_to_read_nothing_comes(world: World) -> None:
    maria, meeting = await who_promised(world)
    await rings_at(world, ASKED)
    number = len(maria.chat.shown)
    await rings_at(world, TWO_DAYS)
    assert len(maria.chat.shown) == number
    said = await maria.presses_data(SayRead(event=meeting.id, said="yes").pack())
    assert said.plain == "Материалов у этой встречи больше нет."


async def test_a_word_of_who_was_there_is_for_the_coordinator_alone(world: World) -> None:
    maria, meeting = await who_promised(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    await asks_feedback(world)
    await seen(world, meeting, maria, Mark.PRESENT)
    await rings_at(world, AFTERNOON)
    assert maria.sees.plain == (
        f"Мария Ивановна, как прошла встреча?\n{WHAT}.\n"
        "Напишите пару слов: что пригодится, чего не хватило. "
        "Прочитает только руководитель. Отвечать необязательно."
    )
    assert "как прошла" not in olga.sees_all
    await maria.presses("Написать отзыв", of=maria.sees)
    assert "Не вижу слов." in (await maria.says("…")).plain
    given = await maria.says("Всё <b>понятно</b>,\nспасибо!")
    assert given.plain.startswith(f"Спасибо, передам. {WHAT}.")
    roll = await world.head.presses_data(ShowRoll(event=meeting.id).pack())
    read = await world.head.presses("Отзывы – 1", of=roll)
    assert "Петрова М. И.\nВсё <b>понятно</b>,\nспасибо!" in read.plain
    assert "только руководител" in (await olga.presses_data(ShowOpinions(event=1, page=0).pack())).plain
    await maria.presses("Написать иначе", of=given)
    again = await maria.says("Нужно больше примеров.")
    read = await world.head.presses_data(ShowOpinions(event=meeting.id, page=0).pack())
    assert "Нужно больше примеров." in read.plain
    assert "понятно" not in read.plain
    await maria.presses("Убрать отзыв", of=again)
    read = await world.head.presses_data(ShowOpinions(event=meeting.id, page=0).pack())
    assert read.plain.startswith("Отзывов нет")
    assert (await maria.presses_data(RemoveOpinion(event=meeting.id).pack())).plain.startswith("Отзыв убран")


async def test_no_word_is_taken_of_who_was_not_there(world: World) -> None:
    maria, meeting = await who_promised(world)
    await seen(world, meeting, maria, Mark.ABSENT)
    world.clock.moment = AFTERNOON
    said = await maria.presses_data(WriteOpinion(event=meeting.id).pack())
    assert said.plain.startswith("Отзыв спрашиваю у тех, кто отмечен на встрече")


async def test_many_opinions_have_pages(world: World) -> None:
    _, meeting = await who_promised(world)
    for number in range(4):
        one = await come_in(world, 3000 + number, f"Юн {'Я' * (number + 2)}", "СОШ № 9")
        async with (uow := world.uow()) as rows:
            person = (await world.actor(one)).person_id
            await rows.association(1).feedback.put(meeting.id, person, "<" * 800, world.clock.now())
            await uow.commit()
    first = await world.head.presses_data(ShowOpinions(event=meeting.id, page=0).pack())
    assert "Отзывы – 4" in first.plain
    assert first.plain.count("<" * 800) == 3
    assert (await world.head.presses("Дальше", of=first)).plain.count("<" * 800) == 1


async def test_the_switch_and_its_way_back(world: World) -> None:
    head = await settle(world, MEETING)
    for label in ("Ещё", "Настройки объединения", "Явка", "Отзывы после встреч"):
        if label == "Ещё":
            await head.says("Руководителю")
        await head.presses(label, of=head.sees)
    assert "сейчас: не спрашиваю" in head.sees.plain
    assert head.sees.labels == ["Спрашивать", "✅ Не спрашивать", "‹ Назад"]
    assert "Не получилось понять." in (await head.says("иногда")).plain
    await head.says("Да.")
    assert head.sees.plain == "Записано. Отзывы после встреч: спрашиваю."
    assert (await world.actor(head)).home.asks_feedback
    await head.presses("Вернуть как было", of=head.sees)
    assert not (await world.actor(head)).home.asks_feedback
