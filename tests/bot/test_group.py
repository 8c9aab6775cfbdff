"""The group chat: linking it, cards with counts and no names, answers from under a card, moving house."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage

from actions.acting import acting_person, wait_for
from actions.admitting import set_door
from actions.associations import add_association, find_association
from bot.views import keyboards
from bot.views.group import LinkGroup, ShowGroup
from bot.views.keyboards import GiveAnswer, OwnData, ShowDesk, ShowEvent
from domain.records import Answer, GroupChat
from domain.roles import Role
from storage import tables
from storage.outbox import Message, State
from tests.bot.conftest import Group, Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    TASK,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    join_head,
    settle,
)
from tests.bot.test_reminders import WEEK_BEFORE, rings_at
from tests.builders import an_event, change, stored

TOPIC = 77
TALK = (
    "Ближайшее",
    "Приду",
    "Спасибо, Звонок!",
    "Что дальше делать с фондом?",
    "Не знаю, что дальше",
    "Девочки, когда встречаемся на чай?",
    "@petrova, вы придёте?",
    "А что у нас с подпиской? И что дальше? Сил уже нет, каждый год одно и то же с этими журналами.",
)
WHO_LINKS = "Связать чат может только руководитель объединения."


async def a_group(world: World, chat_id: int = -1001) -> Group:
    """A group into which the coordinator let the bot, and which she linked."""
    group = world.group(chat_id)
    await group.lets_in(world.head)
    await group.presses(world.head, "Связать с объединением")
    return group


async def a_card(world: World) -> tuple[Group, Person]:
    """A linked group with the card of the meeting on 18 November, a week before it; Мария is a member."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    group = await a_group(world)
    await world.rings()
    await rings_at(world, WEEK_BEFORE)
    return group, maria


async def group_of(world: World, association: int = 1) -> GroupChat | None:
    async with world.stored() as rows:
        return await rows.group_chats.of(association)


async def seconds_pass(world: World) -> None:
    """Since the last edit more than five seconds of real time have passed; cards are looked at."""
    long_ago = datetime.now(UTC) - timedelta(seconds=6)
    cards = tables.outbox.c.kind == Message.CARD
    await change(
        world.app.database, tables.outbox, cards & (tables.outbox.c.state == State.SENT), done_at=long_ago
    )
    await looks(world)


async def looks(world: World) -> None:
    """The job of every five seconds."""
    await world.app.bell.refresh_cards()
    await world.app.sender.drain()
    assert not world.telegram.faults


def written_to(world: World, chat_id: int) -> list[SendMessage | EditMessageText]:
    """What went to a chat, message by message and edit by edit."""
    return [
        one
        for one in world.telegram.requests
        if isinstance(one, SendMessage | EditMessageText) and one.chat_id == chat_id
    ]


# --- Linking ----------------------------------------------------------------------------------------------


async def test_added_to_a_group_it_says_what_it_can_do_there(world: World) -> None:
    await settle(world)
    group = world.group()
    await group.lets_in(world.head)
    [hello] = group.shown
    assert hello.plain == (
        "Я – Звонок. Могу показывать здесь встречи объединения: когда, где и сколько человек придёт. "
        "Ответить можно прямо под карточкой, имён никто не увидит.\n"
        "Включить это может руководитель – кнопкой ниже."
    )
    assert hello.labels == ["Связать с объединением"]


async def test_the_coordinator_links_it(world: World) -> None:
    await settle(world)
    group = await a_group(world)
    assert group.sees.plain == (
        "Готово, этот чат связан с объединением: РМО Заречного района.\n"
        "Перед каждой встречей здесь появится карточка; ближайшую покажу и по команде /next. "
        "Что вы пишете друг другу, я не читаю."
    )
    assert len(group.shown) == 1
    found = await group_of(world)
    assert found is not None
    assert (found.telegram_id, found.topic_id, found.title) == (-1001, None, "Библиотекари района")


async def test_others_are_told_who_can_link_it(world: World) -> None:
    await settle(world)
    maria = await come_in_maria(world)
    group = world.group()
    await group.lets_in(maria)
    before = group.sees.plain
    for who in (maria, world.person(4004)):
        await group.presses(who, "Связать")
        assert world.telegram.alerts.pop().startswith(WHO_LINKS)
        assert who.sees_all == ""
    assert await group_of(world) is None
    assert [shown.plain for shown in group.shown] == [before]


async def test_a_topic_is_linked_where_it_is_asked(world: World) -> None:
    await settle(world, MEETING)
    group = world.group()
    await group.lets_in(world.head)
    await group.hears(world.head, TOPIC, text="/start@zvonok_test_bot")
    assert group.sees.topic == TOPIC
    await group.presses(world.head, "Связать")
    found = await group_of(world)
    assert found is not None
    assert found.topic_id == TOPIC
    await world.rings()
    await rings_at(world, WEEK_BEFORE)
    assert "Заседание РМО" in group.sees.plain
    assert group.sees.topic == TOPIC


async def test_a_reply_in_a_group_without_topics_is_no_topic(world: World) -> None:
    """Telegram gives a thread's number to replies as well."""
    await settle(world)
    group = world.group()
    await group.hears(world.head, text="/start", message_thread_id=5)
    assert group.sees.topic is None


async def test_a_coordinator_of_several_links_her_present_one(world: World) -> None:
    await settle(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    await come_in(world, world.head.id, "Орлова Наталья Викторовна", "Лицей № 12", Role.COORDINATOR, other)
    group = await a_group(world)
    assert "ГМО Заозёрска" in group.sees.plain
    assert await group_of(world) is None
    assert await group_of(world, other) is not None


async def test_two_associations_share_a_chat_and_part_one_by_one(world: World) -> None:
    await settle(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", Role.COORDINATOR, other)
    group = await a_group(world)
    await group.hears(spy, text="/start")
    await group.presses(spy, "Связать")
    assert [await group_of(world, one) is not None for one in (1, other)] == [True, True]
    await spy.presses_data(ShowGroup(act="unlink").pack())
    assert [await group_of(world, one) is not None for one in (1, other)] == [True, False]


async def test_another_chat_takes_the_place_of_the_first(world: World) -> None:
    await settle(world)
    await a_group(world)
    second = await a_group(world, -1002)
    found = await group_of(world)
    assert found is not None
    assert found.telegram_id == second.id


async def test_a_promotion_in_the_group_is_no_reason_to_speak(world: World) -> None:
    await settle(world)
    group = world.group()
    await world.head.blocks(status="member", chat={"id": group.id, "type": "group", "title": "Чат"})
    assert group.shown == []


async def test_a_press_on_a_message_that_is_too_old_to_link(world: World) -> None:
    await settle(world)
    group = world.group()
    press = world.head.pressing(LinkGroup().pack())
    press["callback_query"]["message"] = {
        "chat": {"id": group.id, "type": "supergroup", "title": "Чат"},
        "message_id": 1,
        "date": 0,
    }
    await world.feed(press)
    assert world.telegram.alerts == ["Эта кнопка устарела. Напишите в этом чате /start – появится новая."]
    assert await group_of(world) is None


async def test_the_desk_says_how_to_link_and_lets_go(world: World) -> None:
    head = await settle(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    said = await head.presses("Чат объединения")
    assert said.plain == (
        "Чат объединения\n"
        "Могу показывать встречи в общем чате: когда, где, сколько придёт – без имён. "
        "Ответить можно прямо под карточкой.\n"
        "Как связать:\n"
        "1. Добавьте @zvonok_test_bot в чат, как добавляют участника.\n"
        "2. Нажмите в чате «Связать с объединением».\n"
        "Если я там уже есть или в чате несколько тем, напишите в нужном месте /start@zvonok_test_bot – "
        "появится та же кнопка."
    )
    assert said.labels == []
    await a_group(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    said = await head.presses("Чат объединения")
    assert "в чате «Библиотекари района». Имён там нет" in said.plain
    unlink = head.data_of("Отвязать")
    said = await head.presses("Отвязать")
    assert said.plain.startswith("Чат «Библиотекари района» отвязан, новых карточек там не будет.")
    assert await group_of(world) is None
    assert (await head.presses_data(unlink)).plain.startswith("Чат объединения\nМогу показывать")


async def test_thrown_out_it_lets_the_chat_go_and_tells_the_coordinator(world: World) -> None:
    head = await settle(world)
    maria = await come_in_maria(world)
    group = await a_group(world)
    await group.throws_out(maria)
    assert await group_of(world) is None
    await world.rings()
    assert head.sees.plain.startswith("Меня убрали из чата объединения: карточек встреч там больше не будет.")
    assert maria.sees_all == ""
    assert not (await world.actor(maria)).unreachable


async def test_thrown_out_of_a_chat_that_is_not_linked_it_says_nothing(world: World) -> None:
    head = await settle(world)
    await world.group().throws_out(head)
    await world.rings()
    assert head.sees_all == ""


@pytest.mark.parametrize("where", ["in the old group", "in the new one"])
async def test_a_group_that_becomes_a_supergroup_is_followed(world: World, where: str) -> None:
    group, maria = await a_card(world)
    new = world.group(-100500)
    if where == "in the old group":
        await group.hears(maria, migrate_to_chat_id=new.id)
    else:
        await new.hears(maria, migrate_from_chat_id=group.id)
    found = await group_of(world)
    assert found is not None
    assert found.telegram_id == new.id
    # What was written before cannot be edited there: the card comes anew.
    await new.presses_data(maria, group.sees.buttons[0].callback_data or "")
    await seconds_pass(world)
    assert "Придёт 1." in new.sees.plain


async def test_what_people_say_to_each_other_is_neither_answered_nor_stored(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    group = await a_group(world)
    wrote = len(group.shown)
    received = len(await stored(world.app.database, tables.inbox))
    for words in TALK:
        await group.hears(maria, text=words)
    await group.hears(maria, new_chat_title="Новое имя")
    assert len(await stored(world.app.database, tables.inbox)) == received
    await group.hears(maria, text="/plan@zvonok_test_bot")
    assert len(group.shown) == wrote
    assert maria.sees_all == ""


# --- The card ---------------------------------------------------------------------------------------------


async def test_the_first_reminder_puts_a_card_into_the_chat(world: World) -> None:
    group, maria = await a_card(world)
    assert group.sees.plain == (
        "Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Проводит: Белова М. И.\n"
        "Ответов пока нет.\n"
        "Ответьте кнопкой: здесь появится только число."
    )
    assert group.sees.labels == ["Приду", "Не смогу", "Пока не знаю"]
    assert "Мария" not in group.sees.plain
    assert "🔔" in maria.sees.plain
    for moment in (datetime(2026, 11, 17, 11, 0, tzinfo=UTC), datetime(2026, 11, 18, 5, 0, tzinfo=UTC)):
        await rings_at(world, moment)
    assert sum("Заседание" in shown.plain for shown in group.shown) == 1


async def test_a_month_without_a_day_asks_nothing(world: World) -> None:
    await settle(world, LAW)
    group = await a_group(world)
    head = world.head
    await world.rings()
    assert "Ноябрь 2026 г., день пока не назван" in group.sees.plain
    assert group.sees.plain.endswith("Отвечать пока не нужно: назовут день – спрошу.")
    assert group.sees.labels == []
    await head.says("Руководителю")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    await seconds_pass(world)
    assert "Среда, 25 ноября, 14:00" in group.sees.plain
    assert "Приду" in group.sees.labels


async def test_a_task_is_no_matter_for_the_group(world: World) -> None:
    await settle(world, TASK)
    group = await a_group(world)
    task = await event_called(world, "Сбор")
    uow = world.uow()
    async with uow as rows:
        await rows.group_chats.show(1, task.id, world.clock.now())
        await uow.commit()
    await world.rings()
    assert len(group.shown) == 1
    [card] = await stored(world.app.database, tables.outbox, tables.outbox.c.kind == Message.CARD)
    assert card.state == State.OBSOLETE


async def test_an_answer_from_under_the_card_is_hers_alone(world: World) -> None:
    group, maria = await a_card(world)
    before = group.sees.plain
    seen = maria.sees_all
    await group.presses(maria, "Приду")
    assert world.telegram.toasts[-1] == "Записано: вы придёте. Спасибо!"
    assert group.sees.plain == before
    assert maria.sees_all == seen
    assert "Вы ответили" not in group.sees.plain
    assert "Ваш ответ: приду." in (await maria.says("Ближайшее")).plain


async def test_the_card_follows_the_answers(world: World) -> None:
    group, maria = await a_card(world)
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    await group.presses(maria, "Приду")
    await group.presses(olga, "Не смогу")
    await group.presses(world.head, "Пока не знаю")
    await seconds_pass(world)
    assert "Придёт 1, не сможет 1, пока не знает 1." in group.sees.plain
    assert len(group.shown) == 2  # the offer, and one card
    await group.presses(maria, "Не смогу")
    await seconds_pass(world)
    assert "Не смогут 2, пока не знает 1." in group.sees.plain


async def test_at_most_one_edit_in_five_seconds(world: World) -> None:
    group, maria = await a_card(world)
    written = len(written_to(world, group.id))
    await group.presses(maria, "Приду")
    await looks(world)  # it was sent just now
    assert len(written_to(world, group.id)) == written
    await seconds_pass(world)
    assert len(written_to(world, group.id)) == written + 1
    for label in ("Не смогу", "Пока не знаю", "Не смогу"):
        await group.presses(maria, label)
        await looks(world)
    assert len(written_to(world, group.id)) == written + 1
    await seconds_pass(world)
    assert len(written_to(world, group.id)) == written + 2
    assert "Не сможет 1." in group.sees.plain


async def test_nothing_new_is_no_edit(world: World) -> None:
    group, maria = await a_card(world)
    await group.presses(maria, "Приду")
    await seconds_pass(world)
    written = len(written_to(world, group.id))
    await group.presses(maria, "Приду")
    await seconds_pass(world)
    assert len(written_to(world, group.id)) == written


async def test_a_cancelled_event_says_so_on_the_card(world: World) -> None:
    group, maria = await a_card(world)
    going = group.sees.buttons[0].callback_data or ""
    await call_off(world, "Заседание")
    await seconds_pass(world)
    assert "Отменено. Приезжать не нужно." in group.sees.plain
    assert group.sees.labels == []
    await group.presses_data(maria, going)
    assert world.telegram.alerts == ["Эта встреча отменена: приезжать не нужно."]
    assert "отменена" not in maria.sees.plain


async def test_a_moved_event_says_so_on_the_card(world: World) -> None:
    group, maria = await a_card(world)
    await group.presses(maria, "Приду")
    head = world.head
    await head.says("Ближайшее")
    await head.presses("Перенести")
    await head.presses("25 ср")
    await head.presses("Подтвердить")
    await seconds_pass(world)
    assert "Среда, 25 ноября" in group.sees.plain
    assert "Ответов пока нет." in group.sees.plain  # those were for another day


async def test_once_it_has_begun_and_is_over_the_card_asks_no_more(world: World) -> None:
    group, _ = await a_card(world)
    world.clock.moment = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # 14:30 there
    await seconds_pass(world)
    assert "Ответы больше не принимаю: встреча началась." in group.sees.plain
    assert group.sees.labels == []
    world.clock.moment = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    await seconds_pass(world)
    assert "Уже прошло." in group.sees.plain


async def test_a_card_that_was_taken_away_stays_away(world: World) -> None:
    group, maria = await a_card(world)
    going = group.sees.buttons[0].callback_data or ""
    group.shown.clear()
    await group.presses_data(maria, going)
    await seconds_pass(world)
    await seconds_pass(world)
    assert group.shown == []
    [card] = await stored(world.app.database, tables.outbox, tables.outbox.c.kind == Message.CARD)
    assert card.state == State.GONE


async def test_an_edit_that_changes_nothing_counts_as_made(world: World) -> None:
    group, maria = await a_card(world)
    await group.presses(maria, "Приду")
    long_ago = datetime.now(UTC) - timedelta(seconds=6)
    cards = tables.outbox.c.kind == Message.CARD
    await change(world.app.database, tables.outbox, cards, done_at=long_ago)
    world.telegram.failures.append(
        TelegramBadRequest(SendMessage(chat_id=1, text="…"), "Bad Request: message is not modified")
    )
    await looks(world)
    [card] = await stored(world.app.database, tables.outbox, cards)
    assert (card.state, card.shown) == (State.SENT, "1 1 0 0 0 0")


# --- Presses from a group ---------------------------------------------------------------------------------


async def way_in(world: World, press: tuple[int, str], association: int = 1) -> str:
    """The link that lets into an association and asks for an answer to an event."""
    async with world.stored() as rows:
        invitation = await rows.associations.standing_invitation(association)
    assert invitation is not None
    event, answer = press
    return f"https://t.me/zvonok_test_bot?start={invitation.code}-{event}-{answer}"


async def test_who_is_not_in_the_list_joins_in_one_tap_and_is_asked_what_she_pressed(world: World) -> None:
    group, _ = await a_card(world)
    meeting = await event_called(world, "Заседание")
    anna = world.person(4004)
    await group.presses(anna, "Не смогу")
    [link] = world.telegram.links
    assert link == await way_in(world, (meeting.id, "declined"))
    assert (anna.sees_all, world.telegram.alerts) == ("", [])
    assert "Соглас" in (await anna.opens(link)).labels[0]
    assert await acting_person(world.uow(), anna.id) is None  # nothing is stored before she agrees
    await anna.presses("Соглас")
    await anna.says("Смирнова Анна Павловна")
    asked = await anna.says("Гимназия № 21")
    welcome = anna.chat.shown[-2]
    assert welcome.plain.startswith("Анна Павловна, вы в списке")
    assert asked.plain.startswith("Заседание РМО\n🗓 Среда, 18 ноября, 14:00–16:00")
    assert asked.plain.endswith("В чате вы нажали «Не смогу». Так и запишу?")
    assert asked.labels == ["Да, верно", "Нет, я о другом"]
    await anna.presses("Да, верно")
    await seconds_pass(world)
    assert "Не сможет 1." in group.sees.plain


async def test_a_school_that_is_not_among_those_offered_does_not_lose_the_answer(world: World) -> None:
    group, _ = await a_card(world)
    anna = world.person(4004)
    await group.presses(anna, "Приду")
    await anna.opens(world.telegram.links[-1])
    await anna.presses("Соглас")
    await anna.says("Смирнова Анна Павловна")
    await anna.presses("Другая")
    assert "нажали «Приду»" in (await anna.says("Гимназия № 21")).plain


async def test_a_school_by_its_button_leads_to_the_answer_too(world: World) -> None:
    group, _ = await a_card(world)
    anna = world.person(4004)
    await group.presses(anna, "Приду")
    await anna.opens(world.telegram.links[-1])
    await anna.presses("Соглас")
    await anna.says("Смирнова Анна Павловна")
    assert "нажали «Приду»" in (await anna.presses("СОШ № 45")).plain
    assert (await anna.presses("Нет, я о другом")).plain == "Хорошо, ничего не меняю."


async def test_who_is_still_joining_goes_on_and_is_asked_the_answer(world: World) -> None:
    group, _ = await a_card(world)
    joining = world.person(5005)
    async with world.stored() as rows:
        invitation = await rows.associations.standing_invitation(1)
    assert invitation is not None
    await joining.says(f"/start {invitation.code}")
    asked = await joining.presses("Соглас")
    await group.presses(joining, "Приду")
    assert joining.sees == asked
    again = await joining.opens(world.telegram.links[-1])
    assert "фамилию" in again.plain
    await joining.says("Смирнова Анна Павловна")
    assert "нажали «Приду»" in (await joining.says("Гимназия № 21")).plain


async def test_a_press_amid_joining_keeps_what_was_said_so_far(world: World) -> None:
    """Whatever the open question holds besides stays with it."""
    group, _ = await a_card(world)
    anna = world.person(4004)
    await group.presses(anna, "Не смогу")
    await anna.opens(world.telegram.links[-1])
    await anna.presses("Соглас")
    actor = await world.actor(anna)
    assert actor.dialogue is not None
    await wait_for(world.uow(), actor, actor.dialogue.step, **actor.dialogue.facts, other=5)
    await group.presses(anna, "Приду")
    await anna.opens(world.telegram.links[-1])
    dialogue = (await world.actor(anna)).dialogue
    assert dialogue is not None
    assert (dialogue.facts["answer"], dialogue.facts["other"]) == ("going", 5)


async def test_a_door_by_request_stays_one(world: World) -> None:
    group, _ = await a_card(world)
    await set_door(world.uow(), await world.actor(world.head), by_request=True, now=world.clock.now())
    anna = world.person(4004)
    await group.presses(anna, "Приду")
    await anna.opens(world.telegram.links[-1])
    await anna.presses("Соглас")
    await anna.says("Смирнова Анна Павловна")
    said = await anna.says("Гимназия № 21")
    assert "Заседание" not in said.plain
    assert (await world.actor(anna)).role is Role.WAITING
    await group.presses(anna, "Приду")
    assert world.telegram.alerts[-1].startswith("Заявка у руководителя.")


async def test_who_is_in_already_and_opens_the_link_sees_the_card(world: World) -> None:
    _, maria = await a_card(world)
    meeting = await event_called(world, "Заседание")
    await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 45")
    link = await way_in(world, (meeting.id, "undecided"))
    said = await maria.opens(link)
    assert said.plain.endswith("нажали «Пока не знаю». Так и запишу?")
    await maria.presses("Да, верно")
    said = await maria.opens(link)  # it is known by now
    assert said.plain.endswith("Ваш ответ: пока не знаю.")
    world.clock.moment = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)
    assert "Ответы больше не принимаю" in (await maria.opens(link)).plain
    assert "вы уже в списке" in (await maria.opens(await way_in(world, (999, "going")))).plain


async def test_who_left_comes_back_by_the_same_tap(world: World) -> None:
    group, maria = await a_card(world)
    await maria.presses_data(OwnData(act="withdraw_sure").pack())
    await group.presses(maria, "Приду")
    await maria.opens(world.telegram.links[-1])
    await maria.presses("Соглас")
    assert "нажали «Приду»" in maria.sees_all or (await world.actor(maria)).role is Role.JOINING


async def test_a_member_of_another_association_is_let_into_this_one(world: World) -> None:
    group, _ = await a_card(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Novosibirsk", world.clock.now())
    olga = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1", association=other)
    meeting = await event_called(world, "Заседание")
    await group.presses(olga, "Приду")
    assert world.telegram.links == [await way_in(world, (meeting.id, "going"))]


async def test_a_card_in_a_chat_that_is_linked_no_more_lets_nobody_in(world: World) -> None:
    group, _ = await a_card(world)
    stranger = world.person(4004)
    await world.head.presses_data(ShowGroup(act="unlink").pack())
    await group.presses(stranger, "Приду")
    [said] = world.telegram.alerts
    assert said == (
        "Ответы беру у тех, кто в списке объединения, а вас там пока нет. "
        "Нажмите на моё имя над карточкой и напишите мне – подскажу, как войти."
    )
    assert world.telegram.links == []


@pytest.mark.parametrize("data", ["rsvp:999:going:-1", "rsvp:1:waitlisted:-1", "rsvp:x:going:0"])
async def test_a_made_up_press_gives_no_invitation(world: World, data: str) -> None:
    """Neither does one on an event of an association that this chat is not linked with."""
    group, _ = await a_card(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Novosibirsk", world.clock.now())
    strange = await an_event(world.app.database, await find_association(world.uow(), other))
    for one in (data, GiveAnswer(event=strange.id, answer=Answer.GOING, place=-1).pack()):
        await group.presses_data(world.person(4004), one)
    assert world.telegram.links == []
    assert len(world.telegram.alerts) == 2


async def test_a_member_elsewhere_who_acts_there_answers_here(world: World) -> None:
    group, maria = await a_card(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Novosibirsk", world.clock.now())
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=other)
    await group.presses(maria, "Приду")
    assert world.telegram.toasts[-1] == "Записано: вы придёте. Спасибо!"


async def test_a_press_in_the_group_leaves_what_she_is_being_asked_alone(world: World) -> None:
    group, maria = await a_card(world)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    await group.presses(maria, "Приду")
    assert "Передано руководителю" in (await maria.says("Где парковка?")).plain


async def test_one_who_blocked_the_bot_can_answer_and_stays_unreachable(world: World) -> None:
    group, maria = await a_card(world)
    await maria.blocks()
    await group.presses(maria, "Приду")
    assert (await world.actor(maria)).unreachable
    assert world.telegram.toasts[-1].startswith("Записано")


PRIVATE = [
    ShowDesk(screen="days"),
    ShowDesk(screen="more"),
    ShowEvent(event=1),
    OwnData(act="show"),
    OwnData(act="erase_sure"),
    ShowGroup(act="unlink"),
    keyboards.ShowAttendees(event=1, page=0),
    keyboards.ShowNext(offset=0),
]


@pytest.mark.parametrize("data", [one.pack() for one in PRIVATE] + ["old:1", "", "rsvp:9:going:0"])
async def test_nothing_personal_is_ever_written_into_a_group(world: World, data: str) -> None:
    """A made-up press can carry any button's data."""
    group, maria = await a_card(world)
    card = group.sees
    before, wrote = card.plain, len(written_to(world, group.id))
    for who in (world.head, maria, world.person(4004)):
        seen = who.sees_all
        alerts = len(world.telegram.alerts)
        await group.presses_data(who, data, card)
        assert len(world.telegram.alerts) == alerts + 1
        assert who.sees_all == seen
    assert len(written_to(world, group.id)) == wrote
    assert card.plain == before
    assert await group_of(world) is not None


async def test_the_same_answer_in_private_still_shows_her_card(world: World) -> None:
    _, maria = await a_card(world)
    meeting = await event_called(world, "Заседание")
    said = await maria.presses_data(GiveAnswer(event=meeting.id, answer=Answer.GOING, place=-1).pack())
    assert "Ваш ответ: приду." in said.plain


async def test_setting_up_ends_with_the_way_to_the_chat(world: World) -> None:
    """From the very first start on."""
    head = await join_head(world)
    await head.says("Руководителю")
    await head.presses("Ещё")
    assert "Чат объединения" in head.sees.labels
