"""A corrected file of the plan that stands: a whole conversation, with answers, a named day and marks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram.exceptions import TelegramServerError
from aiogram.methods import SendMessage
from sqlalchemy import select

from bot.views.keyboards import ChooseDay
from bot.views.plan_change_keys import ConfirmPlanChanges, ProposePlanChanges, ShowPlanChanges
from bot.views.words import plain, units
from domain.period import Period
from domain.records import Answer, Status, Way
from storage import tables
from storage.outbox import State
from tests.bot.conftest import Person, World
from tests.bot.people import come_in, come_in_maria, event_called, settle
from tests.bot.telegram import Shown
from tests.bot.test_plans import a_document
from tests.builders import change, stored

MakeWorld = Callable[[str], Awaitable[World]]

HEADINGS = ("№", "Мероприятия", "Сроки", "Место", "Ответственные")
COUNCIL = ("1", "Совещание «Начало года»", "28 августа 2026 г.", "Лицей № 12", "Орлова Н. В.")
LAW = ("2", "Семинар «Правовые основы работы библиотеки»", "ноябрь 2026 г.", "Лицей № 12", "Орлова Н. В.")
CLUBS = ("3", "Мастер-класс о читательских клубах", "декабрь 2026 г.", "Гимназия № 21", "Белова М. И.")
CONTEST = ("4", "Конкурс «Читающая школа»", "март 2027 г.", "Лицей № 12", "Орлова Н. В.")
PLAN = a_document(HEADINGS, COUNCIL, LAW, CLUBS, CONTEST)
TABLE = ("Круглый стол о чтении подростков", "апрель 2027 г.", "Школа № 3", "Белова М. И.")
# A round table put in renumbers the rest; the seminar has another place, the contest is gone.
CORRECTED = a_document(
    HEADINGS,
    COUNCIL,
    (*LAW[:3], "Школа № 3", LAW[4]),
    ("3", *TABLE),
    ("4", *CLUBS[1:]),
)


async def with_a_plan(world: World) -> Person:
    """The coordinator has sent her plan and saved it."""
    head = await settle(world)
    await head.sends(PLAN, "план.docx")
    await head.presses("Сохранить")
    return head


async def compares(head: Person, content: bytes = CORRECTED) -> Shown:
    """She sends the corrected file, and saves it."""
    await head.sends(content, "план 2.docx")
    return await head.presses("Сохранить")


async def test_a_corrected_file_loses_nothing(world: World) -> None:
    head = await with_a_plan(world)
    maria = await come_in_maria(world)
    await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    # A day is named, an answer given, presence marked.
    await head.says("Руководителю")
    await head.presses("18 ср")
    await head.presses("Подтвердить")
    await world.rings()
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    council, law = await event_called(world, "Начало года"), await event_called(world, "Правовые")
    async with (uow := world.uow()) as rows:
        person_id = (await world.actor(maria)).person_id
        await rows.association(1).attendance.check_in(council.id, person_id, Way.ROLL, world.clock.now())
        await uow.commit()
    kept = await hanging(world)
    world.clock.forward(hours=1)
    heard = maria.sees_all

    shown = await compares(head)
    assert "План на 2026/27 уже есть." in shown.plain
    assert "новых строк – 1, изменённых – 2, пропавших – 1" in shown.plain
    assert "№ 2 Семинар «Правовые основы работы библиотеки»: место – Лицей № 12 → Школа № 3." in shown.plain
    assert "Новая строка: № 3 Круглый стол о чтении подростков (апрель 2027 г.)." in shown.plain
    assert "№ 3 Мастер-класс о читательских клубах: номер – 3 → 4." in shown.plain
    assert "▫️ 4. Строки больше нет: № 4 Конкурс «Читающая школа»." in shown.plain
    assert "Если взять, отменится: март 2027 г." in shown.plain
    assert "Пока ничего не изменилось" in shown.plain
    assert shown.labels[:4] == ["✅ 1", "✅ 2", "✅ 3", "4"]

    preview = await head.presses("Применить")
    assert "Беру 3 отличия из 4." in preview.plain
    assert "новых – 1, с изменениями – 1." in preview.plain
    assert "Сообщу 2 людям." in preview.plain
    await world.rings()
    assert maria.sees_all == heard

    done = await head.presses("Да, применить")
    assert "План на 2026/27 исправлен." in done.plain
    assert "Сообщаю 2 людям." in done.plain
    await world.rings()
    assert "Школа № 3" in maria.sees.plain
    assert len(maria.sees_all) > len(heard)
    await world.rings()
    assert maria.sees_all.count("Школа № 3") == 1

    assert await hanging(world) == kept
    after = await event_called(world, "Правовые")
    assert (after.id, after.period, after.venue) == (law.id, law.period, "Школа № 3")
    assert (await event_called(world, "Конкурс")).status is Status.PLANNED
    assert (await event_called(world, "Круглый")).period == Period.month(2027, 4)
    async with world.stored() as rows:
        card = await rows.association(1).events.card(law.id, person_id, world.clock.now())
    assert card is not None
    assert card.answer is Answer.GOING

    # Each change of an event can be taken back by itself; the line of the whole is in the journal.
    journal = await head.presses("Журнал")
    assert "план на 2026/2027 исправлен по новому файлу: 3 изменения" in journal.plain
    await head.presses("Вернуть как было")
    await head.presses("Да, вернуть как было")
    assert (await event_called(world, "Правовые")).venue == "Лицей № 12"


async def hanging(world: World) -> list[object]:
    """The answers and the marks of presence, as they are stored."""
    async with world.stored() as rows:
        return [
            (await rows.connection.execute(select(table))).all()
            for table in (tables.rsvps, tables.attendance)
        ]


async def test_what_is_chosen_lives_through_a_restart(
    sqlite_url: str, world: World, make_world: MakeWorld
) -> None:
    head = await with_a_plan(world)
    await compares(head)
    await head.presses("✅ 1")
    taken = await head.presses("4")
    assert taken.labels[:4] == ["1", "✅ 2", "✅ 3", "✅ 4"]
    again = head.data_of("Применить")
    world = await make_world(sqlite_url)
    preview = await world.head.presses_data(again)
    assert "Беру 3 отличия из 4." in preview.plain
    assert "убранных, о которых никто не знает, – 1" in preview.plain
    back = await world.head.presses("Назад")
    assert back.labels[:4] == ["1", "✅ 2", "✅ 3", "✅ 4"]
    await world.head.presses("Применить")
    await world.head.presses("Да, применить")
    assert (await event_called(world, "Правовые")).venue == "Лицей № 12"
    async with world.stored() as rows:
        ahead = await rows.association(1).events.to_come(world.clock.now())
    assert not any("Конкурс" in event.title for event in ahead)


async def test_all_or_nothing_of_it(world: World) -> None:
    head = await with_a_plan(world)
    await compares(head)
    left = await head.presses("Оставить все")
    assert left.labels[:4] == ["1", "2", "3", "4"]
    assert "Пока ничего не отмечено" in (await head.presses("Применить")).plain
    await head.presses("Назад")
    taken = await head.presses("Взять все")
    assert taken.labels[:4] == ["✅ 1", "✅ 2", "✅ 3", "✅ 4"]
    assert "ничего не сохранено" in (await head.presses("Отменить", of=taken)).plain
    stale = await head.presses_data(ShowPlanChanges(draft=1, page=0).pack())
    assert "черновик уже не действует" in stale.plain
    assert (await event_called(world, "Конкурс")).status is Status.PLANNED


async def test_somebody_named_a_day_meanwhile(world: World) -> None:
    head = await with_a_plan(world)
    await compares(head)
    await head.presses("Применить")
    sure = head.data_of("Да, применить")
    await head.says("Руководителю")
    await head.presses("18 ср")
    await head.presses("Подтвердить")
    shown = await head.presses_data(sure)
    assert "Пока вы смотрели, что-то изменилось." in shown.plain
    assert (await event_called(world, "Правовые")).venue == "Лицей № 12"
    await head.presses("Применить")
    assert "исправлен" in (await head.presses("Да, применить")).plain
    assert "черновик уже не действует" in (await head.presses_data(sure)).plain


async def test_what_was_said_by_hand_is_shown(world: World) -> None:
    head = await with_a_plan(world)
    law = await event_called(world, "Правовые")
    await head.presses_data(f"change:{law.id}:place")
    await head.says("Музей книги")
    await head.presses("Да, сменить")
    shown = await compares(head)
    assert "▫️ 1. № 2 Семинар «Правовые основы работы библиотеки»: место –" in shown.plain
    assert "Сейчас у меня: Музей книги." in shown.plain


async def test_the_same_plan_in_another_order(world: World) -> None:
    head = await with_a_plan(world)
    shown = await compares(head, a_document(HEADINGS, LAW, COUNCIL, CLUBS, CONTEST))
    assert "Строки плана те же" in shown.plain
    assert shown.labels == []
    assert (
        "Этот план уже сохранён"
        in (await compares(head, a_document(HEADINGS, LAW, COUNCIL, CLUBS, CONTEST))).plain
    )


async def test_the_earlier_plan_is_taken_back(world: World) -> None:
    head = await with_a_plan(world)
    maria = await come_in_maria(world)
    await head.says("Руководителю")
    await head.presses("Назвать дни")
    contest = await event_called(world, "Конкурс")
    await head.presses_data(f"days:{contest.id}")
    await head.says("18 марта 14:00")
    await head.presses("Подтвердить")
    await compares(head)
    await head.presses("Взять все")
    await head.presses("Применить")
    done = await head.presses("Да, применить")
    assert done.labels == ["Вернуть прежний план", "Журнал"]
    assert (await event_called(world, "Конкурс")).status is Status.CANCELLED
    back = head.data_of("Вернуть прежний план")
    shown = await head.presses_data(back)
    assert "новых строк – 1, изменённых – 2, пропавших – 1" in shown.plain
    assert "Отменённое снова в силе: четверг, 18 марта, 14:00." in shown.plain
    await head.presses("Взять все")
    await head.presses("Применить")
    assert "исправлен" in (await head.presses("Да, применить")).plain
    contest_again = await event_called(world, "Конкурс")
    assert (contest_again.id, contest_again.status) == (contest.id, Status.PLANNED)
    assert (await event_called(world, "Правовые")).venue == "Лицей № 12"
    async with world.stored() as rows:
        ahead = await rows.association(1).events.to_come(world.clock.now())
    assert not any("Круглый" in event.title for event in ahead)
    # Nothing went out in between: what is as it was is told to nobody.
    await world.rings()
    assert "отменён" not in maria.sees_all
    world.clock.forward(days=1, minutes=1)
    assert "только в течение суток" in (await head.presses_data(back)).plain


async def test_a_date_that_has_its_own_row_now(world: World) -> None:
    head = await settle(world)
    meetings = ("1", "Заседания РМО", "ноябрь 2026 г., март 2027 г.", "Лицей № 12", "Орлова Н. В.")
    await head.sends(a_document(HEADINGS, meetings), "план.docx")
    await head.presses("Сохранить")
    rows = [
        (str(n), f"Заседание РМО № {n}", month, *meetings[3:])
        for n, month in enumerate(("ноябрь 2026 г.", "март 2027 г."), start=1)
    ]
    parted = await compares(head, a_document(HEADINGS, *rows))
    assert (
        "№ 1 Заседания РМО: срок март 2027 г. – теперь отдельной строкой, Заседание РМО № 2." in parted.plain
    )
    await head.presses("Применить")
    await head.presses("Да, применить")
    united = await compares(head, a_document(HEADINGS, meetings))
    assert "№ 2 Заседание РМО № 2: теперь это срок другой строки, март 2027 г." in united.plain
    await head.presses("Применить")
    assert "исправлен" in (await head.presses("Да, применить")).plain
    assert (await event_called(world, "Заседания РМО")).period == Period.month(2026, 11)


async def test_many_and_long_differences_fit_into_messages(world: World) -> None:
    def rows(word: str, place: str) -> bytes:
        return a_document(
            HEADINGS,
            *(
                (str(n), f"{word} {n} {'ы' * 900}", "ноябрь 2026 г.", f"{place} {'М' * 900}", "О" * 900)
                for n in range(1, 13)
            ),
        )

    head = await settle(world)
    await head.sends(rows("Семинар", "Лицей"), "план.docx")
    await head.presses("Сохранить")
    first = await compares(head, rows("Семинары", "Гимназия"))
    assert "изменённых – 12" in first.plain
    pages = 1
    while any("Дальше" in label for label in head.sees.labels):
        assert units(head.sees.plain) < 4096
        await head.presses("Дальше", of=head.sees)
        pages += 1
    assert pages == 5
    assert "Раньше" in head.sees.labels[4]
    beyond = await head.presses_data(ShowPlanChanges(draft=2, page=99).pack())
    assert "24." in beyond.plain


def test_the_command_line_says_where_to_send_it() -> None:
    assert "Пришлите исправленный файл боту" in plain("plan-in-use", school_year="2026/2027")


async def test_only_coordinators_see_it(world: World) -> None:
    head = await with_a_plan(world)
    await compares(head)
    maria = await come_in_maria(world)
    for data in (ShowPlanChanges(draft=2, page=0), ProposePlanChanges(draft=2)):
        assert "Правовые" not in (await maria.presses_data(data.pack())).plain
    await maria.presses_data(ConfirmPlanChanges(draft=2, mark="f" * 16).pack())
    assert (await event_called(world, "Правовые")).venue == "Лицей № 12"


# --- Told in one message ----------------------------------------------------------------------------------

# The seminar and the master class have a day, another place and another month.
MOVED = a_document(
    HEADINGS,
    COUNCIL,
    (*LAW[:2], "18 ноября 2026 г.", "Школа № 3", LAW[4]),
    (*CLUBS[:2], "9 декабря 2026 г.", *CLUBS[3:]),
    CONTEST,
)


async def takes_both(world: World) -> tuple[Person, Person, list[str]]:
    """She takes a file that changes two events; returns what Maria had seen before."""
    head = await with_a_plan(world)
    maria = await come_in_maria(world)
    world.clock.forward(hours=1)
    heard = [shown.plain for shown in maria.chat.shown]
    await compares(head, MOVED)
    preview = await head.presses("Применить")
    assert "Сообщу 1 человеку." in preview.plain
    done = await head.presses("Да, применить")
    assert "Сообщаю 1 человеку." in done.plain
    return head, maria, heard


async def test_who_is_concerned_by_several_hears_of_all_in_one_message(world: World) -> None:
    _, maria, heard = await takes_both(world)
    await world.rings()
    await world.rings()
    [said] = maria.chat.shown[len(heard) :]
    assert said.plain == (
        "План исправлен, для вас изменились 2 дела.\n\n"
        "Назван день: Семинар «Правовые основы работы библиотеки»\n"
        "🗓 Среда, 18 ноября\n"
        "📍 Школа № 3\n\n"
        "Назван день: Мастер-класс о читательских клубах\n"
        "🗓 Среда, 9 декабря\n"
        "📍 Гимназия № 21\n\n"
        "Мария Ивановна, нажмите встречу и ответьте на её карточке. Если у неё другой день, прежний ответ "
        "больше не в счёт."
    )
    assert [label.partition(" · ")[0] for label in said.labels] == ["18 ноября", "9 декабря"]
    card = await maria.presses(said.labels[0], of=said)
    assert "Приду" in card.labels
    # What was told is remembered of each event.
    seminar = await event_called(world, "Правовые")
    async with (uow := world.uow()) as rows:
        assert await rows.mailing.last_told(seminar) is None
        person_id = (await world.actor(maria)).person_id
        assert await rows.waiting.told_of(seminar.id, person_id) == seminar.revision
        counts = await rows.outbox.counts()
        await uow.commit()
    assert "gathered" not in counts
    assert counts.get("waiting", 0) == 0


async def test_what_changes_again_before_it_is_told_is_told_by_itself(world: World) -> None:
    head, maria, heard = await takes_both(world)
    law = await event_called(world, "Правовые")
    await head.presses_data(ChooseDay(event=law.id).pack())
    await head.says("20 ноября")
    await head.presses("Подтвердить")
    await world.rings()
    world.clock.forward(minutes=10)
    await world.rings()
    said = [shown.plain for shown in maria.chat.shown[len(heard) :]]
    assert len(said) == 2
    assert sum("Мастер-класс" in one for one in said) == sum("20 ноября" in one for one in said) == 1
    assert not any("18 ноября" in one for one in said)


async def test_taken_back_before_it_is_told_nobody_hears_of_it(world: World) -> None:
    head, maria, _ = await takes_both(world)
    await world.rings()
    world.clock.forward(hours=1)
    heard = [shown.plain for shown in maria.chat.shown]
    both = ((*row[:2], when, "Школа № 8", row[4]) for row, when in ((LAW, "18 ноября"), (CLUBS, "9 декабря")))
    await compares(head, a_document(HEADINGS, COUNCIL, *both, CONTEST))
    await head.presses("Применить")
    assert "Сообщаю 1 человеку." in (await head.presses("Да, применить")).plain
    await head.presses("Вернуть прежний план")
    await head.presses("Применить")
    await head.presses("Да, применить")
    assert (await event_called(world, "Правовые")).venue == "Школа № 3"
    world.clock.forward(minutes=10)
    await world.rings()
    assert [shown.plain for shown in maria.chat.shown] == heard


async def test_a_lost_answer_of_telegram_loses_nothing_of_it(world: World) -> None:
    """The message is tried again, whole; what it gathered follows it to its end."""
    _, maria, heard = await takes_both(world)
    world.telegram.failures.append(
        TelegramServerError(method=SendMessage(chat_id=1, text="-"), message="502")
    )
    await world.rings()
    assert len(maria.chat.shown) == len(heard)
    outbox = tables.outbox
    await change(world.app.database, outbox, outbox.c.state == State.WAITING, retry_at=None)
    await world.rings()
    [said] = [shown.plain for shown in maria.chat.shown[len(heard) :]]
    assert "Школа № 3" in said
    assert "Мастер-класс" in said
    assert {row.state for row in await stored(world.app.database, outbox)} == {State.SENT}
