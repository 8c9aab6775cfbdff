"""«Что дальше?» in the group; and a group that does not take what is brought to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.methods import EditMessageText, SendMessage

from actions.associations import add_association
from domain.records import GroupChat
from domain.roles import Role
from scheduler.pace import Pace
from storage import tables
from storage.outbox import Message, State
from tests.bot.conftest import Group, Person, World
from tests.bot.people import LAW, MEETING, TASK, WORKSHOP, call_off, come_in, come_in_maria, settle
from tests.bot.test_group import a_card, a_group, group_of, seconds_pass
from tests.bot.test_reminders import WEEK_BEFORE, rings_at
from tests.builders import change, stored

TOPIC, ELSEWHERE = 77, 88
METHOD = SendMessage(chat_id=-1001, text="…")
NO_RIGHTS = "Bad Request: not enough rights to send text messages to the chat"
NO_TOPIC = "Bad Request: message thread not found"
SILENCED = "В чате объединения мне больше не дают писать"


async def asks(world: World, group: Group, who: Person, text: str = "Что дальше?", **where: object) -> None:
    """Somebody asks in the group; what is on its way arrives."""
    await group.hears(who, text=text, **where)
    await world.app.sender.drain()
    assert not world.telegram.faults


async def a_minute_passes(world: World) -> None:
    """By real time it was long ago that anybody asked."""
    long_ago = datetime.now(UTC) - timedelta(seconds=61)
    everywhere = tables.group_chats.c.id > 0
    values = {"answered_at": long_ago, "pointed_at": long_ago}
    await change(world.app.database, tables.group_chats, everywhere, **values)


async def asked_in(world: World, *, topic: int | None = None) -> tuple[Group, Person]:
    """A linked group, perhaps in a topic, where nothing has been shown yet; Мария is in it."""
    await settle(world, MEETING, WORKSHOP)
    maria = await come_in_maria(world)
    group = world.group()
    await group.hears(world.head, topic, text="/start")
    await group.presses(world.head, "Связать")
    return group, maria


# --- «Что дальше?» ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Что дальше?",
        "что у нас дальше",
        "Коллеги, а что дальше?",
        "Звонок, когда следующая встреча?",
        "@zvonok_test_bot когда семинар собираемся?",
        "@Zvonok_Test_Bot, что дальше?",
        "/next",
        "/next@zvonok_test_bot",
        "/next@Zvonok_test_bot ",
    ],
)
async def test_the_card_of_what_comes_next_is_shown(world: World, words: str) -> None:
    group, _ = await asked_in(world)
    stranger = world.person(4004)
    if "семинар" in words:
        words = words.replace("семинар ", "")
    await asks(world, group, stranger, words)
    assert group.sees.plain == (
        "Заседание РМО\n"
        "🗓 Среда, 18 ноября, 14:00–16:00\n"
        "📍 МБОУ СОШ № 412\n"
        "Проводит: Белова М. И.\n"
        "Ответов пока нет.\n"
        "Ответьте кнопкой: здесь появится только число."
    )
    assert group.sees.labels == ["Приду", "Не смогу", "Пока не знаю"]
    assert stranger.sees_all == ""


async def test_a_reply_to_the_bot_asks_too(world: World) -> None:
    group, maria = await asked_in(world)
    bot = {"id": 1, "is_bot": True, "first_name": "Звонок"}
    chat = {"id": group.id, "type": "supergroup", "title": "Чат"}
    card = {"message_id": 5, "date": 1, "chat": chat, "from": bot, "text": "…"}
    wrote = len(group.shown)
    for words in ("Спасибо!", "Приду", "😀"):
        await asks(world, group, maria, words, reply_to_message=card)
    assert len(group.shown) == wrote
    await asks(world, group, maria, "А когда встреча?", reply_to_message=card)
    assert "Заседание РМО" in group.sees.plain


@pytest.mark.parametrize("words", ["/next@another_bot", "/start@another_bot", "@masha что дальше?"])
async def test_what_is_said_to_another_is_left_alone(world: World, words: str) -> None:
    group, maria = await asked_in(world)
    wrote = len(group.shown)
    await asks(world, group, maria, words)
    assert len(group.shown) == wrote


async def test_a_month_is_shown_as_a_month_and_tasks_and_cancelled_meetings_are_passed_over(
    world: World,
) -> None:
    await settle(world, TASK, MEETING, LAW)
    group = await a_group(world)
    await call_off(world, "Заседание")
    await asks(world, group, world.head)
    assert "Ноябрь 2026 г., день пока не назван" in group.sees.plain
    assert group.sees.labels == []


async def test_nothing_ahead_is_said_once_a_minute(world: World) -> None:
    await settle(world)
    group = await a_group(world)
    for _ in range(3):
        await asks(world, group, world.head)
    assert group.sees.plain == "Встреч впереди пока нет. Появятся – покажу здесь."
    assert len(group.shown) == 2
    await a_minute_passes(world)
    await asks(world, group, world.head)
    assert len(group.shown) == 3


async def test_when_many_ask_one_card_comes_and_one_word_that_points_to_it(world: World) -> None:
    group, maria = await asked_in(world)
    before = len(group.shown)
    for number in range(6):
        await asks(world, group, world.person(7000 + number))
    card, pointer = group.shown[before:]
    assert "Заседание РМО" in card.plain
    assert pointer.plain == "Ближайшее – в этой карточке."
    [pointing] = [
        one.reply_parameters.message_id
        for one in world.telegram.requests
        if isinstance(one, SendMessage) and one.reply_parameters
    ]
    assert pointing == card.message_id
    await group.presses(maria, "Приду", of=card)
    await seconds_pass(world)
    assert "Придёт 1." in card.plain


async def test_asked_again_later_the_card_comes_down_and_the_old_one_says_so(world: World) -> None:
    group, maria = await asked_in(world)
    await asks(world, group, maria)
    first = group.sees
    await a_minute_passes(world)
    await asks(world, group, maria)
    second = group.shown[-1]
    assert first.plain == "Заседание РМО – карточка теперь ниже."
    assert first.labels == []
    await group.presses(maria, "Приду", of=second)
    await seconds_pass(world)
    assert "Придёт 1." in second.plain
    [card] = await stored(world.app.database, tables.outbox, tables.outbox.c.kind == Message.CARD)
    assert card.message_id == second.message_id


async def test_the_reminders_card_and_the_one_asked_for_are_one(world: World) -> None:
    group, maria = await asked_in(world)
    await asks(world, group, maria)
    wrote = len(group.shown)
    await rings_at(world, WEEK_BEFORE)
    assert len(group.shown) == wrote


async def test_a_card_that_was_taken_away_comes_when_it_is_asked_for(world: World) -> None:
    group, maria = await a_card(world)
    going = group.sees.buttons[0].callback_data or ""
    group.shown.clear()
    await group.presses_data(maria, going)
    await seconds_pass(world)
    await asks(world, group, maria)
    assert ["Придёт 1." in shown.plain for shown in group.shown] == [True]


async def test_it_is_answered_in_the_topic_where_it_is_asked(world: World) -> None:
    group, maria = await asked_in(world, topic=TOPIC)
    await group.hears(maria, ELSEWHERE, text="что дальше?")
    await world.app.sender.drain()
    assert group.sees.topic == ELSEWHERE
    asked = group.sees
    # Within the minute, from another topic, there is a link to it.
    await group.hears(maria, TOPIC, text="что дальше?")
    assert group.sees.topic == TOPIC
    assert group.sees.plain == "Дальше – Заседание РМО, карточка в соседней теме."
    assert f'<a href="https://t.me/c/{str(group.id).removeprefix("-100")}/{asked.message_id}">' in (
        group.sees.text
    )
    # The usual place has its own card, and both follow the answers.
    await rings_at(world, WEEK_BEFORE)
    usual = group.shown[-1]
    assert usual.topic == TOPIC
    await group.presses(maria, "Приду", of=usual)
    await seconds_pass(world)
    assert ["Придёт 1." in one.plain for one in (asked, usual)] == [True, True]


async def test_outside_all_topics_is_a_place_too(world: World) -> None:
    group, maria = await asked_in(world, topic=TOPIC)
    await asks(world, group, maria)
    assert "Заседание РМО" in group.sees.plain
    assert group.sees.topic is None
    await asks(world, group, maria)
    assert group.sees.plain == "Ближайшее – в этой карточке."


async def test_a_chat_that_is_not_linked_is_offered_to_be(world: World) -> None:
    """By a command alone: what is said there is not for the bot."""
    await settle(world, MEETING)
    group = world.group()
    await asks(world, group, world.head)
    assert group.shown == []
    await asks(world, group, world.head, "/next")
    assert group.sees.labels == ["Связать с объединением"]


async def test_of_several_associations_the_soonest_is_shown(world: World) -> None:
    await settle(world, WORKSHOP)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    await a_group(world)
    olga = await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", Role.COORDINATOR, other)
    group = world.group()
    await group.hears(olga, text="/start")
    await group.presses(olga, "Связать")
    await asks(world, group, olga)
    assert "Мастер-класс" in group.sees.plain


async def test_replies_in_a_group_keep_to_its_pace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is answered at once; in a group what is said waits its turn."""
    await settle(world)
    taken: list[int] = []
    as_it_is = Pace.take

    async def take(pace: Pace, chat_id: int) -> float:
        taken.append(chat_id)
        return await as_it_is(pace, chat_id)

    monkeypatch.setattr(Pace, "take", take)
    group = world.group()
    await group.hears(world.head, text="/start")
    await world.head.says("Ближайшее")
    assert taken == [group.id]


# --- A group in trouble -----------------------------------------------------------------------------------


async def one_card(world: World) -> tables.Row:
    [card] = await stored(world.app.database, tables.outbox, tables.outbox.c.kind == Message.CARD)
    return card


async def linked(world: World) -> GroupChat:
    found = await group_of(world)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "words",
    [
        NO_RIGHTS,
        "Bad Request: have no rights to send a message",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
        "Bad Request: need administrator rights in the channel chat",
        "Bad Request: TOPIC_CLOSED",
    ],
)
async def test_where_it_may_not_write_the_coordinator_hears_what_to_do(world: World, words: str) -> None:
    group, maria = await asked_in(world)
    head = world.head
    wrote = len(group.shown)
    world.telegram.failures.append(TelegramBadRequest(METHOD, words))
    await asks(world, group, maria)
    assert (await one_card(world)).state == State.GONE
    await world.rings()
    assert head.sees.plain.startswith(SILENCED)
    assert "«Управление группой», «Разрешения»" in head.sees.plain
    assert maria.sees_all == ""
    assert len(group.shown) == wrote
    # Told once, however often it is tried.
    await a_minute_passes(world)
    world.telegram.failures.append(TelegramBadRequest(METHOD, words))
    await asks(world, group, maria)
    await world.rings()
    assert head.sees_all.count(SILENCED) == 1


async def test_allowed_again_it_brings_what_it_could_not(world: World) -> None:
    group, maria = await asked_in(world)
    await group.restricts(world.head, may_write=False)
    await world.rings()
    assert world.head.sees.plain.startswith(SILENCED)
    world.telegram.failures.append(TelegramBadRequest(METHOD, NO_RIGHTS))
    await asks(world, group, maria)
    assert (await one_card(world)).state == State.GONE
    await group.promotes(world.head)
    await world.rings()
    assert "Заседание РМО" in group.sees.plain
    # The next time is told anew.
    await group.restricts(world.head, may_write=False)
    await world.rings()
    assert world.head.sees_all.count(SILENCED) == 2


async def test_a_restriction_that_lets_it_write_is_none(world: World) -> None:
    group, _ = await asked_in(world)
    await group.restricts(world.head, may_write=True)
    await world.rings()
    assert world.head.sees_all == ""


async def test_restricted_and_out_it_is_thrown_out(world: World) -> None:
    group, _ = await asked_in(world)
    await group.restricts(world.head, may_write=False, is_member=False)
    assert await group_of(world) is None


async def test_a_card_that_comes_through_ends_the_silence(world: World) -> None:
    """The rights of all members were changed: of that the bot is not told."""
    group, maria = await asked_in(world)
    world.telegram.failures.append(TelegramBadRequest(METHOD, NO_RIGHTS))
    await asks(world, group, maria)
    await world.rings()
    await a_minute_passes(world)
    await asks(world, group, maria)
    assert "Заседание РМО" in group.sees.plain
    [row] = await stored(world.app.database, tables.group_chats)
    assert row.silent_since is None


async def test_a_reply_that_may_not_be_written_is_told_as_well(world: World) -> None:
    await settle(world)
    group = await a_group(world)
    world.telegram.failures.append(TelegramBadRequest(METHOD, NO_RIGHTS))
    await asks(world, group, world.head)  # nothing is ahead
    await world.rings()
    assert world.head.sees.plain.startswith(SILENCED)


@pytest.mark.parametrize("words", [NO_TOPIC, "Bad Request: TOPIC_CLOSED", "Bad Request: TOPIC_DELETED"])
async def test_a_topic_that_is_gone_leaves_the_cards_to_the_chat(world: World, words: str) -> None:
    group, maria = await asked_in(world, topic=TOPIC)
    world.telegram.failures.append(TelegramBadRequest(METHOD, words))
    await group.hears(maria, TOPIC, text="что дальше?")
    await world.app.sender.drain()
    assert "Заседание РМО" in group.sees.plain
    assert group.sees.topic is None
    assert (await linked(world)).topic_id is None
    await world.rings()
    assert world.head.sees.plain.startswith("Тему, где были карточки встреч, в чате объединения закрыли")


async def test_a_card_in_a_closed_topic_goes_on_outside(world: World) -> None:
    group, maria = await asked_in(world, topic=TOPIC)
    await rings_at(world, WEEK_BEFORE)
    await group.presses(maria, "Приду")
    world.telegram.failures.append(TelegramBadRequest(METHOD, "Bad Request: TOPIC_CLOSED"))
    await seconds_pass(world)
    assert group.sees.topic is None
    assert "Придёт 1." in group.sees.plain


GONE = "Bad Request: message to edit not found"


async def test_a_card_of_a_deleted_topic_comes_back_outside(world: World) -> None:
    """It went with the topic, which nobody told us of; the next answer brings it back."""
    group, maria = await asked_in(world, topic=TOPIC)
    await rings_at(world, WEEK_BEFORE)
    await group.presses(maria, "Приду")
    shown = len(group.shown)
    world.telegram.failures += [TelegramBadRequest(METHOD, GONE), TelegramBadRequest(METHOD, NO_TOPIC)]
    await seconds_pass(world)
    assert len(group.shown) == shown + 1
    assert group.sees.topic is None
    assert "Придёт 1." in group.sees.plain
    assert (await linked(world)).topic_id is None
    await world.rings()
    assert world.head.sees.plain.startswith("Тему, где были карточки встреч, в чате объединения закрыли")


async def test_a_card_that_somebody_took_out_of_a_topic_stays_out(world: World) -> None:
    group, maria = await asked_in(world, topic=TOPIC)
    await rings_at(world, WEEK_BEFORE)
    await group.presses(maria, "Приду")
    shown = len(group.shown)
    world.telegram.failures.append(TelegramBadRequest(METHOD, GONE))
    await seconds_pass(world)
    assert len(group.shown) == shown
    assert (await linked(world)).topic_id == TOPIC


async def test_a_topic_in_which_it_was_only_asked_changes_nothing_else(world: World) -> None:
    group, maria = await asked_in(world, topic=TOPIC)
    world.telegram.failures.append(TelegramBadRequest(METHOD, NO_TOPIC))
    await group.hears(maria, ELSEWHERE, text="что дальше?")
    await world.app.sender.drain()
    assert group.sees.topic is None
    assert (await linked(world)).topic_id == TOPIC
    await world.rings()
    assert world.head.sees_all == ""


@pytest.mark.parametrize(
    "failure",
    [
        TelegramForbiddenError(METHOD, "Forbidden: bot was kicked from the supergroup chat"),
        TelegramForbiddenError(METHOD, "Forbidden: the group chat was deleted"),
        TelegramForbiddenError(METHOD, "Forbidden: bot is not a member of the supergroup chat"),
        TelegramBadRequest(METHOD, "Bad Request: chat not found"),
        TelegramBadRequest(METHOD, "Bad Request: group chat was deactivated"),
    ],
    ids=lambda failure: failure.message,
)
@pytest.mark.parametrize("by_reply", [True, False])
async def test_a_chat_that_is_gone_is_let_go_and_told(
    world: World, failure: TelegramForbiddenError | TelegramBadRequest, *, by_reply: bool
) -> None:
    """Thrown out while nobody listened, say: Telegram tells of it for a day only."""
    await settle(world, *([] if by_reply else [MEETING]))
    group = await a_group(world)
    world.telegram.failures.append(failure)
    await asks(world, group, world.head)
    assert await group_of(world) is None
    await world.rings()
    assert world.head.sees.plain.startswith("Меня убрали из чата объединения")
    said = await open_journal(world.head)
    assert "Звонок убрали из чата объединения" in said


async def open_journal(head: Person) -> str:
    await head.says("Руководителю")
    await head.presses("Ещё")
    return (await head.presses("Журнал")).plain


async def test_added_again_it_offers_itself_and_works(world: World) -> None:
    group, maria = await asked_in(world)
    await group.throws_out(world.head)
    await group.lets_in(world.head)
    await group.presses(world.head, "Связать")
    await asks(world, group, maria)
    assert "Заседание РМО" in group.sees.plain


async def test_a_reply_follows_a_group_that_has_moved(world: World) -> None:
    await settle(world)
    group = await a_group(world)
    new = world.group(-100500)
    world.telegram.failures.append(TelegramMigrateToChat(METHOD, "migrated", new.id))
    await asks(world, group, world.head)
    assert new.sees.plain.startswith("Встреч впереди пока нет")
    assert (await linked(world)).telegram_id == new.id


async def test_a_card_follows_a_group_that_has_moved(world: World) -> None:
    group, maria = await asked_in(world)
    new = world.group(-100500)
    world.telegram.failures.append(TelegramMigrateToChat(METHOD, "migrated", new.id))
    await asks(world, group, maria)
    assert "Заседание РМО" in new.sees.plain


async def test_a_card_that_cannot_be_made_an_old_one_is_no_new_message(world: World) -> None:
    """The one that stood there before was taken away."""
    group, maria = await asked_in(world)
    await asks(world, group, maria)
    await a_minute_passes(world)
    group.shown.clear()
    await asks(world, group, maria)
    assert ["карточка теперь ниже" in one.plain for one in group.shown] == [False]
    edits = [one for one in world.telegram.requests if isinstance(one, EditMessageText)]
    assert "карточка теперь ниже" in (edits[-1].text or "")


async def test_in_a_supergroup_it_is_asked_anew(world: World) -> None:
    group, maria = await asked_in(world)
    await asks(world, group, maria)
    new = world.group(-100500)
    await group.hears(maria, migrate_to_chat_id=new.id)
    # Less than a minute later; but what was shown stands in the chat of before.
    await asks(world, new, maria)
    assert "Заседание РМО" in new.sees.plain
