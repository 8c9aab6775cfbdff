"""Parts in single events: given, taken, carried; whom a notice of an event reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.hosting import new_invitation
from domain.broadcasts import Target, Whom
from domain.records import Actor, Answer, Association, Event, Standing
from domain.reminders import Audience
from domain.roles import Part, Role
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import Rows, UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOW,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    change,
    put,
    stored,
)

OUTBOX = tables.outbox


@pytest.fixture
async def home(database: Database) -> Association:
    """An association."""
    return await an_association(database)


@pytest.fixture
async def event(database: Database, home: Association) -> Event:
    """A seminar of its plan."""
    return await an_event(database, home)


async def a_guest(database: Database, home: Association, event: Event, part: Part = Part.GUEST) -> Actor:
    """Somebody who is no member, with a part in the event."""
    person = await a_member(database, home, "Иванова Анна Львовна", role=Role.GUEST)
    await change(
        database,
        tables.memberships,
        tables.memberships.c.person_id == person.person_id,
        status=Standing.GUEST,
        organisation="библиотека",
    )
    async with (uow := UnitOfWork(database)) as rows:
        assert await rows.association(home.id).parts.give(event.id, person.person_id, part, NOW)
        await uow.commit()
    return person


async def ring(database: Database, event: Event, lead: str, audience: Audience) -> list[int]:
    """A notice of the event falls due; returns whom it reached that was reached by none before."""
    before = {row.person_id for row in await stored(database, OUTBOX)}
    [association] = await stored(
        database, tables.associations, tables.associations.c.id == event.association_id
    )
    await put(
        database,
        tables.notices,
        association_id=event.association_id,
        event_id=event.id,
        schedule_version=event.schedule_version,
        lead=lead,
        profile_id=association.profile_id,
        audience=audience,
        due_at=NOW,
        useful_until=NOW + timedelta(days=1),
    )
    async with (uow := UnitOfWork(database)) as rows:
        await rows.notices.fan_out(NOW)
        await uow.commit()
    return sorted({row.person_id for row in await stored(database, OUTBOX)} - before)


async def test_a_reminder_reaches_guests_of_that_event_alone(
    database: Database, home: Association, event: Event
):
    """As it reaches members; one of another event does not."""
    other = await an_event(database, home, LATER_DAY)
    member = await a_member(database, home)
    guest = await a_guest(database, home, event)
    assert await ring(database, event, "week", Audience.MEMBERS) == [member.person_id, guest.person_id]
    assert {row.person_id for row in await stored(database, OUTBOX, OUTBOX.c.event_id == other.id)} == set()
    await ring(database, other, "week", Audience.MEMBERS)
    assert {row.person_id for row in await stored(database, OUTBOX, OUTBOX.c.event_id == other.id)} == {
        member.person_id
    }


@pytest.mark.parametrize("kind", [Message.LIST, Message.SUMMARY, Message.HELD])
async def test_lists_reach_those_who_present_the_event(
    database: Database, home: Association, event: Event, kind: Message
):
    """Who comes is for them too; whether it took place the coordinator says."""
    head = await a_coordinator(database, home)
    member = await a_member(database, home)
    guest = await a_guest(database, home, event, Part.HOST)
    plain = await a_member(database, home, "Ким Ольга Юрьевна")
    async with (uow := UnitOfWork(database)) as rows:
        parts = rows.association(home.id).parts
        await parts.give(event.id, member.person_id, Part.HOST, NOW)
        await parts.give(event.id, plain.person_id, Part.GUEST, NOW)
        await uow.commit()
    reached = await ring(database, event, kind, Audience.COORDINATORS)
    hosts = [] if kind is Message.HELD else [member.person_id, guest.person_id]
    assert reached == sorted([head.person_id, *hosts])


async def test_digests_and_words_to_all_are_not_for_guests(
    database: Database, home: Association, event: Event
):
    """Words to those who come to the event are."""
    member = await a_member(database, home)
    guest = await a_guest(database, home, event)
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(home.id)
        for one in (member, guest):
            await ours.members.set_timing(one.person_id, weekly=True)
            assert await ours.rsvps.take(event.id, one.person_id, Answer.GOING, NOW)
        meant = {
            whom: (await rows.mailing.count_meant(home.id, Target(whom, about), but=0))[0]
            for whom, about in ((Whom.ALL, None), (Whom.COMING, event.id), (Whom.SILENT, event.id))
        }
        assert meant == {Whom.ALL: 1, Whom.COMING: 2, Whom.SILENT: 0}
        assert await rows.mailing.count_concerned(event, but=None) == 2
        assert await ours.members.count() == 1
        assert [one.person_id for one in await ours.roster.everybody()] == [member.person_id]
        await uow.commit()
    assert await ring(database, event, "weekly", Audience.WEEKLY) == [member.person_id]


async def test_a_guest_waits_for_a_seat_as_members_do(database: Database, home: Association, event: Event):
    """She is in the line, and can be offered one."""
    guest = await a_guest(database, home, event)
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(home.id)
        assert await ours.rsvps.take(event.id, guest.person_id, Answer.WAITLISTED, NOW)
        [waits] = (await ours.seats.seating(event.id)).line
        assert (waits.person_id, waits.reachable) == (guest.person_id, True)
        assert [one.id for one in await rows.notices.events_with_seats(NOW)] == [event.id]
        await uow.commit()


async def test_who_presents_an_event_is_no_guest_of_it(database: Database, home: Association, event: Event):
    """The higher part stays; a member who is released has none, one who is no member stays a guest."""
    member, guest = await a_member(database, home), await a_guest(database, home, event)

    async def given(rows: Rows, who: Actor, part: Part) -> bool:
        return await rows.association(home.id).parts.give(event.id, who.person_id, part, NOW)

    async with (uow := UnitOfWork(database)) as rows:
        parts = rows.association(home.id).parts
        for who in (member, guest):
            assert await given(rows, who, Part.HOST)
            assert not await given(rows, who, Part.HOST)
            assert not await given(rows, who, Part.GUEST)
            assert await parts.of(event.id, who.person_id) is Part.HOST
        assert [(one.person_id, one.school, one.member) for one in await parts.hosts(event.id)] == [
            (guest.person_id, "библиотека", False),
            (member.person_id, member.school, True),
        ]
        for who in (member, guest):
            assert await parts.take(event.id, who.person_id, Part.HOST)
            assert not await parts.take(event.id, who.person_id, Part.HOST)
        assert await parts.of(event.id, member.person_id) is None
        assert await parts.of(event.id, guest.person_id) is Part.GUEST
        await uow.commit()


async def test_events_held_together_share_their_people(database: Database, home: Association, event: Event):
    """And are parted with them."""
    other = await an_event(database, home, LATER_DAY)
    member, guest = await a_member(database, home), await a_guest(database, home, other)
    async with (uow := UnitOfWork(database)) as rows:
        parts = rows.association(home.id).parts
        await parts.give(event.id, member.person_id, Part.HOST, NOW)
        await parts.carry(other.id, event.id)
        assert await parts.of(event.id, guest.person_id) is Part.GUEST
        await parts.carry_back(event.id, other.id)
        assert await parts.of(event.id, guest.person_id) is None
        assert await parts.of(event.id, member.person_id) is Part.HOST
        assert await parts.of(other.id, guest.person_id) is Part.GUEST
        await uow.commit()


async def test_a_link_is_found_by_code_and_by_digits(database: Database, home: Association, event: Event):
    """Among the newest that was not withdrawn; of a presenter's only one person has it."""
    async with (uow := UnitOfWork(database)) as rows:
        ways = rows.event_invitations
        old, new = new_invitation(event, Part.GUEST, 8, None), new_invitation(event, Part.GUEST, 8, None)
        hosts = new_invitation(event, Part.HOST, 10, NOW)
        await ways.add(old, NOW)
        assert await ways.withdraw(home.id, event.id, NOW)
        assert not await ways.withdraw(home.id, event.id, NOW)
        await ways.add(new, NOW)
        await ways.add(hosts, NOW)
        assert await ways.of_guests(home.id, event.id) == new
        found = await ways.find(old.digits)
        assert found is not None
        assert found.withdrawn
        assert await ways.find(hosts.code) == hosts
        assert await ways.use(hosts.code, NOW)
        assert not await ways.use(hosts.code, NOW)
        assert await ways.find("x") is None
        await uow.commit()
