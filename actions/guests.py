"""Guests of an event: who comes without being a member, written down, or in the bot by the event's link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.checking import (
    check_ahead,
    check_gathering,
    check_not_cancelled,
    check_planned,
    check_runs,
    known_event,
)
from actions.hosting import new_invitation
from domain.guests import read_guests
from domain.records import Actor, Attendee, Event, EventInvitation, Guest
from domain.roles import Part
from domain.rsvp import Crowd, crowd
from storage.unit_of_work import AssociationRows, UnitOfWork

GUEST_STEP = "guests"
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Guests:
    """An event, the guests written down for it, and those who are in the bot, with their answers."""

    event: Event
    written: Sequence[Guest]
    invited: Sequence[Attendee]


async def guests(uow: UnitOfWork, actor: Actor, event_id: int, *, writing: bool = False) -> Guests:
    """An event and its guests; with `writing`, what is written next are more of them.

    Raises DomainError `event_unknown`, `event_cancelled`, `no_answer_needed`, `only_host`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, actor, event_id)
        found = await _guests(ours, event)
        await rows.people.wait_for(actor.person_id, GUEST_STEP if writing else None, event=event_id)
        await uow.commit()
    return found


async def add_guests(
    uow: UnitOfWork, actor: Actor, event_id: int, text: str, now: datetime, *, even_so: bool = False
) -> tuple[Guests, Crowd | None]:
    """Guests out of «Фамилия Имя Отчество, организация», one a line; one who is in the list already is not
    added again. Returns all there are now.

    Where there are no seats for them they are entered `even_so`, or not yet: the crowd that there would be
    is returned, and what was written is kept in the dialogue (`written`).

    Raises DomainError as `guests` does, and those of read_guests.
    """
    written = read_guests(text)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        event = await _gathering(ours, actor, event_id)
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
        found = await _guests(ours, event)
        await uow.commit()
    return found, full


async def remove_guest(uow: UnitOfWork, actor: Actor, event_id: int, guest_id: int, now: datetime) -> Guests:
    """A guest does not come after all; a second press changes nothing. Returns who is left.

    Raises DomainError as `guests` does.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, actor, event_id)
        if await ours.guests.remove(event_id, guest_id):
            await ours.journal.write("removed_guest", {"event": event_id}, actor.person_id, now)
        found = await _guests(ours, event)
        await uow.commit()
    return found


async def remove_invited(
    uow: UnitOfWork, actor: Actor, event_id: int, person_id: int, now: datetime
) -> Guests:
    """A guest who is in the bot is invited to the event no more: her answer counts no longer, and nothing is
    sent. A second press changes nothing.

    Raises DomainError as `guests` does.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, actor, event_id)
        if await ours.parts.take(event_id, person_id, Part.GUEST):
            await ours.rsvps.stop_counting_for(event_id, person_id)
            await rows.waiting.withdraw_from(event, person_id)
            facts = {"event": event_id, "person": person_id}
            await ours.journal.write("removed_guest", facts, actor.person_id, now)
        found = await _guests(ours, event)
        await uow.commit()
    return found


async def guest_link(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime, *, anew: bool = False
) -> tuple[Event, EventInvitation]:
    """An event and the way in that its guests share, until it is over; with `anew` another one, and the
    former lets nobody in any more.

    Raises DomainError as `guests` does, and `event_over`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, actor, event_id)
        check_planned(event)
        check_ahead(event, now)
        if anew:
            await rows.event_invitations.withdraw(actor.home.id, event_id, now)
        invitation = await rows.event_invitations.of_guests(actor.home.id, event_id)
        if invitation is None:
            invitation = new_invitation(event, Part.GUEST, _DIGITS, None)
            await rows.event_invitations.add(invitation, now)
            await ours.journal.write("guest_link_made", {"event": event_id}, actor.person_id, now)
        await uow.commit()
    return event, invitation


async def withdraw_link(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Guests:
    """The way in that an event's guests share lets nobody in any more; who is in stays.

    Raises DomainError as `guests` does.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, actor, event_id)
        if await rows.event_invitations.withdraw(actor.home.id, event_id, now):
            await ours.journal.write("guest_link_withdrawn", {"event": event_id}, actor.person_id, now)
        found = await _guests(ours, event)
        await uow.commit()
    return found


async def _guests(ours: AssociationRows, event: Event) -> Guests:
    # Who presents it is found under «Поручить встречу».
    hosts = {one.person_id for one in await ours.parts.hosts(event.id)}
    everybody = await ours.rsvps.attendees(event.id)
    invited = [one for one in everybody if one.guest and one.person_id not in hosts]
    return Guests(event, await ours.guests.of_event(event.id), invited)


async def _gathering(ours: AssociationRows, actor: Actor, event_id: int) -> Event:
    await check_runs(ours, actor, event_id)
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_not_cancelled(event)
    return event
