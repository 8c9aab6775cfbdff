"""«Передать дела»: the desk goes to a new coordinator, who accepts it; for a day it can go back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.arriving import OFFERED
from actions.associations import new_invitation
from actions.helping import check_coordinates, tell
from actions.leaving import take_out
from actions.roster import known_member
from domain.errors import DomainError
from domain.records import LISTED, Actor, Handover, Invitation, Member, Passing, Standing
from domain.roles import Role
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# So long a handover that was accepted can be taken back, by either.
RETURN_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Intended:
    """The desk as it would go: from whom, and to whom (None: whoever opens the invitation)."""

    giver: Member
    heir: Member | None
    leaves: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """The desk on its way: from whom, and to whom (None: whoever opens the invitation). `invitation` is there
    where it was just made."""

    handover: Handover
    giver: Member
    heir: Member | None
    invitation: Invitation | None = None


async def propose(uow: UnitOfWork, actor: Actor, heir_id: int | None, *, leaves: bool) -> Intended:
    """What would happen, before it does. Raises what `offer` raises."""
    async with uow.reading() as rows:
        return await _proposed(rows.association(actor.home.id), actor, heir_id, leaves=leaves)


async def offer(uow: UnitOfWork, actor: Actor, heir_id: int | None, *, leaves: bool, now: datetime) -> Passed:
    """Offers the desk to a member, who is told, or (None) by an invitation. Until it is accepted nothing
    changes.

    Raises DomainError `member_unknown`, `helper_unreachable`, `handover_open` while another one waits,
    `handover_to_yourself`.
    """
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        await check_coordinates(ours, actor.person_id)
        proposed = await _proposed(ours, actor, heir_id, leaves=leaves)
        invitation = None
        if heir_id is None:
            invitation = await new_invitation(rows, actor.home.id, Role.COORDINATOR, now)
        code = None if invitation is None else invitation.code
        handover = await ours.handovers.offer(actor.person_id, heir_id, code, leaves=leaves, now=now)
        if heir_id is not None:
            await tell(rows, actor.home.id, heir_id, OFFERED, now, handover=handover.id)
        await ours.journal.write("handover_offered", _about(heir_id), actor.person_id, now)
        await uow.commit()
    return Passed(handover, proposed.giver, proposed.heir, invitation)


async def withdraw(uow: UnitOfWork, actor: Actor, handover_id: int, now: datetime) -> Handover:
    """Takes an offer back that was not accepted yet; she to whom it was made is told, and the invitation is
    good no more. Raises DomainError `handover_gone`, `handover_taken`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        handover = await _settle(ours, handover_id, Passing.WITHDRAWN)
        if handover.to_id is not None:
            await tell(rows, actor.home.id, handover.to_id, "withdrawn", now, handover=handover.id)
        await ours.journal.write("handover_withdrawn", _about(handover.to_id), actor.person_id, now)
        await uow.commit()
    return handover


async def accept(uow: UnitOfWork, actor: Actor, handover_id: int, now: datetime) -> Passed:
    """«Принять дела»: from now on she is the coordinator; the other one is a member, or leaves. What waits
    for the coordinator waits for her, questions without a reply are put to her.

    Raises DomainError `handover_gone` where it was withdrawn, or its giver has no desk to give any more;
    `handover_taken`.
    """
    async with uow as rows:
        handover = await _hers(rows, actor, handover_id)
        ours = rows.association(handover.association_id)
        await rows.associations.hold(handover.association_id)
        if handover.to_id != actor.person_id or handover.from_id not in await ours.members.coordinators():
            raise DomainError("handover_gone")
        heir = await known_member(ours, actor.person_id)
        handover = await _settle(ours, handover_id, Passing.ACCEPTED, role_before=heir.role, accepted_at=now)
        among = [Role.MEMBER, Role.COORDINATOR]
        await ours.roster.appoint(actor.person_id, Role.COORDINATOR, among=among, resigned=False)
        await _move_desk(rows, handover.association_id, handover.from_id, actor.person_id, now)
        await rows.people.set_current_association(actor.person_id, handover.association_id)
        await rows.people.wait_for(actor.person_id, None)
        if handover.leaves:
            await take_out(rows, handover.association_id, handover.from_id, Standing.LEFT, now)
        await tell(rows, handover.association_id, handover.from_id, "accepted", now, handover=handover.id)
        await ours.journal.write("handover_accepted", _about(handover.from_id), actor.person_id, now)
        passed = await _passed(ours, handover)
        await uow.commit()
    return passed


async def decline(uow: UnitOfWork, actor: Actor, handover_id: int, now: datetime) -> Handover:
    """She does not want the desk; who offered it is told. Raises DomainError `handover_gone`,
    `handover_taken`."""
    async with uow as rows:
        handover = await _hers(rows, actor, handover_id)
        if handover.to_id != actor.person_id:
            raise DomainError("handover_gone")
        ours = rows.association(handover.association_id)
        handover = await _settle(ours, handover_id, Passing.DECLINED)
        await tell(rows, handover.association_id, handover.from_id, "declined", now, handover=handover.id)
        await ours.journal.write("handover_declined", {}, actor.person_id, now)
        await uow.commit()
    return handover


async def find_returning(uow: UnitOfWork, actor: Actor, handover_id: int, now: datetime) -> Passed:
    """What giving the desk back would do. Raises what `give_back` raises."""
    async with uow.reading() as rows:
        handover = await _hers(rows, actor, handover_id)
        ours = rows.association(handover.association_id)
        await _check_returning(ours, handover, now)
        return await _passed(ours, handover)


async def give_back(uow: UnitOfWork, actor: Actor, handover_id: int, now: datetime) -> Passed:
    """Takes an accepted handover back, within a day, by either of the two: both are again what they were, and
    the other one is told.

    Raises DomainError `handover_gone`, `handover_settled` after a day, or where one of the two has not the
    role any more that it gave her.
    """
    async with uow as rows:
        handover = await _hers(rows, actor, handover_id)
        association_id = handover.association_id
        ours = rows.association(association_id)
        await rows.associations.hold(association_id)
        heir_id = await _check_returning(ours, handover, now)
        if await ours.handovers.settle(handover_id, Passing.RETURNED, among=Passing.ACCEPTED) is None:
            raise DomainError("handover_gone")
        if handover.leaves and await ours.roster.move(
            handover.from_id, Standing.ACTIVE, among=[Standing.LEFT]
        ):
            await ours.rsvps.resume_counting(handover.from_id, now)
        both = [Role.MEMBER, Role.COORDINATOR]
        await ours.roster.appoint(handover.from_id, Role.COORDINATOR, among=both, resigned=False)
        if handover.role_before is Role.COORDINATOR:
            await rows.waiting.pass_questions(association_id, handover.from_id, now)
        else:
            await _move_desk(rows, association_id, heir_id, handover.from_id, now)
        await rows.people.set_current_association(handover.from_id, association_id)
        other = handover.from_id if actor.person_id == heir_id else heir_id
        told = "desk_gone" if other == heir_id else "desk_back"
        await tell(rows, association_id, other, told, now, handover=handover_id)
        await ours.journal.write("handover_returned", _about(other), actor.person_id, now)
        passed = await _passed(ours, handover)
        await uow.commit()
    return passed


async def _move_desk(rows: Rows, association_id: int, giver: int, heir: int, now: datetime) -> None:
    """One is a coordinator no more; what waits for her as such, and what nobody replied to, goes over."""
    ours = rows.association(association_id)
    await ours.roster.appoint(giver, Role.MEMBER, among=[Role.COORDINATOR], resigned=True)
    await rows.waiting.hand_on(association_id, giver, heir)
    await rows.waiting.pass_questions(association_id, heir, now)
    await rows.people.wait_for(giver, None)


async def _proposed(ours: AssociationRows, actor: Actor, heir_id: int | None, *, leaves: bool) -> Intended:
    newest = await ours.handovers.newest()
    if newest is not None and newest.state is Passing.OFFERED:
        raise DomainError("handover_open")
    if heir_id == actor.person_id:
        raise DomainError("handover_to_yourself")
    heir = None if heir_id is None else await known_member(ours, heir_id)
    if heir is not None and not heir.reachable:
        raise DomainError("helper_unreachable", name=heir.name.full)
    return Intended(await known_member(ours, actor.person_id), heir, leaves)


async def _hers(rows: Rows, actor: Actor, handover_id: int) -> Handover:
    """A handover that she gives or is given, in whichever association. Raises DomainError `handover_gone`."""
    handover = await rows.associations.handover(handover_id)
    if handover is None or actor.person_id not in {handover.from_id, handover.to_id}:
        raise DomainError("handover_gone")
    return handover


async def _settle(ours: AssociationRows, handover_id: int, to: Passing, **values: object) -> Handover:
    handover = await ours.handovers.settle(handover_id, to, among=Passing.OFFERED, **values)
    if handover is None:
        stands = await ours.handovers.get(handover_id)
        accepted = stands is not None and stands.state is Passing.ACCEPTED
        raise DomainError("handover_taken" if accepted else "handover_gone")
    return handover


async def _check_returning(ours: AssociationRows, handover: Handover, now: datetime) -> int:
    """Returns to whom the desk went."""
    if handover.state is not Passing.ACCEPTED or handover.to_id is None or handover.accepted_at is None:
        raise DomainError("handover_gone")
    if now >= handover.accepted_at + RETURN_WITHIN:
        raise DomainError("handover_settled")
    giver, heir = await ours.roster.get(handover.from_id), await ours.roster.get(handover.to_id)
    there = {Standing.LEFT} if handover.leaves else LISTED
    as_it_was_left = (
        giver is not None
        and heir is not None
        and giver.standing in there
        and giver.role is Role.MEMBER
        and heir.standing in LISTED
        and heir.role is Role.COORDINATOR
    )
    if not as_it_was_left:
        raise DomainError("handover_settled")
    return handover.to_id


async def _passed(ours: AssociationRows, handover: Handover) -> Passed:
    giver = await ours.roster.get(handover.from_id)
    heir = None if handover.to_id is None else await ours.roster.get(handover.to_id)
    if giver is None:  # her row goes with her
        raise DomainError("handover_gone")
    return Passed(handover, giver, heir)


def _about(person_id: int | None) -> dict[str, object]:
    return {} if person_id is None else {"person": person_id}
