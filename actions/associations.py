"""Making associations, setting them up, letting people in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import DomainError
from domain.records import Actor, Association, Invitation
from domain.roles import Role
from domain.timing import default_profile
from storage.unit_of_work import Rows, UnitOfWork

# An invitation that opens more than the plan is good once, and not for long.
COORDINATOR_INVITATION = timedelta(days=7)
_MEMBER_DIGITS = 8
_COORDINATOR_DIGITS = 10  # and a methodist's


async def first_association(uow: UnitOfWork, zone: str, now: datetime) -> Association:
    """The installation's first association, made at the first start, without a name as yet."""
    async with uow.reading() as rows:
        existing = await rows.associations.all()
    if existing:
        return existing[0]
    async with uow as rows:
        # Two processes that start at once must not make one each.
        await rows.associations.alone()
        existing = await rows.associations.all()
        if existing:
            return existing[0]
        await rows.associations.add("", zone, default_profile(zone).canonical(), now)
        made = (await rows.associations.all())[0]
        await uow.commit()
    return made


async def add_association(uow: UnitOfWork, title: str, zone: str, now: datetime) -> int:
    """Another association; returns its number."""
    async with uow as rows:
        number = await rows.associations.add(title, zone, default_profile(zone).canonical(), now)
        await uow.commit()
    return number


async def find_association(uow: UnitOfWork, number: int | None) -> Association:
    """The association with a number, the first one for None. Raises DomainError `association_unknown`."""
    async with uow.reading() as rows:
        for association in await rows.associations.all():
            if number in {None, association.id}:
                return association
    raise DomainError("association_unknown", number=number)


async def make_invitation(uow: UnitOfWork, association_id: int, role: Role, now: datetime) -> Invitation:
    """A way in. Members share one that stands; a coordinator's or a methodist's is new each time, good once
    for seven days."""
    async with uow as rows:
        invitation = await new_invitation(rows, association_id, role, now)
        await uow.commit()
    return invitation


async def new_invitation(
    rows: Rows, association_id: int, role: Role, now: datetime, beside: Sequence[int] = ()
) -> Invitation:
    """The same within a unit of work that does more; a methodist's opens other associations `beside` it."""
    if role is Role.MEMBER:
        standing = await rows.associations.standing_invitation(association_id)
        if standing is not None:
            return standing
    length = _MEMBER_DIGITS if role is Role.MEMBER else _COORDINATOR_DIGITS
    invitation = Invitation(
        association_id=association_id,
        code=secrets.token_urlsafe(12),
        # No leading nought: a person who leaves it out is still understood.
        digits=str(secrets.choice(range(10 ** (length - 1), 10**length))),
        role=role,
        expires_at=None if role is Role.MEMBER else now + COORDINATOR_INVITATION,
        used=False,
        beside=tuple(beside),
    )
    await rows.associations.add_invitation(invitation, now)
    return invitation


@dataclass(frozen=True, slots=True)
class Step:
    """A step of setting an association up: what is asked for is stored in this field."""

    field: str
    longest: int


SETTING_UP = {
    "setup_title": Step("title", 200),
    "setup_town": Step("town", 100),
    "setup_year": Step("school_year", 9),
}


async def set_up(
    uow: UnitOfWork, actor: Actor, step: str, value: str, following: str | None, now: datetime
) -> None:
    """Stores one answer of the coordinator and opens the following step's dialogue.

    Raises DomainError `setup_empty` or `setup_too_long`.
    """
    value = " ".join(value.split())
    asked = SETTING_UP[step]
    if not value:
        raise DomainError("setup_empty")
    if len(value) > asked.longest:
        raise DomainError("setup_too_long", longest=asked.longest)
    async with uow as rows:
        await rows.associations.change(actor.home.id, **{asked.field: value})
        if asked.field == "title":
            await rows.associations.mark_set_up(actor.home.id, now)
        await rows.people.wait_for(actor.person_id, following)
        await uow.commit()


async def appoint(uow: UnitOfWork, association_id: int, telegram_ids: Sequence[int]) -> None:
    """Makes members whom the operator named (COORDINATORS) coordinators of an association."""
    if not telegram_ids:
        return
    async with uow as rows:
        await rows.association(association_id).members.appoint(telegram_ids)
        await uow.commit()
