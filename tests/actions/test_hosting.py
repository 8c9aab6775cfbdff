"""Who presents an event: linked, told once, released; invited; and what goes with her record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.answering import who_comes
from actions.doors import Key, consent, knock
from actions.hosting import hosting, invite_host, link_host, unlink_host
from actions.joining import give_name, give_organisation
from actions.merging import merge, part
from domain.errors import DomainError
from domain.full_names import FullName
from domain.records import Actor, Association, Event
from domain.roles import Part, Role
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    CONSENT,
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    actor_of,
    an_association,
    an_event,
    cancel,
    stored,
)


async def test_a_second_press_tells_nobody_anew(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    """One row waits for her; it is withdrawn with the event."""
    uow = UnitOfWork(database)
    assert (await link_host(uow, coordinator, event.id, member.person_id, NOW)).told
    assert not (await link_host(uow, coordinator, event.id, member.person_id, NOW)).told
    [row] = await stored(database, tables.outbox)
    assert (row.person_id, row.kind, row.event_id, row.state) == (
        member.person_id,
        Message.PRESENTING,
        event.id,
        State.WAITING,
    )
    await unlink_host(uow, coordinator, event.id, member.person_id, NOW)
    await unlink_host(uow, coordinator, event.id, member.person_id, NOW)
    assert [one.state for one in await stored(database, tables.outbox)] == [State.OBSOLETE]
    # Linked again she hears of it again.
    later = NOW + timedelta(minutes=1)
    assert (await link_host(uow, coordinator, event.id, member.person_id, later)).told
    assert [line.kind for line in await stored(database, tables.journal)] == [
        "host_linked",
        "host_unlinked",
        "host_linked",
    ]


async def test_where_nobody_gathers_there_is_nothing_to_run(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """A task, a cancelled event, one that is over, one of another association, nobody's record."""
    uow = UnitOfWork(database)
    task = await an_event(database, home, NOVEMBER, gathering=False)
    theirs = await an_event(database, await an_association(database, "РМО Заречного района"))
    over = event.ends_at
    for event_id, now, code in (
        (task.id, NOW, "no_answer_needed"),
        (theirs.id, NOW, "event_unknown"),
        (event.id, over, "event_over"),
    ):
        for acting in (
            hosting(uow, coordinator, event_id, now),
            link_host(uow, coordinator, event_id, member.person_id, now),
            invite_host(uow, coordinator, event_id, now),
        ):
            with pytest.raises(DomainError, match=code):
                await acting
    with pytest.raises(DomainError, match="person_unknown"):
        await link_host(uow, coordinator, event.id, 999, NOW)
    await cancel(database, event)
    with pytest.raises(DomainError, match="event_cancelled"):
        await link_host(uow, coordinator, event.id, member.person_id, NOW)
    assert await stored(database, tables.event_people) == []


async def test_who_comes_is_hers_without_the_reasons(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """And nobody else's; of her own event only."""
    uow = UnitOfWork(database)
    other = await an_event(database, home, SEMINAR_DAY, title="Другой семинар")
    with pytest.raises(DomainError, match="only_host"):
        await who_comes(uow, member, event.id)
    await link_host(uow, coordinator, event.id, member.person_id, NOW)
    _, turnout = await who_comes(uow, member, event.id)
    assert len(turnout.people) == 2
    for event_id in (other.id, 999):
        with pytest.raises(DomainError, match="only_host"):
            await who_comes(uow, member, event_id)


async def test_the_invitation_makes_one_person_the_presenter(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """At the consent; who came too late is told so, and nothing is stored about her."""
    uow = UnitOfWork(database)
    _, way = await invite_host(uow, coordinator, event.id, NOW)
    for telegram_id in (1, 2):
        door = await knock(uow, Key(telegram_id, way.code, ()), NOW)
        assert (door.inside, door.part, door.event) == (None, Part.HOST, event)
    assert (await consent(uow, Key(1, way.code, ()), lambda _: CONSENT, NOW)).role is Role.JOINING
    with pytest.raises(DomainError, match="invitation_used"):
        await consent(uow, Key(2, way.code, ()), lambda _: CONSENT, NOW)
    vera = await give_name(uow, await actor_of(database, 1), "Седова Вера Олеговна", NOW)
    vera = await give_organisation(uow, vera, "районная библиотека", NOW)
    assert (vera.role, vera.school) == (Role.GUEST, "районная библиотека")
    [host] = (await hosting(uow, coordinator, event.id, NOW)).hosts
    assert (host.person_id, host.member) == (vera.person_id, False)
    assert len(await stored(database, tables.persons)) == 2
    _, turnout = await who_comes(uow, vera, event.id)
    assert [one.guest for one in turnout.people] == [False, True]


async def test_a_merged_record_brings_its_events(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """And takes them with it when the two are parted."""
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(home.id)
        by_hand = await rows.people.add_by_hand(FullName("Петрова", "Мария", "Ивановна"), "", NOW)
        await ours.members.add(by_hand, Role.MEMBER, CONSENT, NOW)
        await ours.members.activate(by_hand, NOW)
        await uow.commit()
    await link_host(uow, coordinator, event.id, by_hand, NOW)
    merged = await merge(uow, coordinator, member.person_id, by_hand, NOW)
    assert (await who_comes(uow, member, event.id))[0] == event
    await part(uow, coordinator, merged.merge_id, NOW)
    with pytest.raises(DomainError, match="only_host"):
        await who_comes(uow, member, event.id)
