"""«Да, это я»: whoever joins takes over the record that stood in the lists for her."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from actions.acting import homes, reread
from actions.arriving import CLAIM_STEPS, let_in, records_hers
from actions.merging import Pair, make_one
from actions.roster import known_member
from domain.errors import DomainError
from domain.people import works_elsewhere
from domain.records import LISTED, Actor, Claim, ClaimState, Member
from domain.roles import Role
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Story:
    """A claim, who made it, and the record that it is about."""

    claim: Claim
    member: Member
    record: Member

    @property
    def elsewhere(self) -> bool:
        """Whether the record is of another school."""
        return works_elsewhere(self.record, self.member)


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
    hear of it; of one that another account has, or that is of another school, they are asked. She is in
    either way.

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
        if not record.in_telegram and not works_elsewhere(record, member):
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
        if grant and story.record.person_id in await ours.members.coordinators():
            raise DomainError("claim_gone")
        said = await _settle(rows, actor, story, now, grant=grant)
        await rows.mailing.tell_one(
            actor.home.id, story.member.person_id, Message.CLAIM, version=claim_id, lead=said, due_at=now
        )
        story = (await stories(ours, [claim_id]))[claim_id]
        await uow.commit()
    return story


async def propose_asking(uow: UnitOfWork, actor: Actor, person_id: int, record_id: int) -> Pair:
    """Who would be asked whether a record is hers, both being in Telegram. Raises what `ask_her` raises."""
    async with uow.reading() as rows:
        return await _both_write(rows.association(actor.home.id), person_id, record_id)


async def ask_her(uow: UnitOfWork, actor: Actor, person_id: int, record_id: int, now: datetime) -> Pair:
    """The coordinator thinks that two accounts are one person's: whoever has the one that is to stay is
    asked, and nothing is changed until she agrees.

    Raises DomainError `member_unknown`, `merge_itself`, `merge_of_head` where a record is a coordinator's,
    `merge_gone` where one of them is not in Telegram, `ask_unreachable` where she has blocked the bot.
    """
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        pair = await _both_write(ours, person_id, record_id)
        if not pair.kept.reachable:
            raise DomainError("ask_unreachable", name=pair.kept.name.full)
        claim_id = await ours.claims.ask(person_id, record_id, now)
        await rows.mailing.tell_one(
            actor.home.id, person_id, Message.CLAIM, version=claim_id, lead=ClaimState.ASKED, due_at=now
        )
        await uow.commit()
    return pair


async def answer_asked(
    uow: UnitOfWork, actor: Actor, claim_id: int, now: datetime, *, hers: bool
) -> ClaimState:
    """Whom a coordinator asked says whether the record is hers: if so, it passes over, and its old account is
    out, and told. The coordinators hear what she says either way.

    Raises DomainError `claim_gone`, also where she was not the one asked, or either has left the lists.
    """
    async with uow as rows:
        actor = await _at_home(rows, actor, claim_id)
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        story = (await stories(ours, [claim_id])).get(claim_id)
        if story is None or story.claim.state is not ClaimState.ASKED:
            raise DomainError("claim_gone")
        head = story.record.person_id in await ours.members.coordinators()
        if head or not {story.member.standing, story.record.standing} <= LISTED:
            raise DomainError("claim_gone")
        said = await _settle(rows, actor, story, now, grant=hers)
        await rows.mailing.tell_coordinators(
            actor.home.id,
            Message.CLAIM,
            version=claim_id,
            lead="agreed" if hers else "denied",
            due_at=now,
        )
        await uow.commit()
    return said


async def _settle(rows: Rows, actor: Actor, story: Story, now: datetime, *, grant: bool) -> ClaimState:
    """What was waited for is said: the record passes over, and an old account is out; or it stays."""
    ours, claim_id = rows.association(actor.home.id), story.claim.id
    person_id, record = story.member.person_id, story.record
    if grant:
        pair = Pair(await known_member(ours, person_id), await known_member(ours, record.person_id))
        merge_id = await make_one(rows, actor, pair, now)
        await ours.claims.settle(claim_id, ClaimState.GRANTED, merge_id)
    else:
        await ours.claims.settle(claim_id, ClaimState.REFUSED)
    if grant and record.in_telegram:
        await _end_rights(rows, actor.home.id, record.person_id)
        await rows.mailing.tell_one(
            actor.home.id, record.person_id, Message.CLAIM, version=claim_id, lead="passed", due_at=now
        )
    passed = "record_passed" if record.in_telegram else "record_claimed"
    facts = {"person": person_id, "other": record.person_id}
    await ours.journal.write(passed if grant else "claim_refused", facts, actor.person_id, now)
    return ClaimState.GRANTED if grant else ClaimState.REFUSED


async def _at_home(rows: Rows, actor: Actor, claim_id: int) -> Actor:
    """The person where she is asked about a record, be it another of her associations. Raises DomainError
    `claim_gone` where she is not asked."""
    for home, role in await rows.associations.of_person(actor.person_id):
        found = await rows.association(home.id).claims.get(claim_id)
        if found is not None and found.person_id == actor.person_id:
            return replace(actor, association=home, role=role)
    raise DomainError("claim_gone")


async def _both_write(ours: AssociationRows, person_id: int, record_id: int) -> Pair:
    if person_id == record_id:
        raise DomainError("merge_itself")
    pair = Pair(await known_member(ours, person_id), await known_member(ours, record_id))
    if not (pair.kept.in_telegram and pair.dropped.in_telegram):
        raise DomainError("merge_gone")
    if record_id in await ours.members.coordinators():
        raise DomainError("merge_of_head", name=pair.dropped.name.full)
    return pair


async def _come_in(rows: Rows, actor: Actor, now: datetime) -> None:
    """Whoever was asked while joining is a member now; one who is in already, or waits, stays what she is."""
    if actor.role is Role.WAITING:
        raise DomainError("request_waits")
    if actor.role is Role.JOINING:
        if actor.dialogue is None or actor.dialogue.step not in CLAIM_STEPS:
            raise DomainError("finish_joining")
        await let_in(rows, actor.home.id, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)


async def _end_rights(rows: Rows, association_id: int, person_id: int) -> None:
    """The account of a record that has passed over acts here no more, and hears nothing."""
    await rows.waiting.withdraw(association_id, person_id)
    if await rows.people.leave_association(person_id, association_id):
        for other in (await homes(rows, person_id))[:1]:
            await rows.people.set_current_association(person_id, other)
