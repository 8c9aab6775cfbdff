"""Groups of people: heads, newcomers, whatever a coordinator tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.roster import known_member
from actions.taking_back import GROUP_REMOVED, GROUP_RENAMED
from domain.errors import DomainError
from domain.people import tidy_line
from domain.records import Actor, Group, Member
from storage.unit_of_work import AssociationRows, UnitOfWork

# What is written next is a new group's name, or another name for one.
GROUP_STEP = "group_name"
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class GroupPeople:
    """A group, everybody in the lists, and who of them is in it."""

    group: Group
    everybody: tuple[Member, ...]
    inside: frozenset[int]


@dataclass(frozen=True, slots=True)
class PersonGroups:
    """A person, every group, and which of them she is in."""

    member: Member
    groups: tuple[Group, ...]
    inside: frozenset[int]


async def all_groups(uow: UnitOfWork, actor: Actor) -> list[Group]:
    """Every group, by title."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).groups.all()


async def open_naming(
    uow: UnitOfWork, actor: Actor, group_id: int | None, event_id: int | None = None
) -> Group | None:
    """What she writes next is the name of a group, a new one for None; it may be wanted for an event. Raises
    DomainError `group_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        group = None if group_id is None else await known_group(ours, group_id)
        facts = {"group": group_id, "event": event_id, "association": actor.home.id}
        await rows.people.wait_for(actor.person_id, GROUP_STEP, **facts)
        await uow.commit()
    return group


async def name_group(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> GroupPeople:
    """Makes the group, or gives it another name. Raises DomainError `edit_gone`, `group_gone`, `line_empty`,
    `line_too_long`, `title_taken`."""
    title = tidy_line(text, LONGEST_TITLE)
    asked = actor.asked(GROUP_STEP)
    if not asked:
        raise DomainError("edit_gone")
    renamed = asked.get("group")
    async with uow as rows:
        ours = rows.association(actor.home.id)
        facts: dict[str, object] = {"title": title}
        if isinstance(renamed, int):
            kind, facts["before"] = GROUP_RENAMED, (await known_group(ours, renamed)).title
            group_id = renamed if await ours.groups.rename(renamed, title) else None
        else:
            kind, group_id = "group_made", await ours.groups.add(title)
        if group_id is None:
            raise DomainError("title_taken", title=title)
        await ours.journal.write(kind, {"group": group_id, **facts}, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        shown = await _people(ours, group_id)
        await uow.commit()
    return shown


async def group_people(uow: UnitOfWork, actor: Actor, group_id: int) -> GroupPeople:
    """A group with everybody who may be in it. Raises DomainError `group_gone`."""
    async with uow.reading() as rows:
        return await _people(rows.association(actor.home.id), group_id)


async def person_groups(uow: UnitOfWork, actor: Actor, person_id: int) -> PersonGroups:
    """The groups, and which of them a person is in. Raises DomainError `member_unknown`."""
    async with uow.reading() as rows:
        return await _groups(rows.association(actor.home.id), person_id)


async def put(
    uow: UnitOfWork, actor: Actor, group_id: int, person_id: int, *, inside: bool
) -> tuple[GroupPeople, PersonGroups]:
    """Puts a person into a group, or takes her out; pressed twice it changes nothing more. Returns both sides
    as they stand then. Raises DomainError `group_gone`, `member_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await known_group(ours, group_id)
        await known_member(ours, person_id)
        await (ours.groups.put if inside else ours.groups.take_out)(person_id, [group_id])
        shown = await _people(ours, group_id), await _groups(ours, person_id)
        await uow.commit()
    return shown


async def remove_group(uow: UnitOfWork, actor: Actor, group_id: int, now: datetime) -> tuple[Group, int]:
    """There is no such group any more; its people stay in the lists. Returns it, and the journal's line by
    which it can be taken back. Raises DomainError `group_gone`, and
    `group_invited` with the facts `title` and `event` where something to come is for it."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        group = await known_group(ours, group_id)
        if to_come := await ours.events.for_group(group_id, now):
            raise DomainError("group_invited", title=group.title, event=to_come[0].title)
        facts = {"group": group_id, "title": group.title, "people": await ours.groups.members(group_id)}
        await ours.groups.remove(group_id)
        line = await ours.journal.write(GROUP_REMOVED, facts, actor.person_id, now)
        await uow.commit()
    return group, line


async def known_group(ours: AssociationRows, group_id: int) -> Group:
    """A group of the association. Raises DomainError `group_gone`."""
    found = next((group for group in await ours.groups.all() if group.id == group_id), None)
    if found is None:
        raise DomainError("group_gone")
    return found


async def _people(ours: AssociationRows, group_id: int) -> GroupPeople:
    group = await known_group(ours, group_id)
    inside = frozenset(await ours.groups.members(group_id))
    return GroupPeople(group, tuple(await ours.roster.everybody()), inside)


async def _groups(ours: AssociationRows, person_id: int) -> PersonGroups:
    member = await known_member(ours, person_id)
    inside = frozenset(await ours.groups.of_person(person_id))
    return PersonGroups(member, tuple(await ours.groups.all()), inside)
