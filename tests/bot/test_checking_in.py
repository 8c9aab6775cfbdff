"""Being marked: scanned, typed, said, pressed; who is not in the list comes in on the spot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from actions.admitting import admit, set_door
from actions.associations import add_association
from actions.roll_call import roll_call
from bot.views.starting import link
from domain.checkin import Scan, Token, digits_of, write_token
from domain.period import Period
from domain.records import Event, Mark, Standing, Way
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    invitation_digits,
    settle,
)
from tests.bot.telegram import BOT
from tests.builders import change, move, stored

# The meeting is on 18 November, from 14:00 to 16:00 in Novosibirsk.
BEGINS = datetime(2026, 11, 18, 7, tzinfo=UTC)
AT_13_52 = BEGINS - timedelta(minutes=8)
SCANNED = (
    "✅ Мария Ивановна, вы отмечены в 13:52.\nЗаседание РМО.\nРаспишитесь, пожалуйста, и в явочном листе."
)


async def a_meeting(world: World, at: datetime = AT_13_52) -> Event:
    """The meeting, at this moment; Орлова is its coordinator."""
    await settle(world, MEETING, LAW)
    world.clock.moment = at
    return await event_called(world, "Заседание")


async def at_the_meeting(world: World, at: datetime = AT_13_52) -> tuple[Event, Person]:
    """Мария is a member."""
    event = await a_meeting(world, at)
    return event, await come_in_maria(world)


def code_of(world: World, event: Event, at: datetime | None = None) -> str:
    """The code of an event; that of the screen at a moment."""
    token = Token(event.id, 0) if at is None else Scan(event.id, at).token
    return write_token(world.app.context.signing.key, token)


def digits(world: World, event: Event) -> str:
    return digits_of(world.app.context.signing.key, Token(event.id, 0))


async def scans(person: Person, code: str) -> Shown:
    return await person.opens(link(str(BOT.username), code))


async def marks(world: World) -> list[tuple[Any, ...]]:
    return [(one.mark, one.way, one.at) for one in await stored(world.app.database, tables.attendance)]


# --- Scanned ----------------------------------------------------------------------------------------------


async def test_who_scans_is_marked_once(world: World) -> None:
    event, maria = await at_the_meeting(world)
    assert (await scans(maria, code_of(world, event))).plain == SCANNED
    world.clock.forward(minutes=20)
    again = await scans(maria, code_of(world, event))
    assert again.plain.startswith("Мария Ивановна, вы уже отмечены – в 13:52.")
    assert await marks(world) == [(Mark.PRESENT, Way.QR, AT_13_52)]
    assert "✅ Вы отмечены в 13:52." in (await maria.says("Ближайшее")).plain


@pytest.mark.parametrize("how", ["link", "words"])
async def test_the_link_as_words_does_the_same(world: World, how: str) -> None:
    event, maria = await at_the_meeting(world)
    address = link(str(BOT.username), code_of(world, event))
    assert (await maria.says(address if how == "link" else f"вот: {address} спасибо")).plain == SCANNED


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-31, "Отмечаться пока рано. Начало отметки: 13:30."),
        (-24 * 60, "Начало отметки: 18 ноября, 13:30."),
        (151, "Отметка уже закрыта: принимать её можно было до 16:30."),
    ],
)
async def test_before_and_after_nobody_is_marked(world: World, minutes: int, said: str) -> None:
    event, maria = await at_the_meeting(world, BEGINS + timedelta(minutes=minutes))
    assert said in (await scans(maria, code_of(world, event))).plain
    # Nor is anybody asked for her data then.
    anna = world.person(7007)
    assert said in (await scans(anna, code_of(world, event))).plain
    assert await marks(world) == []


async def test_what_came_late_counts_as_of_when_it_was_sent(world: World) -> None:
    event, maria = await at_the_meeting(world)
    update = maria.saying(f"/start {code_of(world, event)}")
    world.clock.forward(hours=5)
    await world.feed(update)
    assert maria.sees.plain == SCANNED
    assert await marks(world) == [(Mark.PRESENT, Way.QR, AT_13_52)]


async def test_a_cancelled_meeting_marks_nobody(world: World) -> None:
    event, maria = await at_the_meeting(world)
    await call_off(world, "Заседание")
    assert "отменена: приезжать не нужно" in (await scans(maria, code_of(world, event))).plain


async def test_one_that_was_not_held_marks_nobody(world: World) -> None:
    event, maria = await at_the_meeting(world)
    await change(world.app.database, tables.events, tables.events.c.id == event.id, status="not_held")
    assert "не состоялась" in (await scans(maria, code_of(world, event))).plain


async def test_the_screens_code_is_stale_after_a_minute(world: World) -> None:
    event, maria = await at_the_meeting(world)
    shown = code_of(world, event, AT_13_52)
    world.clock.forward(seconds=30)
    assert (await scans(maria, shown)).plain.startswith("✅")
    vera = await come_in(world, 2003, "Седова Вера Олеговна", "СОШ № 7")
    world.clock.forward(seconds=30)
    assert "Этот код уже сменился" in (await scans(vera, shown)).plain


async def test_a_spoilt_code_and_one_of_nothing(world: World) -> None:
    event, maria = await at_the_meeting(world)
    code = code_of(world, event)
    spoilt = code[:-1] + ("A" if code[-1] != "A" else "B")
    gone = write_token(world.app.context.signing.key, Token(event.id + 99, 0))
    for one in (spoilt, gone):
        for person in (maria, world.person(7007)):
            assert "Такого кода я не знаю" in (await scans(person, one)).plain


async def test_who_is_marked_as_absent_is_sent_to_who_runs_it(world: World) -> None:
    event, maria = await at_the_meeting(world)
    head = await world.actor(world.head)
    async with (uow := world.uow()) as rows:
        marked = rows.association(1).attendance
        hers = (await world.actor(maria)).person_id
        assert await marked.mark(event.id, hers, Mark.ABSENT, None, head.person_id, AT_13_52)
        await uow.commit()
    assert "отмечено, что вас нет. Подойдите" in (await scans(maria, code_of(world, event))).plain


async def test_an_event_moved_while_people_check_in(world: World) -> None:
    """Who was marked for the old day is not for the new one; her old button and the code explain."""
    event, maria = await at_the_meeting(world)
    vera = await come_in(world, 2003, "Седова Вера Олеговна", "СОШ № 7")
    await vera.says("Ближайшее")
    here = vera.data_of("Я на месте")
    await scans(maria, code_of(world, event))
    home = (await world.actor(maria)).home
    await move(world.app.database, home, event, Period.at(date(2026, 11, 25), time(14), time(16)))
    stale = await vera.presses_data(here, vera.sees.message_id)
    assert stale.plain.startswith("Отмечаться пока рано. Начало отметки: 25 ноября, 13:30.")
    assert "Среда, 25 ноября" in stale.plain
    assert "Я на месте" not in stale.labels
    assert "25 ноября, 13:30" in (await scans(vera, code_of(world, event))).plain
    card = await maria.says("Ближайшее")
    assert "отмечены" not in card.plain
    world.clock.moment = AT_13_52 + timedelta(days=7)
    assert (await scans(maria, code_of(world, event))).plain == SCANNED


async def test_a_code_of_rows_held_together_leads_to_the_one_that_speaks(world: World) -> None:
    event, maria = await at_the_meeting(world)
    law = await event_called(world, "Правовые")
    await change(
        world.app.database,
        tables.events,
        tables.events.c.id == law.id,
        merged_into=event.id,
        status="joined",
    )
    assert (await scans(maria, code_of(world, law))).plain == SCANNED


# --- Strangers --------------------------------------------------------------------------------------------


async def test_a_stranger_comes_in_on_the_spot(world: World) -> None:
    event = await a_meeting(world)
    anna = world.person(7007)
    asked = await scans(anna, code_of(world, event))
    assert "Вы на встрече: Заседание РМО (среда, 18 ноября, 14:00–16:00)." in asked.plain
    async with world.stored() as rows:
        assert await rows.people.actor(7007) is None
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    assert "Откуда вы?" in anna.sees.plain
    world.clock.forward(minutes=3)
    done = await anna.says("районная библиотека")
    assert done.plain == SCANNED.replace("Мария Ивановна", "Анна Львовна")
    assert "Ближайшее" in anna.chat.keys
    assert (await world.actor(anna)).role == "guest"
    assert await marks(world) == [(Mark.PRESENT, Way.QR, AT_13_52)]


async def test_the_screens_code_may_change_while_she_says_who_she_is(world: World) -> None:
    """And people may stop checking in: it is when she scanned that counts."""
    event = await a_meeting(world, BEGINS + timedelta(minutes=149))
    anna = world.person(7007)
    await scans(anna, code_of(world, event, world.clock.now()))
    world.clock.forward(minutes=2)
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    assert "вы отмечены в 16:29" in (await anna.says("районная библиотека")).plain


async def test_of_a_meeting_that_was_moved_meanwhile_she_is_told_why_not(world: World) -> None:
    event = await a_meeting(world)
    anna = world.person(7007)
    await scans(anna, code_of(world, event))
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    home = (await world.actor(anna)).home
    await move(world.app.database, home, event, Period.at(date(2026, 11, 25), time(14), time(16)))
    assert "Отмечаться пока рано" in (await anna.says("районная библиотека")).plain
    assert "25 ноября" in (await anna.says("Ближайшее")).plain


async def test_who_is_about_to_join_is_marked_once_she_is_in(world: World) -> None:
    event = await a_meeting(world)
    vera = world.person(7007)
    await vera.says(await invitation_digits(world))
    await vera.presses("Согласие даю")
    assert "фамилию, имя" in (await scans(vera, code_of(world, event))).plain
    await vera.says("Седова Вера Олеговна")
    await vera.says("СОШ № 7")
    assert vera.chat.shown[-2].plain.startswith("Вера Олеговна, вы в списке")
    assert "вы отмечены в 13:52" in vera.sees.plain


async def asks_to_be_let_in(world: World, scanned_first: str = "") -> Person:
    """Вера asks at a door by request; she may scan a code while she says who she is."""
    digits = await invitation_digits(world)
    await set_door(world.uow(), await world.actor(world.head), by_request=True, now=world.clock.now())
    vera = world.person(7007)
    await vera.says(digits)
    await vera.presses("Согласие даю")
    if scanned_first:
        await scans(vera, scanned_first)
    await vera.says("Седова Вера Олеговна")
    await vera.says("СОШ № 7")
    return vera


async def test_who_waits_to_be_let_in_is_marked_and_goes_on_waiting(world: World) -> None:
    """A guest of the meeting until then, a member with the same one mark afterwards."""
    event = await a_meeting(world)
    vera = await asks_to_be_let_in(world)
    done = await scans(vera, code_of(world, event))
    assert done.plain.startswith(
        "✅ Вера Олеговна, вы отмечены в 13:52.\nЗаседание РМО.\nЗаявка пока у руководителя"
    )
    assert "вы уже отмечены – в 13:52" in (await scans(vera, code_of(world, event))).plain
    assert "Заявка у руководителя" in (await vera.says("Ближайшее")).plain
    head = await world.actor(world.head)
    person_id = (await world.actor(vera)).person_id
    [line] = (await roll_call(world.uow(), head, event.id, world.clock.now())).roll.named("Седова В. О.")
    assert (line.key.number, line.mark, line.school) == (person_id, Mark.PRESENT, "СОШ № 7")
    async with world.stored() as rows:
        assert [one.guest for one in await rows.association(1).attendance.present(event.id)] == [True]
    await admit(world.uow(), head, person_id, world.clock.now())
    async with world.stored() as rows:
        assert [one.guest for one in await rows.association(1).attendance.present(event.id)] == [False]
    roll = (await roll_call(world.uow(), head, event.id, world.clock.now())).roll
    assert len(roll.named("Седова В. О.")) == 1
    assert await marks(world) == [(Mark.PRESENT, Way.QR, AT_13_52)]


async def test_the_digits_do_as_well_for_who_waits(world: World) -> None:
    event = await a_meeting(world)
    vera = await asks_to_be_let_in(world)
    assert "Цифры не подошли" in (await vera.says("100000")).plain
    done = await vera.says(digits(world, event))
    assert done.plain.startswith(
        "✅ Вера Олеговна, вы отмечены в 13:52.\nЗаседание РМО.\nЗаявка пока у руководителя"
    )
    assert "вы уже отмечены – в 13:52" in (await vera.says(digits(world, event))).plain
    assert await marks(world) == [(Mark.PRESENT, Way.DIGITS, AT_13_52)]
    assert (await world.actor(vera)).role is Role.WAITING


async def test_who_waits_guesses_no_more_digits_than_anybody(world: World) -> None:
    event = await a_meeting(world)
    vera = await asks_to_be_let_in(world)
    for _ in range(5):
        await vera.says("100000")
    assert "Слишком много попыток" in (await vera.says(digits(world, event))).plain
    assert await marks(world) == []


async def test_a_member_elsewhere_who_waits_here_types_them_too(world: World) -> None:
    event = await a_meeting(world)
    other = await add_association(world.uow(), "РМО Лесного района", "Asia/Omsk", world.clock.now())
    vera = await come_in(world, 7007, "Седова Вера Олеговна", "СОШ № 7", association=other)
    person_id, now = (await world.actor(vera)).person_id, world.clock.now()
    async with (uow := world.uow()) as rows:
        ours = rows.association(1)
        await ours.members.add(person_id, Role.MEMBER, "Согласие", now)
        await ours.roster.move(person_id, Standing.REQUESTED, among=[Standing.JOINING])
        await uow.commit()
    done = await vera.says(digits(world, event))
    assert "вы отмечены в 13:52" in done.plain
    assert "Заявка пока у руководителя" in done.plain


async def test_who_scans_on_her_way_to_a_door_by_request_is_marked(world: World) -> None:
    event = await a_meeting(world)
    vera = await asks_to_be_let_in(world, code_of(world, event))
    assert "заявка отправлена" in vera.chat.shown[-2].plain
    assert "вы отмечены в 13:52" in vera.sees.plain


async def test_who_waits_is_told_when_it_is_too_early(world: World) -> None:
    event = await a_meeting(world, BEGINS - timedelta(minutes=31))
    vera = await asks_to_be_let_in(world)
    assert "Отмечаться пока рано" in (await scans(vera, code_of(world, event))).plain
    assert await marks(world) == []


async def test_a_member_of_another_association_is_marked_as_a_guest(world: World) -> None:
    """She says nothing about herself again, and goes on acting in her own."""
    event = await a_meeting(world)
    other = await add_association(world.uow(), "РМО Лесного района", "Asia/Omsk", world.clock.now())
    vera = await come_in(world, 9009, "Седова Вера Олеговна", "СОШ № 7", association=other)
    assert "Вы на встрече" in (await scans(vera, code_of(world, event))).plain
    done = await vera.presses("Согласие даю")
    assert "вы отмечены в 13:52" in done.plain  # by the clocks of where the meeting is
    assert (await world.actor(vera)).home.id == other
    assert "вы уже отмечены – в 13:52" in (await scans(vera, code_of(world, event))).plain


async def test_a_guest_of_another_meeting_becomes_one_of_this(world: World) -> None:
    event = await a_meeting(world)
    anna = world.person(7007)
    await scans(anna, code_of(world, event))
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    await anna.says("районная библиотека")
    law = await event_called(world, "Правовые")
    home = (await world.actor(anna)).home
    await move(world.app.database, home, law, Period.at(date(2026, 11, 18), time(14), time(15)))
    assert "вы отмечены" in (await scans(anna, code_of(world, law))).plain


async def test_a_made_up_consent_lets_nobody_in(world: World) -> None:
    event = await a_meeting(world)
    anna = world.person(7007)
    await anna.presses_data(f"ok:{code_of(world, event)}")
    assert "Такого кода я не знаю" in anna.sees.plain
    async with world.stored() as rows:
        assert await rows.people.actor(7007) is None


# --- Digits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", ["", " ", " – "])
async def test_digits_mark_as_well(world: World, between: str) -> None:
    event, maria = await at_the_meeting(world)
    code = digits(world, event)
    assert (await maria.says(f"{code[:3]}{between}{code[3:]}")).plain == SCANNED
    assert await marks(world) == [(Mark.PRESENT, Way.DIGITS, AT_13_52)]


async def test_a_stranger_whose_camera_fails_comes_in_by_the_digits(world: World) -> None:
    """Before the consent nothing is kept of her, and so much later it counts as of when she typed them."""
    event = await a_meeting(world)
    anna = world.person(7007)
    wrong = str(int(digits(world, event)) % 900_000 + 100_000)
    assert (await anna.says(wrong)).plain.startswith("Эти цифры не подошли.")
    assert "Такого приглашения я не знаю" in (await anna.says("12345678")).plain
    asked = await anna.says(digits(world, event))
    assert "Вы на встрече: Заседание РМО (среда, 18 ноября, 14:00–16:00)." in asked.plain
    async with world.stored() as rows:
        assert await rows.people.actor(7007) is None
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    world.clock.forward(minutes=3)
    done = await anna.says("районная библиотека")
    assert done.plain == SCANNED.replace("Мария Ивановна", "Анна Львовна")
    assert (await world.actor(anna)).role == "guest"
    async with world.stored() as rows:
        [mark] = (await rows.association(1).attendance.of_event(event.id)).values()
    assert mark.way is Way.DIGITS


async def test_a_stranger_is_told_when_it_is_too_early_or_too_late(world: World) -> None:
    event = await a_meeting(world, BEGINS - timedelta(hours=2))
    assert "Отмечаться пока рано" in (await world.person(7007).says(digits(world, event))).plain
    world.clock.moment = BEGINS + timedelta(hours=4)
    assert "Отметка уже закрыта" in (await world.person(7008).says(digits(world, event))).plain
    world.clock.moment = BEGINS + timedelta(days=3)
    assert "Эти цифры не подошли." in (await world.person(7009).says(digits(world, event))).plain


async def test_a_stranger_guesses_no_more_than_five_times(world: World) -> None:
    event = await a_meeting(world)
    anna = world.person(7007)
    code = int(digits(world, event))
    for number in range(5):
        await anna.says(str((code + number) % 900_000 + 100_000))
    assert "Слишком много неверных цифр подряд." in (await anna.says(digits(world, event))).plain


async def test_who_is_marked_as_absent_is_told_so_on_her_card(world: World) -> None:
    """To press «Я на месте» would change nothing: that is for who runs the meeting to correct."""
    event, maria = await at_the_meeting(world)
    here = maria.data_of("Я на месте", of=await maria.presses_data(f"event:{event.id}"))
    async with (uow := world.uow()) as rows:
        hers, head = (await world.actor(maria)).person_id, (await world.actor(world.head)).person_id
        assert await rows.association(1).attendance.mark(event.id, hers, Mark.ABSENT, None, head, AT_13_52)
        await uow.commit()
    card = await maria.presses_data(f"event:{event.id}")
    assert "Отмечено, что вас нет. Если вы уже здесь, подойдите" in card.plain
    assert "Я на месте" not in card.labels
    await maria.presses_data(here)  # under a reminder it still stands
    assert "отмечено, что вас нет. Подойдите, пожалуйста" in maria.sees.plain
    world.clock.moment = BEGINS + timedelta(hours=4)
    assert "Отмечено, что вас нет" not in (await maria.presses_data(f"event:{event.id}")).plain


async def test_wrong_digits_are_counted(world: World) -> None:
    _, maria = await at_the_meeting(world)
    for _ in range(4):
        assert "Цифры не подошли" in (await maria.says("100000")).plain
    assert "Подойдите, пожалуйста, к тому, кто ведёт" in (await maria.says("100000")).plain
    # Other digits mean what they meant before.
    assert "Цифры" not in (await maria.says("12345678")).plain


async def test_where_nothing_is_open_digits_mean_what_they_meant(world: World) -> None:
    _, maria = await at_the_meeting(world, BEGINS - timedelta(days=3))
    assert "Цифры не подошли" not in (await maria.says("100000")).plain


# --- «Я на месте» -----------------------------------------------------------------------------------------


async def test_the_button_stands_on_the_card_in_its_time(world: World) -> None:
    _, maria = await at_the_meeting(world, BEGINS - timedelta(minutes=31))
    assert "Я на месте" not in (await maria.says("Ближайшее")).labels
    world.clock.moment = AT_13_52
    assert (await maria.says("Ближайшее")).labels[0] == "Я на месте"
    card = maria.sees
    await maria.presses("Я на месте")
    assert maria.sees.plain == SCANNED
    assert "✅ Вы отмечены в 13:52." in card.plain
    assert not {"Я на месте", "Приду"} & set(card.labels)
    assert await marks(world) == [(Mark.PRESENT, Way.SELF, AT_13_52)]
    world.clock.moment = BEGINS + timedelta(hours=5)
    event = await event_called(world, "Заседание")
    assert "✅ Вы отмечены в 13:52." in (await maria.presses_data(f"event:{event.id}")).plain


async def test_it_stands_under_the_last_reminder(world: World) -> None:
    _, maria = await at_the_meeting(world, BEGINS - timedelta(days=2))
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await world.rings()
    world.clock.moment = BEGINS - timedelta(hours=2)
    await world.rings()
    assert "Сегодня в 14:00" in maria.sees.plain
    assert "Я на месте" in maria.sees.labels
    early = await maria.presses("Я на месте")
    assert "Отмечаться пока рано. Начало отметки: 13:30." in early.plain
    world.clock.moment = AT_13_52
    await maria.presses_data(f"here:{(await event_called(world, 'Заседание')).id}", early.message_id)
    assert maria.sees.plain == SCANNED


async def test_pressed_twice_it_says_when(world: World) -> None:
    _, maria = await at_the_meeting(world)
    await maria.says("Ближайшее")
    here, card = maria.data_of("Я на месте"), maria.sees.message_id
    await maria.presses_data(here, card)
    world.clock.forward(minutes=9)
    assert "вы уже отмечены – в 13:52" in (await maria.presses_data(here, card)).plain


async def test_a_stale_press_explains(world: World) -> None:
    event, maria = await at_the_meeting(world, BEGINS + timedelta(minutes=151))
    said = await maria.presses_data(f"here:{event.id}")
    assert said.plain.startswith("Отметка уже закрыта")
    assert "Уже прошло." in said.plain


# --- The word ---------------------------------------------------------------------------------------------


async def the_word_is(world: World, word: str) -> None:
    head = world.head
    event = await event_called(world, "Заседание")
    await head.presses_data(f"attword:{event.id}:-1")
    await head.says(word)


async def test_the_word_marks(world: World) -> None:
    _, maria = await at_the_meeting(world)
    assert "Назвать слово" not in (await maria.says("Ближайшее")).labels
    await the_word_is(world, "Берёза")
    assert "Назвать слово" in (await maria.says("Ближайшее")).labels
    assert "Какое слово назвали?" in (await maria.presses("Назвать слово")).plain
    assert "Слово не подошло" in (await maria.says("сосна")).plain
    assert (await maria.says(" береза! ")).plain == SCANNED
    assert await marks(world) == [(Mark.PRESENT, Way.WORD, AT_13_52)]


async def test_after_five_wrong_words_somebody_helps(world: World) -> None:
    _, maria = await at_the_meeting(world)
    await the_word_is(world, "Берёза")
    await maria.says("Ближайшее")
    ask = maria.data_of("Назвать слово")
    await maria.presses("Назвать слово")
    for _ in range(4):
        assert "Слово не подошло" in (await maria.says("сосна")).plain
    assert "Подойдите, пожалуйста, к тому, кто ведёт" in (await maria.says("сосна")).plain
    assert (await world.actor(maria)).dialogue is None
    assert "Подойдите, пожалуйста" in (await maria.presses_data(ask)).plain


async def test_a_word_that_is_over(world: World) -> None:
    _, maria = await at_the_meeting(world)
    await the_word_is(world, "Берёза")
    await maria.says("Ближайшее")
    ask = maria.data_of("Назвать слово")
    await maria.presses("Назвать слово")
    world.clock.forward(minutes=15)
    assert "сейчас не действует" in (await maria.says("берёза")).plain
    assert "сейчас не действует" in (await maria.presses_data(ask)).plain
    assert "Назвать слово" not in (await maria.says("Ближайшее")).labels


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_is_a_word(world: World, sent: dict[str, object]) -> None:
    _, maria = await at_the_meeting(world)
    await the_word_is(world, "Берёза")
    await maria.says("Ближайшее")
    await maria.presses("Назвать слово")
    assert "нужны слова" in (await maria.sends_other(**sent)).plain
    assert (await maria.says("берёза")).plain == SCANNED


MakeWorld = Callable[[str], Awaitable[World]]


async def test_a_printed_code_outlives_restarts(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    event, maria = await at_the_meeting(world)
    code = code_of(world, event)
    world = await make_world(sqlite_url)
    assert (await scans(world.person(maria.id), code)).plain == SCANNED
