"""«Да, это я»: whoever joins takes over the record that stood in the lists for her."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from actions.acting import homes, reread
from actions.joining import CLAIM_STEP, let_in, records_hers
from actions.merging import Pair, make_one
from actions.roster import known_member
from domain.errors import DomainError
from domain.records import Actor, Claim, ClaimState, Member
from domain.roles import Role
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Story:
    """A claim, who made it, and the record that it is about."""

    claim: Claim
    member: Member
    record: Member


async def stories(ours: AssociationRows, claim_ids: Iterable[int]) -> dict[int, Story]:
    """Claims with their people, by the claims' ids."""
    found = {}
    for claim_id, claim in (await ours.claims.many(claim_ids)).items():
        member, record = await ours.roster.get(claim.person_id), await ours.roster.get(claim.record_id)
        if member is not None and record is not None:
            found[claim_id] = Story(claim, member, record)
    return found


async def claim(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[Actor, ClaimState]:
    """She says that the record is hers. One without an account goes into hers at once, and the coordinators
    hear of it; of one that another account has they are asked. She is in either way.

    Raises DomainError `finish_joining`, `request_waits`, `claim_gone` where there is no such record (any
    more), `claim_made` where she said so before.
    """
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        await _come_in(rows, actor, now)
        ours = rows.association(actor.home.id)
        records = await records_hers(ours, actor.person_id)
        if not records:
            raise DomainError("claim_gone")
        member, record = await known_member(ours, actor.person_id), records[0]
        merge_id = None
        if not record.in_telegram:
            merge_id = await make_one(rows, actor, Pair(member, record), now)
        state = ClaimState.WAITING if merge_id is None else ClaimState.TAKEN
        claim_id = await ours.claims.add(member.person_id, record.person_id, state, merge_id, now)
        if claim_id is None:
            raise DomainError("claim_made")
        await rows.mailing.tell_coordinators(
            actor.home.id, Message.CLAIM, version=claim_id, lead=state, due_at=now
        )
        if merge_id is not None:
            facts = {"person": member.person_id, "other": record.person_id}
            await ours.journal.write("record_claimed", facts, actor.person_id, now)
        actor = await reread(rows, actor.telegram_id)
        await uow.commit()
    return actor, state


async def disclaim(uow: UnitOfWork, actor: Actor, now: datetime) -> Actor:
    """«Нет»: she is in with a record of her own. Raises DomainError `finish_joining`, `request_waits`."""
    async with uow as rows:
        await _come_in(rows, actor, now)
        actor = await reread(rows, actor.telegram_id)
        await uow.commit()
    return actor


async def settle_claim(uow: UnitOfWork, actor: Actor, claim_id: int, now: datetime, *, grant: bool) -> Story:
    """The coordinator says whether the record passes from its account to the one that claims it. If so, what
    it holds goes over, and the old account is out, and told.

    Raises DomainError `claim_gone`, `claim_settled`, `member_unknown` where either has left the lists.
    """
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        story = (await stories(ours, [claim_id])).get(claim_id)
        if story is None:
            raise DomainError("claim_gone")
        if story.claim.state is not ClaimState.WAITING:
            raise DomainError("claim_settled", name=story.member.name.full)
        person_id, record_id = story.member.person_id, story.record.person_id
        if grant:
            pair = Pair(await known_member(ours, person_id), await known_member(ours, record_id))
            if record_id in await ours.members.coordinators():
                raise DomainError("claim_gone")
            merge_id = await make_one(rows, actor, pair, now)
            await ours.claims.settle(claim_id, ClaimState.GRANTED, merge_id)
            await _end_rights(rows, actor.home.id, record_id)
            await rows.mailing.tell_one(
                actor.home.id, record_id, Message.CLAIM, version=claim_id, lead="passed", due_at=now
            )
        else:
            await ours.claims.settle(claim_id, ClaimState.REFUSED)
        said = ClaimState.GRANTED if grant else ClaimState.REFUSED
        await rows.mailing.tell_one(
            actor.home.id, person_id, Message.CLAIM, version=claim_id, lead=said, due_at=now
        )
        kind = "record_passed" if grant else "claim_refused"
        await ours.journal.write(kind, {"person": person_id, "other": record_id}, actor.person_id, now)
        story = (await stories(ours, [claim_id]))[claim_id]
        await uow.commit()
    return story


async def _come_in(rows: Rows, actor: Actor, now: datetime) -> None:
    """Whoever was asked while joining is a member now; one who is in already, or waits, stays what she is."""
    if actor.role is Role.WAITING:
        raise DomainError("request_waits")
    if actor.role is Role.JOINING:
        if actor.dialogue is None or actor.dialogue.step != CLAIM_STEP:
            raise DomainError("finish_joining")
        await let_in(rows, actor.home.id, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)


async def _end_rights(rows: Rows, association_id: int, person_id: int) -> None:
    """The account of a record that has passed over acts here no more, and hears nothing."""
    await rows.mailing.withdraw(association_id, person_id)
    if await rows.people.leave_association(person_id, association_id):
        for other in (await homes(rows, person_id))[:1]:
            await rows.people.set_current_association(person_id, other)
