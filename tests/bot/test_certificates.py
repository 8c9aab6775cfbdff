"""«Справки»: after the roll-call, numbered once, for all, for one, for herself."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.guests import add_guests
from bot.views.about_keys import TakeOwnCertificate
from bot.views.certificate_keys import TakeCertificate, TakeCertificates
from bot.views.checkin_keys import CheckIn
from bot.views.paper_keys import ShowCertificates
from domain.records import Mark, Status, TalkForm, TalkStanding
from domain.talks import TalkDraft
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, come_in, come_in_maria, settle
from tests.bot.test_papers import words_of
from tests.builders import change, stored

WHEN = "Заседание РМО (среда, 18 ноября, 14:00–16:00)"


async def marked(world: World) -> Person:
    """The meeting is over: Мария was there and spoke, a guest was there, Ольга was not."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    olga = await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    now = world.clock.now()
    actor = await world.actor(head)
    await add_guests(world.uow(), actor, 1, "Ким О. Ю., районная библиотека", now)
    maria_id, olga_id = [(await world.actor(one)).person_id for one in (maria, olga)]
    uow = world.uow()
    async with uow as rows:
        ours = rows.association(1)
        await ours.attendance.mark(1, maria_id, Mark.PRESENT, None, actor.person_id, now)
        await ours.attendance.mark(1, olga_id, Mark.ABSENT, None, actor.person_id, now)
        [guest] = await ours.guests.of_event(1)
        await ours.attendance.mark_guest(1, guest.id, Mark.LATE, None)
        for person_id, name, theme in (
            (maria_id, "Петрова Мария Ивановна", "Книжные новинки"),
            (olga_id, "Белова Ольга Петровна", "Буктрейлер"),
        ):
            draft = TalkDraft(person_id, name, "СОШ № 45", theme, TalkForm.REPORT)
            await ours.talks.add(1, draft, TalkStanding.CONFIRMED, actor.person_id, now)
        await uow.commit()
    world.clock.forward(days=17)
    return head


async def test_the_roll_call_comes_first(world: World) -> None:
    head = await settle(world, MEETING)
    world.clock.forward(days=17)
    shown = await head.presses_data(ShowCertificates(event=1, page=0).pack())
    assert "Сначала отметьте, кто был" in shown.plain
    assert shown.labels == ["‹ Назад"]


async def test_who_was_there_and_who_spoke(world: World) -> None:
    head = await marked(world)
    shown = await head.presses_data(ShowCertificates(event=1, page=0).pack())
    assert shown.plain == (
        f"Справки: {WHEN}. Было 2 человека.\n"
        "Выступление – 1: на него сертификат.\n"
        "Номера идут подряд весь учебный год; номер даётся один раз и не меняется."
    )
    assert shown.labels == [
        "Справки всем – 2",
        "Сертификаты всем – 1",
        "Ким О. Ю.",
        "Петрова Мария Ивановна",
        "🎤 Петрова Мария Ивановна",
        "‹ Назад",
    ]


async def test_all_at_once_a_page_each_with_numbers_that_stay(world: World) -> None:
    head = await marked(world)
    shown = await head.presses_data(ShowCertificates(event=1, page=0).pack())
    one = await head.presses("Петрова Мария Ивановна", of=shown)
    assert one.file_name == "Справка – Петрова.docx"
    assert one.plain.startswith("Справка № 1: Петрова Мария Ивановна\nЗаседание РМО")
    every = await head.presses("Справки всем", of=shown)
    assert every.file_name == "Справки 18 ноября.docx"
    assert every.plain.startswith(f"2 справки: {WHEN}")
    said = words_of(every)
    assert [line for line in said.split("\n") if line.startswith("№")] == [
        "№ 2 от 19.11.2026",
        "№ 1 от 19.11.2026",
    ]
    assert "Продолжительность: 2 ч" in said
    world.clock.forward(days=3)
    assert words_of(await head.presses("Справки всем", of=shown)) == said
    talk = await head.presses("Сертификаты всем", of=shown)
    assert "№ 3 от 22.11.2026" in words_of(talk)
    assert "Тема: «Книжные новинки»\nФорма: доклад" in words_of(talk)
    assert [row.number for row in await stored(world.app.database, tables.certificates)] == [1, 2, 3]


async def test_a_member_takes_her_own(world: World) -> None:
    await marked(world)
    maria, olga = world.person(2002), world.person(2003)
    await maria.says("что было в ноябре?")
    await maria.presses_data("event:1")
    await maria.presses("Справка")
    certificate, talk = maria.chat.shown[-2:]
    assert "Петрова Мария Ивановна\nСОШ № 45" in words_of(certificate)
    assert "Руководитель объединения\t______________ Н. В. Орлова" in words_of(certificate)
    assert talk.file_name == "Сертификат – Петрова.docx"
    assert "Справка" not in (await olga.presses_data("event:1")).labels
    refused = await olga.presses_data(TakeOwnCertificate(event=1).pack())
    assert refused.plain.startswith("Справка – для тех, кто отмечен на встрече")


async def test_none_before_the_end(world: World) -> None:
    """She is marked at the beginning; how long she stayed is not known yet."""
    head = await settle(world, MEETING)
    maria = await come_in_maria(world)
    world.clock.moment = datetime(2026, 11, 18, 8, 59, tzinfo=UTC)
    card = await maria.presses_data(CheckIn(event=1).pack())
    card = await maria.presses_data("event:1")
    assert "Вы отмечены в 15:59." in card.plain
    assert "Справка" not in card.labels
    for one, data in (
        (maria, TakeOwnCertificate(event=1)),
        (head, TakeCertificates(event=1, kind="attended")),
        (head, ShowCertificates(event=1, page=0)),
    ):
        said = await one.presses_data(data.pack())
        assert said.plain.startswith("Справка – после встречи: тогда видно, кто был")
    assert await stored(world.app.database, tables.certificates) == []
    world.clock.forward(minutes=2)
    assert "Справка" in (await maria.presses_data("event:1")).labels


async def test_none_of_what_did_not_take_place(world: World) -> None:
    """Whatever was marked before that was said."""
    head = await marked(world)
    maria = world.person(2002)
    for status, said in (
        (Status.NOT_HELD, "По отметке руководителя эта встреча не состоялась."),
        (Status.CANCELLED, "Эта встреча отменена"),
    ):
        await change(world.app.database, tables.events, tables.events.c.id == 1, status=status)
        assert "Справка" not in (await maria.presses_data("event:1")).labels
        for one, data in (
            (maria, TakeOwnCertificate(event=1)),
            (head, TakeCertificates(event=1, kind="attended")),
        ):
            assert (await one.presses_data(data.pack())).plain.startswith(said)
    assert await stored(world.app.database, tables.certificates) == []


async def test_no_number_for_who_was_not_there(world: World) -> None:
    head = await marked(world)
    olga = (await world.actor(world.person(2003))).person_id
    said = await head.presses_data(TakeCertificate(event=1, owner="person", holder=olga).pack())
    assert said.plain.startswith("Справка – для тех, кто отмечен на встрече")
    assert await stored(world.app.database, tables.certificates) == []


async def test_her_data_name_them(world: World) -> None:
    await marked(world)
    maria = world.person(2002)
    await maria.presses_data(TakeOwnCertificate(event=1).pack())
    await maria.says("Настройки")
    await maria.presses("Мои данные")
    await maria.presses("Скачать")
    file = next(one.file for one in reversed(maria.chat.shown) if one.file_name and "json" in one.file_name)
    assert b'"certificates": [\n    {' in (file or b"")
