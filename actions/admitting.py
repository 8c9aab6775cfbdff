"""Who may come in: at once, or once a coordinator has said so."""

from __future__ import annotations

from datetime import datetime

from actions.acting import reread_home
from actions.arriving import let_in
from actions.roster import known_member
from domain.errors import DomainError
from domain.records import Actor, Association, Member, Standing
from storage.outbox import Message
from storage.unit_of_work import Rows, UnitOfWork


async def requests(uow: UnitOfWork, actor: Actor) -> list[Member]:
    """Who waits at the door, by surname."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).roster.everybody([Standing.REQUESTED])


async def set_door(uow: UnitOfWork, actor: Actor, *, by_request: bool, now: datetime) -> Association:
    """Whether people who open the invitation wait to be let in; those who wait already go on waiting."""
    async with uow as rows:
        if actor.home.by_request != by_request:
            await rows.associations.change(actor.home.id, by_request=by_request)
            await rows.association(actor.home.id).journal.write(
                "door_changed", {"by_request": by_request}, actor.person_id, now
            )
        home = await reread_home(rows, actor)
        await uow.commit()
    return home


async def admit(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> Member:
    """Lets somebody in who asked, or who was refused before; she hears of it.

    Raises DomainError `request_gone`, `request_settled` where she is in already.
    """
    async with uow as rows:
        await _check(rows, actor, person_id, Standing.ACTIVE)
        await let_in(rows, actor.home.id, person_id, now)
        await rows.people.set_current_association(person_id, actor.home.id)
        member = await known_member(rows.association(actor.home.id), person_id)
        await _tell(rows, actor, person_id, "person_admitted", Message.ADMITTED, now)
        await uow.commit()
    return member


async def refuse(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> Member:
    """Does not let somebody in who asked; she hears of it. Raises DomainError `request_gone`,
    `request_settled`."""
    async with uow as rows:
        member = await _check(rows, actor, person_id, Standing.REFUSED)
        await rows.association(actor.home.id).roster.move(
            person_id, Standing.REFUSED, among=[Standing.REQUESTED]
        )
        await rows.people.leave_association(person_id, actor.home.id)
        await _tell(rows, actor, person_id, "person_refused", Message.REFUSAL, now)
        await uow.commit()
    return member


async def _check(rows: Rows, actor: Actor, person_id: int, wanted: Standing) -> Member:
    member = await rows.association(actor.home.id).roster.get(person_id)
    if member is None or member.standing not in {Standing.REQUESTED, Standing.REFUSED, Standing.ACTIVE}:
        raise DomainError("request_gone")
    if member.standing is wanted or (wanted is Standing.REFUSED and member.standing is Standing.ACTIVE):
        raise DomainError("request_settled", name=member.name.full)
    return member


async def _tell(rows: Rows, actor: Actor, person_id: int, what: str, kind: Message, now: datetime) -> None:
    await rows.mailing.tell_one(actor.home.id, person_id, kind, lead=kind, due_at=now)
    facts = {"person": person_id}
    await rows.association(actor.home.id).journal.write(what, facts, actor.person_id, now)
