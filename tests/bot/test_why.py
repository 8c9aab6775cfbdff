"""«Почему мне это пришло?»: what it is, why her, when, where to change it; the operator's `why`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from actions.explaining import explain_row
from bot.__main__ import cli
from bot.views.notice_keys import AskWhy
from bot.views.why import lines
from domain.timing import Choice
from storage import tables
from storage.outbox import Message, State
from tests.bot.conftest import World
from tests.bot.people import MEETING, TASK, come_in, come_in_maria, event_called, settle
from tests.bot.test_reminders import EVENING_BEFORE, WEEK_BEFORE, a_member, rings_at
from tests.builders import change, put, stored


async def test_a_week_before_an_event(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    said = await maria.presses("Почему мне это пришло?")
    assert said.plain == (
        "Это напоминание за неделю: Заседание РМО\n"
        "Вы в списке объединения (РМО Заречного района).\n"
        "Ответа от вас ещё нет, поэтому спрашиваю.\n"
        "Назначено и отправлено: 11 ноября 2026 г., 10:00.\n"
        "Как часто напоминать, решаете вы: «Настройки», «Напоминания»."
    )


async def test_the_newest_of_an_event_is_meant(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    await maria.presses("Приду")
    await rings_at(world, EVENING_BEFORE)
    said = await maria.presses_data(
        next(one.callback_data for one in maria.sees.buttons if "Почему" in one.text) or ""
    )
    assert said.plain.startswith("Это напоминание накануне: Заседание РМО")
    assert "Ваш ответ – «приду», поэтому напоминаю, где и когда." in said.plain


@pytest.mark.parametrize(
    "words",
    ["почему мне это пришло", "Почему пришло?", "Зачем это мне?", "зачем мне это", "Почему вы мне пишете?"],
)
async def test_asked_in_words_the_newest_of_all_is_explained(world: World, words: str) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    said = (await maria.says(words)).plain
    assert said.startswith("Последнее, что пришло, – напоминание за неделю: Заседание РМО")


async def test_nothing_came_yet(world: World) -> None:
    maria = await a_member(world)
    assert (await maria.says("почему мне это пришло")).plain.startswith("Не нахожу сообщения")
    assert (await maria.presses_data(AskWhy(event=99).pack())).plain.startswith("Не нахожу сообщения")


async def test_what_others_got_is_not_told(world: World) -> None:
    await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    newcomer = await come_in(world, 3003, "Белова Ольга Петровна", "СОШ № 1")
    meeting = await event_called(world, "Заседание")
    assert "Не нахожу" in (await newcomer.presses_data(AskWhy(event=meeting.id).pack())).plain


async def test_she_chose_to_be_reminded_more(world: World) -> None:
    maria = await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    await change(
        world.app.database, tables.memberships, tables.memberships.c.person_id > 0, reminders=Choice.MORE
    )
    assert "У вас выбрано «Чаще»" in (await maria.says("почему мне это пришло")).plain


async def test_every_kind_and_lead_has_its_words(world: World) -> None:
    """In chat and for the operator, in every state."""
    head = await settle(world, MEETING, TASK)
    maria = await come_in_maria(world)
    meeting, task = await event_called(world, "Заседание"), await event_called(world, "Сбор")
    person = (await world.actor(maria)).person_id
    leads = ("week", "three_days", "eve", "morning", "hours", "online", "month", "last_call", "deadline_week")
    leads += ("deadline_eve", "nudge-202611020300", "snooze-20261102030000")
    rows: list[dict[str, object]] = [
        {"kind": Message.REMINDER, "lead": lead, "event_id": event.id, "version": number}
        for number, event in enumerate((meeting, task))
        for lead in leads
    ]
    rows += [
        {"kind": kind, "lead": kind, "version": 9, "urgent": urgent}
        for kind in Message
        for urgent in (False, True)
    ]
    for row in rows:
        number = await put(
            world.app.database,
            tables.outbox,
            association_id=1,
            person_id=person,
            due_at=world.clock.now(),
            attempted_at=datetime.now(UTC),
            state=State.SENT,
            **row,
        )
        assert (await maria.says("почему мне это пришло")).plain.startswith("Последнее, что пришло, – ")
        for state in State:
            await change(world.app.database, tables.outbox, tables.outbox.c.id == number, state=state)
            said = lines(await explain_row(world.uow(), number), world.clock.now())
            assert said[0].startswith(f"Сообщение № {number}: ")
            assert said[-1].startswith("Дальше: ")
            assert "Петрова" not in "\n".join(said)
        await change(world.app.database, tables.outbox, tables.outbox.c.id == number, state=State.SENT)
    assert head.sees_all == ""


async def test_the_operator_gets_numbers_and_initials(world: World) -> None:
    await a_member(world)
    await rings_at(world, WEEK_BEFORE)
    maria = await world.actor(world.person(2002))
    [row] = await stored(world.app.database, tables.outbox, tables.outbox.c.person_id == maria.person_id)
    said = lines(await explain_row(world.uow(), row.id), world.clock.now())
    assert said[:4] == [
        f"Сообщение № {row.id}: напоминание за неделю",
        f"О чём: встреча № {row.event_id} «Заседание РМО», среда, 18 ноября, 14:00–16:00",
        f"Кому: человек № {maria.person_id} (П. М. И.), объединение № 1",
        "Почему: Вы в списке объединения (РМО Заречного района).",
    ]
    assert "Состояние: отправлено" in said
    assert "Попыток: 1" in said
    assert f"Номер сообщения в Telegram: {row.message_id}" in said
    assert said[-1] == "Дальше: ничего, всё сделано."


def test_the_command_says_when_there_is_no_such_message(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    asked = CliRunner().invoke(cli, ["why", "77"])
    assert asked.exit_code == 1
    assert "Сообщения № 77 в журнале нет" in asked.output
