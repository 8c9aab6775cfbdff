"""A button outlives its message, its process and what it showed; made-up ones do no harm."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from actions.associations import add_association
from bot.views.editing_keys import EditField
from bot.views.event_keys import ChangeEvent, ConfirmChange, TakeText, WithoutReason
from bot.views.keyboards import ChooseDay, GiveAnswer, ShowAttendees, ShowEvent, ShowMore
from bot.views.notice_keys import SayFinished, SayHeld, SaySeen
from bot.views.task_keys import ChoosePeople, ShowUnfinished
from bot.views.words import t
from domain.records import Answer
from domain.roles import Role
from tests.bot.conftest import World
from tests.bot.people import (
    LAW,
    MEETING,
    ROUND,
    call_off,
    come_in,
    come_in_maria,
    entrust,
    event_called,
    settle,
)
from tests.bot.test_dialogues import NOTHING_WRITTEN, steps
from tests.bot.test_rights import BUTTONS

MakeWorld = Callable[[str], Awaitable[World]]
NUMBERS = ("-1", "0", "7", "9223372036854775807", "9223372036854775808", "-" + "9" * 30, "٣", "")

# Those that would really do something are left out: she would be gone, or her plan dropped.
MEANT = ("me:withdraw_sure", "me:erase_sure")


def made_up() -> list[str]:
    """Callback data of every kind with odd numbers in every place, and plain rubbish."""
    rubbish = ["", "x", ":", "::::", "rsvp", "rsvp:1", "rsvp:1:later:0", "<b>", "😀" * 16, "me:everything"]
    acts = ("save", "any_year", "drop", "going", "declined", "name", "who", "said", "20261118", "99999999")
    for kind in BUTTONS:
        prefix, count = kind.__prefix__, len(kind.model_fields)
        rubbish += [":".join([prefix, *[number] * count]) for number in NUMBERS]
        rubbish += [":".join([prefix, "1", act, *["1"] * count][: count + 1]) for act in acts]
        rubbish += [":".join([prefix, act, *["1400"] * count][: count + 1]) for act in acts]
    return [data for data in dict.fromkeys(rubbish) if len(data.encode()) <= 64 and data not in MEANT]


@pytest.mark.timeout(900)  # some thousand presses
@pytest.mark.parametrize("who", ["a stranger", "one who joins", "a member", "a presenter", "a coordinator"])
async def test_made_up_presses_do_no_harm(world: World, who: str) -> None:
    head = await settle(world, LAW, MEETING, ROUND)
    maria = await come_in_maria(world)
    joining = world.person(5005)
    await joining.says(f"/start {await _code(world)}")
    await joining.presses("Соглас")
    person = {
        "a stranger": world.person(4004),
        "one who joins": joining,
        "a member": maria,
        "a presenter": maria,
        "a coordinator": head,
    }[who]
    if who == "a presenter":
        await entrust(world, maria, "Заседание")
    # A coordinator gets as far as anybody does; of each kind of button the others press some.
    pressed = made_up() if person is head else made_up()[::4]
    await world.feed(*map(person.pressing, pressed))
    async with world.stored() as rows:
        events = await rows.association(1).events.to_come(world.clock.now())
    assert [event.revision for event in events] == [1, 1]
    assert (await world.actor(maria)).school == "СОШ № 45"
    assert "Заседание" in (await maria.says("Ближайшее")).plain


async def _code(world: World) -> str:
    async with world.stored() as rows:
        invitation = await rows.associations.standing_invitation(1)
    assert invitation is not None
    return invitation.code


async def test_an_unknown_button_is_explained_and_shows_how_things_stand(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    said = await maria.presses_data("old:1")
    assert said.plain.startswith("Эта кнопка устарела. Вот как обстоит дело сейчас.\n\nЗаседание РМО")
    assert "Приду" in said.labels


async def test_a_press_on_an_event_that_is_gone(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    for data in (GiveAnswer(event=99, answer=Answer.GOING, place=0), ShowEvent(event=99)):
        said = await maria.presses_data(data.pack())
        assert "Этой встречи в плане больше нет." in said.plain
        assert "Заседание РМО" in said.plain


async def test_the_desk_of_an_event_that_is_gone(world: World) -> None:
    head = await settle(world, MEETING)
    for data in (ChooseDay(event=99), ShowAttendees(event=99, page=0)):
        assert "Этой встречи в плане больше нет." in (await head.presses_data(data.pack())).plain


async def test_an_event_of_another_association_is_out_of_reach(world: World) -> None:
    await settle(world, MEETING)
    meeting = await event_called(world, "Заседание")
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    spy = await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 1", Role.COORDINATOR, other)
    for data in (
        GiveAnswer(event=meeting.id, answer=Answer.GOING, place=0),
        ShowEvent(event=meeting.id),
        ChooseDay(event=meeting.id),
        ShowAttendees(event=meeting.id, page=0),
        ShowMore(event=meeting.id),
        ChangeEvent(event=meeting.id, act="cancel"),
        ChangeEvent(event=meeting.id, act="nudge"),
        ConfirmChange(event=meeting.id, revision=1, act="restore"),
        ConfirmChange(event=meeting.id, revision=1, act="nudge"),
        WithoutReason(event=meeting.id),
        TakeText(event=meeting.id),
        SayHeld(event=meeting.id, said="yes"),
        SayHeld(event=meeting.id, said="moved"),
        SaySeen(event=meeting.id, revision=1),
        SayFinished(event=meeting.id),
        ChoosePeople(event=meeting.id, page=0),
        ShowUnfinished(event=meeting.id),
    ):
        said = await spy.presses_data(data.pack())
        assert "Этой встречи в плане больше нет." in said.plain
        assert "Заседание" not in said.plain


async def test_a_member_presses_a_coordinators_buttons(world: World) -> None:
    head = await settle(world, LAW, MEETING)
    maria = await come_in_maria(world)
    await head.says("Руководителю")
    await head.presses("25 ср")
    data = {button.callback_data for shown in head.chat.shown for button in shown.buttons}
    for pressed in data:
        said = await maria.presses_data(pressed)
        assert (
            "только руководитель объединения" in said.plain
            or "card" in pressed
            or (pressed.startswith("event"))
        )
    assert not (await event_called(world, "Правовые")).period.day_known
    assert "только руководитель" in (await maria.says("Руководителю")).plain


async def test_a_stranger_presses_a_members_buttons(world: World) -> None:
    await settle(world, MEETING, ROUND)
    maria = await come_in_maria(world)
    for said in ("Ближайшее", "План на год", "Помощь", "Настройки"):
        await maria.says(said)
    await maria.presses("Мои данные")
    stranger = world.person(4004)
    for shown in maria.chat.shown:
        for button in shown.buttons:
            assert "Вас пока нет в списке" in (await stranger.presses_data(button.callback_data or "")).plain


async def test_buttons_outlive_restarts(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    going = maria.data_of("Приду")
    later = maria.data_of("Дальше")
    world = await make_world(sqlite_url)
    maria = world.person(maria.id)
    assert "Ваш ответ: приду." in (await maria.presses_data(going)).plain
    assert "Правовые основы" in (await maria.presses_data(later)).plain


async def test_a_message_that_is_gone_is_sent_anew(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    await maria.says("Ближайшее")
    going = maria.data_of("Приду")
    maria.chat.shown.clear()
    await maria.presses_data(going, 999)
    assert "Ваш ответ: приду." in maria.chat.shown[0].plain


async def test_a_month_that_is_over_shows_the_first_to_come(world: World) -> None:
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    assert "Ноябрь 2026 г." in (await maria.presses_data("month:2026:9")).plain
    await call_off(world, "Заседание")
    assert "отменено" in (await maria.presses_data("all")).plain


async def test_a_stale_press_leaves_no_question_open_unsaid(world: World) -> None:
    """A button of another dialogue than the one that is open."""
    head = await settle(world, MEETING)
    meeting = await event_called(world, "Заседание")
    await head.presses_data(EditField(event=meeting.id, field="title").pack())
    await head.says("Осеннее заседание")
    stale = head.data_of("Подтвердить")
    await head.presses_data(ChangeEvent(event=meeting.id, act="place").pack())
    said = await head.presses_data(stale)
    assert "Эта кнопка устарела." in head.sees_all
    assert said.plain.startswith("Мой вопрос по-прежнему ждёт ответа: где будет встреча. Напишите ответ или ")
    assert "Да, сменить" in (await head.says("Лицей № 7")).labels


@pytest.mark.parametrize("step", sorted(steps() - NOTHING_WRITTEN))
def test_every_question_that_may_be_open_has_its_name(step: str) -> None:
    on_the_way_in = step.startswith("join_")  # what is asked of her there comes again
    named = step in {"people", "lead_switched"} or on_the_way_in or t(f"asked-{step.replace('_', '-')}")
    assert named


async def test_a_press_without_its_message(world: World) -> None:
    """Telegram leaves the message out of a press when it is too old."""
    await settle(world, MEETING)
    maria = await come_in_maria(world)
    meeting = await event_called(world, "Заседание")
    data = GiveAnswer(event=meeting.id, answer=Answer.GOING, place=0).pack()
    press: dict[str, Any] = maria.pressing(data)
    del press["callback_query"]["message"]
    await world.feed(press)
    assert "Ваш ответ: приду." in maria.sees.plain
