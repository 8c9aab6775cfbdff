"""Lists of people: stored at once, taken back but for those on whom something hangs; details erased."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from domain.full_names import FullName
from domain.records import Answer, Association, ClaimState, Detail, Event, Import, Standing
from domain.roles import Role
from storage import tables
from storage.engine import Database
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork
from tests.builders import NOW, a_coordinator, a_member, an_association, an_event, statements, stored

SURNAMES = [f"Ким{'абвгдежзик'[at % 10]}{'абвгдежзик'[at // 10]}" for at in range(60)]


async def store(rows: Rows, home: Association, by: int) -> tuple[Import, list[int]]:
    """Many people out of a list, with a telephone and a category each, at a new school."""
    ours = rows.association(home.id)
    school_id = await ours.members.add_school("СОШ № 99")
    import_id = await ours.imports.add([school_id], by, NOW)
    phones = [(FullName(surname, "Анна"), f"7913{at:07}") for at, surname in enumerate(SURNAMES)]
    ids = await rows.people.add_all_by_hand(phones, NOW)
    values = {"school_id": school_id, "position": "", "category": "первая", "service": ""}
    await ours.members.add_listed(dict.fromkeys(ids, values), import_id, "Согласие", NOW)
    taken = await ours.imports.get(import_id)
    assert taken == await ours.imports.newest()
    assert taken is not None
    return taken, ids


@pytest.fixture
async def home(database: Database) -> Association:
    return await an_association(database)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    return await an_event(database, home)


async def test_each_has_what_stood_in_her_row(database: Database, home: Association):
    head = await a_coordinator(database, home)
    async with UnitOfWork(database) as rows:
        _, ids = await store(rows, home, head.person_id)
        people = {one.person_id: one for one in await rows.association(home.id).roster.everybody()}
    for at, person_id in enumerate(ids):
        one = people[person_id]
        assert (one.name.surname, one.phone, one.category) == (SURNAMES[at], f"7913{at:07}", "первая")
        assert (one.standing, one.in_telegram) == (Standing.ACTIVE, False)


async def test_a_list_is_stored_in_few_statements(database: Database, home: Association):
    head = await a_coordinator(database, home)
    async with UnitOfWork(database) as rows:
        with statements() as said:
            await store(rows, home, head.person_id)
    assert len(said) < 15


Attach = Callable[[Rows, AssociationRows, int, int, Event], Awaitable[object]]
ATTACHED: dict[str, Attach] = {
    "an answer": lambda _, ours, her, __, event: ours.rsvps.take(event.id, her, Answer.GOING, NOW),
    "a group": lambda _, ours, her, __, ___: _in_group(ours, her),
    "another school": lambda _, ours, her, __, ___: _at_another_school(ours, her),
    "a merge": lambda _, ours, her, head, __: ours.merges.add(head, her, {}, NOW),
    "a claim": lambda _, ours, her, head, __: ours.claims.add(head, her, ClaimState.WAITING, None, NOW),
    "a question": lambda _, ours, her, __, ___: ours.questions.add(her, "Где парковка?", NOW),
    "a standing": lambda _, ours, her, __, ___: ours.roster.move(her, Standing.GONE, among=[Standing.ACTIVE]),
    "a place of somebody": lambda _, ours, her, head, event: _stand_in(ours, her, head, event),
}


async def _in_group(ours: AssociationRows, her: int) -> None:
    group_id = await ours.groups.add("Новички")
    assert group_id is not None
    await ours.groups.put(her, [group_id])


async def _at_another_school(ours: AssociationRows, her: int) -> None:
    await ours.roster.add_school(her, await ours.members.add_school("СОШ № 8"))


async def _stand_in(ours: AssociationRows, her: int, head: int, event: Event) -> None:
    assert await ours.rsvps.take(event.id, head, Answer.DECLINED, NOW)
    assert await ours.rsvps.send_instead(event.id, head, her)


@pytest.mark.parametrize("what", ATTACHED)
async def test_whoever_has_got_something_stays(
    database: Database, home: Association, event: Event, what: str
):
    head = await a_coordinator(database, home)
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id)
        taken, ids = await store(rows, home, head.person_id)
        await ATTACHED[what](rows, ours, ids[7], head.person_id, event)
        assert set(await ours.imports.untouched(taken.id)) == set(ids) - {ids[7]}
        assert set(await ours.imports.take_back(taken)) == set(ids) - {ids[7]}
        assert await ours.imports.get(taken.id) is None
        assert await ours.roster.get(ids[7]) is not None
        assert "СОШ № 99" in [one.title for one in await ours.roster.schools()]


async def test_nothing_of_them_is_left(database: Database, home: Association):
    head = await a_coordinator(database, home)
    await a_member(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        taken, ids = await store(rows, home, head.person_id)
        await rows.association(home.id).imports.take_back(taken)
        assert "СОШ № 99" not in [one.title for one in await rows.association(home.id).roster.schools()]
        await uow.commit()
    assert not await stored(database, tables.persons, tables.persons.c.id.in_(ids))
    assert len(await stored(database, tables.memberships)) == 2


async def test_a_member_elsewhere_stays(database: Database, home: Association):
    head = await a_coordinator(database, home)
    other = await an_association(database, "Другой округ")
    async with UnitOfWork(database) as rows:
        taken, ids = await store(rows, home, head.person_id)
        await rows.association(other.id).members.add(ids[0], Role.MEMBER, "", NOW)
        assert ids[0] not in await rows.association(home.id).imports.untouched(taken.id)
        await rows.association(home.id).roster.erase_details(Detail.PHONE)
        assert await rows.people.phone(ids[0])
        assert not await rows.people.phone(ids[1])


async def test_details_are_counted_and_erased(database: Database, home: Association):
    head = await a_coordinator(database, home)
    async with UnitOfWork(database) as rows:
        roster = rows.association(home.id).roster
        await store(rows, home, head.person_id)
        await rows.people.set_phone(head.person_id, "79990000000")
        for detail, count in ((Detail.PHONE, 60), (Detail.CATEGORY, 60), (Detail.SERVICE, 0)):
            assert await roster.count_details(detail) == count
            await roster.erase_details(detail)
            assert await roster.count_details(detail) == 0
        assert await rows.people.phone(head.person_id) == "79990000000"
