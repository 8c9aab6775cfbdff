"""Who presents an event: somebody of the association, or somebody who comes in by an invitation."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.changing import due_by_profile
from actions.checking import check_ahead, check_gathering, check_planned, known_event
from domain.errors import DomainError
from domain.hosting import named_in
from domain.records import Actor, Event, EventInvitation, Host, Member, Standing
from domain.roles import Part
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, UnitOfWork

# A presenter's invitation opens the list of those who come: it is good once, and not for long.
HOST_INVITATION = timedelta(days=7)
HOST_DIGITS = 10
# What is sent to who presents an event, as such.
_TO_HOSTS = frozenset({Message.PRESENTING, Message.LIST, Message.SUMMARY})


@dataclass(frozen=True, slots=True)
class Hosting:
    """An event, who presents it, and who is meant by the name on its card without doing so. `told` says
    whether the one who was linked now hears of it."""

    event: Event
    hosts: Sequence[Host]
    named: Sequence[Member] = ()
    told: bool = False


async def hosting(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Hosting:
    """Who presents an event. Raises DomainError `event_unknown`, `event_cancelled`, `event_over`,
    `no_answer_needed`."""
    async with uow as rows:
        found = await _hosting(rows.association(actor.home.id), event_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def to_choose_from(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime
) -> tuple[Event, list[Member]]:
    """An event and all members who do not present it yet. Raises what `hosting` raises."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = await _event(ours, event_id, now)
        hosts = {one.person_id for one in await ours.parts.hosts(event_id)}
        members = await _members(ours)
    return event, [one for one in members if one.person_id not in hosts]


async def propose_host(
    uow: UnitOfWork, actor: Actor, event_id: int, person_id: int, now: datetime
) -> tuple[Event, Member]:
    """Who would present an event. Raises what `link_host` raises."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return await _event(ours, event_id, now), await _member(ours, person_id)


async def link_host(uow: UnitOfWork, actor: Actor, event_id: int, person_id: int, now: datetime) -> Hosting:
    """A member presents an event from now on, and is told; a second press changes nothing.

    Raises what `hosting` raises, and DomainError `person_unknown`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _event(ours, event_id, now)
        await _member(ours, person_id)
        told = False
        if await ours.parts.give(event_id, person_id, Part.HOST, now):
            if person_id != actor.person_id:
                due = await due_by_profile(rows, actor.home.id, now)
                told = await rows.mailing.tell_presenter(event, person_id, due, now) == 1
            facts = {"event": event_id, "person": person_id}
            await ours.journal.write("host_linked", facts, actor.person_id, now)
        found = await _hosting(ours, event_id, now, told=told)
        await uow.commit()
    return found


async def unlink_host(uow: UnitOfWork, actor: Actor, event_id: int, person_id: int, now: datetime) -> Hosting:
    """Somebody presents an event no more; a second press changes nothing. Raises what `hosting` raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _event(ours, event_id, now)
        if await ours.parts.take(event_id, person_id, Part.HOST):
            if person_id not in await ours.members.coordinators():
                await rows.waiting.withdraw_from(event, person_id, _TO_HOSTS)
            facts = {"event": event_id, "person": person_id}
            await ours.journal.write("host_unlinked", facts, actor.person_id, now)
        found = await _hosting(ours, event_id, now)
        await uow.commit()
    return found


async def invite_host(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime
) -> tuple[Event, EventInvitation]:
    """An event and a way in for who is to present it: good once, for seven days. Raises what `hosting`
    raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _event(ours, event_id, now)
        invitation = new_invitation(event, Part.HOST, HOST_DIGITS, now + HOST_INVITATION)
        await rows.event_invitations.add(invitation, now)
        await ours.journal.write("host_invited", {"event": event_id}, actor.person_id, now)
        await uow.commit()
    return event, invitation


def new_invitation(event: Event, part: Part, length: int, expires_at: datetime | None) -> EventInvitation:
    """A way to an event that nobody has yet, with so many digits."""
    return EventInvitation(
        association_id=event.association_id,
        event_id=event.id,
        part=part,
        code=secrets.token_urlsafe(12),
        # No leading nought: a person who leaves it out is still understood.
        digits=str(secrets.choice(range(10 ** (length - 1), 10**length))),
        expires_at=expires_at,
    )


async def _hosting(ours: AssociationRows, event_id: int, now: datetime, *, told: bool = False) -> Hosting:
    event, hosts = await _event(ours, event_id, now), await ours.parts.hosts(event_id)
    ids = {one.person_id for one in hosts}
    meant = named_in(event.responsible, await _members(ours)) if event.responsible else []
    return Hosting(event, hosts, [one for one in meant if one.person_id not in ids], told)


async def _event(ours: AssociationRows, event_id: int, now: datetime) -> Event:
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_planned(event)
    check_ahead(event, now)
    return event


async def _members(ours: AssociationRows) -> list[Member]:
    return await ours.roster.everybody([Standing.ACTIVE])


async def _member(ours: AssociationRows, person_id: int) -> Member:
    found = next((one for one in await _members(ours) if one.person_id == person_id), None)
    if found is None:
        raise DomainError("person_unknown")
    return found
