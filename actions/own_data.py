"""What is stored about a person: seen, taken away, withdrawn, erased. (Corrected: see joining.)"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from actions.leaving import take_out
from actions.roster import EDITED
from domain.certificates import Holder
from domain.errors import DomainError
from domain.people import tidy_line
from domain.people_list import LONGEST_CATEGORY, LONGEST_SERVICE
from domain.phones import read_phone
from domain.records import Actor, Detail, Standing
from storage.secrets import calendar_of
from storage.unit_of_work import UnitOfWork

PHONE_STEP = "phone"
DETAIL_STEP = "own_detail"
# How long each may be.
_OWN = {Detail.CATEGORY: LONGEST_CATEGORY, Detail.SERVICE: LONGEST_SERVICE}


async def export(uow: UnitOfWork, actor: Actor) -> bytes:
    """Everything stored about the person in her association, as JSON in UTF-8."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        membership = await ours.members.record(actor.person_id) or {}
        member = await ours.roster.get(actor.person_id)
        in_groups = await ours.groups.of_person(actor.person_id)
        data = {
            "association": actor.home.title,
            "telegram_id": actor.telegram_id,
            "surname": actor.name.surname if actor.name else "",
            "given_name": actor.name.given_name if actor.name else "",
            "patronymic": actor.name.patronymic if actor.name else "",
            "phone": await rows.people.phone(actor.person_id),
            "school": membership.get("school"),
            "other_schools": [school.title for school in member.other_schools] if member else [],
            "organisation": membership.get("organisation"),
            "position": membership.get("position"),
            "category": membership.get("category"),
            "service": membership.get("service"),
            "away_until": membership.get("away_until"),
            "groups": [group.title for group in await ours.groups.all() if group.id in in_groups],
            "role": membership.get("role"),
            "consent": {
                "version": membership.get("consent_version"),
                "text": membership.get("consent_text"),
                "at": membership.get("consented_at"),
            },
            "joined_at": membership.get("joined_at"),
            "reminders": {
                name: membership.get(name) for name in ("reminders", "paused_until", "weekly", "monthly")
            },
            "calendar_link": await rows.secrets.find(calendar_of(actor.person_id)) is not None,
            "answers": await ours.rsvps.of_person(actor.person_id),
            "parts_in_events": await ours.parts.of_person(actor.person_id),
            "talks": await ours.talks.of_person(actor.person_id),
            "attendance": await ours.attendance.export(actor.person_id),
            "wrong_words_and_digits": await ours.code_words.export(actor.person_id),
            "readings": await ours.readings.export(actor.person_id),
            "feedback": await ours.feedback.export(actor.person_id),
            "certificates": await ours.certificates.of_holder(Holder("person", actor.person_id)),
            "questions": await ours.questions.of_person(actor.person_id),
            "handovers": await ours.handovers.of_person(actor.person_id),
        }
        await uow.commit()
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain).encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about a person beside what every update reads: when she consented (UTC), her
    telephone's digits, her category and years of service; empty for none."""

    consented_at: datetime
    phone: str
    details: Mapping[Detail, str] = field(default_factory=dict)


async def kept(uow: UnitOfWork, actor: Actor) -> Kept:
    """What is stored. Raises DomainError `not_a_member`."""
    async with uow as rows:
        membership = await rows.association(actor.home.id).members.record(actor.person_id) or {}
        moment = membership.get("consented_at")
        if not isinstance(moment, datetime):
            raise DomainError("not_a_member")
        phone = await rows.people.phone(actor.person_id)
        await uow.commit()
    return Kept(moment, phone, {one: str(membership.get(one, "")) for one in _OWN if one in actor.home.keeps})


async def open_phone(uow: UnitOfWork, actor: Actor) -> str:
    """Her telephone's digits, empty for none; what she writes next is a new one."""
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, PHONE_STEP)
        phone = await rows.people.phone(actor.person_id)
        await uow.commit()
    return phone


async def give_phone(uow: UnitOfWork, actor: Actor, text: str) -> str:
    """Stores the telephone that she typed, or none for no text; returns its digits. Raises DomainError
    `phone_not_understood`."""
    phone = read_phone(text) if text else ""
    async with uow as rows:
        await rows.people.set_phone(actor.person_id, phone)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return phone


async def open_detail(uow: UnitOfWork, actor: Actor, detail: Detail) -> str:
    """Her own category or years of service; what she writes next takes its place. Raises DomainError
    `detail_off`."""
    _check_kept(actor, detail)
    async with uow as rows:
        membership = await rows.association(actor.home.id).members.record(actor.person_id) or {}
        await rows.people.wait_for(actor.person_id, DETAIL_STEP, detail=detail)
        await uow.commit()
    return str(membership.get(detail, ""))


async def give_detail(
    uow: UnitOfWork, actor: Actor, text: str, now: datetime, detail: Detail | None = None
) -> str:
    """Stores what she wrote, or takes it out for no text; `detail` is that of the open dialogue unless it is
    named. Raises DomainError `detail_off`, and those of tidy_line."""
    facts = actor.dialogue.facts if actor.dialogue else {}
    detail = detail or Detail(str(facts.get("detail")))
    _check_kept(actor, detail)
    value = tidy_line(text, _OWN[detail]) if text else ""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.roster.set_detail(actor.person_id, detail, value)
        facts = {"person": actor.person_id, "field": detail}
        await ours.journal.write(EDITED, facts, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return value


def _check_kept(actor: Actor, detail: Detail) -> None:
    if detail not in _OWN or detail not in actor.home.keeps:
        raise DomainError("detail_off")


async def withdraw(uow: UnitOfWork, actor: Actor, now: datetime) -> Actor:
    """Takes consent back: the person is in no list and hears nothing more; what she answered stays.

    One who is in another association too acts there from now on. Returns who she is then."""
    async with uow as rows:
        if await take_out(rows, actor.home.id, actor.person_id, Standing.LEFT, now) is not None:
            await rows.association(actor.home.id).journal.write("withdrew", {}, actor.person_id, now)
        left = await rows.people.actor(actor.telegram_id)
        await uow.commit()
    return left or actor


async def erase(uow: UnitOfWork, actor: Actor, now: datetime) -> None:
    """Deletes everything about the person: name, answers, questions."""
    async with uow as rows:
        if actor.association is not None:
            await rows.association(actor.home.id).journal.write("erased", {}, None, now)
        await rows.people.erase(actor.person_id)
        await uow.commit()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
