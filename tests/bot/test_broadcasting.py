"""«Написать людям»: to whom, words, preview, «Отправить», once; counting up, «Остановить»."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import SendMessage

from bot.views.broadcast_keys import (
    SendToAll,
    ShowUnreached,
    StopSending,
    WriteAboutEvent,
    WriteTo,
    WriteToAll,
)
from bot.views.broadcasts import progress
from domain.broadcasts import LONGEST, Progress, Whom
from domain.records import Answer
from storage import tables
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, STICKER, WORKSHOP, come_in, come_in_maria, event_called, settle
from tests.builders import change, stored

WORDS = "Коллеги, в пятницу в 15:00 вебинар. Ссылка: <https://example.org>"


async def people(world: World) -> Person:
    """Мария and Ольга are in the list."""
    head = await settle(world, MEETING, WORKSHOP)
    await come_in_maria(world)
    await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1")
    return head


async def asked(world: World) -> Person:
    """The coordinator is asked to whom she writes."""
    head = await people(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Написать людям")
    return head


async def preview(world: World, words: str = WORDS) -> Person:
    """The coordinator has written to everybody."""
    head = await asked(world)
    await head.presses("Всем", of=head.sees)
    await head.says(words)
    return head


async def add_by_hand(world: World, head: Person) -> None:
    """Галина Ивановна is in the list, and not in Telegram."""
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Позвоните")
    await head.presses("Добавить человека")
    await head.presses("Согласие получено")
    await head.says("Сомова Галина Ивановна, СОШ № 45, 8 913 123-45-67")


async def answers(world: World, number: int, answer: Answer) -> None:
    """Somebody says whether she comes to the meeting."""
    actor, meeting = await world.actor(world.person(number)), await event_called(world, "Заседание")
    uow = world.uow()
    async with uow as rows:
        assert await rows.association(1).rsvps.take(meeting.id, actor.person_id, answer, world.clock.now())
        await uow.commit()


async def seconds_pass(world: World) -> None:
    """Since the last edit more than five seconds of real time have passed."""
    await change(
        world.app.database,
        tables.outbox,
        tables.outbox.c.kind == Message.PROGRESS,
        done_at=datetime.now(UTC) - timedelta(seconds=6),
    )
    await looks(world)


async def looks(world: World) -> None:
    """The job of every five seconds."""
    await world.app.bell.refresh_cards()
    await world.app.sender.drain()
    assert not world.telegram.faults


# --- To everybody -----------------------------------------------------------------------------------------


async def test_she_is_asked_to_whom(world: World) -> None:
    head = await asked(world)
    assert head.sees.plain.startswith("Кому написать?")
    assert head.sees.labels == ["Всем", "По ответам на встречу", "Одной школе", "Одной группе"]
    said = await head.presses("Всем", of=head.sees)
    assert said.plain == "Прочтут все, кто в списке.\nНапишите одним сообщением, что им нужно узнать."


async def test_the_words_are_shown_first(world: World) -> None:
    head = await preview(world)
    assert head.chat.shown[-2].plain == f"Сообщение от руководителя:\n{WORDS}"
    assert head.sees.plain == (
        "Так это увидят все, кто в списке. Получат 2 человека.\nХотите иначе – пришлите новые слова."
    )
    assert head.sees.labels == ["Отправить", "Отменить"]
    await world.rings()
    assert world.person(2002).sees_all == ""


async def test_everybody_else_gets_them_once(world: World) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    assert (await head.presses("Отправить")).plain == "Отправляю. Отправлено 0 из 2."
    said = await head.presses_data(send)
    assert said.plain.startswith("Этих слов у меня уже нет")
    await world.rings()
    for number in (2002, 3003):
        assert world.person(number).sees_all == f"Сообщение от руководителя:\n{WORDS}"
    assert "Сообщение от руководителя" in head.sees_all  # the preview
    assert len(await stored(world.app.database, tables.broadcasts)) == 1
    assert (await world.actor(head)).dialogue is None


async def test_two_presses_at_once_send_once(world: World) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    await world.feed(head.pressing(send, head.sees.message_id), head.pressing(send, head.sees.message_id))
    await world.rings()
    assert world.person(2002).sees_all.count("вебинар") == 1


async def test_other_words_take_their_place(world: World) -> None:
    head = await preview(world)
    first = head.data_of("Отправить")
    await head.says("Вебинар перенесли на субботу.")
    assert (await head.presses_data(first)).plain.startswith("Этих слов у меня уже нет")
    await head.presses("Отправить")
    await world.rings()
    assert world.person(2002).sees_all == "Сообщение от руководителя:\nВебинар перенесли на субботу."


async def test_the_same_words_to_others_are_not_those_of_the_preview(world: World) -> None:
    head = await preview(world)
    to_all = head.data_of("Отправить")
    await head.presses_data(WriteTo(whom=Whom.SCHOOL, about=2).pack())
    await head.says(WORDS)
    assert (await head.presses_data(to_all)).plain.startswith("Этих слов у меня уже нет")


async def test_dropped_or_left_nothing_is_sent(world: World) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    assert (await head.presses("Отменить")).plain == "Хорошо, ничего не отправляю."
    assert "Написать людям" in (await head.presses_data(send)).labels
    await head.presses("Написать людям")
    await head.presses("Всем", of=head.sees)
    await head.says(WORDS)
    await head.says("Ближайшее")
    assert "Сейчас ничего не отправлено." in (await head.presses("Отправить")).plain
    await world.rings()
    assert world.person(2002).sees_all == ""


async def test_the_longest_words_fit_one_message_and_longer_ones_are_refused(world: World) -> None:
    head = await preview(world, "Я" * LONGEST)
    assert head.chat.shown[-2].plain == f"Сообщение от руководителя:\n{'Я' * LONGEST}"
    said = await head.says("&" * (LONGEST + 21))
    assert "в одно сообщение помещается 3 500 знаков, лишний – 21" in said.plain
    assert (await head.says("&" * LONGEST)).labels == ["Отправить", "Отменить"]
    await head.presses("Отправить")
    await world.rings()
    assert world.person(2002).sees_all == f"Сообщение от руководителя:\n{'&' * LONGEST}"


async def test_nobody_to_write_to(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    await head.presses("Написать людям")
    said = await head.presses("Всем", of=head.sees)
    assert said.plain.startswith("Писать пока некому: все, кто в списке – в Telegram там больше никого нет.")
    assert said.labels == ["Написать людям"]


async def test_a_day_in_the_words_names_none(world: World) -> None:
    head = await preview(world, "18 ноября 14:00")
    assert "Так это увидят" in head.sees.plain


async def test_a_sticker_is_no_message_for_all(world: World) -> None:
    head = await asked(world)
    await head.presses("Всем", of=head.sees)
    assert "только слова" in (await head.sends_other(**STICKER)).plain
    assert (await world.actor(head)).dialogue is not None


# --- To some ----------------------------------------------------------------------------------------------


async def test_to_those_who_come(world: World) -> None:
    head = await asked(world)
    await answers(world, 2002, Answer.GOING)
    which = await head.presses("По ответам на встречу")
    assert which.labels == ["18 ноября · Заседание РМО", "Другим людям"]
    said = await head.presses("Заседание РМО", of=which)
    assert said.plain == "Заседание РМО (среда, 18 ноября, 14:00–16:00)\nКому написать?"
    assert said.labels == ["Тем, кто придёт – 1", "Тем, кто молчит – 1", "Другим людям"]
    said = await head.presses("Тем, кто придёт")
    assert said.plain.startswith("Прочтут те, кто придёт: Заседание РМО (среда, 18 ноября, 14:00–16:00).")
    assert "Получит 1 человек." in (await head.says("Возьмите паспорт.")).plain
    await head.presses("Отправить")
    await world.rings()
    assert "Возьмите паспорт." in world.person(2002).sees_all
    assert world.person(3003).sees_all == ""


async def test_to_those_who_are_silent_from_the_list_of_who_comes(world: World) -> None:
    head = await people(world)
    await answers(world, 2002, Answer.UNDECIDED)
    await head.says("Руководителю")
    await head.presses("Кто придёт")
    await head.presses("Заседание РМО", of=head.sees)
    await head.presses("Ещё", of=head.sees)
    await head.presses("Написать людям", of=head.sees)
    await head.presses("Тем, кто молчит – 1")
    await head.says("Очень ждём вашего ответа.")
    await head.presses("Отправить")
    await world.rings()
    assert world.person(2002).sees_all == ""
    assert "Очень ждём" in world.person(3003).sees_all


async def test_to_one_school(world: World) -> None:
    head = await asked(world)
    said = await head.presses("Одной школе")
    assert set(said.labels) == {"Лицей № 12", "СОШ № 45", "СОШ № 1", "Другим людям"}
    said = await head.presses("СОШ № 45", of=said)
    assert said.plain.startswith("Прочтут те, кто работает здесь: СОШ № 45.")
    await head.says(WORDS)
    await head.presses("Отправить")
    await world.rings()
    assert "вебинар" in world.person(2002).sees_all
    assert world.person(3003).sees_all == ""


async def test_to_one_group(world: World) -> None:
    head = await asked(world)
    said = await head.presses("Одной группе")
    assert said.plain == "Групп пока нет. Завести их можно так: «Руководителю», «Люди», «Группы»."
    uow = UnitOfWork(world.app.database)
    async with uow as rows:
        groups = rows.association(1).groups
        group_id = await groups.add("Новички")
        assert group_id is not None
        maria = await rows.people.actor(2002)
        assert maria is not None
        await groups.put(maria.person_id, [group_id])
        await uow.commit()
    await head.presses("Другим людям", of=said)
    said = await head.presses("Новички", of=await head.presses("Одной группе"))
    assert said.plain.startswith("Прочтут те, кто в группе «Новички».")
    await head.says(WORDS)
    await head.presses("Отправить")
    await world.rings()
    assert "вебинар" in world.person(2002).sees_all
    assert world.person(3003).sees_all == ""


async def test_many_schools_have_pages(world: World) -> None:
    head = await asked(world)
    for number in range(100, 112):
        await come_in(world, 5000 + number, "Белова Анна Петровна", f"Школа № {number}")
    first = await head.presses("Одной школе")
    assert len(first.labels) == 12
    assert "Дальше ▶" in first.labels
    second = await head.presses("Дальше ▶")
    assert "◀ Раньше" in second.labels
    assert len(second.labels) == 7


async def test_who_has_answered_meanwhile_is_not_among_the_silent(world: World) -> None:
    head = await people(world)
    meeting = await event_called(world, "Заседание")
    await head.presses_data(WriteTo(whom=Whom.SILENT, about=meeting.id).pack())
    assert "Получат 2 человека" in (await head.says("Ждём ответа.")).plain
    await answers(world, 2002, Answer.GOING)
    assert "из 1." in (await head.presses("Отправить")).plain
    await world.rings()
    assert world.person(2002).sees_all == ""


async def test_of_an_event_without_a_day_nobody_can_be_meant(world: World) -> None:
    head = await people(world)
    unnamed = await event_called(world, "Мастер-класс")
    for data in (WriteAboutEvent(event=unnamed.id), WriteTo(whom=Whom.SILENT, about=unnamed.id)):
        assert (await head.presses_data(data.pack())).plain.startswith("День ещё не назван")
    assert (await world.actor(head)).dialogue is None


@pytest.mark.parametrize("whom", [Whom.COMING, Whom.SCHOOL])
async def test_what_is_gone_is_explained(world: World, whom: Whom) -> None:
    head = await people(world)
    said = await head.presses_data(WriteTo(whom=whom, about=99).pack())
    assert "больше нет" in said.plain


# --- Counting up ------------------------------------------------------------------------------------------


async def test_one_message_counts_up(world: World) -> None:
    head = await preview(world)
    await head.presses("Отправить")
    going = head.sees
    assert going.labels == ["Остановить"]
    await world.rings()
    await looks(world)
    assert going.plain == "Отправляю. Отправлено 0 из 2."  # not twice within five seconds
    before = len(head.chat.shown)
    await seconds_pass(world)
    assert going.plain == "✅ Отправлено 2 из 2."
    assert going.labels == []
    assert len(head.chat.shown) == before
    requests = len(world.telegram.requests)
    await seconds_pass(world)
    assert len(world.telegram.requests) == requests  # it has said its last


async def test_stopped_before_anybody_has_it(world: World) -> None:
    head = await preview(world)
    await head.presses("Отправить")
    said = await head.presses("Остановить")
    assert said.plain == "Остановлено. Никто ничего не получил."
    await world.rings()
    assert world.person(2002).sees_all == ""
    again = await head.presses_data(StopSending(broadcast=1).pack())
    assert again.plain == said.plain
    kinds = [one.kind for one in await stored(world.app.database, tables.journal)]
    assert kinds.count("broadcast_stopped") == 1


def test_stopped_while_the_last_are_on_their_way() -> None:
    """How many have it is not known till Telegram has said so of each: «nobody» would be made up."""
    shown = progress(Progress(broadcast_id=1, total=12, sent=0, left=8, stopped=True))
    assert str(shown.text) == (
        "<b>Останавливаю.</b> Последние сообщения уже в пути: через несколько секунд здесь будет, "
        "сколько человек из 12 их получили."
    )
    assert shown.keyboard is None


async def test_stopped_when_all_is_sent_it_says_so(world: World) -> None:
    head = await preview(world)
    await head.presses("Отправить")
    await world.rings()
    assert (await head.presses("Остановить")).plain == "✅ Отправлено 2 из 2."


async def test_those_without_telegram_are_counted_and_named(world: World) -> None:
    head = await people(world)
    await add_by_hand(world, head)
    await head.presses_data(WriteTo(whom=Whom.ALL, about=0).pack())
    assert (await head.says(WORDS)).plain == (
        "Так это увидят все, кто в списке. Получат 2 человека.\n"
        "Ещё до 1 человека сообщения не доходят: туда лучше позвонить.\n"
        "Хотите иначе – пришлите новые слова."
    )
    assert (await head.presses("Отправить")).labels == ["Остановить", "Позвоните"]
    said = await head.presses("Позвоните")
    assert said.plain == (
        "Позвоните: до 1 человека сообщение не дойдёт.\n1. Сомова Галина Ивановна, СОШ № 45, +7 913 123-45-67"
    )


async def test_only_people_without_telegram(world: World) -> None:
    head = await settle(world)
    await add_by_hand(world, head)
    said = await head.presses_data(WriteTo(whom=Whom.ALL, about=0).pack())
    assert said.plain.endswith(
        "До 1 человека сообщения не доходят: телефоны – «Руководителю», «Ещё», «Позвоните»."
    )


async def test_who_blocked_the_bot_is_to_be_called(world: World) -> None:
    head = await preview(world)
    await head.presses("Отправить")
    request = SendMessage(chat_id=1, text="…")
    world.telegram.failures.append(TelegramForbiddenError(method=request, message="bot was blocked"))
    await world.rings()
    await seconds_pass(world)
    assert (
        head.sees.plain
        == "✅ Отправлено 1 из 2.\nДо 1 человека не дошло: бот заблокирован или подвела связь."
    )
    said = await head.presses("Позвоните")
    assert said.plain.startswith("Позвоните: до 1 человека сообщение не дойдёт.\n1. ")


async def test_a_restart_forgets_nothing(
    sqlite_url: str, world: World, make_world: Callable[[str], Awaitable[World]]
) -> None:
    head = await preview(world)
    send = head.data_of("Отправить")
    world = await make_world(sqlite_url)
    assert (await world.head.presses_data(send)).plain == "Отправляю. Отправлено 0 из 2."
    stop = world.head.data_of("Остановить")
    world = await make_world(sqlite_url)
    await world.rings()
    assert "вебинар" in world.person(2002).sees_all
    await seconds_pass(world)
    assert world.telegram.requests[-1].model_dump()["text"].startswith("✅ <b>Отправлено 2 из 2.")
    assert (await world.head.presses_data(stop)).plain == "✅ Отправлено 2 из 2."


async def test_a_member_cannot_send(world: World) -> None:
    head = await preview(world)
    maria = world.person(2002)
    made_up = (
        WriteToAll(act="write"),
        WriteTo(whom=Whom.ALL, about=0),
        WriteTo(whom=Whom.COMING, about=1),
        ShowUnreached(broadcast=1),
    )
    for data in made_up:
        assert "только руководитель" in (await maria.presses_data(data.pack())).plain
    for sends in (head.data_of("Отправить"), SendToAll(mark="0" * 16).pack()):
        assert "Сейчас ничего не отправлено." in (await maria.presses_data(sends)).plain
    assert await stored(world.app.database, tables.broadcasts) == []


async def test_another_s_words_are_not_there_to_be_stopped(world: World) -> None:
    head = await people(world)
    for data in (StopSending(broadcast=7), ShowUnreached(broadcast=7)):
        assert (await head.presses_data(data.pack())).plain == "Этого сообщения у меня больше нет."
