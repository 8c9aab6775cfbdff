"""When people are reminded: what each chooses, what her association sets, and the notices that follow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from actions.timing import (
    association_timing,
    change_timing,
    choose,
    own_timing,
    pause,
    resume,
    switch_digest,
)
from domain.errors import DomainError
from domain.records import LISTED, Actor, Association, Event, Standing
from domain.timing import Choice, TimingProfile, chosen, default_profile, with_lead, with_quiet_hours
from scheduler.planner import Planner
from storage import tables
from storage.engine import Database
from storage.mailing import Change
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    ZONE,
    a_member,
    a_message,
    an_association,
    statements,
    stored,
)

MEMBERSHIPS = tables.memberships
NOTICES = tables.notices
DAY = timedelta(days=1)
USUAL = default_profile(ZONE)


async def plan(database: Database, now: datetime = NOW) -> int:
    return await Planner(database, lambda day: day.weekday() < 5).plan(now)


async def profile_of(database: Database, actor: Actor) -> TimingProfile:
    """The member's profile as it is stored."""
    async with UnitOfWork(database).reading() as rows:
        settings = await rows.association(actor.home.id).members.profile_settings(actor.person_id)
    assert settings is not None
    return TimingProfile.from_canonical(settings)


async def rung(database: Database, event: Event) -> list[tuple[str, int, datetime]]:
    """The event's notices."""
    found = await stored(database, NOTICES, NOTICES.c.event_id == event.id)
    return sorted((one.lead, one.profile_id, one.due_at) for one in found)


async def test_a_choice_is_a_profile_made_of_the_association_s(database: Database, member: Actor):
    """Kept beside the choice itself."""
    for choice in (Choice.MORE, Choice.FEWER, Choice.NONE, Choice.USUAL):
        mine = await choose(UnitOfWork(database), member, choice, NOW)
        assert mine.choice is choice
        assert await profile_of(database, member) == chosen(USUAL, choice)
    assert (await own_timing(UnitOfWork(database), member, NOW)).usual == USUAL


async def test_a_profile_used_for_the_first_time_gets_its_notices(
    database: Database, home: Association, member: Actor, event: Event
):
    """And nothing that was planned is lost or doubled."""
    await plan(database)
    before = await rung(database, event)
    await choose(UnitOfWork(database), member, Choice.MORE, NOW)
    assert await plan(database) == 1
    after = await rung(database, event)
    assert set(before) < set(after)
    assert len(after) == len(set(after))
    async with UnitOfWork(database).reading() as rows:
        used = {one.profile_id for one in await rows.notices.profiles_in_use([home.id])}
    assert {lead for lead, profile, _ in after if profile in used - {home.profile_id}} >= {"three_days"}


async def test_what_has_gone_does_not_go_again(
    database: Database, home: Association, member: Actor, event: Event
):
    """The week's reminder went by the usual profile; the same lead of hers is past."""
    await plan(database)
    week = datetime(2026, 10, 13, 3, tzinfo=NOW.tzinfo)
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.notices.fan_out(week) == 1
        await uow.commit()
    before = await rung(database, event)
    await choose(UnitOfWork(database), member, Choice.MORE, week)
    await plan(database, week + timedelta(seconds=1))
    assert set(before) <= set(await rung(database, event))
    async with uow as rows:
        assert await rows.notices.fan_out(week + timedelta(seconds=1)) == 0
        await uow.commit()
    assert len(await stored(database, tables.outbox)) == 1


async def test_a_second_one_with_the_profile_needs_no_planning(
    database: Database, home: Association, member: Actor, event: Event
):
    """Its notices are there already."""
    other = await a_member(database, home)
    await choose(UnitOfWork(database), member, Choice.MORE, NOW)
    await plan(database)
    await choose(UnitOfWork(database), other, Choice.MORE, NOW)
    assert await plan(database) == 0


async def test_digests_are_switched_apart(database: Database, member: Actor):
    """Off to begin with."""
    mine = await own_timing(UnitOfWork(database), member, NOW)
    assert (mine.weekly, mine.monthly) == (False, False)
    mine = await switch_digest(UnitOfWork(database), member, "weekly", True, NOW)
    assert (mine.weekly, mine.monthly) == (True, False)
    await switch_digest(UnitOfWork(database), member, "monthly", True, NOW)
    mine = await switch_digest(UnitOfWork(database), member, "weekly", False, NOW)
    assert (mine.weekly, mine.monthly) == (False, True)


async def test_a_pause_ends_on_the_morning_of_its_day(database: Database, member: Actor):
    """At 8:00 there, when the quiet hours are over; once it is over it is none."""
    mine = await pause(UnitOfWork(database), member, date(2026, 10, 12), NOW)
    assert mine.paused_until == datetime(2026, 10, 12, 1, tzinfo=NOW.tzinfo)
    later = await own_timing(UnitOfWork(database), member, mine.paused_until)
    assert later.paused_until is None


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2026, 10, 5), "pause_in_past"), (date(2027, 10, 7), "pause_too_long")],
)
async def test_a_pause_lies_ahead_and_within_a_year(
    database: Database, member: Actor, until: date, code: str
):
    """Nothing is stored otherwise."""
    with pytest.raises(DomainError, match=code):
        await pause(UnitOfWork(database), member, until, NOW)
    assert (await own_timing(UnitOfWork(database), member, NOW)).paused_until is None


async def test_what_waits_waits_longer_but_for_what_is_urgent(
    database: Database, member: Actor, event: Event
):
    """A change is put off; what she asked for herself is not; taking the pause back brings it at once."""
    until = datetime(2026, 10, 12, 1, tzinfo=NOW.tzinfo)
    change = {"kind": Message.CHANGE, "since_revision": 1}
    await a_message(database, member, event, lead="change", version=2, **change)
    await a_message(database, member, event, lead="urgent", version=3, urgent=True, **change)
    await a_message(database, member, event, lead="snooze-1")
    await pause(UnitOfWork(database), member, date(2026, 10, 12), NOW)
    rows = await stored(database, tables.outbox)
    assert [row.due_at for row in rows] == [until, NOW, NOW]
    await resume(UnitOfWork(database), member, NOW + DAY)
    rows = await stored(database, tables.outbox)
    assert [row.due_at for row in rows] == [NOW + DAY, NOW, NOW]


async def test_a_change_during_the_pause_waits_for_its_end(
    database: Database, home: Association, member: Actor, event: Event
):
    """Unless it is urgent."""
    mine = await pause(UnitOfWork(database), member, date(2026, 10, 12), NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        due = {home.profile_id: NOW}
        assert await rows.mailing.tell(Change(event, 1, due, urgent=False, but=None)) == 1
        await uow.commit()
    [row] = await stored(database, tables.outbox)
    assert row.due_at == mine.paused_until


async def test_the_association_s_change_reaches_everybody_by_her_choice(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """In few statements, with a line in the journal, and every event planned anew."""
    people = {choice: await a_member(database, home) for choice in Choice}
    for choice, person in people.items():
        await choose(UnitOfWork(database), person, choice, NOW)
    await plan(database)
    change = partial(with_quiet_hours, quiet_from=time(22), quiet_to=time(9))
    with statements() as said:
        timing = await change_timing(UnitOfWork(database), coordinator, change, NOW)
    assert sum(one.startswith("UPDATE memberships") for one in said) == 1
    assert timing.profile == change(USUAL)
    for choice, person in people.items():
        assert await profile_of(database, person) == chosen(change(USUAL), choice)
    [line] = await stored(database, tables.journal)
    assert (line.kind, line.by_person_id) == ("timing_changed", coordinator.person_id)
    assert (line.facts["before"]["quiet_to"], line.facts["after"]["quiet_to"]) == ("08:00", "09:00")
    assert await plan(database) == 1
    async with UnitOfWork(database).reading() as rows:
        used = {one.profile_id for one in await rows.notices.profiles_in_use([home.id])}
    assert {profile for _, profile, _ in await rung(database, event)} <= used


async def test_the_same_again_changes_nothing(database: Database, coordinator: Actor, event: Event):
    """No line in the journal, nothing planned anew."""
    await plan(database)
    await change_timing(UnitOfWork(database), coordinator, lambda profile: profile, NOW)
    assert await stored(database, tables.journal) == []
    assert await plan(database) == 0


async def test_what_the_rules_refuse_is_not_stored(database: Database, coordinator: Actor):
    """The profile stays."""
    with pytest.raises(DomainError, match="lead_not_offered"):
        await change_timing(
            UnitOfWork(database), coordinator, lambda profile: with_lead(profile, "month", "week", True), NOW
        )
    assert (await association_timing(UnitOfWork(database), coordinator)).profile == USUAL


async def test_another_association_keeps_its_own(database: Database, home: Association, coordinator: Actor):
    """Though both had one, shared profile."""
    elsewhere = await a_member(database, await an_association(database, "РМО Заречного района"))
    change = partial(with_quiet_hours, quiet_from=time(22), quiet_to=time(9))
    await change_timing(UnitOfWork(database), coordinator, change, NOW)
    assert await profile_of(database, elsewhere) == USUAL


async def test_one_who_comes_back_begins_as_everybody(database: Database, home: Association, member: Actor):
    """What she chose went with her."""
    await choose(UnitOfWork(database), member, Choice.NONE, NOW)
    await switch_digest(UnitOfWork(database), member, "weekly", True, NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).roster.move(member.person_id, Standing.LEFT, among=LISTED)
        await uow.commit()
    back = await a_member(database, home, telegram_id=member.telegram_id)
    mine = await own_timing(UnitOfWork(database), back, NOW)
    assert (mine.choice, mine.weekly) == (Choice.USUAL, False)
    assert await profile_of(database, back) == USUAL
