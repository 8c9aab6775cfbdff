"""From an invitation to a member: consent, full name, school."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import DomainError
from domain.full_names import FullName, parse_full_name
from domain.records import LISTED, Actor, Association, School, Standing
from domain.roles import Role
from domain.school_names import same_school, school_key, tidy_title
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

NAME_STEP = "join_name"
SCHOOL_STEP = "join_school"


@dataclass(frozen=True, slots=True)
class Door:
    """A way in that holds: which association, as what, and what the invitation's code was (None: by id).

    `inside` is who she is there, if she is in already as that or as more.
    """

    association: Association
    role: Role
    code: str | None
    inside: Actor | None


@dataclass(frozen=True, slots=True)
class Key:
    """What somebody shows to be let in: a code or digits, or an id that the operator named."""

    telegram_id: int
    code: str | None
    coordinators: Collection[int]


async def knock(uow: UnitOfWork, key: Key, now: datetime) -> Door:
    """Looks at a key; stores nothing about who is not in yet, and lets in who is.

    Raises DomainError `invitation_unknown`, `invitation_used`, `invitation_expired`, `invitation_needed`,
    `not_set_up`.
    """
    async with uow as rows:
        door = await _go_in(rows, await _open(rows, key, now))
        await uow.commit()
    return door


async def _go_in(rows: Rows, door: Door) -> Door:
    """One who is in already acts in that association from now on."""
    if door.inside is None:
        return door
    await rows.people.set_current_association(door.inside.person_id, door.association.id)
    return replace(door, inside=await _reread(rows, door.inside.telegram_id))


async def _open(rows: Rows, key: Key, now: datetime) -> Door:
    if key.code is None:
        first = (await rows.associations.all())[0]
        if key.telegram_id in key.coordinators:
            inside = await _inside(rows, key.telegram_id, first.id, Role.MEMBER)
            return Door(first, Role.COORDINATOR, None, inside)
        raise DomainError("invitation_needed" if first.set_up else "not_set_up")
    invitation = await rows.associations.invitation(key.code)
    if invitation is None:
        raise DomainError("invitation_unknown")
    inside = await _inside(rows, key.telegram_id, invitation.association_id, invitation.role)
    if invitation.used and inside is None:
        raise DomainError("invitation_used")
    if invitation.expires_at is not None and invitation.expires_at <= now and inside is None:
        raise DomainError("invitation_expired")
    association = await rows.associations.get(invitation.association_id)
    if association is None:
        raise DomainError("invitation_unknown")
    if invitation.role is Role.MEMBER and not association.set_up:
        raise DomainError("not_set_up")
    return Door(association, invitation.role, invitation.code, inside)


async def _inside(rows: Rows, telegram_id: int, association_id: int, role: Role) -> Actor | None:
    person = await rows.people.actor(telegram_id)
    if person is None:
        return None
    membership = await rows.association(association_id).members.record(person.person_id) or {}
    is_in = membership.get("status") in LISTED and membership.get("role") in {role, Role.COORDINATOR}
    return person if is_in else None


async def consent(uow: UnitOfWork, key: Key, wording: Callable[[Association], str], now: datetime) -> Actor:
    """She agrees to the wording shown: only now is anything about her stored. Returns who she is from now on.

    Raises the DomainErrors of `knock`. A coordinator's invitation is used up here. For one who is inside
    nothing changes: the button was pressed before.
    """
    async with uow as rows:
        door = await _open(rows, key, now)
        if (inside := (await _go_in(rows, door)).inside) is not None:
            await uow.commit()
            return inside
        if (
            door.role is Role.COORDINATOR
            and door.code
            and not await rows.associations.use_invitation(door.code, now)
        ):
            raise DomainError("invitation_used")
        person_id = await rows.people.add(key.telegram_id, now)
        members = rows.association(door.association.id).members
        await members.add(person_id, door.role, wording(door.association), now)
        await rows.people.set_current_association(person_id, door.association.id)
        actor = await _reread(rows, key.telegram_id)
        if actor.role is Role.JOINING:
            step: str | None = NAME_STEP if actor.name is None else SCHOOL_STEP
            if actor.name is not None and actor.school is not None:
                await _enter(rows, actor, now)
                step = None
            await rows.people.wait_for(person_id, step)
        elif actor.role is Role.WAITING and door.role is Role.COORDINATOR:
            await let_in(rows, actor.home.id, person_id, now)
        actor = await _reread(rows, key.telegram_id)
        await uow.commit()
    return actor


async def give_name(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores her full name; while joining the school is asked next. Raises parse_full_name's DomainErrors."""
    name = parse_full_name(text)
    async with uow as rows:
        await rows.people.set_name(actor.person_id, name)
        following = SCHOOL_STEP if actor.role is Role.JOINING else None
        await rows.people.wait_for(actor.person_id, following)
        actor = await _reread(rows, actor.telegram_id)
        await uow.commit()
    return actor


async def known_schools(uow: UnitOfWork, actor: Actor) -> list[School]:
    """The schools to offer, those with most people first; none to one who is to wait at the door."""
    if actor.home.by_request and actor.role in {Role.JOINING, Role.WAITING}:
        return []
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).members.schools()


async def give_school(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores where she works, by what she typed, compared leniently with the schools known.

    Raises DomainError `school_empty`, `school_too_long` or `school_is_name`.
    """
    if actor.name is not None and _is_name(text, actor.name):
        # The question was lost on its way, and she answers the one before it again.
        raise DomainError("school_is_name")
    title = tidy_title(text)
    async with uow as rows:
        members = rows.association(actor.home.id).members
        school = known_school(await members.schools(), title)
        school_id = await members.add_school(title) if school is None else school.id
        return await _settle(rows, uow, actor, school_id, now)


def _is_name(text: str, name: FullName) -> bool:
    try:
        return parse_full_name(text) == name
    except DomainError:
        return False


def known_school(schools: list[School], title: str) -> School | None:
    """The school that was meant: one with the same key before one that is only like it."""
    exact = [school for school in schools if school_key(school.title) == school_key(title)]
    alike = [school for school in schools if same_school(school.title, title)]
    return next(iter(exact + alike), None)


async def choose_school(uow: UnitOfWork, actor: Actor, school_id: int, now: datetime) -> Actor:
    """Stores where she works, by a button. Raises DomainError `school_unknown` for a made-up one."""
    async with uow as rows:
        ours: AssociationRows = rows.association(actor.home.id)
        if school_id not in {school.id for school in await ours.members.schools()}:
            raise DomainError("school_unknown")
        return await _settle(rows, uow, actor, school_id, now)


async def _settle(rows: Rows, uow: UnitOfWork, actor: Actor, school_id: int, now: datetime) -> Actor:
    ours = rows.association(actor.home.id)
    await ours.members.set_school(actor.person_id, school_id)
    if actor.role is Role.JOINING:
        await _enter(rows, actor, now)
    await rows.people.wait_for(actor.person_id, None)
    actor = await _reread(rows, actor.telegram_id)
    await uow.commit()
    return actor


async def _enter(rows: Rows, actor: Actor, now: datetime) -> None:
    """Everything is known of her: she is in, or her coordinators are asked to let her in."""
    ours = rows.association(actor.home.id)
    membership = await ours.members.record(actor.person_id) or {}
    if actor.home.by_request and membership.get("role") != Role.COORDINATOR:
        if await ours.roster.move(actor.person_id, Standing.REQUESTED, among=[Standing.JOINING]):
            await rows.mailing.tell_coordinators(
                actor.home.id, Message.REQUEST, version=actor.person_id, due_at=now
            )
    else:
        await let_in(rows, actor.home.id, actor.person_id, now)


async def let_in(rows: Rows, association_id: int, person_id: int, now: datetime) -> bool:
    """She is a member from now on; False where she was one, or has withdrawn."""
    ours = rows.association(association_id)
    before = (Standing.JOINING, Standing.REQUESTED, Standing.REFUSED)
    if not await ours.roster.move(person_id, Standing.ACTIVE, among=before, joined_at=now):
        return False
    membership = await ours.members.record(person_id) or {}
    await ours.journal.write("joined", {"role": membership.get("role")}, person_id, now)
    return True


async def _reread(rows: Rows, telegram_id: int) -> Actor:
    actor = await rows.people.actor(telegram_id)
    if actor is None:
        raise DomainError("not_a_member")
    return actor
