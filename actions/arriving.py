"""Being in: whoever has said what is asked of her is a member from now on, a guest or a methodist, or waits;
a record that stood in the lists may be hers."""

from __future__ import annotations

from datetime import datetime

from domain.guests import same_name
from domain.people import records_of, works_elsewhere
from domain.records import LISTED, Actor, Member, Standing
from domain.roles import Part, Role
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows

# The lead of the message that asks her to accept the desk.
OFFERED = "offered"
# A record in the lists may be hers: is it? The second where it is of another school.
CLAIM_STEP = "join_claim"
CLAIM_ELSEWHERE_STEP = "join_claim_elsewhere"
CLAIM_STEPS = frozenset({CLAIM_STEP, CLAIM_ELSEWHERE_STEP})


async def arrive(rows: Rows, actor: Actor, now: datetime) -> str | None:
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
    await enter(rows, actor, now)
    return None


async def enter(rows: Rows, actor: Actor, now: datetime) -> None:
    """Everything is known of her: she is in, or her coordinators are asked to let her in."""
    ours = rows.association(actor.home.id)
    membership = await ours.members.record(actor.person_id) or {}
    offered = await ours.handovers.open_to(actor.person_id)
    if membership.get("role") == Role.GUEST:
        # Who left and comes again as a guest has a school here.
        await ours.members.set_organisation(actor.person_id, actor.school or "")
        await be_guest(rows, actor.home.id, actor.person_id, now)
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
    await tell_of_helper(rows, association_id, person_id, now)
    await ask_heir(rows, association_id, person_id, now)
    return True


async def tell_of_helper(rows: Rows, association_id: int, person_id: int, now: datetime) -> None:
    """Her coordinators hear that she is one of them now, or their methodist; of a member they do not."""
    membership = await rows.association(association_id).members.record(person_id) or {}
    if membership.get("role") in {Role.COORDINATOR, Role.METHODIST}:
        await rows.mailing.tell_coordinators(
            association_id, Message.HELPER, but=person_id, version=person_id, due_at=now
        )


async def be_guest(rows: Rows, association_id: int, person_id: int, now: datetime) -> None:
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


async def records_hers(ours: AssociationRows, person_id: int) -> list[Member]:
    """Records in the lists that may be this person's too, the likeliest first; a coordinator's is nobody
    else's."""
    member = await ours.roster.get(person_id)
    if member is None or member.standing not in LISTED | {Standing.JOINING}:
        return []
    found = records_of(member, await ours.roster.everybody())
    heads = set(await ours.members.coordinators()) if found else set()
    return [one for one in found if one.person_id not in heads]


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
