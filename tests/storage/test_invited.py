"""Whom an event is for: who is reminded and asked, listed and counted. On both databases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from domain.broadcasts import Target, Whom
from domain.records import LISTED, Actor, Answer, Association, Event, Invited, Standing
from domain.reminders import Audience
from domain.roles import Part, Role
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    LATER_DAY,
    NOW,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    change,
    put,
    states,
    stored,
)
from tests.storage.test_fan_out import a_notice, fan_out, told


@dataclass(frozen=True)
class Scene:
    """An association with a group of one, a presenter, a guest and everybody else, and its seminar."""

    home: Association
    head: Actor
    inside: Actor
    outside: Actor
    host: Actor
    guest: Actor
    event: Event
    group_id: int


@pytest.fixture
async def scene(database: Database) -> Scene:
    """One for everybody as yet."""
    home = await an_association(database)
    event = await an_event(database, home)
    head = await a_coordinator(database, home)
    names = ("Белова Анна", "Галкина Инна", "Дятлова Ольга", "Зуева Вера")
    inside, outside, host, guest = [await a_member(database, home, name) for name in names]
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        group_id = await ours.groups.add("Новички")
        assert group_id is not None
        await ours.groups.put(inside.person_id, [group_id])
        await ours.parts.give(event.id, host.person_id, Part.HOST, NOW)
        await ours.parts.give(event.id, guest.person_id, Part.GUEST, NOW)
        await ours.roster.appoint(guest.person_id, Role.GUEST, among=[Role.MEMBER], resigned=False)
        await ours.roster.move(guest.person_id, Standing.GUEST, among=LISTED)
        await uow.commit()
    return Scene(home, head, inside, outside, host, guest, event, group_id)


async def invite(database: Database, scene: Scene, invited: Invited) -> None:
    group_id = scene.group_id if invited is Invited.GROUP else None
    await change(
        database,
        tables.events,
        tables.events.c.id == scene.event.id,
        invited=invited,
        group_id=group_id,
        **({"answers_until": None} if invited is Invited.NOBODY else {}),
    )


def asked(scene: Scene, invited: Invited) -> set[int]:
    """Who is to be reminded of an event for these, and asked."""
    apart = [scene.host, scene.guest]
    those = {
        Invited.EVERYBODY: [scene.head, scene.inside, scene.outside, *apart],
        Invited.GROUP: [scene.head, scene.inside, *apart],
        Invited.GUESTS: apart,
        Invited.NOBODY: [],
    }
    return {one.person_id for one in those[invited]}


async def answers(database: Database, scene: Scene, who: Actor) -> bool:
    uow = UnitOfWork(database)
    async with uow as rows:
        taken = await rows.association(scene.home.id).rsvps.take(
            scene.event.id, who.person_id, Answer.GOING, NOW
        )
        await uow.commit()
    return taken


@pytest.mark.parametrize("invited", Invited)
async def test_only_those_whom_it_is_for_are_reminded(database: Database, scene: Scene, invited: Invited):
    """And called last, and nudged, and counted as silent."""
    await invite(database, scene, invited)
    expected = asked(scene, invited)
    await a_notice(database, scene.event, scene.home)
    assert await fan_out(database) == len(expected)
    assert set(await told(database)) == expected
    await a_notice(
        database, scene.event, scene.home, lead="last_call", audience=Audience.SILENT, due_at=NOW + _DAY
    )
    assert await fan_out(database, NOW + _DAY) == len(expected)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.mailing.count_silent(scene.event) == len(expected)
        silent = Target(Whom.SILENT, scene.event.id)
        assert await rows.mailing.count_meant(scene.home.id, silent, but=0) == (len(expected), 0)


@pytest.mark.parametrize("invited", Invited)
async def test_only_they_are_waited_for(database: Database, scene: Scene, invited: Invited):
    """In «Кто придёт», and by a change of the event."""
    await invite(database, scene, invited)
    expected = asked(scene, invited)
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(scene.home.id)
        assert {one.person_id for one in await ours.rsvps.attendees(scene.event.id)} == expected
        assert await rows.mailing.count_concerned(scene.event, but=None) == len(expected)


@pytest.mark.parametrize("invited", Invited)
async def test_only_they_can_answer(database: Database, scene: Scene, invited: Invited):
    """Each card knows whether it is for its reader."""
    await invite(database, scene, invited)
    expected = asked(scene, invited)
    for who in (scene.head, scene.inside, scene.outside, scene.host, scene.guest):
        async with UnitOfWork(database).reading() as rows:
            card = await rows.association(scene.home.id).events.card(scene.event.id, who.person_id, NOW)
        assert card is not None
        assert card.asked == (who.person_id in expected)
        assert card.group == ("Новички" if invited is Invited.GROUP else "")
        assert await answers(database, scene, who) == (who.person_id in expected)


async def test_who_answered_keeps_her_say(database: Database, scene: Scene):
    """She stands in the list, hears of a change, and is reminded of nothing."""
    assert await answers(database, scene, scene.outside)
    await invite(database, scene, Invited.GROUP)
    assert await answers(database, scene, scene.outside)
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(scene.home.id)
        listed = {one.person_id: one.answer for one in await ours.rsvps.attendees(scene.event.id)}
        assert listed[scene.outside.person_id] is Answer.GOING
        hear = len(asked(scene, Invited.GROUP)) + 1
        assert await rows.mailing.count_concerned(scene.event, but=None) == hear
        card = await ours.events.card(scene.event.id, scene.outside.person_id, NOW)
        assert card is not None
        assert card.asked
    await a_notice(database, scene.event, scene.home)
    await fan_out(database)
    assert scene.outside.person_id not in await told(database)


async def test_an_answer_about_another_day_gives_no_say(database: Database, scene: Scene):
    """What is asked anew is asked of those whom it is for."""
    assert await answers(database, scene, scene.outside)
    await invite(database, scene, Invited.GROUP)
    await change(database, tables.events, tables.events.c.id == scene.event.id, day_version=2)
    assert not await answers(database, scene, scene.outside)


async def test_a_guest_s_answer_stands_where_nobody_is_invited_any_more(database: Database, scene: Scene):
    """It counts on the card: the list says whose it is."""
    assert await answers(database, scene, scene.guest)
    await invite(database, scene, Invited.NOBODY)
    async with UnitOfWork(database).reading() as rows:
        [listed] = await rows.association(scene.home.id).rsvps.attendees(scene.event.id)
    assert (listed.person_id, listed.answer) == (scene.guest.person_id, Answer.GOING)


async def test_who_is_taken_into_the_group_later_is_asked(database: Database, scene: Scene):
    """From then on."""
    await invite(database, scene, Invited.GROUP)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(scene.home.id).groups.put(scene.outside.person_id, [scene.group_id])
        await uow.commit()
    await a_notice(database, scene.event, scene.home)
    await fan_out(database)
    assert scene.outside.person_id in await told(database)


async def test_what_comes_next_is_hers(database: Database, scene: Scene):
    """Who runs the association sees all; what is counted ahead is what is gone through."""
    later = await an_event(database, scene.home, LATER_DAY, title="Для всех")
    await invite(database, scene, Invited.GROUP)

    async def ahead(who: Actor) -> list[int]:
        async with UnitOfWork(database).reading() as rows:
            events = rows.association(scene.home.id).events
            cards = [await events.next(who.person_id, NOW, at) for at in range(3)]
        found = [card for card in cards if card is not None]
        assert {card.others_ahead for card in found} == {len(found) - 1}
        return [card.event.id for card in found]

    assert await ahead(scene.outside) == [later.id]
    for who in (scene.inside, scene.head, scene.host):
        assert await ahead(who) == [scene.event.id, later.id]
    async with UnitOfWork(database).reading() as rows:
        mine = await rows.association(scene.home.id).events.answered_by(scene.outside.person_id, NOW)
    assert [card.event.id for card in mine] == [later.id]


async def test_those_for_whom_it_is_not(database: Database, scene: Scene):
    """Whoever oversees is not among them: nobody asks her. An event for everybody is not looked up."""
    people = [one.person_id for one in (scene.head, scene.inside, scene.outside, scene.host, scene.guest)]
    await invite(database, scene, Invited.GUESTS)
    overseer = await a_member(database, scene.home, role=Role.METHODIST)
    uow = UnitOfWork(database)
    async with uow as rows:
        events = rows.association(scene.home.id).events
        await rows.association(scene.home.id).roster.move(
            overseer.person_id, Standing.OVERSEEING, among=LISTED
        )
        found = replace(scene.event, invited=Invited.GUESTS)
        others = {(scene.event.id, one.person_id) for one in (scene.head, scene.inside, scene.outside)}
        assert await events.not_for([found], [*people, overseer.person_id]) == others
        assert await events.not_for([scene.event], people) == frozenset()


async def test_a_free_seat_is_not_offered_to_whom_it_is_not_for(database: Database, scene: Scene):
    """The line goes on without her."""
    seats = {"seats": 1}
    await change(database, tables.events, tables.events.c.id == scene.event.id, **seats)
    uow = UnitOfWork(database)
    async with uow as rows:
        rsvps = rows.association(scene.home.id).rsvps
        for who in (scene.outside, scene.inside):
            assert await rsvps.take(scene.event.id, who.person_id, Answer.WAITLISTED, NOW)
        await uow.commit()
    for invited, reachable in ((Invited.EVERYBODY, [True, True]), (Invited.GROUP, [False, True])):
        await invite(database, scene, invited)
        async with UnitOfWork(database).reading() as rows:
            assert (await rows.notices.agenda(NOW)).seats
            line = (await rows.association(scene.home.id).seats.seating(scene.event.id)).line
        assert [bool(one.reachable) for one in sorted(line, key=_outside_first(scene))] == reachable
    await invite(database, scene, Invited.GUESTS)
    async with UnitOfWork(database).reading() as rows:
        assert not (await rows.notices.agenda(NOW)).seats


async def test_how_many_an_invitation_would_reach(database: Database, scene: Scene):
    """And how many it leaves out, with those who said that they come."""
    assert await answers(database, scene, scene.outside)
    async with UnitOfWork(database).reading() as rows:
        count = await rows.mailing.count_invited(scene.event, Invited.GROUP, scene.group_id, but=None)
        assert (count.concerned, count.newly, count.no_more, count.coming) == (4, 0, 1, 1)
    await invite(database, scene, Invited.GUESTS)
    async with UnitOfWork(database).reading() as rows:
        count = await rows.mailing.count_invited(
            scene.event, Invited.EVERYBODY, None, but=scene.head.person_id
        )
        assert (count.concerned, count.newly, count.no_more, count.coming) == (4, 1, 0, 0)


async def test_the_group_s_chat_sees_what_is_for_everybody(database: Database, scene: Scene):
    """By a reminder, and by a change."""
    await put(
        database,
        tables.group_chats,
        association_id=scene.home.id,
        telegram_id=-1,
        title="Чат",
        linked_at=NOW,
    )
    await invite(database, scene, Invited.NOBODY)
    await a_notice(database, scene.event, scene.home)
    assert await fan_out(database) == 0
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.group_chats.show(scene.home.id, scene.event.id, NOW)
        await uow.commit()
    assert await states(database) == []
    await invite(database, scene, Invited.EVERYBODY)
    async with uow as rows:
        await rows.group_chats.show(scene.home.id, scene.event.id, NOW)
        await uow.commit()
    assert len(await stored(database, tables.outbox)) == 1


_DAY = timedelta(days=1)


def _outside_first(scene: Scene):
    return lambda one: one.person_id != scene.outside.person_id
