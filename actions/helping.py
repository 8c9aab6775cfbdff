"""«Помощники»: who has rights in an association besides its members: coordinators, and methodists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from actions.arriving import is_methodist
from actions.associations import new_invitation
from actions.leaving import take_out
from actions.roster import PEOPLE_STEP, known_member
from domain.errors import DomainError
from domain.records import INSIDE, Actor, Association, Handover, Invitation, Member, Passing, Standing
from domain.roles import Role
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who has rights here, by surname, and the desk that is on its way to somebody (`heir` is None while
    nobody has opened the invitation)."""

    coordinators: tuple[Member, ...]
    methodists: tuple[Member, ...]
    handover: Handover | None
    heir: Member | None


async def helpers(uow: UnitOfWork, actor: Actor) -> Helpers:
    """Who has rights here; what she writes next is somebody's name."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        found = await _helpers(ours)
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return found


async def _helpers(ours: AssociationRows) -> Helpers:
    everybody = await ours.roster.everybody(INSIDE)
    newest = await ours.handovers.newest()
    offered = newest if newest is not None and newest.state is Passing.OFFERED else None
    heir_id = None if offered is None else offered.to_id
    return Helpers(
        tuple(one for one in everybody if one.role is Role.COORDINATOR),
        tuple(one for one in everybody if one.standing is Standing.OVERSEEING),
        offered,
        next((one for one in everybody if one.person_id == heir_id), None),
    )


async def candidates(uow: UnitOfWork, actor: Actor) -> list[Member]:
    """Whom she can give the desk to: the others in the lists who are in Telegram, by surname."""
    async with uow.reading() as rows:
        everybody = await rows.association(actor.home.id).roster.everybody([Standing.ACTIVE])
    return [one for one in everybody if one.reachable and one.person_id != actor.person_id]


async def leads_alone(uow: UnitOfWork, actor: Actor) -> bool:
    """Whether nobody would run the association any more once she is gone."""
    if actor.role is not Role.COORDINATOR:
        return False
    async with uow.reading() as rows:
        return set(await rows.association(actor.home.id).members.coordinators()) <= {actor.person_id}


async def leads_beside(uow: UnitOfWork, actor: Actor) -> list[Association]:
    """The other associations that she leads."""
    async with uow.reading() as rows:
        return await _leads_beside(rows, actor)


async def _leads_beside(rows: Rows, actor: Actor) -> list[Association]:
    return [
        home
        for home, role in await rows.associations.of_person(actor.person_id)
        if role is Role.COORDINATOR and home.id != actor.home.id
    ]


async def invite(
    uow: UnitOfWork, actor: Actor, role: Role, now: datetime, beside: Collection[int] = ()
) -> tuple[Invitation, list[Association]]:
    """A way in for one coordinator or one methodist, good once for seven days; a methodist's into others of
    her associations as well (`beside`). Returns them too. Raises DomainError `only_coordinator` for one that
    she does not lead."""
    async with uow as rows:
        others = [one for one in await _leads_beside(rows, actor) if one.id in beside]
        if len(others) < len(set(beside)) or (others and role is not Role.METHODIST):
            raise DomainError("only_coordinator")
        ids = [one.id for one in others]
        invitation = await new_invitation(rows, actor.home.id, role, now, ids)
        for association_id in (actor.home.id, *ids):
            journal = rows.association(association_id).journal
            await journal.write("helper_invited", {"role": role}, actor.person_id, now)
        await uow.commit()
    return invitation, others


async def propose(uow: UnitOfWork, actor: Actor, person_id: int, role: Role) -> Member:
    """Who is about to become this, or (Role.METHODIST) to oversee no more. Raises what `appoint`, `dismiss`
    and `remove_methodist` raise."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        if role is Role.METHODIST:
            return await _methodist(ours, person_id, Standing.OVERSEEING)
        return await _changing(ours, actor, person_id, role)


async def appoint(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> tuple[Member, bool]:
    """Makes a member a coordinator; she is told. Returns her, and whether anything changed.

    Raises DomainError `member_unknown`, `helper_unreachable` for one who is not in Telegram.
    """
    return await _change(uow, actor, person_id, Role.COORDINATOR, now)


async def dismiss(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> tuple[Member, bool]:
    """Takes a coordinator's rights: she remains a member, and is told. Returns her, and whether anything
    changed.

    Raises DomainError `member_unknown`, `dismiss_yourself`, `last_coordinator`.
    """
    return await _change(uow, actor, person_id, Role.MEMBER, now)


async def _change(
    uow: UnitOfWork, actor: Actor, person_id: int, role: Role, now: datetime
) -> tuple[Member, bool]:
    appointed = role is Role.COORDINATOR
    async with uow as rows:
        # Two who dismiss each other at once must not leave nobody.
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        await check_coordinates(ours, actor.person_id)
        await _changing(ours, actor, person_id, role)
        among = [Role.MEMBER if appointed else Role.COORDINATOR]
        changed = await ours.roster.appoint(person_id, role, among=among, resigned=not appointed)
        if changed:
            if appointed:
                await rows.people.set_current_association(person_id, actor.home.id)
            else:
                await rows.waiting.hand_on(actor.home.id, person_id)
            await tell(rows, actor.home.id, person_id, role, now)
            what = "coordinator_appointed" if appointed else "coordinator_dismissed"
            await ours.journal.write(what, {"person": person_id}, actor.person_id, now)
        member = await known_member(ours, person_id)
        await uow.commit()
    return member, changed


async def remove_methodist(
    uow: UnitOfWork, actor: Actor, person_id: int, now: datetime
) -> tuple[Member, bool]:
    """She oversees the association no more, and is told. Returns her, and whether anything changed. Raises
    DomainError `methodist_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        member = await _methodist(ours, person_id, Standing.OVERSEEING, Standing.GONE)
        changed = await take_out(rows, actor.home.id, person_id, Standing.GONE, now) is not None
        if changed:
            await tell(rows, actor.home.id, person_id, "removed", now)
            facts = {"person": person_id}
            await ours.journal.write("methodist_removed", facts, actor.person_id, now)
        await uow.commit()
    return member, changed


async def restore_methodist(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> Member:
    """Takes that back, and she is told. One who left by herself comes back by herself: DomainError
    `methodist_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await _methodist(ours, person_id, Standing.OVERSEEING, Standing.GONE)
        if await ours.roster.move(person_id, Standing.OVERSEEING, among=[Standing.GONE]):
            await rows.people.set_current_association(person_id, actor.home.id)
            await tell(rows, actor.home.id, person_id, Role.METHODIST, now)
            facts = {"person": person_id}
            await ours.journal.write("methodist_back", facts, actor.person_id, now)
        member = await _methodist(ours, person_id, Standing.OVERSEEING)
        await uow.commit()
    return member


async def tell(
    rows: Rows, association_id: int, person_id: int, what: str, now: datetime, *, handover: int = 0
) -> None:
    """She hears, in the transaction of the change, what became of her rights, and by which handover."""
    await rows.mailing.tell_one(
        association_id, person_id, Message.ROLE, lead=what, version=handover, due_at=now
    )


async def check_coordinates(ours: AssociationRows, person_id: int) -> None:
    """Whoever changes rights still has them when her turn comes. Raises DomainError `only_coordinator`."""
    if person_id not in await ours.members.coordinators():
        raise DomainError("only_coordinator")


async def _changing(ours: AssociationRows, actor: Actor, person_id: int, role: Role) -> Member:
    member = await known_member(ours, person_id)
    if role is Role.COORDINATOR:
        if not member.in_telegram:
            raise DomainError("helper_unreachable", name=member.name.full)
        return member
    if person_id == actor.person_id:
        raise DomainError("dismiss_yourself")
    if member.role is Role.COORDINATOR and set(await ours.members.coordinators()) <= {person_id}:
        raise DomainError("last_coordinator")
    return member


async def _methodist(ours: AssociationRows, person_id: int, *standings: Standing) -> Member:
    member = await ours.roster.get(person_id)
    if member is None or member.standing not in standings or not await is_methodist(ours, person_id):
        raise DomainError("methodist_unknown")
    return member
