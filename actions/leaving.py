"""«Больше не работает», «Длительный отпуск», and back: who is not waited for any more, or for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from actions.acting import homes
from actions.arriving import is_methodist
from actions.roster import PEOPLE_STEP, known_member
from domain.errors import DomainError
from domain.people import check_leave
from domain.records import ARRIVING, INSIDE, LISTED, Actor, Member, Standing
from domain.roles import Role
from storage.secrets import calendar_of
from storage.unit_of_work import Rows, UnitOfWork

LEAVE_STEP = "leave_until"
# The kinds of the journal's lines.
PERSON_GONE = "person_gone"
PERSON_AWAY = "person_away"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves the lists, how many of her answers to what is to come are withdrawn, and which of her
    schools are left without anybody. `until` is the day on which she is back from a leave, None for good."""

    member: Member
    answers: int
    deserted: tuple[str, ...]
    until: date | None = None


async def propose_leaving(
    uow: UnitOfWork, actor: Actor, person_id: int, until: date | None, now: datetime
) -> Leaving:
    """What would happen, before it does. Raises what `mark_gone` and `mark_away` raise."""
    async with uow as rows:
        leaving = await _leaving(rows, actor, person_id, until, now)
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return leaving


async def open_leave(uow: UnitOfWork, actor: Actor, person_id: int) -> Member:
    """What she writes next is the day on which the leave ends. Raises what `mark_away` raises."""
    async with uow as rows:
        member = await _leaver(rows, actor, person_id)
        await rows.people.wait_for(actor.person_id, LEAVE_STEP, person=person_id, association=actor.home.id)
        await uow.commit()
    return member


def whose_leave(actor: Actor) -> int:
    """Whose leave the open dialogue is about. Raises DomainError `edit_gone`."""
    person_id = actor.asked(LEAVE_STEP).get("person")
    if not isinstance(person_id, int):
        raise DomainError("edit_gone")
    return person_id


async def mark_gone(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> Leaving:
    """She works there no more: in no list, nothing is sent, coming answers are withdrawn; the history stays.

    Raises DomainError `member_unknown`, `leave_yourself`.
    """
    async with uow as rows:
        leaving = await _leaving(rows, actor, person_id, None, now)
        await take_out(rows, actor.home.id, person_id, Standing.GONE, now)
        facts = {"person": person_id}
        await rows.association(actor.home.id).journal.write(PERSON_GONE, facts, actor.person_id, now)
        await uow.commit()
    return leaving


async def mark_away(uow: UnitOfWork, actor: Actor, person_id: int, until: date, now: datetime) -> Leaving:
    """A long leave till a day, local: nothing is sent, no answer is waited for; answers to what comes till
    then are withdrawn.

    Raises DomainError `member_unknown`, `leave_yourself`, `leave_in_past`, `leave_too_long`.
    """
    async with uow as rows:
        leaving = await _leaving(rows, actor, person_id, until, now)
        ours, end = rows.association(actor.home.id), _end(until, actor)
        await ours.roster.move(person_id, Standing.AWAY, among=LISTED, away_until=end)
        await ours.rsvps.stop_counting(person_id, now, end)
        await rows.waiting.withdraw(actor.home.id, person_id)
        facts = {"person": person_id, "until": until.isoformat()}
        await ours.journal.write(PERSON_AWAY, facts, actor.person_id, now)
        await uow.commit()
    return leaving


async def bring_back(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> tuple[Member, int]:
    """She is back, as she was; what was withdrawn counts again. Returns how many answers those are.

    Raises DomainError `member_unknown`; nothing happens where she was never away. One who withdrew by herself
    comes back by herself.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        if await is_methodist(ours, person_id):
            raise DomainError("member_unknown")
        among = [Standing.GONE, Standing.AWAY]
        answers = 0
        if await ours.roster.move(person_id, Standing.ACTIVE, among=among, away_until=None):
            answers = await ours.rsvps.resume_counting(person_id, now)
            if not await homes_elsewhere(rows, actor, person_id):
                await rows.people.set_current_association(person_id, actor.home.id)
            # Nobody else may have her reminders' hours, so there may be no notices by them.
            await rows.notices.replan_events(actor.home.id, now)
            await ours.journal.write("person_back", {"person": person_id}, actor.person_id, now)
        member = await known_member(ours, person_id)
        await uow.commit()
    return member, answers


async def homes_elsewhere(rows: Rows, actor: Actor, person_id: int) -> bool:
    """Whether a person is a member of another association too."""
    return any(home != actor.home.id for home in await homes(rows, person_id))


async def take_out(
    rows: Rows, association_id: int, person_id: int, to: Standing, now: datetime
) -> int | None:
    """Out of all lists: answers to what is to come are withdrawn, nothing is sent any more. One who is a
    member elsewhere acts there from now on. Returns how many answers were withdrawn; None where she was out
    already."""
    ours = rows.association(association_id)
    # Whoever withdraws gives up the desk; one who is brought back has it again.
    given_up: dict[str, object] = {"role": Role.MEMBER} if to is Standing.LEFT else {}
    if not await ours.roster.move(person_id, to, among=INSIDE | ARRIVING, **given_up):
        return None
    if to is Standing.LEFT:
        await ours.parts.drop(person_id)
    withdrawn = await ours.rsvps.stop_counting(person_id, now)
    await rows.waiting.withdraw(association_id, person_id)
    if await rows.people.leave_association(person_id, association_id):
        elsewhere = await homes(rows, person_id) or await homes(rows, person_id, {Standing.GUEST})
        for other in elsewhere[:1]:
            await rows.people.set_current_association(person_id, other)
    if not await homes(rows, person_id, INSIDE):
        await rows.secrets.forget(calendar_of(person_id))
    return withdrawn


async def _leaver(rows: Rows, actor: Actor, person_id: int) -> Member:
    if person_id == actor.person_id:
        raise DomainError("leave_yourself")
    return await known_member(rows.association(actor.home.id), person_id)


async def _leaving(rows: Rows, actor: Actor, person_id: int, until: date | None, now: datetime) -> Leaving:
    if until is not None:
        check_leave(until, now.astimezone(actor.home.zone).date())
    member = await _leaver(rows, actor, person_id)
    ours = rows.association(actor.home.id)
    end = None if until is None else _end(until, actor)
    answers = await ours.rsvps.count_counting(person_id, now, end)
    others = [one for one in await ours.roster.everybody([Standing.ACTIVE]) if one.person_id != person_id]
    kept = {school.id for one in others for school in one.schools}
    deserted = tuple(school.title for school in member.schools if school.id not in kept)
    return Leaving(member, answers, deserted, until)


def _end(until: date, actor: Actor) -> datetime:
    """She is back in the morning of that local day."""
    return datetime.combine(until, time.min, tzinfo=actor.home.zone)
