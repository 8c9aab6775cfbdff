"""Which schools there are, and which one a title means: by its present name or a former one."""

from __future__ import annotations

from domain.records import Actor, School
from domain.roles import Role
from domain.school_names import same_school, school_key
from storage.unit_of_work import AssociationRows, UnitOfWork

# The journal's lines of a school's new name, and of one that was taken back.
SCHOOL_RENAMED = "school_renamed"
SCHOOL_RETURNED = "school_returned"


async def known_schools(uow: UnitOfWork, actor: Actor) -> list[School]:
    """The schools to offer, those with most people first; none to one who is to wait at the door."""
    if actor.home.by_request and actor.role in {Role.JOINING, Role.WAITING}:
        return []
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).members.schools()


def known_school(schools: list[School], title: str) -> School | None:
    """The school that was meant: one with the same key before one that is only like it."""
    exact = [school for school in schools if school_key(school.title) == school_key(title)]
    alike = [school for school in schools if same_school(school.title, title)]
    return next(iter(exact + alike), None)


async def school_meant(ours: AssociationRows, title: str) -> School | None:
    """The school that a coordinator means, by its present title or a former one."""
    return known_school(await ours.members.schools(), title) or await once_called(ours, title)


async def once_called(ours: AssociationRows, title: str) -> School | None:
    """The school that was called so, by the journal, before it got the title that it has now."""
    key, titles, once = school_key(title), dict[int, str](), set[int]()
    for kind, facts in await ours.journal.every(SCHOOL_RENAMED, SCHOOL_RETURNED):
        titles[facts["school"]] = facts["after"]
        # A name that was taken back was never the school's.
        if kind == SCHOOL_RENAMED and school_key(facts["before"]) == key:
            once.add(facts["school"])
    schools = await ours.members.schools() if once else []
    return next((one for one in schools if one.id in once and titles[one.id] == one.title), None)
