"""What is stored about a person: seen, taken away, withdrawn, erased. (Corrected: see joining.)"""

from __future__ import annotations

import json
from datetime import datetime

from actions.acting import homes
from domain.errors import DomainError
from domain.records import Actor
from storage.unit_of_work import UnitOfWork


async def export(uow: UnitOfWork, actor: Actor) -> bytes:
    """Everything stored about the person in her association, as JSON in UTF-8."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        membership = await ours.members.record(actor.person_id) or {}
        data = {
            "association": actor.home.title,
            "telegram_id": actor.telegram_id,
            "surname": actor.name.surname if actor.name else "",
            "given_name": actor.name.given_name if actor.name else "",
            "patronymic": actor.name.patronymic if actor.name else "",
            "school": membership.get("school"),
            "role": membership.get("role"),
            "consent": {
                "version": membership.get("consent_version"),
                "text": membership.get("consent_text"),
                "at": membership.get("consented_at"),
            },
            "joined_at": membership.get("joined_at"),
            "answers": await ours.rsvps.of_person(actor.person_id),
            "questions": await ours.questions.of_person(actor.person_id),
        }
        await uow.commit()
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain).encode()


async def consented_at(uow: UnitOfWork, actor: Actor) -> datetime:
    """When the person consented (UTC). Raises DomainError `not_a_member`."""
    async with uow as rows:
        membership = await rows.association(actor.home.id).members.record(actor.person_id) or {}
        await uow.commit()
    moment = membership.get("consented_at")
    if not isinstance(moment, datetime):
        raise DomainError("not_a_member")
    return moment


async def withdraw(uow: UnitOfWork, actor: Actor, now: datetime) -> None:
    """Takes consent back: the person is in no list and hears nothing more; what she answered stays.

    One who is a member elsewhere too acts there from now on."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.journal.write("withdrew", {}, actor.person_id, now)
        await ours.members.leave(actor.person_id)
        await ours.rsvps.stop_counting(actor.person_id, now)
        await rows.mailing.withdraw(actor.home.id, actor.person_id)
        await rows.people.leave_association(actor.person_id)
        for other in (await homes(rows, actor.person_id))[:1]:
            await rows.people.set_current_association(actor.person_id, other)
        await uow.commit()


async def erase(uow: UnitOfWork, actor: Actor, now: datetime) -> None:
    """Deletes everything about the person: name, answers, questions."""
    async with uow as rows:
        if actor.association is not None:
            await rows.association(actor.home.id).journal.write("erased", {}, None, now)
        await rows.people.erase(actor.person_id)
        await uow.commit()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
