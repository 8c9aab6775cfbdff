"""What somebody says of herself: her full name, her school, of a guest where she comes from; while joining it
brings her in, later it corrects."""

from __future__ import annotations

from datetime import datetime

from actions.acting import reread
from actions.arriving import arrive, be_guest, enter, is_methodist
from actions.roster import EDITED, Field
from actions.schools import known_school, once_called
from domain.errors import DomainError
from domain.full_names import FullName, parse_full_name
from domain.guests import read_organisation
from domain.records import (
    Actor,
)
from domain.roles import Role
from domain.school_names import tidy_title
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

NAME_STEP = "join_name"
SCHOOL_STEP = "join_school"
ORGANISATION_STEP = "join_organisation"


async def give_name(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores her full name; while joining the school is asked next, or where a guest comes from. Raises
    parse_full_name's DomainErrors."""
    name = parse_full_name(text)
    async with uow as rows:
        await rows.people.set_name(actor.person_id, name)
        if actor.role in {Role.MEMBER, Role.COORDINATOR}:
            facts = {"person": actor.person_id, "field": Field.NAME}
            await rows.association(actor.home.id).journal.write(EDITED, facts, actor.person_id, now)
        following, kept = None, {}
        if actor.role is Role.JOINING and await is_methodist(
            rows.association(actor.home.id), actor.person_id
        ):
            await enter(rows, actor, now)
        elif actor.role is Role.JOINING:
            guest = await _comes_as_guest(rows, actor)
            following = ORGANISATION_STEP if guest else SCHOOL_STEP
            kept = dict(actor.asked(NAME_STEP))
        await rows.people.wait_for(actor.person_id, following, **kept)
        actor = await reread(rows, actor.telegram_id)
        await uow.commit()
    return actor


async def give_school(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores where she works, by what she typed, compared leniently with the schools known.

    Raises DomainError `school_empty`, `school_too_long` or `school_is_name`; and, the first time that she
    types it, `school_renamed` with the facts `title` and `school` for one that has another name by now.
    """
    if actor.name is not None and _is_name(text, actor.name):
        # The question was lost on its way, and she answers the one before it again.
        raise DomainError("school_is_name")
    title = tidy_title(text)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        school = known_school(await ours.members.schools(), title)
        if school is None and (renamed := await once_called(ours, title)) is not None:
            asked = actor.asked(SCHOOL_STEP)
            if asked.get("typed") != title:
                await rows.people.wait_for(actor.person_id, SCHOOL_STEP, **{**asked, "typed": title})
                await uow.commit()
                raise DomainError("school_renamed", title=title, school=renamed)
        school_id = await ours.members.add_school(title) if school is None else school.id
        return await _settle(rows, uow, actor, school_id, now)


async def give_organisation(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Actor:
    """Stores where a guest comes from; with that she is in. Raises DomainError `organisation_empty`,
    `organisation_too_long`, `organisation_is_name`, `stale_button` where she is no guest."""
    if actor.name is not None and _is_name(text, actor.name):
        raise DomainError("organisation_is_name")
    title = read_organisation(text)
    async with uow as rows:
        if not await _comes_as_guest(rows, actor):
            raise DomainError("stale_button")
        await rows.association(actor.home.id).members.set_organisation(actor.person_id, title)
        if actor.role is Role.JOINING:
            await be_guest(rows, actor.home.id, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        actor = await reread(rows, actor.telegram_id)
        await uow.commit()
    return actor


async def _comes_as_guest(rows: Rows, actor: Actor) -> bool:
    membership = await rows.association(actor.home.id).members.record(actor.person_id) or {}
    return membership.get("role") == Role.GUEST


def _is_name(text: str, name: FullName) -> bool:
    try:
        return parse_full_name(text) == name
    except DomainError:
        return False


async def choose_school(uow: UnitOfWork, actor: Actor, school_id: int, now: datetime) -> Actor:
    """Stores where she works, by a button. Raises DomainError `school_unknown` for a made-up one."""
    async with uow as rows:
        ours: AssociationRows = rows.association(actor.home.id)
        if school_id not in {school.id for school in await ours.members.schools()}:
            raise DomainError("school_unknown")
        return await _settle(rows, uow, actor, school_id, now)


async def _settle(rows: Rows, uow: UnitOfWork, actor: Actor, school_id: int, now: datetime) -> Actor:
    ours = rows.association(actor.home.id)
    if await is_methodist(ours, actor.person_id):
        raise DomainError("methodist_looks")
    await ours.members.set_school(actor.person_id, school_id)
    step = await arrive(rows, actor, now) if actor.role is Role.JOINING else None
    await rows.people.wait_for(actor.person_id, step, **actor.asked(SCHOOL_STEP))
    actor = await reread(rows, actor.telegram_id)
    await uow.commit()
    return actor
