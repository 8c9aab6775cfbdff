"""«Журнал», «Вернуть как было», and two coordinators who change the same event."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

import actions
from actions.holding import _KINDS
from actions.settings import SETTING_CHANGED
from actions.taking_back import _RETURNED
from actions.timing import TIMING_CHANGED
from bot.views.answers_keys import EnterFor
from bot.views.journal_keys import ConfirmUndo, ShowJournal, UndoChange
from bot.views.keyboards import ShowMore
from bot.views.seat_keys import AskSeats
from bot.views.words import is_sentence
from domain.period import Period
from domain.records import Answer, PaperKind, Status, TalkForm, TalkStanding
from domain.roles import Role
from domain.talks import TalkDraft
from domain.undo import REDONE, UNDONE
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, TASK, come_in, come_in_maria, event_called, settle

UNDO = ("Вернуть как было", "Вернули как было:")
AGAIN = ("Отменить возврат", "Возврат отменён:")
OLD_DAY = Period.at(date(2026, 11, 18), time(14), time(16))


async def two_coordinators(world: World) -> tuple[Person, Person, Person]:
    """Two who run the association, and a member; one meeting ahead."""
    head = await settle(world, MEETING)
    other = await come_in(world, 4004, "Петрова Полина Павловна", "СОШ № 45", Role.COORDINATOR)
    return head, other, await come_in_maria(world)


async def moves(who: Person, words: str, *, event: int = 1) -> None:
    await who.presses_data(f"days:{event}")
    await who.says(words)
    await who.presses("Подтвердить")


async def puts_elsewhere(who: Person, words: str) -> None:
    await who.presses_data("change:1:place")
    await who.says(words)
    await who.presses("Да, сменить")


async def test_the_journal_says_who_did_what_and_when(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    world.clock.forward(minutes=1)
    await moves(head, "19 ноября 15:00")
    world.clock.forward(minutes=10)
    await puts_elsewhere(other, "Лицей № 13; взять: паспорт")
    world.clock.forward(minutes=10)
    await head.presses_data("change:1:cancel")
    await head.says("карантин")
    await head.presses("Да, отменить")
    await head.says("Руководителю")
    await head.presses("Ещё")
    said = await head.presses("Журнал")
    assert said.plain.startswith(
        "Журнал\n"
        "• 2 ноября, 10:21, Орлова Н. В. – отмена: карантин. Заседание РМО\n"
        "• 2 ноября, 10:11, Петрова П. П. – новое место: Лицей № 13, взять с собой: паспорт"
        " (было: МБОУ СОШ № 412). Заседание РМО\n"
        "• 2 ноября, 10:01, Орлова Н. В. – перенос: четверг, 19 ноября, 15:00"
        " (было: среда, 18 ноября, 14:00–16:00). Заседание РМО\n"
    )
    assert "загружен план на 2026/2027: 1 встреча" in said.plain
    assert "Петрова П. П. – теперь в списке" in said.plain


async def test_the_journal_of_one_event(world: World) -> None:
    head = await settle(world, LAW, MEETING)
    await moves(head, "25 ноября 14:00")
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое", of=head.sees)
    said = await head.presses("Журнал", of=head.sees)
    assert said.plain == (
        "Журнал: Семинар «Правовые основы работы школьной библиотеки»\n"
        "• 2 ноября, 10:00, Орлова Н. В. – назван день: среда, 25 ноября, 14:00 (было: ноябрь 2026 г.)\n"
        "• 2 ноября, 10:00 – появилось в плане"
    )
    assert said.labels == ["Вернуть как было", "‹ Назад"]


async def test_the_journal_is_turned_page_by_page(world: World) -> None:
    head = await settle(world, MEETING)
    for day in range(19, 29):
        await moves(head, f"{day} ноября 15:00")
        world.clock.forward(minutes=1)
    first = await head.presses_data(ShowJournal(event=1, page=0).pack())
    assert first.plain.count("•") == 8
    assert first.labels == ["Вернуть как было", "Раньше ▶", "‹ Назад"]
    second = await head.presses("Раньше ▶")
    assert second.plain.count("•") == 3
    assert "появилось в плане" in second.plain
    assert second.labels == ["◀ Новее", "‹ Назад"]
    assert (await head.presses("◀ Новее")).plain == first.plain


async def test_a_journal_with_nothing_in_it_and_one_of_an_event_that_is_gone(world: World) -> None:
    head = await settle(world, MEETING)
    assert "Пока записей нет." in (await head.presses_data(ShowJournal(event=0, page=9).pack())).plain
    gone = await head.presses_data(ShowJournal(event=99, page=0).pack())
    assert "Этой встречи в плане больше нет." in gone.plain


async def test_members_have_no_journal(world: World) -> None:
    _, _, maria = await two_coordinators(world)
    said = await maria.presses_data(ShowJournal(event=0, page=0).pack())
    assert "Это может только руководитель объединения." in said.plain


async def test_a_move_is_taken_back_straight_away(world: World) -> None:
    head, _, maria = await two_coordinators(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await moves(head, "19 ноября 15:00")
    await world.rings()
    assert "Перенос" in maria.sees.plain
    preview = await head.presses("Вернуть как было")
    assert preview.plain == (
        "Вернуть как было? Заседание РМО\n"
        "Сейчас: четверг, 19 ноября, 15:00.\n"
        "Станет: среда, 18 ноября, 14:00–16:00.\n"
        "Сообщу 2 людям. О другом дне они уже знают, поэтому прежние ответы не в счёт: спрошу заново."
    )
    assert preview.labels == ["Да, вернуть как было", "Ничего не менять"]
    done = await head.presses("Да, вернуть как было")
    assert done.plain == (
        "Вернули как было: Заседание РМО – среда, 18 ноября, 14:00–16:00.\nСообщаю 2 людям."
    )
    assert (await event_called(world, "Заседание")).period == OLD_DAY
    world.clock.forward(minutes=5)
    await world.rings()
    assert "Теперь: среда, 18 ноября, 14:00–16:00" in maria.sees.plain
    assert "Коллеги, перенос" in (await head.presses("Текст для пересылки", of=done)).plain


async def test_what_nobody_heard_of_is_taken_back_without_a_word(world: World) -> None:
    head, _, maria = await two_coordinators(world)
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    world.clock.forward(hours=13)  # 23:00
    await moves(head, "19 ноября 15:00")
    preview = await head.presses("Вернуть как было")
    assert "О прежнем изменении ещё никто не знает, поэтому никому не пишу." in preview.plain
    await head.presses("Да, вернуть как было")
    seen = len(maria.chat.shown)
    world.clock.forward(hours=12)
    await world.rings()
    assert len(maria.chat.shown) == seen
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain


async def test_taking_back_is_taken_back(world: World) -> None:
    head, _, _ = await two_coordinators(world)
    await moves(head, "19 ноября 15:00")
    for day, asks, done in ((18, *UNDO), (19, *AGAIN), (18, *UNDO)):
        assert asks in head.sees.labels
        preview = await head.presses(asks)
        assert preview.plain.startswith(f"{asks}? Заседание РМО")
        said = await head.presses(f"Да, {asks[0].lower()}{asks[1:]}")
        assert said.plain.startswith(done)
        assert f"{day} ноября" in said.plain
        assert (await event_called(world, "Заседание")).period.end == date(2026, 11, day)
    journal = (await head.presses_data(ShowJournal(event=1, page=0).pack())).plain
    assert [line.partition(" – ")[2].partition(":")[0] for line in journal.splitlines()[1:]] == [
        "изменение отозвано, теперь как было",
        "возврат отменён, изменение снова в силе",
        "изменение отозвано, теперь как было",
        "перенос",
        "появилось в плане",
    ]


async def test_a_taking_back_is_called_so_in_the_journal(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    await moves(head, "19 ноября 15:00")
    await head.presses("Вернуть как было")
    await head.presses("Да, вернуть как было")
    journal = await other.presses_data(ShowJournal(event=0, page=0).pack())
    assert journal.labels == ["Отменить возврат: Заседание РМО", "‹ Назад"]
    preview = await other.presses("Отменить возврат")
    assert preview.plain == (
        "Отменить возврат? Заседание РМО\n"
        "Сейчас: среда, 18 ноября, 14:00–16:00.\n"
        "Станет: четверг, 19 ноября, 15:00.\n"
        "Сообщу 2 людям. О другом дне они уже знают, поэтому прежние ответы не в счёт: спрошу заново."
    )
    sure = other.data_of("Да, отменить возврат")
    assert (await other.presses_data(sure)).plain == (
        "Возврат отменён: Заседание РМО – четверг, 19 ноября, 15:00.\nСообщаю 2 людям."
    )
    again = await other.presses_data(sure)
    assert again.plain == (
        "Возврат уже отменён: Заседание РМО – четверг, 19 ноября, 15:00. Больше никому не пишу."
    )
    assert (await other.presses_data(ShowJournal(event=1, page=0).pack())).labels[0] == "Вернуть как было"


async def test_the_number_of_seats_is_taken_back(world: World) -> None:
    head, _, maria = await two_coordinators(world)
    await head.presses_data(AskSeats(event=1).pack())
    await head.says("1")
    done = await head.presses("Да, столько")
    assert done.labels == ["Кто придёт", "Карточка встречи", "Вернуть как было"]
    preview = await head.presses("Вернуть как было")
    assert preview.plain == (
        "Вернуть как было? Заседание РМО\n"
        "Сейчас: 1 место.\n"
        "Станет: мест сколько угодно.\n"
        "Отдельно об этом никому не пишу."
    )
    await head.presses("Да, вернуть как было")
    again = head.data_of("Отменить возврат")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await head.presses_data(EnterFor(event=1, person=1, answer=Answer.GOING, page=0).pack())
    refused = await head.presses_data(again)
    assert "Столько мест уже мало: придут 2 человека, считая гостей." in refused.plain
    assert "Заседание РМО" in refused.plain
    journal = await head.presses_data(ShowJournal(event=1, page=0).pack())
    assert "сколько мест: 1 место (было: мест сколько угодно)" in journal.plain


async def test_another_link_is_taken_back(world: World) -> None:
    """It is not shown: the journal is read by all who coordinate."""
    head, _, _ = await two_coordinators(world)
    await puts_elsewhere(head, "https://meet.example.org/abc")
    await puts_elsewhere(head, "https://meet.example.org/xyz")
    preview = await head.presses("Вернуть как было")
    assert "Сейчас: нынешняя ссылка на встречу.\nСтанет: прежняя ссылка на встречу." in preview.plain
    await head.presses("Да, вернуть как было")
    assert (await event_called(world, "Заседание")).link == "https://meet.example.org/abc"


@pytest.mark.parametrize(
    ("act", "words", "sure"),
    [
        ("cancel", "карантин", "Да, отменить"),
        ("place", "Лицей № 13; вход со двора; взять: паспорт", "Да, сменить"),
        ("place", "https://meet.example.org/abc", "Да, сменить"),
        ("place", "взять: паспорт", "Да, сменить"),
        ("deadline", "13 ноября 18:00", "Да, такой срок"),
    ],
)
async def test_every_change_is_taken_back(world: World, act: str, words: str, sure: str) -> None:
    head, _, _ = await two_coordinators(world)
    before = await event_called(world, "Заседание")
    await head.presses_data(f"change:1:{act}")
    await head.says(words)
    await head.presses(sure)
    await head.presses("Вернуть как было")
    await head.presses("Да, вернуть как было")
    after = await event_called(world, "Заседание")
    for name in ("period", "status", "venue", "entrance", "mode", "link", "bring", "reason"):
        assert getattr(after, name) == getattr(before, name), name
    assert (after.answer_by, after.answers_until) == (before.answer_by, before.answers_until)


async def test_a_named_day_and_a_restored_meeting_are_taken_back(world: World) -> None:
    head = await settle(world, LAW)
    await moves(head, "25 ноября 14:00")
    await head.presses("Вернуть как было")
    await head.presses("Да, вернуть как было")
    event = await event_called(world, "Правовые")
    assert (event.period, event.answers_until) == (Period.month(2026, 11), None)
    await head.presses_data("change:1:cancel")
    await head.presses("Без причины")
    await head.presses("Да, отменить")
    await head.presses_data("change:1:restore")
    await head.presses("Да, вернуть")
    await head.presses("Вернуть как было")
    assert "Станет: отменено." in head.sees.plain
    await head.presses("Да, вернуть как было")
    assert (await event_called(world, "Правовые")).status is Status.CANCELLED


async def test_a_task_s_last_day_is_taken_back(world: World) -> None:
    head = await settle(world, TASK)
    await head.presses_data("change:1:due")
    await head.says("27 ноября")
    await head.presses("Да, такой срок")
    await head.presses("Вернуть как было")
    await head.presses("Да, вернуть как было")
    assert (await event_called(world, "Сбор")).period == Period.deadline(date(2026, 11, 20))


async def test_pressed_twice_it_is_taken_back_once(world: World) -> None:
    head, _, _ = await two_coordinators(world)
    await moves(head, "19 ноября 15:00")
    await head.presses("Вернуть как было")
    sure = head.data_of("Да, вернуть как было")
    await head.presses_data(sure)
    again = await head.presses_data(sure)
    assert again.plain == (
        "Уже вернули, теперь как было: Заседание РМО – среда, 18 ноября, 14:00–16:00. Больше никому не пишу."
    )
    assert (await event_called(world, "Заседание")).revision == 3


async def test_after_a_day_nothing_is_taken_back(world: World) -> None:
    head = await settle(world, MEETING)
    await moves(head, "20 ноября 15:00")
    undo = head.data_of("Вернуть как было")
    world.clock.forward(hours=24)
    said = await head.presses_data(undo)
    assert "только самое последнее изменение и только в течение суток" in said.plain
    assert "20 ноября" in said.plain
    journal = await head.presses_data(ShowJournal(event=1, page=0).pack())
    assert "Вернуть как было" not in journal.labels


async def test_what_has_begun_is_not_taken_back(world: World) -> None:
    head = await settle(world, MEETING)
    await moves(head, "2 ноября 15:00")
    preview = await head.presses("Вернуть как было")
    world.clock.forward(hours=6)
    assert "Эта встреча уже началась" in (await head.presses("Да, вернуть", of=preview)).plain


async def test_a_time_that_is_past_does_not_come_back(world: World) -> None:
    head = await settle(world, MEETING)
    await moves(head, "2 ноября 15:00")
    await moves(head, "3 ноября 15:00")
    world.clock.forward(hours=6)
    assert "Прежнее время уже прошло" in (await head.presses("Вернуть как было")).plain


async def test_only_the_newest_change_is_taken_back(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    await moves(head, "19 ноября 15:00")
    await puts_elsewhere(other, "Лицей № 13")
    said = await head.presses("Вернуть как было")
    assert said.plain == (
        "Пока вы смотрели, эту встречу изменили:\n"
        "• 2 ноября, 10:00, Петрова П. П. – новое место: Лицей № 13 (было: МБОУ СОШ № 412)\n"
        "Теперь ваше изменение внести нельзя."
    )
    assert said.labels == ["Ничего не менять", "Журнал"]
    assert "Этой встречи" in (await head.presses_data(ConfirmUndo(event=99, revision=1).pack())).plain
    first = await head.presses_data(UndoChange(event=1, revision=1).pack())
    assert "перенос" in first.plain


async def test_taken_back_out_of_the_journal(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    await moves(head, "19 ноября 15:00")
    journal = await other.presses_data(ShowJournal(event=0, page=0).pack())
    assert journal.labels == ["Вернуть как было: Заседание РМО", "‹ Назад"]
    assert (await other.presses("‹ Назад")).labels[0] == "Журнал"
    await other.presses("Вернуть как было")
    await other.presses("Да, вернуть как было")
    assert (await event_called(world, "Заседание")).period == OLD_DAY
    said = await head.presses_data(ShowJournal(event=0, page=0).pack())
    assert (
        "Петрова П. П. – изменение отозвано, теперь как было: среда, 18 ноября, 14:00–16:00"
        " (было: четверг, 19 ноября, 15:00)"
    ) in said.plain


async def test_what_else_is_done_has_its_words(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    actor, uow, now = await world.actor(head), world.uow(), world.clock.now()
    person = (await world.actor(other)).person_id
    done: list[tuple[str, dict[str, object], str]] = [
        ("answered_for", {"event": 1, "person": person}, "внесён ответ за человека: Петрова П. П. Заседание"),
        ("added_person", {"person": 99}, "в списке новый человек: имени больше нет"),
        ("broadcast", {"broadcast": 1, "people": 21}, "письмо всем: 21 человеку"),
        ("retention_changed", {"before": 5, "after": 3}, "журнал отправленного хранится 3 года"),
        ("group_linked", {}, "чат объединения связан"),
        ("of_another_time", {}, "Орлова Н. В. – изменение"),
    ]
    async with uow as rows:
        for kind, facts, _ in done:
            await rows.association(1).journal.write(kind, facts, actor.person_id, now)
        await rows.association(1).journal.write("erased", {}, None, now)
        await uow.commit()
    said = (await head.presses_data(ShowJournal(event=0, page=0).pack())).plain
    for _, _, words in done:
        assert words in said
    assert "• 2 ноября, 10:00 – кто-то попросил стереть все данные о себе; стёрто" in said


async def test_every_line_says_what_it_was_about(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    actor, uow, now = await world.actor(head), world.uow(), world.clock.now()
    her = {"person": (await world.actor(other)).person_id}
    both = {"before": "СОШ 45", "after": "Гимназия 100"}
    done: list[tuple[str, dict[str, object], str]] = [
        (
            "person_edited",
            {**her, "field": "phone"},
            "сведения о человеке (телефон): Петрова П. П.",
        ),
        (
            "person_away",
            {**her, "until": "2027-09-01"},
            "отпуске до 1 сентября 2027 г.: Петрова П. П.",
        ),
        ("people_merged", {**her, "other": 99}, "об одном человеке объединены: Петрова П. П.\n"),
        ("people_parted", {"person": 3, "other": her["person"]}, "разъединены: Петрова М. И., Петрова П. П."),
        ("school_renamed", both, "школа теперь называется «Гимназия 100» (было: «СОШ 45»)"),
        ("school_returned", both, "школе возвращено название «Гимназия 100» (было: «СОШ 45»)"),
        ("group_made", {"title": "Новички"}, "новая группа «Новички»"),
        ("group_renamed", {"before": "А", "title": "Б"}, "группа теперь называется «Б» (было: «А»)"),
        ("group_name_returned", {"before": "Б", "after": "А"}, "группе возвращено название «А» (было: «Б»)"),
        ("group_removed", {"title": "Новички"}, "группы «Новички» больше нет"),
        ("group_returned", {"title": "Новички"}, "группа «Новички» снова есть"),
        ("door_changed", {"by_request": True}, "войти теперь можно только после «Принять»"),
        ("door_changed", {"by_request": False}, "войти теперь может каждый, у кого есть приглашение"),
        (
            "details_changed",
            {"before": [], "keeps": ["category", "service"]},
            "теперь о людях хранится другое: категория, стаж (было: ничего сверх имени, школы и должности)",
        ),
        ("event_removed", {"title": "Экскурсия"}, "создание встречи отменено: Экскурсия"),
        ("added_guests", {"event": 1, "guests": 3}, "в списке 3 новых гостя. Заседание РМО"),
        ("removed_guest", {"event": 1, **her}, "гость вычеркнут: Петрова П. П. Заседание РМО"),
        ("host_came", {"event": 1, **her}, "вошёл человек, который проводит встречу: Петрова П. П."),
        ("material_renamed", {"event": 1, **both}, "материал теперь называется «Гимназия 100»"),
        ("material_removed", {"event": 1, "title": "Памятка"}, "убран материал «Памятка». Заседание РМО"),
        ("helper_invited", {"role": "methodist"}, "новое приглашение для методиста"),
        ("handover_offered", her, "дела предложены: Петрова П. П."),
        ("handover_accepted", her, "дела приняты; прежний руководитель – Петрова П. П."),
        ("year_note", {"note": "aims"}, "слова для годового анализа: «Цели»"),
        ("broadcast", {"people": 2, "whom": "group", "title": "Новички"}, "письмо группе «Новички»: 2 людям"),
        (
            "broadcast",
            {"people": 1, "whom": "silent", "event": 1},
            "не ответил: 1 человеку. Заседание РМО",
        ),
    ]
    async with uow as rows:
        for kind, facts, _ in done:
            await rows.association(1).journal.write(kind, facts, actor.person_id, now)
            # As a version before this one wrote it: it says less, but it is told.
            if kind != "broadcast":
                await rows.association(1).journal.write(kind, {}, actor.person_id, now)
        await uow.commit()
    said = ""
    for page in range(8):
        said += (await head.presses_data(ShowJournal(event=0, page=page).pack())).plain + "\n"
    assert [words for _, _, words in done if words not in said] == []


async def test_a_talk_is_named_until_nothing_of_it_is_known(world: World) -> None:
    head, *_ = await two_coordinators(world)
    actor, uow, now = await world.actor(head), world.uow(), world.clock.now()
    draft = TalkDraft(None, "Белова О. П.", "", "Книжные новинки", TalkForm.REPORT)
    async with uow as rows:
        ours = rows.association(1)
        talk_id = await ours.talks.add(1, draft, TalkStanding.CONFIRMED, actor.person_id, now)
        for talk in (talk_id, 99):
            await ours.journal.write("talk_removed", {"event": 1, "talk": talk}, actor.person_id, now)
        await uow.commit()
    said = (await head.presses_data(ShowJournal(event=1, page=0).pack())).plain
    assert "выступление убрано из программы: «Книжные новинки»" in said
    assert said.count("выступление убрано из программы") == 2


def _kinds_in(value: ast.expr) -> Iterator[str]:
    """The kinds that an expression may stand for; «…_returned» goes with each kind of paper."""
    if isinstance(value, ast.JoinedStr):
        ends = "".join(str(one.value) for one in value.values if isinstance(one, ast.Constant))
        yield from (f"{kind}{ends}" for kind in PaperKind)
        return
    for one in ast.walk(value):
        if isinstance(one, ast.Constant):
            yield str(one.value)


def test_every_kind_has_its_words() -> None:
    kinds = set(_KINDS.values()) | UNDONE | REDONE | {"planned"}
    for path in Path(actions.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named = [one.value for one in node.keywords if one.arg == "kind"]
                writes = isinstance(node.func, ast.Attribute) and node.func.attr == "write"
                for value in [*named, *(node.args[:1] if writes else [])]:
                    kinds |= set(_kinds_in(value))
    kinds |= {"day_named", "moved"}  # naming a day says which of the two it is
    # These are named, since they are taken back by their lines.
    kinds |= {SETTING_CHANGED, TIMING_CHANGED, "group_made", *_RETURNED, *_RETURNED.values()}
    assert {"cancelled", "joined", "together"} <= kinds
    for kind in kinds:
        assert is_sentence(f"journal-{kind.replace('_', '-')}"), kind


async def test_long_words_fit_into_the_journal(world: World) -> None:
    head = await settle(world, replace(MEETING, title="Щ" * 500))
    for number in range(1, 10):
        await puts_elsewhere(head, f"{number} " + "ы" * 290)
    said = await head.presses_data(ShowJournal(event=0, page=0).pack())
    assert 4 <= said.plain.count("•") <= 8
    assert "…" in said.plain


# --- Two coordinators -------------------------------------------------------------------------------------


async def test_a_day_named_while_another_was_being_named(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    await head.presses_data("days:1")
    await head.says("24 ноября 10:00")
    await moves(other, "19 ноября 15:00")
    asked = await head.presses("Подтвердить")
    assert asked.plain == (
        "Пока вы смотрели, эту встречу изменили:\n"
        "• 2 ноября, 10:00, Петрова П. П. – перенос: четверг, 19 ноября, 15:00"
        " (было: среда, 18 ноября, 14:00–16:00)\n"
        "Если всё-таки нужно так, как у вас, подтвердите ещё раз:\n"
        "\n"
        "Заседание РМО\n"
        "🗓 Вторник, 24 ноября, 10:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Расскажу 2 людям и попрошу ответить."
    )
    assert asked.labels == ["Подтвердить", "Другой день", "Ничего не менять"]
    await head.presses("Подтвердить", of=asked)
    assert (await event_called(world, "Заседание")).period.end == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("act", "words", "sure"),
    [
        ("cancel", "карантин", "Да, отменить"),
        ("place", "Лицей № 13; вход со двора", "Да, сменить"),
        ("place", "взять: паспорт", "Да, сменить"),
        ("deadline", "13 ноября 18:00", "Да, такой срок"),
    ],
)
async def test_every_change_is_asked_about_again(world: World, act: str, words: str, sure: str) -> None:
    head, other, _ = await two_coordinators(world)
    await head.presses_data(f"change:1:{act}")
    preview = await head.says(words)
    said, labels = preview.plain, preview.labels
    await moves(other, "19 ноября 15:00")
    asked = await head.presses(sure)
    assert "Петрова П. П. – перенос: четверг, 19 ноября, 15:00" in asked.plain
    now_stands = said.replace("среда, 18 ноября, 14:00–16:00", "четверг, 19 ноября, 15:00")
    assert asked.plain.endswith(f"подтвердите ещё раз:\n\n{now_stands}")
    assert asked.labels == labels
    await head.presses(sure)
    journal = await head.presses_data(ShowJournal(event=1, page=0).pack())
    assert "Орлова Н. В." in journal.plain.splitlines()[1]


async def test_a_task_s_last_day_is_asked_about_again(world: World) -> None:
    head = await settle(world, TASK)
    other = await come_in(world, 4004, "Петрова Полина Павловна", "СОШ № 45", Role.COORDINATOR)
    for who, words in ((head, "27 ноября"), (other, "30 ноября")):
        await who.presses_data("change:1:due")
        await who.says(words)
    await other.presses("Да, такой срок")
    assert (
        "Петрова П. П. – перенос: до 30 ноября (было: до 20 ноября)"
        in (await head.presses("Да, такой срок")).plain
    )
    await head.presses("Да, такой срок")
    assert (await event_called(world, "Сбор")).period.end == date(2026, 11, 27)


async def test_a_meeting_restored_by_both(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    await head.presses_data("change:1:cancel")
    await head.presses("Без причины")
    await head.presses("Да, отменить")
    for who in (head, other):
        await who.presses_data("change:1:restore")
    await other.presses("Да, вернуть")
    assert "Это и так в плане" in (await head.presses("Да, вернуть")).plain


async def test_what_was_cancelled_meanwhile_cannot_be_moved(world: World) -> None:
    head, other, _ = await two_coordinators(world)
    await head.presses_data("days:1")
    await head.says("24 ноября 10:00")
    await other.presses_data("change:1:cancel")
    await other.says("карантин")
    await other.presses("Да, отменить")
    asked = await head.presses("Подтвердить")
    assert asked.plain == (
        "Пока вы смотрели, эту встречу изменили:\n"
        "• 2 ноября, 10:00, Петрова П. П. – отмена: карантин\n"
        "Теперь ваше изменение внести нельзя."
    )
    assert "Вернуть встречу" in (await head.presses("Ничего не менять")).labels
