"""A methodist: what she reads of the associations she oversees, what she is told, what she is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy import select

from actions.associations import add_association, make_invitation
from actions.doors import Key, consent
from actions.joining import give_name
from actions.overseeing import overseen_fulfilment
from actions.year_notes import set_result
from bot.views.helping_keys import InviteHelper
from bot.views.keyboards import GiveAnswer, OwnData, PickSchool, ShowAttendees, ShowEvent
from bot.views.notice_keys import SayHeld
from bot.views.overseeing_keys import ActIn, ShowFulfilment, ShowOverseen, ShowOverseenPlan
from bot.views.timing import ShowReminders
from domain.records import Answer, Standing
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    ROUND,
    TASK,
    WORKSHOP,
    come_in,
    come_in_maria,
    event_called,
    settle,
)
from tests.bot.test_helping import digits_in
from tests.bot.test_people import opened
from tests.builders import stored

VERA = 8008


async def a_methodist(world: World, *associations: int) -> Person:
    """Вера Сергеевна of the city centre oversees these associations, the first if none is named."""
    now, uow = world.clock.now(), world.uow()
    for number in associations or (1,):
        invitation = await make_invitation(uow, number, Role.METHODIST, now)
        actor = await consent(uow, Key(VERA, invitation.code, ()), lambda _: "Согласие", now)
        if actor.name is None:
            await give_name(uow, actor, "Зимина Вера Сергеевна", now)
    return world.person(VERA)


async def overseen(world: World) -> tuple[Person, Person, Person]:
    """The head, Мария, and Вера, who oversees them."""
    head = await settle(world, MEETING, LAW, WORKSHOP, ROUND)
    return head, await come_in_maria(world), await a_methodist(world)


async def another(world: World, title: str = "РМО Приозёрного района") -> int:
    """Another association."""
    return await add_association(world.uow(), title, "Asia/Novosibirsk", world.clock.now())


async def names_the_day(world: World, head: Person) -> None:
    await head.says("Руководителю")
    await head.presses("Назвать дни")
    await head.says("18 ноября 15:00")
    await head.presses("Подтвердить")


async def test_she_is_invited_and_asked_for_her_name_alone(world: World) -> None:
    head = await settle(world, MEETING, LAW)
    await opened(head)
    await head.presses("Помощники")
    await head.presses("Пригласить методиста")
    digits = digits_in((await head.presses("Сделать приглашение")).plain)
    vera = world.person(VERA)
    consent_asked = (await vera.says(digits)).plain
    assert "Вас приглашают методистом" in consent_asked
    assert "Имён и ответов библиотекарей вы не увидите" in consent_asked
    assert "место работы" not in consent_asked
    await vera.presses("Согласие даю")
    assert (await vera.says("Зимина")).plain.startswith("Мне нужны и фамилия, и имя")
    welcome = (await vera.says("Зимина Вера Сергеевна")).plain
    assert welcome.startswith("Вера Сергеевна, теперь вам видно объединение «РМО Заречного района»")
    assert vera.chat.keys == ["Мои объединения", "План на год", "Настройки", "Помощь"]
    assert (await world.actor(vera)).role is Role.METHODIST
    await world.rings()
    assert "Зимина Вера Сергеевна теперь видит план, дни и числа объединения" in head.sees_all
    await opened(head)
    assert "В списке 1 человек" in head.sees.plain
    await head.presses("Помощники")
    assert "• Зимина Вера Сергеевна" in head.sees.plain
    # Opened again it changes nothing; nobody else comes in by it.
    assert "уже видно" in (await vera.says(digits)).plain
    assert "уже вошли" in (await world.person(8009).says(digits)).plain


async def leads_three(world: World) -> Person:
    """The head leads two other associations as well; a fourth is led by somebody else."""
    head = await settle(world, MEETING, LAW)
    for name in "БВГ":
        await another(world, f"РМО {name}")
    person_id, now = (await world.actor(head)).person_id, world.clock.now()
    async with (uow := world.uow()) as rows:
        for number in (2, 3):
            members = rows.association(number)
            await members.members.add(person_id, Role.COORDINATOR, "Согласие", now)
            await members.roster.move(person_id, Standing.ACTIVE, among=[Standing.JOINING], joined_at=now)
        await uow.commit()
    return head


async def invites_to_two(world: World) -> str:
    """The words of an invitation into the first and the third of her associations."""
    head = await leads_three(world)
    await opened(head)
    await head.presses("Помощники")
    preview = await head.presses("Пригласить методиста")
    assert preview.labels == ["РМО Б", "РМО В", "Сделать приглашение", "Ничего не менять"]
    assert "Оно откроет объединение «РМО Заречного района»." in preview.plain
    await head.presses("РМО Б")
    await head.presses("РМО В")
    chosen = await head.presses("РМО Б")
    assert chosen.labels[:2] == ["РМО Б", "✅ РМО В"]
    return (await head.presses("Сделать приглашение")).plain


async def test_one_invitation_opens_the_chosen_associations(world: World) -> None:
    words = await invites_to_two(world)
    assert words.startswith(
        "Вас зовут методистом сразу в несколько объединений: «РМО Заречного района», «РМО В»."
    )
    vera = world.person(VERA)
    asked = await vera.says(digits_in(words))
    assert "сразу в несколько: «РМО Заречного района», «РМО В»." in asked.plain
    assert "Кто отвечает за данные: «РМО Заречного района», «РМО В»." in asked.plain
    await vera.presses("Согласие даю")
    welcome = (await vera.says("Зимина Вера Сергеевна")).plain
    assert welcome.endswith("Все ваши объединения сразу – «Мои объединения».")
    assert (await vera.says("Мои объединения")).labels == ["РМО Заречного района", "РМО В", "Excel"]
    rows = [one for one in await stored(world.app.database, tables.memberships) if one.role == "methodist"]
    assert {(one.association_id, one.status) for one in rows} == {(1, "overseeing"), (3, "overseeing")}
    assert all("РМО" in one.consent_text for one in rows)
    assert "уже видно" in (await vera.says(digits_in(words))).plain
    assert "уже вошли" in (await world.person(8009).says(digits_in(words))).plain


async def test_who_oversees_one_of_them_gets_the_other_too(world: World) -> None:
    words = await invites_to_two(world)
    vera = await a_methodist(world)
    await vera.says(digits_in(words))
    await vera.presses("Согласие даю")
    assert "теперь вам видно объединение «РМО В»" in vera.sees.plain
    assert (await vera.says("Мои объединения")).labels == ["РМО Заречного района", "РМО В", "Excel"]
    assert "уже вошли" in (await world.person(8009).says(digits_in(words))).plain


async def test_a_second_invitation_from_another_association_adds_it(world: World) -> None:
    await settle(world, MEETING)
    await another(world)
    vera = await a_methodist(world, 1)
    await a_methodist(world, 2)
    homes = ["РМО Заречного района", "РМО Приозёрного района", "Excel"]
    assert (await vera.says("Мои объединения")).labels == homes


async def test_nobody_invites_into_what_she_does_not_lead(world: World) -> None:
    head = await leads_three(world)
    made_up = InviteHelper(role="methodist", sure="yes", beside="2.4")
    assert "только руководитель" in (await head.presses_data(made_up.pack())).plain
    other = InviteHelper(role="coordinator", sure="yes", beside="2")
    assert "только руководитель" in (await head.presses_data(other.pack())).plain
    assert {one.role for one in await stored(world.app.database, tables.invitations)} <= {
        "member",
        "coordinator",
    }


async def test_all_her_associations_in_one_table(world: World) -> None:
    await overseen(world)
    await another(world)
    vera = await a_methodist(world, 2)
    shown = await vera.says("Мои объединения")
    assert shown.plain == (
        "Мои объединения – 2\n\n"
        "РМО Заречного района\nБлижайшее: среда, 18 ноября, 14:00–16:00 – Заседание РМО\n"
        "День не назван у 2 встреч.\nСостоялось 0 из 3 по плану.\n\n"
        "РМО Приозёрного района\nВпереди встреч нет.\nВ плане пока нет строк со сроком."
    )
    assert shown.labels == ["РМО Заречного района", "РМО Приозёрного района", "Excel"]


@pytest.mark.parametrize("words", ["Ближайшее", "/next", "что дальше?"])
async def test_what_comes_next_stands_in_the_table(world: World, words: str) -> None:
    _, _, vera = await overseen(world)
    assert (await vera.says(words)).plain.startswith("Мои объединения")


async def test_invited_to_a_meeting_that_she_oversees_she_is_told_how(world: World) -> None:
    head, _, vera = await overseen(world)
    event = await event_called(world, "Заседание")
    await head.presses_data(f"guests:{event.id}")
    await head.presses("Пригласить гостей по ссылке")
    link = head.sees.plain
    told = (await vera.says(link)).plain
    assert told.startswith("Вы здесь методист: эта встреча видна вам и так")
    assert (await world.actor(vera)).role is Role.METHODIST
    await vera.says("/stop")
    await vera.presses("Выйти из списка")
    await vera.presses("Да, выйти")
    assert (await vera.says(link)).labels == ["Согласие даю"]


async def test_a_long_table_has_pages(world: World) -> None:
    await settle(world)
    numbers = [await another(world, f"РМО {name} района") for name in "АБВГДЕ"]
    vera = await a_methodist(world, *numbers)
    assert "Страница 1 из 2" in (await vera.says("/homes")).plain
    last = await vera.presses("Дальше")
    assert "РМО Е района" in last.plain
    assert "РМО А района" not in last.plain


async def test_the_table_as_a_file(world: World) -> None:
    _, maria, vera = await overseen(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await vera.says("Мои объединения")
    file = await vera.presses("Excel")
    assert file.file_name == "мои объединения.xlsx"
    with zipfile.ZipFile(io.BytesIO(file.file or b"")) as package:
        sheet = "".join(etree.fromstring(package.read("xl/worksheets/sheet1.xml")).itertext())
    assert "РМО Заречного района" in sheet
    assert "Заседание РМО" in sheet
    assert "Петрова" not in sheet


async def test_from_an_association_to_a_card_without_answers(world: World) -> None:
    _, maria, vera = await overseen(world)
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    await maria.says("Заболела")
    await vera.says("Мои объединения")
    month = await vera.presses("РМО Заречного района")
    assert month.plain.startswith("РМО Заречного района\nНоябрь 2026 г.\n• ")
    assert month.labels[-3:] == ["Декабрь ▶", "Что состоялось", "Мои объединения"]
    card = await vera.presses("Заседание РМО")
    assert card.plain == (
        "РМО Заречного района\nЗаседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00\n📍 МБОУ СОШ № 412\n"
        "Проводит: Белова М. И.\nПока никто не сказал «Приду».\nСтрока плана: Заседание РМО"
    )
    assert card.labels == ["‹ Назад"]
    assert "Петрова" not in vera.sees_all
    assert "аболела" not in vera.sees_all


async def test_the_plan_of_the_one_opened_last(world: World) -> None:
    await overseen(world)
    await another(world)
    vera = await a_methodist(world, 2)
    assert "Плана на этот учебный год пока нет." in (await vera.says("План на год")).plain
    await vera.says("Мои объединения")
    await vera.presses("РМО Заречного района")
    assert (await vera.says("План на год")).plain.startswith("РМО Заречного района\nНоябрь 2026 г.")


async def test_a_month_of_the_plan_in_words(world: World) -> None:
    _, _, vera = await overseen(world)
    plan = await vera.says("План на год")
    assert (await vera.says("что в ноябре?")).plain == plan.plain
    assert (await vera.says("весь план")).plain == plan.plain


async def test_the_plan_holds_what_is_over(world: World) -> None:
    _, _, vera = await overseen(world)
    world.clock.forward(days=35)
    await vera.says("План на год")
    assert "Ноябрь" in vera.sees.labels[1]
    assert "Заседание РМО" in (await vera.presses("◀ Ноябрь")).plain


async def test_what_was_held_by_its_marks(world: World) -> None:
    head, _, vera = await overseen(world)
    world.clock.forward(days=20)
    await vera.says("План на год")
    shown = (await vera.presses("Что состоялось")).plain
    assert "Состоялось 0 из 3 по плану." in shown
    assert "❔ Заседание РМО (среда, 18 ноября, 14:00–16:00) – не отмечено" in shown
    meeting = await event_called(world, "Заседание")
    await head.presses_data(SayHeld(event=meeting.id, said="yes").pack())
    shown = (await vera.presses_data(ShowFulfilment(association=1, page=0).pack())).plain
    assert shown.startswith("РМО Заречного района\nСостоялось 1 из 3 по плану.")
    assert "✅ Заседание РМО – 18 ноября" in shown
    assert "• Мастер-класс «Электронный каталог без страха» (декабрь 2026 г.) – впереди" in shown
    assert "• Консультации для новых библиотекарей – в течение года" in shown


async def test_what_came_of_work_that_goes_on_all_year(world: World) -> None:
    head, _, vera = await overseen(world)
    lines = (await overseen_fulfilment(world.uow(), await world.actor(vera), 1, world.clock.now()))[1]
    row = next(one.activity for one in lines if one.title == ROUND.title)
    await set_result(world.uow(), await world.actor(head), 2026, row, "Проведено 12 бесед", world.clock.now())
    shown = (await vera.presses_data(ShowFulfilment(association=1, page=0).pack())).plain
    assert "• Консультации для новых библиотекарей – в течение года. Проведено 12 бесед" in shown


async def test_she_is_told_of_days_and_of_nothing_else(world: World) -> None:
    head, maria, vera = await overseen(world)
    await names_the_day(world, head)
    await world.rings()
    told = vera.sees
    assert told.plain == (
        "Назван день: Семинар «Правовые основы работы школьной библиотеки»\n"
        "🗓 Среда, 18 ноября, 15:00\n📍 Лицей № 12"
    )
    assert told.labels == ["Карточка встречи"]
    assert "Приду" in maria.sees.labels
    assert (await vera.presses("Карточка встречи")).labels == ["‹ Назад"]
    # Reminders, digests, last calls, words to everybody: none of that is for her.
    before = len(vera.chat.shown)
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Написать людям")
    await head.presses("Всем")
    await head.says("Коллеги, напоминаю о сведениях")
    assert "1 человек" in head.sees.plain
    await head.presses("Отправить")
    for _ in range(20):
        world.clock.forward(days=1)
        await world.rings()
    assert len(vera.chat.shown) == before
    assert "Сегодня" in maria.sees_all


async def test_she_is_told_of_another_day_for_a_task(world: World) -> None:
    """And of nothing else of it; she is not asked whether it is done."""
    head = await settle(world, MEETING, TASK)
    vera = await a_methodist(world)
    task = await event_called(world, "Сбор данных")
    await head.presses_data(f"change:{task.id}:due")
    assert "Сообщу 1 человеку." in (await head.says("27 ноября")).plain
    await head.presses("Да, такой срок")
    await world.rings()
    assert vera.sees.plain == "Новый срок задания: Сбор данных о фондах\nТеперь – до 27 ноября."
    assert vera.sees.labels == ["Карточка встречи"]
    assert (await vera.presses("Карточка встречи")).plain.startswith("РМО Заречного района\nСбор данных")


async def test_several_changes_are_told_together(world: World) -> None:
    head, _, vera = await overseen(world)
    await names_the_day(world, head)
    await world.rings()
    before = len(vera.chat.shown)
    event = await event_called(world, "Правовые")
    for words in ("19 ноября 15:00", "20 ноября 15:00"):
        world.clock.forward(minutes=1)
        await head.presses_data(f"days:{event.id}")
        await head.says(words)
        await head.presses("Подтвердить")
        await world.rings()
    world.clock.forward(minutes=5)
    await world.rings()
    assert len(vera.chat.shown) == before + 1
    assert "Было: среда, 18 ноября, 15:00" in vera.sees.plain
    assert "20 ноября" in vera.sees.plain


async def test_a_cancellation(world: World) -> None:
    head, _, vera = await overseen(world)
    await head.says("Ближайшее")
    await head.presses("Ещё")
    await head.presses("Другое")
    await head.presses("Отменить встречу")
    await head.says("Карантин")
    assert "2 человека" in head.sees.plain.replace("2 людям", "2 человека")
    await head.presses("Да, отменить")
    await world.rings()
    assert vera.sees.plain == (
        "Отменено: Заседание РМО\nБыло: среда, 18 ноября, 14:00–16:00.\nПричина: Карантин."
    )


async def test_everything_else_is_refused_with_words(world: World) -> None:
    _, _, vera = await overseen(world)
    event = await event_called(world, "Заседание")
    for words in (
        "Мои ответы",
        "Руководителю",
        "Соколова",
        "приду",
        "почему мне это пришло?",
    ):
        assert (await vera.says(words)).plain.startswith("Вы здесь методист"), words
    for what in OTHER_THAN_WORDS:
        assert (await vera.sends_other(**what)).plain.startswith("Вы здесь методист")
    for data in (
        GiveAnswer(event=event.id, answer=Answer.GOING, place=-1),
        ShowEvent(event=event.id),
        ShowAttendees(event=event.id, page=0),
        ShowReminders(screen="home"),
        OwnData(act="school"),
        PickSchool(school=1),
    ):
        assert (await vera.presses_data(data.pack())).plain.startswith("Вы здесь методист"), data
    assert (await vera.presses_data("made:up")).plain.startswith("Вы здесь методист")
    async with world.stored() as rows:
        assert not (await rows.connection.execute(select(tables.rsvps))).all()


async def test_help_settings_and_her_data(world: World) -> None:
    _, _, vera = await overseen(world)
    assert "Мои объединения" in (await vera.says("Помощь")).plain
    assert vera.sees.labels == []
    assert (await vera.says("Настройки")).labels == ["Мои данные", "Мои объединения"]
    data = await vera.presses("Мои данные")
    assert "Методист объединения: РМО Заречного района" in data.plain
    assert "Школа" not in data.plain
    assert "Исправить школу" not in data.labels
    await vera.presses("Скачать")
    assert '"role": "methodist"' in (vera.sees.file or b"").decode()
    assert (await vera.says("/start")).plain.startswith("Вера Сергеевна, это объединение вам уже видно")


async def test_she_leaves_by_herself(world: World) -> None:
    head, _, vera = await overseen(world)
    await vera.says("/stop")
    await vera.presses("Выйти из списка")
    assert "видно его не будет" in vera.sees.plain
    await vera.presses("Да, выйти")
    assert "Вы больше не методист" in vera.sees_all
    await names_the_day(world, head)
    await world.rings()
    assert "Назван день" not in vera.sees_all
    # Who left by herself is not brought back by a press.
    refused = await head.presses_data("helper:3:reopen:yes")
    assert "уже нет" in refused.plain


async def test_she_is_removed_and_let_in_again(world: World) -> None:
    head, _, vera = await overseen(world)
    await opened(head)
    await head.presses("Помощники")
    await head.presses("Закрыть доступ: Зимина В. С.")
    await head.presses("Да, закрыть доступ")
    await world.rings()
    assert "Доступ методиста к объединению «РМО Заречного района» закрыт" in vera.sees.plain
    old = ShowOverseenPlan(association=1).pack()
    assert "Заседание" not in (await vera.presses_data(old)).plain
    # She is no member to be brought back into the lists.
    assert "в списке нет" in (await head.presses_data("back:3")).plain
    await head.presses("Вернуть как было")
    await world.rings()
    assert "снова вам видно" in vera.sees.plain
    assert (await world.actor(vera)).role is Role.METHODIST
    assert "Заседание" in (await vera.says("План на год")).plain


async def test_a_member_here_and_a_methodist_there_sees_both(world: World) -> None:
    head, maria, _ = await overseen(world)
    second = await another(world)
    invitation = await make_invitation(world.uow(), second, Role.METHODIST, world.clock.now())
    await maria.says(f"/start {invitation.code}")
    await maria.presses("Согласие даю")
    assert maria.sees.plain.startswith(
        "Мария Ивановна, теперь вам видно объединение «РМО Приозёрного района»"
    )
    shown = await maria.says("Мои объединения")
    assert "РМО Заречного района – вы в списке." in shown.plain
    assert "РМО Приозёрного района\nВпереди встреч нет." in shown.plain
    await maria.presses("Перейти: РМО Заречного района")
    assert "Мои ответы" in maria.chat.keys
    # What she oversees stays a tap away; what she belongs to names itself.
    card = await maria.says("Ближайшее")
    assert card.plain.startswith("РМО Заречного района\nЗаседание РМО")
    await maria.presses("Приду")
    await maria.says("Настройки")
    await maria.presses("Мои объединения")
    assert "Плана" in (await maria.presses("РМО Приозёрного района")).plain
    assert (await world.actor(maria)).role is Role.MEMBER
    await names_the_day(world, head)
    await world.rings()
    assert maria.sees.plain.startswith("РМО Заречного района\nНазван день")


async def test_of_another_association_she_sees_nothing(world: World) -> None:
    await overseen(world)
    second = await another(world)
    await come_in(world, 7001, "Чужая Анна Петровна", "СОШ № 9", Role.COORDINATOR, association=second)
    vera = await a_methodist(world, second)
    async with world.uow() as rows:  # the first one closes its door to her
        await rows.association(1).roster.move(3, "gone", among=["overseeing"])  # type: ignore[arg-type, list-item]
        await rows.connection.commit()
    event = await event_called(world, "Заседание")
    for data in (
        ShowOverseenPlan(association=1),
        ShowOverseen(association=1, event=event.id),
        ShowOverseen(association=second, event=event.id),
        ShowFulfilment(association=1, page=0),
        ActIn(association=1),
    ):
        said = (await vera.presses_data(data.pack())).plain
        assert "Заседание" not in said
        assert "уже нет" in said or "больше нет" in said


@pytest.mark.parametrize("words", ["", "Х", "щ" * 200])
async def test_a_bad_name_is_asked_for_again(world: World, words: str) -> None:
    await settle(world, MEETING)
    invitation = await make_invitation(world.uow(), 1, Role.METHODIST, world.clock.now())
    vera = world.person(VERA)
    await vera.says(f"/start {invitation.code}")
    await vera.presses("Согласие даю")
    await vera.says(words or " ")
    assert (await world.actor(vera)).role is Role.JOINING
    # Nor does a school let her in.
    await vera.presses_data(PickSchool(school=1).pack())
    assert (await world.actor(vera)).role is Role.JOINING


async def test_the_door_by_request_is_open_to_her(world: World) -> None:
    """Her invitation was made for her alone: nobody has to be asked again."""
    head = await settle(world, MEETING)
    await head.presses_data("door:request")
    vera = await a_methodist(world)
    assert (await world.actor(vera)).role is Role.METHODIST
    world.clock.forward(seconds=timedelta(days=1).total_seconds())
    assert "Заседание" in (await vera.says("План на год")).plain
