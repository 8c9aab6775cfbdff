"""Two records of one person become one, and for a day can be parted again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from actions.acting import homes
from actions.roster import PARTING, PEOPLE_STEP, known_member
from domain.certificates import Holder
from domain.errors import DomainError
from domain.full_names import FullName
from domain.people import alike, same_name
from domain.records import LISTED, Actor, Detail, Member, Standing
from domain.roles import Part
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# What comes over with a record beside telephone and position.
_DETAILS = (Detail.CATEGORY, Detail.SERVICE)


@dataclass(frozen=True, slots=True)
class Twins:
    """A record, and those that may be the same person's."""

    member: Member
    others: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one person: the one that stays and the one that goes into it."""

    kept: Member
    dropped: Member
    merge_id: int = 0


async def find_twins(uow: UnitOfWork, actor: Actor, person_id: int) -> Twins:
    """Whose record may be this person's as well: alike by name. Raises DomainError `member_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        member = await known_member(ours, person_id)
        others = alike(member, await ours.roster.everybody())
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return Twins(member, tuple(others))


async def propose_merge(uow: UnitOfWork, actor: Actor, one_id: int, other_id: int) -> Pair:
    """Which record would stay: that of Telegram. Raises what `merge` raises."""
    async with uow.reading() as rows:
        return await _pair(rows.association(actor.home.id), one_id, other_id)


async def merge(uow: UnitOfWork, actor: Actor, one_id: int, other_id: int, now: datetime) -> Pair:
    """Makes two records one. Answers, tasks, talks and marks of both are kept, the newer answer counts with
    all that was said of it; whoever sent the one in her place sent the other; a patronymic, a telephone and a
    position come over where there was none, groups are joined.

    Raises DomainError `member_unknown`, `merge_itself`, `merge_both_write` where both are in Telegram.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        pair = await _pair(ours, one_id, other_id)
        merge_id = await make_one(rows, actor, pair, now)
        who = {"person": pair.kept.person_id, "other": pair.dropped.person_id}
        await ours.journal.write("people_merged", who, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        kept = await known_member(ours, pair.kept.person_id)
        await uow.commit()
    return Pair(kept, pair.dropped, merge_id)


async def make_one(rows: Rows, actor: Actor, pair: Pair, now: datetime) -> int:
    """What is of the dropped record goes to the kept one, within a unit of work; returns the merge's id."""
    ours, kept, dropped = rows.association(actor.home.id), pair.kept, pair.dropped
    facts = {
        "standing": dropped.standing,
        "answers": await ours.rsvps.adopt(kept.person_id, dropped.person_id),
        "sent": await ours.rsvps.send_other(kept.person_id, dropped.person_id),
        "tasks": await ours.assignments.adopt(kept.person_id, dropped.person_id),
        "parts": await ours.parts.adopt(kept.person_id, dropped.person_id),
        "talks": await ours.talks.adopt(kept.person_id, dropped.person_id),
        "marks": await ours.attendance.adopt(kept.person_id, dropped.person_id),
        "readings": await ours.readings.adopt(kept.person_id, dropped.person_id),
        "opinions": await ours.feedback.adopt(kept.person_id, dropped.person_id),
        "certificates": await ours.certificates.adopt(_holder(kept.person_id), _holder(dropped.person_id)),
        "groups": await _join_groups(ours, kept.person_id, dropped.person_id),
        "schools": await _join_schools(ours, kept, dropped),
        "patronymic": _fuller(dropped.name, kept.name),
        "phone": bool(dropped.phone and not kept.phone),
        "position": bool(dropped.position and not kept.position),
        "category": bool(dropped.category and not kept.category),
        "service": bool(dropped.service and not kept.service),
    }
    if facts["patronymic"]:
        await _call(rows, kept, dropped.name.patronymic)
    if facts["phone"]:
        await rows.people.set_phone(kept.person_id, dropped.phone)
    if facts["position"]:
        await ours.roster.set_position(kept.person_id, dropped.position)
    for detail in _DETAILS:
        if facts[detail]:
            await ours.roster.set_detail(kept.person_id, detail, getattr(dropped, detail))
    await ours.rsvps.stop_counting(dropped.person_id)
    await ours.roster.move(dropped.person_id, Standing.MERGED, among=LISTED)
    return await ours.merges.add(kept.person_id, dropped.person_id, facts, now)


async def part(uow: UnitOfWork, actor: Actor, merge_id: int, now: datetime) -> Pair:
    """They are two again, as they were; what was answered or corrected since stays.

    Raises DomainError `merge_gone`, `merge_settled` after a day.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        merged = await ours.merges.get(merge_id)
        if merged is None:
            raise DomainError("merge_gone")
        if now >= merged.at + PARTING:
            raise DomainError("merge_settled")
        kept_id, dropped_id, facts = merged.kept_id, merged.dropped_id, merged.facts
        standing = Standing(str(facts["standing"]))
        await ours.roster.move(dropped_id, standing, among=[Standing.MERGED])
        await ours.rsvps.resume_counting(dropped_id)
        await ours.rsvps.give_back(kept_id, dropped_id, _numbers(facts["answers"]))
        sent = [(event_id, person_id) for event_id, person_id in _pairs(facts.get("sent"))]
        await ours.rsvps.send_other(dropped_id, kept_id, sent)
        for task in _numbers(facts["tasks"]):
            await ours.assignments.release(task, kept_id)
        for event_id in _numbers(facts.get("parts")):
            await ours.parts.take(event_id, kept_id, Part.HOST)
        await ours.talks.release(_numbers(facts.get("talks")), kept_id, dropped_id)
        await ours.attendance.release(kept_id, dropped_id, _numbers(facts.get("marks")))
        await ours.readings.release(kept_id, dropped_id, _numbers(facts.get("readings")))
        await ours.feedback.release(kept_id, dropped_id, _numbers(facts.get("opinions")))
        certificates = _numbers(facts.get("certificates"))
        await ours.certificates.release(certificates, _holder(kept_id), _holder(dropped_id))
        await ours.groups.take_out(kept_id, _numbers(facts["groups"]))
        for school_id in _numbers(facts.get("schools")):
            await ours.roster.drop_school(kept_id, school_id)
        kept, dropped = await _both(ours, kept_id, dropped_id)
        if facts.get("patronymic") and kept.name.patronymic == dropped.name.patronymic:
            await _call(rows, kept, "")
        if facts["phone"] and kept.phone == dropped.phone:
            await rows.people.set_phone(kept_id, "")
        if facts["position"] and kept.position == dropped.position:
            await ours.roster.set_position(kept_id, "")
        for detail in _DETAILS:
            if facts.get(detail) and getattr(kept, detail) == getattr(dropped, detail):
                await ours.roster.set_detail(kept_id, detail, "")
        if dropped.in_telegram:
            await _let_back(rows, actor, dropped_id, now)
        await ours.merges.remove(merge_id)
        who = {"person": kept_id, "other": dropped_id}
        await ours.journal.write("people_parted", who, actor.person_id, now)
        pair = Pair(*await _both(ours, kept_id, dropped_id))
        await uow.commit()
    return pair


async def _pair(ours: AssociationRows, one_id: int, other_id: int) -> Pair:
    if one_id == other_id:
        raise DomainError("merge_itself")
    one, other = await known_member(ours, one_id), await known_member(ours, other_id)
    if one.in_telegram and other.in_telegram:
        raise DomainError("merge_both_write")
    return Pair(other, one) if other.in_telegram else Pair(one, other)


async def _both(ours: AssociationRows, kept_id: int, dropped_id: int) -> tuple[Member, Member]:
    kept, dropped = await ours.roster.get(kept_id), await ours.roster.get(dropped_id)
    assert kept is not None  # noqa: S101 - a merge goes with either of its records
    assert dropped is not None  # noqa: S101
    return kept, dropped


def _fuller(one: FullName, other: FullName) -> bool:
    """Whether the one is the other, and its patronymic is known."""
    return bool(one.patronymic and not other.patronymic) and same_name(one, other)


async def _call(rows: Rows, member: Member, patronymic: str) -> None:
    await rows.people.set_name(member.person_id, replace(member.name, patronymic=patronymic))


async def _join_groups(ours: AssociationRows, kept_id: int, dropped_id: int) -> list[int]:
    """Returns the groups that are new to the record that stays."""
    hers = await ours.groups.of_person(kept_id)
    new = [group for group in await ours.groups.of_person(dropped_id) if group not in hers]
    await ours.groups.put(kept_id, new)
    return new


async def _join_schools(ours: AssociationRows, kept: Member, dropped: Member) -> list[int]:
    """Returns the schools that the record that stays has beside its own now."""
    new = [school.id for school in dropped.schools if school not in kept.schools]
    for school_id in new:
        await ours.roster.add_school(kept.person_id, school_id)
    return new


async def _let_back(rows: Rows, actor: Actor, person_id: int, now: datetime) -> None:
    """Whose record had gone to another account acts here again, unless she is somewhere else by now."""
    if not any(home != actor.home.id for home in await homes(rows, person_id)):
        await rows.people.set_current_association(person_id, actor.home.id)
    await rows.notices.replan_events(actor.home.id, now)


def _holder(person_id: int) -> Holder:
    return Holder("person", person_id)


def _pairs(value: object) -> list[list[int]]:
    return [pair for pair in value if isinstance(pair, list)] if isinstance(value, list) else []


def _numbers(value: object) -> list[int]:
    return [number for number in value if isinstance(number, int)] if isinstance(value, list) else []
