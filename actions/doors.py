"""Ways in: an invitation, an event's link or its check-in code, and what stands behind it; from there consent
leads to the questions of actions.joining."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.acting import reread
from actions.arriving import arrive, ask_heir, be_guest, is_methodist, let_in, tell_of_helper
from actions.check_in import open_for
from actions.checking import speaking_for
from actions.joining import NAME_STEP, ORGANISATION_STEP, SCHOOL_STEP
from domain.checkin import Scan, check_open
from domain.errors import DomainError
from domain.records import (
    LISTED,
    MEMBERS,
    Actor,
    Association,
    Event,
    EventInvitation,
    Handover,
    Passing,
    Standing,
    Status,
)
from domain.roles import Part, Right, Role, may
from storage.unit_of_work import Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Door:
    """A way in that holds: which association, as what, and what the invitation's code was (None: by id).

    `inside` is who she is there, if she is in already as that or as more. A door to one event has it with the
    part that it gives; who is a member of another association (`elsewhere`) goes on acting there. By the
    invitation of a `handover` she comes in as a member, and is offered the desk. `listed`: a door to one
    event is opened by one of those it is for anyway. A methodist's may lead into other associations
    `beside` that: those that she is not in yet.
    """

    association: Association
    role: Role
    code: str | None
    inside: Actor | None
    event: Event | None = None
    part: Part | None = None
    elsewhere: bool = False
    handover: Handover | None = None
    listed: bool = False
    beside: tuple[Association, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What somebody shows to be let in: a code or digits, or an id that the operator named; or she scanned
    the check-in code of an event, and so is there."""

    telegram_id: int
    code: str | None
    coordinators: Collection[int]
    scan: Scan | None = None


async def knock(uow: UnitOfWork, key: Key, now: datetime) -> Door:
    """Looks at a key; stores nothing about who is not in yet, and lets in who is.

    Raises DomainError `invitation_unknown`, `invitation_used`, `invitation_expired`, `invitation_needed`,
    `not_set_up`, `request_waits`; of a way to one event also `guest_link_withdrawn`, `invited_event_over`,
    `methodist_invited` for who oversees the association; of a handover `handover_gone` where the desk is not
    offered any more; of a check-in code those of domain.checkin.check_open, for one who has no part in the
    event yet, and `checkin_unknown`.
    """
    async with uow as rows:
        door = await _go_in(rows, await _open(rows, key, now), now)
        if door.inside is not None and door.handover is not None:
            await _claim(rows, door, door.inside)
            await ask_heir(rows, door.association.id, door.inside.person_id, now)
        await uow.commit()
    return door


async def consent(
    uow: UnitOfWork, key: Key, wording: Callable[[Door], str], now: datetime, **facts: object
) -> Actor:
    """She agrees to the wording shown: only now is anything about her stored. Returns who she is from now on.
    `facts` go with her dialogue until she is in.

    Raises the DomainErrors of `knock`. An invitation that is good once is used up here, a presenter's too.
    For one who is inside nothing changes: the button was pressed before. A member of another association
    comes as a guest from there: nothing more is asked.
    """
    async with uow as rows:
        door = await _open(rows, key, now)
        if (inside := (await _go_in(rows, door, now)).inside) is not None:
            await uow.commit()
            return inside
        good_once = door.role in {Role.COORDINATOR, Role.METHODIST} or door.handover is not None
        if good_once and door.code and not await rows.associations.use_invitation(door.code, now):
            raise DomainError("invitation_used")
        person_id = await rows.people.add(key.telegram_id, now)
        ours = rows.association(door.association.id)
        await ours.members.add(person_id, door.role, wording(door), now)
        await ours.merges.forget(person_id)
        for other in door.beside:
            said = wording(replace(door, association=other))
            await rows.association(other.id).members.add(person_id, door.role, said, now)
            await rows.association(other.id).merges.forget(person_id)
        await _take_part(rows, door, person_id, now)
        if door.elsewhere:
            actor = await reread(rows, key.telegram_id)
            await ours.members.set_organisation(person_id, actor.school or "")
            await be_guest(rows, door.association.id, person_id, now)
            await uow.commit()
            return actor
        await rows.people.set_current_association(person_id, door.association.id)
        actor = await reread(rows, key.telegram_id)
        await _claim(rows, door, actor)
        if actor.role is Role.JOINING:
            last = SCHOOL_STEP if door.event is None else ORGANISATION_STEP
            step: str | None = NAME_STEP if actor.name is None else last
            # A methodist is of no school.
            if actor.name is not None and (actor.school is not None or door.role is Role.METHODIST):
                step = await arrive(rows, actor, now)
            await rows.people.wait_for(person_id, step, **facts)
        elif actor.role is Role.WAITING and door.role is Role.COORDINATOR:
            await let_in(rows, actor.home.id, person_id, now)
        elif actor.role is Role.COORDINATOR:  # a member until now
            await tell_of_helper(rows, actor.home.id, person_id, now)
        actor = await reread(rows, key.telegram_id)
        await uow.commit()
    return actor


async def _go_in(rows: Rows, door: Door, now: datetime) -> Door:
    """One who is in already acts in that association from now on, and has the part that the door gives."""
    if door.inside is None:
        return door
    await _take_part(rows, door, door.inside.person_id, now)
    if not door.elsewhere:
        await rows.people.set_current_association(door.inside.person_id, door.association.id)
    return replace(door, inside=await reread(rows, door.inside.telegram_id))


async def _open(rows: Rows, key: Key, now: datetime) -> Door:
    if key.scan is not None:
        return await _open_by_scan(rows, key.telegram_id, key.scan)
    if key.code is None:
        first = (await rows.associations.all())[0]
        if key.telegram_id in key.coordinators and not await _resigned(rows, key.telegram_id, first.id):
            inside = await _inside(rows, key.telegram_id, first.id, Role.MEMBER)
            return Door(first, Role.COORDINATOR, None, inside)
        raise DomainError("invitation_needed" if first.set_up else "not_set_up")
    invitation = await rows.associations.invitation(key.code)
    if invitation is None:
        return await _open_to_event(rows, key, now)
    role, handover = invitation.role, None
    if role is Role.COORDINATOR:
        handover = await rows.associations.handover_by(invitation.code)
        if handover is not None:
            role = Role.MEMBER
            await _check_offered(rows, handover, key.telegram_id)
    inside, ahead = None, []
    for association_id in (invitation.association_id, *invitation.beside):
        there = await _inside(rows, key.telegram_id, association_id, role)
        inside = inside or there
        if there is None:
            ahead.append(association_id)
    # Where she is not in yet she is let in; where she is in everywhere, nothing changes.
    if ahead:
        inside = None
    if invitation.used and inside is None:
        raise DomainError("invitation_used")
    if invitation.expires_at is not None and invitation.expires_at <= now and inside is None:
        raise DomainError("invitation_expired")
    into = ahead or [invitation.association_id]
    association, *beside = [await rows.associations.get(one) for one in into]
    if association is None:
        raise DomainError("invitation_unknown")
    if invitation.role is Role.MEMBER and not association.set_up:
        raise DomainError("not_set_up")
    if invitation.role is Role.MEMBER and await _waits(rows, key.telegram_id, association.id):
        raise DomainError("request_waits")
    others = tuple(one for one in beside if one is not None)
    return Door(association, role, invitation.code, inside, handover=handover, beside=others)


async def _check_offered(rows: Rows, handover: Handover, telegram_id: int) -> None:
    """Raises DomainError `handover_gone` for an invitation to a desk that is offered to nobody any more, or
    that somebody else has opened, or who offers it herself."""
    person = await rows.people.actor(telegram_id)
    person_id = None if person is None else person.person_id
    if handover.state is not Passing.OFFERED:
        raise DomainError("handover_gone")
    if handover.to_id not in {None, person_id}:
        raise DomainError("invitation_used")
    if handover.from_id == person_id:
        raise DomainError("handover_to_yourself")
    if person_id is not None and await is_methodist(rows.association(handover.association_id), person_id):
        raise DomainError("handover_to_methodist")


async def _resigned(rows: Rows, telegram_id: int, association_id: int) -> bool:
    """Whether she gave the desk up, whatever the operator's list says."""
    person = await rows.people.actor(telegram_id)
    if person is None:
        return False
    membership = await rows.association(association_id).members.record(person.person_id) or {}
    return bool(membership.get("resigned"))


async def _open_to_event(rows: Rows, key: Key, now: datetime) -> Door:
    """The door to one event, by an invitation."""
    invitation = await rows.event_invitations.find(key.code or "")
    association = None if invitation is None else await rows.associations.get(invitation.association_id)
    if invitation is None or association is None:
        raise DomainError("invitation_unknown")
    door, event, has = await _door_to(
        rows, key.telegram_id, association, invitation.event_id, invitation.part
    )
    if not (has in {Part.HOST, invitation.part} or (door.listed and invitation.part is Part.GUEST)):
        _check_way(invitation, event, now)
    return replace(door, code=invitation.code)


async def _open_by_scan(rows: Rows, telegram_id: int, scan: Scan) -> Door:
    """The same by an event's check-in code: who is there without being invited is its guest."""
    association = await rows.associations.of_event(scan.event_id)
    if association is None:
        raise DomainError("checkin_unknown")
    door, event, has = await _door_to(rows, telegram_id, association, scan.event_id, Part.GUEST)
    if has is None and not door.listed:
        check_open(event, open_for(event, association), scan.at)
    return door


async def _door_to(
    rows: Rows, telegram_id: int, association: Association, event_id: int, part: Part
) -> tuple[Door, Event, Part | None]:
    """The door to one event, and the part that she has in it already. Whoever is in the association needs no
    part to see it; a guest does."""
    ours = rows.association(association.id)
    event = await speaking_for(ours, event_id)
    person, standing, has = await rows.people.actor(telegram_id), None, None
    if person is not None:
        standing = (await ours.members.record(person.person_id) or {}).get("status")
        has = await ours.parts.of(event.id, person.person_id)
    if standing == Standing.REQUESTED:
        raise DomainError("request_waits")
    if person is not None and await is_methodist(ours, person.person_id):
        raise DomainError("methodist_invited")
    listed = standing in LISTED
    elsewhere = (
        person is not None
        and person.association is not None
        and person.association.id != association.id
        and may(person.role, Right.PLAN)
        and not listed
    )
    inside = person if listed or standing == Standing.GUEST else None
    door = Door(association, Role.GUEST, None, inside, event, part, elsewhere, listed=listed)
    return door, event, has


def _check_way(invitation: EventInvitation, event: Event, now: datetime) -> None:
    """Whether a way to an event lets in who has no part in it yet."""
    if invitation.withdrawn:
        raise DomainError("guest_link_withdrawn")
    if invitation.used:
        raise DomainError("invitation_used")
    if invitation.expires_at is not None and invitation.expires_at <= now:
        raise DomainError("invitation_expired")
    if event.status is not Status.PLANNED or event.ends_at <= now:
        raise DomainError("invited_event_over")


async def _take_part(rows: Rows, door: Door, person_id: int, now: datetime) -> None:
    """The part that a door to an event gives. A member is no guest: she comes as one of those it is for."""
    if door.event is None or door.part is None:
        return
    ours = rows.association(door.association.id)
    if door.part is Part.GUEST:
        standing = (await ours.members.record(person_id) or {}).get("status")
        if standing not in LISTED:
            await ours.parts.give(door.event.id, person_id, Part.GUEST, now)
    elif await ours.parts.of(door.event.id, person_id) is not Part.HOST:
        if not await rows.event_invitations.use(door.code or "", now):
            raise DomainError("invitation_used")
        await ours.parts.give(door.event.id, person_id, Part.HOST, now)
        facts = {"event": door.event.id, "person": person_id}
        await ours.journal.write("host_came", facts, person_id, now)


async def _claim(rows: Rows, door: Door, actor: Actor) -> None:
    """By the invitation to a handover she is the one to whom the desk is offered."""
    if door.handover is not None:
        await rows.association(door.association.id).handovers.settle(
            door.handover.id, Passing.OFFERED, among=Passing.OFFERED, to_id=actor.person_id
        )


async def _waits(rows: Rows, telegram_id: int, association_id: int) -> bool:
    """Whether she has asked to be let in, and nobody has said anything yet."""
    _, membership = await _membership(rows, telegram_id, association_id)
    return membership.get("status") == Standing.REQUESTED


async def _inside(rows: Rows, telegram_id: int, association_id: int, role: Role) -> Actor | None:
    person, membership = await _membership(rows, telegram_id, association_id)
    # Whoever is in the lists, or oversees them, comes in by no other door than the coordinator's.
    is_in = membership.get("status") in (LISTED if role is Role.COORDINATOR else MEMBERS) and (
        role is not Role.COORDINATOR or membership.get("role") == Role.COORDINATOR
    )
    return person if is_in else None


async def _membership(
    rows: Rows, telegram_id: int, association_id: int
) -> tuple[Actor | None, Mapping[str, object]]:
    """Who is behind a Telegram id, and how she stands in the association; empty where she never came."""
    person = await rows.people.actor(telegram_id)
    if person is None:
        return None, {}
    return person, await rows.association(association_id).members.record(person.person_id) or {}
