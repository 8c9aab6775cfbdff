"""Seats: how many there are, who gets one, and to whom a free one is offered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from actions.changing import Changed, change_quietly
from actions.checking import check_ahead, check_gathering, check_planned, check_runs, known_event
from domain.errors import DomainError
from domain.local_hours import LocalHours
from domain.records import Actor, Answer, Event
from domain.rsvp import (
    check_answer,
    check_seats,
    gets_seat,
    is_over,
    offered_until,
    read_seats,
    to_be_offered,
    to_be_seated,
)
from domain.timing import TimingProfile
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

SEATS_STEP = "seats"
# How the lead of the message begins by which one who waited hears that the seat is hers, or that the one
# which was kept for her is not any more.
SEATED = "seated"
LAPSED = "lapsed"


async def take_seat(ours: AssociationRows, event_id: int, person_id: int, now: datetime) -> None:
    """«Приду» where seats are counted: a seat, or a place in the line. Of several who press at once for the
    last seat one gets it.

    Raises DomainError `event_unknown`, what check_answer says, or `not_invited` where it is for others.
    """
    event = await ours.events.hold(event_id)
    if event is None:
        raise DomainError("event_unknown")
    seating = await ours.seats.seating(event_id)
    if any(one.person_id == person_id and is_over(one.offered_until, now) for one in seating.line):
        # She stands at the end of the line: her place in it went with the offer.
        await ours.seats.pass_on(event_id, now, person_id)
    seated = gets_seat(event, seating, person_id, now)
    given = Answer.GOING if seated else Answer.WAITLISTED
    if not await ours.rsvps.take(event_id, person_id, given, now, seated=True):
        check_answer(event, now, given)
        raise DomainError("not_invited", event_id=event_id)


async def open_seats(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Event:
    """Asks how many seats there are; what is written next is the number.

    Raises DomainError `event_unknown`, `event_cancelled`, `event_over`, `no_answer_needed`, `only_host`.
    """
    async with uow as rows:
        event = await _with_seats(rows.association(actor.home.id), actor, event_id, now)
        await rows.people.wait_for(actor.person_id, SEATS_STEP, event=event_id)
        await uow.commit()
    return event


async def propose_seats(
    uow: UnitOfWork, actor: Actor, event_id: int, text: str | None, now: datetime
) -> tuple[Event, int | None, int]:
    """The event, the number that the words say (None for no words: as many as come), and how many of those
    who wait would hear of a seat then: be offered one, or, where any number can come, simply have one.
    Another number may be written meanwhile.

    Raises what open_seats, read_seats and check_seats raise.
    """
    seats = None if text is None else read_seats(text)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _with_seats(ours, actor, event_id, now)
        seating = await ours.seats.seating(event_id)
        check_seats(event, seating, seats)
        then = replace(event, seats=seats)
        hear = [one.person_id for one in to_be_seated(then, seating) if one.reachable]
        hear = hear or list(to_be_offered(then, seating, now))
        await rows.people.wait_for(actor.person_id, SEATS_STEP, event=event_id)
        await uow.commit()
    return event, seats, len(hear)


async def set_seats(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, seats: int | None, now: datetime
) -> Changed:
    """Sets how many can come in person, None for any number. Nobody is told, but that free seats are offered
    to those who wait, a moment later, or are theirs where any number can come.

    Raises DomainError `event_changed`, or what open_seats and check_seats raise.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        event = await _with_seats(ours, actor, event_id, now)
        check_seats(event, await ours.seats.seating(event_id), seats)
        if event.seats == seats:
            changed = Changed(event, 0, changed=False)
        else:
            changed = await change_quietly(
                rows, event, revision, {"seats": seats}, kind="seats", by=actor, now=now
            )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def offer_seats(uow: UnitOfWork, now: datetime) -> None:
    """Offers every free seat to who is next in line. Who was offered one and said nothing in time waits no
    more, and is told; the seat passes on. Where any number can come nobody has to wait, or to be asked:
    whoever does has a seat, and is told.

    A seat becomes free in many ways (an answer, a bigger room, a person erased, time): they all end here.
    """
    async with uow as rows:
        for event in await rows.notices.events_with_seats(now):
            await _offer(rows, rows.association(event.association_id), event.id, now)
        await uow.commit()


async def _offer(rows: Rows, ours: AssociationRows, event_id: int, now: datetime) -> None:
    event = await ours.events.hold(event_id)
    if event is None:
        return
    lapsed = await ours.seats.pass_on(event_id, now)
    seating = await ours.seats.seating(event_id)
    seated, next_in_line = to_be_seated(event, seating), to_be_offered(event, seating, now)
    if not lapsed and not seated and not next_in_line:
        return
    used = await rows.notices.profiles_in_use([event.association_id])
    hours = LocalHours(TimingProfile.from_canonical(next(one.settings for one in used if one.own)))
    due = hours.after_quiet(now)
    await _tell(rows, event, lapsed, LAPSED, now, (due, event.starts_at))
    if seated:
        await ours.seats.seat(event_id, [one.person_id for one in seated])
        reachable = [one.person_id for one in seated if one.reachable]
        await _tell(rows, event, reachable, SEATED, now, (due, event.starts_at))
        return
    until = offered_until(due, event.starts_at, hours)
    if until is None:
        return
    await ours.seats.offer(event_id, next_in_line, until)
    await _tell(rows, event, next_in_line, Message.OFFER, now, (due, until))


async def _tell(
    rows: Rows,
    event: Event,
    people: Collection[int],
    what: str,
    now: datetime,
    when: tuple[datetime, datetime],
) -> None:
    """Of a seat that is offered, or hers; `when` it is due, and until when it is of use."""
    due, until = when
    for person_id in people:
        await rows.mailing.tell_one(
            event.association_id,
            person_id,
            Message.OFFER,
            event_id=event.id,
            lead=f"{what}-{now:%Y%m%d%H%M%S}",
            version=event.schedule_version,
            due_at=due,
            useful_until=until,
        )


async def _with_seats(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Event:
    """An event that she runs, and whose seats can be counted."""
    await check_runs(ours, actor, event_id)
    event = await known_event(ours, event_id)
    check_planned(event)
    check_ahead(event, now)
    check_gathering(event)
    return event
