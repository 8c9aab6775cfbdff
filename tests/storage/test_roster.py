"""Who stands how to an association, her schools, groups; answers withdrawn, given back, adopted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.full_names import FullName
from domain.records import LISTED, Actor, Answer, Association, ClaimState, Event, Standing
from domain.roles import Role
from storage import tables
from storage.engine import Database
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOW,
    SCHOOL,
    a_coordinator,
    a_member,
    actor_of,
    an_association,
    an_event,
    move,
    stored,
)


@pytest.fixture
async def home(database: Database) -> Association:
    return await an_association(database)


@pytest.fixture
async def maria(database: Database, home: Association) -> Actor:
    return await a_member(database, home)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    return await an_event(database, home)


async def by_hand(rows: Rows, ours: AssociationRows, name: str = "Петрова") -> int:
    """Somebody who is not in Telegram."""
    person_id = await rows.people.add_by_hand(FullName(name, "Мария", "Ивановна"), "79131234567", NOW)
    await ours.members.add(person_id, Role.MEMBER, "", NOW)
    await ours.members.activate(person_id, NOW)
    return person_id


async def going(database: Database, event: Event) -> int:
    """How many a card says come."""
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(event.association_id).events.card(event.id, 0, NOW)
    assert card is not None
    return card.going


async def test_she_moves_only_from_where_she_stands(database: Database, home: Association, maria: Actor):
    async with UnitOfWork(database) as rows:
        roster = rows.association(home.id).roster
        assert not await roster.move(maria.person_id, Standing.ACTIVE, among=[Standing.GONE])
        assert await roster.move(maria.person_id, Standing.GONE, among=LISTED)
        assert await roster.everybody() == []
        gone = await roster.get(maria.person_id)
        assert gone is not None
        assert (gone.standing, gone.name.full) == (Standing.GONE, "Петрова Мария Ивановна")
        assert await rows.people.actor(maria.telegram_id) is not None


async def test_one_school_of_several_stands_in_the_sheet(database: Database, home: Association, maria: Actor):
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id)
        lyceum = await ours.members.add_school("Лицей № 12")
        await ours.roster.add_school(maria.person_id, lyceum)
        await ours.roster.add_school(maria.person_id, lyceum)
        member = await ours.roster.get(maria.person_id)
        assert member is not None
        assert [school.title for school in member.schools] == [SCHOOL, "Лицей № 12"]
        # The sheet's school is not listed among the others as well.
        assert member.school is not None
        await ours.roster.add_school(maria.person_id, member.school.id)
        assert (await ours.roster.get(maria.person_id)) == member
        await ours.roster.drop_school(maria.person_id, lyceum)
        left = await ours.roster.get(maria.person_id)
        assert left is not None
        assert [school.title for school in left.schools] == [SCHOOL]


async def test_the_first_school_goes_into_the_sheet(database: Database, home: Association):
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id)
        person_id = await by_hand(rows, ours)
        lyceum = await ours.members.add_school("Лицей № 12")
        await ours.roster.add_school(person_id, lyceum)
        member = await ours.roster.get(person_id)
        assert member is not None
        assert member.school is not None
        assert (member.school.title, member.other_schools) == ("Лицей № 12", ())


async def test_a_renamed_school_is_the_same_school(database: Database, home: Association, maria: Actor):
    async with UnitOfWork(database) as rows:
        roster = rows.association(home.id).roster
        [school] = await roster.schools()
        await rows.association(home.id).members.add_school("Лицей № 12")
        assert not await roster.rename_school(school.id, "Лицей № 12")
        assert await roster.rename_school(school.id, "СОШ № 412 имени Пушкина")
        member = await roster.get(maria.person_id)
    assert member is not None
    assert member.school is not None
    assert (member.school.id, member.school.title) == (school.id, "СОШ № 412 имени Пушкина")


async def test_answers_are_withdrawn_and_count_again(
    database: Database, home: Association, maria: Actor, event: Event
):
    uow = UnitOfWork(database)
    async with uow as rows:
        rsvps = rows.association(home.id).rsvps
        assert await rsvps.take(event.id, maria.person_id, Answer.GOING, NOW)
        assert await rsvps.count_counting(maria.person_id, NOW) == 1
        assert await rsvps.stop_counting(maria.person_id, NOW) == 1
        assert await rsvps.stop_counting(maria.person_id, NOW) == 0
        await uow.commit()
    assert await going(database, event) == 0
    async with uow as rows:
        assert await rows.association(home.id).rsvps.resume_counting(maria.person_id, NOW) == 1
        await uow.commit()
    assert await going(database, event) == 1


async def test_what_is_over_or_comes_later_is_not_withdrawn(
    database: Database, home: Association, maria: Actor, event: Event
):
    async with UnitOfWork(database) as rows:
        rsvps = rows.association(home.id).rsvps
        assert await rsvps.take(event.id, maria.person_id, Answer.GOING, NOW)
        assert await rsvps.stop_counting(maria.person_id, event.ends_at) == 0
        assert await rsvps.stop_counting(maria.person_id, NOW, event.starts_at) == 0
        assert await rsvps.stop_counting(maria.person_id, NOW, event.ends_at) == 1
        assert await rsvps.resume_counting(maria.person_id, event.ends_at) == 0


async def test_an_answer_for_another_day_does_not_come_back(
    database: Database, home: Association, maria: Actor, event: Event
):
    uow = UnitOfWork(database)
    async with uow as rows:
        rsvps = rows.association(home.id).rsvps
        assert await rsvps.take(event.id, maria.person_id, Answer.GOING, NOW)
        await rsvps.stop_counting(maria.person_id, NOW)
        await uow.commit()
    await move(database, home, event, LATER_DAY)
    async with uow as rows:
        await rows.association(home.id).rsvps.resume_counting(maria.person_id, NOW)
        await uow.commit()
    assert await going(database, event) == 0


async def test_one_on_leave_is_listed_only_with_an_answer(
    database: Database, home: Association, maria: Actor, event: Event
):
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id)
        await ours.roster.move(maria.person_id, Standing.AWAY, among=LISTED, away_until=NOW)
        assert await ours.rsvps.attendees(event.id) == []
        assert await ours.rsvps.take(event.id, maria.person_id, Answer.GOING, NOW)
        assert [one.person_id for one in await ours.rsvps.attendees(event.id)] == [maria.person_id]
        assert await rows.mailing.count_told(home.id) == 0


async def test_a_leave_ends_with_its_day(database: Database, home: Association, maria: Actor):
    until = NOW + timedelta(days=3)
    async with UnitOfWork(database) as rows:
        roster = rows.association(home.id).roster
        await roster.move(maria.person_id, Standing.AWAY, among=LISTED, away_until=until)
        await rows.people.end_leaves(until - timedelta(seconds=1))
        assert await roster.count(Standing.AWAY) == 1
        await rows.people.end_leaves(until)
        assert (await roster.count(Standing.AWAY), await roster.count(Standing.ACTIVE)) == (0, 1)


async def test_groups_hold_those_in_the_lists(database: Database, home: Association, maria: Actor):
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id)
        group_id = await ours.groups.add("Новички")
        assert group_id is not None
        assert await ours.groups.add("Новички") is None
        await ours.groups.put(maria.person_id, [group_id])
        await ours.groups.put(maria.person_id, [group_id])
        assert await ours.groups.members(group_id) == [maria.person_id]
        assert [(one.title, one.size) for one in await ours.groups.all()] == [("Новички", 1)]
        await ours.roster.move(maria.person_id, Standing.GONE, among=LISTED)
        assert await ours.groups.members(group_id) == []
        assert [one.size for one in await ours.groups.all()] == [0]
        assert await ours.groups.of_person(maria.person_id) == [group_id]
        assert await ours.groups.remove(group_id)
        assert await ours.groups.all() == []


async def test_the_newer_answer_of_two_records_counts(
    database: Database, home: Association, maria: Actor, event: Event
):
    other = await an_event(database, home, title="Совет")
    third = await an_event(database, home, title="Мастер-класс")
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        twin = await by_hand(rows, ours)
        later = NOW + timedelta(hours=1)
        for one, mine, theirs in ((event, NOW, later), (other, later, NOW), (third, None, NOW)):
            if mine is not None:
                assert await ours.rsvps.take(one.id, maria.person_id, Answer.GOING, mine)
            assert await ours.rsvps.take(one.id, twin, Answer.DECLINED, theirs)
        adopted = await ours.rsvps.adopt(maria.person_id, twin)
        assert set(adopted) == {event.id, third.id}
        given = await ours.rsvps.answers([event.id, other.id, third.id], [maria.person_id])
        assert [given[one.id, maria.person_id].answer for one in (event, other, third)] == [
            Answer.DECLINED,
            Answer.GOING,
            Answer.DECLINED,
        ]
        # She has answered anew meanwhile: that stays.
        assert await ours.rsvps.take(third.id, maria.person_id, Answer.UNDECIDED, later)
        await ours.rsvps.give_back(maria.person_id, twin, adopted)
        given = await ours.rsvps.answers([event.id, other.id, third.id], [maria.person_id])
        assert given[event.id, maria.person_id].answer is Answer.GOING
        assert given[event.id, maria.person_id].at == NOW
        assert given[third.id, maria.person_id].answer is Answer.UNDECIDED


async def test_an_answer_that_counts_no_more_is_not_newer(
    database: Database, home: Association, maria: Actor, event: Event
):
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        twin = await by_hand(rows, ours)
        assert await ours.rsvps.take(event.id, twin, Answer.DECLINED, NOW + timedelta(hours=2))
        await uow.commit()
    await move(database, home, event, LATER_DAY)
    async with uow as rows:
        ours = rows.association(home.id)
        assert await ours.rsvps.take(event.id, maria.person_id, Answer.GOING, NOW)
        assert await ours.rsvps.adopt(maria.person_id, twin) == []


async def test_whoever_is_erased_takes_the_merged_record_along(
    database: Database, home: Association, maria: Actor
):
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        twin = await by_hand(rows, ours)
        await ours.roster.move(twin, Standing.MERGED, among=LISTED)
        await ours.merges.add(maria.person_id, twin, {}, NOW)
        await rows.people.erase(maria.person_id)
        await uow.commit()
    assert await stored(database, tables.persons) == []
    assert await stored(database, tables.merges) == []


async def test_one_who_waits_is_outside(database: Database, home: Association, maria: Actor):
    await a_coordinator(database, home)
    uow = UnitOfWork(database)
    async with uow as rows:
        roster = rows.association(home.id).roster
        await roster.move(maria.person_id, Standing.REQUESTED, among=LISTED)
        assert [one.name.surname for one in await roster.everybody()] == ["Орлова"]
        assert await rows.mailing.count_told(home.id) == 1
        await uow.commit()
    assert (await actor_of(database, maria.telegram_id)).role is Role.WAITING


async def test_a_removed_group_is_restored_with_its_id(database: Database, home: Association):
    async with UnitOfWork(database) as rows:
        groups = rows.association(home.id).groups
        group_id = await groups.add("Новички")
        assert group_id is not None
        await groups.remove(group_id)
        assert await groups.restore(group_id, "Новички")
        assert not await groups.restore(group_id, "Новички")
        assert not await groups.restore(group_id, "Наставники")
        assert [(group.id, group.title) for group in await groups.all()] == [(group_id, "Новички")]
        assert await groups.add("Наставники") == group_id + 1


async def test_one_is_asked_again_about_a_record(database: Database, home: Association, maria: Actor):
    other = await a_coordinator(database, home)
    async with UnitOfWork(database) as rows:
        claims = rows.association(home.id).claims
        claim_id = await claims.add(maria.person_id, other.person_id, ClaimState.WAITING, None, NOW)
        assert claim_id is not None
        assert await claims.settle(claim_id, ClaimState.REFUSED)
        assert await claims.ask(maria.person_id, other.person_id, NOW) == claim_id
        found = await claims.get(claim_id)
        assert found is not None
        assert found.state is ClaimState.ASKED
        assert await claims.settle(claim_id, ClaimState.REFUSED)
        assert not await claims.settle(claim_id, ClaimState.GRANTED)


async def test_lines_of_some_kinds_the_oldest_first(database: Database, home: Association):
    async with UnitOfWork(database) as rows:
        journal = rows.association(home.id).journal
        for number, kind in enumerate(
            ("school_renamed", "group_linked", "school_returned", "school_renamed")
        ):
            await journal.write(kind, {"n": number}, None, NOW)
        assert await journal.every("school_renamed", "school_returned") == [
            ("school_renamed", {"n": 0}),
            ("school_returned", {"n": 2}),
            ("school_renamed", {"n": 3}),
        ]


async def test_schools_are_in_the_order_of_their_numbers(database: Database, home: Association, maria: Actor):
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id)
        for number in (10, 9, 100):
            await ours.members.add_school(f"СОШ № {number}")
        titles = ["МБОУ СОШ № 412", "СОШ № 9", "СОШ № 10", "СОШ № 100"]
        assert [one.title for one in await ours.roster.schools()] == titles
        assert [one.title for one in await ours.members.schools()] == titles
