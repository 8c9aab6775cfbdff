"""Guests of an event: who comes without being a member, entered by the coordinator."""

from __future__ import annotations

from datetime import datetime

from actions.checking import known_event
from domain.errors import DomainError
from domain.guests import read_guests
from domain.records import Actor, Event, Guest, Status
from domain.rsvp import Crowd, crowd
from storage.unit_of_work import AssociationRows, UnitOfWork

GUEST_STEP = "guests"


async def guests(
    uow: UnitOfWork, actor: Actor, event_id: int, *, writing: bool = False
) -> tuple[Event, list[Guest]]:
    """An event and its guests; with `writing`, what is written next are more of them.

    Raises DomainError `event_unknown`, `event_cancelled`, `no_answer_needed`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, event_id)
        found = await ours.guests.of_event(event_id)
        await rows.people.wait_for(actor.person_id, GUEST_STEP if writing else None, event=event_id)
        await uow.commit()
    return event, found


async def add_guests(
    uow: UnitOfWork, actor: Actor, event_id: int, text: str, now: datetime, *, even_so: bool = False
) -> tuple[Event, list[Guest], Crowd | None]:
    """Guests out of «Фамилия Имя Отчество, организация», one a line; one who is in the list already is not
    added again. Returns all there are now.

    Where there are no seats for them they are entered `even_so`, or not yet: the crowd that there would be
    is returned, and what was written is kept in the dialogue (`written`).

    Raises DomainError as `guests` does, and those of read_guests.
    """
    written = read_guests(text)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.seats.hold(event_id)
        event = await _gathering(ours, event_id)
        known = {(one.name, one.organisation) for one in await ours.guests.of_event(event_id)}
        new = [one for one in dict.fromkeys(written) if (one.name, one.organisation) not in known]
        full = None if even_so or not new else crowd(event, await ours.seats.seating(event_id), len(new), now)
        if full is not None:
            await rows.people.wait_for(actor.person_id, GUEST_STEP, event=event_id, written=text)
        else:
            if new:
                await ours.guests.add(event_id, new, actor.person_id, now)
                facts = {"event": event_id, "guests": len(new)}
                await ours.journal.write("added_guests", facts, actor.person_id, now)
            await rows.people.wait_for(actor.person_id, None)
        found = await ours.guests.of_event(event_id)
        await uow.commit()
    return event, found, full


async def remove_guest(
    uow: UnitOfWork, actor: Actor, event_id: int, guest_id: int, now: datetime
) -> tuple[Event, list[Guest]]:
    """A guest does not come after all; a second press changes nothing. Returns who is left.

    Raises DomainError as `guests` does.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, event_id)
        if await ours.guests.remove(event_id, guest_id):
            await ours.journal.write("removed_guest", {"event": event_id}, actor.person_id, now)
        found = await ours.guests.of_event(event_id)
        await uow.commit()
    return event, found


async def _gathering(ours: AssociationRows, event_id: int) -> Event:
    event = await known_event(ours, event_id)
    if not event.gathering:
        raise DomainError("no_answer_needed", event_id=event_id)
    if event.status is Status.CANCELLED:
        raise DomainError("event_cancelled", event_id=event_id)
    return event
