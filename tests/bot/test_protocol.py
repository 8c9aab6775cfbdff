"""The protocol of a meeting and the message for the site, as a coordinator makes them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

import docx
import pytest

from actions.guests import add_guests
from actions.own_data import erase
from actions.protocols import Meeting, meeting
from bot.views.journal_keys import ShowJournal
from bot.views.keyboards import GiveAnswer
from bot.views.notice_keys import SayHeld
from bot.views.paper_keys import ShowPapers
from bot.views.protocol_keys import (
    AddDecisions,
    AskNumber,
    AskOutcome,
    ChooseOutcome,
    EditAgenda,
    FixProtocol,
    GiveOffice,
    OpenDecision,
    RemoveDecision,
    SetOutcome,
    ShowProtocol,
    TakeProtocol,
    TakeSiteText,
)
from bot.views.site_text import site_message
from bot.views.together_keys import ConfirmJoin
from documents.protocol import LINE
from domain.period import Period
from domain.plan_draft import Kind
from domain.protocols import Decision, Outcome, Participant, Protocol
from domain.records import Answer, Mark, TalkForm, TalkStanding
from domain.roles import Role
from domain.talks import TalkDraft
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    STICKER,
    TASK,
    VOICE,
    call_off,
    come_in,
    come_in_maria,
    settle,
)
from tests.builders import an_association, stored

SEPTEMBER = replace(MEETING, title="Заседание РМО «Планы»", periods=(Period.at(date(2026, 11, 3), time(10)),))
AFTER = datetime(2026, 11, 19, 3, tzinfo=UTC)
WHEN = "Заседание РМО (среда, 18 ноября, 14:00–16:00)"


async def two(world: World) -> tuple[Person, Person]:
    """The coordinator, and Мария who promised to come to the meeting on 18 November; it is the day after."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await maria.presses_data(GiveAnswer(event=1, answer=Answer.GOING, place=-1).pack())
    world.clock.moment = AFTER
    return head, maria


async def mark(world: World, event_id: int, *people: Person, as_: Mark = Mark.PRESENT) -> None:
    """They were there (or not), as the coordinator saw."""
    by = (await world.actor(world.head)).person_id
    for one in people:
        actor = await world.actor(one)
        uow = world.uow()
        async with uow as rows:
            attendance = rows.association(1).attendance
            await attendance.mark(event_id, actor.person_id, as_, None, by, AFTER)
            await uow.commit()


async def dictates(head: Person, *texts: str, event: int = 1) -> None:
    """Decisions, one after the other."""
    await head.presses_data(AddDecisions(event=event).pack())
    for text in texts:
        await head.says(text)
    await head.presses("Пока всё")


async def takes(head: Person, people: str = "ask", event: int = 1) -> list[str]:
    """The lines of the document."""
    await head.presses_data(TakeProtocol(event=event, people=people).pack())
    sent = head.chat.shown[-1].file
    return [one.text.replace("\xa0", " ") for one in docx.Document(io.BytesIO(sent)).paragraphs]


async def test_the_screen_says_what_is_known(world: World) -> None:
    head, _ = await two(world)
    papers = await head.presses_data(ShowPapers(event=1).pack())
    screen = await head.presses("Протокол и сообщение", of=papers)
    assert screen.plain == (
        f"Протокол и сообщение: {WHEN}\n"
        "Номер протокол получит, когда вы возьмёте его в Word.\n"
        "Явка не отмечена; обещал прийти 1 человек.\n"
        "Председатель: Орлова Наталья Викторовна\n"
        "Секретарь пока не назван.\n"
        "Повестка пока пуста: в плане нет ни темы, ни вопросов, выступлений тоже нет. "
        "Написать её – «Исправить», «Повестка».\n"
        "Решений пока нет. Нажмите «Записать решения» и диктуйте: каждое сообщение – одно решение."
    )
    assert screen.labels == [
        "Протокол (Word)",
        "Записать решения",
        "Исправить",
        "Сообщение для сайта",
        "‹ Назад",
    ]
    assert (await head.presses("‹ Назад", of=screen)).plain == papers.plain


async def test_nobody_is_marked_yet(world: World) -> None:
    """Those who promised stand in it only as such, and only where she wants so."""
    head, _ = await two(world)
    asked = await head.presses_data(TakeProtocol(event=1, people="ask").pack())
    assert asked.plain.startswith(f"Явка не отмечена: {WHEN}\nПрийти обещал 1 человек. Вписать в протокол?")
    assert asked.labels == ["Вписать тех, кто обещал", "Оставить место, впишу от руки", "‹ Назад"]
    assert await stored(world.app.database, tables.protocols) == []
    promised = await takes(head, "promised")
    at = promised.index("Явка не отмечена. Обещали присутствовать: 1 человек из 1 организации:")
    assert promised[at + 1] == "1. Петрова Мария Ивановна, СОШ № 45"
    assert "кто присутствовал" in head.chat.shown[-1].plain
    nobody = await takes(head, "nobody")
    assert "Присутствовали: ______________" in nobody
    assert "Петрова" not in " ".join(nobody)


async def test_nobody_is_marked_and_nobody_promised(world: World) -> None:
    head = await settle(world, MEETING)
    assert "Присутствовали: ______________" in await takes(head)


async def test_the_document(world: World) -> None:
    head, maria = await two(world)
    uow, actor = world.uow(), await world.actor(head)
    await add_guests(uow, actor, 1, "Ким О. Ю., районная библиотека", world.clock.now())
    await come_in(world, 4004, "Ветрова Ольга Юрьевна", "Гимназия № 21")  # unmarked: not mentioned
    await mark(world, 1, maria, head)
    async with uow as rows:
        ours = rows.association(1)
        [guest] = await ours.guests.of_event(1)
        await ours.attendance.mark_guest(1, guest.id, Mark.LATE, None)
        await uow.commit()
    await dictates(head, "утвердить план\nсдать сведения до 15 декабря")
    written = await takes(head)
    assert written[:12] == [
        "РМО Заречного района",
        "ПРОТОКОЛ № 1",
        "Заседание, очно",
        "18 ноября 2026 г.\tЗаречный",
        "Тема: ______________",
        "Место проведения: МБОУ СОШ № 412",
        "Председатель: Орлова Наталья Викторовна",
        "Секретарь: ______________",
        "Присутствовали: 3 человека из 3 организаций:",
        "1. Орлова Наталья Викторовна, Лицей № 12",
        "2. Петрова Мария Ивановна, СОШ № 45",
        "3. Ким О. Ю., районная библиотека",
    ]
    assert written[-4:] == [
        "1. Утвердить план.",
        "2. Сдать сведения до 15 декабря.",
        "Председатель\t______________ Н. В. Орлова",
        "Секретарь\t______________ ______________",
    ]
    assert "Ветрова" not in " ".join(written)
    assert head.chat.shown[-1].plain == (
        "Протокол № 1: Заседание РМО\nРаспечатайте и допишите: кто вёл протокол, повестку дня, подписи."
    )
    screen = await head.presses_data(ShowProtocol(event=1).pack())
    assert "Протокол № 1\nПрисутствовали: 3 человека из 3 организаций\n" in screen.plain


async def test_who_was_not_there_and_who_led_without_a_mark(world: World) -> None:
    """The roll-call says who was absent; who is unmarked is not named. She who leads is told that she is not
    among those present."""
    head, maria = await two(world)
    olga = await come_in(world, 4004, "Ветрова Ольга Юрьевна", "Гимназия № 21")
    await come_in(world, 4005, "Юн Яна", "Гимназия № 21")
    vera = await come_in(world, 4006, "Дёмина Вера Павловна", "Гимназия № 21")
    await mark(world, 1, maria)
    await mark(world, 1, olga, as_=Mark.EXCUSED)
    await mark(world, 1, vera, as_=Mark.ABSENT)
    said = "Председателя нет среди присутствующих. Поставить отметку можно в перекличке."
    assert said in (await head.presses_data(ShowProtocol(event=1).pack())).plain
    written = await takes(head)
    at = written.index("1. Петрова Мария Ивановна, СОШ № 45")
    assert written[at + 1] == (
        "Отсутствовали: Ветрова Ольга Юрьевна (по уважительной причине), Дёмина Вера Павловна."
    )
    assert "Юн" not in " ".join(written)
    await mark(world, 1, head)
    assert said not in (await head.presses_data(ShowProtocol(event=1).pack())).plain


async def test_decisions_are_dictated(world: World) -> None:
    head, _ = await two(world)
    none = await head.presses_data(ShowProtocol(event=1).pack())
    asked = await head.presses("Записать решения", of=none)
    assert "например: Сдать сведения о фондах до 15 декабря." in asked.plain
    added = await head.says("1. утвердить план\n2. сдать сведения к 1 марта")
    assert added.plain == (
        "✅ Записано, всего теперь 2 решения:\n"
        "1. Утвердить план\n"
        "2. Сдать сведения к 1 марта\n"
        "Диктуйте дальше или нажмите «Пока всё»."
    )
    assert "микрофон на клавиатуре" in (await head.sends_other(**VOICE)).plain
    assert "нужны слова" in (await head.sends_other(**STICKER)).plain
    third = await head.says("<b>Провести</b> неделю книги")
    assert "3. <b>Провести</b> неделю книги" in third.plain
    assert "\nРешения – 3:\n1. Утвердить план\n" in (await head.presses("Пока всё", of=third)).plain
    assert (await world.actor(head)).dialogue is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ы" * 3000, "хватит 500 знаков"),
        ("Решение\n" * 60, "хватит 40"),
        ("…", "Не вижу слов"),
        ("Сдать до 31 ноября", "Такого дня нет: 31 ноября"),
    ],
)
async def test_what_is_no_decision(world: World, words: str, said: str) -> None:
    head, _ = await two(world)
    await head.presses_data(AddDecisions(event=1).pack())
    assert said in (await head.says(words)).plain
    assert "всего теперь 1 решение" in (await head.says("Утвердить план")).plain  # it is still waited for


async def test_a_protocol_is_full(world: World) -> None:
    head, _ = await two(world)
    await dictates(head, "Решение\n" * 40)
    assert "Больше 40 решений" in (await head.presses_data(AddDecisions(event=1).pack())).plain
    long = await head.presses_data(ShowProtocol(event=1).pack())
    assert "40. Решение" in long.plain
    await head.presses_data(RemoveDecision(event=1, decision=1).pack())
    await dictates(head, "ы" * 500)
    assert "Больше 40 решений" in (await head.presses("Вернуть")).plain


async def test_a_long_list_is_cut_in_the_chat_alone(world: World) -> None:
    head, _ = await two(world)
    await dictates(head, *["ы" * 499] * 9)
    assert "…и ещё " in (await head.presses_data(ShowProtocol(event=1).pack())).plain
    assert sum(line[3:] == "Ы" + "ы" * 498 + "." for line in await takes(head, "nobody")) == 9


async def test_corrected_and_taken_out(world: World) -> None:
    head, _ = await two(world)
    await dictates(head, "Сдать сведения до 15 декабря", "Утвердить план")
    which = await head.presses("Исправить")
    assert which.labels == [
        "Повестка",
        "Номер протокола",
        "Председатель",
        "Секретарь",
        "1. Сдать сведения до 15 декабря",
        "2. Утвердить план",
        "‹ Назад",
    ]
    one = await head.presses("1. Сдать", of=which)
    assert one.labels == ["Изменить", "Убрать", "‹ Назад"]
    await head.presses("Изменить", of=one)
    assert "микрофон" in (await head.sends_other(**VOICE)).plain
    again = await head.says("продлить конкурс до 20 числа")
    assert again.plain.endswith("Продлить конкурс до 20 числа (срок – 20 ноября)")
    assert (await head.presses("Без срока", of=again)).plain.endswith("Продлить конкурс до 20 числа")
    removed = await head.presses("Убрать")
    assert removed.plain.startswith("Убрано: Продлить конкурс до 20 числа")
    assert "Этого решения" in (await head.presses_data(OpenDecision(event=1, decision=1).pack())).plain
    await head.presses("Вернуть", of=removed)
    assert "1. Продлить" in (await head.presses_data(ShowProtocol(event=1).pack())).plain


async def test_who_leads_and_the_number(world: World) -> None:
    head, _ = await two(world)
    await head.presses_data(FixProtocol(event=1).pack())
    members = await head.presses("Секретарь")
    assert members.labels == [
        "Орлова Наталья Викторовна · Лицей № 12",
        "Петрова Мария Ивановна · СОШ № 45",
        "‹ Назад",
    ]
    assert "Секретарь: Петрова Мария Ивановна" in (await head.presses("Петрова", of=members)).plain
    await head.presses("Исправить")
    await head.presses("Председатель")
    assert "Председатель: Белова А. П." in (await head.says("Белова А. П.")).plain
    written = await takes(head, "nobody")
    assert written[-2:] == [
        "Председатель\t______________ А. П. Белова",
        "Секретарь\t______________ М. И. Петрова",
    ]
    assert (await head.presses_data(AskNumber(event=1).pack())).plain.startswith("Сейчас: Протокол № 1.")
    assert "Не вижу номера" in (await head.says("пятый")).plain
    assert "Протокол № 5" in (await head.says("№ 5")).plain
    await head.presses("Исправить")
    chairman = await head.presses("Председатель")
    assert "Председатель: Орлова" in (await head.presses("Руководитель объединения", of=chairman)).plain
    await head.presses("Исправить")
    secretary = await head.presses("Секретарь")
    assert "Секретарь пока не назван" in (await head.presses("Впишу от руки", of=secretary)).plain


async def test_who_leads_stays_with_the_document(world: World) -> None:
    head, _ = await two(world)
    await takes(head, "nobody")
    other = await come_in(world, 6006, "Юрьева Инна Олеговна", "СОШ № 3", Role.COORDINATOR)
    assert "Председатель: Орлова Наталья Викторовна" in await takes(other, "nobody")


async def test_a_number_is_given_once_and_a_taken_one_refused(world: World) -> None:
    head = await settle(world, SEPTEMBER, MEETING)
    world.clock.moment = AFTER
    assert "ПРОТОКОЛ № 1" in await takes(head, event=1)
    assert "ПРОТОКОЛ № 2" in await takes(head, event=2)
    assert "ПРОТОКОЛ № 2" in await takes(head, event=2)
    await head.presses_data(AskNumber(event=2).pack())
    taken = await head.says("1")
    assert taken.plain == (
        "№ 1 в этом учебном году уже занят: Заседание РМО «Планы». "
        "Поменяйте номера местами или напишите другой, например: 3."
    )
    assert taken.labels == ["Поменять: здесь № 1, там № 2", "‹ Назад"]
    assert "Протокол № 2" in (await head.says("2")).plain
    swapped = await head.presses("Поменять", of=taken)
    assert swapped.plain.startswith(
        "У другого протокола теперь № 2, возьмите его заново:\n"
        "• вторник, 3 ноября, 10:00 – Заседание РМО «Планы»\n\nПротокол и сообщение: Заседание РМО"
    )
    assert "Протокол № 1" in swapped.plain
    assert "ПРОТОКОЛ № 2" in await takes(head, event=1)
    assert (await world.actor(head)).dialogue is None


async def test_the_number_is_the_one_by_date(world: World) -> None:
    """The meeting before it has no protocol: its number is left for it, unless she counts on."""
    head = await settle(world, SEPTEMBER, MEETING)
    world.clock.moment = AFTER
    asked = await head.presses_data(TakeProtocol(event=2, people="ask").pack())
    assert asked.plain == (
        f"Какой номер дать протоколу? {WHEN}\n"
        "Раньше было заседание, протокола которого ещё нет:\n"
        "• вторник, 3 ноября, 10:00 – Заседание РМО «Планы»"
    )
    assert asked.labels == [
        "№ 2 – по порядку дат",
        "№ 1 – следующий по счёту",
        "Сначала протокол: 3 ноября",
        "‹ Назад",
    ]
    assert await stored(world.app.database, tables.protocols) == []
    await head.presses("№ 2", of=asked)
    assert head.chat.shown[-1].plain.startswith("Протокол № 2:")
    assert "ПРОТОКОЛ № 1" in await takes(head, event=1)


async def test_later_protocols_move_on(world: World) -> None:
    """In one press, and only where she wants so."""
    head = await settle(world, SEPTEMBER, MEETING)
    world.clock.moment = AFTER
    asked = await head.presses_data(TakeProtocol(event=2, people="ask").pack())
    await head.presses("№ 1 – следующий", of=asked)
    assert head.chat.shown[-1].plain.startswith("Протокол № 1:")
    asked = await head.presses_data(TakeProtocol(event=1, people="ask").pack())
    assert asked.plain.endswith("• среда, 18 ноября, 14:00–16:00 – Заседание РМО: № 1 станет № 2")
    assert asked.labels == ["№ 1 – по порядку дат", "№ 2 – следующий по счёту", "‹ Назад"]
    await head.presses("№ 1", of=asked)
    assert head.chat.shown[-1].plain.startswith("Протокол № 1:")
    assert "ПРОТОКОЛ № 2" in await takes(head, event=2)
    numbers = [row.facts for row in await stored(world.app.database, tables.journal) if "number" in row.facts]
    assert numbers == [
        {"event": 2, "number": 1},
        {"event": 2, "number": 2},
        {"event": 1, "number": 1},
    ]


async def test_the_agenda(world: World) -> None:
    head, _ = await two(world)
    await add_talk(world, "Петрова Мария Ивановна", "СОШ № 45", "Буктрейлер")
    shown = await head.presses_data(ShowProtocol(event=1).pack())
    assert (
        "\nПовестка (складывается из плана и выступлений):\n1. Петрова Мария Ивановна – «Буктрейлер»\n"
    ) in shown.plain
    await head.presses("Исправить", of=shown)
    assert (await head.presses("Повестка")).labels == ["‹ Назад"]
    own = await head.says("1. анализ работы\n2. планы на год")
    assert "\nПовестка (записана вами):\n1. Анализ работы\n2. Планы на год\n" in own.plain
    written = await takes(head, "nobody")
    at = written.index("ПОВЕСТКА ДНЯ")
    by_hand = f"ВЫСТУПИЛИ: {LINE}{LINE}{LINE}"
    assert written[at + 1 : at + 9] == [
        "1. Анализ работы",
        "2. Планы на год",
        "СЛУШАЛИ: ______________ – «Анализ работы».",
        by_hand,
        "СЛУШАЛИ: ______________ – «Планы на год».",
        by_hand,
        "СЛУШАЛИ: Петрова Мария Ивановна, СОШ № 45 – «Буктрейлер».",
        by_hand,
    ]
    assert "кого слушали, кто выступил в обсуждении" in head.chat.shown[-1].plain
    await head.presses_data(EditAgenda(event=1).pack())
    reset = await head.presses("Как в плане")
    assert (
        reset.plain == "Теперь повестка снова как в плане. До этого было:\n1. Анализ работы\n2. Планы на год"
    )
    assert "Петрова" in (await head.presses_data(ShowProtocol(event=1).pack())).plain


async def test_what_was_decided_last_time(world: World) -> None:
    head = await settle(world, SEPTEMBER, MEETING)
    world.clock.moment = AFTER
    assert "Прошлых решений" in (await head.presses_data(ChooseOutcome(event=2).pack())).plain
    await dictates(
        head, "Утвердить план", "Сдать сведения до 15 ноября", "Неделю книги ведёт Соколова М. И.", event=1
    )
    await takes(head, event=1)
    before = await head.presses_data(ShowProtocol(event=2).pack())
    assert "3 прошлых решения ждут отметки" in before.plain
    listed = await head.presses("Прошлые решения", of=before)
    assert listed.plain == (
        "Как выполнены решения заседания № 1 (3 ноября 2026 г.):\n"
        "1. Утвердить план\n"
        "2. Сдать сведения до 15 ноября\n"
        "3. Неделю книги ведёт Соколова М. И.\n"
        "Нажмите на решение, чтобы отметить. В протоколе этой встречи будет об этом раздел."
    )
    await head.presses("1. Утвердить", of=listed)
    await head.presses("Выполнено")
    await head.presses("2. Сдать")
    said = await head.says("сдали все, кроме двух школ")
    assert "1. Утвердить план – выполнено\n2. Сдать сведения" in said.plain
    assert "до 15 ноября – сдали все, кроме двух школ" in said.plain
    again = await head.presses("1. Утвердить", of=said)
    assert again.labels == ["✅ Выполнено", "В работе", "Не выполнено", "‹ Назад"]
    await head.presses("В работе", of=again)
    written = await takes(head, event=2)
    at = written.index("ВЫПОЛНЕНИЕ РЕШЕНИЙ")
    assert written[at + 1 : at + 5] == [
        "заседания № 1 (3 ноября 2026 г.)",
        "1. Утвердить план – в работе",
        "2. Сдать сведения до 15 ноября – сдали все, кроме двух школ",
        "3. Неделю книги ведёт Соколова М. И. – ______________",
    ]
    assert "как выполнены прошлые решения" in head.chat.shown[-1].plain
    assert "ВЫПОЛНЕНИЕ РЕШЕНИЙ" not in await takes(head, event=1)


async def test_a_meeting_that_was_called_off_is_not_looked_back_on(world: World) -> None:
    head = await settle(world, SEPTEMBER, MEETING)
    world.clock.moment = AFTER
    await dictates(head, "Утвердить план", event=1)
    await call_off(world, "Планы")
    assert "Прошлые решения" not in (await head.presses_data(ShowProtocol(event=2).pack())).labels
    assert "Эта встреча отменена" in (await head.presses_data(ShowProtocol(event=1).pack())).plain


async def test_called_off_while_it_is_dictated(world: World) -> None:
    head, _ = await two(world)
    await head.presses_data(AddDecisions(event=1).pack())
    await call_off(world, "Заседание")
    assert "Эта встреча отменена" in (await head.says("Утвердить план")).plain
    assert (await world.actor(head)).dialogue is None
    for data in (TakeProtocol(event=1, people="nobody"), TakeSiteText(event=1), EditAgenda(event=1)):
        assert "Эта встреча отменена" in (await head.presses_data(data.pack())).plain
    assert await stored(world.app.database, tables.protocols) == []


async def test_tasks_and_what_did_not_take_place_have_none(world: World) -> None:
    head = await settle(world, MEETING, TASK)
    assert "Это задание" in (await head.presses_data(ShowProtocol(event=2).pack())).plain
    world.clock.moment = AFTER
    await head.presses_data(SayHeld(event=1, said="no").pack())
    assert "не состоялась, протокол" in (await head.presses_data(ShowProtocol(event=1).pack())).plain


async def test_the_message_for_the_site(world: World) -> None:
    head, maria = await two(world)
    await add_talk(world, "Петрова Мария Ивановна", "СОШ № 45", "«Маяк» на уроке")
    await mark(world, 1, maria)
    await dictates(head, "Утвердить план.", "Сдать сведения до 15 декабря 2026 г.")
    await head.presses_data(TakeSiteText(event=1).pack())
    hint, text = head.chat.shown[-2:]
    assert hint.plain == (
        "Сообщение для сайта – следующим сообщением: нажмите на него и удерживайте, чтобы скопировать.\n"
        "Проверьте и отправляйте."
    )
    assert text.plain == (
        "РМО Заречного района: 18 ноября 2026 г. прошло заседание. Место проведения – МБОУ СОШ № 412. "
        "Участвовал 1 педагог из 1 образовательной организации. "
        "Выступление: Петрова М. И. (СОШ № 45) – доклад «„Маяк“ на уроке». "
        "Решили: 1) утвердить план; 2) сдать сведения до 15 декабря 2026 г."
    )
    assert text.labels == []


async def test_the_message_names_the_form_of_each_talk(world: World) -> None:
    head, _ = await two(world)
    forms = (TalkForm.WORKSHOP, TalkForm.OTHER, TalkForm.EXPERIENCE)
    for form, theme in zip(forms, ("Каталог", "Клуб", "Лето"), strict=True):
        await add_talk(world, "Ветрова Ольга Юрьевна", "", theme, form=form)
    await dictates(head, 'Признать работу клуба "Парус" успешной.')
    await head.presses_data(TakeSiteText(event=1).pack())
    text = head.chat.shown[-1].plain
    assert (
        "Выступили: Ветрова О. Ю. – мастер-класс «Каталог»; Ветрова О. Ю. – «Клуб»; "
        "Ветрова О. Ю. – обмен опытом «Лето». Решение: признать работу клуба «Парус» успешной." in text
    )


async def test_who_was_not_there_did_not_speak(world: World) -> None:
    """Neither in the protocol nor on the site; who is unmarked may have."""
    head, maria = await two(world)
    olga = await come_in(world, 4004, "Ветрова Ольга Юрьевна", "Гимназия № 21")
    await add_talk(world, "Петрова Мария Ивановна", "СОШ № 45", "Буктрейлер", maria)
    await add_talk(world, "Ветрова Ольга Юрьевна", "Гимназия № 21", "Новинки", olga)
    await mark(world, 1, maria, as_=Mark.EXCUSED)
    written = " ".join(await takes(head, "nobody"))
    assert "СЛУШАЛИ: Ветрова Ольга Юрьевна, Гимназия № 21 – «Новинки»." in written
    assert "Буктрейлер" not in written
    await head.presses_data(TakeSiteText(event=1).pack())
    text = head.chat.shown[-1].plain
    assert "Выступление: Ветрова О. Ю. (Гимназия № 21) – доклад «Новинки»." in text
    assert "Буктрейлер" not in text


async def test_the_message_says_nothing_that_is_not_known(world: World) -> None:
    head, _ = await two(world)
    await head.presses_data(TakeSiteText(event=1).pack())
    hint, text = head.chat.shown[-2:]
    assert "Сколько было людей, там нет: явка не отмечена.\nРешений там нет: они не записаны." in hint.plain
    assert text.plain == (
        "РМО Заречного района: 18 ноября 2026 г. прошло заседание. Место проведения – МБОУ СОШ № 412."
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Совещание по комплектованию", "прошло совещание по комплектованию. Место"),
        ("Совещание «Фонды»", "прошло совещание. Место проведения – МБОУ СОШ № 412. Тема: «Фонды»."),
        ("Совещания по фондам", "прошло совещание. Место проведения – МБОУ СОШ № 412. Тема: «Совещания"),
    ],
)
async def test_what_it_was_is_said_once(world: World, title: str, said: str) -> None:
    head = await settle(world, replace(MEETING, title=title, kind=Kind.COUNCIL))
    _, text = site_message(await of_meeting(world), await world.actor(head))
    assert said in text.text
    assert text.text.casefold().count("совещани") == said.casefold().count("совещани")


async def test_no_message_before_it_took_place(world: World) -> None:
    head = await settle(world, MEETING)
    assert "ещё впереди" in (await head.presses_data(TakeSiteText(event=1).pack())).plain


@pytest.mark.parametrize(
    ("people", "schools", "said"),
    [
        (1, 1, "Участвовал 1 педагог из 1 образовательной организации."),
        (2, 2, "Участвовали 2 педагога из 2 образовательных организаций."),
        (5, 5, "Участвовали 5 педагогов из 5 образовательных организаций."),
        (11, 11, "Участвовали 11 педагогов из 11 образовательных организаций."),
        (26, 19, "Участвовали 26 педагогов из 19 образовательных организаций."),
        (21, 21, "Участвовал 21 педагог из 21 образовательной организации."),
        (22, 1, "Участвовали 22 педагога из 1 образовательной организации."),
        (101, 101, "Участвовал 101 педагог из 101 образовательной организации."),
        (111, 101, "Участвовали 111 педагогов из 101 образовательной организации."),
    ],
)
async def test_numbers_are_said_right(world: World, people: int, schools: int, said: str) -> None:
    head = await settle(world, MEETING)
    found = await of_meeting(world)
    there = [Participant(f"П{n}", f"СОШ № {n % schools}", guest=False) for n in range(people)]
    _, text = site_message(replace(found, present=there), await world.actor(head))
    assert said in text.text


async def test_guests_are_a_number(world: World) -> None:
    head = await settle(world, LAW)
    guest = Participant("Ким О. Ю.", "Библиотека", guest=True)
    found = replace(await of_meeting(world), present=[guest, Participant("П", "", guest=False)])
    actor = await world.actor(head)
    _, text = site_message(found, actor)
    assert "Участвовал 1 педагог, гостей – 1." in text.text
    assert "Тема: «Правовые основы работы школьной библиотеки»." in text.text
    assert "Ким" not in text.text
    _, text = site_message(replace(found, present=[guest, guest]), actor)
    assert "Участвовали гости – 2." in text.text


async def test_what_is_too_long_for_a_message_is_cut(world: World) -> None:
    head = await settle(world, MEETING)
    found = await of_meeting(world)
    many = tuple(Decision(n, "ы" * 500) for n in range(40))
    long = replace(found, rows=["ы" * 300] * 30, protocol=Protocol(1, "2026/2027", all_decisions=many))
    hint, text = site_message(long, await world.actor(head))
    assert "Всё не поместилось" in hint.text
    assert text.text.count("и другое.") == 2
    assert len(text.text) < 4_000


async def test_held_together(world: World) -> None:
    """One protocol with the rows of both, and none of the one that is joined."""
    head = await settle(world, MEETING, replace(MEETING, title="Семинар «Каталоги»"))
    await head.presses_data(ConfirmJoin(event=1, other=2, revision=1, other_revision=1).pack())
    agenda = await head.presses_data(ShowProtocol(event=1).pack())
    assert "\n1. Каталоги\n" in agenda.plain


async def test_for_coordinators_alone(world: World) -> None:
    head, maria = await two(world)
    await dictates(head, "Утвердить план")
    await an_association(world.app.database, "РМО Приозёрного района")
    boss = await come_in(world, 7008, "Чужая Анна Юрьевна", "СОШ № 1", Role.COORDINATOR, association=2)
    for data in (
        ShowProtocol(event=1),
        TakeProtocol(event=1, people="nobody"),
        AddDecisions(event=1),
        SetOutcome(event=1, past=1, decision=1, done=Outcome.DONE),
        AskOutcome(event=1, past=1, decision=1),
        GiveOffice(event=1, office="secretary", person=0),
        TakeSiteText(event=1),
    ):
        assert "может только руководитель" in (await maria.presses_data(data.pack())).plain
        assert "Этой встречи" in (await boss.presses_data(data.pack())).plain
    await head.presses_data(GiveOffice(event=1, office="secretary", person=99).pack())
    [row] = await stored(world.app.database, tables.protocols)
    assert (row.number, row.secretary, len(row.decisions)) == (None, "", 1)


async def test_the_journal_says_so(world: World) -> None:
    head, _ = await two(world)
    await dictates(head, "Утвердить план")
    await takes(head, "nobody")
    await takes(head, "nobody")  # nothing new
    journal = await head.presses_data(ShowJournal(event=1, page=0).pack())
    assert journal.plain.count("протокол получил № 1") == 1
    assert journal.plain.count("исправлен протокол") == 1


async def test_who_had_herself_erased_is_in_no_later_document(world: World) -> None:
    head, maria = await two(world)
    await add_talk(world, "Петрова Мария Ивановна", "СОШ № 45", "Буктрейлер", maria)
    await mark(world, 1, maria, head)
    assert "Петрова" in " ".join(await takes(head))
    await erase(world.uow(), await world.actor(maria), AFTER)
    written = await takes(head)
    assert "Петрова" not in " ".join(written)
    assert "СЛУШАЛИ: «Буктрейлер»." in written


async def add_talk(
    world: World,
    name: str,
    school: str,
    theme: str,
    who: Person | None = None,
    form: TalkForm = TalkForm.REPORT,
) -> None:
    """A talk in the programme of the meeting."""
    by = (await world.actor(world.head)).person_id
    person = None if who is None else (await world.actor(who)).person_id
    uow = world.uow()
    async with uow as rows:
        draft = TalkDraft(person, name, school, theme, form)
        await rows.association(1).talks.add(1, draft, TalkStanding.CONFIRMED, by, AFTER)
        await uow.commit()


async def of_meeting(world: World) -> Meeting:
    return await meeting(world.uow(), await world.actor(world.head), 1)
