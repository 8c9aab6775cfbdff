"""From an invitation to a member (consent, full name, school), or to a guest of one event, or its presenter
(consent, full name, where she comes from)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.acting import reread
from actions.check_in import open_for
from actions.checking import speaking_for
from actions.schools import known_school, once_called
from domain.checkin import Scan, check_open
from domain.errors import DomainError
from domain.full_names import FullName, parse_full_name
from domain.guests import read_organisation, same_name
from domain.people import records_of, works_elsewhere
from domain.records import (
    LISTED,
    MEMBERS,
    Actor,
    Association,
    Event,
    EventInvitation,
    Handover,
    Member,
    Passing,
    Standing,
    Status,
)
from domain.roles import Part, Right, Role, may
from domain.school_names import tidy_title
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

NAME_STEP = "join_name"
SCHOOL_STEP = "join_school"
ORGANISATION_STEP = "join_organisation"
# The lead of the message that asks her to accept the desk.
OFFERED = "offered"
# A record in the lists may be hers: is it? The second where it is of another school.
CLAIM_STEP = "join_claim"
CLAIM_ELSEWHERE_STEP = "join_claim_elsewhere"
CLAIM_STEPS = frozenset({CLAIM_STEP, CLAIM_ELSEWHERE_STEP})


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
            await _be_guest(rows, door.association.id, person_id, now)
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
                step = await _arrive(rows, actor, now)
            await rows.people.wait_for(person_id, step, **facts)
        elif actor.role is Role.WAITING and door.role is Role.COORDINATOR:
            await let_in(rows, actor.home.id, person_id, now)
        actor = await reread(rows, key.telegram_id)
        await uow.commit()
    return actor


async def give_name(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores her full name; while joining the school is asked next, or where a guest comes from. Raises
    parse_full_name's DomainErrors."""
    name = parse_full_name(text)
    async with uow as rows:
        await rows.people.set_name(actor.person_id, name)
        following, kept = None, {}
        if actor.role is Role.JOINING and await is_methodist(
            rows.association(actor.home.id), actor.person_id
        ):
            await _enter(rows, actor, now)
        elif actor.role is Role.JOINING:
            guest = await _comes_as_guest(rows, actor)
            following = ORGANISATION_STEP if guest else SCHOOL_STEP
            kept = dict(actor.asked(NAME_STEP))
        await rows.people.wait_for(actor.person_id, following, **kept)
        actor = await reread(rows, actor.telegram_id)
        await uow.commit()
    return actor


async def give_school(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores where she works, by what she typed, compared leniently with the schools known.

    Raises DomainError `school_empty`, `school_too_long` or `school_is_name`; and, the first time that she
    types it, `school_renamed` with the facts `title` and `school` for one that has another name by now.
    """
    if actor.name is not None and _is_name(text, actor.name):
        # The question was lost on its way, and she answers the one before it again.
        raise DomainError("school_is_name")
    title = tidy_title(text)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        school = known_school(await ours.members.schools(), title)
        if school is None and (renamed := await once_called(ours, title)) is not None:
            asked = actor.asked(SCHOOL_STEP)
            if asked.get("typed") != title:
                await rows.people.wait_for(actor.person_id, SCHOOL_STEP, **{**asked, "typed": title})
                await uow.commit()
                raise DomainError("school_renamed", title=title, school=renamed)
        school_id = await ours.members.add_school(title) if school is None else school.id
        return await _settle(rows, uow, actor, school_id, now)


async def give_organisation(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores where a guest comes from; with that she is in. Raises DomainError `organisation_empty`,
    `organisation_too_long`, `organisation_is_name`, `stale_button` where she is no guest."""
    if actor.name is not None and _is_name(text, actor.name):
        raise DomainError("organisation_is_name")
    title = read_organisation(text)
    async with uow as rows:
        if not await _comes_as_guest(rows, actor):
            raise DomainError("stale_button")
        await rows.association(actor.home.id).members.set_organisation(actor.person_id, title)
        if actor.role is Role.JOINING:
            await _be_guest(rows, actor.home.id, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        actor = await reread(rows, actor.telegram_id)
        await uow.commit()
    return actor


async def _comes_as_guest(rows: Rows, actor: Actor) -> bool:
    membership = await rows.association(actor.home.id).members.record(actor.person_id) or {}
    return membership.get("role") == Role.GUEST


def _is_name(text: str, name: FullName) -> bool:
    try:
        return parse_full_name(text) == name
    except DomainError:
        return False


async def choose_school(uow: UnitOfWork, actor: Actor, school_id: int, now: datetime) -> Actor:
    """Stores where she works, by a button. Raises DomainError `school_unknown` for a made-up one."""
    async with uow as rows:
        ours: AssociationRows = rows.association(actor.home.id)
        if school_id not in {school.id for school in await ours.members.schools()}:
            raise DomainError("school_unknown")
        return await _settle(rows, uow, actor, school_id, now)


async def _settle(rows: Rows, uow: UnitOfWork, actor: Actor, school_id: int, now: datetime) -> Actor:
    ours = rows.association(actor.home.id)
    if await is_methodist(ours, actor.person_id):
        raise DomainError("methodist_looks")
    await ours.members.set_school(actor.person_id, school_id)
    step = await _arrive(rows, actor, now) if actor.role is Role.JOINING else None
    await rows.people.wait_for(actor.person_id, step, **actor.asked(SCHOOL_STEP))
    actor = await reread(rows, actor.telegram_id)
    await uow.commit()
    return actor


async def records_hers(ours: AssociationRows, person_id: int) -> list[Member]:
    """Records in the lists that may be this person's too, the likeliest first; a coordinator's is nobody
    else's."""
    member = await ours.roster.get(person_id)
    if member is None or member.standing not in LISTED | {Standing.JOINING}:
        return []
    found = records_of(member, await ours.roster.everybody())
    heads = set(await ours.members.coordinators()) if found else set()
    return [one for one in found if one.person_id not in heads]


async def _arrive(rows: Rows, actor: Actor, now: datetime) -> str | None:
    """She is in, or waits; but where she may come in at once and a record may be hers, that is asked first:
    the step of the question is returned. Who waits at the door learns nothing of who is in."""
    ours = rows.association(actor.home.id)
    membership = await ours.members.record(actor.person_id) or {}
    role = membership.get("role")
    open_to_her = role == Role.COORDINATOR or (role == Role.MEMBER and not actor.home.by_request)
    if open_to_her and (records := await records_hers(ours, actor.person_id)):
        member = await ours.roster.get(actor.person_id)
        elsewhere = member is not None and works_elsewhere(records[0], member)
        return CLAIM_ELSEWHERE_STEP if elsewhere else CLAIM_STEP
    await _enter(rows, actor, now)
    return None


async def _enter(rows: Rows, actor: Actor, now: datetime) -> None:
    """Everything is known of her: she is in, or her coordinators are asked to let her in."""
    ours = rows.association(actor.home.id)
    membership = await ours.members.record(actor.person_id) or {}
    offered = await ours.handovers.open_to(actor.person_id)
    if membership.get("role") == Role.GUEST:
        # Who left and comes again as a guest has a school here.
        await ours.members.set_organisation(actor.person_id, actor.school or "")
        await _be_guest(rows, actor.home.id, actor.person_id, now)
    elif actor.home.by_request and membership.get("role") == Role.MEMBER and offered is None:
        if await ours.roster.move(actor.person_id, Standing.REQUESTED, among=[Standing.JOINING]):
            await rows.mailing.tell_coordinators(
                actor.home.id, Message.REQUEST, version=actor.person_id, due_at=now
            )
    else:
        await let_in(rows, actor.home.id, actor.person_id, now)
        if membership.get("role") == Role.METHODIST:  # perhaps of several at once
            joining = await rows.associations.of_person(actor.person_id, [Standing.JOINING])
            for home in [home for home, role in joining if role is Role.METHODIST]:
                await let_in(rows, home.id, actor.person_id, now)


async def let_in(rows: Rows, association_id: int, person_id: int, now: datetime) -> bool:
    """She is a member from now on; False where she was one, or has withdrawn."""
    ours = rows.association(association_id)
    before = (Standing.JOINING, Standing.REQUESTED, Standing.REFUSED)
    oversees = await is_methodist(ours, person_id)
    to = Standing.OVERSEEING if oversees else Standing.ACTIVE
    if not await ours.roster.move(person_id, to, among=before, joined_at=now):
        return False
    membership = await ours.members.record(person_id) or {}
    # As a member she comes to what she was invited to before, and is nobody's guest any more.
    await ours.parts.drop(person_id, Part.GUEST)
    await ours.members.set_organisation(person_id, "")
    facts = {"role": membership.get("role")}
    await ours.journal.write("methodist_joined" if oversees else "joined", facts, person_id, now)
    await ask_heir(rows, association_id, person_id, now)
    return True


async def _be_guest(rows: Rows, association_id: int, person_id: int, now: datetime) -> None:
    """She is a guest from now on. Who was written down as one of the same name is she: everybody is counted
    once."""
    ours = rows.association(association_id)
    if not await ours.roster.move(person_id, Standing.GUEST, among=[Standing.JOINING], joined_at=now):
        return
    name = (await ours.members.readers([person_id]))[person_id].name
    for event_id in await ours.parts.event_ids(person_id):
        for written in await ours.guests.of_event(event_id):
            if same_name(written.name, name):
                await ours.guests.remove(event_id, written.id)
    await ours.journal.write("guest_came", {"person": person_id}, person_id, now)


async def _claim(rows: Rows, door: Door, actor: Actor) -> None:
    """By the invitation to a handover she is the one to whom the desk is offered."""
    if door.handover is not None:
        await rows.association(door.association.id).handovers.settle(
            door.handover.id, Passing.OFFERED, among=Passing.OFFERED, to_id=actor.person_id
        )


async def ask_heir(rows: Rows, association_id: int, person_id: int, now: datetime) -> None:
    """She is in: if the desk waits for her, she is asked to accept it."""
    waits = await rows.association(association_id).handovers.open_to(person_id)
    if waits is not None:
        await rows.mailing.tell_one(
            association_id, person_id, Message.ROLE, lead=OFFERED, version=waits.id, due_at=now
        )


async def is_methodist(ours: AssociationRows, person_id: int) -> bool:
    """Whether a person oversees the association from outside, or did."""
    return (await ours.members.record(person_id) or {}).get("role") == Role.METHODIST
