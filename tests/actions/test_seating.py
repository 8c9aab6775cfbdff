"""Seats given away one by one, offered down the line, set by the coordinator."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from actions.answering import answer
from actions.calling import answer_for
from actions.declining import name_substitute
from actions.guests import add_guests, remove_guest
from actions.own_data import erase, withdraw
from actions.seating import LAPSED, offer_seats, open_seats, propose_seats, set_seats
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, Mode
from domain.rsvp import Crowd
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_coordinator,
    a_member,
    actor_of,
    an_association,
    an_event,
    cancel,
    change,
    statements,
    stored,
)

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


async def a_small_room(
    database: Database, home: Association, seats: int | None = 1, mode: Mode = Mode.ONSITE
) -> Event:
    """An event to which so many can come."""
    event = await an_event(database, home)
    await change(database, tables.events, tables.events.c.id == event.id, seats=seats, mode=mode)
    return event


async def people(database: Database, home: Association, number: int) -> list[Actor]:
    """So many members."""
    return [await a_member(database, home) for _ in range(number)]


async def says(
    database: Database, person: Actor, event: Event, given: Answer = Answer.GOING, now: datetime = NOW
) -> Answer | None:
    """Her answer, and what it was taken for."""
    return (await answer(UnitOfWork(database), person, event.id, given, now)).answer


async def offers(database: Database) -> list[tuple[int, datetime, datetime]]:
    """Who was offered a seat: from when on it is told, and until when it holds."""
    return [
        (row.person_id, row.due_at, row.useful_until)
        for row in await stored(database, tables.outbox, tables.outbox.c.kind == Message.OFFER)
        if not row.lead.startswith(LAPSED)
    ]


async def lapses(database: Database) -> list[tuple[int, datetime, datetime]]:
    """Who is told that the seat kept for her is not any more: from when on, and until when."""
    return [
        (row.person_id, row.due_at, row.useful_until)
        for row in await stored(database, tables.outbox, tables.outbox.c.lead.startswith(LAPSED))
    ]


async def test_the_last_seat_and_the_line(database: Database, home: Association):
    """Who comes too late waits, and is told where she stands."""
    event = await a_small_room(database, home)
    maria, olga, anna = await people(database, home, 3)
    assert await says(database, maria, event) is Answer.GOING
    assert await says(database, maria, event) is Answer.GOING
    assert await says(database, olga, event) is Answer.WAITLISTED
    card = await answer(UnitOfWork(database), anna, event.id, Answer.GOING, NOW + MINUTE)
    assert (card.answer, card.place, card.going) == (Answer.WAITLISTED, 2, 1)
    assert await says(database, olga, event, now=NOW + DAY) is Answer.WAITLISTED
    assert await says(database, anna, event, Answer.DECLINED) is Answer.DECLINED


async def test_of_all_who_press_at_once_for_the_last_seat_one_gets_it(
    database: Database, database_url: str, home: Association
):
    """Whichever process they come to."""
    event = await a_small_room(database, home)
    crowd = await people(database, home, 6)
    other = Database(database_url)
    presses = [says(where, one, event) for one, where in zip(crowd, (database, other) * 3, strict=True)]
    said = await asyncio.gather(*presses)
    await other.close()
    assert sorted(filter(None, said)) == [Answer.GOING, *[Answer.WAITLISTED] * 5]


async def test_some_leave_while_others_come(database: Database, database_url: str, home: Association):
    """Nobody waits for anybody in a circle, and no seat is given twice."""
    event = await a_small_room(database, home, 2)
    crowd = await people(database, home, 6)
    for one in crowd[:2]:
        await says(database, one, event)
    other = Database(database_url)
    presses = [says(other, one, event, Answer.DECLINED) for one in crowd[:2]]
    presses += [says(database, one, event) for one in crowd[2:]]
    presses += [offer_seats(UnitOfWork(other), NOW)]
    await asyncio.gather(*presses)
    await other.close()
    await offer_seats(UnitOfWork(database), NOW)
    rows = await stored(database, tables.rsvps)
    assert sum(row.answer == Answer.GOING or row.offered_until is not None for row in rows) == 2


async def test_without_a_limit_a_press_costs_what_it_did(database: Database, home: Association):
    """Seats are looked at only where there are so many."""
    event, room = await a_small_room(database, home, None), await a_small_room(database, home)
    [maria] = await people(database, home, 1)
    for there, number in ((event, 2), (room, 6)):
        with statements() as said:
            await says(database, maria, there)
        assert len([one for one in said if not one.startswith("BEGIN")]) == number


async def test_in_a_mixed_event_only_who_comes_in_person_takes_a_seat(database: Database, home: Association):
    """And who joins instead frees hers."""
    event = await a_small_room(database, home, mode=Mode.MIXED)
    maria, olga, anna = await people(database, home, 3)
    assert await says(database, maria, event) is Answer.GOING
    assert await says(database, olga, event, Answer.ONLINE) is Answer.ONLINE
    assert await says(database, anna, event) is Answer.WAITLISTED
    assert await says(database, maria, event, Answer.ONLINE) is Answer.ONLINE
    await offer_seats(UnitOfWork(database), NOW)
    assert [one[0] for one in await offers(database)] == [anna.person_id]


async def test_a_freed_seat_is_offered_and_passes_on(database: Database, home: Association):
    """For a day each; who says nothing has not decided, and can ask again."""
    event = await a_small_room(database, home)
    maria, olga, anna = await people(database, home, 3)
    for minute, one in enumerate((maria, olga, anna)):
        await says(database, one, event, now=NOW + minute * MINUTE)
    await offer_seats(UnitOfWork(database), NOW)
    assert await offers(database) == []
    await says(database, maria, event, Answer.DECLINED)
    # Whoever comes in between does not get before the line.
    [vera] = await people(database, home, 1)
    assert await says(database, vera, event, now=NOW + 5 * MINUTE) is Answer.WAITLISTED
    await offer_seats(UnitOfWork(database), NOW)
    await offer_seats(UnitOfWork(database), NOW)
    assert await offers(database) == [(olga.person_id, NOW, NOW + DAY)]
    assert await says(database, anna, event, now=NOW) is Answer.WAITLISTED
    await offer_seats(UnitOfWork(database), NOW + DAY)
    assert [one[0] for one in await offers(database)] == [olga.person_id, anna.person_id]
    assert await lapses(database) == [(olga.person_id, NOW + DAY, event.starts_at)]
    assert await says(database, anna, event, now=NOW + DAY) is Answer.GOING
    assert await says(database, olga, event, now=NOW + DAY) is Answer.WAITLISTED
    places = [
        await answer(UnitOfWork(database), one, event.id, Answer.GOING, NOW + DAY) for one in (vera, olga)
    ]
    assert [card.place for card in places] == [1, 2]
    await says(database, anna, event, Answer.DECLINED, NOW + DAY)
    await says(database, vera, event, Answer.DECLINED, NOW + DAY)
    await offer_seats(UnitOfWork(database), NOW + DAY + MINUTE)
    # Once more to the same person.
    assert [one[0] for one in await offers(database)][2:] == [olga.person_id]


async def test_a_guest_is_entered_where_there_is_room_or_even_so(database: Database, home: Association):
    """Nobody in the line is offered her seat, and each who is taken out frees one."""
    coordinator, event = await a_coordinator(database, home), await a_small_room(database, home, 2)
    maria, olga = await people(database, home, 2)
    uow = UnitOfWork(database)
    await says(database, maria, event)
    assert (await add_guests(uow, coordinator, event.id, "Ким О. Ю.", NOW))[1] is None
    assert await says(database, olga, event) is Answer.WAITLISTED
    found, full = await add_guests(uow, coordinator, event.id, "Ли А. А.\nПак Б. Б.\nКим О. Ю.", NOW)
    assert ([one.name for one in found.written], full) == (["Ким О. Ю."], Crowd(4, 1))
    waiting = await actor_of(database, coordinator.telegram_id)
    assert waiting.dialogue is not None
    assert waiting.dialogue.facts == {"event": event.id, "written": "Ли А. А.\nПак Б. Б.\nКим О. Ю."}
    # One who stands in the list already asks for no seat.
    assert (await add_guests(uow, coordinator, event.id, "Ким О. Ю.", NOW))[1] is None
    found, _ = await add_guests(uow, coordinator, event.id, "Ли А. А.", NOW, even_so=True)
    await says(database, maria, event, Answer.DECLINED)
    await offer_seats(uow, NOW)
    assert await offers(database) == []
    await remove_guest(uow, coordinator, event.id, found.written[0].id, NOW)
    await offer_seats(uow, NOW)
    assert [one[0] for one in await offers(database)] == [olga.person_id]
    with pytest.raises(DomainError, match="seats_taken"):
        await set_seats(uow, coordinator, event.id, event.revision, 0, NOW)


async def test_a_guest_and_a_member_for_the_last_seat(
    database: Database, database_url: str, home: Association
):
    """Whoever is first; the other one waits, or is asked about."""
    coordinator, event = await a_coordinator(database, home), await a_small_room(database, home)
    maria, olga = await people(database, home, 2)
    other = Database(database_url)
    *said, entered = await asyncio.gather(
        says(database, maria, event),
        says(other, olga, event),
        add_guests(UnitOfWork(other), coordinator, event.id, "Ким О. Ю.", NOW),
    )
    await other.close()
    assert said.count(Answer.GOING) + len(entered[0].written) == 1


async def test_a_seat_goes_over_to_a_substitute(database: Database, home: Association):
    """Until the next in line is offered it; back at «Приду» it is her own."""
    event = await a_small_room(database, home)
    maria, olga = await people(database, home, 2)
    uow = UnitOfWork(database)
    await says(database, maria, event)
    await says(database, olga, event)
    await says(database, maria, event, Answer.DECLINED)
    declined = await name_substitute(uow, maria, event.id, "Сидорова Анна Петровна", NOW)
    assert (declined.full, declined.mine.substitute_name) == (False, "Сидорова Анна Петровна")
    await offer_seats(uow, NOW)
    assert await offers(database) == []
    assert not (await name_substitute(uow, maria, event.id, "Ким Ольга Юрьевна", NOW)).full
    assert await says(database, maria, event) is Answer.GOING
    await says(database, maria, event, Answer.DECLINED)
    await offer_seats(uow, NOW)
    assert [one[0] for one in await offers(database)] == [olga.person_id]
    assert (await name_substitute(uow, maria, event.id, "Сидорова Анна Петровна", NOW)).full
    assert [row.substitute_name for row in await stored(database, tables.rsvps)] == ["", ""]
    assert not (await name_substitute(uow, maria, event.id, None, NOW)).full


async def test_a_colleague_in_her_place_may_have_to_wait(database: Database, home: Association):
    """She answers for herself, and is told before."""
    event = await a_small_room(database, home)
    maria, olga, anna = await people(database, home, 3)
    uow = UnitOfWork(database)
    await says(database, maria, event, Answer.DECLINED)
    assert not (await name_substitute(uow, maria, event.id, olga.person_id, NOW)).full
    await says(database, anna, event)
    declined = await name_substitute(uow, maria, event.id, olga.person_id, NOW)
    assert (declined.full, declined.mine.substitute_id) == (True, olga.person_id)
    assert not (await name_substitute(uow, maria, event.id, anna.person_id, NOW)).full


@pytest.mark.parametrize("leave", [erase, withdraw])
async def test_a_person_who_is_gone_frees_her_seat(database: Database, home: Association, leave: object):
    """Be it that she left, or had everything erased."""
    event = await a_small_room(database, home)
    maria, olga = await people(database, home, 2)
    await says(database, maria, event)
    await says(database, olga, event)
    await leave(UnitOfWork(database), maria, NOW)  # type: ignore[operator]
    await offer_seats(UnitOfWork(database), NOW)
    assert [one[0] for one in await offers(database)] == [olga.person_id]


async def test_at_night_an_offer_waits_for_the_morning(database: Database, home: Association):
    """And holds for a day from then on."""
    event = await a_small_room(database, home)
    maria, olga = await people(database, home, 2)
    await says(database, maria, event)
    await says(database, olga, event)
    await says(database, maria, event, Answer.DECLINED)
    night = NOW + timedelta(hours=12)  # 23:00 in Novosibirsk
    await offer_seats(UnitOfWork(database), night)
    morning = NOW + timedelta(hours=21)
    assert await offers(database) == [(olga.person_id, morning, morning + DAY)]


async def test_who_cannot_be_written_to_is_seated_by_telephone(database: Database, home: Association):
    """A seat that is free is hers at the coordinator's press; one that is not, not."""
    coordinator = await a_coordinator(database, home)
    event = await a_small_room(database, home)
    maria, olga = await people(database, home, 2)
    hers = tables.persons.c.id == olga.person_id
    await change(database, tables.persons, hers, unreachable_at=NOW)
    await says(database, maria, event)

    async def calls() -> list[Answer | None]:
        args = (event.id, olga.person_id, Answer.GOING, NOW)
        return [one.answer for one in (await answer_for(UnitOfWork(database), coordinator, *args)).people]

    assert await calls() == [Answer.WAITLISTED]
    await says(database, maria, event, Answer.DECLINED)
    await offer_seats(UnitOfWork(database), NOW)
    assert await offers(database) == []
    assert await calls() == [Answer.GOING]


async def test_a_made_up_answer_is_refused(database: Database, home: Association):
    """Nobody puts herself into the line, nor joins what has no link."""
    event = await a_small_room(database, home)
    [maria] = await people(database, home, 1)
    for given, code in ((Answer.WAITLISTED, "stale_button"), (Answer.ONLINE, "nobody_joins")):
        with pytest.raises(DomainError, match=code):
            await says(database, maria, event, given)
    assert await stored(database, tables.rsvps) == []


async def test_the_coordinator_sets_the_seats(database: Database, home: Association):
    """Not fewer than are taken; more are offered to those who wait."""
    coordinator, event = await a_coordinator(database, home), await a_small_room(database, home, None)
    maria, olga, anna, vera = await people(database, home, 4)
    uow = UnitOfWork(database)
    for one in (maria, olga):
        await says(database, one, event)
    with pytest.raises(DomainError, match="seats_taken"):
        await propose_seats(uow, coordinator, event.id, "1", NOW)
    assert (await propose_seats(uow, coordinator, event.id, "2 места", NOW))[1:] == (2, 0)
    with pytest.raises(DomainError, match="seats_taken"):
        await set_seats(uow, coordinator, event.id, event.revision, 1, NOW)
    changed = await set_seats(uow, coordinator, event.id, event.revision, 2, NOW)
    assert (changed.event.seats, changed.people) == (2, 0)
    assert not (await set_seats(uow, coordinator, event.id, event.revision, 2, NOW)).changed
    for minute, one in enumerate((anna, vera)):
        assert await says(database, one, event, now=NOW + minute * MINUTE) is Answer.WAITLISTED
    assert (await propose_seats(uow, coordinator, event.id, "3", NOW))[2] == 1
    assert (await propose_seats(uow, coordinator, event.id, None, NOW))[1:] == (None, 2)
    with pytest.raises(DomainError, match="event_changed"):
        await set_seats(uow, coordinator, event.id, event.revision, 3, NOW)
    await set_seats(uow, coordinator, event.id, changed.event.revision, 3, NOW)
    await offer_seats(uow, NOW)
    assert [one[0] for one in await offers(database)] == [anna.person_id]
    kinds = [row.kind for row in await stored(database, tables.revisions)]
    assert kinds == ["planned", "seats", "seats"]
    told = await stored(database, tables.outbox, tables.outbox.c.kind == Message.CHANGE)
    assert told == []


@pytest.mark.parametrize("values", [{"seats": None}, {"mode": Mode.ONLINE}])
async def test_where_any_number_can_come_nobody_has_to_be_asked(
    database: Database, home: Association, values: dict[str, object]
):
    """Who waited has a seat, be it that one was offered to her or that she cannot be written to; who can be
    is told, once."""
    event = await a_small_room(database, home)
    maria, olga, anna, vera = await people(database, home, 4)
    for minute, one in enumerate((maria, olga, anna, vera)):
        await says(database, one, event, now=NOW + minute * MINUTE)
    await change(database, tables.persons, tables.persons.c.id == vera.person_id, unreachable_at=NOW)
    await says(database, maria, event, Answer.DECLINED)
    uow = UnitOfWork(database)
    await offer_seats(uow, NOW)
    assert [one[0] for one in await offers(database)] == [olga.person_id]
    await change(database, tables.events, tables.events.c.id == event.id, **values)
    for _ in range(2):
        await offer_seats(uow, NOW + MINUTE)
    async with uow.reading() as rows:
        seating = await rows.association(home.id).seats.seating(event.id)
    assert (seating.seated, seating.line) == ({olga.person_id, anna.person_id, vera.person_id}, ())
    told = [one for one in await offers(database) if one[1] == NOW + MINUTE]
    assert [one[0] for one in told] == [olga.person_id, anna.person_id]
    assert {one[2] for one in told} == {event.starts_at}


async def test_where_there_are_no_seats_to_be_counted(database: Database, home: Association):
    """At a meeting that is over or cancelled, of a task, elsewhere."""
    coordinator, uow = await a_coordinator(database, home), UnitOfWork(database)
    over = await an_event(database, home)
    cancelled = await an_event(database, home)
    await cancel(database, cancelled)
    task = await an_event(database, home, Period.deadline(over.period.end), gathering=False)
    elsewhere = await an_event(database, await an_association(database, "РМО Заречного района"))
    for event_id, now, code in (
        (over.id, over.ends_at, "event_over"),
        (cancelled.id, NOW, "event_cancelled"),
        (task.id, NOW, "no_answer_needed"),
        (elsewhere.id, NOW, "event_unknown"),
    ):
        with pytest.raises(DomainError, match=code):
            await open_seats(uow, coordinator, event_id, now)
