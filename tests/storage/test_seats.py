"""Seats and the line for them, as they are stored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.records import Actor, Answer, Association, Card, Event, Mode
from domain.rsvp import OFFERS_END
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_member,
    an_association,
    an_event,
    cancel,
    change,
    move,
    put,
    remove,
    stored,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


async def an_event_with(
    database: Database, home: Association, *, seats: int | None = 1, mode: Mode = Mode.ONSITE
) -> Event:
    """A seminar to which so many can come, in that way."""
    event = await an_event(database, home)
    await change(database, tables.events, tables.events.c.id == event.id, seats=seats, mode=mode)
    return event


async def take(
    database: Database, person: Actor, event: Event, answer: Answer, *, seated: bool = False, after: int = 0
) -> bool:
    """So many minutes later."""
    async with (uow := UnitOfWork(database)) as rows:
        rsvps = rows.association(person.home.id).rsvps
        taken = await rsvps.take(event.id, person.person_id, answer, NOW + after * MINUTE, seated=seated)
        await uow.commit()
    return taken


async def card(database: Database, person: Actor, event: Event) -> Card:
    """The event as she sees it."""
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(person.home.id).events.card(event.id, person.person_id, NOW)
    assert found is not None
    return found


async def to_offer(database: Database, now: object = NOW) -> list[int]:
    """The events that have something to offer; the clock's look must say the same."""
    async with UnitOfWork(database).reading() as rows:
        found = [event.id for event in await rows.notices.events_with_seats(now)]
        assert (await rows.notices.agenda(now)).seats is bool(found)
    return found


@pytest.mark.parametrize(
    ("seats", "mode", "answer", "taken"),
    [
        (1, Mode.ONSITE, Answer.GOING, False),
        (None, Mode.ONSITE, Answer.GOING, True),
        (1, Mode.ONLINE, Answer.GOING, True),
        (1, Mode.MIXED, Answer.GOING, False),
        (1, Mode.MIXED, Answer.ONLINE, True),
        (None, Mode.ONSITE, Answer.ONLINE, False),
        (None, Mode.ONLINE, Answer.ONLINE, False),
        (1, Mode.ONSITE, Answer.DECLINED, True),
        (1, Mode.ONSITE, Answer.WAITLISTED, True),
    ],
)
async def test_what_is_taken_without_a_look_at_the_seats(
    database: Database, home: Association, seats: int | None, mode: Mode, answer: Answer, taken: bool
):
    """One who comes in person needs a seat; one who joins needs a link to be there."""
    event, maria = await an_event_with(database, home, seats=seats, mode=mode), await a_member(database, home)
    assert await take(database, maria, event, answer) is taken
    assert len(await stored(database, tables.rsvps)) == taken
    if answer is Answer.GOING:
        assert await take(database, maria, event, answer, seated=True)


async def test_who_joins_is_counted_apart(database: Database, home: Association):
    """As long as one can come either way."""
    event = await an_event_with(database, home, seats=None, mode=Mode.MIXED)
    maria, olga, anna = [await a_member(database, home) for _ in range(3)]
    await take(database, maria, event, Answer.GOING)
    await take(database, olga, event, Answer.ONLINE)
    await take(database, anna, event, Answer.ONLINE)
    seen = await card(database, olga, event)
    assert (seen.answer, seen.going, seen.joining) == (Answer.ONLINE, 1, 2)
    await change(database, tables.events, tables.events.c.id == event.id, mode=Mode.ONLINE)
    seen = await card(database, olga, event)
    assert (seen.going, seen.joining) == (3, 0)


async def test_the_place_in_the_line(database: Database, home: Association):
    """By when she asked for a seat; asking twice changes nothing, and who leaves is not counted."""
    event = await an_event_with(database, home)
    maria, olga, anna = [await a_member(database, home) for _ in range(3)]
    await take(database, olga, event, Answer.WAITLISTED, after=1)
    await take(database, maria, event, Answer.WAITLISTED, after=2)
    await take(database, anna, event, Answer.WAITLISTED, after=2)
    await take(database, olga, event, Answer.WAITLISTED, after=3)
    people = (olga, maria, anna)
    assert [(await card(database, one, event)).place for one in people] == [1, 2, 3]
    await take(database, olga, event, Answer.DECLINED, after=4)
    assert [(await card(database, one, event)).place for one in people] == [0, 1, 2]
    async with UnitOfWork(database).reading() as rows:
        seating = await rows.association(home.id).seats.seating(event.id)
    assert [one.person_id for one in seating.line] == [maria.person_id, anna.person_id]


async def test_an_offer_stands_until_she_answers(database: Database, home: Association):
    """Another answer ends it; asking for a seat once more does not."""
    event, maria = await an_event_with(database, home), await a_member(database, home)
    await take(database, maria, event, Answer.WAITLISTED)
    async with (uow := UnitOfWork(database)) as rows:
        assert await rows.association(home.id).seats.offer(event.id, [maria.person_id], NOW + MINUTE) == 1
        await uow.commit()
    await take(database, maria, event, Answer.WAITLISTED, after=1)
    assert (await card(database, maria, event)).offered_until == NOW + MINUTE
    await take(database, maria, event, Answer.UNDECIDED, after=1)
    assert (await card(database, maria, event)).offered_until is None
    await take(database, maria, event, Answer.WAITLISTED, after=2)
    assert (await card(database, maria, event)).offered_until is None


async def test_when_there_is_something_to_offer(database: Database, home: Association):
    """A free seat and somebody who waits for it; an offer that was not answered."""
    event = await an_event_with(database, home)
    maria, olga = [await a_member(database, home) for _ in range(2)]
    await take(database, maria, event, Answer.GOING, seated=True)
    assert await to_offer(database) == []
    await take(database, olga, event, Answer.WAITLISTED)
    assert await to_offer(database) == []
    await take(database, maria, event, Answer.DECLINED)
    assert await to_offer(database) == [event.id]
    assert await to_offer(database, event.starts_at - OFFERS_END) == []
    async with (uow := UnitOfWork(database)) as rows:
        await rows.association(home.id).seats.offer(event.id, [olga.person_id], NOW + MINUTE)
        await uow.commit()
    assert await to_offer(database) == []
    assert await to_offer(database, NOW + MINUTE) == [event.id]
    async with (uow := UnitOfWork(database)) as rows:
        seats = rows.association(home.id).seats
        assert await seats.pass_on(event.id, NOW) == []
        assert await seats.pass_on(event.id, NOW + MINUTE, maria.person_id) == []
        assert await seats.pass_on(event.id, NOW + MINUTE) == [olga.person_id]
        await uow.commit()
    assert await to_offer(database, NOW + MINUTE) == []
    lapsed = await card(database, olga, event)
    assert (lapsed.answer, lapsed.offered_until) == (Answer.UNDECIDED, NOW + MINUTE)
    await take(database, olga, event, Answer.UNDECIDED, after=2)
    assert (await card(database, olga, event)).offered_until is None


@pytest.mark.parametrize("values", [{"seats": None}, {"mode": Mode.ONLINE}, {"seats": 2}])
async def test_a_bigger_room_is_offered(database: Database, home: Association, values: dict[str, object]):
    """As is one without a limit."""
    event = await an_event_with(database, home)
    await take(database, await a_member(database, home), event, Answer.GOING, seated=True)
    await take(database, await a_member(database, home), event, Answer.WAITLISTED)
    await change(database, tables.events, tables.events.c.id == event.id, **values)
    assert await to_offer(database) == [event.id]


async def test_guests_and_substitutes_by_name_take_seats(database: Database, home: Association):
    """Neither is offered to the line; who sends a colleague frees her seat."""
    event = await an_event_with(database, home, seats=2)
    maria, olga, anna = [await a_member(database, home) for _ in range(3)]
    await take(database, maria, event, Answer.DECLINED)
    await take(database, olga, event, Answer.WAITLISTED)
    guests = tables.event_guests
    row = {"association_id": home.id, "event_id": event.id, "name": "Ким О. Ю.", "organisation": ""}
    guest = await put(database, guests, **row, at=NOW)
    await put(database, guests, **row, at=NOW)
    assert await to_offer(database) == []
    await remove(database, guests, guests.c.id == guest)
    assert await to_offer(database) == [event.id]

    async def sends(substitute: int | None, name: str) -> None:
        async with (uow := UnitOfWork(database)) as rows:
            assert await rows.association(home.id).rsvps.send_instead(
                event.id, maria.person_id, substitute, name
            )
            await uow.commit()

    await sends(None, "Сидорова А. П.")
    assert await to_offer(database) == []
    async with UnitOfWork(database).reading() as rows:
        seating = await rows.association(home.id).seats.seating(event.id)
    assert (seating.seated, seating.guests, seating.taken) == ({maria.person_id}, 1, 2)
    assert [one.person_id for one in seating.line] == [olga.person_id]
    assert (await card(database, anna, event)).going == 2
    await sends(anna.person_id, "")
    assert await to_offer(database) == [event.id]


async def test_guests_alone_fill_a_room(database: Database, home: Association):
    """Where nobody has answered."""
    event = await an_event_with(database, home)
    row = {"association_id": home.id, "event_id": event.id, "name": "Ким О. Ю.", "organisation": ""}
    await put(database, tables.event_guests, **row, at=NOW)
    async with UnitOfWork(database).reading() as rows:
        assert (await rows.association(home.id).seats.seating(event.id)).taken == 1
        assert (await rows.association(home.id).seats.seating(99)).taken == 0


async def test_what_is_not_offered(database: Database, home: Association):
    """A seat to whom nobody can write; at a meeting that is cancelled, or on another day by now."""
    event, maria = await an_event_with(database, home), await a_member(database, home)
    await take(database, maria, event, Answer.WAITLISTED)
    hers = tables.persons.c.id == maria.person_id
    await change(database, tables.persons, hers, unreachable_at=NOW)
    assert await to_offer(database) == []
    await change(database, tables.persons, hers, unreachable_at=None)
    assert await to_offer(database) == [event.id]
    await move(database, home, event, event.period)
    assert await to_offer(database) == []
    other = await an_event_with(database, home)
    await take(database, maria, other, Answer.WAITLISTED)
    assert await to_offer(database) == [other.id]
    await cancel(database, other)
    assert await to_offer(database) == []
